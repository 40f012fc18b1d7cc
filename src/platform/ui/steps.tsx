// The steps of a case, seven at most: done, now, later. A column on narrow screens.

import type { Child } from 'hono/jsx';
import type { Lang } from '../../base/bilingual.ts';
import { classes } from './say.ts';

export interface Step {
  title: string;
  /** A date or “today”. */
  note?: Child;
  state: 'done' | 'now' | 'later';
}

export const Steps = ({ lang, label, steps }: { lang: Lang; label?: string; steps: readonly Step[] }) => (
  <ol class="steps mb-6" aria-label={label ?? (lang === 'ja' ? '進み具合' : 'Progress')}>
    {steps.map(({ title, note, state }) => (
      <li class={classes(state !== 'later' && state)} aria-current={state === 'now' ? 'step' : undefined}>
        <b>{title}</b>
        {note}
        {state === 'done' && <span class="sr-only">{lang === 'ja' ? '（済み）' : ' (done)'}</span>}
      </li>
    ))}
  </ol>
);
