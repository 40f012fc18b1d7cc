// May a filed opt-out be changed like this, or ended, and when is it told and filed? (APPI 27(3), Rules 11 and 14)

import { both } from '../../../base/bilingual.ts';
import { decideOptOutChange, type OptOutChangeFacts } from '../../../law/index.ts';
import { aDay, choice, clause, dayOrNone, question, yesNo } from '../facts.ts';
import { dataInformation } from './parts.ts';

export const optOutChange = question<OptOutChangeFacts>({
  id: 'opt-out-change',
  group: 'give',
  title: both(
    '届け出たオプトアウトの内容を変えたい、またはやめたい',
    'I want to change or end an opt-out that we have filed',
  ),
  when: both(
    'オプトアウト（求めがあれば止める形での提供）について届け出た会社の住所、項目、方法、受付けなどが変わるとき、やめるとき',
    'When anything that was filed about an opt-out changes, such as our address, the items, the method or how to ask, and when it ends',
  ),
  answers: {
    yes: both('変えてよい、またはやめてよい', 'it may be changed, or ended'),
    no: both('このままでは変えられません', 'it may not be changed like this'),
  },
  decide: decideOptOutChange,
  judgements: {
    changeTimeToObject: both(
      '変更を知らせてから変わるまでに、本人が停止を求めるのに必要な期間があるか',
      'Whether the persons have enough time between the notice of the change and the change to ask that it stop',
    ),
  },
  fields: {
    change: choice(
      '何が変わりますか',
      'What changes?',
      {
        provider: both('当社の名称、住所、代表者', 'Our name, address or representative'),
        items: both('提供する項目', 'The items'),
        'how-acquired': both('取得の方法', 'How they are acquired'),
        method: both('提供の方法', 'How they are provided'),
        'how-to-request': both('停止の求めを受け付ける方法', 'How to ask that it stop'),
        'update-and-start': both('更新の方法、または開始の日', 'How data is updated, or the start'),
        'provision-is-purpose': both(
          '第三者への提供を目的としなくなる',
          'Provision to third parties is no longer a purpose',
        ),
        'stops-on-request': both('求めがあっても止めなくなる', 'It no longer stops on request'),
        end: both('オプトアウトでの提供をやめる', 'Nothing more is provided by opt-out'),
      },
      { ask: 'first' },
    ),
    effectiveOn: aDay('変わる日、またはやめた日', 'Day it takes effect, or the provision ended', { ask: 'first' }),
    information: dataInformation,
    announcedOn: dayOrNone(
      '変更を本人に知らせる日、または本人が容易に知れるようにする日',
      'Day the persons are told, or can easily know',
    ),
    filedOn: dayOrNone('個人情報保護委員会に届け出る日', 'Day it is filed with the Commission'),
    acquiredUnlawfully: yesNo('不正に集められた情報を含みますか', 'Does it include information acquired unlawfully?'),
    receivedByOptOut: yesNo(
      'オプトアウトで受け取った情報を含みますか',
      'Does it include information that was itself received by opt-out?',
    ),
    policy: {
      optOutClosedBy: clause('オプトアウトをしないと約束する条項', 'Clause that rules out opt-out', 'optOutClosedBy'),
    },
  },
});
