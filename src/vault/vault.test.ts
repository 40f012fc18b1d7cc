import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../tests/house.ts';
import { newId } from '../base/id.ts';
import { StartProblem } from '../platform/start-problem.ts';
import { runParts } from '../platform/statement.ts';
import {
  admitAll,
  amend,
  creating,
  emailHolders,
  EmailTaken,
  erase,
  heldAbout,
  holdSharing,
  open,
  opening,
  openVault,
  search,
  seal,
} from './vault.ts';
import { link, linksAbout } from './same.ts';
import type { Amended, Found, Values, Vault } from './vault.ts';
import { mint, PermitBreach, type Act, type Permit, type PermitScope } from './permit.ts';

const NOW = Date.parse('2026-11-24T01:00:00Z');
const holding = newId(NOW);
const other = newId(NOW);

let house: TestDatabase;
let vault: Vault;
let folder: string;
beforeAll(async () => {
  house = await testDatabase();
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sekisho-keys-'));
  vault = await openVault(house.app, path.join(folder, 'keys'));
});
afterAll(async () => {
  await house.drop();
  fs.rmSync(folder, { recursive: true });
});

const permit = (act: Act, principal: string, more: Partial<PermitScope> = {}): Permit =>
  mint({
    decision: newId(NOW),
    act,
    principals: [principal],
    holding: 'all',
    items: 'all',
    purposes: ['P3'],
    until: NOW + 60_000,
    ...more,
  });

async function create(items: Values, into = holding): Promise<{ principal: string; created: boolean }> {
  const principal = newId(NOW);
  const creation = { permit: permit('acquire', principal), principal, holding: into, items, now: NOW };
  const rows = await runParts(
    house.app,
    'test.create',
    [admitAll([principal]), creating([seal(vault, creation)])],
    'SELECT key FROM effected',
  );
  return { principal, created: rows.length === 1 };
}

async function read(
  principal: string,
  items: string[],
  from = holding,
  purposes: string[] | null = null,
): Promise<Values | null> {
  const key = newId(NOW);
  const [row] = await runParts<Found>(
    house.app,
    'test.read',
    [opening([{ key, principal, holding: from, items, purposes }])],
    'SELECT * FROM found',
  );
  return row ? open(vault, permit('use', principal), row, { principal, holding: from, items, now: NOW }) : null;
}

const change = (
  principal: string,
  items: Record<string, string | null>,
  act: Act = 'correct',
  into = holding,
  whole = false,
): Promise<Amended> =>
  house.app.transaction((tx) =>
    amend(tx, vault, { permit: permit(act, principal), principal, holding: into, items, whole, now: NOW + 1 }),
  );

const eraseOf = (principal: string, decision = newId(NOW)) =>
  house.app.transaction((tx) => erase(tx, permit('erase', principal, { decision }), { principal, now: NOW }));

const findBy = async (
  kind: 'email' | 'phone' | 'name' | 'kana',
  term: string,
  within: string | null = null,
): Promise<string[]> =>
  (await search(house.app, vault, [{ kind, term }], within === null ? null : [within], 50)).map(
    (match) => match.principal,
  );

test('two who add to one person at once are one after the other, and what neither gave is lost', async () => {
  const { principal } = await create({ name: '例示 同時子' });
  let second: Promise<Amended>;
  await house.owner.transaction(async (tx) => {
    const first = { permit: permit('acquire', principal), principal, holding: other, items: { note: '先の控え' } };
    expect(await amend(tx, vault, { ...first, now: NOW + 1 })).toMatchObject({ kind: 'done', version: 1 });
    second = change(principal, { phone: '03-0000-0101' }, 'acquire', other);
    const waiting = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    await expect.poll(() => tx.query(waiting, []), { interval: 5 }).toHaveLength(1);
  });
  expect(await second!).toMatchObject({ kind: 'done', version: 2 });
  expect(await read(principal, ['note', 'phone'], other)).toEqual({ note: '先の控え', phone: '03-0000-0101' });
});

test('odd names are stored exactly and found as people type them', async () => {
  const items = {
    name: '𠮷野 髙志\u{E0100}',
    name_kana: 'ﾖｼﾉ ﾀｶｼ',
    email: 'Takashi.Yoshino.1@Example.JP',
    phone: '+81 90-0000-9001',
    address: '東京都例示区\uFA19明町1-1 <b>"引用"</b>',
  };
  const { principal, created } = await create(items);
  expect(created).toBe(true);
  expect(await read(principal, Object.keys(items))).toEqual(items);
  expect(await read(principal, ['phone', 'note'])).toEqual({ phone: items.phone });
  expect(await findBy('name', '吉野高志')).toEqual([principal]);
  expect(await findBy('kana', 'よしの')).toEqual([principal]);
  expect(await findBy('kana', 'ヨシノ タカシ')).toEqual([principal]);
  expect(await findBy('email', 'takashi.yoshino.1@example.jp')).toEqual([principal]);
  expect(await findBy('phone', '090 0000 9001', holding)).toEqual([principal]);
  expect(await findBy('phone', '090 0000 9001', other)).toEqual([]);
  expect(await findBy('name', '吉野')).toEqual([]);
  const both = [
    { kind: 'kana', term: 'ヨシノ' },
    { kind: 'phone', term: '09000009001' },
  ] as const;
  expect(await search(house.app, vault, both, null, 5)).toEqual([{ principal, holdings: [holding] }]);
  const twice = [both[0], { kind: 'kana', term: 'よしの' }] as const;
  expect(await search(house.app, vault, twice, null, 5)).toEqual([{ principal, holdings: [holding] }]);
  const neither = [both[0], { kind: 'phone', term: '09000009002' }] as const;
  expect(await search(house.app, vault, neither, null, 5)).toEqual([]);
});

test('a name is found by its letters, and with another term only who has both', async () => {
  const { principal } = await create({ name: 'O’Brien, José', email: 'obrien@example.jp' });
  const namesake = await create({ name: "José O'Brien", email: 'obrien.2@example.jp' });
  expect((await findBy('name', 'JOSE OBRIEN')).toSorted()).toEqual([principal, namesake.principal].toSorted());
  const both = [
    { kind: 'name', term: 'Jose O Brien' },
    { kind: 'email', term: 'obrien.2@example.jp' },
  ] as const;
  expect(await search(house.app, vault, both, null, 5)).toEqual([
    { principal: namesake.principal, holdings: [holding] },
  ]);
  const marksAlone = [both[1], { kind: 'name', term: '・' }] as const;
  expect(await search(house.app, vault, marksAlone, null, 5)).toEqual([]);
});

test('nothing readable lies in the database', async () => {
  const { principal } = await create({ name: '例示 月子', email: 'tsukiko@example.jp' });
  const tables = await house.owner.query<{ text: string }>(
    `SELECT concat_ws(' ', r::text, p::text) AS text
     FROM vault_records r JOIN vault_principals p ON p.id = r.principal_id WHERE p.id = $1`,
    [principal],
  );
  const text = tables[0]!.text;
  expect(text).toContain('email');
  for (const value of ['例示 月子', '月子', 'tsukiko@example.jp']) {
    expect(text).not.toContain(value);
    expect(text).not.toContain(Buffer.from(value).toString('hex'));
  }
});

test('twenty at once with one e-mail address: one is created, the others learn who has it', async () => {
  const results = await Promise.all(
    Array.from({ length: 20 }, (_, i) =>
      create({ name: `例示 ${i}`, email: i % 2 ? 'RACE@example.jp' : 'race@example.jp' }),
    ),
  );
  const winners = results.filter((r) => r.created);
  expect(winners).toHaveLength(1);
  expect(await emailHolders(house.app, vault, { holding, email: 'race@example.jp' })).toEqual([winners[0]!.principal]);
  expect(await emailHolders(house.app, vault, { holding, email: 'nobody@example.jp' })).toEqual([]);
  const rows = await house.app.query('SELECT id FROM vault_principals WHERE id = ANY ($1::uuid[])', [
    results.map((r) => r.principal),
  ]);
  expect(rows).toHaveLength(1);
  const records = await house.app.query('SELECT 1 FROM vault_records WHERE principal_id = ANY ($1::uuid[])', [
    results.map((r) => r.principal),
  ]);
  expect(records).toHaveLength(1);
});

test('inside one statement too, and the others of the batch are not harmed', async () => {
  const creations = ['one', 'same', 'same', 'two', 'same'].map((name) => {
    const principal = newId(NOW);
    const items = { name, email: `batch-${name}@example.jp` };
    return { permit: permit('acquire', principal), principal, holding, items, now: NOW };
  });
  const parts = [admitAll(creations.map((c) => c.principal)), creating(creations.map((c) => seal(vault, c)))];
  const rows = await runParts<{ key: string }>(house.app, 'test.create', parts, 'SELECT key FROM effected');
  const created = creations.filter((c) => rows.some((row) => row.key === c.principal));
  expect(created.map((c) => c.items.name).sort()).toEqual(['one', 'same', 'two']);
  for (const { principal, items } of created) expect(await read(principal, ['name', 'email'])).toEqual(items);
});

test('the same address may stand in two holdings', async () => {
  const a = await create({ email: 'twice@example.jp' });
  const b = await create({ email: 'twice@example.jp' }, other);
  expect([a.created, b.created]).toEqual([true, true]);
});

test('what is not admitted is not created', async () => {
  const principal = newId(NOW);
  const creation = {
    permit: permit('acquire', principal),
    principal,
    holding,
    items: { note: 'x' },
    now: NOW,
  };
  const rows = await runParts(
    house.app,
    'test.create',
    [admitAll([newId(NOW)]), creating([seal(vault, creation)])],
    'SELECT key FROM effected',
  );
  expect(rows).toEqual([]);
  expect(await heldAbout(house.app, principal)).toBeNull();
});

test('a correction makes a new version and replaces what is found', async () => {
  const { principal } = await create({ name: '例示 旧姓', email: 'before@example.jp', phone: '03-0000-0001' });
  const changed = await change(principal, { name: '例示 新姓', email: 'after@example.jp', phone: null, note: '改姓' });
  const before = { name: '例示 旧姓', email: 'before@example.jp', phone: '03-0000-0001' };
  const replaced = ['name', 'email', 'phone'];
  expect(changed).toEqual({ kind: 'done', version: 2, items: ['name', 'email', 'note'], before, replaced });
  expect(await read(principal, ['name', 'email', 'phone', 'note'])).toEqual({
    name: '例示 新姓',
    email: 'after@example.jp',
    note: '改姓',
  });
  expect(await findBy('email', 'before@example.jp')).toEqual([]);
  expect(await findBy('phone', '03-0000-0001')).toEqual([]);
  expect(await findBy('name', '例示新姓')).toEqual([principal]);
  expect((await create({ email: 'before@example.jp' })).created).toBe(true);
  const taken = await create({ email: 'taken@example.jp' });
  await expect(change(principal, { email: 'taken@example.jp', note: 'lost' })).rejects.toThrow(EmailTaken);
  expect(await emailHolders(house.app, vault, { holding, email: 'taken@example.jp' })).toEqual([taken.principal]);
  expect(await read(principal, ['note'])).toEqual({ note: '改姓' });
  expect(await findBy('email', 'after@example.jp')).toEqual([principal]);
  // `before` has only the items that are corrected, and nothing for a caller who only adds.
  expect(await change(principal, { fax: '03-0000-0009', note: '再改姓' })).toMatchObject({ before: { note: '改姓' } });
  expect(await change(principal, { note: '追加' }, 'acquire')).toMatchObject({ before: {}, replaced: ['note'] });
  expect(await change(principal, { fax: null })).toMatchObject({ before: { fax: '03-0000-0009' } });
  expect(await change(principal, { name: null, email: null, note: null })).toEqual({ kind: 'empty' });
  const all = { name: null, email: null, note: null };
  expect(await change(principal, all, 'correct', holding, true)).toEqual({ kind: 'empty' });
  expect(await change(principal, { name: 'x' }, 'correct', other)).toEqual({ kind: 'not-found' });
  expect(await change(principal, { name: 'x' }, 'acquire', other)).toMatchObject({ version: 1, replaced: [] });
});

test('an erasure takes a whole record out where the person is kept elsewhere too', async () => {
  const { principal } = await create({ name: '例示 半分', email: 'half@example.jp' });
  const again = await create({ name: '例示 後' });
  await change(principal, { name: '例示 半分' }, 'acquire', other);
  const all = { name: null, email: null };
  expect(await change(principal, all)).toEqual({ kind: 'empty' });
  expect(await change(principal, all, 'correct', holding, true)).toMatchObject({ kind: 'done', version: 2, items: [] });
  const about = await heldAbout(house.app, principal);
  expect(about && 'records' in about && about.records.map((one) => one.holding)).toEqual([other]);
  expect(await findBy('email', 'half@example.jp')).toEqual([]);
  expect(await change(again.principal, { email: 'half@example.jp' })).toMatchObject({ kind: 'done' });
  expect(await change(principal, { name: null }, 'correct', other, true)).toEqual({ kind: 'empty' });
});

test('two first records with one e-mail address, put at once by two persons: one stands', async () => {
  const [a, b] = [await create({ note: 'a' }), await create({ note: 'b' })];
  const put = (principal: string) => change(principal, { email: 'first@example.jp' }, 'acquire', other);
  const results = await Promise.allSettled([put(a.principal), put(b.principal)]);
  expect(results.map((r) => r.status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(results.find((r) => r.status === 'rejected')!.reason).toBeInstanceOf(EmailTaken);
  expect(await findBy('email', 'first@example.jp', other)).toHaveLength(1);
});

describe('an e-mail address that two persons share', () => {
  /** Creates another person who is said to share the address with these; false when they are not exactly those who have it. */
  const share = (items: Values & { email: string }, sharesWith: readonly string[], into = holding) =>
    house.app.transaction(async (tx) => {
      const principal = newId(NOW);
      const address = { holding: into, email: items.email };
      if (!(await holdSharing(tx, vault, address, { principal, sharesWith }))) return { principal, created: false };
      const permitted = permit('acquire', principal);
      const sealed = seal(vault, { permit: permitted, principal, holding: into, items, sharing: true, now: NOW + 1 });
      const rows = await runParts(
        tx,
        'test.create',
        [admitAll([principal]), creating([sealed])],
        'SELECT key FROM effected',
      );
      return { principal, created: rows.length === 1 };
    });
  const having = (email: string, into = holding) => emailHolders(house.app, vault, { holding: into, email });
  const unique = async (email: string): Promise<string[]> =>
    (
      await house.app.query<{ principal_id: string }>(
        'SELECT principal_id FROM vault_records WHERE email IS NOT NULL AND principal_id = ANY ($1::uuid[])',
        [await having(email)],
      )
    ).map((row) => row.principal_id);

  test('both are found by it, one alone keeps others from it, and whoever comes unsaid is still refused', async () => {
    const email = 'couple@example.jp';
    const first = await create({ name: '例示 夫', email });
    const second = await share({ name: '例示 妻', email: 'COUPLE@example.jp' }, [first.principal]);
    expect(second.created).toBe(true);
    expect(await having(email)).toEqual([first.principal, second.principal]);
    expect((await findBy('email', email)).toSorted()).toEqual([first.principal, second.principal].toSorted());
    expect(await read(second.principal, ['name', 'email'])).toEqual({ name: '例示 妻', email: 'COUPLE@example.jp' });
    expect((await create({ name: '例示 三人目', email })).created).toBe(false);
    // Each new sharer must name everybody who has the address: one too few, one too many or a stranger is refused.
    for (const named of [[], [first.principal], [newId(NOW)], [first.principal, second.principal, newId(NOW)]])
      expect(await share({ name: '例示 子', email }, named)).toMatchObject({ created: false });
    const child = await share({ name: '例示 子', email }, [second.principal, first.principal]);
    expect([child.created, await unique(email)]).toEqual([true, [first.principal]]);
    expect((await share({ email: 'nobody-has-it@example.jp' }, [first.principal])).created).toBe(false);
    expect((await share({ email }, [first.principal], other)).created).toBe(false);
  });

  test('twenty at once who say that they share it with the one who has it: one comes in', async () => {
    const email = 'raced-couple@example.jp';
    const first = await create({ email });
    const results = await Promise.all(Array.from({ length: 20 }, () => share({ email }, [first.principal])));
    expect(results.filter(({ created }) => created)).toHaveLength(1);
    expect(await having(email)).toHaveLength(2);
  });

  test('whoever keeps it goes on keeping it, whatever else of them changes', async () => {
    const email = 'kept@example.jp';
    const first = await create({ name: '例示 一', email });
    const second = await share({ name: '例示 二', email }, [first.principal]);
    for (const { principal } of [first, second, first]) {
      expect(await change(principal, { note: '改' })).toMatchObject({ kind: 'done' });
      expect(await change(principal, { email: 'Kept@example.jp' })).toMatchObject({ kind: 'done' });
      expect(await change(principal, { phone: '03-0000-1234' }, 'acquire')).toMatchObject({ kind: 'done' });
    }
    expect([await having(email), await unique(email)]).toEqual([
      [first.principal, second.principal],
      [first.principal],
    ]);
  });

  test('when the first of them leaves it, by correction or erasure, the eldest of the others keeps strangers from it', async () => {
    const email = 'left@example.jp';
    const one = await create({ email });
    const second = await share({ email }, [one.principal]);
    const third = await share({ email }, [one.principal, second.principal]);
    // Created at the same moment, they are ordered by id.
    const [two, three] = second.principal < third.principal ? [second, third] : [third, second];
    await change(one.principal, { email: 'moved@example.jp' });
    expect([await having(email), await unique(email)]).toEqual([[two.principal, three.principal], [two.principal]]);
    expect([(await create({ email })).created, await unique('moved@example.jp')]).toEqual([false, [one.principal]]);
    await eraseOf(two.principal);
    expect([await having(email), await unique(email)]).toEqual([[three.principal], [three.principal]]);
    expect((await create({ email })).created).toBe(false);
    await change(three.principal, { email: null, note: 'x' });
    expect(await having(email)).toEqual([]);
    expect((await create({ email })).created).toBe(true);
  });

  test('an address is corrected to one that another has where it is said, and not otherwise', async () => {
    const email = 'corrected-to@example.jp';
    const first = await create({ email });
    const second = await create({ name: '例示 妻', email: 'old@example.jp' });
    await expect(change(second.principal, { email })).rejects.toThrow(EmailTaken);
    await house.app.transaction(async (tx) => {
      const { principal } = second;
      const sharesWith = [first.principal];
      expect(await holdSharing(tx, vault, { holding, email }, { principal, sharesWith })).toBe(true);
      const amendment = { permit: permit('correct', principal), principal, holding, items: { email }, now: NOW + 1 };
      await amend(tx, vault, { ...amendment, sharing: true });
    });
    expect([await having(email), await unique(email)]).toEqual([
      [first.principal, second.principal],
      [first.principal],
    ]);
    expect(await having('old@example.jp')).toEqual([]);
  });

  test('one leaves it while others come to share it or come unsaid: whoever has it last, nobody comes in unsaid', async () => {
    for (let n = 0; n < 12; n++) {
      const email = `crossing-${n}@example.jp`;
      const first = await create({ email });
      const second = await share({ email }, [first.principal]);
      await Promise.all([
        eraseOf(first.principal),
        n % 3 === 0
          ? eraseOf(second.principal)
          : change(second.principal, n % 3 === 1 ? { note: 'x' } : { email: `to-${n}@example.jp` }),
        share({ email }, [first.principal, second.principal]),
        share({ email }, [second.principal]),
        create({ email }),
      ]);
      const now = await having(email);
      expect([n, await unique(email)]).toEqual([n, now.slice(0, 1)]);
      expect((await create({ email })).created).toBe(now.length === 0);
    }
  });
});

test('two corrections at once both take effect', async () => {
  const { principal } = await create({ note: '0' });
  await Promise.all([
    change(principal, { company: 'A' }),
    change(principal, { department: 'B' }),
    change(principal, { fax: '03-0000-0000' }),
  ]);
  expect(await read(principal, ['note', 'company', 'department', 'fax'])).toEqual({
    note: '0',
    company: 'A',
    department: 'B',
    fax: '03-0000-0000',
  });
});

test('a record moved to another person, or put back in time, is refused', async () => {
  const [a, b] = [await create({ note: 'A' }), await create({ note: 'B' })];
  const old = await house.owner.query<{ sealed: Buffer }>('SELECT sealed FROM vault_records WHERE principal_id = $1', [
    a.principal,
  ]);
  await change(a.principal, { note: 'A2' });
  await house.owner.query('UPDATE vault_records SET sealed = $2 WHERE principal_id = $1', [
    a.principal,
    old[0]!.sealed,
  ]);
  await expect(read(a.principal, ['note'])).rejects.toThrow('a sealed record does not open');
  await house.owner.query('UPDATE vault_records SET sealed = $2 WHERE principal_id = $1', [
    b.principal,
    old[0]!.sealed,
  ]);
  await expect(read(b.principal, ['note'])).rejects.toThrow('a sealed record does not open');
  await house.owner.query(
    'UPDATE vault_principals SET wrapped_key = (SELECT wrapped_key FROM vault_principals WHERE id = $2) WHERE id = $1',
    [b.principal, a.principal],
  );
  await expect(read(b.principal, ['note'])).rejects.toThrow('a wrapped key does not open');
});

test('erasure destroys key, index and record, says so once, and stays true for an older copy', async () => {
  const { principal } = await create({ name: '例示 消去', email: 'erase@example.jp' });
  await change(principal, { note: 'second holding' }, 'acquire', other);
  const copy = await house.owner.query<{ sealed: Buffer }>('SELECT * FROM vault_records WHERE principal_id = $1', [
    principal,
  ]);
  const decision = newId(NOW);
  const erased = await eraseOf(principal, decision);
  expect(erased).toMatchObject({ fresh: true, erasure: { entry: decision, items: 3 } });
  expect([...erased!.erasure.holdings].sort()).toEqual([holding, other].sort());
  expect(await eraseOf(principal)).toEqual({ fresh: false, erasure: erased!.erasure });
  expect(await heldAbout(house.app, principal)).toEqual(erased!.erasure);
  expect(await read(principal, ['name'])).toBeNull();
  expect(await findBy('email', 'erase@example.jp')).toEqual([]);
  expect(copy).toHaveLength(2);
  const keys = await house.owner.query('SELECT 1 FROM vault_principals WHERE id = $1', [principal]);
  const records = await house.owner.query('SELECT 1 FROM vault_records WHERE principal_id = $1', [principal]);
  expect([keys, records]).toEqual([[], []]);
  expect(await change(principal, { note: 'again' }, 'acquire')).toEqual({ kind: 'not-found' });
  expect(await eraseOf(newId(NOW))).toBeNull();
});

test('the server keeps no key, wrapped as it is, to plan with', async () => {
  for (let i = 0; i < 3; i++) await create({ note: 'x', email: `planned-${i}@example.jp` });
  await house.owner.query('ANALYZE', []);
  const kept = await house.owner.query(
    "SELECT tablename, attname FROM pg_stats WHERE attname = 'wrapped_key' OR (tablename, attname) = ('vault_records', 'email')",
    [],
  );
  expect(kept).toEqual([]);
  const planned = await house.owner.query<{ column: string }>(
    `SELECT c.relname || '.' || a.attname AS column FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
     WHERE a.attname = 'wrapped_key' AND c.relkind = 'r' AND a.attstattarget IS DISTINCT FROM 0`,
    [],
  );
  expect(planned).toEqual([]);
});

test.each<[string, Partial<PermitScope> & { act?: Act }]>([
  ['another act', { act: 'acquire' }],
  ['another person', { principals: [newId(NOW)] }],
  ['another holding', { holding: other }],
  ['fewer items', { items: ['name'] }],
  ['a time that is over', { until: NOW - 1 }],
])('a permit for %s opens nothing', async (_, scope) => {
  const { principal } = await create({ name: '例示 花子', note: 'x' });
  const key = newId(NOW);
  const [row] = await runParts<Found>(
    house.app,
    'test.read',
    [opening([{ key, principal, holding, items: ['name', 'note'], purposes: null }])],
    'SELECT * FROM found',
  );
  const wrong = permit(scope.act ?? 'use', principal, scope);
  expect(() => open(vault, wrong, row!, { principal, holding, items: ['name', 'note'], now: NOW })).toThrow(
    PermitBreach,
  );
});

test.each<[string, Partial<PermitScope>]>([
  ['one holding', { holding }],
  ['some items', { items: ['name', 'note'] }],
  ['no items', { items: [] }],
  ['another person', { principals: [newId(NOW)] }],
  ['another act', { act: 'correct' }],
  ['a time that is over', { until: NOW - 1 }],
])('a permit for %s erases nobody', async (_, scope) => {
  const { principal } = await create({ name: '例示 花子', note: 'x' });
  const wrong = permit(scope.act ?? 'erase', principal, scope);
  await expect(house.app.transaction((tx) => erase(tx, wrong, { principal, now: NOW }))).rejects.toThrow(PermitBreach);
  expect(await heldAbout(house.app, principal)).toMatchObject({ records: [{ items: ['name', 'note'] }] });
});

test.each<Act>(['use', 'provide', 'receipt', 'erase'])('a permit to %s changes nothing', async (act) => {
  const { principal } = await create({ note: 'x' });
  await expect(change(principal, { note: 'y' }, act)).rejects.toThrow(PermitBreach);
  expect(await heldAbout(house.app, principal)).toMatchObject({ records: [{ version: 1 }] });
});

test('two ids are linked while something is held about both, and nothing is written otherwise', async () => {
  const { principal } = await create({ name: '例示 花子' });
  const { principal: other } = await create({ name: '例示 はな' });
  const linking = (principal_id: string, other_id: string) =>
    house.app.transaction((tx) =>
      link(tx, { id: newId(NOW), principal_id, other_id, shown_by: 'told', at: new Date(NOW), actor: 'sekisho' }),
    );
  await eraseOf(other);
  expect([await linking(principal, other), await linking(newId(NOW), principal)]).toEqual(['unknown', 'unknown']);
  expect(await linksAbout(house.app, principal)).toEqual([]);
});

test('a permit can be neither made up nor copied', async () => {
  const { principal } = await create({ note: 'x' });
  const [row] = await runParts<Found>(
    house.app,
    'test.read',
    [opening([{ key: newId(NOW), principal, holding, items: ['note'], purposes: null }])],
    'SELECT * FROM found',
  );
  const genuine = permit('use', principal);
  const asked = { principal, holding, items: ['note'], now: NOW };
  expect(open(vault, genuine, row!, asked)).toEqual({ note: 'x' });
  for (const forged of [
    { ...genuine } as unknown as Permit,
    Object.create(genuine) as Permit,
    {} as unknown as Permit,
    null as unknown as Permit,
  ]) {
    expect(() => open(vault, forged, row!, asked)).toThrow(PermitBreach);
  }
});

test('keys are made once, for their owner alone, and open the vault again', async () => {
  const keys = path.join(folder, 'keys');
  expect(fs.readdirSync(keys)).toEqual(['vault-1.key']);
  expect(fs.statSync(keys).mode & 0o777).toBe(0o700);
  expect(fs.statSync(path.join(keys, 'vault-1.key')).mode & 0o777).toBe(0o600);
  const again = await openVault(house.app, keys);
  expect(again.index('x')).toEqual(vault.index('x'));
});

test('a missing, wrong or cut key stops the start with a sentence', async () => {
  const missing = openVault(house.app, path.join(folder, 'elsewhere'));
  await expect(missing).rejects.toThrow(StartProblem);
  await expect(missing).rejects.toThrow('is missing');
  expect(fs.existsSync(path.join(folder, 'elsewhere'))).toBe(false);
  const wrong = path.join(folder, 'wrong');
  fs.mkdirSync(wrong);
  fs.writeFileSync(path.join(wrong, 'vault-1.key'), Buffer.alloc(32, 7));
  await expect(openVault(house.app, wrong)).rejects.toThrow('does not belong to this database');
  fs.writeFileSync(path.join(wrong, 'vault-1.key'), Buffer.alloc(31, 7));
  await expect(openVault(house.app, wrong)).rejects.toThrow('wrong size');
});

test('two processes that start at once agree on one key', async () => {
  const fresh = await testDatabase();
  const keys = path.join(folder, 'at-once');
  const vaults = await Promise.all(Array.from({ length: 4 }, () => openVault(fresh.app, keys)));
  expect(new Set(vaults.map((v) => v.index('x').toString('hex'))).size).toBe(1);
  await fresh.drop();
});
