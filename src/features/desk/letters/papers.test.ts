import fs from 'node:fs';
import path from 'node:path';
import { getDocumentProxy } from 'unpdf';
import { describe, expect, test } from 'vitest';
import type { Lang } from '../../../base/bilingual.ts';
import { day } from '../../../base/day.ts';
import { outcomes, type RightsRequest } from '../../../law/index.ts';
import { linesOn } from '../../../../tests/lines.ts';
import { makePdf, type Document } from '../../../platform/pdf.ts';
import { yen } from '../../../platform/ui/format.ts';
import { feeOf, policyFiles, readPolicy, type Operator } from '../../policy/index.ts';
import { dismissalGrounds } from '../facts/event.ts';
import { kindWords } from '../words.ts';
import { coverLetter } from './cover.ts';
import { disclosureDocument } from './disclosure.ts';
import { reissued } from './fee-receipt.ts';
import { fieldLabels, fillableForm } from './fillable.ts';
import { formSheet } from './form.ts';
import { lacksLetter } from './lacks.ts';
import { noticeLetter, type NoticeFacts } from './notice.ts';
import { consultationLetter, extensionLetter } from './answer.ts';
import { claimOf, type Addressee, type Writing } from './paper.ts';
import { refundLetter } from './refund.ts';
import { previews } from './preview.ts';
import { filled, lettersFile, readTexts } from './texts.ts';

const folder = 'policies/example';
const policy = readPolicy(
  Object.fromEntries(policyFiles.map((file) => [file, fs.readFileSync(path.join(folder, file), 'utf8')])),
);
const read = readTexts(fs.readFileSync(path.join(folder, lettersFile), 'utf8'));
if (!policy.ok || !read.ok) throw new Error('the example policy cannot be read');
const texts = read.value;
const { operator } = policy.value;

const writing = (lang: Lang, of: Operator = operator): Writing => ({
  operator: of,
  texts,
  on: day('2026-12-02'),
  lang,
});

/** A piece of text on a page, in millimetres from the left and the top; `y` is its baseline. */
interface Piece {
  page: number;
  x: number;
  y: number;
  right: number;
  text: string;
}

interface Read {
  pages: number;
  pieces: Piece[];
  /** All text of a page without spaces and line breaks. */
  text: string[];
  /** Text alternatives of pictures. */
  alts: string[];
  /** How many tags of each role. */
  tags: Map<string, number>;
  fields: { name: string; label: string; page: number; rect: number[] }[];
  language: unknown;
  marked: boolean;
  /** The metadata as text. */
  raw: string;
}

const MM = 25.4 / 72;

interface Node {
  role?: string;
  alt?: string;
  children?: Node[];
}

const nodesOf = (node: Node | null): Node[] => (node ? [node, ...(node.children ?? []).flatMap(nodesOf)] : []);

const counted = (names: string[]): Map<string, number> =>
  names.reduce((counts, name) => counts.set(name, (counts.get(name) ?? 0) + 1), new Map<string, number>());

async function readPdf(bytes: Uint8Array): Promise<Read> {
  const raw = Buffer.from(bytes).toString('latin1');
  const pdf = await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0 });
  const pieces: Piece[] = [];
  const nodes: Node[] = [];
  const fields: Read['fields'] = [];
  for (let page = 1; page <= pdf.numPages; page++) {
    const one = await pdf.getPage(page);
    const [, , , top] = one.view as [number, number, number, number];
    nodes.push(...nodesOf((await one.getStructTree()) as Node | null));
    for (const { fieldName, alternativeText, rect } of (await one.getAnnotations()) as Record<string, never>[])
      fields.push({ name: fieldName!, label: alternativeText!, page, rect: rect! });
    for (const item of (await one.getTextContent()).items) {
      if (!('str' in item) || item.str.trim() === '') continue;
      const [, , , , x, y] = item.transform as [number, number, number, number, number, number];
      pieces.push({ page, x: x * MM, y: (top - y) * MM, right: (x + item.width) * MM, text: item.str });
    }
  }
  const { info } = await pdf.getMetadata();
  return {
    pages: pdf.numPages,
    pieces,
    text: Array.from({ length: pdf.numPages }, (_, i) =>
      pieces
        .filter(({ page }) => page === i + 1)
        .map(({ text }) => squeezed(text))
        .join(''),
    ),
    alts: nodes.flatMap(({ alt }) => alt ?? []),
    tags: counted(nodes.flatMap(({ role }) => role ?? [])),
    fields,
    language: (info as Record<string, unknown>).Language,
    marked: (await pdf.getMarkInfo())?.Marked === true,
    raw,
  };
}

const squeezed = (text: string): string => text.replace(/\s/g, '');

/** One compile per paper and language. */
const made = new Map<string, Promise<Read>>();
const paper = (id: string, lang: Lang): Promise<Read> => {
  const key = `${id} ${lang}`;
  const known = made.get(key) ?? readPdf(makePdf(previews(operator)[id]!(writing(lang))));
  made.set(key, known);
  return known;
};

const langs = ['ja', 'en'] as const;
const ids = Object.keys(previews(operator));

const expectText = (given: Read, ...expected: string[]): void => {
  const text = given.text.join('');
  expect(expected.filter((one) => !text.includes(squeezed(one)))).toEqual([]);
};

/** Pages that each paper may have at most. */
const most = (id: string): number => (/^(form|cover|lacks|disclosure|labels)/.test(id) ? 2 : 1);

/** The request that letters are about. */
const about = {
  number: 'R-2026-031',
  arrivedOn: day('2026-12-01'),
  principal: null,
  kind: 'disclosure',
  scope: 'customer',
} as const;
/** Whom a disclosure goes to, what it answers, and of what day it is. */
const disclosing = {
  to: { postal: null, address: '', organisation: null, name: '𠮷野家 髙子' },
  about,
  asOf: day('2026-12-08'),
} as const;

describe.each(langs)('every paper in %s', (lang) => {
  test.each(ids)('%s is tagged, in its language, whole and of its length', async (id) => {
    const given = await paper(id, lang);
    expect(given.raw).toMatch(/<pdfuaid:part>1<\/pdfuaid:part>|pdfuaid:part="1"/);
    expect([given.marked, given.language]).toEqual([true, lang]);
    expect(given.pages).toBeLessThanOrEqual(most(id));
    expect(given.tags.has('H1')).toBe(id !== 'labels');
    // Nothing runs off the sheet: the narrowest margin is 15 mm.
    expect(given.pieces.filter(({ x, y, right }) => x < 14 || right > 196 || y < 12 || y > 288)).toEqual([]);
    expect(given.text.join('')).not.toContain('〓');
  });
});

/** What a letter says where nothing was put into it, or a sentence is not parted from the next. */
const gaps: Record<Lang, readonly RegExp[]> = {
  ja: [
    /undefined|null|NaN|\[object|[{}]/,
    // Nothing within brackets, before a unit or a particle, or between two marks.
    /（[\s　]*）|「[\s　]*」|。。|、、|、。|：[\s　]*[。）]|[（「][、。）」]/,
    // No sentence begins with a particle, and no word is left out before one.
    /(?:^|[。、「（])(?:に|を|は|が|まで|から)|は、?です|　　/,
  ],
  en: [/undefined|null|NaN|\[object|[{}]/, /\(\s*\)|“\s*”|\.\.|,,|,\.| ,| \.(?:\s|$)|: *\.(?:\s|$)/, /\S {2,}\S/],
};

/** All texts that a paper is made from, but for the day that is filled in by hand. */
const textsIn = (data: unknown): string[] =>
  typeof data === 'string'
    ? [data].filter((text) => !/^[　年月日]+$/.test(text))
    : typeof data === 'object' && data !== null
      ? Object.values(data).flatMap((one: unknown) => textsIn(one))
      : [];

/** The sentences of a text. A mark within a web address, an abbreviation or a number ends none. */
const sentencesIn = (text: string, lang: Lang): string[] =>
  text.split(lang === 'ja' ? /(?<=。)/ : /(?<=[.?] )(?=[“A-Z¥])/).filter((one) => /[。.?]\s*$/.test(one));

test.each(langs)('in %s no paper leaves a place empty, and none runs on for six sentences', (lang) => {
  const wrong = ids.flatMap((id) => {
    const { data } = previews(operator)[id]!(writing(lang));
    return textsIn(data).flatMap((text) => [
      ...gaps[lang].filter((gap) => gap.test(text)).map((gap) => [id, String(gap), text]),
      ...(sentencesIn(text, lang).length >= 6 ? [[id, 'six sentences', text]] : []),
    ]);
  });
  expect(wrong).toEqual([]);
});

const eraDays = /令和(\d+)年(\d+)月(\d+)日(まで(?!にお送りくださるようお願いしました))?/g;

test('the days of a paper agree with the day it is written: what is over is not after it, and what is to come not before', () => {
  const dated = ids.flatMap((id) => {
    const { data } = previews(operator)[id]!(writing('ja'));
    const { issued } = data as { issued?: string };
    return issued === undefined ? [] : [{ id, issued, text: textsIn(data).join('\n') }];
  });
  expect(dated.length).toBeGreaterThan(40);
  const at = (year: string, month: string, date: string): number => Date.UTC(2018 + Number(year), +month - 1, +date);
  const wrong = dated.flatMap(({ id, issued, text }) => {
    const [, ...on] = /令和(\d+)年(\d+)月(\d+)日/.exec(issued)!;
    const [year = '', month = '', date = ''] = on;
    const written = at(year, month, date);
    return [...text.matchAll(eraDays)].flatMap(([said, y = '', m = '', d = '', comes]) =>
      (comes ? at(y, m, d) < written : at(y, m, d) > written) ? [[id, issued, said]] : [],
    );
  });
  expect(wrong).toEqual([]);
});

test.each(langs)('the sums of a letter in %s add up', (lang) => {
  const amountsIn = (id: string): number[] => {
    const all = textsIn(previews(operator)[id]!(writing(lang)).data).join('\n');
    const amounts = lang === 'ja' ? /([\d,]+)円/g : /¥([\d,]+)/g;
    return [...all.matchAll(amounts)].map(([, amount]) => Number(amount!.replaceAll(',', '')));
  };
  const [fee, received, missing] = amountsIn('lacks') as [number, number, number];
  expect([missing, missing > 0]).toEqual([fee - received, true]);
  const [back, due, came, returned] = amountsIn('refund') as [number, number, number, number];
  expect([back, returned]).toEqual([came - due, came - due]);
});

describe('the address', () => {
  const letters = ['cover', 'lacks', 'consultation', 'extension', 'notice/erasure/refused'];

  test.each(langs.flatMap((lang) => letters.map((id) => [id, lang] as const)))(
    'of %s in %s is all one sees in the window, however the sheet lies in the envelope',
    async (id, lang) => {
      const { pieces } = await paper(id, lang);
      const head = pieces.filter(({ page, x, y }) => page === 1 && x < 110 && y < 57);
      expect(head.length).toBeGreaterThan(3);
      // Letters reach up to 4 mm above and 1 mm below their baseline.
      expect(head.filter(({ x, y, right }) => x < 19.9 || right > 75.5 || y < 14 || y > 35.5)).toEqual([]);
      expect(squeezed(head.map(({ text }) => text).join(''))).toContain('〒104-0000');
    },
  );

  test('has 様 after a person, 御中 after an organisation, and neither in English', async () => {
    expectText(
      await paper('cover', 'ja'),
      '株式会社𠮷野家例示流通ロジスティクスソリューションズ東日本統括事業本部',
      '髙橋 辻󠄀之介 様',
    );
    expectText(await paper('consultation', 'ja'), '東日本統括事業本部 御中');
    expect((await paper('cover', 'ja')).text.join('')).not.toContain('御中');
    expect((await paper('cover', 'en')).text.join('')).not.toMatch(/様|御中/);
  });

  test('is seen alone even where the company itself has a name and an address of great length', async () => {
    const long: Operator = {
      ...operator,
      name: { ja: `株式会社${'𠮷野家例示情報通信'.repeat(5)}`, en: 'Reiji Information and Communication '.repeat(5) },
      desk: {
        ...operator.desk,
        address: { ja: '東京都中央区例示町'.repeat(12), en: '1-1-1 Reiji-cho, Chuo-ku, '.repeat(8) },
      },
    };
    for (const lang of langs) {
      const { pieces, pages } = await readPdf(makePdf(previews(long).extension!(writing(lang, long))));
      expect(pages).toBe(1);
      const head = pieces.filter(({ x, y }) => x < 110 && y < 57);
      expect(head.filter(({ x, y, right }) => x < 19.9 || right > 75.5 || y > 35.5)).toEqual([]);
      expect(pieces.filter(({ right }) => right > 191)).toEqual([]);
      // What follows, the title first, is below the whole head.
      const rest = pieces.filter(({ x, y }) => x < 110 && y >= 57).map(({ y }) => y);
      const sender = pieces.filter(({ x, y }) => x > 110 && y < Math.min(...rest));
      expect(sender.map(({ text }) => squeezed(text)).join('')).toContain(squeezed(long.desk.address[lang]));
      expect(Math.min(...rest) - Math.max(...sender.map(({ y }) => y))).toBeGreaterThan(5);
    }
  });

  test('an agent is told whose request it is', async () => {
    expectText(await paper('lacks', 'ja'), 'ご本人', '𠮷野家 髙子 様');
    expect((await paper('cover', 'ja')).text[0]).not.toContain('𠮷野家髙子');
  });
});

describe('the cover letter', () => {
  test('says what to send, what it costs, how, where, which numbers to cover, and by when the answer comes', async () => {
    const given = await paper('cover', 'ja');
    expectText(
      given,
      '令和8年12月2日',
      '受付番号 R-2026-031',
      '拝啓',
      '敬具',
      '「個人情報開示請求書」の用紙（当社の方針の条項32によるもの）',
      '手数料は1,000円（税込）です。書留郵便（現金書留）で',
      '運転免許証',
      '個人番号（マイナンバー）、健康保険の記号・番号・保険者番号、基礎年金番号は',
      '委任状と、ご本人の印鑑登録証明書',
      '東京都中央区例示町1-1-1　例示ビル15階　例示情報通信株式会社　お客様個人情報窓口',
      '5営業日以内',
      '令和8年12月15日',
      'このご請求への対応だけに使います',
      operator.desk.alternative.ja,
      '折り返しのご連絡に必要なことだけ',
      `電子メール：${operator.desk.email}`,
    );
    expect(given.text.join('')).toMatch(/記1お送りするもの.*以上/s);
    expectText(
      await paper('cover', 'en'),
      '“Application for Disclosure of Personal Information”',
      'clause 32',
      'Dear 髙橋 辻󠄀之介,',
      'The fee is ¥1,000 (tax included)',
      'within 5 business days',
      '15 December 2026',
      'Yours sincerely,',
    );
  });
});

describe('the forms', () => {
  test.each(langs.flatMap((lang) => operator.forms.map((form) => [form.scope, form.kind, lang] as const)))(
    '%s, %s in %s has every label, its title and its clause',
    async (scope, kind, lang) => {
      const form = operator.forms.find((one) => one.scope === scope && one.kind === kind)!;
      const given = await paper(`form/${scope}/${kind}`, lang);
      const sheet = formSheet(
        form,
        { number: 'R-2026-031', feeYen: feeOf(operator, form.kind), feeAfter: false },
        writing(lang),
      );
      expectText(
        given,
        form.title[lang],
        sheet.clause,
        'R-2026-031',
        ...sheet.intro,
        ...sheet.parts.flatMap((part) => [
          part.title,
          part.says ?? '',
          ...('head' in part ? part.head : []),
          ...part.rows.flatMap((row) => [
            row.label,
            row.hint ?? '',
            ...('options' in row ? row.options.map(({ label }) => label) : []),
          ]),
        ]),
      );
      expect(sheet.clause).toContain(String(form.clause));
    },
  );

  const namesOf = (scope: 'customer' | 'my-number', kind: string, of: Operator = operator): string[] => {
    const form = of.forms.find((one) => one.scope === scope && one.kind === kind)!;
    return formSheet(form, null, writing('ja', of)).parts.flatMap((part) =>
      part.rows.flatMap((row) =>
        'options' in row ? row.options.map(({ name }) => `${row.name}:${name}`) : [row.name],
      ),
    );
  };

  test('the method is asked where something is disclosed, the fee where the policy takes one', () => {
    for (const { scope, kind } of operator.forms) {
      const names = namesOf(scope, kind);
      const disclosing = kind === 'disclosure' || kind === 'record-disclosure';
      expect(names.includes('method:electronic')).toBe(disclosing);
      expect(names.includes('enclosed:fee')).toBe(disclosing);
      expect(names).toEqual(
        expect.arrayContaining(['kana', 'name', 'address', 'born', 'agent:legal', 'agent:mandated', 'agreed:yes']),
      );
    }
    const paperOnly: Operator = { ...operator, disclosure_methods: ['paper'], fee: { ...operator.fee, kinds: [] } };
    expect(namesOf('customer', 'disclosure', paperOnly)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(method:electronic|mail|enclosed:fee)$/)]),
    );
  });

  test('the grounds are those of the paragraph a request stands under', () => {
    const grounds = (scope: 'customer' | 'my-number', kind: string): string[] =>
      namesOf(scope, kind).flatMap((name) => (name.startsWith('grounds:') ? name.slice(8) : []));
    const any = ['needless', 'breach', 'harm'];
    expect(grounds('customer', 'suspension-or-erasure')).toEqual(['purpose', 'improper', 'acquired', ...any]);
    expect(grounds('my-number', 'suspension-or-erasure')).toEqual(['purpose', 'improper', 'acquired', ...any]);
    expect(grounds('customer', 'suspension-of-provision')).toEqual(['unconsented', 'abroad', ...any]);
    expect(grounds('my-number', 'suspension-of-provision')).toEqual(['numberingAct', ...any]);
    expect(grounds('customer', 'correction')).toEqual([]);
  });

  test('a form for partners says not to write the My Number', () => {
    const says = (scope: string): string[] =>
      operator.forms
        .filter((form) => form.scope === scope)
        .flatMap((form) => formSheet(form, null, writing('ja')).intro.filter((line) => line.includes('個人番号')));
    expect(says('my-number')).toHaveLength(4);
    expect(says('customer')).toEqual([]);
  });
});

describe('the forms to fill in on a screen', () => {
  const forms = langs.flatMap((lang) => operator.forms.map((form) => [form.scope, form.kind, lang] as const));

  test.each(forms)('%s, %s in %s: a field for each box, each with its tag and its label', async (scope, kind, lang) => {
    const form = operator.forms.find((one) => one.scope === scope && one.kind === kind)!;
    const sent = { number: 'R-2026-031', feeYen: feeOf(operator, form.kind), feeAfter: false };
    const bytes = fillableForm(form, sent, writing(lang));
    const given = await readPdf(bytes);
    const byHand = await paper(`form/${scope}/${kind}`, lang);
    expect(given.text).toEqual(byHand.text);
    expect([given.marked, given.language]).toEqual([true, lang]);
    expect(given.raw).toMatch(/<pdfuaid:part>1<\/pdfuaid:part>/);
    const labels = fieldLabels(formSheet(form, sent, writing(lang)));
    expect(new Map(given.fields.map(({ name, label }) => [name, label]))).toEqual(labels);
    expect(given.fields).toHaveLength(labels.size);
    expect(new Set(labels.values()).size).toBe(labels.size);
    expect([given.tags.get('Form'), given.tags.has('Link')]).toEqual([labels.size, false]);
    for (const { rect } of given.fields) {
      const [left, low, right, high] = rect as [number, number, number, number];
      expect(Math.min(right - left, high - low)).toBeGreaterThan(10);
      const over = given.fields.filter(({ page, rect: [l, b, r, t] }) => {
        const same = given.fields.find((one) => one.rect === rect)!.page === page;
        return same && l! < right && r! > left && b! < high && t! > low;
      });
      expect(over).toHaveLength(1);
    }
  });

  test('a form by hand has no fields', async () => {
    expect((await paper('form/customer/disclosure', 'ja')).fields).toEqual([]);
  });
});

test('what is missing is named with what to do', async () => {
  expectText(
    await paper('lacks', 'ja'),
    '別の用紙が届きました。このご請求には「個人情報開示請求書」を使います',
    '手数料は1,000円（税込）ですが、届いたのは500円でした。足りない500円を',
    // Whatever the reason: the desk says so of a paper that is not there, has expired, or shows another name or address.
    'お申し出になった方の確認が、お送りいただいた書類ではできませんでした',
    '読み取れませんでした',
    '委任状とご本人の印鑑登録証明書',
    'どの情報についてのご請求かが、分かりませんでした',
    '令和8年12月18日までに',
    '令和9年1月1日までに届かないときは、このご請求への対応を終え、',
  );
});

test.each(langs)(
  'why a request is dismissed is said in %s, with how to apply again and how to complain',
  async (lang) => {
    const { why, anew } = texts.dismissal;
    const claim = claimOf({ kind: 'disclosure' }, writing(lang));
    for (const ground of dismissalGrounds) {
      const given = await paper(`dismissal/${ground}`, lang);
      const others = dismissalGrounds.filter((one) => one !== ground);
      const said = (one: (typeof dismissalGrounds)[number]): string => why[one][lang].split('{')[0]!;
      expectText(
        given,
        filled(texts.dismissal.title, lang, { claim }),
        said(ground),
        filled(anew[ground], lang, { claim }),
        texts.notice.complaint.title[lang],
      );
      for (const one of others) expect(given.text.join('')).not.toContain(squeezed(said(one)));
      expect([ground, given.pages]).toEqual([ground, 1]);
    }
    const stranger = await paper('dismissal/stranger', lang);
    expectText(
      stranger,
      lang === 'ja' ? '手数料としてお預かりした1,000円は、お返しします' : `We return the ${yen(1000, 'en')}`,
    );
    expect((await paper('dismissal/deceased', lang)).text.join('')).not.toContain(
      squeezed(texts.dismissal.fee.title[lang]),
    );
  },
);

test('a fee that did not come at all is asked for with how to pay it; nothing is asked that is not missing', async () => {
  const to = { postal: null, address: '東京都', organisation: null, name: '髙橋 辻󠄀之介' };
  const asked = {
    to,
    about,
    form: operator.forms[0]!,
    got: 'none',
    dueYen: 1000,
    receivedYen: 0,
    feeAfter: false,
    by: day('2026-12-18'),
    until: null,
  } as const;
  const given = await readPdf(makePdf(lacksLetter({ ...asked, lacks: ['form', 'fee'] }, writing('ja'))));
  expectText(
    given,
    '用紙「個人情報開示請求書」が入っていませんでした',
    '手数料が届いていません',
    '書留郵便（現金書留）',
  );
  expect(given.text.join('')).not.toMatch(/代理人|読み取れません|どの情報/);
});

test('a request without a fee is told to send no money', async () => {
  const form = operator.forms.find(({ kind }) => kind === 'correction')!;
  const to = { postal: null, address: '東京都', organisation: null, name: '髙橋 辻󠄀之介' };
  const specific = { ...about, scope: 'my-number' } as const;
  const facts = { to, about: specific, form, feeYen: 0, feeAfter: false, checkDays: 5, answerBy: day('2026-12-15') };
  const given = await readPdf(makePdf(coverLetter(facts, writing('ja'))));
  expectText(given, '手数料はかかりません', '用紙にも個人番号は書かないでください');
  expect(given.text.join('')).not.toContain('1,000');
});

describe('the notices', () => {
  test.each(langs)('each of the 32 says in %s something of its own, and how to complain', async (lang) => {
    const notices = ids.filter((id) => id.startsWith('notice/'));
    const all = await Promise.all(notices.map((id) => paper(id, lang)));
    expect(new Set(all.map(({ text }) => text.join(''))).size).toBe(32);
    for (const given of all) expectText(given, texts.notice.complaint.title[lang], operator.desk.address[lang]);
    expect(all.filter(({ text }) => /訴訟|訴え|lawsuit|court/.test(text.join('')))).toEqual([]);
  });

  test('speak of specific personal information to a partner, and of the accredited organisation the company belongs to', async () => {
    const member: Operator = {
      ...operator,
      accredited_organisation: {
        name: { ja: '一般社団法人例示保護協会', en: 'Reiji Protection Association' },
        contact: { ja: '東京都中央区例示町9-9-9', en: '9-9-9 Reiji-cho, Tokyo' },
      },
    };
    const to = { postal: null, address: '東京都', organisation: '𠮷野家例示商店', name: null };
    const facts: NoticeFacts = {
      to,
      about: { ...about, scope: 'my-number' },
      notice: {
        kind: 'erasure',
        result: 'granted',
        parts: {
          done: [
            {
              what: 'erased',
              of: [{ holding: '支払調書', items: ['氏名'], on: day('2026-12-02') }],
              identityUntil: null,
            },
          ],
        },
      },
      waivedYen: 0,
    };
    expectText(
      await readPdf(makePdf(noticeLetter(facts, writing('ja', member)))),
      '特定個人情報等の消去についてのお知らせ',
      '𠮷野家例示商店 御中',
      '消去したもの',
      '「支払調書」の氏名（令和8年12月2日）',
      '認定個人情報保護団体「一般社団法人例示保護協会」',
    );
    expect((await paper('notice/erasure/granted', 'ja')).text.join('')).not.toMatch(
      /認定個人情報保護団体|特定個人情報/,
    );
  });

  test.each(langs)('in %s name the right that was not granted in full, with its article', async (lang) => {
    for (const [kind, { notices }] of Object.entries(outcomes) as [RightsRequest, (typeof outcomes)[RightsRequest]][]) {
      const explained = Object.entries(notices).filter(([, duties]) =>
        duties.some((one) => one.do === 'explain-reasons'),
      );
      expect(explained.length).toBeGreaterThan(0);
      const right = kindWords[kind].right[lang];
      const articles =
        lang === 'ja'
          ? `個人情報保護法${/（法(.+)）/.exec(right)![1]}`
          : `APPI ${/\(APPI Art\. (.+)\)$/.exec(right)![1]}`;
      for (const [result] of explained) expectText(await paper(`notice/${kind}/${result}`, lang), articles);
    }
  });

  test('do not call the information, the name or the rights those of the reader, who may be an agent', async () => {
    const told = ids.filter((id) => /^(notice\/|disclosure$|records$)/.test(id));
    for (const id of told)
      expect([id, (await paper(id, 'en')).text.join('')]).toEqual([
        id,
        expect.not.stringMatching(/your(personal|specific|name|consent|rights|information)|heldabout|ofyouor/i),
      ]);
  });

  test.each(langs)('of an erasure in %s say first what was erased, then what is kept', async (lang) => {
    const text = (await paper('notice/erasure/granted', lang)).text.join('');
    const { done, complaint } = texts.notice;
    const heads = [done.erased, done.left, complaint.title].map((one) => text.indexOf(squeezed(one[lang])));
    expect(heads).toEqual(heads.toSorted((a, b) => a - b));
    expect(heads).not.toContain(-1);
    const [erased, left, complaints] = heads;
    expect(text.slice(erased, left)).toContain(lang === 'ja' ? '氏名、住所、電話' : 'name,address,telephone');
    expect(text.slice(left, complaints)).toContain(lang === 'ja' ? 'お名前' : 'thename');
  });

  test.each(langs)('of a refusal in %s that is about no single item have no empty table', async (lang) => {
    const to = { postal: null, address: '東京都', organisation: null, name: '例示 花子' };
    const parts = { withheld: [], reasons: ['他の法律による開示の手続があります。'] };
    const facts: NoticeFacts = { to, about, notice: { kind: 'disclosure', result: 'refused', parts }, waivedYen: 0 };
    const given = await readPdf(makePdf(noticeLetter(facts, writing(lang))));
    expect([
      given.tags.has('Table'),
      given.text.join('').includes(squeezed(texts.notice.withheld.title[lang])),
    ]).toEqual([false, false]);
    expectText(given, '他の法律による開示の手続があります。', operator.desk.address[lang]);
  });

  test.each(langs)('give in %s the whole address that a complaint is written to', async (lang) => {
    const to =
      lang === 'ja'
        ? '宛先：〒104-0000　東京都中央区例示町1-1-1　例示ビル15階　例示情報通信株式会社'
        : operator.name.en;
    const all = await paper('dismissal/stranger', lang);
    const from = all.text.join('').indexOf(squeezed(texts.notice.complaint.title[lang]));
    expect(all.text.join('').slice(from)).toContain(squeezed(to));
  });

  test('a correction tells the content of the change', async () => {
    expectText(
      await paper('notice/correction/granted', 'ja'),
      '前の内容',
      '高橋 辻之介',
      '髙橋 辻󠄀之介',
      '（ありませんでした）',
      '（削除しました）',
    );
  });

  test('what is not disclosed comes with its ground, what is done otherwise with the measure', async () => {
    expectText(
      await paper('notice/disclosure/partly', 'ja'),
      '担当者の所見メモ',
      '33条2項2号',
      '理由',
      '「個人情報の開示書」を同封します',
    );
    expectText(await paper('notice/erasure/otherwise', 'ja'), '代わりにとった措置', '案内の送付をやめ');
    expectText(await paper('notice/disclosure/partly-otherwise', 'en'), 'so you receive it on paper', 'APPI 33(2)(i)');
  });
});

/** Where the columns of each table of a disclosure begin, and what stands below them. */
function columnsIn(given: Read, lang: Lang): { head: number[]; rows: Piece[] }[] {
  const { item, provisions, receipts, end } = texts.disclosure;
  const firsts = [item, provisions.day, receipts.day].map((one) => one[lang]);
  const down = ({ page, y }: Piece): number => page * 1000 + y;
  const heads = given.pieces.filter(
    ({ text, x }) => x > 21 && x < 25 && firsts.some((first) => first.startsWith(text)),
  );
  const last = given.pieces.findLast(({ text, x }) => x > 110 && end[lang].startsWith(text))!;
  return heads.map((first, i) => {
    const [from, to] = [down(first), down(heads[i + 1] ?? last)];
    const head = given.pieces.filter((one) => Math.abs(down(one) - from) < 1);
    return {
      // A word may be in several pieces.
      head: head.filter(({ x }) => !head.some(({ right }) => Math.abs(right - x) < 0.5)).map(({ x }) => x),
      rows: given.pieces.filter((one) => one.x > 21 && down(one) > from + 1 && down(one) < to - 8),
    };
  });
}

describe('the disclosure', () => {
  test('shows what is held, names what is withheld, and bars what is about others with a text alternative', async () => {
    for (const lang of langs) {
      const given = await paper('disclosure', lang);
      expectText(
        given,
        '髙橋 辻󠄀之介',
        'a1b2c3d4e5'.repeat(16),
        texts.notice.grounds.impedes[lang],
        texts.disclosure.absent[lang],
        ...(lang === 'ja' ? ['令和8年11月4日10:32'] : ['4 November 2026 10:32']),
        texts.disclosure.redacted.note[lang],
        texts.disclosure.receipts.how[lang],
        '株式会社𠮷野家例示流通ロジスティクスソリューションズ東日本統括事業本部',
      );
      expect(given.alts).toEqual(Array.from({ length: 12 }, () => texts.disclosure.redacted.bar[lang]));
      expect([...given.tags.keys()]).toEqual(expect.arrayContaining(['Table', 'TH', 'TD', 'Figure']));
    }
  });

  test('hundreds of rows flow over pages that are numbered and repeat the heads', async () => {
    const rows = 400;
    const long: Document = disclosureDocument(
      {
        ...disclosing,
        about: { ...disclosing.about, scope: 'my-number' },
        holdings: [
          {
            title: 'お問い合わせ',
            items: Array.from({ length: rows }, (_, i) => ({
              label: `通話${i + 1}`,
              says: { shown: [[`用件${i + 1}。`]] },
            })),
          },
        ],
        provisions: null,
        receipts: [],
        purposes: [],
      },
      writing('ja'),
    );
    const given = await readPdf(makePdf(long));
    expect(given.pages).toBeGreaterThan(8);
    given.text.slice(0, -1).forEach((text, i) => {
      expect(text).toContain('項目内容');
      expect(text).toContain(`${i + 1}/${given.pages}`);
    });
    expectText(
      given,
      '特定個人情報等の開示書',
      ...Array.from({ length: rows }, (_, i) => `通話${i + 1}用件${i + 1}。`),
    );
    expect(given.text.at(-1)).toMatch(/第三者から受け取った記録記録はありません。/);
    expect(given.text.join('')).not.toContain(texts.disclosure.redacted.note.ja);
    expect(given.pieces.filter(({ right, y }) => right > 191.5 || y > 286)).toEqual([]);
  });

  const runs = ['a'.repeat(90), 'W'.repeat(130), '―'.repeat(80), '-'.repeat(120), `${'x'.repeat(64)}@example.jp`];
  const party = {
    name: 'ReijiInternationalTelecommunicationsHoldings',
    address: runs[0]!,
    representative: null,
  };

  test.each(langs)(
    'in %s what has no place to break stays whole and in its column, and a day on its line',
    async (lang) => {
      const on = day('2028-11-24');
      const items = ['Identification', 'メールアドレス'];
      const given = await readPdf(
        makePdf(
          disclosureDocument(
            {
              ...disclosing,
              holdings: [{ title: 'メモ', items: runs.map((run) => ({ label: '本文', says: { shown: [[run]] } })) }],
              provisions: [{ on, time: '10:32', recipient: party, items, consent: true }],
              receipts: [{ on, provider: party, how: runs[0]!, items, consent: false, published: true }],
              purposes: [],
            },
            writing(lang),
          ),
        ),
      );
      for (const { head, rows } of columnsIn(given, lang))
        expect(rows.filter(({ x, right }) => right > (head.find((left) => left > x + 0.5) ?? 191.5))).toEqual([]);
      expectText(given, ...runs);
      if (lang === 'ja')
        expect(given.pieces.filter(({ text }) => text.startsWith('令和10年')).map(({ text }) => text)).toEqual(
          Array.from({ length: 2 }, () => '令和10年11月24日'),
        );
    },
  );

  test('a value longer than a page goes on on the next', async () => {
    const value = 'あいうえお'.repeat(900);
    const given = await readPdf(
      makePdf(
        disclosureDocument(
          {
            ...disclosing,
            holdings: [{ title: 'メモ', items: [{ label: '本文', says: { shown: [[value], ['おわり']] } }] }],
            provisions: null,
            receipts: null,
            purposes: [],
          },
          writing('ja'),
        ),
      ),
    );
    expect(given.pages).toBeGreaterThan(2);
    expect(given.text.join('').split('あいうえお')).not.toHaveLength(1);
    expect(given.text.join('').match(/[あいうえお]/g)!.length).toBeGreaterThanOrEqual(4_500);
    expectText(given, 'おわり');
  });
});

describe('the receipt', () => {
  test('has amount, number, days and what it is for, and says why it bears no stamp', async () => {
    expectText(
      await paper('fee-receipt', 'ja'),
      '領収書',
      'R-2026-031-1',
      '1,000円（税込）',
      '個人情報の開示の請求の手数料として',
      '令和8年12月4日',
      '令和8年12月8日',
      '印紙税法別表第一17号',
    );
    expectText(await paper('fee-receipt', 'en'), '¥1,000 (tax included)', 'below 50,000 yen');
  });

  test('says nothing of the stamp from 50,000 yen on', async () => {
    const dear: Operator = { ...operator, fee: { ...operator.fee, amount_yen: 50_000 } };
    const given = await readPdf(makePdf(previews(dear)['fee-receipt']!(writing('ja', dear))));
    expectText(given, '50,000円（税込）');
    expect(given.text.join('')).not.toContain('印紙');
  });
});

test('letters that answer and that put off say what they must', async () => {
  expectText(await paper('consultation', 'ja'), 'お申し出へのお答え', '録音には、ほかの方の声と氏名が含まれています');
  expectText(await paper('extension', 'ja'), '令和8年12月15日までに', '令和8年12月29日まで', '理由');
});

test('what may answer a question, a complaint or an application calls it none of them', async () => {
  for (const id of ['consultation', 'extension', 'acknowledgement', 'code'] as const) {
    const [ja, en] = await Promise.all(langs.map((lang) => paper(id, lang)));
    expect([id, ja!.text.join('')]).toEqual([id, expect.not.stringMatching(/ご相談|請求|苦情/)]);
    expect([id, en!.text.join('')]).toEqual([id, expect.not.stringMatching(/application|writingtous|youasked/)]);
  }
});

test.each(langs)('what did not come is named in %s so that it is true where a part of it came', async (lang) => {
  const given = await paper('dismissal/lacking', lang);
  const { titles } = texts.lacks;
  const { missing } = texts.dismissal;
  const claim = claimOf({ kind: 'disclosure' }, writing(lang));
  const named = Object.values(missing).map((one) => filled(one, lang, { claim }));
  expectText(given, ...named, lang === 'ja' ? '37条1項' : 'APPI 37(1)');
  // Nobody asked for a paper that cannot be read.
  expect(given.text.join('')).not.toContain(squeezed(titles.unreadable[lang]));
  expect([missing.fee.ja, missing.fee.en]).toEqual(['手数料の全額', 'The fee in full']);
});

test('labels stand in their places on the sheet, twelve on each', async () => {
  const { pieces, pages } = await paper('labels', 'ja');
  expect(pages).toBe(2);
  // Above them is the note on what the sheet is for, in the margin.
  const places = pieces
    .filter(({ y }) => y > 21.6)
    .map(({ page, x, y, right }) => {
      const [column, row] = [Math.floor((x - 18.6) / 86.4), Math.floor((y - 21.6) / 42.3)];
      // Four millimetres of every edge stay empty.
      const [left, top] = [18.6 + column * 86.4, 21.6 + row * 42.3];
      const inside = x >= left + 4 && right <= left + 82.4 && y >= top + 6 && y <= top + 38.3;
      return inside ? `${page}.${row}.${column}` : 'outside';
    });
  expect(new Set(places)).toEqual(
    new Set([...Array.from({ length: 12 }, (_, i) => `1.${Math.floor(i / 2)}.${i % 2}`), '2.0.0']),
  );
});

test.each(langs)(
  'a disclosure whose values our fonts lack says so in %s, and where they are shown instead',
  async (lang) => {
    const textOf = async (value: string): Promise<string> => {
      const facts = {
        ...disclosing,
        holdings: [{ title: '顧客台帳', items: [{ label: '氏名', says: { shown: [[value]] } }] }],
        provisions: null,
        receipts: null,
        purposes: [],
      };
      return (await readPdf(makePdf(disclosureDocument(facts, writing(lang))))).text.join('').replaceAll(/\s/g, '');
    };
    const says = { ja: '窓口にお申し出いただければ', en: 'Pleaseaskthedesk' }[lang];
    const [lacking, whole] = [await textOf('محمد'), await textOf('髙𣘺 Nguyễn Иван')];
    expect([lacking.includes('〓〓〓〓'), lacking.includes(says)]).toEqual([true, true]);
    expect([whole.includes('〓'), whole.includes(says)]).toEqual([false, false]);
  },
);

test('a character that no font has is shown as 〓, and the paper is still made', async () => {
  const strange = { ...operator, name: { ja: '例示🙂社', en: 'Reiji 🙂' } };
  const given = await readPdf(makePdf(previews(strange).consultation!(writing('ja', strange))));
  expectText(given, '例示〓社');
});

const person: Addressee = {
  postal: '104-0000',
  address: '東京都中央区例示町9-9',
  organisation: null,
  name: '例示 花子',
};

describe('what is hard to set', () => {
  const hard: Addressee = {
    postal: '104-0000',
    address:
      '東京都中央区例示町二丁目１０番地３号　ﾚｲｼﾞﾛｲﾔﾙｶﾞｰﾃﾞﾝﾚｼﾞﾃﾞﾝｽ中央ﾀﾜｰ東棟２３０７号室　𠮷野家例示流通ﾛｼﾞｽﾃｨｸｽ株式会社内　ｻｶｲ髙橋様方',
    organisation: '㈱𠮷野家例示流通',
    name: '髙橋 辻󠄀之介（﨑山 はな子）',
  };
  const ofHard = { ...about, principal: hard.name } as const;

  test.each(langs)(
    'rare characters, half-width kana and an address of 80 characters stand whole in the window in %s',
    async (lang) => {
      const given = await readPdf(
        makePdf(
          refundLetter(
            { to: hard, about: ofHard, yen: 1, heldYen: 1, dueYen: 0, waivedYen: 0, undone: false, receivedYen: 1 },
            writing(lang),
          ),
        ),
      );
      const head = given.pieces.filter(({ page, x, y }) => page === 1 && x < 110 && y < 57);
      expect(head.filter(({ x, y, right }) => x < 19.9 || right > 75.5 || y < 14 || y > 35.5)).toEqual([]);
      const text = squeezed(head.map(({ text: piece }) => piece).join(''));
      expect(text).toContain(
        '東京都中央区例示町二丁目１０番地３号レイジロイヤルガーデンレジデンス中央タワー東棟２３０７号室𠮷野家例示流通ロジスティクス株式会社内サカイ髙橋様方',
      );
      expect(text).toContain('㈱𠮷野家例示流通');
      expect(given.text.join('')).not.toContain('〓');
      expect(given.pages).toBe(1);
    },
  );

  test.each(langs)(
    'every end of a line is one, a tab a space, and marks that are not drawn are left out in %s',
    async (lang) => {
      const letter = (address: string, name: string) =>
        readPdf(
          makePdf(
            refundLetter(
              {
                to: { ...hard, address, name },
                about: ofHard,
                yen: 1,
                heldYen: 1,
                dueYen: 0,
                waivedYen: 0,
                undone: false,
                receivedYen: 1,
              },
              writing(lang),
            ),
          ),
        );
      const plain = await letter('東京都中央区例示町9-9\n例示ビル 3階\n髙橋様方', '髙橋 辻󠄀之介');
      const strange = await letter(
        '東京都中央区例示町9-9\r\n例示ビル\t3階\u2028髙橋様方',
        '\ufeff髙\u200b橋 辻󠄀之介\u202e',
      );
      expect(strange.pieces).toEqual(plain.pieces);
      expect(strange.text.join('')).not.toContain('〓');
    },
  );

  test.each(langs)('a character of no font is shown as one in %s, and the letter is made', async (lang) => {
    const to: Addressee = { ...hard, name: '𪚥子😀' };
    const given = await readPdf(
      makePdf(
        refundLetter(
          { to, about, yen: 1, heldYen: 1, dueYen: 0, waivedYen: 0, undone: false, receivedYen: 1 },
          writing(lang),
        ),
      ),
    );
    expect(given.text.join('')).toContain('子〓');
  });
});

test.each([
  ['ja', '〒104-0000'],
  ['ja', '33条2項3号'],
  ['en', 'APPI 33(2)(iii)'],
] as const)(
  'a letter in %s has %s on one line wherever it stands, and no character alone on a last line',
  async (lang, cited) => {
    const filled = Array.from({ length: 50 }, (_, n) => (lang === 'ja' ? 'あ' : 'a ').repeat(30 + n));
    const answer = filled.flatMap((text) => [`${text}（${cited}）。`, `${text}。`]);
    const to = { postal: null, address: '東京都', organisation: null, name: '例示 花子' };
    const lines = await linesOn(makePdf(consultationLetter({ to, about, answer }, writing(lang))));
    expect(lines.filter(({ text }) => text.includes(`${cited}）`))).toHaveLength(50);
    expect(lines.filter(({ text }) => text === 'あ。')).toEqual([]);
  },
);

test.each(langs)('the closing of a letter in %s is never alone on a page', async (lang) => {
  const facts = { to: person, before: day('2026-12-15'), until: day('2026-12-29') };
  for (let lines = 24; lines < 40; lines++) {
    const reason = Array.from({ length: lines }, (_, i) => `${i + 1}`);
    const given = await readPdf(makePdf(extensionLetter({ ...facts, about, reason }, writing(lang))));
    const last = given.pieces
      .filter(({ page, y }) => page === given.pages && y < 275)
      .map(({ text }) => squeezed(text));
    expect([lines, last.some((text) => /^\d+$/.test(text))]).toEqual([lines, true]);
  }
});

test('the points of the cover letter and of the acknowledgement name each other by their real numbers', async () => {
  expectText(
    await paper('cover', 'ja'),
    '（4のとおり）',
    '4ご本人を確認する書類',
    '（6のとおり）',
    '6代理人の方が手続をされるとき',
  );
  expectText(await paper('acknowledgement', 'ja'), '2ご本人を確認する書類', '代理人ご自身についての2の書類');
  expectText(await paper('acknowledgement', 'en'), 'besides a paper in 2');
});

describe('what is not disclosed', () => {
  test.each(
    langs.flatMap((lang) => (['harms', 'impedes', 'violates'] as const).map((ground) => [lang, ground] as const)),
  )('in %s is explained by the ground that was chosen: %s', async (lang, ground) => {
    const given = await readPdf(
      makePdf(
        disclosureDocument(
          {
            ...disclosing,
            holdings: [
              { title: '台帳', items: [{ label: '電話', says: { shown: [['03-', null]], covered: ground } }] },
            ],
            provisions: null,
            receipts: null,
            purposes: [],
          },
          writing(lang),
        ),
      ),
    );
    expectText(given, texts.notice.grounds[ground][lang]);
    const others = (['harms', 'impedes', 'violates'] as const).filter((one) => one !== ground);
    for (const other of others) expect(given.text.join('')).not.toContain(squeezed(texts.notice.grounds[other][lang]));
    expect(given.text.join('')).not.toMatch(/ほかの方の情報|otherpeople/);
  });

  test.each(langs)('of a paper of records in %s has its own title and lead', async (lang) => {
    const given = await paper('records', lang);
    expectText(given, texts.disclosure.records.title[lang], texts.frame.principal[lang], '𠮷野家 髙子');
    expect(given.text.join('')).toMatch(lang === 'ja' ? /第三者に提供した記録と/ : /Thesearetherecords/);
    expect(given.text.join('')).not.toMatch(/保有している|Thisisthe/);
  });
});

describe('the code that shows the stage', () => {
  test.each(langs)('is explained in %s in every letter it stands on', async (lang) => {
    const texts = await Promise.all(ids.map(async (id) => (await paper(id, lang)).text.join('')));
    const named = texts.filter((text) => text.includes('7K3QW-X02MB'));
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((text) => !text.includes('https://example.jp/requests/status'))).toEqual([]);
  });
});

describe('the receipt for the fee', () => {
  const receipt = (lang: Lang, of: Operator, again = false): Promise<Read> => {
    const made = previews(of)['fee-receipt']!(writing(lang, of));
    return readPdf(makePdf(again ? reissued(made) : made));
  };

  test.each(langs)('in %s states the rate, the amount of the tax and the day', async (lang) => {
    const given = await receipt(lang, operator);
    expectText(
      given,
      ...(lang === 'ja' ? ['10％対象1,000円（税込）うち消費税額等90円'] : ['taxat10%:¥90(of¥1,000withtax)']),
    );
    expect(given.text.join('')).not.toMatch(/登録番号|Registration|再発行|Issuedagain/);
  });

  test.each(langs)(
    'in %s bears the number of a registered issuer, and says so when it is printed again',
    async (lang) => {
      const registered: Operator = { ...operator, invoice_number: 'T0000000000000' };
      expectText(
        await receipt(lang, registered),
        'T0000000000000',
        texts.receipt.registered[lang].replace('{registration}', ''),
      );
      expectText(await receipt(lang, registered, true), texts.receipt.again[lang]);
    },
  );

  test('says nothing of a tax that the fee does not hold', async () => {
    const untaxed: Operator = { ...operator, fee: { ...operator.fee, tax_included: false } };
    expect((await receipt('ja', untaxed)).text.join('')).not.toContain('消費税');
    // The fee is all that is paid, so no tax comes on top of it either.
    for (const lang of langs)
      expect((await receipt(lang, untaxed)).text.join('')).not.toMatch(/税別|税込|taxincluded|plustax/);
  });
});

test.each(langs)('a sheet of labels in %s says what it is for', async (lang) => {
  expectText(await paper('labels', lang), '86.4', '長形3号');
});
