// The coming days as a picture: one cell per day, closed days shaded, a mark where something is due. The table below lists what is due.

import { addDays, daysBetween, type Day } from '../../base/day.ts';
import type { Lang } from '../../base/bilingual.ts';
import { About } from './about.tsx';
import { Chip } from './chip.tsx';
import { dayFrom, monthDay, number, untilDue } from './format.ts';
import { say, type Text } from './say.ts';
import { Table } from './table.tsx';

export interface Deadline {
  on: Day;
  /** The name of the case, short enough for the picture, such as its number. */
  name: string;
  /** What is due. */
  title: string;
  href: string;
}

export interface DeadlinesProps {
  lang: Lang;
  today: Day;
  /** Number of days drawn, beginning with today. */
  days: number;
  /** True for days on which nobody works. */
  isClosed(day: Day): boolean;
  /** In order of their days; overdue items are drawn on today. */
  items: readonly Deadline[];
  /** What the picture shows, in words. */
  label: string;
  caption: Text;
}

/** Most rows of the table; an office with a thousand open requests has lists for them. */
const MOST = 60;

const WIDTH = 984;
/** Vertical positions of labels: the first just above the days, the next ones above that. */
const LINES = [50, 34, 18];
const TOP = 60;
const HEIGHT = 20;
/** Width of a character in a label: a Japanese one is as wide as it is high, others half. */
const LETTER = 12;

/** What is due on one of the days drawn, labelled with its first item. */
interface Mark {
  at: number;
  kind: 'late' | 'today' | 'coming';
  text: string;
}

function marksOf({ items, today, lang }: DeadlinesProps): Mark[] {
  const days = new Map<number, Deadline[]>();
  for (const item of items) {
    const at = Math.max(0, daysBetween(today, item.on));
    days.set(at, [...(days.get(at) ?? []), item]);
  }
  return [...days].map(([at, due]) => {
    const more = due.length - 1;
    const others = lang === 'ja' ? ` ほか${more}件` : ` and ${more} more`;
    const { name, on } = due[0]!;
    const late = on < today ? ` ${untilDue(today, on, lang)}` : '';
    return {
      at,
      kind: late ? 'late' : at === 0 ? 'today' : 'coming',
      text: name + late + (more > 0 ? others : ''),
    };
  });
}

const widthOf = (text: string): number => {
  const wide = [...text].filter((letter) => letter > '\u2e7f').length;
  return wide * LETTER + ([...text].length - wide) * LETTER * 0.6;
};

interface Placed extends Mark {
  x: number;
  /** Null when no line has room; the item is then only in the table. */
  y: number | null;
  /** The label ends at the mark, because the mark is near the right edge. */
  end: boolean;
}

/** Puts each label on the lowest line that is free at its position. */
function place(marks: readonly Mark[], pitch: number): Placed[] {
  const taken = LINES.map(() => 0);
  return marks.map((mark) => {
    const x = (mark.at + 0.5) * pitch;
    const width = widthOf(mark.text);
    const end = x + width > WIDTH;
    const from = end ? x - width : x - 4;
    const line = taken.findIndex((until) => until <= from);
    if (line !== -1) taken[line] = from + width + LETTER;
    return { ...mark, x, y: LINES[line] ?? null, end };
  });
}

const round = (n: number): number => Math.round(n * 10) / 10;

/** `12/7` or `7 Dec`. */
const dayLabel = (day: Day, lang: Lang): string =>
  lang === 'ja' ? `${Number(day.slice(5, 7))}/${Number(day.slice(8))}` : monthDay(day, 'en').replace(/ (...).*/, ' $1');

const Picture = (props: DeadlinesProps) => {
  const { lang, today, days, isClosed, label } = props;
  const pitch = WIDTH / days;
  const placed = place(marksOf(props), pitch);
  return (
    <svg class="chart hidden lg:block" viewBox={`0 0 ${WIDTH} 100`} role="img" aria-label={label}>
      {Array.from({ length: days }, (_, i) => (
        <rect
          class={isClosed(addDays(today, i)) ? 'due-day due-closed' : 'due-day'}
          x={round(i * pitch)}
          y={TOP}
          width={round(pitch - 2)}
          height={HEIGHT}
        />
      ))}
      {Array.from({ length: Math.ceil(days / 7) }, (_, week) => (
        <text x={round(week * 7 * pitch)} y="97">
          {dayLabel(addDays(today, week * 7), lang)}
        </text>
      ))}
      {placed.map(({ x, y }) => y !== null && <path class="due-line" d={`M${round(x)} ${y + 4}V${TOP + 4}`} />)}
      {placed.map(({ kind, text, x, y, end }) => (
        <>
          {y !== null && (
            <text class={end ? 'due-name end' : 'due-name'} x={round(end ? x + 4 : x - 4)} y={y}>
              {text}
            </text>
          )}
          <circle class={`due-${kind}`} cx={round(x)} cy={TOP + HEIGHT / 2} r="6" />
        </>
      ))}
    </svg>
  );
};

const besides = (n: number, lang: Lang): string =>
  lang === 'ja'
    ? `期限の早いものから${MOST}件です。ほかに${number(n)}件が、それぞれの一覧にあります。`
    : `The ${MOST} that are due first. ${number(n)} more ${n === 1 ? 'stands in its list' : 'stand in their lists'}.`;

export const Deadlines = (props: DeadlinesProps) => {
  const { lang, today, items, label, caption } = props;
  return (
    <>
      <Picture {...props} />
      <p class="small mb-1 lg:hidden">{label}</p>
      <details class="twin twin-paper">
        <summary>
          {lang === 'ja' ? '表で見る' : 'See it as a table'}
          <About>{say(caption, lang)}</About>
        </summary>
        <Table
          lang={lang}
          caption={caption}
          stack="inline"
          columns={[
            { key: 'on', head: lang === 'ja' ? '期限' : 'Due', nowrap: true },
            { key: 'what', head: lang === 'ja' ? '何の期限か' : 'What is due', rowHead: true },
          ]}
          rows={items.slice(0, MOST).map(({ on, title, href }) => ({
            cells: {
              on: (
                <>
                  <Chip kind={on < today ? 'bad' : on === today ? 'warn' : 'plain'}>{untilDue(today, on, lang)}</Chip>
                  <span class="muted ml-2">{dayFrom(today, on, lang)}</span>
                </>
              ),
              what: (
                <a class="font-normal" href={href}>
                  {title}
                </a>
              ),
            },
          }))}
        />
        {items.length > MOST && <p class="small muted mt-2">{besides(items.length - MOST, lang)}</p>}
      </details>
    </>
  );
};
