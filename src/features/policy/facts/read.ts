// Reads a policy from the texts of its YAML files; every problem names the file and the path in it. Pure: the caller reads the files.

import { z } from 'zod';
import { type Bilingual, both } from '../../../base/bilingual.ts';
import { done, fieldOutcome, type FieldProblem, type Outcome } from '../../../base/outcome.ts';
import { linesIn, readYaml } from '../../../platform/yaml.ts';
import { at, crossCheck, problem } from './check.ts';
import { files, type Manner, manners, type Policy, type PolicyFile, policyFiles } from './shape.ts';

/** What to write, by the name of the type. */
const types: Record<string, Bilingual> = {
  string: both(
    "文を書きます。数字だけの文は '1' のように引用符で囲みます",
    "Write a text. Put a text of digits only in quotation marks, like '1'",
  ),
  int: both('整数を、引用符なしで書きます', 'Write a whole number, without quotation marks'),
  number: both('数を、引用符なしで書きます', 'Write a number, without quotation marks'),
  boolean: both('true か false と書きます', 'Write true or false'),
  array: both(
    '1行に1つずつ、「- 」で始めて並べます。何もなければ [] と書きます',
    'Write a list, each line beginning with “- ”, or [] where there is nothing',
  ),
  object: both('下の行に、字下げして項目を書きます', 'Write its fields on the lines below, indented'),
};

/** Explains a problem; never quotes the value itself. */
function explain(issue: z.core.$ZodIssue): Bilingual {
  const manner = issue.input === undefined ? undefined : manners[issue.message as Manner];
  if (manner) return manner;
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? both('書かれていません', 'This is missing')
        : (types[issue.expected] ??
            both(`種類が違います（${issue.expected}）`, `This should be a value of type ${issue.expected}`));
    case 'unrecognized_keys':
      return both(`知らない項目があります：${issue.keys.join('、')}`, `Unknown field: ${issue.keys.join(', ')}`);
    case 'invalid_value':
      return both(`次のどれかにしてください：${issue.values.join('、')}`, `Use one of: ${issue.values.join(', ')}`);
    case 'invalid_union':
      return explainUnion(issue);
    case 'too_small':
      return both('空か、小さすぎます', 'This is empty or too small');
    case 'too_big':
      return both('大きすぎます', 'This is too large');
    default:
      return both('書き方が違います', 'This is not written in the expected form');
  }
}

/** Explains a problem of a value with several allowed forms: `none` or fields; else the problem of the form that was used, or of the simplest. */
function explainUnion({ input, errors }: z.core.$ZodIssueInvalidUnion): Bilingual {
  if (input === undefined) return both('書かれていません', 'This is missing');
  if (errors.flat().some((one) => one.code === 'invalid_value' && one.values.includes('none')))
    return both(
      'none と書くか、下の行に字下げして項目を書きます',
      'Write none, or its fields on the lines below, indented',
    );
  const taken = errors.find((way) => way.some(({ code, path }) => code !== 'invalid_type' || path.length > 0));
  return explain({ ...(taken ?? errors[0]!)[0]!, input } as z.core.$ZodIssue);
}

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((of, step) => (of as Record<PropertyKey, unknown> | undefined)?.[step], value);

/** The problems within the fields, where a value may be fields or a single word and fields were written. */
function withinUnion(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union' || typeof issue.input !== 'object' || issue.input === null) return [issue];
  const fields = issue.errors.find((one) =>
    one.every(({ code, path }) => path.length > 0 || code === 'unrecognized_keys'),
  );
  if (!fields) return [issue];
  return fields.map(
    (one) =>
      ({
        ...one,
        path: [...issue.path, ...one.path],
        input: valueAt(issue.input, one.path),
      }) as z.core.$ZodIssue,
  );
}

interface FileRead {
  data?: unknown;
  problems: FieldProblem[];
}

/** Reads the text of one file. Problems name the file and the path inside it. */
function parseFile(file: PolicyFile, text: string): FileRead {
  const read = readYaml(text);
  if ('says' in read) return { problems: [{ field: file, says: read.says }] };
  const parsed = files[file].shape.safeParse(read.data, { reportInput: true });
  if (parsed.success) return { data: parsed.data, problems: [] };
  return {
    problems: parsed.error.issues.flatMap(withinUnion).map((i) => ({ field: at(file, i.path), says: explain(i) })),
  };
}

/**
 * Each file as last read. A draft that is previewed is then proposed unchanged, and most changes are to a file or two; reading all files takes a
 * tenth of a second.
 */
const last = new Map<PolicyFile, { text: string; read: FileRead }>();

function readFile(file: PolicyFile, text: string | undefined): FileRead {
  if (text === undefined) return { problems: [problem(file, 'ファイルがありません', 'The file is missing')] };
  const known = last.get(file);
  if (known?.text === text) return known.read;
  const read = parseFile(file, text);
  last.set(file, { text, read });
  return read;
}

/**
 * Reads a policy from its files (name → YAML text) and checks that its parts fit together.
 * A problem's field is `file: path`, such as `clauses.yaml: clauses[12].text.en`.
 */
export function readPolicy(texts: Readonly<Record<string, string>>): Outcome<Policy> {
  const problems: FieldProblem[] = Object.keys(texts)
    .filter((name) => !Object.hasOwn(files, name))
    .map((name) => problem(name, '方針のファイルではありません', 'This is not a policy file'));
  const policy: Record<string, unknown> = {};
  for (const file of policyFiles) {
    const read = readFile(file, Object.hasOwn(texts, file) ? texts[file] : undefined);
    problems.push(...read.problems);
    const { part } = files[file];
    const data = read.data as Record<string, unknown> | string | undefined;
    policy[part] = typeof data === 'object' && Object.hasOwn(data, part) ? data[part] : data;
  }
  return checkPolicy(policy as unknown as Policy, problems);
}

/** The steps of a problem's path. */
const stepsOf = (path: string): (string | number)[] =>
  [...path.matchAll(/\[(\d+)\]|[^.[\]]+/g)].map(([step, index]) => (index === undefined ? step : Number(index)));

/** The problems of files, each with its line in the file. */
export function withLines(texts: Readonly<Record<string, string>>, problems: readonly FieldProblem[]): FieldProblem[] {
  const known = new Map<string, ReturnType<typeof linesIn>>();
  return problems.map((one) => {
    const [file, path] = one.field.split(': ') as [string, string?];
    const text = Object.hasOwn(texts, file) ? texts[file] : undefined;
    if (path === undefined || text === undefined) return one;
    const lines = known.get(file) ?? linesIn(text);
    known.set(file, lines);
    const at = lines(stepsOf(path));
    if (at === null) return one;
    return { ...one, says: both(`${at}行目：${one.says.ja}`, `Line ${at}: ${one.says.en}`) };
  });
}

function checkPolicy(policy: Policy, problems: FieldProblem[]): Outcome<Policy> {
  const wrong = fieldOutcome(problems.length ? problems : crossCheck(policy));
  return wrong ?? done({ ...policy, clauses: policy.clauses.toSorted((a, b) => a.no - b.no) });
}
