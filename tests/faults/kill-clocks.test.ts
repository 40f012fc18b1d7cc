// A process that tells the desk what is due is killed without warning, again and again, at any moment. In the end each reader has one letter of the
// day, and nothing was told twice.

import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildProgram } from '../../scripts/build.mjs';
import { day } from '../../src/base/day.ts';
import { registerRequest } from '../../src/features/desk/index.ts';
import { openTestOffice, type TestOffice } from '../office.ts';
import { must, root, SHORT_LIVED } from '../server.ts';
import { mailServer } from '../smtp.ts';

const KILLS = 12;
const REQUESTS = 60;
const LATE = '2026-12-17T12:00:00+09:00';
/** A time when the lease of a letter that a killed process was sending is over. */
const LATER = '2026-12-17T12:10:00+09:00';
/** The desk clerk is told what is at the desk, the officer what is late. */
const READERS = ['desk@example.jp', 'officer@example.jp'];

/** In dist, where the program finds its packages. */
const program = path.join(root, 'dist', `tell-${process.pid}.mjs`);
const server = mailServer();
let house: TestOffice;
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  await buildProgram('tests/faults/tell.ts', program);
  house = await openTestOffice(() => [], { at: '2026-12-01T09:00:00+09:00', durable: true });
  env = {
    PATH: process.env.PATH,
    DATABASE_URL: house.db.url,
    SEKISHO_SMTP: `smtp://127.0.0.1:${await server.serve()}`,
    SEKISHO_MAIL_FROM: 'sekisho@example.jp',
  };
  const desk = house;
  const by = { actor: { kind: 'sekisho' }, authority: [] } as const;
  for (let i = 0; i < REQUESTS; i++) {
    const sender = { name: `例示 ${i}`, address: '東京都例示区1-2-3', email: '' };
    const arrivedOn = day('2026-12-01');
    const ask = { kind: 'consultation', scope: 'customer', arrivedOn, channel: 'letter', lang: 'ja' } as const;
    must(await registerRequest(desk, by, { ...ask, sender, says: '', another: false }));
  }
});
afterAll(async () => {
  await house.close();
  await server.close();
  for (const file of [program, `${program}.map`]) fs.rmSync(file, { force: true });
});

/** Tells and sends in a process of its own, killed `killAfter` milliseconds after it begins (null: not at all). Returns whether it was killed. */
async function tell(killAfter: number | null, at = LATE): Promise<boolean> {
  const { dataFolder } = house.office.config;
  const child = spawn(process.execPath, [...SHORT_LIVED, program, dataFolder, at], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child.stdout.once('data', () => {
    if (killAfter !== null) setTimeout(() => child.kill('SIGKILL'), killAfter);
  });
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  if (signal === null) expect(code).toBe(0);
  return signal === 'SIGKILL';
}

interface Written {
  rounds: number;
  told: number;
  letters: number;
}

const written = async (): Promise<Written> =>
  (
    await house.db.owner.query<Written>(
      `SELECT (SELECT count(*) FROM desk_rounds)::int AS rounds, (SELECT count(*) FROM desk_told)::int AS told,
              (SELECT count(*) FROM mail_outbox)::int AS letters`,
      [],
    )
  )[0]!;

test(`${KILLS} kills while the desk is told: every reader has one letter, none is lost`, async () => {
  const none: Written = { rounds: 0, told: 0, letters: 0 };
  // About each request: that it has not been acknowledged, that it is late, and that its tenth day has come.
  const all: Written = { rounds: 1, told: REQUESTS * 3 * READERS.length, letters: READERS.length };
  let killed = 0;
  let before = none;
  for (let i = 0; i < KILLS; i++) {
    killed += (await tell((i * 10) % 120)) ? 1 : 0;
    const now = await written();
    // All of a round is written or none of it, and what was told stays told.
    expect(before.rounds === 1 ? [all] : [none, all]).toContainEqual(now);
    before = now;
  }
  expect(killed).toBeGreaterThan(KILLS / 4);
  expect(await tell(null, LATER)).toBe(false);
  expect(await tell(null, LATER)).toBe(false);
  expect(await written()).toEqual(all);
  // A letter may arrive again if a kill lost the mark that it was sent; its id shows that it is the same.
  const ids = new Map(server.received.map(({ mail, to }) => [mail.messageId, to.join()]));
  expect([...ids.values()].toSorted()).toEqual(READERS);
  const states = await house.db.owner.query<{ state: string }>('SELECT DISTINCT state FROM mail_outbox', []);
  expect(states).toEqual([{ state: 'sent' }]);
});
