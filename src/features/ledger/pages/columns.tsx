// What a table of the ledger shows: which rows, which columns, in which order. An address says all of it, so that the page, a shared
// link and an exported file show exactly the same.

import type { Child } from 'hono/jsx';
import type { Bilingual, Lang } from '../../../base/bilingual.ts';
import { both } from '../../../base/bilingual.ts';
import { dayOf } from '../../../base/day.ts';
import { promiseStates, type PromiseState } from '../../../base/promise.ts';
import { listed, number, slashDay } from '../../../platform/ui/format.ts';
import { St, stateWord } from '../../../platform/ui/promise-state.tsx';
import { holds, type RowHeight } from '../../../platform/ui/table.tsx';
import type { Line, Standing } from '../actions.ts';
import { retentionText } from '../facts.ts';
import { channelWord, fieldWords, principalWords, stateWords } from '../words.ts';

export interface LedgerColumn {
  key: string;
  head: Bilingual;
  /** Shown unless somebody chooses otherwise. */
  usual: boolean;
  fixed?: boolean;
  align?: 'right';
  /** What is exported, searched and, without `cell`, shown. */
  value(line: Line, standing: Standing, lang: Lang): string | number;
  cell?(line: Line, lang: Lang): Child;
  /** By what it sorts, where that is not the value. */
  order?(line: Line): number;
}

const codeOrder = (code: string): number => Number(code.slice(2));

export const columns: readonly LedgerColumn[] = [
  {
    key: 'code',
    head: both('番号', 'No.'),
    usual: true,
    fixed: true,
    value: ({ holding }) => holding.code,
    cell: ({ holding }) => <span class="num">{holding.code}</span>,
    order: ({ holding }) => codeOrder(holding.code),
  },
  {
    key: 'name',
    head: fieldWords.name,
    usual: true,
    fixed: true,
    value: ({ holding }, _, lang) => holding.name[lang],
    cell: ({ holding }, lang) => <a href={`/ledger/${holding.id}`}>{holding.name[lang]}</a>,
  },
  {
    key: 'state',
    head: both('状態', 'State'),
    usual: true,
    value: ({ holding, state }, _, lang) =>
      (holding.state === 'retired' ? stateWords.retired : stateWord[state.state])[lang],
    cell: ({ holding, state }, lang) =>
      holding.state === 'retired' ? stateWords.retired[lang] : <St state={state.state} lang={lang} />,
    order: ({ holding, state }) =>
      holding.state === 'retired' ? promiseStates.length : promiseStates.indexOf(state.state),
  },
  {
    key: 'items',
    head: fieldWords.items,
    usual: true,
    value: ({ holding }, _, lang) =>
      listed(
        holding.items.map((item) => item.label[lang]),
        lang,
      ),
    // The longest column: it breaks into lines so that what is asked next stays in sight.
    cell: ({ holding }, lang) => (
      <span class="md:block md:w-72 md:whitespace-normal">
        {listed(
          holding.items.map((item) => item.label[lang]),
          lang,
        )}
      </span>
    ),
  },
  {
    key: 'people',
    head: both('人数', 'People'),
    usual: true,
    align: 'right',
    value: ({ people }) => people,
    cell: ({ people }) => number(people),
  },
  {
    key: 'purposes',
    head: fieldWords.purposes,
    usual: true,
    value: ({ holding }) => holding.purposes.join(' '),
  },
  {
    key: 'channels',
    head: fieldWords.channels,
    usual: true,
    value: ({ holding }, { policy }, lang) =>
      listed(
        holding.channels.map((id) => channelWord(policy, id, lang)),
        lang,
      ),
  },
  { key: 'place', head: fieldWords.place, usual: true, value: ({ holding }) => holding.place },
  {
    key: 'retention',
    head: fieldWords.retention,
    usual: true,
    value: ({ holding }, _, lang) => retentionText(holding.retention, lang),
  },
  {
    key: 'manager',
    head: fieldWords.manager,
    usual: true,
    value: ({ holding }, { names }) => names.get(holding.manager) ?? '',
  },
  { key: 'department', head: fieldWords.department, usual: true, value: ({ holding }) => holding.department },
  {
    key: 'principals',
    head: fieldWords.principals,
    usual: false,
    value: ({ holding }, _, lang) =>
      listed(
        holding.principals.map((kind) => principalWords[kind][lang]),
        lang,
      ),
  },
  { key: 'access', head: fieldWords.access, usual: false, value: ({ holding }) => holding.access },
  {
    key: 'confirmed',
    head: both('見直し', 'Confirmed'),
    usual: true,
    value: ({ holding }) => slashDay(dayOf(holding.confirmedAt.getTime())),
    cell: ({ holding }) => <span class="num">{slashDay(dayOf(holding.confirmedAt.getTime()))}</span>,
  },
];

const uses = ['active', 'all', 'retired'] as const;
const heights = ['loose', 'normal', 'tight'] as const satisfies readonly RowHeight[];

/** What an address of the table asks for. An empty text is “any”. */
export interface Query {
  q: string;
  purpose: string;
  department: string;
  state: PromiseState | '';
  use: (typeof uses)[number];
  sort: { key: string; down: boolean };
  cols: readonly string[];
  height: RowHeight;
}

const usual = columns.filter((column) => column.usual).map((column) => column.key);

const oneOf = <T extends string>(values: readonly T[], text: string | null, otherwise: T): T =>
  values.find((value) => value === text) ?? otherwise;

/** Reads an address. What it does not understand it leaves at the usual. */
export function readQuery(params: URLSearchParams): Query {
  const sort = params.get('sort') ?? 'code';
  const key = sort.replace(/^-/, '');
  const picked = params.getAll('col');
  const cols = columns.filter((column) => column.fixed || picked.includes(column.key)).map((column) => column.key);
  return {
    q: (params.get('q') ?? '').trim(),
    purpose: params.get('purpose') ?? '',
    department: params.get('department') ?? '',
    state: oneOf(['', ...promiseStates], params.get('state'), ''),
    use: oneOf(uses, params.get('use'), 'active'),
    sort: columns.some((column) => column.key === key)
      ? { key, down: sort.startsWith('-') }
      : { key: 'code', down: false },
    cols: picked.length > 0 ? cols : usual,
    height: oneOf(heights, params.get('height'), 'normal'),
  };
}

/** The parameters of a query without those that are usual anyway. */
export function paramsOf(query: Query): [string, string][] {
  const chosen = query.cols.join() === usual.join() ? [] : query.cols.map((col): [string, string] => ['col', col]);
  const sort = `${query.sort.down ? '-' : ''}${query.sort.key}`;
  const all: [string, string, string][] = [
    ['q', query.q, ''],
    ['purpose', query.purpose, ''],
    ['department', query.department, ''],
    ['state', query.state, ''],
    ['use', query.use, 'active'],
    ['sort', sort, 'code'],
    ['height', query.height, 'normal'],
  ];
  return [
    ...all.filter(([, value, usually]) => value !== usually).map(([key, value]): [string, string] => [key, value]),
    ...chosen,
  ];
}

export function addressOf(path: string, query: Query, change: Partial<Query> = {}): string {
  const params = paramsOf({ ...query, ...change });
  return params.length > 0 ? `${path}?${new URLSearchParams(params)}` : path;
}

function matches(line: Line, standing: Standing, query: Query): boolean {
  const { holding, state } = line;
  if (query.use !== 'all' && holding.state !== query.use) return false;
  if (query.purpose && !holding.purposes.includes(query.purpose)) return false;
  if (query.department && holding.department !== query.department) return false;
  if (query.state && (holding.state === 'retired' || state.state !== query.state)) return false;
  if (!query.q) return true;
  const words = columns
    .filter((column) => column.key !== 'state' && column.key !== 'people')
    .flatMap((column) => [column.value(line, standing, 'ja'), column.value(line, standing, 'en')]);
  return holds(words, query.q);
}

const collator = new Intl.Collator('ja', { numeric: true });

/** The rows an address asks for, in its order. Equal ones stand by number. */
export function rowsOf(lines: readonly Line[], standing: Standing, query: Query, lang: Lang): Line[] {
  const column = columns.find((one) => one.key === query.sort.key)!;
  const compare = (a: Line, b: Line): number => {
    if (column.order) return column.order(a) - column.order(b);
    const [x, y] = [column.value(a, standing, lang), column.value(b, standing, lang)];
    return typeof x === 'number' && typeof y === 'number' ? x - y : collator.compare(String(x), String(y));
  };
  return lines
    .filter((line) => matches(line, standing, query))
    .sort(
      (a, b) =>
        (query.sort.down ? -compare(a, b) : compare(a, b)) || codeOrder(a.holding.code) - codeOrder(b.holding.code),
    );
}

export const shownColumns = (query: Query): LedgerColumn[] =>
  columns.filter((column) => query.cols.includes(column.key));
