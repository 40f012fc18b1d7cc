// Mail to the staff, in the language each of them reads. It is posted in the transaction of what it reports; the outbox sends it later, so a mail
// that cannot be delivered never undoes that.

import type { Tx } from '../../../platform/database/index.ts';
import type { Letter } from '../../../platform/mail.ts';
import type { StaffMember } from '../tables.ts';
import type { Access } from './access.ts';

/** A letter without its reader. */
export type StaffLetter = Omit<Letter, 'to' | 'lang' | 'by'>;

/**
 * Posts to each of these members of staff the letter written for them. It is withdrawn if they leave before it goes out, or one of `needs` ends that it
 * speaks of.
 */
export async function mailStaff(
  { office: { mail } }: Pick<Access, 'office'>,
  tx: Tx,
  readers: readonly StaffMember[],
  letterFor: (reader: StaffMember) => StaffLetter,
  needs: readonly string[] = [],
): Promise<void> {
  for (const reader of readers)
    await mail.post(tx, { ...letterFor(reader), to: reader.email, lang: reader.lang }, [reader.id, ...needs]);
}
