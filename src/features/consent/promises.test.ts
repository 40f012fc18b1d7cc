// Consents, their texts and what ends them compared with the log: every change, addition or removal made directly in the database is detected, and
// nothing that the office itself did is reported.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestOffice, type TestOffice } from '../../../tests/office.ts';
import {
  addConsent,
  addConsentText,
  addHolding,
  addPerson,
  addRecipient,
  officerOf,
  openTestCheckpoint,
  valueOf,
} from '../../../tests/people.ts';
import { tampered } from '../../../tests/tamper.ts';
import { eraseAll } from '../checkpoint/index.ts';
import { object, retractObjection, withdrawConsent, type ObjectAsk } from './actions/consents.ts';
import { consentProvers } from './promises.ts';

let house: TestOffice;
let close: () => Promise<void>;
let holding: string;
let text: Parameters<typeof addConsent>[2];

const prove = async () => {
  const { state, evidence } = await consentProvers[0]!.prove(house.office);
  return [state, ...evidence.map(({ value }) => value.en)];
};

let n = 0;
const person = async (): Promise<string> =>
  (await addPerson(house, holding, { name: '例示 花子', email: `held-${++n}@example.jp` })).principal;

beforeAll(async () => {
  house = await openTestOffice(() => []);
  holding = await addHolding(house);
  close = await openTestCheckpoint(house);
});
afterAll(async () => {
  await close();
  await house.close();
});

test('before there is any, the promise is kept, and says so with a zero', async () => {
  expect(await prove()).toEqual(['kept', '0', '0']);
});

test('what was recorded, withdrawn, objected to, taken back and erased is as the log has it', async () => {
  const { office } = house;
  const by = { actor: officerOf(house), authority: ['officer-all-work'] };
  const today = office.clock.today();
  const recipient = await addRecipient(house);
  text = await addConsentText(house, { holding, recipients: [recipient], items: ['name', 'email'] });
  const [given, kept, erased] = [await person(), await person(), await person()];
  const consent = await addConsent(house, given, text);
  valueOf(await withdrawConsent(office, by, consent, { on: today, at: office.clock.now(), evidence: '電話の記録' }));
  await addConsent(house, kept, text);
  await addConsent(house, erased, text);
  const asks: Pick<ObjectAsk, 'scope' | 'purpose' | 'recipient'>[] = [
    { scope: 'everything', purpose: null, recipient: null },
    { scope: 'purpose', purpose: 'P3', recipient: null },
    { scope: 'recipient', purpose: null, recipient },
  ];
  const objected: string[] = [];
  for (const ask of asks) {
    const said = { on: today, at: null };
    objected.push(valueOf(await object(office, by, { ...ask, principal: given, said, evidence: null })).row.id);
  }
  valueOf(await retractObjection(office, by, objected[0]!, '取り違えのため'));
  valueOf(await eraseAll(office, by, { principal: erased, ground: 'no-longer-needed' }));
  // Three consents, a text and its start, a withdrawal with its time, three objections and one retraction.
  expect(await prove()).toEqual(['kept', '11', '0']);
});

const withdrawn = 'WHERE id IN (SELECT consent_id FROM consent_withdrawals)';
test.each([
  ['consents', `UPDATE consents SET given_on = given_on - 1 ${withdrawn}`],
  ['consents', `UPDATE consents SET given_by = 'uncertain-child' ${withdrawn}`],
  ['consents', `UPDATE consents SET method = 'oral' ${withdrawn}`],
  ['consents', `UPDATE consents SET language = 'en' ${withdrawn}`],
  ['consents', `UPDATE consents SET channel = 'paper' ${withdrawn}`],
  ['consents', `UPDATE consents SET given_at = given_on ${withdrawn}`],
  ['consents', `UPDATE consents SET shown_on = given_on ${withdrawn}`],
  ['consents', `UPDATE consents SET text_id = gen_random_uuid() ${withdrawn}`],
  ['consents', `UPDATE consents SET principal_id = gen_random_uuid() ${withdrawn}`],
  ['consents', `UPDATE consents SET at = at - interval '1 day' ${withdrawn}`],
  ['consents', `UPDATE consents SET by_actor = 'staff:other' ${withdrawn}`],
  ['consents', `DELETE FROM consents ${withdrawn}`],
  [
    'consents',
    `INSERT INTO consents SELECT gen_random_uuid(), principal_id, text_id, language, given_on, given_at, given_by, representative, channel, method,
       shown_on, shown_at, import_id, at, by_actor, noted, evidenced, sealed FROM consents ${withdrawn}`,
  ],
  ['consent_withdrawals', 'DELETE FROM consent_withdrawals'],
  ['consent_withdrawals', "UPDATE consent_withdrawals SET on_day = '2030-01-01'"],
  ['consent_withdrawals', 'UPDATE consent_withdrawals SET consent_id = gen_random_uuid()'],
  ['consent_withdrawal_times', 'DELETE FROM consent_withdrawal_times'],
  ['consent_withdrawal_times', "UPDATE consent_withdrawal_times SET said_at = said_at - interval '1 minute'"],
  ['consent_objections', "DELETE FROM consent_objections WHERE scope = 'purpose'"],
  ['consent_objections', "UPDATE consent_objections SET purpose = 'P1' WHERE scope = 'purpose'"],
  ['consent_objections', "UPDATE consent_objections SET scope = 'purpose', purpose = 'P1' WHERE scope = 'everything'"],
  [
    'consent_objections',
    "UPDATE consent_objections SET scope = 'provision', recipient_id = NULL WHERE scope = 'recipient'",
  ],
  ['consent_objections', "UPDATE consent_objections SET on_day = '2030-01-01' WHERE scope = 'recipient'"],
  ['consent_retractions', 'DELETE FROM consent_retractions'],
  [
    'consent_retractions',
    `INSERT INTO consent_retractions SELECT id, gen_random_uuid(), principal_id, on_day, at, by_actor, ''
     FROM consent_objections WHERE scope = 'purpose'`,
  ],
  ['consent_texts', "UPDATE consent_texts SET purposes = purposes || '{P1}'"],
  ['consent_texts', "UPDATE consent_texts SET items = '{name}'"],
  ['consent_texts', `UPDATE consent_texts SET wording = wording || '{"ja": "何にでも使うことに同意します"}'`],
  ['consent_texts', `UPDATE consent_texts SET name = name || '{"en": "Other"}'`],
  ['consent_texts', 'UPDATE consent_texts SET recipients = recipients || gen_random_uuid()'],
  ['consent_text_starts', "UPDATE consent_text_starts SET from_day = '2020-01-01'"],
])('one of %s that is otherwise is seen: %s', async (table, change) => {
  const [state, , wrong] = await tampered(house.db, [table], change, prove);
  expect([state, wrong]).toEqual(['broken', '1']);
  expect(await prove()).toEqual(['kept', '11', '0']);
});

test('what an earlier version of the program did not say in its entries is not missed', async () => {
  const later = [
    'language',
    'channel',
    'sha256',
    'representative',
    'documents_of_authority',
    'given_at',
    'shown_on',
    'shown_at',
  ];
  const without = `UPDATE log_entries SET entry = (entry::jsonb - '{${later}}'::text[])::text WHERE action IN ('consent:record', 'consent:text')`;
  expect(await tampered(house.db, ['log_entries'], without, prove)).toEqual(['kept', '11', '0']);
  expect(await prove()).toEqual(['kept', '11', '0']);
});

test('nothing is read again for a consent more, and only the rest for an objection', async () => {
  const { database } = house.office;
  const { query } = database;
  const read: string[] = [];
  database.query = (sql, values, name) => {
    if (name?.startsWith('consent.unlogged')) read.push(name);
    return query(sql, values, name);
  };
  const by = { actor: officerOf(house), authority: [] };
  await prove();
  await addConsent(house, await person(), text);
  await prove();
  const said = { on: house.office.clock.today(), at: null };
  const ask = { scope: 'provision', purpose: null, recipient: null, said, evidence: null } as const;
  valueOf(await object(house.office, by, { ...ask, principal: await person() }));
  const last = await prove();
  database.query = query;
  expect([read, last[0]]).toEqual([['consent.unlogged.5'], 'kept']);
});

test('every consent to a provision abroad came after the information, in a text that leaves nothing blank', async () => {
  const of = async (promise: string) => {
    const { state, evidence } = await consentProvers.find((one) => one.promise === promise)!.prove(house.office);
    return [state, ...evidence.map(({ value }) => value.en)];
  };
  const both = async () => [await of('foreign-information-before-consent'), await of('foreign-information-complete')];
  const none = ['kept', '0', '0'];
  expect(await both()).toEqual([none, none]);
  const recipient = await addRecipient(house, { name: 'Reiji Hanoi Co., Ltd.', country: 'VN' });
  const unknown = { unknown: { ja: '確かめられないため', en: 'It cannot be found out' } };
  const shown = { country: { code: 'VN' }, system: unknown, measures: unknown };
  const abroad = await addConsentText(house, { holding, recipients: [recipient], items: ['name'], shown });
  const at = { on: house.office.clock.today(), at: null };
  await addConsent(house, await person(), abroad, at.on, { shown: at });
  const kept = ['kept', '1', '0'];
  const broken = ['broken', '1', '1'];
  expect(await both()).toEqual([kept, kept]);
  // The database itself refuses a consent before the information. The check is dropped here, because somebody might have dropped it.
  await house.db.owner.query('ALTER TABLE consents DROP CONSTRAINT consents_check2', []);
  const then = (change: string) => tampered(house.db, ['consents', 'consent_texts'], change, both);
  const late = (set: string) => then(`UPDATE consents SET ${set} WHERE shown_on IS NOT NULL`);
  expect(await late('given_on = given_on - 1')).toEqual([broken, kept]);
  expect(await late('shown_on = NULL')).toEqual([broken, kept]);
  const hours = (given: number, seen: number) =>
    `given_at = given_on + interval '${given} hours', shown_at = given_on + interval '${seen} hours'`;
  expect(await late(hours(3, 4))).toEqual([broken, kept]);
  expect(await late(hours(4, 3))).toEqual([kept, kept]);
  for (const blank of ["shown - 'system'", `jsonb_set(shown, '{measures,unknown,ja}', '""')`])
    expect(await then(`UPDATE consent_texts SET shown = ${blank} WHERE abroad`)).toEqual([kept, broken]);
});
