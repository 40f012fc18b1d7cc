// The records of what was taken in: the list, and one record. They hold ids and codes, so their addresses and filters do too.

import type { Context } from 'hono';
import type { Lang } from '../../../base/bilingual.ts';
import { both } from '../../../base/bilingual.ts';
import { isId } from '../../../base/id.ts';
import type { Source } from '../../../base/finding.ts';
import type { Office } from '../../../office.ts';
import { page, type Env, type Route } from '../../../platform/http/index.ts';
import { articleLabel } from '../../../platform/ui/article.ts';
import { LinkButton } from '../../../platform/ui/button.tsx';
import { Chip } from '../../../platform/ui/chip.tsx';
import { homeCrumb } from '../../../platform/ui/crumbs.tsx';
import { Empty } from '../../../platform/ui/empty.tsx';
import { Dl } from '../../../platform/ui/fact-list.tsx';
import { listed, stamp, writtenDay } from '../../../platform/ui/format.ts';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { Panel } from '../../../platform/ui/panel.tsx';
import { exportLinks, ListTable, type ListColumn } from '../../../platform/ui/list.tsx';
import { Applied, Earlier, Filters, FilterSelect } from '../../../platform/ui/table.tsx';
import { itemOf } from '../../../vault/index.ts';
import { actorName, exportPage, inBatches, staffNames, type ListFile, type Room } from '../../access/index.ts';
import { madeUnder, partyWords } from '../../checkpoint/index.ts';
import { holdings, type Holding } from '../../ledger/index.ts';
import { policyInForce, type Policy } from '../../policy/index.ts';
import { acquisition, acquisitions } from '../actions.ts';
import { sources } from '../facts.ts';
import type { RecordQuery } from '../store.ts';
import type { AcquisitionRecord } from '../tables.ts';
import { placementWords, sourceWords, words } from '../words.ts';
import { formPages, PATH } from './form.tsx';

type Request = Context<Env>;

const PAGE = 30;

interface Query {
  holding: string;
  channel: string;
  source: string;
  before: string;
}

interface View {
  c: Request;
  query: Query;
  ledger: Map<string, Holding>;
  policy: Policy | null;
  records: AcquisitionRecord[];
  next: string | undefined;
}

/** Only ids and codes are read from an address; anything else is as good as not there. */
function readQuery(c: Request, ledger: ReadonlyMap<string, Holding>, policy: Policy | null): Query {
  const given = (name: string): string => c.req.query(name) ?? '';
  const channels = policy?.operator.acquisition_channels.map((channel) => channel.id) ?? [];
  return {
    holding: ledger.has(given('holding')) ? given('holding') : '',
    channel: channels.includes(given('channel')) ? given('channel') : '',
    source: (sources as readonly string[]).includes(given('source')) ? given('source') : '',
    before: isId(given('before')) ? given('before') : '',
  };
}

const addressOf = (query: Query, change: Partial<Query>): string => {
  const filled = Object.entries({ ...query, before: '', ...change }).filter(([, value]) => value !== '');
  return filled.length === 0 ? PATH : `${PATH}?${new URLSearchParams(filled)}`;
};

const channelName = (policy: Policy | null, id: string, lang: Lang): string =>
  policy?.operator.acquisition_channels.find((channel) => channel.id === id)?.name[lang] ?? id;

const labelOf = (holding: Holding | undefined, code: string, lang: Lang): string =>
  (holding?.items.find((item) => item.code === code)?.label ?? itemOf(code).label)[lang];

const FilterRow = ({ c, query, ledger, policy, records }: View) => {
  const lang = c.get('lang');
  const any = { value: '', label: words.any[lang] };
  return (
    <Filters
      lang={lang}
      action={PATH}
      exports={records.length > 0 ? exportLinks(PATH, addressOf(query, {}), lang) : undefined}
    >
      <FilterSelect
        name="holding"
        label={words.holding[lang]}
        value={query.holding}
        options={[any, ...[...ledger.values()].map((h) => ({ value: h.id, label: `${h.code} ${h.name[lang]}` }))]}
      />
      <FilterSelect
        name="channel"
        label={words.channel[lang]}
        value={query.channel}
        options={[
          any,
          ...(policy?.operator.acquisition_channels ?? []).map((o) => ({ value: o.id, label: o.name[lang] })),
        ]}
      />
      <FilterSelect
        name="source"
        label={words.source[lang]}
        value={query.source}
        options={[any, ...sources.map((s) => ({ value: s, label: sourceWords[s]![lang] }))]}
      />
    </Filters>
  );
};

const appliedFilters = ({ c, query, ledger, policy }: View): { label: string; remove: string }[] => {
  const lang = c.get('lang');
  const all: [string, Partial<Query>][] = [
    [ledger.get(query.holding)?.name[lang] ?? '', { holding: '' }],
    [query.channel && channelName(policy, query.channel, lang), { channel: '' }],
    [query.source && sourceWords[query.source]![lang], { source: '' }],
  ];
  return all.flatMap(([label, change]) => (label === '' ? [] : [{ label, remove: addressOf(query, change) }]));
};

type Names = Pick<View, 'ledger' | 'policy'>;

const columnsOf = ({ ledger, policy }: Names): readonly ListColumn<AcquisitionRecord>[] => [
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
    value: (record, lang) => sourceWords[record.source]?.[lang] ?? record.source,
  },
  { key: 'purposes', head: words.purposes, nowrap: true, value: (record, lang) => listed(record.purposes, lang) },
  { key: 'items', head: words.items, align: 'right', value: (record) => record.items.length },
];

const Records = (view: View) => {
  const { c, query, records, next } = view;
  const lang = c.get('lang');
  return (
    <>
      <ListTable lang={lang} caption={words.title} stack="inline" columns={columnsOf(view)} rows={records} />
      <Earlier
        lang={lang}
        label={words.title}
        says={words}
        newest={query.before && addressOf(query, {})}
        older={next && addressOf(query, { before: next })}
      />
    </>
  );
};

const Nothing = ({ c, query }: View) => {
  const lang = c.get('lang');
  const filtered = addressOf(query, {}) !== PATH;
  return (
    <Empty
      title={
        filtered
          ? lang === 'ja'
            ? 'この条件に合う取得はありません'
            : 'No acquisition matches'
          : lang === 'ja'
            ? 'まだ何も取得していません'
            : 'Nothing has been acquired yet'
      }
      actions={
        filtered ? (
          <LinkButton kind="second" href={PATH}>
            {lang === 'ja' ? '条件を外す' : 'Remove the conditions'}
          </LinkButton>
        ) : (
          <LinkButton href={`${PATH}/new`}>{words.acquire[lang]}</LinkButton>
        )
      }
    >
      {filtered
        ? lang === 'ja'
          ? '条件を減らすと見つかることがあります。'
          : 'Fewer conditions may help.'
        : lang === 'ja'
          ? '受け取った情報は、そのときの目的と根拠とともにここに並びます。'
          : 'What is taken in appears here with its purposes and grounds.'}
    </Empty>
  );
};

const ListPage = (view: View) => {
  const { c, query, records } = view;
  const lang = c.get('lang');
  return (
    <OfficePage
      {...c.get('frame')}
      title={words.title[lang]}
      path={addressOf(query, { before: query.before })}
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
      <FilterRow {...view} />
      <Applied lang={lang} filters={appliedFilters(view)} removeAll={PATH} />
      {records.length > 0 ? <Records {...view} /> : <Nothing {...view} />}
    </OfficePage>
  );
};

/** What an address asks for, and what its rows are named with. */
async function asked(office: Office, c: Request): Promise<Names & { query: Query; filter: Omit<RecordQuery, 'most'> }> {
  const ledger = new Map((await holdings(office)).map((holding) => [holding.id, holding]));
  const policy = (await policyInForce(office, office.clock.today()))?.policy ?? null;
  const query = readQuery(c, ledger, policy);
  return {
    ledger,
    policy,
    query,
    filter: Object.fromEntries(Object.entries(query).filter(([, value]) => value !== '')),
  };
}

async function list(office: Office, c: Request): Promise<Response> {
  const { filter, ...view } = await asked(office, c);
  const found = await acquisitions(office, { ...filter, most: PAGE + 1 });
  const records = found.slice(0, PAGE);
  const next = found.length > PAGE ? records.at(-1)!.id : undefined;
  return c.html(<ListPage c={c} {...view} records={records} next={next} />);
}

async function fileOfAll(office: Office, c: Request): Promise<ListFile<AcquisitionRecord>> {
  const { filter, query, ...names } = await asked(office, c);
  const { before: _, ...all } = filter;
  return {
    list: { path: PATH, title: words.title },
    columns: columnsOf(names),
    rows: inBatches(
      (page) => acquisitions(office, { ...all, ...page }),
      ({ id }) => id,
    ),
    address: addressOf(query, {}),
  };
}

interface One {
  c: Request;
  record: AcquisitionRecord;
  holding: Holding | undefined;
  policy: Policy | null;
  by: string;
}

const Provider = ({ record, lang }: { record: AcquisitionRecord; lang: Lang }) => {
  const { provider, howAcquired } = record.receipt ?? {};
  if (!provider) return null;
  const said = (text: string | undefined): string => text ?? (record.gone ? words.gone : words.unknown)[lang];
  return (
    <Dl
      items={[
        [both('提供元', 'Provider')[lang], said(provider.name)],
        [both('種類', 'Kind')[lang], provider.kind ? partyWords[provider.kind][lang] : words.unknown[lang]],
        [both('住所', 'Address')[lang], said(provider.address)],
        [both('取得の経緯', 'How they came by it')[lang], said(howAcquired)],
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

const factsOf = ({ c, record, holding, policy, by }: One) => {
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
    [words.source[lang], sourceWords[record.source]?.[lang] ?? record.source],
    [words.placement[lang], record.placement ? placementWords[record.placement]![lang] : words.unknown[lang]],
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
  const record = found.value;
  const by = actorName(record.actor, await staffNames(access), lang);
  const holding = (await holdings(office)).find((one) => one.id === record.holding);
  const policy = (await policyInForce(office, office.clock.today()))?.policy ?? null;
  return c.html(<RecordPage c={c} record={record} holding={holding} policy={policy} by={by} />);
}

/** The screens of acquisition. */
export const acquisitionPages = (room: Room): Route[] => [
  ...formPages(room.office),
  page('get', PATH, 'records:read', (c) => list(room.office, c)),
  exportPage(room.office, { path: PATH, may: 'records:read' }, (c) => fileOfAll(room.office, c)),
  page('get', `${PATH}/:id`, 'records:read', (c) => show(room, c)),
];
