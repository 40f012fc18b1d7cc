// The web notice as an ES module: `import { start } from 'https://…/assets/notice.mjs'`, and `start({ site })` as early as the page can.

import { start as begin, type Start } from './notice.ts';

export { open } from './notice.ts';

/** Same as `start` of the notice; Sekisho is where this module was loaded from unless `from` says otherwise. */
export const start = ({
  from = import.meta.url.replace(/\/assets\/[^/]*$/, ''),
  ...more
}: Omit<Start, 'from'> & Partial<Start>): void => begin({ from, ...more });
