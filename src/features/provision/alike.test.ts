// Compares a package with single provisions over the same random persons: it lets in those whom the law lets through one by one, and keeps the
// others out on the same grounds.

import fc from 'fast-check';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestOffice, type TestOffice } from '../../../tests/office.ts';
import {
  addConsent,
  addConsentText,
  addHolding,
  addPerson,
  addRecipient,
  addStop,
  entrusted,
  filedOptOut,
  judgeInTime,
  officerOf,
  openTestCheckpoint,
  valueOf,
} from '../../../tests/people.ts';
import { addDays, day } from '../../base/day.ts';
import type { Finding } from '../../base/finding.ts';
import type { Problem } from '../../base/outcome.ts';
import type { By } from '../access/index.ts';
import { eraseAll, forgetStanding } from '../checkpoint/index.ts';
import { object, withdrawConsent } from '../consent/actions/consents.ts';
import { linkPeople } from '../people/actions/link.ts';
import { draftPackage, listPeople, screenPackage } from './actions/packages.ts';
import { provide, type ProvideAsk } from './actions/provide.ts';
import type { StatedFacts } from './facts.ts';

const PEOPLE = 20;
const today = '2026-12-07';
const codes = ['name', 'email', 'phone'];

/** A day of the last week. */
const someDay = fc.nat(6).map((n) => addDays(day(today), -n));
const oneIn = (n: number) => fc.nat(n - 1).map((one) => one === 0);
const person = fc.record({
  items: fc.subarray(codes, { minLength: 1 }),
  purposes: fc.constantFrom(['P1', 'P3'], ['P3'], ['P1']),
  consents: fc.array(fc.record({ text: fc.nat(3), on: someDay, withdrawn: oneIn(4) }), { maxLength: 2 }),
  objection: fc.record({
    scope: fc.constantFrom(null, null, 'everything', 'provision', 'recipient'),
    to: fc.nat(2),
    on: someDay,
  }),
  stop: fc.record({ stops: fc.constantFrom(null, null, null, 'use', 'provision'), on: someDay }),
  linked: oneIn(8),
  erased: oneIn(12),
});

let house: TestOffice;
let closeCheckpoint: () => Promise<void>;
let by: By;
let holding: string;
const recipients: string[] = [];
const principals: string[] = [];

beforeAll(async () => {
  house = await openTestOffice(() => [], { at: `${today}T09:00:00+09:00` });
  closeCheckpoint = await openTestCheckpoint(house, { optOutOpen: true });
  by = { actor: officerOf(house), authority: ['officer-all-work'] };
  holding = await addHolding(house, { purposes: ['P1', 'P3'] });
  await judgeInTime(house, holding);
  const publicKey = await identityToRecipient(await generateX25519Identity());
  const relations = ['third-party', 'entrustment'];
  const abroad = { name: 'Reiji Co., Ltd.', country: 'TH', publicKey, relations };
  recipients.push(
    await addRecipient(house, { publicKey, relations }, entrusted),
    await addRecipient(house, { name: '株式会社照会元', publicKey, relations }),
    await addRecipient(house, abroad, entrusted),
  );
  const words = { ja: '確かめたとおり', en: 'As found' };
  const shown = { country: { code: 'TH' }, system: { text: words }, measures: { text: words } };
  const texts = [
    await addConsentText(house, { holding, recipients: recipients.slice(0, 2), items: codes }),
    await addConsentText(house, { holding, recipients: recipients.slice(0, 1), items: ['name', 'email'] }),
    await addConsentText(house, { holding, recipients: recipients.slice(2), items: codes, shown }),
    await addConsentText(house, { holding, recipients: recipients.slice(1, 2), items: codes, purpose: 'P1' }),
  ];
  const persons = fc.sample(person, { numRuns: PEOPLE, seed: 20_261_207 });
  for (const [i, { items, purposes, consents, objection, stop, linked, erased }] of persons.entries()) {
    const values = { name: `例示 ${i}`, email: `alike-${i}@example.jp`, phone: `03-0000-${1000 + i}` };
    const kept = Object.fromEntries(Object.entries(values).filter(([code]) => items.includes(code)));
    const { principal } = await addPerson(house, holding, kept, undefined, purposes);
    for (const { text, on, withdrawn } of consents) {
      const consent = await addConsent(
        house,
        principal,
        texts[text]!,
        on,
        text === 2 ? { shown: { on, at: null } } : {},
      );
      if (withdrawn) valueOf(await withdrawConsent(house.office, by, consent, { on, evidence: null }));
    }
    const { scope, to, on: said } = objection;
    if (scope) {
      const recipient = scope === 'recipient' ? recipients[to]! : null;
      const of = { principal, scope, purpose: null, recipient, said: { on: said, at: null }, evidence: null };
      valueOf(await object(house.office, by, of));
    }
    if (stop.stops)
      await addStop(house, principal, stop.stops, stop.stops === 'use' ? '35(2)' : '35(4)', { on: stop.on });
    const before = principals.at(-1);
    if (linked && before) {
      // The previous person may have been erased.
      await linkPeople(house, by, { principal, sameAs: before, shownBy: 'document' });
    }
    if (erased) valueOf(await eraseAll(house.office, by, { principal, ground: 'request-harm' }));
    principals.push(principal);
  }
  forgetStanding(house.office);
});
afterAll(async () => {
  await closeCheckpoint();
  await house.close();
});

const ways: readonly StatedFacts[] = [
  { relation: 'third-party' },
  { relation: 'third-party', optOut: filedOptOut },
  { relation: 'third-party', exception: { item: '27(1)(i)', legalBasis: '国税通則法 照会書1号' } },
  { relation: 'entrustment' },
];

const told = (finding: Finding | null): string =>
  finding === null
    ? 'not-found'
    : finding.answer === 'yes'
      ? 'yes'
      : `${finding.answer} ${finding.because.map(({ law, article }) => `${law} ${article}`).join(', ')}`;

/** The sum of the counts of each name. */
const tally = (all: readonly (readonly [string, number])[]): Record<string, number> => {
  const sums: Record<string, number> = {};
  for (const [one, n] of all) sums[one] = (sums[one] ?? 0) + n;
  return sums;
};

/** Thrown to undo a provision that would be made. */
class Undone extends Error {}

/** Why a provision is not made; null for one that would be made, which is undone. */
async function refusalOf(ask: ProvideAsk): Promise<Problem | null> {
  const record = () => Promise.reject(new Undone());
  try {
    const answer = await provide(house.office, by, { ...ask, record });
    return answer.ok ? null : answer.problem;
  } catch (error) {
    if (error instanceof Undone) return null;
    throw error;
  }
}

/**
 * The answer about one person in the words of the screening. A person with none of the items is told apart only when their part of the file is
 * sealed.
 */
const saidOf = (problem: Problem | null): string => {
  if (problem === null) return 'yes';
  if (problem.kind === 'refused') return told(problem.finding);
  return 'says' in problem && problem.says.en === 'None of these items is held about this person'
    ? 'yes'
    : problem.kind;
};

test.each([0, 1, 2])('まとめても一人ずつでも、同じ人が、同じ理由で渡り、渡らない：相手%i', async (n) => {
  const answers = new Set<string>();
  for (const [way, facts] of ways.entries()) {
    const items = way % 2 === n % 2 ? ['name'] : ['email', 'phone'];
    const ask = { holding, items, purpose: 'P3', recipient: recipients[n]!, facts };
    const oneByOne: [string, number][] = [];
    for (const principal of principals) {
      oneByOne.push([saidOf(await refusalOf({ ...ask, principal })), 1]);
    }
    const { id } = valueOf(await draftPackage(house.office, by, { ...ask, everybody: false }));
    valueOf(await listPeople(house.office, by, id, principals.join('\n')));
    const { screening } = valueOf(await screenPackage(house.office, by, id));
    expect(tally(screening!.map(({ finding, people }) => [told(finding), people]))).toEqual(tally(oneByOne));
    for (const [one] of oneByOne) answers.add(one);
  }
  // The answers must really differ for the comparison to mean something.
  expect(answers.size).toBeGreaterThan(4);
});
