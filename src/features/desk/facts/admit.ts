// Whether an event may happen to a request now. No person is looked at before the requester is identified, and nothing is answered twice.

import { addDays, type Day } from '../../../base/day.ts';
import type { FieldProblem } from '../../../base/outcome.ts';
import { showsRepresentative } from '../../../law/index.ts';
import { decideBy, deskDays, eraseOn, extendableTo, isFormDue, owedFrom, sentOn } from './clocks.ts';
import { foundBy } from './dismissal.ts';
import { toCarryOut } from './effect.ts';
import { checks, leavesAskerOpen, type EventBody, type EventName, type EventOf, type Identified } from './event.ts';
import { kindsOf, looksAtPerson, type Kind } from './kind.ts';
import {
  feeHeld,
  feeOver,
  feeShort,
  feeWaivable,
  goesToAgent,
  isFeeEarly,
  isFeeOpen,
  isGivenUp,
  type Request,
} from './request.ts';
import { documentsFor, resultsOf } from './result.ts';
import { isCollected, unreviewed } from './review.ts';
import { firstOf, no, notBefore, type Says } from './says.ts';
import { isOut, undeliveredProblem } from './undelivered.ts';

/** What forbids looking at the person: a consultation, a requester who is not identified, something missing, a fee still to come. */
const unknownPerson = (r: Request): readonly (readonly [boolean, string, Says])[] => [
  [!looksAtPerson(r.kind), 'event', 'consultation'],
  [r.identified === null, 'identified', 'unidentified'],
  [r.lacks.length > 0, 'papers', 'waiting'],
  [isFeeOpen(r), 'fee', 'feeOpen'],
];

/** A decision may be taken anew until it is carried out or told: what it was to do may have become impossible (34(3), 35(7), 36). */
const settled = (r: Request): readonly (readonly [boolean, string, Says])[] => [
  [r.carriedOut !== null, 'event', 'carriedOut'],
  [r.notified !== null, 'event', 'notified'],
];

function requesterProblem({ requester, represents, authority }: Identified): FieldProblem | null {
  if (requester === 'principal') {
    return firstOf(
      [represents !== null, 'represents', 'noRepresents'],
      [authority.length > 0, 'authority', 'noAuthority'],
    );
  }
  if (requester === 'legal-representative') {
    return firstOf(
      [represents === null, 'represents', 'represents'],
      [authority.length === 0, 'authority', 'authority'],
      [represents !== null && !showsRepresentative(represents, authority), 'authority', 'lawful'],
    );
  }
  return firstOf(
    [represents !== null, 'represents', 'noRepresents'],
    [!authority.includes('power-of-attorney'), 'authority', 'mandate'],
  );
}

function decisionProblem(r: Request, { on, result }: EventOf<'decided'>): FieldProblem | null {
  const { specified } = r;
  const before = looksAtPerson(r.kind)
    ? firstOf(
        ...settled(r),
        ...unknownPerson(r),
        [specified === null, 'specified', 'unspecified'],
        [specified !== null && specified.principals.length > 0 && r.collected === null, 'collected', 'uncollected'],
        [unreviewed(r).length > 0, 'reviews', 'unreviewed'],
      )
    : firstOf(...settled(r));
  const nobody = specified?.principals.length === 0 && (r.collected?.holdings.length ?? 0) === 0;
  return (
    before ??
    firstOf(
      [!resultsOf(r.kind, r.unreachable).includes(result), 'result', 'result'],
      [nobody && result !== 'absent' && result !== 'refused', 'result', 'nothingHeld'],
      notBefore(on, owedFrom(r), r.identified?.on, specified?.on, r.collected?.on, r.decided?.on),
    )
  );
}

/** True while nothing has been done that depends on the kind of the request. */
export const mayBeAnother = (r: Request): boolean =>
  r.formsSentOn === null && r.papers === null && r.identified === null && r.decided === null;

/** The day the answer was recorded as undelivered, which nothing that goes out again may precede; null when nothing goes out again. */
const cameBackOn = ({ toSendAgain, undelivered }: Request): Day | null =>
  toSendAgain ? (undelivered.at(-1)?.on ?? null) : null;

/** The day of the last attempt to reach the person; null without any. */
const soughtOn = ({ sought }: Request): Day | null => sought.at(-1)?.on ?? null;

/** A right of 27 to 35 needs a requester whose identity can be checked, and who can be told the result. */
const needsSender = (
  kind: Kind,
  { anonymous, unreachable }: { anonymous: boolean; unreachable: boolean },
): readonly (readonly [boolean, string, Says])[] => [
  [looksAtPerson(kind) && anonymous, 'anonymous', 'noName'],
  [looksAtPerson(kind) && unreachable, 'unreachable', 'noAddress'],
];

/** Why a letter without a name or an address cannot be a request of a kind; null when it can. */
export const senderNeeded = (kind: Kind, missing: { anonymous: boolean; unreachable: boolean }): FieldProblem | null =>
  firstOf(...needsSender(kind, missing));

type Rule<E extends EventName> = (request: Request, event: EventOf<E>) => FieldProblem | null;

/** The rule of each event for an open request. `admit` refuses days later than today before it calls one. */
const rules: { [E in EventName]: Rule<E> } = {
  registered: () => no('event', 'begun'),
  acknowledged: (r, { on }) =>
    firstOf(
      [r.unreachable, 'event', 'unreachable'],
      [r.acknowledgedOn !== null, 'event', 'acknowledged'],
      [isFormDue(r), 'event', 'formFirst'],
      notBefore(on, owedFrom(r)),
    ),
  addressed: (r, { on }) =>
    firstOf(
      [!r.unreachable && !isGivenUp(r), 'event', 'reachable'],
      notBefore(on, r.arrivedOn, r.decided?.on, cameBackOn(r)),
    ),
  'forms-sent': (r, { on }) =>
    firstOf(
      [!r.form, 'event', 'noForm'],
      [r.decided !== null, 'event', 'answered'],
      [r.formsSentOn !== null, 'event', 'sent'],
      [r.identified !== null, 'event', 'identified'],
      notBefore(on, r.arrivedOn),
    ),
  'papers-received': (r, { on, feeYen }) =>
    firstOf(
      [r.decided !== null, 'event', 'answered'],
      [r.identified !== null && r.lacks.length === 0, 'event', 'identified'],
      [!Number.isSafeInteger(feeYen) || feeYen < 0, 'feeYen', 'yen'],
      notBefore(on, r.arrivedOn, r.papersLastOn),
    ),
  'papers-short': (r, { on, anew, lacks: missing, addressee }) => {
    const doubted = goesToAgent(r) && leavesAskerOpen(missing);
    return firstOf(
      // After a form went out, papers that never came back can be asked for too.
      [r.papers === null && !(r.form && r.formsSentOn !== null), 'papers', 'noPapers'],
      // An answer that lies ready is taken back together with the decision it rests on.
      [r.carriedOut !== null, 'event', 'carriedOut'],
      [isOut(r), 'event', 'answerSent'],
      [r.decided !== null && anew !== true, 'event', 'answered'],
      // Once the requester is identified, papers that show who asks are asked for only when that is in doubt (`anew`).
      [r.identified !== null && leavesAskerOpen(missing) && anew !== true, 'event', 'identified'],
      [missing.length === 0, 'lacks', 'lacks'],
      [r.eased && missing.includes('form'), 'lacks', 'easedForm'],
      [missing.includes('fee') && (isFeeEarly(r) || (r.feeAfter && anew === true)), 'lacks', 'feeEarly'],
      [missing.includes('fee') && feeShort(r) === 0, 'lacks', 'feeSettled'],
      [r.lacks.length > 0 && r.waitsUntil !== null, 'event', 'waiting'],
      [doubted && addressee === undefined, 'addressee', 'addressee'],
      [!doubted && addressee !== undefined, 'addressee', 'noAddressee'],
      notBefore(on, r.formsSentOn, r.papersLastOn, r.shortOn),
    );
  },
  identified: (r, event) =>
    firstOf(
      [!looksAtPerson(r.kind), 'event', 'consultation'],
      [r.identified !== null, 'event', 'identified'],
      // A dismissal has gone out; whoever may ask after all asks anew.
      [r.decided !== null, 'event', 'answered'],
      [r.papers === null, 'papers', 'noPapers'],
      [r.lacks.length > 0, 'papers', 'waiting'],
      [r.papers?.unreadable === true, 'papers', 'unreadable'],
      [r.form && r.papers?.form !== 'right', 'papers', 'wrongForm'],
      [!r.feeAfter && feeShort(r) > 0, 'fee', 'feeShort'],
      [event.documents.length === 0, 'documents', 'documents'],
      [!checks.every((check) => event.checked.includes(check)), 'checked', 'checked'],
      [!event.numbersCovered, 'numbersCovered', 'covered'],
      notBefore(event.on, r.papersLastOn, r.resumedOn),
    ) ?? requesterProblem(event),
  'fee-waived': (r, { on, yen }) =>
    firstOf(
      [r.decided !== null, 'event', 'answered'],
      [r.fee.due > 0 && isFeeEarly(r), 'event', 'feeEarly'],
      // Nobody has been asked for anything yet.
      [r.papers === null && !(r.form && r.formsSentOn !== null), 'papers', 'noPapers'],
      [feeWaivable(r) === 0, 'event', 'feeSettled'],
      [yen !== feeWaivable(r), 'yen', 'feeAmount'],
      notBefore(on, r.formsSentOn, r.papersLastOn, r.shortOn, r.identified?.on),
    ),
  refunded: (r, { on, yen }) =>
    firstOf(
      [r.papers === null, 'papers', 'noPapers'],
      [!Number.isSafeInteger(yen) || yen < 1 || yen > feeHeld(r), 'yen', 'amount'],
      notBefore(on, r.papersOn),
    ),
  specified: (r, { on, anew, principals, matches, toldApart }) =>
    firstOf(
      ...settled(r),
      [r.decided !== null && anew !== true, 'event', 'answered'],
      ...unknownPerson(r),
      [(principals.length === 0) !== (matches === 0), 'principal', 'matches'],
      [principals.length > matches || new Set(principals).size < principals.length, 'principal', 'matches'],
      [matches > 1 && toldApart === null, 'toldApart', 'toldApart'],
      [matches < 2 && toldApart !== null, 'toldApart', 'alone'],
      notBefore(on, r.identified?.on, r.resumedOn),
    ),
  collected: (r, { on, anew }) =>
    firstOf(
      ...settled(r),
      [r.decided !== null && anew !== true, 'event', 'answered'],
      ...unknownPerson(r),
      [r.specified === null, 'specified', 'unspecified'],
      notBefore(on, r.specified?.on),
    ),
  reviewed: (r, { on, anew, decision, ground, ...review }) => {
    const held = decision === 'withhold' || decision === 'redact';
    return firstOf(
      [r.decided !== null && anew !== true, 'event', 'answered'],
      ...settled(r),
      ...unknownPerson(r),
      [r.collected === null, 'collected', 'uncollected'],
      [r.collected !== null && !isCollected(r.collected, review), 'item', 'notCollected'],
      [held && ground === null, 'ground', 'ground'],
      [!held && ground !== null, 'ground', 'noGround'],
      notBefore(on, r.collected?.on),
    );
  },
  decided: decisionProblem,
  'carried-out': (r, { on }) =>
    firstOf(
      [r.decided === null, 'event', 'undecided'],
      [!toCarryOut(r), 'event', 'noEffect'],
      [r.carriedOut !== null, 'event', 'carriedOut'],
      notBefore(on, r.decided?.on),
    ),
  notified: (r, { on, by, documents, addressChecked }) =>
    firstOf(
      [r.unreachable, 'event', 'unreachable'],
      [r.decided === null, 'event', 'undecided'],
      [r.toSendAgain && by !== 'electronic', 'by', 'postAgain'],
      [r.notified !== null && !r.toSendAgain, 'event', 'notified'],
      [r.toSendAgain && addressChecked !== true, 'addressChecked', 'addressUnchecked'],
      [toCarryOut(r) && r.carriedOut === null, 'event', 'uncarried'],
      [
        r.decided !== null && !documentsFor(r.kind, r.decided.result).every((one) => documents.includes(one)),
        'documents',
        'letters',
      ],
      notBefore(on, r.decided?.on, r.carriedOut?.on, cameBackOn(r)),
    ),
  delivered: (r, { on, by, addressChecked, handed }) => {
    const byLink = by === 'electronic';
    const inPerson = by === 'visit';
    return firstOf(
      [r.notified === null, 'event', 'unnotified'],
      [!byLink && r.delivered.some((one) => one.by !== 'electronic'), 'event', 'posted'],
      [by === 'own-mail' && r.notified?.by !== by && !r.toSendAgain, 'by', 'ownMail'],
      [inPerson && handed === undefined, 'handed', 'handed'],
      [inPerson && handed?.identityChecked !== true, 'identityChecked', 'counterUnchecked'],
      [!inPerson && handed !== undefined, 'handed', 'notHanded'],
      // Whoever hands it over sees to whom.
      [r.toSendAgain && !byLink && !inPerson && addressChecked !== true, 'addressChecked', 'addressUnchecked'],
      notBefore(on, r.notified?.on, byLink ? null : cameBackOn(r)),
    );
  },
  undelivered: undeliveredProblem,
  sought: (r, { on, how, letter }) =>
    firstOf(
      [!r.toSendAgain, 'event', 'notAstray'],
      [letter === true && how !== 'letter' && how !== 'email', 'how', 'noLetter'],
      notBefore(on, cameBackOn(r), soughtOn(r)),
    ),
  closed: (r, { on, unreachable = false, undelivered = false }) =>
    firstOf(
      [undelivered && !r.toSendAgain, 'event', 'notAstray'],
      [undelivered && soughtOn(r) === null, 'event', 'unsought'],
      [undelivered && on <= addDays(soughtOn(r) ?? on, deskDays.waits), 'on', 'stillSeeking'],
      [unreachable && !r.unreachable, 'event', 'reachable'],
      [!unreachable && r.unreachable, 'event', 'unreachable'],
      [r.unreachable && r.decided === null, 'event', 'undecided'],
      [!undelivered && !r.unreachable && r.delivered.length === 0, 'event', 'undelivered'],
      [feeOver(r) > 0, 'fee', 'feeOver'],
      notBefore(on, r.decided?.on, r.delivered.at(-1)?.on),
    ),
  extended: (r, { on, until }) =>
    firstOf(
      [r.decided !== null, 'event', 'answered'],
      [until <= decideBy(r), 'until', 'until'],
      [until <= on, 'until', 'untilOver'],
      [until > extendableTo(r, true), 'until', 'tooLong'],
      notBefore(on, owedFrom(r)),
    ),
  withdrawn: (r, { on }) =>
    firstOf(
      // An answer that lies ready does not prevent a withdrawal; it is not sent.
      [r.carriedOut !== null, 'event', 'carriedOut'],
      [sentOn(r) !== null, 'event', 'answerSent'],
      [feeOver(r) > 0, 'fee', 'feeOver'],
      notBefore(on, r.arrivedOn, r.papersLastOn),
    ),
  dismissed: (r, { on, ground, finding }) => {
    const waits = ground === 'lacking';
    return firstOf(
      [!looksAtPerson(r.kind), 'event', 'undismissable'],
      [r.decided !== null, 'event', 'answered'],
      [waits && r.lacks.length === 0, 'ground', 'notLacking'],
      [waits && r.waitsUntil === null, 'ground', 'untoldEnd'],
      [waits && r.waitsUntil !== null && on <= r.waitsUntil, 'on', 'stillWaiting'],
      [finding.answer !== 'no', 'ground', 'notNo'],
      notBefore(on, r.arrivedOn, r.formsSentOn, r.papersLastOn, r.shortOn, r.identified?.on),
    );
  },
  assigned: () => null,
  eased: (r, { eased }) =>
    firstOf(
      [sentOn(r) !== null, 'event', 'answerSent'],
      [r.eased === eased, 'event', eased ? 'easedAlready' : 'notEased'],
    ),
  amended: (r, { kind, scope, arrivedOn, sender, agent = [], ...changes }) => {
    const another = kind !== r.kind || scope !== r.scope;
    const { anonymous = r.anonymous, unreachable = r.unreachable } = changes;
    const stays = anonymous === r.anonymous && unreachable === r.unreachable && sender.length + agent.length === 0;
    return firstOf(
      [arrivedOn > r.registeredOn, 'arrivedOn', 'lateArrival'],
      [
        [r.formsSentOn, r.papersOn, r.addressedOn].some((on) => on !== null && on < arrivedOn),
        'arrivedOn',
        'afterNext',
      ],
      [another && !mayBeAnother(r), 'kind', 'kindFixed'],
      [!kindsOf(scope).includes(kind), 'kind', 'kind'],
      ...needsSender(kind, { anonymous, unreachable }),
      [unreachable && !r.unreachable && sentOn(r) !== null, 'unreachable', 'answerSent'],
      [!another && arrivedOn === r.arrivedOn && stays, 'event', 'unamended'],
    );
  },
  'papers-erased': () => no('event', 'notClosed'),
};

/**
 * The rule for a closed request. Its papers are erased on their day. Until they are, it is opened again when its answer turns out undelivered, or when
 * there is an address to answer to after all.
 */
function afterClosing(r: Request, event: EventBody): FieldProblem | null {
  if (event.event === 'papers-erased')
    return firstOf([r.erasedOn !== null, 'event', 'erased'], [event.on < eraseOn(r)!, 'on', 'keep']);
  if (event.event === 'undelivered')
    return r.erasedOn === null ? undeliveredProblem(r, event) : no('event', 'returnedLate');
  if (event.event === 'addressed')
    return (
      firstOf(
        [r.withdrawn, 'event', 'withdrawnAlready'],
        [r.erasedOn !== null, 'event', r.unreachable ? 'addressedLate' : 'returnedLate'],
      ) ?? rules.addressed(r, event)
    );
  return no('event', 'closed');
}

/**
 * The rule for a new request: it cannot arrive after it is registered, nor be of a kind that its scope does not have, or that needs a name or an
 * address it does not have.
 */
const beginning = (event: EventBody): FieldProblem | null =>
  event.event === 'registered'
    ? firstOf(
        [event.arrivedOn > event.on, 'arrivedOn', 'future'],
        [!kindsOf(event.scope).includes(event.kind), 'kind', 'kind'],
        ...needsSender(event.kind, { anonymous: event.anonymous === true, unreachable: event.unreachable === true }),
      )
    : no('event', 'unbegun');

/**
 * Returns why an event may not happen to a request on a day, or null when it may. `request` is null when it does not exist yet. The problem names a
 * field of the event.
 */
export function admit(request: Request | null, event: EventBody, today: Day): FieldProblem | null {
  if (event.on > today) return no('on', 'future');
  if (request === null) return beginning(event);
  if (request.closedOn !== null) return afterClosing(request, event);
  const rule = rules[event.event] as (r: Request, e: EventBody) => FieldProblem | null;
  return rule(foundBy(request, event.event), event);
}
