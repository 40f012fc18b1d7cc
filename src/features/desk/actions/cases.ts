// Reads a request with everything that happened to it, and the lists of requests.

import { both } from '../../../base/bilingual.ts';
import type { Day } from '../../../base/day.ts';
import { isId } from '../../../base/id.ts';
import { done, notFound, type Outcome } from '../../../base/outcome.ts';
import type { Queryable } from '../../../platform/database/index.ts';
import type { Room } from '../../access/index.ts';
import { deskDays, dueOn, type Clocks } from '../facts/clocks.ts';
import { parcelState, type ParcelState } from '../facts/parcel.ts';
import type { Request } from '../facts/request.ts';
import type { Since } from '../facts/since.ts';
import { requestFrom } from '../facts/stage.ts';
import { effectsOf } from '../store/effects.ts';
import { bodyOf, eventsOf } from '../store/events.ts';
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
import { papersOf } from '../store/papers.ts';
import { parcelsOf } from '../store/parcels.ts';
import { findRequest } from '../store/requests.ts';
import { suspensionsOf } from '../store/suspensions.ts';
import { sinceOf } from './since.ts';
import type {
  ClocksRow,
  EffectRow,
  EventRow,
  ListedRow,
  PaperRow,
  ParcelRow,
  RequestRow,
  SuspensionRow,
} from '../tables.ts';

/** A request with everything that happened to it. Papers are listed here and opened one by one. */
export interface Case {
  row: RequestRow;
  request: Request;
  since: Since;
  events: EventRow[];
  papers: Omit<PaperRow, 'sealed'>[];
  /** The steps of carrying it out that are done. */
  effects: EffectRow[];
  suspensions: SuspensionRow[];
  /** Electronic deliveries of the answer, the newest last. */
  parcels: ParcelRow[];
}

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

/** A request in a list. */
export interface Listed extends ListedRow {
  /**
   * The next day something is due; null when nothing is. Not stored: deadlines and closed days are the program's, and may differ in its next version.
   */
  due_on: Day | null;
}

/** The clocks of a request as its row keeps them. */
export const clocksIn = (row: ClocksRow): Clocks => ({
  kind: row.kind,
  arrivedOn: row.arrived_on,
  formDue: row.form_due,
  unacknowledged: row.unacknowledged,
  addressedOn: row.addressed_on,
  checkFrom: row.check_from,
  untold: row.untold,
  extendedTo: row.extended_to,
  closedOn: row.closed_on,
  erased: row.erased,
});

const listed = (row: ListedRow): Listed => ({ ...row, due_on: dueOn(clocksIn(row)) });

/** Requests, newest first. The ids in the query must be well-formed. */
export const cases = async ({ office }: Pick<Room, 'office'>, query: RequestQuery): Promise<Listed[]> =>
  (await listRequests(office.database, query)).map(listed);

/** Orders by what is due soonest; requests with nothing due come last, the newest first. */
const byDue = (a: Listed, b: Listed): number =>
  (a.due_on ?? '9999').localeCompare(b.due_on ?? '9999') ||
  b.arrived_on.localeCompare(a.arrived_on) ||
  a.serial - b.serial;

/** Every open request, ordered by what is due next. */
export const openCases = async ({ office }: Pick<Room, 'office'>): Promise<Listed[]> =>
  (await openRequests(office.database)).map(listed).sort(byDue);

/** How many requests are open, and whether anything is overdue. Shown on every page, so it reads groups instead of requests. */
export async function openCounted({ office }: Pick<Room, 'office'>): Promise<{ count: number; overdue: boolean }> {
  const today = office.clock.today();
  const classes = await openByClocks(office.database);
  return {
    count: classes.reduce((sum, { n }) => sum + n, 0),
    overdue: classes.some((row) => (dueOn(clocksIn(row)) ?? today) < today),
  };
}

/** How many requests are over, and how many of them match the query, by stage and assignee. */
export const countOver = ({ office }: Pick<Room, 'office'>, query: OverQuery) =>
  countRequestsOver(office.database, query, deskDays.papersMonths);

/** A page of the requests that are over, in the same order as the open ones. */
export const overCases = async (
  { office }: Pick<Room, 'office'>,
  query: OverQuery,
  page: { skip: number; most: number },
): Promise<Listed[]> => (await requestsOver(office.database, query, deskDays.papersMonths, page)).map(listed);

/** Requests that wait for nothing but their decision, by due day. Consultations are answered, not decided, and not among them. */
export const requestsToDecide = async ({ office }: Pick<Room, 'office'>): Promise<Listed[]> =>
  (await decidableRequests(office.database))
    .map(listed)
    .sort((a, b) => (a.due_on ?? '').localeCompare(b.due_on ?? '') || a.serial - b.serial);

/** The state of an electronic delivery at an instant in milliseconds. */
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
