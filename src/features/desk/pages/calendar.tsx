// The calendar of what is due: a month of days, each linking to its list, or a week with the requests themselves.

import { both, type Lang } from '../../../base/bilingual.ts';
import { isOpenDay } from '../../../base/calendar.ts';
import { addDays, addMonths, daysBetween, readDay, weekday, type Day } from '../../../base/day.ts';
import { monthDay, weekdayName, writtenDay } from '../../../platform/ui/format.ts';
import { Segment } from '../../../platform/ui/segment.tsx';
import type { Listed } from '../actions/cases.ts';
import { numberOf } from '../facts/request.ts';
import { kindWords } from '../words.ts';
import { PATH, StageChip } from './sheet.tsx';

const words = {
  month: both('月', 'Month'),
  week: both('週', 'Week'),
  span: both('期間', 'Period'),
  previousMonth: both('前の月', 'Previous month'),
  nextMonth: both('次の月', 'Next month'),
  thisMonth: both('今月', 'This month'),
  previousWeek: both('前の週', 'Previous week'),
  nextWeek: both('次の週', 'Next week'),
  thisWeek: both('今週', 'This week'),
  nothing: both('期限の来る請求はありません', 'Nothing is due'),
  today: both('今日', 'Today'),
  closed: both('休業日', 'Closed'),
  nobody: both('担当なし', 'Nobody'),
  counts: both(
    '日付の下の数は、その日が期限の請求の数です。',
    'The number under a day is the number of requests due on it.',
  ),
};

const MOST_A_DAY = 5;

type Span = 'month' | 'week';

export interface CalendarProps {
  lang: Lang;
  rows: readonly Listed[];
  names: ReadonlyMap<string, string>;
  today: Day;
  span: Span;
  /** A day of the month or week shown. */
  on: Day;
  /** The address of the calendar with other settings. */
  to(more: Readonly<Record<string, string>>): string;
  /** The address of the list of what is due on a day. */
  list(day: Day): string;
}

const firstOf = (d: Day): Day => `${d.slice(0, 7)}-01` as Day;
const sundayOf = (d: Day): Day => addDays(d, -weekday(d));

const monthName = (first: Day, lang: Lang): string =>
  lang === 'ja'
    ? `${first.slice(0, 4)}年${Number(first.slice(5, 7))}月`
    : `${monthDay(first, 'en').split(' ')[1]} ${first.slice(0, 4)}`;

const weekName = (sunday: Day, lang: Lang): string => {
  const saturday = addDays(sunday, 6);
  return lang === 'ja'
    ? `${writtenDay(sunday, 'ja')}〜${monthDay(saturday, 'ja')}`
    : `${monthDay(sunday, 'en')} – ${writtenDay(saturday, 'en')}`;
};

const dayName = (d: Day, lang: Lang): string =>
  lang === 'ja'
    ? `${monthDay(d, 'ja')}（${weekdayName(d, 'ja').slice(0, 1)}）`
    : `${weekdayName(d, 'en')} ${monthDay(d, 'en')}`;

/** The day asked for: a month as `2026-12`, a week as any day of it; today when none is given. */
export function dayIn(span: Span, text: string, today: Day): Day {
  return readDay(span === 'month' ? `${text}-01` : text) ?? today;
}

/** The weeks, from Sunday, that contain a day of the month. */
function weeksOf(first: Day): Day[][] {
  const begin = sundayOf(first);
  const weeks = Math.ceil(daysBetween(begin, addMonths(first, 1)) / 7);
  return Array.from({ length: weeks }, (_, w) => Array.from({ length: 7 }, (__, d) => addDays(begin, w * 7 + d)));
}

const countSaid = (n: number, lang: Lang): string => (lang === 'ja' ? `${n}件` : `${n}`);

interface DayProps {
  calendar: CalendarProps;
  day: Day;
  due: readonly Listed[];
}

const DayCell = ({ calendar: { lang, today, list }, day, due }: DayProps) => {
  const isToday = day === today;
  const name = dayName(day, lang) + (isToday ? (lang === 'ja' ? '、今日' : ', today') : '');
  const more = due.length - MOST_A_DAY;
  return (
    <td
      class={isOpenDay(day) === false ? 'align-top bg-[var(--ground-2)]' : 'align-top'}
      aria-current={isToday ? 'date' : undefined}
    >
      <span class={isToday ? 'block font-bold underline' : 'block'} aria-hidden="true">
        {Number(day.slice(8))}
      </span>
      <span class="sr-only">{name}</span>
      {due.length > 0 && (
        <>
          <ul class="grid gap-1 max-md:hidden">
            {due.slice(0, MOST_A_DAY).map((row) => (
              <li>
                <a href={`${PATH}/${row.id}`}>{numberOf(row)}</a>
                <span class="muted block">{kindWords[row.kind].name[lang]}</span>
              </li>
            ))}
            {more > 0 && (
              <li>
                <a
                  href={list(day)}
                  aria-label={
                    lang === 'ja' ? `${monthDay(day, 'ja')}のほか${more}件` : `${more} more on ${monthDay(day, 'en')}`
                  }
                >
                  {lang === 'ja' ? `ほか${more}件` : `${more} more`}
                </a>
              </li>
            )}
          </ul>
          <a
            class="md:hidden"
            href={list(day)}
            aria-label={
              lang === 'ja'
                ? `${monthDay(day, 'ja')}が期限の${due.length}件`
                : `${due.length} due on ${monthDay(day, 'en')}`
            }
          >
            {countSaid(due.length, lang)}
          </a>
        </>
      )}
    </td>
  );
};

const Month = ({ calendar, dueOn }: { calendar: CalendarProps; dueOn: (d: Day) => readonly Listed[] }) => {
  const { lang, on } = calendar;
  const first = firstOf(on);
  const sunday = sundayOf(first);
  return (
    <>
      <p class="small muted mb-2 md:hidden">{words.counts[lang]}</p>
      <div class="tbl-wrap" tabindex={0} role="region" aria-label={monthName(first, lang)}>
        <table class="tbl table-fixed md:min-w-[48rem]">
          <caption class="sr-only">
            {lang === 'ja' ? `${monthName(first, 'ja')}に期限が来る請求` : `Requests due in ${monthName(first, 'en')}`}
          </caption>
          <thead>
            <tr>
              {Array.from({ length: 7 }, (_, i) => addDays(sunday, i)).map((d) => (
                <th scope="col">
                  <span aria-hidden="true">{weekdayName(d, lang).slice(0, lang === 'ja' ? 1 : 2)}</span>
                  <span class="sr-only">{weekdayName(d, lang)}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {weeksOf(first).map((week) => (
              <tr>
                {week.map((day) =>
                  firstOf(day) === first ? (
                    <DayCell calendar={calendar} day={day} due={dueOn(day)} />
                  ) : (
                    <td class="bg-[var(--ground-2)]" />
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
};

const WeekDay = ({ calendar: { lang, today, names, list }, day, due }: DayProps) => {
  const more = due.length - MOST_IN_WEEK;
  const notes = [day === today && words.today[lang], isOpenDay(day) === false && words.closed[lang]];
  return (
    <section class="py-3 border-t border-[var(--line)]" aria-current={day === today ? 'date' : undefined}>
      <h3 class={day === today ? 'font-bold underline' : 'font-bold'}>
        {dayName(day, lang)}
        <span class="muted font-normal"> {notes.filter(Boolean).join(lang === 'ja' ? '、' : ', ')}</span>
      </h3>
      {due.length === 0 ? (
        <p class="muted">{words.nothing[lang]}</p>
      ) : (
        <ul class="grid gap-2 mt-1">
          {due.slice(0, MOST_IN_WEEK).map((row) => (
            <li class="flex flex-wrap items-center gap-x-3 gap-y-1">
              <a href={`${PATH}/${row.id}`}>{numberOf(row)}</a>
              <span>{kindWords[row.kind].name[lang]}</span>
              <StageChip lang={lang} stage={row.stage} />
              <span class="muted" translate={row.assigned_to ? 'no' : undefined}>
                {row.assigned_to ? names.get(row.assigned_to) : words.nobody[lang]}
              </span>
            </li>
          ))}
          {more > 0 && (
            <li>
              <a href={list(day)}>{lang === 'ja' ? `ほか${more}件` : `${more} more`}</a>
            </li>
          )}
        </ul>
      )}
    </section>
  );
};

const MOST_IN_WEEK = 12;

const Week = ({ calendar, dueOn }: { calendar: CalendarProps; dueOn: (d: Day) => readonly Listed[] }) => {
  const sunday = sundayOf(calendar.on);
  return (
    <div>
      {Array.from({ length: 7 }, (_, i) => addDays(sunday, i)).map((day) => (
        <WeekDay calendar={calendar} day={day} due={dueOn(day)} />
      ))}
    </div>
  );
};

export const Calendar = (calendar: CalendarProps) => {
  const { lang, rows, today, span, on, to } = calendar;
  const byDay = new Map<Day, Listed[]>();
  for (const row of rows) {
    if (!row.due_on) continue;
    const due = byDay.get(row.due_on);
    if (due) due.push(row);
    else byDay.set(row.due_on, [row]);
  }
  const dueOn = (d: Day): readonly Listed[] => byDay.get(d) ?? [];
  const isMonth = span === 'month';
  const begins = isMonth ? firstOf(on) : sundayOf(on);
  const now = isMonth ? firstOf(today) : sundayOf(today);
  const at = (d: Day): string => (isMonth ? to({ month: d.slice(0, 7) }) : to({ week: d }));
  // The week of today if it is in the month shown, otherwise its first week.
  const week = firstOf(today) === firstOf(on) ? today : on;
  return (
    <div>
      <div class="flex flex-wrap items-center gap-3 mb-3">
        <h2 class="text-std-20B-150">{isMonth ? monthName(begins, lang) : weekName(begins, lang)}</h2>
        <Segment
          label={words.span[lang]}
          links={[
            { label: words.month[lang], href: to({ month: on.slice(0, 7) }), current: isMonth },
            { label: words.week[lang], href: to({ week }), current: !isMonth },
          ]}
        />
        <Segment
          label={words[span][lang]}
          links={[
            {
              label: words[isMonth ? 'previousMonth' : 'previousWeek'][lang],
              href: at(addDays(begins, isMonth ? -1 : -7)),
            },
            { label: words[isMonth ? 'thisMonth' : 'thisWeek'][lang], href: at(now), current: begins === now },
            {
              label: words[isMonth ? 'nextMonth' : 'nextWeek'][lang],
              href: at(isMonth ? addMonths(begins, 1) : addDays(begins, 7)),
            },
          ]}
        />
      </div>
      {isMonth ? <Month calendar={calendar} dueOn={dueOn} /> : <Week calendar={calendar} dueOn={dueOn} />}
    </div>
  );
};
