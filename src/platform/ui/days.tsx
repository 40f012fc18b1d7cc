// The days of a promise as a strip: one mark per day, with the state in its fill and outline. The conclusion is read out; both ends are dated.

import type { Day } from '../../base/day.ts';
import type { Lang } from '../../base/bilingual.ts';
import type { PromiseState } from '../../base/promise.ts';
import { monthDay } from './format.ts';
import { classes } from './say.ts';

const marks: Record<PromiseState, string | undefined> = { kept: undefined, risk: 'r', broken: 'b', unknown: 'u' };

export interface DayStripProps {
  lang: Lang;
  /** Oldest first, one per day, up to 366. */
  days: readonly PromiseState[];
  first: Day;
  last: Day;
  /** What the strip shows, in words: 「10月1日から54日は守れていた。…」. */
  label: string;
}

export const DayStrip = ({ lang, days, first, last, label }: DayStripProps) => (
  <>
    <div class={classes('days', days.length > 92 && 'days-fine')} role="img" aria-label={label}>
      {days.map((state) => (
        <i class={marks[state]} />
      ))}
    </div>
    <p class="small muted flex justify-between mt-1" aria-hidden="true">
      <span>{monthDay(first, lang)}</span>
      <span>{monthDay(last, lang)}</span>
    </p>
  </>
);
