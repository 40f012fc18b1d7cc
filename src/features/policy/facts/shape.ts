// The company's policy as data: the shape of each of its files. Never fills a gap with a default: a missing value is a problem.

import { z } from 'zod';
import { type Bilingual, both } from '../../../base/bilingual.ts';
import { readDay } from '../../../base/day.ts';

/** How to write values that have a required format. A shape names the manner it requires. */
export const manners = {
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

export type Manner = keyof typeof manners;

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

/** How a fee is paid. `cash`: at the desk, where visits are taken. */
const payments = ['registered-mail', 'bank-transfer', 'postage-stamps', 'postal-money-order', 'cash'] as const;

export type Payment = (typeof payments)[number];

const payment = z.enum(payments);

const feeYen = z.int().min(0).max(100_000);

/** Matters that the law requires the public text to state. For each, operator.yaml names the clauses that state it; none = silent. */
export const matters = [
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
export const files = {
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
