// Articles 43(5), 45 and 46: using anonymously processed information. It may serve any purpose, but nobody is looked up in it, and a company that
// received it never obtains the deleted information or the method of processing.

import type { Day } from '../../base/day.ts';
import type { Duty, Finding, Grounds, Missing } from '../../base/finding.ts';
import { appi, lacks, no, outsideText, settle, step } from '../answer.ts';
import type { UseFacts } from '../facts.ts';
import { neverIdentify, publishSafety } from './43-anonymisation.ts';

/** `madeHere`: the company made it itself (43); otherwise it was received as such (45). */
export type AnonymousUseFacts = Pick<UseFacts, 'madeHere' | 'identifies' | 'obtainsDeleted'>;

export const free = appi(
  '2(6)',
  '匿名加工情報は個人情報ではないので、目的の制限はありません。',
  'It is not personal information, so it is not limited by a purpose.',
);
const identifying: [string, string] = [
  '匿名加工情報を、ほかの情報と照らし合わせて本人を割り出すことはできません。',
  'Anonymously processed information may not be collated with other information to identify anybody.',
];
const byMaker = appi('43(5)', ...identifying);
const byRecipient = appi('45', ...identifying);
const obtaining = appi(
  '45',
  '受け取った匿名加工情報について、削除された情報や加工の方法を手に入れることはできません。',
  'For anonymously processed information that was received, neither the deleted information nor the method of processing may be obtained.',
);
const statistics = {
  ja: '本人を割り出さずに、全体の傾向だけを分析する',
  en: 'Analyse trends only, without looking anybody up',
};

/** 45, 46. The duties of a company that received it. */
export const received: readonly Duty[] = [
  { ...neverIdentify, article: '45' },
  { ...publishSafety, article: '46' },
];

/** 43(5), 45. The refusal of a use that is forbidden whatever its purpose, with what can be done instead; on stated facts only. */
export function refusedUse({ madeHere, identifies, obtainsDeleted }: AnonymousUseFacts): Finding | undefined {
  if (identifies) return no(bansOf(madeHere), statistics);
  return obtainsDeleted && madeHere === false ? no([obtaining], statistics) : undefined;
}

const bansOf = (madeHere: boolean | undefined): Grounds =>
  madeHere === undefined ? [byMaker, byRecipient] : madeHere ? [byMaker] : [byRecipient];

/** 43(5), 45, 46. May this anonymously processed information be used like this? */
export function decideAnonymousUse(facts: AnonymousUseFacts, on: Day): Finding {
  const silent = outsideText(on);
  if (silent) return silent;
  const refused = refusedUse(facts);
  if (refused) return refused;
  const { madeHere } = facts;
  const missing: Missing[] = [];
  const ask = (fact: keyof AnonymousUseFacts, article: string, ja: string, en: string): void => {
    if (facts[fact] === undefined) missing.push(lacks(fact, article, ja, en));
  };
  ask('madeHere', '43(5)', '当社が作ったか', 'Whether the company made it');
  ask(
    'identifies',
    '43(5)',
    'ほかの情報と照らし合わせて本人を割り出すか',
    'Whether it is collated to identify anybody',
  );
  if (!madeHere)
    ask('obtainsDeleted', '45', '削除された情報などを手に入れるか', 'Whether what was deleted is obtained');
  const bans = madeHere === false ? [...bansOf(madeHere), obtaining] : bansOf(madeHere);
  return settle(free, step(bans, madeHere ? [neverIdentify, publishSafety] : [...received], missing));
}
