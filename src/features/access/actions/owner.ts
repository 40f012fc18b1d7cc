// What somebody hears when their way in is changed, and officers when another is to come in beside them: whoever did it in their place is found out,
// also where the owner can sign in no more.

import type { Tx } from '../../../platform/database/index.ts';
import { stamp } from '../../../platform/ui/format.ts';
import type { StaffMember } from '../tables.ts';
import { officerLetter, ownerLetters } from '../words.ts';
import type { Access } from './access.ts';

/** Writes to the owner at the e-mail that was theirs before, in the transaction of the change (OWASP ASVS 5.0, 6.3.7). */
export const tellOwner = (
  { office: { mail } }: Pick<Access, 'office'>,
  tx: Tx,
  { email: to, lang }: StaffMember,
  changed: keyof typeof ownerLetters,
  now: number,
): Promise<boolean> => mail.post(tx, { ...ownerLetters[changed], to, lang, number: stamp(now), path: '/account' });

/** Writes to those who are officers that a link was made for a new one. */
export async function tellOfficers(
  { office: { mail } }: Pick<Access, 'office'>,
  tx: Tx,
  officers: readonly StaffMember[],
  now: number,
): Promise<void> {
  for (const { email: to, lang } of officers)
    await mail.post(tx, { ...officerLetter, to, lang, number: stamp(now), path: '/' });
}
