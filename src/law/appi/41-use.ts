// Articles 41(3), (4), (7), (8) and 42(3): using pseudonymously processed information. Nobody is looked up in it, nobody is contacted with it, and
// consent changes nothing. While it is still personal information, it serves only the purposes published for it.

import type { Day } from '../../base/day.ts';
import type { Finding, Ground, Missing } from '../../base/finding.ts';
import { appi, clauseOf, lacks, no, outsideText, rules, settle, step } from '../answer.ts';
import type { UseFacts } from '../facts.ts';
import { exceptionGround, recordException, testException } from './18-exceptions.ts';

/** `holdingPurposes` are those published for it (41(4)). As an `exception`, only a law counts. */
export type PseudonymousUseFacts = Pick<
  UseFacts,
  'pseudonymousType' | 'purpose' | 'holdingPurposes' | 'exception' | 'identifies' | 'contacts' | 'obtainsDeleted'
>;

const limited = appi(
  '41(3)',
  '仮名加工情報は、公表した目的の範囲か、法令に基づく場合にだけ使えます。',
  'Pseudonymously processed information is used only for its published purposes or where a law is the basis.',
);
export const withinPublished = appi(
  '41(3)',
  '仮名加工情報について公表した目的の範囲内です。',
  'It is within the purposes published for the pseudonymously processed information.',
);
export const beyondPublished = appi(
  '41(3)',
  '公表した目的の範囲を超えます。本人の同意があっても使えません。',
  'This goes beyond the published purposes. It may not be used even with the person’s consent.',
);
const onlyLaw = appi(
  '41(3)',
  '仮名加工情報の例外は、法令に基づく場合だけです。',
  'For pseudonymously processed information, the only exception is a law.',
);
const free = appi(
  '42(3)',
  '個人情報でない仮名加工情報に、目的の制限はありません。本人を割り出すことと本人に連絡することは禁じられます。',
  'Where it is not personal information there is no limit by purpose; looking persons up and contacting them is forbidden.',
);
const identifying = appi(
  '41(7)',
  '仮名加工情報を、ほかの情報と照らし合わせて本人を割り出すことはできません。',
  'Pseudonymously processed information may not be collated with other information to identify anybody.',
);
const contacting = appi(
  '41(8)',
  '仮名加工情報の中の連絡先を使って、本人に連絡することはできません。',
  'Contact details in pseudonymously processed information may not be used to contact anybody.',
);
const contactMeans = rules(
  '33',
  '電子メールやメッセージも、禁じられる連絡です。',
  'E-mail and messages are forbidden as well.',
);
const obtaining = appi(
  '42(3)',
  '削除された情報や加工の方法を手に入れることはできません。',
  'What was deleted, or how it was processed, may not be obtained.',
);
const alike = appi(
  '42(3)',
  '個人情報でない仮名加工情報でも同じです。',
  'The same holds where it is not personal information.',
);
const republish = [
  {
    ja: '目的を変え、公表してから使う（関連する範囲でなくてもよい）',
    en: 'Change the purpose and publish it first; it need not be related to the old one',
  },
];
export const original = {
  ja: '元の個人情報を、その目的の範囲で使う',
  en: 'Use the original personal information, within its own purposes',
};

/** The missing fact whether it is still personal information. `path` leads to the facts that contain it. */
export const askPseudonymousType = (path = ''): Missing =>
  lacks(
    `${path}pseudonymousType`,
    '41',
    '元の情報などを当社が持っているか',
    'Whether the company holds the original or the like',
  );

/** 41(7), (8), 42(3). The grounds that forbid the use whatever its purpose, on stated facts only. */
export function forbidden(facts: PseudonymousUseFacts): Ground[] | undefined {
  const too = facts.pseudonymousType === 'non-personal' ? [alike] : [];
  if (facts.identifies) return [identifying, ...too];
  if (facts.contacts) return [contacting, contactMeans, ...too];
  return facts.obtainsDeleted && facts.pseudonymousType === 'non-personal' ? [obtaining] : undefined;
}

function lacksOf(facts: PseudonymousUseFacts): Missing[] {
  const missing: Missing[] = [];
  const ask = (fact: keyof PseudonymousUseFacts, article: string, ja: string, en: string): void => {
    if (facts[fact] === undefined) missing.push(lacks(fact, article, ja, en));
  };
  if (!facts.pseudonymousType) missing.push(askPseudonymousType());
  ask(
    'identifies',
    '41(7)',
    'ほかの情報と照らし合わせて本人を割り出すか',
    'Whether it is collated to identify anybody',
  );
  ask('contacts', '41(8)', '中の連絡先で本人に連絡するか', 'Whether anybody is contacted with it');
  if (facts.pseudonymousType === 'non-personal') {
    ask('obtainsDeleted', '42(3)', '削除された情報などを手に入れるか', 'Whether what was deleted is obtained');
  }
  return missing;
}

/** The answer for the type that is still personal information: by its purpose, or under a law. */
function ofPersonalType(facts: PseudonymousUseFacts, missing: Missing[]): Finding {
  const { purpose, holdingPurposes: published } = facts;
  const match = published?.find((p) => p.id === purpose);
  if (match) return settle(withinPublished, step([clauseOf(match)], [], missing));
  const claim = facts.exception;
  const law = claim?.item === '18(3)(i)' ? testException(claim) : undefined;
  if (claim && law?.met)
    return settle(exceptionGround(claim.item), step([onlyLaw], [recordException(claim.item)], missing));
  const open = [...missing, ...(law?.met === undefined && law ? law.missing : [])];
  if (!purpose) open.push(lacks('purpose', '41(3)', '何のために使うか', 'What it is used for'));
  if (!published) {
    open.push(lacks('holdingPurposes', '41(4)', '仮名加工情報について公表した目的', 'The purposes published for it'));
  }
  if (open.length > 0) return settle(limited, step([], [], open));
  const failed = law?.met === false ? [law.because] : claim ? [onlyLaw] : [];
  return no([beyondPublished, ...(published ?? []).map(clauseOf), ...failed], ...republish);
}

/** 41(3), (4), (7), (8), 42(3). May this pseudonymously processed information be used like this? */
export function decidePseudonymousUse(facts: PseudonymousUseFacts, on: Day): Finding {
  const silent = outsideText(on);
  if (silent) return silent;
  const [first, ...more] = forbidden(facts) ?? [];
  if (first) return no([first, ...more], original);
  const missing = lacksOf(facts);
  if (facts.pseudonymousType === 'non-personal') return settle(free, step([], [], missing));
  if (facts.pseudonymousType === 'personal') return ofPersonalType(facts, missing);
  return settle(limited, step([], [], missing));
}
