// Tells the owner of an account by mail when their way in is changed, and the officers when a link is made for another one. A change made by
// somebody else is noticed even where the owner can no longer sign in.

import type { Tx } from '../../../platform/database/index.ts';
import { stamp } from '../../../platform/ui/format.ts';
import type { StaffMember } from '../tables.ts';
import { officerLetter, ownerLetters } from '../words.ts';
import type { Access } from './access.ts';

/** Writes to the owner at their e-mail from before the change, in its transaction (OWASP ASVS 5.0, 6.3.7). */
export const tellOwner = (
  { office: { mail } }: Pick<Access, 'office'>,
  tx: Tx,
  { email: to, lang }: StaffMember,
  changed: keyof typeof ownerLetters,
  now: number,
): Promise<boolean> => mail.post(tx, { ...ownerLetters[changed], to, lang, number: stamp(now), path: '/account' });

/** Tells the existing officers that a link was made for a new one. */
export async function tellOfficers(
  { office: { mail } }: Pick<Access, 'office'>,
  tx: Tx,
  officers: readonly StaffMember[],
  now: number,
): Promise<void> {
  for (const { email: to, lang } of officers)
    await mail.post(tx, { ...officerLetter, to, lang, number: stamp(now), path: '/' });
}
