// What the person is told, compared with what was decided and done: the letters name what was stopped, erased or held back, with its day, and nothing
// else, whatever came or went between collecting, deciding, carrying out and telling.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asking, collected, disclosing, openTestDesk, seen, wordsOf } from '../../../tests/desk.ts';
import type { TestOffice } from '../../../tests/office.ts';
import { addConsent, addConsentText, addHolding, addPerson, addRecipient, valueOf } from '../../../tests/people.ts';
import { both } from '../../base/bilingual.ts';
import { day } from '../../base/day.ts';
import type { By, Room } from '../access/index.ts';
import { correct, eraseAll, held, standing, use } from '../checkpoint/index.ts';
import { provide } from '../provision/index.ts';
import { carryOut } from './actions/carry-out.ts';
import type { Case } from './actions/cases.ts';
import { review } from './actions/collect.ts';
import { decide, type DecideAsk, type Plan } from './actions/decide.ts';
import { printLetter } from './actions/copies.ts';
import { notify } from './actions/answer.ts';
import { shownOf } from './actions/shown.ts';
import { assign } from './actions/receive.ts';
import { effectsOf } from './store/effects.ts';
import { Carrying } from './pages/carrying.tsx';
import type { WithholdingGround } from './facts/event.ts';
import type { Kind } from './facts/kind.ts';

let house: TestOffice;
let desk: Room;
let by: By;
let holding: string;
let second: string;
let recipient: string;
let consentText: { code: string; version: number };
const items = ['name', 'email', 'phone', 'birth_date', 'note'];
beforeAll(async () => {
  ({ house, desk, by } = await openTestDesk());
  holding = await addHolding(house, { items, purposes: ['P1', 'P3'] });
  second = await addHolding(house, { items, name: both('会員台帳', 'Members') });
  recipient = await addRecipient(house);
  consentText = await addConsentText(house, { holding, recipients: [recipient], items: ['name', 'email'] });
});
afterAll(() => house.close());

let n = 0;
async function somebody(more: Record<string, string> = {}, where: readonly string[] = [holding]) {
  const name = `効果 ${String.fromCodePoint(0x4e00 + ++n)}子`;
  let id: string | undefined;
  for (const one of where)
    id = (await addPerson(house, one, { name, email: `eff-${n}@example.jp`, ...more }, id)).principal;
  return { id: id!, name };
}
const deciding = (one: Case, facts: DecideAsk['facts'], plan: Plan = {}) =>
  decide(desk, by, one.row.id, seen(one), asking(facts, plan));
const carried = async (one: Case): Promise<Case> => valueOf(await carryOut(desk, by, one.row.id, seen(one)));
const text = async (one: Case, name: 'notice' | 'disclosed') =>
  wordsOf(valueOf(await printLetter(desk, by, one.row.id, name)).bytes);

const harmed = { reason: 'may-harm', found: 'all' } as const;

/** Decides on each item: those named are withheld, or redacted where another text is given; the others are disclosed. */
async function reviewed(
  of: Case,
  held: Record<string, { ground: WithholdingGround; redacted?: string }>,
): Promise<Case> {
  let one = of;
  for (const { holding: place, items: codes } of one.request.collected!.holdings)
    for (const item of codes) {
      const { ground, redacted = '' } = held[item] ?? { ground: null };
      const decision = ground === null ? 'disclose' : redacted ? 'redact' : 'withhold';
      const ask = { holding: place, item, decision, ground, reason: ground ? `${item}の理由` : '', redacted } as const;
      one = valueOf(await review(desk, by, one.row.id, seen(one), ask));
    }
  return one;
}

const without = async (id: string, ...codes: string[]) =>
  valueOf(
    await correct(house.office, by, {
      principal: id,
      holding,
      items: Object.fromEntries(codes.map((code) => [code, null])),
      ground: 'accuracy',
    }),
  );

const notifying = (one: Case) =>
  notify(desk, by, one.row.id, seen(one), { on: house.office.clock.today(), by: 'post' });

test('nothing is carried out by whoever has not seen the last event, not even in part', async () => {
  const { id, name } = await somebody({}, [holding, second]);
  const one = valueOf(await deciding(await collected(desk, by, 'erasure', name), { ...harmed, keeping: null }));
  const to = house.staff.desk!;
  const assigned = valueOf(await assign(desk, by, one.row.id, seen(one), { on: house.office.clock.today(), to }));
  expect(await carryOut(desk, by, one.row.id, seen(one))).toMatchObject({
    ok: false,
    problem: { kind: 'conflict', field: 'seen' },
  });
  expect(valueOf(await held(house.office, id))).toMatchObject({
    records: expect.arrayContaining([holding, second].map((place) => expect.objectContaining({ holding: place }))),
  });
  expect(await effectsOf(house.office.database, one.row.id)).toEqual([]);
  await carried(assigned);
  expect(valueOf(await held(house.office, id))).toHaveProperty('entry');
});

describe('a stop', () => {
  test.each([
    ['stop-use', { purposes: ['P3'] }, '利用をやめた台帳'],
    ['stop-provision', { recipients: [''] }, '提供をやめた台帳'],
  ] as const)('of everything is told as that, whatever part of it was chosen first: %s', async (kind, plan, title) => {
    const who = await somebody();
    const chosen = 'recipients' in plan ? { recipients: [recipient] } : { purposes: [...plan.purposes] };
    const one = await carried(valueOf(await deciding(await collected(desk, by, kind, who.name), harmed, chosen)));
    expect(one.suspensions).toMatchObject([{ purposes: null, recipients: null }]);
    const notice = await text(one, 'notice');
    expect(notice).toContain(`${title}・メールマガジンの読者`);
    expect(notice).not.toMatch(/配信とご案内|株式会社共同企画/);
  });

  test.each(['stop-use', 'stop-provision'] as const)(
    'names a ledger that the person came into since: %s',
    async (kind) => {
      const who = await somebody();
      const one = valueOf(await deciding(await collected(desk, by, kind, who.name), harmed));
      await addPerson(house, second, { name: who.name, phone: '03-0000-2222' }, who.id);
      const notice = await text(await carried(one), 'notice');
      for (const ledger of ['メールマガジンの読者', '会員台帳'])
        expect(notice).toContain(`・${ledger}（令和8年12月7日から）`);
    },
  );

  test('that takes the place of an erasure which a law forbids is told, with its day and the last day of keeping', async () => {
    const who = await somebody();
    const keeping = { legalBasis: '法人税法126条 帳簿', until: day('2030-03-31'), part: false };
    const one = await carried(
      valueOf(await deciding(await collected(desk, by, 'erasure', who.name), { ...harmed, keeping })),
    );
    expect(one.suspensions).toMatchObject([{ stops: 'use', purposes: null, from_day: '2026-12-07' }]);
    const notice = await text(one, 'notice');
    expect(notice).toContain('法令（法人税法126条帳簿）により令和12年3月31日まで保存しなければならないため');
    expect(notice).toContain('ほかの利用は令和8年12月7日にやめました');
  });
});

describe('an erasure', () => {
  test('of what no law keeps goes on where a law keeps the rest, which is used no more; both are told', async () => {
    const who = await somebody({ note: '広告の好み' }, [holding, second]);
    const facts = { ...harmed, keeping: { legalBasis: '法人税法126条 帳簿', until: day('2030-03-31'), part: true } };
    const all = { name: null, email: null, note: null };
    const collectedOne = await collected(desk, by, 'erasure', who.name);
    const whole = {
      changes: [
        { holding, items: all },
        { holding: second, items: all },
      ],
    };
    expect(await deciding(collectedOne, facts, whole)).toMatchObject({
      problem: { kind: 'invalid', fields: [{ field: 'changes.0.items' }, { field: 'changes.1.items' }] },
    });
    const changes = [
      { holding, items: all },
      { holding: second, items: { note: null } },
    ];
    const known = valueOf(await deciding(collectedOne, facts, { changes }));
    expect(known.request.decided).toMatchObject({ result: 'partly', finding: { answer: 'yes' } });
    const shown = Carrying({
      lang: 'ja',
      request: known.request,
      stands: await standing(house.office),
      recipients: new Map(),
    });
    expect(String(shown)).toMatch(/消去する：.*備考.*すべての利用を止める台帳/s);
    const one = await carried(known);
    expect(one.suspensions).toMatchObject([{ stops: 'use', purposes: null, from_day: '2026-12-07' }]);
    const about = valueOf(await held(house.office, who.id));
    expect('records' in about && about.records.map((record) => [record.holding, record.items])).toEqual([
      [second, ['name', 'email']],
    ]);
    const read = { principal: who.id, holding: second, items: ['name'], purpose: 'P3' } as const;
    expect(await use(house.office, by, read)).toMatchObject({ ok: false });
    const notice = await text(one, 'notice');
    expect(notice).toContain('・「メールマガジンの読者」の氏名、メールアドレス、備考（令和8年12月7日）');
    expect(notice).toContain('・「会員台帳」の備考（令和8年12月7日）');
    expect(notice).toContain(
      '消去していないものは、法令（法人税法126条帳簿）により令和12年3月31日まで保存しなければならないため',
    );
    expect(notice).toContain('ほかの利用は令和8年12月7日にやめました');
  });

  test('is told as it was made: what came since it was collected too, and on the day it was made', async () => {
    const who = await somebody();
    const one = valueOf(await deciding(await collected(desk, by, 'erasure', who.name), { ...harmed, keeping: null }));
    await addPerson(house, second, { name: who.name, phone: '03-0000-2222' }, who.id);
    await addPerson(house, holding, { note: '後から' }, who.id);
    await without(who.id, 'email');
    // Outside the desk, on the ground that the request named.
    valueOf(await eraseAll(house.office, by, { principal: who.id, ground: 'request-harm' }));
    house.clock.moveTo('2026-12-09T09:00:00+09:00');
    const notice = await text(await carried(one), 'notice');
    house.clock.moveTo('2026-12-07T08:42:00+09:00');
    expect(notice).toContain('・「メールマガジンの読者」の氏名、備考（令和8年12月7日）');
    expect(notice).toContain('・「会員台帳」の氏名、電話番号（令和8年12月7日）');
  });
});

test.each([
  ['stop-use', harmed, { purposes: ['P3'] }, /すべての利用を止める台帳.*メールマガジンの読者/],
  ['stop-use', { ...harmed, found: 'part' }, { purposes: ['P3'] }, /止める利用目的.*配信とご案内/],
  ['stop-use', { ...harmed, substitute: { difficult: true, protects: true } }, { measures: '送付をやめる' }, null],
  [
    'erasure',
    { ...harmed, keeping: { legalBasis: '法人税法126条 帳簿', until: day('2030-03-31'), part: false } },
    {},
    /すべての利用を止める台帳.*メールマガジンの読者/,
  ],
] satisfies [Kind, DecideAsk['facts'], Plan, RegExp | null][])(
  'beside the button stands what is carried out, and no more: %s, %j',
  async (kind, facts, plan, stands) => {
    const who = await somebody();
    const { request } = valueOf(await deciding(await collected(desk, by, kind, who.name), facts, plan));
    const names = new Map([[recipient, '株式会社共同企画']]);
    const shown = Carrying({ lang: 'ja', request, stands: await standing(house.office), recipients: names });
    if (stands === null) expect(shown).toBeNull();
    else expect(String(shown)).toMatch(stands);
  },
);

// 36
test('what is not done as asked is not decided without its reasons', async () => {
  const who = await somebody();
  const one = await collected(desk, by, 'stop-use', who.name);
  const unexplained = (facts: DecideAsk['facts'], plan: Plan) =>
    decide(desk, by, one.row.id, seen(one), { ...asking(facts, plan), reason: ' \n' });
  for (const [facts, plan] of [
    [{ ...harmed, found: 'none' }, {}],
    [{ ...harmed, found: 'part' }, { purposes: ['P3'] }],
    [{ ...harmed, substitute: { difficult: true, protects: true } }, { measures: '送付をやめる' }],
  ] satisfies [DecideAsk['facts'], Plan][])
    expect(await unexplained(facts, plan)).toMatchObject({ ok: false, problem: { fields: [{ field: 'reason' }] } });
  expect(valueOf(await unexplained(harmed, {})).request.decided?.result).toBe('granted');
});

describe('a disclosure', () => {
  const held = { note: { ground: 'harms', redacted: '■■さんの紹介' }, phone: { ground: 'impedes' } } as const;
  const full = { note: '佐藤さんの紹介', phone: '03-0000-0000' };

  test('holds back and covers nothing that went before the decision', async () => {
    const who = await somebody(full);
    const one = await reviewed(await collected(desk, by, 'disclosure', who.name), held);
    await without(who.id, 'note', 'phone');
    const decided = valueOf(await deciding(one, disclosing));
    expect(decided.request.decided?.result).toBe('granted');
    const paper = await text(decided, 'disclosed');
    expect(paper).not.toMatch(/紹介|黒く塗った|開示しません/);
    expect(await text(decided, 'notice')).not.toMatch(/備考|電話番号/);
  });

  test.each([
    ['what was held back', ['phone'], 'partly'],
    ['all that was held back', ['phone', 'note'], 'granted'],
    ['all that was to be shown', ['name', 'email', 'note'], 'refused'],
  ] as const)('is decided anew where %s went after the decision', async (_, gone, result) => {
    const who = await somebody(full);
    const one = valueOf(
      await deciding(await reviewed(await collected(desk, by, 'disclosure', who.name), held), disclosing),
    );
    await without(who.id, ...gone);
    expect(await notifying(one)).toMatchObject({ ok: false, problem: { fields: [{ field: 'event' }] } });
    const anew = valueOf(await deciding(one, disclosing));
    expect(anew.request.decided?.result).toBe(result);
    const notice = await text(anew, 'notice');
    expect(notice.includes('電話番号')).toBe(!(gone as readonly string[]).includes('phone'));
    valueOf(await notifying(anew));
  });

  test('goes out where something went that changes nothing of the decision', async () => {
    const who = await somebody(full);
    const one = valueOf(
      await deciding(await reviewed(await collected(desk, by, 'disclosure', who.name), held), disclosing),
    );
    await without(who.id, 'email');
    expect(await text(one, 'disclosed')).not.toContain('@example.jp');
    const { data } = valueOf(await shownOf(desk, by, one.row.id));
    expect(data).toEqual([{ holding, values: { name: who.name, note: held.note.redacted } }]);
    valueOf(await notifying(one));
  });

  test('is told of many at once as of each, more than there are connections to the database', async () => {
    await addPerson(house, second, { name: '大勢 一子' });
    const ones: Case[] = [];
    for (let i = 0; i < 13; i++) {
      const one = await reviewed(await collected(desk, by, 'disclosure', '大勢 一子'), {});
      ones.push(valueOf(await deciding(one, disclosing)));
    }
    const told = await Promise.all(ones.map(notifying));
    expect(told.map((one) => one.ok && one.value.request.notified?.on)).toEqual(ones.map(() => '2026-12-07'));
  });

  test('of records tells that some are held back, and never which', async () => {
    const who = await somebody();
    await addConsent(house, who.id, consentText);
    for (const codes of [['name'], ['email']]) {
      const given = { principal: who.id, holding, items: codes, purpose: 'P3', recipient } as const;
      valueOf(await provide(house.office, by, { ...given, facts: { relation: 'third-party' } }));
    }
    let one = await collected(desk, by, 'record-disclosure', who.name);
    const [{ holding: place, items: ids }] = one.request.collected!.holdings as [{ holding: string; items: string[] }];
    const withhold = async (item: string) => {
      const ask = {
        holding: place,
        item,
        decision: 'withhold',
        ground: 'harms',
        reason: '身に危険',
        redacted: '',
      } as const;
      return valueOf(await review(desk, by, one.row.id, seen(one), ask));
    };
    one = await withhold(ids[0]!);
    one = valueOf(await deciding(one, disclosing));
    expect(one.request.decided?.result).toBe('partly');
    const notice = await text(one, 'notice');
    expect(notice).toContain('第三者へ提供した記録（一部）');
    expect(notice).not.toMatch(/provisions|株式会社共同企画/);
    expect(notice).not.toContain(ids[0]!);
    const { provisions } = valueOf(await shownOf(desk, by, one.row.id));
    expect(provisions.map(({ id }) => id)).toEqual([ids[1]]);
  });
});
