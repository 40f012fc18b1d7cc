// The ledger on a real database with the example policy, and a real directory, vault and log: what is refused, what two clerks do to each other, what
// the history keeps, and what the promises say.

import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../tests/house.ts';
import { openTestCheckpoint } from '../../../tests/people.ts';
import type { Outcome } from '../../base/outcome.ts';
import { canonical, listEntries, type Json, type LogEntry } from '../../log/index.ts';
import { equip, type Office } from '../../office.ts';
import { standingClock } from '../../platform/clock.ts';
import { readConfig } from '../../platform/config.ts';
import { addFictionalStaff, loadAccessPolicies, openAccess, type By, type Room } from '../access/index.ts';
import { acquire, type AcquireRequest } from '../acquisition/index.ts';
import { loadFirstPolicy } from '../policy/index.ts';
import { changeHolding, history, holding, holdings, registerHolding, retireHolding } from './actions.ts';
import { readNumber, retentionText, type Holding, type HoldingInput } from './facts.ts';
import { ledgerProvers } from './promises.ts';

const clock = standingClock('2026-11-24T09:00:00+09:00');
let db: TestDatabase;
let folder: string;
let office: Office;
let room: Room;
let tajima: string;
let hara: string;
let by: By;

beforeAll(async () => {
  db = await testDatabase();
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'sekisho-ledger-'));
  office = await equip(readConfig({}, { dataFolder: folder }), clock, db.app);
  await loadFirstPolicy(office, 'policies/example');
  const access = await openAccess(office, await loadAccessPolicies('policies/access.cedar'));
  room = { office, access };
  const person = (name: string, email: string) =>
    addFictionalStaff(access, { name, email, roles: ['officer'], password: 'correct horse battery' });
  tajima = await person('田島 修', 'tajima@example.jp');
  hara = await person('原 直子', 'hara@example.jp');
  by = { actor: { kind: 'staff', id: tajima, name: '田島 修', roles: ['officer'] }, authority: ['officer-all-work'] };
});
afterAll(async () => {
  await db.drop();
  await fs.rm(folder, { recursive: true });
});
beforeEach(async () => {
  clock.moveTo('2026-11-24T09:00:00+09:00');
  await db.owner.query('TRUNCATE holding_versions, purpose_changes, holdings', []);
});

const contracts = (): HoldingInput => ({
  name: { ja: '契約台帳', en: 'Contracts' },
  department: '営業部',
  manager: tajima,
  purposes: ['P1', 'P2'],
  items: ['name', 'address', 'phone', { code: 'contract', label: { ja: '契約', en: 'Contract' } }],
  place: '東京DC',
  retention: { years: 7, from: '契約終了' },
  channels: ['paper', 'indirect'],
  principals: ['customer'],
  access: '営業部の担当者',
});

const value = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problem));
  return outcome.value;
};

const problemFields = (outcome: Outcome<unknown>): string[] => {
  if (outcome.ok || outcome.problem.kind !== 'invalid') throw new Error('accepted');
  for (const { says } of outcome.problem.fields) expect(says.ja && says.en).toBeTruthy();
  return outcome.problem.fields.map((problem) => problem.field);
};

const entriesOf = async (id: string): Promise<LogEntry[]> =>
  (await listEntries(db.app, { most: 100 })).map((one) => one.entry).filter((entry) => entry.holding === id);

/** What the vault's own statement leaves: one person in a holding. */
async function putPerson(id: string, items = ['name']): Promise<void> {
  await db.owner.query(
    `INSERT INTO vault_records (principal_id, holding_id, version, items, sealed, digests, created_at, updated_at)
     VALUES (gen_random_uuid(), $1, 1, $2, '', '{}', now(), now())`,
    [id, items],
  );
}

describe('registering', () => {
  test('a holding is kept as described, with its version and its log entry', async () => {
    const made = value(await registerHolding(room, by, contracts()));
    expect(made.code).toBe('L-001');
    expect(await holding(office, made.id)).toEqual(made);
    expect(made.items.map((item) => item.code)).toEqual(['name', 'address', 'phone', 'contract']);
    expect(made.items[0]).toEqual({ code: 'name', label: { ja: '氏名', en: 'Name' }, special_care: false });
    const [version] = await history(office, made.id);
    expect(version).toMatchObject({ version: 1, act: 'register', actor: `staff:${tajima}`, reason: null });
    const [entry] = await entriesOf(made.id);
    expect(entry).toMatchObject({
      id: version!.entryId,
      action: 'ledger:register',
      actor: `staff:${tajima}`,
      version: 1,
      purposes: ['P1', 'P2'],
      items: ['name', 'address', 'phone', 'contract'],
      authority: ['officer-all-work'],
      sha256: createHash('sha256')
        .update(canonical(version!.content as unknown as Json))
        .digest('hex'),
    });
    expect(JSON.stringify(entry)).not.toContain('契約');
  });

  test('every field that must be mended is named, in the order of the form', async () => {
    const outcome = await registerHolding(room, by, {
      code: '台帳1',
      name: { ja: ' ', en: 'x'.repeat(81) },
      department: '',
      manager: '01890000-0000-7000-8000-000000000009',
      purposes: ['P9'],
      items: [],
      place: '',
      retention: {},
      channels: ['telepathy'],
      principals: [],
      access: '営業部\n総務部',
    });
    expect(problemFields(outcome)).toEqual([
      'code',
      'name.ja',
      'name.en',
      'department',
      'manager',
      'purposes',
      'items',
      'principals',
      'channels',
      'place',
      'retention',
      'access',
    ]);
    expect(JSON.stringify(outcome)).not.toMatch(/telepathy|P9|台帳1/);
    expect(await holdings(office)).toEqual([]);
  });

  test.each<[string, HoldingInput['items'], string[]]>([
    ['an unknown code without a label', ['blood_type'], ['items.0']],
    ['a code that is none', [{ code: '血液型', label: { ja: '血液型' } }], ['items.0.code']],
    ['an item without a label', [{ code: 'blood_type', label: { ja: '' } }], ['items.0.label.ja']],
    ['an item twice', ['name', 'name'], ['items.1.code']],
    ['a My Number', ['name', { code: 'my_number', label: { ja: '個人番号' } }], ['items.1.code']],
    ['a My Number by its label', [{ code: 'tax_id', label: { ja: 'マイナンバー' } }], ['items.0.code']],
  ])('items: %s is refused', async (_, items, fields) => {
    expect(problemFields(await registerHolding(room, by, { ...contracts(), items }))).toEqual(fields);
  });

  test.each<[HoldingInput['retention'], boolean]>([
    [{}, false],
    [{ years: 0 }, false],
    [{ years: 101 }, false],
    [{ years: 1.5 }, false],
    [{ years: Number.NaN }, false],
    [{ years: 1, months: 6 }, false],
    [{ until: '  ' }, false],
    [{ months: 6 }, true],
    [{ until: '配信停止の申出' }, true],
  ])('retention %o', async (retention, accepted) => {
    const outcome = await registerHolding(room, by, { ...contracts(), retention });
    if (accepted) value(outcome);
    else expect(problemFields(outcome)).toEqual(['retention']);
  });

  test('of two clerks who register the same holding at once, one gets it and the other is told which', async () => {
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => registerHolding(room, by, contracts())));
    const made = outcomes.filter((outcome) => outcome.ok);
    expect(made).toHaveLength(1);
    const [one] = await holdings(office);
    for (const outcome of outcomes) {
      if (!outcome.ok) expect(outcome.problem).toMatchObject({ kind: 'conflict', field: 'name.ja', existing: one!.id });
    }
    expect(await entriesOf(one!.id)).toHaveLength(1);
  });

  test('numbers are given without gaps or doubles, and a taken number is refused', async () => {
    value(await registerHolding(room, by, { ...contracts(), code: 'ｌ-０４１' }));
    const more = await Promise.all(
      ['来訪者の記録', '通話の録音', '発送名簿'].map((ja) =>
        registerHolding(room, by, { ...contracts(), name: { ja } }),
      ),
    );
    expect(more.map((outcome) => value(outcome).code).sort()).toEqual(['L-042', 'L-043', 'L-044']);
    const taken = await registerHolding(room, by, { ...contracts(), code: 'L-042', name: { ja: '営業支援' } });
    expect(taken).toMatchObject({ ok: false, problem: { kind: 'conflict', field: 'code' } });
  });

  test('without its log entry nothing is registered', async () => {
    await db.owner.query('REVOKE INSERT ON log_entries FROM sekisho_app', []);
    await db.owner.query(
      'REVOKE INSERT (id, at, action, actor, principal_id, entry) ON log_entries FROM sekisho_app',
      [],
    );
    try {
      await expect(registerHolding(room, by, contracts())).rejects.toThrow();
      expect(await holdings(office)).toEqual([]);
    } finally {
      await db.owner.query(
        'GRANT INSERT (id, at, action, actor, principal_id, entry) ON log_entries TO sekisho_app',
        [],
      );
    }
  });
});

describe('changing', () => {
  const change = (h: Holding, more: Partial<HoldingInput>, version = h.version) =>
    changeHolding(room, by, { id: h.id, version, input: { ...contracts(), ...more } });

  test('of two clerks who began from the same version, the second is told and the first loses nothing', async () => {
    const first = value(await registerHolding(room, by, contracts()));
    const [a, b] = await Promise.all([change(first, { place: '大阪DC' }), change(first, { access: '窓口' })]);
    const [won, lost] = a.ok ? [a, b] : [b, a];
    expect(won.ok).toBe(true);
    expect(lost).toMatchObject({ ok: false, problem: { kind: 'conflict', field: 'version', existing: first.id } });
    const now = await holding(office, first.id);
    expect(now).toEqual(value(won));
    expect(await history(office, first.id)).toHaveLength(2);
    expect((await entriesOf(first.id)).map((entry) => entry.action)).toEqual(['ledger:change', 'ledger:register']);
  });

  test('every version stays as it was; saving without a change confirms the entry', async () => {
    const first = value(await registerHolding(room, by, contracts()));
    clock.moveTo('2026-12-07T10:00:00+09:00');
    const second = value(await change(first, { place: '大阪DC', purposes: ['P1'] }));
    clock.moveTo('2027-12-06T10:00:00+09:00');
    const third = value(await change(second, { place: '大阪DC', purposes: ['P1'] }));
    expect(third).toMatchObject({ version: 3, confirmedAt: new Date('2027-12-06T10:00:00+09:00') });
    const versions = await history(office, first.id);
    expect(versions.map(({ version, act }) => [version, act])).toEqual([
      [3, 'confirm'],
      [2, 'change'],
      [1, 'register'],
    ]);
    expect(versions.at(-1)!.content).toMatchObject({ place: '東京DC', purposes: ['P1', 'P2'] });
    await expect(db.app.query('UPDATE holding_versions SET version = 9', [])).rejects.toThrow(/permission denied/);
    await expect(db.app.query('DELETE FROM holdings', [])).rejects.toThrow(/permission denied/);
  });

  test('an item that people have is not taken out: the ledger says what is held', async () => {
    const h = value(await registerHolding(room, by, contracts()));
    const other = value(await registerHolding(room, by, { ...contracts(), name: { ja: '発送名簿' } }));
    await putPerson(h.id, ['name', 'phone']);
    await putPerson(h.id, ['name', 'phone']);
    await putPerson(other.id, ['name', 'address']);
    const without = (...codes: string[]) =>
      contracts().items.filter((item) => typeof item !== 'string' || !codes.includes(item));
    const refused = await change(h, { items: without('phone', 'address') });
    expect(refused).toMatchObject({ ok: false, problem: { kind: 'conflict', field: 'items' } });
    expect(JSON.stringify(refused)).toMatch(/電話番号は2人.*Telephone number: 2 people/);
    expect(JSON.stringify(refused)).not.toContain('住所');
    expect(await holding(office, h.id)).toEqual(h);
    expect(await history(office, h.id)).toHaveLength(1);
    expect(value(await change(h, { items: without('address') })).version).toBe(2);
    await db.owner.query('DELETE FROM vault_records', []);
    expect(value(await change(h, { items: without('address', 'phone') }, 2)).items).toHaveLength(2);
  });

  test('a process that keeps the standing facts hears of it', async () => {
    const heard: string[] = [];
    const stop = await db.app.listen('standing', (payload) => heard.push(payload));
    const first = value(await registerHolding(room, by, contracts()));
    value(await change(first, { place: '大阪DC' }));
    await expect.poll(() => heard).toEqual(['ledger', 'ledger']);
    await stop();
  });

  test('what does not exist is said so', async () => {
    const outcome = await changeHolding(room, by, {
      id: '01890000-0000-7000-8000-000000000009',
      version: 1,
      input: contracts(),
    });
    expect(outcome).toMatchObject({ ok: false, problem: { kind: 'not-found' } });
  });
});

describe('retiring', () => {
  test('is refused while anybody is in it, wants a reason, and is the end', async () => {
    const h = value(await registerHolding(room, by, contracts()));
    const retire = (reason: string) => retireHolding(room, by, { id: h.id, version: 1, reason });
    expect(problemFields(await retire(' '))).toEqual(['reason']);
    await putPerson(h.id);
    expect(await retire('移行済み')).toMatchObject({ ok: false, problem: { kind: 'conflict', field: 'people' } });
    await db.owner.query('DELETE FROM vault_records', []);
    expect(value(await retire('移行済み'))).toMatchObject({ state: 'retired', version: 2 });
    expect((await history(office, h.id))[0]).toMatchObject({ act: 'retire', reason: '移行済み' });
    const after = await changeHolding(room, by, { id: h.id, version: 2, input: contracts() });
    expect(after).toMatchObject({ ok: false, problem: { kind: 'conflict', field: 'state' } });
    // Its name is free again; its number is not.
    expect(value(await registerHolding(room, by, contracts())).code).toBe('L-002');
  });
});

describe('retiring while somebody comes in', () => {
  let stop: () => Promise<void>;
  beforeAll(async () => {
    stop = await openTestCheckpoint({ office });
  });
  afterAll(() => stop());

  const comesIn = (id: string, more: Partial<AcquireRequest> = {}) =>
    acquire(office, by, {
      holding: id,
      channel: 'paper',
      source: 'principal',
      purposes: ['P1'],
      purposeIndicated: { placement: 'before-submit' },
      items: { name: '例示 花子', email: 'hanako@example.jp' },
      ...more,
    });
  const register = async (): Promise<string> =>
    value(await registerHolding(room, by, { ...contracts(), items: ['name', 'email'] })).id;
  const retire = (id: string) => retireHolding(room, by, { id, version: 1, reason: '移行済み' });
  const waiting = async (): Promise<number> =>
    (
      await db.owner.query(
        "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
        [],
      )
    ).length;
  /** Polls often, since open transactions delay the logs of every test on this server. */
  const soon = { interval: 5 };
  const peopleIn = (id: string) => db.owner.query('SELECT principal_id FROM vault_records WHERE holding_id = $1', [id]);
  afterEach(() => db.owner.query('DELETE FROM vault_records', []));

  test('who was there first is counted', async () => {
    const id = await register();
    const address = office.vault.index('email\nhanako@example.jp').subarray(0, 16);
    let retiring: ReturnType<typeof retire>;
    let coming: ReturnType<typeof comesIn>;
    await expect(
      db.owner.transaction(async (tx) => {
        // Another transaction holds the address for now, so that the new person waits in the middle of the statement.
        await tx.query(
          `INSERT INTO vault_records (principal_id, holding_id, version, items, sealed, email, digests, created_at, updated_at)
           VALUES (gen_random_uuid(), $1, 1, '{email}', '', $2, '{}', now(), now())`,
          [id, address],
        );
        coming = comesIn(id);
        await expect.poll(waiting, soon).toBe(1);
        retiring = retire(id);
        await expect.poll(waiting, soon).toBe(2);
        throw new Error('the other goes');
      }),
    ).rejects.toThrow('the other goes');
    value(await coming!);
    const refused = await retiring!;
    expect(refused).toMatchObject({ ok: false, problem: { kind: 'conflict', field: 'people' } });
    expect(await holding(office, id)).toMatchObject({ state: 'active', version: 1 });
    expect(await peopleIn(id)).toHaveLength(1);
  });

  test('who is let go so that two do not wait for each other for ever comes in all the same, once', async () => {
    const id = await register();
    const address = office.vault.index('email\nhanako@example.jp').subarray(0, 16);
    let coming: ReturnType<typeof comesIn>;
    await expect(
      db.owner.transaction(async (tx) => {
        // Makes the other transaction the victim of the deadlock.
        await tx.query("SET LOCAL deadlock_timeout = '30s'", []);
        await tx.query(
          `INSERT INTO vault_records (principal_id, holding_id, version, items, sealed, email, digests, created_at, updated_at)
           VALUES (gen_random_uuid(), $1, 1, '{email}', '', $2, '{}', now(), now())`,
          [id, address],
        );
        coming = comesIn(id);
        await expect.poll(waiting, soon).toBe(1);
        // The other transaction holds the holding and waits for the address; this one has the address and waits for the holding.
        await tx.query('SELECT 1 FROM holdings WHERE id = $1 FOR UPDATE', [id]);
        throw new Error('the other goes');
      }),
    ).rejects.toThrow('the other goes');
    const { record } = value(await coming!);
    expect(await peopleIn(id)).toEqual([{ principal_id: record.principal }]);
    expect((await entriesOf(id)).filter(({ action }) => action === 'people:acquire')).toHaveLength(1);
  });

  test.each(['a new person', 'somebody who is known', 'a new person under a key'])(
    '%s who is second does not come in',
    async (who) => {
      const id = await register();
      const known = value(
        await registerHolding(room, by, { ...contracts(), items: ['name'], name: { ja: '名刺' } }),
      ).id;
      const person = value(await comesIn(known, { items: { name: '例示 花子' } })).record.principal;
      const before = await entriesOf(id);
      let coming: ReturnType<typeof comesIn>;
      await db.owner.transaction(async (tx) => {
        await tx.query("UPDATE holdings SET state = 'retired', version = 2 WHERE id = $1", [id]);
        coming = comesIn(id, {
          ...(who === 'somebody who is known' ? { principal: person } : {}),
          ...(who === 'a new person under a key' ? { idempotency: { key: 'second', text: '' } } : {}),
        });
        await expect.poll(waiting, soon).toBe(1);
      });
      expect(problemFields(await coming!)).toEqual(['holding']);
      expect(await peopleIn(id)).toEqual([]);
      expect(await entriesOf(id)).toEqual(before);
      expect(await db.owner.query('SELECT id FROM acquisitions WHERE holding_id = $1', [id])).toEqual([]);
      expect(await db.owner.query('SELECT key FROM acquisition_keys', [])).toEqual([]);
    },
  );

  test('whoever wins, nobody is in a retired holding', async () => {
    for (let round = 0; round < 20; round++) {
      const id = await register();
      const [retired, came] = await Promise.all([retire(id), comesIn(id)]);
      expect([retired.ok, came.ok].filter(Boolean)).toHaveLength(1);
      expect(await peopleIn(id)).toHaveLength(came.ok ? 1 : 0);
      await db.owner.query('TRUNCATE holding_versions, purpose_changes, holdings, vault_records', []);
    }
  });
});

describe('promises', () => {
  const prove = async (promise: string) =>
    ledgerProvers(room)
      .find((prover) => prover.promise === promise)!
      .prove(office);

  test('an empty ledger proves nothing', async () => {
    expect((await prove('holding-has-manager')).state).toBe('unknown');
    expect((await prove('ledger-complete')).state).toBe('unknown');
  });

  test('a manager who left breaks one, information outside the ledger the other, a year without review puts at risk', async () => {
    const h = value(await registerHolding(room, by, contracts()));
    await putPerson(h.id);
    expect((await prove('holding-has-manager')).state).toBe('kept');
    const kept = await prove('ledger-complete');
    expect(kept.state).toBe('kept');
    expect(kept.evidence.length).toBeGreaterThan(0);

    clock.moveTo('2027-11-25T09:00:00+09:00');
    const old = await prove('ledger-complete');
    expect([old.state, old.says.en, old.fix.map(({ en }) => en)]).toEqual([
      'risk',
      '1 of 1 holdings in use has not been confirmed for more than a year.',
      ['Check what the holding says and save it.'],
    ]);
    clock.moveTo('2026-11-24T09:00:00+09:00');

    value(await changeHolding(room, by, { id: h.id, version: 1, input: { ...contracts(), manager: hara } }));
    await db.owner.query('UPDATE staff SET ended_at = now() WHERE id = $1', [hara]);
    const left = await prove('holding-has-manager');
    expect(left.state).toBe('broken');
    expect(left.evidence.some((one) => one.href === `/ledger/${h.id}`)).toBe(true);
    await db.owner.query('UPDATE staff SET ended_at = NULL WHERE id = $1', [hara]);

    await putPerson('01890000-0000-7000-8000-000000000009');
    expect((await prove('ledger-complete')).state).toBe('broken');
    // Also when no holding is in use any more.
    await db.owner.query(`UPDATE holdings SET state = 'retired'`, []);
    const outside = await prove('ledger-complete');
    expect([outside.state, outside.says.en, outside.fix.map(({ en }) => en)]).toEqual([
      'broken',
      '2 places of information are not in a holding in use.',
      ['Erase what is left in retired holdings.'],
    ]);
    await db.owner.query(`UPDATE holdings SET state = 'active'`, []);
    await db.owner.query('DELETE FROM vault_records', []);

    await db.owner.query(`UPDATE holdings SET purposes = '{P1,P7}'`, []);
    const unstated = await prove('ledger-complete');
    expect([unstated.state, unstated.says.en, unstated.fix.map(({ en }) => en)]).toEqual([
      'broken',
      '1 holding has a purpose that the policy does not state.',
      ['Bring the purposes of the holding in line with the policy.'],
    ]);
  });

  test('what was used without an entry in the ledger, or after it was retired, breaks that the ledger is complete', async () => {
    const used = async (id: string, on: string): Promise<void> => {
      const entry = { action: 'people:use', holding: id, items: ['name'], purpose: 'P1' };
      await db.owner.query(
        `INSERT INTO log_entries (id, at, action, actor, entry) VALUES (gen_random_uuid(), $1, 'people:use', 'staff:a', $2)`,
        [`${on}T12:00:00+09:00`, JSON.stringify(entry)],
      );
    };
    const complete = async () => {
      const { state, says, evidence, fix } = await prove('ledger-complete');
      return [state, says.en, evidence[2]!.value.en, fix.length];
    };
    const { id } = value(await registerHolding(room, by, contracts()));
    await used(id, '2026-11-24');
    const kept = ['kept', 'Everything in the vault is in the one holding in use.', '0', 0];
    expect(await complete()).toEqual(kept);
    const other = value(await registerHolding(room, by, { ...contracts(), name: { ja: '会員', en: 'Members' } }));
    await used(other.id, '2026-11-24');
    value(await retireHolding(room, by, { id: other.id, version: 1, reason: '廃止' }));
    expect(await complete()).toEqual(kept);
    const outside = (n: string) => `${n} used on record without a ledger entry, or after being retired.`;
    await used(other.id, '2026-11-25');
    expect(await complete()).toEqual(['broken', outside('1 place of information was'), '1', 1]);
    await used('01890000-0000-7000-8000-00000000000a', '2026-11-24');
    expect(await complete()).toEqual(['broken', outside('2 places of information were'), '2', 1]);
  });
});

test('numbers are read as people type them', () => {
  expect(['7', '７', ' 1,200 ', '１，２００'].map(readNumber)).toEqual([7, 7, 1200, 1200]);
  expect(['', '七', '-1', '1.5', '1e3'].map(readNumber)).toEqual([null, null, null, null, null]);
});

test('retention in words', () => {
  expect(retentionText({ years: 7, from: '契約終了' }, 'ja')).toBe('契約終了後7年');
  expect(retentionText({ months: 1, from: '' }, 'en')).toBe('1 month after acquisition');
  expect(retentionText({ until: '配信停止の申出' }, 'ja')).toBe('配信停止の申出まで');
});
