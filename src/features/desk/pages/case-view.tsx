// One request as a page: how far it is, what must be known about it, the step, and beside it what is known.

import { both } from '../../../base/bilingual.ts';
import { dayOf } from '../../../base/day.ts';
import { newId } from '../../../base/id.ts';
import { Banner } from '../../../platform/ui/banner.tsx';
import { ErrorSummary } from '../../../platform/ui/form.tsx';
import { clockTime, dayFrom, writtenDay, yen } from '../../../platform/ui/format.ts';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { Icon } from '../../../platform/ui/icon.tsx';
import { policyInForce } from '../../policy/index.ts';
import { grownProblem, wholeProblem } from '../actions/collect.ts';
import { otherAttemptSays } from '../actions/happen.ts';
import { receiptCode } from '../actions/receipt.ts';
import { clocksOf, dueOf } from '../facts/clocks.ts';
import { isDismissed } from '../facts/dismissal.ts';
import type { EventName } from '../facts/event.ts';
import { nextEvents } from '../facts/next.ts';
import { feeOver, isByHand, numberOf, type Request } from '../facts/request.ts';
import { bodyOf } from '../store/events.ts';
import { eventWord, kindWords, resultWords } from '../words.ts';
import { deciding, wasAnswered } from './decide.tsx';
import { Delivery } from './delivery.tsx';
import { Others as OtherRequests } from './others.tsx';
import { LostActs, LostSteps } from './lost.tsx';
import { isSearch } from './person.tsx';
import { CaseClock, CaseSteps } from './progress.tsx';
import { ReviewPanel } from './review.tsx';
import { labelsOf, mayWrite, offered, shownEvent, stepOf, stepWord, Typed, type Seen } from './seen.tsx';
import { crumbs, PATH, type Asked } from './sheet.tsx';
import { doneBy, Side } from './side.tsx';
import { StepPanel } from './step.tsx';
import { NotDelivered } from './undelivered.tsx';

export const words = {
  others: both('ほかの操作', 'Other actions'),
  noCase: both('この請求はありません', 'There is no such request'),
  toDesk: both('窓口へ', 'To the desk'),
  closed: both('この請求は終わりました', 'This request is closed'),
  gone: both(
    '書類は消去しました。動きの記録だけが残っています。',
    'Its papers are erased; what happened stays on record.',
  ),
  erasedOn: (on: string) => both(`書類は${on}に消去されます。`, `Its papers will be erased on ${on}.`),
  over: (amount: number) => both(`返す手数料が${yen(amount, 'ja')}あります`, `${yen(amount, 'en')} must be returned`),
  overSays: both(
    'この請求で受け取れる額より多く届いています。返すまで、この請求は終えられません。',
    'More was paid than may be taken for this request. It cannot be closed until the money is returned.',
  ),
  overDismissed: both(
    '却下した請求の手数料は、受け取りません。返すまで、この請求は終えられません。',
    'No fee is taken for a dismissed request. It cannot be closed until the money is returned.',
  ),
  toRefund: both('手数料を返す', 'Return it'),
  unheard: both('受け付けたことを、まだ知らせていません', 'The requester has not been told that the request has come'),
  unheardBy: (day: string) => both(`${day}までに知らせます。`, `Tell them by ${day}.`),
  unheardLate: (day: string) =>
    both(
      `${day}までに知らせることになっていました。すぐに知らせます。`,
      `They were to be told by ${day}. Tell them at once.`,
    ),
  unreachable: both('返信先がありません', 'There is no address to answer to'),
  unreachableSays: both(
    '受け付けた知らせも答えも送れません。対応は、遅くとも社内の期限までに決め、理由とともに残して終えます（法40条）。',
    'Neither an acknowledgement nor an answer can be sent. Decide how to handle it by our target at the latest, keep the reason, and close it (APPI Art. 40).',
  ),
  givenUp: both('答えが届かないまま終えました', 'Closed without the answer having arrived'),
  givenUpSays: both(
    '答えが本人に届いたことにはなりません。本人と連絡が取れたら、記録して、答えを送り直します。',
    'The answer does not count as having reached the person. If they can be reached, record it and send the answer again.',
  ),
  unreachableClosed: both(
    '答えは送っていません。本人が返信先を知らせてきたら、記録して答えます。',
    'No answer was sent. If the person gives an address to answer to, record it and answer.',
  ),
  byHand: both('氏名か住所に、印刷できない文字があります', 'The name or address has characters that cannot be printed'),
  byHandSays: both(
    '手紙、送り状、宛名ラベルでは〓になります。印刷したら、届いた手紙を見て、〓のところを手で書きます。',
    'Letters, cover letters and labels show 〓 for them. Once printed, look at the letter that came and write them by hand.',
  ),
  left: both(
    '同じ本人として、決定の後に結び付けられた記録があります。この請求では、まだ何もしていません',
    'Other records were linked as the same person’s after the decision. Nothing has been done with them for this request',
  ),
  leftSays: both(
    'すでに一部を実施したので、この請求には含められません。どうするかを、個人情報保護管理者に確かめてください。',
    'Part of this request has already been carried out, so they cannot be included. Ask the privacy officer what to do about them.',
  ),
  elsewhere: both(
    '答えの宛先が、台帳の住所と違います',
    'The answer goes to a different address from the one in the ledger',
  ),
  elsewhereSays: both(
    '本人が引っ越したのかもしれませんし、元の住所にいる家族や知人が、本人の書類を使って請求しているのかもしれません。答えを送る前に、台帳にある電話番号かメールアドレスへこちらから連絡し、本人が請求したことを確かめます。請求した人には、台帳の住所も、それが違うことも言いません。確かめられなければ、送らずに個人情報保護管理者に尋ねます。',
    'The person may have moved, or a relative or acquaintance at the former address may be using the person’s papers to make the request. Before sending the answer, contact the person yourself by the telephone number or e-mail address in the ledger, and confirm that they made the request. Do not tell the requester the address in the ledger, nor that it is different. If you cannot confirm it, do not send anything, and ask the privacy officer.',
  ),
  apart: both(
    '法定代理人の住所が、台帳にある本人の住所と違います',
    'The legal representative’s address differs from the person’s address in the ledger',
  ),
  apartSays: both(
    '父母が別に暮らしているのかもしれませんし、本人が避難しているのかもしれません。書類で、いまも親権者か後見人であることを確かめます。本人の住所や通う先が分かるもの、見せると本人やほかの人を害するおそれがあるものは、開示しません（法33条2項1号）。請求した人には、台帳の住所も、それが違うことも言いません。迷うときは、送らずに個人情報保護管理者に尋ねます。',
    'The parents may live apart, or the person may have taken refuge. Check by the papers that the requester still has custody or guardianship. Do not disclose anything that shows where the person lives or regularly goes, or that may harm them or others if shown (APPI Art. 33(2)(i)). Do not tell the requester the address in the ledger, nor that it is different. If in doubt, do not send anything, and ask the privacy officer.',
  ),
  decidedAs: both('決定', 'Decided'),
  keptInForm: both(
    '書いたものはそのまま残しています。いまの状態を確かめ、よければもう一度送ってください。',
    'What you wrote is kept. Check the present state of the request, and send it again if it still fits.',
  ),
  keptBelow: both(
    'この段階は済んでいます。書いたものは下に残しています。要るものがあれば写してください。',
    'This step is done already. What you wrote is kept below; copy what you still need.',
  ),
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
      page={c.req.query('page')}
      step={stepOf(seen)}
      mayWrite={mayWrite(seen)}
    />
  );
};

/**
 * The notice that the person's ids have changed since they were found: what must be done first or, once carrying out has begun, what is left as it
 * is.
 */
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

/** The notice that something has come to be decided on since it was collected, shown while collecting again is what leads on. */
const Grown = ({ seen: { c, known } }: { seen: Seen }) => {
  const problem = grownProblem(known.since);
  return problem && nextEvents(known.request, known.since)[0] === 'collected' ? (
    <Banner kind="warn" icon="warn" title={problem.says[c.get('lang')]} />
  ) : null;
};

/** The notice that money that is not due should go back before the end. */
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

/** The notice that the requester has not heard yet that the request has come. */
const Unheard = ({ seen, shown }: { seen: Seen; shown: EventName | undefined }) => {
  const { c, known, today } = seen;
  const lang = c.get('lang');
  const { acknowledgement: due } = dueOf(clocksOf(known.request));
  if (due === null || shown === 'acknowledged' || !mayWrite(seen)) return null;
  const late = due !== undefined && due < today;
  const on = due && dayFrom(today, due, lang);
  return (
    <Banner
      kind={late ? 'warn' : 'info'}
      title={words.unheard[lang]}
      action={{ href: `${PATH}/${known.row.id}?do=acknowledged`, label: stepWord(seen, 'acknowledged')[lang] }}
    >
      {on && words[late ? 'unheardLate' : 'unheardBy'](on)[lang]}
    </Banner>
  );
};

/** What is to be done while there is no way to the person. */
const saysOf = ({ unreachable, closedOn }: Request): 'givenUpSays' | 'unreachableSays' | 'unreachableClosed' =>
  !unreachable ? 'givenUpSays' : closedOn === null ? 'unreachableSays' : 'unreachableClosed';

/** The notice that nothing can be sent, or that the answer never arrived, with the way to record that the person can be reached. */
const Unreachable = ({ seen, shown }: { seen: Seen; shown: EventName | undefined }) => {
  const { c, known } = seen;
  const lang = c.get('lang');
  if (!nextEvents(known.request, known.since).includes('addressed') || shown === 'addressed') return null;
  return (
    <Banner
      kind="info"
      title={words[known.request.unreachable ? 'unreachable' : 'givenUp'][lang]}
      {...(mayWrite(seen)
        ? { action: { href: `${PATH}/${known.row.id}?do=addressed`, label: stepWord(seen, 'addressed')[lang] } }
        : {})}
    >
      {words[saysOf(known.request)][lang]}
    </Banner>
  );
};

/** The notice that a name or an address cannot be printed, which nobody would see before printing it. */
const Unprinted = ({ seen: { c, known } }: { seen: Seen }) =>
  isByHand(known.request) && known.request.closedOn === null ? (
    <Banner kind="warn" icon="warn" title={words.byHand[c.get('lang')]}>
      {words.byHandSays[c.get('lang')]}
    </Banner>
  ) : null;

/** The notice that the person's kept address is another one, which the requester's papers do not show. */
const Elsewhere = ({ seen: { c, known } }: { seen: Seen }) => {
  const { specified, identified, closedOn } = known.request;
  if (specified?.address !== 'other' || closedOn !== null) return null;
  const apart = identified?.requester === 'legal-representative';
  return (
    <Banner kind="warn" icon="warn" title={words[apart ? 'apart' : 'elsewhere'][c.get('lang')]}>
      {words[apart ? 'apartSays' : 'elsewhereSays'][c.get('lang')]}
    </Banner>
  );
};

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
            {lang === 'ja'
              ? `（${dayFrom(seen.today, decided.on, 'ja')}）`
              : ` (${dayFrom(seen.today, decided.on, 'en')})`}
          </span>
        </p>
      )}
    </>
  );
};

/** Says who did what since the form was opened. */
const Overtaken = ({ seen }: { seen: Seen }) => {
  const { c, known, staff, sent, overtaken } = seen;
  const last = known.events.at(-1);
  if (!overtaken || !last || !sent) return null;
  const again = offered(seen).includes(sent.event);
  const lang = c.get('lang');
  const who = doneBy(last.by_actor, staff, lang);
  const what = eventWord(bodyOf(last));
  const at = last.at.getTime();
  const when = `${dayFrom(seen.today, dayOf(at), lang)} ${clockTime(at)}`;
  return (
    <div class="mb-5">
      <Banner
        kind="warn"
        icon="warn"
        role="alert"
        title={
          overtaken === 'attempt'
            ? otherAttemptSays[lang]
            : lang === 'ja'
              ? `${who}さんが先に進めています：${what.ja}（${when}）`
              : `${who} has moved it on: ${what.en} (${when})`
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
  const others = offered(seen).filter(
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
  const asked = shownEvent(seen);
  // A closed request shows no step unless one that opens it again is asked for.
  const opens = asked === 'undelivered' || asked === 'addressed';
  const event = request.closedOn === null || opens ? asked : undefined;
  // The answer of the law is shown beside its question; the facts of the case then go below.
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
      <CaseSteps lang={lang} request={request} since={known.since} today={today} />
      <div class={wide ? 'grid grid-cols-1' : 'grid gap-5 items-start lg:grid-cols-[minmax(0,1fr)_20rem]'}>
        <div class="grid grid-cols-1 gap-5 min-w-0">
          <LostSteps seen={seen} />
          <LostActs seen={seen} />
          <Ending seen={seen} />
          <Whole seen={seen} />
          <Grown seen={seen} />
          <NotDelivered seen={seen} />
          <Elsewhere seen={seen} />
          <Unreachable seen={seen} shown={event} />
          <Unheard seen={seen} shown={event} />
          <MoneyOver seen={seen} shown={event} />
          <Unprinted seen={seen} />
          <OtherRequests lang={lang} kind={request.kind} others={seen.others} />
          <CaseClock lang={lang} request={request} today={today} />
          <Delivery
            c={c}
            known={known}
            now={seen.room.office.clock.now()}
            lost={seen.lost}
            letter={seen.letter}
            sent={sent}
            attempt={newId(seen.room.office.clock.now())}
          />
          {event && <StepPanel seen={seen} event={event} />}
          <Review seen={seen} />
        </div>
        <Side wide={wide} c={c} known={known} stands={seen.stands} {...{ staff, inCharge, onlyBy, code, today }} />
      </div>
    </OfficePage>
  );
};

export async function respond(seen: Seen, status: 200 | 403 | 404 | 409 | 422 = 200): Promise<Response> {
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

export function noCase(c: Asked): Response | Promise<Response> {
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
