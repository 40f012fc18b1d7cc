// What stood before a correction: sealed with the papers of the request in the transaction of the correction, so that the person is told what
// was changed into what (34(3)), and gone with them.

import type { Tx } from '../../../platform/database/index.ts';
import type { Office } from '../../../office.ts';
import type { PackageKey, Values } from '../../../vault/index.ts';
import type { By } from '../../access/index.ts';
import type { PaperRow } from '../tables.ts';
import { keepDuring, textOf, type Desk } from './cases.ts';

/** Seals what stood in the items of a holding that are corrected; those in which nothing stood are left out. */
export const keepFormer = (
  desk: Desk,
  by: By,
  tx: Tx,
  { request, holding, before }: { request: string; holding: string; before: Values },
): Promise<void> =>
  keepDuring(desk, by, tx, { request, of: { holding }, kind: 'former', about: holding, text: JSON.stringify(before) });

/** What stood before, by holding, as far as it can still be read. */
export const formerOf = (office: Office, key: PackageKey, papers: readonly PaperRow[]): ReadonlyMap<string, Values> =>
  new Map(
    papers
      .filter(({ kind, sealed }) => kind === 'former' && sealed !== null)
      .map((paper) => [paper.about ?? '', JSON.parse(textOf(office, key, paper)) as Values]),
  );
