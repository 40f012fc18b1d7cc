// What every short form of a request has: the fields that several share, and reading them.

import type { Child } from 'hono/jsx';
import type { Bilingual, Lang } from '../../../base/bilingual.ts';
import type { Day } from '../../../base/day.ts';
import type { FieldProblem } from '../../../base/outcome.ts';
import type { Form } from '../../../platform/http/index.ts';
import { Checks, DateField, fieldFor, TextField } from '../../../platform/ui/form.tsx';
import { dayProblem, readJapaneseDate, slashDay } from '../../../platform/ui/format.ts';
import type { EventName } from '../facts/event.ts';
import type { Request } from '../facts/request.ts';
import type { Outlets } from '../facts/way.ts';
import { labels, type Name, words } from './form-words.tsx';
import { chooseOne } from './sheet.tsx';

/** A form that was sent and could not be taken; null when it is shown for the first time. */
export interface Sent {
  event: EventName;
  form: Form;
  problems: readonly FieldProblem[];
}

export interface FormProps {
  lang: Lang;
  /** Id of the request. */
  id: string;
  request: Request;
  today: Day;
  sent: Sent | null;
  /** Those to whom a request may be assigned, by id. */
  clerks: ReadonlyMap<string, string>;
  /** Whether the reader may decide refusals, and so extend a request further. */
  mayDecide: boolean;
  /** Id of the reader. */
  reader: string;
  outlets: Outlets;
}

export type Shown = FormProps & { event: EventName };

/** A form that was sent; what it lacks is added to its problems. */
export interface Came {
  form: Form;
  request: Request;
  problems: FieldProblem[];
}

/** A step with a short form: its fields, and what its action is asked with besides the day. */
export interface ShortForm {
  Fields: (props: Shown) => Child;
  read: (came: Came) => object;
  /** The step is dated the day its form is sent. */
  undated?: true;
}

/** What a field shows: its label, its problem, and what was sent with it or else a first value. */
export function filling({ lang, sent, event }: Shown) {
  const form = sent?.event === event ? sent.form : null;
  const at = fieldFor(lang, labels, form ? sent!.problems : []);
  const text = (name: Name, first = '') => ({ ...at(name), value: form ? form.text(name) : first });
  return {
    text,
    day: (name: Name, first = '') => {
      const field = text(name, first);
      return { ...field, understood: readJapaneseDate(field.value) };
    },
    checked: (name: Name, first: string[] = []) => ({ ...at(name), values: form ? form.all(name) : first }),
  };
}

export const DayOf = ({ label, ...props }: Shown & { label: Bilingual }) => (
  <DateField {...filling(props).day('on', slashDay(props.today))} label={label} need="required" />
);

/** One box to check. `first`: whether it is checked to begin with. */
export const Sure = ({
  name,
  says: label,
  need,
  hint,
  first = false,
  ...props
}: Shown & { name: Name; says: Bilingual; need?: 'required'; hint?: Bilingual; first?: boolean }) => (
  <Checks
    {...filling(props).checked(name, first ? ['yes'] : [])}
    need={need}
    hint={hint?.[props.lang]}
    options={[{ value: 'yes', label }]}
  />
);

export const Yen = ({ name, first, hint, ...props }: Shown & { name: Name; first: string; hint: Bilingual }) => (
  <TextField
    {...filling(props).text(name, first)}
    need="required"
    width="yen"
    unit={props.lang === 'ja' ? '円' : 'yen'}
    inputmode="numeric"
    hint={hint[props.lang]}
  />
);

/** The options of a choice, each with its name and note. */
export const choices = <Code extends string>(
  codes: readonly Code[],
  named: Readonly<Record<Code, { name: Bilingual; note?: Bilingual }>>,
) => codes.map((value) => ({ value, label: named[value].name, note: named[value].note }));

export const labelled = <Code extends string>(codes: readonly Code[], label: Readonly<Record<Code, Bilingual>>) =>
  codes.map((value) => ({ value, label: label[value] }));

export const lack = ({ problems }: Came, field: Name, what: Bilingual): void =>
  void problems.push({ field, says: what });

export const one = <Code extends string>(codes: readonly Code[], form: Form, name: Name): Code | undefined =>
  codes.find((code) => code === form.text(name));

/** The code that must be chosen. */
export function chosen<Code extends string>(codes: readonly Code[], came: Came, name: Name): Code | undefined {
  const code = one(codes, came.form, name);
  if (!code) lack(came, name, chooseOne);
  return code;
}

export const typed = (form: Form, name: Name): string => form.text(name).trim();

/** A whole number of yen as people type it: full width, commas, 円. */
export function readYen(text: string): number | null {
  const digits = text.normalize('NFKC').replace(/[,\s円¥]/g, '');
  return /^\d{1,7}$/.test(digits) ? Number(digits) : null;
}

export function amountIn(came: Came, name: Name, missing: Bilingual): number | null {
  const amount = readYen(came.form.text(name));
  if (amount === null) lack(came, name, typed(came.form, name) === '' ? missing : words.whole);
  return amount;
}

export function dayIn(came: Came, name: Name): Day | null {
  const on = readJapaneseDate(came.form.text(name));
  if (!on) lack(came, name, dayProblem(came.form.text(name)));
  return on;
}

export const dayOnly = (label: Bilingual): ShortForm => ({
  Fields: (props) => <DayOf {...props} label={label} />,
  read: () => ({}),
});
