// Files written here are read back by other programs: the platform's decoders, a CSV reader of this test, and a reader of .xlsx.

import readXlsx from 'read-excel-file/node';
import { expect, test } from 'vitest';
import { csvParts, csvShiftJis, readCsv as readStrictly, unwritableInShiftJis, xlsx, type Sheet } from './sheet.ts';

/** RFC 4180, slow and obvious. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let inside = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    if (inside) {
      if (c !== '"') cell += c;
      else if (text[i + 1] === '"') cell += text[++i]!;
      else inside = false;
    } else if (c === '"') inside = true;
    else if (c === ',') {
      row.push(cell);
      cell = '';
    } else if (c === '\r' && text[i + 1] === '\n') {
      rows.push([...row, cell]);
      row = [];
      cell = '';
      i++;
    } else cell += c;
  }
  expect(cell).toBe('');
  return rows;
}

const sheet = (rows: Sheet['rows']): Sheet => ({ name: '台帳', head: ['番号', '台帳', '人数'], rows });
const awkward = sheet([
  ['L-001', '契約台帳（髙橋、﨑）、"引用"と\n改行', 12480],
  ['L-002', '来訪者①　～―∥－￠', 0],
]);

/** The whole CSV in UTF-8, of rows that come in these batches. */
async function utf8Of(head: Sheet['head'], ...batches: Sheet['rows'][]): Promise<Buffer> {
  const coming = (async function* () {
    yield* batches;
  })();
  const parts: Uint8Array[] = [];
  for await (const part of csvParts(head, coming)) parts.push(part);
  return Buffer.concat(parts);
}

test('CSV in UTF-8 begins with a BOM and gives back every cell', async () => {
  const bytes = await utf8Of(awkward.head, awkward.rows);
  expect(bytes.toString('hex', 0, 3)).toBe('efbbbf');
  const read = readCsv(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  expect(read).toEqual([awkward.head, ...awkward.rows.map((row) => row.map(String))]);
});

test('CSV in Shift_JIS gives back every cell, with the characters of Windows', () => {
  const made = csvShiftJis(awkward);
  if (!('bytes' in made)) throw new Error('refused');
  const read = readCsv(new TextDecoder('shift_jis', { fatal: true }).decode(made.bytes));
  expect(read).toEqual([awkward.head, ...awkward.rows.map((row) => row.map(String))]);
  // In cp932, 髙 is in IBM's rows and ① in NEC's.
  const one = csvShiftJis({ name: 'x', head: ['髙①'], rows: [] });
  expect('bytes' in one && [...one.bytes]).toEqual([0xfb, 0xfc, 0x87, 0x40, 0x0d, 0x0a]);
});

test('what Shift_JIS lacks is refused and named, cell by cell, never written as a question mark', () => {
  const lacking = sheet([
    ['L-001', '𠮷田商店の名簿', 3],
    ['L-002', '髙橋商店の名簿', 4],
    ['L-003', '神〜café〜', 5],
  ]);
  const unwritable = [
    { row: 0, column: 1, characters: ['𠮷'] },
    { row: 2, column: 1, characters: ['〜', 'é'] },
  ];
  expect(csvShiftJis(lacking)).toEqual({ unwritable });
  // The same is reported without making the file.
  expect(unwritableInShiftJis(lacking)).toEqual(unwritable);
  expect(unwritableInShiftJis(awkward)).toEqual([]);
  expect(csvShiftJis({ name: 'x', head: ['𠮷'], rows: [] })).toEqual({
    unwritable: [{ row: -1, column: 0, characters: ['𠮷'] }],
  });
});

test('CSV in Shift_JIS of a long table gives back every cell, and every character that there is', () => {
  const rows = Array.from({ length: 10_000 }, (_, i) => [`L-${i}`, `契約台帳${i}（髙橋、﨑）、"引用"と①`, i]);
  const read = (made: ReturnType<typeof csvShiftJis>): string[][] =>
    'bytes' in made ? readCsv(new TextDecoder('shift_jis', { fatal: true }).decode(made.bytes)).slice(1) : [];
  // Compared as texts, because a failing diff of so many cells could not be printed.
  const same = JSON.stringify(read(csvShiftJis(sheet(rows)))) === JSON.stringify(rows.map((row) => row.map(String)));
  expect(same).toBe(true);
  // Slow and obvious: every byte sequence that decodes to a character.
  const decoder = new TextDecoder('shift_jis');
  const pairs = Array.from({ length: 0x10000 }, (_, pair) => decoder.decode(Uint8Array.of(pair >> 8, pair & 0xff)));
  const ascii = Array.from({ length: 0x80 }, (_, code) => String.fromCharCode(code));
  const halfwidth = Array.from({ length: 63 }, (_, i) => String.fromCharCode(0xff61 + i));
  const known = new Set([...ascii, ...halfwidth, ...pairs.filter((one) => one.length === 1 && one !== '\ufffd')]);
  const text = [...known].join('');
  expect(read(csvShiftJis(sheet([[text]])))).toEqual([[text]]);
  const others = Array.from({ length: 0x10000 }, (_, unit) => String.fromCharCode(unit)).filter(
    (one) => !known.has(one),
  );
  expect(unwritableInShiftJis(sheet([[others.join(' ')]]))).toEqual([{ row: 0, column: 0, characters: others }]);
});

test('a text that begins like a formula is made harmless in CSV; a number stays a number', async () => {
  const texts = ['=1+1', '+81', '-x', '@SUM(A1)', '＝1', '\t=1', "it's"];
  const bytes = await utf8Of(
    ['a', 'b'],
    texts.map((t) => [t, -5]),
  );
  const read = readCsv(new TextDecoder().decode(bytes));
  expect(read.slice(1).map((row) => row[0])).toEqual(["'=1+1", "'+81", "'-x", "'@SUM(A1)", "'＝1", "'\t=1", "it's"]);
  expect(read[1]![1]).toBe('-5');
});

test('.xlsx keeps texts as texts and numbers as numbers', async () => {
  const formulas = sheet([['=1+1', '𠮷田と髙橋', 12480]]);
  const read = await readXlsx(Buffer.from(await xlsx(formulas)));
  expect(read[0]!.data).toEqual([formulas.head, ...formulas.rows]);
  expect(read[0]!.sheet).toBe('台帳');
});

test('.xlsx keeps a text that looks like the mark of a character', async () => {
  const marks = sheet([['_x0041_ _x000D_', '_x00e9__x30A2_', '_x41_ x0041_ _X0041_']]);
  const read = await readXlsx(Buffer.from(await xlsx(marks)));
  expect(read[0]!.data).toEqual([marks.head, ...marks.rows]);
});

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

test('a CSV is read back from UTF-8 with and without BOM and from Shift_JIS, with the lines of the file', async () => {
  const rows = [
    { line: 1, cells: awkward.head },
    { line: 2, cells: awkward.rows[0]!.map(String) },
    { line: 4, cells: awkward.rows[1]!.map(String) },
  ];
  const utf8 = await utf8Of(awkward.head, awkward.rows);
  const shiftJis = csvShiftJis(awkward);
  expect(readStrictly(utf8)).toEqual({ rows });
  expect(readStrictly(utf8.slice(3))).toEqual({ rows });
  expect('bytes' in shiftJis && readStrictly(shiftJis.bytes)).toEqual({ rows });
});

test.each<[string, [number, string[]][]]>([
  ['', []],
  ['a', [[1, ['a']]]],
  [
    'a,b\n\n\r\nc,\r,',
    [
      [1, ['a', 'b']],
      [4, ['c', '']],
      [5, ['', '']],
    ],
  ],
  ['"a""b",""\n', [[1, ['a"b', '']]]],
])('%j is read', (text, rows) => {
  expect(readStrictly(bytesOf(text))).toEqual({ rows: rows.map(([line, cells]) => ({ line, cells })) });
});

test('a text of Excel in UTF-16 is read by its mark, and tabs or semicolons by the first line', () => {
  const rows = [
    { line: 1, cells: ['番号', '名'] },
    { line: 2, cells: ['01', '𠮷,田;\t"髙"'] },
    { line: 3, cells: ['02', ''] },
  ];
  const separated = (by: string): string =>
    [`番号${by}名`, `01${by}"𠮷,田;\t""髙"""`, `02${by}`].map((line) => `${line}\r\n`).join('');
  const unicode = Buffer.from(`\uFEFF${separated('\t')}`, 'utf16le');
  expect(readStrictly(unicode)).toEqual({ rows });
  expect(readStrictly(Buffer.from(unicode).swap16())).toEqual({ rows });
  expect(readStrictly(bytesOf(separated(';')))).toEqual({ rows });
  expect(readStrictly(bytesOf(separated(',')))).toEqual({ rows });
});

test.each<[string, Uint8Array, object]>([
  ['a workbook', bytesOf('PK\u0003\u0004 and so on'), { wrong: 'workbook' }],
  ['an old workbook', Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1]), { wrong: 'workbook' }],
  ['what says that it is UTF-8 and is not', Uint8Array.from([0xef, 0xbb, 0xbf, 0x83, 0x41]), { wrong: 'encoding' }],
  ['neither UTF-8 nor Shift_JIS', Uint8Array.from([0x61, 0xff]), { wrong: 'encoding' }],
  ['UTF-16', Uint8Array.from([0x61, 0x00, 0x62, 0x00]), { wrong: 'encoding' }],
  ['an open quotation mark', bytesOf('a,b\n"c,d\n'), { wrong: 'quotes', line: 2 }],
  ['a quotation mark within a cell', bytesOf('a\nb"c\n'), { wrong: 'quotes', line: 2 }],
])('%s is refused', (_, bytes, wrong) => {
  expect(readStrictly(bytes)).toEqual(wrong);
});

test.each<[string, string]>([
  ['cells', ','.repeat(32 * 1024 ** 2)],
  ['empty lines', '\n'.repeat(32 * 1024 ** 2)],
  ['lines with a break in each cell', '"\n"\n'.repeat(8 * 1024 ** 2)],
])('a file of more %s than are taken is given up there, and does not take all memory', (_, text) => {
  const bytes = bytesOf(text);
  const before = process.memoryUsage().rss;
  expect(readStrictly(bytes)).toEqual({ wrong: 'many' });
  expect((process.memoryUsage().rss - before) / 2 ** 20).toBeLessThan(600);
});

test('a cell may be as long as any file that is taken', () => {
  const long = 'a'.repeat(20_000_000);
  const marks = '"'.repeat(6_000_000);
  const cellsOf = (text: string): string[] => {
    const read = readStrictly(bytesOf(text));
    return 'rows' in read ? read.rows.flatMap(({ cells }) => cells) : [];
  };
  // Compared by ===, because a failing diff of so many characters could not be printed.
  for (const cell of [long, marks]) expect(cellsOf(`"${cell.replaceAll('"', '""')}",b`)[0] === cell).toBe(true);
  expect(cellsOf(`${long},b`)[0] === long).toBe(true);
  expect(readStrictly(bytesOf(`"${long}`))).toEqual({ wrong: 'quotes', line: 1 });
});

test('however its rows come, it is the same file', async () => {
  const rows = [
    ['=1+1', 3],
    ['a "quoted", one', 4],
    ['髙橋', 5],
  ];
  const whole = await utf8Of(['名前', '数'], rows);
  expect(whole.toString('utf8')).toBe(`\uFEFF名前,数\r\n'=1+1,3\r\n"a ""quoted"", one",4\r\n髙橋,5\r\n`);
  expect(await utf8Of(['名前', '数'], rows.slice(0, 1), [], rows.slice(1))).toEqual(whole);
});
