// The clock of a case: one cell per day from arrival to the deadline, or to today once that has passed. The page that uses it names the law's
// wording and the company's own target separately; the strip never invents a legal deadline.

import { addDays, daysBetween, later, type Day } from '../../base/day.ts';
import { classes } from './say.ts';

export interface ClockStripProps {
  from: Day;
  today: Day;
  due: Day;
  warn?: Day;
  /** Saturdays, Sundays and holidays in between. */
  rest: ReadonlySet<Day>;
  labels: { from: string; today: string; due: string; warn?: string };
  /** The whole in words: 「12月1日に届き、7日目。…残り8日」. */
  says: string;
}

/** Cells a label needs before the next one fits on the same line. */
const LABEL_CELLS = 7;
/** With more days than this, only labelled days show their number, because the cells are narrower than two digits. */
const MOST_NUMBERED = 31;

interface Placed {
  at: number;
  text: string;
  up: boolean;
}

/** Moves a label that is too close to the one before up one line. */
function place(labels: { at: number; text: string }[]): Placed[] {
  const placed: Placed[] = [];
  for (const label of labels.sort((a, b) => a.at - b.at)) {
    const before = placed.at(-1);
    placed.push({ ...label, up: before !== undefined && !before.up && label.at - before.at < LABEL_CELLS });
  }
  return placed;
}

export const ClockStrip = ({ from, today, due, warn, rest, labels, says }: ClockStripProps) => {
  const end = later(today, due);
  const days = Array.from({ length: daysBetween(from, end) + 1 }, (_, i) => addDays(from, i));
  const named = [
    { at: 0, text: labels.from },
    ...(today > from && today !== due ? [{ at: daysBetween(from, today), text: labels.today }] : []),
    ...(warn && labels.warn && warn !== today ? [{ at: daysBetween(from, warn), text: labels.warn }] : []),
    { at: daysBetween(from, due), text: labels.due },
  ];
  const placed = place(named);
  return (
    <div
      class={classes('clk', placed.some((p) => p.up) && 'clk-2', days.length > MOST_NUMBERED && 'clk-long')}
      role="img"
      aria-label={says}
    >
      {days.map((d, i) => {
        const label = placed.find((p) => p.at === i);
        const state = [
          d < today && 'past',
          rest.has(d) && 'rest',
          d === warn && d >= today && 'warn',
          d === due && 'due',
          d === today && 'today',
          label && 'key',
        ];
        return (
          <div class={classes('clk-day', ...state.map((s) => s || undefined))}>
            {label && (
              <span
                class={classes(
                  'clk-lab',
                  label.up && 'clk-up',
                  i === 0 && 'clk-from',
                  i === days.length - 1 && 'clk-to',
                )}
              >
                {label.text}
              </span>
            )}
            <i />
            <span>{Number(d.slice(8))}</span>
          </div>
        );
      })}
    </div>
  );
};
