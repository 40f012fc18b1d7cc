// The program is killed without warning, again and again, while decided requests are carried out and their persons are told. In the end every
// request is closed; nobody was erased, corrected or told twice, and the log is whole.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openApp } from '../../src/app.tsx';
import { sekisho, type DeskJson, type Sekisho } from '../../src/client.ts';
import { registerHolding } from '../../src/features/ledger/index.ts';
import { verify, vkeyOf } from '../../src/log/index.ts';
import { openOffice } from '../../src/office.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { readConfig } from '../../src/platform/config.ts';
import { signAll } from '../house.ts';
import { endPrograms, freePort, must, newcomer, readers, root, settle, startProgram, tokenOf } from '../server.ts';

const KILLS = 20;
const EACH = 16;
const AT_ONCE = 8;

const kinds = ['correction', 'stop-use', 'erasure', 'stop-provision', 'consultation'] as const;
type Kind = (typeof kinds)[number];
type Events = DeskJson['events'];

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sekisho-kill-desk-'));
fs.chmodSync(folder, 0o711);
afterAll(() => {
  endPrograms(folder);
  fs.rmSync(folder, { recursive: true, force: true });
});

const config = readConfig({}, { dataFolder: folder });
const today = systemClock.today();

/** Works through a list, some at once. */
async function each<T>(list: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const left = [...list];
  const worker = async (): Promise<void> => {
    for (let one = left.shift(); one !== undefined; one = left.shift()) await work(one);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

interface Prepared {
  token: string;
  /** Id of the request → its kind and its person. */
  requests: Map<string, { kind: Kind; principal: string }>;
}

const facts: Record<Kind, Events['decided']['facts']> = {
  correction: { content: 'fact', inquiry: 'untrue', purposeNeeds: true, otherProcedure: false },
  'stop-use': { reason: 'no-longer-needed', found: 'all' },
  erasure: { reason: 'no-longer-needed', found: 'all', keeping: null },
  'stop-provision': { reason: 'unlawful-provision', found: 'all' },
  consultation: {},
};

/** A request of a new person who is in two holdings, decided and not yet carried out. */
async function decided(client: Sekisho, kind: Kind, holdings: readonly [string, string], n: number) {
  const [first, second] = holdings;
  const name = `請求 ${String.fromCodePoint(0x4e00 + n)}子`;
  const { principal } = must(await client.acquire(newcomer(first, { name })));
  must(await client.acquire({ ...newcomer(second, { name }), principal }));
  let one = must(
    await client.requests.register({
      kind,
      scope: 'customer',
      arrived_on: today,
      channel: 'letter',
      sender: { name, address: `東京都例示区${n}` },
    }),
  );
  const then = async <E extends keyof Events>(event: E, body: Omit<Events[E], 'seen'>): Promise<void> => {
    one = must(await client.requests.happen(one.id, event, { ...body, seen: one.last } as Events[E]));
  };
  if (kind !== 'consultation') {
    await then('papers-received', { on: today, form: 'right', fee_yen: 0 });
    await then('identified', {
      on: today,
      requester: 'principal',
      documents: ['passport'],
      checked: ['name', 'address', 'valid'],
      numbers_covered: true,
    });
    await then('specified', { terms: [{ kind: 'name', term: name }] });
    await then('collected', {});
  }
  const changes = holdings.map((holding) => ({ holding, items: { note: '訂正済み' } }));
  const plan = kind === 'correction' ? { changes } : {};
  await then('decided', { facts: facts[kind], answer: 'お答えします', ...plan });
  return { id: one.id, principal };
}

async function prepare(): Promise<Prepared> {
  const { office, close } = await openOffice(config, systemClock, root);
  const app = await openApp(office, { root, report: () => undefined });
  const { holding, staff } = await settle(app);
  const by = { actor: { kind: 'sekisho' }, authority: [] } as const;
  const name = { ja: '会員台帳', en: 'Members' };
  const { id: second } = must(await registerHolding(app.ledger, by, { ...readers, name, manager: staff.officer }));
  const { token } = await tokenOf(app.access);
  const client = sekisho({
    url: office.config.publicUrl,
    token,
    fetch: async (to, init) => app.fetch(new Request(to, init)),
  });
  const requests: Prepared['requests'] = new Map();
  const asked = kinds.flatMap((kind) => Array.from({ length: EACH }, () => kind));
  await each(
    asked.map((kind, n) => ({ kind, n })),
    async ({ kind, n }) => {
      const { id, principal } = await decided(client, kind, [holding, second], n);
      requests.set(id, { kind, principal });
    },
  );
  await app.close();
  await close();
  return { token, requests };
}

/** Takes a request to its end, a step at a time, each step named so that repeating it is no second one. Stops where nobody answers. */
async function finish(client: Sekisho, id: string, stepped = (): void => undefined): Promise<void> {
  for (;;) {
    const { id: of, last, next, state } = must(await client.requests.one(id));
    if (state !== 'open') return;
    const step = { seen: last, attempt: `step-${String(last).padStart(4, '0')}` };
    const on = { on: today };
    const [event] = next as [keyof Events];
    if (event === 'carried-out') must(await client.requests.happen(of, event, step));
    else if (event === 'notified') {
      const sent = [{ document: 'decision' as const, text: '決定のお知らせ' }];
      must(await client.requests.happen(of, event, { ...step, ...on, by: 'post', sent }));
    } else if (event === 'delivered') must(await client.requests.happen(of, event, { ...step, ...on, by: 'post' }));
    else must(await client.requests.happen(of, 'closed', { ...step, ...on }));
    stepped();
  }
}

test(`${KILLS} kills while requests are carried out: everything is done once and everybody is told once`, async () => {
  const { token, requests } = await prepare();
  const ids = [...requests.keys()];
  const PORT = String(await freePort());
  const client = sekisho({ url: `http://127.0.0.1:${PORT}`, token });
  for (let i = 0; i < KILLS; i++) {
    const program = await startProgram(folder, { PORT });
    await program.ready();
    // What a process does first takes it some time; the kills are to fall into the work.
    must(await client.requests.one(ids[0]!));
    // In another order each time, and after some steps, so that the kills fall into every step of every kind while others are under way.
    let left = 6 + Math.floor(Math.random() * 8);
    const stepped = (): void => {
      left -= 1;
      if (left === 0) setTimeout(() => program.kill('SIGKILL'), Math.random() * 10);
    };
    const order = ids.toSorted(() => Math.random() - 0.5);
    const working = each(order, (id) => finish(client, id, stepped)).catch((error: unknown) => error);
    await program.ended;
    // Only the connection may have broken; what was answered was never a problem.
    const ended = await working;
    if (ended instanceof Error) expect(ended.message).not.toContain('expected a value');
  }

  const { office, close } = await openOffice(config, systemClock, root);
  const rows = <T>(text: string): Promise<T[]> => office.database.query<T>(text, []);
  // The kills met work that was under way.
  const [reached] = await rows<{ begun: number; left: number }>(
    `SELECT count(*) FILTER (WHERE stage <> 'decided')::int AS begun, count(*) FILTER (WHERE state = 'open')::int AS left FROM requests`,
  );
  expect(reached!.begun).toBeGreaterThan(KILLS);
  expect(reached!.left).toBeGreaterThan(0);
  const app = await openApp(office, { root, report: () => undefined });
  const inside = sekisho({
    url: office.config.publicUrl,
    token,
    fetch: async (to, init) => app.fetch(new Request(to, init)),
  });
  await each(ids, (id) => finish(inside, id));

  // Every request is at its end, and each thing that happens once has happened once.
  expect(await rows("SELECT count(*)::int AS n FROM requests WHERE state = 'closed'")).toEqual([{ n: ids.length }]);
  const once = await rows<{ event: string; n: number; requests: number }>(
    `SELECT event, count(*)::int AS n, count(DISTINCT request_id)::int AS requests FROM request_events
     WHERE event IN ('carried-out', 'notified', 'delivered', 'closed') GROUP BY event ORDER BY event`,
  );
  const effective = EACH * 4;
  expect(once).toEqual([
    { event: 'carried-out', n: effective, requests: effective },
    { event: 'closed', n: ids.length, requests: ids.length },
    { event: 'delivered', n: ids.length, requests: ids.length },
    { event: 'notified', n: ids.length, requests: ids.length },
  ]);
  expect(await rows("SELECT count(*)::int AS n FROM request_papers WHERE kind = 'sent'")).toEqual([{ n: ids.length }]);

  for (const [, { kind, principal }] of requests) {
    const about = must(await inside.principal(principal)) as { records: { version: number }[] };
    const versions = about.records.map(({ version }) => version);
    expect([kind, versions]).toEqual([kind, kind === 'erasure' ? [] : kind === 'correction' ? [2, 2] : [1, 1]]);
  }
  const logged = await rows<{ action: string; n: number }>(
    `SELECT action, count(*)::int AS n FROM log_entries
     WHERE action IN ('people:erase', 'people:correct', 'consent:object', 'desk:notified', 'desk:carried-out')
     GROUP BY action ORDER BY action`,
  );
  expect(logged).toEqual([
    { action: 'consent:object', n: EACH * 2 },
    { action: 'desk:carried-out', n: effective },
    { action: 'desk:notified', n: ids.length },
    { action: 'people:correct', n: EACH * 2 },
    { action: 'people:erase', n: EACH },
  ]);
  expect(await rows('SELECT stops, count(*)::int AS n FROM suspensions GROUP BY stops ORDER BY stops')).toEqual([
    { stops: 'provision', n: EACH },
    { stops: 'use', n: EACH },
  ]);
  await app.close();
  await signAll(office.database, office.signer);
  const check = await verify(office.database, vkeyOf(office.signer));
  const [entries] = await rows<{ n: number }>('SELECT count(*) AS n FROM log_entries');
  expect(check).toEqual({ ok: true, size: entries!.n });
  await close();
}, 480_000);
