// May we receive cookies, browsing histories and the like, and link them to people we know? (APPI 30, 31)

import { both } from '../../../base/bilingual.ts';
import { decideRelatedReceipt, receiptContradictions, type RelatedReceiptFacts } from '../../../law/index.ts';
import { question } from '../facts.ts';
import { consentJudgement, receipt } from './parts.ts';

const { provider, basis, exception, links, consent, substitute, looksUnlawful, record } = receipt;

export const receiveRelated = question<RelatedReceiptFacts>({
  id: 'receive-related',
  group: 'collect',
  title: both(
    '閲覧履歴などを受け取り、顧客と結び付けたい',
    'I want to receive browsing histories and link them to our customers',
  ),
  when: both(
    'ほかの会社から、だれのものか分からない閲覧履歴などを受け取る前に',
    'Before browsing histories and the like that identify nobody are received from another company',
  ),
  answers: { yes: both('受け取ってよい', 'it may be received'), no: both('受け取れません', 'it may not be received') },
  decide: decideRelatedReceipt,
  contradictions: (facts) => receiptContradictions(facts),
  fields: { links: { ...links, ask: 'first' }, provider, consent, substitute, basis, exception, looksUnlawful, record },
  judgements: consentJudgement,
});
