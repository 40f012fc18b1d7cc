// Every column of every table, from the catalogue of the database, and the files that hold them: for rules that must also hold for columns added
// later.

import type { Database } from '../src/platform/database/index.ts';

export interface Column {
  /** `table.column`. */
  name: string;
  type: string;
  /** The distinct values; bytes are in the escape format, in which text is readable. */
  values: string[];
}

/** Every column of the tables of the office, read as the owner. */
export async function everyColumn(owner: Database): Promise<Column[]> {
  const columns = await owner.query<{ of: string; column: string; type: string }>(
    `SELECT c.relname AS of, a.attname AS column, format_type(a.atttypid, NULL) AS type
     FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
     WHERE c.relkind IN ('r', 'p', 'm') AND c.relnamespace = 'public'::regnamespace AND a.attnum > 0 AND NOT a.attisdropped
     ORDER BY c.relname, a.attnum`,
    [],
  );
  const read: Column[] = [];
  for (const { of, column, type } of columns) {
    const value = type === 'bytea' ? `encode("${column}", 'escape')` : `"${column}"::text`;
    const rows = await owner.query<{ value: string }>(
      `SELECT DISTINCT ${value} AS value FROM "${of}" WHERE "${column}" IS NOT NULL`,
      [],
    );
    read.push({ name: `${of}.${column}`, type, values: rows.map((row) => row.value) });
  }
  return read;
}

/** The files of tables, their long values and their indexes that contain any of these words, including dead rows. */
export async function filesHolding(owner: Database, words: readonly string[]): Promise<string[]> {
  await owner.query('CHECKPOINT', []);
  const files = await owner.query<{ name: string; bytes: Buffer }>(
    `SELECT c.oid::regclass::text AS name, pg_read_binary_file(pg_relation_filepath(c.oid), true) AS bytes FROM pg_class c
     WHERE c.relkind IN ('r', 'i', 't', 'm') AND c.oid >= 16384 ORDER BY 1`,
    [],
  );
  return files.filter(({ bytes }) => bytes && words.some((word) => bytes.includes(word))).map(({ name }) => name);
}

/** The planner's statistics that contain any of these words. */
export async function statisticsHolding(owner: Database, words: readonly string[]): Promise<string[]> {
  await owner.query('ANALYZE', []);
  const kept = await owner.query<{ name: string; values: string }>(
    `SELECT tablename || '.' || attname AS name, concat(most_common_vals, histogram_bounds, most_common_elems) AS values
     FROM pg_stats WHERE schemaname = 'public'`,
    [],
  );
  return kept.filter(({ values }) => words.some((word) => values.includes(word))).map(({ name }) => name);
}

/**
 * The tables with rows written by this transaction or a later one. Leaves out what the office's rounds write meanwhile: what the clock writes, noted
 * changes, what the office logged as its own, and that somebody was told of a package, which has no entry.
 */
export async function writtenSince(owner: Database, transaction: string): Promise<string[]> {
  const tables = await owner.query<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables
     WHERE schemaname = 'public' AND tablename !~ '^(log_(leaves|tiles|checkpoints|verifications)|promise_|table_changes|time_reached)' ORDER BY 1`,
    [],
  );
  const written = tables.map(
    ({ name }) =>
      `SELECT '${name}' AS name WHERE EXISTS (SELECT FROM "${name}" t
         LEFT JOIN log_entries e ON e.xid::text::bigint >= $1 AND e.xid::text::bigint % 4294967296 = t.xmin::text::bigint
         WHERE t.xmin::text::bigint >= $1 AND e.actor IS DISTINCT FROM 'sekisho' ${name === 'packages' ? 'AND e.actor IS NOT NULL' : ''})`,
  );
  return (await owner.query<{ name: string }>(`${written.join(' UNION ALL ')} ORDER BY 1`, [transaction])).map(
    ({ name }) => name,
  );
}

/** The number of rows in each table that were last written by a transaction without a log entry. Tables without such rows are left out. */
export async function unloggedRows(owner: Database): Promise<Record<string, number>> {
  const tables = await owner.query<{ name: string }>(
    "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1",
    [],
  );
  const found: Record<string, number> = {};
  for (const { name } of tables) {
    const [row] = await owner.query<{ n: number }>(
      // A row keeps only the lower 32 bits of its transaction's number.
      `SELECT count(*)::int AS n FROM "${name}" t
       WHERE NOT EXISTS (SELECT 1 FROM log_entries e WHERE e.xid::text::bigint % 4294967296 = t.xmin::text::bigint)`,
      [],
    );
    if (row!.n > 0) found[name] = row!.n;
  }
  return found;
}
