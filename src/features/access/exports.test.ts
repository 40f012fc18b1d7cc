// A list as a file: however long it is, in every format that can hold it, on record, or not at all.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestOffice, type TestOffice, type Visitor } from '../../../tests/office.ts';
import { both } from '../../base/bilingual.ts';
import { listEntries } from '../../log/index.ts';
import { readCsv } from '../../platform/sheet.ts';
import type { ListColumn } from '../../platform/ui/list.tsx';
import { exportPage, inBatches, type ListFile } from './index.ts';

/** One row more than a file held in memory may have. */
const MANY = 50_001;

const columns: readonly ListColumn<number>[] = [
  { key: 'n', head: both('数', 'Number'), rowHead: true, value: (n) => n },
  { key: 'name', head: both('名', 'Name'), value: (n) => (n === 7 ? '𠮷' : `第${n}`) },
];

let house: TestOffice;
let officer: Visitor;
/** Number of rows of the list. */
let rows = MANY;
/** The batch sizes that were asked for. */
let asked: number[] = [];

const read = ({ before = '0', most }: { before?: string; most: number }): Promise<number[]> => {
  asked.push(most);
  const from = Number(before) + 1;
  return Promise.resolve(Array.from({ length: Math.max(0, Math.min(most, rows - from + 1)) }, (_, i) => from + i));
};

const file = (): Promise<ListFile<number>> =>
  Promise.resolve({
    list: { path: '/numbers', title: both('数の一覧', 'List of numbers') },
    columns,
    rows: inBatches(read, String),
    address: '/numbers?parity=any',
  });

beforeAll(async () => {
  house = await openTestOffice((office) => [exportPage(office, { path: '/numbers', may: 'ledger:read' }, file)]);
  officer = await house.visitor('officer');
});
afterAll(() => house.close());

const exportsLogged = async (): Promise<number> =>
  (await listEntries(house.db.app, { actions: ['list:export'], most: 100 })).length;

test('of a list that nobody counts a CSV has every row; other formats are refused with the way to it, and that is no export', async () => {
  const before = await exportsLogged();
  for (const ends of ['.xlsx', '-shift-jis.csv']) {
    const answer = await officer.get(`/numbers/export/numbers${ends}?parity=any`);
    expect(answer.status).toBe(422);
    const html = await answer.text();
    expect(html).toContain('この形式で書き出すには行が多すぎます');
    expect(html).toContain('href="/numbers/export/numbers-utf8.csv?parity=any"');
    expect(html).not.toContain(`numbers${ends}?parity=any" download`);
  }
  expect(await exportsLogged()).toBe(before);
  asked = [];
  const answer = await officer.get('/numbers/export/numbers-utf8.csv?parity=any');
  const csv = readCsv(new Uint8Array(await answer.arrayBuffer()));
  const found = 'rows' in csv ? csv.rows.slice(1).map(({ cells }) => Number(cells[0])) : [];
  expect(found.length).toBe(MANY);
  expect(found.findIndex((n, i) => n !== i + 1)).toBe(-1);
  expect(Math.max(...asked)).toBe(500);
  expect(await exportsLogged()).toBe(before + 1);
});

test('what a format lacks is named by its row and its column; the rest of the formats hold it', async () => {
  rows = 1_000;
  const answer = await officer.get('/numbers/export/numbers-shift-jis.csv');
  expect(answer.status).toBe(422);
  const cells = [...(await answer.text()).matchAll(/<(?:td|th scope="row")[^>]*>([^<]*)</g)].map(([, text]) => text);
  expect(cells).toEqual(['7', '名', '𠮷 (U+20BB7)']);
  expect((await officer.get('/numbers/export/numbers.xlsx')).status).toBe(200);
});

test('what cannot be put on record does not leave', async () => {
  const before = await exportsLogged();
  await house.db.owner.query('REVOKE INSERT ON log_entries FROM sekisho_app', []);
  try {
    for (const ends of ['.xlsx', '-utf8.csv'])
      await expect(officer.get(`/numbers/export/numbers${ends}`)).rejects.toThrow(/GET \/numbers\/export\/:file/);
  } finally {
    await house.db.owner.query('GRANT INSERT ON log_entries TO sekisho_app', []);
  }
  expect(await exportsLogged()).toBe(before);
  expect((await officer.get('/numbers/export/numbers-utf8.csv')).status).toBe(200);
});
