// What differs between two versions of a policy, and how a purpose was reworded. The canonical text is what is compared, hashed and logged.

import { type Bilingual, both } from '../../../base/bilingual.ts';
import { type Day, readDay } from '../../../base/day.ts';
import type { FieldProblem } from '../../../base/outcome.ts';
import { readText } from '../../../base/text.ts';
import { canonical, type Json } from '../../../log/index.ts';
import type { WordingRow } from '../tables.ts';
import { pathText } from './check.ts';
import type { Clause, Policy, Purpose } from './shape.ts';

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
