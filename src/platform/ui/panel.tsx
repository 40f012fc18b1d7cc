// A panel is a white sheet with a heading; panels do not nest. Also the headings of the sheet itself, and the note.

import type { Child } from 'hono/jsx';
import { classes } from './say.ts';

export interface PanelProps {
  title: Child;
  /** Names the section for screen readers; also the target of links. */
  id?: string;
  /** A quiet line beside the title. */
  sub?: Child;
  /** At most one link, at the right. */
  more?: { href: string; label: string };
  /** A chip beside the title. */
  mark?: Child;
  /** `body` pads the contents (default); `bare` lets a table or list touch the edges. */
  pad?: 'body' | 'bare';
  noPrint?: boolean;
  children?: Child;
}

export const Panel = ({ title, id, sub, more, mark, pad = 'body', noPrint, children }: PanelProps) => (
  <section class={classes('panel', noPrint && 'no-print')} id={id} aria-labelledby={id && `${id}-h`}>
    <div class="panel-head">
      <h2 id={id && `${id}-h`}>{title}</h2>
      {mark}
      {sub && <span class="sub">{sub}</span>}
      {more && (
        <a class="more" href={more.href}>
          {more.label}
        </a>
      )}
    </div>
    {pad === 'body' ? <div class="panel-body">{children}</div> : children}
  </section>
);

/** A heading on the sheet itself, outside panels. */
export const SectionHead = ({ id, children }: { id?: string; children?: Child }) => (
  <h2 class="h2" id={id}>
    {children}
  </h2>
);

/** Background that may be skipped; never for a refusal or a deadline. */
export const Note = ({ children }: { children?: Child }) => <div class="note">{children}</div>;
