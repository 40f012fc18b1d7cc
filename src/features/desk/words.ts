// Japanese and English text of the desk, in words for somebody who has never read the Act; the article follows.

import { both, type Bilingual, type Lang } from '../../base/bilingual.ts';
import { listed } from '../../platform/ui/format.ts';
import type { LetterName } from './actions/drafts.ts';
import type {
  Addressee,
  Attempt,
  AuthorityDocument,
  Channel,
  Check,
  DismissalGround,
  Envelope,
  EventBody,
  EventName,
  Hearing,
  IdentityDocument,
  ItemDecision,
  Lack,
  Method,
  Requester,
  UndeliveredReason,
  WaiverGround,
  WithholdingGround,
} from './facts/event.ts';
import type { Kind, Scope } from './facts/kind.ts';
import type { Pressure } from './facts/pressing.ts';
import type { OpeningReason, Request } from './facts/request.ts';
import type { AnswerDocument, Result } from './facts/result.ts';
import type { Stage, State } from './facts/stage.ts';
import type { PaperKind } from './tables.ts';

/** What a request is called, what its letter says in plain words, and the article of the right. */
export const kindWords: Record<Kind, { name: Bilingual; asks: Bilingual; right: Bilingual }> = {
  disclosure: {
    name: both('開示', 'Disclosure'),
    asks: both('自分の情報を見せてほしい', 'Show me the information you hold about me'),
    right: both('保有個人データの開示（法33条1項）', 'disclosure of retained personal data (APPI Art. 33(1))'),
  },
  'record-disclosure': {
    name: both('第三者提供記録の開示', 'Disclosure of provision records'),
    asks: both(
      '自分の情報を、だれに渡し、だれから受け取ったかの記録を見せてほしい',
      'Show me the records of whom my information went to or came from',
    ),
    right: both('第三者提供記録の開示（法33条5項）', 'disclosure of provision records (APPI Art. 33(5))'),
  },
  correction: {
    name: both('訂正・追加・削除', 'Correction'),
    asks: both(
      '内容が事実と違うので、直す、足す、削るなどしてほしい',
      'It is not true: correct it, add to it or delete it',
    ),
    right: both('内容の訂正、追加、削除（法34条1項）', 'correction, addition or deletion (APPI Art. 34(1))'),
  },
  'stop-use': {
    name: both('利用の停止', 'Stop using'),
    asks: both('使うのをやめてほしい', 'Stop using my information'),
    right: both('利用の停止（法35条1項、5項）', 'stopping the use (APPI Art. 35(1), (5))'),
  },
  erasure: {
    name: both('消去', 'Erasure'),
    asks: both('消してほしい', 'Erase my information'),
    right: both('消去（法35条1項、5項）', 'erasure (APPI Art. 35(1), (5))'),
  },
  'stop-provision': {
    name: both('第三者への提供の停止', 'Stop providing'),
    asks: both('ほかの会社や人に渡すのをやめてほしい', 'Stop giving my information to others'),
    right: both(
      '第三者への提供の停止（法35条3項、5項）',
      'stopping the provision to third parties (APPI Art. 35(3), (5))',
    ),
  },
  'purpose-notice': {
    name: both('利用目的の通知', 'Notice of purposes'),
    asks: both('何のために使っているか教えてほしい', 'Tell me what you use my information for'),
    right: both('利用目的の通知（法32条2項）', 'notice of the purposes of use (APPI Art. 32(2))'),
  },
  'foreign-information': {
    name: both('外国の提供先の措置', 'Measures of recipients abroad'),
    asks: both(
      '外国の会社に渡した情報が、どう守られているか教えてほしい',
      'Tell me how a company abroad protects my information',
    ),
    right: both('外国の提供先の措置の情報（法28条3項）', 'information on measures abroad (APPI Art. 28(3))'),
  },
  consultation: {
    name: both('相談・苦情', 'Question or complaint'),
    asks: both(
      '質問、相談、苦情、意見（上のどれも求めていない）',
      'A question, complaint or opinion; none of the above',
    ),
    right: both('相談や苦情への対応（法40条）', 'questions and complaints (APPI Art. 40)'),
  },
};

export const scopeWords: Record<Scope, { name: Bilingual; note: Bilingual }> = {
  customer: {
    name: both('個人情報', 'Personal information'),
    note: both('お客様、会員、応募した人などからの手紙', 'A letter from a customer, a member, an applicant'),
  },
  'my-number': {
    name: both('特定個人情報等', 'Specific personal information'),
    note: both(
      '報酬などを支払うお取引先の方から、個人番号に関わる情報についての手紙',
      'A letter from a partner we pay, about their My Number and what goes with it',
    ),
  },
};

export const channelWords: Record<Channel, Bilingual> = {
  letter: both('郵便', 'By post'),
  electronic: both('電子メールなど', 'By e-mail or the like'),
  visit: both('窓口への来訪', 'In person'),
};

/** Whether a request is open, or how it ended. */
export const stateWords: Record<State, Bilingual> = {
  open: both('進行中', 'Open'),
  closed: both('対応済み', 'Closed'),
  withdrawn: both('取下げ', 'Withdrawn'),
  dismissed: both('却下', 'Dismissed'),
  undelivered: both('答えが届かないまま終わった', 'Closed, answer not delivered'),
};

export const stageWords: Record<Stage, Bilingual> = {
  registered: both('受け付けた', 'Registered'),
  'forms-sent': both('用紙を送った', 'Form sent'),
  papers: both('書類が届いた', 'Papers received'),
  waiting: both('書類を待っている', 'Waiting for papers'),
  'fee-asked': both('手数料を待っている', 'Waiting for the fee'),
  identified: both('本人を確認した', 'Identity checked'),
  specified: both('本人を特定した', 'Person found'),
  collected: both('情報を集めた', 'Information collected'),
  decided: both('決めた', 'Decided'),
  'carried-out': both('実施した', 'Carried out'),
  notified: both('答えを用意した', 'Answer ready'),
  delivered: both('答えを届けた', 'Answer delivered'),
  closed: both('終わった', 'Closed'),
};

/** What happened, as the history of a case says it. */
export const eventWords: Record<EventName, Bilingual> = {
  registered: both('手紙を受付', 'Letter registered'),
  acknowledged: both('受付を連絡', 'Receipt acknowledged'),
  addressed: both('本人の連絡先を記録', 'How to reach the person recorded'),
  'forms-sent': both('用紙を送付', 'Form sent'),
  'papers-received': both('書類が到着', 'Papers received'),
  'papers-short': both('不足を連絡', 'Told what is missing'),
  identified: both('本人を確認', 'Identity checked'),
  'fee-waived': both('手数料を免除', 'Fee waived'),
  refunded: both('手数料を返金', 'Fee returned'),
  specified: both('本人を特定', 'Person found'),
  collected: both('情報を収集', 'Information collected'),
  reviewed: both('項目を判断', 'Item decided'),
  decided: both('決定', 'Decided'),
  'carried-out': both('決定を実施', 'Decision carried out'),
  notified: both('答えを用意', 'Answer prepared'),
  delivered: both('答えの受け渡し', 'Answer delivered'),
  undelivered: both('答えの不達', 'Answer not delivered'),
  sought: both('本人への連絡を試行', 'Tried to reach the person'),
  closed: both('終了', 'Closed'),
  extended: both('期限を延長', 'Time extended'),
  withdrawn: both('取下げ', 'Withdrawn'),
  dismissed: both('却下', 'Dismissed'),
  assigned: both('担当を変更', 'Assigned'),
  eased: both('書面に代わる方法に変更', 'Changed to an alternative to an ordinary letter'),
  amended: both('受付の誤りを訂正', 'Registration corrected'),
  'papers-erased': both('書類を消去', 'Papers erased'),
};

/** The words of one event; some events happen in two ways. */
export function eventWord(event: EventBody): Bilingual {
  if (event.event === 'eased' && !event.eased)
    return both('書面に代わる方法を取消し', 'Alternative to an ordinary letter cancelled');
  if (event.event === 'papers-short' && event.lacks.every((lack) => lack === 'fee'))
    return both('手数料をお願い', 'Fee asked for');
  if (event.event === 'closed' && event.unreachable)
    return both('返信先がないまま終了', 'Closed with no address to answer to');
  if (event.event === 'closed' && event.undelivered)
    return both('答えが届かないまま終了', 'Closed without the answer having arrived');
  if (event.event === 'delivered' && event.by === 'visit')
    return event.handed?.signed
      ? both('答えを手渡し（受領の署名あり）', 'Answer handed over; receipt signed')
      : both('答えを手渡し（受領の署名なし）', 'Answer handed over; no receipt signed');
  if (event.event === 'delivered' && event.by === 'own-mail')
    return both('答えを当社のメールで送付', 'Answer sent by our own e-mail');
  if (event.event === 'sought' && event.letter)
    return event.how === 'email'
      ? both('本人に連絡のお願いをメールで送付', 'Person asked by e-mail to get in touch')
      : both('本人に連絡のお願いを手紙で送付', 'Person asked by letter to get in touch');
  if (event.event === 'decided' && event.result === 'handled') return both('対応を決定', 'Handling decided');
  return eventWords[event.event];
}

/** The step a clerk is at, as the heading of its form. */
export const stepWords: Record<EventName, Bilingual> = {
  registered: both('受付', 'Register'),
  acknowledged: both('受け付けたことを知らせる', 'Acknowledge the request'),
  addressed: both('返信先が分かったら', 'When there is an address to answer to'),
  'forms-sent': both('用紙を送る', 'Send the form'),
  'papers-received': both('書類が届いたら', 'When the papers come'),
  'papers-short': both('不足を知らせる', 'Tell them what is missing'),
  identified: both('本人の確認と手数料', 'Identity and fee'),
  'fee-waived': both('手数料を免除する', 'Waive the fee'),
  refunded: both('手数料を返す', 'Return the fee'),
  specified: both('どの本人かを特定する', 'Find the person'),
  collected: both('情報を集める', 'Collect the information'),
  reviewed: both('項目ごとに決める', 'Decide item by item'),
  decided: both('答えを決める', 'Decide the answer'),
  'carried-out': both('決めたことを実施する', 'Carry out the decision'),
  notified: both('答えを用意する', 'Prepare the answer'),
  delivered: both('答えを届ける', 'Deliver the answer'),
  undelivered: both('答えの不達を記録する', 'Record that the answer did not arrive'),
  sought: both('本人への連絡を記録する', 'Record an attempt to reach the person'),
  closed: both('終える', 'Close'),
  extended: both('期限を延ばす', 'Extend the time'),
  withdrawn: both('取下げを記録する', 'Record a withdrawal'),
  dismissed: both('請求を却下する', 'Dismiss the request'),
  assigned: both('担当を替える', 'Assign to somebody'),
  eased: both('書面に代わる方法で進める', 'Go on by an alternative to an ordinary letter'),
  amended: both('受付の誤りを直す', 'Correct the registration'),
  'papers-erased': both('書類を消去する', 'Erase the papers'),
};

export const lackWords: Record<Lack, { name: Bilingual; note: Bilingual }> = {
  form: {
    name: both('所定の用紙', 'The right form'),
    note: both('用紙がない、または違う用紙が届いた', 'None came, or another one'),
  },
  fee: { name: both('手数料', 'The fee'), note: both('届いていない、または足りない', 'Not received, or not enough') },
  identity: {
    name: both('本人確認書類', 'A paper that shows who they are'),
    note: both('入っていない、期限が切れている、氏名か住所が違う', 'Not enclosed, expired, or another name or address'),
  },
  authority: {
    name: both('代理人であることを示す書類', 'A paper that shows the authority to act'),
    note: both('戸籍謄本、登記事項証明書、委任状など', 'Family register, certificate of guardianship, mandate'),
  },
  unreadable: {
    name: both('読める書類', 'Papers that can be read'),
    note: both('汚れやぼけで読めないところがある', 'Something is stained or blurred'),
  },
  specify: {
    name: both('本人を特定する手がかり', 'Details to find the person by'),
    note: both(
      '同じ名前の人がいる、または見つからない。昔の住所や契約の番号を尋ねる',
      'Several people have the name, or nobody was found: ask for an earlier address or a contract number',
    ),
  },
};

export const methodWords: Record<Method, Bilingual> = {
  paper: both('書面', 'On paper'),
  electronic: both('電磁的記録', 'As an electronic record'),
};

export const requesterWords: Record<Requester, { name: Bilingual; note?: Bilingual }> = {
  principal: { name: both('本人', 'The person themself') },
  'legal-representative': {
    name: both('法定代理人', 'A legal representative'),
    note: both('未成年者の親権者、成年後見人', 'Parent of a minor, guardian of an adult'),
  },
  'mandated-agent': {
    name: both('委任を受けた代理人', 'An agent with a mandate'),
    note: both('本人が委任状で任せた人', 'Somebody the person has given a power of attorney'),
  },
};

export const representsWords: Record<'minor' | 'adult-ward', Bilingual> = {
  minor: both('未成年者', 'A minor'),
  'adult-ward': both('成年被後見人', 'An adult ward'),
};

export const identityWords: Record<IdentityDocument, Bilingual> = {
  'driving-licence': both('運転免許証の写し', 'Copy of a driving licence'),
  'resident-record': both('住民票の写し（個人番号の記載なし）', 'Certificate of residence, without the My Number'),
  'health-insurance': both(
    '健康保険の資格確認書の写し（記号・番号を隠したもの）',
    'Copy of a health insurance certificate, its numbers covered',
  ),
  'my-number-card': both('個人番号カードの表の面の写し', 'Copy of the front of a My Number card'),
  passport: both('旅券の写し', 'Copy of a passport'),
  'residence-card': both('在留カードなどの写し', 'Copy of a residence card'),
  'seal-certificate': both('印鑑登録証明書', 'Seal registration certificate'),
  other: both('ほかの公的な書類', 'Another official paper'),
};

export const authorityWords: Record<AuthorityDocument, Bilingual> = {
  'family-register': both('戸籍謄本など', 'Family register'),
  'guardianship-record': both('登記事項証明書（成年後見）', 'Certificate of guardianship'),
  'power-of-attorney': both('委任状', 'Power of attorney'),
  other: both('ほかの書類', 'Another paper'),
};

/** What is checked, by name only. */
export const checkNames: Record<Check, Bilingual> = {
  name: both('氏名', 'name'),
  address: both('住所', 'address'),
  valid: both('有効期限', 'validity'),
};

export const checkWords: Record<Check, Bilingual> = {
  name: both('氏名が用紙と同じである', 'The name is the one on the form'),
  address: both('住所が用紙と同じである', 'The address is the one on the form'),
  valid: both(
    '有効期限内である（期限のないものは、発行から3か月以内である）',
    'Still valid; without an expiry, issued within the last 3 months',
  ),
};

export const decisionWords: Record<ItemDecision, { name: Bilingual; note: Bilingual }> = {
  disclose: { name: both('開示する', 'Disclose'), note: both('そのまま見せる', 'Shown as it is') },
  redact: {
    name: both('一部を伏せる', 'Redact'),
    note: both(
      '見せられないところだけを伏せて、残りを見せる',
      'What cannot be shown is blacked out, the rest is shown',
    ),
  },
  withhold: { name: both('開示しない', 'Withhold'), note: both('どの部分も見せない', 'Nothing of it is shown') },
  absent: { name: both('存在しない', 'Not held'), note: both('探したが持っていない', 'Looked for and not held') },
};

export const groundWords: Record<WithholdingGround, { name: Bilingual; note: Bilingual }> = {
  harms: {
    name: both('本人かほかの人の権利や利益を害するおそれ', 'It may harm rights of the person or of others'),
    note: both('法33条2項1号。ほかの人の声や名前が入っているなど', 'APPI Art. 33(2)(i), such as the voice of others'),
  },
  impedes: {
    name: both('業務の適正な実施に著しい支障', 'It would seriously impede our work'),
    note: both(
      '法33条2項2号。手間がかかる、知られたくないというだけでは足りない',
      'APPI Art. 33(2)(ii). Trouble or embarrassment is not enough',
    ),
  },
  violates: {
    name: both('ほかの法令に違反する', 'It would break another law'),
    note: both('法33条2項3号', 'APPI Art. 33(2)(iii)'),
  },
};

export const resultWords: Record<Result, Bilingual> = {
  granted: both('求めのとおりにする', 'Granted'),
  partly: both('一部だけ応じる', 'Granted in part'),
  otherwise: both('別の方法で応じる', 'Granted in another way'),
  'partly-otherwise': both('一部だけ、別の方法で応じる', 'Granted in part, in another way'),
  refused: both('応じない', 'Refused'),
  absent: both('対象の情報を持っていない', 'Nothing is held'),
  answered: both('答えた', 'Answered'),
  handled: both('対応した（返信先がなく、答えは送らない）', 'Handled (no address to answer to, so no answer is sent)'),
  dismissed: both('却下', 'Dismissed'),
};

/** Why a request is dismissed. */
export const dismissalWords: Record<DismissalGround, { name: Bilingual; note: Bilingual }> = {
  lacking: {
    name: both('求めたものが届かない', 'What was asked for did not come'),
    note: both(
      '書類や手数料が、手紙で知らせた日を過ぎても届かない（法37条1項、施行令12条。外国の提供先の措置の求めは法28条3項）。手数料だけが届かないときは、払うのが難しい事情がないかも確かめる（法37条4項）',
      'Papers or the fee did not come by the day given in the letter (APPI Art. 37(1), Order Art. 12; for the measures of a recipient abroad Art. 28(3)). If only the fee is missing, also check whether it is hard for the person to pay it (APPI Art. 37(4))',
    ),
  },
  stranger: {
    name: both('本人でも代理人でもない', 'Neither the person nor an agent'),
    note: both(
      '家族や勤め先など、代理人と認められない人の請求（法37条3項。外国の提供先の措置の求めは法28条3項）',
      'A relative, an employer or anybody else who is no agent (APPI Art. 37(3); for the measures of a recipient abroad Art. 28(3))',
    ),
  },
  'no-power': {
    name: both('代理の権限がない', 'No power to act for the person'),
    note: both(
      '委任がない、委任や後見が終わった、本人が成年に達したなど（法37条3項。外国の提供先の措置の求めは法28条3項）',
      'No mandate, a mandate or guardianship that has ended, a child who has come of age (APPI Art. 37(3); for the measures of a recipient abroad Art. 28(3))',
    ),
  },
  deceased: {
    name: both('亡くなった人についての請求', 'It is about somebody who has died'),
    note: both(
      '相続人や遺族の請求。その人自身の情報でもあるものは、本人として受け付け直す（法2条1項）',
      'From an heir or a relative. What is also information about themselves is registered again as their own request (APPI Art. 2(1))',
    ),
  },
};

/** Why an answer did not reach the person; those printed on an envelope come first. */
export const undeliveredWords: Record<UndeliveredReason, { name: Bilingual; note: Bilingual }> = {
  'not-there': {
    name: both('宛所に尋ねあたらない', 'Addressee unknown at that address'),
    note: both('「あて所に尋ねあたりません」の印がある', 'The post office stamped it so'),
  },
  moved: {
    name: both('転居先が不明', 'Moved, new address unknown'),
    note: both('「転居先不明」などの印がある', 'The post office stamped it so'),
  },
  refused: {
    name: both('受け取りを断られた', 'Refused'),
    note: both('「受取拒絶」などの印か、署名がある', 'It is stamped or signed so'),
  },
  unfetched: {
    name: both('受け取られなかった', 'Not fetched in time'),
    note: both('郵便局の保管期間が過ぎた', 'The post office no longer keeps it'),
  },
  astray: {
    name: both('ほかの人に渡った', 'Somebody else got it'),
    note: both(
      '別の家に配られた、別の人の封筒に入れた、別の人が受け取った',
      'Left at another house, put into somebody else’s envelope, or fetched by somebody else',
    ),
  },
  lost: {
    name: both('行方が分からない', 'Nobody knows where it is'),
    note: both(
      '本人は届いていないと言い、封筒も戻っていない。郵便局に調べてもらう',
      'The person says that nothing came, and the envelope has not come back. Ask the post office to trace it',
    ),
  },
  bounced: {
    name: both('メールが戻った', 'The e-mail came back'),
    note: both('届けられなかったという知らせが来た', 'A message says that it could not be delivered'),
  },
};

/** How the desk tried to reach a person whose answer did not arrive. */
export const attemptWords: Record<Attempt, { name: Bilingual; note?: Bilingual }> = {
  phone: { name: both('電話', 'By telephone') },
  email: { name: both('メール', 'By e-mail') },
  letter: { name: both('手紙', 'By letter') },
  nothing: {
    name: both('ほかに連絡先がない', 'No other way to reach them'),
    note: both(
      '届いた書類にも台帳にも、電話番号、メールアドレス、別の住所がない',
      'Neither the papers nor the ledger has a telephone number, an e-mail address or another address',
    ),
  },
};

export const envelopeWords: Record<Envelope, { name: Bilingual }> = {
  unopened: { name: both('開けられずに戻った', 'It came back unopened') },
  opened: { name: both('開けられて戻った', 'It came back opened') },
  away: { name: both('戻っていない', 'It has not come back') },
};

/** Why a fee, or the rest of one, is waived. */
export const waiverWords: Record<WaiverGround, { name: Bilingual; note?: Bilingual }> = {
  'own-mistake': {
    name: both('当社の誤り', 'Our own mistake'),
    note: both('額や払い方を誤って案内したなど', 'Such as a wrong amount or way of paying in what we wrote'),
  },
  hardship: {
    name: both('払うのが難しい事情', 'It is hard for the person to pay'),
    note: both(
      '請求する人の負担が重くなりすぎないように配慮する（法37条4項）',
      'So that the request is not too great a burden for the person (APPI Art. 37(4))',
    ),
  },
  'small-shortfall': {
    name: both('わずかな不足', 'A small amount is missing'),
    note: both('足りない額より、求め直す手間のほうが大きい', 'Asking for it again would cost more than it is worth'),
  },
  other: { name: both('ほかの理由', 'Another reason'), note: both('下の欄に書きます', 'Write it below') },
};

/** How the requester was told that the request has come. */
export const hearingWords: Record<Hearing, { name: Bilingual; note: Bilingual }> = {
  letter: {
    name: both('受け付けた知らせの手紙で', 'By the acknowledgement'),
    note: both('郵送した、手渡した、メールに添えた', 'Posted, handed over, or sent with an e-mail'),
  },
  otherwise: {
    name: both('手紙によらず', 'Without the letter'),
    note: both('窓口や電話で伝えた、メールで返事をした', 'Told at the desk or by telephone, or answered by e-mail'),
  },
};

/** Where letters go while it is in doubt whether an agent still is one. */
export const addresseeWords: Record<Addressee, { name: Bilingual; note: Bilingual }> = {
  agent: {
    name: both('代理人', 'The agent'),
    note: both('いまも代理人だと考えられるとき', 'If they are likely to be the agent still'),
  },
  sender: {
    name: both('差出人（本人）', 'The sender (the person)'),
    note: both(
      '代理の権限が終わったとき、終わったかもしれないとき。この後の手紙も差出人に送り、代理人の氏名と住所は消えます',
      'If their authority has ended, or may have. Later letters go to the sender too, and the agent’s name and address are erased',
    ),
  },
};

/** What a paper of a request is. */
export const paperWords: Record<PaperKind, Bilingual> = {
  sender: both('差出人', 'Sender'),
  agent: both('代理人', 'Agent'),
  letter: both('届いた手紙', 'The letter'),
  mail: both('書留の番号', 'Number of the registered mail'),
  identity: both('本人確認書類', 'Identity papers'),
  reason: both('理由', 'Reasons'),
  keeping: both('保存を義務づける法律と書類', 'The law by which it is kept, and the document'),
  redacted: both('伏せた後の内容', 'Text shown instead'),
  change: both('実施する内容', 'What is carried out'),
  former: both('訂正の前の内容', 'Content before the correction'),
  told: both('提供先に知らせた内容', 'What a recipient was told'),
  answer: both('答えの文', 'The answer'),
  sent: both('送った手紙', 'A letter sent'),
  copy: both('手紙の控え', 'A letter on file'),
  parcel: both('電子で渡すファイル', 'A file handed over electronically'),
};

/** The name of each letter. */
export const letterWords: Record<LetterName, Bilingual> = {
  cover: both('送り状', 'Cover letter'),
  form: both('用紙', 'Form'),
  acknowledgement: both('受け付けた知らせ', 'Acknowledgement'),
  lacks: both('不足の手紙', 'Letter about what is missing'),
  receipt: both('手数料の領収書', 'Receipt for the fee'),
  refund: both('手数料を返す手紙', 'Letter with the fee returned'),
  extension: both('期限を延ばす手紙', 'Letter about the extension'),
  notice: both('決定の通知', 'Notice of the decision'),
  posted: both('決定の通知（郵送に切り替えたとき）', 'Notice of the decision, posted instead'),
  disclosed: both('開示する情報', 'What is disclosed'),
  answer: both('答えの手紙', 'Letter with the answer'),
  code: both('受け取り用コードの手紙', 'Letter with the code'),
  sought: both('連絡のお願い', 'Request to get in touch'),
  handover: both('受領書', 'Receipt for the answer'),
  labels: both('宛名ラベル', 'Address label'),
};

/** What a file of an electronic delivery is: one of the letters, or the data. */
export const parcelFileWords: Readonly<Record<string, Bilingual>> = {
  notice: both('決定の通知', 'Notice of the decision'),
  disclosed: both('開示する情報', 'The information disclosed'),
  answer: both('お答えの手紙', 'The answer'),
  data: both('開示する情報のデータ', 'The information disclosed, as data'),
};

/** The stages in words that tell the person how far their request is, and nothing else. */
const publicStageWords: Record<Stage, { name: Bilingual; next: Bilingual }> = {
  registered: {
    name: both('お申し出を受け付けました', 'We have your request'),
    next: both('用紙をお送りします。届くまでお待ちください。', 'We are sending you the form. Please wait for it.'),
  },
  'forms-sent': {
    name: both('用紙をお送りしました', 'We have sent you the form'),
    next: both('記入した用紙と書類を郵送してください。', 'Please post the form and the papers to us.'),
  },
  papers: {
    name: both('書類が届きました', 'Your papers have arrived'),
    next: both('ご本人の確認をしています。', 'We are checking who you are.'),
  },
  waiting: {
    name: both('足りない書類をお待ちしています', 'We are waiting for missing papers'),
    next: both(
      'お送りした手紙をご覧になり、足りないものを郵送してください。',
      'Please see our letter and post what is missing.',
    ),
  },
  'fee-asked': {
    name: both('手数料のお支払いをお待ちしています', 'We are waiting for the fee'),
    next: both(
      'お送りした手紙をご覧になり、手数料をお支払いください。',
      'Please see our letter and pay the fee as it says.',
    ),
  },
  identified: {
    name: both('お調べしています', 'We are looking into it'),
    next: both('決まりしだい、お答えをお送りします。', 'We will send our answer as soon as it is decided.'),
  },
  specified: {
    name: both('お調べしています', 'We are looking into it'),
    next: both('決まりしだい、お答えをお送りします。', 'We will send our answer as soon as it is decided.'),
  },
  collected: {
    name: both('お調べしています', 'We are looking into it'),
    next: both('決まりしだい、お答えをお送りします。', 'We will send our answer as soon as it is decided.'),
  },
  decided: {
    name: both('お答えを用意しています', 'We are preparing our answer'),
    next: both('用意ができしだい、お送りします。', 'We will send it as soon as it is ready.'),
  },
  'carried-out': {
    name: both('お答えを用意しています', 'We are preparing our answer'),
    next: both('用意ができしだい、お送りします。', 'We will send it as soon as it is ready.'),
  },
  notified: {
    name: both('お答えをお送りするところです', 'Our answer is about to be sent'),
    next: both('届くまでお待ちください。', 'Please wait for it.'),
  },
  delivered: {
    name: both('お答えをお送りしました', 'Our answer has been sent'),
    next: both('お答えが届いていないときは、窓口へご連絡ください。', 'If it has not arrived, please contact the desk.'),
  },
  closed: {
    name: both('対応を終えました', 'The request is closed'),
    next: both(
      'お答えが届いていないときは、窓口へご連絡ください。',
      'If our answer has not arrived, please contact the desk.',
    ),
  },
};

/** The answer was handed over at the desk. */
const publicHanded = both('お答えを窓口でお渡ししました', 'We have handed you our answer at the desk');

/** An undelivered answer: nothing else is said, because the reader may be somebody who got the envelope. */
const publicUndelivered = {
  name: both('お答えを、まだお届けできていません', 'Our answer has not reached you yet'),
  next: both(
    'お送り先を確かめますので、お手数ですが、窓口へご連絡ください。',
    'Please contact the desk, so that we can confirm where to send it.',
  ),
};

/** There is no address to answer to. */
const publicUnreachable = {
  name: both('お送り先が分からず、お答えをお送りできません', 'We have no address to send our answer to'),
  next: both(
    'お答えをご希望のときは、お送り先を窓口へお知らせください。',
    'If you would like an answer, please let the desk know where to send it.',
  ),
};

/** The requester is identified, and nothing is looked into before the fee has come. */
const publicFeeOpen = {
  name: both('請求された方の確認が済みました', 'We have checked who you are'),
  next: both(
    '手数料のお願いを手紙でお送りします。届くまでお待ちください。',
    'We will write to you about the fee. Please wait for our letter.',
  ),
};

/** `feeOpen`: the fee is asked for after the identity check and has not come. */
type Seen = Pick<Request, 'form' | 'eased' | 'toSendAgain' | 'unreachable' | 'delivered'> & { feeOpen: boolean };

export function publicStage(stage: Stage, { toSendAgain, unreachable, delivered, feeOpen }: Seen): Bilingual {
  if (unreachable) return publicUnreachable.name;
  if (toSendAgain) return publicUndelivered.name;
  if (stage === 'delivered' && delivered.at(-1)?.by === 'visit') return publicHanded;
  return stage === 'identified' && feeOpen ? publicFeeOpen.name : publicStageWords[stage].name;
}

/**
 * What comes next, with words of its own for a request without a form, a requester for whom an ordinary letter is difficult, an answer that did not
 * arrive, and one that cannot be sent.
 */
export function publicNext(stage: Stage, { form, eased, toSendAgain, unreachable, feeOpen }: Seen): Bilingual {
  if (unreachable) return publicUnreachable.next;
  if (toSendAgain) return publicUndelivered.next;
  if (stage === 'identified' && feeOpen) return publicFeeOpen.next;
  if (stage === 'registered' && !form)
    return both(
      '内容を確かめています。足りないものがあれば、お知らせします。',
      'We are looking at it. If anything is missing, we will tell you.',
    );
  if (stage === 'waiting' && eased)
    return both(
      '足りないものを、窓口がお伝えした方法でお寄せください。',
      'Please let us have what is missing, in the way the desk told you.',
    );
  return publicStageWords[stage].next;
}

/** The reasons to open the papers of a closed request. */
export const openingWords: Record<OpeningReason, { name: Bilingual; note: Bilingual }> = {
  question: {
    name: both('本人か代理人からの問い合わせ', 'A question from the person or the agent'),
    note: both('この請求や、送った答えについて聞かれた', 'They ask about this request or our answer to it'),
  },
  dispute: {
    name: both('苦情か訴え', 'A complaint or a lawsuit'),
    note: both('この請求への対応について申し立てられた', 'About how this request was handled'),
  },
  audit: {
    name: both('監査', 'The audit'),
    note: both('監査責任者が、この請求への対応を確かめる', 'The auditor checks how this request was handled'),
  },
};

const namesIn = <K extends string>(words: Record<K, { name: Bilingual }>): Record<string, Bilingual> =>
  Object.fromEntries(Object.entries<{ name: Bilingual }>(words).map(([code, { name }]) => [code, name]));

const documentWords: Record<AnswerDocument, Bilingual> = {
  decision: both('決定の通知', 'Notice of the decision'),
  data: both('開示する情報', 'The information disclosed'),
  records: both('提供と受領の記録', 'Records of provision and receipt'),
  purposes: both('利用目的の通知', 'The purposes of use'),
  measures: both('安全管理措置などの説明', 'Explanation of the measures'),
  answer: both('お答え', 'The answer'),
};

/** The words for the codes in the log entries of the desk, by field. */
export const loggedWords: Readonly<Record<string, Readonly<Record<string, Bilingual>>>> = {
  kind: { ...paperWords, ...namesIn(kindWords) },
  scope: namesIn(scopeWords),
  channel: channelWords,
  form: {
    right: both('所定の用紙', 'The right one'),
    wrong: both('違う用紙', 'Another one'),
    none: both('なし', 'None'),
  },
  lacks: namesIn(lackWords),
  addressee: namesIn(addresseeWords),
  requester: namesIn(requesterWords),
  documents: { ...identityWords, ...documentWords },
  documents_of_authority: authorityWords,
  result: resultWords,
  ground: { ...namesIn(groundWords), ...namesIn(dismissalWords), ...namesIn(waiverWords) },
  by: {
    post: both('郵送', 'By post'),
    electronic: both('電磁的記録（リンク）', 'As an electronic record, by a link'),
    visit: both('窓口での手渡し', 'Handed over at the desk'),
    'own-mail': both('当社のメール', 'By our own e-mail'),
  },
  letter: { ...parcelFileWords, ...letterWords },
  content: namesIn(kindWords),
  for: namesIn(openingWords),
  how: { ...namesIn(hearingWords), ...namesIn(attemptWords) },
  why: namesIn(undeliveredWords),
  envelope: namesIn(envelopeWords),
};

/** What a stop reaches and what it does not, for the person deciding it; the rule is the law's (35, 27(5), 28(1)). */
export const stopReach: Record<'stop-use' | 'stop-provision', readonly { reaches: boolean; says: Bilingual }[]> = {
  'stop-use': [
    {
      reaches: true,
      says: both(
        '社内での利用、第三者への提供、委託、共同利用のすべてが止まります（法35条1項、5項）。',
        'Every use in the company, every provision to third parties, entrustment and joint use stop (APPI Art. 35(1), (5)).',
      ),
    },
    {
      reaches: false,
      says: both(
        '法令に基づくものなど、同意の要らない提供（法27条1項各号）は止まりません。保管も続きます。',
        'Provisions that need no consent, such as those based on a law (APPI Art. 27(1)(i) to (vii)), do not stop. The information is also still kept.',
      ),
    },
  ],
  'stop-provision': [
    {
      reaches: true,
      says: both(
        '第三者への提供が止まります（法35条3項、5項）。外国の委託先や共同利用の相手に本人の同意で渡しているものも止まります（法28条1項）。',
        'Provision to third parties stops (APPI Art. 35(3), (5)), and so does what goes to an entrusted party or a joint user abroad on the person’s consent (APPI Art. 28(1)).',
      ),
    },
    {
      reaches: false,
      says: both(
        '委託、事業の承継、共同利用の相手は第三者に当たらず（法27条5項）、止まりません。止めるには、利用の停止が要ります。',
        'Entrusted parties, successors and joint users are not third parties (APPI Art. 27(5)), so provision to them does not stop. To stop it, the use has to be stopped.',
      ),
    },
    {
      reaches: false,
      says: both(
        '社内での利用、法令に基づくものなど同意の要らない提供（法27条1項各号）、この後に本人が新しく同意した提供は止まりません。',
        'Use in the company, provisions that need no consent (APPI Art. 27(1)(i) to (vii)) and those the person newly consents to after this do not stop.',
      ),
    },
  ],
};

interface ClockLetter {
  subject: Bilingual;
  says: Bilingual;
}

/**
 * The mail about one request that is to be answered; its number and the link follow below. A day among closed days is told before it comes, and a result
 * is due until it has reached the person, so the decision may have been made.
 */
export const clockLetters: Record<Pressure, ClockLetter> = {
  'forms near': {
    subject: both('用紙を送る期限が近い請求があります', 'A form is to be sent soon'),
    says: both(
      '次の営業日までに、請求の用紙を送ってください。',
      'Send the form of this request by the next business day.',
    ),
  },
  'forms over': {
    subject: both('用紙を送る期限を過ぎた請求があります', 'A form was not sent in time'),
    says: both(
      '用紙を送る期限を過ぎました。すぐに送ってください。',
      'The form was due and has not been sent. Send it at once.',
    ),
  },
  'acknowledgement near': {
    subject: both('受け付けたことを知らせる期限が近い請求があります', 'An acknowledgement is due soon'),
    says: both(
      '次の営業日までに、受け付けたことを請求した人に知らせてください。',
      'Tell the requester by the next business day that the request has come.',
    ),
  },
  'acknowledgement over': {
    subject: both('受け付けたことを知らせる期限を過ぎた請求があります', 'A request was not acknowledged in time'),
    says: both(
      '受け付けたことを知らせる期限を過ぎました。すぐに知らせてください。',
      'The time for telling the requester that the request has come has passed. Tell them at once.',
    ),
  },
  'identity reached': {
    subject: both('本人の確認の期限が来た請求があります', 'An identity check is due'),
    says: both(
      '請求した人の確認の期限になりました。確認してください。',
      'The check of who made this request is due. Please do it now.',
    ),
  },
  'identity over': {
    subject: both('本人の確認の期限を過ぎた請求があります', 'An identity check is overdue'),
    says: both(
      '請求した人の確認の期限を過ぎました。すぐに確認してください。',
      'The check of who made this request is overdue. Do it at once.',
    ),
  },
  'alarm reached': {
    subject: both('結果が本人にまだ届いていない請求があります', 'A result has not reached the person yet'),
    says: both(
      'この請求が届いてから、まもなく10日になるか、すでに10日を過ぎていますが、結果が本人にまだ届いていません。まだ決めていなければ決めて、結果を知らせてください。',
      'This request came nearly ten days ago or longer, and the result has not reached the person yet. Decide it unless that is done, and tell the person.',
    ),
  },
  'decision reached': {
    subject: both('結果を知らせる期限が来る請求があります', 'An answer is due'),
    says: both(
      '今日が、決定し、結果を知らせる期限までの最後の営業日です。まだ決めていなければ決めて、結果を知らせてください。',
      'Today is the last business day for the decision and its notice. Decide it unless that is done, and tell the person.',
    ),
  },
  'decision over': {
    subject: both('結果を知らせる期限を過ぎた請求があります', 'An answer is overdue'),
    says: both(
      '決定し、結果を知らせる期限を過ぎました。まだ決めていなければすぐに決めて、結果を知らせてください。',
      'The decision and its notice are overdue. Decide it unless that is done, and tell the person at once.',
    ),
  },
  'extended near': {
    subject: both('延ばした期限が近い請求があります', 'An extended time ends soon'),
    says: both(
      'この請求の、延ばした期限が近づいています。まだ決めていなければ決めて、期限までに結果を知らせてください。',
      'The extended time of this request ends soon. Decide it unless that is done, and tell the person before then.',
    ),
  },
  'lawsuit near': {
    subject: both('訴えを起こせる日が近い請求があります', 'A lawsuit will soon be possible'),
    says: both(
      'この請求が届いてから、まもなく2週間になります。2週間を過ぎると、本人は訴えを起こせます（法39条）。過ぎる前に、結果を知らせてください。',
      'This request came nearly two weeks ago. After two weeks the person may sue (APPI Art. 39). Tell the result before then.',
    ),
  },
  'lawsuit reached': {
    subject: both('訴えを起こせる日を過ぎた請求があります', 'A lawsuit is possible'),
    says: both(
      'この請求が届いてから2週間を過ぎ、本人は訴えを起こせます（法39条）。まだ決めていなければすぐに決めて、結果を知らせてください。',
      'Two weeks have passed since this request came, and the person may sue (APPI Art. 39). Decide it unless that is done, and tell the result at once.',
    ),
  },
  'erase over': {
    subject: both('消去の日を過ぎた書類があります', 'Papers are kept too long'),
    says: both(
      '終わった請求の書類が、消去の日を過ぎても残っています。消去が止まっていないか、運用管理者に確かめてもらってください。',
      'The papers of this closed request are still kept although their day has passed. Ask the administrator to check whether the erasure has stopped.',
    ),
  },
};

/** The same about one without an address to answer to, as far as it says that somebody is told. */
const unreachableLetters: Partial<Record<Pressure, ClockLetter>> = {
  'alarm reached': {
    subject: both('対応をまだ決めていない相談があります', 'The handling of a question or complaint is still open'),
    says: both(
      'この相談が届いてから、まもなく10日になるか、すでに10日を過ぎていますが、対応をまだ決めていません。返信先がないので答えは送れませんが、対応は速やかに決めます（法40条）。',
      'This question or complaint came nearly ten days ago or longer, and it has not been decided yet how to handle it. No answer can be sent, as there is no address to answer to, but the handling is to be decided promptly (APPI Art. 40).',
    ),
  },
  'decision reached': {
    subject: both('対応を決める期限が来る相談があります', 'The handling of a question or complaint is due'),
    says: both(
      '今日が、対応を決める期限までの最後の営業日です。返信先がないので答えは送れません。対応を決めて、終えてください。',
      'Today is the last business day to decide how to handle it. No answer can be sent, as there is no address to answer to. Decide how to handle it, and close it.',
    ),
  },
  'decision over': {
    subject: both('対応を決める期限を過ぎた相談があります', 'The handling of a question or complaint is overdue'),
    says: both(
      '対応を決める期限を過ぎました。返信先がないので答えは送れません。すぐに対応を決めて、終えてください。',
      'The decision on how to handle it is overdue. No answer can be sent, as there is no address to answer to. Decide how to handle it at once, and close it.',
    ),
  },
  'extended near': {
    subject: both('延ばした期限が近い相談があります', 'An extended time ends soon'),
    says: both(
      '延ばした期限が近づいています。期限までに対応を決めてください。',
      'The extended time ends soon. Decide how to handle it before then.',
    ),
  },
};

export const clockLetter = (what: Pressure, unreachable: boolean): ClockLetter =>
  (unreachable ? unreachableLetters[what] : undefined) ?? clockLetters[what];

/** The mail about several requests, each counted by its worst deadline. */
export const clockDigest = (
  of: Record<'near' | 'reached' | 'over', number>,
): { subject: Bilingual; says: Bilingual } => {
  const n = of.near + of.reached + of.over;
  const lines: [number, Bilingual][] = [
    [of.over, both('期限を過ぎたもの', 'Overdue')],
    [of.reached, both('期限か、注意の日が来たもの', 'Due or pressing now')],
    [of.near, both('期限が近いもの', 'Due soon')],
  ];
  const told = lines.filter(([some]) => some > 0);
  return {
    subject: both(`期限に注意が必要な請求が${n}件あります`, `${n} requests need attention`),
    says: both(
      [...told.map(([some, what]) => `${what.ja}：${some}件`), '下のページで開き、急ぐものから進めてください。'].join(
        '\n',
      ),
      [
        ...told.map(([some, what]) => `${what.en}: ${some}`),
        'Open them on the page below, the most pressing first.',
      ].join('\n'),
    ),
  };
};

/** Names requests by their numbers; `more`: how many are counted but not named. */
export const requestsNamed = (numbers: readonly string[], more: number, lang: Lang): string => {
  const named = listed(numbers, lang);
  if (more === 0) return named;
  return lang === 'ja' ? `${named}、ほか${more}件` : `${named} and ${more} more`;
};
