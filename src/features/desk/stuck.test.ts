// No request is stuck. What cannot be carried out is not decided, and its field is named. What became impossible after the decision counts as done
// when its aim is met, or is decided anew. Each case goes on to its end: carried out, told with a letter that is true, closed.

import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  answered,
  asking,
  collected,
  disclosing,
  openTestDesk,
  reviewed,
  seen,
  untrue,
  wordsOf,
} from '../../../tests/desk.ts';
import type { TestOffice } from '../../../tests/office.ts';
import {
  addConsent,
  addConsentText,
  addHolding,
  addPerson,
  addRecipient,
  valueOf,
  openTestCheckpoint,
} from '../../../tests/people.ts';
import { both } from '../../base/bilingual.ts';
import { listEntries } from '../../log/index.ts';
import type { By, Room } from '../access/index.ts';
import { correct, eraseAll, held, openCheckpoint, use } from '../checkpoint/index.ts';
import { consentsOf, useRegister } from '../consent/index.ts';
import { changeHolding, holdings } from '../ledger/index.ts';
import { policyInForce } from '../policy/index.ts';
import { provide } from '../provision/index.ts';
import { notify } from './actions/answer.ts';
import { carryOut, standingStops } from './actions/carry-out.ts';
import type { Case } from './actions/cases.ts';
import { collect } from './actions/collect.ts';
import { decide, type DecideAsk, type Plan } from './actions/decide.ts';
import { printLetter } from './actions/copies.ts';
import { keepErasingPapers } from './actions/erase.ts';
import { shownOf } from './actions/shown.ts';
import type { Kind } from './facts/kind.ts';
import { nextEvents } from './facts/next.ts';

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
  holding = await addHolding(house, { items });
  second = await addHolding(house, { items, name: both('会員台帳', 'Members') });
  await addPerson(house, holding, { name: '先約 一子', email: 'taken-stuck@example.jp' });
  recipient = await addRecipient(house);
  consentText = await addConsentText(house, { holding, recipients: [recipient], items: ['name', 'email'] });
});
afterAll(() => house.close());

let n = 0;
const harmed = { reason: 'may-harm', found: 'all' } as const;
const inPart = { reason: 'may-harm', found: 'part' } as const;

interface Somebody {
  id: string;
  name: string;
}

async function somebody(more: Record<string, string> = {}, where: readonly string[] = [holding]): Promise<Somebody> {
  const name = `詰まり ${String.fromCodePoint(0x4e00 + ++n)}子`;
  let id: string | undefined;
  for (const one of where)
    id = (await addPerson(house, one, { name, email: `stuck-${n}@example.jp`, ...more }, id)).principal;
  return { id: id!, name };
}

const deciding = (one: Case, facts: DecideAsk['facts'], plan: Plan = {}) =>
  decide(desk, by, one.row.id, seen(one), asking(facts, plan));

const fieldsOf = (outcome: { ok: boolean; problem?: unknown }): unknown =>
  outcome.ok ? 'done' : (outcome.problem as { fields?: { field: string }[] }).fields?.map(({ field }) => field);

/** Tells, sends and closes a request; returns the text of the notice. */
async function toTheEnd(one: Case): Promise<string> {
  const notice = await wordsOf(valueOf(await printLetter(desk, by, one.row.id, 'notice')).bytes);
  expect((await answered(desk, by, one)).request.closedOn).toBe(house.office.clock.today());
  return notice;
}

const carried = async (one: Case): Promise<Case> => valueOf(await carryOut(desk, by, one.row.id, seen(one)));

const erased = async ({ id }: Somebody): Promise<string> =>
  valueOf(await eraseAll(house.office, by, { principal: id, ground: 'no-longer-needed' })).entry;

// ---- what cannot be carried out is not decided

const change = (changed: Record<string, string | null>, where = holding): Plan => ({
  changes: [{ holding: where, items: changed }],
});

interface Impossible {
  name: string;
  kind: Kind;
  facts: DecideAsk['facts'];
  bad: () => Plan;
  field: string;
  good: () => Plan;
}

const impossible: Impossible[] = [
  {
    name: '読めない生年月日',
    kind: 'correction',
    facts: untrue,
    bad: () => change({ birth_date: '昭和55年4月2日' }),
    field: 'changes.0.items.birth_date',
    good: () => change({ birth_date: '1980-04-02' }),
  },
  {
    name: '台帳にない項目',
    kind: 'correction',
    facts: untrue,
    bad: () => change({ shoe_size: '24' }),
    field: 'changes.0.items.shoe_size',
    good: () => change({ note: '直しました' }),
  },
  {
    name: '集めた情報にない台帳',
    kind: 'correction',
    facts: untrue,
    bad: () => change({ note: '直しました' }, second),
    field: 'changes.0.holding',
    good: () => change({ note: '直しました' }),
  },
  {
    name: '持っていない項目を取り除く',
    kind: 'correction',
    facts: untrue,
    bad: () => change({ phone: null }),
    field: 'changes.0.items.phone',
    good: () => change({ email: null }),
  },
  {
    name: 'ほかの人のメールアドレス',
    kind: 'correction',
    facts: untrue,
    bad: () => change({ email: 'taken-stuck@example.jp' }),
    field: 'changes.0.items.email',
    good: () => change({ email: 'free-stuck@example.jp' }),
  },
  {
    name: '訂正で、項目がすべてなくなる',
    kind: 'correction',
    facts: untrue,
    bad: () => change({ name: null, email: null }),
    field: 'changes.0.items',
    good: () => change({ email: null }),
  },
  {
    name: '一部の消去で、項目がすべてなくなる',
    kind: 'erasure',
    facts: { ...inPart, keeping: null },
    bad: () => change({ name: null, email: null }),
    field: 'changes.0.items',
    good: () => change({ email: null }),
  },
  {
    name: '一つの項目に、二つの内容',
    kind: 'correction',
    facts: untrue,
    bad: () => ({ changes: [...change({ note: '甲' }).changes!, ...change({ note: '乙' }).changes!] }),
    field: 'changes.1.items.note',
    good: () => change({ note: '甲' }),
  },
  {
    name: '方針にない利用目的',
    kind: 'stop-use',
    facts: inPart,
    bad: () => ({ purposes: ['P3', 'P99'] }),
    field: 'purposes',
    good: () => ({ purposes: ['P3'] }),
  },
  {
    name: '登録のない提供先',
    kind: 'stop-provision',
    facts: inPart,
    bad: () => ({ recipients: [recipient, '019ac000-0000-7000-8000-000000000000'] }),
    field: 'recipients',
    good: () => ({ recipients: [recipient] }),
  },
];

test.each(impossible)('$name は、欄の名前を挙げて決定を断る。直せば終わりまで進む', async (case_) => {
  const { name, kind, facts, bad, field, good } = case_;
  const who = await somebody();
  const one = await collected(desk, by, kind, who.name);
  expect([name, fieldsOf(await deciding(one, facts, bad()))]).toEqual([name, [field]]);
  const decided = valueOf(await deciding(one, facts, good()));
  expect(nextEvents(decided.request)[0]).toBe('carried-out');
  await toTheEnd(await carried(decided));
});

test('一つの台帳への二つの直しは、一つとしてどちらも行い、どちらも知らせる', async () => {
  const { id, name } = await somebody({ note: '前の控え', phone: '03-1111-1111' });
  const one = await collected(desk, by, 'correction', name);
  const changes = [...change({ note: '後の控え' }).changes!, ...change({ phone: '03-9999-9999' }).changes!];
  const now = await carried(valueOf(await deciding(one, untrue, { changes })));
  expect(now.effects.map(({ step }) => step)).toEqual([`correct:${holding}`]);
  const read = { principal: id, holding, items: ['note', 'phone'], purpose: 'P3' } as const;
  expect(valueOf(await use(house.office, by, read)).values).toEqual({ note: '後の控え', phone: '03-9999-9999' });
  const letter = await toTheEnd(now);
  for (const part of ['前の控え', '後の控え', '03-1111-1111', '03-9999-9999']) expect(letter).toContain(part);
});

// ---- what became impossible after the decision

const stops: { kind: Kind; facts: DecideAsk['facts']; plan: () => Plan; step: string }[] = [
  { kind: 'stop-use', facts: harmed, plan: () => ({}), step: 'object:everything' },
  { kind: 'stop-use', facts: inPart, plan: () => ({ purposes: ['P3'] }), step: 'object:purpose:P3' },
  { kind: 'stop-provision', facts: harmed, plan: () => ({}), step: 'object:provision' },
  { kind: 'erasure', facts: { ...inPart, keeping: null }, plan: () => change({ email: null }), step: 'correct:' },
];

test.each(stops)('$kind を決めた後に消去された人：済んだこととし、そう記録して知らせる（$step）', async (case_) => {
  const { kind, facts, plan, step } = case_;
  const who = await somebody();
  const one = valueOf(await deciding(await collected(desk, by, kind, who.name), facts, plan()));
  const erasure = await erased(who);
  const now = await carried(one);
  expect(now.effects).toHaveLength(1);
  expect(now.effects[0]!.step).toContain(step);
  expect(now.request.carriedOut?.entries).toEqual([now.effects[0]!.entry_id]);
  const found = await listEntries(house.office.database, {
    actions: ['desk:nothing-left'],
    principal: who.id,
    most: 2,
  });
  expect(found.map((of) => of.entry)).toEqual([
    expect.objectContaining({ id: now.effects[0]!.entry_id, request: one.row.id, principal: who.id, erasure }),
  ]);
  expect(now.suspensions.map(({ stops: of }) => of)).toEqual(
    kind === 'erasure' ? [] : [kind === 'stop-use' ? 'use' : 'provision'],
  );
  expect(await toTheEnd(now)).toContain('すでにすべて消去しています');
});

test('消去を決めた後に消去された人：その消去が実施になる', async () => {
  const who = await somebody();
  const one = valueOf(await deciding(await collected(desk, by, 'erasure', who.name), { ...harmed, keeping: null }));
  const erasure = await erased(who);
  const now = await carried(one);
  expect(now.request.carriedOut?.entries).toEqual([erasure]);
  await toTheEnd(now);
});

test('訂正を決めた後に消去された人：何も直していないので、決め直して、訂正しないと知らせる', async () => {
  const who = await somebody();
  let one = valueOf(
    await deciding(await collected(desk, by, 'correction', who.name), untrue, change({ note: '直し' })),
  );
  await erased(who);
  expect(await carryOut(desk, by, one.row.id, seen(one))).toMatchObject({ ok: false, problem: { kind: 'conflict' } });
  expect(nextEvents(one.request)).toContain('decided');
  one = valueOf(await deciding(one, untrue));
  expect(one.request.decided).toMatchObject({ result: 'refused', facts: { retained: false } });
  expect(one.papers.filter(({ kind, gone_at }) => kind === 'reason' && gone_at === null)).toHaveLength(1);
  const letter = await toTheEnd(one);
  expect(letter).toContain('調べた結果によります。');
  expect(letter).not.toContain('直し');
});

test('訂正の途中で消去された人：直したものと、消去したことを知らせる', async () => {
  const who = await somebody({ note: '前の控え' }, [holding, second]);
  const other = await somebody();
  const email = `between-${n}@example.jp`;
  const changes = [...change({ note: '後の控え' }).changes!, ...change({ email }, second).changes!];
  const one = valueOf(await deciding(await collected(desk, by, 'correction', who.name), untrue, { changes }));
  await addPerson(house, second, { name: other.name, email }, other.id);
  expect(await carryOut(desk, by, one.row.id, seen(one))).toMatchObject({ problem: { field: 'items.email' } });
  await erased(who);
  const now = await carried(one);
  const letter = await toTheEnd(now);
  for (const part of ['前の控え', '後の控え', 'すでにすべて消去しています']) expect(letter).toContain(part);
  expect(letter).not.toContain(email);
});

test('決めた後にアドレスがほかの人のものになった：済んだ直しは残し、ほかを決め直す', async () => {
  const who = await somebody({ note: '前の控え' }, [holding, second]);
  const other = await somebody();
  const email = `later-${n}@example.jp`;
  const changes = [...change({ note: '後の控え' }).changes!, ...change({ email }, second).changes!];
  let one = valueOf(await deciding(await collected(desk, by, 'correction', who.name), untrue, { changes }));
  await addPerson(house, second, { name: other.name, email }, other.id);
  expect(await carryOut(desk, by, one.row.id, seen(one))).toMatchObject({ problem: { field: 'items.email' } });
  // What is done is told to the person, so it stays in the decision.
  expect(fieldsOf(await deciding(one, untrue, change({ note: '別の控え' })))).toEqual(['changes']);
  expect(fieldsOf(await deciding(one, { ...untrue, inquiry: 'true' }))).toEqual(['changes']);
  one = valueOf(await deciding(one, { ...untrue, inquiry: 'partly-untrue' }, change({ note: '後の控え' })));
  const now = await carried(one);
  expect(now.events.filter(({ event }) => event === 'decided')).toHaveLength(2);
  const letter = await toTheEnd(now);
  for (const part of ['前の控え', '後の控え']) expect(letter).toContain(part);
  expect(letter).not.toContain(email);
});

test('消去した人の名前が、提供の記録に残る：何をいつまで残すかを、通知に書く', async () => {
  const notice = async (named: boolean): Promise<string> => {
    const { id, name } = await somebody();
    if (named) {
      await addConsent(house, id, await addConsentText(house, { holding, recipients: [recipient], items: ['email'] }));
      const facts = { relation: 'third-party' } as const;
      const giving = { principal: id, holding, items: ['email'], purpose: 'P3', recipient, facts };
      valueOf(await provide(house.office, by, giving));
    }
    const one = await collected(desk, by, 'erasure', name);
    return toTheEnd(await carried(valueOf(await deciding(one, { ...harmed, keeping: null }))));
  };
  const [named, unnamed] = [await notice(true), await notice(false)];
  expect(named.replaceAll(/\s/g, '')).toMatch(
    /提供や受け取りの記録がどなたのものかを示すために、お名前.*令和11年12月7日まで残します/,
  );
  expect(unnamed).not.toContain('どなたのものかを示す');
});

test('方針から利用目的がなくなった：止まったこととし、方針に戻っても止まったまま', async () => {
  const { id, name } = await somebody();
  const one = valueOf(await deciding(await collected(desk, by, 'stop-use', name), inPart, { purposes: ['P3', 'P1'] }));
  const without = await openCheckpoint(
    house.office,
    async () => {
      const { policy } = (await policyInForce(house.office, house.office.clock.today()))!;
      const purposes = policy.purposes.filter((purpose) => purpose.scope !== 'my-number' && purpose.id !== 'P3');
      return {
        policy: {
          version: 2,
          purposes: purposes.map((purpose) => ({
            id: purpose.id,
            clause: String(purpose.clause),
            says: purpose.label,
          })),
          channels: [],
        },
        holdings: await holdings(house.office),
        suspensions: await standingStops(house.office.database),
      };
    },
    useRegister,
    () => Promise.resolve(new Map()),
  );
  const now = await carried(one);
  await without();
  await openTestCheckpoint(house);
  expect(now.effects.map(({ step }) => step).toSorted()).toEqual(['object:purpose:P1', 'object:purpose:P3']);
  expect((await consentsOf(house.office, id)).objections.map(({ purpose }) => purpose)).toEqual(['P1']);
  expect(await toTheEnd(now)).toContain('方針から除いています');
  const read = { principal: id, holding, items: ['name'], purpose: 'P3' } as const;
  expect(await use(house.office, by, read)).toMatchObject({ problem: { finding: { answer: 'no' } } });
});

test('決め直しと実施が重なっても、どちらか一つだけが、全部行われる', async () => {
  for (let round = 0; round < 6; round++) {
    const who = await somebody({ note: '前' }, [holding, second]);
    const changes = [...change({ note: '甲' }).changes!, ...change({ note: '甲' }, second).changes!];
    const one = valueOf(await deciding(await collected(desk, by, 'correction', who.name), untrue, { changes }));
    const [done, again] = await Promise.all([
      carryOut(desk, by, one.row.id, seen(one)),
      deciding(one, untrue, change({ note: '乙' })),
    ]);
    expect([done.ok, again.ok].toSorted()).toEqual([false, true]);
    const about = valueOf(await held(house.office, who.id));
    const versions = 'records' in about ? about.records.map(({ version }) => version) : [];
    expect(versions).toEqual(again.ok ? [1, 1] : [2, 2]);
  }
});

test('断る決定を決め直せるのは、断れる人だけ', async () => {
  const { name } = await somebody();
  const one = valueOf(await deciding(await collected(desk, by, 'correction', name), { ...untrue, inquiry: 'true' }));
  const ask = { ...asking(untrue, change({ note: '直し' })), mayRefuse: false };
  expect(await decide(desk, by, one.row.id, seen(one), ask)).toMatchObject({ problem: { kind: 'forbidden' } });
  expect(valueOf(await deciding(one, untrue, change({ note: '直し' }))).request.decided?.result).toBe('granted');
});

// ---- disclosures

test('項目を決めた後に消去された人には、ないことを知らせる（33条3項）', async () => {
  const who = await somebody();
  const one = await reviewed(desk, by, await collected(desk, by, 'disclosure', who.name));
  await erased(who);
  const now = valueOf(await deciding(one, disclosing));
  expect(now.request.decided).toMatchObject({ result: 'absent', facts: { exists: false } });
  expect(now.request.decided?.finding?.because.map(({ article }) => article)).toContain('33(3)');
  await toTheEnd(now);
});

test('開示を決めた後に消去された人には、決め直して、ないことを知らせる', async () => {
  const who = await somebody();
  let one = valueOf(
    await deciding(await reviewed(desk, by, await collected(desk, by, 'disclosure', who.name)), disclosing),
  );
  expect(one.request.decided?.result).toBe('granted');
  await erased(who);
  const on = house.office.clock.today();
  expect(await notify(desk, by, one.row.id, seen(one), { on, by: 'post' })).toMatchObject({
    problem: { fields: [{ field: 'event' }] },
  });
  one = valueOf(await deciding(one, disclosing));
  expect(one.request.decided?.result).toBe('absent');
  await toTheEnd(one);
});

test('目的の通知を求めた人が消去されていれば、その人のデータはない', async () => {
  const who = await somebody();
  const one = await collected(desk, by, 'purpose-notice', who.name);
  await erased(who);
  const now = valueOf(await deciding(one, {}));
  expect(now.request.decided).toMatchObject({ result: 'refused', facts: { retained: false } });
  await toTheEnd(now);
});

test('集めた後に増えた項目があれば、集め直すまで決められない', async () => {
  const who = await somebody();
  let one = await reviewed(desk, by, await collected(desk, by, 'disclosure', who.name));
  const added = { principal: who.id, holding, items: { phone: '03-0000-0000' }, ground: 'accuracy' } as const;
  valueOf(await correct(house.office, by, added));
  expect(fieldsOf(await deciding(one, disclosing))).toEqual(['collected']);
  one = valueOf(await collect(desk, by, one.row.id, seen(one)));
  expect(fieldsOf(await deciding(one, disclosing))).toEqual(['reviews']);
  one = valueOf(await deciding(await reviewed(desk, by, one), disclosing));
  expect(valueOf(await shownOf(desk, by, one.row.id)).data[0]?.values).toHaveProperty('phone', '03-0000-0000');
});

test('決めた記録だけを見せる。前に増えた記録は集め直して決め、後に増えた記録は出さない（33条5項）', async () => {
  const who = await somebody();
  await addConsent(house, who.id, consentText);
  const give = async (): Promise<string> => {
    const ask = { principal: who.id, holding, items: ['name'], purpose: 'P3', recipient } as const;
    return valueOf(await provide(house.office, by, { ...ask, facts: { relation: 'third-party' } })).id;
  };
  const first = await give();
  let one = await collected(desk, by, 'record-disclosure', who.name);
  const later = await give();
  expect(fieldsOf(await deciding(one, disclosing))).toEqual(['collected']);
  one = valueOf(await collect(desk, by, one.row.id, seen(one)));
  one = valueOf(await deciding(one, disclosing));
  await give();
  const shown = valueOf(await shownOf(desk, by, one.row.id));
  expect(shown.provisions.map(({ id }) => id).toSorted()).toEqual([first, later].toSorted());
  await toTheEnd(one);
});

test('項目が台帳からなくなった：実施は断られ、決め直して進む', async () => {
  const ledger = house;
  const narrowing = await addHolding(house, { items, name: both('狭める台帳', 'To be narrowed') });
  const who = await somebody({}, [narrowing]);
  const added = change({ phone: '03-0000-1111' }, narrowing);
  let one = valueOf(await deciding(await collected(desk, by, 'correction', who.name), untrue, added));
  const { id, version, ...kept } = (await holdings(house.office)).find((found) => found.id === narrowing)!;
  const input = { ...kept, items: items.filter((code) => code !== 'phone') };
  valueOf(await changeHolding(ledger, by, { id, version, input }));
  expect(fieldsOf(await carryOut(desk, by, one.row.id, seen(one)))).toEqual(['items.phone']);
  one = valueOf(await deciding(one, untrue, change({ note: '直し' }, narrowing)));
  await toTheEnd(await carried(one));
});

test('消去できない請求が1つあっても、ほかの請求の書類は期日に消去する', async () => {
  const over: string[] = [];
  for (const _ of [1, 2]) {
    const who = await somebody();
    const one = valueOf(
      await deciding(await reviewed(desk, by, await collected(desk, by, 'disclosure', who.name)), disclosing),
    );
    over.push((await answered(desk, by, one)).row.id);
  }
  const papersOf = (id: string) =>
    house.db.owner.query('SELECT 1 FROM request_papers WHERE request_id = $1 AND sealed IS NOT NULL LIMIT 1', [id]);
  await house.db.owner.query(
    `ALTER TABLE request_events ADD CONSTRAINT unlucky CHECK (event <> 'papers-erased' OR request_id <> '${over[0]}')`,
    [],
  );
  // The other one comes after it.
  await house.db.owner.query('UPDATE requests SET closed_on = closed_on + 1 WHERE id = $1', [over[1]]);
  const [now, lines]: [number, string[]] = [house.clock.now(), []];
  house.clock.moveTo(new Date(now + 365 * 86_400_000).toISOString());
  const rounds = keepErasingPapers(house.office, (line) => lines.push(line));
  await expect.poll(() => papersOf(over[1]!)).toEqual([]);
  // The round reports at its end what it passed over, and reports nothing when it is cut short.
  await expect.poll(() => lines).toEqual(['desk: error']);
  await rounds.stop();
  expect(await papersOf(over[0]!)).toHaveLength(1);
  await house.db.owner.query('ALTER TABLE request_events DROP CONSTRAINT unlucky', []);
  house.clock.moveTo(new Date(now).toISOString());
});
