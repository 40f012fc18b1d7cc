// The checkpoint's one statement: sealed records are found and their log entries written together, or neither.

import type { Queryable } from '../../platform/database/index.ts';
import { runParts, type Part } from '../../platform/statement.ts';
import type { Found } from '../../vault/index.ts';

/** Runs the vault's finding and the log's writing as one statement; answers the rows that were found and logged. */
export const readRecords = (on: Queryable, finding: Part, logging: Part): Promise<Found[]> =>
  runParts<Found>(on, 'checkpoint.use', [finding, logging], 'SELECT * FROM found');
