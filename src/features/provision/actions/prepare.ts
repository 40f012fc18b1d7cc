// What happens to an approved package without anybody: part by part its persons are read and sealed, each reading logged; then everybody
// still in it is provided at once, with the records, in one transaction. Whatever stops the process, the work goes on where it was, and
// nobody is in the file without a record or on record without being in the file.

import { setTimeout } from 'node:timers/promises';
import { actorRef, type Actor } from '../../../base/actor.ts';
import { both, type Bilingual } from '../../../base/bilingual.ts';
import { day } from '../../../base/day.ts';
import { newId } from '../../../base/id.ts';
import type { Problem } from '../../../base/outcome.ts';
import { LAW_VERSION } from '../../../law/index.ts';
import { append, appending, decisionOf, logEntry, type LoggedDecision } from '../../../log/index.ts';
import type { Office } from '../../../office.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { open, opening, sealPart } from '../../../vault/index.ts';
import { decide, entryOf, type Decision } from '../../checkpoint/index.ts';
import { csvLine, recordFor, type PackageState } from '../facts.ts';
import {
  dropPeople,
  emptyPackage,
  expireRecords,
  movePackage,
  nextPart,
  readPart,
  release,
  savePart,
  sealedByClass,
  takePreparing,
  takeStale,
  type PlacedPerson,
  type SealedPerson,
} from '../store.ts';
import type { PackageRow, ProvisionRow } from '../tables.ts';
import { basisFor, type Basis } from './basis.ts';
import { admittedClasses, ask, askOf, knownFor, subjectsOf } from './packages.ts';

const sekisho: Actor = { kind: 'sekisho' };
const DAY_MS = 86_400_000;
/** How long a file waits for whoever fetches it. */
const READY_DAYS = 14;

type Classes = Awaited<ReturnType<typeof askAgain>>;

const moved = (office: Office, state: PackageState) => ({
  state,
  state_at: new Date(office.clock.now()),
  state_by: actorRef(sekisho),
});

const nothingHeld = both('渡す項目が、だれについてもありません', 'None of the items is held about anybody in it');

const subjectsFor = (row: PackageRow) => ({
  ...subjectsOf(row),
  ...(row.approved_by ? { approved: row.approved_by } : {}),
});

/** Reads the persons of a part, each reading logged, and seals their lines. */
async function preparePart(
  office: Office,
  tx: Tx,
  row: PackageRow,
  basis: Basis,
  classes: Classes,
  { part, people }: { part: number; people: readonly PlacedPerson[] },
): Promise<void> {
  const { holding_id: holding, items, purpose } = row;
  const decisions = new Map<number, Decision>(
    classes.map(({ no, finding }) => {
      const principals = people.filter((one) => one.class === no).map((one) => one.principal_id);
      const scope = { act: 'provide', principals, holding, items, purpose } as const;
      return [no, decide(office, basis.stands.policy, finding, scope)];
    }),
  );
  // Whose class is let in no more is not read; before the provision they are taken out.
  const asked = people.flatMap((one) => {
    const decision = decisions.get(one.class);
    return decision ? [{ ...one, key: newId(office.clock.now()), decision }] : [];
  });
  const finding = opening(asked.map((one) => ({ key: one.key, principal: one.principal_id, holding })));
  const logging = appending(
    asked.map(({ key, principal_id, decision }) => ({
      key,
      entry: entryOf(sekisho, [], { ...decision, id: key }, 'people:package', {
        ...subjectsFor(row),
        principal: principal_id,
      }),
    })),
  );
  const found = new Map((await readPart(tx, finding, logging)).map((one) => [one.key, one]));
  const sealed: SealedPerson[] = [];
  let text = '';
  for (const { key, principal_id: principal, decision, ...one } of asked) {
    const record = found.get(key);
    if (!record || !decision.permit) continue;
    const values = open(office.vault, decision.permit, record, { principal, holding, items, now: decision.at });
    // Of whom none of the items is held, nothing would be provided.
    if (Object.keys(values).length === 0) continue;
    text += csvLine(items.map((code) => values[code] ?? ''));
    sealed.push({ principal_id: principal, class: one.class, consent_id: one.consent_id, entry: key });
  }
  const key = { kekVersion: row.kek_version!, wrapped: row.wrapped_key! };
  const place = { package: row.id, part };
  await savePart(tx, { id: row.id, part, people: sealed, sealed: sealPart(office.vault, key, place, text) });
}

/** Ends a package without anything having left: on the law's answer, or for a reason beside it. What was prepared is destroyed. */
async function refuseWhole(
  office: Office,
  tx: Tx,
  row: PackageRow,
  { decision, reason }: { decision?: LoggedDecision; reason?: Bilingual },
): Promise<void> {
  await emptyPackage(tx, row.id);
  await movePackage(tx, row.id, {
    ...moved(office, 'refused'),
    reason: reason ? `${reason.ja} / ${reason.en}` : null,
    kek_version: null,
    wrapped_key: null,
  });
  const subjects = { ...subjectsFor(row), asked: 'provide', ...(decision ? { decision } : {}) };
  await append(tx, logEntry(office.clock.now(), sekisho, 'refused', subjects));
}

/** Provides everybody in the sealed parts: provisions, persons, records, log entries, and the package's state. */
async function releaseWhole(office: Office, tx: Tx, row: PackageRow, basis: Basis, classes: Classes): Promise<void> {
  const { holding_id: holding, items, purpose } = row;
  const sealed = new Map((await sealedByClass(tx, row.id)).map((one) => [one.class, one.people]));
  const made = classes.flatMap((one) => {
    const people = sealed.get(one.no) ?? 0;
    if (people === 0) return [];
    const decision = decide(office, basis.stands.policy, one.finding, {
      act: 'provide',
      principals: [],
      holding,
      items,
      purpose,
    });
    const facts = { ...basis.facts, ...one.facts };
    const provision: ProvisionRow = {
      id: decision.id,
      at: new Date(decision.at),
      by_actor: row.approved_by!,
      holding_id: holding,
      purpose,
      items,
      relation: facts.relation!,
      recipient_id: row.recipient_id,
      recipient: facts.recipient ?? {},
      joint_use_id: row.joint_use_id,
      facts,
      finding: one.finding,
      law_version: day(LAW_VERSION),
      policy_version: basis.stands.policy,
      people,
      attempt: null,
      attempt_digest: null,
      package_id: row.id,
    };
    const record = recordFor(one.finding, facts, { provision: decision.id, items, on: basis.on });
    return [{ class: one.no, row: provision, record, decision }];
  });
  const expected = made.reduce((sum, one) => sum + one.row.people, 0);
  if ((await release(tx, row.id, made)) !== expected) throw new Error('package: its persons and its records differ');
  await append(
    tx,
    ...made.map(({ decision, row: { people }, record }) =>
      entryOf(sekisho, [], decision, 'package:provide', {
        ...subjectsFor(row),
        people,
        ...(record ? { record: decision.id, keep_until: record.keep_until } : {}),
      }),
    ),
  );
  await movePackage(tx, row.id, moved(office, 'ready'));
}

/** The law as it answers at this moment about the classes that were let in, with the facts it was asked with. */
function askAgain(office: Office, tx: Tx, row: PackageRow, basis: Basis) {
  return ask(office, tx, row, basis, admittedClasses(row.screening ?? []));
}

const problemText = (problem: Problem): Bilingual =>
  problem.kind === 'invalid' ? problem.fields[0].says : 'says' in problem ? problem.says : nothingHeld;

/**
 * Takes the next step of a package that waits: seals a part, or provides it. Answers whether there was one. Everything is checked again
 * with every step: who has withdrawn, objected or been erased since falls out, and a recipient that was stopped ends it.
 */
export async function prepareNext(office: Office): Promise<boolean> {
  return office.database.transaction(async (tx) => {
    const row = await takePreparing(tx);
    if (!row) return false;
    const basis = await basisFor(office, askOf(row));
    if (!basis.ok) {
      await refuseWhole(office, tx, row, { reason: problemText(basis.problem) });
      return true;
    }
    const answers = await askAgain(office, tx, row, basis.value);
    const classes = answers.filter(({ finding }) => finding.answer === 'yes');
    if (classes.length === 0) {
      const decision = decisionOf(answers[0]!.finding, day(LAW_VERSION), basis.value.stands.policy);
      await refuseWhole(office, tx, row, { decision });
      return true;
    }
    const next = await nextPart(tx, row.id);
    if (next) {
      await preparePart(office, tx, row, basis.value, classes, next);
      return true;
    }
    if ((await dropPeople(tx, row, knownFor(row, basis.value), classes)) > 0) return true;
    if ((await sealedByClass(tx, row.id)).length === 0) await refuseWhole(office, tx, row, { reason: nothingHeld });
    else await releaseWhole(office, tx, row, basis.value, classes);
    return true;
  });
}

/** Closes files that nobody fetched in time, so that nothing waits in the house for ever. */
async function closeStale(office: Office): Promise<void> {
  const now = office.clock.now();
  await office.database.transaction(async (tx) => {
    for (const row of await takeStale(tx, new Date(now - READY_DAYS * DAY_MS))) {
      await emptyPackage(tx, row.id);
      await movePackage(tx, row.id, { ...moved(office, 'closed'), kek_version: null, wrapped_key: null });
      await append(tx, logEntry(now, sekisho, 'package:close', subjectsFor(row)));
    }
  });
}

/** Erases records whose time of keeping is over (Rules 21), as many as stand in one entry; answers how many they were. */
const eraseSome = (office: Office): Promise<number> =>
  office.database.transaction(async (tx) => {
    const gone = await expireRecords(tx, office.clock.today());
    if (gone.length > 0) {
      await append(tx, logEntry(office.clock.now(), sekisho, 'records:expire', { provisions: gone }));
    }
    return gone.length;
  });

/** Erases every record whose time of keeping is over; answers how many there were. */
export async function eraseExpired(office: Office): Promise<number> {
  let erased = 0;
  for (let some = await eraseSome(office); some > 0; some = await eraseSome(office)) erased += some;
  return erased;
}

const PAUSE_MS = 1_000;
const TIDYING_MS = 60 * 60 * 1_000;

/** Prepares packages as they are approved, and once an hour closes and erases what is over. Returns how to stop. */
export function keepProviding(office: Office, report: (line: string) => void): { stop(): Promise<void> } {
  const ending = new AbortController();
  const { signal } = ending;
  const reporting = (what: string) => (error: unknown) =>
    report(`${what}: ${error instanceof Error ? error.name : 'unknown'}`);
  let tidied = 0;
  const round = async (): Promise<void> => {
    // Also when the clock was put back. What fails is reported, keeps nobody from their package, and is tried again with the next tidying.
    if (Math.abs(office.clock.now() - tidied) > TIDYING_MS) {
      tidied = office.clock.now();
      for (const tidy of [closeStale, eraseExpired]) await tidy(office).catch(reporting('packages, tidying'));
    }
    while (!signal.aborted && (await prepareNext(office)));
  };
  const running = (async () => {
    while (!signal.aborted) {
      await round().catch(reporting('packages'));
      await setTimeout(PAUSE_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
  })();
  return {
    stop: async () => {
      ending.abort();
      await running;
    },
  };
}
