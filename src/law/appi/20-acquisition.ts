// Articles 20 and 21 with the check of 30: may this information be acquired? Never by wrongful means, and special care-required information only with
// consent or under an item of 20(2).

import type { Day } from '../../base/day.ts';
import type { Duty, Finding, Ground, Missing } from '../../base/finding.ts';
import {
  appi,
  askInformation,
  duty,
  ground,
  isFinding,
  lacks,
  no,
  noLawOn,
  outsideText,
  step,
  type Step,
  type Test,
  together,
} from '../answer.ts';
import { contradiction, repeated, type Contradiction } from '../contradiction.ts';
import type { AcquisitionFacts, AcquisitionItem, AcquisitionSource, ExceptionClaim } from '../facts.ts';
import { specificAcquisition } from '../numbering/30-specific.ts';
import { inForce, specialCareKinds } from '../parameters.ts';
import { isSpecial } from './02-classification.ts';
import { consentContradictions, testCapacity, testConsent } from './16-consent.ts';
import { exceptionGround, nameCase, recordException, testException } from './18-exceptions.ts';
import { noticeOfPurpose } from './21-notice.ts';
import { insteadUnlawful } from './30-check.ts';
import { givenByPrincipal, letIn, receipt, receiptContradictions } from './30-receipt.ts';
import { askLinks, relatedReceipt } from './31-receipt.ts';
import { processedReceipt } from './42-receipt.ts';

const proper = appi('20(1)', '情報は、適正な方法だけで受け取ります。', 'Information is acquired by proper means only.');
const wrongful = appi(
  '20(1)',
  '偽りその他の不正な手段では受け取れません。',
  'Nothing may be acquired by deceit or other wrongful means.',
);
const purposeless = appi(
  '17(1)',
  '目的が決まっていない情報は受け取れません。',
  'Nothing may be acquired without a specified purpose.',
);
const needsConsent = appi(
  '20(2)',
  '要配慮個人情報は、前もって本人の同意を得て受け取ります。',
  'Special care-required information is acquired with the person’s prior consent.',
);
const handedOver = ground(
  'Guideline',
  '3-3-2',
  '本人が自分で伝えたので、受け取ることへの同意があったものとして扱います。',
  'The person gave it directly, which counts as consent to the acquisition.',
);
/** Items that apply to one source only, with the ground that refuses any other. */
const onlyFrom: Partial<Record<AcquisitionItem, { source: AcquisitionSource; otherwise: Ground }>> = {
  '20(2)(vi)': {
    source: 'third-party',
    otherwise: appi(
      '20(2)(vi)',
      'この例外に当たるのは、共同で研究する学術研究機関等から受け取るときだけです。',
      'This exception is only for what is received from the academic institution of the joint research.',
    ),
  },
  '20(2)(viii)': {
    source: 'observed',
    otherwise: ground(
      'APPI-Order',
      '9(i)',
      '外から明らかでも、この例外に当たるのは、当社が本人を見て、または撮影して取得するときだけです。',
      'Even what is outwardly evident falls under this exception only where the company itself sees or photographs the person.',
    ),
  },
};
const useOnly: Duty = duty(
  'use-only-for-purpose',
  ['APPI', '18(1)'],
  'later',
  '伝えた目的のためだけに使う',
  'Use it only for the purpose the person was told',
);
const setPurpose = {
  ja: '受け取る前に、方針の目的から選ぶ',
  en: 'Choose among the purposes of the policy before you receive it',
};
const askPurposes = lacks('purposes', '17(1)', '何のために受け取るか', 'What it is acquired for');
const askSource = lacks('source', '20(1)', 'だれから受け取るか', 'Whom it comes from');
const askPrincipal = [
  { ja: '本人から直接聞く', en: 'Ask the person directly' },
  { ja: '受け取る前に本人の同意を得る', en: 'Obtain the person’s consent before receiving it' },
];

/** Guideline 3-3-2. Information that the person handed over. Where it is stated who consented to that, it must be a person who can. */
function handedOverStep({ consent, judgements }: AcquisitionFacts, by: Step, why: Ground[], on: Day): Step | Finding {
  const handed = step([needsConsent, ...why, ...by.because], [useOnly], by.missing);
  if (!consent) return handed;
  const capacity = testCapacity(consent, judgements, '20(2)', on);
  if (capacity.met === undefined) return step([needsConsent, ...why], [], [...by.missing, ...capacity.missing]);
  if (!capacity.met) return no([needsConsent, ...why, capacity.because], ...capacity.instead);
  return { ...handed, because: [...handed.because, ...capacity.because] };
}

/** Tests a claimed item of 20(2) together with the source of the information. */
function testItem(claim: ExceptionClaim<AcquisitionItem>, source: AcquisitionSource | undefined): Test {
  const only = onlyFrom[claim.item];
  return only && only.source !== source ? { met: false, because: only.otherwise } : testException(claim);
}

/** 20(2). A step of the answer for special care-required information, or the refusal. `from`: the step of the check under 30. */
function specialCare(facts: AcquisitionFacts, from: Step, on: Day): Step | Finding {
  const kinds = inForce(specialCareKinds, on);
  if (!kinds) return noLawOn();
  const why: Ground[] = facts.specialCare ? [{ ...kinds[facts.specialCare], says: isSpecial }] : [];
  if (facts.source === 'principal') return handedOverStep(facts, step([handedOver]), why, on);
  const received = facts.source === 'third-party' ? (facts.receipt ?? {}) : undefined;
  const by = received && letIn(received, 'receipt.', from);
  if (by && givenByPrincipal(received)) return handedOverStep(facts, by, why, on);
  if (by && received.basis === 'not-third-party') return step([...by.because, ...why], [useOnly]);
  const consent = testConsent(facts, ['coversItems', 'coversPurpose'], '20(2)', on);
  if (consent.met) return step([needsConsent, ...why, ...consent.because], [useOnly]);
  const claim = facts.exception;
  const exception = claim ? testItem(claim, facts.source) : undefined;
  if (claim && exception?.met) {
    return step([exceptionGround(claim.item), ...why], [recordException(claim.item), useOnly]);
  }
  // The consent that the provider says it has is enough only where nobody gave the company one. A consent to the company that is known to be invalid
  // speaks against the provider's, and as long as it is not known whether there is one, or whether it is valid, that stays open.
  if (by && (facts.consent === null || received.basis !== 'consent'))
    return step([needsConsent, ...why, ...by.because], [useOnly], by.missing);
  const missing: Missing[] = exception && exception.met === undefined ? exception.missing : [];
  if (consent.met === undefined) return step([needsConsent, ...why], [], [...consent.missing, ...missing]);
  if (missing.length > 0) return step([needsConsent, ...why], [], missing);
  const reasons = exception?.met === false ? [exception.because] : [];
  const invalid = facts.consent ? [consent.because] : [];
  const cases = nameCase(claim, '20(2)');
  return no([needsConsent, ...why, ...invalid, ...reasons], ...consent.instead, ...askPrincipal, ...cases);
}

const unlinked = appi(
  '2(7)',
  '個人と結び付けずに持つ個人関連情報は個人情報ではないので、取得の制限はありません。',
  'Personally related information that is not linked to persons is not personal information, so its acquisition is not limited.',
);

/** 31. From a third party, personally related information that will be linked is acquired like personal information. */
function acquireRelated(facts: AcquisitionFacts, on: Day): Finding {
  const asked = facts.source ? [] : [askSource];
  if (facts.source !== 'third-party') return together(unlinked, [step([unlinked], [], asked)]);
  const from = relatedReceipt({ ...facts.receipt, judgements: facts.judgements }, 'receipt.', on);
  if (isFinding(from)) return from;
  const links = facts.receipt?.links;
  // Where an item of the law is the basis, a receipt needs nothing more. But the purpose must still be told for information that is linked.
  const ask = askLinks('receipt.');
  const open = links === undefined && from.missing.every(({ fact }) => fact !== ask.fact) ? [ask] : [];
  if (links !== true) return together(unlinked, [from, step([], [], open)]);
  if (!facts.purposes) return together(proper, [from, step([], [], [askPurposes])]);
  if (facts.purposes.length === 0) return no([purposeless], setPurpose);
  const notice = noticeOfPurpose(facts, facts.purposes);
  return isFinding(notice) ? notice : together(proper, [from, notice]);
}

/** Kinds to which 20(2), 21 and 30 do not apply, or not as they are. */
function acquireByKind(facts: AcquisitionFacts, on: Day): Finding | undefined {
  if (facts.information === 'personally-related') return acquireRelated(facts, on);
  if (facts.information !== 'pseudonymous' && facts.information !== 'anonymous') return undefined;
  const from = processedReceipt(facts.information, facts.receipt ?? {}, 'receipt.', on);
  if (isFinding(from)) return from;
  return together(proper, [from, step([], [], facts.source ? [] : [askSource])]);
}

/** 20(1), 20(2), 21, and by kind 30, 31, 42 and 45 when a third party provides it. May this information be acquired? */
export function decideAcquisition(facts: AcquisitionFacts, on: Day): Finding {
  const silent = outsideText(on);
  if (silent) return silent;
  if (facts.wrongfulMeans) return no([wrongful], insteadUnlawful);
  if (facts.information === 'my-number') return specificAcquisition();
  const ofKind = acquireByKind(facts, on);
  if (ofKind) return ofKind;
  const missing = askInformation(facts, '20(2)');
  // Processed information needs no purpose, so a kind that is not known refuses nothing.
  if (missing.length === 0 && facts.purposes?.length === 0) return no([purposeless], setPurpose);
  if (!facts.purposes) missing.push(askPurposes);
  if (!facts.source) missing.push(askSource);
  if (facts.source === 'principal' && !facts.channel) {
    missing.push(lacks('channel', '21(2)', 'どうやって受け取るか', 'How it is received'));
  }
  const { information } = facts;
  const from = facts.source === 'third-party' ? receipt({ ...facts.receipt, information }, 'receipt.', on) : step();
  if (isFinding(from)) return from;
  const care = information === 'special-care' && facts.source ? specialCare(facts, from, on) : step();
  if (isFinding(care)) return care;
  if (missing.length > 0 || !facts.purposes) return together(proper, [care, from, step([], [], missing)]);
  const notice = noticeOfPurpose(facts, facts.purposes);
  return isFinding(notice) ? notice : together(proper, [care, from, notice]);
}

/** Facts of an acquisition that cannot all be true, with those of its receipt under `receipt`. */
export function acquisitionContradictions(facts: AcquisitionFacts): Contradiction[] {
  const found = [
    ...repeated(
      'purposes',
      facts.purposes?.map((p) => p.id),
    ),
    ...consentContradictions(facts.consent),
    ...receiptContradictions(facts.receipt ?? {}, 'receipt.'),
  ];
  if (facts.specialCare && facts.information === 'personal') {
    found.push(
      contradiction('specialCare', '要配慮個人情報と書いていません', 'It is not said to be special care-required'),
    );
  }
  // Processed information comes from the party that processed it. No person hands over data in which they cannot be recognised.
  if ((facts.information === 'pseudonymous' || facts.information === 'anonymous') && facts.source === 'principal') {
    found.push(
      contradiction(
        'source',
        '加工された情報は、本人からは受け取れません',
        'Processed data does not come from the person',
      ),
    );
  }
  if (facts.receipt && facts.source === 'principal') {
    found.push(
      contradiction(
        'receipt',
        '本人から受け取るのであれば、渡した相手についての答えを消してください',
        'If it comes from the person, remove what is stated about a provider',
      ),
    );
  }
  return found;
}
