// The report of the desk: its figures compared with a slow count over requests that are drawn and admitted, its page, and its file read back.

import fc from 'fast-check';
import readXlsx from 'read-excel-file/node';
import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answered, collectedFor, registered, rightPapers, seen } from '../../../tests/desk.ts';
import { openTestOffice, type TestOffice, type Visitor } from '../../../tests/office.ts';
import { addHolding, addPerson, askedThemselves, openTestCheckpoint, valueOf } from '../../../tests/people.ts';
import { both } from '../../base/bilingual.ts';
import { addDays, day, type Day } from '../../base/day.ts';
import type { Finding } from '../../base/finding.ts';
import { newId } from '../../base/id.ts';
import type { By, Room } from '../access/index.ts';
import type { Case } from './actions/cases.ts';
import { eventRow, foldedOf } from './actions/happen.ts';
import { decide, type Stated } from './actions/decide.ts';
import { acknowledge, receivePapers, refund, withdraw } from './actions/receive.ts';
import { monthOf, readReport, reportOf, type Month, type Report } from './actions/report.ts';
import { admit } from './facts/admit.ts';
import { openDaysAfter } from './facts/clocks.ts';
import { toCarryOut } from './facts/effect.ts';
import { withholdingGrounds, type EventBody, type EventName } from './facts/event.ts';
import { isDisclosure, kinds, kindsOf, scopes, type Kind } from './facts/kind.ts';
import { feeOver } from './facts/request.ts';
import { documentsFor, resultsOf } from './facts/result.ts';
import { pathOf, requestFrom } from './facts/stage.ts';
import { deskPages } from './pages/desk.tsx';
import { insertEvent } from './store/events.ts';
import { insertRequest } from './store/requests.ts';

// ---- drawn requests

const person = '01890000-0000-7000-8000-000000000001';
const entry = '01890000-0000-7000-8000-000000000003';
const items = ['name', 'inquiry', 'note'];
const LATE = day('2027-12-31');

const drawn = fc.record({
  kind: fc.constantFrom(...kinds),
  scope: fc.constantFrom(...scopes),
  /** Days from the first possible arrival to the arrival. */
  arrives: fc.nat(90),
  /** How many steps of its path it takes, and the days before each. */
  steps: fc.nat(12),
  gaps: fc.array(fc.nat(6), { minLength: 16, maxLength: 16 }),
  result: fc.nat(6),
  over: fc.constantFrom(0, 0, 500),
  /** Yen of a fee that do not come and are waived. */
  waived: fc.constantFrom(0, 0, 10),
  extends: fc.constantFrom(null, null, 3, 20),
  withdraws: fc.constantFrom(false, false, false, true),
  /** After how many steps it is dismissed; null: it is not. */
  dismisses: fc.constantFrom(null, null, null, 0, 1, 2, 3),
  reviews: fc.array(fc.constantFrom(null, null, ...withholdingGrounds), { minLength: 3, maxLength: 3 }),
  articles: fc.array(fc.constantFrom('34(2)', '35(5)', '38(1)'), { minLength: 1, maxLength: 3 }),
});
type Drawn = typeof drawn extends fc.Arbitrary<infer T> ? T : never;

const found = (articles: readonly string[]): Finding => {
  const [first, ...rest] = articles.map((article) => ({ law: 'APPI' as const, article, says: both('理由', 'why') }));
  return { answer: 'no', because: [first!, ...rest], duties: [] };
};

/** The events at a step of the path, on its day. */
function stepsAt(name: EventName, on: Day, of: Drawn, before: readonly EventBody[]): EventBody[] {
  const r = requestFrom(before);
  const received = (feeYen: number): EventBody => ({
    event: 'papers-received',
    on,
    form: r.form ? 'right' : 'none',
    method: 'paper',
    feeYen,
    unreadable: false,
  });
  switch (name) {
    case 'papers-received':
      return r.fee.due > 0 && of.waived > 0
        ? [received(r.fee.due - of.waived), { event: 'fee-waived', on, ground: 'small-shortfall', yen: of.waived }]
        : [received(r.fee.due + of.over)];
    case 'identified':
      return [
        {
          event: name,
          on,
          ...askedThemselves,
        },
      ];
    case 'specified':
      return [
        { event: name, on, principals: [person], holdings: ['h'], searched: ['name'], matches: 1, toldApart: null },
      ];
    case 'collected':
      return [{ event: name, on, holdings: [{ holding: 'h', items }], provisions: 0, receipts: 0 }];
    case 'reviewed':
      return items.map((item, i) => {
        const ground = of.reviews[i]!;
        return { event: name, on, holding: 'h', item, decision: ground ? 'withhold' : 'disclose', ground };
      });
    case 'decided': {
      const may = resultsOf(r.kind);
      const finding = r.kind === 'consultation' ? null : found(of.articles);
      return [{ event: name, on, result: may[of.result % may.length]!, facts: {}, finding }];
    }
    case 'carried-out':
      return toCarryOut(r) ? [{ event: name, on, entries: [entry] }] : [];
    case 'notified':
      return [{ event: name, on, by: 'post', documents: documentsFor(r.kind, r.decided!.result) }];
    case 'delivered':
      return [{ event: name, on, by: 'post' }];
    case 'closed':
      return [
        ...(feeOver(r) > 0 ? [{ event: 'refunded' as const, on, yen: feeOver(r) }] : []),
        { event: 'closed' as const, on },
      ];
    default:
      return [{ event: 'forms-sent', on }];
  }
}

/** The events of a drawn request; every one of them is admitted. */
function requestOf(of: Drawn): EventBody[] {
  const kind: Kind = kindsOf(of.scope).includes(of.kind) ? of.kind : 'disclosure';
  const arrivedOn = addDays(day('2026-09-10'), of.arrives);
  let on = addDays(arrivedOn, of.gaps[0]!);
  const form = !['purpose-notice', 'foreign-information', 'consultation'].includes(kind);
  const events: EventBody[] = [
    {
      event: 'registered',
      on,
      kind,
      scope: of.scope,
      arrivedOn,
      channel: 'letter',
      lang: 'ja',
      feeYen: isDisclosure(kind) ? 1000 : 0,
      form,
    },
  ];
  const happens = (event: EventBody): void => {
    expect(admit(requestFrom(events), event, LATE)).toBeNull();
    events.push(event);
  };
  if (of.extends !== null) happens({ event: 'extended', on, until: addDays(arrivedOn, 14 + of.extends) });
  for (const [i, name] of pathOf({ kind, form, unreachable: false }).slice(1, of.steps).entries()) {
    on = addDays(on, of.gaps[i + 1]!);
    for (const event of stepsAt(name, on, of, events)) happens(event);
  }
  const r = requestFrom(events);
  if (of.dismisses !== null && !r.decided && kind !== 'consultation') {
    on = addDays(on, of.gaps[15]!);
    happens({ event: 'dismissed', on, ground: 'stranger', facts: {}, finding: found(of.articles) });
    for (const name of (['notified', 'delivered', 'closed'] as const).slice(0, of.dismisses)) {
      on = addDays(on, of.gaps[14]!);
      for (const event of stepsAt(name, on, of, events)) happens(event);
    }
    return events;
  }
  if (of.withdraws && !r.decided && feeOver(r) === 0) happens({ event: 'withdrawn', on: addDays(on, of.gaps[15]!) });
  return events;
}

// ---- the slow count: no folding, one day at a time

/** Days from one day to a later one, counted. */
function counted(from: Day, to: Day): number {
  let n = 0;
  for (let at = from; at < to; at = addDays(at, 1)) n += 1;
  return n;
}

/** The median: takes the smallest and the greatest away until one or two are left. */
function middle(numbers: readonly number[]): number {
  let left = [...numbers];
  while (left.length > 2) {
    left.splice(left.indexOf(Math.min(...left)), 1);
    left.splice(left.indexOf(Math.max(...left)), 1);
  }
  left = left.length === 1 ? [...left, ...left] : left;
  return (left[0]! + left[1]!) / 2;
}

const headOf = ([head]: readonly EventBody[]) => head as EventBody & { event: 'registered' };
const last = <E extends EventName>(events: readonly EventBody[], name: E, until: Day) =>
  events.filter((one): one is EventBody & { event: E } => one.event === name && one.on <= until).at(-1);

/** The day the answer went out, if it had by then. */
const sentSlowly = (events: EventBody[], to: Day): Day | undefined => {
  const told = last(events, 'notified', to);
  return told?.by === 'electronic' ? told.on : last(events, 'delivered', to)?.on;
};

/** The events that tell the requester that the request has come. */
const words: readonly EventName[] = ['forms-sent', 'papers-short', 'refunded', 'extended', 'delivered'];

/** What was due next at that time: the form or another word that the request has come, the identity check, or the answer. */
function nextSlowly(events: EventBody[], to: Day): Day | undefined {
  const { arrivedOn, form, kind } = headOf(events);
  const until = events.filter((event) => event.on <= to);
  const came = until.findLastIndex(({ event }) => event === 'papers-received');
  const due: (Day | undefined)[] = [];
  const over = last(events, 'dismissed', to) !== undefined;
  const formDue = !over && form && came < 0 && !last(events, 'forms-sent', to);
  const heard = until.some(({ event }) => words.includes(event));
  if (formDue || !heard) due.push(openDaysAfter(arrivedOn, 2));
  const lacking = until.findLastIndex(({ event }) => event === 'papers-short') > came;
  if (!over && came >= 0 && !lacking && kind !== 'consultation' && !last(events, 'identified', to))
    due.push(openDaysAfter(until[came]!.on, 5));
  if (!sentSlowly(events, to)) due.push(last(events, 'extended', to)?.until ?? addDays(arrivedOn, 14));
  return due.filter((on) => on !== undefined).toSorted()[0];
}

function slowly(requests: readonly EventBody[][], { from, to }: Month): Report {
  const inMonth = (on: Day | undefined): boolean => on !== undefined && on >= from && on <= to;
  const arrived = requests.filter((events) => headOf(events).arrivedOn <= to);
  const isOpen = (events: EventBody[]) => !last(events, 'closed', to) && !last(events, 'withdrawn', to);
  const report: Report = { flow: [], open: [], due: [], refused: [], answered: [], answeredAll: null, fees: [] };
  for (const scope of scopes) {
    for (const kind of kindsOf(scope)) {
      const line = { kind, scope, arrived: 0, closed: 0, undelivered: 0, withdrawn: 0, dismissed: 0 };
      for (const events of arrived) {
        if (headOf(events).kind !== kind || headOf(events).scope !== scope) continue;
        if (inMonth(headOf(events).arrivedOn)) line.arrived += 1;
        if (inMonth(last(events, 'closed', to)?.on)) line[last(events, 'dismissed', to) ? 'dismissed' : 'closed'] += 1;
        if (inMonth(last(events, 'withdrawn', to)?.on)) line.withdrawn += 1;
      }
      report.flow.push(line);
    }
  }
  const all: number[] = [];
  for (const kind of kinds) {
    const open = { kind, week: 0, fortnight: 0, older: 0 };
    const due = { kind, soon: 0, overdue: 0 };
    const fees = { kind, received: 0, returned: 0, waived: 0 };
    const days: number[] = [];
    for (const events of arrived.filter((one) => headOf(one).kind === kind)) {
      const { arrivedOn } = headOf(events);
      const age = counted(arrivedOn, to);
      if (isOpen(events)) open[age > 14 ? 'older' : age > 7 ? 'fortnight' : 'week'] += 1;
      const by = isOpen(events) ? nextSlowly(events, to) : undefined;
      if (by !== undefined && by < to) due.overdue += 1;
      else if (by !== undefined && counted(to, by) <= 7) due.soon += 1;
      const sent = sentSlowly(events, to);
      if (sent && inMonth(sent) && !last(events, 'dismissed', to)) days.push(counted(arrivedOn, sent));
      for (const event of events) {
        if (!inMonth(event.on)) continue;
        if (event.event === 'papers-received') fees.received += event.feeYen;
        if (event.event === 'refunded') fees.returned += event.yen;
        if (event.event === 'fee-waived') fees.waived += event.yen;
      }
    }
    if (open.week + open.fortnight + open.older > 0) report.open.push(open);
    if (due.soon + due.overdue > 0) report.due.push(due);
    if (fees.received + fees.returned + fees.waived > 0) report.fees.push(fees);
    if (days.length > 0)
      report.answered.push({ kind, answers: days.length, median: middle(days), longest: Math.max(...days) });
    all.push(...days);
  }
  if (all.length > 0) report.answeredAll = { answers: all.length, median: middle(all), longest: Math.max(...all) };
  return report;
}

/** The refusals as texts, one for each request; dismissals are none. */
function refusalsSlowly(requests: readonly EventBody[][], { from, to }: Month): string[] {
  return requests.flatMap((events) => {
    if (last(events, 'dismissed', to)) return [];
    const decided = last(events, 'decided', to);
    if (!decided || decided.on < from || decided.result === 'granted' || decided.result === 'answered') return [];
    const article = { harms: '33(2)(i)', impedes: '33(2)(ii)', violates: '33(2)(iii)' };
    const held = events.flatMap((one) => (one.event === 'reviewed' && one.ground ? article[one.ground] : []));
    const why = held.length > 0 ? held : decided.finding!.because.map((ground) => ground.article);
    return `${headOf(events).kind} ${decided.result} ${[...new Set(why)].sort().join(' ')}`;
  });
}

const spelled = ({ refused }: Report): string[] =>
  refused.flatMap(({ kind, result, grounds, requests }) =>
    Array<string>(requests).fill(
      `${kind} ${result} ${grounds
        .map(({ article }) => article)
        .sort()
        .join(' ')}`,
    ),
  );

test.each([
  ['a month that is over', monthOf(day('2026-11-03'), day('2027-01-15')), '2026-11-30'],
  ['a month that is not', monthOf(day('2026-11-26'), day('2026-11-26')), '2026-11-26'],
])('the figures of %s are those of a slow count', (_, month, to) => {
  expect(month).toEqual({ from: '2026-11-01', to });
  fc.assert(
    fc.property(fc.array(drawn, { maxLength: 14 }), (all) => {
      const requests = all.map(requestOf);
      const report = reportOf(requests, month);
      expect({ ...report, refused: [] }).toEqual(slowly(requests, month));
      expect(spelled(report).sort()).toEqual(refusalsSlowly(requests, month).sort());
      const lines = report.refused.map(({ requests: _of, ...line }) => JSON.stringify(line));
      expect(new Set(lines).size).toBe(lines.length);
    }),
    { numRuns: 300 },
  );
});

test('the draw reaches every figure', () => {
  const requests = fc.sample(drawn, { numRuns: 400, seed: 39 }).map(requestOf);
  const report = reportOf(requests, monthOf(day('2026-11-01'), day('2026-12-31')));
  const sum = <T>(lines: readonly T[], of: (line: T) => number): number => lines.reduce((n, one) => n + of(one), 0);
  const figures = {
    arrived: sum(report.flow, (line) => line.arrived),
    closed: sum(report.flow, (line) => line.closed),
    withdrawn: sum(report.flow, (line) => line.withdrawn),
    dismissed: sum(report.flow, (line) => line.dismissed),
    week: sum(report.open, (line) => line.week),
    fortnight: sum(report.open, (line) => line.fortnight),
    older: sum(report.open, (line) => line.older),
    soon: sum(report.due, (line) => line.soon),
    overdue: sum(report.due, (line) => line.overdue),
    refused: sum(report.refused, (line) => line.requests),
    answers: report.answeredAll?.answers ?? 0,
    received: sum(report.fees, (line) => line.received),
    returned: sum(report.fees, (line) => line.returned),
  };
  expect(Object.entries(figures).filter(([, n]) => n === 0)).toEqual([]);
});

test('what is dismissed is counted once: in the month in which it is closed, and among no decisions', () => {
  const arrivedOn = day('2026-11-20');
  const terms = { scope: 'customer', channel: 'letter', lang: 'ja', feeYen: 0, form: false } as const;
  const dismissed: EventBody[] = [
    { event: 'registered', on: arrivedOn, kind: 'erasure', arrivedOn, ...terms },
    { event: 'dismissed', on: day('2026-11-27'), ground: 'stranger', facts: {}, finding: found(['37(3)']) },
    { event: 'notified', on: day('2026-11-27'), by: 'post', documents: ['decision'] },
    { event: 'delivered', on: day('2026-11-28'), by: 'post' },
    { event: 'closed', on: day('2026-12-02') },
  ];
  const counted = (month: string) => {
    const { flow, refused, answeredAll } = reportOf([dismissed], monthOf(day(month), day('2027-01-15')));
    return [flow.reduce((n, line) => n + line.dismissed, 0), refused, answeredAll];
  };
  expect([counted('2026-11-01'), counted('2026-12-01')]).toEqual([
    [0, [], null],
    [1, [], null],
  ]);
});

test('an answer that came back is none: not in the month in which it was posted, and once in that in which it arrived', () => {
  const arrivedOn = day('2026-12-20');
  const terms = { scope: 'customer', channel: 'letter', lang: 'ja', feeYen: 0, form: false } as const;
  const returned: EventBody[] = [
    { event: 'registered', on: arrivedOn, kind: 'consultation', arrivedOn, ...terms },
    { event: 'decided', on: day('2026-12-25'), result: 'answered', facts: {}, finding: null },
    { event: 'notified', on: day('2026-12-25'), by: 'post', documents: ['answer'] },
    { event: 'delivered', on: day('2026-12-31'), by: 'post' },
    { event: 'closed', on: day('2026-12-31') },
    { event: 'undelivered', on: day('2027-01-08'), by: 'post', why: 'moved', envelope: 'unopened' },
    { event: 'delivered', on: day('2027-01-12'), by: 'post', addressChecked: true },
    { event: 'closed', on: day('2027-01-20') },
  ];
  const counted = (month: string, events: EventBody[]) => {
    const { flow, open, answeredAll } = reportOf([events], monthOf(day(month), day('2027-02-15')));
    const sums = [flow.reduce((n, line) => n + line.closed, 0), open.length];
    return [...sums, answeredAll?.answers ?? 0, answeredAll?.longest ?? null];
  };
  // Nobody knew before it came back.
  expect(counted('2026-12-01', returned.slice(0, 5))).toEqual([1, 0, 1, 11]);
  expect(counted('2026-12-01', returned)).toEqual([0, 1, 0, null]);
  expect(counted('2027-01-01', returned.slice(0, 6))).toEqual([0, 1, 0, null]);
  expect(counted('2027-01-01', returned)).toEqual([1, 0, 1, 23]);
});

test('a month read from the house is the month of all its requests', async () => {
  const many = await openTestOffice(() => [], { at: '2027-12-31T09:00:00+09:00' });
  try {
    const requests = fc.sample(drawn, { numRuns: 240, seed: 33 }).map(requestOf);
    const { database, clock } = many.office;
    await database.transaction(async (tx) => {
      for (const [i, events] of requests.entries()) {
        const request = requestFrom(events);
        const id = newId(clock.now() + i);
        const at = new Date(clock.now());
        const none = { attempt: null, asked: null, sender: null, kek_version: null, wrapped_key: null };
        await insertRequest(tx, {
          id,
          year: 2026,
          serial: i + 1,
          kind: request.kind,
          scope: request.scope,
          arrived_on: request.arrivedOn,
          registered_at: at,
          by_actor: 'sekisho',
          ...none,
          ...foldedOf(request, 0),
        });
        for (const [no, event] of events.entries()) {
          const of = {
            request: id,
            no: no + 1,
            at: at.getTime(),
            actor: { kind: 'sekisho' },
            entry,
            attempt: null,
            asked: null,
          } as const;
          await insertEvent(tx, eventRow(of, event));
        }
      }
    });
    const room = many;
    const days = ['2026-08-15', '2026-09-11', '2026-10-05', '2026-11-20', '2026-12-24', '2027-01-02', '2027-03-01'];
    for (const of of days.map(day)) {
      for (const month of [monthOf(of, of), monthOf(of, LATE)]) {
        const sorted = (report: Report) => ({ ...report, refused: spelled(report).sort() });
        expect(sorted(await readReport(room, month))).toEqual(sorted(reportOf(requests, month)));
      }
    }
  } finally {
    await many.close();
  }
});

// ---- the page and the file

let house: TestOffice;
let closeCheckpoint: () => Promise<void>;
let desk: Room;
let by: By;
let clerk: Visitor;

/** The desk at nine in the morning of a day. */
const at = (on: string): Day => {
  house.clock.moveTo(`${on}T09:00:00+09:00`);
  return day(on);
};

const arriving = async (kind: Kind, arrived: string, name = '例示 花子'): Promise<Case> => {
  at(arrived);
  return registered(desk, by, kind, { sender: { name, address: '東京都例示区1-2-3', email: '' } });
};

const paid = async (one: Case, on: Day, feeYen: number): Promise<Case> =>
  valueOf(await receivePapers(desk, by, one.row.id, seen(one), { on, ...rightPapers, method: null, feeYen }));

const decided = async (one: Case, facts: Stated, texts: { reason?: string; answer?: string }): Promise<Case> =>
  valueOf(
    await decide(desk, by, one.row.id, seen(one), {
      facts,
      reason: texts.reason ?? '',
      answer: texts.answer ?? '',
      plan: {},
      mayRefuse: true,
    }),
  );

beforeAll(async () => {
  house = await openTestOffice(
    (office, access) => {
      desk = { office, access };
      return deskPages(desk);
    },
    { at: '2026-10-01T09:00:00+09:00' },
  );
  closeCheckpoint = await openTestCheckpoint(house);
  by = { actor: { kind: 'staff', id: house.staff.officer!, name: '', roles: ['officer'] }, authority: [] };
  const holding = await addHolding(house);
  await addPerson(house, holding, { name: '訂正 望', note: '怒っていた' });

  // A question of October, answered in November: 13 days.
  const question = await arriving('consultation', '2026-10-29');
  at('2026-11-11');
  await answered(desk, by, await decided(question, {}, { answer: 'お答えします。' }));
  // A fee that is not due goes back, and the person withdraws the request.
  const over = await arriving('erasure', '2026-11-02');
  const back = await paid(over, at('2026-11-05'), 1000);
  const free = valueOf(await refund(desk, by, over.row.id, seen(back), { on: day('2026-11-05'), yen: 1000 }));
  valueOf(await withdraw(desk, by, over.row.id, seen(free), { on: day('2026-11-05') }));
  // An opinion is not corrected: refused.
  let opinion = await arriving('correction', '2026-11-04', '訂正 望');
  opinion = await paid(opinion, at('2026-11-06'), 0);
  opinion = await collectedFor(desk, by, opinion, '訂正 望');
  const evaluation = { content: 'evaluation', otherProcedure: false } as const;
  opinion = await decided(opinion, evaluation, { reason: '事実ではなく評価のため。' });
  at('2026-11-09');
  await answered(desk, by, opinion);
  // Open: one past its time, one that came a week ago with its fee.
  await arriving('stop-use', '2026-11-05');
  const paidFor = await paid(await arriving('disclosure', '2026-11-19'), at('2026-11-20'), 1000);
  valueOf(await acknowledge(desk, by, paidFor.row.id, seen(paidFor), { on: day('2026-11-20'), how: 'letter' }));
  at('2026-11-26');
  clerk = await house.visitor('desk');
});
afterAll(async () => {
  await closeCheckpoint();
  await house.close();
});

/** The cells of the table in a panel, row by row with its head and foot; [] where there is none. */
function tableOf(html: string, id: string): string[][] {
  const [section] = new RegExp(`<section class="panel" id="${id}".*?</section>`, 's').exec(html)!;
  return [...section.matchAll(/<tr[^>]*>(.*?)<\/tr>/gs)].map(([, row]) =>
    [...row!.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell]) => cell!.replaceAll(/<[^>]+>/g, '')),
  );
}

const pageOf = async (visitor: Visitor, path = '/desk/report?month=2026-11'): Promise<string> => {
  const response = await visitor.get(path);
  expect(response.status).toBe(200);
  return response.text();
};

describe('the page', () => {
  test('is reached from the board', async () => {
    expect(await pageOf(clerk, '/desk')).toContain('href="/desk/report"');
  });

  test('has a table for each figure', async () => {
    const html = await pageOf(clerk);
    expect(html).toContain('2026年11月。進行中と期限は2026年11月26日の終わりの時点');
    const flow = tableOf(html, 'flow');
    expect(flow[0]).toEqual(['種類', '対象', '届いた', '終わった', '答えが届かずに終了', '取下げ', '却下']);
    expect(flow).toContainEqual(['相談・苦情', '個人情報', '0', '1', '0', '0', '0']);
    expect(flow).toContainEqual(['消去', '個人情報', '1', '0', '0', '1', '0']);
    expect(flow).toContainEqual(['訂正・追加・削除', '個人情報', '1', '1', '0', '0', '0']);
    expect(flow).toContainEqual(['訂正・追加・削除', '特定個人情報等', '0', '0', '0', '0', '0']);
    expect(flow.at(-1)).toEqual(['計', '', '4', '2', '0', '1', '0']);
    expect(tableOf(html, 'open')).toEqual([
      ['種類', '7日以内', '8日から14日', '14日超', '計'],
      ['開示', '1', '0', '0', '1'],
      ['利用の停止', '0', '0', '1', '1'],
      ['計', '1', '0', '1', '2'],
    ]);
    expect(tableOf(html, 'due')).toEqual([
      ['種類', '7日以内に期限', '期限超過'],
      ['開示', '1', '0'],
      ['利用の停止', '0', '1'],
      ['計', '1', '1'],
    ]);
    expect(tableOf(html, 'refused')).toEqual([
      ['種類', '決定', '根拠', '件数'],
      ['訂正・追加・削除', '応じない', '法34条1項', '1'],
      ['計', '', '', '1'],
    ]);
    expect(tableOf(html, 'answered')).toEqual([
      ['種類', '答えた件数', '日数の中央値', '最も長い日数'],
      ['訂正・追加・削除', '1', '5', '5'],
      ['相談・苦情', '1', '13', '13'],
      ['計', '2', '9', '13'],
    ]);
    expect(tableOf(html, 'fees')).toEqual([
      ['種類', '受け取った額（円）', '返した額（円）', '免除した額（円）'],
      ['開示', '1,000', '0', '0'],
      ['消去', '1,000', '1,000', '0'],
      ['計', '2,000', '1,000', '0'],
    ]);
  });

  test('leads to the months before and after, but not beyond the present one', async () => {
    const now = await pageOf(clerk);
    expect(now).toContain('href="/desk/report?month=2026-10"');
    expect(now).not.toContain('href="/desk/report?month=2026-12"');
    const before = await pageOf(clerk, '/desk/report?month=2026-10');
    expect(before).toContain('href="/desk/report?month=2026-11"');
    expect(tableOf(before, 'open')).toContainEqual(['相談・苦情', '1', '0', '0', '1']);
    expect(tableOf(before, 'answered')).toEqual([]);
    expect(before).toContain('この月に答えた請求はありません');
  });

  test.each(['', '?month=2026-12', '?month=2026-13', '?month=x'])('%s shows the present month', async (query) => {
    expect(await pageOf(clerk, `/desk/report${query}`)).toContain('2026年11月。');
  });

  test('is in English too, and without the parts that are for the screen on paper', async () => {
    const html = await pageOf(await house.visitor('auditor', 'en'));
    expect(tableOf(html, 'refused')[1]).toEqual(['Correction', 'Refused', 'APPI Art. 34(1)', '1']);
    expect(html).toMatch(/<div class="mb-4 no-print"><div class="seg"/);
  });

  test.each(['/desk/report', '/desk/report.xlsx', '/desk/report.pdf'])('%s is not for the reception', async (path) => {
    expect((await (await house.visitor('reception')).get(path)).status).toBe(403);
  });
});

test('the file holds the figures of the page as numbers, a figure a row', async () => {
  const response = await clerk.get('/desk/report.xlsx?month=2026-11');
  expect(response.headers.get('content-disposition')).toBe('attachment; filename="desk-report-2026-11.xlsx"');
  const [sheet] = await readXlsx(Buffer.from(await response.arrayBuffer()));
  const rows = sheet!.data;
  expect(sheet!.sheet).toBe('窓口の報告');
  expect(rows[0]).toEqual(['表', '種類', '内訳', '項目', '値']);
  expect(rows).toContainEqual(['届いた請求と終わった請求', '消去', '個人情報', '取下げ', 1]);
  expect(rows).toContainEqual(['進行中の請求（届いてからの日数）', '利用の停止', null, '14日超', 1]);
  expect(rows).toContainEqual(['求めのとおりにしなかった決定', '訂正・追加・削除', '応じない／法34条1項', '件数', 1]);
  expect(rows).toContainEqual(['届いてから答えるまでの日数', '計', null, '日数の中央値', 9]);
  expect(rows).toContainEqual(['手数料', '消去', null, '返した額（円）', 1000]);
  const shown = tableOf(await pageOf(clerk), 'fees').flatMap((cells) => cells.slice(1));
  expect(rows.filter(([table]) => table === '手数料')).toHaveLength(shown.length - 3);
});

describe('the paper', () => {
  /** Its words by page without spaces, and the text for screen readers. */
  async function paperOf(lang: 'ja' | 'en', month: string) {
    const response = await (await house.visitor('auditor', lang)).get(`/desk/report.pdf?month=${month}`);
    const bytes = new Uint8Array(await response.arrayBuffer());
    const raw = Buffer.from(bytes).toString('latin1');
    const pdf = await getDocumentProxy(bytes, { verbosity: 0 });
    const { text } = await extractText(pdf, { mergePages: true });
    const page = await pdf.getPage(1);
    const tree = JSON.stringify(await page.getStructTree());
    const { info } = await pdf.getMetadata();
    return { response, raw, text: text.replace(/\s/g, ''), size: page.view, tree, info: info as { Language?: string } };
  }

  test.each([
    ['ja', '窓口の報告', '2026年11月', '第1版', '進行中と期限の基準日2026年11月26日', '作った日2026年11月26日'],
    ['en', 'Reportofthedesk', 'November2026', 'version1', 'Openanddueasof26November2026', 'Madeon26November2026'],
  ] as const)('in %s is tagged A4 and names company, month, day and policy', async (lang, ...says) => {
    const { response, raw, text, size, tree, info } = await paperOf(lang, '2026-11');
    expect([
      response.status,
      response.headers.get('content-type'),
      response.headers.get('content-disposition'),
    ]).toEqual([200, 'application/pdf', 'attachment; filename="desk-report-2026-11.pdf"']);
    expect(raw).toMatch(/<pdfuaid:part>1<\/pdfuaid:part>|pdfuaid:part="1"/);
    expect(size.map(Math.round)).toEqual([0, 0, 595, 842]);
    expect(info.Language).toBe(lang);
    for (const expected of says) expect(text).toContain(expected);
    for (const role of ['H1', 'H2', 'Table', 'TH']) expect(tree).toContain(`"role":"${role}"`);
    expect(tree).not.toContain('"role":"Figure"');
  });

  test('says every figure of the page, and of nobody anything', async () => {
    const { text } = await paperOf('ja', '2026-11');
    const html = await pageOf(clerk);
    for (const id of ['flow', 'open', 'due', 'refused', 'answered', 'fees']) {
      const rows = tableOf(html, id);
      expect(rows.length).toBeGreaterThan(1);
      for (const row of rows) expect(text).toContain(row.join('').replace(/\s/g, ''));
    }
    expect(text).not.toMatch(/例示花子|訂正望|怒って|例示区|R-2026|staff|佐伯/);
  });

  test('of a month without anything says so', async () => {
    const { text } = await paperOf('ja', '2026-09');
    expect(text).toContain('2026年9月');
    expect(text).toContain('この月に答えた請求はありません');
    expect(text).toContain('進行中の請求はありません');
  });
});
