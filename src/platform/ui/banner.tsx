// An alert on the sheet: what happened, since when, what to do next. At most two on a page; never for a refusal by law (that is a finding).

import type { Child } from 'hono/jsx';
import { Icon, type IconName } from './icon.tsx';
import { classes } from './say.ts';

export type BannerKind = 'bad' | 'warn' | 'good' | 'info';

const icons: Record<BannerKind, IconName> = { bad: 'stop', warn: 'clock', good: 'check', info: 'info' };

export interface BannerProps {
  kind: BannerKind;
  title: string;
  /** One or two sentences. */
  children?: Child;
  action?: { href: string; label: string };
  /** 3 under a section heading. */
  level?: 2 | 3;
  /** `status` announces the result of what was just done, such as “saved”; `alert` only for what must interrupt. */
  role?: 'status' | 'alert';
  icon?: IconName;
}

export const Banner = ({ kind, title, children, action, level = 2, role, icon }: BannerProps) => (
  <section class={classes('banner', `banner-${kind}`)} role={role}>
    <Icon name={icon ?? icons[kind]} />
    <div>
      {level === 2 ? <h2>{title}</h2> : <h3>{title}</h3>}
      {children && <p>{children}</p>}
    </div>
    {action && (
      <a class="btn btn-2 btn-s acts" href={action.href}>
        {action.label}
      </a>
    )}
  </section>
);
