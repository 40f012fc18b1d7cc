// May cookies, browsing histories and the like be given to somebody who may link them? (APPI 31)

import { both } from '../../../base/bilingual.ts';
import {
  decideRelatedProvision,
  relatedProvisionContradictions,
  type RelatedProvisionFacts,
} from '../../../law/index.ts';
import { items, question } from '../facts.ts';
import { exception, party, provisionItems, record } from './parts.ts';
import { equivalentSystem, link } from './provision-parts.ts';

export const provideRelated = question<RelatedProvisionFacts>({
  id: 'provide-related',
  group: 'give',
  title: both('クッキーや閲覧履歴を、だれかに渡したい', 'I want to give cookies or browsing histories to somebody'),
  when: both(
    '広告会社や分析会社に、だれのものか分からない閲覧履歴、位置情報などを渡す前に',
    'Before browsing histories, location data and the like that identify nobody go to advertisers, analysts or others',
  ),
  answers: { yes: both('渡してよい', 'it may be handed over'), no: both('渡せません', 'it may not be handed over') },
  decide: decideRelatedProvision,
  contradictions: relatedProvisionContradictions,
  fields: {
    recipient: party(both('渡す相手', 'the recipient'), 'first'),
    items: items('渡す項目', 'What is handed over', { ask: 'first' }),
    link,
    equivalentSystem,
    exception: exception(provisionItems),
    record,
  },
});
