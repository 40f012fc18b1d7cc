// Does the purpose have to be told to a person who asks? (APPI 32(2), (3))

import { both } from '../../../base/bilingual.ts';
import { decidePurposeNotice, purposeNoticeContradictions, type PurposeNoticeFacts } from '../../../law/index.ts';
import { question, yesNo } from '../facts.ts';
import { fee, information, noticeException, retained } from './parts.ts';

export const purposeNotice = question<PurposeNoticeFacts>({
  id: 'purpose-notice',
  group: 'answer',
  title: both('「私の情報を何に使っていますか」と聞かれた', 'Somebody asks what we use their information for'),
  when: both('本人から利用目的を知らせてほしいと求められたとき', 'When a person asks to be told the purpose'),
  answers: {
    yes: both('知らせます', 'the purpose is told'),
    no: both('知らせなくてよい場合です', 'it need not be told'),
  },
  asks: 'claim',
  decide: decidePurposeNotice,
  contradictions: purposeNoticeContradictions,
  fields: {
    retained,
    clear: yesNo(
      '公表している方針を見れば、この人の情報の使い道が分かりますか',
      'Does what we publish already show what this person’s information is used for?',
      { ask: 'first' },
    ),
    information,
    noticeException,
    fee,
  },
});
