// May communications data be looked at or handed over? (TBA 4)

import { both } from '../../../base/bilingual.ts';
import { secrecyContradictions, decideSecrecy, type SecrecyConsent, type SecrecyFacts } from '../../../law/index.ts';
import { choice, exists, question, text, yesNo } from '../facts.ts';
import { consentJudgement, secrecyJudgement, userGiver } from './parts.ts';

export const secrecy = question<SecrecyFacts>({
  id: 'secrecy',
  group: 'website',
  title: both(
    '通信の内容や記録を、見たり渡したりしたい',
    'I want to look at or hand over communications or their records',
  ),
  when: both(
    '警察などから通信の記録を求められたとき、障害の調査などで通信を見ようとするとき',
    'When the police or others ask for records of communications, or when you want to look at communications to investigate a fault',
  ),
  answers: { yes: both('扱ってよい', 'it may be done'), no: both('扱えません', 'it may not be done') },
  decide: decideSecrecy,
  contradictions: secrecyContradictions,
  judgements: { ...secrecyJudgement, ...consentJudgement },
  fields: {
    communications: yesNo(
      '当社の通信サービスでやり取りされた内容や、その相手、日時、場所が分かる情報ですか',
      'Does it show what was exchanged over our communications service, or with whom, when and where?',
      { ask: 'first' },
    ),
    basis: choice(
      '何に基づいて扱いますか',
      'What is it based on?',
      {
        warrant: both('裁判官の令状', 'A judge’s warrant'),
        consent: both('利用者本人の同意', 'The user’s own consent'),
        inquiry: both('照会の文書（捜査関係事項照会書など）', 'A letter of inquiry, such as from the police'),
        justification: both(
          '急いで人の命を守る、設備を守るなどの理由',
          'Saving a life, protecting the network and the like',
        ),
        none: both('どれもない', 'None of these'),
      },
      { ask: 'first' },
    ),
    warrant: text('令状の番号', 'Reference of the warrant'),
    withinWarrant: yesNo('令状に書かれた範囲だけを渡しますか', 'Is only what the warrant names handed over?'),
    consent: exists<SecrecyConsent>('利用者本人は同意していますか', 'Has the user consented?', {
      givenBy: userGiver,
      individual: yesNo(
        '規約でまとめてではなく、個別に尋ねましたか',
        'Was it asked for individually, not as part of the terms of use?',
      ),
      clear: yesNo(
        'どの通信をどう扱うかを知って、はっきり同意しましたか',
        'Did the user agree clearly, knowing what is handled and how?',
      ),
      withdrawn: yesNo('同意は取り下げられましたか', 'Has the consent been withdrawn?'),
    }),
  },
});
