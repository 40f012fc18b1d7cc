// Asks the law about a collection, with fields for the papers that were seen beside the question. Used for provisions and receipts alike.

import type { Context } from 'hono';
import type { Bilingual, Lang } from '../../../base/bilingual.ts';
import type { FieldProblem, Problem } from '../../../base/outcome.ts';
import type { Office } from '../../../office.ts';
import type { Env, Form } from '../../../platform/http/index.ts';
import { Button } from '../../../platform/ui/button.tsx';
import { ErrorSummary, Field, fieldId, problemAt } from '../../../platform/ui/form.tsx';
import { classes } from '../../../platform/ui/say.ts';
import { standing } from '../../checkpoint/index.ts';
import { actPage, attemptIn, type ActProps, type Round } from '../../consultation/index.ts';
import { documentNames, type Documents, documentsFor } from '../facts/providing.ts';
import { documentWords, words } from '../words.ts';

/** The papers that a form names. */
export const documentsIn = (form: Form | null): Documents =>
  Object.fromEntries(documentNames.map((name) => [name, form?.text(`documents.${name}`).trim() || undefined]));

/** Fields for the papers. They are beside the question's form and belong to it. */
const DocumentFields = (props: {
  lang: Lang;
  names: readonly (keyof Documents)[];
  documents: Documents;
  problems: readonly FieldProblem[];
  hint?: string;
}) => (
  <>
    {props.names.map((one) => {
      const name = `documents.${one}`;
      const error = problemAt(props.problems, name, props.lang);
      return (
        <Field lang={props.lang} name={name} label={documentWords[one]} need="required" hint={props.hint} error={error}>
          <input
            class="input"
            id={fieldId(name)}
            name={name}
            form="ask"
            autocomplete="off"
            value={props.documents[one]}
            maxlength={200}
            aria-required="true"
            aria-invalid={error ? 'true' : undefined}
            aria-describedby={classes(
              props.hint !== undefined && `${fieldId(name)}-h`,
              error !== undefined && `${fieldId(name)}-e`,
            )}
          />
        </Field>
      );
    })}
  </>
);

const documentLabels = Object.fromEntries(documentNames.map((name) => [`documents.${name}`, documentWords[name]]));

/** Problems of the papers, above the form. The form itself shows the problems of its own fields. */
const DocumentSummary = ({ lang, problems }: { lang: Lang; problems: readonly FieldProblem[] }) => (
  <ErrorSummary
    lang={lang}
    problems={problems.filter(({ field }) => field in documentLabels)}
    labels={documentLabels}
  />
);

export interface Attempt {
  round: Round;
  documents: Documents;
  problems?: readonly FieldProblem[];
  notice?: Bilingual;
}

export interface Asking extends Pick<ActProps, 'title' | 'path' | 'sub' | 'crumbs' | 'action' | 'asked' | 'fixed'> {
  values: Record<string, string>;
  /** The button under a yes. */
  act: { does: string; says: Bilingual };
  /** A hint shown with the fields for the papers. */
  hint?: Bilingual;
}

/** The question, and after a yes the papers that the law requires, with the button that acts. */
export async function askWithPapers(
  office: Office,
  c: Context<Env>,
  { round, documents, problems = [], notice }: Attempt,
  { values, act, hint, ...asking }: Asking,
): Promise<Response> {
  const lang = c.get('lang');
  const mode = (round.stated.record as { mode?: 'each' | 'bulk' | 'contract' } | undefined)?.mode;
  const finding = round.finding as Parameters<typeof documentsFor>[0] | null;
  return actPage(c, {
    ...asking,
    notice,
    failed: problems.length > 0,
    before: <DocumentSummary lang={lang} problems={problems} />,
    stands: await standing(office),
    values: { ...values, attempt: attemptIn(office, c, notice) },
    proceed: (
      <div class="grid gap-3">
        <DocumentFields
          lang={lang}
          names={finding ? documentsFor(finding, mode) : []}
          documents={documents}
          problems={problems}
          hint={hint?.[lang]}
        />
        <Button name="do" value={act.does} form="ask">
          {act.says[lang]}
        </Button>
      </div>
    ),
    round: {
      ...round,
      problems: [...round.problems, ...problems.filter(({ field }) => !field.startsWith('documents.'))],
    },
  });
}

/** Maps a field of the act to the field of the form that asks for it. */
const asAsked = ({ field, says }: FieldProblem): FieldProblem => ({
  field: field.replace(/^facts\./, ''),
  says,
});

/** What the page shows when the act was not carried out. */
export function undone(problem: Problem, { round, documents }: Pick<Attempt, 'round' | 'documents'>): Attempt {
  if (problem.kind === 'refused') return { round: { ...round, finding: problem.finding }, documents };
  return problem.kind === 'invalid'
    ? { round, documents, problems: problem.fields.map(asAsked) }
    : { round, documents, notice: problem.says };
}

/** A problem in one sentence. */
export const saidOf = (problem: Problem): Bilingual => {
  if (problem.kind === 'refused') return words.refused;
  return problem.kind === 'invalid' ? problem.fields[0].says : problem.says;
};
