// What is cleared away: persons that a restored backup brought back, dropped keys in the files, identities whose time is over.

import { append, BEGINNING, entriesOf, entriesWithin, ERASURE, logEntry, type Loss } from '../../../log/index.ts';
import type { Office } from '../../../office.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { keepRounds, reporting, type Rounds } from '../../../platform/rounds.ts';
import {
  clearKeys,
  dropIdentities,
  endLink,
  eraseAgain,
  type Link,
  link,
  listIdentities,
  personKeys,
  takeOutAgain,
  uncleared,
} from '../../../vault/index.ts';
import { leavingIdentity, type RecordsKept, recordsKeptOf } from '../../checkpoint/index.ts';
import { dayReached } from '../../date/index.ts';
import { isTimeToClear } from '../facts.ts';

/** The number of erasures in the log looked at in one step. */
const ERASURES = 1_000;

/** Erases again persons who were erased according to the log but came back with a backup, whose records came back as well. Returns how many. */
export async function eraseThoseBack(office: Office, tx: Tx, recordsKept: RecordsKept, now: number): Promise<number> {
  let erased = 0;
  for (let place = BEGINNING; ;) {
    const page = await entriesOf(tx, ERASURE, place, ERASURES);
    if (page.length === 0) return erased;
    place = page.at(-1)!;
    const back = await personKeys(
      tx,
      page.map(({ entry }) => entry.principal!),
    );
    for (const { entry } of page) {
      const principal = entry.principal!;
      if (!back.delete(principal)) continue;
      const again = () => eraseAgain(tx, { principal, entry: entry.id, at: Date.parse(entry.at) });
      const { left } = await leavingIdentity(tx, office, { principal, recordsKept }, again);
      const subjects = { principal, certified_by: entry.id, ...left };
      await append(tx, logEntry(now, { kind: 'sekisho' }, 'people:erase-again', subjects));
      erased += 1;
    }
  }
}

/**
 * Removes again items that were removed from persons' records according to the log but came back with a backup, with the values from before.
 * Returns how many entries were repeated.
 */
export async function takeOutThoseBack(
  { vault }: Office,
  tx: Tx,
  { from, to }: Pick<Loss, 'from' | 'to'>,
  now: number,
): Promise<number> {
  let done = 0;
  for (const { entry } of await entriesWithin(tx, ['people:correct'], { from, to })) {
    const [principal, holding, items] = [entry.principal!, String(entry.holding), entry.taken_out];
    if (
      !Array.isArray(items) ||
      !(await takeOutAgain(tx, vault, { principal, holding, items: items.map(String), now }))
    )
      continue;
    const subjects = { principal, holding, taken_out: [...items], certified_by: entry.id };
    await append(tx, logEntry(now, { kind: 'sekisho' }, 'people:erase-again', subjects));
    done += 1;
  }
  return done;
}

/**
 * Repeats links and unlinks that are in the log but not in a restored backup; the entries hold everything a link consists of. Unlinks matter too: a
 * link made by mistake would tell one person about another. Returns how many were repeated.
 */
export async function linkAsLogged(tx: Tx, { from, to }: Pick<Loss, 'from' | 'to'>): Promise<number> {
  let done = 0;
  for (const { entry } of await entriesWithin(tx, ['people:link', 'people:unlink'], { from, to })) {
    const { id, actor, principal } = entry;
    const [other, shownBy, at] = [String(entry.other), String(entry.shown_by), new Date(entry.at)];
    const row: Link = { id, principal_id: principal!, other_id: other, shown_by: shownBy, at, actor };
    // Each of the two persons has an entry; the link has the id of the first entry.
    const isDone =
      entry.action === 'people:unlink'
        ? (await endLink(tx, [principal!, other], { entry: id, at, actor })) !== null
        : entry.link === id && (await link(tx, row)) === 'linked';
    if (isDone) done += 1;
  }
  return done;
}

/**
 * Removes the keys that were dropped from a table from the files of the database, and logs it. These are keys of erased persons, and of requests,
 * packages and letters that are over. Returns how many.
 */
export async function clearDropped({ database, clock }: Office, table: string): Promise<number> {
  const now = clock.now();
  return clearKeys(database, table, now, (tx, { keys, rewrapped }) =>
    append(
      tx,
      logEntry(now, { kind: 'sekisho' }, 'people:clear', { table, keys, ...(rewrapped ? { rewrapped } : {}) }),
    ),
  );
}

/** The number of erased persons looked at in one transaction. */
const IDENTITIES = 200;

/** Drops the kept identity of erased persons, with its key, once no record names them any more. Returns for how many. */
export async function dropIdentitiesOver(
  office: Office,
  signal: Pick<AbortSignal, 'aborted'> = { aborted: false },
): Promise<number> {
  const { database, clock } = office;
  const reached = await dayReached(office);
  let dropped = 0;
  let after: string | null = null;
  do {
    const some = await listIdentities(database, after, IDENTITIES);
    after = some.at(-1) ?? null;
    dropped += await database.transaction(async (tx) => {
      const named = await recordsKeptOf(office)(tx, some, reached);
      const over = await dropIdentities(
        tx,
        some.filter((id) => !named.has(id)),
      );
      const now = clock.now();
      const entries = over.map((principal) =>
        logEntry(now, { kind: 'sekisho' }, 'people:identity-over', { principal }),
      );
      if (entries.length > 0) await append(tx, ...entries);
      return over.length;
    });
  } while (after !== null && !signal.aborted);
  return dropped;
}

/** Clears the tables for which it is time. */
async function clearInTime(office: Office): Promise<void> {
  for (const waits of await uncleared(office.database))
    if (isTimeToClear(office.clock.now(), waits)) await clearDropped(office, waits.table);
}

const PAUSE_MS = 600_000;

/** One hour: each round looks up everybody whose identity is kept, and records end by the day. */
const IDENTITIES_PAUSE_MS = 3_600_000;

/** Keeps dropping identities of erased persons that no record needs any more. */
export const keepDroppingIdentities = (office: Office, report: (line: string) => void): Rounds =>
  keepRounds((signal) => dropIdentitiesOver(office, signal), IDENTITIES_PAUSE_MS, reporting(report, 'people'));

/** Keeps clearing dropped keys from the files. */
export const keepClearing = (office: Office, report: (line: string) => void): Rounds =>
  keepRounds(() => clearInTime(office), PAUSE_MS, reporting(report, 'people'));
