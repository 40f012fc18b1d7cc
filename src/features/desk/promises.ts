// The promises that the desk proves, from the events of the requests that are open or were closed no longer ago than their papers are kept. With no
// such request the promise is kept, and the evidence shows a zero.

import { both, type Bilingual } from '../../base/bilingual.ts';
import { addMonths, dayOf, type Day } from '../../base/day.ts';
import { groupsOf } from '../../base/groups.ts';
import {
  asLogged,
  counted,
  countOf,
  firstNamed,
  type Evidence,
  type Proof,
  type PromiseState,
} from '../../base/promise.ts';
import { provisionStopped, type CorrectionFacts, type DisclosureFacts, type SuspensionFacts } from '../../law/index.ts';
import { apart, BEGINNING, entriesOf, type LogEntry, type Place } from '../../log/index.ts';
import { keptReading, lossesIn, sharedReading, type Office, type Prover } from '../../office.ts';
import { changesOf } from '../../platform/database/index.ts';
import { feeOf, papersSuffice, policyInForce, policyVersion, policyVersions, type Operator } from '../policy/index.ts';
import { eventDigest } from './actions/happen.ts';
import { currentTexts } from './actions/texts.ts';
import { joinerOf, type Joiner } from './actions/event-words.ts';
import {
  clocksOf,
  decideBy,
  deskDays,
  eraseOn,
  isFormDue,
  isUntold,
  openDaysAfter,
  owedFrom,
  sentOn,
  urgencyOf,
} from './facts/clocks.ts';
import { isDismissed } from './facts/dismissal.ts';
import { stopOf, toCarryOut } from './facts/effect.ts';
import { isElectronic, leavesAskerOpen, type EventBody } from './facts/event.ts';
import { isDisclosure, looksAtPerson } from './facts/kind.ts';
import { feeOver, feeShort, isFeeEarly, isGivenUp, numberOf, openingReasons, type Request } from './facts/request.ts';
import { documentsFor, explains, isPart } from './facts/result.ts';
import { requestFrom, requestsFrom } from './facts/stage.ts';
import { triedBy } from './facts/undelivered.ts';
import { places, sentencesAt } from './letters/texts.ts';
import { bodyOf } from './store/events.ts';
import {
  objectionsIn,
  requestsChanged,
  requestsMissing,
  requestsWithPapers,
  tracesOf,
  type ObjectionLogged,
  type Traced,
} from './store/logged.ts';
import { standingPapers } from './store/papers.ts';
import { providedAfterStops, stopsOnRecord, type ProvidedAfter } from './store/suspensions.ts';
import type { PaperRow, RequestRow, SuspensionRow } from './tables.ts';

const LIST = '/desk';

/** A request with what the promises are judged by. */
interface Judged {
  row: RequestRow;
  request: Request;
  events: readonly EventBody[];
  /** The day on which each event was recorded. */
  recorded: readonly Day[];
  /** Papers that can still be read. */
  papers: readonly Pick<PaperRow, 'kind' | 'about'>[];
  /** Whether the log has each of its events, word for word. */
  logged: boolean;
  /** Entries of the log whose event is not there. */
  missing: readonly string[];
}

/**
 * Whether each event has its log entry, and the entries without an event. An entry names its event by digest; one that an earlier version wrote has
 * no digest and is matched by its id alone.
 */
function heldAgainstLog(traces: readonly Traced[], asWritten: Joiner): Pick<Judged, 'logged' | 'missing'> {
  const entries = new Map(traces.flatMap((one) => (one.no === null ? [[one.entry_id, one] as const] : [])));
  const digests = new Set<string>();
  const events = traces.filter((one) => one.no !== null);
  const logged = events.every((one, i) => {
    const entry = entries.get(one.entry_id);
    const digest = eventDigest(asWritten(one));
    digests.add(digest);
    return one.no === i + 1 && entry?.action === `desk:${one.event}` && (entry.sha256 ?? digest) === digest;
  });
  const missing = [...entries.values()].filter(({ sha256 }) => sha256 !== null && !digests.has(sha256));
  return { logged, missing: missing.map(({ entry_id: id }) => id) };
}

/** The requests among these ids whose papers are kept; null: all such requests. */
async function readJudged(office: Office, of: readonly string[] | null): Promise<Judged[]> {
  const { database } = office;
  const rows = await requestsWithPapers(database, of);
  const ids = rows.map(({ id }) => id);
  const [traces, papers, asWritten] = await Promise.all([
    tracesOf(database, ids),
    standingPapers(database, ids),
    joinerOf(office, rows),
  ]);
  const ofRequest = new Map(
    ids.map((id) => [id, { traces: [] as Traced[], papers: [] as Judged['papers'][number][] }]),
  );
  for (const one of traces) ofRequest.get(one.request_id)!.traces.push(one);
  for (const paper of papers) ofRequest.get(paper.request_id)!.papers.push(paper);
  return rows.map((row) => {
    const of = ofRequest.get(row.id)!;
    const rows = of.traces.flatMap((one) => (one.no === null ? [] : [one]));
    const events = rows.map(bodyOf);
    const recorded = rows.map(({ at }) => dayOf(at.getTime()));
    const held = heldAgainstLog(of.traces, asWritten);
    return { row, request: requestFrom(events), events, recorded, papers: of.papers, ...held };
  });
}

/** The tables whose deletions are watched, and the log's rewriting. Each request itself records when something of it is added or changed. */
const TABLES = ['requests', 'request_events', 'request_papers', 'log_entries'];

interface Reading {
  taken: string;
  edge: string;
  judged: Map<string, Judged>;
  /** Entries of requests that are not there. */
  missing: readonly string[];
}
const readings = new WeakMap<Office, Reading>();

/** Every request whose papers are kept. Of those read before, only the ones that changed are read again. */
const readingOf = sharedReading(async (office): Promise<Reading> => {
  const { database } = office;
  const taken = await changesOf(database, TABLES);
  const last = readings.get(office);
  const before = last?.taken === taken ? last : null;
  const { edge, ids } = await requestsChanged(database, before?.edge ?? null);
  const read = await readJudged(office, before && ids);
  const judged = before?.judged ?? new Map<string, Judged>();
  const there = new Set(read.map(({ row }) => row.id));
  for (const id of ids) if (!there.has(id)) judged.delete(id);
  for (const one of read) judged.set(one.row.id, one);
  const now = { taken, edge, judged, missing: before?.missing ?? (await requestsMissing(database)) };
  readings.set(office, now);
  return now;
});

const judgedOf = async (office: Office): Promise<readonly Judged[]> => [...(await readingOf(office)).judged.values()];

interface Rule {
  promise: string;
  /** Whether the promise is about this request. */
  about: (judged: Judged, today: Day) => boolean;
  /** Whether the request breaks the promise. */
  wrong: (judged: Judged, today: Day) => boolean;
  /** Whether it is about to break it. */
  risk?: (judged: Judged, today: Day) => boolean;
  label: Bilingual;
  wrongLabel: Bilingual;
  fix: Bilingual;
  /** Whether something can still be done about a request that breaks it; `over`: what to do when nothing can. */
  open?: (judged: Judged) => boolean;
  over?: Bilingual;
  /** Groups among them that are counted separately, if there are any, and those that the promise is not about. */
  among?: readonly Group[];
  outside?: readonly Group[];
  /** Requests that keep the promise only because of a day that was recorded when the time was over. */
  belated?: (judged: Judged) => boolean;
}

interface Group {
  label: Bilingual;
  is: (judged: Judged) => boolean;
}

interface Happening {
  event: EventBody;
  /** The day on which it was recorded. */
  recorded: Day;
  /** The request before and after it, as of the day of arrival that is now on record. */
  before: Request;
  after: Request;
}

/** Each event of a request after its registration. */
function happenings({ events, recorded, request: { arrivedOn } }: Judged): Happening[] {
  const states = requestsFrom(events).map((request) => ({ ...request, arrivedOn }));
  return events
    .slice(1)
    .map((event, i) => ({ event, recorded: recorded[i + 1]!, before: states[i]!, after: states[i + 1]! }));
}

/** Whether an event moves or ends the time for the answer, although no answer went out. */
const endsTime = (event: EventBody): boolean =>
  event.event === 'extended' ||
  event.event === 'withdrawn' ||
  (event.event === 'amended' && event.unreachable === true);

/** Whether the person is owed an answer. While there is no address, none can be sent. */
const awaits = (r: Request): boolean => isUntold(r) && !r.unreachable;

/** The time for the answer was over when it was extended or ended, which does not undo that the person was left without an answer. */
const lapsed = (judged: Judged): boolean =>
  judged.events.some(endsTime) &&
  happened(judged, (event, before) => endsTime(event) && awaits(before) && event.on > decideBy(before));

const tookBack = (judged: Judged): boolean => judged.request.withdrawn && !lapsed(judged);

const unanswerable = (judged: Judged): boolean => judged.request.unreachable && !lapsed(judged);

const isBelated = ({ events, recorded }: Judged): boolean => events.some(({ on }, i) => on < recorded[i]!);

/** What counts as done in time was recorded only when the time was over. */
const recordedLate = (judged: Judged): boolean =>
  isBelated(judged) &&
  happenings(judged).some(
    ({ event, recorded, before }) =>
      (endsTime(event) ||
        event.event === 'delivered' ||
        (event.event === 'papers-short' && judged.request.decided?.ground === 'lacking')) &&
      awaits(before) &&
      event.on <= decideBy(before) &&
      recorded > decideBy(before),
  );

/**
 * Sent too late, or not sent although the day is over. When what was asked for never came, it counts when it was asked for: the letter said how long
 * the desk waits.
 */
const late = ({ request: r }: Judged, today: Day): boolean =>
  ((r.decided?.ground === 'lacking' ? r.shortOn : sentOn(r)) ?? today) > decideBy(r);

/** Whether an answer that did not arrive had first gone out in time; true where every answer arrived. */
const wasInTime = ({ events }: Judged): boolean => {
  const back = events.findIndex(({ event }) => event === 'undelivered');
  if (back < 0) return true;
  const before = requestFrom(events.slice(0, back));
  const on = sentOn(before);
  return on !== null && on <= decideBy(before);
};

/** The answer went out in time and never arrived, and the person could not be reached: neither answered nor left unanswered. */
const neverArrived = (judged: Judged): boolean => isGivenUp(judged.request) && wasInTime(judged);

const sentInVain = (about: (judged: Judged) => boolean): Group => ({
  label: both(
    '約束の対象外（期限のうちに送り、届かないまま終えたもの）',
    'Outside the promise: sent in time and closed without having arrived',
  ),
  is: (judged) => about(judged) && neverArrived(judged),
});

const pressing = ({ request }: Judged, today: Day): boolean =>
  isUntold(request) && urgencyOf(clocksOf(request), today) !== 'calm';

const hasReason = ({ papers }: Judged): boolean =>
  papers.some(({ kind, about }) => kind === 'reason' && about === 'decided');

/** Decided otherwise than asked for, without a recorded reason. */
const unexplained = (judged: Judged): boolean => {
  const { kind, decided } = judged.request;
  return decided !== null && explains(kind, decided.result) && !hasReason(judged);
};

/** The person was told without a document that the outcome requires. */
const halfTold = ({ request: { kind, decided, notified } }: Judged): boolean =>
  decided !== null &&
  notified !== null &&
  !documentsFor(kind, decided.result).every((one) => notified.documents.includes(one));

/** Closed, or told, without what comes before it. */
const skipped = ({ request }: Judged): boolean =>
  !request.withdrawn &&
  ((request.closedOn !== null && request.notified === null) ||
    (request.notified !== null && (request.decided === null || (toCarryOut(request) && request.carriedOut === null))));

/** The person's data was looked at before the requester was identified, or while that was in doubt. */
const lookedEarly = ({ events }: Judged): boolean => {
  let known = false;
  return events.some((event) => {
    if (event.event === 'identified') known = true;
    if (event.event === 'papers-short' && event.anew) known = false;
    return !known && ['specified', 'collected', 'reviewed', 'decided'].includes(event.event);
  });
};

const formDue = (r: Request): Day | undefined => openDaysAfter(owedFrom(r), deskDays.acknowledgement);

const isOver = (on: Day, due: Day | undefined): boolean => due !== undefined && on > due;

/** The event by which the form went out or was no longer to go out. Null while it is due, and where the registration was corrected. */
const formEnd = (judged: Judged): Happening | null =>
  happenings(judged).find(
    ({ event, before, after }) => event.event !== 'amended' && isFormDue(before) && !isFormDue(after),
  ) ?? null;

const formsLate = (judged: Judged, today: Day): boolean => {
  const end = isFormDue(judged.request) ? null : formEnd(judged);
  return isOver(end?.event.on ?? today, formDue(judged.request));
};

/** A form that is due, or that went out or was left unsent no longer ago than papers are kept: an old delay is over one day. */
function formsOfLate(judged: Judged, today: Day): boolean {
  const { request } = judged;
  if (isFormDue(request)) return true;
  const end = formEnd(judged);
  return (
    end !== null &&
    (end.event.event === 'forms-sent' || isOver(end.event.on, formDue(request))) &&
    addMonths(end.event.on, deskDays.papersMonths) > today
  );
}

const formRecordedLate = (judged: Judged): boolean => {
  const end = isBelated(judged) ? formEnd(judged) : null;
  return end?.event.event === 'forms-sent' && isOver(end.recorded, formDue(judged.request));
};

/** Whether an event was wrong for the request as it stood then, since what is asked of a person may change on the way. */
const happened = (judged: Judged, is: (event: EventBody, before: Request) => boolean): boolean =>
  happenings(judged).some(({ event, before }) => is(event, before));

/** Dismissed because something was missing, before the person had been told of it and had the time that the letter gave. */
const dismissedEarly = (judged: Judged): boolean =>
  happened(
    judged,
    (event, { lacks, waitsUntil }) =>
      event.event === 'dismissed' &&
      event.ground === 'lacking' &&
      (lacks.length === 0 || waitsUntil === null || event.on <= waitsUntil),
  );

/** The desk asked for something that the request does not need as published: not for its kind, not yet, or not any more. */
const askedTooMuch = (judged: Judged): boolean =>
  happened(
    judged,
    (event, before) =>
      event.event === 'papers-short' &&
      ((event.lacks.includes('form') && !before.form) ||
        (event.lacks.includes('fee') && (feeShort(before) === 0 || isFeeEarly(before))) ||
        (leavesAskerOpen(event.lacks) &&
          (!looksAtPerson(before.kind) || (before.identified !== null && event.anew !== true)))),
  );

/** A form is asked for, or was sent or asked for once it was known that an ordinary letter is difficult. */
const formAsked = (judged: Judged): boolean =>
  judged.request.form ||
  happened(
    judged,
    (event, { eased }) =>
      eased && (event.event === 'forms-sent' || (event.event === 'papers-short' && event.lacks.includes('form'))),
  );

/** A copy of an identity paper is kept although it was checked, or is not to be checked any more. */
const copyLeft = ({ request, papers }: Judged): boolean =>
  (request.identified !== null || request.closedOn !== null) && papers.some(({ kind }) => kind === 'identity');

const uninquired = ({ request: { decided } }: Judged): boolean => {
  const facts = (decided?.facts ?? {}) as CorrectionFacts;
  const needless = facts.retained === false || facts.content === 'evaluation' || facts.otherProcedure === true;
  return facts.inquiry === undefined && !needless;
};

const groundless = ({ request: { decided } }: Judged): boolean =>
  ((decided?.facts ?? {}) as SuspensionFacts).reason === undefined || !decided?.finding?.because.length;

/** Disclosed in another way than the person chose, without saying that it was difficult and without having tried the chosen way in vain. */
const anotherWay = ({ request }: Judged): boolean => {
  const { decided, notified } = request;
  const { method, methodDifficult } = (decided?.facts ?? {}) as DisclosureFacts;
  if (method === undefined) return true;
  const electronic = method === 'electronic';
  if (methodDifficult || method === 'set-by-company' || triedBy(request, electronic)) return false;
  return electronic !== isElectronic(notified?.by);
};

const rights = ({ request }: Judged): boolean => looksAtPerson(request.kind);
const decidedOf =
  (...kinds: Request['kind'][]) =>
  ({ request }: Judged): boolean =>
    request.decided !== null && !isDismissed(request) && kinds.includes(request.kind);
const requests = both('請求', 'Requests');

const answered = (promise: string, label: Bilingual, about: (judged: Judged) => boolean): Rule => ({
  promise,
  about: (judged) => about(judged) && !tookBack(judged) && !neverArrived(judged),
  // A person who can be reached again waits anew; that the answer first went out too late stays so.
  wrong: (judged, today) =>
    late(judged, today) ||
    lapsed(judged) ||
    skipped(judged) ||
    dismissedEarly(judged) ||
    (judged.request.addressedOn !== null && !wasInTime(judged)),
  risk: pressing,
  belated: recordedLate,
  among: [{ label: both('うち、却下したもの', 'Of these dismissed'), is: ({ request }) => isDismissed(request) }],
  outside: [sentInVain(about)],
  label,
  wrongLabel: both('期限のうちに知らせていないもの', 'Not answered in time'),
  fix: both(
    '期限を過ぎた請求を開き、すぐに決めて知らせます。',
    'Open the overdue requests, decide and tell the person at once.',
  ),
});

const rules: Rule[] = [
  answered(
    'requests-answered',
    both('お客様の請求', 'Requests of customers'),
    (judged) => rights(judged) && judged.request.scope === 'customer',
  ),
  answered(
    'my-number-requests-answered',
    both('お取引先の請求', 'Requests of partners'),
    (judged) => rights(judged) && judged.request.scope === 'my-number',
  ),
  {
    ...answered(
      'consultations-answered',
      both('相談', 'Consultations'),
      (judged) => !rights(judged) && !unanswerable(judged),
    ),
    outside: [
      {
        label: both('約束の対象外（返信先がなく、答えを送れないもの）', 'Outside the promise: no address to answer to'),
        is: (judged) => unanswerable(judged) && !tookBack(judged),
      },
      sentInVain((judged) => !rights(judged)),
    ],
  },
  {
    promise: 'result-notified',
    about: (judged) => rights(judged) && !judged.request.withdrawn && !neverArrived(judged),
    outside: [sentInVain(rights)],
    wrong: (judged, today) =>
      skipped(judged) || halfTold(judged) || (judged.request.decided !== null && late(judged, today)),
    risk: ({ request }) => request.decided !== null && isUntold(request),
    label: requests,
    wrongLabel: both('結果を知らせていないもの', 'Without a notice of the result'),
    fix: both('決定した請求を開き、結果を知らせます。', 'Open the decided requests and tell the result.'),
  },
  {
    promise: 'request-arrival-recorded',
    about: () => true,
    wrong: ({ row, request }) => row.arrived_on !== request.arrivedOn || request.arrivedOn > request.registeredOn,
    label: requests,
    wrongLabel: both('到着日の記録が合わないもの', 'Whose day of arrival is not as recorded'),
    among: [
      {
        label: both('うち、到着日を遅い日に直したもの', 'Of these, with the day of arrival corrected to a later day'),
        is: ({ events, request }) => events[0]?.event === 'registered' && events[0].arrivedOn < request.arrivedOn,
      },
    ],
    fix: both('届いた手紙と記録を照らし合わせます。', 'Compare the letter with the record.'),
  },
  {
    promise: 'forms-sent-promptly',
    about: formsOfLate,
    wrong: formsLate,
    belated: formRecordedLate,
    label: both(
      `用紙を送る請求（これから送るものと、この${deskDays.papersMonths}か月に送ったもの、期限を過ぎて送らずに終わったもの）`,
      `Requests whose form is to be sent, or in the last ${deskDays.papersMonths} months was sent or was never sent and overdue`,
    ),
    wrongLabel: both('期限までに用紙を送っていないもの', 'Whose form was not sent in time'),
    fix: both('用紙をすぐに送ります。', 'Send the form at once.'),
    open: ({ request }) => isFormDue(request),
    over: both(
      'これから送る遅れた用紙はありません。遅れた理由を確かめ、手紙が届いた日に用紙を送れるようにします。',
      'No late form is still to be sent. Find out why it was late, and see that forms go out on the day a letter comes.',
    ),
  },
  {
    promise: 'written-route-offered',
    about: ({ request }) => request.eased,
    wrong: formAsked,
    label: both('書面に代わる方法で受け付けた請求', 'Requests taken by an alternative to an ordinary letter'),
    wrongLabel: both('用紙を求めたもの', 'Whose form was asked for'),
    fix: both(
      '用紙の求めを取り消し、代わる方法で手続を進めます。',
      'Withdraw the request for the form, and go on by the alternative.',
    ),
  },
  {
    promise: 'papers-as-published',
    about: ({ events }) => events.some(({ event }) => event === 'papers-short'),
    wrong: askedTooMuch,
    label: both('書類の不足を知らせた請求', 'Requests whose papers were short'),
    wrongLabel: both('公表していないものを求めたもの', 'Asked for more than is published'),
    fix: both('求めを取り消し、おわびして手続を進めます。', 'Withdraw what was asked for, apologise and go on.'),
  },
  {
    promise: 'disclosure-given',
    about: decidedOf('disclosure'),
    wrong: (judged) => unexplained(judged) || halfTold(judged) || skipped(judged),
    label: both('決定した開示の請求', 'Decided requests for disclosure'),
    wrongLabel: both('開示も理由の記録もないもの', 'With neither disclosure nor a recorded reason'),
    fix: both('開示するか、理由を記録して知らせます。', 'Disclose it, or record and tell the reasons.'),
  },
  {
    promise: 'provision-records-disclosed',
    about: decidedOf('record-disclosure'),
    wrong: (judged) =>
      unexplained(judged) ||
      halfTold(judged) ||
      (judged.request.specified?.principals.length !== 0 && judged.request.collected === null),
    label: both('決定した提供記録の開示の請求', 'Decided requests for records'),
    wrongLabel: both('本人の記録で応えていないもの', 'Not answered from the person’s records'),
    fix: both('本人の記録を集め、開示します。', 'Collect the person’s records and disclose them.'),
  },
  {
    promise: 'disclosure-method-chosen',
    about: ({ request: { kind, decided, notified } }) =>
      isDisclosure(kind) && notified !== null && decided?.finding?.answer === 'yes',
    wrong: anotherWay,
    label: both('開示した請求', 'Disclosures'),
    wrongLabel: both('選んだ方法によらず、その旨も知らせていないもの', 'Neither in the chosen way nor told why'),
    fix: both('選ばれた方法で開示し直します。', 'Disclose it again in the chosen way.'),
  },
  {
    promise: 'correction-investigated',
    about: decidedOf('correction'),
    wrong: (judged) => uninquired(judged) || halfTold(judged) || skipped(judged),
    label: both('決定した訂正の請求', 'Decided requests for correction'),
    wrongLabel: both('調査か結果の通知の記録がないもの', 'Without an inquiry or a notice on record'),
    fix: both('内容を調べ、結果を知らせます。', 'Inquire into it and tell the result.'),
  },
  {
    promise: 'suspension-decided-on-grounds',
    about: decidedOf('stop-use', 'erasure'),
    wrong: groundless,
    label: both('決定した利用の停止と消去の請求', 'Decided requests to stop use or erase'),
    wrongLabel: both('法律の理由によらないもの', 'Not decided on a ground of the law'),
    fix: both('理由ごとに調べ直し、決め直します。', 'Look into the ground again and decide anew.'),
  },
  {
    promise: 'identity-papers-minimal',
    about: (judged) => judged.events.some(({ event }) => event === 'identified') || copyLeft(judged),
    wrong: (judged) =>
      judged.events.some((one) => one.event === 'identified' && !one.numbersCovered) || copyLeft(judged),
    label: both('本人を確かめた請求', 'Requests with a checked identity'),
    wrongLabel: both('番号か確認書類が残るもの', 'With a number or a document still kept'),
    fix: both('残っている書類をすぐに消去します。', 'Erase what is still kept at once.'),
  },
];

/**
 * What the policies in force from the arrival of a request until a day said; that of the day it arrived is the one it is registered by. When there was
 * none yet, all policies. What a later policy says makes nothing right that the desk had done before.
 */
type Stated = (judged: Judged, until: Day) => Operator[];

async function statedSince(office: Office): Promise<Stated> {
  const today = office.clock.today();
  const heads = (await policyVersions(office)).filter((head) => head.approval && head.effectiveOn <= today);
  const stated = await Promise.all(
    heads.map(async ({ version }) => (await policyVersion(office, version))!.policy.operator),
  );
  return ({ row }, until) => {
    const arrived = heads.findIndex(({ effectiveOn }) => effectiveOn <= row.arrived_on);
    const since = arrived < 0 ? heads : heads.slice(0, arrived + 1);
    const isBy = ({ effectiveOn }: (typeof heads)[number], i: number): boolean =>
      arrived < 0 || i === arrived || effectiveOn <= until;
    return stated.slice(0, since.length).filter((_, i) => isBy(since[i]!, i));
  };
}

/** A requester was identified by papers that no policy found sufficient by the day that was recorded. */
const tooFew = (judged: Judged, stated: Stated): boolean =>
  judged.events.some(
    (one, i) =>
      one.event === 'identified' &&
      !stated(judged, judged.recorded[i]!).some((operator) => papersSuffice(operator, one.documents)),
  );

const identityRule = (stated: Stated): Rule => ({
  promise: 'identity-checked',
  about: (judged) => rights(judged) && judged.events.some(({ event }) => event === 'specified' || event === 'decided'),
  wrong: (judged) => lookedEarly(judged) || tooFew(judged, stated),
  label: both('本人の情報を見た請求', 'Requests that looked at a person'),
  wrongLabel: both('確認の前に見たもの、書類が足りないもの', 'Looked at before the check, or by too few papers'),
  fix: both('その請求を止め、請求した人を確かめます。', 'Stop the request and check who asked.'),
});

/** Yen that a request costs, with what was waived of it. */
const costOf = ({ fee }: Request): number => fee.due + fee.waived;

/** Whether a policy stated the fee of a request for its kind by the day the fee was set (38(1)). */
function isStated(judged: Judged, stated: Stated): boolean {
  const set = judged.events.findLastIndex(({ event }) => event === 'registered' || event === 'amended');
  return stated(judged, judged.recorded[set]!).some(
    (operator) => feeOf(operator, judged.request.kind) === costOf(judged.request),
  );
}

const feeRule = (stated: Stated): Rule => ({
  promise: 'fee-only-for-disclosure',
  about: ({ request }) => request.fee.received > 0 || costOf(request) > 0,
  wrong: (judged) =>
    (costOf(judged.request) > 0 && !isStated(judged, stated)) ||
    (judged.request.closedOn !== null && feeOver(judged.request) > 0),
  risk: ({ request }) => feeOver(request) > 0,
  label: both('手数料のある請求', 'Requests with a fee'),
  wrongLabel: both('受け取れない手数料を返していないもの', 'With money that is not due'),
  fix: both('受け取れない手数料を返し、記録します。', 'Return what is not due and record it.'),
});

/** The proof of a rule that depends on what the policies said. */
const byPolicies =
  (rule: (stated: Stated) => Rule) =>
  async (office: Office): Promise<Proof> =>
    proofOf(rule(await statedSince(office)), await judgedOf(office), office.clock.today());

function proofOf(rule: Rule, judged: readonly Judged[], today: Day): Proof {
  const about = judged.filter((one) => rule.about(one, today));
  const wrong = about.filter((one) => rule.wrong(one, today));
  const past = rule.open !== undefined && wrong.length > 0 && !wrong.some(rule.open);
  const proof = counted({
    all: about.length,
    wrong: wrong.length,
    label: rule.label,
    wrongLabel: rule.wrongLabel,
    what: both(rule.label.ja, rule.label.en.toLowerCase()),
    href: LIST,
    none: { state: 'kept', says: both('該当する請求はありません。', 'There is no such request.') },
    fix: past && rule.over ? rule.over : rule.fix,
  });
  const apart = (of: readonly Judged[], groups: readonly Group[] = []): Evidence[] =>
    groups.flatMap(({ label, is }) => {
      const some = of.filter(is).length;
      return some > 0 ? [{ label, value: countOf(some) }] : [];
    });
  const groups = [...apart(about, rule.among), ...apart(judged, rule.outside)];
  const counts = { ...proof, evidence: [...proof.evidence, ...groups] };
  if (proof.state !== 'kept') return { ...counts, evidence: [...counts.evidence, ...firstNamed(named(wrong))] };
  const pressed = about.filter((one) => rule.risk?.(one, today)).length;
  return onTheirWord(atRisk(counts, pressed, rule.fix), rule.belated ? about.filter(rule.belated) : []);
}

/** The numbers of the requests, in order. */
const named = (requests: readonly Judged[], state: PromiseState = 'broken'): Evidence[] =>
  requests
    .toSorted(({ row: a }, { row: b }) => a.year - b.year || a.serial - b.serial)
    .map(({ row }) => {
      const number = numberOf(row);
      return {
        label: both('その請求', 'Which'),
        value: both(number, number),
        href: `${LIST}/${row.id}`,
        state,
      };
    });

/** A promise kept so far that some requests are about to break. */
const atRisk = (proof: Proof, n: number, fix: Bilingual): Proof =>
  n === 0
    ? proof
    : {
        state: 'risk',
        says: both(`${n}件で、約束を守れなくなるおそれがあります。`, `${n} may break the promise.`),
        evidence: [...proof.evidence, { label: both('急ぐもの', 'Pressing'), value: countOf(n), state: 'risk' }],
        fix: [fix],
      };

/** A promise that some requests keep only by a day that was recorded when the time was over: nothing but that record says so. */
function onTheirWord(proof: Proof, belated: readonly Judged[]): Proof {
  const n = belated.length;
  if (n === 0) return proof;
  const label = both(
    'うち、期限の後に、期限までの日付で記録したもの',
    'Of these recorded after the time, with a day within it',
  );
  return {
    state: 'risk',
    says:
      proof.state === 'risk'
        ? proof.says
        : both(
            `${n}件は、期限までにしたことを、期限の後に記録しています。記録した人の言うことのほかに、証拠がありません。`,
            `${n} ${n === 1 ? 'was' : 'were'} recorded only after the time, as done within it. Nothing but the word of the member of staff shows it.`,
          ),
    evidence: [...proof.evidence, { label, value: countOf(n), state: 'risk' }, ...firstNamed(named(belated, 'risk'))],
    fix: [
      ...proof.fix,
      both(
        'その請求を開き、発送の控えなど、その日を示すものを確かめます。これからは、した日のうちに記録します。',
        'Open those requests and look for something that shows the day, such as a posting receipt. From now on, record what is done on the same day.',
      ),
    ],
  };
}

/** Whether a stop is in part: its request then names the purposes or the recipients. */
const inPart = ({ kind, decided }: Request): boolean =>
  isPart(decided?.result) && (kind === 'stop-use' || kind === 'stop-provision');

const carriedStops = async (office: Office): Promise<Judged[]> =>
  (await judgedOf(office)).filter(({ request }) => request.carriedOut && stopOf(request));

/** The log's objections for the stops in part. */
const objectionsOf = keptReading({
  tables: ['log_entries'],
  given: async (office) =>
    (await carriedStops(office)).flatMap(({ request }) => (inPart(request) ? request.carriedOut!.entries : [])),
  read: ({ database }, entries) => objectionsIn(database, entries),
});

/**
 * Whether a stop is as it was carried out: since when, under which paragraph, and of what. The log has what a stop in part names as objections of the
 * person, except for steps that had nothing left to do.
 */
function isAsCarriedOut(request: Request, stop: SuspensionRow, objections: readonly ObjectionLogged[]): boolean {
  const { on, entries } = request.carriedOut!;
  const [scope, other] = stop.stops === 'use' ? [stop.purposes, stop.recipients] : [stop.recipients, stop.purposes];
  const objected = objections.filter(({ id }) => entries.includes(id));
  const said = objected
    .filter((one) => one.principal_id === stop.principal_id)
    .flatMap(({ purpose, recipient }) => purpose ?? recipient ?? []);
  const named = inPart(request)
    ? scope !== null &&
      said.every((one) => scope.includes(one)) &&
      (scope.length === said.length || objected.length < entries.length)
    : scope === null;
  return (
    named && other === null && stop.from_day === on && stop.article === request.decided?.finding?.because[0].article
  );
}

/** Whether a provision passed over a stop. The facts of a package name the latest of its consents; a person is judged by their own. */
function passesOver({
  stops,
  article,
  from_day: from,
  on_day: on,
  consented_on: consented,
  ...of
}: ProvidedAfter): boolean {
  const { facts, relation, recipient } = of;
  const consent = facts.consent && consented ? { ...facts.consent, on: consented } : facts.consent;
  const asked = { ...facts, relation, recipient, ...(consent === undefined ? {} : { consent }) };
  return provisionStopped({ stops, article, from }, asked, on) !== null;
}

/**
 * Once a stop of provision or of use is granted, nothing that it reaches is provided: the law is asked again about each provision since. A stop that
 * was carried out but is missing or altered, for any id of the person, no longer stops what it should.
 */
async function provisionKeptStopped(office: Office): Promise<Proof> {
  const { database } = office;
  const [carried, stops, objections, since] = await Promise.all([
    carriedStops(office),
    stopsOnRecord(database),
    objectionsOf(office),
    providedAfterStops(database),
  ]);
  const broken = since.filter(passesOver);
  const stopsIn = groupsOf(stops, (one) => one.request_id);
  const lost = carried.filter(
    ({ row: { id }, request }) =>
      !request.specified?.principals.every((principal) =>
        stopsIn(id).some(
          (one) =>
            one.principal_id === principal && one.stops === stopOf(request) && isAsCarriedOut(request, one, objections),
        ),
      ),
  );
  const all = new Set([...stops.map((one) => one.request_id), ...carried.map(({ row }) => row.id)]);
  // A stop counts for the person, under every id.
  const wrong = new Set([...broken.map((one) => one.request_id), ...lost.map(({ row }) => row.id)]);
  return counted({
    all: all.size,
    wrong: wrong.size,
    label: both('認めた利用と提供の停止', 'Stops of use and of provision that were granted'),
    wrongLabel: both(
      '停止の後に提供したもの、停止の記録が失われたか変わったもの',
      'Provided after that, or whose stop is no longer on record as it was',
    ),
    what: both('利用と提供の停止', 'stops of use and of provision'),
    href: LIST,
    none: {
      state: 'kept',
      says: both('認めた利用と提供の停止はありません。', 'No stop of use or of provision was granted.'),
    },
    fix: both(
      '停止を記録し直し、後に提供したものがあれば、提供先に返却か消去を求めます。',
      'Put the stop on record again, and ask whoever was provided with anything since to return or erase it.',
    ),
  });
}

/** The opening of a paper of a request. */
interface Opening {
  request: string;
  on: Day;
  why: unknown;
}

const AT_ONCE = 5_000;

interface Opened {
  rewritten: string;
  /** The place of the last entry before which none can come any more, and the openings up to there. */
  place: Place;
  settled: Opening[];
}
const opened = new WeakMap<Office, Opened>();

/** Every opening on record. Reads only what is new in the log, and all of it again when the log was rewritten. */
const openingsOf = sharedReading(async (office): Promise<readonly Opening[]> => {
  const { database } = office;
  const rewritten = await changesOf(database, ['log_entries']);
  const last = opened.get(office);
  const known = last?.rewritten === rewritten ? last : { rewritten, place: BEGINNING, settled: [] };
  const { settled } = known;
  const newer: Opening[] = [];
  let before: LogEntry | undefined;
  let at = known.place;
  for (let more = true; more;) {
    const found = await entriesOf(database, 'desk:open-paper', at, AT_ONCE);
    for (const one of found) {
      const { request, at: when, for: why, principal } = one.entry;
      // An opening about a person of several ids is on record once for each of them, in one transaction.
      const again = one.xid === at.xid && request === before?.['request'] && principal !== before?.principal;
      before = one.entry;
      at = { xid: one.xid, seq: one.seq };
      const settles = one.settled && newer.length === 0;
      if (settles) known.place = at;
      if (!again) (settles ? settled : newer).push({ request: String(request), on: dayOf(Date.parse(when)), why });
    }
    more = found.length === AT_ONCE;
  }
  opened.set(office, known);
  return newer.length === 0 ? settled : [...settled, ...newer];
});

/**
 * What came with a request is used for nothing else: its papers are opened while it is open, after its end for a reason that belongs to it
 * (`openingReasons`), and are erased when their time is over. A request counts once, however often its papers were opened.
 */
async function papersLimited(office: Office): Promise<Proof> {
  const today = office.clock.today();
  const judged = await judgedOf(office);
  const closed = new Map(
    judged.flatMap(({ row, request }) => (request.closedOn ? [[row.id, request.closedOn] as const] : [])),
  );
  const openings = await openingsOf(office);
  const after = openings.filter(({ request, on }) => on > (closed.get(request) ?? on));
  const allowed = (why: unknown): boolean => openingReasons.some((one) => one === why);
  const wrong = new Set([
    ...judged.filter(({ request }) => (eraseOn(request) ?? today) < today).map(({ row }) => row.id),
    ...after.filter(({ why }) => !allowed(why)).map(({ request }) => request),
  ]);
  const proof = counted({
    all: judged.length,
    wrong: wrong.size,
    label: both('書類を保管している請求', 'Requests whose papers are kept'),
    wrongLabel: both(
      '期限を過ぎて保管しているか、終わった後に目的を記録せずに開いたもの',
      'Kept too long, or opened after the end without a stated reason',
    ),
    what: both('書類を保管している請求', 'requests whose papers are kept'),
    href: LIST,
    none: { state: 'kept', says: both('保管している書類はありません。', 'No papers are kept.') },
    fix: both(
      '期限を過ぎた書類を消去し、目的の記録なしに開いたものは、その経緯を確かめます。',
      'Erase the papers that have passed their time, and find out why others were opened.',
    ),
  });
  const all = { label: both('書類を開いた記録', 'Openings on record'), value: countOf(openings.length) };
  const later = {
    label: both('うち、終わった後に目的を記録して開いたもの', 'Of these after the end, with the reason'),
    value: countOf(after.filter(({ why }) => allowed(why)).length),
  };
  return { ...proof, evidence: [...proof.evidence, all, ...(after.length > 0 ? [later] : [])] };
}

/** Every event of a request is on record as the log has it, with its entry, and none is gone. */
async function everyEventLogged(office: Office): Promise<Proof> {
  const { judged, missing } = await readingOf(office);
  const ofRequests = [...judged.values()].flatMap((one) => one.missing);
  const losses = await lossesIn(office);
  const { wrong: gone, lost } = await apart(office.database, losses, [...missing, ...ofRequests], (id) => id);
  const goneToo = new Set(gone);
  const wrong = [...judged.values()].filter((one) => !one.logged || one.missing.some((id) => goneToo.has(id)));
  const others = missing.filter((id) => goneToo.has(id)).length;
  return asLogged(
    {
      all: judged.size + others,
      wrong: wrong.length + others,
      lost,
      label: requests,
      what: both('請求', 'requests'),
      href: LIST,
      none: { state: 'kept', says: both('該当する請求はありません。', 'There is no such request.') },
    },
    named(wrong),
  );
}

/** Postal codes written out, as in `104-0001`; a telephone number has more parts. */
const postalCodes = (text: string): string[] => text.normalize('NFKC').match(/(?<![\d-])\d{3}-\d{4}(?![\d-])/g) ?? [];

/** Every address that the policy itself gives for the company, the desk or the organisation that takes complaints about the company. */
const addressesOf = ({ address, desk, accredited_organisation: accredited }: Operator): Bilingual[] => [
  address,
  desk.address,
  ...(accredited === 'none' ? [] : [accredited.contact]),
];

/**
 * Every letter takes the address of the desk from the policy of its day. A sentence in which somebody wrote another postal code out may name another
 * desk, or anything else: nobody can tell but whoever reads it.
 */
async function deskInLetters(office: Office): Promise<Proof> {
  const [inForce, { texts }] = await Promise.all([policyInForce(office, office.clock.today()), currentTexts(office)]);
  const langs = ['ja', 'en'] as const;
  const known = inForce
    ? addressesOf(inForce.policy.operator).flatMap((one) => langs.flatMap((lang) => postalCodes(one[lang])))
    : [];
  const sentences = places.flatMap(({ path }) => sentencesAt(texts, path));
  const taking = sentences.filter((one) => langs.every((lang) => one[lang].includes('{address}')));
  const strange = sentences.filter((one) =>
    langs.some((lang) => postalCodes(one[lang]).some((code) => !known.includes(code))),
  ).length;
  return {
    state: strange > 0 ? 'unknown' : 'kept',
    says:
      strange > 0
        ? both(
            `手紙の文${strange}か所に、方針にない郵便番号があります。窓口の宛先かどうかは確認できません。`,
            `${strange} ${strange === 1 ? 'sentence' : 'sentences'} of the letters ${strange === 1 ? 'has a postal code' : 'have postal codes'} that the policy does not give. Whether it is given as the desk’s is unknown.`,
          )
        : both(
            '使用中の手紙の文は、窓口の宛先を方針から差し込みます。',
            'The letter texts in use take the address of the desk from the policy.',
          ),
    evidence: [
      {
        label: both('窓口の宛先を差し込む文', 'Sentences that take the address of the desk'),
        value: countOf(taking.length),
        href: `${LIST}/texts`,
      },
      {
        label: both('方針にない郵便番号がある文', 'Sentences with a postal code that the policy does not give'),
        value: countOf(strange),
        state: strange > 0 ? 'unknown' : 'kept',
      },
    ],
    fix:
      strange > 0
        ? [
            both(
              '「手紙の文」でその文を確かめ、窓口の宛先なら {address} に書き換えます。',
              'Look at the sentence among the letter texts, and write {address} where it means the address of the desk.',
            ),
          ]
        : [],
  };
}

/** The provers that look at requests. */
export const deskProvers: Prover[] = [
  ...rules.map((rule) => ({
    promise: rule.promise,
    prove: async (office: Office) => proofOf(rule, await judgedOf(office), office.clock.today()),
  })),
  { promise: 'fee-only-for-disclosure', prove: byPolicies(feeRule) },
  { promise: 'identity-checked', prove: byPolicies(identityRule) },
  { promise: 'provision-stopped-on-request', prove: provisionKeptStopped },
  { promise: 'request-papers-limited', prove: papersLimited },
  { promise: 'every-access-logged', prove: everyEventLogged },
];

/** The provers that look at the sentences of the letters rather than at requests. */
export const letterProvers: Prover[] = [{ promise: 'desk-address-shown', prove: deskInLetters }];
