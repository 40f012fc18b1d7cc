// The disk becomes full to the last byte under the running program, and then has room again. Meanwhile nothing is half done and every caller is
// told; PostgreSQL itself ends when it can no longer write its WAL. Once there is room everything continues without a restart.

import fs from 'node:fs';
import path from 'node:path';
import { Decrypter } from 'age-encryption';
import { afterAll, expect, test } from 'vitest';
import { openApp } from '../../src/app.ts';
import { sekisho, type Answer } from '../../src/client.ts';
import { openOffice, type Office } from '../../src/office.ts';
import { openDatabase, type Database } from '../../src/platform/database/index.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { readConfig } from '../../src/platform/config.ts';
import {
  endPrograms,
  freePort,
  must,
  newcomer,
  root,
  runSekisho,
  sessionIn,
  settle,
  startProgram,
  tokenOf,
  type Session,
} from '../server.ts';
import { readyPackage } from './ready-package.ts';
import { smallDisk } from './small-disk.ts';

const PEOPLE = 30;

const disk = await smallDisk(240);
const folder = disk?.folder ?? '';
const data = path.join(folder, 'data');
const filler = path.join(folder, 'filler');
afterAll(() => {
  if (!disk) return;
  endPrograms(folder);
  disk.end();
});

/** Leaves not a byte. */
function fill(): void {
  const file = fs.openSync(filler, 'a');
  for (const size of [1 << 20, 4_096])
    try {
      for (;;) fs.writeSync(file, Buffer.alloc(size, 1));
    } catch (error) {
      expect((error as NodeJS.ErrnoException).code).toBe('ENOSPC');
    }
  fs.closeSync(file);
}

/** Works as the owner, who can make PostgreSQL begin the next WAL file. */
async function asOwner<T>(work: (owner: Database) => Promise<T>): Promise<T> {
  const owner = openDatabase(
    { host: path.join(data, 'run'), port: 5432, user: 'sekisho_owner', database: 'sekisho' },
    { most: 1 },
  );
  return work(owner).finally(() => owner.close());
}

const SECRET = '秘密 花子';

interface Ready {
  holding: string;
  token: string;
  people: string[];
  package: string;
  identity: string;
  officer: Session;
}

/** Persons in the vault, and a package of all of them, ready to be fetched. */
async function prepare(office: Office): Promise<Ready> {
  const app = await openApp(office, { root, report: () => undefined });
  const { staff, holding } = await settle(app);
  const { token } = await tokenOf(app.access);
  const inside: typeof fetch = async (to, init) => app.fetch(new Request(to, init));
  const client = sekisho({ url: office.config.publicUrl, token, fetch: inside });
  const people: string[] = [];
  for (let i = 0; i < PEOPLE; i++)
    people.push(must(await client.acquire(newcomer(holding, { name: SECRET }))).principal);
  const { id, identity } = await readyPackage({ office, staff }, { holding, items: ['email'], people });
  const officer = await sessionIn(app, 'officer', async (to, init) => inside(`${office.config.publicUrl}${to}`, init));
  await app.close();
  return { holding, token, people, package: id, identity, officer };
}

/** Every file of the program and its database that contains these bytes. */
const filesWith = (bytes: string): string[] =>
  fs
    .readdirSync(data, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => fs.readFileSync(file).includes(bytes));

const statusOf = (answer: Answer<unknown>): number => (answer.ok ? 200 : answer.problem.status);

test.runIf(disk)(
  'on a full disk every act fails closed, and all goes on by itself once there is room',
  async () => {
    const { office, close } = await openOffice(readConfig({}, { dataFolder: data }), systemClock, root);
    const ready = await prepare(office);
    await close();
    const { holding, token } = ready;
    const program = await startProgram(data, { PORT: String(await freePort()) });
    await program.ready();
    const client = sekisho({ url: program.url, token });
    const acknowledged: string[] = [];
    let keys = 0;
    const acquire = async (): Promise<number> => {
      const answer = await client.acquire(newcomer(holding, { name: SECRET, note: '控え'.repeat(800) }), {
        key: `full-${keys++}`,
      });
      if (answer.ok) acknowledged.push(answer.value.id);
      return statusOf(answer);
    };
    const fetchPackage = ({ cookie, csrf } = ready.officer): Promise<Response> =>
      fetch(`${program.url}/packages/${ready.package}/file`, {
        method: 'POST',
        body: new URLSearchParams({ csrf }),
        headers: { cookie },
      });
    const verbs: (() => Promise<number>)[] = [
      acquire,
      async () => statusOf(await client.use({ principal: ready.people[0]!, holding, items: ['name'], purpose: 'P3' })),
      async () => statusOf(await client.erase(ready.people[1]!, { ground: 'no-longer-needed' })),
      async () => (await fetchPackage()).status,
    ];
    expect(await acquire()).toBe(200);

    fill();
    // The free space inside the files of the tables takes a few more.
    await expect.poll(acquire, { interval: 0 }).toBe(500);
    const refused = await client.acquire(newcomer(holding, { note: '控え'.repeat(800) }));
    expect(!refused.ok && refused.problem.title).toBe(
      '処理を完了できませんでした。記録を残せない操作は行いません。何も変わっていません。',
    );
    await asOwner(async (owner) => {
      const next = "SELECT pg_logical_emit_message(false, 'full', ''), pg_switch_wal()";
      for (;;) await owner.query(next, []);
    }).catch(() => undefined);
    await expect.poll(() => program.err()).toContain('database: ended\n');
    for (const verb of verbs) expect(await verb()).toBe(503);
    expect((await fetch(`${program.url}/healthz`)).status).toBe(200);
    expect((await fetch(`${program.url}/readyz`)).status).toBe(503);

    fs.rmSync(filler);
    await expect.poll(async () => (await fetch(`${program.url}/readyz`)).status, { timeout: 240_000 }).toBe(200);
    for (const verb of verbs.slice(0, 3)) expect(await verb()).toBe(200);
    const file = new Uint8Array(await (await fetchPackage()).arrayBuffer());
    const decrypter = new Decrypter();
    decrypter.addIdentity(ready.identity);
    const csv = await decrypter.decrypt(file, 'text');
    // The person erased in the meantime is not in it.
    expect(csv.trimEnd().split('\r\n')).toHaveLength(PEOPLE);

    // Nothing acknowledged is lost, nothing else is there, and the tree has all of it.
    const whole = async (): Promise<unknown[]> =>
      asOwner((owner) =>
        owner.query(
          `SELECT (SELECT array_agg(acquisition_id::text ORDER BY 1) FROM acquisition_keys) AS ids,
             (SELECT count(*)::int FROM log_entries WHERE action = 'people:use') AS uses,
             (SELECT count(*)::int FROM log_entries WHERE action = 'package:provide') AS provided,
             (SELECT count(*) FROM log_entries) = (SELECT max(size) FROM log_checkpoints) AS signed`,
          [],
        ),
      );
    await expect.poll(whole).toEqual([{ ids: acknowledged.toSorted(), uses: 1, provided: 1, signed: true }]);
    const log = path.join(folder, 'log.jsonl');
    await fs.promises.writeFile(log, new Uint8Array(await new Response(must(await client.log.export())).arrayBuffer()));
    expect((await runSekisho(['verify', log], {})).out).toMatch(/^一致/);

    // The operator is told when the database ended and when it was back, and of each failed act by its code, without naming anybody.
    const said = program
      .err()
      .split('\n')
      .filter((line) => line.startsWith('database: '));
    expect(said).toEqual(['database: ended', 'database: started again']);
    expect(program.err()).toContain('POST /api/v1/acquisitions error 53100');
    expect(program.err()).not.toMatch(/秘密|花子|reader-\d|full-\d/);
    // Another program may not take the folder because the first lost its connection for a moment.
    const second = await startProgram(data);
    expect((await second.ended).code).toBe(1);
    expect(second.err()).toContain('別の関所が使っています');
    program.kill('SIGTERM');
    expect((await program.ended).code).toBe(0);
    expect(filesWith(SECRET)).toEqual([]);
    expect(fs.readdirSync(data).toSorted()).toEqual(['keys', 'postgres', 'postgres.log', 'run']);
  },
  360_000,
);
