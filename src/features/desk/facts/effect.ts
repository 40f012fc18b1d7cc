// What carrying out a decision changes, and what it stops from then on.

import { hasEffect } from './kind.ts';
import type { Request } from './request.ts';
import type { Result } from './result.ts';

/** Whether a result leaves something to carry out. */
const changes = (result: Result): boolean => result === 'granted' || result === 'partly' || result === 'otherwise';

/** Whether this request has to be carried out before the person is told. */
export const toCarryOut = ({ kind, decided }: Pick<Request, 'kind' | 'decided'>): boolean =>
  hasEffect(kind) && decided !== null && changes(decided.result);

/** Whether everything held about the person is erased. */
export const erasesAll = ({ kind, decided }: Pick<Request, 'kind' | 'decided'>): boolean =>
  kind === 'erasure' && decided?.result === 'granted';

/** True when a law requires the data or a part of it to be kept: it is put aside instead of erased, and every other use ends. */
export const restrictsUse = (decided: Request['decided']): boolean =>
  decided?.finding != null &&
  decided.finding.answer !== 'unknown' &&
  decided.finding.duties.some((duty) => duty.do === 'restrict-use');

/** What carrying it out stops from then on: use, provision, or nothing (null). */
export function stopOf({ kind, decided }: Pick<Request, 'kind' | 'decided'>): 'use' | 'provision' | null {
  if (restrictsUse(decided)) return kind === 'stop-provision' ? 'provision' : 'use';
  if (decided?.result === 'otherwise') return null;
  return kind === 'stop-provision' ? 'provision' : kind === 'stop-use' ? 'use' : null;
}
