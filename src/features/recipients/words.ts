// The words of the recipients and of the countries, in both languages.

import { both, type Bilingual } from '../../base/bilingual.ts';
import type {
  Act,
  AssuranceKind,
  CheckContent,
  Principle,
  RecipientContent,
  RecipientRelation,
  ReportContent,
  Terms,
} from './facts/register.ts';
import type { AssuranceStanding, CloudLeft, Footing } from './facts/standing.ts';

export const fieldWords: Record<keyof RecipientContent, Bilingual> = {
  kind: both('種類', 'Kind'),
  name: both('名称', 'Name'),
  address: both('住所', 'Address'),
  representative: both('代表者の氏名', 'Name of the representative'),
  country: both('国', 'Country'),
  relations: both('当社との関係', 'Relation to us'),
  contact: both('連絡先・担当の部署', 'Contact or office in charge'),
  publicKey: both('公開鍵', 'Public key'),
};

export const relationWords: Record<RecipientRelation, Bilingual> = {
  'third-party': both('第三者', 'Third party'),
  entrustment: both('委託先', 'Entrusted party'),
  'joint-use': both('共同利用', 'Joint use'),
  succession: both('事業の承継', 'Successor'),
};

export const stateWords = { active: both('使用中', 'In use'), stopped: both('停止中', 'Stopped') };

export const footingWords: Record<Footing, Bilingual> = {
  stands: both('根拠あり', 'Has a basis'),
  each: both('提供のたびに確かめる', 'Checked at each provision'),
  none: both('根拠なし', 'No basis'),
  stopped: both('停止中', 'Stopped'),
};

export const actWords: Record<Act, Bilingual> = {
  register: both('登録', 'Registered'),
  change: both('変更', 'Changed'),
  stop: both('停止', 'Stopped'),
  resume: both('再開', 'Resumed'),
};

export const assuranceWords: Record<AssuranceKind, Bilingual> = {
  entrustment: both('委託契約', 'Entrustment contract'),
  'equivalent-system': both('基準適合体制', 'Equivalent-action system'),
  cloud: both('取り扱わないクラウド', 'Cloud that does not handle the data'),
};

type System = Extract<Terms, { kind: 'equivalent-system' }>;

export const basisWords: Record<System['by'], Bilingual> = {
  contract: both('契約・覚書など', 'A contract or memorandum'),
  'group-rules': both('グループの規程', 'Rules of the group'),
  certificate: both('国際的な認証', 'An international certificate'),
};

export const schemeWords: Record<NonNullable<System['scheme']>, Bilingual> = {
  'apec-cbpr': both('APEC CBPR', 'APEC CBPR'),
  'global-cbpr': both('グローバルCBPR', 'Global CBPR'),
};

/** What an assurance is on a day. */
export const assuranceStateWords: Record<AssuranceStanding, Bilingual> = {
  holds: both('有効', 'In force'),
  unconfirmed: both('確認待ち', 'To be confirmed'),
  'not-yet': both('始まる前', 'Not yet in force'),
  expired: both('期限切れ', 'Expired'),
  ended: both('終了', 'Ended'),
  behind: both('後のものが根拠', 'A later one counts'),
};

const notKnownGone = (on: string, ja: string, en: string): Bilingual =>
  both(`${on}に${ja}、返却・消去は未確認`, `${en} on ${on}, not known to be returned or erased`);

/** The state of a cloud that is no longer in use, since a day, while something may still be there. */
export const leftWords: Record<CloudLeft['how'], (on: string) => Bilingual> = {
  stopped: (on) => notKnownGone(on, '停止', 'stopped'),
  ended: (on) => notKnownGone(on, '終了', 'ended'),
  expired: (on) => notKnownGone(on, '期限切れ', 'expired'),
};

export const everyMonths = (months: number): Bilingual =>
  both(`${months}か月に1回以上`, `at least every ${months} months`);

/** The system of a country for the protection of personal information. */
export const systemWords = {
  equivalent: both('同等と認められた国', 'Equivalent'),
  exists: both('制度がある', 'Exists'),
  none: both('制度がない', 'Does not exist'),
  lacking: both('記録がありません', 'Not on record'),
};

export const measureWords: Record<CheckContent['measures'], Bilingual> = {
  kept: both('続けている', 'Kept'),
  hindered: both('支障に対応した', 'Trouble, dealt with'),
  impossible: both('続けられない', 'Cannot be kept'),
  returned: both('返却・消去を確かめた', 'Returned or erased'),
};

export const indicatorWords: Record<ReportContent['indicators'][number], Bilingual> = {
  'eu-adequacy': both('EUの十分性認定を受けている', 'An adequacy decision of the EU'),
  cbpr: both('CBPRに参加している', 'Takes part in CBPR'),
};

export const principleWords: Record<Principle, Bilingual> = {
  'collection-limitation': both('収集の制限', 'Collection limitation'),
  'data-quality': both('データの正確さ', 'Data quality'),
  'purpose-specification': both('目的の明確化', 'Purpose specification'),
  'use-limitation': both('利用の制限', 'Use limitation'),
  'security-safeguards': both('安全保護', 'Security safeguards'),
  openness: both('公開', 'Openness'),
  'individual-participation': both('個人の参加', 'Individual participation'),
  accountability: both('責任', 'Accountability'),
};

/** Facts of an entrustment or a cloud; the form asks for the same as questions. */
export const factWords = {
  ownUse: both('自社のための利用・混合', 'Own use or mixing'),
  assessed: both('選定の評価', 'Assessment'),
  contract: both('契約の安全管理の定め', 'Safety terms in the contract'),
  monitored: both('取扱い状況を確かめる方法', 'Means of checking the handling'),
  contractExcludesHandling: both('契約で取扱いを除く', 'Handling excluded by contract'),
  accessControlled: both('アクセス制御', 'Access control'),
} satisfies Record<string, Bilingual>;

/** The seven items of Rules 18(3), by their codes in the law. */
export const itemWords: Readonly<Record<string, Bilingual>> = {
  'how-set-up': both('体制を整えた方法', 'How the system was set up'),
  measures: both('相手がとる措置の概要', 'Outline of the measures the recipient takes'),
  'check-frequency-and-method': both('確認の頻度と方法', 'How often and how it is checked'),
  country: both('相手のある国の名称', 'Name of the country the recipient is in'),
  'foreign-systems': both(
    '措置に影響しうる外国の制度と概要',
    'Systems of that country that may affect the measures, in outline',
  ),
  trouble: both('措置に生じた支障と概要', 'Trouble with the measures, in outline'),
  remedy: both('支障についてとった措置の概要', 'What was done about the trouble, in outline'),
};

/** Fields of what is recorded about a recipient, and of a report on a country, by their names in the actions and forms. */
export const labels = {
  ...fieldWords,
  reference: both('契約・認証の名前や番号', 'Name or number of the contract or certificate'),
  from: both('始まりの日', 'From'),
  until: both('終わりの日', 'Until'),
  ownUse: both(
    '相手が自社のために使ったり、ほかの会社の情報と混ぜたりできますか',
    'May the party use the data for itself, or mix it with data of others?',
  ),
  assessed: both('相手を調べて選びましたか', 'Was the party assessed and properly selected?'),
  contract: both('契約に安全管理の定めがありますか', 'Does the contract have safety terms?'),
  monitored: both('取扱いの状況を確かめる方法がありますか', 'Is there a way to check how the data is handled?'),
  by: both('体制の根拠', 'What the system rests on'),
  scheme: both('認証の種類', 'Which certificate'),
  measures: both('相手がとる措置の概要', 'Outline of the measures the recipient takes'),
  checkMethod: both('確認の方法', 'How it is checked'),
  checkMonths: both('確認の間隔', 'Months between two checks'),
  contractExcludesHandling: both(
    '契約で、事業者がデータを取り扱わないと定めていますか',
    'Does the contract say that the vendor does not handle the data?',
  ),
  accessControlled: both(
    'アクセス制御で、事業者が取り扱えないようにしていますか',
    'Does access control keep the vendor from handling it?',
  ),
  serverCountry: both('サーバーのある国', 'Country of the servers'),
  on: both('確認した日', 'Day of the check'),
  method: both('確認した方法', 'How it was checked'),
  measureState: both('確認の結果', 'Result of the check'),
  foreignSystem: both('措置に影響しうる外国の制度', 'Foreign systems that may affect the measures'),
  trouble: both('生じた支障', 'The trouble'),
  remedy: both('とった措置', 'What was done about it'),
  proof: both('返却・消去を示す書面の名前や番号', 'Name or number of the document that shows the return or erasure'),
  nextDue: both('次に確認する期限', 'Check again by'),
  reason: both('理由', 'Reason'),
  systemExists: both('個人情報の保護に関する制度がありますか', 'Is there a system that protects personal information?'),
  indicators: both('水準の指標', 'Indicators of its level'),
  missingPrinciples: both('OECD8原則のうち欠けるもの', 'OECD principles that are missing'),
  graveSystems: both(
    '本人の権利利益に重大な影響を及ぼしうる制度',
    'Systems that may gravely affect the rights and interests of persons',
  ),
  source: both('調べた資料のアドレス', 'Address of the source'),
  checkedOn: both('確かめた日', 'Checked on'),
  countryMeasures: both('踏まえてとる措置', 'Measures that follow from it'),
  url: both('アドレス', 'Address'),
} satisfies Record<string, Bilingual>;

export const words = {
  title: both('提供先', 'Recipients'),
  sub: both(
    '個人情報を渡す相手と、渡してよい根拠、確認の記録',
    'To whom personal information may go, on what basis, and how that is checked',
  ),
  add: both('提供先を加える', 'Add a recipient'),
  edit: both('提供先の変更', 'Change the recipient'),
  change: both('変える', 'Change'),
  save: both('保存する', 'Save'),
  register: both('登録する', 'Register'),
  record: both('記録する', 'Record'),
  cancel: both('やめる', 'Cancel'),
  back: both('提供先に戻る', 'Back to the recipient'),
  saved: both('保存しました', 'Saved'),
  none: both('まだ提供先がありません', 'There is no recipient yet'),
  noneSays: both(
    '個人情報を渡す前に、相手の名称、住所、代表者、国を登録します。',
    'Before any personal information is handed over, register the recipient’s name, address, representative and country.',
  ),
  noMatch: both('この条件に合う提供先はありません', 'No recipient matches'),
  state: both('状態', 'State'),
  inUse: both('使用か停止か', 'In use or stopped'),
  basis: both('根拠', 'Basis'),
  nextCheck: both('次の確認', 'Next check'),
  providedTo: both('この提供先への提供', 'What was provided to it'),
  packagesTo: both('この提供先への提供ファイル', 'Packages for it'),
  content: both('相手', 'The recipient'),
  today: both('いまの状態', 'Current state'),
  history: both('これまでの版', 'History'),
  version: both('版', 'Version'),
  at: both('日時', 'When'),
  act: both('行為', 'Act'),
  actor: both('した人', 'By'),
  changes: both('変わったこと', 'What changed'),
  entry: both('記録', 'Record'),
  seeEntry: both('記録を見る', 'See the entry'),
  namesake: both(
    '同じ名称の提供先があります。同じ相手なら、すでにある方を開いて直してください',
    'There is already a recipient of this name. If it is the same one, open that entry and correct it',
  ),
  another: both('同じ名称の提供先', 'A recipient of the same name'),
  anotherYes: both('別の提供先として登録する', 'Register it as a separate recipient'),
  assurances: both('提供の根拠', 'Basis for provisions'),
  addAssurance: both('根拠を加える', 'Add a basis'),
  noAssurances: both(
    '根拠の記録がありません。委託として渡すときと、外国の相手にその体制を根拠に渡すときは、ここに根拠が要ります。',
    'No basis is on record. One is needed here for an entrustment, and for a provision abroad on an equivalent-action system.',
  ),
  past: both('終わった根拠', 'No longer in force'),
  found: both('調査の内容', 'What was found'),
  asAbove: both('上のとおり', 'As above'),
  seeIt: both('内容を見る', 'See it'),
  kept: both('確認の結果', 'Result'),
  trouble: both('支障', 'Trouble'),
  remedy: both('対応', 'Remedy'),
  checkNote: both('生じた支障と、とった措置', 'Trouble, and what was done'),
  ended: both('終了', 'Ended'),
  end: both('終わらせる', 'End'),
  endTitle: both('根拠を終わらせる', 'End the basis'),
  endSays: both(
    '今日から、この根拠はないものとして扱います。元には戻せません。記録は残ります。',
    'From today this basis is treated as if it did not exist. This cannot be undone. The record stays.',
  ),
  noEnd: both('定めなし', 'No end'),
  recipient: both('提供先', 'Recipient'),
  terms: both('内容', 'What it says'),
  confirm: both('確かめたと記録する', 'Confirm it'),
  confirmed: both('社内での確認', 'Confirmed by staff'),
  confirmSays: both(
    'この記録は、社内のシステムが書いたものです。社内の人が契約などで確かめるまで、提供の根拠になりません（法28条）。',
    'One of our systems recorded this. It is no basis for a provision until a member of staff has checked it against the contract or the like (APPI Art. 28).',
  ),
  endReason: both('終わらせた日と理由', 'Ended on, and why'),
  allAssurances: both('契約などの根拠', 'Contracts and other bases'),
  ofAllRecipients: both('すべての提供先のもの', 'Of all recipients'),
  noneAssured: both('根拠の記録がまだありません', 'No basis is on record yet'),
  noneChecked: both('確認の記録がまだありません', 'No check is on record yet'),
  noAssuranceMatches: both('この条件に合う根拠はありません', 'No basis matches'),
  noCheckMatches: both('この条件に合う確認はありません', 'No check matches'),
  checks: both('定期的な確認', 'Periodic checks'),
  addCheck: both('確認を記録する', 'Record a check'),
  noChecks: both('確認の記録がまだありません。', 'No check is on record yet.'),
  checkSays: both(
    '相手が措置を続けているか、外国の制度が影響しないかを、1年に1回以上確かめます（法28条3項、規則18条1項）。「続けられない」と記録すると、この提供先への提供はすぐに止まります。',
    'Check at least once a year whether the recipient keeps the measures, and whether its country’s systems affect them (APPI Art. 28(3), Rules Art. 18(1)). Recording “cannot be kept” stops every provision to it at once.',
  ),
  checkSaysHere: both(
    '委託先の取扱いの状況を、1年に1回以上確かめます（法25条）。「続けられない」と記録すると、この提供先への提供はすぐに止まります。',
    'Check at least once a year how the recipient handles the data (APPI Art. 25). Recording “cannot be kept” stops every provision to it at once.',
  ),
  returnSays: both(
    'この提供先には、いま根拠があって渡しているものがありません。渡した情報がすべて返却・消去されたら、「返却・消去を確かめた」を選び、その日と、それを示す書面を書きます。その日までに渡した情報については、年に1回の確認が要らなくなります。',
    'Nothing is given to this recipient on a standing basis now. Once all that was given has been returned or erased, choose “Returned or erased” and write the day and the document that shows it. What was given up to then needs no yearly check any more.',
  ),
  proof: both('返却・消去を示す書面', 'Shown by'),
  stop: both('提供を止める', 'Stop'),
  stopTitle: both('提供の停止', 'Stop provisions'),
  stopSays: both(
    '止めると、この提供先への提供はすべて断られます。止めた理由は記録に残ります。',
    'Once stopped, every provision to this recipient is refused. The reason stays on record.',
  ),
  resume: both('再開する', 'Resume'),
  resumeTitle: both('提供の再開', 'Resume provisions'),
  resumeSays: both(
    '再開すると、根拠のある提供を再び行えます。再開してよい理由を書いてください。',
    'Once resumed, provisions that have a basis are possible again. Write why they may be resumed.',
  ),
  stoppedTitle: both('この提供先への提供は止まっています', 'Provisions to this recipient are stopped'),
  since: both('止めた日', 'Stopped on'),
  measuresTitle: both('本人に伝える7つの事項', 'The seven items a person is told'),
  measuresSub: both(
    '本人に求められたら、遅滞なく伝えます（法28条3項、規則18条3項）',
    'Told without delay when a person asks (APPI Art. 28(3), Rules Art. 18(3))',
  ),
  measuresLink: both('本人に伝える事項を見る', 'See what a person is told'),
  notOwed: both(
    'この提供先には基準適合体制の記録がないので、この事項を伝える義務はありません。',
    'No equivalent-action system is on record for this recipient, so there is no duty to tell these items.',
  ),
  withhold: both(
    '業務の適正な実施に著しい支障を及ぼすおそれがあるときは、全部または一部を伝えないことができます。そのときは、そのことを遅滞なく本人に知らせ、理由を説明するよう努めます（規則18条4項・5項）。',
    'All or part of them may be withheld if telling them may seriously impede the proper conduct of the business. In that case, tell the person so without delay, and try to explain why (Rules Art. 18(4), (5)).',
  ),
  lacking: both('記録がありません', 'Not on record'),
  countries: both('外国の制度', 'Foreign systems'),
  countriesSub: both(
    '提供先のある国について知っていることと、それを確かめた日',
    'What is known of the countries recipients are in, and when it was checked',
  ),
  reports: both('国ごとの調査', 'Reports by country'),
  addReport: both('国を調べて記録する', 'Record a report'),
  reportTitle: both('国の調査の記録', 'Report on a country'),
  system: both('制度', 'System'),
  noCountries: both('この条件に合う国はありません', 'No country matches'),
  noReports: both('国の調査の記録がまだありません', 'No report on a country is on record yet'),
  noReportsSays: both(
    '調査のない国へ同意を得て提供するときは、その国の制度を本人に個別に知らせます。',
    'Where there is no report, each person is told about that country’s system individually before consenting.',
  ),
  equivalent: both('日本と同等の水準と認められた国', 'Countries recognised as equivalent'),
  page: both('個人情報保護委員会のページ', 'The Commission’s page'),
  pageSub: both('外国の制度を調べた結果の公表先', 'Where it publishes its findings on foreign systems'),
  pageSays: both(
    'ページを開いて確かめ、所在が変わっていれば新しいアドレスを書きます。このページは、過去に一度移っています。',
    'Open the page and check it. If it has moved, write its new address. The page has moved once before.',
  ),
  pageCheck: both('所在を確かめて記録する', 'Check and record'),
  pageFromPolicy: both('方針に書かれた所在です', 'As the policy states it'),
  pageRecorded: both('ここに記録した所在です', 'As recorded here'),
  recheck: both('次に確かめる期限', 'Check again by'),
  there: both('あり', 'Yes'),
  notThere: both('なし', 'No'),
  yes: both('はい', 'Yes'),
  no: both('いいえ', 'No'),
  choose: both('選んでください', 'Choose'),
  noneMissing: both('どれも欠けていない', 'None is missing'),
  notLooked: both('調べていない（指標による）', 'Not examined (an indicator is relied on)'),
  graveNone: both('見当たらない', 'None was found'),
  graveSome: both('ある', 'There is one'),
  undecided: both('まだ決めていません', 'Not decided yet'),
  recipientsThere: both('この国の提供先', 'Recipients there'),
  serversThere: both('サーバー', 'servers'),
  noReportHere: both('この国の調査は、まだありません', 'There is no report on this country yet'),
} satisfies Record<string, Bilingual>;
