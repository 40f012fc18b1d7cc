// May the joint use be changed like this, and when is it told? (APPI 27(6), 17(2), 41(6), 42(2))

import { both } from '../../../base/bilingual.ts';
import { decideJointUseChange, type JointUseChangeFacts, jointUseChangeContradictions } from '../../../law/index.ts';
import { aDay, choice, dayOrNone, question, yesNo } from '../facts.ts';
import { consent, consentJudgement, dataInformation, newPurpose, relatedJudgement } from './parts.ts';

export const jointUseChange = question<JointUseChangeFacts>({
  id: 'joint-use-change',
  group: 'give',
  title: both('公表した共同利用の内容を変えたい', 'I want to change a joint use that we have published'),
  when: both(
    '共同利用の責任者、住所、代表者、目的、項目、利用する会社が変わるとき',
    'When the responsible person, its address or representative, the purposes, items or users of a joint use change',
  ),
  answers: {
    yes: both('変えてよい', 'it may be changed'),
    no: both('このままでは変えられません', 'it may not be changed like this'),
  },
  decide: decideJointUseChange,
  contradictions: jointUseChangeContradictions,
  fields: {
    change: choice(
      '何が変わりますか',
      'What changes?',
      {
        'responsible-name': both('責任者の名称', 'The name of the responsible person'),
        'responsible-address': both('責任者の住所', 'Its address'),
        'responsible-representative': both('責任者の代表者の氏名', 'The name of its representative'),
        'responsible-person': both('責任者を別の会社にする', 'Another company becomes responsible'),
        purposes: both('利用目的', 'The purposes'),
        items: both('項目', 'The items'),
        users: both('利用する者の範囲', 'The scope of users'),
      },
      { ask: 'first' },
    ),
    effectiveOn: aDay('変わる日', 'Day it takes effect', { ask: 'first' }),
    information: dataInformation,
    noticeOn: dayOrNone('通知または公表する日', 'Day it is notified or published'),
    published: yesNo('本人に知らせるだけでなく、公表しますか', 'Is it published, and not only told to the persons?'),
    newPurpose,
    userChange: choice('利用する者は、どう変わりますか', 'How do the users change?', {
      renamed: both('利用する会社の名称が変わるだけ', 'Only the name of one of the companies changes'),
      succeeded: both(
        '利用する会社の事業が、合併や譲渡で引き継がれる',
        'The business of one of the companies is taken over by a merger or transfer',
      ),
      other: both('利用する会社が増える、入れ替わる', 'A company joins or replaces another'),
    }),
    itemsStay: yesNo('共同利用する項目は同じままですか', 'Do the jointly used items stay the same?'),
    consent,
  },
  judgements: { ...consentJudgement, ...relatedJudgement },
});
