// The words of the consents, in both languages.

import { both, type Bilingual, type Lang } from '../../base/bilingual.ts';
import { consentGivers, type ConsentGiver, type RecordedGiver } from '../../law/index.ts';
import { begun, slashDay } from '../../platform/ui/format.ts';
import type { Column } from './facts/given.ts';
import type { ConsentKind, Method, ObjectionScope, Representative, TextState } from './facts/consent.ts';
import type { ConsentState, Counting, Withdrawn } from './facts/standing.ts';

/** Names of the columns of a file of consents, as its head may state them. */
export const columnWords: Readonly<Record<Column, Bilingual>> = {
  principal: both('本人の番号', 'principal'),
  given_on: both('同意した日', 'given_on'),
  given_by: both('同意した人', 'given_by'),
  evidence: both('証拠の置き場所', 'evidence'),
  relation: both('法定代理人の関係', 'relation'),
  checked: both('確かめた書類', 'checked'),
  shown_on: both('情報を示した日', 'shown_on'),
};

/** Who consented, in the short words of a column. */
export const giverColumn: Readonly<Record<RecordedGiver, Bilingual>> = {
  principal: both('本人', 'The person'),
  representative: both('法定代理人', 'Legal representative'),
  'without-capacity': both('判断できない本人', 'A person who cannot judge it'),
  'uncertain-child': both(
    '子どもの本人（判断できるか分からない）',
    'The person, a child; unclear whether they can judge it',
  ),
  uncertain: both(
    '本人（判断できるか分からない。以前の版の記録）',
    'The person; unclear whether they can judge it (recorded by an earlier version)',
  ),
};

/** The same for a consent that is recorded now. */
export const offeredGivers = Object.fromEntries(consentGivers.map((giver) => [giver, giverColumn[giver]])) as Readonly<
  Record<ConsentGiver, Bilingual>
>;

export const relationWords: Readonly<Record<Representative['relation'], Bilingual>> = {
  parent: both('親権者', 'Parent'),
  'guardian-of-minor': both('未成年後見人', 'Guardian of a minor'),
  'guardian-of-adult': both('成年後見人', 'Guardian of an adult'),
};

export const paperWords: Readonly<Record<Representative['checked'], Bilingual>> = {
  'family-register': both('戸籍', 'Family register'),
  'resident-record': both('住民票', 'Resident record'),
  'guardianship-record': both('登記事項証明書', 'Certificate of registered guardianship'),
  other: both('その他の書類', 'Another document'),
};

export const kindWords: Readonly<Record<ConsentKind, Bilingual>> = {
  use: both('目的を超える利用（法18条1項）', 'Use beyond the purpose (APPI Art. 18(1))'),
  'special-care': both(
    '要配慮個人情報の取得（法20条2項）',
    'Acquisition of special care-required information (Art. 20(2))',
  ),
  provision: both('第三者への提供（法27条1項）', 'Provision to a third party (Art. 27(1))'),
  'provision-abroad': both('外国にある第三者への提供（法28条1項）', 'Provision to a third party abroad (Art. 28(1))'),
  linking: both('個人関連情報の結び付け（法31条1項）', 'Linking of personally related information (Art. 31(1))'),
};

export const shortKindWords: Readonly<Record<ConsentKind, Bilingual>> = {
  use: both('利用', 'Use'),
  'special-care': both('要配慮個人情報の取得', 'Special care'),
  provision: both('提供', 'Provision'),
  'provision-abroad': both('外国への提供', 'Provision abroad'),
  linking: both('結び付け', 'Linking'),
};

export const languageWords: Readonly<Record<Lang, Bilingual>> = {
  ja: both('日本語', 'Japanese'),
  en: both('英語', 'English'),
};

export const methodWords: Readonly<Record<Method, Bilingual>> = {
  'web-form': both('ウェブの画面', 'Web form'),
  paper: both('書面', 'Paper'),
  'e-mail': both('電子メール', 'E-mail'),
  oral: both('口頭', 'Orally'),
};

export const scopeWords: Readonly<Record<ObjectionScope, Bilingual>> = {
  everything: both('すべての取扱いをやめる', 'Stop everything'),
  provision: both('第三者への提供をすべてやめる', 'Stop every provision to third parties'),
  purpose: both('ある目的での利用をやめる', 'Stop use for one purpose'),
  recipient: both('ある提供先への提供をやめる', 'Stop providing to one recipient'),
};

export const textStateWords: Readonly<Record<TextState, Bilingual>> = {
  draft: both('下書き', 'Draft'),
  coming: both('使う予定', 'Coming'),
  'in-force': both('使用中', 'In use'),
  superseded: both('前の版', 'Superseded'),
};

export const consentStateWords: Readonly<Record<ConsentState['state'], Bilingual>> = {
  stands: both('有効', 'In force'),
  partly: both('一部終了', 'Partly ended'),
  ended: both('終了', 'Ended'),
  behind: both('ほかの同意が根拠', 'Another one counts'),
  judged: both('管理者の判断による', 'As the officer judges'),
  nothing: both('根拠にならない', 'Allows nothing'),
};

export const words = {
  title: both('同意', 'Consents'),
  sub: both(
    'だれが、何を見て、何に同意したか。記録の新しい順',
    'Who consented to what, and which text they saw. Newest first',
  ),
  record: both('同意を記録する', 'Record a consent'),
  recordSub: both(
    '本人が同意した事実を、示した文面の版とともに残します',
    'The consent is kept with the version of the text that was shown',
  ),
  chooseText: both('どの文面への同意ですか', 'Consent to which text?'),
  one: both('同意の記録', 'Consent'),
  person: both('本人', 'Person'),
  principal: both('本人の番号', 'Number of the person'),
  principalHint: both(
    '36文字の番号です。本人を探し、本人の画面の「できること」からこの画面を開くと、入力されています。',
    '36 characters. If you search for the person and open this page from theirs, under “What can be done”, it is already filled in.',
  ),
  text: both('文面', 'Text'),
  version: both('版', 'Version'),
  kind: both('同意の種類', 'Kind of consent'),
  language: both('示した言語', 'Language shown'),
  givenOn: both('同意した日', 'Given on'),
  givenTime: both('時刻', 'Time'),
  timeForm: both('9:05 のように書きます', 'Such as 9:05'),
  givenTimeHint: both('分かるときだけ、9:05 のように書きます', 'Only if it is known, such as 9:05'),
  givenBy: both('同意した人', 'Given by'),
  relation: both('法定代理人の関係', 'Relation of the representative'),
  checked: both('確かめた書類', 'Document that was checked'),
  representative: both('法定代理人が同意したとき', 'If a legal representative consented'),
  channel: both('入手の方法', 'How it was received'),
  method: both('同意の取り方', 'How it was given'),
  methodAsCame: both('入手の方法と同じ', 'As it was received'),
  methodHint: both(
    '入手の方法が、口頭・書面・電子メール・ウェブのどれでもないときに選びます',
    'Choose one if it was received neither orally nor on paper, by e-mail or through a web form',
  ),
  note: both('同意を得た経緯', 'How the consent was obtained'),
  noteHint: both(
    '口頭のときは必ず書きます。氏名や電話番号は書かないでください',
    'Required for oral consent. No names or telephone numbers',
  ),
  evidence: both('証拠の置き場所', 'Where the evidence is'),
  evidenceHint: both(
    '綴りや記録の番号。個人情報は書かないでください',
    'Number of a folder or record. No personal information',
  ),
  shownOn: both('外国についての情報を示した日', 'Day the information on the country was shown'),
  shownHint: both('同意より前でなければなりません（法28条2項）', 'It must come before the consent (APPI Art. 28(2))'),
  state: both('状態', 'State'),
  since: both('終了した日', 'Ended on'),
  recordedAt: both('記録した日時', 'Recorded at'),
  by: both('記録した人', 'Recorded by'),
  file: both('取り込んだファイル', 'Imported from file'),
  purposes: both('目的', 'Purposes'),
  holding: both('台帳', 'Holding'),
  items: both('項目', 'Items'),
  recipients: both('提供先', 'Recipients'),
  addition: both('加える提供先', 'Recipient to add'),
  addRecipient: both('提供先を加える', 'Add this recipient'),
  noRecipient: both('なし（社内での利用）', 'None (within the company)'),
  scope: both('同意の範囲', 'Scope of the consent'),
  acts: both('できること', 'What can be done'),
  ends: both('取下げと申出', 'Withdrawal and objections'),
  noEnds: both('取り下げられていません。', 'It has not been withdrawn.'),
  withdraw: both('同意を取り下げる', 'Withdraw'),
  withdrawSays: both(
    '記録すると、この同意はすぐに終わります。元には戻せません。改めて同意を得たときは、新しく記録します。',
    'Once the withdrawal is recorded, the consent ends at once, and this cannot be undone. If the person consents again, record it as a new consent.',
  ),
  remainsSays: both(
    '残る同意は、この取下げでは終わりません。利用や提供をやめてほしいという申出であれば、申出として記録します。',
    'This withdrawal does not end what remains. If the person asks that a use or provision stop, record that as an objection.',
  ),
  withdrawalTime: both('取り下げた時刻を記録する', 'Record the time of the withdrawal'),
  withdrawalTimeSays: both(
    'その日の利用や提供が取下げより後かどうかは、この時刻で確かめます。一度記録すると、変えられません。',
    'Whether a use or provision of that day came after the withdrawal is judged by this time. Once recorded, it cannot be changed.',
  ),
  withdrawOn: both('取り下げた日', 'Withdrawn on'),
  withdrawn: both('取下げ', 'Withdrawn'),
  isWithdrawn: both('あり', 'Yes'),
  objection: both('申出を記録する', 'Record an objection'),
  objectionTitle: both('やめてほしいという申出を記録する', 'Record that a person asks to stop'),
  objectionSub: both(
    '申出より前の同意は、申出の及ぶ範囲で、すぐに終わります',
    'Every earlier consent ends at once, as far as the objection reaches',
  ),
  objected: both('申出', 'Objection'),
  objections: both('やめてほしいという申出', 'Objections'),
  objectionsSub: both(
    'だれが、いつ、何をやめてほしいと言ったか。記録の新しい順',
    'Who asked to stop what, and when. Newest first',
  ),
  noObjections: both('申出の記録はありません', 'No objection is on record'),
  noObjectionsOf: both('この条件に合う申出はありません', 'No objection matches'),
  objectionStands: both('有効', 'In force'),
  objectionRecorded: both('申出を記録しました', 'The objection is recorded'),
  endedConsents: both('終わった同意', 'Consents it ended'),
  endedNone: both('終わる同意はありませんでした。', 'There was no consent to end.'),
  standAgain: both('再び有効になった同意', 'Consents in force again'),
  takeBack: both('取り消す', 'Take back'),
  takeBackTitle: both('誤って記録した申出を取り消す', 'Take back an objection recorded by mistake'),
  takeBackSays: both(
    '別の人の申出を記録したときなど、記録の誤りだけを取り消します。取り消すと、終わっていた同意が再び有効になります。申出と取消しは、どちらも記録に残ります。本人の気持ちが変わったときは、取り消さず、改めて同意を得て記録します。',
    'Take back an objection only if it was recorded by mistake, such as one that somebody else had made. The consents that it had ended are then in force again. The objection stays on record, and so does the fact that it was taken back. If the person has changed their mind, do not take it back: obtain and record a new consent.',
  ),
  takeBackReason: both('取り消す理由', 'Why it is taken back'),
  takeBackHint: both('何を誤ったか。個人情報は書かないでください', 'What was wrong. No personal information'),
  takenBack: both('取消し', 'Taken back'),
  takenBackWhy: both('取消しの理由', 'Reason for taking it back'),
  tookBackLine: both('申出の記録の取消し', 'Objection taken back as a mistake'),
  tookBack: both('申出を取り消しました', 'The objection was taken back'),
  elsewhere: both('文面の及ぶ台帳に登録されていない本人', 'A person who is not in the holding that the text covers'),
  elsewhereYes: both(
    '間違いではない（台帳には、これから登録する）',
    'This is right: they are about to be entered in that holding',
  ),
  counting: both('根拠になる同意', 'Which consent counts'),
  countingYes: both('確かめた（このまま記録する）', 'This is right: record it all the same'),
  seeCounting: both('根拠になる同意を見る', 'See the consent that counts'),
  seeObjections: both('申出の一覧', 'All objections'),
  findPerson: both('本人を探す', 'Find the person'),
  what: both('何をやめてほしいか', 'What is to stop'),
  purpose: both('どの目的か', 'Which purpose'),
  recipient: both('どの提供先か', 'Which recipient'),
  saidOn: both('申出を受けた日', 'Received on'),
  saidHint: both(
    'たったいま受けたときは、時刻も空欄にします',
    'If it was received just now, leave it and the time empty',
  ),
  choose: both('選んでください', 'Choose'),
  noOneRecipient: both('提供先を指定しない', 'No particular recipient'),
  save: both('記録する', 'Record'),
  cancel: both('やめる', 'Cancel'),
  see: both('記録の証明を見る', 'See the log entry'),
  download: both('標準の形式で書き出す（JSON）', 'Export in the standard form (JSON)'),
  none: both('まだ同意の記録はありません', 'No consent is on record yet'),
  noneSays: both(
    '同意の文面を用意して使い始めると、ここに同意が並びます。',
    'Write a text and put it in force; consents to it then appear here.',
  ),
  noneOf: both('この条件に合う同意はありません', 'No consent matches'),
  texts: both('同意の文面', 'Consent texts'),
  textsSub: both(
    '本人に示す文面と、それが及ぶ範囲。版ごとに残ります',
    'What people are shown when asked for consent, and what it covers, kept version by version',
  ),
  newText: both('文面を書く', 'Write a text'),
  nextVersion: both('次の版を書く', 'Write the next version'),
  noTexts: both('同意の文面はまだありません', 'There is no consent text yet'),
  noTextsSays: both(
    '同意を得る前に、示す文面と、目的・項目・提供先を決めておきます。',
    'Before you ask for consent, decide the text to show, its purposes, items and recipients.',
  ),
  noTextsOf: both('この条件に合う文面はありません', 'No consent text matches'),
  noTextToUse: both('使える文面がありません', 'There is no text to use'),
  code: both('文面の番号', 'Code'),
  codeHint: both('英小文字と数字。例：partner-news', 'Small letters and digits, such as partner-news'),
  nameJa: both('名前（日本語）', 'Name in Japanese'),
  nameEn: both('名前（英語）', 'Name in English'),
  wordingJa: both('文面（日本語）', 'Text in Japanese'),
  wordingEn: both('文面（英語）', 'Text in English'),
  wordingHint: both(
    '示す言語だけ書きます。使い始めると変えられません',
    'Write only the languages in which it is shown. It cannot be changed once in force',
  ),
  from: both('使い始める日', 'In force from'),
  until: both('次の版が始まる日', 'Next version from'),
  start: both('この版を使い始める', 'Put this version in force'),
  startSays: both(
    '使い始めた版は変えられません。前の版は、使い始める日から使えなくなります。',
    'A version in force cannot be changed. From its first day, the previous version can no longer be used.',
  ),
  starting: both('使い始める', 'Put in force'),
  versions: both('版', 'Versions'),
  abroadTitle: both('外国の第三者に渡すとき、同意の前に示すこと', 'Shown before a consent to a provision abroad'),
  abroadSays: both(
    '3つとも空欄にできません。分からないときは、そのことと理由、代わりに役に立つ情報を書きます（法28条2項、規則17条）。外国への提供でない文面に替えると、前の版の内容は残りません。',
    'None of the three may be left blank. If something is not known, say so, with the reason and any information that helps instead (APPI Art. 28(2), Rules Art. 17). If you change the text to one that is not for a provision abroad, what the previous version said here is not kept.',
  ),
  abroad: both('情報を結び付ける相手が外国にある', 'The party that links the information is abroad'),
  country: both('国', 'Country'),
  system: both('その国の制度', 'Its system'),
  measures: both('提供先の措置', 'Measures of the recipient'),
  countryOf: both('提供先のある国を示す', 'The country of the recipient'),
  unknownWhy: both('分からないので、理由を示す', 'Not known: the reason is shown'),
  report: both('外国の制度の報告を示す', 'The report on the country'),
  ownText: both('当社が調べた内容を示す（報告がない国）', 'What we found ourselves (no report)'),
  told: both('次のとおり示す', 'As written below'),
  saysJa: both('示す内容（日本語）', 'What is shown, in Japanese'),
  saysEn: both('示す内容（英語）', 'What is shown, in English'),
  unknown: both('不明', 'Not known'),
  onlyUnknown: both('国が分からないときだけ書きます', 'Only if the country is not known'),
  notReport: both('報告を示すときは、書かなくてかまいません', 'Not needed if the report is shown'),
  always: both('必ず書きます', 'Always required'),
  onlyLinking: both(
    '個人関連情報の結び付けのときだけ選んでください',
    'Choose this only for a linking of personally related information',
  ),
  onlyAbroad: both('相手が外国にあるときだけ書いてください', 'Write this only if the recipient is abroad'),
  notBeside: both(
    '選んだ答えでは示されません。空にするか、答えを選び直してください',
    'This is not shown with the answer you chose. Clear it, or choose another answer',
  ),
  import: both('書面の同意を取り込む', 'Import consents on paper'),
  importSub: both(
    'CSVの1行が1人の同意。すべて正しいときだけ、まとめて記録します',
    'Each line is the consent of one person. All are recorded together, and only if every line is correct',
  ),
  importFile: both('CSVファイル', 'CSV file'),
  importHint: both(
    'UTF-8かShift_JIS。Excelのブックは「CSV UTF-8」として保存してから選びます。32 MiB、20万行まで',
    'UTF-8 or Shift_JIS. Save an Excel workbook as “CSV UTF-8” before you choose it. At most 32 MiB and 200,000 lines',
  ),
  importColumns: both('1行目の見出し', 'Headings in line 1'),
  importSave: both('取り込む', 'Import'),
  imported: both('取り込みました', 'Imported'),
  moreProblems: both('ほかにも直すところがあります', 'There is more to correct'),
  staff: both('従業者', 'A member of staff'),
} satisfies Record<string, Bilingual>;

type Why = NonNullable<Counting['counts']>['why'];

const consentNamed = ({ given_on, given_by }: NonNullable<Counting['counts']>['row']): Bilingual =>
  both(
    `${slashDay(given_on)}の同意（${giverColumn[given_by].ja}）`,
    `the consent of ${slashDay(given_on)} (${giverColumn[given_by].en})`,
  );

const whoFirst = both(
  'だれが同意したかが、日付より先に問われるためです（ガイドライン2-16）。',
  'Who consented matters before the day does (guideline 2-16).',
);

const laterFirst = both(
  '新しいほうで決まるためです（同じ日なら、時刻の分かるほう）。',
  'The later one matters; on the same day, the one whose time is known.',
);

/** Why another consent counts than the one that is recorded or shown. */
const countingOther: Readonly<Record<Why, (other: Bilingual) => Bilingual>> = {
  only: (other) =>
    both(
      `${other.ja}が根拠になります。この同意は、申出か取下げで終わっています。`,
      `${begun(other.en)} counts. This one has been ended by an objection or a withdrawal.`,
    ),
  giver: (other) =>
    both(
      `${other.ja}が根拠になります。${whoFirst.ja}この同意は、それが終わるまで根拠になりません。`,
      `${begun(other.en)} counts. ${whoFirst.en} This one does not count until that one has ended.`,
    ),
  later: (other) =>
    both(`${other.ja}が根拠になります。${laterFirst.ja}`, `${begun(other.en)} counts. ${laterFirst.en}`),
};

/** Why the consent that is recorded or shown counts, though there is another. */
const countingThis: Readonly<Record<Exclude<Why, 'only'>, (other: Bilingual) => Bilingual>> = {
  giver: (other) =>
    both(
      `この同意が根拠になります。${whoFirst.ja}この同意が終わると、${other.ja}が再び根拠になります。`,
      `This consent counts. ${whoFirst.en} Once this one has ended, ${other.en} counts again.`,
    ),
  later: (other) =>
    both(
      `この同意が根拠になります。${laterFirst.ja}この同意が終わると、${other.ja}が再び根拠になります。`,
      `This consent counts. ${laterFirst.en} Once this one has ended, ${other.en} counts again.`,
    ),
};

/** Says which consent counts and why. */
export function countingText({ counts }: Pick<Counting, 'counts'>, id: string): Bilingual {
  if (!counts) {
    return both(
      '根拠になる同意はありません。この同意は、申出か取下げで終わっています。',
      'No consent counts. This one has been ended by an objection or a withdrawal.',
    );
  }
  const { row, why, beside } = counts;
  if (row.id !== id) return countingOther[why](consentNamed(row));
  if (!beside || why === 'only')
    return both(
      'この同意が根拠になります。ほかに有効な同意はありません。',
      'This consent counts. No other is in force.',
    );
  return countingThis[why](consentNamed(beside));
}

/** What casts doubt on the consent that counts. */
export const doubtText = ({ row, on }: Withdrawn): Bilingual => {
  const other = consentNamed(row);
  return both(
    `ただし、同じことへの${other.ja}が、${slashDay(on)}に取り下げられています（根拠になる同意と同じ日か、その後です）。本人がいまも同意しているかを確かめてください。`,
    `But ${other.en} to the same was withdrawn on ${slashDay(on)}, the day of the consent that counts or later. Make sure that the person still consents.`,
  );
};

/** What a consent that counts does not allow all the same, because of who gave it. */
export const weakWords: Readonly<Partial<Record<RecordedGiver, Bilingual>>> = {
  'without-capacity': both(
    '判断できない本人の同意なので、これだけでは何も認められません。法定代理人に同意を求めてください。',
    'A person who cannot judge it gave it, so it allows nothing. Ask the legal representative for consent.',
  ),
  'uncertain-child': both(
    '判断できるか分からない子どもの同意なので、個人情報保護管理者が判断するまで何も認められません。',
    'It is unclear whether the child who gave it can judge it, so it allows nothing until the privacy officer has judged that.',
  ),
  uncertain: both(
    'だれの同意か分からない以前の版の記録なので、記録し直すまで何も認められません。',
    'An earlier version left open who gave it, so it allows nothing until it is recorded anew.',
  ),
};

/** Title for other consents that remain after one was withdrawn. */
export const remainsTitle = (n: number, lang: Lang): string =>
  lang === 'ja'
    ? `同じ目的への同意が、ほかに${n}件残ります`
    : n === 1
      ? 'One more consent for the same purpose remains'
      : `${n} more consents for the same purpose remain`;
