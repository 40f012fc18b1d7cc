// Is this the publication that is due after making anonymously processed information? (APPI 43(3))

import { both } from '../../../base/bilingual.ts';
import {
  anonymousPublicationContradictions,
  decideAnonymousPublication,
  type AnonymousPublicationFacts,
} from '../../../law/index.ts';
import { aDay, choice, dayOrNone, question, texts, yesNo } from '../facts.ts';

export const publishAnonymous = question<AnonymousPublicationFacts>({
  id: 'publish-anonymous',
  group: 'process',
  title: both(
    '作った匿名加工情報の項目を公表したか確かめたい',
    'I want to check that the items of anonymised data were published',
  ),
  when: both('匿名加工情報を作った後に', 'After anonymised data was made'),
  answers: {
    yes: both('公表は足りている', 'the publication is sufficient'),
    no: both('公表が足りません', 'the publication is not sufficient'),
  },
  asks: 'what',
  decide: decideAnonymousPublication,
  contradictions: anonymousPublicationContradictions,
  fields: {
    madeOn: aDay('作った日', 'Day it was made', { ask: 'first' }),
    publishedOn: dayOrNone('項目を公表した日', 'Day the items were published', { ask: 'first' }),
    means: choice('どうやって公表しましたか', 'How was it published?', {
      internet: both('ウェブサイトなどに載せた', 'On a web site or the like'),
      'other-public': both('だれでも見られるほかの方法で', 'In another way open to anybody'),
      'told-individually': both('相手や本人に個別に知らせた', 'The recipients or persons were told individually'),
    }),
    items: texts('作った情報に含まれる項目', 'The items it contains'),
    publishedItems: texts('公表した項目', 'The items published'),
    entrusted: yesNo('ほかの会社に頼まれて作りましたか', 'Was it made for another company that entrusted the work?'),
    publishedBy: choice('だれが公表しましたか', 'Who published it?', {
      company: both('当社', 'Our company'),
      'entrusting-company': both('頼んだ会社', 'The company that entrusted the work'),
    }),
  },
});
