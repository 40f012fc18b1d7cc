// Tokens that end soon. A job such as the nightly export of the log stops when its token ends, so those who may replace it hear of it before.

import { dayOf, type Day } from '../../../base/day.ts';
import { keepRounds, reporting, type Rounds } from '../../../platform/rounds.ts';
import * as facts from '../facts/session.ts';
import * as store from '../store/systems.ts';
import type { ApiToken } from '../tables.ts';
import { endingLetter, endingNumber } from '../words.ts';
import type { Access } from './access.ts';
import { mailStaff } from './mail.ts';
import { staffWhoMay } from './staff.ts';
import { systemNames } from './systems.ts';

/** A token that ends soon. `system`: the id of its system. */
export interface EndingToken {
  system: string;
  name: string;
  ends: Day;
}

const endingSoon = async ({ office: { database, clock } }: Access): Promise<ApiToken[]> =>
  (await store.listTokens(database)).filter((token) => token.revokedAt === null && facts.endsSoon(token, clock.now()));

/** The tokens in use that end soon, the next one first. */
export async function endingTokens(access: Access): Promise<EndingToken[]> {
  const ending = await endingSoon(access);
  if (ending.length === 0) return [];
  const names = await systemNames(access);
  return ending
    .toSorted((a, b) => a.expiresAt - b.expiresAt)
    .map(({ systemId, expiresAt }) => ({
      system: systemId,
      name: names.get(systemId) ?? '',
      ends: dayOf(expiresAt),
    }));
}

/**
 * Tells those who may manage systems by mail of the tokens that end soon, once of each; returns of how many it told them now. Where mail is off or
 * nobody may manage systems, nothing counts as told.
 */
export async function tellOfEndingTokens(access: Access): Promise<number> {
  const { database, clock, mail } = access.office;
  if (!mail.on) return 0;
  const ending = await endingSoon(access);
  if (ending.length === 0) return 0;
  return database.transaction(async (tx) => {
    const readers = await staffWhoMay(access, 'systems:write', tx);
    if (readers.length === 0) return 0;
    const told = await store.noteEndTold(
      tx,
      ending.map(({ id }) => id),
      clock.now(),
    );
    if (told.length === 0) return 0;
    const first = dayOf(Math.min(...told));
    await mailStaff(access, tx, readers, ({ lang }) => ({
      ...endingLetter,
      number: endingNumber(told.length, first)[lang],
      path: '/',
    }));
    return told.length;
  });
}

const PAUSE_MS = 3_600_000;

/** Keeps telling of tokens that end soon, every hour. */
export const keepTellingOfTokens = (access: Access, report: (line: string) => void): Rounds =>
  keepRounds(() => tellOfEndingTokens(access), PAUSE_MS, reporting(report, 'tokens'));
