// The two programs of docs/api.md as one, as a system that keeps a copy runs them about once a minute, against a server that ends and comes back.

import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../src/base/id.ts';
import { signAll } from '../house.ts';
import {
  endPrograms,
  freePort,
  must,
  newcomer,
  openServer,
  root,
  startProgram,
  tokenOf,
  type Program,
  type TestServer,
} from '../server.ts';

/** More than one page of changes. */
const MANY = 1_100;

let server: TestServer;
let folder: string;
let program: Program;
let env: Record<string, string>;

const start = async (): Promise<void> => {
  program = await startProgram(server.office.config.dataFolder, { DATABASE_URL: server.db.url, PORT: env.PORT! });
  await program.ready();
};

const stop = async (): Promise<void> => {
  program.kill('SIGTERM');
  await program.ended;
};

beforeAll(async () => {
  server = await openServer({ durable: true });
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sekisho-following-'));
  const port = String(await freePort());
  const { token } = await tokenOf(
    server.app.access,
    ['ledger:read', 'people:acquire', 'people:use', 'people:follow'],
    ['P3'],
  );
  env = { PATH: process.env.PATH!, PORT: port, SEKISHO_URL: `http://127.0.0.1:${port}`, SEKISHO_TOKEN: token };
  await start();
});
afterAll(async () => {
  endPrograms();
  await server.close();
  fs.rmSync(folder, { recursive: true });
});

const place = (): string => path.join(folder, 'place');

/** What the document leaves to the system: where it keeps its place, and what it does with a change. */
const own = `
import fs from 'node:fs/promises';
const place = {
  read: () => fs.readFile(process.env.PLACE, 'utf8').catch(() => undefined),
  write: (to) => fs.writeFile(process.env.PLACE, to),
};
let followed = 0;
async function follow(what, principal) {
  console.log(what, principal);
  followed += 1;
  if (String(followed) === process.env.PAUSE_AT) for await (const _ of process.stdin) break;
}
const readEveryoneAgain = async () => console.log('everyone again');
`;

const blocks = [...fs.readFileSync(path.join(root, 'docs', 'api.md'), 'utf8').matchAll(/```js\n(.*?)```/gs)];
const [first, loop] = blocks.map(([, code]) => code!);

interface Ran {
  code: number | null;
  err: string;
  /** The lines about changes. */
  lines: string[];
}

/** Runs the programs once. `meanwhile`: done after this many changes, while the program waits. */
function run(pauseAt = 0, meanwhile: () => Promise<void> = async () => undefined): Promise<Ran> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', `${first}${own}${loop}`], {
    cwd: root,
    env: { ...env, PLACE: place(), PAUSE_AT: String(pauseAt) },
  });
  let [out, err] = ['', ''];
  let paused = false;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
    if (paused || pauseAt === 0 || linesIn(out).length < pauseAt) return;
    paused = true;
    void meanwhile().then(() => child.stdin.end('go on\n'));
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  return new Promise((resolve) => {
    child.on('close', (code) => resolve({ code, err, lines: linesIn(out) }));
  });
}

/** Without the two lines of the first program, and without the acquisition that it makes. */
const linesIn = (out: string): string[] => out.split('\n').filter((line) => /^(?:[a-z-]+ |everyone)/.test(line));

const acquired = async (): Promise<string> => must(await server.client.acquire(newcomer(server.holding))).principal;

const corrected = async (principal: string, seen: number): Promise<void> => {
  const correction = { holding: server.holding, items: { note: '訂正済み' }, ground: 'accuracy', seen } as const;
  must(await server.client.correct(principal, correction));
  await signed();
};

const signed = (): Promise<void> => signAll(server.office.database, server.office.signer);

const ends = (lines: string[]) => ({ code: 0, err: '', lines });

test('a system follows as the document says: everything once, across restarts and a lost place', async () => {
  // It begins with the newest entry, before the person of the first program.
  await acquired();
  await signed();
  await run();
  await signed();
  await run();
  expect(await run()).toEqual(ends([]));

  const people: string[] = [];
  for (let i = 0; i < MANY; i += 100)
    people.push(...(await Promise.all(Array.from({ length: 100 }, () => acquired()))));
  await signed();
  // The server restarts while the system works through the first page.
  const across = await run(500, async () => {
    await stop();
    await start();
  });
  expect([across.code, across.err]).toEqual([0, '']);
  expect(across.lines.toSorted()).toEqual(people.map((id) => `acquired ${id}`).toSorted());

  // It is away when the second page is asked for: the run ends with an error, and the next one goes on where it ended.
  const reached = fs.readFileSync(place(), 'utf8');
  const after = await server.client.changes({ after: reached });
  expect(must(after).changes).toEqual([]);
  const more: string[] = [];
  for (let i = 0; i < MANY; i += 100) more.push(...(await Promise.all(Array.from({ length: 100 }, () => acquired()))));
  await signed();
  const broken = await run(500, stop);
  expect([broken.code, broken.lines.length]).toEqual([1, 1_000]);
  expect(broken.err).not.toContain(env.SEKISHO_TOKEN);
  await start();
  const rest = await run();
  expect([rest.code, rest.err]).toEqual([0, '']);
  expect([...broken.lines, ...rest.lines].toSorted()).toEqual(more.map((id) => `acquired ${id}`).toSorted());

  // The log has lost the entry: everyone is read again, and what comes then is followed.
  fs.writeFileSync(place(), newId(server.office.clock.now()));
  expect(await run()).toEqual(ends(['everyone again']));
  await corrected(people[0]!, 1);
  expect(await run()).toEqual(ends([`corrected ${people[0]}`]));
  expect(await run()).toEqual(ends([]));
  expect(program.err()).toBe('');
}, 180_000);
