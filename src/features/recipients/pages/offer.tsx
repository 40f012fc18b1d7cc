// Offering the recipients of the register in a form: of a long register some, with a search that finds the others, without script.

import type { Context } from 'hono';
import { both, type Bilingual, type Lang } from '../../../base/bilingual.ts';
import type { Env, Form } from '../../../platform/http/index.ts';
import { Button } from '../../../platform/ui/button.tsx';
import {
  AddedChecks,
  Field,
  fieldId,
  Radios,
  type Addition,
  type FieldProps,
  type Option,
} from '../../../platform/ui/form.tsx';
import { number } from '../../../platform/ui/format.ts';
import type { Recipient } from '../facts.ts';
import { isFoundBy } from './list.tsx';

const words = {
  search: both('提供先を探す', 'Search the recipients'),
  searchHint: both(
    '名称、国から探します。選んだ相手は、そのまま残ります。',
    'By name or country. What you chose stays chosen.',
  ),
  find: both('探す', 'Search'),
};

/** What the text of a search is called. */
export const searchLabels = { q: words.search };

/** The name of the button of a search. Enter presses the first button of a form: where that is another one, it bears this name too. */
export const FIND = 'find';

/** A search among the recipients. */
export interface Search {
  typed: string;
  /** Its button was pressed: whatever else was chosen waits. */
  pressed: boolean;
}

/** The search of a form, or of an address. */
export const searchIn = (c: Context<Env>, form: Form | null = null): Search => ({
  typed: (form ? form.text('q') : (c.req.query('q') ?? '')).trim(),
  pressed: form ? form.all(FIND).length > 0 : c.req.query(FIND) !== undefined,
});

/** A search in the address, so that the page can be opened again as it is. */
export const searching = ({ typed, pressed }: Search): Record<string, string> =>
  pressed ? { q: typed, [FIND]: '' } : {};

/** So many of a long register stand in the form at once. */
const MOST_OFFERED = 15;

/** Whether more are left to choose from than are offered at once. */
export const isLong = (recipients: readonly Recipient[], added: readonly string[] = []): boolean =>
  recipients.filter(({ id }) => !added.includes(id)).length > MOST_OFFERED;

/** What of a long register is offered; `added` of those that match are in the form already. */
function counted(found: number, typed: string, added = 0): Bilingual {
  if (typed === '') {
    return both(
      `${number(found)}件のうち${MOST_OFFERED}件を並べています。ほかの提供先は、上の欄で探してください。`,
      `${MOST_OFFERED} of ${number(found)} are listed. Search above for the others.`,
    );
  }
  if (found > MOST_OFFERED) {
    return both(
      `「${typed}」に合う${number(found)}件のうち${MOST_OFFERED}件を並べています。ほかの提供先は、もっと絞って探してください。`,
      `${MOST_OFFERED} of ${number(found)} that match “${typed}” are listed. Narrow the search for the others.`,
    );
  }
  if (found === 0 && added > 0) {
    return both(
      `「${typed}」に合う提供先は、すべて加えてあります。`,
      added === 1
        ? `The one that matches “${typed}” is added already.`
        : `All that match “${typed}” are added already.`,
    );
  }
  return found === 0
    ? both(`「${typed}」に合う提供先はありません。`, `No recipient matches “${typed}”.`)
    : both(`「${typed}」に合う提供先は${found}件です。`, `${found} ${found === 1 ? 'matches' : 'match'} “${typed}”.`);
}

/** Sends the form it stands in, so that nothing that was chosen is lost; whoever searched lands on what was found. */
const SearchField = ({ lang, search, says }: { lang: Lang; search: Search; says: Bilingual }) => (
  <>
    <Field lang={lang} name="q" label={words.search} hint={words.searchHint[lang]}>
      <span class="flex flex-wrap items-center gap-2">
        <input
          class="input max-w-72"
          id={fieldId('q')}
          name="q"
          type="search"
          autocomplete="off"
          value={search.typed}
          aria-describedby={`${fieldId('q')}-h`}
        />
        <Button kind="second" name={FIND}>
          {words.find[lang]}
        </Button>
      </span>
    </Field>
    <p class="mb-3" id="found" tabindex={-1} autofocus={search.pressed}>
      {says[lang]}
    </p>
  </>
);

/** A recipient by its name; two of one name are told apart by where they are. */
export const plainOption = ({ id, name, address }: Recipient): Option => ({ value: id, label: name, note: address });

interface AmongProps extends FieldProps {
  recipients: readonly Recipient[];
  search: Search;
}

interface OfferProps extends AmongProps {
  value: string;
  /** How one is shown, and whether it may be chosen. */
  option?: (one: Recipient) => Option;
  /** What may be chosen beside them. */
  beside?: readonly Option[];
}

/** One of the recipients. Of a long register what was chosen, and the first of what the search found: those that may be chosen before those that may not. */
export const OfferedRecipients = ({ recipients, search, option = plainOption, beside = [], ...field }: OfferProps) => {
  const long = isLong(recipients);
  const found = recipients.filter((one) => !long || isFoundBy(one, search.typed)).map(option);
  const first = long
    ? found.toSorted((a, b) => Number(a.disabled ?? false) - Number(b.disabled ?? false)).slice(0, MOST_OFFERED)
    : found;
  const isOffered = (id: string): boolean => first.some(({ value }) => value === id);
  const kept = recipients.filter(({ id }) => id === field.value && !isOffered(id)).map(option);
  return (
    <>
      {long && <SearchField lang={field.lang} search={search} says={counted(found.length, search.typed)} />}
      <Radios {...field} options={[...kept, ...first, ...beside]} />
    </>
  );
};

interface AddedProps extends AmongProps {
  /** What one is called; by its name unless said otherwise. */
  called?: (one: Recipient) => string;
  values: readonly string[];
  addition: Addition;
  added?: string | undefined;
}

/** Recipients where there is no second line: those that would be called the same with where they are. */
function namedOptions(
  of: readonly Recipient[],
  all: readonly Recipient[],
  called: (one: Recipient) => string,
): Option[] {
  const n = new Map<string, number>();
  for (const one of all) n.set(called(one), (n.get(called(one)) ?? 0) + 1);
  return of.map((one) => {
    const name = called(one);
    const there = both(`${name}（${one.address}）`, `${name} (${one.address})`);
    return { value: one.id, label: n.get(name) === 1 ? name : there };
  });
}

/** Any number of the recipients, added one by one: of many that are left, the first of what the search found. */
export const AddedRecipients = ({ recipients, search, called = ({ name }) => name, ...field }: AddedProps) => {
  const { lang, values, added } = field;
  const isChosen = ({ id }: Recipient): boolean => values.includes(id);
  const [chosen, left] = [recipients.filter(isChosen), recipients.filter((one) => !isChosen(one))];
  const matches = (some: readonly Recipient[]) => some.filter((one) => isFoundBy(one, search.typed));
  const long = isLong(recipients, values);
  const found = long ? matches(left) : left;
  const first = found.slice(0, MOST_OFFERED);
  return (
    <AddedChecks {...field} options={namedOptions([...chosen, ...first], recipients, called)}>
      {long && (
        <div class="mt-3 [&_label]:font-normal">
          <SearchField
            lang={lang}
            search={{ ...search, pressed: search.pressed && added === undefined }}
            says={counted(found.length, search.typed, matches(chosen).length)}
          />
        </div>
      )}
    </AddedChecks>
  );
};
