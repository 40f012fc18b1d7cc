// Keeps the access policies on record whenever the office starts with other ones than before: they say who might do what, and when.

import { hash } from 'node:crypto';
import type { Actor } from '../../../base/actor.ts';
import { newId } from '../../../base/id.ts';
import { changesOf, rulesOnce, type AccessRule, type PolicyChanges } from '../facts.ts';
import { accessPoliciesKept, keepAccessPolicies, newestPoliciesKept } from '../store/policies.ts';
import { lockStaff } from '../store/staff.ts';
import { record, type Access } from './access.ts';

/** Null where one of the texts cannot be read. */
function changesSince(before: string, rules: readonly AccessRule[] | null): PolicyChanges | null {
  const had = rulesOnce(before);
  return had && rules && changesOf(had, rules);
}

const sekisho: Actor = { kind: 'sekisho' };

/** Keeps the access policies just read, with a log entry that names the rules they change. Returns true when they differ from before. */
export async function keepPolicies({ office, policies }: Access): Promise<boolean> {
  const { text, rules } = policies;
  return office.database.transaction(async (tx) => {
    await lockStaff(tx);
    const before = (await accessPoliciesKept(tx)).at(-1);
    if (before?.text === text) return false;
    const since = office.clock.now();
    const kept = { id: newId(since), version: (before?.version ?? 0) + 1, text, since };
    await keepAccessPolicies(tx, kept);
    await record(tx, since, { actor: sekisho, authority: [] }, 'access:policies', {
      access: kept.id,
      version: kept.version,
      sha256: hash('sha256', text),
      ...(before && changesSince(before.text, rules)),
    });
    return true;
  });
}

/** The version in force when it is not what this process has read: another process has started with another file. Null otherwise. */
export async function otherPolicies({ office, policies }: Access): Promise<number | null> {
  const newest = await newestPoliciesKept(office.database);
  return newest && newest.text !== policies.text ? newest.version : null;
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
