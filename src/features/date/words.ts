// The Japanese and English texts of the date.

import { both, type Bilingual, type Lang } from '../../base/bilingual.ts';
import { writtenDay } from '../../platform/ui/format.ts';
import { LONGEST_STEP_DAYS, type Leap } from './facts.ts';

export const words = {
  title: both('日付の確認', 'Is the date right?'),
  toConfirm: both('日付を確かめる', 'Check the date'),
  why: both(
    'あなたが確かめるまで、期限が過ぎたものの消去は、時計が進む前の日付で行います。',
    'Until you confirm the date, what has passed its time is erased by the date before the clock jumped.',
  ),
  before: both('関所が動いていたことを確かめられる最後の日', 'Last day on which Sekisho is known to have been running'),
  now: both('サーバーの時計が示す今日', 'Today, by the clock of the server'),
  lead: both(
    `関所を${LONGEST_STEP_DAYS}日より長く止めていたときは、正しく進んでいます。そうでなければ、サーバーの時計が狂っています。カレンダーで今日の日付を確かめてください。`,
    `If Sekisho was stopped for more than ${LONGEST_STEP_DAYS} days, this is as it should be. Otherwise the clock of the server is wrong. Check today’s date on a calendar.`,
  ),
  right: both('日付が正しいとき', 'If the date is right'),
  rightSays: both(
    '次のボタンを押すと、この日付で期限が過ぎている次のものを、1時間以内に消去します。元には戻せません。',
    'When you press the button, those of the following whose time has ended by this date are erased within an hour. They cannot be brought back:',
  ),
  erased: [
    both(
      '提供と受け取りの記録（保存の期限を過ぎたもの）',
      'records of provision and receipt whose retention period has ended',
    ),
    both('終わった請求の書類（保管の期限を過ぎたもの）', 'papers of closed requests whose retention period has ended'),
    both(
      '受け取られないまま期限を過ぎた提供ファイルと開示の書面',
      'packages and disclosures that nobody fetched in time',
    ),
  ] as readonly Bilingual[],
  wrong: both('日付が違うとき', 'If the date is wrong'),
  wrongSays: both(
    '何も押さずに、サーバーの時計を直すよう、運用管理者に頼んでください。直れば、この確認は消えます。時計が違う間に書いた記録には、違う日付が残ります。',
    'Press nothing, and ask the administrator to correct the clock of the server. This question goes away once the clock is right. Records written while it was wrong keep the wrong date.',
  ),
  cancel: both('いまは答えない', 'Not now'),
  none: both('確かめることはありません', 'There is nothing to confirm'),
  noneSays: both(
    'サーバーの時計は、関所が動いている間、途切れずに進んでいます。',
    'The clock of the server has run without a jump while Sekisho was running.',
  ),
  confirmed: both('日付を確かめました', 'The date is confirmed'),
  confirmedSays: both(
    'この日付で期限が過ぎているものを、1時間以内に消去します。だれが確かめたかは、記録に残りました。',
    'Everything that has passed its time by this date is erased within an hour. Who confirmed it is on record.',
  ),
  home: both('ホームへ', 'To the home page'),
};

/** The button names the day, so that nobody confirms a day other than the one they read. */
export const itIs = (day: Leap['to'], lang: Lang): string =>
  lang === 'ja' ? `今日は${writtenDay(day, 'ja')}で正しい` : `Today is ${writtenDay(day, 'en')}`;

export const leapTitle = ({ from, to }: Leap, lang: Lang): string =>
  lang === 'ja'
    ? `サーバーの時計が一度に${writtenDay(from, 'ja')}から${writtenDay(to, 'ja')}へ進みました`
    : `The clock of the server jumped from ${writtenDay(from, 'en')} to ${writtenDay(to, 'en')}`;

export const problems = {
  noLeap: both(
    'この日付は、もう確かめてあるか、時計が直されています。',
    'The date has been confirmed already, or the clock has been set right.',
  ),
  moved: both(
    '画面を開いた後で、サーバーの日付が変わりました。日付をもう一度確かめてください。',
    'The date of the server has changed since you opened the page. Check it again.',
  ),
};

/** The mail to those who may confirm the date. Its number holds the two days. */
export const leapLetter = {
  subject: both('サーバーの日付を確かめてください', 'Is the date of the server right?'),
  says: both(
    `サーバーの時計が、一度に${LONGEST_STEP_DAYS}日を超えて進みました。関所を止めていたのでなければ、時計が狂っています。この日付で期限が過ぎている記録や書類は、日付が正しいとあなたが答えるまで消去しません。「日付の確認」のページで答えてください。`,
    `The clock of the server went forward by more than ${LONGEST_STEP_DAYS} days at once. Unless Sekisho was stopped, the clock is wrong. Records and papers that have passed their time by the new date are not erased until you answer that the date is right. Answer on the page “Is the date right?”.`,
  ),
};

export const leapNumber = ({ from, to }: Leap, lang: Lang): string =>
  lang === 'ja'
    ? `${writtenDay(from, 'ja')}から${writtenDay(to, 'ja')}へ`
    : `${writtenDay(from, 'en')} to ${writtenDay(to, 'en')}`;
