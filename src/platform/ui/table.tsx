// A table page: filters, applied filters, count, row height, columns, export, the table, pages. A wide table scrolls inside its own named frame,
// never with the page. Everything is a link or a GET form, so an address can be shared.

import type { Child } from 'hono/jsx';
import type { Bilingual, Lang } from '../../base/bilingual.ts';
import { folded } from '../../base/text.ts';
import { Button } from './button.tsx';
import { Hidden } from './form.tsx';
import { number } from './format.ts';
import { Icon } from './icon.tsx';
import { classes, say, type Text } from './say.ts';
import { Segment } from './segment.tsx';

const words = {
  newestVersions: { ja: '最新の版に戻る', en: 'Back to the newest versions' },
  olderVersions: { ja: 'これより前の版', en: 'Earlier versions' },
  filter: { ja: '絞り込む', en: 'Filter' },
  applied: { ja: '絞り込み：', en: 'Filtered by:' },
  clear: { ja: 'すべて外す', en: 'Remove all' },
  height: { ja: '行の高さ', en: 'Row height' },
  columns: { ja: '列', en: 'Columns' },
  shown: { ja: '見せる列', en: 'Columns to show' },
  change: { ja: '列を変える', en: 'Change columns' },
  reset: { ja: '初めに戻す', en: 'Back to default' },
  export: { ja: '書き出す', en: 'Export' },
  exports: {
    ja: '条件に合うすべての行を、見えている列で書き出します。書き出したことは記録に残ります。',
    en: 'Exports every row that matches, in the columns shown. The export is put on record.',
  },
  pages: { ja: 'ページ', en: 'Pages' },
  part: { ja: '一覧の一部です。ほかにも記録があります', en: 'Part of the list: there are other records' },
  previous: { ja: '前へ', en: 'Previous' },
  next: { ja: '次へ', en: 'Next' },
  none: { ja: 'なし', en: 'None' },
  undecided: { ja: '未定', en: 'Not yet' },
};

export interface Column {
  key: string;
  head: Text;
  /** Numbers are right-aligned. Marks of one sign or word are centred, under heads that wrap to stay narrow. */
  align?: 'right' | 'center';
  /** Says what the row is: its cells are row headers. Exactly one column should have it. */
  rowHead?: boolean;
  /** Stays visible when the table scrolls sideways; only for the row header. */
  pin?: boolean;
  /** Link that sorts by this column; `now` when the table is sorted by it. */
  sort?: { href: string; now?: 'ascending' | 'descending' };
  /** Cells do not wrap. */
  nowrap?: boolean;
  /** The head is read out but not shown (a column of actions). */
  quiet?: boolean;
}

export interface Row {
  cells: Record<string, Child>;
  selected?: boolean;
}

export type RowHeight = 'loose' | 'normal' | 'tight';

export interface TableProps {
  lang: Lang;
  /** Names the table and its frame; unique on the page. */
  caption: Text;
  columns: readonly Column[];
  rows: readonly Row[];
  /** Totals, by column key. */
  foot?: Record<string, Child>;
  height?: RowHeight;
  /** On narrow screens rows become blocks (`inline`: short facts side by side). Without it the table scrolls in its frame. */
  stack?: boolean | 'inline';
  /** No cell wraps; for ledgers with many columns. */
  nowrap?: boolean;
}

const ALIGNED = { right: 'r', center: 'c' };

const Head = ({ column: c, lang }: { column: Column; lang: Lang }) => (
  <th scope="col" class={classes(c.align && ALIGNED[c.align], c.pin && 'pin')} aria-sort={c.sort?.now}>
    {c.sort ? (
      <a class="sort" href={c.sort.href}>
        {say(c.head, lang)}
        <Icon name={c.sort.now === 'ascending' ? 'up' : c.sort.now === 'descending' ? 'down' : 'sort'} small />
      </a>
    ) : c.quiet ? (
      <span class="sr-only">{say(c.head, lang)}</span>
    ) : (
      say(c.head, lang)
    )}
  </th>
);

const Cell = ({ column: c, value, lang, stack }: { column: Column; value: Child; lang: Lang; stack: boolean }) => {
  const look = classes(c.align && ALIGNED[c.align], c.pin && 'pin', c.nowrap && 'nb');
  const content = value === undefined || value === null || value === '' ? <None lang={lang} /> : value;
  return c.rowHead ? (
    <th scope="row" class={look}>
      {content}
    </th>
  ) : (
    <td class={look} data-label={stack && !c.quiet ? say(c.head, lang) : undefined}>
      {content}
    </td>
  );
};

type FootProps = { columns: readonly Column[]; foot: Record<string, Child>; lang: Lang; stack: boolean };

const Foot = ({ columns, foot, lang, stack }: FootProps) => (
  <tfoot>
    <tr>
      {columns.map((c) =>
        c.rowHead ? (
          <th scope="row" class={classes(c.pin && 'pin')}>
            {foot[c.key]}
          </th>
        ) : (
          <td
            class={classes(c.align && ALIGNED[c.align])}
            data-label={stack && foot[c.key] !== undefined ? say(c.head, lang) : undefined}
          >
            {foot[c.key]}
          </td>
        ),
      )}
    </tr>
  </tfoot>
);

/** An empty cell says なし; pass `<None what="undecided">` for 未定. */
export const Table = (props: TableProps) => {
  const { lang, columns, height = 'normal', stack = false } = props;
  return (
    <div class="tbl-wrap" tabindex={0} role="region" aria-label={say(props.caption, lang)}>
      <table
        class={classes(
          'tbl',
          height !== 'normal' && `tbl-${height}`,
          !!stack && 'stack',
          stack === 'inline' && 'stack-inline',
          props.nowrap && 'tbl-wide',
        )}
      >
        <caption class="sr-only">{say(props.caption, lang)}</caption>
        <thead>
          <tr>
            {columns.map((c) => (
              <Head column={c} lang={lang} />
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <tr class={classes(row.selected && 'sel')}>
              {columns.map((c) => (
                <Cell column={c} value={row.cells[c.key]} lang={lang} stack={!!stack} />
              ))}
            </tr>
          ))}
        </tbody>
        {props.foot && <Foot columns={columns} foot={props.foot} lang={lang} stack={!!stack} />}
      </table>
    </div>
  );
};

/** The content of an empty cell. A dash only if the column cannot apply. */
export const None = ({ lang, what = 'none' }: { lang: Lang; what?: 'none' | 'undecided' }) => (
  <span class="muted">{say(words[what], lang)}</span>
);

/**
 * Filters above a table. The children are FilterText and FilterSelect; `keep` carries sort, columns and the like; `exports` for a table without
 * tools.
 */
export const Filters = (props: {
  lang: Lang;
  action: string;
  keep?: Record<string, string | undefined>;
  exports?: readonly ExportLink[] | undefined;
  children?: Child;
}) => (
  <form class="tools" method="get" action={props.action}>
    <Hidden values={props.keep ?? {}} />
    {props.children}
    <button class="btn btn-1 btn-s">{say(words.filter, props.lang)}</button>
    {props.exports && (
      <>
        <div class="push" />
        <Exports lang={props.lang} files={props.exports} />
      </>
    )}
  </form>
);

/** True when one of the texts contains what was typed into a FilterText, ignoring width, case and the difference between hiragana and katakana. */
export const holds = (texts: readonly (string | number)[], typed: string): boolean =>
  folded(texts.join('\n')).includes(folded(typed));

export const FilterText = ({ name, label, value }: { name: string; label: string; value?: string }) => (
  <div class="grow basis-44 max-w-72">
    <label class="lab" for={`q-${name}`}>
      {label}
    </label>
    <input class="input input-s" id={`q-${name}`} name={name} type="search" autocomplete="off" value={value} />
  </div>
);

/** Most choices on a page; with more, only the chosen one is shown, which is reached from its own page. */
const MOST_OPTIONS = 100;

interface FilterSelectProps {
  name: string;
  label: string;
  value?: string;
  options: readonly { value: string; label: string }[];
}

export const FilterSelect = ({ name, label, value = '', options }: FilterSelectProps) => {
  const offered =
    options.length > MOST_OPTIONS ? options.filter((one) => one.value === '' || one.value === value) : options;
  return offered.length < 2 ? null : (
    <div>
      <label class="lab" for={`q-${name}`}>
        {label}
      </label>
      <select class="select input-s max-w-44" id={`q-${name}`} name={name}>
        {offered.map((one) => (
          <option value={one.value} selected={one.value === value}>
            {one.label}
          </option>
        ))}
      </select>
    </div>
  );
};

/** The filters in effect, each with a link that removes it. Empty when there are none. */
export const Applied = (props: {
  lang: Lang;
  filters: readonly { label: string; remove: string }[];
  removeAll: string;
}) =>
  props.filters.length === 0 ? null : (
    <div class="applied">
      <span class="muted">{say(words.applied, props.lang)}</span>
      {props.filters.map(({ label, remove }) => (
        <span class="chip">
          {label}
          <a href={remove} aria-label={props.lang === 'ja' ? `「${label}」を外す` : `Remove “${label}”`}>
            <Icon name="close" small />
          </a>
        </span>
      ))}
      <a href={props.removeAll}>{say(words.clear, props.lang)}</a>
    </div>
  );

export interface ExportLink {
  label: string;
  href: string;
  page?: boolean;
}

export interface TableToolsProps {
  lang: Lang;
  /** Undefined for a list read from the newest row, which is not counted. */
  count?: { shown: number; total: number };
  /** How the rows are sorted, such as 番号の順. */
  order?: Text;
  heights?: Record<RowHeight, { href: string; current?: boolean }>;
  columns?: {
    action: string;
    keep?: Record<string, string | undefined>;
    reset: string;
    /** The form sends `col` once for each checked column. */
    all: readonly { key: string; head: Text; shown: boolean; fixed?: boolean }[];
  };
  /** Files of exactly what is shown; `page` when the link leads to a page that explains why there is no file. */
  exports?: readonly ExportLink[];
}

/** Count, row height, column chooser and export, in that order. */
export const TableTools = ({ lang, count, order, heights, columns, exports }: TableToolsProps) => (
  <div class="tools">
    {count && (
      <p class="small max-md:w-full">
        <b class="num">{lang === 'ja' ? `${number(count.shown)}件` : number(count.shown)}</b>
        <span class="muted">
          {lang === 'ja' ? ` ／ 全${number(count.total)}件` : ` of ${number(count.total)}`}
          {order && `　${say(order, lang)}`}
        </span>
      </p>
    )}
    <div class="push" />
    {heights && <Heights lang={lang} heights={heights} />}
    {columns && <ColumnChooser lang={lang} columns={columns} />}
    {exports && <Exports lang={lang} files={exports} />}
  </div>
);

const Heights = ({ lang, heights }: { lang: Lang; heights: NonNullable<TableToolsProps['heights']> }) => (
  <Segment
    label={say(words.height, lang)}
    links={[
      { label: lang === 'ja' ? 'ゆったり' : 'Loose', ...heights.loose },
      { label: lang === 'ja' ? '標準' : 'Normal', ...heights.normal },
      { label: lang === 'ja' ? '密' : 'Tight', ...heights.tight },
    ]}
  />
);

const ColumnChooser = ({ lang, columns }: { lang: Lang; columns: NonNullable<TableToolsProps['columns']> }) => (
  <details class="drop" name="table-tools">
    <summary class="btn btn-2 btn-s">
      <Icon name="columns" />
      {`${say(words.columns, lang)} ${columns.all.filter((c) => c.shown || c.fixed).length}/${columns.all.length}`}
    </summary>
    <form class="drop-box" method="get" action={columns.action}>
      <Hidden values={columns.keep ?? {}} />
      <fieldset>
        <legend class="small font-bold mb-1">{say(words.shown, lang)}</legend>
        {columns.all.map((c) => (
          <label class="check check-s">
            <input type="checkbox" name="col" value={c.key} checked={c.shown || c.fixed} disabled={c.fixed} />
            {say(c.head, lang)}
          </label>
        ))}
      </fieldset>
      <div class="btns mt-2">
        <Button small>{say(words.change, lang)}</Button>
        <a class="btn btn-3 btn-s" href={columns.reset}>
          {say(words.reset, lang)}
        </a>
      </div>
    </form>
  </details>
);

/** The files of a table. */
export const Exports = ({ lang, files }: { lang: Lang; files: readonly ExportLink[] }) => (
  <details class="drop" name="table-tools">
    <summary class="btn btn-2 btn-s">
      <Icon name="download" />
      {say(words.export, lang)}
    </summary>
    <div class="drop-box small">
      <p class="muted mb-2">{say(words.exports, lang)}</p>
      <ul class="grid gap-2">
        {files.map((f) => (
          <li>
            <a href={f.href} download={!f.page} data-turbo={f.page ? undefined : 'false'}>
              {f.label}
            </a>
          </li>
        ))}
      </ul>
    </div>
  </details>
);

interface EarlierProps {
  lang: Lang;
  label: Bilingual;
  says: { newest: Bilingual; older: Bilingual };
  /** Link to the newest rows; undefined while they are shown. */
  newest: string | undefined;
  /** Link to earlier rows; undefined at the end. */
  older: string | undefined;
  class?: string;
}

/** Navigation through rows read from the newest, which are not counted. */
export const Earlier = ({ lang, label, says, newest, older, class: more }: EarlierProps) =>
  newest || older ? (
    <nav class={classes('pager', more)} aria-label={label[lang]}>
      <span class="flex gap-2">
        {newest && (
          <a class="btn btn-s btn-2" href={newest}>
            {says.newest[lang]}
          </a>
        )}
        {older && (
          <a class="btn btn-s btn-2" rel="next" href={older}>
            {says.older[lang]}
          </a>
        )}
      </span>
      <span class="print-only">{say(words.part, lang)}</span>
    </nav>
  ) : null;

/** The version that an address asks for earlier versions than, as `before`; null for the newest. */
export function versionBefore(c: { req: { query(name: string): string | undefined } }): number | null {
  const asked = /^[1-9]\d{0,8}$/.exec(c.req.query('before') ?? '')?.[0];
  return asked === undefined ? null : Number(asked);
}

interface EarlierVersionsProps {
  lang: Lang;
  label: Bilingual;
  /** Address of the page, on which the history has the id `history`. */
  at: string;
  /** The version that those shown come before; null when they are the newest. */
  before: number | null;
  /** The last version shown; null when there is no earlier one. */
  next: string | null;
}

/** Navigation through the versions of something, a page of them at a time. */
export const EarlierVersions = ({ lang, label, at, before, next }: EarlierVersionsProps) => (
  <Earlier
    lang={lang}
    label={label}
    says={{ newest: words.newestVersions, older: words.olderVersions }}
    newest={before === null ? undefined : `${at}#history`}
    older={next === null ? undefined : `${at}?before=${next}#history`}
  />
);

/** Rows on each page of a counted list. */
const PER_PAGE = 100;
/** With very many pages, links to the first, the last and those this close to the current one. */
const NEAR = 9;

/** A page of a list: which of the rows are on it. */
export interface ListPage {
  at: number;
  /** Number of pages. */
  of: number;
  /** Rows before it, and most rows on it. */
  skip: number;
  most: number;
  /** Rows on all pages. */
  total: number;
}

/** The page that an address asks for as `page`; if there is no such page, the nearest. */
export function listPageOf(asked: string | undefined, total: number, most: number = PER_PAGE): ListPage {
  const of = Math.max(1, Math.ceil(total / most));
  const at = Math.min(Math.max(1, Number(/^\d{1,4}$/.exec(asked ?? '')?.[0] ?? 1)), of);
  return { at, of, skip: (at - 1) * most, most, total };
}

/** The rows on a page. */
export const rowsOn = <T,>({ skip, most }: ListPage, rows: readonly T[]): T[] => rows.slice(skip, skip + most);

/** How many rows there are, which are shown, and links to the others. `href`: address of the first page. */
export const Pager = ({ lang, page, href }: { lang: Lang; page: ListPage; href: string }) => {
  const { at, of, skip, most, total } = page;
  const [from, to] = [Math.min(skip + 1, total), Math.min(skip + most, total)];
  const pageAt = (n: number): string => (n === 1 ? href : `${href}${href.includes('?') ? '&' : '?'}page=${n}`);
  const near = Array.from({ length: of }, (_, i) => i + 1).filter(
    (n) => n === 1 || n === of || Math.abs(n - at) <= NEAR,
  );
  return (
    <nav class="pager" aria-label={say(words.pages, lang)}>
      <span class="muted">
        {lang === 'ja'
          ? `${number(total)}件のうち ${number(from)}〜${number(to)}件`
          : `${number(from)}–${number(to)} of ${number(total)}`}
      </span>
      {of > 1 && (
        <span class="flex flex-wrap gap-1">
          {at > 1 && (
            <a class="btn btn-s btn-2" href={pageAt(at - 1)} rel="prev">
              {say(words.previous, lang)}
            </a>
          )}
          {near.map((n) =>
            n === at ? (
              <span class="btn btn-s btn-1" aria-current="page">
                {n}
              </span>
            ) : (
              <a class="btn btn-s btn-2" href={pageAt(n)}>
                {n}
              </a>
            ),
          )}
          {at < of && (
            <a class="btn btn-s btn-2" href={pageAt(at + 1)} rel="next">
              {say(words.next, lang)}
            </a>
          )}
        </span>
      )}
    </nav>
  );
};
