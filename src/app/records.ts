// The records that name a person and must still be kept, looked up before an erasure: those of provisions (29) and of receipts (30, 31).

import type { Day } from '../base/day.ts';
import { acquiredUntil } from '../features/acquisition/index.ts';
import type { RecordsKept } from '../features/checkpoint/index.ts';
import { providedUntil } from '../features/provision/index.ts';
import { receivedUntil } from '../features/related/index.ts';
import type { RecordsNaming } from '../law/index.ts';

const later = (a: Day | undefined, b: Day | undefined): Day | undefined => (!a || (b && b > a) ? b : a);

export const recordsKept: RecordsKept = async (on, principals, reached) => {
  const provided = await providedUntil(on, principals, reached);
  const received = await receivedUntil(on, principals, reached);
  const acquired = await acquiredUntil(on, principals, reached);
  const naming = principals.map((id): [string, RecordsNaming] => {
    const [provisions, receipts] = [provided.get(id), later(received.get(id), acquired.get(id))];
    return [id, { ...(provisions ? { provisions } : {}), ...(receipts ? { receipts } : {}) }];
  });
  return new Map(naming.filter(([, { provisions, receipts }]) => provisions ?? receipts));
};
