// The list of all requests: open and over, by number, kind, state, result and arrival, with files of exactly that on record. Its plan is checked on
// many rows in tests/size.test.ts.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { asking, openTestDesk, registered, seen } from '../../../tests/desk.ts';
import type { TestOffice, Visitor } from '../../../tests/office.ts';
import { valueOf } from '../../../tests/people.ts';
import { listEntries } from '../../log/index.ts';
import { readCsv } from '../../platform/sheet.ts';
import type { By, Room } from '../access/index.ts';
import { close, deliver, notify } from './actions/answer.ts';
import { cases, type Listed } from './actions/cases.ts';
import { decide } from './actions/decide.ts';
import { withdraw } from './actions/receive.ts';
import { numberOf } from './facts/request.ts';
import { deskPages } from './pages/desk.tsx';

const MANY = 95;
let house: TestOffice;
let desk: Room;
let by: By;
let auditor: Visitor;

beforeAll(async () => {
  ({ house, desk, by } = await openTestDesk((office, access) => deskPages({ office, access })));
  // Requests of before, as their events left them.
  await house.db.owner.query(
    `INSERT INTO requests (id, year, serial, kind, scope, arrived_on, registered_at, by_actor, last, state, stage, result, closed_on, assigned_to)
     SELECT ('01890000-0000-7000-8000-' || lpad(i::text, 12, '0'))::uuid, 2025, i, (ARRAY['disclosure', 'correction', 'erasure'])[1 + i % 3], 'customer',
            date '2025-01-01' + i, now(), 'sekisho', 1, (ARRAY['closed', 'closed', 'dismissed', 'withdrawn', 'open'])[1 + i % 5],
            CASE WHEN i % 5 = 4 THEN 'registered' ELSE 'closed' END, (ARRAY['granted', 'absent', 'dismissed', NULL, NULL])[1 + i % 5],
            CASE WHEN i % 5 < 4 THEN date '2025-02-01' + i END, CASE WHEN i % 9 = 0 THEN $2::uuid END
     FROM generate_series(1, $1::int) i`,
    [MANY, house.staff.desk!],
  );
  auditor = await house.visitor('auditor');
});
afterAll(() => house.close());

const textOf = async (visitor: Visitor, path: string): Promise<string> => {
  const answer = await visitor.get(path);
  expect([path, answer.status]).toEqual([path, 200]);
  return answer.text();
};
const numbersIn = (html: string): string[] =>
  [...html.matchAll(/<a href="\/desk\/[0-9a-f-]{36}">([^<]*)<\/a>/g)].map(([, number]) => number!);

/** The numbers on every page of the list, from the newest. */
async function walk(query: string): Promise<string[]> {
  const found: string[] = [];
  for (let path: string | undefined = `/desk/all?${query}`; path !== undefined;) {
    const html = await textOf(auditor, path);
    found.push(...numbersIn(html));
    path = /rel="next" href="([^"]*)"/.exec(html)?.[1]?.replaceAll('&amp;', '&');
  }
  return found;
}

async function fileOf(query: string): Promise<string[][]> {
  const file = await auditor.get(`/desk/all/export/desk-all-utf8.csv?${query}`);
  expect(file.status).toBe(200);
  const read = readCsv(new Uint8Array(await file.arrayBuffer()));
  return 'rows' in read ? read.rows.map(({ cells }) => [...cells]) : [];
}

test('進行中も終わったものも新しい順に、絞ったとおりに最後まで並び、書き出しも同じである', async () => {
  const all = await cases(desk, { most: 1_000 });
  expect(all).toHaveLength(MANY);
  for (const [query, is] of [
    ['', () => true],
    ['kind=correction', ({ kind }) => kind === 'correction'],
    ['state=open', ({ state }) => state === 'open'],
    ['state=dismissed', ({ state }) => state === 'dismissed'],
    ['result=absent', ({ result }) => result === 'absent'],
    ['result=granted&kind=erasure', ({ result, kind }) => result === 'granted' && kind === 'erasure'],
    ['from=2025-02-10&to=2025-03-01', ({ arrived_on: on }) => on >= '2025-02-10' && on <= '2025-03-01'],
    ['q=r2025-7', () => false],
    ['q=R-2025-007', ({ serial }) => serial === 7],
    ['q=%EF%BC%B2-2025-007&state=withdrawn', () => false],
    ['q=no+number', () => false],
    // What the list does not know leaves nothing out.
    ['result=none&state=x', () => true],
  ] as [string, (one: Listed) => boolean][]) {
    const numbers = all.filter(is).map((one) => numberOf(one));
    expect([query, await walk(query)]).toEqual([query, numbers]);
    expect([query, (await fileOf(query)).slice(1).map(([number]) => number)]).toEqual([query, numbers]);
  }
});

test('書き出しは、した人と形式とともに記録に残る', async () => {
  const count = async () =>
    (await listEntries(house.db.app, { actions: ['list:export'], most: 100 })).map(({ entry }) => entry);
  const before = (await count()).length;
  for (const file of ['desk-all.xlsx', 'desk-all-utf8.csv'])
    expect((await auditor.get(`/desk/all/export/${file}?kind=erasure`)).status).toBe(200);
  const after = await count();
  expect(after.length - before).toBe(2);
  const actor = `staff:${house.staff['auditor']}`;
  expect(after.slice(0, 2).map((one) => [one.list, one.actor])).toEqual([
    ['desk-all', actor],
    ['desk-all', actor],
  ]);
  expect(new Set(after.slice(0, 2).map(({ format }) => format)).size).toBe(2);
});

test('結果は動きのとおりに変わり、取り消された決定の結果は残らない。人の名前はどこにも出ない', async () => {
  const sender = { name: '監査 見えず', address: '東京都中央区例示町7-7', email: '' };
  const one = await registered(desk, by, 'consultation', { sender });
  const row = async () => (await fileOf(`q=${numberOf(one.row)}`))[1];
  expect((await row())?.slice(1, 4)).toEqual(['相談・苦情', '受け付けた', '']);
  const answer = { ...asking({}), reason: '', answer: 'お答えします' };
  const said = valueOf(await decide(desk, by, one.row.id, seen(one), answer));
  expect((await row())?.[3]).toBe('答えた');
  const on = desk.office.clock.today();
  const ready = valueOf(await notify(desk, by, one.row.id, seen(said), { on, by: 'post' }));
  const sent = valueOf(await deliver(desk, by, one.row.id, seen(ready), { on, by: 'post' }));
  valueOf(await close(desk, by, one.row.id, seen(sent), { on }));
  expect((await row())?.slice(2, 4)).toEqual(['対応済み', '答えた']);
  const back = await registered(desk, by, 'erasure');
  valueOf(await withdraw(desk, by, back.row.id, seen(back), { on: desk.office.clock.today() }));
  expect((await fileOf('state=withdrawn&from=2026-01-01')).slice(1).map(([number]) => number)).toEqual([
    numberOf(back.row),
  ]);
  for (const text of [await textOf(auditor, '/desk/all'), JSON.stringify(await fileOf(''))])
    for (const name of ['監査 見えず', '例示町7-7', '差出']) expect(text).not.toContain(name);
});

test('請求を見る権限のない人には、一覧も書き出しもない', async () => {
  const reception = await house.visitor('reception');
  for (const path of ['/desk/all', '/desk/all/export/desk-all-utf8.csv'])
    expect([path, (await reception.get(path)).status]).toEqual([path, 403]);
  expect(await textOf(auditor, '/desk')).toContain('href="/desk/all"');
});
