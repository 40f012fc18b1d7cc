// Offers options in a form when there may be very many: shows some, with a search for the others, without script. What was chosen stays chosen.

import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import { both, type Bilingual, type Lang } from '../../base/bilingual.ts';
import type { Env, Form } from '../http/index.ts';
import { Button } from './button.tsx';
import {
  AddedChecks,
  AddField,
  Field,
  fieldId,
  Radios,
  SelectField,
  type Addition,
  type FieldProps,
  type Option,
} from './form.tsx';
import { number } from './format.ts';
import { holds } from './table.tsx';

const find = both('探す', 'Search');

/** An option on offer. */
export interface Offered extends Option {
  /** Texts that the search looks in. */
  texts: readonly (string | number)[];
}

/** The words around an offer. */
export interface Offering {
  search: Bilingual;
  hint: Bilingual;
  /** The noun for one option, within a sentence. */
  one: Bilingual;
}

/** A search among the options. */
export interface Search {
  /** Distinguishes it from another search in the same form; '' when there is no other. */
  of: string;
  typed: string;
  /** Its button was pressed, so nothing else that was chosen is carried out yet. */
  pressed: boolean;
}

/** The name of the search's text field. */
const textName = (of: string): string => `q${of}`;
/** The name of the search's button. Enter presses the first button of a form: if that is another one, it has this name too. */
export const findName = (of = ''): string => `find${of}`;

/** The label of the search field, by its name. */
export const searchLabel = ({ search }: Offering, of = ''): Record<string, Bilingual> => ({ [textName(of)]: search });

/** Reads the search from a form or from the address. */
export const searchIn = (c: Context<Env>, form: Form | null = null, of = ''): Search => ({
  of,
  typed: (form ? form.text(textName(of)) : (c.req.query(textName(of)) ?? '')).trim(),
  pressed: form ? form.all(findName(of)).length > 0 : c.req.query(findName(of)) !== undefined,
});

/** The search as parameters of an address, so that the page can be opened again as it is. */
export const searching = ({ of, typed, pressed }: Search): Record<string, string> =>
  pressed ? { [textName(of)]: typed, [findName(of)]: '' } : {};

/** Most options of a long list shown at once. */
const MOST_OFFERED = 15;

/** True when more options are left than are shown at once. */
export const isLong = (values: readonly string[], added: readonly string[] = []): boolean =>
  values.filter((one) => !added.includes(one)).length > MOST_OFFERED;

const valuesOf = (all: readonly Offered[]): string[] => all.map(({ value }) => value);

const isFoundBy = ({ texts }: Offered, typed: string): boolean => holds(texts, typed);

/** Says how many options match and are shown. `added`: how many of those that match are in the form already. */
function counted(found: number, typed: string, { one }: Offering, added = 0): Bilingual {
  if (typed === '') {
    return both(
      `${number(found)}件のうち${MOST_OFFERED}件を並べています。ほかの${one.ja}は、上の欄で探してください。`,
      `${MOST_OFFERED} of ${number(found)} are listed. Search above for the others.`,
    );
  }
  if (found > MOST_OFFERED) {
    return both(
      `「${typed}」に合う${number(found)}件のうち${MOST_OFFERED}件を並べています。ほかの${one.ja}は、もっと絞って探してください。`,
      `${MOST_OFFERED} of ${number(found)} that match “${typed}” are listed. Narrow the search for the others.`,
    );
  }
  if (found === 0 && added > 0) {
    return both(
      `「${typed}」に合う${one.ja}は、すべて加えてあります。`,
      added === 1
        ? `The one that matches “${typed}” is added already.`
        : `All that match “${typed}” are added already.`,
    );
  }
  return found === 0
    ? both(`「${typed}」に合う${one.ja}はありません。`, `No ${one.en} matches “${typed}”.`)
    : both(
        `「${typed}」に合う${one.ja}は${found}件です。`,
        `${found} ${found === 1 ? 'matches' : 'match'} “${typed}”.`,
      );
}

interface SearchProps {
  lang: Lang;
  offering: Offering;
  search: Search;
}

/** The search field. It submits the surrounding form, so that nothing that was chosen is lost; the focus moves to the result. */
const SearchField = ({ lang, offering, search, says }: SearchProps & { says: Bilingual }) => {
  const name = textName(search.of);
  return (
    <>
      <Field lang={lang} name={name} label={offering.search} hint={offering.hint[lang]}>
        <span class="flex flex-wrap items-center gap-2">
          <input
            class="input max-w-72"
            id={fieldId(name)}
            name={name}
            type="search"
            autocomplete="off"
            value={search.typed}
            aria-describedby={`${fieldId(name)}-h`}
          />
          <Button kind="second" name={findName(search.of)}>
            {find[lang]}
          </Button>
        </span>
      </Field>
      <p class="mb-3" id={`found${search.of}`} tabindex={-1} autofocus={search.pressed}>
        {says[lang]}
      </p>
    </>
  );
};

interface OneProps extends FieldProps {
  all: readonly Offered[];
  offering: Offering;
  search: Search;
  value: string;
  /** Choices offered besides the options. */
  beside?: readonly Option[];
}

/** One of many options: the one that was chosen, and the first that the search found, selectable ones before disabled ones. */
export const OfferedOne = ({ all, offering, search, beside = [], ...field }: OneProps) => {
  const long = isLong(valuesOf(all));
  const found = all.filter((one) => !long || isFoundBy(one, search.typed));
  const first = long
    ? found.toSorted((a, b) => Number(a.disabled ?? false) - Number(b.disabled ?? false)).slice(0, MOST_OFFERED)
    : found;
  const kept = all.filter((one) => one.value === field.value && !first.includes(one));
  return (
    <>
      {long && (
        <SearchField
          lang={field.lang}
          offering={offering}
          search={search}
          says={counted(found.length, search.typed, offering)}
        />
      )}
      <Radios {...field} options={[...kept, ...first, ...beside]} />
    </>
  );
};

/** Most options of a select. */
const MOST_LISTED = 100;

/** A select with one of the options, while there are few enough to look through. */
export const OfferedSelect = ({ blank, ...props }: Omit<OneProps, 'beside'> & { blank: Bilingual }) => {
  if (props.all.length > MOST_LISTED) return <OfferedOne {...props} />;
  const { all, offering: _, search: __, ...field } = props;
  return <SelectField {...field} blank={blank} options={all} />;
};

interface MoreProps extends SearchProps {
  all: readonly Offered[];
  /** Those that are in the form already. */
  values: readonly string[];
  /** What was added just now; it takes the focus. */
  added?: string | undefined;
}

/** The options not in the form yet that are offered, below the search that found them. */
function offeredOf({ lang, all, values, offering, search, added }: MoreProps): { first: Offered[]; field: Child } {
  const left = all.filter(({ value }) => !values.includes(value));
  const long = isLong(valuesOf(all), values);
  const matches = all.filter((one) => !long || isFoundBy(one, search.typed));
  const found = left.filter((one) => matches.includes(one));
  const field = long && (
    <div class="mt-3 [&_label]:font-normal">
      <SearchField
        lang={lang}
        offering={offering}
        search={{ ...search, pressed: search.pressed && added === undefined }}
        says={counted(found.length, search.typed, offering, matches.length - found.length)}
      />
    </div>
  );
  return { first: found.slice(0, MOST_OFFERED), field };
}

/** Any number of options, added one by one; if many are left, the first that the search found are offered. */
export const OfferedChecks = (props: MoreProps & FieldProps & { addition: Addition }) => {
  const { all, offering: _, search: __, ...field } = props;
  const { first, field: searchField } = offeredOf(props);
  const chosen = all.filter(({ value }) => props.values.includes(value));
  return (
    <AddedChecks {...field} options={[...chosen, ...first]}>
      {searchField}
    </AddedChecks>
  );
};

/** Adds one more option, where the page itself shows what was added. `send`: name of the button. */
export const OfferedMore = (props: MoreProps & { addition: Addition; send?: string | undefined }) => {
  const { lang, addition, send } = props;
  const { first, field } = offeredOf(props);
  return (
    <>
      {field}
      <AddField lang={lang} {...addition} send={send} options={first} />
    </>
  );
};
