// Pseudonymously processed information (仮名加工情報): making (Rules 31, 32), use (41(3), (7), (8), 42(3)) and provision (41(6), 42): O-25.

import { expect, test } from 'vitest';
import { day } from '../../base/day.ts';
import type { InformationKind, ProvisionFacts, UseFacts } from '../facts.ts';
import {
  decideAcquisition,
  decideProvision,
  decidePseudonymisation,
  decidePseudonymousProvision,
  decidePseudonymousUse,
  decideReceipt,
  decideUse,
  pseudonymousProvisionContradictions,
  type PseudonymisationFacts,
  type PseudonymousProvisionFacts,
  type PseudonymousUseFacts,
} from '../index.ts';
import { outline, type DutyOutline, type Outline } from '../../../tests/outline.ts';
import { jointUseFields } from '../parameters.ts';

const today = day('2026-11-24');

const identify: DutyOutline = { do: 'never-identify', under: 'APPI 41(7)', when: 'later' };
const contact: DutyOutline = {
  do: 'never-contact',
  under: 'APPI 41(8)',
  when: 'later',
  items: ['telephone', 'mail', 'courier', 'telegram', 'fax', 'e-mail', 'messaging', 'visit'],
};
const erase: DutyOutline = { do: 'erase-processed', under: 'APPI 41(5)', when: 'later' };
const secure: DutyOutline = {
  do: 'secure-deleted-information',
  under: 'APPI 41(2)',
  when: 'at-once',
  items: ['authority', 'rules', 'blocked'],
};
const publish: DutyOutline = { do: 'publish-pseudonymous-purpose', under: 'APPI 41(4)', when: 'before' };

/** Purchase data: names and codes deleted, the e-mail address replaced by a hash with a protected key. */
const purchases: PseudonymisationFacts = {
  information: 'personal',
  intent: 'pseudonymised',
  descriptions: true,
  codes: true,
  propertyDamage: true,
  replacements: ['deleted', 'keyed-hash'],
  deleted: { authority: true, rules: true, blocked: true },
};
const standards = ['APPI 41(1)', 'APPI-Rules 31(i)', 'APPI-Rules 31(ii)', 'APPI-Rules 31(iii)'];
const made: Outline = {
  answer: 'yes',
  because: [...standards, 'APPI 41(2)'],
  duties: [secure, publish, identify, contact, erase],
};

const makings: { name: string; facts: PseudonymisationFacts; expected: Outline; instead?: string }[] = [
  { name: 'O-25 鍵のあるハッシュ値に置き換え、鍵を分けて守る', facts: purchases, expected: made },
  { name: '乱数の番号に置き換える', facts: { ...purchases, replacements: ['random'] }, expected: made },
  {
    name: '病歴も、基準に従えば加工できる',
    facts: { ...purchases, information: 'special-care' },
    expected: made,
  },
  {
    name: 'O-25 鍵も乱数も加えないハッシュ値：総当たりで戻せるので、作り直す',
    facts: { ...purchases, replacements: ['deleted', 'plain-hash'] },
    expected: { answer: 'no', because: ['APPI-Rules 31'] },
    instead: '乱数による仮の番号か、守られた鍵によるハッシュ値に置き換える',
  },
  {
    name: '逆に計算できる規則で置き換えた',
    facts: { ...purchases, replacements: ['restorable-rule'] },
    expected: { answer: 'no', because: ['APPI-Rules 31'] },
  },
  {
    name: '氏名が残る',
    facts: { ...purchases, descriptions: false },
    expected: { answer: 'no', because: ['APPI-Rules 31(i)'] },
    instead: '氏名など、個人を特定できる記述を削除するか置き換える',
  },
  {
    name: '免許証番号が残る',
    facts: { ...purchases, codes: false },
    expected: { answer: 'no', because: ['APPI-Rules 31(ii)'] },
    instead: '個人識別符号をすべて削除するか置き換える',
  },
  {
    name: 'カード番号が残る',
    facts: { ...purchases, propertyDamage: false },
    expected: { answer: 'no', because: ['APPI-Rules 31(iii)'] },
    instead: 'カード番号などを削除するか置き換える',
  },
  {
    name: '削除した情報を扱う人が決まっていない',
    facts: { ...purchases, deleted: { authority: false, rules: true, blocked: true } },
    expected: { answer: 'no', because: ['APPI-Rules 32(i)', 'APPI 41(2)'] },
    instead: '削除した情報と加工の方法を分けて保管し、権限、規程、制限を整える',
  },
  {
    name: '規程と評価がない',
    facts: { ...purchases, deleted: { authority: true, rules: false, blocked: true } },
    expected: { answer: 'no', because: ['APPI-Rules 32(ii)', 'APPI 41(2)'] },
  },
  {
    name: '分析する人が鍵を使える',
    facts: { ...purchases, deleted: { authority: true, rules: true, blocked: false } },
    expected: { answer: 'no', because: ['APPI-Rules 32(iii)', 'APPI 41(2)'] },
  },
  {
    name: '削除した情報も鍵も残していない',
    facts: { ...purchases, deleted: null },
    expected: { answer: 'yes', because: standards, duties: [publish, identify, contact, erase] },
  },
  {
    name: '措置のひとつが分からない',
    facts: { ...purchases, deleted: { authority: true, blocked: true } },
    expected: { answer: 'unknown', because: made.because, missing: ['deleted.rules'] },
  },
  {
    name: '安全のために隠すだけ：元の個人情報のまま扱う',
    facts: { intent: 'masking-only' },
    expected: { answer: 'yes', because: ['Guideline 2-2-2-1-1'], duties: [] },
  },
  {
    name: 'つもりが分からなければ尋ねる',
    facts: { ...purchases, intent: undefined },
    expected: { answer: 'unknown', because: made.because, missing: ['intent'] },
  },
  {
    name: '個人番号は、番号法の問いで決める',
    facts: { ...purchases, information: 'my-number' },
    expected: { answer: 'unknown', because: ['NumberingAct 9(4)', 'NumberingAct 30(2)'], missing: ['numberAffair'] },
  },
  {
    name: '何も分からない',
    facts: { replacements: [] },
    expected: {
      answer: 'unknown',
      because: standards,
      missing: ['information', 'intent', 'descriptions', 'codes', 'propertyDamage', 'replacements', 'deleted'],
    },
  },
];

test.each(makings)('作成：$name', ({ facts, expected, instead }) => {
  const finding = decidePseudonymisation(facts, today);
  expect(outline(finding)).toEqual(expected);
  if (instead !== undefined) expect(finding.answer === 'no' && finding.instead?.map((i) => i.ja)).toEqual([instead]);
});

const improve = { id: 'A1', clause: '72' };
const trends: PseudonymousUseFacts = {
  pseudonymousType: 'personal',
  purpose: 'A1',
  holdingPurposes: [improve],
  exception: null,
  identifies: false,
  contacts: false,
};
const outsourced: PseudonymousUseFacts = {
  pseudonymousType: 'non-personal',
  identifies: false,
  contacts: false,
  obtainsDeleted: false,
};
const byLaw: DutyOutline = {
  do: 'record-exception',
  under: 'APPI 18(3)(i)',
  when: 'at-once',
  items: ['item', 'facts', 'approver'],
};

const uses: { name: string; facts: PseudonymousUseFacts; expected: Outline; instead?: number }[] = [
  {
    name: 'O-25 V1 公表した目的の社内分析',
    facts: trends,
    expected: { answer: 'yes', because: ['APPI 41(3)', 'policy 72'], duties: [] },
  },
  {
    name: 'O-25 V2 中のメールアドレスにクーポンを送る',
    facts: { ...trends, contacts: true },
    expected: { answer: 'no', because: ['APPI 41(8)', 'APPI-Rules 33'] },
    instead: 1,
  },
  {
    name: '元の名簿と照らし合わせて本人を調べる',
    facts: { ...trends, identifies: true },
    expected: { answer: 'no', because: ['APPI 41(7)'] },
    instead: 1,
  },
  {
    name: '公表していない目的：関連していなくても、変えて公表すれば使える',
    facts: { ...trends, purpose: 'A2' },
    expected: { answer: 'no', because: ['APPI 41(3)', 'policy 72'] },
    instead: 1,
  },
  {
    name: '目的をひとつも公表していない',
    facts: { ...trends, holdingPurposes: [] },
    expected: { answer: 'no', because: ['APPI 41(3)'] },
  },
  {
    name: '法令に基づく',
    facts: { ...trends, purpose: 'A2', exception: { item: '18(3)(i)', legalBasis: '国税通則法 文書番号123' } },
    expected: { answer: 'yes', because: ['APPI 18(3)(i)', 'APPI 41(3)'], duties: [byLaw] },
  },
  {
    name: '法令に基づくなら、目的を尋ねない',
    facts: {
      ...trends,
      purpose: undefined,
      holdingPurposes: undefined,
      exception: { item: '18(3)(i)', legalBasis: '国税通則法 文書番号123' },
    },
    expected: { answer: 'yes', because: ['APPI 18(3)(i)', 'APPI 41(3)'], duties: [byLaw] },
  },
  {
    name: '法令の名前が分からない',
    facts: { ...trends, purpose: 'A2', exception: { item: '18(3)(i)' } },
    expected: { answer: 'unknown', because: ['APPI 41(3)'], missing: ['exception.legalBasis'] },
  },
  {
    name: '根拠の法令がない',
    facts: { ...trends, purpose: 'A2', exception: { item: '18(3)(i)', legalBasis: '' } },
    expected: { answer: 'no', because: ['APPI 41(3)', 'policy 72', 'APPI 18(3)(i)'] },
  },
  {
    name: '人の命を守るためでも、仮名加工情報の例外は法令だけ',
    facts: { ...trends, purpose: 'A2', exception: { item: '18(3)(ii)', necessary: true, consentDifficult: true } },
    expected: { answer: 'no', because: ['APPI 41(3)', 'policy 72', 'APPI 41(3)'] },
  },
  {
    name: '公表した目的が分からない',
    facts: { ...trends, holdingPurposes: undefined },
    expected: { answer: 'unknown', because: ['APPI 41(3)'], missing: ['holdingPurposes'] },
  },
  {
    name: '何のためか分からない',
    facts: { ...trends, purpose: undefined },
    expected: { answer: 'unknown', because: ['APPI 41(3)'], missing: ['purpose'] },
  },
  {
    name: '本人を調べるか、連絡するか分からない',
    facts: { ...trends, identifies: undefined, contacts: undefined },
    expected: { answer: 'unknown', because: ['APPI 41(3)', 'policy 72'], missing: ['identifies', 'contacts'] },
  },
  {
    name: '連絡するかだけが分からなくても、公表していない目的に使えるとは言わない',
    facts: { ...trends, purpose: 'A2', contacts: undefined },
    expected: { answer: 'unknown', because: ['APPI 41(3)'], missing: ['contacts'] },
  },
  {
    name: '個人情報でない仮名加工情報：目的の制限はない',
    facts: outsourced,
    expected: { answer: 'yes', because: ['APPI 42(3)'], duties: [] },
  },
  {
    name: '個人情報でない仮名加工情報でも、本人を調べない',
    facts: { ...outsourced, identifies: true },
    expected: { answer: 'no', because: ['APPI 41(7)', 'APPI 42(3)'] },
  },
  {
    name: '個人情報でない仮名加工情報でも、連絡しない',
    facts: { ...outsourced, contacts: true },
    expected: { answer: 'no', because: ['APPI 41(8)', 'APPI-Rules 33', 'APPI 42(3)'] },
  },
  {
    name: '個人情報でない仮名加工情報：削除された情報を手に入れない',
    facts: { ...outsourced, obtainsDeleted: true },
    expected: { answer: 'no', because: ['APPI 42(3)'] },
  },
  {
    name: '当社の削除した情報を当社が持つことは、手に入れることではない',
    facts: { ...trends, obtainsDeleted: true },
    expected: { answer: 'yes', because: ['APPI 41(3)', 'policy 72'], duties: [] },
  },
  {
    name: '個人情報でない仮名加工情報：削除された情報のことが分からない',
    facts: { ...outsourced, obtainsDeleted: undefined },
    expected: { answer: 'unknown', because: ['APPI 42(3)'], missing: ['obtainsDeleted'] },
  },
  {
    name: 'どちらの仮名加工情報か分からない',
    facts: { ...trends, pseudonymousType: undefined },
    expected: { answer: 'unknown', because: ['APPI 41(3)'], missing: ['pseudonymousType'] },
  },
  {
    name: '何も分からない',
    facts: {},
    expected: { answer: 'unknown', because: ['APPI 41(3)'], missing: ['pseudonymousType', 'identifies', 'contacts'] },
  },
];

test.each(uses)('利用：$name', ({ facts, expected, instead }) => {
  const finding = decidePseudonymousUse(facts, today);
  expect(outline(finding)).toEqual(expected);
  if (instead !== undefined) expect(finding.answer === 'no' && finding.instead?.length).toBe(instead);
  const whole: UseFacts = { ...facts, information: 'pseudonymous' };
  expect(decideUse(whole, today)).toEqual(finding);
  // Consent is never looked at.
  expect(decideUse({ ...whole, consent: { givenBy: 'principal', on: today, coversPurpose: true } }, today)).toEqual(
    finding,
  );
});

const research: PseudonymousProvisionFacts = {
  pseudonymousType: 'personal',
  relation: 'third-party',
  recipient: { kind: 'corporation', name: '例示研究株式会社', country: 'JP' },
  items: ['購買の履歴'],
  purpose: 'A1',
  holdingPurposes: [improve],
  exception: null,
};
const entrusted: PseudonymousProvisionFacts = {
  ...research,
  relation: 'entrustment',
  entrustment: { ownUse: false, assessed: true, contract: true, monitored: true },
};
const shared: PseudonymousProvisionFacts = {
  ...research,
  relation: 'joint-use',
  jointUse: {
    noticeOn: day('2026-11-01'),
    published: true,
    listed: jointUseFields.value,
    responsibleKind: 'corporation',
    items: ['購買の履歴'],
    recipientInScope: true,
    purposes: ['A1'],
  },
};
const supervise: DutyOutline = {
  do: 'supervise-entrusted',
  under: 'APPI 25',
  when: 'later',
  items: ['selection', 'contract', 'handling-status', 're-entrustment'],
};
const entrustedOk = ['APPI 41(6)', 'APPI 27(5)(i)', 'APPI 41(3)', 'policy 72', 'APPI 25'];
const judgement = (answer: boolean, until = day('2027-03-31')) => ({
  pseudonymousAbroad: { answer, by: 'officer-1', on: day('2026-11-01'), why: '28条に準じて確かめた', until },
});

const provisions: { name: string; facts: PseudonymousProvisionFacts; expected: Outline; instead?: number }[] = [
  {
    name: 'O-25 V3 研究会社に渡す：同意があっても渡せない',
    facts: research,
    expected: { answer: 'no', because: ['APPI 41(6)', 'APPI 41(6)'] },
    instead: 3,
  },
  {
    name: '個人情報でない仮名加工情報も同じ',
    facts: { ...research, pseudonymousType: 'non-personal' },
    expected: { answer: 'no', because: ['APPI 42(1)', 'APPI 42(1)'] },
  },
  {
    name: 'どちらか分からなくても、第三者には渡せない',
    facts: { ...research, pseudonymousType: undefined },
    expected: { answer: 'no', because: ['APPI 41(6)', 'APPI 42(1)', 'APPI 41(6)', 'APPI 42(1)'] },
  },
  {
    name: '法令に基づく',
    facts: { ...research, exception: { item: '27(1)(i)', legalBasis: '刑事訴訟法218条 令状' } },
    expected: {
      answer: 'yes',
      because: ['APPI 27(1)(i)', 'APPI 41(6)', 'APPI 29(1)'],
      duties: [{ ...byLaw, under: 'APPI 27(1)(i)' }],
    },
  },
  {
    name: '法令に基づく：個人情報でなければ、29条の記録の定めはそもそも働かない',
    facts: { ...research, pseudonymousType: 'non-personal', exception: { item: '27(1)(i)', legalBasis: '令状' } },
    expected: {
      answer: 'yes',
      because: ['APPI 27(1)(i)', 'APPI 42(1)'],
      duties: [{ ...byLaw, under: 'APPI 27(1)(i)' }],
    },
  },
  {
    name: '法令に基づくというが、根拠が分からない',
    facts: { ...research, exception: { item: '27(1)(i)' } },
    expected: { answer: 'unknown', because: ['APPI 41(6)'], missing: ['exception.legalBasis'] },
  },
  {
    name: '根拠の法令がない',
    facts: { ...research, exception: { item: '27(1)(i)', legalBasis: '' } },
    expected: { answer: 'no', because: ['APPI 41(6)', 'APPI 41(6)'] },
  },
  {
    name: '学術研究でも渡せない',
    facts: {
      ...research,
      exception: { item: '27(1)(vii)', academicInstitution: true, necessary: true, undueInfringement: false },
    },
    expected: { answer: 'no', because: ['APPI 41(6)', 'APPI 41(6)'] },
  },
  {
    name: '分析の委託：監督し、記録は要らない',
    facts: entrusted,
    expected: { answer: 'yes', because: [...entrustedOk, 'APPI 29(1)'], duties: [supervise] },
  },
  {
    name: '委託：個人情報でない仮名加工情報',
    facts: { ...entrusted, pseudonymousType: 'non-personal' },
    expected: { answer: 'yes', because: ['APPI 42(1)', ...entrustedOk.slice(1)], duties: [supervise] },
  },
  {
    name: '委託：どちらの仮名加工情報か分からない',
    facts: { ...entrusted, pseudonymousType: undefined },
    expected: {
      answer: 'unknown',
      because: ['APPI 41(6)', 'APPI 42(1)', ...entrustedOk.slice(1)],
      missing: ['pseudonymousType'],
    },
  },
  {
    name: '名ばかりの委託',
    facts: { ...entrusted, entrustment: { ...entrusted.entrustment, ownUse: true } },
    expected: { answer: 'no', because: ['APPI 27(5)(i)', 'APPI 41(6)'] },
    instead: 3,
  },
  {
    name: '委託でも、中の連絡先で本人に連絡することはできない',
    facts: { ...entrusted, contacts: true },
    expected: { answer: 'no', because: ['APPI 41(8)', 'APPI-Rules 33'] },
    instead: 1,
  },
  {
    name: '共同利用でも、照らし合わせて本人を調べることはできない',
    facts: { ...shared, identifies: true },
    expected: { answer: 'no', because: ['APPI 41(7)'] },
  },
  {
    name: '個人情報でない仮名加工情報の委託で、削除された情報を手に入れる',
    facts: { ...entrusted, pseudonymousType: 'non-personal', obtainsDeleted: true },
    expected: { answer: 'no', because: ['APPI 42(3)'] },
  },
  {
    name: '相手との関係が分からなくても、本人を調べるためには渡せない',
    facts: { ...entrusted, relation: undefined, identifies: true },
    expected: { answer: 'no', because: ['APPI 41(7)'] },
  },
  {
    name: '本人を調べるために渡すが、法令に基づくかもしれない',
    facts: { ...entrusted, identifies: true, exception: { item: '27(1)(i)' } },
    expected: { answer: 'unknown', because: ['APPI 41(6)'], missing: ['exception.legalBasis'] },
  },
  {
    name: '委託先を評価していない',
    facts: { ...entrusted, entrustment: { ...entrusted.entrustment, assessed: false } },
    expected: { answer: 'no', because: ['APPI 25'] },
  },
  {
    name: '委託の目的が公表した範囲の外',
    facts: { ...entrusted, purpose: 'A2' },
    expected: { answer: 'no', because: ['APPI 27(5)(i)', 'APPI 41(3)', 'policy 72'] },
  },
  {
    name: '委託先を評価していないが、法令に基づくかもしれない',
    facts: {
      ...entrusted,
      entrustment: { ...entrusted.entrustment, assessed: false },
      exception: { item: '27(1)(i)' },
    },
    expected: { answer: 'unknown', because: ['APPI 41(6)'], missing: ['exception.legalBasis'] },
  },
  {
    name: '委託として渡せるが、法令の根拠をたずねられている',
    facts: { ...entrusted, exception: { item: '27(1)(i)' } },
    expected: { answer: 'unknown', because: [...entrustedOk, 'APPI 29(1)'], missing: ['exception.legalBasis'] },
  },
  {
    name: '事業の承継',
    facts: { ...research, relation: 'succession', succession: { ofBusiness: true, stage: 'agreed' } },
    expected: { answer: 'yes', because: ['APPI 41(6)', 'APPI 27(5)(ii)', 'APPI 29(1)'], duties: [] },
  },
  {
    name: '事業の承継：承継する事業のデータかが分からない',
    facts: { ...research, relation: 'succession', succession: { stage: 'agreed' } },
    expected: {
      answer: 'unknown',
      because: ['APPI 41(6)', 'APPI 27(5)(ii)', 'APPI 29(1)'],
      missing: ['succession.ofBusiness'],
    },
  },
  {
    name: '事業の承継：承継しない事業のデータは渡せない',
    facts: { ...research, relation: 'succession', succession: { ofBusiness: false, stage: 'agreed' } },
    expected: { answer: 'no', because: ['APPI 27(5)(ii)', 'APPI 41(6)'] },
  },
  {
    name: '共同利用：公表してから渡す',
    facts: shared,
    expected: {
      answer: 'yes',
      because: ['APPI 41(6)', 'APPI 27(5)(iii)', 'APPI 41(3)', 'policy 72', 'APPI 29(1)'],
      duties: [],
    },
  },
  {
    name: '共同利用：本人に通知しただけでは足りない',
    facts: { ...shared, jointUse: { ...shared.jointUse, published: false } },
    expected: { answer: 'no', because: ['APPI 41(6)'] },
    instead: 1,
  },
  {
    name: '共同利用：個人情報でない仮名加工情報でも、公表が要る',
    facts: { ...shared, pseudonymousType: 'non-personal', jointUse: { ...shared.jointUse, published: false } },
    expected: { answer: 'no', because: ['APPI 42(2)'] },
  },
  {
    name: '共同利用：公表したか分からない',
    facts: { ...shared, jointUse: { ...shared.jointUse, published: undefined } },
    expected: {
      answer: 'unknown',
      because: ['APPI 41(6)', 'APPI 27(5)(iii)', 'APPI 41(3)', 'policy 72', 'APPI 29(1)'],
      missing: ['jointUse.published'],
    },
  },
  {
    name: '共同利用：代表者の氏名が公表にない',
    facts: {
      ...shared,
      jointUse: { ...shared.jointUse, listed: jointUseFields.value.filter((f) => f !== 'responsible-representative') },
    },
    expected: { answer: 'no', because: ['APPI 27(5)(iii)'] },
  },
  {
    name: '外国の委託先：法令が定めていないので、個人情報保護管理者が判断する',
    facts: { ...entrusted, recipient: { country: 'VN' } },
    expected: {
      answer: 'unknown',
      because: [...entrustedOk, 'APPI 28(1)', 'APPI 29(1)'],
      missing: ['judgements.pseudonymousAbroad'],
    },
  },
  {
    name: '外国の委託先：渡してよいと判断した',
    facts: { ...entrusted, recipient: { country: 'VN' }, judgements: judgement(true) },
    expected: {
      answer: 'yes',
      because: [...entrustedOk, 'APPI 28(1)', 'APPI 28(1)', 'APPI 29(1)'],
      duties: [supervise],
    },
  },
  {
    name: '外国の委託先：渡してはならないと判断した',
    facts: { ...entrusted, recipient: { country: 'VN' }, judgements: judgement(false) },
    expected: { answer: 'no', because: ['APPI 28(1)', 'APPI 28(1)'] },
    instead: 3,
  },
  {
    name: '外国の委託先：判断の期限が昨日までだった',
    facts: { ...entrusted, recipient: { country: 'VN' }, judgements: judgement(true, day('2026-11-23')) },
    expected: {
      answer: 'unknown',
      because: [...entrustedOk, 'APPI 28(1)', 'APPI 29(1)'],
      missing: ['judgements.pseudonymousAbroad'],
    },
  },
  {
    name: '外国の委託先：判断の期限が今日まで',
    facts: { ...entrusted, recipient: { country: 'DE' }, judgements: judgement(true, today) },
    expected: {
      answer: 'yes',
      because: [...entrustedOk, 'APPI 28(1)', 'APPI 28(1)', 'APPI 29(1)'],
      duties: [supervise],
    },
  },
  {
    name: '外国の委託先：判断は否だが、法令に基づくかもしれない',
    facts: {
      ...entrusted,
      recipient: { country: 'VN' },
      judgements: judgement(false),
      exception: { item: '27(1)(i)' },
    },
    expected: {
      answer: 'unknown',
      because: ['APPI 41(6)'],
      missing: ['exception.legalBasis', 'exception.lawOfJapan'],
    },
  },
  {
    name: '相手の国が分からない',
    facts: { ...entrusted, recipient: {} },
    expected: { answer: 'unknown', because: [...entrustedOk, 'APPI 29(1)'], missing: ['recipient.country'] },
  },
  {
    name: '社内の別の部署：公表した目的の利用として決める',
    facts: { ...research, relation: 'same-entity', identifies: false, contacts: false },
    expected: { answer: 'yes', because: ['Guideline 3-6-1', 'APPI 41(3)', 'policy 72'], duties: [] },
  },
  {
    name: '社内の別の部署：その目的で使えるなら、法令に基づくかが分からなくてもよい',
    facts: {
      ...research,
      relation: 'same-entity',
      identifies: false,
      contacts: false,
      exception: { item: '27(1)(i)' },
    },
    expected: { answer: 'yes', because: ['Guideline 3-6-1', 'APPI 41(3)', 'policy 72'], duties: [] },
  },
  {
    name: '社内の別の部署がクーポンを送る',
    facts: { ...research, relation: 'same-entity', identifies: false, contacts: true },
    expected: { answer: 'no', because: ['Guideline 3-6-1', 'APPI 41(8)', 'APPI-Rules 33'] },
  },
  {
    name: '何も分からない',
    facts: {},
    expected: {
      answer: 'unknown',
      because: ['APPI 41(6)', 'APPI 42(1)'],
      missing: ['relation', 'pseudonymousType'],
    },
  },
];

test.each(provisions)('提供：$name', ({ facts, expected, instead }) => {
  const finding = decidePseudonymousProvision(facts, today);
  expect(outline(finding)).toEqual(expected);
  if (instead !== undefined) expect(finding.answer === 'no' && finding.instead?.length).toBe(instead);
  const whole: ProvisionFacts = { ...facts, information: 'pseudonymous' };
  expect(decideProvision(whole, today)).toEqual(finding);
  const full = {
    givenBy: 'principal' as const,
    on: today,
    coversPurpose: true,
    coversRecipient: true,
    coversItems: true,
    abroad: true,
  };
  expect(decideProvision({ ...whole, consent: full, optOut: {} }, today)).toEqual(finding);
});

test('公表した範囲の内と外を、41条の言葉で言う', () => {
  const says = (purpose: string): string[] =>
    decidePseudonymousProvision({ ...entrusted, purpose }, today).because.map((g) => g.says.ja);
  expect(says('A1')).toContain('仮名加工情報について公表した目的の範囲内です。');
  expect(says('A2')).toContain('公表した目的の範囲を超えます。本人の同意があっても使えません。');
});

test('公表したのに公表の日がない、はありえない', () => {
  const fields = (jointUse: object): string[] => pseudonymousProvisionContradictions({ jointUse }).map((c) => c.field);
  expect(fields({ published: true, noticeOn: null })).toEqual(['jointUse.noticeOn']);
  expect(fields({ published: true, noticeOn: today })).toEqual([]);
  expect(fields({ published: false, noticeOn: null })).toEqual([]);
  expect(pseudonymousProvisionContradictions({})).toEqual([]);
});

const kind: InformationKind = 'pseudonymous';
const receipts: { name: string; facts: object; expected: Outline }[] = [
  {
    name: '共同利用で受け取り、元の情報も持つ：目的を公表する。確認と記録は要らない',
    facts: { basis: 'not-third-party', ownUse: false, pseudonymousType: 'personal' },
    expected: { answer: 'yes', because: ['APPI 42(1)', 'APPI 41(6)'], duties: [publish, identify, contact, erase] },
  },
  {
    name: '委託で受け取り、任された業務だけに使う。元の情報はない',
    facts: { basis: 'not-third-party', ownUse: false, pseudonymousType: 'non-personal' },
    expected: { answer: 'yes', because: ['APPI 42(1)'], duties: [identify, contact, erase] },
  },
  {
    name: '法令に基づいて受け取る',
    facts: {
      basis: 'exception',
      exception: { item: '27(1)(i)', legalBasis: '照会 9号', lawOfJapan: true },
      pseudonymousType: 'non-personal',
    },
    expected: { answer: 'yes', because: ['APPI 42(1)', 'APPI 27(1)(i)'], duties: [identify, contact, erase] },
  },
  {
    name: '法律の挙げる場合というだけでは、法令に基づくか分からない',
    facts: { basis: 'exception', pseudonymousType: 'non-personal' },
    expected: { answer: 'unknown', because: ['APPI 42(1)'], missing: ['exception.item'] },
  },
  {
    name: '法令に基づくなら、委託かどうかについての答えを見ない',
    facts: {
      basis: 'exception',
      exception: { item: '27(1)(i)', legalBasis: '照会 9号', lawOfJapan: true },
      ownUse: true,
      pseudonymousType: 'non-personal',
    },
    expected: { answer: 'yes', because: ['APPI 42(1)', 'APPI 27(1)(i)'], duties: [identify, contact, erase] },
  },
  ...(
    [
      { item: '27(1)(i)', legalBasis: '照会 9号', lawOfJapan: false },
      { item: '27(1)(ii)', necessary: true, consentDifficult: true },
    ] as const
  ).map((exception) => ({
    name: `委託で受け取るなら、${exception.item} の場合かについての答えを見ない`,
    facts: { basis: 'not-third-party', ownUse: false, exception, pseudonymousType: 'non-personal' },
    expected: { answer: 'yes', because: ['APPI 42(1)'], duties: [identify, contact, erase] } as Outline,
  })),
  {
    name: 'どの法令に基づくかが分からない間は、法令を根拠に挙げない',
    facts: { basis: 'exception', exception: { item: '27(1)(i)' }, pseudonymousType: 'non-personal' },
    expected: {
      answer: 'unknown',
      because: ['APPI 42(1)'],
      missing: ['exception.legalBasis', 'exception.lawOfJapan'],
    },
  },
  {
    name: '人を助けるためであっても、法令に基づかなければ受け取れない',
    facts: {
      basis: 'exception',
      exception: { item: '27(1)(ii)', necessary: true, consentDifficult: true },
      pseudonymousType: 'non-personal',
    },
    expected: { answer: 'no', because: ['APPI 42(1)'] },
  },
  {
    name: '外国の法令に基づいても受け取れない',
    facts: {
      basis: 'exception',
      exception: { item: '27(1)(i)', legalBasis: '照会 9号', lawOfJapan: false },
      pseudonymousType: 'non-personal',
    },
    expected: { answer: 'no', because: ['APPI 42(1)', 'APPI 27(1)(i)'] },
  },
  {
    name: '委託で受け取り、任された業務だけに使うかが分からない',
    facts: { basis: 'not-third-party', pseudonymousType: 'non-personal' },
    expected: { answer: 'unknown', because: ['APPI 42(1)'], missing: ['ownUse'] },
  },
  {
    name: '委託で受け取り、当社のためにも使う：委託ではなく、同意があっても受け取れない',
    facts: { basis: 'not-third-party', ownUse: true, pseudonymousType: 'non-personal' },
    expected: { answer: 'no', because: ['APPI 27(5)(i)', 'APPI 42(1)'] },
  },
  ...(['consent', 'opt-out', 'private-person'] as const).map((basis) => ({
    name: `${basis} では受け取れない`,
    facts: { basis, pseudonymousType: 'non-personal' },
    expected: { answer: 'no', because: ['APPI 42(1)'] } as Outline,
  })),
  {
    name: '不正に渡される',
    facts: { basis: 'not-third-party', ownUse: false, pseudonymousType: 'non-personal', looksUnlawful: true },
    expected: { answer: 'no', because: ['APPI 20(1)'] },
  },
  {
    name: '何も分からない',
    facts: {},
    expected: { answer: 'unknown', because: ['APPI 42(1)'], missing: ['basis', 'pseudonymousType'] },
  },
];

test.each(receipts)('受領：$name', ({ facts, expected }) => {
  expect(outline(decideReceipt({ ...facts, information: kind }, today))).toEqual(expected);
  const acquired = outline(decideAcquisition({ information: kind, source: 'third-party', receipt: facts }, today));
  const under = expected.missing?.map((m) => `receipt.${m}`);
  expect(acquired).toEqual(under ? { ...expected, missing: under } : expected);
});

test('取得：誰から受け取るか分からない', () => {
  const receipt = { basis: 'not-third-party', ownUse: false, pseudonymousType: 'personal' } as const;
  const from = { information: kind, receipt };
  expect(outline(decideAcquisition(from, today)).missing).toEqual(['source']);
});
