// 27(3): what may change in a filed opt-out, and whether the change is made known and filed beforehand or without delay after it. The ending must be
// filed too. Where the policy closes opt-outs, or the data may never be provided by one, the ending is the only change possible.

import type { Day } from '../../base/day.ts';
import type { Duty, Finding, Ground, Missing } from '../../base/finding.ts';
import { appi, askInformation, duty, lacks, no, noLawOn, outsideText, settle, step, unknown } from '../answer.ts';
import type { OptOutFacts, OptOutField } from '../facts.ts';
import { asksJudgement, judged, type Judgements } from '../judgement.ts';
import { specificOptOut } from '../numbering/30-specific.ts';
import { allInForce, optOutChanges, optOutPublication } from '../parameters.ts';
import type { DataKind } from './22-accuracy.ts';
import { consentInstead, hasty, lawWouldAllow, neverByOptOut, period, promised, publishFiled } from './27-opt-out.ts';

/** The item of the opt-out that changes, or `end`: nothing more is provided by it. */
export type OptOutChange = OptOutField | 'end';

/** 27(3): may the filed opt-out be changed like this, or ended? */
export interface OptOutChangeFacts extends Pick<OptOutFacts, 'acquiredUnlawfully' | 'receivedByOptOut'> {
  /** The information provided by the opt-out after the change. */
  information?: DataKind;
  change?: OptOutChange;
  /** The day the change takes effect, or the day the provision ends. */
  effectiveOn?: Day;
  /** The day the change is made known, past or planned; null = none is planned. */
  announcedOn?: Day | null;
  /** The day it is filed with the Commission, past or planned; null = none is planned. */
  filedOn?: Day | null;
  /** The clause that closes opt-outs, where the company promised more than the law requires. */
  policy?: { optOutClosedBy?: string };
  judgements?: Judgements;
}

const after = appi(
  '27(3)',
  '当社の名称、住所、代表者の変更とオプトアウトの終わりは、遅滞なく知らせ、届け出ます。',
  'A change of our name, address or representative, and the ending of an opt-out, is made known and filed without delay.',
);
const before = appi(
  '27(3)',
  '項目、取得や提供の方法、求めの受付け、更新と開始の変更は、前もって知らせ、届け出ます。',
  'A change of the items, of how they are acquired, provided or updated, of the start or of how to ask is made known and filed beforehand.',
);
const unannounced = appi(
  '27(3)',
  '変わる日より前に、変更を知らせていません。',
  'The change is not made known before the day it takes effect.',
);
const unfiled = appi(
  '27(3)',
  '変わる日より前に、変更を個人情報保護委員会に届け出ていません。',
  'The change is not filed with the Commission before the day it takes effect.',
);
const unchangeable = appi(
  '27(3)',
  '提供を目的とすることと、求めに応じて止めることは、変えられる事項に含まれません。',
  'That provision is a purpose, and that it stops on request, are not among what may change.',
);
const indispensable = appi(
  '27(2)',
  'どちらかをやめると、オプトアウトで渡す要件を欠きます。',
  'If either of them ends, nothing may be provided by opt-out.',
);
const pseudonymous = appi(
  '41(6)',
  '仮名加工情報はオプトアウトで渡せません。',
  'Pseudonymously processed information may not be provided by opt-out.',
);
const tellFirst = {
  ja: '変わる日より前に、変更を知らせ、届け出る',
  en: 'Make the change known and file it before the day it takes effect',
};
const leaveTime = {
  ja: '本人が停止を求めるのに必要な期間をおいてから変える',
  en: 'Put the change off until the persons have had enough time to ask that it stop',
};
const leaveOut = {
  ja: 'その情報をオプトアウトに含めない',
  en: 'Leave that information out of the opt-out',
};
const endInstead = {
  ja: 'オプトアウトでの提供をやめ、遅滞なくその旨を知らせ、届け出る',
  en: 'Stop providing by opt-out, make that known and file it without delay',
};

const askChange = lacks('change', '27(3)', '何を変えるか、やめるか', 'What is changed, or whether it ends');
const askEffective = lacks(
  'effectiveOn',
  '27(3)',
  '変更の効力が生じる日、または提供をやめた日',
  'The day the change takes effect, or the provision stopped',
);
/** For a change told beforehand, which has a period of its own (Rule 11(1)(i)). */
const askTime = asksJudgement(
  'changeTimeToObject',
  'APPI-Rules',
  '11(1)(i)',
  '変更を知らせてから変わるまでに、本人が停止を求めるのに必要な期間があるか',
  'whether the persons have enough time between the notice of the change and the change to ask that it stop',
);
const askBeforehand: Readonly<Record<'announcedOn' | 'filedOn' | 'acquiredUnlawfully' | 'receivedByOptOut', Missing>> =
  {
    announcedOn: lacks('announcedOn', '27(3)', '変更を知らせる日', 'The day the change is made known'),
    filedOn: lacks(
      'filedOn',
      '27(3)',
      '変更を個人情報保護委員会に届け出る日',
      'The day it is filed with the Commission',
    ),
    acquiredUnlawfully: lacks(
      'acquiredUnlawfully',
      '27(2)',
      '不正に取得された情報でないか',
      'Whether it was acquired unlawfully',
    ),
    receivedByOptOut: lacks(
      'receivedByOptOut',
      '27(2)',
      'オプトアウトで受け取った情報でないか',
      'Whether it was itself received by opt-out',
    ),
  };

const announceBefore = (by: Day): Duty =>
  duty(
    'make-known',
    ['APPI', '27(3)'],
    'before',
    '変わる前に、変更を本人に知らせるか、容易に知り得るようにする',
    'Notify the persons of the change, or make it easily accessible to them, before it takes effect',
    { by },
  );
const fileBefore = (by: Day): Duty =>
  duty(
    'file-opt-out',
    ['APPI', '27(3)'],
    'before',
    '変わる前に、変更を個人情報保護委員会に届け出る',
    'File the change with the Commission before it takes effect',
    { by },
  );
const announceAfter = duty(
  'make-known',
  ['APPI', '27(3)'],
  'at-once',
  '遅滞なく、その旨を本人に知らせるか、容易に知り得るようにする',
  'Notify the persons of it, or make it easily accessible to them, without delay',
);
const fileAfter = duty(
  'file-opt-out',
  ['APPI', '27(3)'],
  'at-once',
  '遅滞なく、その旨を個人情報保護委員会に届け出る',
  'File it with the Commission without delay',
);

/** The refusal when only the ending is possible: the data may never be provided by opt-out, or the policy promised that none is. */
function closed(facts: OptOutChangeFacts, told: 'after' | 'before'): Finding | undefined {
  const clause = facts.policy?.optOutClosedBy;
  const promise: Ground[] = clause === undefined ? [] : [promised(clause)];
  // Where only the company's particulars change, the origin of the data is not asked again.
  const origin = told === 'before' ? facts : {};
  const banned = facts.information === 'pseudonymous' ? pseudonymous : neverByOptOut(facts.information, origin);
  if (banned) return no([banned, ...promise], leaveOut, consentInstead);
  return clause === undefined ? undefined : no([lawWouldAllow, promised(clause)], endInstead);
}

const tooLate = (told: Day | null | undefined, effectiveOn: Day | undefined): boolean =>
  told === null || (told !== undefined && effectiveOn !== undefined && told >= effectiveOn);

/** A change made known and filed before it takes effect. */
function changeBeforehand(facts: OptOutChangeFacts, missing: Missing[], on: Day): Finding {
  const { announcedOn, filedOn, effectiveOn } = facts;
  if (tooLate(announcedOn, effectiveOn)) return no([unannounced, before], tellFirst);
  if (tooLate(filedOn, effectiveOn)) return no([unfiled, before], tellFirst);
  const inTime = judged(facts.judgements, 'changeTimeToObject', on);
  if (inTime === false) return no([hasty, before], leaveTime);
  for (const [fact, asks] of Object.entries(askBeforehand)) {
    if (facts[fact as keyof typeof askBeforehand] === undefined) missing.push(asks);
  }
  if (inTime === undefined) missing.push(askTime);
  const duties: Duty[] = [];
  if (announcedOn && announcedOn > on) duties.push(announceBefore(announcedOn));
  if (filedOn && filedOn > on) duties.push(fileBefore(filedOn));
  return settle(before, step([period], [...duties, publishFiled], missing));
}

/** A change, or the ending, made known and filed without delay after it. */
function changeAfterwards(facts: OptOutChangeFacts, missing: Missing[], on: Day): Finding {
  const { announcedOn, filedOn, effectiveOn } = facts;
  const done = (told: Day | null | undefined): boolean =>
    !!told && effectiveOn !== undefined && told >= effectiveOn && told <= on;
  const duties: Duty[] = [];
  if (!done(announcedOn)) duties.push(announceAfter);
  if (!done(filedOn)) duties.push(fileAfter);
  return settle(after, step([], [...duties, publishFiled], missing));
}

/** 27(3), Rules 11(1) and 14. May the filed opt-out be changed like this, or ended, and what must be told, to whom, before or after? */
export function decideOptOutChange(facts: OptOutChangeFacts, on: Day): Finding {
  const silent = outsideText(on);
  if (silent) return silent;
  if (facts.information === 'my-number') return specificOptOut();
  const law = allInForce({ changes: optOutChanges, published: optOutPublication }, on);
  if (!law) return noLawOn();
  const missing = askInformation(facts, '27(3)');
  const { change } = facts;
  if (change === undefined) return unknown([before, after], [...missing, askChange]);
  const told = law.changes[change];
  if (told === 'never') return no([unchangeable, indispensable], endInstead);
  const refused = change === 'end' ? undefined : closed(facts, told);
  if (refused) return refused;
  if (facts.effectiveOn === undefined) missing.push(askEffective);
  return told === 'before' ? changeBeforehand(facts, missing, on) : changeAfterwards(facts, missing, on);
}
