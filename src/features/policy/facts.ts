// The company's policy as data: its shape, reading it from YAML files, its canonical form, and the changes between two versions.
// Pure: the caller reads the files. Never fills a gap with a default: a missing value is a problem that names file and path.

import { z } from 'zod';
import { both, type Bilingual, type Lang } from '../../base/bilingual.ts';
import { readDay, type Day } from '../../base/day.ts';
import { done, fieldOutcome, type FieldProblem, type Outcome } from '../../base/outcome.ts';
import { readText } from '../../base/text.ts';
import { canonical, type Json } from '../../log/index.ts';
import { linesIn, readYaml } from '../../platform/yaml.ts';
import type { WordingRow } from './tables.ts';

/** How to write values that have a required format. A shape names the manner it requires. */
const manners = {
  kebab: both('英小文字と数字をハイフンでつないで書きます（例：web-form）', 'Write it like web-form'),
  day: both('2026-11-01 のように、実在する日を書きます', 'Write a day that exists, like 2026-11-01'),
  address: both('https:// で始まるURLを書きます', 'Write an address that begins with https://'),
  phone: both('0570-000-000 や 03-0000-0000 のように書きます', 'Write it like 0570-000-000 or 03-0000-0000'),
  email: both('メールアドレスを1つだけ書きます', 'Write one e-mail address'),
  invoice: both('T と13桁の数字で書きます', 'Write T and 13 digits'),
  purpose: both('P1、ORDER、P-RIGHTS のように、英大文字で始めます', 'Write it like P1, ORDER or P-RIGHTS'),
  section: both(
    '部は A のような英大文字1字、その下の節は A-1 や A-1-i のように書きます',
    'Write one capital letter for a part, such as A, and A-1 or A-1-i for what is below it',
  ),
  part: both('節の番号の初めの英大文字1字を書きます', 'Write the capital letter that the section begins with'),
  cites: both('APPI 27(1) のように、法律の名前と条を書きます', 'Write the law and the article, like APPI 27(1)'),
  fee: both(
    '手数料を取れるのは purpose-notice、disclosure、record-disclosure だけです（個人情報保護法第38条第1項）',
    'A fee may be charged only for purpose-notice, disclosure and record-disclosure (APPI 38(1))',
  ),
} satisfies Record<string, Bilingual>;

type Manner = keyof typeof manners;

const inManner = (manner: Manner, form: RegExp) => z.string().regex(form, { error: manner });

const line = z.string().trim().min(1);
const bilingual = z.strictObject({ ja: line, en: line });
const kebab = inManner('kebab', /^[a-z0-9]+(-[a-z0-9]+)*$/);
const clauseNo = z.int().min(1).max(9999);
const day = z.string().refine((text) => readDay(text) !== null, { error: 'day' satisfies Manner });
const webAddress = z.url({ protocol: /^https$/, error: 'address' satisfies Manner });
/** A telephone number as dialled in Japan: `03-0000-0000`. */
const phoneNumber = inManner('phone', /^0\d{1,4}(-\d{2,4}){2}$/);

/** The rights a person may claim, and the notice of purpose (APPI 32 to 35). Each has a form of its own. */
const requestKinds = [
  'purpose-notice',
  'disclosure',
  'record-disclosure',
  'correction',
  'suspension-or-erasure',
  'suspension-of-provision',
] as const;

/** The kinds of request for which a fee may be charged (APPI 38(1)). */
export const feeKinds = [
  'purpose-notice',
  'disclosure',
  'record-disclosure',
] as const satisfies readonly (typeof requestKinds)[number][];

/** Papers that prove a person's identity. */
export const identityPapers = [
  'driving-licence',
  'resident-record',
  'health-insurance',
  'my-number-card',
  'passport',
  'residence-card',
  'seal-certificate',
] as const;
export type IdentityPaper = (typeof identityPapers)[number];

/** How a fee is paid. `cash`: at the desk, where visits are taken. */
const payments = ['registered-mail', 'bank-transfer', 'postage-stamps', 'postal-money-order', 'cash'] as const;
export type Payment = (typeof payments)[number];

const payment = z.enum(payments);
const feeYen = z.int().min(0).max(100_000);

/** Matters that the law requires the public text to state. For each, operator.yaml names the clauses that state it; none = silent. */
const matters = [
  'representative',
  'agents',
  'anonymised-information-marking',
  'foreign-measures-on-request',
  'breach-response',
  'accredited-organisation',
  'opt-out',
  'external-transmission',
] as const;

const purposeScopes = ['customer', 'my-number', 'rights'] as const;

const measureGroups = ['organisational', 'personnel', 'physical', 'technical', 'external-environment'] as const;

/** The layer of information the law's duty attaches to (APPI 2(1), 16(3), 16(4)). */
const layers = ['personal-information', 'personal-data', 'retained-personal-data'] as const;

const operatorShape = z.strictObject({
  name: bilingual,
  /** The name in running text and page heads, where the full name is too long. */
  short_name: bilingual,
  address: bilingual,
  representative: bilingual,
  desk: z.strictObject({
    name: bilingual,
    address: bilingual,
    /** How a request or a consultation must arrive. */
    channel: z.literal('written'),
    /** Whether a request may also be made on the web page, with the identity papers as pictures. */
    electronic: z.boolean(),
    visits: z.boolean(),
    /** The equivalent written route for a person who finds ordinary letters difficult (APPI 37(4)). */
    alternative: bilingual,
    /** Where a person who finds an ordinary letter difficult can ask the desk how else to send a request. Left out where there is none. */
    phone: phoneNumber.optional(),
    email: z.email({ error: 'email' satisfies Manner }).optional(),
    /** What the desk answers without delay on request instead of the policy printing it (APPI 32(1)). */
    answers_on_request: z.array(z.enum(['safety-measures', 'representative'])),
    /** The clauses that print the desk's name and address. */
    clauses: z.array(clauseNo),
  }),
  /** The registration number of an issuer of qualified invoices (消費税法 57-2), printed on its receipts; left out where there is none. */
  invoice_number: inManner('invoice', /^T\d{13}$/).optional(),
  fee: z.strictObject({
    /** One amount for all kinds, or an amount by kind; `feeOf` reads both. */
    amount_yen: z.union([
      feeYen,
      z.strictObject(
        {
          'purpose-notice': feeYen.optional(),
          disclosure: feeYen.optional(),
          'record-disclosure': feeYen.optional(),
        },
        { error: 'fee' satisfies Manner },
      ),
    ]),
    /** Whether the amount holds consumption tax; false where none is charged, as by an operator who is exempt. It is all that is paid either way. */
    tax_included: z.boolean(),
    kinds: z.array(z.enum(feeKinds, { error: 'fee' satisfies Manner })),
    /** One way to pay, or several that the person chooses from; `waysToPay` reads both. */
    paid_by: z.union([payment, z.array(payment).min(1)]),
    /** When the fee is asked for: with the request (the default), or by a letter once the person's identity is checked. */
    asked: z.enum(['with-request', 'after-check']).optional(),
    /** The clauses of the forms under which the published text prints the fee. */
    printed_under: z.array(clauseNo),
    /** The clauses that print the amount. */
    clauses: z.array(clauseNo),
  }),
  /** The papers that prove identity: `count` papers out of `of`, by any one entry. If left out, any one paper suffices, as the letters say. */
  identity_papers: z
    .array(z.strictObject({ count: z.int().min(1), of: z.array(z.enum(identityPapers)).min(1) }))
    .min(1)
    .optional(),
  /** The forms the policy offers, each with the clause that names it. */
  forms: z.array(
    z.strictObject({
      kind: z.enum(requestKinds),
      scope: z.enum(['customer', 'my-number']),
      clause: clauseNo,
      title: bilingual,
    }),
  ),
  disclosure_methods: z.array(z.enum(['paper', 'electronic'])).min(1),
  /** `written`: direct acquisition by this channel is acquisition in writing, so the purpose is indicated first (APPI 21(2)). */
  acquisition_channels: z.array(z.strictObject({ id: kebab, name: bilingual, written: z.boolean() })).min(1),
  indirect_acquisition: z.boolean(),
  /** Bases on which customers' information may go to a third party. `27(2)`, opt-out, is available only to a policy that lists it. */
  provision_bases: z.array(z.enum(['consent', '27(1)', '27(2)', '27(5)'])).min(1),
  /** Bases on which a foreign third party may receive it (APPI 28). */
  foreign_bases: z.array(z.enum(['consent', 'equivalent-system', '27(1)'])).min(1),
  /** The PPC's page on foreign systems, where the text prints its address: as printed, as last found to work, and the day of that check. */
  ppc_url: z.union([z.literal('none'), z.strictObject({ printed: webAddress, current: webAddress, checked: day })]),
  /** APPI-Order 10(iii): the accredited organisation the company belongs to. */
  accredited_organisation: z.union([z.literal('none'), z.strictObject({ name: bilingual, contact: bilingual })]),
  /** Items that the policy keeps to some of its purposes, with the clause that says so. Left out where there are none. */
  item_limits: z
    .array(z.strictObject({ item: line, purposes: z.array(z.string()).min(1), clause: clauseNo }))
    .min(1)
    .optional(),
  /** A group policy that the company also follows; where the two differ the stricter rule applies. */
  parent_policy: z.union([z.literal('none'), z.strictObject({ name: bilingual, url: webAddress })]),
  stated_in: z.strictObject(
    Object.fromEntries(matters.map((m) => [m, z.array(clauseNo)])) as Record<
      (typeof matters)[number],
      z.ZodArray<typeof clauseNo>
    >,
  ),
});

const purposeShape = z.strictObject({
  id: inManner('purpose', /^[A-Z][A-Z0-9]*(-[A-Z0-9]+)*$/),
  clause: clauseNo,
  scope: z.enum(purposeScopes),
  label: bilingual,
  text: bilingual,
});

const promiseShape = z.strictObject({ id: kebab, title: bilingual, says: bilingual });

const sectionShape = z.strictObject({
  id: inManner('section', /^[A-Z](-[a-z0-9]+)*$/),
  /** The section above this one; none for a part. Sections are in reading order. */
  parent: z.string().optional(),
  /** The printed number, such as `2`, `(4)`, or in each language 第2条 and `Article 2`; none for a part. */
  number: z.union([line, bilingual]).optional(),
  title: bilingual,
  /** How the items of this section are marked. */
  list: z.enum(['numbers', 'bullets']).optional(),
});

const clauseShape = z.strictObject({
  no: clauseNo,
  part: inManner('part', /^[A-Z]$/),
  section: z.string(),
  /** Position of the clause in the published text, such as `B-2-v-1a`. */
  path: line,
  /** How it is set: a paragraph, an item of the section's list (neighbouring items form one list), or a note (marked as one on the page). */
  as: z.enum(['paragraph', 'item', 'note']),
  text: bilingual,
  promises: z.array(kebab),
  /** The words of the text that make a promise, in both languages, for a page to underline. A promise without a mark is made by the whole clause. */
  marks: z.array(z.strictObject({ promise: kebab, ja: line, en: line })).optional(),
  /** Articles that the text names, as `<Source> <article>` with the sources of base/finding.ts. */
  cites: z.array(inManner('cites', /^(APPI|APPI-Order|APPI-Rules|NumberingAct|TBA) [0-9].*$/)).optional(),
  /** The layer the duty attaches to, where the text speaks more loosely than the law. */
  layer: z.enum(layers).optional(),
  /** The article to follow because the wording first published contradicts itself; the text here is the corrected reading. */
  follows: line.optional(),
  /** The address from operator.yaml to show beside the text. */
  link: z.enum(['ppc', 'parent-policy']).optional(),
});

const measureShape = z.strictObject({
  group: z.enum(measureGroups),
  title: bilingual,
  items: z.array(bilingual).min(1),
  /** The clauses that promise these measures, for customers' information and for My Numbers. */
  clauses: z.array(clauseNo).min(1),
});

const jointUseShape = z.strictObject({
  /** What is notified or published before joint use starts (APPI 27(5)(iii)). */
  notice_items: z.array(
    z.strictObject({
      id: z.enum(['fact', 'items', 'scope', 'purposes', 'responsible-person']),
      clause: clauseNo,
      text: bilingual,
    }),
  ),
  notice_by: z.strictObject({
    personal: z.array(z.enum(['notify', 'publish'])).min(1),
    pseudonymised: z.array(z.enum(['notify', 'publish'])).min(1),
  }),
  /** When a change is notified or published (APPI 27(6)), and the clause that says so. */
  changes: z.strictObject({
    clause: clauseNo,
    purposes: z.enum(['in-advance', 'without-delay']),
    responsible_person: z.enum(['in-advance', 'without-delay']),
    name_address_representative: z.enum(['in-advance', 'without-delay']),
  }),
});

/** `none`: the company has no joint use, and its policy mentions none. */
const jointUsesShape = z.union([z.literal('none'), jointUseShape]);

export type Operator = z.infer<typeof operatorShape>;
export type Purpose = z.infer<typeof purposeShape>;
export type PolicyPromise = z.infer<typeof promiseShape>;
export type Section = z.infer<typeof sectionShape>;
export type Clause = z.infer<typeof clauseShape>;
export type Measure = z.infer<typeof measureShape>;
export type JointUses = z.infer<typeof jointUsesShape>;
export type RequestKind = (typeof requestKinds)[number];

/** The whole policy. Clauses are by number, sections in reading order. Version number and effective day belong to the database, not to the text. */
export interface Policy {
  operator: Operator;
  purposes: Purpose[];
  sections: Section[];
  clauses: Clause[];
  promises: PolicyPromise[];
  measures: Measure[];
  jointUses: JointUses;
}

/** Each file of a policy folder, the part of `Policy` it holds, and its shape. A list is under a key with its own name. */
const files = {
  'operator.yaml': { part: 'operator', shape: operatorShape },
  'purposes.yaml': { part: 'purposes', shape: z.strictObject({ purposes: z.array(purposeShape).min(1) }) },
  'sections.yaml': { part: 'sections', shape: z.strictObject({ sections: z.array(sectionShape).min(1) }) },
  'clauses.yaml': { part: 'clauses', shape: z.strictObject({ clauses: z.array(clauseShape).min(1) }) },
  'promises.yaml': { part: 'promises', shape: z.strictObject({ promises: z.array(promiseShape) }) },
  'measures.yaml': { part: 'measures', shape: z.strictObject({ measures: z.array(measureShape).min(1) }) },
  'joint-uses.yaml': { part: 'jointUses', shape: jointUsesShape },
} as const;

export type PolicyFile = keyof typeof files;

/** The names of the files that `readPolicy` requires, all of them. */
export const policyFiles = Object.keys(files) as PolicyFile[];

/** The data of a file with its fields in declared order, which the database does not keep. Data that the shape rejects is returned unchanged. */
export function inOrder(file: PolicyFile, data: unknown): unknown {
  const read = files[file].shape.safeParse(data);
  return read.success ? read.data : data;
}

const problem = (field: string, ja: string, en: string): FieldProblem => ({ field, says: both(ja, en) });

const pathText = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, p) => (typeof p === 'number' ? `${text}[${p}]` : text ? `${text}.${String(p)}` : String(p)),
    '',
  );

const at = (file: string, path: readonly PropertyKey[]): string => (path.length ? `${file}: ${pathText(path)}` : file);

/** What to write, by the name of the type. */
const types: Record<string, Bilingual> = {
  string: both(
    "文を書きます。数字だけの文は '1' のように引用符で囲みます",
    "Write a text. Put a text of digits only in quotation marks, like '1'",
  ),
  int: both('整数を、引用符なしで書きます', 'Write a whole number, without quotation marks'),
  number: both('数を、引用符なしで書きます', 'Write a number, without quotation marks'),
  boolean: both('true か false と書きます', 'Write true or false'),
  array: both(
    '1行に1つずつ、「- 」で始めて並べます。何もなければ [] と書きます',
    'Write a list, each line beginning with “- ”, or [] where there is nothing',
  ),
  object: both('下の行に、字下げして項目を書きます', 'Write its fields on the lines below, indented'),
};

/** Explains a problem; never quotes the value itself. */
function explain(issue: z.core.$ZodIssue): Bilingual {
  const manner = issue.input === undefined ? undefined : manners[issue.message as Manner];
  if (manner) return manner;
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? both('書かれていません', 'This is missing')
        : (types[issue.expected] ??
            both(`種類が違います（${issue.expected}）`, `This should be a value of type ${issue.expected}`));
    case 'unrecognized_keys':
      return both(`知らない項目があります：${issue.keys.join('、')}`, `Unknown field: ${issue.keys.join(', ')}`);
    case 'invalid_value':
      return both(`次のどれかにしてください：${issue.values.join('、')}`, `Use one of: ${issue.values.join(', ')}`);
    case 'invalid_union':
      return explainUnion(issue);
    case 'too_small':
      return both('空か、小さすぎます', 'This is empty or too small');
    case 'too_big':
      return both('大きすぎます', 'This is too large');
    default:
      return both('書き方が違います', 'This is not written in the expected form');
  }
}

/** Explains a problem of a value with several allowed forms: `none` or fields; else the problem of the form that was used, or of the simplest. */
function explainUnion({ input, errors }: z.core.$ZodIssueInvalidUnion): Bilingual {
  if (input === undefined) return both('書かれていません', 'This is missing');
  if (errors.flat().some((one) => one.code === 'invalid_value' && one.values.includes('none')))
    return both(
      'none と書くか、下の行に字下げして項目を書きます',
      'Write none, or its fields on the lines below, indented',
    );
  const taken = errors.find((way) => way.some(({ code, path }) => code !== 'invalid_type' || path.length > 0));
  return explain({ ...(taken ?? errors[0]!)[0]!, input } as z.core.$ZodIssue);
}

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((of, step) => (of as Record<PropertyKey, unknown> | undefined)?.[step], value);

/** The problems within the fields, where a value may be fields or a single word and fields were written. */
function withinUnion(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union' || typeof issue.input !== 'object' || issue.input === null) return [issue];
  const fields = issue.errors.find((one) =>
    one.every(({ code, path }) => path.length > 0 || code === 'unrecognized_keys'),
  );
  if (!fields) return [issue];
  return fields.map(
    (one) =>
      ({
        ...one,
        path: [...issue.path, ...one.path],
        input: valueAt(issue.input, one.path),
      }) as z.core.$ZodIssue,
  );
}

interface FileRead {
  data?: unknown;
  problems: FieldProblem[];
}

/** Reads the text of one file. Problems name the file and the path inside it. */
function parseFile(file: PolicyFile, text: string): FileRead {
  const read = readYaml(text);
  if ('says' in read) return { problems: [{ field: file, says: read.says }] };
  const parsed = files[file].shape.safeParse(read.data, { reportInput: true });
  if (parsed.success) return { data: parsed.data, problems: [] };
  return {
    problems: parsed.error.issues.flatMap(withinUnion).map((i) => ({ field: at(file, i.path), says: explain(i) })),
  };
}

/**
 * Each file as last read. A draft that is previewed is then proposed unchanged, and most changes are to a file or two; reading all files takes a
 * tenth of a second.
 */
const last = new Map<PolicyFile, { text: string; read: FileRead }>();

function readFile(file: PolicyFile, text: string | undefined): FileRead {
  if (text === undefined) return { problems: [problem(file, 'ファイルがありません', 'The file is missing')] };
  const known = last.get(file);
  if (known?.text === text) return known.read;
  const read = parseFile(file, text);
  last.set(file, { text, read });
  return read;
}

/**
 * Reads a policy from its files (name → YAML text) and checks that its parts fit together.
 * A problem's field is `file: path`, such as `clauses.yaml: clauses[12].text.en`.
 */
export function readPolicy(texts: Readonly<Record<string, string>>): Outcome<Policy> {
  const problems: FieldProblem[] = Object.keys(texts)
    .filter((name) => !Object.hasOwn(files, name))
    .map((name) => problem(name, '方針のファイルではありません', 'This is not a policy file'));
  const policy: Record<string, unknown> = {};
  for (const file of policyFiles) {
    const read = readFile(file, Object.hasOwn(texts, file) ? texts[file] : undefined);
    problems.push(...read.problems);
    const { part } = files[file];
    const data = read.data as Record<string, unknown> | string | undefined;
    policy[part] = typeof data === 'object' && Object.hasOwn(data, part) ? data[part] : data;
  }
  return checkPolicy(policy as unknown as Policy, problems);
}

/** The steps of a problem's path. */
const stepsOf = (path: string): (string | number)[] =>
  [...path.matchAll(/\[(\d+)\]|[^.[\]]+/g)].map(([step, index]) => (index === undefined ? step : Number(index)));

/** The problems of files, each with its line in the file. */
export function withLines(texts: Readonly<Record<string, string>>, problems: readonly FieldProblem[]): FieldProblem[] {
  const known = new Map<string, ReturnType<typeof linesIn>>();
  return problems.map((one) => {
    const [file, path] = one.field.split(': ') as [string, string?];
    const text = Object.hasOwn(texts, file) ? texts[file] : undefined;
    if (path === undefined || text === undefined) return one;
    const lines = known.get(file) ?? linesIn(text);
    known.set(file, lines);
    const at = lines(stepsOf(path));
    if (at === null) return one;
    return { ...one, says: both(`${at}行目：${one.says.ja}`, `Line ${at}: ${one.says.en}`) };
  });
}

function checkPolicy(policy: Policy, problems: FieldProblem[]): Outcome<Policy> {
  const wrong = fieldOutcome(problems.length ? problems : crossCheck(policy));
  return wrong ?? done({ ...policy, clauses: policy.clauses.toSorted((a, b) => a.no - b.no) });
}

/** Checks the files against each other: numbers and ids are unique, and everything named exists. */
function crossCheck(policy: Policy): FieldProblem[] {
  return [
    ...twice(
      'clauses.yaml',
      'clauses',
      'no',
      policy.clauses.map((c) => c.no),
    ),
    ...twice(
      'sections.yaml',
      'sections',
      'id',
      policy.sections.map((s) => s.id),
    ),
    ...twice(
      'purposes.yaml',
      'purposes',
      'id',
      policy.purposes.map((p) => p.id),
    ),
    ...twice(
      'promises.yaml',
      'promises',
      'id',
      policy.promises.map((p) => p.id),
    ),
    ...twice(
      'measures.yaml',
      'measures',
      'group',
      policy.measures.map((m) => m.group),
    ),
    ...checkLimits(policy),
    ...checkSections(policy),
    ...policy.clauses.flatMap((c, i) => checkClause(policy, c, i)),
    ...checkPromises(policy),
    ...checkClauseNumbers(policy),
    ...checkTexts(policy),
    ...checkOptOut(policy),
    ...checkFee(policy),
    ...checkTax(policy),
    ...checkIdentityPapers(policy),
  ];
}

/** Checks the fee: cash requires visits, and where each kind has its own amount, the kinds listed must be those with an amount. */
function checkFee({ operator }: Policy): FieldProblem[] {
  const { amount_yen: amount, kinds } = operator.fee;
  const ways = waysToPay(operator);
  const priced = typeof amount === 'number' ? kinds : feeKinds.filter((kind) => amount[kind] !== undefined);
  const differ = feeKinds.some((kind) => kinds.includes(kind) !== priced.includes(kind));
  return [
    ...(ways.includes('cash') && !operator.desk.visits
      ? [
          problem(
            at('operator.yaml', ['fee', 'paid_by']),
            '窓口で受け取るのは、desk.visits が true のときだけです',
            'Cash can be paid at the desk only where desk.visits is true',
          ),
        ]
      : []),
    ...(new Set(ways).size < ways.length
      ? [problem(at('operator.yaml', ['fee', 'paid_by']), '同じものが2つあります', 'The same one is listed twice')]
      : []),
    ...(differ
      ? [
          problem(
            at('operator.yaml', ['fee', 'amount_yen']),
            '種類ごとに額を書くときは、kinds と同じ種類について書きます',
            'Where each kind has its own amount, write one for exactly the kinds listed in kinds',
          ),
        ]
      : []),
  ];
}

/** Checks that each rule lists every paper once, and at least as many as it requires. */
const checkIdentityPapers = ({ operator }: Policy): FieldProblem[] =>
  (operator.identity_papers ?? []).flatMap(({ count, of }, i) =>
    new Set(of).size === of.length && count <= of.length
      ? []
      : [
          problem(
            at('operator.yaml', ['identity_papers', i, 'of']),
            'count の数以上の書類を、重複なく書きます',
            'List each paper once, and no fewer than count',
          ),
        ],
  );

/** Without opt-out, some clause must say that provision is limited to consent and the like: refusals cite it. */
function checkOptOut({ operator: { provision_bases, stated_in }, clauses }: Policy): FieldProblem[] {
  const closing = ['no-opt-out', 'consent-before-provision'];
  const isStated =
    stated_in['opt-out'].length > 0 || clauses.some((c) => c.promises.some((id) => closing.includes(id)));
  if (provision_bases.includes('27(2)') || isStated) return [];
  return [
    problem(
      at('operator.yaml', ['stated_in', 'opt-out']),
      '第三者への提供を同意のあるときなどに限る条項の番号を書きます。オプトアウトを使うなら、provision_bases に 27(2) を加えます',
      'Name the clause that limits provision to third parties to cases of consent and the like; or, if opt-out is used, add 27(2) to provision_bases',
    ),
  ];
}

function twice(file: PolicyFile, list: string, key: string, values: readonly (string | number)[]): FieldProblem[] {
  return values.flatMap((v, i) =>
    values.indexOf(v) === i
      ? []
      : [problem(at(file, [list, i, key]), '同じものが2つあります', 'The same one is listed twice')],
  );
}

function checkSections(policy: Policy): FieldProblem[] {
  return policy.sections.flatMap((s, i) => {
    if (s.parent === undefined) return [];
    const above = policy.sections.slice(0, i).some((o) => o.id === s.parent);
    const field = at('sections.yaml', ['sections', i, 'parent']);
    return above
      ? []
      : [
          problem(
            field,
            '上の節（parent）が、これより前に書かれていません',
            'Its parent section does not come before it',
          ),
        ];
  });
}

/** The most letters by which an id may differ from the one that was meant. */
const MOST_EDITS = 2;

/** Number of letters to insert, delete or change to turn one text into the other. */
function edits(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, i) => i);
  for (const letter of one) {
    const next = [row[0]! + 1];
    for (let i = 0; i < other.length; i++)
      next.push(Math.min(next[i]! + 1, row[i + 1]! + 1, row[i]! + (letter === other[i] ? 0 : 1)));
    row = next;
  }
  return row.at(-1)!;
}

function checkClause(policy: Policy, c: Clause, i: number): FieldProblem[] {
  const found: FieldProblem[] = [];
  const here = (...path: PropertyKey[]): string => at('clauses.yaml', ['clauses', i, ...path]);
  if (!policy.sections.some((s) => s.id === c.section))
    found.push(problem(here('section'), 'この節はありません', 'There is no such section'));
  else if (!c.section.startsWith(c.part))
    found.push(problem(here('part'), 'この節は、別の部のものです', 'The section belongs to another part'));
  c.promises.forEach((id, k) => {
    if (policy.promises.some((p) => p.id === id)) return;
    const near = policy.promises.find((p) => edits(p.id, id) <= MOST_EDITS)?.id;
    found.push(
      problem(
        here('promises', k),
        `promises.yaml に「${id}」という約束はありません${near ? `。「${near}」のことですか` : ''}`,
        `promises.yaml has no promise “${id}”${near ? `. Do you mean “${near}”?` : ''}`,
      ),
    );
  });
  c.marks?.forEach((m, k) => {
    if (!c.promises.includes(m.promise))
      found.push(
        problem(here('marks', k, 'promise'), 'この条項の約束ではありません', 'The clause does not make this promise'),
      );
    for (const lang of ['ja', 'en'] as const) {
      if (!c.text[lang].includes(m[lang]))
        found.push(problem(here('marks', k, lang), '本文にない言葉です', 'The text does not contain these words'));
    }
  });
  return found;
}

function checkPromises(policy: Policy): FieldProblem[] {
  const used = new Set(policy.clauses.flatMap((c) => c.promises));
  return policy.promises.flatMap((p, i) =>
    used.has(p.id)
      ? []
      : [
          problem(
            at('promises.yaml', ['promises', i, 'id']),
            'どの条項もこの約束をしていません',
            'No clause makes this promise',
          ),
        ],
  );
}

/** Checks that items are limited to purposes of this policy. */
const checkLimits = ({ operator, purposes }: Policy): FieldProblem[] =>
  (operator.item_limits ?? []).flatMap((limit, i) =>
    limit.purposes.flatMap((id, k) =>
      purposes.some((one) => one.id === id)
        ? []
        : [
            problem(
              at('operator.yaml', ['item_limits', i, 'purposes', k]),
              'この目的は purposes.yaml にありません',
              'purposes.yaml has no such purpose',
            ),
          ],
    ),
  );

/** A place in a file, and the clause number it names. */
type Naming = [field: string, no: number];

/** The clause numbers that the items of a list name. */
const namings = <T>(
  file: PolicyFile,
  path: PropertyKey[],
  items: readonly T[],
  noOf: (item: T) => number,
  key: PropertyKey[] = [],
): Naming[] => items.map((item, i) => [at(file, [...path, i, ...key]), noOf(item)]);

/** Checks every clause number named in another file. */
function checkClauseNumbers(policy: Policy): FieldProblem[] {
  const { operator: o, jointUses: j } = policy;
  const itself = (no: number): number => no;
  const clauseOf = (item: { clause: number }): number => item.clause;
  const named: Naming[] = [
    ...namings('purposes.yaml', ['purposes'], policy.purposes, clauseOf, ['clause']),
    ...namings('operator.yaml', ['forms'], o.forms, clauseOf, ['clause']),
    ...namings('operator.yaml', ['fee', 'clauses'], o.fee.clauses, itself),
    ...namings('operator.yaml', ['fee', 'printed_under'], o.fee.printed_under, itself),
    ...namings('operator.yaml', ['desk', 'clauses'], o.desk.clauses, itself),
    ...namings('operator.yaml', ['item_limits'], o.item_limits ?? [], clauseOf, ['clause']),
    ...matters.flatMap((m) => namings('operator.yaml', ['stated_in', m], o.stated_in[m], itself)),
    ...policy.measures.flatMap((m, i) => namings('measures.yaml', ['measures', i, 'clauses'], m.clauses, itself)),
    ...(j === 'none'
      ? []
      : [
          ...namings('joint-uses.yaml', ['notice_items'], j.notice_items, clauseOf, ['clause']),
          [at('joint-uses.yaml', ['changes', 'clause']), j.changes.clause] satisfies Naming,
        ]),
  ];
  const numbers = new Set(policy.clauses.map((c) => c.no));
  return named
    .filter(([, no]) => !numbers.has(no))
    .map(([field]) => problem(field, 'この番号の条項はありません', 'There is no clause with this number'));
}

/** Facts must appear word for word in the clauses they come from, so that the page, the rules and the forms say the same. */
function checkTexts(policy: Policy): FieldProblem[] {
  const { operator: o, jointUses: j, purposes } = policy;
  const stated: { field: string; clause: number; text: Bilingual }[] = [
    ...purposes.map((p, i) => ({ ...p, field: at('purposes.yaml', ['purposes', i, 'text']) })),
    ...o.forms.map((f, i) => ({ ...f, field: at('operator.yaml', ['forms', i, 'title']), text: f.title })),
    ...(j === 'none' ? [] : j.notice_items).map((n, i) => ({
      ...n,
      field: at('joint-uses.yaml', ['notice_items', i, 'text']),
    })),
    ...o.desk.clauses.flatMap((clause) => [
      { clause, field: at('operator.yaml', ['desk', 'name']), text: o.desk.name },
      { clause, field: at('operator.yaml', ['desk', 'address']), text: o.desk.address },
    ]),
  ];
  return [
    ...checkAmounts(policy),
    ...stated.flatMap(({ field, clause: no, text }) => {
      const clause = policy.clauses.find((c) => c.no === no);
      const same = !clause || (clause.text.ja.includes(text.ja) && clause.text.en.includes(text.en));
      return same
        ? []
        : [
            problem(
              field,
              `条項${no}の本文に、これと同じ文がありません`,
              `The text of clause ${no} does not contain this word for word`,
            ),
          ];
    }),
  ];
}

/** Each clause listed as printing the fee must print one of its amounts, and together these clauses must print every amount. */
function checkAmounts({ operator, clauses }: Policy): FieldProblem[] {
  const { amount_yen: amount, clauses: printing } = operator.fee;
  const amounts = [...new Set(typeof amount === 'number' ? [amount] : Object.values(amount))].map((yen) =>
    yen.toLocaleString('en-US'),
  );
  const prints = (no: number, yen: string): boolean => {
    const clause = clauses.find((one) => one.no === no);
    return !clause || (clause.text.ja.includes(`${yen}円`) && clause.text.en.includes(`${yen} yen`));
  };
  const field = at('operator.yaml', ['fee', 'amount_yen']);
  return [
    ...printing
      .filter((no) => !amounts.some((yen) => prints(no, yen)))
      .map((no) =>
        problem(field, `条項${no}の本文に、この額がありません`, `The text of clause ${no} does not give this amount`),
      ),
    ...amounts
      .filter((yen) => amounts.length > 1 && printing.length > 0 && !printing.some((no) => prints(no, yen)))
      .map((yen) =>
        problem(
          field,
          `fee.clauses の条項の本文に、${yen}円がありません`,
          `No clause of fee.clauses gives ${yen} yen in its text`,
        ),
      ),
  ];
}

const taxOnTop = {
  ja: /税別|税抜|別途.{0,4}税|税.{0,4}別途/,
  en: /plus (?:consumption )?tax|excluding (?:consumption )?tax|tax (?:is )?(?:not included|excluded)|without tax/i,
};

/** A fee is stated in full: no clause that prints it may add a tax, because the amount of the tax is stated nowhere. */
function checkTax({ operator, clauses }: Policy): FieldProblem[] {
  return clauses.flatMap(({ no, text }, i) =>
    (['ja', 'en'] as const)
      .filter((lang) => operator.fee.clauses.includes(no) && taxOnTop[lang].test(text[lang]))
      .map((lang) =>
        problem(
          at('clauses.yaml', ['clauses', i, 'text', lang]),
          '手数料は、請求する人の支払う総額で示します（消費税法第63条）。税を含めた額にして、「1,000円（税込）」のように書きます。fee.amount_yen も同じ額にします',
          'A fee is stated as the total that the requester pays (Consumption Tax Act 63). Write the amount with the tax in it, like “1,000 yen, tax included”, here and in fee.amount_yen',
        ),
      ),
  );
}

/** APPI 38: the fee of a request of a kind, in yen; 0 where there is none. */
export function feeOf({ fee }: Pick<Operator, 'fee'>, kind: string): number {
  const charged = fee.kinds.find((one) => one === kind);
  if (charged === undefined) return 0;
  return typeof fee.amount_yen === 'number' ? fee.amount_yen : (fee.amount_yen[charged] ?? 0);
}

/** True when the papers suffice to prove identity. */
export const papersSuffice = (
  { identity_papers: enough }: Pick<Operator, 'identity_papers'>,
  papers: readonly string[],
): boolean =>
  enough === undefined || enough.some(({ count, of }) => of.filter((one) => papers.includes(one)).length >= count);

/** The ways to pay a fee; the person chooses one. */
export const waysToPay = ({ fee }: Pick<Operator, 'fee'>): readonly Payment[] => [fee.paid_by].flat();

/** True when the fee is asked for only after the identity check. */
export const isFeeAskedAfter = ({ fee }: Pick<Operator, 'fee'>): boolean => fee.asked === 'after-check';

/** True when the desk can be asked by ordinary letter only. The web page for requests also takes questions, without pictures. */
export const isAskedByPostAlone = ({ phone, email, visits, electronic }: Operator['desk']): boolean =>
  !phone && !email && !visits && !electronic;

/** A section with its clauses by number and the sections below it, in reading order. */
export interface OutlineNode {
  section: Section;
  clauses: Clause[];
  sections: OutlineNode[];
}

/** The printed number of a section; '' where it has none. */
export const printedNumber = ({ number }: Section, lang: Lang): string =>
  typeof number === 'object' ? number[lang] : (number ?? '');

/** The policy as a tree of sections, for headings, paragraphs and lists. A section's own clauses come before its sub-sections. */
export function outline(policy: Policy): OutlineNode[] {
  const below = (parent: string | undefined): OutlineNode[] =>
    policy.sections
      .filter((s) => s.parent === parent)
      .map((section) => ({
        section,
        clauses: policy.clauses.filter((c) => c.section === section.id),
        sections: below(section.id),
      }));
  return below(undefined);
}

/** Canonical text of a part that the schema has read, and that is therefore JSON. */
const canonicalOf = (part: unknown): string => canonical(part as Json);

/** The text of a policy that is hashed, logged and compared: equal policies give equal texts. */
export const canonicalPolicy = (policy: Policy): string => canonicalOf(policy);

export interface Changes<T, K> {
  added: T[];
  removed: T[];
  changed: { key: K; before: T; after: T }[];
}

/** A fact that differs. `path` is such as `operator.fee.amount_yen`; null = absent. */
export interface FactChange {
  path: string;
  before: string | null;
  after: string | null;
}

export interface PolicyDiff {
  clauses: Changes<Clause, number>;
  purposes: Changes<Purpose, string>;
  facts: FactChange[];
}

function compare<T, K>(before: readonly T[], after: readonly T[], keyOf: (item: T) => K): Changes<T, K> {
  const old = new Map(before.map((item) => [keyOf(item), item]));
  const now = new Map(after.map((item) => [keyOf(item), item]));
  return {
    added: after.filter((item) => !old.has(keyOf(item))),
    removed: before.filter((item) => !now.has(keyOf(item))),
    changed: [...old].flatMap(([key, was]) => {
      const is = now.get(key);
      return is !== undefined && canonicalOf(was) !== canonicalOf(is) ? [{ key, before: was, after: is }] : [];
    }),
  };
}

/** Maps the path of every leaf of a value to its text. */
function leaves(value: unknown, path: PropertyKey[], into: Map<string, string>): Map<string, string> {
  if (value !== null && typeof value === 'object') {
    const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
    for (const [key, v] of entries) leaves(v, [...path, key], into);
  } else if (value !== undefined) into.set(pathText(path), String(value));
  return into;
}

/** Everything that a policy says apart from clauses and purposes, by the path of each fact, such as `operator.fee.amount_yen`. */
export function factsOf(policy: Policy): Map<string, string> {
  const keyed = {
    promises: Object.fromEntries(policy.promises.map((x) => [x.id, x])),
    sections: Object.fromEntries(policy.sections.map((x) => [x.id, x])),
  };
  const { operator, jointUses, measures } = policy;
  return leaves({ operator, jointUses, measures, ...keyed }, [], new Map());
}

/** The changes from `before` to `after`: clauses and purposes as wholes, everything else fact by fact. */
export function diffPolicies(before: Policy, after: Policy): PolicyDiff {
  const [old, now] = [factsOf(before), factsOf(after)];
  const paths = [...new Set([...old.keys(), ...now.keys()])];
  return {
    clauses: compare(before.clauses, after.clauses, (c) => c.no),
    purposes: compare(before.purposes, after.purposes, (p) => p.id),
    facts: paths
      .filter((path) => old.get(path) !== now.get(path))
      .map((path) => ({ path, before: old.get(path) ?? null, after: now.get(path) ?? null })),
  };
}

/** The wording of a purpose in an approved version. */
export interface Wording {
  version: number;
  text: Bilingual;
}

/** A purpose whose wording in a version differs from the last approved version that states it. */
export interface Rewording {
  purpose: Purpose;
  /** The other wordings that people were told, from every approved version, latest first. */
  former: [Wording, ...Wording[]];
}

const isSame = (a: Bilingual, b: Bilingual): boolean => canonicalOf(a) === canonicalOf(b);

/** The wordings of a purpose in approved versions, which are given and returned newest first. */
export const wordingsOf = (
  id: string,
  approved: readonly { version: number; policy: Pick<Policy, 'purposes'> }[],
): Wording[] =>
  approved.flatMap(({ version, policy }) =>
    policy.purposes.flatMap((one) => (one.id === id ? [{ version, text: one.text }] : [])),
  );

/** The latest version that worded the purpose exactly the same. */
export const twinOf = ({ text }: Pick<Purpose, 'text'>, wordings: readonly Wording[]): Wording | undefined =>
  wordings.find((one) => isSame(one.text, text));

/**
 * The purposes whose wording differs from the last approved version. For people who were told the old words this is a change of purpose (17(2)),
 * unless only the wording changed. `approved`: every approved version, newest first.
 */
export function rewordingsIn(
  policy: Pick<Policy, 'purposes'>,
  approved: readonly { version: number; policy: Pick<Policy, 'purposes'> }[],
): Rewording[] {
  return policy.purposes.flatMap((purpose) => {
    const wordings = wordingsOf(purpose.id, approved);
    const others = wordings.filter(({ text }) => !isSame(text, purpose.text));
    const [last, ...more] = others.filter(({ text }, i) => others.findIndex((one) => isSame(one.text, text)) === i);
    return last && wordings[0] === last ? [{ purpose, former: [last, ...more] }] : [];
  });
}

/** A purpose refined by a version after the first: its rewording was judged related, or the version states it anew. */
export interface RefinedPurpose {
  purpose: string;
  version: number;
  /** The day on which it was or will be notified or published separately; null when the version itself makes it public, from its effective day. */
  announcedOn: Day | null;
  publicOn: Day;
  /** Relied on under the versions from `from` up to, not including, `until`. `from` is 0 where the purpose had no earlier wording to rely on. */
  from: number;
  until: number;
}

/** The refined purposes. `publicOn`: for each approved version, the day from which the public page shows it. */
export function refinedPurposes(
  wordings: readonly Pick<WordingRow, 'version' | 'purpose' | 'meaning' | 'judged' | 'announced_on'>[],
  publicOn: ReadonlyMap<number, Day>,
): RefinedPurpose[] {
  const firstVersion = Math.min(...publicOn.keys());
  return [...new Set(wordings.map(({ purpose }) => purpose))].toSorted().flatMap((purpose) => {
    const own = wordings.filter((one) => one.purpose === purpose).toSorted((a, b) => a.version - b.version);
    const refined = own.filter(
      ({ version, meaning, judged }) =>
        judged === 'related' || (judged === null && meaning === version && version !== firstVersion),
    );
    return refined.map(({ version, announced_on }, i) => ({
      purpose,
      version,
      announcedOn: announced_on,
      publicOn: announced_on ?? publicOn.get(version)!,
      from: own[0]!.version === version ? 0 : version,
      until: refined[i + 1]?.version ?? Infinity,
    }));
  });
}

/** Ids of the purposes of the previous version that this one no longer states. */
export const leftOut = (policy: Pick<Policy, 'purposes'>, before: Pick<Policy, 'purposes'> | undefined): string[] =>
  (before?.purposes ?? []).flatMap(({ id }) => (policy.purposes.some((one) => one.id === id) ? [] : [id]));

/** The privacy officer's judgement on a reworded purpose. */
const rewordingJudgements = ['editorial', 'related', 'unrelated'] as const;

export type RewordingJudgement = (typeof rewordingJudgements)[number];

/** A judgement as it was entered, not yet checked. */
export interface RewordingInput {
  /** One of `rewordingJudgements`. */
  judged: string;
  reason: string;
  /** For a related rewording: YYYY-MM-DD, and where people can learn of it. */
  announcedOn: string;
  announcedWhere: string;
}

export interface JudgedRewording {
  judged: RewordingJudgement;
  /** Empty for an unrelated rewording, which is refused. */
  reason: string;
  /** Only for a related rewording (21(3)). */
  announced: { on: Day; where: string } | null;
}

/** Checks a judgement. Fields are such as `judged.P1`. A related rewording must be announced before it takes effect. */
export function readRewording(
  id: string,
  input: RewordingInput | undefined,
  effectiveOn: Day,
): { read: JudgedRewording | null; problems: FieldProblem[] } {
  const problems: FieldProblem[] = [];
  const put = (field: keyof RewordingInput) => (says: Bilingual) =>
    void problems.push({ field: `${field}.${id}`, says });
  const judged = rewordingJudgements.find((one) => one === input?.judged);
  if (!input || !judged) {
    put('judged')(both('選んでください', 'Please choose'));
    return { read: null, problems };
  }
  if (judged === 'unrelated') return { read: { judged, reason: '', announced: null }, problems };
  const reason = readText(input.reason, { most: 500, need: true, lines: true }, put('reason'));
  if (judged === 'editorial') return { read: { judged, reason, announced: null }, problems };
  const on = readDay(input.announcedOn.trim());
  if (!on)
    put('announcedOn')(both('通知か公表をする日を書いてください', 'Enter the day of the notice or the publication'));
  else if (on > effectiveOn)
    put('announcedOn')(
      both('施行日までの日にしてください', 'Choose a day no later than the day the version takes effect'),
    );
  const where = readText(input.announcedWhere, { most: 200, need: true, lines: true }, put('announcedWhere'));
  return { read: on && { judged, reason, announced: { on, where } }, problems };
}
