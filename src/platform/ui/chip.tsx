// A word about a row, and a count. A chip states something in words; its colour only repeats it.

import type { Child } from 'hono/jsx';
import type { Lang } from '../../base/bilingual.ts';
import { classes } from './say.ts';

export type ChipKind = 'plain' | 'now' | 'done' | 'good' | 'warn' | 'bad' | 'wait' | 'law' | 'policy';

/** `wait` (dashed): not decided yet. `law` and `policy` name a ground and may link to its text. */
export const Chip = ({ kind = 'plain', href, children }: { kind?: ChipKind; href?: string; children?: Child }) => {
  const look = classes('chip', kind !== 'plain' && `chip-${kind}`);
  return href ? (
    <a class={look} href={href}>
      {children}
    </a>
  ) : (
    <span class={look}>{children}</span>
  );
};

const unit = {
  ja: { open: '件', late: '件、期限を過ぎたものがあります' },
  en: { open: ' open', late: ' open, some overdue' },
};

/** A round count. `bad` only for overdue things and incidents. What it counts is read out but not shown. */
export const Count = ({ lang, n, bad, push }: { lang: Lang; n: number; bad?: boolean; push?: boolean }) => (
  <span class={classes('count', push && 'n', bad && 'count-bad')}>
    {n}
    <span class="sr-only">{unit[lang][bad ? 'late' : 'open']}</span>
  </span>
);
