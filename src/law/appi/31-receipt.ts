// Articles 30 and 31 for the party that links. If the company will hold personally related information as personal data, it needs the persons'
// consent first, obtained by itself or by the provider in its place, and a record. If the information is kept apart from persons, neither is needed.

import type { Day } from '../../base/day.ts';
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
  step,
  type Step,
  together,
} from '../answer.ts';
import type { ReceiptFacts, SubstituteConsent } from '../facts.ts';
import { under } from '../judgement.ts';
import { inForce, receiptRetention, relatedReceiptRecordItems } from '../parameters.ts';
import { testConsent } from './16-consent.ts';
import { exceptionGround } from './18-exceptions.ts';
import { lacksOfParty, publicBody } from './29-record.ts';
import { byDeclaration, insteadUnlawful, mustKeep, mustRecord, receiptRecord, testItem, unlawful } from './30-check.ts';

/** `basis`: `exception` means that an item of 27(1) applies, which `exception` names. With any other basis the consent is asked for. */
export type RelatedReceiptFacts = Pick<
  ReceiptFacts,
  'provider' | 'basis' | 'exception' | 'links' | 'consent' | 'substitute' | 'looksUnlawful' | 'record' | 'judgements'
>;

const linking = appi(
  '31(1)',
  '個人と結び付けて持つと個人データになるので、本人の同意が前もって要ります。',
  'Linked to persons it becomes personal data, so their consent is needed first.',
);
const apart = appi(
  '31(1)',
  '個人と結び付けずに持つ個人関連情報には、同意も記録も要りません。',
  'Kept apart from persons it stays personally related information; neither consent nor a record is due.',
);
const exempt = appi(
  '31(1)',
  '法律の挙げる場合に当たるので、同意の確認も記録も要りません。',
  'It is one of the cases the law lists, so neither consent nor a record is due.',
);
const bySubstitute = ground(
  'Guideline',
  '3-7',
  '当社の名前と項目を示して提供元が得た同意でも足ります。',
  'Consent that the provider obtained, naming the company and the items, is enough.',
);
const notForUs = ground(
  'Guideline',
  '3-7',
  '提供元の得た同意は、当社の名前や項目を示したものではありません。',
  'The consent the provider obtained did not name the company or the items.',
);
const unseen = ground(
  'Guideline',
  '3-7',
  '提供元が同意を得たことを示すものを見ていません。',
  'Nothing was seen that shows the provider’s consent.',
);
const noConsent = appi(
  '31(1)(i)',
  '当社が個人データとして受け取ることへの同意がありません。',
  'There is no consent to the company acquiring it as personal data.',
);
const check = appi(
  '30(1)',
  '提供元の名称、住所、代表者を確かめます。',
  'The provider’s name, address and representative are checked.',
);
const contents = rules(
  '24(1)(iii)',
  '個人関連情報を個人データとして受け取るときの記録事項です。取得の経緯は要りません。',
  'These are the record items of such a receipt. How it was acquired is not among them.',
);
const noRecord = appi(
  '30(1)',
  '国の機関などから受け取るとき、確認と記録は要りません。',
  'Neither check nor record is due for what a public body provides.',
);
const obtain = [
  { ja: '本人の同意を得てから結び付ける', en: 'Obtain the persons’ consent, then link it' },
  { ja: '個人と結び付けずに使う', en: 'Use it without linking it to persons' },
];
const truthfully: Duty = duty(
  'declare-truthfully',
  ['APPI', '31(3)'],
  'before',
  '同意を得ていることを、提供元にありのままに伝える',
  'Tell the provider truthfully that the consent was obtained',
);

/** The missing fact on which everything else depends: whether it becomes personal data here. */
export const askLinks = (path: string): Missing =>
  lacks(`${path}links`, '31(1)', '個人と結び付けて持つか', 'Whether it will be linked to persons');

/** Guideline 3-7. Does the consent the provider obtained replace the company's own? A step, or why not. */
function substituted(s: SubstituteConsent, path: string): Step | Ground {
  if (s.namesUs === false || s.namesItems === false) return notForUs;
  if (s.evidenceSeen === false) return unseen;
  const missing: Missing[] = [];
  const ask = (fact: keyof SubstituteConsent, ja: string, en: string): void => {
    if (s[fact] === undefined) missing.push(lacks(`${path}substitute.${fact}`, '31(1)(i)', ja, en));
  };
  ask('namesUs', '同意が当社を名指ししているか', 'Whether the consent names the company');
  ask('namesItems', '同意が項目を示しているか', 'Whether the consent names the items');
  ask('evidenceSeen', '提供元が同意を得たことを示すものを見たか', 'Whether evidence of the consent was seen');
  return step([bySubstitute], [], missing);
}

/** The persons' consent to the linking, obtained by the company or by the provider: a step, or the refusal. */
function consentStep(facts: RelatedReceiptFacts, path: string, on: Day): Step | Finding {
  const own = testConsent(facts, ['coversRecipient', 'coversItems'], '31(1)(i)', on);
  if (own.met) return step(own.because);
  const stands = facts.substitute ? substituted(facts.substitute, path) : undefined;
  if (stands && !('says' in stands)) return stands;
  if (own.met === undefined)
    return step(
      [],
      [],
      own.missing.map((m) => under(path, m)),
    );
  if (stands) return no([noConsent, own.because, stands], ...own.instead, ...obtain);
  const ask = lacks(
    `${path}substitute`,
    '31(1)(i)',
    '提供元が当社のために同意を得ているか',
    'Whether the provider obtained the consent for the company',
  );
  return facts.substitute === undefined ? step([], [], [ask]) : no([noConsent, own.because], ...own.instead, ...obtain);
}

/** An item of 27(1), under which neither consent nor a record is due: a step, or the refusal. */
function byItem(facts: RelatedReceiptFacts, path: string): Step | Finding {
  const item = testItem(facts, path);
  if (item.met === undefined) return step([linking], [], item.missing);
  return item.met
    ? step([exceptionGround(facts.exception!.item, true), exempt])
    : no([linking, item.because], ...obtain);
}

/** 30, 31. The receipt as a step of an answer, or the refusal. `path` leads to the receipt's facts. */
export function relatedReceipt(facts: RelatedReceiptFacts, path: string, on: Day): Step | Finding {
  if (facts.looksUnlawful) return no([unlawful], insteadUnlawful);
  if (facts.links === false) return step([apart]);
  const links = facts.links ? [] : [askLinks(path)];
  const basis = facts.basis === 'exception' ? byItem(facts, path) : consentStep(facts, path, on);
  if (isFinding(basis)) return links.length > 0 ? step([linking], [], links) : basis;
  if (facts.basis === 'exception') return basis;
  const body = publicBody(facts.provider?.kind, on);
  if (body) return step([linking, ...basis.because, body, noRecord], [truthfully], [...links, ...basis.missing]);
  const items = inForce(relatedReceiptRecordItems, on);
  const years = inForce(receiptRetention, on);
  if (!items || !years) return noLawOn();
  const { make, making, keeping } = receiptRecord(facts.provider, items, facts.record, years, on);
  return step(
    [linking, ...basis.because, check, byDeclaration, mustRecord, making, contents, mustKeep, keeping],
    [truthfully, make],
    [...links, ...basis.missing, ...lacksOfParty(facts.provider, `${path}provider`, '30(1)')],
  );
}

/** 30, 31. May personally related information be received from this third party, and what is due if it is linked? */
export function decideRelatedReceipt(facts: RelatedReceiptFacts, on: Day): Finding {
  const silent = outsideText(on);
  if (silent) return silent;
  const received = relatedReceipt(facts, '', on);
  return isFinding(received) ? received : together(linking, [received]);
}
