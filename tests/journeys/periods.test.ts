// Every list with the newest first can be cut to a period of days: the page and its file have the rows of those days and no others.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { demoAccounts } from '../../src/demo.ts';
import { sessionCookie } from '../../src/features/access/actions/gate.ts';
import { signIn } from '../../src/features/access/actions/sign-in.ts';
import { readCsv } from '../../src/platform/sheet.ts';
import { listCode } from '../../src/platform/ui/list.tsx';
import { furnishedOffice, type Furnished } from '../furnished.ts';
import { must } from '../server.ts';

let house: Furnished;
let cookie: string;

beforeAll(async () => {
  house = await furnishedOffice((line) => expect.unreachable(line));
  const { email, password } = demoAccounts.find(({ role }) => role === 'officer')!;
  const { token } = must(await signIn(house.app.access, { email, password }, '127.0.0.1'));
  cookie = sessionCookie(house.app.access, token).split(';')[0]!;
});
afterAll(() => house.close());

const get = (to: string): Promise<Response> =>
  Promise.resolve(house.app.fetch(new Request(new URL(to, house.office.config.publicUrl), { headers: { cookie } })));

/** The rows of a list's file, without its heading. */
async function rowsIn(list: string, params: Record<string, string> = {}): Promise<string[][]> {
  const to = `${list}/export/${listCode(list)}-utf8.csv?${new URLSearchParams({ ...params, lang: 'ja' })}`;
  const read = readCsv(new Uint8Array(await (await get(to)).arrayBuffer()));
  if (!('rows' in read)) throw new Error(`${to} is no CSV`);
  return read.rows.slice(1).map(({ cells }) => cells);
}

/** The day of a row, from the first cell that has one. */
const dayIn = (cells: readonly string[]): string =>
  cells
    .find((cell) => /^\d{4}\/\d{2}\/\d{2}/.test(cell))!
    .slice(0, 10)
    .replaceAll('/', '-');

const lists = [
  '/acquisitions',
  '/provisions',
  '/packages',
  '/consents',
  '/consents/objections',
  '/related/provisions',
  '/related/receipts',
  '/ask/consultations',
];

test.each(lists)('%s is cut to the days of a period, its file too', async (list) => {
  const all = await rowsIn(list);
  const days = all.map(dayIn).toSorted();
  const [first, middle] = [days[0]!, days[Math.floor(days.length / 2)]!];
  const of = (from: string, to: string) => all.filter((cells) => from <= dayIn(cells) && dayIn(cells) <= to);
  expect(await rowsIn(list, { from: middle, to: middle })).toEqual(of(middle, middle));
  expect(await rowsIn(list, { to: first })).toEqual(of('', first));
  expect(await rowsIn(list, { from: middle })).toEqual(of(middle, '9999'));
  const page = await (await get(`${list}?from=${middle}&to=${middle}`)).text();
  for (const [name, value] of [
    ['from', middle],
    ['to', middle],
  ])
    expect(page).toContain(`name="${name}" type="date" value="${value}"`);
  expect(page.match(/<tr/g)).toHaveLength(1 + Math.min(30, of(middle, middle).length));
  // Before there was anything.
  expect(await rowsIn(list, { to: '2001-01-01' })).toEqual([]);
});

test('the records of consents as JSON are of the same days', async () => {
  const days = (await rowsIn('/consents')).map(dayIn);
  const on = days[0]!;
  const read = await (await get(`/consents/records.json?from=${on}&to=${on}`)).json();
  expect((read as { records: unknown[] }).records).toHaveLength(days.filter((day) => day === on).length);
});
