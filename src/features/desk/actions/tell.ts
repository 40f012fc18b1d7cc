// Tells those responsible for a request about its deadlines by mail. Once a day, when the desk opens, each reader gets one letter about what has
// become pressing since they were last told. The day, what was told and the letters are one transaction.

import type { Actor } from '../../../base/actor.ts';
import type { Lang } from '../../../base/bilingual.ts';
import type { Day } from '../../../base/day.ts';
import { append, logEntry } from '../../../log/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { keepRounds, reporting, type Rounds } from '../../../platform/rounds.ts';
import { mailStaff, staffWhoMay, type Room, type StaffLetter, type StaffMember } from '../../access/index.ts';
import { deskDays } from '../facts/clocks.ts';
import { deskOpens, isDeskDay, pressingOf, pressures, toOfficers, type Pressing } from '../facts/pressing.ts';
import { numberOf } from '../facts/request.ts';
import { beginRound, requestsToMind, tellOnce } from '../store/rounds.ts';
import type { ListedRow, RequestRow } from '../tables.ts';
import { clockDigest, clockLetter, requestsNamed } from '../words.ts';
import { clocksIn } from './cases.ts';

/** A request with its pressing deadlines, the worst first. */
interface Pressed {
  row: ListedRow;
  pressing: readonly Pressing[];
}

const rankOf = ({ pressing: [first] }: Pressed): number => (first ? pressures.indexOf(first.what) : pressures.length);

/** The pressing requests, the worst first, so that a letter about many names those. */
async function pressingRequests(tx: Tx, today: Day): Promise<Pressed[]> {
  const rows = await requestsToMind(tx, today, deskDays.papersMonths);
  return rows
    .map((row) => ({ row, pressing: pressingOf(clocksIn(row), today) }))
    .filter(({ pressing }) => pressing.length > 0)
    .toSorted((a, b) => rankOf(a) - rankOf(b) || a.row.year - b.row.year || a.row.serial - b.row.serial);
}

/**
 * Those responsible for a request among the staff who may work on requests: the assignee, otherwise everybody at the desk, otherwise all of them
 * (the officers, by the access policies that come with Sekisho).
 */
export function responsibleFor(
  { assigned_to }: Pick<RequestRow, 'assigned_to'>,
  working: readonly StaffMember[],
): readonly StaffMember[] {
  const assigned = working.filter(({ id }) => id === assigned_to);
  const clerks = working.filter(({ roles }) => roles.includes('desk'));
  return [assigned, clerks].find((some) => some.length > 0) ?? working;
}

const MOST_NAMED = 3;

/** A letter about one request links to it; one about several counts them and links to the board. */
function letterOf(told: readonly Pressed[], lang: Lang): StaffLetter {
  const worst = told.map(({ pressing: [first] }) => first!.what);
  if (told.length === 1) {
    const { row } = told[0]!;
    return { ...clockLetter(worst[0]!, row.unreachable), number: numberOf(row), path: `/desk/${row.id}` };
  }
  const counted = (state: string): number => worst.filter((what) => what.endsWith(state)).length;
  const named = told.slice(0, MOST_NAMED).map(({ row }) => numberOf(row));
  return {
    ...clockDigest({ near: counted('near'), reached: counted('reached'), over: counted('over') }),
    number: requestsNamed(named, told.length - named.length, lang),
    path: '/desk',
  };
}

/** Tells one reader what they have not been told yet; returns of how many requests. */
async function tellReader(desk: Room, tx: Tx, reader: StaffMember, all: readonly Pressed[]): Promise<number> {
  const rows = all.flatMap(({ row, pressing }) =>
    pressing.map(({ what, by }) => ({ request_id: row.id, what, by_day: by })),
  );
  const fresh = await tellOnce(tx, reader.id, desk.office.clock.today(), rows);
  const told = all.flatMap(({ row, pressing }) => {
    const left = pressing.filter(({ what }) => fresh.some((one) => one.request_id === row.id && one.what === what));
    return left.length > 0 ? [{ row, pressing: left }] : [];
  });
  if (told.length > 0) await mailStaff(desk, tx, [reader], ({ lang }) => letterOf(told, lang));
  return told.length;
}

const sekisho: Actor = { kind: 'sekisho' };

const HOUR_MS = 3_600_000;

/** The hour in Japan, which has the same time all year. */
const hourOf = (ms: number): number => new Date(ms + 9 * HOUR_MS).getUTCHours();

/**
 * Makes the round of the day: once, on a business day, from when the desk opens, however late the server is started. Returns whether it was made now.
 * While mail is off nothing is recorded, so that it is told once mail is on.
 */
export async function tellClocks(desk: Room): Promise<boolean> {
  const { clock, database, mail } = desk.office;
  const at = clock.now();
  const today = clock.today();
  if (!mail.on || hourOf(at) < deskOpens || !isDeskDay(today)) return false;
  return database.transaction(async (tx) => {
    if (!(await beginRound(tx, today, new Date(at)))) return false;
    const working = await staffWhoMay(desk.access, 'requests:write', tx);
    const deciding = await staffWhoMay(desk.access, 'requests:decide', tx);
    const asked = new Map<string, { reader: StaffMember; about: Set<Pressed> }>();
    for (const one of await pressingRequests(tx, today))
      for (const reader of [...responsibleFor(one.row, working), ...(toOfficers(one.pressing) ? deciding : [])])
        asked.set(reader.id, { reader, about: (asked.get(reader.id)?.about ?? new Set()).add(one) });
    let letters = 0;
    for (const { reader, about } of asked.values())
      letters += (await tellReader(desk, tx, reader, [...about])) > 0 ? 1 : 0;
    if (letters > 0) await append(tx, logEntry(at, sekisho, 'desk:told', { letters }));
    return true;
  });
}

const PAUSE_MS = 60_000;

/** Makes the round of each day. */
export const keepTellingClocks = (desk: Room, report: (line: string) => void): Rounds =>
  keepRounds(() => tellClocks(desk), PAUSE_MS, reporting(report, 'desk clocks'));
