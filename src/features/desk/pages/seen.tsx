// What every part of the page of a request receives, read once: the request, the reader, and what was sent. Knows no layout.

import { both, type Bilingual } from '../../../base/bilingual.ts';
import type { Day } from '../../../base/day.ts';
import { newId } from '../../../base/id.ts';
import { type Texts } from '../../../platform/http/index.ts';
import type { LetterState } from '../../../platform/mail.ts';
import { Dl } from '../../../platform/ui/fact-list.tsx';
import { namesInCharge, staffNames } from '../../access/index.ts';
import { sharingLabel } from '../../acquisition/index.ts';
import { standing, type Standing } from '../../checkpoint/index.ts';
import { factTexts } from '../../consultation/index.ts';
import { recipientNames } from '../../recipients/index.ts';
import { outletsOf } from '../actions/answer.ts';
import type { Case } from '../actions/cases.ts';
import type { Compared, Looked } from '../actions/look.ts';
import { actsLost, stepsLost, type LostStep } from '../actions/lost.ts';
import { othersOpen, type Other } from '../actions/others.ts';
import { linkMail, mailLost } from '../actions/parcel.ts';
import type { EventName } from '../facts/event.ts';
import { nextEvents, offeredEvents } from '../facts/next.ts';
import { withPlaces } from '../facts/place.ts';
import { isFeeAwaited, isFeeOpen } from '../facts/request.ts';
import type { Outlets } from '../facts/way.ts';
import { stepWords } from '../words.ts';
import { changeLabels, decideLabels, type Deciding, type HavingAt } from './decide.tsx';
import { deliveryLabels } from './delivery.tsx';
import { labels } from './form-words.tsx';
import type { Sent } from './form.tsx';
import { otherLabels } from './others.tsx';
import { personLabels, type Candidate } from './person.tsx';
import { reviewLabels } from './review.tsx';
import { clerkNames, type Asked, type Room } from './sheet.tsx';

const words = {
  decided: both('決め直す', 'Decide again'),
  feeAsk: both('手数料をお願いする', 'Ask for the fee'),
  feeComes: both('手数料が届いたら', 'When the fee comes'),
  identity: both('本人の確認', 'Identity'),
  uneased: both('書面に代わる方法を取り消す', 'Cancel the alternative to an ordinary letter'),
  handled: both('対応を決める', 'Decide how to handle it'),
  collected: both('もう一度集める', 'Collect again'),
  delivered: both('もう一度届ける', 'Deliver it again'),
  closed: both('届かないまま終える', 'Close without delivery'),
  found: both('本人と連絡が取れたら', 'When the person can be reached'),
  notified: both('電子で送り直す', 'Send it again electronically'),
};

export const scanLabels = {
  scan: both('写しの画像', 'Picture of the paper'),
  covered: both('番号の黒塗り', 'Covering of numbers'),
};

const allLabels: Readonly<Record<string, Bilingual>> = {
  ...scanLabels,
  ...labels,
  ...personLabels,
  ...reviewLabels,
  ...decideLabels,
  ...deliveryLabels,
  ...otherLabels,
};

/** Search terms and the values of a correction are taken exactly as typed. */
export const caseTexts: Texts = (name, c) => {
  if (name.startsWith('set/')) return { label: decideLabels.changes, kind: 'exact' };
  if (name.startsWith('sharing/')) return { label: sharingLabel };
  // The value the ledger keeps, sent along to compare with what was written in its place.
  if (name === 'opened') return { label: reviewLabels.redacted, kind: 'exact' };
  const label = allLabels[name];
  const event = c.req.param('event');
  if (event === 'specified') return { label, kind: 'exact' };
  const prose =
    /^(reason|told|measures|answer|redacted|ahead|handling|kept|sendTo)$/.test(name) ||
    (name === 'sender.address' && event === 'addressed');
  return label ? { label, kind: prose ? 'prose' : undefined } : factTexts()(name, c);
};

export const labelsOf = ({ known, stands }: Seen): Readonly<Record<string, Bilingual>> => ({
  ...allLabels,
  ...changeLabels(known.request, stands),
});

/** Everything a page of a case shows. */
export interface Seen {
  c: Asked;
  room: Room;
  known: Case;
  stands: Standing;
  staff: ReadonlyMap<string, string>;
  /** The name of the present assignee, by id. */
  inCharge: ReadonlyMap<string, string>;
  /** Those to whom a request may be assigned, or who hand an answer over; empty where no form that asks for them is shown. */
  clerks: ReadonlyMap<string, string>;
  today: Day;
  outlets: Outlets;
  sent: Sent | null;
  matches: readonly Candidate[];
  /** What was opened to tell them apart. */
  compared: readonly Compared[] | null;
  deciding: Deciding | null;
  /** What was opened to be judged. */
  looked: Looked | null;
  having: HavingAt;
  /** `seen`: somebody else took the request further meanwhile. `attempt`: the same form was sent before with other content. */
  overtaken: 'seen' | 'attempt' | null;
  /** The last mail to the person, with the link of an electronic delivery or the request to get in touch, did not arrive. */
  lost: boolean;
  /** Steps that the log has and a restored backup had not. */
  lostSteps: readonly LostStep[];
  /** How many acts about each id of the person the log alone has since a backup was restored. */
  lostActs: ReadonlyMap<string, number>;
  /** What became of the mail with the link of the last electronic delivery. */
  letter: LetterState | null;
  /** Names of the recipients a decision names, by id. */
  recipients: ReadonlyMap<string, string>;
  /** The other open requests of the person, for readers who may see those. */
  others: readonly Other[];
}

export async function seenAt(room: Room, c: Asked, known: Case): Promise<Seen> {
  const forms = [c.req.query('do'), c.req.param('event'), nextEvents(known.request, known.since)[0]];
  const outlets = await outletsOf(room.office);
  const namesClerks = forms.includes('assigned') || (forms.includes('delivered') && outlets.visits);
  return {
    c,
    room,
    known,
    stands: withPlaces(await standing(room.office), known.request),
    staff: await staffNames(
      room.access,
      known.events.map(({ by_actor }) => by_actor),
    ),
    inCharge: await namesInCharge(room.access, c.get('lang'), [known.request.assignedTo]),
    clerks: namesClerks ? await clerkNames(room, c.get('lang')) : new Map(),
    today: room.office.clock.today(),
    outlets,
    sent: null,
    matches: [],
    having: new Map(),
    compared: null,
    deciding: null,
    looked: null,
    overtaken: null,
    lost: await mailLost(room.office, known),
    lostSteps: await stepsLost(room.office, known),
    lostActs: await actsLost(room.office, known),
    letter: await linkMail(room.office, known),
    recipients: await recipientNames(room.office, known.request.decided?.acts?.recipients ?? []),
    others: c.get('may')('requests:read') ? await othersOpen(room.office.database, known) : [],
  };
}

export const stepOf = ({ room, known }: Seen): Record<string, string> => ({
  seen: String(known.request.last),
  attempt: newId(room.office.clock.now()),
});

/** What the clerk may do now, the next step first. */
export const offered = ({ known, today, outlets }: Pick<Seen, 'known' | 'today' | 'outlets'>): EventName[] =>
  offeredEvents(known.request, known.since, { today, mail: outlets.mail });

/** The form that is shown: the one that was sent, the one asked for, or the next. */
export function shownEvent(seen: Seen): EventName | undefined {
  const { c, sent } = seen;
  const next = offered(seen);
  const asked = c.req.query('do');
  return sent && next.includes(sent.event) ? sent.event : (next.find((event) => event === asked) ?? next[0]);
}

export const mayWrite = ({ c }: Pick<Seen, 'c'>): boolean => c.get('may')('requests:write');

/** The name of a step; some have another name when taken again. */
export const stepWord = ({ known: { request } }: Seen, event: EventName): Bilingual => {
  if (event === 'eased' && request.eased) return words.uneased;
  if (event === 'decided' && request.unreachable && !request.decided) return words.handled;
  if (event === 'papers-short' && isFeeOpen(request)) return words.feeAsk;
  if (event === 'papers-received' && isFeeAwaited(request)) return words.feeComes;
  if (event === 'identified' && request.feeAfter) return words.identity;
  if (request.toSendAgain && (event === 'delivered' || event === 'notified' || event === 'closed')) return words[event];
  if (event === 'addressed' && !request.unreachable) return words.found;
  return (event === 'decided' && request.decided !== null) || (event === 'collected' && request.collected !== null)
    ? words[event]
    : stepWords[event];
};

/** What was typed into a form that no longer fits, so that it can be copied. */
export const Typed = ({ seen }: { seen: Seen }) => {
  const { c, sent } = seen;
  const lang = c.get('lang');
  const typed = Object.entries(labelsOf(seen)).flatMap(([name, label]) => {
    const values = sent?.form.all(name).filter((value) => value !== '') ?? [];
    return values.length > 0 ? [[label[lang], <span translate="no">{values.join(' ')}</span>] as const] : [];
  });
  return typed.length === 0 ? null : (
    <div class="mt-3">
      <Dl items={typed} />
    </div>
  );
};
