// What can be said in advance about opening a person's items; the ground on which two ids are one person; and when to clear up after erasures.
// Pure. The checkpoint decides when something is really opened.

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

/** How much of what a holding keeps of a person the checkpoint would let be read for a purpose. */
export type Opens = 'all' | 'some' | 'none';

/**
 * The items that are or may have been held about a person: those of the holdings they are or were in, each once, with the first holding that has
 * it.
 */
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

/** Decided by the checkpoint's own rule: what the items are held for, and what the person consented to, asked to stop and had stopped. */
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
 * True when opening for a purpose is offered at all. Information not collected for a purpose of My Numbers is not offered for one: such an affair
 * has information of its own, and no change of purpose reaches it (Numbering Act 9, 30(2)). What the checkpoint would open is offered in any case.
 */
export const isOffered = ({ id, scope }: Pick<Purpose, 'id' | 'scope'>, { heldFor }: Kept, opens: Opens): boolean =>
  scope !== 'my-number' || opens !== 'none' || [...heldFor.values()].some((told) => told.includes(id));

/** Groups the codes of items held for the same purposes, in the order given, with the ids of the purposes. */
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

/** The size in bytes of a table of keys of some hundred thousand people, which is rewritten in a fifth of a second. */
const SOON_WRITTEN = 16 * 1024 * 1024;

/**
 * True when it is time to rewrite a table of keys, which blocks everybody meanwhile. A small table is rewritten at once. Others are rewritten from
 * one to five at night in Japan, or at any hour once a dropped key has waited for a day, because a server may be off at night. Times are
 * milliseconds since the epoch.
 */
export function isTimeToClear(now: number, { since, size }: { since: number; size: number }): boolean {
  const sinceMidnight = now - startOf(dayOf(now));
  const night = sinceMidnight >= HOUR_MS && sinceMidnight < 5 * HOUR_MS;
  return size <= SOON_WRITTEN || night || now - since >= 24 * HOUR_MS;
}

/**
 * How it was established that two ids are one person: `told`, they said so and it was checked that it was they; `document`, a paper names them;
 * `number`, both have a number that only one person has; `details`, several items beside the name agree, the birth date among them. A name alone
 * establishes nothing, because many people share it; nor does a name with an address and a telephone number, which a father and a son of the same
 * name share.
 */
export const linkWays = ['told', 'document', 'number', 'details'] as const;
export type LinkWay = (typeof linkWays)[number];

/**
 * The finding on which two ids are linked. The Act requires personal data to be kept accurate, and the guideline requires a check of whose it is;
 * the link rests on nothing else. The person who links states that the two are one person and how that was established, and answers for it. A link
 * lets nothing be used for what it was not collected for (18(1)), and makes no consent given under one id a consent under the other.
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
        'It is checked and confirmed whose information it is. The same name alone is not enough.',
      ),
    },
    {
      law: 'APPI',
      article: '18(1)',
      says: both(
        '利用できる範囲は広がりません。それぞれの情報は、集めたときの目的にだけ使います。',
        'The permitted uses do not grow: each item is used only for the purposes it was collected for.',
      ),
    },
  ],
  duties: [],
};

/** The finding on which a link ends: it was a mistake, and the two are not one person. */
export const unlinkFinding: Finding = {
  answer: 'yes',
  because: [
    {
      law: 'APPI',
      article: '22',
      says: both(
        '同じ本人でないと分かったので、結び付けを取り消し、正確に保ちます。',
        'They were found not to be the same person, so the link is undone to keep the data accurate.',
      ),
    },
  ],
  duties: [],
};
