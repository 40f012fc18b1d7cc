// Somebody who was erased asks for the records of what was provided about them (33(5)). The records outlast the erasure, and the desk finds whose
// they are by the identity kept with them, for such a request only.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { asking, disclosing, identified, openTestDesk, seen, wordsOf } from '../../../tests/desk.ts';
import type { TestOffice, Visitor } from '../../../tests/office.ts';
import { addConsent, addConsentText, addHolding, addPerson, addRecipient, valueOf } from '../../../tests/people.ts';
import { addDays } from '../../base/day.ts';
import { listEntries } from '../../log/index.ts';
import { indexIdentities } from '../../vault/index.ts';
import type { By, Room } from '../access/index.ts';
import { acquire } from '../acquisition/index.ts';
import { eraseAll, find } from '../checkpoint/index.ts';
import { dropIdentitiesOver } from '../people/actions/clear.ts';
import { provide } from '../provision/index.ts';
import { notify } from './actions/answer.ts';
import type { Case } from './actions/cases.ts';
import { collect, specify, type SpecifyAsk } from './actions/collect.ts';
import { printLetter } from './actions/copies.ts';
import { decide } from './actions/decide.ts';
import { compare } from './actions/look.ts';
import { shownOf, type Shown } from './actions/shown.ts';
import { deskPages } from './index.ts';
import type { Kind } from './facts/kind.ts';

let house: TestOffice;
let desk: Room;
let by: By;
let holding: string;
let recipient: string;
beforeAll(async () => {
  ({ house, desk, by } = await openTestDesk((office, access) => deskPages({ office, access })));
  holding = await addHolding(house);
  recipient = await addRecipient(house, { name: '提供先商事株式会社' });
});
afterAll(() => house.close());

let n = 0;

interface Erased {
  id: string;
  name: string;
  email: string;
}

/** Somebody whose information went to a third party, and who was erased afterwards. */
async function erased(name = `消去 ${String.fromCodePoint(0x4e00 + ++n)}子`): Promise<Erased> {
  const email = `erased-${++n}@example.jp`;
  const items = { name, name_kana: `ショウキョ ${'アイウエオカキクケコ'[n % 10]}コ`, email };
  const { principal: id } = await addPerson(house, holding, items);
  await addConsent(house, id, await addConsentText(house, { holding, recipients: [recipient], items: ['email'] }));
  const facts = { relation: 'third-party' } as const;
  const given = { principal: id, holding, items: ['email'], purpose: 'P3', recipient, facts };
  valueOf(await provide(house.office, by, given));
  valueOf(await eraseAll(house.office, by, { principal: id, ground: 'no-longer-needed' }));
  return { id, name, email };
}

const terms = (name: string): SpecifyAsk['terms'] => [{ kind: 'name', term: name }];
const asked = (kind: Kind): Promise<Case> => identified(desk, by, kind);
const opened = async (principal: string) =>
  (await listEntries(house.office.database, { principal, actions: ['people:identity'], most: 9 })).map(
    ({ entry }) => entry,
  );

test('is found by name and reading, is seen before they are chosen, with that in the log, and is answered with the records', async () => {
  const who = await erased();
  let one = await asked('record-disclosure');
  const { id } = one.row;
  expect(await specify(desk, by, id, seen(one), { terms: terms(who.name), nobody: false })).toMatchObject({
    ok: false,
    problem: { fields: [{ field: 'principal' }] },
  });
  expect(await opened(who.id)).toEqual([]);
  const compared = valueOf(await compare(desk, by, id, terms(who.name)));
  expect(compared).toMatchObject([
    { principal: who.id, values: { name: who.name } },
    { principal: who.id, values: { name_kana: 'ショウキョ ウコ' } },
  ]);
  expect(await opened(who.id)).toMatchObject([{ items: ['name', 'name_kana'], request: id }]);
  one = valueOf(await specify(desk, by, id, seen(one), { terms: terms(who.name), principals: [who.id] }));
  expect(one.request.specified).toMatchObject({ principals: [who.id], holdings: [], matches: 1 });
  one = valueOf(await collect(desk, by, id, seen(one)));
  expect(one.request.collected).toMatchObject({ provisions: 1, receipts: 0 });
  one = valueOf(await decide(desk, by, id, seen(one), asking(disclosing)));
  expect(one.request.decided?.result).toBe('granted');
  one = valueOf(await notify(desk, by, id, seen(one), { on: house.office.clock.today(), by: 'post' }));
  const letter = valueOf(await printLetter(desk, by, id, 'disclosed'));
  expect(await wordsOf(letter.bytes)).toContain('提供先商事株式会社');
});

test('is found by every way of writing that a held person is found by, and by nothing that was erased', async () => {
  const who = await erased('髙橋　消子');
  const found = async (...ask: SpecifyAsk['terms']): Promise<boolean> => {
    const one = await asked('record-disclosure');
    const answer = await specify(desk, by, one.row.id, seen(one), { terms: ask, nobody: false });
    return !answer.ok && answer.problem.kind === 'invalid' && answer.problem.fields[0].field === 'principal';
  };
  expect(await found({ kind: 'name', term: '高橋消子' })).toBe(true);
  expect(await found({ kind: 'name', term: '高橋消' })).toBe(false);
  // The name tells who it was, so neither the e-mail address nor its search key was kept.
  expect(await found({ kind: 'email', term: who.email })).toBe(false);
  expect(await found({ kind: 'name', term: '高橋消子' }, { kind: 'email', term: who.email })).toBe(false);
});

test.each(['disclosure', 'erasure', 'purpose-notice', 'foreign-information'] as const)(
  'is nobody for a request of another kind: %s',
  async (kind) => {
    const who = await erased();
    let one = await asked(kind);
    one = valueOf(await specify(desk, by, one.row.id, seen(one), { terms: terms(who.name) }));
    expect(one.request.specified).toMatchObject({ principals: [], matches: 0 });
  },
);

test('is nobody for whoever searches people', async () => {
  const who = await erased();
  expect(valueOf(await find(house.office, by, { terms: terms(who.name), holding: null }))).toEqual([]);
});

test('stands among the candidates as erased, and what is kept of them opens by the button alone', async () => {
  const who = await erased();
  const one = await asked('record-disclosure');
  const page = `/desk/${one.row.id}`;
  const clerk: Visitor = await house.visitor('officer');
  const sent = { seen: String(one.request.last), name: who.name };
  const html = await (await clerk.post(`${page}/specified`, sent, page)).text();
  expect(html).toContain('消去した本人');
  expect(html.replaceAll(`value="${who.name}"`, '')).not.toContain(who.name);
  expect(await opened(who.id)).toEqual([]);
  const shown = await (await clerk.post(`${page}/specified`, { ...sent, do: 'compare' }, page)).text();
  expect(shown.replaceAll(`value="${who.name}"`, '')).toContain(who.name);
  expect(await opened(who.id)).toHaveLength(1);
});

test('is found no more once the record is over, and what they were found by is gone with it', async () => {
  const who = await erased();
  const sql = house.db.owner;
  await sql.query('DELETE FROM provision_records', []);
  house.clock.moveTo(`${addDays(house.office.clock.today(), 1)}T09:00:00+09:00`);
  expect(await dropIdentitiesOver(house.office)).toBeGreaterThan(0);
  let one = await asked('record-disclosure');
  one = valueOf(await specify(desk, by, one.row.id, seen(one), { terms: terms(who.name) }));
  expect(one.request.specified).toMatchObject({ matches: 0 });
  expect(await sql.query('SELECT 1 FROM kept_identities', [])).toEqual([]);
});

test('who was erased by a version that kept nothing to find them by is found from the next start on', async () => {
  const [who, broken] = [await erased(), await erased()];
  await house.db.owner.query('UPDATE kept_identities SET digests = NULL', []);
  await house.db.owner.query("UPDATE kept_identities SET sealed = '\\x00' WHERE id = $1", [broken.id]);
  const found = async (name: string): Promise<boolean> => {
    const one = await asked('record-disclosure');
    return !(await specify(desk, by, one.row.id, seen(one), { terms: terms(name) })).ok;
  };
  expect(await found(who.name)).toBe(false);
  const { database, vault } = house.office;
  await indexIdentities(database, vault);
  expect([await found(who.name), await found(broken.name)]).toEqual([true, false]);
  expect(await opened(who.id)).toEqual([]);
});

/** Somebody whom a private individual gave us, whose information was then erased. */
async function givenAndErased(): Promise<{ id: string; name: string; record: string }> {
  const name = `消去 ${String.fromCodePoint(0x4e00 + ++n)}美`;
  const given = valueOf(
    await acquire(house.office, by, {
      holding,
      channel: 'oral',
      source: 'third-party',
      purposes: ['P3'],
      items: { name, email: `erased-${++n}@example.jp` },
      receipt: {
        provider: { kind: 'private-person', name: '紹介 花子', address: '例示町2-2-2' },
        basis: 'private-person',
        howAcquired: '友人として名刺を受け取った',
        documentSeen: true,
      },
    }),
  ).record;
  valueOf(await eraseAll(house.office, by, { principal: given.principal, ground: 'no-longer-needed' }));
  return { id: given.principal, name, record: given.id };
}

test('is told who gave the information, be it a private individual, and where an earlier version erased that, that it did', async () => {
  const answered = async (of: { id: string; name: string }): Promise<[shown: Shown, letter: string]> => {
    let one = await asked('record-disclosure');
    const { id } = one.row;
    one = valueOf(await specify(desk, by, id, seen(one), { terms: terms(of.name), principals: [of.id] }));
    one = valueOf(await collect(desk, by, id, seen(one)));
    one = valueOf(await decide(desk, by, id, seen(one), asking(disclosing)));
    one = valueOf(await notify(desk, by, id, seen(one), { on: house.office.clock.today(), by: 'post' }));
    const letter = await wordsOf(valueOf(await printLetter(desk, by, id, 'disclosed')).bytes);
    return [valueOf(await shownOf(desk, by, id)), letter];
  };
  const who = await givenAndErased();
  const [{ receipts }, letter] = await answered(who);
  expect(receipts).toMatchObject([
    {
      id: who.record,
      provider: { name: '紹介 花子', address: '例示町2-2-2', representative: null },
      how: '友人として名刺を受け取った',
    },
  ]);
  expect(letter).toContain('紹介花子');
  const former = await givenAndErased();
  await house.db.owner.query("UPDATE acquisitions SET sealed = '\\x00' WHERE id = $1", [former.record]);
  await house.db.owner.query('DELETE FROM acquisition_providers WHERE id = $1', [former.record]);
  const [gone, said] = await answered(former);
  expect(gone.receipts).toMatchObject([{ id: former.record, provider: null, how: null }]);
  expect(said).toContain('本人の情報とともに消去しました');
});
