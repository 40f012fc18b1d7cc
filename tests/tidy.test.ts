// Rules of the code base that an import rule cannot express. Each rule says why it exists.

import fs from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { day, readDay, type Day } from '../src/base/day.ts';
import type { Finding } from '../src/base/finding.ts';
import * as law from '../src/law/index.ts';

const walk = (folder: string): string[] =>
  fs.existsSync(folder)
    ? fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
        const at = path.join(folder, entry.name);
        return entry.isDirectory() ? walk(at) : [at];
      })
    : [];

const sources = walk('src').filter((file) => /\.tsx?$/.test(file));
const code = sources.filter((file) => !/\.test\.tsx?$/.test(file));
const read = (file: string): string => fs.readFileSync(file, 'utf8');

const trees = new Map<string, ts.SourceFile>();
const treeOf = (file: string): ts.SourceFile => {
  const tree = trees.get(file) ?? ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest, true);
  trees.set(file, tree);
  return tree;
};

test('a slice holds the same few file names, so that a reader knows where to look', () => {
  const allowed =
    /^(index|tables|store|facts|actions|promises|routes|words)\.ts$|^(facts|actions|store|routes)\/[a-z-]+\.ts$|^pages\.tsx$|^pages\/[a-z-]+\.tsx$|^questions\/[a-z-]+\.ts$|^letters\/[a-z-]+\.(ts|tsx|typ)$|^notice\/([a-z]+\.ts|tsconfig\.json)$|\.test\.tsx?$/;
  // store/, actions/, facts/ and routes/ replace the one file where it would hold several things. questions/ has one question of the law per file,
  // as people are asked it, so that a question is added without touching another. notice/ is the one program that runs in other people's browsers,
  // on the pages of web sites; it has types of its own and nothing of the server. The lint of a policy is a list of its own, as long as the law it
  // checks against.
  const exceptions = new Set(['src/features/policy/lint.ts']);
  const strangers = walk('src/features')
    .filter((file) => !exceptions.has(file))
    .filter((file) => !allowed.test(file.split('/').slice(3).join('/')));
  expect(strangers).toEqual([]);
  // Either one file or several: a reader looks in one place.
  const twice = sources
    .filter((file) => /\/(store|actions|facts|routes|pages)\.tsx?$/.test(file))
    .filter((file) => fs.existsSync(file.replace(/\.tsx?$/, '')));
  expect(twice).toEqual([]);
});

test('no folder or file is a drawer for everything', () => {
  expect(sources.filter((file) => /(^|\/)(utils?|helpers?|common|misc|shared|manager)(\/|\.)/i.test(file))).toEqual([]);
});

test('the law is pure: no clock, no chance, no world', () => {
  const impure = /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bfetch\(|\bprocess\.|\bperformance\./;
  const files = code.filter((file) => file.startsWith('src/law/'));
  expect(files.filter((file) => impure.test(read(file)))).toEqual([]);
});

test('no rule reads past its day what is promulgated and not in force', () => {
  const pending = Object.entries<unknown>(law.parameters).filter(
    ([, one]) => (one as { from?: unknown }).from === null,
  );
  const past = new RegExp(`\\b(?:${pending.map(([name]) => name).join('|')})\\.(?:value|from)\\b`);
  const rules = code.filter((file) => file.startsWith('src/law/') && file !== 'src/law/parameters.ts');
  expect(pending.length).toBeGreaterThan(10);
  expect(rules.filter((file) => past.test(read(file)))).toEqual([]);
});

/** True when a finding lacks grounds that name an article and say something in both languages. */
function groundless(finding: Finding): boolean {
  const stated = finding.answer === 'unknown' ? [...finding.because, ...finding.missing] : finding.because;
  return (
    finding.because.length === 0 ||
    (finding.answer === 'unknown' && finding.missing.length === 0) ||
    stated.some(({ law: source, article, says }) => !source || !article || !says.ja || !says.en)
  );
}

/** The findings that the functions exported by src/law return: those of every question, and all others. */
type Answering = {
  [K in keyof typeof law]: (typeof law)[K] extends (...given: never[]) => infer R
    ? K extends `decide${string}`
      ? R
      : Extract<R, { answer: unknown }>
    : never;
};
/** The functions whose answer has no grounds. */
type Groundless = { [K in keyof Answering]: Answering[K] extends Finding<string> ? never : K }[keyof Answering];

test('a question of the law answers with a finding, and a finding never comes without grounds', () => {
  // The compiler, which runs with the tests, checks both.
  const none: [Groundless] extends [never] ? true : Groundless = true;
  // @ts-expect-error An empty list of grounds is no list of grounds.
  const empty: Finding = { answer: 'yes', because: [], duties: [] };
  expect([none, groundless(empty)]).toEqual([true, true]);
  const questions = Object.entries<unknown>(law).filter(([name]) => name.startsWith('decide'));
  expect(questions.length).toBeGreaterThan(30);
  for (const on of ['1990-01-01', '2026-11-24', '2040-01-01'].map(day)) {
    const answers = questions.map(
      ([name, ask]) => [name, (ask as (facts: object, on: Day) => Finding)({}, on)] as const,
    );
    expect(answers.filter(([, answer]) => groundless(answer)).map(([name]) => name)).toEqual([]);
  }
});

test('no cast passes grounds that are not there', () => {
  const casts = /\bas (?:unknown as )?(?:Finding|Grounds|\[Ground\b|\[Missing\b)|<(?:Finding|Grounds)>\s*[({[]/;
  const rules = code.filter((file) => file.startsWith('src/law/'));
  expect(rules.filter((file) => casts.test(read(file)))).toEqual([]);
});

/** What a parameter of the law lacks: its value, its dates, its source, and whether that was checked. */
function lacksOfParameter(one: unknown): string[] {
  const p = one as Partial<law.Parameter<unknown>> | null;
  if (typeof p !== 'object' || p === null) return ['not a parameter'];
  const isDay = (text: unknown): boolean => typeof text === 'string' && readDay(text) !== null;
  const flaws: string[] = [];
  if (p.value === undefined) flaws.push('value');
  if (p.from !== null && !isDay(p.from)) flaws.push('from');
  if (p.to !== undefined && (!isDay(p.to) || (p.from && p.to < p.from))) flaws.push('to');
  if (!p.citation?.law || !p.citation.article) flaws.push('citation');
  if (p.status !== 'verified' && p.status !== 'to-confirm') flaws.push('status');
  return flaws;
}

test('every number of the law has its value, its dates, its citation and its status', () => {
  expect(lacksOfParameter(3)).toEqual(['not a parameter']);
  expect(lacksOfParameter({ from: '2022-4-1', to: '2022-03-31', citation: { law: 'APPI', article: '' } })).toEqual([
    'value',
    'from',
    'to',
    'citation',
    'status',
  ]);
  const { LAW_VERSION, ...others } = law.parameters;
  expect(readDay(LAW_VERSION)).not.toBeNull();
  const numbers = Object.entries<unknown>(others).filter(([, one]) => typeof one !== 'function');
  expect(numbers.length).toBeGreaterThan(30);
  expect(numbers.map(([name, one]) => [name, ...lacksOfParameter(one)]).filter((one) => one.length > 1)).toEqual([]);
});

test('only main.ts and config.ts read the environment', () => {
  const readers = code.filter((file) => /\bprocess\.env\b/.test(read(file)));
  expect(readers.filter((file) => !['src/main.ts', 'src/platform/config.ts'].includes(file))).toEqual([]);
});

test('what is written beside a person is opened without an entry of the log in one place, which shows it to nobody', () => {
  const openers = code.filter((file) => /\bcarryBeside\b/.test(read(file)));
  expect(openers.toSorted()).toEqual([
    'src/features/provision/actions/references.ts',
    'src/vault/beside.ts',
    'src/vault/index.ts',
  ]);
});

test('the wall clock is read in one place, so that tests can stand on any day', () => {
  // Waiting for a server to answer and naming a failed request are not decisions about days; a visitor's browser has a clock of its own.
  const exceptions = [
    'src/platform/clock.ts',
    'src/platform/database/embedded.ts',
    'src/platform/http/mount.ts',
    ...code.filter((file) => file.startsWith('src/features/transmission/notice/')),
  ];
  const readers = code.filter((file) => /\bDate\.now\(\)|\bnew Date\(\)/.test(read(file)));
  expect(readers.filter((file) => !exceptions.includes(file))).toEqual([]);
});

test('every file says what it is', () => {
  const silent = code.filter((file) => !/^(#!.*\n)?(\/\/ \S|\/\*\* ?\S|\/\* \S)/.test(read(file)));
  expect(silent).toEqual([]);
});

test('functions stay under 70 lines', () => {
  const long: string[] = [];
  for (const file of code) {
    const source = treeOf(file);
    const visit = (node: ts.Node): void => {
      if (ts.isFunctionLike(node) && 'body' in node && node.body) {
        const from = source.getLineAndCharacterOfPosition(node.getStart()).line;
        const to = source.getLineAndCharacterOfPosition(node.end).line;
        if (to - from + 1 > 70) long.push(`${file}:${from + 1} (${to - from + 1} lines)`);
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  expect(long).toEqual([]);
});

test('no test is left out or alone', () => {
  const tests = [...sources, ...walk('tests')].filter(
    (file) => /\.test\.tsx?$/.test(file) && !file.endsWith('tidy.test.ts'),
  );
  expect(tests.filter((file) => /\b(it|test|describe)\.(only|skip|todo)\b/.test(read(file)))).toEqual([]);
});

test('only the store of a room speaks SQL', () => {
  const speakers = code
    .filter((file) => /^src\/(features|vault|log)\//.test(file) && !/\/store(\.ts$|\/)/.test(file))
    .filter(
      (file) =>
        /\b(SELECT\s.+\sFROM|INSERT INTO|UPDATE \w+ SET|DELETE FROM)\b/s.test(read(file)) ||
        /\.(selectFrom|insertInto|updateTable|deleteFrom)\(/.test(read(file)),
    );
  expect(speakers).toEqual([]);
});

/** Domains that can never be anybody's (RFC 2606, RFC 6761), and the scopes of npm packages. */
const NOBODYS = /(^|\.)(example(\.(jp|com|org|net))?|test|invalid|localhost)$/;

test('a fixture address is never real', () => {
  const texts = [...sources, ...['tests', 'policies', 'docs', 'bench'].flatMap(walk)].filter((file) =>
    /\.(tsx?|yaml|md|sql)$/.test(file),
  );
  const foreign = texts.flatMap((file) =>
    [...read(file).matchAll(/[A-Za-z0-9.+_]@([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,})/g)]
      .filter((match) => !NOBODYS.test(match[1]!.toLowerCase()))
      .map((match) => `${file}: @${match[1]}`),
  );
  expect(foreign).toEqual([]);
});

test('no page breaks a word that fits on a line', () => {
  const breaking = code.filter((file) => /\bbreak-all\b/.test(read(file)));
  expect([
    ...breaking,
    ...(/word-break: break-all/.test(read('src/platform/ui/look.css')) ? ['look.css'] : []),
  ]).toEqual([]);
});

test('the tests of faults open every house on a server that keeps what it was told', () => {
  const opened = walk('tests/faults').flatMap((file) =>
    [...read(file).matchAll(/\b(?:testDatabase|openTestOffice|openServer)\([^;]*;/g)].map(
      ([call]) => `${file}: ${call}`,
    ),
  );
  expect(opened.length).toBeGreaterThan(3);
  expect(opened.filter((call) => !call.includes('durable: true'))).toEqual([]);
});

test('the lock file names the packages of every platform, so that npm ci passes on all of them', () => {
  // npm leaves out what it could not find while locking, and refuses the file later on a clean machine.
  interface Locked {
    optionalDependencies?: Record<string, string>;
  }
  const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, Locked> };
  const missing = Object.entries(packages).flatMap(([at, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) => !packages[`node_modules/${name}`] && !packages[`${at}/node_modules/${name}`],
    ),
  );
  expect(missing).toEqual([]);
});

test('no package runs a script when it is installed: the program does for itself what is needed of it', () => {
  const { packages } = JSON.parse(read('package-lock.json')) as {
    packages: Record<string, { hasInstallScript?: boolean }>;
  };
  const having = Object.entries(packages).flatMap(([at, { hasInstallScript }]) =>
    hasInstallScript ? [at.split('node_modules/').at(-1)!] : [],
  );
  expect(having.length).toBeGreaterThan(0);
  const { allowScripts } = JSON.parse(read('package.json')) as { allowScripts?: Record<string, boolean> };
  expect(allowScripts).toEqual(Object.fromEntries(having.map((name) => [name, false])));
});

const documents = [
  'README.md',
  'README.ja.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  ...walk('docs'),
].filter((file) => file.endsWith('.md'));

/** The documents that are in both languages. */
const translated: readonly { en: string; ja: string }[] = [
  { en: 'README.md', ja: 'README.ja.md' },
  { en: 'SECURITY.md', ja: 'docs/ja/security.md' },
  ...['api', 'backup', 'company-sign-in', 'log', 'operations', 'policy', 'threat-model'].map((name) => ({
    en: `docs/${name}.md`,
    ja: `docs/ja/${name}.md`,
  })),
];

test('every file and folder that a document names or links to is there', () => {
  const folders = ['bench', 'bin', 'docs', 'examples', 'migrations', 'policies', 'scripts', 'src', 'tests'];
  const there = [...fs.readdirSync('.'), ...folders.flatMap(walk)].map((file) => `/${file}`);
  const lost = documents.flatMap((document) => {
    const text = read(document).replaceAll(/```.*?```/gs, '');
    const links = [...text.matchAll(/\]\((?!https?:)([^)#]*)/g)]
      .map(([, to]) => path.join(path.dirname(document), to!))
      .filter((to) => !fs.existsSync(to));
    const named = [...text.matchAll(/`([\w.-]+(?:\/[\w.-]+)*(?:\/|\.(?:tsx?|cedar|sql|md)))`/g)]
      .map(([, name]) => `/${name!}`)
      .filter((name) => !there.some((file) => (name.endsWith('/') ? file.includes(name) : file.endsWith(name))));
    return [...links, ...named].map((name) => `${document}: ${name}`);
  });
  // What the build and a running office make.
  expect(lost.filter((name) => !/: \/(?:keys\/|run\/|dist\/.*)$/.test(name))).toEqual([]);
});

test('the documents name each setting that is read and no other, and only commands and options that there are', () => {
  const texts = documents.map(read).join('\n');
  const [main, config] = ['src/main.ts', 'src/platform/config.ts'].map(read);
  const settings = /\b(?:SEKISHO_[A-Z_]+|DATABASE_URL|HOST|PORT)\b/g;
  const readHere = new Set(config!.match(/(?<=env\.)[A-Z_]+|SEKISHO_OIDC_[A-Z]+/g));
  const table = read('README.md').split('## Settings')[1]!.split('\n## ')[0]!;
  expect([...new Set(table.match(settings))].toSorted()).toEqual([...readHere].toSorted());
  // What a caller of the API sets for itself.
  expect([...new Set(texts.match(settings))].filter((name) => !readHere.has(name))).toEqual(['SEKISHO_TOKEN']);

  const usage = main!.split('const USAGE = `')[1]!.split('`;')[0]!;
  const lines = usage.split('\n').filter((line) => line.startsWith('  sekisho '));
  const calls = [...texts.matchAll(/(?<=`|node bin\/)sekisho(?:\.mjs)? ([^`\n']+)/g)].map(([, call]) =>
    call!.split(' '),
  );
  expect(calls.length).toBeGreaterThan(10);
  const unknown = calls.filter(([command, ...words]) => {
    const known = lines.filter((line) => line.split(' ')[3] === command).join(' ');
    const options = words.filter((word) => word.startsWith('--'));
    return command !== 'help' && (known === '' || options.some((option) => !known.includes(option)));
  });
  expect(unknown).toEqual([]);
});

/** Forms that texts do not use, by the style in docs/glossary.md. */
const otherForms = [
  /誰|たずね|あらためて|ふたたび|まちがい|いっしょ|くわし|ことば|全て|下さい|出来る|予め|既に|(?<!その)他の/,
  /いら(?:ない|ず|なく)|いりません|[たいだ]あと(?=[でのには、も])|あいだ|[二三四五六七八九]つ|今(?:の|は|だけ|、)/,
  /取消(?!し)|取下(?!げ)|取り(?:消し|下げ)(?=[のとがを」'])|(?<!お)申し出(?![たてるなま])|手続き/,
  /利用停止(?!等)/,
  /受取り|読出し|[読書取]込み|問合せ|組合せ/,
  /又は|若しくは|並びに|及び(?!ま|、)|[ヶケカヵ]月|させていただ|！/,
  /サーバ(?!ー)|ブラウザ(?!ー)|コンピュータ(?!ー)|フォルダ(?!ー)/,
  /[Ww]ebsite(?=[ .,])|[Ee]nquir|\bInternet\b/,
];

test('what people read writes each word in one way', () => {
  // What fictional people of the demonstration write is not held to the rules.
  const ours = ['letters', 'promises'].map((name) => `policies/example/${name}.yaml`);
  const texts = [...code.filter((file) => !file.endsWith('demo-desk.ts')), ...ours, ...translated.map(({ ja }) => ja)];
  const found = texts.flatMap((file) => {
    const text = read(file);
    return otherForms.flatMap((form) => form.exec(text)?.map((written) => `${file}: ${written}`) ?? []);
  });
  expect(found).toEqual([]);
});

/** A text in both languages as written in the source, with its placeholders and its place. */
interface Pair {
  at: string;
  ja: string;
  en: string;
}

const japanese = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]/u;

/** The pairs of a source: `both`, {ja, en}, the two arms of a condition, and neighbours of which the first alone is Japanese. */
function pairsOfSource(file: string): Pair[] {
  const source = treeOf(file);
  const pairs: Pair[] = [];
  const said = (node: ts.Node | undefined): string | undefined =>
    node && (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) ? node.getText().slice(1, -1) : undefined;
  const neighbours = (node: ts.Node): (ts.Node | undefined)[] => {
    if (ts.isCallExpression(node)) return [...node.arguments];
    if (ts.isArrayLiteralExpression(node)) return [...node.elements];
    if (ts.isConditionalExpression(node)) return [node.whenTrue, node.whenFalse];
    if (!ts.isObjectLiteralExpression(node)) return [];
    const named = node.properties.filter(ts.isPropertyAssignment);
    return ['ja', 'en'].map((lang) => named.find(({ name }) => name.getText() === lang)?.initializer);
  };
  const visit = (node: ts.Node): void => {
    const declared =
      ts.isObjectLiteralExpression(node) || (ts.isCallExpression(node) && node.expression.getText() === 'both');
    const texts = neighbours(node);
    for (const [i, at] of texts.entries()) {
      const [ja, en] = [said(at), said(texts[i + 1])];
      if (!at || !ja || !en || !(declared || (japanese.test(ja) && !japanese.test(en)))) continue;
      const line = source.getLineAndCharacterOfPosition(at.getStart()).line + 1;
      pairs.push({ at: `${file}:${line}`, ja, en });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return pairs;
}

/** The pairs of a file of the policy, without the words of a clause that are marked in it. */
function pairsOfPolicy(file: string): Pair[] {
  const walkValue = (value: unknown, at: string): Pair[] => {
    if (typeof value !== 'object' || value === null) return [];
    const { ja, en } = value as Record<string, unknown>;
    if (typeof ja === 'string' && typeof en === 'string') return [{ at, ja, en }];
    return Object.entries(value).flatMap(([key, each]) => (key === 'marks' ? [] : walkValue(each, `${at}/${key}`)));
  };
  return walkValue(parse(read(file)), file);
}

/** What one language says, the other must say too: deadlines, and whether something must be done. */
const saysToo: readonly (readonly [keyof Omit<Pair, 'at'>, RegExp, RegExp])[] = [
  ['ja', /遅滞なく/, /without delay/i],
  ['en', /without delay/i, /遅滞なく/],
  ['ja', /速やか/, /\bpromptly\b/i],
  ['en', /\bpromptly\b/i, /速やか/],
  ['ja', /直ちに/, /immediately/i],
  ['en', /immediately/i, /直ちに/],
  ['ja', /努め|努力義務/, /\btry to\b|\btries to\b|\beffort\b/i],
  ['en', /\bthe company tries to\b|^try to\b/i, /努め/],
  ['ja', /以内/, /\bwithin\b|\blast\b|at most|up to|older than/i],
  ['ja', /前もって|あらかじめ/, /beforehand|advance|first|prior|before|after|already|then/i],
  ['ja', /。$/, /[.?:,}]$/],
  ['en', /[a-z)}]{3}\.$/, /[。：]$|か$/],
];

/** Numbers of two or more digits, and articles in the form the product cites them, that the Japanese has and the English lacks. */
function figuresLost({ ja, en }: Pair): string[] {
  const romans = ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x'];
  const articles = [...ja.matchAll(/(\d+)条(?:の(\d+))?(?:(\d+)項)?(?:(\d+)号)?/g)].map(
    ([, article, branch, paragraph, item]) =>
      `${article}${branch ? `-${branch}` : ''}${paragraph ? `(${paragraph})` : ''}${item ? `(${romans[Number(item) - 1]})` : ''}`,
  );
  const numbers = ja.replaceAll(/\$\{[^}]*\}/g, '').match(/\d[\d,]*\d/g) ?? [];
  const inWords = en.replaceAll(/\bten\b/gi, '10').replaceAll(/\btwelve\b/gi, '12');
  return [...articles, ...numbers].filter((figure) => !inWords.includes(figure));
}

/** Pairs that are right although a rule objects, by the beginning of their Japanese. */
const rightAllTheSame = [
  'この方針を役員と従業者の全員に知らせ', // a clause as it was published, of which the English “works to see it carried out”
  '本人が訴えを起こせるのは、前もって請求し', // what comes “after” the request is the lawsuit
  '1号から4号まで、6号、13号', // the English counts items in Roman figures
  '利用者が月平均1,000万人', // ten million
  '漏えいの問いで、通信の秘密の漏えいの報告を決めます', // ten million
  '例：1980/4/1、昭和55年', // a year by its era, which the English has not
  '運転経歴証明書は、平成24年', // likewise
  '12面のラベル用紙', // the envelope has no other name
  'English', // a language is called as its speakers call it
  '`clauses.yaml` で、`layer` が', // the words are to be written so in the Japanese text
  '○ できる', // a legend
];

/** The faults of a pair, each with its place. */
const wrongOf = (pair: Pair): string[] => [
  ...(japanese.test(pair.en) ? [`${pair.at}: Japanese in ${pair.en}`] : []),
  ...(/[０-９\uff61-\uff9f]/.test(pair.ja) ? [`${pair.at}: width in ${pair.ja}`] : []),
  ...figuresLost(pair).map((figure) => `${pair.at}: no ${figure} in ${pair.en}`),
  ...saysToo
    .filter(
      ([lang, one, other]) => one.test(pair[lang].trim()) && !other.test(pair[lang === 'ja' ? 'en' : 'ja'].trim()),
    )
    .map(([, one, other]) => `${pair.at}: ${one.source} without ${other.source}: ${pair.ja} | ${pair.en}`),
];

test('what is said in Japanese is said in English, by when and by which article', () => {
  const planted = [
    ['遅滞なく消去する', 'Erase it promptly'],
    ['法28条2項', 'APPI Art. 28(3)'],
    ['30日以内', 'After 30 days'],
    ['知らせます。', 'We will tell you'],
  ].map(([ja, en]) => ({ at: '', ja: ja!, en: en! }));
  expect(planted.filter((pair) => wrongOf(pair).length === 0)).toEqual([]);
  const policy = walk('policies/example').filter((file) => file.endsWith('.yaml'));
  const pairs = [...code.flatMap(pairsOfSource), ...policy.flatMap(pairsOfPolicy)];
  expect(pairs.length).toBeGreaterThan(8000);
  const held = pairs.filter(({ ja }) => !rightAllTheSame.some((text) => ja.startsWith(text)));
  expect(held.flatMap(wrongOf)).toEqual([]);
});

/** The document that says the same in the other language; undefined where there is none. */
const otherOf = (document: string): string | undefined => {
  const pair = translated.find(({ en, ja }) => en === document || ja === document);
  return pair && (pair.en === document ? pair.ja : pair.en);
};

/** Code as both languages must have it: without comments, blank lines and words for a placeholder, in which an example may ask for either language. */
const bare = (text: string): string =>
  text
    .replaceAll(/\/\*\*.*?\*\//gs, '')
    .replaceAll(/(^|\s)(?:#|\/\/) .*$/gm, '$1')
    .replaceAll(/<[^<>\n]+>/g, '<>')
    .replaceAll(/(\blang: '|\bsays\.)(?:ja|en)\b/g, '$1')
    .split('\n')
    .map((line) => line.trimEnd())
    .filter(Boolean)
    .join('\n');

const inOrder = (words: readonly string[]): string => [...new Set(words)].toSorted().join(' ');

const namesIn = (text: string): string => inOrder([...text.matchAll(/`([^`]+)`/g)].map(([, name]) => bare(name!)));

/** Numbers of two or more digits in running text. Large round ones are words in English, and the Japanese has 万 in them. */
const figuresIn = (text: string): string =>
  inOrder(
    text
      .replaceAll(/`[^`]*`|\]\([^)]*\)|\d+万/g, '')
      .replaceAll(/\bten\b/gi, '10')
      .replaceAll(/\btwelve\b/gi, '12')
      .match(/\d[\d,.]*\d/g) ?? [],
  );

/** What a document says, in a form that is the same for both languages: each part with its level, items, names, figures, links and rows, and the code. */
function outlineOf(document: string, text: string): string[] {
  const blocks: string[] = [];
  const prose = text.replaceAll(/^ *```.*\n[\s\S]*?^ *```$/gm, (block) => {
    blocks.push(bare(block));
    return '';
  });
  const inEnglish = translated.some(({ en }) => en === document);
  const linked = (part: string): string[] =>
    [...part.matchAll(/\]\(([^)]*)\)/g)].map(([, to]) => {
      const at = /^https?:/.test(to!) ? to! : path.join(path.dirname(document), to!);
      return (inEnglish ? undefined : otherOf(at)) ?? at;
    });
  const parts = prose.split(/^(?=#+ )/m).flatMap((part) => {
    const rows = part.match(/^ *\|.*\|$/gm) ?? [];
    const items = part.match(/^ *(?:-|\d+\.) /gm) ?? [];
    return [
      `${/^#*/.exec(part)![0]} items ${items.map((item) => item.replace(/\d+/, 'n')).join('')}`,
      `names ${namesIn(part)}`,
      `figures ${figuresIn(part)}`,
      `links ${linked(part).toSorted().join(' ')}`,
      ...rows.map((row) => {
        const [first = '', ...others] = row.split('|').slice(1, -1);
        return `row | ${namesIn(first)} | ${others.map(namesIn).join(' | ')}`;
      }),
    ];
  });
  return [...parts, ...blocks];
}

test('a document says the same in Japanese and in English', () => {
  const [listed, there] = [
    translated.map(({ ja }) => ja),
    documents.filter((file) => /\.ja\.md$|^docs\/ja\//.test(file)),
  ];
  expect(listed.toSorted()).toEqual(there.toSorted());
  for (const { en, ja } of translated) {
    expect([ja, ...outlineOf(ja, read(ja))]).toEqual([ja, ...outlineOf(en, read(en))]);
    const [top, language] = read(ja).split('\n\n');
    expect([top!.startsWith('# '), language]).toEqual([true, `[English](${path.relative(path.dirname(ja), en)})`]);
  }
});

test('a document that drifts from its other language is noticed', () => {
  const { en, ja } = translated.find((pair) => pair.en === 'docs/operations.md')!;
  const same = (from: string, to: string): boolean => {
    const text = read(ja);
    expect(text).toContain(from);
    return outlineOf(ja, text.replace(from, to)).join('\n') === outlineOf(en, read(en)).join('\n');
  };
  const changes: [string, string][] = [
    ['\n## 更新', '\n### 更新'],
    ['\n## 更新', '\n更新'],
    ['TimeoutStopSec=90', 'TimeoutStopSec=60'],
    ['| 時計が進みすぎた |', '時計が進みすぎた'],
    ['| `mail does not go out: …` |', '| メールが出ない |'],
    ['`/readyz`、', ''],
    ['--since <', '--key <'],
    ['[backup.md](backup.md)', '[backup.md](../backup.md)'],
    ['[backup.md](backup.md)', 'backup.md'],
    ['24時間', '48時間'],
    ['- すべての時計を', 'すべての時計を'],
  ];
  expect(changes.filter(([from, to]) => same(from, to))).toEqual([]);
  expect(same('# 同意のファイルは', '# 取り込むファイルは')).toBe(true);
});

/** Quoted in a Japanese document without being words of the screen: examples, and a label of somebody else's. */
const quoted = new Set([
  'この名簿をセミナーの共催先に渡してよいか',
  'この顧客のこの項目を、この提供先に渡す',
  '税別',
  '発行から3か月以内',
  '内部',
]);

test('what a Japanese document quotes with 「」 is what the screen says, or a heading of a document', () => {
  const texts = translated.map(({ ja }) => read(ja).replaceAll(/```.*?```/gs, ''));
  const headings = texts.flatMap((text) => [...text.matchAll(/^#+ (.*)$/gm)].map(([, title]) => title!));
  const pairs = [...code.flatMap(pairsOfSource), ...pairsOfPolicy('policies/example/promises.yaml')];
  const known = new Set([
    ...quoted,
    ...headings.map((title) => title.replaceAll('`', '')),
    ...pairs.map(({ ja }) => ja),
  ]);
  const labels = texts.flatMap((text) => [...text.matchAll(/「([^」]*)」/g)].map(([, label]) => label!));
  expect(labels.length).toBeGreaterThan(20);
  expect(labels.filter((label) => !known.has(label))).toEqual([]);
});

test('a Japanese text of the program names the document in Japanese', () => {
  const pairs = code.flatMap(pairsOfSource);
  expect(pairs.filter(({ ja }) => ja.includes('docs/ja/')).length).toBeGreaterThan(0);
  expect(pairs.filter(({ ja }) => translated.some(({ en }) => ja.includes(en)))).toEqual([]);
});
