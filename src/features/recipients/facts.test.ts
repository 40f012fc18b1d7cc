// What may be recorded about a recipient and a country, and the facts the law is then asked with, as typed tables.

import { generateIdentity, identityToRecipient } from 'age-encryption';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, day, type Day } from '../../base/day.ts';
import { countryCodes } from '../../base/country.ts';
import type { FieldProblem } from '../../base/outcome.ts';
import { decideProvision, parameters, partyKinds, type ProvisionFacts } from '../../law/index.ts';
import { countryName } from '../../platform/ui/format.ts';
import {
  cloudPlaces,
  dueState,
  factsOn,
  type Footing,
  footingOf,
  isEquivalent,
  reportOn,
  stillHas,
} from './facts/standing.ts';
import {
  isAgeRecipient,
  readAssurance,
  readCheck,
  readContent,
  readPage,
  readReason,
  readReport,
  recipientKinds,
} from './facts/read.ts';
import type {
  Assurance,
  AssuranceInput,
  Check,
  CheckInput,
  CountryReport,
  Recipient,
  RecipientContent,
  RecipientInput,
  ReportInput,
  Terms,
} from './facts/register.ts';

const today = day('2026-11-26');

/** The fields with problems, in order. Each problem has words in both languages. */
const named = (problems: readonly FieldProblem[]): string[] => {
  for (const { says } of problems) expect(says.ja && says.en).toBeTruthy();
  return problems.map(({ field }) => field);
};

const company: RecipientInput = {
  kind: 'corporation',
  name: '株式会社例示配送',
  address: '東京都中央区例示町2-2',
  representative: '配送 太郎',
  country: 'JP',
  relations: ['entrustment'],
};

describe('what a provision to a recipient stands on', () => {
  const contract: Assurance = {
    id: 'a',
    recipient: 'r',
    reference: '契約1',
    from: day('2026-04-01'),
    until: day('2026-12-31'),
    terms: { kind: 'entrustment', ownUse: false, assessed: true, contract: true, monitored: true },
    at: new Date(0),
    actor: 'sekisho',
    entryId: 'e',
    confirmed: null,
    ended: null,
  };
  const over = { ...contract, until: addDays(today, -1) };
  test.each<[string, Recipient['state'], Recipient['relations'], Assurance[], Footing]>([
    ['an entrusted party with its contract', 'active', ['entrustment'], [contract], 'stands'],
    ['an entrusted party without', 'active', ['entrustment'], [], 'none'],
    ['an entrusted party whose contract is over', 'active', ['entrustment'], [over], 'none'],
    ['a third party', 'active', ['third-party'], [], 'each'],
    ['one that is both', 'active', ['entrustment', 'third-party'], [], 'each'],
    ['a stopped one', 'stopped', ['entrustment'], [contract], 'stopped'],
  ])('%s', (_, state, to, assurances, footing) => {
    expect(footingOf({ state, relations: to }, assurances, today)).toBe(footing);
  });
});

describe('a recipient', () => {
  test.each<[string, Partial<RecipientInput>, string[]]>([
    ['as it should be', {}, []],
    ['a corporation without a representative', { representative: '' }, ['representative']],
    ['a corporation whose representative is blank', { representative: ' 　' }, ['representative']],
    ['a sole trader has none', { kind: 'individual', representative: null }, []],
    ['a public body of Japan has none', { kind: 'state-organ', representative: null }, []],
    ['a public body of Japan abroad', { kind: 'local-government', country: 'US' }, ['country']],
    ['a private person is never written here', { kind: 'private-person' }, ['kind']],
    ['no such kind', { kind: 'club' }, ['kind']],
    ['no name, no address', { name: ' ', address: '' }, ['name', 'address']],
    ['a name with a line break', { name: '例示\n配送' }, ['name']],
    ['too long', { name: 'x'.repeat(201), contact: 'x'.repeat(201) }, ['name', 'contact']],
    ['no such country', { country: 'XX' }, ['country']],
    ['a country in small letters', { country: 'de' }, []],
    ['a region that is no country', { country: 'EU' }, ['country']],
    ['no relation', { relations: [] }, ['relations']],
    ['a relation of our own departments', { relations: ['entrustment', 'same-entity'] }, ['relations']],
    ['a key that is none', { publicKey: 'age1qqqq' }, ['publicKey']],
    [
      'everything at once, in the order of the form',
      { kind: '', name: '', address: '', country: '', relations: [], publicKey: 'ssh-ed25519 AAAA' },
      ['kind', 'name', 'address', 'country', 'relations', 'publicKey'],
    ],
  ])('%s', (_, change, fields) => {
    expect(named(readContent({ ...company, ...change }).problems)).toEqual(fields);
  });

  test('is kept trimmed, with its relations in one order', () => {
    const { content } = readContent({
      ...company,
      name: ' 株式会社例示配送 ',
      country: 'ｊｐ',
      relations: ['entrustment', 'third-party', 'entrustment'],
      contact: '',
    });
    expect(content).toMatchObject({
      name: '株式会社例示配送',
      country: 'JP',
      relations: ['third-party', 'entrustment'],
      contact: null,
      publicKey: null,
    });
  });

  test('every kind of the law but a private person', () => {
    expect([...recipientKinds, 'private-person'].sort()).toEqual([...partyKinds].sort());
  });

  test('every country has a name in both languages, and the equivalent ones are among them', () => {
    expect(countryCodes.size).toBe(249);
    for (const code of countryCodes) {
      expect([code, countryName(code, 'ja') === code, countryName(code, 'en') === code]).toEqual([code, false, false]);
    }
    expect([...parameters.equivalentCountries.value].filter((code) => !countryCodes.has(code))).toEqual([]);
    expect(['DE', 'GB', 'US', 'JP'].map((code) => isEquivalent(code, today))).toEqual([true, true, false, false]);
    expect(isEquivalent('DE', day('2020-01-01'))).toBe(false);
  });
});

describe('a public key', () => {
  test('every recipient that the library of age makes', async () => {
    for (let i = 0; i < 20; i++) {
      expect(isAgeRecipient(await identityToRecipient(await generateIdentity()))).toBe(true);
    }
  });

  test('no such recipient with a letter changed, left out or doubled', async () => {
    const key = await identityToRecipient(await generateIdentity());
    const letters = [...'qpzry9x8gf2tvdw0s3jn54khce6mua7l1boiQ '];
    fc.assert(
      fc.property(fc.nat(key.length - 1), fc.constantFrom(...letters), (at, letter) => {
        const changed = key.slice(0, at) + letter + key.slice(at + 1);
        expect(isAgeRecipient(changed)).toBe(changed === key);
        expect(isAgeRecipient(key.slice(0, at) + key.slice(at + 1))).toBe(false);
        expect(isAgeRecipient(key.slice(0, at) + key[at]! + key.slice(at))).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });

  test.each([
    ['a secret key', async () => generateIdentity()],
    ['in capitals', async () => (await identityToRecipient(await generateIdentity())).toUpperCase()],
    ['with a space after it', async () => `${await identityToRecipient(await generateIdentity())} `],
    ['nothing', async () => ''],
  ])('%s is none', async (_, make) => {
    expect(isAgeRecipient(await make())).toBe(false);
  });
});

const content = (input: Partial<RecipientInput>): RecipientContent => readContent({ ...company, ...input }).content;
const vietnamese = content({ country: 'VN', relations: ['third-party', 'entrustment'] });

const entrusted: AssuranceInput = {
  kind: 'entrustment',
  reference: '業務委託契約 2026-014',
  from: '2026-04-01',
  ownUse: false,
  assessed: true,
  contract: true,
  monitored: true,
};
const system: AssuranceInput = {
  kind: 'equivalent-system',
  reference: '覚書',
  from: '2026-04-01',
  by: 'contract',
};
const certificate: AssuranceInput = { ...system, by: 'certificate', scheme: 'global-cbpr', until: '2027-03-31' };
const cloud: AssuranceInput = {
  kind: 'cloud',
  reference: '利用規約 2026年版',
  from: '2026-04-01',
  contractExcludesHandling: true,
  accessControlled: true,
  serverCountry: 'SG',
};

describe('what a provision rests on', () => {
  test.each<[string, RecipientContent, AssuranceInput, string[]]>([
    ['an entrustment', content({}), entrusted, []],
    ['an equivalent-action system', vietnamese, system, []],
    ['a certificate', vietnamese, certificate, []],
    ['a cloud', content({}), cloud, []],
    ['an entrustment of what is no entrusted party', content({ relations: ['third-party'] }), entrusted, ['kind']],
    ['an equivalent-action system in Japan', content({}), system, ['kind']],
    ['no such kind', vietnamese, { ...system, kind: 'trust' }, ['kind']],
    ['a certificate of no scheme', vietnamese, { ...certificate, scheme: 'iso' }, ['scheme']],
    ['a certificate without an end', vietnamese, { ...certificate, until: '' }, ['until']],
    ['it ends before it begins', vietnamese, { ...certificate, until: '2026-03-31' }, ['until']],
    ['days that are none', vietnamese, { ...certificate, from: '2026-02-30', until: 'x' }, ['from', 'until']],
    ['no basis, no reference', vietnamese, { ...system, by: '', reference: ' ' }, ['reference', 'by']],
    ['checked less than once a year', vietnamese, { ...system, checkMonths: 13 }, ['checkMonths']],
    ['checked never', vietnamese, { ...system, checkMonths: 0 }, ['checkMonths']],
    ['checked every half month', vietnamese, { ...system, checkMonths: 0.5 }, ['checkMonths']],
    ['months that are no number', vietnamese, { ...system, checkMonths: Number.NaN }, ['checkMonths']],
    [
      'an entrustment of which nothing is said',
      content({}),
      { kind: 'entrustment', reference: 'x', from: '2026-04-01' },
      ['ownUse', 'assessed', 'contract', 'monitored'],
    ],
    [
      'a cloud of which nothing is said',
      content({}),
      { kind: 'cloud', reference: 'x', from: '2026-04-01' },
      ['contractExcludesHandling', 'accessControlled', 'serverCountry'],
    ],
  ])('%s', (_, recipient, input, fields) => {
    expect(named(readAssurance(recipient, input, today).problems)).toEqual(fields);
  });

  test('a certificate’s scheme is of a certificate only; left out, it is checked yearly', () => {
    expect(readAssurance(vietnamese, { ...certificate, by: 'contract' }, today).content.terms).toEqual({
      kind: 'equivalent-system',
      by: 'contract',
      scheme: null,
      measures: null,
      checkMethod: null,
      checkMonths: 12,
    });
  });
});

const kept: CheckInput = { on: '2026-11-20', method: '書面の報告', measures: 'kept' };
const trouble = { trouble: '担当者の退職で点検が遅れた', remedy: '代わりの担当者を置いた' };

describe('a check', () => {
  test.each<[string, RecipientContent, CheckInput, string[]]>([
    ['kept', vietnamese, kept, []],
    ['hindered', vietnamese, { ...kept, measures: 'hindered', ...trouble }, []],
    ['impossible', vietnamese, { ...kept, measures: 'impossible', ...trouble }, []],
    ['in the future', vietnamese, { ...kept, on: '2026-11-27' }, ['on']],
    ['on no day', vietnamese, { ...kept, on: '2026-11-31' }, ['on']],
    ['on the last day there is', vietnamese, { ...kept, on: '9999-12-31' }, ['on']],
    ['in no way', vietnamese, { ...kept, method: '' }, ['method']],
    ['with no answer', vietnamese, { ...kept, measures: '' }, ['measures']],
    ['trouble not told', vietnamese, { ...kept, measures: 'hindered' }, ['trouble', 'remedy']],
    ['failing, and nothing done', vietnamese, { ...kept, measures: 'impossible', trouble: 'x' }, ['remedy']],
    ['trouble without trouble', vietnamese, { ...kept, ...trouble }, ['trouble', 'remedy']],
    ['again after more than a year', vietnamese, { ...kept, nextDue: '2027-11-21' }, ['nextDue']],
    ['again after just a year', vietnamese, { ...kept, nextDue: '2027-11-20' }, []],
    ['again on the day itself', vietnamese, { ...kept, nextDue: '2026-11-20' }, ['nextDue']],
    ['again on no day', vietnamese, { ...kept, nextDue: 'soon' }, ['nextDue']],
    ['a foreign system in Japan', content({}), { ...kept, foreignSystem: 'x' }, ['foreignSystem']],
  ])('%s', (_, recipient, input, fields) => {
    expect(named(readCheck(recipient, input, today).problems)).toEqual(fields);
  });

  test('left out, the next one falls due within a year; after a failure none does', () => {
    expect(readCheck(vietnamese, kept, today).content.nextDue).toBe('2027-11-20');
    expect(
      readCheck(vietnamese, { ...kept, measures: 'impossible', ...trouble, nextDue: '2027-01-01' }, today).content,
    ).toMatchObject({ nextDue: null });
  });
});

const report: ReportInput = {
  systemExists: true,
  indicators: [],
  missingPrinciples: ['individual-participation'],
  graveSystems: 'データの国内保存の義務',
  source: 'https://www.example.jp/reports/vn',
  checkedOn: '2026-11-20',
};

describe('a report on a country', () => {
  test.each<[string, Partial<ReportInput>, string[]]>([
    ['with what is missing', {}, []],
    ['with nothing missing', { missingPrinciples: [] }, []],
    ['with an indicator in place of it', { indicators: ['cbpr'], missingPrinciples: null }, []],
    ['with neither', { missingPrinciples: null }, ['missingPrinciples']],
    ['with a principle that is none', { missingPrinciples: ['privacy'] }, ['missingPrinciples']],
    ['with an indicator that is none', { indicators: ['iso'] }, ['indicators']],
    ['no answer whether a system exists', { systemExists: undefined }, ['systemExists']],
    ['no web address', { source: 'ppc.go.jp' }, ['source']],
    ['an address that is not secure', { source: 'http://www.example.jp/' }, ['source']],
    ['an address with a password', { source: 'https://a:b@www.example.jp/' }, ['source']],
    ['an address that runs', { source: 'javascript:alert(1)' }, ['source']],
    ['in the future', { checkedOn: '2026-11-27' }, ['checkedOn']],
  ])('%s', (_, change, fields) => {
    expect(named(readReport({ ...report, ...change }, today).problems)).toEqual(fields);
  });

  test('holds for a year from the day it was checked; the newest that was there counts', () => {
    const made = (version: number, checkedOn: string): CountryReport => ({
      ...readReport({ ...report, checkedOn }, today).content,
      country: 'VN',
      version,
      at: new Date(0),
      actor: 'sekisho',
      entryId: '',
    });
    const versions = [made(2, '2026-06-01'), made(1, '2025-07-01')];
    const on = (text: string) => reportOn(versions, day(text))?.version ?? null;
    expect(['2025-06-30', '2025-07-01', '2026-05-31', '2026-06-01', '2027-06-01', '2027-06-02'].map(on)).toEqual([
      null,
      1,
      1,
      2,
      2,
      null,
    ]);
  });
});

test('where the Commission’s page was found, and a reason', () => {
  expect(named(readPage({ url: 'ftp://x', checkedOn: '2027-01-01' }, today).problems)).toEqual(['url', 'checkedOn']);
  expect(named(readReason('  ').problems)).toEqual(['reason']);
  expect(named(readReason('x'.repeat(501)).problems)).toEqual(['reason']);
});

test('what falls due warns 30 days before', () => {
  expect([-1, 0, 30, 31].map((n) => dueState(addDays(today, n), today))).toEqual(['broken', 'risk', 'risk', 'kept']);
});

// ---- what the law is asked with

const assurance = (terms: Terms, more: Partial<Assurance> = {}): Assurance => ({
  id: '1',
  recipient: '0',
  reference: 'x',
  from: day('2026-04-01'),
  until: null,
  terms,
  at: new Date(0),
  actor: 'sekisho',
  entryId: '',
  confirmed: null,
  ended: null,
  ...more,
});
const termsOf = (recipient: RecipientContent, input: AssuranceInput): Terms =>
  readAssurance(recipient, input, today).content.terms;
const contract = assurance(termsOf(content({}), entrusted));
const memorandum = assurance(termsOf(vietnamese, system), { id: '2', until: day('2027-03-31') });
const noHandling = assurance(termsOf(vietnamese, cloud), { id: '3' });
const check = (on: string, measures: Check['measures'] = 'kept'): Check => ({
  id: on,
  on: day(on),
  method: 'x',
  measures,
  foreignSystem: null,
  trouble: null,
  remedy: null,
  proof: null,
  nextDue: null,
  at: new Date(0),
  actor: 'sekisho',
  entryId: '',
  confirmed: null,
});
const checked = check('2026-05-01');
const ended = (on: string): Partial<Assurance> => ({ ended: { on: day(on), reason: 'x', entryId: '' } });

/** The law's answer to a provision to the recipient as an entrusted party, and its grounds. */
function answer(
  recipient: RecipientContent,
  assurances: Assurance[],
  checks: Check[],
  on: Day = today,
): [string, string[]] {
  const known = factsOn({ content: recipient, state: 'active', version: 1, assured: 1 }, assurances, checks, on);
  const facts: ProvisionFacts = {
    information: 'personal',
    relation: 'entrustment',
    items: ['name'],
    purpose: 'P1',
    holdingPurposes: [{ id: 'P1', clause: '13' }],
    consent: null,
    ...(({ recipient: party, entrustment, equivalentSystem, cloud: claim }) => ({
      recipient: party,
      ...(entrustment ? { entrustment } : {}),
      ...(equivalentSystem === undefined ? {} : { equivalentSystem }),
      ...(claim ? { cloud: claim } : {}),
    }))(known),
  };
  const finding = decideProvision(facts, on);
  return [finding.answer, finding.because.map(({ law, article }) => `${law} ${article}`)];
}

describe('the law, asked with what the register knows', () => {
  test.each<[string, string, string, [RecipientContent, Assurance[], Check[], Day?]]>([
    ['an entrusted party in Japan', 'yes', 'APPI 27(5)(i)', [content({}), [contract], []]],
    ['without a contract, nothing is known', 'unknown', 'APPI 27(5)(i)', [content({}), [], []]],
    [
      'after the contract has run out',
      'unknown',
      'APPI 27(5)(i)',
      [content({}), [{ ...contract, until: day('2026-11-25') }], []],
    ],
    [
      'not assessed',
      'no',
      'APPI 25',
      [content({}), [assurance(termsOf(content({}), { ...entrusted, assessed: false }))], []],
    ],
    [
      'it may use the data for itself',
      'no',
      'APPI 27(1)',
      [content({}), [assurance(termsOf(content({}), { ...entrusted, ownUse: true }))], []],
    ],
    ['in Viet Nam on a contract alone', 'no', 'APPI 28(1)', [vietnamese, [contract], []]],
    ['in Viet Nam on a checked memorandum', 'yes', 'APPI-Rules 16', [vietnamese, [contract, memorandum], [checked]]],
    ['never checked', 'no', 'APPI-Rules 18(1)', [vietnamese, [contract, memorandum], []]],
    [
      'not checked for more than a year',
      'no',
      'APPI-Rules 18(1)',
      [vietnamese, [contract, { ...memorandum, until: null }], [checked], day('2027-05-02')],
    ],
    [
      'just checked a year ago',
      'yes',
      'APPI-Rules 16',
      [vietnamese, [contract, { ...memorandum, until: null }], [checked], day('2027-05-01')],
    ],
    [
      'the measures cannot be kept any more',
      'no',
      'APPI 28(3)',
      [vietnamese, [contract, memorandum], [check('2026-11-01', 'impossible'), checked]],
    ],
    [
      'there was trouble, and it was dealt with',
      'yes',
      'APPI-Rules 16',
      [vietnamese, [contract, memorandum], [check('2026-11-01', 'hindered'), checked]],
    ],
    [
      'the memorandum has expired, as if it were not there',
      'no',
      'APPI 28(1)',
      [vietnamese, [contract, { ...memorandum, until: day('2026-11-25') }], [checked]],
    ],
    [
      'the memorandum was ended today',
      'no',
      'APPI 28(1)',
      [vietnamese, [contract, { ...memorandum, ...ended('2026-11-26') }], [checked]],
    ],
    [
      'the memorandum begins tomorrow',
      'no',
      'APPI 28(1)',
      [vietnamese, [contract, { ...memorandum, from: day('2026-11-27') }], [checked]],
    ],
    ['in Germany, recognised as equivalent', 'yes', 'APPI-Rules 15', [content({ country: 'DE' }), [contract], []]],
    ['a cloud that does not handle the data', 'yes', 'Guideline Q7-53', [vietnamese, [noHandling], []]],
    [
      'a cloud whose vendor can handle it',
      'no',
      'APPI 28(1)',
      [vietnamese, [assurance(termsOf(vietnamese, { ...cloud, accessControlled: false }))], []],
    ],
  ])('%s: %s', (_, wanted, ground, [recipient, assurances, checks, on]) => {
    const [said, because] = answer(recipient, assurances, checks, on);
    expect([said, because.includes(ground)]).toEqual([wanted, true]);
  });

  test('of those that hold, the one that began last counts', () => {
    const older = assurance(termsOf(content({}), { ...entrusted, monitored: false }), { from: day('2025-04-01') });
    const of = { content: content({}), state: 'active' as const, version: 3, assured: 2 };
    expect(factsOn(of, [older, contract], [], today).entrustment).toEqual({
      ownUse: false,
      assessed: true,
      contract: true,
      monitored: true,
    });
    expect(factsOn(of, [older, contract], [], day('2026-03-31')).entrustment?.monitored).toBe(false);
    expect(factsOn({ ...of, state: 'stopped' }, [], [], today)).toMatchObject({ stopped: true, version: 3 });
    expect(factsOn(of, [], [], today)).not.toHaveProperty('equivalentSystem');
  });
});

describe('what was given and returned', () => {
  const noon = '2026-05-10T12:00:00+09:00';
  const returned = (on: string, at: string): Check => ({ ...check(on, 'returned'), at: new Date(at) });

  test.each<[string, boolean, Check[]]>([
    ['never', true, []],
    ['the day before', true, [returned('2026-05-09', '2026-05-11T12:00:00+09:00')]],
    ['on the very day, written down before', true, [returned('2026-05-10', '2026-05-10T11:00:00+09:00')]],
    ['on the very day, written down after', false, [returned('2026-05-10', '2026-05-10T13:00:00+09:00')]],
    ['on the very day, written down a day later', false, [returned('2026-05-10', '2026-05-11T09:00:00+09:00')]],
    ['the day after', false, [returned('2026-05-11', '2026-05-11T09:00:00+09:00')]],
    ['found kept instead', true, [{ ...check('2026-05-11'), at: new Date('2026-05-11T09:00:00+09:00') }]],
  ])('returned %s, a recipient still has it: %s', (_, has, checks) => {
    const given = new Map([['r', new Date(noon)]]);
    const handed = (stoppedOn: string) => ({
      recipient: { id: 'r', stoppedOn: day(stoppedOn) },
      assurances: [contract],
      checks,
    });
    expect(stillHas(handed('2026-05-10'), given)).toBe(has);
    const over = { ...handed('2026-06-01'), assurances: [{ ...contract, ...ended('2026-05-10') }] };
    expect(stillHas(over, given)).toBe(has);
    expect(stillHas(handed('2026-05-10'), new Map())).toBe(false);
    // While more may have been given on that day, a return on it shows nothing.
    const later = checks.every(({ on, measures }) => measures !== 'returned' || on <= '2026-05-10');
    expect(stillHas(handed('2026-05-11'), given)).toBe(later);
    const [cloud, stop] = [noHandling, { act: 'stop' as const, at: new Date(noon) }];
    const stopped = { recipient: { stoppedOn: day('2026-05-10') }, versions: [stop], assurances: [cloud], checks };
    expect(cloudPlaces(stopped, day('2026-06-01')).length > 0).toBe(has);
    // Of an assurance that ran out, its whole last day belongs to it.
    const expired = {
      ...stopped,
      recipient: { stoppedOn: null },
      assurances: [{ ...cloud, until: day('2026-05-10') }],
    };
    const after = checks.some(({ on, measures }) => measures === 'returned' && on > '2026-05-10');
    expect(cloudPlaces(expired, day('2026-06-01')).length > 0).toBe(!after);
  });
});
