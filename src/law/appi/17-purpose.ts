// Article 17: the purpose is specified as concretely as possible, and changes only within what is related to the old purpose.

import type { Day } from '../../base/day.ts';
import type { Duty, Finding, Ground, Missing } from '../../base/finding.ts';
import {
  appi,
  askInformation,
  asserts,
  clauseOf,
  duty,
  lacks,
  no,
  outsideText,
  settle,
  step,
  unknown,
  type Test,
} from '../answer.ts';
import { contradiction, type Contradiction } from '../contradiction.ts';
import type { PurposeChangeFacts, PurposeFacts } from '../facts.ts';
import { asksJudgement, judged } from '../judgement.ts';
import { specificUse } from '../numbering/30-specific.ts';
import { consentContradictions, testConsent } from './16-consent.ts';
import { usedUnlinked } from './18-use.ts';
import { testNoticeException } from './21-notice.ts';
import { publishPseudonymousPurpose } from './41-pseudonymisation.ts';
import { free } from './45-use.ts';

const specified = appi(
  '17(1)',
  '目的はできる限り具体的に特定します。',
  'A purpose is specified as concretely as possible.',
);
const vague = appi(
  '17(1)',
  'この文では、何に使われるかを本人が思い描けません。',
  'From this text a person cannot foresee what the information is used for.',
);
const provisionUnstated = appi(
  '17(1)',
  '第三者に渡すことが目的に書かれていません。',
  'The purpose does not say that the information is given to third parties.',
);
const analysisUnstated = appi(
  '17(1)',
  '行動や関心を分析することが目的に書かれていません。',
  'The purpose does not say that behaviour or interests are analysed.',
);

const rewrite = {
  ja: '本人が使い道を思い描けるように、目的を書き直す',
  en: 'Reword the purpose so that a person can foresee the use',
};

const askConcrete = asksJudgement(
  'purposeConcrete',
  'APPI',
  '17(1)',
  'この文から、本人が使い道を思い描けるか',
  'whether a person can foresee the use from this text',
);

/** 17(1). Is the purpose specified well enough to be used? */
export function decidePurpose(facts: PurposeFacts, on: Day): Finding {
  const silent = outsideText(on);
  if (silent) return silent;
  const concrete = judged(facts.judgements, 'purposeConcrete', on);
  if (concrete === false) return no([vague], rewrite);
  if (facts.providesToThirdParties && facts.provisionStated === false) return no([provisionUnstated], rewrite);
  if (facts.analysesBehaviour && facts.analysisStated === false) return no([analysisUnstated], rewrite);
  const missing: Missing[] = [];
  const ask = (fact: keyof PurposeFacts, ja: string, en: string): void => {
    if (facts[fact] === undefined) missing.push(lacks(fact, '17(1)', ja, en));
  };
  if (concrete === undefined) {
    missing.push(askConcrete);
    ask('text', '利用目的の文', 'The text of the purpose');
  }
  ask('providesToThirdParties', '第三者に渡すか', 'Whether it is given to third parties');
  ask('analysesBehaviour', '行動や関心を分析するか', 'Whether behaviour or interests are analysed');
  if (facts.providesToThirdParties) {
    ask('provisionStated', '渡すことが書かれているか', 'Whether the provision is stated');
  }
  if (facts.analysesBehaviour) ask('analysisStated', '分析することが書かれているか', 'Whether the analysis is stated');
  return settle(specified, step([], [], missing));
}

export const related = asserts(
  ['judgements.purposeRelated'],
  appi(
    '17(2)',
    '元の目的と関連すると合理的に認められる範囲の変更です。',
    'The change stays within what is reasonably related to the old purpose.',
  ),
  '目的を変えられるのは、元の目的と関連すると合理的に認められる範囲だけです。',
  'A purpose may change only within what is reasonably related to the old one.',
);
const unrelated = appi('17(2)', '元の目的と関連する範囲を超えています。', 'The change goes beyond what is related.');
const consented = appi('18(1)', '新しい目的について本人の同意があります。', 'The person consented to the new purpose.');
const announced = appi(
  '21(3)',
  '変えた目的を本人に通知または公表しています。',
  'The changed purpose has been notified or published.',
);
const mustAnnounce = appi(
  '21(3)',
  '変えた目的は本人に通知または公表します。',
  'A changed purpose is notified to the persons or published.',
);
const publishChanged: Duty = duty(
  'publish-changed-purpose',
  ['APPI', '21(3)'],
  'at-once',
  '変えた目的を本人に通知または公表する',
  'Notify the persons of the changed purpose, or publish it',
);
const askRelated = asksJudgement(
  'purposeRelated',
  'APPI',
  '17(2)',
  '新しい目的が、元の目的と関連するか',
  'whether the new purpose is related to the old one',
);
const askNewPurpose = lacks('newPurpose', '17(2)', '新しい目的の文', 'The text of the new purpose');

/** 17(2). Has the officer judged the new purpose to be related to the old one? Before a judgement, the text of the new purpose must be stated. */
export function testRelated(
  { newPurpose, judgements }: Pick<PurposeChangeFacts, 'newPurpose' | 'judgements'>,
  on: Day,
): Test {
  const answer = judged(judgements, 'purposeRelated', on);
  if (answer === undefined) return { met: undefined, missing: newPurpose ? [askRelated] : [askRelated, askNewPurpose] };
  return answer ? { met: true } : { met: false, because: unrelated };
}

const getConsent = { ja: '新しい目的について本人の同意を得る', en: 'Obtain the person’s consent to the new purpose' };

export const unlimited = appi(
  '41(9)',
  '仮名加工情報の目的は、元の目的と関連しなくても変えられますが、変えた目的の公表が要ります。',
  'The purpose of pseudonymously processed information may change beyond what is related, but the new one has to be published.',
);

/** 2(6), 2(7), 41(4), (9). The answer for kinds whose purpose 17(2) does not limit; undefined for the others. */
function changeByKind(facts: PurposeChangeFacts, held: Ground[], missing: Missing[]): Finding | undefined {
  switch (facts.information) {
    case 'pseudonymous': {
      const exception = testNoticeException(facts.noticeException, undefined);
      const duties = exception.met ? [] : [publishPseudonymousPurpose];
      return settle(unlimited, exception.step, step(held, duties, missing));
    }
    case 'anonymous':
      return settle(free, step(held, [], missing));
    default:
      return usedUnlinked(facts);
  }
}

/** 17(2), 18(1), 21(3), and by kind 41(4). May information held for one purpose be turned to another? */
export function decidePurposeChange(facts: PurposeChangeFacts, on: Day): Finding {
  const silent = outsideText(on);
  if (silent) return silent;
  if (facts.information === 'my-number') return specificUse();
  const missing = askInformation(facts, '17(2)');
  if (facts.from === undefined) missing.push(lacks('from', '17(2)', 'いまの目的', 'The present purpose'));
  const held: Ground[] = facts.from ? [clauseOf(facts.from)] : [];
  const ofKind = changeByKind(facts, held, missing);
  if (ofKind) return ofKind;
  const relation = testRelated(facts, on);
  if (relation.met) {
    const exception = testNoticeException(facts.noticeException, undefined);
    if (facts.published === true) return settle(related, step([announced, ...held], [], missing));
    if (exception.met) return settle(related, exception.step, step(held, [], missing));
    return settle(related, exception.step, step([mustAnnounce, ...held], [publishChanged], missing));
  }
  const prior = testConsent(facts, ['coversPurpose'], '18(1)', on);
  if (prior.met) return settle(consented, step([...prior.because, ...held], [], missing));
  if (relation.met === undefined) return unknown([related, ...held], [...relation.missing, ...missing]);
  if (prior.met === undefined) return settle(unrelated, step(held, [], [...prior.missing, ...missing]));
  // 17(2) limits neither processed nor unlinked information, so a kind that is not known refuses nothing.
  if (missing.length > 0) return settle(unrelated, step(held, [], missing));
  return no([unrelated, prior.because, ...held], ...prior.instead, getConsent);
}

/** Contradictions of a change: once the new purpose is published, telling it can no longer do harm. */
export const purposeChangeContradictions = (facts: PurposeChangeFacts): Contradiction[] => [
  ...consentContradictions(facts.consent),
  ...(facts.published && facts.noticeException?.confirmed
    ? [contradiction('noticeException', 'すでに公表しています', 'It has been published already')]
    : []),
];
