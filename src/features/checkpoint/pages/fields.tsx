// The facts of a question as form fields. The law says which fact it lacks and names it; here stands only how a person answers it.
// A field left empty stays unknown: it is never read as a yes or a no.

import type { Bilingual, Lang } from '../../../base/bilingual.ts';
import { both } from '../../../base/bilingual.ts';
import type { FieldProblem } from '../../../base/outcome.ts';
import { partyKinds } from '../../../law/index.ts';
import { articleLabel } from '../../../platform/ui/article.ts';
import {
  Checks,
  DateField,
  problemAt,
  Radios,
  SelectField,
  TextField,
  type Option,
} from '../../../platform/ui/form.tsx';
import { listed, readJapaneseDate, writtenDay } from '../../../platform/ui/format.ts';
import { partyWords } from '../words.ts';

/** `exists`: yes opens further facts, no says that there is none. */
type Control =
  | { type: 'choice'; options: readonly Option[] }
  | { type: 'yes-no' }
  | { type: 'exists'; options: readonly Option[] }
  | { type: 'day' }
  | { type: 'day-or-none' }
  | { type: 'text' }
  | { type: 'country' }
  | { type: 'set'; options: readonly Option[] };

const option = (value: string, ja: string, en: string): Option => ({ value, label: both(ja, en) });

const choice = (...options: Option[]): Control => ({ type: 'choice', options });

const kinds = choice(...partyKinds.map((kind) => ({ value: kind, label: partyWords[kind] })));

const told = choice(
  option('told', '伝えた', 'Told'),
  option('unknown-told', '分からないことと、その理由を伝えた', 'Told that it is unknown, and why'),
  option('not-told', '伝えていない', 'Not told'),
);

const item = (article: string, ja: string, en: string): Option =>
  option(article, `${ja}（${articleLabel('APPI', article, 'ja')}）`, `${en} (${articleLabel('APPI', article, 'en')})`);

const useItems = choice(
  item('18(3)(i)', '法令に基づく', 'Based on laws and regulations'),
  item('18(3)(ii)', '生命、身体、財産の保護に要る', 'Needed to protect life, body or property'),
  item('18(3)(iii)', '公衆衛生や児童の育成に特に要る', 'Specially needed for public health or children'),
  item('18(3)(iv)', '国などの事務への協力に要る', 'Needed to cooperate with public affairs'),
);

const provisionItems = choice(
  item('27(1)(i)', '法令に基づく', 'Based on laws and regulations'),
  item('27(1)(ii)', '生命、身体、財産の保護に要る', 'Needed to protect life, body or property'),
  item('27(1)(iii)', '公衆衛生や児童の育成に特に要る', 'Specially needed for public health or children'),
  item('27(1)(iv)', '国などの事務への協力に要る', 'Needed to cooperate with public affairs'),
  item('27(1)(vii)', '学術研究機関が学術研究に使う', 'An academic institution needs it for research'),
);

const yesNo: Control = { type: 'yes-no' };
const exists: Control = {
  type: 'exists',
  options: [option('yes', 'ある', 'There is'), option('no', 'ない', 'There is none')],
};
const aDay: Control = { type: 'day' };
const text: Control = { type: 'text' };

/** How each fact of the law is answered. The names are those of law/facts.ts. */
const controls: Record<string, Control> = {
  information: choice(
    option('personal', '通常の個人情報', 'Ordinary personal information'),
    option('special-care', '要配慮個人情報を含む', 'It holds special care-required information'),
    option('my-number', '個人番号を含む', 'It holds a My Number'),
  ),
  relation: choice(
    option('third-party', '第三者に渡す', 'A third party'),
    option('entrustment', '仕事を委託する', 'Entrustment of work'),
    option('joint-use', '共同利用の相手と使う', 'Joint use'),
    option('succession', '事業の承継で渡す', 'Succession of business'),
    option('same-entity', '社内の別の部署', 'Another department of the company'),
  ),
  'recipient.kind': kinds,
  'recipient.name': text,
  'recipient.address': text,
  'recipient.representative': text,
  'recipient.country': { type: 'country' },
  consent: exists,
  'consent.on': aDay,
  'consent.withdrawnOn': aDay,
  'consent.coversPurpose': yesNo,
  'consent.coversRecipient': yesNo,
  'consent.coversItems': yesNo,
  'consent.abroad': yesNo,
  exception: exists,
  'exception.legalBasis': text,
  'exception.necessary': yesNo,
  'exception.consentDifficult': yesNo,
  'exception.consentImpedes': yesNo,
  'exception.academicInstitution': yesNo,
  'exception.jointResearch': yesNo,
  'exception.undueInfringement': yesNo,
  'exception.publishedByListed': yesNo,
  'exception.outwardlyEvident': yesNo,
  'entrustment.ownUse': yesNo,
  'entrustment.assessed': yesNo,
  'entrustment.contract': yesNo,
  'entrustment.monitored': yesNo,
  'jointUse.noticeOn': { type: 'day-or-none' },
  'jointUse.recipientInScope': yesNo,
  'jointUse.responsibleKind': kinds,
  'jointUse.items': { type: 'set', options: [] },
  'jointUse.purposes': { type: 'set', options: [] },
  'jointUse.listed': {
    type: 'set',
    options: [
      option('fact', '共同利用すること', 'The fact of joint use'),
      option('items', '項目', 'The items'),
      option('users', '共同利用する者の範囲', 'The scope of users'),
      option('purposes', '利用目的', 'The purposes'),
      option('responsible-name', '責任者の名称', 'The name of the responsible person'),
      option('responsible-address', '責任者の住所', 'The address of the responsible person'),
      option('responsible-representative', '責任者の代表者の氏名', 'The name of its representative'),
    ],
  },
  optOut: exists,
  'optOut.announcedOn': { type: 'day-or-none' },
  'optOut.listed': {
    type: 'set',
    options: [
      option('provider', '当社の名称など', 'Our name and particulars'),
      option('provision-is-purpose', '第三者への提供を目的とすること', 'That provision is a purpose'),
      option('items', '提供する項目', 'The items'),
      option('how-acquired', '取得の方法', 'How they were acquired'),
      option('method', '提供の方法', 'How they are provided'),
      option('stops-on-request', '求めに応じて止めること', 'That it stops on request'),
      option('how-to-request', '求めを受け付ける方法', 'How to ask for that'),
      option('update-and-start', '更新の方法と開始の日', 'How data is updated, and the start'),
    ],
  },
  'optOut.filedOn': { type: 'day-or-none' },
  'optOut.stopsOnRequest': yesNo,
  'optOut.acquiredUnlawfully': yesNo,
  'optOut.receivedByOptOut': yesNo,
  'optOut.objected': yesNo,
  cloud: exists,
  'cloud.contractExcludesHandling': yesNo,
  'cloud.accessControlled': yesNo,
  'cloud.serverCountry': { type: 'country' },
  equivalentSystem: exists,
  'equivalentSystem.by': choice(
    option('contract', '契約', 'A contract'),
    option('group-rules', 'グループの規程', 'Rules of the group'),
    option('certificate', 'APEC CBPR またはグローバルCBPRの認証', 'A certificate of APEC CBPR or Global CBPR'),
  ),
  'equivalentSystem.validUntil': { type: 'day-or-none' },
  'equivalentSystem.checkedOn': { type: 'day-or-none' },
  'equivalentSystem.failing': yesNo,
  foreignInformation: {
    type: 'exists',
    options: [option('yes', '下の事項を伝えた', 'The matters below'), option('no', '何も伝えていない', 'Nothing')],
  },
  'foreignInformation.on': aDay,
  'foreignInformation.country': told,
  'foreignInformation.system': told,
  'foreignInformation.measures': told,
  'record.mode': choice(
    option('each', 'そのつど記録する', 'A record each time'),
    option('bulk', '一括して記録する', 'One record for repeated provisions'),
    option('contract', '契約書などを記録とする', 'A contract serves as the record'),
  ),
  'record.lastOn': aDay,
  improper: yesNo,
};

/** Which claim an `exception` is, per question. */
const exceptionItems: Record<string, Control> = {
  use: useItems,
  provide: provisionItems,
};

/** Countries offered first; any other alpha-2 code can be typed. */
const COUNTRIES = 'JP US GB DE FR IE NL VN SG KR CN TW TH IN ID MY PH AU NZ CA CH'.split(' ');

const countryName = (code: string, lang: Lang): string =>
  new Intl.DisplayNames([lang], { type: 'region', fallback: 'code' }).of(code) ?? code;

export type Question = 'use' | 'provide';

const controlOf = (question: Question, fact: string): Control | undefined =>
  fact === 'exception.item' ? exceptionItems[question] : controls[fact];

/** Every fact that a form of this question may state. */
export const factNames: readonly string[] = [...Object.keys(controls), 'exception.item'];

/** Choices that depend on the holding and the policy. */
export type Sets = Readonly<Record<string, readonly Option[]>>;

const answers: readonly Option[] = [option('yes', 'はい', 'Yes'), option('no', 'いいえ', 'No')];

/** Names of facts as they stand in the list of what was said. What the law asks for later is named by the law itself. */
export const factLabels: Record<string, Bilingual> = {
  relation: both('相手との関係', 'Relation'),
  'recipient.kind': both('相手の種類', 'Kind of recipient'),
  'recipient.name': both('相手の名称', 'Name of the recipient'),
  'recipient.address': both('相手の住所', 'Address of the recipient'),
  'recipient.representative': both('代表者の氏名', 'Representative'),
  'recipient.country': both('相手がある国', 'Country of the recipient'),
  consent: both('本人の同意', 'Consent of the person'),
  'consent.on': both('同意を得た日', 'Day of consent'),
  'consent.withdrawnOn': both('同意が取り下げられた日', 'Day consent was withdrawn'),
  'consent.coversPurpose': both('同意は目的に及ぶ', 'Consent reaches the purpose'),
  'consent.coversRecipient': both('同意は提供先に及ぶ', 'Consent reaches the recipient'),
  'consent.coversItems': both('同意は項目に及ぶ', 'Consent reaches the items'),
  'consent.abroad': both('外国への提供の同意', 'Consent to a provision abroad'),
  'exception.item': both('法律の挙げる場合', 'Case that the law lists'),
  cloud: both('データを取り扱わないクラウド', 'Cloud that does not handle the data'),
  optOut: both('オプトアウト', 'Opt-out'),
  improper: both('違法や不当な行為を助けるおそれ', 'May encourage unlawful or unjust acts'),
  equivalentSystem: both('相手の基準適合体制', 'Equivalent-action system of the recipient'),
  'equivalentSystem.failing': both('措置を続けられなくなった', 'It can no longer keep the measures'),
  foreignInformation: both('同意の前に伝えた情報', 'Information given before consent'),
  'record.mode': both('記録の作り方', 'How the record is made'),
};

/** What was typed or chosen, by the name of the fact. */
export type Given = ReadonlyMap<string, readonly string[]>;

const NONE = new Set(['なし', '無し', 'none', 'None']);
const badDay = both(
  '2026/12/7 や 令和8年12月7日 のように、実在する日を書いてください',
  'Write an existing day, such as 2026/12/7',
);

function read(control: Control, values: readonly string[]): { value: unknown } | { says: Bilingual } {
  const first = values[0]!.trim();
  switch (control.type) {
    case 'yes-no':
      return { value: first === 'yes' };
    case 'exists':
      return { value: first === 'yes' ? {} : null };
    case 'set':
      return { value: values };
    case 'day':
    case 'day-or-none': {
      if (control.type === 'day-or-none' && NONE.has(first)) return { value: null };
      const day = readJapaneseDate(first);
      return day ? { value: day } : { says: badDay };
    }
    default:
      return { value: first };
  }
}

type Tree = { [name: string]: unknown };

/** Puts a value at a path. Where an `exists` said that there is none, what was said about it before is left out. */
function put(tree: Tree, path: readonly string[], value: unknown): void {
  const [head, ...rest] = path;
  if (rest.length === 0) {
    if (!(typeof value === 'object' && value !== null && Object.keys(value).length === 0 && tree[head!]))
      tree[head!] = value;
    return;
  }
  if (tree[head!] === null) return;
  tree[head!] ??= {};
  put(tree[head!] as Tree, rest, value);
}

/** The facts that a form states, as the law takes them; what cannot be read is a problem of its field. Only known facts are read. */
export function readFacts(question: Question, given: Given): { facts: Tree; problems: FieldProblem[] } {
  const facts: Tree = {};
  const problems: FieldProblem[] = [];
  // Shorter paths first, so that "there is none" is known before what would stand below it.
  for (const fact of [...factNames].sort((a, b) => a.split('.').length - b.split('.').length)) {
    const control = controlOf(question, fact);
    const values = given.get(fact)?.filter((value) => value.trim() !== '');
    if (!control || !values?.length) continue;
    const outcome = read(control, values);
    if ('says' in outcome) problems.push({ field: fact, says: outcome.says });
    else put(facts, fact.split('.'), outcome.value);
  }
  return { facts, problems };
}

const optionText = (options: readonly Option[], value: string, lang: Lang): string => {
  const label = options.find((o) => o.value === value)?.label;
  return label === undefined ? value : typeof label === 'string' ? label : label[lang];
};

/** A fact in words, for the list of what was said. */
export function factText(question: Question, fact: string, values: readonly string[], lang: Lang, sets: Sets): string {
  const control = controlOf(question, fact);
  const texts = values.map((value) => {
    switch (control?.type) {
      case 'choice':
        return optionText(control.options, value, lang);
      case 'set':
        return optionText(sets[fact] ?? control.options, value, lang);
      case 'yes-no':
        return optionText(answers, value, lang);
      case 'exists':
        return optionText(control.options, value, lang);
      case 'country':
        return countryName(value, lang);
      case 'day':
      case 'day-or-none': {
        const day = readJapaneseDate(value);
        return day ? writtenDay(day, lang) : value;
      }
      default:
        return value;
    }
  });
  return listed(texts, lang);
}

const unknownYet = both('分からない', 'Not known');

/** One fact as a field. `values` is what was typed or chosen before. */
export const FactField = (props: {
  lang: Lang;
  question: Question;
  fact: string;
  label: Bilingual;
  hint?: string;
  number?: number;
  values: readonly string[] | undefined;
  sets: Sets;
  problems?: readonly FieldProblem[];
}) => {
  const { lang, fact, label, hint, number, values } = props;
  const control = controlOf(props.question, fact) ?? text;
  const error = problemAt(props.problems, fact, lang);
  const field = {
    lang,
    name: fact,
    label,
    ...(hint === undefined ? {} : { hint }),
    ...(number === undefined ? {} : { number }),
    ...(error === undefined ? {} : { error }),
    ...(values?.[0] === undefined ? {} : { value: values[0] }),
  };
  switch (control.type) {
    case 'choice':
      return <SelectField {...field} options={control.options} blank={unknownYet} />;
    case 'yes-no':
      return <Radios {...field} options={answers} />;
    case 'exists':
      return <Radios {...field} options={control.options} />;
    case 'country':
      return (
        <SelectField
          {...field}
          blank={unknownYet}
          options={COUNTRIES.map((code) => ({ value: code, label: countryName(code, lang) }))}
        />
      );
    case 'day':
      return <DateField {...field} understood={field.value ? readJapaneseDate(field.value) : null} />;
    case 'day-or-none':
      return (
        <DateField
          {...field}
          hint={`${hint ? `${hint}　` : ''}${lang === 'ja' ? 'ないときは「なし」' : 'If there is none, write “none”'}`}
          understood={field.value ? readJapaneseDate(field.value) : null}
        />
      );
    case 'set':
      return <Checks {...field} values={values ?? []} options={props.sets[fact] ?? control.options} />;
    case 'text':
      return <TextField {...field} />;
  }
};
