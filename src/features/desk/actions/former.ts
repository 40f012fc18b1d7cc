// What stood before a correction: sealed with the papers of the request in the transaction of the correction, so that the person is told what
// was changed into what (34(3)), and gone with them.

import type { Tx } from '../../../platform/database/index.ts';
import { append, logEntry } from '../../../log/index.ts';
import type { Office } from '../../../office.ts';
import type { PackageKey, Values } from '../../../vault/index.ts';
import type { By } from '../../access/index.ts';
import { lockRequest, updateFolded } from '../store.ts';
import type { PaperRow } from '../tables.ts';
import { caseFrom, foldedOf, keepPapers, keyOf, textOf, type Desk } from './cases.ts';

/** Seals what stood in the items of a holding that are corrected; those in which nothing stood are left out. */
export async function keepFormer(
  { office }: Desk,
  by: By,
  tx: Tx,
  { request: id, holding, before }: { request: string; holding: string; before: Values },
): Promise<void> {
  const row = await lockRequest(tx, id);
  const key = row && keyOf(row);
  if (!row || !key) throw new Error('desk: a request that is carried out has its papers');
  const { request } = await caseFrom(tx, row);
  const papers = [{ kind: 'former', about: holding, text: JSON.stringify(before) }] as const;
  const kept = await keepPapers(office, tx, row, key, { papers, on: office.clock.today() });
  await updateFolded(tx, id, foldedOf(request, kept));
  const subjects = { request: id, kind: 'former', holding, authority: [...by.authority] };
  await append(tx, logEntry(office.clock.now(), by.actor, 'desk:keep-paper', subjects));
}

/** What stood before, by holding, as far as it can still be read. */
export const formerOf = (office: Office, key: PackageKey, papers: readonly PaperRow[]): ReadonlyMap<string, Values> =>
  new Map(
    papers
      .filter(({ kind, sealed }) => kind === 'former' && sealed !== null)
      .map((paper) => [paper.about ?? '', JSON.parse(textOf(office, key, paper)) as Values]),
  );
