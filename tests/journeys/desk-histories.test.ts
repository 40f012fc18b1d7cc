// What the desk does with requests, after every act of random histories through the running server: letters, papers, fees, agents, decisions with each
// ground, effects, answers that come back, consents and objections beside them, two clerks at once, and steps that one reason alone forbids. A few
// lines that share nothing with the rules say what the law and the published policy make of it (29, 30, 32 to 39), and each answer, due day, record
// and log entry is compared with them.

import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addDays, addMonths, weekday, type Day } from '../../src/base/day.ts';
import type { Answer as Told, DeskJson, Sekisho } from '../../src/client.ts';
import { retractObjection } from '../../src/features/consent/actions/consents.ts';
import { correct, forgetStanding } from '../../src/features/checkpoint/index.ts';
import { registerHolding } from '../../src/features/ledger/index.ts';
import { checkRecipient } from '../../src/features/recipients/index.ts';
import { standingClock } from '../../src/platform/clock.ts';
import { addConsent, addConsentText, addPerson, addRecipient, byOfficer, entrusted, valueOf } from '../people.ts';
import { wordsOf } from '../desk.ts';
import { must, openServer, readers, systemActions, tokenOf, type TestServer } from '../server.ts';

const clock = standingClock('2026-12-21T10:00:00+09:00');
const today = (): Day => clock.today();
let server: TestServer;
let holding: string;
/** A second ledger, of one person, which nobody had in mind when they asked. */
let second: string;
let abroad: string;
let give: { code: string; version: number };
/** Consent to a use in the second ledger. */
let agree: { code: string; version: number };

beforeAll(async () => {
  server = await openServer({
    clock,
    // The officer's system may decide; a clerk's, whose token lacks an action, may not.
    permit: `@id("requests-by-system") permit (principal is System, action == Action::"requests:decide", resource)
      when { context.actions.contains("log:export") };`,
  });
  const add = async (ja: string, of: string[]): Promise<string> => {
    const input = { ...readers, name: { ja }, items: of, channels: ['oral'], purposes: ['P1', 'P3'] } as const;
    const whole = { ...input, channels: ['oral'], purposes: ['P1', 'P3'], manager: server.staff.officer };
    return must(await registerHolding(server.app, byOfficer(server), whole)).id;
  };
  holding = await add('催しの参加者', [...items]);
  second = await add('催しの協力者', ['name']);
  forgetStanding(server.office);
  give = await addConsentText(server, { holding, recipients: [server.recipient], items: ['name', 'email'] });
  agree = await addConsentText(server, { holding: second, recipients: [], items: ['name'], purpose: 'P1' });
  abroad = await abroadOnSystem();
});
afterAll(() => server.close());

/** An entrusted party abroad that is let have personal data by its own system, of whose measures the person is told when they ask (28(3)). */
async function abroadOnSystem(): Promise<string> {
  const id = await addRecipient(
    server,
    { name: 'Reiji Viet Nam', address: 'Ha Noi', country: 'VN', relations: ['entrustment'] },
    entrusted,
    {
      kind: 'equivalent-system',
      reference: '認証',
      from: '2026-04-01',
      until: '2099-03-31',
      by: 'certificate',
      scheme: 'global-cbpr',
    },
  );
  const found = { method: '書面', measures: 'kept', trouble: '', remedy: '', foreignSystem: '制度' };
  must(await checkRecipient(server.office, byOfficer(server), id, { on: today(), ...found }));
  return id;
}

// ---- what has happened, as the model keeps it

const items = ['name', 'email', 'phone'] as const;
type Item = (typeof items)[number];
type Kind = Exclude<DeskJson['registration']['kind'], 'consultation'>;
const kinds = [
  'disclosure',
  'record-disclosure',
  'correction',
  'stop-use',
  'erasure',
  'stop-provision',
  'purpose-notice',
  'foreign-information',
] as const satisfies readonly Kind[];
type Events = DeskJson['events'];
type Name = Exclude<keyof Events, 'addressed' | 'sought' | 'amended' | 'eased' | 'assigned'>;
type Case = DeskJson['request'];
type Result = NonNullable<Case['decided']>['result'];

interface Asked {
  id: string;
  kind: Kind;
  channel: Arriving['channel'];
  sender: string;
  who: number;
  seen: number;
  arrived: Day;
  formSent: boolean;
  heard: boolean;
  /** The papers that came last, and when. */
  papers: { right: boolean; readable: boolean; on: Day } | null;
  method: 'paper' | 'electronic' | null;
  due: number;
  held: number;
  /** The day the fee was waived, from which the request goes on. */
  waived: Day | null;
  lacks: string[];
  waits: Day | null;
  asker: 'principal' | 'legal-representative' | 'mandated-agent' | null;
  /** Letters go to an agent, also while it is in doubt whether they still are one. */
  agent: boolean;
  /** False: nobody is found. */
  found: boolean | null;
  /** How many records of 29(1) there were when it was collected, and which items. */
  collected: { records: number; items: readonly Item[] } | null;
  /** Each judged item with how often it had been changed until then. */
  judged: Map<Item, { shown: boolean; edition: number }>;
  decided: {
    result: Result;
    stops: Stop | null;
    takes: boolean;
    exists: boolean;
    paper: boolean;
    /** What is corrected, and to what. */
    sets: Partial<Record<Item, string>>;
    /** What the person must be told in so many words: the reasons, the measure taken instead, the law that keeps it, why it is dismissed. */
    says: readonly string[];
    /** What was held before a correction. */
    former: Partial<Record<Item, string>>;
  } | null;
  carried: boolean;
  carriedOn: Day | null;
  told: 'post' | 'own-mail' | null;
  sent: boolean;
  /** How it went out last. */
  went: 'post' | 'own-mail' | null;
  /** The answer came back and has not gone out again. */
  back: boolean;
  /** The post did not deliver an answer. */
  returned: boolean;
  until: Day | null;
  closed: Day | null;
  state: Case['state'];
  /** What the product offered when it was last looked at, what comes next first. */
  next: readonly string[];
}

/** `of`: the purposes or the recipients that it reaches; null: all. */
interface Stop {
  stops: 'use' | 'provision';
  of: readonly string[] | null;
}

interface Person {
  id: string;
  name: string;
  email: string;
  /** Empty: not kept yet. */
  phone: string;
  /** How often each item was corrected. */
  editions: Record<Item, number>;
  erased: boolean;
  /** Provided abroad to a recipient with a system. */
  abroad: boolean;
  /** Kept in the second ledger too, whose use for P1 they consented to on these days. */
  agreed: Day[] | null;
  consents: { id: string; on: Day; withdrawn: boolean }[];
  objections: { id: string; scope: 'everything' | 'provision'; on: Day }[];
  stops: (Stop & { on: Day })[];
  /** Ids of the records of 29(1). */
  records: string[];
}

interface World {
  officer: Sekisho;
  clerk: Sekisho;
  until: Day;
  people: Person[];
  requests: Asked[];
}

// ---- what the law makes of it

const charged = (kind: Kind): boolean => kind === 'disclosure' || kind === 'record-disclosure';
const hasForm = (kind: Kind): boolean => kind !== 'purpose-notice' && kind !== 'foreign-information';
const acts = (kind: Kind): boolean => ['correction', 'stop-use', 'erasure', 'stop-provision'].includes(kind);
const suable = hasForm;
const FEE = 1000;

/** 35(2), (4), (6): what the person had stopped is not done, from the day it was carried out on; 22: nor is what is only kept because a law says so. */
const useStopped = ({ stops }: Person, purpose: string): boolean =>
  stops.some((one) => one.stops === 'use' && (one.of === null || one.of.includes(purpose)));

/** 18(1), and the company's promise to stop a use that the person objected to: no consent to a use is given here. */
const mayUse = (person: Person, purpose: 'P1' | 'P3'): boolean =>
  !useStopped(person, purpose) && !person.objections.some(({ scope }) => scope === 'everything');

/** The same in the second ledger, where a consent to the use after an objection lets it go on; after a stop of 35 none does. */
const mayUseSecond = (person: Person): boolean =>
  !useStopped(person, 'P1') &&
  person.objections.every(({ scope, on }) => scope !== 'everything' || person.agreed!.some((day) => day > on));

/** 16, 27(1), 35(4), (6): a consent to just this, given after the last stop or objection. */
function mayProvide(person: Person): boolean {
  const ends = [...person.stops.map(({ on }) => on), ...person.objections.map(({ on }) => on)];
  return (
    !useStopped(person, 'P3') &&
    person.consents.some(({ on, withdrawn }) => !withdrawn && ends.every((end) => end < on))
  );
}

const holidays = [
  '2027-01-11',
  '2027-02-11',
  '2027-02-23',
  '2027-03-22',
  '2027-04-29',
  '2027-05-03',
  '2027-05-04',
  '2027-05-05',
  '2027-07-19',
  '2027-08-11',
  '2027-09-20',
  '2027-09-23',
  '2027-10-11',
  '2027-11-03',
  '2027-11-23',
];
const isClosed = (on: Day): boolean =>
  [0, 6].includes(weekday(on)) || holidays.includes(on) || /-(12-(29|30|31)|01-0[123])$/.test(on);
function businessDays(from: Day, n: number): Day {
  let on = from;
  for (let left = n; left > 0;) if (!isClosed((on = addDays(on, 1)))) left -= 1;
  return on;
}

const formDue = (r: Asked): boolean => !r.closed && !r.decided && hasForm(r.kind) && !r.formSent && r.papers === null;
const feeDue = (r: Asked): number => (r.decided?.result === 'dismissed' ? 0 : r.due);
const over = (r: Asked): number => Math.max(0, r.held - feeDue(r));
const short = (r: Asked): number => Math.max(0, feeDue(r) - r.held);
const latest = (...days: (Day | null)[]): Day =>
  days
    .flatMap((one) => one ?? [])
    .toSorted()
    .at(-1)!;

/** What is due by which day: the two weeks of 39, and what the desk sets itself; nothing of what is done. */
function dueOf(r: Asked): Case['due'] {
  const open = r.closed === null;
  const untold = open && !r.sent;
  const checks = open && !r.decided && !r.asker && r.lacks.length === 0 && r.papers !== null;
  return {
    forms: formDue(r) ? businessDays(r.arrived, 2) : null,
    acknowledgement: open && !r.heard && !formDue(r) ? businessDays(r.arrived, 2) : null,
    identity: checks ? businessDays(latest(r.papers!.on, r.waived), 5) : null,
    alarm: untold ? addDays(r.arrived, 10) : null,
    decision: untold ? (r.until ?? addDays(r.arrived, 14)) : null,
    lawsuit: untold && suable(r.kind) ? addDays(r.arrived, 14) : null,
    erase: r.closed && addMonths(r.closed, 6),
  };
}

/** What the desk does next when nothing is amiss. */
function nextOf(w: World, r: Asked): Name | 'papers-erased' {
  if (r.closed) return 'papers-erased';
  const dismissed = r.decided?.result === 'dismissed';
  const held = !dismissed && !r.carried && !r.told && isOutdated(w, r);
  if (!r.decided) {
    if (formDue(r)) return 'forms-sent';
    if (r.papers === null || r.lacks.length > 0) return 'papers-received';
    const enough = r.papers.readable && (!hasForm(r.kind) || r.papers.right) && short(r) === 0;
    if (!r.asker) return enough ? 'identified' : 'papers-short';
    if (r.found === null) return 'specified';
    if (r.found && (!r.collected || hasGrown(w, r))) return 'collected';
    return unjudged(r).length > 0 || held ? 'reviewed' : 'decided';
  }
  if (hasGrown(w, r)) return 'collected';
  if (held) return 'reviewed';
  if (!r.told) return toCarry(r) && !r.carried ? 'carried-out' : 'notified';
  if (!r.sent) return 'delivered';
  return over(r) > 0 ? 'refunded' : 'closed';
}

const unjudged = (r: Asked): Item[] =>
  r.kind === 'disclosure' ? (r.collected?.items ?? []).filter((item) => !r.judged.has(item)) : [];

/** 33(2): what is shown is what is there; an item that changed after it was judged is judged again. */
const outdated = ({ people }: World, r: Asked): Item[] => {
  const { editions, erased } = people[r.who]!;
  return erased ? [] : [...r.judged].flatMap(([item, { edition }]) => (edition === editions[item] ? [] : [item]));
};
const isOutdated = (w: World, r: Asked): boolean => outdated(w, r).length > 0;

const heldOf = (person: Person): Item[] => (person.erased ? [] : items.filter((item) => person[item] !== ''));

const grants = (result: Result): boolean => ['granted', 'partly', 'otherwise', 'partly-otherwise'].includes(result);

const toCarry = (r: Asked): boolean =>
  acts(r.kind) && ['granted', 'partly', 'otherwise'].includes(r.decided?.result ?? '');

/** 33, 34, 35: other unanswered requests of the person that find nothing, or other content, once this one is carried out. */
const aheadOf = (w: World, r: Asked): Asked[] =>
  w.requests.filter(
    (one) =>
      one !== r &&
      one.who === r.who &&
      one.found === true &&
      !one.closed &&
      !one.sent &&
      (r.kind === 'erasure'
        ? ['disclosure', 'purpose-notice', 'correction'].includes(one.kind)
        : r.kind === 'correction' && one.kind === 'disclosure'),
  );

// ---- the steps: what a caller sends, why it is refused (the fields), and what is so afterwards

interface Variant {
  /** Which of the ways to take a step, 0 the plainest. */
  n: number;
  on: 'today' | 'tomorrow' | 'early';
  by: 'officer' | 'clerk';
}

type Body<E extends Name> = Omit<Events[E], 'seen' | 'attempt'>;
interface Step<E extends Name = Name> {
  body: Body<E>;
  /** Names of the fields that are wrong, each for one reason; empty: it is taken. */
  wrong: (string | false)[];
  /** Only the officer may. */
  officer?: boolean;
  after: () => void;
}

const dayOf = (r: Asked, { on }: Variant): Day =>
  on === 'today' ? today() : on === 'tomorrow' ? addDays(today(), 1) : addDays(r.arrived, -1);
const wrongDay = ({ on }: Variant): string | false => on !== 'today' && 'on';

/** Nobody is looked at before it is known who asks and nothing is missing (37). */
const looks = (r: Asked): (string | false)[] => [!r.asker && 'identified', r.lacks.length > 0 && 'papers'];
const settled = (r: Asked): (string | false)[] => [r.carried && 'event', r.told !== null && 'event'];
const asked = (r: Asked): boolean => r.papers !== null || (hasForm(r.kind) && r.formSent);

const unknown = (r: Asked): void => {
  Object.assign(r, { asker: null, found: null, collected: null, judged: new Map() });
};
const undecided = (r: Asked): void => {
  Object.assign(r, { decided: null, told: null, back: false });
};

type Steps = { [E in Name]: (w: World, r: Asked, v: Variant) => Step<E> };

const intake: Pick<Steps, 'acknowledged' | 'forms-sent' | 'papers-received' | 'papers-short' | 'identified'> = {
  acknowledged: (_, r, v) => ({
    body: { on: dayOf(r, v), how: v.n % 2 ? 'otherwise' : 'letter' },
    wrong: [wrongDay(v), r.heard && 'event', formDue(r) && 'event'],
    after: () => (r.heard = true),
  }),
  'forms-sent': (_, r, v) => ({
    body: { on: dayOf(r, v) },
    wrong: [
      wrongDay(v),
      !hasForm(r.kind) && 'event',
      r.decided !== null && 'event',
      r.formSent && 'event',
      r.asker !== null && 'event',
    ],
    after: () => Object.assign(r, { formSent: true, heard: true }),
  }),
  'papers-received': (_, r, v) => {
    const right = v.n % 5 !== 1;
    const readable = v.n % 7 !== 2;
    const form = hasForm(r.kind) ? (right ? 'right' : 'wrong') : 'none';
    // 38: a fee that nobody owes may come all the same.
    const yen = v.n % 6 === 5 ? FEE + 200 : v.n % 3 === 2 ? 400 : short(r);
    const method = v.n % 3 === 1 ? 'electronic' : 'paper';
    return {
      body: { on: dayOf(r, v), form, fee_yen: yen, unreadable: !readable, method },
      wrong: [wrongDay(v), r.decided !== null && 'event', r.asker !== null && r.lacks.length === 0 && 'event'],
      after: () => {
        Object.assign(r, { papers: { right, readable, on: today() }, method, lacks: [], waits: null });
        r.held += yen;
      },
    };
  },
  'papers-short': (_, r, v) => {
    const lack = (['identity', 'fee', 'form', 'specify', 'authority', 'unreadable'] as const)[v.n % 6]!;
    const doubt = lack === 'identity' || lack === 'authority';
    const addressee = r.agent && doubt && v.n % 4 !== 3 ? (v.n % 5 === 4 ? 'sender' : 'agent') : null;
    return {
      body: { on: dayOf(r, v), lacks: [lack], ...(addressee ? { addressee } : {}) },
      wrong: [
        wrongDay(v),
        !asked(r) && 'papers',
        r.carried && 'event',
        r.sent && 'event',
        r.decided !== null && !(r.asker && doubt) && 'event',
        lack === 'fee' && short(r) === 0 && 'lacks',
        r.lacks.length > 0 && 'event',
        r.agent && doubt && !addressee && 'addressee',
      ],
      after: () => {
        if (r.asker && doubt) {
          unknown(r);
          undecided(r);
        }
        if (addressee === 'sender') r.agent = false;
        Object.assign(r, { lacks: [lack], waits: addDays(today(), 28), heard: true });
      },
    };
  },
  identified: (_, r, v) => {
    const { wrong: input, ...said } = askers[v.n % askers.length]!;
    return {
      body: { ...identity, on: dayOf(r, v), ...said },
      wrong: [
        wrongDay(v),
        r.asker !== null && 'event',
        r.decided !== null && 'event',
        !r.papers && 'papers',
        r.lacks.length > 0 && 'papers',
        r.papers?.readable === false && 'papers',
        hasForm(r.kind) && r.papers?.right === false && 'papers',
        short(r) > 0 && 'fee',
        ...input,
      ],
      after: () => {
        r.asker = said.requester ?? 'principal';
        r.agent = r.asker !== 'principal';
      },
    };
  },
};

const identity = {
  requester: 'principal',
  documents: ['driving-licence'],
  checked: ['name', 'address', 'valid'],
  numbers_covered: true,
} satisfies Omit<Body<'identified'>, 'on'>;
const agent = { name: '代理 一郎', address: '東京都例示区7-8-9', principal: '例示 本人' };

/** 37(3), Order 12(iii), 13: who may ask, and by what it is shown. */
const askers: (Partial<Body<'identified'>> & { wrong: string[] })[] = [
  { wrong: [] },
  { wrong: [] },
  {
    requester: 'legal-representative',
    represents: 'minor',
    authority: ['family-register'],
    agent,
    wrong: [],
  },
  { requester: 'mandated-agent', authority: ['power-of-attorney'], agent, wrong: [] },
  { requester: 'legal-representative', represents: 'adult-ward', authority: ['guardianship-record'], agent, wrong: [] },
  { requester: 'mandated-agent', authority: ['family-register'], agent, wrong: ['authority'] },
  { requester: 'legal-representative', represents: 'minor', authority: [], agent, wrong: ['authority'] },
  { requester: 'legal-representative', authority: ['family-register'], agent, wrong: ['represents'] },
  { requester: 'mandated-agent', authority: ['power-of-attorney'], wrong: ['agent.name', 'agent.address'] },
  { documents: [], wrong: ['documents'] },
  { checked: ['name', 'valid'], wrong: ['checked'] },
  { numbers_covered: false, wrong: ['numbers_covered'] },
];

const finding: Pick<Steps, 'specified' | 'collected' | 'reviewed'> = {
  specified: (w, r, v) => {
    const person = w.people[r.who]!;
    // 29(2), 33(5): the records are kept when the information is erased, and can still be asked for.
    const found = !person.erased || (r.kind === 'record-disclosure' && person.records.length > 0);
    const chosen = found && v.n % 5 !== 4;
    return {
      body: { terms: [{ kind: 'name', term: person.name }], principals: chosen ? [person.id] : [] },
      wrong: [...settled(r), r.decided !== null && 'event', ...looks(r), found && !chosen && 'principal'],
      after: () => Object.assign(r, { found, collected: null, judged: new Map() }),
    };
  },
  collected: (w, r) => {
    const person = w.people[r.who]!;
    return {
      body: {},
      wrong: [
        ...settled(r),
        r.decided !== null && !hasGrown(w, r) && 'event',
        ...looks(r),
        r.found === null && 'specified',
      ],
      after: () => {
        const there = r.found ? heldOf(person) : [];
        r.decided = null;
        r.collected = { records: r.found ? person.records.length : 0, items: there };
        for (const item of r.judged.keys()) if (!r.collected.items.includes(item)) r.judged.delete(item);
      },
    };
  },
  reviewed: (w, r, v) => {
    const open = unjudged(r);
    const changed = outdated(w, r);
    const judgeable: readonly string[] = r.collected?.items ?? [];
    const item = v.n % 11 === 10 ? 'address' : (changed[0] ?? open[0] ?? items[v.n % 3]!);
    const shown = v.n % 3 !== 2;
    const ground = shown ? (v.n % 8 === 7 ? 'harms' : null) : v.n % 8 === 5 ? null : 'harms';
    const person = w.people[r.who]!;
    return {
      body: {
        holding,
        item,
        decision: shown ? 'disclose' : 'withhold',
        ground,
        reason: shown ? '' : '第三者の権利を害するおそれがある',
      },
      wrong: [
        ...settled(r),
        r.decided !== null && !changed.includes(item as Item) && 'event',
        ...looks(r),
        !charged(r.kind) && 'event',
        !r.collected && 'collected',
        r.collected !== null && (r.kind === 'record-disclosure' || !judgeable.includes(item)) && 'item',
        shown !== (ground === null) && 'ground',
      ],
      after: () => {
        r.judged.set(item as Item, { shown, edition: person.editions[item as Item] });
        r.decided = null;
      },
    };
  },
};

type Facts = NonNullable<Body<'decided'>['facts']>;
interface Deciding {
  facts: Facts;
  plan?: Partial<Body<'decided'>>;
  /** Null: the law cannot say, and `asks` names the fact that is missing or cannot be. */
  result: Result | null;
  asks?: string;
  stops?: Stop;
}

/** 33(2) to (5), Order 5, 11, of the data that is judged, or of the records that are there. */
function disclosing(w: World, r: Asked, n: number): Deciding {
  const person = w.people[r.who]!;
  const judged = [...r.judged.values()];
  const exists =
    r.kind === 'disclosure'
      ? r.found === true && !person.erased && judged.length > 0
      : r.found === true && (r.collected?.records ?? 0) > 0;
  const facts: Facts = { existenceHarms: false, otherLaw: false, methodDifficult: false };
  if (n % 9 === 7) return { facts: { ...facts, existenceHarms: true }, result: 'absent' };
  if (!exists) return { facts, result: 'absent' };
  const none = r.kind === 'disclosure' && judged.every(({ shown }) => !shown);
  if (none) return { facts, result: 'refused' };
  const part = judged.some(({ shown }) => !shown);
  if (n % 9 === 5) {
    const { otherLaw: _, ...rest } = facts;
    return { facts: rest, result: null, asks: 'facts.otherLaw' };
  }
  const difficult = n % 9 === 3;
  if (difficult && r.method === 'paper')
    return { facts: { ...facts, methodDifficult: true }, result: null, asks: 'facts.methodDifficult' };
  const result = part ? (difficult ? 'partly-otherwise' : 'partly') : difficult ? 'otherwise' : 'granted';
  return { facts: { ...facts, methodDifficult: difficult }, result };
}

/** 34(1), (2): a fact, found untrue, that the purpose needs. */
function correcting(w: World, r: Asked, n: number): Deciding {
  const { erased, id } = w.people[r.who]!;
  const whole: Facts = { content: 'fact', inquiry: 'untrue', purposeNeeds: true, otherProcedure: false };
  const email = `c${n}-${id.slice(-6)}@example.jp`;
  const change = { changes: [{ holding, items: { email } }] };
  const both = { changes: [{ holding, items: { email, phone: `03-0001-${1000 + n}` } }] };
  const ways: Deciding[] = [
    { facts: whole, plan: n % 2 ? change : both, result: 'granted' },
    // What was found true stays as it is.
    { facts: { ...whole, inquiry: 'partly-untrue' }, plan: change, result: 'partly' },
    { facts: { ...whole, inquiry: 'true' }, result: 'refused' },
    { facts: { content: 'evaluation', purposeNeeds: true, otherProcedure: false }, result: 'refused' },
    { facts: { ...whole, purposeNeeds: false }, result: 'refused' },
    { facts: { content: 'fact', purposeNeeds: true, otherProcedure: false }, result: null, asks: 'facts.inquiry' },
    { facts: whole, result: null, asks: 'changes' },
  ];
  const way = ways[n % ways.length]!;
  return erased || r.found === false
    ? { facts: way.facts, ...(way.plan ? { plan: way.plan } : {}), result: 'refused' }
    : way;
}

const claims = ['no-longer-needed', 'may-harm', 'breach', 'unlawful-handling', 'unlawful-provision'] as const;

/** 35(1) to (6): which ground gives which claim; how far it was found; other measures; and a law that wants it kept (22). */
function stopping(r: Asked, n: number): Deciding {
  const provision = r.kind === 'stop-provision';
  const reason = claims[n % 5]!;
  const facts: Facts = { reason, found: 'all', ...(r.kind === 'erasure' ? { keeping: null } : {}) };
  if (reason === (provision ? 'unlawful-handling' : 'unlawful-provision')) return { facts, result: 'refused' };
  if (r.found === false) return { facts, result: 'refused' };
  const all: Stop = { stops: provision ? 'provision' : 'use', of: null };
  const stops = r.kind === 'erasure' ? {} : { stops: all };
  const other = { difficult: true, protects: true };
  const way = Math.floor(n / 5) % 7;
  if (way === 1) return { facts: { ...facts, found: 'none' }, result: 'refused' };
  if (way === 2)
    return { facts: { ...facts, substitute: other }, plan: { measures: '宛名の無い形に改める' }, result: 'otherwise' };
  if (way === 3) return { facts: { ...facts, substitute: { ...other, protects: false } }, result: 'granted', ...stops };
  if (way === 4) {
    const { found: _, ...rest } = facts;
    return { facts: rest, result: null, asks: 'facts.found' };
  }
  if (way === 5 && r.kind === 'erasure') {
    const keeping = { legalBasis: '法人税法施行規則59条', until: addDays(today(), 400), part: false };
    return { facts: { ...facts, keeping }, result: 'otherwise', stops: all };
  }
  if (way === 5) {
    const of = provision ? [server.recipient] : ['P3'];
    const plan = provision ? { recipients: of } : { purposes: of };
    return { facts: { ...facts, found: 'part' }, plan, result: 'partly', stops: { stops: all.stops, of } };
  }
  if (way === 6 && r.kind === 'erasure') {
    const { keeping: _, ...rest } = facts;
    return { facts: rest, result: null, asks: 'facts.keeping' };
  }
  return { facts, result: 'granted', ...stops };
}

/** 32(2), (3). */
function telling(w: World, r: Asked, n: number): Deciding {
  if (r.found === false || w.people[r.who]!.erased) return { facts: { clear: false }, result: 'refused' };
  if (n % 4 === 3) return { facts: {}, result: null, asks: 'facts.clear' };
  return n % 4 === 2 ? { facts: { clear: true }, result: 'refused' } : { facts: { clear: false }, result: 'granted' };
}

/** 28(3), Rules 18(3), (4): what would impede the business is not told, nor what there is not. */
function informing(w: World, r: Asked, n: number): Deciding {
  const person = w.people[r.who]!;
  if (r.found === false || !person.abroad || person.erased) return { facts: { impedes: 'none' }, result: 'refused' };
  if (n % 4 === 3) return { facts: {}, result: null, asks: 'facts.impedes' };
  const ways = { none: 'granted', part: 'partly', all: 'refused' } as const;
  const impedes = (['none', 'part', 'all'] as const)[n % 4]!;
  const plan = impedes === 'part' ? { untold: [{ recipient: abroad, items: ['measures'] }] } : {};
  return { facts: { impedes }, plan, result: ways[impedes] };
}

const law = (w: World, r: Asked, n: number): Deciding =>
  charged(r.kind)
    ? disclosing(w, r, n)
    : r.kind === 'correction'
      ? correcting(w, r, n)
      : r.kind === 'purpose-notice'
        ? telling(w, r, n)
        : r.kind === 'foreign-information'
          ? informing(w, r, n)
          : stopping(r, n);

const reasonOf = (n: number): string => `${n}番目に調べた結果によります。`;
const setsOf = ({ changes = [] }: NonNullable<Deciding['plan']>): Partial<Record<Item, string>> =>
  Object.fromEntries(changes.flatMap((one) => Object.entries(one.items)));

const refuses = (result: Result | null): boolean => result !== null && result !== 'granted';

/** 29, 33 to 35: something came since the collection that is to be decided on, or that an erasure of everything would take. */
function hasGrown({ people }: World, { kind, who, found, collected, decided, carried, closed }: Asked): boolean {
  if (!found || !collected || carried || closed) return false;
  if (decided && (kind !== 'erasure' || decided.result !== 'granted')) return false;
  const person = people[who]!;
  return kind === 'record-disclosure'
    ? collected.records < person.records.length
    : heldOf(person).some((item) => !collected.items.includes(item));
}

/** A day as the letters write it. */
const dated = (on: Day): string => {
  const [year, month, date] = on.split('-').map(Number) as [number, number, number];
  return `令和${year - 2018}年${month}月${date}日`;
};
const money = (yen: number): string => `${yen.toLocaleString('en')}円`;

/** 2(1), 37: why a request is not taken. */
const dismissals = {
  lacking: '届きませんでした',
  stranger: 'からのものでもありませんでした',
  'no-power': '代理の権限がないか、すでに終わっています',
  deceased: '亡くなった方の情報',
};

const deciding: Pick<Steps, 'decided' | 'carried-out' | 'dismissed' | 'extended' | 'withdrawn'> = {
  decided: (w, r, { n }) => {
    const { facts, plan = {}, result, asks, stops = null } = law(w, r, n);
    return {
      body: { facts, reason: reasonOf(n), ...plan },
      wrong: [
        ...settled(r),
        // What was corrected already is not left out of another decision.
        r.kind === 'correction' && r.carried && 'changes',
        plan.changes !== undefined && !r.collected && 'changes.0.holding',
        ...looks(r),
        r.found === null && 'specified',
        r.found === true && !r.collected && 'collected',
        unjudged(r).length > 0 && 'reviews',
        isOutdated(w, r) && 'reviews',
        hasGrown(w, r) && 'collected',
        result === null && asks!,
      ],
      officer: refuses(result) || (r.decided !== null && refuses(r.decided.result)),
      after: () => {
        const takes = r.kind === 'erasure' && result === 'granted';
        const paper = charged(r.kind) && (r.method === 'paper' || facts.methodDifficult === true);
        const exists = !w.people[r.who]!.erased;
        const law = facts.keeping?.legalBasis;
        const says = [...(refuses(result) ? [reasonOf(n)] : []), ...(plan.measures ? [plan.measures] : []), law ?? []];
        r.decided = { result: result!, stops, takes, exists, paper, sets: setsOf(plan), says: says.flat(), former: {} };
      },
    };
  },
  'carried-out': (w, r, { n }) => {
    const person = w.people[r.who]!;
    const isTaking = toCarry(r) && r.decided!.result !== 'otherwise';
    const others = isTaking ? aheadOf(w, r) : [];
    const why = n % 2 === 0;
    return {
      body: why ? { ahead: '本人が先の実施を望んだ' } : {},
      wrong: [
        !toCarry(r) && 'event',
        r.carried && 'event',
        others.length > 0 && !why && 'ahead',
        hasGrown(w, r) && 'collected',
        r.kind === 'correction' && person.erased && 'event',
      ],
      officer: others.length > 0,
      after: () => {
        Object.assign(r, { carried: true, carriedOn: today() });
        const { stops, takes } = r.decided!;
        if (stops) person.stops.push({ ...stops, on: today() });
        if (takes) person.erased = true;
        for (const [item, value] of Object.entries(r.decided!.sets) as [Item, string][]) {
          r.decided!.former[item] = person[item];
          person[item] = value;
          person.editions[item] += 1;
        }
      },
    };
  },
  dismissed: (_, r, v) => {
    const ground = (['lacking', 'stranger', 'no-power', 'deceased'] as const)[v.n % 4]!;
    const lacking = ground === 'lacking';
    return {
      body: { on: dayOf(r, v), ground },
      wrong: [
        wrongDay(v),
        r.decided !== null && 'event',
        lacking && r.lacks.length === 0 && 'ground',
        lacking && r.waits !== null && today() <= r.waits && 'on',
      ],
      officer: true,
      after: () => {
        const none = { stops: null, takes: false, exists: true, paper: false, sets: {}, former: {} };
        r.decided = { ...none, result: 'dismissed', says: [dismissals[ground], ...(lacking ? [dated(r.waits!)] : [])] };
        if (!lacking) unknown(r);
      },
    };
  },
  extended: (_, r, v) => {
    const by = r.until ?? addDays(r.arrived, 14);
    // Nobody extends for ever: a clerk by as long again, the officer to three months.
    const most = v.by === 'clerk' ? addDays(r.arrived, 28) : addMonths(r.arrived, 3);
    const until = [addDays(by, 7), addDays(by, 1), by, most, addDays(most, 1)][v.n % 5]!;
    return {
      body: { on: dayOf(r, v), until, reason: '調べに日数がかかるため' },
      wrong: [
        wrongDay(v),
        r.decided !== null && 'event',
        until <= by && 'until',
        until > by && until <= today() && 'until',
        v.by === 'clerk' && until > most && 'until',
        v.by === 'officer' && until > most && 'until',
      ],
      after: () => Object.assign(r, { until, heard: true }),
    };
  },
  withdrawn: (_, r, v) => ({
    body: { on: dayOf(r, v) },
    wrong: [wrongDay(v), r.carried && 'event', r.sent && 'event', over(r) > 0 && 'fee'],
    after: () => Object.assign(r, { closed: today(), state: 'withdrawn' }),
  }),
};

/** 33(2): what the requester said last, or how they wrote; whom the post did not reach gets it by e-mail too. */
const asksElectronic = ({ method, channel, returned }: Asked): boolean =>
  returned || (method === null ? channel === 'electronic' : method === 'electronic');

const answering: Pick<Steps, 'notified' | 'delivered' | 'undelivered' | 'closed' | 'refunded' | 'fee-waived'> = {
  notified: (w, r, v) => {
    const by = (['post', 'post', 'own-mail', 'visit'] as const)[v.n % 4]!;
    const person = w.people[r.who]!;
    const dismissed = r.decided?.result === 'dismissed';
    // 33(3): what was to be shown and is no longer there is decided anew. Nothing of a record is ever gone.
    const gone =
      r.kind === 'disclosure' &&
      person.erased &&
      r.decided?.exists === true &&
      !dismissed &&
      r.decided.result !== 'absent';
    return {
      body: { on: dayOf(r, v), by },
      wrong: [
        wrongDay(v),
        !r.decided && 'event',
        r.told !== null && (r.back ? 'by' : 'event'),
        toCarry(r) && !r.carried && 'event',
        !dismissed && r.told === null && isOutdated(w, r) && 'reviews',
        gone && 'event',
        by === 'visit' && 'by',
        by === 'own-mail' && !asksElectronic(r) && 'by',
        by === 'own-mail' && r.decided?.paper === true && grants(r.decided.result) && 'by',
      ],
      after: () => Object.assign(r, { told: by }),
    };
  },
  delivered: (_, r, v) => {
    const by = v.n % 4 === 3 ? 'own-mail' : r.told === 'own-mail' && !r.back ? 'own-mail' : 'post';
    const checked = r.back && v.n % 4 !== 2;
    return {
      body: { on: dayOf(r, v), by, ...(checked ? { address_checked: true } : {}) },
      wrong: [
        wrongDay(v),
        r.told === null && 'event',
        r.sent && 'event',
        by === 'own-mail' && r.told !== 'own-mail' && !r.back && 'by',
        r.back && !checked && 'address_checked',
      ],
      after: () => Object.assign(r, { sent: true, went: by, back: false, heard: true }),
    };
  },
  undelivered: (_, r, v) => {
    const fits = v.n % 4 !== 3;
    const by = r.went ?? 'post';
    return {
      body:
        by === 'post'
          ? { on: dayOf(r, v), by, why: 'moved', envelope: fits ? 'unopened' : 'away', kept: '窓口の棚' }
          : { on: dayOf(r, v), by, why: 'bounced', envelope: fits ? 'unopened' : 'away' },
      wrong: [wrongDay(v), !r.sent && 'event', !fits && 'envelope'],
      after: () => {
        Object.assign(r, { sent: false, back: true, closed: null, state: 'open' });
        r.returned ||= by === 'post';
      },
    };
  },
  closed: (_, r, v) => ({
    body: { on: dayOf(r, v) },
    wrong: [wrongDay(v), !r.sent && 'event', over(r) > 0 && 'fee'],
    after: () => {
      const state = r.decided?.result === 'dismissed' ? 'dismissed' : 'closed';
      Object.assign(r, { closed: today(), state });
    },
  }),
  refunded: (_, r, v) => {
    const yen = v.n % 5 === 4 ? r.held + 1 : v.n % 5 === 3 ? 0 : over(r) || r.held;
    return {
      body: { on: dayOf(r, v), yen },
      wrong: [wrongDay(v), r.papers === null && 'papers', yen < 1 && 'yen', yen > r.held && 'yen'],
      after: () => {
        r.held -= yen;
        r.heard = true;
      },
    };
  },
  'fee-waived': (_, r, v) => ({
    body: { on: dayOf(r, v), ground: v.n % 3 === 2 ? 'other' : 'hardship', reason: '' },
    wrong: [
      wrongDay(v),
      r.decided !== null && 'event',
      !asked(r) && 'papers',
      short(r) === 0 && 'event',
      short(r) > 0 && r.asker !== null && 'event',
      v.n % 3 === 2 && 'reason',
    ],
    officer: true,
    after: () => {
      r.due -= short(r);
      r.waived = today();
      r.lacks = r.lacks.filter((lack) => lack !== 'fee');
      if (r.lacks.length === 0) r.waits = null;
    },
  }),
};

const steps: Steps = { ...intake, ...finding, ...deciding, ...answering };
const names = Object.keys(steps) as Name[];

/** 37, 40: whoever was turned away and brings what was missing before the letter is out is heard. */
const cures: readonly Name[] = ['forms-sent', 'papers-received', 'papers-short', 'fee-waived', 'identified'];

/** A step as it stands now, on the request as it is or, when it cures a dismissal, as it was before. */
function stepOf(w: World, r: Asked, name: Name, v: Variant): Step {
  const cured = r.decided?.result === 'dismissed' && !r.sent && cures.includes(name);
  const of: Asked = cured ? { ...r, decided: null, told: null, back: false } : r;
  const one = steps[name](w, of, v) as Step;
  // A closed request is opened again only when its answer comes back.
  const shut = r.closed !== null && name !== 'undelivered';
  const after = (): void => {
    one.after();
    if (cured) Object.assign(r, of, { seen: r.seen });
  };
  return { ...one, wrong: [...one.wrong, shut && 'event'], after };
}

// ---- what is compared

interface Kept {
  rows: number;
  logged: number;
}

/** How much the desk and what it changes have on record, and how much of it is logged. */
async function kept(): Promise<Kept> {
  const [row] = await server.db.owner.query<Kept>(
    `SELECT ((SELECT count(*) FROM requests) + (SELECT count(*) FROM request_events) + (SELECT count(*) FROM request_effects)
            + (SELECT count(*) FROM request_papers) + (SELECT count(*) FROM suspensions) + (SELECT count(*) FROM consent_objections)
            + (SELECT count(*) FROM vault_erasures))::int AS rows,
            (SELECT count(*)::int FROM log_entries WHERE action ~ '^(desk:|people:(correct|erase)$|consents:)') AS logged`,
    [],
  );
  return row!;
}

const wrongOf = ({ wrong }: Pick<Step, 'wrong'>): string[] => wrong.filter((one) => one !== false);

/** A refusal names what is wrong, and nothing else. */
function refusedFor(answer: Told<unknown>, wrong: readonly string[], forbidden: boolean): void {
  if (answer.ok) expect.fail(`taken, though wrong: ${wrong.join(', ')}${forbidden ? ' (officer only)' : ''}`);
  const { status, fields = [] } = answer.problem;
  if (status === 403 && forbidden) return;
  expect([409, 422], JSON.stringify(answer.problem)).toContain(status);
  const named = fields.map(({ field }) => field);
  expect(named.length, JSON.stringify(answer.problem)).toBeGreaterThan(0);
  expect(wrong, JSON.stringify(answer.problem)).toEqual(expect.arrayContaining(named));
}

/** A step is offered when some way to take it today is not refused. */
const possible = (w: World, r: Asked, name: Name): boolean =>
  Array.from({ length: 70 }, (_, n) => n).some(
    (n) => wrongOf(stepOf(w, r, name, { n, on: 'today', by: 'officer' })).length === 0,
  );

/** One way to take a step. `why`: the step and the only reason against it, if any; a reason is known by its place in the list. */
interface Way {
  name: Name;
  v: Variant;
  why: string;
}

const ways: readonly Omit<Way, 'why'>[] = names.flatMap((name) =>
  (['officer', 'clerk'] as const).flatMap((by) => [
    ...Array.from({ length: by === 'officer' ? 70 : 12 }, (_, n) => ({ name, v: { n, on: 'today', by } as const })),
    ...(['tomorrow', 'early'] as const).flatMap((on) =>
      Array.from({ length: 6 }, (_, n) => ({ name, v: { n, on, by } })),
    ),
  ]),
);

/** The ways to take a step, one of each kind: those that nothing forbids, and those that one reason alone forbids. */
function waysNow(w: World, r: Asked, n: number): { open: Way[]; near: Way[] } {
  const found = new Map<string, Way>();
  const open: Way[] = [];
  for (let i = 0; i < ways.length; i += 1) {
    const { name, v } = ways[(i + n * 211) % ways.length]!;
    const { wrong, officer } = stepOf(w, r, name, v);
    const against = wrong.flatMap((one, at) => (one === false ? [] : [`${at} ${one}`]));
    if (officer === true && v.by === 'clerk') against.push('officer');
    const why = [name, ...against].join(' ');
    if (against.length > 1 || found.has(why)) continue;
    const way = { name, v, why };
    found.set(why, way);
    if (against.length === 0) open.push(way);
  }
  return { open, near: [...found.values()].filter((way) => !open.includes(way)) };
}

/** The reasons that have alone forbidden a step, in all walks. */
const met = new Set<string>();

/** Each step that one reason alone forbids now, as no other did before, is refused for that reason. */
async function nearMisses(w: World, r: Asked, n: number): Promise<void> {
  for (const { name, v, why } of waysNow(w, r, n).near) {
    if (met.has(why)) continue;
    met.add(why);
    await take(w, r, name, v, 'once');
  }
}

/**
 * What is not offered as a step though it may be done: a judgement is changed where the judgements are, money goes back once the answer has gone out,
 * nobody sends a form to whoever sent papers without it, and of nobody there is nothing to collect.
 */
const isElsewhere = (r: Asked, name: Name): boolean =>
  (name === 'reviewed' && unjudged(r).length === 0) ||
  (name === 'refunded' && r.decided !== null) ||
  (name === 'forms-sent' && r.papers !== null) ||
  (name === 'collected' && r.found === false);

/** What the server says of a request is what the model says; what is offered would not be refused, and what would not be refused is offered. */
async function shows(w: World, r: Asked): Promise<Case> {
  const one = must(await w.clerk.requests.one(r.id));
  const next = nextOf(w, r);
  expect({ ...one, received: one.fee.received - one.fee.returned, next: one.next[0] }).toMatchObject({
    last: r.seen,
    state: r.state,
    arrived_on: r.arrived,
    due: dueOf(r),
    fee: { due: r.due, short: short(r), over: over(r) },
    received: r.held,
    lacks: r.lacks,
    waits_until: r.waits,
    requester: r.asker,
    principals: r.found ? [w.people[r.who]!.id] : [],
    to_send_again: r.back,
    closed_on: r.closed,
    next,
  });
  expect([
    one.decided?.result ?? null,
    one.carried_out !== null,
    one.notified?.by ?? null,
    one.delivered.length > 0,
  ]).toEqual([r.decided?.result ?? null, r.carried, r.told, r.sent]);
  expect([one.acknowledged_on !== null, one.provisions]).toEqual([r.heard, r.collected?.records ?? 0]);
  r.next = one.next;
  const offered = one.next.filter((name) => (names as string[]).includes(name)) as Name[];
  expect(offered.filter((name) => !possible(w, r, name))).toEqual([]);
  const { kind, decided, told, sent, back, lacks, waits, papers, asker, closed } = r;
  const stands = [
    kind,
    one.next,
    decided?.result,
    told,
    sent,
    back,
    lacks,
    waits,
    papers !== null,
    asker,
    closed !== null,
  ];
  if (isFirst('offered', ...stands)) {
    const kept = names.filter((name) => !offered.includes(name) && !isElsewhere(r, name) && possible(w, r, name));
    expect(kept, `possible, not offered beside ${one.next.join()}`).toEqual([]);
  }
  const due = dueOf(r);
  const first = [due.forms, due.acknowledgement, due.identity, due.decision, due.erase].flatMap((on) => on ?? []);
  expect(one.due_on).toBe(first.toSorted()[0] ?? null);
  return one;
}

/** 33(2): the person is shown what was granted as it is now, all of the records that were collected (33(5)), and nothing that was held back. */
async function showsContent(w: World, r: Asked): Promise<void> {
  const person = w.people[r.who]!;
  const { data, provisions } = must(await w.clerk.requests.content(r.id));
  const values = data.find((one) => one.holding === holding)?.values ?? {};
  const shown =
    r.kind === 'disclosure' && grants(r.decided!.result)
      ? [...r.judged].flatMap(([item, { shown: is }]) => (is ? [item] : []))
      : [];
  expect(Object.keys(values).toSorted()).toEqual(shown.toSorted());
  for (const item of shown) expect(values[item]).toBe(person[item]);
  // Of a record that came later nobody has judged whether it may be known.
  const records =
    r.kind === 'record-disclosure' && grants(r.decided!.result) ? person.records.slice(0, r.collected!.records) : [];
  expect(provisions.map(({ id }) => id).toSorted()).toEqual(records.toSorted());
}

/** What may be done with a person's information, what is stopped, and what is on record of it (29). */
async function allows(w: World, person: Person, provides: boolean): Promise<void> {
  for (const purpose of ['P1', 'P3'] as const) {
    const there = person.erased ? items : heldOf(person);
    const answer = await w.officer.use({ principal: person.id, holding, items: [...there], purpose });
    const law = person.erased ? 404 : mayUse(person, purpose) ? 200 : 403;
    expect(answer.ok ? 200 : answer.problem.status, `use for ${purpose}`).toBe(law);
    if (answer.ok) expect(answer.value.items).toEqual(Object.fromEntries(there.map((item) => [item, person[item]])));
    else if (law === 403 && useStopped(person, purpose))
      expect(answer.problem.finding?.because[0]?.article).toMatch(/^35\((2|6)\)$/);
  }
  if (person.agreed) {
    const answer = await w.officer.use({ principal: person.id, holding: second, items: ['name'], purpose: 'P1' });
    expect(answer.ok ? 200 : answer.problem.status, 'use in the second ledger').toBe(mayUseSecond(person) ? 200 : 403);
    if (!answer.ok && useStopped(person, 'P1'))
      expect(answer.problem.finding?.because[0]?.article).toMatch(/^35\((2|6)\)$/);
  }
  if (provides) {
    const ask = { principal: person.id, holding, items: ['name', 'email'], purpose: 'P3', recipient: server.recipient };
    clock.moveTo(new Date(clock.now() + 1_000).toISOString());
    const answer = await w.officer.provide({ ...ask, facts: { relation: 'third-party' } });
    const law = person.erased ? 404 : mayProvide(person) ? 200 : 403;
    expect(answer.ok ? 200 : answer.problem.status, 'provide').toBe(law);
    if (answer.ok) {
      expect(answer.value.record).toMatchObject({ made_on: today(), items: ['name', 'email'], consent_obtained: true });
      person.records.push(answer.value.record!.id);
    } else if (law === 403 && useStopped(person, 'P3'))
      expect(answer.problem.finding?.because[0]?.article).toMatch(/^35\((2|6)\)$/);
  }
  const { records } = must(await w.officer.records({ principal: person.id }));
  expect(records.map(({ id }) => id).toSorted()).toEqual(person.records.toSorted());
  const rows = await server.db.owner.query<object>(
    `SELECT stops, CASE stops WHEN 'use' THEN purposes::text[] ELSE recipients::text[] END AS of, to_char(from_day, 'YYYY-MM-DD') AS on,
            (SELECT action FROM log_entries WHERE id = entry_id) AS entry
     FROM suspensions WHERE principal_id = $1 ORDER BY at, request_id`,
    [person.id],
  );
  expect(rows).toEqual(person.stops.map((one) => ({ ...one, entry: 'desk:carried-out' })));
}

// ---- the acts

/** `race`: two clerks at once; `again`: the same attempt twice; `stale`: by somebody who has not seen the last event. */
type Mode = 'once' | 'race' | 'again' | 'stale';

/** The letter that goes out with a step and stays on file. */
const letters: Partial<Record<Name, string>> = {
  'forms-sent': 'cover',
  'papers-short': 'lacks',
  refunded: 'refund',
  extended: 'extension',
};

/** The letters that were read, and the lists of steps that were compared, by all that makes one differ from another. */
const seenBefore = new Set<string>();

/** What makes one letter before the answer differ from another of its name. */
function sortOf(r: Asked, letter: string, { yen }: Body<'refunded'>, by: Day): unknown[] {
  if (letter === 'cover') return [r.kind, today() > by];
  if (letter === 'lacks') return [r.lacks, r.lacks.includes('fee') && r.held > 0, r.agent];
  return letter === 'refund' ? [r.held > 0 ? 'in part' : 'whole', whyBack(r, yen)] : [];
}

/** Whether a letter or a list is the first of its sort. */
function isFirst(...of: readonly unknown[]): boolean {
  const sort = of.join(' ');
  const isNew = !seenBefore.has(sort);
  seenBefore.add(sort);
  return isNew;
}

async function take(w: World, r: Asked, name: Name, v: Variant, mode: Mode): Promise<void> {
  const one = stepOf(w, r, name, v);
  const wrong = wrongOf(one);
  const forbidden = v.by === 'clerk' && one.officer === true;
  const send = (seen: number, attempt?: string): Promise<Told<Case>> =>
    w[v.by].requests.happen(r.id, name, { ...one.body, seen, ...(attempt ? { attempt } : {}) });
  const stale = mode === 'stale' && r.seen > 1;
  const attempt = mode === 'again' ? crypto.randomUUID() : undefined;
  const isRefused = stale || wrong.length > 0 || forbidden;
  const before = isRefused ? await kept() : null;
  const answers = await Promise.all(
    mode === 'race' ? [send(r.seen), send(r.seen)] : [send(stale ? r.seen - 1 : r.seen, attempt)],
  );
  const taken = answers.filter(({ ok }) => ok);
  const said = `${name} of a ${r.kind} (${mode}, way ${v.n})`;
  const by = r.until ?? addDays(r.arrived, 14);
  if (isRefused) {
    expect(
      answers.filter(({ ok }) => ok),
      `${said}, though wrong: ${wrong.join()}`,
    ).toEqual([]);
    for (const answer of answers)
      refusedFor(answer, [...wrong, ...(stale || mode === 'race' ? ['seen'] : [])], forbidden);
    expect(await kept(), said).toEqual(before);
    await shows(w, r);
    return;
  }
  expect(taken.length, `${said}: ${JSON.stringify(answers.map((a) => !a.ok && a.problem))}`).toBe(1);
  for (const answer of answers) if (!answer.ok) refusedFor(answer, ['seen'], false);
  r.seen += 1;
  one.after();
  const now = await shows(w, r);
  const [entry] = await server.db.owner.query<{ entry: string }>('SELECT entry FROM log_entries WHERE id = $1', [
    now.events.at(-1)!.entry,
  ]);
  expect(JSON.parse(entry!.entry), said).toMatchObject({
    action: `desk:${name}`,
    request: r.id,
    ...(r.found ? { principal: w.people[r.who]!.id } : {}),
    ...(name === 'decided' ? { result: r.decided!.result } : {}),
  });
  const letter = letters[name];
  if (letter) {
    expect(now.papers, said).toContainEqual(expect.objectContaining({ kind: 'copy', about: letter }));
    const words = letterSays[letter]!(r, one.body as never, by);
    if (isFirst(letter, ...sortOf(r, letter, one.body as never, by))) await says(w, r, now, letter, words);
  }
  if ((name === 'decided' || name === 'notified') && charged(r.kind)) await showsContent(w, r);
  if (name === 'notified') await tells(w, r, now);
  if (attempt === undefined) return;
  const left = await kept();
  expect(must(await send(r.seen - 1, attempt)).last).toBe(r.seen);
  const { rows } = await kept();
  expect(rows).toBe(left.rows);
}

/** The text of the letter of a name that was put on file last, without its spaces. */
async function readLetter(w: World, r: Asked, now: Case, about: string): Promise<string> {
  const copy = now.papers.findLast((one) => one.kind === 'copy' && one.about === about && !one.gone);
  expect(copy, `${about} of a ${r.kind}`).toBeDefined();
  const { text: pdf } = must(await w.clerk.requests.paper(r.id, copy!.id));
  return wordsOf(Buffer.from(pdf, 'base64'));
}

/** What a letter says, and what it must not. */
interface Words {
  has: readonly string[];
  not?: readonly string[];
}

async function says(w: World, r: Asked, now: Case, about: string, { has, not = [] }: Words): Promise<string> {
  const text = await readLetter(w, r, now, about);
  const which = `${about} of a ${r.kind}, ${r.decided?.result ?? 'undecided'}`;
  // An agent gets the letters as long as they are one, and nobody else.
  const to = [r.sender, `${agent.name.replace(' ', '')}様`];
  if (about !== 'disclosed')
    expect([to.map((name) => text.includes(name)), which]).toEqual([[!r.agent, r.agent], which]);
  for (const one of has) expect(text, which).toContain(one.replace(/\s/g, ''));
  for (const one of not.filter((words) => words !== '')) expect(text, which).not.toContain(one.replace(/\s/g, ''));
  return text;
}

const lackSays = {
  form: ['請求の用紙'],
  identity: ['お申し出になった方の確認が'],
  authority: ['代理人であることを、'],
  unreadable: ['読み取れませんでした'],
  specify: ['どの情報についての'],
};

/** 38: why money goes back. `r` is the request after it went. */
function whyBack(r: Asked, yen: number): keyof typeof refundSays {
  if (!charged(r.kind)) return 'none';
  if (r.decided?.result === 'dismissed') return 'undone';
  return r.due < FEE || r.held + yen - r.due < yen ? 'waived' : 'over';
}
const refundSays = {
  none: '手数料はかからないためです',
  undone: '手数料をいただく対応を行わなかったためです',
  waived: '手数料をいただかないことにしたためです',
  over: 'が届いたためです',
};

/** What the letters before the answer must say; `by`: the day the answer was due until then. */
const letterSays: Record<string, (r: Asked, body: never, by: Day) => Words> = {
  cover: (r, _, by) => ({
    has: [dated(r.arrived), ...(today() > by ? ['お答えが予定より遅れています'] : [`遅くとも${dated(by)}まで`])],
    // 38: a fee for a disclosure alone.
    ...(r.due > 0 ? {} : { not: [money(FEE)] }),
  }),
  lacks: (r) => ({
    has: r.lacks.flatMap((lack) =>
      lack === 'fee'
        ? r.held > 0
          ? [`足りない${money(r.due - r.held)}`]
          : ['手数料が届いていません']
        : (lackSays[lack as keyof typeof lackSays] ?? []),
    ),
    not: Object.entries(lackSays).flatMap(([lack, [first]]) => (r.lacks.includes(lack) ? [] : [first!])),
  }),
  refund: (r, { yen }: Body<'refunded'>) => ({
    has: [
      `お預かりした${r.held > 0 ? 'お金のうち、' : ''}${money(yen)}をお返しします`,
      refundSays[whyBack(r, yen)],
      ...(whyBack(r, yen) === 'over' ? [`手数料は${money(r.due)}`] : []),
    ],
  }),
  extension: (_, { until, reason }: Body<'extended'>, by) => ({
    has: [`${dated(by)}までにお答えする予定`, `${dated(until as Day)}までお待ち`, reason],
  }),
};

type Telling = Partial<Record<Result, string>>;
const measures = (what: string): Telling => ({
  granted: `${what}をやめました`,
  partly: '一部',
  otherwise: 'には理由がありますが',
  refused: `${what}をやめないことに決めました`,
});
const disclosures: Telling = {
  granted: 'ご請求のとおり開示します',
  partly: '一部を除いて開示します',
  otherwise: 'すべて開示します。ただし、ご希望の方法によることが難しいため',
  'partly-otherwise': '一部を除いて開示します。また、ご希望の方法によることが難しいため',
  refused: '開示しないことに決めました',
  absent: 'ありませんでした',
};

/** 32(3), 33(3), 33(5), 34(3), 35(7), Rules 18(4): what each notice says was decided, and the claim it answers, unless it is met as asked. */
const decisions: Record<Kind, { article: string; says: Telling }> = {
  disclosure: { article: '33条1項', says: disclosures },
  'record-disclosure': { article: '33条5項', says: disclosures },
  'purpose-notice': {
    article: '32条2項',
    says: { granted: '次のとおりお知らせします', refused: '利用目的をお知らせしないことに決めました' },
  },
  'foreign-information': {
    article: '28条3項',
    says: {
      granted: '次のとおりお知らせします',
      partly: '一部を除いてお知らせします',
      refused: 'お知らせしないことに決めました',
    },
  },
  correction: {
    article: '34条1項',
    says: {
      granted: 'ご請求のとおりにしました',
      partly: '一部をご請求のとおりにしました',
      refused: '訂正などをしないことに決めました',
    },
  },
  'stop-use': { article: '35条1項、5項', says: measures('利用') },
  'stop-provision': { article: '35条3項、5項', says: measures('第三者への提供') },
  erasure: {
    article: '35条1項、5項',
    says: { granted: 'を消去しました', otherwise: 'には理由がありますが', refused: '消去しないことに決めました' },
  },
};

const labels: Record<Item, string> = { name: '氏名', email: 'メールアドレス', phone: '電話番号' };
const purposeNames = { P1: 'サービス', P3: '案内' };

/** What was done, and in which ledgers, for which purposes or to whom it was stopped; nothing of that where nothing was. */
function doneWords({ people }: World, { kind, who, decided, carriedOn }: Asked): Words {
  const { result, stops, takes } = decided!;
  const whole = ['催しの参加者', ...(people[who]!.agreed ? ['催しの協力者'] : [])];
  // 35(7): the day it was done, which may be before the day of the letter.
  const on = carriedOn === null ? '' : dated(carriedOn);
  const from = `${on}から`;
  if (takes) return { has: ['消去したもの', '「催しの参加者」の', on] };
  if (!stops || kind === 'erasure' || result === 'refused') return { has: [], not: ['やめた台帳', '消去したもの'] };
  if (result === 'granted') return { has: [...whole, from] };
  return stops.stops === 'use'
    ? { has: ['やめた利用目的', purposeNames.P3, from], not: whole }
    : { has: ['提供をやめた提供先', '株式会社例示運輸', from], not: whole };
}

/** What of a disclosure is enclosed, and what is withheld on the ground of 33(2)(i). */
function handedWords({ kind, judged, told, decided }: Asked): Words {
  const withheld = [...judged].flatMap(([item, { shown }]) => (shown ? [] : [labels[item]]));
  const handed = told === 'own-mail' ? '電子メールに添えて' : '同封します';
  const { result } = decided!;
  const held = kind === 'disclosure' && withheld.length > 0 && result !== 'absent';
  return {
    has: [...(grants(result) ? [handed] : []), ...(held ? ['33条2項1号', ...withheld] : [])],
    not: [...(grants(result) ? [] : ['同封します', '電子メールに添えて']), ...(held ? [] : ['33条2項'])],
  };
}

/**
 * The letter with the decision. It goes out with every answer: with a full disclosure, which is its own notice (33(3)), as its covering letter. It
 * gives the reasons of whatever is not as asked, and the measure taken instead (36), tells what was corrected (34(3)), and how to complain (40).
 */
async function tells(w: World, r: Asked, now: Case): Promise<void> {
  const { result, sets, former, says: reasons } = r.decided!;
  const person = w.people[r.who]!;
  const shows = charged(r.kind) && grants(result);
  const disclosed = now.papers.filter((one) => one.kind === 'copy' && one.about === 'disclosed' && !one.gone);
  expect(disclosed.length, `${r.kind}, ${result}`).toBe(shows ? 1 : 0);
  const withheld = [...r.judged].flatMap(([item, { shown: is }]) => (is ? [] : [item]));
  const stopped = r.decided!.stops?.of;
  const why = result === 'dismissed' ? reasons[0] : reasons.length;
  // How it goes out is said of what is enclosed alone.
  const told = shows && r.told;
  if (!isFirst('notice', r.kind, result, why, withheld, stopped, told, r.due, Object.keys(sets))) return;
  const values = [person.email, person.phone];
  const silent = (['email', 'phone'] as const).flatMap((item) => (item in sets ? [] : [person[item]]));
  const has = [dated(r.arrived), ...reasons];
  if (result === 'dismissed') {
    await says(w, r, now, 'notice', { has: [...has, 'をお受けできません'], not: [...values, '同封します'] });
    return;
  }
  const { article, says: of } = decisions[r.kind];
  const parts = [doneWords(w, r), ...(charged(r.kind) ? [handedWords(r)] : [])];
  const purposes = r.kind === 'purpose-notice' && result === 'granted' ? Object.values(purposeNames) : [];
  const waived = charged(r.kind) && r.due < FEE ? [`手数料${money(FEE - r.due)}は、いただかない`] : [];
  await says(w, r, now, 'notice', {
    has: [
      ...has,
      of[result]!,
      ...(result === 'granted' ? [] : [article]),
      ...parts.flatMap((one) => one.has),
      ...purposes,
      ...Object.values(sets),
      ...Object.values(former),
      ...waived,
      'ご不満',
    ],
    not: [...silent, ...parts.flatMap((one) => one.not ?? []), ...(result === 'granted' ? [article] : [])],
  });
  if (r.kind !== 'disclosure' || !shows) return;
  const judged = [...r.judged].map(([item, { shown }]) => ({ value: person[item], shown }));
  const text = await says(w, r, now, 'disclosed', {
    has: judged.flatMap(({ value, shown }) => (shown ? [value] : [])),
    not: judged.flatMap(({ value, shown }) => (shown ? [] : [value])),
  });
  expect(text.split('開示しません。').length - 1).toBe(judged.filter(({ shown }) => !shown).length);
}

let senders = 0;

interface Arriving {
  kind: Kind;
  channel: 'letter' | 'electronic' | 'visit';
  flaw: null | (typeof flaws)[number];
  ago: number;
}
const flaws = ['future', 'long-ago', 'name', 'address', 'same'] as const;

/** A request comes. Only a letter without a sender, or of a day that cannot be, is not taken; one that came twice is one. */
async function arrive(w: World, who: number, { kind, channel, flaw, ago }: Arriving): Promise<Asked | undefined> {
  const n = (senders += 1);
  const electronic = channel === 'electronic';
  const day = flaw === 'future' ? addDays(today(), 1) : addDays(today(), flaw === 'long-ago' ? -31 : -ago);
  const letter: DeskJson['registration'] = {
    kind,
    scope: 'customer',
    arrived_on: day,
    channel,
    sender: {
      name: flaw === 'name' ? '' : `差出 ${n}`,
      address: electronic || flaw === 'address' ? '' : '東京都例示区1-2-3',
      email: electronic && flaw !== 'address' ? `sender-${n}@example.jp` : '',
    },
  };
  const before = await kept();
  const answer = await w.clerk.requests.register(letter);
  const wrong = {
    future: 'arrived_on',
    'long-ago': 'long_ago',
    name: 'sender.name',
    address: electronic ? 'sender.email' : 'sender.address',
  };
  if (flaw !== null && flaw !== 'same') {
    refusedFor(answer, [wrong[flaw]], false);
    expect(await kept()).toEqual(before);
    return undefined;
  }
  const r: Asked = {
    id: must(answer).id,
    kind,
    channel,
    sender: `差出${n}様`,
    who,
    seen: 1,
    arrived: day,
    formSent: false,
    heard: false,
    papers: null,
    method: null,
    due: charged(kind) ? FEE : 0,
    held: 0,
    waived: null,
    lacks: [],
    waits: null,
    asker: null,
    agent: false,
    found: null,
    collected: null,
    judged: new Map(),
    decided: null,
    carried: false,
    carriedOn: null,
    told: null,
    sent: false,
    went: null,
    back: false,
    returned: false,
    until: null,
    closed: null,
    state: 'open',
    next: [],
  };
  w.requests.push(r);
  await shows(w, r);
  if (flaw !== 'same') return r;
  const once = await kept();
  refusedFor(await w.clerk.requests.register(letter), ['sender'], false);
  expect(await kept()).toEqual(once);
  return r;
}

const mode = fc.constantFrom<Mode[]>('once', 'once', 'once', 'once', 'race', 'again', 'stale');
const by = fc.constantFrom<Variant['by'][]>('officer', 'officer', 'officer', 'clerk');
const act = fc.oneof(
  { weight: 30, arbitrary: fc.record({ do: fc.constant('go' as const), n: fc.nat(69), by, mode }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('may' as const), n: fc.nat(69), mode }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('arrive' as const),
      // A disclosure has the most steps.
      kind: fc.constantFrom(...kinds, 'disclosure', 'disclosure', 'record-disclosure', 'correction'),
      channel: fc.constantFrom('letter', 'letter', 'electronic', 'visit'),
      flaw: fc.constantFrom(null, null, null, null, ...flaws),
      ago: fc.nat(2),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('consent' as const), ago: fc.nat(1) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('withdraw' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('object' as const), scope: fc.constantFrom('everything', 'provision') }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('retract' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('more' as const) }) },
);
type Act = typeof act extends fc.Arbitrary<infer A> ? A : never;

/** Consents, objections and what else the person gives, beside the requests. */
async function beside(w: World, person: Person, one: Exclude<Act, { do: 'go' | 'may' | 'arrive' }>): Promise<void> {
  if (person.erased) return;
  if (one.do === 'consent') {
    const on = addDays(today(), -one.ago);
    person.consents.push({ id: await addConsent(server, person.id, give, on), on, withdrawn: false });
  } else if (one.do === 'withdraw') {
    const last = person.consents.findLast(({ withdrawn }) => !withdrawn);
    if (!last) return;
    must(await w.officer.withdrawConsent(last.id, { on: today() }));
    last.withdrawn = true;
  } else if (one.do === 'object') {
    const { id } = must(await w.officer.object({ principal: person.id, scope: one.scope, on: today() }));
    person.objections.push({ id, scope: one.scope, on: today() });
  } else if (one.do === 'more') {
    if (person.phone !== '') return;
    const phone = `03-0002-${1000 + w.people.indexOf(person)}`;
    const more = { principal: person.id, holding, items: { phone }, ground: 'accuracy' } as const;
    valueOf(await correct(server.office, byOfficer(server), more));
    person.phone = phone;
  } else {
    const last = person.objections.pop();
    if (last) valueOf(await retractObjection(server.office, byOfficer(server), last.id, '別の人の申出だった'));
  }
}

/** The request that an act is about: one of the person's that is open, or one that was. */
function pick(w: World, who: number, n: number): Asked | undefined {
  const own = w.requests.filter((one) => one.who === who);
  const open = own.filter(({ closed }) => !closed);
  const of = open.length > 0 && n % 8 !== 7 ? open : own;
  return of[Math.floor(n / 8) % of.length];
}

async function perform(w: World, who: number, which: number, one: Act): Promise<unknown> {
  if (one.do === 'arrive') return arrive(w, who, one);
  if (one.do !== 'go' && one.do !== 'may') return beside(w, w.people[who]!, one);
  const r = pick(w, who, which);
  if (!r) return arrive(w, who, { kind: kinds[which % kinds.length]!, channel: 'letter', flaw: null, ago: 0 });
  if (one.do === 'may') {
    const { open } = waysNow(w, r, one.n);
    const way = open[one.n % open.length];
    if (way) await take(w, r, way.name, way.v, one.mode);
  } else {
    const next = nextOf(w, r);
    const name = next === 'papers-erased' ? 'undelivered' : next;
    await take(w, r, name, { n: one.n, on: 'today', by: one.by }, one.mode);
  }
  return nearMisses(w, r, one.n);
}

let worlds = 0;
/** Names that every search tells apart and every letter can print. */
const SYLLABLES = 'あいうえおかきくけこさしすせそたちつてと';

/** Tokens that outlast some weeks. */
async function clients(): Promise<Pick<World, 'officer' | 'clerk' | 'until'>> {
  const clerk = systemActions.filter((action) => action !== 'log:export');
  return {
    officer: server.clientWith((await tokenOf(server.app.access)).token),
    clerk: server.clientWith((await tokenOf(server.app.access, clerk)).token),
    until: addDays(today(), 25),
  };
}

async function open(size = 2): Promise<World> {
  worlds += 1;
  const people: Person[] = [];
  for (let n = 0; n < size; n++) {
    const name = `請求 ${SYLLABLES[n]}${SYLLABLES[worlds % SYLLABLES.length]}子`;
    const email = `asks-${worlds}-${n}@example.jp`;
    const phone = n % 2 ? `03-0000-${1000 + worlds}` : '';
    const editions = { name: 0, email: 0, phone: 0 };
    const { principal: id } = await addPerson(server, holding, { name, email, ...(phone ? { phone } : {}) });
    const on = addDays(today(), -1);
    const consents = [{ id: await addConsent(server, id, give, on), on, withdrawn: false }];
    const kept = { erased: false, abroad: false, agreed: null, objections: [], stops: [], records: [] };
    people.push({ id, name, email, phone, editions, consents, ...kept });
  }
  return { ...(await clients()), people, requests: [] };
}

const step = fc.record({
  act,
  /** To the day after a day that is waited for, or so many days on. */
  wait: fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 2, 6, 'waits' as const),
  who: fc.nat(1),
  which: fc.nat(63),
  provides: fc.constantFrom(true, false, false),
});

async function pass(w: World, wait: number | 'waits'): Promise<void> {
  const waited = w.requests.flatMap(({ waits, closed }) => (closed ? [] : (waits ?? [])));
  const to = wait === 'waits' ? addDays(latest(today(), ...waited), waited.length > 0 ? 1 : 0) : addDays(today(), wait);
  if (to > today()) clock.moveTo(`${to}T10:00:00+09:00`);
  if (today() > w.until) Object.assign(w, await clients());
}

/** Few walks, because each opens a world of its own; long ones, because a request has many steps before a rule can be broken. */
const WALKS = 3;
const STEPS = 36;

test(
  'what is done with a request, and what may be done with the information afterwards, is what the law makes of all that happened',
  { timeout: 300_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: STEPS, maxLength: STEPS }), async (walk) => {
        const w = await open();
        for (const { act: one, wait, who, which, provides } of walk) {
          await pass(w, wait);
          const person = w.people[who]!;
          const before = JSON.stringify(person);
          await perform(w, who, which, one);
          // What nothing has changed is asked for now and then.
          if (provides || JSON.stringify(person) !== before) await allows(w, person, provides);
        }
        for (const r of w.requests) await shows(w, r);
      }),
      { numRuns: WALKS, seed: 1, endOnFailure: true },
    );
  },
);

// ---- requests that are led to each of their ends

type End = Result | 'withdrawn';
/** What does not depend on the kind is reached by one of those that share it. */
const ends: Record<Kind, readonly End[]> = {
  'purpose-notice': ['refused', 'granted'],
  'foreign-information': ['refused', 'partly', 'granted'],
  disclosure: ['withdrawn', 'dismissed', 'absent', 'refused', 'partly', 'partly-otherwise', 'granted'],
  'record-disclosure': ['absent', 'otherwise', 'granted'],
  correction: ['refused', 'partly', 'granted'],
  'stop-provision': ['otherwise', 'partly', 'granted'],
  'stop-use': ['withdrawn', 'refused', 'partly', 'granted'],
  erasure: ['refused', 'otherwise', 'granted'],
};

/** Whether a way to take a step leads to an end. */
function leads(w: World, r: Asked, { name, v: { n } }: Pick<Way, 'name' | 'v'>, end: End): boolean {
  if (name === 'papers-received')
    // Of money that has to go back first, nothing is withdrawn.
    return (
      n % 5 !== 1 &&
      n % 7 !== 2 &&
      (end !== 'withdrawn' || n % 3 !== 2) &&
      // More than the fee comes, and the rest goes back.
      (r.kind !== 'record-disclosure' || end !== 'granted' || n % 6 === 5) &&
      (!end.endsWith('otherwise') || !charged(r.kind) || n % 3 === 1)
    );
  if (name === 'specified') return n % 5 !== 4;
  if (name === 'reviewed') return (n % 3 !== 2) === (end.startsWith('partly') ? r.judged.size > 0 : end !== 'refused');
  const { result } = name === 'decided' ? law(w, r, n) : { result: null };
  return name !== 'decided' || result === end || (end === 'withdrawn' && result !== null);
}

/** The way to take a step today that nothing forbids and that leads to an end; where it is looked for first is chance. */
function wayTo(w: World, r: Asked, name: Name, end: End, from: number): Way {
  for (let i = 0; i < 630; i += 1) {
    const way = { name, v: { n: from + i, on: 'today', by: 'officer' }, why: '' } as const;
    if (leads(w, r, way, end) && wrongOf(stepOf(w, r, name, way.v)).length === 0) return way;
  }
  return expect.fail(`no way to take ${name} of a ${r.kind} to ${end}`);
}

/** Whether a request turns aside here from what comes next: it is withdrawn, dismissed or extended. */
function aside(r: Asked, next: readonly string[], end: End, n: number): Name | null {
  const turn = n % 2 ? 'identified' : r.kind === 'disclosure' ? 'delivered' : 'specified';
  if (end === 'withdrawn' && next.includes('withdrawn') && (next[0] === turn || r.decided)) return 'withdrawn';
  if (end === 'dismissed' && next.includes('dismissed')) {
    if (n % 4 || r.waits) return r.waits || next[0] === turn || next[0] === 'specified' ? 'dismissed' : null;
    return next[0] === 'identified' ? 'papers-short' : null;
  }
  return next[0] === 'specified' && n % 3 === 0 && r.until === null ? 'extended' : null;
}

/** Leads a request by what the product itself says comes next, until nothing does, or until `halt`. */
async function lead(
  w: World,
  who: number,
  of: { kind: Kind; end: End; n: number },
  halt?: (next: readonly string[]) => boolean,
): Promise<Asked> {
  const { kind, end, n } = of;
  // Effects of two requests are told apart by their time.
  clock.moveTo(new Date(clock.now() + 1_000).toISOString());
  const r = (await arrive(w, who, { kind, channel: 'letter', flaw: null, ago: 0 }))!;
  for (;;) {
    const { next } = r;
    if (next[0] === 'papers-erased' || halt?.(next)) return r;
    const name = aside(r, next, end, n) ?? (next[0] as Name);
    const { v } = wayTo(w, r, name, end, name === 'dismissed' && r.waits === null ? n % 4 || 1 : n);
    if (name === 'dismissed' && v.n % 4 === 0) await pass(w, 'waits');
    // The last moment for more to come; it comes once, and an erasure must still take everything.
    const isLast = kind === 'erasure' ? name === 'carried-out' && end === 'granted' : name === 'decided';
    if (w.people[who]!.phone === '' && isLast && !halt) await beside(w, w.people[who]!, { do: 'more' });
    // A record that comes after the decision is not shown with the others.
    if (kind === 'record-disclosure' && end === 'granted' && name === 'notified') await allows(w, w.people[who]!, true);
    await take(w, r, name, v, 'once');
    if (name === 'papers-short' && end === 'dismissed') await pass(w, 'waits');
  }
}

/** A person for each kind, so that what was stopped or erased for one does not keep another from its end. */
async function peopled(): Promise<World> {
  const w = await open(kinds.length);
  const of = (kind: Kind): Person => w.people[kinds.indexOf(kind)]!;
  const [foreign, uses] = [of('foreign-information'), of('stop-use')];
  const ask = { holding, items: ['email'], purpose: 'P3', recipient: abroad };
  must(await w.officer.provide({ ...ask, principal: foreign.id, facts: { relation: 'entrustment' } }));
  foreign.abroad = true;
  await addPerson(server, second, { name: uses.name }, uses.id);
  uses.agreed = [];
  return w;
}

test(
  'a request of each kind comes to each of its ends by what is offered as next, and its letters say so',
  { timeout: 300_000 },
  async () => {
    const all = kinds.flatMap((kind) => ends[kind].map((end) => ({ kind, end })));
    const reached: string[] = [];
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(69), { minLength: all.length, maxLength: all.length }), async (chance) => {
        const w = await peopled();
        for (const flaw of flaws) await arrive(w, 0, { kind: 'disclosure', channel: 'letter', flaw, ago: 0 });
        // The last day that is not long ago.
        await arrive(w, 0, { kind: 'disclosure', channel: 'letter', flaw: null, ago: 30 });
        for (const [i, { kind, end }] of all.entries()) {
          const who = kinds.indexOf(kind);
          const person = w.people[who]!;
          if (kind === 'record-disclosure' && end === 'otherwise') await allows(w, person, true);
          const r = await lead(w, who, { kind, end, n: chance[i]! });
          const one = must(await w.officer.requests.one(r.id));
          reached.push(`${kind} ${one.state === 'withdrawn' ? 'withdrawn' : one.decided!.result}`);
          if (acts(kind) || end === 'granted') await allows(w, person, end === 'granted');
        }
        await agrees(w);
      }),
      { numRuns: 1, seed: 1, endOnFailure: true },
    );
    expect(reached).toEqual(all.map(({ kind, end }) => `${kind} ${end}`));
    expect([...seenBefore]).toEqual(
      expect.arrayContaining(['extension', 'refund in part over', 'refund whole undone']),
    );
  },
);

/** 35: an objection ends with a consent given after it, to the use or to the provision; a stop of the use ends with neither. */
async function agrees(w: World): Promise<void> {
  const stopped = w.people[kinds.indexOf('stop-use')]!;
  const objecting = w.people[kinds.indexOf('purpose-notice')]!;
  await addPerson(server, second, { name: objecting.name }, objecting.id);
  objecting.agreed = [];
  await beside(w, objecting, { do: 'object', scope: 'everything' });
  for (const person of [stopped, objecting]) await allows(w, person, false);
  await pass(w, 1);
  for (const person of [stopped, objecting]) {
    await addConsent(server, person.id, agree, today());
    person.agreed!.push(today());
    await beside(w, person, { do: 'consent', ago: 0 });
    await allows(w, person, true);
  }
  expect([stopped, objecting].map((person) => [mayUseSecond(person), mayProvide(person)])).toEqual([
    [false, false],
    [true, true],
  ]);
}

// ---- two clerks who do different things with one request at once

const rivals: readonly { kind: Kind; end: End; steps: readonly [Name, Name] }[] = [
  { kind: 'disclosure', end: 'granted', steps: ['fee-waived', 'papers-received'] },
  { kind: 'purpose-notice', end: 'granted', steps: ['extended', 'decided'] },
  { kind: 'disclosure', end: 'granted', steps: ['decided', 'withdrawn'] },
  { kind: 'correction', end: 'granted', steps: ['decided', 'papers-short'] },
  { kind: 'stop-use', end: 'granted', steps: ['carried-out', 'decided'] },
  { kind: 'erasure', end: 'granted', steps: ['carried-out', 'withdrawn'] },
  { kind: 'correction', end: 'granted', steps: ['carried-out', 'papers-short'] },
  { kind: 'disclosure', end: 'granted', steps: ['notified', 'decided'] },
  { kind: 'purpose-notice', end: 'refused', steps: ['delivered', 'withdrawn'] },
  { kind: 'disclosure', end: 'granted', steps: ['closed', 'undelivered'] },
];

/** Of two different steps at once one is taken whole, with its record, its letters and its log entry; the other leaves nothing, and is told to look. */
async function collide(w: World, r: Asked, { end, steps: both }: (typeof rivals)[number], n: number): Promise<void> {
  const said = `${both.join(' and ')} of a ${r.kind} at once`;
  const order = n % 2 ? both : both.toReversed();
  const ones = order.map((name) => ({ name, ...stepOf(w, r, name, wayTo(w, r, name, end, n).v) }));
  const filed = must(await w.officer.requests.one(r.id)).papers.map(({ id }) => id);
  const answers = await Promise.all(
    ones.map(({ name, body }) => w.officer.requests.happen(r.id, name, { ...body, seen: r.seen })),
  );
  expect(answers.filter(({ ok }) => ok).length, said).toBe(1);
  const won = ones[answers.findIndex(({ ok }) => ok)]!;
  const lost = answers.find((one): one is Extract<Told<Case>, { ok: false }> => !one.ok)!;
  // Whoever comes between the effect and the event that says so is told that a part is done.
  const begun = won.name === 'carried-out' && JSON.stringify(lost.problem).includes('carried out already');
  const named = lost.problem.fields?.map(({ field }) => field);
  expect([lost.problem.status, named], said).toEqual([409, [begun ? 'event' : 'seen']]);
  if (!begun) expect(JSON.stringify(lost.problem), said).toContain('Open it again and check');
  r.seen += 1;
  won.after();
  const now = await shows(w, r);
  const logged = await server.db.owner.query<{ action: string }>(
    `SELECT action FROM log_entries WHERE entry::jsonb->>'request' = $1 AND action = ANY ($2) ORDER BY id`,
    [r.id, both.map((name) => `desk:${name}`)],
  );
  const taken = now.events.filter(({ event }) => both.includes(event as Name)).map(({ event }) => `desk:${event}`);
  expect(logged.map(({ action }) => action).toSorted(), said).toEqual(taken.toSorted());
  const letter = won.name === 'notified' ? ['notice', 'disclosed'] : [letters[won.name]];
  const fresh = now.papers.filter(({ id, kind, gone }) => kind === 'copy' && !gone && !filed.includes(id));
  expect(letter, said).toEqual(expect.arrayContaining(fresh.map(({ about }) => about)));
  const [effects] = await server.db.owner.query<{ n: number }>(
    'SELECT count(*)::int AS n FROM request_effects WHERE request_id = $1',
    [r.id],
  );
  expect(effects!.n > 0, said).toBe(r.carried);
  await allows(w, w.people[r.who]!, false);
}

test(
  'of two different steps that are taken on a request at once, one is taken whole and the other not at all',
  { timeout: 300_000 },
  async () => {
    const w = await open(rivals.length);
    for (const [who, one] of rivals.entries()) {
      const met = (next: readonly string[]): boolean => one.steps.every((name) => next.includes(name));
      // The plainest way: the person asks for themselves and sends what is due, so that no money has to go back first.
      const r = await lead(w, who, { ...one, n: 13 }, met);
      expect(r.closed, one.steps.join()).toBeNull();
      await collide(w, r, one, who);
    }
  },
);
