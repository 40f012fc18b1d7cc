// Puts right at start, before anybody is served, what earlier versions and restored backups have left.

import { dropCodesBack, letInAsLogged } from '../features/access/index.ts';
import { sealWaitingProviders } from '../features/acquisition/index.ts';
import { keyWaitingCalls } from '../features/checkpoint/index.ts';
import { endConsentsAgain, keyWaitingImports, sealWaitingRemarks } from '../features/consent/index.ts';
import { endParcelsBack, sealWaitingWords } from '../features/desk/index.ts';
import { eraseThoseBack, linkAsLogged, takeOutThoseBack } from '../features/people/index.ts';
import { endPackagesBack, sealWaitingReferences } from '../features/provision/index.ts';
import { sealWaitingDocuments, unlinkAgain } from '../features/related/index.ts';
import { append, listEntries, logEntry, RESTORED, type Json, type Loss } from '../log/index.ts';
import { lossesIn, type Office } from '../office.ts';
import type { Database } from '../platform/database/index.ts';
import { giveUpWaiting } from '../platform/mail.ts';
import { indexIdentities } from '../vault/index.ts';
import { recordsKept } from './records.ts';

/** Seals and keys what earlier versions stored in clear, and indexes what they stored without digests. Nobody is served before it is done. */
export async function sealWhatWaits(office: Office): Promise<void> {
  await sealWaitingRemarks(office);
  await sealWaitingDocuments(office);
  await sealWaitingReferences(office);
  await sealWaitingWords(office);
  await sealWaitingProviders(office);
  await indexIdentities(office.database, office.vault);
  await keyWaitingImports(office);
  await keyWaitingCalls(office);
}

const ENDED_AGAIN = 'log:ended-again';

/** Most entries about restores that are looked at. */
const MOST = 200;

/**
 * Ids of the entries RESTORED after which nothing was ended again yet. The order of the log alone does not tell: a restore puts entries that waited
 * in the database behind its own. An entry of an earlier version names no restore and is about all before it.
 */
async function restoredSince(database: Database): Promise<string[]> {
  const waiting: string[] = [];
  const ended = new Set<Json>();
  for (const { entry } of await listEntries(database, { actions: [RESTORED, ENDED_AGAIN], most: MOST })) {
    if (entry.action === RESTORED) {
      if (!ended.has(entry.id)) waiting.push(entry.id);
    } else if (Array.isArray(entry.restored)) {
      for (const id of entry.restored) ended.add(id);
    } else break;
  }
  return waiting;
}

/**
 * A restored backup does not contain what happened after it, but the log does, once it has been brought forward. Before anybody is let in,
 * everything that the log says was ended is ended again: persons erased and items removed, withdrawals and objections, links of identifiers, and
 * who was let in. Which ids are one person is set as the log says. And what was on its way out in the backup stays here, whatever the log has of it:
 * packages, electronic deliveries and letters may have gone out since, or have been stopped because they must not.
 */
export async function endAgain(office: Office): Promise<void> {
  const { database, clock } = office;
  const restored = await restoredSince(database);
  if (restored.length === 0) return;
  // First, as it would go with the persons who are erased again.
  await sealWaitingProviders(office);
  const now = clock.now();
  const losses = (await lossesIn(office)).filter(({ id }) => restored.includes(id)).toReversed();
  await database.transaction(async (tx) => {
    const sumOf = async (repeat: (loss: Loss) => Promise<number>): Promise<number> => {
      let sum = 0;
      for (const loss of losses) sum += await repeat(loss);
      return sum;
    };
    const counts = {
      erased: await eraseThoseBack(office, tx, recordsKept, now),
      items_out: await sumOf((loss) => takeOutThoseBack(office, tx, loss, now)),
      linked: await sumOf((loss) => linkAsLogged(tx, loss)),
      unlinked: await unlinkAgain(tx),
      withdrawals: await endConsentsAgain(tx),
      let_in: await letInAsLogged(tx, now),
      codes_out: await dropCodesBack(tx, losses),
      packages_over: await endPackagesBack(office, tx, losses),
      parcels_over: await endParcelsBack(office, tx),
      // Last, as those that speak of a package or a delivery have been withdrawn with it.
      letters_over: await giveUpWaiting(tx, new Date(now)),
    };
    await append(tx, logEntry(now, { kind: 'sekisho' }, ENDED_AGAIN, { restored, ...counts }));
  });
}
