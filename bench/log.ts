// The log at 0 and at 1,000,000 entries. The bare baseline inserts the same rows into an ordinary audit table with a primary key and the same index
// on the person, in the same batches of 16, with the same driver, alternating with ours; its texts are made in advance.

import { generateKeyPairSync } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Actor } from '../src/base/actor.ts';
import { newId } from '../src/base/id.ts';
import {
  append,
  consistency,
  entryText,
  integrate,
  logEntry,
  receiptOf,
  verify,
  vkeyOf,
  type LogEntry,
} from '../src/log/index.ts';
import {
  migrate,
  openDatabase,
  startEmbedded,
  textArray,
  timestampArray,
  uuidArray,
  type Database,
} from '../src/platform/database/index.ts';
import { partOf } from './sizes/part.ts';

const ENTRIES = partOf(1_000_000);
const many = ENTRIES.toLocaleString('en');
const BATCH = 16;
const TURNS = partOf(3_000);
const LOAD = 1_000;

const start = Date.parse('2026-11-24T00:00:00Z');
const system: Actor = { kind: 'system', id: newId(start), name: '', token: '', purposes: [], actions: [] };
const principals = Array.from({ length: 10_000 }, () => newId(start));
let made = 0;

/** The entry that a read through the checkpoint writes: about 400 bytes. */
const entryOf = (): LogEntry =>
  logEntry(start + made, system, 'people:use', {
    principal: principals[made++ % principals.length]!,
    purpose: 'contract-performance',
    items: ['name', 'e-mail', 'address'],
    decision: { answer: 'yes', because: ['APPI 18(1)', 'policy 13'], law: '2026-11-24' as never, policy: 3 },
    authority: ['system-within-its-purposes'],
  });

const batchOf = (n: number): LogEntry[] => Array.from({ length: n }, entryOf);

const appendBare = (app: Database, rows: readonly { entry: LogEntry; text: string }[]): Promise<unknown> =>
  app.transaction((tx) =>
    tx.query(
      `INSERT INTO bare_audit (id, at, action, actor, principal_id, entry)
       SELECT * FROM unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::text[], $5::uuid[], $6::text[])`,
      [
        uuidArray(rows.map((r) => r.entry.id)),
        timestampArray(rows.map((r) => Date.parse(r.entry.at))),
        textArray(rows.map((r) => r.entry.action)),
        textArray(rows.map((r) => r.entry.actor)),
        uuidArray(rows.map((r) => r.entry.principal ?? null)),
        textArray(rows.map((r) => r.text)),
      ],
    ),
  );

const createBare = `
  CREATE TABLE bare_audit (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, id uuid, at timestamptz, action text, actor text, principal_id uuid, entry text);
  CREATE INDEX ON bare_audit (principal_id, seq);
  GRANT SELECT, INSERT ON bare_audit TO sekisho_app`;

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

/** Milliseconds per batch, ours and bare alternating, so that other load on the machine affects both. Medians. */
async function appendTimes(app: Database): Promise<{ ours: number; bare: number }> {
  const ours: number[] = [];
  const bare: number[] = [];
  const ready = batchOf(BATCH).map((entry) => ({ entry, text: entryText(entry) }));
  for (let turn = 0; turn < TURNS; turn++) {
    const a = performance.now();
    await appendBare(app, ready);
    const b = performance.now();
    await app.transaction((tx) => append(tx, ...batchOf(BATCH)));
    bare.push(b - a);
    ours.push(performance.now() - b);
  }
  return { ours: median(ours), bare: median(bare) };
}

async function timesMs(count: number, work: (i: number) => Promise<unknown>): Promise<{ p50: number; p99: number }> {
  const times: number[] = [];
  for (let i = 0; i < count; i++) {
    const began = performance.now();
    await work(i);
    times.push(performance.now() - began);
  }
  times.sort((a, b) => a - b);
  return { p50: times[Math.floor(count * 0.5)]!, p99: times[Math.floor(count * 0.99)]! };
}

async function measure(app: Database, print: (line: string) => void): Promise<void> {
  const signer = { name: 'sekisho.example.jp/log', privateKey: generateKeyPairSync('ed25519').privateKey };
  const vkey = vkeyOf(signer);
  const bar = (name: string, value: number, digits: number, unit: string, text: string, ok: boolean): void =>
    print(`${name}: ${value.toFixed(digits)} ${unit} (bar ${text}) ${ok ? 'ok' : 'short'}`);

  const perSecond = (ms: number): string => `${Math.round((BATCH / ms) * 1_000)}/s`;

  await appendTimes(app);
  const atZero = await appendTimes(app);
  const cost = atZero.bare / atZero.ours;
  bar(
    'log append at 0, of bare PostgreSQL',
    cost,
    2,
    `× (${perSecond(atZero.ours)} in batches of ${BATCH})`,
    '≥ 0.60',
    cost >= 0.6,
  );

  const proved: string[] = [];
  let integrating = 0;
  let appended = 0;
  for (let loaded = made; loaded < ENTRIES; loaded += LOAD) {
    const entries = batchOf(LOAD);
    proved.push(entries[0]!.id);
    const began = performance.now();
    await app.transaction((tx) => append(tx, ...entries));
    const written = performance.now();
    await integrate(app, signer);
    appended += written - began;
    integrating += performance.now() - written;
  }
  await integrate(app, signer);
  const share = integrating / appended;
  const each = `× (${((integrating * 1_000) / ENTRIES).toFixed(0)} µs an entry)`;
  bar(`log integration, of appending the same in batches of ${LOAD}`, share, 2, each, '≤ 1', share <= 1);

  const atMillion = await appendTimes(app);
  const flat = atMillion.bare / atMillion.ours / cost;
  bar(`log append at ${many}, of that at 0`, flat, 2, `× (${perSecond(atMillion.ours)})`, '≥ 0.85', flat >= 0.85);
  await integrate(app, signer);

  const receipts = await timesMs(1_000, (i) => receiptOf(app, vkey, proved[(i * 7_919) % proved.length]!));
  bar(`log proof at ${many}`, receipts.p50, 2, `ms (p99 ${receipts.p99.toFixed(2)})`, '< 5', receipts.p50 < 5);
  const consistent = await timesMs(500, (i) => consistency(app, 1 + ((i * 104_729) % ENTRIES), ENTRIES));
  bar(
    `log consistency proof at ${many}`,
    consistent.p50,
    2,
    `ms (p99 ${consistent.p99.toFixed(2)})`,
    '< 5',
    consistent.p50 < 5,
  );

  const began = performance.now();
  const check = await verify(app, vkey);
  const seconds = (((performance.now() - began) / 1_000) * ENTRIES) / check.size;
  bar(`log full verification of ${many}`, seconds, 1, `s (${check.size} entries)`, '< 30', check.ok && seconds < 30);
}

export async function bench(print: (line: string) => void): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sekisho-bench-'));
  fs.chmodSync(folder, 0o711);
  const server = await startEmbedded(folder);
  const owner = openDatabase(server.connection, { most: 2 });
  try {
    await migrate(owner, path.resolve('migrations'));
    for (const statement of createBare.split(';')) await owner.query(statement, []);
    const app = openDatabase(server.connection, { role: 'sekisho_app' });
    await measure(app, print);
    await app.close();
  } finally {
    await owner.close();
    await server.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
