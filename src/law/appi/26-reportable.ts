// Article 26(1) and Rule 7: is the incident one of the four reportable situations of the APPI? What only the Numbering Act or the Telecommunications
// Business Act asks is decided in their own files.

import type { Day } from '../../base/day.ts';
import type { Missing } from '../../base/finding.ts';
import { appi, lacks, rules } from '../answer.ts';
import { breachPrincipals, inForce } from '../parameters.ts';
import type { BreachFacts } from './26-breach.ts';
import { exceeds, settleSituations, type Condition, type Side, type Situation } from './26-situations.ts';

const rule = appi(
  '26(1)',
  '個人の権利利益を害するおそれの大きい漏えいなどは、報告します。確かめている間も、速報までの日数は進みます。',
  'Leaks and the like that are highly likely to harm people’s rights are reported. The days until the preliminary report run even while facts are being checked.',
);
const specialCare = rules('7(i)', '要配慮個人情報が含まれます。', 'Special care-required information is concerned.');
const property = rules(
  '7(ii)',
  '悪用されると財産の被害が出るおそれのあるデータです。',
  'Misuse of this data may cause damage to property.',
);
const improper = rules(
  '7(iii)',
  '不正の目的で当社に対して行われた行為によるおそれがあります。1人でも報告の対象です。',
  'It may come from an act against us with an improper purpose. It is reported even for a single person.',
);
const many = rules(
  '7(iv)',
  '本人の数が基準を超えるか、超えるおそれがあります。',
  'The number of people exceeds the threshold, or may.',
);
const none = rules(
  '7',
  '報告対象事態のどれにも当たりません。社内での対応は要ります。',
  'It is none of the reportable situations. It still has to be dealt with inside the company.',
);
const pseudonymous = appi(
  '41(9)',
  '仮名加工情報には、漏えいなどの報告の定めが働きません。',
  'The rule on breach reports does not apply to pseudonymised information.',
);
const noData = appi(
  '26(1)',
  '個人データではないので、個人情報保護法の報告の対象ではありません。',
  'It is not personal data, so the APPI requires no report.',
);
const askData = lacks('data', '26(1)', 'どんな情報か', 'What kind of information it is');
const askSpecialCare = lacks(
  'specialCare',
  '26(1)',
  '要配慮個人情報を含むか',
  'Whether it holds special care-required information',
);
const askProperty = lacks(
  'propertyDamage',
  '26(1)',
  '悪用されると財産の被害が出るデータか',
  'Whether misuse may cause damage to property',
);
const askImproper = lacks(
  'improperPurpose',
  '26(1)',
  '不正アクセスや持ち出しなど、不正の目的によるおそれがあるか',
  'Whether an improper purpose, such as unauthorised access, is possible',
);
const askPrincipals = lacks(
  'principals',
  '26(1)',
  '本人の数（確かでない間は、考えられる最大の数）',
  'How many people (while not certain, the largest possible number)',
);

/** 26(1), Rule 7. `breach` and `readable` are the results of the tests that the statutes share. Undefined on a day without law data. */
export function ownSide(facts: BreachFacts, breach: Condition, readable: Condition, on: Day): Side | undefined {
  const threshold = inForce(breachPrincipals, on);
  if (threshold === undefined) return undefined;
  const { data } = facts;
  if (data === 'pseudonymous') return { reportable: false, because: [pseudonymous] };
  if (data === 'scattered' || data === 'not-personal') return { reportable: false, because: [noData] };
  if (breach.met === false) return { reportable: false, because: breach.because };
  if (readable.met === false) return { reportable: false, because: readable.because };
  const lacking: Missing[] = data === undefined ? [askData] : [];
  if (breach.met === undefined) lacking.push(...breach.missing);
  if (readable.met === undefined) lacking.push(...readable.missing);
  const first: Situation = { met: facts.improperPurpose, because: improper, missing: askImproper };
  const others: Situation[] = [
    { met: facts.specialCare, because: specialCare, missing: askSpecialCare },
    { met: facts.propertyDamage, because: property, missing: askProperty },
    { met: exceeds(facts.principals, threshold), because: many, missing: askPrincipals },
  ];
  // Information that was to become personal data counts only in the situation of an act against the company.
  return settleSituations(rule, none, lacking, first, data === 'intended' ? [] : others);
}
