// An answer that did not reach the person: it came back, or somebody else has it. What is shown, sent again, reported and told, through the actions
// and the pages of the desk.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  answered,
  asking,
  collected,
  disclosing,
  openTestDesk,
  registered,
  reviewed,
  seen,
  wordsOf,
} from '../../../tests/desk.ts';
import type { TestOffice, Visitor } from '../../../tests/office.ts';
import { addHolding, addPerson, valueOf } from '../../../tests/people.ts';
import { addDays, day, type Day } from '../../base/day.ts';
import { listEntries } from '../../log/index.ts';
import type { By, Room } from '../access/index.ts';
import { close, deliver, notify } from './actions/answer.ts';
import { caseOf, openCases, type Case } from './actions/cases.ts';
import { printLetter } from './actions/copies.ts';
import { decide } from './actions/decide.ts';
import { copiesOf, draftsOf } from './actions/drafts.ts';
import { eraseNextPapers } from './actions/erase.ts';
import { receiptCode, stageOfReceipt } from './actions/receipt.ts';
import { amend } from './actions/amend.ts';
import { withdraw } from './actions/receive.ts';
import { readReport } from './actions/report.ts';
import { requestsLeaked, says, undeliver } from './actions/undelivered.ts';
import type { Undelivered } from './facts/event.ts';
import { numberOf } from './facts/request.ts';
import { deskPages } from './pages/desk.tsx';
import { deskProvers } from './promises.ts';
import { publicNext, publicStage } from './words.ts';

let house: TestOffice;
let desk: Room;
let by: By;
let holding: string;
let clerk: Visitor;
beforeAll(async () => {
  ({ house, desk, by } = await openTestDesk((office, access) => deskPages({ office, access })));
  holding = await addHolding(house);
  clerk = await house.visitor('desk');
});
afterAll(() => house.close());

const today = (): Day => desk.office.clock.today();
const MOVED = { by: 'post', why: 'moved', envelope: 'unopened' } as const satisfies Undelivered;
const ASTRAY = { by: 'post', why: 'astray', envelope: 'away' } as const satisfies Undelivered;
/** A clerk, who may not decide refusals. */
const byClerk: By = { actor: { kind: 'staff', id: '', name: '', roles: ['desk'] }, authority: ['desk-work'] };

let people = 0;
/** A disclosure that was posted and closed today. */
async function over(): Promise<Case> {
  const name = `不達 ${++people}`;
  await addPerson(house, holding, { name, address: '東京都中央区例示町9-9' });
  const one = await reviewed(desk, by, await collected(desk, by, 'disclosure', name));
  return answered(desk, by, valueOf(await decide(desk, by, one.row.id, seen(one), asking(disclosing))));
}
const returned = async (one: Case, what: Undelivered = MOVED, on = today()): Promise<Case> =>
  valueOf(await undeliver(desk, by, one.row.id, seen(one), { on, ...what }));
const resent = async (one: Case): Promise<Case> =>
  valueOf(await deliver(desk, by, one.row.id, seen(one), { on: today(), by: 'post', addressChecked: true }));

const pageOf = async ({ row }: Case, query = ''): Promise<string> =>
  (await clerk.get(`/desk/${row.id}${query}`)).text();
const status = async ({ row }: Case) => {
  const asked = { number: numberOf(row), code: receiptCode(desk.office, row.id), address: '' };
  const shown = valueOf(await stageOfReceipt(desk, asked));
  return [publicStage(shown.stage, shown).ja, publicNext(shown.stage, shown).ja];
};
const proofOf = async (promise: string) => deskProvers.find((prover) => prover.promise === promise)!.prove(desk.office);

test('終えた請求の答えが戻ると、進行中に戻り、期限の一覧に並び、本人には届いていないと言う。届けば、また終えられる', async () => {
  const one = await over();
  expect([one.row.state, await status(one)]).toEqual(['closed', ['対応を終えました', expect.any(String)]]);
  const closed = await pageOf(one);
  expect(closed).toContain('do=undelivered');
  expect(await pageOf(one, '?do=undelivered')).toContain('宛所に尋ねあたらない');
  const back = await returned(one);
  expect(back.row).toMatchObject({ state: 'open', stage: 'notified', untold: true, closed_on: null });
  const listed = (await openCases({ office: desk.office })).find(({ id }) => id === one.row.id);
  expect(listed?.due_on).toBe(addDays(one.request.arrivedOn, 14));
  expect(await status(back)).toEqual([
    'お答えを、まだお届けできていません',
    'お送り先を確かめますので、お手数ですが、窓口へご連絡ください。',
  ]);
  const page = await pageOf(back);
  expect(page).toContain('答えが本人に届いていません：転居先が不明');
  expect(page).not.toContain('漏えいに当たるかもしれません');
  const early = await deliver(desk, by, one.row.id, seen(back), { on: today(), by: 'post' });
  expect(early).toMatchObject({ problem: { fields: [{ field: 'addressChecked' }] } });
  const again = await resent(back);
  expect(await status(again)).toEqual(['お答えをお送りしました', expect.any(String)]);
  expect(valueOf(await close(desk, by, one.row.id, seen(again), { on: today() })).row.state).toBe('closed');
  const [entry] = (await listEntries(house.db.app, { actions: ['desk:undelivered'], most: 5 })).map((row) => row.entry);
  expect(entry).toMatchObject({ request: one.row.id, by: 'post', why: 'moved', envelope: 'unopened' });
  expect((await proofOf('every-access-logged')).state).toBe('kept');
});

test('送り直すのは、送ったときの手紙と同じ。宛先を直すと、宛先だけが替わり、前の控えも残る', async () => {
  const one = await over();
  const letter = async (known: Case) => wordsOf(valueOf(await printLetter(desk, by, known.row.id, 'notice')).bytes);
  const back = await returned(one);
  const before = await letter(back);
  expect(draftsOf(back)).not.toContain('notice');
  const sender = { address: '大阪府大阪市例示区転居町7-7' };
  const put = valueOf(await amend(desk, by, one.row.id, seen(back), { sender }));
  const after = await letter(put);
  expect([before.includes('例示町9-9'), after.includes('転居町7-7'), after.includes('例示町9-9')]).toEqual([
    true,
    true,
    false,
  ]);
  const days = (text: string): string[] => text.match(/2026年\d+月\d+日/g) ?? [];
  expect(days(after)).toEqual(days(before));
  const notices = copiesOf(put).filter(({ about }) => about === 'notice');
  expect(notices).toHaveLength(2);
  const sent = await resent(put);
  expect(copiesOf(sent)).toEqual(copiesOf(put));
});

test('2人が同時に記録しても、1回。同じボタンを2度押しても、1回', async () => {
  const one = await over();
  const what = { on: today(), ...MOVED };
  const both = await Promise.all([1, 2].map(() => undeliver(desk, by, one.row.id, seen(one), what)));
  expect(both.map(({ ok }) => ok).toSorted()).toEqual([false, true]);
  expect(both.find(({ ok }) => !ok)).toMatchObject({ problem: { kind: 'conflict', field: 'seen' } });
  const again = valueOf(await caseOf(desk, one.row.id));
  const step = { ...seen(await resent(again)), attempt: 'returned-once', asked: 'undelivered' };
  const pressed = [
    await undeliver(desk, by, one.row.id, step, what),
    await undeliver(desk, by, one.row.id, step, what),
  ];
  expect(pressed.map((out) => valueOf(out).request.undelivered.length)).toEqual([2, 2]);
});

test('送った日より前には戻らない', async () => {
  const one = await over();
  const early = { on: addDays(today(), -1), ...MOVED };
  expect(await undeliver(desk, by, one.row.id, seen(one), early)).toMatchObject({
    problem: { fields: [{ field: 'on' }] },
  });
});

test('戻った答えは、月の報告では答えたうちに入らず、期限を過ぎれば約束を守れていない', async () => {
  const month = { from: day('2026-12-01'), to: day('2026-12-31') };
  const figures = async () => {
    const { answeredAll, flow } = await readReport(desk, month);
    return [answeredAll?.answers ?? 0, flow.reduce((n, { closed }) => n + closed, 0)];
  };
  const [answers, closed] = (await figures()) as [number, number];
  const one = await over();
  expect(await figures()).toEqual([answers + 1, closed + 1]);
  const back = await returned(one);
  expect(await figures()).toEqual([answers, closed]);
  const wrong = async () =>
    (await proofOf('requests-answered')).evidence.some(({ value }) => value.ja === numberOf(one.row));
  const before = desk.office.clock;
  expect(await wrong()).toBe(false);
  desk.office.clock = {
    ...before,
    today: () => addDays(before.today(), 20),
    now: () => before.now() + 20 * 86_400_000,
  };
  try {
    expect(await wrong()).toBe(true);
  } finally {
    desk.office.clock = before;
  }
  await resent(back);
  expect(await wrong()).toBe(false);
});

test('戻って開き直した請求の書類は、終えるまで消えない', async () => {
  const one = await over();
  await returned(one);
  const before = desk.office.clock;
  desk.office.clock = {
    ...before,
    today: () => addDays(before.today(), 200),
    now: () => before.now() + 200 * 86_400_000,
  };
  try {
    while (await eraseNextPapers(desk.office));
  } finally {
    desk.office.clock = before;
  }
  expect(valueOf(await caseOf(desk, one.row.id)).row.wrapped_key).not.toBeNull();
});

describe('ほかの人に渡ったかもしれない', () => {
  test('画面は漏えいかもしれないと言い、分かっていることを入れて関所に聞ける。管理者の仕事になり、管理者が終える', async () => {
    const one = await over();
    const back = await returned(one, ASTRAY);
    const page = await pageOf(back);
    expect(page).toContain('漏えいに当たるかもしれません');
    expect(page).toMatch(/action="\/ask\/breach"/);
    for (const [name, value] of [
      ['events', 'leak'],
      ['data', 'personal-data'],
      ['principals', '1'],
      ['knownOn', today()],
    ])
      expect(page).toContain(`name="${name}" value="${value}"`);
    expect(page).not.toContain('name="recoveredUnviewed"');
    expect((await requestsLeaked(desk.office)).map(({ id }) => id)).toContain(one.row.id);
    const sent = await resent(back);
    expect(await pageOf(sent)).toContain(says.officer.ja);
    const forbidden = { ok: false, problem: { kind: 'forbidden', says: says.officer } };
    expect(await close(desk, byClerk, one.row.id, seen(sent), { on: today() })).toMatchObject(forbidden);
    valueOf(await close(desk, by, one.row.id, seen(sent), { on: today() }));
    expect((await requestsLeaked(desk.office)).map(({ id }) => id)).not.toContain(one.row.id);
  });

  test('本人が要らないと言えば取り下げられるが、渡ったかもしれない手紙の控えは残り、それも管理者が終える', async () => {
    const one = await over();
    const back = await returned(one, { ...ASTRAY, envelope: 'opened' });
    const kept = copiesOf(back).map(({ id }) => id);
    expect(await withdraw(desk, byClerk, one.row.id, seen(back), { on: today() })).toMatchObject({ ok: false });
    const ended = valueOf(await withdraw(desk, by, one.row.id, seen(back), { on: today() }));
    expect(copiesOf(ended).map(({ id }) => id)).toEqual(kept);
  });
});

test('相談の答えも戻り、送り直せる', async () => {
  const asked = await registered(desk, by, 'consultation');
  const told = { facts: {}, plan: {}, reason: '', answer: 'お答えします。', mayRefuse: true };
  const known = valueOf(await decide(desk, by, asked.row.id, seen(asked), told));
  const ready = valueOf(await notify(desk, by, asked.row.id, seen(known), { on: today(), by: 'post' }));
  const sent = valueOf(await deliver(desk, by, asked.row.id, seen(ready), { on: today(), by: 'post' }));
  expect((await resent(await returned(sent))).row.stage).toBe('delivered');
});
