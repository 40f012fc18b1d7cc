// Letting staff in, and changing and ending their authority. Some roles may never be empty, and nobody decides about themselves.

import { isDeepStrictEqual } from 'node:util';
import type { Action, Role } from '../../../base/actor.ts';
import { both, type Bilingual, type Lang } from '../../../base/bilingual.ts';
import { isId, newId } from '../../../base/id.ts';
import { conflict, done, fieldOutcome, forbidden, invalid, notFound, type Outcome } from '../../../base/outcome.ts';
import type { Queryable, Tx } from '../../../platform/database/index.ts';
import { withdrawLetters } from '../../../platform/mail.ts';
import * as sessionFacts from '../facts/session.ts';
import * as credentialsFacts from '../facts/credentials.ts';
import * as grantingFacts from '../facts/granting.ts';
import { clearCredentials, setCredentials } from '../store/credentials.ts';
import { countLinks, insertLink } from '../store/links.ts';
import { endSessions } from '../store/sessions.ts';
import * as store from '../store/staff.ts';
import type { StaffMember } from '../tables.ts';
import { leftWords, staffWords } from '../words.ts';
import { asActor, changing, record, type Access, type By } from './access.ts';
import { newPassword, newToken } from './credentials.ts';
import { tellOwner } from './owner.ts';

/** Everybody on the staff. Whoever has a transaction open asks on it. */
export const listStaff = (access: Access, on: Queryable = access.office.database): Promise<StaffMember[]> =>
  store.listStaff(on, access.directory);

/** True when one person works here alone: nobody else is registered, not even invited. */
export const worksAlone = async ({ office }: Access): Promise<boolean> => !(await store.isSeveral(office.database));

const letsDo = ({ policies }: Access, one: StaffMember, action: Action): boolean =>
  one.state === 'active' && policies.decide(asActor(one), action).allowed;

/** The active staff whom the access policies let do this. A caller inside a transaction passes it as `on`. */
export const staffWhoMay = async (
  access: Access,
  action: Action,
  on: Queryable = access.office.database,
): Promise<StaffMember[]> => (await listStaff(access, on)).filter((one) => letsDo(access, one, action));

/** True when this is active staff whom the access policies let do this. Their entry and roles then stay so until the transaction ends. */
export async function holdsRight(access: Access, tx: Tx, id: string, action: Action): Promise<boolean> {
  const one = isId(id) ? await store.holdStaff(tx, access.directory, id) : null;
  return one !== null && letsDo(access, one, action);
}

/** Who is to be named: ids, or actors as the log has them; null is nobody. A page that offers all of them asks for everybody. */
export type Named = Iterable<string | null | undefined> | 'everybody';

/** The ids among what is to be named, each once; null for everybody. */
export const idsIn = (of: Named): string[] | null =>
  of === 'everybody'
    ? null
    : [...new Set([...of].flatMap((one) => one?.slice(one.indexOf(':') + 1) ?? []).filter(isId))];

const namesOf = (access: Access, of: Named) => store.namesOf(access.office.database, access.directory, idsIn(of));

/** Names of the staff by id, those who left included: everything else has ids only. */
export const staffNames = async (access: Access, of: Named): Promise<ReadonlyMap<string, string>> =>
  new Map((await namesOf(access, of)).map(({ id, name }) => [id, name]));

/** The same names for what somebody has in hand: who left is marked as such. */
export const namesInCharge = async (access: Access, lang: Lang, of: Named): Promise<ReadonlyMap<string, string>> =>
  new Map((await namesOf(access, of)).map(({ id, name, left }) => [id, left ? name + leftWords[lang] : name]));

/** Those of them who have not left, by id. */
export const staffInPost = async (access: Access, of: Named): Promise<ReadonlyMap<string, string>> =>
  new Map((await namesOf(access, of)).filter(({ left }) => !left).map(({ id, name }) => [id, name]));

export const readStaff = (access: Access, id: string): Promise<StaffMember | null> =>
  store.staffById(access.office.database, access.directory, id);

const noSuchStaff = notFound(both('この従業者は登録されていません', 'There is no such member of staff'));

const noRole = invalid('roles', both('役割を1つ以上選んでください', 'Choose at least one role'));

export async function newInvitation(access: Access, tx: Tx, staffId: string, now: number): Promise<string> {
  const token = newToken();
  await insertLink(tx, token, staffId, now, sessionFacts.LINK_MS.invitation);
  return `${access.office.config.publicUrl}/invitation/${token}`;
}

export const emailTaken = conflict(
  'email',
  both('このメールアドレスはすでに登録されています', 'This e-mail address is registered already'),
);

/** Adds a person who comes in by a one-time link, good for 72 hours. The link is shown once, to be handed over in person. */
export async function inviteStaff(
  access: Access,
  by: By,
  form: { name: string; email: string; roles: readonly Role[] },
): Promise<Outcome<{ id: string; link: string }>> {
  const problems = credentialsFacts.personProblems(form);
  if (form.roles.length === 0)
    problems.push({ field: 'roles', says: both('役割を1つ以上選んでください', 'Choose at least one role') });
  const wrong = fieldOutcome(problems);
  if (wrong) return wrong;
  const not = grantingFacts.letInProblem(access.policies, by.actor, { id: null, roles: form.roles });
  if (not) return invalid('roles', not);
  return changing(access, async (tx, now) => {
    const id = newId(now);
    const person = { id, name: form.name.trim(), email: form.email, roles: form.roles, now };
    const sealed = await store.insertStaff(tx, access.directory, person);
    if (sealed === null) return emailTaken;
    const link = await newInvitation(access, tx, id, now);
    await record(tx, now, by, 'staff:invite', { staff: id, roles: [...form.roles], sealed });
    return done({ id, link });
  });
}

/** Runs a change to one member of staff, alone, once nothing speaks against it (`problem`). */
export async function changingStaff<T>(
  access: Access,
  id: string,
  problem: (member: StaffMember) => Bilingual | null,
  work: (tx: Tx, member: StaffMember, now: number) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  return changing(access, async (tx, now) => {
    await store.lockStaff(tx);
    const member = await store.staffById(tx, access.directory, id);
    if (!member || member.state === 'ended') return noSuchStaff;
    const not = problem(member);
    if (not) return forbidden(not);
    return work(tx, member, now);
  });
}

const lastOne: Partial<Record<Role, Bilingual>> = {
  officer: both(
    '個人情報保護管理者がいなくなります。先に、ほかの人をこの役割にしてください。',
    'No privacy officer would be left. Give somebody else this role first.',
  ),
  administrator: both(
    '運用管理者がいなくなります。先に、ほかの人をこの役割にしてください。',
    'No administrator would be left. Give somebody else this role first.',
  ),
};

const lastPassword: typeof lastOne = {
  officer: both(
    'パスワードで入れる個人情報保護管理者がいなくなります。会社のサインインが止まったときに入れるよう、1人は残してください。',
    'No privacy officer would be left who can sign in with a password. Keep one, who can enter while the company’s sign-in is down.',
  ),
  administrator: both(
    'パスワードで入れる運用管理者がいなくなります。会社のサインインが止まったときに入れるよう、1人は残してください。',
    'No administrator would be left who can sign in with a password. Keep one, who can enter while the company’s sign-in is down.',
  ),
};

/** Why the member cannot lose roles down to `left`: of some roles somebody who can enter must stay, and whose way in is here. */
async function emptied(access: Access, tx: Tx, member: StaffMember, left: readonly Role[]): Promise<Bilingual | null> {
  if (member.state !== 'active') return null;
  const others = (await listStaff(access, tx)).filter(({ id, state }) => id !== member.id && state === 'active');
  for (const role of Object.keys(lastOne) as Role[]) {
    if (!member.roles.includes(role) || left.includes(role)) continue;
    const having = others.filter(({ roles }) => roles.includes(role));
    if (having.length === 0) return lastOne[role]!;
    if (member.password && !having.some(({ password }) => password)) return lastPassword[role]!;
  }
  return null;
}

/** Why the member needs a password: of some roles nobody else has one. Null when they do not. */
export async function needsPassword(access: Access, tx: Tx, member: StaffMember): Promise<Bilingual | null> {
  const others = (await listStaff(access, tx)).filter(
    ({ id, password, state }) => id !== member.id && password && state === 'active',
  );
  const isLast = (role: Role): boolean =>
    member.roles.includes(role) && !others.some(({ roles }) => roles.includes(role));
  const last = (Object.keys(lastPassword) as Role[]).find(isLast);
  return last ? lastPassword[last]! : null;
}

/** Why an entry that does not open can only be ended; null of one that does. */
export const unreadable = ({ state }: StaffMember): Bilingual | null =>
  state === 'unreadable'
    ? both(
        '名簿の鍵で開けない登録は、終えることしかできません',
        'An entry that the key of the directory does not open can only be ended',
      )
    : null;

const otherRoles = conflict('version', both('ほかの人が先に役割を変えました', 'Somebody else changed the roles first'));

/**
 * Gives the member exactly these roles. `seen`: the roles that whoever changes them was shown; `conflict` on `version` where they are others by
 * now. Who has not come in yet and is given what reaches people's information gets a new link, in the
 * answer: the one before may be known to somebody who could not have made it.
 */
export async function changeRoles(
  access: Access,
  by: By,
  id: string,
  wanted: readonly Role[],
  seen?: readonly Role[],
): Promise<Outcome<{ link: string | null }>> {
  if (wanted.length === 0) return noRole;
  const { policies } = access;
  return changingStaff(
    access,
    id,
    (m) => unreadable(m) ?? grantingFacts.grantProblem(policies, by.actor, m, wanted),
    async (tx, member, now) => {
      if (seen && !isDeepStrictEqual(seen.toSorted(), member.roles.toSorted())) return otherRoles;
      const empty = await emptied(access, tx, member, wanted);
      if (empty) return invalid('roles', empty);
      await store.setRoles(tx, id, wanted);
      const anew = member.state === 'invited' && grantingFacts.givesReach(policies, member, wanted);
      const link = anew ? await newInvitation(access, tx, id, now) : null;
      const subjects = { staff: id, before: member.roles, roles: [...wanted], ...(anew ? { anew } : {}) };
      await record(tx, now, by, 'staff:roles', subjects);
      return done({ link });
    },
  );
}

/** Ends the member's authority: no session, no link, no mail about the work, no way back but a new invitation. */
export async function endStaff(access: Access, by: By, id: string): Promise<Outcome<null>> {
  return changingStaff(
    access,
    id,
    (m) => grantingFacts.grantProblem(access.policies, by.actor, m, []),
    async (tx, member, now) => {
      const empty = await emptied(access, tx, member, []);
      if (empty) return forbidden(empty);
      await store.endStaff(tx, id, now);
      await withdrawLetters(tx, id, new Date(now));
      const ended = await endSessions(tx, id, {}, now);
      await record(tx, now, by, 'staff:end', { staff: id, roles: member.roles, ended: ended.length });
      return done(null);
    },
  );
}

/** How many links a member of staff was ever given, by which a form knows those made after it was shown. */
export const linksGiven = (access: Access, id: string): Promise<number> => countLinks(access.office.database, id);

/**
 * Takes password, authenticator, tie and sessions away and makes a new one-time link. Roles stay as they are. `seen`: how many links the person had
 * been given when the form was shown. `conflict` on `made` where there is a newer one: a form that is sent twice does not end the link that was just
 * handed over.
 */
export async function resetStaff(
  access: Access,
  by: By,
  id: string,
  seen?: number,
): Promise<Outcome<{ link: string }>> {
  return changingStaff(
    access,
    id,
    (m) => unreadable(m) ?? grantingFacts.letInProblem(access.policies, by.actor, m),
    async (tx, member, now) => {
      if (seen !== undefined && (await countLinks(tx, id)) > seen) return conflict('made', staffWords.resetSince);
      const empty = await emptied(access, tx, member, []);
      if (empty) return forbidden(empty);
      await clearCredentials(tx, id);
      const ended = await endSessions(tx, id, {}, now);
      const link = await newInvitation(access, tx, id, now);
      await record(tx, now, by, 'staff:reset', { staff: id, ended: ended.length });
      if (member.state === 'active') await tellOwner(access, tx, member, 'reset', now);
      return done({ link });
    },
  );
}

/**
 * For the demo: a fictional person with a password, or with the hash of one, and no authenticator. There is no other way to be without one.
 */
export async function addFictionalStaff(
  access: Access,
  person: { name: string; email: string; roles: readonly Role[] } & ({ password: string } | { passwordHash: string }),
): Promise<string> {
  const passwordHash = 'password' in person ? await newPassword(person.password) : person.passwordHash;
  const by: By = { actor: { kind: 'sekisho' }, authority: [] };
  return changing(access, async (tx, now) => {
    const id = newId(now);
    const sealed = await store.insertStaff(tx, access.directory, { ...person, id, fictional: true, now });
    if (sealed === null) throw new Error('the fictional person exists already');
    const none = { totpSecret: null, totpStep: 0 };
    const credentials = await setCredentials(tx, access.directory, id, { passwordHash, ...none });
    await record(tx, now, by, 'staff:fictional', { staff: id, roles: [...person.roles], sealed, credentials });
    return id;
  });
}
