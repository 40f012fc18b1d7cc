// Something happens to a request: the event, the columns that fold it, its papers, its effect and its log entry are one transaction. Who writes
// says which event was the last one seen; when another has happened since, nothing does.

import { actorRef, type Actor } from '../../../base/actor.ts';
import { both } from '../../../base/bilingual.ts';
import { isId, newId } from '../../../base/id.ts';
import { conflict, done, invalid, type Outcome } from '../../../base/outcome.ts';
import { append, contentHash, logEntry, type Subjects } from '../../../log/index.ts';
import type { Office } from '../../../office.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { fingerprint } from '../../../vault/index.ts';
import { entryBy, type By, type Room } from '../../access/index.ts';
import { keyOfAttempt } from '../../checkpoint/index.ts';
import { admit } from '../facts/admit.ts';
import { clocksOf, type Clocks } from '../facts/clocks.ts';
import type { EventBody } from '../facts/event.ts';
import { isDecidable } from '../facts/next.ts';
import type { Request } from '../facts/request.ts';
import { requestFrom, stageOf, stateOf } from '../facts/stage.ts';
import { bodyOf, insertEvent } from '../store/events.ts';
import { dropPapers } from '../store/papers.ts';
import { findRequest, lockRequest, updateFolded } from '../store/requests.ts';
import type { EventRow, Folded, PaperKind, RequestRow } from '../tables.ts';
import { caseFrom, noRequest, type Case } from './cases.ts';
import { keepPapers, keyOf, type Paper } from './papers.ts';

/** Somebody else was first: whoever writes has not seen the last event. */
export const overtaken = conflict(
  'seen',
  both(
    'この請求は、ほかの人が先に進めています。開き直して確かめてください',
    'Somebody else has taken this request further. Open it again and look',
  ),
);

export const otherAttemptSays = both(
  'この操作は、別の内容ですでに送られています。いまの内容は記録していません。この内容でよければ、もう一度送ってください（システムからは、別の attempt で）',
  'This was sent before with other content, and what was sent now is not recorded. If you mean it, send it again (from a system, with another attempt)',
);

/** What whoever writes has seen, and the name of this press of a button: the same name by the same actor with the same content happens once. */
export interface Step {
  /** Number of the last event seen. */
  seen: number;
  attempt?: string | undefined;
  /** The step and what was sent with it, as `askedFor` puts it. */
  asked?: string | undefined;
}

/** Which step is taken and what was sent with it, so that an attempt is known again. */
export const askedFor = (step: string, sent: object): string => `${step}\n${JSON.stringify(sent)}`;

/** The digest by which an attempt is known again; what was sent cannot be found out from it. */
const askedBy = ({ vault }: Office, actor: Actor, asked: string): Buffer =>
  fingerprint(vault, `desk attempt\n${actorRef(actor)}\n${asked}`);

/** The same name for something else: nothing is done, and nothing is said to have been. */
export const otherAttempt = conflict('attempt', otherAttemptSays);

/** Whether an attempt that has a name already was this very one. What was kept before digests were is taken by its name. */
export const isSameAttempt = (office: Office, actor: Actor, kept: Buffer | null, asked = ''): boolean =>
  kept?.equals(askedBy(office, actor, asked)) ?? true;

export interface Happening {
  event: EventBody;
  papers?: readonly Paper[];
  /** These papers are destroyed with the event. */
  drop?: readonly { kind: PaperKind; about?: string }[];
  /** What changes elsewhere, after the event is admitted. */
  effect?: (tx: Tx, entry: string) => Promise<void>;
  /** What the log says besides: ids, codes and counts. */
  subjects?: Subjects;
  /** What it says of each id of the person alone. */
  about?: (principal: string) => Subjects;
}

const clockColumns = ({ formDue, unacknowledged, checkFrom, untold, extendedTo }: Clocks) => ({
  form_due: formDue,
  unacknowledged,
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
  assigned_to: request.assignedTo,
  principal_ids: [...(request.specified?.principals ?? [])],
  closed_on: request.closedOn,
  ...clockColumns(clocksOf(request)),
  decidable: isDecidable(request),
});

/** Seals a paper of a request that is being carried out, in the transaction of a step, with its log entry, which says `of` what it is. */
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

/** The digest of an event, which stands in its log entry: nothing of the event can become something else without being seen. */
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

/** Logs an event once for each id of the person it is about, in whose histories it appears; the entry of the event is the first. */
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

/** Writes an admitted event with all that belongs to it. */
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
  const folded = foldedOf(request, kept);
  await updateFolded(tx, row.id, folded);
  await logEvent(tx, by, { row, event: happened, at, entry, principals: folded.principal_ids }, happening);
}

/** What this attempt came to when it was made before: the request as it is, or a conflict where that was something else. Null: it was not made. */
export function madeBefore(office: Office, by: By, known: Case, { attempt, asked }: Step): Outcome<Case> | null {
  const named = keyOfAttempt(office, attempt);
  const made = named && known.events.find((one) => one.attempt === named);
  if (!made) return null;
  return isSameAttempt(office, by.actor, made.asked, asked) ? done(known) : otherAttempt;
}

/**
 * Lets something happen to a request. `what` is asked with the request locked; the event it answers must be admitted, otherwise nothing is
 * written. An attempt that has happened already answers the request as it is. `first`: what has to be locked before the request, so that nobody
 * who locks both waits for whoever waits for them.
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

/** What was written down of a decision, which a new one takes the place of. */
export const ofDecision = [
  { kind: 'reason', about: 'decided' },
  { kind: 'keeping', about: 'decided' },
  { kind: 'change' },
  { kind: 'answer' },
] as const;

/** A step whose event is known beforehand. */
export const simply = (desk: Room, by: By, id: string, step: Step, happening: Happening): Promise<Outcome<Case>> =>
  happen(desk, by, id, step, () => done(happening));
