// The program is killed without warning, again and again, while it takes people in. Whoever was acknowledged is there with exactly one log
// entry; nothing has an effect without an entry, no entry speaks of an effect that is not there, and the log is whole.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openApp } from '../../src/app.tsx';
import { sekisho } from '../../src/client.ts';
import { verify, vkeyOf } from '../../src/log/index.ts';
import { signAll } from '../house.ts';
import { openOffice } from '../../src/office.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { readConfig } from '../../src/platform/config.ts';
import { endPrograms, freePort, newcomer, root, settle, startProgram, tokenOf } from '../server.ts';

const KILLS = 20;
const CREATES = 1_000;
const AT_ONCE = 12;

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sekisho-kill-'));
fs.chmodSync(folder, 0o711);
afterAll(() => {
  endPrograms(folder);
  fs.rmSync(folder, { recursive: true, force: true });
});

const config = readConfig({}, { dataFolder: folder });

/** Makes the office ready and leaves it: a holding, and a token for the system that brings people in. */
async function prepare(): Promise<{ holding: string; token: string }> {
  const { office, close } = await openOffice(config, systemClock, root);
  const app = await openApp(office, { root, report: () => undefined });
  const { holding } = await settle(app);
  const { token } = await tokenOf(app.access);
  await app.close();
  await close();
  return { holding, token };
}

interface Acknowledged {
  key: string;
  id: string;
  principal: string;
}

type Ask = ReturnType<typeof newcomer>;

test(`${KILLS} kills, each during ${CREATES} creates, lose nothing and leave nothing half done`, async () => {
  const { holding, token } = await prepare();
  const acknowledged: Acknowledged[] = [];
  let unanswered: { key: string; ask: Ask }[] = [];
  let cutOff = 0;
  let keys = 0;
  const PORT = String(await freePort());

  /** Asks for creates, first those that the last kill left unanswered, under their keys. Killed after `most` of them were acknowledged. */
  const round = async (most: number | null): Promise<void> => {
    const program = await startProgram(folder, { PORT });
    await program.ready();
    const client = sekisho({ url: program.url, token });
    const toAsk = unanswered;
    unanswered = [];
    if (most !== null) while (toAsk.length < CREATES) toAsk.push({ key: `create-${++keys}`, ask: newcomer(holding) });
    let answered = 0;
    const worker = async (): Promise<void> => {
      for (let next = toAsk.shift(); next; next = toAsk.shift()) {
        const answer = await client.acquire(next.ask, { key: next.key }).catch(() => null);
        if (answer === null) {
          unanswered.push(next);
          return;
        }
        if (!answer.ok) throw new Error(JSON.stringify(answer.problem));
        acknowledged.push({ key: next.key, id: answer.value.id, principal: answer.value.principal });
        answered += 1;
        if (answered === most) setTimeout(() => program.kill('SIGKILL'), Math.random() * 3);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    if (most === null) program.kill('SIGTERM');
    cutOff += unanswered.length;
    await program.ended;
  };
  for (let i = 0; i < KILLS; i++) await round(1 + Math.floor(Math.random() * CREATES * 0.6));
  expect(cutOff).toBeGreaterThanOrEqual(KILLS);
  await round(null);
  expect(unanswered).toEqual([]);
  expect(new Set(acknowledged.map(({ key }) => key)).size).toBe(acknowledged.length);

  const { office, close } = await openOffice(config, systemClock, root);
  const { database } = office;
  const ids = async (sql: string): Promise<string[]> =>
    (await database.query<{ id: string }>(`SELECT id::text FROM (${sql}) AS of(id) ORDER BY id`, [])).map(
      (row) => row.id,
    );
  const records = await ids('SELECT id FROM acquisitions');
  // One entry for each acquisition and one acquisition for each entry.
  expect(await ids("SELECT id FROM log_entries WHERE action = 'people:acquire'")).toEqual(records);
  expect(new Set(records).size).toBe(records.length);
  // One person for each acquisition, with their key, their record and their place in the index.
  const persons = await ids('SELECT principal_id FROM acquisitions');
  expect(new Set(persons).size).toBe(persons.length);
  expect(await ids('SELECT id FROM vault_principals')).toEqual(persons);
  expect(await ids('SELECT principal_id FROM vault_records')).toEqual(persons);
  expect(await ids('SELECT principal_id FROM vault_records WHERE email IS NOT NULL')).toEqual(persons);
  expect(await ids('SELECT acquisition_id FROM acquisition_keys')).toEqual(records);
  // Everybody acknowledged is there; and as every unanswered key was asked again, nobody else is.
  expect(acknowledged.map(({ id }) => id).sort()).toEqual(records);
  expect(acknowledged.map(({ principal }) => principal).sort()).toEqual(persons);

  await signAll(database, office.signer);
  const check = await verify(database, vkeyOf(office.signer));
  const [entries] = await database.query<{ n: number }>('SELECT count(*) AS n FROM log_entries', []);
  expect(check).toEqual({ ok: true, size: entries!.n });
  await close();
}, 180_000);
