// A request whose answer cannot be brought to the person: it came back, somebody tries to reach them, and in the end an officer closes it without saying
// that it was answered. Through the actions, the promises, the report and the pages of the desk.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { answered, asking, collected, disclosing, later, openTestDesk, reviewed, seen } from '../../../tests/desk.ts';
import type { TestOffice, Visitor } from '../../../tests/office.ts';
import { addHolding, addPerson, valueOf } from '../../../tests/people.ts';
import { countOf } from '../../base/promise.ts';
import { addDays, day, type Day } from '../../base/day.ts';
import { listEntries } from '../../log/index.ts';
import type { By, Room } from '../access/index.ts';
import { address } from './actions/address.ts';
import { close, deliver, notify } from './actions/answer.ts';
import { openCases, type Case } from './actions/cases.ts';
import { decide } from './actions/decide.ts';
import { readPaper } from './actions/papers.ts';
import { receiptCode, stageOfReceipt } from './actions/receipt.ts';
import { extend } from './actions/receive.ts';
import { readReport } from './actions/report.ts';
import { seek } from './actions/seek.ts';
import { says, undeliver } from './actions/undelivered.ts';
import { deskDays, dueOf, clocksOf } from './facts/clocks.ts';
import { nextEvents } from './facts/next.ts';
import { numberOf } from './facts/request.ts';
import { deskPages } from './pages/desk.tsx';
import { deskProvers } from './promises.ts';
import { bodyOf } from './store/events.ts';
import { eventWord, publicStage } from './words.ts';

let house: TestOffice;
let desk: Room;
let by: By;
let holding: string;
beforeAll(async () => {
  ({ house, desk, by } = await openTestDesk((office, access) => deskPages({ office, access })));
  holding = await addHolding(house);
});
afterAll(() => house.close());

const today = (): Day => desk.office.clock.today();
/** A clerk, who may not decide refusals. */
const byClerk: By = { actor: { kind: 'staff', id: '', name: '', roles: ['desk'] }, authority: ['desk-work'] };
const problem = (field: string, what?: object) => ({ problem: { fields: [{ field, ...what }] } });

/** Signed in anew: sessions end while the clock moves on by weeks. */
const visiting = (role: 'desk' | 'officer'): Promise<Visitor> => house.visitor(role);

let people = 0;
async function decided(): Promise<Case> {
  const name = `不達 ${++people}`;
  await addPerson(house, holding, { name, address: '東京都中央区例示町9-9' });
  const one = await reviewed(desk, by, await collected(desk, by, 'disclosure', name));
  return valueOf(await decide(desk, by, one.row.id, seen(one), asking(disclosing)));
}
/** A disclosure that was posted and closed today, and came back today. */
async function returned(): Promise<Case> {
  const one = await answered(desk, by, await decided());
  const what = { on: today(), by: 'post', why: 'moved', envelope: 'unopened', kept: '金庫2段目' } as const;
  return valueOf(await undeliver(desk, by, one.row.id, seen(one), what));
}
const tried = async (one: Case, how: 'phone' | 'nothing' = 'phone'): Promise<Case> =>
  valueOf(await seek(desk, by, one.row.id, seen(one), { on: today(), how, reason: '留守番電話になった' }));
const ended = (one: Case, who = by) => close(desk, who, one.row.id, seen(one), { on: today() });
async function givenUp(): Promise<Case> {
  const one = await tried(await returned());
  later(house, deskDays.waits + 1);
  return valueOf(await ended(one));
}
const proofOf = async (promise: string) => deskProvers.find((prover) => prover.promise === promise)!.prove(desk.office);
const outside = async (promise: string) =>
  (await proofOf(promise)).evidence.find(({ label }) => label.ja.includes('届かないまま終えたもの'))?.value;

test('戻った答えの置き場所と、本人への連絡が封をして残り、記録には符号だけが載る', async () => {
  const one = await returned();
  const early = await seek(desk, by, one.row.id, seen(one), { on: addDays(today(), -1), how: 'phone', reason: '' });
  expect(early).toMatchObject(problem('on'));
  const now = await tried(one);
  expect(now.request.sought).toEqual([{ on: today(), how: 'phone' }]);
  const notes = now.papers.filter(
    ({ kind, about }) => kind === 'reason' && ['undelivered', 'sought'].includes(about ?? ''),
  );
  const texts = await Promise.all(notes.map(({ id }) => readPaper(desk, by, one.row.id, id)));
  expect(texts.map((read) => JSON.stringify(valueOf(read)))).toEqual([
    expect.stringContaining('金庫2段目'),
    expect.stringContaining('留守番電話になった'),
  ]);
  const [entry] = await listEntries(house.db.app, { actions: ['desk:sought'], most: 1 });
  expect(entry!.entry).toMatchObject({ request: one.row.id, how: 'phone' });
  expect(JSON.stringify(entry)).not.toContain('留守番');
  const page = await (await (await visiting('desk')).get(`/desk/${one.row.id}`)).text();
  expect(page).toMatch(/本人への連絡：.*（電話）/);
  valueOf(await deliver(desk, by, one.row.id, seen(now), { on: today(), by: 'post', addressChecked: true }));
});

test('届かないまま終えるには、本人に連絡してみて、日数だけ待つ。終えるのは個人情報保護管理者だけ', async () => {
  const one = await returned();
  expect(nextEvents(one.request)).not.toContain('closed');
  expect(await ended(one)).toMatchObject(problem('event'));
  const now = await tried(one, 'nothing');
  expect(nextEvents(now.request)).toContain('closed');
  expect(await ended(now)).toMatchObject(problem('on'));
  later(house, deskDays.waits);
  expect(await ended(now)).toMatchObject(problem('on'));
  later(house, 1);
  expect(await ended(now, byClerk)).toMatchObject({ problem: { kind: 'forbidden', says: says.undelivered } });
  const form = `/desk/${one.row.id}?do=closed`;
  expect(await (await (await visiting('desk')).get(form)).text()).toContain(says.undelivered.ja);
  expect(await (await (await visiting('officer')).get(form)).text()).toContain('民法97条1項');
  const over = valueOf(await ended(now));
  expect(over.row).toMatchObject({ state: 'undelivered', stage: 'closed', closed_on: today(), untold: false });
  expect(eventWord(bodyOf(over.events.at(-1)!)).ja).toBe('答えが届かないまま終了');
  const [entry] = await listEntries(house.db.app, { actions: ['desk:closed'], most: 1 });
  expect(entry!.entry).toMatchObject({ request: one.row.id, undelivered: true });
  const asked = { number: numberOf(one.row), code: receiptCode(desk.office, one.row.id), address: '' };
  const shown = valueOf(await stageOfReceipt(desk, asked));
  expect(publicStage(shown.stage, shown).ja).toBe('お答えを、まだお届けできていません');
  expect(await (await (await visiting('desk')).get(`/desk/${one.row.id}`)).text()).toContain(
    '答えが届かないまま終えました',
  );
  expect(await (await (await visiting('desk')).get('/desk?state=closed')).text()).toContain(
    '答えが届かないまま終わった',
  );
});

test('約束は、答えたとも、答えていないとも数えない。待つ間は数え、遅れて送ったものは約束を破ったまま', async () => {
  const waiting = await tried(await returned());
  later(house, 15);
  expect((await proofOf('requests-answered')).state).toBe('broken');
  later(house, deskDays.waits - 14);
  const before = await outside('requests-answered');
  const over = valueOf(await ended(waiting));
  const [answer, notice] = [await proofOf('requests-answered'), await proofOf('result-notified')];
  expect([answer.state, notice.state, (await proofOf('every-access-logged')).state]).toEqual(['kept', 'kept', 'kept']);
  const n = Number(/\d+/.exec(before?.ja ?? '0')![0]) + 1;
  expect([await outside('requests-answered'), await outside('result-notified')]).toEqual([countOf(n), countOf(n)]);
  const month = { from: day(`${today().slice(0, 7)}-01`), to: today() };
  const line = (await readReport(desk, month)).flow.find(
    ({ kind, scope }) => kind === 'disclosure' && scope === 'customer',
  );
  expect(line).toMatchObject({ closed: 0, undelivered: expect.any(Number) });
  expect(line!.undelivered).toBeGreaterThan(0);
  expect(over.request.delivered).toEqual([]);

  const late = await decided();
  later(house, 20);
  let one = valueOf(await notify(desk, by, late.row.id, seen(late), { on: today(), by: 'post' }));
  one = valueOf(await deliver(desk, by, one.row.id, seen(one), { on: today(), by: 'post' }));
  const what = { on: today(), by: 'post', why: 'not-there', envelope: 'unopened' } as const;
  one = await tried(valueOf(await undeliver(desk, by, one.row.id, seen(one), what)));
  later(house, deskDays.waits + 1);
  one = valueOf(await ended(one));
  expect((await proofOf('requests-answered')).state).toBe('broken');
  one = valueOf(await address(desk, by, one.row.id, seen(one), { on: today(), sender: {} }));
  one = valueOf(await deliver(desk, by, one.row.id, seen(one), { on: today(), by: 'post', addressChecked: true }));
  expect((await proofOf('requests-answered')).state).toBe('broken');
});

test('後から本人と連絡が取れたら、また進行中になり、同じ答えをその日から数えて送る。書類を消去した後は新しい請求', async () => {
  const one = await givenUp();
  expect(nextEvents(one.request)).toEqual(['papers-erased', 'addressed']);
  const moved = { on: today(), sender: { address: '大阪府大阪市例示区転居町7-7' } };
  expect(await address(desk, by, one.row.id, seen(one), moved)).toMatchObject(problem('sender.address'));
  const page = await (await (await visiting('desk')).get(`/desk/${one.row.id}?do=addressed`)).text();
  expect([page.includes('連絡が取れた日'), page.includes('差出人の住所')]).toEqual([true, false]);
  const open = valueOf(await address(desk, by, one.row.id, seen(one), { on: today(), sender: {} }));
  expect(open.row).toMatchObject({ state: 'open', untold: true, addressed_on: today() });
  expect(open.request).toMatchObject({ toSendAgain: true, sought: [], decided: { result: 'granted' } });
  expect(dueOf(clocksOf(open.request)).decision).toBe(addDays(today(), deskDays.decision));
  expect((await openCases({ office: desk.office })).map(({ id }) => id)).toContain(one.row.id);
  const sent = valueOf(
    await deliver(desk, by, one.row.id, seen(open), { on: today(), by: 'post', addressChecked: true }),
  );
  const over = valueOf(await ended(sent));
  expect(over.row.state).toBe('closed');
  const never = await close(desk, by, one.row.id, seen(over), { on: today() });
  expect(never).toMatchObject(problem('event'));
  const still = await givenUp();
  expect(
    await extend(desk, by, still.row.id, seen(still), { on: today(), until: addDays(today(), 20), reason: '調査' }),
  ).toMatchObject(problem('event'));
});

test('届いた答えについて、連絡の試みも、届かないまま終えることも記録できない', async () => {
  let one = await decided();
  one = valueOf(await notify(desk, by, one.row.id, seen(one), { on: today(), by: 'post' }));
  const ask = { on: today(), how: 'phone', reason: '' } as const;
  expect(await seek(desk, by, one.row.id, seen(one), ask)).toMatchObject(problem('event'));
  one = valueOf(await deliver(desk, by, one.row.id, seen(one), { on: today(), by: 'post' }));
  expect(await seek(desk, by, one.row.id, seen(one), ask)).toMatchObject(problem('event'));
  expect(valueOf(await ended(one)).row.state).toBe('closed');
});

test('連絡が取れた本人の請求は、初めから返信先のあった請求として書かれる', async () => {
  const one = await givenUp();
  const reached = valueOf(await address(desk, by, one.row.id, seen(one), { on: today(), sender: {} }));
  const page = await (await (await visiting('desk')).get(`/desk/${reached.row.id}`)).text();
  expect(page).toMatch(/連絡が取れてから<|連絡が取れてから1日目/);
  expect(page).not.toMatch(/返信先が分かっ|返信先は|返信先を記録/);
});
