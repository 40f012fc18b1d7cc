// May I receive personal data from somebody else, and what is checked and recorded? (APPI 20(1), 30, 31)

import { both } from '../../../base/bilingual.ts';
import { decideReceipt, type ReceiptFacts, receiptContradictions } from '../../../law/index.ts';
import { question } from '../facts.ts';
import { consentJudgement, information, receipt } from './parts.ts';

export const receive = question<ReceiptFacts>({
  id: 'receive',
  group: 'collect',
  title: both('ほかの会社から、名簿やデータを受け取りたい', 'I want to receive a list or data from another company'),
  when: both(
    '共催者、取引先、名簿を売る会社などから個人情報をもらう前に',
    'Before personal information is taken from a partner, a customer or a seller of lists',
  ),
  answers: { yes: both('受け取ってよい', 'it may be received'), no: both('受け取れません', 'it may not be received') },
  decide: decideReceipt,
  contradictions: (facts) => receiptContradictions(facts),
  fields: { information, ...receipt },
  judgements: consentJudgement,
});
