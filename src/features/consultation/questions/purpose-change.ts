// May information be turned to a new purpose? (APPI 17(2), 18(1), 21(3))

import { both } from '../../../base/bilingual.ts';
import { decidePurposeChange, type PurposeChangeFacts, purposeChangeContradictions } from '../../../law/index.ts';
import { purpose, question, yesNo } from '../facts.ts';
import {
  consent,
  consentJudgement,
  information,
  newPurpose,
  noticeException,
  processed,
  relatedJudgement,
} from './parts.ts';

export const purposeChange = question<PurposeChangeFacts>({
  id: 'purpose-change',
  group: 'use',
  title: both(
    '集めたときとは別の目的に使いたい',
    'I want to use it for a purpose other than the one it was collected for',
  ),
  when: both('利用目的を変えたい、新しい使い道を足したいとき', 'When a purpose is to be changed, or a new use added'),
  answers: {
    yes: both('目的を変えてよい', 'the purpose may change'),
    no: both('この目的には変えられません', 'the purpose may not be changed to this'),
  },
  decide: decidePurposeChange,
  contradictions: purposeChangeContradictions,
  fields: {
    information,
    from: purpose('いまの利用目的', 'The present purpose', { ask: 'first' }),
    newPurpose: { ...newPurpose, ask: 'first' },
    consent,
    published: yesNo(
      '新しい目的を、もう本人に通知したか公表しましたか',
      'Has the new purpose been notified or published already?',
      { ask: 'if-known' },
    ),
    noticeException,
    identifies: processed.identifies,
  },
  judgements: { ...consentJudgement, ...relatedJudgement },
});
