// Texts of the pages about provisions.

import { both, type Bilingual } from '../../base/bilingual.ts';
import type { EquivalentSystemFacts, Relation } from '../../law/index.ts';
import type { PackageNews, PackageState, References } from './facts.ts';
import type { Stuck } from './tables.ts';

export const referenceWords: Record<keyof References, Bilingual> = {
  legalBasis: both('根拠の法令と文書の番号', 'The law relied on and the reference of the document'),
  warrant: both('令状の番号', 'The reference of the warrant'),
};

export const words = {
  title: both('提供の記録', 'Provisions'),
  sub: both('社外へ渡した個人情報と、法29条の記録', 'What was handed over, with the records of Article 29'),
  exportRecords: both('本人ごとの記録を書き出す（CSV）', 'Export the records by person (CSV)'),
  none: both('提供はまだありません', 'Nothing has been provided yet'),
  noneSays: both(
    '本人の画面から渡すと、関所の答えと記録がここに残ります。',
    'When information is handed over from a person’s page, the answer and the record appear here.',
  ),
  noMatch: both('この条件に合う提供はありません', 'No provision matches'),
  lost: both(
    'バックアップから戻したときに、記録が失われた提供があります',
    'There are provisions whose records were lost when a backup was restored',
  ),
  seeLost: both('失われたものを見る', 'See what was lost'),
  toPeople: both('本人を探す', 'Find a person'),
  at: both('渡した日時', 'Handed over'),
  recipient: both('提供先', 'Recipient'),
  address: both('住所', 'Address'),
  representative: both('代表者', 'Representative'),
  relation: both('関係', 'Relation'),
  items: both('項目', 'Items'),
  holding: both('台帳', 'Holding'),
  purpose: both('目的', 'Purpose'),
  person: both('本人', 'Person'),
  people: both('人数', 'People'),
  persons: both('渡した本人', 'Whose information it was'),
  morePersons: both('次の人', 'The next ones'),
  firstPersons: both('初めに戻る', 'Back to the first ones'),
  consentRecord: both('よりどころの同意', 'The consent it rested on'),
  jointUse: both('共同利用', 'Joint use'),
  file: both('提供ファイル', 'Package'),
  seeFile: both('この提供を作った提供ファイル', 'The package that made it'),
  record: both('提供の記録', 'Record of provision'),
  recordSub: both('法29条、規則20条', 'Article 29, Rules 20'),
  recorded: both('あり', 'Made'),
  noRecord: both('不要', 'Not needed'),
  noRecordSays: both(
    'この根拠による提供には、法29条の記録は要りません。関所の答えは、操作の記録に残っています。',
    'A provision on this basis needs no record of Article 29. The answer of the checkpoint is in the log.',
  ),
  consent: both('本人の同意', 'Consent'),
  consentYes: both('得ている', 'Obtained'),
  providedOn: both('提供した日', 'Day of provision'),
  madeOn: both('記録を作った日', 'Record made'),
  keepUntil: both('保存の期限', 'Kept until'),
  what: both('渡した情報', 'What was handed over'),
  logEntry: both('記録の証明を見る', 'See the log entry'),
  mayHand: both('渡してよい', 'it may be handed over'),
  handedOver: both('この答えにより渡しました。', 'It was handed over on this answer.'),
  back: both('戻る', 'Back'),
  chooseRecipient: both('渡す相手を選んでください', 'Choose the recipient'),
  newTitle: both('この人の情報を渡す', 'Hand over this person’s information'),
  handOver: both('渡して記録する', 'Hand over and record'),
  done: both('渡しました', 'It has been handed over'),
  handed: both('渡す内容', 'What to hand over'),
  handedSub: both(
    'この画面だけに表示します。閉じると、再び表示できません',
    'Shown on this page only. Once closed, it is not shown again',
  ),
  absent: both('この人について保有していない項目：', 'Not held about this person: '),
  seeRecord: both('残った記録を見る', 'See what was recorded'),
  backToPerson: both('本人の画面に戻る', 'Back to the person'),
  unread: both(
    '事実を読み取れませんでした。もう一度選んでください。',
    'The facts could not be read. Please choose again.',
  ),
} satisfies Record<string, Bilingual>;

/** The choice of recipient, and what the registers know of it and of the person. */
export const registerWords = {
  whom: both('渡す相手', 'Recipient'),
  whomHint: both(
    '登録した提供先から選びます。国、契約、代表者などは登録から読み取ります。',
    'Choose from the registered recipients. Country, contract and representative are read from the register.',
  ),
  inside: both('社内の別の部署', 'Another department of the company'),
  none: both('提供先がまだ登録されていません', 'No recipient is registered yet'),
  noneSays: both(
    '社外へ渡す前に、相手を提供先として登録します。',
    'Before anything leaves the company, the recipient is registered.',
  ),
  register: both('提供先を登録する', 'Register a recipient'),
  jointly: both('どの共同利用として渡しますか', 'In which joint use is it shared?'),
  jointlyHint: both(
    '共同利用でなければ、そのままにしてください。公表中の共同利用だけが並びます。',
    'Choose none if it is not a joint use. Only those in force are listed.',
  ),
  noJointUse: both('公表中の共同利用がまだありません。', 'There is no joint use in force yet.'),
  notJointly: both('共同利用ではない', 'Not a joint use'),
  next: both('次へ', 'Next'),
  change: both('相手を変える', 'Change the recipient'),
  knows: both('登録から分かっていること', 'What the registers know'),
  knowsSub: both('ここにあることは、改めて尋ねません', 'You are not asked for these again'),
  country: both('国', 'Country'),
  contract: both('委託契約', 'Entrustment contract'),
  noContract: both('有効な契約の記録がありません', 'No valid contract is on record'),
  system: both('基準適合体制', 'Equivalent-action system'),
  noSystem: both('有効な契約や認証の記録がありません', 'No valid contract or certificate is on record'),
  failing: both('措置を続けられない', 'The measures cannot be kept'),
  cloud: both('クラウド', 'Cloud'),
  isCloud: both('預けたデータを取り扱わない', 'Does not handle the data stored with it'),
  recordThere: both('提供先の登録に記録する', 'Record it in the register'),
  consent: both('本人の同意', 'Consent'),
  consentLater: both('項目と目的を選ぶと、ここに表示します', 'Shown once items and purpose are chosen'),
  consentEach: both('一人ずつ、同意の記録から確かめます', 'Checked person by person against the consents'),
  noConsent: both('この提供に及ぶ同意はありません', 'There is no consent that reaches this provision'),
  recordConsent: both('同意を記録する', 'Record a consent'),
  withdrawn: both('取下げ済み', 'Withdrawn'),
  partly: both('この提供には及ばない', 'Does not reach this provision'),
  objection: both('本人の申出', 'The person’s wish'),
  objected: both('停止を申し出ています', 'The person asked to stop it'),
  notice: both('公表した日', 'Published'),
  noNotice: both('公表していません', 'It has not been published'),
  outside: both('この相手は、共同利用する者の範囲に含まれません', 'The recipient is outside the scope'),
} satisfies Record<string, Bilingual>;

/** What the register says of a contract of entrustment: `yes` where it is so, `no` where it is not. */
export const entrustmentWords = {
  assessed: {
    yes: both('選定の際に評価した', 'The party was assessed'),
    no: both('選定の評価がない', 'The party was not assessed'),
  },
  contract: {
    yes: both('安全管理の定めがある', 'The contract has safety terms'),
    no: both('安全管理の定めがない', 'The contract lacks safety terms'),
  },
  monitored: {
    yes: both('取扱いを把握できる', 'Its handling can be monitored'),
    no: both('取扱いを把握できない', 'Its handling cannot be monitored'),
  },
  ownUse: {
    yes: both('相手が自社のためにも使える', 'The party may use it for itself too'),
    no: both('相手は自社のために使えない', 'The party may not use it for itself'),
  },
} satisfies Record<string, Record<'yes' | 'no', Bilingual>>;

export const systemWords: Record<NonNullable<EquivalentSystemFacts['by']>, Bilingual> = {
  contract: both('契約や覚書', 'A contract or memorandum'),
  'group-rules': both('グループの規程', 'Rules of the group'),
  certificate: both('国際的な認証', 'An international certificate'),
};

/** A package, from its draft to its end. */
export const packageWords = {
  title: both('提供ファイル', 'Packages'),
  sub: both(
    '大勢の情報を、相手だけが開けるファイルにして渡します。承認の前には何も読みません',
    'Information about many people, handed over as a file that only the recipient can open. Nothing is read before approval',
  ),
  add: both('提供ファイルを作る', 'Make a package'),
  none: both('提供ファイルはまだありません', 'There is no package yet'),
  noneSays: both(
    '渡す相手と項目を決めると、だれの情報を渡せるか、だれの情報を渡せないかを、関所が示します。',
    'Once you choose the recipient and the items, the checkpoint shows whose information may go and whose may not.',
  ),
  noMatch: both('この条件に合う提供ファイルはありません', 'No package matches'),
  state: both('状態', 'State'),
  asked: both('承認を求めた人', 'Asked by'),
  made: both('作った日時', 'Made'),
  holding: both('どの台帳から渡しますか', 'From which holding?'),
  who: both('だれの情報を渡しますか', 'Whose information?'),
  everybody: both('この台帳の全員', 'Everybody in the holding'),
  everybodyNote: both('渡せない人は、関所が外します', 'The checkpoint leaves out those whose information may not go'),
  list: both('名簿で指定した人', 'Persons on a list'),
  listNote: both('本人の番号を、下書きに加えます', 'Their ids are added to the draft'),
  noHolding: both('使用中の台帳がありません', 'No holding is in use'),
  noHoldingSays: both('渡す情報の台帳を先に登録します。', 'Register the holding the information is in first.'),
  toLedger: both('台帳へ', 'To the ledger'),
  noKey: both('暗号化の鍵が未登録', 'no key to encrypt to'),
  key: both('暗号化の鍵', 'Key it is encrypted to'),
  otherKey: both(
    'この相手の鍵が、承認されたときの鍵と違います。',
    'The key of this recipient is not the one that was approved.',
  ),
  otherKeySays: both(
    'どちらが相手の鍵かを相手に確かめてください。新しい鍵で渡すときは、この提供ファイルを終えて作り直し、改めて承認を受けます。',
    'Ask the recipient which of the two is theirs. To hand it over to the new key, end this package, make it again and have it approved anew.',
  ),
  requestedKey: both(
    'この相手の鍵が、承認を求めたときの鍵と違います。',
    'The key of this recipient is not the one for which approval was requested.',
  ),
  requestedKeySays: both(
    'どちらが相手の鍵かを相手に確かめてください。この提供ファイルは承認できません。渡すときは、作り直して承認を求めます。',
    'Ask the recipient which of the two is theirs. This package cannot be approved. To hand it over, make it again and ask for approval.',
  ),
  nobodyNow: both('渡せる人が、いまはだれもいません。', 'There is nobody at present whose information may go.'),
  nobodyNowSays: both('理由と根拠は、下の表にあります。', 'The table below says why, with the grounds.'),
  chooseHolding: both('台帳を選んでください', 'Choose a holding'),
  changeHolding: both('台帳を変える', 'Change the holding'),
  chooseWho: both('だれの情報かを選んでください', 'Choose whose information'),
  draft: both('下書きを作る', 'Make the draft'),
  draftSays: both(
    '同意のある人についての答えです。一人ずつの答えは、下書きを作ると分かります。',
    'This is the answer for those who consented. The answer for each person is shown once the draft is made.',
  ),
  what: both('何を、だれに', 'What, to whom'),
  stated: both('うかがった事実', 'What was stated'),
  gone: both('この提供ファイルには残していません', 'Not kept with the package any more'),
  later: both('準備が終わると表示します', 'Shown once the package is prepared'),
  whose: both('対象の本人', 'Whose'),
  approved: both('承認した人', 'Approved by'),
  next: both('次にすること', 'What comes next'),
  screening: both('渡せる人と、外れる人', 'Who goes and who falls out'),
  screenedAt: both('確かめた日時', 'Checked'),
  again: both('もう一度確かめる', 'Check again'),
  class: both('区分', 'Who'),
  share: both('割合', 'Share'),
  answer: both('答え', 'Answer'),
  why: both('根拠', 'Grounds'),
  text: both('同意の文面', 'Consent text'),
  givenBy: both('同意をした人', 'Consent given by'),
  showWhy: both('根拠を見る', 'See the grounds'),
  total: both('合計', 'Total'),
  fallen: both('承認の後に外れた人', 'Who fell out after the approval'),
  fallenSays: both(
    '承認の後に渡せなくなったか、承認されていない区分に移った人です。この人たちの情報は、渡すファイルから外れました。',
    'After the approval, the law or the policy did not let these people in any more, or they moved to a class that nobody approved. The file does not contain them.',
  ),
  leaving: both('いまダウンロードすると外れる人', 'Who would fall out of a download now'),
  leavingSays: both(
    '承認の後に渡せなくなったか、承認されていない区分に移った人です。このままダウンロードすると、この人たちの情報は渡すファイルに入りません。',
    'Since the approval, the law or the policy does not let these people in any more, or they have moved to a class that nobody approved. If the file is downloaded as it is, it will not contain them.',
  ),
  unapprovedHelps: both(
    '承認されていない区分に移った人の情報を渡すときは、新しい提供ファイルを作り、承認を求めます。',
    'To hand over the information of people who have moved to a class that nobody approved, make a new package and ask for approval.',
  ),
  providedBefore: both('前のダウンロードでは渡しています', 'Handed over in an earlier download'),
  goes: both('渡せる人', 'People who go'),
  of: both('対象の人数', 'Out of'),
  out: both('外れる', 'Falls out'),
  withConsent: both('同意した人', 'Consented'),
  withoutConsent: both('同意がなくても渡せる人', 'No consent is needed'),
  nobodyYet: both('まだだれも指定されていません', 'Nobody is on the list yet'),
  nobodyYetSays: both(
    '対象の本人の番号を加えると、渡せる人と外れる人がここに並びます。',
    'Add the ids of the persons to see here who goes and who falls out.',
  ),
  first: both('まず、対象の本人の番号を加えてください。', 'Add the ids of the persons first.'),
  noLonger: both('法令か方針により、渡せなくなったため', 'The law or the policy does not allow it any more'),

  addPeople: both('対象の本人を加える', 'Add persons'),
  ids: both('本人の番号', 'Ids of the persons'),
  idsHint: both(
    '1行に1つずつ。表から貼り付けたときは、先頭の列を読みます。',
    'One per line. If you paste several columns, the first is read.',
  ),
  idFile: both('番号のファイル', 'A file of ids'),
  idFileHint: both(
    'CSVかテキスト。1回に1MiBまで。続けて加えられます。',
    'CSV or text, at most 1 MiB at a time. You can add more afterwards.',
  ),
  addThem: both('名簿に加える', 'Add to the list'),
  request: both('承認を求める', 'Ask for approval'),
  requestSays: both('承認されるまで、だれの情報も読みません。', 'Until it is approved, nobody’s information is read.'),
  waits: both('承認できる人の承認を待っています。', 'It waits for somebody who may approve.'),
  own: both(
    '自分で、または自分の作ったトークンで、作ったり、対象の本人を加えたり、承認を求めたりした提供は、自分では承認できません。承認できるほかの人が承認します。',
    'You cannot approve a provision that you, or a token you made, drafted, added persons to or asked approval for. Somebody else who may approve must do so.',
  ),
  approveSays: both(
    '承認すると、いまの同意と台帳でもう一度確かめ、渡せる人の分だけを用意します。ファイルは、この画面に示した鍵でだけ暗号化します。相手の鍵であることを確かめてから承認してください。',
    'When you approve, everybody is checked again against the current consents and the ledger, and only the information that may go is prepared. The file is encrypted to the key shown here and to no other. Make sure that it is the recipient’s key before you approve.',
  ),
  approve: both('承認する', 'Approve'),
  decline: both('承認しない', 'Decline'),
  cancel: both('取りやめる', 'Cancel it'),
  preparing: both('用意しています', 'Being prepared'),
  leave: both(
    'この画面を離れても、用意は続きます。この画面は5秒ごとに新しくなります。',
    'You may leave this page; the preparation goes on. The page refreshes every 5 seconds.',
  ),
  look: both('いまの状態を見る', 'See the current state'),
  readySays: both(
    'ダウンロードするときに、渡せる人をもう一度確かめて、提供の記録を作ります。ファイルは相手の鍵で暗号化され、相手だけが開けます。',
    'When you download the file, it is checked once more whose information may go, and the records of provision are made. The file is encrypted to the recipient’s key, and only the recipient can open it.',
  ),
  fetchedSays: both(
    '提供の記録はできています。もう一度ダウンロードすると、その後に渡せなくなった人は除かれます。ファイルは相手の鍵で暗号化され、相手だけが開けます。',
    'The records of provision have been made. If you download the file again, people whose information may no longer go are left out. The file is encrypted to the recipient’s key, and only the recipient can open it.',
  ),
  download: both('暗号化したファイルをダウンロードする', 'Download the encrypted file'),
  fetched: both('ダウンロード', 'Fetched'),
  close: both('渡し終えたので閉じる', 'It is delivered: close'),
  provided: both('できた提供', 'Resulting provisions'),
  earlier: both('それより前も見る', 'Earlier ones'),
  entries: both('記録の証明', 'Log entries'),
  moves: both('この提供ファイルの動きを記録で見る', 'See in the log what was done with the package'),
  entry: both('記録の証明を見る', 'See the log entry'),
  reason: both('理由', 'Reason'),
  reasonHint: both(
    '書いた理由は残ります。本人の氏名などは書かないでください。',
    'The reason stays on record. Do not name the people the information is about.',
  ),
  refusedTitle: both('渡せません', 'it may not be handed over'),
  refusedSays: both(
    '渡せる人がいないため、先へ進めません。何も渡っていません。',
    'There is nobody whose information may go. Nothing was handed over.',
  ),
  waitsTitle: both('判断を待っています', 'it waits for a judgement'),
  waitsSays: both(
    '方針にある目的の文が変わったため、いまは渡せる人がいません。台帳で利用目的の変更が改めて判断されると、続きから進みます。作り直す必要はありません。',
    'The wording of a purpose in the policy has changed, so nobody’s information may go at present. Once the change of purpose is judged anew in the ledger, the package goes on from here. It need not be made again.',
  ),
  waitsNow: both(
    '利用目的の変更が改めて判断されるのを待っています。',
    'It waits for a change of purpose to be judged anew.',
  ),
  waiting: both('判断待ち', 'Waits for a judgement'),
  stuckTitle: both('いまは用意できません', 'It cannot be prepared at present'),
  stuck: both('用意できない', 'Cannot be prepared'),
  barred: both('いまは渡せない', 'Cannot be handed over now'),
  stage: both('段階', 'Stage'),
  stuckOf: both('本人の番号', 'Id of the person'),
  stuckGoesOn: both(
    '関所は繰り返し試しています。用意できると、この知らせは消えます。',
    'Sekisho keeps trying. This notice disappears once the package is prepared.',
  ),
  toJudge: both('台帳で判断する', 'Judge it in the ledger'),
  seeChanges: both('台帳を見る', 'See the ledger'),
  stoppedNow: both('この相手への提供は、いま止められています。', 'Provision to this recipient is stopped at present.'),
} satisfies Record<string, Bilingual>;

/** Why a package cannot be prepared (`says` follows the time since when), and what helps. */
export const stuckWords: Record<Stuck['why'], { says: Bilingual; helps: Bilingual }> = {
  record: {
    says: both(
      'この提供ファイルに入る人の記録を鍵で開けません。データベースが直接書き換えられたか、壊れています。',
      'the record of a person in it does not open with its key: the database was written to directly, or is damaged.',
    ),
    helps: both(
      '直せるかどうかを、運用管理者に確かめてもらってください。待てないときは、取りやめて、この人を除いて作り直します。',
      'Ask the administrator whether it can be put right. If it cannot wait, cancel the package and make it again without this person.',
    ),
  },
  key: {
    says: both(
      'この提供ファイルの鍵を取り出せません。データベースが直接書き換えられたか、壊れています。',
      'the key of this package does not open: the database was written to directly, or is damaged.',
    ),
    helps: both('取りやめて、作り直してください。', 'Cancel it and make it again.'),
  },
  other: {
    says: both('用意の途中で失敗しています。', 'Sekisho has failed to prepare it.'),
    helps: both(
      '関所のログから、packages で始まる行を運用管理者に探してもらってください。',
      'Ask the administrator to look for lines in Sekisho’s output that begin with “packages”.',
    ),
  },
};

export const stateWords: Record<PackageState, Bilingual> = {
  draft: both('下書き', 'Draft'),
  requested: both('承認待ち', 'Waits for approval'),
  preparing: both('用意中', 'Being prepared'),
  ready: both('渡せる', 'Ready'),
  closed: both('終了', 'Closed'),
  declined: both('承認されず', 'Declined'),
  refused: both('渡せず終了', 'Refused'),
  cancelled: both('取りやめ', 'Cancelled'),
};

/** How a package has ended. */
export const endedWords = {
  unfetched: both(
    'ダウンロードされないまま閉じました。何も渡っていません',
    'It was closed without having been fetched. Nothing was handed over',
  ),
  closed: both('渡し終えて、閉じました', 'It was delivered and closed'),
  over: both(
    '関所が閉じました。それまでにダウンロードされた分の提供の記録は残ります',
    'Sekisho closed it. The records of provision of what had been downloaded stay',
  ),
  declined: both('承認されませんでした。何も渡っていません', 'It was declined. Nothing was handed over'),
  refused: both(
    '用意の途中で渡せなくなりました。何も渡っていません',
    'It could not be provided in the end. Nothing was handed over',
  ),
  cancelled: both('取りやめました。何も渡っていません', 'It was cancelled. Nothing was handed over'),
} satisfies Partial<Record<PackageState | 'unfetched' | 'over', Bilingual>>;

/** The steps of a package. */
export const stepWords = {
  draft: both('下書き', 'Draft'),
  requested: both('承認待ち', 'Approval'),
  preparing: both('用意', 'Preparing'),
  ready: both('受け渡し', 'Hand-over'),
  closed: both('終了', 'End'),
} satisfies Record<string, Bilingual>;

/** Letters to the staff about a package: what has become of it, with a link and nothing of what is in it or who gets it. */
export const packageLetters = {
  requested: {
    subject: both('提供ファイルが承認を待っています', 'A package waits for approval'),
    says: both(
      '提供ファイルの承認を求められています。開いて、承認するか決めてください。',
      'Approval was asked for a package of personal information. Open it and decide.',
    ),
  },
  ready: {
    subject: both('提供ファイルの用意ができました', 'A package is ready'),
    says: both(
      '承認された提供ファイルの用意ができました。開いて、相手に渡してください。',
      'A package that was approved is ready. Open it and hand it to the recipient.',
    ),
  },
  barred: {
    subject: both('提供ファイルは、いまは渡せません', 'A package cannot be handed over now'),
    says: both(
      '用意のできた提供ファイルの相手が止められたか、相手の鍵が承認されたときの鍵と違います。開いて、どうするかを決めてください。',
      'The recipient of a package that is ready was stopped, or has another key than the one that was approved. Open it and decide what to do.',
    ),
  },
  declined: {
    subject: both('提供ファイルは承認されませんでした', 'A package was declined'),
    says: both(
      'あなたが作ったか、承認を求めた提供ファイルは、承認されませんでした。開くと、理由が分かります。',
      'A package that you made, or asked approval for, was declined. Open it to see the reason.',
    ),
  },
  refused: {
    subject: both('提供ファイルは渡せなくなりました', 'A package may no longer be handed over'),
    says: both(
      '用意していた提供ファイルを、関所が止めました。開くと、理由と根拠が分かります。',
      'The checkpoint has stopped a package that was being prepared. Open it to see why, and on which grounds.',
    ),
  },
  cancelled: {
    subject: both('提供ファイルが取りやめられました', 'A package was cancelled'),
    says: both(
      'あなたが作ったか、承認を求めた提供ファイルを、ほかの人が取りやめました。開くと、理由が分かります。',
      'Somebody else has cancelled a package that you made or asked approval for. Open it to see the reason.',
    ),
  },
  closed: {
    subject: both('提供ファイルを閉じました', 'A package was closed'),
    says: both(
      '渡せる期間が過ぎたか、渡せなくなったため、提供ファイルを閉じました。開いて確かめてください。',
      'A package was closed: its time was over, or it may no longer be handed over. Open it to see.',
    ),
  },
  stuck: {
    subject: both('提供ファイルを用意できません', 'A package cannot be prepared'),
    says: both(
      '承認された提供ファイルを用意できずにいます。開いて、原因を確かめてください。',
      'A package that was approved cannot be prepared. Open it to see what is wrong.',
    ),
  },
} satisfies Partial<Record<PackageNews, Record<'subject' | 'says', Bilingual>>>;

/** How a package ends, on the page that asks once more. */
export const endWords = {
  decline: {
    title: both('提供を承認しない', 'Decline the package'),
    says: both(
      '書いた理由は、承認を求めた人にも見えます。それでも渡すときは、新しい提供ファイルを作ります。',
      'The member of staff who asked for approval sees the reason. To hand it over after all, make a new package.',
    ),
    press: both('承認しない', 'Decline'),
  },
  cancel: {
    title: both('提供を取りやめる', 'Cancel the package'),
    says: both(
      '用意した分は消え、何も渡りません。元には戻せません。',
      'What was prepared is destroyed, and nothing is handed over. This cannot be undone.',
    ),
    press: both('取りやめる', 'Cancel it'),
  },
  close: {
    title: both('提供ファイルを閉じる', 'Close the package'),
    says: both(
      '相手がファイルを受け取ったことを確かめてから閉じます。関所に残るファイルは消え、もうダウンロードできません。提供の記録は残ります。',
      'Close it once the recipient has the file. The file kept here is destroyed and cannot be downloaded again. The records of provision stay.',
    ),
    press: both('閉じる', 'Close'),
  },
} satisfies Record<string, Record<'title' | 'says' | 'press', Bilingual>>;

export const relationWords: Record<Relation, Bilingual> = {
  'third-party': both('第三者', 'Third party'),
  entrustment: both('委託先', 'Entrusted party'),
  'joint-use': both('共同利用', 'Joint use'),
  succession: both('事業の承継', 'Successor'),
  'same-entity': both('社内', 'Within the company'),
};

/** What a record holds (Rules 20), as the columns of a file. */
export const recordColumns = {
  provision: both('提供の番号', 'Provision'),
  person: both('本人の番号', 'Person'),
  madeOn: both('記録を作った日', 'Record made'),
  mode: both('記録の作り方', 'How the record was made'),
  consent: both('本人の同意', 'Consent of the person'),
  consentId: both('同意の番号', 'Number of the consent'),
  providedOn: both('提供した日（オプトアウト）', 'Provided on (opt-out)'),
  name: both('提供先の名称', 'Name of the recipient'),
  address: both('提供先の住所', 'Address of the recipient'),
  representative: both('提供先の代表者', 'Representative of the recipient'),
  items: both('項目', 'Items'),
  keepUntil: both('保存の期限', 'Kept until'),
};
