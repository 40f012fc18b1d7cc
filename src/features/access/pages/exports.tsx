// The files of a list: exactly the rows and columns that its page shows. Characters that a format lacks are reported, never replaced.

import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import { both, type Bilingual, type Lang } from '../../../base/bilingual.ts';
import type { Day } from '../../../base/day.ts';
import type { Action } from '../../../base/actor.ts';
import { inParts, page, placeOf, type Env, type Route } from '../../../platform/http/index.ts';
import {
  csvParts,
  csvShiftJis,
  formats,
  xlsx,
  type Format,
  type Sheet,
  type Unwritable,
} from '../../../platform/sheet.ts';
import { Banner } from '../../../platform/ui/banner.tsx';
import { LinkButton } from '../../../platform/ui/button.tsx';
import { listed, number } from '../../../platform/ui/format.ts';
import {
  addressIn,
  exportLinks,
  listCode,
  sheetOf,
  type ListColumn,
  type ListView,
} from '../../../platform/ui/list.tsx';
import { addressOf, chosenIn, isOfNobody, type NewestList } from '../../../platform/ui/newest.tsx';
import { Table } from '../../../platform/ui/table.tsx';
import { byOf, type AccessOffice } from '../actions/access.ts';
import { recordExport } from '../actions/exports.ts';
import { OfficeSheet } from './sheet.tsx';

/** The most rows of a file in a format other than CSV in UTF-8; such a file is held in memory while it is made. */
const MOST_HELD = 50_000;

const words = {
  lacking: both('Shift_JISでは書き出せません', 'This cannot be written in Shift_JIS'),
  lackingSays: both(
    '別の文字に置き換えずに、書き出しを止めました。次の形式なら、そのまま書き出せます。',
    'Nothing was replaced; the export was stopped. These formats can hold the table as it is.',
  ),
  cells: both('書けない文字のある欄', 'Cells with such characters'),
  row: both('行', 'Row'),
  column: both('列', 'Column'),
  characters: both('文字', 'Characters'),
  head: both('見出し', 'Header'),
  long: both('この形式で書き出すには行が多すぎます', 'Too many rows for this format'),
  longSays: both(
    `この形式は${number(MOST_HELD)}行までです。条件で絞り込むか、行数に限りのない次の形式で書き出してください。`,
    `This format holds up to ${number(MOST_HELD)} rows. Filter the list, or use the format below, which has no limit.`,
  ),
} satisfies Record<string, Bilingual>;

/** The contents of a list's file. */
export interface ListFile<Row> {
  list: { path: string; title: Bilingual };
  columns: readonly ListColumn<Row>[];
  /** All rows, or, for a list that is read page by page, one batch after the other. */
  rows: readonly Row[] | AsyncIterable<readonly Row[]>;
  /** The address of the list as it is shown. */
  address: string;
  /** The page that shows the list, where that is not at its address. */
  page?: string | undefined;
  /** Set when it lists the records of this person only. */
  principal?: string | undefined;
  /** Set when it is about this package only. */
  package?: string | undefined;
  /** The day it is about, where that is not today. */
  on?: Day | undefined;
}

/** The file of a list as the page shows it. */
export const fileOf = <Row,>(view: ListView<Row>): ListFile<Row> => ({
  list: view.list,
  columns: view.columns,
  rows: view.rows,
  address: addressIn(view),
});

/** Number of rows read at a time. */
const AT_ONCE = 500;

/**
 * All rows of a list that is read newest first, batch by batch. `read` returns at most `most` rows, those before the row with the key `before`;
 * `keyOf` returns that key of a row.
 */
export async function* inBatches<Row>(
  read: (query: { before?: string; most: number }) => Promise<readonly Row[]>,
  keyOf: (row: Row) => string,
): AsyncGenerator<readonly Row[]> {
  for (let before: string | undefined; ;) {
    const rows = await read({ ...(before === undefined ? {} : { before }), most: AT_ONCE });
    if (rows.length > 0) yield rows;
    if (rows.length < AT_ONCE) return;
    before = keyOf(rows.at(-1)!);
  }
}

/** The file of a list that is read newest first, filtered as the address says; null where a list of one person’s records names no person. */
export function fileOfNewest<Row extends { id: string }>(list: NewestList<Row>, url: string): ListFile<Row> | null {
  if (isOfNobody(list, url)) return null;
  const chosen = chosenIn(list, url);
  return {
    list,
    columns: list.columns,
    rows: inBatches(
      (page) => list.read(chosen, page),
      ({ id }) => id,
    ),
    address: addressOf(list, chosen),
    principal: chosen.principal,
  };
}

async function* batchesOf<Row>(rows: ListFile<Row>['rows']): AsyncGenerator<readonly Row[]> {
  if (Symbol.asyncIterator in rows) yield* rows;
  else yield rows;
}

/** All rows in memory; null where there are more than `MOST_HELD`. */
async function held<Row>(rows: ListFile<Row>['rows']): Promise<Row[] | null> {
  const all: Row[] = [];
  for await (const batch of batchesOf(rows)) {
    if (all.length + batch.length > MOST_HELD) return null;
    all.push(...batch);
  }
  return all;
}

type View<Row> = { c: Context<Env>; file: ListFile<Row> };

/** Says why there is no file, and which formats are available. */
const NoFile = <Row,>(
  props: View<Row> & {
    heading: Bilingual;
    title: string;
    says: Bilingual;
    others: (format: Format) => boolean;
    children?: Child;
  },
) => {
  const { c, file, heading, others } = props;
  const lang = c.get('lang');
  const links = exportLinks(file.list.path, file.address, lang).filter((_, i) => others(formats[i]!));
  return (
    <OfficeSheet
      c={c}
      title={heading[lang]}
      path={placeOf(c)}
      failed
      crumbs={[{ label: file.list.title[lang], href: file.page ?? file.address }, { label: heading[lang] }]}
    >
      <Banner kind="warn" title={props.title}>
        {props.says[lang]}
      </Banner>
      <div class="btns my-4">
        {links.map(({ label, href }) => (
          <LinkButton kind="second" icon="download" download href={href}>
            {label}
          </LinkButton>
        ))}
      </div>
      {props.children}
    </OfficeSheet>
  );
};

/** The columns, in this order, of the table of cells that cannot be written. */
const cellColumns = [
  { key: 'row', head: words.row, rowHead: true },
  { key: 'column', head: words.column },
  { key: 'characters', head: words.characters },
];

const named = (character: string): string =>
  `${character} (U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')})`;

const Lacking = <Row,>({ c, file, sheet, cells }: View<Row> & { sheet: Sheet; cells: readonly Unwritable[] }) => {
  const lang = c.get('lang');
  return (
    <NoFile
      c={c}
      file={file}
      heading={words.lacking}
      title={
        lang === 'ja'
          ? `書けない文字が${cells.length}か所にあります`
          : `Characters that cannot be written: ${cells.length} ${cells.length === 1 ? 'cell' : 'cells'}`
      }
      says={words.lackingSays}
      others={({ lacks }) => !lacks}
    >
      <Table
        lang={lang}
        caption={words.cells}
        stack="inline"
        columns={cellColumns}
        rows={cells.map(({ row, column, characters }) => ({
          cells: {
            row: row < 0 ? words.head[lang] : sheet.rows[row]![0],
            column: sheet.head[column],
            characters: listed(characters.map(named), lang),
          },
        }))}
      />
    </NoFile>
  );
};

const TooLong = <Row,>({ c, file }: View<Row>) => (
  <NoFile
    c={c}
    file={file}
    heading={words.long}
    title={words.long[c.get('lang')]}
    says={words.longSays}
    others={({ code }) => code === 'csv-utf8'}
  />
);

async function* cellsOf<Row>({ columns, rows }: ListFile<Row>, lang: Lang) {
  for await (const batch of batchesOf(rows)) yield sheetOf(columns, batch, { name: '', lang }).rows;
}

/** Sends the file that an address names, with its log entry. Where there is no such file, nothing is sent or logged. */
async function exported<Row>(
  office: AccessOffice,
  c: Context<Env>,
  read: (c: Context<Env>) => Promise<ListFile<Row> | null>,
): Promise<Response> {
  const lang = c.get('lang');
  const file = await read(c);
  if (!file) return c.notFound();
  const name = listCode(file.list.path);
  const format = formats.find(({ ends }) => c.req.param('file') === name + ends);
  if (!format) return c.notFound();
  const send = async (body: Uint8Array<ArrayBuffer> | ReadableStream): Promise<Response> => {
    const { principal, package: of } = file;
    await recordExport(office, byOf(c), { list: name, format: format.code, principal, package: of });
    return c.body(body, 200, {
      'content-type': format.type,
      'content-disposition': `attachment; filename="${name}-${file.on ?? office.clock.today()}${format.ends}"`,
    });
  };
  if (format.code === 'csv-utf8') {
    const head = file.columns.map((column) => column.head[lang]);
    return send(inParts(c, csvParts(head, cellsOf(file, lang))));
  }
  const rows = await held(file.rows);
  if (!rows) return c.html(<TooLong c={c} file={file} />, 422);
  const sheet = sheetOf(file.columns, rows, { name: file.list.title[lang], lang });
  if (format.code === 'xlsx') return send(await xlsx(sheet));
  const written = csvShiftJis(sheet);
  if ('bytes' in written) return send(written.bytes);
  return c.html(<Lacking c={c} file={file} sheet={sheet} cells={written.unwritable} />, 422);
}

/** The route for the files of the list at a path, for those who may see it. `read` returns null where the address is not that of a list. */
export const exportPage = <Row,>(
  office: AccessOffice,
  { path, may }: { path: string; may: Action },
  read: (c: Context<Env>) => Promise<ListFile<Row> | null>,
): Route => page('get', `${path}/export/:file`, may, (c) => exported(office, c, read));
