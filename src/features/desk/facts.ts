// A request of a person as the desk keeps it: its events, and what follows from them. Pure: events → the request, request and event → whether
// it may happen now, request → what is due and when. Nobody is looked at before it is known who asks, and nothing is answered twice.

import { both, type Bilingual, type Lang } from '../../base/bilingual.ts';
import { isOpenDay, nextOpenDay } from '../../base/calendar.ts';
import { addDays, addMonths, type Day } from '../../base/day.ts';
import type { Finding } from '../../base/finding.ts';
import type { FieldProblem } from '../../base/outcome.ts';
import type { Standing } from '../checkpoint/index.ts';
import { decideLawsuit, noticesOf, outcomes, type RightsRequest } from '../../law/index.ts';

/** What is asked for: 32(2), 33(1), 33(5), 28(3), 34(1), 35; and what is no right of that kind but is answered all the same (40). */
export const kinds = [
  'disclosure',
  'record-disclosure',
  'correction',
  'stop-use',
  'erasure',
  'stop-provision',
  'purpose-notice',
  'foreign-information',
  'consultation',
] as const satisfies readonly (RightsRequest | 'consultation')[];
export type Kind = (typeof kinds)[number];

/** Whose information it is about: a customer's, or a partner's My Number and what goes with it. */
export const scopes = ['customer', 'my-number'] as const;
export type Scope = (typeof scopes)[number];

export const channels = ['letter', 'electronic'] as const;
export type Channel = (typeof channels)[number];

/** What papers can lack. */
export const lacks = ['form', 'fee', 'identity', 'authority', 'unreadable', 'specify'] as const;
export type Lack = (typeof lacks)[number];

export const methods = ['paper', 'electronic'] as const;
export type Method = (typeof methods)[number];

export const requesters = ['principal', 'legal-representative', 'mandated-agent'] as const;
export type Requester = (typeof requesters)[number];

/** Papers that show who somebody is; only the kind is kept. */
export const identityDocuments = [
  'driving-licence',
  'resident-record',
  'health-insurance',
  'my-number-card',
  'passport',
  'residence-card',
  'seal-certificate',
  'other',
] as const;
export type IdentityDocument = (typeof identityDocuments)[number];

/** Papers that show that somebody may act for the person. */
export const authorityDocuments = ['family-register', 'guardianship-record', 'power-of-attorney', 'other'] as const;
export type AuthorityDocument = (typeof authorityDocuments)[number];

export const checks = ['name', 'address', 'valid'] as const;
export type Check = (typeof checks)[number];

export const decisions = ['disclose', 'withhold', 'redact', 'absent'] as const;
export type ItemDecision = (typeof decisions)[number];

/** 33(2)(i), (ii), (iii). */
export const withholdingGrounds = ['harms', 'impedes', 'violates'] as const;
export type WithholdingGround = (typeof withholdingGrounds)[number];

/** What the papers of a closed request may still be opened for: what the person asks about it, a complaint or lawsuit about it, the audit. */
export const openingReasons = ['question', 'dispute', 'audit'] as const;
export type OpeningReason = (typeof openingReasons)[number];

type LawResult = { [K in RightsRequest]: keyof (typeof outcomes)[K]['notices'] }[RightsRequest];

/** How a request came out, as the table of outcomes has it; a consultation is answered. */
export const results = [
  'granted',
  'partly',
  'otherwise',
  'partly-otherwise',
  'refused',
  'absent',
  'answered',
] as const satisfies readonly (LawResult | 'answered')[];
export type Result = (typeof results)[number];

/** What goes to the person: the notice of the decision with its reasons, and what was asked for itself. */
export const answerDocuments = ['decision', 'data', 'records', 'purposes', 'measures', 'answer'] as const;
export type AnswerDocument = (typeof answerDocuments)[number];

export interface HoldingItems {
  /** Id of the holding; of one of several entries in a holding its place (see `placed`). */
  holding: string;
  /** Whose record it is; not said of records, nor by what was collected while a request named one id only. */
  principal?: string | undefined;
  /** Codes of items. */
  items: readonly string[];
}

export interface Papers {
  form: 'right' | 'wrong' | 'none';
  /** The number of the registered mail the fee came with. */
  registeredMail: string | null;
  /** How the person wants the answer; null = not said. */
  method: Method | null;
  feeYen: number;
  unreadable: boolean;
}

export interface Identified {
  requester: Requester;
  /** Only with a legal representative. */
  represents: 'minor' | 'adult-ward' | null;
  documents: readonly IdentityDocument[];
  authority: readonly AuthorityDocument[];
  checked: readonly Check[];
  /** My Numbers and the like seen on the documents were covered and are not kept. */
  numbersCovered: boolean;
}

export interface Review {
  holding: string;
  item: string;
  decision: ItemDecision;
  /** Of a withheld or redacted item. */
  ground: WithholdingGround | null;
  /** Of the record as it stood when it was judged; not said of records of provision and receipt, nor by what was judged before it was kept. */
  version?: number | undefined;
}

/** What tells two persons of one name apart, or shows that they are one; only the kind is kept. */
export const distinctions = ['birth-date', 'address', 'phone', 'email', 'contract'] as const;
export type Distinction = (typeof distinctions)[number];

export interface Specified {
  /**
   * Every id under which the person is kept, no two of them in one holding but those that are linked as one person; empty: the search found nobody
   * about whom something is held.
   */
  principals: readonly string[];
  holdings: readonly string[];
  /** Those of them that were linked as one person when they were found, a person each. */
  persons?: readonly (readonly string[])[] | undefined;
  /** By what kinds of terms was searched last, and how many persons matched all of them or had been found before. */
  searched: readonly string[];
  matches: number;
  /** Where more than one matched: what told the person apart from the others, or showed that they are one. */
  toldApart: Distinction | null;
}

export interface Collected {
  holdings: readonly HoldingItems[];
  /** Records of provision and of receipt about the person. */
  provisions: number;
  receipts: number;
}

/** What of a sender can be put right; only which of them it was is kept. */
export const senderParts = ['name', 'address', 'email'] as const;
export type SenderPart = (typeof senderParts)[number];

/** What a decision changes when it is carried out, by codes and ids. */
export interface Acts {
  /** Of a correction, and of an erasure in part: what gets another content, and what is taken out. */
  changes: readonly { holding: string; set: readonly string[]; taken: readonly string[] }[];
  /** Of a stop in part: ids of purposes, and of recipients. */
  purposes: readonly string[];
  recipients: readonly string[];
}

/** One thing that happened, without a word about the person. `on` is its day; of `registered` the day it was written down. */
export type EventBody = { on: Day } & (
  | {
      event: 'registered';
      kind: Kind;
      scope: Scope;
      /** From this day the clock runs; it is never another, but where a slip in it is put right. */
      arrivedOn: Day;
      channel: Channel;
      /** An ordinary letter is difficult for who asks: it was taken in another way (37(4)). In which and why is nobody’s business. */
      eased?: true;
      lang: Lang;
      /** What the policy in force asks for this kind: the fee in yen, tax included (0 = none), and whether there is a form. */
      feeYen: number;
      form: boolean;
    }
  | { event: 'forms-sent' }
  | ({ event: 'papers-received' } & Papers)
  | { event: 'papers-short'; lacks: readonly Lack[] }
  | ({ event: 'identified' } & Identified)
  | { event: 'refunded'; yen: number }
  | ({
      event: 'specified';
      /** After a decision: those it was about were found not to be one person, or not to be all that the person is kept under. */
      anew?: true;
    } & Specified)
  | ({ event: 'collected' } & Collected)
  | ({
      event: 'reviewed';
      /** After a decision: what it was about has changed since it was judged, and it is judged and decided anew. */
      anew?: true;
    } & Review)
  | { event: 'decided'; result: Result; facts: object; finding: Finding | null; acts?: Acts | undefined }
  | { event: 'carried-out'; entries: readonly string[] }
  | { event: 'notified'; by: 'post' | 'electronic'; documents: readonly AnswerDocument[] }
  | { event: 'delivered'; by: 'post' | 'electronic' }
  | { event: 'closed' }
  | { event: 'extended'; until: Day }
  | { event: 'withdrawn' }
  | { event: 'assigned'; to: string }
  | {
      /** That an ordinary letter is difficult for who asks was learned later, or had been a slip: whether a form is asked for from then on. */
      event: 'eased';
      eased: boolean;
      form: boolean;
    }
  | {
      /** A slip in what was registered is put right: how it reads from then on, and what of the sender changed. */
      event: 'amended';
      kind: Kind;
      scope: Scope;
      arrivedOn: Day;
      feeYen: number;
      form: boolean;
      sender: readonly SenderPart[];
      /** The same of the agent, where it is of them too. */
      agent?: readonly SenderPart[];
    }
  | { event: 'papers-erased' }
);

export type EventName = EventBody['event'];
export type EventOf<E extends EventName> = Extract<EventBody, { event: E }>;

/** Where a request stands; `waiting`: for papers that were missing. */
export const stages = [
  'registered',
  'forms-sent',
  'papers',
  'waiting',
  'identified',
  'specified',
  'collected',
  'decided',
  'carried-out',
  'notified',
  'delivered',
  'closed',
] as const;
export type Stage = (typeof stages)[number];

export interface Request {
  kind: Kind;
  scope: Scope;
  channel: Channel;
  /** Taken in another way than an ordinary letter, which is difficult for who asks (37(4)): no form is asked of them. */
  eased: boolean;
  lang: Lang;
  arrivedOn: Day;
  registeredOn: Day;
  /** Whether the policy has a form for it. */
  form: boolean;
  /** Number of the last event, from 1. */
  last: number;
  formsSentOn: Day | null;
  /** The first and the last day papers came. */
  papersOn: Day | null;
  papersLastOn: Day | null;
  /** The papers as they came last. */
  papers: Papers | null;
  /** How the person wants the answer, as said last. */
  method: Method | null;
  /** What the person was last told to be missing, and the day; empty once papers have come since. */
  lacks: readonly Lack[];
  shortOn: Day | null;
  fee: { due: number; received: number; returned: number };
  identified: (Identified & { on: Day }) | null;
  specified: (Specified & { on: Day }) | null;
  collected: (Collected & { on: Day }) | null;
  reviews: readonly Review[];
  decided: { on: Day; result: Result; facts: object; finding: Finding | null; acts?: Acts | undefined } | null;
  carriedOut: { on: Day; entries: readonly string[] } | null;
  notified: { on: Day; by: 'post' | 'electronic'; documents: readonly AnswerDocument[] } | null;
  delivered: readonly { on: Day; by: 'post' | 'electronic' }[];
  closedOn: Day | null;
  /** Closed because the person took it back. */
  withdrawn: boolean;
  extendedTo: Day | null;
  /** Id of somebody on the staff. */
  assignedTo: string | null;
  erasedOn: Day | null;
}

/** How a request is called in letters and lists, such as `R-2026-031`. */
export const numberOf = ({ year, serial }: { year: number; serial: number }): string =>
  `R-${year}-${String(serial).padStart(3, '0')}`;

/** Reads a number as somebody typed it: small letters, full width, spaces and the kind of dash, or none, aside. Null when it is none. */
export function numberFrom(text: string): { year: number; serial: number } | null {
  const typed = text
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/\s/g, '')
    .replaceAll(/[‐‑–−ー]/g, '-');
  const found = /^R-?(\d{4})-?(\d{3,6})$/.exec(typed);
  return found ? { year: Number(found[1]), serial: Number(found[2]) } : null;
}

// ---- what a kind needs

/** Kinds that ask to see something: the person chooses how. */
export const isDisclosure = (kind: Kind): kind is 'disclosure' | 'record-disclosure' =>
  kind === 'disclosure' || kind === 'record-disclosure';

/** Kinds whose grant changes something in the house. */
export const hasEffect = (kind: Kind): kind is 'correction' | 'stop-use' | 'erasure' | 'stop-provision' =>
  kind === 'correction' || kind === 'stop-use' || kind === 'erasure' || kind === 'stop-provision';

/** A consultation looks at nobody: it is answered without papers, identity and search. */
export const looksAtPerson = (kind: Kind): kind is RightsRequest => kind !== 'consultation';

/** The rules on records of provision and on provision abroad do not apply to My Number information (Numbering Act 30(2)). */
export const kindsOf = (scope: Scope): readonly Kind[] =>
  scope === 'customer' ? kinds : kinds.filter((kind) => kind !== 'record-disclosure' && kind !== 'foreign-information');

/** Whether a result lets something be carried out. */
const changes = (result: Result): boolean => result === 'granted' || result === 'partly' || result === 'otherwise';

/** Whether this request has to be carried out before the person is told. */
export const toCarryOut = ({ kind, decided }: Pick<Request, 'kind' | 'decided'>): boolean =>
  hasEffect(kind) && decided !== null && changes(decided.result);

/** A law has the data kept: it is put aside instead of erased, and every other use ends. */
export const restrictsUse = (decided: Request['decided']): boolean =>
  decided?.finding?.answer === 'no' && decided.finding.duties.some((duty) => duty.do === 'restrict-use');

/** What carrying it out stops from then on: a use, a provision, or null. */
export function stopOf({ kind, decided }: Pick<Request, 'kind' | 'decided'>): 'use' | 'provision' | null {
  if (restrictsUse(decided)) return kind === 'stop-provision' ? 'provision' : 'use';
  if (decided?.result === 'otherwise') return null;
  return kind === 'stop-provision' ? 'provision' : kind === 'stop-use' ? 'use' : null;
}

/** Whether what was granted reaches a part of what was asked for. */
export const isPart = (result: Result | undefined): boolean => result === 'partly';

/** Who sees less than was asked for, or gets another measure, hears it from the officer. */
export const isRefusal = (result: Result): boolean => result !== 'granted' && result !== 'answered';

/** The results a kind can have. */
export const resultsOf = (kind: Kind): readonly Result[] =>
  looksAtPerson(kind) ? results.filter((result) => Object.hasOwn(outcomes[kind].notices, result)) : ['answered'];

/** The duties to tell that an outcome brings (36-outcome). */
export const noticesFor = (kind: Kind, result: Result) => (looksAtPerson(kind) ? noticesOf(kind, result as never) : []);

/** Whether the reasons are explained with it (36). */
export const explains = (kind: Kind, result: Result): boolean =>
  noticesFor(kind, result).some((duty) => duty.do === 'explain-reasons');

const content: Partial<Record<Kind, AnswerDocument>> = {
  disclosure: 'data',
  'record-disclosure': 'records',
  'purpose-notice': 'purposes',
  'foreign-information': 'measures',
  consultation: 'answer',
};

/** What goes to the person after a result: what was asked for, and the notice of what was decided where the law or the policy wants one. */
export function documentsFor(kind: Kind, result: Result): AnswerDocument[] {
  const shown = content[kind];
  const given = result !== 'refused' && result !== 'absent' && shown !== undefined ? [shown] : [];
  const notice = noticesFor(kind, result).some((duty) => duty.do === 'notify-decision');
  return notice || given.length === 0 ? [...given, 'decision'] : given;
}

/**
 * What the policy in force asks for a kind. `forms` and `fee` as operator.yaml has them. `eased`: it is taken in another way than an ordinary
 * letter, and so without the form (37(4)).
 */
export function termsOf(
  operator: {
    fee: { amount_yen: number; kinds: readonly string[] };
    forms: readonly { kind: string; scope: string }[];
  },
  { kind, scope, eased = false }: { kind: Kind; scope: Scope; eased?: boolean | undefined },
): { feeYen: number; form: boolean } {
  const named = formOf(kind);
  return {
    feeYen: operator.fee.kinds.includes(kind) ? operator.fee.amount_yen : 0,
    form: !eased && operator.forms.some((form) => form.kind === named && form.scope === scope),
  };
}

/** The form of the policy a kind is asked for with. */
export const formOf = (kind: Kind): string =>
  kind === 'stop-use' || kind === 'erasure'
    ? 'suspension-or-erasure'
    : kind === 'stop-provision'
      ? 'suspension-of-provision'
      : kind;

/** Yen that are with us and not due. */
export const feeOver = ({ fee }: Pick<Request, 'fee'>): number => Math.max(0, fee.received - fee.returned - fee.due);

/** Yen that are still to come. */
export const feeShort = ({ fee }: Pick<Request, 'fee'>): number => Math.max(0, fee.due - (fee.received - fee.returned));

// ---- the fold

const first = (event: EventOf<'registered'>): Request => ({
  kind: event.kind,
  scope: event.scope,
  channel: event.channel,
  eased: event.eased === true,
  lang: event.lang,
  arrivedOn: event.arrivedOn,
  registeredOn: event.on,
  form: event.form,
  last: 1,
  formsSentOn: null,
  papersOn: null,
  papersLastOn: null,
  papers: null,
  method: null,
  lacks: [],
  shortOn: null,
  fee: { due: event.feeYen, received: 0, returned: 0 },
  identified: null,
  specified: null,
  collected: null,
  reviews: [],
  decided: null,
  carriedOut: null,
  notified: null,
  delivered: [],
  closedOn: null,
  withdrawn: false,
  extendedTo: null,
  assignedTo: null,
  erasedOn: null,
});

export const sameItem = (a: Pick<Review, 'holding' | 'item'>, b: Pick<Review, 'holding' | 'item'>): boolean =>
  a.holding === b.holding && a.item === b.item;

const isCollected = ({ holdings }: Collected, review: Pick<Review, 'holding' | 'item'>): boolean =>
  holdings.some(({ holding, items }) => holding === review.holding && items.includes(review.item));

/** What an event says, without its name. */
function told<E extends { event: string }>(event: E): Omit<E, 'event'> {
  const { event: _, ...rest } = event;
  return rest;
}

/** What an event says, without its name and its day. */
function saidOnly<E extends { event: string; on: Day }>(event: E): Omit<E, 'event' | 'on'> {
  const { event: _, on: __, ...rest } = event;
  return rest;
}

/** What each event changes. */
const folds: { [E in EventName]: (event: EventOf<E>, request: Request) => Partial<Request> } = {
  registered: () => ({}),
  'forms-sent': ({ on }) => ({ formsSentOn: on }),
  'papers-received': (event, r) => ({
    papersOn: r.papersOn ?? event.on,
    papersLastOn: event.on,
    papers: saidOnly(event),
    method: event.method ?? r.method,
    lacks: [],
    fee: { ...r.fee, received: r.fee.received + event.feeYen },
  }),
  'papers-short': (event) => ({ lacks: event.lacks, shortOn: event.on }),
  identified: (event) => ({ identified: told(event) }),
  refunded: ({ yen }, r) => ({ fee: { ...r.fee, returned: r.fee.returned + yen } }),
  specified: (event) => ({ specified: told(event), collected: null, reviews: [], decided: null }),
  collected: (event, r) => ({
    collected: told(event),
    reviews: r.reviews.filter((review) => isCollected(event, review)),
  }),
  reviewed: ({ anew, ...event }, r) => ({
    reviews: [...r.reviews.filter((one) => !sameItem(one, event)), saidOnly(event)],
    ...(anew ? { decided: null } : {}),
  }),
  decided: (event) => ({ decided: told(event) }),
  'carried-out': (event) => ({ carriedOut: told(event) }),
  notified: (event) => ({ notified: told(event) }),
  delivered: (event, r) => ({ delivered: [...r.delivered, told(event)] }),
  closed: ({ on }) => ({ closedOn: on }),
  extended: ({ until }) => ({ extendedTo: until }),
  withdrawn: ({ on }) => ({ closedOn: on, withdrawn: true }),
  assigned: ({ to }) => ({ assignedTo: to }),
  // Whoever was asked for the form hears that it is not needed, so that it would have to be asked for anew.
  eased: ({ eased, form }, r) => ({ eased, form, lacks: eased ? r.lacks.filter((lack) => lack !== 'form') : r.lacks }),
  amended: ({ kind, scope, arrivedOn, form, feeYen }, r) => ({
    kind,
    scope,
    arrivedOn,
    form,
    fee: { ...r.fee, due: feeYen },
  }),
  'papers-erased': ({ on }) => ({ erasedOn: on }),
};

const fold = (request: Request, event: EventBody): Request => ({
  ...request,
  ...(folds[event.event] as (e: EventBody, r: Request) => Partial<Request>)(event, request),
  last: request.last + 1,
});

/** The request after its events, in their order. The first must be `registered`. */
export function requestFrom(events: readonly EventBody[]): Request {
  const [head, ...rest] = events;
  if (head?.event !== 'registered') throw new RangeError('a request begins with its registration');
  return rest.reduce(fold, first(head));
}

/** The furthest stage reached; papers that were missing are waited for until they come. */
export function stageOf(r: Request): Stage {
  const reached: [boolean, Stage][] = [
    [r.closedOn !== null, 'closed'],
    [r.delivered.length > 0, 'delivered'],
    [r.notified !== null, 'notified'],
    [r.carriedOut !== null, 'carried-out'],
    [r.decided !== null, 'decided'],
    [r.lacks.length > 0, 'waiting'],
    [r.collected !== null, 'collected'],
    [r.specified !== null, 'specified'],
    [r.identified !== null, 'identified'],
    [r.papers !== null, 'papers'],
    [r.form && r.formsSentOn !== null, 'forms-sent'],
  ];
  return reached.find(([is]) => is)?.[1] ?? 'registered';
}

export const states = ['open', 'closed', 'withdrawn'] as const;
export type State = (typeof states)[number];

export const stateOf = ({ closedOn, withdrawn }: Pick<Request, 'closedOn' | 'withdrawn'>): State =>
  closedOn === null ? 'open' : withdrawn ? 'withdrawn' : 'closed';

/** The steps of a kind in their order, as far as everything goes well; `carried-out` falls away with a refusal. */
export function pathOf({ kind, form }: Pick<Request, 'kind' | 'form'>): EventName[] {
  if (!looksAtPerson(kind)) return ['registered', 'decided', 'notified', 'delivered', 'closed'];
  return [
    'registered',
    ...(form ? (['forms-sent'] as const) : []),
    'papers-received',
    'identified',
    'specified',
    'collected',
    ...(kind === 'disclosure' ? (['reviewed'] as const) : []),
    'decided',
    ...(hasEffect(kind) ? (['carried-out'] as const) : []),
    'notified',
    'delivered',
    'closed',
  ];
}

// ---- how long it takes

/**
 * How long the desk takes. The Act says "without delay" and knows one number, the two weeks of 39, which `decision` follows; the others
 * are what the desk asks of itself. Business days where it says so.
 */
export const deskDays = {
  /** Business days from arrival to the form in the post. */
  forms: 2,
  /** Business days from the papers to the check of who asks. */
  identity: 5,
  /** Days from arrival to decision and notice. */
  decision: 14,
  /** Days from arrival after which a request without an answer is pressing. */
  alarm: 10,
  /** Days after `decision` to which it may be extended at the desk: as long again. The officers may extend it further. */
  extension: 14,
  /** Months from arrival to which anybody may extend it: what takes longer is no longer "without delay" by any reading. */
  extensionMonths: 3,
  /** Days before registering from which an arrival is asked about: more likely a slip than a letter that lay so long. */
  longAgo: 30,
  /** Months from closing until the papers are erased. */
  papersMonths: 6,
} as const;

// ---- what may happen now

export const says = {
  lateArrival: both('受け付けた日より後の日は書けません', 'It cannot be later than the day it was registered'),
  afterNext: both(
    '用紙を送った日か、書類が届いた日より後です',
    'It is later than the day the form was posted or the papers came',
  ),
  kindFixed: both(
    '用紙を送った後や書類が届いた後は、種類を変えられません。取下げとして終え、正しい種類で受け付け直してください',
    'Once a form went out or papers came the kind cannot change. Close it as withdrawn and register it anew',
  ),
  easedAlready: both(
    'すでに、書面に代わる方法で進めています',
    'It is taken in another way than an ordinary letter already',
  ),
  notEased: both('書面に代わる方法にはなっていません', 'It is not taken in another way than an ordinary letter'),
  answerSent: both(
    '答えを送ったので、この請求で変わることはもうありません',
    'The answer has gone out, so nothing of this request would change any more',
  ),
  unamended: both('変わったところがありません', 'Nothing has changed'),
  begun: both('この請求は、すでに受け付けています', 'The request has been registered already'),
  unbegun: both('まだ受け付けていない請求です', 'The request has not been registered'),
  closed: both('この請求は閉じています', 'The request is closed'),
  notClosed: both('この請求は、まだ閉じていません', 'The request is not closed yet'),
  future: both('今日より後の日は書けません', 'It cannot be later than today'),
  early: both('前の段階の日より前です', 'It is before the day of the step before it'),
  kind: both(
    '特定個人情報について、この種類の請求はありません（番号法30条2項）',
    'There is no request of this kind about My Number information (Numbering Act Art. 30(2))',
  ),
  noForm: both('この請求に用紙はいりません', 'This request needs no form'),
  easedForm: both(
    '書面に代わる方法で受け付けた請求です。用紙は求められません（37条4項）',
    'It was taken in another way than an ordinary letter: no form is asked for (37(4))',
  ),
  sent: both('用紙は、すでに送っています', 'The form has been sent already'),
  answered: both('すでに決定しています', 'It has been decided already'),
  noPapers: both('書類がまだ届いていません', 'No papers have come yet'),
  consultation: both('相談では、本人の情報を見ません', 'A consultation looks at nobody’s information'),
  identified: both('本人の確認は済んでいます', 'The identity has been checked already'),
  unidentified: both('先に本人か代理人であることを確かめてください', 'First check that this is the person or an agent'),
  waiting: both('足りない書類を待っています', 'Missing papers are being waited for'),
  wrongForm: both('所定の用紙が届いていません', 'The right form has not come'),
  unreadable: both('届いた書類が読めません', 'The papers cannot be read'),
  feeShort: both('手数料が足りません', 'The fee is not paid in full'),
  feeOver: both('いただけない手数料があります。先に返してください', 'There is money that is not due; return it first'),
  amount: both('預かっている額までの、1円以上の額を書いてください', 'Enter 1 yen or more, up to what is with us'),
  yen: both('0円以上の額を書いてください', 'Enter an amount of 0 yen or more'),
  lacks: both('足りないものを1つ以上選んでください', 'Choose at least one thing that is missing'),
  documents: both('確かめた書類を1つ以上選んでください', 'Choose at least one document that was checked'),
  checked: both('氏名、住所、有効期限のすべてを確かめてください', 'Check name, address and validity, all three'),
  covered: both('個人番号などを隠したことを確かめてください', 'Confirm that My Numbers and the like have been covered'),
  represents: both(
    '法定代理人が請求できるのは、未成年者と成年被後見人についてだけです',
    'A legal representative asks for a minor or an adult ward only',
  ),
  noRepresents: both('法定代理人のときだけ選びます', 'Only for a legal representative'),
  authority: both('代理の権限を示す書類を選んでください', 'Choose the paper that shows the authority to act'),
  mandate: both('委任を受けた代理人には、委任状が要ります', 'An agent with a mandate needs a power of attorney'),
  noAuthority: both('本人の請求に、代理の書類はいりません', 'The person needs no authority to ask'),
  matches: both('検索で見つかった人と合いません', 'This does not agree with who was found by the search'),
  toldApart: both(
    '条件に合う人が複数います。同じ人かどうかを何で見分けたかを選んでください',
    'More than one entry matches: choose what showed whether they are one person',
  ),
  alone: both('見分ける必要があるのは、複数の人が見つかったときだけです', 'Only where more than one person matches'),
  unspecified: both('先に、どの本人かを特定してください', 'First find whose information it is'),
  uncollected: both('先に、対象の情報を集めてください', 'First collect what it is about'),
  notCollected: both('集めた項目にありません', 'This is not among what was collected'),
  unreviewed: both('決めていない項目があります', 'There are items without a decision'),
  ground: both('開示しない部分には、法律の理由を選んでください', 'Choose the ground of the law for what is held back'),
  noGround: both('開示しない部分だけに、理由を選びます', 'A ground belongs only to what is held back'),
  result: both('この種類の請求に、この結果はありません', 'This kind of request has no such result'),
  nothingHeld: both('保有していないので、この結果にはなりません', 'Nothing is held, so this cannot be the result'),
  undecided: both('まだ決定していません', 'It has not been decided yet'),
  noEffect: both('実施するものはありません', 'There is nothing to carry out'),
  carriedOut: both('すでに実施しています', 'It has been carried out already'),
  uncarried: both('先に、決定したことを実施してください', 'First carry out what was decided'),
  notified: both('すでに知らせています', 'The person has been told already'),
  letters: both('この結果で知らせる書類がそろっていません', 'Papers that go with this result are lacking'),
  unnotified: both('まだ本人に知らせていません', 'The person has not been told yet'),
  posted: both('すでに送っています', 'It has been sent already'),
  undelivered: both('まだ届けていません', 'It has not been delivered yet'),
  until: both('いまの期限より後の日を書いてください', 'Enter a day after the present one'),
  tooLong: both(
    `届いた日から${deskDays.extensionMonths}か月より後には延ばせません。遅滞なく答えるための、当社の決まりです`,
    `It cannot be extended beyond ${deskDays.extensionMonths} months from arrival: that is our rule for answering without delay`,
  ),
  erased: both('書類は、すでに消去しています', 'The papers have been erased already'),
  keep: both('書類を消去する日になっていません', 'It is not yet the day to erase the papers'),
} satisfies Record<string, Bilingual>;

type Says = keyof typeof says;

const no = (field: string, what: Says): FieldProblem => ({ field, says: says[what] });

/** The first of these conditions that is met, as a problem. */
function firstOf(...cases: readonly (readonly [boolean, string, Says])[]): FieldProblem | null {
  const found = cases.find(([is]) => is);
  return found ? no(found[1], found[2]) : null;
}

const latest = (...days: readonly (Day | null | undefined)[]): Day =>
  days
    .flatMap((d) => d ?? [])
    .toSorted()
    .at(-1)!;

const notBefore = (on: Day, ...floor: readonly (Day | null | undefined)[]): readonly [boolean, string, Says] => [
  on < latest(...floor),
  'on',
  'early',
];

/** Looking at the person: never before it is known who asks, nor while papers are missing. */
const unknownPerson = (r: Request): readonly (readonly [boolean, string, Says])[] => [
  [!looksAtPerson(r.kind), 'event', 'consultation'],
  [r.identified === null, 'identified', 'unidentified'],
  [r.lacks.length > 0, 'papers', 'waiting'],
];

const open = (r: Request): readonly [boolean, string, Says] => [r.decided !== null, 'event', 'answered'];

/** A decision may be taken again as long as it is neither carried out nor told: what it was to do may have become impossible (34(3), 35(7), 36). */
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
    );
  }
  return firstOf(
    [represents !== null, 'represents', 'noRepresents'],
    [!authority.includes('power-of-attorney'), 'authority', 'mandate'],
  );
}

/** Whose record a holding keeps of those a request is about; null of what was not collected of any of several. */
export function ownerIn({ specified, collected }: Pick<Request, 'specified' | 'collected'>, holding: string) {
  const principals = specified?.principals ?? [];
  const owner = collected?.holdings.find((one) => one.holding === holding)?.principal;
  return owner ?? (principals.length === 1 ? principals[0]! : null);
}

/** Of a place the holding it is in; and of one of several entries in it, whose it is. */
export function inHolding(place: string): { holding: string; owner?: string } {
  const [holding = '', owner] = place.split('@');
  return { holding, ...(owner === undefined ? {} : { owner }) };
}

/** The holdings in which more than one of those a request is about stand, with who they are. Only of one person may they be. */
export function sharedIn(kept: readonly HoldingItems[]): Map<string, string[]> {
  const owners = new Map<string, string[]>();
  for (const { holding: place, principal } of kept) {
    const { holding } = inHolding(place);
    if (principal !== undefined) owners.set(holding, [...(owners.get(holding) ?? []), principal]);
  }
  return new Map([...owners].filter(([, all]) => all.length > 1));
}

/**
 * What is kept about a person, each entry at its place: the holding, or where several of their entries stand in one holding, `holding@id`. What
 * is decided about a record is decided about its place. An entry that was collected keeps the place it had then.
 */
export function placed(kept: readonly HoldingItems[], collected: Pick<Collected, 'holdings'> | null): HoldingItems[] {
  const shared = sharedIn(kept);
  const before = ({ holding, principal }: HoldingItems): HoldingItems | undefined =>
    collected?.holdings.find((one) => one.principal === principal && inHolding(one.holding).holding === holding);
  return kept.map((one) => {
    const own =
      shared.has(one.holding) && one.principal !== undefined ? `${one.holding}@${one.principal}` : one.holding;
    return { ...one, holding: before(one)?.holding ?? own };
  });
}

/** The place of an id's record of a holding among what was collected; null where there is none. */
export function placeIn(request: Pick<Request, 'specified' | 'collected'>, holding: string, principal: string) {
  const places = request.collected?.holdings.map((one) => one.holding) ?? [];
  return places.find((one) => inHolding(one).holding === holding && ownerIn(request, one) === principal) ?? null;
}

/** What stands, with the places of a request among the holdings: of several entries in one, each by its number. */
export function withPlaces<S extends Pick<Standing, 'holdings'>>(
  stands: S,
  { collected }: Pick<Request, 'collected'>,
): S {
  const shared = sharedIn(collected?.holdings ?? []);
  if (shared.size === 0) return stands;
  const holdings = new Map(stands.holdings);
  for (const id of shared.keys()) {
    const places = collected!.holdings.filter((one) => inHolding(one.holding).holding === id);
    for (const [i, { holding: place }] of places.entries()) {
      const known = stands.holdings.get(id);
      const name = both(`${known?.name.ja}（${i + 1}）`, `${known?.name.en} (${i + 1})`);
      if (known) holdings.set(place, { ...known, name });
    }
  }
  return { ...stands, holdings };
}

/** How a step is called that is taken for each id of the person; of the only one it is the step alone. */
export const stepFor = (principals: readonly string[], step: string, principal: string): string =>
  principals.length > 1 ? `${step}@${principal}` : step;

/** Items of a disclosure that nobody has decided on. */
export const unreviewed = ({ kind, collected, reviews }: Pick<Request, 'kind' | 'collected' | 'reviews'>) =>
  kind === 'disclosure' && collected
    ? collected.holdings.flatMap(({ holding, items }) =>
        items.map((item) => ({ holding, item })).filter((one) => !reviews.some((review) => sameItem(review, one))),
      )
    : [];

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
      [!resultsOf(r.kind).includes(result), 'result', 'result'],
      [nobody && result !== 'absent' && result !== 'refused', 'result', 'nothingHeld'],
      notBefore(on, r.arrivedOn, r.identified?.on, specified?.on, r.collected?.on, r.decided?.on),
    )
  );
}

/** Whether nothing has been done yet that depends on what kind of request it is. */
export const mayBeAnother = (r: Request): boolean =>
  r.formsSentOn === null && r.papers === null && r.identified === null && r.decided === null;

type Rule<E extends EventName> = (request: Request, event: EventOf<E>) => FieldProblem | null;

/** Whether each event may happen to an open request; days later than today are refused before. */
const rules: { [E in EventName]: Rule<E> } = {
  registered: () => no('event', 'begun'),
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
  'papers-short': (r, { on, lacks: missing }) =>
    firstOf(
      [r.papers === null, 'papers', 'noPapers'],
      [r.decided !== null, 'event', 'answered'],
      [missing.length === 0, 'lacks', 'lacks'],
      [r.eased && missing.includes('form'), 'lacks', 'easedForm'],
      [r.lacks.length > 0, 'event', 'waiting'],
      notBefore(on, r.papersLastOn),
    ),
  identified: (r, event) =>
    firstOf(
      [!looksAtPerson(r.kind), 'event', 'consultation'],
      [r.identified !== null, 'event', 'identified'],
      [r.papers === null, 'papers', 'noPapers'],
      [r.lacks.length > 0, 'papers', 'waiting'],
      [r.papers?.unreadable === true, 'papers', 'unreadable'],
      [r.form && r.papers?.form !== 'right', 'papers', 'wrongForm'],
      [feeShort(r) > 0, 'fee', 'feeShort'],
      [event.documents.length === 0, 'documents', 'documents'],
      [!checks.every((check) => event.checked.includes(check)), 'checked', 'checked'],
      [!event.numbersCovered, 'numbersCovered', 'covered'],
      notBefore(event.on, r.papersLastOn),
    ) ?? requesterProblem(event),
  refunded: (r, { on, yen }) =>
    firstOf(
      [r.papers === null, 'papers', 'noPapers'],
      [!Number.isSafeInteger(yen) || yen < 1 || yen > r.fee.received - r.fee.returned, 'yen', 'amount'],
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
      notBefore(on, r.identified?.on),
    ),
  collected: (r, { on }) =>
    firstOf(
      open(r),
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
  notified: (r, { on, documents }) =>
    firstOf(
      [r.decided === null, 'event', 'undecided'],
      [r.notified !== null, 'event', 'notified'],
      [toCarryOut(r) && r.carriedOut === null, 'event', 'uncarried'],
      [
        r.decided !== null && !documentsFor(r.kind, r.decided.result).every((one) => documents.includes(one)),
        'documents',
        'letters',
      ],
      notBefore(on, r.decided?.on, r.carriedOut?.on),
    ),
  delivered: (r, { on, by }) =>
    firstOf(
      [r.notified === null, 'event', 'unnotified'],
      [by === 'post' && r.delivered.some((one) => one.by === 'post'), 'event', 'posted'],
      notBefore(on, r.notified?.on),
    ),
  closed: (r, { on }) =>
    firstOf(
      [r.delivered.length === 0, 'event', 'undelivered'],
      [feeOver(r) > 0, 'fee', 'feeOver'],
      notBefore(on, r.delivered.at(-1)?.on),
    ),
  extended: (r, { until }) =>
    firstOf(
      [r.decided !== null, 'event', 'answered'],
      [until <= decideBy(r), 'until', 'until'],
      [until > extendableTo(r, true), 'until', 'tooLong'],
    ),
  withdrawn: (r, { on }) =>
    firstOf(
      [r.decided !== null, 'event', 'answered'],
      [feeOver(r) > 0, 'fee', 'feeOver'],
      notBefore(on, r.arrivedOn, r.papersLastOn),
    ),
  assigned: () => null,
  eased: (r, { eased }) =>
    firstOf(
      [sentOn(r) !== null, 'event', 'answerSent'],
      [r.eased === eased, 'event', eased ? 'easedAlready' : 'notEased'],
    ),
  amended: (r, { kind, scope, arrivedOn, sender, agent = [] }) => {
    const another = kind !== r.kind || scope !== r.scope;
    return firstOf(
      [arrivedOn > r.registeredOn, 'arrivedOn', 'lateArrival'],
      [[r.formsSentOn, r.papersOn].some((on) => on !== null && on < arrivedOn), 'arrivedOn', 'afterNext'],
      [another && !mayBeAnother(r), 'kind', 'kindFixed'],
      [!kindsOf(scope).includes(kind), 'kind', 'kind'],
      [!another && arrivedOn === r.arrivedOn && sender.length + agent.length === 0, 'event', 'unamended'],
    );
  },
  'papers-erased': () => no('event', 'notClosed'),
};

/** Of a closed request only its papers are still to be erased, on their day. */
const afterClosing = (r: Request, event: EventBody): FieldProblem | null =>
  event.event === 'papers-erased'
    ? firstOf([r.erasedOn !== null, 'event', 'erased'], [event.on < eraseOn(r)!, 'on', 'keep'])
    : no('event', 'closed');

/** A request must not have arrived later than it is registered, nor be one the law does not know. */
const beginning = (event: EventBody): FieldProblem | null =>
  event.event === 'registered'
    ? firstOf(
        [event.arrivedOn > event.on, 'arrivedOn', 'future'],
        [!kindsOf(event.scope).includes(event.kind), 'kind', 'kind'],
      )
    : no('event', 'unbegun');

/** Whether an event may happen to a request on a day (null = to one that does not exist yet). The problem names a field of the event. */
export function admit(request: Request | null, event: EventBody, today: Day): FieldProblem | null {
  if (event.on > today) return no('on', 'future');
  if (request === null) return beginning(event);
  if (request.closedOn !== null) return afterClosing(request, event);
  return (rules[event.event] as (r: Request, e: EventBody) => FieldProblem | null)(request, event);
}

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

/** Whether an answer waits for something to be done anew first. */
export const isHeldUp = (r: Pick<Request, 'carriedOut' | 'notified'>, since: Since): boolean =>
  r.carriedOut === null && r.notified === null && (isAnother(since) || since.changed.length > 0);

/** What the desk does next, or may do instead; empty once the papers are gone. */
export function nextEvents(r: Request, since = nothingSince): EventName[] {
  if (r.closedOn !== null) return r.erasedOn === null ? ['papers-erased'] : [];
  const anew = isHeldUp(r, since);
  if (anew && isAnother(since))
    return r.decided === null
      ? ['specified', ...sideEvents(r).filter((event) => event !== 'specified' && event !== 'collected')]
      : ['specified', ...besides(r)];
  if (r.decided === null) {
    const [next] = nextBeforeDecision(r);
    const main = anew && next === 'decided' ? 'reviewed' : next;
    return [...(main ? [main] : []), ...sideEvents(r)];
  }
  if (anew) return ['reviewed', ...besides(r)];
  if (r.carriedOut === null && r.notified === null)
    return [toCarryOut(r) ? 'carried-out' : 'notified', 'decided', ...besides(r)];
  if (r.notified === null) return ['notified', ...besides(r)];
  if (r.delivered.length === 0) return ['delivered', ...besides(r)];
  return [feeOver(r) > 0 ? 'refunded' : 'closed', ...besides(r)];
}

/** What may be done at any step of an open request; how the answer is given, until it has gone out. */
const besides = (r: Request): EventName[] => [
  'assigned',
  ...(sentOn(r) === null ? (['eased'] as const) : []),
  'amended',
];

/** Whether all is done that comes before the decision. A consultation is answered, not decided. */
export const isDecidable = (r: Request): boolean =>
  r.closedOn === null && r.decided === null && looksAtPerson(r.kind) && nextBeforeDecision(r)[0] === 'decided';

function nextBeforeDecision(r: Request): EventName[] {
  if (!looksAtPerson(r.kind)) return ['decided'];
  const open: [boolean, EventName][] = [
    [r.papers === null && r.form && r.formsSentOn === null, 'forms-sent'],
    [r.papers === null || r.lacks.length > 0, 'papers-received'],
    [r.identified === null, incomplete(r) ? 'papers-short' : 'identified'],
    [r.specified === null, 'specified'],
    [r.specified?.principals.length !== 0 && r.collected === null, 'collected'],
    [unreviewed(r).length > 0, 'reviewed'],
  ];
  return [...open.filter(([is]) => is).map(([, event]) => event), 'decided'];
}

/** Whether what came does not suffice whatever it shows. */
const incomplete = (r: Request): boolean =>
  r.papers?.unreadable === true || (r.form && r.papers?.form !== 'right') || feeShort(r) > 0;

function sideEvents(r: Request): EventName[] {
  const open: [boolean, EventName][] = [
    [r.papers === null && r.form && r.formsSentOn === null, 'papers-received'],
    [r.papers !== null && r.lacks.length === 0 && looksAtPerson(r.kind), 'papers-short'],
    [feeOver(r) > 0, 'refunded'],
    [r.specified !== null, 'specified'],
    [r.collected !== null, 'collected'],
    [true, 'extended'],
    [feeOver(r) === 0, 'withdrawn'],
  ];
  return [...open.filter(([is]) => is).map(([, event]) => event), ...besides(r)];
}

// ---- the days

/** The nth business day after a day; undefined outside the years whose holidays are known. */
export function openDaysAfter(from: Day, n: number): Day | undefined {
  let at: Day | undefined = from;
  for (let i = 0; i < n && at !== undefined; i++) at = nextOpenDay(addDays(at, 1));
  return at;
}

/** The last day to decide and send the answer: fourteen days from arrival, or what it was extended to. */
export const decideBy = ({ arrivedOn, extendedTo }: Pick<Request, 'arrivedOn' | 'extendedTo'>): Day =>
  extendedTo ?? addDays(arrivedOn, deskDays.decision);

/** The day the papers of a closed request are erased; null while it is open. */
export const eraseOn = ({ closedOn }: Pick<Request, 'closedOn'>): Day | null =>
  closedOn && addMonths(closedOn, deskDays.papersMonths);

/**
 * What the days of a request are counted from, as far as they are still to come: it follows from the events and is kept for lists. What is due when
 * does not, and is counted when it is read.
 */
export interface Clocks {
  kind: Kind;
  arrivedOn: Day;
  /** The form is still to go out. */
  formDue: boolean;
  /** When the papers came by which it is still to be found out who asks. */
  checkFrom: Day | null;
  /** The person still waits for the answer. */
  untold: boolean;
  extendedTo: Day | null;
  closedOn: Day | null;
  erased: boolean;
}

export interface Due {
  /** Null: done, or not due. Undefined days lie outside the known calendar. */
  forms: Day | null | undefined;
  identity: Day | null | undefined;
  alarm: Day | null;
  decision: Day | null;
  /** After this day the person may sue (39); null for a consultation. It does not move with an extension. */
  lawsuit: Day | null;
  erase: Day | null;
}

/** Whether a letter arrived so long before it is registered that a slip is likelier. */
export const isLongAgo = (arrivedOn: Day, registeredOn: Day): boolean =>
  arrivedOn < addDays(registeredOn, -deskDays.longAgo);

/** The last day to which somebody who may decide refusals, or who may not, can extend a request that arrived on a day. */
export const extendableTo = ({ arrivedOn }: Pick<Request, 'arrivedOn'>, mayDecide: boolean): Day =>
  mayDecide
    ? addMonths(arrivedOn, deskDays.extensionMonths)
    : addDays(arrivedOn, deskDays.decision + deskDays.extension);

/** The day the answer went out: it was posted, or its link was mailed. Null while it lies ready at most. */
export const sentOn = ({ notified, delivered }: Pick<Request, 'notified' | 'delivered'>): Day | null =>
  notified?.by === 'electronic' ? notified.on : (delivered[0]?.on ?? null);

/** Whether the person still waits for the result. */
export const isUntold = (r: Pick<Request, 'closedOn' | 'notified' | 'delivered'>): boolean =>
  r.closedOn === null && sentOn(r) === null;

export function clocksOf(r: Request): Clocks {
  const { kind, arrivedOn, extendedTo, closedOn } = r;
  const open = closedOn === null;
  const toCheck = open && r.identified === null && r.lacks.length === 0 && looksAtPerson(kind);
  return {
    kind,
    arrivedOn,
    formDue: open && r.form && r.formsSentOn === null && r.papers === null,
    checkFrom: toCheck ? r.papersLastOn : null,
    untold: isUntold(r),
    extendedTo,
    closedOn,
    erased: r.erasedOn !== null,
  };
}

/** What is due of a request, and by which day. */
export const dueOf = ({ kind, arrivedOn, formDue, checkFrom, untold, extendedTo, closedOn, erased }: Clocks): Due => ({
  forms: formDue ? openDaysAfter(arrivedOn, deskDays.forms) : null,
  identity: checkFrom && openDaysAfter(checkFrom, deskDays.identity),
  alarm: untold ? addDays(arrivedOn, deskDays.alarm) : null,
  decision: untold ? decideBy({ arrivedOn, extendedTo }) : null,
  lawsuit: untold && looksAtPerson(kind) ? lawsuitAfter(arrivedOn) : null,
  erase: erased ? null : eraseOn({ closedOn }),
});

/** 39: the last day before a lawsuit is possible. */
export function lawsuitAfter(arrivedOn: Day): Day | null {
  const finding = decideLawsuit({ arrivedOn, refusedOn: null }, arrivedOn);
  return finding.answer === 'no' ? (finding.duties.find((duty) => duty.do === 'decide-request')?.by ?? null) : null;
}

/** The next day something is due, for lists; null when nothing is. */
export function dueOn(clocks: Clocks): Day | null {
  const { forms, identity, decision, erase } = dueOf(clocks);
  return [forms, identity, decision, erase].flatMap((d) => d ?? []).toSorted()[0] ?? null;
}

/** How pressing an open request is on a day. */
export type Urgency = 'calm' | 'alarm' | 'overdue';

export function urgencyOf(clocks: Clocks, today: Day): Urgency {
  const { decision, alarm, forms, identity } = dueOf(clocks);
  const late = (d: Day | null | undefined): boolean => d !== null && d !== undefined && d < today;
  if (late(decision)) return 'overdue';
  return (alarm !== null && alarm <= today) || late(forms) || late(identity) ? 'alarm' : 'calm';
}

// ---- what the desk is told of by mail

/** A clock of a request and how it stands, the worst first: a letter about one request says the first of them. */
export const pressures = [
  'lawsuit reached',
  'decision over',
  'lawsuit near',
  'decision reached',
  'extended near',
  'alarm reached',
  'forms over',
  'identity over',
  'erase over',
  'identity reached',
  'forms near',
] as const;
export type Pressure = (typeof pressures)[number];

/** Something of a request that is due soon, due, or overdue on a day; `by` is the day it is about. */
export interface Pressing {
  what: Pressure;
  by: Day;
}

/** How many business days before its day each is told of; 0: on the day, or before the closed days it lies among. */
const ahead: Partial<Record<Pressure, number>> = { 'forms near': 1, 'extended near': 2, 'lawsuit near': 2 };

/** What of a request is pressing on a business day, the worst first. */
export function pressingOf(clocks: Clocks, today: Day): Pressing[] {
  const { forms, identity, alarm, decision, lawsuit, erase } = dueOf(clocks);
  const about: Record<Pressure, Day | null | undefined> = {
    'lawsuit reached': lawsuit && addDays(lawsuit, 1),
    'decision over': decision,
    'lawsuit near': lawsuit && lawsuit >= today ? addDays(lawsuit, 1) : null,
    'decision reached': decision,
    'extended near': clocks.extendedTo === null ? null : decision,
    'alarm reached': alarm,
    'forms over': forms,
    'identity over': identity,
    'erase over': erase,
    'identity reached': identity,
    'forms near': forms,
  };
  const is = (what: Pressure, by: Day): boolean => {
    if (what.endsWith('over')) return by < today;
    if (what === 'lawsuit reached') return by <= today;
    if (what === 'alarm reached' && by < today) return true;
    const until = openDaysAfter(today, (ahead[what] ?? 0) + 1);
    return by === today || (until !== undefined && by > today && by < until);
  };
  return pressures.flatMap((what) => {
    const by = about[what];
    return by && is(what, by) ? [{ what, by }] : [];
  });
}

/** Whether the officers hear of it too: of everything once the alarm has come, and of what is decided or kept too long. */
export const toOfficers = (pressing: readonly Pressing[]): boolean =>
  pressing.some(({ what }) => !/^(forms|identity) /.test(what));

/** The desk opens at nine; what falls due on a day is told then. */
export const deskOpens = 9;

/** Whether the desk is open on a day of Japan: outside the years whose holidays are known rather on a day too many. */
export const isDeskDay = (on: Day): boolean => isOpenDay(on) !== false;

// ---- the answer

/** The contents of a finding's duty of one kind. */
const itemsOf = (finding: Finding, code: string): readonly string[] =>
  finding.answer === 'unknown'
    ? []
    : finding.duties.filter((duty) => duty.do === code).flatMap((duty) => duty.items ?? ['']);

/** How a finding of the law about a request came out; null while it cannot be said. */
export function resultOf(kind: RightsRequest, finding: Finding): Result | null {
  if (finding.answer === 'unknown') return null;
  const items = itemsOf(finding, 'notify-decision');
  if (finding.answer === 'no') {
    if (items.includes('absence')) return 'absent';
    const instead = finding.duties.some(
      ({ do: what }) => what === 'take-alternative-measures' || what === 'restrict-use',
    );
    return instead && hasEffect(kind) ? 'otherwise' : 'refused';
  }
  if (items.includes('withheld-part')) return items.includes('method') ? 'partly-otherwise' : 'partly';
  if (items.includes('method')) return 'otherwise';
  return itemsOf(finding, 'explain-reasons').length > 0 ? 'partly' : 'granted';
}

/** How far each ground reaches over the reviewed items: over all of them when nothing is left to show. */
export function extentsOf(reviews: readonly Review[]): Record<WithholdingGround, 'none' | 'part' | 'all'> {
  const nothingLeft = !reviews.some(({ decision }) => decision === 'disclose' || decision === 'redact');
  const extent = (ground: WithholdingGround) =>
    reviews.some((review) => review.ground === ground) ? (nothingLeft ? 'all' : 'part') : 'none';
  return { harms: extent('harms'), impedes: extent('impedes'), violates: extent('violates') };
}

/** Whether anything that was reviewed is there at all. */
export const anythingHeld = (reviews: readonly Review[]): boolean =>
  reviews.some(({ decision }) => decision !== 'absent');

/** What the desk knows of a disclosure item by item, as the law is asked with it. */
export function itemFacts(reviews: readonly Review[]): { exists: boolean } & Partial<ReturnType<typeof extentsOf>> {
  const exists = anythingHeld(reviews);
  return exists ? { exists, ...extentsOf(reviews) } : { exists };
}

// ---- electronic delivery

/**
 * How an answer is handed over electronically. Days until the link ends: the letter with the code needs up to three in the post, a weekend
 * may lie between, and what waits for longer is forgotten and only a risk. Minutes the files may be fetched after the right code, in one
 * sitting. Wrong codes until it closes: more than a person mistypes, and of 2^50 codes no chance.
 */
export const parcelTerms = { days: 7, minutes: 30, wrongCodes: 5 } as const;

/** One that would be open for longer was opened by a clock that has been set back since. */
export const LONGEST_SITTING_MS = 2 * parcelTerms.minutes * 60_000;

/** Why no more can be fetched: it was, it was not in time, the code was guessed at, there is a newer one, the request is closed. */
const parcelEnds = ['fetched', 'expired', 'wrong-codes', 'replaced', 'closed'] as const;
export type ParcelEnd = (typeof parcelEnds)[number];

/** Waiting for the code; opened with it; being fetched, a file has gone out whole and the others still may; or ended. */
const parcelStates = ['waiting', 'opened', 'fetching', ...parcelEnds] as const;
export type ParcelState = (typeof parcelStates)[number];

/** What happened to a parcel; instants in milliseconds. */
export interface Parcel {
  madeAt: number;
  validUntil: number;
  openingUntil: number | null;
  fetchedAt: number | null;
  endedBy: ParcelEnd | null;
}

/** Where a parcel stands. It ends by the clock even before anybody has written that down, and one that a clock dated ahead lasts no longer for it. */
export function parcelState(
  { madeAt, validUntil, openingUntil, fetchedAt, endedBy }: Parcel,
  now: number,
): ParcelState {
  if (endedBy !== null) return endedBy;
  const open = openingUntil !== null && now < openingUntil && openingUntil - now <= LONGEST_SITTING_MS;
  if (fetchedAt !== null) return open ? 'fetching' : 'fetched';
  if (open) return 'opened';
  return Math.abs(now - madeAt) < validUntil - madeAt ? 'waiting' : 'expired';
}

/** Whether the code still opens it: after the sitting in which something was fetched, it does not. */
export const isOpenable = (state: ParcelState): boolean => state === 'waiting' || state === 'opened';

/** Whether files can be fetched at this moment. */
export const isOpen = (state: ParcelState): boolean => state === 'opened' || state === 'fetching';
