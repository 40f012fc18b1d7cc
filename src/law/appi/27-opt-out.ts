// 27(2): provision by opt-out. Closed where the company's policy promised more than the law requires, and never possible for special care-required
// data, data acquired unlawfully, or data itself received by opt-out. The company also publishes what it filed.

import type { Day } from '../../base/day.ts';
import type { Duty, Finding, Ground, Missing } from '../../base/finding.ts';
import { appi, asserts, duty, lacks, no, noLawOn, rules, step, type Step } from '../answer.ts';
import type { InformationKind, OptOutFacts, OptOutField, ProvisionFacts } from '../facts.ts';
import { asksJudgement, judged } from '../judgement.ts';
import { allInForce, optOutFields, optOutPublication } from '../parameters.ts';
import { testPurpose } from './18-use.ts';

const open = asserts(
  ['optOut', 'judgements.timeToObject'],
  appi(
    '27(2)',
    '求めに応じて止めること、必要な事項を知らせること、届出がそろっています。',
    'It stops on request, all items were made known, and it was filed.',
  ),
  'オプトアウトで渡すには、求めに応じて止めること、必要な事項を知らせること、届出が必要です。',
  'An opt-out has to stop on request, its items have to be made known, and it has to be filed.',
);
export const lawWouldAllow = appi(
  '27(2)',
  '法律上は、要件を満たせばオプトアウトで渡せます。',
  'In law an opt-out is possible where its conditions are met.',
);
const against = (ja: string, en: string): Ground => appi('27(2)', ja, en);
const special = against(
  '要配慮個人情報はオプトアウトで渡せません。',
  'Special care-required data may not be provided by opt-out.',
);
const tainted = against('不正に取得された情報は渡せません。', 'Unlawfully acquired data may not be provided.');
const secondHand = against(
  'オプトアウトで受け取った情報を、さらにオプトアウトでは渡せません。',
  'Data received by opt-out may not be provided by opt-out again.',
);
const objected = against('本人が提供の停止を求めています。', 'The person has asked to stop the provision.');
const endless = against('求めに応じて止める仕組みがありません。', 'It does not stop on request.');
const unannounced = against('必要な事項を前もって知らせていません。', 'The items were not made known beforehand.');
const unfiled = against('個人情報保護委員会への届出がありません。', 'It has not been filed with the Commission.');
const incomplete = against('知らせた事項が足りません。', 'Some of the items were not made known.');
const unlistedItems = against(
  '知らせて届け出た項目にないものが含まれています。',
  'Some items are not among those made known and filed.',
);
const outside = against(
  'オプトアウトで渡せるのは、第三者に渡すことを含めて、決めた利用目的の範囲だけです。',
  'Only what a stated purpose covers, including the provision to third parties, may be provided by opt-out.',
);
/** Rule 11(1)(i), for the first notice and for a change alike. */
export const period = rules(
  '11(1)(i)',
  '本人が提供の停止を求めるのに必要な期間をおいて知らせます。',
  'It is made known early enough for the persons to ask that the provision stop.',
);
export const hasty = rules(
  '11(1)(i)',
  '本人が提供の停止を求めるための期間がありません。',
  'The persons do not have enough time to ask that the provision stop.',
);
const askTime = asksJudgement(
  'timeToObject',
  'APPI-Rules',
  '11(1)(i)',
  '知らせてから渡すまでに、本人が停止を求めるのに必要な期間があったか',
  'whether the persons had enough time between the notice and the provision to ask that it stop',
);
export const consentInstead = { ja: '本人の同意を得て渡す', en: 'Obtain the persons’ consent to the provision' };

export const promised = (clause: string): Ground => ({
  law: 'policy',
  article: clause,
  says: {
    ja: '本人の同意なしには渡さないと約束しているので、オプトアウトは使いません。',
    en: 'The policy promises not to provide without consent, so opt-out is not used.',
  },
});

/** Rule 14: the provider also publishes what it filed. */
export const publishFiled: Duty = duty(
  'publish-opt-out',
  ['APPI-Rules', '14'],
  'later',
  '委員会が届出を公表したら、速やかに、届け出た事項をインターネットなどで当社も公表する',
  'Once the Commission has published the filing, promptly publish what was filed too, on the internet or in another suitable way',
);

/** 27(2) proviso: what may never be provided by opt-out, whatever was announced and filed. */
export function neverByOptOut(
  information: InformationKind | undefined,
  o: Pick<OptOutFacts, 'acquiredUnlawfully' | 'receivedByOptOut'>,
): Ground | undefined {
  if (information === 'special-care') return special;
  if (o.acquiredUnlawfully) return tainted;
  return o.receivedByOptOut ? secondHand : undefined;
}

function unmet(
  o: OptOutFacts,
  fields: readonly OptOutField[],
  inTime: boolean | undefined,
  on: Day,
): Ground | undefined {
  if (o.stopsOnRequest === false) return endless;
  if (o.announcedOn === null || (o.announcedOn !== undefined && o.announcedOn > on)) return unannounced;
  const { listed } = o;
  if (listed && fields.some((f) => !listed.includes(f))) return incomplete;
  if (o.coversItems === false) return unlistedItems;
  if (inTime === false) return hasty;
  return o.filedOn === null || (o.filedOn !== undefined && o.filedOn > on) ? unfiled : undefined;
}

function lacksOf(o: OptOutFacts, inTime: boolean | undefined): Missing[] {
  const missing: Missing[] = [];
  const ask = (fact: keyof OptOutFacts, ja: string, en: string): void => {
    if (o[fact] === undefined) missing.push(lacks(`optOut.${fact}`, '27(2)', ja, en));
  };
  ask('acquiredUnlawfully', '不正に取得された情報でないか', 'Whether it was acquired unlawfully');
  ask('receivedByOptOut', 'オプトアウトで受け取った情報でないか', 'Whether it was itself received by opt-out');
  ask('objected', '本人が停止を求めていないか', 'Whether the person has asked to stop');
  ask('stopsOnRequest', '求めに応じて止めるか', 'Whether it stops on request');
  ask('announcedOn', 'いつから知らせているか', 'Since when it has been made known');
  ask('listed', '知らせた事項', 'The items made known');
  ask(
    'coversItems',
    '渡す項目が、知らせて届け出た項目に含まれるか',
    'Whether all items to be provided are among those made known and filed',
  );
  if (inTime === undefined) missing.push(askTime);
  ask('filedOn', '届け出た日', 'The day it was filed');
  return missing;
}

/** 27(2), 18(1). May data be provided by this opt-out? A step, or the refusal, which names the clause when the policy closes opt-outs. */
export function optOutStep(facts: ProvisionFacts, o: OptOutFacts, on: Day): Step | Finding {
  const clause = facts.policy?.optOutClosedBy;
  const closed = clause === undefined ? [] : [promised(clause)];
  const banned = neverByOptOut(facts.information, o) ?? (o.objected ? objected : undefined);
  if (banned) return no([banned, ...closed], consentInstead);
  if (clause !== undefined) return no([lawWouldAllow, promised(clause)], consentInstead);
  const law = allInForce({ fields: optOutFields, published: optOutPublication }, on);
  if (!law) return noLawOn();
  const inTime = judged(facts.judgements, 'timeToObject', on);
  const reason = unmet(o, law.fields, inTime, on);
  if (reason) return no([reason], consentInstead);
  const purpose = testPurpose(facts);
  if (purpose.met === false) return no([outside, ...purpose.because], consentInstead);
  const missing = lacksOf(o, inTime);
  return purpose.met
    ? step([open, period, ...purpose.because], [publishFiled], missing)
    : step([open, period], [publishFiled], [...missing, ...purpose.missing]);
}
