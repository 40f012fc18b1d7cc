// 27(5)(i) and (ii): an entrusted party and a successor are no third parties, nor is a department of the same company. The label does
// not decide: an entrusted party that uses the data for itself, or mixes it with other clients' data, is a third party.

import type { Day } from '../../base/day.ts';
import type { Duty, Finding, Ground, Missing } from '../../base/finding.ts';
import { appi, asserts, duty, ground, lacks, no, step, type Step } from '../answer.ts';
import type { EntrustmentFacts, ProvisionFacts, SuccessionFacts } from '../facts.ts';
import { inForce, supervisionItems } from '../parameters.ts';
import { testPurpose } from './18-use.ts';

export const sameEntity = ground(
  'Guideline',
  '3-6-1',
  '同じ会社の中の部署なので、第三者への提供に当たりません。',
  'It stays within the same company, so nothing is provided to a third party.',
);
const entrusted = asserts(
  ['entrustment.ownUse', 'purpose', 'holdingPurposes'],
  appi(
    '27(5)(i)',
    '目的の達成に必要な範囲の委託です。委託先は第三者に当たりません。',
    'This is entrustment within the purpose. The entrusted party is not a third party.',
  ),
  '委託と言えるのは、目的の達成に必要な範囲で、相手が自社のために使わないときだけです。',
  'It is entrustment only within what the purpose needs, and only if the party does not use it for itself.',
);
export const supervised = asserts(
  ['entrustment.assessed', 'entrustment.contract', 'entrustment.monitored'],
  appi('25', '委託先を監督します。', 'The entrusted party is supervised.'),
  '委託するには、相手を適切に選び、契約で安全管理を定め、取扱いの状況を把握する必要があります。',
  'Entrustment needs a properly chosen party, a contract with safety terms and a way to know how it handles the data.',
);
export const nameOnly = appi(
  '27(5)(i)',
  '相手が自社のために使ったり、ほかの会社のデータと混ぜたりできるので、委託に当たりません。',
  'The party may use the data for itself or mix it with other companies’ data, so this is not entrustment.',
);
const thirdParty = appi(
  '27(1)',
  '第三者への提供になるので、本人の同意が要ります。',
  'It is a provision to a third party and needs the persons’ consent.',
);
const unsupervised = (ja: string, en: string): Ground => appi('25', ja, en);
export const gaps: Record<
  'assessed' | 'contract' | 'monitored',
  { unmet: Ground; instead: { ja: string; en: string } }
> = {
  assessed: {
    unmet: unsupervised('委託先の選定の評価が済んでいません。', 'The party has not been assessed.'),
    instead: { ja: '委託先を評価して記録する', en: 'Assess the party and record it' },
  },
  contract: {
    unmet: unsupervised('契約に安全管理の定めがありません。', 'The contract has no safety terms.'),
    instead: { ja: '安全管理の条項を入れて契約する', en: 'Conclude a contract with safety terms' },
  },
  monitored: {
    unmet: unsupervised('取扱いの状況を把握する方法がありません。', 'There is no way to know how the data is handled.'),
    instead: { ja: '点検や報告の方法を決める', en: 'Agree on inspections or reports' },
  },
};
export const asked: Record<keyof EntrustmentFacts, [string, string]> = {
  ownUse: ['相手が自社のために使えるか', 'Whether the party may use it for itself'],
  assessed: ['委託先を評価したか', 'Whether the party was assessed'],
  contract: ['契約に安全管理の定めがあるか', 'Whether the contract has safety terms'],
  monitored: ['状況を把握する方法があるか', 'Whether there is a way to know how the data is handled'],
};
const amend = {
  ja: '契約を改め、委託した業務のためだけに使うと定める',
  en: 'Amend the contract so that the data serves the entrusted work only',
};
const consentInstead = {
  ja: '本人の同意を得て、第三者への提供として渡す',
  en: 'Obtain the persons’ consent and provide it as to a third party',
};
export const parts = ['assessed', 'contract', 'monitored'] as const;

/** 25. The continuing duty towards an entrusted party. */
export const supervise = (on: Day): Duty =>
  duty(
    'supervise-entrusted',
    ['APPI', '25'],
    'later',
    '選定、契約、取扱い状況の把握、再委託の管理によって監督する',
    'Supervise by selection, contract, monitoring of the handling, and control of re-entrustment',
    { items: [...(inForce(supervisionItems, on) ?? [])] },
  );

/** 27(5)(i), 25, 18(1). Is it really entrustment, within the purpose and supervised? A step, or the refusal. */
export function entrustmentStep(facts: ProvisionFacts, on: Day): Step | Finding {
  const e = facts.entrustment ?? {};
  if (e.ownUse) {
    return no([nameOnly, thirdParty, supervised], amend, consentInstead);
  }
  for (const p of parts) if (e[p] === false) return no([gaps[p].unmet], gaps[p].instead);
  const purpose = testPurpose(facts);
  if (purpose.met === false) {
    return no([outside, ...purpose.because], {
      ja: '目的の範囲内の業務だけを委託する',
      en: 'Entrust only work within the purpose',
    });
  }
  const missing: Missing[] = [];
  for (const f of ['ownUse', ...parts] as const) {
    if (e[f] === undefined) missing.push(lacks(`entrustment.${f}`, f === 'ownUse' ? '27(5)(i)' : '25', ...asked[f]));
  }
  if (purpose.met === undefined) missing.push(...purpose.missing);
  return step([entrusted, ...(purpose.met ? purpose.because : []), supervised], [supervise(on)], missing);
}

const outside = appi(
  '27(5)(i)',
  '委託として渡せるのは、目的の達成に必要な範囲だけです。',
  'Only what the purpose needs may be handed over as entrustment.',
);
const succession = asserts(
  ['succession.ofBusiness'],
  appi(
    '27(5)(ii)',
    '事業の承継に伴って渡します。承継する者は第三者に当たりません。',
    'It is handed over with a business. The successor is not a third party.',
  ),
  '事業の承継に伴って渡せるのは、承継される事業のデータだけです。',
  'Only data of the business that passes may be handed over with it.',
);
export const notOfBusiness = appi(
  '27(5)(ii)',
  '承継される事業のデータでないものは、事業の承継に伴って渡せません。',
  'What is not data of the business that passes may not be handed over with it.',
);
const bound = ground(
  'Guideline',
  '3-6-3',
  '承継の契約の前の調査のために渡すので、目的、取扱い、漏えいや不調のときの措置を契約で定めています。',
  'It is for an inquiry before the succession is agreed, so a contract governs the purpose, the handling, and what is done after a leak or if nothing comes of it.',
);
const unbound = ground(
  'Guideline',
  '3-6-3',
  '承継の契約の前の調査のために渡すには、目的、取扱い、漏えいや不調のときの措置を、先に契約で定める必要があります。',
  'For an inquiry before the succession is agreed, a contract must first govern the purpose, the handling, and what is done after a leak or if nothing comes of it.',
);
export const carried = appi(
  '18(2)',
  '承継の前の目的が、承継した後も続きます。',
  'The purposes from before the succession continue to bind.',
);
const carryOver: Duty = duty(
  'carry-over-purpose',
  ['APPI', '18(2)'],
  'before',
  '目的を承継する者に引き継ぐ',
  'Hand the purposes over to the successor',
);

const onlyItsData = {
  ja: '承継される事業のデータだけを渡す',
  en: 'Hand over only the data of the business that passes',
};
const bindFirst = {
  ja: '調査のための契約で、目的、取扱い、漏えいや不調のときの措置を定めてから渡す',
  en: 'Conclude a contract on the purpose, the handling, and what is done after a leak or if nothing comes of it, then hand it over',
};

/** 27(5)(ii), 18(2), guideline 3-6-3. Is it handed over with the business it belongs to? A step, or the refusal. */
export function successionStep({ succession: of = {} }: Pick<ProvisionFacts, 'succession'>): Step | Finding {
  if (of.ofBusiness === false) return no([notOfBusiness, thirdParty], onlyItsData, consentInstead);
  if (of.stage === 'unbound') return no([unbound], bindFirst);
  const missing: Missing[] = [];
  const ask = (fact: keyof SuccessionFacts, ja: string, en: string): void => {
    if (of[fact] === undefined) missing.push(lacks(`succession.${fact}`, '27(5)(ii)', ja, en));
  };
  ask(
    'ofBusiness',
    '渡すのは、承継される事業のデータだけか',
    'Whether only data of the business that passes is handed over',
  );
  ask(
    'stage',
    '承継の契約が済んでいるか。まだなら、調査のための契約があるか',
    'Whether the succession is agreed and, if not, whether a contract governs the inquiry',
  );
  return step([succession, carried, ...(of.stage === 'inquiry' ? [bound] : [])], [carryOver], missing);
}
