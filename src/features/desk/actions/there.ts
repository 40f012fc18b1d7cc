// What exists about the person of a request at this moment: what the holdings keep, and the records of provision and of receipt. Nothing is opened.

import type { Queryable } from '../../../platform/database/index.ts';
import { acquisitionsOf, type StoredRecord } from '../../acquisition/index.ts';
import { recordsHeld } from '../../checkpoint/index.ts';
import { listProvisions, type Provided } from '../../provision/index.ts';
import { relatedReceipts, type RelatedReceived } from '../../related/index.ts';
import { erasesAll } from '../facts/effect.ts';
import type { HoldingItems, Review } from '../facts/event.ts';
import { ownerIn, placed } from '../facts/place.ts';
import type { Request } from '../facts/request.ts';

/** Where it is read: the office, or a transaction in its place. */
interface Reading {
  database: Queryable;
}

/** What is on record about any of these ids of a person, each record once, the newest first. */
export async function aboutAll<T extends { id: string; at: Date }>(
  principals: readonly string[],
  about: (principal: string) => Promise<readonly T[]>,
): Promise<T[]> {
  const found = (await Promise.all(principals.map(about))).flat();
  return [...new Map(found.map((one) => [one.id, one])).values()].toSorted((a, b) => b.at.getTime() - a.at.getTime());
}

/** The records of provision about an id that 33(5) reaches: those of 29(1). */
export const provisionsOf = ({ database }: Reading, principal: string): Promise<Provided[]> =>
  listProvisions(database, { principal, recorded: true });

/** Provisions abroad that rested on the recipient's own system, whose measures the person may ask for (28(3)); not those on a consent or a law. */
export const abroadOnSystem = async ({ database }: Reading, principals: readonly string[]): Promise<Provided[]> =>
  (await aboutAll(principals, (principal) => listProvisions(database, { principal }))).filter(
    ({ finding }) => finding.answer === 'yes' && finding.duties.some((duty) => duty.do === 'answer-on-request'),
  );

/**
 * The records of receipt about an id that had to be made (30(3)): of an acquisition from somebody else, or of related information linked to the
 * person.
 */
export async function receiptsOf(
  office: Reading,
  principal: string,
): Promise<{ acquisitions: StoredRecord[]; related: RelatedReceived[] }> {
  const acquisitions = (await acquisitionsOf(office, principal)).filter(({ duties }) =>
    duties.some((duty) => duty.do === 'record-receipt'),
  );
  const related = await relatedReceipts(office, { principal });
  return {
    acquisitions,
    related: related.ok ? related.value.filter(({ record }) => record !== null) : [],
  };
}

/** What the holdings keep about an id at this moment; nothing once it is erased. */
export const keptAbout = async ({ database }: Reading, principal: string): Promise<HoldingItems[]> =>
  (await recordsHeld(database, principal)).map(({ holding, items }) => ({ holding, principal, items }));

export const keptAboutAll = async (office: Reading, principals: readonly string[]): Promise<HoldingItems[]> =>
  (await Promise.all(principals.map((principal) => keptAbout(office, principal)))).flat();

/** Each record as one item, so that a single one can be held back. */
const recordsAsItems = ({ provisions, receipts }: Awaited<ReturnType<typeof recordIds>>): HoldingItems[] =>
  [
    { holding: 'provisions', items: provisions },
    { holding: 'receipts', items: receipts },
  ].filter(({ items }) => items.length > 0);

/** Ids of the records about a person. */
export async function recordIds(
  office: Reading,
  principals: readonly string[],
): Promise<{ provisions: string[]; receipts: string[] }> {
  const receipts = await Promise.all(principals.map((principal) => receiptsOf(office, principal)));
  return {
    provisions: (await aboutAll(principals, (principal) => provisionsOf(office, principal))).map(({ id }) => id),
    receipts: [
      ...new Set(receipts.flatMap(({ acquisitions, related }) => [...acquisitions, ...related].map(({ id }) => id))),
    ],
  };
}

/** What exists at this moment of what a request is about: items by holding, or the records. Empty when nobody was found, or they are erased. */
export async function thereNow(office: Reading, { kind, specified, collected }: Request): Promise<HoldingItems[]> {
  const { principals } = specified ?? { principals: [] };
  if (principals.length === 0) return [];
  return kind === 'record-disclosure'
    ? recordsAsItems(await recordIds(office, principals))
    : placed(await keptAboutAll(office, principals), collected);
}

export const isAmong = (there: readonly HoldingItems[], { holding, item }: Pick<Review, 'holding' | 'item'>): boolean =>
  there.some((one) => one.holding === holding && one.items.includes(item));

/** Whether any of this was not there when a request was collected. */
export const isMore = (there: readonly HoldingItems[], request: Pick<Request, 'specified' | 'collected'>): boolean =>
  there.some(
    ({ holding, principal, items }) =>
      (principal !== undefined && principal !== ownerIn(request, holding)) ||
      items.some((item) => !isAmong(request.collected?.holdings ?? [], { holding, item })),
  );

/**
 * Whether something exists that was not there when a request was collected. Nothing is decided without it, and an erasure of everything that was
 * decided does not reach it. Any other decision, also when it is taken anew, is about what the first was about.
 */
export async function hasGrown(office: Reading, request: Request): Promise<boolean> {
  const { collected, decided, carriedOut, closedOn } = request;
  const over = closedOn !== null || carriedOut !== null || (decided !== null && !erasesAll(request));
  return collected !== null && !over && isMore(await thereNow(office, request), request);
}
