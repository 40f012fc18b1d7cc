// What was done with one person's information, from the log: the newest entries on the person's page, and all of them as a list that can be
// filtered by item and period.

import type { Context } from 'hono';
import { both, type Bilingual, type Lang } from '../../../base/bilingual.ts';
import { decisionIn, ERASURE, type ListedEntry, type LogEntry } from '../../../log/index.ts';
import { placeOf, type Env } from '../../../platform/http/index.ts';
import { About } from '../../../platform/ui/about.tsx';
import { articleLabel } from '../../../platform/ui/article.ts';
import { Chip } from '../../../platform/ui/chip.tsx';
import { Empty } from '../../../platform/ui/empty.tsx';
import { answerWord, Pass, type Answer } from '../../../platform/ui/finding.tsx';
import { listed, stamp } from '../../../platform/ui/format.ts';
import { ListTable, type ListColumn } from '../../../platform/ui/list.tsx';
import { NewestBody, newestView, type NewestList } from '../../../platform/ui/newest.tsx';
import { Panel } from '../../../platform/ui/panel.tsx';
import { instantsIn } from '../../../platform/ui/period.tsx';
import { actorName, fileOfNewest, actorNames, type ListFile, type Room } from '../../access/index.ts';
import { purposeCode } from '../../beyond/index.ts';
import { purposeName } from '../../policy/index.ts';
import { historyEntries, type Person, personOf, type Surroundings } from '../actions/person.ts';
import { itemsAbout } from '../facts.ts';
import { groundOf } from '../letters/grounds.ts';
import { askedWords, deedWord, holdingsIn, reachedText } from '../words.ts';
import { itemLabel, nobody, PATH, PersonSheet, personTitle, type Request } from './sheet.tsx';

export const HISTORY = `${PATH}/history`;

/** The number of entries on the person's page. */
const FIRST = 20;

export const words = {
  title: both('これまでの扱い', 'What was done so far'),
  entries: both('扱いの記録、新しい順', 'Entries, newest first'),
  all: both('項目や期間で絞り込む', 'By item or period'),
  items: both('項目', 'Items'),
  when: both('日時', 'When'),
  what: both('したこと', 'What'),
  where: both('台帳と目的', 'Holding and purpose'),
  who: both('した人', 'By'),
  answer: both('答え', 'Answer'),
  grounds: both('根拠', 'Grounds'),
  receipt: both('控え', 'Receipt'),
  certificate: both('証明書', 'Certificate'),
  none: both('この条件に合う扱いはありません', 'No entry matches'),
  nothing: both('まだ何も扱っていません', 'Nothing has been done yet'),
} satisfies Record<string, Bilingual>;

/** An entry as a row, identified by its cursor, with the names of the actors of the rows on the page. */
type Row = ListedEntry & { id: string; names: ReadonlyMap<string, string> };

async function rowsOf({ access }: Room, entries: readonly ListedEntry[]): Promise<Row[]> {
  const names = await actorNames(
    access,
    entries.map(({ entry }) => entry.actor),
  );
  return entries.map((one) => ({ ...one, id: one.cursor, names }));
}

type Known = Pick<Surroundings, 'places' | 'policy'>;

/** The holding, or the collection of related information, and the purpose of an entry; for a refusal, what was asked. */
function whereOf(entry: LogEntry, { places, policy }: Known, lang: Lang): string {
  const asked = typeof entry.asked === 'string' ? askedWords[entry.asked] : undefined;
  const purposes = [entry.purpose, entry.purposes].flat().filter((id) => typeof id === 'string');
  return [
    asked && (lang === 'ja' ? `${asked.ja}の求め` : `asked ${asked.en}`),
    [...holdingsIn(entry), String(entry.collection)]
      .flatMap((id) => places.get(id)?.name[lang] ?? [])
      .join(lang === 'ja' ? '・' : ', '),
    purposes
      .map((id) => purposeCode(purposeName(policy?.policy ?? null, id, lang), lang))
      .join(lang === 'ja' ? '・' : ', '),
  ]
    .filter(Boolean)
    .join(lang === 'ja' ? '　' : '; ');
}

const groundTexts = (entry: LogEntry, lang: Lang) =>
  (decisionIn(entry)?.because ?? []).map((text) => {
    const { law, article } = groundOf(text, null);
    return { law, text: articleLabel(law, article, lang) };
  });

const GroundChips = ({ entry, lang }: { entry: LogEntry; lang: Lang }) => (
  <span class="flex flex-wrap gap-1">
    {groundTexts(entry, lang).map(({ law, text }) => (
      <Chip kind={law === 'policy' ? 'policy' : 'law'}>{text}</Chip>
    ))}
  </span>
);

const columnsOf = (c: Context<Env>, known: Known): readonly ListColumn<Row>[] => [
  {
    key: 'what',
    head: words.what,
    rowHead: true,
    value: ({ entry }, lang) => deedWord(entry.action, lang),
    cell: ({ entry }, lang) => {
      const deed = deedWord(entry.action, lang);
      return c.get('may')('log:read') ? <a href={`/log/entries/${entry.id}`}>{deed}</a> : deed;
    },
  },
  {
    key: 'when',
    head: words.when,
    nowrap: true,
    value: ({ entry }) => stamp(Date.parse(entry.at)),
    cell: ({ entry }) => <span class="num">{stamp(Date.parse(entry.at))}</span>,
  },
  { key: 'items', head: words.items, value: ({ entry }, lang) => reachedText(entry, known.places, lang) },
  { key: 'where', head: words.where, value: ({ entry }, lang) => whereOf(entry, known, lang) },
  { key: 'who', head: words.who, nowrap: true, value: ({ entry, names }, lang) => actorName(entry.actor, names, lang) },
  {
    key: 'answer',
    head: words.answer,
    nowrap: true,
    value: ({ entry }, lang) => {
      const decision = decisionIn(entry);
      return decision ? answerWord[decision.answer as Answer][lang] : '';
    },
    cell: ({ entry }, lang) => {
      const decision = decisionIn(entry);
      return decision && <Pass answer={decision.answer as Answer} lang={lang} />;
    },
  },
  {
    key: 'grounds',
    head: words.grounds,
    value: ({ entry }, lang) =>
      listed(
        groundTexts(entry, lang).map(({ text }) => text),
        lang,
      ),
    cell: ({ entry }, lang) => decisionIn(entry) && <GroundChips entry={entry} lang={lang} />,
  },
];

/** A column of the page only: a link to the receipt for the person. */
const receiptColumn = (id: string): ListColumn<Row> => ({
  key: 'receipt',
  head: words.receipt,
  nowrap: true,
  value: ({ entry }, lang) => (entry.action === ERASURE ? words.certificate : words.receipt)[lang],
  cell: ({ entry }, lang) => (
    <a href={`${PATH}/${id}/receipts/${entry.id}`}>
      {(entry.action === ERASURE ? words.certificate : words.receipt)[lang]}
      <About>
        {deedWord(entry.action, lang)} {stamp(Date.parse(entry.at))}
      </About>
    </a>
  ),
});

/** `receipts`: adds the column of receipts, which files do not have. */
async function listOf(
  room: Room,
  c: Context<Env>,
  person: Person,
  { receipts }: { receipts: boolean },
): Promise<NewestList<Row>> {
  const { id, ledger } = person;
  const columns = columnsOf(c, person);
  const items = itemsAbout(person).map(({ holding, code }) => ({
    value: code,
    label: itemLabel(ledger.get(holding), code),
  }));
  return {
    path: HISTORY,
    title: words.title,
    columns: receipts && c.get('may')('people:receipt') ? [...columns, receiptColumn(id)] : columns,
    filters: [{ name: 'item', label: words.items, options: items }],
    period: true,
    always: { principal: id },
    idForm: /^\d+-\d+$/,
    read: async ({ item, ...chosen }, page) => {
      const found = await historyEntries(room, id, { ...(item ? { item } : {}), ...instantsIn(chosen), ...page });
      return rowsOf(room, found);
    },
    noMatch: words.none,
    stack: true,
  };
}

const personIn = (room: Room, c: Context<Env>): ReturnType<typeof personOf> =>
  personOf(room, c.req.query('principal') ?? '');

/** The whole history of the person in the address, or what the filters keep of it. */
export async function showHistory(room: Room, c: Request): Promise<Response> {
  const found = await personIn(room, c);
  if (!found.ok) return nobody(c);
  const lang = c.get('lang');
  const list = await listOf(room, c, found.value, { receipts: true });
  return c.html(
    <PersonSheet
      c={c}
      id={found.value.id}
      title={words.title[lang]}
      last={words.title[lang]}
      sub={personTitle(found.value.id, lang)}
      path={placeOf(c)}
    >
      <NewestBody view={await newestView(list, c.req.url, lang)} none={<Empty title={words.nothing[lang]} />} />
    </PersonSheet>,
  );
}

/** The files of the same list; null where there is no such person. */
export async function historyFile(room: Room, c: Context<Env>): Promise<ListFile<Row> | null> {
  const found = await personIn(room, c);
  return found.ok ? fileOfNewest(await listOf(room, c, found.value, { receipts: false }), c.req.url) : null;
}

/** The newest entries, on the person's page. */
export async function NewestHistory({ room, c, person }: { room: Room; c: Request; person: Person }) {
  const lang = c.get('lang');
  const { columns } = await listOf(room, c, person, { receipts: true });
  const rows = await rowsOf(room, await historyEntries(room, person.id, { most: FIRST }));
  return (
    <Panel
      title={words.title[lang]}
      id="history"
      pad="bare"
      more={{ href: `${HISTORY}?principal=${person.id}`, label: words.all[lang] }}
    >
      <ListTable lang={lang} caption={words.entries} stack columns={columns} rows={rows} />
    </Panel>
  );
}
