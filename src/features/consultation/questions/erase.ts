// Is this to be erased now? (APPI 22, 41(5))

import { both } from '../../../base/bilingual.ts';
import { decideErasure, type ErasureFacts } from '../../../law/index.ts';
import { question, yesNo } from '../facts.ts';
import { dataInformation, keeping } from './parts.ts';

export const erase = question<ErasureFacts>({
  id: 'erase',
  group: 'keep',
  title: both('持っている情報を消すべきか知りたい', 'Should information we hold be erased?'),
  when: both(
    '名簿や申込書などの役目が終わったとき、保存期間が来たとき',
    'When a list or a form has served its purpose, or its retention has ended',
  ),
  answers: { yes: both('消します', 'it is to be erased'), no: both('まだ消しません', 'it is not erased yet') },
  asks: 'must',
  decide: decideErasure,
  fields: {
    needed: yesNo('集めた目的のために、まだ使いますか', 'Is it still needed for what it was collected for?', {
      ask: 'first',
    }),
    information: dataInformation,
    keeping,
  },
});
