// The secrecy of communications beside the APPI. What it forbids stays forbidden whatever the APPI says, and what it allows the APPI still has to
// allow. Both bodies of law answer, with the grounds and duties of both.

import type { Day } from '../../base/day.ts';
import type { Finding, Missing } from '../../base/finding.ts';
import type { Contradiction } from '../contradiction.ts';
import type { CommunicationsFacts } from '../facts.ts';
import { under, type Judgements } from '../judgement.ts';
import { decideSecrecy, secrecyContradictions } from './4-secrecy.ts';

/** Asks TBA 4 when communications secrecy was claimed, then the APPI through `otherwise`. */
export function withSecrecy(
  facts: { secrecy?: CommunicationsFacts | null; judgements?: Judgements },
  on: Day,
  otherwise: () => Finding,
): Finding {
  if (!facts.secrecy) return otherwise();
  const secrecy = decideSecrecy({ ...facts.secrecy, communications: true, judgements: facts.judgements }, on);
  if (secrecy.answer === 'no') return secrecy;
  const appi = otherwise();
  if (appi.answer === 'no') return appi;
  const because: Finding['because'] = [...appi.because, ...secrecy.because];
  if (secrecy.answer === 'unknown') {
    const [first, ...more] = secrecy.missing;
    const lacking: [Missing, ...Missing[]] = [under('secrecy.', first), ...more.map((m) => under('secrecy.', m))];
    return { answer: 'unknown', because, missing: appi.answer === 'unknown' ? [...appi.missing, ...lacking] : lacking };
  }
  return appi.answer === 'unknown'
    ? { ...appi, because }
    : { ...appi, because, duties: [...appi.duties, ...secrecy.duties] };
}

/** Facts under `secrecy` that cannot all be true. */
export const joinedContradictions = (secrecy: CommunicationsFacts | null | undefined): Contradiction[] =>
  secrecyContradictions(secrecy ?? {}).map((one) => ({ ...one, field: `secrecy.${one.field}` }));
