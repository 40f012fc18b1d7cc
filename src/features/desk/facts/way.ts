// The ways in which an answer may go out: by what the desk has and by what the requester asked for (33(2), (5)).

import { isElectronic, ways, type Way } from './event.ts';
import type { Request } from './request.ts';
import { triedBy } from './undelivered.ts';

/** What the desk has: `visits`, its policy in force takes visits; `mail`, mail goes out from here. */
export interface Outlets {
  visits: boolean;
  mail: boolean;
}

/** Whether the requester asked for an electronic record or, where they said nothing of it, wrote electronically or cannot use an ordinary letter. */
const asksElectronic = ({ method, channel, eased }: Pick<Request, 'method' | 'channel' | 'eased'>): boolean =>
  method === null ? channel === 'electronic' || eased : method === 'electronic';

type Asked = Pick<Request, 'method' | 'channel' | 'eased' | 'undelivered'>;

/** The ways in which an answer may go out. The company's own e-mail needs somebody who asked for it, or to whom the post did not get through. */
export function waysOf(r: Asked, { visits, mail }: Outlets): Way[] {
  const is: Record<Way, boolean> = {
    post: true,
    electronic: mail,
    visit: visits,
    'own-mail': !mail && (asksElectronic(r) || triedBy(r, false)),
  };
  return ways.filter((way) => is[way]);
}

/** The ways in which an answer that lies ready, or goes out again, may be given, the one it was prepared for first. A link is sent by preparing it. */
export function waysReady(r: Asked & Pick<Request, 'notified' | 'toSendAgain'>, outlets: Outlets): Way[] {
  const by = r.notified?.by;
  return waysOf(r, outlets)
    .filter((way) => !isElectronic(way) || (way === 'own-mail' && (by === way || r.toSendAgain)))
    .toSorted((a, b) => Number(b === by) - Number(a === by));
}
