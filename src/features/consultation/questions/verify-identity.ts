// Is what was shown enough to take a My Number? (Numbering Act 16 with its Order and Rules)

import { both, type Bilingual } from '../../../base/bilingual.ts';
import {
  identityContradictions,
  decideIdentity,
  type IdentityFacts,
  type IdentityProof,
  type NumberProof,
} from '../../../law/index.ts';
import { aDay, choice, question, several, yesNo } from '../facts.ts';
import { consent } from './parts.ts';

const numberWords: Readonly<Record<NumberProof, Bilingual>> = {
  'my-number-card': both('個人番号カード、その写しや画像', 'The My Number Card, its copy or picture'),
  'card-record': both('スマートフォンの中のカードの記録', 'The card’s record on a smartphone'),
  'official-record': both('カードで電子署名した記録', 'A record signed with the card'),
  'residence-record': both('番号の載った住民票の写しや証明書', 'A residence record that carries the number'),
  'notification-card': both('通知カード', 'The old notification card'),
  'verified-file': both('以前に確かめた当社の記録', 'Our own record, verified before'),
  'accepted-document': both('税務署の認めるほかの書類', 'Another document the tax office accepts'),
  none: both('番号の載った書類はない', 'Nothing that carries the number'),
};

const identityWords: Readonly<Record<IdentityProof, Bilingual>> = {
  'my-number-card': both('個人番号カード', 'My Number Card'),
  'driving-licence': both('運転免許証', 'Driving licence'),
  'driving-history': both('運転経歴証明書', 'Driving-history certificate'),
  passport: both('旅券（パスポート）', 'Passport'),
  'disability-booklet': both('身体障害者手帳', 'Physical disability booklet'),
  'mental-health-booklet': both('精神障害者保健福祉手帳', 'Mental health booklet'),
  'rehabilitation-booklet': both('療育手帳', 'Rehabilitation booklet'),
  'residence-card': both('在留カード', 'Residence card'),
  'special-permanent-resident': both('特別永住者証明書', 'Special permanent resident certificate'),
  'accepted-photo-document': both(
    '税務署の認める、写真のあるほかの書類',
    'Another photo document the tax office accepts',
  ),
  'health-insurance': both('健康保険の資格確認書など', 'Health-insurance document'),
  'long-term-care': both('介護保険の被保険者証', 'Long-term-care insurance card'),
  'pension-number': both('年金手帳、基礎年金番号通知書', 'Pension booklet or number notice'),
  'allowance-certificate': both('児童扶養手当などの証書', 'Child-allowance certificate'),
  'other-official-document': both('役所の出した、写真のない書類', 'An official document without a photograph'),
  'second-official-document': both(
    '役所の出した、写真のない書類（2つ目）',
    'An official document without a photograph (a second one)',
  ),
  'card-record': both('スマートフォンの中のカードの記録', 'The card’s record on a smartphone'),
  'signature-certificate': both('電子署名の証明書', 'An electronic signature certificate'),
  'approved-method': both('税務署の認めるオンラインの方法', 'An online method the tax office accepts'),
  'registry-certificate': both('登記事項証明書（法人の代理人）', 'Registry certificate of a corporate agent'),
  'proof-of-relation': both('法人との関係を示す書類（社員証など）', 'Proof of the relation to the corporation'),
};

export const verifyIdentity = question<IdentityFacts>({
  id: 'verify-identity',
  group: 'my-number',
  title: both('受け取ったマイナンバーの本人確認が足りるか', 'Is the verification for a My Number enough?'),
  when: both(
    '支払う相手などからマイナンバーを受け取るとき、対面、郵送、オンライン、電話のどれでも',
    'Whenever a My Number is received: face to face, by post, online or by telephone',
  ),
  answers: { yes: both('受け取ってよい', 'it may be taken'), no: both('足りません', 'it is not enough') },
  decide: decideIdentity,
  contradictions: identityContradictions,
  judgements: { agentByPhone: both('代理人から電話で受け取ってよいか', 'Whether an agent may give it by telephone') },
  fields: {
    giver: choice(
      'だれが番号を出しましたか',
      'Who gave the number?',
      {
        principal: both('本人', 'The person'),
        'legal-agent': both('親や後見人などの法定代理人', 'A legal representative, such as a parent or guardian'),
        'mandated-agent': both('頼まれた代理人（個人）', 'A mandated agent, an individual'),
        'corporate-agent': both('頼まれた代理人（税理士法人など）', 'A mandated agent, a corporation'),
      },
      { ask: 'first' },
    ),
    channel: choice(
      'どうやって受け取りましたか',
      'How was it received?',
      {
        'in-person': both('対面', 'Face to face'),
        mail: both('郵送', 'By post'),
        online: both('オンライン、メール', 'Online or by e-mail'),
        phone: both('電話', 'By telephone'),
      },
      { ask: 'first' },
    ),
    checkDigit: yesNo('番号の最後の数字（検査用数字）は合いますか', 'Is the last digit (the check digit) right?', {
      ask: 'first',
      hint: both('番号そのものは、ここに書かないでください。', 'Never write the number itself here.'),
    }),
    number: choice('番号は何で確かめましたか', 'How was the number checked?', numberWords, { ask: 'first' }),
    notificationCardCurrent: yesNo(
      '通知カードの氏名と住所は、いまの住民票と同じですか',
      'Are the name and address on the notification card the same as in the current residence record?',
    ),
    numberDocumentUnavailable: yesNo(
      '番号の載った書類を示せない事情がありますか',
      'Is there a reason why a document that carries the number cannot be shown?',
    ),
    documentAccepted: yesNo('税務署の認めている書類ですか', 'Does the tax office accept that document?'),
    identity: several(
      '番号を出した人の身元は、何で確かめましたか',
      'How was the identity of the giver checked?',
      identityWords,
      {
        ask: 'first',
      },
    ),
    photoUnavailable: yesNo(
      '写真のある書類を示せない事情がありますか',
      'Is there a reason why no document with a photograph can be shown?',
    ),
    drivingHistoryOn: aDay('運転経歴証明書の交付の日', 'Day the driving-history certificate was issued'),
    evident: yesNo(
      '社員など、対面で本人だと明らかで、税務署もそれを認めていますか',
      'Is it evident face to face who they are, as with an employee, and does the tax office accept that?',
      { ask: 'if-known' },
    ),
    knowsOwnFacts: yesNo(
      '本人しか知らないことを尋ねて、合っていましたか',
      'Were they asked what only the person knows, and was the answer right?',
    ),
    agency: choice('代理人だと示す書類は何ですか', 'What shows that the agent may act?', {
      'family-register': both('戸籍謄本など（法定代理人）', 'A family register or the like, of a legal representative'),
      'power-of-attorney': both('委任状（任意代理人）', 'A power of attorney, of a mandated agent'),
      none: both('何もない', 'Nothing'),
    }),
    consistent: yesNo(
      '書類は期限内で、氏名と生年月日または住所が一致し、番号も同じですか',
      'Are the documents unexpired, and do the name, the birth date or address, and the number agree?',
    ),
    consent,
  },
});
