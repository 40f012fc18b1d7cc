// The desk at scale, through the gate and the database of a real office. Beside 20,000 closed requests: the board of 1,000 open ones as a clerk
// loads it in the morning, the same as a calendar, and the report of a month. Then finding one person in a vault of 1,000,000 and collecting what
// is held about them, with records of provision and of receipt. The persons who ask are acquired as in production; the others are rows of realistic
// size and number with random bytes in place of sealed data and digests. Bare baseline of the same run: the same rows read by their keys, and one
// row written.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openApp, type App } from '../src/app.ts';
import { addDays, addMonths, type Day } from '../src/base/day.ts';
import { newId } from '../src/base/id.ts';
import type { Outcome } from '../src/base/outcome.ts';
import { addFictionalStaff, type By } from '../src/features/access/index.ts';
import { sessionCookie } from '../src/features/access/actions/gate.ts';
import { signIn } from '../src/features/access/actions/sign-in.ts';
import { acquire } from '../src/features/acquisition/index.ts';
import type { Case } from '../src/features/desk/actions/cases.ts';
import { collect, specify } from '../src/features/desk/actions/collect.ts';
import { identify, receivePapers } from '../src/features/desk/actions/receive.ts';
import { deskDays, openDaysAfter } from '../src/features/desk/facts/clocks.ts';
import { kinds } from '../src/features/desk/facts/kind.ts';
import { registerRequest } from '../src/features/desk/index.ts';
import { registerHolding } from '../src/features/ledger/index.ts';
import { openOffice, type Office } from '../src/office.ts';
import { systemClock } from '../src/platform/clock.ts';
import { readConfig } from '../src/platform/config.ts';
import { openDatabase, startEmbedded, type Database } from '../src/platform/database/index.ts';
import { partOf } from './sizes/part.ts';
import type { Room } from '../src/features/access/index.ts';

const OPEN = partOf(1_000);
const CLOSED = partOf(20_000);
const VAULT = partOf(1_000_000);
const PERSONS = partOf(60, 2);
const TURNS = partOf(15);
const BAR_MS = 300;
const COLLECT_BAR_MS = 1_000;
const person = { email: 'desk@example.jp', password: 'tsuki-no-hikari-7' };
const by = { actor: { kind: 'sekisho' }, authority: [] } as const;
const itemCodes = ['name', 'name_kana', 'email', 'phone', 'address'];

const must = <T>(outcome: Outcome<T>): T => {
  if (outcome.ok) return outcome.value;
  throw new Error(JSON.stringify(outcome.problem));
};

/** The value below which the fraction `part` of the values lies. */
const quantile = (values: readonly number[], part: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))]!;

interface Stage {
  office: Office;
  owner: Database;
  desk: Room;
  holding: string;
  /** Who finds and collects, with the authority of a clerk. */
  clerk: By;
  print: (line: string) => void;
}

async function register(desk: Room, n: number, kind: (typeof kinds)[number], arrivedOn: Day): Promise<Case> {
  const sender = { name: `例示 ${n}`, address: '東京都中央区例示町1-1', email: '' };
  const letter = { scope: 'customer', channel: 'letter', lang: 'ja', says: '', another: true } as const;
  return must(await registerRequest(desk, by, { ...letter, kind, arrivedOn, sender })).case;
}

/** Closed requests over two years, each with the seven events of an answered request. */
async function fillClosed({ owner, desk, office }: Stage): Promise<void> {
  const today = office.clock.today();
  const happened: [string, number, object][] = [
    [
      'registered',
      0,
      { kind: 'consultation', scope: 'customer', channel: 'letter', lang: 'ja', feeYen: 0, form: false },
    ],
    ['assigned', 1, { to: newId(0) }],
    ['extended', 2, { until: addDays(today, 30) }],
    ['decided', 8, { result: 'answered', facts: {}, finding: null }],
    ['notified', 9, { by: 'post', documents: ['answer'] }],
    ['delivered', 9, { by: 'post' }],
    ['closed', 10, {}],
  ];
  // One transaction, because the promises are computed meanwhile and a request never exists without its events.
  await owner.transaction(async (tx) => {
    await tx.query(
      `INSERT INTO requests (id, year, serial, kind, scope, arrived_on, registered_at, by_actor, last, state, stage, closed_on)
       SELECT gen_random_uuid(), 2000, i, 'consultation', 'customer', $1::date - (i % 700) - 20, now(), 'sekisho', 7, 'closed', 'closed',
              $1::date - (i % 700) - 20 + 10
       FROM generate_series(1, ${CLOSED}) i`,
      [today],
    );
    for (const [i, [event, after, data]] of happened.entries()) {
      await tx.query(
        `INSERT INTO request_events (request_id, no, event, on_day, at, by_actor, data, entry_id)
         SELECT id, $1, $2, arrived_on + $3::int, now(), 'sekisho',
                $4::jsonb || CASE $2 WHEN 'registered' THEN jsonb_build_object('arrivedOn', arrived_on) ELSE '{}' END, gen_random_uuid()
         FROM requests WHERE year = 2000`,
        [i + 1, event, after, JSON.stringify(data)],
      );
    }
  });
  for (let i = 0; i < OPEN; i++) await register(desk, i, kinds[i % kinds.length]!, addDays(today, -(i % 30)));
  for (const table of ['requests', 'request_events']) await owner.query(`VACUUM ANALYZE ${table}`, []);
}

async function pages({ office, print }: Stage, app: App): Promise<void> {
  const signed = must(await signIn(app.access, person, '127.0.0.1'));
  const cookie = sessionCookie(app.access, signed.token).split(';')[0]!;
  const today = office.clock.today();
  const month = addMonths(today, -1).slice(0, 7);
  // The first thing due of the newest request: at the turn of the year, the desk is closed for days and nothing is due in the week of today.
  const due = openDaysAfter(today, deskDays.acknowledgement)!;
  const shown: [string, string, string][] = [
    ['board', '/desk', 'R-'],
    ['calendar', `/desk?view=calendar&month=${due.slice(0, 7)}`, 'R-'],
    ['week', `/desk?view=calendar&week=${due}`, 'R-'],
    [`report of a month, ${CLOSED} closed`, `/desk/report?month=${month}`, 'panel'],
  ];
  for (const [name, at, sign] of shown) {
    const took: number[] = [];
    for (let turn = 0; turn < TURNS; turn++) {
      const began = performance.now();
      const answer = await app.fetch(new Request(`${office.config.publicUrl}${at}`, { headers: { cookie } }));
      const text = await answer.text();
      took.push(performance.now() - began);
      if (answer.status !== 200 || !text.includes(sign)) throw new Error(`the ${name} does not show the requests`);
    }
    const ms = quantile(took, 0.5);
    print(`desk ${name}, ${OPEN} open: ${ms.toFixed(0)} ms (bar ${BAR_MS}) ${ms < BAR_MS ? 'ok' : 'short'}`);
  }
}

/** A million other persons, each kept in the holding, acquired once and provided once. */
async function fillVault({ owner, holding }: Stage): Promise<void> {
  const digest = (what: string): string => `decode(md5(id::text || '${what}'), 'hex')`;
  const provisions = Array.from({ length: 4 }, () => newId(Date.now()));
  const statements = [
    "SET maintenance_work_mem = '1GB'",
    'SET synchronous_commit = off',
    'DROP INDEX vault_records_digests, vault_records_email',
    // Ids increase with time, like those that the program makes.
    `INSERT INTO vault_principals SELECT ('01890000-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid, 1, decode(repeat(md5(i::text), 4), 'hex'), now()
     FROM generate_series(1, ${VAULT}) i`,
    `INSERT INTO vault_records (principal_id, holding_id, version, items, sealed, email, digests, created_at, updated_at)
     SELECT id, '${holding}', 1, '{${itemCodes.join()}}', decode(repeat(md5(id::text), 12), 'hex'), ${digest('e')},
            ARRAY[${['e', 'n', 'k', 'p'].map(digest).join()}], now(), now() FROM vault_principals`,
    'CREATE UNIQUE INDEX vault_records_email ON vault_records (holding_id, email) WHERE email IS NOT NULL',
    'CREATE INDEX vault_records_digests ON vault_records USING gin (digests) WITH (fastupdate = on, gin_pending_list_limit = 256)',
    `INSERT INTO acquisitions (id, principal_id, holding_id, at, actor, channel, source, purposes, items, because, duties, law_version, policy_version)
     SELECT id, id, '${holding}', now(), 'sekisho', 'oral', 'principal', '{P1}', '{${itemCodes.join()}}', '{APPI 20(1)}', '[]',
            '2026-11-24', 1 FROM vault_principals`,
    ...provisions.flatMap((id) => [
      `INSERT INTO provisions (id, at, by_actor, holding_id, purpose, items, relation, recipient, facts, finding, law_version, policy_version, people)
       VALUES ('${id}', now(), 'sekisho', '${holding}', 'P1', '{name,address}', 'third-party', '{"country": "JP"}', '{}',
               '{"answer": "yes", "because": [], "duties": []}', '2026-11-24', 1, ${VAULT / 4})`,
      `INSERT INTO provision_records (provision_id, made_on, mode, consent_obtained, recipient_name, recipient_address, items, keep_until)
       VALUES ('${id}', '2026-11-01', 'each', true, '株式会社共同企画', '大阪府例示市中町2-3-4', '{name,address}', '2029-11-01')`,
    ]),
    `INSERT INTO provision_people (principal_id, provision_id, entry_id)
     SELECT id, ('{${provisions.join()}}'::uuid[])[1 + get_byte(uuid_send(id), 15) % 4], gen_random_uuid() FROM vault_principals`,
    ...['vault_records', 'vault_principals', 'acquisitions', 'provision_people'].map(
      (table) => `VACUUM ANALYZE ${table}`,
    ),
  ];
  for (const statement of statements) await owner.query(statement, []);
}

interface Somebody {
  name: string;
  email: string;
  principal: string;
}

/** Persons acquired as in production, received once more from somebody else, and included in every provision. */
async function somebodies({ office, owner, holding }: Stage): Promise<Somebody[]> {
  const people: Somebody[] = [];
  for (let i = 0; i < PERSONS; i++) {
    const name = `特定 ${String.fromCodePoint(0x4e00 + i)}子`;
    const email = `found-${i}@example.jp`;
    const { record } = must(
      await acquire(office, by, {
        holding,
        channel: 'oral',
        source: 'principal',
        purposes: ['P1'],
        items: { name, name_kana: 'トクテイ', email, phone: `03-0000-${1_000 + i}`, address: '東京都例示区1-2-3' },
      }),
    );
    people.push({ name, email, principal: record.principal });
  }
  const ids = people.map(({ principal }) => principal);
  await owner.query(
    `INSERT INTO acquisitions (id, principal_id, holding_id, at, actor, channel, source, purposes, items, receipt, because, duties, law_version,
       policy_version, keep_until)
     SELECT gen_random_uuid(), p, '${holding}', now(), 'sekisho', 'indirect', 'third-party', '{P1}', '{name}',
       '{"provider": {"name": "株式会社例示名簿", "address": "東京都例示区1-1"}, "howAcquired": "名簿", "basis": "consent"}',
       '{APPI 30(1)}', '[{"do": "record-receipt", "keepUntil": "2029-11-24"}]', '2026-11-24', 1, '2029-11-24' FROM unnest($1::uuid[]) AS p`,
    [ids],
  );
  await owner.query(
    `INSERT INTO provision_people (principal_id, provision_id, entry_id)
     SELECT p, v.id, gen_random_uuid() FROM unnest($1::uuid[]) AS p, provisions v ON CONFLICT DO NOTHING`,
    [ids],
  );
  return people;
}

/** A request from a person whose identity has been verified. */
async function identified({ desk, office }: Stage, n: number): Promise<Case> {
  const on = office.clock.today();
  let one = await register(desk, OPEN + n, n % 2 === 0 ? 'disclosure' : 'record-disclosure', on);
  const { id } = one.row;
  const papers = { on, form: 'right', registeredMail: null, method: 'paper', unreadable: false } as const;
  one = must(await receivePapers(desk, by, id, { seen: 1 }, { ...papers, feeYen: one.request.fee.due }));
  return must(
    await identify(
      desk,
      by,
      id,
      { seen: 2 },
      {
        on,
        requester: 'principal',
        represents: null,
        documents: ['passport'],
        authority: [],
        checked: ['name', 'address', 'valid'],
        numbersCovered: true,
      },
    ),
  );
}

async function collecting(stage: Stage): Promise<void> {
  const { desk, owner, office, holding, clerk, print } = stage;
  const people = await somebodies(stage);
  await owner.query('CREATE TABLE bare_events (id uuid PRIMARY KEY, data jsonb NOT NULL)', []);
  await owner.query('GRANT INSERT ON bare_events TO sekisho_app', []);
  const ours: number[] = [];
  const bare: number[] = [];
  for (const [n, { name, email, principal }] of people.entries()) {
    const request = await identified(stage, n);
    const { id } = request.row;
    const began = performance.now();
    const terms = [
      { kind: 'name', term: name },
      { kind: 'email', term: email },
    ] as const;
    const step = { seen: request.request.last };
    // Matches are shown and one is chosen, which searches again.
    if ((await specify(desk, clerk, id, step, { terms, principals: [] })).ok) throw new Error('somebody was guessed');
    const found = must(await specify(desk, clerk, id, step, { terms, principals: [principal] }));
    const { request: done } = must(await collect(desk, clerk, id, { seen: found.request.last }));
    ours.push(performance.now() - began);
    if (
      done.specified?.principals[0] !== principal ||
      done.collected?.provisions !== 4 ||
      done.collected.receipts !== 1
    )
      throw new Error('not all about the person was collected');
    const again = performance.now();
    const { database } = office;
    await database.query('SELECT * FROM vault_records WHERE principal_id = $1 AND holding_id = $2', [
      principal,
      holding,
    ]);
    await database.query('SELECT * FROM acquisitions WHERE principal_id = $1', [principal]);
    await database.query(
      'SELECT * FROM provision_people w JOIN provisions p ON p.id = w.provision_id WHERE w.principal_id = $1',
      [principal],
    );
    await database.query("INSERT INTO bare_events VALUES (gen_random_uuid(), '{}')", []);
    bare.push(performance.now() - again);
  }
  const p50 = quantile(ours, 0.5);
  const p99 = quantile(ours, 0.99);
  print(
    `desk finding and collecting one of ${VAULT} persons: p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms over ${PERSONS} (bar ${COLLECT_BAR_MS}; ${(p50 / quantile(bare, 0.5)).toFixed(1)} times the bare reads and write, ${quantile(bare, 0.5).toFixed(1)} ms) ${p99 < COLLECT_BAR_MS ? 'ok' : 'short'}`,
  );
}

export async function bench(print: (line: string) => void): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sekisho-bench-desk-'));
  fs.chmodSync(folder, 0o711);
  const root = path.resolve('.');
  const server = await startEmbedded(folder);
  const { host, user } = server.connection;
  const owner = openDatabase(server.connection, { most: 1 });
  const url = `postgres:///${server.connection.database}?host=${encodeURIComponent(host!)}&user=${user}`;
  const settings = { SEKISHO_DATA: path.join(folder, 'office'), DATABASE_URL: url };
  const opened = await openOffice(readConfig(settings, { dataFolder: folder }), systemClock, root);
  const { office } = opened;
  try {
    const app = await openApp(office, { root, report: (line) => print(`# ${line}`) });
    const manager = await addFictionalStaff(app.access, { name: '佐伯 健', roles: ['desk'], ...person });
    const clerk: By = { actor: { kind: 'staff', id: manager, name: '佐伯 健', roles: ['desk'] }, authority: [] };
    const { id: holding } = must(
      await registerHolding(app, by, {
        name: { ja: '会員台帳', en: 'Members' },
        department: '営業部',
        manager,
        purposes: ['P1'],
        items: itemCodes,
        place: '関所の保管庫',
        retention: { years: 3, from: '' },
        channels: ['oral', 'indirect'],
        principals: ['customer'],
        access: '営業部',
      }),
    );
    const desk = { office, access: app.access };
    const stage: Stage = { office, owner, desk, holding, clerk, print };
    await fillClosed(stage);
    await pages(stage, app);
    // The program's own background rounds would compute promises in between.
    await app.close();
    await fillVault(stage);
    await collecting(stage);
  } finally {
    await opened.close();
    await owner.close();
    await server.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
