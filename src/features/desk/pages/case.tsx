// One request: how far it is, the step that is due with what to check, and beside it what is known. Every step is a form that may be sent twice;
// what somebody else did in between is said, and nothing that was typed is lost.

import type { Child } from 'hono/jsx';
import { both, type Bilingual, type Lang } from '../../../base/bilingual.ts';
import { dayOf, type Day } from '../../../base/day.ts';
import { newId } from '../../../base/id.ts';
import { done, fieldsOf, type FieldProblem, type Outcome, type Problem } from '../../../base/outcome.ts';
import { page, problemStatus, type Form, type Route, type Texts } from '../../../platform/http/index.ts';
import { Banner } from '../../../platform/ui/banner.tsx';
import { Button, Buttons, LinkButton } from '../../../platform/ui/button.tsx';
import { Chip } from '../../../platform/ui/chip.tsx';
import { CoveredPicture } from '../../../platform/ui/cover.tsx';
import { Dl } from '../../../platform/ui/fact-list.tsx';
import { ErrorSummary, PostForm } from '../../../platform/ui/form.tsx';
import { clockTime, dayFrom, monthDay, untilDue, writtenDay, yen } from '../../../platform/ui/format.ts';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { Icon } from '../../../platform/ui/icon.tsx';
import { Panel } from '../../../platform/ui/panel.tsx';
import { byOf, namesInCharge, staffNames } from '../../access/index.ts';
import { valueProblem } from '../../../vault/index.ts';
import { havingOf, sharingLabel, shownIn, type Having } from '../../acquisition/index.ts';
import { find, standing, type Standing } from '../../checkpoint/index.ts';
import { factTexts } from '../../consultation/index.ts';
import { policyInForce } from '../../policy/index.ts';
import { listRecipients } from '../../recipients/index.ts';
import { close, deliver } from '../actions/answer.ts';
import { carryOut } from '../actions/carry-out.ts';
import { askedFor, caseOf, says as caseSays, type Case, type Step } from '../actions/cases.ts';
import { collect, hitsOf, keptAbout, matching, review, specify, wholeProblem } from '../actions/collect.ts';
import { decide } from '../actions/decide.ts';
import { dismiss, says as dismissalSays } from '../actions/dismiss.ts';
import { compare, lookAt, type Compared, type Looked } from '../actions/look.ts';
import { openOf, othersOpen, says as otherSays, type Other } from '../actions/others.ts';
import { linkLost, sendAnswer } from '../actions/parcel.ts';
import { reaching } from '../actions/reach.ts';
import { receiptCode } from '../actions/receipt.ts';
import {
  amend,
  assign,
  ease,
  extend,
  identify,
  receivePapers,
  refund,
  sendForms,
  tellShort,
  withdraw,
} from '../actions/receive.ts';
import { clocksOf, dueOf } from '../facts/clocks.ts';
import { isDismissed } from '../facts/dismissal.ts';
import type { EventName } from '../facts/event.ts';
import { nextEvents } from '../facts/next.ts';
import { ownerIn, withPlaces } from '../facts/place.ts';
import { feeOver, isByHand, numberOf } from '../facts/request.ts';
import { unreviewed } from '../facts/review.ts';
import { bodyOf } from '../store/events.ts';
import { eventWord, kindWords, resultWords, stepWords } from '../words.ts';
import { Carrying } from './carrying.tsx';
import { Delivery, deliveryLabels } from './delivery.tsx';
import {
  atField,
  changeLabels,
  DecideView,
  deciding,
  decideLabels,
  readDecision,
  setName,
  sharingName,
  wasAnswered,
  type Deciding,
  type HavingAt,
} from './decide.tsx';
import { guideOf } from './guide.tsx';
import { fields, labels, readForm, type FormProps, type Sent } from './forms.tsx';
import { Letters } from './letters.tsx';
import { Ahead, otherLabels, Others as OtherRequests } from './others.tsx';
import {
  atTerms,
  CompareButton,
  isSearch,
  personLabels,
  readPerson,
  someMatch,
  Specified,
  termsIn,
  type Candidate,
} from './person.tsx';
import { CaseClock, CaseSteps } from './progress.tsx';
import { readReview, reviewLabels, ReviewPanel } from './review.tsx';
import { chooseOne, clerkNames, crumbs, fieldFor, PATH, type Asked, type Room } from './sheet.tsx';
import { doneBy, Side } from './side.tsx';

const words = {
  now: both('いまの段階', 'The step now'),
  others: both('ほかの操作', 'Other actions'),
  noCase: both('この請求はありません', 'There is no such request'),
  toDesk: both('窓口へ', 'To the desk'),
  closed: both('この請求は終わりました', 'This request is closed'),
  gone: both(
    '書類は消去しました。出来事の記録だけが残っています。',
    'Its papers are erased; what happened stays on record.',
  ),
  erasedOn: (on: string) => both(`書類は${on}に消去されます。`, `Its papers will be erased on ${on}.`),
  scan: both('本人確認書類の写し', 'Copy of an identity paper'),
  scanHint: both(
    '電子データで届いたときや、読み取って見るときに入れます（なくても先へ進めます）。JPEGかPNGの画像で、10MBまで。封をして置き、確認を終えると消えます。',
    'If it came as a file or was scanned; you can go on without. A JPEG or PNG picture of up to 10 MB. It is kept sealed and erased when the check is done.',
  ),
  keepScan: both('写しを入れる', 'Keep the copy'),
  cancel: both('やめる', 'Cancel'),
  chosen: both('選んだ人を本人として特定する', 'The person chosen is the one'),
  byPost: both('本人が受け取れないとき', 'If the person cannot fetch it'),
  byPostSays: both(
    '受け取りを待つ間、することはありません。本人が電子で受け取れないと言ってきたら、印刷して郵送し、その日を記録します。',
    'There is nothing to do while you wait. If the person says that it does not work, print the answer, post it and record the day.',
  ),
  posted: both('郵送に切り替えた', 'It was posted instead'),
  over: (amount: number) => both(`返す手数料が${yen(amount, 'ja')}あります`, `${yen(amount, 'en')} is to go back`),
  overSays: both(
    'この請求で受け取れる額より多く届いています。返すまで、この請求は終えられません。',
    'More came than this request costs. It cannot be closed before the money is returned.',
  ),
  overDismissed: both(
    '却下した請求の手数料は、受け取りません。返すまで、この請求は終えられません。',
    'A request that is dismissed costs nothing. It cannot be closed before the money is returned.',
  ),
  toRefund: both('手数料を返す', 'Return it'),
  handOver: both(
    '担当を個人情報保護管理者に替えて、却下を頼みます。',
    'Assign it to the privacy officer and ask them to dismiss it.',
  ),
  orderFirst: both(
    '先にほかの請求に答えるか、担当を個人情報保護管理者に替えて、実施を頼みます。',
    'Answer the other request first, or assign this one to the privacy officer and ask them to carry it out.',
  ),
  byHand: both('宛名に、印刷できない文字があります', 'The name or address has characters that cannot be printed'),
  byHandSays: both(
    '手紙、送り状、宛名ラベルでは〓になります。印刷したら、手紙の現物を見て、〓のところを手で書きます。',
    'Letters, cover letters and labels show 〓 for them. Once printed, look at the letter that came and write them by hand.',
  ),
  readOnly: both('この段階を進めるのは窓口の担当者です', 'The desk takes this step'),
  left: both(
    '同じ本人として、決定の後に結び付けられた記録があります。この請求では、まだ何もしていません',
    'Other records were linked as the same person’s after the decision. This request does not reach them',
  ),
  leftSays: both(
    'すでに一部を実施したので、この請求には含められません。どうするかを、個人情報保護管理者に確かめてください。',
    'A part has been carried out already, so this request cannot take them in. Ask the privacy officer what to do about them.',
  ),
  decidedAs: both('決定', 'Decided'),
  decided: both('決め直す', 'Decide anew'),
  uneased: both('書面に代わる方法を取り消す', 'Take back that a letter is difficult'),
  takeBack: both('取り消す', 'Take it back'),
  collected: both('もう一度集める', 'Collect again'),
  keptInForm: both(
    '書いたものはそのまま残しています。いまの状態を確かめ、よければもう一度送ってください。',
    'What you wrote is kept. Look at how things stand now, and send it again if it still fits.',
  ),
  undecided: both(
    'まだ決めていません。足りないことに答えると、決定に進めます。書いたものは次のとおりです。',
    'Nothing is decided yet. Answer what is missing and go on to the decision. This is what you wrote.',
  ),
  keptBelow: both(
    'この段階は済んでいます。書いたものは下に残しています。要るものがあれば写してください。',
    'This step is done already. What you wrote is kept below; copy what you still need.',
  ),
};

const scanLabels = { scan: both('写しの画像', 'Picture of the paper'), covered: both('番号の黒塗り', 'Numbers') };
const allLabels: Readonly<Record<string, Bilingual>> = {
  ...scanLabels,
  ...labels,
  ...personLabels,
  ...reviewLabels,
  ...decideLabels,
  ...deliveryLabels,
  ...otherLabels,
};

/** Who is searched, and what a correction writes, is taken exactly as it was typed. */
const caseTexts: Texts = (name, c) => {
  if (name.startsWith('set/')) return { label: decideLabels.changes, kind: 'exact' };
  if (name.startsWith('sharing/')) return { label: sharingLabel };
  // What a ledger keeps, sent along to be told from what was written in its place.
  if (name === 'opened') return { label: reviewLabels.redacted, kind: 'exact' };
  const label = allLabels[name];
  if (c.req.param('event') === 'specified') return { label, kind: 'exact' };
  const prose = /^(reason|told|measures|answer|redacted|ahead)$/.test(name);
  return label ? { label, kind: prose ? 'prose' : undefined } : factTexts()(name, c);
};

const labelsOf = ({ known, stands }: Seen): Readonly<Record<string, Bilingual>> => ({
  ...allLabels,
  ...changeLabels(known.request, stands),
});

/** What a step is called; some are taken again. */
const stepWord = ({ known: { request } }: Seen, event: EventName): Bilingual => {
  if (event === 'eased' && request.eased) return words.uneased;
  return (event === 'decided' && request.decided !== null) || (event === 'collected' && request.collected !== null)
    ? words[event]
    : stepWords[event];
};

const presses: Partial<Record<EventName, Bilingual>> = {
  'forms-sent': both('送ったと記録する', 'Record it as sent'),
  'papers-received': both('到着を記録する', 'Record what came'),
  'papers-short': both('記録して手紙を作る', 'Record it and make the letter'),
  identified: both('確認を終えて次へ', 'Checked: go on'),
  refunded: both('返したと記録する', 'Record it as returned'),
  specified: both('探す', 'Search'),
  collected: both('集める', 'Collect'),
  'carried-out': both('実施する', 'Carry it out'),
  notified: both('答えの用意ができた', 'The answer is ready'),
  delivered: both('届けたと記録する', 'Record it as delivered'),
  closed: both('終える', 'Close'),
  extended: both('延ばす', 'Extend'),
  withdrawn: both('取下げを記録して終える', 'Record it and close'),
  dismissed: both('却下する', 'Dismiss it'),
  assigned: both('替える', 'Assign'),
  eased: both('記録する', 'Record it'),
  amended: both('直す', 'Put it right'),
};

const pressWord = ({ known: { request }, matches }: Seen, event: EventName): Bilingual => {
  if (matches.length > 0) return words.chosen;
  return event === 'eased' && request.eased ? words.takeBack : (presses[event] ?? words.now);
};

/** Everything a page of a case shows. */
interface Seen {
  c: Asked;
  room: Room;
  known: Case;
  stands: Standing;
  staff: ReadonlyMap<string, string>;
  /** The same for what somebody has in hand now. */
  inCharge: ReadonlyMap<string, string>;
  /** Who may be given a request. */
  clerks: ReadonlyMap<string, string>;
  today: Day;
  sent: Sent | null;
  matches: readonly Candidate[];
  /** What was opened to tell them apart. */
  compared: readonly Compared[] | null;
  deciding: Deciding | null;
  /** What was opened to be judged. */
  looked: Looked | null;
  having: HavingAt;
  /** Somebody else took it further meanwhile, or the same form was sent before with something else. */
  overtaken: 'seen' | 'attempt' | null;
  /** The link of an electronic delivery did not arrive. */
  lost: boolean;
  /** Names of the recipients a decision names, by id. */
  recipients: ReadonlyMap<string, string>;
  /** The other open requests of the person, for whoever may see them. */
  others: readonly Other[];
}

async function recipientNames({ office }: Room, { request }: Case): Promise<ReadonlyMap<string, string>> {
  if (!request.decided?.acts?.recipients.length) return new Map();
  return new Map((await listRecipients(office)).map(({ id, name }) => [id, name]));
}

async function seenAt(room: Room, c: Asked, known: Case): Promise<Seen> {
  return {
    c,
    room,
    known,
    stands: withPlaces(await standing(room.office), known.request),
    staff: await staffNames(room.access),
    inCharge: await namesInCharge(room.access, c.get('lang')),
    clerks: await clerkNames(room, c.get('lang')),
    today: room.office.clock.today(),
    sent: null,
    matches: [],
    having: new Map(),
    compared: null,
    deciding: null,
    looked: null,
    overtaken: null,
    lost: await linkLost(room.office, known),
    recipients: await recipientNames(room, known),
    others: c.get('may')('requests:read') ? await othersOpen(room.office.database, known) : [],
  };
}

const stepOf = ({ room, known }: Seen): Record<string, string> => ({
  seen: String(known.request.last),
  attempt: newId(room.office.clock.now()),
});

/** The form that is shown: the one that was sent, the one that was asked for, or the next. */
function shownEvent({ c, known, sent }: Seen): EventName | undefined {
  const next = nextEvents(known.request, known.since);
  const asked = c.req.query('do');
  return sent && next.includes(sent.event) ? sent.event : (next.find((event) => event === asked) ?? next[0]);
}

const formProps = ({ c, room, known, today, sent, clerks }: Seen): FormProps => ({
  lang: c.get('lang'),
  request: known.request,
  today,
  sent,
  clerks,
  mayDecide: c.get('may')('requests:decide'),
  mail: room.office.mail.on,
});

const mayWrite = ({ c }: Seen): boolean => c.get('may')('requests:write');

const Plain = ({ seen, event, children }: { seen: Seen; event: EventName; children?: Child }) => {
  const { c, known } = seen;
  const lang = c.get('lang');
  const main = nextEvents(known.request, known.since)[0] === event;
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
      </Buttons>
    </PostForm>
  );
};

/** What was written for a decision that the law now lacks a fact of: its form is not shown before the fact is known. */
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

/** A clerk hands to the officer what is for them to do. */
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

/** What is carried out; where another request of the person loses something by it, an officer alone does so, with a reason. */
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
  const Fields = fields[event];
  if (event === 'decided') return <Decide seen={seen} />;
  if (event === 'carried-out') return <CarryOut seen={seen} />;
  if (event === 'dismissed' && !props.mayDecide)
    return <ForOfficer seen={seen} title={dismissalSays.officer} says={words.handOver} />;
  if (event === 'specified') {
    return (
      <Plain seen={seen} event={event}>
        <Specified {...props} stands={seen.stands} matches={seen.matches} compared={seen.compared} />
      </Plain>
    );
  }
  return (
    <Plain seen={seen} event={event}>
      {Fields && <Fields {...props} />}
    </Plain>
  );
};

/** A copy of an identity paper, kept until the check is done. */
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

/** What went out electronically may still have to be posted. */
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

const Guide = ({ seen: { c, known }, event }: { seen: Seen; event: EventName }) => {
  const guide = guideOf(known.request, event);
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

const StepPanel = ({ seen, event }: { seen: Seen; event: EventName }) => {
  const { c, known } = seen;
  const lang = c.get('lang');
  const next = nextEvents(known.request, known.since);
  const { forms, identity } = dueOf(clocksOf(known.request));
  const due = event === 'forms-sent' ? forms : event === 'identified' ? identity : null;
  if (!mayWrite(seen)) return <p class="note">{words.readOnly[lang]}</p>;
  if (event === 'reviewed') return null;
  if (event === 'delivered' && known.request.notified?.by === 'electronic') return <ByPost seen={seen} />;
  const heading = (
    <Panel
      title={stepWord(seen, event)[lang]}
      id="step"
      mark={next[0] === event ? <Chip kind="now">{words.now[lang]}</Chip> : undefined}
      {...(due ? { sub: dueText(due, seen.today, lang) } : {})}
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

const Review = ({ seen }: { seen: Seen }) => {
  const { c, known, stands, sent, looked } = seen;
  if (known.request.kind !== 'disclosure') return null;
  const item = looked
    ? c.get('form').text('item')
    : sent?.event === 'reviewed'
      ? `${sent.form.text('holding')}/${sent.form.text('item')}`
      : (c.req.query('item') ?? '');
  return (
    <ReviewPanel
      lang={c.get('lang')}
      csrf={c.get('csrf')}
      id={known.row.id}
      request={known.request}
      changed={known.since.changed}
      stands={stands}
      sent={sent}
      item={item}
      looked={seen.looked}
      step={stepOf(seen)}
      mayWrite={mayWrite(seen)}
    />
  );
};

/** Whom it no longer reaches as it was found: what has to be done first, or where it has begun, what is left as it is. */
const Whole = ({ seen: { c, known } }: { seen: Seen }) => {
  const lang = c.get('lang');
  const { request, since } = known;
  const problem = wholeProblem(known);
  const anew = problem !== null && nextEvents(request, since).includes('specified');
  const left = since.begun && since.joined.length > 0;
  if (!anew && !left) return null;
  return (
    <Banner kind="warn" icon="warn" title={(anew ? problem.says : words.left)[lang]}>
      {since.joined.length > 0 && (
        <>
          {left && <p>{words.leftSays[lang]}</p>}
          <p>
            {since.joined.map((id, i) => (
              <>
                {i > 0 && (lang === 'ja' ? '、' : ', ')}
                {c.get('may')('people:search') ? (
                  <a class="num" href={`/people/${id}`}>
                    {id.slice(-8)}
                  </a>
                ) : (
                  <span class="num">{id.slice(-8)}</span>
                )}
              </>
            ))}
          </p>
        </>
      )}
    </Banner>
  );
};

/** Money that is not due does not wait for the end. */
const MoneyOver = ({ seen, shown }: { seen: Seen; shown: EventName | undefined }) => {
  const { c, known } = seen;
  const lang = c.get('lang');
  const over = feeOver(known.request);
  if (
    over === 0 ||
    shown === 'refunded' ||
    !nextEvents(known.request, known.since).includes('refunded') ||
    !mayWrite(seen)
  )
    return null;
  return (
    <Banner
      kind="warn"
      title={words.over(over)[lang]}
      action={{ href: `${PATH}/${known.row.id}?do=refunded`, label: words.toRefund[lang] }}
    >
      {words[isDismissed(known.request) ? 'overDismissed' : 'overSays'][lang]}
    </Banner>
  );
};

/** Nobody sees before it is printed that a name cannot be. */
const Unprinted = ({ seen: { c, known } }: { seen: Seen }) =>
  isByHand(known.request) && known.request.closedOn === null ? (
    <Banner kind="warn" icon="warn" title={words.byHand[c.get('lang')]}>
      {words.byHandSays[c.get('lang')]}
    </Banner>
  ) : null;

const Ending = ({ seen }: { seen: Seen }) => {
  const { c, known } = seen;
  const lang = c.get('lang');
  const { decided, closedOn, erasedOn } = known.request;
  const { erase } = dueOf(clocksOf(known.request));
  return (
    <>
      {closedOn && (
        <Banner kind="info" title={words.closed[lang]}>
          {erasedOn ? words.gone[lang] : erase && words.erasedOn(writtenDay(erase, lang))[lang]}
        </Banner>
      )}
      {decided && (
        <p>
          <b>{words.decidedAs[lang]}</b>
          {lang === 'ja' ? '　' : ': '}
          {resultWords[decided.result][lang]}
          <span class="muted">
            {lang === 'ja' ? `（${monthDay(decided.on, 'ja')}）` : ` (${monthDay(decided.on, 'en')})`}
          </span>
        </p>
      )}
    </>
  );
};

/** What was typed into a form that no longer fits, so that it can be copied. */
const Typed = ({ seen }: { seen: Seen }) => {
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

/** Says who did what since the form was opened. */
const Overtaken = ({ seen }: { seen: Seen }) => {
  const { c, known, staff, sent, overtaken } = seen;
  const last = known.events.at(-1);
  if (!overtaken || !last || !sent) return null;
  const again = nextEvents(known.request, known.since).includes(sent.event);
  const lang = c.get('lang');
  const who = doneBy(last.by_actor, staff, lang);
  const what = eventWord(bodyOf(last));
  const at = last.at.getTime();
  const when = `${monthDay(dayOf(at), lang)} ${clockTime(at)}`;
  return (
    <div class="mb-5">
      <Banner
        kind="warn"
        icon="warn"
        role="alert"
        title={
          overtaken === 'attempt'
            ? caseSays.attempt[lang]
            : lang === 'ja'
              ? `${who}さんが先に進めています：${what.ja}（${when}）`
              : `${who} has taken it further: ${what.en} (${when})`
        }
      >
        {words[again ? 'keptInForm' : 'keptBelow'][lang]}
      </Banner>
      {!again && <Typed seen={seen} />}
    </div>
  );
};

const Others = ({ seen, shown }: { seen: Seen; shown: EventName | undefined }) => {
  const { c, known } = seen;
  const lang = c.get('lang');
  const others = nextEvents(known.request, known.since).filter(
    (event, i) => event !== shown && (i > 0 || shown !== undefined) && event !== 'papers-erased',
  );
  if (others.length === 0 || !mayWrite(seen)) return null;
  return (
    <details class="drop">
      <summary class="btn btn-2 btn-s">
        {words.others[lang]}
        <Icon name="down" small />
      </summary>
      <div class="drop-box small">
        <ul class="grid gap-2">
          {others.map((event) => (
            <li>
              <a href={`${PATH}/${known.row.id}?do=${event}`}>{stepWord(seen, event)[lang]}</a>
            </li>
          ))}
        </ul>
      </div>
    </details>
  );
};

const CasePage = ({ seen, onlyBy, code }: { seen: Seen; onlyBy: string | undefined; code: string }) => {
  const { c, known, staff, inCharge, today, sent, overtaken } = seen;
  const lang = c.get('lang');
  const { row, request } = known;
  const kind = kindWords[request.kind];
  const event = request.closedOn ? undefined : shownEvent(seen);
  // Beside a question of the law stands its answer; the facts of the case then go below.
  const wide = event === 'decided' && mayWrite(seen);
  // The question of the law shows its problems itself.
  const asks = sent?.event === 'decided' && sent.form.text('do') !== 'decide';
  const searched = sent !== null && isSearch(sent);
  const problems = overtaken || asks || searched ? [] : (sent?.problems ?? []);
  return (
    <OfficePage
      {...c.get('frame')}
      title={`${kind.name[lang]} ${numberOf(row)}`}
      path={`${PATH}/${row.id}`}
      sub={kind.right[lang]}
      crumbs={crumbs(lang, { label: numberOf(row) })}
      actions={<Others seen={seen} shown={event} />}
      failed={sent !== null && !searched && !wasAnswered(sent, seen.deciding)}
    >
      <ErrorSummary lang={lang} problems={problems} labels={labelsOf(seen)} />
      <Overtaken seen={seen} />
      <CaseSteps lang={lang} request={request} since={known.since} />
      <div class={wide ? 'grid grid-cols-1' : 'grid gap-5 items-start lg:grid-cols-[minmax(0,1fr)_20rem]'}>
        <div class="grid grid-cols-1 gap-5 min-w-0">
          <Ending seen={seen} />
          <Whole seen={seen} />
          <MoneyOver seen={seen} shown={event} />
          <Unprinted seen={seen} />
          <OtherRequests lang={lang} kind={request.kind} others={seen.others} />
          <CaseClock lang={lang} request={request} today={today} />
          <Delivery
            c={c}
            known={known}
            now={seen.room.office.clock.now()}
            lost={seen.lost}
            sent={sent}
            attempt={newId(seen.room.office.clock.now())}
          />
          {event && <StepPanel seen={seen} event={event} />}
          <Review seen={seen} />
        </div>
        <Side wide={wide} c={c} known={known} stands={seen.stands} {...{ staff, inCharge, onlyBy, code }} />
      </div>
    </OfficePage>
  );
};

async function respond(seen: Seen, status: 200 | 403 | 404 | 409 | 422 = 200): Promise<Response> {
  const { c, room, known } = seen;
  const inForce = await policyInForce(room.office, seen.today);
  const clause = inForce?.policy.clauses.find((one) => one.promises.includes('request-papers-limited'));
  const form = seen.sent?.event === 'decided' ? seen.sent.form : null;
  const decided = shownEvent(seen) === 'decided' ? await deciding(room, known, seen.stands, form) : null;
  return c.html(
    <CasePage
      seen={{ ...seen, deciding: decided }}
      onlyBy={clause && String(clause.no)}
      code={receiptCode(room.office, known.row.id)}
    />,
    status,
  );
}

function noCase(c: Asked): Response | Promise<Response> {
  const lang = c.get('lang');
  return c.html(
    <OfficePage
      {...c.get('frame')}
      title={words.noCase[lang]}
      path={c.req.path}
      crumbs={crumbs(lang, { label: words.noCase[lang] })}
    >
      <p>
        <a href={PATH}>{words.toDesk[lang]}</a>
      </p>
    </OfficePage>,
    404,
  );
}

async function show(room: Room, c: Asked): Promise<Response> {
  const found = await caseOf(room, c.req.param('id') ?? '');
  return found.ok ? respond(await seenAt(room, c, found.value)) : noCase(c);
}

// ---- sending a form

/** A press of a button: what was sent, by whom, and where the request was then. */
interface Press {
  seen: Seen;
  event: EventName;
  form: Form;
  step: Step;
}

type Answer = FieldProblem[] | Outcome<Case>;

/** The step with what is sent with it. */
const asking = (step: Step, event: EventName, sent: object = {}): Step => ({ ...step, asked: askedFor(event, sent) });

/** Sends what a short form says to the action of its step. */
const short =
  <Ask,>(act: (room: Room, by: ReturnType<typeof byOf>, id: string, step: Step, ask: Ask) => Promise<Outcome<Case>>) =>
  ({ seen: { c, room, known, today }, event, form, step }: Press): Answer | Promise<Answer> => {
    const read = readForm(event, form, known.request, today);
    return Array.isArray(read) ? read : act(room, byOf(c), known.row.id, asking(step, event, read), read as Ask);
  };

async function reviewRest({ seen: { c, room, known }, step }: Press): Promise<Outcome<Case>> {
  let now: Outcome<Case> = done(known);
  for (const { holding, item } of unreviewed(known.request)) {
    const ask = { holding, item, decision: 'disclose', ground: null, reason: '', redacted: '' } as const;
    const seen = now.ok && now.value !== known ? now.value.request.last : step.seen;
    const attempt = `${step.attempt}:${holding}/${item}`;
    now = await review(room, byOf(c), known.row.id, asking({ seen, attempt }, 'reviewed', ask), ask);
    if (!now.ok) return now;
  }
  return now;
}

async function pressDecide({ seen, form, step }: Press): Promise<Answer> {
  const { c, room, known, stands } = seen;
  // Asking the law is no decision: the page shows its answer.
  if (form.text('do') !== 'decide') return [];
  const now = await deciding(room, known, stands, form);
  if (now && now.result === null) return now.round.problems as FieldProblem[];
  const ask = readDecision({
    form,
    stated: now?.round.stated ?? {},
    request: known.request,
    stands,
    mayRefuse: c.get('may')('requests:decide'),
  });
  const decided = await decide(room, byOf(c), known.row.id, asking(step, 'decided', ask), ask);
  return !decided.ok && decided.problem.kind === 'invalid'
    ? decided.problem.fields.map((problem) => atField(known.request.kind, ask.plan, problem))
    : decided;
}

const acts: Partial<Record<EventName, (press: Press) => Answer | Promise<Answer>>> = {
  'forms-sent': short(sendForms),
  'papers-received': short(receivePapers),
  'papers-short': short(tellShort),
  identified: short(identify),
  refunded: short(refund),
  extended: short(extend),
  withdrawn: short(withdraw),
  dismissed: short(dismiss),
  assigned: short(assign),
  eased: short(ease),
  amended: short(amend),
  notified: short(sendAnswer),
  delivered: short(deliver),
  closed: short(close),
  specified: ({ seen: { c, room, known }, form, step }) => {
    const read = readPerson(form);
    return Array.isArray(read) ? read : specify(room, byOf(c), known.row.id, asking(step, 'specified', read), read);
  },
  collected: ({ seen: { c, room, known }, step }) => collect(room, byOf(c), known.row.id, asking(step, 'collected')),
  reviewed: (press) => {
    if (press.form.text('rest') === 'yes') return reviewRest(press);
    const read = readReview(press.form);
    const { c, room, known } = press.seen;
    return Array.isArray(read) ? read : review(room, byOf(c), known.row.id, asking(press.step, 'reviewed', read), read);
  },
  decided: pressDecide,
  'carried-out': ({ seen: { c, room, known }, form, step }) => {
    const said = { ahead: form.text('ahead').trim() };
    return carryOut(room, byOf(c), known.row.id, asking(step, 'carried-out', said), said);
  },
};

/** Shows the case with what one ledger keeps of what is judged. */
async function look(room: Room, c: Asked): Promise<Response> {
  const found = await caseOf(room, c.req.param('id') ?? '');
  if (!found.ok) return noCase(c);
  const looked = await lookAt(room, byOf(c), found.value.row.id, c.get('form').text('holding'));
  const seen = await seenAt(room, c, found.value);
  if (looked.ok) return respond({ ...seen, looked: looked.value });
  const { problem } = looked;
  // No form of a step is wrong.
  const sent: Sent = { event: 'registered', form: c.get('form'), problems: fieldsOf(problem) };
  return respond({ ...seen, sent }, problemStatus(problem));
}

/** Shows those whom a search finds with what tells them apart; nobody is chosen by it. */
async function showCompared(seen: Seen, form: Form): Promise<Response> {
  const { c, room, known } = seen;
  const read = readPerson(form);
  if (Array.isArray(read)) return respond({ ...seen, sent: { event: 'specified', form, problems: read } }, 422);
  const compared = await compare(room, byOf(c), known.row.id, read.terms);
  if (!compared.ok) return refused(room, c, known, { event: 'specified', problem: compared.problem });
  const matches = await matchesOf(seen, form);
  const sent: Sent = { event: 'specified', form, problems: [{ field: 'principal', says: chooseOne }] };
  return respond({ ...seen, sent, matches, compared: compared.value }, 422);
}

async function press(room: Room, c: Asked): Promise<Response> {
  if (c.req.param('event') === 'look') return look(room, c);
  const found = await caseOf(room, c.req.param('id') ?? '');
  const event = (Object.keys(acts) as EventName[]).find((one) => one === c.req.param('event'));
  if (!found.ok || !event) return noCase(c);
  const seen = await seenAt(room, c, found.value);
  const form = c.get('form');
  if (event === 'specified' && form.text('do') === 'compare') return showCompared(seen, form);
  const step: Step = { seen: Number(form.text('seen')), attempt: form.text('attempt') || undefined };
  const answer = await acts[event]!({ seen, event, form, step });
  if (!Array.isArray(answer) && answer.ok) return c.redirect(`${PATH}/${found.value.row.id}`, 303);
  if (Array.isArray(answer)) {
    const asking = event === 'decided' && answer.length === 0;
    const having = event === 'decided' ? await havingAt(seen, form, answer) : seen.having;
    return respond({ ...seen, sent: { event, form, problems: answer }, having }, asking ? 200 : 422);
  }
  const { problem } = answer as { problem: Parameters<typeof problemStatus>[0] };
  const sent: Sent = { event, form, problems: atTerms(form, fieldsOf(problem)) };
  const field = problem.kind === 'conflict' ? problem.field : '';
  const overtaken = field === 'seen' || field === 'attempt' ? field : null;
  const matches = someMatch(sent) ? await matchesOf(seen, form) : [];
  return respond({ ...seen, sent, overtaken, matches }, problemStatus(problem));
}

/** The case again, with what is wrong with something that was sent beside its forms. */
export const refused = async (
  room: Room,
  c: Asked,
  known: Case,
  { event, problem }: { event: EventName; problem: Problem },
): Promise<Response> => {
  const form = c.get('form');
  const sent: Sent = { event, form, problems: atTerms(form, fieldsOf(problem)) };
  return respond({ ...(await seenAt(room, c, known)), sent }, problemStatus(problem));
};

/** Whom the terms match, and whom an earlier search found, to be looked at and chosen. */
async function matchesOf({ c, room, known }: Seen, form: Form): Promise<readonly Candidate[]> {
  const found = await matching(room, byOf(c), termsIn(form));
  if (!found.ok) return [];
  const hits = await hitsOf(room.office, known.request, found.value);
  const openFor = async (principal: string) =>
    c.get('may')('requests:read')
      ? (await openOf(room.office.database, [principal])).filter(({ id }) => id !== known.row.id)
      : [];
  return Promise.all(
    hits.map(async (hit) => ({
      ...hit,
      records: await keptAbout(room.office, hit.principal),
      open: await openFor(hit.principal),
    })),
  );
}

/** Who has the e-mail addresses that a correction was to write: as a form was shown with them, or where that is what is wrong, as a search finds them. */
async function havingAt(
  { c, room, known, stands }: Seen,
  form: Form,
  problems: readonly FieldProblem[],
): Promise<HavingAt> {
  const may = await reaching(room, byOf(c), 'people:search', []);
  const having = new Map<string, readonly Having[]>();
  for (const { holding: place } of known.request.collected?.holdings ?? []) {
    const holding = stands.holdings.get(place)?.id;
    const term = form.text(setName(place, 'email')).trim();
    const wrong = problems.some(({ field }) => field === setName(place, 'email')) && !valueProblem('email', term);
    if (!holding || !may.ok) continue;
    const terms = [{ kind: 'email', term }] as const;
    const found = wrong
      ? await find(room.office, may.value.actor, { terms, holding, authority: may.value.authority })
      : null;
    const ids = found?.ok ? found.value.map(({ principal }) => principal) : shownIn(form, sharingName(place));
    const others = ids.filter((id) => id !== ownerIn(known.request, place));
    having.set(place, await havingOf(room.office, holding, others));
  }
  return having;
}

export const casePages = (room: Room): Route[] => [
  page('get', `${PATH}/:id`, 'requests:read', (c) => show(room, c)),
  page('post', `${PATH}/:id/:event`, 'requests:write', (c) => press(room, c), { texts: caseTexts }),
];
