// One person in several ledgers under several ids: a customer who also came to a seminar. A request is about all of the ids, from the search to the
// answer, and nobody is told that it is complete while one of them was left out.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  asking,
  disclosing,
  identified,
  openTestDesk,
  registered,
  reviewed,
  seen,
  untrue,
  wordsOf,
} from '../../../tests/desk.ts';
import type { TestOffice } from '../../../tests/office.ts';
import { addConsent, addConsentText, addHolding, addPerson, addRecipient, valueOf } from '../../../tests/people.ts';
import { both } from '../../base/bilingual.ts';
import { listEntries } from '../../log/index.ts';
import { emailHolders } from '../../vault/index.ts';
import { acquire } from '../acquisition/index.ts';
import type { By, Room } from '../access/index.ts';
import { eraseAll, held, MOST_MATCHES, use } from '../checkpoint/index.ts';
import { consentsOf } from '../consent/index.ts';
import { linkPeople, unlinkPeople } from '../people/index.ts';
import { listProvisions, provide } from '../provision/index.ts';
import { deskProvers } from './promises.ts';
import { notify } from './actions/answer.ts';
import { openAbout } from './actions/beside.ts';
import { carryOut, standingStops } from './actions/carry-out.ts';
import { caseOf, cases, type Case } from './actions/cases.ts';
import { readPaper } from './actions/papers.ts';
import { collect, specify, type SpecifyAsk } from './actions/collect.ts';
import { printLetter } from './actions/copies.ts';
import { decide, type DecideAsk, type Plan } from './actions/decide.ts';
import { compare, lookAt } from './actions/look.ts';
import { shownOf } from './actions/shown.ts';
import type { Kind } from './facts/kind.ts';
import { nextEvents } from './facts/next.ts';
import { deskPages } from './pages/desk.tsx';

let house: TestOffice;
let desk: Room;
let by: By;
/** The ledgers of customers and of the guests of a seminar. */
let customers: string;
let guests: string;
let recipient: string;
let consentText: { code: string; version: number };
const items = ['name', 'email', 'phone', 'note'];
beforeAll(async () => {
  ({ house, desk, by } = await openTestDesk((office, access) => deskPages({ office, access })));
  customers = await addHolding(house, { items, name: both('顧客台帳', 'Customers') });
  guests = await addHolding(house, { items, name: both('説明会の参加者', 'Guests of the seminar') });
  recipient = await addRecipient(house);
  consentText = await addConsentText(house, { holding: guests, recipients: [recipient], items: ['name', 'email'] });
});
afterAll(() => house.close());

let n = 0;

interface Twofold {
  name: string;
  /** Their ids as a customer and as a guest. */
  ids: readonly [string, string];
  /** The address as a guest. */
  email: string;
}

/** One person with an id in each ledger. */
async function twofold(): Promise<Twofold> {
  const name = `二重 ${String.fromCodePoint(0x4e00 + ++n)}子`;
  const email = `guest-${n}@example.jp`;
  const customer = await addPerson(house, customers, { name, email: `customer-${n}@example.jp`, note: '顧客の控え' });
  const guest = await addPerson(house, guests, { name, email, note: '参加の控え' });
  return { name, email, ids: [customer.principal, guest.principal] };
}

const finding = (one: Case, { name, ids }: Twofold, more: Partial<SpecifyAsk> = {}) =>
  specify(desk, by, one.row.id, seen(one), {
    terms: [{ kind: 'name', term: name }],
    principals: ids,
    toldApart: 'birth-date',
    ...more,
  });

async function collected(kind: Kind, who: Twofold): Promise<Case> {
  const one = valueOf(await finding(await identified(desk, by, kind), who));
  return valueOf(await collect(desk, by, one.row.id, seen(one)));
}

const deciding = (one: Case, facts: DecideAsk['facts'], plan: Plan = {}) =>
  decide(desk, by, one.row.id, seen(one), asking(facts, plan));

async function carried(kind: Kind, who: Twofold, facts: DecideAsk['facts'], plan: Plan = {}): Promise<Case> {
  const one = valueOf(await deciding(await collected(kind, who), facts, plan));
  return valueOf(await carryOut(desk, by, one.row.id, seen(one)));
}

const unneeded = { reason: 'no-longer-needed', found: 'all' } as const;

const textOf = async (one: Case, letter: 'notice' | 'disclosed'): Promise<string> =>
  wordsOf(valueOf(await printLetter(desk, by, one.row.id, letter)).bytes);

const entriesAbout = async (principal: string, action: string) =>
  (await listEntries(house.office.database, { actions: [action], principal, most: 50 })).map(({ entry }) => entry);

test('条件に合う人が多すぎて、検索に出ない人がいるかもしれないときは、だれも選べず、絞り込むように言われる', async () => {
  const name = '同姓 同名';
  const ids = [];
  for (let i = 0; i < MOST_MATCHES; i++) {
    const email = `namesake-${i}@example.jp`;
    ids.push((await addPerson(house, customers, { name, email })).principal);
  }
  const one = await identified(desk, by, 'disclosure');
  const terms = [{ kind: 'name', term: name }] as const;
  const ask = { terms: [...terms], principals: ids.slice(0, 1), toldApart: 'birth-date' } as const;
  const many = { ok: false, problem: { kind: 'invalid', fields: [{ field: 'terms' }] } };
  expect(await specify(desk, by, one.row.id, seen(one), { ...ask, principals: [...ask.principals] })).toMatchObject(
    many,
  );
  expect(await compare(desk, by, one.row.id, terms)).toMatchObject(many);
  const officer = await house.visitor('officer');
  const sent = { name, seen: String(one.request.last) };
  const page = await officer.post(`/desk/${one.row.id}/specified`, sent, `/desk/${one.row.id}`);
  const html = await page.text();
  expect([page.status, html.includes('条件を加えて絞り込んでください'), ids.some((id) => html.includes(id))]).toEqual([
    422,
    true,
    false,
  ]);
  const narrowed = [...terms, { kind: 'email' as const, term: 'namesake-99@example.jp' }];
  const found = await specify(desk, by, one.row.id, seen(one), { terms: narrowed, principals: ids.slice(-1) });
  expect(valueOf(found).request.specified?.principals).toEqual(ids.slice(-1));
});

test('同じメールアドレスを使う二人：どちらも見つかり、見分けるまで選ばれず、見分けた一人だけについて進み、消去は一人だけに及ぶ', async () => {
  const email = 'couple-desk@example.jp';
  const { principal: husband } = await addPerson(house, customers, { name: '共用 太郎', email });
  const wife = valueOf(
    await acquire(house.office, by, {
      holding: customers,
      channel: 'oral',
      source: 'principal',
      purposes: ['P3'],
      items: { name: '共用 花子', email },
      sharesEmailWith: [husband],
    }),
  ).record.principal;
  const one = await identified(desk, by, 'erasure');
  const terms = [{ kind: 'email', term: email }] as const;
  const choose = (principals: string[], more: Partial<SpecifyAsk> = {}) =>
    specify(desk, by, one.row.id, seen(one), { terms, principals, ...more });
  for (const ask of [choose([]), choose([wife])]) expect(await ask).toMatchObject({ ok: false });
  const compared = valueOf(await compare(desk, by, one.row.id, terms));
  expect(compared.map(({ values }) => values.name).toSorted()).toEqual(['共用 太郎', '共用 花子']);
  // Two in one ledger who are not linked as one person: no request is about both.
  expect(await choose([husband, wife], { toldApart: 'birth-date' })).toMatchObject({
    problem: { fields: [{ field: 'principal' }] },
  });
  const found = valueOf(await choose([wife], { toldApart: 'birth-date' }));
  expect(found.request.specified).toMatchObject({ principals: [wife], matches: 2, toldApart: 'birth-date' });
  valueOf(await eraseAll(house.office, by, { principal: husband, ground: 'no-longer-needed' }));
  expect(await emailHolders(house.office.database, house.office.vault, { holding: customers, email })).toEqual([wife]);
});

describe('finding', () => {
  test('見つかった記録のうち、その人のものをすべて選べ、請求はそのすべてについてのものになる', async () => {
    const who = await twofold();
    const one = valueOf(await finding(await identified(desk, by, 'disclosure'), who));
    expect(one.request.specified).toMatchObject({ principals: who.ids, matches: 2, toldApart: 'birth-date' });
    expect(one.request.specified!.holdings.toSorted()).toEqual([customers, guests].toSorted());
    for (const id of who.ids) {
      expect(await entriesAbout(id, 'desk:specified')).toMatchObject([{ request: one.row.id }]);
      expect((await cases(desk, { principal: id, most: 9 })).map((row) => row.id)).toEqual([one.row.id]);
      expect((await openAbout(desk, by.actor, id))?.map((row) => row.id)).toEqual([one.row.id]);
    }
  });

  test('選ぶ前に、見分ける項目だけを、この請求のために、確認の済んだ後に開いて見比べられる', async () => {
    const who = await twofold();
    const terms = [{ kind: 'name', term: who.name }] as const;
    const unknown = await registered(desk, by, 'disclosure');
    expect(await compare(desk, by, unknown.row.id, terms)).toMatchObject({
      ok: false,
      problem: { fields: [{ field: 'identified' }] },
    });
    expect(await entriesAbout(who.ids[0], 'desk:look')).toEqual([]);
    const one = await identified(desk, by, 'disclosure');
    const compared = valueOf(await compare(desk, by, one.row.id, terms));
    expect(compared.toSorted((a, b) => who.ids.indexOf(a.principal) - who.ids.indexOf(b.principal))).toEqual([
      { principal: who.ids[0], holding: customers, values: { name: who.name, email: `customer-${n}@example.jp` } },
      { principal: who.ids[1], holding: guests, values: { name: who.name, email: `guest-${n}@example.jp` } },
    ]);
    for (const id of who.ids)
      expect(await entriesAbout(id, 'desk:look')).toMatchObject([{ request: one.row.id, items: ['name', 'email'] }]);
  });

  test('条件に合わない人、同じ人を二度は選べない', async () => {
    const [who, other] = [await twofold(), await twofold()];
    const one = await identified(desk, by, 'disclosure');
    for (const principals of [[...who.ids, other.ids[0]], []])
      expect(await finding(one, who, { principals })).toMatchObject({
        ok: false,
        problem: { kind: 'invalid', fields: [{ field: 'principal' }] },
      });
    const twice = valueOf(await finding(one, who, { principals: [who.ids[0], who.ids[0]] }));
    expect(twice.request.specified?.principals).toEqual([who.ids[0]]);
  });

  test('ほかの条件で探し直しても、先に見つけた記録を選んだままにできる', async () => {
    const [who, stranger] = [await twofold(), await twofold()];
    const name = `別名 ${String.fromCodePoint(0x4e00 + ++n)}子`;
    const other = await addPerson(house, guests, { name, email: `alias-${n}@example.jp` });
    let one = valueOf(await finding(await identified(desk, by, 'disclosure'), who, { principals: [who.ids[0]] }));
    const more = { terms: [{ kind: 'name', term: name }] } as const;
    const strange = await finding(one, who, { ...more, principals: [stranger.ids[0], other.principal] });
    expect(strange).toMatchObject({ ok: false, problem: { fields: [{ field: 'principal' }] } });
    one = valueOf(await finding(one, who, { ...more, principals: [who.ids[0], other.principal] }));
    expect(one.request.specified).toMatchObject({ principals: [who.ids[0], other.principal], matches: 2 });
    expect(one.request.specified!.holdings.toSorted()).toEqual([customers, guests].toSorted());
    one = valueOf(await finding(one, who, { ...more, principals: [other.principal] }));
    expect(one.request.specified).toMatchObject({ principals: [other.principal], holdings: [guests] });
  });

  test('一つの台帳に二つある記録は、一度には選べず、どの台帳かを知らせる', async () => {
    const who = await twofold();
    const again = await addPerson(house, guests, { name: who.name, email: `again-${n}@example.jp` });
    const one = await identified(desk, by, 'disclosure');
    const refused = await finding(one, who, { principals: [...who.ids, again.principal] });
    expect(refused).toMatchObject({ ok: false, problem: { kind: 'invalid', fields: [{ field: 'principal' }] } });
    expect(JSON.stringify(refused)).toContain('「説明会の参加者」');
    const later = valueOf(await finding(one, who));
    await addPerson(house, guests, { name: who.name, email: `later-${n}@example.jp` }, who.ids[0]);
    const stopped = await collect(desk, by, later.row.id, seen(later));
    expect(stopped).toMatchObject({ ok: false, problem: { kind: 'invalid', fields: [{ field: 'collected' }] } });
    expect(JSON.stringify(stopped)).toContain('「説明会の参加者」');
  });

  test('一人だけを指す前の記録も、そのまま読める', async () => {
    const who = await twofold();
    const one = valueOf(await finding(await identified(desk, by, 'disclosure'), who, { principals: [who.ids[0]] }));
    await house.db.owner.query(
      `UPDATE request_events SET data = data - 'principals' || jsonb_build_object('principal', data->'principals'->0)
       WHERE request_id = $1 AND event = 'specified'`,
      [one.row.id],
    );
    const read = valueOf(await caseOf(desk, one.row.id));
    expect(read.request.specified).toEqual(one.request.specified);
    const all = valueOf(await collect(desk, by, one.row.id, seen(read)));
    expect(all.request.collected?.holdings.map(({ holding }) => holding)).toEqual([customers]);
    await house.db.owner.query(
      `UPDATE request_events SET data = jsonb_set(data, '{holdings}', (
         SELECT jsonb_agg(h - 'principal') FROM jsonb_array_elements(data->'holdings') AS h))
       WHERE request_id = $1 AND event = 'collected'`,
      [one.row.id],
    );
    const looked = valueOf(await lookAt(desk, by, one.row.id, customers));
    expect(looked.values.note).toBe('顧客の控え');
  });
});

describe('papers', () => {
  test('開いた書類は、だれのどの書類かが全員の履歴に残り、一度として数える', async () => {
    const who = await twofold();
    const one = await collected('disclosure', who);
    const { id } = one.row;
    const openings = async (): Promise<number> => {
      const { evidence } = await deskProvers
        .find(({ promise }) => promise === 'request-papers-limited')!
        .prove(house.office);
      return Number(evidence.find(({ label }) => label.en === 'Openings on record')!.value.en);
    };
    const before = await openings();
    const { papers } = valueOf(await caseOf(desk, id));
    valueOf(await readPaper(desk, by, id, papers.find(({ kind }) => kind === 'sender')!.id));
    expect(await openings()).toBe(before + 1);
    valueOf(await printLetter(desk, by, id, 'receipt'));
    expect(await openings()).toBe(before + 2);
    for (const principal of who.ids)
      expect(await entriesAbout(principal, 'desk:open-paper')).toMatchObject([
        { request: id, principal, letter: 'receipt' },
        { request: id, principal, kind: 'sender' },
      ]);
    await house.db.owner.query('UPDATE requests SET closed_on = $2 WHERE id = $1', [id, house.office.clock.today()]);
    const { papers: kept } = valueOf(await caseOf(desk, id));
    const copy = kept.find(({ kind }) => kind === 'copy')!;
    valueOf(await readPaper(desk, by, id, copy.id, 'question'));
    for (const principal of who.ids)
      expect((await entriesAbout(principal, 'desk:open-paper'))[0]).toMatchObject({
        kind: 'copy',
        letter: 'receipt',
        for: 'question',
      });
  });
});

describe('disclosing', () => {
  test('すべての記録を集めて項目ごとに決め、開示書に載せ、開いたことを一人ずつ記録する', async () => {
    const who = await twofold();
    let one = await collected('disclosure', who);
    expect(one.request.collected?.holdings.map(({ holding, principal }) => [holding, principal]).toSorted()).toEqual(
      [
        [customers, who.ids[0]],
        [guests, who.ids[1]],
      ].toSorted(),
    );
    for (const [i, holding] of [customers, guests].entries())
      expect(await entriesAbout(who.ids[i]!, 'desk:collected')).toMatchObject([
        { request: one.row.id, holdings: [holding], items: ['email', 'name', 'note'] },
      ]);
    expect([
      valueOf(await lookAt(desk, by, one.row.id, customers)).values.note,
      valueOf(await lookAt(desk, by, one.row.id, guests)).values.note,
    ]).toEqual(['顧客の控え', '参加の控え']);
    one = valueOf(await deciding(await reviewed(desk, by, one), disclosing));
    expect(one.request.decided?.result).toBe('granted');
    const { data } = valueOf(await shownOf(desk, by, one.row.id));
    expect(new Map(data.map(({ holding, values }) => [holding, values.email]))).toEqual(
      new Map([
        [customers, expect.stringMatching(/^customer-/)],
        [guests, expect.stringMatching(/^guest-/)],
      ]),
    );
    const paper = await textOf(one, 'disclosed');
    for (const said of ['顧客台帳', '説明会の参加者', '顧客の控え', '参加の控え']) expect(paper).toContain(said);
    for (const [i, holding] of [customers, guests].entries())
      expect(await entriesAbout(who.ids[i]!, 'desk:disclose')).toContainEqual(
        expect.objectContaining({ request: one.row.id, holding }),
      );
  });

  test('提供の記録は、どの記録についてのものもすべて開示する', async () => {
    const who = await twofold();
    await addConsent(house, who.ids[1], consentText);
    const given = {
      principal: who.ids[1],
      holding: guests,
      items: ['name', 'email'],
      purpose: 'P3',
      recipient,
    } as const;
    const ask = { ...given, facts: { relation: 'third-party' } } as const;
    const provided = valueOf(await provide(house.office, by, ask));
    let one = await collected('record-disclosure', who);
    expect(one.request.collected).toMatchObject({
      provisions: 1,
      holdings: [{ holding: 'provisions', items: [provided.id] }],
    });
    one = valueOf(await deciding(one, disclosing));
    expect(valueOf(await shownOf(desk, by, one.row.id)).provisions.map(({ id }) => id)).toEqual([provided.id]);
    const logged = await Promise.all(who.ids.map((id) => entriesAbout(id, 'desk:disclose')));
    expect(logged.map(([entry]) => entry?.provisions)).toEqual([0, 1]);
  });
});

describe('carrying out', () => {
  test('訂正は、それぞれの台帳の記録に届く', async () => {
    const who = await twofold();
    const changes = [customers, guests].map((holding) => ({ holding, items: { phone: '03-0000-0000' } }));
    const one = await carried('correction', who, untrue, { changes });
    expect(one.effects.map(({ step }) => step).toSorted()).toEqual(
      [`correct:${customers}`, `correct:${guests}`].toSorted(),
    );
    for (const id of who.ids) {
      const about = valueOf(await held(house.office, id));
      expect('records' in about && about.records).toMatchObject([{ version: 2 }]);
      expect(await entriesAbout(id, 'people:correct')).toHaveLength(1);
    }
  });

  test('ほかの人のメールアドレスへの訂正は、もう一方の記録についても決められない', async () => {
    const [who, other] = [await twofold(), await twofold()];
    const one = await collected('correction', who);
    const changes = [{ holding: guests, items: { email: other.email } }];
    expect(await deciding(one, untrue, { changes })).toMatchObject({
      ok: false,
      problem: { fields: [{ field: 'changes.0.items.email' }] },
    });
  });

  test('訂正を伝えるのは、直した記録から渡した相手にだけ', async () => {
    const who = await twofold();
    await addConsent(house, who.ids[1], consentText);
    const given = {
      principal: who.ids[1],
      holding: guests,
      items: ['name', 'email'],
      purpose: 'P3',
      recipient,
    } as const;
    valueOf(await provide(house.office, by, { ...given, facts: { relation: 'third-party' } as const }));
    const strange = [{ holding: customers, items: { email: `right-${++n}@example.jp` } }];
    expect(
      await deciding(await collected('correction', who), untrue, { changes: strange, tell: [recipient] }),
    ).toMatchObject({ ok: false, problem: { fields: [{ field: 'tell' }] } });
    const changes = [{ holding: guests, items: { email: `right-${++n}@example.jp` } }];
    await carried('correction', who, untrue, { changes, tell: [recipient] });
    expect(await listProvisions(house.office.database, { principal: who.ids[1], recipient, most: 9 })).toHaveLength(2);
  });

  test('消去は、すべての記録を消し、知らせにもすべての台帳が載る', async () => {
    const who = await twofold();
    const one = await carried('erasure', who, { ...unneeded, keeping: null });
    expect(one.effects.map(({ step }) => step).toSorted()).toEqual(who.ids.map((id) => `erase@${id}`).toSorted());
    for (const id of who.ids) {
      expect(valueOf(await held(house.office, id))).toHaveProperty('entry');
      expect(await entriesAbout(id, 'people:erase')).toHaveLength(1);
      expect(await entriesAbout(id, 'desk:carried-out')).toHaveLength(1);
    }
    expect(new Set(one.request.carriedOut?.entries)).toEqual(new Set(one.effects.map(({ entry_id }) => entry_id)));
    const notice = await textOf(one, 'notice');
    for (const said of ['顧客台帳', '説明会の参加者']) expect(notice).toContain(said);
  });

  test('途中で止まった消去は、残りだけを行う', async () => {
    const who = await twofold();
    const one = valueOf(await deciding(await collected('erasure', who), { ...unneeded, keeping: null }));
    // What was done before the process stopped.
    const [first] = who.ids;
    const entry = valueOf(await eraseAll(house.office, by, { principal: first, ground: 'request-unneeded' })).entry;
    await house.db.owner.query('INSERT INTO request_effects VALUES ($1, $2, $3, now())', [
      one.row.id,
      `erase@${first}`,
      entry,
    ]);
    const again = await Promise.all([1, 2, 3].map(() => carryOut(desk, by, one.row.id, seen(one))));
    expect(again.filter(({ ok }) => ok)).toHaveLength(1);
    for (const id of who.ids) expect(await entriesAbout(id, 'people:erase')).toHaveLength(1);
    expect(valueOf(await caseOf(desk, one.row.id)).request.carriedOut?.entries).toContain(entry);
  });

  test.each([
    { kind: 'stop-use', stops: 'use', scope: 'everything' },
    { kind: 'stop-provision', stops: 'provision', scope: 'provision' },
  ] as const)('停止は、すべての記録に及ぶ：$kind', async ({ kind, stops, scope }) => {
    const who = await twofold();
    const one = await carried(kind, who, unneeded);
    expect(one.suspensions.map((row) => [row.principal_id, row.stops]).toSorted()).toEqual(
      who.ids.map((id) => [id, stops]).toSorted(),
    );
    const standing = await standingStops(house.office.database);
    for (const id of who.ids) {
      expect(standing.filter(({ principal }) => principal === id)).toMatchObject([{ stops }]);
      expect((await consentsOf(house.office, id)).objections).toMatchObject([{ scope, request_id: one.row.id }]);
    }
  });

  test('一方だけがすでに消去されていたら、その台帳についてだけ済んでいたと知らせる', async () => {
    const who = await twofold();
    const one = valueOf(await deciding(await collected('stop-use', who), unneeded));
    valueOf(await eraseAll(house.office, by, { principal: who.ids[0], ground: 'no-longer-needed' }));
    const done = valueOf(await carryOut(desk, by, one.row.id, seen(one)));
    expect(done.effects).toHaveLength(2);
    expect((await consentsOf(house.office, who.ids[1])).objections).toHaveLength(1);
    const notice = await textOf(done, 'notice');
    expect(notice).toContain('「顧客台帳」にあったものは');
    expect(notice).toContain('説明会の参加者');
    expect(notice).not.toContain('「説明会の参加者」にあったものは');
  });

  test('二つの記録についての提供の停止は、約束の一覧では一件の請求', async () => {
    const prove = deskProvers.find(({ promise }) => promise === 'provision-stopped-on-request')!.prove;
    const before = await house.db.app.query<{ n: number }>(
      'SELECT count(DISTINCT request_id)::int AS n FROM suspensions',
      [],
    );
    await carried('stop-provision', await twofold(), unneeded);
    const proof = await prove(house.office);
    expect(proof.evidence[0]?.value.ja).toBe(`${before[0]!.n + 1}件`);
  });

  test('知らせた後も、だれの記録についての請求かは、全員の履歴に残る', async () => {
    const who = await twofold();
    const on = house.office.clock.today();
    const one = await carried('stop-use', who, unneeded);
    valueOf(await notify(desk, by, one.row.id, seen(one), { on, by: 'post' }));
    for (const id of who.ids) expect(await entriesAbout(id, 'desk:notified')).toMatchObject([{ request: one.row.id }]);
  });
});

describe('two entries in one ledger that are one person', () => {
  const linkOf = (principal: string, sameAs: string) =>
    linkPeople(house, by, { principal, sameAs, shownBy: 'document' });

  /** One person with two linked ids in one ledger, the second under another name. */
  async function doubled(): Promise<Twofold> {
    const name = `重複 ${String.fromCodePoint(0x4e00 + ++n)}子`;
    const email = `double-${n}@example.jp`;
    const first = await addPerson(house, guests, { name, email, note: '一つ目の控え' });
    const second = await addPerson(house, guests, { name: `別名 ${n}`, email: `x-${email}`, note: '二つ目の控え' });
    valueOf(await linkOf(first.principal, second.principal));
    return { name, email, ids: [first.principal, second.principal] };
  }

  const placesOf = ({ ids }: Twofold): [string, string] => [`${guests}@${ids[0]}`, `${guests}@${ids[1]}`];

  /** A request for which one of the two was chosen. */
  async function collectedOne(kind: Kind, who: Twofold): Promise<Case> {
    const one = valueOf(await finding(await identified(desk, by, kind), who, { principals: [who.ids[0]] }));
    return valueOf(await collect(desk, by, one.row.id, seen(one)));
  }

  test('一つを選べば請求は両方についてのものになり、手数料は一度だけで、両方を開示する', async () => {
    const who = await doubled();
    let one = await collectedOne('disclosure', who);
    expect(one.request.fee.received).toBe(one.request.fee.due);
    expect(one.request.specified).toMatchObject({ principals: who.ids, matches: 2, holdings: [guests] });
    const places = placesOf(who);
    expect(one.request.collected?.holdings.map(({ holding, principal }) => [holding, principal])).toEqual([
      [places[0], who.ids[0]],
      [places[1], who.ids[1]],
    ]);
    const looked = [
      valueOf(await lookAt(desk, by, one.row.id, places[0])),
      valueOf(await lookAt(desk, by, one.row.id, places[1])),
    ];
    expect(looked.map(({ values }) => values.note)).toEqual(['一つ目の控え', '二つ目の控え']);
    one = valueOf(await deciding(await reviewed(desk, by, one), disclosing));
    const { data } = valueOf(await shownOf(desk, by, one.row.id));
    expect(data.map(({ holding, values }) => [holding, values.note])).toEqual([
      [places[0], '一つ目の控え'],
      [places[1], '二つ目の控え'],
    ]);
    const paper = await textOf(one, 'disclosed');
    for (const said of ['説明会の参加者（1）', '説明会の参加者（2）', '一つ目の控え', '二つ目の控え'])
      expect(paper).toContain(said);
    for (const id of who.ids) {
      expect(await entriesAbout(id, 'desk:look')).toMatchObject([{ request: one.row.id, holding: guests }]);
      expect(await entriesAbout(id, 'desk:disclose')).toContainEqual(
        expect.objectContaining({ request: one.row.id, holding: guests }),
      );
      expect(await entriesAbout(id, 'desk:reviewed')).not.toEqual([]);
    }
  });

  test('結び付けていない人は、同じ台帳では選べないまま', async () => {
    const who = await doubled();
    const other = await addPerson(house, guests, { name: who.name, email: `other-${n}@example.jp` });
    const refused = await finding(await identified(desk, by, 'disclosure'), who, {
      principals: [who.ids[0], other.principal],
    });
    expect(refused).toMatchObject({ ok: false, problem: { fields: [{ field: 'principal' }] } });
  });

  test('訂正は、それぞれに別の内容で届き、前の内容も知らせる相手も、それぞれのもの', async () => {
    const who = await doubled();
    const places = placesOf(who);
    for (const principal of who.ids) {
      await addConsent(house, principal, consentText);
      const given = { principal, holding: guests, items: ['name', 'email'], purpose: 'P3', recipient } as const;
      const ask = { ...given, facts: { relation: 'third-party' as const } };
      valueOf(await provide(house.office, by, ask));
    }
    const one = await collectedOne('correction', who);
    const taken = [{ holding: places[0], items: { email: `x-${who.email}` } }];
    expect(await deciding(one, untrue, { changes: taken })).toMatchObject({
      problem: { fields: [{ field: 'changes.0.items.email' }] },
    });
    const changes = places.map((holding, i) => ({ holding, items: { email: `right-${i}-${n}@example.jp` } }));
    const decided = valueOf(await deciding(one, untrue, { changes, tell: [recipient] }));
    const done = valueOf(await carryOut(desk, by, decided.row.id, seen(decided)));
    expect(
      done.effects
        .filter(({ step }) => step.startsWith('correct:'))
        .map(({ step }) => step)
        .toSorted(),
    ).toEqual(places.map((place) => `correct:${place}`).toSorted());
    for (const principal of who.ids) {
      const about = valueOf(await held(house.office, principal));
      expect('records' in about && about.records).toMatchObject([{ version: 2 }]);
      expect(await entriesAbout(principal, 'people:correct')).toMatchObject([{ holding: guests }]);
      expect(await listProvisions(house.office.database, { principal, recipient, most: 9 })).toHaveLength(2);
    }
    const notice = await textOf(done, 'notice');
    for (const said of [who.email, `x-${who.email}`, `right-0-${n}@`, `right-1-${n}@`]) expect(notice).toContain(said);
  });

  test('一部の消去は選んだ方だけ、全部の消去は両方に及ぶ', async () => {
    const part = await doubled();
    const changes = [{ holding: placesOf(part)[1], items: { note: null } }];
    await carriedOne('erasure', part, { ...unneeded, found: 'part', keeping: null }, { changes });
    const [first, second] = await Promise.all(part.ids.map((id) => held(house.office, id)));
    expect([first, second].map((one) => valueOf(one!))).toMatchObject([
      { records: [{ version: 1 }] },
      { records: [{ version: 2, items: ['name', 'email'] }] },
    ]);
    const whole = await doubled();
    const one = await carriedOne('erasure', whole, { ...unneeded, keeping: null });
    for (const id of whole.ids) expect(valueOf(await held(house.office, id))).toHaveProperty('entry');
    const notice = await textOf(one, 'notice');
    for (const said of ['説明会の参加者（1）', '説明会の参加者（2）']) expect(notice).toContain(said);
  });

  const carriedOne = async (kind: Kind, who: Twofold, facts: DecideAsk['facts'], plan: Plan = {}): Promise<Case> => {
    const one = valueOf(await deciding(await collectedOne(kind, who), facts, plan));
    return valueOf(await carryOut(desk, by, one.row.id, seen(one)));
  };

  test('窓口で認めた停止は、後から結び付けた番号にも及び、取り消せば及ばない', async () => {
    const who = await twofold();
    const later = await addPerson(house, guests, { name: `後 ${n}`, email: `later-${++n}@example.jp` });
    await carried('stop-use', who, unneeded);
    const using = () =>
      use(house.office, by, {
        principal: later.principal,
        holding: guests,
        items: ['email'],
        purpose: 'P3',
      });
    expect((await using()).ok).toBe(true);
    valueOf(await linkOf(later.principal, who.ids[1]));
    expect(await using()).toMatchObject({ problem: { kind: 'refused', finding: { because: [{ article: '35(6)' }] } } });
    valueOf(await unlinkPeople(house, by, { principal: who.ids[1], sameAs: later.principal }));
    expect((await using()).ok).toBe(true);
  });

  test('結び付けを取り消したら、その請求では何も開かず、決めず、本人を特定し直す', async () => {
    const who = await doubled();
    let one = await reviewed(desk, by, await collectedOne('disclosure', who));
    const decided = await reviewed(desk, by, await collectedOne('disclosure', await doubled()));
    valueOf(await unlinkPeople(house, by, { principal: who.ids[0], sameAs: who.ids[1] }));
    const parted = { ok: false, problem: { fields: [{ field: 'principal' }] } };
    expect(await lookAt(desk, by, one.row.id, placesOf(who)[1])).toMatchObject(parted);
    expect(await deciding(one, disclosing)).toMatchObject(parted);
    one = valueOf(await finding(one, who, { principals: [who.ids[0]] }));
    one = valueOf(await collect(desk, by, one.row.id, seen(one)));
    expect(one.request.collected?.holdings).toMatchObject([{ holding: guests, principal: who.ids[0] }]);
    expect(valueOf(await deciding(decided, disclosing)).request.decided?.result).toBe('granted');
  });

  test('別の台帳の番号も、結び付けてあれば対象になり、後から結び付けたものは特定し直して含める', async () => {
    const who = await twofold();
    valueOf(await linkOf(...who.ids));
    let one = valueOf(await finding(await identified(desk, by, 'disclosure'), who, { principals: [who.ids[1]] }));
    expect(one.request.specified).toMatchObject({ principals: [who.ids[1], who.ids[0]], matches: 2 });
    expect(one.request.specified!.persons?.map((ids) => ids.toSorted())).toEqual([who.ids.toSorted()]);
    const third = await addPerson(house, guests, { name: `三つ目 ${n}`, email: `third-${n}@example.jp` });
    valueOf(await linkOf(third.principal, who.ids[0]));
    const more = { ok: false, problem: { fields: [{ field: 'principal' }] } };
    expect(await collect(desk, by, one.row.id, seen(one))).toMatchObject(more);
    one = valueOf(await finding(one, who, { principals: [who.ids[1]] }));
    one = await reviewed(desk, by, valueOf(await collect(desk, by, one.row.id, seen(one))));
    expect(one.request.collected?.holdings.map(({ principal }) => principal).toSorted()).toEqual(
      [...who.ids, third.principal].toSorted(),
    );
    valueOf(await unlinkPeople(house, by, { principal: who.ids[0], sameAs: third.principal }));
    expect(await deciding(one, disclosing)).toMatchObject(more);
  });

  test.each([
    ['erasure', { ...unneeded, keeping: null }],
    ['stop-use', unneeded],
    ['disclosure', disclosing],
  ] as const)('決めた後に結び付けた記録があれば、実施も通知もせず、含めて決め直す：%s', async (kind, facts) => {
    const who = await doubled();
    const there = await collectedOne(kind, who);
    let one = valueOf(await deciding(kind === 'disclosure' ? await reviewed(desk, by, there) : there, facts));
    const later = await addPerson(house, customers, { name: `後 ${n}`, email: `late-${++n}@example.jp` });
    valueOf(await linkOf(later.principal, who.ids[1]));
    const on = house.office.clock.today();
    const acting = (now: Case) =>
      kind === 'disclosure'
        ? notify(desk, by, now.row.id, seen(now), { on, by: 'post' })
        : carryOut(desk, by, now.row.id, seen(now));
    const joined = { ok: false, problem: { fields: [{ field: 'principal' }] } };
    expect(await acting(one)).toMatchObject(joined);
    for (const id of [...who.ids, later.principal])
      expect(valueOf(await held(house.office, id))).toHaveProperty('records');
    one = valueOf(await caseOf(desk, one.row.id));
    expect([one.since.joined, nextEvents(one.request, one.since)[0]]).toEqual([[later.principal], 'specified']);
    one = valueOf(await finding(one, who, { principals: [...who.ids, later.principal] }));
    expect([one.request.decided, one.since.joined]).toEqual([null, []]);
    one = valueOf(await collect(desk, by, one.row.id, seen(one)));
    if (kind === 'disclosure') one = await reviewed(desk, by, one);
    valueOf(await acting(valueOf(await deciding(one, facts))));
    const now = valueOf(await held(house.office, later.principal));
    expect(now).toHaveProperty(kind === 'erasure' ? 'entry' : 'records');
  });

  test('一部を実施した後に結び付けた記録は、消さずに残し、残ったことを画面で知らせる', async () => {
    const who = await doubled();
    const one = valueOf(await deciding(await collectedOne('erasure', who), { ...unneeded, keeping: null }));
    const ask = { principal: who.ids[0], ground: 'request-unneeded' } as const;
    const { entry } = valueOf(await eraseAll(house.office, by, ask));
    const step = `erase@${who.ids[0]}`;
    await house.db.owner.query('INSERT INTO request_effects VALUES ($1, $2, $3, now())', [one.row.id, step, entry]);
    const later = await addPerson(house, customers, { name: `後 ${n}`, email: `left-${++n}@example.jp` });
    valueOf(await linkOf(later.principal, who.ids[1]));
    const done = valueOf(await carryOut(desk, by, one.row.id, seen(one)));
    expect([done.effects.length, done.since.joined]).toEqual([2, [later.principal]]);
    expect(valueOf(await held(house.office, later.principal))).toHaveProperty('records');
    const officer = await house.visitor('officer');
    const page = await (await officer.get(`/desk/${one.row.id}`)).text();
    expect(page).toContain('この請求では、まだ何もしていません');
    expect(page).toContain(`href="/people/${later.principal}"`);
  });

  test('決めた後に取り消したら、知らせも実施もせず、特定からやり直せる', async () => {
    for (const kind of ['disclosure', 'stop-use'] as const) {
      const who = await doubled();
      const there = await collectedOne(kind, who);
      const ready = kind === 'disclosure' ? await reviewed(desk, by, there) : there;
      let one = valueOf(await deciding(ready, kind === 'disclosure' ? disclosing : unneeded));
      expect(await finding(one, who)).toMatchObject({ ok: false, problem: { fields: [{ field: 'event' }] } });
      valueOf(await unlinkPeople(house, by, { principal: who.ids[0], sameAs: who.ids[1] }));
      const parted = { ok: false, problem: { fields: [{ field: 'principal' }] } };
      if (kind === 'disclosure') expect(await shownOf(desk, by, one.row.id)).toMatchObject(parted);
      else expect(await carryOut(desk, by, one.row.id, seen(one))).toMatchObject(parted);
      one = valueOf(await finding(one, who, { principals: [who.ids[0]] }));
      expect(one.request).toMatchObject({ decided: null, collected: null, reviews: [] });
      one = valueOf(await collect(desk, by, one.row.id, seen(one)));
      expect(one.request.collected?.holdings).toMatchObject([{ holding: guests, principal: who.ids[0] }]);
    }
  });

  test('特定し直す間に一部が実施されたら、特定し直さない', async () => {
    const who = await doubled();
    const one = valueOf(await deciding(await collectedOne('stop-use', who), unneeded));
    valueOf(await unlinkPeople(house, by, { principal: who.ids[0], sameAs: who.ids[1] }));
    const { id } = one.row;
    let anew: ReturnType<typeof finding> | undefined;
    await house.db.owner.transaction(async (tx) => {
      await tx.query('SELECT 1 FROM requests WHERE id = $1 FOR UPDATE', [id]);
      anew = finding(one, who, { principals: [who.ids[0]] });
      // Until it waits for the request.
      for (let waits = 0; waits === 0;) {
        const [row] = await house.db.owner.query<{ n: number }>(
          'SELECT count(*)::int AS n FROM pg_locks WHERE NOT granted',
          [],
        );
        waits = row!.n;
      }
      const step = `object:everything@${who.ids[0]}`;
      await tx.query('INSERT INTO request_effects VALUES ($1, $2, $3, now())', [id, step, one.events[0]!.entry_id]);
    });
    expect(await anew).toMatchObject({ ok: false, problem: { kind: 'conflict', field: 'event' } });
    expect(valueOf(await caseOf(desk, id)).request.decided).not.toBeNull();
  });
});
