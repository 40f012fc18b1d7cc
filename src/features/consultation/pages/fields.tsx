// The declarations of a question as a form: each fact in its control, the input read back as facts, and facts in words. A field left empty stays
// unknown: it is never read as a yes or a no.

import type { Bilingual, Lang } from '../../../base/bilingual.ts';
import { both } from '../../../base/bilingual.ts';
import type { FieldProblem } from '../../../base/outcome.ts';
import type { StatedPurpose } from '../../../law/index.ts';
import type { Texts } from '../../../platform/http/index.ts';
import {
  Checks,
  DateField,
  problemAt,
  Radios,
  SelectField,
  TextArea,
  TextField,
  type Option,
} from '../../../platform/ui/form.tsx';
import {
  countryName,
  countryOptions,
  listed,
  number,
  readJapaneseDate,
  writtenDay,
} from '../../../platform/ui/format.ts';
import { questions } from '../questions/index.ts';
import { MOST_PROSE, offeredIn, put, type Facts, type Leaf, type Question, type Tree } from '../facts.ts';

/** The input, by the path of the fact. */
export type Given = ReadonlyMap<string, readonly string[]>;

/**
 * The facts of questions as texts of a form, beside its other texts. A name is looked up in the question `of`, then in the question of the address,
 * then in every question.
 */
export const factTexts =
  (labels: Readonly<Record<string, Bilingual>> = {}, of?: Question): Texts =>
  (name, c) => {
    const own = of ? [of] : questions.filter(({ id }) => id === c.req.param('question'));
    const field = [...own, ...questions].flatMap(({ leaves }) => leaves).find(({ path }) => path === name)?.field;
    const prose = field?.control === 'prose' || field?.control === 'texts';
    return { label: labels[name] ?? field?.label, kind: prose ? 'prose' : undefined };
  };

/** What the form offers to choose from. */
export interface Offered {
  purposes: ReadonlyMap<string, StatedPurpose>;
  /** The items of the holding asked about; null when no holding is chosen. */
  items: readonly Option[] | null;
}

const optionsOf = (words: Readonly<Record<string, Bilingual>>, codes = Object.keys(words)): Option[] =>
  codes.map((value) => ({ value, label: words[value]! }));

const purposeOptions = ({ purposes }: Offered): Option[] =>
  [...purposes.values()].map(({ id, says }) => ({
    value: id,
    label: says ? both(`${id}　${says.ja}`, `${id}  ${says.en}`) : id,
  }));

const yesNoOptions = optionsOf({ yes: both('はい', 'Yes'), no: both('いいえ', 'No') });

/** The choice for "none of these". An empty list of choices does not say that. */
const NONE_OF_THEM = '-';
const noneOfThem: Option = { value: NONE_OF_THEM, label: both('どれもない', 'None of these') };
const noneAndSome = both(
  '「どれもない」と、ほかの答えは一緒に選べません',
  '“None of these” cannot be chosen together with other answers',
);

const NONE = new Set(['なし', '無し', 'ない', 'none']);
const isNone = (text: string): boolean => NONE.has(text.toLowerCase());

const badDay = both(
  '2026/12/7 や 令和8年12月7日 のように、実在する日を書いてください',
  'Write an existing day, such as 2026/12/7',
);
const badNumber = both('1,000 のように、数を書いてください', 'Write a number, such as 1,000');
const badPurpose = both('施行中の方針にない目的です', 'The policy in force does not state this purpose');

type Read = { value: unknown } | { says: Bilingual };

function readNumber(text: string): Read {
  const plain = text.normalize('NFKC').replaceAll(',', '').trim();
  return /^-?\d{1,15}(?:\.\d+)?$/.test(plain) ? { value: Number(plain) } : { says: badNumber };
}

function readDayText(text: string): Read {
  const day = readJapaneseDate(text);
  return day ? { value: day } : { says: badDay };
}

const severalTexts = (values: readonly string[]): string[] =>
  values.flatMap((value) => value.split(/[、,\n]/)).flatMap((one) => one.trim() || []);

function readPurposes(values: readonly string[], { purposes }: Offered): StatedPurpose[] | null {
  const found = values.flatMap((id) => purposes.get(id) ?? []);
  return found.length === values.length ? found : null;
}

function readLeaf({ field }: Leaf, values: readonly string[], offered: Offered): Read {
  const first = values[0]!.trim();
  switch (field.control) {
    case 'yes-no':
      return { value: first === 'yes' };
    case 'exists':
      return { value: first === 'yes' ? {} : null };
    case 'several':
      if (!values.includes(NONE_OF_THEM)) return { value: values };
      return values.length === 1 ? { value: [] } : { says: noneAndSome };
    case 'purpose-ids':
      return { value: values };
    case 'items':
    case 'texts':
      return { value: severalTexts(values) };
    case 'purpose':
    case 'purposes': {
      const found = readPurposes(values, offered);
      return found ? { value: field.control === 'purpose' ? found[0] : found } : { says: badPurpose };
    }
    case 'day-or-none':
      return isNone(first) ? { value: null } : readDayText(first);
    case 'day':
      return readDayText(first);
    case 'count-or-none':
      return isNone(first) ? { value: null } : readNumber(first);
    case 'count':
      return readNumber(first);
    default:
      return { value: first };
  }
}

/** The facts that a form states, unchecked. What cannot be read is a problem of its field. Only facts of the question are read. */
export function readGiven(
  question: Question,
  given: Given,
  offered: Offered,
): { stated: Facts; problems: FieldProblem[] } {
  const stated: Tree = {};
  const problems: FieldProblem[] = [];
  for (const leaf of question.leaves) {
    const values = given.get(leaf.path)?.filter((value) => value.trim() !== '');
    if (!values?.length) continue;
    const outcome = readLeaf(leaf, values, offered);
    if ('says' in outcome) problems.push({ field: leaf.path, says: outcome.says });
    else put(stated, leaf.path.split('.'), outcome.value);
  }
  return { stated, problems };
}

const labelOf = (options: readonly Option[], value: string, lang: Lang): string => {
  const label = options.find((o) => o.value === value)?.label;
  return label === undefined ? value : typeof label === 'string' ? label : label[lang];
};

function valueText({ field }: Leaf, value: string, offered: Offered, lang: Lang): string {
  switch (field.control) {
    case 'choice':
    case 'exists':
      return labelOf(optionsOf(field.options), value, lang);
    case 'several':
      return labelOf([...optionsOf(field.options), noneOfThem], value, lang);
    case 'yes-no':
      return labelOf(yesNoOptions, value, lang);
    case 'country':
      return countryName(value, lang);
    case 'items':
      return labelOf(offered.items ?? [], value, lang);
    case 'purpose':
    case 'purposes':
    case 'purpose-id':
    case 'purpose-ids':
      return labelOf(purposeOptions(offered), value, lang);
    case 'day':
    case 'day-or-none': {
      const day = readJapaneseDate(value);
      return day ? writtenDay(day, lang) : value;
    }
    case 'count':
    case 'count-or-none': {
      const read = readNumber(value);
      if (!('value' in read)) return value;
      return field.isYear ? String(read.value) : number(read.value as number);
    }
    default:
      return value;
  }
}

/** The input for a fact in words, for the list of stated facts. */
export const factText = (leaf: Leaf, values: readonly string[], offered: Offered, lang: Lang): string =>
  listed(
    values.map((value) => valueText(leaf, value, offered, lang)),
    lang,
  );

const noneWord = both('なし', 'None');

/** A stored fact in words. */
export function storedText(leaf: Leaf, value: unknown, offered: Offered, lang: Lang): string {
  if (leaf.field.control === 'exists') return leaf.field.options[value === null ? 'no' : 'yes'][lang];
  if (value === null || (Array.isArray(value) && value.length === 0)) return noneWord[lang];
  const texts = [value].flat().map((one) => (typeof one === 'object' ? (one as StatedPurpose).id : one));
  return factText(
    leaf,
    texts.map((one) => (typeof one === 'boolean' ? (one ? 'yes' : 'no') : String(one))),
    offered,
    lang,
  );
}

/** True for text that a person wrote, which browsers must not translate. */
const written = ({ field }: Leaf, { items }: Offered): boolean =>
  field.control === 'text' ||
  field.control === 'prose' ||
  field.control === 'texts' ||
  (field.control === 'items' && items === null);

/** A fact in words, for a page. */
export const FactValue = ({ leaf, offered, children }: { leaf: Leaf; offered: Offered; children: string }) =>
  written(leaf, offered) ? (
    <span class="whitespace-pre-line" translate="no">
      {children}
    </span>
  ) : (
    <>{children}</>
  );

const unknownYet = both('分からない', 'Not known');
const orNone = both('ないときは「なし」と書く', 'If there is none, write “none”');
const onePerComma = both('「、」で区切って書く', 'Separate them by commas');
const digits = both('数だけを書く', 'A number only');

export interface FactFieldProps {
  lang: Lang;
  leaf: Leaf;
  offered: Offered;
  /** The article that requires the fact. */
  article?: string;
  number?: number;
  values: readonly string[] | undefined;
  problems?: readonly FieldProblem[];
}

/** The text under the label: the hint of the declaration, how to write the value, and the article. */
function hintOf({ lang, leaf: { field }, article, offered }: FactFieldProps): string | undefined {
  const how = {
    'day-or-none': orNone,
    'count-or-none': orNone,
    count: digits,
    items: offered.items === null ? onePerComma : undefined,
    texts: onePerComma,
  }[field.control as string];
  const parts = [field.hint?.[lang], how?.[lang], article].filter((part) => part !== undefined);
  return parts.length > 0 ? parts.join(lang === 'ja' ? '　' : ' ') : undefined;
}

const TypedField = (
  props: FactFieldProps & { field: { lang: Lang; name: string; label: Bilingual; value?: string } },
) => {
  const { field, leaf, values } = props;
  switch (leaf.field.control) {
    case 'day':
    case 'day-or-none':
      return <DateField {...field} understood={field.value ? readJapaneseDate(field.value) : null} />;
    case 'count':
    case 'count-or-none':
      return <TextField {...field} inputmode="numeric" width="date" />;
    case 'prose':
      return <TextArea {...field} maxlength={MOST_PROSE} />;
    case 'texts':
      return <TextArea {...field} rows={2} value={values?.join('、')} />;
    case 'items':
      return <TextField {...field} value={values?.join('、')} />;
    default:
      return <TextField {...field} />;
  }
};

/** One fact as a field. `values` is the earlier input. */
export const FactField = (props: FactFieldProps) => {
  const { lang, leaf, values, offered } = props;
  const declared = leaf.field;
  const error = problemAt(props.problems, leaf.path, lang);
  const hint = hintOf(props);
  const field = {
    lang,
    name: leaf.path,
    label: declared.label,
    ...(hint === undefined ? {} : { hint }),
    ...(props.number === undefined ? {} : { number: props.number }),
    ...(error === undefined ? {} : { error }),
    ...(values?.[0] === undefined ? {} : { value: values[0] }),
  };
  switch (declared.control) {
    case 'choice':
      return <SelectField {...field} options={optionsOf(declared.options, offeredIn(declared))} blank={unknownYet} />;
    case 'yes-no':
      return <Radios {...field} options={yesNoOptions} blank={unknownYet} />;
    case 'exists':
      return <Radios {...field} options={optionsOf(declared.options)} blank={unknownYet} />;
    case 'country':
      return <SelectField {...field} blank={unknownYet} options={countryOptions(lang)} />;
    case 'purpose':
    case 'purpose-id':
      return <SelectField {...field} options={purposeOptions(offered)} blank={unknownYet} />;
    case 'several':
      return <Checks {...field} values={values ?? []} options={[...optionsOf(declared.options), noneOfThem]} />;
    case 'purposes':
    case 'purpose-ids':
      return <Checks {...field} values={values ?? []} options={purposeOptions(offered)} />;
    case 'items':
      return offered.items === null ? (
        <TypedField {...props} field={field} />
      ) : (
        <Checks {...field} values={values ?? []} options={offered.items} />
      );
    default:
      return <TypedField {...props} field={field} />;
  }
};
