// How far a request is: its steps, seven at most, and the clock from the day it arrived. The company's own deadline and the words of the law are kept
// apart.

import { both, type Lang } from '../../../base/bilingual.ts';
import { isOpenDay } from '../../../base/calendar.ts';
import { addDays, daysBetween, later, type Day } from '../../../base/day.ts';
import { ClockStrip } from '../../../platform/ui/clock-strip.tsx';
import { dayFrom, untilDue } from '../../../platform/ui/format.ts';
import { Panel } from '../../../platform/ui/panel.tsx';
import { Steps, type Step } from '../../../platform/ui/steps.tsx';
import { clocksOf, decideBy, deskDays, dueOf, isUntold, owedFrom, sentOn } from '../facts/clocks.ts';
import { isDismissed } from '../facts/dismissal.ts';
import { toCarryOut } from '../facts/effect.ts';
import type { EventName } from '../facts/event.ts';
import { hasEffect, looksAtPerson } from '../facts/kind.ts';
import { isFeeAwaited, isFeeOpen, isReached, type Request } from '../facts/request.ts';
import { isAnother, isHeldUp, nothingSince, type Since } from '../facts/since.ts';
import { pathOf } from '../facts/stage.ts';
import { resultWords } from '../words.ts';

/** The events of each step; a step with no event on the path of a request is left out. */
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

const unreachableEnd = both('終える', 'Close');

function decideTitle(r: Request) {
  if (isDismissed(r)) return resultWords.dismissed;
  if (r.kind === 'disclosure') return both('項目ごとに決める', 'Decide by item');
  return hasEffect(r.kind) ? both('決めて実施する', 'Decide and do') : titles[5];
}

/**
 * The day the papers had come, and the day the requester was identified and the fee was here. A fee that is asked for afterwards comes separately
 * from the papers.
 */
function knownOn(r: Request): Partial<Record<EventName, Day | null>> {
  const lacking = r.lacks.length > 0;
  if (!r.feeAfter || r.identified === null)
    return {
      'papers-received': lacking ? null : r.papersLastOn,
      identified: lacking ? null : (r.identified?.on ?? null),
    };
  const { on } = r.identified;
  return {
    'papers-received': lacking && !isFeeAwaited(r) ? null : (r.papersOn ?? on),
    identified: lacking || isFeeOpen(r) ? null : later(later(on, r.papersLastOn ?? on), r.resumedOn ?? on),
  };
}

/** The day an event happened; null while it has not, or has to happen anew. */
const doneOn = (r: Request, since: Since): Partial<Record<EventName, Day | null>> => ({
  registered: r.registeredOn,
  'forms-sent': r.formsSentOn ?? r.papersOn,
  ...knownOn(r),
  specified: isHeldUp(r, since) && isAnother(since) ? null : (r.specified?.on ?? null),
  collected: since.grown ? null : (r.collected?.on ?? (r.specified?.principals.length === 0 ? r.specified.on : null)),
  reviewed: isHeldUp(r, since) ? null : (r.decided?.on ?? null),
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
  addressed: both('返信先が分かった日', 'Address known'),
  reached: both('連絡が取れた日', 'Person reached'),
  today: both('今日', 'Today'),
  alarm: both('注意の日', 'Alarm'),
  target: both('社内の期限', 'Our target'),
  formsBy: both('用紙は', 'The form goes out'),
  acknowledgementBy: both('受け付けた知らせは', 'Acknowledge it'),
  identityBy: both('本人の確認は', 'Identity checked'),
  feeSince: both('手数料を待っている', 'Waiting for the fee'),
  law: both('法律は「遅滞なく」', 'The law says “without delay”'),
};

/** The steps of a request with their days. */
export function stepsOf(r: Request, today: Day, lang: Lang, since = nothingSince): Step[] {
  const days = doneOn(r, since);
  const path = new Set(pathOf(r));
  const whole = steps.flatMap((events, i) => {
    const own = events.filter((event) => path.has(event));
    if (own.length === 0) return [];
    const done = own.map((event) => days[event] ?? null);
    return [
      {
        title: (i === 5 ? decideTitle(r) : i === 6 && r.unreachable ? unreachableEnd : titles[i]!)[lang],
        // The last step shows the day the answer went out, not that of closing the case.
        on: done.includes(null) ? null : i === 6 ? (sentOn(r) ?? done.at(-1)!) : done.at(-1)!,
        last: i === 6,
        // What the deadline is for: the answer or, where none can be sent, the decision.
        due: i === (r.unreachable ? 5 : 6),
      },
    ];
  });
  // Steps that a dismissed request did not reach are left out.
  const all = isDismissed(r) ? whole.filter(({ on, last }) => on !== null || last) : whole;
  const current = all.findIndex(({ on }) => on === null);
  const shown = all.map(({ title, on, due: isDue }, i): Step => {
    if (on !== null && (current < 0 || i < current)) return { title, note: dayFrom(today, on, lang), state: 'done' };
    const due = dayFrom(today, decideBy(r), lang);
    const by = isDue && isUntold(r) ? (lang === 'ja' ? `${due}まで` : `by ${due}`) : undefined;
    if (i === current) return { title, note: by ?? words.now[lang], state: 'now' };
    return { title, ...(by ? { note: by } : {}), state: 'later' };
  });
  if (!r.withdrawn) return shown;
  return [
    ...shown.filter(({ state }) => state === 'done'),
    { title: words.withdrawn[lang], note: dayFrom(today, r.closedOn!, lang), state: 'done' },
  ];
}

interface StepsProps {
  lang: Lang;
  request: Request;
  since: Since;
  today: Day;
}

export const CaseSteps = ({ lang, request, since, today }: StepsProps) => (
  <Steps lang={lang} steps={stepsOf(request, today, lang, since)} />
);

/** Saturdays, Sundays and holidays between two days, as far as they are known. */
function restBetween(from: Day, to: Day): Set<Day> {
  const days = Array.from({ length: daysBetween(from, to) + 1 }, (_, i) => addDays(from, i));
  return new Set(days.filter((d) => isOpenDay(d) === false));
}

/** The most cells of the strip; a longer one cannot be read. */
const MOST_CELLS = 45;

/** What the days are counted from, in Japanese. */
const countedFrom = (r: Request): string =>
  isReached(r) ? '連絡が取れて' : r.addressedOn ? '返信先が分かって' : '届いて';

function clockSays(r: Request, today: Day, lang: Lang): string {
  const due = decideBy(r);
  const by = dayFrom(today, due, lang);
  const from = owedFrom(r);
  const nth = daysBetween(from, today) + 1;
  return lang === 'ja'
    ? `${dayFrom(today, from, 'ja')}${isReached(r) ? 'に連絡が取れ' : r.addressedOn ? 'に返信先が分かり' : 'に届き'}、${nth}日目。社内の期限は${by}、${untilDue(today, due, 'ja')}`
    : `${isReached(r) ? 'Person reached on' : r.addressedOn ? 'Address known since' : 'Arrived on'} ${dayFrom(today, from, 'en')}, day ${nth}. Our target is ${by}: ${untilDue(today, due, 'en')}`;
}

const lawText = (r: Request, { due, today }: { due: Day; today: Day }, lang: Lang): string => {
  const { lawsuit } = dueOf(clocksOf(r));
  const by = dayFrom(today, due, lang);
  const own =
    lang === 'ja'
      ? r.extendedTo
        ? `${by}は、延ばした後の社内の期限です。`
        : `${by}は、${countedFrom(r)}から${deskDays.decision}日の社内の期限です。`
      : r.extendedTo
        ? `${by} is our target after an extension. `
        : `${by} is our own target of ${deskDays.decision} days. `;
  if (!lawsuit) return own;
  const last = dayFrom(today, lawsuit, lang);
  const open = lawsuit < today;
  return (
    own +
    (lang === 'ja'
      ? `${last}を過ぎ${open ? 'たので' : 'ると'}、本人は訴えを起こせます（法39条）。`
      : open
        ? `${last} has passed, so the person may go to court (APPI Art. 39).`
        : `After ${last} the person may go to court (APPI Art. 39).`)
  );
};

/** What else is due or awaited before the answer, as on the board. */
const stepDue = (r: Request, today: Day, lang: Lang): string | null => {
  if (isFeeAwaited(r) && r.shortOn) {
    const [since, until] = [r.shortOn, r.waitsUntil].map((on) => on && dayFrom(today, on, lang));
    return lang === 'ja'
      ? `${words.feeSince.ja}（${since}から${until ? `、${until}まで` : ''}）`
      : `${words.feeSince.en} since ${since}${until ? `, until ${until}` : ''}`;
  }
  const { forms, acknowledgement, identity } = dueOf(clocksOf(r));
  const due = forms ?? acknowledgement ?? identity;
  if (!due) return null;
  const what = words[forms ? 'formsBy' : acknowledgement ? 'acknowledgementBy' : 'identityBy'][lang];
  return lang === 'ja'
    ? `${what}${dayFrom(today, due, 'ja')}まで（${untilDue(today, due, 'ja')}）`
    : `${what} by ${dayFrom(today, due, 'en')} (${untilDue(today, due, 'en')})`;
};

/** The clock of a request whose answer has not gone out; nothing once it has. */
export const CaseClock = ({ lang, request: r, today }: { lang: Lang; request: Request; today: Day }) => {
  const { alarm, decision: due } = dueOf(clocksOf(r));
  if (due === null) return null;
  const from = owedFrom(r);
  const nth = daysBetween(from, today) + 1;
  const end = later(today, due);
  const step = stepDue(r, today, lang);
  return (
    <Panel
      title={words.clock[lang]}
      id="clock"
      sub={
        <>
          {lang === 'ja' ? `${countedFrom(r)}から${nth}日目。社内の期限 ` : `Day ${nth}. Our target: `}
          <b>{untilDue(today, due, lang)}</b>
          {step && (
            <>
              {lang === 'ja' ? '。' : '. '}
              <b>{step}</b>
            </>
          )}
        </>
      }
      {...(looksAtPerson(r.kind) ? { mark: <span class="small muted">{words.law[lang]}</span> } : {})}
    >
      {daysBetween(from, end) < MOST_CELLS && (
        <ClockStrip
          from={from}
          today={today}
          due={due}
          warn={alarm && alarm < due ? alarm : undefined}
          rest={restBetween(from, end)}
          labels={{
            from: words[isReached(r) ? 'reached' : r.addressedOn ? 'addressed' : 'arrived'][lang],
            today: words.today[lang],
            due: words.target[lang],
            warn: words.alarm[lang],
          }}
          says={clockSays(r, today, lang)}
        />
      )}
      <p class="small muted mt-1">{lawText(r, { due, today }, lang)}</p>
    </Panel>
  );
};
