// Changes rows as only the owner of the database could, so that a test can see how the program reacts, and then restores them.

import type { TestDatabase } from './house.ts';

/** SQL: sets the column to its value with one bit flipped. */
export const flipped = (column = 'sealed'): string =>
  `${column} = set_byte(${column}, 20, get_byte(${column}, 20) # 1)`;

/** The message, in both languages, about content that does not open. */
export const doesNotOpen = {
  ja: '鍵で開けません。データベースが直接書き換えられたか、壊れています',
  en: 'The key does not open it: the database was written to directly, or is damaged',
};

/** Returns what `look` returns while `change` has been applied to tables. */
export async function tampered<T>(
  { owner }: Pick<TestDatabase, 'owner'>,
  tables: readonly string[],
  change: string,
  look: () => Promise<T>,
): Promise<T> {
  await owner.transaction(async (tx) => {
    for (const table of tables) await tx.query(`CREATE TABLE untouched_${table} AS SELECT * FROM ${table}`, []);
    // Turns off the triggers that would refuse it and the references between tables.
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
