// What the actions of access work with: the opened directory, the actor, and the one way to change an authority: its log entry is written in the
// same transaction, and remembered identities are forgotten.

import fs from 'node:fs/promises';
import type { Context } from 'hono';
import type { Actor } from '../../../base/actor.ts';
import { append, logEntry, type LogEntry, type Subjects } from '../../../log/index.ts';
import type { Office } from '../../../office.ts';
import type { Tx } from '../../../platform/database/index.ts';
import type { Env } from '../../../platform/http/index.ts';
import { StartProblem } from '../../../platform/start-problem.ts';
import * as facts from '../facts/policies.ts';
import type { AccessPolicies, Authority } from '../facts/policies.ts';
import { openDirectory, type Directory } from '../store/directory.ts';
import type { StaffMember } from '../tables.ts';
import { newPassword, newToken } from './credentials.ts';

/** The equipment entering needs: neither vault nor signing key. */
export type AccessOffice = Pick<Office, 'config' | 'clock' | 'database' | 'mail'>;

/** The access policies in force, while they are not the file that this process has read. */
export interface PoliciesBeside {
  inForce: {
    version: number;
    text: string;
    /** Null where this program cannot read the text; `decide` allows nothing then. */
    policies: AccessPolicies | null;
    decide: AccessPolicies['decide'];
  } | null;
}

/** What this feature works with. Opened once at the start. */
export interface Access {
  office: AccessOffice;
  /** What this process works by: the file that it has read and, while another is in force, what that one allows too. */
  policies: AccessPolicies;
  beside: PoliciesBeside;
  directory: Directory;
  /** A password hash to check against when the account does not exist, so that the answer takes as long. */
  nobodysPassword: Promise<string>;
  /** Functions that forget remembered tokens and sessions when an authority changes in this process; other processes hear of it from the database. */
  forget: Set<() => void>;
}

/** What features that name members of staff work with: the office and the staff directory. Everything else refers to staff by id. */
export interface Room {
  office: Office;
  access: Access;
}

/** The actor, and the ids of the access policies that allowed the act; both go into the log. */
export interface By {
  actor: Actor;
  authority: readonly string[];
}

/** The actor of a request and the policies by which the gate allowed it. */
export const byOf = (c: Pick<Context<Env>, 'get'>): By => ({ actor: c.get('actor'), authority: c.get('authority') });

/** Reads and checks the access policies. Throws StartProblem with the line and the reason when they cannot be relied on. */
export async function loadAccessPolicies(file: string): Promise<AccessPolicies> {
  const text = await fs.readFile(file, 'utf8').catch(() => {
    throw new StartProblem(
      `アクセスの方針を読めません（${file}）。ファイルを置いてください。`,
      `The access policies cannot be read (${file}). Put the file there.`,
    );
  });
  return facts.readAccessPolicies(text, file);
}

/** Most decisions that are remembered. */
const REMEMBER_MOST = 10_000;

/** Remembers decisions, as Cedar takes about 0.1 ms: the same person, or the same system with the same token bounds, is not decided again. */
export function memoised(decide: AccessPolicies['decide']): AccessPolicies['decide'] {
  const shapes = new WeakMap<Actor, string>();
  const decided = new Map<string, Authority>();
  // The id is part of it, as a policy may name a person or a system.
  const shapeOf = (actor: Actor): string => {
    if (actor.kind === 'staff') return `staff ${actor.id} ${actor.roles.join(' ')}`;
    return actor.kind === 'system' ? JSON.stringify([actor.id, actor.actions, actor.purposes]) : actor.kind;
  };
  return (actor, action, purpose) => {
    let shape = shapes.get(actor);
    if (shape === undefined) shapes.set(actor, (shape = shapeOf(actor)));
    const key = purpose === undefined ? `${shape}|${action}` : `${shape}|${action}|${purpose}`;
    let authority = decided.get(key);
    if (!authority) {
      authority = decide(actor, action, purpose);
      if (decided.size >= REMEMBER_MOST) decided.clear();
      decided.set(key, authority);
    }
    return authority;
  };
}

/**
 * Allows what a process's own policies and those in force beside them both allow. The log entry of an act then names the rules in force, whose text
 * is on record. What is shown as the rules are those in force.
 */
function joined(own: AccessPolicies, beside: PoliciesBeside): AccessPolicies {
  const ownDecide = memoised(own.decide);
  const shown = (): AccessPolicies => beside.inForce?.policies ?? own;
  return {
    text: own.text,
    decide: (...asked) => {
      const authority = ownDecide(...asked);
      if (!authority.allowed || beside.inForce === null) return authority;
      return beside.inForce.decide(...asked);
    },
    get systemActions() {
      const { inForce } = beside;
      return own.systemActions.filter((one) => inForce === null || inForce.policies?.systemActions.includes(one));
    },
    get rules() {
      return shown().rules;
    },
    get rights() {
      return shown().rights;
    },
  };
}

/** Hash of a random password that nobody ever knew; made once per process. */
let nobodysPassword: Promise<string> | undefined;

/** Opens the staff directory with its key; from here on, decisions of the policies are remembered. Throws StartProblem when the key is missing or wrong. */
export async function openAccess(office: AccessOffice, policies: AccessPolicies): Promise<Access> {
  const directory = await openDirectory(office.database, office.config.keysFolder);
  const beside: PoliciesBeside = { inForce: null };
  return {
    office,
    policies: joined(policies, beside),
    beside,
    directory,
    nobodysPassword: (nobodysPassword ??= newPassword(newToken())),
    forget: new Set(),
  };
}

/** Runs a transaction that changes an authority. Remembered identities are forgotten before the caller gets the result. */
export async function changing<T>(access: Access, work: (tx: Tx, now: number) => Promise<T>): Promise<T> {
  const value = await access.office.database.transaction((tx) => work(tx, access.office.clock.now()));
  for (const forget of access.forget) forget();
  return value;
}

/** The log entry of an act. `at` is in milliseconds; `id` is given where it must be known beforehand. */
export const entryBy = (
  { actor, authority }: By,
  at: number,
  action: string,
  subjects: Subjects,
  id?: string,
): LogEntry => logEntry(at, actor, action, { ...subjects, authority: [...authority] }, id);

/** Writes the log entry of a change, in its transaction. */
export const record = (tx: Tx, now: number, by: By, action: string, subjects: Subjects): Promise<void> =>
  append(
    tx,
    logEntry(now, by.actor, action, {
      ...subjects,
      ...(by.authority.length > 0 ? { authority: [...by.authority] } : {}),
    }),
  );

export const asActor = (s: Pick<StaffMember, 'id' | 'name' | 'roles'>): Actor => ({
  kind: 'staff',
  id: s.id,
  name: s.name,
  roles: s.roles,
});

/** A member of staff acting on their own account; no access policy is asked. */
export const bySelf = (s: StaffMember): By => ({ actor: asActor(s), authority: [] });
