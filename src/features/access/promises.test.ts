// Compares who is let in with the log: every change, addition or removal in the database is noticed, and nothing that the office did itself.

import { hash } from 'node:crypto';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { generateSync } from 'otplib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PASSWORD, PASSWORD_HASH, rowsVisited, testDatabase, type TestDatabase } from '../../../tests/house.ts';
import { valueOf } from '../../../tests/people.ts';
import { tampered } from '../../../tests/tamper.ts';
import type { Action, Role } from '../../base/actor.ts';
import type { Proof } from '../../base/promise.ts';
import { listEntries } from '../../log/index.ts';
import { equip, type Office } from '../../office.ts';
import { standingClock } from '../../platform/clock.ts';
import { readConfig } from '../../platform/config.ts';
import { loadAccessPolicies, openAccess, type Access, type By } from './actions/access.ts';
import { changePassword } from './actions/account.ts';
import { letInAsLogged } from './actions/as-logged.ts';
import { createOfficerLink, createSetupLink, enterByLink, readLink } from './actions/links.ts';
import { changePerson } from './actions/person.ts';
import { signIn } from './actions/sign-in.ts';
import { addFictionalStaff, changeRoles, endStaff, inviteStaff, resetStaff } from './actions/staff.ts';
import { createSystem, createToken, endSystem, narrowTokens, revokeToken } from './actions/systems.ts';
import { keepPolicies } from './actions/policies.ts';
import { type AccessPolicies, changesOf, readAccessPolicies } from './facts/policies.ts';
import { SESSION_MS } from './facts/session.ts';
import { accessProvers } from './promises.ts';
import { sessionsLogged } from './store/let-in.ts';
import { sessionByToken } from './store/sessions.ts';
import { listStaff } from './store/staff.ts';

let house: TestDatabase;
let folder: string;
let office: Office;
let access: Access;
let prover: () => Promise<Proof>;
const clock = standingClock('2026-12-09T10:00:00+09:00');

beforeAll(async () => {
  house = await testDatabase();
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'sekisho-let-in-'));
  office = await equip(readConfig({}, { dataFolder: folder }), clock, house.app);
  access = await openAccess(office, await loadAccessPolicies('policies/access.cedar'));
  prover = () => accessProvers({ access })[0]!.prove(office);
});
afterAll(async () => {
  await house.drop();
  await fs.rm(folder, { recursive: true });
});

/** State; numbers of staff, systems, tokens and sessions; and what disagrees with the log. */
const prove = async () => {
  const { state, evidence } = await prover();
  const [, staff, systems, tokens, signIns, , ...strange] = evidence;
  const counts = [staff, systems, tokens, signIns].map((one) => one!.value.en);
  return [state, counts.join(' '), ...strange.map(({ label, href }) => `${label.en}, ${href}`)];
};

const by = (id: string, ...having: Role[]): By => ({
  actor: { kind: 'staff', id, name: '例示', roles: having },
  authority: ['officer-all-work'],
});

async function enter(link: string, person = { name: '関口 真理', email: 'mari@example.jp' }): Promise<string> {
  const token = link.split('/').at(-1)!;
  const { secret, sealed } = (await readLink(access, token))!;
  const code = generateSync({ secret, epoch: clock.now() / 1000 });
  const form = { ...person, password: PASSWORD, passwordAgain: PASSWORD, sealed, code };
  const { token: session } = valueOf(await enterByLink(access, token, form));
  return (await sessionByToken(house.app, access.directory, session))!.staff.id;
}

async function comesIn(giver: By, name: string, having: Role[]): Promise<string> {
  const { link } = valueOf(await inviteStaff(access, giver, { name, email: `${name}@example.jp`, roles: having }));
  return enter(link);
}

const named = ['first', 'second', 'admin', 'left', 'invited', 'reset', 'billing', 'used', 'revoked'] as const;
const ids = Object.fromEntries(named.map((one) => [one, ''])) as Record<(typeof named)[number], string>;
const tokenFor = async (giver: By, systemId: string, actions: Action[]): Promise<string> =>
  valueOf(await createToken(access, giver, { systemId, purposes: ['P3'], actions, days: 30 }, ['P1', 'P3'])).id;

test('before anybody is let in, the promise says so with a zero', async () => {
  expect(await prove()).toEqual(['kept', '0 0 0 0']);
  expect((await prover()).says.en).toBe('Nobody has been let in yet.');
});

test('whoever the office let in, changed, reset and ended is as the log has it', async () => {
  ids.first = await enter((await createSetupLink(access))!);
  const officer = by(ids.first, 'officer', 'administrator');
  ids.second = await comesIn(officer, 'second', ['officer']);
  ids.admin = await comesIn(officer, 'admin', ['administrator']);
  ids.left = await comesIn(officer, 'left', ['desk']);
  valueOf(await endStaff(access, officer, ids.left));
  ids.invited = valueOf(
    await inviteStaff(access, officer, { name: '例示 五', email: 'five@example.jp', roles: ['handler'] }),
  ).id;
  valueOf(await changeRoles(access, officer, ids.invited, ['handler', 'reception']));
  const was = { name: 'second', email: 'second@example.jp' };
  await house.owner.query('CREATE TABLE past_of_test AS SELECT * FROM staff', []);
  valueOf(await changePerson(access, officer, ids.second, { ...was, name: '例示 二' }, was));
  ids.reset = await comesIn(by(ids.admin, 'administrator'), 'reset', ['employee']);
  const { link } = valueOf(await resetStaff(access, by(ids.admin, 'administrator'), ids.reset));
  expect(await prove()).toEqual(['kept', '6 0 0 3']);
  await enter(link);
  const member = { name: '架空 一', email: 'fictional@example.jp', roles: ['employee'] as Role[] };
  await addFictionalStaff(access, { ...member, passwordHash: PASSWORD_HASH });
  const form = { current: PASSWORD, password: 'hoshi-no-kagayaki-8', passwordAgain: 'hoshi-no-kagayaki-8' };
  const { token } = valueOf(await signIn(access, { email: member.email, password: PASSWORD }, ''));
  const self = (await sessionByToken(house.app, access.directory, token))!.staff.id;
  valueOf(await changePassword(access, by(self, 'employee'), token, form));
  ids.billing = valueOf(await createSystem(access, officer, { name: '請求システム' })).id;
  ids.used = await tokenFor(officer, ids.billing, ['people:use', 'log:read']);
  ids.revoked = await tokenFor(by(ids.second, 'officer'), ids.billing, ['people:use']);
  valueOf(await revokeToken(access, officer, ids.revoked));
  const old = valueOf(await createSystem(access, officer, { name: '旧システム' })).id;
  await tokenFor(officer, old, ['people:use']);
  valueOf(await endSystem(access, officer, old));
  expect(await prove()).toEqual(['kept', '7 2 3 5']);
});

test('what an administrator gave a token once is told until it is taken from it', async () => {
  // An earlier version allowed this.
  const giver = by(ids.admin, 'officer');
  await tokenFor(giver, ids.billing, ['people:use', 'log:read']);
  const [state, , strange] = await prove();
  expect([state, strange]).toEqual([
    'broken',
    `Token of 請求システム (2026/12/09): let in by somebody without the right to do so, /systems?of=${ids.billing}`,
  ]);
  expect(await narrowTokens(access)).toBe(1);
  expect(await prove()).toEqual(['kept', '7 2 4 5']);
});

test('the access policies that a start reads are on record once, with the rules that are others than before', async () => {
  const logged = async () =>
    (await listEntries(house.app, { actions: ['access:policies'], most: 9 })).map(({ entry }) => {
      const { version, sha256, rules_added: added, rules_changed: changed, rules_removed: removed, actor } = entry;
      return { version, sha256, added, changed, removed, actor };
    });
  const of = (version: number, { text }: AccessPolicies, rules = {}) => {
    const none = { added: undefined, changed: undefined, removed: undefined };
    return { version, sha256: hash('sha256', text), ...none, ...rules, actor: 'sekisho' };
  };
  const { policies } = access;
  expect([await keepPolicies(access), await keepPolicies(access)]).toEqual([true, false]);
  expect(await logged()).toEqual([of(1, policies)]);
  const own = readAccessPolicies(
    `${policies.text.replace('@id("staff-ask")', '@id("all-ask")').replace('  Action::"log:export",', '')}
// 注釈`,
    '',
  );
  // Of two starts at the same time, one keeps the policies.
  const both = await Promise.all([1, 2].map(() => keepPolicies({ ...access, policies: own })));
  expect(both.toSorted()).toEqual([false, true]);
  const remark = readAccessPolicies(`${own.text}、もう一つ`, '');
  expect(await keepPolicies({ ...access, policies: remark })).toBe(true);
  const second = of(2, own, { added: ['all-ask'], removed: ['staff-ask'], changed: expect.any(Array) as string[] });
  expect((await logged()).toReversed()).toEqual([of(1, policies), second, of(3, remark)]);
  expect((await logged())[1]!.changed).toEqual(changesOf(policies.rules, own.rules).rules_changed);
  expect(await prove()).toEqual(['kept', '7 2 4 5']);
});

const where = (id: keyof typeof ids) => `WHERE id = (SELECT id FROM ids_of_test WHERE name = '${id}')`;
beforeAll(() => house.owner.query('CREATE TABLE ids_of_test (name text, id uuid)', []));
const noteIds = async () => {
  await house.owner.query('TRUNCATE ids_of_test', []);
  for (const [name, id] of Object.entries(ids))
    await house.owner.query('INSERT INTO ids_of_test VALUES ($1, $2)', [name, id]);
};

const staffCopy = (state: string) =>
  `INSERT INTO staff (id, name_sealed, email_sealed, email_index, roles, password_hash, totp_sealed, fictional, created_at, ended_at)
   SELECT gen_random_uuid(), name_sealed, email_sealed, sha256(email_index), '{officer}', ${state}, ended_at FROM staff`;
const member = 'Member of staff (2026/12/09)';
const ofToken = 'Token of 請求システム (2026/12/09)';
const unknown = 'there is no record that it was let in';
const gone = 'gone from the register';

test.each<[table: string, change: string, says: string]>([
  ['staff', `UPDATE staff SET roles = roles || '{officer}' ${where('admin')}`, `${member}: roles`],
  ['staff', `UPDATE staff SET roles = '{employee}' ${where('second')}`, `${member}: roles`],
  ['staff', `UPDATE staff SET ended_at = NULL ${where('left')}`, `${member}: when it ended`],
  ['staff', `UPDATE staff SET ended_at = now() ${where('second')}`, `${member}: when it ended`],
  [
    'staff',
    `UPDATE staff SET created_at = created_at - interval '1 day' ${where('second')}`,
    'Member of staff (2026/12/08): when it was made',
  ],
  [
    'staff',
    `UPDATE staff SET password_hash = password_hash || 'x' ${where('second')}`,
    `${member}: password and authenticator`,
  ],
  [
    'staff',
    `UPDATE staff SET fictional = true, totp_sealed = NULL ${where('second')}`,
    `${member}: whether fictional, password and authenticator`,
  ],
  [
    'staff',
    `UPDATE staff SET password_hash = 'x', totp_sealed = '\\x00' ${where('invited')}`,
    `${member}: whether they have registered, password and authenticator`,
  ],
  // The former name was sealed for the same row, so it opens.
  [
    'staff',
    `UPDATE staff SET name_sealed = (SELECT name_sealed FROM past_of_test ${where('second')}) ${where('second')}`,
    `${member}: name or e-mail`,
  ],
  ['staff', `UPDATE staff SET email_index = sha256(email_index) ${where('second')}`, `${member}: name or e-mail`],
  ['staff', `DELETE FROM staff ${where('left')}`, `${member}: ${gone}`],
  [
    'staff',
    `${staffCopy('password_hash, totp_sealed, fictional, created_at')} ${where('admin')}`,
    `${member}: ${unknown}`,
  ],
  [
    'systems',
    `UPDATE systems SET name = '集計システム' ${where('billing')}`,
    'System 集計システム (2026/12/09): name, or the token itself',
  ],
  [
    'systems',
    `UPDATE systems SET ended_at = NULL WHERE name = '旧システム'`,
    'System 旧システム (2026/12/09): when it ended',
  ],
  ['systems', `DELETE FROM systems ${where('billing')}`, `System (2026/12/09): ${gone}`],
  ['systems', "INSERT INTO systems VALUES (gen_random_uuid(), '例示', now())", unknown],
  ['api_tokens', `UPDATE api_tokens SET purposes = purposes || '{P1}' ${where('used')}`, `${ofToken}: purposes`],
  ['api_tokens', `UPDATE api_tokens SET actions = actions || '{people:erase}' ${where('used')}`, `${ofToken}: actions`],
  [
    'api_tokens',
    `UPDATE api_tokens SET actions = '{people:use,log:read}' WHERE actions = '{log:read}'`,
    `${ofToken}: actions`,
  ],
  [
    'api_tokens',
    `UPDATE api_tokens SET expires_at = expires_at + interval '1 year' ${where('used')}`,
    `${ofToken}: last day`,
  ],
  [
    'api_tokens',
    `UPDATE api_tokens SET token_hash = sha256(token_hash) ${where('used')}`,
    `${ofToken}: name, or the token itself`,
  ],
  ['api_tokens', `UPDATE api_tokens SET revoked_at = NULL ${where('revoked')}`, `${ofToken}: when it ended`],
  [
    'api_tokens',
    "UPDATE api_tokens SET revoked_at = NULL WHERE system_id IN (SELECT id FROM systems WHERE name = '旧システム')",
    'Token of 旧システム (2026/12/09): when it ended',
  ],
  [
    'api_tokens',
    `UPDATE api_tokens SET system_id = (SELECT id FROM systems WHERE name = '旧システム') ${where('used')}`,
    'Token of 旧システム (2026/12/09): system',
  ],
  ['api_tokens', `DELETE FROM api_tokens ${where('revoked')}`, `Token of a system (2026/12/09): ${gone}`],
  [
    'api_tokens',
    `INSERT INTO api_tokens SELECT gen_random_uuid(), system_id, sha256(token_hash), purposes, actions, created_at, expires_at FROM api_tokens ${where('used')}`,
    `${ofToken}: ${unknown}`,
  ],
  [
    'access_policies',
    "UPDATE access_policies SET text = replace(text, 'handler', 'employee') WHERE version = 1",
    'Access policies (from 2026/12/09): their text, /authority#versions',
  ],
  [
    'access_policies',
    "UPDATE access_policies SET since = since + interval '1 day' WHERE version = 3",
    'Access policies (from 2026/12/10): when it was made',
  ],
  ['access_policies', 'DELETE FROM access_policies WHERE version = 2', `Access policies (from 2026/12/09): ${gone}`],
  [
    'access_policies',
    'INSERT INTO access_policies SELECT gen_random_uuid(), 4, text, since FROM access_policies WHERE version = 2',
    'Access policies (from 2026/12/09): there is no record that they were read',
  ],
])('one of %s that is otherwise is seen and named: %s', async (table, change, says) => {
  await noteIds();
  const [state, , ...strange] = await tampered(house, [table], change, prove);
  // Deleting a system also makes its tokens appear, as tokens of a system.
  const named = strange.filter((one) => !one.startsWith('Token of a system') || table === 'api_tokens');
  expect([state, named]).toEqual(['broken', [expect.stringContaining(says)]]);
  expect(await prove()).toEqual(['kept', '7 2 4 5']);
});

const ofSession = "WHERE staff_id = (SELECT id FROM ids_of_test WHERE name = 'first')";
test.each([
  `INSERT INTO staff_sessions SELECT gen_random_uuid(), staff_id, sha256(token_hash), created_at, confirmed_at, seen_at FROM staff_sessions ${ofSession}`,
  `UPDATE staff_sessions SET token_hash = sha256(token_hash) ${ofSession}`,
  `UPDATE staff_sessions SET staff_id = (SELECT id FROM ids_of_test WHERE name = 'second') ${ofSession}`,
  `UPDATE staff_sessions SET created_at = created_at + interval '1 hour' ${ofSession}`,
])('a sign-in that nobody made is seen: %s', async (change) => {
  const [state, , ...strange] = await tampered(house, ['staff_sessions'], change, prove);
  const says = expect.stringMatching(
    /^Sign-in of a member of staff \(2026\/12\/09 1[01]:00.*\): there is no record of it, \/staff\//,
  ) as string;
  expect([state, strange]).toEqual(['broken', [says]]);
});

test('a backup that was restored lets in nobody whom the log has out, and takes nothing from the others', async () => {
  await noteIds();
  const old = "(SELECT id FROM systems WHERE name = '旧システム')";
  const idOf = (one: keyof typeof ids) => `(SELECT id FROM ids_of_test WHERE name = '${one}')`;
  const back = `WITH s AS (UPDATE systems SET ended_at = NULL WHERE id = ${old}),
      t AS (UPDATE api_tokens SET revoked_at = CASE WHEN id = ${idOf('revoked')} OR system_id = ${old} THEN NULL ELSE revoked_at END,
        actions = CASE id WHEN ${idOf('used')} THEN '{people:use,people:erase,log:read}' ELSE actions END),
      l AS (UPDATE staff_links SET used_at = NULL),
      n AS (INSERT INTO systems VALUES (gen_random_uuid(), '例示', now()))
    UPDATE staff SET ended_at = CASE id WHEN ${idOf('left')} THEN NULL ELSE ended_at END,
      password_hash = CASE id WHEN ${idOf('second')} THEN password_hash || 'x' WHEN ${idOf('invited')} THEN 'x'
        WHEN ${idOf('reset')} THEN NULL ELSE password_hash END,
      totp_sealed = CASE WHEN id = ${idOf('invited')} THEN '\\x00' WHEN id = ${idOf('reset')} THEN NULL ELSE totp_sealed END,
      roles = CASE id WHEN ${idOf('admin')} THEN '{administrator,officer}' WHEN ${idOf('invited')} THEN '{handler}' ELSE roles END`;
  const tables = [
    'systems',
    'api_tokens',
    'staff_links',
    'staff',
    'staff_sessions',
    'staff_recovery_codes',
    'log_entries',
  ];
  const state = async () => {
    const [row] = await house.owner.query<Record<string, unknown>>(
      `SELECT (SELECT json_agg(json_build_array(id, roles, ended_at IS NULL, password_hash IS NULL) ORDER BY id) FROM staff) AS staff,
         (SELECT json_agg(json_build_array(id, ended_at IS NULL) ORDER BY id) FROM systems WHERE name <> '例示') AS systems,
         (SELECT json_agg(json_build_array(id, actions, revoked_at IS NULL) ORDER BY id) FROM api_tokens) AS tokens,
         (SELECT count(*)::int FROM staff_sessions WHERE ended_at IS NULL) AS sessions,
         (SELECT count(*)::int FROM staff_links WHERE used_at IS NULL) AS links,
         (SELECT count(*)::int FROM staff_recovery_codes WHERE staff_id = ${idOf('second')}) AS codes`,
      [],
    );
    return row!;
  };
  const before = await state();
  expect(before).toMatchObject({ links: 1, codes: 10 });
  await tampered(house, tables, back, async () => {
    const [last] = await house.owner.query<{ seq: string }>('SELECT max(seq) AS seq FROM log_entries', []);
    const changed = await house.app.transaction((tx) => letInAsLogged(tx, clock.now()));
    const entries = await house.owner.query<{ entry: string }>(
      'SELECT entry FROM log_entries WHERE seq > $1 ORDER BY seq',
      [last!.seq],
    );
    const said = entries.map(({ entry }) => {
      const { action, actor, ...of } = JSON.parse(entry) as Record<string, string>;
      return `${actor} ${action} ${of[action!.split(':')[0]!]}`;
    });
    const [{ old: system, token } = { old: '', token: '' }] = await house.owner.query<{ old: string; token: string }>(
      `SELECT system_id AS old, id AS token FROM api_tokens WHERE system_id = ${old}`,
      [],
    );
    expect([changed, said.toSorted()]).toEqual([
      9,
      [
        `sekisho staff:as-logged ${ids.left}`,
        `sekisho staff:as-logged ${ids.admin}`,
        `sekisho staff:reset ${ids.invited}`,
        `sekisho staff:reset ${ids.reset}`,
        `sekisho staff:reset ${ids.second}`,
        `sekisho system:as-logged ${system}`,
        `sekisho token:as-logged ${ids.revoked}`,
        `sekisho token:as-logged ${ids.used}`,
        `sekisho token:as-logged ${token}`,
      ].toSorted(),
    ]);
    expect(await state()).toEqual({
      ...before,
      staff: (before.staff as [string, ...unknown[]][]).map((one) =>
        [ids.second, ids.reset].includes(one[0]) ? [...one.slice(0, 3), true] : one,
      ),
      sessions: 0,
      links: 0,
      codes: 0,
    });
    // What the log does not know stays, and the promise names it.
    const [, , ...strange] = await prove();
    expect(strange).toEqual([expect.stringContaining(unknown)]);
    expect(await house.app.transaction((tx) => letInAsLogged(tx, clock.now()))).toBe(0);
  });
  expect(await prove()).toEqual(['kept', '7 2 4 5']);
});

test('a sign-in that is over by its age is no matter', async () => {
  const old = `INSERT INTO staff_sessions SELECT gen_random_uuid(), staff_id, sha256(token_hash), created_at - interval '12 hours', confirmed_at, seen_at
    FROM staff_sessions ${ofSession}`;
  expect(await tampered(house, ['staff_sessions'], old, prove)).toEqual(['kept', '7 2 4 5']);
});

test('what an earlier version of the program did not say in its entries is not missed', async () => {
  const without = `UPDATE log_entries SET entry = (entry::jsonb - '{credentials,sha256,sealed}'::text[])::text WHERE action ~ '^(staff|system|token):'`;
  const undone = new Error('undone');
  const [asLogged, otherwise, restored] = await tampered(house, ['log_entries'], without, async () => [
    await prove(),
    await tampered(house, ['staff'], `UPDATE staff SET roles = roles || '{officer}' ${where('admin')}`, prove),
    // Nor does a restored backup lose anybody's password for it.
    await house.app
      .transaction(async (tx) => {
        expect(await letInAsLogged(tx, clock.now())).toBe(0);
        throw undone;
      })
      .catch((error: unknown) => [error]),
  ]);
  expect([asLogged, otherwise?.slice(0, 2), restored]).toEqual([['kept', '7 2 4 5'], ['broken', '7 2 4 5'], [undone]]);
});

test.each<[what: string, entry: () => Record<string, string | string[]>]>([
  [
    'an administrator makes an officer',
    () => ({ action: 'staff:roles', actor: `staff:${ids.admin}`, staff: ids.second }),
  ],
  ['somebody lets in who has left', () => ({ action: 'staff:roles', actor: `staff:${ids.left}`, staff: ids.admin })],
  [
    'there is a first officer beside others',
    () => ({ action: 'staff:set-up', actor: `staff:${ids.admin}`, staff: ids.admin }),
  ],
  [
    'there is a new officer by no link of the server’s own',
    () => ({ action: 'staff:let-in', actor: `staff:${ids.admin}`, staff: ids.admin }),
  ],
])('an entry is no better than whoever made it: %s', async (_, made) => {
  const { action, actor, staff } = made();
  const [{ roles: having } = { roles: [] }] = (await listStaff(house.app, access.directory)).filter(
    ({ id }) => id === staff,
  );
  const at = "to_char(now(), 'YYYY')";
  const entry = JSON.stringify({ v: 1, action, actor, staff, roles: having });
  const change = `INSERT INTO log_entries (xid, id, at, action, actor, entry)
    SELECT pg_current_xact_id(), gen_random_uuid(), now(), '${String(action)}', '${String(actor)}', (e::jsonb || jsonb_build_object('id', gen_random_uuid(), 'at', ${at}))::text
    FROM (SELECT '${entry}' AS e) AS made`;
  // Together with a change of a table, because the log alone is not read again.
  const look = () => tampered(house, ['systems'], 'UPDATE systems SET name = name', prove);
  const [state, , strange] = await tampered(house, ['log_entries'], change, look);
  expect([state, strange]).toEqual(['broken', expect.stringContaining(`/staff/${String(staff)}`)]);
});

test('whom nobody let in is not let in by what is done with them afterwards', async () => {
  const password = `INSERT INTO log_entries (xid, id, at, action, actor, entry)
    SELECT pg_current_xact_id(), id, now(), 'staff:password', 'staff:' || id, jsonb_build_object('action', 'staff:password', 'actor', 'staff:' || id, 'staff', id)
    FROM staff WHERE roles = '{officer}' AND id NOT IN (SELECT id FROM ids_of_test)`;
  const [state, , strange] = await tampered(
    house,
    ['staff'],
    `${staffCopy('password_hash, totp_sealed, fictional, created_at')} ${where('admin')}`,
    () => tampered(house, ['log_entries'], password, prove),
  );
  expect([state, strange]).toEqual(['broken', expect.stringContaining(unknown)]);
});

test('a log that came with its database speaks of those in it, one that was restored into an empty house of nobody here', async () => {
  const moved = "UPDATE log_entries SET xid = '0'";
  const emptied = ([table, ...more]: string[]): ReturnType<typeof prove> =>
    table ? tampered(house, [table], `DELETE FROM ${table}`, () => emptied(more)) : prove();
  const all = ['api_tokens', 'systems', 'staff_sessions', 'staff', 'access_policies'];
  const [came, restored, lost] = await tampered(house, ['log_entries'], moved, async () => [
    await prove(),
    await emptied(all),
    await tampered(house, ['staff'], `DELETE FROM staff ${where('left')}`, prove),
  ]);
  expect([came, restored, lost?.[0]]).toEqual([['kept', '7 2 4 5'], ['kept', '0 0 0 0'], 'broken']);
  expect((await emptied(all))[0]).toBe('broken');
});

test('the entries of sign-ins are found by their instants, however many there are', async () => {
  const many = `INSERT INTO log_entries (xid, id, at, action, actor, entry)
    SELECT pg_current_xact_id(), gen_random_uuid(), '2026-12-01'::timestamptz - n * interval '1 minute', action, 'staff:${ids.first}', '{}'
    FROM generate_series(1, 3000) AS n, unnest('{staff:sign-in,people:use}'::text[]) AS action`;
  const visited = await tampered(house, ['log_entries'], many, async () => {
    await house.owner.query('ANALYZE log_entries', []);
    return rowsVisited(house, 'log_entries', (on) => sessionsLogged(on, clock.now() - SESSION_MS));
  });
  // Five sessions begun at the same instant, each looked for among the five.
  expect(visited).toBeLessThanOrEqual(5 * 6);
});

test('nothing is read again for a sign-in, and everything for a change', async () => {
  await prove();
  const { database } = office;
  const { query } = database;
  const read: string[] = [];
  database.query = (sql, values, name) => {
    if (name === 'access.traces') read.push(name);
    return query(sql, values, name);
  };
  valueOf(await signIn(access, { email: 'fictional@example.jp', password: 'hoshi-no-kagayaki-8' }, ''));
  await prove();
  expect(read).toHaveLength(0);
  valueOf(await changeRoles(access, by(ids.first, 'officer'), ids.admin, ['administrator', 'auditor']));
  expect((await prove())[0]).toBe('kept');
  database.query = query;
  expect(read).toHaveLength(1);
});

test('an officer whom whoever runs the server let in is there by that link alone', async () => {
  const id = await enter((await createOfficerLink(access, 'lost'))!, { name: '例示 六', email: 'six@example.jp' });
  expect((await prove())[0]).toBe('kept');
  const strange = [expect.stringMatching(/^Member of staff .*: let in by somebody without the right to do so, /)];
  const look = () => tampered(house, ['systems'], 'UPDATE systems SET name = name', prove);
  for (const [what, on] of [
    [`regexp_replace(entry, '"link_sha256":"..', '"link_sha256":"zz')`, 'staff:let-in'],
    [`replace(entry, '"sekisho"', '"staff:${id}"')`, 'staff:officer-link'],
  ]) {
    const change = `UPDATE log_entries SET entry = ${what} WHERE action = '${on}'`;
    const [state, , ...others] = await tampered(house, ['log_entries'], change, look);
    expect([state, ...others]).toEqual(['broken', ...strange]);
  }
});
