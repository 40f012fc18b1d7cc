// A period in the address of a list: from one day to another, either of which may be open. Only valid days are accepted, so nothing else gets into
// an address.

import { both, type Bilingual, type Lang } from '../../base/bilingual.ts';
import { readDay, startOf, type Day } from '../../base/day.ts';
import { reversedPeriod } from '../http/index.ts';
import { Banner } from './banner.tsx';
import { readJapaneseDate, slashDay } from './format.ts';

const words = {
  from: both('この日から', 'From'),
  to: both('この日まで', 'To'),
  unread: both('日を読み取れませんでした', 'The day could not be read'),
  unreadSays: both('2026/12/7、令和8年12月7日 のように書いてください。', 'Write it like 2026/12/7 or R8.12.7.'),
  reversed: reversedPeriod,
  reversedSays: both('2つの日を入れ替えてください。', 'Swap the two days.'),
} satisfies Record<string, Bilingual>;

export interface Period {
  from: Day | null;
  to: Day | null;
  /** Why it differs from what was asked for; null when it does not. */
  wrong: 'unread' | 'reversed' | null;
}

export const NO_PERIOD: Period = { from: null, to: null, wrong: null };

/** The period an address asks for with `from` and `to`. */
export function periodIn(url: string): Period {
  const { searchParams } = new URL(url);
  const asked = ['from', 'to'].map((name) => searchParams.get(name)?.trim() ?? '');
  const [from = null, to = null] = asked.map(readJapaneseDate);
  const unread = asked.some((text) => text !== '' && readJapaneseDate(text) === null);
  return { from, to, wrong: unread ? 'unread' : from !== null && to !== null && from > to ? 'reversed' : null };
}

/** A period as parameters of an address. */
export const periodParams = ({ from, to }: Omit<Period, 'wrong'>): Record<string, string> => ({
  ...(from ? { from } : {}),
  ...(to ? { to } : {}),
});

/** A first and a last day, either of which may be open. */
interface Days {
  from?: Day | null | undefined;
  to?: Day | null | undefined;
}

const DAY_MS = 86_400_000;

/** From the first instant of the days to the instant after the last. */
export const instantsOf = ({ from, to }: Days): { from?: Date; to?: Date } => ({
  ...(from ? { from: new Date(startOf(from)) } : {}),
  ...(to ? { to: new Date(startOf(to) + DAY_MS) } : {}),
});

/** The days of a list's chosen parameters. */
export const daysIn = ({ from = '', to = '' }: Readonly<Record<string, string>>): { from?: Day; to?: Day } => {
  const [first, last] = [readDay(from), readDay(to)];
  return { ...(first ? { from: first } : {}), ...(last ? { to: last } : {}) };
};

/** The same as instants. */
export const instantsIn = (chosen: Readonly<Record<string, string>>): { from?: Date; to?: Date } =>
  instantsOf(daysIn(chosen));

/** `2026/12/1から2026/12/7まで`; a single day alone. Null when the period is open on both sides. */
export function periodText({ from, to }: Period, lang: Lang): string | null {
  if (from !== null && from === to) return slashDay(from);
  const [first, last] = [from && slashDay(from), to && slashDay(to)];
  if (first && last) return lang === 'ja' ? `${first}から${last}まで` : `${first} to ${last}`;
  if (first) return lang === 'ja' ? `${first}から` : `From ${first}`;
  return last && (lang === 'ja' ? `${last}まで` : `Until ${last}`);
}

/** The two days among the filters of a list. `of`: what happened on them, if that is not the time of each row. */
export const FilterPeriod = ({ lang, period, of }: { lang: Lang; period: Period; of?: Bilingual | undefined }) => (
  <>
    {(['from', 'to'] as const).map((name) => (
      <div>
        <label class="lab" for={`q-${name}`}>
          {of && `${of[lang]}${lang === 'ja' ? '　' : ': '}`}
          {words[name][lang]}
        </label>
        <input class="input input-s w-date" id={`q-${name}`} name={name} type="date" value={period[name] ?? ''} />
      </div>
    ))}
  </>
);

/** What is wrong with the days in an address; nothing if they are right. */
export const PeriodProblem = ({ lang, period: { wrong } }: { lang: Lang; period: Period }) =>
  wrong && (
    <Banner kind="warn" title={words[wrong][lang]}>
      {words[`${wrong}Says`][lang]}
    </Banner>
  );
