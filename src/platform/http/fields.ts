// Turns the schema library's issues into sentences for people: which field, and how to put it right. Values are never repeated.

import type { z } from '@hono/zod-openapi';
import type { Bilingual } from '../../base/bilingual.ts';
import type { FieldProblem } from '../../base/outcome.ts';

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

const otherForm: Bilingual = { ja: '決められた形で書いてください', en: 'Must have the expected form' };

/** A check of our own may bring its sentence along as `params.says`. */
function sentence(issue: Issue): Bilingual {
  switch (issue.code) {
    case 'invalid_type': {
      const kind = kinds[issue.expected] ?? { ja: '正しい型の値', en: 'a value of the right type' };
      return issue.input === undefined && issue.message.includes('undefined')
        ? { ja: '必須です', en: 'Required' }
        : { ja: `${kind.ja}にしてください`, en: `Must be ${kind.en}` };
    }
    case 'too_small':
      return { ja: `${String(issue.minimum)} 以上にしてください`, en: `Must be at least ${String(issue.minimum)}` };
    case 'too_big':
      return { ja: `${String(issue.maximum)} 以下にしてください`, en: `Must be at most ${String(issue.maximum)}` };
    case 'invalid_value':
      return {
        ja: `次のいずれかにしてください：${issue.values.map(String).join('、')}`,
        en: `Must be one of: ${issue.values.map(String).join(', ')}`,
      };
    case 'custom': {
      const { says } = (issue.params ?? {}) as { says?: Bilingual };
      return says ?? otherForm;
    }
    default:
      return otherForm;
  }
}

const pathOf = (issue: Issue): string => issue.path.map(String).join('.') || 'body';

/** A key that somebody invented is named only when it looks like a field name: it could be a value in the wrong place. */
const nameable = (key: string): boolean => /^[\w.-]{1,40}$/.test(key);

const problemsOf = (issue: Issue): FieldProblem[] =>
  issue.code === 'unrecognized_keys'
    ? issue.keys.map((key) => ({
        field: [...issue.path.map(String), nameable(key) ? key : '?'].join('.'),
        says: { ja: 'この項目はありません', en: 'There is no such field' },
      }))
    : [{ field: pathOf(issue), says: sentence(issue) }];

/** One problem per issue, in the order of the schema. */
export function fieldProblems(issues: readonly Issue[]): [FieldProblem, ...FieldProblem[]] {
  const [first, ...rest] = issues.flatMap(problemsOf);
  return [first ?? { field: 'body', says: otherForm }, ...rest];
}
