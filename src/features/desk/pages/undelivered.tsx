// What the page shows of an answer that did not reach the person: what to find out before it goes out again, and that it may be a leak, with the
// question of the law filled in as far as known.

import { both, type Bilingual, type Lang } from '../../../base/bilingual.ts';
import { addDays, type Day } from '../../../base/day.ts';
import { preliminaryWindow } from '../../../law/index.ts';
import { Banner } from '../../../platform/ui/banner.tsx';
import { Button, Buttons, LinkButton } from '../../../platform/ui/button.tsx';
import { PostForm } from '../../../platform/ui/form.tsx';
import { dayFrom, listed, monthDay } from '../../../platform/ui/format.ts';
import { deskDays } from '../facts/clocks.ts';
import type { UndeliveredReason } from '../facts/event.ts';
import { breachFactsOf } from '../facts/undelivered.ts';
import { lastCopy } from '../actions/drafts.ts';
import { attemptWords, letterWords, undeliveredWords } from '../words.ts';
import { hrefOf } from './letters.tsx';
import { mayWrite, type Seen } from './seen.tsx';

const words = {
  title: both('答えが本人に届いていません', 'The answer did not reach the person'),
  again: both(
    '答えは、用意したときのまま送り直します。宛先を確かめてから、遅滞なく送ります。台帳に電話番号かメールアドレスがあれば、こちらから連絡します。連絡したら、「ほかの操作」の「本人への連絡を記録する」で記録します。',
    'The answer is sent again as it was prepared. Confirm the address, then send it without delay. If the ledger has a telephone number or an e-mail address, contact the person yourself. Record that with “Record an attempt to reach the person” under “Other actions”.',
  ),
  sought: both('本人への連絡', 'Attempts to reach the person'),
  mailLost: both(
    '「連絡のお願い」のメールが届きませんでした。アドレスを確かめるか、ほかの方法で連絡します。',
    'The e-mail that asked the person to get in touch did not arrive. Check the address, or contact them in another way.',
  ),
  leak: both('漏えいに当たるかもしれません', 'This may be a leak'),
  leakSays: both(
    'ほかの人が答えを見たか、持っているかもしれません。報告が要る漏えい（要配慮個人情報や、悪用されると財産の被害が出るおそれのある情報を含むときなど）なら、個人情報保護委員会に速報と確報をし、本人にも知らせます（法26条、規則7条から10条）。',
    'Somebody else may have seen the answer, or may have it. If it is a leak that must be reported (for example, because it includes special care-required information, or information whose misuse may cause financial loss), make a preliminary and a full report to the Commission, and tell the person too (APPI Art. 26, Rules Art. 7 to 10).',
  ),
  back: both(
    '持っている人には、開けずに返すよう頼みます。宛名の人のことも、中身も言いません。開けた人には、写しを取らず、だれにも話さないよう頼みます。本人には、届かなかったことと、いま行っている対応を伝えます。',
    'Ask whoever has it to return it unopened. Say nothing about the addressee or the content. If they have opened it, ask them to make no copies and to tell nobody. Tell the person that it did not arrive and what you are doing.',
  ),
  ask: both('漏えいの報告が要るかを関所に聞く', 'Ask the checkpoint whether it must be reported'),
} satisfies Record<string, Bilingual>;

/** Until when the desk waits for them. */
const untilSays = (on: Day, today: Day, lang: Lang): string => {
  const day = dayFrom(today, addDays(on, deskDays.waits), lang);
  return lang === 'ja'
    ? `連絡が取れないまま${day}を過ぎたら、個人情報保護管理者が、届かないまま終えられます。`
    : `If they cannot be reached by ${day}, the privacy officer may close it without delivery.`;
};

const titleOf = (why: UndeliveredReason, lang: Lang): string => {
  const { ja, en } = undeliveredWords[why].name;
  return lang === 'ja' ? `${words.title.ja}：${ja}` : `${words.title.en}: ${en.toLowerCase()}`;
};

/** What to check before it goes out again, by reason. */
const first: Record<UndeliveredReason, Bilingual> = {
  'not-there': both(
    '封筒の宛名を、届いた手紙の住所と見比べます。部屋番号や「様方」が抜けていないかも見ます。',
    'Compare what is on the envelope with the address in the letter that came: a room number or a “c/o” may be missing.',
  ),
  moved: both(
    '引っ越し先は、本人に聞きます。新しい住所の分かる書類をもらってから、「受付の誤りを直す」で直します。',
    'Ask the person where they have moved. Once you have a paper that shows the new address, correct it under “Correct the registration”.',
  ),
  refused: both(
    '受け取らないのが本人か、同じ住所のほかの人かを確かめます。本人が要らないと言えば、取下げを記録します。',
    'Find out whether it was the person who refused it, or somebody else at the address. If the person no longer wants it, record a withdrawal.',
  ),
  unfetched: both(
    '受け取れる日や方法を、本人に確かめます。',
    'Ask the person when, or in which way, they can receive it.',
  ),
  astray: both(
    'どこで間違えたか（宛名、封入、配達、メールアドレス）を調べ、正しい宛先を本人に確かめるまで、送り直しません。',
    'Find out where it went wrong (the name, the enclosure, the delivery or the e-mail address). Do not send it again until the right address is confirmed with the person.',
  ),
  bounced: both(
    'アドレスの打ち間違いがないかを見て、本人に電話か郵便で尋ねます。書面で郵送してもかまいません。',
    'Look for a slip in the address, and ask the person by telephone or by post. You may also post it on paper.',
  ),
  lost: both(
    '郵便局に調査を頼みます。見つからない間は、ほかの人が持っているかもしれないものとして扱います。',
    'Ask the post office to trace it. Until it is found, treat it as something that somebody else may have.',
  ),
};

/** The days within which a leak must first be reported, counted from the day it was known. */
function firstReport(knownOn: Day, lang: Lang): string {
  const due = preliminaryWindow(knownOn, knownOn);
  if (!due) return '';
  const [from, to] = [monthDay(due.first, lang), monthDay(due.last, lang)];
  return lang === 'ja'
    ? `報告が要る場合、速報の期限は${from}から${to}までの間です。`
    : ` If it must be reported, the preliminary report is due between ${from} and ${to}.`;
}

const AskBreach = ({ seen: { c }, facts }: { seen: Seen; facts: NonNullable<ReturnType<typeof breachFactsOf>> }) => {
  const { events = [], data = '', principals, knownOn = '', recoveredUnviewed } = facts;
  const values = {
    events: events.join(),
    data,
    principals: String(principals),
    knownOn,
    ...(recoveredUnviewed === undefined ? {} : { recoveredUnviewed: recoveredUnviewed ? 'yes' : 'no' }),
  };
  return (
    <PostForm action="/ask/breach" csrf={c.get('csrf')} values={values} whole>
      <Buttons>
        <Button kind="second">{words.ask[c.get('lang')]}</Button>
      </Buttons>
    </PostForm>
  );
};

/** The attempts to reach the person, and until when the desk waits for them. */
const Sought = ({ seen: { c, known, today } }: { seen: Seen }) => {
  const { sought } = known.request;
  const lang = c.get('lang');
  const last = sought.at(-1);
  if (!last) return null;
  const said = sought.map(({ on, how }) =>
    lang === 'ja'
      ? `${dayFrom(today, on, 'ja')}（${attemptWords[how].name.ja}）`
      : `${dayFrom(today, on, 'en')} (${attemptWords[how].name.en.toLowerCase()})`,
  );
  return (
    <p class="mt-2">
      {words.sought[lang]}
      {lang === 'ja' ? `：${listed(said, 'ja')}。` : `: ${listed(said, 'en')}. `}
      {untilSays(last.on, today, lang)}
    </p>
  );
};

/** The request to get in touch that was sent last: to be printed, and whether its mail is known not to have arrived. */
const Asked = ({ seen: { c, known, lost } }: { seen: Seen }) => {
  const lang = c.get('lang');
  if (known.request.sought.length === 0 || !lastCopy(known, 'sought')) return null;
  return (
    <>
      {lost && <p class="mt-2 font-bold">{words.mailLost[lang]}</p>}
      {mayWrite({ c }) && (
        <div class="btns mt-3">
          <LinkButton kind="second" small icon="download" download href={hrefOf(known.row.id, 'sought')}>
            {letterWords.sought[lang] + (lang === 'ja' ? '（PDF）' : ' (PDF)')}
          </LinkButton>
        </div>
      )}
    </>
  );
};

/** Shows nothing once the answer has arrived and nobody else can have it, or the request is closed. */
export const NotDelivered = ({ seen }: { seen: Seen }) => {
  const { c, known } = seen;
  const { request } = known;
  const lang = c.get('lang');
  const last = request.undelivered.at(-1);
  if (!last || request.closedOn !== null) return null;
  const leaks = request.undelivered.flatMap((one) => breachFactsOf(one) ?? []);
  const leak = leaks.at(-1);
  return (
    <>
      {leak && (
        <Banner kind="bad" icon="warn" title={words.leak[lang]}>
          <p class="mb-2">
            {words.leakSays[lang]}
            {leak.knownOn && firstReport(leak.knownOn, lang)}
          </p>
          <p class="mb-3">{words.back[lang]}</p>
          {c.get('may')('checkpoint:ask') && <AskBreach seen={seen} facts={leak} />}
        </Banner>
      )}
      {request.toSendAgain && (
        <Banner kind="warn" icon="warn" title={titleOf(last.why, lang)}>
          <p class="mb-2">{first[last.why][lang]}</p>
          <p>{words.again[lang]}</p>
          <Sought seen={seen} />
          <Asked seen={seen} />
        </Banner>
      )}
    </>
  );
};
