// Names and values as description lists.

import type { Child } from 'hono/jsx';
import { classes } from './say.ts';

/** Shown in place of a text that is not shown; `bad` when that is an error. */
export const Instead = ({ says, bad }: { says: string; bad: boolean }) => (
  <span class={bad ? 'err' : 'muted'}>{says}</span>
);

/** A value held about a person, which must not be translated. `bad`: the value is a message, because the record does not open. */
export const HeldValue = ({ value, bad }: { value: string; bad: boolean }) =>
  bad ? <Instead says={value} bad /> : <span translate="no">{value}</span>;

/** `asked`: the names are whole questions and need more room. */
export const Dl = ({
  items,
  asked,
}: {
  items: readonly (readonly [term: string, value: Child])[];
  asked?: boolean;
}) => (
  <dl class={classes('dl', asked && 'dl-asked')}>
    {items.flatMap(([term, value]) => [<dt>{term}</dt>, <dd>{value}</dd>])}
  </dl>
);
