// May this My Number be used for this? (Numbering Act 9, 12, 29, 30)

import { both } from '../../../base/bilingual.ts';
import {
  numberUseContradictions,
  decideNumberUse,
  type NumberEmergency,
  type NumberUseFacts,
} from '../../../law/index.ts';
import { choice, clause, exists, question, required, text, yesNo } from '../facts.ts';
import { affair, numberEmergency } from './my-number-parts.ts';
import { consent } from './parts.ts';

export const useMyNumber = question<NumberUseFacts>({
  id: 'use-my-number',
  group: 'my-number',
  title: both('預かっているマイナンバーを使いたい', 'I want to use a My Number we hold'),
  when: both(
    '支払調書を作るとき、名簿やシステムに番号を使いたいと思ったとき',
    'When preparing a payment record, or when you would like to use the number in a list or a system',
  ),
  answers: { yes: both('使ってよい', 'it may be used'), no: both('使えません', 'it may not be used') },
  decide: decideNumberUse,
  contradictions: numberUseContradictions,
  judgements: { numberEmergency },
  fields: {
    affair,
    legalBasis: text('番号を書くよう定めている法令', 'The law that requires the number to be written'),
    purposeTold: yesNo(
      '受け取ったときに、この使い道を本人に示しましたか',
      'Was the person told of this use when the number was received?',
    ),
    withinNeed: yesNo('その事務に必要な分だけを使いますか', 'Are only those numbers used that the affair needs?'),
    designatedHandler: yesNo('使う人は、事務取扱担当者ですか', 'Is the person who uses it a designated handler?', {
      ask: 'first',
    }),
    beyondAffairFile: yesNo(
      '顧客の名簿や社員の管理など、事務以外の一覧に番号を付けますか',
      'Will the number be added to a list outside the affair, such as a customer list or staff records?',
      { ask: 'if-known' },
    ),
    emergency: exists<NumberEmergency>(
      '人の命、体、財産を守るために、急いで使いますか',
      'Is it used in an emergency to protect life, body or property?',
      {
        item: required(
          choice<NumberEmergency['item']>('どの場合ですか', 'Which case?', {
            '18(3)(ii)': both('人の命、体、財産を守るため', 'To protect life, body or property'),
            '18(3)(i)': both(
              '大きな災害のときに金融機関が支払うため',
              'A financial institution paying out in a disaster',
            ),
          }),
        ),
        necessary: yesNo('守るために、実際に必要ですか', 'Is it really needed for that?'),
        consentOrDifficult: yesNo(
          '本人は同意していますか。または、同意を得るのが難しいですか',
          'Does the person consent, or is consent difficult to obtain?',
        ),
      },
      { ask: 'if-known' },
    ),
    consent,
    policy: {
      affairsClosedBy: clause(
        '番号を使う事務を限る条項',
        'Clause that limits what the numbers are used for',
        'affairsClosedBy',
      ),
    },
  },
});
