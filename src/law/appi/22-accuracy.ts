// Article 22: data that is no longer needed is erased without delay. A law that requires the company to keep it takes precedence; until that ends,
// the data is set aside and not used for anything else.

import { addDays, type Day } from '../../base/day.ts';
import type { Duty, Finding, Ground, Missing } from '../../base/finding.ts';
import { appi, askInformation, duty, ground, lacks, outsideText, settle, step, yes } from '../answer.ts';
import type { InformationKind } from '../facts.ts';
import { specificAcquisition } from '../numbering/30-specific.ts';

/** A law that requires the company to keep the data, and the last day on which it does. */
export interface KeepingDuty {
  /** The law and the document kept under it. */
  legalBasis?: string;
  until?: Day;
}

/** Information that is personal data, or was made from it. */
export type DataKind = Exclude<InformationKind, 'anonymous' | 'personally-related'>;

/** 22, 41(5): is this data to be erased now? */
export interface ErasureFacts {
  information?: DataKind;
  /** The data is still needed for one of the purposes it is held for. */
  needed?: boolean;
  /** null = no law requires the company to keep it. */
  keeping?: KeepingDuty | null;
}

const rule = appi(
  '22',
  '利用する必要がなくなったデータは、遅滞なく消去するよう努めます。',
  'The company tries to erase data without delay once it is no longer needed.',
);
const unneeded = appi(
  '22',
  '利用する必要がなくなったので、遅滞なく消去します。',
  'It is no longer needed and is erased without delay.',
);
const unneededProcessed = appi(
  '41(5)',
  '利用する必要がなくなったので、仮名加工情報も、削除した部分や加工の方法の情報も消去します。',
  'It is no longer needed, so the processed information is erased with what was deleted and how it was processed.',
);
const needed = appi(
  '22',
  '利用する必要があるので、まだ消去しません。正確で最新の内容に保ちます。',
  'It is still needed, so it is not erased yet. It is kept accurate and up to date.',
);
const mustKeep = appi(
  '22',
  'この日はまだ、法令により保存しなければならないので、消去できません。',
  'A law still requires the company to keep it on this day, so it cannot be erased.',
);
const irrecoverably = ground(
  'Guideline',
  '10-5',
  '復元できない方法で消し、消したことを記録します。',
  'It is destroyed beyond recovery, and the destruction is recorded.',
);
const keepAccurate: Duty = duty(
  'keep-accurate',
  ['APPI', '22'],
  'later',
  '目的に必要な範囲で正確で最新の内容に保ち、要らなくなったら消去する',
  'Keep it accurate and up to date as the purpose needs, and erase it once it is not needed',
);
const restrict: Duty = duty(
  'restrict-use',
  ['APPI', '22'],
  'at-once',
  '保存のためだけに置き、ほかの利用をやめる',
  'Set it aside for keeping only, and stop every other use',
);
const recordErasure: Duty = duty(
  'record-disposal',
  ['Guideline', '10-5'],
  'at-once',
  '復元できない方法で消したことを記録する。委託したときは証明書を受け取る',
  'Record that it was destroyed beyond recovery; when entrusted, obtain a certificate',
  { items: ['what', 'method', 'erased-on', 'by-whom'] },
);
const erase: Duty = duty('erase', ['APPI', '22'], 'at-once', '遅滞なく消去する', 'Erase it without delay');
/** The duty to erase on day `by`, once the keeping has ended. */
export const eraseFrom = (by: Day): Duty => ({
  ...erase,
  says: { ja: '保存の期間が終わったら、遅滞なく消去する', en: 'Erase it without delay once the keeping has ended' },
  when: 'later',
  by,
});

/** Must the data be kept? If so, why, and what is done instead of erasing it; otherwise the facts that are missing. */
export type Keeping = { kept: true; because: Ground; duties: Duty[] } | { kept: false; missing: Missing[] };

/** Does a law require the company to keep the data on this day? */
export function testKeeping(keeping: KeepingDuty | null | undefined, on: Day): Keeping {
  if (keeping === null) return { kept: false, missing: [] };
  if (keeping === undefined) {
    const ja = '保存を義務づける法令があるか';
    return { kept: false, missing: [lacks('keeping', '22', ja, 'Whether a law makes the company keep it')] };
  }
  const { legalBasis, until } = keeping;
  if (until && until < on) return { kept: false, missing: [] };
  if (legalBasis && until) return { kept: true, because: mustKeep, duties: [restrict, eraseFrom(addDays(until, 1))] };
  const missing: Missing[] = [];
  if (!legalBasis) {
    missing.push(
      lacks(
        'keeping.legalBasis',
        '22',
        '保存を義務づける法令と文書',
        'The law, and the document that it requires to be kept',
      ),
    );
  }
  if (!until) missing.push(lacks('keeping.until', '22', 'いつまで保存するか', 'Until which day it has to be kept'));
  return { kept: false, missing };
}

/** 22. Must this personal data be erased now? Yes means that it must; no says what to do meanwhile. */
export function decideErasure(facts: ErasureFacts, on: Day): Finding {
  const silent = outsideText(on);
  if (silent) return silent;
  if (facts.information === 'my-number') return specificAcquisition();
  if (facts.needed) return { answer: 'no', because: [needed], duties: [keepAccurate] };
  const keeping = testKeeping(facts.keeping, on);
  if (keeping.kept && facts.needed === false) {
    return { answer: 'no', because: [rule, keeping.because], duties: keeping.duties };
  }
  const missing = askInformation(facts, '22');
  if (facts.needed === undefined) {
    missing.push(lacks('needed', '22', '目的のために、まだ必要か', 'Whether it is still needed for its purpose'));
  }
  if (!keeping.kept) missing.push(...keeping.missing);
  if (missing.length > 0) return settle(rule, step([], [], missing));
  return yes(
    [facts.information === 'pseudonymous' ? unneededProcessed : unneeded, irrecoverably],
    [erase, recordErasure],
  );
}
