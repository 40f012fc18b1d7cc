// A list declared by its columns. Searching, sorting, the choice of columns and the files of exactly what is shown all follow from them. The
// address holds the complete state, so that the page, a shared link and a file show the same.

import type { Child } from 'hono/jsx';
import { both, type Bilingual, type Lang } from '../../base/bilingual.ts';
import { formats, unwritableInShiftJis, type Sheet } from '../sheet.ts';
import { LinkButton } from './button.tsx';
import { Empty } from './empty.tsx';
import { number } from './format.ts';
import {
  Applied,
  Filters,
  FilterSelect,
  FilterText,
  holds,
  listPageOf,
  Pager,
  rowsOn,
  Table,
  TableTools,
  type Column,
  type ExportLink,
  type ListPage,
  type RowHeight,
  type TableProps,
} from './table.tsx';

const words = {
  text: both('言葉', 'Words'),
  textNoPerson: both('言葉（人名を除く）', 'Words (no names of people)'),
  any: both('すべて', 'All'),
  clear: both('条件を外す', 'Remove the conditions'),
  lacking: both('（書けない文字があります）', ' (some characters cannot be written)'),
} satisfies Record<string, Bilingual>;

export interface ListColumn<Row> {
  key: string;
  head: Bilingual;
  /** The value for files, search, sorting and, without `cell`, display. Empty when there is none. */
  value(row: Row, lang: Lang): string | number;
  cell?(row: Row, lang: Lang): Child;
  /** The sort key, if it is not the value. */
  order?(row: Row, lang: Lang): string | number;
  /** The row header: says what the row is, and is always shown. Exactly one column. */
  rowHead?: boolean;
  /** Always shown, like the row header. */
  fixed?: boolean;
  /** Shown only when the reader chooses it. */
  chosen?: boolean;
  /** Not covered by the text search, such as a count or something a filter is for. */
  unsearched?: boolean;
  /** Names people. Not covered by the text search, which would put a name into the address. */
  person?: boolean;
  align?: Column['align'];
  nowrap?: boolean;
}

export interface ListFilter<Row> {
  /** Name in the address; must not be `q`, `sort`, `col`, `height` or `page`. */
  name: string;
  label: Bilingual;
  options: readonly { value: string; label: Bilingual }[];
  /** The option that shows all rows; without it, an option for all is offered first. */
  any?: string;
  /** The default choice; without it, all. */
  usual?: string;
  keeps(row: Row, value: string): boolean;
}

export interface List<Row> {
  path: string;
  title: Bilingual;
  columns: readonly ListColumn<Row>[];
  filters?: readonly ListFilter<Row>[];
  /** All rows, in the order used for equal sort keys. */
  rows: readonly Row[];
  /** Default sort column, with a leading `-` for descending. */
  order: string;
  noMatch: Bilingual;
  /** Has many columns: it scrolls in its frame, and the row height can be chosen. */
  wide?: boolean;
  /** Layout of rows on a narrow screen; a wide list scrolls there too. */
  stack?: TableProps['stack'];
  /** Totals of the rows shown, by column. */
  foot?(rows: readonly Row[]): Record<string, Child>;
}

/** What an address asks of a list. An empty text asks for everything. */
export interface ListQuery {
  q: string;
  filters: Readonly<Record<string, string>>;
  sort: { key: string; down: boolean };
  cols: readonly string[];
  height: RowHeight;
}

const heights = ['loose', 'normal', 'tight'] as const satisfies readonly RowHeight[];

const isFixed = <Row,>({ rowHead, fixed }: ListColumn<Row>): boolean => rowHead === true || fixed === true;

const usualColumns = <Row,>({ columns }: Pick<List<Row>, 'columns'>): string[] =>
  columns.filter((column) => !column.chosen).map((column) => column.key);

const anyOf = <Row,>({ any = '' }: ListFilter<Row>): string => any;
const usualOf = <Row,>(filter: ListFilter<Row>): string => filter.usual ?? anyOf(filter);

const isFoundByWords = <Row,>({ unsearched, person }: ListColumn<Row>): boolean => !unsearched && !person;

/** Some lists have no text search, because their contents must not appear in an address. */
const isSearched = <Row,>({ columns }: List<Row>): boolean => columns.some(isFoundByWords);

/** A sort order as written in an address: the key of a column, with a leading `-` for descending. */
const sortIn = (text: string): ListQuery['sort'] => ({ key: text.replace(/^-/, ''), down: text.startsWith('-') });
const sortText = ({ key, down }: ListQuery['sort']): string => `${down ? '-' : ''}${key}`;

/** Reads an address. Anything it does not understand keeps its default. */
function readListQuery<Row>(list: List<Row>, params: URLSearchParams): ListQuery {
  const { columns, filters = [], order } = list;
  const sort = sortIn(params.get('sort') ?? order);
  const picked = params.getAll('col').filter((col) => columns.some(({ key }) => key === col));
  const chosen = (filter: ListFilter<Row>): string => {
    const asked = params.get(filter.name) ?? usualOf(filter);
    return asked === anyOf(filter) || filter.options.some(({ value }) => value === asked) ? asked : usualOf(filter);
  };
  return {
    q: isSearched(list) ? (params.get('q') ?? '').trim() : '',
    filters: Object.fromEntries(filters.map((filter) => [filter.name, chosen(filter)])),
    sort: columns.some(({ key }) => key === sort.key) ? sort : sortIn(order),
    cols:
      picked.length > 0
        ? columns.filter((column) => isFixed(column) || picked.includes(column.key)).map(({ key }) => key)
        : usualColumns(list),
    height: heights.find((height) => height === params.get('height')) ?? 'normal',
  };
}

/** The parameters of a query, without defaults. */
function paramsOf<Row>(list: List<Row>, query: ListQuery): [string, string][] {
  const all: [string, string, string][] = [
    ['q', query.q, ''],
    ...(list.filters ?? []).map((filter): [string, string, string] => [
      filter.name,
      query.filters[filter.name]!,
      usualOf(filter),
    ]),
    ['sort', sortText(query.sort), list.order],
    ['height', query.height, 'normal'],
  ];
  const cols = query.cols.join() === usualColumns(list).join() ? [] : query.cols;
  return [
    ...all.filter(([, value, usual]) => value !== usual).map(([key, value]): [string, string] => [key, value]),
    ...cols.map((col): [string, string] => ['col', col]),
  ];
}

function addressOf<Row>(list: List<Row>, query: ListQuery): string {
  const params = paramsOf(list, query);
  return params.length > 0 ? `${list.path}?${new URLSearchParams(params)}` : list.path;
}

const isFound = <Row,>({ columns }: List<Row>, row: Row, typed: string): boolean =>
  typed === '' ||
  holds(
    columns.filter(isFoundByWords).flatMap((column) => [column.value(row, 'ja'), column.value(row, 'en')]),
    typed,
  );

const collator = new Intl.Collator('ja', { numeric: true });

const compare = (a: string | number, b: string | number): number =>
  typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b));

/** The rows a query asks for, in its order. */
function rowsOf<Row>(list: List<Row>, query: ListQuery, lang: Lang): Row[] {
  const { columns, filters = [], rows } = list;
  const { key, down } = query.sort;
  const column = columns.find((one) => one.key === key)!;
  const placeOf = (row: Row): string | number => (column.order ?? column.value)(row, lang);
  return rows
    .filter(
      (row) =>
        filters.every((filter) => {
          const value = query.filters[filter.name]!;
          return value === anyOf(filter) || filter.keeps(row, value);
        }) && isFound(list, row, query.q),
    )
    .map((row) => ({ row, place: placeOf(row) }))
    .sort((a, b) => (down ? compare(b.place, a.place) : compare(a.place, b.place)))
    .map(({ row }) => row);
}

/** A list in the state that an address asks for. */
export interface ListView<Row> {
  lang: Lang;
  list: List<Row>;
  query: ListQuery;
  /** All rows asked for: these are counted, totalled and written into files. */
  rows: readonly Row[];
  columns: readonly ListColumn<Row>[];
  /** Which of the rows are on this page. */
  page: ListPage;
}

/** `url`: address of the page or file, with its query. */
export function listView<Row>(list: List<Row>, url: string, lang: Lang): ListView<Row> {
  const { searchParams } = new URL(url);
  const query = readListQuery(list, searchParams);
  const rows = rowsOf(list, query, lang);
  const columns = list.columns.filter(({ key }) => query.cols.includes(key));
  return { lang, list, query, rows, columns, page: listPageOf(searchParams.get('page') ?? undefined, rows.length) };
}

/** The address of a list in its current state. */
export const addressIn = <Row,>({ list, query }: ListView<Row>): string => addressOf(list, query);

/** Rows as a table without the tools around it; also used for lists that are read page by page. `sort`: the sort links by column. */
export const ListTable = <Row,>({
  columns,
  rows,
  sort,
  ...table
}: Omit<TableProps, 'columns' | 'rows'> & {
  columns: readonly ListColumn<Row>[];
  rows: readonly Row[];
  sort?: (key: string) => Column['sort'];
}) => (
  <Table
    {...table}
    columns={columns.map(({ key, head, align, rowHead, nowrap }) => ({
      key,
      head,
      align,
      rowHead,
      nowrap,
      // A table that does not turn into blocks on a narrow screen scrolls in its frame.
      pin: rowHead && !table.stack,
      sort: sort?.(key),
    }))}
    rows={rows.map((row) => ({
      cells: Object.fromEntries(
        columns.map((column) => {
          const value = column.value(row, table.lang);
          const shown = typeof value === 'number' ? number(value) : value;
          return [column.key, column.cell ? column.cell(row, table.lang) : shown];
        }),
      ),
    }))}
  />
);

/** Rows as the contents of a file, with these columns. */
export const sheetOf = <Row,>(
  columns: readonly ListColumn<Row>[],
  rows: readonly Row[],
  { name, lang }: { name: string; lang: Lang },
): Sheet => ({
  name,
  head: columns.map(({ head }) => head[lang]),
  rows: rows.map((row) => columns.map((column) => column.value(row, lang))),
});

/** The name of a list's files without the extension; also its code in the log. */
export const listCode = (path: string): string => path.slice(1).replaceAll('/', '-');

/** Links to the files of a list. `address`: that of what is shown. `lacking`: some of it cannot be written in every format. */
export const exportLinks = (path: string, address: string, lang: Lang, lacking = false): ExportLink[] =>
  formats.map(({ ends, label, lacks }) => ({
    label: label[lang] + (lacks && lacking ? words.lacking[lang] : ''),
    href: `${path}/export/${listCode(path)}${ends}${address.slice(path.length)}`,
    page: lacks && lacking,
  }));

const FilterRow = <Row,>({ lang, list, query }: ListView<Row>) => (
  <Filters
    lang={lang}
    action={list.path}
    keep={Object.fromEntries(paramsOf(list, query).filter(([key]) => key === 'sort' || key === 'height'))}
  >
    {paramsOf(list, query).map(([key, value]) => key === 'col' && <input type="hidden" name="col" value={value} />)}
    {isSearched(list) && (
      <FilterText
        name="q"
        label={(list.columns.some(({ person }) => person) ? words.textNoPerson : words.text)[lang]}
        value={query.q}
      />
    )}
    {(list.filters ?? []).map((filter) => (
      <FilterSelect
        name={filter.name}
        label={filter.label[lang]}
        value={query.filters[filter.name]}
        options={[...(filter.any === undefined ? [{ value: '', label: words.any }] : []), ...filter.options].map(
          ({ value, label }) => ({ value, label: label[lang] }),
        )}
      />
    ))}
  </Filters>
);

const without = <Row,>({ query }: ListView<Row>, filter: ListFilter<Row>): ListQuery => ({
  ...query,
  filters: { ...query.filters, [filter.name]: anyOf(filter) },
});

/** The query without search or filters, keeping order and columns. */
const bare = <Row,>({ list, query }: ListView<Row>): ListQuery => ({
  ...query,
  q: '',
  filters: Object.fromEntries((list.filters ?? []).map((filter) => [filter.name, anyOf(filter)])),
});

/** The conditions that leave rows out, each with the query without it and, if there is one, the label of the option chosen `instead`. */
function appliedOf<Row>(view: ListView<Row>): { label: string; instead?: string | undefined; query: ListQuery }[] {
  const { lang, list, query } = view;
  const typed = lang === 'ja' ? `${words.text.ja}「${query.q}」` : `${words.text.en} “${query.q}”`;
  return [
    ...(query.q === '' ? [] : [{ label: typed, query: { ...query, q: '' } }]),
    ...(list.filters ?? []).flatMap((filter) => {
      const chosen = filter.options.find(({ value }) => value === query.filters[filter.name]);
      if (!chosen || chosen.value === anyOf(filter)) return [];
      const label = `${filter.label[lang]}${lang === 'ja' ? ' ' : ': '}${chosen.label[lang]}`;
      const instead = filter.options.find(({ value }) => value === anyOf(filter))?.label[lang];
      return [{ label, instead, query: without(view, filter) }];
    }),
  ];
}

const Tools = <Row,>(view: ListView<Row>) => {
  const { lang, list, query, rows, columns } = view;
  const { head } = list.columns.find(({ key }) => key === query.sort.key)!;
  const at = (height: RowHeight) => ({
    href: addressOf(list, { ...query, height }),
    current: query.height === height,
  });
  const sheet = sheetOf(columns, rows, { name: list.title[lang], lang });
  return (
    <TableTools
      lang={lang}
      count={{ shown: rows.length, total: list.rows.length }}
      order={
        lang === 'ja'
          ? `${head.ja}の${query.sort.down ? '逆順' : '順'}`
          : `by ${head.en.toLowerCase()}${query.sort.down ? ', descending' : ''}`
      }
      heights={list.wide ? { loose: at('loose'), normal: at('normal'), tight: at('tight') } : undefined}
      columns={{
        action: list.path,
        keep: Object.fromEntries(paramsOf(list, query).filter(([key]) => key !== 'col')),
        reset: addressOf(list, { ...query, cols: usualColumns(list) }),
        all: list.columns.map((column) => ({
          key: column.key,
          head: column.head,
          fixed: isFixed(column),
          shown: query.cols.includes(column.key),
        })),
      }}
      exports={exportLinks(list.path, addressIn(view), lang, unwritableInShiftJis(sheet).length > 0)}
    />
  );
};

/** Links that each drop one of several conditions, where that alone would show something. */
function fewer<Row>(view: ListView<Row>): { label: string; href: string }[] {
  const { lang, list } = view;
  const applied = appliedOf(view);
  if (applied.length < 2) return [];
  return applied.flatMap(({ label, instead, query }) => {
    const n = rowsOf(list, query, lang).length;
    if (n === 0) return [];
    const says = instead ?? (lang === 'ja' ? `${label}を外す` : `Without ${label}`);
    return [
      { label: lang === 'ja' ? `${says}（${number(n)}件）` : `${says} (${number(n)})`, href: addressOf(list, query) },
    ];
  });
}

/** No row matches. */
const Nothing = <Row,>(view: ListView<Row>) => {
  const { lang, list } = view;
  return (
    <Empty
      title={list.noMatch[lang]}
      actions={
        <>
          <LinkButton kind="second" href={addressOf(list, bare(view))}>
            {words.clear[lang]}
          </LinkButton>
          {fewer(view).map(({ label, href }) => (
            <LinkButton kind="text" href={href}>
              {label}
            </LinkButton>
          ))}
        </>
      }
    >
      {lang === 'ja' ? `${number(list.rows.length)}件を調べました。` : `Looked at: ${number(list.rows.length)}.`}
    </Empty>
  );
};

/**
 * A complete list: filters, tools, the table or the reason why it is empty, and pages. `none`: shown when the list has no rows at all; a list
 * without it always has rows.
 */
export const ListBody = <Row,>({ view, none }: { view: ListView<Row>; none?: Child }) => {
  const { lang, list, query, rows, columns, page } = view;
  if (none && list.rows.length === 0) return none;
  const { key: by, down } = query.sort;
  return (
    <>
      <FilterRow {...view} />
      <Applied
        lang={lang}
        filters={appliedOf(view).map((one) => ({ label: one.label, remove: addressOf(list, one.query) }))}
        removeAll={addressOf(list, bare(view))}
      />
      <Tools {...view} />
      {rows.length === 0 ? (
        <Nothing {...view} />
      ) : (
        <ListTable
          lang={lang}
          caption={list.title}
          height={query.height}
          nowrap={list.wide}
          stack={list.stack}
          columns={columns}
          rows={rowsOn(page, rows)}
          foot={list.foot?.(rows)}
          sort={(key) => ({
            href: addressOf(list, { ...query, sort: { key, down: by === key && !down } }),
            now: by !== key ? undefined : down ? 'descending' : 'ascending',
          })}
        />
      )}
      {/* The number of rows is above the table. */}
      {page.of > 1 && <Pager lang={lang} page={page} href={addressIn(view)} />}
    </>
  );
};
