// My Numbers at the questions of the APPI: none of them can open one. What the Numbering Act allows is asked elsewhere;
// here the answer is no, or unknown naming the affair that question will ask for. Consent is never looked at.

import type { Finding, Missing } from '../../base/finding.ts';
import { ground, no, unknown } from '../answer.ts';
import type { ProvisionFacts } from '../facts.ts';

const closed = ground(
  'NumberingAct',
  '30(2)',
  '特定個人情報には個人情報保護法のこの定めが働きません。同意があっても変わりません。',
  'These rules of the APPI do not open My Number information. Consent changes nothing.',
);
const limitedUse = ground(
  'NumberingAct',
  '9(4)',
  '個人番号は、法令で定められた事務に必要な限りで使えます。',
  'A My Number may be used only as far as an affair set by law needs it.',
);
const limitedCollection = ground(
  'NumberingAct',
  '20',
  '番号法が提供を認める場合のほかは、他人の個人番号を集めることも持つこともできません。',
  'Nobody may collect or keep another person’s My Number unless the Numbering Act permits its provision.',
);
const limitedProvision = ground(
  'NumberingAct',
  '19',
  '特定個人情報を渡せるのは、番号法が挙げる場合だけです。',
  'My Number information may be provided only in the cases the Numbering Act lists.',
);

const affair = (article: string): Missing => ({
  fact: 'numberAffair',
  law: 'NumberingAct',
  article,
  says: { ja: '個人番号を扱うどの事務か', en: 'Which affair that handles My Numbers this is' },
});

export const specificUse = (): Finding => unknown([limitedUse, closed], [affair('9(4)')]);

export const specificAcquisition = (): Finding => unknown([limitedCollection, closed], [affair('20')]);

export const specificJointUse = (): Finding => no([limitedProvision, closed]);

/** Joint use, opt-out and consent never carry a My Number; the rest is for the Numbering Act to say. */
export function specificProvision(facts: ProvisionFacts): Finding {
  const onlyConsent = facts.relation === 'third-party' && !facts.exception;
  if (facts.relation === 'joint-use' || facts.optOut || onlyConsent) return no([limitedProvision, closed]);
  return unknown([limitedProvision, closed], [affair('19')]);
}
