// The tasks of the guide, in chapters. Buttons, fields and pages are named by the words of their own features, so that a renamed one is renamed here.

import { both } from '../../../base/bilingual.ts';
import { accountWords, personWords as staffPersonWords, staffWords, systemWords } from '../../access/index.ts';
import { acquisitionWords } from '../../acquisition/index.ts';
import { logWords, readersTitle, readerWords, verifyWords } from '../../audit/index.ts';
import { beyondWords } from '../../beyond/index.ts';
import { consentWords } from '../../consent/index.ts';
import { consultationWords, questionOf } from '../../consultation/index.ts';
import { dateWords } from '../../date/index.ts';
import {
  boardWords,
  caseWords,
  deskPresses,
  deskStepWords,
  newRequestWords,
  textFormWords,
  textWords,
} from '../../desk/index.ts';
import { homeWords } from '../../home/index.ts';
import { jointUsesWords, jointUseWords } from '../../joint-use/index.ts';
import { holdingPresses, holdingWords, ledgerWords, purposeChangeWords, purposeWords } from '../../ledger/index.ts';
import { changeWords, historyWords, peopleWords, personWords, receiptWords, sameWords } from '../../people/index.ts';
import { draftWords, publicTitle } from '../../policy/index.ts';
import { packageWords, provisionWords, recipientChoiceWords } from '../../provision/index.ts';
import { measureWords, recipientWords } from '../../recipients/index.ts';
import { relatedWords } from '../../related/index.ts';
import { transmissionWords } from '../../transmission/index.ts';
import type { Chapter, Page, Step, Task } from './guide.ts';

/** The page of one question of the checkpoint. */
const question = (id: string): Page => ({ href: `/ask/${id}`, name: questionOf(id)!.title });

const account: Page = { href: '/account', name: accountWords.title };
const verify: Page = { href: '/verify', name: verifyWords.title };
const readers: Page = { href: '/log/readers', name: readersTitle };
const consultations: Page = { href: '/ask/consultations', name: consultationWords.consultations };
const texts: Page = { href: '/consents/texts', name: consentWords.texts };
const acquire: Page = { href: '/acquisitions/new', name: acquisitionWords.acquireTitle };
const consent: Page = { href: '/consents/new', name: consentWords.record };

const CASE = '/desk/:id';
const EVENT = '/desk/:id/:event';
const PERSON = '/people/:id';

/** Finding a person and opening their page, as several tasks begin. */
const find: Step = {
  at: '/people',
  does: ['/people/search'],
  named: [peopleWords.submit],
  says: both(
    '{at}の画面に氏名や電話番号などを入れて{0}を押し、見つかった本人の画面を開きます。開いただけでは、情報は閉じたままです。',
    'On {at}, enter a name, a telephone number or the like, press {0}, and open the page of the person found. Their information stays closed.',
  ),
};

const daily: Task[] = [
  {
    id: 'morning',
    title: both('毎朝', 'Each morning'),
    when: both('仕事を始めるとき', 'When you start work'),
    may: 'home:read',
    steps: [
      {
        at: '/',
        named: [homeWords.tasks],
        says: both(
          '{at}の{0}を、上から順に片付けます。仕事の名前を押すと、その画面が開きます。',
          'On {at}, work through {0} from the top. The name of a task opens the page where it is done.',
        ),
      },
      {
        at: '/',
        later: [homeWords.deadlines],
        says: both(
          '4週間以内に期限があるときは、同じ画面の{0}に並びます。間に合わないものがないかを見ます。',
          'What is due within four weeks is listed under {0} on the same page. See that nothing will be late.',
        ),
      },
      {
        at: '/',
        named: [homeWords.toPrint],
        says: both('紙で配るときは、{0}を開いて印刷します。', 'To hand it round on paper, open {0} and print it.'),
      },
    ],
  },
  {
    id: 'readers',
    title: both('毎週：情報を開いた人を見る', 'Each week: see who opened information'),
    when: both(
      '週の初め。ホームに仕事として出たときは、すぐに',
      'At the start of a week, or at once when home lists it as a task',
    ),
    may: 'log:read',
    steps: [
      {
        at: readers,
        says: both(
          '{at}を開き、ふだんよりはるかに多く開いた人に印が付いていないかを見ます。',
          'Open “{at}” and see whether anybody is marked as having opened far more than usual.',
        ),
      },
      {
        at: readers,
        on: '/log/readers/:id',
        does: ['/log/readers/:id'],
        later: [readerWords.found, readerWords.lookedInto],
        says: both(
          '印のある人の画面を開き、本人に理由を尋ねます。{0}を選んで、{1}を押します。',
          'Open the page of a marked reader and ask them why. Choose {0}, then press {1}.',
        ),
      },
    ],
  },
  {
    id: 'desk-report',
    title: both('毎月：窓口の報告', 'Each month: the report of the desk'),
    when: both('月が替わったとき', 'When a month has ended'),
    may: 'requests:read',
    steps: [
      {
        at: '/desk',
        named: [boardWords.report],
        says: both(
          '{at}で{0}を開き、月を選びます。人の名前は出ません。',
          'On {at}, open {0} and choose the month. It names nobody.',
        ),
      },
      {
        at: { href: '/desk/report', name: boardWords.report },
        says: both(
          '{at}をPDFかExcelで保存し、責任者に渡します。',
          'Save {at} as a PDF or for Excel, and hand it to the person in charge.',
        ),
      },
      {
        at: '/desk',
        named: [boardWords.everything],
        says: both(
          '一つ一つの請求は、終わったものも、{at}の{0}で、番号、結果、届いた日から探せます。',
          'To look at single requests, also those that are over, open {0} on {at} and search by number, outcome or day of arrival.',
        ),
      },
    ],
  },
  {
    id: 'check-recipients',
    title: both('毎年：提供先と委託先を確かめる', 'Each year: check the recipients'),
    when: both(
      'ホームの期限に確認が出たとき（法25条、28条3項）',
      'When home says that a check is due (APPI Art. 25, Art. 28(3))',
    ),
    may: 'recipients:write',
    steps: [
      {
        at: '/recipients',
        on: '/recipients/:id/checks/new',
        does: ['/recipients/:id/checks/new'],
        named: [recipientWords.addCheck, recipientWords.record],
        says: both(
          '{at}で相手を選び、{0}を開きます。約束した措置を続けているかを書き、{1}を押します。',
          'On {at}, choose the recipient and open {0}. Say whether it keeps what it promised, then press {1}.',
        ),
      },
      {
        at: '/recipients',
        on: '/recipients/:id',
        does: ['/recipients/:id/stop', '/recipients/:id/assurances/:assurance/end'],
        named: [recipientWords.stop, recipientWords.end],
        says: both(
          '守っていないと分かったら、{at}で相手を選び、{0}を押します。契約などが終わったときは、その根拠の{1}を押します。',
          'If it does not, choose it on {at} and press {0}. When a contract or the like is over, press {1} beside it.',
        ),
      },
      {
        at: '/recipients',
        later: [recipientWords.addCheck, measureWords.returned],
        says: both(
          '止めた相手や契約などの終わった相手に渡した情報が、すべて返却・消去されたら、{at}でその相手の{0}を開き、{1}を選んで、それを示す書面を書きます。',
          'When all that was given to a stopped recipient, or to one whose contract is over, has been returned or erased, choose it on {at}, open {0}, choose {1} and name the document that shows it.',
        ),
      },
      {
        at: '/recipients',
        does: ['/recipients/:id/records/:record/confirm'],
        later: [recipientWords.confirm],
        says: both(
          'システムが記録した根拠や確認を確かめる仕事がホームに出たときは、{at}でその相手を選び、契約などと照らし合わせて{0}を押します。',
          'When home asks you to confirm what a system recorded, choose the recipient on {at}, compare the record with the contract or the like, and press {0}.',
        ),
      },
      {
        at: '/recipients',
        does: ['/recipients/:id/resume'],
        later: [recipientWords.resume],
        says: both(
          '止めた相手に再び渡せると確かめたときは、{at}でその相手を選び、{0}を押します。',
          'Once it is certain that a stopped recipient may be given information again, choose it on {at} and press {0}.',
        ),
      },
      {
        at: '/countries',
        on: '/country-reports/new',
        does: ['/country-reports/new', '/commission-page'],
        named: [recipientWords.addReport, recipientWords.pageCheck],
        says: both(
          '外国の相手については、{at}で{0}を開き、その国の制度を調べて書きます。調べる先のページが移っていないかも確かめ、{1}を押して残します。',
          'For recipients abroad, open {0} on {at} and write what you found out about the country. Check also that the page where such findings are published has not moved, and press {1}.',
        ),
      },
    ],
  },
  {
    id: 'review-ledger',
    title: both('毎年：台帳を見直す', 'Each year: review the ledger'),
    when: both(
      '見直しの時期が来たとき、項目や置き場が変わったとき',
      'When a review is due, or items or places have changed',
    ),
    may: 'ledger:write',
    steps: [
      {
        at: '/ledger',
        on: '/ledger/:id',
        named: [holdingWords.confirm],
        says: both('{at}で台帳を1つ選び、{0}を押します。', 'Choose a holding on {at} and press {0}.'),
      },
      {
        at: '/ledger',
        on: '/ledger/:id/edit',
        does: ['/ledger/:id/edit'],
        named: [holdingPresses.save],
        says: both(
          '実際と違うところを直し、{0}を押します。違いがなければ、そのまま押します。確かめたことが記録に残ります。',
          'Correct what is no longer so, then press {0}. If all is right, press it as it is: the log keeps that it was confirmed.',
        ),
      },
      {
        at: '/ledger',
        on: '/ledger/:id',
        does: ['/ledger/:id/retire'],
        named: [holdingWords.retire],
        says: both(
          '使わなくなった台帳は、{at}で選び、{0}を押します。情報が残っている間は廃止できません。',
          'Choose a holding that is no longer used on {at} and press {0}. It cannot be retired while it still has people.',
        ),
      },
    ],
  },
];

const fromPeople: Task[] = [
  {
    id: 'telephone',
    title: both('電話で、本人だと名乗る人から問い合わせがあった', 'A person says by telephone who they are'),
    when: both(
      '自分の情報を見たい、直したい、消してほしいと言われたとき',
      'When they want to see, correct or erase their information',
    ),
    may: 'home:read',
    steps: [
      {
        says: both(
          '氏名や番号を言われても、その人の情報があるかどうかを答えません。本人でない人に教えると、漏えいになります（法23条）。',
          'Whatever name or number they give, do not say whether anything about them is held. Told to somebody else, that is a leak (APPI Art. 23).',
        ),
      },
      {
        at: { href: '/policy', name: publicTitle },
        says: both(
          '請求のしかたと宛先は、{at}に書いてあるとおりに案内します。',
          'Tell them how and where to make a request, as the {at} says.',
        ),
      },
      {
        at: '/desk',
        on: '/desk/new',
        does: ['/desk/new'],
        named: [boardWords.add, newRequestWords.eased],
        says: both(
          '書面では難しいと言われたとき、質問や苦情のときは、{at}で{0}を開いて受け付けます。書面が難しい人には、{1}に印を付けます（法37条4項）。',
          'If a letter is difficult for them, or they have a question or a complaint, open {0} on {at} and register it. For the former, tick {1} (APPI Art. 37(4)).',
        ),
      },
    ],
  },
  {
    id: 'letter',
    title: both('手紙やメールが届いた', 'A letter comes'),
    when: both('開示、訂正、利用の停止などの求めや、苦情が届いたとき', 'When a request or a complaint arrives'),
    may: 'requests:write',
    steps: [
      {
        at: '/desk',
        on: '/desk/new',
        does: ['/desk/new'],
        named: [boardWords.add, newRequestWords.register],
        says: both(
          '{at}で{0}を開き、求めていること、差出人、届いた日を書いて、{1}を押します。期限は、届いた日から数えます。',
          'On {at}, open {0}, fill in what is asked, who sent it and the day it arrived, then press {1}. Deadlines count from that day.',
        ),
      },
      {
        at: '/desk',
        on: CASE,
        does: [EVENT],
        named: [deskPresses['forms-sent']!],
        says: both(
          '請求なら、請求の画面で送り状、用紙、宛名ラベルを印刷して送り、{0}を押します。',
          'For a request, print the cover letter, the form and the label on its page, post them, then press {0}.',
        ),
      },
      {
        at: '/desk',
        later: [deskPresses.acknowledged!],
        does: [EVENT],
        says: both(
          '用紙を送らない苦情や質問などは、受け付けたことを知らせます。請求の画面に{0}が出ている間は、まだ知らせていません。',
          'For a complaint or a question, which needs no form, tell the sender that it has come. While {0} is on its page, they have not been told.',
        ),
      },
    ],
  },
  {
    id: 'papers',
    title: both('請求の用紙と書類が届いた', 'The form and papers of a request come'),
    when: both('送った用紙が返ってきたとき', 'When the form that went out comes back'),
    may: 'requests:write',
    steps: [
      {
        at: '/desk',
        on: CASE,
        does: [EVENT],
        named: [deskPresses['papers-received']!],
        says: both(
          '{at}でその請求を開き、届いた日、用紙、金額を書いて、{0}を押します。',
          'Open the request on {at}, fill in the day, the form and the amount, then press {0}.',
        ),
      },
      {
        at: '/desk',
        on: CASE,
        does: ['/desk/:id/scans', EVENT],
        named: [deskPresses.identified!],
        says: both(
          '本人か、代理人として請求できる人かを書類で確かめ、{0}を押します。写しの個人番号などは、黒く塗ってから入れます。ほかの人に答えると漏えいになります（法23条）。',
          'Confirm by the papers that it is the person or their lawful agent, then press {0}. Cover My Numbers on a copy before you add it. An answer to somebody else is a leak (APPI Art. 23).',
        ),
      },
      {
        at: '/desk',
        on: CASE,
        does: [EVENT],
        named: [deskStepWords['papers-short']],
        later: [deskPresses['papers-short']!],
        says: both(
          '足りないものがあれば、{0}を選び、足りないものに印を付けて{1}を押し、できた手紙を送ります。',
          'If something is missing, choose {0}, tick what it is, press {1}, and post the letter.',
        ),
      },
    ],
  },
  {
    id: 'answer',
    title: both('請求に答える', 'Answer a request'),
    when: both('本人の確認が済んだとき', 'When the identity is confirmed'),
    may: 'requests:write',
    steps: [
      {
        at: '/desk',
        on: CASE,
        does: [EVENT],
        named: [deskPresses.specified!, deskPresses.collected!],
        says: both(
          '{at}で請求を開き、{0}でその人の記録を選び、{1}で情報を集めます。見分けられないときは選ばずに、手がかりを手紙で尋ねます。',
          'Open the request on {at}, choose the person’s records with {0}, and gather the information with {1}. If you cannot tell them apart, choose none and ask by letter.',
        ),
      },
      {
        at: '/desk',
        on: CASE,
        does: [EVENT],
        named: [consultationWords.answer],
        later: [deskPresses['carried-out']!],
        says: both(
          '調べたことに答えて、{0}を押します。訂正、停止、消去を決めたときは、次に出る{1}を押すまで、情報は変わりません。',
          'Answer what you found out and press {0}. A correction, a stop or an erasure changes nothing until you press {1}, which comes next.',
        ),
      },
      {
        at: '/desk',
        on: CASE,
        does: [EVENT],
        may: 'requests:decide',
        named: [caseWords.others, deskStepWords.dismissed],
        later: [deskStepWords['fee-waived']],
        says: both(
          '求めに応じない決定をします。請求できない人の求めは、{0}の{1}で終え、手数料が足りないまま進めるときは、そこに出る{2}を選びます。',
          'Refusing what is asked. If the person may not ask for it, choose {1} under {0}; to go on although the fee is short, choose {2}, which is listed there.',
        ),
      },
      {
        at: '/desk',
        on: CASE,
        does: [EVENT],
        named: [deskPresses.notified!, deskPresses.delivered!],
        says: both(
          '決定の通知を印刷して{0}を押し、送ったら{1}を押します。宛先は、封をする前に確かめます。',
          'Print the notice of the decision and press {0}; once it is posted, press {1}. Check the address before you seal the envelope.',
        ),
      },
      {
        at: '/desk',
        on: CASE,
        does: ['/desk/:id/parcel', EVENT],
        named: [deskPresses.closed!],
        says: both(
          '届かなかったという知らせがなければ、{0}を押します。',
          'If nothing says that it did not arrive, press {0}.',
        ),
      },
    ],
  },
  {
    id: 'change-of-course',
    title: both('請求の途中で事情が変わった', 'A request takes another course'),
    when: both(
      '答えが届かない、期限に間に合わない、取り下げると言われた、手数料が多かったときなど',
      'The answer did not arrive, the time is too short, it is withdrawn, too much was paid',
    ),
    may: 'requests:write',
    steps: [
      {
        at: '/desk',
        on: CASE,
        does: [EVENT],
        named: [caseWords.others, deskStepWords.extended, deskStepWords.assigned],
        later: [deskStepWords.withdrawn, deskStepWords.refunded],
        says: both(
          '請求の画面の{0}を開き、{1}、{2}などを選びます。そのときできることだけが並びます。取下げなら{3}、返すお金があれば{4}です。',
          'On its page, open {0} and choose {1}, {2} or another. Only what can be done now is listed: for a withdrawal {3}, for money to return {4}.',
        ),
      },
      {
        at: '/desk',
        does: [EVENT],
        later: [deskStepWords.undelivered],
        says: both(
          '封筒が戻ったとき、ほかの人に渡ったときは、送った後に出る{0}を選びます。ほかの人に渡ったおそれがあれば、すぐに個人情報保護管理者にも知らせます（法26条）。',
          'If the envelope came back or somebody else got it, choose {0}, which is there once it was sent. If somebody else may have got it, tell the privacy officer at once too (APPI Art. 26).',
        ),
      },
      {
        at: '/desk',
        does: [EVENT],
        later: [deskStepWords.sought],
        says: both(
          '届かなかった答えは、本人に電話などで連絡して、どこに届けるかを尋ねます。連絡が取れなくても、そのたびに{0}で残します。手紙やメールの文は、請求のあることがほかの人に分からないものを、そこで作れます。本人だと分かるまで、請求のことは言いません（法23条）。',
          'For an answer that did not arrive, contact the person by telephone or otherwise and ask where it can go. Record each attempt with {0}, also one in vain. The form makes a letter or an e-mail for it from which nobody else learns that there is a request. Say nothing of the request until you know that it is the person (APPI Art. 23).',
        ),
      },
    ],
  },
  {
    id: 'receipt',
    title: both('本人に控えを渡す', 'Give a person a receipt'),
    when: both(
      '預かった情報の控えや、消去の証明を求められたとき',
      'When somebody asks for a receipt or a certificate of erasure',
    ),
    may: 'people:receipt',
    steps: [
      find,
      {
        at: '/people',
        on: PERSON,
        named: [historyWords.title, historyWords.receipt],
        says: both(
          '本人の画面の{0}から、渡したい扱いの{1}を開きます。',
          'On the page of the person, under {0}, open the {1} of the entry.',
        ),
      },
      {
        at: '/people',
        on: '/people/:id/receipts/:entry',
        does: ['/people/:id/receipts/:file'],
        named: [receiptWords.give],
        says: both(
          '{0}の下でPDFの言語を選び、できたファイルを、本人と確かめた人にだけ渡します。',
          'Under {0}, choose the language of the PDF, and give the file only to somebody confirmed to be the person.',
        ),
      },
    ],
  },
  {
    id: 'verify',
    title: both('控えを見せられて、本物かと聞かれた', 'A person shows a receipt'),
    when: both(
      '控え、消去の証明書、書き出した記録を受け取ったとき',
      'When you are given a receipt, a certificate of erasure or an export',
    ),
    may: 'home:read',
    steps: [
      {
        says: both(
          'ファイルで受け取ります。紙に印刷したものは、この方法では確かめられません。',
          'Take it as a file. A printout cannot be checked in this way.',
        ),
      },
      {
        at: verify,
        named: [verifyWords.file],
        says: both(
          '{at}を開き、{0}に選びます。ファイルは、どこにも送られません。',
          'Open “{at}” and choose it as {0}. The file is not sent anywhere.',
        ),
      },
      {
        says: both(
          '一致しても、持ってきた人が本人とは限りません。情報について話す前に、窓口で本人かどうかを確かめます。',
          'Even if it is good, whoever brings it need not be the person. Have the desk confirm who they are before you speak of any information.',
        ),
      },
    ],
  },
  {
    id: 'correct',
    title: both('請求によらずに、情報を直す、消す', 'Correct or erase without a request'),
    when: both(
      '誤りに気づいたとき、要らなくなったとき（法22条）',
      'When you notice a mistake, or it is no longer needed (APPI Art. 22)',
    ),
    may: 'people:correct',
    steps: [
      find,
      {
        at: '/people',
        on: '/people/:id/correct',
        does: ['/people/:id/correct'],
        named: [changeWords.ground, changeWords.save],
        says: both(
          '直すときは、本人の画面で訂正を開き、新しい内容と{0}を書いて、{1}を押します。',
          'To correct, open the correction from the person’s page, fill in what is new and {0}, then press {1}.',
        ),
      },
      {
        at: '/people',
        on: '/people/:id/erase',
        does: ['/people/:id/erase'],
        named: [changeWords.eraseGround, changeWords.eraseNow],
        says: both(
          '消すときは、本人の画面で消去を開き、{0}を選んで、{1}を押します。元には戻せません。法律で残す義務のあるものは、先に確かめます。',
          'To erase, open the erasure from the person’s page, choose {0}, then press {1}. It cannot be undone. First make sure that no law requires it to be kept.',
        ),
      },
    ],
  },
  {
    id: 'same-person',
    title: both('同じ人の記録が2つある', 'One person has two entries'),
    when: both(
      '会員番号などで、同じ本人だと確かめられたとき',
      'When a membership number or the like shows that they are the same',
    ),
    may: 'people:link',
    steps: [
      find,
      {
        at: '/people',
        on: '/people/:id/link',
        does: ['/people/:id/link'],
        named: [sameWords.other, sameWords.way, sameWords.compare],
        says: both(
          '本人の画面で結び付けを開き、{0}と{1}を書いて、{2}を押します。氏名が同じだけでは結び付けません。',
          'Open the link from the person’s page, fill in {0} and {1}, then press {2}. The same name alone is not enough.',
        ),
      },
    ],
  },
  {
    id: 'consent',
    title: both('同意を得た、やめてほしいと言われた', 'A person consents, or asks to stop'),
    when: both(
      '同意の書面やメールを受け取ったとき、やめてほしいと言われたとき',
      'When a consent comes in, or somebody asks that something stop',
    ),
    may: 'consents:write',
    steps: [
      {
        at: consent,
        does: ['/consents/new'],
        named: [consentWords.chooseText],
        later: [consentWords.save],
        says: both(
          '{at}を開き、{0}に答え、本人と同意した日を書いて{1}を押します。示した文面と同じ版を選びます。',
          'Open “{at}”, answer {0}, fill in the person and the day, and press {1}. Choose the version that was shown.',
        ),
      },
      {
        at: { href: '/consents/import', name: consentWords.import },
        does: ['/consents/import'],
        named: [consentWords.importSave],
        says: both(
          '大勢の書面の同意は、{at}でCSVファイルを選び、{0}を押します。',
          'For many consents on paper, choose a CSV file under “{at}” and press {0}.',
        ),
      },
      {
        at: { href: '/consents/objections/new', name: consentWords.objectionTitle },
        does: ['/consents/objections/new'],
        named: [consentWords.what, consentWords.save],
        says: both(
          'やめてほしいと言われたら、{at}で{0}を選び、{1}を押します。その範囲の利用や提供が、すぐに止まります。',
          'When somebody asks that something stop, choose {0} under “{at}” and press {1}. Use and provision within its scope stop at once.',
        ),
      },
      {
        at: '/consents',
        on: '/consents/:id/withdraw',
        does: ['/consents/:id/withdraw'],
        named: [consentWords.withdraw],
        says: both(
          '1つの同意だけを取り下げると言われたら、{at}でその同意を開き、{0}を押します。',
          'When only one consent is withdrawn, open it on {at} and press {0}.',
        ),
      },
    ],
  },
];

const handling: Task[] = [
  {
    id: 'may-i',
    title: both('名簿やデータを渡してよいかと聞かれた', 'Somebody asks whether they may hand on a list'),
    when: both(
      '社外の人や会社に、個人の情報を渡したいと言われたとき',
      'When personal information is to go outside the company',
    ),
    may: 'checkpoint:ask',
    steps: [
      {
        at: question('provide'),
        does: ['/ask/:question'],
        named: [consultationWords.answer],
        says: both(
          '{at}を開き、分かっていることに答えて、{0}を押します。個人の名前は書きません。',
          'Open “{at}”, answer what you know, and press {0}. Write no names of people.',
        ),
      },
      {
        says: both(
          '可なら、根拠と義務に従います。不可なら渡しません。保留は可ではありません。足りない事実を確かめて、もう一度答えます。',
          'If it is yes, keep to the grounds and duties. If it is no, hand over nothing. On hold is not yes: find out the missing facts and answer again.',
        ),
      },
      {
        later: [consultationWords.keep],
        says: both(
          '答えを残すときや、管理者の判断が要るときは、答えの下に出る{0}を押します。',
          'To keep the answer, or when the officer has to judge, press {0} below the answer.',
        ),
      },
      {
        at: '/ask',
        says: both(
          '使う、集める、消すなど、ほかのことは{at}から選びます。',
          'For other matters, such as using, collecting or erasing, choose from {at}.',
        ),
      },
    ],
  },
  {
    id: 'police',
    title: both('警察や役所から電話があった', 'The police telephone'),
    when: both(
      'ある人の住所や登録の有無などを尋ねられたとき',
      'When they ask for an address, or whether somebody is a customer',
    ),
    may: 'home:read',
    steps: [
      {
        says: both(
          '電話では、登録があるかどうかも答えません。相手が名乗ったとおりの人か、電話では分からないからです（法23条）。',
          'By telephone, do not even say whether somebody is registered: you cannot know who is calling (APPI Art. 23).',
        ),
      },
      {
        says: both(
          '所属、氏名、用件を聞き、根拠の法令を書いた文書（捜査関係事項照会書など）を送るよう頼みます。折り返すときは、公表されている代表番号にかけます。',
          'Take down office, name and matter, and ask for a letter that states the law it rests on, such as a written inquiry of an investigation. To call back, use the published number.',
        ),
      },
      {
        at: question('provide'),
        does: ['/ask/:question'],
        named: [consultationWords.answer],
        says: both(
          '文書が届いたら、{at}で、例外（法27条1項）に当たるかを確かめ、{0}を押します。',
          'When it has come, open “{at}”, state the exception (APPI Art. 27(1)), and press {0}.',
        ),
      },
      {
        at: '/people',
        on: PERSON,
        does: ['/provisions/new'],
        named: [personWords.provide],
        says: both(
          '渡すのは、本人の画面の{0}からです。根拠の法令と文書の番号を書き、照会された項目だけを渡します。',
          'Hand it over by {0} on the person’s page. State the law and the number of the letter, and give only the items that were asked for.',
        ),
      },
    ],
  },
  {
    id: 'use',
    title: both('本人の情報を開く', 'Open a person’s information'),
    when: both('連絡や発送など、決まった目的に使うとき', 'When you need it for a stated purpose'),
    may: 'people:use',
    steps: [
      find,
      {
        at: '/people',
        on: PERSON,
        does: ['/people/:id/open'],
        named: [personWords.choose, personWords.purpose, personWords.open],
        says: both(
          '要るものだけを{0}で選び、{1}を選んで、{2}を押します。だれが、何のために開いたかが記録に残ります。',
          'Choose only what you need under {0}, choose {1}, then press {2}. Who opened it, and for what, is on record.',
        ),
      },
      {
        at: '/people',
        on: PERSON,
        does: ['/uses-beyond/new'],
        later: [beyondWords.ask],
        says: both(
          '不可と出たが、人の命を守るためなど、法律の例外に当たるときは、そこに出る{0}を開き、事情を書きます。',
          'If it is refused and an exception of the law applies, such as to protect a life, open {0} there and write down the situation.',
        ),
      },
    ],
  },
  {
    id: 'acquire',
    title: both('情報を受け取って登録する', 'Take information in'),
    when: both(
      '申込書や名刺などで、個人の情報を受け取ったとき',
      'When it comes in by a form, a business card or the like',
    ),
    may: 'people:acquire',
    steps: [
      {
        at: acquire,
        does: ['/acquisitions/new', '/acquisitions'],
        named: [acquisitionWords.submit],
        says: both(
          '{at}で台帳を選び、受け取り方と受け取った項目だけを書いて、{0}を押します。',
          'Under “{at}”, choose the holding, fill in how it came and only what came, then press {0}.',
        ),
      },
      {
        at: acquire,
        named: [acquisitionWords.purposes],
        says: both(
          '{0}は、受け取るときに本人に示したか、公表していたものだけを選びます。ほかの目的には使えません（法18条）。',
          'Under {0}, choose only what was shown to the person or published then. It may be used for nothing else (APPI Art. 18).',
        ),
      },
      {
        at: acquire,
        named: [acquisitionWords.third],
        says: both(
          'ほかの会社などから受け取るときは、{0}に、相手と、相手がどう手に入れたかを書きます（法30条）。',
          'If another company gives it, fill in under {0} who they are and how they came by it (APPI Art. 30).',
        ),
      },
    ],
  },
  {
    id: 'provide',
    title: both('1人の情報を渡す', 'Hand over one person’s information'),
    when: both('関所に聞いて、渡してよいと分かったとき', 'When the checkpoint has said that it may go'),
    may: 'people:provide',
    steps: [
      find,
      {
        at: '/people',
        on: PERSON,
        named: [personWords.provide],
        says: both('本人の画面の{0}を押します。', 'Press {0} on the person’s page.'),
      },
      {
        at: '/people',
        on: '/provisions/new',
        does: ['/provisions/new'],
        named: [recipientChoiceWords.whom],
        later: [provisionWords.handOver],
        says: both(
          '{0}と渡す項目を選びます。可と出たら、{1}を押します。表示された内容は、閉じると二度と出ません。',
          'Choose {0} and the items. If it is yes, press {1}. What is shown then is not shown again once closed.',
        ),
      },
    ],
  },
  {
    id: 'package',
    title: both('大勢の情報を渡す', 'Hand over the information of many people'),
    when: both('発送や委託などで、名簿を相手に渡すとき', 'When a list goes to a recipient, such as for a mailing'),
    may: 'people:provide',
    steps: [
      {
        at: '/packages',
        on: '/packages/new',
        does: ['/packages/new'],
        named: [packageWords.add, packageWords.who],
        later: [packageWords.draft],
        says: both(
          '{at}で{0}を開き、台帳、相手、{1}を選びます。関所の答えを見て、{2}を押します。',
          'On {at}, open {0} and choose the holding, the recipient and {1}. See the checkpoint’s answer, then press {2}.',
        ),
      },
      {
        at: '/packages',
        on: '/packages/:id',
        does: ['/packages/:id/people', '/packages/:id/screening', '/packages/:id/request'],
        named: [packageWords.addThem, packageWords.screening, packageWords.request],
        says: both(
          '名簿で渡すときは本人の番号を入れて{0}を押します。{1}を見て、{2}を押します。',
          'For a list, enter the ids of the persons and press {0}. See {1}, then press {2}.',
        ),
      },
      {
        at: '/packages',
        on: '/packages/:id',
        does: ['/packages/:id/approve', '/packages/:id/decline'],
        later: [packageWords.approve, packageWords.decline],
        says: both(
          '頼んだ人とは別の人が、相手と人数と鍵を確かめ、{0}か{1}を押します。自分のかかわったものは、承認できません。',
          'Somebody other than the person who asked checks recipient, number and key, and presses {0} or {1}. Nobody approves what they had a hand in.',
        ),
      },
      {
        at: '/packages',
        on: '/packages/:id',
        does: ['/packages/:id/file', '/packages/:id/close'],
        named: [packageWords.download, packageWords.close],
        says: both(
          '用意ができたら{0}を押し、相手に渡して、{1}を押します。',
          'Once it is ready, press {0}, deliver the file, and press {1}.',
        ),
      },
      {
        at: '/packages',
        on: '/packages/:id',
        does: ['/packages/:id/cancel'],
        named: [packageWords.cancel],
        says: both('渡すのをやめるときは、{0}を押します。', 'To give it up, press {0}.'),
      },
    ],
  },
  {
    id: 'related',
    title: both('クッキーの番号や閲覧履歴を渡す、受け取る', 'Cookie numbers and browsing histories go out or come in'),
    when: both(
      'だれのものか分からない情報を、広告会社などとやり取りするとき（法31条）',
      'When information that does not say whose it is goes to or comes from another company (APPI Art. 31)',
    ),
    may: 'people:provide',
    steps: [
      {
        at: '/related',
        on: '/related/collections/new',
        does: ['/related/collections/new', '/related/collections/:id/edit', '/related/collections/:id/retire'],
        named: [relatedWords.register, relatedWords.save],
        says: both(
          'まだ登録のないものは、先に{at}で{0}を開き、項目を書いて{1}を押します。',
          'If it is not registered yet, first open {0} on {at}, fill in the items and press {1}.',
        ),
      },
      {
        at: '/related',
        on: '/related/collections/:id',
        does: ['/related/provisions/new'],
        named: [relatedWords.provide],
        later: [relatedWords.provideDo],
        says: both(
          '渡すときは、{at}でまとまりを選び、{0}を押します。可と出たら、{1}を押します。相手が個人と結び付けるなら、本人の同意を先に確かめます。',
          'To provide, choose the collection on {at} and press {0}; if it is yes, press {1}. If the recipient will link it to people, first confirm that they consented.',
        ),
      },
      {
        at: '/related',
        on: '/related/collections/:id',
        does: ['/related/receipts/new', '/related/links/new'],
        named: [relatedWords.receive],
        later: [relatedWords.receiveDo],
        says: both(
          '受け取るときは、{0}を押し、相手と同意を書きます。可と出たら、{1}を押します。',
          'To receive, press {0} and state the provider and the consent; if it is yes, press {1}.',
        ),
      },
    ],
  },
  {
    id: 'my-number',
    title: both('マイナンバーを扱う', 'A My Number comes up'),
    when: both(
      'マイナンバーを受け取る、使う、渡す、捨てるとき',
      'When one is to be collected, used, handed on or disposed of',
    ),
    may: 'checkpoint:ask',
    steps: [
      {
        says: both(
          '番号の事務の担当でなければ、受け取らず、写しも取りません（番号法20条）。担当者に引き継ぎます。',
          'Unless it is your task, do not take it or copy it (Numbering Act Art. 20). Pass the matter to those whose task it is.',
        ),
      },
      {
        at: question('ask-my-number'),
        does: ['/ask/:question'],
        named: [consultationWords.answer],
        says: both(
          '求めてよいかは、{at}に答えて{0}を押すと分かります。',
          'Whether you may ask for one, “{at}” tells you: answer it and press {0}.',
        ),
      },
      {
        at: question('verify-identity'),
        named: [consultationWords.answer],
        says: both(
          '受け取ったら、{at}に答え、{0}を押して、書類の組み合わせが足りるかを確かめます。',
          'When you have received one, answer “{at}” about the papers and press {0} to see whether they are enough.',
        ),
      },
      {
        at: '/ask',
        says: both(
          '使う、渡す、委託する、捨てるときも、{at}で先に確かめます。',
          'Before you use, hand on, entrust or dispose of one, ask on {at} too.',
        ),
      },
    ],
  },
];

const registers: Task[] = [
  {
    id: 'judge',
    title: both('判断を求められた', 'A judgement is asked for'),
    when: both(
      '法令だけでは決まらない相談が残されたとき',
      'When a consultation was kept that the law alone does not settle',
    ),
    may: 'judgements:write',
    steps: [
      {
        at: consultations,
        on: '/ask/consultations/:id',
        named: [consultationWords.judge],
        says: both(
          '{at}で待っている相談を開き、うかがった事実を読んで、{0}を押します。',
          'Open the one that waits on {at}, read the facts, and press {0}.',
        ),
      },
      {
        at: '/judgements',
        on: '/judgements/new',
        does: ['/judgements/new'],
        named: [consultationWords.judged, consultationWords.why, consultationWords.until, consultationWords.record],
        says: both(
          '{0}、{1}、{2}に答え、{3}を押します。有効な判断は、{at}に並びます。',
          'Answer {0}, {1} and {2}, then press {3}. Judgements are listed on {at}.',
        ),
      },
    ],
  },
  {
    id: 'new-data',
    title: both('新しい種類のデータを集める', 'A new source of data'),
    when: both('新しい申込書、アンケート、サービスを始める前に', 'Before a new form, survey or service begins'),
    may: 'ledger:write',
    steps: [
      {
        at: question('acquire'),
        named: [consultationWords.answer],
        says: both(
          '{at}で、集めてよいか、本人に何を示すかを確かめ、{0}を押します。',
          'Under “{at}”, see whether it may be collected and what people must be told, and press {0}.',
        ),
      },
      {
        at: '/ledger',
        on: '/ledger/new',
        does: ['/ledger/new'],
        named: [ledgerWords.add, holdingPresses.register],
        says: both(
          '{at}で{0}を開き、目的、項目、置き場、保存の期間を書いて、{1}を押します。方針にない目的なら、先に方針を変えます。',
          'On {at}, open {0}, fill in purposes, items, place and retention, then press {1}. If the policy does not state the purpose, change the policy first.',
        ),
      },
      {
        at: texts,
        on: '/consents/texts/new',
        does: ['/consents/texts/new', '/consents/texts/:code/:version/start'],
        named: [consentWords.newText],
        later: [consentWords.starting],
        says: both(
          '同意が要るものは、{at}で{0}を開いて文面を書き、読み返してから{1}を押します。使い始めた文面は変えられません。',
          'Where consent is needed, open {0} on {at}, write the text, read it again and press {1}. A text in force cannot be changed.',
        ),
      },
    ],
  },
  {
    id: 'other-purpose',
    title: both('集めた情報を、別の目的にも使う', 'Use what was collected for another purpose'),
    when: both(
      '集めたときに伝えた目的とは別の使い方をしたいとき',
      'When it is to serve a purpose that people were not told of',
    ),
    may: 'ledger:write',
    steps: [
      {
        at: question('purpose-change'),
        named: [consultationWords.answer],
        says: both(
          '{at}で、関連する目的かどうかを確かめ、{0}を押します（法17条2項）。',
          'Under “{at}”, see whether the purposes are related, and press {0} (APPI Art. 17(2)).',
        ),
      },
      {
        at: '/ledger',
        on: '/ledger/:id',
        named: [purposeWords.more],
        says: both(
          '関連していれば、本人に知らせるか公表します。それから{at}で台帳を選び、{0}を押します。',
          'If they are, notify the persons or publish it. Then choose the holding on {at} and press {0}.',
        ),
      },
      {
        at: '/ledger',
        on: '/ledger/:id/purpose',
        does: ['/ledger/:id/purpose'],
        named: [purposeChangeWords.reason, purposeChangeWords.announcedOn, purposeChangeWords.record],
        says: both(
          '{0}と{1}などを書き、{2}を押します。関連していなければ、本人の同意を得ます（法18条1項）。',
          'Fill in {0}, {1} and the rest, then press {2}. If they are not related, obtain consent (APPI Art. 18(1)).',
        ),
      },
    ],
  },
  {
    id: 'policy',
    title: both('会社の方針を変える', 'Our policy changes'),
    when: both(
      '利用目的、会社の名前、窓口などが変わるとき',
      'When purposes, the name of the company, the desk or the like change',
    ),
    may: 'policy:propose',
    steps: [
      {
        at: { href: '/living-policy/versions', name: draftWords.versions },
        named: [draftWords.write, draftWords.rewrite],
        does: ['/living-policy/new', '/living-policy/company'],
        says: both(
          '{at}で{0}を押します。会社と窓口の名前や宛先だけなら、{1}を押します。',
          'On {at}, press {0}; if only names and addresses of the company and the desk change, {1}.',
        ),
      },
      {
        at: { href: '/living-policy/new', name: draftWords.write },
        named: [draftWords.check],
        later: [draftWords.propose],
        says: both(
          '文を書き換えて{0}を押し、変わるところと、法律の求めを満たさない指摘を見ます。よければ、{1}を押します。',
          'Change the text and press {0} to see what changes and where the law asks for more. If it is right, press {1}.',
        ),
      },
      {
        at: { href: '/living-policy/versions', name: draftWords.versions },
        does: ['/living-policy/versions/:version/approve'],
        later: [draftWords.approve],
        says: both(
          '{at}で提案された版を開き、施行日を決めて、{0}を押します。施行日から、公表ページも用紙も新しくなります。',
          'On {at}, open the proposed version, set the day and press {0}. From that day the public page and the forms are new too.',
        ),
      },
    ],
  },
  {
    id: 'recipient',
    title: both('新しい相手に渡す、任せる', 'A new recipient or contractor'),
    when: both('社外の相手に、初めて個人の情報を渡す前に', 'Before personal information first goes to a new party'),
    may: 'recipients:write',
    steps: [
      {
        at: '/recipients',
        on: '/recipients/new',
        does: ['/recipients/new', '/recipients/:id/edit'],
        named: [recipientWords.add, recipientWords.register],
        says: both(
          '{at}で{0}を開き、名称、住所、代表者、国、関係を書いて、{1}を押します。',
          'On {at}, open {0}, fill in name, address, representative, country and relation, then press {1}.',
        ),
      },
      {
        at: '/recipients',
        on: '/recipients/:id/assurances/new',
        does: ['/recipients/:id/assurances/new'],
        named: [recipientWords.addAssurance, recipientWords.record],
        says: both(
          '委託や外国の相手なら、登録した相手の画面で{0}を開き、契約や認証を書いて、{1}を押します。これがないと渡せません（法25条、28条）。',
          'For a contractor or a party abroad, open {0} on its page, write down the contract or certificate, then press {1}. Without it nothing may go there (APPI Art. 25, Art. 28).',
        ),
      },
    ],
  },
  {
    id: 'joint-use',
    title: both('ほかの会社と共に使う', 'Use data jointly with other companies'),
    when: both(
      '共同利用を始める、変える、終えるとき（法27条5項3号）',
      'When a joint use begins, changes or ends (APPI Art. 27(5)(iii))',
    ),
    may: 'joint-uses:write',
    steps: [
      {
        at: '/joint-uses',
        on: '/joint-uses/new',
        does: ['/joint-uses/new', '/joint-uses/:id/edit'],
        named: [jointUsesWords.add],
        says: both(
          '{at}で{0}を開き、項目、範囲、目的、責任者を書きます。',
          'On {at}, open {0} and fill in items, scope, purposes and the party responsible.',
        ),
      },
      {
        at: '/joint-uses',
        on: '/joint-uses/:id',
        does: ['/joint-uses/:id/publish'],
        later: [jointUseWords.publish],
        says: both(
          '案の画面で、すべての事項がそろったことを見て、{0}を押します。公表するまで、共有できません。',
          'On the page of the draft, see that everything is complete, then press {0}. Nothing may be shared before that.',
        ),
      },
      {
        at: '/joint-uses',
        on: '/joint-uses/:id',
        does: ['/joint-uses/:id/change', '/joint-uses/:id/end'],
        later: [jointUseWords.change, jointUseWords.end],
        says: both(
          '公表した後は、その画面の{0}か{1}を押します。',
          'Once it is published, press {0} or {1} on its page.',
        ),
      },
    ],
  },
  {
    id: 'web-site',
    title: both('ウェブサイトにタグを入れる', 'A tag goes on a web site'),
    when: both(
      '利用者の情報を外に送る仕組みを、サイトに入れる前に（電気通信事業法27条の12）',
      'Before something that sends visitors’ information elsewhere is put on a site (TBA Art. 27-12)',
    ),
    may: 'transmissions:write',
    steps: [
      {
        at: '/transmissions',
        on: '/transmissions/new',
        does: ['/transmissions/new', '/transmissions/:id/edit'],
        named: [transmissionWords.addSite],
        says: both(
          'まだ登録のないサイトなら、{at}で{0}を開いて登録します。',
          'If the site is not registered, open {0} on {at} and register it.',
        ),
      },
      {
        at: '/transmissions',
        on: '/transmissions/:id',
        does: ['/transmissions/:id/tags/new', '/transmissions/:id/tags/:tag/edit'],
        named: [transmissionWords.addTag],
        says: both(
          '{at}でサイトを選び、{0}を開いて、何を、だれに、何のために送るかを書きます。可と出るまで、タグは動きません。',
          'Choose the site on {at}, open {0}, and write what goes to whom, for what. The tag stays stopped until the answer is yes.',
        ),
      },
    ],
  },
  {
    id: 'letter-texts',
    title: both('手紙の文を変える', 'Change the sentences of the letters'),
    when: both('窓口の手紙や用紙の言い回しを直すとき', 'When letters or forms of the desk should say something else'),
    may: 'letters:write',
    steps: [
      {
        at: { href: '/desk/texts', name: textWords.title },
        on: '/desk/texts/:group',
        does: ['/desk/texts/:group/preview', '/desk/texts/:group'],
        named: [textFormWords.preview, textFormWords.save],
        says: both(
          '{at}でまとまりを選び、文を直します。{0}で見本を確かめ、{1}を押します。',
          'Choose a group on {at} and change the sentences. Look at the sample with {0}, then press {1}.',
        ),
      },
    ],
  },
];

const organisation: Task[] = [
  {
    id: 'joins',
    title: both('従業者が入る、役割が変わる', 'Somebody joins, or their roles change'),
    when: both('関所を使う人が増えたとき、仕事が変わったとき', 'When somebody is to use Sekisho, or does other work'),
    may: 'staff:write',
    steps: [
      {
        at: '/staff',
        on: '/staff/new',
        does: ['/staff/new'],
        named: [staffWords.invite, staffWords.inviteSubmit],
        says: both(
          '{at}で{0}を開き、役割を選んで、{1}を押します。リンクは、その人に直接渡します。ほかの人に渡ると、その人が入れてしまいます。',
          'On {at}, open {0}, choose the roles and press {1}. Hand the link to the person directly: anybody who has it can enter.',
        ),
      },
      {
        at: '/staff',
        on: '/staff/:id',
        does: ['/staff/:id', '/staff/:id/person'],
        named: [staffWords.rolesSubmit, staffPersonWords.title],
        says: both(
          '仕事が変わったときは、その人の画面で役割を選び直し、{0}を押します。氏名などは、{1}で直します。',
          'When their work changes, choose the roles anew on their page and press {0}. For a new name or address, use {1}.',
        ),
      },
    ],
  },
  {
    id: 'leaves',
    title: both('従業者が辞める、異動する', 'Somebody leaves'),
    when: both('最後の日までに', 'By their last day'),
    may: 'staff:write',
    steps: [
      {
        at: '/staff',
        on: '/staff/:id/end',
        named: [staffWords.end, staffWords.charges],
        says: both(
          '{at}でその人を選び、{0}を押します。次の画面の{1}を、先にほかの人に替えます。',
          'Choose them on {at} and press {0}. First give what the next page lists under {1} to somebody else.',
        ),
      },
      {
        at: '/staff',
        on: '/staff/:id/end',
        does: ['/staff/:id/end'],
        named: [staffWords.end],
        says: both(
          '引き継いだら、もう一度{0}を押します。すぐに入れなくなります。',
          'When that is done, press {0} again. They cannot enter any more.',
        ),
      },
      {
        at: '/systems',
        on: '/systems/:id/token',
        does: ['/systems/:id/token', '/systems/tokens/:id/revoke'],
        named: [systemWords.tokenSubmit, systemWords.revoke],
        says: both(
          'その人の作ったトークンは、{at}で{0}を押して新しいものに替え、古いものは{1}を押します。',
          'Replace the tokens they made: on {at}, make a new one with {0}, then press {1} on the old one.',
        ),
      },
    ],
  },
  {
    id: 'lost-sign-in',
    title: both('サインインできないと言われた', 'Somebody cannot sign in'),
    when: both('パスワードを忘れた、スマートフォンをなくしたとき', 'When a password is forgotten or a phone is lost'),
    may: 'staff:write',
    steps: [
      {
        says: both(
          '電話だけで頼まれたときは、すぐに応じません。会うなどして、その人かどうかを確かめます。',
          'If it is asked for by telephone only, do not do it at once. Make sure who it is, such as by meeting them.',
        ),
      },
      {
        at: '/staff',
        on: '/staff/:id/reset',
        does: ['/staff/:id/reset'],
        named: [staffWords.reset],
        says: both(
          '{at}でその人を選び、{0}を押します。前のサインインはすべて終わります。できたリンクを直接渡します。',
          'Choose them on {at} and press {0}. Every former sign-in ends. Hand them the link directly.',
        ),
      },
    ],
  },
  {
    id: 'system',
    title: both('社内のシステムをつなぐ', 'Connect a system of the company'),
    when: both('業務システムが関所を使うとき、つなぐのをやめるとき', 'When a system is to use Sekisho, or no longer'),
    may: 'systems:write',
    steps: [
      {
        at: '/systems',
        on: '/systems/new',
        does: ['/systems/new'],
        named: [systemWords.add, systemWords.addSubmit],
        says: both(
          '{at}で{0}を開き、名前を書いて、{1}を押します。',
          'On {at}, open {0}, write its name and press {1}.',
        ),
      },
      {
        at: '/systems',
        on: '/systems/:id/token',
        does: ['/systems/:id/token'],
        named: [systemWords.newToken, systemWords.tokenSubmit],
        says: both(
          '{0}を開き、要る操作と目的だけを選んで、{1}を押します。トークンは一度しか出ません。メールで送らず、システムの設定に写します。',
          'Open {0}, choose only the actions and purposes it needs, and press {1}. The token is shown once: copy it into the system’s settings, never into a mail.',
        ),
      },
      {
        at: '/systems',
        on: '/systems/:id/end',
        does: ['/systems/:id/end'],
        named: [systemWords.end],
        says: both('使わなくなったら、{0}を押します。', 'When it is no longer used, press {0}.'),
      },
    ],
  },
  {
    id: 'audit',
    title: both('記録を確かめる、書き出す', 'Check and export the log'),
    when: both('監査のとき、記録を社外に預けるとき', 'In an audit, or when the log is deposited elsewhere'),
    may: 'log:export',
    steps: [
      {
        at: '/log',
        does: ['/log/verify'],
        named: [logWords.verify],
        says: both(
          '{at}で{0}を押します。不一致と出たら、すぐに個人情報保護管理者と運用管理者に知らせます。',
          'On {at}, press {0}. If it does not agree, tell the privacy officer and the administrator at once.',
        ),
      },
      {
        at: '/log',
        does: ['/log/export'],
        named: [logWords.export],
        says: both(
          '{0}を押し、ファイルを関所とは別の場所に置きます。後から書き換えられていないことを、それで示せます。',
          'Press {0} and keep the file away from Sekisho. It shows later that nothing was rewritten.',
        ),
      },
      {
        at: verify,
        named: [verifyWords.file, verifyWords.since],
        says: both(
          '次のときは、新しいファイルを{at}の{0}に、前のファイルを{1}に選びます。',
          'Next time, choose the new file as {0} and the former one as {1} on “{at}”.',
        ),
      },
    ],
  },
  {
    id: 'date',
    title: both('日付の確認を求められた', 'Sekisho asks whether the date is right'),
    when: both('サーバーの時計が大きく進んだとき', 'When the server’s clock has leapt ahead'),
    may: 'date:confirm',
    steps: [
      {
        at: { href: '/date', name: dateWords.title },
        does: ['/date'],
        says: both(
          'カレンダーで今日の日付を確かめてから、{at}を開きます。違っていれば何も押さず、運用管理者に時計を直してもらいます。押すと、期限の過ぎたものが消えます。',
          'Look up today’s date elsewhere, then open “{at}”. If the two differ, press nothing and have the administrator correct the clock. Pressing erases what has passed its time.',
        ),
      },
    ],
  },
  {
    id: 'account',
    title: both('自分のサインインを守る', 'Look after your own sign-in'),
    when: both(
      '初めて入った日、パスワードが知られたかもしれないとき',
      'On your first day, or when your password may be known to others',
    ),
    may: 'home:read',
    steps: [
      {
        at: account,
        does: ['/account/recovery-codes'],
        named: [accountWords.renew],
        says: both(
          '復旧コードを紙で持っていなければ、{at}で{0}を押し、印刷してしまっておきます。',
          'If you do not have your recovery codes on paper, press {0} on {at}, print them and put them away.',
        ),
      },
      {
        at: account,
        does: ['/account/password', '/account/sessions/:id/end'],
        named: [accountWords.changePassword, accountWords.sessions],
        says: both(
          'パスワードが知られたおそれがあれば、{at}で{0}を押します。{1}に覚えのないものがあれば終え、個人情報保護管理者に知らせます。',
          'If others may know your password, press {0} on {at}. End anything under {1} that you do not recognise, and tell the privacy officer.',
        ),
      },
      {
        at: account,
        does: ['/account/person'],
        named: [staffPersonWords.title],
        says: both('氏名やメールアドレスが変わったら、{0}で直します。', 'When your name or address changes, use {0}.'),
      },
    ],
  },
];

const incidents: Task[] = [
  {
    id: 'leak',
    title: both('漏えいが起きた、起きたかもしれない', 'A leak happened, or may have'),
    when: both(
      '誤送信、紛失、盗難、不正アクセスなどに気づいたとき',
      'Something was misdirected, lost or stolen, or somebody broke in',
    ),
    may: 'checkpoint:ask',
    steps: [
      {
        says: both(
          '確かでなくても、すぐに個人情報保護管理者に知らせます。消したり直したりする前に、起きたままを写真や画面の写しで残します。',
          'Tell the privacy officer at once, even if it is not certain. Before anything is deleted or mended, keep pictures of how it was.',
        ),
      },
      {
        at: question('breach'),
        does: ['/ask/:question'],
        named: [consultationWords.answer],
        says: both(
          '{at}に、分かっていることだけで答え、{0}を押します。報告の期限は、知ったときから数えます（法26条）。',
          'Answer “{at}” with what is known so far and press {0}. The time to report counts from when it was noticed (APPI Art. 26).',
        ),
      },
      {
        later: [consultationWords.keep],
        says: both(
          '答えの下に出る{0}を押し、義務と期限を管理者と確かめます。分かったことが増えたら、もう一度答えます。',
          'Press {0} below the answer, and go through the duties and days with the officer. Answer again as more becomes known.',
        ),
      },
      {
        at: readers,
        says: both(
          '{at}で、多くの情報を開いた人がいないかを調べます。',
          'See under “{at}” whether anybody opened much.',
        ),
      },
      {
        at: '/recipients',
        on: '/recipients/:id',
        does: ['/recipients/:id/stop'],
        named: [recipientWords.stop],
        says: both(
          '相手から漏れたときは、{at}でその相手を選び、{0}を押します。',
          'If it leaked from a recipient, choose it on {at} and press {0}.',
        ),
      },
      {
        at: '/systems',
        on: '/systems/tokens/:id/revoke',
        does: ['/systems/tokens/:id/revoke'],
        named: [systemWords.revoke],
        says: both(
          'トークンが知られたときは、{at}でそのトークンの{0}を押します。',
          'If a token became known, press {0} beside it on {at}.',
        ),
      },
    ],
  },
  {
    id: 'restored',
    title: both('バックアップから戻したという知らせが出た', 'Home says that a backup was restored'),
    when: both('ホームの上に知らせが出ているとき', 'While home says so at the top'),
    may: 'log:review',
    steps: [
      {
        at: '/log',
        does: ['/log/reviewed'],
        later: [homeWords.restoredReview],
        says: both(
          'ホームの知らせの{0}から{at}を開き、バックアップの後にしたことを見直して、要るものをやり直します。',
          'Open {at} by {0} in the message on home, go through what was done since the backup, and do again what is needed.',
        ),
      },
    ],
  },
];

export const chapters: readonly Chapter[] = [
  { id: 'daily', title: both('毎日、毎週、毎月、毎年', 'Every day, week, month and year'), tasks: daily },
  { id: 'people', title: both('本人から', 'From a person'), tasks: fromPeople },
  { id: 'handling', title: both('使う、受け取る、渡す', 'Using, taking in, handing over'), tasks: handling },
  { id: 'incidents', title: both('何か起きた', 'Something went wrong'), tasks: incidents },
  { id: 'registers', title: both('台帳、方針、登録', 'Ledger, policy and registers'), tasks: registers },
  { id: 'organisation', title: both('従業者、システム、記録', 'Staff, systems and log'), tasks: organisation },
];
