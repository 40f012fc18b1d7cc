// The receipt that a person gets for one handling of their information, and the certificate of an erasure: what was done, for which purpose, on
// which grounds, and the proof that it is in the log. Every byte of the file is sealed; the proof is attached as JSON.

import type { Bilingual, Lang } from '../../../base/bilingual.ts';
import { both } from '../../../base/bilingual.ts';
import { day, type Day } from '../../../base/day.ts';
import type { Ground } from '../../../base/finding.ts';
import type { AcquisitionSource } from '../../../law/index.ts';
import { decisionIn, ERASURE, itemsIn, sealPlaceholder, type LogEntry, type Receipt } from '../../../log/index.ts';
import { endings, fonts, runs, whole } from '../../../platform/pdf.ts';
import { articleLabel, lawsInFull } from '../../../platform/ui/article.ts';
import { countryName, eraDay, listed, number, writtenDay } from '../../../platform/ui/format.ts';
import { VERIFY } from '../../../platform/ui/verifier.tsx';
import type { Operator } from '../../policy/index.ts';
import type { Told } from '../actions/receipt.ts';
import { purposeCode } from '../../beyond/index.ts';
import { askedWords, deedWord, holdingsIn, itemWord, type Place, recordsIn, relationWords } from '../words.ts';
import { groundOf } from './grounds.ts';
import { saidFacts, writtenTime } from './said.ts';

export interface ReceiptLetter {
  title: string;
  /** Company, address, desk: one line each. */
  sender: string[];
  /** The person's name as held, with the honorific where the language has one. */
  addressee: string;
  issued: string;
  lead: string;
  /** Name and value of each fact of the handling. */
  facts: [name: string, value: string][];
  groundsTitle: string;
  grounds: { article: string; says: string }[];
  /** What the laws of the grounds are called in full. */
  laws: string;
  proofTitle: string;
  proof: string[];
  /** Position, size, key and so on, in small type. */
  marks: [name: string, value: string][];
  /** The number of the entry, which every page bears. */
  number: string;
  closing: string;
  /** The description of the attached file. */
  attachment: string;
  seal: string;
}

/** What a receipt is written from. `name` is null when no name is held any more. */
export interface ReceiptFacts {
  told: Told;
  proof: Receipt;
  name: string | null;
  /** The operator of the policy in force on the day of issue. */
  operator: Operator | null;
  on: Day;
  /** The address of the office, where the verifier and the log's checkpoints and key are published. */
  url: string;
  /** Name of the attached file. */
  attached: string;
}

const words = {
  receipt: both('個人情報の取扱いの控え', 'Receipt for handling your personal information'),
  certificate: both('個人情報の消去の証明書', 'Certificate of erasure of personal information'),
  nobody: both('ご本人 様', 'To the person concerned'),
  done: both('したこと', 'What was done'),
  at: both('日時', 'When'),
  by: both('扱った者', 'By'),
  recordedBy: both('記録した者', 'Recorded by'),
  staff: both('従業者', 'A member of our staff'),
  system: both('情報システム', 'One of our systems'),
  request: both('請求の番号', 'Request'),
  holding: both('台帳', 'Holding'),
  related: both('個人関連情報', 'Related information'),
  items: both('情報の項目', 'Items'),
  records: both('記録', 'Records'),
  noRecords: both('なし', 'None'),
  purposes: both('利用目的', 'Purpose'),
  channel: both('入手の方法', 'Received'),
  source: both('入手先', 'Source'),
  provider: both('提供元', 'Provider'),
  relation: both('提供の種類', 'Kind of provision'),
  recipient: both('提供先', 'Recipient'),
  wouldGo: both('求められた提供先', 'Was to go to'),
  kept: both('提供の記録', 'Record of the provision'),
  left: both('残すもの', 'What stays'),
  grounds: both('根拠', 'Grounds'),
  proof: both('この書面の確かめ方', 'How to verify this paper'),
  entry: both('記録の番号', 'Entry'),
  principal: both('ご本人の番号', 'Your number'),
  position: both('記録の位置', 'Position in the log'),
  root: both('チェックポイント', 'Checkpoint'),
  key: both('署名の鍵', 'Signing key'),
  versions: both('判断の基準', 'Decided under'),
} satisfies Record<string, Bilingual>;

const leads: Record<string, Bilingual> = {
  'people:acquire': both(
    '次のとおり、ご本人の個人情報を取得しました。',
    'We acquired your personal information as follows.',
  ),
  'people:use': both('次のとおり、ご本人の個人情報を利用しました。', 'We used your personal information as follows.'),
  'people:use-beyond': both(
    '次のとおり、法律の定める例外により、集めたときの目的の範囲を超えて、ご本人の個人情報を利用しました。',
    'Under an exception laid down by law, we used your personal information beyond the purpose it was collected for, as follows.',
  ),
  'people:provide': both(
    '次のとおり、ご本人の個人情報を提供しました。',
    'We provided your personal information as follows.',
  ),
  'people:correct': both(
    '次のとおり、ご本人の個人情報を訂正しました。',
    'We corrected your personal information as follows.',
  ),
  'people:receipt': both(
    '次のとおり、控えの宛名のために、ご本人の氏名を読みました。',
    'We read your name to address a receipt to you.',
  ),
  'people:identity': both(
    '次のとおり、提供や受け取りの記録がどなたのものかを示す情報を読みました。',
    'We read details that show whose records of provision or receipt these are, as follows.',
  ),
  'people:words': both(
    '次のとおり、ご本人について書き添えた言葉を読みました。',
    'We read words that were written down about you, as follows.',
  ),
  'desk:open-paper': both(
    'ご本人に関する請求の書類を、次のとおり開きました。',
    'We opened a paper of a request about you, as follows.',
  ),
  refused: both(
    '次の扱いの求めがありましたが、行いませんでした。ご本人の個人情報は読み出していません。',
    'The following handling was asked for and was not done. Your personal information was not read.',
  ),
  [ERASURE]: both(
    'ご本人について保有していた次の個人情報を、読むための鍵とともに消去しました。消去の前に作った複製（バックアップと、データベースの書き込みの記録）には、廃棄または上書きするまで、暗号化したまま残ります。',
    'We erased the following personal information that we held about you, with the key needed to read it. Copies made before the erasure (backups and the database’s write log) hold it in encrypted form until they are destroyed or overwritten.',
  ),
};

/** Of what handles no information about the person, such as a consent withdrawn or a request that somebody else takes over. */
const other = both('ご本人について、次のことを記録しました。', 'We put the following about you on record.');

/** Acts with a request or a package that read what is held about the person. */
const handled = both('次のとおり、ご本人の個人情報を扱いました。', 'We handled your personal information as follows.');

/** Acts that read records of provision and of receipt, where they read no items. */
const recordLeads: Record<string, Bilingual> = {
  'desk:collected': both(
    '請求のために、ご本人に関する提供や受け取りの記録を、次のとおり調べました。',
    'For a request, we looked up the records of provision and of receipt about you, as follows.',
  ),
  'desk:disclose': both(
    '開示のために、ご本人に関する提供や受け取りの記録を、次のとおり読みました。',
    'For a disclosure, we read records of provision and of receipt about you, as follows.',
  ),
};

const leadOf = ({ action, items }: LogEntry): Bilingual =>
  leads[action] ?? (items === undefined ? (recordLeads[action] ?? other) : handled);

const codesOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : typeof value === 'string' ? [value] : [];

const nameOf = (places: ReadonlyMap<string, Place>, id: string, lang: Lang): string => places.get(id)?.name[lang] ?? id;

function itemsText({ entry, places, said: { consent } }: Told, lang: Lang): string {
  if (typeof entry.items === 'number')
    return lang === 'ja'
      ? `${number(entry.items)}項目`
      : `${number(entry.items)} ${entry.items === 1 ? 'item' : 'items'}`;
  const of = consent ? { ...entry, holding: consent.text.holding_id, items: consent.text.items } : entry;
  return listed(
    itemsIn(of).map((code) => itemWord(of, code, places, lang)),
    lang,
  );
}

/** That there are none is said too, where they were looked for. */
function recordsText(entry: LogEntry, lang: Lang): string {
  const sought = typeof entry.provisions === 'number' && typeof entry.receipts === 'number';
  return listed(recordsIn(entry, lang), lang) || (sought ? words.noRecords[lang] : '');
}

function purposesText({ entry, policy, said: { purposes } }: Told, lang: Lang): string {
  const ids = new Set([...codesOf(entry.purpose), ...codesOf(entry.purposes), ...purposes]);
  return [...ids]
    .map((id) => {
      const stated = policy?.purposes.find((purpose) => purpose.id === id);
      return stated ? `${id}${lang === 'ja' ? '：' : ': '}${stated.text[lang]}` : purposeCode(id, lang);
    })
    .join('\n');
}

const partyText = (
  party: { name?: string; address?: string; representative?: string; country?: string },
  lang: Lang,
): string =>
  [
    party.name,
    party.address,
    party.representative &&
      (lang === 'ja' ? `代表者 ${party.representative}` : `Representative: ${party.representative}`),
    party.country && party.country !== 'JP' && countryName(party.country, lang),
  ]
    .filter(Boolean)
    .join('\n');

/** Where information came from, to the person it is about. */
const sources: Readonly<Record<AcquisitionSource, Bilingual>> = {
  principal: both('ご本人から', 'From you'),
  'third-party': both('第三者から', 'From a third party'),
  public: both('公開の情報から', 'From public information'),
  observed: both('当社（見聞きまたは記録による）', 'Seen, heard or recorded by us'),
};

function acquisitionFacts({ acquisition, policy }: Told, lang: Lang): [Bilingual, string][] {
  if (!acquisition) return [];
  const channel = policy?.operator.acquisition_channels.find((one) => one.id === acquisition.channel);
  const provider = acquisition.receipt?.provider;
  return [
    [words.channel, channel?.name[lang] ?? acquisition.channel],
    [words.source, sources[acquisition.source][lang]],
    [words.provider, provider ? partyText(provider, lang) : ''],
  ];
}

function provisionFacts({ provision }: Told, lang: Lang): [Bilingual, string][] {
  if (!provision) return [];
  const { record } = provision;
  const kept =
    record &&
    (lang === 'ja'
      ? `${eraDay(record.keep_until)}まで保存します`
      : `Kept until ${writtenDay(record.keep_until, 'en')}`);
  return [
    [words.relation, relationWords[provision.relation]?.[lang] ?? provision.relation],
    [words.recipient, partyText(provision.recipient, lang)],
    [words.kept, kept ?? ''],
  ];
}

const recordsOf = { '29(2)': both('提供の記録', 'provisions'), '30(4)': both('受け取りの記録', 'receipts') };

const providerLeft = both(
  '受け取りの記録には、法律の定めにより提供元なども残り、記録とともに消去します。',
  ' As the law requires, records of receipts also name who gave us the information. That is erased together with them.',
);

/** What an erasure leaves in place, for which records, and until when. */
function leftText(entry: LogEntry, lang: Lang): string {
  const { identity_until: until } = entry;
  if (typeof until !== 'string') return '';
  const because = decisionIn(entry)?.because ?? [];
  const named = Object.entries(recordsOf).filter(([article]) => because.includes(`APPI ${article}`));
  const records = named.map(([, says]) => says[lang]).join(lang === 'ja' ? 'と' : ' and ');
  const given = because.includes('APPI 30(4)') ? providerLeft[lang] : '';
  const left =
    lang === 'ja'
      ? `ご本人の氏名（当社に氏名がないときは、ご本人が分かるほかの項目）だけを残します。法律により保存する${records}がどなたのものかを示すためで、ほかのことには使いません。記録を保存する${eraDay(day(until))}まで残し、その後に消去します。同じ相手とのやり取りが続き、記録の保存が延びたときは、延びた日まで残します。`
      : `Only your name is kept, or, if we had no name, another item that shows who you are. It shows whose the records of ${records} are, which the law requires us to keep, and is used for nothing else. We keep it as long as those records, until ${writtenDay(day(until), 'en')}, and then erase it. If our dealings with the same party go on and such a record must be kept longer, we keep it until that day.`;
  return `${left}${given}`;
}

function deedText(entry: LogEntry, lang: Lang): string {
  const asked = typeof entry.asked === 'string' ? askedWords[entry.asked] : undefined;
  if (entry.action !== 'refused' || !asked) return deedWord(entry.action, lang);
  return lang === 'ja' ? `${asked.ja}の求めを断りました` : `A request ${asked.en} was refused`;
}

/** The facts that apply to the handling, in the order of the paper. */
function factsOf(told: Told, lang: Lang): [string, string][] {
  const { entry, places, said, recipient, request } = told;
  const holdings = [...holdingsIn(entry), ...codesOf(said.consent?.text.holding_id)];
  const by = entry.actor.startsWith('staff:') ? words.staff : words.system;
  const all: [Bilingual, string][] = [
    [words.done, deedText(entry, lang)],
    [words.at, writtenTime(Date.parse(entry.at), lang)],
    [leadOf(entry) === other ? words.recordedBy : words.by, by[lang]],
    [words.request, request ?? ''],
    ...saidFacts(told, lang),
    [words.holding, holdings.map((id) => nameOf(places, id, lang)).join('\n')],
    [words.related, typeof entry.collection === 'string' ? nameOf(places, entry.collection, lang) : ''],
    [words.items, itemsText(told, lang)],
    [words.records, recordsText(entry, lang)],
    [words.purposes, purposesText(told, lang)],
    [words.recipient, said.recipients.join('\n')],
    [entry.action === 'refused' ? words.wouldGo : words.recipient, recipient ?? ''],
    [words.left, leftText(entry, lang)],
    ...acquisitionFacts(told, lang),
    ...provisionFacts(told, lang),
  ];
  return all.flatMap(([name, value]) => (value === '' ? [] : [[name[lang], value]]));
}

/** The grounds with their sentences, either as stored or from what the article says; what the law names twice, once. */
export function groundsOf({ entry, provision, policy }: Told): Ground[] {
  const all = provision?.finding.because ?? decisionIn(entry)?.because.map((text) => groundOf(text, policy)) ?? [];
  return [...new Map(all.map((one) => [`${one.law} ${one.article} ${one.says.ja}`, one])).values()];
}

/** Instructions for checking the proof, to be followed literally: everything they name must exist and need nothing else. */
function proofText({ proof, url, attached }: ReceiptFacts, lang: Lang): string[] {
  const verifier = `${url}${VERIFY}`;
  const further = `${url}/log/consistency/${proof.size}`;
  return lang === 'ja'
    ? [
        `上に記したことは、書き換えれば分かる記録の、下に記す位置に残っています。その証明 ${attached} を、このPDFに添付しています。`,
        `ブラウザーで ${verifier} を開き、このPDFのファイルを選ぶと、お手元で確かめられます。1バイトでも変わっていれば、一致しません。ファイルは送信されず、開いた後は通信を切っても確かめられます。Node.jsのプログラムもあります。署名の鍵は ${url}/log/key で公開しています。`,
        `後日、${further} を保存し、同じページで、このPDFを「前に受け取ったファイル」に選ぶと、それまでの記録が書き換えられていないことも確かめられます。`,
      ]
    : [
        `What is stated above stands at the position below in a record that cannot be rewritten unnoticed. The proof, ${attached}, is attached to this PDF.`,
        `To check it yourself, open ${verifier} in a browser and choose the file of this PDF. The check fails if a single byte was changed. The file is not sent, and once open the page works without a network. There is also a program for Node.js. The signing key is published at ${url}/log/key.`,
        `On a later day, save ${further} and check it on the same page, with this PDF chosen as the file that you were given before: it tells whether the record up to here was rewritten.`,
      ];
}

function marksOf({ told: { entry }, proof }: ReceiptFacts, lang: Lang): [string, string][] {
  const [origin = '', , root = ''] = proof.checkpoint.split('\n');
  const decided = decisionIn(entry);
  const versions =
    decided &&
    (lang === 'ja'
      ? `方針 第${decided.policy}版、法令データ ${decided.law}`
      : `Policy version ${decided.policy}, law data of ${decided.law}`);
  const all: [Bilingual, string][] = [
    [words.entry, entry.id],
    [words.principal, entry.principal ?? ''],
    [
      words.position,
      lang === 'ja'
        ? `${number(proof.position + 1)}件目／${number(proof.size)}件`
        : `${number(proof.position + 1)} of ${number(proof.size)}`,
    ],
    [words.root, `${origin}\n${root}`],
    [words.key, proof.vkey],
    [words.versions, versions ?? ''],
  ];
  return all.flatMap(([name, value]) => (value === '' ? [] : [[name[lang], value]]));
}

function senderOf(operator: Operator | null, lang: Lang): string[] {
  if (!operator) return [''];
  const { name, address, representative, desk } = operator;
  return [
    name[lang],
    address[lang],
    representative[lang],
    desk.name[lang],
    ...(desk.address[lang] === address[lang] ? [] : [desk.address[lang]]),
  ];
}

/** The letter in one language. The name in the address is its only value of the person. */
export function receiptLetter(facts: ReceiptFacts, lang: Lang): ReceiptLetter {
  const { told, name, operator, on } = facts;
  const erased = told.entry.action === ERASURE;
  const day = lang === 'ja' ? eraDay(on) : writtenDay(on, 'en');
  const grounds = groundsOf(told);
  return {
    title: (erased ? words.certificate : words.receipt)[lang],
    sender: senderOf(operator, lang),
    addressee: name === null ? words.nobody[lang] : lang === 'ja' ? `${name} 様` : name,
    issued: lang === 'ja' ? `${day}発行` : `Issued on ${day}`,
    lead: leadOf(told.entry)[lang],
    facts: factsOf(told, lang),
    groundsTitle: words.grounds[lang],
    grounds: grounds.map((g) => ({ article: articleLabel(g.law, g.article, lang), says: g.says[lang] })),
    laws: lawsInFull(
      grounds.map(({ law }) => law),
      lang,
    ),
    proofTitle: words.proof[lang],
    proof: proofText(facts, lang),
    marks: marksOf(facts, lang),
    number: told.entry.id,
    closing:
      lang === 'ja'
        ? 'この書面には封印があり、発行した後に変わったかどうかを確かめられます。ご不明な点は、上に記した窓口へ書面でお問い合わせください。'
        : 'This paper is sealed: whether it was changed after issue can be checked. If you have a question, please write to the desk named above.',
    attachment: lang === 'ja' ? '記録の証明' : 'Proof of the entry',
    seal: sealPlaceholder,
  };
}

export const receiptTemplate = `
${fonts}
${whole}
${runs}
${endings}
#let data = json(bytes(sys.inputs.data))
// Wide enough for “APPI-Rules Art. 20(1)(ii)”.
#let names = if sys.inputs.lang == "ja" { 38mm } else { 48mm }
#set document(title: data.title, author: data.sender.first(), keywords: (data.seal,), date: none)
#set page(
  paper: "a4",
  margin: (top: 15mm, bottom: 16mm, x: 20mm),
  numbering: "1 / 1",
  number-align: center,
  header: context if here().page() > 1 { text(size: 8pt, [#data.title#h(1fr)#data.number]) },
)
#set text(font: fonts, lang: sys.inputs.lang, size: 10pt, cjk-latin-spacing: none)
#set par(leading: 0.72em, spacing: 1em, justify: false)
#show heading.where(level: 1): set text(size: 17pt)
#show heading.where(level: 2): set text(size: 11.5pt)
#show heading.where(level: 1): set block(above: 1.2em, below: 1em)
#show heading.where(level: 2): set block(above: 1.2em, below: 0.7em)

#block(width: 100%, stroke: (top: 2pt + rgb("#000060")), inset: (top: 10pt))[
  #grid(
    columns: (1fr, auto),
    column-gutter: 8mm,
    text(size: 12pt, data.addressee),
    block({ set par(leading: 0.6em); align(right, text(size: 9pt, (data.issued, ..data.sender).join(linebreak()))) }),
  )
]

= #data.title

#data.lead

#table(
  columns: (names, 1fr),
  inset: (x: 6pt, y: 4pt),
  stroke: (x, y) => (top: 0.5pt + luma(170), bottom: 0.5pt + luma(170)),
  ..data.facts.map(fact => (text(fill: luma(70), fact.at(0)), fact.at(1))).flatten()
)

#if data.grounds.len() > 0 [
  == #data.groundsTitle

  #table(
    columns: (names, 1fr),
    inset: (x: 6pt, y: 4pt),
    stroke: (x, y) => (top: 0.5pt + luma(170), bottom: 0.5pt + luma(170)),
    ..data.grounds.map(ground => (ground.article, ground.says)).flatten()
  )
  #if data.laws != "" { text(size: 8pt, fill: luma(70), data.laws) }
]

== #data.proofTitle

#block({
  set text(size: 9pt)
  set par(leading: 0.6em, spacing: 0.8em)
  for line in data.proof [#line #parbreak()]
})

// What identifies the entry is on one page, and the end never alone on the last.
#block(width: 100%, breakable: false)[
  #table(
    columns: (names, 1fr),
    inset: (x: 6pt, y: 2.5pt),
    stroke: none,
    ..data.marks.map(mark => (text(size: 8pt, fill: luma(70), mark.at(0)), text(size: 8pt, mark.at(1)))).flatten()
  )

  #text(size: 9pt, data.closing)
]
`;
