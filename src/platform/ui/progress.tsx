// A long job: a sentence that says how many of how many are done, and a bar. The sentence also says that leaving the page is safe.

import type { Child } from 'hono/jsx';

export interface ProgressProps {
  /** Names the bar for screen readers. */
  label: string;
  done: number;
  total: number;
  /** The sentence; announced when the page refreshes itself. */
  children?: Child;
}

/** Only the bar. `label` names it for screen readers. */
export const ProgressBar = ({ label, percent }: { label: string; percent: number }) => (
  <div
    class="progress mt-2"
    role="progressbar"
    aria-label={label}
    aria-valuemin="0"
    aria-valuemax="100"
    aria-valuenow={percent}
  >
    <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
      <rect width={percent} height="8" />
    </svg>
  </div>
);

export const Progress = ({ label, done, total, children }: ProgressProps) => (
  <>
    <p class="small" aria-live="polite">
      {children}
    </p>
    <ProgressBar label={label} percent={total > 0 ? Math.min(100, Math.floor((done / total) * 100)) : 0} />
  </>
);
