// Changing the name and the e-mail of a member of staff: by whoever may let them in, and by themselves. What was made for an e-mail that is theirs
// no more lets nobody in.

import { isDeepStrictEqual } from 'node:util';
import { both } from '../../../base/bilingual.ts';
import { conflict, done, fieldOutcome, type Outcome } from '../../../base/outcome.ts';
import type { Tx } from '../../../platform/database/index.ts';
import * as facts from '../facts.ts';
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
  /** What is another than before. */
  changed: (keyof Person)[];
  /** The new link of somebody who has not come in yet and whose e-mail changed. */
  link: string | null;
}

/**
 * With the e-mail go the sign-ins that began with it, but for the one at which its owner has just given the password (`here`): as with a password,
 * whoever goes on elsewhere shows anew who they are. With it goes the link of an invitation, which may have been sent there, and so to a stranger.
 * A name lets nobody in, and ends nothing.
 */
async function write(
  access: Access,
  tx: Tx,
  by: By,
  { member, typed, here, now }: { member: StaffMember; typed: Person; here?: string; now: number },
): Promise<Written> {
  const person: Person = { name: typed.name.trim(), email: facts.normalEmail(typed.email) };
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
  // Of who has not come in yet nobody knows that the address was ever theirs.
  if (member.state === 'active') await tellOwner(access, tx, member, 'email', now);
  const anew = link === null ? {} : { anew: true };
  await record(tx, now, by, 'staff:change', { ...said, ended: ended.length, ...anew });
  return { changed, link };
}

/**
 * Gives the member this name and e-mail. Only whoever may let them in may: links are handed over and never mailed, so that an e-mail opens nothing by
 * itself, but whoever chooses it can shut an officer out and keep from them what the house tells them, and by the name it is told who did what.
 * `seen`: both as whoever changes them was shown; `conflict` on `version` where they are others by now, on `email` where somebody else has it.
 */
export async function changePerson(
  access: Access,
  by: By,
  id: string,
  typed: Person,
  seen: Person,
): Promise<Outcome<Written>> {
  const problems = facts.personProblems(typed);
  const wrong = fieldOutcome(problems);
  if (wrong) return wrong;
  return changingStaff<Written>(
    access,
    id,
    (m) => unreadable(m) ?? facts.letInProblem(access.policies, by.actor, m),
    async (tx, member, now) =>
      isOvertaken(seen, member) ? otherPerson : done(await write(access, tx, by, { member, typed, now })),
  ).catch(isTaken);
}

/**
 * The same by oneself, once the password was given again. Everybody may: where there is one officer, nobody else may change theirs. `known`: what
 * the browser keeps from now on, where the e-mail changed.
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
  const problems = facts.personProblems(typed);
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
