// What becomes of a mail to the person that still waits when what it speaks of is over: the link of an electronic delivery, and the request to get in
// touch. Through the actions and the pages of the desk, and a real mail server.

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { answered, openTestDesk, registered, seen } from '../../../tests/desk.ts';
import type { TestOffice } from '../../../tests/office.ts';
import { mailTo } from '../../../tests/parcel.ts';
import { valueOf } from '../../../tests/people.ts';
import { mailServer } from '../../../tests/smtp.ts';
import { addDays } from '../../base/day.ts';
import { lostLetters } from '../../platform/mail.ts';
import type { By, Room } from '../access/index.ts';
import { close, deliver } from './actions/answer.ts';
import { caseOf, type Case } from './actions/cases.ts';
import { decide } from './actions/decide.ts';
import { endNextParcel, openParcel } from './actions/fetch.ts';
import { digest, sendAgain, sendAnswer, stopParcel } from './actions/parcel.ts';
import { withdraw } from './actions/receive.ts';
import { seek } from './actions/seek.ts';
import { undeliver } from './actions/undelivered.ts';
import { parcelTerms } from './facts/parcel.ts';
import { numberOf } from './facts/request.ts';
import { deskPages } from './pages/desk.tsx';

const START = '2026-12-07T10:00:00+09:00';
const mails = mailServer();
let port: number;
let house: TestOffice;
let desk: Room;
let by: By;
beforeAll(async () => {
  port = await mails.serve();
  const env = mailTo(port);
  ({ house, desk, by } = await openTestDesk((office, access) => deskPages({ office, access }), { env }));
});
afterAll(async () => {
  await house.close();
  await mails.close();
});
beforeEach(async () => {
  mails.received.length = 0;
  house.clock.moveTo(START);
  await house.db.owner.query('DELETE FROM mail_outbox', []);
});

const today = () => desk.office.clock.today();
let people = 0;

/** A question that is answered, though not told yet. */
async function decided(lang: 'ja' | 'en' = 'ja'): Promise<Case> {
  const sender = { name: `取下げ ${++people}`, address: '東京都中央区例示町9-9', email: 'person@example.jp' };
  const one = await registered(desk, by, 'consultation', { sender, lang });
  const answer = { facts: {}, reason: '', plan: {}, answer: 'お答えします', mayRefuse: true };
  return valueOf(await decide(desk, by, one.row.id, seen(one), answer));
}

/** An answer whose link is in the outbox. */
async function sent(): Promise<Case> {
  const one = await decided();
  return valueOf(await sendAnswer(desk, by, one.row.id, seen(one), { on: today(), by: 'electronic' }));
}

const again = async ({ row }: Case, email = ''): Promise<Case> =>
  valueOf(await sendAgain(desk, by, row.id, { attempt: `again-${++people}`, email }));

interface Kept {
  state: string;
  tries: number;
  /** What of its address, its text and their key is still there. */
  sealed: boolean;
  ended: boolean;
}
const outbox = (): Promise<Kept[]> =>
  house.db.owner.query<Kept>(
    `SELECT state, tries, num_nonnulls(sealed, wrapped_key, kek_version) > 0 AS sealed, ended_at IS NOT NULL AS ended
     FROM mail_outbox WHERE outside ORDER BY state DESC`,
    [],
  );
const WITHDRAWN = { state: 'withdrawn', tries: 0, sealed: false, ended: true };
const WAITS = { state: 'waiting', tries: 0, sealed: true, ended: false };

/** To whom mail goes that is due, and the link in it. */
async function arrived(): Promise<(string | undefined)[][]> {
  while (await desk.office.mail.sendNext());
  return mails.received
    .filter(({ to }) => !/^(?:desk|officer)@/.test(to.join()))
    .map(({ mail, to }) => [...to, /parcel\/([\w-]{43})/.exec(mail.text ?? '')?.[1]]);
}

const mailOn = async ({ row }: Case, lang: 'ja' | 'en'): Promise<string> => {
  const html = await (await (await house.visitor('desk', lang)).get(`/desk/${row.id}`)).text();
  const label = lang === 'ja' ? 'リンクのメール' : 'Mail with the link';
  return new RegExp(`<dt[^>]*>${label}</dt><dd[^>]*>([^<]*)<`).exec(html)?.[1] ?? 'not on the page';
};

const posted = async ({ row }: Case): Promise<void> => {
  const on = { on: today() };
  const over = valueOf(
    await deliver(desk, by, row.id, seen(valueOf(await caseOf(desk, row.id))), { ...on, by: 'post' }),
  );
  valueOf(await close(desk, by, row.id, seen(over), on));
};
/** The mail may have arrived though the outbox does not know it yet. */
const wrongCodes = async ({ row }: Case): Promise<void> => {
  const link = `link ${row.id}`;
  await house.db.owner.query('UPDATE request_parcels SET link = $2 WHERE request_id = $1', [row.id, digest(link)]);
  for (let n = 0; n < parcelTerms.wrongCodes; n++) {
    house.clock.moveTo(`${today()}T1${n + 1}:00:00+09:00`);
    await openParcel(desk, { link, code: 'ZZZZZ-ZZZZZ', address: '' });
  }
};
const expires = async (): Promise<void> => {
  house.clock.moveTo(`${addDays(today(), parcelTerms.days + 1)}T10:00:00+09:00`);
  while (await endNextParcel(desk.office));
};

test.each<[string, (one: Case) => Promise<unknown>, string]>([
  ['窓口が閉じた', ({ row }) => stopParcel(desk, by, row.id), 'closed'],
  ['郵送に切り替えて請求を終えた', posted, 'closed'],
  [
    '届いていないと記録した',
    (one) =>
      undeliver(desk, by, one.row.id, seen(one), {
        on: today(),
        by: 'electronic',
        why: 'unfetched',
        envelope: 'unopened',
      }),
    'closed',
  ],
  ['コードの間違いで閉じた', wrongCodes, 'wrong-codes'],
  ['期限が過ぎた', expires, 'expired'],
])('%sリンクのメールは、出ていく前なら取り下げられ、宛先も文も残らない', async (_, ends, endedBy) => {
  const one = await sent();
  expect([await outbox(), await mailOn(one, 'ja')]).toEqual([[WAITS], 'まだ送っていません']);
  await ends(one);
  const after = valueOf(await caseOf(desk, one.row.id));
  expect(after.parcels.map(({ ended_by }) => ended_by)).toEqual([endedBy]);
  expect(await outbox()).toEqual([WITHDRAWN]);
  expect(await arrived()).toEqual([]);
  expect(await lostLetters(desk.office.database, desk.office.clock)).toEqual([]);
  expect(await mailOn(one, 'ja')).toBe('送る前に取り下げました。だれにも届いていません');
  expect(await mailOn(one, 'en')).toBe('Withdrawn before it was sent. It reached nobody');
});

test('送り直すと、前のリンクのメールは間違った宛先へ出ていかず、新しいリンクだけが届く', async () => {
  const first = await sent();
  await again(first, 'right@example.jp');
  expect(await outbox()).toEqual([WITHDRAWN, WAITS]);
  const got = await arrived();
  expect(got).toEqual([['right@example.jp', expect.stringMatching(/^[\w-]{43}$/)]]);
  expect(await mailOn(first, 'ja')).toBe('メールサーバーに渡しました');
});

test.each([
  ['ja', /ご請求/, 'お申し出へのお答え'],
  ['en', /your application/i, 'Our answer to your request'],
] as const)('相談への答えのリンクのメールは、それを請求と呼ばない（%s）', async (lang, claims, says) => {
  const one = await decided(lang);
  valueOf(await sendAnswer(desk, by, one.row.id, seen(one), { on: today(), by: 'electronic' }));
  await arrived();
  const { subject, text } = mails.received.find(({ to }) => to[0] === 'person@example.jp')!.mail;
  expect(`${subject}\n${text}`).not.toMatch(claims);
  expect(subject).toContain(says);
});

test('ほかの請求のリンクのメールは、そのまま出ていく', async () => {
  const [one, other] = [await sent(), await sent()];
  valueOf(await stopParcel(desk, by, one.row.id));
  expect((await outbox()).map(({ state }) => state)).toEqual(['withdrawn', 'waiting']);
  expect(await arrived()).toHaveLength(1);
  expect(mails.received[0]!.mail.subject).toContain(numberOf(other.row));
});

test('閉じることが取り消されれば、メールも取り下げられない', async () => {
  const one = await sent();
  await house.db.owner.query('REVOKE INSERT ON request_events FROM sekisho_app', []);
  const failed = stopParcel(desk, by, one.row.id);
  await expect(failed).rejects.toMatchObject({ code: '42501' });
  await house.db.owner.query('GRANT INSERT ON request_events TO sekisho_app', []);
  expect(await outbox()).toEqual([WAITS]);
});

test.each([
  [false, 'sent', 'メールサーバーに渡しました'],
  [true, 'withdrawn', '取り下げましたが、その前に送ろうとしたので、届いたかもしれません'],
] as const)(
  '送っている最中に閉じたメールは、取り下げられたと言い切らない（断られた：%s）',
  async (refused, state, says) => {
    const one = await sent();
    const answer = mails.hold();
    const sending = desk.office.mail.sendNext();
    await expect.poll(() => mails.received.length).toBe(1);
    valueOf(await stopParcel(desk, by, one.row.id));
    expect(await mailOn(one, 'ja')).toBe('取り下げましたが、その前に送ろうとしたので、届いたかもしれません');
    answer(refused);
    expect(await sending).toBe(true);
    expect(await outbox()).toEqual([{ state, tries: 1, sealed: false, ended: true }]);
    expect(await mailOn(one, 'ja')).toBe(says);
    expect([await desk.office.mail.sendNext(), mails.received.length]).toEqual([false, 1]);
  },
);

test('閉じる前にサーバーに届いていないか、サーバーが断っていれば、だれにも届いていない', async () => {
  const refused = await sent();
  mails.hold()(true);
  await desk.office.mail.sendNext();
  expect(await mailOn(refused, 'ja')).toBe('まだ送れていません。送れるまで、1日ほど試します');
  valueOf(await stopParcel(desk, by, refused.row.id));
  expect(await mailOn(refused, 'ja')).toBe('送る前に取り下げました。だれにも届いていません');
  const away = await sent();
  await mails.close();
  await desk.office.mail.sendNext();
  valueOf(await stopParcel(desk, by, away.row.id));
  await mails.serve(port);
  expect((await outbox()).map(({ state, tries }) => [state, tries])).toEqual([
    ['withdrawn', 1],
    ['withdrawn', 1],
  ]);
  expect(await mailOn(away, 'ja')).toBe('送る前に取り下げました。だれにも届いていません');
});

/** A question whose posted answer came back, with the mail in the outbox that asks the person to get in touch. */
async function asked(): Promise<Case> {
  const over = await answered(desk, by, await decided());
  const what = { on: today(), by: 'post', why: 'moved', envelope: 'unopened' } as const;
  const back = valueOf(await undeliver(desk, by, over.row.id, seen(over), what));
  const ask = { on: today(), how: 'email', letter: true, reason: '' } as const;
  return valueOf(await seek(desk, by, back.row.id, seen(back), ask));
}

test.each<[string, (one: Case) => Promise<unknown>]>([
  ['送り直した', (one) => deliver(desk, by, one.row.id, seen(one), { on: today(), by: 'post', addressChecked: true })],
  ['本人が取り下げた', (one) => withdraw(desk, by, one.row.id, seen(one), { on: today() })],
])('%s答えのための「連絡のお願い」は、出ていく前なら取り下げられる', async (_, ends) => {
  const one = await asked();
  expect(await outbox()).toEqual([WAITS]);
  await ends(one);
  expect(await outbox()).toEqual([WITHDRAWN]);
  expect(await arrived()).toEqual([]);
});

test('答えがまだ届いていない間は、「連絡のお願い」は出ていく', async () => {
  const one = await asked();
  const ask = { on: today(), how: 'phone', reason: '' } as const;
  valueOf(await seek(desk, by, one.row.id, seen(one), ask));
  expect(await outbox()).toEqual([WAITS]);
  expect(await arrived()).toEqual([['person@example.jp', undefined]]);
});
