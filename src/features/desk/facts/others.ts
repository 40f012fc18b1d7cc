// What carrying out one request takes from another unanswered one of the same person. The law requires each to be answered without delay (33(2),
// 34(2), 35(2), (4), (6)) and gives no order among them.

import { toCarryOut } from './effect.ts';
import type { Kind } from './kind.ts';
import type { Request } from './request.ts';
import type { Stage } from './stage.ts';

/** What is left of the information another request is about: nothing, or something other than there was. */
export type Left = 'nothing' | 'other';

/** Kinds that find nothing once everything about the person is erased; records of provision outlast it (29(2)). */
const aboutContent: readonly Kind[] = ['disclosure', 'purpose-notice', 'correction'];

/** What a request of kind `change` leaves for one of kind `other`, once carried out; null: all of it. */
export function leaves(change: Kind, other: Kind): Left | null {
  if (change === 'erasure') return aboutContent.includes(other) ? 'nothing' : null;
  return change === 'correction' && other === 'disclosure' ? 'other' : null;
}

/** Whether a request may still erase or correct something; another measure in its place does neither. */
export const isToChange = (r: Pick<Request, 'kind' | 'decided' | 'carriedOut'>): boolean =>
  r.carriedOut === null && (r.decided === null || (toCarryOut(r) && r.decided.result !== 'otherwise'));

/** Stages at which nothing that a request was to change is pending. A refused request, which changes nothing, is told soon and reaches them then. */
const changed: readonly Stage[] = ['carried-out', 'notified', 'delivered', 'closed'];

export const mayStillChange = (stage: Stage): boolean => !changed.includes(stage);

/** Whether a request may still need the information it is about: until its answer has reached the person, the answer may have to be made again. */
export const isAwaited = (stage: Stage): boolean => stage !== 'delivered' && stage !== 'closed';
