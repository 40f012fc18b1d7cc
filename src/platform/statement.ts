// One SQL statement composed of parts from different rooms, so that an effect, its record and its log entry are one statement and commit together
// or not at all. A part refers to earlier parts only through the names of their CTEs.

import type { Queryable } from './database/index.ts';

/** The CTEs of one room: `sql` is `a AS (…), b AS (…)`, with parameters numbered from $1 within the part. */
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
 * Runs the parts as one statement and returns the rows of `select`. The SQL of a part must be constant for its name; the composed text is cached,
 * and prepared under `name`.
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
 * SQLSTATE classes in which PostgreSQL refuses a statement for its content or for concurrent writes: cardinality, data, constraints, rollback,
 * checks, limits, exceptions raised by triggers. A missing right or a stopping server would refuse any statement, so these are not included.
 */
const REFUSED = /^(?:2[123]|4[04]|54|P0)\w{3}$/;
/** Of these, the code that says that the outcome is unknown. */
const COMPLETION_UNKNOWN = '40003';

/**
 * True when the error says that PostgreSQL refused the statement, which then wrote nothing and may be retried in parts. After a lost connection the
 * outcome is unknown: the commit may have come first.
 */
export function wroteNothing(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && code !== COMPLETION_UNKNOWN && REFUSED.test(code);
}

/** The form of an SQLSTATE; system error codes such as EPIPE do not match. */
const SQLSTATE = /^[0-9FHPX][0-9A-Z]{4}$/;
/** Connection lost, server stopped, or outcome unknown. */
const AWAY = /^(?:08|57P|40003)/;

/** True when PostgreSQL itself refused, so that the statement or transaction is over and wrote nothing. */
export function wasRefused(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && SQLSTATE.test(code) && !AWAY.test(code);
}
