// Calendar days of the Japanese legal calendar (JST, no daylight saving). A Day is a value; nothing here knows what day it is now.

declare const dayBrand: unique symbol;

/** A calendar day in JST, `YYYY-MM-DD`, proleptic Gregorian, years 1868 to 9999. Arithmetic beyond the last day gives the last day. */
export type Day = string & { readonly [dayBrand]: true };

const MS_PER_DAY = 86_400_000;
const JST_OFFSET_MS = 9 * 3_600_000;

const utc = (d: Day): number => Date.UTC(Number(d.slice(0, 4)), Number(d.slice(5, 7)) - 1, Number(d.slice(8, 10)));

const LAST = '9999-12-31' as Day;

const format = (ms: number): Day => (ms > utc(LAST) ? LAST : (new Date(ms).toISOString().slice(0, 10) as Day));

/** Reads `YYYY-MM-DD`; null when the text is not an existing day. */
export function readDay(text: string): Day | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  // Date rolls a day that does not exist over to another one: 31 April becomes 1 May.
  const at = new Date(utc(text as Day));
  const exists = at.getUTCMonth() + 1 === Number(text.slice(5, 7)) && at.getUTCDate() === Number(text.slice(8));
  return exists && text >= '1868-01-01' ? (text as Day) : null;
}

/** Reads a day that is known to be right, such as a constant. Throws RangeError otherwise. */
export function day(text: string): Day {
  const d = readDay(text);
  if (!d) throw new RangeError('not a day: YYYY-MM-DD expected');
  return d;
}

/** The JST day of an instant given in milliseconds since the epoch. */
export const dayOf = (epochMs: number): Day => format(epochMs + JST_OFFSET_MS);

/** The instant a day begins in JST, in milliseconds since the epoch. */
export const startOf = (d: Day): number => utc(d) - JST_OFFSET_MS;

export const addDays = (d: Day, n: number): Day => format(utc(d) + n * MS_PER_DAY);

/** The corresponding day n years later; where it does not exist (29 February) the last day of that month (Civil Code 143(2)). */
export function addYears(d: Day, n: number): Day {
  const year = Number(d.slice(0, 4)) + n;
  if (year > 9999) return LAST;
  return readDay(`${year}${d.slice(4)}`) ?? day(`${year}-${d.slice(5, 7)}-28`);
}

/** The corresponding day n months later; where it does not exist the last day of that month (Civil Code 143(2)). */
export function addMonths(d: Day, n: number): Day {
  const months = Number(d.slice(0, 4)) * 12 + Number(d.slice(5, 7)) - 1 + n;
  if (months >= 120_000) return LAST;
  const first = format(Date.UTC(Math.floor(months / 12), months % 12, 1));
  const last = format(Date.UTC(Math.floor(months / 12), (months % 12) + 1, 0));
  const same = `${first.slice(0, 8)}${d.slice(8)}`;
  return same <= last ? (same as Day) : last;
}

/**
 * The last day of a period of n months that begins with `begins`: the day before the corresponding day, or the last day of that month where the
 * corresponding day does not exist (Civil Code 143(2)).
 */
export function lastOfMonths(begins: Day, n: number): Day {
  const corresponding = addMonths(begins, n);
  return corresponding < LAST && corresponding.slice(8) === begins.slice(8)
    ? addDays(corresponding, -1)
    : corresponding;
}

/** The earlier of two days. */
export const earlier = (a: Day, b: Day): Day => (a < b ? a : b);

/** The later of two days. */
export const later = (a: Day, b: Day): Day => (a > b ? a : b);

/** Whole days from a to b; negative when b is before a. */
export const daysBetween = (a: Day, b: Day): number => Math.round((utc(b) - utc(a)) / MS_PER_DAY);

/** 0 = Sunday … 6 = Saturday. */
export const weekday = (d: Day): number => new Date(utc(d)).getUTCDay();
