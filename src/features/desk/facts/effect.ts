// What carrying out a decision changes in the house, and what it stops from then on.

import { hasEffect } from './kind.ts';
import type { Request } from './request.ts';
import type { Result } from './result.ts';

/** Whether a result lets something be carried out. */
const changes = (result: Result): boolean => result === 'granted' || result === 'partly' || result === 'otherwise';

/** Whether this request has to be carried out before the person is told. */
export const toCarryOut = ({ kind, decided }: Pick<Request, 'kind' | 'decided'>): boolean =>
  hasEffect(kind) && decided !== null && changes(decided.result);

/** A law has the data kept, or a part of it: that is put aside instead of erased, and every other use ends. */
export const restrictsUse = (decided: Request['decided']): boolean =>
  decided?.finding != null &&
  decided.finding.answer !== 'unknown' &&
  decided.finding.duties.some((duty) => duty.do === 'restrict-use');

/** What carrying it out stops from then on: a use, a provision, or null. */
export function stopOf({ kind, decided }: Pick<Request, 'kind' | 'decided'>): 'use' | 'provision' | null {
  if (restrictsUse(decided)) return kind === 'stop-provision' ? 'provision' : 'use';
  if (decided?.result === 'otherwise') return null;
  return kind === 'stop-provision' ? 'provision' : kind === 'stop-use' ? 'use' : null;
}
