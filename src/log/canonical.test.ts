import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonical, type Json } from './canonical.ts';

test('members are sorted by UTF-16 code unit (the example of RFC 8785, 3.2.3)', () => {
  const value = {
    '\u20ac': 'Euro Sign',
    '\r': 'Carriage Return',
    '\ufb33': 'Hebrew Letter Dalet With Dagesh',
    '1': 'One',
    '\ud83d\ude00': 'Emoji: Grinning Face',
    '\u0080': 'Control',
    '\u00f6': 'Latin Small Letter O With Diaeresis',
  };
  expect(Object.values(JSON.parse(canonical(value)) as object).sort()).toEqual(Object.values(value).sort());
  expect([...canonical(value).matchAll(/:"([^"]+)"/g)].map((m) => m[1])).toEqual([
    'Carriage Return',
    'One',
    'Control',
    'Latin Small Letter O With Diaeresis',
    'Euro Sign',
    'Emoji: Grinning Face',
    'Hebrew Letter Dalet With Dagesh',
  ]);
});

test('strings and literals are written as in RFC 8785, 3.2.2', () => {
  const value = {
    string: '\u20ac$\u000f\u000aA\'\u0042\u0022\u005c\\"/',
    literals: [null, true, false],
  };
  expect(canonical(value)).toBe('{"literals":[null,true,false],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}');
});

test('no white space, and minus zero is zero', () => {
  expect(canonical({ b: [1, -0, { d: 9007199254740991, c: '𠮷' }], a: {} })).toBe(
    '{"a":{},"b":[1,0,{"c":"𠮷","d":9007199254740991}]}',
  );
});

test('a member that is undefined is absent', () => {
  expect(canonical({ a: undefined, b: 1, c: undefined })).toBe('{"b":1}');
});

test.each([
  ['a fraction', 0.5],
  ['not a number', Number.NaN],
  ['infinity', Number.POSITIVE_INFINITY],
  ['a number beyond 2^53', 2 ** 53],
  ['a lone surrogate', 'a\ud800b'],
  ['a lone surrogate in a name', { '\udc00': 1 }],
  ['a date', new Date(0)],
  ['a map', new Map()],
  ['undefined', undefined],
  ['undefined in a list', [undefined]],
  ['a bigint', 1n],
  ['a function', () => 1],
])('refuses %s', (_, value) => {
  expect(() => canonical(value as unknown as Json)).toThrow(TypeError);
});

const json = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.string({ unit: 'binary' }),
    fc.maxSafeInteger(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value')),
    fc.dictionary(fc.string({ unit: 'binary' }), tie('value')),
  ),
})).value;

test('the text reads back as the value, and the order of members does not matter', () => {
  const shuffled = (value: Json): Json => {
    if (Array.isArray(value)) return (value as readonly Json[]).map(shuffled);
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value as { [name: string]: Json }).reverse();
    return Object.fromEntries(entries.map(([name, member]) => [name, shuffled(member)]));
  };
  fc.assert(
    fc.property(json, (value) => {
      const text = canonical(value);
      expect(canonical(JSON.parse(text) as Json)).toBe(text);
      expect(canonical(shuffled(value))).toBe(text);
      expect(JSON.stringify(JSON.parse(text))).toHaveLength(JSON.stringify(value).replaceAll(':-0', ':0').length);
    }),
  );
});
