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
    'When data is processed for analysis inside the company, so that it no longer shows who it is about',
  ),
  answers: {
    yes: both('この作り方でよい', 'it may be made like this'),
    no: both('この作り方では足りません', 'this is not enough'),
  },
  decide: decidePseudonymisation,
  fields: {
    intent: choice(
      '作ったものを、どう扱いますか',
      'How will the result be handled?',
      {
        pseudonymised: both('仮名加工情報として、新しい目的にも使う', 'As pseudonymised data, also for new purposes'),
        'masking-only': both(
          '安全のために隠すだけ。元の個人情報と同じに扱う',
          'Hidden for safety only, and handled like the original personal information',
        ),
      },
      { ask: 'first' },
    ),
    information,
    descriptions: yesNo(
      '氏名、住所など、だれのことか分かる記述を除きましたか',
      'Were names, addresses and other descriptions that identify a person removed?',
    ),
    codes: yesNo(
      '免許証、旅券、保険証などの番号や、顔、指紋のデータをすべて除きましたか',
      'Were all numbers of licences, passports, insurance and the like, and all face and fingerprint data, removed?',
    ),
    propertyDamage: yesNo(
      'カード番号や決済のパスワードを除きましたか',
      'Were card numbers and payment passwords removed?',
    ),
    replacements,
    deleted: measures(
      '削除した情報や、置き換えの対応表、鍵を残していますか',
      'Do you keep the deleted information, a correspondence table or a key?',
    ),
  },
});
