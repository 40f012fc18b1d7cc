// Formats days, times, numbers, yen and countries, and reads days as people type them. Does not read the clock.

import { addDays, addMonths, day, daysBetween, readDay, weekday, type Day } from '../../base/day.ts';
import { dayOf } from '../../base/day.ts';
import { both, type Bilingual, type Lang } from '../../base/bilingual.ts';
import { countryCodes } from '../../base/country.ts';

const weekdays = {
  ja: '日月火水木金土',
  en: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
};
const months = 'January February March April May June July August September October November December'.split(' ');

/** Japanese eras by first day (一世一元). Meiji days before the solar calendar of 1873 are not treated separately. */
const eras = [
  { name: '令和', en: 'Reiwa', letter: 'R', from: '2019-05-01' },
  { name: '平成', en: 'Heisei', letter: 'H', from: '1989-01-08' },
  { name: '昭和', en: 'Showa', letter: 'S', from: '1926-12-25' },
  { name: '大正', en: 'Taisho', letter: 'T', from: '1912-07-30' },
  { name: '明治', en: 'Meiji', letter: 'M', from: '1868-01-01' },
] as const;

const parts = (d: Day) => ({ y: Number(d.slice(0, 4)), m: Number(d.slice(5, 7)), d: Number(d.slice(8, 10)) });

/** `2026/12/07`, for tables. */
export const slashDay = (d: Day): string => d.replaceAll('-', '/');

/** `2026年12月7日` or `7 December 2026`. */
export function writtenDay(day: Day, lang: Lang): string {
  const { y, m, d } = parts(day);
  return lang === 'ja' ? `${y}年${m}月${d}日` : `${d} ${months[m - 1]} ${y}`;
}

/** `12月7日` or `7 December`. */
export function monthDay(day: Day, lang: Lang): string {
  const { m, d } = parts(day);
  return lang === 'ja' ? `${m}月${d}日` : `${d} ${months[m - 1]}`;
}

/** A day as a reader on day `now` would say it: `12月7日`, with the year if it differs from that of `now`. */
export const dayFrom = (now: Day, day: Day, lang: Lang): string =>
  day.slice(0, 4) === now.slice(0, 4) ? monthDay(day, lang) : writtenDay(day, lang);

/** An instant as a reader on day `now` would say it: the time, with the day if it differs from `now`. */
export function momentFrom(now: Day, epochMs: number, lang: Lang): string {
  const on = dayOf(epochMs);
  return on === now ? clockTime(epochMs) : `${dayFrom(now, on, lang)} ${clockTime(epochMs)}`;
}

/** `令和8年`. The first year of an era is 元年. */
export function eraYear(day: Day): string {
  const era = eras.find((e) => e.from <= day)!;
  const year = parts(day).y - Number(era.from.slice(0, 4)) + 1;
  return `${era.name}${year === 1 ? '元' : year}年`;
}

/** `令和8年12月7日`, for forms and letters. */
export function eraDay(day: Day): string {
  const { m, d } = parts(day);
  return `${eraYear(day)}${m}月${d}日`;
}

/** `月` or `Monday`. */
export const weekdayName = (d: Day, lang: Lang): string => weekdays[lang][weekday(d)]!;

/** `2026年12月7日（月） 令和8年` or `Monday 7 December 2026`. */
export const longDay = (d: Day, lang: Lang): string =>
  lang === 'ja'
    ? `${writtenDay(d, 'ja')}（${weekdayName(d, 'ja')}） ${eraYear(d)}`
    : `${weekdayName(d, 'en')} ${writtenDay(d, 'en')}`;

const JST_OFFSET_MS = 9 * 3_600_000;
const pad = (n: number): string => String(n).padStart(2, '0');

/** Time of day in JST of an instant in milliseconds since the epoch: `8:42`. */
export function clockTime(epochMs: number): string {
  const t = new Date(epochMs + JST_OFFSET_MS);
  return `${t.getUTCHours()}:${pad(t.getUTCMinutes())}`;
}

/** An instant in JST: `2026/12/07 08:42`, for tables and the log. */
export function stamp(epochMs: number): string {
  const t = new Date(epochMs + JST_OFFSET_MS);
  return `${slashDay(dayOf(epochMs))} ${pad(t.getUTCHours())}:${pad(t.getUTCMinutes())}`;
}

/** `氏名、住所` or `name, address`. */
export const listed = (texts: readonly string[], lang: Lang): string => texts.join(lang === 'ja' ? '、' : ', ');

/** A word from within a sentence with its first letter in upper case. */
export const begun = (text: string): string => text.replace(/^[a-z]/, (letter) => letter.toUpperCase());

/** `12,480`. */
export const number = (n: number | bigint): string => n.toLocaleString('en-US');

/** `1,000円` or `¥1,000`; whole yen. */
export const yen = (n: number, lang: Lang): string => (lang === 'ja' ? `${number(n)}円` : `¥${number(n)}`);

const regionNames = {
  ja: new Intl.DisplayNames(['ja'], { type: 'region' }),
  en: new Intl.DisplayNames(['en'], { type: 'region' }),
};

/** The name of a country by its alpha-2 code; the code itself when there is no name. */
export const countryName = (code: string, lang: Lang): string => regionNames[lang].of(code) ?? code;

const collators = { ja: new Intl.Collator('ja'), en: new Intl.Collator('en') };

/** All countries by name, Japan first, as options of a form. */
export const countryOptions = (lang: Lang, without: readonly string[] = []): { value: string; label: string }[] =>
  [...countryCodes]
    .filter((code) => !without.includes(code))
    .map((code) => ({ value: code, label: countryName(code, lang) }))
    .sort((a, b) => Number(b.value === 'JP') - Number(a.value === 'JP') || collators[lang].compare(a.label, b.label));

/** The distance from `today` to `due` in words: `今日`, `あと8日`, `6日超過`. */
export function untilDue(today: Day, due: Day, lang: Lang): string {
  const n = daysBetween(today, due);
  if (n === 0) return lang === 'ja' ? '今日' : 'today';
  if (n > 0) return lang === 'ja' ? `あと${n}日` : `in ${n} ${n === 1 ? 'day' : 'days'}`;
  return lang === 'ja' ? `${-n}日超過` : `${-n} ${n === -1 ? 'day' : 'days'} overdue`;
}

const western = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$/;
const japanese =
  /^(令和|平成|昭和|大正|明治|[RHSTM])\s*(元|\d{1,2})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$/i;

/**
 * Reads a day as people in Japan type it: `2026/12/7`, `2026-12-07`, `2026年12月7日`, `令和8年12月7日`, `R8.12.7`, also with full-width digits. Null when
 * the day did not exist or is outside the era (平成31年5月1日 was 令和元年).
 */
export function readJapaneseDate(text: string): Day | null {
  const typed = typedDay(text);
  if (!typed) return null;
  const { year, month, date, era } = typed;
  const day = readDay(`${String(year).padStart(4, '0')}-${pad(month)}-${pad(date)}`);
  if (day === null || era === undefined) return day;
  const next = eras[era - 1];
  return day >= eras[era]!.from && (next === undefined || day < next.from) ? day : null;
}

/** The sentence that says from when to when an era lasted. */
function eraProblem(era: number): Bilingual {
  const { name, en, from } = eras[era]!;
  const next = eras[era - 1];
  const [first, last] = [day(from), next && addDays(day(next.from), -1)];
  return last
    ? both(
        `${name}は${writtenDay(first, 'ja')}から${writtenDay(last, 'ja')}までです`,
        `${en} was from ${writtenDay(first, 'en')} to ${writtenDay(last, 'en')}`,
      )
    : both(`${name}は${writtenDay(first, 'ja')}からです`, `${en} is from ${writtenDay(first, 'en')}`);
}

/** Why a typed text is not a day: no such day in the month or the era, or not written like a day. */
export function dayProblem(text: string): Bilingual {
  const typed = typedDay(text);
  if (typed && typed.month >= 1 && typed.month <= 12) {
    const { year, month, date, era } = typed;
    const first = readDay(`${String(year).padStart(4, '0')}-${pad(month)}-01`);
    const last = first && Number(addDays(addMonths(first, 1), -1).slice(8));
    if (first && last && date > last)
      return both(
        `${year}年${month}月に${date}日はありません`,
        `${monthDay(first, 'en').split(' ')[1]!} ${year} has no day ${date}`,
      );
    if (first && date >= 1 && era !== undefined) return eraProblem(era);
  }
  return both('2026/12/7 か 令和8年12月7日 のように書いてください', 'Write it like 2026/12/7 or R8.12.7');
}

/** The numbers in a text written like a day, whether or not that day existed. `era`: index of the era it counts in. */
function typedDay(text: string): { year: number; month: number; date: number; era?: number } | null {
  const t = text
    .normalize('NFKC')
    .replace(/[ーｰ‐‑–−]/g, '-')
    .trim();
  const w = western.exec(t);
  if (w) return { year: Number(w[1]), month: Number(w[2]), date: Number(w[3]) };
  const j = japanese.exec(t);
  if (!j) return null;
  const era = eras.findIndex((e) => e.name === j[1] || e.letter === j[1]!.toUpperCase());
  const year = j[2] === '元' ? 1 : Number(j[2]);
  if (year < 1) return null;
  return { year: Number(eras[era]!.from.slice(0, 4)) + year - 1, month: Number(j[3]), date: Number(j[4]), era };
}
