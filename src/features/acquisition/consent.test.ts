// Special care-required information from somebody else (20(2)): the consent is stated with the acquisition, and a consent that has ended by the
// register of consents does not count.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestOffice, type TestOffice } from '../../../tests/office.ts';
import { addConsent, addHolding, addPerson, officerOf, openTestCheckpoint, valueOf } from '../../../tests/people.ts';
import { tampered } from '../../../tests/tamper.ts';
import { day } from '../../base/day.ts';
import type { Outcome } from '../../base/outcome.ts';
import { listEntries } from '../../log/index.ts';
import type { By } from '../access/index.ts';
import { startText, writeText } from '../consent/actions/texts.ts';
import { object, withdrawConsent } from '../consent/index.ts';
import { acquire, type Acquired, type AcquireRequest } from './actions.ts';
import { acquisitionProvers } from './promises.ts';

let house: TestOffice;
let close: () => Promise<void>;
let by: By;
let holding: string;
const text = { code: 'care', version: 1 };
beforeAll(async () => {
  house = await openTestOffice(() => [], { at: '2026-11-24T10:00:00+09:00' });
  close = await openTestCheckpoint(house);
  by = { actor: officerOf(house), authority: ['officer-all-work'] };
  const wheelchair = { code: 'wheelchair', label: { ja: '車いす', en: 'Wheelchair' }, special_care: true };
  const diet = { code: 'diet', label: { ja: '食事', en: 'Diet' }, special_care: true };
  holding = await addHolding(house, { items: ['name', 'email', wheelchair, diet] });
  await addText(text.code, {});
});
afterAll(async () => {
  await close();
  await house.close();
});

/** A text by which the person consents that we receive the wheelchair for P3, unless it says otherwise. */
async function addText(
  code: string,
  of: Readonly<Partial<Record<'items' | 'purposes', readonly string[]>>>,
): Promise<void> {
  const wording = {
    ja: '勤め先から配慮の情報を受け取ることに同意します。',
    en: 'I consent to your receiving my needs from my employer.',
  };
  const name = { ja: '配慮の情報', en: 'Needs' };
  const about = { name, wording, holding, recipients: [], abroad: false, shown: {} };
  const content = { code, kind: 'special-care', items: ['wheelchair'], purposes: ['P3'], ...about } as const;
  valueOf(await writeText(house.office, by, { ...content, ...of }));
  valueOf(await startText(house.office, by, { code, version: 1, from: day('2026-04-01') }));
}

let n = 0;

/** A person who consented on 1 November. */
async function somebody(): Promise<{ principal: string; consent: string }> {
  const email = `care-${++n}@example.jp`;
  const { principal } = await addPerson(house, holding, { name: '配慮 花子', email });
  return { principal, consent: await addConsent(house, principal, text, day('2026-11-01')) };
}

const provider = {
  kind: 'corporation',
  name: '例示工業株式会社',
  address: '東京都例示区1-1',
  representative: '工業 太郎',
} as const;

const whole = { coversItems: true, coversPurpose: true };

const take = (
  principal: string,
  on: string,
  scope: Partial<typeof whole> = whole,
  more: Partial<AcquireRequest> = {},
): Promise<Outcome<Acquired>> =>
  acquire(house.office, by, {
    holding,
    channel: 'oral',
    source: 'third-party',
    purposes: ['P3'],
    items: { name: '配慮 花子', wheelchair: '利用' },
    principal,
    seen: 1,
    receipt: { provider, basis: 'consent', howAcquired: '社員から', documentSeen: true, consentObtained: true },
    consent: { givenBy: 'principal', on: day(on), ...scope },
    ...more,
  });

const grounds = (outcome: Outcome<Acquired>): string[] => {
  if (outcome.ok) return outcome.value.record.because.slice(0, 1);
  return outcome.problem.kind === 'refused'
    ? outcome.problem.finding.because.map((g) => `${g.law} ${g.article}`)
    : expect.fail(outcome.problem.kind);
};

/** The facts that are lacking, in a refusal because they are. */
const missingOf = (outcome: Outcome<Acquired>): string[] =>
  !outcome.ok && outcome.problem.kind === 'refused' && outcome.problem.finding.answer === 'unknown'
    ? outcome.problem.finding.missing.map(({ fact }) => fact)
    : expect.fail('it is known');

/** The fields in which the caller stated something else than is on record. */
const differingOf = (outcome: Outcome<Acquired>): string[] =>
  !outcome.ok && outcome.problem.kind === 'invalid'
    ? outcome.problem.fields.map(({ field }) => field)
    : expect.fail('nothing differs');

const unstated = { consent: undefined };
const none = { consent: null };

test('the consent that a provider says it has lets nothing in while nobody says whether the person consented to us', async () => {
  const { principal } = await addPerson(house, holding, { name: '配慮 花子', email: `care-${++n}@example.jp` });
  const unknown = await take(principal, '2026-11-01', {}, unstated);
  expect(missingOf(unknown)).toEqual(['consent']);
  const [refused] = await listEntries(house.office.database, { principal, most: 1 });
  expect(refused!.entry).toMatchObject({ action: 'refused', asked: 'acquire', decision: { answer: 'unknown' } });
  // Of somebody who is new, nothing is on record either.
  const newcomer = { principal: undefined, seen: undefined };
  expect(missingOf(await take('', '2026-11-01', {}, { ...unstated, ...newcomer }))).toEqual(['consent']);
  // Guideline 3-3-2: nobody gave us one, and the provider has it.
  expect(valueOf(await take(principal, '2026-11-01', {}, none)).record.because).toContain('Guideline 3-3-2');
});

test('nor once the person withdrew or objected, though no consent is stated', async () => {
  const { principal, consent } = await somebody();
  valueOf(await withdrawConsent(house.office, by, consent, { on: day('2026-11-10'), evidence: null }));
  const other = await addPerson(house, holding, { name: '配慮 花子', email: `care-${++n}@example.jp` });
  const said = { on: day('2026-11-12'), at: null };
  const asked = { principal: other.principal, purpose: 'P3', recipient: null, said, evidence: null } as const;
  valueOf(await object(house.office, by, { ...asked, scope: 'purpose' }));
  for (const one of [principal, other.principal])
    for (const more of [unstated, none])
      expect(grounds(await take(one, '2026-11-01', {}, more))).toEqual(['APPI 20(2)', 'APPI 20(2)']);
});

test('a consent that was given after the person objected lets it in, also where none is stated', async () => {
  const { principal } = await addPerson(house, holding, { name: '配慮 花子', email: `care-${++n}@example.jp` });
  const said = { on: day('2026-11-05'), at: null };
  const asked = { principal, purpose: 'P3', recipient: null, said, evidence: null } as const;
  valueOf(await object(house.office, by, { ...asked, scope: 'purpose' }));
  expect(grounds(await take(principal, '2026-11-01', {}, unstated))).toEqual(['APPI 20(2)', 'APPI 20(2)']);
  await addConsent(house, principal, text, day('2026-11-10'));
  expect(valueOf(await take(principal, '2026-11-01', {}, unstated)).record.because).toContain('APPI 20(2)');
});

test('nor where the consent on record is of somebody who cannot judge it, though none is stated', async () => {
  const { principal } = await addPerson(house, holding, { name: '配慮 花子', email: `care-${++n}@example.jp` });
  await addConsent(house, principal, text, day('2026-11-01'), { givenBy: 'without-capacity' });
  expect(grounds(await take(principal, '2026-11-01', {}, unstated))).toEqual(['APPI 20(2)', 'Guideline 2-16']);
  expect(differingOf(await take(principal, '2026-11-01', {}, none))).toEqual(['consent']);
});

test('a consent on record that stands lets it in by itself, and nobody may say that there is none', async () => {
  const { principal } = await somebody();
  expect(differingOf(await take(principal, '2026-11-01', {}, none))).toEqual(['consent']);
  const { because } = valueOf(await take(principal, '2026-11-01', {}, unstated)).record;
  expect([because.includes('APPI 20(2)'), because.includes('Guideline 3-3-2')]).toEqual([true, false]);
});

test('whoever states another giver or another scope than is on record is told so, and nothing is taken in', async () => {
  const { principal } = await addPerson(house, holding, { name: '配慮 花子', email: `care-${++n}@example.jp` });
  await addConsent(house, principal, text, day('2026-11-01'), {
    givenBy: 'representative',
    representative: { relation: 'parent', checked: 'family-register' },
  });
  const before = (await recordsOf(principal)).length;
  const narrower = { coversItems: false, coversPurpose: false };
  const differing = await take(principal, '2026-11-01', narrower);
  expect(differingOf(differing)).toEqual(['consent.givenBy', 'consent.coversItems', 'consent.coversPurpose']);
  expect((await recordsOf(principal)).length).toBe(before);
  // What the record says as well, and what is left to it, is no contradiction.
  const recorded = { consent: { givenBy: 'representative', on: day('2026-11-01'), coversItems: true } } as const;
  expect(valueOf(await take(principal, '2026-11-01', {}, recorded)).record.because).toContain('Guideline 2-16');
});

test('a consent that stands lets it in; one that the person withdrew does not, whatever is stated', async () => {
  const stands = await somebody();
  expect(valueOf(await take(stands.principal, '2026-11-01')).record.because).toContain('APPI 20(2)');
  const { principal, consent } = await somebody();
  valueOf(await withdrawConsent(house.office, by, consent, { on: day('2026-11-10'), evidence: null }));
  expect(grounds(await take(principal, '2026-11-01'))).toEqual(['APPI 20(2)', 'APPI 20(2)']);
  const [refused] = await listEntries(house.office.database, { principal, most: 1 });
  expect(refused!.entry).toMatchObject({ action: 'refused', asked: 'acquire', decision: { answer: 'no' } });
  // A later consent stands.
  expect(grounds(await take(principal, '2026-11-11'))).toEqual(['APPI 20(2)']);
});

test('nor does one that the person objected after', async () => {
  const { principal } = await somebody();
  const said = { on: day('2026-11-12'), at: null };
  valueOf(
    await object(house.office, by, {
      principal,
      scope: 'everything',
      purpose: null,
      recipient: null,
      said,
      evidence: null,
    }),
  );
  expect(grounds(await take(principal, '2026-11-01'))).toEqual(['APPI 20(2)', 'APPI 20(2)']);
  expect(grounds(await take(principal, '2026-11-13'))).toEqual(['APPI 20(2)']);
});

test('nor does one that is on no record here, once the person asked that it stop, on the very day too', async () => {
  const { principal } = await addPerson(house, holding, { name: '配慮 花子', email: `care-${++n}@example.jp` });
  for (const [on, scope] of [
    ['2026-11-14', 'everything'],
    ['2026-11-12', 'purpose'],
  ] as const) {
    const purpose = scope === 'purpose' ? 'P3' : null;
    const said = { on: day(on), at: null };
    valueOf(await object(house.office, by, { principal, scope, purpose, recipient: null, said, evidence: null }));
  }
  for (const on of ['2026-11-01', '2026-11-14'])
    expect([on, grounds(await take(principal, on))]).toEqual([on, ['APPI 20(2)', 'APPI 20(2)']]);
  expect(grounds(await take(principal, '2026-11-15'))).toEqual(['APPI 20(2)']);
});

test('of one that is on record its own scope counts; of any other, its scope has to be stated', async () => {
  const { principal } = await somebody();
  const found = { source: 'public', receipt: { provider } } as const;
  const open = await take(principal, '2026-11-02', {}, found);
  expect(missingOf(open)).toEqual(['consent.coversItems', 'consent.coversPurpose']);
  expect(grounds(await take(principal, '2026-11-02', { ...whole, coversItems: false }))).toEqual([
    'APPI 20(2)',
    'APPI 20(2)',
  ]);
  // The consent of 1 November is on record: to this item and this purpose.
  expect(valueOf(await take(principal, '2026-11-01', {}, found)).record.because).toContain('APPI 20(2)');
});

test('nor does one that is on record as given by somebody who cannot judge it', async () => {
  const { principal } = await addPerson(house, holding, { name: '配慮 花子', email: `care-${++n}@example.jp` });
  await addConsent(house, principal, text, day('2026-11-01'), { givenBy: 'without-capacity' });
  expect(differingOf(await take(principal, '2026-11-01'))).toEqual(['consent.givenBy']);
  const byRecord = { consent: { on: day('2026-11-01') } };
  expect(grounds(await take(principal, '2026-11-01', {}, byRecord))).toEqual(['APPI 20(2)', 'Guideline 2-16']);
});

test('one given for another item or another purpose does not let it in, and whoever states otherwise is told', async () => {
  for (const [code, of] of [
    ['other-item', { items: ['diet'] }],
    ['other-purpose', { purposes: ['P1'] }],
  ] as const) {
    await addText(code, of);
    const { principal } = await addPerson(house, holding, { name: '配慮 花子', email: `care-${++n}@example.jp` });
    await addConsent(house, principal, { code, version: 1 }, day('2026-11-01'));
    const differing = code === 'other-item' ? 'consent.coversItems' : 'consent.coversPurpose';
    expect(differingOf(await take(principal, '2026-11-01'))).toEqual([differing]);
    expect([code, grounds(await take(principal, '2026-11-01', {}))]).toEqual([code, ['APPI 20(2)', 'APPI 20(2)']]);
  }
});

/** Acquires while something happens on another connection, after the law was asked and before the record is written. */
async function takeWhile(principal: string, happens: () => Promise<unknown>): Promise<Outcome<Acquired>> {
  const { database } = house.office;
  const { transaction } = database;
  database.transaction = async (work) => {
    database.transaction = transaction;
    await happens();
    return database.transaction(work);
  };
  return take(principal, '2026-11-01').finally(() => (database.transaction = transaction));
}

const recordsOf = (principal: string) =>
  house.office.database.query<{ items: string[] }>('SELECT items FROM acquisitions WHERE principal_id = $1', [
    principal,
  ]);

test('one that is withdrawn, or objected to, once it was looked up lets nothing in', async () => {
  const first = await somebody();
  const withdrawing = async () =>
    valueOf(await withdrawConsent(house.office, by, first.consent, { on: day('2026-11-24'), evidence: null }));
  expect(grounds(await takeWhile(first.principal, withdrawing))).toEqual(['APPI 20(2)', 'APPI 20(2)']);
  expect((await recordsOf(first.principal)).flatMap(({ items }) => items)).not.toContain('wheelchair');
  const [refused] = await listEntries(house.office.database, { principal: first.principal, most: 1 });
  expect(refused!.entry).toMatchObject({ action: 'refused', asked: 'acquire', decision: { answer: 'no' } });
  const { principal } = await somebody();
  const said = { on: day('2026-11-24'), at: null };
  const asked = { principal, scope: 'purpose', purpose: 'P3', recipient: null, said, evidence: null } as const;
  const objecting = async () => valueOf(await object(house.office, by, asked));
  expect(grounds(await takeWhile(principal, objecting))).toEqual(['APPI 20(2)', 'APPI 20(2)']);
  expect((await recordsOf(principal)).flatMap(({ items }) => items)).not.toContain('wheelchair');
});

test('what changes of another person meanwhile has nothing decided anew', async () => {
  const { principal } = await somebody();
  const other = await somebody();
  const withdrawing = () => withdrawConsent(house.office, by, other.consent, { on: day('2026-11-24'), evidence: null });
  expect(valueOf(await takeWhile(principal, withdrawing)).record.because).toContain('APPI 20(2)');
});

describe('the promise of proper acquisition', () => {
  const consent = { on: day('2026-11-01'), givenBy: 'principal', coversItems: true, coversPurpose: true } as const;
  let known: string;
  let given: string;
  /** The acquisitions, by what they rely on. */
  const ids = {} as Record<'consent' | 'item' | 'provider' | 'entrusted' | 'seen' | 'own' | 'plain' | 'anew', string>;

  const took = async (more: Partial<AcquireRequest>) => {
    const ask = { holding, channel: 'oral', source: 'observed', purposes: ['P3'], items: {} } as const;
    return valueOf(await acquire(house.office, by, { ...ask, ...more })).record.id;
  };

  beforeAll(async () => {
    ({ principal: known, consent: given } = await somebody());
    const items = { name: '配慮 花子', wheelchair: '利用' };
    const some = { items };
    const law = { item: '20(2)(i)', legalBasis: '例示法 第1号', lawOfJapan: true } as const;
    const entrusted = { provider, basis: 'not-third-party', ownUse: false } as const;
    const checked = {
      provider,
      basis: 'consent',
      howAcquired: '社員から',
      documentSeen: true,
      consentObtained: true,
    } as const;
    const takings: [keyof typeof ids, Partial<AcquireRequest>][] = [
      ['consent', { principal: known, seen: 1, source: 'observed', consent }],
      ['item', { source: 'observed', exception: law, consent: null }],
      ['provider', { source: 'third-party', receipt: checked, consent: null }],
      ['entrusted', { source: 'third-party', receipt: entrusted }],
      ['seen', { source: 'observed', exception: { item: '20(2)(viii)', outwardlyEvident: true } }],
    ];
    for (const [of, more] of takings) ids[of] = await took({ ...some, ...more });
    // This person objected after the consent that is stated, and consented anew.
    const { principal } = await somebody();
    const said = { on: day('2026-11-05'), at: null };
    const asked = { principal, scope: 'everything', purpose: null, recipient: null, said, evidence: null } as const;
    valueOf(await object(house.office, by, asked));
    await addConsent(house, principal, text, day('2026-11-10'));
    ids.anew = await took({ ...some, principal, seen: 1, consent });
    await addText('care-p1', { purposes: ['P1'] });
    await addText('care-diet', { items: ['diet'] });
    // What the person hands over needs none of it, and neither does what is no such item.
    ids.own = await took({ ...some, source: 'principal', items: { ...items, email: 'care-self@example.jp' } });
    ids.plain = await took({ source: 'observed', items: { name: '配慮 花子' } });
  });

  const prover = acquisitionProvers.find(({ promise }) => promise === 'acquisition-proper')!;
  const states = async () => (await prover.prove(house.office)).state;
  const acquired = (of: keyof typeof ids, set: string) => `UPDATE acquisitions SET ${set} WHERE id = '${ids[of]}'`;
  const LATER = '2026-12-01T10:00+09';
  /** SQL: the person of an acquisition. */
  const personOf = (of: keyof typeof ids) => `(SELECT principal_id FROM acquisitions WHERE id = '${ids[of]}')`;
  const withdrawal = (on: string, { at = LATER, of = 'c.principal_id', from = '' } = {}) =>
    `INSERT INTO consent_withdrawals (consent_id, entry_id, principal_id, on_day, at, by_actor, evidenced)
     SELECT c.id, c.id, ${of}, '${on}', '${at}', 'staff:a', false FROM consents c${from && `, ${from}`} WHERE c.id = '${given}'`;
  const objection = (
    on: string,
    what = "'everything', NULL",
    { said = '', at = LATER, of = `'${known}'`, from = '' } = {},
  ) =>
    `INSERT INTO consent_objections (id, principal_id, scope, purpose, on_day, said_at, at, by_actor, evidenced)
     SELECT gen_random_uuid(), ${of}, ${what}, '${on}', ${said ? `'${said}'` : 'NULL::timestamptz'}, '${at}'::timestamptz, 'staff:a', false ${from && `FROM ${from}`}`;
  /** SQL: another consent of the person. */
  const consented = (
    on: string,
    {
      code = text.code,
      hour = '',
      at = '2026-11-23T10:00+09',
      by: givenBy = 'principal',
      of = `'${known}'`,
      from = '',
    } = {},
  ) =>
    `INSERT INTO consents SELECT (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid(), 'given_on', '${on}', 'at', '${at}',
       'given_at', ${hour ? `'${hour}'` : 'NULL'}, 'given_by', '${givenBy}', 'principal_id', ${of},
       'text_id', (SELECT id FROM consent_texts WHERE code = '${code}')))).* FROM consents c${from && `, ${from}`} WHERE c.id = '${given}'`;
  /** SQL: the one after the others. */
  const after = (others: string[], one: string) =>
    `WITH ${others.map((other, i) => `other_${i} AS (${other})`).join(', ')} ${one}`;
  const atTen = () => `UPDATE consents SET given_at = '2026-11-01T10:00+09' WHERE id = '${given}'`;
  const saidAt = (said: string) => objection('2026-11-01', undefined, { said });
  const takenBack = (at: string, back: string) =>
    after(
      [`${objection('2026-11-10', undefined, { at })} RETURNING *`],
      `INSERT INTO consent_retractions (objection_id, entry_id, principal_id, on_day, at, by_actor, sealed)
       SELECT id, id, principal_id, '2026-11-24', '${back}', 'staff:a', '' FROM other_0`,
    );
  /** SQL: what another id said that was taken for the same person from one instant to another. */
  const elsewhere = (says: string[], { from = '2026-11-22T10:00+09', to = '' } = {}) =>
    after(
      ['SELECT gen_random_uuid() AS id', ...says],
      `INSERT INTO person_links (id, principal_id, other_id, shown_by, at, actor, ended_at, ended_by, ended_entry)
       SELECT id, '${known}', id, 'asked', '${from}', 'staff:a', ${to ? `'${to}', 'staff:a', id` : 'NULL, NULL, NULL'} FROM other_0`,
    );
  const theirs = { of: 'other_0.id', from: 'other_0' };
  const theySaid = () => [objection('2026-11-10', undefined, theirs)];
  const theyWithdrew = () => [
    `UPDATE consents c SET principal_id = other_0.id FROM other_0 WHERE c.id = '${given}'`,
    withdrawal('2026-11-10', theirs),
  ];
  /** SQL: the withdrawal of another text than the one that is stated. */
  const withdrawnOf = (set: string) =>
    after(
      [
        `UPDATE consents SET text_id = (SELECT id FROM consent_texts WHERE code = 'care-diet') WHERE id = '${given}'`,
        `UPDATE consent_texts SET ${set} WHERE code = 'care-diet'`,
      ],
      withdrawal('2026-11-10'),
    );
  const tables = ['acquisitions', 'holding_versions', 'consents', 'consent_texts', 'consent_withdrawals'];
  const said = ['consent_objections', 'consent_retractions', 'person_links'];
  const look = (change: string) =>
    tampered(
      house.db,
      [...tables, ...said].filter((table) => change.includes(table)),
      change,
      states,
    );

  test('what was relied on is kept, without the free text, and keeps the promise', async () => {
    expect(await states()).toBe('kept');
    const rows = await house.db.owner.query<{ id: string; relied_on: unknown }>(
      'SELECT id, relied_on FROM acquisitions WHERE id = ANY ($1)',
      [Object.values(ids)],
    );
    const relied = Object.entries(ids).map(([of, id]) => [of, rows.find((row) => row.id === id)!.relied_on]);
    expect(Object.fromEntries(relied)).toEqual({
      consent: { consent, exception: null },
      item: { consent: null, exception: { item: '20(2)(i)', lawOfJapan: true } },
      provider: { consent: null, exception: null },
      entrusted: { exception: null },
      seen: { exception: { item: '20(2)(viii)', outwardlyEvident: true } },
      anew: { consent, exception: null },
      own: null,
      plain: null,
    });
  });

  const research = (source: string) =>
    acquired(
      'item',
      `source = '${source}', because = '{"APPI 20(2)(vi)"}', relied_on = jsonb_set(relied_on, '{exception}', '${JSON.stringify(
        {
          item: '20(2)(vi)',
          academicInstitution: true,
          necessary: true,
          jointResearch: true,
          undueInfringement: false,
        },
      )}'), receipt = '{"basis":"exception"}'`,
    );
  /** SQL: what was entrusted, with nothing said of whether it is used for ourselves. */
  const unsaidUse = (more: object) =>
    acquired('entrusted', `receipt = receipt - 'ownUse' || '${JSON.stringify(more)}'`);
  const approved = (kind: string) => ({ exemption: { kind, approvedBy: 'a' } });
  const forBoth = (of: keyof typeof ids, more = '') => acquired(of, `purposes = '{P3,P1}'${more}`);

  /** SQL: an acquisition for two purposes of which nothing is kept, with another consent on record. */
  const onRecordOnly = (code: string) =>
    after([forBoth('consent', ', relied_on = NULL')], consented('2026-11-11', { code }));

  const put = (path: string, value: string) => `relied_on = jsonb_set(relied_on, '{${path}}', '${value}')`;
  const statedOn = (on: string) => acquired('consent', put('consent,on', `"${on}"`));
  const without = (path: string) => `relied_on = relied_on #- '{${path}}'`;

  test.each<[string, () => string]>([
    ['an item that needs more than is kept', () => acquired('item', put('exception,item', '"20(2)(iv)"'))],
    ['an item that was no ground', () => acquired('item', "because = ARRAY['APPI 20(1)']")],
    ['an item of a foreign law', () => acquired('item', put('exception', '{"item":"20(2)(i)","lawOfJapan":false}'))],
    ['what was evident to somebody else', () => acquired('seen', "source = 'public'")],
    [
      'a provider of whom nobody says whether they had consent',
      () => acquired('provider', "receipt = receipt - 'basis'"),
    ],
    ['an invalid consent beside the provider’s', () => acquired('provider', put('consent', '{"givenBy":"principal"}'))],
    ['a recipient of whom nobody says what was entrusted', () => acquired('entrusted', "receipt = receipt - 'ownUse'")],
    [
      'what came by opt-out, whatever the person consented to',
      () =>
        acquired(
          'consent',
          `source = 'third-party', receipt = '${JSON.stringify({ provider, basis: 'opt-out', filingPublished: true })}'`,
        ),
    ],
    [
      'an act of the person through somebody that nobody approved',
      () => acquired('provider', `receipt = receipt || '{"basis":null,"exemption":{"kind":"for-principal"}}'`),
    ],
    ['a consent without a day', () => acquired('consent', without('consent,on'))],
    ['a consent of a later day', () => acquired('consent', put('consent,on', '"2026-11-25"'))],
    ['a consent of nobody knows whom', () => acquired('consent', put('consent,givenBy', '"uncertain"'))],
    ['a child’s consent that nobody judged', () => acquired('consent', put('consent,givenBy', '"uncertain-child"'))],
    ['a consent to other items', () => acquired('consent', put('consent,coversItems', 'false'))],
    ['a consent to nobody knows which purpose', () => acquired('consent', without('consent,coversPurpose'))],
    [
      'a consent that was withdrawn',
      () => acquired('consent', put('consent', JSON.stringify({ ...consent, withdrawnOn: '2026-11-02' }))),
    ],
    ['a withdrawal written down later', () => withdrawal('2026-11-10')],
    ['an objection to everything written down later', () => objection('2026-11-10')],
    ['an objection to the purpose written down later', () => objection('2026-11-01', "'purpose', 'P3'")],
    ['an objection that was taken back only after it', () => takenBack('2026-11-23T10:00+09', '2026-11-25T10:00+09')],
    ['an objection an hour after the consent', () => after([atTen()], saidAt('2026-11-01T11:00+09'))],
    ['an objection the moment of the consent', () => after([atTen()], saidAt('2026-11-01T10:00+09'))],
    [
      'an objection before a consent of that day to another purpose',
      () =>
        after(
          [atTen(), consented('2026-11-01', { code: 'care-p1', hour: '2026-11-01T12:00+09' })],
          saidAt('2026-11-01T11:00+09'),
        ),
    ],
    [
      'an objection before a consent that was written down after both',
      () => after([consented('2026-11-11', { at: '2026-12-01T10:02+09' })], objection('2026-11-10')),
    ],
    [
      'an objection to one of its purposes',
      () => after([forBoth('consent')], objection('2026-11-10', "'purpose', 'P1'")),
    ],
    ['the withdrawal of another consent since', () => after([statedOn('2026-10-30')], withdrawal('2026-11-10'))],
    ['what another id of the person said', () => elsewhere(theySaid())],
    [
      'what another id said, written down while it was taken for the person',
      () => elsewhere(theySaid(), { to: '2026-12-01T11:00+09' }),
    ],
    ['the withdrawal of what another id of the person had consented to', () => elsewhere(theyWithdrew())],
    [
      'an objection before what another id consented to, written down once it was no longer taken for the person',
      () =>
        elsewhere([consented('2026-11-11', { ...theirs, at: '2026-12-01T09:30+09' }), objection('2026-11-10')], {
          to: '2026-12-01T09:00+09',
        }),
    ],
    [
      'an objection before the consent of somebody who cannot judge it',
      () => after([consented('2026-11-11', { by: 'without-capacity' })], objection('2026-11-10')),
    ],
    [
      'a withdrawal while a consent stood that was written down after both',
      () => after([consented('2026-11-05', { at: '2026-12-01T10:02+09' })], withdrawal('2026-11-10')),
    ],
    [
      'the withdrawal of another consent on the day of the consent',
      () => after([statedOn('2026-11-10')], withdrawal('2026-11-10')),
    ],
    [
      'the withdrawal of a consent to some of the items',
      () => after([acquired('consent', "items = '{name,wheelchair,diet}'")], withdrawal('2026-11-10')),
    ],
    [
      'a provider of whom nobody says whether they obtained the consent',
      () => acquired('provider', "receipt = receipt - 'consentObtained'"),
    ],
    ['joint research of which nobody gave it', () => research('observed')],
    [
      'the consent of a provider whose person had objected',
      () => objection('2026-11-10', undefined, { of: personOf('provider') }),
    ],
    [
      'the consent of a provider whose person had withdrawn theirs',
      () =>
        after(
          [`UPDATE consents SET principal_id = ${personOf('provider')} WHERE id = '${given}'`],
          withdrawal('2026-11-10', { of: personOf('provider') }),
        ),
    ],
    ['what may be used for ourselves, with an exemption from the record only', () => unsaidUse(approved('viewing'))],
  ])('is improper with %s', async (_, change) => {
    expect(await look(change())).toBe('broken');
  });

  test.each<[string, () => string]>([
    ['an item of which nothing is kept', () => acquired('item', 'relied_on = NULL')],
    [
      'a consent on record to another item, where nothing is kept',
      () =>
        after(
          [acquired('consent', 'relied_on = NULL')],
          `UPDATE consents SET text_id = (SELECT id FROM consent_texts WHERE code = 'care-diet') WHERE id = '${given}'`,
        ),
    ],
    [
      'a consent on record of somebody else, where nothing is kept',
      () => `WITH a AS (${acquired('consent', 'relied_on = NULL')})
             UPDATE consents SET principal_id = gen_random_uuid() WHERE id = '${given}'`,
    ],
    [
      'a consent on record of a later day, where nothing is kept',
      () => `WITH a AS (${acquired('consent', 'relied_on = NULL')})
             UPDATE consents SET given_on = '2026-11-25' WHERE id = '${given}'`,
    ],
    [
      'an objection before it, where nothing is kept',
      () => `WITH a AS (${acquired('consent', 'relied_on = NULL')}) ${objection('2026-11-10')}`,
    ],
    [
      'an item of which nobody knows whether it was special care-required then',
      () => `WITH a AS (${acquired('item', 'relied_on = NULL')})
             UPDATE holding_versions SET at = '2026-12-01T10:00+09' WHERE holding_id = '${holding}'`,
    ],
    ['a consent on record to one of its purposes only, where nothing is kept', () => onRecordOnly(text.code)],
    [
      'a consent that was written down after it, where nothing is kept',
      () =>
        after([acquired('consent', 'relied_on = NULL')], `UPDATE consents SET at = '${LATER}' WHERE id = '${given}'`),
    ],
    ['an objection on its day, at an hour that nobody wrote down', () => objection('2026-11-24')],
    ['a withdrawal on its day, at an hour that nobody wrote down', () => withdrawal('2026-11-24')],
  ])('is unknown with %s', async (_, change) => {
    expect(await look(change())).toBe('unknown');
  });

  test.each<[string, () => string]>([
    ['a consent on record, where nothing is kept', () => acquired('consent', 'relied_on = NULL')],
    ['the consent of a provider, where nothing is kept', () => acquired('provider', 'relied_on = NULL')],
    [
      'the person’s own act through somebody',
      () =>
        acquired(
          'provider',
          `receipt = receipt || '{"basis":null,"exemption":{"kind":"for-principal","approvedBy":"a"}}'`,
        ),
    ],
    [
      'a child’s consent that was judged',
      () =>
        acquired('consent', `because = because || '{Guideline Q1-62}', ${put('consent,givenBy', '"uncertain-child"')}`),
    ],
    ['a withdrawal of a later day', () => withdrawal('2026-11-25')],
    ['an objection of a later day', () => objection('2026-11-25')],
    ['an objection to another purpose', () => objection('2026-11-10', "'purpose', 'P1'")],
    ['an objection before the consent', () => objection('2026-10-31')],
    ['an objection taken back before it', () => takenBack('2026-11-23T10:00+09', '2026-11-24T09:00+09')],
    ['an objection taken back that nobody knew of yet', () => takenBack(LATER, '2026-12-01T11:00+09')],
    ['an objection an hour before the consent', () => after([atTen()], saidAt('2026-11-01T09:00+09'))],
    ['an objection before another consent', () => after([consented('2026-11-11')], objection('2026-11-10'))],
    ['a withdrawal while another consent stood', () => after([consented('2026-11-05')], withdrawal('2026-11-10'))],
    [
      'consents to each of its purposes, of which the later came after an objection',
      () =>
        after(
          [forBoth('consent'), consented('2026-11-11', { code: 'care-p1' })],
          objection('2026-11-10', "'purpose', 'P1'"),
        ),
    ],
    [
      'what an id said that was found to be the person only later',
      () => elsewhere(theySaid(), { from: '2026-11-25T10:00+09' }),
    ],
    [
      'what an id said that was no longer taken for the person',
      () => elsewhere(theySaid(), { to: '2026-11-23T10:00+09' }),
    ],
    [
      'what an id said, written down once it was no longer taken for the person',
      () => elsewhere(theySaid(), { to: '2026-12-01T09:00+09' }),
    ],
    [
      'the withdrawal of what an id had consented to, written down once it was no longer taken for the person',
      () => elsewhere(theyWithdrew(), { to: '2026-12-01T09:00+09' }),
    ],
    [
      'an objection before what another id of the person consented to',
      () => elsewhere([consented('2026-11-11', theirs), objection('2026-11-10')]),
    ],
    [
      'an objection that was written down after the consent anew, though both were after it',
      () => after([consented('2026-11-11', { at: '2026-11-30T10:00+09' })], objection('2026-11-10')),
    ],
    [
      'an objection before a consent of its own day, an hour before it',
      () => after([consented('2026-11-24', { hour: '2026-11-24T09:00+09' })], objection('2026-11-10')),
    ],
    [
      'an objection and the withdrawal of another consent before the consent',
      () => after([statedOn('2026-11-15'), withdrawal('2026-11-10')], objection('2026-11-10')),
    ],
    ['the withdrawal of a consent to another item', () => withdrawnOf('code = code')],
    [
      'the withdrawal of a consent to another holding',
      () => withdrawnOf("items = '{wheelchair}', holding_id = gen_random_uuid()"),
    ],
    ['the withdrawal of a consent to a use', () => withdrawnOf("items = '{wheelchair}', kind = 'use'")],
    ['joint research that an institution gave', () => research('third-party')],
    ['what a public body entrusted', () => unsaidUse({ provider: { kind: 'state-organ' } })],
    ['what the guideline reads as no provision', () => unsaidUse(approved('public-source'))],
    [
      'the consent of a provider whose person consented after an objection',
      () =>
        after(
          [consented('2026-11-11', { of: personOf('provider') })],
          objection('2026-11-10', undefined, { of: personOf('provider') }),
        ),
    ],
    ['consents on record to each of its purposes, where nothing is kept', () => onRecordOnly('care-p1')],
    [
      'an item that was not special care-required then',
      () => `WITH a AS (${acquired('item', 'relied_on = NULL')}), v AS (
               INSERT INTO holding_versions SELECT holding_id, version + 1, 'change', '2026-12-01T10:00+09', actor, content, reason, entry_id
               FROM holding_versions WHERE holding_id = '${holding}')
             UPDATE holding_versions SET content = jsonb_set(content, '{items}', '[]') WHERE holding_id = '${holding}'`,
    ],
  ])('is proper with %s', async (_, change) => {
    expect(await look(change())).toBe('kept');
  });
});
