// Does this content have to be corrected? (APPI 34, 22)

import { both } from '../../../base/bilingual.ts';
import { correctionContradictions, decideCorrection, type CorrectionFacts } from '../../../law/index.ts';
import { choice, question, yesNo } from '../facts.ts';
import { fee, information, retained } from './parts.ts';

export const correct = question<CorrectionFacts>({
  id: 'correct',
  group: 'answer',
  title: both('「内容が違うので直してほしい」と求められた', 'Somebody asks to have their information corrected'),
  when: both(
    '本人から訂正、追加、削除を求められたとき。自分たちで誤りに気づいたときも',
    'When a person asks to correct, add or delete, or when we notice an error ourselves',
  ),
  answers: { yes: both('直します', 'it is corrected'), no: both('直しません', 'it is not corrected') },
  asks: 'claim',
  decide: decideCorrection,
  contradictions: correctionContradictions,
  fields: {
    raisedBy: choice(
      'だれが、違うと言っていますか',
      'Who says that it is wrong?',
      { principal: both('本人', 'The person'), company: both('自分たちで気づいた', 'We noticed it ourselves') },
      { ask: 'first' },
    ),
    content: choice(
      '直すのは、どんな内容ですか',
      'What kind of content is it?',
      {
        fact: both(
          '住所、日付など、正しいかどうかを確かめられる事実',
          'A fact that can be checked, such as an address or a date',
        ),
        evaluation: both(
          '「お怒りだった」など、当社の評価や意見',
          'Our own assessment or opinion, such as “was angry”',
        ),
      },
      { ask: 'first' },
    ),
    inquiry: choice(
      '調べた結果は、どうでしたか',
      'What did the inquiry find?',
      {
        untrue: both('事実と違っていた', 'It is not true'),
        'partly-untrue': both('一部だけ事実と違っていた', 'Part of it is not true'),
        true: both('事実だった', 'It is true'),
      },
      { ask: 'first' },
    ),
    retained,
    purposeNeeds: yesNo('利用目的のために、直す必要がありますか', 'Is the correction needed for the purpose of use?'),
    otherProcedure: yesNo(
      'ほかの法令に、直すための手続がありますか',
      'Does another law have its own procedure for this?',
    ),
    information,
    fee,
  },
});
