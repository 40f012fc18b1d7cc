// An electronic delivery as the desk sees it: what went where, how far it is, the code to print or to tell, and the form to send it again.

import { both, type Bilingual, type Lang } from '../../../base/bilingual.ts';
import { dayOf, type Day } from '../../../base/day.ts';
import type { LetterState } from '../../../platform/mail.ts';
import { Banner } from '../../../platform/ui/banner.tsx';
import { Button, Buttons } from '../../../platform/ui/button.tsx';
import { Chip, type ChipKind } from '../../../platform/ui/chip.tsx';
import { Dl } from '../../../platform/ui/fact-list.tsx';
import { fieldFor, PostForm, TextArea, TextField } from '../../../platform/ui/form.tsx';
import { clockTime, listed, dayFrom } from '../../../platform/ui/format.ts';
import { Panel } from '../../../platform/ui/panel.tsx';
import { stateOfParcel, type Case } from '../actions/cases.ts';
import { isOpenable, isStoppable, parcelTerms, type ParcelState } from '../facts/parcel.ts';
import { parcelFileWords } from '../words.ts';
import type { Sent } from './form.tsx';
import { Letters } from './letters.tsx';
import { PATH, type Asked } from './sheet.tsx';

export const deliveryLabels = {
  email: both('リンクを送るアドレス', 'Address for the link'),
  reason: both('理由', 'Reason'),
  code: both('受け取り用コード', 'Code'),
} satisfies Record<string, Bilingual>;

const words = {
  title: both('電子での受け渡し', 'Electronic delivery'),
  state: both('状態', 'State'),
  to: both('リンクの宛先', 'Link goes to'),
  toSays: both('差出人の記録にあるアドレス', 'The address on record for the sender'),
  made: both('リンクを作った', 'Link made'),
  mail: both('リンクのメール', 'Mail with the link'),
  until: both('リンクの期限', 'Link works until'),
  opened: both('コードで開いた', 'Opened with the code'),
  fetched: both('最初に受け取った', 'First fetched'),
  files: both('渡すもの', 'What is in it'),
  wrong: both('コードの間違い', 'Wrong codes'),
  told: both('コードを電話で知らせた', 'Code given by telephone'),
  ofFive: (n: number): Bilingual =>
    both(`${n}回（${parcelTerms.wrongCodes}回で閉じます）`, `${n} (closes at ${parcelTerms.wrongCodes})`),
  lost: both('リンクのメールが届きませんでした', 'The mail with the link did not arrive'),
  lostSays: both(
    'アドレスを本人に確かめ、もう一度送るか、書面で郵送してください。',
    'Ask the person for the address, then send it again or post it on paper.',
  ),
  codeFirst: both(
    'コードはメールでは送りません。手紙を印刷して郵送するか、電話で知らせます。',
    'The code is never sent by e-mail. Print the letter and post it, or give the code by telephone.',
  ),
  tell: both('電話で知らせる', 'Give the code by telephone'),
  tellSays: both(
    'こちらから、記録にある番号へ電話をかけます。本人だと確かめてから下に理由を書くと、コードが一度だけ表示されます。',
    'Call the number you have on record. Once you are sure who it is, enter the reason and the code is shown once.',
  ),
  reasonHint: both(
    'だれに知らせるか、なぜ電話か、その人だとどう確かめたか。封をして残します',
    'Whom you are telling, why by telephone, and how you confirmed who they are; kept sealed',
  ),
  show: both('コードを表示する', 'Show the code'),
  again: both('もう一度送る', 'Send it again'),
  againSays: both(
    '初めに用意した答えを受け取る新しいリンクを、もう一度メールで送ります。前のリンクとコードは使えなくなるので、新しいコードも知らせ直します。',
    'The answer that was first prepared is sent again by e-mail, with a new link. The old link and its code stop working, so give the new code too.',
  ),
  againHint: both(
    '空欄なら、差出人の記録にあるアドレスへ送ります。違うアドレスを書くと、その記録も替わります',
    'If left empty, it goes to the sender’s address on record. A different address replaces that one',
  ),
  send: both('新しいリンクを送る', 'Send a new link'),
  stop: both('いますぐ閉じる', 'Close it now'),
  stopSays: both(
    '宛先を間違えたとき、メールや郵便をほかの人に見られるおそれがあると分かったときは、すぐに閉じます。閉じると、受け取っている途中でも、もう何も受け取れません。まだ送っていないメールは取り下げます。まだ受け取られていなければ、答えは届かなかったと記録されます。まだ出していないコードの手紙は、送らずに裁断します。答えは、安全な宛先を本人に確かめてから、もう一度送るか、郵送します。',
    'If it went to the wrong address, or you learn that somebody else may see the e-mail or the post, close it at once. Nothing more can be fetched, even if somebody is fetching it now. A mail that has not been sent yet is withdrawn. If nothing was fetched before, the answer is recorded as not delivered. Shred any letter with the code that has not gone out. Confirm a safe address with the person, then send the answer again or post it.',
  ),
  stopNow: both('リンクを閉じる', 'Close the link'),
} satisfies Record<string, Bilingual | ((n: number) => Bilingual)>;

const stateWords: Record<ParcelState, { says: Bilingual; look: ChipKind }> = {
  waiting: { says: both('受け取りを待っている', 'Waiting for the person'), look: 'wait' },
  opened: { says: both('いま開いている', 'Open at this moment'), look: 'now' },
  fetching: { says: both('いま受け取っている', 'Being fetched'), look: 'now' },
  fetched: { says: both('受け取られた', 'Fetched'), look: 'good' },
  expired: { says: both('期限が過ぎた', 'Expired'), look: 'warn' },
  'wrong-codes': { says: both('コードの間違いで閉じた', 'Closed by wrong codes'), look: 'bad' },
  replaced: { says: both('送り直した', 'Sent again'), look: 'done' },
  closed: { says: both('終わった', 'Over'), look: 'done' },
};

const mailWords = {
  waiting: both('まだ送っていません', 'Not sent yet'),
  tried: both('まだ送れていません。送れるまで、1日ほど試します', 'Not sent yet. It is tried for about a day'),
  sent: both('メールサーバーに渡しました', 'Handed to the mail server'),
  'given-up': both('送れませんでした', 'It could not be sent'),
  withdrawn: both('送る前に取り下げました。だれにも届いていません', 'Withdrawn before it was sent. It reached nobody'),
  attempted: both(
    '取り下げましたが、その前に送ろうとしたので、届いたかもしれません',
    'Withdrawn, but an attempt to send it was made before, so it may have arrived',
  ),
} satisfies Record<string, Bilingual>;

const mailWord = ({ state, tries, offered }: LetterState): Bilingual => {
  if (state === 'waiting' && tries > 0) return mailWords.tried;
  return state === 'withdrawn' && offered ? mailWords.attempted : mailWords[state];
};

const moment = (at: Date, today: Day, lang: Lang): string =>
  `${dayFrom(today, dayOf(at.getTime()), lang)} ${clockTime(at.getTime())}`;

export interface DeliveryProps {
  c: Asked;
  known: Case;
  /** Milliseconds. */
  now: number;
  /** The link did not arrive. */
  lost: boolean;
  /** What became of the mail with the link; null where that is not known. */
  letter: LetterState | null;
  sent: Sent | null;
  /** The attempt name of the next press. */
  attempt: string;
}

const Told = ({ c, known, now, letter }: DeliveryProps) => {
  const lang = c.get('lang');
  const parcel = known.parcels.at(-1)!;
  const { says, look } = stateWords[stateOfParcel(parcel, now)];
  const files = known.papers.filter(({ kind, gone_at }) => kind === 'parcel' && gone_at === null);
  const when = (label: Bilingual, at: Date | null) =>
    at ? [[label[lang], moment(at, dayOf(now), lang)] as const] : [];
  return (
    <Dl
      items={[
        [words.state[lang], <Chip kind={look}>{says[lang]}</Chip>],
        [words.to[lang], words.toSays[lang]],
        ...when(words.made, parcel.made_at),
        ...(letter ? [[words.mail[lang], mailWord(letter)[lang]] as const] : []),
        ...when(words.until, parcel.valid_until),
        ...when(words.told, parcel.told_at),
        ...when(words.opened, parcel.opened_at),
        ...when(words.fetched, parcel.fetched_at),
        ...(files.length === 0
          ? []
          : [
              [
                words.files[lang],
                listed(
                  files.map(({ about }) => parcelFileWords[about ?? '']?.[lang] ?? ''),
                  lang,
                ),
              ] as const,
            ]),
        ...(parcel.wrong > 0 ? [[words.wrong[lang], words.ofFive(parcel.wrong)[lang]] as const] : []),
      ]}
    />
  );
};

/** Whether a form is shown open: it was sent and could not be taken. */
const isOpenForm = (sent: Sent | null, field: string): boolean =>
  sent?.event === 'delivered' && sent.problems.some((one) => one.field === field);

const Tell = ({ c, known, sent }: DeliveryProps) => {
  const lang = c.get('lang');
  const at = fieldFor(lang, deliveryLabels, sent?.problems ?? []);
  return (
    <details class="mt-4" open={isOpenForm(sent, 'reason')}>
      <summary>{words.tell[lang]}</summary>
      <div class="mt-3">
        <p class="small muted mb-4">{words.tellSays[lang]}</p>
        <PostForm action={`${PATH}/${known.row.id}/parcel/code`} csrf={c.get('csrf')} whole>
          <TextArea {...at('reason')} need="required" hint={words.reasonHint[lang]} rows={2} maxlength={1000} />
          <Buttons>
            <Button kind="second">{words.show[lang]}</Button>
          </Buttons>
        </PostForm>
      </div>
    </details>
  );
};

const Again = ({ c, known, sent, attempt }: DeliveryProps) => {
  const lang = c.get('lang');
  const at = fieldFor(lang, deliveryLabels, sent?.problems ?? []);
  return (
    <details class="mt-4" open={isOpenForm(sent, 'email') || isOpenForm(sent, 'by')}>
      <summary>{words.again[lang]}</summary>
      <div class="mt-3">
        <p class="small muted mb-4">{words.againSays[lang]}</p>
        <PostForm action={`${PATH}/${known.row.id}/parcel`} csrf={c.get('csrf')} values={{ attempt }}>
          <TextField
            {...at('email')}
            need="optional"
            hint={words.againHint[lang]}
            type="email"
            maxlength={254}
            value={sent?.event === 'delivered' ? sent.form.text('email') : undefined}
          />
          <Buttons>
            <Button kind="second">{words.send[lang]}</Button>
          </Buttons>
        </PostForm>
      </div>
    </details>
  );
};

const Stop = ({ c, known }: DeliveryProps) => {
  const lang = c.get('lang');
  return (
    <details class="mt-4">
      <summary>{words.stop[lang]}</summary>
      <div class="mt-3">
        <p class="small muted mb-4">{words.stopSays[lang]}</p>
        <PostForm action={`${PATH}/${known.row.id}/parcel/end`} csrf={c.get('csrf')}>
          <Buttons>
            <Button kind="stop">{words.stopNow[lang]}</Button>
          </Buttons>
        </PostForm>
      </div>
    </details>
  );
};

/** The electronic delivery; nothing when the answer does not go out electronically. */
export const Delivery = (props: DeliveryProps) => {
  const { c, known, now, lost } = props;
  const lang = c.get('lang');
  const parcel = known.parcels.at(-1);
  if (!parcel) return null;
  const state = stateOfParcel(parcel, now);
  const acts = c.get('may')('requests:write') && known.request.closedOn === null;
  return (
    <Panel title={words.title[lang]} id="delivery">
      {lost && isOpenable(state) && (
        <div class="mb-4">
          <Banner kind="warn" icon="warn" level={3} title={words.lost[lang]}>
            {words.lostSays[lang]}
          </Banner>
        </div>
      )}
      <Told {...props} />
      {acts && isOpenable(state) && (
        <div class="mt-5">
          <p class="small muted mb-4">{words.codeFirst[lang]}</p>
          <Letters lang={lang} known={known} event="delivered" />
          {parcel.told_at === null && <Tell {...props} />}
        </div>
      )}
      {acts && !known.request.toSendAgain && <Again {...props} />}
      {acts && isStoppable(state) && <Stop {...props} />}
    </Panel>
  );
};
