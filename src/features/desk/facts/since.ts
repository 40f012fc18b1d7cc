// What a request was about may change while it waits. No event says so: it is asked whenever the request is read.

import { isDismissed } from './dismissal.ts';
import type { Review } from './event.ts';
import type { Request } from './request.ts';

/** What has become since of what a request was about, which no event of it says. */
export interface Since {
  /** Those found are not one person any more, as whoever had linked them found. */
  parted: boolean;
  /** Other ids under which something is kept, that were linked as the same person's. */
  joined: readonly string[];
  /** A part has been carried out already. */
  begun: boolean;
  /** What was judged item by item and has changed. */
  changed: readonly Pick<Review, 'holding' | 'item'>[];
}

export const nothingSince: Since = { parted: false, joined: [], begun: false, changed: [] };

/** Whether the person has to be found anew before anything else is done; of what is begun only where some of them are somebody else. */
export const isAnother = ({ parted, joined, begun }: Since): boolean => parted || (joined.length > 0 && !begun);

/** Whether an answer waits for something to be done anew first; a dismissal says nothing of what is held. */
export const isHeldUp = (r: Pick<Request, 'decided' | 'carriedOut' | 'notified'>, since: Since): boolean =>
  !isDismissed(r) && r.carriedOut === null && r.notified === null && (isAnother(since) || since.changed.length > 0);
