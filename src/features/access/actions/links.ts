// Entering by a one-time link: the first officer, invited staff, staff whose credentials were reset, and a new officer where the existing ones
// cannot come in.

import { both } from '../../../base/bilingual.ts';
import type { Role } from '../../../base/actor.ts';
import { done, fieldOutcome, notFound, type Outcome } from '../../../base/outcome.ts';
import { newId } from '../../../base/id.ts';
import type { Tx } from '../../../platform/database/index.ts';
import * as sessionFacts from '../facts/session.ts';
import * as credentialsFacts from '../facts/credentials.ts';
import { setCredentials, setRecoveryCodes } from '../store/credentials.ts';
import { insertLink, insertOfficerLink, linkDigest, officerLinksSince, openLink, takeLink } from '../store/links.ts';
import { countActive, insertStaff, listStaff, lockStaff, staffById, waitingWith } from '../store/staff.ts';
import type { LinkGround, OfficerLink, OpenLink, StaffMember } from '../tables.ts';
import { bySelf, changing, record, type Access, type By } from './access.ts';
import { newKnown } from './attempts.ts';
import { newAuthenticator, newPassword, newRecoveryCodes, newToken } from './credentials.ts';
import { tellOfficers, tellOwner } from './owner.ts';
import { beginSession, wrongCode } from './sign-in.ts';
import { emailTaken } from './staff.ts';

/** Makes a one-time address for the first officer, good for 24 hours; null when there is an officer already. */
export async function createSetupLink(access: Access): Promise<string | null> {
  return access.office.database.transaction(async (tx) => {
    await lockStaff(tx);
    if ((await countActive(tx, 'officer')) > 0) return null;
    const token = newToken();
    // A single officer whom a restored backup left without credentials comes in as themselves, not as a new first officer.
    const [waiting = null, ...others] = await waitingWith(tx, 'officer');
    await insertLink(
      tx,
      token,
      others.length === 0 ? waiting : null,
      access.office.clock.now(),
      sessionFacts.LINK_MS.setUp,
    );
    return `${access.office.config.publicUrl}/setup/${token}`;
  });
}

/**
 * For the operator of the server: makes a one-time address for a new officer in addition to the existing ones, good for 24 hours; null when there
 * are none. Its ground is put on record and the existing officers are told by mail; nothing about them changes.
 */
export async function createOfficerLink(access: Access, ground: LinkGround): Promise<string | null> {
  const { database, clock, config } = access.office;
  return database.transaction(async (tx) => {
    await lockStaff(tx);
    const officers = (await listStaff(tx, access.directory)).filter(isOfficerHere);
    if (officers.length === 0) return null;
    const [token, now] = [newToken(), clock.now()];
    const digest = await insertOfficerLink(tx, token, ground, now, sessionFacts.LINK_MS.setUp);
    const by: By = { actor: { kind: 'sekisho' }, authority: [] };
    await record(tx, now, by, 'staff:officer-link', { ground, link_sha256: digest });
    await tellOfficers(access, tx, officers, now);
    return `${config.publicUrl}/setup/${token}`;
  });
}

const isOfficerHere = ({ roles, state }: StaffMember): boolean => roles.includes('officer') && state === 'active';

/** How long home shows a link for a new officer: long enough for an officer who is away for some weeks. */
const TOLD_MS = 30 * 24 * 60 * 60_000;

/** The links for new officers that home still shows, newest first. */
export const officerLinks = ({ office: { database, clock } }: Access): Promise<OfficerLink[]> =>
  officerLinksSince(database, clock.now() - TOLD_MS);

/** An authenticator's secret, shown once. The form sends `sealed` back, so that nothing is stored before the secret is confirmed. */
interface Authenticator {
  secret: Buffer;
  sealed: string;
}

/** Opens what was sealed for this link; null when it was not. */
function openAuthenticator({ directory }: Access, token: string, sealed: string): Authenticator | null {
  try {
    return { secret: directory.open(token, 'authenticator', Buffer.from(sealed, 'base64url')), sealed };
  } catch {
    return null;
  }
}

/** A new secret each time the link is shown, so that a person who saw the link earlier and handed it on does not know it. */
function freshAuthenticator({ directory }: Access, token: string): Authenticator {
  const secret = newAuthenticator();
  return { secret, sealed: directory.seal(token, 'authenticator', secret).toString('base64url') };
}

/** The link, while it can be used, with a new authenticator, or with that of the form that was sent (`sealed`). */
export async function readLink(access: Access, token: string, sealed = ''): Promise<(OpenLink & Authenticator) | null> {
  const { database, clock } = access.office;
  const link = await openLink(database, access.directory, token, clock.now());
  if (!link || (link.staff && link.staff.state !== 'invited')) return null;
  if (!link.staff && !link.ground && (await countActive(database, 'officer')) > 0) return null;
  return { ...link, ...(openAuthenticator(access, token, sealed) ?? freshAuthenticator(access, token)) };
}

export interface LinkForm {
  /** Used for a new officer only; name and e-mail of an invited person are those of the invitation. */
  name: string;
  email: string;
  password: string;
  passwordAgain: string;
  /** The authenticator that the form showed. */
  sealed: string;
  code: string;
}

/** Somebody who has just come in. The recovery codes are shown once. */
export interface Entered {
  token: string;
  /** The mark by which the browser is known from now on. */
  known: string;
  recoveryCodes: string[];
}

const gone = notFound(
  both(
    'このリンクは使えません。期限が切れたか、すでに使われています。',
    'This link cannot be used. It has expired or was used already.',
  ),
);

const newOfficer: readonly Role[] = ['officer', 'administrator'];

/** Uses the link up. Returns its member of staff: the invited person, or a new officer with the digest of their name and e-mail. */
async function memberOfLink(access: Access, tx: Tx, token: string, form: LinkForm, now: number) {
  const { directory } = access;
  await lockStaff(tx);
  // Another request may have used or replaced the link meanwhile.
  const link = await openLink(tx, directory, token, now);
  if (!link) return gone;
  const id = link.staff?.id ?? newId(now);
  let sealed: string | undefined;
  if (!link.staff) {
    if (!link.ground && (await countActive(tx, 'officer')) > 0) return gone;
    const person = { id, name: form.name.trim(), email: form.email, roles: newOfficer, now };
    const added = await insertStaff(tx, directory, person);
    if (added === null) return emailTaken;
    sealed = added;
  }
  await takeLink(tx, token, now, id);
  return done({ member: (await staffById(tx, directory, id))!, sealed });
}

/** Sets password and authenticator, and signs in. Uses the link up; of several callers at once exactly one succeeds. */
export async function enterByLink(access: Access, token: string, form: LinkForm): Promise<Outcome<Entered>> {
  const link = await readLink(access, token, form.sealed);
  if (!link) return gone;
  const who = link.staff ?? form;
  const step = credentialsFacts.stepOfCode(link.secret, form.code, access.office.clock.now(), 0);
  const problems = [
    ...(link.staff ? [] : credentialsFacts.personProblems(form)),
    ...credentialsFacts.newPasswordProblems(form.password, form.passwordAgain, [who.name, who.email]),
    ...(step === null ? [{ field: 'code', says: wrongCode }] : []),
  ];
  if (problems.length > 0 || step === null) return fieldOutcome(problems)!;
  const passwordHash = await newPassword(form.password);
  return changing(access, async (tx, now) => {
    const taken = await memberOfLink(access, tx, token, form, now);
    if (!taken.ok) return taken;
    const { member, sealed } = taken.value;
    const credentials = await setCredentials(tx, access.directory, member.id, {
      passwordHash,
      totpSecret: link.secret,
      totpStep: step,
    });
    const recoveryCodes = newRecoveryCodes();
    await setRecoveryCodes(tx, access.directory, member.id, recoveryCodes);
    const session = await beginSession(tx, member.id, true, now);
    const action = link.staff ? 'staff:enter' : link.ground ? 'staff:let-in' : 'staff:set-up';
    const subjects = {
      staff: member.id,
      roles: member.roles,
      sealed,
      credentials,
      link_sha256: link.ground ? linkDigest(token) : undefined,
      session: session.id,
      sha256: session.sha256,
    };
    await record(tx, now, bySelf(member), action, subjects);
    if (link.staff) await tellOwner(access, tx, member, 'enter', now);
    return done({ token: session.token, known: newKnown(access, member.email), recoveryCodes });
  });
}
