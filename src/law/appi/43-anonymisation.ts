// Article 43(1), (2): making anonymously processed information. It takes all five steps of Rule 34, and keeping the method where nobody can use it to
// restore the original. No figure in the law measures the last step, so the officer judges it.

import type { Day } from '../../base/day.ts';
import type { Bilingual } from '../../base/bilingual.ts';
import type { Duty, Finding, Ground, Missing } from '../../base/finding.ts';
import { appi, duty, isFinding, lacks, no, noLawOn, outsideText, rules, settle, step } from '../answer.ts';
import type { InformationKind } from '../facts.ts';
import { asksJudgement, judged, type Judgements } from '../judgement.ts';
import { specificUse } from '../numbering/30-specific.ts';
import { inForce, methodMeasures, restorableReplacements, type Replacement } from '../parameters.ts';
import { measuresStep, type MethodMeasures } from './41-pseudonymisation.ts';

export interface AnonymisationFacts {
  /** The kind of the original. */
  information?: InformationKind;
  /** Rule 34(i): the descriptions that identify a person were deleted or replaced. */
  descriptions?: boolean;
  /** (ii): every identification code was deleted or replaced. */
  codes?: boolean;
  /** (iii): every code that links the result to the original was deleted or replaced. */
  linkingCodes?: boolean;
  /** (iv): peculiar descriptions, such as an age of 116, were deleted or replaced. */
  peculiar?: boolean;
  /** All ways in which something was deleted or replaced. */
  replacements?: readonly Replacement[];
  /** (v): something was done about how this data differs from the rest of the database. Whether it is enough is a judgement. */
  differences?: boolean;
  /** The measures for the method of processing; null = nothing of it is kept. */
  method?: MethodMeasures | null;
  /** It is made for another company, which entrusted the work. */
  entrusted?: boolean;
  judgements?: Judgements;
}

const making = appi(
  '43(1)',
  '匿名加工情報は、規則の定める5つの基準に従って作ります。',
  'Anonymously processed information is made by the five standards of the Rules.',
);
const steps = ['descriptions', 'codes', 'linkingCodes', 'peculiar'] as const;
const standards: Record<(typeof steps)[number], { ground: Ground; ask: [string, string]; instead: Bilingual }> = {
  descriptions: {
    ground: rules(
      '34(i)',
      '個人を特定できる記述を削除するか、置き換えます。',
      'What identifies a person is deleted or replaced.',
    ),
    ask: ['個人を特定できる記述を除いたか', 'Whether descriptions that identify a person were removed'],
    instead: {
      ja: '氏名など、個人を特定できる記述を削除するか置き換える',
      en: 'Delete or replace names and other descriptions that identify a person',
    },
  },
  codes: {
    ground: rules(
      '34(ii)',
      '個人識別符号をすべて削除するか、置き換えます。',
      'Every identification code is deleted or replaced.',
    ),
    ask: ['個人識別符号をすべて除いたか', 'Whether every identification code was removed'],
    instead: { ja: '個人識別符号をすべて削除するか置き換える', en: 'Delete or replace every identification code' },
  },
  linkingCodes: {
    ground: rules(
      '34(iii)',
      '元の情報とつなぐ番号を削除するか、つながらないものに置き換えます。',
      'Codes that link it to the original are deleted, or replaced by ones that do not.',
    ),
    ask: ['元の情報とつなぐ番号を除いたか', 'Whether linking codes were removed'],
    instead: { ja: '社内の管理番号などを削除する', en: 'Delete internal numbers and the like' },
  },
  peculiar: {
    ground: rules('34(iv)', '特異な記述を削除するか、置き換えます。', 'Peculiar descriptions are deleted or replaced.'),
    ask: ['特異な記述を除いたか', 'Whether peculiar descriptions were removed'],
    instead: {
      ja: 'きわめて珍しい年齢や事実を削除するか、幅でまとめる',
      en: 'Delete very rare ages and facts, or put them in ranges',
    },
  },
};
const differences = rules(
  '34(v)',
  'ほかの人のデータとの違いなどを見て、必要な措置をとります。どこまで要るかは、法令が数字で決めていません。',
  'Measures are taken in view of how the data differs from that of other people. The law sets no figure for how far they have to go.',
);
const nothingDone = rules(
  '34(v)',
  'データベースの性質を見た措置をとっていません。最初の4つの基準だけでは足りません。',
  'No measures were taken in view of the database. The first four standards alone are not enough.',
);
const notEnough = rules(
  '34(v)',
  'とった措置では足りないと、個人情報保護管理者が判断しています。',
  'The privacy officer has judged that what was done is not enough.',
);
const enough = rules(
  '34(v)',
  'とった措置で足りると、個人情報保護管理者が判断しています。',
  'The privacy officer has judged that what was done is enough.',
);
const restorable = appi(
  '2(6)',
  '元に戻せる方法で置き換えたものは、匿名加工情報ではありません。',
  'Information replaced in a way from which the original can be restored is not anonymously processed information.',
);
const secured = appi(
  '43(2)',
  '加工の方法についての情報を、安全に管理します。',
  'Information on the method is kept safe.',
);
const generalise = {
  ja: '値をまとめる、上限や下限で切る、珍しい組み合わせの行を除くなどして、危険を測り直す',
  en: 'Generalise values, cap extremes, remove rows with rare combinations and the like, then measure the risk again',
};
const replaceOtherwise = {
  ja: '削除するか、元に戻せない乱数などに置き換える',
  en: 'Delete it, or replace it with random values or the like from which the original cannot be restored',
};
const askEnough = asksJudgement(
  'anonymousEnough',
  'APPI-Rules',
  '34(v)',
  'とった措置で、だれのものか分からなくなっているか',
  'whether what was done is enough for nobody to be identified',
);

const secureMethod = (items: readonly string[]): Duty =>
  duty(
    'secure-method-information',
    ['APPI', '43(2)'],
    'at-once',
    '加工の方法についての情報を、使う人から離して安全に管理する',
    'Keep information on the method safe, apart from those who use the result',
    { items: [...items] },
  );
const publishItems: Duty = duty(
  'publish-anonymous-items',
  ['APPI', '43(3)'],
  'at-once',
  '含まれる項目を、作った後遅滞なくインターネットなどで公表する',
  'Publish the items it contains without delay after making, on the internet or the like',
);
const letPublish: Duty = {
  ...publishItems,
  says: {
    ja: '委託元に、含まれる項目を遅滞なく公表してもらう',
    en: 'Have the entrusting company publish the items it contains without delay',
  },
};
export const neverIdentify: Duty = duty(
  'never-identify',
  ['APPI', '43(5)'],
  'later',
  'ほかの情報と照らし合わせて本人を割り出さない',
  'Never collate it with other information to identify anybody',
);
/** 43(6). The law requires only an effort: to take measures for safety and complaints, and to publish them. */
export const publishSafety: Duty = duty(
  'publish-anonymous-safety',
  ['APPI', '43(6)'],
  'later',
  '安全管理と苦情の処理の措置をとり、その内容を公表するよう努める',
  'Try to take measures for safety and complaints, and to publish them',
);

function lacksOf(facts: AnonymisationFacts): Missing[] {
  const missing: Missing[] = [];
  if (!facts.information)
    missing.push(lacks('information', '43(1)', '元の情報の種類', 'The kind of the original information'));
  for (const s of steps) if (facts[s] === undefined) missing.push(lacks(s, '43(1)', ...standards[s].ask));
  if (!facts.replacements?.length) missing.push(lacks('replacements', '43(1)', 'どう除いたか', 'How it was removed'));
  if (facts.differences === undefined) {
    missing.push(
      lacks(
        'differences',
        '43(1)',
        'データベースの性質を見た措置をとったか',
        'Whether measures were taken in view of the database',
      ),
    );
  }
  if (facts.method === undefined) {
    missing.push(lacks('method', '43(2)', '加工の方法をどう守っているか', 'How the method is kept safe'));
  }
  if (facts.entrusted === undefined) {
    missing.push(
      lacks(
        'entrusted',
        '43(3)',
        'ほかの会社に委託されて作るのか',
        'Whether it is made for another company that entrusted the work',
      ),
    );
  }
  return missing;
}

/** 43(1), (2), Rules 34 and 35. Is this a proper making of anonymously processed information? */
export function decideAnonymisation(facts: AnonymisationFacts, on: Day): Finding {
  const silent = outsideText(on);
  if (silent) return silent;
  if (facts.information === 'my-number') return specificUse();
  const bad = inForce(restorableReplacements, on);
  if (!bad) return noLawOn();
  for (const s of steps) if (facts[s] === false) return no([standards[s].ground], standards[s].instead);
  if (facts.replacements?.some((r) => bad.includes(r))) return no([restorable], replaceOtherwise);
  if (facts.differences === false) return no([nothingDone], generalise);
  const safe = facts.method ? measuresStep(facts.method, 'method', '35', secured, on) : step();
  if (isFinding(safe)) return safe;
  const judgement = judged(facts.judgements, 'anonymousEnough', on);
  if (judgement === false) return no([differences, notEnough], generalise);
  const open = judgement === undefined ? [askEnough] : [];
  const kept = facts.method ? [secureMethod(inForce(methodMeasures, on) ?? [])] : [];
  return settle(
    making,
    step(
      [...steps.map((s) => standards[s].ground), differences, ...(judgement ? [enough] : [])],
      [...kept, facts.entrusted ? letPublish : publishItems, neverIdentify, publishSafety],
      [...lacksOf(facts), ...open],
    ),
    safe,
  );
}
