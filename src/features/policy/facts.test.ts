// The example policy is read from disk as it is: complete, in both languages, in nobody else's words. Bad files are refused with file and path.

import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { expect, test } from 'vitest';
import { parse, parseDocument, stringify } from 'yaml';
import { day } from '../../base/day.ts';
import type { FieldProblem } from '../../base/outcome.ts';
import { canonicalPolicy, diffPolicies, refinedPurposes } from './facts/change.ts';
import { outline } from './facts/outline.ts';
import { policyFiles } from './facts/shape.ts';
import { readPolicy, withLines } from './facts/read.ts';
import type { OutlineNode } from './facts/outline.ts';
import type { Policy } from './facts/shape.ts';

const texts = Object.fromEntries(policyFiles.map((f) => [f, fs.readFileSync(`policies/example/${f}`, 'utf8')]));

function example(): Policy {
  const read = readPolicy(texts);
  if (!read.ok) throw new Error(JSON.stringify(read.problem, null, 1));
  return structuredClone(read.value);
}

/** Reads the example with one value set in one file (undefined: removed); returns the problems. */
function problemsAfter(file: string, at: string, value: unknown): FieldProblem[] {
  const document = parseDocument(texts[file]!);
  const path = at.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step));
  if (value === undefined) document.deleteIn(path);
  else document.setIn(path, document.createNode(value));
  const read = readPolicy({ ...texts, [file]: document.toString() });
  return read.ok || read.problem.kind !== 'invalid' ? [] : read.problem.fields;
}

const fieldsAfter = (file: string, at: string, value: unknown): string[] =>
  problemsAfter(file, at, value).map(({ field }) => field);

test('the example policy holds 134 clauses in order, each in a section of its part', () => {
  const policy = example();
  expect(policy.clauses.map((c) => c.no)).toEqual(Array.from({ length: 134 }, (_, i) => i + 1));
  const perPart = ['A', 'B', 'C', 'D'].map((part) => policy.clauses.filter((c) => c.part === part).length);
  expect(perPart).toEqual([6, 82, 5, 41]);
  expect(new Set(policy.clauses.map((c) => c.path)).size).toBe(134);
});

test('every text is there in both languages: Japanese in Japanese, English in English', () => {
  const policy = example();
  const all = [
    ...policy.clauses.map((c) => c.text),
    ...policy.promises.flatMap((p) => [p.title, p.says]),
    ...policy.sections.map((s) => s.title),
    ...policy.purposes.flatMap((p) => [p.label, p.text]),
  ];
  for (const { ja, en } of all) {
    expect(ja).toMatch(/[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u);
    expect(en).not.toMatch(/[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}\uff01-\uff5e]/u);
    expect(`${ja}${en}`).not.toMatch(/[！!]|させていただ|\[\[|\]\]/);
  }
});

test('each clause makes a promise, and each promise is made by a clause', () => {
  const policy = example();
  expect(policy.clauses.filter((c) => c.promises.length === 0).map((c) => c.no)).toEqual([]);
  expect(policy.promises).toHaveLength(125);
  expect(policy.clauses.find((c) => c.no === 19)!.promises).toContain('no-opt-out');
  expect(policy.clauses.find((c) => c.no === 81)!.promises).toContain('foreign-information-before-consent');
});

test('the tree of sections sets every clause once, in reading order', () => {
  const numbers = (nodes: OutlineNode[]): number[] =>
    nodes.flatMap((n) => [...n.clauses.map((c) => c.no), ...numbers(n.sections)]);
  const tree = outline(example());
  expect(tree.map((n) => n.section.id)).toEqual(['A', 'B', 'C', 'D']);
  expect(numbers(tree)).toEqual(Array.from({ length: 134 }, (_, i) => i + 1));
});

test('purposes, fee, forms and desk carry the published facts', () => {
  const { operator, purposes, clauses } = example();
  expect(purposes.map((p) => `${p.id}=${p.clause}`)).toEqual([
    'P1=11',
    'P2=12',
    'P3=13',
    'P4=14',
    'N1=96',
    'N2=97',
    'N3=98',
    'N4=99',
    'P-RIGHTS=40',
  ]);
  expect(operator.fee).toMatchObject({
    amount_yen: 1000,
    tax_included: true,
    kinds: ['disclosure', 'record-disclosure'],
  });
  expect(operator.forms.map((f) => f.clause)).toEqual([32, 33, 35, 36, 37, 108, 110, 111, 112]);
  expect(operator.desk.clauses.map((no) => clauses[no - 1]!.path)).toEqual(['B-2-v-2', 'C-4', 'D-1-iv-2']);
  expect(operator.fee.clauses.map((no) => clauses[no - 1]!.path)).toEqual(['B-2-v-1/fee', 'D-1-iv-1/fee']);
});

test('neither language promises what the other does not', () => {
  const { clauses } = example();
  // Measures that are examples in one language are examples in the other.
  const examples = clauses.filter(({ text }) => text.ja.includes('などの措置をとります'));
  expect(examples.map(({ no }) => no)).toEqual([56, 59, 127, 130]);
  expect(examples.filter(({ text }) => !/measures such as/.test(text.en)).map(({ no }) => no)).toEqual([]);
  // A person asked to consent is first pointed to the Commission’s page, by its title.
  const { text } = clauses.find(({ link }) => link === 'ppc')!;
  expect(text.ja).toMatch(/同意される前に.*「外国における個人情報の保護に関する制度」/);
  expect(text.en).toMatch(
    /“Systems for the Protection of Personal Information in Foreign Countries”.*before you consent/,
  );
});

interface Wording {
  words: number;
  runs: string;
  names: { words?: number; characters?: number; sha256: string }[];
}

const wording = JSON.parse(fs.readFileSync('tests/published-wording.json', 'utf8')) as Wording;
const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();
const wordsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .replace(/['’]/g, '')
    .match(/[a-z0-9]+/g) ?? [];
const windows = (parts: string[], size: number, glue: string): string[] => [
  ...new Set(parts.slice(0, Math.max(0, parts.length - size + 1)).map((_, i) => parts.slice(i, i + size).join(glue))),
];

const runs = new Set(Buffer.from(wording.runs, 'base64').toString('hex').match(/.{10}/g));

/** The runs of twelve words that this text shares with the published English. */
const copied = (text: string): string[] =>
  windows(wordsOf(text), wording.words, ' ').filter((run) => runs.has(sha256(run).toString('hex', 0, 5)));

/** Number of forbidden names in this text. */
const named = (text: string): number =>
  wording.names.filter(({ words, characters, sha256: wanted }) =>
    (words ? windows(wordsOf(text), words, ' ') : windows([...text], characters!, '')).some(
      (w) => sha256(w).toString('hex') === wanted,
    ),
  ).length;

test('no sentence is copied from the wording the example was modelled on', () => {
  expect(copied('A boat drifts past the old checkpoint, while the keeper counts passes.')).toHaveLength(1);
  const { clauses, promises, measures } = example();
  const english = [
    ...clauses.map((c) => c.text.en),
    ...promises.map((p) => p.says.en),
    ...measures.flatMap((m) => m.items.map((i) => i.en)),
  ];
  expect(english.flatMap(copied)).toEqual([]);
});

test('no real company is named, in any file', () => {
  expect(named('the Keeper of Passes')).toBe(1);
  expect(named('あの関所の番人が')).toBe(1);
  for (const text of Object.values(texts)) expect(named(text)).toBe(0);
});

test('a problem names the file and the path in it', () => {
  const inClauses = (at: string, value: unknown): string[] => fieldsAfter('clauses.yaml', at, value);
  const inOperator = (at: string, value: unknown): string[] => fieldsAfter('operator.yaml', at, value);
  expect(inClauses('clauses.12.text.en', undefined)).toEqual(['clauses.yaml: clauses[12].text.en']);
  expect(inClauses('clauses.3.text.ja', ' ')).toEqual(['clauses.yaml: clauses[3].text.ja']);
  expect(inOperator('fee.amount_yen', '1000')).toEqual(['operator.yaml: fee.amount_yen']);
  expect(inOperator('fee.kinds.2', 'correction')).toEqual(['operator.yaml: fee.kinds[2]']);
  expect(inOperator('ppc_url.checked', '2026-02-30')).toEqual(['operator.yaml: ppc_url.checked']);
  expect(fieldsAfter('joint-uses.yaml', 'changes.purposes', undefined)).toEqual(['joint-uses.yaml: changes.purposes']);
  expect(fieldsAfter('measures.yaml', 'measures.0.colour', 'red')).toEqual(['measures.yaml: measures[0]']);
});

test('the desk may be reached by telephone and e-mail too, each written so that it can be dialled or written to', () => {
  const found = (key: string, value: unknown): string[] => fieldsAfter('operator.yaml', `desk.${key}`, value);
  expect(found('email', undefined)).toEqual([]);
  for (const phone of ['0570-000-000', '03-0000-0000', '050-0000-0000']) expect(found('phone', phone)).toEqual([]);
  for (const phone of ['', '110', '0300000000', '03-0000-0000 内線1', '０３-0000-0000', '+81-3-0000-0000', 300000000])
    expect(found('phone', phone)).toEqual(['operator.yaml: desk.phone']);
  expect(found('email', 'desk.one@example.jp')).toEqual([]);
  for (const email of [
    '',
    'desk',
    'desk@',
    'a@example.jp, b@example.jp',
    'mailto:desk@example.jp',
    'desk@example.jp?cc=a',
  ])
    expect(found('email', email)).toEqual(['operator.yaml: desk.email']);
});

test('a missing, strange or broken file is named', () => {
  const { 'measures.yaml': _, ...rest } = texts;
  const missing = readPolicy({ ...rest, 'mesures.yaml': '' });
  expect(missing).toMatchObject({
    ok: false,
    problem: { fields: [{ field: 'mesures.yaml' }, { field: 'measures.yaml' }] },
  });
  const broken = readPolicy({ ...texts, 'operator.yaml': 'name: {ja: "x"\nfee: [' });
  expect(broken).toMatchObject({ ok: false, problem: { fields: [{ field: 'operator.yaml' }] } });
  expect(readPolicy({}).ok).toBe(false);
});

test('parts that do not fit together are refused where they disagree', () => {
  const refused = (file: string, at: string, value: unknown, field = at): void => {
    const path = field.replace(/\.(\d+)/g, '[$1]');
    expect(fieldsAfter(file, at, value)).toContain(`${file}: ${path}`);
  };
  refused('clauses.yaml', 'clauses.5.no', 5);
  refused('clauses.yaml', 'clauses.0.promises.0', 'world-peace');
  refused('clauses.yaml', 'clauses.0.section', 'A-9');
  refused('clauses.yaml', 'clauses.0.part', 'B');
  refused('clauses.yaml', 'clauses.18.marks.0.ja', '渡します');
  refused('clauses.yaml', 'clauses.18.marks.0.promise', 'purpose-before-use');
  refused('promises.yaml', 'promises.0.id', 'world-peace');
  refused('purposes.yaml', 'purposes.0.clause', 900);
  refused('purposes.yaml', 'purposes.0.text.en', 'Anything we like', 'purposes.0.text');
  refused('operator.yaml', 'fee.amount_yen', 2000);
  refused('operator.yaml', 'desk.address.ja', '〒100-0000　東京都', 'desk.address');
  refused('operator.yaml', 'forms.0.title.en', 'Form 1', 'forms.0.title');
  refused('joint-uses.yaml', 'notice_items.0.text.ja', '別の事項', 'notice_items.0.text');
  refused('operator.yaml', 'fee.clauses.0', 340);
  refused('sections.yaml', 'sections.1.parent', 'Z');
  refused('measures.yaml', 'measures.1.group', 'physical', 'measures.2.group');
  refused('operator.yaml', 'stated_in.agents.0', 135);
  refused('operator.yaml', 'item_limits.0.clause', 135);
  refused('operator.yaml', 'item_limits.0.purposes.0', 'P9');
});

test('joint uses are registered in the office, and a list of them in the files is refused', () => {
  expect(fieldsAfter('joint-uses.yaml', 'agreed', [])).toEqual(['joint-uses.yaml']);
});

test('a problem never repeats the value it complains about', () => {
  const read = readPolicy({
    ...texts,
    'operator.yaml': texts['operator.yaml']!.replace('amount_yen: 1000', 'amount_yen: 山田花子'),
  });
  expect(read.ok).toBe(false);
  expect(JSON.stringify(read)).not.toContain('山田花子');
});

test('the canonical form does not depend on the order of keys or clauses', () => {
  const turned = (value: unknown): unknown =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(
          Object.entries(value)
            .toReversed()
            .map(([k, v]) => [k, turned(v)]),
        )
      : value;
  const clauses = (parse(texts['clauses.yaml']!) as { clauses: unknown[] }).clauses.toReversed().map(turned);
  const operator = turned(parse(texts['operator.yaml']!));
  const read = readPolicy({ ...texts, 'clauses.yaml': stringify({ clauses }), 'operator.yaml': stringify(operator) });
  expect(read.ok && canonicalPolicy(read.value) === canonicalPolicy(example())).toBe(true);
  expect(canonicalPolicy(example()).slice(0, 40)).toBe('{"clauses":[{"as":"paragraph","marks":[{');
});

test('two versions are compared by clause, by purpose and by fact', () => {
  const before = example();
  expect(diffPolicies(before, example())).toEqual({
    clauses: { added: [], removed: [], changed: [] },
    purposes: { added: [], removed: [], changed: [] },
    facts: [],
  });
  const after = example();
  after.clauses[18]!.text.en = 'Changed.';
  after.clauses.push({ ...after.clauses.pop()!, no: 135 });
  after.purposes = after.purposes.filter((p) => p.id !== 'P3');
  after.operator.fee.amount_yen = 500;
  after.operator.stated_in.agents = [38];
  const diff = diffPolicies(before, after);
  expect(diff.clauses.changed).toEqual([{ key: 19, before: before.clauses[18], after: after.clauses[18] }]);
  expect([diff.clauses.added, diff.clauses.removed].map((list) => list.map((c) => c.no))).toEqual([[135], [134]]);
  expect(diff.purposes.removed.map((p) => p.id)).toEqual(['P3']);
  expect(diff.facts).toEqual([
    { path: 'operator.fee.amount_yen', before: '1000', after: '500' },
    { path: 'operator.stated_in.agents[0]', before: null, after: '38' },
  ]);
});

test('a purpose is made more exact by what is judged related and by what is stated anew, each for as long as its words last', () => {
  const before = { meaning: 1, judged: null, announced_on: null } as const;
  const related = { judged: 'related', announced_on: day('2026-12-09') } as const;
  const effective = new Map([1, 2, 3, 4, 5].map((version) => [version, day(`2026-12-0${version}`)]));
  const of = (purpose: string, ...rows: Omit<Parameters<typeof refinedPurposes>[0][number], 'purpose'>[]) =>
    refinedPurposes(
      rows.toReversed().map((row) => ({ ...row, purpose })),
      effective,
    ).map(({ version, announcedOn, publicOn, from, until }) => [version, announcedOn, publicOn, from, until]);
  // The first version rewords nothing, and an editorial rewording refines nothing.
  expect(of('P1', { version: 1, ...before }, { version: 2, ...before, judged: 'editorial' })).toEqual([]);
  // A wording that returns to an earlier meaning was judged again.
  expect(
    of(
      'P2',
      { version: 1, ...before },
      { version: 2, meaning: 2, ...related },
      { version: 3, meaning: 2, judged: 'editorial', announced_on: null },
      { version: 4, meaning: 1, ...related },
    ),
  ).toEqual([
    [2, '2026-12-09', '2026-12-09', 2, 4],
    [4, '2026-12-09', '2026-12-09', 4, Infinity],
  ]);
  // Before judgements existed, a rewording was public by the version alone. A purpose never stated before is counted from version 0.
  expect(of('P3', { version: 1, ...before }, { version: 2, ...before, meaning: 2 })).toEqual([
    [2, null, '2026-12-02', 2, Infinity],
  ]);
  expect(of('P5', { version: 3, ...before, meaning: 3 }, { version: 5, ...before, meaning: 3 })).toEqual([
    [3, null, '2026-12-03', 0, Infinity],
  ]);
});

test('what another company has and does not have can be said: more parts, articles by name, no joint use, nothing of the Commission, cash at the desk', () => {
  const none = fieldsAfter;
  expect(none('sections.yaml', 'sections.0.number', { ja: '第1条', en: 'Article 1' })).toEqual([]);
  const { 'joint-uses.yaml': _, ...rest } = texts;
  const alone = readPolicy({ ...rest, 'joint-uses.yaml': 'none' });
  expect(alone.ok && alone.value.jointUses).toBe('none');
  expect(none('operator.yaml', 'ppc_url', 'none')).toEqual([]);
  const cash = texts['operator.yaml']!.replace('paid_by: registered-mail', 'paid_by: cash');
  expect(readPolicy({ ...texts, 'operator.yaml': cash.replace('visits: false', 'visits: true') }).ok).toBe(true);
  // Cash cannot be paid at a desk that takes no visits.
  expect(readPolicy({ ...texts, 'operator.yaml': cash })).toMatchObject({
    problem: { fields: [{ field: 'operator.yaml: fee.paid_by' }] },
  });
  const parts = ['sections.yaml', 'clauses.yaml'].map((file) => [
    file,
    texts[file]!.replace(/^((?: {2}- id| {4}parent): )D/gm, '$1K')
      .replace(/^( {4}part: )D/gm, '$1K')
      .replace(/^( {4}section: )D/gm, '$1K'),
  ]);
  const read = readPolicy({ ...texts, ...(Object.fromEntries(parts) as Record<string, string>) });
  expect(read.ok && outline(read.value).map((n) => n.section.id)).toEqual(['A', 'B', 'C', 'K']);
});

test('a fee is stated as all that is paid: a clause that adds tax to it is named with its line and how to write it', () => {
  const said = (ja: string, en: string) => {
    const clauses = texts['clauses.yaml']!.replaceAll('1,000円（税込）', ja).replaceAll('1,000 yen, tax included', en);
    const files = { ...texts, 'clauses.yaml': clauses };
    const read = readPolicy(files);
    const fields = !read.ok && read.problem.kind === 'invalid' ? read.problem.fields : [];
    return withLines(files, fields).map(({ field, says }) => [field, says.ja]);
  };
  const line = texts['clauses.yaml']!.split('\n').findIndex((text) => text.includes('1,000円（税込）')) + 1;
  for (const [ja, en] of [
    ['1,000円（税別）', '1,000 yen (plus tax)'],
    ['1,000円（税抜き）', '1,000 yen, excluding consumption tax'],
    ['1,000円（消費税は別途）', '1,000 yen, tax not included'],
  ] as const) {
    const problems = said(ja, en);
    const inEach = ['clauses.yaml: clauses[n].text.ja', 'clauses.yaml: clauses[n].text.en'];
    expect(problems.map(([field]) => field!.replace(/\d+/, 'n'))).toEqual([...inEach, ...inEach]);
    expect(problems[0]![1]).toMatch(new RegExp(`^${line}行目：.*支払う総額.*消費税法第63条`));
  }
  expect(said('1,000円', '1,000 yen')).toEqual([]);
  expect(problemsAfter('operator.yaml', 'fee.tax_included', false)).toEqual([]);
});

test('one fee or one for each kind, one way to pay or several: what is written wrongly is named, with the law where it forbids it', () => {
  const problem = (path: string, value: unknown): string[][] =>
    problemsAfter('operator.yaml', path, value).map(({ field, says }) => [field, says.ja]);
  const each = { disclosure: 1000, 'record-disclosure': 1000 };
  expect(problem('fee.amount_yen', each)).toEqual([]);
  expect(problem('fee.paid_by', ['postal-money-order', 'postage-stamps'])).toEqual([]);
  const only = '手数料を取れるのは purpose-notice、disclosure、record-disclosure だけです（個人情報保護法第38条第1項）';
  expect(problem('fee.kinds', ['correction'])).toEqual([['operator.yaml: fee.kinds[0]', only]]);
  expect(problem('fee.amount_yen', { ...each, correction: 500 })).toEqual([['operator.yaml: fee.amount_yen', only]]);
  expect(problem('fee.amount_yen', { disclosure: 1000 })).toEqual([
    ['operator.yaml: fee.amount_yen', '種類ごとに額を書くときは、kinds と同じ種類について書きます'],
  ]);
  // Every amount must be printed where the text gives the fee, and no other amount there.
  expect(problem('fee.amount_yen', { ...each, 'record-disclosure': 300 })).toEqual([
    ['operator.yaml: fee.amount_yen', 'fee.clauses の条項の本文に、300円がありません'],
  ]);
  expect(problem('fee.amount_yen', 900)).toEqual([
    ['operator.yaml: fee.amount_yen', '条項34の本文に、この額がありません'],
    ['operator.yaml: fee.amount_yen', '条項109の本文に、この額がありません'],
  ]);
  expect(problem('fee.amount_yen', '1,000円')[0]![1]).toContain('引用符なしで');
  expect(problem('fee.amount_yen', 200_000)[0]![1]).toBe('大きすぎます');
  expect(problem('fee.paid_by', 'cheque')[0]![1]).toContain('次のどれか');
  expect(problem('fee.paid_by', ['cheque'])[0]).toEqual([
    'operator.yaml: fee.paid_by[0]',
    expect.stringContaining('次のどれか'),
  ]);
  expect(problem('fee.paid_by', [])[0]![1]).toContain('空か');
  expect(problem('fee.paid_by', ['postage-stamps', 'postage-stamps'])[0]![1]).toBe('同じものが2つあります');
  expect(problem('fee.paid_by', ['postage-stamps', 'cash'])[0]![1]).toContain('desk.visits');
});

test('which papers are enough is said by lists, each with as many different ones as it asks for', () => {
  const problem = (value: unknown): string[] => fieldsAfter('operator.yaml', 'identity_papers', value);
  expect(
    problem([
      { count: 1, of: ['passport'] },
      { count: 2, of: ['resident-record', 'health-insurance'] },
    ]),
  ).toEqual([]);
  expect(problem([{ count: 2, of: ['resident-record'] }])).toEqual(['operator.yaml: identity_papers[0].of']);
  expect(problem([{ count: 2, of: ['passport', 'passport'] }])).toEqual(['operator.yaml: identity_papers[0].of']);
  expect(problem([{ count: 1, of: ['membership-card'] }])).toEqual(['operator.yaml: identity_papers[0].of[0]']);
  expect(problem([])).toEqual(['operator.yaml: identity_papers']);
});

test('a policy that does not open the opt-out says by which clause', () => {
  const silent = Object.fromEntries(
    ['clauses.yaml', 'promises.yaml'].map((file) => [
      file,
      texts[file]!.replaceAll('no-opt-out', 'our-own').replaceAll('consent-before-provision', 'our-other'),
    ]),
  );
  expect(readPolicy({ ...texts, ...silent })).toMatchObject({
    problem: { fields: [{ field: 'operator.yaml: stated_in.opt-out' }] },
  });
});

test('a problem is told with its line, and with how it is written', () => {
  const told = (file: string, was: string, is: string): string[] => {
    const all = { ...texts, [file]: texts[file]!.replace(was, is) };
    const read = readPolicy(all);
    if (read.ok || read.problem.kind !== 'invalid') return [];
    return withLines(all, read.problem.fields).map(({ says }) => says.ja);
  };
  const lineOf = (file: string, text: string): number =>
    texts[file]!.slice(0, texts[file]!.indexOf(text)).split('\n').length;
  const [number, phone] = [lineOf('sections.yaml', "number: '2'"), lineOf('operator.yaml', 'email: privacy-desk')];
  expect(told('sections.yaml', "number: '2'", 'number: 2')).toEqual([
    expect.stringMatching(`^${number}行目：.*引用符`),
  ]);
  expect(told('operator.yaml', 'email: privacy-desk@example.jp', 'phone: 0300000000')).toEqual([
    expect.stringMatching(`^${phone}行目：.*引用符`),
  ]);
  expect(told('operator.yaml', 'email: privacy-desk@example.jp', "phone: '0300000000'")).toEqual([
    expect.stringMatching(`^${phone}行目：.*03-0000-0000`),
  ]);
  // For an unknown id, the problem suggests a similar one, if there is one.
  const promised = lineOf('clauses.yaml', '- operator-named');
  expect(told('clauses.yaml', '- operator-named', '- operator-nmaed')[0]).toBe(
    `${promised}行目：promises.yaml に「operator-nmaed」という約束はありません。「operator-named」のことですか`,
  );
  expect(told('clauses.yaml', '- operator-named', '- owner-of-all')[0]).toBe(
    `${promised}行目：promises.yaml に「owner-of-all」という約束はありません`,
  );
  // A missing field is reported at the line where it belongs.
  expect(told('operator.yaml', '  visits: false\n', '')).toEqual([
    `${lineOf('operator.yaml', 'desk:')}行目：書かれていません`,
  ]);
});
