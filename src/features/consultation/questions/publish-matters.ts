// Is everything that people must be able to find out made known? (APPI 32(1), Order 10)

import { both, type Bilingual } from '../../../base/bilingual.ts';
import { decidePublishedMatters, type PublishedMatter, type PublishedMattersFacts } from '../../../law/index.ts';
import { question, several, yesNo } from '../facts.ts';
import { noticeException } from './parts.ts';

const matters: Readonly<Record<PublishedMatter, Bilingual>> = {
  name: both('会社の名称', 'The company’s name'),
  address: both('会社の住所', 'Its address'),
  representative: both('代表者の氏名', 'The name of its representative'),
  purposes: both('持っているすべての情報の利用目的', 'The purposes of everything we hold'),
  'how-to-ask-purpose': both('利用目的を知らせてほしいときの手続', 'How to ask for the purpose'),
  'how-to-ask-disclosure': both('開示を求める手続', 'How to ask for disclosure'),
  'how-to-ask-records': both(
    'ほかの会社などに渡した記録の開示を求める手続',
    'How to ask for records of what was provided',
  ),
  'how-to-ask-correction': both('訂正を求める手続', 'How to ask for correction'),
  'how-to-ask-suspension': both('利用の停止や消去を求める手続', 'How to ask that use stops or data is erased'),
  fee: both('手数料の額', 'The amount of the fee'),
  'safety-measures': both('安全管理のためにとった措置', 'The safety measures taken'),
  'foreign-country': both('情報を扱う外国の名前', 'The foreign country where it is handled'),
  complaints: both('苦情の申出先', 'Where to complain'),
  'accredited-body': both(
    '認定個人情報保護団体の名称と申出先',
    'The accredited organisation and where to complain to it',
  ),
};

export const publishMatters = question<PublishedMattersFacts>({
  id: 'publish-matters',
  group: 'website',
  title: both(
    '個人情報保護方針（プライバシーポリシー）に足りないものがないか知りたい',
    'Does our privacy policy lack anything?',
  ),
  when: both(
    '方針やウェブサイトの文を作るとき、直すとき',
    'When the policy or the text of a web site is written or changed',
  ),
  answers: {
    yes: both('必要な事項がそろっています', 'nothing is lacking'),
    no: both('足りない事項があります', 'something is lacking'),
  },
  asks: 'what',
  decide: decidePublishedMatters,
  fields: {
    published: several('公表している事項', 'What is published', matters, { ask: 'first' }),
    onRequest: several(
      '公表はしていないが、求められれば遅滞なく答える手続がある事項',
      'What is not published, but is told without delay on request by a set procedure',
      matters,
      { ask: 'first' },
    ),
    measuresConcrete: yesNo(
      '安全管理の措置を、内容が分かるように書いていますか（「ガイドラインに従う」だけではない）',
      'Are the safety measures described concretely, and not only as “we follow the guideline”?',
      { ask: 'first' },
    ),
    corporation: yesNo('会社は法人ですか', 'Is the company a corporation?'),
    feeSet: yesNo('開示などの手数料を定めていますか', 'Is a fee set, such as for disclosure?'),
    handledAbroad: yesNo(
      '外国で情報を扱いますか（外国のクラウドも含む）',
      'Is information handled abroad, including in a foreign cloud?',
    ),
    accreditedMember: yesNo(
      '認定個人情報保護団体の対象になっていますか',
      'Does the company belong to an accredited personal information protection organisation?',
    ),
    noticeException,
  },
});
