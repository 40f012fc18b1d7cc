// How far a request is: its steps, seven at most, and the clock from the day it arrived. The company's own target and the words of the law are
// named apart.

import { both, type Lang } from '../../../base/bilingual.ts';
import { isOpenDay } from '../../../base/calendar.ts';
import { addDays, daysBetween, type Day } from '../../../base/day.ts';
import { ClockStrip } from '../../../platform/ui/clock-strip.tsx';
import { monthDay, untilDue } from '../../../platform/ui/format.ts';
import { Panel } from '../../../platform/ui/panel.tsx';
import { Steps, type Step } from '../../../platform/ui/steps.tsx';
import {
  decideBy,
  deskDays,
  dueOf,
  hasEffect,
  looksAtPerson,
  pathOf,
  toCarryOut,
  type EventName,
  type Request,
} from '../facts.ts';

/** The events of each step; a step without an event on a request's path falls away. */
const steps: readonly (readonly EventName[])[] = [
  ['registered'],
  ['forms-sent'],
  ['papers-received'],
  ['identified'],
  ['specified', 'collected'],
  ['reviewed', 'decided', 'carried-out'],
  ['notified', 'delivered', 'closed'],
];

const titles = [
  both('受付', 'Letter'),
  both('用紙を送る', 'Send the form'),
  both('書類が届く', 'Papers come'),
  both('本人と手数料', 'Identity and fee'),
  both('集める', 'Collect'),
  both('決める', 'Decide'),
  both('答えを送る', 'Send the answer'),
] as const;

const decideTitle = ({ kind }: Request) =>
  kind === 'disclosure'
    ? both('項目ごとに決める', 'Decide by item')
    : hasEffect(kind)
      ? both('決めて実施する', 'Decide and do')
      : titles[5];

/** The day an event happened; null while it has not. */
const doneOn = (r: Request): Partial<Record<EventName, Day | null>> => ({
  registered: r.registeredOn,
  'forms-sent': r.formsSentOn ?? r.papersOn,
  'papers-received': r.lacks.length > 0 ? null : r.papersLastOn,
  identified: r.lacks.length > 0 ? null : (r.identified?.on ?? null),
  specified: r.specified?.on ?? null,
  collected: r.collected?.on ?? (r.specified?.principal === null ? r.specified.on : null),
  reviewed: r.decided?.on ?? null,
  decided: r.decided?.on ?? null,
  'carried-out': r.carriedOut?.on ?? (r.decided && !toCarryOut(r) ? r.decided.on : null),
  notified: r.notified?.on ?? null,
  delivered: r.delivered[0]?.on ?? null,
  closed: r.closedOn,
});

const words = {
  now: both('いま', 'now'),
  withdrawn: both('取下げ', 'Withdrawn'),
  clock: both('時計', 'Clock'),
  arrived: both('届いた日', 'Arrived'),
  today: both('今日', 'Today'),
  alarm: both('警告', 'Alarm'),
  target: both('社内の期限', 'Our target'),
  law: both('法律は「遅滞なく」', 'The law says “without delay”'),
};

/** The steps of a request with their days. */
export function stepsOf(r: Request, lang: Lang): Step[] {
  const days = doneOn(r);
  const path = new Set(pathOf(r));
  const all = steps.flatMap((events, i) => {
    const own = events.filter((event) => path.has(event));
    if (own.length === 0) return [];
    const done = own.map((event) => days[event] ?? null);
    return [
      {
        title: (i === 5 ? decideTitle(r) : titles[i]!)[lang],
        on: done.includes(null) ? null : done.at(-1)!,
        last: i === 6,
      },
    ];
  });
  const current = all.findIndex(({ on }) => on === null);
  const shown = all.map(({ title, on, last }, i): Step => {
    if (on !== null && (current < 0 || i < current)) return { title, note: monthDay(on, lang), state: 'done' };
    const by =
      last && r.decided === null
        ? lang === 'ja'
          ? `${monthDay(decideBy(r), 'ja')}まで`
          : `by ${monthDay(decideBy(r), 'en')}`
        : undefined;
    if (i === current) return { title, note: by ?? words.now[lang], state: 'now' };
    return { title, ...(by ? { note: by } : {}), state: 'later' };
  });
  if (!r.withdrawn) return shown;
  return [
    ...shown.filter(({ state }) => state === 'done'),
    { title: words.withdrawn[lang], note: monthDay(r.closedOn!, lang), state: 'done' },
  ];
}

export const CaseSteps = ({ lang, request }: { lang: Lang; request: Request }) => (
  <Steps lang={lang} steps={stepsOf(request, lang)} />
);

/** Saturdays, Sundays and holidays between two days, as far as they are known. */
function restBetween(from: Day, to: Day): Set<Day> {
  const days = Array.from({ length: daysBetween(from, to) + 1 }, (_, i) => addDays(from, i));
  return new Set(days.filter((d) => isOpenDay(d) === false));
}

/** A strip longer than this says nothing to the eye. */
const MOST_CELLS = 45;

function clockSays(r: Request, today: Day, lang: Lang): string {
  const due = decideBy(r);
  const nth = daysBetween(r.arrivedOn, today) + 1;
  return lang === 'ja'
    ? `${monthDay(r.arrivedOn, 'ja')}に届き、${nth}日目。社内の期限は${monthDay(due, 'ja')}、${untilDue(today, due, 'ja')}`
    : `Arrived on ${monthDay(r.arrivedOn, 'en')}, day ${nth}. Our target is ${monthDay(due, 'en')}: ${untilDue(today, due, 'en')}`;
}

const lawText = (r: Request, due: Day, lang: Lang): string => {
  const { lawsuit } = dueOf(r);
  const own =
    lang === 'ja'
      ? r.extendedTo
        ? `${monthDay(due, 'ja')}は、延ばしたあとの社内の期限です。`
        : `${monthDay(due, 'ja')}は、届いてから${deskDays.decision}日の社内の期限です。`
      : r.extendedTo
        ? `${monthDay(due, 'en')} is our target after an extension. `
        : `${monthDay(due, 'en')} is our own target of ${deskDays.decision} days. `;
  if (!lawsuit) return own;
  return (
    own +
    (lang === 'ja'
      ? `${monthDay(lawsuit, 'ja')}を過ぎると、本人は訴えを起こせます（法39条）。`
      : `After ${monthDay(lawsuit, 'en')} the person may go to court (APPI Art. 39).`)
  );
};

/** The clock of a request that is not answered yet; nothing once it is. */
export const CaseClock = ({ lang, request: r, today }: { lang: Lang; request: Request; today: Day }) => {
  const { alarm, decision: due } = dueOf(r);
  if (due === null) return null;
  const nth = daysBetween(r.arrivedOn, today) + 1;
  const end = today > due ? today : due;
  return (
    <Panel
      title={words.clock[lang]}
      id="clock"
      sub={
        <>
          {lang === 'ja' ? `届いてから${nth}日目。社内の期限 ` : `Day ${nth}. Our target: `}
          <b>{untilDue(today, due, lang)}</b>
        </>
      }
      {...(looksAtPerson(r.kind) ? { mark: <span class="small muted">{words.law[lang]}</span> } : {})}
    >
      {daysBetween(r.arrivedOn, end) < MOST_CELLS && (
        <ClockStrip
          from={r.arrivedOn}
          today={today}
          due={due}
          {...(alarm && alarm < due ? { warn: alarm } : {})}
          rest={restBetween(r.arrivedOn, end)}
          labels={{
            from: words.arrived[lang],
            today: words.today[lang],
            due: words.target[lang],
            warn: words.alarm[lang],
          }}
          says={clockSays(r, today, lang)}
        />
      )}
      <p class="small muted mt-1">{lawText(r, due, lang)}</p>
    </Panel>
  );
};
