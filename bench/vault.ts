// Creates and reads ten items through the whole server over HTTP: token, access policies, the law's answer on the purpose, a key per person, ten
// items sealed, five search digests, the record of the acquisition, and the log with its integrator running.
// In the bare baseline PostgreSQL does the same INSERT + audit INSERT, or SELECT + audit INSERT, and nothing else: one prepared statement per
// request over as many connections, two plain tables with a primary key each, values in clear; no HTTP, token, key, search or law. Both use the
// same database server and people, in the same run, alternating. The CPU of a side is its process plus PostgreSQL, user and system.
// For both sides alike, the server is measured in the state it has after days of use: warm, and with its write-ahead log files created, which it
// recycles.

import { spawn, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import { createServer } from 'node:http';
import net, { type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { recordsKept } from '../src/app/records.ts';
import { both } from '../src/base/bilingual.ts';
import { newId } from '../src/base/id.ts';
import { done } from '../src/base/outcome.ts';
import { fictionalPerson } from '../src/demo-people.ts';
import { createGate, createSystem, createToken, loadAccessPolicies, openAccess } from '../src/features/access/index.ts';
import { acquisitionApi } from '../src/features/acquisition/index.ts';
import { checkpointApi, openCheckpoint, type StandingFacts } from '../src/features/checkpoint/index.ts';
import { useRegister } from '../src/features/consent/index.ts';
import { startLog } from '../src/log/index.ts';
import { openOffice } from '../src/office.ts';
import { systemClock } from '../src/platform/clock.ts';
import { readConfig } from '../src/platform/config.ts';
import { startEmbedded } from '../src/platform/database/index.ts';
import { listener, mountRoutes, type MountOptions } from '../src/platform/http/index.ts';
import { partOf } from './sizes/part.ts';

type Op = 'create' | 'read';

const bars: Record<Op, Record<number, number>> = { create: { 8: 0.38, 32: 0.38 }, read: { 8: 0.3, 32: 0.35 } };
const CPU_BAR = 3;
const ROUNDS = partOf(5);
const ROUND_MS = partOf(2_000, 100);
const WARM_UP_MS = partOf(8_000, 100);
/** People made in advance per millisecond of a round: more than any available machine can use. */
const PEOPLE_PER_MS = 25;

const codes = Object.keys(fictionalPerson(0));
const purpose = 'P3';

// ---- the server, in a process of its own

const standingFacts = (holding: string): StandingFacts => ({
  policy: {
    version: 1,
    purposes: ['P1', 'P2', 'P3', 'P4'].map((id, i) => ({ id, clause: String(11 + i) })),
    channels: [{ id: 'web-form', written: true }],
    indicationPromisedBy: '17',
  },
  suspensions: [],
  holdings: [
    {
      id: holding,
      name: both('計測用', 'For the bench'),
      purposes: [purpose, 'P1'],
      items: codes.map((code) => ({ code, label: both(code, code), special_care: false })),
      channels: ['web-form'],
      state: 'active',
    },
  ],
});

/** The holding in the ledger, because the statement that creates persons checks that it admits them. */
const registered = `INSERT INTO holdings (id, code, name_ja, name_en, department, manager, purposes, items, place, retention, channels,
    principals, access, registered_at, confirmed_at)
  SELECT $1, 'L-001', '計測用', 'For the bench', '計測', $2, '{P3}', jsonb_agg(jsonb_build_object('code', code)), '計測',
    '{"years": 1}', '{web-form}', '{customer}', '計測', now(), now() FROM unnest($3::text[]) AS code`;

async function server(dataFolder: string, databaseUrl: string): Promise<void> {
  const config = readConfig({ SEKISHO_DATA: dataFolder, DATABASE_URL: databaseUrl }, { dataFolder });
  const { office } = await openOffice(config, systemClock, process.cwd());
  const { database, signer, clock } = office;
  startLog({
    database,
    signer,
    clock,
    report: (problem) => console.error('log', 'name' in problem ? problem.name : problem),
  });
  const access = await openAccess(office, await loadAccessPolicies(path.resolve('policies/access.cedar')));
  const by = { actor: { kind: 'sekisho' }, authority: [] } as const;
  const system = await createSystem(access, by, { name: '計測' });
  if (!system.ok) throw new Error('no system');
  const form = {
    systemId: system.value.id,
    purposes: [purpose, 'P1'],
    actions: ['people:acquire', 'people:use'],
    days: 30,
  } as const;
  const token = await createToken(access, by, form, [purpose, 'P1']);
  if (!token.ok) throw new Error('no token');
  const holding = newId(Date.now());
  await database.query(registered, [holding, newId(Date.now()), codes]);
  await openCheckpoint(office, () => Promise.resolve(standingFacts(holding)), useRegister, recordsKept);
  // There are no requests at the desk.
  const noRequests = () => Promise.resolve(done(() => Promise.resolve()));
  const routes = [...acquisitionApi(office), ...checkpointApi(office, noRequests)];
  const options: MountOptions = {
    gate: await createGate(access),
    publicUrl: config.publicUrl,
    frame: () => Promise.reject(new Error('no pages here')),
    refusalPage: () => new Response(null, { status: 404 }),
    report: (line) => console.error(line),
  };
  const listening = createServer(listener(mountRoutes(routes, options), routes, options));
  listening.listen(0, '127.0.0.1', () =>
    process.send!({ port: (listening.address() as AddressInfo).port, token: token.value.token, holding }),
  );
}

// ---- the bare side, also in a process of its own

const bareTables = `
  CREATE TABLE bare_people (id uuid PRIMARY KEY, ${codes.map((code) => `${code} text NOT NULL`).join(', ')}, created_at timestamptz NOT NULL);
  CREATE TABLE bare_audit (id uuid PRIMARY KEY, at timestamptz NOT NULL, action text NOT NULL, actor text NOT NULL, person uuid NOT NULL, items text NOT NULL)`;

const bareSql: Record<Op, string> = {
  create: `WITH person AS (INSERT INTO bare_people VALUES ($1, ${codes.map((_, i) => `$${i + 2}`).join(', ')}, now()) RETURNING id)
    INSERT INTO bare_audit SELECT $12, now(), 'people:acquire', $13, id, $14 FROM person`,
  read: `WITH audit AS (INSERT INTO bare_audit VALUES ($2, now(), 'people:use', $3, $1, $4))
    SELECT ${codes.join(', ')} FROM bare_people WHERE id = $1`,
};

const latencies = (): { add(ms: number): void; sorted(): number[] } => {
  const all: number[] = [];
  return { add: (ms) => all.push(ms), sorted: () => all.sort((a, b) => a - b) };
};

interface Round {
  count: number;
  seconds: number;
  p50: number;
  p99: number;
}

const roundOf = (sorted: number[], seconds: number): Round => ({
  count: sorted.length,
  seconds,
  p50: sorted[Math.floor(sorted.length * 0.5)] ?? 0,
  p99: sorted[Math.floor(sorted.length * 0.99)] ?? 0,
});

/** Runs `lanes` callers for `ms`, each sending one request after the other. */
async function drive(lanes: number, ms: number, call: (lane: number) => Promise<unknown>): Promise<Round> {
  const times = latencies();
  const began = performance.now();
  const until = began + ms;
  const lane = async (n: number): Promise<void> => {
    for (let at = performance.now(); at < until;) {
      await call(n);
      const now = performance.now();
      times.add(now - at);
      at = now;
    }
  };
  await Promise.all(Array.from({ length: lanes }, (_, n) => lane(n)));
  return roundOf(times.sorted(), (performance.now() - began) / 1_000);
}

async function bare(databaseUrl: string): Promise<void> {
  const clients = await Promise.all(
    Array.from({ length: 32 }, async () => {
      const client = new pg.Client(databaseUrl);
      await client.connect();
      return client;
    }),
  );
  await clients[0]!.query(bareTables);
  const ids: string[] = [];
  const items = codes.join(',');
  let made = 0;
  let pool: unknown[][] = [];
  const prepare = (ms: number): unknown[][] =>
    Array.from({ length: ms * PEOPLE_PER_MS }, () => {
      const id = newId(Date.now());
      return [id, ...Object.values(fictionalPerson(made++)), newId(Date.now()), 'system:bench', items];
    });
  const calls: Record<Op, (lane: number) => Promise<unknown>> = {
    create: async (lane) => {
      const values = pool.pop()!;
      await clients[lane]!.query({ name: 'create', text: bareSql.create, values });
      ids.push(values[0] as string);
    },
    read: (lane) => {
      const id = ids[Math.floor(Math.random() * ids.length)]!;
      return clients[lane]!.query({
        name: 'read',
        text: bareSql.read,
        values: [id, newId(Date.now()), 'system:bench', items],
      });
    },
  };
  process.on('message', ({ op, lanes, ms }: { op: Op; lanes: number; ms: number }) => {
    void (async () => {
      if (op === 'create') pool = prepare(ms);
      process.send!('ready');
      process.send!(await drive(lanes, ms, calls[op]));
    })();
  });
  process.send!({});
}

// ---- the load

interface Connection {
  ask(request: Buffer): Promise<{ status: number; body: string }>;
  close(): void;
}

/** One keep-alive connection. Answers come in the order of the requests, one at a time. */
async function connect(port: number): Promise<Connection> {
  let received = '';
  let answered: (answer: { status: number; body: string }) => void = () => undefined;
  const take = (text: string): void => {
    received += text;
    const end = received.indexOf('\r\n\r\n');
    const length = end < 0 ? null : /\r\ncontent-length: (\d+)/i.exec(received);
    if (!length || received.length < end + 4 + Number(length[1])) return;
    const answer = { status: Number(received.slice(9, 12)), body: received.slice(end + 4) };
    received = '';
    answered(answer);
  };
  // The load generator shares the cores it measures: answers are read into one buffer, without the overhead of a stream.
  const onread = {
    buffer: Buffer.allocUnsafeSlow(16_384),
    callback: (bytes: number, buffer: Uint8Array) => {
      take((buffer as Buffer).toString('latin1', 0, bytes));
      return true;
    },
  };
  const socket = net.connect({ port, host: '127.0.0.1', noDelay: true, onread });
  await new Promise((resolve) => socket.once('connect', resolve));
  return {
    ask: (request) =>
      new Promise((resolve) => {
        answered = resolve;
        socket.write(request);
      }),
    close: () => socket.destroy(),
  };
}

interface Served {
  port: number;
  token: string;
  holding: string;
}

function loadOf({ port, token, holding }: Served) {
  let lanes: Connection[] = [];
  const request = (url: string, body: object): Buffer => {
    const text = JSON.stringify(body);
    return Buffer.from(
      `POST ${url} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
    );
  };
  const ids: string[] = [];
  let made = 0;
  let pool: Buffer[] = [];
  const fail = (answer: { status: number; body: string }): never => {
    throw new Error(`the server answered ${answer.status}`);
  };
  const calls: Record<Op, (lane: number) => Promise<void>> = {
    create: async (lane) => {
      const answer = await lanes[lane]!.ask(pool.pop()!);
      if (answer.status !== 201) fail(answer);
      ids.push(/"principal":"([^"]+)"/.exec(answer.body)![1]!);
    },
    read: async (lane) => {
      const principal = ids[Math.floor(Math.random() * ids.length)]!;
      const answer = await lanes[lane]!.ask(request('/api/v1/uses', { principal, holding, items: codes, purpose }));
      if (answer.status !== 200 || !answer.body.includes('"birth_date"')) fail(answer);
    },
  };
  const person = (): Buffer =>
    request('/api/v1/acquisitions', {
      holding,
      channel: 'web-form',
      source: 'principal',
      purposes: [purpose],
      purposeIndicated: { placement: 'before-submit' },
      items: fictionalPerson(made++),
    });
  return async (op: Op, count: number, ms: number, started: () => void): Promise<Round> => {
    if (op === 'create') pool = Array.from({ length: (ms * PEOPLE_PER_MS) / 2 }, person);
    // New for every round: the server closes idle connections while the other side has its turn.
    lanes = await Promise.all(Array.from({ length: count }, () => connect(port)));
    started();
    const round = await drive(count, ms, calls[op]);
    for (const lane of lanes) lane.close();
    return round;
  };
}

// ---- measuring

/** CPU seconds of a process and, for a postmaster, of its backends. Null without /proc. */
function cpuSeconds(pid: number, withChildren: boolean): number | null {
  const times = (of: number | string): { parent: number; own: number; ended: number } | null => {
    try {
      const stat = fs.readFileSync(`/proc/${of}/stat`, 'latin1');
      const fields = stat
        .slice(stat.lastIndexOf(')') + 2)
        .split(' ')
        .map(Number);
      return { parent: fields[1]!, own: fields[11]! + fields[12]!, ended: fields[13]! + fields[14]! };
    } catch {
      return null;
    }
  };
  const self = times(pid);
  if (!self) return null;
  const children = withChildren
    ? fs
        .readdirSync('/proc')
        .filter((name) => /^\d+$/.test(name))
        .map(times)
        .filter((t) => t?.parent === pid)
        .reduce((sum, t) => sum + t!.own, self.ended)
    : 0;
  return (self.own + children) / 100;
}

interface Side {
  run(op: Op, lanes: number, ms: number): Promise<Round & { cpu: number | null }>;
}

const median = (numbers: number[]): number => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)]!;

function meter(pid: number, postmaster: number): () => number | null {
  const read = (): number | null => {
    const [own, database] = [cpuSeconds(pid, false), cpuSeconds(postmaster, true)];
    return own === null || database === null ? null : own + database;
  };
  const before = read();
  return () => {
    const after = read();
    return before === null || after === null ? null : after - before;
  };
}

function bareSide(child: ChildProcess, postmaster: number): Side {
  return {
    run: async (op, lanes, ms) => {
      child.send({ op, lanes, ms });
      await message(child);
      const used = meter(child.pid!, postmaster);
      const round = (await message(child)) as Round;
      return { ...round, cpu: used() };
    },
  };
}

function ourSide(child: ChildProcess, postmaster: number, load: ReturnType<typeof loadOf>): Side {
  return {
    run: async (op, lanes, ms) => {
      let used: () => number | null = () => null;
      const round = await load(op, lanes, ms, () => {
        used = meter(child.pid!, postmaster);
      });
      return { ...round, cpu: used() };
    },
  };
}

const message = (child: ChildProcess): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const ended = (): void => reject(new Error('a process of the bench ended'));
    child.once('exit', ended);
    child.once('message', (value) => {
      child.off('exit', ended);
      resolve(value);
    });
  });

/** Starts a child process with the Node options of this one: `npm run bench` has those of `npm start`. */
const role = (name: string, args: readonly string[], more: string[] = []): ChildProcess =>
  spawn(process.execPath, [...process.execArgv, ...more, fileURLToPath(import.meta.url), name, ...args], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });

async function compare(op: Op, lanes: number, ours: Side, plain: Side, print: (line: string) => void): Promise<void> {
  const rounds: { ratio: number; cpu: number | null; ours: Round; bare: Round }[] = [];
  for (let i = 0; i < ROUNDS; i++) {
    const b = await plain.run(op, lanes, ROUND_MS);
    const o = await ours.run(op, lanes, ROUND_MS);
    const ratio = o.count / o.seconds / (b.count / b.seconds);
    const cpu = o.cpu === null || b.cpu === null ? null : o.cpu / o.count / (b.cpu / b.count);
    rounds.push({ ratio, cpu, ours: { ...o }, bare: { ...b } });
    await sleep(200);
  }
  const of = (side: 'ours' | 'bare', what: (round: Round) => number): number =>
    median(rounds.map((r) => what(r[side])));
  const rate = (side: 'ours' | 'bare'): string => Math.round(of(side, (r) => r.count / r.seconds)).toLocaleString('en');
  const times = (side: 'ours' | 'bare'): string =>
    `p50 ${of(side, (r) => r.p50).toFixed(2)} p99 ${of(side, (r) => r.p99).toFixed(2)} ms`;
  const ratio = median(rounds.map((r) => r.ratio));
  const bar = bars[op][lanes]!;
  print(`vault ${op} at ${lanes}: ${ratio.toFixed(2)} of bare (bar ≥ ${bar}) ${ratio >= bar ? 'ok' : 'short'}`);
  print(`  ${rate('ours')}/s, ${times('ours')}; bare ${rate('bare')}/s, ${times('bare')}`);
  const cpus = rounds.flatMap((r) => r.cpu ?? []);
  if (cpus.length === 0) return print('  CPU is measured on Linux only');
  const cpu = median(cpus);
  const micro = (side: 'ours' | 'bare'): string =>
    median(rounds.map((r) => (((r[side] as Round & { cpu: number }).cpu ?? 0) / r[side].count) * 1e6)).toFixed(0);
  print(
    `vault ${op} at ${lanes}, CPU per request: ${cpu.toFixed(2)} × bare (bar ≤ ${CPU_BAR}) ${cpu <= CPU_BAR ? 'ok' : 'short'}`,
  );
  print(`  ${micro('ours')} µs; bare ${micro('bare')} µs`);
}

/** Number of write-ahead log files of 16 MB that are kept (`min_wal_size` of the embedded server). */
const WAL_FILES = partOf(64);

/** Makes the server create its write-ahead log files, and frees them for reuse by a checkpoint. */
async function makeWalFiles(url: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  for (let i = 0; i < WAL_FILES; i++) {
    await client.query("SELECT pg_logical_emit_message(true, 'sekisho', '')");
    await client.query('SELECT pg_switch_wal()');
  }
  await client.query('CHECKPOINT');
  await client.end();
}

export async function bench(print: (line: string) => void): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sekisho-bench-'));
  fs.chmodSync(folder, 0o711);
  const database = await startEmbedded(folder);
  const { host, user } = database.connection;
  const url = `postgres:///postgres?host=${encodeURIComponent(host as string)}&user=${user as string}`;
  const children: ChildProcess[] = [];
  try {
    const profile = process.env.BENCH_PROFILE ? ['--cpu-prof', `--cpu-prof-dir=${process.env.BENCH_PROFILE}`] : [];
    children.push(role('server', [folder, url], profile));
    const served = (await message(children[0]!)) as Served;
    children.push(role('bare', [url]));
    await message(children[1]!);
    const ours = ourSide(children[0]!, database.pid, loadOf(served));
    const plain = bareSide(children[1]!, database.pid);
    for (const side of [plain, ours]) for (const op of ['create', 'read'] as const) await side.run(op, 16, WARM_UP_MS);
    await makeWalFiles(url);
    for (const op of ['create', 'read'] as const) {
      for (const lanes of [8, 32]) await compare(op, lanes, ours, plain, print);
    }
  } finally {
    await Promise.all(
      children.map((child) => {
        const ended = new Promise((resolve) => child.once('exit', resolve));
        child.kill('SIGTERM');
        return child.exitCode === null ? ended : Promise.resolve();
      }),
    );
    await database.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

// Child process: this file again, with a role. It exits in order, so that a profile can be written.
if (process.send && (process.argv[2] === 'server' || process.argv[2] === 'bare')) {
  process.on('SIGTERM', () => process.exit(0));
  await (process.argv[2] === 'server' ? server(process.argv[3]!, process.argv[4]!) : bare(process.argv[3]!));
}
