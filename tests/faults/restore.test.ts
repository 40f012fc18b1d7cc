// The day after a loss, by the commands that the documents give the operator, each a process with files of its own. The other tests of a restore
// hand the lines over inside this process.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { assemble, type Assembly } from '../../src/app.ts';
import { sekisho } from '../../src/client.ts';
import { listEntries } from '../../src/log/index.ts';
import { endStaff } from '../../src/features/access/actions/staff.ts';
import { revokeToken } from '../../src/features/access/index.ts';
import { approve, policyInForce, policyYaml, propose } from '../../src/features/policy/index.ts';
import { openOffice } from '../../src/office.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { readConfig } from '../../src/platform/config.ts';
import { testDatabase } from '../house.ts';
import { addConsent, addConsentText, addHolding, byOfficer, restingOn } from '../people.ts';
import {
  endPrograms,
  must,
  newcomer,
  root,
  runSekisho,
  runToEnd,
  sessionIn,
  settle,
  startProgram,
  tokenOf,
  type Program,
  type Said,
} from '../server.ts';

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sekisho-restore-'));
  fs.chmodSync(folder, 0o711);
});
afterAll(() => {
  endPrograms(folder);
  fs.rmSync(folder, { recursive: true, force: true });
});

type Env = Record<string, string>;

const run = (program: string, words: readonly string[], env: Env): Promise<Said> =>
  runToEnd(program, words, env, folder);
const command = (env: Env, ...words: string[]): Promise<Said> => runSekisho(words, env, folder);

/** The first shell block of a document that has these words. */
const documented = (file: string, words: string): string =>
  [...fs.readFileSync(path.join(root, file), 'utf8').matchAll(/```sh\n(.*?)```/gs)]
    .map(([, text]) => text!)
    .find((text) => text.includes(words))!;

/** The export of the log by the command of the nightly job. Returns the file that it writes. */
async function exportOf(program: Program, token: string): Promise<string> {
  const nightly = documented('docs/operations.md', '/api/v1/log/export');
  const env = { PATH: process.env.PATH!, SEKISHO_URL: program.url, SEKISHO_TOKEN: token };
  const before = fs.readdirSync(folder);
  expect(await run('sh', ['-c', nightly], env)).toEqual({ code: 0, out: '', err: '' });
  const [file, ...others] = fs.readdirSync(folder).filter((name) => !before.includes(name));
  expect([file, others]).toEqual([expect.stringMatching(/^log-\d{4}-\d\d-\d\d\.jsonl$/), []]);
  // The next night has another day.
  const kept = path.join(folder, `kept-${before.length}.jsonl`);
  fs.renameSync(path.join(folder, file!), kept);
  return kept;
}

/** Works in this process in the office that a program has open. */
async function within<T>(data: string, env: Env, work: (house: Assembly) => Promise<T>): Promise<T> {
  const url = `postgres:///sekisho?host=${encodeURIComponent(path.join(data, 'run'))}&user=sekisho_owner`;
  const config = readConfig({ ...env, DATABASE_URL: url }, { dataFolder: path.join(folder, 'beside') });
  const { office, close } = await openOffice(config, systemClock, root);
  try {
    const house = await assemble(office, { root, report: () => undefined });
    const value = await work(house);
    await house.close();
    return value;
  } finally {
    await close();
  }
}

async function stop(program: Program): Promise<void> {
  program.kill('SIGTERM');
  expect((await program.ended).code).toBe(0);
}

/** Expects that no file but a whole, newer export of this log is taken, and that each is refused in a sentence. */
async function refused(office: Env, whole: string, older: string): Promise<void> {
  const bytes = fs.readFileSync(whole);
  const beginning = bytes.subarray(0, bytes.lastIndexOf('\n{"action"') + 60);
  const not = 'This is not an export of the log';
  for (const [content, says] of [
    [beginning, 'The export is altered or cut short.'],
    [bytes.subarray(0, -20), 'The export is altered or cut short.'],
    [Buffer.concat([bytes, bytes]), 'The export is altered or cut short.'],
    [gzipSync(bytes), not],
    ['', not],
    [bytes.toString().replace(/"vkey":"[^+]+/, '"vkey":"other.example.jp/log'), not],
    [fs.readFileSync(older), 'Give a newer export.'],
  ] as const) {
    const file = path.join(folder, 'refused.jsonl');
    fs.writeFileSync(file, content);
    const said = await command(office, 'restore', file);
    expect(said).toMatchObject({ code: 1, out: '' });
    expect(said.err.split('\n')).toEqual([expect.any(String), expect.stringContaining(says), '']);
  }
  for (const words of [[folder], [path.join(folder, 'nowhere')], [], [whole, '--lost']])
    expect(await command(office, 'restore', ...words)).toMatchObject({ code: 2, out: '' });
}

/** Expects that the loss is put on record once where there is no export, and that what was done since the backup is undone. */
async function withoutExport(backup: string, known: { keys: string; token: string; erased: string }): Promise<void> {
  const [data, keys] = [path.join(folder, 'alone'), path.join(folder, 'alone-keys')];
  for (const [from, to] of [
    [backup, data],
    [known.keys, keys],
  ] as const)
    expect((await run('cp', ['-aL', from, to], { PATH: process.env.PATH! })).code).toBe(0);
  const office = { SEKISHO_DATA: data, SEKISHO_KEYS: keys };
  const said = await command(office, 'restore', '--lost');
  expect([said.code, said.err]).toEqual([0, '']);
  expect(said.out).toMatch(/^それより後の\d+件は失われ.*Entries lost after these: \d+\. This is recorded\.\n/);
  // Nobody may think that what only the lost entries name is done again.
  expect(said.out).toContain('is undone');
  expect(said.out).not.toContain('repeats');
  expect(await command(office, 'restore', '--lost')).toMatchObject({
    code: 1,
    out: '',
    err: expect.stringContaining('Nothing is lost'),
  });
  const program = await startProgram(data, { SEKISHO_KEYS: keys });
  await program.ready();
  const client = sekisho({ url: program.url, token: known.token });
  expect(must(await client.principal(known.erased))).toMatchObject({ erased_at: null });
  expect(program.err()).toBe('');
  await stop(program);
}

/** Expects what docs/backup.md says that the officer sees: what was done again and lost, until somebody confirms that they went through it. */
async function shown({ office, access, provers }: Assembly, program: Program, lost: string): Promise<void> {
  const go = (to: string, init?: RequestInit): Promise<Response> => fetch(program.url + to, init);
  await expect(sessionIn({ access }, 'reception', go)).rejects.toThrow('password');
  const { cookie } = await sessionIn({ access }, 'officer', go);
  const get = async (to: string): Promise<string> => (await go(to, { headers: { cookie } })).text();
  const words = 'バックアップから戻しました';
  expect([await get('/'), await get('/log')]).toEqual([expect.stringContaining(words), expect.stringContaining(words)]);
  expect(await get(`/log?principal=${lost}`)).toContain(lost);
  const again = await listEntries(office.database, { actions: ['log:ended-again', 'log:restored'], most: 9 });
  expect(again.map(({ entry }) => entry)).toMatchObject([
    { action: 'log:ended-again', erased: 1, withdrawals: 1, let_in: 2 },
    { action: 'log:restored' },
  ]);
  const proofs = await Promise.all(provers.map(async (one) => ({ of: one.promise, ...(await one.prove(office)) })));
  expect(proofs.filter(({ state }) => state === 'broken')).toEqual([]);
  const atRisk = proofs.filter(({ of, state }) => of === 'every-access-logged' && state === 'risk');
  expect(atRisk.map(({ says }) => says.ja)).toEqual([expect.stringContaining('記録が失われ、1件を確かめられません')]);
}

const RUNS = 'Sekisho is running on this database';
const RESTORES = '“sekisho restore” is running on this database';

/** A restore of a file that never ends, as of one on a disk that has gone away. */
async function endless(env: Env): Promise<Program> {
  const pipe = path.join(folder, 'pipe');
  if (!fs.existsSync(pipe)) expect((await run('mkfifo', [pipe], { PATH: process.env.PATH! })).code).toBe(0);
  // Held open here for reading too, so that opening it waits for nobody.
  fs.openSync(pipe, fs.constants.O_RDWR);
  return startProgram(path.join(folder, 'elsewhere'), env, ['restore', pipe]);
}

test('nothing is restored under an office that is open on another machine, and none opens under a restore', async () => {
  const database = await testDatabase({ durable: true });
  const [data, elsewhere] = [path.join(folder, 'one'), path.join(folder, 'elsewhere')];
  const url = { DATABASE_URL: database.url };
  const there = { ...url, SEKISHO_DATA: elsewhere };
  let program = await startProgram(data, url);
  await program.ready();
  fs.cpSync(data, elsewhere, { recursive: true });
  const held = async (): Promise<string[]> =>
    (
      await database.owner.query<{ mode: string }>(
        `SELECT mode FROM pg_locks WHERE locktype = 'advisory' AND objid = 1581342276
         AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
        [],
      )
    ).map(({ mode }) => mode);
  const restored = (): Promise<Said> => command(there, 'restore', path.join(root, 'package.json'));
  for (const word of [path.join(root, 'package.json'), '--lost'])
    expect(await command(there, 'restore', word)).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringMatching(new RegExp(`^このデータベースで、関所が動いています。.*\n${RUNS}`)),
    });

  // Also while its connections are cut and come back.
  await database.owner.query(
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    [],
  );
  await expect.poll(held).toEqual(['ShareLock']);
  expect((await restored()).err).toContain(RUNS);

  // A process that was killed holds up nobody; one that is frozen, for about a minute.
  program.kill('SIGKILL');
  await program.ended;
  expect((await restored()).err).toContain('This is not an export of the log');
  program = await startProgram(data, url);
  await program.ready();
  await expect.poll(() => program.out()).toContain('/setup/');
  program.kill('SIGSTOP');
  expect((await restored()).err).toContain(RUNS);
  await expect.poll(held, { timeout: 100_000, interval: 1_000 }).toEqual([]);

  const restore = await endless(url);
  await expect.poll(held, { timeout: 20_000 }).toEqual(['ExclusiveLock']);
  for (const words of [['start'], ['officer-link', '--reason', 'lost'], ['restore', '--lost']]) {
    const said = await command({ ...there, PORT: '0' }, ...words);
    expect(said).toMatchObject({ code: 1, out: '', err: expect.stringContaining(RESTORES) });
  }
  // When it goes on, it finds that it lost its place, and lets nobody in any more. Work in progress may wait for the restore.
  program.kill('SIGCONT');
  // A new connection each time, as from somebody who comes now.
  const answers = (): Promise<boolean> =>
    fetch(`${program.url}/healthz`, { headers: { connection: 'close' }, signal: AbortSignal.timeout(2_000) }).then(
      ({ ok }) => ok,
      () => false,
    );
  await expect.poll(answers, { timeout: 30_000 }).toBe(false);
  restore.kill('SIGKILL');
  await restore.ended;
  expect((await program.ended).code).toBe(1);
  expect(program.err()).toContain(RESTORES);
  program = await startProgram(data, url);
  await program.ready();
  expect(await held()).toEqual(['ShareLock']);
  await stop(program);
  await database.drop();
}, 240_000);

test('a lost database comes back from an older backup and a newer export, by the commands of the documents', async () => {
  const [data, keys, backup] = ['data', 'keys', 'backup'].map((name) => path.join(folder, name)) as [
    string,
    string,
    string,
  ];
  const env = { SEKISHO_KEYS: keys };
  const office = { SEKISHO_DATA: data, ...env };
  let program = await startProgram(data, env);
  await program.ready();
  const known = await within(data, env, async (house) => {
    const { staff } = await settle(house as never);
    const here = { ...house, staff };
    const holding = await addHolding(here);
    const { token } = await tokenOf(house.access);
    const client = sekisho({ url: program.url, token });
    const [kept, erased] = [
      must(await client.acquire(newcomer(holding))),
      must(await client.acquire(newcomer(holding))),
    ];
    const text = await addConsentText(here, { holding, recipients: [], items: ['email'] });
    const consent = await addConsent(here, kept.principal, text);
    const other = await tokenOf(house.access);
    const nightly = await tokenOf(house.access, ['log:export'], []);
    return {
      staff,
      holding,
      token,
      other,
      nightly: nightly.token,
      kept: kept.principal,
      erased: erased.principal,
      consent,
    };
  });
  const yesterday = await exportOf(program, known.nightly);
  await stop(program);
  expect((await run('cp', ['-aL', data, backup], { PATH: process.env.PATH! })).code).toBe(0);

  program = await startProgram(data, env);
  await program.ready();
  const client = sekisho({ url: program.url, token: known.token });
  const lost = must(await client.acquire(newcomer(known.holding))).principal;
  const erased = must(await client.erase(known.erased, { ground: 'no-longer-needed' }));
  must(await client.withdrawConsent(known.consent));
  const entries = await within(data, env, async ({ office: now, access }) => {
    const by = byOfficer({ office: now, staff: known.staff });
    must(await endStaff(access, by, known.staff.reception));
    must(await revokeToken(access, by, known.other.id));
    const today = now.clock.today();
    const policy = structuredClone((await policyInForce(now, today))!.policy);
    policy.operator.name.en = 'Reiji Communication';
    const proposer = { actor: { ...by.actor, id: known.staff.administrator }, authority: [] } as never;
    const { version } = must(await propose(now, proposer, { texts: policyYaml(policy), effectiveOn: today }));
    must(await approve(now, by, { version, effectiveOn: today, officers: 1, judged: {}, resting: restingOn }));
    const counted = await now.database.query<{ n: number }>('SELECT count(*)::int AS n FROM log_entries', []);
    return counted[0]!.n;
  });
  const signedUpTo = async (): Promise<number> =>
    Number((await (await fetch(`${program.url}/log/checkpoint`)).text()).split('\n')[1]);
  await expect.poll(signedUpTo, { timeout: 10_000 }).toBeGreaterThanOrEqual(entries);
  const tonight = await exportOf(program, known.nightly);
  expect((await command({}, 'verify', tonight, '--since', yesterday)).code).toBe(0);
  // The export has no entry of this person.
  const later = must(await client.acquire(newcomer(known.holding))).principal;
  const size = Number(JSON.parse(fs.readFileSync(tonight, 'utf8').split('\n')[0]!).size);
  await expect.poll(signedUpTo, { timeout: 10_000 }).toBeGreaterThan(size);
  expect(await command(office, 'restore', tonight)).toMatchObject({
    code: 1,
    out: '',
    err: expect.stringContaining('Another running Sekisho uses this data folder'),
  });
  await stop(program);

  fs.rmSync(data, { recursive: true });
  expect((await run('cp', ['-aL', backup, data], { PATH: process.env.PATH! })).code).toBe(0);
  const early = await startProgram(data, env);
  expect((await early.ended).code).toBe(1);
  expect(early.err()).toContain('The database is old, so Sekisho does not start');
  await refused(office, tonight, yesterday);
  await withoutExport(backup, { keys, ...known });
  // A mail program or an editor on the way may have changed the ends of the lines.
  const windows = path.join(folder, 'windows.jsonl');
  fs.writeFileSync(windows, fs.readFileSync(tonight, 'utf8').replaceAll('\n', '\r\n'));
  const restored = await command(office, 'restore', windows);
  expect([restored.code, restored.err]).toEqual([0, '']);
  expect(restored.out).toMatch(new RegExp(`from \\d+ to ${size} entries\\..*\n.*Entries lost after these: [1-9]`));
  expect((await command(office, 'restore', tonight)).err).toContain('Give a newer export.');

  program = await startProgram(data, env);
  await program.ready();
  const again = sekisho({ url: program.url, token: known.token });
  expect(must(await again.principal(known.erased))).toMatchObject({ records: [], erased_at: erased.erased_at });
  expect(must(await again.consentOf(known.consent))).toMatchObject({ state: 'ended', principal: known.kept });
  for (const principal of [lost, later])
    expect(await again.principal(principal)).toMatchObject({ ok: false, problem: { status: 404 } });
  const revoked = await sekisho({ url: program.url, token: known.other.token }).holdings();
  expect(revoked).toMatchObject({ ok: false, problem: { status: 401 } });
  await within(data, env, (house) => shown(house, program, lost));
  const now = await exportOf(program, known.nightly);
  for (const held of [yesterday, tonight])
    expect(await command({}, 'verify', now, '--since', held)).toMatchObject({ code: 0, err: '' });
  expect(program.err()).toBe('');
  await stop(program);
}, 400_000);
