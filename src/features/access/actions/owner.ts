// Tells the owner of an account by mail when their way in is changed, and the officers when a link is made for another one. A change made by
// somebody else is noticed even where the owner can no longer sign in.

import type { Tx } from '../../../platform/database/index.ts';
import { stamp } from '../../../platform/ui/format.ts';
import type { StaffMember } from '../tables.ts';
import { officerLetter, ownerLetters } from '../words.ts';
import type { Access } from './access.ts';
import { mailStaff } from './mail.ts';

/**
 * Writes to the owner at their e-mail from before the change, in its transaction (OWASP ASVS 5.0, 6.3.7). Nothing withdraws the letter: whoever is in
 * an account without right could otherwise silence it by ending what they changed.
 */
export const tellOwner = async (
  { office: { mail } }: Pick<Access, 'office'>,
  tx: Tx,
  { email: to, lang }: StaffMember,
  changed: keyof typeof ownerLetters,
  now: number,
): Promise<void> =>
  void (await mail.post(tx, { ...ownerLetters[changed], to, lang, number: stamp(now), path: '/account' }));

/** Tells the existing officers that a link was made for a new one. */
export const tellOfficers = (
  access: Pick<Access, 'office'>,
  tx: Tx,
  officers: readonly StaffMember[],
  now: number,
): Promise<void> => mailStaff(access, tx, officers, () => ({ ...officerLetter, number: stamp(now), path: '/' }));
