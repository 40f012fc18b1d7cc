// Coverage: every article of chapter 4 of the APPI (17 to 46), and the articles of the Numbering Act and the Telecommunications Business Act used
// here, each with what Sekisho does about it. Every article has a line, so that none is left out silently.

import { both, type Bilingual } from '../base/bilingual.ts';
import type { Source } from '../base/finding.ts';

export interface Coverage {
  law: Source;
  article: string;
  title: Bilingual;
  /**
   * `decided`: by the functions named. `asked`: a person judges, and the facts of the functions named carry the judgement. `outside`: not Sekisho's
   * business, for the reason given.
   */
  state: 'decided' | 'asked' | 'outside';
  /** Names of the functions exported by `law/index.ts`. */
  by: readonly string[];
  /** What a person is asked. Present on every line in the state `asked`, and on no other. */
  asks: Bilingual | null;
  /** What a person judges, and what is left out and why. */
  says: Bilingual;
}

const decided = (article: string, title: Bilingual, by: string[], says: Bilingual, law: Source = 'APPI'): Coverage => ({
  law,
  article,
  title,
  state: 'decided',
  by,
  asks: null,
  says,
});
const asked = (
  article: string,
  title: Bilingual,
  asks: Bilingual,
  says: Bilingual,
  by: readonly string[] = [],
  law: Source = 'APPI',
): Coverage => ({ law, article, title, state: 'asked', by, asks, says });
const outside = (article: string, title: Bilingual, says: Bilingual, law: Source): Coverage => ({
  law,
  article,
  title,
  state: 'outside',
  by: [],
  asks: null,
  says,
});

export const coverage: readonly Coverage[] = [
  decided(
    '17',
    both('利用目的の特定', 'Specifying the purpose'),
    ['decidePurpose', 'decidePurposeChange'],
    both(
      '具体的かどうかと、関連する範囲かどうかは、個人情報保護管理者が判断します。判断は、台帳、方針、共同利用についてはその手続の中で、関所に聞いたことについては残した相談に記録します。',
      'The privacy officer judges whether it is concrete and whether a change is related. The judgement is recorded in the acts on the ledger, the policy and joint uses and, for what the checkpoint was asked, in the kept consultation.',
    ),
  ),
  decided(
    '18',
    both('利用目的による制限', 'Limits by the purpose'),
    ['decideUse', 'decidePurposeChange'],
    both(
      '例外の要素は人が確かめます。同意した子どもが、判断できるか年齢からは分からないときは、ほかの条の同意でも、個人情報保護管理者が項目と目的を見て判断します。おとなについて分からないときは、その人について判断するまで、同意として記録しません。通信の秘密に当たる情報では、電気通信事業法の答えが優先します。',
      'A person confirms the elements of an exception. Where a child’s age does not tell whether the child who consented could judge it, the privacy officer judges by the items and the purpose, also for consents under other articles. Of an adult in doubt no consent is recorded until that person was judged. For information under the secrecy of communications, the answer of the TBA comes first.',
    ),
  ),
  decided(
    '19',
    both('不適正な利用の禁止', 'No improper use'),
    ['decideUse', 'decideProvision'],
    both(
      '違法や不当な行為を助長するかは人が判断し、その判断があれば断ります。',
      'A person judges whether it furthers unlawful or unjust acts; once judged so, it is refused.',
    ),
  ),
  decided(
    '20',
    both('適正な取得', 'Proper acquisition'),
    ['decideAcquisition', 'decideReceipt', 'decideRelatedReceipt'],
    both(
      '不正な手段かどうかは人が判断します。要配慮個人情報に当たるかは、情報の種類の問いで決めます。本人が自分で渡すときは、判断できない人だと分かっているときだけ断ります。',
      'A person judges whether the means are wrongful. The question about the kind of information decides whether it is special care-required. What the person hands over is refused only where it is known that they cannot judge it.',
    ),
  ),
  decided(
    '21',
    both('取得に際しての利用目的の通知等', 'Telling the purpose on acquisition'),
    ['decideAcquisition', 'decidePurposeChange'],
    both('4項のおそれは人が確かめます。', 'A person confirms the likelihood of the harms of paragraph 4.'),
  ),
  decided(
    '22',
    both('データ内容の正確性の確保等', 'Accuracy and erasure'),
    ['decideErasure', 'decideCorrection'],
    both(
      '目的のためにまだ要るかと、保存を義務づける法令があるかは人が答えます。正しく保つことは、気づいた誤りを直す問いで決めます。',
      'People say whether it is still needed and whether a law makes the company keep it. Accuracy is decided where an error is found.',
    ),
  ),
  asked(
    '23',
    both('安全管理措置', 'Safety measures'),
    both(
      '扱う情報とその危険に見合った安全管理措置がとられていますか。',
      'Are the safety measures appropriate to the information handled and its risks?',
    ),
    both(
      '措置が足りるかは人が判断します。外国での取扱いの義務だけを答えに含めます。',
      'People judge whether the measures are enough. Only the duty for handling abroad is part of an answer.',
    ),
  ),
  decided(
    '24',
    both('従業者の監督', 'Supervising staff'),
    ['decideEmployeeSupervision'],
    both(
      '教育、秘密保持、点検がそろうかを確かめます。それで足りるかは個人情報保護管理者が判断し、記録します。',
      'Checks that training, confidentiality and inspections are in place. The privacy officer judges whether they are enough, on record.',
    ),
  ),
  decided(
    '25',
    both('委託先の監督', 'Supervising entrusted parties'),
    ['decideEntrustedSupervision', 'decideProvision'],
    both(
      '選定、契約、把握の方法がそろうかを確かめます。監督の質は人が判断します。',
      'Checks that selection, contract and oversight are in place. People judge the quality of the supervision.',
    ),
  ),
  decided(
    '26',
    both('漏えい等の報告等', 'Breach reports'),
    ['decideBreach'],
    both(
      '推奨の方式によらない守り方、同じデータがほかに残っている毀損、委託元への通知が遅れたときの効果は、個人情報保護管理者が判断します。',
      'The privacy officer judges protection by methods that are not recommended, damage where a copy is kept, and the effect of a late notice to the entrusting party.',
    ),
  ),
  decided(
    '27',
    both('第三者提供の制限', 'Limits on provision'),
    ['decideProvision', 'decideJointUseChange', 'decideOptOutChange'],
    both(
      'オプトアウトの変更と終わり（3項）も決めます。4項の公表は委員会が行い、その後の当社の公表を義務として付けます。停止を求める期間が足りるかは、個人情報保護管理者が判断します。承継では、引き継がれる事業のデータだけかと、契約の前なら調査のための契約を尋ねます。仮名加工情報などの提供は別の条で扱います。',
      'Also decides changes and the ending of an opt-out (3). The publication of (4) is made by the Commission; our own after it is attached as a duty. The privacy officer judges whether there is enough time to ask that it stop. For a succession it is asked whether only data of the business passes and, before it is agreed, for the contract on the inquiry. Processed information has its own articles.',
    ),
  ),
  decided(
    '28',
    both('外国にある第三者への提供', 'Provision abroad'),
    ['decideProvision', 'foreignStatus'],
    both(
      '相手の体制が基準に合うか、その措置が続いているかは人が確かめ、根拠と期限を事実として受け取ります。トークンを持つシステムは記録できません。同意した人については18条と同じです。',
      'A person confirms that the recipient’s system conforms and is kept; its basis and dates come in as facts. A system with a token cannot record that. As to who consented, the same applies as under 18.',
    ),
  ),
  decided(
    '29',
    both('第三者提供に係る記録', 'Provision records'),
    ['decideProvision'],
    both(
      'ガイドラインの例外は、承認した人がいるときだけ認め、受け取る側だけの例外では、渡す側の記録を省きません。記録の残る本人を消去するときは、だれの記録かを示すものだけを残します。',
      'The guideline’s exemptions count only when somebody has approved them, and one for the recipient alone does not free the provider from the record. When a person is erased while a record is kept, only what shows whose record it is stays.',
    ),
  ),
  decided(
    '30',
    both('受領時の確認等', 'Checks on receipt'),
    ['decideReceipt', 'decideAcquisition', 'decideRelatedReceipt'],
    both(
      '取得の経緯を示す文書が足りるかと、相手が27条1項のどの号で渡すかは、人が確かめます。委託で受け取るときは、当社のためにも使うかを尋ねます。要配慮個人情報を取得してよいかは、取得の問いで確かめます。',
      'People confirm whether the document that shows how it was acquired is enough, and under which item of 27(1) the provider gives it. Of what is entrusted to us it is asked whether we also use it for ourselves. The question about acquisition decides whether special care-required information may be acquired.',
    ),
  ),
  decided(
    '31',
    both('個人関連情報の提供', 'Personally related information'),
    ['decideRelatedProvision', 'decideRelatedReceipt', 'decideProvision', 'decideReceipt'],
    both(
      '相手が個人と結び付けると想定されるかは人が答えます。委託先が結び付けるときも、同じ問いで確かめます。当社が得た同意は、だれが同意したかも尋ね、ほかの会社が得た同意では尋ねません。',
      'People say whether the recipient is expected to link it. The same question covers an entrusted party that links it. Who consented is asked for consent that we obtained, not for consent that another company obtained.',
    ),
  ),
  decided(
    '32',
    both('保有個人データに関する事項の公表等', 'Matters made known'),
    ['decidePublishedMatters', 'decidePurposeNotice'],
    both(
      '何を公表しているかは人が答えます。措置の書き方が具体的かどうかも人が確かめます。',
      'People say what is published, and whether the safety measures are described concretely.',
    ),
  ),
  decided(
    '33',
    both('開示', 'Disclosure'),
    ['decideDisclosure'],
    both(
      '開示で害が生じるか、業務の支障が著しいか、方法が難しいかは人が確かめます。',
      'People confirm whether disclosure does harm, seriously impedes the business or is difficult in the chosen way.',
    ),
  ),
  decided(
    '34',
    both('訂正等', 'Correction'),
    ['decideCorrection'],
    both(
      '調べた結果は人が答えます。評価や意見は訂正の対象にしません。',
      'People say what the inquiry found. An evaluation or an opinion is never corrected as a fact.',
    ),
  ),
  decided(
    '35',
    both('利用停止等', 'Suspension of use'),
    ['decideSuspension'],
    both(
      '請求に理由があるかと、別の措置で本人を守れるかは人が調べて答えます。認めた停止が渡し方のどれに及ぶかは、提供のたびに判定します。',
      'People find out whether a claim is well founded, and whether other measures protect the person. Which ways of providing a granted stop reaches is decided at every provision.',
    ),
  ),
  decided(
    '36',
    both('理由の説明', 'Explaining reasons'),
    ['decidePurposeNotice', 'decideDisclosure', 'decideCorrection', 'decideSuspension'],
    both(
      '求めと異なる答えには、理由を説明する努力義務を必ず付けます。説明の文は人が書きます。',
      'An answer that differs from the request always carries the duty to try to explain the reasons. People write the explanation.',
    ),
  ),
  decided(
    '37',
    both('開示等の請求等に応じる手続', 'Procedures for requests'),
    ['decideRequest'],
    both(
      '本人確認、代理の権限、対象の特定は人が確かめます。',
      'People check the identity, the authority of an agent, and which data is meant.',
    ),
  ),
  decided(
    '38',
    both('手数料', 'Fees'),
    ['decideRequest', 'decidePurposeNotice', 'decideDisclosure', 'decideCorrection', 'decideSuspension'],
    both(
      '実費を考えて合理的な額かは人が判断します。',
      'People judge whether the amount is reasonable in view of the actual cost.',
    ),
  ),
  decided(
    '39',
    both('事前の請求', 'Request before a lawsuit'),
    ['decideLawsuit'],
    both(
      '届いた日、または届くはずの日は人が答えます。仮処分の申立ても同じです。',
      'People give the day it arrived or should have arrived. The same holds for a provisional disposition.',
    ),
  ),
  asked(
    '40',
    both('苦情の処理', 'Complaints'),
    both('苦情に、適切かつ速やかに応じましたか。', 'Was the complaint handled properly and promptly?'),
    both('適切かつ迅速かは人が判断します。', 'People judge whether a complaint is handled properly and quickly.'),
  ),
  decided(
    '41',
    both('仮名加工情報の作成等', 'Pseudonymously processed information'),
    ['decidePseudonymisation', 'decidePseudonymousUse', 'decidePseudonymousProvision'],
    both(
      '加工が済んでいるかと、目的を公表したかは人が答えます。9項で働かない条は、情報の種類の問いが示します。',
      'People say whether it was processed and its purpose published. The question about the kind of information shows which articles do not apply under (9).',
    ),
  ),
  decided(
    '42',
    both('仮名加工情報の第三者提供の制限等', 'Provision of pseudonymised information'),
    ['decidePseudonymousProvision', 'decidePseudonymousUse', 'decideReceipt'],
    both(
      '外国にある相手に任せてよいかは法令がはっきり定めていないので、個人情報保護管理者が判断します。',
      'The law does not clearly settle whether a recipient abroad may be entrusted with it, so the privacy officer judges it.',
    ),
  ),
  decided(
    '43',
    both('匿名加工情報の作成等', 'Anonymously processed information'),
    ['decideAnonymisation', 'decideAnonymousPublication', 'decideAnonymousProvision', 'decideAnonymousUse'],
    both(
      'だれのものか分からなくなっているかは、法令が数字で決めていないので、個人情報保護管理者が判断します。',
      'No figure in the law measures whether nobody can be identified any more, so the privacy officer judges it.',
    ),
  ),
  decided(
    '44',
    both('匿名加工情報の提供', 'Provision of anonymised information'),
    ['decideAnonymousProvision'],
    both('公表と、相手への伝え方は人が答えます。', 'People say what was published and how the recipient is told.'),
  ),
  decided(
    '45',
    both('識別行為の禁止', 'No re-identification'),
    ['decideAnonymousUse'],
    both('照らし合わせて本人を割り出すかは人が答えます。', 'People say whether anybody is looked up in it.'),
  ),
  decided(
    '46',
    both('匿名加工情報の安全管理措置等', 'Safety of anonymised information'),
    ['decideAnonymousUse', 'decideAnonymousProvision', 'decideReceipt'],
    both(
      '努力義務として答えに付けます。措置が足りるかは人が判断します。',
      'An effort, which is attached to the answers as a duty. People judge whether the measures are enough.',
    ),
  ),
  decided(
    '9',
    both('個人番号の利用範囲', 'Uses of a My Number'),
    ['decideNumberUse'],
    both(
      '4項の事務と、緊急の場合を決めます。事務に必要な範囲かどうかは担当者が確かめ、緊急の場合に当たるかは、件ごとに個人情報保護管理者が判断します。',
      'Decides the affairs of (4) and the emergency. The handler confirms whether the affair needs it, and the privacy officer judges case by case whether it is an emergency.',
    ),
    'NumberingAct',
  ),
  decided(
    '10',
    both('再委託', 'Re-entrustment'),
    ['decideNumberEntrustment', 'decideNumberProvision'],
    both(
      '最初に委託した者の許諾を、段階ごとに確かめます。許諾の書面は人が保管します。',
      'The permission of the first entruster is checked at every step. People keep the written permissions.',
    ),
    'NumberingAct',
  ),
  decided(
    '11',
    both('委託先の監督', 'Supervising entrusted parties'),
    ['decideNumberEntrustment', 'decideNumberProvision'],
    both(
      '選定、契約、把握の方法がそろうかを確かめます。監督の質は人が判断します。',
      'Checks that selection, contract and oversight are in place. People judge the quality of the supervision.',
    ),
    'NumberingAct',
  ),
  asked(
    '12',
    both('個人番号利用事務実施者等の責務', 'Safety of My Numbers'),
    both(
      '個人番号の漏えいなどを防ぐ措置がとられていますか。',
      'Are there measures that keep My Numbers from leaking, being lost or being damaged?',
    ),
    both(
      '措置が足りるかは人が判断します。扱う人が事務取扱担当者かは尋ね、担当者だけが扱うことと記録を残すことは、答えの義務に含めます。',
      'People judge whether the measures are enough. It is asked whether a designated handler acts. That only designated handlers do, and the logs, are duties in the answers.',
    ),
    ['decideNumberUse', 'decideNumberEntrustment'],
    'NumberingAct',
  ),
  outside(
    '13',
    both('個人番号利用事務実施者の責務', 'Fewer papers for affairs of My Numbers'),
    both(
      '番号を使う行政機関などの努力義務で、会社の義務ではありません。',
      'An effort of the authorities that use the numbers, not of a company.',
    ),
    'NumberingAct',
  ),
  decided(
    '14',
    both('提供の要求', 'Asking for a My Number'),
    ['decideNumberRequest', 'decidePaymentRecord'],
    both(
      '所得税法225条の支払調書の基準額と期限で決めます。競馬の賞金の基準と、ほかの法令の事務は人が確かめます。',
      'Decided by the thresholds and due days of payment records (Income Tax Act 225). People confirm the threshold for horse-race prizes and affairs under other laws.',
    ),
    'NumberingAct',
  ),
  decided(
    '15',
    both('提供の求めの制限', 'Limits on asking'),
    ['decideNumberRequest'],
    both(
      '同じ世帯の人の番号は「他人」の番号に当たらないため、扱いません。',
      'Numbers of the same household are not those of “another person”, so they are left out.',
    ),
    'NumberingAct',
  ),
  decided(
    '16',
    both('本人確認の措置', 'Verification of identity'),
    ['decideIdentity'],
    both(
      '書類の組み合わせを決めます。書類が本物か、税務署が認めた方法かは人が確かめ、代理人からの電話は個人情報保護管理者が判断します。国外転出者の特例は扱いません。',
      'Decides the combinations of documents. People confirm that they are genuine and that the tax office accepts the method; the privacy officer judges a call from an agent. The special rule for persons who moved abroad is left out.',
    ),
    'NumberingAct',
  ),
  decided(
    '19',
    both('特定個人情報の提供の制限', 'Limits on providing specific personal information'),
    ['decideNumberProvision'],
    both(
      '1号から4号まで、6号、13号、15号から17号までを決めます。1号では受け取る側です。5号、7号から12号まで、14号は、役所、J-LIS、情報提供ネットワーク、証券の振替機関だけの定めなので、どの場合にも当たらないものとして断ります。15号のうち政令の挙げる公益、16号の緊急の場合、17号に当たるかは、件ごとに個人情報保護管理者が判断します。',
      'Decides (i) to (iv), (vi), (xiii) and (xv) to (xvii); under (i) we only receive. (v), (vii) to (xii) and (xiv) concern only authorities, J-LIS, the information network and securities institutions, and are refused as none of the cases. The privacy officer judges case by case whether the Order lists a public interest (xv), whether it is an emergency (xvi), and whether (xvii) applies.',
    ),
    'NumberingAct',
  ),
  decided(
    '20',
    both('収集等の制限', 'Limits on collecting and keeping'),
    ['decideNumberKeeping', 'decideNumberRequest'],
    both(
      '控えを残す年数は社内の定めにより、長くても7年です。',
      'The number of years that copies are kept is our own rule, seven at most.',
    ),
    'NumberingAct',
  ),
  decided(
    '29',
    both('特定個人情報ファイルの作成の制限', 'Limits on files of My Numbers'),
    ['decideNumberUse'],
    both(
      '事務の範囲を超えるファイルかは人が判断し、その判断があれば断ります。',
      'A person judges whether a file goes beyond the affair; once judged so, it is refused.',
    ),
    'NumberingAct',
  ),
  outside(
    '29-2',
    both('研修の実施', 'Training at authorities'),
    both('行政機関などの義務で、会社の義務ではありません。', 'A duty of authorities, not of a company.'),
    'NumberingAct',
  ),
  outside(
    '29-3',
    both('委員会による検査等', 'Inspections of authorities'),
    both('行政機関などへの検査で、会社には及びません。', 'Inspections of authorities; they do not reach a company.'),
    'NumberingAct',
  ),
  decided(
    '29-4',
    both('漏えい等の報告等', 'Breach reports'),
    ['decideBreach'],
    both(
      '個人情報保護法26条と同じ問いで、両方を一度に決めます。',
      'Decided together with Article 26 of the APPI, in one question.',
    ),
    'NumberingAct',
  ),
  decided(
    '30',
    both('個人情報保護法の特例', 'How the APPI applies to My Numbers'),
    ['decideNumberUse', 'decideNumberProvision', 'decideUse', 'decideAcquisition', 'decideProvision'],
    both(
      '個人情報保護法の同意、オプトアウト、共同利用、提供の記録の定めは個人番号に働きません。',
      'The rules of the APPI on consent, opt-out, joint use and provision records do not apply to My Numbers.',
    ),
    'NumberingAct',
  ),
  decided(
    '4',
    both('秘密の保護', 'Secrecy of communications'),
    ['decideSecrecy'],
    both(
      '令状と個別の同意のほかは、違法でないとする理由があるかを個人情報保護管理者が判断します。',
      'Apart from a warrant and individual consent, the privacy officer judges whether the law justifies it.',
    ),
    'TBA',
  ),
  outside(
    '27-5',
    both('特定利用者情報の規律を受ける事業者の指定', 'Designation for specified user information'),
    both(
      '利用者が月平均1,000万人（有料なら500万人）以上で指定された事業者だけの定めです。27条の6から27条の11までも同じです。',
      'Only for carriers designated for a monthly average of ten million users, or five million who pay. The same goes for Articles 27-6 to 27-11.',
    ),
    'TBA',
  ),
  decided(
    '27-12',
    both('情報送信指令通信に係る通知等', 'External transmission'),
    ['decideTransmission'],
    both(
      '自社の紹介だけのサイトが対象になるかは、個人情報保護管理者が判断します。',
      'The privacy officer judges whether a site that only presents our own business is covered.',
    ),
    'TBA',
  ),
  decided(
    '28',
    both('業務の停止等の報告', 'Reports to the Minister'),
    ['decideBreach'],
    both(
      '漏えいの問いで、通信の秘密の漏えいの報告を決めます。特定利用者情報を持つのは、27条の5で指定された事業者だけです（施行規則22条の2の20により、利用者が月平均1,000万人、有料なら500万人以上）。このため、特定利用者情報の漏えいの規則は扱わず、指定を受けた会社では個人情報保護管理者が判断します。業務の停止などの報告は扱いません。',
      'The question about breaches decides the report of a leak of communications secrecy. Only carriers designated under 27-5 (a monthly average of ten million users, or five million who pay; Rules 22-2-20) hold specified user information. The rules on its leaks are therefore left out, and at a designated company the privacy officer judges. Reports of stopped services are left out.',
    ),
    'TBA',
  ),
  decided(
    '164',
    both('適用除外等', 'To whom it applies'),
    ['decideTransmission'],
    both(
      '自前の回線のないサービスにも4条と27条の12が働く、という3項だけを使います。',
      'Only (3) is used, by which Articles 4 and 27-12 also apply to services without lines of their own.',
    ),
    'TBA',
  ),
];
