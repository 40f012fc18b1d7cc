// What can be said about opening a person's items before anybody asks, on what ground two ids are one person, and when to clear up after
// erasures: pure. The checkpoint answers when something is opened.

import { both } from '../../base/bilingual.ts';
import { dayOf, startOf, type Day } from '../../base/day.ts';
import type { Finding } from '../../base/finding.ts';
import type { Erasure, Held } from '../../vault/index.ts';
import { personUse, type Standing } from '../checkpoint/index.ts';
import type { StandingForUse } from '../consent/index.ts';
import type { Holding } from '../ledger/index.ts';
import type { Purpose } from '../policy/index.ts';

/** What one holding keeps of a person. */
export type Kept = Held['records'][number];

/** Of what a holding keeps of a person, how much the checkpoint would let be read for a purpose. */
export type Opens = 'all' | 'some' | 'none';

/** The items that are or may have been held about a person: those of the holdings they are or were in, each once with the first that has it. */
export function itemsAbout(
  person: { ledger: ReadonlyMap<string, Holding> } & ({ held: Held } | { erasure: Erasure }),
): { holding: string; code: string }[] {
  const kept =
    'held' in person ? person.held.records : person.erasure.holdings.map((holding) => ({ holding, items: [] }));
  const all = kept.flatMap(({ holding, items }) =>
    [...(person.ledger.get(holding)?.items ?? []).map(({ code }) => code), ...items].map((code) => ({ holding, code })),
  );
  return all.filter(({ code }, i) => all.findIndex((one) => one.code === code) === i);
}

/** By the checkpoint's own rule: what the items are held for, what the person consented to, asked to stop and had stopped. */
export function opensFor(
  stands: Standing,
  { principal, record, purpose, said }: { principal: string; record: Kept; purpose: string; said: StandingForUse },
  on: Day,
): Opens {
  const { holding, heldFor } = record;
  if (!stands.holdings.has(holding)) return 'none';
  const isOpen = (items: readonly string[]): boolean => {
    const ask = { principal, holding, items, purpose };
    const held = items.map((code) => heldFor.get(code)!);
    return personUse(stands, ask, { held, ...said(ask) }, on).answer === 'yes';
  };
  if (isOpen(record.items)) return 'all';
  return record.items.some((code) => isOpen([code])) ? 'some' : 'none';
}

/**
 * Whether opening for a purpose is offered at all. What was not collected for a purpose of My Numbers is not turned to it: an affair of theirs
 * has its own information, and no change of purpose reaches it (Numbering Act 9, 30(2)). What the checkpoint would open is offered in any case.
 */
export const isOffered = ({ id, scope }: Pick<Purpose, 'id' | 'scope'>, { heldFor }: Kept, opens: Opens): boolean =>
  scope !== 'my-number' || opens !== 'none' || [...heldFor.values()].some((told) => told.includes(id));

/** The codes of the items that are held for the same, in the order given, with the ids of the purposes. */
export function heldAlike(
  { heldFor }: Kept,
  codes: readonly string[],
): { codes: string[]; purposes: readonly string[] }[] {
  const groups = new Map<string, { codes: string[]; purposes: readonly string[] }>();
  for (const code of codes) {
    const purposes = heldFor.get(code) ?? [];
    const group = groups.get(purposes.join());
    if (group) group.codes.push(code);
    else groups.set(purposes.join(), { codes: [code], purposes });
  }
  return [...groups.values()];
}

const HOUR_MS = 3_600_000;

/** Bytes of a table of keys, those of some hundred thousand people, that are written anew in a fifth of a second. */
const SOON_WRITTEN = 16 * 1024 * 1024;

/**
 * Whether it is time to write a table of keys anew, for which everybody waits: at once where it is small; otherwise in the night of Japan,
 * from one to five, or at any hour once a dropped key has waited for a day, as a server may be off at night. Times in milliseconds since the epoch.
 */
export function isTimeToClear(now: number, { since, size }: { since: number; size: number }): boolean {
  const sinceMidnight = now - startOf(dayOf(now));
  const night = sinceMidnight >= HOUR_MS && sinceMidnight < 5 * HOUR_MS;
  return size <= SOON_WRITTEN || night || now - since >= 24 * HOUR_MS;
}

/**
 * How it was established that two ids are one person: they said so and it was checked that it is they who say it; a paper names them; a number
 * that only one person has stands in both; several items agree beside the name, the birth date among them. A name alone, which many have,
 * establishes nothing, nor does it with an address and a telephone number, which a father and a son of one name share.
 */
export const linkWays = ['told', 'document', 'number', 'details'] as const;
export type LinkWay = (typeof linkWays)[number];

/**
 * On what ground two ids are linked. The Act has personal data kept accurate, and the guideline has it checked whose it is: that is all the link
 * rests on. Whoever links states that the two are one person and how that was established, and answers for it. It lets nothing be used for what
 * it was not collected for (18(1)), and makes no consent to one a consent to the other.
 */
export const linkFinding: Finding = {
  answer: 'yes',
  because: [
    {
      law: 'APPI',
      article: '22',
      says: both(
        '個人データを正確に保ちます。2つの番号が同じ本人のものなら、そのように扱います。',
        'Personal data is kept accurate: two ids of one person are treated as one person’s.',
      ),
    },
    {
      law: 'Guideline',
      article: '3-4-1',
      says: both(
        'だれの情報かを照合し、確認します。氏名が同じだけでは足りません。',
        'Whose information it is, is checked and confirmed. The same name alone is not enough.',
      ),
    },
    {
      law: 'APPI',
      article: '18(1)',
      says: both(
        '利用できる範囲は広がりません。それぞれの情報は、集めたときの目的にだけ使います。',
        'Nothing may be used for more: each item stays bound to what it was collected for.',
      ),
    },
  ],
  duties: [],
};

/** On what ground a link ends: it was a mistake, the two are not one person. */
export const unlinkFinding: Finding = {
  answer: 'yes',
  because: [
    {
      law: 'APPI',
      article: '22',
      says: both(
        '同じ本人でないと分かったので、結び付けを取り消し、正確に保ちます。',
        'They were found not to be one person: the link is undone, which keeps the data accurate.',
      ),
    },
  ],
  duties: [],
};
