// A log whose database was moved here from another server by a logical dump. The log is ordered by transaction id, and the old ids came along. If
// this server's ids are lower, new entries would sort before the existing ones. So the existing entries are renumbered to come before every
// transaction of this server, before anything is written, as is done for a restored log.

import type { Database } from '../platform/database/index.ts';
import { awaitIntegration, aheadOfServer, renumber } from './store.ts';

/**
 * Renumbers entries and leaves from another server, with the owner's rights. Returns false when there are none. Only the numbers change: every
 * entry and leaf keeps its place among the others, so a log that did not agree before does not agree afterwards either.
 */
export const numberAnew = (owner: Database): Promise<boolean> =>
  owner.transaction(async (tx) => {
    await awaitIntegration(tx);
    if (!(await aheadOfServer(tx))) return false;
    await renumber(tx);
    return true;
  });
