// How a rule words its answer: grounds, duties, missing facts, and the three results of testing one condition.
// Nothing here decides anything, and nothing unknown is put as a fact: a ground that rests on a missing fact is shown open.

import type { Bilingual } from '../base/bilingual.ts';
import type { Day } from '../base/day.ts';
import type { Duty, DutyCode, Finding, Ground, Grounds, Missing, Source } from '../base/finding.ts';
import { actText, inForce, numberingText, telecomText, type Parameter } from './parameters.ts';
import type { InformationKind, StatedPurpose } from './facts.ts';

/** One condition tested: met, not met for a reason (or for several), or not known for want of facts. */
export type Test<B extends Ground | Grounds = Ground> =
  | { met: true }
  | { met: false; because: B }
  | { met: undefined; missing: Missing[] };

/** A part of an answer: what speaks for it, what it obliges to, and what it still lacks. */
export interface Step {
  because: Ground[];
  duties: Duty[];
  missing: Missing[];
}

export const ground = (law: Source, article: string, ja: string, en: string): Ground =>
  Object.freeze({ law, article, says: Object.freeze({ ja, en }) });

export const appi = (article: string, ja: string, en: string): Ground => ground('APPI', article, ja, en);

export const rules = (article: string, ja: string, en: string): Ground => ground('APPI-Rules', article, ja, en);

/** A ground that says something of the case: the facts it rests on, and what the article asks while they are not known. */
interface Assertion {
  restsOn: readonly string[];
  open: Ground;
}

const assertions = new WeakMap<Ground, Assertion>();

/**
 * Marks a ground as an assertion. `restsOn` names the facts without which it may not be said, as `lacks` names them; a name
 * stands for everything below it. `ja` and `en` are the open form, under the same article.
 */
export function asserts(restsOn: Assertion['restsOn'], said: Ground, ja: string, en: string): Ground {
  assertions.set(said, { restsOn, open: ground(said.law, said.article, ja, en) });
  return said;
}

/** What a ground rests on and its open form; undefined for a rule, or for what is only ever said of stated facts. */
export const assertionOf = (g: Ground): Assertion | undefined => assertions.get(g);

/** Is this missing fact one that an assertion rests on? Within an acquisition the facts of a receipt stand under `receipt`. */
function bears(missing: Missing, fact: string): boolean {
  const lacking = missing.fact.replace(/^receipt\./, '');
  return lacking === fact || lacking.startsWith(`${fact}.`) || fact.startsWith(`${lacking}.`);
}

/** The ground itself, or its open form while a fact it rests on is missing. */
function asFarAsKnown(g: Ground, missing: readonly Missing[]): Ground {
  const said = assertionOf(g);
  return said?.restsOn.some((fact) => missing.some((m) => bears(m, fact))) ? said.open : g;
}

/** A fact that is lacking under an article of the Act. */
export const lacks = (fact: string, article: string, ja: string, en: string): Missing =>
  Object.freeze({ fact, law: 'APPI', article, says: Object.freeze({ ja, en }) });

/** A fact that is lacking under an article of another text. */
export const lacksUnder = (law: Source, fact: string, article: string, ja: string, en: string): Missing =>
  Object.freeze({ fact, law, article, says: Object.freeze({ ja, en }) });

/** What is to be done under any text. */
export const duty = (
  what: DutyCode,
  [law, article]: readonly [Source, string],
  when: Duty['when'],
  ja: string,
  en: string,
  rest: Pick<Duty, 'items' | 'by' | 'keepUntil'> = {},
): Duty => ({ do: what, law, article, says: { ja, en }, when, ...rest });

/** What every question about information needs to know first. */
export const askInformation = (facts: { information?: InformationKind }, article: string): Missing[] =>
  facts.information === undefined
    ? [
        lacks(
          'information',
          article,
          '要配慮個人情報や個人番号を含むか',
          'Whether it is special care-required or a My Number',
        ),
      ]
    : [];

export const yes = (because: Grounds, duties: Duty[] = []): Finding => ({ answer: 'yes', because, duties });

export const no = (because: Grounds, ...instead: Bilingual[]): Finding =>
  instead.length > 0 ? { answer: 'no', because, duties: [], instead } : { answer: 'no', because, duties: [] };

/**
 * Puts off the answer. Of the grounds, those that rest on a missing fact appear in their open form. `already`: what is to be done whatever
 * they turn out to be. Throws RangeError when nothing is missing, for then there is an answer.
 */
export function unknown(
  [first, ...more]: Grounds,
  missing: readonly Missing[],
  already: readonly Duty[] = [],
): Finding {
  const [lack, ...others] = missing;
  if (!lack) throw new RangeError('nothing is missing');
  const because: Grounds = [asFarAsKnown(first, missing), ...more.map((g) => asFarAsKnown(g, missing))];
  const [due, ...rest] = already;
  return { answer: 'unknown', because, missing: [lack, ...others], ...(due && { duties: [due, ...rest] }) };
}

export const step = (because: Ground[] = [], duties: Duty[] = [], missing: Missing[] = []): Step => ({
  because,
  duties,
  missing,
});

/** Tells a finished answer, mostly a refusal, from a part of one. */
export const isFinding = (x: Step | Finding): x is Finding => 'answer' in x;

/** Yes on the first ground and everything the steps add, or unknown as long as one of them lacks a fact. */
export function settle(first: Ground, ...steps: Step[]): Finding {
  const because: Grounds = [first];
  const duties: Duty[] = [];
  const missing: Missing[] = [];
  for (const s of steps) {
    because.push(...s.because);
    duties.push(...s.duties);
    missing.push(...s.missing);
  }
  return missing.length > 0 ? unknown(because, missing) : yes(because, duties);
}

/** Settles steps that each bring their own grounds; `otherwise` is the ground when none of them brings one. */
export function together(otherwise: Ground, steps: Step[]): Finding {
  const [first = otherwise, ...more] = steps.flatMap((s) => s.because);
  const duties = steps.flatMap((s) => s.duties);
  return settle(
    first,
    step(
      more,
      duties,
      steps.flatMap((s) => s.missing),
    ),
  );
}

/** The result of a condition whose false elements have been ruled out: met unless something is missing. */
export const tested = (missing: Missing[]): Test => (missing.length > 0 ? { met: undefined, missing } : { met: true });

/** The clause of the company's policy that states a purpose, as a ground. */
export const clauseOf = (p: StatedPurpose): Ground => ({
  law: 'policy',
  article: p.clause,
  says: p.says ?? { ja: 'この目的を方針で公表しています。', en: 'The policy publishes this purpose.' },
});

const noText = appi(
  '17',
  'この日に適用される法令のデータがないため、答えられません。',
  'There is no law data for this day, so no answer can be given.',
);

/** Unknown, because a rule or one of its figures is not known to be in force on the day asked about. */
export const noLawOn = (): Finding =>
  unknown(
    [noText],
    [
      lacks(
        'on',
        '17',
        '法令データのある日で確かめるか、関所を新しい版に替えてください。',
        'Ask about a day that the law data covers, or have Sekisho brought to a newer version.',
      ),
    ],
  );

/** The last day that every text was read for: of a later one nothing is answered until a newer version brings newer law data. */
export const lawLastDay: Day = [actText, numberingText, telecomText]
  .flatMap(({ to }) => to ?? [])
  .reduce((first, to) => (to < first ? to : first));

/** The answer for a day outside the Act's text these rules were written from; undefined when the text covers the day. */
export const outsideText = (on: Day): Finding | undefined => (inForce(actText, on) ? undefined : noLawOn());

/** The same for another statute: unknown on a day its text was not read for, under the text's own article. */
export function outside(text: Parameter<unknown>, on: Day): Finding | undefined {
  if (inForce(text, on) !== undefined) return undefined;
  const { law, article } = text.citation;
  return unknown(
    [{ law, article, says: noText.says }],
    [
      lacksUnder(
        law,
        'on',
        article,
        '法令データのある日で確かめるか、関所を新しい版に替えてください。',
        'Ask about a day that the law data covers, or have Sekisho brought to a newer version.',
      ),
    ],
  );
}
