// Changes of joint use (共同利用の変更): scenario O-07. Which changes must be told before, which after, and which cannot be made by a notice at all.

import { expect, test } from 'vitest';
import { day } from '../../base/day.ts';
import { decideJointUseChange, judgedNow, type JointUseChangeFacts } from '../index.ts';
import { outline, type Outline } from '../../../tests/outline.ts';

const today = day('2026-11-24');
const judging = (answer: boolean) => ({
  judgements: judgedNow('purposeRelated', answer, { by: 'staff:o', on: today, why: '例' }),
});
const after = { do: 'publish-joint-use', under: 'APPI 27(6)', when: 'at-once' } as const;

const moved: JointUseChangeFacts = {
  information: 'personal',
  change: 'responsible-address',
  effectiveOn: day('2026-12-01'),
  noticeOn: null,
};
const widened: JointUseChangeFacts = {
  information: 'personal',
  change: 'purposes',
  effectiveOn: day('2027-02-01'),
  noticeOn: day('2027-01-15'),
  ...judging(true),
};
const replaced: JointUseChangeFacts = {
  information: 'personal',
  change: 'responsible-person',
  effectiveOn: day('2027-03-01'),
  noticeOn: day('2026-11-24'),
};
/** A change that takes effect tomorrow. */
const moreItems: JointUseChangeFacts = { information: 'personal', change: 'items', effectiveOn: day('2026-11-25') };
const users: JointUseChangeFacts = { ...moreItems, change: 'users' };
const toChange: JointUseChangeFacts['consent'] = {
  givenBy: 'principal',
  on: day('2026-11-20'),
  coversItems: true,
  coversRecipient: true,
};

const cases: { name: string; facts: JointUseChangeFacts; on?: string; expected: Outline }[] = [
  {
    name: 'O-07 (a) 責任者の住所が変わる：変えた後に遅滞なく',
    facts: moved,
    expected: { answer: 'yes', because: ['APPI 27(6)'], duties: [after] },
  },
  {
    name: 'O-07 (a) 代表者の変更も後でよい',
    facts: { ...moved, change: 'responsible-representative', noticeOn: undefined },
    expected: { answer: 'yes', because: ['APPI 27(6)'], duties: [after] },
  },
  {
    name: 'O-07 (a) 変えた後に知らせ終えた',
    facts: { ...moved, noticeOn: day('2026-12-02') },
    on: '2026-12-03',
    expected: { answer: 'yes', because: ['APPI 27(6)'], duties: [] },
  },
  {
    name: 'O-07 (b) 目的を広げる：前もって知らせる予定がある',
    facts: widened,
    expected: {
      answer: 'yes',
      because: ['APPI 27(6)', 'APPI 17(2)'],
      duties: [{ do: 'publish-joint-use', under: 'APPI 27(6)', when: 'before', by: day('2027-01-15') }],
    },
  },
  {
    name: 'O-07 (b) 知らせる予定がない',
    facts: { ...widened, noticeOn: null },
    expected: { answer: 'no', because: ['APPI 27(6)', 'APPI 27(6)'] },
  },
  {
    name: 'O-07 (b) 効力の生じる日に知らせるのでは遅い',
    facts: { ...widened, noticeOn: day('2027-02-01') },
    expected: { answer: 'no', because: ['APPI 27(6)', 'APPI 27(6)'] },
  },
  {
    name: 'O-07 (b) 関連する範囲を超える',
    facts: { ...widened, ...judging(false) },
    expected: { answer: 'no', because: ['APPI 17(2)'] },
  },
  {
    name: 'O-07 (b) 関連するかを責任者がまだ判断していない',
    facts: { ...widened, judgements: undefined, newPurpose: '調査' },
    expected: {
      answer: 'unknown',
      because: ['APPI 27(6)', 'APPI 17(2)'],
      missing: ['judgements.purposeRelated'],
    },
  },
  {
    name: 'O-07 (b) 新しい目的も、知らせる日も分からない',
    facts: { ...widened, judgements: undefined, noticeOn: undefined },
    expected: {
      answer: 'unknown',
      because: ['APPI 27(6)', 'APPI 17(2)'],
      missing: ['noticeOn', 'judgements.purposeRelated', 'newPurpose'],
    },
  },
  {
    name: 'O-07 (c) 責任者を替える：すでに知らせてある',
    facts: replaced,
    expected: { answer: 'yes', because: ['APPI 27(6)'], duties: [] },
  },
  {
    name: 'O-07 (c) 替えた後に知らせるのでは遅い',
    facts: { ...replaced, noticeOn: day('2027-03-05') },
    expected: { answer: 'no', because: ['APPI 27(6)', 'APPI 27(6)'] },
  },
  {
    name: '項目を増やすのは、本人の同意がなければ新しい共同利用',
    facts: { ...moreItems, consent: null },
    expected: { answer: 'no', because: ['APPI 27(6)', 'Guideline 3-6-3'] },
  },
  {
    name: '項目を増やすことに、本人が同意しているか分からない',
    facts: moreItems,
    expected: { answer: 'unknown', because: ['APPI 27(6)', 'Guideline 3-6-3'], missing: ['consent'] },
  },
  {
    name: '項目を増やすことに、本人が前もって同意している',
    facts: { ...moreItems, consent: toChange },
    expected: { answer: 'yes', because: ['Guideline 3-6-3'], duties: [] },
  },
  {
    name: '同意は、その項目に及んでいない',
    facts: { ...moreItems, consent: { ...toChange, coversItems: false } },
    expected: { answer: 'no', because: ['APPI 27(6)', 'Guideline 3-6-3', 'APPI 27(6)'] },
  },
  {
    name: '同意したのは、判断できない子どもだけ',
    facts: { ...moreItems, consent: { ...toChange, givenBy: 'without-capacity' } },
    expected: { answer: 'no', because: ['APPI 27(6)', 'Guideline 3-6-3', 'Guideline 2-16'] },
  },
  {
    name: '変えた後の同意では、前もっての同意にならない',
    facts: { ...moreItems, effectiveOn: day('2026-11-19'), consent: toChange },
    expected: { answer: 'no', because: ['Guideline 3-6-3', 'APPI 27(6)', 'Guideline 3-6-3'] },
  },
  {
    name: '変わる日の同意は間に合う',
    facts: { ...moreItems, effectiveOn: day('2026-11-20'), consent: toChange },
    expected: { answer: 'yes', because: ['Guideline 3-6-3'], duties: [] },
  },
  {
    name: '同意があっても、いつから変わるかを尋ねる',
    facts: { ...moreItems, effectiveOn: undefined, consent: toChange },
    expected: { answer: 'unknown', because: ['Guideline 3-6-3'], missing: ['effectiveOn'] },
  },
  {
    name: '利用者がどう変わるか分からない',
    facts: users,
    expected: { answer: 'unknown', because: ['APPI 27(6)', 'Guideline 3-6-3'], missing: ['userChange'] },
  },
  {
    name: '利用者を増やすのは、本人の同意がなければ新しい共同利用',
    facts: { ...users, userChange: 'other', consent: null },
    expected: { answer: 'no', because: ['APPI 27(6)', 'Guideline 3-6-3'] },
  },
  {
    name: '利用者を増やすことに、本人が前もって同意している',
    facts: { ...users, userChange: 'other', consent: toChange },
    expected: { answer: 'yes', because: ['Guideline 3-6-3'], duties: [] },
  },
  {
    name: '同意は、その利用者に及んでいない',
    facts: { ...users, userChange: 'other', consent: { ...toChange, coversRecipient: false } },
    expected: { answer: 'no', because: ['APPI 27(6)', 'Guideline 3-6-3', 'APPI 27(6)'] },
  },
  {
    name: '利用者の名称だけが変わる',
    facts: { ...users, userChange: 'renamed', itemsStay: true },
    expected: { answer: 'yes', because: ['Guideline 3-6-3'], duties: [] },
  },
  {
    name: '利用者の事業が承継される',
    facts: { ...users, userChange: 'succeeded', itemsStay: true },
    expected: { answer: 'yes', because: ['Guideline 3-6-3', 'APPI 18(2)'], duties: [] },
  },
  {
    name: '利用者の事業が承継されるが、項目も変わるか分からない',
    facts: { ...users, userChange: 'succeeded' },
    expected: { answer: 'unknown', because: ['Guideline 3-6-3', 'APPI 18(2)'], missing: ['itemsStay'] },
  },
  {
    name: '利用者の名称とともに項目も変わるなら、本人の同意が要る',
    facts: { ...users, userChange: 'renamed', itemsStay: false, consent: null },
    expected: { answer: 'no', because: ['APPI 27(6)', 'Guideline 3-6-3'] },
  },
  {
    name: '利用者の事業とともに項目も変わることに、項目に及ばない同意は足りない',
    facts: { ...users, userChange: 'succeeded', itemsStay: false, consent: { ...toChange, coversItems: false } },
    expected: { answer: 'no', because: ['APPI 27(6)', 'Guideline 3-6-3', 'APPI 27(6)'] },
  },
  {
    name: '個人番号の共同利用はない',
    facts: { ...replaced, information: 'my-number' },
    expected: { answer: 'no', because: ['NumberingAct 19', 'NumberingAct 30(2)'] },
  },
  {
    name: '何を変えるか分からない',
    facts: { information: 'personal' },
    expected: { answer: 'unknown', because: ['APPI 27(6)'], missing: ['change'] },
  },
  {
    name: '責任者を替えるとき、目的が関連するかは問わない',
    facts: { ...replaced, ...judging(false) },
    expected: { answer: 'yes', because: ['APPI 27(6)'], duties: [] },
  },
  {
    name: '変わる前に知らせたのでは、変えた後の知らせにならない',
    facts: { ...moved, effectiveOn: day('2026-11-20'), noticeOn: day('2026-11-19') },
    expected: { answer: 'yes', because: ['APPI 27(6)'], duties: [after] },
  },
  {
    name: '変わったその日に知らせ終えた',
    facts: { ...moved, effectiveOn: today, noticeOn: today },
    expected: { answer: 'yes', because: ['APPI 27(6)'], duties: [] },
  },
  {
    name: '変えた後の知らせは、まだ予定にすぎない',
    facts: { ...moved, effectiveOn: day('2026-11-20'), noticeOn: day('2026-11-25') },
    expected: { answer: 'yes', because: ['APPI 27(6)'], duties: [after] },
  },
  {
    name: '知らせる日も、効力の生じる日も分からない',
    facts: { information: 'personal', change: 'responsible-person' },
    expected: { answer: 'unknown', because: ['APPI 27(6)'], missing: ['effectiveOn', 'noticeOn'] },
  },
];

const opened: JointUseChangeFacts = { ...widened, information: 'pseudonymous', judgements: undefined, published: true };
const renewed: JointUseChangeFacts = { ...moved, information: 'pseudonymous' };
const published = { do: 'publish-joint-use', under: 'APPI 41(6)' } as const;
const both = ['APPI 41(6)', 'APPI 42(2)'];

const ofPseudonymous: typeof cases = [
  {
    name: '目的は関連しなくても変えられるが、公表する',
    facts: opened,
    expected: {
      answer: 'yes',
      because: [...both, 'APPI 41(9)'],
      duties: [{ ...published, when: 'before', by: day('2027-01-15') }],
    },
  },
  {
    name: '関連していないと判断されていても、同じ',
    facts: { ...opened, noticeOn: today, ...judging(false) },
    expected: { answer: 'yes', because: [...both, 'APPI 41(9)'], duties: [] },
  },
  {
    name: '本人に通知しただけでは足りない',
    facts: { ...opened, published: false },
    expected: { answer: 'no', because: ['APPI 41(6)', ...both] },
  },
  {
    name: '公表するか分からない',
    facts: { ...opened, published: undefined },
    expected: { answer: 'unknown', because: [...both, 'APPI 41(9)'], missing: ['published'] },
  },
  {
    name: '知らせる日が分からなければ、まずそれを尋ねる',
    facts: { ...opened, noticeOn: undefined, published: undefined },
    expected: { answer: 'unknown', because: [...both, 'APPI 41(9)'], missing: ['noticeOn'] },
  },
  {
    name: '効力の生じる日の公表では遅い',
    facts: { ...opened, noticeOn: opened.effectiveOn },
    expected: { answer: 'no', because: ['APPI 41(6)', ...both] },
  },
  {
    name: '責任者を替える：本人に通知しただけ',
    facts: { ...replaced, information: 'pseudonymous', published: false },
    expected: { answer: 'no', because: ['APPI 41(6)', ...both] },
  },
  {
    name: '責任者を替える：公表してある',
    facts: { ...replaced, information: 'pseudonymous', published: true },
    expected: { answer: 'yes', because: both, duties: [] },
  },
  {
    name: '責任者の住所は、変えた後に公表する',
    facts: renewed,
    expected: { answer: 'yes', because: both, duties: [{ ...published, when: 'at-once' }] },
  },
  ...([true, false] as const).map((is) => ({
    name: `責任者の住所の変更を、${is ? '公表した' : '本人に通知しただけなら、公表が残る'}`,
    facts: { ...renewed, effectiveOn: today, noticeOn: today, published: is },
    expected: {
      answer: 'yes' as const,
      because: both,
      duties: is ? [] : [{ ...published, when: 'at-once' as const }],
    },
  })),
  {
    name: '責任者の住所の変更を知らせた日はあるが、公表か分からない',
    facts: { ...renewed, effectiveOn: today, noticeOn: today },
    expected: { answer: 'unknown', because: both, missing: ['published'] },
  },
  {
    name: '項目は、本人が同意していても変えられない',
    facts: { ...moreItems, information: 'pseudonymous', consent: toChange },
    expected: { answer: 'no', because: ['APPI 27(6)', ...both] },
  },
  {
    name: '利用者も、本人が同意していても増やせない',
    facts: { ...users, information: 'pseudonymous', userChange: 'other', consent: toChange },
    expected: { answer: 'no', because: ['APPI 27(6)', ...both] },
  },
  {
    name: '利用者がどう変わるか分からない',
    facts: { ...users, information: 'pseudonymous' },
    expected: { answer: 'unknown', because: ['APPI 27(6)', ...both], missing: ['userChange'] },
  },
  {
    name: '利用者の名称だけが変わる',
    facts: { ...users, information: 'pseudonymous', userChange: 'renamed', itemsStay: true },
    expected: { answer: 'yes', because: ['Guideline 3-6-3'], duties: [] },
  },
  {
    name: '利用者の名称とともに項目も変わる',
    facts: { ...users, information: 'pseudonymous', userChange: 'renamed', itemsStay: false, consent: toChange },
    expected: { answer: 'no', because: ['APPI 27(6)', ...both] },
  },
  {
    name: '何を変えるか分からない',
    facts: { information: 'pseudonymous' },
    expected: { answer: 'unknown', because: both, missing: ['change'] },
  },
];

test.each(ofPseudonymous)('仮名加工情報：$name', ({ facts, expected }) => {
  expect(outline(decideJointUseChange(facts, today))).toEqual(expected);
});

test('個人情報では、通知で足りるので、公表するかは問わない', () => {
  for (const facts of [widened, replaced, moved]) {
    const asked = outline(decideJointUseChange({ ...facts, published: false }, today));
    expect(asked).toEqual(outline(decideJointUseChange(facts, today)));
  }
});

test.each(cases)('$name', ({ facts, on, expected }) => {
  expect(outline(decideJointUseChange(facts, on ? day(on) : today))).toEqual(expected);
});

test('前に知らせる変更と後に知らせる変更は、義務の言い方が違う', () => {
  const says = (facts: JointUseChangeFacts): string[] => {
    const finding = decideJointUseChange(facts, today);
    return finding.answer === 'yes' ? finding.duties.map((duty) => duty.says.en) : [];
  };
  expect(says(widened)).toEqual(['Make the change known before it takes effect']);
  expect(says(moved)).toEqual(['Make the change known without delay after it']);
});
