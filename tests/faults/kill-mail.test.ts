// The program is killed without warning after a mail server has taken a letter and before that is written down. Another process of the office sends
// the letter again under the same id, so that a mailbox can tell that it is one.

import { setTimeout as sleep } from 'node:timers/promises';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { both } from '../../src/base/bilingual.ts';
import { newId } from '../../src/base/id.ts';
import { withdrawLetters } from '../../src/platform/mail.ts';
import { equip, type Office } from '../../src/office.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { readConfig } from '../../src/platform/config.ts';
import { testDatabase, type TestDatabase } from '../house.ts';
import { mailTo } from '../parcel.ts';
import { endPrograms, startProgram } from '../server.ts';
import { mailServer } from '../smtp.ts';

const mails = mailServer();
let db: TestDatabase;
/** An office of the same database that sends a letter only when it is told to. */
let office: Office;
let folder: string;
let env: Record<string, string>;
beforeAll(async () => {
  env = { ...mailTo(await mails.serve()), SEKISHO_URL: 'https://sekisho.example.jp' };
  db = await testDatabase({ durable: true });
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sekisho-kill-mail-'));
  office = await equip(readConfig(env, { dataFolder: folder }), systemClock, db.app);
});
afterAll(async () => {
  endPrograms(folder);
  await mails.close();
  await db.drop();
  fs.rmSync(folder, { recursive: true, force: true });
});

const outbox = (): Promise<{ state: string; tries: number; offered: boolean }[]> =>
  db.owner.query("SELECT state, tries, offered FROM mail_outbox WHERE about = 'R-2026-031'", []);

/** Has the program hand a letter to the server, and kills it before it can write down that the server took it. */
async function killedAfterTaking(needs: string): Promise<void> {
  await db.owner.query('DELETE FROM mail_outbox', []);
  mails.received.length = 0;
  const taken = mails.hold();
  const program = await startProgram(folder, { DATABASE_URL: db.url, ...env });
  await program.ready();
  const says = both('期限です。', 'It is due.');
  await office.database.transaction((tx) =>
    office.mail.post(
      tx,
      { to: 'saeki@example.jp', lang: 'ja', subject: says, says, number: 'R-2026-031', path: '/desk' },
      [needs],
    ),
  );
  await expect.poll(() => mails.received.length, { timeout: 30_000 }).toBe(1);
  await db.owner.transaction(async (tx) => {
    await tx.query("SELECT FROM mail_outbox WHERE about = 'R-2026-031' FOR UPDATE", []);
    taken();
    const marking =
      "SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'UPDATE mail_outbox%'";
    let waits: { pid: number }[] = [];
    while (waits.length === 0) {
      waits = await db.owner.query<{ pid: number }>(marking, []);
      await sleep(20);
    }
    program.kill('SIGKILL');
    await program.ended;
    // A server of the database would otherwise end the statement of a client that is gone.
    for (const { pid } of waits) await db.owner.query('SELECT pg_terminate_backend($1)', [pid]);
  });
}

test('a letter that the server took is sent again by another process under the same id', async () => {
  await killedAfterTaking(newId(Date.now()));
  expect(await outbox()).toEqual([{ state: 'waiting', tries: 1, offered: true }]);
  // Nobody else sends it while the process that took it may still be alive.
  expect([await office.mail.sendNext(), mails.received.length]).toEqual([false, 1]);
  await db.owner.query('UPDATE mail_outbox SET next_at = queued_at', []);
  expect([await office.mail.sendNext(), await office.mail.sendNext()]).toEqual([true, false]);
  expect(await outbox()).toEqual([{ state: 'sent', tries: 2, offered: true }]);
  const [first, second, ...more] = mails.received.map(({ mail }) => [
    mail.messageId,
    mail.date,
    mail.subject,
    mail.text,
  ]);
  expect(second).toEqual(first);
  expect([more.length, first![0]]).toEqual([0, expect.stringMatching(/^<[0-9a-f-]{36}@/)]);
});

test('one that is withdrawn after that goes out no second time, and is not said to have reached nobody', async () => {
  const needs = newId(Date.now());
  await killedAfterTaking(needs);
  await office.database.transaction((tx) => withdrawLetters(tx, needs, new Date(office.clock.now())));
  await db.owner.query('UPDATE mail_outbox SET next_at = queued_at', []);
  expect([await office.mail.sendNext(), mails.received.length]).toEqual([false, 1]);
  expect(await outbox()).toEqual([{ state: 'withdrawn', tries: 1, offered: true }]);
});
