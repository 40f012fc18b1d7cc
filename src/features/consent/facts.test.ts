// What a consent reaches, what ends it, and what a text must not leave blank, as typed tables.

import { describe, expect, test } from 'vitest';
import { both } from '../../base/bilingual.ts';
import { addDays, day, type Day } from '../../base/day.ts';
import type { RecordedGiver } from '../../law/index.ts';
import {
  type ConsentScope,
  type Counting,
  consentStates,
  countingFor,
  doubtOf,
  endedBy,
  type History,
  partsOf,
  remainsOf,
  standingOn,
  usesFor,
} from './facts/standing.ts';
import { tellsOfPerson } from './facts/given.ts';
import { type TextInput, textProblems } from './facts/text.ts';
import { textState } from './facts/consent.ts';
import type { ConsentRow, ObjectionRow, RetractionRow, TextRow } from './tables.ts';

const at = new Date('2026-11-24T10:00:00+09:00');
const sealed = Buffer.from('sealed');
const R1 = '00000000-0000-7000-8000-0000000000a1';
const R2 = '00000000-0000-7000-8000-0000000000a2';

const text = (more: Partial<TextRow> = {}): TextRow => ({
  id: 't1',
  code: 'partner-news',
  version: 1,
  kind: 'provision',
  name: both('共催者への提供', 'Provision to the co-host'),
  wording: { ja: '共催者に氏名を渡すことに同意します' },
  purposes: ['P3'],
  holding_id: 'h1',
  items: ['name', 'email'],
  recipients: [R1],
  abroad: false,
  shown: null,
  at,
  by_actor: 'sekisho',
  ...more,
});

type Row = ConsentRow & { text: TextRow };

const consent = (on: string, more: Partial<Row> = {}): Row => ({
  id: `c-${on}`,
  principal_id: 'p1',
  text_id: 't1',
  text: text(),
  language: 'ja',
  given_on: day(on),
  given_at: null,
  given_by: 'principal',
  representative: null,
  channel: 'web-form',
  method: 'web-form',
  shown_on: null,
  shown_at: null,
  import_id: null,
  at,
  by_actor: 'sekisho',
  noted: false,
  evidenced: true,
  sealed,
  ...more,
});

const objection = (on: string, scope: ObjectionRow['scope'], more: Partial<ObjectionRow> = {}): ObjectionRow => ({
  id: `o-${on}`,
  principal_id: 'p1',
  scope,
  purpose: null,
  recipient_id: null,
  on_day: day(on),
  said_at: null,
  at,
  by_actor: 'sekisho',
  request_id: null,
  evidenced: false,
  sealed: null,
  ...more,
});

const retraction = ({ id }: ObjectionRow, on: string): RetractionRow => ({
  objection_id: id,
  entry_id: 'e',
  principal_id: 'p1',
  on_day: day(on),
  at,
  by_actor: 'sekisho',
  sealed,
});

const withdrawal = (of: Row, on: string) => ({
  consent_id: of.id,
  entry_id: 'e',
  principal_id: 'p1',
  on_day: day(on),
  at,
  by_actor: 'sekisho',
  evidenced: false,
  sealed: null,
});

const history = (more: Partial<History>): History => ({
  consents: [],
  withdrawals: [],
  objections: [],
  retractions: [],
  ...more,
});

const ask: ConsentScope = {
  for: 'provision',
  holding: 'h1',
  items: ['name'],
  purpose: 'P3',
  recipient: R1,
  abroad: false,
};
const today = day('2026-11-24');
const stands = (h: History, more: Partial<ConsentScope> = {}, on: Day = today) =>
  standingOn(h, { ...ask, ...more }, on);

describe('an objection that was taken back', () => {
  const given = consent('2026-11-18');
  const wrong = objection('2026-11-20', 'provision');
  const all = history({ consents: [given], objections: [wrong], retractions: [retraction(wrong, '2026-11-22')] });

  test.each([
    ['2026-11-21', { withdrawnOn: '2026-11-20', objectedOn: '2026-11-20' }],
    ['2026-11-22', { withdrawnOn: undefined, objectedOn: null }],
  ])('reaches nothing from that day on: %s', (on, { withdrawnOn, objectedOn }) => {
    const stood = stands(all, {}, day(on));
    expect([stood.consent?.withdrawnOn, stood.objectedOn]).toEqual([withdrawnOn, objectedOn]);
  });

  test('leaves the consent standing, and another objection in force', () => {
    expect(remainsOf(given, all)).toEqual({ state: 'stands' });
    const another = objection('2026-11-21', 'recipient', { recipient_id: R1 });
    expect(remainsOf(given, { ...all, objections: [...all.objections, another] })).toEqual({
      state: 'ended',
      on: '2026-11-21',
    });
  });

  test('names the consents before it that it reaches', () => {
    const later = consent('2026-11-21');
    const elsewhere = consent('2026-11-17', { text: text({ recipients: [], kind: 'use' }) });
    expect(endedBy(wrong, [given, later, elsewhere])).toEqual([given]);
  });
});

describe('how far a consent reaches', () => {
  const given = history({ consents: [consent('2026-11-20')] });

  test('all of it', () => {
    expect(stands(given)).toEqual({
      consent: {
        givenBy: 'principal',
        on: '2026-11-20',
        coversPurpose: true,
        coversItems: true,
        coversRecipient: true,
        abroad: false,
      },
      consentId: 'c-2026-11-20',
      ends: 0,
      foreignInformation: null,
      objectedOn: null,
    });
  });

  test.each<[string, Partial<ConsentScope>, string]>([
    ['another purpose', { purpose: 'P1' }, 'coversPurpose'],
    ['an item more', { items: ['name', 'phone'] }, 'coversItems'],
    ['another holding', { holding: 'h2' }, 'coversItems'],
    ['another recipient', { recipient: R2 }, 'coversRecipient'],
    ['nobody outside', { recipient: null }, 'coversRecipient'],
  ])('not to %s', (_, more, fact) => {
    expect(stands(given, more).consent).toMatchObject({
      coversPurpose: fact !== 'coversPurpose',
      coversItems: fact !== 'coversItems',
      coversRecipient: fact !== 'coversRecipient',
    });
  });

  test.each<ConsentScope['for']>(['use', 'special-care', 'linking'])(
    'a consent to provision is none to %s',
    (other) => {
      expect(stands(given, { for: other })).toMatchObject({ consent: null, consentId: null });
    },
  );

  test('a consent abroad says what was shown and when; one at home says that it is not abroad', () => {
    const shown = {
      country: { code: 'VN' },
      system: { unknown: both('調べても分からない', 'Not to be found out') },
      measures: { text: both('同じ水準', 'The same level') },
    };
    const abroad = text({ kind: 'provision-abroad', abroad: true, shown });
    const two = history({
      consents: [consent('2026-11-22'), consent('2026-11-20', { text: abroad, shown_on: day('2026-11-19') })],
    });
    expect(stands(two, { abroad: true })).toMatchObject({
      consent: { on: '2026-11-20', abroad: true },
      foreignInformation: { on: '2026-11-19', country: 'told', system: 'unknown-told', measures: 'told' },
    });
    // For a provision at home, the later consent wins.
    expect(stands(two)).toMatchObject({ consent: { on: '2026-11-22', abroad: false }, foreignInformation: null });
    expect(stands(given, { abroad: true })).toMatchObject({ consent: { abroad: false }, foreignInformation: null });
  });

  test.each<[RecordedGiver, RecordedGiver, RecordedGiver]>([
    ['without-capacity', 'representative', 'representative'],
    ['representative', 'without-capacity', 'representative'],
    ['principal', 'representative', 'representative'],
    ['representative', 'principal', 'principal'],
    ['principal', 'without-capacity', 'principal'],
    ['principal', 'uncertain-child', 'principal'],
    // A child found unable to judge it was no more able to before.
    ['uncertain-child', 'without-capacity', 'without-capacity'],
    ['without-capacity', 'uncertain-child', 'uncertain-child'],
    // Whatever is recorded anew counts instead of what an earlier version recorded.
    ['uncertain-child', 'uncertain', 'uncertain-child'],
    ['without-capacity', 'uncertain', 'without-capacity'],
  ])('of %s and then %s, the consent of %s counts', (before, after, counts) => {
    const two = history({
      consents: [consent('2026-11-20', { given_by: before }), consent('2026-11-21', { given_by: after })],
    });
    expect(stands(two).consent).toMatchObject({ givenBy: counts });
  });

  test('what happens later is not looked at', () => {
    const later = consent('2026-11-25');
    const all = history({
      consents: [later, consent('2026-11-20')],
      withdrawals: [withdrawal(consent('2026-11-20'), '2026-11-25')],
      objections: [objection('2026-11-25', 'everything')],
    });
    expect(stands(all)).toMatchObject({ consentId: 'c-2026-11-20', objectedOn: null });
    expect(stands(all).consent).not.toHaveProperty('withdrawnOn');
    expect(stands(all, {}, day('2026-11-26'))).toMatchObject({ consent: { withdrawnOn: '2026-11-25' } });
  });
});

describe('of several consents that reach as far', () => {
  const by = (on: string, given_by: RecordedGiver, more: Partial<Row> = {}) => consent(on, { given_by, ...more });
  const withdrawn = (of: Row, on: string): History['withdrawals'][number] => ({
    consent_id: of.id,
    entry_id: 'w1',
    principal_id: 'p1',
    on_day: day(on),
    at,
    by_actor: 'sekisho',
    evidenced: false,
    sealed: null,
  });
  const none = { withdrawals: [], objections: [], retractions: [] };

  test.each<
    [
      string,
      RecordedGiver,
      RecordedGiver,
      string,
      'earlier' | 'later' | null,
      NonNullable<Counting['counts']>['why'] | null,
    ]
  >([
    ['a second one that is newer', 'principal', 'principal', '', 'later', 'later'],
    ['a second one of another who may give it', 'principal', 'representative', '', 'later', 'later'],
    ['a second one of a child', 'representative', 'without-capacity', '', 'earlier', 'giver'],
    ['a second one of the person instead of a child’s', 'uncertain-child', 'principal', '', 'later', 'giver'],
    ['a second one, once the first is withdrawn', 'principal', 'without-capacity', 'earlier', 'later', 'only'],
    ['a first one, once the second is withdrawn', 'representative', 'principal', 'later', 'earlier', 'only'],
    ['none, once both are', 'principal', 'principal', 'both', null, null],
  ])('says which counts and why: %s', (_, first, second, ended, which, why) => {
    const [earlier, later] = [by('2026-11-02', first), by('2026-11-03', second)];
    const withdrawals = [earlier, later]
      .filter((_, i) => ended === 'both' || ended === ['earlier', 'later'][i])
      .map((of) => withdrawn(of, '2026-11-04'));
    const history = { ...none, consents: [later, earlier], withdrawals };
    const [row, other] = which === 'later' ? [later, earlier] : [earlier, later];
    // Another that was withdrawn since casts doubt on it.
    const doubt = withdrawals.length === 1 ? { row: other, on: day('2026-11-04') } : null;
    const expected = which === null ? null : { row, why, beside: why === 'only' ? null : other, withdrawn: doubt };
    expect(countingFor(history, later, day('2026-11-24'))).toEqual([
      { purpose: 'P3', recipient: R1, counts: expected },
    ]);
  });

  test('says it for each purpose and recipient, of consents to other texts too', () => {
    const wide = text({ id: 't2', purposes: ['P1', 'P3'], recipients: [R1, R2] });
    const [narrow, all] = [
      by('2026-11-05', 'principal'),
      by('2026-11-03', 'without-capacity', { id: 'all', text: wide }),
    ];
    const counting = countingFor({ ...none, consents: [narrow, all] }, all, day('2026-11-24'));
    expect(counting.map(({ purpose, recipient }) => [purpose, recipient])).toEqual([
      ['P1', R1],
      ['P1', R2],
      ['P3', R1],
      ['P3', R2],
    ]);
    expect(counting.map(({ counts }) => [counts!.row.id, counts!.why])).toEqual([
      ['all', 'only'],
      ['all', 'only'],
      ['c-2026-11-05', 'giver'],
      ['all', 'only'],
    ]);
  });

  test.each<[string, object, object, string, boolean]>([
    ['on a later day', {}, {}, '2026-11-06', true],
    ['on its day', {}, {}, '2026-11-05', true],
    ['on its day, at a known hour before it', { given_at: new Date('2026-11-05T03:00:00Z') }, {}, '2026-11-05', false],
    ['on its day, at a known hour after it', { given_at: new Date('2026-11-05T01:00:00Z') }, {}, '2026-11-05', true],
    ['on an earlier day', {}, {}, '2026-11-04', false],
    ['on a day to come', {}, {}, '2026-11-25', false],
    ['that reached more', {}, { purposes: ['P1', 'P3'], recipients: [R1, R2] }, '2026-11-06', true],
    ['that reached fewer items', {}, { items: ['name'] }, '2026-11-06', false],
    ['to another purpose', {}, { purposes: ['P1'] }, '2026-11-06', false],
    ['to another recipient', {}, { recipients: [R2] }, '2026-11-06', false],
    ['of another kind', {}, { kind: 'linking' }, '2026-11-06', false],
  ])('a consent is in doubt where another was withdrawn: %s', (_, self, of, on, doubt) => {
    const one = by('2026-11-05', 'principal', { id: 'one', ...self });
    const other = by('2026-11-01', 'principal', { id: 'other', text: text({ id: 't9', ...of }) });
    const withdrawal = { ...withdrawn(other, on), at: new Date('2026-11-05T02:00:00Z') };
    const history = { ...none, consents: [one, other], withdrawals: [withdrawal] };
    const expected = doubt ? { row: other, on } : null;
    expect(doubtOf([history], one, day('2026-11-24'))).toEqual(expected);
    expect(countingFor(history, one, day('2026-11-24'))[0]!.counts!.withdrawn).toEqual(expected);
  });

  test('of several withdrawals the last one is told, and never its own', () => {
    const one = by('2026-11-05', 'principal', { id: 'one' });
    const others = ['a', 'b'].map((id) => by('2026-11-01', 'principal', { id }));
    const withdrawals = [
      withdrawn(others[0]!, '2026-11-08'),
      withdrawn(others[1]!, '2026-11-07'),
      withdrawn(one, '2026-11-09'),
    ];
    expect(doubtOf([{ ...none, consents: [one, ...others], withdrawals }], one, day('2026-11-24'))).toEqual({
      row: others[0],
      on: '2026-11-08',
    });
  });

  test('what a consent is follows from it: another counts for all of it, or its giver allows nothing', () => {
    const wide = text({ id: 't2', purposes: ['P1', 'P3'] });
    const on = day('2026-11-24');
    const [own, child] = [by('2026-11-03', 'principal'), by('2026-11-05', 'without-capacity')];
    const both = { ...none, consents: [child, own] };
    expect([own, child].map((one) => consentStates(both, on)(one).state)).toEqual(['stands', 'behind']);
    const gone = { ...both, withdrawals: [withdrawn(own, '2026-11-06')] };
    expect([own, child].map((one) => consentStates(gone, on)(one).state)).toEqual(['ended', 'nothing']);
    // It still counts for one of its purposes.
    const more = by('2026-11-02', 'principal', { id: 'more', text: wide });
    expect(consentStates({ ...none, consents: [own, more] }, on)(more).state).toBe('stands');
    const unclear = by('2026-11-03', 'uncertain-child');
    expect(consentStates({ ...none, consents: [unclear] }, on)(unclear).state).toBe('judged');
    const old = by('2026-11-03', 'uncertain');
    expect(consentStates({ ...none, consents: [old] }, on)(old).state).toBe('nothing');
    // Its day has not come yet, as the clock has gone back; on that day it counts.
    const coming = by('2026-11-25', 'principal');
    const ahead = { ...none, consents: [coming] };
    expect(['2026-11-24', '2026-11-25'].map((of) => consentStates(ahead, day(of))(coming).state)).toEqual([
      'nothing',
      'stands',
    ]);
  });

  test('what reaches less, or comes from the time to come, is not looked at', () => {
    const all = by('2026-11-03', 'without-capacity');
    const less = by('2026-11-05', 'principal', { text: text({ id: 't3', items: ['name'] }) });
    const other = by('2026-11-05', 'principal', { text: text({ id: 't4', kind: 'use', recipients: [] }) });
    const coming = by('2026-11-25', 'principal');
    const history = { ...none, consents: [all, less, other, coming] };
    expect(countingFor(history, all, day('2026-11-24'))).toMatchObject([{ counts: { row: all, why: 'only' } }]);
  });
});

describe('what ends it', () => {
  const given = consent('2026-11-20');

  test('withdrawal, at once; a later consent stands anew', () => {
    const ended = history({ consents: [given], withdrawals: [withdrawal(given, '2026-11-24')] });
    expect(stands(ended).consent).toMatchObject({ on: '2026-11-20', withdrawnOn: '2026-11-24' });
    const anew = { ...ended, consents: [given, consent('2026-11-24', { id: 'again' })] };
    expect(stands(anew)).toMatchObject({ consentId: 'again' });
    expect(stands(anew).consent).not.toHaveProperty('withdrawnOn');
  });

  test.each<[string, ObjectionRow, boolean]>([
    ['everything', objection('2026-11-22', 'everything'), true],
    ['provision', objection('2026-11-22', 'provision'), true],
    ['its purpose', objection('2026-11-22', 'purpose', { purpose: 'P3' }), true],
    ['another purpose', objection('2026-11-22', 'purpose', { purpose: 'P1' }), false],
    ['its recipient', objection('2026-11-22', 'recipient', { recipient_id: R1 }), true],
    ['another recipient', objection('2026-11-22', 'recipient', { recipient_id: R2 }), false],
    ['everything, before it', objection('2026-11-19', 'everything'), false],
  ])('an objection to %s', (_, one, ends) => {
    const all = history({ consents: [given], objections: [one] });
    const { consent: read, objectedOn } = stands(all);
    expect([read!.withdrawnOn ?? null, objectedOn]).toEqual(ends ? ['2026-11-22', '2026-11-22'] : [null, null]);
    expect(remainsOf(given, all).state).toBe(ends ? 'ended' : 'stands');
  });

  test('an objection to provision does not reach a use within the company', () => {
    const use = consent('2026-11-20', { text: text({ kind: 'use', recipients: [] }) });
    const all = history({ consents: [use], objections: [objection('2026-11-22', 'provision')] });
    expect(stands(all, { for: 'use', recipient: null }).consent).not.toHaveProperty('withdrawnOn');
    expect(remainsOf(use, all)).toEqual({ state: 'stands' });
  });

  test.each<[string, Partial<Row>, Partial<ObjectionRow>, boolean]>([
    ['neither hour is known', {}, {}, true],
    ['only that of the consent', { given_at: new Date('2026-11-20T18:00:00+09:00') }, {}, true],
    ['only that of the objection', {}, { said_at: new Date('2026-11-20T08:00:00+09:00') }, true],
    [
      'the objection came first',
      { given_at: new Date('2026-11-20T18:00:00+09:00') },
      { said_at: new Date('2026-11-20T08:00:00+09:00') },
      false,
    ],
    [
      'the consent came first',
      { given_at: new Date('2026-11-20T08:00:00+09:00') },
      { said_at: new Date('2026-11-20T18:00:00+09:00') },
      true,
    ],
  ])('on the same day, where %s', (_, ofConsent, ofObjection, ends) => {
    const one = consent('2026-11-20', ofConsent);
    const all = history({ consents: [one], objections: [objection('2026-11-20', 'everything', ofObjection)] });
    expect(stands(all).consent!.withdrawnOn ?? null).toBe(ends ? '2026-11-20' : null);
    expect(stands(all).objectedOn).toBe(ends ? '2026-11-20' : null);
  });

  test('a consent of somebody who cannot judge it takes no objection back', () => {
    const objected = [objection('2026-11-19', 'everything')];
    const child = history({
      consents: [consent('2026-11-20', { given_by: 'without-capacity' })],
      objections: objected,
    });
    expect(stands(child).objectedOn).toBe('2026-11-19');
    expect(stands(history({ objections: objected })).objectedOn).toBe('2026-11-19');
  });

  test('an objection to one of two recipients leaves a part', () => {
    const wide = consent('2026-11-20', { text: text({ recipients: [R1, R2] }) });
    const all = history({ consents: [wide], objections: [objection('2026-11-22', 'recipient', { recipient_id: R2 })] });
    expect(remainsOf(wide, all)).toEqual({ state: 'partly', on: '2026-11-22' });
    expect(partsOf(wide, all)).toEqual([
      { purpose: 'P3', recipient: R1, ended: null },
      { purpose: 'P3', recipient: R2, ended: { on: '2026-11-22', at: null } },
    ]);
    const more = {
      ...all,
      objections: [...all.objections, objection('2026-11-23', 'recipient', { recipient_id: R1 })],
    };
    expect(remainsOf(wide, more)).toEqual({ state: 'ended', on: '2026-11-23' });
    const gone = { ...all, withdrawals: [withdrawal(wide, '2026-11-21')] };
    expect(remainsOf(wide, gone)).toEqual({ state: 'ended', on: '2026-11-21' });
  });
});

test.each<[string, boolean]>([
  ['書庫3 箱12 綴り5', false],
  ['2026-11-24-0012', false],
  ['PDF 20261124-03', false],
  ['3f2b8c1e-1234-7abc-8def-0123456789ab', false],
  ['hanako@example.jp', true],
  ['ｈａｎａｋｏ＠example.jp', true],
  ['電話 03-0000-0000', true],
  ['０９０ー００００ー００００', true],
  ['09000000000', true],
  ['1234-5678-9012', true],
  ['番号123456789', true],
])('a reference “%s” tells of a person: %s', (reference, tells) => {
  expect(tellsOfPerson(reference)).toBe(tells);
});

// If the search for an address restarted at every character, it would take longer than a test may.
test('a long text without an address is looked through once', () => {
  expect(tellsOfPerson('x'.repeat(160_000))).toBe(false);
});

test('the days of a version', () => {
  const state = (from: string | null, until: string | null) =>
    textState({ from_day: from ? day(from) : null, until_day: until ? day(until) : null }, today);
  expect([
    state(null, null),
    state('2026-11-25', null),
    state('2026-11-24', null),
    state('2026-11-01', '2026-11-25'),
    state('2026-11-01', '2026-11-24'),
  ]).toEqual(['draft', 'coming', 'in-force', 'in-force', 'superseded']);
});

describe('a text', () => {
  const around = {
    purposes: new Set(['P1', 'P3']),
    holdings: new Map([['h1', { items: new Set(['name', 'email']) }]]),
    recipients: new Map([
      [R1, { country: 'VN' }],
      [R2, { country: 'JP' }],
    ]),
    reports: new Map([['VN', 2]]),
  };
  const told = { text: both('同じ水準', 'The same level') };
  const why = { unknown: both('分からない。候補はVNとSG', 'Not known; VN or SG') };
  const input = (more: Partial<TextInput> = {}): TextInput => ({
    code: 'partner-news',
    kind: 'provision-abroad',
    name: both('外国の共催者への提供', 'Provision to the co-host abroad'),
    wording: { ja: '渡すことに同意します' },
    purposes: ['P3'],
    holding: 'h1',
    items: ['name'],
    recipients: [R1],
    abroad: true,
    shown: { country: { code: 'VN' }, system: { report: 2 }, measures: told },
    ...more,
  });
  const shown = (more: Partial<TextInput['shown']>): Partial<TextInput> => ({ shown: { ...input().shown, ...more } });
  const home = { kind: 'provision', recipients: [R2], abroad: false, shown: {} } as const;

  test.each<[string, Partial<TextInput>, string[]]>([
    ['is written', {}, []],
    ['at home shows nothing of a country', home, []],
    ['of linking may have no recipient', { ...home, kind: 'linking', recipients: [] }, []],
    ['where nothing is known, with reasons', shown({ country: why, system: why, measures: why }), []],
    ['with its own text where there is no report', { ...shown({ system: told }), code: 'x' }, ['shown.system']],
    ['without the country', { shown: { system: { report: 2 }, measures: told } }, ['shown.country']],
    ['without the system', { shown: { country: { code: 'VN' }, measures: told } }, ['shown.system']],
    ['without the measures', { shown: { country: { code: 'VN' }, system: { report: 2 } } }, ['shown.measures']],
    ['with blank measures', shown({ measures: { text: both(' ', '') } }), ['shown.measures']],
    ['with a reason in one language', shown({ measures: { unknown: both('不明', '') } }), ['shown.measures']],
    ['with a blank country', shown({ country: { code: '' } }), ['shown.country']],
    ['with none of the three', { shown: {} }, ['shown.country', 'shown.system', 'shown.measures']],
    ['with an older report', shown({ system: { report: 1 } }), ['shown.system']],
    ['with the report of another country', shown({ country: { code: 'SG' } }), ['shown.country', 'shown.system']],
    ['with the system of an unknown country', shown({ country: why, system: told }), ['shown.system']],
    ['abroad to Japan', { ...shown({ country: { code: 'JP' }, system: told }), recipients: [R2] }, ['shown.country']],
    [
      'of linking abroad shows it too',
      { kind: 'linking', shown: {} },
      ['shown.country', 'shown.system', 'shown.measures'],
    ],
    ['of linking abroad to nobody', { kind: 'linking', recipients: [] }, ['recipients']],
    ['to nobody', { ...home, recipients: [] }, ['recipients']],
    ['to somebody unknown', { ...home, recipients: ['x'] }, ['recipients']],
    ['of use with a recipient', { ...home, kind: 'use' }, ['recipients']],
    ['without a purpose', { ...home, purposes: [] }, ['purposes']],
    ['for a purpose of nobody', { ...home, purposes: ['P9'] }, ['purposes']],
    ['of no holding', { ...home, holding: 'h2' }, ['holding']],
    ['of no item', { ...home, items: [] }, ['items']],
    ['of an item the holding lacks', { ...home, items: ['phone'] }, ['items']],
    ['without wording', { ...home, wording: { ja: ' ' } }, ['wording']],
    ['with a wording too long', { ...home, wording: { en: 'x'.repeat(4_001) } }, ['wording']],
    ['without a name', { ...home, name: both('名', '') }, ['name']],
    ['with a code of capitals', { ...home, code: 'News' }, ['code']],
  ])('%s', (_, more, fields) => {
    const problems = textProblems(input(more), around);
    expect(problems.map(({ field }) => field)).toEqual(fields);
    expect(problems.every(({ says }) => says.ja !== '' && says.en !== '')).toBe(true);
  });

  test('tells of the system itself where there is no report', () => {
    const none = { ...around, reports: new Map() };
    expect(textProblems(input(shown({ system: told })), none)).toEqual([]);
  });
});

test('uses for one purpose, of any holding and items: what somebody said is gone through once', () => {
  let looks = 0;
  const counted = <T extends object>(row: T, day: keyof T): T =>
    Object.defineProperty({ ...row }, day, { enumerable: true, get: () => (looks++, row[day]) });
  const days = Array.from({ length: 100 }, (_, n) => addDays(day('2026-01-01'), n));
  const same = text({ kind: 'use', recipients: [] });
  const of = usesFor(
    history({
      consents: days.map((on) => counted(consent(on, { text: same }), 'given_on')),
      objections: days.map((on) => counted(objection(addDays(on, -100), 'everything'), 'on_day')),
    }),
    'P3',
    today,
  );
  const before = looks;
  for (const holding of ['h1', 'h2', 'h3']) of({ holding, items: ['name'] });
  expect(looks - before).toBeLessThan(20);
});
