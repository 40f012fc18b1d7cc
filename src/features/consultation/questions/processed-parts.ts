// Declarations of facts about processed and personally related information, for the questions that ask about nothing else.

import { both } from '../../../base/bilingual.ts';
import type { MethodMeasures } from '../../../law/index.ts';
import { exists, several, yesNo, type Exists, type Several } from '../facts.ts';
import { processed } from './parts.ts';

export const { madeHere, identifies, contacts, obtainsDeleted, pseudonymousType } = processed;

/** How something was taken out of the data. */
export const replacements: Several<'deleted' | 'random' | 'keyed-hash' | 'plain-hash' | 'restorable-rule'> = several(
  'どうやって除きましたか（当てはまるものすべて）',
  'How was it removed? (all that apply)',
  {
    deleted: both('削除した', 'It was deleted'),
    random: both('乱数による仮の番号に置き換えた', 'It was replaced by random identifiers'),
    'keyed-hash': both('秘密の鍵を使ったハッシュ値に置き換えた', 'It was replaced by a hash with a secret key'),
    'plain-hash': both('鍵を使わないハッシュ値に置き換えた', 'It was replaced by a hash without a key'),
    'restorable-rule': both(
      '計算すれば元に戻る規則で置き換えた',
      'It was replaced by a rule from which the original can be calculated',
    ),
  },
);

/** The measures for what leads back to the original. */
export const measures = (ja: string, en: string): Exists<MethodMeasures> =>
  exists(
    ja,
    en,
    {
      authority: yesNo(
        '扱ってよい人と、その責任を決めましたか',
        'Have we decided who may handle it and who is responsible?',
      ),
      rules: yesNo(
        '扱い方の規程を作り、守れているかを確かめていますか',
        'Are there rules for handling it, and do we check that they are followed?',
      ),
      blocked: yesNo('決めた人のほかは、見られないようにしていますか', 'Is everybody else kept from seeing it?'),
    },
    { options: { yes: both('残している', 'It is kept'), no: both('何も残していない', 'Nothing of it is kept') } },
  );
