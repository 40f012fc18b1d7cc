// What persons told us, and what the checkpoint then answers, after every act of random histories: consents and withdrawals, objections and their
// retractions. A few lines that share nothing with the rules say what the law makes of it.

import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestOffice, type TestOffice } from '../../../tests/office.ts';
import {
  addConsent,
  addConsentText,
  addHolding,
  addPerson,
  byOfficer,
  openTestCheckpoint,
  valueOf,
} from '../../../tests/people.ts';
import { addDays, day, type Day } from '../../base/day.ts';
import { consentGivers, type ConsentGiver } from '../../law/index.ts';
import { retractObjection } from '../consent/actions/consents.ts';
import { object, startText, withdrawConsent, writeText } from '../consent/index.ts';
import { acquire } from '../acquisition/index.ts';
import { basisOf } from './facts/ask.ts';
import { use } from './index.ts';

const first = day('2026-10-01');
const provider = {
  kind: 'corporation',
  name: '例示工業株式会社',
  address: '例示区1',
  representative: '工業 太郎',
} as const;

let house: TestOffice;
let close: () => Promise<void>;
let holding: string;
let texts: Text[];

interface Text {
  code: string;
  version: number;
  for: 'use' | 'care';
  purposes: string[];
  items: string[];
}

beforeAll(async () => {
  house = await openTestOffice(() => [], { at: '2026-11-24T10:00:00+09:00' });
  close = await openTestCheckpoint(house);
  const wheelchair = { code: 'wheelchair', label: { ja: '車いす', en: 'Wheelchair' }, special_care: true };
  holding = await addHolding(house, { purposes: ['P1', 'P3'], items: ['name', 'email', wheelchair] });
  const text = async (purposes: string[], items: string[]): Promise<Text> => ({
    ...(await addConsentText(house, { holding, recipients: [], items, purposes })),
    for: 'use',
    purposes,
    items,
  });
  const care = { code: 'care', version: 1 };
  valueOf(
    await writeText(house.office, byOfficer(house), {
      code: care.code,
      kind: 'special-care',
      name: { ja: '配慮の情報', en: 'Needs' },
      wording: {
        ja: '勤め先から配慮の情報を受け取ることに同意します。',
        en: 'You may receive my needs from my employer.',
      },
      purposes: ['P3'],
      holding,
      items: ['wheelchair'],
      recipients: [],
      abroad: false,
      shown: {},
    }),
  );
  valueOf(await startText(house.office, byOfficer(house), { ...care, from: day('2026-04-01') }));
  texts = [
    await text(['P1'], ['name', 'email']),
    await text(['P1'], ['email']),
    await text(['P1', 'P3'], ['name', 'email']),
    { ...care, for: 'care', purposes: ['P3'], items: ['wheelchair'] },
  ];
});
afterAll(async () => {
  await close();
  await house.close();
});

interface Consented {
  id: string;
  text: Text;
  on: Day;
  by: ConsentGiver;
  withdrawn: boolean;
}
interface Objected {
  id: string;
  /** Null = every purpose. */
  purpose: string | null;
  on: Day;
}
interface Person {
  principal: string;
  consents: Consented[];
  /** Those that were taken back are gone. */
  objections: Objected[];
}

type Answer = 'yes' | 'no' | 'unknown';

/** 18(1), 20(2), guideline 2-16: a consent counts until it is withdrawn or the person objects; a child's at an uncertain age is for the officer. */
function byConsent(person: Person, of: 'use' | 'care', purpose: string, items: readonly string[]): Answer {
  const alive = person.consents.filter(
    (c) =>
      c.text.for === of &&
      c.text.purposes.includes(purpose) &&
      items.every((item) => c.text.items.includes(item)) &&
      !c.withdrawn &&
      !reaching(person, purpose).some((o) => o.on >= c.on) &&
      c.by !== 'without-capacity',
  );
  if (alive.some(({ by }) => by === 'principal' || by === 'representative')) return 'yes';
  return alive.length > 0 ? 'unknown' : 'no';
}

const reaching = ({ objections }: Person, purpose: string): Objected[] =>
  objections.filter((o) => o.purpose === null || o.purpose === purpose);

/** Everything is held for P3 alone. Who asked that a use stop has it stopped, until they consent to it anew. */
function mayUse(person: Person, purpose: string, items: readonly string[]): Answer {
  const consent = byConsent(person, 'use', purpose, items);
  if (consent === 'yes') return 'yes';
  if (reaching(person, purpose).length > 0) return 'no';
  return purpose === 'P3' ? 'yes' : consent;
}

/** What an employer sends of a person, who may have consented to that: nothing on record is no answer (20(2)). */
function mayAcquire(person: Person): Answer {
  const consent = byConsent(person, 'care', 'P3', ['wheelchair']);
  if (consent !== 'no') return consent;
  return person.consents.some(({ text }) => text.for === 'care') || reaching(person, 'P3').length > 0
    ? 'no'
    : 'unknown';
}

type Outcome = Awaited<ReturnType<typeof use>> | Awaited<ReturnType<typeof acquire>>;

const answerOf = (outcome: Outcome): Answer => {
  if (outcome.ok) return 'yes';
  if (outcome.problem.kind !== 'refused') return expect.fail(JSON.stringify(outcome.problem));
  const { finding } = outcome.problem;
  expect(finding.because.length).toBeGreaterThan(0);
  if (finding.answer === 'no') expect(finding.instead?.length ?? 0, JSON.stringify(finding.because)).toBeGreaterThan(0);
  return finding.answer;
};

/** The ground on which a use beyond P3 rests, or why it is refused. */
function groundsFit(outcome: Outcome, person: Person, purpose: string): void {
  const finding = outcome.ok ? ('finding' in outcome.value ? outcome.value.finding : null) : null;
  const refused = outcome.ok || outcome.problem.kind !== 'refused' ? finding : outcome.problem.finding;
  const { because } = basisOf(refused!);
  const objected = reaching(person, purpose).length > 0 && answerOf(outcome) === 'no';
  expect(because[0]).toBe(objected ? `policy ${purpose === 'P1' ? '11' : '13'}` : 'APPI 18(1)');
}

const act = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('consent' as const),
      text: fc.nat(3),
      by: fc.constantFrom(...consentGivers),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('withdraw' as const), n: fc.nat(9) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('object' as const), purpose: fc.constantFrom('P1', 'P3', null) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('retract' as const), n: fc.nat(9) }) },
);
type Act = typeof act extends fc.Arbitrary<infer A> ? A : never;

async function perform(person: Person, one: Act, on: Day): Promise<void> {
  const { office } = house;
  const by = byOfficer(house);
  const { principal, consents, objections } = person;
  if (one.do === 'consent') {
    const text = texts[one.text]!;
    const parent = { relation: 'parent', checked: 'family-register' } as const;
    const representative = one.by === 'representative' ? parent : null;
    const id = await addConsent(house, principal, text, on, { givenBy: one.by, representative });
    consents.push({ id, text, on, by: one.by, withdrawn: false });
  } else if (one.do === 'withdraw') {
    const open = consents.filter(({ withdrawn }) => !withdrawn);
    const of = open[one.n % Math.max(open.length, 1)];
    if (!of) return;
    valueOf(await withdrawConsent(office, by, of.id, { on, evidence: null }));
    of.withdrawn = true;
  } else if (one.do === 'object') {
    const { purpose } = one;
    const scope = purpose === null ? 'everything' : 'purpose';
    const said = { on, at: null };
    const { row } = valueOf(
      await object(office, by, { principal, scope, purpose, recipient: null, said, evidence: null }),
    );
    objections.push({ id: row.id, purpose, on });
  } else {
    const of = objections[one.n % Math.max(objections.length, 1)];
    if (!of) return;
    valueOf(await retractObjection(office, by, of.id, '別の人の申出だった'));
    objections.splice(objections.indexOf(of), 1);
  }
}

const asked: [string, string[]][] = [
  ['P3', ['name', 'email']],
  ['P1', ['name', 'email']],
  ['P1', ['email']],
];
let n = 0;

/** Compares every answer about a person with what the law makes of their history. */
async function compare(person: Person, history: string): Promise<void> {
  const by = byOfficer(house);
  const { principal } = person;
  for (const [purpose, items] of asked) {
    const answer = await use(house.office, by, { principal, holding, items, purpose });
    expect(answerOf(answer), `${purpose} ${items.join()} ${history}`).toBe(mayUse(person, purpose, items));
    groundsFit(answer, person, purpose);
  }
  const receipt = {
    provider,
    basis: 'consent',
    howAcquired: '社員から',
    documentSeen: true,
    consentObtained: true,
  } as const;
  const taken = await acquire(house.office, by, {
    holding,
    channel: 'oral',
    source: 'third-party',
    purposes: ['P3'],
    items: { wheelchair: '利用' },
    principal,
    receipt,
  });
  // What is held already is not replaced unseen, but the law is asked first.
  const overtaken = !taken.ok && taken.problem.kind !== 'refused';
  expect(overtaken ? 'yes' : answerOf(taken), `wheelchair ${history}`).toBe(mayAcquire(person));
}

test('every answer is what the person’s own history makes of it, after each act', { timeout: 300_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 10, maxLength: 20 }), async (acts) => {
      const items = { name: '履歴 花子', email: `history-${++n}@example.jp` };
      const { principal } = await addPerson(house, holding, items, undefined, ['P3']);
      const person: Person = { principal, consents: [], objections: [] };
      for (const [i, one] of acts.entries()) {
        await perform(person, one, addDays(first, i));
        await compare(person, JSON.stringify(acts.slice(0, i + 1)));
      }
    }),
    { numRuns: 12 },
  );
});
