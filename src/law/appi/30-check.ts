// What every receipt from a third party has in common (20(1), 30, Rules 22 to 25): what forbids it, how the provider is checked, and the record. The
// caller decides which items the record contains.

import type { Day } from '../../base/day.ts';
import type { Duty, Ground, Missing } from '../../base/finding.ts';
import { appi, duty, lacks, rules, type Test } from '../answer.ts';
import type { Party, ReceiptFacts, RecordMode } from '../facts.ts';
import { under } from '../judgement.ts';
import type { RetentionYears } from '../parameters.ts';
import { testException } from './18-exceptions.ts';
import { mayBeAbroad } from './28-foreign.ts';
import { itemsFor } from './29-record.ts';
import { keepUntil, recordGrounds } from './29-retention.ts';

export const unlawful = appi(
  '20(1)',
  '相手が法に反して渡そうとしている情報は受け取れません。',
  'What the provider gives in breach of the law may not be received.',
);
/** What may be done instead of receiving what nobody may receive. */
export const insteadUnlawful = {
  ja: '適正な方法で、本人から直接受け取る',
  en: 'Obtain it from the person directly, by proper means',
};
export const byDeclaration = rules(
  '22(1)',
  '相手の申告などで相手を確かめます。',
  'The provider is checked by its declaration or the like.',
);
export const mustRecord = appi('30(3)', '確かめたことを記録します。', 'What was checked has to be recorded.');
export const mustKeep = appi(
  '30(4)',
  '記録を決められた期間保存します。',
  'The record has to be kept for the time laid down.',
);

export const entrustedOnly = appi(
  '27(5)(i)',
  '任された業務のほかに当社のためにも使うので、委託による受け取りに当たりません。',
  'We would use it for ourselves, beyond the work that is entrusted to us, so this is not entrustment.',
);
export const onlyAsEntrusted = {
  ja: '任された業務のためだけに使う',
  en: 'Use it only for the work that is entrusted to us',
};

/** `path` leads to the receipt's facts. */
export const askOwnUse = (path: string): Missing =>
  lacks(
    `${path}ownUse`,
    '27(5)(i)',
    '委託で受け取るなら、任された業務のほかに当社のためにも使うか',
    'If it is entrusted to the company: whether it also uses it for itself',
  );

/** `path` leads to the receipt's facts. */
const askItem = (path: string): Missing =>
  lacks(
    `${path}exception.item`,
    '27(1)',
    '相手が渡してよいのは、27条1項のどの号の場合か',
    'Under which item of 27(1) the provider may provide it',
  );

/** Tests the item of 27(1) under which the provider provides, as strictly as for a provision. `path` leads to the receipt's facts. */
export function testItem(
  { exception: claim, provider }: Pick<ReceiptFacts, 'exception' | 'provider'>,
  path: string,
): Test {
  if (!claim) return { met: undefined, missing: [askItem(path)] };
  const item = testException(claim, mayBeAbroad(provider), true);
  return item.met === undefined ? { met: undefined, missing: item.missing.map((m) => under(path, m)) } : item;
}

/** 30(3), (4). The duty to record a receipt on a day, and the grounds for making and keeping the record. */
export function receiptRecord(
  provider: Party | undefined,
  items: readonly string[],
  record: RecordMode | undefined,
  years: RetentionYears,
  on: Day,
): { make: Duty; making: Ground; keeping: Ground } {
  const [making, keeping] = recordGrounds.receipt[record?.mode ?? 'each'];
  const make = duty(
    'record-receipt',
    ['APPI', '30(3)'],
    'at-once',
    '受け取りの記録を速やかに作り、保存する',
    'Make the receipt record promptly and keep it',
    { items: itemsFor(provider, items), keepUntil: keepUntil(record, years, on) },
  );
  return { make, making, keeping };
}
