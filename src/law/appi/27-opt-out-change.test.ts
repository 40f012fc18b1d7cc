// Changing and ending an opt-out (オプトアウトの変更と終わり): what is told and filed beforehand, what without delay after, and what cannot change at all.

import { expect, test } from 'vitest';
import { day } from '../../base/day.ts';
import { decideOptOutChange, judgedNow, type OptOutChange, type OptOutChangeFacts } from '../index.ts';
import { outline, type Outline } from '../../../tests/outline.ts';

const today = day('2026-11-24');
const judging = (answer: boolean) => ({
  judgements: judgedNow('changeTimeToObject', answer, { by: 'staff:o', on: today, why: '例' }),
});
const publish = { do: 'publish-opt-out', under: 'APPI-Rules 14', when: 'later' } as const;
const announceAfter = { do: 'make-known', under: 'APPI 27(3)', when: 'at-once' } as const;
const fileAfter = { do: 'file-opt-out', under: 'APPI 27(3)', when: 'at-once' } as const;
const beforehand = (by: string) =>
  [
    { do: 'make-known', under: 'APPI 27(3)', when: 'before', by: day(by) },
    { do: 'file-opt-out', under: 'APPI 27(3)', when: 'before', by: day(by) },
  ] as const;

const moved: OptOutChangeFacts = {
  information: 'personal',
  change: 'provider',
  effectiveOn: day('2026-11-20'),
  announcedOn: null,
  filedOn: null,
};
const ended: OptOutChangeFacts = { ...moved, change: 'end' };
const widened: OptOutChangeFacts = {
  information: 'personal',
  change: 'items',
  effectiveOn: day('2027-02-01'),
  announcedOn: day('2026-12-15'),
  filedOn: day('2026-12-15'),
  ...judging(true),
  acquiredUnlawfully: false,
  receivedByOptOut: false,
};
const closed = { policy: { optOutClosedBy: '19' } };
const yes = (...duties: NonNullable<Outline['duties']>): Outline => ({
  answer: 'yes',
  because: ['APPI 27(3)'],
  duties: [...duties, publish],
});
const yesBeforehand = (...duties: NonNullable<Outline['duties']>): Outline => ({
  ...yes(...duties),
  because: ['APPI 27(3)', 'APPI-Rules 11(1)(i)'],
});
const no = (...because: string[]): Outline => ({ answer: 'no', because });
const asksBeforehand = (...missing: string[]): Outline => ({
  answer: 'unknown',
  because: ['APPI 27(3)', 'APPI-Rules 11(1)(i)'],
  missing,
});

const cases: { name: string; facts: OptOutChangeFacts; on?: string; expected: Outline }[] = [
  { name: '名称、住所、代表者が変わった', facts: moved, expected: yes(announceAfter, fileAfter) },
  {
    name: '名称などの変更を、知らせる日も届け出る日も決めていない',
    facts: { ...moved, announcedOn: undefined, filedOn: undefined },
    expected: yes(announceAfter, fileAfter),
  },
  {
    name: '変わったその日に知らせ、きょう届け出た',
    facts: { ...moved, announcedOn: day('2026-11-20'), filedOn: today },
    expected: yes(),
  },
  {
    name: '知らせたが、届け出ていない',
    facts: { ...moved, announcedOn: day('2026-11-21') },
    expected: yes(fileAfter),
  },
  {
    name: '届け出たが、知らせるのは明日',
    facts: { ...moved, announcedOn: day('2026-11-25'), filedOn: day('2026-11-21') },
    expected: yes(announceAfter),
  },
  {
    name: '変わる前に知らせ、届け出たのでは、変えた後のものにならない',
    facts: { ...moved, announcedOn: day('2026-11-19'), filedOn: day('2026-11-19') },
    expected: yes(announceAfter, fileAfter),
  },
  {
    name: 'いつ変わったか分からない',
    facts: { ...moved, effectiveOn: undefined, announcedOn: today },
    expected: { answer: 'unknown', because: ['APPI 27(3)'], missing: ['effectiveOn'] },
  },
  { name: 'やめた', facts: ended, expected: yes(announceAfter, fileAfter) },
  {
    name: 'やめて、知らせ、届け出た',
    facts: { ...ended, announcedOn: today, filedOn: today },
    expected: yes(),
  },
  {
    name: '方針が閉じていても、やめることはできる',
    facts: { ...ended, ...closed },
    expected: yes(announceAfter, fileAfter),
  },
  {
    name: '渡してはならない情報でも、やめることはできる',
    facts: { ...ended, information: 'special-care', acquiredUnlawfully: true, receivedByOptOut: true },
    expected: yes(announceAfter, fileAfter),
  },
  {
    name: 'やめたが、どんな情報か分からない',
    facts: { ...ended, information: undefined },
    expected: { answer: 'unknown', because: ['APPI 27(3)'], missing: ['information'] },
  },
  {
    name: '項目を加える：これから知らせ、届け出る',
    facts: widened,
    expected: yesBeforehand(...beforehand('2026-12-15')),
  },
  {
    name: '項目を加える：きょう知らせ、届け出た',
    facts: { ...widened, announcedOn: today, filedOn: today },
    expected: yesBeforehand(),
  },
  {
    name: '項目を加える：明日知らせ、明日届け出る',
    facts: { ...widened, announcedOn: day('2026-11-25'), filedOn: day('2026-11-25') },
    expected: yesBeforehand(...beforehand('2026-11-25')),
  },
  {
    name: '変わる前の日に知らせ、届け出る',
    facts: { ...widened, announcedOn: day('2027-01-31'), filedOn: day('2027-01-31') },
    expected: yesBeforehand(...beforehand('2027-01-31')),
  },
  {
    name: '変わるその日に知らせるのでは遅い',
    facts: { ...widened, announcedOn: day('2027-02-01') },
    expected: no('APPI 27(3)', 'APPI 27(3)'),
  },
  { name: '知らせる予定がない', facts: { ...widened, announcedOn: null }, expected: no('APPI 27(3)', 'APPI 27(3)') },
  {
    name: '変わるその日に届け出るのでは遅い',
    facts: { ...widened, filedOn: day('2027-02-01') },
    expected: no('APPI 27(3)', 'APPI 27(3)'),
  },
  { name: '届け出る予定がない', facts: { ...widened, filedOn: null }, expected: no('APPI 27(3)', 'APPI 27(3)') },
  {
    name: '本人が停止を求める期間がない',
    facts: { ...widened, ...judging(false) },
    expected: no('APPI-Rules 11(1)(i)', 'APPI 27(3)'),
  },
  {
    name: '本人が停止を求める期間があるか分からない',
    facts: { ...widened, judgements: undefined },
    expected: asksBeforehand('judgements.changeTimeToObject'),
  },
  {
    name: '知らせる日も届け出る日も分からない',
    facts: { ...widened, announcedOn: undefined, filedOn: undefined },
    expected: asksBeforehand('announcedOn', 'filedOn'),
  },
  {
    name: '変わる日が分からない',
    facts: { ...widened, effectiveOn: undefined },
    expected: asksBeforehand('effectiveOn'),
  },
  {
    name: '出どころが分からない',
    facts: { ...widened, acquiredUnlawfully: undefined, receivedByOptOut: undefined },
    expected: asksBeforehand('acquiredUnlawfully', 'receivedByOptOut'),
  },
  { name: '要配慮個人情報を加える', facts: { ...widened, information: 'special-care' }, expected: no('APPI 27(2)') },
  {
    name: '要配慮個人情報を加える（方針も閉じている）',
    facts: { ...widened, ...closed, information: 'special-care' },
    expected: no('APPI 27(2)', 'policy 19'),
  },
  { name: '不正に取得された情報を加える', facts: { ...widened, acquiredUnlawfully: true }, expected: no('APPI 27(2)') },
  {
    name: 'オプトアウトで受け取った情報を加える',
    facts: { ...widened, receivedByOptOut: true },
    expected: no('APPI 27(2)'),
  },
  { name: '仮名加工情報を加える', facts: { ...widened, information: 'pseudonymous' }, expected: no('APPI 41(6)') },
  {
    name: '要配慮個人情報のオプトアウトは、住所の変更でも認めない',
    facts: { ...moved, information: 'special-care' },
    expected: no('APPI 27(2)'),
  },
  {
    name: '住所の変更では、出どころを問わない',
    facts: { ...moved, acquiredUnlawfully: true, receivedByOptOut: true },
    expected: yes(announceAfter, fileAfter),
  },
  {
    name: '方針が閉じていれば、項目は変えられない',
    facts: { ...widened, ...closed },
    expected: no('APPI 27(2)', 'policy 19'),
  },
  {
    name: '方針が閉じていれば、住所も変えられない',
    facts: { ...moved, ...closed },
    expected: no('APPI 27(2)', 'policy 19'),
  },
  {
    name: '求めに応じて止めることをやめる',
    facts: { ...widened, change: 'stops-on-request' },
    expected: no('APPI 27(3)', 'APPI 27(2)'),
  },
  {
    name: '提供を目的とすることをやめる',
    facts: { ...widened, change: 'provision-is-purpose' },
    expected: no('APPI 27(3)', 'APPI 27(2)'),
  },
  {
    name: '個人番号のオプトアウトはない',
    facts: { ...ended, information: 'my-number' },
    expected: no('NumberingAct 19', 'NumberingAct 30(2)'),
  },
  {
    name: '何を変えるか分からない',
    facts: { information: 'special-care', ...closed },
    expected: { answer: 'unknown', because: ['APPI 27(3)', 'APPI 27(3)'], missing: ['change'] },
  },
  {
    name: '何も分からない',
    facts: {},
    expected: { answer: 'unknown', because: ['APPI 27(3)', 'APPI 27(3)'], missing: ['information', 'change'] },
  },
  {
    name: '法令データのない日',
    facts: widened,
    on: '2022-03-31',
    expected: { answer: 'unknown', because: ['APPI 17'], missing: ['on'] },
  },
];

test.each(cases)('$name', ({ facts, on, expected }) => {
  expect(outline(decideOptOutChange(facts, on ? day(on) : today))).toEqual(expected);
});

test.each<OptOutChange>(['items', 'how-acquired', 'method', 'how-to-request', 'update-and-start'])(
  '%s の変更は、前もって知らせ、届け出る',
  (change) => {
    expect(outline(decideOptOutChange({ ...widened, change }, today))).toEqual(
      yesBeforehand(...beforehand('2026-12-15')),
    );
  },
);

test('断るときは、何ならできるかを言う', () => {
  const instead = (facts: OptOutChangeFacts): string[] => {
    const finding = decideOptOutChange(facts, today);
    return finding.answer === 'no' ? (finding.instead ?? []).map(({ en }) => en) : [];
  };
  const end = ['Stop providing by opt-out, make that known and file it without delay'];
  const tell = ['Make the change known and file it before the day it takes effect'];
  expect(instead({ ...widened, change: 'stops-on-request' })).toEqual(end);
  expect(instead({ ...widened, ...closed })).toEqual(end);
  expect(instead({ ...widened, announcedOn: null })).toEqual(tell);
  expect(instead({ ...widened, filedOn: null })).toEqual(tell);
  expect(instead({ ...widened, ...judging(false) })).toEqual([
    'Put the change off until the persons have had enough time to ask that it stop',
  ]);
  expect(instead({ ...widened, information: 'special-care' })).toEqual([
    'Leave that information out of the opt-out',
    'Obtain the persons’ consent to the provision',
  ]);
});

test('足りないのが知らせることか届出かを、言葉が分ける', () => {
  const says = (facts: OptOutChangeFacts): string | undefined => decideOptOutChange(facts, today).because[0]?.says.en;
  expect(says({ ...widened, announcedOn: null })).toContain('made known');
  expect(says({ ...widened, filedOn: null })).toContain('filed');
});
