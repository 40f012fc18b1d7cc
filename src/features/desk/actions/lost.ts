// What the log has of a request and a restored backup had not.

import { dayOf, type Day } from '../../../base/day.ts';
import { apart } from '../../../log/index.ts';
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
