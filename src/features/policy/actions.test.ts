// Versions of the policy on a real database: what never changes, who approves, and from which day.

import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../tests/house.ts';
import { restingOn } from '../../../tests/people.ts';
import type { Actor } from '../../base/actor.ts';
import { day } from '../../base/day.ts';
import { listEntries } from '../../log/index.ts';
import { equip, type Office } from '../../office.ts';
import { standingClock } from '../../platform/clock.ts';
import { readConfig } from '../../platform/config.ts';
import { StartProblem } from '../../platform/start-problem.ts';
import { approve } from './actions/approval.ts';
import {
  draftOf,
  loadFirstPolicy,
  policyInForce,
  policyJson,
  policyVersion,
  policyVersions,
  policyYaml,
  propose,
  sha256Of,
  versionStanding,
} from './actions/versions.ts';
import { canonicalPolicy } from './facts/change.ts';
import { readPolicy } from './facts/read.ts';
import type { PolicyFile } from './facts/shape.ts';

const officer = (id: string): Actor => ({ kind: 'staff', id, name: '管理 花子', roles: ['officer'] });
const first = officer('01890000-0000-7000-8000-000000000001');
const second = officer('01890000-0000-7000-8000-000000000002');
const byFirst = { actor: first, authority: ['a'] };
const bySecond = { actor: second, authority: ['a'] };
const clerk: Actor = { kind: 'staff', id: '01890000-0000-7000-8000-000000000003', name: '窓口 次郎', roles: ['desk'] };
const today = day('2026-11-24');

let db: TestDatabase;
let office: Office;
let folder: string;
const clock = standingClock('2026-11-24T09:00:00+09:00');

beforeAll(async () => {
  db = await testDatabase();
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'sekisho-policy-'));
  office = await equip(readConfig({}, { dataFolder: folder }), clock, db.app);
});
afterAll(async () => {
  await db.drop();
  await fs.rm(folder, { recursive: true });
});

async function textsWith(change: (yaml: Record<PolicyFile, string>) => void): Promise<Record<PolicyFile, string>> {
  const inForce = await policyInForce(office, today);
  const texts = policyYaml(inForce!.policy);
  change(texts);
  return texts;
}

const changed = (name: string): Promise<Record<PolicyFile, string>> =>
  textsWith((texts) => {
    texts['operator.yaml'] = texts['operator.yaml'].replaceAll('例示 太郎', name);
  });

const actionsOf = async (): Promise<string[]> =>
  (await listEntries(db.app, { most: 50 })).map((e) => e.entry.action).reverse();

describe('the first policy', () => {
  test('a folder without a policy stops the start with a sentence that names the file', async () => {
    const empty = await fs.mkdtemp(path.join(os.tmpdir(), 'sekisho-policy-'));
    const problem = await loadFirstPolicy(office, empty).catch((error: unknown) => error);
    expect(problem).toBeInstanceOf(StartProblem);
    expect((problem as StartProblem).says.ja).toContain('operator.yaml');
    expect(await policyVersions(office)).toEqual([]);
    await fs.rm(empty, { recursive: true });
  });

  test('it is version 1, approved by the set-up, in force from today, with its log entry; and it is loaded once', async () => {
    expect(await Promise.all([1, 2, 3].map(() => loadFirstPolicy(office, 'policies/example')))).toEqual(
      expect.arrayContaining([true, false, false]),
    );
    const inForce = (await policyInForce(office, today))!;
    expect(inForce.version).toBe(1);
    expect(inForce.approval?.by).toBe('sekisho');
    expect(inForce.effectiveOn).toBe(today);
    expect(inForce.policy.clauses).toHaveLength(134);
    expect(inForce.sha256).toBe(sha256Of(inForce.policy).toString('hex'));
    expect(await policyInForce(office, day('2026-11-23'))).toBeNull();
    const [entry] = await listEntries(db.app, { most: 5 });
    expect(entry!.entry).toMatchObject({
      id: inForce.approval!.entry,
      action: 'policy:approve',
      version: 1,
      sha256: inForce.sha256,
      effective: today,
    });
  });

  test('its YAML reads back as the same policy, and its JSON carries the hash of exactly that', async () => {
    const inForce = (await policyInForce(office, today))!;
    const read = readPolicy(policyYaml(inForce.policy));
    expect(read.ok && canonicalPolicy(read.value)).toBe(canonicalPolicy(inForce.policy));
    // Fields are in the order in which people write them, since the database keeps no order.
    expect(policyYaml(inForce.policy)['operator.yaml']).toMatch(/^name:\n {2}ja: .*\n {2}en: .*\nshort_name:\n/);
    expect(policyYaml(inForce.policy)['clauses.yaml']).toMatch(/^clauses:\n {2}- no: 1\n {4}part: A\n/);
    // So are those of a version from when the files could list joint uses.
    const { jointUses } = inForce.policy;
    if (jointUses === 'none') return expect.fail('the example has joint uses');
    const older = { ...inForce.policy, jointUses: { ...jointUses, agreed: [] } };
    const again = readPolicy(policyYaml(older));
    expect(again.ok && canonicalPolicy(again.value)).toBe(canonicalPolicy(inForce.policy));
    const json = policyJson(inForce);
    expect(sha256Of(JSON.parse(JSON.stringify(json.policy))).toString('hex')).toBe(json.sha256);
  });
});

describe('proposing', () => {
  test('a broken file is refused by its place, and nothing is kept', async () => {
    const texts = await textsWith((t) => {
      t['clauses.yaml'] = t['clauses.yaml'].replace('no: 2\n', 'no: 1\n');
    });
    const outcome = await propose(office, byFirst, { texts, effectiveOn: today });
    expect(outcome.ok).toBe(false);
    expect(!outcome.ok && outcome.problem.kind === 'invalid' && outcome.problem.fields[0].field).toBe(
      'clauses.yaml: clauses[1].no',
    );
    expect(await policyVersions(office)).toHaveLength(1);
  });

  test('text the database or the log could not hold is refused as input, not met as a failure', async () => {
    for (const unheld of ['"a\\0b"', '"a\\uD800b"']) {
      const texts = await textsWith((t) => {
        t['promises.yaml'] = t['promises.yaml'].replace('方針の承認', unheld);
      });
      const draft = await draftOf(office, texts);
      expect(!draft.ok && draft.problem.kind === 'invalid' && draft.problem.fields[0].field).toBe('policy');
    }
    const long = await textsWith((t) => {
      t['promises.yaml'] = t['promises.yaml'].replaceAll('policy-approved', `p${'a'.repeat(90)}`);
      t['clauses.yaml'] = t['clauses.yaml'].replaceAll('policy-approved', `p${'a'.repeat(90)}`);
    });
    const other = await draftOf(office, long);
    expect(!other.ok && other.problem.kind === 'invalid' && other.problem.fields[0].field).toBe(
      'promises.yaml: promises[0].id',
    );
  });

  test('the same text again is a conflict, a day in the past is refused', async () => {
    const same = await propose(office, byFirst, {
      texts: await textsWith(() => undefined),
      effectiveOn: today,
    });
    expect(!same.ok && same.problem).toMatchObject({ kind: 'conflict', existing: '1' });
    const past = await propose(office, byFirst, {
      texts: await changed('例示 次郎'),
      effectiveOn: day('2026-11-23'),
    });
    expect(!past.ok && past.problem).toMatchObject({ kind: 'invalid', fields: [{ field: 'effective_on' }] });
    expect(await policyVersions(office)).toHaveLength(1);
  });

  test('a checked policy waits as the next version; the one in force stays', async () => {
    const draft = await draftOf(office, await changed('例示 次郎'));
    expect(draft.ok && draft.value.diff!.facts.map((f) => f.path)).toEqual(['operator.representative.ja']);
    expect(draft.ok && draft.value.gaps.length).toBeGreaterThan(0);
    const outcome = await propose(
      office,
      { actor: first, authority: ['officer-policy'] },
      {
        texts: await changed('例示 次郎'),
        effectiveOn: day('2026-12-01'),
      },
    );
    expect(outcome.ok && outcome.value.version).toBe(2);
    expect((await policyInForce(office, day('2027-01-01')))!.version).toBe(1);
    const heads = await policyVersions(office);
    expect(heads.map((h) => versionStanding(heads, h, today))).toEqual(['proposed', 'in-force']);
    const [entry] = await listEntries(db.app, { most: 1 });
    expect(entry!.entry).toMatchObject({ action: 'policy:propose', version: 2, authority: ['officer-policy'] });
  });
});

describe('approving', () => {
  const on = day('2026-12-01');
  const ask = (version: number, officers = 2, effectiveOn = on) => ({
    version,
    effectiveOn,
    officers,
    judged: {},
    resting: restingOn,
  });

  test('only an officer, never the proposer where another officer exists, never from the past', async () => {
    const kinds = async (actor: Actor, approval: Parameters<typeof approve>[2]) => {
      const outcome = await approve(office, { actor, authority: ['a'] }, approval);
      return outcome.ok ? 'approved' : outcome.problem.kind;
    };
    expect(await kinds(clerk, ask(2))).toBe('forbidden');
    expect(await kinds({ kind: 'sekisho' }, ask(2))).toBe('forbidden');
    expect(await kinds(first, ask(2))).toBe('forbidden');
    expect(await kinds(second, ask(9))).toBe('not-found');
    expect(await kinds(second, ask(2, 2, day('2026-11-23')))).toBe('invalid');
    expect((await policyVersion(office, 2))!.approval).toBeNull();
  });

  test('another officer approves, of two at once one alone; it takes effect on its day; the news goes out', async () => {
    const heard: string[] = [];
    const stop = await db.app.listen('standing', (payload) => heard.push(payload));
    const before = (await actionsOf()).length;
    const outcomes = await Promise.all([1, 2].map(() => approve(office, bySecond, ask(2))));
    expect(outcomes.map((one) => (one.ok ? one.value.approval?.by : one.problem.kind)).toSorted()).toEqual([
      'conflict',
      'staff:01890000-0000-7000-8000-000000000002',
    ]);
    expect((await policyInForce(office, day('2026-11-30')))!.version).toBe(1);
    expect((await policyInForce(office, on))!.version).toBe(2);
    expect((await actionsOf()).slice(before)).toEqual(['policy:approve']);
    await expect.poll(() => heard).toEqual(['policy']);
    await stop();
    const again = await approve(office, bySecond, ask(2));
    expect(!again.ok && again.problem.kind).toBe('conflict');
  });

  test('a later version cannot take effect before an approved one, and a newer proposal replaces the waiting one', async () => {
    const early = await propose(office, byFirst, {
      texts: await changed('例示 三郎'),
      effectiveOn: today,
    });
    expect(!early.ok && early.problem).toMatchObject({ kind: 'invalid', fields: [{ field: 'effective_on' }] });
    await propose(office, byFirst, { texts: await changed('例示 三郎'), effectiveOn: on });
    await propose(office, byFirst, { texts: await changed('例示 四郎'), effectiveOn: on });
    const heads = await policyVersions(office);
    expect(heads.map((h) => [h.version, versionStanding(heads, h, today)])).toEqual([
      [4, 'proposed'],
      [3, 'replaced'],
      [2, 'coming'],
      [1, 'in-force'],
    ]);
    const replaced = await approve(office, bySecond, ask(3));
    expect(!replaced.ok && replaced.problem.kind).toBe('conflict');
  });

  test('where there is one officer only, the proposer may approve, and the log shows it', async () => {
    const outcome = await approve(office, byFirst, ask(4, 1));
    expect(outcome.ok).toBe(true);
    const [entry] = await listEntries(db.app, { most: 1 });
    expect(entry!.entry.proposer).toBe(entry!.entry.actor);
    expect((await policyInForce(office, on))!.version).toBe(4);
  });
});

describe('what cannot be done, even with SQL', () => {
  const attempts = [
    `UPDATE policy_versions SET content = jsonb_set(content, '{operator,fee,amount_yen}', '5000') WHERE version = 1`,
    `UPDATE policy_versions SET content = jsonb_set(content, '{operator,fee,amount_yen}', '5000') WHERE version = 3`,
    `UPDATE policy_versions SET effective_on = '2026-01-01' WHERE version = 1`,
    `UPDATE policy_versions SET approved_by = 'staff:x' WHERE version = 1`,
    `UPDATE policy_versions SET approved_at = NULL, approved_by = NULL, approval_entry = NULL WHERE version = 1`,
    `DELETE FROM policy_versions WHERE version = 3`,
    `TRUNCATE policy_versions, promise_states, purpose_wordings`,
    `UPDATE purpose_wordings SET meaning = 2`,
    `DELETE FROM purpose_wordings`,
  ];
  test.each(attempts)('%s', async (sql) => {
    for (const on of [db.app, db.owner]) {
      await expect(on.query(sql, [])).rejects.toMatchObject({ code: '42501' });
    }
  });

  test('no version without its log entry: when the log cannot be written, nothing is proposed or approved', async () => {
    await propose(office, byFirst, { texts: await changed('例示 五郎'), effectiveOn: day('2026-12-02') });
    const before = await policyVersions(office);
    await db.owner.query('REVOKE INSERT ON log_entries FROM sekisho_app', []);
    await db.owner.query(
      'REVOKE INSERT (id, at, action, actor, principal_id, entry) ON log_entries FROM sekisho_app',
      [],
    );
    try {
      const six = await changed('例示 六郎');
      await expect(propose(office, byFirst, { texts: six, effectiveOn: day('2026-12-02') })).rejects.toMatchObject({
        code: '42501',
      });
      await expect(
        approve(office, bySecond, {
          version: 5,
          effectiveOn: day('2026-12-02'),
          officers: 2,
          judged: {},
          resting: restingOn,
        }),
      ).rejects.toMatchObject({ code: '42501' });
    } finally {
      await db.owner.query(
        'GRANT INSERT (id, at, action, actor, principal_id, entry) ON log_entries TO sekisho_app',
        [],
      );
    }
    expect(await policyVersions(office)).toEqual(before);
  });
});
