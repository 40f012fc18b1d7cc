// Names and values: facts of a question, each with a link to change it, and plain description lists.

import type { Child } from 'hono/jsx';
import type { Lang } from '../../base/bilingual.ts';
import { classes } from './say.ts';

export interface Fact {
  name: string;
  value: Child;
  /** Where the fact can be changed. */
  change?: string;
}

export const Facts = ({ lang, facts }: { lang: Lang; facts: readonly Fact[] }) => (
  <dl>
    {facts.map(({ name, value, change }) => (
      <div class="fact">
        <dt>{name}</dt>
        <dd>{value}</dd>
        {change && (
          <dd>
            <a href={change}>
              {lang === 'ja' ? '変える' : 'Change'}
              <span class="sr-only">{lang === 'ja' ? `：${name}` : `: ${name}`}</span>
            </a>
          </dd>
        )}
      </div>
    ))}
  </dl>
);

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
