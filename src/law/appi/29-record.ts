// Article 29: the record of a provision to a third party. Who is exempt, what the record contains, how it is made, and until when it is kept.

import type { Day } from '../../base/day.ts';
import type { Duty, Ground, Missing } from '../../base/finding.ts';
import { appi, asserts, duty, lacks, rules, step, type Step } from '../answer.ts';
import type { Party, PartyKind, ProvisionFacts, RecordExemption } from '../facts.ts';
import { allInForce, inForce, provisionRecordItems, provisionRetention, publicBodies } from '../parameters.ts';
import { keepUntil, recordGrounds } from './29-retention.ts';

/** 29(1) proviso: the basis is an item of 27(1) or 27(5), so no record is made. */
export const noRecord = appi(
  '29(1)',
  'この根拠で渡すとき、提供の記録は要りません。',
  'No provision record is needed on this basis.',
);
const mustRecord = appi('29(1)', '第三者への提供は記録します。', 'A provision to a third party has to be recorded.');
const mustKeep = appi('29(2)', '記録を決められた期間保存します。', 'The record has to be kept for the time laid down.');
const contents = {
  consent: rules(
    '20(1)(ii)',
    '同意に基づいて渡すときの記録事項です。',
    'These are the record items of a provision by consent.',
  ),
  'opt-out': rules('20(1)(i)', 'オプトアウトで渡すときの記録事項です。', 'These are the record items of an opt-out.'),
};
const noOperator: [string, string] = [
  '相手は個人情報取扱事業者ではありません。',
  'The other party is not a business operator.',
];
const exempted = asserts(
  ['exemption.approvedBy'],
  appi(
    '29(1)',
    'ガイドラインが、記録の要らない場合として挙げる提供です。',
    'The guideline reads this as a provision that needs no record.',
  ),
  '記録を省けるのは、ガイドラインの挙げる場合に当たると、担当者が承認したときだけです。',
  'The record may be left out only once the person in charge has approved that the guideline lists this case.',
);
const recipientOnly = appi(
  '29(1)',
  '確認と記録が要らないのは受け取る側だけなので、渡す側の記録は要ります。',
  'This exempts only the recipient from checking and recording, so the provider still needs a record.',
);
const confirmExemption = (article: string): Duty =>
  duty(
    'record-exception',
    ['APPI', article],
    'at-once',
    '記録を作らない理由と承認した人を残す',
    'Record why no record is made and who approved that',
    { items: ['kind', 'reason', 'approver'] },
  );

/** 16(2). The ground that a party is a public body and not an operator; undefined for any other party. */
export function publicBody(kind: PartyKind | undefined, on: Day): Ground | undefined {
  const article = kind && inForce(publicBodies, on)?.[kind];
  return article ? appi(article, ...noOperator) : undefined;
}

/** The missing fact what kind of party it is. `path` leads to the party. */
export const askKind = (path: string, article: string): Missing =>
  lacks(`${path}.kind`, article, '相手は法人か個人か', 'What kind of party it is');

/** The missing facts about a party, under an article: name, address and, for a corporation, its representative. */
export function lacksOfParty(party: Party | undefined, path: string, article: string): Missing[] {
  const missing: Missing[] = [];
  if (!party?.kind) missing.push(askKind(path, article));
  if (!party?.name) missing.push(lacks(`${path}.name`, article, '相手の氏名または名称', 'The name of the other party'));
  if (!party?.address) missing.push(lacks(`${path}.address`, article, '相手の住所', 'The address of the other party'));
  if (party?.kind === 'corporation' && !party.representative) {
    missing.push(lacks(`${path}.representative`, article, '代表者の氏名', 'The name of the representative'));
  }
  return missing;
}

/** The items of a record about this party: only a corporation has a representative. */
export const itemsFor = (party: Party | undefined, items: readonly string[]): string[] =>
  party?.kind === 'corporation' ? [...items] : items.filter((i) => !i.endsWith('-representative'));

/** An exemption that the guideline gives is never taken silently: somebody must have confirmed it, and that is noted. */
export function exemption(claim: RecordExemption, path: string, because: Ground): Step {
  return claim.approvedBy
    ? step([because], [confirmExemption(because.article)])
    : step(
        [because],
        [],
        [lacks(`${path}.approvedBy`, because.article, '例外を承認した人', 'Who approved the exemption')],
      );
}

/** Guideline on records 2-2-1, 2-2-2. True when the case frees the provider too, because the guideline reads no provision at all. */
export const isNoProvision = ({ kind }: RecordExemption): boolean =>
  kind !== 'not-data-for-recipient' && kind !== 'viewing';

/** 29(1), (2). The record of a provision by consent or opt-out made on a day, or why none is made. Undefined without law data. */
export function recordOfProvision(basis: 'consent' | 'opt-out', facts: ProvisionFacts, on: Day): Step | undefined {
  const { recipient = {}, record } = facts;
  const body = publicBody(recipient.kind, on);
  if (body) return step([body, noRecord]);
  const claim = facts.exemption;
  if (claim && isNoProvision(claim)) return exemption(claim, 'exemption', exempted);
  const laid = allInForce({ items: provisionRecordItems, years: provisionRetention }, on);
  if (!laid) return undefined;
  const items = laid.items[basis];
  // Rule 19(2): an opt-out is recorded each time.
  const made = basis === 'opt-out' ? undefined : record;
  const mode = made?.mode ?? 'each';
  const make = duty(
    'record-provision',
    ['APPI', '29(1)'],
    'at-once',
    '提供の記録を速やかに作り、保存する',
    'Make the provision record promptly and keep it',
    {
      items: itemsFor(recipient, items),
      keepUntil: keepUntil(made, laid.years, on),
    },
  );
  const missing = lacksOfParty(recipient, 'recipient', '29(1)');
  const [making, keeping] = recordGrounds.provision[mode];
  const failed = claim ? [recipientOnly] : [];
  return step([...failed, mustRecord, making, contents[basis], mustKeep, keeping], [make], missing);
}
