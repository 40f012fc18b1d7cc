// The answer in the post: what it shows, that the person was told, that it was delivered, and the end.

import { both } from '../../../base/bilingual.ts';
import { dayOf, type Day } from '../../../base/day.ts';
import { done, failed, type Outcome } from '../../../base/outcome.ts';
import type { DisclosureFacts } from '../../../law/index.ts';
import { append, appending, logEntry } from '../../../log/index.ts';
import type { Office } from '../../../office.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { open, opening, type Values } from '../../../vault/index.ts';
import type { By } from '../../access/index.ts';
import { decide as mintFor, entryOf, standing } from '../../checkpoint/index.ts';
import type { Provided } from '../../provision/index.ts';
import type { RelatedReceived } from '../../related/index.ts';
import type { AcquisitionRecord } from '../../acquisition/index.ts';
import { documentsFor, isDisclosure, isOpen, type AnswerDocument, type Request, type Review } from '../facts.ts';
import { endParcels, papersOf, readToDisclose } from '../store.ts';
import {
  caseOf,
  fieldInvalid,
  happen,
  keyOf,
  simply,
  stateOfParcel,
  textOf,
  type Case,
  type Desk,
  type Paper,
  type Step,
} from './cases.ts';
import { aboutItem, abroadOnSystem, provisionsOf, receiptsOf, thereNow } from './collect.ts';
import { reaching } from './reach.ts';

const undecided = both('まだ決定していません', 'It has not been decided yet');

/** A record of receipt (30(3), Rules 24): of what somebody else gave, or of related information that was linked to the person. */
export interface ReceiptShown {
  id: string;
  on: Day;
  /** Null of related information, which is in no holding. */
  holding: string | null;
  provider: { name: string; address: string; representative: string | null };
  /** How the provider came to have it; empty where the record does not ask for that. */
  how: string;
  /** Codes. */
  items: readonly string[];
  /** On the person's consent. */
  consent: boolean;
}

const ofAcquisition = ({ id, at, holding, items, receipt }: AcquisitionRecord): ReceiptShown => ({
  id,
  on: dayOf(at),
  holding,
  provider: {
    name: receipt?.provider?.name ?? '',
    address: receipt?.provider?.address ?? '',
    representative: receipt?.provider?.representative ?? null,
  },
  how: receipt?.howAcquired ?? '',
  items,
  consent: receipt?.basis === 'consent',
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
        },
      ]
    : [];

/** What is shown to the person, beside the notice. */
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

/** The latest redacted text of each item, by what it is about. */
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

/** Reads one holding for the person it is about: only the items decided on, logged with the finding that opens them. */
async function readHolding({ office }: Desk, by: By, { row, request }: Case, holding: string): Promise<Values | null> {
  const finding = request.decided?.finding;
  const principal = request.specified?.principal;
  const items = shownItems(request.reviews, holding, 'disclose');
  if (!finding || !principal || items.length === 0) return {};
  const { policy } = await standing(office);
  const scope = { act: 'receipt', principals: [principal], holding, items, purposes: [] } as const;
  const decision = mintFor(office, policy, finding, scope);
  if (!decision.permit) return null;
  const entry = entryOf(by.actor, by.authority, decision, 'desk:disclose', {
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

async function dataOf(desk: Desk, by: By, known: Case): Promise<Shown['data']> {
  const { reviews } = known.request;
  const redacted = await redactedTexts(desk.office, known);
  const all: Shown['data'] = [];
  for (const holding of new Set(reviews.map((one) => one.holding))) {
    const values = await readHolding(desk, by, known, holding);
    const instead = shownItems(reviews, holding, 'redact').map((item): [string, string] => [
      item,
      redacted.get(aboutItem({ holding, item })) ?? '',
    ]);
    const shown = { ...values, ...Object.fromEntries(instead) };
    if (Object.keys(shown).length > 0) all.push({ holding, values: shown });
  }
  return all;
}

/** Ids of the records that were collected and are not held back: of one that came later nobody has asked whether it may be known (33(5), Order 11). */
function decidedOn({ collected, reviews }: Request): ReadonlySet<string> {
  const held = new Set(reviews.filter(({ decision }) => decision !== 'disclose').map(({ item }) => item));
  return new Set((collected?.holdings ?? []).flatMap(({ items }) => items.filter((item) => !held.has(item))));
}

async function recordsOf(desk: Desk, by: By, { row, request }: Case, principal: string): Promise<Partial<Shown>> {
  const { office } = desk;
  const shown = decidedOn(request);
  const provisions = (await provisionsOf(office, principal)).filter(({ id }) => shown.has(id));
  const { acquisitions, related } = await receiptsOf(office, principal);
  const receipts = [...acquisitions.map(ofAcquisition), ...related.flatMap(ofRelated)].filter(({ id }) =>
    shown.has(id),
  );
  const subjects = {
    request: row.id,
    principal,
    provisions: provisions.length,
    receipts: receipts.length,
    authority: [...by.authority],
  };
  await office.database.transaction((tx) =>
    append(tx, logEntry(office.clock.now(), by.actor, 'desk:disclose', subjects)),
  );
  return { provisions, receipts };
}

/** What the person is shown, read at this moment and logged. Only of a decided request, and nothing of what was refused. */
export async function shownOf(desk: Desk, by: By, id: string): Promise<Outcome<Shown>> {
  const found = await caseOf(desk, id);
  if (!found.ok) return found;
  const { request } = found.value;
  const { decided, kind } = request;
  if (!decided) return failed({ kind: 'conflict', field: 'event', says: undecided });
  const principal = request.specified?.principal;
  if (!principal || decided.finding?.answer !== 'yes') return done(nothing);
  const may = await reaching(desk, by, 'people:use', principal);
  if (!may.ok) return may;
  const reader = may.value;
  if (kind === 'disclosure') return done({ ...nothing, data: await dataOf(desk, reader, found.value) });
  if (kind === 'record-disclosure')
    return done({ ...nothing, ...(await recordsOf(desk, reader, found.value, principal)) });
  if (kind === 'foreign-information') return done({ ...nothing, abroad: await abroadOnSystem(desk.office, principal) });
  if (kind !== 'purpose-notice') return done(nothing);
  const { holdings } = await standing(desk.office);
  const purposes = (request.collected?.holdings ?? []).map(({ holding }) => ({
    holding,
    purposes: holdings.get(holding)?.purposes.map((purpose) => purpose.id) ?? [],
  }));
  return done({ ...nothing, purposes });
}

export interface NotifyAsk {
  on: Day;
  by: 'post' | 'electronic';
  /** Those that the outcome asks for when left out. */
  documents?: readonly AnswerDocument[] | undefined;
  /** The letters as they were sent; kept sealed. */
  sent?: readonly { document: AnswerDocument; text: string }[] | undefined;
}

/** What goes out electronically: its files, and the link that is posted with the event. */
export interface Outgoing {
  papers: readonly Paper[];
  post: (tx: Tx, known: Case) => Promise<void>;
  /** Id of the parcel. */
  parcel: string;
}

const says = {
  gone: both(
    '決定の後に、開示するものがなくなりました。決め直してください',
    'What was to be disclosed is no longer there since the decision: decide anew',
  ),
  chosen: both('本人の選んだ方法で開示してください', 'Disclose it in the way the person chose'),
  fetched: both(
    '電子で届いたことは、本人が受け取ったときに記録されます',
    'That it was fetched is recorded when the person fetches it',
  ),
  fetching: both(
    '本人がいま受け取っています。30分ほどたってから終えてください',
    'The person is fetching it at this moment. Close it in half an hour',
  ),
};

/**
 * Whether a disclosure goes out in another way than the person chose, where that way is not difficult (33(2)). Without mail there is no
 * electronic way: better on paper than not at all.
 */
function notChosen({ office }: Desk, { kind, decided }: Request, way: NotifyAsk['by']): boolean {
  if (!isDisclosure(kind) || decided?.finding?.answer !== 'yes' || !office.mail.on) return false;
  const { method, methodDifficult } = decided.facts as DisclosureFacts;
  const electronic = method === 'electronic' && methodDifficult !== true;
  return method !== 'set-by-company' && electronic !== (way === 'electronic');
}

/** Whether nothing is left of what was decided to be disclosed, so that the person has to be told that it does not exist (33(3)). */
async function goneSince(desk: Desk, request: Request): Promise<boolean> {
  if (!isDisclosure(request.kind) || request.decided?.finding?.answer !== 'yes' || request.notified) return false;
  const kept = request.reviews.filter(({ decision }) => decision === 'withhold' || decision === 'absent');
  const there = await thereNow(desk, request);
  return !(request.collected?.holdings ?? []).some(({ holding, items }) =>
    items.some(
      (item) =>
        there.some((one) => one.holding === holding && one.items.includes(item)) &&
        !kept.some((one) => one.holding === holding && one.item === item),
    ),
  );
}

/** The person is told how it came out; electronically only with what then goes out. */
export const notify = (
  desk: Desk,
  by: By,
  id: string,
  step: Step,
  { on, by: way, documents, sent = [] }: NotifyAsk,
  outgoing: Outgoing | null = null,
): Promise<Outcome<Case>> =>
  happen(desk, by, id, step, async (known, tx) => {
    const { request } = known;
    if (await goneSince(desk, request)) return fieldInvalid({ field: 'event', says: says.gone });
    if (notChosen(desk, request, way)) return fieldInvalid({ field: 'by', says: says.chosen });
    if ((way === 'electronic') !== (outgoing !== null)) throw new Error('desk: nothing goes out electronically');
    const due = request.decided ? documentsFor(request.kind, request.decided.result) : [];
    const all = documents ?? due;
    const papers = sent.map(({ document, text }): Paper => ({ kind: 'sent', about: document, text }));
    return done({
      event: { event: 'notified', on, by: way, documents: all },
      papers: [...papers, ...(outgoing?.papers ?? [])],
      effect: async () => outgoing?.post(tx, known),
      subjects: { by: way, documents: [...all], ...(outgoing ? { parcel: outgoing.parcel } : {}) },
    });
  });

/** It was posted. What is handed over electronically is delivered when it is fetched. */
export const deliver = (
  desk: Desk,
  by: By,
  id: string,
  step: Step,
  { on, by: way }: { on: Day; by: 'post' | 'electronic' },
): Promise<Outcome<Case>> =>
  way === 'electronic'
    ? Promise.resolve(fieldInvalid({ field: 'by', says: says.fetched }))
    : simply(desk, by, id, step, { event: { event: 'delivered', on, by: way }, subjects: { by: way } });

/** Nothing is left to do. What could still be fetched electronically ends with it. */
export const close = (desk: Desk, by: By, id: string, step: Step, { on }: { on: Day }): Promise<Outcome<Case>> =>
  happen(desk, by, id, step, ({ parcels }, tx) => {
    const now = desk.office.clock.now();
    if (parcels.some((row) => isOpen(stateOfParcel(row, now)))) {
      return fieldInvalid({ field: 'event', says: says.fetching });
    }
    return done({
      event: { event: 'closed', on },
      drop: [{ kind: 'parcel' }],
      effect: () => endParcels(tx, id, 'closed', new Date(now)),
    });
  });
