// Tables as files: CSV in UTF-8 with BOM, CSV in Shift_JIS as Windows has it (cp932), and .xlsx. A file has exactly the cells it was given: a
// character that cannot be written is reported, never replaced, and a text that a spreadsheet would run as a formula is made harmless. Also reads
// CSV that people send, strictly: invalid bytes are refused, never replaced.

import { both, type Bilingual } from '../base/bilingual.ts';

/** The formats of a table, the preferred one first. `lacks`: it cannot represent every character. */
export interface Format {
  code: 'xlsx' | 'csv-utf8' | 'csv-shift-jis';
  /** File extension. */
  ends: string;
  label: Bilingual;
  type: string;
  lacks: boolean;
}

export const formats: readonly Format[] = [
  {
    code: 'xlsx',
    ends: '.xlsx',
    label: both('Excel（.xlsx）', 'Excel (.xlsx)'),
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    lacks: false,
  },
  {
    code: 'csv-utf8',
    ends: '-utf8.csv',
    label: both('CSV UTF-8（BOM付き）', 'CSV UTF-8 (with BOM)'),
    type: 'text/csv; charset=utf-8',
    lacks: false,
  },
  {
    code: 'csv-shift-jis',
    ends: '-shift-jis.csv',
    label: both('CSV Shift_JIS', 'CSV Shift_JIS'),
    type: 'text/csv; charset=shift_jis',
    lacks: true,
  },
];

/** Cells are texts or numbers; the head has one text per column. */
export interface Sheet {
  name: string;
  head: readonly string[];
  rows: readonly (readonly (string | number)[])[];
}

/** A cell that cannot be written: 0-based row (-1 is the head) and column, and the characters. */
export interface Unwritable {
  row: number;
  column: number;
  characters: string[];
}

/** Characters that start a formula in a spreadsheet, in half and full width; a leading tab or line break would only hide one. */
const formula = /^[=+\-@＝＋－＠\t\r\n]/;

/** CSV has no types, so a text that begins like a formula gets an apostrophe in front, which spreadsheets take to mean “text”. */
export const harmless = (cell: string | number): string =>
  typeof cell === 'number' ? String(cell) : formula.test(cell) ? `'${cell}` : cell;

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

type Row = readonly (string | number)[];

const linesOf = (rows: readonly Row[]): string =>
  rows.map((row) => `${row.map((cell) => quoted(harmless(cell))).join(',')}\r\n`).join('');

/**
 * CSV (RFC 4180) in UTF-8, with a BOM by which spreadsheets recognise it: the head, then the rows as they come. A table may be too long to hold in
 * memory.
 */
export async function* csvParts(
  head: readonly string[],
  batches: AsyncIterable<readonly Row[]>,
): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  yield encoder.encode(`\uFEFF${linesOf([head])}`);
  for await (const rows of batches) yield encoder.encode(linesOf(rows));
}

/**
 * The cp932 bytes by UTF-16 code unit, two bytes as one number; -1 where there are none. Inverts the decoder's table, where the first spelling
 * wins, as in the WHATWG Encoding Standard.
 */
function cp932Table(): Int32Array {
  const decoder = new TextDecoder('shift_jis', { fatal: true });
  const table = new Int32Array(0x10000).fill(-1);
  const learn = (bytes: number[]): void => {
    try {
      const character = decoder.decode(Uint8Array.from(bytes));
      const unit = character.charCodeAt(0);
      if (character.length === 1 && table[unit] === -1) table[unit] = bytes.reduce((all, byte) => all * 0x100 + byte);
    } catch {
      // These bytes are not a character.
    }
  };
  for (let one = 0; one <= 0xdf; one++) if (one < 0x80 || one > 0xa0) learn([one]);
  for (let lead = 0x81; lead <= 0xfc; lead++) {
    // NEC's selection (rows ED and EE) encodes characters of IBM's rows a second time; Windows writes IBM's.
    if ((lead > 0x9f && lead < 0xe0) || lead === 0xed || lead === 0xee) continue;
    for (let trail = 0x40; trail <= 0xfc; trail++) if (trail !== 0x7f) learn([lead, trail]);
  }
  return table;
}

let cp932: Int32Array | undefined;

/** The characters of a text that cp932 lacks, each once. */
function lackingIn(text: string): string[] {
  const table = (cp932 ??= cp932Table());
  return [...new Set(text)].filter((character) => character.length > 1 || table[character.charCodeAt(0)] === -1);
}

/** Every cell that cannot be written in Shift_JIS (cp932), for a page that only offers the file. */
export const unwritableInShiftJis = (sheet: Sheet): Unwritable[] =>
  [sheet.head, ...sheet.rows].flatMap((cells, i) =>
    cells.flatMap((cell, column) => {
      const characters = lackingIn(String(cell));
      return characters.length > 0 ? [{ row: i - 1, column, characters }] : [];
    }),
  );

/**
 * The cp932 bytes of a text that can be written in it, filled into one buffer: a list of all bytes would take many times the memory of a long file.
 */
function inCp932(text: string): Uint8Array<ArrayBuffer> {
  const table = (cp932 ??= cp932Table());
  const bytes = new Uint8Array(text.length * 2);
  let at = 0;
  for (let i = 0; i < text.length; i++) {
    const code = table[text.charCodeAt(i)]!;
    if (code > 0xff) bytes[at++] = code >> 8;
    bytes[at++] = code & 0xff;
  }
  return bytes.slice(0, at);
}

/** CSV in Shift_JIS (cp932), or every cell that cannot be written in it. */
export function csvShiftJis(sheet: Sheet): { bytes: Uint8Array<ArrayBuffer> } | { unwritable: Unwritable[] } {
  const unwritable = unwritableInShiftJis(sheet);
  return unwritable.length > 0 ? { unwritable } : { bytes: inCp932(linesOf([sheet.head, ...sheet.rows])) };
}

/**
 * A text escaped for a workbook, where `_x0041_` stands for A (ST_Xstring, ECMA-376 part 1, 22.9.2.19): a literal sequence of that form gets its
 * underscore escaped.
 */
const unmarked = (text: string): string => text.replace(/_(?=x[\dA-Fa-f]{4}_)/g, '_x005F_');

/** An .xlsx workbook with one sheet. Its cells have types: a text stays a text however it begins. */
export async function xlsx(sheet: Sheet): Promise<Uint8Array<ArrayBuffer>> {
  const { default: writeXlsx } = await import('write-excel-file/node');
  const cell = (value: string | number) =>
    typeof value === 'number' ? { value, type: Number } : { value: unmarked(value), type: String };
  const head = sheet.head.map((value) => ({ value: unmarked(value), type: String, fontWeight: 'bold' as const }));
  const file = writeXlsx([head, ...sheet.rows.map((row) => row.map(cell))], {
    // Excel refuses these characters in the name of a sheet, and more than 31 characters.
    sheet: sheet.name.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31),
    stickyRowsCount: 1,
  });
  return Uint8Array.from(await file.toBuffer());
}

/** A row of a CSV and the line of the file on which it begins, counted from 1. */
export interface CsvRow {
  line: number;
  cells: string[];
}

/** Why a file cannot be read as text. `workbook`: it is an Excel workbook. */
export type NoText = 'workbook' | 'encoding';

export type CsvRead = { rows: CsvRow[] } | { wrong: NoText | 'many' } | { wrong: 'quotes'; line: number };

export const noText: Record<NoText, Bilingual> = {
  workbook: both(
    'Excelのブックのままでは読めません。Excelで「CSV UTF-8（コンマ区切り）」として保存し、それを送ってください',
    'An Excel workbook cannot be read as it is. Save it in Excel as “CSV UTF-8 (Comma delimited)” and send that',
  ),
  encoding: both(
    'UTF-8かShift_JISのファイルとして読めません。Excelで「CSV UTF-8（コンマ区切り）」として保存し、それを送ってください',
    'This cannot be read as a file in UTF-8 or Shift_JIS. Save it in Excel as “CSV UTF-8 (Comma delimited)” and send that',
  ),
};

const begins = (bytes: Uint8Array, ...first: number[]): boolean => first.every((byte, i) => bytes[i] === byte);

/** Encodings to try, by the first bytes of a file: a file with a byte order mark is read in no other encoding. */
const encodingsOf = (bytes: Uint8Array): string[] => {
  if (begins(bytes, 0xff, 0xfe)) return ['utf-16le'];
  if (begins(bytes, 0xfe, 0xff)) return ['utf-16be'];
  return begins(bytes, 0xef, 0xbb, 0xbf) ? ['utf-8'] : ['utf-8', 'shift_jis'];
};

/** The text of a file in UTF-8, Shift_JIS or, with a byte order mark, UTF-16; or why it cannot be read. */
export function textIn(bytes: Uint8Array): { text: string } | { wrong: NoText } {
  // A ZIP, which .xlsx is, or the container of .xls.
  if (begins(bytes, 0x50, 0x4b, 3, 4) || begins(bytes, 0xd0, 0xcf, 0x11, 0xe0)) return { wrong: 'workbook' };
  for (const encoding of encodingsOf(bytes)) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
      if (!text.includes('\0')) return { text };
    } catch {
      // Not in this encoding.
    }
  }
  return { wrong: 'encoding' };
}

/** The separator of cells: whichever comes first in the first line. Excel writes tabs in UTF-16, and on some computers semicolons. */
const marksIn = (text: string) => {
  const mark = /[,;\t]/.exec(/^.*/.exec(text)![0])?.[0] ?? ',';
  return {
    mark,
    unquoted: new RegExp(`[${mark}"\\r\\n]`, 'g'),
    separator: new RegExp(`${mark}|\\r\\n|\\n|\\r|$`, 'y'),
  };
};

/**
 * The content of the cell that starts at an offset, and where it ends; null when its quotation mark is not closed. Searched quote by quote: a
 * regular expression for a whole cell would have to remember every character of a long one.
 */
function cellAt(text: string, start: number, unquoted: RegExp): { content: string; end: number } | null {
  if (text[start] !== '"') {
    unquoted.lastIndex = start;
    const end = unquoted.exec(text)?.index ?? text.length;
    return { content: text.slice(start, end), end };
  }
  for (let from = start + 1; ;) {
    const mark = text.indexOf('"', from);
    if (mark < 0) return null;
    if (text[mark + 1] !== '"') return { content: text.slice(start + 1, mark).replaceAll('""', '"'), end: mark + 1 };
    from = mark + 2;
  }
}

/** Most cells of a CSV that is read. */
const MOST_CELLS = 5_000_000;
/** Cost of a line, in cells. */
const LINE = 8;

/**
 * Reads a CSV (RFC 4180) separated by commas, semicolons or tabs. Empty lines are left out. Stops at a file with very many cells or lines, each of
 * which takes a hundred times its bytes in memory.
 */
export function readCsv(bytes: Uint8Array): CsvRead {
  const read = textIn(bytes);
  if ('wrong' in read) return read;
  const { text } = read;
  const { mark, unquoted, separator } = marksIn(text);
  const rows: CsvRow[] = [];
  let row: CsvRow = { line: 1, cells: [] };
  let line = 1;
  let count = 0;
  for (let at = 0; at < text.length || row.cells.length > 0;) {
    count += row.cells.length === 0 ? 1 + LINE : 1;
    if (count > MOST_CELLS) return { wrong: 'many' };
    const cell = cellAt(text, at, unquoted);
    separator.lastIndex = cell?.end ?? 0;
    const [end] = (cell && separator.exec(text)) ?? [];
    if (!cell || end === undefined) return { wrong: 'quotes', line };
    const { content } = cell;
    if (text[at] === '"') line += content.match(/\r\n|\n|\r/g)?.length ?? 0;
    row.cells.push(content);
    at = cell.end + end.length;
    if (end === mark) continue;
    if (row.cells.length > 1 || row.cells[0] !== '') rows.push(row);
    if (end === '') break;
    line += 1;
    row = { line, cells: [] };
  }
  return { rows };
}
