// Whose information it is and what is held about them: found through the checkpoint, collected through the doors of the rooms that keep it, and
// decided on item by item. Never before it is known who asks; nothing of anybody is read here.

import { both, type Bilingual } from '../../../base/bilingual.ts';
import { done, failed, type FieldProblem, type Outcome } from '../../../base/outcome.ts';
import type { Office } from '../../../office.ts';
import type { Match, SearchTerm } from '../../../vault/index.ts';
import { listed } from '../../../platform/ui/format.ts';
import { acquisitionsOf, type AcquisitionRecord } from '../../acquisition/index.ts';
import type { By } from '../../access/index.ts';
import { fieldOutcome, find, held, standing } from '../../checkpoint/index.ts';
import { listProvisions, type Provided } from '../../provision/index.ts';
import { relatedReceipts, type RelatedReceived } from '../../related/index.ts';
import {
  admit,
  isDisclosure,
  says as factSays,
  sharedIn,
  type Distinction,
  type EventOf,
  type HoldingItems,
  type ItemDecision,
  type Request,
  type WithholdingGround,
} from '../facts.ts';
import {
  caseOf,
  fieldInvalid,
  happen,
  madeBefore,
  simply,
  type Case,
  type Desk,
  type Paper,
  type Step,
} from './cases.ts';
import { reaching } from './reach.ts';

const says = {
  several: both(
    '条件に合う人が複数います。どれがその人かを確かめ、その人のものはすべて選んでください',
    'More than one entry matches. Find out which are this person’s and choose all of those',
  ),
  confirm: both(
    '条件に合う人が1人います。その人でよいかを確かめて選んでください',
    'One person matches. Make sure that it is they and choose them',
  ),
  notFound: both('選んだ人は、検索の条件に合いません', 'The person chosen does not match the search'),
  nobody: both(
    '条件に合う人がいません。ほかの書き方や条件でも探してください。それでもいなければ、印を付けて記録します',
    'Nobody matches. Try other spellings and other terms; if there still is nobody, tick the box to record it',
  ),
  reason: both('開示しない理由を書いてください', 'Write why it is held back'),
  coverReason: both('伏せる理由を書いてください', 'Write why it is covered'),
  redacted: both('伏せた後の内容を書いてください', 'Write what is shown instead'),
} satisfies Record<string, Bilingual>;

const sharing = (ledgers: Bilingual): Bilingual =>
  both(
    `選んだ記録のうち2つ以上が、同じ台帳にあります（${ledgers.ja}）。1件の請求で扱える記録は、1つの台帳に1つです。同じ人の記録が重なっているなら、先に1つにまとめるか、もう1件の請求として受け付けてください`,
    `Two or more of those chosen stand in the same ledger (${ledgers.en}). One request covers one record of each. If a person’s record is there twice, make it one first, or register a second request`,
  );

/** More records of one person than anybody reads; what lies beyond is asked of the rooms themselves. */
const MOST_RECORDS = 1_000;

/** What is on record about each id of a person, each thing once and the newest first. */
export async function aboutAll<T extends { id: string; at: Date }>(
  principals: readonly string[],
  about: (principal: string) => Promise<readonly T[]>,
): Promise<T[]> {
  const found = (await Promise.all(principals.map(about))).flat();
  return [...new Map(found.map((one) => [one.id, one])).values()].toSorted((a, b) => b.at.getTime() - a.at.getTime());
}

/** The records of provision about an id of a person that 33(5) reaches: those of 29(1). */
export const provisionsOf = (office: Office, principal: string): Promise<Provided[]> =>
  listProvisions(office.database, { principal, recorded: true, most: MOST_RECORDS });

/** What was provided abroad on the recipient's own system, whose measures the person may ask for (28(3)). */
export const abroadOnSystem = async (office: Office, principals: readonly string[]): Promise<Provided[]> =>
  (
    await aboutAll(principals, (principal) => listProvisions(office.database, { principal, most: MOST_RECORDS }))
  ).filter(({ recipient, facts }) => recipient.country !== 'JP' && Boolean(facts.equivalentSystem));

/** The records of receipt about an id of a person (30(3)): with an acquisition from somebody else, or of related information linked to them. */
export async function receiptsOf(
  office: Office,
  principal: string,
): Promise<{ acquisitions: AcquisitionRecord[]; related: RelatedReceived[] }> {
  const acquisitions = (await acquisitionsOf(office, principal)).filter(({ receipt }) => receipt !== null);
  const related = await relatedReceipts(office, { principal, most: MOST_RECORDS });
  return {
    acquisitions,
    related: related.ok ? related.value.filter(({ record }) => record !== null) : [],
  };
}

export interface SpecifyAsk {
  /** All of which the person must match. */
  terms: readonly SearchTerm[];
  /** Those among whom match that are the person, after somebody has looked at them; none to search first. */
  principals?: readonly string[] | undefined;
  /** What told them apart from the others, or showed that they are one person. */
  toldApart?: Distinction | undefined;
  /** False: where nobody matches, it is asked about first and not recorded. */
  nobody?: boolean | undefined;
}

/** Whom an earlier search of this request found and who do not match now: one person may be written in several ways, and stays chosen if need be. */
export async function foundBefore(
  office: Office,
  { specified }: Pick<Request, 'specified'>,
  found: readonly Match[],
): Promise<Match[]> {
  const earlier = (specified?.principals ?? []).filter((id) => !found.some(({ principal }) => principal === id));
  return Promise.all(
    earlier.map(async (principal) => {
      const kept = (await keptAbout(office, principal)).map(({ holding }) => holding);
      return { principal, holdings: kept.filter((id) => specified?.holdings.includes(id)) };
    }),
  );
}

/**
 * Finds whose information it is. None means that nothing is held; somebody who matches has to be looked at and chosen, the only one too, and of
 * several be told apart: nobody is guessed. A person kept under several ids is all of them, each ledger once, as what is decided about a ledger
 * is decided about one record of it. The search itself is logged by the checkpoint.
 */
export async function specify(desk: Desk, by: By, id: string, step: Step, ask: SpecifyAsk): Promise<Outcome<Case>> {
  const { office } = desk;
  const known = await caseOf(desk, id);
  if (!known.ok) return known;
  const made = madeBefore(office, by, known.value, step);
  if (made) return made;
  const on = office.clock.today();
  const searched = ask.terms.map(({ kind }) => kind);
  const nobody: EventOf<'specified'> = {
    event: 'specified',
    on,
    principals: [],
    holdings: [],
    searched,
    matches: 0,
    toldApart: null,
  };
  // Asked before the search, so that nobody is looked for before it is known who asks.
  const early = admit(known.value.request, nobody, on);
  if (early) return fieldInvalid(early);
  const may = await reaching(desk, by, 'people:search', []);
  if (!may.ok) return may;
  const found = await find(office, by.actor, { terms: ask.terms, holding: null, authority: may.value.authority });
  if (!found.ok) return found;
  const earlier = await foundBefore(office, known.value.request, found.value);
  const all = [...found.value, ...earlier];
  const principals = [...new Set(ask.principals)];
  const invalid = (what: Bilingual, field = 'principal') => fieldInvalid({ field, says: what });
  const chosen = all.filter(({ principal }) => principals.includes(principal));
  if (chosen.length < principals.length) return invalid(says.notFound);
  if (found.value.length === 0 && chosen.length === 0) {
    if (ask.nobody === false) return invalid(says.nobody, 'nobody');
    return simply(desk, by, id, step, { event: nobody, subjects: { matches: 0 } });
  }
  const matches = all.length;
  if (principals.length === 0) return invalid(matches === 1 ? says.confirm : says.several);
  const shared = await sharedProblem(office, await keptAboutAll(office, principals), 'principal');
  if (shared) return fieldInvalid(shared);
  const holdings = [...new Set(chosen.flatMap((one) => one.holdings))];
  return simply(desk, by, id, step, {
    event: { ...nobody, principals, holdings, matches, toldApart: ask.toldApart ?? null },
    subjects: { matches, ...(ask.toldApart ? { told_apart: ask.toldApart } : {}) },
  });
}

/** What the holdings keep about an id of a person at this moment; nothing once they are erased. */
export async function keptAbout(office: Office, principal: string): Promise<HoldingItems[]> {
  const about = await held(office, principal);
  return about.ok && 'records' in about.value
    ? about.value.records.map(({ holding, items }): HoldingItems => ({ holding, principal, items }))
    : [];
}

export const keptAboutAll = async (office: Office, principals: readonly string[]): Promise<HoldingItems[]> =>
  (await Promise.all(principals.map((principal) => keptAbout(office, principal)))).flat();

/** What is wrong with persons of whom two stand in one ledger. */
async function sharedProblem(
  office: Office,
  there: readonly HoldingItems[],
  field: string,
): Promise<FieldProblem | null> {
  const shared = sharedIn(there);
  if (shared.length === 0) return null;
  const { holdings } = await standing(office);
  const names = shared.map((id) => holdings.get(id)?.name ?? both(id.slice(-8), id.slice(-8)));
  const ledgers = both(
    names.map(({ ja }) => `「${ja}」`).join(''),
    listed(
      names.map(({ en }) => `“${en}”`),
      'en',
    ),
  );
  return { field, says: sharing(ledgers) };
}

async function holdingsOf({ office, sources }: Desk, principals: readonly string[]): Promise<HoldingItems[]> {
  const kept = await keptAboutAll(office, principals);
  const connected = await Promise.all(
    sources.map(async ({ id, itemsOf }): Promise<HoldingItems> => {
      const items = (await Promise.all(principals.map((principal) => itemsOf(principal)))).flat();
      return { holding: id, items: [...new Set(items)] };
    }),
  );
  return [...kept, ...connected.filter(({ items }) => items.length > 0)];
}

/** Of records each is one item, so that one of them can be held back. */
const recordsAsItems = ({ provisions, receipts }: Awaited<ReturnType<typeof recordIds>>): HoldingItems[] =>
  [
    { holding: 'provisions', items: provisions },
    { holding: 'receipts', items: receipts },
  ].filter(({ items }) => items.length > 0);

/** Ids of the records about a person. */
async function recordIds(
  office: Office,
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

/** What there is at this moment that a request is about: items by holding, or the records; empty where nobody was found, or is any more. */
export async function thereNow(desk: Desk, { kind, specified }: Request): Promise<HoldingItems[]> {
  const { principals } = specified ?? { principals: [] };
  if (principals.length === 0) return [];
  return kind === 'record-disclosure'
    ? recordsAsItems(await recordIds(desk.office, principals))
    : holdingsOf(desk, principals);
}

/** Collects which holdings and items are held about the person, and how many records of provision and of receipt there are. */
export async function collect(desk: Desk, by: By, id: string, step: Step): Promise<Outcome<Case>> {
  const { office } = desk;
  const known = await caseOf(desk, id);
  if (!known.ok) return known;
  const made = madeBefore(office, by, known.value, step);
  if (made) return made;
  const { request } = known.value;
  const on = office.clock.today();
  const nothing: EventOf<'collected'> = { event: 'collected', on, holdings: [], provisions: 0, receipts: 0 };
  // Asked before anything is looked up; whether it still holds is asked again with the request locked.
  const early = admit(request, nothing, on);
  if (early) return fieldInvalid(early);
  const { principals } = request.specified!;
  if (principals.length === 0) return simply(desk, by, id, step, { event: nothing });
  const may = await reaching(desk, by, 'people:use', principals);
  if (!may.ok) return may;
  const holdings = await thereNow(desk, request);
  // Another may have come into a ledger since they were found.
  const shared = await sharedProblem(office, holdings, 'collected');
  if (shared) return fieldInvalid(shared);
  const records = await recordIds(office, principals);
  const counts = { provisions: records.provisions.length, receipts: records.receipts.length };
  return simply(desk, by, id, step, {
    event: { ...nothing, holdings, ...counts },
    subjects: { holdings: holdings.length, ...counts },
  });
}

export interface ReviewAsk {
  holding: string;
  item: string;
  decision: ItemDecision;
  ground: WithholdingGround | null;
  /** Why it is held back; sealed. */
  reason: string;
  /** What is shown of a redacted item; sealed. */
  redacted: string;
}

/** Where the reason and the redacted text of an item belong. */
export const aboutItem = ({ holding, item }: Pick<ReviewAsk, 'holding' | 'item'>): string => `${holding}/${item}`;

/** Everything that is wrong with what was written about an item. */
export function reviewProblems({
  decision,
  ground,
  reason,
  redacted,
}: Omit<ReviewAsk, 'holding' | 'item'>): FieldProblem[] {
  const held = decision === 'withhold' || decision === 'redact';
  const wrong: [boolean, string, Bilingual][] = [
    [held && ground === null, 'ground', factSays.ground],
    [!held && ground !== null, 'ground', factSays.noGround],
    [held && reason.trim() === '', 'reason', decision === 'redact' ? says.coverReason : says.reason],
    [decision === 'redact' && redacted.trim() === '', 'redacted', says.redacted],
  ];
  return wrong.flatMap(([is, field, what]) => (is ? [{ field, says: what }] : []));
}

/** Decides about one item of what was collected. May be changed until the request is decided. */
export async function review(desk: Desk, by: By, id: string, step: Step, ask: ReviewAsk): Promise<Outcome<Case>> {
  const { holding, item, decision, ground } = ask;
  const held = decision === 'withhold' || decision === 'redact';
  const wrong = fieldOutcome(reviewProblems(ask));
  if (wrong) return wrong;
  const about = aboutItem(ask);
  const papers: Paper[] = [
    ...(held ? [{ kind: 'reason' as const, about, text: ask.reason }] : []),
    ...(decision === 'redact' ? [{ kind: 'redacted' as const, about, text: ask.redacted }] : []),
  ];
  return happen(desk, by, id, step, ({ request }) =>
    isDisclosure(request.kind)
      ? done({
          event: { event: 'reviewed', on: desk.office.clock.today(), holding, item, decision, ground },
          papers,
          subjects: { holding, item, review: decision, ...(ground ? { ground } : {}) },
        })
      : failed({ kind: 'conflict', field: 'event', says: notReviewed }),
  );
}

const notReviewed = both('この請求では、項目ごとに決めません', 'Items are not decided one by one in this request');
