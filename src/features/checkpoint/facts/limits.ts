// What narrows a use or a provision beside the law's answer: what a person stopped, limits of the policy, judgements that are due. Pure.

import { type Actor, actorRef, isOfficer } from '../../../base/actor.ts';
import { both } from '../../../base/bilingual.ts';
import type { Day } from '../../../base/day.ts';
import type { Finding, Ground, Missing } from '../../../base/finding.ts';
import {
  type Consent,
  decidePurposeChange,
  decideUse,
  type InformationKind,
  judgedNow,
  type Judgement,
  type Judgements,
  type ProvisionFacts,
  provisionStopped,
  type StatedPurpose,
  type Stop,
  type UseFacts,
  useStopped,
} from '../../../law/index.ts';
import { basisOf, type UseAsk } from './ask.ts';
import {
  type ItemLimit,
  type KnownHolding,
  type PurposeChange,
  purposesFor,
  type Standing,
  type Suspended,
} from './standing.ts';

const covers = (one: Suspended, purpose: string, recipient: string | null, on: Day): boolean =>
  one.from <= on &&
  (one.purposes?.includes(purpose) ?? true) &&
  (one.recipients === null || (recipient !== null && one.recipients.includes(recipient)));

const firstOf = <T, R>(all: readonly T[], of: (one: T) => R | null): R | null => {
  for (const one of all) {
    const found = of(one);
    if (found !== null) return found;
  }
  return null;
};

/** The refusal of a use that the person had stopped, whatever its purpose would allow; null where nothing stops it. */
export const stoppedUse = (standing: Standing, principal: string, purpose: string, on: Day): Finding | null =>
  firstOf(standing.suspensions.get(principal) ?? [], (one) =>
    covers(one, purpose, null, on) ? useStopped(one) : null,
  );

/** The refusal where the policy limits one of the items to other purposes; null otherwise. No consent lifts it: the policy would have to say so. */
export const limitedUse = (
  { itemLimits }: Pick<Standing, 'itemLimits'>,
  { items, purpose }: Pick<UseAsk, 'items' | 'purpose'>,
): Finding | null =>
  firstOf(itemLimits, (one) => (items.includes(one.item) && !one.purposes.includes(purpose) ? keptTo(one) : null));

const keptTo = ({ clause }: ItemLimit): Finding => ({
  answer: 'no',
  because: [
    {
      law: 'policy',
      article: clause,
      says: both(
        'この中に、この目的には使わないと方針で約束している項目があります。',
        'The policy promises that one of these items is not used for this purpose.',
      ),
    },
  ],
  duties: [],
  instead: [both('その項目を除いて扱う', 'Leave that item out')],
});

/**
 * True when grounds are a consent to the provision or an item of the law (27(1), 28(1)): these allow a provision for a purpose other than those the
 * item is held for, or limited to.
 */
export const isLetBeyond = (because: readonly string[]): boolean =>
  because.some((ground) => /^APPI (27|28)\(1\)/.test(ground)) &&
  !because.some((ground) => /^APPI 27\((2|5)\)/.test(ground));

/**
 * The answer to a provision, given the limits of the policy, or the person's objection to what is such a use too. The person’s consent to the
 * provision and the items of the law override a limit.
 */
export const withinLimits = (finding: Finding, limited: Finding | null): Finding =>
  finding.answer === 'yes' && limited !== null && !isLetBeyond(basisOf(finding).because) ? limited : finding;

/** The same for a use. An item of 18(3) overrides a limit; while it is unknown whether one applies, that is asked first. */
export const useWithinLimits = (finding: Finding, limited: Finding | null): Finding => {
  const byItem =
    finding.answer === 'unknown'
      ? finding.missing.some(({ fact }) => fact.startsWith('exception.'))
      : finding.because.some(({ article }) => article.startsWith('18(3)('));
  return limited === null || (byItem && finding.answer !== 'no') ? finding : limited;
};

/**
 * Whether handing over in this relation is a use for the purpose as well, which an objection to that use reaches: the company keeps deciding what
 * for. A successor takes the business over with its purposes and with what was asked.
 */
export const isUseToo = (relation: ProvisionFacts['relation']): boolean =>
  relation === 'entrustment' || relation === 'joint-use' || relation === 'same-entity';

/** The refusal of a use for a purpose that the person asked to stop. The company says in the policy's clause of the purpose that it stops then. */
export const objectedUse = (purpose: StatedPurpose): Finding => ({
  answer: 'no',
  because: [
    {
      law: 'policy',
      article: purpose.clause,
      says: both(
        'この目的での利用をやめてほしいという、本人の申出があります。',
        'The person has asked that the use for this purpose stop.',
      ),
    },
  ],
  duties: [],
  instead: [both('改めて本人の同意を得て、記録する', 'Obtain and record the person’s consent anew')],
});

/**
 * The judgement that an act makes and records itself, if its actor is an officer. An answer by any other actor is no judgement. That holds for a
 * system too, even one with an officer's token: the token was issued before anybody knew what there would be to judge.
 */
export const judgedHere = (
  actor: Actor,
  code: string,
  answer: boolean | undefined,
  of: Pick<Judgement, 'on' | 'why'>,
): Judgements =>
  answer === undefined || !isOfficer(actor) ? {} : judgedNow(code, answer, { ...of, by: actorRef(actor) });

/** The holding as if its outdated changes to a purpose had been judged anew; null where none is outdated. */
export function asJudged(holding: KnownHolding, purpose: string): KnownHolding | null {
  const waits = ({ to, outdated }: PurposeChange): boolean => outdated && to === purpose;
  if (!holding.changes.some(waits)) return null;
  return {
    ...holding,
    changes: holding.changes.map((one) => (waits(one) ? { ...one, outdated: false } : one)),
  };
}

/** Changes in a holding that must be judged anew: the purposes whose change to this one the policy outdated, in the order of their ids. */
export interface Awaited {
  holding: string;
  purpose: string;
  from: string[];
}

export const awaitedIn = ({ holdings }: Pick<Standing, 'holdings'>): Awaited[] =>
  [...holdings.values()].flatMap(({ id: holding, changes }) => {
    const waiting = changes.filter(({ outdated }) => outdated);
    return [...new Set(waiting.map(({ to }) => to))].map((purpose) => ({
      holding,
      purpose,
      from: waiting.flatMap(({ from, to }) => (to === purpose ? from : [])).toSorted(),
    }));
  });

const once = <T extends Ground | Missing>(all: readonly T[]): T[] => [
  ...new Map(all.map((one) => [`${one.law} ${one.article} ${'fact' in one ? one.fact : ''}`, one])).values(),
];

/**
 * The answer to a handling that rests on a change of purpose judged on wording that the policy no longer has. Whether the purposes are related, and
 * whether the persons were told, depends on the wording (17(2), 21(3)), so nobody has judged it yet and the answer is unknown.
 * `held`: for each item the purposes it is held for; null where only the changes are known. `would`: the answer if the change were judged anew,
 * which is not a no.
 */
export function unjudged(
  { purposes }: Pick<Standing, 'purposes'>,
  { holding, items, purpose }: { holding: KnownHolding; items: readonly string[]; purpose: string },
  held: PersonUse['held'] | null,
  would: Finding,
  on: Day,
): Finding {
  const information = informationOf(holding, items);
  const told = held && new Set(held.flat());
  const open = holding.changes
    .filter(({ from, to, outdated }) => outdated && to === purpose && (told?.has(from) ?? true))
    .map(({ from }) => {
      const stated = purposes.get(from);
      const facts = { information, newPurpose: purpose, consent: null };
      return decidePurposeChange({ ...facts, ...(stated ? { from: stated } : {}) }, on);
    });
  if (would.answer === 'unknown') open.push(would);
  const [lack, ...more] = once(open.flatMap((one) => (one.answer === 'unknown' ? one.missing : [])));
  if (!lack) throw new RangeError('checkpoint: no change of purpose waits to be judged anew');
  return {
    answer: 'unknown',
    because: [rewordedSince(purposes.get(purpose)!), ...once(open.flatMap(({ because }) => because))],
    missing: [lack, ...more],
  };
}

/** Why a change of purpose no longer allows anything; `purpose` is the one it was to. */
const rewordedSince = ({ clause }: StatedPurpose): Ground => ({
  law: 'policy',
  article: clause,
  says: both(
    '利用目的の変更を判断した後に、方針にある目的の文が変わりました。前の判断は、前の文についてのものです。',
    'The wording of a purpose in the policy has changed since the change of purpose was judged. The judgement was about the former wording.',
  ),
});

/** What is known of a person when a use of their information is asked about. */
export interface PersonUse {
  /** For each of the items that are held, the purposes it is held for. */
  held: readonly (readonly string[])[];
  /** Consent to this use of all the items. */
  consent: Consent | null;
  /** The day they asked that uses for this purpose stop. */
  objectedOn: Day | null;
}

const nobody: PersonUse = { held: [], consent: null, objectedOn: null };

/**
 * The answer to a use of a person's items. Granted stops are checked first, then the limits of the policy, the person's objections, and the law.
 * `person` null: the holding has nothing about them. They are answered like an id that nobody has, so that no stop and no objection shows that there
 * was such a person.
 */
export function personUse(
  standing: Standing,
  { principal, holding, items, purpose }: UseAsk,
  person: PersonUse | null,
  on: Day,
): Finding {
  const stopped = person && stoppedUse(standing, principal, purpose, on);
  const refused = stopped ?? limitedUse(standing, { items, purpose });
  if (refused) return refused;
  const { held, consent, objectedOn } = person ?? nobody;
  if (objectedOn) return objectedUse(standing.purposes.get(purpose)!);
  const known = standing.holdings.get(holding)!;
  const holdingPurposes = purposesFor(known, held);
  const facts: UseFacts = {
    information: informationOf(known, items),
    purpose,
    holdingPurposes,
    consent,
    exception: null,
  };
  const finding = decideUse(facts, on);
  const judged = finding.answer === 'no' ? asJudged(known, purpose) : null;
  if (!judged) return finding;
  const would = decideUse({ ...facts, holdingPurposes: purposesFor(judged, held) }, on);
  return would.answer === 'no' ? finding : unjudged(standing, { holding: known, items, purpose }, held, would, on);
}

/** A provision: its purpose and its recipient, null within the company. */
export interface Providing {
  purpose: string;
  recipient: string | null;
  facts: ProvisionFacts;
}

/** The refusal of a provision that the person had stopped, given the consent in `facts`; null where no stop reaches it. */
export const stoppedProvision = (
  standing: Standing,
  principal: string,
  { purpose, recipient, facts }: Providing,
  on: Day,
): Finding | null =>
  firstOf(standing.suspensions.get(principal) ?? [], (one) =>
    covers(one, purpose, recipient, on) ? provisionStopped(one, facts, on) : null,
  );

/** A person whom a stop keeps out of a provision. */
export interface KeptOut {
  principal: string;
  stop: Stop;
}

/** Every person who had a provision stopped, whatever they have consented to, with the stop that no later consent takes back, if there is one. */
export const keptOut = (standing: Standing, providing: Providing, on: Day): KeptOut[] =>
  [...standing.suspensions].flatMap(([principal, all]) => {
    const facts = { ...providing.facts, consent: null };
    const [first] = all
      .filter(
        (one) => covers(one, providing.purpose, providing.recipient, on) && provisionStopped(one, facts, on) !== null,
      )
      .toSorted((a, b) => b.stops.localeCompare(a.stops) || b.from.localeCompare(a.from));
    if (!first) return [];
    const { stops, article, from } = first;
    return [{ principal, stop: { stops, article, from } }];
  });

/** What kind of information these items of a holding are. */
export const informationOf = (holding: KnownHolding, codes: readonly string[]): InformationKind =>
  holding.specialCare.size > 0 && codes.some((code) => holding.specialCare.has(code)) ? 'special-care' : 'personal';
