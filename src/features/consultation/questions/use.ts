// May I use this for that? (APPI 18, 19)

import { both } from '../../../base/bilingual.ts';
import { decideUse, type UseFacts, useContradictions } from '../../../law/index.ts';
import { purposeId, purposes, question, yesNo } from '../facts.ts';
import {
  consent,
  consentJudgement,
  exception,
  information,
  processed,
  secrecy,
  secrecyJudgement,
  useItems,
} from './parts.ts';

export const use = question<UseFacts>({
  id: 'use',
  group: 'use',
  title: both('持っている情報を、社内で使いたい', 'I want to use information we have'),
  when: both(
    '名簿を見る、並べ替える、案内を送る、分析するなど、持っている情報を何かに使う前に',
    'Before information we hold is looked at, sorted, analysed or used to write to people',
  ),
  answers: {
    yes: both('使ってよい', 'it may be used'),
    no: both('この目的には使えません', 'it may not be used for this purpose'),
  },
  decide: decideUse,
  contradictions: useContradictions,
  fields: {
    information,
    purpose: purposeId('何のために使いますか', 'What is it used for?', { ask: 'first' }),
    holdingPurposes: purposes('何のために集めた情報ですか', 'What was it collected for?', {
      ask: 'first',
      standing: 'holdingPurposes',
    }),
    consent,
    exception: exception(useItems),
    improper: yesNo('違法や不当な行為を助長するおそれがありますか', 'Might it further unlawful or unjust acts?', {
      ask: 'if-known',
    }),
    ...processed,
    secrecy,
  },
  judgements: { ...secrecyJudgement, ...consentJudgement },
});
