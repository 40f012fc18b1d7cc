import fc from 'fast-check';
import { expect, test } from 'vitest';
import { emailKey, kanaKey, kanaKeys, kanaTerms, nameKey, nameKeys, phoneKey } from './normalise.ts';

const anyText = fc.string({ unit: 'grapheme', maxLength: 40 });

test.each([
  ['髙橋 太郎', '高橋太郎'],
  ['𠮷田', '吉田'],
  ['山﨑', '山崎'],
  ['渡邉', '渡辺'],
  ['渡邊', '渡辺'],
  ['濵田', '浜田'],
  ['濱田', '浜田'],
  ['\uFA19谷', '神谷'],
  ['辻\u{E0100}', '辻'],
  ['葛\uFE00城', '葛城'],
  ['ｽﾐｽ　ｼﾞｮﾝ', 'スミスジョン'],
  ['Ｊｏｈｎ　SMITH', 'johnsmith'],
  ['山本\u200B花子', '山本花子'],
  ['ジョン・スミス', 'ジョン スミス'],
  ['ジョン･スミス', 'ｼﾞｮﾝ ｽﾐｽ'],
  ['ヨ－コ', 'ヨーコ'],
  ['か゛とう', 'がとう'],
])('%s and %s are found under one name', (written, sought) => {
  expect(nameKey(written)).toBe(nameKey(sought));
});

test('different names keep different keys', () => {
  expect(new Set(['佐藤', '斎藤', '斉藤', '高橋', '吉田', '辻'].map(nameKey)).size).toBe(6);
});

test.each([
  ['ヤマダ　タロウ', 'ヤマダタロウ'],
  ['ﾔﾏﾀﾞ ﾀﾛｳ', 'ヤマダタロウ'],
  ['やまだ たろう', 'ヤマダタロウ'],
  ['ヷゞ', 'ヷヾ'],
  ['オ－モリ　ユ―コ', 'オーモリユーコ'],
  ['コ-ノ コ‐ノ コ−ノ ｺｰﾉ', 'コーノコーノコーノコーノ'],
  ['カ゛モウ ハ゜ン', 'ガモウパン'],
  ['う゛ぃくとりあ', 'ヴィクトリア'],
  ['ジョン・スミス', 'ジョンスミス'],
  ['サトウ\u200B\uFEFFハナ', 'サトウハナ'],
])('the reading %s', (written, key) => {
  expect(kanaKey(written)).toBe(key);
});

const share = (kept: readonly string[], sought: readonly string[]): boolean => sought.some((key) => kept.includes(key));

test.each([
  ['O’Brien Mary', "O'Brien Mary"],
  ['O´Brien', 'OBrien'],
  ['José García', 'JOSE GARCIA'],
  ['Nguyễn Văn Ánh', 'Nguyen Van Anh'],
  ['Łukasz Øster', 'Lukasz Oster'],
  ['Groß', 'GROSS'],
  ['Ёлкин', 'Елкин'],
  ['أحمد', 'احمد'],
  ['Smith, John A.', 'John A Smith'],
  ['Mary Smith-Jones', 'SMITH JONES Mary'],
  ['Иванова-Петрова Анна', 'Анна Иванова Петрова'],
  ['栁田 次郞', '柳田次郎'],
  ['髙𣘺', '高橋'],
  ['佐々木', '佐佐木'],
  ['大ヶ谷', '大ケ谷'],
  ['山田（旧姓 佐藤）花子', '山田花子'],
  ['ジョン＝スミス', 'ジョン・スミス'],
])('%s is found by %s', (written, sought) => {
  expect(share(nameKeys(written), nameKeys(sought))).toBe(true);
});

test.each([
  ['ｼﾖﾝ ｷﾖｳｺ', 'ション・キョウコ'],
  ['ヴァレリー', 'バレリー'],
  ['ツヅキ チヂワ', 'ツズキチジワ'],
  ['ヰノウエ', 'イノウエ'],
  ['コ〜ノ', 'コーノ'],
  ['ヤマダ，タロウ', 'ヤマダ'],
])('the reading %s is found by %s', (written, sought) => {
  expect(share(kanaKeys(written), kanaTerms(sought))).toBe(true);
});

test('names that differ in more than the way they are written are not found for each other', () => {
  const names = [
    '佐藤',
    '斎藤',
    '斉藤',
    '山田花子',
    '山田（花子）',
    'Smith',
    'Smyth',
    'John',
    'Иван',
    "'",
    '花子 山田',
  ];
  const found = names.flatMap((one) => names.filter((other) => one !== other && share(nameKeys(one), nameKeys(other))));
  expect(found).toEqual([]);
  expect(share(kanaKeys('カトウ'), kanaTerms('ガトウ'))).toBe(false);
  expect(share(kanaKeys('ヤマダ ハナコ'), kanaTerms('ヤマダ タロウ'))).toBe(false);
});

test('the family name alone is a second key of a reading', () => {
  expect(kanaKeys('やまだ　たろう')).toEqual(['ヤマダタロウ', 'ヤマダ']);
  expect(kanaKeys('ヤマダ')).toEqual(['ヤマダ']);
  expect(kanaKeys(' ﾔﾏﾀﾞ ﾀﾛｳ ')).toEqual(['ヤマダタロウ', 'ヤマダ']);
  expect(kanaKeys('カ゛モウ ハナ')).toEqual(['ガモウハナ', 'ガモウ']);
  expect(kanaKeys('スミス・ジョン')).toEqual(['スミスジョン', 'スミスジヨン', 'スミス']);
  expect(kanaKeys('ヤマ\u200Bダ')).toEqual(['ヤマダ']);
});

test.each([
  ['090-0000-1234', '09000001234'],
  ['０９０－００００－１２３４', '09000001234'],
  ['+81 90-0000-1234', '09000001234'],
  ['+81 (0)90 0000 1234', '09000001234'],
  ['010 81 3 0000 0000', '0300000000'],
  ['(03) 0000-0000', '0300000000'],
  ['+1 202 555 0100', '12025550100'],
  ['81-90-0000-1234', '09000001234'],
  ['81 (0)3 0000 0000', '0300000000'],
  ['810 555 0100', '8105550100'],
  ['03-0000-1234（内線 12）', '0300001234'],
  ['03-0000-1234 内線12', '0300001234'],
  ['03-0000-1234 ext. 12', '0300001234'],
  ['03-0000-1234 x12', '0300001234'],
  ['03-0000-1234 #12', '0300001234'],
  ['内線 12345', '12345'],
])('the telephone number %s', (written, key) => {
  expect(phoneKey(written)).toBe(key);
});

test('e-mail addresses are compared without case, width and outer spaces', () => {
  expect(emailKey(' Taro.Reiji＠Example.JP ')).toBe('taro.reiji@example.jp');
});

test.each([
  ['taro@例示.example.jp', 'taro@xn--fsq192h.example.jp'],
  ['taro@例示。example。ＪＰ', 'taro@XN--FSQ192H.example.jp'],
  ['jiro@example。jp', 'jiro@example.jp'],
  ['jiro@example｡jp', 'jiro@example.jp'],
  ['jiro\u200B@example.jp', 'jiro@example.jp'],
])('%s and %s are one e-mail address', (written, sought) => {
  expect(emailKey(written)).toBe(emailKey(sought));
});

test('what no domain can be is no other domain', () => {
  const addresses = ['a@例/b', 'a@例', 'a@例?b', 'a@例%41', 'a@例a', 'a@例#b', 'a@例:b'];
  expect(new Set(addresses.map(emailKey)).size).toBe(addresses.length);
});

test('a mark that stood apart composes with the letter before it', () => {
  expect(nameKey('ℯ˘')).toBe('ĕ');
  expect(kanaKey('か゛')).toBe('ガ');
});

test('a key of a key is the key: search finds what was stored, however often it is normalised', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      for (const key of [nameKey, kanaKey, emailKey, phoneKey]) expect(key(key(text))).toBe(key(text));
    }),
    { numRuns: 2000 },
  );
});

test('spaces, width and variation selectors never decide whether a name is found', () => {
  const letters = fc.array(fc.constantFrom('佐', '藤', '髙', '𠮷', '神', '辻', 'ア', 'a', '々'), {
    minLength: 1,
    maxLength: 8,
  });
  const noise = fc.constantFrom('', ' ', '　', '\uFE00', '\u{E0100}', '\u{E01EF}');
  fc.assert(
    fc.property(letters, noise, (parts, between) => {
      expect(nameKey(parts.join(between))).toBe(nameKey(parts.join('')));
    }),
  );
});

// Spellings of the same thing, one row each: those of one row must be equal, and no two rows may be.
const signs = [
  ['ア', 'あ', 'ｱ'],
  ['カ', 'か', 'ｶ'],
  ['ガ', 'が', 'ｶﾞ', 'カ゛', 'か゛', 'カ\u3099'],
  ['パ', 'ぱ', 'ﾊﾟ', 'ハ゜'],
  ['ハ', 'は', 'ﾊ'],
  ['ョ', 'ょ', 'ｮ'],
  ['ヨ', 'よ', 'ﾖ'],
  ['ー', 'ｰ', '－', '―', '-', '‐', '−', '–', '—'],
  ['ン', 'ん', 'ﾝ'],
];
const gaps = ['', ' ', '　', '・', '･', '·', '\u200B', '\uFEFF', '\u00AD', ' ・ '];
const spelled = fc
  .array(fc.record({ sign: fc.nat(signs.length - 1), one: fc.nat(), other: fc.nat(), gap: fc.constantFrom(...gaps) }), {
    minLength: 1,
    maxLength: 8,
  })
  .map((parts) => {
    const write = (by: (part: (typeof parts)[number]) => string) => parts.map((part) => by(part) + part.gap).join('');
    const of = (sign: number, n: number): string => signs[sign]![n % signs[sign]!.length]!;
    return {
      signs: parts.map(({ sign }) => sign).join(),
      one: write(({ sign, one }) => of(sign, one)),
      other: parts.map(({ sign, other }) => of(sign, other)).join(''),
    };
  });

test('equal readings have one key however they are spelled, and different ones keep different keys', () => {
  fc.assert(
    fc.property(spelled, spelled, (a, b) => {
      expect(kanaKey(a.one)).toBe(kanaKey(a.other));
      expect(kanaKey(a.one) === kanaKey(b.other)).toBe(a.signs === b.signs);
    }),
    { numRuns: 3000 },
  );
});

test('equal names have one key whatever stands between their letters, and different ones keep different keys', () => {
  const letters = fc.array(fc.constantFrom('佐', '左', '藤', '一', 'ー', 'ジ', 'シ', 'a', 'b', '々'), {
    minLength: 1,
    maxLength: 6,
  });
  fc.assert(
    fc.property(letters, letters, fc.constantFrom(...gaps), (a, b, gap) => {
      expect(nameKey(a.join(gap))).toBe(nameKey(a.join('')));
      expect(nameKey(a.join(gap)) === nameKey(b.join(''))).toBe(a.join() === b.join());
    }),
    { numRuns: 3000 },
  );
});

test('equal telephone numbers have one key however they are written, and different ones keep different keys', () => {
  const national = fc.stringMatching(/^[1-9]\d{8,9}$/);
  const forms = [
    (n: string) => `0${n}`,
    (n: string) => `0${n.slice(0, 2)}-${n.slice(2, 6)}-${n.slice(6)}`,
    (n: string) => `+81 ${n}`,
    (n: string) => `+81 (0)${n}`,
    (n: string) => `81-${n}`,
    (n: string) => `010 81 ${n}`,
    (n: string) => `0081${n}`,
    (n: string) => `（0${n.slice(0, 2)}）${n.slice(2)}（内線 34）`,
    (n: string) => `0${n} ext 5`,
  ];
  fc.assert(
    fc.property(national, national, fc.constantFrom(...forms), fc.constantFrom(...forms), (a, b, one, other) => {
      expect(phoneKey(one(a))).toBe(phoneKey(other(a)));
      expect(phoneKey(one(a)) === phoneKey(other(b))).toBe(a === b);
    }),
    { numRuns: 3000 },
  );
});

test('equal e-mail addresses have one key however they are written, and different ones keep different keys', () => {
  const labels = [
    ['例示', 'xn--fsq192h'],
    ['example', 'Ｅｘａｍｐｌｅ', 'EXAMPLE'],
    ['例', 'xn--fsq'],
    ['例示-2', 'xn---2-pt3cy49m', '例示－2'],
  ];
  const address = fc
    .record({ who: fc.constantFrom('taro', 'jiro'), label: fc.nat(labels.length - 1), one: fc.nat(), other: fc.nat() })
    .map(({ who, label, one, other }) => ({
      is: `${who} ${label}`,
      one: `${who}@${labels[label]![one % labels[label]!.length]}.example.jp`,
      other: `${who.toUpperCase()}＠${labels[label]![other % labels[label]!.length]}。example.jp`,
    }));
  fc.assert(
    fc.property(address, address, (a, b) => {
      expect(emailKey(a.one)).toBe(emailKey(a.other));
      expect(emailKey(a.one) === emailKey(b.other)).toBe(a.is === b.is);
    }),
    { numRuns: 500 },
  );
});
