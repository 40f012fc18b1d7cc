// An empty result: an empty rail, what was searched for, and ways on. Says whether nothing exists or nothing matches.

import type { Child } from 'hono/jsx';

export interface EmptyProps {
  title: string;
  children?: Child;
  /** Buttons that lead on. */
  actions?: Child;
}

export const Empty = ({ title, children, actions }: EmptyProps) => (
  <section class="empty">
    <svg
      width="120"
      height="72"
      viewBox="0 0 120 72"
      fill="none"
      stroke="currentColor"
      stroke-width="2"
      aria-hidden="true"
    >
      <path class="rail-beam" d="M10 12h100" stroke-width="4" />
      {[26, 48, 70, 92].flatMap((x) => [
        <path d={`M${x} 14v8`} />,
        <rect x={x - 8} y="22" width="16" height="30" rx="2" stroke-dasharray="4 3" />,
      ])}
    </svg>
    <h2>{title}</h2>
    {children && <p class="small muted mt-1">{children}</p>}
    {actions && <div class="btns justify-center mt-4">{actions}</div>}
  </section>
);
