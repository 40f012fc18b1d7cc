// The few icons: a 20 px box, round strokes, always beside a word. An icon never carries a meaning alone.

import { classes } from './say.ts';

const shapes = {
  menu: <path d="M3 5h14M3 10h14M3 15h14" />,
  close: <path d="m5 5 10 10M15 5 5 15" />,
  check: <path d="m4 10.5 4 4 8-9" />,
  clock: (
    <>
      <circle cx="10" cy="10" r="7.5" />
      <path d="M10 5.5V10l3 2" />
    </>
  ),
  plus: <path d="M10 4v12M4 10h12" />,
  columns: <path d="M3 3.5h14v13H3zM8 3.5v13M13 3.5v13" />,
  download: <path d="M10 3v10m-4-4 4 4 4-4M3.5 16.5h13" />,
  letter: (
    <>
      <path d="M2.5 4.5h15v11h-15z" />
      <path d="m2.5 5.5 7.5 6 7.5-6" />
    </>
  ),
  down: <path d="m5 8 5 5 5-5" />,
  up: <path d="m5 12 5-5 5 5" />,
  sort: <path d="m6 8 4-4 4 4M6 12l4 4 4-4" />,
  stop: (
    <>
      <path d="M6.8 2.5h6.4l4.3 4.3v6.4l-4.3 4.3H6.8l-4.3-4.3V6.8z" />
      <path d="M10 6v5M10 13.5v.5" />
    </>
  ),
  warn: (
    <>
      <path d="M10 2.8 18 17H2z" />
      <path d="M10 8v4.5M10 14.5v.4" />
    </>
  ),
  info: (
    <>
      <circle cx="10" cy="10" r="7.5" />
      <path d="M10 9v5M10 6v.5" />
    </>
  ),
  page: (
    <>
      <path d="M5 2.5h6.5L15.5 6.5v11H5z" />
      <path d="M11.5 2.5v4h4" />
    </>
  ),
  print: (
    <>
      <path d="M5.5 7V2.5h9V7M5.5 14H3V7h14v7h-2.5" />
      <path d="M5.5 11.5h9v6h-9z" />
    </>
  ),
  lock: <path d="M4.5 9h11v8.5h-11zM7 9V6a3 3 0 0 1 6 0v3" />,
};

export type IconName = keyof typeof shapes;

/** Hidden from screen readers; the word beside it is read instead. `small` is 16 px. */
export const Icon = ({ name, small }: { name: IconName; small?: boolean }) => (
  <svg
    class={classes('icon', small && 'icon-s')}
    viewBox="0 0 20 20"
    fill="none"
    stroke="currentColor"
    stroke-width="1.75"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    {shapes[name]}
  </svg>
);
