// Choosing recipients of the register in a form.

import { both, type Bilingual } from '../../../base/bilingual.ts';
import type { Addition, FieldProps, Option } from '../../../platform/ui/form.tsx';
import {
  OfferedChecks,
  OfferedOne,
  searchLabel,
  type Offered,
  type Offering,
  type Search,
} from '../../../platform/ui/offer.tsx';
import type { Recipient } from '../facts/register.ts';
import { foundBy } from './list.tsx';

const offering: Offering = {
  search: both('提供先を探す', 'Search the recipients'),
  hint: both(
    '名称、国から探します。選んだ相手は、そのまま残ります。',
    'By name or country. What you chose stays chosen.',
  ),
  one: both('提供先', 'recipient'),
};

/** The label of the search text. */
export const searchLabels = searchLabel(offering);

/** A recipient by its name, with its address to distinguish recipients of the same name. */
const plainOption = ({ id, name, address }: Recipient): Option => ({ value: id, label: name, note: address });

interface AmongProps extends FieldProps {
  recipients: readonly Recipient[];
  search: Search;
}

interface OfferProps extends AmongProps {
  value: string;
  /** How a recipient is shown, and whether it may be chosen. */
  option?: (one: Recipient) => Option;
  /** Other choices beside the recipients. */
  beside?: readonly Option[];
}

/** Choice of one recipient. */
export const OfferedRecipients = ({ recipients, option = plainOption, ...props }: OfferProps) => (
  <OfferedOne
    {...props}
    offering={offering}
    all={recipients.map((one): Offered => ({ ...option(one), texts: foundBy(one) }))}
  />
);

interface AddedProps extends AmongProps {
  /** The label of a recipient; its name by default. */
  called?: (one: Recipient) => string;
  values: readonly string[];
  addition: Addition;
  added?: string | undefined;
}

/** Options for a list without a second line: recipients with the same label also have their address. */
function namedOptions(recipients: readonly Recipient[], called: (one: Recipient) => string): Offered[] {
  const n = new Map<string, number>();
  for (const one of recipients) n.set(called(one), (n.get(called(one)) ?? 0) + 1);
  return recipients.map((one) => {
    const name = called(one);
    const there = (): Bilingual => both(`${name}（${one.address}）`, `${name} (${one.address})`);
    return { value: one.id, label: n.get(name) === 1 ? name : there(), texts: foundBy(one) };
  });
}

/** Choice of any number of recipients, added one by one. */
export const AddedRecipients = ({ recipients, called = ({ name }) => name, ...props }: AddedProps) => (
  <OfferedChecks {...props} offering={offering} all={namedOptions(recipients, called)} />
);
