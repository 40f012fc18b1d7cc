// Japanese and English text of the keys.

import { both, type Bilingual, type Lang } from '../../base/bilingual.ts';
import { number } from '../../platform/ui/format.ts';

export const words = {
  title: both('保管庫の鍵', 'Keys of the vault'),
  lead: both(
    '本人ごとの鍵は、保管庫の鍵で包んで、データベースに置いています。保管庫の鍵そのものはデータベースに入れず、データフォルダーの keys/ か、SEKISHO_KEYS に指定したフォルダーに置きます。',
    'Each person’s key is kept in the database, wrapped by a key of the vault. The key of the vault itself never enters the database: it is in keys/ of the data folder, or in the folder that SEKISHO_KEYS names.',
  ),
  versions: both('鍵の版', 'Versions'),
  version: both('版', 'Version'),
  since: both('使い始め', 'In use since'),
  state: both('状態', 'State'),
  wraps: both('包んでいる鍵', 'Keys it wraps'),
  inUse: both('使用中', 'In use'),
  leaving: both('新しい鍵で包み直しています', 'Its keys are being rewrapped by the new key'),
  retired: both('もう使いません', 'No longer needed'),
  rewrapping: both('包み直しの進み具合', 'Progress of the rewrapping'),
  rewrappingSays: both(
    'この画面を閉じても、関所を止めても、続きから進みます。その間も仕事はふだんどおりできます。終わりを確かめるまで、5分ほどかかります。包み直せないまま残る鍵は、壊れています。そのときは前の鍵を除かず、バックアップにその本人の情報があるかを確かめてください。',
    'It continues from where it was even if you close this page or Sekisho is stopped, and work can go on as usual meanwhile. It takes about five minutes to confirm that nothing is left. A key that cannot be rewrapped and remains is damaged: in that case do not remove the former key, and look for that person in your backups.',
  ),
  waits: both('新しい鍵の写しを取ってください', 'A new key is waiting to be copied'),
  waitsSays: both(
    'まだ使っていません。鍵のバックアップの置き場に写しを取り、その写しを指定して、次のコマンドを実行します。',
    'It is not in use yet. Copy it to the place where you keep backups of keys, and run this command with that copy:',
  ),
  replace: both('鍵を替えるには', 'To replace the key'),
  steps: [
    both(
      'サーバーで次のコマンドを実行します。新しい鍵ができ、その場所が表示されます。',
      'Run this command on the server. It makes a new key and shows where it is.',
    ),
    both(
      '鍵のバックアップの置き場に、新しい鍵の写しを取ります。写しのないまま失うと、その後にお預かりする情報は、だれにも読めなくなります。',
      'Copy the new key to the place where you keep backups of keys. If it is lost without a copy, nobody will be able to read the information received from then on.',
    ),
    both(
      'その写しを指定して、もう一度実行します。動いている関所は1分以内に、止まっている関所は次に始めたときに、新しい鍵に移ります。',
      'Run the command again with that copy. Sekisho changes to the new key within a minute if it is running, or else when it is next started.',
    ),
  ] as readonly Bilingual[],
  when: both('いつ替えるか', 'When to replace it'),
  whenSays: both(
    '鍵を扱える人が替わったときと、鍵が人の目に触れたおそれがあるときに替えます。そのほか、会社が決めた期間ごとに替えます。',
    'When the people who can handle the keys change, when somebody may have seen a key, and at the intervals that your company has decided.',
  ),
  protects: both('替えると守られるもの', 'What it protects'),
  protectsSays: both(
    '前の鍵だけを持つ人は、替えた後のデータベースを読めません。',
    'Somebody who has only a former key cannot read the database as it is afterwards.',
  ),
  doesNot: both('替えても守られないもの', 'What it does not'),
  doesNotSays: both(
    '前の鍵と、替える前のデータベースの両方を持つ人は、その中身を読めます。そこにあった本人ごとの鍵も知られるので、その本人について後から加わる情報も、データベースが渡れば読まれます。その場合は漏えいにあたるかどうかを、関所に聞いてください。',
    'Somebody who has both a former key and the database from before the replacement can read its contents. They also learn the keys of the persons in it, so they can read what is added about these persons later, if they get the database again. In that case ask the checkpoint whether it is a breach.',
  ),
  former: both('前の鍵のファイル', 'The file of a former key'),
  formerSays: both(
    '「もう使いません」となった鍵は、鍵のフォルダーから除いてかまいません。その鍵が要る古いバックアップを捨てるまで、バックアップとは別の場所に写しを残し、捨てるときに一緒に消します。',
    'A key shown as “No longer needed” may be removed from the folder of keys. Until the old backups that need it are discarded, keep a copy apart from the backups, and erase it together with them.',
  ),
} satisfies Record<string, Bilingual | readonly Bilingual[]>;

export const versionWord = (version: number, lang: Lang): string =>
  lang === 'ja' ? `第${version}版` : `Version ${version}`;

/** Says that a version is no longer needed, and since when. */
export const retiredOn = (day: string, lang: Lang): string =>
  `${words.retired[lang]}${lang === 'ja' ? `（${day}から）` : ` (from ${day})`}`;

export const rewrapped = (done: number, total: number, lang: Lang): string =>
  lang === 'ja' ? `${number(total)}個のうち${number(done)}個` : `${number(done)} of ${number(total)}`;
