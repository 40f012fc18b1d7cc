// Only what was judged goes out: an item that is corrected after it was judged is judged anew, before the decision and after it, and the decisions
// about the others stand.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { asking, collected, disclosing, openTestDesk, seen, wordsOf } from '../../../tests/desk.ts';
import { fieldsIn } from '../../../tests/forms.ts';
import type { TestOffice } from '../../../tests/office.ts';
import { addHolding, addPerson, valueOf } from '../../../tests/people.ts';
import type { By, Room } from '../access/index.ts';
import { correct, held } from '../checkpoint/index.ts';
import { notify } from './actions/answer.ts';
import { carryOut } from './actions/carry-out.ts';
import { caseOf, type Case } from './actions/cases.ts';
import { collect, review } from './actions/collect.ts';
import { printLetter } from './actions/copies.ts';
import { decide } from './actions/decide.ts';
import { lookAt } from './actions/look.ts';
import { contentOf, shownOf } from './actions/shown.ts';
import { kinds, looksAtPerson } from './facts/kind.ts';
import { nextEvents } from './facts/next.ts';
import { stepsOf } from './pages/progress.tsx';
import { deskPages } from './pages/desk.tsx';

let house: TestOffice;
let desk: Room;
let by: By;
let holding: string;
beforeAll(async () => {
  ({ house, desk, by } = await openTestDesk((office, access) => deskPages({ office, access })));
  holding = await addHolding(house);
});
afterAll(() => house.close());

let n = 0;

async function somebody(): Promise<{ id: string; name: string }> {
  const name = `変更 ${String.fromCodePoint(0x4e00 + ++n)}子`;
  const items = { name, email: `since-${n}@example.jp`, note: '佐藤さんの紹介' };
  return { id: (await addPerson(house, holding, items)).principal, name };
}

const now = async ({ row }: Case): Promise<Case> => valueOf(await caseOf(desk, row.id));

const whole = { decision: 'disclose', ground: null, reason: '', redacted: '' } as const;
const covered = { decision: 'redact', ground: 'harms', reason: '紹介した人のため' } as const;

/** Decides about the note, which mentions somebody else; `version`: of what was looked at. */
const coverNote = (one: Case, redacted: string, version?: number) =>
  review(desk, by, one.row.id, seen(one), { ...covered, holding, item: 'note', redacted, version });

/** A disclosure with every item judged: the note is covered, the others go out whole. */
async function judged(name: string): Promise<Case> {
  let one = await collected(desk, by, 'disclosure', name);
  for (const item of ['name', 'email'])
    one = valueOf(await review(desk, by, one.row.id, seen(one), { ...whole, holding, item }));
  return valueOf(await coverNote(one, '■■さんの紹介'));
}

const deciding = (one: Case) => decide(desk, by, one.row.id, seen(one), asking(disclosing));
const notifying = (one: Case) =>
  notify(desk, by, one.row.id, seen(one), { on: house.office.clock.today(), by: 'post' });

const corrected = async (principal: string, items: Record<string, string | null>) =>
  valueOf(await correct(house.office, by, { principal, holding, items, ground: 'accuracy' }));

const disclosed = async (one: Case): Promise<string> =>
  wordsOf(valueOf(await printLetter(desk, by, one.row.id, 'disclosed')).bytes);

const refused = { ok: false, problem: { kind: 'invalid', fields: [{ field: 'reviews' }] } };

test('an item that is corrected before the decision is judged anew, and the others stand', async () => {
  const { id, name } = await somebody();
  let one = await judged(name);
  expect([one.since.changed, nextEvents(one.request, one.since)[0]]).toEqual([[], 'decided']);
  await corrected(id, { note: '鈴木さんの紹介' });
  one = await now(one);
  expect(one.since.changed).toMatchObject([{ holding, item: 'note' }]);
  expect(nextEvents(one.request, one.since)[0]).toBe('reviewed');
  expect(await deciding(one)).toMatchObject(refused);
  one = valueOf(await coverNote(one, '■■さんのご紹介'));
  expect(one.request.reviews).toHaveLength(3);
  one = valueOf(await notifying(valueOf(await deciding(one))));
  const paper = await disclosed(one);
  expect([paper.includes('さんのご紹介'), /佐藤|鈴木/.test(paper)]).toEqual([true, false]);
});

test.each([
  ['before everything is judged', collected],
  ['after everything is judged', (_room: Room, _by: By, _kind: string, name: string) => judged(name)],
])('what came since it was collected, %s, is collected first, and the page says why', async (_, until) => {
  const { id, name } = await somebody();
  let one = await until(desk, by, 'disclosure', name);
  const before = nextEvents(one.request, one.since);
  expect([one.since.grown, before.includes('collected')]).toEqual([false, true]);
  const more = await addHolding(house, { name: { ja: `後の台帳${n}`, en: `Later ${n}` } });
  await addPerson(house, more, { name, email: `since-${n}@example.jp` }, id);
  one = await now(one);
  const next = nextEvents(one.request, one.since);
  expect(next).toEqual(['collected', ...before.slice(1).filter((event) => event !== 'collected')]);
  expect(
    stepsOf(one.request, house.office.clock.today(), 'en', one.since).find(({ state }) => state === 'now'),
  ).toEqual(
    stepsOf({ ...one.request, collected: null }, house.office.clock.today(), 'en').find(({ state }) => state === 'now'),
  );
  const says = '集めた後に増えたものがあります';
  const clerk = await house.visitor('desk');
  const page = await (await clerk.get(`/desk/${one.row.id}`)).text();
  expect([page.includes(says), page.includes(`action="/desk/${one.row.id}/collected"`)]).toEqual([true, true]);
  one = valueOf(await collect(desk, by, one.row.id, seen(one)));
  expect([one.since.grown, nextEvents(one.request, one.since)[0]]).toEqual([false, 'reviewed']);
  expect(await (await clerk.get(`/desk/${one.row.id}`)).text()).not.toContain(says);
});

test.each(kinds.filter((kind) => looksAtPerson(kind) && kind !== 'record-disclosure'))(
  'what came since it was collected is collected before anything is decided: %s',
  async (kind) => {
    const { id, name } = await somebody();
    let one = await collected(desk, by, kind, name);
    expect(nextEvents(one.request, one.since)[0]).toBe(kind === 'disclosure' ? 'reviewed' : 'decided');
    await corrected(id, { phone: '03-0000-1111' });
    one = await now(one);
    expect([one.since.grown, nextEvents(one.request, one.since)[0]]).toEqual([true, 'collected']);
    one = valueOf(await collect(desk, by, one.row.id, seen(one)));
    expect(one.request.collected!.holdings).toMatchObject([{ holding, items: expect.arrayContaining(['phone']) }]);
    expect(one.since.grown).toBe(false);
  },
);

const harmed = { reason: 'may-harm', found: 'all', keeping: null } as const;

/** An erasure of everything that was decided. */
const erasing = async (name: string): Promise<Case> => {
  const one = await collected(desk, by, 'erasure', name);
  return valueOf(await decide(desk, by, one.row.id, seen(one), asking(harmed)));
};

const carryingOut = (one: Case) => carryOut(desk, by, one.row.id, seen(one));

test('what came since an erasure was decided is not erased: it is collected, and the erasure is decided anew', async () => {
  const { id, name } = await somebody();
  let one = await erasing(name);
  expect(nextEvents(one.request, one.since)[0]).toBe('carried-out');
  expect(await collect(desk, by, one.row.id, seen(one))).toMatchObject({ problem: { fields: [{ field: 'event' }] } });
  const more = await addHolding(house, { name: { ja: `契約${n}`, en: `Contracts ${n}` } });
  await addPerson(house, more, { name, email: `since-${n}@example.jp` }, id);
  expect(await carryingOut(one)).toMatchObject({ problem: { kind: 'invalid', fields: [{ field: 'collected' }] } });
  expect(valueOf(await held(house.office, id))).toMatchObject({ records: { length: 2 } });
  one = await now(one);
  expect(nextEvents(one.request, one.since)).toEqual([
    'collected',
    'papers-short',
    'withdrawn',
    'acknowledged',
    'assigned',
    'eased',
    'amended',
  ]);
  const clerk = await house.visitor('desk');
  const page = await (await clerk.get(`/desk/${one.row.id}`)).text();
  expect([page.includes('集めた後に増えたものがあります'), page.includes('いまの決定は取り消されます')]).toEqual([
    true,
    true,
  ]);
  one = valueOf(await collect(desk, by, one.row.id, seen(one)));
  expect([one.request.decided, nextEvents(one.request, one.since)[0]]).toEqual([null, 'decided']);
  expect(one.request.collected!.holdings.map((place) => place.holding).toSorted()).toEqual([holding, more].toSorted());
  one = valueOf(await carryingOut(valueOf(await decide(desk, by, one.row.id, seen(one), asking(harmed)))));
  expect(valueOf(await held(house.office, id))).toMatchObject({ holdings: { length: 2 } });
});

test('what comes at the moment of an erasure is not erased with the rest', async () => {
  const { id, name } = await somebody();
  const one = await erasing(name);
  const waiting = (n: number) =>
    expect
      .poll(
        () =>
          house.db.owner.query(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
            [],
          ),
        { interval: 5 },
      )
      .toHaveLength(n);
  // Whoever adds to what is kept comes first, and the erasure has already read what there was.
  const [added, erased] = await house.db.owner.transaction(async (tx) => {
    await tx.query('SELECT FROM vault_principals WHERE id = $1 FOR UPDATE', [id]);
    const first = corrected(id, { phone: '03-0000-1111' });
    await waiting(1);
    const second = carryingOut(one);
    await waiting(2);
    return [first, second];
  });
  expect((await added).version).toBe(2);
  expect(await erased).toMatchObject({ problem: { kind: 'invalid', fields: [{ field: 'collected' }] } });
  expect(valueOf(await held(house.office, id))).toMatchObject({
    records: [{ items: expect.arrayContaining(['phone']) }],
  });
  expect((await now(one)).effects).toEqual([]);
});

test.each([
  ['covered', 'note', '鈴木さんの紹介'],
  ['whole', 'email', 'since-new@example.jp'],
])('an item that is to go out %s and is corrected after the decision does not go out', async (_, item, value) => {
  const { id, name } = await somebody();
  let one = valueOf(await deciding(await judged(name)));
  expect(await disclosed(one)).toContain('さんの紹介');
  await corrected(id, { [item]: value });
  for (const asked of [shownOf(desk, by, one.row.id), notifying(one)]) expect(await asked).toMatchObject(refused);
  for (const letter of ['notice', 'disclosed'] as const)
    expect(await printLetter(desk, by, one.row.id, letter)).toMatchObject({ problem: { kind: 'not-found' } });
  one = await now(one);
  expect(one.since.changed).toMatchObject([{ holding, item }]);
  expect(nextEvents(one.request, one.since)).toEqual([
    'reviewed',
    'withdrawn',
    'acknowledged',
    'assigned',
    'eased',
    'amended',
  ]);
  // Only what has changed is judged anew after a decision.
  expect(await review(desk, by, one.row.id, seen(one), { ...whole, holding, item: 'name' })).toMatchObject({
    problem: { fields: [{ field: 'event' }] },
  });
  const anew = { ...(item === 'note' ? { ...covered, redacted: '■■さんの紹介です' } : whole), holding, item };
  one = valueOf(await review(desk, by, one.row.id, seen(one), anew));
  expect([one.request.decided, one.request.reviews.length, one.since.changed]).toEqual([null, 3, []]);
  expect(await notifying(one)).toMatchObject({ ok: false });
  one = valueOf(await notifying(valueOf(await deciding(one))));
  const paper = await disclosed(one);
  expect(paper).toContain(item === 'note' ? 'さんの紹介です' : value);
  expect(paper).not.toMatch(/佐藤|鈴木/);
});

test('what is corrected after the answer changes nothing of what was sent, and is not shown as if it had been', async () => {
  const { id, name } = await somebody();
  const one = valueOf(await notifying(valueOf(await deciding(await judged(name)))));
  await corrected(id, { note: '鈴木さんの紹介' });
  const paper = await disclosed(one);
  expect([paper.includes('さんの紹介'), /佐藤|鈴木/.test(paper)]).toEqual([true, false]);
  expect(await contentOf(desk, by, one.row.id)).toMatchObject(refused);
  expect((await now(one)).since.changed).toEqual([]);
});

test('what is judged is what was looked at: a text that covers what stood before is not taken', async () => {
  const { id, name } = await somebody();
  const one = await collected(desk, by, 'disclosure', name);
  const before = valueOf(await lookAt(desk, by, one.row.id, holding));
  await corrected(id, { note: '鈴木さんの紹介' });
  expect(await coverNote(one, '■■さんの紹介', before.version)).toMatchObject({
    problem: { fields: [{ field: 'decision' }] },
  });
  const after = valueOf(await lookAt(desk, by, one.row.id, holding));
  const kept = valueOf(await coverNote(one, '■■さんの紹介', after.version));
  // Another item of the same record is corrected meanwhile.
  await corrected(id, { email: `since-again-${n}@example.jp` });
  const again = await review(desk, by, kept.row.id, seen(kept), {
    ...whole,
    holding,
    item: 'name',
    version: after.version,
  });
  expect(valueOf(again).since.changed).toEqual([]);
});

test('the page names what has changed, and the form sends along what was looked at', async () => {
  const { id, name } = await somebody();
  const one = valueOf(await deciding(await judged(name)));
  await corrected(id, { note: '鈴木さんの紹介' });
  const clerk = await house.visitor('desk');
  const at = `/desk/${one.row.id}`;
  const page = await (await clerk.get(at)).text();
  expect(page).toContain('判断した後に、内容が変わりました');
  expect(page).toContain('2項目が決定');
  expect(page).not.toContain('name="by"');
  expect(page).not.toContain('/letters/disclosed');
  const looked = await (await clerk.post(`${at}/look`, { holding, item: `${holding}/note` }, at)).text();
  const fields = fieldsIn(looked);
  expect(fields).toMatchObject({ opened: ['鈴木さんの紹介'], version: ['2'] });
  const form = { seen: fields.seen!.at(-1)!, holding, item: 'note', version: '2', opened: '鈴木さんの紹介' };
  const sent = await clerk.post(`${at}/reviewed`, { ...form, ...covered, redacted: '■■さんの紹介' }, at);
  expect(sent.status).toBe(303);
  expect((await now(one)).request).toMatchObject({ decided: null, reviews: { length: 3 } });
});

test('of somebody in very many holdings what has changed is found with as few statements, and the page holds a part', async () => {
  const statements = async (id: string): Promise<{ n: number; changed: number }> => {
    let n = 0;
    const { database } = house.office;
    const query = <Row>(...asked: Parameters<typeof database.query>): Promise<Row[]> => {
      n += 1;
      return database.query<Row>(...asked);
    };
    const { since } = valueOf(
      await caseOf({ ...desk, office: { ...house.office, database: { ...database, query } } }, id),
    );
    return { n, changed: since.changed.length };
  };
  const clerk = await house.visitor('desk');
  const judgedIn = async (holdings: readonly string[]): Promise<Case> => {
    const { id, name } = await somebody();
    for (const one of holdings) await addPerson(house, one, { name, email: `since-${n}@example.jp`, note: '紹介' }, id);
    const one = await collected(desk, by, 'disclosure', name);
    const at = `/desk/${one.row.id}`;
    const rest = { seen: String(one.request.last), rest: 'yes' };
    expect((await clerk.post(`${at}/reviewed`, rest, at)).status).toBe(303);
    for (const there of holdings)
      valueOf(
        await correct(house.office, by, {
          principal: id,
          holding: there,
          items: { note: '別の紹介' },
          ground: 'accuracy',
        }),
      );
    return now(one);
  };
  const more: string[] = [];
  for (let i = 0; i < 36; i++) more.push(await addHolding(house, { name: { ja: `多い台帳${i}`, en: `Many ${i}` } }));
  const few = await judgedIn(more.slice(0, 2));
  const many = await judgedIn(more);
  const [of2, of36] = [await statements(few.row.id), await statements(many.row.id)];
  expect([of2.changed, of36.changed, of36.n]).toEqual([2, 36, of2.n]);
  const at = `/desk/${many.row.id}`;
  const html = await (await clerk.get(at)).text();
  expect(html.match(/data-label="判断"/g)).toHaveLength(100);
  expect(html).toContain('111件のうち 1〜100件');
  expect(html).toContain('、ほか26項目');
  // What waits comes first, with the button to look at it.
  const changedIn = (page: string): number => page.match(/判断の後に変わった/g)?.length ?? 0;
  const second = await (await clerk.get(`${at}?page=2`)).text();
  expect([changedIn(html), changedIn(second), second.match(/data-label="判断"/g)?.length]).toEqual([36, 0, 11]);
  // A page offers the holdings of the items it shows.
  const opened = [...(html + second).matchAll(/\/look".*?name="holding" value="([^"]+)"/gs)].map(([, of]) => of);
  expect(new Set(opened).size).toBe(37);
  expect(html.match(/それより前も見る/g)).toHaveLength(1);
  const all = await (await clerk.get(`${at}?moves=all`)).text();
  expect(all).not.toContain('それより前も見る');
  expect(all.length).toBeGreaterThan(html.length);
});
