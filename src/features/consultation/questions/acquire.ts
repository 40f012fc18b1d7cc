// May I collect this? (APPI 20, 21, 30)

import { both } from '../../../base/bilingual.ts';
import { decideAcquisition, type AcquisitionFacts, acquisitionContradictions } from '../../../law/index.ts';
import { choice, clause, purposes, question, required, yesNo } from '../facts.ts';
import {
  acquisitionItems,
  consent,
  consentJudgement,
  exception,
  information,
  noticeException,
  receipt,
} from './parts.ts';

export const acquire = question<AcquisitionFacts>({
  id: 'acquire',
  group: 'collect',
  title: both(
    '申込書、名刺、アンケートなどで情報を集めたい',
    'I want to collect information, for example with a form or from business cards',
  ),
  when: both(
    '申込書や入力フォームを作る、名刺や写真をもらう、公開の情報を集めるなど、個人情報を手に入れる前に',
    'Before you obtain personal information, as when you design a form, accept a business card or a photograph, or collect public information',
  ),
  answers: { yes: both('集めてよい', 'it may be collected'), no: both('集められません', 'it may not be collected') },
  decide: decideAcquisition,
  contradictions: acquisitionContradictions,
  fields: {
    source: choice(
      'だれから手に入れますか',
      'Whom does it come from?',
      {
        principal: both('本人から', 'The person'),
        'third-party': both('ほかの会社や人から', 'Another company or person'),
        public: both('だれでも見られる公開の情報から', 'A public source'),
        observed: both('当社が見たり、撮影したり、記録したりして', 'We see, photograph or record it'),
      },
      { ask: 'first' },
    ),
    channel: choice(
      'どうやって受け取りますか',
      'How is it received?',
      {
        web: both('ウェブの入力フォーム', 'A web form'),
        written: both('紙に書いてもらう', 'On paper'),
        'business-card': both('名刺を受け取る', 'As a business card'),
        email: both('メール', 'E-mail'),
        electronic: both('ほかの電子的な方法', 'Another electronic way'),
        oral: both('口頭、電話', 'Orally or by telephone'),
        audio: both('録音', 'A sound recording'),
        video: both('写真、映像', 'Pictures or video'),
      },
      { ask: 'first' },
    ),
    information,
    purposes: purposes('何のために集めますか', 'What is it collected for?', { ask: 'first' }),
    purposeIndicated: {
      placement: required(
        choice<NonNullable<AcquisitionFacts['purposeIndicated']>['placement']>(
          '本人が渡す前に、目的をどう示しますか',
          'How is the purpose shown before the person hands it over?',
          {
            'before-submit': both(
              '送信ボタンや署名欄の上に書いてある',
              'It is written above the submit button or the signature field',
            ),
            'one-click-link': both('そばのリンクを1回押すと見える', 'One click on a link beside the button shows it'),
            none: both(
              '示していない（サイトの方針に書いてあるだけ）',
              'It is not shown; it is only in the site’s policy',
            ),
          },
        ),
      ),
    },
    purposePublished: yesNo('その目的を公表していますか', 'Are these purposes published?'),
    specialCare: choice('特に配慮の要る情報は、どれですか', 'Which kind of special care-required information is it?', {
      'medical-history': both('病歴', 'Medical history'),
      disability: both('障害', 'A disability'),
      'health-check': both('健康診断の結果', 'Results of a health check'),
      treatment: both('診療、保健指導、調剤', 'Treatment, guidance or dispensing'),
      'criminal-record': both('犯罪の経歴', 'A criminal record'),
      'crime-victim': both('犯罪の被害を受けたこと', 'Having been the victim of a crime'),
      'criminal-procedure': both('刑事手続を受けたこと', 'Criminal proceedings'),
      'juvenile-procedure': both('少年の保護の手続を受けたこと', 'Juvenile proceedings'),
      race: both('人種', 'Race'),
      creed: both('信条', 'Creed'),
      'social-status': both('社会的身分', 'Social status'),
    }),
    consent,
    exception: exception(acquisitionItems),
    // The outer field asks for it. This one is for a file that states the receipt whole.
    receipt: { information: { ...information, ask: undefined, standing: undefined }, ...receipt },
    noticeException,
    urgent: yesNo(
      '人の命、体、財産を守るために、急を要しますか',
      'Is it urgent, to protect a person’s life, body or property?',
      {
        ask: 'if-known',
      },
    ),
    wrongfulMeans: yesNo('だますなど、不正な手段ですか', 'Is it by deceit or other wrongful means?', {
      ask: 'if-known',
    }),
    policy: {
      indicationPromisedBy: clause(
        '前もって目的を示すと約束する条項',
        'Clause that promises to show the purpose first',
        'indicationPromisedBy',
      ),
    },
  },
  judgements: consentJudgement,
});
