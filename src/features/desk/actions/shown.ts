// What the person is shown besides the notice, read at this moment and logged: values through the checkpoint, records through the doors of their
// rooms, and nothing that was held back or refused.

import { both } from '../../../base/bilingual.ts';
import { dayOf, type Day } from '../../../base/day.ts';
import { conflict, done, invalid, type Outcome } from '../../../base/outcome.ts';
import { append, appending } from '../../../log/index.ts';
import type { Office } from '../../../office.ts';
import { itemsHeld, open, opening, unreadWords, type Values } from '../../../vault/index.ts';
import { entryBy, type By, type Room } from '../../access/index.ts';
import { decide as mintFor, entryOf, purposesFor, standing } from '../../checkpoint/index.ts';
import type { Provided } from '../../provision/index.ts';
import type { RelatedReceived } from '../../related/index.ts';
import { asStated, type AcquisitionRecord } from '../../acquisition/index.ts';
import type { Review } from '../facts/event.ts';
import { hasEffect } from '../facts/kind.ts';
import { inHolding, ownerIn, withPlaces } from '../facts/place.ts';
import type { OpeningReason, Request } from '../facts/request.ts';
import { readToDisclose } from '../store/effects.ts';
import { papersOf } from '../store/papers.ts';
import { type Case, caseOf } from './cases.ts';
import { keyOf, openingEntries, openingProblem, textOf } from './papers.ts';
import { aboutItem, changedProblem, partedProblem, reviewsNow } from './collect.ts';
import { reaching } from './reach.ts';
import { changedOf } from './since.ts';
import { aboutAll, abroadOnSystem, provisionsOf, receiptsOf } from './there.ts';

const undecided = both('まだ決定していません', 'It has not been decided yet');

const changedAfter = both(
  '答えた後に、内容が変わりました。答えた内容は、控えで確かめてください',
  'The content has changed since the answer. See the copy on file for what was answered',
);

/** A record of receipt (30(3), Rules 24): of what somebody else gave, or of related information linked to the person. */
export interface ReceiptShown {
  id: string;
  on: Day;
  /** Null for related information, which is in no holding. */
  holding: string | null;
  /** Null where an earlier version erased it with the person. */
  provider: { name: string; address: string; representative: string | null } | null;
  /** How the provider came to have it; empty where the record does not ask for that, null where it was erased with the provider. */
  how: string | null;
  /** Codes. */
  items: readonly string[];
  /** Whether it was given on the person's consent. */
  consent: boolean;
  /** Whether it was given by an opt-out whose filing the Commission has published, which is an item of its record (Rules 24(1)(i)). */
  published: boolean;
}

const ofAcquisition = ({ id, at, holding, items, receipt, unread }: AcquisitionRecord): ReceiptShown => ({
  id,
  on: dayOf(at),
  holding,
  provider:
    unread === null
      ? {
          name: receipt?.provider?.name ?? '',
          address: receipt?.provider?.address ?? '',
          representative: receipt?.provider?.representative ?? null,
        }
      : null,
  how: unread === null ? (receipt?.howAcquired ?? '') : null,
  items,
  consent: receipt?.basis === 'consent',
  published: receipt?.basis === 'opt-out' && receipt.filingPublished === true,
});

const ofRelated = ({ id, record }: RelatedReceived): ReceiptShown[] =>
  record
    ? [
        {
          id,
          on: record.made_on,
          holding: null,
          provider: {
            name: record.provider_name,
            address: record.provider_address,
            representative: record.provider_representative,
          },
          how: '',
          items: record.items,
          consent: record.consent_obtained,
          published: false,
        },
      ]
    : [];

/** What the person is shown besides the notice. */
export interface Shown {
  /** The values of each holding, with redacted texts in their place; what is held back is left out. */
  data: { holding: string; values: Values }[];
  /** Records of provision, and of receipt. */
  provisions: Provided[];
  receipts: ReceiptShown[];
  /** Ids of the purposes of each holding about the person. */
  purposes: { holding: string; purposes: readonly string[] }[];
  /** Provisions abroad whose recipients' measures are told. */
  abroad: Provided[];
}

const nothing: Shown = { data: [], provisions: [], receipts: [], purposes: [], abroad: [] };

const shownItems = (reviews: readonly Review[], holding: string, decision: 'disclose' | 'redact'): string[] =>
  reviews.filter((one) => one.holding === holding && one.decision === decision).map(({ item }) => item);

/** The latest redacted text of each item, by its `about`. */
async function redactedTexts(office: Office, { row }: Case): Promise<Map<string, string>> {
  const key = keyOf(row);
  if (!key) return new Map();
  const papers = await papersOf(office.database, row.id);
  return new Map(
    papers
      .filter(({ kind, sealed }) => kind === 'redacted' && sealed !== null)
      .map((paper) => [paper.about ?? '', textOf(office, key, paper)]),
  );
}

/** Reads one place for the person: only the items decided on, logged with the finding that opens them. */
async function readHolding(
  { office }: Room,
  by: By,
  { row, request }: Case,
  { place, reviews }: { place: string; reviews: readonly Review[] },
): Promise<Values | null> {
  const finding = request.decided?.finding;
  const principal = ownerIn(request, place);
  const { holding } = inHolding(place);
  const items = shownItems(reviews, place, 'disclose');
  if (!finding || !principal || items.length === 0) return {};
  const { policy } = await standing(office);
  const scope = { act: 'receipt', principals: [principal], holding, items, purposes: [] } as const;
  const decision = mintFor(office, policy, finding, scope);
  if (!decision.permit) return null;
  const entry = entryOf(by, decision, 'desk:disclose', {
    request: row.id,
    principal,
    holding,
    items,
  });
  const found = await readToDisclose(
    office.database,
    opening([{ key: decision.id, principal, holding, items, purposes: null }]),
    appending([{ key: decision.id, entry }]),
  );
  return found && open(office.vault, decision.permit, found, { principal, holding, items, now: decision.at });
}

/** The values as they were judged. That is checked after they were read, so that nothing is shown that came in between. */
async function dataOf(desk: Room, by: By, known: Case): Promise<Outcome<Shown>> {
  const reviews = await reviewsNow(desk, known.request);
  const redacted = await redactedTexts(desk.office, known);
  const all: Shown['data'] = [];
  for (const holding of new Set(reviews.map((one) => one.holding))) {
    const values = await readHolding(desk, by, known, { place: holding, reviews });
    const instead = shownItems(reviews, holding, 'redact').map((item): [string, string] => [
      item,
      redacted.get(aboutItem({ holding, item })) ?? '',
    ]);
    const shown = { ...values, ...Object.fromEntries(instead) };
    if (Object.keys(shown).length > 0) all.push({ holding, values: shown });
  }
  const { request } = known;
  const changed = changedProblem({ changed: await changedOf(desk.office.database, request, request.reviews) });
  if (changed) return invalid(changed.field, request.notified ? changedAfter : changed.says);
  return done({ ...nothing, data: all });
}

/**
 * Ids of the records that were collected and are not held back. Of a record that came later nobody has judged whether it may be known (33(5), Order
 * 11).
 */
function decidedOn({ collected, reviews }: Request): ReadonlySet<string> {
  const held = new Set(reviews.filter(({ decision }) => decision !== 'disclose').map(({ item }) => item));
  return new Set((collected?.holdings ?? []).flatMap(({ items }) => items.filter((item) => !held.has(item))));
}

async function recordsOf(
  desk: Room,
  by: By,
  { row, request }: Case,
  principals: readonly string[],
): Promise<Outcome<Pick<Shown, 'provisions' | 'receipts'>>> {
  const { office } = desk;
  const shown = decidedOn(request);
  const about = new Map<string, Pick<Shown, 'provisions' | 'receipts'>>();
  for (const principal of principals) {
    const { acquisitions: stored, related } = await receiptsOf(office, principal);
    const acquisitions = await asStated(
      office,
      by,
      stored.filter(({ id }) => shown.has(id)),
    );
    // A record whose provider cannot be read must not be shown as if it were whole.
    if (acquisitions.some(({ unread }) => unread === 'unreadable')) return conflict('event', unreadWords.unreadable);
    about.set(principal, {
      provisions: (await provisionsOf(office, principal)).filter(({ id }) => shown.has(id)),
      receipts: [...acquisitions.map(ofAcquisition), ...related.flatMap(ofRelated)].filter(({ id }) => shown.has(id)),
    });
  }
  const entries = [...about].map(([principal, { provisions, receipts }]) =>
    entryBy(by, office.clock.now(), 'desk:disclose', {
      request: row.id,
      principal,
      provisions: provisions.length,
      receipts: receipts.length,
    }),
  );
  await office.database.transaction((tx) => append(tx, ...entries));
  const receipts = [...about.values()].flatMap((one) => one.receipts);
  return done({
    provisions: await aboutAll(principals, (principal) => Promise.resolve(about.get(principal)!.provisions)),
    receipts: [...new Map(receipts.map((one) => [one.id, one])).values()],
  });
}

/** Of a recipient that came after the decision, nobody has judged whether its measures may be known (Rules 18(3)). */
function judgedAbroad({ events }: Case, abroad: readonly Provided[]): Provided[] {
  const { at } = events.findLast(({ event }) => event === 'decided')!;
  const judged = new Set(abroad.filter((one) => one.at <= at).map(({ recipient_id: to }) => to));
  return abroad.filter(({ recipient_id: to }) => judged.has(to));
}

/** What a person's information is held for, by place (32(2)): the purposes in the ledger that some of their items serve. */
async function purposesOf(office: Office, request: Request): Promise<Shown['purposes']> {
  const { holdings } = withPlaces(await standing(office), request);
  return Promise.all(
    (request.collected?.holdings ?? []).map(async ({ holding: place, items }) => {
      const known = holdings.get(place);
      const principal = ownerIn(request, place);
      const { holding } = inHolding(place);
      const held = known && principal ? await itemsHeld(office.database, { principal, holding, items }) : null;
      const purposes = (known?.purposes ?? []).filter((purpose) =>
        held?.purposes.some((one) => purposesFor(known!, [one]).includes(purpose)),
      );
      return { holding: place, purposes: purposes.map(({ id }) => id) };
    }),
  );
}

/** What the person is shown, read at this moment and logged. Only for a decided request, and nothing that was refused. */
export async function shownOf(desk: Room, by: By, id: string): Promise<Outcome<Shown>> {
  const found = await caseOf(desk, id);
  if (!found.ok) return found;
  const { request } = found.value;
  const { decided, kind } = request;
  if (!decided) return conflict('event', undecided);
  const { principals } = request.specified ?? { principals: [] };
  if (principals.length === 0 || decided.finding?.answer !== 'yes') return done(nothing);
  const may = await reaching(desk, by, 'people:use', principals);
  if (!may.ok) return may;
  if (hasEffect(kind)) return done(nothing);
  const parted = partedProblem(found.value);
  if (parted) return invalid(parted.field, parted.says);
  const reader = may.value;
  if (kind === 'disclosure') return dataOf(desk, reader, found.value);
  if (kind === 'record-disclosure') {
    const records = await recordsOf(desk, reader, found.value, principals);
    return records.ok ? done({ ...nothing, ...records.value }) : records;
  }
  if (kind === 'foreign-information')
    return done({ ...nothing, abroad: judgedAbroad(found.value, await abroadOnSystem(desk.office, principals)) });
  if (kind !== 'purpose-notice') return done(nothing);
  return done({ ...nothing, purposes: await purposesOf(desk.office, request) });
}

/**
 * The same, looked at on its own. What belongs to a request is used for nothing else, so a closed one needs a reason, as for its papers; that is
 * logged whatever there is to see.
 */
export async function contentOf(desk: Room, by: By, id: string, why?: OpeningReason): Promise<Outcome<Shown>> {
  const found = await caseOf(desk, id);
  if (!found.ok) return found;
  const { row, request } = found.value;
  const closed = openingProblem(row, why);
  if (closed) return invalid(closed.field, closed.says);
  const shown = await shownOf(desk, by, id);
  if (!shown.ok || row.closed_on === null) return shown;
  const subjects = { content: request.kind, for: why!, authority: [...by.authority] };
  const entries = openingEntries(desk.office.clock.now(), by.actor, row, subjects);
  await desk.office.database.transaction((tx) => append(tx, ...entries));
  return shown;
}
