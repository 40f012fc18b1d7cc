// Provision to third parties (第三者提供): scenarios O-01 to O-06 and O-11, with every ground, duty and missing fact stated.

import { expect, test } from 'vitest';
import { day } from '../../base/day.ts';
import type { JointUseField, ProvisionFacts } from '../facts.ts';
import {
  decideProvision,
  judgedNow,
  provingClaims,
  provisionContradictions,
  provisionItems,
  testException,
} from '../index.ts';
import { outline, type Outline } from '../../../tests/outline.ts';
import { jointUseFields, optOutFields } from '../parameters.ts';

const today = day('2026-11-24');
const p1 = { id: 'P1', clause: '11' };
const p3 = { id: 'P3', clause: '13' };

interface Case {
  name: string;
  facts: ProvisionFacts;
  expected: Outline;
  instead?: number;
}

const kyodo = {
  kind: 'corporation',
  name: '共同株式会社',
  address: '大阪市北区例示町2-2',
  representative: '共同 花子',
  country: 'JP',
} as const;

const consent = {
  givenBy: 'principal',
  on: day('2026-11-24'),
  coversPurpose: true,
  coversRecipient: true,
  coversItems: true,
} as const;

const coHost: ProvisionFacts = {
  information: 'personal',
  relation: 'third-party',
  recipient: kyodo,
  items: ['氏名', '会社名', 'メールアドレス'],
  purpose: 'P3',
  holdingPurposes: [p3],
  consent,
};

const recorded = [
  'consent-obtained',
  'recipient-name',
  'recipient-address',
  'recipient-representative',
  'principal',
  'items',
];
const consentGrounds = [
  'APPI 27(1)',
  'APPI 29(1)',
  'APPI-Rules 19(2)',
  'APPI-Rules 20(1)(ii)',
  'APPI 29(2)',
  'APPI-Rules 21(iii)',
];

const printer: ProvisionFacts = {
  information: 'personal',
  relation: 'entrustment',
  recipient: { kind: 'corporation', name: '例示発送株式会社', country: 'JP' },
  items: ['氏名', '住所'],
  purpose: 'P1',
  holdingPurposes: [p1],
  entrustment: { ownUse: false, assessed: true, contract: true, monitored: true },
};
/** Another department, beyond the purpose. */
const department: ProvisionFacts = { ...printer, relation: 'same-entity', purpose: 'P3' };
const toPurpose: ProvisionFacts['consent'] = {
  givenBy: 'principal',
  on: day('2026-11-20'),
  coversPurpose: true,
  coversItems: true,
};

const supervise = {
  do: 'supervise-entrusted',
  under: 'APPI 25',
  when: 'later',
  items: ['selection', 'contract', 'handling-status', 're-entrustment'],
} as const;

const allFields = jointUseFields.value;
const group: ProvisionFacts = {
  information: 'personal',
  relation: 'joint-use',
  recipient: { kind: 'corporation', name: '例示グループA株式会社', country: 'JP' },
  items: ['氏名'],
  purpose: 'P1',
  holdingPurposes: [p1],
  jointUse: {
    noticeOn: day('2026-11-20'),
    listed: allFields,
    responsibleKind: 'corporation',
    items: ['氏名', '住所'],
    recipientInScope: true,
    purposes: ['P1'],
  },
};
const without = (f: JointUseField): ProvisionFacts => ({
  ...group,
  jointUse: { ...group.jointUse, listed: allFields.filter((x) => x !== f) },
});

const taxOffice: ProvisionFacts = {
  information: 'personal',
  relation: 'third-party',
  recipient: { kind: 'state-organ', name: '例示税務署', country: 'JP' },
  items: ['取引の履歴'],
  consent: null,
  exception: { item: '27(1)(i)', legalBasis: '国税通則法の質問検査権 文書番号123' },
};
/** The same abroad, to an authority there. */
const abroadByLaw: ProvisionFacts = { ...taxOffice, recipient: { kind: 'corporation', name: '例示署', country: 'US' } };
const byItem = (article: string) => [
  {
    do: 'keep-decision-log' as const,
    under: `APPI ${article}`,
    when: 'at-once' as const,
    items: ['basis', 'document', 'approver'],
  },
  { do: 'limit-scope' as const, under: `APPI ${article}`, when: 'before' as const },
];

const byOptOut = [
  'APPI 27(2)',
  'APPI-Rules 11(1)(i)',
  'APPI 18(1)',
  'policy 13',
  'APPI 29(1)',
  'APPI-Rules 19(2)',
  'APPI-Rules 20(1)(i)',
  'APPI 29(2)',
  'APPI-Rules 21(iii)',
];

const inTime = (answer: boolean) => judgedNow('timeToObject', answer, { by: 'staff:o', on: today, why: '例' });

const broker: ProvisionFacts = {
  ...coHost,
  items: ['購買の履歴'],
  consent: null,
  optOut: {
    announcedOn: day('2026-10-01'),
    listed: optOutFields.value,
    filedOn: day('2026-10-01'),
    stopsOnRequest: true,
    acquiredUnlawfully: false,
    receivedByOptOut: false,
    coversItems: true,
    objected: false,
  },
  policy: { optOutClosedBy: '19' },
  judgements: inTime(true),
};
const openBroker: ProvisionFacts = { ...broker, policy: {} };
const successor: ProvisionFacts = { ...printer, relation: 'succession' };

const cases: Case[] = [
  {
    name: 'O-01 本人の同意による提供：記録に日付は要らず、住所と代表者が要る',
    facts: coHost,
    expected: {
      answer: 'yes',
      because: consentGrounds,
      duties: [
        {
          do: 'record-provision',
          under: 'APPI 29(1)',
          when: 'at-once',
          items: recorded,
          keepUntil: day('2029-11-24'),
        },
      ],
    },
  },
  {
    name: 'O-01 代表者の氏名が分からない',
    facts: { ...coHost, recipient: { ...kyodo, representative: undefined } },
    expected: { answer: 'unknown', because: consentGrounds, missing: ['recipient.representative'] },
  },
  {
    name: 'O-01 住所が分からない',
    facts: { ...coHost, recipient: { ...kyodo, address: undefined } },
    expected: { answer: 'unknown', because: consentGrounds, missing: ['recipient.address'] },
  },
  {
    name: 'O-01 個人事業主に渡すときは代表者を記録しない',
    facts: { ...coHost, recipient: { ...kyodo, kind: 'individual', representative: undefined } },
    expected: {
      answer: 'yes',
      because: consentGrounds,
      duties: [
        {
          do: 'record-provision',
          under: 'APPI 29(1)',
          when: 'at-once',
          items: recorded.filter((i) => i !== 'recipient-representative'),
          keepUntil: day('2029-11-24'),
        },
      ],
    },
  },
  {
    name: 'O-01 続けて渡すときは最後の提供から3年',
    facts: { ...coHost, record: { mode: 'bulk', lastOn: day('2027-02-28') } },
    expected: {
      answer: 'yes',
      because: [...consentGrounds.slice(0, -1), 'APPI-Rules 21(ii)'],
      duties: [
        {
          do: 'record-provision',
          under: 'APPI 29(1)',
          when: 'at-once',
          items: recorded,
          keepUntil: day('2030-02-28'),
        },
      ],
    },
  },
  {
    name: 'O-01 契約書で代えるときは最後の提供から1年',
    facts: { ...coHost, record: { mode: 'contract' } },
    expected: {
      answer: 'yes',
      because: [
        'APPI 27(1)',
        'APPI 29(1)',
        'APPI-Rules 19(3)',
        'APPI-Rules 20(1)(ii)',
        'APPI 29(2)',
        'APPI-Rules 21(i)',
      ],
      duties: [
        {
          do: 'record-provision',
          under: 'APPI 29(1)',
          when: 'at-once',
          items: recorded,
          keepUntil: day('2027-11-24'),
        },
      ],
    },
  },
  {
    name: 'O-01 同意が提供の後',
    facts: { ...coHost, consent: { ...consent, on: day('2026-11-25') } },
    expected: { answer: 'no', because: ['APPI 27(1)', 'APPI 27(5)'] },
  },
  {
    name: 'O-01 同意の取り下げ',
    facts: { ...coHost, consent: { ...consent, on: day('2026-11-01'), withdrawnOn: today } },
    expected: { answer: 'no', because: ['APPI 27(1)', 'APPI 27(5)'] },
  },
  {
    name: 'O-01 同意が項目に及ばない',
    facts: { ...coHost, consent: { ...consent, coversItems: false } },
    expected: { answer: 'no', because: ['APPI 27(1)', 'APPI 27(5)'] },
  },
  {
    name: '自治体に同意で渡すとき、記録は要らない',
    facts: { ...coHost, recipient: { kind: 'local-government', country: 'JP' } },
    expected: { answer: 'yes', because: ['APPI 27(1)', 'APPI 16(2)(ii)', 'APPI 29(1)'], duties: [] },
  },
  {
    name: '本人のための提供は、承認した人がいれば記録しない',
    facts: { ...coHost, exemption: { kind: 'for-principal', approvedBy: 'officer-1' } },
    expected: {
      answer: 'yes',
      because: ['APPI 27(1)', 'APPI 29(1)'],
      duties: [{ do: 'record-exception', under: 'APPI 29(1)', when: 'at-once', items: ['kind', 'reason', 'approver'] }],
    },
  },
  {
    name: '記録の例外を承認した人がいない',
    facts: { ...coHost, exemption: { kind: 'for-principal' } },
    expected: { answer: 'unknown', because: ['APPI 27(1)', 'APPI 29(1)'], missing: ['exemption.approvedBy'] },
  },
  ...(['not-data-for-recipient', 'viewing'] as const).map((kind) => ({
    name: `受け取る側だけの例外では、渡す側の記録を省けない：${kind}`,
    facts: { ...coHost, exemption: { kind, approvedBy: 'officer-1' } },
    expected: {
      answer: 'yes' as const,
      because: ['APPI 27(1)', 'APPI 29(1)', ...consentGrounds.slice(1)],
      duties: [
        {
          do: 'record-provision' as const,
          under: 'APPI 29(1)',
          when: 'at-once' as const,
          items: recorded,
          keepUntil: day('2029-11-24'),
        },
      ],
    },
  })),
  {
    name: 'O-02 根拠なし：相手の営業のために渡す',
    facts: { ...coHost, consent: null },
    expected: { answer: 'no', because: ['APPI 27(1)', 'APPI 27(5)'] },
    instead: 2,
  },
  {
    name: 'O-02 顧客の役に立つというだけでは27条1項2号に当たらない',
    facts: {
      ...coHost,
      consent: null,
      exception: { item: '27(1)(ii)', necessary: false, consentDifficult: false },
    },
    expected: { answer: 'no', because: ['APPI 27(1)', 'APPI 27(1)(ii)', 'APPI 27(5)'] },
  },
  {
    name: 'O-02 同意があるか分からない',
    facts: { ...coHost, consent: undefined },
    expected: { answer: 'unknown', because: ['APPI 27(1)', 'APPI 27(5)'], missing: ['consent'] },
  },
  {
    name: 'O-03 オプトアウト：届出がそろっていても方針が閉じている',
    facts: broker,
    expected: { answer: 'no', because: ['APPI 27(2)', 'policy 19'] },
    instead: 1,
  },
  {
    name: 'O-03 方針が閉じていない会社',
    facts: openBroker,
    expected: {
      answer: 'yes',
      because: byOptOut,
      duties: [
        { do: 'publish-opt-out', under: 'APPI-Rules 14', when: 'later' },
        {
          do: 'record-provision',
          under: 'APPI 29(1)',
          when: 'at-once',
          items: ['provided-on', ...recorded.slice(1)],
          keepUntil: day('2029-11-24'),
        },
      ],
    },
  },
  {
    name: 'O-03 知らせた項目にないものも渡す',
    facts: { ...openBroker, optOut: { ...openBroker.optOut, coversItems: false } },
    expected: { answer: 'no', because: ['APPI 27(2)'] },
  },
  {
    name: 'O-03 渡す項目を知らせてあるかが分からない',
    facts: { ...openBroker, optOut: { ...openBroker.optOut, coversItems: undefined } },
    expected: { answer: 'unknown', because: byOptOut, missing: ['optOut.coversItems'] },
  },
  {
    name: 'O-03 オプトアウトの記録はまとめて作れない',
    facts: { ...openBroker, record: { mode: 'bulk', lastOn: day('2028-01-01') } },
    expected: {
      answer: 'yes',
      because: byOptOut,
      duties: [
        { do: 'publish-opt-out', under: 'APPI-Rules 14', when: 'later' },
        {
          do: 'record-provision',
          under: 'APPI 29(1)',
          when: 'at-once',
          items: ['provided-on', ...recorded.slice(1)],
          keepUntil: day('2029-11-24'),
        },
      ],
    },
  },
  {
    name: 'O-03 集めたときに決めていない目的のオプトアウト',
    facts: { ...openBroker, purpose: 'P1' },
    expected: { answer: 'no', because: ['APPI 27(2)', 'APPI 18(1)', 'policy 13'] },
    instead: 1,
  },
  {
    name: 'O-03 何のために集めた情報か分からないオプトアウト',
    facts: { ...openBroker, holdingPurposes: undefined },
    expected: {
      answer: 'unknown',
      because: byOptOut.filter((ground) => ground !== 'APPI 18(1)' && ground !== 'policy 13'),
      missing: ['holdingPurposes'],
    },
  },
  {
    name: 'O-03 要配慮個人情報のオプトアウト',
    facts: { ...openBroker, information: 'special-care' },
    expected: { answer: 'no', because: ['APPI 27(2)'] },
  },
  {
    name: 'O-03 オプトアウトで受け取った情報のオプトアウト',
    facts: { ...openBroker, optOut: { ...openBroker.optOut, receivedByOptOut: true } },
    expected: { answer: 'no', because: ['APPI 27(2)'] },
  },
  {
    name: 'O-03 不正に取得された情報のオプトアウト（方針も閉じている）',
    facts: { ...broker, optOut: { ...broker.optOut, acquiredUnlawfully: true } },
    expected: { answer: 'no', because: ['APPI 27(2)', 'policy 19'] },
  },
  {
    name: 'O-03 8項目のひとつが欠ける',
    facts: { ...openBroker, optOut: { ...openBroker.optOut, listed: optOutFields.value.slice(1) } },
    expected: { answer: 'no', because: ['APPI 27(2)'] },
  },
  {
    name: 'O-03 届出がまだ',
    facts: { ...openBroker, optOut: { ...openBroker.optOut, filedOn: null } },
    expected: { answer: 'no', because: ['APPI 27(2)'] },
  },
  {
    name: 'O-04 国内の委託：同意も記録も要らない',
    facts: printer,
    expected: {
      answer: 'yes',
      because: ['APPI 27(5)(i)', 'APPI 18(1)', 'policy 11', 'APPI 25', 'APPI 29(1)'],
      duties: [supervise],
    },
  },
  {
    name: 'O-04 委託先を評価していない',
    facts: { ...printer, entrustment: { ...printer.entrustment, assessed: false } },
    expected: { answer: 'no', because: ['APPI 25'] },
    instead: 1,
  },
  {
    name: 'O-04 委託の目的が範囲の外',
    facts: { ...printer, purpose: 'P3' },
    expected: { answer: 'no', because: ['APPI 27(5)(i)', 'APPI 18(1)', 'policy 11'] },
  },
  {
    name: 'O-04 委託の事実が二つ分からない',
    facts: { ...printer, entrustment: { ownUse: false, assessed: true } },
    expected: {
      answer: 'unknown',
      because: ['APPI 27(5)(i)', 'APPI 18(1)', 'policy 11', 'APPI 25', 'APPI 29(1)'],
      missing: ['entrustment.contract', 'entrustment.monitored'],
    },
  },
  {
    name: 'O-05 名ばかりの委託：相手が自社の名簿に混ぜる',
    facts: { ...printer, entrustment: { ...printer.entrustment, ownUse: true } },
    expected: { answer: 'no', because: ['APPI 27(5)(i)', 'APPI 27(1)', 'APPI 25'] },
    instead: 2,
  },
  {
    name: 'O-06 共同利用：代表者の氏名が公表にない',
    facts: without('responsible-representative'),
    expected: { answer: 'no', because: ['APPI 27(5)(iii)'] },
    instead: 1,
  },
  {
    name: 'O-06 共同利用：責任者の住所が公表にない',
    facts: without('responsible-address'),
    expected: { answer: 'no', because: ['APPI 27(5)(iii)'] },
    instead: 1,
  },
  {
    name: 'O-06 渡す前に公表がそろった：記録は要らない',
    facts: group,
    expected: {
      answer: 'yes',
      because: ['APPI 27(5)(iii)', 'APPI 18(1)', 'policy 11', 'APPI 29(1)'],
      duties: [],
    },
  },
  {
    name: 'O-06 公表が渡す日より後',
    facts: { ...group, jointUse: { ...group.jointUse, noticeOn: day('2026-11-25') } },
    expected: { answer: 'no', because: ['APPI 27(5)(iii)'] },
  },
  {
    name: 'O-06 公表にない項目',
    facts: { ...group, items: ['氏名', '電話番号'] },
    expected: { answer: 'no', because: ['APPI 27(5)(iii)'] },
  },
  {
    name: 'O-06 利用者の範囲の外',
    facts: { ...group, jointUse: { ...group.jointUse, recipientInScope: false } },
    expected: { answer: 'no', because: ['APPI 27(5)(iii)'] },
  },
  {
    name: 'O-06 公表にない目的',
    facts: { ...group, purpose: 'P3' },
    expected: { answer: 'no', because: ['APPI 27(5)(iii)'] },
  },
  {
    name: 'O-11 法令に基づく場合：税務署の質問検査',
    facts: taxOffice,
    expected: {
      answer: 'yes',
      because: ['APPI 27(1)(i)', 'APPI 29(1)', 'APPI 16(2)(i)'],
      duties: byItem('27(1)(i)'),
    },
  },
  {
    name: 'O-11 根拠の法令と文書番号が分からない',
    facts: { ...taxOffice, exception: { item: '27(1)(i)' } },
    expected: { answer: 'unknown', because: ['APPI 27(1)'], missing: ['exception.legalBasis'] },
  },
  {
    name: '日本の公的機関なら、国を書かなくても日本にある',
    facts: { ...taxOffice, recipient: { kind: 'state-organ' } },
    expected: {
      answer: 'yes',
      because: ['APPI 27(1)(i)', 'APPI 29(1)', 'APPI 16(2)(i)'],
      duties: byItem('27(1)(i)'),
    },
  },
  {
    name: '外国の役所が求める：根拠が日本の法令かを尋ねる',
    facts: abroadByLaw,
    expected: { answer: 'unknown', because: ['APPI 27(1)'], missing: ['exception.lawOfJapan'] },
  },
  {
    name: '相手のある国が分からないときも尋ねる',
    facts: { ...abroadByLaw, recipient: {} },
    expected: { answer: 'unknown', because: ['APPI 27(1)'], missing: ['exception.lawOfJapan'] },
  },
  {
    name: '日本の法令に基づいて外国に渡す：同意は要らず、記録も要らない',
    facts: { ...abroadByLaw, exception: { ...taxOffice.exception!, lawOfJapan: true } },
    expected: { answer: 'yes', because: ['APPI 27(1)(i)', 'APPI 29(1)'], duties: byItem('27(1)(i)') },
  },
  {
    name: '外国の法令に基づくだけでは、外国への提供の同意が要る',
    facts: { ...abroadByLaw, exception: { ...taxOffice.exception!, lawOfJapan: false }, equivalentSystem: null },
    expected: { answer: 'no', because: ['APPI 28(1)', 'APPI 28(1)', 'APPI 27(1)(i)'] },
  },
  {
    name: '国内の相手にも、外国の法令は根拠にならない',
    facts: { ...taxOffice, exception: { ...taxOffice.exception!, lawOfJapan: false } },
    expected: { answer: 'no', because: ['APPI 27(1)', 'APPI 27(1)(i)', 'APPI 27(5)'] },
  },
  {
    name: '外国で国の事務に協力する：その事務を定める法令が日本のものかを尋ねる',
    facts: {
      ...abroadByLaw,
      exception: { item: '27(1)(iv)', publicAffairs: true, necessary: true, consentImpedes: true },
    },
    expected: { answer: 'unknown', because: ['APPI 27(1)'], missing: ['exception.lawOfJapan'] },
  },
  {
    name: '町内会への協力：国や自治体の委託を受けていなければ、27条1項4号に当たらない',
    facts: {
      ...taxOffice,
      recipient: { kind: 'corporation', country: 'JP' },
      exception: { item: '27(1)(iv)', publicAffairs: false, necessary: true, consentImpedes: true },
    },
    expected: { answer: 'no', because: ['APPI 27(1)', 'APPI 27(1)(iv)', 'APPI 27(5)'] },
  },
  {
    name: '市の避難支援を任された会社への協力：委託を受けていれば、27条1項4号に当たる',
    facts: {
      ...taxOffice,
      recipient: { kind: 'corporation', country: 'JP' },
      exception: { item: '27(1)(iv)', publicAffairs: true, necessary: true, consentImpedes: true },
    },
    expected: { answer: 'yes', because: ['APPI 27(1)(iv)', 'APPI 29(1)'], duties: byItem('27(1)(iv)') },
  },
  {
    name: '外国でも、人の命を守るための提供に、根拠の法令は問わない',
    facts: { ...abroadByLaw, exception: { item: '27(1)(ii)', necessary: true, consentDifficult: true } },
    expected: { answer: 'yes', because: ['APPI 27(1)(ii)', 'APPI 29(1)'], duties: byItem('27(1)(ii)') },
  },
  {
    name: '事業の承継：目的を引き継ぐ',
    facts: { ...successor, succession: { ofBusiness: true, stage: 'agreed' } },
    expected: {
      answer: 'yes',
      because: ['APPI 27(5)(ii)', 'APPI 18(2)', 'APPI 29(1)'],
      duties: [{ do: 'carry-over-purpose', under: 'APPI 18(2)', when: 'before' }],
    },
  },
  {
    name: '事業の承継：承継する事業のデータかも、契約の前かも分からない',
    facts: successor,
    expected: {
      answer: 'unknown',
      because: ['APPI 27(5)(ii)', 'APPI 18(2)', 'APPI 29(1)'],
      missing: ['succession.ofBusiness', 'succession.stage'],
    },
  },
  {
    name: '1店舗だけを譲るのに、全店の顧客名簿を渡す：承継に伴う提供ではない',
    facts: { ...successor, succession: { ofBusiness: false, stage: 'agreed' } },
    expected: { answer: 'no', because: ['APPI 27(5)(ii)', 'APPI 27(1)'] },
  },
  {
    name: '承継の契約の前の調査で、取扱いを契約で定めないまま渡す',
    facts: { ...successor, succession: { ofBusiness: true, stage: 'unbound' } },
    expected: { answer: 'no', because: ['Guideline 3-6-3'] },
  },
  {
    name: '承継の契約の前の調査で、取扱いを契約で定めてから渡す',
    facts: { ...successor, succession: { ofBusiness: true, stage: 'inquiry' } },
    expected: {
      answer: 'yes',
      because: ['APPI 27(5)(ii)', 'APPI 18(2)', 'Guideline 3-6-3', 'APPI 29(1)'],
      duties: [{ do: 'carry-over-purpose', under: 'APPI 18(2)', when: 'before' }],
    },
  },
  {
    name: '同じ会社の別の部署：目的の範囲内',
    facts: { ...printer, relation: 'same-entity' },
    expected: { answer: 'yes', because: ['Guideline 3-6-1', 'APPI 18(1)', 'policy 11'], duties: [] },
  },
  {
    name: '同じ会社の外国の支店：第三者ではないが、外国で取り扱う',
    facts: { ...printer, relation: 'same-entity', recipient: { country: 'SG' } },
    expected: {
      answer: 'yes',
      because: ['Guideline 3-6-1', 'APPI 18(1)', 'policy 11', 'APPI 23'],
      duties: [
        { do: 'own-safety-measures', under: 'APPI 23', when: 'before' },
        {
          do: 'publish-foreign-handling',
          under: 'APPI-Order 10(i)',
          when: 'before',
          items: ['country', 'measures'],
        },
      ],
    },
  },
  {
    name: '同じ会社の別の部署：目的の範囲外',
    facts: { ...department, consent: null },
    expected: { answer: 'no', because: ['Guideline 3-6-1', 'APPI 18(1)', 'policy 11'] },
  },
  {
    name: '同じ会社の別の部署：目的の範囲外で、本人の同意があるか分からない',
    facts: department,
    expected: { answer: 'unknown', because: ['Guideline 3-6-1', 'APPI 18(1)', 'policy 11'], missing: ['consent'] },
  },
  {
    name: '同じ会社の別の部署：目的の範囲外だが、本人が前もって同意している',
    facts: { ...department, consent: toPurpose },
    expected: { answer: 'yes', because: ['Guideline 3-6-1', 'APPI 18(1)'], duties: [] },
  },
  {
    name: '外国の支店に、同意された目的のために渡す：外国での取扱いは同意があっても変わらない',
    facts: { ...department, consent: { ...toPurpose, givenBy: 'representative' }, recipient: { country: 'SG' } },
    expected: {
      answer: 'yes',
      because: ['Guideline 3-6-1', 'APPI 18(1)', 'Guideline 2-16', 'APPI 23'],
      duties: [
        { do: 'own-safety-measures', under: 'APPI 23', when: 'before' },
        {
          do: 'publish-foreign-handling',
          under: 'APPI-Order 10(i)',
          when: 'before',
          items: ['country', 'measures'],
        },
      ],
    },
  },
  {
    name: '同じ会社の別の部署：同意は別の目的のもの',
    facts: { ...department, consent: { ...toPurpose, coversPurpose: false } },
    expected: { answer: 'no', because: ['Guideline 3-6-1', 'APPI 18(1)', 'policy 11', 'APPI 18(1)'] },
  },
  {
    name: '同じ会社の別の部署：同意は一部の項目だけのもの',
    facts: { ...department, consent: { ...toPurpose, coversItems: false } },
    expected: { answer: 'no', because: ['Guideline 3-6-1', 'APPI 18(1)', 'policy 11', 'APPI 18(1)'] },
  },
  {
    name: '不当な行為を助ける提供は同意があっても断る',
    facts: { ...coHost, improper: true },
    expected: { answer: 'no', because: ['APPI 19'] },
  },
  {
    name: '何も分からない',
    facts: {},
    expected: { answer: 'unknown', because: ['APPI 27(1)'], missing: ['information', 'relation', 'recipient.country'] },
  },
  {
    name: '個人番号の共同利用',
    facts: { ...group, information: 'my-number' },
    expected: { answer: 'no', because: ['NumberingAct 19', 'NumberingAct 30(2)'] },
  },
  {
    name: '個人番号を同意で渡す',
    facts: { ...coHost, information: 'my-number' },
    expected: { answer: 'no', because: ['NumberingAct 19', 'NumberingAct 30(2)'] },
  },
  {
    name: '個人番号の委託は番号法の問いで決める',
    facts: { ...printer, information: 'my-number' },
    expected: { answer: 'unknown', because: ['NumberingAct 19', 'NumberingAct 30(2)'], missing: ['numberAffair'] },
  },
  {
    name: 'オプトアウト：不正に取得された情報',
    facts: { ...openBroker, optOut: { ...openBroker.optOut, acquiredUnlawfully: true } },
    expected: { answer: 'no', because: ['APPI 27(2)'] },
  },
  {
    name: 'オプトアウト：本人が停止を求めている',
    facts: { ...openBroker, optOut: { ...openBroker.optOut, objected: true } },
    expected: { answer: 'no', because: ['APPI 27(2)'] },
  },
  {
    name: 'オプトアウト：求めても止めない',
    facts: { ...openBroker, optOut: { ...openBroker.optOut, stopsOnRequest: false } },
    expected: { answer: 'no', because: ['APPI 27(2)'] },
  },
  {
    name: 'オプトアウト：知らせてから、本人が止めるよう求める時間がない',
    facts: { ...openBroker, judgements: inTime(false) },
    expected: { answer: 'no', because: ['APPI-Rules 11(1)(i)'] },
  },
  {
    name: 'オプトアウト：止めるよう求める時間があったか分からない',
    facts: { ...openBroker, judgements: undefined },
    expected: { answer: 'unknown', because: byOptOut, missing: ['judgements.timeToObject'] },
  },
  {
    name: 'オプトアウト：知らせていない',
    facts: { ...openBroker, optOut: { ...openBroker.optOut, announcedOn: null } },
    expected: { answer: 'no', because: ['APPI 27(2)'] },
  },
  {
    name: 'オプトアウト：知らせるのが明日',
    facts: { ...openBroker, optOut: { ...openBroker.optOut, announcedOn: day('2026-11-25') } },
    expected: { answer: 'no', because: ['APPI 27(2)'] },
  },
  {
    name: 'オプトアウト：届け出ていない',
    facts: { ...openBroker, optOut: { ...openBroker.optOut, filedOn: null } },
    expected: { answer: 'no', because: ['APPI 27(2)'] },
  },
  {
    name: 'オプトアウト：届け出るのが明日',
    facts: { ...openBroker, optOut: { ...openBroker.optOut, filedOn: day('2026-11-25') } },
    expected: { answer: 'no', because: ['APPI 27(2)'] },
  },
  {
    name: 'オプトアウト：停止の求めがあり、知らせるのもこれから：取り下げられない理由を先に示す',
    facts: { ...openBroker, optOut: { objected: true, announcedOn: null } },
    expected: { answer: 'no', because: ['APPI 27(2)'] },
  },
  {
    name: '共同利用：知らせていない',
    facts: { ...group, jointUse: { ...group.jointUse, noticeOn: null } },
    expected: { answer: 'no', because: ['APPI 27(5)(iii)'] },
  },
  {
    name: '共同利用：責任者が個人なら、代表者の氏名は要らない',
    facts: {
      ...group,
      jointUse: {
        ...group.jointUse,
        responsibleKind: 'individual',
        listed: allFields.filter((f) => f !== 'responsible-representative'),
      },
    },
    expected: {
      answer: 'yes',
      because: ['APPI 27(5)(iii)', 'APPI 18(1)', 'policy 11', 'APPI 29(1)'],
      duties: [],
    },
  },
  {
    name: '共同利用：責任者が個人でも、ほかの項目は要る',
    facts: {
      ...group,
      jointUse: { ...group.jointUse, responsibleKind: 'individual', listed: ['responsible-representative'] },
    },
    expected: { answer: 'no', because: ['APPI 27(5)(iii)'] },
    instead: 6,
  },
  {
    name: '共同利用：通知にある目的でも、集めたときの目的でなければ渡せない',
    facts: { ...group, purpose: 'P3', jointUse: { ...group.jointUse, purposes: ['P1', 'P3'] } },
    expected: { answer: 'no', because: ['APPI 27(5)(iii)', 'APPI 18(1)', 'policy 11'] },
  },
  {
    name: '契約ではデータを取り扱えるクラウドは、アクセス制御があっても委託として確かめる',
    facts: { ...printer, cloud: { contractExcludesHandling: false, accessControlled: true } },
    expected: {
      answer: 'yes',
      because: ['APPI 27(5)(i)', 'APPI 18(1)', 'policy 11', 'APPI 25', 'APPI 29(1)'],
      duties: [supervise],
    },
  },
  {
    name: '国内の相手には、外国への同意があっても国内の定めだけを当てはめる',
    facts: {
      ...coHost,
      consent: { ...consent, abroad: true },
      foreignInformation: { on: today, country: 'told', system: 'told', measures: 'told' },
    },
    expected: {
      answer: 'yes',
      because: consentGrounds,
      duties: [
        { do: 'record-provision', under: 'APPI 29(1)', when: 'at-once', items: recorded, keepUntil: day('2029-11-24') },
      ],
    },
  },
  {
    name: '個人番号：27条の例外があれば番号法の問いで決める',
    facts: { ...taxOffice, information: 'my-number' },
    expected: { answer: 'unknown', because: ['NumberingAct 19', 'NumberingAct 30(2)'], missing: ['numberAffair'] },
  },
  {
    name: '個人番号：オプトアウトでは、委託でも渡せない',
    facts: { ...printer, information: 'my-number', optOut: openBroker.optOut },
    expected: { answer: 'no', because: ['NumberingAct 19', 'NumberingAct 30(2)'] },
  },
];

test.each(cases)('$name', ({ facts, expected, instead }) => {
  const finding = decideProvision(facts, today);
  expect(outline(finding)).toEqual(expected);
  if (instead !== undefined) expect(finding.answer === 'no' && finding.instead?.length).toBe(instead);
});

test('委託で足りないことは、その定めの条で聞く', () => {
  const finding = decideProvision({ ...printer, entrustment: {} }, today);
  expect(finding.answer === 'unknown' && finding.missing.map((m) => `${m.article} ${m.fact}`)).toEqual([
    '27(5)(i) entrustment.ownUse',
    '25 entrustment.assessed',
    '25 entrustment.contract',
    '25 entrustment.monitored',
  ]);
});

const asks = (exception: ProvisionFacts['exception']): string[] => {
  const finding = decideProvision({ ...taxOffice, consent: undefined, exception }, today);
  return finding.answer === 'unknown' ? finding.missing.map(({ says }) => says.ja) : [];
};

test.each([
  ['27(1)(v)', '当社が学術研究機関等に当たるか'],
  ['27(1)(vi)', '当社が学術研究機関等に当たるか'],
  ['27(1)(vii)', '相手が学術研究機関等に当たるか'],
] as const)('%s は、だれが学術研究機関等かを取り違えさせない', (item, says) => {
  expect(asks({ item })).toContain(says);
});

test('共同研究のために渡すのは、当社が学術研究機関等のとき。相手は問わない', () => {
  const joint = {
    item: '27(1)(vi)',
    academicInstitution: true,
    necessary: true,
    jointResearch: true,
    undueInfringement: false,
  } as const;
  const lent = decideProvision({ ...taxOffice, recipient: kyodo, exception: joint }, today);
  expect(lent.answer).toBe('yes');
  expect(lent.because[0].says.ja).toContain('当社が学術研究機関等で、相手と共同');
  const none = decideProvision(
    { ...taxOffice, recipient: kyodo, exception: { ...joint, academicInstitution: false } },
    today,
  );
  expect(none.because.map(({ says }) => says.ja)).toContain(
    '当社が学術研究機関等に当たらないので、この例外には当たりません。',
  );
});

test('法令に基づく場合の法令は日本の法令で、外国の法令では足りないと尋ねる', () => {
  expect(asks({ item: '27(1)(i)' })).toEqual(['根拠の日本の法令（条例を含み、外国の法令は含まない）と文書番号']);
});

test('社内で渡すときに例外があると言われたら、使う問いで確かめるよう案内する', () => {
  const ways = (exception: ProvisionFacts['exception']): (string | undefined)[] => {
    const finding = decideProvision({ ...department, consent: null, exception }, today);
    return finding.answer === 'no' ? (finding.instead ?? []).map((way) => way.ja) : [];
  };
  const asUse = '18条3項の例外に当たるかを、社内で使うときの問いで確かめる';
  expect(ways(null)).toContain('この目的について本人の同意を得る');
  expect(ways(null)).not.toContain(asUse);
  expect(ways(taxOffice.exception)).toContain(asUse);
});

test('国を書いていない公的機関は、矛盾ではない', () => {
  expect(provisionContradictions({ recipient: { kind: 'state-organ' } })).toEqual([]);
  expect(provisionContradictions({ recipient: { kind: 'state-organ', country: 'US' } })).toHaveLength(1);
});

test('当たらない要素は、その言葉で断る', () => {
  const { because } = decideProvision(
    { ...taxOffice, exception: { ...taxOffice.exception!, lawOfJapan: false } },
    today,
  );
  expect(because.map(({ says }) => says.ja)).toContain('日本の法令ではないので、この例外には当たりません。');
});

test('同意がないと断るとき、同意の要らない場合を言われていなければ、それに気づかせる', () => {
  const ways = (facts: ProvisionFacts): (string | undefined)[] => {
    const finding = decideProvision(facts, today);
    expect(finding.answer).toBe('no');
    return finding.answer === 'no' ? (finding.instead ?? []).map((way) => way.ja) : [];
  };
  const case27 =
    '同意の要らない場合（法令に基づく照会、人の命や財産の保護など、27条1項各号）に当たるなら、それを加えて聞き直す';
  const police = { ...coHost, consent: null, recipient: { ...kyodo, kind: 'local-government' } } as const;
  expect(ways(police)).toEqual(['提供先と項目を示して、本人の同意を得る', case27]);
  // Whoever says that none applies, or named one that does not, knows of them.
  expect(ways({ ...police, exception: null })).not.toContain(case27);
  expect(ways({ ...police, exception: { item: '27(1)(ii)', necessary: false } })).not.toContain(case27);
});

test('必要の程度は、号の定めるとおりに尋ねる', () => {
  const asks = (exception: NonNullable<ProvisionFacts['exception']>): string[] => {
    const finding = decideProvision({ ...taxOffice, exception }, today);
    return finding.answer === 'unknown' ? finding.missing.map(({ says }) => says.ja) : [];
  };
  expect(asks({ item: '27(1)(ii)', consentDifficult: true })).toEqual(['その必要が実際にあるか']);
  expect(asks({ item: '27(1)(iii)', consentDifficult: true })).toEqual(['その必要が特にあるか']);
  const academic = { academicInstitution: true, undueInfringement: false };
  expect(asks({ item: '27(1)(v)', ...academic })).toEqual(['そうしなければ、成果を公表も教授もできないか']);
  expect(asks({ item: '27(1)(vii)', academicInstitution: true, necessary: true })).toEqual([
    '個人の権利利益を不当に害するおそれがないか',
  ]);
});

test.each(provingClaims(provisionItems))('$item applies by what proves it, and by nothing less', (claim) => {
  const tried = (more: object) => testException({ legalBasis: '例示法 第1号', ...claim, ...more }, true).met;
  expect(tried({})).toBe(true);
  const { item: _, ...needed } = claim;
  for (const [element, value] of Object.entries(needed)) {
    expect([element, tried({ [element]: !value })]).toEqual([element, false]);
    expect([element, tried({ [element]: undefined })]).toEqual([element, undefined]);
  }
});
