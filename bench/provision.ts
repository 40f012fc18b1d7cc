// Provision of many persons: screening 1,000,000 for one provision, writing the records of 100,000, and preparing a package of 20,000 from sealed
// records to the encrypted file. Persons who are only screened are rows of realistic size and number with random bytes in place of sealed data, as
// nothing of them is opened; those of the package are sealed as in production. Bare baselines of the same run: only the join of holding and
// consents, and an INSERT … SELECT of the same rows into a table with the same key and index.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { openApp } from '../src/app.ts';
import type { Actor } from '../src/base/actor.ts';
import { day } from '../src/base/day.ts';
import { newId } from '../src/base/id.ts';
import type { Outcome } from '../src/base/outcome.ts';
import { addFictionalStaff } from '../src/features/access/index.ts';
import { startText, writeText } from '../src/features/consent/actions/texts.ts';
import { registerHolding } from '../src/features/ledger/index.ts';
import { packageFile } from '../src/features/provision/actions/file.ts';
import {
  approvePackage,
  draftPackage,
  requestPackage,
  screenPackage,
} from '../src/features/provision/actions/packages.ts';
import { prepareNext } from '../src/features/provision/actions/prepare.ts';
import { admitted } from '../src/features/provision/facts.ts';
import { release } from '../src/features/provision/store/parts.ts';
import { PART_PEOPLE } from '../src/features/provision/store/screening.ts';
import type { ProvisionRow, RecordRow } from '../src/features/provision/tables.ts';
import { registerRecipient } from '../src/features/recipients/actions/recipient.ts';
import { openOffice, type Office } from '../src/office.ts';
import { systemClock } from '../src/platform/clock.ts';
import { readConfig } from '../src/platform/config.ts';
import { openDatabase, startEmbedded, type Database } from '../src/platform/database/index.ts';
import { runParts } from '../src/platform/statement.ts';
import { admitAll, creating, seal } from '../src/vault/index.ts';
import { mint } from '../src/vault/permit.ts';
import { partOf } from './sizes/part.ts';

const SCREENED = partOf(1_000_000);
const RECORDED = partOf(100_000);
const PACKED = partOf(20_000, 1_000);
const TURNS = partOf(3);
const SCREENING_BAR_S = 3;
const WRITING_BAR = 20_000;
const itemCodes = ['name', 'email', 'address'];

const must = <T>(outcome: Outcome<T>): T => {
  if (outcome.ok) return outcome.value;
  throw new Error(JSON.stringify(outcome.problem));
};

const staff = (id: string, role: 'officer' | 'handler'): Actor => ({ kind: 'staff', id, name: role, roles: [role] });
const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1_000;
}

interface Stage {
  office: Office;
  owner: Database;
  officer: string;
  recipient: string;
  print: (line: string) => void;
}

/** Makes a holding, and the text with which its persons consent to the recipient. Returns their ids. */
async function holdingOf(
  { office, officer, recipient }: Stage,
  ledger: Parameters<typeof registerHolding>[0],
  name: string,
) {
  const by = { actor: staff(officer, 'officer'), authority: [] };
  const { id: holding } = must(
    await registerHolding(ledger, by, {
      name: { ja: name, en: name },
      department: '営業部',
      manager: officer,
      purposes: ['P3'],
      items: itemCodes,
      place: '関所の保管庫',
      retention: { years: 3, from: '' },
      channels: ['web-form'],
      principals: ['customer'],
      access: '営業部',
    }),
  );
  const text = must(
    await writeText(office, by, {
      code: name,
      kind: 'provision',
      name: { ja: '提供', en: 'Provision' },
      wording: { ja: '提供に同意します。' },
      purposes: ['P3'],
      holding,
      items: itemCodes,
      recipients: [recipient],
      abroad: false,
      shown: {},
    }),
  );
  must(await startText(office, by, { code: text.code, version: text.version, from: day('2026-01-01') }));
  return { holding, text: text.id };
}

const consentsOf = (holding: string, text: string): string =>
  `INSERT INTO consents (id, principal_id, text_id, language, given_on, given_by, channel, method, at, by_actor, noted, evidenced, sealed)
   SELECT gen_random_uuid(), principal_id, '${text}', 'ja', date '2026-01-01' + (random() * 300)::int,
          CASE WHEN random() < 0.01 THEN 'uncertain-child' ELSE 'principal' END, 'web-form', 'web-form', now(), 'sekisho', false, true,
          decode(repeat(md5(principal_id::text), 3), 'hex')
   FROM vault_records WHERE holding_id = '${holding}'`;

/** A million persons who consented, of whom a twentieth withdrew and three in ten objected. */
async function fill({ owner }: Stage, holding: string, text: string): Promise<void> {
  const statements = [
    `INSERT INTO vault_principals SELECT gen_random_uuid(), 1, decode(repeat(md5(i::text), 4), 'hex'), now() FROM generate_series(1, ${SCREENED}) i`,
    `INSERT INTO vault_records (principal_id, holding_id, version, items, sealed, digests, purposes, created_at, updated_at)
     SELECT id, '${holding}', 1, '{name,email,address}', decode(repeat(md5(id::text), 12), 'hex'), '{}', '{P3}', now(), now() FROM vault_principals`,
    consentsOf(holding, text),
    `INSERT INTO consent_withdrawals (consent_id, entry_id, principal_id, on_day, at, by_actor, evidenced)
     SELECT id, gen_random_uuid(), principal_id, '2026-11-01', now(), 'sekisho', false FROM consents WHERE random() < 0.05`,
    `INSERT INTO consent_objections (id, principal_id, scope, on_day, at, by_actor, evidenced)
     SELECT gen_random_uuid(), principal_id, 'provision', '2026-11-01', now(), 'sekisho', false FROM consents WHERE random() < 0.3`,
    'VACUUM ANALYZE vault_records',
    'VACUUM ANALYZE consents',
    'VACUUM ANALYZE consent_withdrawals',
    'VACUUM ANALYZE consent_objections',
  ];
  for (const statement of statements) await owner.query(statement, []);
}

async function screening(stage: Stage, holding: string, text: string): Promise<void> {
  const { office, officer, recipient, print } = stage;
  const by = { actor: staff(officer, 'officer'), authority: [] };
  const ask = {
    holding,
    items: itemCodes,
    purpose: 'P3',
    recipient,
    everybody: true,
    facts: { relation: 'third-party' as const },
  };
  const { id } = must(await draftPackage(office, by, ask));
  const ours: number[] = [];
  const bare: number[] = [];
  let people = 0;
  for (let turn = 0; turn < TURNS; turn++) {
    bare.push(
      await seconds(() =>
        office.database.query(
          `SELECT count(*) FROM vault_records r JOIN consents c ON c.principal_id = r.principal_id
           WHERE r.holding_id = $1 AND c.text_id = $2`,
          [holding, text],
        ),
      ),
    );
    ours.push(await seconds(async () => (people = admitted(must(await screenPackage(office, by, id)).screening!))));
  }
  const s = median(ours);
  if (people < SCREENED * 0.6 || people > SCREENED * 0.7) throw new Error(`${people} were let in`);
  print(
    `provision screening of ${SCREENED} persons: ${s.toFixed(2)} s (bar < ${SCREENING_BAR_S}; ${(s / median(bare)).toFixed(1)} times the bare join, ${median(bare).toFixed(2)} s) ${s < SCREENING_BAR_S ? 'ok' : 'short'}`,
  );
}

/** A package of a holding's first 100,000 persons, with its parts in place. Returns its id. */
async function parted({ owner, officer, recipient }: Stage, holding: string): Promise<string> {
  const id = newId(Date.now());
  await owner.query(
    `INSERT INTO packages (id, made_at, made_by, holding_id, purpose, items, recipient_id, facts, everybody, state, state_at, state_by)
     VALUES ($1, now(), 'sekisho', $2, 'P3', '{name,email,address}', $3, '{}', true, 'cancelled', now(), $4)`,
    [id, holding, recipient, `staff:${officer}`],
  );
  await owner.query(
    `INSERT INTO package_parts (package_id, part, principals, entries, classes, consents, sealed)
     SELECT $1, n / ${PART_PEOPLE}, array_agg(principal_id), array_agg(gen_random_uuid()), array_agg(0::smallint),
            array_agg(consent_id), '' FROM (
       SELECT principal_id, id AS consent_id, (row_number() OVER () - 1)::int AS n FROM consents LIMIT ${RECORDED}) AS those GROUP BY 2`,
    [id],
  );
  return id;
}

async function writing(stage: Stage, holding: string): Promise<void> {
  const { office, owner, officer, recipient, print } = stage;
  await owner.query(`CREATE TABLE bare_people (LIKE provision_people, PRIMARY KEY (principal_id, provision_id))`, []);
  await owner.query('CREATE INDEX ON bare_people (provision_id)', []);
  const ours: number[] = [];
  const bare: number[] = [];
  for (let turn = 0; turn < TURNS; turn++) {
    const id = await parted(stage, holding);
    const row: ProvisionRow = {
      id: newId(Date.now()),
      at: new Date(),
      by_actor: `staff:${officer}`,
      holding_id: holding,
      purpose: 'P3',
      items: itemCodes,
      relation: 'third-party',
      recipient_id: recipient,
      recipient: {},
      joint_use_id: null,
      facts: {},
      finding: { answer: 'yes', because: [] as never, duties: [] },
      law_version: day('2026-11-24'),
      policy_version: 1,
      people: RECORDED,
      attempt: null,
      attempt_digest: null,
      package_id: id,
      referenced: [],
      sealed: null,
    };
    const record: RecordRow = {
      provision_id: row.id,
      made_on: day('2026-11-26'),
      mode: 'each',
      consent_obtained: true,
      provided_on: null,
      recipient_name: '株式会社共同企画',
      recipient_address: '大阪府例示市中町2-3-4',
      recipient_representative: '共同 太郎',
      items: itemCodes,
      keep_until: day('2029-11-26'),
    };
    ours.push(
      await seconds(() =>
        office.database.transaction(async (tx) => {
          if ((await release(tx, id, [{ class: 0, row, record }])) !== RECORDED)
            throw new Error('not all were written');
        }),
      ),
    );
    bare.push(
      await seconds(() =>
        owner.query('INSERT INTO bare_people SELECT * FROM provision_people WHERE provision_id = $1', [row.id]),
      ),
    );
  }
  const rate = RECORDED / median(ours);
  print(
    `provision records of ${RECORDED} persons written: ${Math.round(rate)} /s (bar >= ${WRITING_BAR}; ${(median(bare) / median(ours)).toFixed(2)} of a bare INSERT … SELECT, ${Math.round(RECORDED / median(bare))} /s) ${rate >= WRITING_BAR ? 'ok' : 'short'}`,
  );
}

/** Persons sealed as in production, all of whom consented. */
async function sealed({ office, owner }: Stage, holding: string, text: string): Promise<void> {
  const now = Date.now();
  for (let done = 0; done < PACKED; done += 1_000) {
    const people = Array.from({ length: 1_000 }, (_, i) => {
      const principal = newId(now);
      const items = {
        name: `例示 ${done + i}`,
        email: `p${done + i}@example.jp`,
        address: '東京都中央区例示町1-1-1 例示ビル15階',
      };
      const permit = mint({
        decision: principal,
        act: 'acquire',
        principals: [principal],
        holding,
        items: itemCodes,
        purposes: ['P3'],
        until: now + 60_000,
      });
      return { principal, person: seal(office.vault, { permit, principal, holding, items, now }) };
    });
    await runParts(
      office.database,
      'bench.seal',
      [admitAll(people.map((one) => one.principal)), creating(people.map((one) => one.person))],
      'SELECT count(*) FROM effected',
    );
  }
  await owner.query(consentsOf(holding, text), []);
  await owner.query('VACUUM ANALYZE vault_records', []);
}

async function packing({ office, officer, recipient, print }: Stage, holding: string): Promise<void> {
  const ask = {
    holding,
    items: itemCodes,
    purpose: 'P3',
    recipient,
    everybody: true,
    facts: { relation: 'third-party' as const },
  };
  const by = { actor: staff(newId(0), 'handler'), authority: [] };
  const { id } = must(await draftPackage(office, by, ask));
  must(await requestPackage(office, by, id));
  must(await approvePackage(office, { actor: staff(officer, 'officer'), authority: [] }, id));
  const s = await seconds(async () => {
    while (await prepareNext(office));
  });
  print(`provision package of ${PACKED} prepared, each reading logged: ${Math.round(PACKED / s)} persons/s`);
  let bytes = 0;
  const file = await seconds(async () => {
    const { body } = must(await packageFile(office, { actor: staff(officer, 'officer'), authority: [] }, id));
    for await (const chunk of body) bytes += chunk.length;
  });
  print(`provision file of ${PACKED} provided with its records and encrypted: ${(bytes / 1e6 / file).toFixed(1)} MB/s`);
}

export async function bench(print: (line: string) => void): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sekisho-bench-'));
  fs.chmodSync(folder, 0o711);
  const root = path.resolve('.');
  const server = await startEmbedded(folder);
  const { host, user } = server.connection;
  const owner = openDatabase(server.connection, { most: 2 });
  const url = `postgres:///${server.connection.database}?host=${encodeURIComponent(host!)}&user=${user}`;
  const settings = { SEKISHO_DATA: path.join(folder, 'office'), DATABASE_URL: url };
  const opened = await openOffice(readConfig(settings, { dataFolder: folder }), systemClock, root);
  const { office } = opened;
  try {
    const app = await openApp(office, { root, report: (line) => print(`# ${line}`) });
    const officer = await addFictionalStaff(app.access, {
      name: '関口 真理',
      email: 'officer@example.jp',
      roles: ['officer'],
      password: 'tsuki-no-hikari-7',
    });
    const publicKey = await identityToRecipient(await generateX25519Identity());
    const by = { actor: staff(officer, 'officer'), authority: [] };
    const { id: recipient } = must(
      await registerRecipient(office, by, {
        kind: 'corporation',
        name: '株式会社共同企画',
        address: '大阪府例示市中町2-3-4',
        representative: '共同 太郎',
        country: 'JP',
        relations: ['third-party'],
        publicKey,
      }),
    );
    const stage: Stage = { office, owner, officer, recipient, print };
    const many = await holdingOf(stage, app, 'members');
    const few = await holdingOf(stage, app, 'readers');
    // The program's own rounds would prepare packages and compute promises in between.
    await app.close();
    await fill(stage, many.holding, many.text);
    await screening(stage, many.holding, many.text);
    await writing(stage, many.holding);
    await sealed(stage, few.holding, few.text);
    await packing(stage, few.holding);
  } finally {
    await opened.close();
    await owner.close();
    await server.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
