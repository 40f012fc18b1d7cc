// Japanese and English text of home.

import { both, type Bilingual, type Lang } from '../../base/bilingual.ts';
import { writtenDay } from '../../platform/ui/format.ts';
import type { LawEnd } from './facts.ts';

export const words = {
  home: both('ホーム', 'Home'),
  morning: both('朝の一枚', 'The morning sheet'),
  toPrint: both('朝の一枚（印刷用）', 'Morning sheet, for print'),
  howToPrint: both(
    'ブラウザーの印刷を使うと、メニューとボタンを除いて紙に出ます。',
    'Print it from the browser: menus and buttons stay off the paper.',
  ),
  lawEnds: both(
    'その翌日から、関所はすべての問いに保留と答えます。取得、利用、提供、訂正、消去と、請求への決定はできなくなります。それまでに関所を新しい版に替えるよう、サーバーを動かす人に頼んでください。',
    'From the next day, Sekisho will put every question on hold: acquisition, use, provision, correction, erasure and decisions on requests will stop. Ask the person who runs the server to replace Sekisho with a newer version before then.',
  ),
  lawEnded: both(
    '関所はすべての問いに保留と答えます。取得、利用、提供、訂正、消去と、請求への決定はできませんが、請求の期限はその間も進みます。関所を新しい版に替えるよう、サーバーを動かす人に頼んでください。',
    'Sekisho puts every question on hold: acquisition, use, provision, correction, erasure and decisions on requests have stopped. Ask the person who runs the server to replace Sekisho with a newer version. The deadlines of requests keep running.',
  ),
  restored: both('バックアップから戻しました', 'A backup was restored'),
  restoredSays: both(
    'バックアップの後にしたことを記録で見直し、要るものをやり直してください。',
    'Review in the log what was done since the backup, and do again what is needed.',
  ),
  otherPolicies: both(
    '同じになるまで、このサーバーでは、両方の規則が許すことだけができます。サーバーの運用者に、policies/access.cedar をそろえて始め直すよう頼んでください。',
    'Until they are the same, only what both allow can be done on this server. Ask its operator to put the same policies/access.cedar there and to start it again.',
  ),
  restoredReview: both('記録を見直す', 'Review the log'),
  officerLink: both(
    'サーバーを動かす人が、新しい個人情報保護管理者のリンクを作りました',
    'The person who runs the server made a link for a new privacy officer',
  ),
  officerLinkSays: ({ at, why, came }: { at: string; why: string; came: string }): Bilingual =>
    both(
      `${at}。理由：${why}。${came === '' ? 'このリンクで登録した人は、まだいません。' : `登録した人：${came}。`}心当たりがなければ、サーバーを動かす人に確かめてください。`,
      `${at}. Reason: ${why}. ${came === '' ? 'Nobody has registered with it yet.' : `Registered with it: ${came}.`} If you do not recognise this, ask the person who runs the server.`,
    ),
  officerLinkLog: both('記録を見る', 'See the log'),
  tasks: both('今日の仕事', 'Today’s tasks'),
  taskList: both('仕事の一覧', 'List of tasks'),
  tasksOrder: both(
    '承認と決定、守れていない約束、要注意の順',
    'Approvals and decisions, broken promises, then those at risk',
  ),
  noTasks: both(
    'いま、しなければならない仕事はありません。あなたの承認や決定を待つものも、あなたが対応する約束もありません。',
    'You have no tasks at the moment. Nothing waits for your approval or decision, and there is no promise for you to correct.',
  ),
  ask: both('関所に聞く', 'Ask the checkpoint'),
  mayI: both('この情報を、この目的で扱ってよいか。', 'May I handle this information for this purpose?'),
  check: both('聞く', 'Ask'),
  recent: both('最近の答え', 'Recent answers'),
  noRecent: both('まだ答えはありません。', 'No answer yet.'),
  board: both('約束の木札', 'The board of promises'),
  openPolicy: both('生きた方針を開く', 'Open the living policy'),
  deadlines: both('近い期限', 'Deadlines ahead'),
  deadlineList: both('期限の一覧', 'List of deadlines'),
  deadlinesOf: both('今日から4週間。請求、提供先、方針', 'Four weeks: requests, recipients, the policy'),
  deadlinesSay: (late: number, ahead: number): Bilingual =>
    late === 0
      ? both(
          `今日から4週間の期限は${ahead}件です`,
          ahead === 1 ? 'One deadline in the four weeks from today' : `${ahead} deadlines in the four weeks from today`,
        )
      : both(
          `期限を過ぎたものが${late}件、今日から4週間の期限が${ahead}件あります`,
          `${late} overdue, ${ahead} in the four weeks from today`,
        ),
  noDeadlines: both('4週間以内に来る期限はありません。', 'Nothing is due within four weeks.'),
  notKept: both('守れていると言えない条項', 'clauses not known to be kept'),
  noDeadline: both('期限なし', 'No deadline'),
  when: both('期限・いつから', 'When'),
  task: both('仕事', 'Task'),
  clause: both('条項', 'Clause'),
  responsible: both('担当', 'Assigned to'),
  state: both('状態', 'State'),
  toDecide: both('判断待ち', 'to decide'),
  toSetUp: both('準備', 'to set up'),
  noPolicy: both('施行中の方針がありません', 'No policy is in force'),
  noPolicyWhy: both(
    '方針が施行されるまで、関所はどの取扱いも認めません。',
    'Until a policy is in force, the checkpoint allows no handling of information.',
  ),
  stale: both('約束の計算が止まっています', 'The promises are not being computed'),
  seeClauses: (n: number): Bilingual => both(`${n}条項を見る`, n === 1 ? 'See the clause' : `See ${n} clauses`),
  mailLost: (n: number): Bilingual =>
    both(
      `届かなかったメールが${n}通あります`,
      n === 1 ? 'One e-mail could not be delivered' : `${n} e-mails could not be delivered`,
    ),
  mailRefused: both(
    '宛先のアドレスが受け付けられませんでした。アドレスを確かめ、ほかの方法で知らせてください。',
    'The address was not accepted. Check it, and tell them in another way.',
  ),
  mailUnsent: both(
    '1日試しても送れませんでした。メールサーバーの設定を確かめ、ほかの方法で知らせてください。',
    'It could not be sent for a day. Check the settings of the mail server, and tell them in another way.',
  ),
  mailKept: (n: number): Bilingual =>
    both(
      `バックアップから戻したため、送らなかったメールが${n}通あります`,
      n === 1
        ? 'One e-mail was not sent because a backup was restored'
        : `${n} e-mails were not sent because a backup was restored`,
    ),
  mailRestored: both(
    'バックアップのときに送信を待っていたもので、その後に送られたかもしれません。要るものは、確かめてから改めて知らせてください。',
    'They waited when the backup was made, and may have gone out since. Find out what is still to be told, and tell it again.',
  ),
};

export const lawEndTitle = ({ last, over }: LawEnd, lang: Lang): string =>
  lang === 'ja'
    ? `法令データは${writtenDay(last, 'ja')}${over ? 'で終わりました' : 'までです'}`
    : `The law data ${over ? 'ended' : 'ends'} on ${writtenDay(last, 'en')}`;
