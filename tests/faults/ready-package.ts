// A package of everybody in a holding who consented, approved and prepared, waiting to be fetched.

import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { expect } from 'vitest';
import {
  approvePackage,
  draftPackage,
  packageOf,
  requestPackage,
} from '../../src/features/provision/actions/packages.ts';
import type { Office } from '../../src/office.ts';
import { addConsent, addConsentText, addRecipient, officerOf, valueOf } from '../people.ts';

/** `identity` opens its file. Something must be running that prepares packages. */
export async function readyPackage(
  house: { office: Office; staff: Record<string, string> },
  { holding, items, people }: { holding: string; items: string[]; people: readonly string[] },
): Promise<{ id: string; identity: string }> {
  const { office } = house;
  const identity = await generateX25519Identity();
  const recipient = await addRecipient(house, { publicKey: await identityToRecipient(identity) });
  const text = await addConsentText(house, { holding, recipients: [recipient], items });
  for (const principal of people) await addConsent(house, principal, text);
  // The approver must be another actor than the one who asks.
  const by = { actor: { kind: 'sekisho' }, authority: [] } as const;
  const ask = { holding, items, purpose: 'P3', recipient, everybody: true };
  const { id } = valueOf(await draftPackage(office, by, { ...ask, facts: { relation: 'third-party' } }));
  valueOf(await requestPackage(office, by, id));
  valueOf(await approvePackage(office, { actor: officerOf(house), authority: [] }, id));
  await expect.poll(async () => valueOf(await packageOf(office, id)).state).toBe('ready');
  return { id, identity };
}
