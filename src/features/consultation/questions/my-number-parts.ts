// Declarations that the questions about My Numbers share: the payments of payment records, the payees, the affairs, the entrustment.

import { both, type Bilingual } from '../../../base/bilingual.ts';
import type {
  CloudFacts,
  EntrustmentPermission,
  NumberAffair,
  NumberEntrustmentFacts,
  Payee,
  PaymentKind,
} from '../../../law/index.ts';
import { aDay, choice, clause, country, exists, yesNo, type Choice, type Exists, type Fields } from '../facts.ts';
import { consent } from './parts.ts';

/** The calendar years that the law accepts for a payment. */
export const calendarYears = { least: 1868, most: 9998, isYear: true } as const;

/** What the officer judges of one emergency, in which a number is used or handed over. */
export const numberEmergency = both(
  'この件が、人の生命、身体または財産を守るための、急を要する場合に当たるか',
  'Whether this case is an emergency to protect life, body or property',
);

export const paymentWords: Readonly<Record<PaymentKind, Bilingual>> = {
  remuneration: both(
    '講演料、原稿料、税理士や弁護士の報酬、契約金など（下に当てはまらないもの）',
    'Fees of lecturers, authors, tax accountants, lawyers; contract money (none of the below)',
  ),
  'medical-fee': both('社会保険の診療報酬', 'Medical fees of the social insurance'),
  boxer: both('プロボクサーの報酬', 'Pay of professional boxers'),
  'commissioned-sales': both('外交員の報酬', 'Pay of commissioned sales staff'),
  'bill-collector': both('集金人の報酬', 'Pay of bill collectors'),
  'meter-reader': both('電力量計などの検針人の報酬', 'Pay of meter readers'),
  hosting: both('ホステスやバンケットの報酬', 'Pay of bar and banquet hosts'),
  'advertising-prize': both('広告宣伝のための賞金', 'Prizes in advertising'),
  'horse-race-prize': both('競馬の賞金', 'Horse-race prizes'),
  'real-estate-use': both('家賃、地代、権利金など、不動産を使う対価', 'Rent, key money and the like for real estate'),
  'real-estate-purchase': both('土地や建物を買う代金', 'The price of land or a building'),
  'real-estate-brokerage': both('不動産の仲介手数料', 'Brokerage for real estate'),
};

export const payeeWords: Readonly<Record<Payee, Bilingual>> = {
  individual: both('個人（個人事業主を含む）', 'An individual (including a sole trader)'),
  'domestic-corporation': both('国内の会社や団体', 'A company or body in Japan'),
  'foreign-corporation': both('外国の会社や団体', 'A company or body abroad'),
};

export const affair: Choice<NumberAffair> = choice(
  '何の事務のためですか',
  'Which affair does it serve?',
  {
    remuneration: both('報酬や料金の支払調書', 'Payment records of remuneration'),
    'real-estate-use': both('不動産の使用料の支払調書', 'Payment records of rent'),
    'real-estate-purchase': both('不動産を買った代金の支払調書', 'Payment records of purchase prices'),
    'real-estate-brokerage': both('不動産の仲介手数料の支払調書', 'Payment records of brokerage'),
    'other-by-law': both('法令により番号を書く、ほかの書類', 'Another document on which a law requires the number'),
    none: both('どれでもない（社内の管理など）', 'None of these, such as our own files'),
  },
  { ask: 'first' },
);

export const horseRacePrize = both(
  '競馬の賞金は、どの1回も基準の額を超えないか',
  'Whether no single horse-race prize exceeds the threshold',
);

const permission: Exists<EntrustmentPermission> = exists<EntrustmentPermission>(
  '最初に任せた会社の許可がありますか',
  'Has the company that first entrusted the work permitted it?',
  {
    by: choice<NonNullable<EntrustmentPermission['by']>>('だれが許可しましたか', 'Who permitted it?', {
      'first-entruster': both('最初に任せた会社', 'The company that first entrusted the work'),
      other: both('ほかの会社', 'Another company'),
    }),
    on: aDay('許可の日', 'Day of the permission'),
    advance: yesNo(
      'この再委託のためではなく、あらかじめまとめて許可したものですか',
      'Was it a general permission given in advance, not for this re-entrustment?',
    ),
    partyNamed: yesNo('その許可で、任せる相手が決まっていましたか', 'Did it name the party?'),
    abilityProved: yesNo('相手の能力を資料で確かめましたか', 'Was the party’s ability checked from documents?'),
    reportingAgreed: yesNo('任せたら報告すると決めていましたか', 'Was it agreed that each re-entrustment is reported?'),
  },
);

const cloud: Exists<CloudFacts> = exists(
  '番号を取り扱わないクラウドに預けるだけですか',
  'Is it only stored with a cloud that does not handle the numbers?',
  {
    contractExcludesHandling: yesNo(
      '契約に、番号を取り扱わないと書いてありますか',
      'Does the contract say that it does not handle the numbers?',
    ),
    accessControlled: yesNo('相手が見られないように制御していますか', 'Does access control keep them from seeing it?'),
    serverCountry: country('サーバーのある国', 'Country of the servers', { ask: 'if-known' }),
  },
  { ask: 'if-known' },
);

/** How work with My Numbers is entrusted. `ask`: for the question that is about nothing else. */
export const numberEntrustment = (ask?: 'first'): Fields<NumberEntrustmentFacts> => {
  const about = ask ? { ask } : {};
  return {
    level: choice<NonNullable<NumberEntrustmentFacts['level']>>(
      'だれがだれに任せますか',
      'Who entrusts it to whom?',
      {
        entrustment: both('当社が、直接任せる', 'We entrust it directly'),
        're-entrustment': both(
          '任された会社が、ほかの会社に任せる（再委託）',
          'Our contractor entrusts it to another company (re-entrustment)',
        ),
        further: both('さらにその先に任せる（再々委託など）', 'It is entrusted further still'),
      },
      about,
    ),
    withinAffair: yesNo(
      '支払調書の作成など、番号を使ってよい仕事で、要る分だけを渡しますか',
      'Is it work for which the numbers may be used, such as preparing payment records, and is no more handed over than it needs?',
      about,
    ),
    permission,
    earlierPermitted: yesNo(
      '前の段階の再委託も、最初に任せた会社が許可していますか',
      'Did the company that first entrusted the work permit every earlier step too?',
    ),
    ownUse: yesNo('相手は、自分のためにも使えますか', 'May they use it for their own purposes?'),
    assessed: yesNo(
      '番号法の求める守り方ができる相手か、調べましたか',
      'Was it assessed as able to protect the numbers as the Numbering Act requires?',
    ),
    contract: yesNo(
      '安全管理と再委託の条件を契約で決めましたか',
      'Does a contract set the terms for safety and re-entrustment?',
    ),
    monitored: yesNo('相手の扱い方を確かめる方法がありますか', 'Is there a way to check how they handle it?'),
    indirectlySupervised: yesNo(
      '任せた会社が、その先の会社をどう監督しているか確かめられますか',
      'Is there a way to check how the contractor supervises the next company?',
    ),
    country: country('相手は、どの国にありますか', 'In which country is the party?', about),
    cloud,
    consent,
    policy: {
      affairsClosedBy: clause(
        '番号を使う事務を限る条項',
        'Clause that limits what the numbers are used for',
        'affairsClosedBy',
      ),
    },
  };
};
