// Kinds of information (情報の種類): every layer and mark, the complete list of identification codes, and what stays open while a fact is unknown.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { day } from '../../base/day.ts';
import {
  classificationContradictions,
  decideClassification,
  type Classification,
  type ClassificationFacts,
  type InformationLayer,
  type Mark,
} from '../index.ts';
import {
  existenceHarms,
  identificationCodes,
  layerArticles,
  specialCareKinds,
  type IdentificationCode,
} from '../parameters.ts';

const today = day('2026-11-24');

interface Kind {
  answer: InformationLayer | 'unknown';
  also: readonly Mark[];
  because: string[];
  /** The articles that attach, by the article they are listed under. */
  attached?: Record<string, string[]>;
  missing?: string[];
}

function kindOf(c: Classification): Kind {
  const because = c.because.map((g) => `${g.law} ${g.article}`);
  if (c.answer === 'unknown') return { answer: c.answer, also: c.also, because, missing: c.missing.map((m) => m.fact) };
  expect(c.duties.every((d) => d.do === 'observe-articles' && d.when === 'later')).toBe(true);
  const attached = Object.fromEntries(c.duties.map((d) => [`${d.law} ${d.article}`, d.items ?? []]));
  return { answer: c.answer, also: c.also, because, attached };
}

const onPersonal = ['17', '18', '19', '20(1)', '20(2)', '21', '40'];
const onData = ['22', '23', '24', '25', '26', '27', '28', '29', '30'];
const onRetained = ['32', '33', '34', '35', '36', '37', '38', '39'];
const onNumber = ['9', '10', '11', '12', '13', '14', '15', '16', '19', '20', '29', '29-4'];

/** A customer list of the company. */
const customers: ClassificationFacts = {
  subject: 'living',
  myNumber: false,
  codes: [],
  identifies: true,
  specialCare: [],
  database: true,
  authority: true,
  communications: false,
};
const retained: Kind = {
  answer: 'retained-personal-data',
  also: [],
  because: ['APPI 2(1)(i)', 'APPI 16(3)', 'APPI 16(4)'],
  attached: { 'APPI 2(1)': onPersonal, 'APPI 16(3)': onData, 'APPI 16(4)': onRetained },
};
/** A browsing history by cookie id. */
const cookies: ClassificationFacts = {
  subject: 'living',
  myNumber: false,
  codes: [],
  identifies: false,
  collatable: false,
  processing: 'none',
  database: true,
  communications: false,
};
const related: Kind = {
  answer: 'personally-related',
  also: [],
  because: ['APPI 2(7)'],
  attached: { 'APPI 2(7)': ['31'] },
};
const pseudonymised: ClassificationFacts = {
  subject: 'living',
  processing: 'pseudonymised',
  collatable: true,
  communications: false,
};
const anonymised: ClassificationFacts = {
  subject: 'living',
  processing: 'anonymised',
  madeHere: true,
  communications: false,
};

const cases: { name: string; facts: ClassificationFacts; expected: Kind }[] = [
  { name: '顧客名簿：保有個人データ', facts: customers, expected: retained },
  {
    name: '受託して預かる名簿：開示などの権限がないので個人データ',
    facts: { ...customers, authority: false },
    expected: {
      ...retained,
      answer: 'personal-data',
      attached: { 'APPI 2(1)': onPersonal, 'APPI 16(3)': onData },
    },
  },
  {
    name: '権限があるか分からない',
    facts: { ...customers, authority: undefined },
    expected: { answer: 'unknown', also: [], because: ['APPI 2(1)(i)', 'APPI 16(3)'], missing: ['authority'] },
  },
  {
    name: 'あるかどうかを答えるだけで害がある：権限を問わず保有個人データでない',
    facts: { ...customers, authority: undefined, existenceHarm: 'unlawful-acts' },
    expected: {
      answer: 'personal-data',
      also: [],
      because: ['APPI 2(1)(i)', 'APPI 16(3)', 'APPI-Order 5(ii)'],
      attached: { 'APPI 2(1)': onPersonal, 'APPI 16(3)': onData },
    },
  },
  {
    name: '1枚のメモ：検索できるように集めていないので個人情報',
    facts: { ...customers, database: false },
    expected: {
      answer: 'personal',
      also: [],
      because: ['APPI 2(1)(i)', 'APPI 16(1)'],
      attached: { 'APPI 2(1)': onPersonal },
    },
  },
  {
    name: '市販の電話帳：個人情報データベース等から除かれる',
    facts: { ...customers, publishedDirectory: true },
    expected: {
      answer: 'personal',
      also: [],
      because: ['APPI 2(1)(i)', 'APPI-Order 4(1)'],
      attached: { 'APPI 2(1)': onPersonal },
    },
  },
  {
    name: '集めたものの一部か分からない',
    facts: { ...customers, database: undefined },
    expected: { answer: 'unknown', also: [], because: ['APPI 2(1)(i)'], missing: ['database'] },
  },
  {
    name: '社員番号だけでも、名簿と簡単に照らし合わせられる',
    facts: { ...customers, identifies: false, collatable: true, processing: 'none' },
    expected: retained,
  },
  {
    name: '照らし合わせられるだけなら、加工したかを尋ねる',
    facts: { ...customers, identifies: false, collatable: true },
    expected: { answer: 'unknown', also: [], because: retained.because, missing: ['processing'] },
  },
  {
    name: '免許証番号ひとつ：ほかに何もなくても個人情報',
    facts: { ...customers, identifies: false, collatable: false, codes: ['driving-licence'] },
    expected: {
      ...retained,
      also: ['identification-code'],
      because: ['APPI 2(1)(ii)', 'APPI 16(3)', 'APPI 16(4)', 'APPI-Order 1(v)'],
    },
  },
  {
    name: '車いすを使うことが書かれた名簿：要配慮個人情報',
    facts: { ...customers, specialCare: ['disability'] },
    expected: { ...retained, also: ['special-care'], because: [...retained.because, 'APPI-Order 2(i)'] },
  },
  {
    name: '病歴と犯罪の経歴：根拠をそれぞれ示す',
    facts: { ...customers, specialCare: ['medical-history', 'criminal-procedure'] },
    expected: {
      ...retained,
      also: ['special-care'],
      because: [...retained.because, 'APPI 2(3)', 'APPI-Order 2(iv)'],
    },
  },
  {
    name: '要配慮個人情報を含むか分からない',
    facts: { ...customers, specialCare: undefined },
    expected: { answer: 'unknown', also: [], because: retained.because, missing: ['specialCare'] },
  },
  {
    name: '個人番号を含む支払先の一覧：特定個人情報。27条から30条は働かない',
    facts: { ...customers, myNumber: true },
    expected: {
      answer: 'retained-personal-data',
      also: ['my-number', 'specific-personal'],
      because: ['APPI 2(1)(i)', 'APPI 2(1)(ii)', 'APPI 16(3)', 'APPI 16(4)', 'NumberingAct 2(9)', 'NumberingAct 30(2)'],
      attached: {
        'APPI 2(1)': ['17', '18', '19', '20(1)', '21', '40'],
        'APPI 16(3)': ['22', '23', '24', '25', '26'],
        'APPI 16(4)': onRetained,
        'NumberingAct 2(9)': onNumber,
      },
    },
  },
  {
    name: '個人番号のハッシュ値を照合の鍵に使う：やはり個人番号',
    facts: { ...cookies, myNumber: true, specialCare: [], authority: false },
    expected: {
      answer: 'personal-data',
      also: ['my-number', 'specific-personal'],
      because: ['APPI 2(1)(ii)', 'APPI 16(3)', 'APPI 16(4)', 'NumberingAct 2(9)', 'NumberingAct 30(2)'],
      attached: {
        'APPI 2(1)': ['17', '18', '19', '20(1)', '21', '40'],
        'APPI 16(3)': ['22', '23', '24', '25', '26'],
        'NumberingAct 2(9)': onNumber,
      },
    },
  },
  {
    name: '符号の一覧に個人番号がある：個人番号を含むかは尋ねない',
    facts: { ...customers, myNumber: undefined, codes: ['my-number'] },
    expected: {
      answer: 'retained-personal-data',
      also: ['identification-code', 'my-number', 'specific-personal'],
      because: [
        'APPI 2(1)(i)',
        'APPI 2(1)(ii)',
        'APPI 16(3)',
        'APPI 16(4)',
        'APPI-Order 1(ix)',
        'NumberingAct 2(9)',
        'NumberingAct 30(2)',
      ],
      attached: {
        'APPI 2(1)': ['17', '18', '19', '20(1)', '21', '40'],
        'APPI 16(3)': ['22', '23', '24', '25', '26'],
        'APPI 16(4)': onRetained,
        'NumberingAct 2(9)': onNumber,
      },
    },
  },
  {
    name: '個人番号と符号を含むか分からない',
    facts: { ...customers, myNumber: undefined, codes: undefined },
    expected: { answer: 'unknown', also: [], because: retained.because, missing: ['myNumber', 'codes'] },
  },
  {
    name: '亡くなった人の名簿：個人情報ではない',
    facts: { subject: 'deceased', myNumber: false, communications: false },
    expected: { answer: 'none', also: [], because: ['APPI 2(1)'], attached: {} },
  },
  {
    name: '亡くなった人の個人番号：番号法の制限は及ぶ',
    facts: { subject: 'deceased', myNumber: true, specialCare: ['disability'], communications: false },
    expected: {
      answer: 'none',
      also: ['my-number'],
      because: ['APPI 2(1)', 'NumberingAct-Guideline Q9-1'],
      attached: { 'NumberingAct 2(9)': onNumber },
    },
  },
  {
    name: '亡くなった人の情報：個人番号を含むか分からない',
    facts: { subject: 'deceased', communications: false },
    expected: { answer: 'unknown', also: [], because: ['APPI 2(1)'], missing: ['myNumber'] },
  },
  {
    name: '会社の情報や統計：個人についての情報ではない',
    facts: { subject: 'nobody', communications: false },
    expected: { answer: 'none', also: [], because: ['APPI 2(1)'], attached: {} },
  },
  { name: 'クッキーで区別した閲覧履歴：個人関連情報', facts: cookies, expected: related },
  {
    name: '病気のことを調べた閲覧履歴でも、個人が分からなければ要配慮個人情報ではない',
    facts: { ...cookies, specialCare: ['medical-history'] },
    expected: related,
  },
  {
    name: '検索できるように集めていない個人関連情報に、31条はかからない',
    facts: { ...cookies, database: false },
    expected: { ...related, attached: {} },
  },
  {
    name: '個人関連情報：集めたものの一部か分からない',
    facts: { ...cookies, database: undefined },
    expected: { answer: 'unknown', also: [], because: ['APPI 2(7)'], missing: ['database'] },
  },
  {
    name: '閲覧履歴：特定も照合もできるか分からない',
    facts: { ...cookies, identifies: undefined, collatable: undefined },
    expected: { answer: 'unknown', also: [], because: ['APPI 2'], missing: ['identifies', 'collatable'] },
  },
  {
    name: '閲覧履歴：名前などで分かるかだけが分からない',
    facts: { ...cookies, identifies: undefined },
    expected: { answer: 'unknown', also: [], because: ['APPI 2'], missing: ['identifies'] },
  },
  {
    name: '閲覧履歴：照らし合わせられるかだけが分からない',
    facts: { ...cookies, collatable: undefined },
    expected: { answer: 'unknown', also: [], because: ['APPI 2'], missing: ['collatable'] },
  },
  {
    name: '閲覧履歴：個人番号を含むかだけが分からない',
    facts: { ...cookies, myNumber: undefined },
    expected: { answer: 'unknown', also: [], because: ['APPI 2'], missing: ['myNumber'] },
  },
  {
    name: '閲覧履歴：どの符号を含むかだけが分からない',
    facts: { ...cookies, codes: undefined },
    expected: { answer: 'unknown', also: [], because: ['APPI 2'], missing: ['codes'] },
  },
  {
    name: '閲覧履歴：加工したか分からない',
    facts: { ...cookies, processing: undefined },
    expected: { answer: 'unknown', also: [], because: ['APPI 2'], missing: ['processing'] },
  },
  {
    name: '閲覧履歴：誰についての情報か分からない',
    facts: { ...cookies, subject: undefined },
    expected: { answer: 'unknown', also: [], because: ['APPI 2'], missing: ['subject'] },
  },
  {
    name: '閲覧履歴を会員と結び付けた：個人情報になる',
    facts: { ...cookies, relinked: true, specialCare: [], authority: true },
    expected: retained,
  },
  {
    name: '個人番号があるなら、加工したかを尋ねない',
    facts: { ...cookies, processing: undefined, myNumber: true, specialCare: [], database: false },
    expected: {
      answer: 'personal',
      also: ['my-number', 'specific-personal'],
      because: ['APPI 2(1)(ii)', 'APPI 16(1)', 'NumberingAct 2(9)', 'NumberingAct 30(2)'],
      attached: {
        'APPI 2(1)': ['17', '18', '19', '20(1)', '21', '40'],
        'NumberingAct 2(9)': onNumber,
      },
    },
  },
  {
    name: '仮名加工情報：元の情報も当社にあるので個人情報でもある',
    facts: pseudonymised,
    expected: {
      answer: 'pseudonymous',
      also: [],
      because: ['APPI 2(5)', 'APPI 41'],
      attached: { 'APPI 2(5)': ['17(1)', '19', '20(1)', '21', '23', '24', '25', '40', '41'] },
    },
  },
  {
    name: '委託で受け取った仮名加工情報：個人情報ではない',
    facts: { ...pseudonymised, collatable: false },
    expected: {
      answer: 'pseudonymous-non-personal',
      also: [],
      because: ['APPI 2(5)', 'APPI 42'],
      attached: { 'APPI 2(5)': ['23', '24', '25', '40', '42'] },
    },
  },
  {
    name: '仮名加工情報：照らし合わせられるか分からない',
    facts: { ...pseudonymised, collatable: undefined },
    expected: { answer: 'unknown', also: [], because: ['APPI 2(5)'], missing: ['collatable'] },
  },
  {
    name: '仮名加工情報：誰についての情報か分からない',
    facts: { ...pseudonymised, subject: undefined },
    expected: { answer: 'unknown', also: [], because: ['APPI 2(5)', 'APPI 41'], missing: ['subject'] },
  },
  {
    name: '仮名加工情報を個人と結び付けた：禁じられていて、個人情報として扱う',
    facts: { ...pseudonymised, relinked: true, database: false, myNumber: false, codes: [], specialCare: [] },
    expected: {
      answer: 'personal',
      also: [],
      because: ['APPI 41(7)', 'APPI 2(1)(i)', 'APPI 16(1)'],
      attached: { 'APPI 2(1)': onPersonal },
    },
  },
  {
    name: '当社が作った匿名加工情報：43条がかかる',
    facts: anonymised,
    expected: { answer: 'anonymous', also: [], because: ['APPI 2(6)'], attached: { 'APPI 2(6)': ['43'] } },
  },
  {
    name: '受け取った匿名加工情報：44条から46条がかかる',
    facts: { ...anonymised, madeHere: false },
    expected: { answer: 'anonymous', also: [], because: ['APPI 2(6)'], attached: { 'APPI 2(6)': ['44', '45', '46'] } },
  },
  {
    name: '匿名加工情報：当社が作ったか分からない',
    facts: { ...anonymised, madeHere: undefined },
    expected: { answer: 'unknown', also: [], because: ['APPI 2(6)'], missing: ['madeHere'] },
  },
  {
    name: '匿名加工情報を個人と結び付けた',
    facts: { ...anonymised, relinked: true, database: false, myNumber: false, codes: [], specialCare: [] },
    expected: {
      answer: 'personal',
      also: [],
      because: ['APPI 45', 'APPI 16(1)'],
      attached: { 'APPI 2(1)': onPersonal },
    },
  },
  {
    name: '通信の履歴：通信の秘密でもある',
    facts: { ...cookies, communications: true },
    expected: {
      answer: 'personally-related',
      also: ['communications-secrecy'],
      because: ['APPI 2(7)', 'TBA 4'],
      attached: { 'APPI 2(7)': ['31'], 'TBA 4': ['4'] },
    },
  },
  {
    name: '通信の秘密に当たるか分からない',
    facts: { ...customers, communications: undefined },
    expected: { answer: 'unknown', also: [], because: retained.because, missing: ['communications'] },
  },
  {
    name: '誰についての情報か分からないうちは、要配慮とも特定個人情報とも言わない',
    facts: { ...customers, subject: undefined, specialCare: ['race'], myNumber: true, codes: ['passport'] },
    expected: { answer: 'unknown', also: [], because: ['APPI 2'], missing: ['subject'] },
  },
  {
    name: '何も分からない',
    facts: {},
    expected: {
      answer: 'unknown',
      also: [],
      because: ['APPI 2'],
      missing: ['subject', 'processing', 'database', 'identifies', 'collatable', 'myNumber', 'codes', 'communications'],
    },
  },
];

test.each(cases)('$name', ({ facts, expected }) => {
  expect(kindOf(decideClassification(facts, today))).toEqual(expected);
  expect(classificationContradictions(facts)).toEqual([]);
});

test('結び付けた理由は、閲覧履歴と加工した情報とで違う言葉で言う', () => {
  const says = (facts: ClassificationFacts): string | undefined =>
    decideClassification({ ...facts, relinked: true }, today).because[0].says.ja;
  expect(says(cookies)).toBe('個人と結び付けたので、個人情報になりました。');
  expect(says({ ...cookies, processing: undefined })).toBe('個人と結び付けたので、個人情報になりました。');
  expect(says(pseudonymised)).toContain('仮名加工情報を個人と結び付けることは禁じられています');
  expect(says(anonymised)).toContain('匿名加工情報を個人と結び付けることは禁じられています');
});

test('名前で分かるときと、照らし合わせて分かるときは、違う言葉で言う', () => {
  const says = (facts: ClassificationFacts): string | undefined =>
    decideClassification(facts, today).because[0].says.ja;
  expect(says(customers)).toBe('氏名などの記述で、生きている個人を特定できます。');
  expect(says({ ...customers, identifies: false, collatable: true, processing: 'none' })).toBe(
    'ほかの情報と簡単に照らし合わせて、生きている個人を特定できます。',
  );
});

describe('個人識別符号の一覧', () => {
  const codes = Object.keys(identificationCodes.value) as IdentificationCode[];

  test('施行令1条の9つの号と規則4条で24種類、ほかはない', () => {
    const articles = new Map<string, number>();
    for (const { law, article } of Object.values(identificationCodes.value)) {
      articles.set(`${law} ${article}`, (articles.get(`${law} ${article}`) ?? 0) + 1);
    }
    expect(Object.fromEntries(articles)).toEqual({
      'APPI-Order 1(i)': 7,
      'APPI-Order 1(ii)': 1,
      'APPI-Order 1(iii)': 1,
      'APPI-Order 1(iv)': 1,
      'APPI-Order 1(v)': 1,
      'APPI-Order 1(vi)': 1,
      'APPI-Order 1(vii)': 1,
      'APPI-Order 1(viii)': 1,
      'APPI-Order 1(ix)': 1,
      'APPI-Rules 4': 9,
    });
    expect(codes).toHaveLength(24);
  });

  test.each(codes)('%s ひとつで個人情報になり、根拠の号を示す', (code) => {
    const c = decideClassification(
      { ...cookies, codes: [code], myNumber: code === 'my-number', specialCare: [], database: false },
      today,
    );
    const { law, article } = identificationCodes.value[code];
    expect(c.answer).toBe('personal');
    expect(c.also).toContain('identification-code');
    expect(c.because.map((g) => `${g.law} ${g.article}`)).toContain(`${law} ${article}`);
  });

  test.each(['mobile', 'email', 'credit-card', 'bank-account', 'cookie', 'employee-number'])(
    '%s は含まれない',
    (code) => {
      expect(codes).not.toContain(code);
    },
  );
});

test('施行令5条の4つの害は、それぞれの号を示す', () => {
  for (const [harm, article] of Object.entries(existenceHarms.value)) {
    const c = decideClassification({ ...customers, existenceHarm: harm as never }, today);
    expect(c.because.map((g) => `${g.law} ${g.article}`)).toContain(`APPI-Order ${article}`);
  }
  expect(Object.values(existenceHarms.value)).toEqual(['5(i)', '5(ii)', '5(iii)', '5(iv)']);
});

test('4章の条は、どれかの層にかかる（16条は定義）', () => {
  const attached = new Set(
    Object.values(layerArticles.value).flatMap((list) => list.map((a) => a.replace(/\(.*/, ''))),
  );
  const all = Array.from({ length: 30 }, (_, i) => String(17 + i));
  expect([...attached].sort()).toEqual(all);
});

const impossible: { name: string; facts: ClassificationFacts; fields: string[] }[] = [
  {
    name: '符号に個人番号があるのに個人番号はない',
    facts: { codes: ['my-number'], myNumber: false },
    fields: ['myNumber'],
  },
  { name: '個人についてではないのに個人が分かる', facts: { subject: 'nobody', identifies: true }, fields: ['subject'] },
  { name: '個人についてではないのに個人番号がある', facts: { subject: 'nobody', myNumber: true }, fields: ['subject'] },
  { name: '個人についてではないのに符号がある', facts: { subject: 'nobody', codes: ['dna'] }, fields: ['subject'] },
  {
    name: '仮名加工したのに名前がある',
    facts: { processing: 'pseudonymised', identifies: true },
    fields: ['processing'],
  },
  { name: '匿名加工したのに符号がある', facts: { processing: 'anonymised', codes: ['face'] }, fields: ['processing'] },
  {
    name: '匿名加工したのに個人番号がある',
    facts: { processing: 'anonymised', myNumber: true },
    fields: ['processing'],
  },
  {
    name: '匿名加工したのに照らし合わせられる',
    facts: { processing: 'anonymised', collatable: true },
    fields: ['collatable'],
  },
  {
    name: '加工していないのに匿名加工した者がいる',
    facts: { processing: 'none', madeHere: true },
    fields: ['madeHere'],
  },
  {
    name: '仮名加工なのに匿名加工した者がいる',
    facts: { processing: 'pseudonymised', madeHere: false },
    fields: ['madeHere'],
  },
  {
    name: '集めたものでないのに名簿',
    facts: { publishedDirectory: true, database: false },
    fields: ['publishedDirectory'],
  },
];
test.each(impossible)('ありえない事実は、欄の名前で断る：$name', ({ facts, fields }) => {
  expect(classificationContradictions(facts).map((c) => c.field)).toEqual(fields);
});

test.each([
  { relinked: true, processing: 'anonymised', collatable: true, identifies: true },
  { processing: 'none', identifies: true, codes: ['face'] },
  { processing: 'pseudonymised', collatable: true, codes: [] },
  { subject: 'deceased', identifies: true, myNumber: true },
  { subject: 'nobody', codes: [], identifies: false },
  { madeHere: true },
  { publishedDirectory: true },
] satisfies ClassificationFacts[])('ありえる事実は断らない %#', (facts) => {
  expect(classificationContradictions(facts)).toEqual([]);
});

describe('どんな事実でも', () => {
  const bool = fc.boolean();
  const facts = fc.record(
    {
      subject: fc.constantFrom('living', 'deceased', 'nobody'),
      myNumber: bool,
      codes: fc.subarray(['passport', 'face', 'my-number'] satisfies IdentificationCode[]),
      identifies: bool,
      collatable: bool,
      specialCare: fc.subarray(Object.keys(specialCareKinds.value).slice(0, 3)),
      database: bool,
      publishedDirectory: bool,
      authority: bool,
      existenceHarm: fc.constant('life-body-property'),
      processing: fc.constantFrom('none', 'pseudonymised', 'anonymised'),
      madeHere: bool,
      relinked: bool,
      communications: bool,
    },
    { requiredKeys: [] },
  ) as fc.Arbitrary<ClassificationFacts>;

  test('足りないと答えた事実を加えると、やがて種類が決まる', () => {
    const rest: Required<Omit<ClassificationFacts, 'existenceHarm'>> = {
      subject: 'living',
      myNumber: false,
      codes: [],
      identifies: false,
      collatable: false,
      specialCare: [],
      database: true,
      publishedDirectory: false,
      authority: true,
      processing: 'none',
      madeHere: true,
      relinked: false,
      communications: false,
    };
    fc.assert(
      fc.property(facts, (f) => {
        let told = f;
        for (let round = 0; round < 4; round++) {
          const c = decideClassification(told, today);
          if (c.answer !== 'unknown') return;
          for (const { fact } of c.missing) {
            expect(told[fact as keyof ClassificationFacts], fact).toBeUndefined();
            told = { ...told, [fact]: rest[fact as keyof typeof rest] };
          }
        }
        expect.fail('still unknown');
      }),
      { numRuns: 1000 },
    );
  });

  test('個人番号があれば、忘れられることはない', () => {
    fc.assert(
      fc.property(facts, (f) => {
        const c = decideClassification({ ...f, subject: 'living', myNumber: true }, today);
        expect(c.also).toContain('my-number');
        if (c.answer !== 'unknown') expect(c.duties.some((d) => d.law === 'NumberingAct')).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('法令データのない日には答えない', () => {
    for (const on of [day('2022-03-31'), day('2028-07-17')]) {
      const c = decideClassification(customers, on);
      expect(c.answer === 'unknown' && c.missing.map((m) => m.fact)).toEqual(['on']);
    }
  });
});
