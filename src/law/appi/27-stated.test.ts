// What a provision and a suspension answer when all their facts are stated, and most of them speak for a yes: forgetting one fact never turns one answer
// into the other, what speaks more for a provision never closes it, and a record is owed where the yes rests on a consent or an opt-out.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, day, type Day } from '../../base/day.ts';
import {
  decideProvision,
  decideSuspension,
  judgedNow,
  partyKinds,
  provisionContradictions,
  type ProvisionFacts,
  type SuspensionFacts,
} from '../index.ts';
import { jointUseFields, optOutFields, publicBodies } from '../parameters.ts';

const today = day('2026-11-24');
const mostly = <T>(usual: T, ...others: T[]): fc.Arbitrary<T> =>
  fc.oneof({ weight: 5, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...others) });
const likely = mostly(true, false);
const unlikely = mostly(false, true);
const before = mostly<Day>(addDays(today, -20), addDays(today, -5), addDays(today, 5));
const orNull = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary, { freq: 2 });
const told = mostly('told', 'unknown-told', 'not-told');

/** The strongest form of each fact that a yes may rest on. */
const strongest = {
  consent: { coversPurpose: true, coversRecipient: true, coversItems: true, abroad: true },
  entrustment: { ownUse: false, assessed: true, contract: true, monitored: true },
  succession: { ofBusiness: true, stage: 'agreed' },
  jointUse: { listed: jointUseFields.value, recipientInScope: true, items: ['氏名'], noticeOn: addDays(today, -20) },
  optOut: { listed: optOutFields.value, stopsOnRequest: true, coversItems: true, objected: false },
  equivalentSystem: { checkedOn: addDays(today, -20), validUntil: addDays(today, 100), failing: false },
  foreignInformation: { on: addDays(today, -30), country: 'told', system: 'told', measures: 'told' },
} as const;

const provisions = fc
  .record({
    information: fc.constantFrom('personal', 'special-care'),
    relation: fc.constantFrom('third-party', 'entrustment', 'succession', 'joint-use'),
    recipient: fc.record({
      kind: fc.constantFrom(...partyKinds),
      name: fc.constant('例示株式会社'),
      address: fc.constant('例示町1'),
      representative: fc.constant('例示 太郎'),
      country: fc.constantFrom('JP', 'DE', 'VN'),
    }),
    items: fc.constant(['氏名']),
    purpose: fc.constant('P1'),
    holdingPurposes: mostly([{ id: 'P1', clause: '11' }], [{ id: 'P2', clause: '12' }]),
    consent: orNull(
      fc.record({
        givenBy: mostly('principal', 'representative', 'without-capacity'),
        on: before,
        coversPurpose: likely,
        coversRecipient: likely,
        coversItems: likely,
        abroad: likely,
      }),
    ),
    entrustment: fc.record({ ownUse: unlikely, assessed: likely, contract: likely, monitored: likely }),
    succession: fc.record({ ofBusiness: likely, stage: mostly('agreed', 'inquiry', 'unbound') }),
    jointUse: fc.record({
      noticeOn: before,
      listed: mostly(jointUseFields.value, jointUseFields.value.slice(1)),
      responsibleKind: fc.constant('corporation'),
      items: mostly(['氏名'], ['住所']),
      recipientInScope: likely,
      purposes: fc.constant(['P1']),
    }),
    optOut: orNull(
      fc.record({
        announcedOn: before,
        listed: mostly(optOutFields.value, optOutFields.value.slice(1)),
        filedOn: before,
        stopsOnRequest: likely,
        acquiredUnlawfully: unlikely,
        receivedByOptOut: unlikely,
        coversItems: likely,
        objected: unlikely,
      }),
    ),
    cloud: fc.constant(null),
    exception: fc.constant(null),
    equivalentSystem: orNull(
      fc.record({
        by: fc.constantFrom('contract', 'certificate'),
        validUntil: mostly<Day | null>(addDays(today, 100), null, addDays(today, -1)),
        checkedOn: mostly<Day>(addDays(today, -20), addDays(today, -500)),
      }),
    ),
    foreignInformation: orNull(
      fc.record({ on: mostly(addDays(today, -30), today), country: told, system: told, measures: told }),
    ),
    judgements: fc.constant(judgedNow('timeToObject', true, { by: 'staff:o', on: today, why: '例' })),
  })
  .filter((f) => provisionContradictions(f as ProvisionFacts).length === 0) as fc.Arbitrary<ProvisionFacts>;

const suspensions = fc.record({
  information: fc.constantFrom('personal', 'my-number'),
  asks: fc.constantFrom('stop-use', 'erasure', 'stop-provision'),
  reason: fc.constantFrom('unlawful-handling', 'unlawful-provision', 'no-longer-needed', 'breach', 'may-harm'),
  found: mostly('all', 'part', 'none'),
  keeping: orNull(
    fc.record({ legalBasis: fc.constant('法人税法'), until: mostly(addDays(today, 90), today), part: fc.boolean() }),
  ),
}) as fc.Arbitrary<SuspensionFacts>;

/** Claims, which are not made when they are left out. */
const claims = new Set(['optOut', 'exception', 'cloud', 'judgements']);

/** The facts, each time without one of them. */
function* forgetting(facts: object): Generator<[string, object]> {
  for (const [key, at] of Object.entries(facts) as [string, unknown][]) {
    const { [key]: _, ...others } = facts as Record<string, unknown>;
    if (!claims.has(key)) yield [key, others];
    if (typeof at !== 'object' || at === null || Array.isArray(at) || key === 'judgements') continue;
    for (const inner of Object.keys(at)) {
      const { [inner]: __, ...less } = at as Record<string, unknown>;
      yield [`${key}.${inner}`, { ...facts, [key]: less }];
    }
  }
}

/** Until one of these is stated, the rules for personal data, for third parties and for business operators apply. */
const assumed = new Set(['information', 'relation']);

function never<F extends object>(facts: F, decide: (facts: F) => { answer: string }): void {
  const { answer } = decide(facts);
  if (answer === 'unknown') return;
  const other = answer === 'yes' ? 'no' : 'yes';
  for (const [path, less] of forgetting(facts)) {
    if (answer === 'yes' && assumed.has(path)) continue;
    if (decide(less as F).answer === other) expect.fail(`${answer} becomes ${other} without ${path}`);
  }
}

const provide = (facts: ProvisionFacts) => decideProvision(facts, today);
const records = (facts: ProvisionFacts): boolean => {
  const finding = provide(facts);
  return finding.answer === 'yes' && finding.duties.some((d) => d.do === 'record-provision');
};

describe('事実がそろった提供', () => {
  test('事実をひとつ忘れて、「可」と「不可」が入れ替わることはない', () => {
    fc.assert(
      fc.property(provisions, (f) => never(f, provide)),
      { numRuns: 2000 },
    );
  });

  test('渡してよい方へ事実を強めて、「可」でなくなることはない', () => {
    fc.assert(
      fc.property(provisions, fc.constantFrom(...(Object.keys(strongest) as (keyof typeof strongest)[])), (f, key) => {
        if (!f[key] || provide(f).answer !== 'yes') return;
        const stronger: ProvisionFacts = { ...f, [key]: { ...f[key], ...strongest[key] } };
        if (provide(stronger).answer !== 'yes') expect.fail(`a stronger ${key} closes it`);
      }),
      { numRuns: 4000 },
    );
  });

  test('記録が要るのは、同意かオプトアウトがなければ渡せないとき', () => {
    fc.assert(
      fc.property(provisions, (f) => {
        if (provide(f).answer !== 'yes') return;
        const without = provide({ ...f, consent: null, optOut: null }).answer !== 'yes';
        const { kind = 'corporation', country } = f.recipient ?? {};
        const body = kind in publicBodies.value;
        // A recipient whose system conforms may be given by consent all the same, which is then the basis (28(1)).
        const byChoice = country === 'VN' && f.equivalentSystem;
        if (without || !byChoice) expect(records(f)).toBe(without && !body);
        const exempt = { kind: 'for-principal', approvedBy: 'staff:o' } as const;
        expect([provide({ ...f, exemption: exempt }).answer, records({ ...f, exemption: exempt })]).toEqual([
          'yes',
          false,
        ]);
      }),
      { numRuns: 2000 },
    );
  });
});

test('事実がそろった停止の請求：事実をひとつ忘れて、応じる答えと断る答えが入れ替わることはない', () => {
  fc.assert(
    fc.property(suspensions, (f) => never(f, (facts) => decideSuspension(facts, today))),
    { numRuns: 2000 },
  );
});
