// The promises at scale. A look computes all of them, as happens every minute; measured beside 100,000 acquisitions, 100,000 readings in the log,
// 100,000 provisions with their records and consents, and 100,000 persons in the vault. Every row was made by the program and copied under other
// ids, which the copied entries name too. First everything is read anew; then one person is read between two looks. Bare baseline of the same run:
// the same looks with one row of each.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { assemble } from '../src/app.ts';
import { day } from '../src/base/day.ts';
import type { Outcome } from '../src/base/outcome.ts';
import { addFictionalStaff, type Access, type Room } from '../src/features/access/index.ts';
import { acquire } from '../src/features/acquisition/index.ts';
import { use } from '../src/features/checkpoint/index.ts';
import { recordConsent } from '../src/features/consent/actions/consents.ts';
import { startText, writeText } from '../src/features/consent/actions/texts.ts';
import { registerHolding } from '../src/features/ledger/index.ts';
import { evaluatePromises } from '../src/features/policy/index.ts';
import { provide } from '../src/features/provision/index.ts';
import { registerRecipient } from '../src/features/recipients/actions/recipient.ts';
import { openOffice, type Office, type Prover } from '../src/office.ts';
import { systemClock } from '../src/platform/clock.ts';
import { readConfig } from '../src/platform/config.ts';
import { openDatabase, startEmbedded, type Database } from '../src/platform/database/index.ts';
import { partOf } from './sizes/part.ts';

const ROWS = partOf(100_000);
const WARM = partOf(10);
const TURNS = partOf(25);
/** Stored rows must not make a look slower: more than 1.5 times the cost with one row would mean that everything is read again. */
const BAR = 1.5;
/** Bar for the first look after a start: a thirtieth of the minute until the next. */
const ANEW_BAR_MS = 2_000;
const items = ['name', 'email'];

const must = <T>(outcome: Outcome<T>): T => {
  if (outcome.ok) return outcome.value;
  throw new Error(JSON.stringify(outcome.problem));
};

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

/** CPU milliseconds used by a process and by those of its children that have ended; ticks are hundredths of a second. */
function cpuOf(pid: number): { own: number; ended: number; parent: number } {
  const fields = fs
    .readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ')
    .map(Number);
  const [own, ended] = [fields[11]! + fields[12]!, fields[13]! + fields[14]!];
  return { own: own * 10, ended: ended * 10, parent: fields[1]! };
}

/** CPU milliseconds used so far. Parallel workers have ended by then; their parent, the postmaster, counts their time. */
async function used(owner: Database): Promise<number> {
  const backends = (
    await owner.query<{ pid: number }>("SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend'", [])
  ).map(({ pid }) => cpuOf(pid));
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000 + backends.reduce((sum, { own }) => sum + own, cpuOf(backends[0]!.parent).ended);
}

/** CPU milliseconds that some work takes in this process and the database. */
async function milliseconds(owner: Database, work: () => Promise<unknown>): Promise<number> {
  const before = await used(owner);
  await work();
  return (await used(owner)) - before;
}

/** An office as it is after a start: no look has learned anything yet. */
interface Started {
  office: Office;
  access: Access;
  provers: readonly Prover[];
  close: () => Promise<void>;
}

interface Stage extends Started {
  owner: Database;
  start: () => Promise<Started>;
  /** Reads a person once. */
  read: () => Promise<unknown>;
  print: (line: string) => void;
}

/** Acquires, reads and provides one person as in production. Returns a function that reads them again. */
async function once(room: Room): Promise<() => Promise<unknown>> {
  const { office, access } = room;
  const member = { name: '関口 真理', email: 'officer@example.jp', password: 'tsuki-no-hikari-7' };
  const officer = await addFictionalStaff(access, { ...member, roles: ['officer'] });
  const actor = { kind: 'staff', id: officer, name: '', roles: ['officer'] } as const;
  const by = { actor, authority: [] };
  const company = { kind: 'corporation', name: '株式会社共同企画', address: '大阪府例示市中町2-3-4' };
  const party = { ...company, representative: '共同 太郎', country: 'JP', relations: ['third-party'] };
  const { id: recipient } = must(await registerRecipient(office, by, party));
  const { id: holding } = must(
    await registerHolding(room, by, {
      name: { ja: '会員', en: 'Members' },
      department: '営業部',
      manager: officer,
      purposes: ['P3'],
      items,
      place: '関所の保管庫',
      retention: { years: 3, from: '' },
      channels: ['web-form'],
      principals: ['customer'],
      access: '営業部',
    }),
  );
  const { code, version } = must(
    await writeText(office, by, {
      code: 'partner',
      kind: 'provision',
      name: { ja: '提供', en: 'Provision' },
      wording: { ja: '提供に同意します。' },
      purposes: ['P3'],
      holding,
      items,
      recipients: [recipient],
      abroad: false,
      shown: {},
    }),
  );
  must(await startText(office, by, { code, version, from: day('2026-01-01') }));
  const taken = must(
    await acquire(
      office,
      { actor, authority: [] },
      {
        holding,
        channel: 'web-form',
        source: 'principal',
        purposes: ['P3'],
        purposeIndicated: { placement: 'before-submit' },
        items: { name: '例示 花子', email: 'hanako@example.jp' },
      },
    ),
  );
  const { principal } = taken.record;
  must(
    await recordConsent(office, by, {
      principal,
      text: { code, version },
      language: 'ja',
      given: { on: office.clock.today(), at: null },
      givenBy: 'principal',
      representative: null,
      channel: 'web-form',
      method: 'web-form',
      note: null,
      evidence: '申込記録',
      shown: null,
    }),
  );
  const ask = { principal, holding, items, purpose: 'P3' };
  must(await use(office, { actor, authority: [] }, ask));
  must(await provide(office, { actor, authority: [] }, { ...ask, recipient, facts: { relation: 'third-party' } }));
  return async () => must(await use(office, { actor, authority: [] }, ask));
}

/** Adds everybody else: copies the rows of each table under many ids. */
async function multiply(owner: Database): Promise<void> {
  const again = (table: string, column: string, ids: string, set = ''): string[] => [
    `CREATE TEMP TABLE more AS SELECT r.*, i.id AS other FROM ${table} r, ${ids} i`,
    `UPDATE more SET ${column} = other${set}`,
    'ALTER TABLE more DROP COLUMN other',
    `INSERT INTO ${table} SELECT * FROM more`,
    'DROP TABLE more',
  ];
  const statements = [
    `CREATE TEMP TABLE ids AS SELECT gen_random_uuid() AS id FROM generate_series(1, ${ROWS})`,
    `INSERT INTO log_entries (id, at, action, actor, principal_id, entry)
     SELECT i.id, at, action, actor, i.id,
       replace(replace(replace(entry, principal_id::text, i.id::text), r.id::text, i.id::text),
         coalesce(entry::json->>'consent', r.id::text), i.id::text)
     FROM (SELECT DISTINCT ON (action) * FROM log_entries
       WHERE action IN ('people:acquire', 'people:use', 'people:provide', 'consent:record')) r, ids i`,
    // Each person was acquired once and read once: every reading is compared with its person's acquisitions, and these with their entries.
    ...again('acquisitions', 'id', 'ids', ', principal_id = other'),
    ...again('vault_principals', 'id', 'ids'),
    ...again('vault_records', 'principal_id', 'ids', ', email = NULL'),
    // Each was provided once, on a consent of their own.
    ...again('consents', 'id', 'ids', ', principal_id = other'),
    ...again('provisions', 'id', 'ids', ', attempt = NULL'),
    ...again('provision_records', 'provision_id', 'ids'),
    ...again('provision_people', 'provision_id', 'ids', ', principal_id = other, consent_id = other'),
  ];
  for (const statement of statements) await owner.query(statement, []);
  for (const table of [
    'log_entries',
    'acquisitions',
    'vault_records',
    'consents',
    'provisions',
    'provision_records',
    'provision_people',
  ])
    await owner.query(`VACUUM ANALYZE ${table}`, []);
}

const lookOf =
  ({ office, provers }: Started) =>
  async (): Promise<void> => {
    const states = await evaluatePromises(office, provers);
    if (!states || states.failed.length > 0) throw new Error(`provers failed: ${states?.failed.join(' ')}`);
  };

/** Median CPU milliseconds of a look, with one person read before each. */
async function eachLook(stage: Stage): Promise<number> {
  const look = lookOf(stage);
  for (let turn = 0; turn < WARM; turn++) await look();
  const took: number[] = [];
  for (let turn = 0; turn < TURNS; turn++) {
    await stage.read();
    took.push(await milliseconds(stage.owner, look));
  }
  return median(took);
}

async function looks(stage: Stage): Promise<void> {
  const { owner, print } = stage;
  const bare = await eachLook(stage);
  await multiply(owner);
  const anew = await stage.start();
  const first = await milliseconds(owner, lookOf(anew));
  await anew.close();
  print(
    `promises, ${ROWS} rows read anew: ${first.toFixed(0)} ms of CPU (bar ${ANEW_BAR_MS}) ${first < ANEW_BAR_MS ? 'ok' : 'short'}`,
  );
  const each = await eachLook(stage);
  const ratio = each / bare;
  print(
    `promises, ${ROWS} rows, one read since: ${each.toFixed(0)} ms of CPU, ${ratio.toFixed(2)} of a look with one row (bar ${BAR}) ${ratio < BAR ? 'ok' : 'short'}`,
  );
}

export async function bench(print: (line: string) => void): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sekisho-bench-'));
  fs.chmodSync(folder, 0o711);
  const root = path.resolve('.');
  const server = await startEmbedded(folder);
  const { host, user } = server.connection;
  const owner = openDatabase(server.connection, { most: 1 });
  const url = `postgres:///${server.connection.database}?host=${encodeURIComponent(host!)}&user=${user}`;
  const settings = { SEKISHO_DATA: path.join(folder, 'office'), DATABASE_URL: url };
  // Assembled but not opened: the program's own looks would come in between.
  const start = async (): Promise<Started> => {
    const { office, close: closeOffice } = await openOffice(
      readConfig(settings, { dataFolder: folder }),
      systemClock,
      root,
    );
    const { access, provers, close } = await assemble(office, { root, report: (line) => print(`# ${line}`) });
    return { office, access, provers, close: () => close().then(closeOffice) };
  };
  const first = await start();
  try {
    // Autovacuum workers are children of the same parent as the backends that are counted.
    await owner.query('ALTER SYSTEM SET autovacuum = off', []);
    await owner.query('SELECT pg_reload_conf()', []);
    await looks({ ...first, owner, start, read: await once(first), print });
  } finally {
    await first.close();
    await owner.close();
    await server.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
