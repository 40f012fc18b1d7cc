// Records that there is an address to answer to, where there was none: the person wrote again, or it was found. The answer is owed from that day, also
// when the request was closed without one.

import type { Day } from '../../../base/day.ts';
import { done, fieldOutcome, type Outcome } from '../../../base/outcome.ts';
import type { By, Room } from '../../access/index.ts';
import type { SenderPart } from '../facts/event.ts';
import type { Case } from './cases.ts';
import { happen, type Step } from './happen.ts';
import { latestPaper, paperGone } from './papers.ts';
import { isByHand, receptionProblems, senderDigest, withParts, type Sender } from './receive.ts';
import { updateReception } from '../store/requests.ts';

export interface AddressAsk {
  on: Day;
  /** What became known. A name that was missing may still be missing. */
  sender: { readonly [Part in SenderPart]?: string | undefined };
}

/** Records an address to answer to. The reason of what was decided without one stays with the papers. */
export const address = (
  desk: Room,
  by: By,
  id: string,
  step: Step,
  { on, sender: said }: AddressAsk,
): Promise<Outcome<Case>> =>
  happen(desk, by, id, step, async ({ row, request: r }, tx) => {
    const { office } = desk;
    const kept = JSON.parse((await latestPaper(tx, office, row, 'sender')) ?? 'null') as Sender | null;
    if (!kept) return paperGone;
    const { kind, channel, arrivedOn, scope, registeredOn } = r;
    const sender = withParts(kept, said);
    const anonymous = sender.name === '';
    const came = { arrivedOn, kind, channel, sender, anonymous, longAgo: true };
    const wrong = r.unreachable ? fieldOutcome(receptionProblems(came, registeredOn)) : null;
    if (wrong) return wrong;
    const byHand = isByHand(sender) ? { byHand: true as const } : {};
    return done({
      event: { event: 'addressed', on, ...(anonymous ? { anonymous: true } : {}), ...byHand },
      papers: [{ kind: 'sender', text: JSON.stringify(sender) }],
      effect: () =>
        updateReception(tx, id, { kind, scope, arrived_on: arrivedOn, sender: senderDigest(office, sender) }),
    });
  });
