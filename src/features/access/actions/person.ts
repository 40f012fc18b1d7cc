// Changing the name and e-mail of a member of staff: by staff who may let them in, and by themselves. A link or session made for a former e-mail
// lets nobody in.

import { isDeepStrictEqual } from 'node:util';
import { both } from '../../../base/bilingual.ts';
import { conflict, done, fieldOutcome, type Outcome } from '../../../base/outcome.ts';
import type { Tx } from '../../../platform/database/index.ts';
import * as credentialsFacts from '../facts/credentials.ts';
import * as grantingFacts from '../facts/granting.ts';
import { endSessions } from '../store/sessions.ts';
import { isEmailTaken, setPerson } from '../store/staff.ts';
import type { Person, StaffMember } from '../tables.ts';
import { record, type Access, type By } from './access.ts';
import { provedAgain, wrongCurrent } from './account.ts';
import { newKnown, stillFits } from './attempts.ts';
import { tellOwner } from './owner.ts';
import { changingStaff, emailTaken, newInvitation, unreadable } from './staff.ts';

const otherPerson = conflict(
  'version',
  both('ほかの人が先に名前かメールアドレスを変えました', 'Somebody else changed the name or the e-mail first'),
);

const isOvertaken = (seen: Person, { name, email }: StaffMember): boolean => !isDeepStrictEqual(seen, { name, email });

const isTaken = (error: unknown): typeof emailTaken => {
  if (isEmailTaken(error)) return emailTaken;
  throw error;
};

interface Written {
  /** The fields that changed. */
  changed: (keyof Person)[];
  /** A new link, where the e-mail changed of somebody who has not come in yet. */
  link: string | null;
}

/**
 * Writes name and e-mail. A new e-mail ends every session of the person but `here`, the one in which they have just given their password: as after
 * a new password, every other browser must sign in again. It also replaces the link of an invitation, which may have been sent to the former
 * address, and so to a stranger. A new name ends nothing, since a name lets nobody in.
 */
async function write(
  access: Access,
  tx: Tx,
  by: By,
  { member, typed, here, now }: { member: StaffMember; typed: Person; here?: string; now: number },
): Promise<Written> {
  const person: Person = { name: typed.name.trim(), email: credentialsFacts.normalEmail(typed.email) };
  const changed = (['name', 'email'] as const).filter((one) => person[one] !== member[one]);
  if (changed.length === 0) return { changed, link: null };
  const sealed = await setPerson(tx, access.directory, member.id, person);
  const said = { staff: member.id, changed, sealed };
  if (!changed.includes('email')) {
    await record(tx, now, by, 'staff:change', said);
    return { changed, link: null };
  }
  const ended = await endSessions(tx, member.id, here === undefined ? {} : { except: here }, now);
  const link = member.state === 'invited' ? await newInvitation(access, tx, member.id, now) : null;
  await access.office.mail.readdress(tx, member.email, person.email);
  // Before somebody has come in, nobody knows whether the former address was ever theirs.
  if (member.state === 'active') await tellOwner(access, tx, member, 'email', now);
  const anew = link === null ? {} : { anew: true };
  await record(tx, now, by, 'staff:change', { ...said, ended: ended.length, ...anew });
  return { changed, link };
}

/**
 * Gives the member this name and e-mail. Only those who may let the member in may do so. Links are handed over and never mailed, so an e-mail
 * address opens nothing by itself; but by changing it one could shut an officer out and keep the office's mail from them, and the name is shown
 * beside what the member did. `seen`: name and e-mail as they were shown; fails with a `conflict` on `version` where they have changed since, on
 * `email` where somebody else has the address.
 */
export async function changePerson(
  access: Access,
  by: By,
  id: string,
  typed: Person,
  seen: Person,
): Promise<Outcome<Written>> {
  const problems = credentialsFacts.personProblems(typed);
  const wrong = fieldOutcome(problems);
  if (wrong) return wrong;
  return changingStaff<Written>(
    access,
    id,
    (m) => unreadable(m) ?? grantingFacts.letInProblem(access.policies, by.actor, m),
    async (tx, member, now) =>
      isOvertaken(seen, member) ? otherPerson : done(await write(access, tx, by, { member, typed, now })),
  ).catch(isTaken);
}

/**
 * The same for oneself, once the password was given again. Everybody may: where there is only one officer, nobody else could change theirs.
 * `known`: the browser's new mark, where the e-mail changed.
 */
export async function changeOwnPerson(
  access: Access,
  by: By,
  token: string,
  { current, seen, ...typed }: Person & { current: string; seen: Person },
): Promise<Outcome<{ changed: Written['changed']; known: string | null }>> {
  const proved = await provedAgain(access, token, current);
  if (!proved.ok) return proved;
  const { session, staff, credentials } = proved.value;
  const problems = credentialsFacts.personProblems(typed);
  const wrong = fieldOutcome(problems);
  if (wrong) return wrong;
  return changingStaff(
    access,
    staff.id,
    () => null,
    async (tx, member, now) => {
      if (!(await stillFits(access, tx, credentials))) return wrongCurrent;
      if (isOvertaken(seen, member)) return otherPerson;
      const { changed } = await write(access, tx, by, { member, typed, here: session.id, now });
      return done({ changed, known: changed.includes('email') ? newKnown(access, typed.email) : null });
    },
  ).catch(isTaken);
}
