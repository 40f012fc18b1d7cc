// Computes the state of every promise of the policy in force with its provers, and stores what changed. A promise that has no prover, or that
// cannot be checked, is unknown; nothing here ever turns a gap into "kept".

import type { Actor } from '../../../base/actor.ts';
import type { Bilingual } from '../../../base/bilingual.ts';
import { worst, type Proof } from '../../../base/promise.ts';
import { append, logEntry, restoredAt, vkeyOf } from '../../../log/index.ts';
import type { Office, Prover } from '../../../office.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { keepRounds, reporting, type Rounds } from '../../../platform/rounds.ts';
import { mailStaff, staffWhoMay, type Access, type Room } from '../../access/index.ts';
import type { Policy } from '../facts/shape.ts';
import { addStates, EVALUATION, lastShown, listChecks, saveChecks, statesBefore } from '../store.ts';
import { clausesNamed, promiseFix, promiseLetter, promiseSays } from '../words.ts';
import { policyInForce, type PolicyVersion } from './versions.ts';

const MINUTE_MS = 60_000;
/** A check less than this old was made in this minute by another process. */
const FRESH_MS = 50_000;
const PROVER_LIMIT_MS = 10_000;
/** A process's first evaluation counts what later ones continue from: the log of a big office takes half a minute. */
const FIRST_LIMIT_MS = 300_000;

const unknown = (says: Bilingual, fix: Bilingual[] = []): Proof => ({ state: 'unknown', says, evidence: [], fix });

interface Computed {
  proof: Proof;
  /** The prover threw or did not answer in time. */
  failed: boolean;
}

async function prove(office: Office, prover: Prover, limitMs: number): Promise<Computed> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Computed>((resolve) => {
    timer = setTimeout(() => resolve({ proof: unknown(promiseSays.late, [promiseFix.failed]), failed: true }), limitMs);
  });
  try {
    const asked = Promise.resolve()
      .then(() => prover.prove(office))
      .then((proof) => ({ proof, failed: false }));
    return await Promise.race([asked, late]);
  } catch {
    return { proof: unknown(promiseSays.failed, [promiseFix.failed]), failed: true };
  } finally {
    clearTimeout(timer);
  }
}

/** Combines the proofs of several features into one: the worst of their states, with all their evidence. */
function together(proofs: readonly Proof[]): Proof {
  if (proofs.length === 0) return unknown(promiseSays.noProver, [promiseFix.noProver]);
  const state = worst(proofs.map((p) => p.state));
  const decisive = proofs.find((p) => p.state === state)!;
  const evidence = proofs.flatMap((p) => p.evidence);
  if (state === 'kept' && evidence.length === 0) return unknown(promiseSays.noEvidence);
  return { state, says: decisive.says, evidence, fix: proofs.flatMap((p) => (p.state === 'kept' ? [] : p.fix)) };
}

export interface Evaluation {
  /** Milliseconds since the epoch. */
  at: number;
  /** Promises whose state changed. */
  changed: string[];
  /** Promises with a prover that threw or was late. */
  failed: string[];
}

const sekisho: Actor = { kind: 'sekisho' };

const MOST_NAMED = 3;

/** Mails those who may change the policy which clauses have promises that are now at risk or broken, in the transaction that records it. */
async function tell(room: Room, tx: Tx, { clauses }: Policy, worse: readonly string[]): Promise<void> {
  if (worse.length === 0) return;
  const theirs = clauses.filter(({ promises }) => promises.some((one) => worse.includes(one))).map(({ no }) => no);
  const readers = await staffWhoMay(room.access, 'policy:propose', tx);
  await mailStaff(room, tx, readers, ({ lang }) => ({
    ...promiseLetter,
    number: clausesNamed(theirs.slice(0, MOST_NAMED), theirs.length - MOST_NAMED, lang),
    path: '/living-policy',
  }));
}

interface Options {
  /** Returns null while another process is evaluating or when one has just done so, as several share the work. If unset, no other may be running. */
  unlessFresh?: boolean;
  /** With the staff directory, those who may change the policy are told by mail of what got worse. */
  access?: Access;
  /** How long to wait for each prover, in milliseconds. */
  limitMs?: number;
}

/**
 * Computes every promise of the policy in force and writes each change of state with its log entry. Returns null when no policy is in force.
 */
export async function evaluatePromises(
  office: Office,
  provers: readonly Prover[],
  { unlessFresh = false, access, limitMs = PROVER_LIMIT_MS }: Options = {},
): Promise<Evaluation | null> {
  const { clock, database } = office;
  const inForce = await policyInForce(office, clock.today());
  if (!inForce) return null;
  if (!unlessFresh) {
    const found = await compute(office, provers, inForce, limitMs);
    return database.transaction((tx) => write(tx, { office, access }, inForce, found));
  }
  return database.alone(EVALUATION, async (tx) => {
    const [now, restored] = [clock.now(), await restoredAt(database, vkeyOf(office.signer))];
    // A check dated ahead by a clock that was since put back is not fresh, nor is one that came with a backup.
    const fresh = (await listChecks(database)).some(
      ({ at }) => Math.abs(now - at.getTime()) < FRESH_MS && at.getTime() >= restored,
    );
    if (fresh) return null;
    return write(tx, { office, access }, inForce, await compute(office, provers, inForce, limitMs));
  });
}

interface Evaluated {
  proofs: (Proof & { promise: string })[];
  /** Promises whose provers failed. */
  failed: string[];
}

async function compute(
  office: Office,
  provers: readonly Prover[],
  { policy }: PolicyVersion,
  limitMs: number,
): Promise<Evaluated> {
  const failed: string[] = [];
  const proofs = await Promise.all(
    policy.promises.map(async ({ id }) => {
      const mine = await Promise.all(provers.filter((p) => p.promise === id).map((p) => prove(office, p, limitMs)));
      if (mine.some((m) => m.failed)) failed.push(id);
      return { promise: id, ...together(mine.map((m) => m.proof)) };
    }),
  );
  return { proofs, failed };
}

/** Writes what was computed, with the log entries of what changed and the letters about what got worse. */
async function write(
  tx: Tx,
  { office, access }: { office: Office; access: Access | undefined },
  { policy, version }: PolicyVersion,
  { proofs, failed }: Evaluated,
): Promise<Evaluation> {
  const at = new Date(office.clock.now());
  const before = new Map((await statesBefore(tx, new Date(at.getTime() + 1))).map((row) => [row.promise, row.state]));
  const changes = proofs
    .filter((proof) => before.get(proof.promise) !== proof.state)
    .map((proof) => ({
      proof,
      entry: logEntry(at.getTime(), sekisho, 'policy:promise', {
        promise: `promise/${proof.promise}`,
        state: proof.state,
        version,
      }),
    }));
  await saveChecks(
    tx,
    proofs.map((proof) => ({ ...proof, at })),
  );
  // A state that returns after minutes of "unknown" is no news: it is compared with the last known state.
  const shown = await lastShown(
    tx,
    changes.map(({ proof }) => proof.promise),
  );
  if (changes.length > 0) {
    await append(tx, ...changes.map((change) => change.entry));
    await addStates(
      tx,
      changes.map(({ proof, entry }) => ({ ...proof, at, policy: version, entry: entry.id })),
    );
  }
  const worse = changes
    .map(({ proof }) => proof)
    .filter(({ promise, state }) => state !== shown.get(promise))
    .filter(({ promise, state }) => state === 'broken' || (state === 'risk' && shown.get(promise) !== 'broken'))
    .map(({ promise }) => promise);
  if (access) await tell({ office, access }, tx, policy, worse);
  return { at: at.getTime(), changed: changes.map((change) => change.proof.promise), failed };
}

/** Computes the promises now and every minute, in one of the processes. `report` gets one line of ids. */
export function keepEvaluating(
  { office, access }: Room,
  provers: readonly Prover[],
  report: (line: string) => void,
): Rounds {
  let limitMs = FIRST_LIMIT_MS;
  const round = async (): Promise<void> => {
    const evaluation = await evaluatePromises(office, provers, { unlessFresh: true, access, limitMs });
    if (evaluation) limitMs = PROVER_LIMIT_MS;
    if (evaluation && evaluation.failed.length > 0) report(`promises not checked: ${evaluation.failed.join(' ')}`);
  };
  return keepRounds(round, MINUTE_MS, reporting(report, 'promises not computed'));
}
