// Keeps the access policies on record whenever the office starts with other ones than before: they say who might do what, and when. Until every
// process has read the same file, each allows what both its own and the one in force allow.

import { hash } from 'node:crypto';
import type { Actor } from '../../../base/actor.ts';
import { newId } from '../../../base/id.ts';
import { listEntries, type Json } from '../../../log/index.ts';
import type { Queryable } from '../../../platform/database/index.ts';
import { StartProblem } from '../../../platform/start-problem.ts';
import {
  type AccessPolicies,
  type AccessRule,
  type Authority,
  changesOf,
  type PolicyChanges,
  readAccessPolicies,
  rulesOnce,
} from '../facts/policies.ts';
import { accessPoliciesKept, keepAccessPolicies, newestPoliciesKept } from '../store/policies.ts';
import { lockStaff } from '../store/staff.ts';
import type { PoliciesKept } from '../tables.ts';
import { memoised, record, type Access } from './access.ts';

/** Null where one of the texts cannot be read. */
function changesSince(before: string, rules: readonly AccessRule[] | null): PolicyChanges | null {
  const had = rulesOnce(before);
  return had && rules && changesOf(had, rules);
}

const sekisho: Actor = { kind: 'sekisho' };

/** Most entries about access policies that are looked at. Of older ones, the texts that are kept tell the same. */
const MOST = 1_000;

/** The versions that the log says were in force, newest first: also those that a restored database no longer has. */
const versionsLogged = async (on: Queryable): Promise<{ version: number; sha256: Json | undefined }[]> =>
  (await listEntries(on, { actions: ['access:policies'], most: MOST }))
    .map(({ entry }) => ({ version: Number(entry.version), sha256: entry.sha256 }))
    // A restore can put entries behind later ones.
    .toSorted((a, b) => b.version - a.version);

const replaced = (): StartProblem =>
  new StartProblem(
    'policies/access.cedar は、操作の記録によれば前に置き換えられた版で、いま有効な版は戻したデータベースにありません。有効な版のファイルを置いてください。この版に戻すときは、注釈を1行加えるなど、内容を変えてください。',
    'According to the log, policies/access.cedar is a version that was replaced, and the restored database does not have the version in force. Put the file in force there. To go back to this one, change something in it, such as a comment.',
  );

function readable(text: string): AccessPolicies | null {
  try {
    return readAccessPolicies(text, '');
  } catch (error) {
    if (error instanceof StartProblem) return null;
    throw error;
  }
}

const nothing: Authority = { allowed: false, policies: [] };

/** Works by the version in force, too, where it is another file than the one this process has read. */
function follow({ policies: own, beside }: Access, { version, text }: Pick<PoliciesKept, 'version' | 'text'>): void {
  if (text === own.text) beside.inForce = null;
  else if (beside.inForce?.text !== text) {
    const policies = readable(text);
    beside.inForce = { version, text, policies, decide: policies ? memoised(policies.decide) : () => nothing };
  }
}

/** Reads which access policies are in force: another process may have started with other ones. */
export async function followPolicies(access: Access): Promise<void> {
  const newest = await newestPoliciesKept(access.office.database);
  if (newest) follow(access, newest);
}

/**
 * Puts the access policies just read into force, with a log entry that names the rules they change. Returns true when they were not in force before.
 * A file that was in force and was replaced does not come back by a start: it would give back what the later one takes away, on a machine that was
 * forgotten or has an old disk. Beside it the later one stays in force. Throws StartProblem when that one is not known.
 */
export async function keepPolicies(access: Access): Promise<boolean> {
  const { office, policies } = access;
  const { text, rules } = policies;
  const sha256 = hash('sha256', text);
  return office.database.transaction(async (tx) => {
    await lockStaff(tx);
    const [kept, logged] = [await accessPoliciesKept(tx), await versionsLogged(tx)];
    const newest = kept.at(-1);
    const newestHash = newest && hash('sha256', newest.text);
    const inForce = logged[0]?.sha256 ?? newestHash;
    const lost = inForce !== newestHash;
    if (inForce === sha256 && !lost) return false;
    const known = kept.some((one) => one.text === text) || logged.some((one) => one.sha256 === sha256);
    if (known && inForce !== sha256) {
      if (lost) throw replaced();
      follow(access, newest!);
      return false;
    }
    const since = office.clock.now();
    const version = Math.max(newest?.version ?? 0, logged[0]?.version ?? 0) + 1;
    const now = { id: newId(since), version, text, since };
    await keepAccessPolicies(tx, now);
    await record(tx, since, { actor: sekisho, authority: [] }, 'access:policies', {
      access: now.id,
      version,
      sha256,
      ...(newest && changesSince(newest.text, rules)),
    });
    return true;
  });
}

/** A version of the access policies: the one in force, or an earlier one. */
export interface PolicyVersion {
  version: number;
  /** As written. */
  text: string;
  /** Empty where Cedar no longer reads the text. */
  rules: readonly AccessRule[];
  /** Null for the first version, and where the changes cannot be told. */
  changes: PolicyChanges | null;
  since: number;
  /** Null for the version in force. */
  until: number | null;
}

/** Every version, newest first. */
export async function policyVersions({ office }: Pick<Access, 'office'>): Promise<PolicyVersion[]> {
  const kept = await accessPoliciesKept(office.database);
  const versions = kept.map(({ version, text, since }, i) => {
    const rules = rulesOnce(text);
    const before = kept[i - 1];
    const changes = before ? changesSince(before.text, rules) : null;
    return { version, text, rules: rules ?? [], changes, since, until: kept[i + 1]?.since ?? null };
  });
  return versions.toReversed();
}
