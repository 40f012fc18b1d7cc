// May I give this to somebody? (APPI 19, 27, 28, 29)

import { both } from '../../../base/bilingual.ts';
import { decideProvision, type ProvisionFacts } from '../../../law/index.ts';
import {
  choice,
  clause,
  country,
  dayOrNone,
  aDay,
  exists,
  items,
  purposeId,
  purposeIds,
  purposes,
  question,
  several,
  yesNo,
} from '../facts.ts';
import {
  consent,
  exception,
  exemption,
  information,
  party,
  processed,
  provisionItems,
  record,
  secrecy,
  secrecyJudgement,
} from './parts.ts';
import { partyWords } from '../../checkpoint/index.ts';

const told = {
  told: both('伝えた', 'Told'),
  'unknown-told': both('分からないことと、その理由を伝えた', 'Told that it is unknown, and why'),
  'not-told': both('伝えていない', 'Not told'),
};

export const provide = question<ProvisionFacts>({
  id: 'provide',
  group: 'give',
  title: both('名簿やデータを、だれかに渡したい', 'I want to give a list or data to somebody'),
  when: both(
    'セミナーの共催者、取引先、委託先、グループ会社、役所など、社外の相手に個人情報を渡す前に',
    'Before personal information goes to a seminar partner, a customer, a contractor, a group company, an authority or anybody else',
  ),
  answers: { yes: both('渡してよい', 'it may be handed over'), no: both('渡せません', 'it may not be handed over') },
  decide: decideProvision,
  fields: {
    relation: choice(
      '渡す相手は、当社とどんな関係ですか',
      'How does the recipient stand to us?',
      {
        'third-party': both(
          '別の会社や人（共催者、取引先、役所など）',
          'Another company or person, such as a partner or an authority',
        ),
        entrustment: both(
          '当社の仕事を任せる相手（印刷、発送、システムなど）',
          'Somebody who does work for us, such as printing or IT',
        ),
        'joint-use': both('前もって公表した共同利用の相手', 'A partner of a joint use that we have published'),
        succession: both('合併や事業の譲渡で引き継ぐ相手', 'Somebody who takes over the business'),
        'same-entity': both('社内の別の部署', 'Another department of our company'),
      },
      { ask: 'first' },
    ),
    recipient: party(both('渡す相手', 'the recipient'), 'first'),
    information,
    items: items('渡す項目', 'What is handed over', { ask: 'first' }),
    purpose: purposeId('何のために渡しますか', 'What is it handed over for?', { ask: 'first' }),
    holdingPurposes: purposes('何のために集めた情報ですか', 'What was it collected for?', {
      standing: 'holdingPurposes',
    }),
    consent,
    exception: exception(provisionItems),
    entrustment: {
      ownUse: yesNo(
        '相手は、自分のためにも使いますか。ほかの会社の情報と混ぜますか',
        'May they use it for themselves, or mix it with data of others?',
      ),
      assessed: yesNo('相手を調べて選びましたか', 'Was the party assessed and properly selected?'),
      contract: yesNo('安全管理を定めた契約がありますか', 'Is there a contract with safety terms?'),
      monitored: yesNo('相手の扱い方を確かめる方法がありますか', 'Is there a way to see how they handle it?'),
    },
    jointUse: {
      noticeOn: dayOrNone('共同利用を、いつから公表していますか', 'Since when has the joint use been made known?'),
      listed: several('公表に書いてあること', 'What the notice says', {
        fact: both('共同利用すること', 'The fact of joint use'),
        items: both('項目', 'The items'),
        users: both('共同利用する者の範囲', 'The scope of users'),
        purposes: both('利用目的', 'The purposes'),
        'responsible-name': both('責任者の名称', 'The name of the responsible person'),
        'responsible-address': both('責任者の住所', 'The address of the responsible person'),
        'responsible-representative': both('責任者の代表者の氏名', 'The name of its representative'),
      }),
      responsibleKind: choice('管理責任者は、どんな人や組織ですか', 'What kind of party is responsible?', partyWords),
      items: items('公表した項目', 'The items the notice names'),
      recipientInScope: yesNo('相手は、公表した利用者の範囲にいますか', 'Is the recipient within the scope of users?'),
      purposes: purposeIds('公表した利用目的', 'The purposes the notice names'),
      published: yesNo('本人に知らせるだけでなく、公表していますか', 'Is it published, not only told to the persons?'),
    },
    optOut: exists(
      'オプトアウト（求めがあれば止める形での提供）ですか',
      'Is it by opt-out, where it stops only on request?',
      {
        announcedOn: dayOrNone('いつから知らせていますか', 'Since when has it been made known?'),
        listed: several('知らせていること', 'What has been made known', {
          provider: both('当社の名称など', 'Our name and particulars'),
          'provision-is-purpose': both('第三者への提供を目的とすること', 'That provision is a purpose'),
          items: both('提供する項目', 'The items'),
          'how-acquired': both('取得の方法', 'How they were acquired'),
          method: both('提供の方法', 'How they are provided'),
          'stops-on-request': both('求めに応じて止めること', 'That it stops on request'),
          'how-to-request': both('求めを受け付ける方法', 'How to ask for that'),
          'update-and-start': both('更新の方法と開始の日', 'How data is updated, and the start'),
        }),
        filedOn: dayOrNone('個人情報保護委員会に届け出た日', 'Day it was filed with the Commission'),
        stopsOnRequest: yesNo('本人が求めたら止めますか', 'Does it stop when the person asks?'),
        acquiredUnlawfully: yesNo('不正に集められた情報ですか', 'Was it acquired unlawfully?'),
        receivedByOptOut: yesNo('オプトアウトで受け取った情報ですか', 'Was it itself received by opt-out?'),
        objected: yesNo('本人が止めるよう求めていますか', 'Has the person asked to stop?'),
      },
      { ask: 'if-known' },
    ),
    cloud: exists(
      '中身を扱わないクラウドに預けるだけですか',
      'Is it only stored with a cloud that does not handle the content?',
      {
        contractExcludesHandling: yesNo(
          '契約に、中身を扱わないと書いてありますか',
          'Does the contract say that it does not handle the data?',
        ),
        accessControlled: yesNo('相手が見られないように制御していますか', 'Does access control keep them out?'),
        serverCountry: country('サーバーのある国', 'Country of the servers'),
      },
      { ask: 'if-known', options: { yes: both('はい', 'Yes'), no: both('いいえ', 'No') } },
    ),
    equivalentSystem: exists(
      '外国の相手に、日本の決まりに沿って扱う体制がありますか',
      'Does the recipient abroad have a system in line with Japanese rules?',
      {
        by: choice('その体制の根拠', 'What that system rests on', {
          contract: both('契約', 'A contract'),
          'group-rules': both('グループの規程', 'Rules of the group'),
          certificate: both('APEC CBPR またはグローバルCBPRの認証', 'A certificate of APEC CBPR or Global CBPR'),
        }),
        validUntil: dayOrNone('いつまで有効ですか', 'Until when is it valid?'),
        checkedOn: dayOrNone('最後に確かめた日', 'Day of the last check'),
        failing: yesNo('相手が措置を続けられなくなりましたか', 'Can the recipient no longer keep the measures?', {
          ask: 'if-known',
        }),
      },
    ),
    foreignInformation: exists(
      '同意の前に、外国に渡すことについて本人に伝えましたか',
      'Was the person told about the country before consenting?',
      {
        on: aDay('伝えた日', 'Day it was told'),
        country: choice('国の名前', 'The country', told),
        system: choice('その国の制度', 'Its system', told),
        measures: choice('相手の守り方', 'What the recipient does to protect it', told),
      },
      { options: { yes: both('伝えた', 'Told'), no: both('何も伝えていない', 'Nothing was told') } },
    ),
    record,
    exemption,
    improper: yesNo('違法や不当な行為を助けるおそれがありますか', 'May it further unlawful or unjust acts?', {
      ask: 'if-known',
    }),
    ...processed,
    link: {
      fromDatabase: yesNo('検索できるように整理した情報ですか', 'Does it come from a searchable collection?'),
      expected: yesNo(
        '相手は、だれのものかを自社の名簿と結び付けますか',
        'Will the recipient link it to persons it knows?',
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
            assumed: both('確かめず、そう思っている', 'It was only assumed'),
          }),
          consented: yesNo(
            '全員が、この相手が受け取ることに同意していますか',
            'Has every person consented to this recipient?',
          ),
          foreignInformationShown: yesNo(
            '外国について本人に伝えたことを、書面で確かめましたか',
            'Did a document show that the persons were told about the country?',
          ),
        },
        { options: { yes: both('確かめた', 'Confirmed'), no: both('確かめていない', 'Nothing was confirmed') } },
      ),
    },
    anonymous: {
      madeItemsOn: dayOrNone('作った情報の項目を公表した日', 'Day the items it contains were published'),
      providedItemsOn: dayOrNone('渡す項目を公表した日', 'Day the items to be provided were published'),
      methodOn: dayOrNone('渡す方法を公表した日', 'Day the method was published'),
      marking: choice('匿名加工情報だと、相手にどう伝えますか', 'How is the recipient told that it is anonymous?', {
        'e-mail': both('メールで', 'By e-mail'),
        document: both('書面で', 'In a document'),
        other: both('ほかの方法で', 'In another way'),
        none: both('伝えない', 'Not at all'),
      }),
    },
    secrecy,
    policy: {
      optOutClosedBy: clause('オプトアウトをしないと約束する条項', 'Clause that closes opt-out', 'optOutClosedBy'),
    },
  },
  judgements: {
    pseudonymousAbroad: both(
      '外国にある相手に仮名加工情報を渡してよいか',
      'Whether pseudonymously processed information may go to this recipient abroad',
    ),
    ...secrecyJudgement,
  },
});
