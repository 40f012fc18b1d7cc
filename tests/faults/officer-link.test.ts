// A new officer by the command of the operator, as when the only one has lost what they sign in with: beside the running program, and without it.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { generateSync, ScureBase32Plugin } from 'otplib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../../src/platform/database/index.ts';
import { testDatabase } from '../house.ts';
import { endPrograms, runSekisho, startProgram, type Program, type Said } from '../server.ts';

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sekisho-officer-link-'));
  fs.chmodSync(folder, 0o711);
});
afterAll(() => {
  endPrograms(folder);
  fs.rmSync(folder, { recursive: true, force: true });
});

type Env = Record<string, string>;

const command = (env: Env, ...more: string[]): Promise<Said> => runSekisho(['officer-link', ...more], env, folder);

const linkIn = (out: string): string => /\/setup\/[\w-]{43}(?=\n)/.exec(out)![0];

/** Comes in by a link as a browser does; returns the status of the page, and of its form where it shows one. */
async function comeIn(program: Program, link: string, email: string): Promise<number[]> {
  const shown = await fetch(program.url + link);
  const html = await shown.text();
  if (!shown.ok) return [shown.status];
  const value = (name: string): string => new RegExp(`name="${name}"[^>]*value="([^"]*)"`).exec(html)?.[1] ?? '';
  const secret = /id="authenticator-secret"[^>]*>([^<]*)</.exec(html)![1]!.replaceAll(' ', '');
  const password = 'tsuki-no-hikari-7';
  const fields = {
    csrf: value('csrf'),
    sealed: value('sealed'),
    name: '例示 花',
    email,
    password,
    'password-again': password,
    code: generateSync({ secret: new ScureBase32Plugin().decode(secret), epoch: Date.now() / 1000 }),
  };
  const cookie = shown.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  const headers = { cookie, 'sec-fetch-site': 'same-origin' };
  const entered = await fetch(program.url + link, { method: 'POST', headers, body: new URLSearchParams(fields) });
  return [shown.status, entered.status];
}

const officersIn = async (data: string): Promise<unknown[]> => {
  const socket = { host: path.join(data, 'run'), port: 5432, database: 'sekisho', user: 'sekisho_owner' };
  const owner = openDatabase(socket, { most: 1 });
  try {
    return await owner.query(
      `SELECT action, entry::json ->> 'ground' AS ground FROM log_entries WHERE action ~ '^staff:(set-up|let-in|officer-link)$' ORDER BY seq`,
      [],
    );
  } finally {
    await owner.close();
  }
};

const setUp = { action: 'staff:set-up', ground: null };
const made = (ground: string) => ({ action: 'staff:officer-link', ground });
const letIn = { action: 'staff:let-in', ground: null };

test('it refuses what it cannot do, and makes nothing', async () => {
  const nowhere = path.join(folder, 'nowhere');
  const env = { SEKISHO_DATA: nowhere };
  for (const [code, ja, en, ...more] of [
    [2, /^--reason に理由を指定/, /Give --reason/],
    [2, /^--reason に理由を指定/, /Give --reason/, '--reason', '電話をなくした'],
    [2, /^「--copy」は使えません/, /“--copy” cannot be used/, '--copy', 'x'],
    [
      1,
      /^データフォルダーに、この利用者のデータベースがありません/,
      /The data folder has no database/,
      '--reason',
      'lost',
    ],
  ] as const) {
    const said = await command(env, ...more);
    expect(said).toMatchObject({ code, out: '' });
    expect(said.err).toMatch(ja);
    expect(said.err.split('\n')[1]).toMatch(en);
  }
  expect(fs.existsSync(nowhere)).toBe(false);

  if (process.getuid?.() !== 0) return;
  // Run as root, it would take the database away from the user who runs it.
  fs.mkdirSync(path.join(folder, 'others', 'postgres'), { recursive: true });
  fs.writeFileSync(path.join(folder, 'others', 'postgres', 'PG_VERSION'), '18');
  fs.chownSync(path.join(folder, 'others', 'postgres'), 4242, 4242);
  const said = await command({ SEKISHO_DATA: path.join(folder, 'others') }, '--reason', 'lost');
  expect(said).toMatchObject({
    code: 1,
    out: '',
    err: expect.stringContaining('run this as the user who runs Sekisho'),
  });
  expect(fs.statSync(path.join(folder, 'others', 'postgres')).uid).toBe(4242);
});

test('it lets a new officer in, beside the running program and without it', async () => {
  const data = path.join(folder, 'data');
  const first = await startProgram(data);
  await first.ready();
  const env = { SEKISHO_DATA: data, SEKISHO_URL: first.url };
  expect(await command(env, '--reason', 'lost')).toMatchObject({
    code: 1,
    out: '',
    err: expect.stringMatching(/^まだ個人情報保護管理者がいません。.*\nThere is no privacy officer yet\./),
  });
  await expect.poll(() => first.out()).toContain('/setup/');
  expect(await comeIn(first, linkIn(first.out()), 'hana@example.jp')).toEqual([200, 200]);

  const one = await command(env, '--reason', 'lost');
  expect(one).toMatchObject({ code: 0, err: '' });
  expect(one.out).toContain('Mail is off (SEKISHO_SMTP is not set)');
  expect(one.out).toContain(`\n${first.url}/setup/`);
  const another = await command(env, '--reason', 'away');
  expect(await comeIn(first, linkIn(one.out), 'jiro@example.jp')).toEqual([404]);
  expect(await comeIn(first, linkIn(another.out), 'hana@example.jp')).toEqual([200, 409]);
  expect(await comeIn(first, linkIn(another.out), 'jiro@example.jp')).toEqual([200, 200]);
  expect(await comeIn(first, linkIn(another.out), 'saburo@example.jp')).toEqual([404]);
  const so = [setUp, made('lost'), made('away'), letIn];
  expect(await officersIn(data)).toEqual(so);
  expect((await fetch(`${first.url}/readyz`)).status).toBe(200);
  first.kill('SIGTERM');
  expect((await first.ended).code).toBe(0);
  expect(first.err()).toBe('');

  const closed = await command(env, '--reason', 'lost');
  expect(closed).toMatchObject({ code: 0, err: '' });
  expect(fs.existsSync(path.join(data, 'postgres', 'postmaster.pid'))).toBe(false);
  const second = await startProgram(data);
  await second.ready();
  expect(await comeIn(second, linkIn(closed.out), 'saburo@example.jp')).toEqual([200, 200]);
  expect(await officersIn(data)).toEqual([...so, made('lost'), letIn]);
  second.kill('SIGTERM');
  expect((await second.ended).code).toBe(0);
  expect(second.err()).toBe('');
});

test('it works on a PostgreSQL of the company’s own', async () => {
  const database = await testDatabase({ durable: true });
  const data = path.join(folder, 'outside');
  const program = await startProgram(data, { DATABASE_URL: database.url });
  await program.ready();
  await expect.poll(() => program.out()).toContain('/setup/');
  expect(await comeIn(program, linkIn(program.out()), 'hana@example.jp')).toEqual([200, 200]);
  const said = await command({ SEKISHO_DATA: data, DATABASE_URL: database.url }, '--reason', 'away');
  expect(said).toMatchObject({ code: 0, err: '' });
  expect(await comeIn(program, linkIn(said.out), 'jiro@example.jp')).toEqual([200, 200]);
  program.kill('SIGTERM');
  expect((await program.ended).code).toBe(0);
  await database.drop();
});
