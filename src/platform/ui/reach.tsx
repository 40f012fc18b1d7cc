// Links that only some readers of a page may follow.

import { createContext, useContext, type Child } from 'hono/jsx';
import type { Action } from '../../base/actor.ts';
import { About } from './about.tsx';

/** What the reader of a page may do. The page's frame sets it; without a frame, nothing is allowed. */
export const Reach = createContext<(action: Action) => boolean>(() => false);

/** A link to the log entry with this id, for readers of the log. Others see `otherwise`, by default a dash. */
export const EntryLink = ({
  id,
  about,
  otherwise = '—',
  children,
}: {
  id: string;
  /** Tells apart several entries that the page links to. */
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
