// The company in the policy: writes what a form says of it wherever the text repeats it, and finds where a version still names the example company
// that comes with Sekisho. Nothing is stored here: a rewritten policy is proposed and approved like any other.

import type { Bilingual, Lang } from '../../../base/bilingual.ts';
import { done, fieldOutcome, type FieldProblem, type Outcome } from '../../../base/outcome.ts';
import { readText } from '../../../base/text.ts';
import type { Office } from '../../../office.ts';
import { canonicalPolicy, factsOf } from '../facts/change.ts';
import type { Operator, Policy, PolicyFile } from '../facts/shape.ts';
import { draftOf, isByNobody, isExample, policyVersion, policyYaml, type Draft } from './versions.ts';

/** The texts of the company that the form asks for in both languages. */
const companyTexts = ['name', 'short_name', 'address', 'representative', 'desk.name', 'desk.address'] as const;

export type CompanyText = (typeof companyTexts)[number];

/** How to reach the desk other than by letter; either may be left out. */
const deskWays = ['phone', 'email'] as const;

/** The group policy that the company also follows: all three fields, or none where it follows none. */
const groupFields = ['parent_policy.name.ja', 'parent_policy.name.en', 'parent_policy.url'] as const;

/** Input by field name, such as `desk.address.ja` or `desk.phone`. */
export type CompanyInput = Readonly<Record<string, string>>;

const textIn = ({ desk, ...operator }: Operator, name: CompanyText): Bilingual =>
  name === 'desk.name' ? desk.name : name === 'desk.address' ? desk.address : operator[name];

/** What a policy says of the company, in the fields of the form. */
export function companyOf({ operator }: Policy): CompanyInput {
  const texts = companyTexts.flatMap((name) => {
    const { ja, en } = textIn(operator, name);
    return [
      [`${name}.ja`, ja],
      [`${name}.en`, en],
    ];
  });
  const parent = operator.parent_policy === 'none' ? { name: { ja: '', en: '' }, url: '' } : operator.parent_policy;
  const group = [parent.name.ja, parent.name.en, parent.url].map((text, i) => [groupFields[i], text]);
  return Object.fromEntries([...texts, ...deskWays.map((way) => [`desk.${way}`, operator.desk[way] ?? '']), ...group]);
}

type Replacement = readonly [was: string, is: string];

/** Replaces every `was` in a text by its `is`, longest first, so that a name within a name is left alone. Replaced text is not searched again. */
function replaced(text: string, replacements: readonly Replacement[]): string {
  const [first, ...rest] = replacements;
  if (!first) return text;
  const [was, is] = first;
  return text
    .split(was)
    .map((part) => replaced(part, rest))
    .join(is);
}

/** A copy of a value with all its texts rewritten, each in its language. */
function rewritten(value: unknown, by: Record<Lang, (text: string) => string>): unknown {
  if (Array.isArray(value)) return value.map((one) => rewritten(one, by));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [
      key,
      (key === 'ja' || key === 'en') && typeof one === 'string' ? by[key](one) : rewritten(one, by),
    ]),
  );
}

const ofCompany: readonly CompanyText[] = ['name', 'address', 'representative'];
const ofDesk: readonly CompanyText[] = ['desk.address', 'desk.name'];

/**
 * The policy with the company as the form says it. Its text repeats facts about the company; `formers` are the former facts to replace. The desk's
 * name may mean something else in other sentences, so it is replaced only in the clauses that give the desk's address. Where desk and company had
 * the same address, those clauses get the desk's new one.
 */
function withCompany(policy: Policy, input: CompanyInput, formers: readonly Operator[]): Policy {
  const by = (names: readonly CompanyText[], lang: Lang) => {
    const replacements = formers
      .flatMap((former) => names.map((name): Replacement => [textIn(former, name)[lang], input[`${name}.${lang}`]!]))
      .toSorted(([a], [b]) => b.length - a.length);
    return (text: string): string => replaced(text, replacements);
  };
  const inBoth = (names: readonly CompanyText[]) => ({ ja: by(names, 'ja'), en: by(names, 'en') });
  const [everywhere, atDesk] = [inBoth(ofCompany), inBoth([...ofDesk, ...ofCompany])];
  const isDesks = new Set(policy.operator.desk.clauses);
  const clauses = policy.clauses.map((one) => rewritten(one, isDesks.has(one.no) ? atDesk : everywhere));
  const now = { ...(rewritten(policy, everywhere) as Policy), clauses: clauses as Policy['clauses'] };
  const said = (name: CompanyText): Bilingual => ({ ja: input[`${name}.ja`]!, en: input[`${name}.en`]! });
  const { phone: _phone, email: _email, ...desk } = now.operator.desk;
  const ways = deskWays.flatMap((way) => (input[`desk.${way}`] ? [[way, input[`desk.${way}`]]] : []));
  return {
    ...now,
    operator: {
      ...now.operator,
      name: said('name'),
      short_name: said('short_name'),
      address: said('address'),
      representative: said('representative'),
      desk: { ...desk, name: said('desk.name'), address: said('desk.address'), ...Object.fromEntries(ways) },
    },
  };
}

/** A domain that nobody owns: a company with addresses in it does not exist. */
const NOBODYS = /\bexample\.jp\b/;

/** The names and addresses that only the example company has. The desk's name is left out, as any company's may be the same. */
function namesOf({ name, short_name, address, representative, desk, parent_policy: parent }: Operator): string[] {
  const texts = [name, short_name, address, representative, desk.address];
  return [
    ...texts.flatMap(({ ja, en }) => [ja, en]),
    ...deskWays.flatMap((way) => desk[way] ?? []),
    ...(parent === 'none' ? [] : [parent.name.ja, parent.name.en, parent.url]),
  ];
}

/** True for the policy of a company that does not exist, such as the example. */
const isNobodys = ({ operator }: Policy): boolean => namesOf(operator).some((name) => NOBODYS.test(name));

/** True when a version is the example of Sekisho, never spoken in the name of the company of `policy`. `by`: who proposed the version. */
export const isOthersExample = (by: string, version: Policy, policy: Policy): boolean =>
  isByNobody(by) && isNobodys(version) && version.operator.name.ja !== policy.operator.name.ja;

/** The example policy that Sekisho came with; null where the folder was changed before the first start, so that the company began with its own. */
async function exampleCompany(office: Office): Promise<Policy | null> {
  const first = await policyVersion(office, 1);
  return first && isExample([first]) && isNobodys(first.policy) ? first.policy : null;
}

/** The policy without a group policy: drops the clause that links to it, and the promises and sections that only this clause used. */
function withoutGroup(policy: Policy): Policy {
  const clauses = policy.clauses.filter(({ link }) => link !== 'parent-policy');
  const made = new Set(clauses.flatMap(({ promises }) => promises));
  const filled = new Set(clauses.map(({ section }) => section));
  const emptied = new Set(policy.clauses.map(({ section }) => section).filter((section) => !filled.has(section)));
  const isParent = (id: string): boolean => policy.sections.some(({ parent }) => parent === id);
  return {
    ...policy,
    operator: { ...policy.operator, parent_policy: 'none' },
    clauses,
    promises: policy.promises.filter(({ id }) => made.has(id)),
    sections: policy.sections.filter(({ id }) => !emptied.has(id) || isParent(id)),
  };
}

/** The policy with the group policy as the form says it; the clauses also repeat its name. */
function withGroup(policy: Policy, input: CompanyInput): Policy {
  const [ja, en, url] = groupFields.map((field) => input[field]!) as [string, string, string];
  if (url === '') return withoutGroup(policy);
  const { parent_policy: was } = policy.operator;
  const by = (lang: Lang, is: string) => (text: string) =>
    was === 'none' ? text : replaced(text, [[was.name[lang], is]]);
  const now = rewritten(policy, { ja: by('ja', ja), en: by('en', en) }) as Policy;
  return { ...now, operator: { ...now.operator, parent_policy: { name: { ja, en }, url } } };
}

/** The files of a version with the company as the form says it, and the draft they make. Problems are at the fields of the form. */
export async function draftWithCompany(
  office: Office,
  policy: Policy,
  given: CompanyInput,
): Promise<Outcome<{ texts: Record<PolicyFile, string>; draft: Draft }>> {
  const problems: FieldProblem[] = [];
  const follows = groupFields.some((field) => given[field]?.trim());
  const input = Object.fromEntries(
    Object.keys(companyOf(policy)).map((field) => {
      const isGroup = groupFields.some((one) => one === field);
      const need = isGroup ? follows : !deskWays.some((way) => field === `desk.${way}`);
      return [field, readText(given[field], { most: 200, need }, (says) => void problems.push({ field, says }))];
    }),
  );
  const wrong = fieldOutcome(problems);
  if (wrong) return wrong;
  const example = await exampleCompany(office);
  const formers = [policy.operator, ...(example ? [example.operator] : [])];
  const texts = policyYaml(withGroup(withCompany(policy, input, formers), input));
  const draft = await draftOf(office, texts);
  if (draft.ok) return done({ texts, draft: draft.value });
  if (draft.problem.kind !== 'invalid') return draft;
  return fieldOutcome(
    draft.problem.fields.map(({ field, says }) => ({ field: field.replace(/^operator\.yaml: /, ''), says })),
  )!;
}

/** Where a version still names the example company: clauses by number, purposes by id, everything else by path. */
export interface Remains {
  clauses: number[];
  purposes: string[];
  facts: string[];
}

/** Remembered because a policy's text never changes, and home asks about the one in force on every visit. */
const remainsOf = new WeakMap<Policy, Remains | null>();

/** What remains of the example company in a policy; null where nothing does. Also null for the example policy itself, which is reported as such. */
export async function remainsIn(office: Office, policy: Policy): Promise<Remains | null> {
  const known = remainsOf.get(policy);
  if (known !== undefined) return known;
  const remains = goneThrough(policy, await exampleCompany(office));
  remainsOf.set(policy, remains);
  return remains;
}

function goneThrough(policy: Policy, example: Policy | null): Remains | null {
  if (!example || canonicalPolicy(policy) === canonicalPolicy(example)) return null;
  const names = namesOf(example.operator);
  const found = (text: string): boolean => names.some((name) => text.includes(name));
  const inEither = ({ text }: { text: Bilingual }): boolean => found(text.ja) || found(text.en);
  const remains: Remains = {
    clauses: policy.clauses.filter(inEither).map(({ no }) => no),
    purposes: policy.purposes.filter(inEither).map(({ id }) => id),
    facts: [...factsOf(policy)].flatMap(([path, text]) => (found(text) ? [path] : [])),
  };
  return Object.values(remains).every((places) => places.length === 0) ? null : remains;
}
