// The officer's judgements and the consultations, compared with the log: whatever was changed, added or taken away in the database is found, and
// nothing that the office itself did is reported.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestOffice, type TestOffice } from '../../../tests/office.ts';
import { addHolding, byOfficer, openTestCheckpoint, valueOf } from '../../../tests/people.ts';
import { tampered } from '../../../tests/tamper.ts';
import { day } from '../../base/day.ts';
import { standing } from '../checkpoint/index.ts';
import { consult, judge, type JudgementContent } from './actions.ts';
import { consultationProvers } from './promises.ts';
import { questionOf } from './questions/index.ts';

let house: TestOffice;
let close: () => Promise<void>;

const prove = async () => {
  const { state, evidence } = await consultationProvers[0]!.prove(house.office);
  return [state, ...evidence.map(({ value }) => value.en)];
};

const kept = ['kept', '4', '0'];

beforeAll(async () => {
  house = await openTestOffice(() => []);
  close = await openTestCheckpoint(house);
});
afterAll(async () => {
  await close();
  await house.close();
});

test('before there is any, the promise is kept, and says so with a zero', async () => {
  expect(await prove()).toEqual(['kept', '0', '0']);
});

test('what was judged and kept is as the log has it', async () => {
  const { office } = house;
  const by = byOfficer(house);
  const holding = await addHolding(house);
  const stands = await standing(office);
  const judged: JudgementContent = {
    code: 'pseudonymousAbroad',
    holding_id: null,
    purpose: null,
    answer: true,
    until_day: day('2027-03-31'),
    why: '渡す相手が、同じ決まりを守る契約を結んでいるため',
  };
  await judge(office, by, judged);
  await judge(office, by, { ...judged, holding_id: holding, purpose: 'P3', answer: false });
  const asked = { question: questionOf('use')!, stated: { purpose: 'P3' }, items: ['email'], on: office.clock.today() };
  valueOf(await consult(house, by, stands, { ...asked, holding: stands.holdings.get(holding)! }));
  valueOf(await consult(house, by, stands, { ...asked, items: [], holding: null }));
  expect(await prove()).toEqual(kept);
});

const wide = 'WHERE holding_id IS NULL';
const narrow = 'WHERE holding_id IS NOT NULL';
const tamperings: [string, string][] = [
  ['judgements', `UPDATE judgements SET answer = false ${wide}`],
  ['judgements', `UPDATE judgements SET until_day = until_day + 365 ${wide}`],
  ['judgements', `UPDATE judgements SET on_day = on_day - 30 ${wide}`],
  ['judgements', `UPDATE judgements SET code = 'secrecy' ${wide}`],
  ['judgements', `UPDATE judgements SET holding_id = gen_random_uuid() ${wide}`],
  ['judgements', `UPDATE judgements SET purpose = 'P1' ${wide}`],
  ['judgements', `UPDATE judgements SET holding_id = NULL ${narrow}`],
  ['judgements', `UPDATE judgements SET purpose = NULL ${narrow}`],
  ['judgements', `UPDATE judgements SET by_actor = 'staff:other' ${wide}`],
  ['judgements', `UPDATE judgements SET at = at + interval '1 minute' ${wide}`],
  ['judgements', `UPDATE judgements SET why = '書き換えた理由' ${wide}`],
  ['judgements', `DELETE FROM judgements ${narrow}`],
  [
    'judgements',
    `INSERT INTO judgements SELECT gen_random_uuid(), at, by_actor, code, holding_id, purpose, true, why, on_day, until_day FROM judgements ${narrow}`,
  ],
  ['consultations', `UPDATE consultations SET question = 'provide' ${wide}`],
  ['consultations', `UPDATE consultations SET holding_id = gen_random_uuid() ${wide}`],
  ['consultations', `UPDATE consultations SET holding_id = NULL ${narrow}`],
  ['consultations', `UPDATE consultations SET on_day = on_day - 1 ${wide}`],
  ['consultations', `UPDATE consultations SET finding = finding || '{"answer": "yes"}' ${wide}`],
  ['consultations', `UPDATE consultations SET finding = finding || '{"duties": []}' ${wide}`],
  ['consultations', `UPDATE consultations SET law_version = law_version - 1 ${wide}`],
  ['consultations', `UPDATE consultations SET policy_version = policy_version + 1 ${wide}`],
  ['consultations', `UPDATE consultations SET by_actor = 'staff:other' ${wide}`],
  ['consultations', `DELETE FROM consultations ${narrow}`],
];

test.each(tamperings)('one of %s that is otherwise is seen: %s', async (table, change) => {
  const [state, , wrong, ...named] = await tampered(house.db, [table], change, prove);
  expect([state, wrong, named]).toEqual(['broken', '1', ['not as logged']]);
  expect(await prove()).toEqual(kept);
});

test('what is not so is named as the log has it', async () => {
  const named = async () => {
    const { evidence } = await consultationProvers[0]!.prove(house.office);
    return evidence.slice(2).map(({ label, href }) => [label.en, href]);
  };
  const judged = `UPDATE judgements SET code = 'secrecy' ${wide}`;
  expect(await tampered(house.db, ['judgements'], judged, named)).toEqual([
    ['Judgement: Whether pseudonymously processed information may go to this recipient abroad', '/judgements'],
  ]);
  const kept = `DELETE FROM consultations ${wide}`;
  expect(await tampered(house.db, ['consultations'], kept, named)).toEqual([
    [`Consultation: ${questionOf('use')!.title.en}`, '/ask/consultations'],
  ]);
});

test('what is asked or judged no longer is called by its code', async () => {
  const named = async () => {
    const { evidence } = await consultationProvers[0]!.prove(house.office);
    return evidence.slice(2).map(({ label }) => label.en);
  };
  const added = `INSERT INTO judgements SELECT gen_random_uuid(), at, by_actor, 'former-code', holding_id, purpose, answer, why, on_day, until_day FROM judgements ${narrow}`;
  expect(await tampered(house.db, ['judgements'], added, named)).toEqual(['Judgement: former-code']);
  const former = `UPDATE log_entries SET entry = replace(entry, '"question":"use"', '"question":"former"') WHERE id IN (SELECT id FROM consultations ${wide})`;
  expect(await tampered(house.db, ['log_entries'], former, named)).toEqual(['Consultation: former']);
});

const earlier = `UPDATE log_entries SET entry = (entry::jsonb - '{on,sha256}'::text[])::text
  WHERE action IN ('consultation:judge', 'consultation:keep')`;
const underEarlier = (look: () => Promise<unknown>) => tampered(house.db, ['log_entries'], earlier, look);

test('what an earlier version of the program did not say in its entries is not missed', async () => {
  expect(await underEarlier(prove)).toEqual(kept);
  expect(await prove()).toEqual(kept);
});

test.each([
  `UPDATE judgements SET holding_id = gen_random_uuid() ${wide}`,
  `UPDATE judgements SET purpose = 'P1' ${wide}`,
  `UPDATE judgements SET on_day = on_day - 30 ${wide}`,
])('nor does it hide what it said by leaving it out: %s', async (change) => {
  const look = () => tampered(house.db, ['judgements'], change, prove);
  expect(await underEarlier(look)).toEqual(['broken', '4', '1', 'not as logged']);
});
