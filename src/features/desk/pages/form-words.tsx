// The texts of the short forms of a case: the label of each field, and the words around it.

import { both, type Bilingual } from '../../../base/bilingual.ts';
import type { Day } from '../../../base/day.ts';
import { writtenDay, yen } from '../../../platform/ui/format.ts';
import { deskDays } from '../facts/clocks.ts';
import type { Way } from '../facts/event.ts';
import type { Outlets } from '../facts/way.ts';
import { attemptWords } from '../words.ts';

export const labels = {
  on: both('日', 'Day'),
  form: both('届いた用紙', 'The form that came'),
  registeredMail: both('書留の番号', 'Number of the registered mail'),
  feeYen: both('届いた金額', 'Amount received'),
  method: both('答えの受け取り方', 'How they want the answer'),
  unreadable: both('読めるか', 'Legible'),
  lacks: both('足りないもの', 'What is missing'),
  addressee: both('だれに送るか', 'To whom it goes'),
  requester: both('請求した人', 'Requester'),
  represents: both('だれの法定代理人か', 'Whom they represent'),
  documents: both('確かめた書類', 'Papers checked'),
  authority: both('代理人であることを示す書類', 'Papers that show the authority'),
  'agent.name': both('代理人の氏名', 'Name of the agent'),
  'agent.address': both('代理人の住所', 'Address of the agent'),
  'agent.email': both('代理人のメールアドレス', 'E-mail address of the agent'),
  'agent.principal': both('本人の氏名', 'Name of the person'),
  checked: both('確かめたこと', 'What was checked'),
  numbersCovered: both('番号を隠したこと', 'Covering of numbers'),
  yen: both('返す金額', 'Amount to return'),
  until: both('新しい期限', 'New deadline'),
  reason: both('理由', 'Reason'),
  ground: both('却下する理由', 'Why it is dismissed'),
  to: both('担当', 'Assigned to'),
  by: both('届け方', 'How it is delivered'),
  why: both('届かなかった理由', 'Why it did not arrive'),
  kept: both('戻ったものの置き場所', 'Where what came back is kept'),
  how: both('知らせ方', 'How they were told'),
  envelope: both('封筒はどうなったか', 'What became of the envelope'),
  addressChecked: both('宛先の確認', 'Confirmation of the address'),
  handedBy: both('手渡した人', 'Who handed it over'),
  identityChecked: both('窓口での本人の確認', 'Identity check at the desk'),
  signed: both('受領書', 'Receipt'),
  letter: both('連絡のお願い', 'Request to get in touch'),
  sendTo: both('連絡のお願いの送り先', 'Where the request to get in touch goes'),
  email: both('リンクを送るアドレス', 'Address for the link'),
  arrivedOn: both('届いた日', 'Day it arrived'),
  longAgo: both('届いた日の確認', 'Confirmation of the day'),
  kind: both('求めの種類', 'What it asks for'),
  scope: both('だれの情報か', 'About whose information'),
  'sender.name': both('差出人の氏名', 'Name of the sender'),
  anonymous: both('匿名', 'Without a name'),
  unreachable: both('返信先なし', 'No address to answer to'),
  'sender.address': both('差出人の住所', 'Address of the sender'),
  'sender.email': both('差出人のメールアドレス', 'E-mail address of the sender'),
  noEmail: both('メールアドレスの消去', 'Removal of the e-mail address'),
} satisfies Record<string, Bilingual>;
export type Name = keyof typeof labels;

export const words = {
  addressee: both(
    '本人確認書類か、代理人であることを示す書類を求めるときに選びます。ほかの足りないものは、代理人に知らせます。',
    'Choose this when asking for an identity paper or a paper that shows the authority. The agent is told of anything else that is missing.',
  ),
  right: both('この請求の用紙', 'The form for this request'),
  wrong: both('別の用紙', 'Another form'),
  none: both('用紙は入っていない', 'No form'),
  notSaid: both('書かれていない', 'Not said'),
  unreadable: both('読めないところがある', 'Something cannot be read'),
  covered: both(
    '書類の個人番号、保険や年金の番号は隠してある（または、どこにも見えない）',
    'My Numbers, insurance and pension numbers on the papers are covered, or none can be seen',
  ),
  onlyKind: both(
    '書類の種類だけを残します。写しは、確認を終えると消去されます。',
    'Only the kind of paper is kept. The copies are erased when this is done.',
  ),
  agentToo: both(
    '手紙は代理人に送っています。代理人が差出人のときは、差出人について直すと、代理人についても直ります。',
    'Our letters go to the agent. If the sender is the agent, corrections to the sender apply to the agent too.',
  ),
  agentName: both(
    '答えの手紙は代理人に送ります。用紙に書いてあるとおりに書きます。',
    'Our letters go to the agent. Write it as on the form.',
  ),
  agentEmail: both('電磁的記録で渡すときのアドレス', 'For an answer that goes out electronically'),
  agentPrincipal: both(
    '代理人の手紙で受け付けたときに書きます。空欄なら、差出人が本人です。こちらから送る手紙に「ご本人」として載ります。',
    'If the letter came from the agent. If left empty, the sender is the person. The letters name the person.',
  ),
  noFee: both(
    'この請求に手数料はありません。お金が届いたときは、あとで返します。',
    'This request has no fee. If money came, return it later.',
  ),
  feeWaived: both(
    '足りない手数料は免除しました。お金が届いたときは、あとで返します。',
    'What was missing of the fee has been waived. If money came, return it later.',
  ),
  toWaive: (short: number): Bilingual =>
    both(
      `足りない${yen(short, 'ja')}を免除します。届いた分は、そのままいただきます。`,
      `This waives the ${yen(short, 'en')} that is missing. What came of the fee is kept.`,
    ),
  waiverHint: both(
    '「ほかの理由」のときは必ず書きます。手紙には載りません。この請求の書類として封をして残します。',
    'Required with “Another reason”. It goes into no letter, and is kept sealed with the papers of this request.',
  ),
  feeIs: (due: number): Bilingual => both(`手数料は${yen(due, 'ja')}（税込）`, `The fee is ${yen(due, 'en')} with tax`),
  feeCame: (due: number, held: number): Bilingual =>
    both(
      `手数料は${yen(due, 'ja')}（税込）で、${yen(held, 'ja')}がすでに届いています。改めて届いた額だけを書いてください`,
      `The fee is ${yen(due, 'en')} with tax, and ${yen(held, 'en')} of it is here. Enter only what came since`,
    ),
  whole: both('0円以上の整数で書いてください', 'Enter a whole number of yen, 0 or more'),
  noAmount: both('届いた金額を書いてください（なければ0）', 'Enter the amount received (0 if none)'),
  noReturn: both('返す金額を書いてください', 'Enter the amount to return'),
  withUs: (held: number): Bilingual => both(`預かっている額は${yen(held, 'ja')}`, `We hold ${yen(held, 'en')}`),
  methodHint: both('用紙で選ばれた方法', 'As chosen on the form'),
  reasonHint: both(
    'この文は、延ばすことを知らせる手紙にそのまま載ります。この請求の書類として封をして残します。',
    'This goes into the letter about the extension as written, and is kept sealed with the papers of this request.',
  ),
  dismissalHint: both(
    '上で選んだ理由は、手紙に載ります。付け加えることがあれば、ここに書きます。書いた文は手紙にそのまま載ります。ほかの人の情報は書きません。',
    'The letter states the ground chosen above. What you add here goes into the letter as written. Do not write anything about other people.',
  ),
  waitUntil: (until: Day): Bilingual =>
    both(
      `${writtenDay(until, 'ja')}まで待つと手紙で知らせています。選べるのは、その次の日からです`,
      `The letter says that we wait until ${writtenDay(until, 'en')}; you can choose this from the following day`,
    ),
  notAsked: both(
    `先に「不足を知らせる」で求めます。${deskDays.waits}日待っても届かなければ選べます`,
    `First ask for it with “Tell them what is missing”; you can choose this if it has not come after ${deskDays.waits} days`,
  ),
  untilHint: (last: Day, mayDecide: boolean): Bilingual =>
    mayDecide
      ? both(`${writtenDay(last, 'ja')}まで`, `${writtenDay(last, 'en')} at the latest`)
      : both(
          `${writtenDay(last, 'ja')}まで。それより後は、個人情報保護管理者が延ばします`,
          `${writtenDay(last, 'en')} at the latest; beyond that, the privacy officer extends it`,
        ),
  stays: both('空欄なら、いまの記録のまま残ります', 'What is left empty stays as it is'),
  amending: both(
    '届いた手紙を見て、違っているところだけを直します。差出人が引っ越したときも、ここで住所を替えます。いまの差出人の記録は、「書類」の「差出人」を開いて確かめられます。何を直したかは、この請求の動きに残ります。',
    'Check the letter that came and correct only what is wrong. If the sender has moved, change the address here too. To see the sender on record, open “Sender” under “Papers”. What you changed stays in the history of this request.',
  ),
  anonymous: both('氏名が書かれていない（記録の氏名は誤り）', 'It gives no name (the name on record is wrong)'),
  unreachable: both(
    '返信先が書かれていないか、書かれた返信先が実在しない（記録の住所とメールアドレスは誤り）',
    'It gives no address to answer to, or one that does not exist (the address and e-mail address on record are wrong)',
  ),
  unreachableHint: both(
    '印を付けると、答えは送らないことになります。対応は速やかに決めて残します（法40条）。',
    'If you tick this, no answer is sent. The handling is decided promptly and kept (APPI Art. 40).',
  ),
  stillNameless: both('分からなければ空欄のままにします', 'Leave it empty if it is not known'),
  eitherAddress: both('住所かメールアドレスのどちらかを書きます', 'Enter an address or an e-mail address'),
  addressedOn: both('返信先が分かった日', 'Day the address became known'),
  longAgoIs: both('この日に届いた手紙に間違いない', 'It really arrived on this day'),
  either: both(
    '新しいアドレスを書くか、記録のアドレスを消すか、どちらかにしてください',
    'Either enter a new address or remove it',
  ),
  noEmail: both(
    '記録のメールアドレスは誤りで、ほかのアドレスもない',
    'The address on record is wrong and there is no other',
  ),
  addressChecked: both(
    '宛先を本人に確かめた（違っていたときは「受付の誤りを直す」で直した）',
    'The address was confirmed with the person (if it was wrong, it was corrected under “Correct the registration”)',
  ),
  handed: both('窓口で手渡したとき', 'If it was handed over at the desk'),
  slip: both('受領書（PDF）', 'Receipt to sign (PDF)'),
  slipSays: both(
    '渡す前に受領書を印刷し、渡した相手に、日付と名前をその場で書いてもらいます。署名のある受領書は、この請求の書類と一緒に紙で保管します。',
    'Print the receipt before you hand the answer over, and have the person write the day and their name on it there and then. Keep the signed receipt on paper with the papers of this request.',
  ),
  identityChecked: both(
    '本人確認書類の原本などで、請求した人（代理人が請求したときは代理人）だと窓口で確かめてから渡した',
    'Before it was handed over, it was checked at the desk, by the original of an identity paper or the like, that this was the requester (or the agent who made the request)',
  ),
  keptHint: both(
    '鍵のかかる所に置き、その場所を書きます。この請求の書類として封をして残します',
    'Lock it away and write where. This is kept sealed with the papers of this request',
  ),
  sought: both('連絡の方法', 'How they were contacted'),
  soughtLetter: both(
    '手紙かメールに「連絡のお願い」の文を使う',
    'Use the words of the request to get in touch for the letter or e-mail',
  ),
  soughtLetterHint: both(
    '請求のことは何も書かれていません。自分で書いて送ったときは、印を外します',
    'They say nothing of the request. Untick this if you wrote and sent your own',
  ),
  sendToHint: both(
    '空欄なら、差出人（代理人が請求したときは代理人）の記録にある住所かメールアドレスへ送ります。台帳にあるほかの住所やアドレスに送るときに書きます',
    'If left empty, it goes to the address or e-mail address on record for the sender (or the agent who made the request). Enter another one from the ledger to send it there',
  ),
  noSendTo: both(
    '手紙かメールで「連絡のお願い」を送るときだけ書いてください',
    'Fill this in only to send the request to get in touch by letter or e-mail',
  ),
  soughtResult: both('連絡の結果', 'What came of it'),
  soughtHint: both(
    '出なかった、返事を待っている、など。この請求の書類として封をして残します',
    'Such as no answer, or waiting for a reply. Kept sealed with the papers of this request',
  ),
  unlessHanded: both('窓口で手渡したときは要りません', 'Not needed if it was handed over at the desk'),
  signed: both('受領の署名をもらった', 'A receipt was signed'),
  unsigned: both('署名はもらっていない', 'No receipt was signed'),
  required: both('理由を書いてください', 'Write the reason'),
  noAgent: both('代理人が請求したときだけ書いてください', 'Fill this in only for a request by an agent'),
  noLink: both('電磁的記録で渡すときだけ書いてください', 'Fill this in only for an electronic record'),
  emailHint: both(
    '電磁的記録で渡すときだけ。空欄なら、差出人の記録にあるアドレスへ送ります',
    'For an electronic record only. If left empty, the link goes to the address on record for the sender',
  ),
};

/** What becomes of the request to get in touch, by how it goes. */
export const soughtWords = ({
  mail,
}: Pick<Outlets, 'mail'>): Record<'email' | 'letter', { name: Bilingual; note: Bilingual }> => ({
  email: {
    name: attemptWords.email.name,
    note: mail
      ? both(
          '「連絡のお願い」は、記録すると関所からすぐに送られます',
          'The request to get in touch is sent from Sekisho as soon as you record this',
        )
      : both(
          '「連絡のお願い」のPDFができます。その文を、当社のメールに写して送ります',
          'The request to get in touch is made as a PDF. Copy its words into an e-mail of our own',
        ),
  },
  letter: {
    name: attemptWords.letter.name,
    note: both(
      '「連絡のお願い」のPDFができます。印刷して、会社の名前だけの封筒で郵送します',
      'The request to get in touch is made as a PDF. Print it and post it in an envelope that names only the company',
    ),
  },
});

export const wayWords: Record<Way, { label: Bilingual; note: Bilingual }> = {
  post: {
    label: both('郵送する', 'By post'),
    note: both('印刷して封筒に入れます', 'Printed and put into an envelope'),
  },
  electronic: {
    label: both('電磁的記録で渡す', 'As an electronic record'),
    note: both(
      'リンクをメールで、コードを手紙か電話で知らせます。ファイルは暗号化します',
      'A link by e-mail, a code by letter or telephone; the files are encrypted',
    ),
  },
  visit: {
    label: both('窓口で手渡す', 'Hand it over at the desk'),
    note: both(
      '印刷しておき、来訪した人を窓口で改めて確かめてから渡します',
      'Printed; whoever comes is checked again at the desk before it is handed over',
    ),
  },
  'own-mail': {
    label: both('当社のメールで送る', 'By our own e-mail'),
    note: both(
      '手紙のPDFを取り出し、パスワードをかけてメールに添えます。パスワードは電話か郵便で知らせます',
      'Download the letters as PDF, protect them with a password and attach them to an e-mail. Give the password by telephone or by post',
    ),
  },
};

export const mailOff = both(
  '関所からメールを送る設定がないため選べません',
  'Mail from Sekisho is not set up, so this cannot be chosen',
);
