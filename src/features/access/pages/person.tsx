// The name and e-mail form of a member of staff: on their page for those who may let them in, on their account for themselves.

import type { Child } from 'hono/jsx';
import type { FieldProblem, Problem } from '../../../base/outcome.ts';
import type { Form } from '../../../platform/http/index.ts';
import { Banner } from '../../../platform/ui/banner.tsx';
import { fieldFor, TextField } from '../../../platform/ui/form.tsx';
import { differencesOf, Overtaken, rebased } from '../../../platform/ui/overtaken.tsx';
import type { Person } from '../tables.ts';
import { fieldWords, personWords } from '../words.ts';
import { problemsOf, speaker, type Request } from './sheet.tsx';

export const labels = { name: fieldWords.name, email: fieldWords.email };

/** A form shown again after a problem: what was typed, and what the form showed at that time. */
export interface TypedPerson {
  typed: Person;
  seen: Person;
  problem: Problem;
}

export const personIn = (form: Form): { typed: Person; seen: Person } => ({
  typed: { name: form.text('name'), email: form.text('email') },
  seen: { name: form.text('seen-name'), email: form.text('seen-email') },
});

/** Hidden fields with the values that the form showed. */
export const seenValues = ({ name, email }: Person) => ({ 'seen-name': name, 'seen-email': email });

export const isOvertaken = (problem: Problem | undefined): boolean =>
  problem?.kind === 'conflict' && problem.field === 'version';

/** The form on top of the newest values: a change that somebody else made first stays unless it was typed over. */
export const shownAgain = ({ typed, seen, problem }: TypedPerson, { name, email }: Person): TypedPerson => {
  const newest = { name, email };
  return isOvertaken(problem)
    ? { typed: rebased(typed, { began: seen, newest }), seen: newest, problem }
    : { typed, seen, problem };
};

/** The problems at fields; a conflict with a change by somebody else is shown above the form instead. */
export const problemsAt = ({ problem }: TypedPerson): readonly FieldProblem[] =>
  isOvertaken(problem) ? [] : problemsOf(problem);

export const PersonOvertaken = ({ c, sent: { typed, seen, problem } }: { c: Request; sent: TypedPerson }) =>
  isOvertaken(problem) ? (
    <Overtaken
      lang={c.get('lang')}
      differences={differencesOf(typed, seen, (key) => ({ field: speaker(c)(labels[key]), text: (of) => of[key] }))}
    />
  ) : null;

export const PersonFields = (props: {
  c: Request;
  person: Person;
  problems: readonly FieldProblem[];
  hint?: Child;
  own?: boolean;
}) => {
  const { c, person, problems, hint, own = false } = props;
  const lang = c.get('lang');
  const field = fieldFor(lang, labels, problems);
  return (
    <>
      <TextField {...field('name')} need="required" value={person.name} autocomplete={own ? 'name' : 'off'} />
      <TextField
        {...field('email')}
        type="email"
        need="required"
        hint={hint}
        value={person.email}
        autocomplete={own ? 'email' : 'off'}
      />
    </>
  );
};

/** Says what was changed. */
export const PersonDone = ({ c }: { c: Request }) => {
  const t = speaker(c);
  const said = Object.entries(personWords.done).find(([changed]) => changed === c.req.query('done'))?.[1];
  if (!said) return null;
  return (
    <div class="mb-5">
      <Banner kind="good" title={t(said.title)} role="status">
        {t(said.how)}
      </Banner>
    </div>
  );
};

/** The query that tells the next page what was changed. */
export const doneQuery = (changed: readonly (keyof Person)[]): string =>
  changed.length > 0 ? `?done=${changed.join('-')}` : '';
