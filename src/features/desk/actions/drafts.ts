// The letters of a request: which there are, which can be made as it stands, and which are printed for a step. What was sent is on file (copies.ts).

import { owesAcknowledgement } from '../facts/clocks.ts';
import { toCarryOut } from '../facts/effect.ts';
import { isElectronic, type EventName } from '../facts/event.ts';
import { feeDue, feeOver, feeShort, goesToAgent, type Request } from '../facts/request.ts';
import { documentsFor } from '../facts/result.ts';
import { isHeldUp } from '../facts/since.ts';
import type { Case } from './cases.ts';

export const letterNames = [
  'cover',
  'form',
  'acknowledgement',
  'lacks',
  'receipt',
  'refund',
  'extension',
  'notice',
  'posted',
  'disclosed',
  'answer',
  'code',
  'sought',
  'handover',
  'labels',
] as const;
export type LetterName = (typeof letterNames)[number];

/** A letter of a request, or the one to a recipient (by id) that was told of a correction. */
export type LetterFile = LetterName | `corrected-${string}`;

export const correctedName = (recipient: string): `corrected-${string}` => `corrected-${recipient}`;

/** The letters of the answer; none before it is decided. */
export function answerLetters(r: Request): LetterName[] {
  const { kind, decided } = r;
  // The notice says what was done, so it is written once that is done.
  if (!decided || (toCarryOut(r) && r.carriedOut === null)) return [];
  if (decided.result === 'handled') return [];
  if (kind === 'consultation') return ['answer'];
  const documents = documentsFor(kind, decided.result);
  const shown = documents.includes('data') || documents.includes('records');
  return ['notice', ...(shown ? (['disclosed'] as const) : [])];
}

/**
 * Whether an answer with something to fetch that went out electronically may still be posted; as its notice tells of a link, `posted` replaces it.
 */
const isPostable = (r: Request): boolean =>
  isElectronic(r.notified?.by) && r.delivered.length === 0 && answerLetters(r).includes('disclosed');

/** Letters on file that wait to be posted, or posted again when they did not reach the person. They go out on the day they are delivered. */
export function readyLetters(r: Request): LetterName[] {
  if (r.delivered.length > 0 || r.notified === null) return [];
  if (r.toSendAgain) return [...answerLetters(r), 'posted'];
  if (r.notified.by === 'electronic') return ['posted'];
  return r.notified.by === 'own-mail' ? [...answerLetters(r), 'posted'] : answerLetters(r);
}

/** The letters on file, as they were sent; the latest of a name last. */
export const copiesOf = ({ papers }: Pick<Case, 'papers'>): Case['papers'] =>
  papers.filter(({ kind, gone_at }) => kind === 'copy' && gone_at === null);

/** The letter of a name that was sent last. */
export const lastCopy = (known: Pick<Case, 'papers'>, name: string): Case['papers'][number] | undefined =>
  copiesOf(known).findLast(({ about }) => about === name);

/** Whether there is a postal address: a person who writes electronically may have given none, and there may be none at all. */
const isPosted = (r: Request): boolean => !r.unreachable && (r.channel !== 'electronic' || goesToAgent(r));

/** Whether the answer lies ready and may be handed over in person, where the desk takes visits. */
const isToHandOver = ({ closedOn, notified, delivered }: Request): boolean =>
  closedOn === null && notified !== null && delivered.length === 0;

/** Whether a fee is due and paid in full. */
const isPaid = (r: Request): boolean => feeDue(r) > 0 && feeShort(r) === 0;

/**
 * Whether the receipt for the fee is handed over with the answer: it is not on file, or it was not out of the house, or it came back in an envelope
 * that nobody had opened. After any other delivery it may already be with the person.
 */
export const isReceiptHandedOver = (known: Pick<Case, 'request' | 'papers'>): boolean =>
  isPaid(known.request) &&
  (!lastCopy(known, 'receipt') || known.request.undelivered.every(({ envelope }) => envelope === 'unopened'));

/**
 * Every letter that can be made as the request stands and is not on file. Of a closed one, only the receipt for the fee, which a person may ask for
 * when everything is over.
 */
export function draftsOf(known: Pick<Case, 'request' | 'papers' | 'since'>): LetterName[] {
  const { request: r, since } = known;
  if (r.erasedOn !== null) return [];
  const open = r.closedOn === null;
  const can: [boolean, readonly LetterName[]][] = [
    [open && r.form, ['cover', 'form']],
    [owesAcknowledgement(r), ['acknowledgement']],
    [open && r.lacks.length > 0, ['lacks']],
    [isPaid(r), ['receipt']],
    [open && r.fee.returned > 0, ['refund']],
    [open && r.extendedTo !== null && r.decided === null && !r.unreachable, ['extension']],
    [open && !isHeldUp(r, since), answerLetters(r)],
    [open && isPostable(r), ['posted']],
  ];
  const written = can.flatMap(([is, names]) => (is ? names : [])).filter((name) => !lastCopy(known, name));
  const always: [boolean, LetterName][] = [
    [open && feeOver(r) > 0, 'refund'],
    [open && r.notified?.by === 'electronic' && !r.toSendAgain, 'code'],
    [isToHandOver(r), 'handover'],
    [open && isPosted(r), 'labels'],
  ];
  return [...new Set([...written, ...always.flatMap(([is, name]) => (is ? [name] : []))])];
}

/** Letters that no step sends: they are on file once they are printed. */
export const onPrinting: readonly LetterName[] = ['receipt', 'posted'];

/** The letters that are printed for a step. */
export function lettersFor(known: Pick<Case, 'request' | 'papers' | 'since'>, event: EventName): LetterName[] {
  const { request: r } = known;
  // What was prepared for our own e-mail may be posted or handed over instead.
  const either = r.notified?.by === 'own-mail' && !r.toSendAgain;
  const answer = [
    ...(either || !isPostable(r) ? (['notice'] as const) : []),
    ...(isPostable(r) ? (['posted'] as const) : []),
    'disclosed',
    'answer',
  ] as const;
  const wanted: Partial<Record<EventName, readonly LetterName[]>> = {
    acknowledged: ['acknowledgement', 'labels'],
    'forms-sent': ['cover', 'form', 'labels'],
    'papers-received': r.lacks.length > 0 ? ['lacks', 'labels'] : [],
    refunded: ['refund', 'labels'],
    notified: answer,
    delivered:
      r.notified?.by === 'electronic' && !r.toSendAgain ? ['code', 'labels'] : [...answer, 'receipt', 'labels'],
  };
  const drafts = draftsOf(known);
  // A receipt for the fee is issued once.
  const again = (name: LetterName): boolean => lastCopy(known, name) !== undefined && name !== 'receipt';
  const names = (wanted[event] ?? []).filter((name) => drafts.includes(name) || again(name));
  // A label alone is printed only for the answer, whose letters lie ready when it is posted.
  return event === 'delivered' || names.some((name) => name !== 'labels') ? names : [];
}
