// The list of acquisitions, and the page of one. They show ids and codes, so addresses and filters may hold them too.

import type { Child } from 'hono/jsx';
import { both, type Bilingual, type Lang } from '../../../base/bilingual.ts';
import type { Source } from '../../../base/finding.ts';
import type { Office } from '../../../office.ts';
import { page, placeOf, type Route } from '../../../platform/http/index.ts';
import { articleLabel } from '../../../platform/ui/article.ts';
import { Banner } from '../../../platform/ui/banner.tsx';
import { LinkButton } from '../../../platform/ui/button.tsx';
import { Chip } from '../../../platform/ui/chip.tsx';
import { homeCrumb } from '../../../platform/ui/crumbs.tsx';
import { Empty } from '../../../platform/ui/empty.tsx';
import { Dl, HeldValue, Instead } from '../../../platform/ui/fact-list.tsx';
import { listed, stamp, writtenDay } from '../../../platform/ui/format.ts';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { Panel } from '../../../platform/ui/panel.tsx';
import type { ListColumn } from '../../../platform/ui/list.tsx';
import { NewestBody, newestView, type NewestList } from '../../../platform/ui/newest.tsx';
import { instantsIn } from '../../../platform/ui/period.tsx';
import { showIdentities, unreadWords } from '../../../vault/index.ts';
import { actorName, byOf, exportPage, fileOfNewest, actorNames, type Room } from '../../access/index.ts';
import { identityRows, madeUnder, partyWords } from '../../checkpoint/index.ts';
import { holding, type Holding } from '../../ledger/index.ts';
import { policyInForce, type Policy } from '../../policy/index.ts';
import type { Catalogue } from '../../search/index.ts';
import { acquisition, acquisitions, asStated, lostReceipts } from '../actions.ts';
import { sources } from '../facts.ts';
import { findRecord } from '../store.ts';
import type { AcquisitionRecord, StoredRecord } from '../tables.ts';
import { basisWords, placementWords, sourceWords, words } from '../words.ts';
import { formPages } from './form.tsx';
import { lostPages } from './lost.tsx';
import { channelName, labelOf, LOST, namesOf, PATH, type Names, type Request } from './sheet.tsx';

const columnsOf = ({ ledger, policy }: Names): readonly ListColumn<StoredRecord>[] => [
  {
    key: 'at',
    head: words.at,
    rowHead: true,
    nowrap: true,
    value: (record) => stamp(record.at),
    cell: (record) => (
      <a class="num" href={`${PATH}/${record.id}`}>
        {stamp(record.at)}
      </a>
    ),
  },
  {
    key: 'holding',
    head: words.holding,
    value: (record, lang) => ledger.get(record.holding)?.name[lang] ?? record.holding,
  },
  {
    key: 'person',
    head: words.person,
    nowrap: true,
    value: (record) => record.principal,
    cell: (record) => (
      <a class="num" href={`/people/${record.principal}`}>
        {record.principal.slice(-8)}
      </a>
    ),
  },
  { key: 'channel', head: words.channel, value: (record, lang) => channelName(policy, record.channel, lang) },
  {
    key: 'source',
    head: words.source,
    value: (record, lang) => sourceWords[record.source][lang],
  },
  { key: 'purposes', head: words.purposes, nowrap: true, value: (record, lang) => listed(record.purposes, lang) },
  { key: 'items', head: words.items, align: 'right', value: (record) => record.items.length },
];

async function listOf(office: Office): Promise<NewestList<StoredRecord>> {
  const names = await namesOf(office);
  const { ledger, policy } = names;
  return {
    path: PATH,
    title: words.title,
    columns: columnsOf(names),
    filters: [
      {
        name: 'holding',
        label: words.holding,
        options: [...ledger.values()].map(({ id, code, name }) => ({
          value: id,
          label: both(`${code} ${name.ja}`, `${code} ${name.en}`),
        })),
      },
      {
        name: 'channel',
        label: words.channel,
        options: (policy?.operator.acquisition_channels ?? []).map(({ id, name }) => ({ value: id, label: name })),
      },
      {
        name: 'source',
        label: words.source,
        options: sources.map((one) => ({ value: one, label: sourceWords[one] })),
      },
    ],
    period: true,
    read: (chosen, rows) => acquisitions(office, { ...chosen, ...instantsIn(chosen), ...rows }),
    noMatch: words.noMatch,
    stack: 'inline',
  };
}

async function list(office: Office, c: Request): Promise<Response> {
  const lang = c.get('lang');
  const anyLost = (await lostReceipts(office, { most: 1 })).length > 0;
  return c.html(
    <OfficePage
      {...c.get('frame')}
      title={words.title[lang]}
      path={placeOf(c)}
      sub={words.sub[lang]}
      crumbs={[homeCrumb(lang), { label: words.title[lang] }]}
      actions={
        c.get('may')('people:acquire') && (
          <LinkButton small icon="plus" href={`${PATH}/new`}>
            {words.acquire[lang]}
          </LinkButton>
        )
      }
    >
      {anyLost && (
        <div class="mb-5">
          <Banner
            kind="warn"
            icon="warn"
            title={words.lost[lang]}
            action={{ href: LOST, label: words.seeLost[lang] }}
          />
        </div>
      )}
      <NewestBody
        view={await newestView(await listOf(office), c.req.url, lang)}
        none={
          <Empty title={words.none[lang]} actions={<LinkButton href={`${PATH}/new`}>{words.acquire[lang]}</LinkButton>}>
            {words.noneSays[lang]}
          </Empty>
        }
      />
    </OfficePage>,
  );
}

interface One {
  c: Request;
  record: AcquisitionRecord;
  holding: Holding | undefined;
  policy: Policy | null;
  by: string;
  /** Identity rows of an erased person. */
  identity: ReturnType<typeof identityRows>;
}

/** The item of 27(1) under which it was given. */
const claimRows = (
  { receipt }: AcquisitionRecord,
  said: (text: string | undefined) => Child,
  lang: Lang,
): (readonly [string, Child])[] => {
  if (receipt?.basis !== 'exception') return [];
  const { exception } = receipt;
  const item = exception ? articleLabel('APPI', exception.item, lang) : words.unknown[lang];
  return [
    [both('当てはまる号', 'Item that applies')[lang], item],
    ...(exception?.item === '27(1)(i)'
      ? [[both('根拠の法令と文書', 'Law and document')[lang], said(exception.legalBasis)] as const]
      : []),
  ];
};

/** Who gave the information and what was checked about them. For a third party, everything that its record holds (30(3), Rules 24(1)). */
const Provider = ({ record, lang }: { record: AcquisitionRecord; lang: Lang }) => {
  const { provider, howAcquired, documentSeen, basis, consentObtained, filingPublished, ownUse } = record.receipt ?? {};
  if (!provider) return null;
  const { unread } = record;
  const said = (text: string | undefined): Child =>
    text ?? (unread ? <Instead says={unreadWords[unread][lang]} bad={unread === 'unreadable'} /> : words.unknown[lang]);
  const whether = (is: boolean | undefined, yes: Bilingual, no: Bilingual): string =>
    (is === undefined ? words.unknown : is ? yes : no)[lang];
  const given = record.source === 'third-party';
  return (
    <Dl
      items={[
        [both('提供元', 'Provider')[lang], said(provider.name)],
        [both('種類', 'Kind')[lang], provider.kind ? partyWords[provider.kind][lang] : words.unknown[lang]],
        [both('住所', 'Address')[lang], said(provider.address)],
        ...((given && provider.kind === 'corporation') || provider.representative !== undefined
          ? [[both('代表者', 'Representative')[lang], said(provider.representative)] as const]
          : []),
        [both('取得の経緯', 'How they came by it')[lang], said(howAcquired)],
        ...(given
          ? [
              [
                both('経緯を示す契約書など', 'Contract or other document showing this')[lang],
                whether(documentSeen, both('見た', 'Seen'), both('見ていない', 'Not seen')),
              ] as const,
              [both('渡す根拠', 'Given on')[lang], (basis ? basisWords[basis]! : words.unknown)[lang]] as const,
            ]
          : []),
        ...(basis === 'consent'
          ? [
              [
                both('相手が得た本人の同意', 'The person’s consent, to the provider')[lang],
                whether(consentObtained, both('得ている', 'Obtained'), both('得ていない', 'Not obtained')),
              ] as const,
            ]
          : []),
        ...claimRows(record, said, lang),
        ...(basis === 'not-third-party'
          ? [
              [
                both('任された業務のほかの利用', 'Use beyond what was entrusted to us')[lang],
                whether(ownUse, both('当社のためにも使う', 'Also for ourselves'), both('しない', 'None')),
              ] as const,
            ]
          : []),
        ...(basis === 'opt-out'
          ? [
              [
                both('オプトアウトの届出', 'Opt-out filing')[lang],
                whether(
                  filingPublished,
                  both('公表されている', 'Published'),
                  both('公表されていない', 'Not published'),
                ),
              ] as const,
            ]
          : []),
      ]}
    />
  );
};

const Grounds = ({ record, lang }: { record: AcquisitionRecord; lang: Lang }) => (
  <Panel title={words.grounds[lang]}>
    <p class="flex flex-wrap gap-1">
      {record.because.map((text) => {
        const gap = text.indexOf(' ');
        const law = text.slice(0, gap) as Source;
        return (
          <Chip
            kind={law === 'policy' ? 'policy' : 'law'}
            href={law === 'policy' ? `/living-policy#c${text.slice(gap + 1)}` : undefined}
          >
            {articleLabel(law, text.slice(gap + 1), lang)}
          </Chip>
        );
      })}
    </p>
    {record.duties.length > 0 && (
      <>
        <h3 class="mt-4 mb-2">{words.duties[lang]}</h3>
        <ul class="small grid gap-1">
          {record.duties.map((duty) => (
            <li>
              {articleLabel('APPI', duty.article, lang)}
              {duty.keepUntil &&
                (lang === 'ja'
                  ? `　記録を${writtenDay(duty.keepUntil, 'ja')}まで保存`
                  : `, record kept until ${writtenDay(duty.keepUntil, 'en')}`)}
            </li>
          ))}
        </ul>
      </>
    )}
    <p class="small muted mt-4">{madeUnder(record.policyVersion, record.lawVersion)[lang]}</p>
  </Panel>
);

const factsOf = ({ c, record, holding, policy, by, identity }: One) => {
  const lang = c.get('lang');
  const purpose = (id: string): string => `${id} ${policy?.purposes.find((p) => p.id === id)?.label[lang] ?? ''}`;
  return [
    [words.at[lang], <span class="num">{stamp(record.at)}</span>],
    [
      words.person[lang],
      <a class="num" href={`/people/${record.principal}`}>
        {record.principal.slice(-8)}
      </a>,
    ],
    ...identity.map(({ name, ...one }) => [name, <HeldValue {...one} />] as const),
    [words.holding[lang], holding ? <a href={`/ledger/${holding.id}`}>{holding.name[lang]}</a> : record.holding],
    [
      words.items[lang],
      listed(
        record.items.map((code) => labelOf(holding, code, lang)),
        lang,
      ),
    ],
    [words.purposes[lang], listed(record.purposes.map(purpose), lang)],
    [words.channel[lang], channelName(policy, record.channel, lang)],
    [words.source[lang], sourceWords[record.source][lang]],
    [words.placement[lang], record.placement ? placementWords[record.placement][lang] : words.unknown[lang]],
    ...(record.emailShared ? [[words.shared[lang], words.sharedSays[lang]] as const] : []),
    [words.by[lang], by],
  ] as const;
};

const Onward = ({ c, record }: Pick<One, 'c' | 'record'>) => {
  const lang = c.get('lang');
  const may = c.get('may');
  const receipt = both('本人に渡す控え', 'Receipt for the person');
  return may('people:receipt') || may('log:read') ? (
    <Panel title={words.receipt[lang]}>
      <ul class="grid gap-2">
        {may('people:receipt') && (
          <li>
            <a href={`/people/${record.principal}/receipts/${record.id}`}>{receipt[lang]}</a>
          </li>
        )}
        {may('log:read') && (
          <li>
            <a href={`/log/entries/${record.id}`}>{words.see[lang]}</a>
          </li>
        )}
      </ul>
    </Panel>
  ) : null;
};

const RecordPage = (one: One) => {
  const { c, record } = one;
  const lang = c.get('lang');
  return (
    <OfficePage
      {...c.get('frame')}
      title={words.record[lang]}
      path={`${PATH}/${record.id}`}
      sub={<span class="num">{record.id.slice(-8)}</span>}
      crumbs={[homeCrumb(lang), { label: words.title[lang], href: PATH }, { label: words.record[lang] }]}
    >
      <div class="grid gap-5 lg:grid-cols-[minmax(0,1fr)_320px] items-start">
        <Panel title={words.record[lang]}>
          <Dl items={factsOf(one)} />
          <Provider record={record} lang={lang} />
        </Panel>
        <div class="grid gap-5">
          <Grounds record={record} lang={lang} />
          <Onward c={c} record={record} />
        </div>
      </div>
    </OfficePage>
  );
};

async function show({ office, access }: Room, c: Request): Promise<Response> {
  const lang = c.get('lang');
  const found = await acquisition(office, c.req.param('id')!);
  if (!found.ok) return c.notFound();
  const [shown] = await asStated(office, byOf(c), [found.value]);
  const record = shown!;
  const by = actorName(record.actor, await actorNames(access, [record.actor]), lang);
  const stands = await holding(office, record.holding);
  const policy = (await policyInForce(office, office.clock.today()))?.policy ?? null;
  const shownOf = await showIdentities(office, byOf(c), record.receipt ? [record.principal] : []);
  const identity = identityRows(shownOf.get(record.principal), lang);
  return c.html(<RecordPage {...{ c, record, holding: stands ?? undefined, policy, by, identity }} />);
}

/** The pages of acquisition. */
export const acquisitionPages = (room: Room): Route[] => [
  ...formPages(room.office),
  page('get', PATH, 'records:read', (c) => list(room.office, c)),
  exportPage(room.office, { path: PATH, may: 'records:read' }, async (c) =>
    fileOfNewest(await listOf(room.office), c.req.url),
  ),
  ...lostPages(room.office),
  page('get', `${PATH}/:id`, 'records:read', (c) => show(room, c)),
];

export const acquisitionCatalogue = ({ database }: Office): Catalogue => ({
  title: words.title,
  list: PATH,
  things: async ({ id }) => {
    const record = id && (await findRecord(database, id));
    return record ? [{ name: words.record, href: `${PATH}/${record.id}`, numbers: [record.id] }] : [];
  },
});
