// Article 34: content that is not true is corrected, added to or deleted, after an inquiry. An opinion is not a fact. What the company itself finds
// wrong is put right under article 22.

import type { Day } from '../../base/day.ts';
import type { Duty, Finding, Grounds, Missing } from '../../base/finding.ts';
import { appi, askInformation, duty, ground, lacks, outsideText, settle, step } from '../answer.ts';
import { contradiction, type Contradiction } from '../contradiction.ts';
import type { InformationKind } from '../facts.ts';
import { notRetained } from './16-retained.ts';
import { noticesOf, settled } from './36-outcome.ts';
import { feeContradictions, feeStep, type FeeFacts } from './38-fee.ts';

/** 34, 22: must this content be corrected? */
export interface CorrectionFacts {
  information?: InformationKind;
  /** Who says that it is wrong: the person or the company. */
  raisedBy?: 'principal' | 'company';
  /** The company retains data that identifies the person. */
  retained?: boolean;
  /** `evaluation`: an opinion, not a fact. */
  content?: 'fact' | 'evaluation';
  /** What the inquiry found. */
  inquiry?: 'untrue' | 'partly-untrue' | 'true';
  /** The correction is needed for the purpose of use. */
  purposeNeeds?: boolean;
  /** Another law has its own procedure for correcting this. */
  otherProcedure?: boolean;
  fee?: FeeFacts | null;
}

const rule = appi(
  '34(2)',
  '請求を受けたら遅滞なく調べ、内容が事実でなければ訂正などをします。',
  'On request the company inquires without delay, and corrects what is not true.',
);
const accuracyRule = appi(
  '22',
  '個人データを、目的に必要な範囲で正確で最新の内容に保ちます。',
  'Personal data is kept accurate and up to date as far as the purpose needs.',
);
const untrue = appi(
  '34(2)',
  '本人の請求を受けて調べた結果、内容が事実でなかったので直します。',
  'An inquiry into the person’s request showed that it is not true.',
);
const partly = appi(
  '34(2)',
  '調べた結果、一部が事実でなかったので、その部分だけを直します。',
  'The inquiry showed that part of it is not true, and only that part is corrected.',
);
const evaluation = appi(
  '34(1)',
  '評価や意見は事実ではないので、訂正の請求の対象になりません。',
  'An evaluation or an opinion is not a fact, so its correction cannot be requested.',
);
const isTrue = appi(
  '34(2)',
  '調べた結果、内容は事実でした。訂正は要りません。',
  'The inquiry showed that it is true, so nothing is corrected.',
);
const unneeded = appi(
  '34(2)',
  '利用目的からみて、訂正は必要ありません。',
  'The correction is not needed for the purpose of use.',
);
const none = appi(
  '34(1)',
  'この人が識別される保有個人データがありません。',
  'The company retains no data that identifies this person.',
);
const elsewhere = appi(
  '34(2)',
  'ほかの法令が訂正の手続を定めているので、その手続によります。',
  'Another law has its own procedure for the correction, which applies instead.',
);
const correct: Duty = duty(
  'correct',
  ['APPI', '34(2)'],
  'at-once',
  '遅滞なく訂正、追加または削除をする',
  'Correct, add or delete without delay',
);
const keepAccurate: Duty = duty('correct', ['APPI', '22'], 'at-once', '正確で最新の内容に直す', 'Bring it up to date');
const verifyNumber: Duty = duty(
  'verify-identity',
  ['NumberingAct', '16'],
  'before',
  '新しい個人番号は、番号と身元を確かめてから直す',
  'Verify number and identity before taking a new My Number',
);
const numberRule = ground(
  'NumberingAct',
  '16',
  '個人番号を受け取るときは、本人確認をします。',
  'Identity is verified whenever a My Number is received.',
);

/** 22. The answer on what the company itself found to be wrong or out of date. */
function byCompany(facts: CorrectionFacts, missing: Missing[]): Finding {
  if (facts.content === 'evaluation' || facts.inquiry === 'true' || facts.purposeNeeds === false) {
    return settled('no', [accuracyRule], [], [], step());
  }
  if (missing.length > 0) return settle(accuracyRule, step([], [], missing));
  const number = facts.information === 'my-number';
  const because: Grounds = number ? [accuracyRule, numberRule] : [accuracyRule];
  return settled('yes', because, number ? [verifyNumber, keepAccurate] : [keepAccurate], [], step());
}

function lacksOf(facts: CorrectionFacts): Missing[] {
  const missing = askInformation(facts, '34(1)');
  const ask = (fact: keyof CorrectionFacts, ja: string, en: string): void => {
    if (facts[fact] === undefined) missing.push(lacks(fact, '34(1)', ja, en));
  };
  ask('raisedBy', '本人が請求したか、当社が気づいたか', 'Whether the person asks or the company noticed');
  ask('content', '事実か、評価や意見か', 'Whether it is a fact or an evaluation');
  ask('inquiry', '調べた結果、事実だったか', 'What the inquiry found');
  ask('purposeNeeds', '利用目的のために訂正が必要か', 'Whether the correction is needed for the purpose');
  if (facts.raisedBy !== 'company') {
    ask('retained', 'この人のデータを持っているか', 'Whether the person’s data is retained');
    ask('otherProcedure', 'ほかの法令に訂正の手続があるか', 'Whether another law has its own procedure');
  }
  return missing;
}

/** The grounds for refusing a person's request on the known facts; undefined when there are none. */
function refusalOf(facts: CorrectionFacts): Grounds | undefined {
  if (facts.retained === false) return [none];
  if (facts.content === 'evaluation') return [evaluation];
  if (facts.otherProcedure) return [elsewhere];
  if (facts.inquiry === 'true') return [isTrue];
  return facts.purposeNeeds === false ? [unneeded] : undefined;
}

/** 34, 22. Must this content be corrected? The person who asked is told either way, with the content of the change. */
export function decideCorrection(facts: CorrectionFacts, on: Day): Finding {
  const silent = outsideText(on);
  if (silent) return silent;
  const outside = notRetained(facts);
  if (outside) return outside;
  const missing = lacksOf(facts);
  if (facts.raisedBy === 'company') return byCompany(facts, missing);
  const fee = feeStep('correction', facts.fee);
  const refused = facts.raisedBy && refusalOf(facts);
  if (refused) return settled('no', refused, [], noticesOf('correction', 'refused'), fee);
  if (missing.length > 0) return settle(rule, step([], [], missing));
  const part = facts.inquiry === 'partly-untrue';
  const said = part ? partly : untrue;
  const number = facts.information === 'my-number';
  return settled(
    'yes',
    number ? [said, numberRule] : [said],
    number ? [verifyNumber, correct] : [correct],
    noticesOf('correction', part ? 'partly' : 'granted'),
    fee,
  );
}

/** Facts of a correction that cannot all be true. */
export function correctionContradictions(facts: CorrectionFacts): Contradiction[] {
  const found = feeContradictions(facts.fee);
  if (facts.content === 'evaluation' && facts.inquiry !== undefined && facts.inquiry !== 'true') {
    found.push(
      contradiction(
        'inquiry',
        '評価や意見は、事実かどうかを調べる対象になりません',
        'An evaluation is neither true nor untrue',
      ),
    );
  }
  if (facts.raisedBy === 'company' && facts.fee) {
    found.push(
      contradiction(
        'fee',
        '当社が自分で気づいて直すときに、手数料はありません',
        'There is no fee for what the company noticed itself',
      ),
    );
  }
  return found;
}
