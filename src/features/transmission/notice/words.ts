// What the notice says, in both languages.

const ja = {
  title: '外部への情報の送信について',
  says: 'このサイトでは、お使いの端末から次の会社に情報を送ることがあります。送ってよいかをお選びください。断っても、後から選び直せます。',
  list: '、',
  refuse: 'すべて断る',
  allow: 'すべて許可する',
  each: '選んで決める',
  save: '選んだとおりに保存する',
  more: '送る情報、送り先、目的を詳しく見る',
  close: '閉じる',
  gpc: 'お使いのブラウザーが、外部に情報を送らないよう求めています（GPC）。求めのとおり、送信を止めています。',
  none: 'いま、選べる送信はありません。',
  away: 'いまは確かめられません。送信は止めています。',
  saving: '保存しています',
  failed: '選択を記録できませんでした。送信は始めていません。少し待ってから、もう一度お選びください。',
};

const en: typeof ja = {
  title: 'Information sent to others',
  says: 'This site may have your device send information to the following companies. Please choose whether to allow it. If you refuse, you can still choose again later.',
  list: ', ',
  refuse: 'Refuse all',
  allow: 'Allow all',
  each: 'Choose one by one',
  save: 'Save this choice',
  more: 'See what is sent, to whom and why',
  close: 'Close',
  gpc: 'Your browser asks that no information be sent to others (GPC). As it asks, sending is stopped.',
  none: 'There is nothing to choose at present.',
  away: 'This cannot be checked right now. Sending is stopped.',
  saving: 'Saving',
  failed: 'Your choice could not be recorded. Nothing is being sent. Please choose again in a moment.',
};

export type Lang = 'ja' | 'en';

/** Language of the notice: English if the document says so, Japanese otherwise. */
export const langOf = (): Lang => (/^en\b/i.test(document.documentElement.lang) ? 'en' : 'ja');

export const words = { ja, en };
