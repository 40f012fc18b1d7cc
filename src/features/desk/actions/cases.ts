// A request as it is kept and as something happens to it: the event, the columns that fold it, its papers, its effect and its log entry are
// one transaction. Who writes says which event was the last one seen; when another has happened since, nothing does.

import { actorRef, type Actor } from '../../../base/actor.ts';
import { both, type Bilingual } from '../../../base/bilingual.ts';
import type { Day } from '../../../base/day.ts';
import { isId, newId } from '../../../base/id.ts';
import { conflict, done, invalid, notFound, type FieldProblem, type Outcome } from '../../../base/outcome.ts';
import { append, contentHash, logEntry, type LogEntry, type Subjects } from '../../../log/index.ts';
import type { Office } from '../../../office.ts';
import type { Queryable, Tx } from '../../../platform/database/index.ts';
import { fingerprint, openPart, sealPart, type PackageKey } from '../../../vault/index.ts';
import { entryBy, type By, type Room } from '../../access/index.ts';
import { keyOfAttempt } from '../../checkpoint/index.ts';
import { admit } from '../facts/admit.ts';
import { clocksOf, deskDays, dueOn, type Clocks } from '../facts/clocks.ts';
import type { EventBody } from '../facts/event.ts';
import { isDecidable } from '../facts/next.ts';
import { parcelState, type ParcelState } from '../facts/parcel.ts';
import { openingReasons, type OpeningReason, type Request } from '../facts/request.ts';
import type { Since } from '../facts/since.ts';
import { requestFrom, stageOf, stateOf } from '../facts/stage.ts';
import { effectsOf } from '../store/effects.ts';
import { bodyOf, eventsOf, insertEvent } from '../store/events.ts';
import {
  countRequestsOver,
  decidableRequests,
  listRequests,
  openByClocks,
  openRequests,
  requestsOver,
  type OverQuery,
  type RequestQuery,
} from '../store/lists.ts';
import { dropPapers, insertPaper, papersOf } from '../store/papers.ts';
import { parcelsOf } from '../store/parcels.ts';
import { findRequest, lockRequest, updateFolded } from '../store/requests.ts';
import { suspensionsOf } from '../store/suspensions.ts';
import { reaching } from './reach.ts';
import { sinceOf } from './since.ts';
import type {
  ClocksRow,
  EffectRow,
  EventRow,
  Folded,
  ListedRow,
  PaperKind,
  PaperRow,
  ParcelRow,
  RequestRow,
  SuspensionRow,
} from '../tables.ts';

/** A request with everything that happened to it. Papers are named here and opened one by one. */
export interface Case {
  row: RequestRow;
  request: Request;
  since: Since;
  events: EventRow[];
  papers: Omit<PaperRow, 'sealed'>[];
  /** The steps of carrying out that are done. */
  effects: EffectRow[];
  suspensions: SuspensionRow[];
  /** Electronic deliveries of the answer, the newest last. */
  parcels: ParcelRow[];
}

export const says = {
  seen: both(
    'この請求は、ほかの人が先に進めています。開き直して確かめてください',
    'Somebody else has taken this request further. Open it again and look',
  ),
  attempt: both(
    'この操作は、別の内容ですでに送られています。いまの内容は記録していません。この内容でよければ、もう一度送ってください（システムからは、別の attempt で）',
    'This was sent before with other content, and what was sent now is not recorded. If you mean it, send it again (from a system, with another attempt)',
  ),
  gone: both('この書類は消去されています', 'This paper has been erased'),
  closed: both(
    '終わった請求の書類は、次のどれかのためにだけ開けます。何のために開くかを選んでください',
    'The papers of a closed request are opened for one of these only. Choose what you open it for',
  ),
} satisfies Record<string, Bilingual>;

export const noRequest = notFound(both('この請求はありません', 'There is no such request'));

export async function caseFrom(on: Queryable, row: RequestRow): Promise<Case> {
  const events = await eventsOf(on, row.id);
  const request = requestFrom(events.map(bodyOf));
  const papers = (await papersOf(on, row.id)).map((paper) => {
    const { sealed: _, ...named } = paper;
    return named;
  });
  const effects = await effectsOf(on, row.id);
  return {
    row,
    request,
    since: await sinceOf(on, request, effects),
    events,
    papers,
    effects,
    suspensions: await suspensionsOf(on, row.id),
    parcels: await parcelsOf(on, row.id),
  };
}

export async function caseOf({ office }: Room, id: string): Promise<Outcome<Case>> {
  const row = isId(id) ? await findRequest(office.database, id) : null;
  return row ? done(await caseFrom(office.database, row)) : noRequest;
}

/** A request as lists have it. */
export interface Listed extends ListedRow {
  /** The next day something is due; null when nothing is. Not kept: the clock and its closed days are the program's, and may be other ones in its next version. */
  due_on: Day | null;
}

/** The clocks of a request as its row keeps them. */
export const clocksIn = (row: ClocksRow): Clocks => ({
  kind: row.kind,
  arrivedOn: row.arrived_on,
  formDue: row.form_due,
  checkFrom: row.check_from,
  untold: row.untold,
  extendedTo: row.extended_to,
  closedOn: row.closed_on,
  erased: row.erased,
});

const listed = (row: ListedRow): Listed => ({ ...row, due_on: dueOn(clocksIn(row)) });

/** Requests, newest first. The ids of the query must be ids. */
export const cases = async ({ office }: Pick<Room, 'office'>, query: RequestQuery): Promise<Listed[]> =>
  (await listRequests(office.database, query)).map(listed);

/** What is due soonest stands first; what is not due at all last, the newest first. */
const byDue = (a: Listed, b: Listed): number =>
  (a.due_on ?? '9999').localeCompare(b.due_on ?? '9999') ||
  b.arrived_on.localeCompare(a.arrived_on) ||
  a.serial - b.serial;

/** Every open request by what is due next. */
export const openCases = async ({ office }: Pick<Room, 'office'>): Promise<Listed[]> =>
  (await openRequests(office.database)).map(listed).sort(byDue);

/** How many requests are open, and whether something of one is overdue. On every page, so it reads none of them. */
export async function openCounted({ office }: Pick<Room, 'office'>): Promise<{ count: number; overdue: boolean }> {
  const today = office.clock.today();
  const classes = await openByClocks(office.database);
  return {
    count: classes.reduce((sum, { n }) => sum + n, 0),
    overdue: classes.some((row) => (dueOn(clocksIn(row)) ?? today) < today),
  };
}

/** How many requests are over, and how many of them are asked for, by stage and by who had them. */
export const countOver = ({ office }: Pick<Room, 'office'>, query: OverQuery) =>
  countRequestsOver(office.database, query, deskDays.papersMonths);

/** Some of the requests that are over, in the same order as the open ones. */
export const overCases = async (
  { office }: Pick<Room, 'office'>,
  query: OverQuery,
  page: { skip: number; most: number },
): Promise<Listed[]> => (await requestsOver(office.database, query, deskDays.papersMonths, page)).map(listed);

/** Requests of which all is done that comes before the decision, in the order they are due. A consultation is answered, not decided. */
export const requestsToDecide = async ({ office }: Pick<Room, 'office'>): Promise<Listed[]> =>
  (await decidableRequests(office.database))
    .map(listed)
    .sort((a, b) => (a.due_on ?? '').localeCompare(b.due_on ?? '') || a.serial - b.serial);

/** Where an electronic delivery stands at an instant in milliseconds. */
export const stateOfParcel = (row: ParcelRow, now: number): ParcelState =>
  parcelState(
    {
      madeAt: row.made_at.getTime(),
      validUntil: row.valid_until.getTime(),
      openingUntil: row.opening_until?.getTime() ?? null,
      fetchedAt: row.fetched_at?.getTime() ?? null,
      endedBy: row.ended_by,
    },
    now,
  );

// ---- something happens

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
export const otherAttempt = conflict('attempt', says.attempt);

/** Whether an attempt that has a name already was this very one. What was kept before digests were is taken by its name. */
export const isSameAttempt = (office: Office, actor: Actor, kept: Buffer | null, asked = ''): boolean =>
  kept?.equals(askedBy(office, actor, asked)) ?? true;

/** A text to be sealed with an event. */
export interface Paper {
  kind: PaperKind;
  about?: string | null;
  text: string;
}

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

const clockColumns = ({ formDue, checkFrom, untold, extendedTo }: Clocks) => ({
  form_due: formDue,
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

export const keyOf = (row: RequestRow): PackageKey | null =>
  row.wrapped_key === null || row.kek_version === null
    ? null
    : { kekVersion: row.kek_version, wrapped: row.wrapped_key };

/** Seals papers and puts them behind those that are there; answers how many there are then. */
export async function keepPapers(
  office: Office,
  tx: Tx,
  row: Pick<RequestRow, 'id' | 'papers'>,
  key: PackageKey,
  { papers, on }: { papers: readonly Paper[]; on: Day },
): Promise<number> {
  let place = row.papers;
  for (const { kind, about, text } of papers) {
    place += 1;
    await insertPaper(tx, {
      id: newId(office.clock.now()),
      request_id: row.id,
      place,
      kind,
      about: about ?? null,
      on_day: on,
      sealed: sealPart(office.vault, key, { package: row.id, part: place }, text),
      gone_at: null,
    });
  }
  return place;
}

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
    if (step.seen !== known.request.last) return conflict('seen', says.seen);
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

// ---- papers

/** What keeps the papers of a request from being opened: what came with it is used for nothing but it, so once it is closed one says for what. */
export const openingProblem = (
  { closed_on: closedOn }: Pick<RequestRow, 'closed_on'>,
  why: OpeningReason | undefined,
): FieldProblem | null =>
  closedOn === null || (why !== undefined && openingReasons.includes(why)) ? null : { field: 'for', says: says.closed };

/** The entries of an opening, one for each id of the person the request is about, in whose histories it appears. */
export const openingEntries = (
  at: number,
  actor: Actor,
  { id, principal_ids: principals }: Pick<RequestRow, 'id' | 'principal_ids'>,
  subjects: Subjects,
): LogEntry[] =>
  (principals.length === 0 ? [{}] : principals.map((principal) => ({ principal }))).map((whose) =>
    logEntry(at, actor, 'desk:open-paper', { ...whose, request: id, ...subjects }),
  );

/** Which paper it is: its kind, and of a letter or a file that was made, which one. */
export const paperNamed = ({ id, kind, about }: Pick<PaperRow, 'id' | 'kind' | 'about'>): Subjects => ({
  paper: id,
  kind,
  ...((kind === 'copy' || kind === 'parcel') && about !== null ? { letter: about } : {}),
});

/** Opens a sealed paper of a request; only for the work of the desk, of a closed request for a reason, and each opening is logged. */
export async function readPaper(
  desk: Room,
  by: By,
  id: string,
  paper: string,
  why?: OpeningReason,
): Promise<Outcome<string>> {
  const { office } = desk;
  const asked = isId(id) && isId(paper) ? await findRequest(office.database, id) : null;
  if (!asked) return noRequest;
  const may = await reaching(desk, by, 'people:use', asked.principal_ids);
  if (!may.ok) return may;
  return office.database.transaction(async (tx) => {
    const row = await findRequest(tx, id);
    const found = row && (await papersOf(tx, id)).find((one) => one.id === paper);
    if (!row || !found) return noRequest;
    const key = keyOf(row);
    if (!key || !found.sealed) return notFound(says.gone);
    const closed = openingProblem(row, why);
    if (closed) return invalid(closed.field, closed.says);
    const at = office.clock.now();
    const subjects = {
      ...paperNamed(found),
      ...(row.closed_on !== null && why ? { for: why } : {}),
      authority: [...may.value.authority],
    };
    await append(tx, ...openingEntries(at, by.actor, row, subjects));
    return done(textOf(office, key, found));
  });
}

/** What a paper says. Whoever calls this writes the log entry of the reading. */
export const textOf = (
  office: Office,
  key: PackageKey,
  paper: Pick<PaperRow, 'request_id' | 'place' | 'sealed'>,
): string =>
  openPart(office.vault, key, { package: paper.request_id, part: paper.place }, paper.sealed!).toString('utf8');

/** The latest paper of a kind, opened for a step that is logged by itself; null when there is none. */
export async function latestPaper(
  on: Queryable,
  office: Office,
  row: RequestRow,
  kind: PaperKind,
): Promise<string | null> {
  const key = keyOf(row);
  const paper = (await papersOf(on, row.id)).findLast((one) => one.kind === kind && one.sealed !== null);
  return key && paper ? textOf(office, key, paper) : null;
}
