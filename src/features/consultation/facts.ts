// A question of the law as people ask it. Each fact is declared once, and the form, the reading of it, the strict check of facts in JSON and their
// schema all come from that declaration. Pure. A fact that nobody stated is never filled in, and facts that contradict each other are never decided.

import type { Bilingual } from '../../base/bilingual.ts';
import { both } from '../../base/bilingual.ts';
import { countryCodes } from '../../base/country.ts';
import type { Day } from '../../base/day.ts';
import type { Finding, Missing } from '../../base/finding.ts';
import type { FieldProblem } from '../../base/outcome.ts';
import * as law from '../../law/index.ts';
import type { Contradiction, Coverage, Judgement, StatedPurpose } from '../../law/index.ts';
import {
  informationOf,
  type KnownHolding,
  type NumberPromises,
  type Standing,
  type SupervisionPromises,
} from '../checkpoint/index.ts';
import { dayOrNullSchema, daySchema, fieldProblems, longText, shortText, z } from '../../platform/http/index.ts';

/** A fact that the office may know, from the holding asked about or from the policy in force. */
export type StandingFact =
  | 'information'
  | 'holdingPurposes'
  | 'optOutClosedBy'
  | 'indicationPromisedBy'
  | 'securityPurposeBy'
  | keyof law.RequestPolicy
  | keyof SupervisionPromises
  | keyof NumberPromises;

interface About {
  hint?: Bilingual;
  /**
   * `first`: asked at once. `if-known`: offered, but asked of nobody, because only a person who knows of it can bring it up. Otherwise asked when the
   * rule lacks it.
   */
  ask?: 'first' | 'if-known';
  /** The fact that the office fills in when it knows it. */
  standing?: StandingFact;
}

interface Base extends About {
  label: Bilingual;
  /** The object it belongs to makes no sense without this fact. */
  required?: true;
}

type Words<V extends string> = Readonly<Record<V, Bilingual>>;

export interface YesNo extends Base {
  control: 'yes-no';
}
export interface Choice<V extends string> extends Base {
  control: 'choice';
  options: Words<V>;
  /** Options that only facts kept by an earlier version state: shown in words, but neither offered nor accepted. */
  former?: readonly V[];
  /** Type only: makes the type of the values exact, so that no option may be missing and none may be invented. */
  exactly?: (value: V) => V;
}
export interface Several<V extends string> extends Base {
  control: 'several';
  options: Words<V>;
  exactly?: (value: V) => V;
}
export interface Plain extends Base {
  control: 'text' | 'prose' | 'country' | 'purpose-id' | 'clause';
}
/** `items` are items of the holding, `purpose-ids` purposes of the policy, `texts` any lines of text. */
export interface Plains extends Base {
  control: 'items' | 'purpose-ids' | 'texts';
}
export interface Stated extends Base {
  control: 'purpose';
}
export interface Stateds extends Base {
  control: 'purposes';
}
export interface OneDay extends Base {
  control: 'day';
}
export interface DayOrNone extends Base {
  control: 'day-or-none';
}
/** The range that the published schema gives for a count. The law refuses any other number (`contradictions`). */
interface Counted extends Base {
  least: number;
  most?: number;
  /** It names a year, so its digits are not separated. */
  isYear?: true;
}
export interface Count extends Counted {
  control: 'count';
}
export interface CountOrNone extends Counted {
  control: 'count-or-none';
}
/** A thing that exists, with facts of its own, or that does not exist. */
export interface Exists<T extends object> extends Base {
  control: 'exists';
  options: Words<'yes' | 'no'>;
  fields: Fields<T>;
}

type Control<V> = null extends V
  ? [Exclude<V, null>] extends [Day]
    ? DayOrNone
    : [Exclude<V, null>] extends [number]
      ? CountOrNone
      : [Exclude<V, null>] extends [object]
        ? Exists<Exclude<V, null>>
        : never
  : [V] extends [boolean]
    ? YesNo
    : [V] extends [Day]
      ? OneDay
      : [V] extends [number]
        ? Count
        : [V] extends [string]
          ? string extends V
            ? Plain
            : Choice<V>
          : [V] extends [readonly StatedPurpose[]]
            ? Stateds
            : [V] extends [StatedPurpose]
              ? Stated
              : [V] extends [readonly (infer E extends string)[]]
                ? string extends E
                  ? Plains
                  : Several<E>
                : [V] extends [object]
                  ? Fields<V>
                  : never;

type Needed<T, K extends keyof T> = object extends Pick<T, K> ? unknown : { required: true };

declare const shape: unique symbol;

/**
 * One declaration for every fact of `T`, of the kind its type requires. A fact without a declaration, a declaration without a fact, or one of the
 * wrong kind does not compile. The officer's judgements are left out: the person who asks does not state them.
 */
export type Fields<T extends object> = {
  [K in keyof T as K extends 'judgements' ? never : K]-?: Control<Exclude<T[K], undefined>> & Needed<T, K>;
} & { readonly [shape]?: (facts: T) => T };

export const yesNo = (ja: string, en: string, about: About = {}): YesNo => ({
  control: 'yes-no',
  label: both(ja, en),
  ...about,
});

export const choice = <V extends string>(
  ja: string,
  en: string,
  options: NoInfer<Words<V>>,
  about: About & Pick<Choice<NoInfer<V>>, 'former'> = {},
): Choice<V> => ({ control: 'choice', label: both(ja, en), options, ...about });

export const several = <V extends string>(
  ja: string,
  en: string,
  options: NoInfer<Words<V>>,
  about: About = {},
): Several<V> => ({ control: 'several', label: both(ja, en), options, ...about });

const plain =
  (control: Plain['control']) =>
  (ja: string, en: string, about: About = {}): Plain => ({ control, label: both(ja, en), ...about });

/** A line of text, such as a name or the reference of a document. */
export const text = plain('text');
/** Text in sentences, which may have several lines. */
export const prose = plain('prose');
/** The greatest length of prose, in characters. */
export const MOST_PROSE = 1_000;
/** The greatest length, in characters, of the words in which a question states a purpose. */
const MOST_STATED = 500;
/** ISO 3166-1 alpha-2. */
export const country = plain('country');
/** One of the purposes of the policy, by its id. */
export const purposeId = plain('purpose-id');

/** A clause of the policy. The office looks it up; nobody is asked for it. */
export const clause = (ja: string, en: string, standing: StandingFact): Plain => ({
  control: 'clause',
  label: both(ja, en),
  standing,
});

const plains =
  (control: Plains['control']) =>
  (ja: string, en: string, about: About = {}): Plains => ({ control, label: both(ja, en), ...about });

export const items = plains('items');
export const purposeIds = plains('purpose-ids');
export const texts = plains('texts');

/** A purpose with the clause of the policy that states it. */
export const purpose = (ja: string, en: string, about: About = {}): Stated => ({
  control: 'purpose',
  label: both(ja, en),
  ...about,
});

export const purposes = (ja: string, en: string, about: About = {}): Stateds => ({
  control: 'purposes',
  label: both(ja, en),
  ...about,
});

export const aDay = (ja: string, en: string, about: About = {}): OneDay => ({
  control: 'day',
  label: both(ja, en),
  ...about,
});

export const dayOrNone = (ja: string, en: string, about: About = {}): DayOrNone => ({
  control: 'day-or-none',
  label: both(ja, en),
  ...about,
});

/** A number of people, records, yen or the like; the label says of what. At least 1 unless `least` says otherwise. */
export const count = (
  ja: string,
  en: string,
  about: About & Partial<Pick<Counted, 'least' | 'most' | 'isYear'>> = {},
): Count => ({
  control: 'count',
  label: both(ja, en),
  least: 1,
  ...about,
});

export const countOrNone = (ja: string, en: string, about: About & Pick<Counted, 'least'>): CountOrNone => ({
  control: 'count-or-none',
  label: both(ja, en),
  ...about,
});

/** `options` are the words for yes (it exists) and no (it does not). */
export const exists = <T extends object>(
  ja: string,
  en: string,
  fields: NoInfer<Fields<T>>,
  {
    options = { yes: both('はい', 'Yes'), no: both('いいえ', 'No') },
    ...about
  }: About & {
    options?: Words<'yes' | 'no'>;
  } = {},
): Exists<T> => ({ control: 'exists', label: both(ja, en), options, fields, ...about });

/** Marks a declaration as required: its object cannot be without this fact. */
export const required = <F extends Base>(field: F): F & { required: true } => ({ ...field, required: true });

/** The headings under which a person who knows no article finds a question. */
export const groups = {
  use: both('社内で使いたい', 'I want to use it'),
  give: both('だれかに渡したい', 'I want to give it to somebody'),
  collect: both('集めたい、受け取りたい', 'I want to collect or receive it'),
  answer: both('本人に答えたい', 'I have to answer the person'),
  incident: both('何か起きた', 'Something went wrong'),
  process: both('個人が分からない形にしたい', 'I want to de-identify it'),
  'my-number': both('マイナンバーを扱う', 'I am handling My Numbers'),
  website: both('ウェブサイトやメール、通信', 'Web sites, mail and communications'),
  keep: both('保管する、消す、任せる', 'Keeping, erasing, entrusting'),
  know: both('そもそも何に当たるか', 'What kind of information is it?'),
} satisfies Record<string, Bilingual>;

export type Group = keyof typeof groups;

/**
 * What the law is asked: whether something may be done (`may`), whether a person's request is granted (`claim`), whether something must be done that
 * nobody asked for (`must`), or what something is (`what`). Only the first two are allowed or refused.
 */
export type Asks = 'may' | 'claim' | 'must' | 'what';

interface Declared<F extends object, A extends string> {
  /** The question's name in addresses, files and the API. */
  id: string;
  group: Group;
  /** What the person wants to do, in their words. */
  title: Bilingual;
  /** When to ask it, in one sentence. */
  when: Bilingual;
  /** What each answer means, in a few words. */
  answers: Words<A>;
  /** What is asked; `may` when left out. */
  asks?: Asks;
  /** Words for what the finding may name beside its answer (`also`). */
  marks?: Readonly<Record<string, Bilingual>>;
  /** The function of the law. */
  decide(facts: F, on: Day): Finding<A>;
  contradictions?(facts: F, on: Day): Contradiction[];
  fields: Fields<F>;
}

/** The codes that the officer may judge for this question, with words for each; only where its facts have judgements. */
type Judging<F> = F extends { judgements?: unknown } ? { judgements: Readonly<Record<string, Bilingual>> } : unknown;

type AnyField =
  | YesNo
  | Choice<string>
  | Several<string>
  | Plain
  | Plains
  | Stated
  | Stateds
  | OneDay
  | DayOrNone
  | Count
  | CountOrNone
  | (Omit<Exists<object>, 'fields'> & { fields: FieldTree });

/** Declarations by fact. A nested record is an object of facts that exists without a yes of its own. */
export interface FieldTree {
  readonly [fact: string]: AnyField | FieldTree;
}

export interface Leaf {
  /** `recipient.country` */
  path: string;
  field: AnyField;
}

export type Facts = Readonly<Record<string, unknown>>;
export type Tree = { [name: string]: unknown };

/** A question whose types have been checked. From here on, only its own schema knows the types of its facts. */
export interface Question {
  id: string;
  group: Group;
  title: Bilingual;
  when: Bilingual;
  answers: Words<string>;
  asks: Asks;
  judgements: Readonly<Record<string, Bilingual>>;
  marks: Readonly<Record<string, Bilingual>>;
  /** Every fact in the order of the form; the facts within an `exists` follow it. */
  leaves: readonly Leaf[];
  /** All facts, as a file states them. */
  schema: z.ZodType<Facts>;
  /** The facts a person states to the office: all but the clauses of the policy and the officer's judgements, which the office knows. */
  asked: z.ZodObject;
  /** The function of the law itself, by which the question can be found. */
  rule: unknown;
  /** Must be called only with facts that have passed the schema. */
  decide(facts: Facts, on: Day): Finding<string>;
  contradictions(facts: Facts, on: Day): readonly Contradiction[];
}

const isField = (node: AnyField | FieldTree): node is AnyField => typeof node.control === 'string';

const leavesOf = (tree: FieldTree, under = ''): Leaf[] =>
  Object.entries(tree).flatMap(([fact, node]) => {
    const path = under + fact;
    if (!isField(node)) return leavesOf(node, `${path}.`);
    const below = node.control === 'exists' ? leavesOf(node.fields, `${path}.`) : [];
    return [{ path, field: node }, ...below];
  });

const badCountry = both(
  'JP や VN のように、国の2文字の記号を書いてください',
  'Write the two-letter code of a country, such as JP or VN',
);
/** A country that exists. No other code is decided on, because it may be meant for a country that counts as equivalent. */
const countrySchema = z
  .string()
  .refine((code) => countryCodes.has(code), { params: { says: badCountry } })
  .openapi('CountryCode', { enum: [...countryCodes], example: 'JP', description: 'ISO 3166-1 alpha-2.' });
/**
 * Patterns for text that is not blank and has no control characters. The second also permits line breaks. A text is trimmed before it is measured.
 */
const seen = '[^\\u0000-\\u001f\\u007f-\\u009f]';
const someLine = { pattern: `^(?=.*\\S)${seen}*$` };
const someLines = { pattern: `^(?=[\\s\\S]*\\S)(?:${seen}|\\r?\\n)*$` };
const line = (most: number) => shortText(most).openapi(someLine);
const limitsOf = ({ least, most }: Counted) => ({
  minimum: least,
  maximum: most ?? Number.MAX_SAFE_INTEGER,
});
const stated = z.string().max(MOST_STATED);
const statedPurpose = z.strictObject({
  id: line(40),
  clause: line(40),
  says: z.strictObject({ ja: stated, en: stated }).optional(),
});
const names = z.array(line(200)).max(200);

/** The options of a choice that may be stated. */
export const offeredIn = ({ options, former = [] }: Choice<string>): string[] =>
  Object.keys(options).filter((option) => !former.includes(option));

function schemaOf(field: AnyField, known: boolean): z.ZodType {
  switch (field.control) {
    case 'yes-no':
      return z.boolean();
    case 'choice':
      return z.enum(offeredIn(field));
    case 'several':
      return z.array(z.enum(Object.keys(field.options))).max(Object.keys(field.options).length);
    case 'country':
      return countrySchema;
    case 'text':
      return line(500);
    case 'prose':
      return longText(MOST_PROSE, 1).openapi(someLines);
    case 'purpose-id':
    case 'clause':
      return line(40);
    case 'items':
    case 'purpose-ids':
    case 'texts':
      return names;
    case 'purpose':
      return statedPurpose;
    case 'purposes':
      return z.array(statedPurpose).max(200);
    case 'day':
      return daySchema;
    case 'day-or-none':
      return dayOrNullSchema;
    case 'count':
      return z.number().openapi({ type: 'integer', ...limitsOf(field) });
    case 'count-or-none':
      return z
        .number()
        .nullable()
        .openapi({ type: ['integer', 'null'], ...limitsOf(field) });
    case 'exists':
      return z.strictObject(shapeOf(field.fields, known)).nullable();
  }
}

/** `known`: leaves out what the office knows by itself. */
function shapeOf(tree: FieldTree, known: boolean): Record<string, z.ZodType> {
  const shape: Record<string, z.ZodType> = {};
  for (const [fact, node] of Object.entries(tree)) {
    if (!isField(node)) {
      const inner = shapeOf(node, known);
      const needed = Object.values(inner).length > 0;
      if (needed) shape[fact] = z.strictObject(inner).optional();
    } else if (!known || node.control !== 'clause') {
      const schema = schemaOf(node, known).describe(`${node.label.en} / ${node.label.ja}`);
      shape[fact] = node.required ? schema : schema.optional();
    }
  }
  return shape;
}

const judgementSchema: z.ZodType<Judgement> = z.strictObject({
  answer: z.boolean(),
  by: shortText(200),
  on: daySchema,
  why: longText(2000, 1),
  until: daySchema,
});

const judgementsShape = (codes: Readonly<Record<string, Bilingual>>): Record<string, z.ZodType> => {
  const one = Object.keys(codes).map((code) => [code, judgementSchema.optional()] as const);
  return one.length > 0 ? { judgements: z.strictObject(Object.fromEntries(one)).optional() } : {};
};

/** Declares a question. `F` is the type of the law function's facts, `A` its answers where they are not yes and no. */
export function question<F extends object, A extends string = 'yes' | 'no'>(
  declared: Declared<F, A> & Judging<F>,
): Question {
  const { id, group, title, when, answers } = declared;
  // The only place where the types of the facts are dropped: what reaches the law has passed the schema of the same declarations.
  const tree = declared.fields as unknown as FieldTree;
  const judgements = 'judgements' in declared ? declared.judgements : {};
  let schema: Question['schema'] | undefined;
  let asked: Question['asked'] | undefined;
  return {
    id,
    group,
    title,
    when,
    answers,
    asks: declared.asks ?? 'may',
    judgements,
    marks: declared.marks ?? {},
    leaves: leavesOf(tree),
    // Built when the question is first asked: building all schemas would take a tenth of the time of a start.
    get schema() {
      return (schema ??= z.strictObject({ ...shapeOf(tree, false), ...judgementsShape(judgements) }));
    },
    get asked() {
      return (asked ??= z.strictObject(shapeOf(tree, true)));
    },
    rule: declared.decide,
    decide: (facts, on) => declared.decide(facts as F, on),
    contradictions: (facts, on) => declared.contradictions?.(facts as F, on) ?? [],
  };
}

/** The questions whose function of the law is named in `by`, under its name in `law/index.ts`. */
export const questionsBy = (questions: readonly Question[], by: readonly string[]): readonly Question[] => {
  const functions = new Set(by.map((name) => (law as Record<string, unknown>)[name]));
  return questions.filter(({ rule }) => functions.has(rule));
};

/** The coverage grouped by statute, in the order in which it is stated. */
export const coverageByLaw = (): [Coverage['law'], Coverage[]][] => {
  const byLaw = new Map<Coverage['law'], Coverage[]>();
  for (const one of law.coverage) byLaw.set(one.law, [...(byLaw.get(one.law) ?? []), one]);
  return [...byLaw];
};

/** The question without some of its facts, for a page that knows them or that lets nobody state them. */
export const without = (question: Question, facts: readonly string[]): Question => {
  const kept = Object.entries(question.asked.shape).filter(([fact]) => !facts.includes(fact));
  return {
    ...question,
    leaves: question.leaves.filter(({ path }) => !facts.includes(path.split('.')[0]!)),
    asked: z.strictObject(Object.fromEntries(kept)),
  };
};

/** Reads the facts of a question for a day. Returns the facts, or the problems, each with the path of its fact. */
export function readFacts(
  question: Question,
  schema: z.ZodType<Facts>,
  stated: unknown,
  on: Day,
): { facts: Facts } | { problems: [FieldProblem, ...FieldProblem[]] } {
  const read = schema.safeParse(stated);
  if (!read.success) return { problems: fieldProblems(read.error.issues) };
  const [first, ...more] = question.contradictions(read.data, on);
  return first ? { problems: [first, ...more] } : { facts: read.data };
}

const below = (path: string, of: string): boolean => path === of || path.startsWith(`${of}.`);

/** The fields that ask for a missing fact. For an object without a yes of its own these are all the fields within it. */
export function leavesFor(question: Question, missing: Missing): readonly Leaf[] {
  const exact = question.leaves.filter((leaf) => leaf.path === missing.fact);
  return exact.length > 0 ? exact : question.leaves.filter((leaf) => below(leaf.path, missing.fact));
}

/** Puts a value at a path. Does nothing when the path leads into something that was stated not to exist. */
export function put(tree: Tree, path: readonly string[], value: unknown): void {
  const [head, ...rest] = path;
  if (rest.length === 0) {
    const opened = typeof value === 'object' && value !== null && Object.keys(value).length === 0;
    if (!opened || !tree[head!]) tree[head!] = value;
    return;
  }
  if (tree[head!] === null) return;
  tree[head!] = { ...(tree[head!] as Tree | undefined) };
  put(tree[head!] as Tree, rest, value);
}

const at = (facts: Facts, path: readonly string[]): unknown =>
  path.reduce<unknown>((inner, name) => (inner as Facts | null | undefined)?.[name], facts);

/** The stated facts with their declarations, in the order of the form. */
export const statedFacts = ({ leaves }: Question, facts: Facts): { leaf: Leaf; value: unknown }[] =>
  leaves.flatMap((leaf) => {
    const value = at(facts, leaf.path.split('.'));
    return value === undefined ? [] : [{ leaf, value }];
  });

const isFacts = (value: unknown): value is Facts =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isPerson = (name: string, value: unknown): boolean =>
  (name === 'recipient' || name === 'provider') && isFacts(value) && !law.isBody(value);

/** True when a party in the facts is a person, or may be one because its kind was not stated. */
export const personIn = (facts: Facts): boolean =>
  Object.entries(facts).some(([name, value]) => isPerson(name, value) || (isFacts(value) && personIn(value)));

/** The facts without the personal details of a party who is a person: name and address, and how the provider came by the data in free words. */
export function withoutPersons(facts: Facts): Facts {
  const ofPerson = Object.entries(facts).some(([name, value]) => isPerson(name, value));
  const kept = Object.entries(facts).flatMap(([name, value]): [string, unknown][] => {
    if (isPerson(name, value)) {
      const { kind, country } = value as law.Party;
      return [[name, { ...(kind ? { kind } : {}), ...(country ? { country } : {}) }]];
    }
    if (ofPerson && name === 'howAcquired') return [];
    return [[name, isFacts(value) ? withoutPersons(value) : value]];
  });
  return Object.fromEntries(kept);
}

/** What the office knows for a question. What it does not know is left out. */
export type StandingFacts = Partial<Record<StandingFact, unknown>>;

/**
 * What the office knows of a holding and of the policy in force. It knows the kind of information when items are chosen; when none are chosen, only
 * if no item of the holding is special care-required.
 */
export function standingFacts(stands: Standing, holding: KnownHolding | null, codes: readonly string[]): StandingFacts {
  const { optOutClosedBy, indicationPromisedBy, securityPurposeBy } = stands;
  const kindKnown = holding !== null && (codes.length > 0 || holding.specialCare.size === 0);
  const known: StandingFacts = {
    ...(holding ? { holdingPurposes: holding.purposes } : {}),
    ...(kindKnown ? { information: informationOf(holding, codes) } : {}),
    ...stands.requests,
    ...stands.supervision,
    ...stands.numbers,
    optOutClosedBy,
    indicationPromisedBy,
    securityPurposeBy,
  };
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined));
}

/** The facts that the office fills in by itself. */
export const filledLeaves = ({ leaves }: Question, known: StandingFacts): readonly Leaf[] =>
  leaves.filter(({ field }) => field.standing !== undefined && known[field.standing] !== undefined);

const said = both(
  '選んだ台帳から分かるので、書かないでください',
  'The holding you chose already gives this: leave it out',
);

/** The fee, in yen, that the policy sets for the kind of request asked about. */
const feeFor = ({ kind }: Facts, fees: unknown): number | undefined =>
  (fees as Readonly<Record<string, number>>)[String(kind)];

/** Adds what the office knows to the stated facts. Stating a fact that the office knows is a problem. */
export function withStanding(
  question: Question,
  stated: Facts,
  known: StandingFacts,
): { facts: Facts } | { problems: [FieldProblem, ...FieldProblem[]] } {
  const facts: Tree = { ...stated };
  const twice: FieldProblem[] = [];
  for (const { path, field } of filledLeaves(question, known)) {
    if (at(stated, path.split('.')) !== undefined) twice.push({ field: path, says: said });
    else {
      const value = field.standing === 'feeYen' ? feeFor(stated, known.feeYen) : known[field.standing!];
      if (value !== undefined) put(facts, path.split('.'), value);
    }
  }
  const [first, ...more] = twice;
  return first ? { problems: [first, ...more] } : { facts };
}

/** Words for what a finding names beside its answer. */
export const marksOf = (question: Question | undefined, finding: Finding<string>): Bilingual[] =>
  'also' in finding ? (finding.also as readonly string[]).map((mark) => question?.marks[mark] ?? both(mark, mark)) : [];

/** True when a holding can supply facts of the question. */
export const knowsHoldings = ({ leaves }: Question): boolean =>
  leaves.some(({ path, field }) => field.standing === 'holdingPurposes' || path === 'items' || path === 'information');

/** A judgement as it is recorded: on which code, and for one kept consultation, for a holding and purpose, or for any. */
export interface Judged {
  code: string;
  consultation_id: string | null;
  holding_id: string | null;
  purpose: string | null;
  answer: boolean;
  by_actor: string;
  on_day: Day;
  until_day: Day;
  why: string;
}

/** Path of the officer's judgements among the facts. */
export const JUDGEMENT = 'judgements.';

/**
 * Codes that are about one case and not about a reading of the law, each with the answer that lets the case pass. A judgement with that answer
 * applies only to the holding or the consultation it was made for, never to whatever else comes up before its last day.
 */
export const passesOneCase: Readonly<Record<string, boolean>> = {
  anonymousEnough: true,
  commissionRule: true,
  consentCapacity: true,
  damageUndone: true,
  horseRacePrize: true,
  lateNotice: true,
  legalJustification: true,
  listedPublicInterest: true,
  ownSiteOutside: true,
  protection: true,
  pseudonymousAbroad: true,
  secrecyUnread: true,
  specifiedUserLeak: false,
  timeToObject: true,
};

/**
 * Codes judged only for a kept consultation, whatever the answer. Another text, another change or another emergency may come up for the same holding
 * and purpose, and is another case.
 */
export const ofOneConsultation: ReadonlySet<string> = new Set([
  'changeTimeToObject',
  'numberEmergency',
  'purposeConcrete',
  'purposeRelated',
]);

/** The codes of the judgements that an answer lacks. */
export const judgementsLacking = (finding: Finding<string>): string[] =>
  'missing' in finding
    ? finding.missing.flatMap(({ fact }) => (fact.startsWith(JUDGEMENT) ? [fact.slice(JUDGEMENT.length)] : []))
    : [];

const narrowness = ({ consultation_id: one, holding_id, purpose }: Judged): number =>
  (one ? 4 : 0) + (holding_id ? 2 : 0) + (purpose ? 1 : 0);

/** What is asked, to which judgements may bear: `consultation` when it is a kept one, the holding, the purpose and the day. */
export interface JudgedAbout {
  consultation?: string;
  holding: string | null;
  purpose: string | null;
  on: Day;
}

/** The judgements that bear on what is asked; the last of each code prevails. `recorded` must be newest first. */
const bearing = (recorded: readonly Judged[], { consultation, holding, purpose, on }: JudgedAbout): Judged[] =>
  recorded
    .filter((one) => one.consultation_id === null || one.consultation_id === consultation)
    .filter((one) => one.on_day <= on && on <= one.until_day)
    .filter((one) => one.holding_id === null || one.holding_id === holding)
    .filter((one) => one.purpose === null || one.purpose === purpose)
    .sort((a, b) => narrowness(a) - narrowness(b) || recorded.indexOf(b) - recorded.indexOf(a));

/**
 * The judgements that bear on a question asked on a day: those valid then, and made for this consultation, for this holding and purpose, or for any.
 * A narrower one prevails over a wider one, and a newer over an older. `recorded` must be newest first.
 */
export const judgementsFor = (recorded: readonly Judged[], about: JudgedAbout): Record<string, Judgement> =>
  Object.fromEntries(
    bearing(recorded, about).map(({ code, answer, by_actor, on_day, until_day, why }) => [
      code,
      { answer, by: by_actor, on: on_day, why, until: until_day },
    ]),
  );

/** The states of a judgement on a day. `coming`: its day has not come, as the clock was ahead. `replaced`: a newer one of the same matter is valid. */
export const judgedStates = ['valid', 'replaced', 'expired', 'coming'] as const;

export type JudgedState = (typeof judgedStates)[number];

/** `recorded` must be newest first. */
export function judgedState(one: Judged, recorded: readonly Judged[], on: Day): JudgedState {
  const { code, consultation_id: consultation, holding_id: holding, purpose } = one;
  const about = { ...(consultation === null ? {} : { consultation }), holding, purpose, on };
  const prevailing = bearing(
    recorded.filter((other) => other.code === code),
    about,
  ).at(-1);
  if (prevailing === one) return 'valid';
  if (on > one.until_day) return 'expired';
  return on < one.on_day ? 'coming' : 'replaced';
}
