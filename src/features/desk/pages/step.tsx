// The step that is due or was asked for: what to check, its letters, and its form.

import type { Child } from 'hono/jsx';
import { both, type Bilingual, type Lang } from '../../../base/bilingual.ts';
import type { Day } from '../../../base/day.ts';
import { Banner } from '../../../platform/ui/banner.tsx';
import { Button, Buttons, LinkButton } from '../../../platform/ui/button.tsx';
import { Chip } from '../../../platform/ui/chip.tsx';
import { CoveredPicture } from '../../../platform/ui/cover.tsx';
import { fieldFor, PostForm } from '../../../platform/ui/form.tsx';
import { dayFrom, untilDue } from '../../../platform/ui/format.ts';
import { Panel } from '../../../platform/ui/panel.tsx';
import { says as dismissalSays } from '../actions/dismiss.ts';
import { says as otherSays } from '../actions/others.ts';
import { says as undeliveredSays } from '../actions/undelivered.ts';
import { says as waiverSays } from '../actions/waive.ts';
import { clocksOf, dueOf } from '../facts/clocks.ts';
import type { EventName } from '../facts/event.ts';
import { nextEvents } from '../facts/next.ts';
import { isLeak } from '../facts/undelivered.ts';
import { stepWords } from '../words.ts';
import { Carrying } from './carrying.tsx';
import { DecideView } from './decide.tsx';
import { shortForms } from './forms.tsx';
import type { FormProps } from './form.tsx';
import { guideOf } from './guide.tsx';
import { Letters } from './letters.tsx';
import { Ahead } from './others.tsx';
import { CompareButton, Specified } from './person.tsx';
import { mayWrite, scanLabels, stepOf, stepWord, Typed, type Seen } from './seen.tsx';
import { PATH, staffIn } from './sheet.tsx';

const words = {
  now: both('いまの段階', 'Current step'),
  scan: both('本人確認書類の写し', 'Copy of an identity paper'),
  scanHint: both(
    '電子データで届いたときや、紙をスキャンしたときに入れます（なくても先へ進めます）。JPEGかPNGの画像で、10MBまで。封をして保管し、確認を終えると消去されます。',
    'Add it if it came as a file or was scanned (you can go on without it). A JPEG or PNG picture of up to 10 MB. It is kept sealed and erased when the check is done.',
  ),
  keepScan: both('写しを入れる', 'Add the copy'),
  cancel: both('やめる', 'Cancel'),
  chosen: both('選んだ人を本人として特定する', 'Confirm the chosen person'),
  byPost: both('本人が受け取れないとき', 'If the person cannot fetch it'),
  byPostSays: both(
    '受け取りを待つ間、することはありません。本人が電子で受け取れないと言ってきたら、印刷して郵送し、その日を記録します。',
    'There is nothing to do while you wait. If the person says that they cannot fetch it electronically, print the answer, post it and record the day.',
  ),
  posted: both('郵送に切り替えた', 'It was posted instead'),
  handOver: both(
    '担当を個人情報保護管理者に替えて、却下を頼みます。',
    'Assign it to the privacy officer and ask them to dismiss it.',
  ),
  waiverOver: both(
    '担当を個人情報保護管理者に替えて、免除を頼みます。',
    'Assign it to the privacy officer and ask them to waive the fee.',
  ),
  giveUp: both(
    '担当を個人情報保護管理者に替えて、届かないまま終えるかの判断を頼みます。',
    'Assign it to the privacy officer and ask them to decide whether it is closed.',
  ),
  orderFirst: both(
    '先にほかの請求に答えるか、担当を個人情報保護管理者に替えて、実施を頼みます。',
    'Answer the other request first, or assign this one to the privacy officer and ask them to carry it out.',
  ),
  readOnly: both('この段階を進めるのは窓口の担当者です', 'The desk takes this step'),
  takeBack: both('取り消す', 'Cancel it'),
  unreachable: both('返信先がないまま終える', 'Close with no address to answer to'),
  reached: both('連絡が取れたと記録する', 'Record that they were reached'),
  newLink: both('新しいリンクを送る', 'Send a new link'),
  leakFirst: both(
    '漏えいに当たるかを確かめてもらうため、担当を個人情報保護管理者に替えます。',
    'Assign it to the privacy officer, who will check whether it is a leak.',
  ),
  undecided: both(
    'まだ決めていません。足りないことに答えると、決定に進めます。書いたものは次のとおりです。',
    'Nothing is decided yet. Once you answer what is missing, you can go on to the decision. This is what you wrote.',
  ),
};

export const presses: Partial<Record<EventName, Bilingual>> = {
  acknowledged: both('知らせたと記録する', 'Record that they were told'),
  addressed: both('返信先を記録する', 'Record the address'),
  'forms-sent': both('送ったと記録する', 'Record it as sent'),
  'papers-received': both('到着を記録する', 'Record what came'),
  'papers-short': both('記録して手紙を作る', 'Record it and make the letter'),
  identified: both('確認を終えて次へ', 'Checked: go on'),
  'fee-waived': both('免除する', 'Waive it'),
  refunded: both('返したと記録する', 'Record it as returned'),
  specified: both('探す', 'Search'),
  collected: both('集める', 'Collect'),
  'carried-out': both('実施する', 'Carry it out'),
  notified: both('答えの用意ができた', 'The answer is ready'),
  delivered: both('届けたと記録する', 'Record it as delivered'),
  undelivered: both('届かなかったと記録する', 'Record that it did not arrive'),
  sought: both('連絡を記録する', 'Record the attempt'),
  closed: both('終える', 'Close'),
  extended: both('延ばす', 'Extend'),
  withdrawn: both('取下げを記録して終える', 'Record it and close'),
  dismissed: both('却下する', 'Dismiss it'),
  assigned: both('替える', 'Assign'),
  eased: both('記録する', 'Record it'),
  amended: both('直す', 'Correct it'),
};

const pressWord = ({ known: { request }, matches }: Seen, event: EventName): Bilingual => {
  if (event === 'notified' && request.toSendAgain) return words.newLink;
  if (matches.length > 0) return words.chosen;
  if (event === 'closed' && request.unreachable) return words.unreachable;
  if (event === 'addressed' && !request.unreachable) return words.reached;
  return event === 'eased' && request.eased ? words.takeBack : (presses[event] ?? words.now);
};

const formProps = ({ c, known, today, sent, clerks, outlets }: Seen): FormProps => ({
  lang: c.get('lang'),
  id: known.row.id,
  request: known.request,
  today,
  sent,
  clerks,
  mayDecide: c.get('may')('requests:decide'),
  reader: staffIn(c),
  outlets,
});

const Plain = ({ seen, event, children }: { seen: Seen; event: EventName; children?: Child }) => {
  const { c, known } = seen;
  const lang = c.get('lang');
  const next = nextEvents(known.request, known.since);
  const main = next[0] === event;
  return (
    <PostForm action={`${PATH}/${known.row.id}/${event}`} csrf={c.get('csrf')} values={stepOf(seen)}>
      {children}
      <Buttons>
        <Button kind={event === 'withdrawn' || event === 'dismissed' ? 'stop' : 'main'}>
          {pressWord(seen, event)[lang]}
        </Button>
        {!main && (
          <LinkButton kind="text" href={`${PATH}/${known.row.id}`}>
            {words.cancel[lang]}
          </LinkButton>
        )}
        {event === 'specified' && seen.matches.length > 0 && seen.compared === null && <CompareButton lang={lang} />}
        {event === 'identified' && (
          <LinkButton kind="second" href={`${PATH}/${known.row.id}?do=papers-short`}>
            {stepWords['papers-short'][lang]}
          </LinkButton>
        )}
        {(event === 'papers-received' || event === 'papers-short') && next.includes('fee-waived') && (
          <LinkButton kind="second" href={`${PATH}/${known.row.id}?do=fee-waived`}>
            {stepWords['fee-waived'][lang]}
          </LinkButton>
        )}
      </Buttons>
    </PostForm>
  );
};

/** The notice that what was written for a decision is kept, while the law lacks a fact: the form is not shown before the fact is known. */
const Undecided = ({ seen }: { seen: Seen }) => {
  const { c, sent, deciding: now } = seen;
  const pressed = sent?.event === 'decided' && sent.form.text('do') === 'decide';
  return pressed && now?.result === null ? (
    <div class="mt-5">
      <Banner kind="info" title={words.undecided[c.get('lang')]}>
        <Typed seen={seen} />
      </Banner>
    </div>
  ) : null;
};

const Decide = ({ seen }: { seen: Seen }) => {
  const { c, known, stands, sent, deciding: now } = seen;
  return (
    <>
      <DecideView
        lang={c.get('lang')}
        csrf={c.get('csrf')}
        id={known.row.id}
        known={known}
        stands={stands}
        sent={sent}
        step={stepOf(seen)}
        mayRefuse={c.get('may')('requests:decide')}
        judge={c.get('may')('judgements:write') ? '/judgements/new' : undefined}
        deciding={now}
        looked={seen.looked}
        having={seen.having}
        mayWrite={mayWrite(seen)}
      />
      <Undecided seen={seen} />
    </>
  );
};

/** The notice to a clerk that this is for the officer to do, with the way to hand it over. */
const ForOfficer = ({ seen: { c, known }, title, says }: { seen: Seen; title: Bilingual; says: Bilingual }) => {
  const lang = c.get('lang');
  return (
    <Banner
      kind="info"
      level={3}
      title={title[lang]}
      action={{ href: `${PATH}/${known.row.id}?do=assigned`, label: stepWords.assigned[lang] }}
    >
      {says[lang]}
    </Banner>
  );
};

/** The step that carries out the decision. When another request of the person loses something by it, only an officer may do so, with a reason. */
const CarryOut = ({ seen }: { seen: Seen }) => {
  const { c, known, stands, recipients, sent } = seen;
  const lang = c.get('lang');
  const shown = <Carrying lang={lang} request={known.request} stands={stands} recipients={recipients} />;
  const ahead = seen.others.some(({ takes }) => takes);
  if (ahead && !c.get('may')('requests:decide'))
    return (
      <>
        {shown}
        <ForOfficer seen={seen} title={otherSays.officer} says={words.orderFirst} />
      </>
    );
  return (
    <Plain seen={seen} event="carried-out">
      {shown}
      {ahead && <Ahead lang={lang} sent={sent} />}
    </Plain>
  );
};

const Body = ({ seen, event }: { seen: Seen; event: EventName }) => {
  const props = formProps(seen);
  const short = shortForms[event];
  if (event === 'decided') return <Decide seen={seen} />;
  if (event === 'carried-out') return <CarryOut seen={seen} />;
  if ((event === 'closed' || event === 'withdrawn') && isLeak(props.request) && !props.mayDecide)
    return <ForOfficer seen={seen} title={undeliveredSays.officer} says={words.leakFirst} />;
  if (event === 'closed' && props.request.toSendAgain && !props.mayDecide)
    return <ForOfficer seen={seen} title={undeliveredSays.undelivered} says={words.giveUp} />;
  if (event === 'dismissed' && !props.mayDecide)
    return <ForOfficer seen={seen} title={dismissalSays.officer} says={words.handOver} />;
  if (event === 'fee-waived' && !props.mayDecide)
    return <ForOfficer seen={seen} title={waiverSays.officer} says={words.waiverOver} />;
  if (event === 'specified') {
    return (
      <Plain seen={seen} event={event}>
        <Specified {...props} stands={seen.stands} matches={seen.matches} compared={seen.compared} />
      </Plain>
    );
  }
  return (
    <Plain seen={seen} event={event}>
      {short && <short.Fields {...props} event={event} />}
    </Plain>
  );
};

/** The panel for a copy of an identity paper, which is kept until the check is done. */
const ScanPanel = ({ seen }: { seen: Seen }) => {
  const { c, known, sent } = seen;
  const lang = c.get('lang');
  const at = fieldFor(lang, scanLabels, sent?.problems ?? []);
  const { error: covered } = at('covered');
  return (
    <Panel title={words.scan[lang]} id="scan">
      <PostForm action={`${PATH}/${known.row.id}/scans`} csrf={c.get('csrf')} files>
        <CoveredPicture {...at('scan')} hint={words.scanHint[lang]} {...(covered ? { covered } : {})} />
        <Buttons>
          <Button kind="second">{words.keepScan[lang]}</Button>
        </Buttons>
      </PostForm>
    </Panel>
  );
};

/** An electronic answer may still have to be posted. */
const ByPost = ({ seen }: { seen: Seen }) => {
  const { c, sent } = seen;
  const lang = c.get('lang');
  return (
    <Panel title={words.byPost[lang]} id="step">
      <p class="small muted mb-4">{words.byPostSays[lang]}</p>
      <details open={sent?.event === 'delivered'}>
        <summary>{words.posted[lang]}</summary>
        <div class="mt-4">
          <Letters lang={lang} known={seen.known} event="notified" />
          <Body seen={seen} event="delivered" />
        </div>
      </details>
    </Panel>
  );
};

const Guide = ({ seen: { c, known, today }, event }: { seen: Seen; event: EventName }) => {
  const guide = guideOf(known.request, event, today);
  return guide.length === 0 ? null : (
    <div class="grid gap-2 small muted mb-4 max-w-[48rem]">
      {guide.map((sentence) => (
        <p>{sentence[c.get('lang')]}</p>
      ))}
    </div>
  );
};

const dueText = (due: Day, today: Day, lang: Lang): string =>
  lang === 'ja'
    ? `${dayFrom(today, due, 'ja')}まで（${untilDue(today, due, 'ja')}）`
    : `by ${dayFrom(today, due, 'en')} (${untilDue(today, due, 'en')})`;

export const StepPanel = ({ seen, event }: { seen: Seen; event: EventName }) => {
  const { c, known } = seen;
  const lang = c.get('lang');
  const next = nextEvents(known.request, known.since);
  const { forms, acknowledgement, identity } = dueOf(clocksOf(known.request));
  const dues: Partial<Record<EventName, Day | null | undefined>> = {
    'forms-sent': forms,
    acknowledged: acknowledgement,
    identified: identity,
  };
  const due = dues[event];
  if (!mayWrite(seen)) return <p class="note">{words.readOnly[lang]}</p>;
  if (event === 'reviewed') return null;
  if (event === 'delivered' && known.request.notified?.by === 'electronic' && !known.request.toSendAgain)
    return <ByPost seen={seen} />;
  const heading = (
    <Panel
      title={stepWord(seen, event)[lang]}
      id="step"
      mark={next[0] === event ? <Chip kind="now">{words.now[lang]}</Chip> : undefined}
      sub={due ? dueText(due, seen.today, lang) : undefined}
    >
      <Guide seen={seen} event={event} />
      <Letters lang={lang} known={known} event={event} />
      {event !== 'decided' && <Body seen={seen} event={event} />}
    </Panel>
  );
  if (event !== 'decided') {
    return (
      <>
        {heading}
        {event === 'identified' && <ScanPanel seen={seen} />}
      </>
    );
  }
  // The question of the law has panels of its own.
  return (
    <section aria-labelledby="decide-h">
      <h2 class="h2" id="decide-h">
        {stepWord(seen, 'decided')[lang]}
      </h2>
      <Guide seen={seen} event={event} />
      <Body seen={seen} event={event} />
    </section>
  );
};
