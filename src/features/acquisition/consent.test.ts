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
  valueOf(
    await writeText(house.office, by, {
      code: text.code,
      kind: 'special-care',
      name: { ja: '配慮の情報', en: 'Needs' },
      wording: {
        ja: '勤め先から配慮の情報を受け取ることに同意します。',
        en: 'I consent to your receiving my needs from my employer.',
      },
      purposes: ['P3'],
      holding,
      items: ['wheelchair'],
      recipients: [],
      abroad: false,
      shown: {},
    }),
  );
  valueOf(await startText(house.office, by, { ...text, from: day('2026-04-01') }));
});
afterAll(async () => {
  await close();
  await house.close();
});

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
    const wording = { ja: '受け取ることに同意します。', en: 'I consent to your receiving it.' };
    const name = { ja: '別の配慮', en: 'Other needs' };
    const about = { recipients: [], abroad: false, shown: {} };
    const content = {
      code,
      kind: 'special-care',
      name,
      wording,
      holding,
      items: ['wheelchair'],
      purposes: ['P3'],
      ...about,
    } as const;
    valueOf(await writeText(house.office, by, { ...content, ...of }));
    valueOf(await startText(house.office, by, { code, version: 1, from: day('2026-04-01') }));
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
  const ids = {} as Record<'consent' | 'item' | 'provider' | 'entrusted' | 'seen' | 'own' | 'plain', string>;

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
    // What the person hands over needs none of it, and neither does what is no such item.
    ids.own = await took({ ...some, source: 'principal', items: { ...items, email: 'care-self@example.jp' } });
    ids.plain = await took({ source: 'observed', items: { name: '配慮 花子' } });
  });

  const prover = acquisitionProvers.find(({ promise }) => promise === 'acquisition-proper')!;
  const states = async () => (await prover.prove(house.office)).state;
  const acquired = (of: keyof typeof ids, set: string) => `UPDATE acquisitions SET ${set} WHERE id = '${ids[of]}'`;
  const withdrawal = (on: string, at: string) =>
    `INSERT INTO consent_withdrawals (consent_id, entry_id, principal_id, on_day, at, by_actor, evidenced)
     SELECT id, id, principal_id, '${on}', '${at}', 'staff:a', false FROM consents WHERE id = '${given}'`;
  const objection = (on: string, scope: string, purpose: string) =>
    `INSERT INTO consent_objections (id, principal_id, scope, purpose, on_day, at, by_actor, evidenced)
     VALUES (gen_random_uuid(), '${known}', '${scope}', ${purpose}, '${on}', '2026-12-01T10:00+09', 'staff:a', false)`;
  const tables = ['acquisitions', 'holding_versions', 'consents', 'consent_texts', 'consent_withdrawals'];
  const look = (change: string) => tampered(house.db, [...tables, 'consent_objections'], change, states);

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
      own: null,
      plain: null,
    });
  });

  const put = (path: string, value: string) => `relied_on = jsonb_set(relied_on, '{${path}}', '${value}')`;
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
    ['a withdrawal written down later', () => withdrawal('2026-11-10', '2026-12-01T10:00+09')],
    ['an objection to everything written down later', () => objection('2026-11-10', 'everything', 'NULL')],
    ['an objection to the purpose written down later', () => objection('2026-11-01', 'purpose', "'P3'")],
  ])('is improper with %s', async (_, change) => {
    expect(await look(change())).toBe('broken');
  });

  test.each<[string, () => string]>([
    ['an item of which nothing is kept', () => acquired('item', 'relied_on = NULL')],
    [
      'a consent on record to another item, where nothing is kept',
      () => `WITH a AS (${acquired('consent', 'relied_on = NULL')}) UPDATE consent_texts SET items = '{email}'
             WHERE id = (SELECT text_id FROM consents WHERE id = '${given}')`,
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
      () => `WITH a AS (${acquired('consent', 'relied_on = NULL')}) ${objection('2026-11-10', 'everything', 'NULL')}`,
    ],
    [
      'an item of which nobody knows whether it was special care-required then',
      () => `WITH a AS (${acquired('item', 'relied_on = NULL')})
             UPDATE holding_versions SET at = '2026-12-01T10:00+09' WHERE holding_id = '${holding}'`,
    ],
    ['an objection on its day, at an hour that nobody wrote down', () => objection('2026-11-24', 'everything', 'NULL')],
    [
      'a withdrawal on its day, at an hour that nobody wrote down',
      () => withdrawal('2026-11-24', '2026-12-01T10:00+09'),
    ],
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
    ['a withdrawal of a later day', () => withdrawal('2026-11-25', '2026-12-01T10:00+09')],
    ['an objection of a later day', () => objection('2026-11-25', 'everything', 'NULL')],
    ['an objection to another purpose', () => objection('2026-11-10', 'purpose', "'P1'")],
    ['an objection before the consent', () => objection('2026-10-31', 'everything', 'NULL')],
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
