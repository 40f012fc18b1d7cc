import { hash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseOptions } from '@node-rs/argon2';
import { generateSync } from 'otplib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { atOnce, beside, testDatabase, type TestDatabase } from '../../../tests/house.ts';
import { mailServer } from '../../../tests/smtp.ts';
import { flipped } from '../../../tests/tamper.ts';
import { actorRef, type Action, type Actor, type Role } from '../../base/actor.ts';
import { both } from '../../base/bilingual.ts';
import { newId } from '../../base/id.ts';
import { done, type Outcome } from '../../base/outcome.ts';
import { equip } from '../../office.ts';
import { standingClock } from '../../platform/clock.ts';
import { readConfig } from '../../platform/config.ts';
import { openDatabase, type Tx } from '../../platform/database/index.ts';
import { isAddress, type Mail } from '../../platform/mail.ts';
import { listEntries } from '../../log/index.ts';
import { loadAccessPolicies, openAccess, type Access, type AccessOffice, type By } from './actions/access.ts';
import {
  changePassword,
  countRecoveryCodes,
  endOwnSession,
  listOwnSessions,
  renewRecoveryCodes,
} from './actions/account.ts';
import { createGate, sessionCookie, tokenOfCookie, type AccessGate } from './actions/gate.ts';
import { createOfficerLink, createSetupLink, enterByLink, officerLinks, readLink } from './actions/links.ts';
import { mailStaff } from './actions/mail.ts';
import { changeOwnPerson, changePerson } from './actions/person.ts';
import { beginSession, confirmSignIn, sessionOf, signIn, signOut } from './actions/sign-in.ts';
import {
  addFictionalStaff,
  changeRoles,
  endStaff,
  inviteStaff,
  listStaff,
  readStaff,
  resetStaff,
  staffWhoMay,
} from './actions/staff.ts';
import {
  actionsToGive,
  createSystem,
  createToken,
  endSystem,
  narrowTokens,
  revokeToken,
  tokensBy,
  type TokenForm,
} from './actions/systems.ts';
import { isAboutPeople } from './facts/granting.ts';
import { readAccessPolicies } from './facts/policies.ts';
import { clearCredentials, lockCredentials } from './store/credentials.ts';
import { insertStaff, lockStaff } from './store/staff.ts';
import * as store from './store/systems.ts';

const T0 = Date.parse('2026-11-24T00:00:00Z');
const MINUTE = 60_000;
const password = 'tsuki-no-hikari-7';
const officer = { name: '関口 真理', email: 'mari.sekiguchi@example.jp' };

let house: TestDatabase;
let access: Access;
let gate: AccessGate;
let mail: Mail;
const letters = mailServer();
let clock: ReturnType<typeof standingClock>;
const folders: string[] = [];

const dataFolder = (): string => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sekisho-access-'));
  folders.push(folder);
  return folder;
};

const officeIn = (folder: string, publicUrl = 'http://127.0.0.1:8080'): AccessOffice => ({
  config: {
    dataFolder: folder,
    keysFolder: path.join(folder, 'keys'),
    databaseUrl: undefined,
    host: '127.0.0.1',
    port: 8080,
    publicUrl,
    mail: null,
    companySignIn: null,
  },
  clock,
  database: house.app,
  mail,
});

const at = (ms: number): void => clock.moveTo(new Date(T0 + ms).toISOString());

const tables =
  'staff, staff_recovery_codes, staff_links, staff_sessions, sign_in_attempts, systems, api_tokens, mail_outbox';
/** Number of log entries of earlier tests, since the log cannot be emptied. */
let loggedBefore = 0;

beforeAll(async () => {
  house = await testDatabase();
  clock = standingClock(new Date(T0).toISOString());
  const post = {
    SEKISHO_SMTP: `smtp://127.0.0.1:${await letters.serve()}`,
    SEKISHO_MAIL_FROM: '例示情報通信 <desk@example.jp>',
  };
  ({ mail } = await equip(readConfig(post, { dataFolder: dataFolder() }), clock, house.app));
  access = await openAccess(officeIn(dataFolder()), await loadAccessPolicies('policies/access.cedar'));
  gate = await createGate(access);
});
beforeEach(async () => {
  at(0);
  await house.owner.query(`TRUNCATE ${tables}`, []);
  const [last] = await house.owner.query<{ seq: number }>('SELECT coalesce(max(seq), 0) AS seq FROM log_entries', []);
  loggedBefore = last!.seq;
  for (const forget of access.forget) forget();
});
afterAll(async () => {
  await letters.close();
  await house.drop();
  for (const folder of folders) fs.rmSync(folder, { recursive: true });
});

function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problem));
  return outcome.value;
}

const problemOf = (outcome: Outcome<unknown>) => {
  if (outcome.ok) throw new Error('expected a problem');
  return outcome.problem;
};

const fieldsOf = (outcome: Outcome<unknown>): string[] => {
  const problem = problemOf(outcome);
  if (problem.kind === 'invalid') return problem.fields.map((f) => f.field);
  return problem.kind === 'conflict' ? [problem.field] : [problem.kind];
};

const tokenIn = (link: string): string => link.split('/').at(-1)!;

const secrets = new Map<string, Buffer>();
const codeNow = (email: string): string => generateSync({ secret: secrets.get(email)!, epoch: clock.now() / 1000 });

/** Comes in by a link as the page does. */
async function enter(link: string, person = officer, pass = password) {
  const token = tokenIn(link);
  const { secret, sealed } = (await readLink(access, token)) ?? { secret: Buffer.alloc(20), sealed: '' };
  secrets.set(person.email, secret);
  const code = generateSync({ secret, epoch: clock.now() / 1000 });
  return enterByLink(access, token, { ...person, password: pass, passwordAgain: pass, sealed, code });
}

const actorOf = async (token: string): Promise<Actor> =>
  (await gate.identify({ cookie: `sekisho=${token}`, authorization: undefined })).actor;

const bearer = async (token: string): Promise<Actor> =>
  (await gate.identify({ cookie: undefined, authorization: `Bearer ${token}` })).actor;

const byOf = async (token: string): Promise<By> => ({
  actor: await actorOf(token),
  authority: ['administrator-lets-in'],
});

const setUp = async () => valueOf(await enter((await createSetupLink(access))!));

/** Signs in with both steps, two minutes later so that the code is a new one. */
async function signInWhole(email: string, pass = password): Promise<string> {
  clock.moveTo(new Date(clock.now() + 2 * MINUTE).toISOString());
  const first = valueOf(await signIn(access, { email, password: pass }, ''));
  // The password alone does not make the browser known.
  expect(first).toMatchObject({ awaitsCode: true, known: '' });
  return valueOf(await confirmSignIn(access, first.token, codeNow(email), '')).token;
}

async function addStaff(by: By, name: string, email: string, roles: Role[]) {
  const invited = valueOf(await inviteStaff(access, by, { name, email, roles }));
  const entered = valueOf(await enter(invited.link, { name, email }));
  return { id: invited.id, token: entered.token, known: entered.known };
}

const logged = async (): Promise<{ action: string; actor: string; [member: string]: unknown }[]> =>
  (
    await house.owner.query<{ entry: string }>('SELECT entry FROM log_entries WHERE seq > $1 ORDER BY seq', [
      loggedBefore,
    ])
  ).map((r) => JSON.parse(r.entry) as { action: string; actor: string });

describe('the first officer', () => {
  test('comes in by a link that works once', async () => {
    const link = (await createSetupLink(access))!;
    expect(link).toMatch(/^http:\/\/127\.0\.0\.1:8080\/setup\/[A-Za-z0-9_-]{43}$/);
    const { token, recoveryCodes } = valueOf(await enter(link));
    expect(recoveryCodes).toHaveLength(10);
    expect(new Set(recoveryCodes).size).toBe(10);
    expect(await actorOf(token)).toMatchObject({
      kind: 'staff',
      name: '関口 真理',
      roles: ['officer', 'administrator'],
    });
    expect(await readLink(access, tokenIn(link))).toBe(null);
    expect(await createSetupLink(access)).toBe(null);
    const entries = await logged();
    expect(entries.map((e) => e.action)).toEqual(['staff:set-up']);
    expect(entries[0]!.actor).toBe(`staff:${((await actorOf(token)) as { id: string }).id}`);
  });

  test('is one, however many try at once, with one link or with ten', async () => {
    const links = await Promise.all(Array.from({ length: 10 }, () => createSetupLink(access)));
    const people = links.map((link, i) => ({
      link: (i % 2 ? link : links[0])!,
      name: `例示 ${i}`,
      email: `n${i}@example.jp`,
    }));
    const outcomes = await Promise.all(people.map((p) => enter(p.link, p)));
    expect(outcomes.filter((o) => o.ok)).toHaveLength(1);
    expect(outcomes.filter((o) => !o.ok).map((o) => problemOf(o).kind)).toEqual(Array(9).fill('not-found'));
    expect(await house.owner.query('SELECT id FROM staff', [])).toHaveLength(1);
    expect(await house.owner.query('SELECT id FROM staff_sessions', [])).toHaveLength(1);
    expect((await logged()).map((e) => e.action)).toEqual(['staff:set-up']);
  });

  test('is not made by a start beside another process that lets one in', async () => {
    const { token } = await setUp();
    const { id } = (await actorOf(token)) as { id: string };
    await house.owner.query('UPDATE staff SET ended_at = now() WHERE id = $1', [id]);
    const { begun } = await house.owner.transaction(async (tx) => {
      await lockStaff(tx);
      await tx.query('UPDATE staff SET ended_at = NULL WHERE id = $1', [id]);
      return beside(house, tx, () => createSetupLink(access));
    });
    expect(await begun).toBe(null);
  });

  test('alone, who has to come in anew, comes in as who they are', async () => {
    const { token } = await setUp();
    const { id } = (await actorOf(token)) as { id: string };
    // As after restoring a backup from before they set a password.
    await access.office.database.transaction((tx) => clearCredentials(tx, id));
    const link = (await createSetupLink(access))!;
    expect((await readLink(access, tokenIn(link)))?.staff).toMatchObject({ id, email: officer.email });
    const again = valueOf(await enter(link));
    expect(await actorOf(again.token)).toMatchObject({ id, roles: ['officer', 'administrator'] });
    expect(await house.owner.query('SELECT id FROM staff', [])).toHaveLength(1);
    expect((await logged()).map((e) => e.action)).toEqual(['staff:set-up', 'staff:enter']);
  });

  test('a link is over after a day, and an unknown one never works', async () => {
    const link = (await createSetupLink(access))!;
    expect(await readLink(access, 'x'.repeat(43))).toBe(null);
    at(24 * 60 * MINUTE);
    expect(await readLink(access, tokenIn(link))).toBe(null);
    expect(
      problemOf(
        await enterByLink(access, tokenIn(link), {
          ...officer,
          password,
          passwordAgain: password,
          sealed: '',
          code: '000000',
        }),
      ).kind,
    ).toBe('not-found');
  });

  test('a link that a clock dated a year ahead does not last a year', async () => {
    at(365 * 24 * 60 * MINUTE);
    const token = tokenIn((await createSetupLink(access))!);
    expect(await readLink(access, token)).not.toBe(null);
    at(0);
    expect(await readLink(access, token)).toBe(null);
    const form = { ...officer, password, passwordAgain: password, sealed: '', code: '000000' };
    expect(problemOf(await enterByLink(access, token, form)).kind).toBe('not-found');
  });

  test('is told every field to put right, and the link still works', async () => {
    const token = tokenIn((await createSetupLink(access))!);
    const bad = { name: ' ', email: 'nobody', password: 'password1234', passwordAgain: '', sealed: '', code: '123' };
    expect(fieldsOf(await enterByLink(access, token, bad))).toEqual(['name', 'email', 'password', 'code']);
    // A password made from the name is refused, as guesses begin there.
    const named = { ...bad, ...officer, password: 'sekiguchi-mari', passwordAgain: 'sekiguchi-mari' };
    expect(fieldsOf(await enterByLink(access, token, named))).toEqual(['password', 'code']);
    expect(await readLink(access, token)).not.toBe(null);
    expect(await house.owner.query('SELECT id FROM staff', [])).toEqual([]);
  });

  test('signs in with the keys of the password, however wide they were written', async () => {
    await enter((await createSetupLink(access))!, officer, 'ｔｓｕｋｉ－ｎｏ－ｈｉｋａｒｉ－７');
    expect(await actorOf(await signInWhole(officer.email, 'tsuki-no-hikari-7'))).toMatchObject({ kind: 'staff' });
  });

  test('has an authenticator that nobody knows who saw the link before', async () => {
    const token = tokenIn((await createSetupLink(access))!);
    const seen = (await readLink(access, token))!;
    const shown = (await readLink(access, token))!;
    expect(shown.secret.equals(seen.secret)).toBe(false);
    expect((await readLink(access, token, shown.sealed))!.secret.equals(shown.secret)).toBe(true);
    const asShown = (sealed: string, secret: Buffer) =>
      enterByLink(access, token, {
        ...officer,
        password,
        passwordAgain: password,
        sealed,
        code: generateSync({ secret, epoch: clock.now() / 1000 }),
      });
    const other = (await readLink(access, tokenIn((await createSetupLink(access))!)))!;
    const changed = `${shown.sealed.slice(0, -2)}${shown.sealed.endsWith('AA') ? 'BB' : 'AA'}`;
    for (const [sealed, secret] of [
      // From another showing, from another link, and forged.
      [shown.sealed, seen.secret],
      [other.sealed, other.secret],
      [changed, shown.secret],
      [seen.secret.toString('base64url'), seen.secret],
      ['', seen.secret],
    ] as const)
      expect(fieldsOf(await asShown(sealed, secret))).toEqual(['code']);
    const { token: session } = valueOf(await asShown(shown.sealed, shown.secret));
    expect(await actorOf(session)).toMatchObject({ roles: ['officer', 'administrator'] });
    at(5 * MINUTE);
    const half = valueOf(await signIn(access, { email: officer.email, password }, '')).token;
    const codeOf = (secret: Buffer) => generateSync({ secret, epoch: clock.now() / 1000 });
    expect(fieldsOf(await confirmSignIn(access, half, codeOf(seen.secret), ''))).toEqual(['code']);
    expect((await confirmSignIn(access, half, codeOf(shown.secret), '')).ok).toBe(true);
  });

  test('nothing of it is stored in clear', async () => {
    const { token, recoveryCodes } = await setUp();
    const link = await house.owner.query<{ token_hash: Buffer }>('SELECT token_hash FROM staff_links', []);
    expect(link[0]!.token_hash).toHaveLength(32);
    const [session] = await house.owner.query<{ token_hash: Buffer }>('SELECT token_hash FROM staff_sessions', []);
    expect(session!.token_hash.equals(hash('sha256', token, 'buffer'))).toBe(true);
    const [row] = await house.owner.query<{ password_hash: string }>('SELECT password_hash FROM staff', []);
    expect(row!.password_hash).toMatch(/^\$argon2id\$/);
    expect(parseOptions(row!.password_hash)).toMatchObject({ memoryCost: 19_456, timeCost: 2, parallelism: 1 });
    const held = ['staff', 'staff_sessions', 'staff_links', 'staff_recovery_codes', 'sign_in_attempts', 'log_entries'];
    const dump = (
      await Promise.all(held.map((t) => house.owner.query<{ row: string }>(`SELECT t::text AS row FROM ${t} t`, [])))
    ).flat();
    const all = dump.map((r) => r.row).join('\n');
    const hex = (s: string): string => Buffer.from(s).toString('hex');
    for (const secret of [officer.name, officer.email, password, token, ...recoveryCodes]) {
      expect(all).not.toContain(secret);
      expect(all).not.toContain(hex(secret));
    }
    expect(all).not.toContain(secrets.get(officer.email)!.toString('hex'));
  });
});

describe('a new officer beside those there are', () => {
  const another = { name: '例示 二郎', email: 'jiro@example.jp' };
  const DAY = 24 * 60 * MINUTE;

  test('comes in by a link of the server’s own, which is on record and told, and changes nothing of theirs', async () => {
    const { token } = await setUp();
    const first = (await actorOf(token)) as { id: string };
    const rows = () => house.owner.query('SELECT s::text FROM staff s WHERE id = $1', [first.id]);
    const before = await rows();
    at(MINUTE);
    const link = (await createOfficerLink(access, 'lost'))!;
    expect(link).toMatch(/^http:\/\/127\.0\.0\.1:8080\/setup\/[\w-]{43}$/);
    expect(await officerLinks(access)).toEqual([{ at: T0 + MINUTE, ground: 'lost', staff: null }]);
    const came = (await actorOf(valueOf(await enter(link, another)).token)) as { id: string };
    expect(came).toMatchObject({ kind: 'staff', name: another.name, roles: ['officer', 'administrator'] });
    expect(problemOf(await enter(link, { ...another, email: 'third@example.jp' })).kind).toBe('not-found');
    expect(await rows()).toEqual(before);
    expect(await actorOf(token)).toMatchObject({ id: first.id, roles: ['officer', 'administrator'] });
    expect(await officerLinks(access)).toEqual([{ at: T0 + MINUTE, ground: 'lost', staff: came.id }]);

    const digest = hash('sha256', tokenIn(link));
    const [, made, entered] = await logged();
    expect(made).toMatchObject({ action: 'staff:officer-link', actor: 'sekisho', ground: 'lost', link_sha256: digest });
    expect(entered).toMatchObject({ action: 'staff:let-in', actor: `staff:${came.id}`, link_sha256: digest });
    while (await mail.sendNext());
    const told = letters.received.filter(({ mail: { subject } }) => subject!.startsWith('新しい個人情報'));
    expect(told.map(({ mail: { subject }, to }) => [subject, ...to])).toEqual([
      ['新しい個人情報保護管理者のリンクが作られました（2026/11/24 09:01）', officer.email],
    ]);
    expect(told[0]!.mail.text).not.toContain(tokenIn(link));
    // An officer is not asked to tell an officer.
    expect(told[0]!.mail.text).toContain('すぐにサーバーを動かす人に確かめてください。');
    at(30 * DAY + MINUTE);
    expect(await officerLinks(access)).toEqual([]);
  });

  test('has the newest link alone, for a day, and none where there is no officer', async () => {
    expect(await createOfficerLink(access, 'away')).toBe(null);
    const first = (await createSetupLink(access))!;
    const left = (await createSetupLink(access))!;
    valueOf(await enter(first));
    const links = [(await createOfficerLink(access, 'away'))!, (await createOfficerLink(access, 'lost'))!];
    for (const gone of [left, links[0]!]) {
      expect(await readLink(access, tokenIn(gone))).toBe(null);
      expect(problemOf(await enter(gone, another)).kind).toBe('not-found');
    }
    at(DAY);
    expect(problemOf(await enter(links[1]!, another)).kind).toBe('not-found');
    expect(await house.owner.query('SELECT id FROM staff', [])).toHaveLength(1);
  });

  test('is made beside officers who have come in, not beside others, and ends no invitation of theirs', async () => {
    const by: By = { actor: { kind: 'sekisho' }, authority: [] };
    await addStaff(by, '例示 二郎', 'jiro.reiji@example.jp', ['employee']);
    const form = { name: '例示 花子', email: 'hanako.reiji@example.jp', roles: ['officer' as const] };
    const { link } = valueOf(await inviteStaff(access, by, form));
    expect(await createOfficerLink(access, 'away')).toBe(null);
    valueOf(await enter(link, form));
    const other = valueOf(await inviteStaff(access, by, { ...form, email: 'hana.reiji@example.jp', roles: ['desk'] }));
    expect(await createOfficerLink(access, 'away')).not.toBe(null);
    expect(await readLink(access, tokenIn(other.link))).not.toBe(null);
  });

  test('has an e-mail of their own, and the link still works', async () => {
    await setUp();
    const link = (await createOfficerLink(access, 'lost'))!;
    expect(fieldsOf(await enter(link, { ...another, email: officer.email }))).toEqual(['email']);
    expect(fieldsOf(await enter(link, { ...another, name: ' ' }))).toEqual(['name']);
    const outcomes = await Promise.all([enter(link, another), enter(link, { ...another, email: 'third@example.jp' })]);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await house.owner.query('SELECT id FROM staff', [])).toHaveLength(2);
  });
});

test('whoever was invited is asked for a password unlike their own name, whatever name the form gives', async () => {
  const { token } = await setUp();
  const person = { name: '佐伯 直人', email: 'naotosaeki@example.jp' };
  const { link } = valueOf(await inviteStaff(access, await byOf(token), { ...person, roles: ['desk'] }));
  const said = { name: '', email: '' };
  expect(fieldsOf(await enter(link, said, 'naotosaeki-42'))).toEqual(['password']);
  const came = valueOf(await enter(link, said));
  expect(await actorOf(came.token)).toMatchObject({ kind: 'staff', name: person.name, roles: ['desk'] });
});

describe('signing in', () => {
  test('takes password and code, and each code once', async () => {
    await setUp();
    at(5 * MINUTE);
    const first = valueOf(await signIn(access, { email: ' Mari.SEKIGUCHI@example.jp', password }, ''));
    expect(await actorOf(first.token)).toEqual({ kind: 'public' });
    const code = codeNow(officer.email);
    const second = valueOf(await confirmSignIn(access, first.token, code, ''));
    expect(second.token).not.toBe(first.token);
    expect(await actorOf(second.token)).toMatchObject({ kind: 'staff' });
    expect(await actorOf(first.token)).toEqual({ kind: 'public' });
    expect(problemOf(await confirmSignIn(access, first.token, code, '')).kind).toBe('not-found');
    const again = valueOf(await signIn(access, { email: officer.email, password }, ''));
    expect(fieldsOf(await confirmSignIn(access, again.token, code, ''))).toEqual(['code']);
    expect((await logged()).map((e) => e.action)).toEqual(['staff:set-up', 'staff:sign-in']);
  });

  test('the code of the set-up is not taken again', async () => {
    await setUp();
    const first = valueOf(await signIn(access, { email: officer.email, password }, ''));
    expect(fieldsOf(await confirmSignIn(access, first.token, codeNow(officer.email), ''))).toEqual(['code']);
  });

  test('one code lets in one of ten at once', async () => {
    await setUp();
    at(5 * MINUTE);
    const code = codeNow(officer.email);
    const halves: string[] = [];
    for (let i = 0; i < 5; i++)
      halves.push(valueOf(await signIn(access, { email: officer.email, password }, '')).token);
    const outcomes = await Promise.all(halves.map((token) => confirmSignIn(access, token, code, '')));
    expect(outcomes.filter((o) => o.ok)).toHaveLength(1);
  });

  test('a recovery code stands in, once, however it is typed', async () => {
    const { recoveryCodes } = await setUp();
    const half = async () => valueOf(await signIn(access, { email: officer.email, password }, '')).token;
    const typed = recoveryCodes[3]!.toUpperCase().replace('-', ' ');
    const { token } = valueOf(await confirmSignIn(access, await half(), typed, ''));
    expect(await actorOf(token)).toMatchObject({ kind: 'staff' });
    expect(fieldsOf(await confirmSignIn(access, await half(), recoveryCodes[3]!, ''))).toEqual(['code']);
    const { id } = (await actorOf(token)) as { id: string };
    expect(await countRecoveryCodes(access, id)).toBe(9);
    expect((await logged()).at(-1)).toMatchObject({ action: 'staff:sign-in', factor: 'recovery-code' });
  });

  test('one sign-in takes one code, however many are sent for it at once', async () => {
    const { recoveryCodes } = await setUp();
    at(5 * MINUTE);
    const { token } = valueOf(await signIn(access, { email: officer.email, password }, ''));
    const codes = [recoveryCodes[0]!, recoveryCodes[1]!, codeNow(officer.email)];
    const outcomes = await Promise.all(codes.map((code) => confirmSignIn(access, token, code, '')));
    const came = outcomes.flatMap((one) => (one.ok ? [one.value] : []));
    expect(came).toHaveLength(1);
    const { id } = (await actorOf(came[0]!.token)) as { id: string };
    const [{ taken }] = (await house.owner.query(
      'SELECT (totp_last_step = $2)::int AS taken FROM staff WHERE id = $1',
      [id, Math.floor(clock.now() / 30_000)],
    )) as [{ taken: number }];
    expect(10 - (await countRecoveryCodes(access, id)) + taken).toBe(1);
    expect((await logged()).filter((e) => e.action === 'staff:sign-in')).toHaveLength(1);
    expect(outcomes.filter((one) => !one.ok).map((one) => problemOf(one).kind)).toEqual(['not-found', 'not-found']);
  });

  test('an authenticator that does not open is said as that, and a recovery code stands in', async () => {
    const { token: before, recoveryCodes } = await setUp();
    const by = await byOf(before);
    for (const damage of [flipped('totp_sealed'), String.raw`totp_sealed = '\x01'`]) {
      await house.owner.query(`UPDATE staff SET ${damage}`, []);
      at(5 * MINUTE);
      const half = valueOf(await signIn(access, { email: officer.email, password }, ''));
      expect(half.awaitsCode).toBe(true);
      const refused = await confirmSignIn(access, half.token, codeNow(officer.email), '');
      expect(problemOf(refused)).toMatchObject({
        kind: 'invalid',
        fields: [{ field: 'code', says: { en: expect.stringContaining('cannot be opened') } }],
      });
      const { token } = valueOf(await confirmSignIn(access, half.token, recoveryCodes.pop()!, ''));
      expect(await actorOf(token)).toMatchObject({ kind: 'staff' });
    }
    valueOf(await renewRecoveryCodes(access, by, before, password));
    const next = { current: password, password: 'kaze-ga-fuku-oka', passwordAgain: 'kaze-ga-fuku-oka' };
    valueOf(await changePassword(access, by, before, next));
  });

  test('half a sign-in is over after 10 minutes', async () => {
    await setUp();
    const before = (await logged()).length;
    const first = valueOf(await signIn(access, { email: officer.email, password }, ''));
    // The log names only those who came in.
    expect(await logged()).toHaveLength(before);
    at(10 * MINUTE);
    expect(problemOf(await confirmSignIn(access, first.token, codeNow(officer.email), '')).kind).toBe('not-found');
  });

  test('half a sign-in opens no account, and a whole one takes no code', async () => {
    const { token } = await setUp();
    const by = await byOf(token);
    at(5 * MINUTE);
    const half = valueOf(await signIn(access, { email: officer.email, password }, '')).token;
    expect(await sessionOf(access, half)).toBe(null);
    const next = { current: password, password: 'kaze-ga-fuku-oka', passwordAgain: 'kaze-ga-fuku-oka' };
    expect(problemOf(await changePassword(access, by, half, next)).kind).toBe('forbidden');
    expect(problemOf(await renewRecoveryCodes(access, by, half, password)).kind).toBe('forbidden');
    expect(problemOf(await confirmSignIn(access, token, codeNow(officer.email), '')).kind).toBe('not-found');
    expect((await confirmSignIn(access, half, codeNow(officer.email), '')).ok).toBe(true);
    expect((await actorOf(token)).kind).toBe('staff');
  });

  // bench/access.ts measures that it also takes as long.
  test('is answered in the same words for an unknown account', async () => {
    await setUp();
    const wrong = { password: 'mizu-no-oto-42' };
    const known = problemOf(await signIn(access, { ...wrong, email: officer.email }, 'a'));
    const unknown = problemOf(await signIn(access, { ...wrong, email: 'nobody@example.jp' }, 'b'));
    expect(unknown).toEqual(known);
  });
});

describe('too many attempts', () => {
  const wrong = (email = officer.email, from = '') => signIn(access, { email, password: 'mizu-no-oto-42' }, from);
  const untilFree = async (email: string, times = 10): Promise<Outcome<unknown>[]> => {
    const outcomes: Outcome<unknown>[] = [];
    for (let i = 0; i < times; i++) {
      outcomes.push(await wrong(email));
      clock.moveTo(new Date(clock.now() + 65_000).toISOString());
    }
    return outcomes;
  };

  test('wait longer and longer, then a quarter of an hour, known account or not', async () => {
    await setUp();
    for (let i = 0; i < 4; i++) expect(fieldsOf(await wrong())).toEqual(['password']);
    expect(fieldsOf(await wrong())).toEqual(['attempts']);
    at(2_000);
    expect(fieldsOf(await wrong())).toEqual(['password']);
    at(60 * MINUTE);
    const here = await untilFree(officer.email);
    at(120 * MINUTE);
    const nobody = await untilFree('nobody@example.jp');
    expect(nobody).toEqual(here);
    expect(here.map((o) => fieldsOf(o)[0])).toEqual(Array(10).fill('password'));
    at(180 * MINUTE);
    await untilFree(officer.email);
    // Locked: even the right password is not checked.
    expect(fieldsOf(await signIn(access, { email: officer.email, password }, ''))).toEqual(['attempts']);
    clock.moveTo(new Date(clock.now() + 15 * MINUTE).toISOString());
    expect((await signIn(access, { email: officer.email, password }, '')).ok).toBe(true);
    const locks = (await logged()).filter((e) => e.action === 'staff:lock');
    expect(locks.map((e) => [e.actor, typeof e.staff])).toEqual([
      ['public', 'string'],
      ['public', 'undefined'],
      ['public', 'string'],
    ]);
  });

  test('of a stranger shut out nobody who signed in from this browser before', async () => {
    const { token, known } = await setUp();
    const other = await addStaff(await byOf(token), '佐伯 直人', 'naoto.saeki@example.jp', ['desk']);
    at(20 * MINUTE);
    await untilFree(officer.email);
    const right = { email: officer.email, password };
    expect(fieldsOf(await signIn(access, right, ''))).toEqual(['attempts']);
    // A mark of another account, or a forged one, counts as none.
    const madeUp = `${known.slice(0, -2)}${known.endsWith('AA') ? 'BB' : 'AA'}`;
    for (const not of ['', 'x', other.known, madeUp, known.split('.')[0]!])
      expect([not, fieldsOf(await signIn(access, right, '', not))]).toEqual([not, ['attempts']]);

    const half = valueOf(await signIn(access, right, '192.0.2.7', known));
    expect([half.awaitsCode, half.known]).toEqual([true, '']);
    const whole = valueOf(await confirmSignIn(access, half.token, codeNow(officer.email), '192.0.2.7', known));
    expect(await actorOf(whole.token)).toMatchObject({ kind: 'staff' });
    const change = { current: password, password: 'kaze-ga-fuku-oka', passwordAgain: 'kaze-ga-fuku-oka' };
    expect((await changePassword(access, await byOf(whole.token), whole.token, change)).ok).toBe(true);
    expect(fieldsOf(await signIn(access, right, ''))).toEqual(['attempts']);
  });

  test('from a browser that signed in before are counted too, and shut out nobody else', async () => {
    const { token, known } = await setUp();
    const guess = { email: officer.email, password: 'mizu-no-oto-42' };
    for (let i = 0; i < 10; i++) {
      await signIn(access, guess, '', known);
      clock.moveTo(new Date(clock.now() + 65_000).toISOString());
    }
    const right = { email: officer.email, password };
    expect(fieldsOf(await signIn(access, right, '', known))).toEqual(['attempts']);
    expect((await signIn(access, right, '')).ok).toBe(true);
    expect(await actorOf(token)).toMatchObject({ kind: 'staff' });
    const current = { current: 'mizu-no-oto-42', password: 'kaze-ga-fuku-oka', passwordAgain: 'kaze-ga-fuku-oka' };
    const by = await byOf(token);
    const fields: string[] = [];
    for (let i = 0; i < 5; i++) fields.push(fieldsOf(await changePassword(access, by, token, current))[0]!);
    expect(fields).toEqual(['current', 'current', 'current', 'current', 'attempts']);
  });

  test('at once count too: of forty guesses four are looked at', async () => {
    await setUp();
    const outcomes = await Promise.all(Array.from({ length: 40 }, () => wrong()));
    expect(outcomes.filter((o) => fieldsOf(o)[0] === 'password')).toHaveLength(4);
  });

  test('count also where those before are forgotten meanwhile', async () => {
    await setUp();
    await wrong();
    at(31 * MINUTE);
    const { begun } = await house.owner.transaction(async (tx) => {
      await tx.query('SELECT key FROM sign_in_attempts FOR UPDATE', []);
      const guess = await beside(house, tx, () => wrong());
      await tx.query('DELETE FROM sign_in_attempts', []);
      return guess;
    });
    expect(fieldsOf(await begun)).toEqual(['password']);
    expect(await house.owner.query('SELECT failures FROM sign_in_attempts', [])).toEqual([{ failures: 1 }]);
  });

  test.each([
    ['a quarter of an hour passes', 16 * MINUTE],
    ['the clock goes back', -60 * MINUTE],
  ])('count anew once %s', async (_, ms) => {
    await setUp();
    at(60 * MINUTE);
    expect((await untilFree(officer.email, 9)).map((o) => fieldsOf(o)[0])).toEqual(Array(9).fill('password'));
    clock.moveTo(new Date(clock.now() + ms).toISOString());
    const fields: string[] = [];
    for (let i = 0; i < 5; i++) fields.push(fieldsOf(await wrong())[0]!);
    expect(fields).toEqual(['password', 'password', 'password', 'password', 'attempts']);
    expect((await logged()).filter((e) => e.action === 'staff:lock')).toEqual([]);
  });

  test('of an account are forgotten once somebody came in; of an address, by nobody who comes in from there', async () => {
    const { token } = await setUp();
    const here = '192.0.2.7';
    await addStaff(await byOf(token), '佐伯 直人', 'naoto.saeki@example.jp', ['desk']);
    const failures = async (): Promise<number[]> =>
      (
        await house.owner.query<{ failures: number }>('SELECT failures FROM sign_in_attempts ORDER BY failures', [])
      ).map((row) => row.failures);
    await wrong(officer.email, here);
    for (let i = 0; i < 39; i++) await wrong(`n${i}@example.jp`, here);
    expect((await failures()).at(-1)).toBe(40);
    // An attacker with an account of their own does not reset the count by signing in to it.
    at(2 * MINUTE);
    const half = valueOf(await signIn(access, { email: 'naoto.saeki@example.jp', password }, here));
    valueOf(await confirmSignIn(access, half.token, codeNow('naoto.saeki@example.jp'), here));
    expect((await failures()).at(-1)).toBe(40);
    for (let i = 0; i < 2; i++) await wrong(officer.email, here);
    const officers = valueOf(await signIn(access, { email: officer.email, password }, '192.0.2.8'));
    valueOf(await confirmSignIn(access, officers.token, codeNow(officer.email), '192.0.2.8'));
    // Nor do the officer's own failures include attempts from before they signed in.
    const after: string[] = [];
    for (let i = 0; i < 4; i++) after.push(fieldsOf(await wrong(officer.email, '192.0.2.9'))[0]!);
    expect(after).toEqual(['password', 'password', 'password', 'password']);
    expect(await failures()).toEqual(expect.arrayContaining([42]));
  });

  test('are told how long to wait, in seconds and then in minutes', async () => {
    await setUp();
    const says = async () => {
      const problem = problemOf(await wrong());
      return problem.kind === 'invalid' ? problem.fields[0].says : null;
    };
    for (let i = 0; i < 4; i++) await wrong();
    expect(await says()).toMatchObject({
      ja: expect.stringContaining('2秒後'),
      en: expect.stringContaining('2 seconds'),
    });
    at(60 * MINUTE);
    await untilFree(officer.email);
    expect(await says()).toMatchObject({
      ja: expect.stringContaining('14分後'),
      en: expect.stringContaining('14 minutes'),
    });
  });

  test('leave nothing of who failed, nor from where, once they count no more', async () => {
    await setUp();
    await wrong(officer.email, '192.0.2.7');
    const kept = async (): Promise<number> => (await house.owner.query('SELECT key FROM sign_in_attempts', [])).length;
    expect(await kept()).toBe(2);
    at(29 * MINUTE);
    await wrong('nobody@example.jp');
    expect(await kept()).toBe(3);
    at(31 * MINUTE);
    await wrong('nobody@example.jp');
    expect(await kept()).toBe(1);
  });

  test('codes count for the account', async () => {
    await setUp();
    const { token } = valueOf(await signIn(access, { email: officer.email, password }, ''));
    const answers: string[] = [];
    for (let i = 0; i < 5; i++) answers.push(fieldsOf(await confirmSignIn(access, token, '000000', ''))[0]!);
    expect(answers).toEqual(['code', 'code', 'code', 'code', 'attempts']);
    // A right password in between does not reset the count.
    at(2_000);
    const next = valueOf(await signIn(access, { email: officer.email, password }, ''));
    expect(fieldsOf(await confirmSignIn(access, next.token, '000000', ''))).toEqual(['code']);
    expect(fieldsOf(await confirmSignIn(access, next.token, '000000', ''))).toEqual(['attempts']);
  });

  test('of codes that lock the account are on record as those of its owner', async () => {
    await setUp();
    const [owner] = await listStaff(access);
    const locks = async () => (await logged()).filter(({ action }) => action === 'staff:lock');
    const { token } = valueOf(await signIn(access, { email: officer.email, password }, ''));
    for (let i = 0; i < 10; i++) {
      expect(await locks()).toEqual([]);
      clock.moveTo(new Date(clock.now() + 65_000).toISOString());
      const half = i < 9 ? token : valueOf(await signIn(access, { email: officer.email, password }, '')).token;
      expect(fieldsOf(await confirmSignIn(access, half, '000000', ''))).toEqual(['code']);
    }
    expect(await locks()).toMatchObject([{ actor: 'public', staff: owner!.id }]);
  });

  test('from one address close the address, not the accounts', async () => {
    await setUp();
    for (let i = 0; i < 44; i++) await wrong(`n${i}@example.jp`, '192.0.2.7');
    expect(fieldsOf(await signIn(access, { email: officer.email, password }, '192.0.2.7'))).toEqual(['attempts']);
    expect((await signIn(access, { email: officer.email, password }, '192.0.2.8')).ok).toBe(true);
    const rows = await house.owner.query<{ key: Buffer }>('SELECT key FROM sign_in_attempts', []);
    expect(rows.every((r) => r.key.length === 32)).toBe(true);
    // The fiftieth is recorded, as nobody's.
    const locks = async () => (await logged()).filter(({ action }) => action === 'staff:lock');
    for (let i = 44; i < 50; i++) {
      expect(await locks()).toEqual([]);
      clock.moveTo(new Date(clock.now() + 65_000).toISOString());
      await wrong(`n${i}@example.jp`, '192.0.2.7');
    }
    expect(await locks()).toMatchObject([{ actor: 'public' }]);
  });
});

describe('sessions', () => {
  test('are over after 30 minutes without use', async () => {
    const { token } = await setUp();
    at(29 * MINUTE);
    expect(await actorOf(token)).toMatchObject({ kind: 'staff' });
    at(58 * MINUTE);
    expect(await actorOf(token)).toMatchObject({ kind: 'staff' });
    at(58 * MINUTE + 30 * MINUTE);
    expect(await actorOf(token)).toEqual({ kind: 'public' });
  });

  test('are over after 12 hours, used or not', async () => {
    const { token } = await setUp();
    for (let i = 1; i < 12 * 3; i++) {
      at(i * 20 * MINUTE);
      expect(await actorOf(token)).toMatchObject({ kind: 'staff' });
    }
    // Exact to the second, even if it was used a second before.
    at(12 * 60 * MINUTE - 1_000);
    expect(await actorOf(token)).toMatchObject({ kind: 'staff' });
    at(12 * 60 * MINUTE);
    expect(await actorOf(token)).toEqual({ kind: 'public' });
  });

  test('that are over by their age are kept no longer than until the next begins', async () => {
    const { token } = await setUp();
    at((12 * 60 - 10) * MINUTE);
    await signInWhole(officer.email);
    const kept = async (): Promise<number> => (await house.owner.query('SELECT id FROM staff_sessions', [])).length;
    expect(await kept()).toBe(3);
    at(12 * 60 * MINUTE);
    const last = await signInWhole(officer.email);
    expect([await kept(), (await actorOf(token)).kind, (await actorOf(last)).kind]).toEqual([4, 'public', 'staff']);
    // Sessions that a wrong clock dated a year ahead are over as well.
    at(-365 * 24 * 60 * MINUTE);
    valueOf(await signIn(access, { email: officer.email, password }, ''));
    expect(await kept()).toBe(1);
  });

  test('end on sign-out, for everybody at once', async () => {
    const { token } = await setUp();
    const elsewhere = await createGate({ ...access, forget: new Set() });
    const there = async () =>
      (await elsewhere.identify({ cookie: `sekisho=${token}`, authorization: undefined })).actor.kind;
    expect(await there()).toBe('staff');
    expect((await actorOf(token)).kind).toBe('staff');
    await signOut(access, token);
    expect((await actorOf(token)).kind).toBe('public');
    await expect.poll(there, { interval: 5 }).toBe('public');
    expect((await logged()).at(-1)).toMatchObject({ action: 'staff:sign-out' });
  });

  test('that end twice at once are ended, and logged, once', async () => {
    const { token } = await setUp();
    const out = () => signOut(access, token);
    await atOnce(house, 'staff_sessions', out, out);
    const ends = (await logged()).filter(({ action }) => action === 'staff:sign-out');
    expect(ends.map(({ session }) => typeof session)).toEqual(['string']);
  });

  test('of somebody whose entry has ended are over, where they were left open too', async () => {
    const { token } = await setUp();
    const half = valueOf(await signIn(access, { email: officer.email, password }, '')).token;
    await house.owner.query('UPDATE staff SET ended_at = now()', []);
    for (const forget of access.forget) forget();
    expect(await actorOf(token)).toEqual({ kind: 'public' });
    expect(problemOf(await confirmSignIn(access, half, codeNow(officer.email), '')).kind).toBe('not-found');
  });

  test('are not remembered where an authority changed meanwhile, nor once the clock goes back', async () => {
    const { token } = await setUp();
    const setUnheard = async (ended: string): Promise<void> => {
      await house.owner.query('ALTER TABLE staff_sessions DISABLE TRIGGER ALL', []);
      await house.owner.query(`UPDATE staff_sessions SET ended_at = ${ended}`, []);
      await house.owner.query('ALTER TABLE staff_sessions ENABLE TRIGGER ALL', []);
    };
    const begun = actorOf(token);
    for (const forget of access.forget) forget();
    expect((await begun).kind).toBe('staff');
    await setUnheard('created_at');
    expect((await actorOf(token)).kind).toBe('public');
    await setUnheard('NULL');
    expect((await actorOf(token)).kind).toBe('staff');
    await setUnheard('created_at');
    at(-MINUTE);
    expect((await actorOf(token)).kind).toBe('public');
  });

  test('a password change ends all others and keeps this one', async () => {
    const { token } = await setUp();
    const other = await signInWhole(officer.email);
    const pending = valueOf(await signIn(access, { email: officer.email, password }, '')).token;
    expect((await actorOf(other)).kind).toBe('staff');
    const by = await byOf(token);
    const change = (current: string, next: string) =>
      changePassword(access, by, token, { current, password: next, passwordAgain: next });
    expect(fieldsOf(await change('mizu-no-oto-42', 'kaze-ga-fuku-oka'))).toEqual(['current']);
    expect(fieldsOf(await change(password, 'password1234'))).toEqual(['password']);
    expect(fieldsOf(await change(password, officer.email))).toEqual(['password']);
    expect(valueOf(await change(password, 'kaze-ga-fuku-oka'))).toEqual({ ended: 2 });
    expect((await actorOf(other)).kind).toBe('public');
    expect((await actorOf(token)).kind).toBe('staff');
    expect(problemOf(await confirmSignIn(access, pending, codeNow(officer.email), '')).kind).toBe('not-found');
    expect(fieldsOf(await signIn(access, { email: officer.email, password }, ''))).toEqual(['password']);
    expect((await signIn(access, { email: officer.email, password: 'kaze-ga-fuku-oka' }, '')).ok).toBe(true);
  });

  /** The same office, except that something happens just after the first query containing `part` has answered. */
  function meanwhile(part: string, happens: () => Promise<unknown>): Access {
    const { database } = access.office;
    let awaited = true;
    const query: typeof database.query = async (text, values, name) => {
      const rows = await database.query(text, values, name);
      if (awaited && text.includes(part)) {
        awaited = false;
        await happens();
      }
      return rows as never;
    };
    return { ...access, office: { ...access.office, database: { ...database, query } } };
  }

  const next = 'kaze-ga-fuku-oka';
  const toNext = (current = password) => ({ current, password: next, passwordAgain: next });

  test('begun with the password that is changed meanwhile begin not at all', async () => {
    const { token } = await setUp();
    const by = await byOf(token);
    const here = meanwhile('email_index = $1', async () => valueOf(await changePassword(access, by, token, toNext())));
    expect(fieldsOf(await signIn(here, { email: officer.email, password }, ''))).toEqual(['password']);
    expect(await listOwnSessions(access, (by.actor as { id: string }).id)).toHaveLength(1);
    expect(await house.owner.query('SELECT id FROM staff_sessions WHERE confirmed_at IS NULL', [])).toEqual([]);
  });

  test('begun while the person is let in anew, with another authenticator, begin not at all', async () => {
    const { token } = await setUp();
    const admin = await byOf(token);
    const email = 'naoto.saeki@example.jp';
    const desk = await addStaff(admin, '佐伯 直人', email, ['desk']);
    const here = meanwhile('email_index = $1', async () => {
      const { link } = valueOf(await resetStaff(access, admin, desk.id));
      valueOf(await enter(link, { name: '佐伯 直人', email }));
    });
    expect(fieldsOf(await signIn(here, { email, password }, ''))).toEqual(['password']);
    expect(await listOwnSessions(access, desk.id)).toHaveLength(1);
  });

  test('whose code is taken while the password changes end with the others', async () => {
    const { token, recoveryCodes } = await setUp();
    const by = await byOf(token);
    const half = valueOf(await signIn(access, { email: officer.email, password }, '')).token;
    const { database } = access.office;
    const inTransactions = (around: (work: (tx: Tx) => Promise<unknown>) => (tx: Tx) => Promise<unknown>): Access => {
      const transaction = (work: (tx: Tx) => Promise<unknown>) => database.transaction(around(work));
      return { ...access, office: { ...access.office, database: { ...database, transaction } as typeof database } };
    };
    let prove = (): void => undefined;
    const proved = new Promise<void>((resolve) => (prove = resolve));
    let take = (): void => undefined;
    const taken = new Promise<void>((resolve) => (take = resolve));
    // The password has been proved; a change of credentials waits until the code was taken but not yet committed.
    const changes = inTransactions((work) => (tx) => {
      const query: Tx['query'] = async (text, values, name) => {
        if (/(?:FROM|UPDATE) staff\b/.test(text)) {
          prove();
          await taken;
        }
        return tx.query(text, values, name);
      };
      return work({ ...tx, query });
    });
    const waiting = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    const confirms = inTransactions((work) => async (tx) => {
      const value = await work(tx);
      if ((value as { ok?: boolean } | undefined)?.ok) {
        take();
        await expect.poll(() => house.owner.query(waiting, []), { interval: 5 }).toHaveLength(1);
      }
      return value;
    });
    const change = changePassword(changes, by, token, toNext());
    await proved;
    const late = valueOf(await confirmSignIn(confirms, half, recoveryCodes[0]!, ''));
    expect(valueOf(await change)).toEqual({ ended: 1 });
    expect((await actorOf(late.token)).kind).toBe('public');
    expect((await actorOf(token)).kind).toBe('staff');
  });

  test('a change that was proved with the password before is refused, and so are codes', async () => {
    const { token } = await setUp();
    const stolen = await signInWhole(officer.email);
    const [by, thief] = [await byOf(token), await byOf(stolen)];
    const part = 'WHERE id = $1 AND ended_at IS NULL';
    const changed = meanwhile(part, async () => valueOf(await changePassword(access, by, token, toNext())));
    const theirs = { current: password, password: 'mizu-no-oto-42', passwordAgain: 'mizu-no-oto-42' };
    expect(fieldsOf(await changePassword(changed, thief, stolen, theirs))).toEqual(['current']);
    expect((await signIn(access, { email: officer.email, password: next }, '')).ok).toBe(true);
    const again = meanwhile(part, async () =>
      valueOf(await changePassword(access, by, token, { ...toNext(next), password, passwordAgain: password })),
    );
    expect(fieldsOf(await renewRecoveryCodes(again, by, token, next))).toEqual(['current']);
  });

  test('one can end one’s own, and nobody else’s', async () => {
    const { token } = await setUp();
    const admin = await byOf(token);
    const desk = await addStaff(admin, '佐伯 直人', 'naoto.saeki@example.jp', ['desk']);
    // Half-finished and ended sign-ins are not listed.
    valueOf(await signIn(access, { email: 'naoto.saeki@example.jp', password }, ''));
    at(31 * MINUTE);
    expect(await listOwnSessions(access, desk.id)).toEqual([]);
    at(0);
    const [theirs, ...others] = await listOwnSessions(access, desk.id);
    expect(others).toEqual([]);
    expect(problemOf(await endOwnSession(access, admin, theirs!.id)).kind).toBe('not-found');
    expect((await actorOf(desk.token)).kind).toBe('staff');
    expect((await logged()).map(({ action }) => action)).not.toContain('staff:session-end');
    expect((await endOwnSession(access, await byOf(desk.token), theirs!.id)).ok).toBe(true);
    expect((await actorOf(desk.token)).kind).toBe('public');
    const ends = { action: 'staff:session-end', actor: `staff:${desk.id}`, session: theirs!.id };
    expect((await logged()).at(-1)).toMatchObject(ends);
  });

  test('new recovery codes need the password and end the old ones', async () => {
    const { token, recoveryCodes } = await setUp();
    const by = await byOf(token);
    expect(fieldsOf(await renewRecoveryCodes(access, by, token, 'mizu-no-oto-42'))).toEqual(['current']);
    const codes = valueOf(await renewRecoveryCodes(access, by, token, password));
    const half = async () => valueOf(await signIn(access, { email: officer.email, password }, '')).token;
    expect(fieldsOf(await confirmSignIn(access, await half(), recoveryCodes[0]!, ''))).toEqual(['code']);
    expect((await confirmSignIn(access, await half(), codes[0]!, '')).ok).toBe(true);
  });
});

describe('staff', () => {
  test('an invitation gives the roles of whoever invited, whatever the form says', async () => {
    const { token } = await setUp();
    const admin = await byOf(token);
    const invited = valueOf(
      await inviteStaff(access, admin, {
        name: '佐伯 直人',
        email: 'naoto.saeki@example.jp',
        roles: ['employee'],
      }),
    );
    const link = (await readLink(access, tokenIn(invited.link)))!;
    const code = generateSync({ secret: link.secret, epoch: clock.now() / 1000 });
    const { sealed } = link;
    const form = {
      ...officer,
      password,
      passwordAgain: password,
      sealed,
      code,
      roles: ['officer'],
      staff: 'x',
      id: 'y',
    };
    const { token: theirs } = valueOf(await enterByLink(access, tokenIn(invited.link), form));
    expect(await actorOf(theirs)).toEqual({ kind: 'staff', id: invited.id, name: '佐伯 直人', roles: ['employee'] });
    expect(problemOf(await enterByLink(access, tokenIn(invited.link), form)).kind).toBe('not-found');
  });

  test('an invitation, and a link to come in anew, are over after three days', async () => {
    const by = await byOf((await setUp()).token);
    const { id, link } = valueOf(
      await inviteStaff(access, by, { name: '佐伯 直人', email: 'naoto.saeki@example.jp', roles: ['desk'] }),
    );
    const lasts = async (of: string): Promise<boolean[]> => {
      const begun = clock.now();
      const found: boolean[] = [];
      for (const ms of [72 * 60 * MINUTE - 1, 72 * 60 * MINUTE]) {
        clock.moveTo(new Date(begun + ms).toISOString());
        found.push((await readLink(access, tokenIn(of))) !== null);
      }
      return found;
    };
    expect(await lasts(link)).toEqual([true, false]);
    expect(await lasts(valueOf(await resetStaff(access, by, id)).link)).toEqual([true, false]);
  });

  test('an administrator can neither make an officer, nor become one through an officer’s link', async () => {
    const { token } = await setUp();
    const first = await byOf(token);
    const { id: officerId } = first.actor as { id: string };
    const admin = await addStaff(first, '管理 次郎', 'jiro.kanri@example.jp', ['administrator']);
    const desk = await addStaff(first, '佐伯 直人', 'naoto.saeki@example.jp', ['desk']);
    const second = await addStaff(first, '例示 花子', 'hanako.reiji@example.jp', ['officer']);
    const by = await byOf(admin.token);
    const before = await listStaff(access);
    const asOfficer = { name: '例示 太郎', email: 'taro@example.jp', roles: ['officer'] as Role[] };
    expect(fieldsOf(await inviteStaff(access, by, asOfficer))).toEqual(['roles']);
    for (const id of [desk.id, admin.id]) {
      expect(problemOf(await changeRoles(access, by, id, ['officer'])).kind).toBe('forbidden');
    }
    expect(problemOf(await changeRoles(access, by, admin.id, ['administrator', 'desk'])).kind).toBe('forbidden');
    for (const id of [officerId, second.id]) {
      expect(problemOf(await resetStaff(access, by, id)).kind).toBe('forbidden');
      expect(problemOf(await endStaff(access, by, id)).kind).toBe('forbidden');
      expect(problemOf(await changeRoles(access, by, id, ['employee'])).kind).toBe('forbidden');
    }
    // Another way to the same end: registering the officer's address again.
    const again = { name: '別人', email: 'MARI.Sekiguchi@example.jp', roles: ['employee'] as Role[] };
    expect(fieldsOf(await inviteStaff(access, by, again))).toEqual(['email']);
    expect(await listStaff(access)).toEqual(before);
    expect((await changeRoles(access, by, desk.id, ['desk', 'reception'])).ok).toBe(true);
    expect(await actorOf(desk.token)).toMatchObject({ roles: ['desk', 'reception'] });
  });

  test('an administrator alone reaches nobody’s information: neither by a person, by a link, nor by a token', async () => {
    const { token } = await setUp();
    const first = await byOf(token);
    const admin = await byOf((await addStaff(first, '管理 次郎', 'jiro.kanri@example.jp', ['administrator'])).token);
    const desk = await addStaff(first, '佐伯 直人', 'naoto.saeki@example.jp', ['desk']);
    const invented = { name: '例示 太郎', email: 'taro@example.jp' };
    for (const role of ['officer', 'desk', 'handler', 'auditor'] as const) {
      expect(fieldsOf(await inviteStaff(access, admin, { ...invented, roles: ['reception', role] }))).toEqual([
        'roles',
      ]);
    }
    const clerk = await addStaff(admin, invented.name, invented.email, ['reception']);
    const before = await listStaff(access);
    expect(problemOf(await changeRoles(access, admin, clerk.id, ['reception', 'handler'])).kind).toBe('forbidden');
    expect(problemOf(await resetStaff(access, admin, desk.id)).kind).toBe('forbidden');
    expect(await listStaff(access)).toEqual(before);
    expect((await actorOf(desk.token)).kind).toBe('staff');

    const { id: systemId } = valueOf(await createSystem(access, admin, { name: '請求システム' }));
    const wanted = (actions: Action[]) => ({ systemId, purposes: ['billing'], actions, days: 30 });
    // Records and packages also contain what people said and who they are.
    expect(access.policies.systemActions.filter(isAboutPeople)).toEqual(
      expect.arrayContaining(['records:read', 'packages:read']),
    );
    for (const action of access.policies.systemActions.filter(isAboutPeople)) {
      const outcome = await createToken(access, admin, wanted(['policy:read', action]), ['billing']);
      expect([action, fieldsOf(outcome)]).toEqual([action, ['actions']]);
      expect((await createToken(access, first, wanted([action]), ['billing'])).ok).toBe(true);
    }
    expect((await createToken(access, admin, wanted(['policy:read', 'log:read']), ['billing'])).ok).toBe(true);
    // Nor does a token given by an administrator write what the checkpoint decides by.
    const registers = [
      'ledger:write',
      'consents:write',
      'recipients:write',
      'joint-uses:write',
      'transmissions:write',
      'letters:write',
    ];
    const offered = actionsToGive(access, admin.actor);
    expect(offered).toContain('ledger:read');
    for (const action of access.policies.systemActions.filter((one) => registers.includes(one))) {
      expect(offered).not.toContain(action);
      expect(fieldsOf(await createToken(access, admin, wanted([action]), ['billing']))).toEqual(['actions']);
      expect((await createToken(access, first, wanted([action]), ['billing'])).ok).toBe(true);
    }
    expect(access.policies.systemActions).toEqual(expect.arrayContaining(registers));

    // What an administrator may still do: decide about everybody but officers.
    valueOf(await resetStaff(access, admin, clerk.id));
    valueOf(await changeRoles(access, admin, desk.id, ['employee']));
    valueOf(await endStaff(access, admin, desk.id));
  });

  test('a link that was made before a role that reaches people was given opens nothing', async () => {
    const { token } = await setUp();
    const first = await byOf(token);
    const admin = await byOf((await addStaff(first, '管理 次郎', 'jiro.kanri@example.jp', ['administrator'])).token);
    const person = { name: '佐伯 直人', email: 'naoto.saeki@example.jp' };
    const invited = valueOf(await inviteStaff(access, admin, { ...person, roles: ['reception'] }));
    expect(valueOf(await changeRoles(access, admin, invited.id, ['employee'])).link).toBe(null);
    expect(await readLink(access, tokenIn(invited.link))).not.toBe(null);
    const { link } = valueOf(await changeRoles(access, first, invited.id, ['desk']));
    expect(await readLink(access, tokenIn(invited.link))).toBe(null);
    expect(problemOf(await enter(invited.link, person)).kind).toBe('not-found');
    const entered = valueOf(await enter(link!, person));
    expect(await actorOf(entered.token)).toMatchObject({ id: invited.id, roles: ['desk'] });
    expect(valueOf(await changeRoles(access, first, invited.id, ['handler'])).link).toBe(null);
    expect((await actorOf(entered.token)).kind).toBe('staff');
  });

  test('the last officer and the last administrator stay', async () => {
    const { token } = await setUp();
    const first = await byOf(token);
    const second = await addStaff(first, '例示 花子', 'hanako.reiji@example.jp', ['officer', 'administrator']);
    const { id: firstId } = first.actor as { id: string };
    // Each tries to end the other at the same moment: one remains.
    const secondBy = await byOf(second.token);
    const outcomes = await Promise.all([endStaff(access, first, second.id), endStaff(access, secondBy, firstId)]);
    expect(outcomes.filter((o) => o.ok)).toHaveLength(1);
    const left = (await listStaff(access)).filter((m) => m.state === 'active');
    expect(left).toHaveLength(1);
    const sekisho: By = { actor: { kind: 'sekisho' }, authority: [] };
    // Staff with other roles, or who have not come in yet, do not take their place.
    await addStaff(sekisho, '例示 二郎', 'jiro.reiji@example.jp', ['employee']);
    const both: Role[] = ['officer', 'administrator'];
    valueOf(await inviteStaff(access, sekisho, { name: '例示 三郎', email: 'saburo.reiji@example.jp', roles: both }));
    expect(problemOf(await endStaff(access, sekisho, left[0]!.id)).kind).toBe('forbidden');
    expect(problemOf(await resetStaff(access, sekisho, left[0]!.id)).kind).toBe('forbidden');
    expect(fieldsOf(await changeRoles(access, sekisho, left[0]!.id, ['officer']))).toEqual(['roles']);
    // A role that stays is not lost.
    valueOf(await changeRoles(access, sekisho, left[0]!.id, [...both, 'desk']));
    expect(await createSetupLink(access)).toBe(null);
  });

  test('somebody ended is out at once, with open links, and can be invited anew', async () => {
    const { token } = await setUp();
    const admin = await byOf(token);
    const desk = await addStaff(admin, '佐伯 直人', 'naoto.saeki@example.jp', ['desk']);
    expect((await actorOf(desk.token)).kind).toBe('staff');
    const { link } = valueOf(await resetStaff(access, admin, desk.id));
    expect((await actorOf(desk.token)).kind).toBe('public');
    expect((await endStaff(access, admin, desk.id)).ok).toBe(true);
    expect(await readLink(access, tokenIn(link))).toBe(null);
    expect(fieldsOf(await signIn(access, { email: 'naoto.saeki@example.jp', password }, ''))).toEqual(['password']);
    expect(problemOf(await changeRoles(access, admin, desk.id, ['desk'])).kind).toBe('not-found');
    const again = await addStaff(admin, '佐伯 直人', 'naoto.saeki@example.jp', ['reception']);
    expect(again.id).not.toBe(desk.id);
    expect(await actorOf(again.token)).toMatchObject({ roles: ['reception'] });
  });

  test('a reset takes password, codes and sessions away; roles stay', async () => {
    const { token } = await setUp();
    const admin = await byOf(token);
    const desk = await addStaff(admin, '佐伯 直人', 'naoto.saeki@example.jp', ['desk']);
    const first = valueOf(await resetStaff(access, admin, desk.id));
    const second = valueOf(await resetStaff(access, admin, desk.id));
    expect(await readLink(access, tokenIn(first.link))).toBe(null);
    expect(await countRecoveryCodes(access, desk.id)).toBe(0);
    expect(fieldsOf(await signIn(access, { email: 'naoto.saeki@example.jp', password }, ''))).toEqual(['password']);
    const person = { name: '佐伯 直人', email: 'naoto.saeki@example.jp' };
    const back = valueOf(await enter(second.link, person, 'kaze-ga-fuku-oka'));
    expect(await actorOf(back.token)).toMatchObject({ id: desk.id, roles: ['desk'] });
  });

  test('an address is kept as it was checked, and is one that mail goes to', async () => {
    const { token } = await setUp();
    const admin = await byOf(token);
    const desk = { name: '佐伯 直人', roles: ['desk'] as Role[] };
    const typed = ' Ｎａｏｔｏ．Ｓａｅｋｉ＠ｅｘａｍｐｌｅ．ｊｐ ';
    const { id } = valueOf(await inviteStaff(access, admin, { ...desk, email: typed }));
    const { email } = (await readStaff(access, id))!;
    expect([email, isAddress(email)]).toEqual(['naoto.saeki@example.jp', true]);
    for (const wrong of ['a:b@example.jp', 'a(b@example.jp', 'a\\b@example.jp', 'a[b@example.jp', 'a]b@example.jp'])
      expect([wrong, fieldsOf(await inviteStaff(access, admin, { ...desk, email: wrong }))]).toEqual([
        wrong,
        ['email'],
      ]);
  });

  test('twenty invitations of one address at once are one', async () => {
    const { token } = await setUp();
    const admin = await byOf(token);
    const form = { name: '髙橋 𠮷郎', email: 'yoshiro@example.jp', roles: ['desk'] as Role[] };
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => inviteStaff(access, admin, form)));
    expect(outcomes.filter((o) => o.ok)).toHaveLength(1);
    expect((await listStaff(access)).map((m) => m.name).sort()).toEqual(['関口 真理', '髙橋 𠮷郎']);
    expect((await logged()).filter((e) => e.action === 'staff:invite')).toHaveLength(1);
  });

  test('every change is in the log with its authority, and nothing personal is', async () => {
    const { token } = await setUp();
    const admin = await byOf(token);
    const desk = await addStaff(admin, '佐伯 直人', 'naoto.saeki@example.jp', ['desk']);
    await changeRoles(access, admin, desk.id, ['auditor']);
    await resetStaff(access, admin, desk.id);
    await endStaff(access, admin, desk.id);
    const entries = await logged();
    expect(entries.map((e) => e.action)).toEqual([
      'staff:set-up',
      'staff:invite',
      'staff:enter',
      'staff:roles',
      'staff:reset',
      'staff:end',
    ]);
    expect(entries[3]).toMatchObject({
      actor: `staff:${(admin.actor as { id: string }).id}`,
      authority: ['administrator-lets-in'],
      staff: desk.id,
      before: ['desk'],
      roles: ['auditor'],
    });
    expect(JSON.stringify(entries)).not.toMatch(/@|[぀-ヿ一-鿿]/);
  });

  test('without the log nothing changes', async () => {
    const { token } = await setUp();
    const admin = await byOf(token);
    const desk = await addStaff(admin, '佐伯 直人', 'naoto.saeki@example.jp', ['desk']);
    await house.owner.query('REVOKE INSERT ON log_entries FROM sekisho_app', []);
    await expect(changeRoles(access, admin, desk.id, ['auditor'])).rejects.toMatchObject({ code: '42501' });
    await expect(endStaff(access, admin, desk.id)).rejects.toMatchObject({ code: '42501' });
    const form = { name: '例示 花子', email: 'hanako.reiji@example.jp', roles: ['desk'] as Role[] };
    await expect(inviteStaff(access, admin, form)).rejects.toMatchObject({ code: '42501' });
    const was = { name: '佐伯 直人', email: 'naoto.saeki@example.jp' };
    const other = changePerson(access, admin, desk.id, { name: '別名', email: 'other@example.jp' }, was);
    await expect(other).rejects.toMatchObject({ code: '42501' });
    expect(await readStaff(access, desk.id)).toMatchObject(was);
    expect((await actorOf(desk.token)).kind).toBe('staff');
    const first = valueOf(await signIn(access, { email: officer.email, password }, ''));
    at(3 * MINUTE);
    await expect(confirmSignIn(access, first.token, codeNow(officer.email), '')).rejects.toMatchObject({
      code: '42501',
    });
    await house.owner.query('GRANT INSERT ON log_entries TO sekisho_app', []);
    const left = (await listStaff(access)).map((m) => `${m.state} ${m.roles.join(' ')}`);
    expect(left.sort()).toEqual(['active desk', 'active officer administrator']);
  });
});

describe('name and e-mail', () => {
  const saeki = { name: '佐伯 直人', email: 'naoto.saeki@example.jp' };
  const married = { name: '髙橋 𠮷郎 辻󠄀', email: 'yoshiro.takahashi@example.jp' };

  async function office() {
    const { token, known } = await setUp();
    const first = await byOf(token);
    const desk = await addStaff(first, saeki.name, saeki.email, ['desk']);
    return { token, known, first, self: first.actor as { id: string }, desk };
  }

  const personOf = async (id: string) => {
    const { name, email } = (await readStaff(access, id))!;
    return { name, email };
  };
  const change = (by: By, id: string, typed: Partial<typeof saeki>, seen = saeki) =>
    changePerson(access, by, id, { ...seen, ...typed }, seen);
  const own = (by: By, token: string, typed: Partial<typeof saeki>, seen = officer, current = password) =>
    changeOwnPerson(access, by, token, { ...seen, ...typed, seen, current });
  const since = async (earlier: number) => (await logged()).slice(earlier).filter((e) => e.action === 'staff:change');

  test('are changed as they are typed, with what was in the member’s hands left with them, and are on record without what they are', async () => {
    const { first, self, desk } = await office();
    const earlier = (await logged()).length;
    const typed = { name: ` ${married.name} `, email: ' Yoshiro.ＴＡＫＡＨＡＳＨＩ@example.jp' };
    expect(valueOf(await change(first, desk.id, typed))).toEqual({ changed: ['name', 'email'], link: null });
    expect(await readStaff(access, desk.id)).toMatchObject({ ...married, roles: ['desk'], state: 'active' });
    const [row] = await house.owner.query<{ row: string }>('SELECT s::text AS row FROM staff s WHERE id = $1', [
      desk.id,
    ]);
    for (const text of Object.values(married)) expect(row!.row).not.toContain(Buffer.from(text).toString('hex'));
    secrets.set(married.email, secrets.get(saeki.email)!);
    const back = await signInWhole(married.email);
    expect(await actorOf(back)).toEqual({ kind: 'staff', id: desk.id, name: married.name, roles: ['desk'] });
    // The answer is the same as for an account that never existed.
    expect(problemOf(await signIn(access, { email: saeki.email, password }, ''))).toEqual(
      problemOf(await signIn(access, { email: 'nobody@example.jp', password }, '')),
    );
    valueOf(await change(first, desk.id, { name: '髙橋 吉郎' }, married));
    expect((await actorOf(back)) as { name: string }).toMatchObject({ name: '髙橋 吉郎' });
    valueOf(await change(first, desk.id, { name: '髙橋 吉郎 ' }, { ...married, name: '髙橋 吉郎' }));
    const entries = await since(earlier);
    const by = { actor: `staff:${self.id}`, authority: ['administrator-lets-in'], staff: desk.id };
    expect(entries).toMatchObject([
      { ...by, changed: ['name', 'email'], ended: 1 },
      { ...by, changed: ['name'] },
    ]);
    expect(entries[1]).not.toHaveProperty('ended');
    expect(JSON.stringify(entries)).not.toMatch(/@|[぀-ヿ一-鿿]/);
    // The address is free again, and its new owner is somebody else.
    expect((await inviteStaff(access, first, { ...saeki, roles: ['desk'] })).ok).toBe(true);
  });

  test('are an officer’s to change of officers and of whoever reaches people’s information, nobody’s by the page of oneself', async () => {
    const { first, self, desk } = await office();
    const admin = await addStaff(first, '管理 次郎', 'jiro.kanri@example.jp', ['administrator']);
    const clerk = { name: '受付 花', email: 'hana.uketsuke@example.jp' };
    const reception = await addStaff(first, clerk.name, clerk.email, ['reception']);
    const second = { name: '例示 花子', email: 'hanako.reiji@example.jp' };
    const other = await addStaff(first, second.name, second.email, ['officer']);
    const by = await byOf(admin.token);
    const before = await listStaff(access);
    for (const [id, seen] of [
      [desk.id, saeki],
      [self.id, officer],
      [other.id, second],
      [admin.id, { name: '管理 次郎', email: 'jiro.kanri@example.jp' }],
    ] as const)
      for (const typed of [{ name: '別名' }, { email: 'other@example.jp' }])
        expect(problemOf(await change(by, id, typed, seen)).kind).toBe('forbidden');
    expect(problemOf(await change(first, self.id, { name: '別名' }, officer)).kind).toBe('forbidden');
    expect(await listStaff(access)).toEqual(before);
    expect((await change(by, reception.id, { name: '受付 花江' }, clerk)).ok).toBe(true);
    expect((await change(first, other.id, { name: '例示 花江' }, second)).ok).toBe(true);
  });

  test('of an entry that has ended or does not open are not changed, nor of nobody', async () => {
    const { first, desk } = await office();
    await house.owner.query("UPDATE staff SET name_sealed = '\\x01' WHERE id = $1", [desk.id]);
    const nameless = { name: `#${desk.id.slice(-8)}`, email: '' };
    expect(problemOf(await change(first, desk.id, married, nameless)).kind).toBe('forbidden');
    valueOf(await endStaff(access, first, desk.id));
    for (const id of [desk.id, '00000000-0000-7000-8000-000000000000'])
      expect(problemOf(await change(first, id, married, nameless)).kind).toBe('not-found');
  });

  test('that cannot be one are told at their fields', async () => {
    const { token, first, desk } = await office();
    const wrong = [
      [{ name: ' ' }, ['name']],
      [{ name: '佐\u0007伯' }, ['name']],
      [{ name: '佐\n伯' }, ['name']],
      [{ name: '𠮷'.repeat(101) }, ['name']],
      [{ email: 'nobody' }, ['email']],
      [{ name: '', email: 'a b@example.jp' }, ['name', 'email']],
    ] as const;
    for (const [typed, fields] of wrong) {
      expect([typed, fieldsOf(await change(first, desk.id, typed))]).toEqual([typed, fields]);
      expect([typed, fieldsOf(await own(first, token, typed))]).toEqual([typed, fields]);
    }
    const long = '𠮷'.repeat(100);
    valueOf(await change(first, desk.id, { name: long }));
    expect((await personOf(desk.id)).name).toBe(long);
  });

  test('that somebody changed meanwhile are not undone by whoever has not seen it', async () => {
    const { token, first, desk } = await office();
    valueOf(await change(first, desk.id, { name: married.name }));
    expect(fieldsOf(await change(first, desk.id, { email: married.email }))).toEqual(['version']);
    expect(await personOf(desk.id)).toEqual({ ...saeki, name: married.name });
    valueOf(await own(first, token, { name: '関口 真里' }));
    expect(fieldsOf(await own(first, token, { name: '関口 万里' }))).toEqual(['version']);
    // Of ten at once, one is first.
    const seen = await personOf(desk.id);
    const names = Array.from({ length: 10 }, (_, i) => `例示 ${i}`);
    const outcomes = await Promise.all(names.map((name) => change(first, desk.id, { name }, seen)));
    expect(outcomes.filter((o) => o.ok)).toHaveLength(1);
    expect(outcomes.flatMap((o) => (o.ok ? [] : fieldsOf(o)))).toEqual(Array(9).fill('version'));
  });

  test('an address of somebody else is refused at its field, also where both take it at once', async () => {
    const { token, first, desk } = await office();
    for (const email of [officer.email, 'MARI.sekiguchi@example.jp', 'ｍari.sekiguchi@example.jp'])
      expect(fieldsOf(await change(first, desk.id, { email }))).toEqual(['email']);
    expect(fieldsOf(await own(first, token, { email: saeki.email }))).toEqual(['email']);
    expect(await personOf(desk.id)).toEqual(saeki);
    const { email } = married;
    const invite = () => inviteStaff(access, first, { name: '例示 二', email, roles: ['desk'] });
    const all = await Promise.all([change(first, desk.id, { email }), own(first, token, { email }), invite()]);
    expect(all.filter((o) => o.ok)).toHaveLength(1);
    expect(all.flatMap((o) => (o.ok ? [] : fieldsOf(o)))).toEqual(['email', 'email']);
    // Waits for an invitation that is not committed yet.
    const third = { name: '例示 三', email: 'san@example.jp', roles: ['desk'] as Role[] };
    const now = await personOf(desk.id);
    const { begun } = await house.owner.transaction(async (tx) => {
      await insertStaff(tx, access.directory, { ...third, id: newId(clock.now()), now: clock.now() });
      return beside(house, tx, () => change(first, desk.id, { email: third.email }, now));
    });
    expect(fieldsOf(await begun)).toEqual(['email']);
    // The address of somebody who has left is free.
    const left = (await listStaff(access)).find((m) => m.email === third.email)!;
    valueOf(await endStaff(access, first, left.id));
    expect((await change(first, desk.id, { email: third.email }, now)).ok).toBe(true);
  });

  test('a new e-mail ends every sign-in, begun and half begun; a new name ends none', async () => {
    const { first, desk } = await office();
    const elsewhere = await signInWhole(saeki.email);
    valueOf(await change(first, desk.id, { name: married.name }));
    expect(await actorOf(desk.token)).toMatchObject({ kind: 'staff', name: married.name });
    const half = valueOf(await signIn(access, { email: saeki.email, password }, '')).token;
    const seen = { ...saeki, name: married.name };
    valueOf(await change(first, desk.id, { email: married.email }, seen));
    expect((await logged()).at(-1)).toMatchObject({ action: 'staff:change', changed: ['email'], ended: 3 });
    for (const token of [desk.token, elsewhere]) expect(await actorOf(token)).toEqual({ kind: 'public' });
    expect(problemOf(await confirmSignIn(access, half, codeNow(saeki.email), '')).kind).toBe('not-found');
    expect(await listOwnSessions(access, desk.id)).toEqual([]);
  });

  test('a sign-in with the e-mail that changes meanwhile begins not at all, and one whose code is taken ends', async () => {
    const { first, desk } = await office();
    const { database } = access.office;
    let awaited = true;
    const query: typeof database.query = async (text, values, name) => {
      const rows = await database.query(text, values, name);
      if (awaited && text.includes('email_index = $1')) {
        awaited = false;
        valueOf(await change(first, desk.id, { email: married.email }));
      }
      return rows as never;
    };
    const here: Access = { ...access, office: { ...access.office, database: { ...database, query } } };
    expect(fieldsOf(await signIn(here, { email: saeki.email, password }, ''))).toEqual(['password']);
    expect(await house.owner.query('SELECT 1 FROM staff_sessions WHERE confirmed_at IS NULL', [])).toEqual([]);
    const { begun, token } = await house.owner.transaction(async (tx) => {
      await lockCredentials(tx, access.directory, desk.id);
      const session = await beginSession(tx, desk.id, true, clock.now());
      const changing = await beside(house, tx, () => change(first, desk.id, saeki, { ...saeki, email: married.email }));
      return { ...changing, token: session.token };
    });
    expect((await begun).ok).toBe(true);
    expect(await actorOf(token)).toEqual({ kind: 'public' });
  });

  test('of one’s own are changed with the password, which keeps the sign-in here and the browser known', async () => {
    const { token, first, self } = await office();
    const other = await signInWhole(officer.email);
    expect(fieldsOf(await own(first, token, { name: '関口 真里' }, officer, 'mizu-no-oto-42'))).toEqual(['current']);
    expect(await personOf(self.id)).toEqual(officer);
    const earlier = (await logged()).length;
    expect(valueOf(await own(first, token, { name: '関口 真里' }))).toEqual({ changed: ['name'], known: null });
    expect((await actorOf(other)).kind).toBe('staff');
    const named = { ...officer, name: '関口 真里' };
    const { known } = valueOf(await own(first, token, { email: 'MARI@example.jp' }, named));
    expect([(await actorOf(token)).kind, (await actorOf(other)).kind]).toEqual(['staff', 'public']);
    expect(await since(earlier)).toMatchObject([
      { actor: `staff:${self.id}`, staff: self.id, changed: ['name'] },
      { actor: `staff:${self.id}`, staff: self.id, changed: ['email'], ended: 1 },
    ]);
    // A stranger who guesses at the new address does not shut out this browser.
    for (let i = 0; i < 4; i++) await signIn(access, { email: 'mari@example.jp', password: 'mizu-no-oto-42' }, '');
    expect(fieldsOf(await signIn(access, { email: 'mari@example.jp', password: 'mizu-no-oto-42' }, ''))).toEqual([
      'attempts',
    ]);
    expect((await signIn(access, { email: 'mari@example.jp', password }, '', known!)).ok).toBe(true);
  });

  test('of one’s own are not changed with a password that was changed while it was checked, nor guessed at without end', async () => {
    const { token, first } = await office();
    const fields: string[] = [];
    for (let i = 0; i < 5; i++)
      fields.push(fieldsOf(await own(first, token, { name: '別名' }, officer, 'mizu-no-oto-42'))[0]!);
    expect(fields).toEqual(['current', 'current', 'current', 'current', 'attempts']);
    at(20 * MINUTE);
    const next = { current: password, password: 'kaze-ga-fuku-oka', passwordAgain: 'kaze-ga-fuku-oka' };
    const [changed, renamed] = await atOnce(
      house,
      'log_entries',
      () => changePassword(access, first, token, next),
      () => own(first, token, { name: '別名' }),
    );
    expect([changed.ok, renamed.ok ? [] : fieldsOf(renamed)]).toEqual([true, ['current']]);
  });

  test('of somebody who has not come in yet keep the link with the e-mail it was made for', async () => {
    const { first } = await office();
    const slip = { name: '招待 一子', email: 'ichiko.shoutai@example.jp' };
    const right = { name: '招待 市子', email: 'ichiko.shotai@example.jp' };
    const { id, link } = valueOf(await inviteStaff(access, first, { ...slip, roles: ['reception'] }));
    expect(valueOf(await change(first, id, { name: right.name }, slip)).link).toBe(null);
    expect((await readLink(access, tokenIn(link)))?.staff).toMatchObject({ name: right.name, state: 'invited' });
    const { link: anew } = valueOf(await change(first, id, { email: right.email }, { ...slip, name: right.name }));
    expect((await logged()).at(-1)).toMatchObject({ staff: id, changed: ['email'], ended: 0, anew: true });
    expect(await readLink(access, tokenIn(link))).toBe(null);
    expect(problemOf(await enter(link, slip)).kind).toBe('not-found');
    const entered = valueOf(await enter(anew!, right));
    expect(await actorOf(entered.token)).toMatchObject({ id, name: right.name });
    expect((await signIn(access, { email: right.email, password }, '', entered.known)).ok).toBe(true);
  });

  test('the letters of the house that wait go to the new e-mail; those to a person of the same address stay', async () => {
    const { first, desk } = await office();
    const said = {
      lang: 'ja',
      subject: both('期限', 'Due'),
      says: both('期限です。', 'It is due.'),
      path: '/desk',
    } as const;
    await house.app.transaction(async (tx) => {
      for (const [number, to, by] of [
        ['R-1', saeki.email],
        ['R-2', officer.email],
        ['R-3', saeki.email, ['例示情報通信株式会社']],
      ] as const)
        await mail.post(tx, { ...said, number, to, ...(by ? { by } : {}) });
    });
    valueOf(await change(first, desk.id, { name: married.name }));
    valueOf(await change(first, desk.id, { email: married.email }, { ...saeki, name: married.name }));
    while (await mail.sendNext());
    const due = letters.received.filter(({ mail: { subject } }) => subject!.startsWith(said.subject.ja));
    const went = due.map(({ mail: { subject }, to }) => [subject, ...to]);
    expect(went.toSorted()).toEqual([
      ['期限（R-1）', married.email],
      ['期限（R-2）', officer.email],
      ['期限（R-3）', saeki.email],
    ]);
  });
});

describe('what the owner of an account hears by mail', () => {
  /** Recipients and subjects of the letters caused by an act. */
  const heard = async (act: () => Promise<Outcome<unknown>>): Promise<string[][]> => {
    while (await mail.sendNext());
    letters.received.length = 0;
    valueOf(await act());
    while (await mail.sendNext());
    return letters.received.map(({ mail: { subject }, to }) => [subject!, ...to]);
  };

  test('of each change to their way in, where their mail went before it', async () => {
    const first = await byOf((await setUp()).token);
    const desk = await addStaff(first, '佐伯 花', 'saeki@example.jp', ['desk']);
    const by = await byOf(desk.token);
    const seen = { name: '佐伯 花', email: 'saeki@example.jp' };
    const email = 'hana@example.jp';
    const on = '（2026/11/24 09:00）';
    const next = { current: password, password: 'kaze-ga-fuku-oka', passwordAgain: 'kaze-ga-fuku-oka' };
    expect(await heard(() => changePassword(access, by, desk.token, next))).toEqual([
      [`パスワードが変わりました${on}`, seen.email],
    ]);
    expect(await heard(() => renewRecoveryCodes(access, by, desk.token, next.password))).toEqual([
      [`復旧コードを作り直しました${on}`, seen.email],
    ]);
    expect(await heard(() => changePerson(access, first, desk.id, { ...seen, name: '山本 花' }, seen))).toEqual([]);
    const named = { ...seen, name: '山本 花' };
    expect(await heard(() => changePerson(access, first, desk.id, { ...named, email }, named))).toEqual([
      [`サインインのメールアドレスが変わりました${on}`, seen.email],
    ]);
    expect(letters.received[0]!.mail.text).not.toContain(email);
    let link = '';
    const reset = async () => {
      const made = await resetStaff(access, first, desk.id);
      ({ link } = valueOf(made));
      return made;
    };
    expect(await heard(reset)).toEqual([[`新しいリンクを作りました${on}`, email]]);
    expect(letters.received[0]!.mail.text).not.toContain(tokenIn(link));
    expect(await heard(() => enter(link, { ...named, email }))).toEqual([
      [`パスワードと認証アプリを登録しました${on}`, email],
    ]);
  });

  test('also once they have left, while mail about the work that still waits for them is withdrawn', async () => {
    const first = await byOf((await setUp()).token);
    const desk = await addStaff(first, '佐伯 花', 'saeki@example.jp', ['desk']);
    await addStaff(first, '山本 一', 'yamamoto@example.jp', ['desk']);
    while (await mail.sendNext());
    letters.received.length = 0;
    valueOf(await renewRecoveryCodes(access, await byOf(desk.token), desk.token, password));
    await house.app.transaction(async (tx) => {
      const said = {
        subject: both('期限', 'Due'),
        says: both('期限です。', 'It is due.'),
        number: 'R-1',
        path: '/desk',
      };
      const readers = (await staffWhoMay(access, 'requests:write', tx)).filter(({ roles }) => roles.includes('desk'));
      await mailStaff({ office: access.office }, tx, readers, () => said);
    });
    valueOf(await endStaff(access, first, desk.id));
    expect(
      await house.owner.query(`SELECT needs FROM mail_outbox WHERE state = 'withdrawn' AND sealed IS NULL`, []),
    ).toEqual([{ needs: [desk.id] }]);
    while (await mail.sendNext());
    expect(
      letters.received.map(({ mail: { subject }, to }) => [subject!.replace(/（.*/, ''), ...to]).toSorted(),
    ).toEqual([
      ['復旧コードを作り直しました', 'saeki@example.jp'],
      ['期限', 'yamamoto@example.jp'],
    ]);
  });

  test('not of an e-mail that was never known to be theirs, nor of what did not happen', async () => {
    const first = await byOf((await setUp()).token);
    const seen = { name: '佐伯 花', email: 'saekl@example.jp' };
    const { id } = valueOf(await inviteStaff(access, first, { ...seen, roles: ['desk'] }));
    const right = { ...seen, email: 'saeki@example.jp' };
    expect(await heard(() => changePerson(access, first, id, right, seen))).toEqual([]);
    expect(
      await heard(async () => {
        expect((await changePerson(access, first, id, { ...right, email: officer.email }, right)).ok).toBe(false);
        return done(null);
      }),
    ).toEqual([]);
  });
});

describe('systems and tokens', () => {
  const known = ['billing', 'support'];
  async function token(form: Partial<TokenForm> = {}) {
    const by: By = { actor: { kind: 'sekisho' }, authority: [] };
    const system = await createSystem(access, by, {
      name: `請求システム ${Math.floor(performance.now() * 1000)}`,
    });
    const { id: systemId } = valueOf(system);
    const full: TokenForm = { systemId, purposes: ['billing'], actions: ['people:use'], days: 30, ...form };
    return { by, systemId, ...valueOf(await createToken(access, by, full, known)) };
  }

  test('a token is who it says, and only its digest is stored', async () => {
    const made = await token();
    expect(made.token).toMatch(/^sks_[A-Za-z0-9_-]{43}$/);
    expect(await bearer(made.token)).toMatchObject({
      kind: 'system',
      id: made.systemId,
      token: made.id,
      purposes: ['billing'],
      actions: ['people:use'],
    });
    const [row] = await house.owner.query<{ token_hash: Buffer; last_used_on: string; row: string }>(
      'SELECT token_hash, last_used_on, t::text AS row FROM api_tokens t',
      [],
    );
    expect(row!.token_hash.equals(hash('sha256', made.token, 'buffer'))).toBe(true);
    expect(row!.row).not.toContain(made.token.slice(4));
    expect(row!.last_used_on).toBe('2026-11-24');
    expect(JSON.stringify(await logged())).not.toContain(made.token.slice(4));
  });

  test('purposes and actions bind, also beside another token of the same system', async () => {
    const made = await token();
    const actor = await bearer(made.token);
    expect(gate.authorise(actor, 'people:use', 'billing')).toEqual({
      allowed: true,
      policies: ['system-within-token'],
    });
    expect(gate.authorise(actor, 'people:use', 'support').allowed).toBe(false);
    expect(gate.authorise(actor, 'people:provide', 'billing').allowed).toBe(false);
    expect(gate.authorise(actor, 'staff:write').allowed).toBe(false);
    const beside = async (form: Pick<TokenForm, 'purposes' | 'actions'>): Promise<Actor> =>
      bearer(valueOf(await createToken(access, made.by, { systemId: made.systemId, days: 30, ...form }, known)).token);
    const elsewhere = await beside({ purposes: ['support'], actions: ['people:use'] });
    expect(gate.authorise(elsewhere, 'people:use', 'billing').allowed).toBe(false);
    expect(gate.authorise(elsewhere, 'people:use', 'support').allowed).toBe(true);
    const otherwise = await beside({ purposes: ['billing'], actions: ['people:provide'] });
    expect(gate.authorise(otherwise, 'people:use', 'billing').allowed).toBe(false);
    expect(gate.authorise(otherwise, 'people:provide', 'billing').allowed).toBe(true);
  });

  test('a form that asks for more than a system may have is refused', async () => {
    const { by, systemId } = await token();
    const asked = (form: Partial<TokenForm>) =>
      createToken(access, by, { systemId, purposes: ['billing'], actions: ['people:use'], days: 30, ...form }, known);
    expect(fieldsOf(await asked({ actions: ['people:use', 'staff:write'] }))).toEqual(['actions']);
    expect(fieldsOf(await asked({ actions: [] }))).toEqual(['actions']);
    expect(fieldsOf(await asked({ purposes: ['billing', 'marketing'] }))).toEqual(['purposes']);
    // These actions reach only what is for a purpose, and so nothing without one.
    for (const action of ['people:use', 'records:read', 'packages:read', 'consents:write'] as const)
      expect(fieldsOf(await asked({ actions: ['log:read', action], purposes: [] }))).toEqual(['purposes']);
    expect(fieldsOf(await asked({ days: 100_000 }))).toEqual(['days']);
    expect(fieldsOf(await asked({ days: Number.NaN }))).toEqual(['days']);
    expect((await asked({ actions: ['policy:read'], purposes: [] })).ok).toBe(true);
  });

  test('what an administrator gave a token once and may not give today is taken from it, with its log entry', async () => {
    const { token: setUpToken } = await setUp();
    const first = await byOf(setUpToken);
    const admin = await byOf((await addStaff(first, '管理 次郎', 'jiro.kanri@example.jp', ['administrator'])).token);
    const second = await addStaff(first, '佐伯 直人', 'naoto.saeki@example.jp', ['officer']);
    const { id: systemId } = valueOf(await createSystem(access, first, { name: '集計システム' }));
    const given = async (by: By, actions: Action[]) =>
      valueOf(await createToken(access, by, { systemId, purposes: ['billing'], actions, days: 30 }, ['billing']));
    // A token from before records were kept from administrators.
    const before = async (actions: Action[]) => {
      const made = await given(admin, ['log:read']);
      await house.owner.query('UPDATE api_tokens SET actions = $2 WHERE id = $1', [made.id, actions]);
      return made;
    };
    const some = await before(['consents:write', 'records:read', 'log:read']);
    const all = await before(['packages:read']);
    const officers = await given(await byOf(second.token), ['records:read']);
    valueOf(await changeRoles(access, first, second.id, ['employee']));
    const mayOf = async (token: string): Promise<readonly Action[] | null> => {
      const actor = await bearer(token);
      return actor.kind === 'system' ? actor.actions : null;
    };
    expect(await mayOf(some.token)).toEqual(['consents:write', 'records:read', 'log:read']);
    const narrowed = async () =>
      (await listEntries(house.app, { actions: ['token:narrow', 'token:revoke'], most: 9 })).map(({ entry }) => entry);
    const earlier = (await narrowed()).length;
    for (const taken of [2, 0]) expect(await narrowTokens(access)).toBe(taken);
    expect(await mayOf(some.token)).toEqual(['log:read']);
    expect(await mayOf(all.token)).toBe(null);
    expect(await mayOf(officers.token)).toEqual(['records:read']);
    // Tokens are gone through in order of id, and two ids of the same millisecond have no fixed order.
    const entries = (await narrowed())
      .slice(0, -earlier || undefined)
      .toSorted((a, b) => a.action.localeCompare(b.action));
    expect(entries).toMatchObject([
      {
        action: 'token:narrow',
        actor: 'sekisho',
        token: some.id,
        system: systemId,
        taken: ['consents:write', 'records:read'],
      },
      { action: 'token:revoke', actor: 'sekisho', token: all.id, system: systemId },
    ]);
  });

  test('the tokens that somebody made are those in use, each with its system', async () => {
    const { token: setUpToken } = await setUp();
    const first = await byOf(setUpToken);
    const other = await addStaff(first, '佐伯 直人', 'naoto.saeki@example.jp', ['officer']);
    const { id: systemId } = valueOf(await createSystem(access, first, { name: '集計システム' }));
    const given = async (by: By, days = 90) =>
      valueOf(await createToken(access, by, { systemId, purposes: ['billing'], actions: ['people:use'], days }, known));
    const mine = await given(first);
    const over = await given(first, 30);
    const revoked = await given(first);
    await given(await byOf(other.token));
    valueOf(await revokeToken(access, first, revoked.id));
    const of = async () =>
      (await tokensBy(access, (first.actor as { id: string }).id)).map(({ id, system }) => [id, system]);
    expect((await of()).toSorted()).toEqual(
      [
        [mine.id, '集計システム'],
        [over.id, '集計システム'],
      ].toSorted(),
    );
    at(30 * 24 * 60 * MINUTE);
    expect(await of()).toEqual([[mine.id, '集計システム']]);
  });

  test('a revoked token is refused at once, in every process', async () => {
    const made = await token();
    const other = openDatabase(house.connection, { role: 'sekisho_app', most: 2 });
    const elsewhere = await createGate({
      ...access,
      office: { ...access.office, database: other },
      forget: new Set(),
    });
    const there = async () =>
      (await elsewhere.identify({ cookie: undefined, authorization: `Bearer ${made.token}` })).actor.kind;
    expect(await there()).toBe('system');
    expect((await bearer(made.token)).kind).toBe('system');
    valueOf(await revokeToken(access, made.by, made.id));
    expect((await bearer(made.token)).kind).toBe('public');
    await expect.poll(there, { interval: 5 }).toBe('public');
    expect(problemOf(await revokeToken(access, made.by, made.id)).kind).toBe('not-found');
    await other.close();
  });

  test('what the policies say of one person, one system or one purpose is decided for that one alone', async () => {
    const policies = readAccessPolicies(
      `@id("one-person") permit (principal == Staff::"a", action == Action::"log:read", resource);
@id("one-system") permit (principal == System::"a", action == Action::"log:read", resource);
@id("one-purpose") permit (principal is Staff, action == Action::"people:use", resource)
when { context has purpose && context.purpose == "billing" };`,
      'access.cedar',
    );
    const { authorise } = await createGate({ ...access, policies, forget: new Set() });
    const person = (id: string): Actor => ({ kind: 'staff', id, name: '', roles: ['employee'] });
    const aSystem = (id: string): Actor => ({ kind: 'system', id, name: '', token: id, purposes: [], actions: [] });
    for (const one of [person, aSystem])
      expect(['a', 'b'].map((id) => authorise(one(id), 'log:read').allowed)).toEqual([true, false]);
    const asked = ['billing', 'support', undefined].map((purpose) => authorise(person('b'), 'people:use', purpose));
    expect(asked.map(({ allowed }) => allowed)).toEqual([true, false, false]);
  });

  test('ending a system ends its tokens; a token ends with its time', async () => {
    const made = await token();
    const other = await token({ days: 90 });
    expect((await bearer(made.token)).kind).toBe('system');
    valueOf(await endSystem(access, made.by, made.systemId));
    expect((await bearer(made.token)).kind).toBe('public');
    const ended = async () => (await logged()).filter(({ action }) => action === 'system:end');
    expect(await ended()).toMatchObject([
      {
        actor: actorRef(made.by.actor),
        system: made.systemId,
        at: new Date(clock.now()).toISOString(),
      },
    ]);
    expect(problemOf(await endSystem(access, made.by, made.systemId)).kind).toBe('not-found');
    expect(await ended()).toHaveLength(1);
    // Exact to the second, even if it was used a second before.
    at(90 * 24 * 60 * MINUTE - 1_000);
    expect((await bearer(other.token)).kind).toBe('system');
    at(90 * 24 * 60 * MINUTE);
    expect((await bearer(other.token)).kind).toBe('public');
    // Nor once nothing of it is remembered.
    at(91 * 24 * 60 * MINUTE);
    expect((await bearer(other.token)).kind).toBe('public');
  });

  test('none is made of a system that ends meanwhile', async () => {
    const { by, systemId } = await token();
    const form: TokenForm = { systemId, purposes: ['billing'], actions: ['people:use'], days: 30 };
    const { begun } = await house.owner.transaction(async (tx) => {
      await store.endSystem(tx, systemId, clock.now());
      return beside(house, tx, () => createToken(access, by, form, known));
    });
    expect(fieldsOf(await begun)).toEqual(['not-found']);
    const tokens = await store.listTokens(house.app, [systemId]);
    expect(tokens.map(({ revokedAt }) => revokedAt)).toEqual([clock.now()]);
  });

  test('a change made behind our back is noticed within five seconds, even when the notice is lost', async () => {
    const made = await token();
    expect((await bearer(made.token)).kind).toBe('system');
    await house.owner.query('ALTER TABLE api_tokens DISABLE TRIGGER ALL', []);
    await house.owner.query('UPDATE api_tokens SET revoked_at = now() WHERE id = $1', [made.id]);
    at(4_999);
    expect((await bearer(made.token)).kind).toBe('system');
    at(5_000);
    expect((await bearer(made.token)).kind).toBe('public');
    await house.owner.query('ALTER TABLE api_tokens ENABLE TRIGGER ALL', []);
  });

  test('what is no token is the public', async () => {
    const made = await token();
    for (const text of [
      undefined,
      '',
      'Bearer',
      'Bearer x',
      `Basic ${made.token}`,
      `Bearer ${made.token}x`,
      `Bearer sks_${'A'.repeat(43)}`,
    ]) {
      expect((await gate.identify({ cookie: undefined, authorization: text })).actor.kind).toBe('public');
    }
    expect((await gate.identify({ cookie: `sekisho=${made.token}`, authorization: undefined })).actor.kind).toBe(
      'public',
    );
  });
});

describe('the key of the directory', () => {
  const open = async (folder: string) => openAccess(officeIn(folder), access.policies);
  const keyFile = () => path.join(access.office.config.dataFolder, 'keys', 'staff.key');

  test('is made once, for this user only, and opens the directory again', async () => {
    expect(fs.statSync(keyFile()).mode & 0o777).toBe(0o600);
    await setUp();
    const again = await open(access.office.config.dataFolder);
    expect((await listStaff(again)).map((m) => m.email)).toEqual([officer.email]);
  });

  test('is one, though several processes start at once', async () => {
    await house.owner.query('DELETE FROM staff_key', []);
    const folder = dataFolder();
    const opened = await Promise.all(Array.from({ length: 5 }, () => open(folder)));
    const marks = new Set(opened.map((a) => a.directory.index('mark', '').toString('hex')));
    expect(marks.size).toBe(1);
    expect(fs.readdirSync(path.join(folder, 'keys'))).toEqual(['staff.key']);
    await house.owner.query('DELETE FROM staff_key', []);
    await open(access.office.config.dataFolder);
  });

  test('an entry that it does not open lets nobody in, is named by its id and can be ended; everybody else works on', async () => {
    const { token } = await setUp();
    const by = await byOf(token);
    const desk = await addStaff(by, '佐伯 健', 'ken@example.jp', ['desk', 'officer']);
    const invited = valueOf(
      await inviteStaff(access, by, { name: '例示 二', email: 'two@example.jp', roles: ['desk'] }),
    );
    // As in a row copied from another in the database.
    const copied = `UPDATE staff SET name_sealed = (SELECT name_sealed FROM staff WHERE email_index = $1) WHERE id = ANY ($2::uuid[])`;
    const mine = access.directory.index('email', officer.email);
    await house.owner.query(copied, [mine, [desk.id, invited.id]]);
    for (const forget of access.forget) forget();
    const entries = (await listStaff(access)).map(({ name, email, state }) => [name, email, state]);
    const named = [desk.id, invited.id].map((id) => [`#${id.slice(-8)}`, '', 'unreadable']);
    expect(new Set(entries)).toEqual(new Set([[officer.name, officer.email, 'active'], ...named]));
    expect(await actorOf(desk.token)).toEqual({ kind: 'public' });
    expect(problemOf(await signIn(access, { email: 'ken@example.jp', password }, ''))).toEqual(
      problemOf(await signIn(access, { email: 'nobody@example.jp', password }, '')),
    );
    expect(await readLink(access, tokenIn(invited.link))).toBe(null);
    expect(fieldsOf(await resetStaff(access, by, desk.id))).toEqual(['forbidden']);
    expect(fieldsOf(await changeRoles(access, by, desk.id, ['employee']))).toEqual(['forbidden']);
    valueOf(await endStaff(access, by, desk.id));
    expect((await logged()).at(-1)).toMatchObject({ action: 'staff:end', staff: desk.id });
    expect((await listStaff(access)).map(({ state }) => state).toSorted()).toEqual(['active', 'ended', 'unreadable']);
  });

  test('an entry that it does not open is nobody’s who stays when the last two end each other, and opens no way in', async () => {
    const { token } = await setUp();
    const first = await byOf(token);
    const roles: Role[] = ['officer', 'administrator'];
    const second = await addStaff(first, '例示 花子', 'hanako.reiji@example.jp', roles);
    const third = await addStaff(first, '佐伯 健', 'ken@example.jp', roles);
    const secondBy = await byOf(second.token);
    const { id: firstId } = first.actor as { id: string };
    await house.owner.query('UPDATE staff SET name_sealed = sha256(name_sealed) WHERE id = $1', [third.id]);
    const outcomes = await Promise.all([endStaff(access, first, second.id), endStaff(access, secondBy, firstId)]);
    expect(outcomes.filter((o) => o.ok)).toHaveLength(1);
    expect((await listStaff(access)).map(({ state }) => state).toSorted()).toEqual(['active', 'ended', 'unreadable']);
    await house.owner.query('UPDATE staff SET name_sealed = sha256(name_sealed)', []);
    expect(await createSetupLink(access)).toBe(null);
  });

  test('missing, damaged or another one stops the start', async () => {
    await setUp();
    await expect(open(dataFolder())).rejects.toMatchObject({
      name: 'StartProblem',
      says: { en: expect.stringMatching(/missing/) },
    });
    const folder = dataFolder();
    fs.mkdirSync(path.join(folder, 'keys'));
    fs.writeFileSync(path.join(folder, 'keys', 'staff.key'), `${'0'.repeat(64)}\n`);
    await expect(open(folder)).rejects.toMatchObject({
      name: 'StartProblem',
      says: { en: expect.stringMatching(/does not belong to this database/) },
    });
    fs.writeFileSync(path.join(folder, 'keys', 'staff.key'), 'x');
    await expect(open(folder)).rejects.toMatchObject({
      name: 'StartProblem',
      says: { en: expect.stringMatching(/damaged/) },
    });
  });

  test('a value moved to another row does not open', async () => {
    const { token } = await setUp();
    const desk = await addStaff(await byOf(token), '佐伯 直人', 'naoto.saeki@example.jp', ['desk']);
    await house.owner.query(
      'UPDATE staff SET email_sealed = (SELECT email_sealed FROM staff WHERE id <> $1) WHERE id = $1',
      [desk.id],
    );
    expect(await readStaff(access, desk.id)).toMatchObject({ email: '', state: 'unreadable' });
  });
});

test('the demo’s people need no authenticator, and nobody else can be without one', async () => {
  await addFictionalStaff(access, {
    name: '例示 花子',
    email: 'desk@example.jp',
    roles: ['desk'],
    password: 'demo-desk-password',
  });
  const { token, awaitsCode } = valueOf(
    await signIn(access, { email: 'desk@example.jp', password: 'demo-desk-password' }, ''),
  );
  expect(awaitsCode).toBe(false);
  expect(await actorOf(token)).toMatchObject({ kind: 'staff', roles: ['desk'] });
  await setUp();
  const removal = house.app.query('UPDATE staff SET totp_sealed = NULL WHERE NOT fictional', []);
  await expect(removal).rejects.toMatchObject({ code: '23514' });
  await expect(house.app.query('UPDATE staff SET fictional = true', [])).rejects.toMatchObject({ code: '42501' });
});

test('over https the cookie is bound to the host', async () => {
  const https = await openAccess(
    officeIn(access.office.config.dataFolder, 'https://sekisho.example.jp'),
    access.policies,
  );
  expect(sessionCookie(https, 'T')).toBe('__Host-sekisho=T; Path=/; HttpOnly; SameSite=Lax; Secure');
  expect(sessionCookie(access, 'T')).toBe('sekisho=T; Path=/; HttpOnly; SameSite=Lax');
  expect(tokenOfCookie(https, `sekisho=${'a'.repeat(43)}`)).toBe('');
  expect(tokenOfCookie(https, `lang=ja; __Host-sekisho=${'a'.repeat(43)}`)).toBe('a'.repeat(43));
});
