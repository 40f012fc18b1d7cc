// Whether an answer goes to the address that the holdings keep for the person. A requester who writes from elsewhere may have moved, or may be
// somebody the person fled from, who has papers of theirs with the former address. Only the outcome is kept, no address.

import type { Office } from '../../../office.ts';
import type { By, Room } from '../../access/index.ts';
import { standing } from '../../checkpoint/index.ts';
import { addressCheckOf, type AddressCheck } from '../facts/address.ts';
import type { HoldingItems, Requester } from '../facts/event.ts';
import type { Case } from './cases.ts';
import { latestPaper } from './papers.ts';
import { openFor } from './opened.ts';
import { reaching } from './reach.ts';

/** Requesters whose address is compared with the person's: the person, and who acts for them by law. An agent with a mandate has another address. */
const comparable: readonly (Requester | undefined)[] = ['principal', 'legal-representative'];

/** The address the answer goes to; null when none is written. */
async function addressOf(office: Office, { row }: Case): Promise<string | null> {
  const written =
    (await latestPaper(office.database, office, row, 'agent')) ??
    (await latestPaper(office.database, office, row, 'sender'));
  return written === null ? null : (JSON.parse(written) as { address: string }).address.trim() || null;
}

/**
 * Opens the addresses kept for the person, for this request, and compares them with where the answer goes. Undefined when not compared: an agent with
 * a mandate asks, no address is written, or the caller may not see the person. `to`: an address that is written down now.
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
