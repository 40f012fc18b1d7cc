// Articles 27 to 29 together: may this personal data be provided to this recipient? By consent, under an item of 27(1), or because the recipient is
// no third party (27(5)). Abroad, 28 comes first. Where a record is due, it is part of the answer.

import type { Day } from '../../base/day.ts';
import type { Duty, Finding, Ground, Missing } from '../../base/finding.ts';
import {
  appi,
  askInformation,
  duty,
  isFinding,
  lacks,
  no,
  noLawOn,
  outsideText,
  settle,
  step,
  type Step,
  together,
  unknown,
} from '../answer.ts';
import { contradiction, repeated, type Contradiction } from '../contradiction.ts';
import type { ProvisionFacts } from '../facts.ts';
import { specificProvision } from '../numbering/30-specific.ts';
import { joinedContradictions, withSecrecy } from '../telecom/4-joined.ts';
import { consentContradictions, testConsent, thirdPartyScope } from './16-consent.ts';
import { exceptionGround, nameCase, testException } from './18-exceptions.ts';
import { consentedBeyond, improper, insteadBeyond, insteadImproper, testPurpose } from './18-use.ts';
import { entrustmentStep, sameEntity, successionStep, supervised } from './27-entrustment.ts';
import { jointUseStep, noticeContradictions } from './27-joint-use.ts';
import { optOutStep } from './27-opt-out.ts';
import { abroadDuties, cloudStep, handledAbroad } from './23-abroad.ts';
import { consentAbroad } from './28-consent.ts';
import { foreignStatus, mayBeAbroad, placeContradictions, systemDuties } from './28-foreign.ts';
import { noRecord, publicBody, recordOfProvision } from './29-record.ts';
import { confirmationContradictions, decideRelatedProvision } from './31-provision.ts';
import { decidePseudonymousProvision } from './42-provision.ts';
import { anonymousProvisionContradictions, decideAnonymousProvision } from './44-provision.ts';

const provision = appi(
  '27(1)',
  '第三者に渡すには、前もって本人の同意を得るか、法律の挙げる場合に当たる必要があります。',
  'A provision to a third party needs the person’s prior consent or one of the cases the law lists.',
);
const consented = appi('27(1)', '前もって本人の同意を得ています。', 'The person consented beforehand.');
const isThirdParty = appi(
  '27(5)',
  '委託、事業の承継、共同利用のどれにも当たらないので、相手は第三者です。',
  'It is neither entrustment nor succession nor joint use, so the recipient is a third party.',
);
const getConsent = {
  ja: '提供先と項目を示して、本人の同意を得る',
  en: 'Obtain the persons’ consent, naming the recipient and the items',
};
const askAsUse = {
  ja: '18条3項の例外に当たるかを、社内で使うときの問いで確かめる',
  en: 'Use the question about use inside the company to check whether an exception of 18(3) applies',
};
const askRelation = lacks(
  'relation',
  '27(1)',
  '相手は当社とどのような関係か',
  'How the recipient is related to the company',
);
const askSystem = lacks(
  'equivalentSystem',
  '28(1)',
  '相手に基準適合体制があるか',
  'Whether the recipient has an equivalent-action system',
);
const decisionLog = (article: string): Duty =>
  duty(
    'keep-decision-log',
    ['APPI', article],
    'at-once',
    '根拠と文書番号を記録に残す',
    'Note the basis and the reference of the document',
    { items: ['basis', 'document', 'approver'] },
  );
const limitScope = (article: string): Duty =>
  duty('limit-scope', ['APPI', article], 'before', '求められた範囲だけを渡す', 'Provide only what is asked for');

/** Settles steps in order. The first refusal is the answer; facts that a step lacks are added to the missing ones. */
function conclude(steps: (Step | Finding | undefined)[], missing: Missing[]): Finding {
  const held: Step[] = [];
  for (const s of steps) {
    if (!s) return noLawOn();
    if (isFinding(s)) return s;
    held.push(s);
  }
  return together(provision, [...held, step([], [], missing)]);
}

/** 18(1). The handover to another department, as a use: within its purposes, or with a consent to this one. A step, or the refusal. */
function asUse(facts: ProvisionFacts, on: Day): Step | Finding {
  const purpose = testPurpose(facts);
  if (purpose.met === undefined) return step([], [], purpose.missing);
  if (purpose.met) return step(purpose.because);
  const consent = testConsent(facts, ['coversItems', 'coversPurpose'], '18(1)', on);
  if (consent.met) return step([consentedBeyond, ...consent.because]);
  if (consent.met === undefined) return step(purpose.because, [], consent.missing);
  const invalid = facts.consent ? [consent.because] : [];
  const asked = facts.exception ? [askAsUse] : [];
  return no([sameEntity, ...purpose.because, ...invalid], ...consent.instead, ...insteadBeyond, ...asked);
}

/** Another department of the same company: the same limits apply as for a use. Handling by a branch abroad is handling abroad (23). */
function withinCompany(facts: ProvisionFacts, missing: Missing[], on: Day): Finding {
  const use = asUse(facts, on);
  if (isFinding(use)) return use;
  const { country = 'JP' } = facts.recipient ?? {};
  const branch = country === 'JP' ? step() : step([handledAbroad], abroadDuties(['country', 'measures']));
  return settle(sameEntity, use, branch, step([], [], missing));
}

/** 27(1)(i) to (vii). Undefined when no item is claimed or the claim fails; then another basis is tried. */
function byItem(facts: ProvisionFacts, missing: Missing[], on: Day): Finding | undefined {
  const claim = facts.exception;
  if (!claim) return undefined;
  const item = testException(claim, mayBeAbroad(facts.recipient));
  if (item.met === false) return undefined;
  const body = publicBody(facts.recipient?.kind, on);
  if (item.met === undefined) return settle(provision, step([], [], [...item.missing, ...missing]));
  const duties = [decisionLog(claim.item), limitScope(claim.item)];
  return settle(exceptionGround(claim.item), step(body ? [noRecord, body] : [noRecord], duties, missing));
}

/** The reason why the claimed item does not apply. */
function failedItem({ exception }: ProvisionFacts): Ground[] {
  const item = exception && testException(exception);
  return item?.met === false ? [item.because] : [];
}

const noItems = (facts: ProvisionFacts, article: string): Missing[] =>
  facts.items?.length ? [] : [lacks('items', article, '渡す項目', 'The items to be provided')];

/** 28(1) consent: 27 is not asked in addition. The record is due even for entrustment and joint use. */
function abroadByConsent(facts: ProvisionFacts, because: Ground[], missing: Missing[], on: Day): Finding {
  const consent = consentAbroad(facts, on);
  if (isFinding(consent) && consent.answer === 'no') {
    // It is not stated whether there is an equivalent-action system, which would allow the provision without such consent. It would not if 27 refuses
    // too.
    const refused = missing.length === 0 && conclude(byRelation(facts, on), []).answer === 'no';
    const open = facts.equivalentSystem === undefined && !refused;
    return open
      ? unknown(consent.because, [askSystem, ...missing])
      : { ...consent, because: [...consent.because, ...failedItem(facts), ...because] };
  }
  const steps = [consent, recordOfProvision('consent', facts, on)];
  if (facts.relation === 'entrustment') {
    const supervision = entrustmentStep(facts, on);
    steps.push(isFinding(supervision) ? supervision : { ...supervision, because: [supervised] });
    steps.push(step([], abroadDuties(['country', 'measures'])));
  }
  return conclude(steps, [...noItems(facts, '28(1)'), ...missing]);
}

/** Consent under 27(1), or an opt-out, with the record of 29. */
function toThirdParty(facts: ProvisionFacts, on: Day): (Step | Finding | undefined)[] {
  const consent = testConsent(facts, thirdPartyScope, '27(1)', on);
  const items = step([], [], noItems(facts, '27(1)'));
  if (consent.met) return [step([consented, ...consent.because]), items, recordOfProvision('consent', facts, on)];
  const optOut = facts.optOut && optOutStep(facts, facts.optOut, on);
  // A consent that is not known may allow what the opt-out does not.
  if (optOut && !(isFinding(optOut) && consent.met === undefined)) {
    return [optOut, items, recordOfProvision('opt-out', facts, on)];
  }
  if (consent.met === undefined) {
    const record = recordOfProvision('consent', facts, on);
    return [step([provision, isThirdParty], [], consent.missing), items, record && step([], [], record.missing)];
  }
  const cases = nameCase(facts.exception, '27(1)');
  return [no([consent.because, ...failedItem(facts), isThirdParty], ...consent.instead, getConsent, ...cases)];
}

function byRelation(facts: ProvisionFacts, on: Day): (Step | Finding | undefined)[] {
  switch (facts.relation) {
    case 'entrustment':
      return [entrustmentStep(facts, on), step([noRecord])];
    case 'succession':
      return [successionStep(facts), step([noRecord])];
    case 'joint-use':
      return [jointUseStep(facts, on), step([noRecord])];
    default:
      return toThirdParty(facts, on);
  }
}

/** Information to which 27 does not apply has articles of its own: 31, 41(6) and 42, 43(4) and 44. */
function byKind(facts: ProvisionFacts, on: Day): Finding | undefined {
  switch (facts.information) {
    case 'pseudonymous':
      return decidePseudonymousProvision(facts, on);
    case 'anonymous':
      return decideAnonymousProvision(facts, on);
    case 'personally-related':
      return decideRelatedProvision(facts, on);
    default:
      return undefined;
  }
}

/** The refusal when neither 27 nor a consent to a provision abroad allows it, wherever the recipient is. Undefined when one of them may. */
function refusedAnywhere(facts: ProvisionFacts, on: Day): Finding | undefined {
  const home = conclude(byRelation(facts, on), []);
  return home.answer === 'no' && abroadByConsent(facts, [], [], on).answer === 'no' ? home : undefined;
}

/** 27, 28, 29. May personal data be provided to this recipient? */
function personalData(facts: ProvisionFacts, on: Day): Finding {
  const missing = askInformation(facts, '27(1)');
  if (!facts.relation) missing.push(askRelation);
  if (facts.relation === 'same-entity') return withinCompany(facts, missing, on);
  const item = byItem(facts, missing, on);
  if (item) return item;
  const standing = foreignStatus(facts, on);
  if (!standing) return noLawOn();
  const asked = [...missing, ...standing.missing];
  if (standing.status === 'CLOUD_NO_HANDLING') return conclude([cloudStep(facts)], asked);
  if (!facts.relation || standing.status === undefined) {
    const refused = missing.length === 0 && !facts.cloud ? refusedAnywhere(facts, on) : undefined;
    return refused ?? settle(provision, step([], [], asked));
  }
  if (standing.status === 'OTHER') return abroadByConsent(facts, standing.because, asked, on);
  // Consent to the provision abroad allows it whether or not the system conforms.
  const abroad = standing.status === 'RULE16' ? abroadByConsent(facts, [], missing, on) : undefined;
  if (abroad?.answer === 'yes') return abroad;
  const duties: Duty[] = standing.status === 'RULE16' ? systemDuties(on, standing.nextCheck) : [];
  if (facts.relation === 'entrustment' && standing.status !== 'DOMESTIC') {
    duties.push(...abroadDuties(['country', 'measures']));
  }
  const related = conclude([step(standing.because), ...byRelation(facts, on), step([], duties)], asked);
  return related.answer === 'no' && abroad?.answer === 'unknown' ? abroad : related;
}

/** 27 limits no other kind of information, so as long as the kind is not known it refuses nothing. */
function knownKind(facts: ProvisionFacts, found: Finding): Finding {
  const missing = askInformation(facts, '27(1)');
  return found.answer === 'no' && missing.length > 0 ? unknown([provision], missing) : found;
}

/** 19, 27, 28, 29, and by kind 31, 41 to 44. May this be provided to this recipient, on which basis, with which record? */
export function decideProvision(facts: ProvisionFacts, on: Day): Finding {
  const silent = outsideText(on);
  if (silent) return silent;
  if (facts.improper) return no([improper], insteadImproper);
  if (facts.information === 'my-number') return specificProvision(facts);
  return withSecrecy(facts, on, () => byKind(facts, on) ?? knownKind(facts, personalData(facts, on)));
}

/**
 * Facts of a provision, of any kind of information, that cannot all be true. A domestic vendor's cloud may well be abroad, so that is no
 * contradiction.
 */
export const provisionContradictions = (facts: ProvisionFacts): Contradiction[] => [
  ...placeContradictions(facts),
  ...(facts.items?.length === 0 ? [contradiction('items', '渡す項目がありません', 'No item is provided')] : []),
  ...repeated('items', facts.items),
  ...repeated(
    'holdingPurposes',
    facts.holdingPurposes?.map((p) => p.id),
  ),
  ...consentContradictions(facts.consent),
  ...noticeContradictions(facts.jointUse),
  ...repeated('optOut.listed', facts.optOut?.listed),
  ...confirmationContradictions(facts),
  ...anonymousProvisionContradictions(facts),
  ...joinedContradictions(facts.secrecy),
];
