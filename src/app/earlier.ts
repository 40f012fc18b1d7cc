// What earlier versions and backups have left, put right by a start before anybody is served.

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

/** Seals and keys what earlier versions kept in clear, and has found what they kept without. Nobody is served before. */
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
 * A backup that was brought back knows nothing of what came after it; the log does, once it is brought forward. Before anybody is let in, what it says
 * was ended ends again: persons that were erased and items that were taken out, withdrawals and objections, links of identifiers, and who was let in; which ids
 * are one person is as it says.
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
