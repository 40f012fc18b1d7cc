// Lists of requests: those that match a query, the open ones of everybody or of one person, and those that are over.

import type { Day } from '../../../base/day.ts';
import { uuidArray, type Queryable } from '../../../platform/database/index.ts';
import type { Kind } from '../facts/kind.ts';
import type { Result } from '../facts/result.ts';
import type { Stage, State } from '../facts/stage.ts';
import { clockColumns, listedColumns, type ClocksRow, type ListedRow, type RequestRow } from '../tables.ts';

export const LISTED = [...listedColumns, 'wrapped_key IS NULL AS erased'].join(', ');

export interface RequestQuery {
  state?: State;
  /** This stage, or any of these. */
  stage?: Stage | readonly Stage[];
  kind?: Kind;
  result?: Result;
  /** Its number. */
  number?: { year: number; serial: number };
  /** Id of a member of staff. */
  assigned?: string;
  /** Id of the person it is about. */
  principal?: string;
  /** Days between which they arrived, both included. */
  from?: Day;
  to?: Day;
  /** Id of a request: those before it, newest first. */
  before?: string;
  most: number;
}

/** Each condition is written only where it is asked for, so that the plan can use the index of what is rare. */
export function listRequests(on: Queryable, query: RequestQuery): Promise<ListedRow[]> {
  const values: unknown[] = [];
  const asked: [unknown, (place: string) => string][] = [
    [query.state, (at) => `state = ${at}`],
    [query.stage && [query.stage].flat(), (at) => `stage = ANY (${at}::text[])`],
    [query.kind, (at) => `kind = ${at}`],
    [query.result, (at) => `result = ${at}`],
    [query.number?.year, (at) => `year = ${at}`],
    [query.number?.serial, (at) => `serial = ${at}`],
    [query.assigned, (at) => `assigned_to = ${at}`],
    [query.principal, (at) => `principal_ids @> ARRAY[${at}::uuid]`],
    [query.before, (at) => `id < ${at}`],
    [query.from, (at) => `arrived_on >= ${at}`],
    [query.to, (at) => `arrived_on <= ${at}`],
  ];
  const conditions = asked.flatMap(([value, says]) => (value === undefined ? [] : [says(`$${values.push(value)}`)]));
  const where = conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';
  values.push(query.most);
  return on.query<ListedRow>(
    `SELECT ${LISTED} FROM requests ${where} ORDER BY id DESC LIMIT $${values.length}`,
    values,
  );
}

/** Every request that is open. */
export const openRequests = (on: Queryable): Promise<ListedRow[]> =>
  on.query<ListedRow>(`SELECT ${LISTED} FROM requests WHERE state = 'open' ORDER BY id DESC`, [], 'desk.open');

/** The open requests grouped by identical clocks, with the number in each group. */
export const openByClocks = (on: Queryable): Promise<(ClocksRow & { n: number })[]> =>
  on.query(
    `SELECT ${clockColumns.join(', ')}, count(*) AS n FROM (SELECT ${LISTED} FROM requests WHERE state = 'open') AS r
     GROUP BY ${clockColumns.join(', ')}`,
    [],
    'desk.openByClocks',
  );

/** Every request that waits for nothing but its decision. */
export const decidableRequests = (on: Queryable): Promise<ListedRow[]> =>
  on.query<ListedRow>(`SELECT ${LISTED} FROM requests WHERE decidable ORDER BY id DESC`, [], 'desk.decidable');

/** Which of the requests that are over; null: any. */
export interface OverQuery {
  kind: Kind | null;
  stage: Stage | null;
  /** Id of a member of staff, or `nobody`. */
  assigned: string | null;
  /** The day on which their papers are erased. */
  erase: Day | null;
  /** Days between which they ended, both included. */
  from: Day | null;
  to: Day | null;
}

/** The day the papers are erased, $1 months after closing; NULL when they already are. */
const ERASE = 'CASE WHEN wrapped_key IS NOT NULL THEN (closed_on + make_interval(months => $1))::date END';
const OVER = `($2::text IS NULL OR kind = $2) AND ($3::text IS NULL OR stage = $3)
  AND ($4::text IS NULL OR coalesce(assigned_to::text, 'nobody') = $4) AND ($5::date IS NULL OR ${ERASE} = $5)
  AND ($6::date IS NULL OR closed_on >= $6) AND ($7::date IS NULL OR closed_on <= $7)`;
const overValues = ({ kind, stage, assigned, erase, from, to }: OverQuery, months: number) => [
  months,
  kind,
  stage,
  assigned,
  erase,
  from,
  to,
];

/** How many requests are over, and how many of them match the query, by stage and assignee. */
export const countRequestsOver = (
  on: Queryable,
  query: OverQuery,
  months: number,
): Promise<(Pick<RequestRow, 'stage' | 'assigned_to'> & { all: number; asked: number })[]> =>
  on.query(
    `SELECT stage, assigned_to, count(*) AS all, count(*) FILTER (WHERE ${OVER}) AS asked
     FROM requests WHERE state <> 'open' GROUP BY stage, assigned_to ORDER BY max(id::text) DESC`,
    overValues(query, months),
    'desk.countOver',
  );

/** Requests that are over: first those whose papers are erased soonest, then those whose papers are gone, newest first. */
export const requestsOver = (
  on: Queryable,
  query: OverQuery,
  months: number,
  { skip, most }: { skip: number; most: number },
): Promise<ListedRow[]> =>
  on.query<ListedRow>(
    `SELECT ${LISTED} FROM requests WHERE state <> 'open' AND ${OVER}
     ORDER BY ${ERASE} NULLS LAST, arrived_on DESC, serial, id DESC OFFSET $8 LIMIT $9`,
    [...overValues(query, months), skip, most],
    'desk.listOver',
  );

/** The open requests about any of these ids, in the order they came. */
export const openRequestsOf = (on: Queryable, principals: readonly string[]): Promise<RequestRow[]> =>
  on.query<RequestRow>(
    "SELECT * FROM requests WHERE principal_ids && $1::uuid[] AND state = 'open' ORDER BY year, serial",
    [uuidArray(principals)],
    'desk.openOf',
  );
