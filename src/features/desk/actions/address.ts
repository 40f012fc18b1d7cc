// Records that there is an address to answer to, where there was none: the person wrote again, or it was found. Or that the person can be reached after
// all, whose answer never arrived. The answer is owed from that day, also when the request was closed without one.

import type { Day } from '../../../base/day.ts';
import { both } from '../../../base/bilingual.ts';
import { done, fieldOutcome, invalid, type Outcome } from '../../../base/outcome.ts';
import type { By, Room } from '../../access/index.ts';
import type { SenderPart } from '../facts/event.ts';
import type { Case } from './cases.ts';
import { isGivenUp } from '../facts/request.ts';
import { happen, type Step } from './happen.ts';
import { latestPaper, paperGone } from './papers.ts';
import { isByHand, receptionProblems, type Sender, senderDigest } from './register.ts';
import { withParts } from './amend.ts';
import { updateReception } from '../store/requests.ts';

const says = {
  amend: both(
    '本人と連絡が取れたことだけを記録し、住所は、この後「受付の誤りを直す」で直してください',
    'Record only that the person can be reached, and correct the address afterwards with “Correct the registration”',
  ),
};

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
    // An address that has changed is corrected afterwards, with what follows from it for an agent and for the letters that lie ready.
    if (isGivenUp(r))
      return Object.values(said).some((part) => part)
        ? invalid('sender.address', says.amend)
        : done({ event: { event: 'addressed', on } });
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
