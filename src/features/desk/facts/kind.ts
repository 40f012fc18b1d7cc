// What a request asks for, whose information it is about, and what each kind needs: papers, a form, a fee.

import type { RightsRequest } from '../../../law/index.ts';
import { feeOf, isFeeAskedAfter, type Operator } from '../../policy/index.ts';

/** What a request asks for: 32(2), 33(1), 33(5), 28(3), 34(1), 35; and a consultation, which is no such right but is answered all the same (40). */
export const kinds = [
  'disclosure',
  'record-disclosure',
  'correction',
  'stop-use',
  'erasure',
  'stop-provision',
  'purpose-notice',
  'foreign-information',
  'consultation',
] as const satisfies readonly (RightsRequest | 'consultation')[];
export type Kind = (typeof kinds)[number];

/** Whose information it is about: a customer's, or a partner's My Number and what goes with it. */
export const scopes = ['customer', 'my-number'] as const;
export type Scope = (typeof scopes)[number];

/** Kinds that ask to see something; the person chooses how. */
export const isDisclosure = (kind: Kind): kind is 'disclosure' | 'record-disclosure' =>
  kind === 'disclosure' || kind === 'record-disclosure';

/** Kinds that change what the company holds or does when they are granted. */
export const hasEffect = (kind: Kind): kind is 'correction' | 'stop-use' | 'erasure' | 'stop-provision' =>
  kind === 'correction' || kind === 'stop-use' || kind === 'erasure' || kind === 'stop-provision';

/** False for a consultation, which is answered without papers, identification or search. */
export const looksAtPerson = (kind: Kind): kind is RightsRequest => kind !== 'consultation';

/** Kinds that a person may go to court over (39 with 37(1)): a purpose (32(2)) and the measures of a recipient abroad (28(3)) are not among them. */
export const isSuable = (kind: Kind): boolean => isDisclosure(kind) || hasEffect(kind);

/** The kinds of a scope. The rules on records of provision and on provision abroad do not apply to My Number information (Numbering Act 30(2)). */
export const kindsOf = (scope: Scope): readonly Kind[] =>
  scope === 'customer' ? kinds : kinds.filter((kind) => kind !== 'record-disclosure' && kind !== 'foreign-information');

/**
 * What the policy in force asks for a kind: the fee in yen, and whether there is a form. `forms` and `fee` are as operator.yaml has them. `eased`:
 * the request is taken in another way than by ordinary letter, and so without the form (37(4)).
 */
export function termsOf(
  operator: Pick<Operator, 'fee' | 'forms'>,
  { kind, scope, eased = false }: { kind: Kind; scope: Scope; eased?: boolean | undefined },
): { feeYen: number; feeAfter?: true; form: boolean } {
  const named = formOf(kind);
  const feeYen = feeOf(operator, kind);
  return {
    feeYen,
    ...(feeYen > 0 && isFeeAskedAfter(operator) ? { feeAfter: true } : {}),
    form: !eased && operator.forms.some((form) => form.kind === named && form.scope === scope),
  };
}

/** The name of the policy's form for a kind. */
export const formOf = (kind: Kind): string =>
  kind === 'stop-use' || kind === 'erasure'
    ? 'suspension-or-erasure'
    : kind === 'stop-provision'
      ? 'suspension-of-provision'
      : kind;
