// Answering a request: the person is told the outcome with its letters, the delivery is recorded, and the request is closed.

import { both } from '../../../base/bilingual.ts';
import type { Day } from '../../../base/day.ts';
import { done, invalid, type FieldProblem, type Outcome } from '../../../base/outcome.ts';
import type { DisclosureFacts } from '../../../law/index.ts';
import type { Office } from '../../../office.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { holdsRight, type By, type Room } from '../../access/index.ts';
import { policyInForce } from '../../policy/index.ts';
import { isDismissed } from '../facts/dismissal.ts';
import { isElectronic, withholdingGrounds, type HandedOver, type Way } from '../facts/event.ts';
import { isDisclosure } from '../facts/kind.ts';
import { isOpen } from '../facts/parcel.ts';
import type { Request } from '../facts/request.ts';
import { documentsFor, type AnswerDocument } from '../facts/result.ts';
import { itemFacts } from '../facts/review.ts';
import { triedBy } from '../facts/undelivered.ts';
import { waysOf, type Outlets } from '../facts/way.ts';
import { endParcels } from '../store/parcels.ts';
import { stateOfParcel, type Case } from './cases.ts';
import { happen, mayHappen, type Step } from './happen.ts';
import type { Paper } from './papers.ts';
import { changedProblem, reviewsNow, wholeProblem } from './collect.ts';
import { lettersSent } from './copies.ts';
import { sinceOf } from './since.ts';
import { endingProblem } from './undelivered.ts';

export interface NotifyAsk {
  on: Day;
  by: Way;
  /** Set when an answer that did not reach the person goes out again: it was confirmed where to send it. */
  addressChecked?: boolean | undefined;
  /** Left out: those that the outcome requires. */
  documents?: readonly AnswerDocument[] | undefined;
  /** The letters as they were sent; kept sealed. */
  sent?: readonly { document: AnswerDocument; text: string }[] | undefined;
}

/** An answer that goes out electronically: its files, and `post`, which sends the link in the transaction of the event. */
export interface Outgoing {
  papers: readonly Paper[];
  post: (tx: Tx, known: Case) => Promise<void>;
  /** Id of the parcel. */
  parcel: string;
}

export const says = {
  gone: both(
    '開示するかどうかを決めたものが、決定の後になくなりました。決め直してください',
    'Something that was decided on has gone since the decision. Decide again',
  ),
  chosen: both('本人の選んだ方法で開示してください', 'Disclose it in the way the person chose'),
  visits: both(
    '公表している方針では、窓口で来訪を受けていません。手渡しは選べません',
    'The published policy takes no visits at the desk, so nothing can be handed over there',
  ),
  ownMail: both(
    '当社のメールで送れるのは、ここからメールを送る設定がなく、本人が電子で求めたか、郵送で届かなかったときだけです',
    'Our own e-mail can be chosen only where no mail goes out from here and the person asked for it electronically, or the post did not reach them',
  ),
  staff: both('窓口の仕事をする職員から選んでください', 'Choose a member of staff who works on requests'),
  fetched: both(
    '電子で届いたことは、本人が受け取ったときに記録されます',
    'Electronic delivery is recorded when the person fetches the answer',
  ),
  fetching: both(
    '本人がいま受け取っています。30分ほどたってから終えてください',
    'The person is fetching it right now. Wait about 30 minutes before closing',
  ),
};

/** What the desk has to give an answer by. */
export async function outletsOf(office: Office): Promise<Outlets> {
  const inForce = await policyInForce(office, office.clock.today());
  return { visits: inForce?.policy.operator.desk.visits === true, mail: office.mail.on };
}

/** Why an answer cannot be given in a way at all; null when it can. That no mail goes out is said where the link is made. */
const outletProblem = (request: Request, way: Way, outlets: Outlets): FieldProblem | null =>
  way === 'electronic' || waysOf(request, outlets).includes(way)
    ? null
    : { field: 'by', says: way === 'visit' ? says.visits : says.ownMail };

/**
 * Whether a disclosure would go out in another way than the person chose, though that way is not difficult (33(2)) and has not failed already.
 * Without mail from here it may go on paper all the same: not every company has an e-mail of its own for it.
 */
function notChosen({ office }: Room, request: Request, way: Way): boolean {
  const { kind, decided } = request;
  if (!isDisclosure(kind) || decided?.finding?.answer !== 'yes') return false;
  const { method, methodDifficult } = decided.facts as DisclosureFacts;
  const electronic = method === 'electronic' && methodDifficult !== true;
  if (triedBy(request, electronic) || (electronic && !office.mail.on)) return false;
  return method !== 'set-by-company' && electronic !== isElectronic(way);
}

/** Whether so much of what was decided item by item is gone that the law would be asked with other facts, and the person told otherwise (33(3)). */
async function goneSince(desk: Room, request: Request): Promise<boolean> {
  const { kind, decided, notified } = request;
  if (!isDisclosure(kind) || !decided || notified) return false;
  const before = decided.facts as DisclosureFacts;
  const now: Partial<DisclosureFacts> = itemFacts(await reviewsNow(desk, request));
  return (['exists', ...withholdingGrounds] as const).some((fact) => before[fact] !== now[fact]);
}

/** Why an answer cannot go out like this, given what is kept of the person now; null when it can. A dismissal says nothing of that. */
async function wayProblem(desk: Room, { request, effects }: Case, way: Way): Promise<FieldProblem | null> {
  const none = outletProblem(request, way, await outletsOf(desk.office));
  if (none || isDismissed(request)) return none;
  const since = await sinceOf(desk.office.database, request, effects);
  const other = wholeProblem({ since }) ?? changedProblem(since);
  if (request.decided && other) return other;
  if (await goneSince(desk, request)) return { field: 'event', says: says.gone };
  return notChosen(desk, request, way) ? { field: 'by', says: says.chosen } : null;
}

/**
 * Tells the person the outcome; electronically only with `outgoing`. The letters are made once, now, and are on file from then on; a system that sent
 * letters of its own hands them over as `sent`.
 */
export async function notify(
  desk: Room,
  by: By,
  id: string,
  step: Step,
  { on, by: way, documents, sent, addressChecked }: NotifyAsk,
  outgoing: Outgoing | null = null,
): Promise<Outcome<Case>> {
  if ((way === 'electronic') !== (outgoing !== null)) throw new Error('desk: nothing goes out electronically');
  const eventOf = ({ request: { kind, decided } }: Case) =>
    ({
      event: 'notified',
      on,
      by: way,
      documents: documents ?? (decided ? documentsFor(kind, decided.result) : []),
      ...(addressChecked ? { addressChecked: true as const } : {}),
    }) as const;
  const ready = await mayHappen(desk, by, id, step, eventOf);
  if (!ready.ok) return ready;
  const { known, repeated } = ready.value;
  if (repeated) return done(known);
  const problem = await wayProblem(desk, known, way);
  if (problem) return invalid(problem.field, problem.says);
  const copies = sent || outgoing ? done([]) : await lettersSent(desk, by, known, { event: eventOf(known) });
  if (!copies.ok) return copies;
  // Checked again after the letters were made and before the request is locked: what is kept of the person is not locked with it.
  const late = await wayProblem(desk, known, way);
  if (late) return invalid(late.field, late.says);
  const others = (sent ?? []).map(({ document, text }): Paper => ({ kind: 'sent', about: document, text }));
  return happen(desk, by, id, step, (now, tx) => {
    const event = eventOf(now);
    return done({
      event,
      papers: [...others, ...copies.value, ...(outgoing?.papers ?? [])],
      effect: async () => outgoing?.post(tx, now),
      subjects: { by: way, documents: [...event.documents], ...(outgoing ? { parcel: outgoing.parcel } : {}) },
    });
  });
}

export interface DeliverAsk {
  on: Day;
  by: Way;
  addressChecked?: boolean | undefined;
  /** Of an answer handed over in person. */
  handed?: HandedOver | undefined;
}

/** Records that the answer was posted, handed over, or sent by the company's own e-mail. One that went out by a link is delivered when it is fetched. */
export async function deliver(
  desk: Room,
  by: By,
  id: string,
  step: Step,
  { on, by: way, addressChecked, handed }: DeliverAsk,
): Promise<Outcome<Case>> {
  if (way === 'electronic') return invalid('by', says.fetched);
  const outlets = await outletsOf(desk.office);
  const event = {
    event: 'delivered',
    on,
    by: way,
    ...(addressChecked ? { addressChecked: true as const } : {}),
    ...(handed ? { handed } : {}),
  } as const;
  const subjects = { by: way, ...(handed ? { handed_by: handed.by, receipt_signed: handed.signed } : {}) };
  return happen(desk, by, id, step, async ({ request }, tx) => {
    const none = outletProblem(request, way, outlets);
    if (none) return invalid(none.field, none.says);
    if (handed && !(await holdsRight(desk.access, tx, handed.by, 'requests:write')))
      return invalid('handedBy', says.staff);
    return done({ event, subjects });
  });
}

/**
 * Closes the request; without an address to answer to, or an answer that arrived, it says so. What could still be fetched electronically ends with it.
 */
export const close = (desk: Room, by: By, id: string, step: Step, { on }: { on: Day }): Promise<Outcome<Case>> =>
  happen(desk, by, id, step, ({ request, parcels }, tx) => {
    const forbidden = endingProblem(desk, by, request, request.toSendAgain);
    if (forbidden) return forbidden;
    const without = {
      ...(request.unreachable ? { unreachable: true as const } : {}),
      ...(request.toSendAgain ? { undelivered: true as const } : {}),
    };
    const now = desk.office.clock.now();
    if (parcels.some((row) => isOpen(stateOfParcel(row, now)))) {
      return invalid('event', says.fetching);
    }
    return done({
      event: { event: 'closed', on, ...without },
      subjects: without,
      // When a request is dismissed, copies of identity papers may not have been checked, and so not been destroyed yet.
      drop: [{ kind: 'parcel' }, { kind: 'identity' }],
      effect: () => endParcels(tx, id, 'closed', new Date(now)),
    });
  });
