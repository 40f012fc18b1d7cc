// Article 30: a company that receives personal data from a third party checks who provides it and how it was acquired, and records that. Data that
// looks unlawfully acquired is not received.

import type { Day } from '../../base/day.ts';
import type { Finding, Ground, Missing } from '../../base/finding.ts';
import {
  appi,
  askInformation,
  asserts,
  ground,
  isFinding,
  lacks,
  no,
  noLawOn,
  outsideText,
  rules,
  step,
  type Step,
  together,
} from '../answer.ts';
import { contradiction, type Contradiction } from '../contradiction.ts';
import type { ReceiptFacts } from '../facts.ts';
import { specificAcquisition } from '../numbering/30-specific.ts';
import { allInForce, receiptRecordItems, receiptRetention } from '../parameters.ts';
import { consentContradictions } from './16-consent.ts';
import { exceptionGround } from './18-exceptions.ts';
import { neverByOptOut } from './27-opt-out.ts';
import { askKind, exemption, isNoProvision, lacksOfParty, publicBody } from './29-record.ts';
import {
  askOwnUse,
  byDeclaration,
  entrustedOnly,
  insteadUnlawful,
  mustKeep,
  mustRecord,
  onlyAsEntrusted,
  receiptRecord,
  testItem,
  unlawful,
} from './30-check.ts';
import { decideRelatedReceipt } from './31-receipt.ts';
import { processedReceipt } from './42-receipt.ts';

const check = appi(
  '30(1)',
  'だれから、どう取得された情報かを確かめます。',
  'Who gives it and how it was acquired has to be checked.',
);
const noCheck = appi(
  '30(1)',
  'この根拠で受け取るとき、確認と記録は要りません。',
  'Neither check nor record is due on this basis.',
);
const exempted = asserts(
  ['exemption.approvedBy'],
  appi(
    '30(1)',
    'ガイドラインが、確認と記録の要らない場合として挙げる受け取りです。',
    'The guideline reads this as a receipt that needs neither check nor record.',
  ),
  '確認と記録を省けるのは、ガイドラインの挙げる場合に当たると、担当者が承認したときだけです。',
  'Check and record may be left out only once the person in charge has approved that the guideline lists this case.',
);
const byDocument = rules(
  '22(2)',
  '取得の経緯を、契約書などを見せてもらって確かめます。',
  'How it was acquired is checked by being shown a contract or the like.',
);
const unseen = rules(
  '22(2)',
  '取得の経緯を示す契約書などをまだ見ていません。',
  'No document showing how it was acquired has been seen yet.',
);
const withoutConsent = appi(
  '27(1)',
  '相手は本人の同意を得ていません。',
  'The provider has not obtained the persons’ consent.',
);
const unfiled = appi(
  '27(2)',
  '相手のオプトアウトの届出が公表されていません。',
  'The provider’s opt-out filing has not been published.',
);
const needsBasis = appi(
  '27(1)',
  '第三者への提供になるので、相手が本人の同意を得るなど、別の根拠が要ります。',
  'It is a provision to a third party, for which the provider needs the persons’ consent or another basis.',
);
const askConsent = {
  ja: '相手に本人の同意を得てもらい、第三者からの提供として受け取る',
  en: 'Have the provider obtain the persons’ consent, and receive it as from a third party',
};
const insteadOfOwnUse = [onlyAsEntrusted, askConsent];
const contents = {
  'opt-out': rules(
    '24(1)(i)',
    'オプトアウトで受け取るときの記録事項です。',
    'These are the record items of an opt-out receipt.',
  ),
  consent: rules(
    '24(1)(ii)',
    '同意に基づいて受け取るときの記録事項です。',
    'These are the record items of a receipt by consent.',
  ),
  'private-person': rules(
    '24(1)(iv)',
    '事業者でない人から受け取るときの記録事項です。',
    'These are the record items of a receipt from a private person.',
  ),
};
const mayAcquire = appi(
  '20(2)',
  '要配慮個人情報は、渡す側の根拠のほかに、当社が取得してよい場合かも確かめます。',
  'For special care-required information, it is also checked that the company may acquire it, besides the basis on which it is provided.',
);
const askCase = lacks(
  'specialCareCase',
  '20(2)',
  '本人の同意があるか、20条2項のどの場合か（情報を集めるときの問いで確かめてください）',
  'Whether the person consents, or which case of 20(2) it is (check with the question about collecting)',
);
const seeDocument = {
  ja: '取得の経緯が分かる契約書などを見せてもらう',
  en: 'Ask to be shown a contract or another document that shows how it was acquired',
};

/** `path` leads to the receipt's facts. */
const askBasis = (path: string): Missing =>
  lacks(`${path}basis`, '30(1)', '相手は何を根拠に渡すか', 'On what basis the provider gives it');

/** The missing facts on whether the provider may provide it. */
function lacksOfBasis(facts: ReceiptFacts, path: string): Missing[] {
  const { basis, consentObtained, filingPublished } = facts;
  if (basis === undefined) return [askBasis(path)];
  if (basis === 'exception') {
    const item = testItem(facts, path);
    return item.met === undefined ? item.missing : [];
  }
  if (basis === 'not-third-party') return facts.ownUse === undefined ? [askOwnUse(path)] : [];
  if (basis === 'consent' && consentObtained === undefined)
    return [lacks(`${path}consentObtained`, '27(1)', '相手が同意を得ているか', 'Whether the provider has consent')];
  return basis === 'opt-out' && filingPublished === undefined
    ? [lacks(`${path}filingPublished`, '27(2)', '届出が公表されているか', 'Whether the filing is published')]
    : [];
}

function lacksOfCheck(facts: ReceiptFacts, path: string): Missing[] {
  const missing = lacksOfParty(facts.provider, `${path}provider`, '30(1)');
  const ask = (fact: keyof ReceiptFacts, article: string, ja: string, en: string): void => {
    if (facts[fact] === undefined || facts[fact] === '') missing.push(lacks(path + fact, article, ja, en));
  };
  ask('howAcquired', '30(1)', '相手がどう取得したか', 'How the provider acquired it');
  ask('documentSeen', '30(1)', '経緯を示す文書を見たか', 'Whether a document showing that was seen');
  return [...missing, ...lacksOfBasis(facts, path)];
}

/** The refusal where the basis on which it is provided is known not to stand. Undefined where it stands, or where that is not known. */
function withoutBasis(facts: ReceiptFacts): Finding | undefined {
  const { basis } = facts;
  const never = basis === 'opt-out' ? neverByOptOut(facts.information, {}) : undefined;
  if (never) return no([unlawful, never], askConsent);
  if (basis === 'consent' && facts.consentObtained === false) return no([unlawful, withoutConsent], askConsent);
  if (basis === 'opt-out' && facts.filingPublished === false) return no([unlawful, unfiled], askConsent);
  if (basis === 'not-third-party' && facts.ownUse) return no([entrustedOnly, needsBasis], ...insteadOfOwnUse);
  const item = basis === 'exception' ? testItem(facts, '') : undefined;
  return item?.met === false ? no([unlawful, item.because], askConsent) : undefined;
}

/**
 * The refusal, once it is known that 27 and 30 apply: they bind no public body. Until then, the question what kind of party provides it. Of the kind
 * of information, which others have articles of their own, the caller asks.
 */
function refusal(facts: ReceiptFacts, path: string, refused: Finding): Step | Finding {
  const known = facts.provider?.kind !== undefined;
  if (known && facts.information !== undefined) return refused;
  return step([check], [], known ? [] : [askKind(`${path}provider`, '30(1)')]);
}

/** 30. The check and the record of a receipt as a step of an answer, or the refusal. `path` leads to the receipt's facts. */
export function receipt(facts: ReceiptFacts, path: string, on: Day): Step | Finding {
  const { basis } = facts;
  if (facts.looksUnlawful) return no([unlawful], insteadUnlawful);
  const body = publicBody(facts.provider?.kind, on);
  if (body) return step([body, noCheck]);
  const claim = facts.exemption;
  const exempt = claim && exemption(claim, `${path}exemption`, exempted);
  if (exempt && isNoProvision(claim)) return exempt;
  const refused = withoutBasis(facts);
  if (refused) return refusal(facts, path, refused);
  const open = lacksOfBasis(facts, path);
  if (exempt) return { ...exempt, missing: [...exempt.missing, ...open] };
  if (basis === undefined) return step([check], [], open);
  if (basis === 'exception' || basis === 'not-third-party') {
    if (open.length > 0) return step([check], [], open);
    const item = basis === 'exception' && facts.exception ? [exceptionGround(facts.exception.item, true)] : [];
    return step([...item, noCheck]);
  }
  if (facts.documentSeen === false) return refusal(facts, path, no([check, unseen], seeDocument));
  const laid = allInForce({ items: receiptRecordItems, years: receiptRetention }, on);
  if (!laid) return noLawOn();
  const items = laid.items[basis];
  // Rule 23(2): a receipt by opt-out is recorded each time.
  const made = basis === 'opt-out' ? undefined : facts.record;
  const { make, making, keeping } = receiptRecord(facts.provider, items, made, laid.years, on);
  const because = [check, byDeclaration, byDocument, mustRecord, making, contents[basis], mustKeep, keeping];
  return step(because, [make], lacksOfCheck(facts, path));
}

const throughEntrustment = appi(
  '20(2)(viii)',
  '委託、事業の承継または共同利用によって受け取ります。',
  'It is received through entrustment, succession or joint use.',
);
const order9 = ground(
  'APPI-Order',
  '9(ii)',
  'この受け取り方に本人の同意は要りません。',
  'This way of receiving needs no consent.',
);
const consentedToProvider = ground(
  'Guideline',
  '3-3-2',
  '相手が本人の必要な同意を得て渡すので、当社が改めて同意を得る必要はありません。',
  'The provider has the person’s consent as required, so the company need not obtain it again.',
);
const givenByPerson = asserts(
  ['exemption.approvedBy'],
  ground(
    'Guideline',
    '3-3-2',
    '本人が渡しているか、ほかの者が本人に代わって渡しているので、受け取ることへの同意があったものとして扱います。',
    'The person gives it, or has it given, which counts as consent to the acquisition.',
  ),
  '本人が渡すときや、ほかの者が本人に代わって渡すときは、受け取ることへの同意があったものとして扱います。',
  'Where the person gives it, or has it given, that counts as consent to the acquisition.',
);

/** True when the person provides it or has it provided: guideline on records 2-2-1. */
export const givenByPrincipal = ({ exemption: claim }: ReceiptFacts): boolean =>
  claim?.kind === 'by-principal' || claim?.kind === 'for-principal';

/**
 * 20(2), Order 9(ii), guideline 3-3-2. The ground on which the way of receiving allows special care-required information, with the missing facts that
 * the check of 30 has not asked for already. Undefined when the way of receiving does not allow it. `path` leads to the receipt's facts.
 */
export function letIn(facts: ReceiptFacts, path: string, checked: Step): Step | undefined {
  const { basis, consentObtained, exemption: claim } = facts;
  const open = (because: Ground[], missing: Missing[]): Step =>
    step(
      because,
      [],
      missing.filter((m) => checked.missing.every(({ fact }) => fact !== m.fact)),
    );
  if (claim && givenByPrincipal(facts)) {
    const given = exemption(claim, `${path}exemption`, givenByPerson);
    return open(given.because, given.missing);
  }
  if (basis === undefined) return open([], lacksOfBasis(facts, path));
  if (basis === 'not-third-party') return step([throughEntrustment, order9]);
  if (basis !== 'consent' || consentObtained === false) return undefined;
  return consentObtained ? step([consentedToProvider]) : open([], lacksOfBasis(facts, path));
}

/** 20(2). The step for special care-required information: settled by the way of receiving, or else left to a case of 20(2). */
function specialCare(facts: ReceiptFacts, checked: Step): Step {
  if (facts.information !== 'special-care') return step();
  const by = letIn(facts, '', checked);
  if (!by) return step([mayAcquire], [], [askCase]);
  return by.missing.length > 0 ? step([mayAcquire], [], by.missing) : by;
}

/** 20(1), 20(2), 30. May personal data be received from this third party, and what is checked and recorded? */
export function decideReceipt(facts: ReceiptFacts, on: Day): Finding {
  const silent = outsideText(on);
  if (silent) return silent;
  if (facts.information === 'my-number' && !facts.looksUnlawful) return specificAcquisition();
  if (facts.information === 'personally-related') return decideRelatedReceipt(facts, on);
  if (facts.information === 'pseudonymous' || facts.information === 'anonymous') {
    const processed = processedReceipt(facts.information, facts, '', on);
    return isFinding(processed) ? processed : together(check, [processed]);
  }
  const checked = receipt(facts, '', on);
  if (isFinding(checked)) return checked;
  return together(check, [checked, specialCare(facts, checked), step([], [], askInformation(facts, '30(1)'))]);
}

/**
 * Facts of a receipt, of whatever kind of information, that cannot all be true: consent and opt-out (27) bind business operators only.
 * `path` leads to the receipt's facts.
 */
export function receiptContradictions(facts: ReceiptFacts, path = ''): Contradiction[] {
  const { basis } = facts;
  const kind = facts.provider?.kind;
  const operator = kind === 'corporation' || kind === 'individual';
  const needsOperator = basis === 'consent' || basis === 'opt-out';
  const found = consentContradictions(facts.consent, path);
  if ((basis === 'private-person' && operator) || (kind === 'private-person' && needsOperator)) {
    found.push(contradiction(`${path}basis`, '相手の種類と合いません', 'It does not match the kind of provider'));
  }
  return found;
}
