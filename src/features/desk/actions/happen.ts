// Writes an event of a request: the event, the columns that follow from it, its papers, its effect and its log entry are one transaction. The caller
// says which event it saw last; when another has happened since, nothing is written.

import { actorRef, type Actor } from '../../../base/actor.ts';
import { both } from '../../../base/bilingual.ts';
import { isId, newId } from '../../../base/id.ts';
import { conflict, done, invalid, type Outcome } from '../../../base/outcome.ts';
import { append, contentHash, logEntry, type Subjects } from '../../../log/index.ts';
import type { Office } from '../../../office.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { withdrawLetters } from '../../../platform/mail.ts';
import { fingerprint } from '../../../vault/index.ts';
import { entryBy, type By, type Room } from '../../access/index.ts';
import { keyOfAttempt } from '../../checkpoint/index.ts';
import { admit } from '../facts/admit.ts';
import { clocksOf, type Clocks } from '../facts/clocks.ts';
import type { EventBody } from '../facts/event.ts';
import { isDecidable } from '../facts/next.ts';
import type { Request } from '../facts/request.ts';
import { requestFrom, stageOf, stateOf } from '../facts/stage.ts';
import { isSought } from '../facts/undelivered.ts';
import { bodyOf, insertEvent } from '../store/events.ts';
import { dropPapers } from '../store/papers.ts';
import { findRequest, lockRequest, updateFolded } from '../store/requests.ts';
import type { EventRow, Folded, PaperKind, RequestRow } from '../tables.ts';
import { caseFrom, caseOf, noRequest, type Case } from './cases.ts';
import { keepPapers, keyOf, type Paper } from './papers.ts';

/** Somebody else was first: the caller has not seen the last event. */
export const overtaken = conflict(
  'seen',
  both(
    'この請求は、ほかの人が先に進めています。開き直して確かめてください',
    'Somebody else has moved this request on. Open it again and check',
  ),
);

export const otherAttemptSays = both(
  'この操作は、別の内容ですでに送られています。いまの内容は記録していません。この内容でよければ、もう一度送ってください（システムからは、別の attempt で）',
  'This was already sent with other content. What you sent now is not recorded. If you mean it, send it again (from a system, with another attempt)',
);

/** What the caller has seen, and the name of this press of a button: the same name by the same actor with the same content happens once. */
export interface Step {
  /** Number of the last event seen. */
  seen: number;
  attempt?: string | undefined;
  /** The step and what was sent with it, as `askedFor` writes them. */
  asked?: string | undefined;
}

/** A step and what was sent with it as text, by which a repeated attempt is recognised. */
export const askedFor = (step: string, sent: object): string => `${step}\n${JSON.stringify(sent)}`;

/** The digest by which a repeated attempt is recognised; what was sent cannot be found out from it. */
const askedBy = ({ vault }: Office, actor: Actor, asked: string): Buffer =>
  fingerprint(vault, `desk attempt\n${actorRef(actor)}\n${asked}`);

/** The same name for something else: nothing is done, and nothing is reported as done. */
export const otherAttempt = conflict('attempt', otherAttemptSays);

/** Whether an attempt with a name used before is the same attempt. Those kept before there were digests are recognised by name alone. */
export const isSameAttempt = (office: Office, actor: Actor, kept: Buffer | null, asked = ''): boolean =>
  kept?.equals(askedBy(office, actor, asked)) ?? true;

export interface Happening {
  event: EventBody;
  papers?: readonly Paper[];
  /** These papers are destroyed with the event. */
  drop?: readonly { kind: PaperKind; about?: string }[];
  /** What changes elsewhere, after the event is admitted. */
  effect?: (tx: Tx, entry: string) => Promise<void>;
  /** What its log entry says besides: ids, codes and counts. */
  subjects?: Subjects;
  /** What the log entry of each id of the person says besides. */
  about?: (principal: string) => Subjects;
}

const clockColumns = ({ formDue, unacknowledged, addressedOn, checkFrom, untold, extendedTo }: Clocks) => ({
  form_due: formDue,
  unacknowledged,
  addressed_on: addressedOn,
  check_from: checkFrom,
  untold,
  extended_to: extendedTo,
});

/** The columns that follow from a request. */
export const foldedOf = (request: Request, papers: number): Folded => ({
  papers,
  last: request.last,
  state: stateOf(request),
  stage: stageOf(request),
  result: request.decided?.result ?? null,
  assigned_to: request.assignedTo,
  principal_ids: [...(request.specified?.principals ?? [])],
  closed_on: request.closedOn,
  unreachable: request.unreachable,
  ...clockColumns(clocksOf(request)),
  decidable: isDecidable(request),
});

/** Seals a paper of a request that is being carried out, in the transaction of a step, and logs it with the subjects `of`. */
export async function keepDuring(
  { office }: Room,
  by: By,
  tx: Tx,
  { request: id, of, ...paper }: { request: string; of: Subjects } & Paper,
): Promise<void> {
  const row = await lockRequest(tx, id);
  const key = row && keyOf(row);
  if (!row || !key) throw new Error('desk: a request that is carried out has its papers');
  const { request } = await caseFrom(tx, row);
  const kept = await keepPapers(office, tx, row, key, { papers: [paper], on: office.clock.today() });
  await updateFolded(tx, id, foldedOf(request, kept));
  const subjects = { ...of, request: id, kind: paper.kind };
  await append(tx, entryBy(by, office.clock.now(), 'desk:keep-paper', subjects));
}

export const eventRow = (
  of: Pick<EventRow, 'attempt' | 'asked'> & { request: string; no: number; at: number; actor: Actor; entry: string },
  { event, on, ...data }: EventBody,
): EventRow => ({
  request_id: of.request,
  no: of.no,
  event,
  on_day: on,
  at: new Date(of.at),
  by_actor: actorRef(of.actor),
  data,
  entry_id: of.entry,
  attempt: of.attempt,
  asked: of.asked,
});

/** The digest of an event, kept in its log entry, so that nothing of the event can change unnoticed. */
export const eventDigest = ({
  no,
  event,
  on_day: on,
  at,
  by_actor: by,
  data,
}: Pick<EventRow, 'no' | 'event' | 'on_day' | 'at' | 'by_actor' | 'data'>): string => {
  const whole = JSON.stringify({ no, event, on, at, by, data });
  return contentHash(JSON.parse(whole));
};

/** The name of an attempt with its digest, as rows keep them. */
export const attemptOf = (
  office: Office,
  actor: Actor,
  { attempt, asked = '' }: Pick<Step, 'attempt' | 'asked'>,
): Pick<EventRow, 'attempt' | 'asked'> => ({
  attempt: keyOfAttempt(office, attempt),
  asked: attempt === undefined ? null : askedBy(office, actor, asked),
});

/** Logs an event once for each id of the person it is about, so that it appears in their histories; the first is the entry of the event. */
async function logEvent(
  tx: Tx,
  by: By,
  of: { row: RequestRow; event: EventRow; at: number; entry: string; principals: readonly string[] },
  { subjects, about }: Pick<Happening, 'subjects' | 'about'>,
): Promise<void> {
  const { row, event, at, entry, principals } = of;
  const sha256 = eventDigest(event);
  const said = { request: row.id, kind: row.kind, ...subjects, sha256, authority: [...by.authority] };
  const [first, ...others] = principals;
  const action = `desk:${event.event}`;
  const saidOf = (principal: string): Subjects => ({ principal, ...said, ...about?.(principal) });
  await append(
    tx,
    logEntry(at, by.actor, action, first ? saidOf(first) : said, entry),
    ...others.map((principal) => logEntry(at, by.actor, action, saidOf(principal))),
  );
}

/** Writes an admitted event with everything that belongs to it. */
export async function write(
  office: Office,
  tx: Tx,
  by: By,
  known: Case,
  step: Pick<Step, 'attempt' | 'asked'>,
  happening: Happening,
): Promise<void> {
  const { row, events } = known;
  const { event, papers = [], drop = [], effect } = happening;
  const at = office.clock.now();
  const entry = newId(at);
  const key = keyOf(row);
  if (papers.length > 0 && !key) throw new Error('desk: a request without its key takes no papers');
  const of = {
    request: row.id,
    no: known.request.last + 1,
    at,
    actor: by.actor,
    entry,
    ...attemptOf(office, by.actor, step),
  };
  const happened = eventRow(of, event);
  await insertEvent(tx, happened);
  for (const { kind, about } of drop) await dropPapers(tx, row.id, kind, new Date(at), about);
  const kept = key ? await keepPapers(office, tx, row, key, { papers, on: event.on }) : row.papers;
  await effect?.(tx, entry);
  const request = requestFrom([...events.map(bodyOf), event]);
  // The mail that asks the person to get in touch names the request as what it needs.
  if (isSought(known.request) && !isSought(request)) await withdrawLetters(tx, row.id, new Date(at));
  const folded = foldedOf(request, kept);
  await updateFolded(tx, row.id, folded);
  await logEvent(tx, by, { row, event: happened, at, entry, principals: folded.principal_ids }, happening);
}

/** The outcome of an attempt that was made before: the request as it is, or a conflict when it was something else. Null: it was not made. */
export function madeBefore(office: Office, by: By, known: Case, { attempt, asked }: Step): Outcome<Case> | null {
  const named = keyOfAttempt(office, attempt);
  const made = named && known.events.find((one) => one.attempt === named);
  if (!made) return null;
  return isSameAttempt(office, by.actor, made.asked, asked) ? done(known) : otherAttempt;
}

/** A request for which something can be made before a step is written. `repeated`: an earlier attempt of the same name took the step. */
interface Ready {
  known: Case;
  repeated: boolean;
}

/** Checks whether a step may be taken, before anything is read or made for it. The caller checks again with the request locked (`happen`). */
export async function mayHappen(
  desk: Room,
  by: By,
  id: string,
  step: Step,
  event: (known: Case) => EventBody,
): Promise<Outcome<Ready>> {
  const found = await caseOf(desk, id);
  if (!found.ok) return found;
  const known = found.value;
  const made = madeBefore(desk.office, by, known, step);
  if (made) return made.ok ? done({ known, repeated: true }) : made;
  if (step.seen !== known.request.last) return overtaken;
  const problem = admit(known.request, event(known), desk.office.clock.today());
  return problem ? invalid(problem.field, problem.says) : done({ known, repeated: false });
}

/**
 * Writes an event of a request. `what` is called with the request locked; the event it returns must be admitted, otherwise nothing is written. An
 * attempt that was made already returns the request as it is. `first`: takes the locks that come before that of the request, so that callers who take
 * both do not wait for each other.
 */
export async function happen(
  { office }: Room,
  by: By,
  id: string,
  step: Step,
  what: (known: Case, tx: Tx) => Outcome<Happening> | Promise<Outcome<Happening>>,
  first: (tx: Tx) => Promise<void> = async () => undefined,
): Promise<Outcome<Case>> {
  if (!isId(id)) return noRequest;
  return office.database.transaction(async (tx) => {
    await first(tx);
    const row = await lockRequest(tx, id);
    if (!row) return noRequest;
    const known = await caseFrom(tx, row);
    const made = madeBefore(office, by, known, step);
    if (made) return made;
    if (step.seen !== known.request.last) return overtaken;
    const happening = await what(known, tx);
    if (!happening.ok) return happening;
    const problem = admit(known.request, happening.value.event, office.clock.today());
    if (problem) return invalid(problem.field, problem.says);
    await write(office, tx, by, known, step, happening.value);
    return done(await caseFrom(tx, (await findRequest(tx, id))!));
  });
}

/** The papers of a decision, which those of a new one replace. */
export const ofDecision = [
  { kind: 'reason', about: 'decided' },
  { kind: 'keeping', about: 'decided' },
  { kind: 'change' },
  { kind: 'answer' },
] as const;

/** A step whose event is known beforehand. */
export const simply = (desk: Room, by: By, id: string, step: Step, happening: Happening): Promise<Outcome<Case>> =>
  happen(desk, by, id, step, () => done(happening));
