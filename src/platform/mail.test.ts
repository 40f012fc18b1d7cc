// Mail against a real SMTP server on this machine: each letter arrives and is marked, nothing personal waits in readable form, and what cannot be
// delivered is retried for a day or given up.

import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../tests/house.ts';
import { mailServer, type Received } from '../../tests/smtp.ts';
import { flipped } from '../../tests/tamper.ts';
import { both } from '../base/bilingual.ts';
import { append, integrate, lastCheckpoint, logEntry } from '../log/index.ts';
import { equip, type Office } from '../office.ts';
import { standingClock } from './clock.ts';
import { readConfig } from './config.ts';
import { keepMailing, lostLetters, type Letter } from './mail.ts';
import { StartProblem } from './start-problem.ts';

const START = '2026-12-07T09:00:00+09:00';
const clock = standingClock(START);
/** Minutes for which a process may hold the letter it has taken. */
const LEASE = 10;
const after = (minutes: number): void => clock.moveTo(new Date(Date.parse(START) + minutes * 60_000).toISOString());

let db: TestDatabase;
let folder: string;
beforeAll(async () => {
  db = await testDatabase();
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'sekisho-mail-'));
});
afterAll(async () => {
  await db.drop();
  await fs.rm(folder, { recursive: true });
});

const { received, serve, hold, close: closeServers } = mailServer();

afterEach(async () => {
  await closeServers();
  received.length = 0;
  await db.owner.query('DELETE FROM mail_outbox', []);
  clock.moveTo(START);
});

const officeWith = (smtp: string | undefined, host = 'https://sekisho.example.jp'): Promise<Office> =>
  equip(
    readConfig(
      {
        SEKISHO_URL: host,
        ...(smtp ? { SEKISHO_SMTP: smtp, SEKISHO_MAIL_FROM: '例示情報通信 窓口 <desk@example.jp>' } : {}),
      },
      { dataFolder: folder },
    ),
    clock,
    db.app,
  );

const letter: Letter = {
  to: 'saeki@example.jp',
  lang: 'ja',
  subject: both('期限が近い請求があります', 'A request is due soon'),
  says: both('窓口の請求の期限が4日後です。', 'A request at the desk is due in 4 days.'),
  number: 'R-2026-031',
  path: '/desk/01890000-0000-7000-8000-000000000001',
};

const post = (office: Office, more: Partial<Letter> = {}): Promise<boolean> =>
  office.database.transaction((tx) => office.mail.post(tx, { ...letter, ...more }));

interface Waiting {
  state: string;
  tries: number;
  problem: string | null;
  minutes: number;
  kept: boolean;
}

const outbox = (): Promise<Waiting[]> =>
  db.owner.query(
    `SELECT state, tries, problem, (extract(epoch FROM next_at - queued_at) / 60)::int AS minutes, sealed IS NOT NULL AS kept
     FROM mail_outbox ORDER BY queued_at, about`,
    [],
  );

test('a letter arrives once, in Japanese, with a number and a link, and is marked', async () => {
  const office = await officeWith(`smtp://localhost:${await serve()}`);
  expect(await post(office)).toBe(true);
  const stored = await db.owner.query<{ all: string }>('SELECT mail_outbox::text AS all FROM mail_outbox', []);
  expect(stored[0]!.all).toContain('R-2026-031');
  expect(stored[0]!.all).not.toMatch(/saeki|期限/);
  expect([await office.mail.sendNext(), await office.mail.sendNext()]).toEqual([true, false]);
  expect(received).toHaveLength(1);
  const [{ mail, to }] = received as [Received];
  expect(to).toEqual(['saeki@example.jp']);
  expect(mail.subject).toBe('期限が近い請求があります（R-2026-031）');
  expect(mail.from?.text).toBe('"例示情報通信 窓口" <desk@example.jp>');
  expect(mail.text?.trim().split('\n')).toEqual([
    '窓口の請求の期限が4日後です。',
    '',
    'R-2026-031',
    'https://sekisho.example.jp/desk/01890000-0000-7000-8000-000000000001',
    '',
    '-- ',
    'このメールは、関所が自動で送っています。',
  ]);
  expect([mail.html, mail.headers.get('auto-submitted'), mail.date]).toEqual([
    false,
    'auto-generated',
    new Date(START),
  ]);
  expect(mail.headers.get('content-language')).toBe('ja');
  expect(await outbox()).toEqual([{ state: 'sent', tries: 1, problem: null, minutes: LEASE, kept: false }]);
});

test('a letter that does not open holds up no other: not those that get another address, nor those that are sent', async () => {
  const office = await officeWith(`smtp://localhost:${await serve()}`);
  await post(office, { number: 'R-2026-032' });
  await db.owner.query(`UPDATE mail_outbox SET ${flipped()}`, []);
  await post(office);
  await office.database.transaction((tx) => office.mail.readdress(tx, letter.to, 'saeki.ken@example.jp'));
  while (await office.mail.sendNext());
  expect(received.map(({ to }) => to)).toEqual([['saeki.ken@example.jp']]);
  expect(await outbox()).toMatchObject([
    { state: 'sent', kept: false },
    { state: 'waiting', tries: 1, kept: true },
  ]);
});

/** A letter that a server has received but not answered. `answered` lets the server answer it. */
async function inHand(): Promise<{ office: Office; answered: (refused?: boolean) => Promise<void> }> {
  const office = await officeWith(`smtp://localhost:${await serve()}`);
  await post(office);
  const answer = hold();
  const sending = office.mail.sendNext();
  await expect.poll(() => received.length).toBe(1);
  return {
    office,
    answered: async (refused) => {
      answer(refused);
      expect(await sending).toBe(true);
    },
  };
}

test('while a server takes its time over a letter the log goes on', async () => {
  const { office, answered } = await inHand();
  await db.app.transaction((tx) => append(tx, logEntry(clock.now(), { kind: 'sekisho' }, 'people:use', {})));
  // Other tests share the server, and their open transactions delay this one.
  await expect
    .poll(async () => {
      await integrate(db.app, office.signer);
      return (await lastCheckpoint(db.app))?.size;
    })
    .toBe(1)
    .finally(answered);
  expect(await outbox()).toMatchObject([{ state: 'sent', tries: 1 }]);
});

test('a letter is nobody else’s while it is being sent; once that takes too long it is sent again, and what arrived has arrived', async () => {
  const { office, answered } = await inHand();
  expect(await office.mail.sendNext()).toBe(false);
  after(LEASE);
  const again = hold();
  const other = (await officeWith(`smtp://localhost:${await serve()}`)).mail.sendNext();
  await expect.poll(() => received.length).toBe(2);
  await answered();
  expect(await outbox()).toMatchObject([{ state: 'sent', tries: 2, problem: null, kept: false }]);
  again(true);
  expect(await other).toBe(true);
  expect(await outbox()).toMatchObject([{ state: 'sent', tries: 2, problem: null, kept: false }]);
  expect(await office.mail.sendNext()).toBe(false);
});

test('a failure says nothing once somebody else sends the letter', async () => {
  const { answered } = await inHand();
  after(LEASE);
  const again = hold();
  const other = (await officeWith(`smtp://localhost:${await serve()}`)).mail.sendNext();
  await expect.poll(() => received.length).toBe(2);
  await answered(true);
  expect(await outbox()).toMatchObject([{ state: 'waiting', tries: 2, minutes: 2 * LEASE, kept: true }]);
  again();
  expect(await other).toBe(true);
  expect(await outbox()).toMatchObject([{ state: 'sent', tries: 2, kept: false }]);
});

test('a letter in hand whose owner gets another address goes where it was to go, or there where it does not arrive', async () => {
  const move = (office: Office): Promise<void> =>
    office.database.transaction((tx) => office.mail.readdress(tx, letter.to, 'saeki.ken@example.jp'));
  const arrives = await inHand();
  await move(arrives.office);
  await arrives.answered();
  expect(await arrives.office.mail.sendNext()).toBe(false);
  expect(received.map(({ to }) => to)).toEqual([['saeki@example.jp']]);
  await db.owner.query('DELETE FROM mail_outbox', []);
  received.length = 0;
  const { office, answered } = await inHand();
  await move(office);
  await answered(true);
  after(LEASE);
  expect(await office.mail.sendNext()).toBe(true);
  expect(received.map(({ to }) => to)).toEqual([['saeki@example.jp'], ['saeki.ken@example.jp']]);
  expect(await outbox()).toMatchObject([{ state: 'sent', tries: 2, kept: false }]);
});

test('a letter that was taken waits no longer for a clock that was ahead', async () => {
  const YEAR = 365 * 24 * 60;
  after(YEAR);
  const { office, answered } = await inHand();
  clock.moveTo(START);
  expect(await office.mail.sendNext()).toBe(true);
  await answered();
  expect(await outbox()).toMatchObject([{ state: 'sent', tries: 2, kept: false }]);
});

test('an English letter says the same in English', async () => {
  const office = await officeWith(`smtp://127.0.0.1:${await serve()}`);
  await post(office, { lang: 'en' });
  await office.mail.sendNext();
  expect(received[0]!.mail.subject).toBe('A request is due soon (R-2026-031)');
  expect(received[0]!.mail.text).toMatch(/^A request at the desk is due in 4 days\.\n/);
  expect(received[0]!.mail.text).toMatch(/\n-- \nThis mail was sent automatically by Sekisho\.\n$/);
  expect(received[0]!.mail.headers.get('content-language')).toBe('en');
});

test('a letter that goes out of the house is from the company, and signed by who writes it', async () => {
  const office = await officeWith(`smtp://127.0.0.1:${await serve()}`);
  await post(office, { by: ['例示情報通信株式会社', 'お客様個人情報窓口'] });
  await office.mail.sendNext();
  expect(received[0]!.mail.from?.text).toBe('"例示情報通信株式会社" <desk@example.jp>');
  expect(received[0]!.mail.text).toMatch(/\n-- \n例示情報通信株式会社\nお客様個人情報窓口\n$/);
});

test('what is rolled back sends no letter, and two processes send one letter once', async () => {
  const port = await serve();
  const office = await officeWith(`smtp://localhost:${port}`);
  const undone = office.database.transaction(async (tx) => {
    await office.mail.post(tx, letter);
    throw new Error('the effect failed');
  });
  await expect(undone).rejects.toThrow('the effect failed');
  expect(await outbox()).toEqual([]);
  await post(office);
  const other = await officeWith(`smtp://localhost:${port}`);
  const sent = await Promise.all([office.mail.sendNext(), other.mail.sendNext(), office.mail.sendNext()]);
  expect(sent.filter(Boolean)).toHaveLength(1);
  expect(received).toHaveLength(1);
});

test('one letter is taken at a time, also where the planner expects no more than one', async () => {
  const office = await officeWith(`smtp://localhost:${await serve()}`);
  // The letters lie in the order in which they are due.
  await db.owner.query('TRUNCATE mail_outbox', []);
  await post(office);
  await db.owner.query('VACUUM ANALYZE mail_outbox', []);
  for (const minutes of [1, 2]) {
    after(minutes);
    await post(office);
  }
  expect(await office.mail.sendNext()).toBe(true);
  expect((await outbox()).map(({ state, tries }) => [state, tries])).toEqual([
    ['sent', 1],
    ['waiting', 0],
    ['waiting', 0],
  ]);
});

test('a letter whose mark was lost is sent again under the same id', async () => {
  const office = await officeWith(`smtp://localhost:${await serve()}`);
  await post(office);
  // As if the process died between the server's answer and the mark.
  await db.owner.query('REVOKE UPDATE (state) ON mail_outbox FROM sekisho_app', []);
  await expect(office.mail.sendNext()).rejects.toThrow();
  await db.owner.query('GRANT UPDATE (state) ON mail_outbox TO sekisho_app', []);
  expect(await outbox()).toEqual([{ state: 'waiting', tries: 1, problem: null, minutes: LEASE, kept: true }]);
  after(LEASE - 1);
  expect(await office.mail.sendNext()).toBe(false);
  after(LEASE);
  expect(await office.mail.sendNext()).toBe(true);
  expect(received.map(({ mail }) => mail.messageId)).toEqual([
    received[0]!.mail.messageId,
    received[0]!.mail.messageId,
  ]);
  expect(received[0]!.mail.messageId).toMatch(/^<[0-9a-f-]{36}@sekisho\.example\.jp>$/);
  expect((await outbox()).map((one) => one.state)).toEqual(['sent']);
});

test('a refused address is given up at once and shown; the others go on', async () => {
  const office = await officeWith(`smtp://localhost:${await serve()}`);
  await post(office, { to: 'nobody@example.jp' });
  await post(office, { number: 'R-2026-032' });
  while (await office.mail.sendNext());
  expect((await outbox()).map(({ state, problem, kept }) => [state, problem, kept])).toEqual([
    ['given-up', 'refused', false],
    ['sent', null, false],
  ]);
  expect(received.map(({ to }) => to)).toEqual([['saeki@example.jp']]);
  expect(await lostLetters(db.app, clock)).toEqual([{ about: 'R-2026-031', at: new Date(START), why: 'refused' }]);
  after(8 * 24 * 60);
  expect(await lostLetters(db.app, clock)).toEqual([]);
});

test('while the server is down the pauses grow; when it is up again the letter arrives', async () => {
  const port = await serve();
  await closeServers();
  const office = await officeWith(`smtp://localhost:${port}`);
  await post(office);
  const pauses: number[] = [];
  for (const minute of [0, 1, 3, 7]) {
    after(minute);
    expect(await office.mail.sendNext()).toBe(true);
    expect(await office.mail.sendNext()).toBe(false);
    const [one] = await outbox();
    expect([one!.state, one!.kept, one!.problem]).toEqual(['waiting', true, 'ESOCKET']);
    pauses.push(one!.minutes);
  }
  expect(pauses).toEqual([1, 3, 7, 15]);
  await serve(port);
  after(15);
  expect(await office.mail.sendNext()).toBe(true);
  expect(received).toHaveLength(1);
  expect(await outbox()).toMatchObject([{ state: 'sent', tries: 5, kept: false }]);
});

test('a letter waits no longer for a clock that was ahead and was put right, and is not given up for it', async () => {
  const port = await serve();
  await closeServers();
  const office = await officeWith(`smtp://localhost:${port}`);
  const YEAR = 365 * 24 * 60;
  await post(office);
  expect(await office.mail.sendNext()).toBe(true);
  after(YEAR);
  // The second try, and a letter posted under the wrong clock.
  expect(await office.mail.sendNext()).toBe(true);
  await post(office, { number: 'R-2027-001' });
  expect((await outbox()).map(({ state, tries }) => [state, tries])).toEqual([
    ['waiting', 2],
    ['waiting', 0],
  ]);
  await serve(port);
  after(2);
  while (await office.mail.sendNext());
  expect((await outbox()).map(({ state }) => state)).toEqual(['sent', 'sent']);
  expect(received).toHaveLength(2);
});

test('a letter that could not be sent for a day is given up and shown', async () => {
  const port = await serve();
  await closeServers();
  const office = await officeWith(`smtp://localhost:${port}`);
  await post(office);
  let tries = 0;
  for (let minute = 0; minute < 26 * 60; minute += 10) {
    after(minute);
    if (await office.mail.sendNext()) tries += 1;
  }
  expect(tries).toBeGreaterThan(12);
  expect(tries).toBeLessThan(24);
  expect(await outbox()).toMatchObject([{ state: 'given-up', tries, problem: 'ESOCKET', kept: false }]);
  expect((await lostLetters(db.app, clock)).map(({ about, why }) => [about, why])).toEqual([['R-2026-031', 'unsent']]);
});

test('to another machine nothing goes in the clear, nor to a server that cannot show who it is', async () => {
  // 0.0.0.0 reaches this machine but is not a local name.
  const plain = await officeWith(`smtp://0.0.0.0:${await serve()}`);
  await post(plain);
  await plain.mail.sendNext();
  expect(await outbox()).toMatchObject([{ state: 'waiting', tries: 1, kept: true, problem: 'ETLS' }]);
  const stranger = await officeWith(`smtp://0.0.0.0:${await serve(0, true)}`);
  after(1);
  await stranger.mail.sendNext();
  expect(await outbox()).toMatchObject([{ state: 'waiting', tries: 2, kept: true }]);
  expect(received).toEqual([]);
  // The same server, once its certificate is trusted.
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
  after(3);
  await stranger.mail.sendNext().finally(() => delete process.env.NODE_TLS_REJECT_UNAUTHORIZED);
  expect(received.map(({ encrypted }) => encrypted)).toEqual([true]);
});

test('who runs the office is told once why nothing goes out, and once that it does again; of one letter that is refused, nothing', async () => {
  const told: (string | null)[] = [];
  const sendTo = async (port: number, minutes: readonly number[]): Promise<void> => {
    const office = await officeWith(`smtp://0.0.0.0:${port}`);
    office.mail.watch((why) => told.push(why));
    for (const minute of minutes) {
      after(minute);
      await office.mail.sendNext();
    }
  };
  await post(await officeWith('smtp://0.0.0.0:1'));
  await sendTo(await serve(), [0, 1]);
  await sendTo(await serve(0, true), [3, 7]);
  expect(told).toEqual([expect.stringMatching(/^ETLS /), expect.stringMatching(/^ESOCKET .*certificate/)]);
  told.length = 0;
  const port = await serve();
  await closeServers();
  const office = await officeWith(`smtp://localhost:${port}`);
  office.mail.watch((why) => told.push(why));
  after(15);
  await office.mail.sendNext();
  await serve(port);
  await post(office, { to: 'nobody@example.jp' });
  after(31);
  while (await office.mail.sendNext());
  expect(told).toEqual([`ESOCKET connect ECONNREFUSED 127.0.0.1:${port}`, null]);
  expect((await outbox()).map(({ state }) => state).toSorted()).toEqual(['given-up', 'sent']);
});

test('without settings mail is off, and nothing is kept', async () => {
  const office = await officeWith(undefined);
  expect([office.mail.on, await post(office), await office.mail.sendNext()]).toEqual([false, false, false]);
  expect(await outbox()).toEqual([]);
});

test.each([
  '',
  'saeki',
  'a@example.jp, b@example.jp',
  'a@example.jp\r\nBcc: b@example.jp',
  'A <a@example.jp>',
  'a:b@example.jp',
  'saeki＠ｅｘａｍｐｌｅ．ｊｐ',
])('what is no address, or several, is not sent to but shown, and stops nothing: %j', async (to) => {
  const office = await officeWith(`smtp://localhost:${await serve()}`);
  const posted = await office.database.transaction(async (tx) => [
    await office.mail.post(tx, { ...letter, to }),
    await office.mail.post(tx, { ...letter, number: 'R-2026-032' }),
  ]);
  expect(posted).toEqual([false, true]);
  while (await office.mail.sendNext());
  expect(received.map((one) => one.to)).toEqual([['saeki@example.jp']]);
  expect(await outbox()).toEqual([
    { state: 'given-up', tries: 0, problem: 'refused', minutes: 0, kept: false },
    { state: 'sent', tries: 1, problem: null, minutes: LEASE, kept: false },
  ]);
  expect(await lostLetters(db.app, clock)).toEqual([{ about: 'R-2026-031', at: new Date(START), why: 'refused' }]);
});

test('the loop sends what is posted', async () => {
  const office = await officeWith(`smtp://localhost:${await serve()}`);
  const reported: string[] = [];
  await post(office);
  const mailing = keepMailing(office.mail, (line) => reported.push(line));
  await expect.poll(() => received.length).toBe(1);
  await mailing.stop();
  expect([reported, (await outbox()).map((one) => one.state)]).toEqual([[], ['sent']]);
});

test.each<[string, Record<string, string>, object | null]>([
  ['nothing', {}, null],
  ['only a sender', { SEKISHO_MAIL_FROM: 'desk@example.jp' }, null],
  [
    'a server with STARTTLS',
    { SEKISHO_SMTP: 'smtp://mail.example.jp', SEKISHO_MAIL_FROM: 'desk@example.jp' },
    { host: 'mail.example.jp', port: 587, secure: false, login: null, from: { name: '', address: 'desk@example.jp' } },
  ],
  [
    'an encrypted server with a login',
    { SEKISHO_SMTP: 'smtps://desk%40example.jp:a%3Ab@mail.example.jp:4650/', SEKISHO_MAIL_FROM: 'desk@example.jp' },
    { host: 'mail.example.jp', port: 4650, secure: true, login: { user: 'desk@example.jp', password: 'a:b' } },
  ],
])('reads the settings: %s', (_, env, mail) => {
  const read = readConfig(env, { dataFolder: folder }).mail;
  if (mail === null) expect(read).toBeNull();
  else expect(read).toMatchObject(mail);
});

test.each([
  [{ SEKISHO_SMTP: 'mail.example.jp', SEKISHO_MAIL_FROM: 'desk@example.jp' }, 'SEKISHO_SMTP'],
  [{ SEKISHO_SMTP: 'https://mail.example.jp', SEKISHO_MAIL_FROM: 'desk@example.jp' }, 'SEKISHO_SMTP'],
  [{ SEKISHO_SMTP: 'smtp://mail.example.jp?tls=no', SEKISHO_MAIL_FROM: 'desk@example.jp' }, 'SEKISHO_SMTP'],
  [{ SEKISHO_SMTP: 'smtps://desk:50%off@mail.example.jp', SEKISHO_MAIL_FROM: 'desk@example.jp' }, 'SEKISHO_SMTP'],
  [{ SEKISHO_SMTP: 'smtps://desk:a@b#c@mail.example.jp', SEKISHO_MAIL_FROM: 'desk@example.jp' }, 'SEKISHO_SMTP'],
  [{ SEKISHO_SMTP: 'smtp://mail.example.jp' }, 'SEKISHO_MAIL_FROM'],
  [{ SEKISHO_SMTP: 'smtp://mail.example.jp', SEKISHO_MAIL_FROM: 'desk' }, 'SEKISHO_MAIL_FROM'],
])('a wrong setting stops the start with its name: %j', (env, named) => {
  const wrong = (): unknown => readConfig(env, { dataFolder: folder });
  expect(wrong).toThrow(StartProblem);
  expect(wrong).toThrow(new RegExp(`^${named} `));
});
