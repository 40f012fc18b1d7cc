// What the policy says about asking at the desk: the fee, the papers that prove identity, the ways to pay and to ask.

import type { Operator, Payment } from './shape.ts';

/** APPI 38: the fee of a request of a kind, in yen; 0 where there is none. */
export function feeOf({ fee }: Pick<Operator, 'fee'>, kind: string): number {
  const charged = fee.kinds.find((one) => one === kind);
  if (charged === undefined) return 0;
  return typeof fee.amount_yen === 'number' ? fee.amount_yen : (fee.amount_yen[charged] ?? 0);
}

/** True when the papers suffice to prove identity. */
export const papersSuffice = (
  { identity_papers: enough }: Pick<Operator, 'identity_papers'>,
  papers: readonly string[],
): boolean =>
  enough === undefined || enough.some(({ count, of }) => of.filter((one) => papers.includes(one)).length >= count);

/** The ways to pay a fee; the person chooses one. */
export const waysToPay = ({ fee }: Pick<Operator, 'fee'>): readonly Payment[] => [fee.paid_by].flat();

/** True when the fee is asked for only after the identity check. */
export const isFeeAskedAfter = ({ fee }: Pick<Operator, 'fee'>): boolean => fee.asked === 'after-check';

/** True when the desk can be asked by ordinary letter only. The web page for requests also takes questions, without pictures. */
export const isAskedByPostAlone = ({ phone, email, visits, electronic }: Operator['desk']): boolean =>
  !phone && !email && !visits && !electronic;
