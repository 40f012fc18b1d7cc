// May the person go to court over a request now? (APPI 39)

import { both } from '../../../base/bilingual.ts';
import { decideLawsuit, lawsuitContradictions, type LawsuitFacts } from '../../../law/index.ts';
import { dayOrNone, question } from '../facts.ts';

export const sue = question<LawsuitFacts>({
  id: 'sue',
  group: 'answer',
  title: both(
    '請求への答えが遅れたとき、いつから訴えられることがあるか知りたい',
    'From when may a person sue over a request?',
  ),
  when: both(
    '開示、訂正、利用の停止などの請求に、まだ答えていないとき、断ったとき',
    'When a request for disclosure, correction or suspension is unanswered, or was refused',
  ),
  answers: {
    yes: both('訴えを起こせる状態です', 'a lawsuit is possible'),
    no: both('まだ訴えを起こせません', 'a lawsuit is not possible yet'),
  },
  asks: 'what',
  decide: decideLawsuit,
  contradictions: lawsuitContradictions,
  fields: {
    arrivedOn: dayOrNone('請求が届いた日（届くはずだった日）', 'Day the request arrived, or should have arrived', {
      ask: 'first',
    }),
    refusedOn: dayOrNone('請求を断った日', 'Day we refused it', { ask: 'first' }),
  },
});
