// Offering the recipients of the register in a form: of a long register some, with a search that finds the others, without script.

import type { Context } from 'hono';
import { both, type Bilingual, type Lang } from '../../../base/bilingual.ts';
import type { Env, Form } from '../../../platform/http/index.ts';
import { Button } from '../../../platform/ui/button.tsx';
import { Field, fieldId, Radios, type FieldProps, type Option } from '../../../platform/ui/form.tsx';
import { number } from '../../../platform/ui/format.ts';
import type { Recipient } from '../facts.ts';
import { isFoundBy } from './list.tsx';

const words = {
  search: both('提供先を探す', 'Search the recipients'),
  searchHint: both(
    '名称、所在地、代表者、国から探します。選んだ相手は、そのまま残ります。',
    'By name, address, representative or country. What you chose stays chosen.',
  ),
  find: both('探す', 'Search'),
};

/** What the text of a search is called. */
export const searchLabels = { q: words.search };

/** A search among the recipients. */
export interface Search {
  typed: string;
  /** Its button was pressed: whatever else was chosen waits. */
  pressed: boolean;
}

/** The search of a form, or of an address. */
export const searchIn = (c: Context<Env>, form: Form | null = null): Search => ({
  typed: (form ? form.text('q') : (c.req.query('q') ?? '')).trim(),
  pressed: form ? form.all('find').length > 0 : c.req.query('find') !== undefined,
});

/** A search in the address, so that the page can be opened again as it is. */
export const searching = ({ typed, pressed }: Search): Record<string, string> =>
  pressed ? { q: typed, find: '' } : {};

/** So many of a long register stand in the form at once. */
const MOST_OFFERED = 15;

/** What of a long register is offered. */
function counted(found: number, typed: string): Bilingual {
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
  return found === 0
    ? both(`「${typed}」に合う提供先はありません。`, `No recipient matches “${typed}”.`)
    : both(`「${typed}」に合う提供先は${found}件です。`, `${found} ${found === 1 ? 'matches' : 'match'} “${typed}”.`);
}

/** Sends the form it stands in, so that nothing that was chosen is lost; whoever searched lands on what was found. */
const SearchField = ({ lang, search, found }: { lang: Lang; search: Search; found: number }) => (
  <>
    <Field lang={lang} name="q" label={words.search} hint={words.searchHint[lang]}>
      <span class="flex flex-wrap items-center gap-2">
        <input
          class="input max-w-72"
          id={fieldId('q')}
          name="q"
          type="search"
          value={search.typed}
          aria-describedby={`${fieldId('q')}-h`}
        />
        <Button kind="second" name="find">
          {words.find[lang]}
        </Button>
      </span>
    </Field>
    <p class="mb-3" id="found" tabindex={-1} autofocus={search.pressed}>
      {counted(found, search.typed)[lang]}
    </p>
  </>
);

/** A recipient by its name; two of one name are told apart by where they are. */
export const plainOption = ({ id, name, address }: Recipient): Option => ({ value: id, label: name, note: address });

interface OfferProps extends FieldProps {
  recipients: readonly Recipient[];
  value: string;
  search: Search;
  /** How one is shown, and whether it may be chosen. */
  option?: (one: Recipient) => Option;
  /** What may be chosen beside them. */
  beside?: readonly Option[];
}

/** One of the recipients. Of a long register what was chosen, and the first of what the search found: those that may be chosen before those that may not. */
export const OfferedRecipients = ({ recipients, search, option = plainOption, beside = [], ...field }: OfferProps) => {
  const long = recipients.length > MOST_OFFERED;
  const found = recipients.filter((one) => !long || isFoundBy(one, search.typed)).map(option);
  const first = long
    ? found.toSorted((a, b) => Number(a.disabled ?? false) - Number(b.disabled ?? false)).slice(0, MOST_OFFERED)
    : found;
  const isOffered = (id: string): boolean => first.some(({ value }) => value === id);
  const kept = recipients.filter(({ id }) => id === field.value && !isOffered(id)).map(option);
  return (
    <>
      {long && <SearchField lang={field.lang} search={search} found={found.length} />}
      <Radios {...field} options={[...kept, ...first, ...beside]} />
    </>
  );
};
