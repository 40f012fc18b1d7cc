// The consents: the list, and one consent with what remains of it. They hold ids and codes only, and so do their addresses and filters.

import { both } from '../../../base/bilingual.ts';
import type { Office } from '../../../office.ts';
import { inParts, page, plain, type Route } from '../../../platform/http/index.ts';
import { About } from '../../../platform/ui/about.tsx';
import { Banner } from '../../../platform/ui/banner.tsx';
import { LinkButton } from '../../../platform/ui/button.tsx';
import { Empty } from '../../../platform/ui/empty.tsx';
import { Dl } from '../../../platform/ui/fact-list.tsx';
import { listed, number, stamp } from '../../../platform/ui/format.ts';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { listCode, type ListColumn } from '../../../platform/ui/list.tsx';
import {
  addressOf,
  chosenIn,
  isOfNobody,
  NewestBody,
  newestView,
  type Chosen,
  type NewestList,
} from '../../../platform/ui/newest.tsx';
import { daysIn } from '../../../platform/ui/period.tsx';
import { Panel } from '../../../platform/ui/panel.tsx';
import type { Unread } from '../../../vault/index.ts';
import { actorName, byOf, exportPage, fileOfNewest, recordExport, actorNames, type Room } from '../../access/index.ts';
import { giverWords } from '../../checkpoint/index.ts';
import type { Catalogue } from '../../search/index.ts';
import { consentOf, consents, withdrawnAt, type Consented } from '../actions/consents.ts';
import { countingOf, withStates } from '../actions/counting.ts';
import { consentRecords, type Records } from '../actions/records.ts';
import { remarksOf } from '../actions/remarks.ts';
import { texts } from '../actions/texts.ts';
import type { ConsentState, Counting } from '../facts/standing.ts';
import type { Remarks, Text } from '../facts/consent.ts';
import { findConsent, type ConsentQuery } from '../store/consents.ts';
import {
  consentStateWords,
  giverColumn,
  languageWords,
  methodWords,
  paperWords,
  relationWords,
  shortKindWords,
  words,
} from '../words.ts';
import { CountingSays } from './counting.tsx';
import { formPages } from './form.tsx';
import { importPages } from './import.tsx';
import { objectionPages } from './objection.tsx';
import { objectionListPages } from './objections.tsx';
import {
  aroundOf,
  channelName,
  ConsentChip,
  consentText,
  crumbs,
  moment,
  objectionName,
  OBJECTIONS,
  objectionHref,
  PATH,
  PersonLink,
  placeOf,
  Remark,
  scopeFacts,
  TextLink,
  textName,
  TEXTS,
  type Around,
  type Request,
} from './sheet.tsx';
import { textFormPages } from './text-form.tsx';
import { textPages } from './texts.tsx';
import { withdrawPages } from './withdraw.tsx';

/** Most records of a file in memory at a time. */
const AT_ONCE = 500;

type Row = Consented & { id: string; state: ConsentState };

const columnsOf = (c: Request): readonly ListColumn<Row>[] => [
  {
    key: 'on',
    head: words.givenOn,
    rowHead: true,
    nowrap: true,
    value: ({ row }) => moment(row.given_on, row.given_at),
    cell: ({ row }) => (
      <a class="num" href={`${PATH}/${row.id}`}>
        {moment(row.given_on, row.given_at)}
      </a>
    ),
  },
  {
    key: 'state',
    head: words.state,
    nowrap: true,
    value: ({ state }, lang) => consentText(state, lang),
    cell: ({ state }, lang) => <ConsentChip lang={lang} state={state} />,
  },
  {
    key: 'person',
    head: words.person,
    nowrap: true,
    value: ({ row }) => row.principal_id,
    cell: ({ row }) => <PersonLink c={c} id={row.principal_id} />,
  },
  {
    key: 'text',
    head: words.text,
    value: ({ text }, lang) => textName(text, lang),
    cell: ({ text }, lang) => <TextLink text={text} lang={lang} />,
  },
  { key: 'kind', head: words.kind, value: ({ text }, lang) => shortKindWords[text.kind][lang] },
  { key: 'by', head: words.givenBy, value: ({ row }, lang) => giverColumn[row.given_by][lang] },
  { key: 'method', head: words.method, value: ({ row }, lang) => methodWords[row.method][lang] },
  { key: 'recorded', head: words.recordedAt, nowrap: true, value: ({ row }) => stamp(row.at.getTime()) },
];

const recordHref = (principal: string | undefined): string =>
  `${PATH}/new${principal ? `?principal=${principal}` : ''}`;

/** Returns the query for the consents that an address asks for. */
const queryOf = ({ withdrawn, ...chosen }: Chosen): Omit<ConsentQuery, 'most'> => ({
  ...chosen,
  ...daysIn(chosen),
  ...(withdrawn ? { withdrawn: true } : {}),
});

const listOf = (office: Office, c: Request, all: readonly Text[]): NewestList<Row> => ({
  path: PATH,
  title: words.title,
  columns: columnsOf(c),
  filters: [
    {
      name: 'text',
      label: words.text,
      options: all.map((text) => ({ value: text.id, label: both(textName(text, 'ja'), textName(text, 'en')) })),
    },
    {
      name: 'withdrawn',
      label: words.withdrawn,
      options: [{ value: 'yes', label: words.isWithdrawn }],
    },
  ],
  period: words.givenOn,
  person: words.person,
  read: async (chosen, page) =>
    (await withStates(office, await consents(office, { ...queryOf(chosen), ...page }))).map((one) => ({
      ...one,
      id: one.row.id,
    })),
  noMatch: words.noneOf,
  stack: true,
});

interface View {
  c: Request;
  chosen: Chosen;
  rows: readonly Row[];
}

const Actions = ({ c, chosen, rows }: View) => {
  const lang = c.get('lang');
  const may = c.get('may');
  const { principal } = chosen;
  return (
    <>
      {may('consents:write') && (
        <>
          <LinkButton small icon="plus" href={recordHref(principal)}>
            {words.record[lang]}
          </LinkButton>
          <LinkButton small kind="second" href={objectionHref(principal)}>
            {words.objection[lang]}
          </LinkButton>
          <LinkButton small kind="second" href={`${PATH}/import`}>
            {words.import[lang]}
          </LinkButton>
        </>
      )}
      <LinkButton small kind="text" href={principal ? `${OBJECTIONS}?principal=${principal}` : OBJECTIONS}>
        {words.objections[lang]}
      </LinkButton>
      <LinkButton small kind="text" href={TEXTS}>
        {words.texts[lang]}
      </LinkButton>
      {rows.length > 0 && Object.keys(chosen).length > 0 && (
        <LinkButton
          small
          kind="text"
          icon="download"
          download
          href={addressOf({ path: `${PATH}/records.json` }, chosen)}
        >
          {words.download[lang]}
        </LinkButton>
      )}
    </>
  );
};

/** Shown while there are no consents: links to record the first one, or to write a text. */
const None = ({ c, chosen, all }: { c: Request; chosen: Chosen; all: readonly Text[] }) => {
  const lang = c.get('lang');
  const may = c.get('may');
  const onward = all.some((text) => text.from_day !== null)
    ? may('consents:write') && <LinkButton href={recordHref(chosen.principal)}>{words.record[lang]}</LinkButton>
    : may('ledger:write') && <LinkButton href={`${TEXTS}/new`}>{words.newText[lang]}</LinkButton>;
  return (
    <Empty title={words.none[lang]} actions={onward}>
      {words.noneSays[lang]}
    </Empty>
  );
};

/** A count that the import put into the address; 0 where there is none. */
const countIn = (c: Request, name: string): number => {
  const n = Number(c.req.query(name) ?? '0');
  return Number.isSafeInteger(n) ? n : 0;
};

/** Says what was just imported from a file: how many consents, and how many of them are not simply in force. */
const Imported = ({ c, lines }: { c: Request; lines: number }) => {
  const lang = c.get('lang');
  const others = Object.entries(consentStateWords).flatMap(([state, word]) => {
    const n = state === 'stands' ? 0 : countIn(c, state);
    if (n <= 0) return [];
    return lang === 'ja' ? `「${word.ja}」${number(n)}件` : `${number(n)} “${word.en}”`;
  });
  const all = lang === 'ja' ? `${number(lines)}件の同意を記録しました。` : `${number(lines)} consents were recorded.`;
  const some = lang === 'ja' ? `このうち、${listed(others, lang)}です。` : ` Of these: ${listed(others, lang)}.`;
  return (
    <div class="mb-4">
      <Banner kind="good" role="status" title={words.imported[lang]}>
        {others.length > 0 ? `${all}${some}` : all}
      </Banner>
    </div>
  );
};

async function list({ office }: Room, c: Request): Promise<Response> {
  const lang = c.get('lang');
  const all = await texts(office);
  const view = await newestView(listOf(office, c, all), c.req.url, lang);
  const lines = countIn(c, 'imported');
  return c.html(
    <OfficePage
      {...c.get('frame')}
      title={words.title[lang]}
      path={placeOf(c)}
      sub={words.sub[lang]}
      crumbs={crumbs(lang)}
      actions={<Actions c={c} chosen={view.chosen} rows={view.rows} />}
    >
      {lines > 0 && <Imported c={c} lines={lines} />}
      <NewestBody view={view} none={<None c={c} chosen={view.chosen} all={all} />} />
    </OfficePage>,
  );
}

interface One {
  c: Request;
  one: Consented & { state: ConsentState };
  around: Around;
  by: string;
  counting: readonly Counting[];
  /** At what time of its day it was withdrawn, if that is known. */
  withdrawnAt: Date | null;
  /** By ids of log entries. */
  remarks: ReadonlyMap<string, Remarks | Unread>;
}

const shownFacts = ({ c, one, around, by, counting, remarks }: One) => {
  const lang = c.get('lang');
  const { row, text } = one;
  const { representative } = row;
  const said = remarks.get(row.id);
  return [
    [words.state[lang], <ConsentChip lang={lang} state={one.state} />],
    [words.counting[lang], <CountingSays {...{ lang, id: row.id, around, counting }} />],
    [words.person[lang], <PersonLink c={c} id={row.principal_id} />],
    [words.text[lang], <TextLink text={text} lang={lang} />],
    [words.language[lang], languageWords[row.language][lang]],
    [words.givenOn[lang], <span class="num">{moment(row.given_on, row.given_at)}</span>],
    [words.givenBy[lang], giverWords[row.given_by][lang]],
    ...(representative
      ? [
          [words.relation[lang], relationWords[representative.relation][lang]] as const,
          [words.checked[lang], paperWords[representative.checked][lang]] as const,
        ]
      : []),
    ...(row.shown_on
      ? [[words.shownOn[lang], <span class="num">{moment(row.shown_on, row.shown_at)}</span>] as const]
      : []),
    [words.channel[lang], channelName(around, row.channel, lang)],
    [words.method[lang], methodWords[row.method][lang]],
    ...(row.noted ? [[words.note[lang], <Remark lang={lang} remarks={said} name="note" />] as const] : []),
    [words.evidence[lang], row.evidenced && <Remark lang={lang} remarks={said} name="evidence" />],
    [words.recordedAt[lang], <span class="num">{stamp(row.at.getTime())}</span>],
    [words.by[lang], by],
  ] as const;
};

/** Objections made since the consent was given. */
const since = ({ objections, row }: Consented) => objections.filter((one) => one.on_day >= row.given_on);

const Ends = ({ c, one, around, withdrawnAt: time, remarks }: One) => {
  const lang = c.get('lang');
  const { withdrawals, retractions } = one;
  const lines = [
    ...withdrawals.map((w) => ({
      on: w.on_day,
      at: time,
      says: words.withdrawn[lang],
      entry: w.entry_id,
      evidence: w.evidenced && <Remark lang={lang} remarks={remarks.get(w.entry_id)} name="evidence" />,
    })),
    ...since(one).map((o) => ({
      on: o.on_day,
      at: o.said_at,
      says: objectionName(around, o, lang),
      entry: o.id,
      evidence: o.evidenced && <Remark lang={lang} remarks={remarks.get(o.id)} name="evidence" />,
    })),
    ...retractions.map((r) => ({
      on: r.on_day,
      at: null,
      says: words.tookBackLine[lang],
      entry: r.entry_id,
      evidence: null,
    })),
  ];
  return (
    <Panel title={words.ends[lang]}>
      {lines.length === 0 ? (
        <p class="muted">{words.noEnds[lang]}</p>
      ) : (
        <ul class="grid gap-2">
          {lines.map(({ on, at, says, entry, evidence }) => (
            <li>
              <span class="num">{moment(on, at)}</span>　{says}
              {c.get('may')('log:read') && (
                <>
                  {' '}
                  <a class="small" href={`/log/entries/${entry}`}>
                    {words.see[lang]}
                    <About>{says}</About>
                  </a>
                </>
              )}
              {evidence && (
                <span class="block small muted">
                  {words.evidence[lang]}
                  {lang === 'ja' ? '：' : ': '}
                  {evidence}
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
};

const OneActs = ({ c, one, withdrawnAt: time }: Pick<One, 'c' | 'one' | 'withdrawnAt'>) => {
  const lang = c.get('lang');
  const may = c.get('may');
  const { row, withdrawals } = one;
  const links: [boolean, string, string][] = [
    [may('consents:write') && withdrawals.length === 0, `${PATH}/${row.id}/withdraw`, words.withdraw[lang]],
    [
      may('consents:write') && withdrawals.length > 0 && time === null,
      `${PATH}/${row.id}/withdrawal-time`,
      words.withdrawalTime[lang],
    ],
    [may('consents:write'), objectionHref(row.principal_id), words.objection[lang]],
    [
      true,
      `${PATH}?principal=${row.principal_id}`,
      lang === 'ja' ? 'この本人の同意をすべて見る' : 'All consents of this person',
    ],
    [may('log:read'), `/log/entries/${row.id}`, words.see[lang]],
  ];
  return (
    <Panel title={words.acts[lang]} noPrint>
      <ul class="grid gap-2">
        {links
          .filter(([shown]) => shown)
          .map(([, href, label]) => (
            <li>
              <a href={href}>{label}</a>
            </li>
          ))}
      </ul>
    </Panel>
  );
};

async function show(room: Room, c: Request): Promise<Response> {
  const lang = c.get('lang');
  const found = await consentOf(room.office, c.req.param('id')!);
  if (!found.ok) return c.notFound();
  const one = (await withStates(room.office, [found.value]))[0]!;
  const around = await aroundOf(room.office, [
    ...one.text.recipients,
    ...since(one).map(({ recipient_id }) => recipient_id),
  ]);
  const remarks = await remarksOf(room.office, byOf(c), [one.row, ...one.withdrawals, ...since(one)]);
  const view = {
    c,
    one,
    around,
    counting: await countingOf(room.office, one),
    withdrawnAt: await withdrawnAt(room.office, one.row.id),
    by: actorName(one.row.by_actor, await actorNames(room.access, [one.row.by_actor]), lang),
    remarks,
  };
  return c.html(
    <OfficePage
      {...c.get('frame')}
      title={words.one[lang]}
      path={placeOf(c)}
      sub={one.text.name[lang]}
      crumbs={crumbs(lang, { label: words.one[lang] })}
    >
      <div class="grid gap-5 lg:grid-cols-[minmax(0,1fr)_320px] items-start">
        <div class="grid gap-5">
          <Panel title={words.one[lang]}>
            <Dl items={shownFacts(view)} />
          </Panel>
          <Panel title={words.scope[lang]}>
            <Dl items={scopeFacts(one.text, around, lang)} />
          </Panel>
        </div>
        <div class="grid gap-5">
          <Ends {...view} />
          <OneActs {...view} />
        </div>
      </div>
    </OfficePage>,
  );
}

/** Yields the records of a query as one JSON text, in parts as they are read: a text may have a consent from everybody. */
async function* recordsIn(office: Office, query: Omit<ConsentQuery, 'most'>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  yield encoder.encode('{"records": [\n');
  let between = '';
  for (let before: string | null | undefined = query.before; before !== null;) {
    const batch: Records = await consentRecords(office, { ...query, before, most: AT_ONCE });
    let text = '';
    for (const record of batch.records) {
      text += between + JSON.stringify(record, null, 2);
      between = ',\n';
    }
    yield encoder.encode(text);
    before = batch.next;
  }
  yield encoder.encode('\n]}\n');
}

async function records({ office }: Room, c: Request): Promise<Response> {
  const asked = listOf(office, c, await texts(office));
  if (isOfNobody(asked, c.req.url)) return c.notFound();
  const chosen = chosenIn(asked, c.req.url);
  await recordExport(office, byOf(c), { list: listCode(PATH), format: 'json', principal: chosen.principal });
  const parts = recordsIn(office, queryOf(chosen));
  return c.body(inParts(c, parts), 200, {
    'content-type': 'application/json',
    'content-disposition': 'attachment; filename="consent-records.json"',
  });
}

/** The pages of the consents. */
export const consentPages = (room: Room): Route[] => [
  page('get', PATH, 'records:read', (c) => list(room, c)),
  exportPage(room.office, { path: PATH, may: 'records:read' }, async (c) =>
    fileOfNewest(listOf(room.office, c, await texts(room.office)), c.req.url),
  ),
  plain(`${PATH}/records.json`, 'records:read', (c) => records(room, c)),
  ...formPages(room),
  ...importPages(room),
  ...withdrawPages(room),
  ...objectionPages(room),
  ...objectionListPages(room),
  ...textFormPages(room),
  ...textPages(room),
  page('get', `${PATH}/:id`, 'records:read', (c) => show(room, c)),
];

export const consentCatalogue = ({ office }: Room): Catalogue => ({
  title: words.title,
  list: PATH,
  things: async ({ id }) => {
    const row = id && (await findConsent(office.database, id));
    if (!row) return [];
    const given = moment(row.given_on, row.given_at);
    return [{ name: words.one, href: `${PATH}/${row.id}`, numbers: [row.id], says: both(given, given) }];
  },
});
