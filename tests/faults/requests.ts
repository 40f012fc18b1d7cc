// Decided requests are carried out and the persons are told. In the end every request is closed, and nobody was erased, corrected or told twice.

import { expect } from 'vitest';
import type { DeskJson, Sekisho } from '../../src/client.ts';
import type { Office } from '../../src/office.ts';
import type { Day } from '../../src/base/day.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { must, newcomer } from '../server.ts';
import { between, each, type House, type Work } from './work.ts';

const EACH = 16;
const AT_ONCE = 8;
/** The most steps in one life of the program (from start to kill), so that something is left for the last. */
const MOST_STEPS = 16;

/** True for half of each kind. */
const isTwofold = (n: number): boolean => n % 2 === 1;
/** The number of ids of this many persons. */
const idsOf = (persons: number): number => (persons * 3) / 2;

const kinds = ['correction', 'stop-use', 'erasure', 'stop-provision', 'consultation'] as const;
type Kind = (typeof kinds)[number];
type Events = DeskJson['events'];

/** A run may go past midnight. */
const today = (): Day => systemClock.today();

const facts: Record<Kind, Events['decided']['facts']> = {
  correction: { content: 'fact', inquiry: 'untrue', purposeNeeds: true, otherProcedure: false },
  'stop-use': { reason: 'no-longer-needed', found: 'all' },
  erasure: { reason: 'no-longer-needed', found: 'all', keeping: null },
  'stop-provision': { reason: 'unlawful-provision', found: 'all' },
  consultation: {},
};

/** A decided request, not yet carried out, of a new person who is in two holdings; every other person has an id of their own in each. */
async function decided(client: Sekisho, kind: Kind, holdings: readonly [string, string], n: number) {
  const [first, second] = holdings;
  const name = `請求 ${String.fromCodePoint(0x4e00 + n)}子`;
  const { principal } = must(await client.acquire(newcomer(first, { name })));
  const twofold = isTwofold(n);
  const again = must(await client.acquire({ ...newcomer(second, { name }), ...(twofold ? {} : { principal }) }));
  const principals = [...new Set([principal, again.principal])];
  let one = must(
    await client.requests.register({
      kind,
      scope: 'customer',
      arrived_on: today(),
      channel: 'letter',
      sender: { name, address: `東京都例示区${n}` },
    }),
  );
  const then = async <E extends keyof Events>(event: E, body: Omit<Events[E], 'seen'>): Promise<void> => {
    one = must(await client.requests.happen(one.id, event, { ...body, seen: one.last } as Events[E]));
  };
  if (kind !== 'consultation') {
    await then('papers-received', { on: today(), form: 'right', fee_yen: 0 });
    await then('identified', {
      on: today(),
      requester: 'principal',
      documents: ['passport'],
      checked: ['name', 'address', 'valid'],
      numbers_covered: true,
    });
    const found = { terms: [{ kind: 'name' as const, term: name }], principals };
    await then('specified', { ...found, ...(twofold ? { told_apart: 'address' as const } : {}) });
    await then('collected', {});
  }
  const changes = holdings.map((holding) => ({ holding, items: { note: '訂正済み' } }));
  const plan = kind === 'correction' ? { changes } : {};
  await then('decided', { facts: facts[kind], answer: 'お答えします', ...plan });
  return { id: one.id, principals };
}

/**
 * Takes a request forward while `goOn`, one step at a time. Each step is named, so that a repetition is no second one. Throws when there is no
 * answer.
 */
async function finish(client: Sekisho, id: string, goOn = (): boolean => true): Promise<void> {
  while (goOn()) {
    const { id: of, last, next, state } = must(await client.requests.one(id));
    if (state !== 'open') return;
    const step = { seen: last, attempt: `step-${String(last).padStart(4, '0')}` };
    const on = { on: today() };
    const [event] = next as [keyof Events];
    if (event === 'carried-out') must(await client.requests.happen(of, event, step));
    else if (event === 'notified') {
      const sent = [{ document: 'decision' as const, text: '決定のお知らせ' }];
      must(await client.requests.happen(of, event, { ...step, ...on, by: 'post', sent }));
    } else if (event === 'delivered') must(await client.requests.happen(of, event, { ...step, ...on, by: 'post' }));
    else must(await client.requests.happen(of, 'closed', { ...step, ...on }));
  }
}

/** Checks that everything that happens once to a request has happened once. */
async function expectOnce({ database }: Office, ids: readonly string[]): Promise<void> {
  const rows = (text: string): Promise<unknown[]> => database.query(text, []);
  const effective = EACH * 4;
  const all = { n: ids.length, requests: ids.length };
  expect(await rows("SELECT count(*)::int AS n FROM requests WHERE state = 'closed'")).toEqual([{ n: ids.length }]);
  const once = await rows(
    `SELECT event, count(*)::int AS n, count(DISTINCT request_id)::int AS requests FROM request_events
     WHERE event IN ('carried-out', 'notified', 'delivered', 'closed') GROUP BY event ORDER BY event`,
  );
  expect(once).toEqual([
    { event: 'carried-out', n: effective, requests: effective },
    { event: 'closed', ...all },
    { event: 'delivered', ...all },
    { event: 'notified', ...all },
  ]);
  expect(await rows("SELECT count(*)::int AS n FROM request_papers WHERE kind = 'sent'")).toEqual([{ n: ids.length }]);
  const logged = await rows(
    `SELECT action, count(*)::int AS n FROM log_entries
     WHERE action IN ('people:erase', 'people:correct', 'consent:object', 'desk:notified', 'desk:carried-out')
     GROUP BY action ORDER BY action`,
  );
  expect(logged).toEqual([
    { action: 'consent:object', n: idsOf(EACH * 2) },
    { action: 'desk:carried-out', n: idsOf(effective) },
    { action: 'desk:notified', n: idsOf(effective) + EACH },
    { action: 'people:correct', n: EACH * 2 },
    { action: 'people:erase', n: idsOf(EACH) },
  ]);
  expect(await rows('SELECT stops, count(*)::int AS n FROM suspensions GROUP BY stops ORDER BY stops')).toEqual([
    { stops: 'provision', n: idsOf(EACH) },
    { stops: 'use', n: idsOf(EACH) },
  ]);
}

/** Decided requests of every kind, about persons in both holdings. */
export async function requests({ client }: House, holdings: readonly [string, string]): Promise<Work> {
  /** Id of the request → its kind and the ids of its person. */
  const asked = new Map<string, { kind: Kind; principals: string[] }>();
  const list = kinds.flatMap((kind) => Array.from({ length: EACH }, () => kind));
  await each([...list.entries()], AT_ONCE, async ([n, kind]) => {
    const { id, principals } = await decided(client, kind, holdings, n);
    asked.set(id, { kind, principals });
  });
  const ids = [...asked.keys()];
  let rounds = 0;

  return {
    killAfter: () => between(4, MOST_STEPS),
    // In a different order each time, so that the kills hit every step of every kind while others are under way.
    during: async ({ client: program }, step) => {
      rounds += 1;
      let left = MOST_STEPS;
      const goOn = (): boolean => {
        step();
        left -= 1;
        return left >= 0;
      };
      const order = ids.toSorted(() => Math.random() - 0.5);
      const ended: unknown = await each(order, AT_ONCE, (id) => finish(program, id, goOn)).catch(
        (error: unknown) => error,
      );
      // Only the connection may have broken; no answer was a problem.
      if (ended instanceof Error) expect(ended.message).not.toContain('expected a value');
    },
    met: async ({ database }) => {
      const [reached] = await database.query<{ begun: number; left: number }>(
        `SELECT count(*) FILTER (WHERE stage <> 'decided')::int AS begun, count(*) FILTER (WHERE state = 'open')::int AS left FROM requests`,
        [],
      );
      expect(reached!.begun).toBeGreaterThan(rounds);
      expect(reached!.left).toBeGreaterThan(0);
    },
    check: async ({ office, client: inside }) => {
      await each(ids, AT_ONCE, (id) => finish(inside, id));
      await expectOnce(office, ids);
      for (const { kind, principals } of asked.values()) {
        const versions: number[] = [];
        for (const principal of principals) {
          const about = must(await inside.principal(principal)) as { records: { version: number }[] };
          versions.push(...about.records.map(({ version }) => version));
        }
        expect([kind, versions]).toEqual([kind, kind === 'erasure' ? [] : kind === 'correction' ? [2, 2] : [1, 1]]);
      }
    },
  };
}
