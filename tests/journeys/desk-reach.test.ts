// The desk is no way around the access policies: a step that reaches a person's information requires what the feature that keeps it would require;
// of systems, also the purposes of their token.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Action } from '../../src/base/actor.ts';
import type { DeskJson, Sekisho } from '../../src/client.ts';
import { forgetStanding } from '../../src/features/checkpoint/index.ts';
import { must, newcomer, openServer, systemActions, tokenOf, type Session, type TestServer } from '../server.ts';

type Kind = DeskJson['registration']['kind'];
type Case = DeskJson['request'];
type Name = keyof DeskJson['events'];

let server: TestServer;
/** May do everything a system may. */
let client: Sekisho;
/** Only works on requests, by a policy of the company. */
let reception: Session;
let today: string;
beforeAll(async () => {
  server = await openServer({
    permit: `@id("reception-registers") permit (principal in Role::"reception",
      action in [Action::"requests:read", Action::"requests:write"], resource);`,
  });
  ({ client } = server);
  reception = await server.session('reception');
  today = server.office.clock.today();
});
afterAll(() => server.close());

let n = 0;

async function someone(): Promise<{ id: string; name: string }> {
  const name = `到達 ${String.fromCodePoint(0x4e00 + ++n)}子`;
  return { id: must(await client.acquire(newcomer(server.holding, { name, note: '秘密の控え' }))).principal, name };
}

const happen = (by: Sekisho, one: Case, event: Name, body: object = {}) =>
  by.requests.happen(one.id, event, { ...body, seen: one.last });

/** Brings a request about a person up to an event, by a system that may. */
async function upTo(last: Name, kind: Kind, name: string): Promise<Case> {
  const sender = { name: `差出 ${++n}`, address: '東京都例示区1-2-3' };
  const letter = { kind, scope: 'customer', arrived_on: today, channel: 'letter', sender } as const;
  let one = must(await client.requests.register(letter as never));
  const documents = { documents: ['driving-licence'], checked: ['name', 'address', 'valid'], numbers_covered: true };
  const form = kind === 'purpose-notice' ? 'none' : 'right';
  const [who] = must(await client.search({ name })).principals;
  const steps: [Name, object][] = [
    ['papers-received', { on: today, form, method: 'paper', fee_yen: one.fee.due }],
    ['identified', { on: today, requester: 'principal', ...documents }],
    ['specified', { terms: [{ kind: 'name', term: name }], ...(who ? { principal: who.id } : {}) }],
    ['collected', {}],
    ...reviewing(kind),
    ['decided', decisions[kind] ?? {}],
    ['carried-out', {}],
  ];
  for (const [event, body] of steps.slice(0, steps.findIndex(([event]) => event === last) + 1))
    one = must(await happen(client, one, event, body));
  return one;
}

const items = ['name', 'name_kana', 'email', 'note'];

const reviewing = (kind: Kind): [Name, object][] =>
  kind === 'disclosure'
    ? items.map((item) => ['reviewed', { holding: server.holding, item, decision: 'disclose' }])
    : [];

const unneeded = { reason: 'no-longer-needed', found: 'all' };

const decisions: Partial<Record<Kind, object>> = {
  disclosure: { facts: { existenceHarms: false, otherLaw: false, methodDifficult: false } },
  get correction() {
    const facts = { content: 'fact', inquiry: 'untrue', purposeNeeds: true, otherProcedure: false };
    return { facts, changes: [{ holding: server.holding, items: { note: '訂正済み' } }] };
  },
  erasure: { facts: { ...unneeded, keeping: null } },
  'stop-use': { facts: unneeded },
};

const systemWith = async (acts: readonly Action[], purposes?: readonly string[]): Promise<Sekisho> =>
  server.clientWith((await tokenOf(server.app.access, acts, purposes)).token);

const without = (action: Action): Action[] => systemActions.filter((one) => one !== action);

/** The number of log entries with these actions. */
const entries = async (...actions: string[]): Promise<number> =>
  (
    await server.db.owner.query<{ n: number }>('SELECT count(*)::int AS n FROM log_entries WHERE action = ANY ($1)', [
      actions,
    ])
  )[0]!.n;

const reading = ['people:search', 'people:use', 'desk:disclose', 'desk:open-paper'];
const changing = ['people:correct', 'people:erase', 'consent:object', 'desk:carried-out'];

/** Each step that reaches a person, the action it requires, and the state a request must be in. */
const reaches: { step: string; needs: Action; kind: Kind; at: Name; go(by: Sekisho, one: Case): Promise<unknown> }[] = [
  {
    step: '特定する',
    needs: 'people:search',
    kind: 'disclosure',
    at: 'identified',
    go: (by, one) => happen(by, one, 'specified', { terms: [{ kind: 'email', term: 'somebody@example.jp' }] }),
  },
  {
    step: '集める',
    needs: 'people:use',
    kind: 'disclosure',
    at: 'specified',
    go: (by, one) => happen(by, one, 'collected'),
  },
  {
    step: '開示する内容を読む',
    needs: 'people:use',
    kind: 'disclosure',
    at: 'decided',
    go: (by, one) => by.requests.content(one.id),
  },
  {
    step: '差出人を読む',
    needs: 'people:use',
    kind: 'disclosure',
    at: 'decided',
    go: (by, one) => by.requests.paper(one.id, one.papers[0]!.id),
  },
  {
    step: '答えの手紙を作る',
    needs: 'people:use',
    kind: 'disclosure',
    at: 'decided',
    go: (by, one) => happen(by, one, 'notified', { on: today, by: 'post' }),
  },
  {
    step: '訂正する',
    needs: 'people:correct',
    kind: 'correction',
    at: 'decided',
    go: (by, one) => happen(by, one, 'carried-out'),
  },
  {
    step: '消去する',
    needs: 'people:erase',
    kind: 'erasure',
    at: 'decided',
    go: (by, one) => happen(by, one, 'carried-out'),
  },
  {
    step: '利用を止める',
    needs: 'consents:write',
    kind: 'stop-use',
    at: 'decided',
    go: (by, one) => happen(by, one, 'carried-out'),
  },
];

const refused = { ok: false, problem: { status: 403 } };

describe('システム', () => {
  test.each(reaches)('$step には $needs が要る', async ({ needs, kind, at, go }) => {
    const { id, name } = await someone();
    const one = await upTo(at, kind, name);
    const before = [await entries(...reading), await entries(...changing)];
    for (const acts of [['requests:read', 'requests:write'] as const, without(needs)]) {
      expect(await go(await systemWith(acts, acts.length > 2 ? undefined : []), one)).toMatchObject(refused);
    }
    expect([await entries(...reading), await entries(...changing)]).toEqual(before);
    expect(must(await client.requests.one(one.id)).last).toBe(one.last);
    expect(must(await client.principal(id))).toMatchObject({ id, records: [{ holding: server.holding, version: 1 }] });
    must((await go(client, one)) as never);
  });

  test.each(reaches.filter(({ needs }) => needs !== 'people:search'))(
    '$step には、台帳の利用目的のすべてに結び付いたトークンが要る',
    async ({ kind, at, go }) => {
      const { name } = await someone();
      const one = await upTo(at, kind, name);
      const before = [await entries(...reading), await entries(...changing)];
      expect(await go(await systemWith(systemActions, ['P1']), one)).toMatchObject(refused);
      expect([await entries(...reading), await entries(...changing)]).toEqual(before);
      must((await go(await systemWith(systemActions, ['P1', 'P3']), one)) as never);
    },
  );
});

describe('請求だけを扱う従業者', () => {
  const press = (one: Case, event: string, fields: Record<string, string>): Promise<Response> =>
    server.fetch(`/desk/${one.id}/${event}`, {
      method: 'POST',
      headers: { cookie: reception.cookie, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ csrf: reception.csrf, seen: String(one.last), ...fields }),
    });

  const pages: { step: string; kind: Kind; at: Name; go(one: Case, name: string): Promise<Response> }[] = [
    { step: '特定', kind: 'disclosure', at: 'identified', go: (one, name) => press(one, 'specified', { name }) },
    { step: '収集', kind: 'disclosure', at: 'specified', go: (one) => press(one, 'collected', {}) },
    { step: '訂正の実施', kind: 'correction', at: 'decided', go: (one) => press(one, 'carried-out', {}) },
    { step: '消去の実施', kind: 'erasure', at: 'decided', go: (one) => press(one, 'carried-out', {}) },
    { step: '書類', kind: 'disclosure', at: 'decided', go: (one) => press(one, `papers/${one.papers[0]!.id}`, {}) },
  ];

  test.each(pages)('$step は断られ、何も起きない', async ({ kind, at, go }) => {
    const { id, name } = await someone();
    const one = await upTo(at, kind, name);
    const before = [await entries(...reading), await entries(...changing)];
    const answer = await go(one, name);
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain('権限がありません');
    expect([await entries(...reading), await entries(...changing)]).toEqual(before);
    expect(must(await client.requests.one(one.id)).last).toBe(one.last);
    expect(must(await client.principal(id))).toMatchObject({ id });
  });

  test('開示する内容の手紙は出ない', async () => {
    const { name } = await someone();
    const one = await upTo('decided', 'disclosure', name);
    const letter = (file: string): Promise<Response> =>
      server.fetch(`/desk/${one.id}/letters/${file}`, { headers: { cookie: reception.cookie } });
    const before = await entries('desk:disclose');
    for (const file of ['disclosed.pdf', 'notice.pdf']) expect((await letter(file)).ok).toBe(false);
    expect(await entries('desk:disclose')).toBe(before);
    expect((await letter('cover.pdf')).status).toBe(200);
  });
});

test('台帳の目的が方針から無くなったら、どのトークンも、そこにいる人に届かない', async () => {
  const { name } = await someone();
  const one = await upTo('specified', 'disclosure', name);
  const purposes = (value: string): Promise<unknown> =>
    server.db.owner.query(`UPDATE holdings SET purposes = $2 WHERE id = $1`, [server.holding, value]);
  try {
    await purposes('{P9}');
    forgetStanding(server.office);
    expect(await happen(client, one, 'collected')).toMatchObject({ ok: false, problem: { status: 403 } });
  } finally {
    await purposes('{P1,P3}');
    forgetStanding(server.office);
  }
  expect((await happen(client, one, 'collected')).ok).toBe(true);
});
