// Turns the issues of the schema library into sentences for people: which field, and how to correct it. Values are never repeated.

import type { z } from '@hono/zod-openapi';
import type { Bilingual } from '../../base/bilingual.ts';
import type { FieldProblem } from '../../base/outcome.ts';
import { unseenProblem } from '../../base/text.ts';
import { kindOf, type TextKind } from './schema.ts';

type Issue = z.core.$ZodIssue;

const kinds: Record<string, Bilingual> = {
  string: { ja: '文字列', en: 'text' },
  number: { ja: '数', en: 'a number' },
  int: { ja: '整数', en: 'a whole number' },
  boolean: { ja: 'true か false', en: 'true or false' },
  array: { ja: '配列', en: 'a list' },
  object: { ja: 'オブジェクト', en: 'an object' },
  record: { ja: 'オブジェクト', en: 'an object' },
};

/** Units for the values that have a size. */
const counted: Record<string, { ja: string; one: string; many: string }> = {
  string: { ja: '文字', one: 'character', many: 'characters' },
  array: { ja: '件', one: 'element', many: 'elements' },
};

/** The sentence for a limit of a number or of a value's size. */
function bound(origin: string, limit: number | bigint, ja: string, en: string): Bilingual {
  const unit = counted[origin];
  if (!unit) return { ja: `${limit} ${ja}にしてください`, en: `Must be ${en} ${limit}` };
  return {
    ja: `${limit}${unit.ja}${ja}にしてください`,
    en: `Must have ${en} ${limit} ${Number(limit) === 1 ? unit.one : unit.many}`,
  };
}

const otherForm: Bilingual = { ja: '決められた形で書いてください', en: 'Must have the expected form' };

/** Sentences for formats with a name. */
const forms: Record<string, Bilingual> = {
  datetime: {
    ja: '2026-11-24T10:23:45+09:00 のように、時差を付けて日時を書いてください',
    en: 'Write a date and time with its UTC offset, such as 2026-11-24T10:23:45+09:00',
  },
  uuid: { ja: '番号の形が正しくありません', en: 'This is not a valid id' },
};

/** Our own checks can supply their sentence as `params.says`. */
function sentence(issue: Issue): Bilingual {
  switch (issue.code) {
    case 'invalid_type': {
      const kind = kinds[issue.expected] ?? { ja: '正しい型の値', en: 'a value of the right type' };
      return issue.input === undefined && issue.message.includes('undefined')
        ? { ja: '必須です', en: 'Required' }
        : { ja: `${kind.ja}にしてください`, en: `Must be ${kind.en}` };
    }
    case 'too_small':
      return bound(issue.origin, issue.minimum, '以上', 'at least');
    case 'too_big':
      return bound(issue.origin, issue.maximum, '以下', 'at most');
    case 'invalid_value':
      return {
        ja: `次のどれかにしてください：${issue.values.map(String).join('、')}`,
        en: `Must be one of: ${issue.values.map(String).join(', ')}`,
      };
    case 'invalid_format':
      return forms[issue.format] ?? otherForm;
    case 'custom': {
      const { says } = (issue.params ?? {}) as { says?: Bilingual };
      return says ?? otherForm;
    }
    default:
      return otherForm;
  }
}

const pathOf = (issue: Issue): string => issue.path.map(String).join('.') || 'body';

/** An unknown key is named only if it looks like a field name, because it could be a value in the wrong place. */
const nameable = (key: string): boolean => /^[\w.-]{1,40}$/.test(key);

const noSuchField: Bilingual = { ja: 'この項目はありません', en: 'There is no such field' };

const problemsOf = (issue: Issue): FieldProblem[] =>
  issue.code === 'unrecognized_keys'
    ? issue.keys.slice(0, MOST_TOLD).map((key) => ({
        field: [...issue.path.map(String), nameable(key) ? key : '?'].join('.'),
        says: noSuchField,
      }))
    : [{ field: pathOf(issue), says: sentence(issue) }];

/** True when a value has another type than this form of a union, so that nothing inside was checked. */
const isOtherKind = ([first]: readonly Issue[]): boolean => first?.code === 'invalid_type' && first.path.length === 0;

/** For a value that fits no form of a union: the issues of the form it comes closest to or, if all forms expect the same type, that one issue. */
function nearest(issue: Issue): Issue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const forms = issue.errors.filter((of) => !isOtherKind(of)).toSorted((a, b) => a.length - b.length);
  const wanted = new Set(issue.errors.flatMap(([first]) => (first?.code === 'invalid_type' ? first.expected : [])));
  const told = forms[0] ?? (wanted.size === 1 ? issue.errors[0] : undefined);
  return told?.flatMap((one) => nearest({ ...one, path: [...issue.path, ...one.path] })) ?? [issue];
}

/** Most problems reported at once; a body of a megabyte can have a hundred thousand. */
export const MOST_TOLD = 100;

/** Priority among several issues of one field: a wrong type first, then the sentence of our own check. */
function weight(issue: Issue): number {
  if (issue.code === 'invalid_type') return 2;
  return issue.code === 'custom' && issue.params?.says !== undefined ? 1 : 0;
}

/** One problem per field, in the order of the schema, up to MOST_TOLD. */
export function fieldProblems(issues: readonly Issue[]): [FieldProblem, ...FieldProblem[]] {
  const told = new Map<string, { issue: Issue; problem: FieldProblem }>();
  for (const issue of issues.slice(0, MOST_TOLD).flatMap(nearest))
    for (const problem of problemsOf(issue)) {
      const before = told.get(problem.field);
      if (!before || weight(issue) > weight(before.issue)) told.set(problem.field, { issue, problem });
    }
  const [first, ...rest] = [...told.values()].slice(0, MOST_TOLD).map(({ problem }) => problem);
  return [first ?? { field: 'body', says: otherForm }, ...rest];
}

/** The name of a field as it may be shown to the sender; `?` when it does not look like one. */
export const shownField = (name: string): string => (nameable(name) ? name : '?');

/** True when database and log can store a text: neither takes a NUL or a lone surrogate. */
const isKept = (text: string): boolean => !/\0|\p{Surrogate}/u.test(text);

const notCharacter: Bilingual = {
  ja: '文字として読めない符号が含まれています',
  en: 'It contains a code that is not a character',
};

type Def = z.core.$ZodTypes['_zod']['def'];

const defOf = (schema: z.core.$ZodType): Def => (schema as unknown as { def: Def }).def;

/** The schemas a value may be read by: wrappers removed, and all members of a union. */
function unwrapped(schema: z.core.$ZodType): z.core.$ZodType[] {
  const def = defOf(schema);
  if (def.type === 'union') return def.options.flatMap(unwrapped);
  if (def.type === 'pipe') return unwrapped(def.in);
  return 'innerType' in def ? unwrapped(def.innerType) : [schema];
}

const defsOf = (schemas: readonly z.core.$ZodType[]): Def[] => schemas.flatMap(unwrapped).map(defOf);

/** The schemas for a field or element of a value read by these schemas. */
const within = (schemas: readonly z.core.$ZodType[], name: string): z.core.$ZodType[] =>
  defsOf(schemas).flatMap((def) => {
    if (def.type === 'object') return Object.hasOwn(def.shape, name) ? [def.shape[name]!] : [];
    if (def.type === 'record') return [def.valueType];
    if (def.type === 'array') return [def.element];
    return def.type === 'unknown' ? schemas : [];
  });

/** A name that the schema library silently drops from a record; everywhere else it refuses it. */
const PASSED_OVER = '__proto__';

const isPassedOver = (schemas: readonly z.core.$ZodType[], name: string): boolean =>
  name === PASSED_OVER && defsOf(schemas).some(({ type }) => type === 'record');

/** What is wrong with the characters of a text of these kinds. JSON and forms share this rule. */
export function charactersProblem(text: string, kinds: readonly (TextKind | undefined)[]): Bilingual | null {
  if (kinds.includes('exact')) return isKept(text) ? null : notCharacter;
  return unseenProblem(text, kinds.includes('prose'));
}

/** The kinds of text that these schemas read. */
const kindsOf = (schemas: readonly z.core.$ZodType[]): (TextKind | undefined)[] =>
  defsOf(schemas).map((def) => (def.type === 'unknown' ? 'prose' : kindOf(def)));

/**
 * Texts with invisible characters that their schema does not allow, and field names that could not be stored or would be dropped. Visits each value
 * once, however deep the nesting.
 */
function unseenProblems(schema: z.core.$ZodType, value: unknown): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const places: [path: string, of: unknown, by: readonly z.core.$ZodType[]][] = [['', value, [schema]]];
  for (const [path, of, by] of places) {
    if (problems.length >= MOST_TOLD) break;
    if (typeof of === 'string') {
      const says = charactersProblem(of, kindsOf(by));
      if (says) problems.push({ field: path || 'body', says });
    } else if (typeof of === 'object' && of !== null) {
      for (const [name, inner] of Object.entries(of)) {
        const here = path === '' ? shownField(name) : `${path}.${shownField(name)}`;
        const read = within(by, name);
        if (!isKept(name)) problems.push({ field: here, says: notCharacter });
        else if (isPassedOver(by, name)) problems.push({ field: here, says: noSuchField });
        // A field that no schema reads is refused by its name, whatever it contains.
        else if (read.length > 0) places.push([here, inner, read]);
      }
    }
  }
  return problems;
}

export type InputRead<T> = { ok: true; value: T } | { ok: false; problems: [FieldProblem, ...FieldProblem[]] };

const sentTwice: Bilingual = { ja: 'この名前の項目が2つ以上あります', en: 'Two fields have this name' };

/** Counts the field names in JSON: outside of strings, a colon follows each name and occurs nowhere else. */
function namesIn(json: string): number {
  let names = 0;
  let inText = false;
  for (let i = 0; i < json.length; i++) {
    const char = json.charCodeAt(i);
    if (char === 0x22) inText = !inText;
    else if (!inText) names += char === 0x3a ? 1 : 0;
    else if (char === 0x5c) i += 1;
  }
  return names;
}

/** Counts the fields of a value, each once, however deep the nesting. */
function fieldsIn(value: unknown): number {
  let fields = 0;
  const places = [value];
  for (const of of places) {
    if (typeof of !== 'object' || of === null) continue;
    const inner: unknown[] = Object.values(of);
    if (!Array.isArray(of)) fields += inner.length;
    for (const one of inner) if (typeof one === 'object') places.push(one);
  }
  return fields;
}

/** The path of the first field whose name is already used beside it. `json` must be parsable and contain one. */
function fieldTwice(json: string): string {
  const places: { names: Set<string> | null; at: string }[] = [];
  let text = '';
  for (const [token] of json.matchAll(/"(?:[^"\\]+|\\.)*"|[{}[\],:]/g)) {
    const here = places.at(-1);
    if (token === '{') places.push({ names: new Set(), at: '' });
    else if (token === '[') places.push({ names: null, at: '0' });
    else if (token === '}' || token === ']') places.pop();
    else if (token === ',') here!.at = String(Number(here!.at) + 1);
    else if (token !== ':') text = token;
    else {
      const name = JSON.parse(text) as string;
      here!.at = shownField(name);
      if (here!.names!.has(name)) break;
      here!.names!.add(name);
    }
  }
  return places.map(({ at }) => at).join('.');
}

/**
 * JSON can contain invisible characters only through an escape, as with line breaks, or as one of these characters. It may also contain a name that
 * would be dropped.
 */
const unescaped = /[\u007f-\u009f]/;
const mayHoldUnseen = (json: string): boolean =>
  json.includes('\\') || json.includes(PASSED_OVER) || unescaped.test(json);

/**
 * Reads a value by its schema. `json` is the text it was parsed from: of two fields with the same name the parser keeps the last, while a program
 * on the way may have read the first, so that is refused.
 */
export function readInput<T>(schema: z.ZodType<T>, value: unknown, json?: string): InputRead<T> {
  const [first, ...rest] = json === undefined || mayHoldUnseen(json) ? unseenProblems(schema, value) : [];
  if (first) return { ok: false, problems: [first, ...rest] };
  const read = schema.safeParse(value);
  if (!read.success) return { ok: false, problems: fieldProblems(read.error.issues) };
  if (json !== undefined && namesIn(json) !== fieldsIn(value))
    return { ok: false, problems: [{ field: fieldTwice(json), says: sentTwice }] };
  return { ok: true, value: read.data };
}
