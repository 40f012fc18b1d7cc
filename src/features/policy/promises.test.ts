// States of promises: computed, never set; unknown without a prover or where the proof fails; recorded only where something changed.

import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { PASSWORD, PASSWORD_HASH, testDatabase, type TestDatabase } from '../../../tests/house.ts';
import { onlyMay } from '../../../tests/office.ts';
import { mailServer } from '../../../tests/smtp.ts';
import type { Role } from '../../base/actor.ts';
import { day } from '../../base/day.ts';
import type { Proof, PromiseState } from '../../base/promise.ts';
import { listEntries } from '../../log/index.ts';
import { equip, type Office, type Prover } from '../../office.ts';
import { standingClock } from '../../platform/clock.ts';
import { readConfig } from '../../platform/config.ts';
import { addFictionalStaff, loadAccessPolicies, openAccess } from '../access/index.ts';
import { readsIn, signIn } from '../access/actions/sign-in.ts';
import { evaluatePromises } from './actions/evaluation.ts';
import { clauseStates, promiseBoard, promiseDays, promiseTrend, type PromiseStanding } from './actions/standings.ts';
import { loadFirstPolicy, policyInForce, sha256Of } from './actions/versions.ts';
import type { Policy } from './facts/shape.ts';
import { policyProvers } from './promises.ts';
import { promiseSays } from './words.ts';
import { boardRails } from './pages/board.tsx';

let db: TestDatabase;
let office: Office;
let folder: string;
const clock = standingClock('2026-11-24T09:00:00+09:00');

beforeAll(async () => {
  db = await testDatabase();
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'sekisho-policy-'));
  office = await equip(readConfig({}, { dataFolder: folder }), clock, db.app);
  await loadFirstPolicy(office, 'policies/example');
});
afterAll(async () => {
  await db.drop();
  await fs.rm(folder, { recursive: true });
});

const proof = (state: PromiseState, more: Partial<Proof> = {}): Proof => ({
  state,
  says: { ja: `状態 ${state}`, en: state },
  evidence: [{ label: { ja: '件数', en: 'Count' }, value: { ja: '3件', en: '3' } }],
  fix: state === 'kept' ? [] : [{ ja: '直す', en: 'mend it' }],
  ...more,
});

const prover = (promise: string, prove: () => Proof | Promise<Proof>): Prover => ({
  promise,
  prove: async () => prove(),
});

const historyOf = (promise: string): Promise<{ state: string }[]> =>
  db.app.query('SELECT state FROM promise_states WHERE promise = $1 ORDER BY id', [promise]);

const stateOf = async (promise: string): Promise<PromiseStanding> =>
  (await promiseBoard(office))!.promises.find((p) => p.id === promise)!;

describe('computing', () => {
  beforeEach(() => clock.moveTo('2026-11-24T09:00:00+09:00'));

  test('before the first time everything is unknown, with the sentence that says so', async () => {
    const board = (await promiseBoard(office))!;
    expect(new Set(board.promises.map((p) => p.state))).toEqual(new Set(['unknown']));
    expect(board.promises[0]!.why.ja).toContain('まだ一度も計算していません');
    expect(board.computed).toBeNull();
  });

  test('every promise of the policy is computed; the ones without a prover are unknown and say why', async () => {
    const evaluation = (await evaluatePromises(office, [prover('provision-recorded', () => proof('kept'))]))!;
    const all = (await policyInForce(office, day('2026-11-24')))!.policy.promises.length;
    expect(evaluation.changed).toHaveLength(all);
    expect((await stateOf('provision-recorded')).state).toBe('kept');
    const other = await stateOf('no-opt-out');
    expect(other.state).toBe('unknown');
    expect(other.why.ja).toContain('確かめる仕組みが、いまの関所にはない');
    expect(other.evidence).toEqual([]);
  });

  test('a row of history and a log entry only when the state changes', async () => {
    const logged = async (): Promise<number> =>
      (await listEntries(db.app, { most: 1000, actions: ['policy:promise'] })).length;
    let state: PromiseState = 'kept';
    const provers = [prover('provision-recorded', () => proof(state))];
    const before = await logged();
    for (const next of ['kept', 'kept', 'risk', 'risk', 'broken', 'kept'] as const) {
      state = next;
      clock.moveTo(new Date(clock.now() + 60_000).toISOString());
      await evaluatePromises(office, provers);
    }
    expect((await historyOf('provision-recorded')).map((r) => r.state)).toEqual(['kept', 'risk', 'broken', 'kept']);
    expect((await logged()) - before).toBe(3);
    const standing = await stateOf('provision-recorded');
    expect(standing.computed).toBe(clock.now());
    const [entry] = await listEntries(db.app, { most: 1, actions: ['policy:promise'] });
    expect(entry!.entry).toMatchObject({ id: standing.entry, promise: 'promise/provision-recorded', state: 'kept' });
  });

  test('a prover that throws gives unknown, never kept, and its words reach nobody', async () => {
    await evaluatePromises(office, [prover('no-opt-out', () => proof('kept'))]);
    const evaluation = (await evaluatePromises(office, [
      prover('no-opt-out', () => {
        throw new Error('関口 真理 sekiguchi@example.jp');
      }),
    ]))!;
    expect(evaluation.failed).toEqual(['no-opt-out']);
    const standing = await stateOf('no-opt-out');
    expect(standing.state).toBe('unknown');
    expect(JSON.stringify(standing)).not.toContain('sekiguchi');
    expect((await historyOf('no-opt-out')).map((r) => r.state)).toEqual(['unknown', 'kept', 'unknown']);
  });

  test('a prover that does not answer in time gives unknown; the time is what it is given', async () => {
    const slow = [prover('no-opt-out', () => sleep(300, proof('kept')))];
    expect((await evaluatePromises(office, slow, { limitMs: 20 }))!.failed).toEqual(['no-opt-out']);
    expect(await stateOf('no-opt-out')).toMatchObject({ state: 'unknown', why: promiseSays.late });
    expect((await evaluatePromises(office, slow, { limitMs: 20_000 }))!.failed).toEqual([]);
    expect((await stateOf('no-opt-out')).state).toBe('kept');
  });

  test('"kept" without evidence is not believed', async () => {
    await evaluatePromises(office, [prover('source-recorded', () => proof('kept', { evidence: [] }))]);
    expect((await stateOf('source-recorded')).state).toBe('unknown');
  });

  test('a promise proved by two features stands as the worse of them and shows the evidence of both', async () => {
    await evaluatePromises(office, [
      prover('consent-before-provision', () => proof('kept')),
      prover('consent-before-provision', () => proof('broken')),
    ]);
    const standing = await stateOf('consent-before-provision');
    expect(standing.state).toBe('broken');
    expect(standing.evidence).toHaveLength(2);
    expect(standing.fix).toEqual([{ ja: '直す', en: 'mend it' }]);
  });

  test('of several processes on the timer one computes; the others leave it', async () => {
    clock.moveTo('2026-11-24T10:30:00+09:00');
    let asked = 0;
    const provers = [
      prover('provision-recorded', async () => {
        asked += 1;
        await new Promise((resolve) => setTimeout(resolve, 100));
        return proof('kept');
      }),
    ];
    const runs = await Promise.all([1, 2, 3, 4].map(() => evaluatePromises(office, provers, { unlessFresh: true })));
    expect(runs.filter((run) => run !== null)).toHaveLength(1);
    expect(await evaluatePromises(office, provers, { unlessFresh: true })).toBeNull();
    expect(asked).toBe(1);
    clock.moveTo('2026-11-24T10:31:00+09:00');
    expect(await evaluatePromises(office, provers, { unlessFresh: true })).not.toBeNull();
  });

  test('a process that lost its turn while it computed changes nothing of what the next one found', async () => {
    clock.moveTo('2026-11-24T10:35:00+09:00');
    const found = (state: PromiseState) => [prover('provision-recorded', () => proof(state))];
    const lost = evaluatePromises(
      office,
      [
        prover('provision-recorded', async () => {
          // As when the server, or what stands before it, ends the connection.
          await db.owner.query(
            `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'
             AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
            [],
          );
          expect(await evaluatePromises(office, found('broken'), { unlessFresh: true })).not.toBeNull();
          return proof('kept');
        }),
      ],
      { unlessFresh: true },
    );
    await expect(lost).rejects.toThrow();
    expect((await stateOf('provision-recorded')).state).toBe('broken');
    expect((await historyOf('provision-recorded')).at(-1)!.state).toBe('broken');
  });

  test('a clock that went ahead and is put right holds nothing up', async () => {
    const provers = [prover('provision-recorded', () => proof('kept'))];
    clock.moveTo('2026-11-24T16:00:00+09:00');
    expect(await evaluatePromises(office, provers, { unlessFresh: true })).not.toBeNull();
    clock.moveTo('2026-11-24T10:40:00+09:00');
    expect(await evaluatePromises(office, provers, { unlessFresh: true })).not.toBeNull();
    expect(await evaluatePromises(office, provers, { unlessFresh: true })).toBeNull();
    // A promise that the policy no longer makes keeps its last check, and is not counted.
    await db.owner.query(
      `INSERT INTO promise_checks SELECT 'made-no-more', at + interval '5 hours', state, says, evidence, fix
       FROM promise_checks WHERE promise = 'provision-recorded'`,
      [],
    );
    expect(await evaluatePromises(office, provers, { unlessFresh: true })).toBeNull();
  });

  test('history cannot be rewritten, by the application or by the owner', async () => {
    for (const on of [db.app, db.owner]) {
      await expect(on.query(`UPDATE promise_states SET state = 'kept'`, [])).rejects.toMatchObject({ code: '42501' });
      await expect(on.query('DELETE FROM promise_states', [])).rejects.toMatchObject({ code: '42501' });
    }
  });
});

describe('the board', () => {
  test('a clause is as good as its worst promise, and has no state without promises', async () => {
    const { policy } = (await policyInForce(office, day('2026-11-24')))!;
    const standing = (id: string, state: PromiseState): PromiseStanding => ({
      ...policy.promises.find((p) => p.id === id)!,
      state,
      since: null,
      computed: null,
      why: { ja: '', en: '' },
      evidence: [],
      fix: [],
      entry: null,
    });
    const clause = policy.clauses.find((c) => c.no === 3)!;
    const of = (a: PromiseState, b: PromiseState): PromiseState | null =>
      clauseStates({ ...policy, clauses: [clause] }, [
        standing('risks-controlled', a),
        standing('incidents-corrected', b),
      ])[0]!.state;
    expect(of('kept', 'kept')).toBe('kept');
    expect(of('kept', 'unknown')).toBe('unknown');
    expect(of('unknown', 'risk')).toBe('risk');
    expect(of('risk', 'broken')).toBe('broken');
    const silent = { ...clause, promises: [] };
    expect(clauseStates({ ...policy, clauses: [silent] }, [])[0]!.state).toBeNull();
  });

  test('every clause hangs on exactly one rail, in order, and rails do not mix parts', async () => {
    const board = (await promiseBoard(office))!;
    const rails = boardRails(board);
    const numbers = rails.flatMap((r) => r.clauses.map((c) => c.clause.no));
    expect(numbers).toEqual(Array.from({ length: 134 }, (_, i) => i + 1));
    for (const rail of rails) expect(new Set(rail.clauses.map((c) => c.clause.part)).size).toBe(1);
    expect(rails.map((r) => `${r.name.ja} ${r.clauses.length}`)).toMatchInlineSnapshot(`
      [
        "A 個人情報保護方針 6",
        "B-1〜2(2) 利用目的 14",
        "B-2(3)〜2(4) 共同利用 8",
        "B-2(5)〜2(6) 開示等の請求の手続 14",
        "B-3〜5 安全管理措置 21",
        "B-6〜7 匿名加工情報 11",
        "B-8〜9 外国にある第三者への提供 14",
        "C 特定個人情報等の適正な取扱いに関する基本方針 5",
        "D-1〜2 お取引先の特定個人情報等の取扱い 25",
        "D-3〜5 安全管理措置 16",
      ]
    `);
    expect(Math.max(...rails.map((r) => r.clauses.length))).toBeLessThanOrEqual(26);
    const { kept, risk, broken, unknown } = board.tally;
    expect(kept + risk + broken + unknown).toBe(134);
  });

  test('a past day shows the states of its end; a day before any record shows unknown', async () => {
    clock.moveTo('2026-11-25T09:00:00+09:00');
    await evaluatePromises(office, [prover('provision-recorded', () => proof('risk'))]);
    clock.moveTo('2026-11-27T09:00:00+09:00');
    await evaluatePromises(office, [prover('provision-recorded', () => proof('broken'))]);
    const on = async (text: string): Promise<PromiseState> =>
      (await promiseBoard(office, { on: day(text) }))!.promises.find((p) => p.id === 'provision-recorded')!.state;
    expect(await on('2026-11-24')).toBe('kept');
    expect(await on('2026-11-25')).toBe('risk');
    expect(await on('2026-11-26')).toBe('risk');
    expect(await on('2026-11-27')).toBe('broken');
    expect(await promiseBoard(office, { on: day('2026-11-23') })).toBeNull();
    const old = (await promiseBoard(office, { on: day('2026-11-23'), version: 1 }))!;
    expect(new Set(old.promises.map((p) => p.state))).toEqual(new Set(['unknown']));
    expect(old.promises[0]!.why.ja).toContain('記録がありません');
  });

  test('the trend and the strip hold the days that exist and no other', async () => {
    const { policy } = (await policyInForce(office, office.clock.today()))!;
    const trend = await promiseTrend(office, policy, 91);
    expect(trend.map((d) => d.on)).toEqual(['2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27']);
    const days = await Promise.all(trend.map(({ on }) => promiseBoard(office, { on })));
    expect(trend.map((d) => d.counts)).toEqual(days.map((board) => board!.tally));
    expect(trend.map((d) => d.counts.broken > 0)).toEqual([false, false, false, true]);
    expect(await promiseTrend(office, policy, 2)).toEqual(trend.slice(2));
    const strip = await promiseDays(office, 'provision-recorded', day('2026-01-01'), day('2026-11-27'));
    expect(strip).toEqual({ first: '2026-11-24', states: ['kept', 'risk', 'risk', 'broken'] });
    expect(await promiseDays(office, 'provision-recorded', day('2026-01-01'), day('2026-11-23'))).toBeNull();
  });
});

describe('what the policy proves of itself', () => {
  const all = async (): Promise<Record<string, PromiseStanding>> => {
    await evaluatePromises(office, policyProvers);
    return Object.fromEntries((await promiseBoard(office))!.promises.map((p) => [p.id, p]));
  };

  test('every prover names a promise of the example policy', async () => {
    const ids = new Set((await policyInForce(office, office.clock.today()))!.policy.promises.map((p) => p.id));
    expect(policyProvers.filter((p) => !ids.has(p.promise)).map((p) => p.promise)).toEqual([]);
  });

  test('the example policy: named, desk shown, and approved by nobody as long as it is the one that came at set-up', async () => {
    const of = await all();
    expect(of['policy-approved']).toMatchObject({ state: 'unknown', why: { en: expect.stringContaining('set-up') } });
    expect(of['policy-approved']!.fix).not.toEqual([]);
    expect(of['policy-approved']!.evidence.map((e) => e.value.en)).toContain('134 of 134');
    expect(of['written-route-offered']!.state).toBe('kept');
    expect(of['desk-address-shown']!.state).toBe('kept');
    expect(of['operator-named']!.state).toBe('kept');
  });

  describe('that every clause is backed', () => {
    /** What the proof says, two minutes in a row, while every promise but this one is shown to be kept. */
    const look = async (promise: string, prove: () => Proof): Promise<Proof> => {
      const { policy } = (await policyInForce(office, office.clock.today()))!;
      const others = policy.promises.filter(({ id }) => id !== 'every-clause-controlled' && id !== promise);
      const provers = [...others.map(({ id }) => prover(id, () => proof('kept'))), prover(promise, prove)];
      for (let minute = 0; minute < 2; minute++) {
        clock.moveTo(new Date(clock.now() + 60_000).toISOString());
        await evaluatePromises(office, provers);
      }
      return policyProvers.find((one) => one.promise === 'every-clause-controlled')!.prove(office);
    };
    const throws = (): Proof => {
      throw new Error('no answer');
    };

    test('is unknown with their count while some were never shown', async () => {
      const fresh = await testDatabase();
      const other = await equip(readConfig({}, { dataFolder: folder }), clock, fresh.app);
      await loadFirstPolicy(other, 'policies/example');
      for (let minute = 0; minute < 2; minute++) await evaluatePromises(other, policyProvers);
      const found = await policyProvers.find((one) => one.promise === 'every-clause-controlled')!.prove(other);
      await fresh.drop();
      expect(found).toMatchObject({
        state: 'unknown',
        // Nobody has approved the example.
        evidence: [{ state: 'unknown' }, { state: 'unknown' }, { value: { en: '1' } }, { value: { en: '0' } }, {}],
      });
      // Of what Sekisho cannot check, the company is told to keep the evidence itself, not to use a feature that is not there.
      const { policy } = (await policyInForce(office, office.clock.today()))!;
      const proved = new Set(policyProvers.map(({ promise }) => promise));
      expect(found.evidence[1]).toMatchObject({
        label: { ja: '関所が確かめられない約束' },
        value: { en: String(policy.promises.filter(({ id }) => !proved.has(id)).length) },
        href: '/living-policy?view=table&state=unknown',
      });
      expect(found.fix.map(({ en }) => en)).toEqual([
        expect.stringMatching(/^Start keeping records/),
        expect.stringMatching(/outside Sekisho/),
      ]);
    });

    test('tells a promise without records yet from one that cannot be checked', async () => {
      const found = await look('log-verified', () => proof('unknown'));
      expect(found.evidence.slice(1, 3).map(({ value }) => value.en)).toEqual(['0', '1']);
      expect(found.fix.map(({ en }) => en)).toEqual([expect.stringMatching(/^Start keeping records/)]);
    });

    test('is kept while every promise is shown, also to be broken', async () => {
      expect(await look('log-verified', () => proof('kept'))).toMatchObject({ state: 'kept', fix: [] });
      expect((await look('log-verified', () => proof('broken'))).state).toBe('kept');
    });

    test('is unknown where one cannot be told, whatever the evidence', async () => {
      expect((await look('log-verified', () => proof('unknown'))).state).toBe('unknown');
      expect((await look('log-verified', () => proof('kept', { evidence: [] }))).state).toBe('unknown');
    });

    test('is broken once a check that had worked has failed for an hour', async () => {
      await look('log-verified', () => proof('kept'));
      expect((await look('log-verified', throws)).state).toBe('unknown');
      clock.moveTo(new Date(clock.now() + 57 * 60_000).toISOString());
      expect((await look('log-verified', throws)).state).toBe('unknown');
      const broken = await look('log-verified', throws);
      expect([
        broken.state,
        broken.evidence.filter(({ state }) => state === 'broken').map(({ value }) => value.en),
      ]).toEqual(['broken', ['1']]);
      expect(broken.fix).not.toEqual([]);
      expect((await look('log-verified', () => proof('risk'))).state).toBe('kept');
    });
  });

  type Version = { policy: Policy; sha256: Buffer; effectiveOn: string; approvedBy: string };
  const changing = (change: (policy: Policy) => void) => (version: Version) => {
    change(version.policy);
    version.sha256 = sha256Of(version.policy);
  };
  let number = 1;
  /** What the provers say while a version that bypassed the office is in force. */
  async function withVersions(...changes: ((version: Version) => void)[]): Promise<Record<string, Proof>> {
    const { policy } = (await policyInForce(office, office.clock.today()))!;
    const first = number + 1;
    for (const change of changes) {
      const version = {
        policy: structuredClone(policy),
        sha256: sha256Of(policy),
        effectiveOn: '2026-11-24',
        approvedBy: 'sekisho',
      };
      change(version);
      await db.owner.query(
        `INSERT INTO policy_versions SELECT $1, $2::jsonb, $3, $4, proposed_by, proposed_at, proposal_entry, $5, approved_at,
           approval_entry FROM policy_versions WHERE version = 1`,
        [++number, JSON.stringify(version.policy), version.sha256, version.effectiveOn, version.approvedBy],
      );
    }
    try {
      // The last one reads the log, which has no entry of such a version: see logged.test.ts.
      const ofVersion = policyProvers.slice(0, -1);
      const proofs = await Promise.all(ofVersion.map(async (one) => [one.promise, await one.prove(office)]));
      return Object.fromEntries(proofs) as Record<string, Proof>;
    } finally {
      await db.owner.transaction(async (tx) => {
        await tx.query('SET LOCAL session_replication_role = replica', []);
        await tx.query('DELETE FROM policy_versions WHERE version >= $1', [first]);
      });
    }
  }
  const brokenOf = (proofs: Record<string, Proof>): string[] =>
    Object.keys(proofs).filter((promise) => proofs[promise]!.state === 'broken');

  test.each<[string, string, string, ((version: Version) => void)[]]>([
    [
      'policy-approved',
      'a text that is not the approved one',
      'Hash of the text',
      [({ policy }) => (policy.operator.desk.visits = true)],
    ],
    [
      'policy-approved',
      'a clause that the page does not show',
      'Clauses on the published page',
      [changing(({ clauses }) => (clauses[3]!.section = 'X'))],
    ],
    [
      'policy-approved',
      'an earlier version that begins after it',
      'Older approved versions that take effect after it',
      [(one) => (one.effectiveOn = '2026-12-20'), () => undefined],
    ],
    [
      'desk-address-shown',
      'clauses that name another desk',
      'Published page, Japanese',
      [changing(({ operator }) => (operator.desk.name.ja = '例示総合窓口'))],
    ],
    [
      'desk-address-shown',
      'clauses that name another address of the desk',
      'Published page, English',
      [changing(({ operator }) => (operator.desk.address.en = '2-2 Reiji-cho, Tokyo'))],
    ],
    [
      'desk-address-shown',
      'one of the clauses on the desk that names another address, while others name the right one',
      'Published page, Japanese',
      [
        changing(({ clauses, operator: { desk } }) => {
          const { text } = clauses.find(({ no }) => no === desk.clauses.at(-1))!;
          text.ja = text.ja.replace(desk.address.ja, '〒104-0001　東京都中央区例示町9-9-9');
        }),
      ],
    ],
    [
      'written-route-offered',
      'a desk that can be asked by post alone',
      'How people who find a letter difficult can ask the desk',
      [changing(({ operator: { desk } }) => delete desk.email)],
    ],
    [
      'operator-named',
      'clauses that do not give the name',
      'Registered name',
      [changing(({ operator }) => (operator.name.en = 'Reiji Holdings Corporation'))],
    ],
  ])('%s alone is broken by %s', async (promise, _, evidence, changes) => {
    const proofs = await withVersions(...changes);
    expect(brokenOf(proofs)).toEqual([promise]);
    const broken = proofs[promise]!.evidence.filter(({ state }) => state === 'broken');
    expect(broken.map(({ label }) => label.en)).toEqual([evidence]);
    expect(proofs[promise]!.fix.length).toBeGreaterThan(0);
    expect(brokenOf(await withVersions())).toEqual([]);
  });

  test('a version that a person of the company approved is approved', async () => {
    const approvedBy = 'staff:01890000-0000-7000-8000-000000000002';
    const proofs = await withVersions((one) => (one.approvedBy = approvedBy));
    expect(proofs['policy-approved']).toMatchObject({ state: 'kept', fix: [] });
    expect(proofs['policy-approved']!.evidence.map(({ value }) => value.en)).toContain('a privacy officer');
  });

  test('a text that is changed under the feet of a running office is found', async () => {
    const [kept] = await db.app.query<{ content: Policy }>('SELECT content FROM policy_versions', []);
    const change = (content: Policy) =>
      db.owner.transaction(async (tx) => {
        await tx.query('SET LOCAL session_replication_role = replica', []);
        await tx.query('UPDATE policy_versions SET content = $1::jsonb', [JSON.stringify(content)]);
      });
    const changed = structuredClone(kept!.content);
    changed.operator.fee.amount_yen = 2_000;
    await change(changed);
    const proofs = await withVersions();
    expect(brokenOf(proofs)).toEqual(['policy-approved']);
    expect(proofs['policy-approved']!.says.en).toBe(
      'The record of the version in force and the published text do not agree.',
    );
    await change(kept!.content);
    expect(brokenOf(await withVersions())).toEqual([]);
  });
});

test('what gets worse is told by mail to whoever mends it, in their language, once and with its change', async () => {
  const server = mailServer();
  const port = await server.serve();
  const settings = { SEKISHO_SMTP: `smtp://localhost:${port}`, SEKISHO_MAIL_FROM: 'sekisho@example.jp' };
  const mailing = await equip(readConfig(settings, { dataFolder: folder }), clock, db.app);
  const letters = async (): Promise<string[]> =>
    (await db.app.query<{ about: string }>('SELECT about FROM mail_outbox ORDER BY queued_at, id', [])).map(
      ({ about }) => about,
    );
  const access = await openAccess(mailing, await loadAccessPolicies('policies/access.cedar'));
  const member = (email: string, roles: Role[]): Promise<string> =>
    addFictionalStaff(access, { name: '例示 一郎', email, roles, passwordHash: PASSWORD_HASH });
  await member('officer@example.jp', ['officer']);
  await member('auditor@example.jp', ['auditor']);
  await member('deputy@example.jp', ['officer']);
  const deputy = await signIn(access, { email: 'deputy@example.jp', password: PASSWORD }, '');
  await readsIn(access, (deputy as { value: { token: string } }).value.token, 'en');
  const becomes = async (state: PromiseState, more: readonly string[] = [], by = access): Promise<string[]> => {
    clock.moveTo(new Date(clock.now() + 60_000).toISOString());
    const before = (await letters()).length;
    const provers = ['provision-recorded', ...more].map((promise) => prover(promise, () => proof(state)));
    await evaluatePromises(mailing, provers, { access: by });
    return (await letters()).slice(before).toSorted();
  };
  expect(await becomes('kept')).toEqual([]);
  expect(await becomes('risk')).toEqual(['clauses 19, 20', '条項19、20']);
  while (await mailing.mail.sendNext()) continue;
  await server.close();
  const subjects = new Map(server.received.map(({ to, mail }) => [to.join(), mail.subject]));
  expect(subjects.get('officer@example.jp')).toBe('守れていない約束か、要注意の約束があります（条項19、20）');
  expect(subjects.get('deputy@example.jp')).toBe('Promises are broken or at risk (clauses 19, 20)');
  expect(await becomes('risk')).toEqual([]);
  // A state that returns after "unknown" is no news.
  for (const state of ['unknown', 'risk'] as const) expect(await becomes(state)).toEqual([]);
  expect(await becomes('unknown')).toEqual([]);
  expect(await becomes('broken')).toEqual(['clauses 19, 20', '条項19、20']);
  for (const state of ['unknown', 'broken', 'unknown', 'risk'] as const) expect(await becomes(state)).toEqual([]);
  expect(await becomes('kept')).toEqual([]);
  const others = ['no-opt-out', 'source-recorded', 'purpose-before-use', 'ledger-complete'];
  expect(await becomes('broken', others)).toEqual(['clauses 8, 10, 19 and 2 more', '条項8、10、19、ほか2条項']);
  // Where another role changes the policy, those who have it are told.
  await becomes('kept');
  const { access: own } = onlyMay({ office: mailing, access }, 'auditor', 'policy:propose');
  expect(await becomes('risk', [], own)).toEqual(['条項19、20']);
  // Without a mail server, no letter waits.
  await evaluatePromises(office, [prover('provision-recorded', () => proof('kept'))], { access });
  await evaluatePromises(office, [prover('provision-recorded', () => proof('broken'))], { access });
  expect(await letters()).toHaveLength(7);
});
