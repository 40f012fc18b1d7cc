// What is shown beside the steps of a case: its facts, its papers, and its events with the proof of each.

import { both, type Bilingual, type Lang } from '../../../base/bilingual.ts';
import { dayOf, type Day } from '../../../base/day.ts';
import { Chip } from '../../../platform/ui/chip.tsx';
import { Dl } from '../../../platform/ui/fact-list.tsx';
import { PostForm } from '../../../platform/ui/form.tsx';
import { clockTime, eraDay, listed, dayFrom, slashDay, writtenDay, yen } from '../../../platform/ui/format.ts';
import { Icon } from '../../../platform/ui/icon.tsx';
import { Panel } from '../../../platform/ui/panel.tsx';
import { actorName } from '../../access/index.ts';
import type { Standing } from '../../checkpoint/index.ts';
import type { Case } from '../actions/cases.ts';
import { isDisclosure, looksAtPerson } from '../facts/kind.ts';
import { feeDue, isReached, type Request } from '../facts/request.ts';
import { bodyOf } from '../store/events.ts';
import type { EventRow, PaperRow } from '../tables.ts';
import {
  channelWords,
  decisionWords,
  eventWord,
  kindWords,
  methodWords,
  paperWords,
  parcelFileWords,
  requesterWords,
  scopeWords,
  undeliveredWords,
} from '../words.ts';
import { hasLetters, LetterLinks } from './letters.tsx';
import { itemText } from './review.tsx';
import { PATH, type Asked } from './sheet.tsx';

const words = {
  request: both('請求', 'Request'),
  kind: both('種類', 'Kind'),
  scope: both('対象', 'About'),
  method: both('受け取り方', 'Answer'),
  arrived: both('届いた日', 'Arrived'),
  channel: both('届き方', 'How it came'),
  eased: both(
    '書面に代わる方法で受け付けました。用紙は求めません。',
    'Taken by an alternative to an ordinary letter. No form is asked for.',
  ),
  sender: both('差出人', 'Sender'),
  anonymous: both('匿名（氏名の記載なし）', 'Gives no name'),
  unreachable: both('返信先なし', 'No address to answer to'),
  addressed: (on: string): Bilingual => both(`返信先は${on}に判明`, `Address known since ${on}`),
  who: both('担当', 'Assigned to'),
  asks: both('請求した人', 'Asked by'),
  entries: both('本人の記録', 'Entries'),
  fee: both('手数料', 'Fee'),
  noFee: both('なし', 'None'),
  purpose: both('目的', 'Purpose'),
  onlyThis: both('この請求のためだけ', 'For this request only'),
  clause: (no: string) => both(`（条項${no}）`, ` (clause ${no})`),
  undecided: both('未定', 'not known yet'),
  nobody: both('未定', 'nobody yet'),
  notYet: both('確認前', 'Not checked yet'),
  neverChecked: both('確かめません（相談・苦情）', 'Not checked for a question or complaint'),
  notChecked: both('確認していません', 'Not checked'),
  code: both('確認コード', 'Code'),
  papers: both('書類', 'Papers'),
  none: both('まだありません', 'None yet'),
  open: both('開く', 'Open'),
  gone: both('消去済み', 'Erased'),
  letters: both('手紙', 'Letters'),
  allMoves: both('それより前も見る', 'Show earlier ones too'),
  moves: both('動き', 'History'),
  extended: both('期限', 'Due'),
};

/** What a reason is for, besides the items of a disclosure. */
const reasonWords: Readonly<Record<string, Bilingual>> = {
  decided: both('決定', 'the decision'),
  ahead: both('先に実施すること', 'carrying it out first'),
  extended: both('期限の延長', 'the extension'),
  'fee-waived': both('手数料の免除', 'the waiver of the fee'),
  handled: both('返信先のない相談への対応', 'the handling without an address to answer to'),
  code: both('コードを電話で知らせたこと', 'giving the code by telephone'),
  undelivered: both('戻ったものの置き場所', 'where what came back is kept'),
  sought: both('本人への連絡の結果', 'what came of an attempt to reach the person'),
};

/** What a paper is about, if it is about one of several things; otherwise null. */
function aboutWord({ kind, about }: Pick<PaperRow, 'kind' | 'about'>, stands: Standing): Bilingual | null {
  if (about === null) return null;
  if (kind === 'parcel') return parcelFileWords[about] ?? null;
  const [holding = '', item] = about.split('/');
  const ofItem = item !== undefined && stands.holdings.has(holding);
  if (kind === 'redacted' || (kind === 'reason' && ofItem))
    return both(itemText(stands, holding, item ?? '', 'ja'), itemText(stands, holding, item ?? '', 'en'));
  if (kind === 'reason') return reasonWords[about] ?? both('すでに済んでいたこと', 'what had been done already');
  return null;
}

/** The name of a paper, with what it is about. */
export const paperWord = (paper: Pick<PaperRow, 'kind' | 'about'>, stands: Standing, lang: Lang): string => {
  const about = aboutWord(paper, stands);
  return paperWords[paper.kind][lang] + (about ? (lang === 'ja' ? `：${about.ja}` : `: ${about.en}`) : '');
};

export interface SideProps {
  c: Asked;
  known: Case;
  stands: Standing;
  staff: ReadonlyMap<string, string>;
  inCharge: ReadonlyMap<string, string>;
  /** The clause by which a request's papers are used for the request only. */
  onlyBy: string | undefined;
  /** The code with which the person sees the stage of their request. */
  code: string;
  today: Day;
}

const feeText = (request: Request, lang: Lang): string => {
  const { fee } = request;
  const owed = feeDue(request);
  const said = (amount: number, ja: string, en: string): string[] =>
    amount === 0 ? [] : [lang === 'ja' ? `${ja}${yen(amount, 'ja')}` : `${yen(amount, 'en')} ${en}`];
  const moved = [
    ...said(fee.received, '受領', 'received'),
    ...said(fee.returned, '返金', 'returned'),
    ...said(fee.waived, '免除', 'waived'),
  ];
  const due = owed === 0 ? words.noFee[lang] : yen(owed, lang);
  return moved.length === 0 ? due : lang === 'ja' ? `${due}（${moved.join('、')}）` : `${due} (${moved.join(', ')})`;
};

/** Where a person with several entries was found, so that nobody takes the request to be about one of them; null for a single entry. */
function entriesText({ specified }: Request, stands: Standing, lang: Lang): string | null {
  if (specified === null || specified.principals.length < 2) return null;
  const n = specified.principals.length;
  const ledgers = listed(
    specified.holdings.map((id) => stands.holdings.get(id)?.name[lang] ?? id.slice(-8)),
    lang,
  );
  return lang === 'ja' ? `${n}件（${ledgers}）` : `${n} (${ledgers})`;
}

/** What the letter does not say of its sender, and since when there is an address to answer to. */
const senderText = (request: Request, lang: Lang): string[] => {
  const { anonymous, unreachable, addressedOn } = request;
  return [
    ...(anonymous ? [words.anonymous[lang]] : []),
    ...(unreachable ? [words.unreachable[lang]] : []),
    ...(addressedOn && !isReached(request) ? [words.addressed(writtenDay(addressedOn, lang))[lang]] : []),
  ];
};

/** Who asked, as far as that was checked, or whether it will be: nobody is identified for a question or complaint, or after the end. */
function askerText({ kind, identified, closedOn }: Request): Bilingual {
  if (identified) return requesterWords[identified.requester].name;
  if (!looksAtPerson(kind)) return words.neverChecked;
  return closedOn === null ? words.notYet : words.notChecked;
}

const Facts = ({ c, known: { request: r }, stands, inCharge, onlyBy, code }: SideProps) => {
  const lang = c.get('lang');
  const clause = onlyBy ? words.clause(onlyBy)[lang] : '';
  const entries = entriesText(r, stands, lang);
  const sender = senderText(r, lang);
  return (
    <Panel title={words.request[lang]} id="request">
      <Dl
        items={[
          [words.kind[lang], kindWords[r.kind].name[lang]],
          [words.scope[lang], scopeWords[r.scope].name[lang]],
          ...(isDisclosure(r.kind)
            ? [[words.method[lang], r.method ? methodWords[r.method][lang] : words.undecided[lang]] as const]
            : []),
          [
            words.arrived[lang],
            <>
              {writtenDay(r.arrivedOn, lang)}
              {lang === 'ja' && (
                <>
                  <br />
                  {eraDay(r.arrivedOn)}
                </>
              )}
            </>,
          ],
          [
            words.channel[lang],
            <>
              {channelWords[r.channel][lang]}
              {r.eased && (
                <>
                  <br />
                  {words.eased[lang]}
                </>
              )}
            </>,
          ],
          ...(sender.length > 0 ? [[words.sender[lang], sender.join(lang === 'ja' ? '。' : '. ')] as const] : []),
          ...(r.extendedTo ? [[words.extended[lang], writtenDay(r.extendedTo, lang)] as const] : []),
          [
            words.who[lang],
            r.assignedTo ? <span translate="no">{inCharge.get(r.assignedTo)}</span> : words.nobody[lang],
          ],
          [words.asks[lang], askerText(r)[lang]],
          ...(entries === null ? [] : [[words.entries[lang], entries] as const]),
          [words.fee[lang], feeText(r, lang)],
          [words.purpose[lang], words.onlyThis[lang] + clause],
          [
            words.code[lang],
            <span class="num" translate="no">
              {code}
            </span>,
          ],
        ]}
      />
    </Panel>
  );
};

/** What came and what was written, opened only by users who may write here. Letters that were sent are listed with the letters. */
const Papers = ({ c, known: { row, papers: all }, stands, today }: SideProps) => {
  const lang = c.get('lang');
  const mayOpen = c.get('may')('requests:write');
  const papers = all.filter(({ kind }) => kind !== 'copy');
  return (
    <Panel title={words.papers[lang]} id="papers">
      {papers.length === 0 ? (
        <p class="small muted">{words.none[lang]}</p>
      ) : (
        <ul class="small grid gap-2">
          {papers.map(({ id, on_day, gone_at, ...paper }) => (
            <li class="flex gap-2">
              <Icon name="page" />
              <div>
                {gone_at || !mayOpen ? (
                  <>
                    {paperWord(paper, stands, lang)} {gone_at && <Chip kind="done">{words.gone[lang]}</Chip>}
                  </>
                ) : (
                  <PostForm action={`${PATH}/${row.id}/papers/${id}`} csrf={c.get('csrf')} whole>
                    <button class="link-btn whitespace-normal">
                      {paperWord(paper, stands, lang)}
                      <span class="sr-only">{lang === 'ja' ? `を${words.open.ja}` : `: ${words.open.en}`}</span>
                    </button>
                  </PostForm>
                )}
                <span class="muted">{dayFrom(today, on_day, lang)}</span>
              </div>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
};

/** Every letter, on file and still to go out. */
const Printed = ({ c, known, today }: SideProps) => {
  const lang = c.get('lang');
  if (!c.get('may')('requests:write') || !hasLetters(known)) return null;
  return (
    <Panel title={words.letters[lang]} id="letters">
      <LetterLinks lang={lang} csrf={c.get('csrf')} known={known} today={today} />
    </Panel>
  );
};

/** Who did something; the public actor is the person, on the web page. */
export const doneBy = (actor: string, staff: ReadonlyMap<string, string>, lang: Lang): string =>
  actor === 'public' ? both('ご本人', 'The person')[lang] : actorName(actor, staff, lang);

/** What happened; for a decision about an item, which item and what was decided. */
function moveText(event: EventRow, stands: Standing, lang: Lang): string {
  const body = bodyOf(event);
  const text = eventWord(body)[lang];
  if (body.event === 'undelivered')
    return lang === 'ja'
      ? `${text}（${undeliveredWords[body.why].name.ja}）`
      : `${text} (${undeliveredWords[body.why].name.en.toLowerCase()})`;
  if (body.event !== 'reviewed') return text;
  const item = itemText(stands, body.holding, body.item, lang);
  const decision = decisionWords[body.decision].name[lang];
  return lang === 'ja' ? `${text}：${item}（${decision}）` : `${text}: ${item} (${decision})`;
}

const Move = ({
  c,
  event,
  stands,
  staff,
  today,
}: Omit<SideProps, 'known' | 'inCharge' | 'onlyBy' | 'code'> & { event: EventRow }) => {
  const lang = c.get('lang');
  const at = event.at.getTime();
  const on = dayOf(at);
  const text = moveText(event, stands, lang);
  return (
    <li>
      <span class="muted num">
        {slashDay(on).slice(on.slice(0, 4) === today.slice(0, 4) ? 5 : 0)} {clockTime(at)}
      </span>{' '}
      <span translate="no">{doneBy(event.by_actor, staff, lang)}</span>{' '}
      {c.get('may')('log:read') ? <a href={`/log/entries/${event.entry_id}`}>{text}</a> : text}
    </li>
  );
};

/** How many of the events are listed at once. */
const MOST_MOVES = 50;

const Moves = ({ c, known: { row, events }, stands, staff, today }: SideProps) => {
  const lang = c.get('lang');
  const newest = events.toReversed();
  const shown = c.req.query('moves') === 'all' ? newest : newest.slice(0, MOST_MOVES);
  return (
    <Panel title={words.moves[lang]} id="moves" sub={lang === 'ja' ? `${events.length}件` : `${events.length}`}>
      <ol class="small grid gap-1.5">
        {shown.map((event) => (
          <Move c={c} event={event} stands={stands} staff={staff} today={today} />
        ))}
      </ol>
      {shown.length < events.length && (
        <p class="small mt-3">
          <a href={`${PATH}/${row.id}?moves=all#moves`}>{words.allMoves[lang]}</a>
        </p>
      )}
    </Panel>
  );
};

/** `wide`: below the work area, which then takes the whole width. */
export const Side = ({ wide, ...props }: SideProps & { wide: boolean }) => (
  <div class={wide ? 'grid gap-5 items-start mt-5 lg:grid-cols-2' : 'grid gap-5'}>
    <Facts {...props} />
    <Papers {...props} />
    <Printed {...props} />
    <Moves {...props} />
  </div>
);
