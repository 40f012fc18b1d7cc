// One item of a person as a field. The control fits the item, and days are read as people write them.

import type { Bilingual, Lang } from '../../../base/bilingual.ts';
import { both } from '../../../base/bilingual.ts';
import { TextArea, TextField } from '../../../platform/ui/form.tsx';
import { readJapaneseDate } from '../../../platform/ui/format.ts';
import { itemOf } from '../../../vault/index.ts';

/** Items of at least this many characters get several lines. */
const LONG = 400;

const hints: Record<string, Bilingual> = {
  birth_date: both('例：1980/4/1、昭和55年4月1日', 'For example 1980/4/1'),
  name_kana: both('姓と名の間は空けます', 'With a space between family and given name'),
};

const modes: Record<string, 'email' | 'tel'> = { email: 'email', phone: 'tel', fax: 'tel' };

export const itemField = (code: string): string => `items.${code}`;

/** The label of an item's field, from the field's name. */
export const itemFieldLabel = (name: string): Bilingual | undefined =>
  name.startsWith('items.') ? itemOf(name.slice('items.'.length)).label : undefined;

/** The value that was typed: a day in the form in which days are kept, anything else exactly as typed. Empty text is no value. */
export function typedItem(code: string, text: string): string | undefined {
  if (text.trim() === '') return undefined;
  return code === 'birth_date' ? (readJapaneseDate(text) ?? text) : text;
}

export const ItemField = (props: {
  lang: Lang;
  code: string;
  label: Bilingual;
  value: string;
  error?: string;
  hint?: string;
}) => {
  const { lang, code } = props;
  const common = {
    lang,
    name: itemField(code),
    label: props.label,
    value: props.value,
    hint: props.hint ?? hints[code]?.[lang],
    error: props.error,
  };
  return itemOf(code).limit >= LONG ? (
    <TextArea {...common} rows={3} />
  ) : (
    <TextField {...common} inputmode={modes[code]} width={code === 'birth_date' ? 'date' : 'full'} />
  );
};
