// Third parties in a foreign country (外国にある第三者): scenarios O-08 to O-10, equivalent systems, and the cases between them.

import { expect, test } from 'vitest';
import { day } from '../../base/day.ts';
import type { ProvisionFacts } from '../facts.ts';
import { decideProvision, foreignStatus } from '../index.ts';
import { outline, type Outline } from '../../../tests/outline.ts';

const today = day('2026-11-24');
const p1 = { id: 'P1', clause: '11' };

const vietnam: ProvisionFacts = {
  information: 'personal',
  relation: 'third-party',
  recipient: {
    kind: 'corporation',
    name: 'Reiji Partner Co., Ltd.',
    address: '1 Reiji Street, Hanoi',
    representative: 'Rei Ji',
    country: 'VN',
  },
  items: ['name', 'email'],
  consent: {
    givenBy: 'principal',
    on: today,
    abroad: true,
    coversPurpose: true,
    coversRecipient: true,
    coversItems: true,
  },
  equivalentSystem: null,
  foreignInformation: { on: today, country: 'told', system: 'told', measures: 'told' },
};
const record = {
  do: 'record-provision',
  under: 'APPI 29(1)',
  when: 'at-once',
  items: ['consent-obtained', 'recipient-name', 'recipient-address', 'recipient-representative', 'principal', 'items'],
  keepUntil: day('2029-11-24'),
} as const;
const recordGrounds = ['APPI 29(1)', 'APPI-Rules 19(2)', 'APPI-Rules 20(1)(ii)', 'APPI 29(2)', 'APPI-Rules 21(iii)'];
const told = ['APPI 28(1)', 'APPI 28(2)', 'APPI-Rules 17(2)'];

const supervise = {
  do: 'supervise-entrusted',
  under: 'APPI 25',
  when: 'later',
  items: ['selection', 'contract', 'handling-status', 're-entrustment'],
} as const;
const safety = { do: 'own-safety-measures', under: 'APPI 23', when: 'before' } as const;
const publish = (...items: string[]) =>
  ({ do: 'publish-foreign-handling', under: 'APPI-Order 10(i)', when: 'before', items }) as const;

const germany: ProvisionFacts = {
  information: 'personal',
  relation: 'entrustment',
  recipient: { kind: 'corporation', name: 'Reiji GmbH', country: 'DE' },
  items: ['name'],
  purpose: 'P1',
  holdingPurposes: [p1],
  entrustment: { ownUse: false, assessed: true, contract: true, monitored: true },
};
const usa: ProvisionFacts = {
  ...germany,
  recipient: { kind: 'corporation', name: 'Reiji Inc.', country: 'US' },
  consent: null,
  equivalentSystem: { by: 'contract', validUntil: day('2027-03-31'), checkedOn: day('2026-05-01') },
};
const systemDuties = [
  { do: 'check-foreign-measures', under: 'APPI-Rules 18(1)(i)', when: 'later', by: day('2027-05-01') },
  { do: 'stop-on-failure', under: 'APPI-Rules 18(1)(ii)', when: 'later' },
  {
    do: 'answer-on-request',
    under: 'APPI 28(3)',
    when: 'later',
    items: ['how-set-up', 'measures', 'check-frequency-and-method', 'country', 'foreign-systems', 'trouble', 'remedy'],
  },
] as const;
const systemGrounds = [
  'APPI 28(1)',
  'APPI-Rules 16',
  'APPI 27(5)(i)',
  'APPI 18(1)',
  'policy 11',
  'APPI 25',
  'APPI 29(1)',
];
const cloud: ProvisionFacts = {
  information: 'personal',
  relation: 'entrustment',
  recipient: { kind: 'corporation', name: 'Reiji Cloud Inc.', country: 'US' },
  items: ['name'],
  cloud: { contractExcludesHandling: true, accessControlled: true, serverCountry: 'JP' },
};
const cloudGrounds = ['Guideline Q7-53', 'APPI 23', 'Guideline Q12-3', 'Guideline Q10-25'];

/** A joint use that nobody was told about, with a recipient whose system conforms. */
const untoldGroup: ProvisionFacts = {
  ...vietnam,
  relation: 'joint-use',
  purpose: 'P1',
  holdingPurposes: [p1],
  jointUse: { noticeOn: null },
  equivalentSystem: { by: 'contract', validUntil: null, checkedOn: day('2026-11-01') },
};

const cases: { name: string; facts: ProvisionFacts; expected: Outline }[] = [
  {
    name: '国を伝えたか分からない。国が分からないことを伝えたなら、その制度は要らない',
    facts: { ...vietnam, foreignInformation: { on: today, system: 'not-told', measures: 'told' } },
    expected: { answer: 'unknown', because: [...told, ...recordGrounds], missing: ['foreignInformation.country'] },
  },
  {
    name: '同意があれば渡せるので、相手の体制を最後に確かめた日が分からなくても渡せる',
    facts: { ...untoldGroup, equivalentSystem: { by: 'contract', validUntil: null } },
    expected: { answer: 'yes', because: [...told, ...recordGrounds], duties: [record] },
  },
  {
    name: '知らせていない共同利用。同意があれば渡せるが、同意は分からない',
    facts: { ...untoldGroup, consent: undefined },
    expected: { answer: 'unknown', because: [...told, ...recordGrounds], missing: ['consent'] },
  },
  {
    name: 'O-08 V1 「外国の会社に提供することがある」だけの同意',
    facts: { ...vietnam, foreignInformation: null },
    expected: { answer: 'no', because: told },
  },
  {
    name: 'O-08 V2 国、制度、措置を示してからの同意：28条3項の確認は要らない',
    facts: vietnam,
    expected: { answer: 'yes', because: [...told, ...recordGrounds], duties: [record] },
  },
  {
    name: 'O-08 情報を伝えたのが同意の後',
    facts: {
      ...vietnam,
      consent: { ...vietnam.consent, on: day('2026-11-20') },
      foreignInformation: { ...vietnam.foreignInformation, on: day('2026-11-21') },
    },
    expected: { answer: 'no', because: told },
  },
  {
    name: 'O-08 国は伝えたのに制度を伝えていない',
    facts: { ...vietnam, foreignInformation: { on: today, country: 'told', system: 'unknown-told', measures: 'told' } },
    expected: { answer: 'no', because: told },
  },
  {
    name: 'O-08 国と措置を特定できず、その旨と理由を伝えた',
    facts: {
      ...vietnam,
      foreignInformation: { on: today, country: 'unknown-told', system: 'unknown-told', measures: 'unknown-told' },
    },
    expected: {
      answer: 'yes',
      because: [...told, 'APPI-Rules 17(3)', 'APPI-Rules 17(4)', ...recordGrounds],
      duties: [record],
    },
  },
  {
    name: 'O-08 国を特定できなければ、その旨と理由が国の制度にも代わる',
    facts: {
      ...vietnam,
      foreignInformation: { on: today, country: 'unknown-told', system: 'not-told', measures: 'told' },
    },
    expected: {
      answer: 'yes',
      because: [...told, 'APPI-Rules 17(3)', ...recordGrounds],
      duties: [record],
    },
  },
  {
    name: 'O-08 国を特定できないと伝えていれば、国の制度は尋ねない',
    facts: { ...vietnam, foreignInformation: { on: today, country: 'unknown-told' } },
    expected: {
      answer: 'unknown',
      because: ['APPI 28(1)', 'APPI 28(2)', 'APPI-Rules 17(2)', 'APPI-Rules 17(3)', ...recordGrounds],
      missing: ['foreignInformation.measures'],
    },
  },
  {
    name: 'O-08 国内の提供への同意は外国への同意ではない',
    facts: { ...vietnam, consent: { ...vietnam.consent, abroad: false } },
    expected: { answer: 'no', because: ['APPI 28(1)', 'APPI 28(1)'] },
  },
  {
    name: '同意のない第三者には、相手に体制があっても渡せないので、体制を尋ねずに断る',
    facts: { ...vietnam, consent: null, equivalentSystem: undefined },
    expected: { answer: 'no', because: ['APPI 28(1)', 'APPI 28(1)'] },
  },
  {
    name: '外国提供の同意のない委託では、体制があれば渡せるので、体制を尋ねる',
    facts: { ...usa, equivalentSystem: undefined },
    expected: { answer: 'unknown', because: ['APPI 28(1)', 'APPI 28(1)'], missing: ['equivalentSystem'] },
  },
  {
    name: '委託先と契約していなければ、体制があっても渡せない',
    facts: { ...usa, equivalentSystem: undefined, entrustment: { ...usa.entrustment, contract: false } },
    expected: { answer: 'no', because: ['APPI 28(1)', 'APPI 28(1)'] },
  },
  {
    name: '相手のいる国が分からなくても、取り下げられた同意ではどこの第三者にも渡せない',
    facts: {
      ...vietnam,
      recipient: { ...vietnam.recipient, country: undefined },
      consent: { ...vietnam.consent, withdrawnOn: today },
    },
    expected: { answer: 'no', because: ['APPI 27(1)', 'APPI 27(5)'] },
  },
  {
    name: '相手のいる国が分からなくても、自社のために使う委託先には渡せない',
    facts: { ...usa, recipient: {}, entrustment: { ...usa.entrustment, ownUse: true } },
    expected: { answer: 'no', because: ['APPI 27(5)(i)', 'APPI 27(1)', 'APPI 25'] },
  },
  {
    name: '同意がなくても、国内なら委託できるので、相手のいる国を尋ねる',
    facts: { ...usa, recipient: {}, equivalentSystem: null },
    expected: { answer: 'unknown', because: ['APPI 27(1)'], missing: ['recipient.country'] },
  },
  {
    name: '通知していない共同利用でも、外国にあれば同意で渡せるので、相手のいる国を尋ねる',
    facts: { ...vietnam, relation: 'joint-use', recipient: {}, jointUse: { noticeOn: null } },
    expected: { answer: 'unknown', because: ['APPI 27(1)'], missing: ['recipient.country'] },
  },
  {
    name: '取り扱わないクラウドかもしれない間は、断らずに国を尋ねる',
    facts: { ...usa, recipient: {}, entrustment: { ownUse: true }, cloud: { contractExcludesHandling: true } },
    expected: { answer: 'unknown', because: ['APPI 27(1)'], missing: ['cloud.accessControlled'] },
  },
  {
    name: '何の情報か分からない間は、国と情報を尋ねる',
    facts: { ...vietnam, information: undefined, recipient: {}, consent: null },
    expected: { answer: 'unknown', because: ['APPI 27(1)'], missing: ['information', 'recipient.country'] },
  },
  {
    name: 'O-08 何を伝えたか分からない',
    facts: { ...vietnam, foreignInformation: undefined },
    expected: { answer: 'unknown', because: [...told, ...recordGrounds], missing: ['foreignInformation'] },
  },
  {
    name: 'O-08 相手がある国が分からない',
    facts: { ...vietnam, recipient: { ...vietnam.recipient, country: undefined } },
    expected: { answer: 'unknown', because: ['APPI 27(1)'], missing: ['recipient.country'] },
  },
  {
    name: '外国への委託を同意で行うときは記録も監督も要る',
    facts: {
      ...vietnam,
      relation: 'entrustment',
      entrustment: germany.entrustment,
      purpose: 'P1',
      holdingPurposes: [p1],
    },
    expected: {
      answer: 'yes',
      because: [...told, ...recordGrounds, 'APPI 25'],
      duties: [record, supervise, safety, publish('country', 'measures')],
    },
  },
  {
    name: '外国の委託先は、委託というだけでは渡せない',
    facts: { ...usa, equivalentSystem: null },
    expected: { answer: 'no', because: ['APPI 28(1)', 'APPI 28(1)'] },
  },
  {
    name: 'O-09 ドイツの委託先：国内の委託と同じで、国の公表を加える',
    facts: germany,
    expected: {
      answer: 'yes',
      because: ['APPI 28(1)', 'APPI-Rules 15', 'APPI 27(5)(i)', 'APPI 18(1)', 'policy 11', 'APPI 25', 'APPI 29(1)'],
      duties: [supervise, safety, publish('country', 'measures')],
    },
  },
  {
    name: 'O-09 同等の国でも、根拠のない第三者提供はできない',
    facts: { ...germany, relation: 'third-party', consent: null },
    expected: { answer: 'no', because: ['APPI 27(1)', 'APPI 27(5)'] },
  },
  {
    name: 'O-10 取り扱わないクラウド：サーバーが東京でも国を公表する',
    facts: cloud,
    expected: {
      answer: 'yes',
      because: cloudGrounds,
      duties: [safety, publish('vendor-country', 'server-country', 'measures')],
    },
  },
  {
    name: 'O-10 国内の事業者が外国のサーバーに置く',
    facts: { ...cloud, recipient: { country: 'JP' }, cloud: { ...cloud.cloud, serverCountry: 'US' } },
    expected: {
      answer: 'yes',
      because: cloudGrounds,
      duties: [safety, publish('vendor-country', 'server-country', 'measures')],
    },
  },
  {
    name: 'O-10 国内の事業者、国内のサーバー',
    facts: { ...cloud, recipient: { country: 'JP' } },
    expected: { answer: 'yes', because: ['Guideline Q7-53', 'APPI 23'], duties: [safety] },
  },
  {
    name: 'O-10 サーバーの国が分からない',
    facts: { ...cloud, cloud: { contractExcludesHandling: true, accessControlled: true } },
    expected: { answer: 'unknown', because: cloudGrounds, missing: ['cloud.serverCountry'] },
  },
  {
    name: 'O-10 契約は除いているが、アクセス制御がない：取り扱うクラウドとして見る',
    facts: { ...cloud, cloud: { ...cloud.cloud, accessControlled: false }, consent: null, equivalentSystem: null },
    expected: { answer: 'no', because: ['APPI 28(1)', 'APPI 28(1)'] },
  },
  {
    name: '基準適合体制のある委託先：次の確認の期限と3つの義務',
    facts: usa,
    expected: {
      answer: 'yes',
      because: systemGrounds,
      duties: [supervise, ...systemDuties, safety, publish('country', 'measures')],
    },
  },
  {
    name: '体制の確認が1年を過ぎた',
    facts: { ...usa, equivalentSystem: { ...usa.equivalentSystem, checkedOn: day('2025-11-23') } },
    expected: { answer: 'no', because: ['APPI 28(1)', 'APPI 28(1)', 'APPI-Rules 18(1)'] },
  },
  {
    name: '体制の確認からちょうど1年の日はまだ渡せる',
    facts: { ...usa, equivalentSystem: { ...usa.equivalentSystem, checkedOn: day('2025-11-24') } },
    expected: {
      answer: 'yes',
      because: systemGrounds,
      duties: [
        supervise,
        { ...systemDuties[0], by: day('2026-11-24') },
        systemDuties[1],
        systemDuties[2],
        safety,
        publish('country', 'measures'),
      ],
    },
  },
  {
    name: '認証の期限切れ',
    facts: { ...usa, equivalentSystem: { ...usa.equivalentSystem, by: 'certificate', validUntil: day('2026-11-23') } },
    expected: { answer: 'no', because: ['APPI 28(1)', 'APPI 28(1)', 'APPI-Rules 16'] },
  },
  {
    name: '認証に期限がないと述べる：有効な認証とは言えない',
    facts: { ...usa, equivalentSystem: { ...usa.equivalentSystem, by: 'certificate', validUntil: null } },
    expected: { answer: 'no', because: ['APPI 28(1)', 'APPI 28(1)', 'APPI-Rules 16'] },
  },
  {
    name: '措置を続けられなくなった',
    facts: { ...usa, equivalentSystem: { ...usa.equivalentSystem, failing: true } },
    expected: { answer: 'no', because: ['APPI 28(1)', 'APPI 28(1)', 'APPI 28(3)'] },
  },
  {
    name: '最後の確認の日が分からない',
    facts: { ...usa, equivalentSystem: { by: 'contract', validUntil: null } },
    expected: {
      answer: 'unknown',
      because: systemGrounds,
      missing: ['equivalentSystem.checkedOn'],
    },
  },
  {
    name: '体制があっても、根拠が外国提供の同意なら28条3項の義務はない',
    facts: { ...vietnam, equivalentSystem: usa.equivalentSystem },
    expected: { answer: 'yes', because: [...told, ...recordGrounds], duties: [record] },
  },
  {
    name: '情報を伝える日が明日：同意の日が分からなくても足りない',
    facts: {
      ...vietnam,
      consent: { ...vietnam.consent, on: undefined },
      foreignInformation: { ...vietnam.foreignInformation, on: day('2026-11-25') },
    },
    expected: { answer: 'no', because: told },
  },
  {
    name: '情報を伝えた日だけが分かり、同意の日が分からない',
    facts: { ...vietnam, consent: { ...vietnam.consent, on: undefined } },
    expected: { answer: 'unknown', because: [...told, ...recordGrounds], missing: ['consent.on'] },
  },
  {
    name: '国の名は伝え、その国の制度を伝えていない',
    facts: { ...vietnam, foreignInformation: { ...vietnam.foreignInformation, system: 'not-told' } },
    expected: { answer: 'no', because: told },
  },
  {
    name: '相手の措置だけを伝えていない',
    facts: { ...vietnam, foreignInformation: { ...vietnam.foreignInformation, measures: 'not-told' } },
    expected: { answer: 'no', because: told },
  },
  {
    name: '同意に基づく外国の委託でも、相手が自社のために使えば断る',
    facts: { ...vietnam, relation: 'entrustment', entrustment: { ownUse: true } },
    expected: { answer: 'no', because: ['APPI 27(5)(i)', 'APPI 27(1)', 'APPI 25'] },
  },
  {
    name: '体制の期限の日までは、体制で渡せる',
    facts: { ...usa, equivalentSystem: { ...usa.equivalentSystem, validUntil: today } },
    expected: {
      answer: 'yes',
      because: systemGrounds,
      duties: [supervise, ...systemDuties, safety, publish('country', 'measures')],
    },
  },
  {
    name: '体制の期限が昨日',
    facts: { ...usa, equivalentSystem: { ...usa.equivalentSystem, validUntil: day('2026-11-23') } },
    expected: { answer: 'no', because: ['APPI 28(1)', 'APPI 28(1)', 'APPI-Rules 16'] },
  },
  {
    name: '措置を一度も確かめていない',
    facts: { ...usa, equivalentSystem: { ...usa.equivalentSystem, checkedOn: null } },
    expected: { answer: 'no', because: ['APPI 28(1)', 'APPI 28(1)', 'APPI-Rules 18(1)'] },
  },
  {
    name: '措置を確かめるのが明日',
    facts: { ...usa, equivalentSystem: { ...usa.equivalentSystem, checkedOn: day('2026-11-25') } },
    expected: { answer: 'no', because: ['APPI 28(1)', 'APPI 28(1)', 'APPI-Rules 18(1)'] },
  },
  {
    name: '体制があれば、外国への同意の前に情報を伝えていなくても体制で渡せる',
    facts: { ...usa, consent: { ...vietnam.consent, on: today }, foreignInformation: null },
    expected: {
      answer: 'yes',
      because: systemGrounds,
      duties: [supervise, ...systemDuties, safety, publish('country', 'measures')],
    },
  },
  {
    name: '同等の国の第三者に同意で渡すときは、外国での取扱いの義務は付かない',
    facts: { ...vietnam, recipient: { ...vietnam.recipient, country: 'DE' }, foreignInformation: undefined },
    expected: {
      answer: 'yes',
      because: ['APPI 28(1)', 'APPI-Rules 15', 'APPI 27(1)', ...recordGrounds],
      duties: [record],
    },
  },
];

test.each(cases)('$name', ({ facts, expected }) => {
  expect(outline(decideProvision(facts, today))).toEqual(expected);
});

test.each([
  ['JP', 'DOMESTIC'],
  ['GB', 'EQUIVALENT'],
  ['NO', 'EQUIVALENT'],
  ['CH', 'OTHER'],
  ['US', 'OTHER'],
  ['jp', 'OTHER'],
])('相手の所在国 %s は %s', (country, status) => {
  expect(foreignStatus({ recipient: { country } }, today)?.status).toBe(status);
});

test('取り扱わないクラウドは、国によらずそれと分かる', () => {
  expect(foreignStatus(cloud, today)?.status).toBe('CLOUD_NO_HANDLING');
  expect(foreignStatus({ ...cloud, cloud: { accessControlled: true } }, today)?.status).toBeUndefined();
});

test('体制の義務は、支障が生じたときの必要な措置も告げる（施行規則18条1項2号）', () => {
  const { duties = [] } = decideProvision(usa, today);
  expect(duties.find((one) => one.do === 'stop-on-failure')).toMatchObject({
    law: 'APPI-Rules',
    article: '18(1)(ii)',
    says: {
      ja: '相手の措置に支障が生じたら必要な措置をとり、続けられなくなったら提供を止める',
      en: 'Take the measures needed when trouble arises with the recipient’s measures, and stop providing when they cannot be maintained',
    },
  });
});
