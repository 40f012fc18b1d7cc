// What stood before a correction: sealed with the papers of the request in the transaction of the correction, so that the person can be told what was
// changed into what (34(3)), and erased with them.

import type { Tx } from '../../../platform/database/index.ts';
import type { Office } from '../../../office.ts';
import type { PackageKey, Values } from '../../../vault/index.ts';
import type { By, Room } from '../../access/index.ts';
import { inHolding } from '../facts/place.ts';
import type { PaperRow } from '../tables.ts';
import { keepDuring } from './happen.ts';
import { textOf } from './papers.ts';

/** Seals what stood in the items of a place that are corrected; items in which nothing stood are left out. */
export const keepFormer = (
  desk: Room,
  by: By,
  tx: Tx,
  { request, place, before }: { request: string; place: string; before: Values },
): Promise<void> =>
  keepDuring(desk, by, tx, {
    request,
    of: inHolding(place),
    kind: 'former',
    about: place,
    text: JSON.stringify(before),
  });

/** What stood before, by place, as far as it can still be read. Of an item that was corrected again, what stood before the first correction. */
export function formerOf(office: Office, key: PackageKey, papers: readonly PaperRow[]): ReadonlyMap<string, Values> {
  const former = new Map<string, Values>();
  for (const paper of papers) {
    if (paper.kind !== 'former' || paper.sealed === null) continue;
    const holding = paper.about ?? '';
    former.set(holding, { ...(JSON.parse(textOf(office, key, paper)) as Values), ...former.get(holding) });
  }
  return former;
}
