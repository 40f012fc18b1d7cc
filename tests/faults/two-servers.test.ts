// Two processes serve one office: this one and the program. What is ended in one of them ends in the other at once, guesses at a password count
// together, what one was doing when it was killed or cut off, the other completes or undoes, and where their access policies differ both must allow.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keepLookingAtOthers } from '../../src/app/others.ts';
import type { Role } from '../../src/base/actor.ts';
import { sekisho, type Sekisho } from '../../src/client.ts';
import { addFictionalStaff, keepPolicies, revokeToken } from '../../src/features/access/index.ts';
import { readAccessPolicies } from '../../src/features/access/facts/policies.ts';
import { sessionCookie } from '../../src/features/access/actions/gate.ts';
import { signIn } from '../../src/features/access/actions/sign-in.ts';
import { changeRoles, endStaff } from '../../src/features/access/actions/staff.ts';
import { changeHolding, holding } from '../../src/features/ledger/index.ts';
import { verify, vkeyOf } from '../../src/log/index.ts';
import { PASSWORD, PASSWORD_HASH, signAll } from '../house.ts';
import {
  endPrograms,
  must,
  newcomer,
  openServer,
  readers,
  startProgram,
  tokenOf,
  type Program,
  type TestServer,
} from '../server.ts';

const by = { actor: { kind: 'sekisho' }, authority: [] } as const;

/** How old what a process remembers may be (docs/decisions/database.md). */
const OLDEST_MS = 5_000;

let one: TestServer;
let folder: string;
let other: Program;
beforeAll(async () => {
  one = await openServer({ durable: true });
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sekisho-two-'));
  fs.cpSync(one.office.config.dataFolder, folder, { recursive: true });
  other = await startProgram(folder, { DATABASE_URL: one.db.url });
  await other.ready();
});
afterAll(async () => {
  endPrograms();
  await one.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

const there = (token = one.token): Sekisho => sekisho({ url: other.url, token });

const use = async (principal: string, token = one.token): Promise<number> => {
  const answer = await there(token).use({ principal, holding: one.holding, items: ['name'], purpose: 'P3' });
  return answer.ok ? 200 : answer.problem.status;
};

const aPerson = async (): Promise<string> => must(await one.client.acquire(newcomer(one.holding))).principal;

/** Expects that what was changed at `since`, most often ended, is so in the other process within five seconds, and stays so. */
async function expectOverSince(since: number, answer: () => Promise<number>, over: number): Promise<void> {
  for (;;) {
    const askedAfter = performance.now() - since;
    if ((await answer()) === over) break;
    expect(askedAfter).toBeLessThan(OLDEST_MS);
  }
  expect(await answer()).toBe(over);
}

/** Changes something in this process, of which the other one knows what was before. */
async function expectOver(change: () => Promise<unknown>, answer: () => Promise<number>, over: number): Promise<void> {
  expect(await answer()).toBe(200);
  await change();
  await expectOverSince(performance.now(), answer, over);
}

/** Hires somebody and signs them in here; `look` opens a page there. */
async function hire(email: string, roles: Role[]) {
  const { access } = one.app;
  const id = await addFictionalStaff(access, { name: '職員 二人', email, roles, passwordHash: PASSWORD_HASH });
  const signed = must(await signIn(access, { email, password: PASSWORD }, '127.0.0.1'));
  const [cookie] = sessionCookie(access, signed.token).split(';');
  const look = async (at: string): Promise<number> =>
    (await fetch(other.url + at, { headers: { cookie: cookie! }, redirect: 'manual' })).status;
  return { id, look };
}

test('a token, a role, a member of staff, a consent to use and a person that end here are over there', async () => {
  const { access } = one.app;
  const [stopped, erased] = [await aPerson(), await aPerson()];
  const token = await tokenOf(access);
  await expectOver(
    () => revokeToken(access, by, token.id),
    () => use(stopped, token.token),
    401,
  );
  const { id, look } = await hire('futari@example.jp', ['desk', 'auditor']);
  await expectOver(
    async () => must(await changeRoles(access, by, id, ['desk'])),
    () => look('/log'),
    403,
  );
  await expectOver(
    async () => must(await endStaff(access, by, id)),
    () => look('/account'),
    303,
  );
  await expectOver(
    async () => must(await one.client.object({ principal: stopped, scope: 'purpose', purpose: 'P3' })),
    () => use(stopped),
    403,
  );
  await expectOver(
    async () => must(await one.client.erase(erased, { ground: 'no-longer-needed' })),
    () => use(erased),
    404,
  );
});

test('a token that is revoked while the other process loses its connections again and again lets nobody in', async () => {
  const principal = await aPerson();
  const { id, token } = await tokenOf(one.app.access);
  const cutting = new AbortController();
  const cut = async (): Promise<void> => {
    while (!cutting.signal.aborted)
      await one.db.owner.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND usename <> 'sekisho_app' AND pid <> pg_backend_pid()",
        [],
      );
  };
  expect(await use(principal, token)).toBe(200);
  const cuts = cut();
  await revokeToken(one.app.access, by, id);
  const revoked = performance.now();
  const answers: number[] = [];
  while (performance.now() - revoked < 1_000) answers.push(await use(principal, token));
  cutting.abort();
  await cuts;
  await expectOverSince(revoked, () => use(principal, token), 401);
  expect(answers.filter((status) => ![200, 401, 500, 503].includes(status))).toEqual([]);
});

test('guesses at a password count together, wherever they are made', async () => {
  const email = 'desk@example.jp';
  const guess = async (n: number): Promise<string> => {
    const form = { email, password: `wrong-guess-${n}-of-many` };
    if (n % 2 === 0) {
      const refused = await signIn(one.app.access, form, '127.0.0.1');
      return refused.ok ? '' : JSON.stringify(refused.problem);
    }
    const answer = await fetch(`${other.url}/sign-in?lang=en`, {
      method: 'POST',
      headers: { origin: other.url },
      body: new URLSearchParams(form),
      redirect: 'manual',
    });
    return answer.text();
  };
  const said: string[] = [];
  for (let n = 0; n < 6; n++) said.push(await guess(n));
  const [wrong, wait] = ['E-mail or password is wrong', 'Too many attempts in a row'];
  expect(said.map((one) => [wrong, wait].find((text) => one.includes(text)))).toEqual([
    wrong,
    wrong,
    wrong,
    wrong,
    wait,
    wait,
  ]);
});

test('a purpose that is taken from a holding here serves nothing there', async () => {
  const principal = await aPerson();
  const { version } = (await holding(one.office, one.holding))!;
  await expectOver(
    async () =>
      must(
        await changeHolding(one.app, by, {
          id: one.holding,
          version,
          input: { ...readers, manager: one.staff.officer, purposes: ['P1'] },
        }),
      ),
    () => use(principal),
    403,
  );
  const back = { ...readers, manager: one.staff.officer };
  must(await changeHolding(one.app, by, { id: one.holding, version: version + 1, input: back }));
  await expectOverSince(performance.now(), () => use(principal), 200);
});

test('what a killed process had answered is there, and the other goes on with the log', async () => {
  const made = new Set<string>();
  const worker = async (): Promise<void> => {
    for (;;) {
      const answer = await there()
        .acquire(newcomer(one.holding))
        .catch(() => null);
      if (answer === null) return;
      made.add(must(answer).principal);
      if (made.size === 60) other.kill('SIGKILL');
    }
  };
  await Promise.all([other.ended, ...Array.from({ length: 8 }, worker)]);
  await signAll(one.office.database, one.office.signer);
  const [counted] = await one.db.owner.query<{ people: number; entries: number; all: number }>(
    `SELECT (SELECT count(*) FROM vault_principals WHERE id = ANY ($1::uuid[])) AS people,
       (SELECT count(DISTINCT principal_id) FROM log_entries WHERE action = 'people:acquire' AND principal_id = ANY ($1::uuid[])) AS entries,
       (SELECT count(*) FROM log_entries) AS all`,
    [[...made]],
  );
  expect(counted).toMatchObject({ people: made.size, entries: made.size });
  expect(await verify(one.db.app, vkeyOf(one.office.signer))).toEqual({ ok: true, size: counted!.all });
});

test('a clock that differs from the database’s is named once', async () => {
  const told: string[] = [];
  const clock = { now: () => Date.now() + 600_000, today: one.office.clock.today };
  const looking = await keepLookingAtOthers(one.app, (line) => told.push(line), clock);
  await expect
    .poll(() => told)
    .toEqual([expect.stringMatching(/^clock: (599|600|601) s ahead of the clock of the database$/)]);
  await looking.stop();
  expect(one.reported.filter((line) => line.startsWith('clock'))).toEqual([]);
});

test('while another file of access policies is in force both must allow an act, and a start with the file it replaced puts nothing back', async () => {
  other = await startProgram(folder, { DATABASE_URL: one.db.url });
  await other.ready();
  const principal = await aPerson();
  const { id, look } = await hire('fairu@example.jp', ['reception']);
  const { access } = one.app;
  // As a third machine that starts with this file.
  const startWith = (rule: string): Promise<boolean> =>
    keepPolicies({ ...access, policies: readAccessPolicies(`${access.policies.text}\n${rule}`, '') });
  const useHere = async (): Promise<number> => {
    const answer = await one.client.use({ principal, holding: one.holding, items: ['name'], purpose: 'P3' });
    return answer.ok ? 200 : answer.problem.status;
  };
  expect(await useHere()).toBe(200);
  await expectOver(
    () => startWith('@id("no-use") forbid (principal, action == Action::"people:use", resource);'),
    () => use(principal),
    403,
  );
  await expectOverSince(performance.now(), useHere, 403);
  other.kill('SIGKILL');
  await other.ended;
  other = await startProgram(folder, { DATABASE_URL: one.db.url });
  await other.ready();
  expect(await use(principal)).toBe(403);
  const named = 'access policies: version 2 is in force, and the file here is another: only what both allow is allowed';
  await expect.poll(() => other.err()).toContain(named);
  await expect.poll(() => one.reported.filter((line) => line.startsWith(named))).toHaveLength(1);
  // What the file in force allows beyond a machine's own is not allowed there.
  await startWith(`@id("one-reads") permit (principal == Staff::"${id}", action == Action::"log:read", resource);`);
  await expectOverSince(performance.now(), () => use(principal), 200);
  expect(await look('/log')).toBe(403);
  expect(await one.db.owner.query('SELECT version FROM access_policies ORDER BY 1', [])).toHaveLength(3);
});

test('a process of an older version stops when a newer one has changed the database', async () => {
  await one.db.owner.query("INSERT INTO migrations (name) VALUES ('2099-01-01-later.sql')", []);
  expect((await one.app.outdated).says.ja).toContain('新しい版の関所がデータベースを移した');
  expect((await other.ended).code).toBe(1);
  expect(other.err()).toMatch(/has stopped \(2099-01-01-later\.sql\)\. Start it with the newer version\.\n$/);
});
