// The promise that every use beyond the purpose has on record the item of the law, the facts and who approved it: broken when a part of that is gone
// or changed.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestOffice, type TestOffice } from '../../../tests/office.ts';
import { addHolding, addPerson, officerOf, openTestCheckpoint, valueOf } from '../../../tests/people.ts';
import { tampered } from '../../../tests/tamper.ts';
import { entriesNoted } from '../../log/index.ts';
import type { By } from '../access/index.ts';
import { useBeyond, type BeyondAsk } from './actions.ts';
import { OTHER_PURPOSE } from './facts.ts';
import { beyondProvers } from './promises.ts';

let house: TestOffice;
let close: () => Promise<void>;
let by: By;
let holding: string;
let principal: string;
let other: string;
beforeAll(async () => {
  house = await openTestOffice(() => [], { at: '2026-12-07T10:00:00+09:00' });
  close = await openTestCheckpoint(house);
  by = { actor: officerOf(house), authority: ['officer-all-work'] };
  holding = await addHolding(house);
  principal = (await addPerson(house, holding, { name: '例示 花子', email: 'one@example.jp' })).principal;
  other = (await addPerson(house, holding, { name: '例示 次郎', email: 'other@example.jp' })).principal;
});
afterAll(async () => {
  await close();
  await house.close();
});

const prove = () => beyondProvers.find(({ promise }) => promise === 'exception-grounded')!.prove(house.office);
const found = async () => {
  const { state, evidence } = await prove();
  return [state, ...evidence.map(({ value }) => value.en)];
};

const ask = async (exception: BeyondAsk['exception']): Promise<string> =>
  valueOf(
    await useBeyond(house.office, by, {
      principal,
      holding,
      items: ['email'],
      purpose: OTHER_PURPOSE,
      exception,
      situation: '豪雨で連絡のとれない人の安否を確かめる',
    }),
  ).id;

test('where there was none it is kept, and the evidence says so with a zero', async () => {
  expect(await found()).toEqual(['kept', '0', '0']);
  expect((await prove()).says.ja).toBe('これまでに、目的の範囲を超えた利用はありません。');
});

let byLaw: string;
let forLife: string;
test('each with its record keeps it', async () => {
  byLaw = await ask({ item: '18(3)(i)', legalBasis: '刑事訴訟法197条2項 照会書12号' });
  forLife = await ask({ item: '18(3)(ii)', necessary: true, consentDifficult: true });
  expect(await found()).toEqual(['kept', '2', '0']);
  expect((await prove()).fix).toEqual([]);
});

const one = () => `id = '${byLaw}'`;
const two = () => `id = '${forLife}'`;
const record = (change: string, where: () => string) => [
  'uses_beyond',
  () => `UPDATE uses_beyond SET ${change} WHERE ${where()}`,
];
const entry = (from: string, to: string, where: () => string) => [
  'log_entries',
  () => `UPDATE log_entries SET entry = replace(entry, '${from}', '${to}') WHERE ${where()}`,
];

test.each([
  ['a record that is gone', ...(['uses_beyond', () => `DELETE FROM uses_beyond WHERE ${one()}`] as const)],
  ['an entry that is gone', ...(['log_entries', () => `DELETE FROM log_entries WHERE ${one()}`] as const)],
  ['an entry that became another', 'log_entries', () => `UPDATE log_entries SET action = 'people:use' WHERE ${one()}`],
  ['another person on record', 'uses_beyond', () => `UPDATE uses_beyond SET principal_id = '${other}' WHERE ${one()}`],
  ['another approver on record', ...record("by_actor = 'staff:x'", one)],
  ['another purpose on record', ...record("purpose = 'P1'", one)],
  ['other items on record', ...record("items = '{name,email}'", one)],
  [
    'another item of the law on record',
    ...record(`exception = '18(3)(iii)', facts = jsonb_set(facts, '{exception,item}', '"18(3)(iii)"')`, two),
  ],
  ['the law that was relied on left out', ...record("worded = '{situation}'", one)],
  ['a fact left out', ...record("facts = facts #- '{exception,consentDifficult}'", two)],
  ['a fact that says no', ...record("facts = jsonb_set(facts, '{exception,necessary}', 'false')", two)],
  ['another item of the law in the log', ...entry('APPI 18(3)(ii)', 'APPI 18(3)(v)', two)],
  ['no authority in the log', ...entry('"authority":["officer-all-work"]', '"authority":[]', two)],
  ['no item of the law in the log', ...entry('"because":["APPI 18(3)(ii)"]', '"because":["APPI 18(1)"]', two)],
] as [string, string, () => string][])('%s breaks it', async (_, table, change) => {
  const [state, , wrong] = await tampered(house.db, [table], change(), found);
  expect([state, Number(wrong) > 0]).toEqual(['broken', true]);
  expect(await found()).toEqual(['kept', '2', '0']);
});

test('a use that the log tells of and nobody recorded breaks it, whoever wrote the entry', async () => {
  const text = JSON.stringify({ action: 'people:use-beyond', holding, items: ['email'], purpose: 'other' });
  const forged = `INSERT INTO log_entries (id, at, action, actor, principal_id, entry)
    VALUES (gen_random_uuid(), now(), 'people:use-beyond', 'staff:x', '${principal}', '${text}')`;
  expect(await tampered(house.db, ['log_entries'], forged, found)).toEqual(['broken', '3', '1']);
  expect(await found()).toEqual(['kept', '2', '0']);
});

test('a record whose entry the log has lost breaks that every access is logged', async () => {
  const logged = async () => {
    const { state, evidence } = await beyondProvers
      .find(({ promise }) => promise === 'every-access-logged')!
      .prove(house.office);
    return [state, ...evidence.map(({ value }) => value.en)];
  };
  expect(await logged()).toEqual(['kept', '2', '0']);
  expect(await tampered(house.db, ['log_entries'], `DELETE FROM log_entries WHERE ${one()}`, logged)).toEqual([
    'broken',
    '2',
    '1',
  ]);
  expect(await tampered(house.db, ['uses_beyond'], `DELETE FROM uses_beyond WHERE ${one()}`, logged)).toEqual([
    'kept',
    '1',
    '0',
  ]);
});

test('is looked at again only when something of it changed', async () => {
  let looks = 0;
  const { database } = house.office;
  const watched: typeof house.office = {
    ...house.office,
    database: {
      ...database,
      query: (sql, values, ...more) => {
        if (sql.includes('FULL JOIN uses_beyond')) looks++;
        return database.query(sql, values, ...more);
      },
    },
  };
  const look = () => beyondProvers[0]!.prove(watched);
  // Tests share the server. While a transaction of another test is open, new entries are noted one by one; wait until one place stands for all.
  const settled = () =>
    expect
      .poll(async () => (await entriesNoted(database, 'people:use-beyond')).includes(' '), {
        interval: 20,
      })
      .toBe(false);
  await settled();
  await look();
  await look();
  expect(looks).toBe(1);
  await ask({ item: '18(3)(i)', legalBasis: '所得税法225条' });
  await settled();
  expect((await look()).evidence[0]!.value.en).toBe('3');
  expect(looks).toBe(2);
});
