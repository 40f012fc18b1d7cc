// A form that somebody else was faster with: what they saved is undone by nobody who has not seen it. What the second left as it was is as it
// stands now; where both changed the same, it is what the second typed, beside what the first saved.

import { isDeepStrictEqual } from 'node:util';
import type { Child } from 'hono/jsx';
import { both, type Bilingual, type Lang } from '../../base/bilingual.ts';
import { Banner } from './banner.tsx';
import { Table } from './table.tsx';

/** Whether two fields say the same; of choices the order says nothing. */
function alike(one: unknown, other: unknown): boolean {
  const choices = (field: unknown) =>
    Array.isArray(field) && field.every((item) => typeof item === 'string') ? field.toSorted() : field;
  return isDeepStrictEqual(choices(one), choices(other));
}

/** What somebody typed on an earlier version, on the newest one. `together`: fields that are one statement, whose parts are not mixed. */
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
    'What you changed is kept; fields you did not change are as they were saved first. Check what differs, then save again.',
  ),
  differs: both('先に保存された内容との違い', 'What differs from what was saved first'),
  field: both('項目', 'Field'),
  theirs: both('先に保存された内容', 'Saved first'),
  yours: both('あなたの入力', 'What you typed'),
} satisfies Record<string, Bilingual>;

/** A field in which what was typed differs from what the first saved. */
export interface Difference {
  field: Child;
  theirs: Child;
  yours: Child;
}

/** Of two drafts of a form the fields in which they differ, by `said`: what a field is called, and what it says in words. */
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

/** Says that somebody else was first, and what of the form differs from what they saved. */
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
