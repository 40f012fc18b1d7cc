// Finds the policy's gaps: where the law asks more than the text says, or the text says it badly. Each gap is detected in the data, so mending the
// data closes it. facts.ts reads the policy; this file judges it. It must never change a policy, and it knows no particular company.

import type { Bilingual } from '../../base/bilingual.ts';
import { both } from '../../base/bilingual.ts';
import type { Source } from '../../base/finding.ts';
import { readJapaneseDate } from '../../platform/ui/format.ts';
import { isAskedByPostAlone } from './facts/desk.ts';
import type { Clause, Policy } from './facts/shape.ts';

/** `must`: the law requires it; `should`: the text is outdated, unclear or loose; `note`: harmless as long as it is known. */
export type Severity = 'must' | 'should' | 'note';

export interface Gap {
  id: `G-${number}`;
  /** The clause to mend, if any. */
  clause?: number;
  severity: Severity;
  law: { law: Source; article: string }[];
  says: Bilingual;
  /** What Sekisho does until the policy is mended. */
  whatWeDo: Bilingual;
  /** What to write, and in which file. Names of files and fields are in backticks. */
  mend: Bilingual;
}

type Seen = false | { clause?: number; severity?: Severity };

type Rule = Gap & { sees: (policy: Policy) => Seen };

const seenIf = (seen: boolean, where: { clause?: number; severity?: Severity } = {}): Seen => (seen ? where : false);

const seenAt = (clause: Clause | undefined): Seen => (clause ? { clause: clause.no } : false);

/** How to mend a gap of silence: state the matter in a clause, and name the clause in `stated_in`. */
const stateIt = (ja: string, en: string, matter: string): Bilingual =>
  both(
    `${ja}を本文に書き、その条項の番号を \`operator.yaml\` の \`stated_in.${matter}\` に加えます`,
    `Write ${en} into a clause, and add its number to \`stated_in.${matter}\` in \`operator.yaml\``,
  );

const appi = (article: string): Gap['law'][number] => ({ law: 'APPI', article });

/** Rules about wording: present-day article numbers, and the Japanese words for the layers. */
const wording: Rule[] = [
  {
    id: 'G-1',
    severity: 'should',
    law: [{ law: 'NumberingAct', article: '30(2)' }],
    says: both(
      '番号法第30条第3項は、改正で第30条第2項になりました',
      'Article 30, paragraph 3 of the Numbering Act is paragraph 2 today',
    ),
    whatWeDo: both('根拠には第30条第2項を示します', 'Findings cite Article 30, paragraph 2'),
    mend: both(
      '`clauses.yaml` のその条項で、本文の「第30条第3項」を「第30条第2項」に、`cites` も `NumberingAct 30(2)` に改めます',
      'In that clause of `clauses.yaml`, change paragraph 3 to paragraph 2, and `cites` to `NumberingAct 30(2)`',
    ),
    sees: (p) =>
      seenAt(
        p.clauses.find((c) => c.cites?.includes('NumberingAct 30(3)') || /番号.{0,20}第30条第3項/.test(c.text.ja)),
      ),
  },
  {
    id: 'G-6',
    severity: 'should',
    law: [appi('31(1)')],
    says: both(
      '公表済みの英文は原則と例外が入れ替わっています。ここでは法律に合わせて読んでいます',
      'The English first published swaps rule and exception; the text here is read as the law stands',
    ),
    whatWeDo: both(
      '個人関連情報の提供は、法第31条のとおりに判断します',
      'Provision of personally related information is decided by Article 31',
    ),
    mend: both(
      '公表した英文を法律に合わせて改め、`clauses.yaml` のその条項から `follows` を除きます',
      'Correct the published English, and take `follows` out of that clause in `clauses.yaml`',
    ),
    sees: (p) => seenAt(p.clauses.find((c) => c.follows !== undefined)),
  },
  {
    id: 'G-14',
    severity: 'should',
    law: [appi('16(3)'), appi('16(4)')],
    says: both(
      '法律が「個人データ」「保有個人データ」というところを、「個人情報」と書いています',
      'The text says “personal information” where the law says “personal data” or “retained personal data”',
    ),
    whatWeDo: both('どちらか分からないときは、厳しい方の規則に従います', 'In doubt the stricter layer’s rules apply'),
    mend: both(
      '`clauses.yaml` で、`layer` が `personal-data` の条項には「個人データ」、`retained-personal-data` の条項には「保有個人データ」と書きます',
      'In `clauses.yaml`, write `個人データ` where `layer` is `personal-data`, and `保有個人データ` where it is `retained-personal-data`',
    ),
    sees: (p) => seenAt(p.clauses.find((c) => !namesItsLayer(c))),
  },
];

/** True when the Japanese text uses the word for the layer its duty attaches to (the Japanese is the original). */
function namesItsLayer(c: Clause): boolean {
  if (c.layer === 'personal-data') return c.text.ja.includes('個人データ');
  if (c.layer === 'retained-personal-data') return c.text.ja.includes('保有個人データ');
  return true;
}

const plain = (text: string): string => text.normalize('NFKC').replaceAll(/\s/g, '');

/** Article 23 has had no paragraphs since 2022, when what had been Article 23 became Article 27. */
const oldProvision = /個人情報の?保護(?:に関する法律|法).{0,6}第?23条第?[1-6]項/;

const written = /(?:(?:明治|大正|昭和|平成|令和)(?:元|\d{1,2})|\d{4})年\d{1,2}月\d{1,2}日/g;

/** References and dates that are out of date or never were. */
const references: Rule[] = [
  {
    id: 'G-23',
    severity: 'should',
    law: [appi('27(1)'), appi('27(5)')],
    says: both(
      '個人情報保護法の第三者提供の条文は、2022年4月から第27条です。いまの第23条は安全管理措置の条文で、項はありません',
      'Provision to third parties has been Article 27 of the Act since April 2022; Article 23 is about security today, and has no paragraphs',
    ),
    whatWeDo: both('根拠には第27条を示します', 'Findings cite Article 27'),
    mend: both(
      '`clauses.yaml` のその条項で、本文と `cites` の第23条を第27条に改めます',
      'In that clause of `clauses.yaml`, change Article 23 to Article 27 in the text and in `cites`',
    ),
    sees: (p) =>
      seenAt(
        p.clauses.find((c) => oldProvision.test(plain(c.text.ja)) || c.cites?.some((one) => /^APPI 23\(\d/.test(one))),
      ),
  },
  {
    id: 'G-24',
    severity: 'should',
    law: [],
    says: both(
      '本文に、実在しない日付があります（元号の期間の外の日付を含みます）',
      'The text gives a date that never was, such as one outside its era',
    ),
    whatWeDo: both('本文をそのまま公表します', 'The text is published as it is'),
    mend: both(
      '`clauses.yaml` のその条項の日付を、正しい元号か西暦に改めます（平成は31年4月30日まで、令和は元年5月1日からです）',
      'In that clause of `clauses.yaml`, correct the date to the right era or the Western calendar (Heisei ended on 30 April of its year 31, and Reiwa began on 1 May of its first)',
    ),
    sees: (p) =>
      seenAt(
        p.clauses.find((c) =>
          [...plain(c.text.ja).matchAll(written)].some(([date]) => readJapaneseDate(date) === null),
        ),
      ),
  },
];

/**
 * Purposes that specify nothing. The guideline (3-1-1) names the first examples of each of the two kinds; a catch-all at the end of a list makes the
 * whole list open.
 */
const vague = [
  /^(?:当社|弊社|当法人)?の?(?:事業|業務|営業|経営|マーケティング)(?:活動)?(?:全般)?(?:の(?:遂行|推進)|に(?:用いる|利用する|使う))?の?(?:ため|目的)?$/,
  /^(?:お客様|お客さま|顧客|利用者)?へ?の?サービスの?(?:質の)?(?:向上|改善|充実)(?:を図る|に(?:用いる|利用する))?の?(?:ため|目的)?$/,
  /その他.{0,20}(?:必要|適切|適当)と(?:認め|判断|考え)/,
  /その他の?(?:目的|業務|事業|利用)(?:のため)?$/,
];

const purposes: Rule[] = [
  {
    id: 'G-19',
    severity: 'must',
    law: [appi('17(1)'), { law: 'Guideline', article: '3-1-1' }],
    says: both(
      '利用目的が具体的に特定されていません。最終的に何に使われるかを、本人が想定できません',
      'A purpose is not specified: the person cannot foresee what the information will be used for in the end',
    ),
    whatWeDo: both(
      '方針に書かれた目的として扱います。この文では、目的の範囲を超えた利用を見分けられません',
      'It is treated as a purpose of the policy; with these words, nothing can be told apart as beyond it',
    ),
    mend: both(
      '`purposes.yaml` の目的と `clauses.yaml` のその条項に、どの事業で何をするために使うかを書き、「その他」で広げません',
      'Write into `purposes.yaml` and into that clause of `clauses.yaml` in which business it is used and to do what, with no catch-all',
    ),
    sees: (p) => {
      const open = p.purposes.find(({ text }) => {
        const said = plain(text.ja).replace(/[。、.]+$/, '');
        return vague.some((one) => one.test(said));
      });
      return open === undefined ? false : { clause: open.clause };
    },
  },
];

/** Joint use (APPI 27(5)(iii), 27(6)). */
const jointUse: Rule[] = [
  {
    id: 'G-2',
    severity: 'must',
    law: [appi('27(6)')],
    says: both(
      '利用目的または責任者の変更と、名称などの変更を区別せず、どちらも「遅滞なく」としています',
      'Changes of the purposes or of the responsible person are not distinguished from changes of the name and the like: the text says “without delay” for both',
    ),
    whatWeDo: both(
      '利用目的と責任者の変更は変更の前に、名称などの変更は遅滞なく公表するよう求めます',
      'The purposes and the responsible person must be announced before the change, the name and the like without delay after it',
    ),
    mend: both(
      '利用目的と責任者の変更はあらかじめ知らせると条項に書き、`joint-uses.yaml` の `changes` の `purposes` と `responsible_person` を `in-advance` にします',
      'Say in the clause that both are announced in advance, and set `purposes` and `responsible_person` of `changes` in `joint-uses.yaml` to `in-advance`',
    ),
    sees: ({ jointUses }) =>
      jointUses !== 'none' &&
      seenIf(jointUses.changes.purposes !== 'in-advance' || jointUses.changes.responsible_person !== 'in-advance', {
        clause: jointUses.changes.clause,
      }),
  },
  {
    id: 'G-3',
    severity: 'must',
    law: [appi('41(6)'), appi('42(2)')],
    says: both(
      '仮名加工情報の共同利用を、本人への通知でもよいとしています',
      'Notice to the person is offered for joint use of pseudonymised information',
    ),
    whatWeDo: both(
      '仮名加工情報の共同利用では、公表だけを認めます',
      'For pseudonymised information only publication counts',
    ),
    mend: both(
      '公表だけとする文に改め、`joint-uses.yaml` の `notice_by.pseudonymised` から `notify` を除きます',
      'Change the text to publication only, and remove `notify` from `notice_by.pseudonymised` in `joint-uses.yaml`',
    ),
    sees: ({ jointUses }) => jointUses !== 'none' && seenIf(jointUses.notice_by.pseudonymised.includes('notify')),
  },
];

/** The law names no figure (38(2)): fees of 300 to 1,500 yen are usual, and this is where we begin to ask. */
const HIGH_FEE_YEN = 5_000;

/** Matters to be made knowable to principals, and their rights (APPI 32 to 38). */
const rights: Rule[] = [
  {
    id: 'G-4',
    severity: 'must',
    law: [appi('32(1)(i)')],
    says: both(
      '代表者の氏名が本文になく、求めに応じて答える手続もありません',
      'The representative’s name is not in the text, and the desk does not give it on request',
    ),
    whatWeDo: both(
      '登録した代表者の氏名を、公表ページの表題の下に示します',
      'The registered representative is shown below the title of the published page',
    ),
    mend: both(
      '代表者の氏名を本文に書き、その条項の番号を `operator.yaml` の `stated_in.representative` に加えます。窓口が答えるなら、`desk.answers_on_request` に `representative` を加えます',
      'Write the name into a clause and add its number to `stated_in.representative` in `operator.yaml`; or, if the desk gives it on request, add `representative` to `desk.answers_on_request`',
    ),
    sees: ({ operator: o }) =>
      seenIf(o.stated_in.representative.length === 0 && !o.desk.answers_on_request.includes('representative')),
  },
  {
    id: 'G-5',
    severity: 'must',
    law: [appi('32(2)'), appi('37(3)')],
    says: both(
      '利用目的の通知の用紙、または代理人による請求の説明がありません',
      'There is no form for the notice of purpose, or no explanation of requests by agents',
    ),
    whatWeDo: both('利用目的の通知も代理人による請求も受け付けます', 'Both are accepted all the same'),
    mend: both(
      '用紙を `operator.yaml` の `forms` に加え（`kind` は `purpose-notice`）、代理人による請求を述べる条項の番号を `stated_in.agents` に加えます',
      'Add the form to `forms` in `operator.yaml`, of the kind `purpose-notice`, and the number of the clause on agents to `stated_in.agents`',
    ),
    sees: ({ operator: o }) =>
      seenIf(!o.forms.some((f) => f.kind === 'purpose-notice') || o.stated_in.agents.length === 0),
  },
  {
    id: 'G-16',
    severity: 'must',
    law: [appi('32(1)(iii)'), appi('37(1)')],
    says: both(
      'ウェブページでの請求も受け付けるのに、本文は書面での連絡だけを案内しています',
      'Requests are also accepted on the web page, but the text mentions only letters',
    ),
    whatWeDo: both(
      '請求の案内のページでは、書面とウェブページの2つの方法を示します',
      'The page on requests names both ways, the letter and the web page',
    ),
    mend: both(
      '`clauses.yaml` のその条項に、ウェブページでも請求できると書きます。受け付けないなら、`operator.yaml` の `desk.electronic` を `false` にします',
      'Say in that clause of `clauses.yaml` that requests may be made on the web page too; if they may not, set `desk.electronic` in `operator.yaml` to `false`',
    ),
    sees: ({ operator: { desk }, clauses }) => {
      const asks = clauses.filter((c) => c.promises.includes('request-arrival-recorded'));
      const silent = asks.find(({ text }) => text.ja.includes('書面') && !/ウェブ|電子/.test(text.ja));
      return desk.electronic && seenAt(silent);
    },
  },
  {
    id: 'G-17',
    severity: 'must',
    // Reasonable accommodation by businesses: Act 65 of 2013, a duty since 1 April 2024 (Act 56 of 2021), towards a person who says they need it.
    law: [appi('37(4)'), { law: 'DisabilityAct', article: '8(2)' }],
    says: both(
      '書面が難しい方に別の方法を窓口が案内するとしながら、窓口に尋ねる方法が郵便しかありません',
      'The desk is to tell people who find a letter difficult about other ways, but it can be asked only by post',
    ),
    whatWeDo: both(
      '電話番号かメールアドレスが書かれるまで、公表のページでは送り先の住所だけを案内します',
      'The public pages give the postal address alone until a telephone number or an e-mail address is stated',
    ),
    mend: both(
      '「会社と窓口を書き換える」で電話番号かメールアドレスを書きます（`operator.yaml` の `desk.phone`、`desk.email`）',
      'Give a telephone number or an e-mail address under “Change company and desk” (`desk.phone`, `desk.email` in `operator.yaml`)',
    ),
    sees: ({ operator: { desk }, clauses }) =>
      seenIf(isAskedByPostAlone(desk), {
        clause: clauses.find((c) => c.promises.includes('written-route-offered'))?.no,
      }),
  },
  {
    id: 'G-13',
    severity: 'should',
    law: [appi('38(1)'), appi('33(5)')],
    says: both(
      '手数料の一文が、どの用紙にかかるのか分かりません',
      'It is unclear to which of the forms the sentence about the fee applies',
    ),
    whatWeDo: both(
      '手数料は、方針が手数料を定めた種類の請求だけに認めます',
      'A fee is accepted only for the kinds of request for which the policy sets one',
    ),
    mend: both(
      '手数料の一文を、手数料のかかる用紙の条項に置き、`operator.yaml` の `fee.printed_under` をその条項の番号だけにします',
      'Put the sentence into the clauses of the forms that it belongs to, and name exactly these in `fee.printed_under` of `operator.yaml`',
    ),
    sees: ({ operator: { fee, forms } }) => {
      const charged = forms.filter((f) => fee.kinds.some((k) => k === f.kind)).map((f) => f.clause);
      const astray =
        charged.find((no) => !fee.printed_under.includes(no)) ?? fee.printed_under.find((no) => !charged.includes(no));
      return astray === undefined ? false : { clause: astray };
    },
  },
  {
    id: 'G-22',
    severity: 'should',
    law: [appi('38(2)')],
    says: both(
      `手数料が${HIGH_FEE_YEN.toLocaleString('en-US')}円を超えています。手数料は、実費を勘案して合理的と認められる範囲で定めます`,
      `A fee is above ${HIGH_FEE_YEN.toLocaleString('en-US')} yen; it must be within what is reasonable, considering the actual cost`,
    ),
    whatWeDo: both('方針のとおりの額で手続を進めます', 'Requests are handled with the fee as the policy states it'),
    mend: both(
      '`operator.yaml` の `fee.amount_yen` と、額を書いた条項を、実費に見合う額に改めます。高い実費がかかるなら、その計算を残します',
      'Set `fee.amount_yen` in `operator.yaml`, and the clauses that print it, to what the actual cost justifies; if that is so high, keep the calculation',
    ),
    sees: ({ operator: { fee } }) => {
      const amounts = typeof fee.amount_yen === 'number' ? [fee.amount_yen] : Object.values(fee.amount_yen);
      const high = amounts.some((yen) => yen > HIGH_FEE_YEN);
      return seenIf(high, fee.clauses[0] === undefined ? {} : { clause: fee.clauses[0] });
    },
  },
  {
    id: 'G-18',
    severity: 'should',
    law: [appi('37(4)')],
    says: both(
      '本人を確かめる書類を3つ以上求めています。本人に過重な負担をかけない手続にする必要があります',
      'Three or more papers are required to prove identity; the procedure must not place an excessive burden on the person',
    ),
    whatWeDo: both('方針のとおりに求めます', 'They are asked for as the policy says'),
    mend: both(
      '`operator.yaml` の `identity_papers` に、1つか2つの書類で足りる組み合わせを加えます',
      'Add to `identity_papers` in `operator.yaml` a combination in which one or two papers are enough',
    ),
    sees: ({ operator: { identity_papers: enough = [] } }) =>
      seenIf(enough.length > 0 && enough.every(({ count }) => count > 2)),
  },
  {
    id: 'G-11',
    severity: 'must',
    law: [{ law: 'APPI-Order', article: '10(iii)' }],
    says: both(
      '認定個人情報保護団体に入っているかどうかが書かれていません',
      'The text does not say whether the company belongs to an accredited organisation',
    ),
    whatWeDo: both(
      '入っていれば、公表ページの窓口の下と、請求への通知で、団体の名称と申出先を案内します',
      'If it does, the organisation is named below the desk on the published page and in our notices to requesters',
    ),
    mend: stateIt('入っているかどうか', 'whether it does', 'accredited-organisation'),
    sees: ({ operator: o }) =>
      seenIf(o.stated_in['accredited-organisation'].length === 0, {
        severity: o.accredited_organisation === 'none' ? 'note' : 'must',
      }),
  },
];

/** Provision to third parties, in Japan and abroad, and anonymised information. */
const provision: Rule[] = [
  {
    id: 'G-7',
    severity: 'must',
    law: [appi('43(4)')],
    says: both(
      '匿名加工情報の提供先に、匿名加工情報であると明示することが書かれていません',
      'The text does not say that recipients are told that they receive anonymised information',
    ),
    whatWeDo: both('明示のない提供を認めません', 'Provision without that marking is refused'),
    mend: stateIt('明示すること', 'that they are told', 'anonymised-information-marking'),
    sees: ({ operator: o }) => seenIf(o.stated_in['anonymised-information-marking'].length === 0),
  },
  {
    id: 'G-8',
    severity: 'must',
    law: [appi('28(3)'), { law: 'APPI-Rules', article: '18' }],
    says: both(
      '体制による外国への提供について、求めに応じて情報を提供することが書かれていません',
      'The text does not offer information on request about provision abroad based on an equivalent-action system',
    ),
    whatWeDo: both('求めに応じて7つの事項を答えられるようにします', 'The seven matters can be given on request'),
    mend: stateIt('求めに応じて情報を提供すること', 'that it is given on request', 'foreign-measures-on-request'),
    sees: ({ operator: o }) =>
      seenIf(o.foreign_bases.includes('equivalent-system') && o.stated_in['foreign-measures-on-request'].length === 0),
  },
  {
    id: 'G-9',
    severity: 'should',
    law: [{ law: 'APPI-Rules', article: '17(1)' }],
    says: both(
      '公表済みの委員会のページの所在が、現在のものと違います',
      'The address first published for the Commission’s page is no longer the right one',
    ),
    whatWeDo: both(
      '最後に確かめた所在を、確認日とともに本文の下に示します',
      'The address last confirmed is shown below the text, with the day it was checked',
    ),
    mend: both(
      '本文の所在を改め、`operator.yaml` の `ppc_url.printed` を `ppc_url.current` と同じにします',
      'Correct the address in the text, and make `ppc_url.printed` in `operator.yaml` the same as `ppc_url.current`',
    ),
    sees: ({ operator: { ppc_url }, clauses }) =>
      ppc_url === 'none' || ppc_url.printed === ppc_url.current
        ? false
        : { clause: clauses.find((c) => c.link === 'ppc')?.no },
  },
  {
    id: 'G-12',
    severity: 'note',
    law: [appi('27(2)')],
    says: both(
      'オプトアウトによる提供に触れていません。触れなければ、使わないと約束したことになります',
      'Opt-out is not mentioned, which amounts to a promise not to use it',
    ),
    whatWeDo: both(
      'オプトアウトによる提供を、方針を根拠に断ります',
      'Provision by opt-out is refused on the basis of the policy',
    ),
    mend: stateIt('オプトアウトによる提供をしないこと', 'that it is not used', 'opt-out'),
    sees: ({ operator: o }) => seenIf(!o.provision_bases.includes('27(2)') && o.stated_in['opt-out'].length === 0),
  },
];

const neverProvided = /(?:いかなる|どのような)(?:場合|とき).{0,40}第三者.{0,10}提供.{0,8}(?:ません|ない)/;
const ofExceptions = /除[きくい]|のほか|ただし|限り/;
const ofNumbers = /特定個人情報|個人番号/;

/** Clauses that cannot be true beside what else the policy says. */
const contradictions: Rule[] = [
  {
    id: 'G-20',
    severity: 'must',
    law: [appi('27(2)')],
    says: both(
      'オプトアウトによる提供をしないと約束しながら、その提供を開いています',
      'A clause promises not to use the opt-out, and the policy opens it',
    ),
    whatWeDo: both(
      'オプトアウトによる提供を法律のとおりに判断し、提供があれば、この条項の約束を「守れていない」とします',
      'Provision by opt-out is decided by the law, and breaks the promise of this clause if it is made',
    ),
    mend: both(
      '`operator.yaml` の `provision_bases` から `27(2)` を除くか、`clauses.yaml` のその条項の文と約束を改めます',
      'Take `27(2)` out of `provision_bases` in `operator.yaml`, or change the words and the promises of that clause in `clauses.yaml`',
    ),
    sees: ({ operator, clauses }) =>
      operator.provision_bases.includes('27(2)') && seenAt(clauses.find((c) => c.promises.includes('no-opt-out'))),
  },
  {
    id: 'G-21',
    severity: 'must',
    law: [appi('27(1)'), appi('27(5)')],
    says: both(
      'いかなる場合も第三者に提供しないと書きながら、提供する場合を定めています。法令による提供も、断れないことがあります',
      'A clause says that nothing is ever provided to third parties, while the policy states when it is; and a law may demand a provision',
    ),
    whatWeDo: both(
      '提供は法律のとおりに判断し、この文だけを根拠に断ることはありません',
      'Provision is decided by the law, and never refused because of these words alone',
    ),
    mend: both(
      '`clauses.yaml` のその条項に、同意のある場合や法令による場合など、`operator.yaml` の `provision_bases` と同じ例外を書きます',
      'Write the exceptions into that clause of `clauses.yaml`, as `provision_bases` in `operator.yaml` has them: consent, a rule of law and so on',
    ),
    sees: ({ clauses }) =>
      seenAt(
        clauses.find(({ text }) => {
          const said = plain(text.ja);
          return neverProvided.test(said) && !ofExceptions.test(said) && !ofNumbers.test(said);
        }),
      ),
  },
];

/** Duties that the text does not mention at all. */
const silence: Rule[] = [
  {
    id: 'G-10',
    severity: 'must',
    law: [appi('26'), { law: 'NumberingAct', article: '29-4' }],
    says: both(
      '漏えいなどが起きたときの報告と本人への通知が書かれていません',
      'Reports and notices after a breach are not described',
    ),
    whatWeDo: both(
      '事故が起きたら、報告と通知の要否と期限を関所に聞き、答えを相談として残せます',
      'After an incident, Sekisho answers whether to report and notify, and by when; the answer is kept as a consultation',
    ),
    mend: stateIt('漏えいなどのときの報告と通知', 'the reports and notices after a breach', 'breach-response'),
    sees: ({ operator: o }) => seenIf(o.stated_in['breach-response'].length === 0),
  },
  {
    id: 'G-15',
    severity: 'must',
    law: [{ law: 'TBA', article: '27-12' }],
    says: both(
      '利用者の端末から外部へ送信される情報についての公表が、この本文にありません',
      'Information sent from users’ devices to others is not dealt with in this text',
    ),
    whatWeDo: both(
      'クッキーとタグは、別に登録簿と公表ページを設けています',
      'Cookies and tags have a register and a public page of their own',
    ),
    mend: stateIt(
      '外部に送信される情報のこと',
      'what is sent, or where the page about it is,',
      'external-transmission',
    ),
    sees: ({ operator: o }) => seenIf(o.stated_in['external-transmission'].length === 0),
  },
];

const number = (gap: Gap): number => Number(gap.id.slice(2));

/** The gaps this policy has, by number. Empty when the text asks no less than the law. */
export function lintPolicy(policy: Policy): Gap[] {
  return [...wording, ...references, ...purposes, ...jointUse, ...rights, ...provision, ...contradictions, ...silence]
    .flatMap(({ sees, ...gap }): Gap[] => {
      const seen = sees(policy);
      return seen ? [{ ...gap, ...seen }] : [];
    })
    .toSorted((a, b) => number(a) - number(b));
}
