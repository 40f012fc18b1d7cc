import { expect, test } from 'vitest';
import { both } from '../base/bilingual.ts';
import { day } from '../base/day.ts';
import { decisionIn, decisionOf, entryText, itemsIn, logEntry } from './entry.ts';

const at = Date.parse('2026-11-24T01:02:03.004Z');
const staff = {
  kind: 'staff',
  id: '0190f8a0-1234-7abc-8def-0123456789ab',
  name: '試験 花子',
  roles: ['handler'],
} as const;
const withValue = (value: unknown) => logEntry(at, staff, 'people:use', { value: value as string });

test('an entry holds who did what under which grounds, and never a name', () => {
  const decision = decisionOf(
    {
      answer: 'no',
      because: [{ law: 'APPI', article: '18(1)', says: both('同意がありません', 'no consent') }],
      duties: [],
    },
    day('2026-11-24'),
    3,
  );
  const entry = logEntry(at, staff, 'people:use', {
    principal: '0190f8a0-1234-7abc-8def-0123456789ac',
    decision,
    authority: ['handler-uses'],
    items: ['e-mail', 'name.kana'],
  });
  expect(entryText(entry)).toBe(
    '{"action":"people:use","actor":"staff:0190f8a0-1234-7abc-8def-0123456789ab","at":"2026-11-24T01:02:03.004Z",' +
      '"authority":["handler-uses"],"decision":{"answer":"no","because":["APPI 18(1)"],"law":"2026-11-24","policy":3},' +
      `"id":"${entry.id}","items":["e-mail","name.kana"],"principal":"0190f8a0-1234-7abc-8def-0123456789ac","v":1}`,
  );
  expect(entry.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
});

test.each([
  ['an id', '0190f8a0-1234-7abc-8def-0123456789ab'],
  ['a code', 'name-kana'],
  ['a code with a sign', 'PolicyClause.B-19:ja/en_2'],
  ['a day', '2026-11-24'],
  ['an instant', '2026-11-24T01:02:03.004Z'],
  ['a hash', 'ab'.repeat(32)],
  ['a version', '1.10.2'],
  ['an article', 'APPI 27(5)(i)'],
  ['an article of the Rules', 'APPI-Rules 20(1)(ii)'],
  ['a proviso', 'APPI 21(2) proviso'],
  ['a clause', 'policy S-19'],
  ['a guideline', 'Guideline general 3-4-2'],
  ['a count', 999_999_999],
  ['nothing', null],
  ['a truth', true],
])('%s may stand in the log', (_, value) => {
  expect(JSON.parse(entryText(withValue(value)))).toMatchObject({ value });
});

test.each([
  ['a name', '試験 花子'],
  ['a name in kana', 'シケンハナコ'],
  ['a name in Latin letters', 'Hanako Shiken'],
  ['an e-mail address', 'hanako@example.jp'],
  ['a phone number', '03-0000-0000'],
  ['an international phone number', '+81-3-0000-0000'],
  ['a phone number without hyphens', '0300000000'],
  ['a phone number as a number', 300_000_0000],
  ['a postal code', '104-0000'],
  ['an address', '東京都中央区例示町1-1-1'],
  ['a My Number', '123456789018'],
  ['a My Number as a number', 123_456_789_018],
  ['a sentence', 'policy 13 says that Hanako Shiken of Reiji may'],
  ['a fraction', 0.5],
  ['a text over the limit', `a${'-a'.repeat(64)}`],
  ['an empty text', ''],
  ['a line break', 'code\ncode'],
  ['an address of the web', 'https://example.jp/hanako'],
])('%s may not', (_, value) => {
  expect(() => entryText(withValue(value))).toThrow(TypeError);
  expect(() => entryText(withValue([value]))).toThrow(TypeError);
  expect(() => entryText(withValue({ inner: value }))).toThrow(TypeError);
  try {
    entryText(withValue(value));
  } catch (error) {
    expect(String(error)).toMatch(/entry\.value/);
    if (value !== '') expect(String(error)).not.toContain(String(value));
  }
});

test('a member named after a person is refused without repeating the name', () => {
  expect(() => entryText(withValue({ 花子: 1 }))).toThrow(
    /^log entry: entry\.value has a member whose name is not a code$/,
  );
});

const aDecision = { answer: 'no', because: ['APPI 18(1)'], law: day('2026-11-24'), policy: 3 };

test.each<[string, object]>([
  ['decision', { decision: 'withhold' }],
  ['decision', { decision: null }],
  ['decision', { decision: { ...aDecision, because: 'APPI 18(1)' } }],
  ['decision', { decision: { ...aDecision, answer: undefined } }],
  ['decision', { decision: { ...aDecision, law: 3 } }],
  ['decision', { decision: { ...aDecision, policy: '3' } }],
  ['principal', { principal: 'everybody' }],
  ['principal', { principal: ['0190f8a0-1234-7abc-8def-0123456789ac'] }],
  ['authority', { authority: 'desk-answers' }],
  ['authority', { authority: [3] }],
  ['authority', { authority: ['desk-answers', 3] }],
  ['decision', { decision: [aDecision] }],
  ['actor', { actor: 'sekisho' }],
  ['action', { action: 'people:use' }],
  ['at', { at: '2026-11-24' }],
  ['id', { id: '0190f8a0-1234-7abc-8def-0123456789ac' }],
  ['v', { v: 1 }],
])('the member %s keeps its meaning: %j is refused by its name', (name, subjects) => {
  expect(() => logEntry(at, staff, 'desk:reviewed', subjects as never)).toThrow(
    new TypeError(`log entry: entry.${name} has a meaning of its own`),
  );
});

test('what is no plain value is refused, not written down as nothing', () => {
  for (const value of [new Date(at), new Map([['count', 1]]), new Set(['code']), Buffer.from('code'), 1n])
    expect(() => entryText(withValue(value))).toThrow(TypeError);
  const bare: unknown = Object.assign(Object.create(null), { count: 1 });
  expect(JSON.parse(entryText(withValue(bare)))).toMatchObject({ value: { count: 1 } });
});

test('the codes of the items of an entry are read of each of its members, and no id of a record', () => {
  const id = '0190f8a0-1234-7abc-8def-0123456789ac';
  const of = (subjects: object) => itemsIn(logEntry(at, staff, 'people:use', subjects as never));
  expect(of({ items: ['name', 'email', 3] })).toEqual(['name', 'email']);
  expect([of({ item: 'note' }), of({ identifier: 'phone' }), of({ item: id }), of({})]).toEqual([
    ['note'],
    ['phone'],
    [],
    [],
  ]);
});

test('a decision is read of an entry where it is one', () => {
  const entry = logEntry(at, staff, 'people:use', { decision: aDecision });
  expect(decisionIn(entry)).toEqual(aDecision);
  expect(decisionIn({ ...entry, decision: 'withhold' as never })).toBeUndefined();
  expect(decisionIn(logEntry(at, staff, 'people:use'))).toBeUndefined();
});

test('depth and length are bounded', () => {
  expect(() => entryText(withValue([[[['a']]]]))).toThrow(/too deeply/);
  expect(() => entryText(withValue(Array.from({ length: 3_000 }, () => 'code-code')))).toThrow(/too long/);
});
