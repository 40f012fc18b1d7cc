// Form parts: label, ※必須, hint, control and error, in that order. A submitted value is always shown again; an error says how to correct it and is
// tied to its control. Works without script; the server validates (`novalidate`).

import type { Child } from 'hono/jsx';
import type { Bilingual, Lang } from '../../base/bilingual.ts';
import type { Day } from '../../base/day.ts';
import type { FieldProblem } from '../../base/outcome.ts';
import { Banner } from './banner.tsx';
import { Button } from './button.tsx';
import { longDay } from './format.ts';
import { Icon } from './icon.tsx';
import { classes, say, type Text } from './say.ts';

/** The hidden field every POST form carries. */
export const csrfField = 'csrf';

/** The id of a field's control, so that the error summary can link to it: `recipient.name` → `f-recipient-name`. */
export const fieldId = (name: string): string => `f-${name.replace(/[^A-Za-z0-9]+/g, '-')}`;

/** The problem of one field in the page's language, for its `error`. */
export const problemAt = (
  problems: readonly FieldProblem[] | undefined,
  field: string,
  lang: Lang,
): string | undefined => {
  const found = problems?.find((p) => p.field === field);
  return found && found.says[lang];
};

/** Returns a function that gives a control its language, name, label and error. */
export const fieldFor =
  <Name extends string>(
    lang: Lang,
    labels: Readonly<Record<Name, Bilingual>>,
    problems: readonly FieldProblem[] | undefined,
  ) =>
  (name: Name): Pick<FieldProps, 'lang' | 'name' | 'label' | 'error'> => ({
    lang,
    name,
    label: labels[name],
    error: problemAt(problems, name, lang),
  });

export const Hidden = ({ values }: { values: Record<string, string | undefined> }) => (
  <>
    {Object.entries(values).map(([name, value]) =>
      value === undefined ? null : <input type="hidden" name={name} value={value} />,
    )}
  </>
);

export interface PostFormProps {
  action: string;
  csrf: string;
  /** Hidden fields. */
  values?: Record<string, string | undefined>;
  /** The form uploads files. */
  files?: boolean;
  /** The answer is a file to save, so Turbo must not handle it. */
  download?: boolean;
  /** The answer is a page rather than a redirect, because nothing in it may go into an address; so Turbo must not handle it. */
  whole?: boolean;
  id?: string;
  children?: Child;
}

export const PostForm = ({ action, csrf, values, files, download, whole, id, children }: PostFormProps) => (
  <form
    method="post"
    action={action}
    id={id}
    enctype={files ? 'multipart/form-data' : undefined}
    data-turbo={download || whole ? 'false' : undefined}
    novalidate
  >
    <Hidden values={{ [csrfField]: csrf, ...values }} />
    {children}
  </form>
);

export interface FieldProps {
  lang: Lang;
  name: string;
  label: Text;
  /** `required` shows ※必須, `optional` shows 任意; neither for a single field that is obviously needed. */
  need?: 'required' | 'optional';
  hint?: Child;
  /** In the page's language; the error summary shows the same sentence. */
  error?: string;
  /** Number of the field in a list of missing facts. */
  number?: number;
}

const Need = ({ lang, need }: Pick<FieldProps, 'lang' | 'need'>) =>
  need === 'required' ? (
    <span class="need"> {lang === 'ja' ? '※必須' : '(required)'}</span>
  ) : need === 'optional' ? (
    <span class="opt"> {lang === 'ja' ? '任意' : '(optional)'}</span>
  ) : null;

const Label = ({ lang, label, need, number }: Pick<FieldProps, 'lang' | 'label' | 'need' | 'number'>) => (
  <>
    {number !== undefined && <span class="missing-n">{number}</span>}
    {say(label, lang)}
    <Need lang={lang} need={need} />
  </>
);

const Problem = ({ id, error }: { id: string; error: string | undefined }) =>
  error ? (
    <span class="err" id={`${id}-e`}>
      ＊{error}
    </span>
  ) : null;

/** Attributes of a field's control. */
const control = ({ name, need, hint, error }: FieldProps) => {
  const id = fieldId(name);
  return {
    id,
    name,
    'aria-required': need === 'required' ? 'true' : undefined,
    'aria-invalid': error ? 'true' : undefined,
    'aria-describedby': classes(hint !== undefined && `${id}-h`, error !== undefined && `${id}-e`),
  };
};

/** A field around any control, whose id must be `fieldId(name)`. The ready-made fields below use it. */
export const Field = (props: FieldProps & { children?: Child }) => {
  const id = fieldId(props.name);
  return (
    <div class={classes('field', props.error !== undefined && 'field-bad')}>
      <label for={id}>
        <Label {...props} />
      </label>
      {props.hint !== undefined && (
        <p class="hint" id={`${id}-h`}>
          {props.hint}
        </p>
      )}
      {props.children}
      <Problem id={id} error={props.error} />
    </div>
  );
};

export interface TextFieldProps extends FieldProps {
  value?: string;
  type?: 'text' | 'email' | 'tel' | 'search' | 'url' | 'password' | 'file';
  /** Which of the reader's own data this is. Data about others must not be stored by the browser and offered to the next person who works there. */
  autocomplete?: string;
  inputmode?: 'text' | 'numeric' | 'email' | 'tel' | 'decimal';
  /** Width for the expected answer: `date` 11 rem, `yen` 9 rem and right-aligned. */
  width?: 'full' | 'date' | 'yen';
  /** A unit after the control, such as 円. */
  unit?: string;
  maxlength?: number;
  /** Accepted file types, when `type` is `file`. */
  accept?: string;
}

export const TextField = (props: TextFieldProps) => {
  const input = (
    <input
      {...control(props)}
      class={classes('input', props.width === 'date' && 'w-date', props.width === 'yen' && 'w-yen num')}
      type={props.type ?? 'text'}
      value={props.type === 'password' || props.type === 'file' ? undefined : props.value}
      autocomplete={props.autocomplete ?? 'off'}
      inputmode={props.inputmode}
      maxlength={props.maxlength}
      accept={props.accept}
    />
  );
  return (
    <Field {...props}>
      {props.unit ? (
        <span class="flex items-center gap-2">
          {input}
          {props.unit}
        </span>
      ) : (
        input
      )}
    </Field>
  );
};

/** One text field for a day. `value` is what was typed; `understood` is how it was read, shown back in words. */
export const DateField = (props: FieldProps & { value?: string; understood?: Day | null }) => {
  const example = props.lang === 'ja' ? '例：2026/12/7、令和8年12月7日' : 'For example 2026/12/7 or R8.12.7';
  const hint = props.hint ?? example;
  return (
    <Field {...props} hint={hint}>
      <input
        {...control({ ...props, hint })}
        class="input w-date"
        type="text"
        value={props.value}
        autocomplete="off"
        aria-describedby={classes(
          `${fieldId(props.name)}-h`,
          !!props.understood && `${fieldId(props.name)}-u`,
          props.error !== undefined && `${fieldId(props.name)}-e`,
        )}
      />
      {props.understood && (
        <span class="ok-line" id={`${fieldId(props.name)}-u`}>
          {props.lang === 'ja'
            ? `${longDay(props.understood, 'ja')}と読みました`
            : `Read as ${longDay(props.understood, 'en')}`}
        </span>
      )}
    </Field>
  );
};

export interface Option {
  value: string;
  label: Text;
  /** A quiet second line (only for choices). */
  note?: Text;
  disabled?: boolean;
}

/** `blank`: the empty first choice; without it, no empty answer is possible. */
export const SelectField = (
  props: FieldProps & { value?: string; options: readonly Option[]; blank?: Text; autocomplete?: string },
) => (
  <Field {...props}>
    <select {...control(props)} class="select" autocomplete={props.autocomplete}>
      {props.blank !== undefined && <option value="">{say(props.blank, props.lang)}</option>}
      {props.options.map((o) => (
        <option value={o.value} selected={o.value === props.value} disabled={o.disabled}>
          {say(o.label, props.lang)}
        </option>
      ))}
    </select>
  </Field>
);

export const TextArea = (props: FieldProps & { value?: string; rows?: number; maxlength?: number }) => (
  <Field {...props}>
    <textarea {...control(props)} class="area" rows={props.rows ?? 4} maxlength={props.maxlength}>
      {/* Browsers drop the first line break of a textarea's text. */}
      {props.value?.startsWith('\n') ? `\n${props.value}` : props.value}
    </textarea>
  </Field>
);

/** Several controls that form one field. */
export const FieldSet = (props: FieldProps & { children?: Child }) => {
  const { id, ...said } = control(props);
  return (
    <fieldset
      class={classes('field', props.error !== undefined && 'field-bad')}
      id={id}
      tabindex={-1}
      aria-describedby={said['aria-describedby']}
    >
      <legend>
        <Label {...props} />
      </legend>
      {props.hint !== undefined && (
        <p class="hint" id={`${id}-h`}>
          {props.hint}
        </p>
      )}
      {props.children}
      <Problem id={id} error={props.error} />
    </fieldset>
  );
};

type ChoicesProps = FieldProps & { options: readonly Option[]; type: 'checkbox' | 'radio'; chosen: readonly string[] };

const Choices = (props: ChoicesProps) => (
  <FieldSet {...props}>
    {props.options.map((o) => (
      <label class={props.type === 'radio' ? 'radio' : 'check'}>
        <input
          type={props.type}
          name={props.name}
          value={o.value}
          checked={props.chosen.includes(o.value)}
          disabled={o.disabled}
          aria-invalid={props.error ? 'true' : undefined}
        />
        <span>
          {say(o.label, props.lang)}
          {o.note !== undefined && (
            <>
              <br />
              <span class="small muted">{say(o.note, props.lang)}</span>
            </>
          )}
        </span>
      </label>
    ))}
  </FieldSet>
);

/** Any number of choices; the form sends `name` once for each. */
export const Checks = ({
  values = [],
  ...props
}: FieldProps & { values?: readonly string[]; options: readonly Option[] }) => (
  <Choices {...props} type="checkbox" chosen={values} />
);

export interface Addition {
  /** Name of the select. */
  name: string;
  label: Text;
  button: Text;
  /** Shown in the select before anything is chosen. */
  blank: Text;
}

/**
 * Adds one of the options that are not in the form yet, by name: the form is sent, and shown again with it. Empty when none is left. `send`: name
 * of the button.
 */
export const AddField = (props: Addition & { lang: Lang; options: readonly Option[]; send?: string | undefined }) => {
  const { lang, name, options, send } = props;
  const id = fieldId(name);
  return options.length === 0 ? null : (
    <div class="mt-3">
      <label class="lab" for={id}>
        {say(props.label, lang)}
      </label>
      <span class="flex flex-wrap items-center gap-2">
        <select class="select" id={id} name={name}>
          <option value="">{say(props.blank, lang)}</option>
          {options.map((one) => (
            <option value={one.value}>{say(one.label, lang)}</option>
          ))}
        </select>
        <Button kind="second" name={send}>
          {say(props.button, lang)}
        </Button>
      </span>
    </div>
  );
};

/**
 * Any number out of very many: chosen ones are listed as checkboxes, and one more can be added. `added` was added just now and takes the focus. The
 * children, such as a search for the others, come before the field that adds.
 */
export const AddedChecks = (
  props: FieldProps & {
    values: readonly string[];
    options: readonly Option[];
    addition: Addition;
    added?: string | undefined;
    children?: Child;
  },
) => {
  const { lang, name, options, values, addition, added, children } = props;
  const isChosen = ({ value }: Option): boolean => values.includes(value);
  return (
    <FieldSet {...props}>
      {options.filter(isChosen).map(({ value, label }) => (
        <label class="check">
          <input type="checkbox" name={name} value={value} checked autofocus={added === value} />
          {say(label, lang)}
        </label>
      ))}
      {children}
      <AddField lang={lang} {...addition} options={options.filter((one) => !isChosen(one))} />
    </FieldSet>
  );
};

/**
 * One of several. `blank`: the empty last choice, selected until another is, so that a mistaken choice can be undone; without it, no empty answer
 * is possible.
 */
export const Radios = ({
  value,
  options,
  blank,
  ...props
}: FieldProps & { value?: string; options: readonly Option[]; blank?: Text }) => (
  <Choices
    {...props}
    type="radio"
    options={blank === undefined ? options : [...options, { value: '', label: blank }]}
    chosen={[value ?? '']}
  />
);

export interface ErrorSummaryProps {
  lang: Lang;
  /** In page order. */
  problems: readonly FieldProblem[];
  /** Label of each field by its name; a problem of no field is shown without a link. */
  labels: Record<string, Text>;
}

/** Comes before the form of a 422 answer, takes the focus, and links each sentence to its field. Empty without problems. */
export const ErrorSummary = ({ lang, problems, labels }: ErrorSummaryProps) => {
  if (problems.length === 0) return null;
  const n = problems.length;
  const count = lang === 'ja' ? `${n}か所を直してください` : `Put ${n === 1 ? 'one thing' : `${n} things`} right`;
  const none = lang === 'ja' ? '受け付けられませんでした' : 'This could not be accepted';
  const title = problems.some(({ field }) => labels[field] !== undefined) ? count : none;
  return (
    <div class="errsum" role="alert" tabindex={-1} autofocus aria-labelledby="errsum-h">
      <h2 id="errsum-h">
        <Icon name="stop" />
        {title}
      </h2>
      <ul>
        {problems.map(({ field, says }) => {
          const label = labels[field];
          return (
            <li>
              {label === undefined ? (
                says[lang]
              ) : (
                <a href={`#${fieldId(field)}`} data-turbo="false">
                  {`${say(label, lang)}${lang === 'ja' ? '：' : ': '}${says[lang]}`}
                </a>
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
};

/** Comes before every form that collects personal information from the person: what it is used for (法21条2項). */
export const PurposeBanner = ({ lang, children }: { lang: Lang; children?: Child }) => (
  <div class="mb-6">
    <Banner
      kind="info"
      level={3}
      title={lang === 'ja' ? 'ここに入力する情報の利用目的' : 'What the information given here is used for'}
    >
      {children}
    </Banner>
  </div>
);

/** The facts a rule lacked, as numbered fields in a dashed box. The children are fields with `number`. */
export const MissingFacts = ({ lang, count, children }: { lang: Lang; count: number; children?: Child }) => (
  <section class="missing" aria-labelledby="missing-h">
    <h2 class="text-std-18B-160" id="missing-h">
      {lang === 'ja' ? `答えに足りないこと　あと${count}件` : `Missing for an answer: ${count}`}
    </h2>
    <p class="small muted mb-4">
      {lang === 'ja'
        ? '規則が必要とする事実だけを尋ねます。分からないものは空欄のままにできます。その間の答えは「保留」です。'
        : 'Only facts the rule needs are asked. Leave empty what you do not know; until then the answer is “on hold”.'}
    </p>
    {children}
  </section>
);
