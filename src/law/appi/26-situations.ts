// What makes an incident a breach, and the parts that both statutes share: events that were undone, data made unreadable, and how the situations of a
// rule are settled. It has no threshold of its own and depends on no day but the one on which a judgement is valid.

import type { Day } from '../../base/day.ts';
import type { Ground, Grounds, Missing } from '../../base/finding.ts';
import { ground, lacks, rules, type Test } from '../answer.ts';
import { asksJudgement, judged } from '../judgement.ts';
import type { BreachFacts } from './26-breach.ts';

/**
 * The result of one statute for an incident. `longer`: true when an improper purpose is possible, which gives more days for the full report; the
 * missing fact when that is unknown and another situation already makes the incident reportable.
 */
export type Side =
  | { reportable: true; because: Grounds; longer: boolean | Missing }
  | { reportable: false; because: Grounds }
  | { reportable: undefined; because: Grounds; missing: [Missing, ...Missing[]] };

/** A condition of an incident, which may fail for several reasons. */
export type Condition = Test<Grounds>;

/** One of the situations a rule lists. */
export interface Situation {
  met: boolean | undefined;
  because: Ground;
  missing: Missing;
}

const recovered = ground(
  'Guideline',
  '3-5-1-1',
  '第三者に見られないうちに、すべて回収しました。漏えいに当たりません。',
  'All of it was recovered before any third party saw it, so it is not a leak.',
);
const copied = ground(
  'Guideline',
  '3-5-1-2',
  '同じデータがほかに残っているので、滅失に当たりません。',
  'The same data is kept elsewhere, so nothing is lost.',
);
const restored = ground(
  'Guideline',
  '3-5-1-3',
  '同じデータがほかに残っているときに毀損に当たるかは、法律からは決まりません。当たらないと判断されています。',
  'The law does not settle whether data is damaged while the same data is kept elsewhere. It was judged that it is not.',
);
const noLeak = ground(
  'Guideline',
  '3-5-1',
  '個人データの漏えい、滅失、毀損のどれも起きていません。',
  'There was no leak, loss or damage of personal data.',
);
const unreadable = rules(
  '7(i)',
  '高度な暗号化などで守られ、鍵も守られているデータは、どの報告対象事態からも除かれます。',
  'Data protected by advanced encryption, with its key safe, is outside every reportable situation.',
);
const judgedUnreadable = rules(
  '7(i)',
  'この守り方で足りるかは、法律からは決まりません。高度な暗号化などに当たると判断されています。',
  'The law does not settle whether this protection is enough. It was judged to be a measure such as advanced encryption.',
);
export const askEvents = lacks('events', '26(1)', '何が起きたか（おそれを含む）', 'What happened or may have happened');
export const askRecovered = lacks(
  'recoveredUnviewed',
  '26(1)',
  '第三者に見られないうちに、すべて回収できたか',
  'Whether all of it was recovered before any third party saw it',
);
const askCopy = lacks('copyKept', '26(1)', '同じデータがほかに残っているか', 'Whether the same data is kept elsewhere');
const askRestored = asksJudgement(
  'damageUndone',
  'Guideline',
  '3-5-1-3',
  '同じデータがほかに残っているので、毀損に当たらないと見るか',
  'whether it is no damage, since the same data is kept elsewhere',
);
const askEncryption = lacks('encryption', '26(1)', 'データは暗号化されていたか', 'Whether the data was encrypted');
const askCipher = lacks(
  'encryption.recommended',
  '26(1)',
  '推奨される暗号方式が正しく使われていたか',
  'Whether a recommended algorithm was properly used',
);
const askKey = lacks('encryption.key', '26(1)', '鍵やパスワードは守られているか', 'Whether key and password are safe');
const askProtection = asksJudgement(
  'protection',
  'APPI-Rules',
  '7(i)',
  'この守り方が、高度な暗号化などの必要な措置に当たるか',
  'whether this protection is a necessary measure such as advanced encryption',
);

/** Is any event still a leak, loss or damage, or was every one undone? One that was not undone is enough; nothing more is asked then. */
export function testBreach(facts: BreachFacts, on: Day): Condition {
  if (!facts.events?.length) return { met: undefined, missing: [askEvents] };
  const undone: Ground[] = [];
  const missing: Missing[] = [];
  for (const event of facts.events) {
    if (event === 'use' || event === 'provision') continue;
    const cure = event === 'leak' ? facts.recoveredUnviewed : facts.copyKept;
    if (cure === false) return { met: true };
    if (cure === undefined) missing.push(event === 'leak' ? askRecovered : askCopy);
    else if (event !== 'damage') undone.push(event === 'leak' ? recovered : copied);
    else {
      const judgement = judged(facts.judgements, 'damageUndone', on);
      if (judgement === false) return { met: true };
      if (judgement) undone.push(restored);
      else missing.push(askRestored);
    }
  }
  if (missing.length > 0) return { met: undefined, missing: [...new Set(missing)] };
  const [first = noLeak, ...more] = undone;
  return { met: false, because: [first, ...more] };
}

/** Rule 7(i), parenthesis: can others read the data? Protected data is outside every situation, unless the key went with it. */
export function testReadable(facts: BreachFacts, on: Day): Condition {
  const { encryption } = facts;
  if (encryption === null || encryption?.key === 'exposed') return { met: true };
  if (!encryption) return { met: undefined, missing: [askEncryption] };
  if (encryption.recommended === false) {
    const judgement = judged(facts.judgements, 'protection', on);
    if (judgement === undefined) return { met: undefined, missing: [askProtection] };
    return judgement ? { met: false, because: [judgedUnreadable] } : { met: true };
  }
  const missing: Missing[] = [];
  if (encryption.recommended === undefined) missing.push(askCipher);
  if (encryption.key === undefined) missing.push(askKey);
  return missing.length > 0 ? { met: undefined, missing } : { met: false, because: [unreadable] };
}

/** True when more than `threshold` principals are concerned. While the number is uncertain, it is the largest possible one. */
export const exceeds = (principals: number | undefined, threshold: number): boolean | undefined =>
  principals === undefined ? undefined : principals > threshold;

const met = (s: Situation): boolean => s.met === true;

/**
 * Settles the situations of one statute. `first` is the one with the improper purpose. It also sets the day of the full report, so it is asked for
 * even when another situation already applies. `lacking` are the missing conditions that all of them share.
 */
export function settleSituations(
  rule: Ground,
  none: Ground,
  lacking: Missing[],
  first: Situation,
  others: Situation[],
): Side {
  const all = [first, ...others];
  const there = all.filter(met);
  if (all.every((s) => s.met === false)) return { reportable: false, because: [none] };
  const certain = there.length > 0 && lacking.length === 0;
  const asked = there.length > 0 ? [first] : all;
  const open = asked.filter((s) => s.met === undefined).map((s) => s.missing);
  const [lack, ...more] = certain ? [] : [...lacking, ...open];
  const because: Grounds = [rule, ...there.map((s) => s.because)];
  if (lack) return { reportable: undefined, because, missing: [lack, ...more] };
  return { reportable: true, because, longer: first.met ?? first.missing };
}
