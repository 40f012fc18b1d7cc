// Is this a proper making of anonymously processed information? (APPI 43(1), (2))

import { both } from '../../../base/bilingual.ts';
import { decideAnonymisation, type AnonymisationFacts } from '../../../law/index.ts';
import { question, yesNo } from '../facts.ts';
import { information } from './parts.ts';
import { measures, replacements } from './processed-parts.ts';

export const anonymise = question<AnonymisationFacts>({
  id: 'anonymise',
  group: 'process',
  title: both('元に戻せない匿名加工情報を作りたい', 'I want to make anonymised data'),
  when: both(
    '社外に渡したり広く使ったりするために、だれのものか分からず、元に戻せない形に加工するとき',
    'When data is processed so that nobody can be identified any more, in order to provide it to others or use it widely',
  ),
  answers: {
    yes: both('この作り方でよい', 'it may be made like this'),
    no: both('この作り方では足りません', 'this is not enough'),
  },
  decide: decideAnonymisation,
  fields: {
    information,
    descriptions: yesNo(
      '氏名、住所など、だれのことか分かる記述を除きましたか',
      'Were names, addresses and other descriptions that identify a person removed?',
    ),
    codes: yesNo(
      '免許証、旅券、保険証などの番号や、顔、指紋のデータをすべて除きましたか',
      'Were all numbers of licences, passports, insurance and the like, and all face and fingerprint data, removed?',
    ),
    linkingCodes: yesNo(
      '会員番号など、元の情報とつながる番号を除きましたか',
      'Were member numbers and other numbers that link it to the original removed?',
    ),
    peculiar: yesNo(
      '116歳のような、きわめて珍しい値を除きましたか',
      'Were very rare values, such as an age of 116, removed?',
    ),
    replacements,
    differences: yesNo(
      '値をまとめる、珍しい組み合わせを除くなど、ほかの人との違いで分からないようにしましたか',
      'Were values grouped and rare combinations removed, so that nobody stands out?',
    ),
    method: measures(
      '加工の手順や対応表を残していますか',
      'Do you keep the processing method or a correspondence table?',
    ),
    entrusted: yesNo('ほかの会社に頼まれて作りますか', 'Is it made for another company that entrusted the work?'),
  },
  judgements: {
    anonymousEnough: both(
      'とった措置で、だれのものか分からなくなっているか',
      'Whether the measures taken are enough for nobody to be identified',
    ),
  },
});
