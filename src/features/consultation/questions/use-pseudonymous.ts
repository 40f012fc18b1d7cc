// May this pseudonymously processed information be used like this? (APPI 41, 42)

import { both } from '../../../base/bilingual.ts';
import { decidePseudonymousUse, type PseudonymousUseFacts, useContradictions } from '../../../law/index.ts';
import { purposeId, purposes, question } from '../facts.ts';
import { exception, useItems } from './parts.ts';
import { contacts, identifies, obtainsDeleted, pseudonymousType } from './processed-parts.ts';

export const usePseudonymous = question<PseudonymousUseFacts>({
  id: 'use-pseudonymous',
  group: 'process',
  title: both('仮名加工情報を使いたい', 'I want to use pseudonymised data'),
  when: both(
    '仮名加工情報を分析する、別の仕事に使う、案内を送るなどの前に',
    'Before pseudonymised data is analysed, used for something else or used to write to people',
  ),
  answers: {
    yes: both('使ってよい', 'it may be used'),
    no: both('この使い方はできません', 'it may not be used like this'),
  },
  decide: decidePseudonymousUse,
  contradictions: useContradictions,
  fields: {
    purpose: purposeId('何のために使いますか', 'What is it used for?', { ask: 'first' }),
    contacts: { ...contacts, ask: 'first' },
    identifies: { ...identifies, ask: 'first' },
    pseudonymousType,
    holdingPurposes: purposes(
      '仮名加工情報について、公表した目的',
      'The purposes published for the pseudonymised data',
    ),
    obtainsDeleted,
    exception: exception(useItems),
  },
});
