// May communications data be looked at or handed over? (TBA 4)

import { both } from '../../../base/bilingual.ts';
import { secrecyContradictions, decideSecrecy, type SecrecyFacts } from '../../../law/index.ts';
import { question, yesNo } from '../facts.ts';
import { carried, communicationsFacts, consentJudgement, secrecyJudgement } from './parts.ts';

export const secrecy = question<SecrecyFacts>({
  id: 'secrecy',
  group: 'website',
  title: both(
    '通信の内容や記録を、見たり渡したりしたい',
    'I want to look at or hand over communications or their records',
  ),
  when: both(
    '警察などから通信の記録を求められたとき、障害の調査などで通信を見ようとするとき',
    'When the police or others ask for records of communications, or when you want to look at communications to investigate a fault',
  ),
  answers: { yes: both('扱ってよい', 'it may be done'), no: both('扱えません', 'it may not be done') },
  decide: decideSecrecy,
  contradictions: secrecyContradictions,
  judgements: { ...secrecyJudgement, ...consentJudgement },
  fields: {
    communications: yesNo(carried.ja, carried.en, { ask: 'first' }),
    ...communicationsFacts('first'),
  },
});
