// The systems that call the office, and their tokens. A token is bound to actions, to purposes of the policy and to an end date.

import { hash } from 'node:crypto';
import { actorRef, type Action, type Actor } from '../../../base/actor.ts';
import { both } from '../../../base/bilingual.ts';
import { dayOf } from '../../../base/day.ts';
import { groupsOf } from '../../../base/groups.ts';
import { isId, newId } from '../../../base/id.ts';
import {
  conflict,
  done,
  fieldOutcome,
  invalid,
  notFound,
  type FieldProblem,
  type Outcome,
} from '../../../base/outcome.ts';
import { listEntries, type EntryQuery, type LogEntry } from '../../../log/index.ts';
import * as grantingFacts from '../facts/granting.ts';
import * as sessionFacts from '../facts/session.ts';
import * as letInFacts from '../facts/let-in.ts';
import type { Queryable } from '../../../platform/database/index.ts';
import { tracesOf } from '../store/let-in.ts';
import * as store from '../store/systems.ts';
import type { ApiToken, System } from '../tables.ts';
import { changing, record, type Access, type By } from './access.ts';
import { systemWords } from '../words.ts';
import { newApiToken } from './credentials.ts';
import { idsIn, staffNames, type Named } from './staff.ts';

/** A system with its tokens. */
export type Held = System & { tokens: ApiToken[] };

/** The last characters of the id, enough to tell tokens apart. The token itself is not known. */
export const shortId = ({ id }: { id: string }): string => id.slice(-8);

/** Every system: active ones in order of registration, then ended ones. */
export const listSystems = (access: Access): Promise<System[]> => store.listSystems(access.office.database);

/** The same systems, each with its tokens. */
export async function withTokens(access: Access, systems: readonly System[]): Promise<Held[]> {
  const ids = systems.map(({ id }) => id);
  const held = groupsOf(await store.listTokens(access.office.database, ids), (t) => t.systemId);
  return systems.map((s) => ({ ...s, tokens: held(s.id) }));
}

/** One system with its tokens; null where there is none. */
export async function systemOf(access: Access, id: string): Promise<Held | null> {
  const found = isId(id) ? await store.systemById(access.office.database, id) : null;
  return found && (await withTokens(access, [found]))[0]!;
}

/** The system of a token, with its tokens; null where there is no such token. */
export async function systemOfToken(access: Access, id: string): Promise<Held | null> {
  const token = isId(id) ? await store.tokenById(access.office.database, id) : null;
  return token && systemOf(access, token.systemId);
}

/** The names of all systems by id, ended ones included. */
export const systemNames = async (access: Access): Promise<ReadonlyMap<string, string>> =>
  new Map((await store.namesOf(access.office.database, null)).map(({ id, name }) => [id, name]));

/** The names of the actors in log entries, by id: staff and systems. */
export const actorNames = async (access: Access, of: Named): Promise<ReadonlyMap<string, string>> => {
  const systems = await store.namesOf(access.office.database, idsIn(of));
  return new Map([...(await staffNames(access, of)), ...systems.map(({ id, name }) => [id, name] as const)]);
};

export async function createSystem(access: Access, by: By, form: { name: string }): Promise<Outcome<{ id: string }>> {
  const name = form.name.trim();
  if (name === '' || [...name].length > 100 || /\p{Cc}/u.test(name)) {
    return invalid(
      'name',
      both('システムの名前を100文字以内で入れてください', 'Enter the system’s name in at most 100 characters'),
    );
  }
  return changing(access, async (tx, now) => {
    const id = newId(now);
    if (!(await store.insertSystem(tx, { id, name, now }))) {
      const says = both('この名前のシステムはすでにあります', 'A system with this name exists already');
      return conflict('name', says);
    }
    await record(tx, now, by, 'system:create', { system: id, sha256: hash('sha256', name) });
    return done({ id });
  });
}

const noSuchSystem = notFound(both('このシステムは登録されていません', 'There is no such system'));

/** Ends a system and revokes its tokens. */
export async function endSystem(access: Access, by: By, id: string): Promise<Outcome<null>> {
  return changing(access, async (tx, now) => {
    if (!(await store.endSystem(tx, id, now))) return noSuchSystem;
    await record(tx, now, by, 'system:end', { system: id });
    return done(null);
  });
}

const DAY_MS = 86_400_000;

/** How long a token may live, in days. */
export const tokenDays = [30, 90, 365] as const;

export interface TokenForm {
  systemId: string;
  purposes: readonly string[];
  actions: readonly Action[];
  days: number;
  /** How many tokens the system had had when the form was shown; left out where there is no form. */
  seen?: number;
}

/** The actions that `by` may give a token. Only an officer may give those that reach people's information or write a register. */
export const actionsToGive = (access: Access, by: Actor): Action[] =>
  access.policies.systemActions.filter(
    (action) => grantingFacts.mayLetReach(by) || !grantingFacts.isOfficersToGive(action),
  );

const chosen = (access: Access, form: TokenForm): Action[] =>
  access.policies.systemActions.filter((action) => form.actions.includes(action));

function tokenProblems(access: Access, by: Actor, form: TokenForm, known: readonly string[]): FieldProblem[] {
  const actions = chosen(access, form);
  const toGive = actionsToGive(access, by);
  const problems: FieldProblem[] = [];
  if (actions.length === 0 || actions.length < form.actions.length) {
    problems.push({
      field: 'actions',
      says: both(
        'システムに許せる操作から1つ以上選んでください',
        'Choose at least one of the actions a system may have',
      ),
    });
  } else if (!actions.every((action) => toGive.includes(action))) {
    problems.push({ field: 'actions', says: systemWords.onlyOfficer });
  }
  if (!form.purposes.every((id) => known.includes(id))) {
    problems.push({
      field: 'purposes',
      says: both('方針にある利用目的から選んでください', 'Choose from the purposes of the policy'),
    });
  } else if (form.purposes.length === 0 && actions.some(grantingFacts.isForPurposes)) {
    problems.push({
      field: 'purposes',
      says: both(
        '選んだ操作は、トークンの利用目的の範囲でしか行えません。利用目的を1つ以上選んでください',
        'Choose at least one purpose: the chosen actions apply only within the token’s purposes',
      ),
    });
  }
  if (!tokenDays.some((days) => days === form.days))
    problems.push({ field: 'days', says: both('期間を選んでください', 'Choose how long it lasts') });
  return problems;
}

/**
 * Makes a token bound to a system, to actions and to purposes of the policy (`known`). The answer holds the only copy of the token itself, so a form
 * that is sent twice makes one: `conflict` on `made` where the system has been given a token since.
 */
export async function createToken(
  access: Access,
  by: By,
  form: TokenForm,
  known: readonly string[],
): Promise<Outcome<{ id: string; token: string }>> {
  const problems = tokenProblems(access, by.actor, form, known);
  const wrong = fieldOutcome(problems);
  if (wrong) return wrong;
  return changing(access, async (tx, now) => {
    const system = await store.holdSystem(tx, form.systemId);
    if (!system || system.endedAt !== null) return noSuchSystem;
    if (form.seen !== undefined) {
      const held = await store.listTokens(tx, [system.id]);
      if (held.length > form.seen) return conflict('made', systemWords.madeSince(shortId(held.at(-1)!)));
    }
    const token = newApiToken();
    const row = {
      id: newId(now),
      systemId: system.id,
      purposes: known.filter((id) => form.purposes.includes(id)),
      actions: chosen(access, form),
      createdAt: now,
      expiresAt: now + form.days * DAY_MS,
    };
    const digest = await store.insertToken(tx, { ...row, token });
    await record(tx, now, by, 'token:create', {
      token: row.id,
      system: system.id,
      purposes: row.purposes,
      actions: row.actions,
      until: dayOf(row.expiresAt),
      sha256: digest,
    });
    return done({ id: row.id, token });
  });
}

/** Revokes a token. Every process refuses it from this moment on. */
export async function revokeToken(access: Access, by: By, id: string): Promise<Outcome<null>> {
  return changing(access, async (tx, now) => {
    const system = await store.revokeToken(tx, id, now);
    if (system === null) return notFound(both('このトークンはすでに使えません', 'This token is not in use any more'));
    await record(tx, now, by, 'token:revoke', { token: id, system });
    return done(null);
  });
}

const ENTRIES_AT_ONCE = 1_000;

/** Entries of these actions, newest first. */
async function everyEntry(database: Queryable, query: Pick<EntryQuery, 'actions' | 'actor'>): Promise<LogEntry[]> {
  const entries: LogEntry[] = [];
  const asked = { ...query, most: ENTRIES_AT_ONCE };
  for (let page = await listEntries(database, asked); page.length > 0;) {
    entries.push(...page.map(({ entry }) => entry));
    page = await listEntries(database, { ...asked, before: page.at(-1)!.cursor });
  }
  return entries;
}

/** Ids of the tokens that an actor made, according to the log. */
const idsMadeBy = async (on: Queryable, actor: string): Promise<Set<unknown>> =>
  new Set((await everyEntry(on, { actions: ['token:create'], actor })).map(({ token }) => token));

export interface Letting {
  /** Actors as the log writes them; those that are not systems are ignored. */
  of: readonly string[];
  /** An action that the token allows. */
  letting: Action;
  since: Date;
}

/** True when `by` made a token with which one of these systems may have done this since then: its maker has seen the token. */
export async function madeToken(on: Queryable, by: Actor, { of, letting, since }: Letting): Promise<boolean> {
  const systems = of.flatMap((one) => (one.startsWith('system:') ? [one.slice('system:'.length)] : []));
  if (systems.length === 0) return false;
  const tokens = (await store.listTokens(on, systems)).filter(
    ({ actions, expiresAt, revokedAt }) =>
      actions.includes(letting) && Math.min(expiresAt, revokedAt ?? Infinity) >= since.getTime(),
  );
  if (tokens.length === 0) return false;
  const made = await idsMadeBy(on, actorRef(by));
  return tokens.some(({ id }) => made.has(id));
}

/** The tokens in use that a member of staff made, according to the log, each with its system. */
export async function tokensBy(access: Access, staff: string): Promise<(ApiToken & { system: string })[]> {
  const made = await idsMadeBy(access.office.database, `staff:${staff}`);
  if (made.size === 0) return [];
  const names = await systemNames(access);
  const now = access.office.clock.now();
  return (await store.listTokens(access.office.database))
    .filter((token) => made.has(token.id) && token.revokedAt === null && sessionFacts.isInTime(token, now))
    .map((token) => ({ ...token, system: names.get(token.systemId) ?? '' }));
}

/** Ids of the tokens that were given by an officer, according to the log: by somebody who was an officer at that time. */
async function givenByOfficers(access: Access): Promise<Set<string>> {
  const { entries } = await tracesOf(access.office.database);
  const logged = letInFacts.letIn(entries.map(({ entry }) => entry));
  return new Set(logged.flatMap(({ id, givenBy }) => (givenBy === 'officer' ? [id] : [])));
}

/**
 * Removes from tokens in use the actions that only an officer may give and no officer gave: an earlier version let an administrator give some of
 * them. Revokes a token that is left with no action. Returns the number of tokens changed.
 */
export async function narrowTokens(access: Access): Promise<number> {
  const now = access.office.clock.now();
  const reaching = (await store.listTokens(access.office.database)).filter(
    (token) =>
      token.revokedAt === null &&
      sessionFacts.isInTime(token, now) &&
      token.actions.some(grantingFacts.isOfficersToGive),
  );
  if (reaching.length === 0) return 0;
  const given = await givenByOfficers(access);
  const by: By = { actor: { kind: 'sekisho' }, authority: [] };
  let narrowed = 0;
  for (const { id, systemId, actions } of reaching.filter((token) => !given.has(token.id))) {
    const taken = actions.filter(grantingFacts.isOfficersToGive);
    if (taken.length === actions.length) {
      if ((await revokeToken(access, by, id)).ok) narrowed += 1;
      continue;
    }
    const was = await changing(access, async (tx, at) => {
      const left = await store.narrowToken(tx, id, taken);
      if (left) await record(tx, at, by, 'token:narrow', { token: id, system: systemId, taken });
      return left !== null;
    });
    if (was) narrowed += 1;
  }
  return narrowed;
}
