// One SQL statement made of parts that different rooms write, so that an effect, its record and its log entry are one
// statement and commit together or not at all. A part sees earlier parts only through the names of their CTEs.

import type { Queryable } from './database/index.ts';

/** CTEs of one room: `sql` is `a AS (…), b AS (…)` with parameters numbered from $1 within this part. */
export interface Part {
  name: string;
  sql: string;
  values: unknown[];
}

const texts = new Map<string, string>();

function compose(parts: Part[], select: string): string {
  let offset = 0;
  const ctes = parts.map((part) => {
    const base = offset;
    offset += part.values.length;
    return part.sql.replace(/\$(\d+)/g, (_, n: string) => `$${Number(n) + base}`);
  });
  return `WITH ${ctes.join(',\n')}\n${select}`;
}

/**
 * Runs the parts as one statement. A part's SQL must be constant for its name; the composed text is kept and prepared
 * under `name`. Returns the rows of `select`.
 */
export async function runParts<Row>(on: Queryable, name: string, parts: Part[], select: string): Promise<Row[]> {
  let text = texts.get(name);
  if (text === undefined) {
    text = compose(parts, select);
    texts.set(name, text);
  }
  const values = parts.length === 1 ? parts[0]!.values : parts.flatMap((part) => part.values);
  return on.query<Row>(text, values, name);
}

/**
 * SQLSTATE classes with which PostgreSQL refuses a statement for what is in it or for what others write at the same moment: cardinality, data,
 * constraints, rollback, checks, limits, what a trigger raises. A right that is missing or a server that stops is the same for every statement.
 */
const REFUSED = /^(?:2[123]|4[04]|54|P0)\w{3}$/;
/** Of these, the one that says that nobody knows. */
const COMPLETION_UNKNOWN = '40003';

/**
 * Whether the error says that PostgreSQL refused the statement, which then has written nothing and may be tried in parts. After a lost
 * connection nobody knows: the commit may have come before.
 */
export function wroteNothing(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && code !== COMPLETION_UNKNOWN && REFUSED.test(code);
}

/** SQLSTATEs begin so; the codes of the system, such as EPIPE, do not. */
const SQLSTATE = /^[0-9FHPX][0-9A-Z]{4}$/;
/** Connection lost, server stopped, and what says that nobody knows. */
const AWAY = /^(?:08|57P|40003)/;

/** Whether PostgreSQL itself said no, so that the statement or transaction is over and has written nothing. */
export function wasRefused(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && SQLSTATE.test(code) && !AWAY.test(code);
}
