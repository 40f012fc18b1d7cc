// Whether an answer goes to where the holdings have the person. Who asks from elsewhere may have moved, or be who lives where the person fled from and
// has papers of theirs, which show the former address. Only how it came out is kept: no address.

import type { Office } from '../../../office.ts';
import type { By, Room } from '../../access/index.ts';
import { standing } from '../../checkpoint/index.ts';
import { addressCheckOf, type AddressCheck } from '../facts/address.ts';
import type { HoldingItems, Requester } from '../facts/event.ts';
import type { Case } from './cases.ts';
import { latestPaper } from './papers.ts';
import { openFor } from './opened.ts';
import { reaching } from './reach.ts';

/** Whose address is held against the person’s: their own, or that of who acts for them by law. An agent with a mandate has another. */
const comparable: readonly (Requester | undefined)[] = ['principal', 'legal-representative'];

/** Where the answer goes; null where nothing of it is written. */
async function addressOf(office: Office, { row }: Case): Promise<string | null> {
  const written =
    (await latestPaper(office.database, office, row, 'agent')) ??
    (await latestPaper(office.database, office, row, 'sender'));
  return written === null ? null : (JSON.parse(written) as { address: string }).address.trim() || null;
}

/**
 * Opens the address of whom a request is about, for this request, and says whether the answer goes there; undefined where that is not compared: an
 * agent with a mandate asks, no address is written, or whoever does it may not see the person. `to`: an address that is written down now.
 */
export async function addressCheck(
  desk: Room,
  by: By,
  known: Case,
  kept: readonly HoldingItems[],
  to?: string,
): Promise<AddressCheck | undefined> {
  const { office } = desk;
  if (!comparable.includes(known.request.identified?.requester)) return undefined;
  const goesTo = to ?? (await addressOf(office, known));
  if (goesTo === null) return undefined;
  const stands = await standing(office);
  const addresses: string[] = [];
  for (const { holding: place, principal, items } of kept) {
    if (!principal || !items.includes('address') || !stands.holdings.has(place)) continue;
    const may = await reaching(desk, by, 'people:use', [principal]);
    if (!may.ok) return undefined;
    const opened = { place, principal, items: ['address'], article: '37(2)' };
    const looked = await openFor(desk, may.value, known, stands, opened);
    if (!looked.ok) return undefined;
    const address = looked.value.values['address'];
    if (address !== undefined) addresses.push(address);
  }
  return addressCheckOf(goesTo, addresses);
}
