// Article 41(1), (2): making pseudonymously processed information. It takes all three steps of Rule 31, no replacement from which the original can be
// calculated, and keeping what was taken out where the users of the result cannot reach it.

import type { Day } from '../../base/day.ts';
import type { Bilingual } from '../../base/bilingual.ts';
import type { Duty, Finding, Ground, Missing } from '../../base/finding.ts';
import {
  appi,
  duty,
  ground,
  isFinding,
  lacks,
  no,
  noLawOn,
  outsideText,
  rules,
  settle,
  step,
  type Step,
} from '../answer.ts';
import type { InformationKind } from '../facts.ts';
import { specificUse } from '../numbering/30-specific.ts';
import {
  contactMeans,
  inForce,
  methodMeasures,
  restorableReplacements,
  type MethodMeasure,
  type Replacement,
} from '../parameters.ts';

/** The measures taken for the deleted information and the method of processing, named as in Rules 32 and 35. */
export interface MethodMeasures {
  /** The authority to handle it and the responsibility for it are settled. */
  authority?: boolean;
  /** There are rules for it, they are followed, and the handling is evaluated and improved. */
  rules?: boolean;
  /** Nobody without authority can handle it. */
  blocked?: boolean;
}

export interface PseudonymisationFacts {
  /** The kind of the original. */
  information?: InformationKind;
  /** `masking-only`: hidden for safety inside the company, not in order to make pseudonymously processed information. */
  intent?: 'pseudonymised' | 'masking-only';
  /** Rule 31(i): the descriptions that identify a person were deleted or replaced. */
  descriptions?: boolean;
  /** (ii): every identification code was deleted or replaced. */
  codes?: boolean;
  /** (iii): descriptions that could cause damage to property, such as card numbers, were deleted or replaced. */
  propertyDamage?: boolean;
  /** All ways in which something was deleted or replaced. */
  replacements?: readonly Replacement[];
  /** The measures for the deleted information and the method; null = nothing of them is kept, and no key either. */
  deleted?: MethodMeasures | null;
}

const making = appi(
  '41(1)',
  '仮名加工情報は、規則の定める3つの基準に従って作ります。',
  'Pseudonymously processed information is made by the three standards of the Rules.',
);
const masked = ground(
  'Guideline',
  '2-2-2-1-1',
  '安全のために隠すだけで、仮名加工情報として扱わないものは、元の個人情報のまま扱います。',
  'Information that is only hidden for safety, and not handled as pseudonymously processed information, stays personal information.',
);
const standards = {
  descriptions: {
    ground: rules(
      '31(i)',
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
      '31(ii)',
      '個人識別符号をすべて削除するか、置き換えます。',
      'Every identification code is deleted or replaced.',
    ),
    ask: ['個人識別符号をすべて除いたか', 'Whether every identification code was removed'],
    instead: { ja: '個人識別符号をすべて削除するか置き換える', en: 'Delete or replace every identification code' },
  },
  propertyDamage: {
    ground: rules(
      '31(iii)',
      'カード番号など、悪用されると財産の被害が生じるおそれのある記述を削除するか、置き換えます。',
      'What could cause damage to property if misused, such as card numbers, is deleted or replaced.',
    ),
    ask: [
      '財産の被害につながる記述を除いたか',
      'Whether descriptions that could cause damage to property were removed',
    ],
    instead: { ja: 'カード番号などを削除するか置き換える', en: 'Delete or replace card numbers and the like' },
  },
} satisfies Record<string, { ground: Ground; ask: [string, string]; instead: Bilingual }>;
const steps = ['descriptions', 'codes', 'propertyDamage'] as const;
const standardGrounds = steps.map((s) => standards[s].ground);

const restorable = rules(
  '31',
  '元に戻せる規則性のある方法で置き換えています。鍵や乱数を加えないハッシュ値も、総当たりで戻せます。',
  'It was replaced by a regular method from which the original can be restored. A hash without a key or random value can be reversed by trying every input.',
);
const unrestorable = {
  ja: '乱数による仮の番号か、守られた鍵によるハッシュ値に置き換える',
  en: 'Replace it with random identifiers, or with a hash with a protected key',
};
const secured = appi(
  '41(2)',
  '削除した情報と加工の方法を、安全に管理します。',
  'What was deleted and how it was processed is kept safe.',
);

interface MeasureWords {
  unmet: [string, string];
  ask: [string, string];
}
const measureWords: Record<MethodMeasure, MeasureWords> = {
  authority: {
    unmet: [
      '扱う人の権限と責任が決まっていません。',
      'The authority and the responsibility of those who handle it are not settled.',
    ],
    ask: ['扱う人の権限と責任を決めたか', 'Whether authority and responsibility are settled'],
  },
  rules: {
    unmet: [
      '扱い方の規程、評価と改善がありません。',
      'There are no rules for handling it, and no evaluation and improvement.',
    ],
    ask: ['規程を定め、評価と改善をしているか', 'Whether there are rules, evaluation and improvement'],
  },
  blocked: {
    unmet: ['権限のない人が扱えます。', 'People without authority can handle it.'],
    ask: ['権限のない人が扱えないか', 'Whether people without authority cannot handle it'],
  },
};
const takeMeasures = {
  ja: '削除した情報と加工の方法を分けて保管し、権限、規程、制限を整える',
  en: 'Keep what was deleted and the method apart, with authority, rules and restrictions',
};

/** Rules 32 and 35, in their common order. Are the deleted information and the method kept safe? A step, or the refusal under `rule`. */
export function measuresStep(
  taken: MethodMeasures,
  path: string,
  rule: '32' | '35',
  because: Ground,
  on: Day,
): Step | Finding {
  const measures = inForce(methodMeasures, on);
  if (!measures) return noLawOn();
  const numbers = ['i', 'ii', 'iii'];
  const missing: Missing[] = [];
  for (const [n, m] of measures.entries()) {
    if (taken[m] === false)
      return no([rules(`${rule}(${numbers[n]})`, ...measureWords[m].unmet), because], takeMeasures);
    if (taken[m] === undefined) missing.push(lacks(`${path}.${m}`, because.article, ...measureWords[m].ask));
  }
  return step([because], [], missing);
}

export const publishPseudonymousPurpose: Duty = duty(
  'publish-pseudonymous-purpose',
  ['APPI', '41(4)'],
  'before',
  '使う目的を公表する。本人への通知では足りない',
  'Publish the purpose it is used for; telling the persons does not replace it',
);
const secureDeleted: Duty = duty(
  'secure-deleted-information',
  ['APPI', '41(2)'],
  'at-once',
  '削除した情報と加工の方法を、使う人から離して安全に管理する',
  'Keep what was deleted and the method safe, apart from those who use the result',
);

const neverIdentify: Duty = duty(
  'never-identify',
  ['APPI', '41(7)'],
  'later',
  'ほかの情報と照らし合わせて本人を割り出さない',
  'Never collate it with other information to identify anybody',
);
const neverContact: Duty = duty(
  'never-contact',
  ['APPI', '41(8)'],
  'later',
  '中の連絡先を使って本人に連絡しない',
  'Never contact anybody with the contact details in it',
);
const erase: Duty = duty(
  'erase-processed',
  ['APPI', '41(5)'],
  'later',
  '要らなくなったら、仮名加工情報と削除した情報を遅滞なく消去するよう努める',
  'When no longer needed, try to erase it and what was deleted without delay',
);

/** 41(5), (7), (8). The duties of a company that uses pseudonymously processed information. */
export const pseudonymousDuties = (on: Day): Duty[] => [
  neverIdentify,
  { ...neverContact, items: [...(inForce(contactMeans, on) ?? [])] },
  erase,
];

/** 41(1), (2), Rules 31 and 32. Is this a proper making of pseudonymously processed information? */
export function decidePseudonymisation(facts: PseudonymisationFacts, on: Day): Finding {
  const silent = outsideText(on);
  if (silent) return silent;
  if (facts.information === 'my-number') return specificUse();
  if (facts.intent === 'masking-only') return settle(masked);
  const bad = inForce(restorableReplacements, on);
  if (!bad) return noLawOn();
  for (const s of steps) if (facts[s] === false) return no([standards[s].ground], standards[s].instead);
  if (facts.replacements?.some((r) => bad.includes(r))) return no([restorable], unrestorable);
  const safety = facts.deleted ? measuresStep(facts.deleted, 'deleted', '32', secured, on) : step();
  if (isFinding(safety)) return safety;
  const missing: Missing[] = [];
  if (!facts.information)
    missing.push(lacks('information', '41(1)', '元の情報の種類', 'The kind of the original information'));
  if (!facts.intent) {
    missing.push(
      lacks(
        'intent',
        '41(1)',
        '仮名加工情報として使うつもりか',
        'Whether it is to be used as pseudonymously processed information',
      ),
    );
  }
  for (const s of steps) if (facts[s] === undefined) missing.push(lacks(s, '41(1)', ...standards[s].ask));
  if (!facts.replacements?.length) missing.push(lacks('replacements', '41(1)', 'どう除いたか', 'How it was removed'));
  if (facts.deleted === undefined) {
    missing.push(lacks('deleted', '41(2)', '削除した情報をどう守っているか', 'How what was deleted is kept safe'));
  }
  const kept = facts.deleted ? [{ ...secureDeleted, items: [...(inForce(methodMeasures, on) ?? [])] }] : [];
  return settle(
    making,
    step(standardGrounds, [...kept, publishPseudonymousPurpose, ...pseudonymousDuties(on)], missing),
    safety,
  );
}
