// What a request is about may change while it waits. No event says so: it is checked whenever the request is read.

import { isDismissed } from './dismissal.ts';
import type { Review } from './event.ts';
import type { Request } from './request.ts';

/** What has changed since in what a request is about; none of its events says so. */
export interface Since {
  /** The ids found are no longer one person: whoever had linked them took that back. */
  parted: boolean;
  /** Other ids with something kept under them, linked as the same person's since. */
  joined: readonly string[];
  /** A part has been carried out already. */
  begun: boolean;
  /** Items that were judged and have changed since. */
  changed: readonly Pick<Review, 'holding' | 'item'>[];
  /** Something to decide on has come that was not there when it was collected, or that an erasure of everything would take. */
  grown: boolean;
}

export const nothingSince: Since = { parted: false, joined: [], begun: false, changed: [], grown: false };

/** Whether the person must be specified anew before anything else. Once a part was carried out, only when some of the ids are somebody else's. */
export const isAnother = ({ parted, joined, begun }: Since): boolean => parted || (joined.length > 0 && !begun);

/** Whether an answer waits for something to be done anew first. A dismissal does not: it says nothing of what is held. */
export const isHeldUp = (r: Pick<Request, 'decided' | 'carriedOut' | 'notified'>, since: Since): boolean =>
  !isDismissed(r) &&
  r.carriedOut === null &&
  r.notified === null &&
  (isAnother(since) || since.grown || since.changed.length > 0);
