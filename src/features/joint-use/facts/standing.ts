// What was made known of a joint use and what is in force on a day; what is due and what is lacking. Pure.

import { type Bilingual, both } from '../../../base/bilingual.ts';
import { addDays, type Day, later } from '../../../base/day.ts';
import { inForce, type JointUseFacts, type JointUseField, parameters } from '../../../law/index.ts';
import type { HeldAlike } from '../../../vault/index.ts';
import { servedBy } from '../../checkpoint/index.ts';
import type { JointUse, Known, Notice, StatedNotice } from './joint-use.ts';

/** First day on which a notice is both public and in effect; null = not published. */
const heldFrom = ({ effectiveOn, publicOn }: StatedNotice): Day | null =>
  publicOn === null ? null : later(publicOn, effectiveOn);

/** Combines notices in the order in which they take effect; null without a first notice. */
function folded(notices: readonly StatedNotice[]): Notice | null {
  const [first, ...later] = notices.toSorted((a, b) =>
    a.effectiveOn === b.effectiveOn ? a.notice - b.notice : a.effectiveOn < b.effectiveOn ? -1 : 1,
  );
  if (first?.change !== 'start') return null;
  return later.reduce(
    (now, { states }) => ({ ...now, ...states, responsible: { ...now.responsible, ...states.responsible } }),
    first.states as Notice,
  );
}

const isEnded = ({ endedOn }: JointUse, on: Day): boolean => endedOn !== null && endedOn <= on;

/** The notice that is public and in effect on a day; null before the first one and after the end. */
export const noticeOn = (use: JointUse, on: Day): Notice | null =>
  isEnded(use, on)
    ? null
    : folded(
        use.notices.filter((one) => {
          const from = heldFrom(one);
          return from !== null && from <= on;
        }),
      );

/** The terms in effect on a day, whether they were published or not. */
export const actualOn = (use: JointUse, on: Day): Notice | null =>
  folded(use.notices.filter(({ effectiveOn }) => effectiveOn <= on));

/** Changes that are public and take effect later. */
export const comingOn = (use: JointUse, on: Day): StatedNotice[] =>
  use.notices.filter(({ publicOn, effectiveOn }) => publicOn !== null && publicOn <= on && effectiveOn > on);

/** One version of what the public could read: from its first day to the day before the next. */
export interface Span {
  from: Day;
  /** Null = still public. */
  until: Day | null;
  /** The notices that begin on this day. */
  notices: StatedNotice[];
  notice: Notice;
}

/** Returns every version that was public up to a day, oldest first. */
export function spansOf(use: JointUse, on: Day): Span[] {
  const days = [...new Set(use.notices.flatMap((one) => heldFrom(one) ?? []))]
    .filter((from) => from <= on && (use.endedOn === null || from < use.endedOn))
    .sort();
  return days.map((from, i) => {
    const next = days[i + 1];
    const end = next ?? (isEnded(use, on) ? use.endedOn : null);
    return {
      from,
      until: end === null ? null : addDays(end, -1),
      notices: use.notices.filter((one) => heldFrom(one) === from),
      notice: noticeOn({ ...use, endedOn: null }, from)!,
    };
  });
}

export const standings = ['draft', 'planned', 'in-force', 'ended'] as const;

export type Standing = (typeof standings)[number];

export function standingOn(use: JointUse, on: Day): Standing {
  if (isEnded(use, on)) return 'ended';
  const [first] = use.notices;
  if (!first) return 'draft';
  return first.effectiveOn <= on ? 'in-force' : 'planned';
}

/**
 * Days read into “without delay” (遅滞なく). The law names no number: within these days the alarm is a warning, after them the promise is broken.
 */
const WITHOUT_DELAY_DAYS = 14;

/** Last day for publishing a change that is told after it. */
export const publishBy = ({ effectiveOn }: Pick<StatedNotice, 'effectiveOn'>): Day =>
  addDays(effectiveOn, WITHOUT_DELAY_DAYS);

/** The problem of a day for publishing a change that is told after it: the day is before the change, or too late. */
export function toldAfterProblem(effectiveOn: Day, on: Day, today: Day): Bilingual | null {
  if (on < effectiveOn)
    return both('変わる日か、その後の日にしてください', 'Choose the day of the change or a later one');
  return on > today && on > publishBy({ effectiveOn })
    ? both('遅滞なく公表します。もっと早い日にしてください', 'It is published without delay. Choose an earlier day')
    : null;
}

/** Changes of a joint use that took effect and are not published; none once it has ended. */
export const duesOn = (use: JointUse, on: Day): StatedNotice[] =>
  isEnded(use, on) ? [] : use.notices.filter((one) => one.publicOn === null && one.effectiveOn <= on);

/** Returns the fields that the law in force on a day requires and the notice lacks. */
export function lackingIn(notice: Notice, on: Day): JointUseField[] {
  const needed = inForce(parameters.jointUseFields, on) ?? [];
  const listed = listedIn(notice);
  return needed.filter(
    (field) =>
      !listed.includes(field) && (field !== 'responsible-representative' || notice.responsible.kind === 'corporation'),
  );
}

/** The fields that a notice has. The fact of joint use is stated by the notice itself. */
function listedIn({ items, scope, purposes, responsible }: Notice): JointUseField[] {
  const holds: [JointUseField, boolean][] = [
    ['fact', true],
    ['items', items.length > 0],
    ['users', scope.ja !== ''],
    ['purposes', purposes.length > 0],
    ['responsible-name', responsible.name.ja !== ''],
    ['responsible-address', responsible.address.ja !== ''],
    ['responsible-representative', (responsible.representative?.ja ?? '') !== ''],
  ];
  return holds.filter(([, held]) => held).map(([field]) => field);
}

export interface SharingAsk {
  /** The holding from which items are to be shared. */
  holding: string;
  /** Id of the recipient. */
  recipient: string;
}

/** The facts of 27(5)(iii) about sharing on a day. Without a notice and after the end, nothing is made known. */
export function sharingFacts(use: JointUse, { holding, recipient }: SharingAsk, on: Day): JointUseFacts {
  const [first] = use.notices;
  const known = noticeOn(use, on) ?? (first && folded([first]));
  if (!first || !known || isEnded(use, on)) {
    return { noticeOn: null, published: false, listed: [], items: [], recipientInScope: false, purposes: [] };
  }
  return {
    noticeOn: first.publicOn,
    published: first.publicOn !== null && first.publicOn <= on,
    listed: listedIn(known),
    responsibleKind: known.responsible.kind,
    items: known.items.filter((item) => item.holding === holding).map(({ code }) => code),
    recipientInScope: known.members.includes(recipient),
    purposes: known.purposes.map(({ id }) => id),
  };
}

/** The items shared and their purposes, including purposes announced for later; null without a notice and after the end. */
export function announcedOn(use: JointUse, on: Day): Pick<Notice, 'items' | 'purposes'> | null {
  const [first] = use.notices;
  if (!first || isEnded(use, on)) return null;
  const { items, purposes } = noticeOn(use, on) ?? folded([first])!;
  const all = [...purposes, ...comingOn(use, on).flatMap(({ states }) => states.purposes ?? [])];
  return { items, purposes: [...new Map(all.map((one) => [one.id, one])).values()] };
}

/** Persons of a shared holding who, when their shared items were collected, were not told of some of the users' purposes. */
export interface Untold {
  holding: string;
  people: number;
  /** Ids of those purposes. */
  purposes: string[];
}

/**
 * Returns the persons of the shared holdings who were not told of every purpose of the notice, item by item (18(1)); nothing of theirs is shared for
 * the missing ones. A change of purpose in force in the holding counts as having been told.
 */
export function untoldIn(
  { items, purposes }: Pick<Notice, 'items' | 'purposes'>,
  classes: readonly HeldAlike[],
  { holdings }: Pick<Known, 'holdings'>,
): Untold[] {
  return [...new Set(items.map(({ holding }) => holding))].flatMap((holding) => {
    const shared = items.filter((item) => item.holding === holding).map(({ code }) => code);
    const changes = holdings.get(holding)?.changes ?? [];
    const lacking = classes
      .filter((one) => one.holding === holding)
      .map(({ heldFor, people }) => ({
        people,
        purposes: purposes.flatMap(({ id }) => {
          const serving = servedBy({ changes }, id);
          return shared.some((code) => heldFor.get(code)?.some((told) => serving.includes(told)) === false) ? [id] : [];
        }),
      }))
      .filter((one) => one.purposes.length > 0);
    const people = lacking.reduce((sum, one) => sum + one.people, 0);
    return people > 0 ? [{ holding, people, purposes: [...new Set(lacking.flatMap((one) => one.purposes))] }] : [];
  });
}
