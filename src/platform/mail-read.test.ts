// What somebody reads who gets a letter of the house, whatever is in it, against a real SMTP server; and letters whose address, clock or process goes
// wrong.

import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { simpleParser } from 'mailparser';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../tests/house.ts';
import { rudeServer, type RudeServer } from '../../tests/smtp.ts';
import { both } from '../base/bilingual.ts';
import { equip, type Office } from '../office.ts';
import { standingClock } from './clock.ts';
import { readConfig } from './config.ts';
import type { Letter } from './mail.ts';

const START = '2026-12-07T09:00:00+09:00';
const clock = standingClock(START);
const after = (minutes: number): void => clock.moveTo(new Date(Date.parse(START) + minutes * 60_000).toISOString());

let db: TestDatabase;
let folder: string;
let server: RudeServer;
let port: number;
beforeAll(async () => {
  db = await testDatabase();
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'sekisho-mail-read-'));
});
afterAll(async () => {
  await db.drop();
  await fs.rm(folder, { recursive: true });
});
beforeEach(async () => {
  server = rudeServer();
  port = await server.serve();
});
afterEach(async () => {
  await server.close();
  await db.owner.query('DELETE FROM mail_outbox', []);
  clock.moveTo(START);
});

const officeWith = (from = 'desk@example.jp'): Promise<Office> =>
  equip(
    readConfig(
      {
        SEKISHO_URL: 'https://sekisho.example.jp',
        SEKISHO_SMTP: `smtp://127.0.0.1:${port}`,
        SEKISHO_MAIL_FROM: from,
      },
      { dataFolder: folder },
    ),
    clock,
    db.app,
  );

const letter: Letter = {
  to: 'saeki@example.jp',
  lang: 'ja',
  subject: both('ご請求へのお答えをお渡しします', ''),
  says: both('ご請求へのお答えの用意ができました。', ''),
  number: 'R-2026-031',
  path: '/requests/status?lang=ja',
};

const post = (office: Office, more: Partial<Letter> = {}): Promise<boolean> =>
  office.database.transaction((tx) => office.mail.post(tx, { ...letter, ...more }));

/** A letter as a server stores it: without the second full stop of lines that begin with one (RFC 5321, 4.5.2). */
const stored = (): string => server.letters.at(-1)!.replaceAll('\r\n..', '\r\n.');

test.each([
  ['a lone full stop', ['.', '..', '. and more', 'after it']],
  ['what mailbox files use to part letters', ['From desk Mon Dec  7 09:00:00 2026', '>From', 'from here']],
  ['what looks like a header or an end', ['Subject: other', '--', '-- ', '--x--', 'Content-Type: text/html', '']],
  ['only half-width kana', ['ｺﾞｾｲｷｭｳﾍﾉｵｺﾀｴｦｵﾜﾀｼｼﾏｽ', 'ﾊﾟﾋﾟﾌﾟﾍﾟﾎﾟﾞﾟ']],
  ['characters beyond the basic plane', ['𠮷野家で𩸽を𠮟る', '👩‍👩‍👧‍👦👍🏽🇯🇵', '葛󠄀城市と葛城市']],
  ['one line of two thousand letters', ['x'.repeat(2_000)]],
  ['one line of two thousand kana', ['あ'.repeat(2_000)]],
  ['one line of two thousand characters of four bytes', ['𠮷'.repeat(2_000)]],
  ['equals signs, percent signs and entities', ['=41 == %41 &amp; <b>x</b> =?UTF-8?B?44GC?=']],
  ['tabs and spaces at the ends of lines', ['\tone ', 'two\t', '  ']],
  ['a wave dash and characters that differ between Japanese encodings', ['～〜－−‖∥￠¢①㈱髙﨑ⅳ']],
])('a letter with %s is read as it was written, from short lines of seven bits', async (_, lines) => {
  const office = await officeWith();
  const body = lines.join('\n');
  await post(office, { says: both(body, ''), by: ['例示情報通信株式会社', '.'] });
  await office.mail.sendNext();
  expect(server.letters).toHaveLength(1);
  expect(server.letters[0]).toMatch(/^[\t\r\n\u0020-\u007e]*$/);
  // RFC 5321, 4.5.3.1.6 allows 998, RFC 5322, 2.1.1 asks for 78, and RFC 2047 needs up to 76 for an encoded word.
  expect(Math.max(...server.letters[0]!.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  // A mailbox file parts letters at a line that begins with From and a space.
  expect(stored()).not.toMatch(/^From /m);
  const mail = await simpleParser(stored());
  expect(mail.text!.replace(/\n$/, '')).toBe(
    [
      body,
      '',
      'R-2026-031',
      'https://sekisho.example.jp/requests/status?lang=ja',
      '',
      '-- ',
      '例示情報通信株式会社',
      '.',
    ].join('\n'),
  );
  expect([mail.html, mail.attachments]).toEqual([false, []]);
});

test.each([
  ['long Japanese', 'ご請求へのお答えを、お預かりしている個人情報の開示としてお渡しします。'.repeat(20)],
  ['only half-width kana', 'ｺﾞｾｲｷｭｳﾉｹﾝ'.repeat(30)],
  ['emoji of several characters', '👩‍👩‍👧‍👦👍🏽🇯🇵'.repeat(20)],
  ['words among kana', 'request の 件 for 例示 and 𠮷田 =?UTF-8?B?44GC?= 様'.repeat(8)],
  ['one word without a space', 'x'.repeat(1_200)],
  ['many words', 'answer to your request '.repeat(60).trim()],
])('a subject of %s is folded and read whole', async (_, subject) => {
  const office = await officeWith();
  await post(office, { subject: both(subject, '') });
  await office.mail.sendNext();
  const [headers] = server.letters[0]!.split('\r\n\r\n');
  expect(headers).toMatch(/^[\t\r\n\u0020-\u007e]*$/);
  expect(Math.max(...headers!.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(998);
  expect((await simpleParser(stored())).subject).toBe(`${subject}（R-2026-031）`);
});

test.each(['例示😀株式会社', '𠮷野👩‍👩‍👧‍👦'.repeat(12), 'ﾚｲｼﾞ(ｶ)', 'Reiji "Desk" Inc.', '例示@窓口, 東京'])(
  'the sender’s name is read as it is set: %s',
  async (name) => {
    const office = await officeWith(`${name} <desk@example.jp>`);
    await post(office);
    await office.mail.sendNext();
    expect((await simpleParser(stored())).from?.value).toEqual([{ name, address: 'desk@example.jp' }]);
  },
);

const rcpt = (): string[] => server.commands.filter((one) => one.startsWith('RCPT'));
const outbox = (): Promise<{ state: string; problem: string | null; tries: number }[]> =>
  db.owner.query('SELECT state, problem, tries FROM mail_outbox ORDER BY queued_at, about', []);

test.each([
  ['saeki@例え.example.jp', 'saeki@xn--r8jz45g.example.jp'],
  ['saeki@例え。example.jp', 'saeki@xn--r8jz45g.example.jp'],
  ['saeki@bücher.example.jp', 'saeki@xn--bcher-kva.example.jp'],
])('a letter to %s goes to the domain as the network writes it', async (to, recipient) => {
  const office = await officeWith();
  await post(office, { to });
  await office.mail.sendNext();
  expect(rcpt()).toEqual([`RCPT TO:<${recipient}>`]);
  expect((await simpleParser(stored())).to).toMatchObject({ value: [{ address: expect.stringMatching(/^saeki@/) }] });
});

test.each([
  '佐伯@example.jp',
  'ｓａｅｋｉ@example.jp',
  'sa\u0301eki@example.jp',
  '"saeki desk"@example.jp',
  '"saeki@desk"@example.jp',
  String.raw`"saeki\"desk"@example.jp`,
])(
  'a mailbox in quotes or beyond ASCII is no address here: the letter is shown as lost, and goes to no other: %s',
  async (to) => {
    const office = await officeWith();
    expect(await post(office, { to })).toBe(false);
    expect([await office.mail.sendNext(), server.commands, await outbox()]).toEqual([
      false,
      [],
      [{ state: 'given-up', problem: 'refused', tries: 0 }],
    ]);
  },
);

test('a letter that waits goes out at once though the clock was set back an hour, and once', async () => {
  const office = await officeWith();
  await post(office);
  after(-60);
  await post(office, { number: 'R-2026-032' });
  expect([await office.mail.sendNext(), await office.mail.sendNext(), await office.mail.sendNext()]).toEqual([
    true,
    true,
    false,
  ]);
  expect(server.letters).toHaveLength(2);
});

test('a letter that failed waits for the hour by which the clock was set back, and goes out once', async () => {
  const office = await officeWith();
  server.says.RCPT = { answer: '450 4.2.0 later\r\n' };
  await post(office);
  await office.mail.sendNext();
  server.says = {};
  after(-60);
  expect(await office.mail.sendNext()).toBe(false);
  after(1);
  expect([await office.mail.sendNext(), await office.mail.sendNext()]).toEqual([true, false]);
  expect([await outbox(), server.letters.length]).toEqual([[{ state: 'sent', problem: null, tries: 2 }], 1]);
});
