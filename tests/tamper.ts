// Rows changed as only the owner of the database could, so that a test can see what is said of it, and put back as they were.

import type { TestDatabase } from './house.ts';

/** Sets the column to what it holds with one bit changed. */
export const flipped = (column = 'sealed'): string =>
  `${column} = set_byte(${column}, 20, get_byte(${column}, 20) # 1)`;

/** What is said, in both languages, of what does not open. */
export const doesNotOpen = {
  ja: '鍵で開けません。データベースが直接書き換えられたか、壊れています',
  en: 'The key does not open it: the database was written to directly, or is damaged',
};

/** What `look` says while `change` was done to tables. */
export async function tampered<T>(
  { owner }: Pick<TestDatabase, 'owner'>,
  tables: readonly string[],
  change: string,
  look: () => Promise<T>,
): Promise<T> {
  await owner.transaction(async (tx) => {
    for (const table of tables) await tx.query(`CREATE TABLE untouched_${table} AS SELECT * FROM ${table}`, []);
    // Neither the triggers that refuse it nor references between tables hold the owner back.
    await tx.query('SET LOCAL session_replication_role = replica', []);
    const changed = await tx.query(`${change} RETURNING 1`, []);
    if (changed.length === 0) throw new Error('nothing was changed');
  });
  try {
    return await look();
  } finally {
    await owner.transaction(async (tx) => {
      await tx.query('SET LOCAL session_replication_role = replica', []);
      for (const table of tables) {
        await tx.query(`DELETE FROM ${table}`, []);
        await tx.query(`INSERT INTO ${table} OVERRIDING SYSTEM VALUE SELECT * FROM untouched_${table}`, []);
        await tx.query(`DROP TABLE untouched_${table}`, []);
      }
    });
  }
}
