// A list read page by page from the newest row, without counting. As with every list, its columns define its files, and its address holds the
// complete state.

import type { Child } from 'hono/jsx';
import { both, type Bilingual, type Lang } from '../../base/bilingual.ts';
import { isId } from '../../base/id.ts';
import { LinkButton } from './button.tsx';
import { Empty } from './empty.tsx';
import { exportLinks, ListTable, type ListColumn, type ListFilter } from './list.tsx';
import { FilterPeriod, periodIn, periodParams, PeriodProblem, periodText } from './period.tsx';
import { Applied, Earlier, Filters, FilterSelect, FilterText, type TableProps } from './table.tsx';

const words = {
  any: both('すべて', 'All'),
  clear: both('条件を外す', 'Remove the conditions'),
  fewer: both('条件を減らすと見つかることがあります。', 'Fewer conditions may help.'),
  newest: both('最新に戻る', 'Back to the newest'),
  older: both('これより前', 'Earlier ones'),
} satisfies Record<string, Bilingual>;

/** The chosen option of each filter, by filter name; filters without a choice are absent. */
export type Chosen = Readonly<Record<string, string>>;

export interface NewestList<Row extends { id: string }> {
  path: string;
  title: Bilingual;
  columns: readonly ListColumn<Row>[];
  filters: readonly Pick<ListFilter<Row>, 'name' | 'label' | 'options'>[];
  /** The address can also ask for a period with `from` and `to`. A text says what happened in it, if that is not the time of each row. */
  period?: true | Bilingual;
  /** Parameters that every address of the list has, such as whose list it is. */
  always?: Chosen;
  /** The label of a text that rows can be found by, such as a number; it is in the address, so it must be no name of a person. */
  typed?: Bilingual;
  /** The form of a row id, if it is not a UUID. */
  idForm?: RegExp;
  /** The word for a person whose rows alone an address can ask for, by the id in `principal`; without it, no address can. */
  person?: Bilingual;
  /** Reads the rows before the one with id `before`, newest first. */
  read(chosen: Chosen, page: { before?: string; most: number }): Promise<readonly Row[]>;
  noMatch: Bilingual;
  /** Layout of rows on a narrow screen. */
  stack: TableProps['stack'];
}

/** A list in the state that an address asks for. */
interface NewestView<Row extends { id: string }> {
  lang: Lang;
  list: NewestList<Row>;
  /** The period is read from this. */
  url: string;
  chosen: Chosen;
  /** The rows shown come before the one with this id; empty: from the newest. */
  before: string;
  rows: readonly Row[];
  /** Earlier rows come before the one with this id; undefined at the end. */
  older: string | undefined;
}

const PAGE = 30;

/** Reads an address. Anything it does not understand is ignored. */
export function chosenIn<Row extends { id: string }>(
  { filters, period, always, person, typed }: NewestList<Row>,
  url: string,
): Chosen {
  const { searchParams } = new URL(url);
  const asked = filters.flatMap(({ name, options }) =>
    options.filter(({ value }) => value === searchParams.get(name)).map(({ value }) => [name, value]),
  );
  const principal = searchParams.get('principal');
  const q = searchParams.get('q')?.trim() ?? '';
  return {
    ...(typed && q !== '' ? { q } : {}),
    ...(Object.fromEntries(asked) as Chosen),
    ...(person && principal && isId(principal) ? { principal } : {}),
    ...(period ? periodParams(periodIn(url)) : {}),
    ...always,
  };
}

/** True when an address asks for one person's rows but names nobody: a file of it would hold everybody's. */
export function isOfNobody({ person }: Pick<NewestList<{ id: string }>, 'person'>, url: string): boolean {
  const principal = new URL(url).searchParams.get('principal') ?? '';
  return person !== undefined && principal !== '' && !isId(principal);
}

/** The address of a choice, from the newest row on. */
export const addressOf = ({ path }: { path: string }, chosen: Chosen, more: Chosen = {}): string => {
  const params = new URLSearchParams({ ...chosen, ...more });
  return params.size > 0 ? `${path}?${params}` : path;
};

/** The address of the whole list. */
const wholeOf = <Row extends { id: string }>(list: NewestList<Row>): string => addressOf(list, list.always ?? {});

const without = (chosen: Chosen, name: string): Chosen =>
  Object.fromEntries(Object.entries(chosen).filter(([key]) => key !== name));

/** `url`: address of the page. */
export async function newestView<Row extends { id: string }>(
  list: NewestList<Row>,
  url: string,
  lang: Lang,
): Promise<NewestView<Row>> {
  const asked = new URL(url).searchParams.get('before') ?? '';
  const [chosen, before] = [chosenIn(list, url), (list.idForm?.test(asked) ?? isId(asked)) ? asked : ''];
  const found = await list.read(chosen, { ...(before === '' ? {} : { before }), most: PAGE + 1 });
  const rows = found.slice(0, PAGE);
  return { lang, list, url, chosen, before, rows, older: found.length > PAGE ? rows.at(-1)!.id : undefined };
}

/** True when the list has no rows at all, whatever is chosen. */
export const isEmpty = <Row extends { id: string }>({ list, chosen, before, rows }: NewestView<Row>): boolean =>
  rows.length === 0 && before === '' && addressOf(list, chosen) === wholeOf(list);

const happened = <Row extends { id: string }>({ period }: NewestList<Row>): Bilingual | undefined =>
  period === true ? undefined : period;

const FilterRow = <Row extends { id: string }>({ lang, list, url, chosen, rows }: NewestView<Row>) => (
  <Filters
    lang={lang}
    action={list.path}
    keep={{ principal: chosen.principal, ...list.always }}
    exports={rows.length > 0 ? exportLinks(list.path, addressOf(list, chosen), lang) : undefined}
  >
    {list.typed && <FilterText name="q" label={list.typed[lang]} value={chosen.q ?? ''} />}
    {list.filters.map(({ name, label, options }) => (
      <FilterSelect
        name={name}
        label={label[lang]}
        value={chosen[name] ?? ''}
        options={[{ value: '', label: words.any }, ...options].map((one) => ({ ...one, label: one.label[lang] }))}
      />
    ))}
    {list.period && <FilterPeriod lang={lang} period={periodIn(url)} of={happened(list)} />}
  </Filters>
);

/** The conditions that leave rows out, each with the address without it. */
const appliedOf = <Row extends { id: string }>({ lang, list, url, chosen }: NewestView<Row>) => {
  const period = list.period ? periodText(periodIn(url), lang) : null;
  const all = [
    ...(list.typed ? [{ name: 'q', label: list.typed, says: chosen.q }] : []),
    ...list.filters.map(({ name, label, options }) => ({
      name,
      label,
      says: options.find(({ value }) => value === chosen[name])?.label[lang],
    })),
    ...(list.person ? [{ name: 'principal', label: list.person, says: chosen.principal?.slice(-8) }] : []),
  ].flatMap(({ name, label, says }) =>
    says === undefined
      ? []
      : [
          {
            label: `${label[lang]}${lang === 'ja' ? ' ' : ': '}${says}`,
            remove: addressOf(list, without(chosen, name)),
          },
        ],
  );
  const open = addressOf(list, without(without(chosen, 'from'), 'to'));
  if (period === null) return all;
  const of = happened(list)?.[lang];
  return [...all, { label: of ? `${of}${lang === 'ja' ? ' ' : ': '}${period}` : period, remove: open }];
};

const Rows = <Row extends { id: string }>({ lang, list, chosen, before, rows, older }: NewestView<Row>) => (
  <>
    <ListTable lang={lang} caption={list.title} stack={list.stack} columns={list.columns} rows={rows} />
    <Earlier
      lang={lang}
      label={list.title}
      says={words}
      newest={before === '' ? undefined : addressOf(list, chosen)}
      older={older && addressOf(list, chosen, { before: older })}
    />
  </>
);

/** No row matches. */
const Nothing = <Row extends { id: string }>({ lang, list }: NewestView<Row>) => (
  <Empty
    title={list.noMatch[lang]}
    actions={
      <LinkButton kind="second" href={wholeOf(list)}>
        {words.clear[lang]}
      </LinkButton>
    }
  >
    {words.fewer[lang]}
  </Empty>
);

/**
 * A complete list: filters, the table with its files or the reason why it is empty, and the link to earlier rows. `none`: shown when the list is
 * empty.
 */
export const NewestBody = <Row extends { id: string }>({ view, none }: { view: NewestView<Row>; none: Child }) => {
  if (isEmpty(view)) return none;
  const { lang, list, url, rows } = view;
  return (
    <>
      {list.period && <PeriodProblem lang={lang} period={periodIn(url)} />}
      <FilterRow {...view} />
      <Applied lang={lang} filters={appliedOf(view)} removeAll={wholeOf(list)} />
      {rows.length > 0 ? <Rows {...view} /> : <Nothing {...view} />}
    </>
  );
};
