// What the desk offers to do with a request is what may be done with it on the day, with what the office has: no link without outgoing mail, and no
// extension when no later day is left. Programs and clerks are offered the same.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { must, openServer, tokenOf, type TestServer } from '../../../tests/server.ts';
import { addDays, addMonths, type Day } from '../../base/day.ts';
import type { DeskJson, Sekisho } from '../../client.ts';
import { standingClock } from '../../platform/clock.ts';
import { says } from './facts/says.ts';

type Case = DeskJson['request'];
type Events = DeskJson['events'];

const clock = standingClock('2026-12-02T10:00:00+09:00');
const today = (): Day => clock.today();
let server: TestServer;
let client: Sekisho;
let cookie: string;
beforeAll(async () => {
  server = await openServer({
    clock,
    // The time is extended to its last day by those who may decide.
    permit: `@id("requests-by-system") permit (principal is System, action == Action::"requests:decide", resource);`,
  });
  await enter();
});
afterAll(() => server.close());

/** Signs in, and with a token, that are valid on the present day. */
async function enter(): Promise<void> {
  ({ cookie } = await server.session('officer'));
  client = server.clientWith((await tokenOf(server.app.access)).token);
}

let senders = 0;
const registered = async (): Promise<Case> =>
  must(
    await client.requests.register({
      kind: 'consultation',
      scope: 'customer',
      arrived_on: today(),
      channel: 'letter',
      sender: { name: `差出 ${++senders}`, address: '東京都例示区1-2-3', email: 'asks@example.jp' },
    }),
  );
const step = <E extends keyof Events>(one: Case, event: E, body: Omit<Events[E], 'seen'>) =>
  client.requests.happen(one.id, event, { ...body, seen: one.last } as Events[E]);
const now = async ({ id }: Case): Promise<Case> => must(await client.requests.one(id));
/** The page of a request, and the steps that it offers beside the form it shows. */
async function shown({ id }: Case, query = '') {
  const page = await (await server.fetch(`/desk/${id}${query}`, { headers: { cookie } })).text();
  return { page, others: [...page.matchAll(/\?do=([a-z-]+)"/g)].map(([, event]) => event) };
}
const fieldsOf = (answer: Awaited<ReturnType<typeof step>>) => !answer.ok && answer.problem.fields;

test('メールのない会社では、戻った答えをリンクで送り直すことは勧めない。郵送で送り直せる', async () => {
  let one = await registered();
  one = must(await step(one, 'decided', { answer: 'お答えします' }));
  one = must(await step(one, 'notified', { on: today(), by: 'post' }));
  one = must(await step(one, 'delivered', { on: today(), by: 'post' }));
  one = must(
    await step(one, 'undelivered', { on: today(), by: 'post', why: 'moved', envelope: 'unopened', kept: '棚' }),
  );
  expect(one.next.slice(0, 2)).toEqual(['delivered', 'sought']);
  expect(one.next).not.toContain('notified');
  for (const by of ['post', 'own-mail', 'electronic'] as const)
    expect((await step(one, 'notified', { on: today(), by, address_checked: true })).ok, by).toBe(false);
  const { page, others } = await shown(one, '?do=notified');
  expect(page).toContain(`action="/desk/${one.id}/delivered"`);
  expect(page).not.toContain(`action="/desk/${one.id}/notified"`);
  expect(others).not.toContain('notified');
  must(await step(one, 'delivered', { on: today(), by: 'post', address_checked: true }));
});

test('メールのない会社でも、答えの用意は、ほかのことを開いている間も選べる', async () => {
  let one = await registered();
  one = must(await step(one, 'decided', { answer: 'お答えします' }));
  expect(one.next[0]).toBe('notified');
  expect((await shown(one, '?do=withdrawn')).others).toContain('notified');
});

test('延ばせる日が残っていなければ、延長は勧めない', async () => {
  const one = await registered();
  expect(one.next).toContain('extended');
  const last = addMonths(one.arrived_on as Day, 3);
  const longest = must(await step(one, 'extended', { on: today(), until: last, reason: '調べに日数がかかるため' }));
  expect(longest.due.decision).toBe(last);
  expect(longest.next).not.toContain('extended');
  const { page, others } = await shown(longest, '?do=extended');
  expect(page).not.toContain(`action="/desk/${one.id}/extended"`);
  expect(others).not.toContain('extended');
  const more = await step(longest, 'extended', { on: today(), until: addDays(last, 1), reason: '理由' });
  expect(fieldsOf(more)).toMatchObject([{ field: 'until', says: says.tooLong.en }]);
});

test('延ばさないまま3か月が過ぎれば、延長は勧めない。その前の日までは勧める', async () => {
  const one = await registered();
  const last = addMonths(one.arrived_on as Day, 3);
  clock.moveTo(`${addDays(last, -1)}T10:00:00+09:00`);
  await enter();
  expect((await now(one)).next).toContain('extended');
  expect((await shown(one)).others).toContain('extended');
  clock.moveTo(`${last}T10:00:00+09:00`);
  expect((await now(one)).next).not.toContain('extended');
  expect((await shown(one)).others).not.toContain('extended');
});

test('届いた日より前の日に延ばしたとは書けない', async () => {
  const one = await registered();
  const early = { on: addDays(one.arrived_on as Day, -1), until: addDays(one.arrived_on as Day, 20), reason: '理由' };
  expect(fieldsOf(await step(one, 'extended', early))).toMatchObject([{ field: 'on', says: says.early.en }]);
  expect((await now(one)).last).toBe(one.last);
});
