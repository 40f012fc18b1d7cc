// The request to get in touch, sent to a person whose answer did not arrive: what it says and does not say, where it goes by post or by mail, and
// what is kept of it. Through the actions and the pages of the desk, and a real mail server.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { answered, identified, openTestDesk, registered, seen, wordsOf } from '../../../tests/desk.ts';
import { mailTo } from '../../../tests/parcel.ts';
import { mailServer } from '../../../tests/smtp.ts';
import type { TestOffice } from '../../../tests/office.ts';
import { valueOf } from '../../../tests/people.ts';
import { both, type Lang } from '../../base/bilingual.ts';
import { addDays, type Day } from '../../base/day.ts';
import { listEntries } from '../../log/index.ts';
import { lostLetters, type Letter } from '../../platform/mail.ts';
import type { By, Room } from '../access/index.ts';
import { caseOf, type Case } from './actions/cases.ts';
import { printLetter } from './actions/copies.ts';
import { decide } from './actions/decide.ts';
import { copiesOf } from './actions/drafts.ts';
import { askedFor } from './actions/happen.ts';
import { mailLost } from './actions/parcel.ts';
import { receiptCode } from './actions/receipt.ts';
import type { RegisterAsk } from './actions/register.ts';
import { seek, type SeekAsk } from './actions/seek.ts';
import { undeliver } from './actions/undelivered.ts';
import { numberFrom, numberOf, referenceOf } from './facts/request.ts';
import { deskPages } from './pages/desk.tsx';
import { bodyOf } from './store/events.ts';
import { eventWord } from './words.ts';

interface Place {
  house: TestOffice;
  desk: Room;
  by: By;
}

const mails = mailServer();
let mailing: Place;
let written: Place;
beforeAll(async () => {
  const open = (env: Record<string, string> = {}) =>
    openTestDesk((office, access) => deskPages({ office, access }), { env });
  mailing = await open(mailTo(await mails.serve()));
  written = await open();
});
afterAll(async () => {
  await Promise.all([mailing, written].map(({ house }) => house.close()));
  await mails.close();
});

const today = ({ desk }: Place): Day => desk.office.clock.today();

let people = 0;
/** A question whose posted answer came back today. */
async function returned(at: Place, lang: Lang = 'ja', sender: Partial<RegisterAsk['sender']> = {}): Promise<Case> {
  const { desk, by } = at;
  const whole = { name: `連絡 ${++people}`, address: '〒104-0000 東京都中央区例示町9-9', email: '', ...sender };
  const one = await registered(desk, by, 'consultation', { lang, sender: whole });
  const answer = { facts: {}, reason: '', plan: {}, answer: 'お答えします', mayRefuse: true };
  const over = await answered(desk, by, valueOf(await decide(desk, by, one.row.id, seen(one), answer)));
  const what = { on: today(at), by: 'post', why: 'moved', envelope: 'unopened' } as const;
  return valueOf(await undeliver(desk, by, over.row.id, seen(over), what));
}

const asked = (at: Place, one: Case, ask: Partial<SeekAsk>, attempt?: string) =>
  seek(
    at.desk,
    at.by,
    one.row.id,
    { ...seen(one), attempt, asked: askedFor('sought', ask) },
    { on: today(at), how: 'letter', letter: true, reason: '', ...ask },
  );
const problem = (field: string) => ({ problem: { fields: [{ field }] } });
const sent = async () => {
  mails.received.length = 0;
  while (await mailing.desk.office.mail.sendNext());
  return mails.received;
};

/** What somebody who opens it must not learn from it: that there is a request, of what kind, or that it is about personal information. */
const telling =
  /請求|相談|開示|個人情報|お客様|窓口|受付|回答|お答え|申出|request|application|inquir|question|disclos|personal information|desk|answer|privacy/i;

/** All that the request to get in touch says, with nothing that tells of a request. */
function expectDiscreet(text: string, one: Case, desk: Room): void {
  expect(telling.exec(text)?.[0]).toBeUndefined();
  const { office } = desk;
  const hidden = [numberOf(one.row), receiptCode(office, one.row.id), office.config.publicUrl];
  expect(hidden.filter((part) => text.includes(part))).toEqual([]);
  expect(text).toContain(referenceOf(one.row));
}

test.each(['ja', 'en'] as const)('手紙は、開けた人に請求のあることを教えず、控えに残る（%s）', async (lang) => {
  const { desk, by } = written;
  const one = await returned(written, lang);
  expect(await printLetter(desk, by, one.row.id, 'sought')).toMatchObject({ problem: { kind: 'not-found' } });
  const after = valueOf(
    await asked(written, one, { sendTo: '〒530-0000 大阪府例示市1-1', reason: '台帳の別の住所へ' }),
  );
  expect(after.request.sought).toEqual([{ on: today(written), how: 'letter' }]);
  expect(copiesOf(after).filter(({ about }) => about === 'sought')).toHaveLength(1);
  const text = await wordsOf(valueOf(await printLetter(desk, by, one.row.id, 'sought')).bytes);
  expect(text).toContain('〒530-0000大阪府例示市1-1');
  expect(text).not.toContain('例示町9-9');
  expect(text).toContain(`連絡${people}`);
  expect(text).toContain(lang === 'ja' ? 'ご連絡のお願い' : 'Pleasegetintouchwithus');
  expectDiscreet(text, one, desk);
  expect(eventWord(bodyOf(after.events.at(-1)!)).ja).toBe('本人に連絡のお願いを手紙で送付');
  const [entry] = await listEntries(written.house.db.app, { actions: ['desk:sought'], most: 1 });
  expect(entry!.entry).toMatchObject({ request: one.row.id, how: 'letter', letter: 'sought' });
  // Its number leads a clerk to the request.
  expect(numberFrom(referenceOf(one.row))).toEqual(numberFrom(numberOf(one.row)));
});

test.each(['ja', 'en'] as const)('メールは、ここから一度だけ送られ、名前も番号もリンクもない（%s）', async (lang) => {
  await sent();
  const one = await returned(mailing, lang, { email: 'renraku@example.jp' });
  const after = valueOf(await asked(mailing, one, { how: 'email' }, 'asked-once'));
  valueOf(await asked(mailing, one, { how: 'email' }, 'asked-once'));
  const [received, ...more] = await sent();
  expect([received!.to, more.length]).toEqual([['renraku@example.jp'], 0]);
  const { subject = '', text = '' } = received!.mail;
  expect(subject).toBe(lang === 'ja' ? 'ご連絡のお願い' : 'Please get in touch with us');
  const [from] = received!.mail.from!.value;
  expectDiscreet(`${from!.name}${subject}${text}`, one, mailing.desk);
  expect(text).not.toContain('連絡 ');
  expect(text).toContain(lang === 'ja' ? '例示情報通信株式会社' : 'Reiji Information and Communication Corporation');
  expect([copiesOf(after).at(-1)!.about, eventWord(bodyOf(after.events.at(-1)!)).en]).toEqual([
    'sought',
    'Person asked by e-mail to get in touch',
  ]);
  expect(await mailLost(mailing.desk.office, after)).toBe(false);
});

test('届かなかったメールは、請求のページに出る', async () => {
  const one = await returned(mailing);
  const after = valueOf(await asked(mailing, one, { how: 'email', sendTo: 'nobody@example.jp' }));
  await sent();
  expect(await mailLost(mailing.desk.office, after)).toBe(true);
  const clerk = await mailing.house.visitor('desk');
  expect(await (await clerk.get(`/desk/${one.row.id}`)).text()).toContain('メールが届きませんでした');
});

test('届かなかったことは、一週間が過ぎても、請求のページに出る', async () => {
  const one = await returned(mailing);
  const after = valueOf(await asked(mailing, one, { how: 'email', sendTo: 'nobody@example.jp' }));
  await sent();
  mailing.house.clock.moveTo(`${addDays(today(mailing), 8)}T10:00:00+09:00`);
  expect(await mailLost(mailing.desk.office, after)).toBe(true);
});

test('前のメールが後から届かないと分かっても、次のメールが届かなかったとは言わない', async () => {
  const one = await returned(mailing);
  const first = valueOf(await asked(mailing, one, { how: 'email', sendTo: 'nobody@example.jp' }));
  mailing.house.clock.moveTo(`${today(mailing)}T17:00:00+09:00`);
  const second = valueOf(await asked(mailing, first, { how: 'email', sendTo: 'renraku@example.jp' }));
  expect((await sent()).map(({ to }) => to)).toEqual([['renraku@example.jp']]);
  expect(await mailLost(mailing.desk.office, first)).toBe(true);
  expect(await mailLost(mailing.desk.office, second)).toBe(false);
});

test('従業者への知らせが届かなくても、本人へのメールが届かなかったとは言わない', async () => {
  const one = await returned(mailing);
  const after = valueOf(await asked(mailing, one, { how: 'email', sendTo: 'renraku@example.jp' }));
  const { office } = mailing.desk;
  const staff: Letter = {
    to: 'nobody@example.jp',
    lang: 'ja',
    subject: both('期限が近い請求があります', ''),
    says: both('期限が近い請求があります。', ''),
    number: numberOf(one.row),
    path: `/desk/${one.row.id}`,
  };
  await office.database.transaction((tx) => office.mail.post(tx, staff));
  expect((await sent()).map(({ to }) => to)).toEqual([['renraku@example.jp']]);
  expect((await lostLetters(office.database, office.clock)).map(({ about }) => about)).toContain(numberOf(one.row));
  expect(await mailLost(office, after)).toBe(false);
});

test('ここからメールを送る設定がなければ、文だけができ、何も送られない', async () => {
  const one = await returned(written, 'ja', { email: 'renraku@example.jp' });
  valueOf(await asked(written, one, { how: 'email' }));
  const text = await wordsOf(valueOf(await printLetter(written.desk, written.by, one.row.id, 'sought')).bytes);
  expect(text).toContain('renraku@example.jp');
  expect(await written.house.db.owner.query('SELECT 1 FROM mail_outbox', [])).toEqual([]);
});

test('電話には使えず、送り先がなければ送れず、過ぎた日のメールは送れない', async () => {
  const one = await returned(mailing);
  mailing.house.clock.moveTo(`${addDays(today(mailing), 1)}T10:00:00+09:00`);
  expect(await asked(mailing, one, { how: 'phone' })).toMatchObject(problem('how'));
  expect(await asked(mailing, one, { how: 'email' })).toMatchObject(problem('sendTo'));
  expect(await asked(mailing, one, { how: 'email', sendTo: 'a@example.jp, b@example.jp' })).toMatchObject(
    problem('sendTo'),
  );
  const early = { how: 'email', sendTo: 'a@example.jp', on: addDays(today(mailing), -1) } as const;
  expect(await asked(mailing, one, early)).toMatchObject(problem('on'));
  expect(await sent()).toEqual([]);
  // What somebody wrote in other words is only recorded.
  const own = valueOf(await asked(mailing, one, { how: 'email', letter: false }));
  expect([await sent(), copiesOf(own).some(({ about }) => about === 'sought')]).toEqual([[], false]);
  const closed = await identified(mailing.desk, mailing.by, 'disclosure');
  expect(await asked(mailing, closed, {})).toMatchObject(problem('event'));
});

test('フォームは、方法を選ぶだけで文を用意し、押すボタンが何をするかを言う', async () => {
  const one = await returned(written);
  const clerk = await written.house.visitor('desk');
  const at = `/desk/${one.row.id}`;
  const form = await (await clerk.get(`${at}?do=sought`)).text();
  expect(form).toMatch(/<button[^>]*>\s*連絡を記録する\s*<\/button>/);
  const fields = { seen: String(one.request.last), attempt: 'by-form', on: '2026/12/07', how: 'phone', letter: 'yes' };
  const misplaced = await clerk.post(`${at}/sought`, { ...fields, sendTo: '大阪府例示市1-1' }, at);
  expect([misplaced.status, (await misplaced.text()).includes('送るときだけ書いてください')]).toEqual([422, true]);
  const on = today(written).replaceAll('-', '/');
  expect((await clerk.post(`${at}/sought`, { ...fields, on, how: 'letter' }, at)).status).toBe(303);
  expect(await (await clerk.get(at)).text()).toContain(`${at}/letters/sought.pdf`);
  const after = valueOf(await caseOf(written.desk, one.row.id));
  expect(bodyOf(after.events.at(-1)!)).toMatchObject({ event: 'sought', how: 'letter', letter: true });
});
