// The words of access, in both languages.

import type { Action, Role } from '../../base/actor.ts';
import { both, type Bilingual, type Lang } from '../../base/bilingual.ts';
import type { Day } from '../../base/day.ts';
import { listed, writtenDay } from '../../platform/ui/format.ts';
import type { Right } from './facts/policies.ts';
import type { LinkGround } from './tables.ts';

export const roleWords: Record<Role, { name: Bilingual; does: Bilingual }> = {
  officer: {
    name: both('個人情報保護管理者', 'Privacy officer'),
    does: both(
      '方針を承認し、台帳と記録をまとめる。個人の情報に届く人とシステムを決める',
      'Approves the policy, and keeps the ledger and the records. Decides which people and systems reach people’s information',
    ),
  },
  desk: {
    name: both('個人情報窓口', 'Desk'),
    does: both(
      '本人を探し、目的ごとに開き、訂正、消去、提供をする',
      'Finds people, opens items for each purpose, corrects, erases and provides',
    ),
  },
  handler: {
    name: both('取扱担当者', 'Handler'),
    does: both('日々の業務で取得、利用、提供をする', 'Acquires, uses and provides in daily work'),
  },
  'my-number': {
    name: both('事務取扱担当者（個人番号）', 'My Number handler'),
    does: both('個人番号の事務を担当し、関所に聞く', 'Handles My Numbers, and asks the checkpoint'),
  },
  auditor: {
    name: both('監査責任者', 'Auditor'),
    does: both('すべてを読み、何も変えない', 'Reads everything, changes nothing'),
  },
  administrator: {
    name: both('運用管理者', 'Administrator'),
    does: both(
      '個人の情報に届かない従業者とシステムの出入りを決める。個人の情報は開けない',
      'Decides which staff and systems may enter, if they do not reach people’s information. Cannot open a person’s items',
    ),
  },
  reception: {
    name: both('受付', 'Reception'),
    does: both('関所に聞く', 'Asks the checkpoint'),
  },
  employee: {
    name: both('従業者', 'Employee'),
    does: both('関所に聞く', 'Asks the checkpoint'),
  },
};

/** Follows the name of a member of staff in charge of something who has left. */
export const leftWords = both('（在籍していません）', ' (has left)');

/** The names of several roles in one line. */
export const roleNames = (roles: readonly Role[], lang: Lang): string =>
  listed(
    roles.map((role) => roleWords[role].name[lang]),
    lang,
  );

export const actionWords: Record<Action, Bilingual> = {
  'home:read': both('ホームを見る', 'See home'),
  'policy:read': both('方針を読む', 'Read the policy'),
  'policy:propose': both('方針の案を作る', 'Propose a policy'),
  'policy:approve': both('方針を承認する', 'Approve a policy'),
  'ledger:read': both('台帳を読む', 'Read the ledger'),
  'ledger:write': both('台帳と同意の文面を書く', 'Write the ledger and the texts of consents'),
  'checkpoint:ask': both('関所に聞く', 'Ask the checkpoint'),
  'judgements:write': both('法令だけで決まらないことを判断する', 'Judge what the law leaves open'),
  'consents:write': both('同意、取下げ、申出を記録する', 'Record consents, withdrawals and objections'),
  'recipients:write': both('提供先を登録し、確かめる', 'Register recipients and check them'),
  'joint-uses:write': both('共同利用を登録し、公表する', 'Register joint uses and publish them'),
  'transmissions:write': both('外部送信を登録し、公表する', 'Register external transmissions and publish them'),
  'people:search': both('本人を探す', 'Search people'),
  'people:follow': both('本人の情報のその後を知る', 'Learn what became of people’s information'),
  'people:acquire': both('取得する', 'Acquire'),
  'people:use': both('利用する（項目を開く）', 'Use (open items)'),
  'people:use-beyond': both(
    '法律の定める例外により、目的の範囲を超えて利用する',
    'Use beyond the purpose, under an exception of the law',
  ),
  'people:correct': both('訂正する', 'Correct'),
  'people:erase': both('消去する', 'Erase'),
  'people:link': both('同じ本人の記録を結び付ける', 'Link the records of one person'),
  'people:provide': both('提供する', 'Provide'),
  'packages:read': both('提供ファイルの経過を読む', 'Read the progress of packages'),
  'provisions:approve': both('提供を承認する', 'Approve a provision'),
  'people:receipt': both('控えを出す', 'Hand out receipts'),
  'records:read': both('提供と受領の記録を読む', 'Read the records of provision and receipt'),
  'requests:read': both('請求を見る', 'See requests'),
  'requests:write': both('請求を進める', 'Work on requests'),
  'requests:decide': both(
    '請求を断る、却下する、手数料を免除するなど',
    'Refuse or dismiss requests, waive fees, and the like',
  ),
  'letters:read': both('手紙の文を読む', 'Read the sentences of the letters'),
  'letters:write': both('手紙の文を変える', 'Change the sentences of the letters'),
  'log:read': both('記録を読む', 'Read the log'),
  'log:export': both('記録を書き出す', 'Export the log'),
  'log:review': both('記録を見直した結果を残す', 'Record that the log was reviewed'),
  'date:confirm': both('サーバーの日付が正しいことを確認する', 'State that the server’s date is right'),
  'staff:read': both('従業者の名簿を読む', 'Read the staff directory'),
  'staff:write': both('従業者の出入りを決める', 'Decide which staff may enter'),
  'systems:write': both('システムの出入りを決める', 'Decide which systems may enter'),
  'keys:read': both('保管庫の鍵の版を読む', 'Read the versions of the vault’s key'),
};

/** What actions are about, in display order. */
export const subjectWords = {
  policy: both('方針と関所', 'Policy and checkpoint'),
  registers: both('台帳と登録', 'Registers'),
  people: both('本人の情報', 'People’s information'),
  provision: both('提供', 'Provision'),
  desk: both('窓口', 'Desk'),
  log: both('記録、日付、鍵', 'Log, date and keys'),
  access: both('人とシステム', 'Staff and systems'),
} satisfies Record<string, Bilingual>;

export type Subject = keyof typeof subjectWords;

type Part = Action extends `${infer P}:${string}` ? P : never;

const subjects: Record<Part, Subject> = {
  home: 'policy',
  policy: 'policy',
  checkpoint: 'policy',
  judgements: 'policy',
  ledger: 'registers',
  recipients: 'registers',
  'joint-uses': 'registers',
  transmissions: 'registers',
  consents: 'registers',
  people: 'people',
  packages: 'provision',
  provisions: 'provision',
  records: 'provision',
  requests: 'desk',
  letters: 'desk',
  log: 'log',
  date: 'log',
  staff: 'access',
  systems: 'access',
  keys: 'log',
};

export const subjectOf = (action: Action): Subject => subjects[action.split(':')[0] as Part];

export const authorityWords = {
  title: both('権限表', 'Who may do what'),
  sub: both(
    'アクセスの方針に、役割と操作ごとに問い合わせた答えです',
    'The answers of the access policies for each role and action',
  ),
  law: both(
    '○でも、個人の情報を実際に扱えるのは、会社の方針と法令に照らして関所が可と答えたときだけです。要配慮個人情報も同じで、利用目的か法律の定める例外を示さなければ、項目は開きません。',
    'Even where the table says Yes, people’s information can be handled only when the checkpoint says yes under the company’s policy and the law. The same holds for special care-required information: items open only for a stated purpose, or under an exception of the law.',
  ),
  several: both(
    '役割を2つ以上持つ人は、どれかの役割で○の操作をすべてできます。',
    'Somebody with two or more roles may do everything that any of them may do.',
  ),
  severalBut: both(
    'ただし、禁じる規則は、ほかの役割の○より優先します。',
    'But a rule that forbids something takes precedence over a Yes from another role.',
  ),
  marks: both(
    '○ できる　△ 規則の条件による　× できない',
    'Yes: may. If: depends on the conditions of a rule. No: may not.',
  ),
  subject: both('対象', 'Subject'),
  action: both('操作', 'Action'),
  may: both('できる役割', 'Who may'),
  rules: both('規則', 'Rules'),
  system: both('システム', 'Systems'),
  systemSays: both('トークンに許した操作だけができる', 'May do only what their tokens allow'),
  systemTokens: both('システムとトークン', 'Systems and their tokens'),
  noMatch: both('この条件に合う操作はありません', 'No action matches'),
  roles: both('役割と、いまの人数', 'The roles, and how many have each now'),
  rulesHow: both(
    '記録には、操作を許した規則のidが残ります。ここにあるのは、いまの規則です。前の規則は、これまでの版にあります。',
    'The log keeps the id of the rule that allowed an act. These are the present rules; earlier ones are under “Versions”.',
  ),
  forbids: both('禁じる', 'Forbids'),
  conditional: both('条件あり', 'Conditional'),
  apart: both(
    'この規則で決まる印は、表にありません。特定の人やシステムだけについての規則か、ほかの規則も同じことを定めています。',
    'No mark in the table comes from this rule: it is about certain people or systems only, or another rule decides the same.',
  ),
  text: both('規則の文', 'The rule as written'),
  versions: both('これまでの版', 'Versions'),
  versionsHow: both(
    'サーバーにある規則のファイルが入れ替わると、次に始まるときに読み込み、操作の記録に残します。前の版のファイルは、そのままでは使用中に戻りません。戻すときは、注釈を1行加えるなど、内容を変えます。',
    'When the file of the rules on the server is replaced, the next start reads it and records that in the log. An earlier version does not come back into force as it was: to go back to it, change something in the file, such as a comment.',
  ),
  otherFile: both(
    'このサーバーには、使用中の規則と違うファイルがあります',
    'This server has another file than the rules in force',
  ),
  otherFileHow: both(
    '同じになるまで、ここでは両方の規則が許すことだけができます。下の表と規則は、使用中の版です。サーバーの運用者に、policies/access.cedar を使用中の版か新しい版に置き換え、もう一度始めるよう頼んでください。',
    'Until they are the same, only what both allow can be done here. The table and the rules below are the version in force. Ask the operator of the server to replace policies/access.cedar with that version or a new one, and to start it again.',
  ),
  version: both('版', 'Version'),
  since: both('使い始め', 'In force from'),
  until: both('使い終わり', 'Until'),
  inForce: both('使用中', 'In force'),
  changes: both('前の版との違い', 'What changed'),
  rules_added: both('加わった規則', 'New'),
  rules_changed: both('変わった規則', 'Changed'),
  rules_removed: both('なくなった規則', 'Gone'),
  first: both('最初の版', 'First version'),
  elsewhere: both('規則のほか（注釈など）', 'Outside the rules (comments and the like)'),
  untold: both('読めない版があり、比べられません', 'A version cannot be read, so they cannot be compared'),
  whole: both('ファイルの全文', 'The whole file'),
  gone: both('いまはない規則です', 'This rule is no longer in force'),
};

export const rightWords: Record<Right['says'], Bilingual> = {
  yes: both('○', 'Yes'),
  depends: both('△', 'If'),
  no: both('×', 'No'),
};

export const versionName = (version: number, lang: Lang): string =>
  lang === 'ja' ? `第${version}版` : `Version ${version}`;

/** How many members of staff have a role now. */
export const staffCount = (n: number, lang: Lang): string =>
  lang === 'ja' ? `${n}人` : `${n} ${n === 1 ? 'person' : 'people'}`;

export const stateWords = {
  invited: both('招待中', 'Invited'),
  active: both('使用中', 'In use'),
  ended: both('終了', 'Ended'),
  unreadable: both('開けない', 'Cannot be opened'),
};

export const fieldWords = {
  name: both('名前', 'Name'),
  email: both('メールアドレス', 'E-mail'),
  password: both('パスワード', 'Password'),
  newPassword: both('新しいパスワード', 'New password'),
  passwordAgain: both('パスワード（もう一度）', 'Password again'),
  current: both('いまのパスワード', 'Current password'),
  code: both('確認コード', 'Code'),
  roles: both('役割', 'Roles'),
  systemName: both('システムの名前', 'Name of the system'),
  actions: both('許す操作', 'Actions'),
  purposes: both('利用目的', 'Purposes'),
  days: both('使える期間', 'Valid for'),
};

export const words = {
  cancel: both('やめる', 'Cancel'),
  back: both('戻る', 'Back'),
  copyNow: both('この画面を離れると、二度と表示できません。', 'It cannot be shown again once you leave this page.'),

  opened: both('何人分を開いたか', 'How much they opened'),
  state: both('状態', 'State'),
  since: both('登録', 'Since'),
  operations: both('操作', 'Operations'),
};

export const enterWords = {
  setUp: both('最初の個人情報保護管理者を登録する', 'Register the first privacy officer'),
  another: both('新しい個人情報保護管理者を登録する', 'Register a new privacy officer'),
  anotherLead: both(
    'この人は、個人情報保護管理者と運用管理者になります。いまいる人の登録は、そのまま残ります。メールアドレスは、その人たちの使っていないものにしてください。',
    'This person becomes privacy officer and administrator. The entries of those already here stay as they are. Use an e-mail address that none of them uses.',
  ),
  setUpLead: both(
    'この人が、方針を承認し、ほかの従業者を招きます。運用管理者の役割も兼ねます。あとで、ほかの人に分けられます。',
    'This person approves the policy and invites everyone else. They are also the administrator. The roles can be divided among others later.',
  ),
  invited: both('関所に入る準備をする', 'Get ready to enter'),
  invitedLead: both(
    '招待された人だけが、一度だけ使える画面です。',
    'This page is for the invited person and works once.',
  ),
  purpose: both(
    '名前とメールアドレスは、サインインと、だれが何をしたかの確認だけに使い、暗号にして保管します。',
    'Name and e-mail are used only for signing in and to tell who did what. They are stored encrypted.',
  ),
  who: both('名前とパスワード', 'Name and password'),
  passwordHint: both(
    '12文字以上。短い文のように、いくつかの言葉を続けると覚えやすくなります。',
    'At least 12 characters. A few words in a row are easy to remember.',
  ),
  app: both('認証アプリを結び付ける', 'Connect an authenticator app'),
  appHow: both(
    'スマートフォンの認証アプリ（アプリストアで「認証システム」と探せば無料で手に入ります）でこの図を読み取り、表示された6桁の数字を入れてください。',
    'Scan this picture with an authenticator app on your phone (search its app store for “authenticator”; free ones are there), then enter the six digits it shows.',
  ),
  qr: both('認証アプリで読み取る図', 'Picture to scan with the authenticator app'),
  sameDevice: both('この画面をスマートフォンで見ているときは、', 'If this page is open on that phone, '),
  openApp: both('認証アプリを開いて登録する', 'open the authenticator app and add it'),
  secret: both(
    '読み取れないときは、認証アプリに次の文字を入れてください',
    'If it cannot be scanned, type this into the authenticator app',
  ),
  codeHint: both('6桁の数字', 'Six digits'),
  enter: both('登録して入る', 'Register and enter'),
  gone: both('このリンクは使えません', 'This link cannot be used'),
  goneHow: both(
    '期限が切れたか、すでに使われています。登録が済んでいればサインインしてください。済んでいなければ、リンクを渡した人に新しいリンクを頼んでください。',
    'It has expired or was used already. Sign in if you have registered; otherwise ask whoever gave you the link for a new one.',
  ),
  codes: both('復旧コード', 'Recovery codes'),
  codesHow: both(
    '認証アプリが使えないとき、確認コードの代わりに入れます。1つにつき1回使えます。印刷するか書き写して、安全な場所に置いてください。',
    'Use one in place of the code when your app is not at hand. Each works once. Print them or write them down and keep them safe.',
  ),
  onceTitle: both('復旧コードは、いまだけ表示します', 'These codes are shown only now'),
  toHome: both('控えたので、関所に入る', 'I have saved them; enter Sekisho'),
  toAccount: both('控えたので、アカウントに戻る', 'I have saved them; back to the account'),
};

export const signInWords = {
  title: both('サインイン', 'Sign in'),
  submit: both('サインイン', 'Sign in'),
  codeTitle: both('確認コードを入れる', 'Enter the code'),
  codeHint: both(
    '認証アプリの6桁の数字、または復旧コード',
    'Six digits from your authenticator app, or a recovery code',
  ),
  codeSubmit: both('確かめて入る', 'Check and enter'),
  again: both('別の人としてサインインする', 'Sign in as somebody else'),
  forgotten: both(
    'パスワードを忘れたときや、認証アプリも復旧コードも使えないときは、個人情報保護管理者か運用管理者に新しいリンクを頼んでください。',
    'If you forgot your password, or have neither app nor recovery code, ask a privacy officer or the administrator for a new link.',
  ),
};

/** Says what went wrong at the company's sign-in and what to do. The provider's own messages are never shown. */
export const troubleWords = {
  away: both(
    '会社のサインインに、いまつながりません。少し待ってやり直すか、関所のパスワードで入ってください。',
    'The company’s sign-in cannot be reached at the moment. Try again shortly, or sign in with your Sekisho password.',
  ),
  settings: both(
    '会社のサインインの設定が正しくありません。運用管理者に、SEKISHO_OIDC_ISSUER が発行者（issuer）の値と同じかを確かめてもらってください。',
    'The company’s sign-in is not set up correctly. Ask the administrator to check that SEKISHO_OIDC_ISSUER is exactly the provider’s issuer value.',
  ),
  busy: both(
    '会社のサインインへの行き来が続いたため、いまは受け付けません。15分ほど待ってやり直してください。',
    'Too many attempts at the company’s sign-in in a row. Try again in about 15 minutes.',
  ),
  over: both(
    '会社のサインインから戻るまでに時間がたったか、始めたときとは、ブラウザーかサインインしている人が違います。もう一度やり直してください。',
    'You took too long to come back from the company’s sign-in, or came back in another browser or signed in as somebody else. Please begin again.',
  ),
  cancelled: both('会社のサインインが取りやめられました。', 'The company’s sign-in was cancelled.'),
  refused: both(
    '会社のサインインの結果を確かめられなかったため、サインインできませんでした。やり直しても続くときは、運用管理者に知らせてください。',
    'The answer of the company’s sign-in could not be verified, so you were not let in. If trying again does not help, tell the administrator.',
  ),
  weak: both(
    '会社のサインインが、関所の求める方法で行われませんでした。その方法で、もう一度会社のサインインをしてください。',
    'Your company sign-in did not use the method required here. Sign in there again with that method.',
  ),
  unknown: both(
    'この会社のアカウントは、関所の従業者に結び付いていません。関所のパスワードで入り、アカウントの画面で結び付けてください。',
    'This company account is not tied to anybody on the staff here. Sign in with your Sekisho password, and tie it on your account page.',
  ),
  email: both(
    '会社のサインインが確かめたメールアドレスが、招待のメールアドレスと同じではありません。招いた人に確かめるか、下でパスワードを決めて入ってください。',
    'The e-mail address that the company’s sign-in confirmed is not the one that was invited. Ask the person who invited you, or set a password below.',
  ),
  password: both(
    '会社のサインインが止まったときに入れるよう、個人情報保護管理者と運用管理者は、少なくとも1人ずつパスワードを持つ必要があります。下でパスワードを決めて入ってください。',
    'One privacy officer and one administrator need a password, so that they can enter while the company’s sign-in is down. Set a password below.',
  ),
  taken: both(
    'この会社のアカウントは、すでに関所の従業者に結び付いています。',
    'This company account is already tied to somebody on the staff.',
  ),
  link: both(
    'このリンクは使えません。期限が切れたか、すでに使われています。',
    'This link cannot be used. It has expired or was used already.',
  ),
};

export type Trouble = keyof typeof troubleWords;

/** The trouble that an address names; undefined where it names none of ours. */
export const troubleIn = (text: string | undefined): Bilingual | undefined =>
  Object.entries(troubleWords).find(([what]) => what === text)?.[1];

export const companyWords = {
  failed: both('会社のサインインを終えられませんでした', 'The company’s sign-in was not completed'),
  or: both('関所のパスワードで', 'With your Sekisho password'),
  enterHow: both(
    '招待されたメールアドレスを会社のサインインが確かめれば、下のパスワードも認証アプリも要りません。',
    'If the company’s sign-in confirms the invited e-mail address, you need neither the password nor the authenticator below.',
  ),
  title: both('会社のサインイン', 'The company’s sign-in'),
  ways: both('入り方', 'Signs in by'),
  untied: both(
    '会社のアカウントを結び付けると、関所のパスワードの代わりに、会社のサインインで入れます。',
    'Once you tie your company account, you can use the company’s sign-in instead of your Sekisho password.',
  ),
  begin: both('会社のアカウントを示す', 'Show your company account'),
  both: both(
    '会社のサインインでも、関所のパスワードでも入れます。',
    'You can use the company’s sign-in or your Sekisho password.',
  ),
  alone: both(
    '会社のサインインだけで入ります。関所のパスワードはありません。名前やメールアドレスを変えるときや、パスワードで入れるように戻すときは、個人情報保護管理者か運用管理者に頼んでください。',
    'You sign in only through the company’s sign-in and have no Sekisho password. To change your name or e-mail, or to have a password again, ask a privacy officer or the administrator.',
  ),
  off: both(
    '会社のサインインはいま使えません（設定がありません）。',
    'The company’s sign-in cannot be used at the moment: it is not set up.',
  ),
  confirm: both('会社のアカウントを結び付ける', 'Tie your company account'),
  ask: both('このアカウントを結び付けますか', 'Tie this account?'),
  confirmHow: both(
    '次からは、この会社のアカウントの持ち主が、あなたとして入れます。自分のものかを確かめてください。',
    'From now on, the owner of this company account can enter as you. Make sure that it is yours.',
  ),
  account: both('会社のアカウント', 'Company account'),
  unnamed: both('（名前の情報なし）', '(no name given)'),
  tie: both('結び付ける', 'Tie it'),
  untie: both('結び付きを外す', 'Remove the tie'),
  untieHow: both(
    '外すと、ほかのサインインはすべて終わり、関所のパスワードだけで入ります。',
    'Every other sign-in ends, and you sign in only with your Sekisho password.',
  ),
  rely: both('会社のサインインだけにする', 'Use the company’s sign-in only'),
  relyHow: both(
    '関所のパスワード、認証アプリ、復旧コードを消し、ほかのサインインを終えます。会社を離れて会社のサインインが使えなくなれば、関所にも入れなくなります。',
    'Your Sekisho password, authenticator and recovery codes are removed, and every other sign-in ends. If you leave the company and can no longer use its sign-in, you cannot enter Sekisho either.',
  ),
  done: {
    tied: both('会社のアカウントを結び付けました', 'Your company account is tied'),
    untied: both('会社のアカウントとの結び付きを外しました', 'The tie to your company account was removed'),
    alone: both('会社のサインインだけで入るようにしました', 'You now sign in only through the company’s sign-in'),
  },
};

/** What the button is called that leads to the company's sign-in. */
export const signInBy = (name: string): Bilingual => both(`${name} でサインイン`, `Sign in with ${name}`);

/** The ways in which a member of staff signs in. */
export const waysWord = ({ password, tied }: { password: boolean; tied: boolean }): Bilingual =>
  tied && password
    ? both('関所のパスワード、会社のサインイン', 'Sekisho password, company’s sign-in')
    : tied
      ? both('会社のサインイン', 'Company’s sign-in')
      : both('関所のパスワード', 'Sekisho password');

export const accountWords = {
  title: both('アカウント', 'Account'),
  changePassword: both('パスワードを変える', 'Change the password'),
  changePasswordSub: both('ほかのサインインはすべて終わります', 'Every other sign-in ends'),
  passwordDone: both('パスワードを変えました', 'The password was changed'),
  passwordDoneHow: both('ほかのサインインは、すべて終えました。', 'Every other sign-in was ended.'),
  sessions: both('サインイン中', 'Signed in'),
  sessionsSub: both('30分使わないか、12時間たつと終わります', 'Ends after 30 minutes without use, or after 12 hours'),
  rows: both('サインインの始まりと最後の操作の表', 'Table of sign-ins, when they began and were last used'),
  begun: both('始まり', 'Began'),
  seen: both('最後の操作', 'Last used'),
  here: both('この画面', 'This one'),
  elsewhere: both('ほかの画面', 'Another'),
  end: both('終える', 'End'),
  sessionDone: both('サインインを終えました', 'The sign-in was ended'),
  recovery: both('復旧コード', 'Recovery codes'),
  renew: both('新しい復旧コードを作る', 'Make new recovery codes'),
  renewedSince: both(
    'この画面を開いた後に、新しい復旧コードが作られました。いま使えるのは、そのコードです。コードは、作ったときの画面にだけ出ます。控えてあるときは、何もする必要はありません。控えていないときは、パスワードを入れて、もう一度ボタンを押してください。前のコードは使えなくなります。',
    'Since this page was opened, new recovery codes were made, and they are the ones that work now. Codes are shown only on the page that follows their making. If you have written them down, nothing more is needed. If not, enter your password and press the button again: the earlier codes then stop working.',
  ),
  renewHow: both(
    '新しく作ると、古い復旧コードは使えなくなります。',
    'When you make new ones, the old ones stop working.',
  ),
};

export const codesLeft = (n: number, lang: Lang): string =>
  lang === 'ja' ? `使える復旧コードは${n}個です。` : `${n} recovery ${n === 1 ? 'code is' : 'codes are'} left.`;

const shownEverywhere = both(
  'これまでの記録にも、新しい名前が表示されます。',
  'Earlier records show the new name too.',
);
const signsIn = both(
  '次からは、新しいメールアドレスでサインインします。',
  'From now on, sign in with the new e-mail address.',
);

export const personWords = {
  title: both('名前とメールアドレスを変える', 'Change name and e-mail'),
  endsSignIns: both(
    'メールアドレスを変えると、この人のサインインはすべて終わります。新しいメールアドレスで入り直します。',
    'If the e-mail address is changed, every sign-in of this person ends, and they sign in again with the new address.',
  ),
  endsLink: both(
    'メールアドレスを変えると、前のリンクは使えなくなり、次の画面に新しいリンクが一度だけ出ます。',
    'If the e-mail address is changed, the earlier link stops working, and the next page shows a new link, once.',
  ),
  endsOthers: both(
    'メールアドレスを変えると、ほかのサインインはすべて終わります。次からは新しいメールアドレスで入ります。',
    'If the e-mail address is changed, every other sign-in ends, and from then on you sign in with the new address.',
  ),
  done: {
    name: { title: both('名前を変えました', 'The name was changed'), how: shownEverywhere },
    email: { title: both('メールアドレスを変えました', 'The e-mail address was changed'), how: signsIn },
    'name-email': {
      title: both('名前とメールアドレスを変えました', 'Name and e-mail address were changed'),
      how: both(shownEverywhere.ja + signsIn.ja, `${shownEverywhere.en} ${signsIn.en}`),
    },
  },
  doneAnew: both(
    'メールアドレスを変えました。前のリンクは使えません。新しいリンクです',
    'The e-mail address was changed. The earlier link no longer works; this is the new one',
  ),
  own: both(
    '自分の名前とメールアドレスは、アカウントで変えられます',
    'Change your own name and e-mail on your account',
  ),
};

export const staffWords = {
  title: both('従業者', 'Staff'),
  noMatch: both('この条件に合う従業者はいません', 'Nobody matches'),
  person: both('登録の内容', 'Entry'),
  invite: both('従業者を招く', 'Invite somebody'),
  inviteSubmit: both('招待リンクを作る', 'Make the invitation link'),
  invited: both('招待リンクができました', 'The invitation link is ready'),
  reset: both('サインインを設定し直してもらう', 'Have them set up sign-in again'),
  resetSince: both(
    'この画面を開いた後に、この人の新しいリンクが作られました。リンクは、作ったときの画面にだけ出ます。すでに本人に渡したときは、何もする必要はありません。その画面を見ていないときは、もう一度ボタンを押してください。前のリンクは使えなくなります。',
    'Since this page was opened, a new link was made for this person. A link is shown only on the page that follows its making. If it has been handed over, nothing more is needed. If you have not seen that page, press the button again: the earlier link then stops working.',
  ),
  resetDone: both('サインインを設定し直すリンクができました', 'The link to set up sign-in again is ready'),
  linkHow: both(
    'この人に直接渡してください。72時間、一度だけ使えます。ほかの人に渡ると、その人が入れてしまいます。',
    'Hand it to this person directly. It works once, within 72 hours. If somebody else gets it, they can enter.',
  ),
  link: both('リンク', 'Link'),
  onlyHere: both(
    'このリンクは、関所が動いているコンピューターでしか開けません。ほかの端末から入れるようにするには、システムの担当者に HOST と SEKISHO_URL の設定を頼み、そのあとでリンクを作り直してください。',
    'This link opens only on the computer that Sekisho runs on. To let people in from other devices, ask the person in charge of the system to set HOST and SEKISHO_URL, then make a new link.',
  ),
  roles: both('役割を変える', 'Change roles'),
  rolesSubmit: both('役割を変える', 'Change roles'),
  rolesDone: both('役割を変えました', 'The roles were changed'),
  rolesDoneAnew: both(
    '役割を変えました。前のリンクは使えません。新しいリンクです',
    'The roles were changed. The earlier link no longer works; this is the new one',
  ),
  rolesDoneHow: both('次の操作から、新しい役割で判断します。', 'The new roles apply from the next action on.'),
  unreadable: both('この登録は開けません', 'This entry cannot be opened'),
  unreadableHow: both(
    '名前かメールアドレスが、名簿の鍵で開けません。データベースが直接書き換えられたか、壊れています。この登録ではだれも入れません。終えて、必要なら新しく招いてください。',
    'The key of the directory does not open the name or the e-mail: the database was written to directly, or is damaged. Nobody can enter with this entry. End it, and invite the person again if necessary.',
  ),
  end: both('登録を終える', 'End the entry'),
  endAsk: both('この人の登録を終えますか', 'End this entry?'),
  endHow: both(
    'すぐに入れなくなり、元には戻せません。もう一度入れるには、新しく招きます。これまでの記録は残ります。',
    'They can no longer enter from this moment on, and this cannot be undone. To let them in again, invite them again. Their earlier records remain.',
  ),
  charges: both('引き継ぐもの', 'To be handed over'),
  noCharges: both(
    'この人が受け持つ台帳、窓口の案件、提供ファイルはなく、作ったトークンも残っていません。',
    'They have no holding, request at the desk or package in their hands, and no token they made is still in use.',
  ),
  resetAsk: both('この人に、サインインを設定し直してもらいますか', 'Have this person set up sign-in again?'),
  resetHow: both(
    'パスワード、認証アプリ、復旧コードは使えなくなり、会社のサインインとの結び付きも外れ、サインインは終わります。役割は変わりません。次の画面に、本人に渡すリンクが一度だけ出ます。',
    'Password, authenticator, recovery codes and any tie to the company’s sign-in stop working, and sign-ins end. Roles stay as they are. The next page shows, once, a link to hand to them.',
  ),
  anewOnlyByOfficer: both(
    'この人は個人の情報に届く役割を持っています。名前とメールアドレスを変え、サインインを設定し直すリンクを作れるのは、個人情報保護管理者だけです。',
    'This person has a role that reaches people’s information. Only a privacy officer can change their name or e-mail, or make the link to set up sign-in again.',
  ),
};

/** Says why some roles are not offered. */
export const onlyByOfficer = (given: readonly Role[], lang: Lang): string =>
  lang === 'ja'
    ? `次の役割は個人の情報に届くため、個人情報保護管理者だけが与えられます：${roleNames(given, lang)}`
    : `These roles reach people’s information, so only a privacy officer can give them: ${roleNames(given, lang)}`;

/** Says how many ended tokens are not shown. */
export const endedMore = (n: number): Bilingual =>
  both(`終わったトークンがほかに${n}件あります`, n === 1 ? 'One more token has ended' : `${n} more tokens have ended`);

export const systemWords = {
  title: both('システム', 'Systems'),
  sub: both('APIを使う自社のシステム', 'The company’s systems that use the API'),
  any: both('すべて', 'All'),
  noMatch: both('この条件に合うシステムはありません', 'No system matches'),
  clear: both('条件を外す', 'Remove the conditions'),
  add: both('システムを登録する', 'Register a system'),
  addSubmit: both('登録する', 'Register'),
  nameHint: both('例：請求システム。人の名前は入れないでください', 'For example “Billing”. Not a person’s name'),
  none: both('システムはまだありません', 'There are no systems yet'),
  noneHow: both(
    '登録すると、操作と利用目的を限ったトークンを渡せます。',
    'Once registered, a system can be given tokens bound to actions and purposes.',
  ),
  tokens: both('トークン', 'Tokens'),
  noTokens: both('トークンはありません', 'No tokens'),
  newToken: both('トークンを作る', 'Make a token'),
  tokenSubmit: both('トークンを作る', 'Make the token'),
  madeSince: (number: string): Bilingual =>
    both(
      `この画面を開いた後に、このシステムのトークン（番号 ${number}）が作られました。トークンは、作ったときの画面にだけ出ます。その画面を見ていないときは、システムの一覧でこのトークンを止めてください。別のトークンが要るときは、もう一度「トークンを作る」を押してください。`,
      `Since this page was opened, token ${number} was made for this system. A token is shown only on the page that follows its making. If you have not seen that page, revoke this token in the list of systems. If you need another one, press “Make the token” again.`,
    ),
  tokenDone: both('トークンができました', 'The token is ready'),
  tokenHow: both(
    'システムの設定に写してください。保管しているのは照合用の値だけです。',
    'Copy it into the system’s settings. Only a digest of it is stored.',
  ),
  description: both('APIの説明書（OpenAPI）', 'Description of the API (OpenAPI)'),
  revoke: both('止める', 'Revoke'),
  revokeAsk: both('このトークンを止めますか', 'Revoke this token?'),
  revokeHow: both(
    'このトークンを使う処理は、すぐに断られます。元には戻せません。',
    'Anything that uses it is refused from this moment on. This cannot be undone.',
  ),
  madeBy: both('作ったトークン', 'Tokens they made'),
  madeByLeaver: both(
    'この人がいなくなっても、使えるままです。この人は作ったときにトークンを見ているので、新しいトークンに替え、古いトークンを止めてください。',
    'They keep working after this person has left. The person saw each token when making it, so give the system a new one and revoke the old one.',
  ),
  endAsk: both('このシステムの登録を終えますか', 'End this system’s entry?'),
  endHow: both(
    'すべてのトークンが、すぐに使えなくなります。元には戻せません。',
    'All its tokens stop working at once. This cannot be undone.',
  ),
  end: both('登録を終える', 'End the entry'),
  expires: both('期限', 'Until'),
  lastUsed: both('最後に使った日', 'Last used'),
  never: both('まだ使われていません', 'Not used yet'),
  number: both('番号', 'No.'),
  systemState: both('システムの状態', 'State of the system'),
  inUse: both('使用中', 'In use'),
  revoked: both('停止', 'Revoked'),
  expired: both('期限切れ', 'Expired'),
  onlyOfficer: both(
    '個人の情報に届く操作と、台帳などの登録を書く操作を許せるのは、個人情報保護管理者だけです',
    'Only a privacy officer can allow actions that reach people’s information or write registers',
  ),
  purposesHint: both('この目的の利用だけを許します', 'Only uses for these purposes are allowed'),
};

export const daysWord = (days: number): Bilingual => both(`${days}日`, `${days} days`);

const kindWords: Readonly<Record<string, Bilingual>> = {
  system: both('社内システム', 'A system'),
  public: both('外部の方', 'The public'),
  sekisho: both('関所', 'Sekisho'),
};

/** Name of an actor as the log refers to it, or else the kind of actor. `names` is by id. */
export function actorName(actor: string, names: ReadonlyMap<string, string>, lang: Lang): string {
  const [kind = '', id = ''] = actor.split(':');
  return names.get(id) ?? kindWords[kind]?.[lang] ?? actor;
}

/** What the log says of a member of staff, a system or a token, by the code under which the row is compared with it. */
export const saidWords: Readonly<Record<string, Bilingual>> = {
  roles: both('役割', 'roles'),
  fictional: both('架空の人かどうか', 'whether fictional'),
  entered: both('登録を済ませたかどうか', 'whether they have registered'),
  credentials: both('パスワードと認証アプリ', 'password and authenticator'),
  tie: both('会社のサインインとの結び付き', 'tie to the company’s sign-in'),
  sealed: both('名前かメールアドレス', 'name or e-mail'),
  since: both('登録の日時', 'when it was made'),
  until: both('終了の日時', 'when it ended'),
  sha256: both('名前かトークンの値', 'name, or the token itself'),
  version: both('版', 'version'),
  system: both('システム', 'system'),
  purposes: both('目的', 'purposes'),
  actions: both('操作', 'actions'),
  lastDay: both('期限', 'last day'),
};

const notYou = both(
  '心当たりがないときは、すぐに個人情報保護管理者か運用管理者に知らせてください。',
  'If you do not recognise this, tell a privacy officer or an administrator at once.',
);

const ownerLetter = (subject: Bilingual, says: Bilingual): { subject: Bilingual; says: Bilingual } => ({
  subject,
  says: both(says.ja + notYou.ja, `${says.en} ${notYou.en}`),
});

/** Why a link was made for a new officer in addition to the existing ones. */
export const linkGroundWords: Record<LinkGround, Bilingual> = {
  lost: both(
    '個人情報保護管理者が、サインインの手段をなくした',
    'The privacy officers have lost their means of signing in',
  ),
  away: both('個人情報保護管理者と連絡がつかない', 'The privacy officers cannot be reached'),
};

/** Letter to the existing officers when a link is made for a new one. */
export const officerLetter = {
  subject: both('新しい個人情報保護管理者のリンクが作られました', 'A link was made for a new privacy officer'),
  says: both(
    'サーバーを動かす人が、新しい個人情報保護管理者を登録するリンクを作りました。理由とその後の登録は、ホームと操作の記録で見られます。あなたの登録は、何も変わりません。心当たりがないときは、すぐにサーバーを動かす人に確かめてください。',
    'The person who runs the server made a link to register a new privacy officer. Home and the log show the reason, and who registers with it. Nothing about your own entry has changed. If you do not recognise this, ask the person who runs the server at once.',
  ),
};

/** Letter to those who may manage systems about tokens that end soon. */
export const endingLetter = {
  subject: both('まもなく期限の切れるトークンがあります', 'Tokens end soon'),
  says: both(
    '期限が切れると、そのトークンを使うシステムや毎晩の記録の書き出しは、断られて止まります。どのシステムのトークンかは、ホームで見られます。新しいトークンに替え、古いトークンを止めてください。',
    'When a token ends, the system that uses it is refused and stops, as does a nightly export of the log. Home names the systems. Give each a new token, and revoke the old one.',
  ),
};

/** How many tokens end, and the first day, such as `2件、最初の期限は2026年12月31日`. */
export const endingNumber = (n: number, first: Day): Bilingual =>
  n === 1
    ? both(`1件、期限は${writtenDay(first, 'ja')}`, `1 token, until ${writtenDay(first, 'en')}`)
    : both(`${n}件、最初の期限は${writtenDay(first, 'ja')}`, `${n} tokens, the first until ${writtenDay(first, 'en')}`);

/** Letters to the owner of an account when their way in is changed. */
export const ownerLetters = {
  email: ownerLetter(
    both('サインインのメールアドレスが変わりました', 'Your e-mail address for signing in was changed'),
    both(
      '関所へのサインインに使うメールアドレスが、ほかのアドレスに変わりました。これからのお知らせは、新しいアドレスに届きます。',
      'The e-mail address that you use to sign in to Sekisho was changed to another one. From now on, notices go to the new address.',
    ),
  ),
  password: ownerLetter(
    both('パスワードが変わりました', 'Your password was changed'),
    both('関所のパスワードが変わりました。', 'Your password for Sekisho was changed.'),
  ),
  recoveryCodes: ownerLetter(
    both('復旧コードを作り直しました', 'You have new recovery codes'),
    both(
      '関所の復旧コードを作り直しました。前の復旧コードは使えません。',
      'New recovery codes were made for Sekisho. The old ones no longer work.',
    ),
  ),
  reset: ownerLetter(
    both('新しいリンクを作りました', 'A new link was made for you'),
    both(
      '関所のパスワードと認証アプリの登録、会社のサインインとの結び付きを消し、入り直すためのリンクを作りました。リンクは、作った人が直接お渡しします。',
      'Your Sekisho password, authenticator and any tie to the company’s sign-in were removed, and a link was made with which you can enter again. The person who made it will hand it to you.',
    ),
  ),
  tie: ownerLetter(
    both('会社のサインインに結び付けました', 'You are tied to the company’s sign-in'),
    both(
      '関所のあなたの登録を、会社のサインインのアカウントに結び付けました。そのアカウントで関所に入れます。',
      'Your entry at Sekisho was tied to an account at the company’s sign-in. You can enter Sekisho with that account.',
    ),
  ),
  untie: ownerLetter(
    both('会社のサインインとの結び付きを外しました', 'You are no longer tied to the company’s sign-in'),
    both(
      '関所のあなたの登録と、会社のサインインのアカウントとの結び付きを外しました。関所のパスワードで入ります。',
      'The tie between your entry at Sekisho and an account at the company’s sign-in was removed. You sign in with your Sekisho password.',
    ),
  ),
  tieAlone: ownerLetter(
    both('会社のサインインだけで入るようになりました', 'You sign in only through the company’s sign-in'),
    both(
      '関所のパスワード、認証アプリ、復旧コードを消しました。会社のサインインだけで入ります。',
      'Your Sekisho password, authenticator and recovery codes were removed. You sign in only through the company’s sign-in.',
    ),
  ),
  enterTied: ownerLetter(
    both('会社のサインインで登録しました', 'You registered through the company’s sign-in'),
    both(
      'あなたのリンクで、関所の登録を会社のサインインのアカウントに結び付けました。',
      'With your link, your entry at Sekisho was tied to an account at the company’s sign-in.',
    ),
  ),
  enter: ownerLetter(
    both('パスワードと認証アプリを登録しました', 'Your password and authenticator are set'),
    both(
      'あなたのリンクで、関所のパスワードと認証アプリを登録しました。',
      'With your link, a Sekisho password and an authenticator were set.',
    ),
  ),
};
