// The demo: the tenth start has as many tokens as the first, and every fact in its log entries has a word.

import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PASSWORD_HASH, testDatabase } from '../tests/house.ts';
import { must, openServer, startProgram, type TestServer } from '../tests/server.ts';
import { assemble } from './app.ts';
import { sekisho } from './client.ts';
import { demoTokens, furnish } from './demo.ts';
import { endSystem } from './features/access/actions/systems.ts';
import { addFictionalStaff, listSystems, withTokens } from './features/access/index.ts';
import { subjectsOf } from './features/audit/facts/entry.ts';
import { subjectWord, valueWord } from './features/audit/words.ts';
import type { LogEntry } from './log/index.ts';

let server: TestServer;
beforeAll(async () => {
  server = await openServer({ durable: true });
});
afterAll(() => server.close());

const by = { actor: { kind: 'sekisho' }, authority: [] } as const;

/** Whether each of these tokens is still accepted. */
const good = (tokens: Partial<Record<string, string>>): Promise<boolean[]> =>
  Promise.all(
    Object.values(tokens).map(async (token) => {
      const answer = await server.clientWith(token!).policy();
      return answer.ok || answer.problem.status !== 401;
    }),
  );

const inUse = async (): Promise<number> =>
  (await withTokens(server.app.access, await listSystems(server.app.access))).flatMap(({ tokens }) =>
    tokens.filter(({ revokedAt }) => revokedAt === null),
  ).length;

test('a later start puts its tokens in the place of those before, and leaves other systems’ alone', async () => {
  const { office, app } = server;
  const others = await inUse();
  const first = await demoTokens(office, app);
  const roles = Object.keys(first);
  expect([roles.length > 3, await good(first)]).toEqual([true, roles.map(() => true)]);
  const second = await demoTokens(office, app);
  expect([await good(first), await good(second)]).toEqual([roles.map(() => false), roles.map(() => true)]);
  expect([Object.keys(second), await inUse()]).toEqual([roles, others + roles.length]);
  expect(await good({ other: server.token })).toEqual([true]);
  // A demo system that somebody ended is created again.
  const [ended] = (await listSystems(app.access)).filter(({ name }) => name.startsWith('デモ用システム'));
  must(await endSystem(app.access, by, ended!.id));
  expect([await good(await demoTokens(office, app)), await inUse()]).toEqual([
    roles.map(() => true),
    others + roles.length,
  ]);
});

test('the command prints where it runs, who may sign in and tokens that are good there', async () => {
  // This office has the demo's accounts, so the command takes it for one that was furnished.
  const env = { DATABASE_URL: server.db.url };
  const program = await startProgram(server.office.config.dataFolder, env, ['demo', '--json']);
  await program.ready();
  await expect.poll(() => program.out(), { timeout: 10_000 }).toContain('\n');
  const { url, accounts, tokens } = JSON.parse(program.out()) as {
    url: string;
    accounts: { role: string; email: string; password: string }[];
    tokens: Record<string, string>;
  };
  expect([url, accounts[0]!.email]).toEqual([program.url, 'officer@example.jp']);
  expect(must(await sekisho({ url, token: tokens.officer! }).holdings()).holdings).toHaveLength(1);
  program.kill('SIGTERM');
  expect([(await program.ended).code, program.err()]).toEqual([0, '']);
}, 60_000);

test('an office with a staff of its own is not taken for a demo', async () => {
  const db = await testDatabase();
  try {
    const { name, privateKey } = server.office.signer;
    const office = { ...server.office, database: db.app, signer: { name, privateKey } };
    const options = { root: path.resolve('.'), report: (line: string) => expect.unreachable(line) };
    const { access } = await assemble(office, options);
    const person = { name: '職員 一人', email: 'hajime@sakura.example.jp', passwordHash: PASSWORD_HASH };
    await addFictionalStaff(access, { ...person, roles: ['officer'] });
    await expect(furnish(office, options)).rejects.toThrow('not a demo');
    expect(await listSystems(access)).toEqual([]);
  } finally {
    await db.drop();
  }
});

/** Members with codes of the company and its policy, and the ids of facts and promises, which need no words. */
const ownCodes = [
  'code',
  'tag',
  'answers',
  'allowed',
  'refused',
  'items',
  'identifier',
  'channel',
  'promise',
  'judgement',
];

test('whatever the entries of eight weeks of work name has a word in both languages, and so has every code', async () => {
  const db = await testDatabase();
  try {
    // What the other office signed cannot count as lost by this one.
    const { name, privateKey } = server.office.signer;
    const office = { ...server.office, database: db.app, signer: { name, privateKey } };
    expect(await furnish(office, { root: path.resolve('.'), report: (line) => expect.unreachable(line) })).toBe(true);
    await demoTokens(server.office, server.app);
    const logs = [db, server.db].map(({ owner }) =>
      owner.query<{ entry: string }>('SELECT entry FROM log_entries', []),
    );
    const entries = (await Promise.all(logs)).flat().map(({ entry }) => JSON.parse(entry) as LogEntry);
    const said: { action: string; name: string; code: string }[] = [];
    for (const entry of entries)
      subjectsOf(entry, '', (name, code) => {
        said.push({ action: entry.action, name, code });
        return code;
      });
    const names = [...new Set(said.map(({ name }) => name))];
    expect(names.length).toBeGreaterThan(60);
    expect(names.filter((name) => [name, '', undefined].includes(subjectWord(name, 'ja')))).toEqual([]);
    const isCode = (text: string): boolean => /^[A-Z]{2}$|^[a-z]+(?:[-_:][a-z]+)*$/.test(text);
    const codes = said.filter(({ name, code }) => isCode(code) && !ownCodes.includes(name));
    expect(new Set(codes.map(({ name, code }) => `${name} ${code}`)).size).toBeGreaterThan(40);
    expect(codes.filter(({ action, name, code }) => isCode(valueWord(action, [name, code], new Map(), 'ja')))).toEqual(
      [],
    );
  } finally {
    await db.drop();
  }
});
