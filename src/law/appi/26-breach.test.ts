// Reporting breaches (漏えい等の報告): O-18 (a mis-sent list), O-20 (ransomware), O-21 (an encrypted laptop), and every condition of 26, Rules 7 to 10,
// Numbering Act 29-4 and TBA 28, both ways.

import { describe, expect, test } from 'vitest';
import { day, type Day } from '../../base/day.ts';
import { breachContradictions, decideBreach, preliminaryWindow, type BreachFacts } from '../index.ts';
import type { Judgement } from '../judgement.ts';
import { outline, type DutyOutline, type Outline } from '../../../tests/outline.ts';
import { breachReportItems, principalNoticeItems } from '../parameters.ts';
import { dueDay } from './26-report.ts';

const today = day('2026-11-24');
/** A day later than every day of these cases. */
const later = day('2033-12-31');
const nine = breachReportItems.value;
const five = principalNoticeItems.value;

interface Case {
  name: string;
  facts: BreachFacts;
  on?: Day;
  expected: Outline;
}

const respond: DutyOutline = {
  do: 'respond-to-breach',
  under: 'Guideline 3-5-2',
  when: 'at-once',
  items: ['contain', 'investigate', 'scope', 'prevent', 'publish-if-needed'],
};
const logged: DutyOutline = {
  do: 'keep-decision-log',
  under: 'APPI 26(1)',
  when: 'at-once',
  items: ['facts', 'reason', 'assessor'],
};
const suspension: DutyOutline = { do: 'receive-suspension-requests', under: 'APPI 35(5)', when: 'later' };
const tellEntrusting: DutyOutline = {
  do: 'notify-entrusting-party',
  under: 'APPI-Rules 9',
  when: 'at-once',
  items: nine,
};
const notice: DutyOutline = { do: 'notify-principals', under: 'APPI-Rules 10', when: 'at-once', items: five };
const numberNotice: DutyOutline = { ...notice, under: 'NumberingAct-BreachRules 5' };
const reports = (preliminary: string, full: string): DutyOutline[] => [
  { do: 'report-preliminary', under: 'APPI-Rules 8(1)', when: 'at-once', items: nine, by: day(preliminary) },
  { do: 'report-full', under: 'APPI-Rules 8(2)', when: 'later', items: nine, by: day(full) },
];
const numberReports = (preliminary: string, full: string): DutyOutline[] => [
  {
    do: 'report-preliminary',
    under: 'NumberingAct-BreachRules 3(1)',
    when: 'at-once',
    items: nine,
    by: day(preliminary),
  },
  { do: 'report-full', under: 'NumberingAct-BreachRules 3(2)', when: 'later', items: nine, by: day(full) },
];
const secrecyReports = (by: string): DutyOutline[] => [
  {
    do: 'report-preliminary',
    under: 'TBA-Rules 57',
    when: 'at-once',
    items: ['when-and-where', 'outline', 'cause', 'measures-taken', 'other'],
  },
  { do: 'report-full', under: 'TBA-Rules 57', when: 'later', by: day(by) },
];

/** O-18: a list of names and e-mail addresses mailed to a wrong address and opened. */
const misSent: BreachFacts = {
  events: ['leak'],
  data: 'personal-data',
  knownOn: day('2026-10-05'),
  recoveredUnviewed: false,
  encryption: null,
  specialCare: false,
  propertyDamage: false,
  improperPurpose: false,
  principals: 1200,
  numbers: null,
  telecom: null,
  entrusted: null,
};
const few: BreachFacts = { ...misSent, principals: 3 };
const misSentDuties = [respond, ...reports('2026-10-09', '2026-11-04'), notice, suspension];
const handled = [respond, logged];
/** The duties while it is open whether the full report has 30 or 60 days. */
const [preliminary] = reports('2026-10-09', '2026-11-04') as [DutyOutline];
const [firstToMinister] = secrecyReports('2026-11-04') as [DutyOutline];

/** O-21: a lost laptop with strong encryption. */
const laptop: BreachFacts = {
  ...misSent,
  events: ['leak'],
  principals: 3000,
  encryption: { recommended: true, key: 'erased-remotely' },
};

const said = (answer: boolean): Judgement => ({
  answer,
  by: 'u-officer',
  on: day('2026-10-06'),
  why: '記録のとおり',
  until: day('2026-12-31'),
});

const scenarios: Case[] = [
  {
    name: 'O-18 誤送信、1,200人：速報は5日目、確報は30日目が祝日なので次の開庁日',
    facts: misSent,
    on: day('2026-10-05'),
    expected: {
      answer: 'yes',
      because: ['APPI 26(1)', 'APPI-Rules 7(iv)', 'Guideline 3-5-3-4', 'ClosedDaysAct 2'],
      duties: misSentDuties,
    },
  },
  {
    name: 'O-18 ちょうど1,000人：報告の対象ではない',
    facts: { ...misSent, principals: 1000 },
    expected: { answer: 'no', because: ['APPI-Rules 7'], duties: handled },
  },
  {
    name: 'O-18 1,001人：報告の対象',
    facts: { ...misSent, principals: 1001 },
    expected: {
      answer: 'yes',
      because: ['APPI 26(1)', 'APPI-Rules 7(iv)', 'Guideline 3-5-3-4', 'ClosedDaysAct 2'],
      duties: misSentDuties,
    },
  },
  {
    name: 'O-20 ランサムウェア、40人：1人でも報告、60日目の土曜日の次の開庁日',
    facts: {
      ...misSent,
      events: ['leak', 'damage'],
      knownOn: day('2026-07-01'),
      improperPurpose: true,
      principals: 40,
    },
    on: day('2026-07-01'),
    expected: {
      answer: 'yes',
      because: ['APPI 26(1)', 'APPI-Rules 7(iii)', 'Guideline 3-5-3-4', 'ClosedDaysAct 2'],
      duties: [respond, ...reports('2026-07-05', '2026-08-31'), notice, suspension],
    },
  },
  {
    name: 'O-21 暗号化したノートパソコンの紛失、3,000人：4つの事態のどれからも除かれる',
    facts: laptop,
    expected: { answer: 'no', because: ['APPI-Rules 7(i)'], duties: handled },
  },
  {
    name: 'O-21 パスワードの紙も一緒だった：除かれず、人数で報告の対象',
    facts: { ...laptop, encryption: { recommended: true, key: 'exposed' } },
    expected: {
      answer: 'yes',
      because: ['APPI 26(1)', 'APPI-Rules 7(iv)', 'Guideline 3-5-3-4', 'ClosedDaysAct 2'],
      duties: misSentDuties,
    },
  },
];

const situations: Case[] = [
  {
    name: '要配慮個人情報は1人でも',
    facts: { ...few, specialCare: true, knownOn: day('2026-10-06') },
    expected: {
      answer: 'yes',
      because: ['APPI 26(1)', 'APPI-Rules 7(i)', 'Guideline 3-5-3-4'],
      duties: [respond, ...reports('2026-10-10', '2026-11-04'), notice, suspension],
    },
  },
  {
    name: '財産の被害のおそれは1人でも',
    facts: { ...few, propertyDamage: true, knownOn: day('2026-10-06') },
    expected: {
      answer: 'yes',
      because: ['APPI 26(1)', 'APPI-Rules 7(ii)', 'Guideline 3-5-3-4'],
      duties: [respond, ...reports('2026-10-10', '2026-11-04'), notice, suspension],
    },
  },
  {
    name: '四つの事態が重なれば、すべて挙げて60日',
    facts: { ...misSent, specialCare: true, propertyDamage: true, improperPurpose: true, knownOn: day('2026-10-07') },
    expected: {
      answer: 'yes',
      because: [
        'APPI 26(1)',
        'APPI-Rules 7(iii)',
        'APPI-Rules 7(i)',
        'APPI-Rules 7(ii)',
        'APPI-Rules 7(iv)',
        'Guideline 3-5-3-4',
        'ClosedDaysAct 2',
      ],
      duties: [respond, ...reports('2026-10-11', '2026-12-07'), notice, suspension],
    },
  },
  {
    name: '不正の目的が分かっていれば、人数が分からなくても報告の対象と言える',
    facts: { ...misSent, improperPurpose: true, principals: undefined, specialCare: undefined },
    expected: {
      answer: 'yes',
      because: ['APPI 26(1)', 'APPI-Rules 7(iii)', 'Guideline 3-5-3-4'],
      duties: [respond, ...reports('2026-10-09', '2026-12-03'), notice, suspension],
    },
  },
  {
    name: '人数で報告と決まっても、60日になるかもしれないので不正の目的を尋ねる',
    facts: { ...misSent, improperPurpose: undefined },
    expected: {
      answer: 'unknown',
      because: ['APPI 26(1)', 'APPI-Rules 7(iv)'],
      missing: ['improperPurpose'],
      duties: [respond, preliminary, notice, suspension],
    },
  },
  {
    name: '報告と決まっていれば、知った日が分からなくても、日のないまま速報の義務を言う',
    facts: { ...misSent, knownOn: undefined },
    expected: {
      answer: 'unknown',
      because: ['APPI 26(1)', 'APPI-Rules 7(iv)'],
      missing: ['knownOn'],
      duties: [respond, { ...preliminary, by: undefined }, notice, suspension],
    },
  },
  {
    name: '報告と決まっていれば、ほかの法律の事実を待たずに速報の義務を言う',
    facts: { ...misSent, numbers: undefined, telecom: undefined, improperPurpose: undefined },
    expected: {
      answer: 'unknown',
      because: ['APPI 26(1)', 'APPI-Rules 7(iv)', 'NumberingAct 29-4(1)', 'TBA 28(1)(ii)'],
      missing: ['improperPurpose', 'numbers', 'telecom'],
      duties: [respond, preliminary, notice, suspension],
    },
  },
  {
    name: '任された情報で、委託元にまだ知らせていない：速報の義務に、委託元に知らせる義務を添える',
    facts: { ...misSent, numbers: undefined, entrusted: { notifiedOn: null } },
    expected: {
      answer: 'unknown',
      because: ['APPI 26(1)', 'APPI-Rules 7(iv)', 'NumberingAct 29-4(1)'],
      missing: ['numbers'],
      duties: [respond, tellEntrusting, ...reports('2026-10-09', '2026-11-04'), notice],
    },
  },
  {
    name: '人数が分からない',
    facts: { ...misSent, principals: undefined },
    expected: { answer: 'unknown', because: ['APPI 26(1)'], missing: ['principals'], duties: [respond] },
  },
  {
    name: '要配慮個人情報を含むか、財産の被害が出るか分からない',
    facts: { ...few, specialCare: undefined, propertyDamage: undefined },
    expected: {
      answer: 'unknown',
      because: ['APPI 26(1)'],
      missing: ['specialCare', 'propertyDamage'],
      duties: [respond],
    },
  },
  {
    name: '事態は分かるが、知った日と、任された情報かが分からない',
    facts: { ...misSent, knownOn: undefined, entrusted: undefined },
    expected: {
      answer: 'unknown',
      because: ['APPI 26(1)', 'APPI-Rules 7(iv)'],
      missing: ['entrusted', 'knownOn'],
      duties: [respond],
    },
  },
  {
    name: '報告の対象でなければ、知った日も任された情報かも尋ねない',
    facts: { ...few, knownOn: undefined, entrusted: undefined },
    expected: { answer: 'no', because: ['APPI-Rules 7'], duties: handled },
  },
  {
    name: '年末年始に期限が来る',
    facts: { ...misSent, knownOn: day('2026-11-30') },
    expected: {
      answer: 'yes',
      because: ['APPI 26(1)', 'APPI-Rules 7(iv)', 'Guideline 3-5-3-4', 'ClosedDaysAct 2'],
      duties: [respond, ...reports('2026-12-04', '2027-01-04'), notice, suspension],
    },
  },
  {
    name: '暦の分からない年の期限は答えない',
    facts: { ...misSent, knownOn: day('2033-12-20') },
    expected: { answer: 'unknown', because: ['APPI 17'], missing: ['on'] },
  },
  {
    name: '本人への通知が難しい：代わりの措置',
    facts: { ...misSent, noticeDifficult: true },
    expected: {
      answer: 'yes',
      because: ['APPI 26(1)', 'APPI-Rules 7(iv)', 'Guideline 3-5-3-4', 'ClosedDaysAct 2'],
      duties: [
        respond,
        ...reports('2026-10-09', '2026-11-04'),
        { do: 'take-alternative-measures', under: 'APPI 26(2) proviso', when: 'at-once' },
        suspension,
      ],
    },
  },
  {
    name: '何も分からない：すべてを一度に尋ねる',
    facts: {},
    expected: {
      answer: 'unknown',
      because: ['APPI 26(1)', 'NumberingAct 29-4(1)', 'TBA 28(1)(ii)'],
      missing: [
        'data',
        'events',
        'encryption',
        'improperPurpose',
        'specialCare',
        'propertyDamage',
        'principals',
        'numbers',
        'telecom',
        'entrusted',
        'knownOn',
      ],
    },
  },
  {
    name: '何が起きたかを選んでいない',
    facts: { ...misSent, events: [] },
    expected: { answer: 'unknown', because: ['APPI 26(1)', 'APPI-Rules 7(iv)'], missing: ['events'] },
  },
];

const data: Case[] = [
  {
    name: '取得しようとしている情報：不正の目的なら報告（ウェブスキミング）',
    facts: { ...few, data: 'intended', improperPurpose: true },
    expected: {
      answer: 'yes',
      because: ['APPI 26(1)', 'APPI-Rules 7(iii)', 'Guideline 3-5-3-4'],
      duties: [respond, ...reports('2026-10-09', '2026-12-03'), notice],
    },
  },
  {
    name: '取得しようとしている情報：不正の目的がなければ、人数が多くても対象外',
    facts: { ...misSent, data: 'intended', specialCare: true },
    expected: { answer: 'no', because: ['APPI-Rules 7'], duties: handled },
  },
  {
    name: '取得しようとしている情報：不正の目的だけを尋ねる',
    facts: { ...misSent, data: 'intended', improperPurpose: undefined, principals: undefined },
    expected: { answer: 'unknown', because: ['APPI 26(1)'], missing: ['improperPurpose'], duties: [respond] },
  },
  {
    name: '散在する個人情報は個人データではない',
    facts: { ...misSent, data: 'scattered' },
    expected: { answer: 'no', because: ['APPI 26(1)'], duties: handled },
  },
  {
    name: '個人に関しない情報',
    facts: { ...misSent, data: 'not-personal' },
    expected: { answer: 'no', because: ['APPI 26(1)'], duties: handled },
  },
  {
    name: '仮名加工情報には26条が働かない',
    facts: { ...misSent, data: 'pseudonymous', improperPurpose: true },
    expected: { answer: 'no', because: ['APPI 41(9)'], duties: handled },
  },
  {
    name: 'どんな情報か分からない',
    facts: { ...misSent, data: undefined },
    expected: { answer: 'unknown', because: ['APPI 26(1)', 'APPI-Rules 7(iv)'], missing: ['data'], duties: [respond] },
  },
  {
    name: 'どの事態にも当たらなければ、どんな情報かは尋ねない',
    facts: { ...few, data: undefined },
    expected: { answer: 'no', because: ['APPI-Rules 7'], duties: handled },
  },
];

const noBreach: Case[] = [
  {
    name: '見られないうちに全部回収した',
    facts: { ...misSent, recoveredUnviewed: true },
    expected: { answer: 'no', because: ['Guideline 3-5-1-1'], duties: [logged] },
  },
  {
    name: '回収できたか分からない',
    facts: { ...misSent, recoveredUnviewed: undefined },
    expected: {
      answer: 'unknown',
      because: ['APPI 26(1)', 'APPI-Rules 7(iv)'],
      missing: ['recoveredUnviewed'],
      duties: [respond],
    },
  },
  {
    name: '写しだけをなくした',
    facts: { ...misSent, events: ['loss'], recoveredUnviewed: undefined, copyKept: true },
    expected: { answer: 'no', because: ['Guideline 3-5-1-2'], duties: [logged] },
  },
  {
    name: 'ただ一つのデータをなくした',
    facts: { ...misSent, events: ['loss'], recoveredUnviewed: undefined, copyKept: false },
    expected: {
      answer: 'yes',
      because: ['APPI 26(1)', 'APPI-Rules 7(iv)', 'Guideline 3-5-3-4', 'ClosedDaysAct 2'],
      duties: misSentDuties,
    },
  },
  {
    name: '控えがあるか分からない（滅失と毀損で一度だけ尋ねる）',
    facts: { ...misSent, events: ['loss', 'damage'], recoveredUnviewed: undefined },
    expected: {
      answer: 'unknown',
      because: ['APPI 26(1)', 'APPI-Rules 7(iv)'],
      missing: ['copyKept'],
      duties: [respond],
    },
  },
  {
    name: '壊れたデータに控えがない',
    facts: { ...misSent, events: ['damage'], copyKept: false },
    expected: {
      answer: 'yes',
      because: ['APPI 26(1)', 'APPI-Rules 7(iv)', 'Guideline 3-5-3-4', 'ClosedDaysAct 2'],
      duties: misSentDuties,
    },
  },
  {
    name: '壊れたデータに控えがある：管理者が判断する',
    facts: { ...misSent, events: ['damage'], copyKept: true },
    expected: {
      answer: 'unknown',
      because: ['APPI 26(1)', 'APPI-Rules 7(iv)'],
      missing: ['judgements.damageUndone'],
      duties: [respond],
    },
  },
  {
    name: '壊れたデータに控えがある：毀損でないと判断された',
    facts: { ...misSent, events: ['damage'], copyKept: true, judgements: { damageUndone: said(true) } },
    expected: { answer: 'no', because: ['Guideline 3-5-1-3'], duties: [logged] },
  },
  {
    name: '壊れたデータに控えがある：毀損だと判断された',
    facts: { ...misSent, events: ['damage'], copyKept: true, judgements: { damageUndone: said(false) } },
    expected: {
      answer: 'yes',
      because: ['APPI 26(1)', 'APPI-Rules 7(iv)', 'Guideline 3-5-3-4', 'ClosedDaysAct 2'],
      duties: misSentDuties,
    },
  },
  {
    name: '回収も控えもあれば、どちらの理由も挙げる',
    facts: { ...misSent, events: ['leak', 'loss'], recoveredUnviewed: true, copyKept: true },
    expected: { answer: 'no', because: ['Guideline 3-5-1-1', 'Guideline 3-5-1-2'], duties: [logged] },
  },
  {
    name: '漏えいが残れば、控えがあるかは尋ねない',
    facts: { ...misSent, events: ['loss', 'leak'] },
    expected: {
      answer: 'yes',
      because: ['APPI 26(1)', 'APPI-Rules 7(iv)', 'Guideline 3-5-3-4', 'ClosedDaysAct 2'],
      duties: misSentDuties,
    },
  },
  {
    name: '番号の不正な利用は、個人情報保護法の漏えいなどに当たらない',
    facts: { ...misSent, events: ['use', 'provision'], recoveredUnviewed: undefined },
    expected: { answer: 'no', because: ['Guideline 3-5-1'], duties: [logged] },
  },
];

const encryption: Case[] = [
  ...(['kept-apart', 'erased-remotely', 'unusable-by-others'] as const).map((key): Case => ({
    name: `鍵が守られている（${key}）`,
    facts: { ...laptop, encryption: { recommended: true, key }, improperPurpose: true, specialCare: true },
    expected: { answer: 'no', because: ['APPI-Rules 7(i)'], duties: handled },
  })),
  {
    name: '暗号化していたか分からない',
    facts: { ...laptop, encryption: undefined },
    expected: {
      answer: 'unknown',
      because: ['APPI 26(1)', 'APPI-Rules 7(iv)'],
      missing: ['encryption'],
      duties: [respond],
    },
  },
  {
    name: '暗号の方式も鍵も分からない',
    facts: { ...laptop, encryption: {} },
    expected: {
      answer: 'unknown',
      because: ['APPI 26(1)', 'APPI-Rules 7(iv)'],
      missing: ['encryption.recommended', 'encryption.key'],
      duties: [respond],
    },
  },
  {
    name: '一つの事態に当たるなら、暗号化を尋ねても、ほかの事態は尋ねない',
    facts: { ...laptop, encryption: undefined, specialCare: undefined, improperPurpose: undefined },
    expected: {
      answer: 'unknown',
      because: ['APPI 26(1)', 'APPI-Rules 7(iv)'],
      missing: ['encryption', 'improperPurpose'],
      duties: [respond],
    },
  },
  {
    name: '鍵が守られているか分からない',
    facts: { ...laptop, encryption: { recommended: true } },
    expected: {
      answer: 'unknown',
      because: ['APPI 26(1)', 'APPI-Rules 7(iv)'],
      missing: ['encryption.key'],
      duties: [respond],
    },
  },
  {
    name: '推奨の方式か分からない',
    facts: { ...laptop, encryption: { key: 'kept-apart' } },
    expected: {
      answer: 'unknown',
      because: ['APPI 26(1)', 'APPI-Rules 7(iv)'],
      missing: ['encryption.recommended'],
      duties: [respond],
    },
  },
  {
    name: 'ほかの守り方：管理者が判断する',
    facts: { ...laptop, encryption: { recommended: false, key: 'kept-apart' } },
    expected: {
      answer: 'unknown',
      because: ['APPI 26(1)', 'APPI-Rules 7(iv)'],
      missing: ['judgements.protection'],
      duties: [respond],
    },
  },
  {
    name: 'ほかの守り方：足りると判断された',
    facts: { ...laptop, encryption: { recommended: false }, judgements: { protection: said(true) } },
    expected: { answer: 'no', because: ['APPI-Rules 7(i)'], duties: handled },
  },
  {
    name: 'ほかの守り方：足りないと判断された',
    facts: { ...laptop, encryption: { recommended: false }, judgements: { protection: said(false) } },
    expected: {
      answer: 'yes',
      because: ['APPI 26(1)', 'APPI-Rules 7(iv)', 'Guideline 3-5-3-4', 'ClosedDaysAct 2'],
      duties: misSentDuties,
    },
  },
  {
    name: 'ほかの守り方：判断の有効期限が過ぎている',
    facts: { ...laptop, encryption: { recommended: false }, judgements: { protection: said(true) } },
    on: day('2027-01-01'),
    expected: {
      answer: 'unknown',
      because: ['APPI 26(1)', 'APPI-Rules 7(iv)'],
      missing: ['judgements.protection'],
      duties: [respond],
    },
  },
  {
    name: '鍵も漏れていれば、方式は尋ねない',
    facts: { ...laptop, principals: 3, encryption: { key: 'exposed' } },
    expected: { answer: 'no', because: ['APPI-Rules 7'], duties: handled },
  },
];

const entrusted: Case[] = [
  {
    name: '委託元に5日目までに知らせた：報告と本人への通知を免れる',
    facts: { ...misSent, entrusted: { notifiedOn: day('2026-10-09') } },
    expected: { answer: 'no', because: ['APPI 26(1) proviso'], duties: handled },
  },
  {
    name: '委託元に知らせたのが6日目：管理者が判断する',
    facts: { ...misSent, entrusted: { notifiedOn: day('2026-10-10') } },
    expected: {
      answer: 'unknown',
      because: ['APPI 26(1)', 'APPI-Rules 7(iv)'],
      missing: ['judgements.lateNotice'],
      duties: [respond],
    },
  },
  {
    name: '遅い通知でも免れると判断された',
    facts: {
      ...misSent,
      entrusted: { notifiedOn: day('2026-10-10') },
      judgements: { lateNotice: said(true) },
    },
    expected: { answer: 'no', because: ['APPI 26(1) proviso'], duties: handled },
  },
  {
    name: '遅い通知では免れないと判断された：知らせる義務は済み、請求は委託元の仕事',
    facts: {
      ...misSent,
      entrusted: { notifiedOn: day('2026-10-10') },
      judgements: { lateNotice: said(false) },
    },
    expected: {
      answer: 'yes',
      because: ['APPI 26(1)', 'APPI-Rules 7(iv)', 'Guideline 3-5-3-4', 'ClosedDaysAct 2'],
      duties: [respond, ...reports('2026-10-09', '2026-11-04'), notice],
    },
  },
  {
    name: 'まだ委託元に知らせていない',
    facts: { ...misSent, entrusted: { notifiedOn: null } },
    expected: {
      answer: 'yes',
      because: ['APPI 26(1)', 'APPI-Rules 7(iv)', 'Guideline 3-5-3-4', 'ClosedDaysAct 2'],
      duties: [respond, tellEntrusting, ...reports('2026-10-09', '2026-11-04'), notice],
    },
  },
  {
    name: '委託元に知らせる日がこの日より後：まだ知らせていないのと同じ',
    facts: { ...misSent, entrusted: { notifiedOn: day('2026-10-06') } },
    on: day('2026-10-05'),
    expected: {
      answer: 'yes',
      because: ['APPI 26(1)', 'APPI-Rules 7(iv)', 'Guideline 3-5-3-4', 'ClosedDaysAct 2'],
      duties: [respond, tellEntrusting, ...reports('2026-10-09', '2026-11-04'), notice],
    },
  },
  {
    name: '委託元に知らせたか分からない',
    facts: { ...misSent, entrusted: {} },
    expected: {
      answer: 'unknown',
      because: ['APPI 26(1)', 'APPI-Rules 7(iv)'],
      missing: ['entrusted.notifiedOn'],
      duties: [respond],
    },
  },
  {
    name: '委託元に知らせたが、知った日が分からない',
    facts: { ...misSent, knownOn: undefined, entrusted: { notifiedOn: day('2026-10-09') } },
    expected: {
      answer: 'unknown',
      because: ['APPI 26(1)', 'APPI-Rules 7(iv)'],
      missing: ['knownOn'],
      duties: [respond],
    },
  },
  {
    name: '知らせていれば、人数などは尋ねない',
    facts: { knownOn: day('2026-10-05'), telecom: null, entrusted: { notifiedOn: day('2026-10-05') } },
    expected: {
      answer: 'no',
      because: ['APPI 26(1) proviso', 'NumberingAct 29-4(1) proviso'],
      duties: handled,
    },
  },
  {
    name: '漏えいなどでなければ、委託の理由ではなくそのわけを示す',
    facts: { ...misSent, recoveredUnviewed: true, entrusted: { notifiedOn: day('2026-10-05') } },
    expected: { answer: 'no', because: ['Guideline 3-5-1-1'], duties: [logged] },
  },
];

/** 150 people's numbers sent to the wrong address: reportable under the Numbering Act only. */
const numbersSent: BreachFacts = {
  ...misSent,
  knownOn: day('2026-10-06'),
  principals: 150,
  numbers: { inFile: true, publicSystem: false, viewableByMany: false, principals: 150 },
};
const withNumbers = (numbers: BreachFacts['numbers'], facts: BreachFacts = {}): BreachFacts => ({
  ...numbersSent,
  ...facts,
  numbers: { ...numbersSent.numbers, ...numbers },
});
const onlyNumber = (type: string): Outline => ({
  answer: 'yes',
  because: ['NumberingAct 29-4(1)', `NumberingAct-BreachRules ${type}`, 'Guideline 3-5-3-4', 'APPI-Rules 7'],
  duties: [respond, ...numberReports('2026-10-10', '2026-11-04'), numberNotice],
});
const neither: Outline = { answer: 'no', because: ['APPI-Rules 7', 'NumberingAct-BreachRules 2'], duties: handled };

const numbers: Case[] = [
  { name: '150人の個人番号の誤送信：番号法だけで報告', facts: numbersSent, expected: onlyNumber('2(iv)') },
  { name: '個人番号がちょうど100人', facts: withNumbers({ principals: 100 }), expected: neither },
  { name: '個人番号が101人', facts: withNumbers({ principals: 101 }), expected: onlyNumber('2(iv)') },
  {
    name: 'だれにでも見られる状態は1人でも',
    facts: withNumbers({ principals: 1, viewableByMany: true }),
    expected: onlyNumber('2(iii)'),
  },
  {
    name: '行政機関の番号の仕組みは1人でも',
    facts: withNumbers({ principals: 1, publicSystem: true }),
    expected: onlyNumber('2(i)'),
  },
  {
    name: '両方の法律で報告：不正の目的は60日',
    facts: withNumbers({ principals: 5 }, { improperPurpose: true, principals: 5 }),
    expected: {
      answer: 'yes',
      because: [
        'APPI 26(1)',
        'APPI-Rules 7(iii)',
        'NumberingAct 29-4(1)',
        'NumberingAct-BreachRules 2(ii)',
        'Guideline 3-5-3-4',
      ],
      duties: [
        respond,
        ...reports('2026-10-10', '2026-12-04'),
        notice,
        ...numberReports('2026-10-10', '2026-12-04'),
        numberNotice,
        suspension,
      ],
    },
  },
  {
    name: '両方の法律で報告し、通知が難しい',
    facts: withNumbers({}, { principals: 1200, noticeDifficult: true }),
    expected: {
      answer: 'yes',
      because: [
        'APPI 26(1)',
        'APPI-Rules 7(iv)',
        'NumberingAct 29-4(1)',
        'NumberingAct-BreachRules 2(iv)',
        'Guideline 3-5-3-4',
      ],
      duties: [
        respond,
        ...reports('2026-10-10', '2026-11-04'),
        { do: 'take-alternative-measures', under: 'APPI 26(2) proviso', when: 'at-once' },
        ...numberReports('2026-10-10', '2026-11-04'),
        { do: 'take-alternative-measures', under: 'NumberingAct 29-4(2) proviso', when: 'at-once' },
        suspension,
      ],
    },
  },
  {
    name: '漏れていなくても、不正の目的での番号の利用は報告',
    facts: withNumbers({ principals: 1 }, { events: ['use'], improperPurpose: true, recoveredUnviewed: undefined }),
    expected: {
      answer: 'yes',
      because: ['NumberingAct 29-4(1)', 'NumberingAct-BreachRules 2(ii)', 'Guideline 3-5-3-4', 'Guideline 3-5-1'],
      duties: [respond, ...numberReports('2026-10-10', '2026-12-04'), numberNotice],
    },
  },
  {
    name: '100人を超える番号を、19条に反して渡した',
    facts: withNumbers({}, { events: ['provision'], recoveredUnviewed: undefined }),
    expected: {
      answer: 'yes',
      because: ['NumberingAct 29-4(1)', 'NumberingAct-BreachRules 2(iv)', 'Guideline 3-5-3-4', 'Guideline 3-5-1'],
      duties: [respond, ...numberReports('2026-10-10', '2026-11-04'), numberNotice],
    },
  },
  {
    name: '利用だけなら、行政機関の仕組みは関係しない',
    facts: withNumbers({ principals: 100, publicSystem: true }, { events: ['use'], recoveredUnviewed: undefined }),
    expected: { answer: 'no', because: ['Guideline 3-5-1', 'NumberingAct-BreachRules 2'], duties: [logged] },
  },
  {
    name: 'だれにでも見られる状態は、漏えいがなくても報告',
    facts: withNumbers(
      { principals: 1, viewableByMany: true },
      { events: ['provision'], recoveredUnviewed: undefined },
    ),
    expected: {
      answer: 'yes',
      because: ['NumberingAct 29-4(1)', 'NumberingAct-BreachRules 2(iii)', 'Guideline 3-5-3-4', 'Guideline 3-5-1'],
      duties: [respond, ...numberReports('2026-10-10', '2026-11-04'), numberNotice],
    },
  },
  {
    name: 'だれにでも見られる状態は、だれも見ないうちに直しても報告。漏えいではないので30日',
    facts: withNumbers({ viewableByMany: true }, { recoveredUnviewed: true, improperPurpose: true }),
    expected: {
      answer: 'yes',
      because: ['NumberingAct 29-4(1)', 'NumberingAct-BreachRules 2(iii)', 'Guideline 3-5-3-4', 'Guideline 3-5-1-1'],
      duties: [respond, ...numberReports('2026-10-10', '2026-11-04'), numberNotice],
    },
  },
  {
    name: '回収しても、だれにでも見られる状態だったか分からない間は、報告が要らないとは言えない',
    facts: withNumbers({ viewableByMany: undefined }, { recoveredUnviewed: true, improperPurpose: undefined }),
    expected: { answer: 'unknown', because: ['NumberingAct 29-4(1)'], missing: ['numbers.viewableByMany'] },
  },
  {
    name: '番号の漏えいも、見られないうちに回収すれば当たらない',
    facts: withNumbers({}, { recoveredUnviewed: true }),
    expected: { answer: 'no', because: ['Guideline 3-5-1-1'], duties: [logged] },
  },
  {
    name: '番号も暗号化されていれば除かれる',
    facts: withNumbers({}, { encryption: { recommended: true, key: 'kept-apart' } }),
    expected: { answer: 'no', because: ['APPI-Rules 7(i)'], duties: handled },
  },
  {
    name: '漏えいは回収したが、不正の目的で利用もされた',
    facts: withNumbers(
      { principals: 1 },
      { events: ['leak', 'use'], recoveredUnviewed: true, improperPurpose: true, principals: 1 },
    ),
    expected: {
      answer: 'yes',
      because: ['NumberingAct 29-4(1)', 'NumberingAct-BreachRules 2(ii)', 'Guideline 3-5-3-4', 'Guideline 3-5-1-1'],
      duties: [respond, ...numberReports('2026-10-10', '2026-12-04'), numberNotice],
    },
  },
  {
    name: '番号法のためだけに、回収できたかを尋ねる',
    facts: withNumbers({}, { recoveredUnviewed: undefined }),
    expected: {
      answer: 'unknown',
      because: ['NumberingAct 29-4(1)', 'NumberingAct-BreachRules 2(iv)'],
      missing: ['recoveredUnviewed'],
      duties: [respond],
    },
  },
  {
    name: '番号法の報告の期限が、暦の分からない年になる',
    facts: withNumbers({}, { knownOn: day('2033-12-20') }),
    expected: { answer: 'unknown', because: ['APPI 17'], missing: ['on'] },
  },
  {
    name: 'ファイルに記録されていない番号は番号法の対象外',
    facts: withNumbers({ inFile: false }),
    expected: neither,
  },
  {
    name: '番号について何も分からない',
    facts: { ...numbersSent, numbers: {} },
    expected: {
      answer: 'unknown',
      because: ['NumberingAct 29-4(1)'],
      missing: ['numbers.inFile', 'numbers.publicSystem', 'numbers.viewableByMany', 'numbers.principals'],
      duties: [respond],
    },
  },
  {
    name: '個人番号を含むか分からない',
    facts: { ...misSent, numbers: undefined },
    expected: {
      answer: 'unknown',
      because: ['APPI 26(1)', 'APPI-Rules 7(iv)', 'NumberingAct 29-4(1)'],
      missing: ['numbers'],
      duties: misSentDuties,
    },
  },
  {
    name: '回収、暗号化、不正の目的が分からなければ、両方の法律のために一度だけ尋ねる',
    facts: withNumbers({}, { recoveredUnviewed: undefined, encryption: undefined, improperPurpose: undefined }),
    expected: {
      answer: 'unknown',
      because: ['APPI 26(1)', 'NumberingAct 29-4(1)', 'NumberingAct-BreachRules 2(iv)'],
      missing: ['recoveredUnviewed', 'encryption', 'improperPurpose'],
      duties: [respond],
    },
  },
  {
    name: '番号法だけが報告を求めるときも、委託元への通知で免れる',
    facts: withNumbers({}, { entrusted: { notifiedOn: day('2026-10-06') } }),
    expected: { answer: 'no', because: ['APPI-Rules 7', 'NumberingAct 29-4(1) proviso'], duties: handled },
  },
  {
    name: '番号法だけが報告を求めるときも、委託元に知らせる義務を添える',
    facts: withNumbers({}, { entrusted: { notifiedOn: null }, telecom: undefined }),
    expected: {
      answer: 'unknown',
      because: ['NumberingAct 29-4(1)', 'NumberingAct-BreachRules 2(iv)', 'TBA 28(1)(ii)'],
      missing: ['telecom'],
      duties: [respond, tellEntrusting, ...numberReports('2026-10-10', '2026-11-04'), numberNotice],
    },
  },
  {
    name: '漏えいでなくても、だれにでも見られた番号の報告は、ほかの法律の事実を待たない',
    facts: withNumbers(
      { viewableByMany: true, principals: 3 },
      { recoveredUnviewed: true, data: undefined, telecom: undefined },
    ),
    expected: {
      answer: 'unknown',
      because: ['NumberingAct 29-4(1)', 'NumberingAct-BreachRules 2(iii)', 'TBA 28(1)(ii)'],
      missing: ['telecom'],
      duties: [respond, ...numberReports('2026-10-10', '2026-11-04'), numberNotice],
    },
  },
  {
    name: '番号法だけが報告を求めるときも、任された情報かを尋ねる',
    facts: withNumbers({}, { entrusted: undefined }),
    expected: {
      answer: 'unknown',
      because: ['NumberingAct 29-4(1)', 'NumberingAct-BreachRules 2(iv)'],
      missing: ['entrusted'],
      duties: [respond],
    },
  },
  {
    name: '番号法の規則を読んだ日より前は答えない',
    facts: numbersSent,
    on: day('2025-09-30'),
    expected: { answer: 'unknown', because: ['APPI 17'], missing: ['on'] },
  },
  {
    name: '番号がなければ、その前の日でも答える',
    facts: { ...few },
    on: day('2025-09-30'),
    expected: { answer: 'no', because: ['APPI-Rules 7'], duties: handled },
  },
];

const calls: BreachFacts = { ...few, telecom: { secrecy: true } };
const users: BreachFacts = { ...few, telecom: { secrecy: false, designated: true } };
const unread = { recoveredUnviewed: true, judgements: { secrecyUnread: said(true) } };
const onlySecrecy: Outline = {
  answer: 'yes',
  because: ['TBA 28(1)(ii)', 'TBA 28(1)(ii)', 'ClosedDaysAct 2', 'APPI-Rules 7'],
  duties: [respond, ...secrecyReports('2026-11-04')],
};
const noSecrecy: Outline = { answer: 'no', because: ['APPI-Rules 7', 'TBA 28(1)(ii)'], duties: handled };

const telecom: Case[] = [
  { name: '3人の通信の秘密の漏えい：総務大臣への報告だけ', facts: calls, expected: onlySecrecy },
  { name: '通信の秘密でない', facts: { ...few, telecom: { secrecy: false, designated: false } }, expected: noSecrecy },
  {
    name: '電気通信事業の1,200人：報告先は委任を受けた総務大臣',
    facts: { ...misSent, telecom: { secrecy: false, designated: false } },
    expected: {
      answer: 'yes',
      because: [
        'APPI 26(1)',
        'APPI-Rules 7(iv)',
        'APPI 150(1)',
        'Guideline 3-5-3-4',
        'ClosedDaysAct 2',
        'TBA 28(1)(ii)',
      ],
      duties: misSentDuties,
    },
  },
  {
    name: '三つの法律で報告',
    facts: withNumbers({}, { principals: 1200, telecom: { secrecy: true } }),
    expected: {
      answer: 'yes',
      because: [
        'APPI 26(1)',
        'APPI-Rules 7(iv)',
        'APPI 150(1)',
        'NumberingAct 29-4(1)',
        'NumberingAct-BreachRules 2(iv)',
        'TBA 28(1)(ii)',
        'TBA 28(1)(ii)',
        'Guideline 3-5-3-4',
      ],
      duties: [
        respond,
        ...reports('2026-10-10', '2026-11-04'),
        notice,
        ...numberReports('2026-10-10', '2026-11-04'),
        numberNotice,
        ...secrecyReports('2026-11-04'),
        suspension,
      ],
    },
  },
  {
    name: '通信の秘密は、委託元への通知では免れない',
    facts: { ...calls, principals: 1200, entrusted: { notifiedOn: day('2026-10-05') } },
    expected: {
      answer: 'yes',
      because: ['TBA 28(1)(ii)', 'TBA 28(1)(ii)', 'ClosedDaysAct 2', 'APPI 26(1) proviso'],
      duties: [respond, ...secrecyReports('2026-11-04')],
    },
  },
  {
    name: '通信の秘密だけのときは、委託元に知らせる義務は示さない',
    facts: { ...calls, entrusted: { notifiedOn: null } },
    expected: onlySecrecy,
  },
  {
    name: '通信の秘密が残っていれば、知った日を尋ねる',
    facts: { ...calls, knownOn: undefined, entrusted: undefined },
    expected: {
      answer: 'unknown',
      because: ['TBA 28(1)(ii)', 'TBA 28(1)(ii)'],
      missing: ['knownOn'],
      duties: [respond, firstToMinister],
    },
  },
  {
    name: '電気通信事業の情報か分からない',
    facts: { ...few, telecom: undefined },
    expected: { answer: 'unknown', because: ['TBA 28(1)(ii)'], missing: ['telecom'], duties: [respond] },
  },
  {
    name: '通信の秘密に当たるか分からない',
    facts: { ...few, telecom: {} },
    expected: { answer: 'unknown', because: ['TBA 28(1)(ii)'], missing: ['telecom.secrecy'], duties: [respond] },
  },
  {
    name: '漏えいでなければ、通信の秘密の報告はない',
    facts: { ...calls, events: ['loss'], copyKept: false },
    expected: noSecrecy,
  },
  {
    name: '漏えいと滅失',
    facts: { ...calls, events: ['loss', 'leak'], copyKept: false },
    expected: onlySecrecy,
  },
  {
    name: '回収した通信の秘密：管理者が判断する',
    facts: { ...calls, recoveredUnviewed: true },
    expected: { answer: 'unknown', because: ['TBA 28(1)(ii)'], missing: ['judgements.secrecyUnread'] },
  },
  {
    name: '暗号化された通信の秘密：管理者が判断する',
    facts: { ...calls, encryption: { recommended: true, key: 'kept-apart' } },
    expected: {
      answer: 'unknown',
      because: ['TBA 28(1)(ii)'],
      missing: ['judgements.secrecyUnread'],
      duties: [respond],
    },
  },
  {
    name: '回収したが、通信の秘密に当たるかも分からない',
    facts: { ...calls, recoveredUnviewed: true, telecom: {} },
    expected: {
      answer: 'unknown',
      because: ['TBA 28(1)(ii)'],
      missing: ['telecom.secrecy', 'judgements.secrecyUnread'],
    },
  },
  {
    name: '回収した通信の秘密：漏えいでないと判断された',
    facts: { ...calls, ...unread, telecom: { secrecy: true, designated: false } },
    expected: { answer: 'no', because: ['Guideline 3-5-1-1', 'TBA 28(1)(ii)'], duties: [logged] },
  },
  {
    name: '回収した通信の秘密：漏えいでないと判断されたが、指定を受けているか分からない',
    facts: { ...calls, ...unread },
    expected: { answer: 'unknown', because: ['TBA 28(1)(ii)'], missing: ['telecom.designated'] },
  },
  {
    name: '回収した通信の秘密：漏えいでないと判断されたが、指定を受けている',
    facts: { ...calls, ...unread, telecom: { secrecy: true, designated: true } },
    expected: { answer: 'unknown', because: ['TBA 28(1)(ii)'], missing: ['judgements.specifiedUserLeak'] },
  },
  {
    name: '通信の秘密でないが、指定を受けているか分からない',
    facts: { ...few, telecom: { secrecy: false } },
    expected: { answer: 'unknown', because: ['TBA 28(1)(ii)'], missing: ['telecom.designated'], duties: [respond] },
  },
  {
    name: '指定を受けた事業者の利用者の情報：管理者が判断する',
    facts: users,
    expected: {
      answer: 'unknown',
      because: ['TBA 28(1)(ii)'],
      missing: ['judgements.specifiedUserLeak'],
      duties: [respond],
    },
  },
  {
    name: '指定を受けた事業者：特定利用者情報の漏えいだと判断された',
    facts: { ...users, judgements: { specifiedUserLeak: said(true) } },
    expected: {
      answer: 'yes',
      because: ['TBA 28(1)(ii)', 'ClosedDaysAct 2', 'APPI-Rules 7'],
      duties: [respond, ...secrecyReports('2026-11-04')],
    },
  },
  {
    name: '指定を受けた事業者：特定利用者情報の漏えいでないと判断された',
    facts: { ...users, judgements: { specifiedUserLeak: said(false) } },
    expected: { answer: 'no', because: ['APPI-Rules 7', 'TBA 28(1)(ii)', 'TBA 28(1)(ii)'], duties: handled },
  },
  {
    name: '特定利用者情報の漏えいだと判断されても、何が起きたかと暗号化が分からない',
    facts: {
      telecom: { secrecy: false, designated: true },
      data: 'not-personal',
      numbers: null,
      knownOn: day('2026-10-05'),
      judgements: { specifiedUserLeak: said(true) },
    },
    expected: { answer: 'unknown', because: ['TBA 28(1)(ii)'], missing: ['events', 'encryption'] },
  },
  {
    name: '指定を受けた事業者：判断の期限が切れた',
    facts: { ...users, judgements: { specifiedUserLeak: { ...said(true), until: day('2026-11-23') } } },
    expected: {
      answer: 'unknown',
      because: ['TBA 28(1)(ii)'],
      missing: ['judgements.specifiedUserLeak'],
      duties: [respond],
    },
  },
  {
    name: '指定を受けた事業者でも、漏えいでなければ報告はない',
    facts: { ...users, events: ['loss'], copyKept: false },
    expected: noSecrecy,
  },
  {
    name: '回収した通信の秘密：漏えいだと判断された',
    facts: { ...calls, recoveredUnviewed: true, judgements: { secrecyUnread: said(false) } },
    expected: {
      answer: 'yes',
      because: ['TBA 28(1)(ii)', 'TBA 28(1)(ii)', 'ClosedDaysAct 2', 'Guideline 3-5-1-1'],
      duties: [respond, ...secrecyReports('2026-11-04')],
    },
  },
  {
    name: '通信の秘密について、何が起きたかと暗号化が分からない',
    facts: { telecom: { secrecy: true }, data: 'not-personal', numbers: null, knownOn: day('2026-10-05') },
    expected: { answer: 'unknown', because: ['TBA 28(1)(ii)'], missing: ['events', 'encryption'] },
  },
  {
    name: '通信の秘密について、回収できたか分からない',
    facts: { ...calls, data: 'not-personal', recoveredUnviewed: undefined },
    expected: { answer: 'unknown', because: ['TBA 28(1)(ii)'], missing: ['recoveredUnviewed'], duties: [respond] },
  },
  {
    name: '60日目だけが閉庁日：一つでも動けばそのわけを示す',
    facts: { ...calls, improperPurpose: true, knownOn: day('2026-07-01') },
    expected: {
      answer: 'yes',
      because: [
        'APPI 26(1)',
        'APPI-Rules 7(iii)',
        'APPI 150(1)',
        'TBA 28(1)(ii)',
        'TBA 28(1)(ii)',
        'Guideline 3-5-3-4',
        'ClosedDaysAct 2',
      ],
      duties: [respond, ...reports('2026-07-05', '2026-08-31'), notice, ...secrecyReports('2026-07-30'), suspension],
    },
  },
  {
    name: '一つの法律の規則が読まれていない日は、ほかの報告も答えない',
    facts: { ...misSent, telecom: { secrecy: true } },
    on: day('2026-05-26'),
    expected: { answer: 'unknown', because: ['APPI 17'], missing: ['on'] },
  },
  {
    name: '報告の規則を読んだ日より前は、通信の秘密の報告について答えない',
    facts: calls,
    on: day('2026-05-26'),
    expected: { answer: 'unknown', because: ['APPI 17'], missing: ['on'] },
  },
];

describe.each([
  ['シナリオ', scenarios],
  ['報告対象事態', situations],
  ['情報の種類', data],
  ['漏えいなどに当たらない場合', noBreach],
  ['高度な暗号化', encryption],
  ['委託', entrusted],
  ['番号法', numbers],
  ['通信の秘密', telecom],
])('%s', (_, cases) => {
  test.each(cases)('$name', ({ facts, on, expected }) => {
    expect(breachContradictions(facts, later)).toEqual([]);
    expect(outline(decideBreach(facts, on ?? today))).toEqual(expected);
  });
});

test('だれに報告するかを、義務の言葉が言う', () => {
  const told = (facts: BreachFacts): string[] => {
    const finding = decideBreach(facts, today);
    const reported = finding.duties?.filter((d) => d.do.startsWith('report-')) ?? [];
    return reported.map((d) => /^(.*?)に[、分確]/.exec(d.says.ja)?.[1] ?? '');
  };
  expect(told(misSent)).toEqual(['個人情報保護委員会', '個人情報保護委員会']);
  expect(told({ ...misSent, telecom: { secrecy: false, designated: false } })).toEqual(['総務大臣', '総務大臣']);
  const either = '個人情報保護委員会（電気通信事業のことなら総務大臣）';
  expect(told({ ...misSent, telecom: undefined })).toEqual([either, either]);
  expect(told(withNumbers({}, { telecom: { secrecy: false, designated: false } }))).toEqual([
    '個人情報保護委員会',
    '個人情報保護委員会',
  ]);
});

test.each<[string, BreachFacts, string[]]>([
  ['人数が0人', { ...misSent, principals: 0 }, ['principals']],
  ['人数が整数でない', { ...misSent, principals: 1.5 }, ['principals']],
  ['個人番号が0人', withNumbers({ principals: 0 }), ['numbers.principals']],
  ['個人番号の人数が全体より多い', withNumbers({ principals: 151 }), ['numbers.principals']],
  ['起きた日より前に知った', { ...misSent, happenedOn: day('2026-10-06') }, ['knownOn']],
  [
    '知った日より前に委託元に知らせた',
    { ...misSent, entrusted: { notifiedOn: day('2026-10-04') } },
    ['entrusted.notifiedOn'],
  ],
  ['仮名加工情報に個人番号', withNumbers({}, { data: 'pseudonymous' }), ['numbers']],
  ['個人に関しない情報に個人番号', withNumbers({}, { data: 'not-personal' }), ['numbers']],
  ['検索できる番号なのに散在する情報', withNumbers({}, { data: 'scattered' }), ['numbers.inFile']],
  ['検索できない番号と散在する情報', withNumbers({ inFile: false }, { data: 'scattered' }), []],
  ['知った日が基準の日より後', { ...misSent, knownOn: day('2034-01-01') }, ['knownOn']],
  ['起きた日と知った日が基準の日', { ...misSent, happenedOn: later, knownOn: later }, []],
  ['起きた日が基準の日より後', { ...misSent, knownOn: undefined, happenedOn: day('2034-01-01') }, ['happenedOn']],
  ['起きた日と知った日が同じ', { ...misSent, happenedOn: day('2026-10-05') }, []],
  ['全体の人数が分からない', withNumbers({}, { principals: undefined }), []],
])('矛盾する事実：%s', (_, facts, fields) => {
  expect(breachContradictions(facts, later).map((c) => c.field)).toEqual(fields);
});

test('法令データのない日の期限は答えない', () => {
  expect(preliminaryWindow(day('2022-03-30'), day('2022-03-31'))).toBeUndefined();
  expect(dueDay(day('2022-01-04'), 30, day('2021-12-31'))).toBeUndefined();
  expect(dueDay(day('2022-01-04'), 30, day('2022-01-04'))).toEqual({ by: '2022-02-02', moved: false });
});
