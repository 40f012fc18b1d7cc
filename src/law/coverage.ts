// Every article of chapter 4 (17 to 46) and what this house does about it. An article nobody answers for would be silence;
// here silence is a line that says so.

import { both, type Bilingual } from '../base/bilingual.ts';
import type { Source } from '../base/finding.ts';

export interface Coverage {
  law: Source;
  article: string;
  title: Bilingual;
  /**
   * `decided`: by the functions named; `asked`: a person judges, and the facts of the functions named carry it; `outside`: none of this
   * house's business, for the reason given; `later`: not yet decided here.
   */
  state: 'decided' | 'asked' | 'outside' | 'later';
  /** Names of the functions exported by `law/index.ts`. */
  by: readonly string[];
  /** What is judged by a person, what is left out and why. */
  says: Bilingual;
}

type Line = [article: string, title: Bilingual, says: Bilingual, by?: readonly string[], law?: Source];

const line =
  (state: Coverage['state']) =>
  (...[article, title, says, by = [], law = 'APPI']: Line): Coverage => ({ law, article, title, state, by, says });
const decided = (article: string, title: Bilingual, by: string[], says: Bilingual, law: Source = 'APPI'): Coverage =>
  line('decided')(article, title, says, by, law);
const asked = line('asked');
const later = line('later');

export const coverage: readonly Coverage[] = [
  decided(
    '17',
    both('利用目的の特定', 'Specifying the purpose'),
    ['decidePurpose', 'decidePurposeChange'],
    both(
      '具体的かどうかと、関連する範囲かどうかは、個人情報保護管理者が判断します。',
      'Whether it is concrete and whether a change is related are judged by the privacy officer.',
    ),
  ),
  decided(
    '18',
    both('利用目的による制限', 'Limits by the purpose'),
    ['decideUse', 'decidePurposeChange'],
    both(
      '例外の要素があるかどうかは人が確かめます。通信の秘密に当たる情報はまだ扱いません。',
      'A person confirms the elements of an exception. Secrecy of communications is not handled yet.',
    ),
  ),
  decided(
    '19',
    both('不適正な利用の禁止', 'No improper use'),
    ['decideUse', 'decideProvision'],
    both(
      '違法や不当な行為を助けるかは人が判断し、その判断があれば断ります。',
      'A person judges whether it furthers unlawful acts; once judged so it is refused.',
    ),
  ),
  decided(
    '20',
    both('適正な取得', 'Proper acquisition'),
    ['decideAcquisition', 'decideReceipt'],
    both(
      '不正な手段かどうかは人が判断します。個人関連情報の取得はまだ扱いません。',
      'Wrongful means are judged by a person. Receiving personally related information is not handled yet.',
    ),
  ),
  decided(
    '21',
    both('取得に際しての利用目的の通知等', 'Telling the purpose on acquisition'),
    ['decideAcquisition', 'decidePurposeChange'],
    both('4項のおそれは人が確かめます。', 'The harms of paragraph 4 are confirmed by a person.'),
  ),
  decided(
    '22',
    both('データ内容の正確性の確保等', 'Accuracy and erasure'),
    ['decideErasure', 'decideCorrection'],
    both(
      '目的のためにまだ要るかと、保存を求める法令があるかは人が答えます。正しく保つことは、気づいた誤りを直す問いで決めます。',
      'People say whether it is still needed and whether a law makes the company keep it. Accuracy is decided where an error is found.',
    ),
  ),
  asked(
    '23',
    both('安全管理措置', 'Safety measures'),
    both(
      '措置が足りるかは人が判断します。外国での取扱いの義務だけを答えに含めます。',
      'Whether the measures suffice is judged by people. Only the duty for handling abroad is part of an answer.',
    ),
  ),
  decided(
    '24',
    both('従業者の監督', 'Supervising staff'),
    ['decideEmployeeSupervision'],
    both(
      '教育、秘密保持、点検がそろうかを確かめます。それで足りるかは個人情報保護管理者が判断し、記録します。',
      'It checks that training, secrecy and checks exist. Whether they suffice is the privacy officer’s recorded judgement.',
    ),
  ),
  decided(
    '25',
    both('委託先の監督', 'Supervising entrusted parties'),
    ['decideEntrustedSupervision', 'decideProvision'],
    both(
      '選定、契約、把握の方法がそろうかを確かめます。監督の質は人が判断します。',
      'It checks that selection, contract and oversight exist. Their quality is judged by people.',
    ),
  ),
  decided(
    '26',
    both('漏えい等の報告等', 'Breach reports'),
    ['decideBreach'],
    both(
      '推奨の方式によらない守り方、控えのある毀損、委託元への遅い通知の効果は、個人情報保護管理者が判断します。',
      'The officer judges protection by other ciphers, damage with a copy kept, and the effect of a late notice to the entrusting party.',
    ),
  ),
  decided(
    '27',
    both('第三者提供の制限', 'Limits on provision'),
    ['decideProvision', 'decideJointUseChange'],
    both(
      '3項のオプトアウトの変更と4項の公表は扱いません。仮名加工情報などの提供は別の条で扱います。',
      'Changes of an opt-out (3) and its publication (4) are left out. Processed information has its own articles.',
    ),
  ),
  decided(
    '28',
    both('外国にある第三者への提供', 'Provision abroad'),
    ['decideProvision', 'foreignStatus'],
    both(
      '相手の体制が基準に合うかは人が確かめ、その根拠と期限を事実として受け取ります。',
      'A person confirms that the recipient’s system conforms; its basis and dates come in as facts.',
    ),
  ),
  decided(
    '29',
    both('第三者提供に係る記録', 'Provision records'),
    ['decideProvision'],
    both(
      'ガイドラインの例外は、承認した人がいるときだけ認めます。',
      'The guideline’s exemptions count only when somebody approved them.',
    ),
  ),
  decided(
    '30',
    both('受領時の確認等', 'Checks on receipt'),
    ['decideReceipt', 'decideAcquisition'],
    both(
      '個人関連情報を個人データとして受け取る場合はまだ扱いません。',
      'Receiving personally related information as personal data is not handled yet.',
    ),
  ),
  later(
    '31',
    both('個人関連情報の提供', 'Personally related information'),
    both('まだここでは決めません。', 'Not yet decided here.'),
  ),
  decided(
    '32',
    both('保有個人データに関する事項の公表等', 'Matters made known'),
    ['decidePublishedMatters', 'decidePurposeNotice'],
    both(
      '何を公表しているかは人が答えます。措置の書き方が具体的かどうかも人が確かめます。',
      'People say what is published, and whether the safety measures are put in concrete words.',
    ),
  ),
  decided(
    '33',
    both('開示', 'Disclosure'),
    ['decideDisclosure'],
    both(
      '開示で害が生じるか、業務の支障が著しいか、方法が難しいかは人が確かめます。',
      'Whether disclosure does harm, seriously impedes the business or is difficult in the chosen way is confirmed by people.',
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
      '請求に理由があるかと、別の措置で本人を守れるかは人が調べて答えます。',
      'Whether a claim has ground, and whether other measures protect the person, is found out by people.',
    ),
  ),
  decided(
    '36',
    both('理由の説明', 'Explaining reasons'),
    ['decidePurposeNotice', 'decideDisclosure', 'decideCorrection', 'decideSuspension'],
    both(
      '求めと異なる答えには、理由を説明する努力義務を必ず付けます。説明の文は人が書きます。',
      'Every answer other than what was asked for carries the duty to try to explain. People write the explanation.',
    ),
  ),
  decided(
    '37',
    both('開示等の請求等に応じる手続', 'Procedures for requests'),
    ['decideRequest'],
    both(
      '本人確認、代理の権限、対象の特定は人が確かめます。',
      'Identity, the authority of an agent and which data is meant are checked by people.',
    ),
  ),
  decided(
    '38',
    both('手数料', 'Fees'),
    ['decideRequest', 'decidePurposeNotice', 'decideDisclosure', 'decideCorrection', 'decideSuspension'],
    both(
      '実費を考えて合理的な額かは人が判断します。',
      'Whether the amount is reasonable for the actual cost is judged by people.',
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
    both('適切かつ迅速かは人が判断します。', 'Whether a complaint is handled well and quickly is judged by people.'),
  ),
  ...(
    [
      ['41', '仮名加工情報の作成等', 'Pseudonymously processed information'],
      ['42', '仮名加工情報の第三者提供の制限等', 'Provision of pseudonymised information'],
      ['43', '匿名加工情報の作成等', 'Anonymously processed information'],
      ['44', '匿名加工情報の提供', 'Provision of anonymised information'],
      ['45', '識別行為の禁止', 'No re-identification'],
      ['46', '匿名加工情報の安全管理措置等', 'Safety of anonymised information'],
    ] as const
  ).map(([article, ja, en]) =>
    later(
      article,
      both(ja, en),
      both('まだここでは決めません。加工の部屋と一緒に作ります。', 'Not yet decided here; it comes with processing.'),
    ),
  ),
];
