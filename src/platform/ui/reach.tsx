// Links that not everybody who reads a page may follow.

import { createContext, useContext, type Child } from 'hono/jsx';
import type { Action } from '../../base/actor.ts';
import { About } from './about.tsx';

/** What the reader of a page may do. The frame of the page gives it; without a frame nobody may do anything. */
export const Reach = createContext<(action: Action) => boolean>(() => false);

/** The way to an entry of the log, of its id, for whoever may read the log; others see `otherwise`, a dash where it is left out. */
export const EntryLink = ({
  id,
  about,
  otherwise = '—',
  children,
}: {
  id: string;
  /** Which of several entries that the page leads to. */
  about?: Child;
  otherwise?: Child;
  children: Child;
}) => (
  <>
    {useContext(Reach)('log:read') ? (
      <a href={`/log/entries/${id}`}>
        {children}
        {about && <About>{about}</About>}
      </a>
    ) : (
      otherwise
    )}
  </>
);
