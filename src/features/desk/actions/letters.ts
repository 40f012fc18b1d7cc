// The letters of a request: each from what the request is, what was sealed with it and, of a disclosure, what is read for it at this moment.
// Each making is logged. Before it goes out a letter is a draft of the day; what was sent is on file (copies.ts) and is not made again.

import { both, type Lang } from '../../../base/bilingual.ts';
import { addDays, dayOf, type Day } from '../../../base/day.ts';
import { done, failed, notFound, type Outcome } from '../../../base/outcome.ts';
import { append } from '../../../log/index.ts';
import type { Office } from '../../../office.ts';
import { linesOf, type Document } from '../../../platform/pdf.ts';
import { clockTime, listed } from '../../../platform/ui/format.ts';
import type { Erasure, Values } from '../../../vault/index.ts';
import type { SuspensionFacts } from '../../../law/index.ts';
import type { By, Room } from '../../access/index.ts';
import { itemName, standing, type Standing } from '../../checkpoint/index.ts';
import { policyInForce } from '../../policy/index.ts';
import { dossierOf, listRecipients, measureItemWords, measuresAnswer, recipientOf } from '../../recipients/index.ts';
import { decideBy, deskDays } from '../facts/clocks.ts';
import { restrictsUse, toCarryOut } from '../facts/effect.ts';
import { withholdingGrounds, type EventBody, type EventName, type HoldingItems, type Review } from '../facts/event.ts';
import { formOf, hasEffect, looksAtPerson } from '../facts/kind.ts';
import { isOpenable } from '../facts/parcel.ts';
import { ownerIn, placeIn, stepFor, withPlaces } from '../facts/place.ts';
import { feeOver, feeShort, numberOf, type OpeningReason, type Request } from '../facts/request.ts';
import { documentsFor } from '../facts/result.ts';
import { isHeldUp } from '../facts/since.ts';
import { acknowledgementLetter } from '../letters/acknowledgement.ts';
import { consultationLetter, extensionLetter } from '../letters/answer.ts';
import { correctedLetter } from '../letters/corrected.ts';
import { coverLetter, type Form } from '../letters/cover.ts';
import { codeLetter } from '../letters/code.ts';
import {
  disclosureData,
  disclosureDocument,
  type DisclosedItem,
  type DisclosureFacts,
  type Shown as Pieces,
} from '../letters/disclosure.ts';
import { feeReceipt } from '../letters/fee-receipt.ts';
import { handForm } from '../letters/form.ts';
import { labelSheet } from '../letters/labels.ts';
import { lacksLetter } from '../letters/lacks.ts';
import { noticeLetter, type Done, type Notice, type NoticeParts } from '../letters/notice.ts';
import { letterDay, type About, type Addressee, type Writing } from '../letters/paper.ts';
import { filled } from '../letters/texts.ts';
import { refundLetter } from '../letters/refund.ts';
import { bodyOf, papersOf } from '../store.ts';
import {
  type Case,
  fieldInvalid,
  keyOf,
  openingEntries,
  openingProblem,
  type Paper,
  stateOfParcel,
  textOf,
} from './cases.ts';
import { erasuresOf } from './carry-out.ts';
import { aboutItem, reviewsNow, thereNow } from './collect.ts';
import type { Plan } from './decide.ts';
import { formerOf } from './former.ts';
import { reaching } from './reach.ts';
import { parcelCode, receiptCode } from './receipt.ts';
import type { Agent, Sender } from './receive.ts';
import { shownOf, type Shown } from './shown.ts';
import { currentTexts } from './texts.ts';
import { readTold, toldTo, type Told } from './told.ts';

export const letterNames = [
  'cover',
  'form',
  'acknowledgement',
  'lacks',
  'receipt',
  'refund',
  'extension',
  'notice',
  'posted',
  'disclosed',
  'answer',
  'code',
  'labels',
] as const;
export type LetterName = (typeof letterNames)[number];

/** A letter of a request, or the one to a recipient (an id) that a correction was told to. */
export type LetterFile = LetterName | `corrected-${string}`;

export const correctedName = (recipient: string): `corrected-${string}` => `corrected-${recipient}`;

/** What of the answer goes out as which paper; none before it is decided. */
export function answerLetters(r: Request): LetterName[] {
  const { kind, decided } = r;
  // The notice says what was done, so it is written once it is.
  if (!decided || (toCarryOut(r) && r.carriedOut === null)) return [];
  if (kind === 'consultation') return ['answer'];
  const documents = documentsFor(kind, decided.result);
  const shown = documents.includes('data') || documents.includes('records');
  return ['notice', ...(shown ? (['disclosed'] as const) : [])];
}

/** Whether an answer that went out electronically, with something to fetch, may still be posted: its notice told of a link. */
const isPostable = (r: Request): boolean =>
  r.notified?.by === 'electronic' && r.delivered.length === 0 && answerLetters(r).includes('disclosed');

/** Letters on file that wait to be posted: they go out with the day on which they are delivered. */
export const readyLetters = (r: Request): LetterName[] =>
  r.delivered.length > 0 || r.notified === null ? [] : r.notified.by === 'post' ? answerLetters(r) : ['posted'];

/** The letters on file, as they were sent; the latest of a name last. */
export const copiesOf = ({ papers }: Pick<Case, 'papers'>): Case['papers'] =>
  papers.filter(({ kind, gone_at }) => kind === 'copy' && gone_at === null);

/** The letter of a name that was sent last. */
export const lastCopy = (known: Pick<Case, 'papers'>, name: string): Case['papers'][number] | undefined =>
  copiesOf(known).findLast(({ about }) => about === name);

/** Whether the person hears that their letter came: where no form goes out, or the papers came without one being sent. */
const isAcknowledged = (r: Request): boolean =>
  r.decided === null && (!r.form || (r.papersOn !== null && r.formsSentOn === null));

/** Whether there is an address for the post: who writes by mail may have given none. */
const isPosted = (r: Request): boolean =>
  r.channel === 'letter' || (r.identified !== null && r.identified.requester !== 'principal');

/** What came of the fee is what is due. */
const isPaid = (r: Request): boolean => r.fee.due > 0 && feeShort(r) === 0;

/**
 * Every letter that can be made as the request stands and is not on file. Of a closed one that is the receipt for the fee alone, which
 * a person may ask for when everything is over.
 */
export function draftsOf(known: Pick<Case, 'request' | 'papers' | 'since'>): LetterName[] {
  const { request: r, since } = known;
  if (r.erasedOn !== null) return [];
  const open = r.closedOn === null;
  const can: [boolean, readonly LetterName[]][] = [
    [open && r.form, ['cover', 'form']],
    [open && isAcknowledged(r), ['acknowledgement']],
    [open && r.lacks.length > 0, ['lacks']],
    [isPaid(r), ['receipt']],
    [open && r.fee.returned > 0, ['refund']],
    [open && r.extendedTo !== null && r.decided === null, ['extension']],
    [open && !isHeldUp(r, since), answerLetters(r)],
    [open && isPostable(r), ['posted']],
  ];
  const written = can.flatMap(([is, names]) => (is ? names : [])).filter((name) => !lastCopy(known, name));
  const always: [boolean, LetterName][] = [
    [open && feeOver(r) > 0, 'refund'],
    [open && r.notified?.by === 'electronic', 'code'],
    [open && isPosted(r), 'labels'],
  ];
  return [...new Set([...written, ...always.flatMap(([is, name]) => (is ? [name] : []))])];
}

/** No step says that these were sent: they are on file once they are printed. */
export const onPrinting: readonly LetterName[] = ['acknowledgement', 'receipt', 'posted'];

/** Those that are printed for a step. */
export function lettersFor(known: Pick<Case, 'request' | 'papers' | 'since'>, event: EventName): LetterName[] {
  const { request: r } = known;
  const answer = [isPostable(r) ? 'posted' : 'notice', 'disclosed', 'answer'] as const;
  const wanted: Partial<Record<EventName, readonly LetterName[]>> = {
    'forms-sent': ['cover', 'form', 'labels'],
    'papers-received': ['acknowledgement', ...(r.lacks.length > 0 ? (['lacks'] as const) : []), 'labels'],
    identified: ['acknowledgement', 'labels'],
    refunded: ['refund', 'labels'],
    decided: looksAtPerson(r.kind) ? [] : ['acknowledgement', 'labels'],
    notified: answer,
    delivered: r.notified?.by === 'electronic' ? ['code', 'labels'] : [...answer, 'receipt', 'labels'],
  };
  const drafts = draftsOf(known);
  // What was acknowledged and what was received is sent once.
  const again = (name: LetterName): boolean =>
    lastCopy(known, name) !== undefined && name !== 'acknowledgement' && name !== 'receipt';
  const names = (wanted[event] ?? []).filter((name) => drafts.includes(name) || again(name));
  // A label alone is for the answer, which lies ready when it is posted.
  return event === 'delivered' || names.some((name) => name !== 'labels') ? names : [];
}

export const says = {
  none: notFound('この手紙は、いまの段階にありません', 'There is no such letter at this stage'),
  gone: both('書類は消去されています', 'The papers are erased'),
  noCode: notFound(
    'コードを送る先がないか、受け渡しが終わっています',
    'There is no address for the code, or the delivery is over',
  ),
  unknown: both('当社の記録にありません', 'not on our record'),
};

/** What the sealed papers of a request say, read for one letter. */
interface Sealed {
  sender: Sender;
  /** Who acts for the person; null where nobody does. */
  agent: Agent | null;
  /** By what they are about; the latest counts. */
  reasons: ReadonlyMap<string, string>;
  redacted: ReadonlyMap<string, string>;
  plan: Plan;
  /** What stood before a correction, by holding. */
  former: ReadonlyMap<string, Values>;
  /** Whom the correction was told to. */
  told: readonly Told[];
  answer: string;
}

/** `more`: papers that are kept with the step the letter goes out with. */
async function unsealed({ office }: Room, { row }: Case, more: readonly Paper[]): Promise<Sealed | null> {
  const key = keyOf(row);
  if (!key) return null;
  const papers = (await papersOf(office.database, row.id)).filter(({ sealed }) => sealed !== null);
  const text = (kind: string): string | undefined => {
    const paper = papers.findLast((one) => one.kind === kind);
    return paper && textOf(office, key, paper);
  };
  const byAbout = (kind: string): ReadonlyMap<string, string> =>
    new Map([
      ...papers
        .filter((one) => one.kind === kind)
        .map((paper) => [paper.about ?? '', textOf(office, key, paper)] as const),
      ...more.filter((one) => one.kind === kind).map((paper) => [paper.about ?? '', paper.text] as const),
    ]);
  const sender = text('sender');
  if (sender === undefined) return null;
  return {
    sender: JSON.parse(sender) as Sender,
    agent: JSON.parse(text('agent') ?? 'null') as Agent | null,
    reasons: byAbout('reason'),
    redacted: byAbout('redacted'),
    plan: JSON.parse(text('change') ?? '{}') as Plan,
    former: formerOf(office, key, papers),
    told: readTold(office, key, papers),
    answer: text('answer') ?? '',
  };
}

/** The postal code stands before the address in the window of the envelope. */
function placeOf(address: string): Pick<Addressee, 'postal' | 'address'> {
  const found = /^\s*〒?\s*([0-9０-９]{3})[-‐−ー－]?([0-9０-９]{4})\s*/.exec(address);
  const rest = found ? address.slice(found[0].length) : address;
  return {
    postal: found ? `${found[1]}-${found[2]}`.normalize('NFKC') : null,
    address: rest.trim(),
  };
}

export function addresseeOf({ name, address, email }: Pick<Sender, 'name' | 'address' | 'email'>): Addressee {
  const place = placeOf(address);
  return { ...place, address: place.address || email, organisation: null, name };
}

const paragraphs = (text: string): string[] =>
  linesOf(text)
    .map((one) => one.trim())
    .filter((one) => one !== '');

/** What a letter is written from. */
interface Making {
  desk: Room;
  by: By;
  known: Case;
  /** The event it goes out with; null of a draft. */
  sent: EventBody | null;
  sealed: Sealed;
  stands: Standing;
  writing: Writing;
  /** Of the sentences it is written with. */
  version: number;
  to: Addressee;
  about: About;
  form: Form | undefined;
  /** Of a disclosure what was decided item by item, as far as it is there. */
  reviews: readonly Review[];
  /** What the person is in at this moment. */
  there: readonly HoldingItems[];
  /** What of the person was erased, by id. */
  erasures: ReadonlyMap<string, Erasure>;
}

const labelOf = ({ stands, writing }: Making, holding: string, item: string): string =>
  stands.holdings.get(holding)?.labels.get(item)?.[writing.lang] ?? item;

const holdingOf = ({ stands, writing }: Making, holding: string): string =>
  stands.holdings.get(holding)?.name[writing.lang] ?? holding;

const purposeOf = ({ stands, writing }: Making, id: string): string =>
  stands.purposes.get(id)?.says?.[writing.lang] ?? id;

// ---- the notice

/** The items of a holding as the ledger has them; what the ledger no longer has comes last. */
const ledgerOrder = ({ stands }: Making, holding: string): ((a: string, b: string) => number) => {
  const codes = [...(stands.holdings.get(holding)?.labels.keys() ?? [])];
  const rank = (item: string): number => (codes.includes(item) ? codes.indexOf(item) : codes.length);
  return (a, b) => rank(a) - rank(b);
};

/** What was decided item by item, in the order of the holdings and of their items. */
const reviewsOf = (making: Making): Review[] => {
  const { collected } = making.known.request;
  return (collected?.holdings ?? []).flatMap(({ holding }) => {
    const order = ledgerOrder(making, holding);
    return making.reviews.filter((one) => one.holding === holding).toSorted((a, b) => order(a.item, b.item));
  });
};

const isHeldBack = ({ decision }: Review): boolean => decision === 'withhold' || decision === 'redact';

/** That records are held back, and on which ground: by which of them, the person would know what they say. */
function recordsHeldBack({ reviews, writing: { texts, lang } }: Making): NoticeParts['withheld'] {
  const { provisions, receipts } = texts.disclosure;
  return Object.entries({ provisions, receipts }).flatMap(([of, { title }]) => {
    const there = reviews.filter(({ holding, decision }) => holding === of && decision !== 'absent');
    return withholdingGrounds.flatMap((ground) => {
      const held = there.filter((one) => isHeldBack(one) && one.ground === ground).length;
      return held > 0 ? [{ item: title[lang], part: held < there.length, ground }] : [];
    });
  });
}

const itemsHeldBack = (making: Making): NoticeParts['withheld'] =>
  reviewsOf(making).flatMap(({ holding, item, decision, ground }) =>
    ground !== null && isHeldBack({ holding, item, decision, ground })
      ? [
          {
            item: `${holdingOf(making, holding)}　${labelOf(making, holding, item)}`,
            part: decision === 'redact',
            ground,
          },
        ]
      : [],
  );

/** Why nothing was left to do of a step, by its name. */
const needlessOf = ({ known, sealed }: Making): ReadonlyMap<string, string> =>
  new Map(
    known.effects.flatMap(({ step }) => {
      const why = sealed.reasons.get(step);
      return why === undefined ? [] : [[step, why]];
    }),
  );

/** Each item that was changed with what stood there and what stands there now. */
const changesOf = (making: Making): NoticeParts['changes'] =>
  (making.sealed.plan.changes ?? []).flatMap(({ holding, items }) => {
    if (needlessOf(making).has(`correct:${holding}`)) return [];
    const former = making.sealed.former.get(holding);
    return Object.entries(items).map(([item, after]) => ({
      item: labelOf(making, holding, item),
      before: former?.[item] ?? null,
      after,
    }));
  });

/** Whether what stood before can be told of everything that was corrected; without it a change would read as an addition. */
const tellsFormer = (making: Making): boolean => {
  const { plan, former } = making.sealed;
  const needless = needlessOf(making);
  const told = ({ holding }: { holding: string }): boolean => former.has(holding) || needless.has(`correct:${holding}`);
  return making.known.request.kind !== 'correction' || (plan.changes ?? []).every(told);
};

/** Who was to be told of a correction, and how far they were. */
async function recipientsOf({ desk, known, sealed }: Making): Promise<NoticeParts['recipients']> {
  const { tell = [] } = sealed.plan;
  if (tell.length === 0) return [];
  const steps = known.effects.map(({ step }) => step);
  const names = new Map((await listRecipients(desk.office)).map(({ id, name }) => [id, name]));
  return tell.map((id) => ({ name: names.get(id) ?? id, told: toldTo(id, steps, sealed.told) }));
}

/** Whether nothing was left to do of a step for any id of the person. */
function isNeedless(making: Making, step: string): boolean {
  const { principals } = making.known.request.specified ?? { principals: [] };
  const needless = needlessOf(making);
  return principals.every((principal) => needless.has(stepFor(principals, step, principal)));
}

type Stopped = Extract<Done, { what: 'stopped' | 'purposes' | 'provisions' | 'recipients' }>;

type Erased = Extract<Done, { what: 'erased' }>['of'];

/** What an erasure in part took out of each place. */
function takenOut({ known, sealed }: Making): { place: string; items: readonly string[]; on: Day }[] {
  return (sealed.plan.changes ?? []).flatMap(({ holding: place, items }) => {
    const step = `correct:${place}`;
    const effect = known.effects.find((one) => one.step === step);
    return effect && !sealed.reasons.has(step)
      ? [{ place, items: Object.keys(items), on: dayOf(effect.at.getTime()) }]
      : [];
  });
}

/** What an erasure of everything took out of each holding, of every id of the person; what was erased before that was kept is told as it was collected. */
function erasedWhole({ known: { request }, erasures }: Making): { place: string; items: readonly string[]; on: Day }[] {
  const collected = request.collected?.holdings ?? [];
  return [...erasures].flatMap(([principal, { at, held }]) =>
    (held ?? collected.filter(({ holding }) => ownerIn(request, holding) === principal)).map(({ holding, items }) => ({
      place: held ? (placeIn(request, holding, principal) ?? holding) : holding,
      items,
      on: dayOf(at.getTime()),
    })),
  );
}

/** The same in the order in which it was collected; what came later stands last. */
function erasedOf(making: Making): Erased {
  const { decided, collected } = making.known.request;
  const places = (collected?.holdings ?? []).map(({ holding }) => holding);
  const rank = (place: string): number => (places.includes(place) ? places.indexOf(place) : places.length);
  return (decided?.result === 'partly' ? takenOut(making) : erasedWhole(making))
    .toSorted((a, b) => rank(a.place) - rank(b.place))
    .map(({ place, items, on }) => ({
      holding: holdingOf(making, place),
      items: items.toSorted(ledgerOrder(making, place)).map((item) => labelOf(making, place, item)),
      on,
    }));
}

/** What a stop ended: uses for some purposes, provision to some recipients, or all of it out of every holding. */
async function stoppedOf(making: Making, kind: 'stop-use' | 'stop-provision'): Promise<Omit<Stopped, 'on'>> {
  const { desk, known, sealed } = making;
  const part = known.request.decided?.result === 'partly';
  const left = (ids: readonly string[], scope: 'purpose' | 'recipient'): string[] =>
    ids.filter((id) => !isNeedless(making, `object:${scope}:${id}`));
  const { purposes = [], recipients = [] } = sealed.plan;
  if (kind === 'stop-use' && part)
    return { what: 'purposes', of: left(purposes, 'purpose').map((id) => purposeOf(making, id)) };
  if (kind === 'stop-provision' && part) {
    const names = new Map((await listRecipients(desk.office)).map(({ id, name }) => [id, name]));
    return { what: 'recipients', of: left(recipients, 'recipient').map((id) => names.get(id) ?? id) };
  }
  const needless = needlessOf(making);
  const { principals } = known.request.specified ?? { principals: [] };
  const step = `object:${kind === 'stop-use' ? 'everything' : 'provision'}`;
  const isOver = (holding: string): boolean => {
    const owner = ownerIn(known.request, holding);
    return owner === null ? isNeedless(making, step) : needless.has(stepFor(principals, step, owner));
  };
  const collected = (known.request.collected?.holdings ?? []).map(({ holding }) => holding);
  // It reaches what came since too.
  const places = new Set([
    ...collected.filter((place) => !isOver(place)),
    ...making.there.map(({ holding }) => holding),
  ]);
  return {
    what: kind === 'stop-use' ? 'stopped' : 'provisions',
    of: [...places].map((place) => holdingOf(making, place)),
  };
}

/** What was done, each with its day; what was over already by itself. */
async function doneOf(making: Making): Promise<Done[]> {
  const { known, writing } = making;
  const { kind, carriedOut } = known.request;
  const on = carriedOut?.on ?? writing.on;
  const already: Done = { what: 'already', of: [...new Set(needlessOf(making).values())] };
  const did: Done[] =
    kind === 'erasure'
      ? [{ what: 'erased', of: erasedOf(making) }]
      : kind === 'stop-use' || kind === 'stop-provision'
        ? [{ ...(await stoppedOf(making, kind)), on }]
        : [];
  return [...did, already].filter(({ of }) => of.length > 0);
}

/** That a law has the data kept, and that it is used for nothing else meanwhile; nothing where there was nothing to keep any more. */
function keptOnly(making: Making): string[] {
  const { known, writing } = making;
  const { decided, carriedOut } = known.request;
  const until = ((decided?.facts ?? {}) as SuspensionFacts).keeping?.until;
  if (!restrictsUse(decided) || !until || isNeedless(making, 'object:everything')) return [];
  const { texts, lang } = writing;
  const on = letterDay(carriedOut?.on ?? writing.on, lang);
  return [filled(texts.notice.kept, lang, { until: letterDay(until, lang), on })];
}

/** The items that are told of each recipient abroad (Rules 18(3)), as its register has them today. */
async function toldOf({ desk, writing: { lang } }: Making, abroad: Shown['abroad']): Promise<NoticeParts['told']> {
  const told: NoticeParts['told'][number][] = [];
  for (const id of new Set(abroad.flatMap(({ recipient_id: of }) => of ?? []))) {
    const found = await dossierOf(desk.office, id);
    if (!found.ok) continue;
    const { recipient, items } = measuresAnswer(found.value, desk.office.clock.today());
    for (const { item, says: what } of items) {
      const name = `${recipient.name}${lang === 'ja' ? '、' : ', '}${measureItemWords[item]![lang]}`;
      told.push({ title: name, says: (what ?? says.unknown)[lang] });
    }
  }
  return told;
}

async function noticeParts(making: Making, shown: Pick<Shown, 'purposes' | 'abroad'>): Promise<NoticeParts> {
  const { known, sealed, writing } = making;
  const { request } = known;
  const { texts, lang } = writing;
  const ids = [...new Set(shown.purposes.flatMap(({ purposes }) => purposes))];
  const needless = [...new Set(needlessOf(making).values())];
  return {
    reasons: reasonsOf(making),
    purposes: ids.map((id) => purposeOf(making, id)),
    handed: {
      document:
        request.kind === 'record-disclosure'
          ? texts.disclosure.records.title[lang]
          : filled(texts.disclosure.title, lang, { information: texts.information[request.scope][lang] }),
      by: wayOf(making),
    },
    withheld: request.kind === 'record-disclosure' ? recordsHeldBack(making) : itemsHeldBack(making),
    told: await toldOf(making, shown.abroad),
    changes: changesOf(making),
    recipients: await recipientsOf(making),
    done: await doneOf(making),
    measure: [...paragraphs(sealed.plan.measures ?? ''), ...keptOnly(making), ...needless],
  };
}

/**
 * How what is disclosed is handed over: as it goes out; of a draft as the person chose, where that can be. Once the answer has gone out, what is still
 * made of it is for the post.
 */
const wayOf = ({ desk: { office }, known: { request }, sent }: Making): 'paper' | 'electronic' => {
  const electronic =
    sent?.event === 'notified'
      ? sent.by === 'electronic'
      : request.notified === null && request.method === 'electronic' && office.mail.on;
  return electronic ? 'electronic' : 'paper';
};

/** Why it comes out so, and why items were held back: a reason that several have in common once, with all of them. */
function reasonsOf(making: Making): string[] {
  const { known, sealed, writing } = making;
  const decided = paragraphs(sealed.reasons.get('decided') ?? '');
  const items = new Map<string, string[]>();
  for (const review of reviewsOf(making)) {
    const reason = review.ground === null ? undefined : sealed.reasons.get(aboutItem(review));
    if (reason && !decided.includes(reason.trim()))
      items.set(reason, [...(items.get(reason) ?? []), labelOf(making, review.holding, review.item)]);
  }
  const colon = writing.lang === 'ja' ? '：' : ': ';
  const said = [...items].map(([reason, labels]) => `${listed(labels, writing.lang)}${colon}${reason}`);
  return [...decided, ...(known.request.kind === 'disclosure' ? said : [])];
}

async function notice(making: Making): Promise<Outcome<Document>> {
  if (!tellsFormer(making)) return failed({ kind: 'not-found', says: says.gone });
  const shown = await shownOf(making.desk, making.by, making.known.row.id);
  return shown.ok ? done(await noticeSaying(making, shown.value)) : shown;
}

async function noticeSaying(making: Making, shown: Pick<Shown, 'purposes' | 'abroad'>): Promise<Document> {
  const { known, to, about, writing } = making;
  const { kind, decided } = known.request;
  const parts = await noticeParts(making, shown);
  return noticeLetter({ to, about, notice: { kind, result: decided!.result, parts } as Notice }, writing);
}

/** The notice of a disclosure that is posted after all: of what is disclosed it says nothing, so that nothing is read for it. */
const posted = async (making: Making): Promise<Outcome<Document>> =>
  done(await noticeSaying(making, { purposes: [], abroad: [] }));

// ---- what recipients are told

/** The letter to one who was given what was wrong; to a country abroad it is in English. */
async function corrected(of: Making, recipient: string): Promise<Outcome<Document>> {
  const told = of.sealed.told.filter((one) => one.recipient === recipient);
  const known = await recipientOf(of.desk.office, recipient);
  const [first] = told;
  if (!first || !known.ok || !tellsFormer(of)) return failed({ kind: 'not-found', says: says.gone });
  const { name, address, country } = known.value;
  const making: Making = { ...of, writing: { ...of.writing, lang: country === 'JP' ? 'ja' : 'en' } };
  const { former, plan } = making.sealed;
  // What was given in several ways is told once.
  const changes = new Map<string, NoticeParts['changes'][number]>();
  const whose = new Map<string, { item: string; value: string }>();
  for (const { holding, items, values } of told) {
    for (const item of items) {
      const after = plan.changes?.find((one) => one.holding === holding)?.items[item] ?? null;
      const before = former.get(holding)?.[item] ?? null;
      changes.set(`${holding}/${item}`, { item: labelOf(making, holding, item), before, after });
    }
    for (const [item, value] of Object.entries(values))
      if (!items.includes(item)) whose.set(`${holding}/${item}`, { item: labelOf(making, holding, item), value });
  }
  const to: Addressee = { ...placeOf(address), organisation: name, name: null };
  const { number } = making.about;
  return done(
    correctedLetter(
      { to, number, givenOn: first.givenOn, whose: [...whose.values()], changes: [...changes.values()] },
      making.writing,
    ),
  );
}

// ---- what is disclosed

/** A text with its covered pieces as bars. */
const piecesOf = (text: string): Pieces =>
  text.split(/(■+)/).flatMap((piece) => (piece === '' ? [] : [piece.startsWith('■') ? null : piece]));

function disclosedItems(making: Making, holding: string, values: Readonly<Record<string, string>>): DisclosedItem[] {
  return reviewsOf(making)
    .filter((one) => one.holding === holding)
    .map(({ item, decision, ground }) => {
      const label = labelOf(making, holding, item);
      if (decision === 'withhold' && ground) return { label, says: { withheld: ground } };
      const value = values[item];
      if (decision === 'absent' || value === undefined) return { label, says: 'absent' };
      const lines = linesOf(value);
      if (decision !== 'redact' || !ground) return { label, says: { shown: lines.map((line) => [line]) } };
      return { label, says: { shown: lines.map(piecesOf), covered: ground } };
    });
}

const listedItems = (
  making: Making,
  { holding_id, items }: { holding_id: string; items: readonly string[] },
): string[] => items.map((item) => labelOf(making, holding_id, item));

/** When something was provided: as the record has it, else as the house entered it, which is of the moment. */
const timeOf = (recorded: Day | null, at: number): { on: Day; time: string | null } => {
  const on = dayOf(at);
  return { on: recorded ?? on, time: recorded === null || recorded === on ? clockTime(at) : null };
};

const provisionLines = (making: Making, { provisions }: Shown) =>
  provisions.flatMap(({ record, ...provision }) =>
    record
      ? [
          {
            ...timeOf(record.provided_on, provision.at.getTime()),
            recipient: {
              name: record.recipient_name,
              address: record.recipient_address,
              representative: record.recipient_representative,
            },
            items: listedItems(making, provision),
            consent: record.consent_obtained,
          },
        ]
      : [],
  );

const receiptLines = (making: Making, { receipts }: Shown) =>
  receipts.map(({ on, holding, provider, how, items, consent }) => ({
    on,
    provider,
    how,
    items: items.map((item) =>
      holding === null ? itemName(making.writing.lang)(item) : labelOf(making, holding, item),
    ),
    consent,
  }));

/** What is disclosed, read for it at this moment. */
async function disclosedFacts(making: Making): Promise<Outcome<DisclosureFacts>> {
  const { desk, by, known, to, about, writing } = making;
  const shown = await shownOf(desk, by, known.row.id);
  if (!shown.ok) return shown;
  const records = known.request.kind === 'record-disclosure';
  const values = new Map(shown.value.data.map((one) => [one.holding, one.values]));
  const holdings = records ? [] : (known.request.collected?.holdings ?? []);
  const purposes = new Set(
    holdings.flatMap(({ holding }) => making.stands.holdings.get(holding)?.purposes.map(({ id }) => id) ?? []),
  );
  return done({
    to,
    about,
    asOf: writing.on,
    holdings: holdings.map(({ holding }) => ({
      title: holdingOf(making, holding),
      items: disclosedItems(making, holding, values.get(holding) ?? {}),
    })),
    provisions: records ? provisionLines(making, shown.value) : null,
    receipts: records ? receiptLines(making, shown.value) : null,
    purposes: [...purposes].map((id) => purposeOf(making, id)),
  });
}

async function disclosed(making: Making): Promise<Outcome<Document>> {
  const facts = await disclosedFacts(making);
  return facts.ok ? done(disclosureDocument(facts.value, making.writing)) : facts;
}

// ---- the others

/** Days in which something that is missing should come. */
const LACK_DAYS = 14;

const receiptKinds = ['purpose-notice', 'disclosure', 'record-disclosure'] as const;

const makers: Record<LetterName, (making: Making) => Outcome<Document> | Promise<Outcome<Document>>> = {
  cover: ({ known: { request }, to, about, form, writing }) =>
    form
      ? done(coverLetter({ to, about, form, checkDays: deskDays.identity, answerBy: decideBy(request) }, writing))
      : says.none,
  form: ({ about, form, writing }) => (form ? done(handForm(form, about.number, writing)) : says.none),
  acknowledgement: ({ desk: { office }, known: { row, request: r }, to, about, writing }) =>
    done(
      acknowledgementLetter(
        {
          to,
          about: { ...about, status: statusOf(office, row.id) },
          answerBy: decideBy(r),
          identity: looksAtPerson(r.kind) && r.papers === null,
          fee: r.fee.due > 0,
        },
        writing,
      ),
    ),
  lacks: ({ known: { request: r }, to, about, form = null, writing }) =>
    done(
      lacksLetter(
        {
          to,
          about,
          form,
          lacks: r.lacks,
          got: r.papers?.form === 'wrong' ? 'wrong' : 'none',
          receivedYen: r.fee.received - r.fee.returned,
          by: addDays(r.shortOn ?? writing.on, LACK_DAYS),
        },
        writing,
      ),
    ),
  receipt: ({ known: { request: r, events }, to, about, writing }) => {
    const kind = receiptKinds.find((one) => one === r.kind);
    // The day the last of the money came, which papers may have followed.
    const came = events.map(bodyOf).findLast((one) => one.event === 'papers-received' && one.feeYen > 0);
    if (!kind || !came) return says.none;
    const facts = { to, about, kind, amountYen: r.fee.due, receivedOn: came.on, receiptNumber: `${about.number}-1` };
    return done(feeReceipt(facts, writing));
  },
  refund: ({ known: { request: r, events }, sent, to, about, writing }) => {
    const last = sent ?? events.map(bodyOf).findLast((one) => one.event === 'refunded');
    const gone = last?.event === 'refunded' ? last.yen : 0;
    // What goes back with the letter; of a draft what is still to go back, else what went back last.
    const open = !sent && feeOver(r) > 0;
    const yen = open ? feeOver(r) : gone;
    const heldYen = r.fee.received - r.fee.returned + (open ? 0 : gone);
    return done(refundLetter({ to, about, yen, heldYen, dueYen: r.fee.due, receivedYen: r.fee.received }, writing));
  },
  extension: ({ known: { request: r }, sealed, to, about, writing }) => {
    const before = decideBy({ ...r, extendedTo: null });
    const reason = paragraphs(sealed.reasons.get('extended') ?? '');
    return done(extensionLetter({ to, about, before, until: r.extendedTo!, reason }, writing));
  },
  notice,
  posted,
  disclosed,
  answer: ({ sealed, to, about, writing }) =>
    done(consultationLetter({ to, about, answer: paragraphs(sealed.answer) }, writing)),
  code: ({ desk, known: { parcels }, sealed, to, about, writing }) => {
    const parcel = parcels.at(-1);
    const live = parcel && isOpenable(stateOfParcel(parcel, desk.office.clock.now()));
    if (!live || (sealed.agent ?? sealed.sender).address.trim() === '') return says.noCode;
    const validUntil = dayOf(parcel.valid_until.getTime());
    return done(codeLetter({ to, about, parcelCode: parcelCode(desk.office, parcel.id), validUntil }, writing));
  },
  labels: ({ to, writing }) => done(labelSheet([to], writing)),
};

/** What shows the person how far their request is, and where. */
const statusOf = (office: Office, request: string) => ({
  code: receiptCode(office, request),
  place: `${office.config.publicUrl}/requests/status`,
});

/** What a letter is made for: the event it goes out with and what is kept with that; of a draft neither. */
export interface MadeFor {
  sent: EventBody | null;
  papers: readonly Paper[];
}

/** Who a mail to a person is from: the company and its desk, with the address to write to. */
export async function mailSignature(office: Office, lang: Lang): Promise<string[]> {
  const inForce = await policyInForce(office, office.clock.today());
  if (!inForce) return [];
  const { name, desk } = inForce.policy.operator;
  return [name[lang], desk.name[lang], desk.address[lang]];
}

const draft: MadeFor = { sent: null, papers: [] };

async function makingOf(desk: Room, by: By, known: Case, { sent, papers }: MadeFor): Promise<Making | null> {
  const { office } = desk;
  const { row, request } = known;
  // A letter is of the day it goes out.
  const on: Day = sent?.on ?? office.clock.today();
  const inForce = (await policyInForce(office, on)) ?? (await policyInForce(office, office.clock.today()));
  const sealed = await unsealed(desk, known, papers);
  if (!inForce || !sealed) return null;
  const { operator } = inForce.policy;
  const { version, texts } = await currentTexts(office);
  const named = looksAtPerson(request.kind) ? formOf(request.kind) : null;
  const suspends = hasEffect(request.kind) && request.kind !== 'correction';
  return {
    desk,
    by,
    known,
    sent,
    sealed,
    stands: withPlaces(await standing(office), request),
    writing: { operator, texts, on, lang: request.lang },
    version,
    to: addresseeOf(sealed.agent ?? sealed.sender),
    about: {
      number: numberOf(row),
      status: statusOf(office, row.id),
      arrivedOn: request.arrivedOn,
      principal: sealed.agent && (sealed.agent.principal || sealed.sender.name),
      scope: request.scope,
    },
    form: operator.forms.find((form) => form.kind === named && form.scope === request.scope),
    reviews: await reviewsNow(desk, request),
    there: suspends ? await thereNow(desk, request) : [],
    erasures: suspends ? await erasuresOf(office, request) : new Map<string, Erasure>(),
  };
}

/** These say what is held about the person, or what was changed of it. */
const isTelling = (file: LetterFile | 'data'): boolean => /^(notice|posted|disclosed|data|corrected-.*)$/.test(file);

/** Makes something of a request and logs that its papers were opened for it. */
async function makeWith<T>(
  desk: Room,
  by: By,
  known: Case,
  {
    file,
    make,
    why,
    ...of
  }: MadeFor & {
    file: LetterFile | 'data';
    make: (of: Making) => Outcome<T> | Promise<Outcome<T>>;
    why?: OpeningReason | undefined;
  },
): Promise<Outcome<T>> {
  const { office } = desk;
  const may = isTelling(file) ? await reaching(desk, by, 'people:use', known.row.principal_ids) : done(by);
  if (!may.ok) return may;
  const closed = openingProblem(known.row, why);
  if (closed) return fieldInvalid(closed);
  const making = await makingOf(desk, by, known, of);
  if (!making) return failed({ kind: 'not-found', says: says.gone });
  const made = await make(making);
  if (!made.ok) return made;
  const [letter, recipient] = partsOf(file);
  const subjects = {
    letter,
    ...(recipient === null ? {} : { recipient }),
    ...(known.row.closed_on !== null && why ? { for: why } : {}),
    texts: making.version,
    authority: [...may.value.authority],
  };
  const entries = openingEntries(office.clock.now(), by.actor, known.row, subjects);
  await office.database.transaction((tx) => append(tx, ...entries));
  return made;
}

/** A letter and, of one on a correction, to whom. */
function partsOf(file: LetterFile | 'data'): [letter: string, recipient: string | null] {
  const [, recipient] = /^corrected-(.+)$/.exec(file) ?? [];
  return recipient === undefined ? [file, null] : ['corrected', recipient];
}

/** Makes a letter. The log entry names the version of the sentences it is written with. */
export const makeFrom = (
  desk: Room,
  by: By,
  known: Case,
  file: LetterFile,
  of: MadeFor & { why?: OpeningReason | undefined } = draft,
): Promise<Outcome<Document>> => {
  const [, recipient] = partsOf(file);
  const make = recipient === null ? makers[file as LetterName] : (making: Making) => corrected(making, recipient);
  return makeWith(desk, by, known, { ...of, file, make });
};

/** What is disclosed as data that a program reads: JSON in UTF-8, saying what the paper says. */
export const makeData = (desk: Room, by: By, known: Case, of: MadeFor): Promise<Outcome<string>> =>
  makeWith(desk, by, known, {
    ...of,
    file: 'data',
    make: async (making) => {
      const facts = await disclosedFacts(making);
      return facts.ok ? done(`${JSON.stringify(disclosureData(facts.value, making.writing), null, 2)}\n`) : facts;
    },
  });
