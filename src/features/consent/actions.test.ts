// Texts, consents, withdrawals and objections in a real office: what is written with which log entry, what is refused, and that repeated or
// concurrent calls do nothing twice.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { atOnce } from '../../../tests/house.ts';
import { openTestOffice, type TestOffice } from '../../../tests/office.ts';
import { addHolding, addPerson, byOfficer, officerOf, openTestCheckpoint, valueOf } from '../../../tests/people.ts';
import type { Actor } from '../../base/actor.ts';
import { both } from '../../base/bilingual.ts';
import { addDays, day, type Day } from '../../base/day.ts';
import { newId } from '../../base/id.ts';
import type { Outcome, Problem } from '../../base/outcome.ts';
import { listEntries } from '../../log/index.ts';
import { eraseAll } from '../checkpoint/index.ts';
import { registerRecipient } from '../recipients/actions/recipient.ts';
import { reportCountry } from '../recipients/actions/country.ts';
import {
  consents,
  object,
  objections,
  retractObjection,
  recordConsent,
  stateWithdrawalTime,
  withdrawConsent,
  withdrawnAt,
  type ObjectAsk,
  type RecordAsk,
} from './actions/consents.ts';
import { remarksOf } from './actions/remarks.ts';
import { startText, textOf, versions, writeText } from './actions/texts.ts';
import type { TextInput } from './facts/text.ts';
import { consentsOf, consentStanding } from './index.ts';

const today = day('2026-12-07');
let house: TestOffice;
let close: () => Promise<void>;
let holding: string;
let abroad: string;
let people = 0;
const by = () => ({ actor: officerOf(house), authority: ['officer-all-work'] });

beforeAll(async () => {
  house = await openTestOffice(() => []);
  holding = await addHolding(house);
  close = await openTestCheckpoint(house);
  const recipient = await registerRecipient(house.office, by(), {
    kind: 'corporation',
    name: 'Reiji Viet Nam Co., Ltd.',
    address: '1 Rei Street, Ha Noi',
    representative: 'Rei An',
    country: 'VN',
    relations: ['third-party'],
  });
  abroad = valueOf(recipient).id;
});
afterAll(async () => {
  await close();
  await house.close();
});

const person = async (): Promise<string> =>
  (await addPerson(house, holding, { name: '例示 花子', email: `consent-${++people}@example.jp` })).principal;

const input = (code: string, more: Partial<TextInput> = {}): TextInput => ({
  code,
  kind: 'use',
  name: both('抽選会のご案内', 'Prize draws'),
  wording: { ja: '抽選会の案内に使うことに同意します', en: 'I agree to be told about prize draws' },
  purposes: ['P1'],
  holding,
  items: ['name', 'email'],
  recipients: [],
  abroad: false,
  shown: {},
  ...more,
});

const told = both('同じ水準の措置を契約で約束している', 'It has promised the same measures by contract');
const foreign = (code: string): TextInput =>
  input(code, {
    kind: 'provision-abroad',
    purposes: ['P3'],
    recipients: [abroad],
    shown: {
      country: { code: 'VN' },
      system: { text: both('当社が調べた制度', 'The system as we found it') },
      measures: { text: told },
    },
  });

/** A text in force since 1 November. */
async function inForce(code: string, of: TextInput = input(code), from: Day = day('2026-11-01')) {
  const { version } = valueOf(await writeText(house.office, by(), of));
  return valueOf(await startText(house.office, by(), { code, version, from }));
}

const ask = (principal: string, code: string, more: Partial<RecordAsk> = {}): RecordAsk => ({
  principal,
  text: { code, version: 1 },
  language: 'ja',
  given: { on: today, at: null },
  givenBy: 'principal',
  representative: null,
  channel: 'web-form',
  method: 'web-form',
  note: null,
  evidence: '申込記録 20261207-01',
  shown: null,
  ...more,
});

const problemOf = (outcome: Outcome<unknown>): Problem => {
  if (outcome.ok) throw new Error('expected a problem');
  return outcome.problem;
};
const fieldsOf = (outcome: Outcome<unknown>): string[] => {
  const problem = problemOf(outcome);
  return problem.kind === 'invalid' ? problem.fields.map(({ field }) => field) : [problem.kind];
};

const record = (asked: RecordAsk, key?: { key: string; text: string }) => recordConsent(house.office, by(), asked, key);

const newest = async (principal?: string) =>
  (await listEntries(house.office.database, { ...(principal ? { principal } : {}), most: 1 }))[0]!.entry;

const rows = async (table: string): Promise<number> =>
  (await house.db.owner.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`, []))[0]!.n;

describe('a text', () => {
  test('is written as the next version, with its log entry, and is a draft until it is put in force', async () => {
    const first = valueOf(await writeText(house.office, by(), input('draws')));
    expect(first).toMatchObject({ code: 'draws', version: 1, from_day: null, abroad: false, shown: null });
    expect(await newest()).toMatchObject({ id: first.id, action: 'consent:text', code: 'draws', version: 1, holding });
    expect(fieldsOf(await record(ask(await person(), 'draws')))).toEqual(['text']);
    const started = valueOf(await startText(house.office, by(), { code: 'draws', version: 1, from: today }));
    expect(started).toMatchObject({ from_day: today, until_day: null });
    expect(await newest()).toMatchObject({ action: 'consent:start', text: first.id, from: today });
    expect(problemOf(await startText(house.office, by(), { code: 'draws', version: 1, from: today }))).toMatchObject({
      kind: 'conflict',
      field: 'version',
    });
  });

  test('superseded stays readable, and there is one in force on any day', async () => {
    await inForce('news');
    valueOf(await writeText(house.office, by(), input('news', { wording: { ja: '改めた文面' } }), 1));
    const start = (version: number, from: Day) => startText(house.office, by(), { code: 'news', version, from });
    expect(fieldsOf(await start(2, day('2026-11-01')))).toEqual(['from_day']);
    expect(fieldsOf(await start(2, day('2026-10-01')))).toEqual(['from_day']);
    valueOf(await record(ask(await person(), 'news')));
    expect(fieldsOf(await start(2, today))).toEqual(['from_day']);
    valueOf(await start(2, addDays(today, 1)));
    expect(
      (await versions(house.office, 'news')).map(({ version, from_day, until_day }) => [version, from_day, until_day]),
    ).toEqual([
      [2, '2026-12-08', null],
      [1, '2026-11-01', '2026-12-08'],
    ]);
    expect(valueOf(await textOf(house.office, 'news', 1)).wording).toEqual(input('news').wording);
    expect(problemOf(await textOf(house.office, 'news', 3)).kind).toBe('not-found');
  });

  test('of clerks who write the version after the same one, the first is kept and the others are told', async () => {
    const outcomes = await Promise.all([1, 2, 3].map(() => writeText(house.office, by(), input('raced'))));
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    const told = { kind: 'conflict', field: 'version' };
    for (const outcome of outcomes) if (!outcome.ok) expect(outcome.problem).toMatchObject(told);
    expect(problemOf(await writeText(house.office, by(), input('raced'), 2))).toMatchObject(told);
    valueOf(await writeText(house.office, by(), input('raced'), 1));
    expect((await versions(house.office, 'raced')).map(({ version }) => version)).toEqual([2, 1]);
    const starts = await Promise.all(
      [1, 2].map(() => startText(house.office, by(), { code: 'raced', version: 1, from: today })),
    );
    expect(starts.filter(({ ok }) => ok)).toHaveLength(1);
    // When it is sent twice, the conflict is about the version, not the day.
    for (const outcome of starts) if (!outcome.ok) expect(outcome.problem).toMatchObject(told);
  });

  test('abroad is refused with one of the three left blank, and with another text where there is a report', async () => {
    const whole = foreign('blank');
    for (const left of ['country', 'system', 'measures'] as const) {
      const { [left]: _, ...shown } = whole.shown;
      expect(fieldsOf(await writeText(house.office, by(), { ...whole, shown }))).toEqual([`shown.${left}`]);
    }
    expect(await versions(house.office, 'blank')).toEqual([]);
    valueOf(await writeText(house.office, by(), whole));
    valueOf(
      await reportCountry(house.office, by(), {
        country: 'VN',
        version: 0,
        input: {
          systemExists: true,
          indicators: [],
          missingPrinciples: ['openness'],
          graveSystems: null,
          source: 'https://example.jp/countries/vn',
          checkedOn: '2026-12-01',
        },
      }),
    );
    expect(fieldsOf(await writeText(house.office, by(), whole))).toEqual(['shown.system']);
    const shown = { ...whole.shown, system: { report: 1 } };
    expect(valueOf(await writeText(house.office, by(), { ...whole, shown }, 1)).shown).toEqual(shown);
    expect(fieldsOf(await writeText(house.office, by(), { ...whole, recipients: [newId(0)] }))).toEqual([
      'recipients',
      'shown.country',
      'shown.system',
    ]);
  });

  test('and what was recorded cannot be rewritten by the application', async () => {
    for (const table of [
      'consent_texts',
      'consent_text_starts',
      'consents',
      'consent_withdrawals',
      'consent_withdrawal_times',
      'consent_objections',
      'consent_retractions',
    ]) {
      for (const change of [`UPDATE ${table} SET by_actor = 'x'`, `DELETE FROM ${table}`]) {
        await expect(house.office.database.query(change, [])).rejects.toThrow(/permission denied/);
      }
    }
  });

  test('and no consent is added whose giver may be a child or an adult in doubt', async () => {
    const principal = await person();
    await inForce('doubted');
    await record(ask(principal, 'doubted'));
    const as = (giver: string) =>
      house.db.owner.query(
        `INSERT INTO consents SELECT (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid(), 'given_by', $2::text))).* FROM consents c WHERE principal_id = $1`,
        [principal, giver],
      );
    await expect(as('uncertain')).rejects.toThrow('of an adult in doubt no consent is recorded');
    await expect(as('nobody')).rejects.toThrow('consents_given_by_check');
  });
});

describe('a consent', () => {
  beforeAll(async () => {
    await inForce('use');
    await inForce('old');
    valueOf(await writeText(house.office, by(), input('old', { wording: { ja: '新しい文面' } }), 1));
    valueOf(await startText(house.office, by(), { code: 'old', version: 2, from: day('2026-12-01') }));
    const { [`system`]: _, ...shown } = foreign('abroad').shown;
    await inForce('abroad', { ...foreign('abroad'), shown: { ...shown, system: { report: 1 } } });
  });

  test('is recorded with its log entry in the history of the person', async () => {
    const principal = await person();
    const { row } = valueOf(await record(ask(principal, 'use')));
    const text = valueOf(await textOf(house.office, 'use', 1));
    expect(await newest(principal)).toMatchObject({
      id: row.id,
      action: 'consent:record',
      actor: `staff:${house.staff.officer}`,
      principal,
      text: text.id,
      code: 'use',
      version: 1,
      given_on: today,
      given_by: 'principal',
      method: 'web-form',
    });
    const [kept] = (await consentsOf(house.office, principal)).consents;
    expect(kept).toEqual({ ...row, text: expect.objectContaining({ id: text.id }) as object });
  });

  test.each<[string, Partial<RecordAsk>, string[]]>([
    ['dated after today', { given: { on: day('2026-12-08'), at: null } }, ['given_on']],
    ['of a later hour', { given: { on: today, at: Date.parse('2026-12-07T09:00:00+09:00') } }, ['given_at']],
    ['before the text was in force', { given: { on: day('2026-10-31'), at: null } }, ['text']],
    ['to no such version', { text: { code: 'use', version: 9 } }, ['text']],
    ['to no such text', { text: { code: 'nothing', version: 1 } }, ['text']],
    ['by an unknown way', { channel: 'pigeon' }, ['channel']],
    ['of a representative who was not checked', { givenBy: 'representative' }, ['representative']],
    [
      'of a person with a representative',
      { representative: { relation: 'parent', checked: 'family-register' } },
      ['representative'],
    ],
    ...(
      [
        ['guardian-of-adult', 'family-register'],
        ['guardian-of-adult', 'resident-record'],
        ['parent', 'guardianship-record'],
      ] as const
    ).map(([relation, checked]): [string, Partial<RecordAsk>, string[]] => [
      `of ${relation}, shown by ${checked}`,
      { givenBy: 'representative', representative: { relation, checked } },
      ['representative.checked'],
    ]),
    ['on paper without evidence', { method: 'paper', evidence: null }, ['evidence']],
    ['by word without a note', { method: 'oral', evidence: null }, ['note']],
    ['with an address as evidence', { evidence: 'hanako@example.jp' }, ['evidence']],
    ['with a telephone number in the note', { note: '090-0000-0000 に電話' }, ['note']],
    ['at home with information on a country', { shown: { on: today, at: null } }, ['shown_on']],
    ['of nobody', { principal: 'x' }, ['principal']],
    ['of an unknown person', { principal: newId(1) }, ['principal']],
  ])('%s is refused', async (_, more, fields) => {
    const before = await rows('consents');
    const outcome = await record(ask(await person(), 'use', more));
    expect(fieldsOf(outcome)).toEqual(fields);
    expect(await rows('consents')).toBe(before);
  });

  test('in a language the text is not offered in is refused', async () => {
    const asked = ask(await person(), 'old', { text: { code: 'old', version: 2 }, language: 'en' });
    expect(fieldsOf(await record(asked))).toEqual(['language']);
  });

  test('to a superseded version is refused and the one in force is named; on its own days it counts', async () => {
    const now = valueOf(await textOf(house.office, 'old', 2));
    const problem = problemOf(await record(ask(await person(), 'old')));
    expect(problem).toMatchObject({ kind: 'conflict', field: 'text.version', existing: now.id });
    expect(problem.kind === 'conflict' && [problem.says.ja, problem.says.en]).toEqual([
      expect.stringContaining('第2版'),
      expect.stringContaining('Version 2'),
    ]);
    valueOf(await record(ask(await person(), 'old', { given: { on: day('2026-11-30'), at: null } })));
  });

  test('is to a version that is in force on its day, also where the next begins at that moment', async () => {
    const principal = await person();
    const next = async (code: string) => {
      await inForce(code);
      const { version } = valueOf(await writeText(house.office, by(), input(code), 1));
      return () => startText(house.office, by(), { code, version, from: today });
    };
    const before = await next('begun-after');
    const [kept, begun] = await atOnce(house.db, 'consents', () => record(ask(principal, 'begun-after')), before);
    expect(kept.ok).toBe(true);
    expect(fieldsOf(begun)).toEqual(['from_day']);
    const first = await next('begun-before');
    const [started, late] = await atOnce(house.db, 'consent_text_starts', first, () =>
      record(ask(principal, 'begun-before')),
    );
    expect(started.ok).toBe(true);
    expect(problemOf(late)).toMatchObject({ kind: 'conflict', field: 'text.version', existing: valueOf(started).id });
  });

  test('of somebody who was erased is refused', async () => {
    const gone = await person();
    valueOf(await eraseAll(house.office, byOfficer(house), { principal: gone, ground: 'request-harm' }));
    const problem = problemOf(await record(ask(gone, 'use')));
    expect(problem).toMatchObject({
      kind: 'invalid',
      fields: [{ field: 'principal', says: { en: expect.stringContaining('erased') as string } }],
    });
  });

  test.each<[string, RecordAsk['shown'], string[]]>([
    ['after the information', { on: day('2026-12-06'), at: null }, []],
    ['on the same day', { on: today, at: null }, []],
    ['without the information', null, ['shown_on']],
    ['before the information', { on: day('2026-12-08'), at: null }, ['shown_on']],
  ])('abroad %s', async (_, shown, fields) => {
    const outcome = await record(ask(await person(), 'abroad', { shown }));
    expect(outcome.ok ? [] : fieldsOf(outcome)).toEqual(fields);
  });

  test('abroad an hour before the information is refused', async () => {
    const given = { on: today, at: Date.parse('2026-12-07T08:00:00+09:00') };
    const later = { on: today, at: Date.parse('2026-12-07T08:01:00+09:00') };
    expect(fieldsOf(await record(ask(await person(), 'abroad', { given, shown: later })))).toEqual(['shown_at']);
    valueOf(await record(ask(await person(), 'abroad', { given: later, shown: given })));
  });

  test('abroad is what the law is asked with', async () => {
    const principal = await person();
    valueOf(await record(ask(principal, 'abroad', { shown: { on: day('2026-12-06'), at: null } })));
    const scope = {
      for: 'provision',
      holding,
      items: ['name'],
      purpose: 'P3',
      recipient: abroad,
      abroad: true,
    } as const;
    expect(await consentStanding(house.office.database, { ...scope, principal }, today)).toMatchObject({
      consent: {
        givenBy: 'principal',
        on: today,
        coversPurpose: true,
        coversRecipient: true,
        coversItems: true,
        abroad: true,
      },
      foreignInformation: { on: '2026-12-06', country: 'told', system: 'told', measures: 'told' },
      objectedOn: null,
    });
  });

  test('with the same key is recorded once; with another request the key is refused', async () => {
    const asked = ask(await person(), 'use');
    const key = { key: 'k-1', text: 'one' };
    const outcomes = await Promise.all([1, 2, 3].map(() => record(asked, key)));
    const done = outcomes.map(valueOf);
    expect(done.filter(({ repeated }) => !repeated)).toHaveLength(1);
    expect(new Set(done.map(({ row }) => row.id)).size).toBe(1);
    expect((await consentsOf(house.office, asked.principal)).consents).toHaveLength(1);
    expect(problemOf(await record(asked, { key: 'k-1', text: 'other' }))).toMatchObject({
      kind: 'conflict',
      field: 'Idempotency-Key',
    });
    expect(fieldsOf(await record(asked, { key: 'ｋ', text: 'one' }))).toEqual(['Idempotency-Key']);
    // Another person's request with the same key of the same actor has no effect either.
    expect(problemOf(await record(ask(await person(), 'use'), { key: 'k-1', text: 'third' })).kind).toBe('conflict');
  });

  test.each([0, -1, 99_999_999_999])(
    'to version %i of a text, which there is not, is refused by its field',
    async (version) => {
      const asked = { ...ask(await person(), 'use'), text: { code: 'use', version } };
      expect(fieldsOf(await record(asked))).toEqual(['text']);
    },
  );

  test('of a system whose token lacks the purpose is forbidden', async () => {
    const system = (purposes: string[]): Actor => ({
      kind: 'system',
      id: newId(1),
      name: '会員サイト',
      token: newId(1),
      purposes,
      actions: ['consents:write'],
    });
    const principal = await person();
    const of = (purposes: string[]) =>
      recordConsent(house.office, { actor: system(purposes), authority: [] }, ask(principal, 'use'));
    expect(problemOf(await of(['P3'])).kind).toBe('forbidden');
    valueOf(await of(['P1']));
  });
});

describe('withdrawal and objection', () => {
  beforeAll(() => inForce('ends'));

  const given = async (principal: string, more: Partial<RecordAsk> = {}) =>
    valueOf(await record(ask(principal, 'ends', { given: { on: day('2026-12-01'), at: null }, ...more }))).row.id;
  const scope = { for: 'use', items: ['email'], purpose: 'P1', recipient: null, abroad: false } as const;
  const standingOf = (principal: string) =>
    consentStanding(house.office.database, { ...scope, holding, principal }, today);

  test('a withdrawal ends it at once, with its log entry, and only once', async () => {
    const principal = await person();
    const id = await given(principal);
    expect((await standingOf(principal)).consent).not.toHaveProperty('withdrawnOn');
    const ask = { on: today, evidence: null };
    const outcomes = await Promise.all([1, 2].map(() => withdrawConsent(house.office, by(), id, ask)));
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(problemOf(outcomes.find(({ ok }) => !ok)!)).toMatchObject({
      kind: 'conflict',
      field: 'consent',
      existing: id,
    });
    expect((await standingOf(principal)).consent).toMatchObject({ withdrawnOn: today });
    expect(await newest(principal)).toMatchObject({ action: 'consent:withdraw', consent: id, principal, on: today });
    expect(
      (await listEntries(house.office.database, { principal, actions: ['consent:withdraw'], most: 9 })).length,
    ).toBe(1);
    await given(principal, { given: { on: today, at: null } });
    expect((await standingOf(principal)).consent).not.toHaveProperty('withdrawnOn');
  });

  const nine = Date.parse('2026-12-05T09:00:00+09:00');

  test('its time is stated with it or later, once, each with its log entry', async () => {
    const principal = await person();
    const id = await given(principal);
    valueOf(await withdrawConsent(house.office, by(), id, { on: day('2026-12-05'), at: nine, evidence: null }));
    expect(await withdrawnAt(house.office, id)).toEqual(new Date(nine));
    const said = { action: 'consent:withdrawal-time', consent: id, principal, said_at: new Date(nine).toISOString() };
    expect(await newest(principal)).toMatchObject(said);
    expect(problemOf(await stateWithdrawalTime(house.office, by(), id, 0)).kind).toBe('conflict');
    const other = await given(principal);
    valueOf(await withdrawConsent(house.office, by(), other, { on: day('2026-12-05'), evidence: null }));
    expect(await withdrawnAt(house.office, other)).toBeNull();
    valueOf(await stateWithdrawalTime(house.office, by(), other, 9 * 3_600_000));
    expect(await newest(principal)).toMatchObject({ ...said, consent: other });
    expect(await withdrawnAt(house.office, other)).toEqual(new Date(nine));
  });

  test('no time is stated of what was not withdrawn, nor one after the withdrawal was written down, nor one before the consent', async () => {
    const at = Date.parse('2026-12-05T08:00:00+09:00');
    const id = await given(await person(), { given: { on: day('2026-12-05'), at } });
    expect(problemOf(await stateWithdrawalTime(house.office, by(), id, 9 * 3_600_000)).kind).toBe('not-found');
    const early = { on: day('2026-12-05'), at: at - 1, evidence: null };
    expect(fieldsOf(await withdrawConsent(house.office, by(), id, early))).toEqual(['at']);
    const { at: written } = valueOf(await withdrawConsent(house.office, by(), id, { on: today, evidence: null }));
    const time = written.getTime() - Date.parse(`${today}T00:00:00+09:00`);
    expect(fieldsOf(await stateWithdrawalTime(house.office, by(), id, time + 1))).toEqual(['at']);
    valueOf(await stateWithdrawalTime(house.office, by(), id, time));
  });

  test.each<[string, { on: Day; at?: number; evidence: string | null }, string[]]>([
    ['at a time to come', { on: today, at: Date.parse('2026-12-07T23:59:00+09:00'), evidence: null }, ['at']],
    ['after today', { on: day('2026-12-08'), evidence: null }, ['on']],
    ['before the consent', { on: day('2026-11-30'), evidence: null }, ['on']],
    ['with an address', { on: today, evidence: 'a@example.jp' }, ['evidence']],
  ])('a withdrawal %s is refused', async (_, ask, fields) => {
    const id = await given(await person());
    expect(fieldsOf(await withdrawConsent(house.office, by(), id, ask))).toEqual(fields);
  });

  test('of a consent that a clock dated ahead is taken today, and the consent never comes to stand', async () => {
    const principal = await person();
    const ahead = day('2027-12-07');
    house.clock.moveTo('2027-12-07T08:42:00+09:00');
    const id = await given(principal, { given: { on: ahead, at: null } });
    house.clock.moveTo('2026-12-07T08:42:00+09:00');
    valueOf(await withdrawConsent(house.office, by(), id, { on: today, evidence: null }));
    const later = { ...scope, holding, principal };
    expect((await consentStanding(house.office.database, later, ahead)).consent).toMatchObject({ withdrawnOn: today });
  });

  test('of no consent there is no withdrawal', async () => {
    for (const id of ['x', newId(1)])
      expect(problemOf(await withdrawConsent(house.office, by(), id, { on: today, evidence: null })).kind).toBe(
        'not-found',
      );
  });

  const objecting = (principal: string, more: Partial<ObjectAsk> = {}): ObjectAsk => ({
    principal,
    scope: 'everything',
    purpose: null,
    recipient: null,
    said: { on: today, at: house.clock.now() },
    evidence: null,
    ...more,
  });

  test('an objection ends what came before it, and a later consent stands anew', async () => {
    const principal = await person();
    await given(principal);
    const { row } = valueOf(
      await object(house.office, by(), objecting(principal, { scope: 'purpose', purpose: 'P1' })),
    );
    expect(await newest(principal)).toMatchObject({
      id: row.id,
      action: 'consent:object',
      scope: 'purpose',
      purpose: 'P1',
      principal,
    });
    expect(await standingOf(principal)).toMatchObject({ consent: { withdrawnOn: today }, objectedOn: today });
    const [seen] = await consents(house.office, { principal, most: 1 });
    expect(seen!.objections.map(({ id }) => id)).toEqual([row.id]);
    house.clock.moveTo('2026-12-07T08:45:00+09:00');
    await given(principal, { given: { on: today, at: house.clock.now() } });
    const anew = await standingOf(principal);
    expect(anew.objectedOn).toBeNull();
    expect(anew.consent).not.toHaveProperty('withdrawnOn');
  });

  test('pressed twice it is one objection', async () => {
    const principal = await person();
    const key = { key: newId(1), text: 'stop' };
    const done = await Promise.all([1, 2].map(() => object(house.office, by(), objecting(principal), key)));
    expect(new Set(done.map((one) => valueOf(one).row.id)).size).toBe(1);
    expect((await consentsOf(house.office, principal)).objections).toHaveLength(1);
  });

  test('written down by mistake is taken back with its reason, and stays on record', async () => {
    const principal = await person();
    await given(principal);
    const { row } = valueOf(await object(house.office, by(), objecting(principal)));
    expect(await standingOf(principal)).toMatchObject({ consent: { withdrawnOn: today }, objectedOn: today });
    for (const reason of ['', ' ', '本人は a@example.jp'])
      expect(fieldsOf(await retractObjection(house.office, by(), row.id, reason))).toEqual(['reason']);
    const reason = '別の方の申出でした';
    const back = valueOf(await retractObjection(house.office, by(), row.id, reason));
    expect(await newest(principal)).toMatchObject({
      id: back.entry_id,
      action: 'consent:retract-objection',
      objection: row.id,
      principal,
    });
    const anew = await standingOf(principal);
    expect(anew.objectedOn).toBeNull();
    expect(anew.consent).not.toHaveProperty('withdrawnOn');
    const [seen] = await objections(house.office, { principal, most: 9 });
    expect(seen).toMatchObject({ row: { id: row.id }, retraction: { on_day: today } });
    expect((await remarksOf(house.office, by(), [seen!.retraction!])).get(back.entry_id)).toEqual({ reason });
    expect(problemOf(await retractObjection(house.office, by(), row.id, reason)).kind).toBe('conflict');
  });

  test('that carries out a request of the desk, or is none, is not taken back', async () => {
    const principal = await person();
    const { row } = valueOf(await object(house.office, by(), objecting(principal, { request: newId(1) })));
    expect(problemOf(await retractObjection(house.office, by(), row.id, '書き間違い')).kind).toBe('conflict');
    expect((await standingOf(principal)).objectedOn).toBe(today);
    for (const id of ['x', newId(1)])
      expect(problemOf(await retractObjection(house.office, by(), id, '書き間違い')).kind).toBe('not-found');
  });

  test.each<[string, Partial<ObjectAsk>, string[]]>([
    ['to an unknown recipient', { scope: 'recipient', recipient: newId(1) }, ['recipient']],
    ['to no recipient', { scope: 'recipient' }, ['recipient']],
    ['to an unknown purpose', { scope: 'purpose', purpose: 'P9' }, ['purpose']],
    ['after today', { said: { on: day('2026-12-08'), at: null } }, ['on']],
    ['of an unknown person', { principal: newId(1) }, ['principal']],
    ['with a number', { evidence: '0312345678' }, ['evidence']],
  ])('an objection %s is refused', async (_, more, fields) => {
    expect(fieldsOf(await object(house.office, by(), objecting(await person(), more)))).toEqual(fields);
  });
});
