// The receipt on paper.

import { getDocumentProxy } from 'unpdf';
import { expect, test } from 'vitest';
import { linesOn } from '../../../../tests/lines.ts';
import { day } from '../../../base/day.ts';
import type { LogEntry, Receipt } from '../../../log/index.ts';
import { makePdf } from '../../../platform/pdf.ts';
import type { AcquisitionRecord } from '../../acquisition/index.ts';
import type { Told } from '../actions/receipt.ts';
import { receiptLetter, receiptTemplate, type ReceiptLetter } from './receipt.ts';

const letterOf = (
  fields: Partial<LogEntry>,
  lang: 'ja' | 'en',
  { name = '𠮷野家 髙子', ...known }: Partial<Told> & { name?: string } = {},
): ReceiptLetter => {
  const entry = {
    v: 1,
    id: '01a11df5-a400-7c9e-9f72-d415caeca523',
    at: '2026-12-02T00:19:00.000Z',
    actor: 'staff:01a11a47-cd9f-7c33-a657-b64a96ab1436',
    authority: [],
    principal: '01a11df5-a400-7907-93e8-957abb45b76a',
    action: 'people:use',
    ...fields,
  } as LogEntry;
  const checkpoint = `example.jp/log\n9\n${'A'.repeat(43)}=\n`;
  const proof = { kind: 'sekisho-receipt', v: 1, entry, position: 7, size: 9, proof: [], checkpoint, vkey: 'key' };
  const said = { consent: null, objection: null, purposes: [], recipients: [] };
  const told = {
    entry,
    acquisition: null,
    provision: null,
    said,
    recipient: null,
    request: null,
    policy: null,
    places: new Map(),
    ...known,
  };
  return receiptLetter(
    {
      told,
      proof: proof as Receipt,
      name,
      operator: null,
      on: day('2026-12-03'),
      url: 'https://example.jp',
      attached: 'receipt.json',
    },
    lang,
  );
};

const decided = (...because: string[]): Partial<LogEntry> => ({
  decision: { answer: 'no', because, law: day('2026-11-24'), policy: 1 },
});

test.each([
  ['staff:01a11a47-cd9f-7c33-a657-b64a96ab1436', '従業者', 'A member of our staff'],
  ['system:01a11a47-cd9f-7c33-a657-b64a96ab1436', '情報システム', 'One of our systems'],
  ['sekisho', '情報システム', 'One of our systems'],
])('what %s did is not said to be done by anybody else', (actor, ja, en) => {
  expect(letterOf({ actor }, 'ja').facts).toContainEqual(['扱った者', ja]);
  expect(letterOf({ actor }, 'en').facts).toContainEqual(['By', en]);
});

test('a ground that the law names twice is listed once, and the laws are named in full', () => {
  const of = decided('APPI 18(1)', 'APPI-Rules 20(1)', 'APPI 18(1)', 'NumberingAct 9(1)');
  const ja = letterOf(of, 'ja');
  expect(ja.grounds.map(({ article }) => article)).toEqual(['法18条1項', '規則20条1項', '番号法9条1項']);
  expect(ja.laws).toBe(
    '法：個人情報の保護に関する法律、規則：個人情報の保護に関する法律施行規則、番号法：行政手続における特定の個人を識別するための番号の利用等に関する法律',
  );
  expect(letterOf(of, 'en').laws).toBe(
    'APPI: Act on the Protection of Personal Information; APPI Rules: Enforcement Rules of that Act; Numbering Act: Act on the Use of Numbers to Identify a Specific Individual in Administrative Procedures',
  );
  expect(letterOf(decided('policy 11'), 'ja').laws).toBe('');
});

test('a receipt speaks to the person of whom it is', () => {
  const acquisition = { channel: 'counter', source: 'principal', receipt: null } as unknown as AcquisitionRecord;
  const factsIn = (lang: 'ja' | 'en', fields: Partial<LogEntry>, known: Partial<Told> = {}) =>
    new Map(letterOf(fields, lang, known).facts);
  expect(factsIn('ja', { action: 'people:acquire' }, { acquisition }).get('入手先')).toBe('ご本人から');
  expect(factsIn('en', { action: 'people:acquire' }, { acquisition }).get('Source')).toBe('From you');
  const text = { name: { ja: '案内', en: 'News' }, version: 1, kind: 'use', holding_id: 'h', items: [], purposes: [] };
  const row = { given_on: day('2026-12-01'), given_at: null, given_by: 'principal' };
  const said = { consent: { row, text }, objection: null, purposes: [], recipients: [] } as unknown as Told['said'];
  expect(factsIn('ja', { action: 'consent:record' }, { said }).get('同意した人')).toBe('ご本人');
  expect(factsIn('en', { action: 'consent:record' }, { said }).get('Given by')).toBe('You');
  expect(factsIn('en', { action: 'people:erase', items: 3 }).get('Items')).toBe('3 items');
  expect(factsIn('en', { action: 'people:erase', items: 1 }).get('Items')).toBe('1 item');
});

test('what the person did, or the office did with a request, is put on record and not called a handling of their information', () => {
  for (const action of ['consent:withdraw', 'desk:assigned']) {
    const [ja, en] = [letterOf({ action }, 'ja'), letterOf({ action }, 'en')];
    expect([ja.lead, en.lead]).toEqual([
      'ご本人について、次のことを記録しました。',
      'We put the following about you on record.',
    ]);
    expect(ja.facts).toContainEqual(['記録した者', '従業者']);
    expect(en.facts).toContainEqual(['Recorded by', 'A member of our staff']);
  }
});

test.each([
  { action: 'people:use', items: ['name'] },
  { action: 'desk:look', items: ['name'] },
  { action: 'refused', asked: 'use' },
])('$action is by who handled the information, or was to', (entry) => {
  expect(letterOf(entry, 'ja').facts).toContainEqual(['扱った者', '従業者']);
  expect(letterOf(entry, 'en').facts).toContainEqual(['By', 'A member of our staff']);
});

test.each([
  {
    entry: { action: 'desk:collected', provisions: 2, receipts: 1 },
    ja: '請求のために、ご本人に関する提供や受け取りの記録を、次のとおり調べました。',
    en: 'For a request, we looked up the records of provision and of receipt about you, as follows.',
    records: ['提供の記録 2件、受け取りの記録 1件', '2 records of provision, 1 record of receipt'],
  },
  {
    entry: { action: 'desk:collected', provisions: 0, receipts: 0 },
    ja: '請求のために、ご本人に関する提供や受け取りの記録を、次のとおり調べました。',
    en: 'For a request, we looked up the records of provision and of receipt about you, as follows.',
    records: ['なし', 'None'],
  },
  {
    entry: { action: 'desk:disclose', provisions: 0, receipts: 3 },
    ja: '開示のために、ご本人に関する提供や受け取りの記録を、次のとおり読みました。',
    en: 'For a disclosure, we read records of provision and of receipt about you, as follows.',
    records: ['受け取りの記録 3件', '3 records of receipt'],
  },
  {
    entry: { action: 'desk:collected', items: ['name'], provisions: 1, receipts: 0 },
    ja: '次のとおり、ご本人の個人情報を扱いました。',
    en: 'We handled your personal information as follows.',
    records: ['提供の記録 1件', '1 record of provision'],
  },
  {
    entry: { action: 'desk:open-paper', kind: 'identity' },
    ja: 'ご本人に関する請求の書類を、次のとおり開きました。',
    en: 'We opened a paper of a request about you, as follows.',
    records: [undefined, undefined],
  },
])('$entry.action says which records or paper of the person were read: $records', ({ entry, ja, en, records }) => {
  const [inJa, inEn] = [letterOf(entry, 'ja'), letterOf(entry, 'en')];
  expect([inJa.lead, inEn.lead]).toEqual([ja, en]);
  const [ofJa, ofEn] = [new Map(inJa.facts), new Map(inEn.facts)];
  expect([ofJa.get('扱った者'), ofEn.get('By')]).toEqual(['従業者', 'A member of our staff']);
  expect([ofJa.get('記録'), ofEn.get('Records')]).toEqual(records);
});

test.each(['ja', 'en'] as const)('a web address in a receipt in %s ends a line only at its strokes', async (lang) => {
  const fact = (n: number): [string, string] => ['F', `${'a '.repeat(n)}https://127.0.0.1:4791/log/consistency/1077`];
  const facts = Array.from({ length: 40 }, (_, n) => fact(n));
  const lines = await linesOn(makePdf({ template: receiptTemplate, data: { ...letterOf({}, lang), facts }, lang }));
  expect(lines.filter(({ text }) => /(^|[/ ])consistency(\/|$)/.test(text)).length).toBeGreaterThanOrEqual(40);
});

test.each(['ja', 'en'] as const)(
  'a receipt of two pages in %s says on both which it is, and keeps its marks and its end together',
  async (lang) => {
    let twice = 0;
    for (const rows of [18, 20, 22, 24]) {
      const letter = letterOf(decided('APPI 18(1)'), lang);
      const fact: [string, string] = ['F', 'V'];
      const data = { ...letter, facts: [...letter.facts, ...Array.from({ length: rows }, () => fact)] };
      const pdf = await getDocumentProxy(new Uint8Array(makePdf({ template: receiptTemplate, data, lang })), {
        verbosity: 0,
      });
      const texts: string[] = [];
      for (let page = 1; page <= pdf.numPages; page++)
        texts.push(
          (await (await pdf.getPage(page)).getTextContent()).items
            .map((one: object) => ('str' in one ? String(one.str) : ''))
            .join(''),
        );
      const [first = '', second] = texts;
      if (second === undefined) continue;
      twice += 1;
      const squeezed = second.replace(/\s/g, '');
      expect(squeezed).toContain(`${letter.title}01a11df5-a400-7c9e-9f72-d415caeca523`.replace(/\s/g, ''));
      for (const [name] of letter.marks) expect([name, second.includes(name)]).toEqual([name, true]);
      expect(first).not.toContain(letter.marks.at(-1)![0]);
    }
    expect(twice).toBeGreaterThan(1);
  },
);

test('a receipt of a usual provision in Japanese is one page', async () => {
  const lang = 'ja';
  const because = ['policy 11', 'APPI 27(1)', 'APPI 29(1)', 'APPI 29(2)'];
  const rules = ['APPI-Rules 19(2)', 'APPI-Rules 20(1)(ii)', 'APPI-Rules 21(iii)'];
  const letter = letterOf({ action: 'people:provide', ...decided(...because, ...rules) }, lang);
  const sender = ['株式会社例示新聞社', '東京都中央区例示町一丁目二番三号', '代表取締役 例示 太郎', '個人情報相談窓口'];
  const facts: [string, string][] = [
    ...letter.facts,
    ['台帳', '会員名簿'],
    ['情報の項目', '氏名、フリガナ、メールアドレス、電話番号、住所'],
    ['利用目的', 'P3：メールマガジンの配信、セミナーやフォーラムのご案内、報道された内容についての情報の公開'],
    ['提供の種類', '第三者への提供'],
    ['提供先', '株式会社共同企画\n大阪府例示市中町2-3-4\n代表者 共同 太郎'],
    ['提供の記録', '令和11年12月2日まで保存します'],
  ];
  const data = { ...letter, sender, facts };
  const pdf = await getDocumentProxy(new Uint8Array(makePdf({ template: receiptTemplate, data, lang })), {
    verbosity: 0,
  });
  expect(pdf.numPages).toBe(1);
});

test.each([
  ['ja', '〒104-0000'],
  ['ja', '33条2項3号'],
  ['en', 'APPI 33(2)(iii)'],
] as const)(
  'a receipt in %s has %s on one line wherever it stands, and no character alone on a last line',
  async (lang, cited) => {
    const filled = Array.from({ length: 40 }, (_, n) => (lang === 'ja' ? 'あ' : 'a ').repeat(20 + n));
    const grounds = filled.flatMap((text) =>
      [`${text}（${cited}）。`, `${text}。`].map((says) => ({ article: 'A', says })),
    );
    const letter: ReceiptLetter = {
      title: 'T',
      sender: ['S'],
      addressee: 'N',
      issued: 'D',
      lead: 'L',
      facts: [],
      groundsTitle: 'G',
      grounds,
      laws: '',
      number: 'E',
      proofTitle: 'P',
      proof: [],
      marks: [],
      closing: 'C',
      attachment: 'proof',
      seal: 'seal',
    };
    const lines = await linesOn(makePdf({ template: receiptTemplate, data: letter, lang }));
    expect(lines.filter(({ text }) => text.includes(`${cited}）`))).toHaveLength(40);
    expect(lines.filter(({ text }) => text === 'あ。')).toEqual([]);
  },
);
