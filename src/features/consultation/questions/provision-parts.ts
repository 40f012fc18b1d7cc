// Declarations of facts about a provision, for the question about a provision in general and for those about one kind of information.

import { both } from '../../../base/bilingual.ts';
import type {
  AnonymousAnnouncementFacts,
  EntrustmentFacts,
  EquivalentSystemFacts,
  JointUseFacts,
  LinkFacts,
  Relation,
  SuccessionFacts,
} from '../../../law/index.ts';
import { partyWords } from '../../checkpoint/index.ts';
import {
  aDay,
  choice,
  dayOrNone,
  exists,
  items,
  purposeIds,
  several,
  yesNo,
  type Choice,
  type Exists,
  type Fields,
} from '../facts.ts';

/** How the recipient is related to the company. */
export const relation: Choice<Relation> = choice(
  '渡す相手は、当社とどんな関係ですか',
  'How is the recipient related to our company?',
  {
    'third-party': both(
      '別の会社や人（グループ会社、共催者、取引先、役所など）',
      'Another company or person, such as a group company, a partner or an authority',
    ),
    entrustment: both(
      '当社の仕事を任せる相手（印刷、発送、システムなど）',
      'A party that does work for us, such as printing, shipping or IT',
    ),
    'joint-use': both(
      '前もって通知または公表した共同利用の相手',
      'A partner of a joint use that we made known beforehand',
    ),
    succession: both('合併や事業の譲渡で引き継ぐ相手', 'A party that takes over the business by a merger or transfer'),
    'same-entity': both('社内の別の部署', 'Another department of our company'),
  },
  { ask: 'first' },
);

/** Whether it is really entrustment, and supervised. */
export const entrustment: Fields<EntrustmentFacts> = {
  ownUse: yesNo(
    '相手は、自社のために使ったり、ほかの会社の情報と混ぜたりできますか',
    'May they use it for their own purposes, or mix it with other companies’ data?',
  ),
  assessed: yesNo('相手を調べて選びましたか', 'Was the party assessed and properly selected?'),
  contract: yesNo('安全管理を定めた契約がありますか', 'Is there a contract with safety terms?'),
  monitored: yesNo('相手の扱い方を確かめる方法がありますか', 'Is there a way to check how they handle it?'),
};

/** Whether it really goes with the business. */
export const succession: Fields<SuccessionFacts> = {
  ofBusiness: yesNo(
    '渡すのは、引き継がれる事業の情報だけですか',
    'Is it only information of the business that passes?',
    {
      hint: both(
        '1つの店や事業だけを譲るなら、その店や事業の顧客や従業者の情報だけです。',
        'If only one shop or line of business is sold: only the information of its customers and staff.',
      ),
    },
  ),
  stage: choice('引継ぎの契約は、済んでいますか', 'Has the takeover been agreed?', {
    agreed: both('済んでいる', 'Yes'),
    inquiry: both(
      'まだ。相手の調査のために渡し、使う目的、扱い方、漏えいしたときや話がまとまらないときの措置を契約で定めた',
      'Not yet. It is for their inquiry, and a contract governs the purpose, the handling, and what is done after a leak or if nothing comes of it',
    ),
    unbound: both('まだ。そうした契約もない', 'Not yet, and there is no such contract either'),
  }),
};

/** What was made known about a joint use. */
export const jointUse: Fields<JointUseFacts> = {
  noticeOn: dayOrNone(
    '共同利用を、いつから本人に通知または公表していますか',
    'Since when has the joint use been made known?',
  ),
  listed: several('通知または公表した事項', 'What the notice says', {
    fact: both('共同利用すること', 'The fact of joint use'),
    items: both('項目', 'The items'),
    users: both('共同利用する者の範囲', 'The scope of users'),
    purposes: both('利用目的', 'The purposes'),
    'responsible-name': both('責任者の名称', 'The name of the responsible person'),
    'responsible-address': both('責任者の住所', 'The address of the responsible person'),
    'responsible-representative': both('責任者の代表者の氏名', 'The name of its representative'),
  }),
  responsibleKind: choice(
    '管理責任者は、どんな人や組織ですか',
    'What kind of person or body is the responsible person?',
    partyWords,
  ),
  items: items('通知または公表した項目', 'The items the notice names'),
  recipientInScope: yesNo(
    '相手は、通知または公表した利用者の範囲に含まれますか',
    'Is the recipient within the scope of users?',
  ),
  purposes: purposeIds('通知または公表した利用目的', 'The purposes the notice names'),
  published: yesNo('本人に知らせるだけでなく、公表していますか', 'Is it published, and not only told to the persons?'),
};

/** The equivalent-action system of a recipient abroad. */
export const equivalentSystem: Exists<EquivalentSystemFacts> = exists(
  '外国の相手に、日本の決まりに沿って扱う体制がありますか',
  'Does the recipient abroad have a system for handling data in line with Japanese rules?',
  {
    by: choice('その体制の根拠', 'Basis of that system', {
      contract: both('契約', 'A contract'),
      'group-rules': both('グループの規程', 'Rules of the group'),
      certificate: both('APEC CBPR またはグローバルCBPRの認証', 'A certificate of APEC CBPR or Global CBPR'),
    }),
    validUntil: dayOrNone('いつまで有効ですか', 'Until when is it valid?', {
      hint: both(
        '期限がないのは、契約や規程に定めがないときだけです。認証には期限があります。',
        'Only a contract or rules may have no last day. A certificate has one.',
      ),
    }),
    checkedOn: dayOrNone('最後に確かめた日', 'Day of the last check'),
    failing: yesNo(
      '相手が措置を続けられなくなりましたか',
      'Has the recipient become unable to continue the measures?',
      {
        ask: 'if-known',
      },
    ),
  },
  {
    hint: both(
      '契約、グループの規程または国際的な認証で、個人情報保護法と同じ水準の扱いを約束しているときだけ「はい」です。秘密保持の契約だけのときや、相手の国に法律があるだけのときは「いいえ」です。',
      'Only if a contract, rules of the group or an international certificate binds it to the standard of the APPI. A mere duty of confidentiality, or a law in its country, is not enough.',
    ),
  },
);

/** What the recipient does with cookies, browsing histories and the like. */
export const link: Fields<LinkFacts> = {
  fromDatabase: yesNo('検索できるように整理した情報ですか', 'Is it information organised so that it can be searched?', {
    hint: both(
      '表計算のファイルや、パソコンで検索できるログも「はい」です。',
      'Also yes for a spreadsheet, or a log that a computer can search.',
    ),
  }),
  expected: yesNo(
    '相手は、それを相手の名簿などと結び付けて、だれのものか分かる形で持ちますか',
    'Will the recipient link it to persons it knows?',
    {
      hint: both(
        'そうすると聞いていなくても、相手の仕事からふつう考えられるなら「はい」です。',
        'Also yes if you were not told so, but it is what one would normally expect of the recipient.',
      ),
    },
  ),
  byTag: yesNo('当社のサイトやアプリのタグが送りますか', 'Does a tag on our site or app send it?'),
  confirmation: exists(
    '本人が同意していることを、相手に確かめましたか',
    'Was it confirmed that the persons consented?',
    {
      on: aDay('確かめた日', 'Day it was confirmed'),
      by: choice('どうやって確かめましたか', 'How was it confirmed?', {
        declaration: both('相手の申告を受けた', 'By a declaration of the recipient'),
        other: both('ほかの確かな方法で', 'In another appropriate way'),
        assumed: both('確かめず、そう思っている', 'It was not confirmed, only assumed'),
      }),
      consented: yesNo(
        '全員が、この相手が自分のものと分かる形で受け取ることに同意していますか',
        'Has every person consented to this recipient receiving it and linking it to them?',
        {
          hint: both(
            'クッキーの利用や、外部に送ることへの同意だけのときは「いいえ」です。',
            'Consent only to cookies, or to sending it to others, is not enough.',
          ),
        },
      ),
      foreignInformationShown: yesNo(
        '外国について本人に伝えたことを、書面で確かめましたか',
        'Did a document show that the persons were told about the country?',
      ),
    },
    { options: { yes: both('確かめた', 'Confirmed'), no: both('確かめていない', 'Nothing was confirmed') } },
  ),
};

/** What was published about anonymised data, and how the recipient is told. */
export const anonymous: Fields<AnonymousAnnouncementFacts> = {
  madeItemsOn: dayOrNone('作った情報の項目を公表した日', 'Day the items it contains were published'),
  providedItemsOn: dayOrNone('渡す項目を公表した日', 'Day the items to be provided were published'),
  methodOn: dayOrNone('渡す方法を公表した日', 'Day the method was published'),
  marking: choice(
    '匿名加工情報だと、相手にどう伝えますか',
    'How is the recipient told that it is anonymously processed information?',
    {
      'e-mail': both('メールで', 'By e-mail'),
      document: both('書面で', 'In a document'),
      other: both('ほかの方法で', 'In another way'),
      none: both('伝えない', 'Not at all'),
    },
  ),
};
