// Mail against servers that speak SMTP badly, on bare sockets: what each of their answers does to a letter, what the operator is told, and what a
// letter looks like on the wire.

import fs from 'node:fs/promises';
import { Socket } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { simpleParser } from 'mailparser';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { testDatabase, type TestDatabase } from '../../tests/house.ts';
import { rudeServer, type RudeServer } from '../../tests/smtp.ts';
import { both } from '../base/bilingual.ts';
import { equip, type Office } from '../office.ts';
import { standingClock } from './clock.ts';
import { readConfig } from './config.ts';
import { keepMailing, type Letter } from './mail.ts';

const START = '2026-12-07T09:00:00+09:00';
const clock = standingClock(START);
const after = (minutes: number): void => clock.moveTo(new Date(Date.parse(START) + minutes * 60_000).toISOString());
/** Minutes for which a process may hold the letter it has taken. */
const LEASE = 10;

let db: TestDatabase;
let folder: string;
let server: RudeServer;
let port: number;
beforeAll(async () => {
  db = await testDatabase();
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'sekisho-mail-servers-'));
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
  vi.restoreAllMocks();
  await server.close();
  await db.owner.query('DELETE FROM mail_outbox', []);
  clock.moveTo(START);
});

interface Told {
  office: Office;
  /** What the operator was told. */
  told: (string | null)[];
}

async function officeWith(from = 'desk@example.jp', login = ''): Promise<Told> {
  const settings = {
    SEKISHO_URL: 'https://sekisho.example.jp',
    SEKISHO_SMTP: `smtp://${login}127.0.0.1:${port}`,
    SEKISHO_MAIL_FROM: from,
  };
  const office = await equip(readConfig(settings, { dataFolder: folder }), clock, db.app);
  const told: (string | null)[] = [];
  office.mail.watch((why) => told.push(why));
  return { office, told };
}

const letter: Letter = {
  to: 'saeki@example.jp',
  lang: 'ja',
  subject: both('ご請求へのお答えをお渡しします', 'Our answer to your application'),
  says: both('ご請求へのお答えの用意ができました。', 'Our answer to your application is ready.'),
  number: 'R-2026-031',
  path: `/requests/parcel/${'A-b_'.repeat(11)}?lang=ja`,
};

const post = (office: Office, more: Partial<Letter> = {}): Promise<boolean> =>
  office.database.transaction((tx) => office.mail.post(tx, { ...letter, ...more }));

const outbox = (): Promise<{ state: string; problem: string | null; minutes: number; kept: boolean }[]> =>
  db.owner.query(
    `SELECT state, problem, (extract(epoch FROM next_at - queued_at) / 60)::int AS minutes, sealed IS NOT NULL AS kept
     FROM mail_outbox ORDER BY queued_at, about`,
    [],
  );

const waits = (problem: string) => [{ state: 'waiting', problem, minutes: 1, kept: true }];
const refused = [{ state: 'given-up', problem: 'refused', minutes: LEASE, kept: false }];
const naming = '<saeki@example.jp>';

test.each<[keyof RudeServer['says'], string, object[], string | null]>([
  ['greeting', '421 4.3.2 closing', waits('EPROTOCOL'), 'EPROTOCOL Invalid greeting.+421 4\\.3\\.2 closing'],
  ['greeting', '554 5.7.1 blocked', waits('EPROTOCOL'), 'EPROTOCOL Invalid greeting.+554 5\\.7\\.1 blocked'],
  ['EHLO', '421 4.3.2 closing', waits('ECONNECTION'), 'ECONNECTION 421 4\\.3\\.2$'],
  ['AUTH', '454 4.7.0 later', waits('EAUTH'), 'EAUTH 454 4\\.7\\.0$'],
  ['AUTH', '535 5.7.8 wrong', waits('EAUTH'), 'EAUTH 535 5\\.7\\.8$'],
  ['MAIL', '451 4.3.0 later', waits('EENVELOPE'), 'EENVELOPE 451 4\\.3\\.0$'],
  ['MAIL', '550 5.7.1 not this sender', waits('EENVELOPE'), 'EENVELOPE 550 5\\.7\\.1$'],
  ['RCPT', `450 4.2.0 ${naming} greylisted`, waits('EENVELOPE'), null],
  ['RCPT', `550 5.1.1 ${naming} unknown`, refused, null],
  ['DATA', '451 4.3.0 later', waits('EENVELOPE'), null],
  ['end', '452 4.3.1 full', waits('EMESSAGE'), null],
  ['end', '451 4.7.1 greylisted', waits('EMESSAGE'), null],
])(
  'the answer %s %s: the letter waits or is given up, and the operator is told what concerns the server',
  async (step, answer, state, says) => {
    const { office, told } = await officeWith(undefined, 'desk:secret@');
    await post(office);
    server.says[step] = { answer: `${answer}\r\n` };
    expect(await office.mail.sendNext()).toBe(true);
    expect(await outbox()).toEqual(state);
    expect(told).toEqual(says === null ? [] : [expect.stringMatching(new RegExp(`^${says}`))]);
    expect(JSON.stringify([told, await db.owner.query('SELECT mail_outbox::text FROM mail_outbox', [])])).not.toMatch(
      /saeki|secret/,
    );
  },
);

test.each(['greeting', 'EHLO', 'AUTH', 'MAIL', 'RCPT', 'DATA', 'end'] as const)(
  'a connection that ends at %s leaves the letter waiting, and it goes out once under the same id',
  async (step) => {
    const { office, told } = await officeWith(undefined, 'desk:secret@');
    await post(office);
    server.says[step] = { answer: '', hangsUp: true };
    await office.mail.sendNext();
    expect(await outbox()).toEqual(waits('ECONNECTION'));
    server.says = {};
    after(1);
    expect([await office.mail.sendNext(), await office.mail.sendNext()]).toEqual([true, false]);
    expect(await outbox()).toMatchObject([{ state: 'sent', kept: false }]);
    expect(told).toEqual(['ECONNECTION Connection closed unexpectedly', null]);
    // A server that had the whole letter and did not say so gets it again: who reads it twice sees one id.
    const ids = server.letters.map((text) => /^Message-ID: (.+)$/im.exec(text)![1]);
    expect(ids).toHaveLength(step === 'end' ? 2 : 1);
    expect(new Set(ids).size).toBe(1);
  },
);

test.each([
  ['an answer cut off', { answer: `550 5.1.1 ${naming} unknown`, hangsUp: true }],
  ['an answer too many', { answer: `250 ok\r\n250 ${naming} ok\r\n354 go on\r\n550 ${naming}\r\n` }],
])('the operator is told nothing that a server says once it knows the address: %s', async (_, says) => {
  const { office, told } = await officeWith();
  await post(office);
  server.says.RCPT = says;
  await office.mail.sendNext();
  expect(told.join()).not.toMatch(/saeki|unknown/);
  expect(await outbox()).toMatchObject([{ state: 'waiting', kept: true }]);
});

test.each<[string, Partial<RudeServer['says']>, boolean]>([
  ['said no to the recipient', { RCPT: { answer: '450 4.2.0 later\r\n' } }, false],
  ['said no to the letter', { end: { answer: '451 4.3.0 later\r\n' } }, false],
  ['closed before it was greeted', { greeting: { answer: '', hangsUp: true } }, true],
  ['had the letter and said nothing', { end: { answer: '', hangsUp: true } }, true],
])('whether a server may have the letter is kept, also when the next one says no: it %s', async (_, says, offered) => {
  const { office } = await officeWith();
  await post(office);
  const kept = () => db.owner.query('SELECT state, offered FROM mail_outbox', []);
  server.says = says;
  await office.mail.sendNext();
  expect(await kept()).toEqual([{ state: 'waiting', offered }]);
  server.says = { RCPT: { answer: '450 4.2.0 later\r\n' } };
  after(1);
  await office.mail.sendNext();
  expect(await kept()).toEqual([{ state: 'waiting', offered }]);
});

/** What a server says of the recipient and never takes back: the first answer it gives to them, or its last to the letter. */
test.each([
  ['RCPT', '550 no such user'],
  ['RCPT', '551 user not local'],
  ['RCPT', '552 mailbox full'],
  ['RCPT', '553 not an address'],
  ['RCPT', '554 no'],
  ['RCPT', '556 this domain takes no mail'],
  ['end', '551 user not local'],
  ['end', '552 mailbox full'],
  ['end', '553 not an address'],
  ['end', '556 this domain takes no mail'],
  ...(['RCPT', 'end'] as const).flatMap((step): [typeof step, string][] => [
    [step, '550 5.1.1 unknown'],
    [step, '550 5.1.1 <saeki@example.jp>: User unknown in relay recipient table'],
    [step, '550-5.1.1 it is\r\n550 5.1.1 unknown'],
    [step, '553 5.1.3 not an address'],
    [step, '551 5.1.6 moved'],
    [step, '556 5.1.10 the domain takes no mail'],
    [step, '550 5.2.1 disabled'],
    [step, '552 5.2.2 full'],
    [step, '552 5.2.3 too long for them'],
    [step, '552 5.3.4 too large'],
    [step, '550 5.4.1 no access'],
    [step, '550 5.4.4 no route'],
    [step, '553 5.6.7 only ASCII'],
    [step, '550 5.7.17 has another owner now'],
    [step, '550 5.7.18 its domain has another owner now'],
  ]),
] as const)('what is final of the recipient gives the letter up at once, at %s: %s', async (step, answer) => {
  const { office, told } = await officeWith();
  await post(office);
  server.says[step] = { answer: `${answer}\r\n` };
  await office.mail.sendNext();
  expect([await outbox(), told]).toEqual([refused, []]);
});

test('a server that is told sender, recipient and letter in one go is understood by what it says of the recipient', async () => {
  const { office, told } = await officeWith();
  await post(office);
  server.says = {
    EHLO: { answer: '250-mx.example.jp\r\n250 PIPELINING\r\n' },
    RCPT: { answer: '550 5.1.1 unknown\r\n' },
    DATA: { answer: '554 5.5.1 no valid recipients\r\n' },
  };
  await office.mail.sendNext();
  expect([await outbox(), told]).toEqual([refused, []]);
});

/** What says nothing of the recipient, however final it sounds: of us, of the server, of its rules. */
test.each([
  ['RCPT', '554 5.7.1 <saeki@example.jp>: Relay access denied', '554 5.7.1'],
  ['RCPT', '530 Authentication required', '530'],
  ['RCPT', '550 relay not permitted', '550'],
  ['RCPT', '521 this host takes no mail', '521'],
  ['RCPT', '503 bad sequence', '503'],
  ['RCPT', '555 which parameter', '555'],
  ['DATA', '554 5.5.1 no', '554 5.5.1'],
  ['DATA', '503 bad sequence', '503'],
  ['end', '550 this letter breaks a rule', '550'],
  ['end', '554 transaction failed', '554'],
  ['end', '521 this host takes no mail', '521'],
  ...(['RCPT', 'end'] as const).flatMap((step): [typeof step, string, string][] => [
    [step, '550 5.1.7 the sender is no address', '550 5.1.7'],
    [step, '550 5.1.8 <desk@example.jp>: the domain of the sender is not there', '550 5.1.8'],
    [step, '550 5.3.0 something', '550 5.3.0'],
    [step, '550 5.3.2 not accepting', '550 5.3.2'],
    [step, '550 5.3.5 configured wrongly', '550 5.3.5'],
    [step, '550 5.4.3 directory down', '550 5.4.3'],
    [step, '550 5.4.6 loop', '550 5.4.6'],
    [step, '501 5.5.4 argument', '501 5.5.4'],
    [step, '554 5.6.0 content', '554 5.6.0'],
    [step, '550 5.7.1 <saeki@example.jp> DMARC policy, or greylisted', '550 5.7.1'],
    [step, '554-5.7.1 <saeki@example.jp>\r\n554 5.7.1 blocked', '554 5.7.1'],
    [step, '550 5.7.20 no DKIM', '550 5.7.20'],
    [step, '550 5.7.23 SPF', '550 5.7.23'],
    [step, '550 5.7.25 no reverse name', '550 5.7.25'],
    [step, '550 5.7.26 neither SPF nor DKIM', '550 5.7.26'],
  ]),
] as const)(
  'a server that takes no letter from us at all has refused no address, at %s: %s',
  async (step, answer, code) => {
    const { office, told } = await officeWith();
    await post(office);
    server.says[step] = { answer: `${answer}\r\n` };
    await office.mail.sendNext();
    const name = step === 'end' ? 'EMESSAGE' : 'EENVELOPE';
    expect(await outbox()).toEqual(waits(name));
    expect(told).toEqual([`${name} ${code}`]);
    server.says = {};
    after(1);
    await office.mail.sendNext();
    expect([told.at(-1), (await outbox())[0]!.state]).toEqual([null, 'sent']);
    expect(server.letters).toHaveLength(step === 'end' ? 2 : 1);
  },
);

test('a refused address does not say that mail goes out again', async () => {
  const { office, told } = await officeWith();
  await post(office);
  server.says.MAIL = { answer: '451 4.3.0 later\r\n' };
  await office.mail.sendNext();
  server.says = { RCPT: { answer: '450 4.2.0 greylisted\r\n' } };
  after(1);
  await office.mail.sendNext();
  expect(told).toEqual(['EENVELOPE 451 4.3.0']);
});

test('a server may look at a letter for minutes before it answers, and not for longer than the letter is ours', async () => {
  const minute = 60_000;
  const waited = vi.spyOn(Socket.prototype, 'setTimeout');
  const limited = vi.spyOn(AbortSignal, 'timeout');
  const { office } = await officeWith();
  await post(office);
  await office.mail.sendNext();
  const silences = waited.mock.calls.map(([ms]) => ms);
  // RFC 5321, 4.5.3.2: five minutes for most answers. Who hangs up earlier on a server that had the letter makes it arrive again with every try.
  expect(Math.max(...silences)).toBeGreaterThanOrEqual(5 * minute);
  const limits = limited.mock.calls.map(([ms]) => ms);
  expect(limits).toHaveLength(1);
  expect(limits[0]).toBeGreaterThan(Math.max(...silences));
  expect(limits[0]).toBeLessThan(LEASE * minute);
});

test('a server that never comes to an end does not keep the letters behind', async () => {
  const limit = new AbortController();
  vi.spyOn(AbortSignal, 'timeout').mockReturnValueOnce(limit.signal);
  const { office, told } = await officeWith();
  await post(office);
  server.says.EHLO = { answer: '250-mx.example.jp\r\n250-and\r\n' };
  const sending = office.mail.sendNext();
  await expect.poll(() => server.commands.length).toBe(1);
  limit.abort();
  expect(await sending).toBe(true);
  expect([told, await outbox()]).toEqual([['ETIMEDOUT'], waits('ETIMEDOUT')]);
});

test('an office that is told to stop does not wait for a silent server, and keeps the letter', async () => {
  const { office, told } = await officeWith();
  await post(office);
  server.says.EHLO = { answer: '' };
  const mailing = keepMailing(office.mail, (line) => told.push(line));
  await expect.poll(() => server.commands.length).toBe(1);
  await mailing.stop();
  expect([told, await outbox()]).toEqual([[], waits('ETIMEDOUT')]);
}, 20_000);

test('an office that is told to stop still learns that a letter has arrived', async () => {
  const { office } = await officeWith();
  await post(office);
  server.says.end = { answer: '' };
  const mailing = keepMailing(office.mail, () => undefined);
  await expect.poll(() => server.letters.length).toBe(1);
  const stopped = mailing.stop();
  server.send('250 ok\r\n');
  await stopped;
  expect(await outbox()).toMatchObject([{ state: 'sent' }]);
});

test.each([
  ['株式会社例示, 窓口 <desk@example.jp>', '株式会社例示, 窓口'],
  ['例示: 窓口; 東京 <desk@example.jp>', '例示: 窓口; 東京'],
  ['例示 (窓口) <desk@example.jp>', '例示 (窓口)'],
  ['"例示, 窓口" <desk@example.jp>', '例示, 窓口'],
  [`${'𠮷野髙島屋ﾊﾝｶｸ'.repeat(12)} <desk@example.jp>`, '𠮷野髙島屋ﾊﾝｶｸ'.repeat(12)],
  ['desk@example.jp', ''],
])('a letter is from the company, whatever its name has in it: %s', async (from, name) => {
  const { office } = await officeWith(from);
  await post(office);
  await office.mail.sendNext();
  const mail = await simpleParser(server.letters[0]!);
  expect(mail.from?.value).toEqual([{ name, address: 'desk@example.jp' }]);
  expect(server.commands).toContain('MAIL FROM:<desk@example.jp>');
});

/** The encoded words of a header, each decoded by itself. */
const wordsOf = (header: string): string[] =>
  [...header.matchAll(/=\?UTF-8\?B\?([^?]*)\?=/g)].map(([, word]) =>
    new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(word!, 'base64')),
  );

test('a long Japanese letter is plain text in short lines of seven bits, and no encoded word splits a character', async () => {
  const { office } = await officeWith();
  const company = '𠮷野髙島屋ﾊﾝｶｸ'.repeat(12);
  const subject = '𠮷髙ｶﾅご請求'.repeat(30);
  await post(office, {
    subject: { ja: subject, en: '' },
    says: both('あ'.repeat(2_000), ''),
    by: [company, '髙𠮷'.repeat(200)],
  });
  await office.mail.sendNext();
  const [sent] = server.letters;
  expect(sent).toMatch(/^[\t\r\n\u0020-\u007e]*$/);
  const lines = sent!.split('\r\n');
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
  const [headers] = sent!.split('\r\n\r\n');
  const unfolded = headers!
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/\r\n[ \t]/g, ' ')
    .split('\r\n');
  const header = (name: string): string => unfolded.find((line) => line.startsWith(`${name}:`))!;
  expect(wordsOf(header('Subject')).join('')).toBe(`${subject}（R-2026-031）`);
  expect(wordsOf(header('From')).join('')).toBe(company);
  // Nothing invites people to answer a list, to leave it, or another mailbox; what answers by itself sees that a program wrote.
  expect(unfolded.map((line) => line.split(':')[0]).toSorted()).toEqual([
    'Auto-Submitted',
    'Content-Language',
    'Content-Transfer-Encoding',
    'Content-Type',
    'Date',
    'From',
    'MIME-Version',
    'Message-ID',
    'Subject',
    'To',
  ]);
  expect(header('Content-Type')).toBe('Content-Type: text/plain; charset=utf-8');
  expect(header('Auto-Submitted')).toBe('Auto-Submitted: auto-generated');
  // The day and the hour in Japan, when it was written, as often as it is tried.
  expect(header('Date')).toBe('Date: Mon, 07 Dec 2026 09:00:00 +0900');
});

test('an English letter in long lines keeps its link whole', async () => {
  const { office } = await officeWith();
  const says = both('', 'Our answer to your application is ready. '.repeat(40).trim());
  await post(office, { lang: 'en', says, by: ['Reiji Inc.', '.', 'From the desk'] });
  await office.mail.sendNext();
  expect(Math.max(...server.letters[0]!.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(78);
  // As the wire has it, a line that is a full stop has two.
  const { text } = await simpleParser(server.letters[0]!.replaceAll('\r\n..', '\r\n.'));
  expect(text).toContain(`\nhttps://sekisho.example.jp${letter.path}\n`);
  expect(text).toMatch(/\n-- \nReiji Inc\.\n\.\nFrom the desk\n?$/);
});

test.each([
  ['saeki@日本語.example.jp', 'saeki@xn--wgv71a119e.example.jp'],
  ['saeki@ｅｘａｍｐｌｅ．ｊｐ', 'saeki@example.jp'],
  ['sa..eki.@keitai.example.jp', '"sa..eki."@keitai.example.jp'],
  ["o'neil+a=b/c@example.jp", "o'neil+a=b/c@example.jp"],
])('a letter to %s goes to one mailbox', async (to, recipient) => {
  const { office } = await officeWith();
  expect(await post(office, { to })).toBe(true);
  await office.mail.sendNext();
  expect(server.commands.filter((one) => one.startsWith('RCPT'))).toEqual([`RCPT TO:<${recipient}>`]);
});

test.each([
  'a\u0000b@example.jp',
  'a\u001b[0m@example.jp',
  'a@exa\u202emple.jp',
  'a\u200b@example.jp',
  'a@example.jp\u007f',
])('an address with a character that nobody sees is no address: %j', async (to) => {
  const { office } = await officeWith();
  expect(await post(office, { to })).toBe(false);
  expect(await office.mail.sendNext()).toBe(false);
  expect(server.commands).toEqual([]);
});

test.each(['a,b@example.jp', '例示 <a,b@example.jp>', '例示 <a@b:c>', '例示 <a@example.jp>, 窓口 <b@example.jp>'])(
  'what is no single sender stops the start: %s',
  async (from) => {
    await expect(officeWith(from)).rejects.toThrow(/^SEKISHO_MAIL_FROM /);
  },
);
