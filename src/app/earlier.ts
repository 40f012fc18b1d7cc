// Puts right at start, before anybody is served, what earlier versions and restored backups have left.

import { letInAsLogged } from '../features/access/index.ts';
import { sealWaitingProviders } from '../features/acquisition/index.ts';
import { keyWaitingCalls } from '../features/checkpoint/index.ts';
import { endConsentsAgain, keyWaitingImports, sealWaitingRemarks } from '../features/consent/index.ts';
import { sealWaitingWords } from '../features/desk/index.ts';
import { eraseThoseBack, linkAsLogged, takeOutThoseBack } from '../features/people/index.ts';
import { sealWaitingReferences } from '../features/provision/index.ts';
import { sealWaitingDocuments, unlinkAgain } from '../features/related/index.ts';
import { append, listEntries, logEntry, RESTORED } from '../log/index.ts';
import { lossesIn, type Office } from '../office.ts';
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

/**
 * A restored backup does not contain what happened after it, but the log does, once it has been brought forward. Before anybody is let in,
 * everything that the log says was ended is ended again: persons erased and items removed, withdrawals and objections, links of identifiers, and
 * who was let in. Which ids are one person is set as the log says.
 */
export async function endAgain(office: Office): Promise<void> {
  const { database, clock } = office;
  const done = 'log:ended-again';
  const [last] = await listEntries(database, { actions: [RESTORED, done], most: 1 });
  if (last?.entry.action !== RESTORED) return;
  // First, as it would go with the persons who are erased again.
  await sealWaitingProviders(office);
  const now = clock.now();
  const loss = (await lossesIn(office)).find(({ id }) => id === last.entry.id);
  await database.transaction(async (tx) => {
    const counts = {
      erased: await eraseThoseBack(office, tx, recordsKept, now),
      items_out: loss ? await takeOutThoseBack(office, tx, loss, now) : 0,
      linked: loss ? await linkAsLogged(tx, loss) : 0,
      unlinked: await unlinkAgain(tx),
      withdrawals: await endConsentsAgain(tx),
      let_in: await letInAsLogged(tx, now),
    };
    await append(tx, logEntry(now, { kind: 'sekisho' }, done, counts));
  });
}
