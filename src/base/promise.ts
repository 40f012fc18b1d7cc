// The state of a promise of the policy, and the evidence for it. No promise is "kept" without evidence and the time it was computed; a promise that
// nobody can prove is unknown.

import { both, type Bilingual } from './bilingual.ts';
import type { Day } from './day.ts';

/** Worst first, so that the state of a clause is the first state in this order that any of its promises has. */
export const promiseStates = ['broken', 'risk', 'unknown', 'kept'] as const;

export type PromiseState = (typeof promiseStates)[number];

/** One line of evidence: what was looked at and what was found. `href` links to the records themselves. */
export interface Evidence {
  label: Bilingual;
  value: Bilingual;
  href?: string;
  state?: PromiseState;
}

export interface Proof {
  state: PromiseState;
  /** Why the promise has this state, in one sentence with the counts. */
  says: Bilingual;
  evidence: Evidence[];
  /** How to put it right; empty when kept. */
  fix: Bilingual[];
}

/** The worst of several states; unknown when there are none, because nothing was shown. */
export function worst(states: readonly PromiseState[]): PromiseState {
  return promiseStates.find((state) => states.includes(state)) ?? 'unknown';
}

/** A number of records, as evidence shows it. */
export const countOf = (n: number): Bilingual => both(`${n}件`, String(n));

/** The records that the log names and that a backup restored on day `on` did not have. */
export interface Lost {
  on: Day;
  n: number;
  /** True once the review of what was lost is on record. */
  reviewed: boolean;
}

/** What the log alone says of a record that was lost with a restored backup. */
export interface LostRecord {
  /** Opaque; a list goes on before it. */
  cursor: string;
  /** Id of the entry, and of what it was the record of. */
  id: string;
  /** In milliseconds since the epoch. */
  at: number;
  /** Null where the record is about nobody, or about many. */
  principal: string | null;
  /** True when the person is held here. Who was lost too, or is erased, has only the log. */
  held: boolean;
}

/** A promise about records: how many there are, and how many of them do not keep it. */
export interface Counted {
  all: number;
  wrong: number;
  /** Records lost with a backup. They are counted in neither `all` nor `wrong`, because nothing of them is left to check. */
  lost?: readonly Lost[];
  label: Bilingual;
  wrongLabel: Bilingual;
  /** What the sentence calls the records; in English a plural: `2 of 5 provisions do not keep the promise`. */
  what: Bilingual;
  /** Link to the records. */
  href: string;
  /** The state when there are no such records: the promise is kept by that, or nothing is shown. */
  none: { state: 'kept' | 'unknown'; says: Bilingual };
  fix: Bilingual;
}

/** The English sentence about how many records keep the promise or do not. */
function saidOf({ all, wrong, what: { en: what } }: Counted): string {
  if (all === 1) return `The only one of the ${what} ${wrong > 0 ? 'does not keep' : 'keeps'} the promise.`;
  if (wrong === 0) return `All ${all} ${what} keep the promise.`;
  if (wrong === all) return `None of the ${all} ${what} keeps the promise.`;
  return `${wrong} of ${all} ${what} ${wrong === 1 ? 'does' : 'do'} not keep the promise.`;
}

/** The page that shows when a backup was restored, and on which the review of what was lost is recorded. */
const REVIEW = '/log';

/**
 * Adds what was lost with a backup. Nobody can prove those records any more, so a promise that is not broken is at risk until they have been
 * reviewed.
 */
function withLost(proof: Proof, lost: readonly Lost[]): Proof {
  const days = [...new Set(lost.map(({ on }) => on))].map((on) => {
    const ofDay = lost.filter((one) => one.on === on);
    const slashed = on.replaceAll('-', '/');
    return {
      slashed,
      n: ofDay.reduce((sum, { n }) => sum + n, 0),
      reviewed: ofDay.every(({ reviewed }) => reviewed),
    };
  });
  const evidence = [
    ...proof.evidence,
    ...days.map(({ slashed, n, reviewed }): Evidence => ({
      label: both(
        `${slashed}にバックアップから戻したときに記録が失われ、確かめられないもの${reviewed ? '（見直し済み）' : ''}`,
        `Lost when a backup was restored on ${slashed}, and not verifiable${reviewed ? ' (reviewed)' : ''}`,
      ),
      value: countOf(n),
      href: REVIEW,
      state: reviewed ? 'kept' : 'risk',
    })),
  ];
  const open = days.find(({ reviewed }) => !reviewed);
  if (!open) return { ...proof, evidence };
  const fix = both(
    '「記録の検証」のページで、失われたものを記録からたどり、要るものをやり直して、見直したことを記録します。',
    'On the page of the log, trace what was lost from the entries, redo what is needed, and record that you have reviewed it.',
  );
  if (proof.state === 'broken') return { ...proof, evidence, fix: [...proof.fix, fix] };
  const says = both(
    `${open.slashed}にバックアップから戻したときに記録が失われ、${open.n}件を確かめられません。操作の記録には残っています。`,
    `${open.n} cannot be verified: records were lost when a backup was restored on ${open.slashed}. Their entries remain in the log.`,
  );
  return { state: 'risk', says, evidence, fix: [fix] };
}

/** Broken by a single record that does not keep the promise, kept when all do, at risk when records were lost with a backup. */
export const counted = (records: Counted): Proof =>
  records.lost && records.lost.length > 0 ? withLost(countedHere(records), records.lost) : countedHere(records);

function countedHere(records: Counted): Proof {
  const { all, wrong, label, wrongLabel, what, href, none, fix } = records;
  const evidence: Evidence[] = [
    { label, value: countOf(all), href },
    { label: wrongLabel, value: countOf(wrong), state: wrong > 0 ? 'broken' : 'kept' },
  ];
  const everyOne = all === 1 ? '' : 'のすべて';
  if (wrong > 0) {
    const says = both(
      `${what.ja}${all}件${wrong === all ? everyOne : `のうち${wrong}件`}が、約束のとおりではありません。`,
      saidOf(records),
    );
    return { state: 'broken', says, evidence, fix: [fix] };
  }
  if (all === 0) return { ...none, evidence, fix: [] };
  const says = both(`${what.ja}${all}件${everyOne}が、約束のとおりです。`, saidOf(records));
  return { state: 'kept', says, evidence, fix: [] };
}

const MOST_NAMED = 10;

/** The first few wrong records, and how many of `n` are left: the evidence is read in full everywhere the states of the promises are shown. */
export function firstNamed(wrong: readonly Evidence[], n = wrong.length): Evidence[] {
  const rest = n - MOST_NAMED;
  return rest > 0
    ? [...wrong.slice(0, MOST_NAMED), { label: both('ほかに', 'And more'), value: countOf(rest) }]
    : [...wrong];
}

/** A promise that is not broken is unknown while nothing on record says how `n` records are to be judged. */
export function withUnsaid(
  proof: Proof,
  n: number,
  { label, says, fix }: Record<'label' | 'says' | 'fix', Bilingual>,
): Proof {
  if (n === 0) return proof;
  const evidence = [...proof.evidence, { label, value: countOf(n), state: 'unknown' as const }];
  return proof.state === 'broken' || proof.state === 'risk'
    ? { ...proof, evidence }
    : { state: 'unknown', says, evidence, fix: [...proof.fix, fix] };
}

/**
 * The promise that a register still holds what each log entry recorded: nothing was changed, added or taken away since. `strange`: the records that
 * differ, where they can be named.
 */
export function asLogged(
  records: Omit<Counted, 'wrongLabel' | 'fix'>,
  strange: readonly (Pick<Evidence, 'label'> & Partial<Evidence>)[] = [],
): Proof {
  const proof = counted({
    ...records,
    wrongLabel: both('操作の記録と合わないもの', 'Not matching the log'),
    fix: both(
      '「記録の検証」で検証し、記録がいつ変わり、または失われたかを、バックアップと照らし合わせて調べます。',
      'Verify the log on its page, and compare the records with the backups to find out when they were changed or lost.',
    ),
  });
  const value = both('記録と合わない', 'not as logged');
  const wrong = strange.map((one): Evidence => ({ value, state: 'broken', ...one }));
  return { ...proof, evidence: [...proof.evidence, ...firstNamed(wrong)] };
}
