// A question or complaint without a name, or without an address to answer to: what is asked, owed, shown, counted and closed, and what happens once
// there is an address.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestDesk, registered, seen, wordsOf } from '../../../tests/desk.ts';
import type { TestOffice } from '../../../tests/office.ts';
import { valueOf } from '../../../tests/people.ts';
import { addDays, addMonths, type Day } from '../../base/day.ts';
import { listEntries } from '../../log/index.ts';
import type { By, Room } from '../access/index.ts';
import { address } from './actions/address.ts';
import { close, deliver, notify } from './actions/answer.ts';
import { openCases, type Case } from './actions/cases.ts';
import { printLetter } from './actions/copies.ts';
import { decide, type DecideAsk } from './actions/decide.ts';
import { draftsOf } from './actions/drafts.ts';
import { eraseNextPapers } from './actions/erase.ts';
import { readPaper } from './actions/papers.ts';
import { receiptCode, stageOfReceipt } from './actions/receipt.ts';
import { acknowledge, extend } from './actions/receive.ts';
import { amend, says as amendSays } from './actions/amend.ts';
import { type RegisterAsk, registerRequest, says } from './actions/register.ts';
import { monthOf, readReport } from './actions/report.ts';
import { undeliver } from './actions/undelivered.ts';
import { clocksOf, dueOf, openDaysAfter } from './facts/clocks.ts';
import { nextEvents } from './facts/next.ts';
import { numberOf } from './facts/request.ts';
import { says as factSays } from './facts/says.ts';
import { deskPages } from './pages/desk.tsx';
import { deskProvers } from './promises.ts';
import { publicNext, publicStage } from './words.ts';

let house: TestOffice;
let desk: Room;
let by: By;
beforeAll(async () => {
  ({ house, desk, by } = await openTestDesk((office, access) => deskPages({ office, access })));
  byClerk = {
    actor: { kind: 'staff', id: house.staff.desk!, name: '佐伯 健', roles: ['desk'] },
    authority: ['desk-work'],
  };
});
afterAll(() => house.close());

let byClerk: By;
const today = (): Day => desk.office.clock.today();
const later = (days: number): void => house.clock.moveTo(`${addDays(today(), days)}T10:00:00+09:00`);

const nobody = { name: '', address: '', email: '' };
/** A complaint with neither a name nor an address. */
const complaint = (more: Partial<RegisterAsk> = {}): Promise<Case> =>
  registered(desk, byClerk, 'consultation', {
    anonymous: true,
    unreachable: true,
    sender: nobody,
    says: '受付の方が、ほかのお客様の電話番号を大きな声で読み上げていました。',
    ...more,
  });
const asking = (more: Partial<DecideAsk>): DecideAsk => ({
  facts: {},
  plan: {},
  reason: '',
  answer: '',
  mayRefuse: false,
  ...more,
});
const REASON = '受付の全員に、電話番号を声に出さないよう指導した。苦情のとおりの応対が記録で確かめられたため。';
const handled = async (one: Case): Promise<Case> =>
  valueOf(await decide(desk, byClerk, one.row.id, seen(one), asking({ reason: REASON })));
const closed = async (one: Case): Promise<Case> =>
  valueOf(await close(desk, byClerk, one.row.id, seen(one), { on: today() }));
const HOME = '〒104-0000 東京都中央区例示町5-5';

const promise = async () => {
  const proof = await deskProvers.find((one) => one.promise === 'consultations-answered')!.prove(desk.office);
  const value = (label: string) => proof.evidence.find((one) => one.label.en.startsWith(label))?.value.en;
  return [proof.state, value('Consultations'), value('Outside the promise')];
};
const flow = async () => {
  const { flow: lines, answeredAll } = await readReport(desk, monthOf(today(), today()));
  const { arrived, closed: ended, undelivered } = lines.find((one) => one.kind === 'consultation')!;
  return [arrived, ended, undelivered, answeredAll];
};
const status = async ({ row }: Case) => {
  const asked = { number: numberOf(row), code: receiptCode(desk.office, row.id), address: '' };
  const at = valueOf(await stageOfReceipt(desk, asked));
  return [publicStage(at.stage, at).ja, publicNext(at.stage, at).ja];
};
const actions = async (id: string) =>
  (await listEntries(house.db.app, { most: 50 }))
    .map(({ entry }) => entry)
    .filter(({ request }) => request === id)
    .map(({ action }) => action)
    .toReversed();

test('名前も返信先もない苦情を、そう記録して受け付け、対応と理由を残し、送ったとは記録せずに終える', async () => {
  const before = await flow();
  const one = await complaint();
  expect(one.request).toMatchObject({ anonymous: true, unreachable: true, addressedOn: null });
  expect(one.row).toMatchObject({ unreachable: true, unacknowledged: false, untold: true, sender: null });
  // Prompt handling is owed; the acknowledgement is not.
  expect(dueOf(clocksOf(one.request))).toMatchObject({
    acknowledgement: null,
    alarm: addDays(today(), 10),
    decision: addDays(today(), 14),
    lawsuit: null,
  });
  expect(draftsOf(one)).toEqual([]);
  expect(nextEvents(one.request)).toEqual([
    'decided',
    'extended',
    'withdrawn',
    'addressed',
    'assigned',
    'eased',
    'amended',
  ]);
  const at = seen(one);
  for (const refused of [
    await acknowledge(desk, byClerk, one.row.id, at, { on: today(), how: 'letter' }),
    await notify(desk, byClerk, one.row.id, at, { on: today(), by: 'post' }),
    await close(desk, byClerk, one.row.id, at, { on: today() }),
  ])
    expect(refused.ok).toBe(false);
  expect(await decide(desk, byClerk, one.row.id, at, asking({ answer: '答え' }))).toMatchObject({
    problem: { fields: [{ field: 'reason' }] },
  });
  expect(await promise()).toEqual(['kept', '0', '1']);

  const done = await handled(one);
  expect(done.request.decided).toMatchObject({ result: 'handled', finding: null });
  expect([done.row.untold, draftsOf(done), nextEvents(done.request)[0]]).toEqual([false, [], 'closed']);
  const [paper] = done.papers.filter(({ kind }) => kind === 'reason');
  expect(valueOf(await readPaper(desk, byClerk, one.row.id, paper!.id))).toBe(REASON);
  for (const refused of [
    await notify(desk, byClerk, one.row.id, seen(done), { on: today(), by: 'post' }),
    await deliver(desk, byClerk, one.row.id, seen(done), { on: today(), by: 'post' }),
  ])
    expect(refused.ok).toBe(false);

  // Another decision takes its place, as everywhere at the desk.
  const again = await handled(done);
  expect(again.papers.filter(({ kind, gone_at }) => kind === 'reason' && gone_at === null)).toHaveLength(1);
  const over = await closed(again);
  expect([over.row.state, over.request.delivered, over.request.notified]).toEqual(['closed', [], null]);
  expect(await status(over)).toEqual([
    'お送り先が分からず、お答えをお送りできません',
    'お答えをご希望のときは、お送り先を窓口へお知らせください。',
  ]);
  expect(await actions(one.row.id)).toEqual([
    'desk:registered',
    'desk:decided',
    'desk:open-paper',
    'desk:decided',
    'desk:closed',
  ]);
  const [end] = await listEntries(house.db.app, { actions: ['desk:closed'], most: 1 });
  expect(end?.entry).toMatchObject({ request: one.row.id, unreachable: true });
  const [first] = await listEntries(house.db.app, { actions: ['desk:registered'], most: 1 });
  expect(first?.entry).toMatchObject({ request: one.row.id, anonymous: true, unreachable: true });
  // Neither kept nor broken: it is outside the promise, and no answer.
  expect(await promise()).toEqual(['kept', '0', '1']);
  expect(await flow()).toEqual([(before[0] as number) + 1, before[1], (before[2] as number) + 1, before[3]]);
});

test('対応の決まらない苦情は、期限を過ぎれば急ぐものになるが、回答の約束を破ったことにはならない', async () => {
  const one = await complaint();
  later(20);
  const listed = (await openCases(desk)).find(({ id }) => id === one.row.id)!;
  expect(listed).toMatchObject({ unreachable: true, due_on: addDays(one.request.arrivedOn, 14) });
  expect((await promise())[0]).toBe('kept');
  const extended = valueOf(
    await extend(desk, by, one.row.id, seen(one), {
      on: today(),
      until: addDays(today(), 5),
      reason: '調べに時間がかかるため。',
    }),
  );
  expect([extended.request.acknowledgedOn, extended.papers.filter(({ kind }) => kind === 'copy')]).toEqual([null, []]);
  await closed(await handled(extended));
});

test('返信先が分かると、その日から受け付けた知らせと答えが要り、終えた苦情も進行中に戻る', async () => {
  const one = await closed(await handled(await complaint()));
  expect(nextEvents(one.request)).toContain('addressed');
  later(40);
  const nowhere = await address(desk, byClerk, one.row.id, seen(one), { on: today(), sender: {} });
  expect(nowhere).toMatchObject({ problem: { fields: [{ field: 'sender.address', says: says.anywhere }] } });
  const sender = { address: HOME };
  const open = valueOf(await address(desk, byClerk, one.row.id, seen(one), { on: today(), sender }));
  expect(open.row).toMatchObject({ state: 'open', stage: 'registered', unreachable: false, addressed_on: today() });
  expect(open.row.sender).not.toBeNull();
  expect(open.request).toMatchObject({
    anonymous: true,
    unreachable: false,
    decided: null,
    arrivedOn: one.request.arrivedOn,
  });
  expect(dueOf(clocksOf(open.request))).toMatchObject({
    acknowledgement: openDaysAfter(today(), 2),
    alarm: addDays(today(), 10),
    decision: addDays(today(), 14),
  });
  expect(await promise()).toEqual(['kept', '1', '2']);
  const twice = await address(desk, byClerk, one.row.id, seen(open), { on: today(), sender });
  expect(twice).toMatchObject({ problem: { fields: [{ says: factSays.reachable }] } });

  const heard = valueOf(await acknowledge(desk, byClerk, one.row.id, seen(open), { on: today(), how: 'letter' }));
  const letter = await wordsOf(valueOf(await printLetter(desk, byClerk, one.row.id, 'acknowledgement')).bytes);
  expect(letter).toContain('差出人様');
  expect(letter).toContain('例示町5-5');
  expect(await close(desk, byClerk, one.row.id, seen(heard), { on: today() })).toMatchObject({ ok: false });
  expect(await decide(desk, byClerk, one.row.id, seen(heard), asking({ reason: REASON }))).toMatchObject({ ok: false });
  later(3);
  const answer = asking({ answer: 'ご指摘のとおりでした。受付の全員に指導しました。' });
  const decided = valueOf(await decide(desk, byClerk, one.row.id, seen(heard), answer));
  // What was decided without an address is still there.
  const [paper] = decided.papers.filter(({ kind, gone_at }) => kind === 'reason' && gone_at === null);
  expect(valueOf(await readPaper(desk, byClerk, one.row.id, paper!.id))).toBe(REASON);
  const told = valueOf(await notify(desk, byClerk, one.row.id, seen(decided), { on: today(), by: 'post' }));
  const sent = valueOf(await deliver(desk, byClerk, one.row.id, seen(told), { on: today(), by: 'post' }));
  const over = await closed(sent);
  expect([over.row.state, over.events.at(-1)?.data]).toEqual(['closed', {}]);
  expect((await promise()).slice(0, 2)).toEqual(['kept', '1']);
  // Three days from when it was owed, not forty-three.
  expect((await readReport(desk, monthOf(today(), today()))).answeredAll).toEqual({
    answers: 1,
    median: 3,
    longest: 3,
  });
});

test('返信先が分かった苦情の答えが遅れれば、約束を破ったことになる', async () => {
  const one = await complaint();
  later(30);
  const open = valueOf(
    await address(desk, byClerk, one.row.id, seen(one), { on: today(), sender: { email: 'henshin@example.jp' } }),
  );
  later(14);
  expect((await promise())[0]).not.toBe('broken');
  later(1);
  expect((await promise())[0]).toBe('broken');
  const decided = valueOf(await decide(desk, byClerk, one.row.id, seen(open), asking({ answer: 'お答えします。' })));
  const told = valueOf(await notify(desk, byClerk, one.row.id, seen(decided), { on: today(), by: 'post' }));
  const sent = valueOf(await deliver(desk, byClerk, one.row.id, seen(told), { on: today(), by: 'post' }));
  await closed(sent);
});

test('開示などの請求は、匿名でも返信先なしでも受け付けず、条文を示して、苦情としてなら受け付けると言う', async () => {
  for (const kind of ['disclosure', 'purpose-notice', 'stop-use'] as const) {
    const ask = {
      kind,
      scope: 'customer',
      arrivedOn: today(),
      channel: 'letter',
      lang: 'ja',
      says: '',
      another: false,
    } as const;
    const nameless = { ...ask, anonymous: true, sender: { ...nobody, address: HOME } };
    expect(await registerRequest(desk, byClerk, nameless)).toMatchObject({
      problem: { fields: [{ field: 'anonymous', says: factSays.noName }] },
    });
    const homeless = { ...ask, unreachable: true, sender: { ...nobody, name: '返信 なし子' } };
    expect(await registerRequest(desk, byClerk, homeless)).toMatchObject({
      problem: { fields: [{ field: 'unreachable', says: factSays.noAddress }] },
    });
  }
  expect(factSays.noName.ja).toMatch(/法37条1項、施行令12条3号.*相談・苦情（法40条）/);
  // Nor does a complaint without a name become such a request.
  const one = await complaint();
  const other = await amend(desk, byClerk, one.row.id, seen(one), { kind: 'disclosure', sender: {} });
  expect(other).toMatchObject({ problem: { fields: [{ field: 'anonymous' }] } });
  // With a name and an address it does.
  const said = { name: '返信 あり子', address: HOME };
  const named = valueOf(await address(desk, byClerk, one.row.id, seen(one), { on: today(), sender: said }));
  const right = valueOf(await amend(desk, byClerk, one.row.id, seen(named), { kind: 'disclosure', sender: {} }));
  expect([right.request.kind, right.request.form, right.request.anonymous]).toEqual(['disclosure', true, false]);
});

test.each<[string, Partial<RegisterAsk>, string[]]>([
  ['名前も住所も空', { sender: nobody }, ['sender.name', 'sender.address']],
  [
    '匿名なのに名前がある',
    { anonymous: true, sender: { ...nobody, name: '名乗 花子', address: HOME } },
    ['sender.name'],
  ],
  [
    '返信先なしなのに住所がある',
    { unreachable: true, sender: { ...nobody, name: '名乗 花子', address: HOME } },
    ['sender.address'],
  ],
  [
    '返信先なしなのにメールアドレスがある',
    { unreachable: true, sender: { ...nobody, name: '名乗 花子', email: 'a@example.jp' } },
    ['sender.email'],
  ],
  ['電子メールで、どちらもない', { channel: 'electronic', sender: { ...nobody, name: '名乗 花子' } }, ['sender.email']],
])('%sなら受け付けない', async (_, more, fields) => {
  const ask = {
    kind: 'consultation',
    scope: 'customer',
    arrivedOn: today(),
    channel: 'letter',
    lang: 'ja',
    says: '',
    another: false,
  } as const;
  const made = await registerRequest(desk, byClerk, { ...ask, sender: nobody, ...more });
  expect(made.ok ? [] : (made.problem as { fields: { field: string }[] }).fields.map(({ field }) => field)).toEqual(
    fields,
  );
});

test('匿名でも返信先があれば答え、名前があっても返信先がなければ答えない。郵便の苦情も、メールアドレスだけで足りる', async () => {
  const box = await complaint({ unreachable: false, sender: { ...nobody, address: '例示郵便局留' } });
  expect([box.request.anonymous, box.request.unreachable, box.row.unacknowledged]).toEqual([true, false, true]);
  const named = await complaint({ anonymous: false, sender: { ...nobody, name: '宛先 なし男' } });
  expect([named.request.anonymous, named.request.unreachable, named.row.unacknowledged]).toEqual([false, true, false]);
  const mailed = await complaint({ unreachable: false, sender: { ...nobody, email: 'tokumei@example.jp' } });
  expect(mailed.row.unacknowledged).toBe(true);
});

test('名前も返信先もない手紙は、同じ日に2通届いても、同じ人のものとはされない', async () => {
  const [one, other] = [await complaint(), await complaint()];
  expect(one.row.id).not.toBe(other.row.id);
});

test('受け付けた後で返信先なしにできるのは管理者だけ。答えを送った後は、戻ってくるまでできない', async () => {
  const one = await registered(desk, byClerk, 'consultation', {
    sender: { name: '偽名 太郎', address: '不明', email: '' },
  });
  const ask = { unreachable: true, sender: {} };
  expect(await amend(desk, byClerk, one.row.id, seen(one), ask)).toMatchObject({
    problem: { kind: 'forbidden', says: amendSays.unreachable },
  });
  const answer = asking({ answer: 'お答えします。' });
  const decided = valueOf(await decide(desk, byClerk, one.row.id, seen(one), answer));
  const told = valueOf(await notify(desk, byClerk, one.row.id, seen(decided), { on: today(), by: 'post' }));
  const sent = valueOf(await deliver(desk, byClerk, one.row.id, seen(told), { on: today(), by: 'post' }));
  expect(await amend(desk, by, one.row.id, seen(sent), ask)).toMatchObject({
    problem: { fields: [{ field: 'unreachable' }] },
  });
  const what = { by: 'post', why: 'not-there', envelope: 'unopened' } as const;
  const back = valueOf(await undeliver(desk, byClerk, one.row.id, seen(sent), { on: today(), ...what }));
  const none = valueOf(await amend(desk, by, one.row.id, seen(back), ask));
  expect(none.request).toMatchObject({ unreachable: true, decided: null, notified: null, toSendAgain: false });
  // The letter that went out was sent, and stays on file.
  expect(none.papers.filter(({ kind, gone_at }) => kind === 'copy' && gone_at === null)).toHaveLength(1);
  const [entry] = await listEntries(house.db.app, { actions: ['desk:amended'], most: 1 });
  expect(entry?.entry).toMatchObject({ amended: ['unreachable', 'sender.address'] });
  const until = addDays(today(), 30);
  const longer = valueOf(
    await extend(desk, by, one.row.id, seen(none), { on: today(), until, reason: '調べるため。' }),
  );
  const over = await closed(await handled(longer));
  expect(over.row.state).toBe('closed');
  // What was told to the wrong address, and an extension that nobody was told of, do not count once there is a right one.
  const open = valueOf(
    await address(desk, byClerk, one.row.id, seen(over), { on: today(), sender: { address: HOME } }),
  );
  expect(dueOf(clocksOf(open.request))).toMatchObject({
    acknowledgement: openDaysAfter(today(), 2),
    decision: addDays(today(), 14),
  });
});

test('用意して送っていない答えは、返信先がないと分かれば控えごと消える。誤りだったら、届いた日から答えが要る', async () => {
  const one = await registered(desk, byClerk, 'consultation');
  const decided = valueOf(await decide(desk, byClerk, one.row.id, seen(one), asking({ answer: 'お答えします。' })));
  const told = valueOf(await notify(desk, byClerk, one.row.id, seen(decided), { on: today(), by: 'post' }));
  const none = valueOf(await amend(desk, by, one.row.id, seen(told), { unreachable: true, sender: {} }));
  const kept = none.papers.filter(({ gone_at }) => gone_at === null).map(({ kind }) => kind);
  expect([kept.includes('copy'), kept.includes('answer')]).toEqual([false, false]);
  const done = await handled(none);
  const some = valueOf(await amend(desk, byClerk, one.row.id, seen(done), { sender: { address: HOME } }));
  expect(some.request).toMatchObject({ unreachable: false, addressedOn: null, decided: null });
  expect(dueOf(clocksOf(some.request)).decision).toBe(addDays(one.request.arrivedOn, 14));
});

test('書類を消去した後に返信先が分かったら、新しく受け付けるように言う', async () => {
  const one = await closed(await handled(await complaint()));
  house.clock.moveTo(`${addDays(addMonths(today(), 6), 1)}T10:00:00+09:00`);
  for (let more = true; more;) more = await eraseNextPapers(desk.office);
  const erased = await desk.office.database.query<{ erased: boolean }>(
    'SELECT wrapped_key IS NULL AS erased FROM requests WHERE id = $1',
    [one.row.id],
  );
  expect(erased).toEqual([{ erased: true }]);
  const late = await address(
    desk,
    byClerk,
    one.row.id,
    { seen: one.request.last + 1 },
    { on: today(), sender: { address: HOME } },
  );
  expect(late.ok).toBe(false);
});

test('画面は、匿名と返信先なしを別々に尋ね、請求なら苦情として受け付けるかを尋ね、返信先なしと示す', async () => {
  // The session of a visitor who came earlier has ended: the clock has moved on.
  const clerk = await house.visitor('desk');
  const blank = await (await clerk.get('/desk/new')).text();
  expect(blank).toContain('name="anonymous"');
  expect(blank).toContain('name="unreachable"');
  expect(blank).not.toContain('name="instead"');
  const fields = {
    kind: 'disclosure',
    scope: 'customer',
    arrivedOn: today(),
    channel: 'letter',
    lang: 'ja',
    attempt: 'a',
    anonymous: 'yes',
    unreachable: 'yes',
  };
  const refused = await clerk.post('/desk/new', fields);
  expect(refused.status).toBe(422);
  const page = await refused.text();
  expect(page).toContain('name="instead"');
  expect(page).toContain('施行令12条3号');
  const made = await clerk.post('/desk/new', { ...fields, instead: 'yes' });
  expect(made.status).toBe(303);
  const at = made.headers.get('location')!;
  const shown = await (await clerk.get(at)).text();
  expect(shown).toContain('返信先がありません');
  expect(shown).toContain('匿名（氏名の記載なし）。返信先なし');
  expect(shown).toContain('どう対応するかと、その理由');
  expect(shown).not.toContain('答えを送る');
  expect(await (await clerk.get('/desk')).text()).toContain('返信先なし');
  const done = await clerk.post(`${at}/decided`, { seen: '1', attempt: 'b', do: 'decide', handling: REASON }, at);
  expect(done.status).toBe(303);
  const ending = await (await clerk.get(at)).text();
  expect(ending).toContain('返信先がないまま終える');
  const on = today();
  expect((await clerk.post(`${at}/closed`, { seen: '2', attempt: 'c', on }, at)).status).toBe(303);
  const over = await (await clerk.get(at)).text();
  expect(over).toContain('返信先がないまま終了');
  expect(over).toContain('対応した（返信先がなく、答えは送らない）');
  const asked = await (await clerk.get(`${at}?do=addressed`)).text();
  expect(asked).toContain('name="sender.address"');
  const again = await clerk.post(
    `${at}/addressed`,
    {
      seen: '3',
      attempt: 'd',
      on,
      'sender.name': '返信 あり子',
      'sender.address': HOME,
      'sender.email': '',
    },
    at,
  );
  expect(again.status).toBe(303);
  const open = await (await clerk.get(at)).text();
  expect(open).toContain('受け付けたことを、まだ知らせていません');
  expect(open).not.toContain('返信先がありません');
});
