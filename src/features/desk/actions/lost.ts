// What the log has of a request, and of the person it is about, and a restored backup had not.

import { dayOf, type Day } from '../../../base/day.ts';
import { apart, entriesWithin, listEntries } from '../../../log/index.ts';
import { lossesIn, type Office } from '../../../office.ts';
import type { EventName } from '../facts/event.ts';
import { stepsLogged } from '../store/logged.ts';
import { eventWords } from '../words.ts';
import type { Case } from './cases.ts';
import { eventDigest } from './happen.ts';

/** A step of a request that was lost: the log says that it was taken, and on which day it was recorded. */
export interface LostStep {
  entry: string;
  event: EventName;
  on: Day;
}

const isEvent = (name: string): name is EventName => Object.hasOwn(eventWords, name);

/** The steps of a request that were lost with a restored backup, in their order. Nothing else that is missing counts as lost. */
export async function stepsLost(office: Office, { row, events }: Pick<Case, 'row' | 'events'>): Promise<LostStep[]> {
  const { database } = office;
  const losses = await lossesIn(office);
  if (losses.length === 0) return [];
  const here = new Set(events.map(eventDigest));
  const missing = (await stepsLogged(database, row.id)).filter(({ sha256 }) => !here.has(sha256));
  const { wrong } = await apart(database, losses, missing, ({ id }) => id);
  return missing.flatMap((one) => {
    const event = one.action.replace(/^desk:/, '');
    return isEvent(event) && !wrong.includes(one) ? [{ entry: one.id, event, on: dayOf(one.at.getTime()) }] : [];
  });
}

/** The most entries of one id that are looked at. */
const MOST = 500;

/**
 * How many acts about each of these ids the log has of which a restored backup had no record: acquisitions, corrections and provisions. Who was in a
 * package that went out is said by the readings for it, which may be older than the backup. Only ids with any.
 */
export async function actsLost(
  office: Office,
  { request: { specified } }: Pick<Case, 'request'>,
): Promise<Map<string, number>> {
  const { database } = office;
  const losses = await lossesIn(office);
  const counts = new Map<string, number>();
  if (losses.length === 0 || !specified) return counts;
  const given = new Set<unknown>();
  for (const loss of losses)
    for (const { entry } of await entriesWithin(database, ['package:provide'], loss)) given.add(entry.package);
  const isLost = (position: number | null): boolean =>
    position !== null && losses.some(({ from, to }) => from <= position && position < to);
  const actions = ['people:acquire', 'people:correct', 'people:provide', 'people:package'];
  for (const principal of specified.principals) {
    const listed = await listEntries(database, { principal, actions, most: MOST });
    const lost = listed.filter(({ entry, position }) =>
      entry.action === 'people:package' ? given.has(entry.package) : isLost(position),
    );
    if (lost.length > 0) counts.set(principal, lost.length);
  }
  return counts;
}
