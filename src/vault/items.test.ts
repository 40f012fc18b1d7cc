import { expect, test } from 'vitest';
import { both } from '../base/bilingual.ts';
import { day } from '../base/day.ts';
import { itemProblem, itemProblems, MAX_CHARACTERS, standardItems, valueProblem } from './items.ts';

const TODAY = day('2026-12-07');
const kept = new Set(['name', 'email', 'note', 'birth_date']);
const fieldsOf = (items: Record<string, unknown>): string[] =>
  itemProblems(items, kept, 'items', TODAY).map((p) => p.field);

test('codes of standard items are different and fit for a holding', () => {
  expect(new Set(standardItems.map((item) => item.code)).size).toBe(standardItems.length);
  for (const { code, label } of standardItems) expect(itemProblem(code, label)).toBeNull();
});

test.each(['my_number', 'mynumber', 'individual_number', 'kojin_bango'])(
  'a My Number cannot be declared as %s',
  (code) => {
    expect(itemProblem(code, both('番号', 'Number'))?.ja).toContain('個人番号');
  },
);

test('nor under an innocent code', () => {
  expect(itemProblem('number_12', both('マイナンバー', 'Number'))).not.toBeNull();
  expect(itemProblem('number_12', both('会員番号', 'Membership number'))).toBeNull();
});

test.each(['Name', '1st', 'a-b', 'a__b', '氏名', '', 'a'.repeat(41), "x'; DROP TABLE vault_records; --"])(
  '%s is no code',
  (code) => {
    expect(itemProblem(code, both('項目', 'Item'))).not.toBeNull();
  },
);

test('a problem names its field', () => {
  expect(fieldsOf({ name: '例示 花子', email: 'no-address', note: '', birth_date: '1980-02-30' })).toEqual([
    'items.email',
    'items.note',
    'items.birth_date',
  ]);
  expect(fieldsOf({ name: 7 })).toEqual(['items.name']);
  expect(fieldsOf({ fax: '03-0000-0000' })).toEqual(['items.fax']);
  expect(fieldsOf({})).toEqual(['items']);
});

test('a value put where a code belongs is not repeated', () => {
  expect(fieldsOf({ 'hanako@example.jp': 'email' })).toEqual(['items']);
});

test('the limits are exact', () => {
  expect(valueProblem('note', 'あ'.repeat(MAX_CHARACTERS))).toBeNull();
  expect(valueProblem('note', 'あ'.repeat(MAX_CHARACTERS + 1))).not.toBeNull();
  expect(valueProblem('note', '𠮷'.repeat(MAX_CHARACTERS))).toBeNull();
  expect(valueProblem('note', '𠮷'.repeat(MAX_CHARACTERS + 1))).not.toBeNull();
  const many = Object.fromEntries(Array.from({ length: 65 }, (_, i) => [`item_${i}`, 'x']));
  expect(itemProblems(many, new Set(Object.keys(many)), 'items', TODAY).map((p) => p.field)).toEqual(['items']);
});

test.each(['\0', 'a\0b', '\uD842', '\uDFB7x', 'x\uD842'])('NUL and half of a pair are refused', (value) => {
  expect(valueProblem('note', value)).not.toBeNull();
});

test.each([
  '𠮷野 髙志',
  '\uFA19谷',
  '辻\u{E0100}',
  "'); DROP TABLE x; --",
  '<script>alert(1)</script>',
  'ﾊﾝｶｸ',
  ' 前後に空白 ',
])('%s is an ordinary value', (value) => {
  expect(valueProblem('name', value)).toBeNull();
});

test.each([
  ['2026-12-06', []],
  ['2026-12-07', []],
  ['2026-12-08', ['items.birth_date']],
  ['2126-12-07', ['items.birth_date']],
])('生年月日 %s は、2026年12月7日に %j', (birthDate, problems) => {
  expect(fieldsOf({ name: '例示 花子', birth_date: birthDate })).toEqual(problems);
  const [problem] = itemProblems({ birth_date: '2126-12-07' }, kept, 'items', TODAY);
  expect(problem?.says).toEqual({ ja: '今日より後の日は書けません', en: 'It cannot be later than today' });
});

test('an item that the holding does not keep is named while it can be a code', () => {
  expect(fieldsOf({ ['a'.repeat(40)]: 'x', ['a'.repeat(41)]: 'x' })).toEqual([`items.${'a'.repeat(40)}`, 'items']);
});
