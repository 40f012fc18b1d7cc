// States of promises over time as stacked bars, drawn on the server. The axis starts at 0, broken is at the bottom, unknown always has a dashed
// outline. The conclusion is read out, and every figure is in the table below.

import type { Lang } from '../../base/bilingual.ts';
import { promiseStates, type PromiseState } from '../../base/promise.ts';
import { About } from './about.tsx';
import { stateWord } from './promise-state.tsx';
import { say, type Text } from './say.ts';
import { Table } from './table.tsx';

export interface StateBar {
  /** Such as `12/7`. */
  label: string;
  counts: Partial<Record<PromiseState, number>>;
}

export interface StateChartProps {
  lang: Lang;
  /** Oldest first, up to 26. */
  bars: readonly StateBar[];
  /** The states to draw; without `kept`, the others stay visible beside a large number of kept promises. */
  states?: readonly PromiseState[];
  /** What the chart shows, in words: 「31件から16件に減った」. */
  label: string;
  caption: Text;
  /** Head of the table's first column, such as 週. */
  period: Text;
}

const LEFT = 24;
const WIDTH = 248;
const TOP = 8;
const BASE = 128;

/** A round maximum for the axis, with three or four steps. */
function axis(max: number): { step: number; steps: number } {
  for (const magnitude of [1, 10, 100, 1000, 10_000]) {
    for (const unit of [1, 2, 5]) {
      const step = unit * magnitude;
      if (step * 4 >= max) return { step, steps: Math.max(1, Math.ceil(max / step)) };
    }
  }
  return { step: max, steps: 1 };
}

const total = (bar: StateBar, states: readonly PromiseState[]): number =>
  states.reduce((sum, s) => sum + (bar.counts[s] ?? 0), 0);

const round = (n: number): number => Math.round(n * 10) / 10;

const Bars = ({ bars, states, unit }: { bars: readonly StateBar[]; states: readonly PromiseState[]; unit: number }) => {
  const pitch = WIDTH / bars.length;
  return (
    <>
      {bars.map((bar, i) => {
        let y = BASE;
        return promiseStates
          .filter((s) => states.includes(s) && (bar.counts[s] ?? 0) > 0)
          .map((s) => {
            const height = (bar.counts[s] ?? 0) * unit;
            y -= height;
            return (
              <rect
                class={`c-${s}`}
                x={round(LEFT + i * pitch + pitch * 0.14)}
                y={round(y + 0.5)}
                width={round(pitch * 0.72)}
                height={round(Math.max(0.5, height - 1))}
              />
            );
          });
      })}
    </>
  );
};

export const StateChart = (props: StateChartProps) => {
  const { lang, bars, states = ['risk', 'broken', 'unknown'] } = props;
  const { step, steps } = axis(Math.max(1, ...bars.map((b) => total(b, states))));
  const unit = (BASE - TOP) / (step * steps);
  const lines = Array.from({ length: steps + 1 }, (_, i) => ({ value: i * step, y: round(BASE - i * step * unit) }));
  const middle = Math.floor((bars.length - 1) / 2);
  return (
    <>
      <svg class="chart chart-s" viewBox="0 0 292 150" role="img" aria-label={props.label}>
        <path class="axis" d={lines.map((l) => `M${LEFT} ${l.y}h${WIDTH}`).join('')} />
        {lines.map((l) => (
          <text class="end" x={LEFT - 4} y={l.y + 4}>
            {l.value}
          </text>
        ))}
        <Bars bars={bars} states={states} unit={unit} />
        <text x={LEFT} y="145">
          {bars[0]?.label}
        </text>
        {bars.length > 2 && (
          <text class="mid" x={round(LEFT + (middle + 0.5) * (WIDTH / bars.length))} y="145">
            {bars[middle]?.label}
          </text>
        )}
        {bars.length > 1 && (
          <text class="end" x={LEFT + WIDTH} y="145">
            {bars.at(-1)?.label}
          </text>
        )}
      </svg>
      <details class="twin">
        <summary>
          {lang === 'ja' ? '表で見る' : 'See it as a table'}
          <About>{say(props.caption, lang)}</About>
        </summary>
        <Table
          lang={lang}
          caption={props.caption}
          height="tight"
          columns={[
            { key: 'period', head: props.period, rowHead: true },
            ...states.map((s) => ({ key: s, head: say(stateWord[s], lang), align: 'right' as const })),
          ]}
          rows={bars.map((b) => ({
            cells: { period: b.label, ...Object.fromEntries(states.map((s) => [s, b.counts[s] ?? 0])) },
          }))}
        />
      </details>
    </>
  );
};
