// Article 29-4 of the Numbering Act and its rule: which incidents with My Number information must be reported. An unlawful use or provision is one
// even where nothing leaked, and so is information that anybody could view. This report never takes the place of the one under the APPI, which is
// decided separately.

import type { Day } from '../../base/day.ts';
import type { Ground, Missing } from '../../base/finding.ts';
import { ground, lacksUnder } from '../answer.ts';
import type { BreachFacts, NumberBreachFacts } from '../appi/26-breach.ts';
import { exceeds, settleSituations, type Condition, type Side, type Situation } from '../appi/26-situations.ts';
import { inForce, numberBreachPrincipals } from '../parameters.ts';

const rule = ground(
  'NumberingAct',
  '29-4(1)',
  '特定個人情報について重大な事態が起きたときは、個人情報保護委員会に報告します。',
  'Grave incidents with specific personal information are reported to the Commission.',
);
const situation = (item: string, ja: string, en: string): Ground => ground('NumberingAct-BreachRules', item, ja, en);
const publicSystem = situation(
  '2(i)',
  '行政機関などの番号の仕組みの特定個人情報が漏れるなどしました。',
  'There was a leak or the like of specific personal information in a public body’s number system.',
);
const improper = situation(
  '2(ii)',
  '特定個人情報が、不正の目的で漏らされ、使われ、または渡されたおそれがあります。',
  'Specific personal information may have been leaked, used or provided with an improper purpose.',
);
const viewable = situation(
  '2(iii)',
  '特定個人情報が、電子的に、だれにでも見られる状態になりました。',
  'Specific personal information could be viewed electronically by anybody.',
);
const many = situation(
  '2(iv)',
  '特定個人情報の本人の数が、基準を超えるか、超えるおそれがあります。',
  'The number of people whose specific personal information is concerned exceeds the threshold, or may.',
);
const none = situation(
  '2',
  '番号法の報告対象事態のどれにも当たりません。',
  'It is none of the reportable situations under the Numbering Act.',
);
const noFile = situation(
  '2',
  '特定個人情報ファイルに記録された個人番号は含まれないので、番号法の報告の対象ではありません。',
  'No My Number recorded in a file of specific personal information is concerned, so the Numbering Act requires no report.',
);
const lack = (fact: string, ja: string, en: string): Missing => lacksUnder('NumberingAct', fact, '29-4(1)', ja, en);
const askNumbers = lack('numbers', '個人番号を含むか', 'Whether My Numbers are concerned');
const askFile = lack(
  'numbers.inFile',
  '一覧や台帳など、検索できる形の個人番号か',
  'Whether the My Numbers were in a list or register that can be searched',
);
const askPublic = lack(
  'numbers.publicSystem',
  '行政機関などから任された番号の仕組みの情報か',
  'Whether it comes from a public body’s number system',
);
const askViewable = lack(
  'numbers.viewableByMany',
  '電子的に、だれにでも見られる状態になったか',
  'Whether anybody could view it electronically',
);
const askPrincipals = lack(
  'numbers.principals',
  '個人番号の本人の数（確かでない間は、考えられる最大の数）',
  'How many people’s My Numbers (while not certain, the largest possible number)',
);
const askImproper = lack(
  'improperPurpose',
  '不正アクセスや持ち出しなど、不正の目的によるおそれがあるか',
  'Whether an improper purpose, such as unauthorised access, is possible',
);

/** What happened to the numbers. `leaked`: a leak, loss or damage, or an event not yet known to be none. `handled`: they were used or provided. */
interface Happened {
  leaked: boolean;
  handled: boolean;
}

/**
 * (i) needs a leak, loss or damage. (ii) and (iv) also apply where the numbers were only used or provided. (iii) applies by itself: if nobody viewed
 * what anybody could have viewed, it is no leak, but must be reported all the same (Q17-1 of the Commission).
 */
const situations = (numbers: NumberBreachFacts, { leaked, handled }: Happened, threshold: number): Situation[] => [
  { met: leaked ? numbers.publicSystem : false, because: publicSystem, missing: askPublic },
  { met: numbers.viewableByMany, because: viewable, missing: askViewable },
  { met: leaked || handled ? exceeds(numbers.principals, threshold) : false, because: many, missing: askPrincipals },
];

/**
 * 29-4: is it reportable under the Numbering Act? `breach` and `readable` are the results of the tests that both statutes share. Call only where My
 * Numbers are, or may be, concerned. Undefined on a day without law data.
 */
export function numberSide(facts: BreachFacts, breach: Condition, readable: Condition, on: Day): Side | undefined {
  const { numbers, events, improperPurpose } = facts;
  if (!numbers) return { reportable: undefined, because: [rule], missing: [askNumbers] };
  const threshold = inForce(numberBreachPrincipals, on);
  if (threshold === undefined) return undefined;
  if (numbers.inFile === false) return { reportable: false, because: [noFile] };
  const leaked = breach.met !== false;
  const handled = events?.some((e) => e === 'use' || e === 'provision') === true;
  if (breach.met === false && !handled && numbers.viewableByMany === false) {
    return { reportable: false, because: breach.because };
  }
  if (readable.met === false) return { reportable: false, because: readable.because };
  const lacking: Missing[] = [];
  if (numbers.inFile === undefined) lacking.push(askFile);
  if (breach.met === undefined) lacking.push(...breach.missing);
  if (readable.met === undefined) lacking.push(...readable.missing);
  const first: Situation = {
    met: leaked || handled ? improperPurpose : false,
    because: improper,
    missing: askImproper,
  };
  return settleSituations(rule, none, lacking, first, situations(numbers, { leaked, handled }, threshold));
}
