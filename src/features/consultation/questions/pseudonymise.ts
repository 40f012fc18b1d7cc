// Is this a proper making of pseudonymously processed information? (APPI 41(1), (2))

import { both } from '../../../base/bilingual.ts';
import { decidePseudonymisation, type PseudonymisationFacts } from '../../../law/index.ts';
import { choice, question, yesNo } from '../facts.ts';
import { information } from './parts.ts';
import { measures, replacements } from './processed-parts.ts';

export const pseudonymise = question<PseudonymisationFacts>({
  id: 'pseudonymise',
  group: 'process',
  title: both('氏名などを除いて、仮名加工情報を作りたい', 'I want to make pseudonymised data'),
  when: both(
    '社内で分析するために、だれのものか分からない形に加工するとき',
    'When data is processed so that it no longer tells who it is, to be analysed inside the company',
  ),
  answers: {
    yes: both('この作り方でよい', 'it may be made like this'),
    no: both('この作り方では足りません', 'this is not enough'),
  },
  decide: decidePseudonymisation,
  fields: {
    intent: choice(
      '作ったものを、どう扱いますか',
      'What is the result for?',
      {
        pseudonymised: both('仮名加工情報として、新しい目的にも使う', 'Pseudonymised data, also for new purposes'),
        'masking-only': both(
          '安全のために隠すだけ。元の個人情報と同じに扱う',
          'Hidden for safety only, handled as before',
        ),
      },
      { ask: 'first' },
    ),
    information,
    descriptions: yesNo(
      '氏名、住所など、だれのことか分かる記述を除きましたか',
      'Were names, addresses and what else tells who it is taken out?',
    ),
    codes: yesNo(
      '免許証、旅券、保険証などの番号や、顔、指紋のデータをすべて除きましたか',
      'Were numbers of licences, passports and insurance, and face and fingerprint data, all taken out?',
    ),
    propertyDamage: yesNo(
      'カード番号や決済のパスワードを除きましたか',
      'Were card numbers and payment passwords taken out?',
    ),
    replacements,
    deleted: measures(
      '消した情報や、置き換えの対応表、鍵を残していますか',
      'Is what was deleted, or a table or key that leads back, kept?',
    ),
  },
});
