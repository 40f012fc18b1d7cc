// For a wrong field, exactly one problem is reported: the most helpful one.

import { expect, test } from 'vitest';
import { z } from '@hono/zod-openapi';
import { daySchema, readInput, shortText } from './index.ts';

const own = { ja: '小文字で書いてください', en: 'Write it in small letters' };

const schema = z.strictObject({
  day: daySchema,
  name: shortText(3),
  code: z
    .string()
    .min(2)
    .regex(/^[a-z]+$/)
    .refine((text) => /^[a-z]+$/.test(text), { params: { says: own } }),
  list: z.array(z.string().regex(/^[a-z]+$/)).min(1),
  count: z.int().min(2).max(9),
  place: z.union([z.strictObject({ code: z.string().max(2) }), z.strictObject({ unknown: shortText(9) })]).optional(),
  item: z.union([z.string(), z.strictObject({ label: shortText(9) })]).optional(),
  at: z.iso.datetime({ offset: true }).optional(),
  id: z.uuid().optional(),
  kept: z.record(z.string(), z.unknown()).optional(),
});

const good = { day: '2026-11-24', name: '例示', code: 'code', list: ['a'], count: 2 };

test.each<[what: string, body: object, field: string, ja: string, en: string]>([
  ['a day that is blank', { day: ' ' }, 'day', '2026-11-24 のように', 'Write an existing day'],
  ['a text that is blank', { name: ' ' }, 'name', '1文字以上にしてください', 'Must have at least 1 character'],
  ['a text that is too long', { name: '例示の名' }, 'name', '3文字以下にしてください', 'at most 3 characters'],
  ['a text that is short and of another form', { code: '1' }, 'code', own.ja, own.en],
  ['a list for a text', { code: [] }, 'code', '文字列にしてください', 'Must be text'],
  ['a text that is not there', { code: undefined }, 'code', '必須です', 'Required'],
  ['a list of nothing', { list: [] }, 'list', '1件以上にしてください', 'Must have at least 1 element'],
  ['a number that is too small', { count: -1 }, 'count', '2 以上にしてください', 'Must be at least 2'],
  ['half a number', { count: 10.5 }, 'count', '整数にしてください', 'Must be a whole number'],
  ['one of two forms', { place: { code: 'JPN' } }, 'place.code', '2文字以下', 'at most 2 characters'],
  ['the other of two forms', { place: { unknown: ' ' } }, 'place.unknown', '1文字以上', 'at least 1 character'],
  ['none of two forms', { place: {} }, 'place.code', '必須です', 'Required'],
  ['both of two forms', { place: { code: 'JP', unknown: '?' } }, 'place.unknown', 'ありません', 'no such field'],
  ['a text for an object of two forms', { place: 'JP' }, 'place', 'オブジェクトにしてください', 'Must be an object'],
  ['an object that may be a text', { item: { label: '' } }, 'item.label', '1文字以上', 'at least 1 character'],
  ['a number for a text or an object', { item: 1 }, 'item', '決められた形', 'the expected form'],
  ['an instant without its offset', { at: '2026-11-24T10:23:45' }, 'at', '+09:00', 'with its UTC offset'],
  ['an id that is none', { id: 'x' }, 'id', '番号の形', 'not a valid id'],
  [
    'a field that a record passes over',
    { kept: JSON.parse('{"__proto__":1}') as object },
    'kept.__proto__',
    'ありません',
    'no such field',
  ],
  ['fields that nobody may name', { 秘密: 1, 例示: 2 }, '?', 'この項目はありません', 'There is no such field'],
])('%s', (_, body, field, ja, en) => {
  const read = readInput(schema, { ...good, ...body });
  expect(read.ok).toBe(false);
  if (!read.ok)
    expect(read.problems).toEqual([
      { field, says: { ja: expect.stringContaining(ja) as string, en: expect.stringContaining(en) as string } },
    ]);
});

test.each([
  ['{"a":1,"a":2}', 'a'],
  ['{"a":{"b":[{"c":":,{}[]\\" \\\\"},{"d":1,"d":{}}]}}', 'a.b.1.d'],
  ['{"a":[[],[1,[{"\\u0062":1},{"b":1,"\\u0062":2}]]]}', 'a.1.1.1.b'],
  ['{"b":{"a":1},"c":[{"a":1}],"a":{"a":{"a":1}},"b":1}', 'b'],
  ['[{"__proto__":1,"__proto__":2}]', '0.__proto__'],
  ['{"秘密":1,"秘密":2}', '?'],
])('of two fields with one name the place is named: %s', (json, field) => {
  const read = readInput(z.unknown(), JSON.parse(json), json);
  expect(!read.ok && read.problems).toEqual([
    { field, says: { ja: 'この名前の項目が2つ以上あります', en: 'Two fields have this name' } },
  ]);
});
