// How a question that a caller puts to the checkpoint must be written, and what a caller says beside it. Pure.

import { type Bilingual, both } from '../../../base/bilingual.ts';
import type { Duty, Finding } from '../../../base/finding.ts';
import { isId } from '../../../base/id.ts';
import type { FieldProblem } from '../../../base/outcome.ts';
import { z } from '../../../platform/http/index.ts';
import { MAX_ITEMS, unknownItem } from '../../../vault/index.ts';
import type { Standing } from './standing.ts';

export const says = {
  holding: both('この台帳はありません', 'There is no such holding'),
  retired: both(
    'この台帳は廃止されているため、新しく受け取れません',
    'This holding is retired and takes in nothing new',
  ),
  purpose: both('施行中の方針にない目的です', 'The policy in force does not state this purpose'),
  principal: both('本人の番号の形が正しくありません', 'This is not the id of a person'),
  sharing: both(
    'メールアドレスを書いたときだけ、共に使う人を示してください',
    'Name people who share the e-mail address only if you enter one',
  ),
  noItems: both('項目を1つ以上選んでください', 'Choose at least one item'),
  acquire: both(
    'まだ持っていない要配慮個人情報です。訂正ではなく、取得として受け取ってください（法20条2項）',
    'This is special care-required information that is not held yet. Take it in as an acquisition, not as a correction (APPI Art. 20(2))',
  ),
  manyItems: both(`項目は${MAX_ITEMS}個までです`, `At most ${MAX_ITEMS} items`),
} satisfies Record<string, Bilingual>;

/** The question whether named items may be read for a purpose. */
export interface UseAsk {
  principal: string;
  holding: string;
  /** Codes of items of the holding. */
  items: readonly string[];
  /** Id of a purpose of the policy. */
  purpose: string;
}

/** Problems of the question's own fields, before the law is asked. */
export function useProblems(standing: Standing, ask: UseAsk): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (!isId(ask.principal)) problems.push({ field: 'principal', says: says.principal });
  const holding = standing.holdings.get(ask.holding);
  if (!holding) problems.push({ field: 'holding', says: says.holding });
  if (ask.items.length === 0) problems.push({ field: 'items', says: says.noItems });
  if (ask.items.length > MAX_ITEMS) problems.push({ field: 'items', says: says.manyItems });
  else if (holding) {
    for (const code of ask.items) if (!holding.items.has(code)) problems.push(unknownItem(code, 'items'));
  }
  if (!standing.purposes.has(ask.purpose)) problems.push({ field: 'purpose', says: says.purpose });
  return problems;
}

/** Grounds and duties in the short form that is stored and returned: `APPI 18(1)`. */
export interface Basis {
  because: string[];
  duties: Pick<Duty, 'do' | 'article' | 'by' | 'keepUntil'>[];
}

export const basisOf = (finding: Finding): Basis => ({
  because: finding.because.map((g) => `${g.law} ${g.article}`),
  duties:
    finding.answer === 'unknown'
      ? []
      : finding.duties.map((d) => ({
          do: d.do,
          article: d.article,
          ...(d.by ? { by: d.by } : {}),
          ...(d.keepUntil ? { keepUntil: d.keepUntil } : {}),
        })),
});

/** The statement that the others who have the e-mail address share it: each was looked at and is somebody else. It names everybody who has it. */
export interface SharingSaid {
  /** Ids of persons. */
  sharesEmailWith?: readonly string[] | undefined;
}

/** Most persons who may share one address. */
const MOST_SHARING = 100;

export const sharesEmailWithSchema = z.array(z.string()).min(1).max(MOST_SHARING).optional().openapi({
  description:
    'Ids of the others in the holding who use the same e-mail address, as couples and companies may. States that you looked at each of them and that this is a different person. Name everybody who uses it, as listed in `principals` of the 409 that is answered without this; if anybody else uses it by then, nothing is written (409).',
});

/** Problems of that statement, before it is known who has the address. */
export const sharingProblems = ({
  items,
  sharesEmailWith,
}: SharingSaid & { items: Readonly<Record<string, unknown>> }): FieldProblem[] => {
  if (!sharesEmailWith) return [];
  if (typeof items.email !== 'string') return [{ field: 'sharesEmailWith', says: says.sharing }];
  return sharesEmailWith.every(isId) ? [] : [{ field: 'sharesEmailWith', says: says.principal }];
};

/** The basis as the JSON routes return it. */
export const basisSchema = z
  .object({
    because: z.array(z.string()).openapi({ example: ['APPI 18(1)', 'policy 13'] }),
    duties: z.array(
      z.object({
        do: z.string(),
        article: z.string(),
        by: z.iso.date().optional(),
        keepUntil: z.iso.date().optional(),
      }),
    ),
  })
  .openapi('Basis');
