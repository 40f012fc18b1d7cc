// The wording of a rule's answer: grounds, duties, missing facts, and the three results of testing one condition. Nothing here decides anything, and
// nothing unknown is stated as a fact: a ground that rests on a missing fact is shown in its open form.

import type { Bilingual } from '../base/bilingual.ts';
import type { Day } from '../base/day.ts';
import type { Duty, DutyCode, Finding, Ground, Grounds, Missing, Source } from '../base/finding.ts';
import { actText, inForce, numberingText, telecomText, type Parameter } from './parameters.ts';
import type { InformationKind, StatedPurpose } from './facts.ts';

/** The result of testing one condition: met, not met for one or several reasons, or unknown because facts are missing. */
export type Test<B extends Ground | Grounds = Ground> =
  | { met: true }
  | { met: false; because: B }
  | { met: undefined; missing: Missing[] };

/** A part of an answer: the grounds it brings, the duties that follow from it, and the facts it still lacks. */
export interface Step {
  because: Ground[];
  duties: Duty[];
  missing: Missing[];
}

export const ground = (law: Source, article: string, ja: string, en: string): Ground =>
  Object.freeze({ law, article, says: Object.freeze({ ja, en }) });

export const appi = (article: string, ja: string, en: string): Ground => ground('APPI', article, ja, en);

export const rules = (article: string, ja: string, en: string): Ground => ground('APPI-Rules', article, ja, en);

/**
 * A ground that asserts something about the case: the facts it rests on, and its open form, which says what the article asks while those facts are
 * unknown.
 */
interface Assertion {
  restsOn: readonly string[];
  open: Ground;
}

const assertions = new WeakMap<Ground, Assertion>();

/**
 * Marks a ground as an assertion. `restsOn` names the facts without which it may not be stated, as `lacks` names them; a name covers everything below
 * it. `ja` and `en` are the open form, under the same article.
 */
export function asserts(restsOn: Assertion['restsOn'], said: Ground, ja: string, en: string): Ground {
  assertions.set(said, { restsOn, open: ground(said.law, said.article, ja, en) });
  return said;
}

/** The facts a ground rests on, and its open form. Undefined for a rule, and for a ground that is used only when its facts were stated. */
export const assertionOf = (g: Ground): Assertion | undefined => assertions.get(g);

/** True when the missing fact is `fact`, contains it or lies within it. Within an acquisition the facts of a receipt are under `receipt`. */
function bears(missing: Missing, fact: string): boolean {
  const lacking = missing.fact.replace(/^receipt\./, '');
  return lacking === fact || lacking.startsWith(`${fact}.`) || fact.startsWith(`${lacking}.`);
}

/** The ground itself, or its open form while a fact it rests on is missing. */
function asFarAsKnown(g: Ground, missing: readonly Missing[]): Ground {
  const said = assertionOf(g);
  return said?.restsOn.some((fact) => missing.some((m) => bears(m, fact))) ? said.open : g;
}

/** A fact that is missing under an article of the Act (APPI). */
export const lacks = (fact: string, article: string, ja: string, en: string): Missing =>
  Object.freeze({ fact, law: 'APPI', article, says: Object.freeze({ ja, en }) });

/** A fact that is missing under an article of another text. */
export const lacksUnder = (law: Source, fact: string, article: string, ja: string, en: string): Missing =>
  Object.freeze({ fact, law, article, says: Object.freeze({ ja, en }) });

/** A duty under any text. */
export const duty = (
  what: DutyCode,
  [law, article]: readonly [Source, string],
  when: Duty['when'],
  ja: string,
  en: string,
  rest: Pick<Duty, 'items' | 'by' | 'keepUntil'> = {},
): Duty => ({ do: what, law, article, says: { ja, en }, when, ...rest });

/** The fact that every question about information needs first: its kind. */
export const askInformation = (facts: { information?: InformationKind }, article: string): Missing[] =>
  facts.information === undefined
    ? [
        lacks(
          'information',
          article,
          '要配慮個人情報や個人番号を含むか',
          'Whether it includes special care-required information or a My Number',
        ),
      ]
    : [];

export const yes = (because: Grounds, duties: Duty[] = []): Finding => ({ answer: 'yes', because, duties });

export const no = (because: Grounds, ...instead: Bilingual[]): Finding =>
  instead.length > 0 ? { answer: 'no', because, duties: [], instead } : { answer: 'no', because, duties: [] };

/**
 * The finding "cannot say". Grounds that rest on a missing fact appear in their open form. `already`: duties that hold whatever the missing facts
 * turn out to be. Throws RangeError when nothing is missing, because then there is an answer.
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

/** True for a finished answer, mostly a refusal; false for a part of one. */
export const isFinding = (x: Step | Finding): x is Finding => 'answer' in x;

/** Yes on the first ground and all that the steps add; unknown while any step lacks a fact. */
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

/** Settles steps that bring their own grounds. `otherwise` is the ground when none of them brings one. */
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

/** The result of a condition of which no element is known to be false: met unless something is missing. */
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

/** The finding "cannot say" for a day on which a rule or one of its figures is not known to be in force. */
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

/** The last day for which every text was read. Later days get no answer until a newer version of Sekisho brings newer law data. */
export const lawLastDay: Day = [actText, numberingText, telecomText]
  .flatMap(({ to }) => to ?? [])
  .reduce((first, to) => (to < first ? to : first));

/** The answer for a day outside the text of the Act that these rules were written from. Undefined when the text covers the day. */
export const outsideText = (on: Day): Finding | undefined => (inForce(actText, on) ? undefined : noLawOn());

/** The same for another statute: unknown, under the text's own article, on a day for which that text was not read. */
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
