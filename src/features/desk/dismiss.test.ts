// A request that ends without a decision: who may end it and when, what its letter says, the fee, what takes it back, and how it is counted.

import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  asking,
  collectedFor,
  disclosing,
  identified,
  later,
  openTestDesk,
  paid,
  registered,
  reviewed,
  rightPapers,
  seen,
  wordsOf,
} from '../../../tests/desk.ts';
import type { TestOffice } from '../../../tests/office.ts';
import { addHolding, addPerson, valueOf } from '../../../tests/people.ts';
import { addDays, type Day } from '../../base/day.ts';
import { eraDay } from '../../platform/ui/format.ts';
import { listEntries } from '../../log/index.ts';
import type { By, Room } from '../access/index.ts';
import { judge } from '../consultation/index.ts';
import { close, deliver, notify } from './actions/answer.ts';
import { cases, type Case } from './actions/cases.ts';
import { printLetter } from './actions/copies.ts';
import { decide } from './actions/decide.ts';
import { dismiss, says as dismissalSays } from './actions/dismiss.ts';
import { identify, receivePapers, refund, sendForms, tellShort } from './actions/receive.ts';
import { dueOf, clocksOf } from './facts/clocks.ts';
import type { DismissalGround } from './facts/event.ts';
import { nextEvents } from './facts/next.ts';
import { says } from './facts/says.ts';
import { stepsOf } from './pages/progress.tsx';
import { deskProvers } from './promises.ts';

let house: TestOffice;
let desk: Room;
let by: By;
let holding: string;
beforeAll(async () => {
  ({ house, desk, by } = await openTestDesk());
  holding = await addHolding(house);
});
afterAll(() => house.close());

const today = (): Day => desk.office.clock.today();

const ended = (one: Case, ground: DismissalGround, reason = '') =>
  dismiss(desk, by, one.row.id, seen(one), { on: today(), ground, reason });

/** A request whose form went out and of which nothing came back, although it was asked for. */
async function unanswered(): Promise<Case> {
  const one = await registered(desk, by, 'disclosure');
  const sent = valueOf(await sendForms(desk, by, one.row.id, seen(one), { on: today() }));
  const lacks = ['form', 'fee', 'identity'] as const;
  return valueOf(await tellShort(desk, by, one.row.id, seen(sent), { on: today(), lacks }));
}

const groundsOf = ({ request }: Case) => request.decided?.finding?.because.map(({ article }) => article);

const printed = async (one: Case, name: 'lacks' | 'notice' | 'refund'): Promise<string> =>
  wordsOf(valueOf(await printLetter(desk, by, one.row.id, name)).bytes);

const ready = async (one: Case): Promise<Case> =>
  valueOf(await notify(desk, by, one.row.id, seen(one), { on: today(), by: 'post' }));
const posted = async (one: Case): Promise<Case> =>
  valueOf(await deliver(desk, by, one.row.id, seen(one), { on: today(), by: 'post' }));

test('請求できない人の請求は、理由と改めて請求する方法、苦情の寄せ方を書いた手紙で却下し、手数料は返す', async () => {
  const one = valueOf(await ended(await paid(desk, by, 'disclosure'), 'stranger', '勤め先の方からのご請求でした。'));
  expect(one.row).toMatchObject({ state: 'open', stage: 'decided', decidable: false, principal_ids: [] });
  const draft = await printed(one, 'notice');
  expect(draft).toContain('ご請求をお受けできません');
  expect(draft).toContain('個人情報保護法37条3項');
  expect(draft).toContain('勤め先の方からのご請求でした。');
  expect(draft).toContain('改めてご請求いただけます');
  expect(draft).toContain('手数料としてお預かりした1,000円は、お返しします');
  expect(draft).toContain('ご不満があるとき');

  const sent = await posted(await ready(one));
  expect(nextEvents(sent.request)[0]).toBe('refunded');
  const early = await close(desk, by, one.row.id, seen(sent), { on: today() });
  expect(early).toMatchObject({ ok: false, problem: { fields: [{ field: 'fee', says: says.feeOver }] } });
  const back = valueOf(await refund(desk, by, one.row.id, seen(sent), { on: today(), yen: 1000 }));
  expect(await printed(back, 'refund')).toContain('手数料をいただく対応を行わなかったため');
  const over = valueOf(await close(desk, by, one.row.id, seen(back), { on: today() }));
  expect(over.row).toMatchObject({ state: 'dismissed', stage: 'closed' });
  expect(dueOf(clocksOf(over.request)).erase).not.toBeNull();
  expect(stepsOf(over.request, today(), 'ja').map(({ title, state }) => [title, state])).toEqual([
    ['受付', 'done'],
    ['用紙を送る', 'done'],
    ['書類が届く', 'done'],
    ['却下', 'done'],
    ['答えを送る', 'done'],
  ]);

  const [entry] = await listEntries(desk.office.database, { actions: ['desk:dismissed'], most: 1 });
  expect(entry?.entry).toMatchObject({
    request: one.row.id,
    ground: 'stranger',
    decision: { answer: 'no', because: ['APPI 37(3)'] },
  });
  expect(JSON.stringify(entry?.entry)).not.toContain('勤め先');
});

test('却下できるのは、断ることのできる人だけ', async () => {
  const one = await paid(desk, by, 'disclosure');
  const clerk = { kind: 'staff', id: house.staff.desk!, name: '佐伯 健', roles: ['desk'] } as const;
  const asked = { on: today(), ground: 'stranger', reason: '' } as const;
  expect(await dismiss(desk, { actor: clerk, authority: [] }, one.row.id, seen(one), asked)).toMatchObject({
    ok: false,
    problem: { kind: 'forbidden', says: dismissalSays.officer },
  });
});

test('求めても何も届かない請求は、手紙で知らせた日の次の日から却下できる', async () => {
  const one = await unanswered();
  const until = addDays(today(), 28);
  expect(one.request.waitsUntil).toBe(until);
  expect(await printed(one, 'lacks')).toContain(`${eraDay(until)}までに届かないときは`);
  later(house, 28);
  expect(await ended(one, 'lacking')).toMatchObject({
    ok: false,
    problem: { fields: [{ field: 'on', says: says.stillWaiting }] },
  });
  later(house, 1);
  const over = valueOf(await ended(one, 'lacking'));
  const letter = await printed(over, 'notice');
  expect(letter).toContain(`${eraDay(until)}までにお送りくださるようお願いしましたが`);
  for (const lack of ['このご請求に使う用紙', '手数料の全額', '本人を確認できる書類']) expect(letter).toContain(lack);
  expect(letter).not.toContain('お返しします');
  const closed = await posted(await ready(over));
  expect(nextEvents(closed.request)[0]).toBe('closed');
  expect(groundsOf(over)).toEqual(['12(iii)', '12(iv)', '38(1)']);
});

test('手数料だけが届かない請求は、本人を確かめていないことではなく、手数料が定めた方法で届かないことを根拠に却下する', async () => {
  const one = await registered(desk, by, 'disclosure');
  const came = valueOf(
    await receivePapers(desk, by, one.row.id, seen(one), { on: today(), ...rightPapers, feeYen: 0 }),
  );
  const told = valueOf(await tellShort(desk, by, one.row.id, seen(came), { on: today(), lacks: ['fee'] }));
  later(house, 29);
  const over = valueOf(await ended(told, 'lacking'));
  expect(groundsOf(over)).toEqual(['12(iv)', '38(1)']);
  const [entry] = await listEntries(desk.office.database, { actions: ['desk:dismissed'], most: 1 });
  expect(entry?.entry).toMatchObject({ decision: { answer: 'no', because: ['APPI-Order 12(iv)', 'APPI 38(1)'] } });
});

test('却下の手紙を送る前に書類が届けば、その手紙も理由も残らず、初めから確かめて答えられる', async () => {
  const name = '却下 戻子';
  await addPerson(house, holding, { name, email: 'modoriko@example.jp' });
  const waiting = await unanswered();
  const { id } = waiting.row;
  later(house, 30);
  const lying = await ready(valueOf(await ended(waiting, 'lacking', '期日を過ぎたため。')));
  expect(
    lying.papers.filter(({ kind, about, gone_at }) => kind === 'copy' && about === 'notice' && !gone_at),
  ).toHaveLength(1);
  const came = { on: today(), ...rightPapers, feeYen: 1000 };
  const back = valueOf(await receivePapers(desk, by, id, seen(lying), came));
  expect(back.row).toMatchObject({ state: 'open', stage: 'papers' });
  const kept = back.papers.filter(({ gone_at }) => gone_at === null).map(({ kind, about }) => `${kind} ${about ?? ''}`);
  expect(kept).not.toContain('copy notice');
  expect(kept).not.toContain('reason decided');
  const judged = await reviewed(desk, by, await collectedFor(desk, by, back, name));
  const decided = valueOf(await decide(desk, by, id, seen(judged), asking(disclosing)));
  const sent = await posted(await ready(decided));
  expect(sent.row).toMatchObject({ state: 'open', stage: 'delivered' });
  expect(sent.events.filter(({ event }) => event === 'notified')).toHaveLength(2);
  expect(await receivePapers(desk, by, id, seen(sent), came)).toMatchObject({ ok: false });
});

test('却下した後に請求できる人だと分かれば、確かめ直して戻せる', async () => {
  const known = await identified(desk, by, 'disclosure');
  const { id } = known.row;
  const over = await ready(valueOf(await ended(known, 'no-power')));
  expect([over.request.identified, over.row.principal_ids]).toEqual([null, []]);
  const checked = { documents: ['driving-licence'], checked: ['name', 'address', 'valid'] } as const;
  const who = { requester: 'principal', represents: null, authority: [], numbersCovered: true } as const;
  const back = valueOf(await identify(desk, by, id, seen(over), { on: today(), ...checked, ...who }));
  expect([back.request.decided, back.request.notified, back.row.stage]).toEqual([null, null, 'identified']);
});

test('約束の証拠では、却下したものとして数えられる', async () => {
  const { evidence } = await deskProvers.find(({ promise }) => promise === 'requests-answered')!.prove(desk.office);
  const over = await cases(desk, { most: 100 });
  expect(over.filter(({ state }) => state === 'dismissed')).toHaveLength(1);
  expect(evidence).toContainEqual({
    label: { ja: 'うち、却下したもの', en: 'Of these dismissed' },
    value: { ja: '3件', en: '3' },
  });
});

const logged = async () =>
  (await listEntries(desk.office.database, { actions: ['desk:dismissed'], most: 1 }))[0]?.entry;

// 28(3) speaks of what a person asks for (求め), and 37 is not about it.
test.each([
  ['ja', /請求|37条/, '28条3項', '届いたお求め'],
  ['en', /appl(?:y|ication)|37\(/i, '28(3)', 'therequest'],
] as const)(
  '外国の提供先の措置のお求めには、足りないものの手紙でも却下の手紙でも、請求とは書かず、37条を根拠にしない（%s）',
  async (lang, claims, article, called) => {
    const short = async (more: Parameters<typeof registered>[3] = {}): Promise<Case> => {
      const one = await registered(desk, by, 'foreign-information', { lang, ...more });
      const came = { on: today(), ...rightPapers, form: 'none', unreadable: true, feeYen: 1000 } as const;
      const papers = valueOf(await receivePapers(desk, by, one.row.id, seen(one), came));
      const missing = ['identity', 'unreadable', 'authority', 'specify'] as const;
      return valueOf(await tellShort(desk, by, one.row.id, seen(papers), { on: today(), lacks: missing }));
    };
    const lacking = await short();
    const asked = await printed(lacking, 'lacks');
    expect(asked).not.toMatch(claims);
    expect(asked).toContain(called);
    expect(await printed(lacking, 'refund')).not.toMatch(claims);
    for (const ground of ['stranger', 'no-power', 'deceased'] as const) {
      const dismissed = valueOf(await ended(await short(), ground));
      expect(await logged()).toMatchObject({ ground, decision: { answer: 'no', because: ['APPI 28(3)'] } });
      const over = await printed(dismissed, 'notice');
      expect([ground, over]).toEqual([ground, expect.stringContaining(article)]);
      expect([ground, over]).toEqual([ground, expect.not.stringMatching(claims)]);
    }
    later(house, 29);
    const dismissed = valueOf(await ended(lacking, 'lacking'));
    expect(await logged()).toMatchObject({ ground: 'lacking', decision: { answer: 'no', because: ['APPI 28(3)'] } });
    const over = await printed(dismissed, 'notice');
    expect(over).toContain(article);
    expect(over).not.toMatch(claims);
  },
);

// 28(3) does not say whether somebody who does not say whose recipient they mean may be turned away (37(2) is not about them).
test('外国の提供先の措置のお求めは、特定できないことだけでは、個人情報保護管理者が判断するまで却下できない', async () => {
  const one = await registered(desk, by, 'foreign-information');
  const came = { on: today(), ...rightPapers, form: 'none', feeYen: 0 } as const;
  const papers = valueOf(await receivePapers(desk, by, one.row.id, seen(one), came));
  const told = valueOf(await tellShort(desk, by, one.row.id, seen(papers), { on: today(), lacks: ['specify'] }));
  later(house, 29);
  expect(await ended(told, 'lacking')).toMatchObject({
    ok: false,
    problem: { fields: [{ field: 'ground', says: says.notNo }] },
  });
  await judge(desk.office, by, {
    code: 'measuresProcedure',
    answer: true,
    why: '方針で公表した手続による',
    holding_id: null,
    purpose: null,
    until_day: addDays(today(), 30),
  });
  valueOf(await ended(told, 'lacking'));
  expect(await logged()).toMatchObject({ ground: 'lacking', decision: { answer: 'no', because: ['APPI 28(3)'] } });
});
