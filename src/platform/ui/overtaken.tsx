// Handles a form that somebody else saved first: nobody undoes that version without having seen it. Fields the second person left alone take the
// saved value; if both changed a field, it keeps what the second typed, with the saved value shown beside it.

import { isDeepStrictEqual } from 'node:util';
import type { Child } from 'hono/jsx';
import { both, type Bilingual, type Lang } from '../../base/bilingual.ts';
import type { Problem } from '../../base/outcome.ts';
import { Banner } from './banner.tsx';
import { Table } from './table.tsx';

/** True when somebody else has saved a newer version first. */
export const isOvertaken = (problem: Problem | undefined): boolean =>
  problem?.kind === 'conflict' && problem.field === 'version';

/** True when two fields say the same; the order of choices does not matter. */
function alike(one: unknown, other: unknown): boolean {
  const choices = (field: unknown) =>
    Array.isArray(field) && field.every((item) => typeof item === 'string') ? field.toSorted() : field;
  return isDeepStrictEqual(choices(one), choices(other));
}

/** Applies what somebody typed on an earlier version to the newest one. `together`: groups of fields that form one statement and are not mixed. */
export function rebased<D extends object>(
  typed: D,
  { began, newest, together = [] }: { began: D; newest: D; together?: readonly (readonly (keyof D)[])[] },
): D {
  const keys = Object.keys(newest) as (keyof D)[];
  const statements = [...together, ...keys.filter((key) => !together.flat().includes(key)).map((key) => [key])];
  const untouched = statements.filter((of) => of.every((key) => alike(typed[key], began[key]))).flat();
  return { ...typed, ...Object.fromEntries(untouched.map((key) => [key, newest[key]])) };
}

const words = {
  title: both('ほかの人が先に変えました', 'Somebody else changed it first'),
  says: both(
    '変えたところは残っています。変えていない欄は、先に保存された内容にしました。違いを確かめてから、もう一度保存してください。',
    'What you changed is kept; fields you did not change now hold what was saved first. Check the differences, then save again.',
  ),
  differs: both('先に保存された内容との違い', 'What differs from what was saved first'),
  field: both('項目', 'Field'),
  theirs: both('先に保存された内容', 'Saved first'),
  yours: both('あなたの入力', 'What you typed'),
} satisfies Record<string, Bilingual>;

/** A field in which what was typed differs from what was saved first. */
export interface Difference {
  field: Child;
  theirs: Child;
  yours: Child;
}

/** The fields in which two drafts of a form differ. `said` gives the name of a field and its content in words. */
export const differencesOf = <D extends object>(
  yours: D,
  theirs: D,
  said: (key: keyof D & string) => { field: Child; text: (of: D) => Child },
): Difference[] =>
  (Object.keys(theirs) as (keyof D & string)[])
    .filter((key) => !alike(yours[key], theirs[key]))
    .map((key) => {
      const { field, text } = said(key);
      return { field, theirs: text(theirs), yours: text(yours) };
    });

/** Says that somebody else saved first, and how the form differs from what they saved. */
export const Overtaken = ({ lang, differences }: { lang: Lang; differences: readonly Difference[] }) => (
  <div class="grid gap-4 mb-5">
    <Banner kind="warn" role="alert" title={words.title[lang]}>
      {words.says[lang]}
    </Banner>
    {differences.length > 0 && (
      <Table
        lang={lang}
        caption={words.differs}
        stack
        columns={[
          { key: 'field', head: words.field, rowHead: true },
          { key: 'theirs', head: words.theirs },
          { key: 'yours', head: words.yours },
        ]}
        rows={differences.map((one) => ({ cells: { ...one } }))}
      />
    )}
  </div>
);
