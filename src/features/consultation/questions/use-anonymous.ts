// May this anonymously processed information be used like this? (APPI 43(5), 45, 46)

import { both } from '../../../base/bilingual.ts';
import { decideAnonymousUse, type AnonymousUseFacts } from '../../../law/index.ts';
import { question } from '../facts.ts';
import { identifies, madeHere, obtainsDeleted } from './processed-parts.ts';

export const useAnonymous = question<AnonymousUseFacts>({
  id: 'use-anonymous',
  group: 'process',
  title: both('匿名加工情報を使いたい', 'I want to use anonymised data'),
  when: both(
    '匿名加工情報を分析する、ほかのデータと合わせるなどの前に',
    'Before anonymised data is analysed or joined with other data',
  ),
  answers: {
    yes: both('使ってよい', 'it may be used'),
    no: both('この使い方はできません', 'it may not be used like this'),
  },
  decide: decideAnonymousUse,
  fields: {
    identifies: { ...identifies, ask: 'first' },
    madeHere: { ...madeHere, ask: 'first' },
    obtainsDeleted,
  },
});
