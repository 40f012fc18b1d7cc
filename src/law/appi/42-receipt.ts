// Receiving processed information. Pseudonymously processed information may come only under a law, or by entrustment, succession or joint use (41(6),
// 42). Anonymously processed information may come from anybody, and binds the party that receives it (45, 46).

import type { Day } from '../../base/day.ts';
import type { Finding } from '../../base/finding.ts';
import { appi, lacks, no, step, type Step } from '../answer.ts';
import type { ReceiptFacts } from '../facts.ts';
import { exceptionGround } from './18-exceptions.ts';
import { askOwnUse, entrustedOnly, insteadUnlawful, onlyAsEntrusted, testItem, unlawful } from './30-check.ts';
import { publishPseudonymousPurpose, pseudonymousDuties } from './41-pseudonymisation.ts';
import { askPseudonymousType } from './41-use.ts';
import { received } from './45-use.ts';

const limited = appi(
  '42(1)',
  '仮名加工情報を受け取れるのは、法令に基づく場合と、委託、事業の承継、共同利用だけです。',
  'Pseudonymously processed information may be received only under a law or by entrustment, succession or joint use.',
);
const notOpen = appi(
  '42(1)',
  '仮名加工情報は、本人の同意やオプトアウトでは渡せないので、受け取れません。',
  'Pseudonymously processed information may not be provided by consent or opt-out, so it may not be received.',
);
const noCheck = appi(
  '41(6)',
  '仮名加工情報をこの根拠で受け取るとき、確認と記録は要りません。',
  'For pseudonymously processed information, neither check nor record is due on this basis.',
);
const anonymous = appi(
  '2(6)',
  '匿名加工情報は個人情報ではないので、受け取るときの確認も記録も要りません。',
  'It is not personal information, so neither check nor record is due on receiving it.',
);
const bound = appi(
  '45',
  '受け取った者も、本人を割り出すことも、削除された情報などを手に入れることはできません。',
  'The party that receives it may neither identify anybody nor obtain the deleted information.',
);
const askHow = {
  ja: '委託、事業の承継または共同利用によって受け取る',
  en: 'Receive it through entrustment, succession or joint use',
};

/** 20(1), 41(6), 42, 45, 46. The receipt of processed information as a step, or the refusal. `path` leads to the receipt's facts. */
export function processedReceipt(
  kind: 'pseudonymous' | 'anonymous',
  facts: ReceiptFacts,
  path: string,
  on: Day,
): Step | Finding {
  if (facts.looksUnlawful) return no([unlawful], insteadUnlawful);
  if (kind === 'anonymous') return step([anonymous, bound], [...received]);
  const { basis, pseudonymousType: type } = facts;
  if (basis === 'consent' || basis === 'opt-out' || basis === 'private-person') return no([notOpen], askHow);
  if (basis === 'not-third-party' && facts.ownUse) return no([entrustedOnly, limited], onlyAsEntrusted);
  // Of the items of 27(1), 41(6) and 42(1) leave only that of a law.
  const claim = basis === 'exception' ? facts.exception : undefined;
  if (claim && claim.item !== '27(1)(i)') return no([limited], askHow);
  const item = basis === 'exception' ? testItem(facts, path) : undefined;
  if (item?.met === false) return no([limited, item.because], askHow);
  const missing = item?.met === undefined && item ? [...item.missing] : [];
  if (!basis) missing.push(lacks(`${path}basis`, '42(1)', '何を根拠に受け取るか', 'On what basis it is received'));
  if (basis === 'not-third-party' && facts.ownUse === undefined) missing.push(askOwnUse(path));
  if (!type) missing.push(askPseudonymousType(path));
  const purpose = type === 'personal' ? [publishPseudonymousPurpose] : [];
  const byLaw = claim && item?.met ? [exceptionGround(claim.item, true)] : [];
  const unchecked = type === 'personal' ? [noCheck] : [];
  return step([limited, ...byLaw, ...unchecked], [...purpose, ...pseudonymousDuties(on)], missing);
}
