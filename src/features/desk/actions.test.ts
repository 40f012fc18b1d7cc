// What the desk's actions do beyond the journeys over HTTP: a carrying out that stops and goes on, and two clerks at once.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  asking,
  collected,
  collectedFor,
  disclosing,
  openTestDesk,
  registered,
  reviewed,
  rightPapers,
  seen,
  untrue,
  wordsOf,
} from '../../../tests/desk.ts';
import type { TestOffice } from '../../../tests/office.ts';
import { addHolding, addPerson, askedThemselves, specifyFound, valueOf } from '../../../tests/people.ts';
import { both } from '../../base/bilingual.ts';
import { addDays, day, type Day } from '../../base/day.ts';
import type { Outcome } from '../../base/outcome.ts';
import { listEntries } from '../../log/index.ts';
import type { By, Room } from '../access/index.ts';
import { correct, held } from '../checkpoint/index.ts';
import { consentsOf } from '../consent/index.ts';
import { close, deliver, notify } from './actions/answer.ts';
import { carryOut } from './actions/carry-out.ts';
import { caseOf, type Case } from './actions/cases.ts';
import { collect, review } from './actions/collect.ts';
import { printLetter } from './actions/copies.ts';
import { decide, type DecideAsk, type Plan } from './actions/decide.ts';
import { amend } from './actions/amend.ts';
import { overtaken } from './actions/happen.ts';
import { extend, identify, receivePapers, refund, says as receiveSays, tellShort } from './actions/receive.ts';
import type { Agent, Sender } from './actions/register.ts';
import { decideBy, extendableTo } from './facts/clocks.ts';
import type { Kind } from './facts/kind.ts';
import { says } from './facts/says.ts';
import { stepsOf } from './pages/progress.tsx';
import { dropPapers } from './store/papers.ts';

let house: TestOffice;
let desk: Room;
let by: By;
/** Two clerks, so that no two calls count as one press of a button. */
let clerks: readonly [By, By];
let holdings: readonly [string, string];
beforeAll(async () => {
  ({ house, desk, by } = await openTestDesk());
  const clerk = { kind: 'staff', id: house.staff.desk!, name: '佐伯 健', roles: ['desk'] } as const;
  clerks = [by, { actor: clerk, authority: ['desk-requests'] }];
  const second = { name: both('会員台帳', 'Members') };
  holdings = [await addHolding(house), await addHolding(house, second)];
});
afterAll(() => house.close());

let n = 0;

/** Somebody in both holdings. */
async function somebody(): Promise<{ id: string; name: string }> {
  const name = `窓口 ${String.fromCodePoint(0x4e00 + ++n)}子`;
  const { principal } = await addPerson(house, holdings[0], { name, email: `desk-${n}@example.jp` });
  await addPerson(house, holdings[1], { name, email: `desk-${n}@example.jp` }, principal);
  return { id: principal, name };
}

async function decided(one: Case, facts: DecideAsk['facts'], plan: Plan = {}): Promise<Case> {
  const ask = { facts, reason: '', plan, answer: '', mayRefuse: true };
  return valueOf(await decide(desk, by, one.row.id, seen(one), ask));
}

const versions = async (id: string): Promise<number[]> => {
  const about = valueOf(await held(house.office, id));
  if (!('records' in about)) return [];
  return holdings.map((holding) => about.records.find((one) => one.holding === holding)!.version);
};

test('途中で止まった実施は、何を待つかを答え、直れば残りだけを行う', async () => {
  const [{ id, name }, other] = [await somebody(), await somebody()];
  const changes: NonNullable<Plan['changes']> = [
    { holding: holdings[0], items: { note: '訂正済み' } },
    { holding: holdings[1], items: { email: `taken-${n}@example.jp` } },
  ];
  const taken = { principal: other.id, holding: holdings[1], ground: 'accuracy' } as const;
  const one = await decided(await collected(desk, by, 'correction', name), untrue, { changes });
  valueOf(await correct(house.office, by, { ...taken, items: changes[1]!.items }));
  for (let i = 0; i < 2; i++) {
    const stopped = await carryOut(desk, by, one.row.id, seen(one));
    expect(stopped).toMatchObject({
      ok: false,
      problem: { kind: 'conflict', field: 'items.email', existing: other.id },
    });
    expect(await versions(id)).toEqual([2, 1]);
  }
  valueOf(await correct(house.office, by, { ...taken, items: { email: `free-${n}@example.jp` } }));
  const done = valueOf(await carryOut(desk, by, one.row.id, seen(one)));
  expect(await versions(id)).toEqual([2, 2]);
  const entryOf = new Map(done.effects.map(({ step, entry_id }) => [step, entry_id]));
  expect(entryOf.size).toBe(2);
  expect(done.request.carriedOut?.entries).toEqual(holdings.map((holding) => entryOf.get(`correct:${holding}`)));
});

test('二人が同時に実施しても、直すのは一度だけ', async () => {
  const { id, name } = await somebody();
  const changes = [{ holding: holdings[0], items: { note: '訂正済み' } }];
  const one = await decided(await collected(desk, by, 'correction', name), untrue, { changes });
  const both = await Promise.all(Array.from({ length: 4 }, () => carryOut(desk, by, one.row.id, seen(one))));
  expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  for (const lost of both.filter(({ ok }) => !ok))
    expect(lost).toMatchObject({ problem: { kind: 'conflict', field: 'seen' } });
  expect(await versions(id)).toEqual([2, 1]);
});

test('実施しようとした時に決定が取り消されたら、計画の記録がないとは言わず、開き直して確かめるよう言う', async () => {
  const { id, name } = await somebody();
  const changes = [{ holding: holdings[0], items: { note: '訂正済み' } }];
  const one = await decided(await collected(desk, by, 'correction', name), untrue, { changes });
  const { owner } = house.db;
  const outcome = await owner.transaction(async (tx) => {
    await tx.query('LOCK TABLE request_papers', []);
    const carrying = carryOut(desk, by, one.row.id, seen(one));
    const waiting =
      "SELECT FROM pg_stat_activity WHERE datname = current_database() AND usename = 'sekisho_app' AND wait_event_type = 'Lock'";
    await expect.poll(async () => (await owner.query(waiting, [])).length).toBe(1);
    // As another clerk does who asks anew for what shows who asks.
    await dropPapers(tx, one.row.id, 'change', new Date(house.clock.now()));
    await tx.query('UPDATE requests SET last = last + 1 WHERE id = $1', [one.row.id]);
    return { carrying };
  });
  expect(await outcome.carrying).toEqual(overtaken);
  expect(await versions(id)).toEqual([1, 1]);
});

/** Two clerks do the same at the same moment, often enough that they do collide. */
const atOnce = (act: (clerk: By) => Promise<Outcome<Case>>): Promise<Outcome<Case>[]> =>
  Promise.all(Array.from({ length: 6 }, (_, i) => act(clerks[i % 2]!)));

/** One of them succeeds; the others are told that somebody was first, and nothing of theirs is written. */
function once(outcomes: readonly Outcome<Case>[]): Case {
  const won = outcomes.filter(({ ok }) => ok);
  expect(won).toHaveLength(1);
  for (const lost of outcomes.filter(({ ok }) => !ok))
    expect(lost).toMatchObject({ problem: { kind: 'conflict', field: 'seen' } });
  return valueOf(won[0]!);
}

const entriesAbout = async (principal: string, action: string): Promise<string[]> =>
  (await listEntries(house.office.database, { actions: [action], principal, most: 50 })).map(({ entry }) => entry.id);

const unneeded = { reason: 'no-longer-needed', found: 'all' } as const;
const effects: { name: string; kind: Kind; facts: DecideAsk['facts']; action: string; step: string }[] = [
  { name: '利用の停止', kind: 'stop-use', facts: unneeded, action: 'consent:object', step: 'object:everything' },
  { name: '提供の停止', kind: 'stop-provision', facts: unneeded, action: 'consent:object', step: 'object:provision' },
  { name: '消去', kind: 'erasure', facts: { ...unneeded, keeping: null }, action: 'people:erase', step: 'erase' },
];

test.each(effects)('二人の担当が同時に実施しても、記録は一つ：$name', async ({ kind, facts, action, step }) => {
  const { id, name } = await somebody();
  const one = await decided(await collected(desk, by, kind, name), facts);
  const carried = once(await atOnce((clerk) => carryOut(desk, clerk, one.row.id, seen(one))));
  const written = await entriesAbout(id, action);
  expect(written).toHaveLength(1);
  expect(carried.request.carriedOut?.entries).toEqual(written);
  expect(carried.effects.map((row) => [row.step, row.entry_id])).toEqual([[step, written[0]]]);
  const { objections } = await consentsOf(house.office, id);
  expect(objections.map((row) => row.id)).toEqual(kind === 'erasure' ? [] : written);
  expect(carried.suspensions).toHaveLength(kind === 'erasure' ? 0 : 1);
});

test('実施の一部を記録できなければ、申出も残らない', async () => {
  const { id, name } = await somebody();
  const one = await decided(await collected(desk, by, 'stop-provision', name), unneeded);
  await house.db.owner.query('REVOKE INSERT ON request_effects FROM sekisho_app', []);
  await expect(carryOut(desk, by, one.row.id, seen(one))).rejects.toThrow();
  await house.db.owner.query('GRANT INSERT ON request_effects TO sekisho_app', []);
  expect([(await consentsOf(house.office, id)).objections, await entriesAbout(id, 'consent:object')]).toEqual([[], []]);
  const carried = valueOf(await carryOut(desk, clerks[1], one.row.id, seen(one)));
  expect(carried.request.carriedOut?.entries).toEqual(await entriesAbout(id, 'consent:object'));
});

test('二人が同時に返し、決め、知らせ、送り、閉じても、一度だけ', async () => {
  const { name } = await somebody();
  const on = house.office.clock.today();
  let one = await registered(desk, by, 'stop-use');
  const { id } = one.row;
  one = valueOf(await receivePapers(desk, by, id, seen(one), { on, ...rightPapers, feeYen: 1_100 }));
  one = await collectedFor(desk, by, one, name);
  one = once(await atOnce((clerk) => refund(desk, clerk, id, seen(one), { on, yen: 600 })));
  expect(one.request.fee).toEqual({ due: 0, received: 1_100, returned: 600, waived: 0 });
  one = valueOf(await refund(desk, by, id, seen(one), { on, yen: 500 }));
  const asks = { facts: unneeded, reason: '', plan: {}, answer: '', mayRefuse: true };
  one = once(await atOnce((clerk) => decide(desk, clerk, id, seen(one), asks)));
  one = once(await atOnce((clerk) => carryOut(desk, clerk, id, seen(one))));
  one = once(await atOnce((clerk) => notify(desk, clerk, id, seen(one), { on, by: 'post' })));
  one = once(await atOnce((clerk) => deliver(desk, clerk, id, seen(one), { on, by: 'post' })));
  one = once(await atOnce((clerk) => close(desk, clerk, id, seen(one), { on })));
  const happened = one.events.map(({ event }) => event);
  expect(happened.slice(-6)).toEqual(['refunded', 'decided', 'carried-out', 'notified', 'delivered', 'closed']);
  const logged = await house.db.owner.query<{ action: string }>(
    `SELECT action FROM log_entries WHERE entry::jsonb->>'request' = $1 AND action ^@ 'desk:' ORDER BY xid, seq`,
    [id],
  );
  // Besides the openings of its papers for the letters that went out.
  const opened = 'desk:open-paper';
  expect(logged.map(({ action }) => action).filter((action) => action !== opened)).toEqual(
    happened.map((event) => `desk:${event}`),
  );
  expect(one.papers.filter(({ kind }) => kind === 'copy').map(({ about }) => about)).toEqual([
    'refund',
    'refund',
    'notice',
  ]);
});

test('窓口が延ばせるのは同じ日数まで、それより後は個人情報保護管理者だけで、期限には年を付ける', async () => {
  const { name } = await somebody();
  const one = await collected(desk, by, 'disclosure', name);
  const on = house.office.clock.today();
  const extending = (who: By, until: Day) =>
    extend(desk, who, one.row.id, seen(one), { on, until, reason: '台帳が多いため' });
  const last = extendableTo(one.request, false);
  expect(await extending(clerks[1], addDays(last, 1))).toMatchObject({
    ok: false,
    problem: { kind: 'invalid', fields: [{ field: 'until' }] },
  });
  expect(await extending(clerks[0], day('2035-01-01'))).toMatchObject({
    ok: false,
    problem: { kind: 'invalid', fields: [{ field: 'until', says: says.tooLong }] },
  });
  const longer = addDays(last, 1);
  const extended = valueOf(await extending(clerks[0], longer));
  expect(extended.request.extendedTo).toBe(longer);
  const written = stepsOf({ ...extended.request, extendedTo: day('2027-01-08') }, desk.office.clock.today(), 'ja').at(
    -1,
  );
  expect(written?.note).toBe('2027年1月8日まで');
});

test('項目ごとの判断の記録は、法令の答えの場所を使わない', async () => {
  const { id, name } = await somebody();
  const one = await collected(desk, by, 'disclosure', name);
  const held = { decision: 'withhold', ground: 'harms', reason: '第三者の情報のため', redacted: '' } as const;
  valueOf(await review(desk, by, one.row.id, seen(one), { holding: holdings[0], item: 'email', ...held }));
  const [found] = await listEntries(house.office.database, { actions: ['desk:reviewed'], principal: id, most: 1 });
  expect(found?.entry).toMatchObject({ item: 'email', review: 'withhold', ground: 'harms' });
  expect(found?.entry).not.toHaveProperty('decision');
});

const parent = {
  requester: 'legal-representative',
  represents: 'minor',
  documents: ['driving-licence'],
  authority: ['family-register'],
  checked: ['name', 'address', 'valid'],
  numbersCovered: true,
  agent: { name: '親権 者', address: '〒104-0000 東京都中央区例示町1-1', email: '', principal: '' },
} as const;

/** A disclosure that a parent asks for, with every item decided. */
async function forChild(
  name: string,
  {
    sender = { name: '差出 本人子', address: '〒104-0000 東京都中央区例示町9-9', email: '' },
    agent = parent.agent,
  }: { sender?: Sender; agent?: Agent } = {},
): Promise<Case> {
  const on = desk.office.clock.today();
  const one = await registered(desk, by, 'disclosure', { sender, another: true });
  const { id } = one.row;
  const paid = { on, ...rightPapers, feeYen: one.request.fee.due };
  let now = valueOf(await receivePapers(desk, by, id, seen(one), paid));
  now = valueOf(await identify(desk, by, id, seen(now), { on, ...parent, agent }));
  now = valueOf(await specifyFound(desk, by, id, seen(now), [{ kind: 'name', term: name }]));
  return reviewed(desk, by, valueOf(await collect(desk, by, id, seen(now))));
}

test.each(['決定の前', '決定の後', '答えの用意の後'])(
  'だれが請求しているかを疑って書類を求めると、%sでも、確かめ直すまで先へ進まず、答えは前の代理人に送られない',
  async (when) => {
    const on = desk.office.clock.today();
    const { id: child, name } = await somebody();
    const judged = await forChild(name);
    const { id } = judged.row;
    let one = when === '決定の前' ? judged : valueOf(await decide(desk, by, id, seen(judged), asking(disclosing)));
    if (when === '答えの用意の後') one = valueOf(await notify(desk, by, id, seen(one), { on, by: 'post' }));

    const doubted = valueOf(await tellShort(desk, by, id, seen(one), { on, lacks: ['authority'], addressee: 'agent' }));
    expect(doubted.row).toMatchObject({ stage: 'waiting', principal_ids: [], decidable: false });
    const onFile = doubted.papers.filter(({ kind, gone_at }) => kind === 'copy' && gone_at === null);
    expect(onFile.map(({ about }) => about)).toEqual(['lacks']);
    const came = { on, ...rightPapers, feeYen: 0 };
    const again = valueOf(await receivePapers(desk, by, id, seen(doubted), came));
    expect([again.row.stage, again.row.check_from]).toEqual(['papers', on]);
    const unknown = { ok: false, problem: { fields: [{ field: 'identified', says: says.unidentified }] } };
    expect(await collect(desk, by, id, seen(again))).toMatchObject(unknown);
    expect(await decide(desk, by, id, seen(again), asking(disclosing))).toMatchObject({ ok: false });

    let now = valueOf(await identify(desk, by, id, seen(again), { on, ...askedThemselves }));
    expect(now.papers.filter(({ kind, gone_at }) => kind === 'agent' && gone_at === null)).toEqual([]);
    now = valueOf(await specifyFound(desk, by, id, seen(now), [{ kind: 'name', term: name }]));
    expect(now.row.principal_ids).toEqual([child]);
    now = await reviewed(desk, by, valueOf(await collect(desk, by, id, seen(now))));
    now = valueOf(await decide(desk, by, id, seen(now), asking(disclosing)));
    const letter = await wordsOf(valueOf(await printLetter(desk, by, id, 'disclosed')).bytes);
    expect([letter.includes('差出本人子'), letter.includes('親権者')]).toEqual([true, false]);
  },
);

describe('代理の権限を疑って書類を求める手紙は', () => {
  const on = () => desk.office.clock.today();
  const lacks = async (id: string) => wordsOf(valueOf(await printLetter(desk, by, id, 'lacks')).bytes);
  const asked = (one: Case, addressee?: 'agent' | 'sender') =>
    tellShort(desk, by, one.row.id, seen(one), { on: on(), lacks: ['authority'], addressee });

  test('だれに送るかを選ぶまで、作られない', async () => {
    const one = await forChild((await somebody()).name);
    expect(await asked(one)).toMatchObject({
      ok: false,
      problem: { fields: [{ field: 'addressee', says: says.addressee }] },
    });
    const form = await tellShort(desk, by, one.row.id, seen(one), {
      on: on(),
      lacks: ['specify'],
      addressee: 'sender',
    });
    expect(form).toMatchObject({ ok: false, problem: { fields: [{ field: 'addressee' }] } });
    expect(valueOf(await caseOf(desk, one.row.id)).request.last).toBe(one.request.last);
  });

  test('代理人でなくなった人には送らず、差出人に送る。その後の手紙も差出人に送る', async () => {
    const one = await forChild((await somebody()).name);
    const told = valueOf(await asked(one, 'sender'));
    const letter = await lacks(one.row.id);
    expect([letter.includes('差出本人子様'), letter.includes('親権者')]).toEqual([true, false]);
    expect(told.papers.filter(({ kind, gone_at }) => kind === 'agent' && gone_at === null)).toEqual([]);
    const extended = { on: on(), until: addDays(decideBy(told.request), 3), reason: '確かめ直すため' };
    const later = valueOf(await extend(desk, by, one.row.id, seen(told), extended));
    const extension = await wordsOf(valueOf(await printLetter(desk, by, later.row.id, 'extension')).bytes);
    expect([extension.includes('差出本人子様'), extension.includes('親権者')]).toEqual([true, false]);
    const entry = (await listEntries(house.db.app, { actions: ['desk:papers-short'], most: 1 }))[0]!.entry;
    expect(entry).toMatchObject({ request: one.row.id, lacks: ['authority'], addressee: 'sender' });
  });

  test('代理人のままなら代理人に送り、後から代理人でなくなったと分かれば、そのときに差出人を選ぶ', async () => {
    const one = await forChild((await somebody()).name);
    const told = valueOf(await asked(one, 'agent'));
    expect(await lacks(one.row.id)).toContain('親権者様');
    const came = { on: on(), ...rightPapers, feeYen: 0 };
    const again = valueOf(await receivePapers(desk, by, one.row.id, seen(told), came));
    expect(await asked(again)).toMatchObject({ ok: false, problem: { fields: [{ field: 'addressee' }] } });
    valueOf(await asked(again, 'sender'));
    expect(await lacks(one.row.id)).toContain('差出本人子様');
  });

  test('代理人が差出人なら、差出人を本人に直すまで、差出人を選べない', async () => {
    const sender = { name: '親権 者', address: '〒104-0000 東京都中央区例示町1-1', email: '' };
    const agent = { ...parent.agent, principal: '例示 未成子' };
    const one = await forChild((await somebody()).name, { sender, agent });
    expect(await asked(one, 'sender')).toMatchObject({
      ok: false,
      problem: { fields: [{ field: 'addressee', says: receiveSays.agentWrote }] },
    });
    const person = { name: '例示 未成子', address: '〒104-0000 東京都中央区例示町8-8' };
    const right = valueOf(await amend(desk, by, one.row.id, seen(one), { sender: person }));
    const told = valueOf(await asked(right, 'sender'));
    const letter = await lacks(told.row.id);
    expect([letter.includes('例示町8-8例示未成子様'), letter.includes('親権者')]).toEqual([true, false]);
  });
});
