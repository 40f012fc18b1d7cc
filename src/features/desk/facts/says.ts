// Why something may not happen to a request, in both languages, as a problem of the field it is about.

import { both, type Bilingual } from '../../../base/bilingual.ts';
import type { Day } from '../../../base/day.ts';
import type { FieldProblem } from '../../../base/outcome.ts';
import { deskDays } from './clocks.ts';

export const says = {
  lateArrival: both('受け付けた日より後の日は書けません', 'It cannot be later than the day it was registered'),
  afterNext: both(
    '用紙を送った日か、書類が届いた日より後です',
    'It is later than the day the form was posted or the papers came',
  ),
  kindFixed: both(
    '用紙を送った後や書類が届いた後は、種類を変えられません。請求した人に確かめて取り下げてもらい、正しい種類で受け付け直してください',
    'The kind cannot be changed once the form was sent or papers came. Ask the requester to withdraw the request, and register it again with the right kind',
  ),
  easedAlready: both(
    'すでに、書面に代わる方法で進めています',
    'It is already being handled by an alternative to an ordinary letter',
  ),
  notEased: both(
    '書面に代わる方法にはなっていません',
    'It is not being handled by an alternative to an ordinary letter',
  ),
  answerSent: both(
    '答えを送ったので、この請求で変わることはもうありません',
    'The answer has gone out, so this no longer changes anything about the request',
  ),
  unamended: both('変わったところがありません', 'Nothing has changed'),
  begun: both('この請求は、すでに受け付けています', 'The request has been registered already'),
  unbegun: both('まだ受け付けていない請求です', 'The request has not been registered'),
  closed: both('この請求は終わっています', 'The request is closed'),
  notClosed: both('この請求は、まだ終わっていません', 'The request is not closed yet'),
  future: both('今日より後の日は書けません', 'It cannot be later than today'),
  early: both('前の段階の日より前です', 'It is earlier than the day of the previous step'),
  kind: both(
    '特定個人情報について、この種類の請求はありません（番号法30条2項）',
    'There is no request of this kind about specific personal information (Numbering Act Art. 30(2))',
  ),
  acknowledged: both(
    '受け付けたことは、すでに知らせています',
    'The requester has already been told that the request has come',
  ),
  formFirst: both(
    '用紙を送ると、受け付けたことも伝わります。用紙を送ってください',
    'Sending the form also tells them that the request has come. Send the form',
  ),
  noName: both(
    '開示、訂正、利用の停止などの請求では、請求したのが本人か代理人であることを確かめるので（法37条1項、施行令12条3号）、氏名のない手紙では受け付けられません。相談・苦情（法40条）としてなら受け付けられます',
    'For disclosure, correction, stopping the use and the like, it is checked that the requester is the person or an agent (APPI Art. 37(1), Order Art. 12(iii)), so a letter without a name cannot be registered as such a request. It can be registered as a question or complaint (APPI Art. 40)',
  ),
  noAddress: both(
    '開示、訂正、利用の停止などの請求では、本人か代理人であることを書類で確かめ（法37条1項、施行令12条3号）、結果を知らせるので、返信先のない手紙では受け付けられません。相談・苦情（法40条）としてなら受け付けられます',
    'For disclosure, correction, stopping the use and the like, papers show that the requester is the person or an agent (APPI Art. 37(1), Order Art. 12(iii)), and the result is told to them, so a letter without an address to answer to cannot be registered as such a request. It can be registered as a question or complaint (APPI Art. 40)',
  ),
  unreachable: both(
    '返信先がないので、送れません。返信先が分かったら、先に「返信先が分かったら」で記録してください',
    'There is no address to answer to, so nothing can be sent. If one becomes known, first record it with “When there is an address to answer to”',
  ),
  reachable: both('返信先の記録があります', 'There is an address to answer to on record'),
  withdrawnAlready: both(
    '取り下げられた請求です。改めて届いた手紙として受け付けてください',
    'The request was withdrawn. Register the letter as a new one',
  ),
  addressedLate: both(
    '書類を消去した後なので、この相談では答えられません。新しい相談として受け付けてください',
    'The papers have been erased, so it cannot be answered under this number. Register it as a new question or complaint',
  ),
  noForm: both('この請求に用紙は要りません', 'This request needs no form'),
  easedForm: both(
    '書面に代わる方法で受け付けた請求です。用紙は求められません（37条4項）',
    'It was taken by an alternative to an ordinary letter: no form may be asked for (37(4))',
  ),
  sent: both('用紙は、すでに送っています', 'The form has been sent already'),
  answered: both('すでに決定しています', 'It has been decided already'),
  noPapers: both('書類がまだ届いていません', 'No papers have come yet'),
  consultation: both('相談では、本人の情報を見ません', 'Nobody’s information is looked at for a consultation'),
  identified: both('本人の確認は済んでいます', 'The identity has been checked already'),
  unidentified: both(
    '先に本人か代理人であることを確かめてください',
    'First check that the requester is the person or an agent',
  ),
  waiting: both('足りない書類を待っています', 'Missing papers have not come yet'),
  undismissable: both(
    '相談は却下できません。答えを書いてください',
    'A consultation cannot be dismissed. Write the answer',
  ),
  notLacking: both(
    '足りないものを求めて待っている請求ではありません。先に不足を知らせてください',
    'Nothing that was asked for is being awaited. First tell the person what is missing',
  ),
  untoldEnd: both(
    'いつまで待つかを知らせていません。先に「不足を知らせる」で知らせ直してください',
    'The person was not told how long you will wait. First tell them again with “Tell them what is missing”',
  ),
  stillWaiting: both(
    '手紙で知らせた日まで待ってください。却下できるのは、その次の日からです',
    'Wait until the day given in the letter. The request can be dismissed from the following day',
  ),
  notNo: both(
    'この理由では、法律の答えが「不可」になりません。法律が決めていないことは、個人情報保護管理者が相談で判断します',
    'On this ground the law’s answer is not “no”. What the law leaves open is judged by the privacy officer in a consultation',
  ),
  wrongForm: both('所定の用紙が届いていません', 'The right form has not come'),
  unreadable: both('届いた書類が読めません', 'The papers cannot be read'),
  feeShort: both('手数料が足りません', 'The fee is not paid in full'),
  feeOpen: both(
    '手数料が届いていません。先に手紙でお願いし、届いてから進みます',
    'The fee has not come. First ask for it by letter, and go on once it has come',
  ),
  feeEarly: both(
    '手数料は、請求した人を確かめた後にお願いします。いまは選べません',
    'The fee is asked for after the requester has been checked. It cannot be chosen now',
  ),
  feeSettled: both('足りない手数料はありません', 'No fee is missing'),
  feeAmount: both('免除するのは、足りない額のすべてです', 'What is waived is the whole of what is missing'),
  feeOver: both(
    '受け取れない手数料が届いています。先に返してください',
    'A fee was received that is not due. Return it first',
  ),
  amount: both(
    '1円以上で、預かっている額までの額を書いてください',
    'Enter an amount of 1 yen or more, up to the amount held',
  ),
  yen: both('0円以上の額を書いてください', 'Enter an amount of 0 yen or more'),
  lacks: both('足りないものを1つ以上選んでください', 'Choose at least one thing that is missing'),
  addressee: both(
    'いまも代理人かどうかに疑いがあります。手紙をだれに送るかを選んでください',
    'It is in doubt whether the agent still acts for the person. Choose to whom the letter goes',
  ),
  noAddressee: both(
    'だれに送るかを選ぶのは、代理人の請求で、本人確認書類か、代理人であることを示す書類を求めるときだけです',
    'Choose to whom it goes only for a request by an agent, when asking for an identity paper or a paper that shows the authority',
  ),
  documents: both('確かめた書類を1つ以上選んでください', 'Choose at least one document that was checked'),
  checked: both(
    '氏名、住所、有効期限のすべてを確かめてください',
    'Check the name, the address and the validity, all three',
  ),
  covered: both('個人番号などを隠したことを確かめてください', 'Confirm that My Numbers and the like have been covered'),
  represents: both(
    '法定代理人が請求できるのは、未成年者と成年被後見人についてだけです',
    'A legal representative can make a request only for a minor or an adult ward',
  ),
  noRepresents: both('法定代理人のときだけ選びます', 'Only for a legal representative'),
  authority: both('代理人であることを示す書類を選んでください', 'Choose the paper that shows the authority to act'),
  lawful: both(
    '選んだ書類では、法定代理人だと分かりません。親権や未成年後見は戸籍謄本など、成年後見は登記事項証明書などで確かめます',
    'The papers chosen do not show that they are a legal representative. Check the custody or guardianship of a minor by a family register or the like, the guardianship of an adult by a certificate of guardianship or the like',
  ),
  mandate: both('委任を受けた代理人には、委任状が要ります', 'An agent with a mandate needs a power of attorney'),
  noAuthority: both(
    '本人の請求に、代理人であることを示す書類は要りません',
    'A request by the person needs no paper of authority',
  ),
  matches: both('選んだ人が、検索で見つかった人と合いません', 'This does not match the people the search found'),
  toldApart: both(
    '条件に合う人が複数います。同じ人かどうかを何で見分けたかを選んでください',
    'More than one person matches. Choose what showed whether they are the same person',
  ),
  alone: both(
    '見分ける必要があるのは、複数の人が見つかったときだけです',
    'Needed only when more than one person was found',
  ),
  unspecified: both('先に、どの本人かを特定してください', 'First find whose information it is'),
  uncollected: both('先に、対象の情報を集めてください', 'First collect the information it is about'),
  notCollected: both('集めた項目にありません', 'This is not among what was collected'),
  unreviewed: both('決めていない項目があります', 'There are items without a decision'),
  ground: both('開示しない部分には、法律の理由を選んでください', 'Choose a legal ground for what is withheld'),
  noGround: both('開示しない部分だけに、理由を選びます', 'Choose a ground only for what is withheld'),
  result: both('この種類の請求に、この結果はありません', 'This kind of request has no such result'),
  nothingHeld: both('保有していないので、この結果にはなりません', 'Nothing is held, so this cannot be the result'),
  undecided: both('まだ決定していません', 'It has not been decided yet'),
  noEffect: both('実施するものはありません', 'There is nothing to carry out'),
  carriedOut: both('すでに実施しています', 'It has been carried out already'),
  uncarried: both('先に、決定したことを実施してください', 'First carry out what was decided'),
  notified: both('すでに知らせています', 'The person has been told already'),
  letters: both('この結果を知らせる書類がそろっていません', 'Some documents for this result are missing'),
  unnotified: both('まだ本人に知らせていません', 'The person has not been told yet'),
  posted: both('すでに送っています', 'It has been sent already'),
  neverSent: both('その方法で送ったものはありません', 'Nothing has gone out in that way'),
  notOfLink: both(
    '電子での受け渡しで選べるのは、受け取られる前なら「受け取られなかった」、受け取られた後なら「ほかの人に渡った」だけです',
    'For an electronic delivery, choose only “Not fetched in time” before it was fetched, or “Somebody else got it” after that',
  ),
  notOfWay: both(
    'この届け方に、この理由はありません。手渡したものなら「ほかの人に渡った」を、当社のメールなら「メールが戻った」か「ほかの人に渡った」を選んでください',
    'This reason does not fit how it was delivered. For what was handed over choose “Somebody else got it”; for our own e-mail “The e-mail came back” or “Somebody else got it”',
  ),
  ownMail: both(
    '当社のメールで送るように用意した答えではありません',
    'This answer was not prepared to go out by our own e-mail',
  ),
  counterUnchecked: both(
    '渡した相手が請求した人だと窓口で確かめてから渡し、そう記録してください',
    'Before handing it over, check at the desk that this is the requester, and record that',
  ),
  handed: both(
    'だれが手渡したかと、受領書に署名をもらったかを選んでください',
    'Choose who handed it over, and whether a receipt was signed',
  ),
  notHanded: both('窓口で手渡したときだけ書いてください', 'Fill this in only for what was handed over at the desk'),
  envelope: both(
    'この理由と、封筒の状態が合いません。戻った封筒なら開いていたかどうかを、行方が分からなければ「戻っていない」を選んでください',
    'The reason does not fit the state of the envelope. If it came back, choose whether it had been opened; if nobody knows where it is, choose “It has not come back”',
  ),
  postAgain: both(
    '郵送し直すときは、答えを用意し直さずに、郵送したことを記録してください',
    'To post it again, do not prepare the answer again. Record that it was posted',
  ),
  addressUnchecked: both(
    '前に送った答えは、本人に届いていません。宛先を本人に確かめてから送り、そう記録してください',
    'The earlier answer did not reach the person. Confirm the address with them before sending it, and record that',
  ),
  returnedLate: both(
    '書類も手紙の控えも消去した後なので、送り直せません。本人に連絡できたら、新しい請求として受け付けてください。ほかの人に渡ったおそれがあれば、すぐに個人情報保護管理者に知らせてください',
    'The papers and the letters on file have been erased, so it cannot be sent again. If you reach the person, register a new request. If it may have reached somebody else, tell the privacy officer at once',
  ),
  undelivered: both('まだ届けていません', 'It has not been delivered yet'),
  notAstray: both('本人に届かなかった答えはありません', 'No answer failed to reach the person'),
  noLetter: both(
    '連絡のお願いを送れるのは、手紙かメールだけです',
    'The request to get in touch goes by letter or e-mail only',
  ),
  unsought: both(
    '先に、本人に連絡してみて、「本人への連絡を記録する」で記録してください',
    'First try to reach the person, and record that with “Record an attempt to reach the person”',
  ),
  stillSeeking: both(
    `最後に連絡してみた日から${deskDays.waits}日待ってください。終えられるのは、その次の日からです`,
    `Wait for ${deskDays.waits} days after the last attempt to reach the person. It can be closed from the following day`,
  ),
  until: both('いまの期限より後の日を書いてください', 'Enter a day after the present deadline'),
  untilOver: both('今日より後の日を書いてください', 'Enter a day after today'),
  tooLong: both(
    `届いた日から${deskDays.extensionMonths}か月より後には延ばせません。遅滞なく答えるための、当社の決まりです`,
    `It cannot be extended beyond ${deskDays.extensionMonths} months from arrival. That is our own rule for answering without delay`,
  ),
  erased: both('書類は、すでに消去しています', 'The papers have been erased already'),
  keep: both('書類を消去する日になっていません', 'It is not yet the day to erase the papers'),
} satisfies Record<string, Bilingual>;

export type Says = keyof typeof says;

export const no = (field: string, what: Says): FieldProblem => ({ field, says: says[what] });

/** The first of these conditions that is met, as a problem. */
export function firstOf(...cases: readonly (readonly [boolean, string, Says])[]): FieldProblem | null {
  const found = cases.find(([is]) => is);
  return found ? no(found[1], found[2]) : null;
}

const latest = (...days: readonly (Day | null | undefined)[]): Day =>
  days
    .flatMap((d) => d ?? [])
    .toSorted()
    .at(-1)!;

export const notBefore = (on: Day, ...floor: readonly (Day | null | undefined)[]): readonly [boolean, string, Says] => [
  on < latest(...floor),
  'on',
  'early',
];
