// A log whose database a logical dump brought here from another server. The order of the log is the order of transactions, and their numbers
// came along; where this server is younger, what it writes would stand before what came. So what came is numbered anew, before anything is
// written, as a restored log is: before every transaction of this server.

import type { Database } from '../platform/database/index.ts';
import { awaitIntegration, aheadOfServer, renumber } from './store.ts';

/**
 * Numbers the entries and leaves of another server anew, with the owner's rights; false when there are none. Nothing but the numbers changes,
 * and every entry and leaf keeps its place among the others, so that what did not agree before does not agree afterwards either.
 */
export const numberAnew = (owner: Database): Promise<boolean> =>
  owner.transaction(async (tx) => {
    await awaitIntegration(tx);
    if (!(await aheadOfServer(tx))) return false;
    await renumber(tx);
    return true;
  });
