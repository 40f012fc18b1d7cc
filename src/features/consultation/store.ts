// Every query of the consultations and the judgements. Each is written in one statement with its log entry, or not at all.

import { sql } from 'kysely';
import type { LogEntry } from '../../log/index.ts';
import { firstId } from '../../base/id.ts';
import type { Queryable, Tx } from '../../platform/database/index.ts';
import { runParts, type Part } from '../../platform/statement.ts';
import { JUDGEMENT } from './facts.ts';
import type { ConsultationRow, ConsultationTables, JudgementRow } from './tables.ts';

const tables = (on: Queryable) => on.kysely.withTables<ConsultationTables>();

const inserting = (table: keyof ConsultationTables, row: object): Part => ({
  name: table,
  sql: `inserted AS (
  INSERT INTO ${table} SELECT r.* FROM jsonb_populate_record(NULL::${table}, $1::jsonb) AS r RETURNING id),
effected AS (SELECT id AS key FROM inserted)`,
  values: [JSON.stringify(row)],
});

export async function keepConsultation(on: Queryable, row: ConsultationRow, logging: Part): Promise<void> {
  await runParts(on, 'consultation.keep', [inserting('consultations', row), logging], 'SELECT key FROM effected');
}

const KEEPING = 0x5e_4b_10_76;

/**
 * The id of a consultation with the same content that its actor has kept from id `first` on; null when there is none. Until the end of the transaction
 * nobody else keeps one.
 */
export async function sameConsultation(tx: Tx, row: ConsultationRow, first: string): Promise<string | null> {
  await tx.query('SELECT pg_advisory_xact_lock($1)', [KEEPING]);
  const rows = await tx.query<{ id: string }>(
    `SELECT c.id FROM consultations c, jsonb_populate_record(NULL::consultations, $1::jsonb) r
     WHERE c.id >= $2 AND c.by_actor = r.by_actor AND c.question = r.question AND c.holding_id IS NOT DISTINCT FROM r.holding_id
       AND c.on_day = r.on_day AND c.facts = r.facts AND c.finding = r.finding ORDER BY c.id LIMIT 1`,
    [JSON.stringify(row), first],
  );
  return rows[0]?.id ?? null;
}

export async function keepJudgement(on: Queryable, row: JudgementRow, logging: Part): Promise<void> {
  await runParts(on, 'consultation.judge', [inserting('judgements', row), logging], 'SELECT key FROM effected');
}

export const findConsultation = async (on: Queryable, id: string): Promise<ConsultationRow | null> =>
  (await tables(on).selectFrom('consultations').selectAll().where('id', '=', id).executeTakeFirst()) ?? null;

export interface ConsultationQuery {
  /** Only consultations of this actor, named as in the log. */
  by?: string;
  question?: string;
  /** `yes`, `no` or `unknown`. */
  answer?: string;
  /** Consultations from `from` on and before `to`. They are found by id, which carries the instant of its row. */
  from?: Date;
  to?: Date;
  /** Only consultations before this id; the list is newest first. */
  before?: string;
  most: number;
}

export const listConsultations = (
  on: Queryable,
  { by, question, answer, from, to, before, most }: ConsultationQuery,
): Promise<ConsultationRow[]> =>
  tables(on)
    .selectFrom('consultations')
    .selectAll()
    .$if(by !== undefined, (query) => query.where('by_actor', '=', by!))
    .$if(question !== undefined, (query) => query.where('question', '=', question!))
    .$if(answer !== undefined, (query) => query.where(sql`finding ->> 'answer'`, '=', answer!))
    .$if(from !== undefined, (query) => query.where('id', '>=', firstId(from!.getTime())))
    .$if(to !== undefined, (query) => query.where('id', '<', firstId(to!.getTime())))
    .$if(before !== undefined, (query) => query.where('id', '<', before!))
    .orderBy('id', 'desc')
    .limit(most)
    .execute();

/**
 * The consultations whose answer lacked a judgement of the officer, oldest first. `judged` is true when each judgement that it lacked has been
 * recorded, for this consultation or for its holding and purpose, with a last day not before the day asked about.
 */
export const lackingJudgement = (on: Queryable): Promise<(ConsultationRow & { judged: boolean })[]> =>
  on.query(
    `SELECT c.*, NOT EXISTS (
       SELECT 1 FROM unnest(lacks.codes) AS l(code) WHERE NOT EXISTS (
         SELECT 1 FROM judgements j WHERE j.code = l.code AND j.until_day >= c.on_day
           AND (j.consultation_id = c.id OR j.consultation_id IS NULL
             AND (j.holding_id IS NULL OR j.holding_id = c.holding_id)
             AND (j.purpose IS NULL OR j.purpose = c.facts ->> 'purpose')))) AS judged
     FROM consultations c CROSS JOIN LATERAL (
       SELECT array_agg(substr(m ->> 'fact', ${JUDGEMENT.length + 1})) AS codes
       FROM jsonb_array_elements(c.finding -> 'missing') AS m WHERE starts_with(m ->> 'fact', $1)) lacks
     WHERE lacks.codes IS NOT NULL ORDER BY c.id`,
    [JUDGEMENT],
    'consultation.lackingJudgement',
  );

/** Judgements, newest first; `codes` narrows them to these codes. */
export const listJudgements = (on: Queryable, codes?: readonly string[]): Promise<JudgementRow[]> =>
  tables(on)
    .selectFrom('judgements')
    .selectAll()
    .$if(codes !== undefined, (query) => query.where('code', 'in', [...codes!]))
    .orderBy('id', 'desc')
    .execute();

const JUDGING = 0x5e_4b_10_75;

/** Waits for the lock of those who judge and holds it until the end of the transaction. */
export async function awaitJudgement(tx: Tx): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock($1)', [JUDGING]);
}

/** The kept judgements and consultations, without the stated facts, and their log entries. */
export interface Traces {
  judgements: JudgementRow[];
  consultations: Omit<ConsultationRow, 'facts'>[];
  entries: LogEntry[];
}

/** Turns `at` of a row that was read as JSON into a Date. */
const dated = <R extends { at: Date }>(row: R): R => ({ ...row, at: new Date(row.at) });

/** Reads all of them as they are at one moment. */
export async function tracesOf(on: Queryable): Promise<Traces> {
  const [row] = await on.query<Traces>(
    `SELECT (SELECT coalesce(json_agg(j), '[]') FROM judgements j) AS judgements,
       (SELECT coalesce(json_agg(to_jsonb(c) - 'facts'), '[]') FROM consultations c) AS consultations,
       (SELECT coalesce(json_agg(entry::json), '[]') FROM log_entries
        WHERE action IN ('consultation:judge', 'consultation:keep')) AS entries`,
    [],
    'consultation.traces',
  );
  const { judgements, consultations, entries } = row!;
  return { judgements: judgements.map(dated), consultations: consultations.map(dated), entries };
}
