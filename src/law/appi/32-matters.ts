// Article 32(1): what every principal must be able to find out about the data the company keeps. It is made known by publishing it, or by answering
// without delay when asked. This rule says which matters are lacking.

import type { Day } from '../../base/day.ts';
import type { Duty, Finding, Ground, Missing, Source } from '../../base/finding.ts';
import { appi, duty, ground, lacks, noLawOn, outsideText, settle, step, yes } from '../answer.ts';
import type { NoticeException } from '../facts.ts';
import { inForce, publishedMatters } from '../parameters.ts';
import { testNoticeException } from './21-notice.ts';

/** The matters of 32(1) and Order 10, in their order. */
export type PublishedMatter =
  | 'name'
  | 'address'
  | 'representative'
  | 'purposes'
  | 'how-to-ask-purpose'
  | 'how-to-ask-disclosure'
  | 'how-to-ask-records'
  | 'how-to-ask-correction'
  | 'how-to-ask-suspension'
  | 'fee'
  | 'safety-measures'
  | 'foreign-country'
  | 'complaints'
  | 'accredited-body';

/** 32(1): are all matters made known? */
export interface PublishedMattersFacts {
  /** What is published. */
  published?: readonly PublishedMatter[];
  /** What is not published but is told without delay on request, by a procedure that exists. */
  onRequest?: readonly PublishedMatter[];
  /** The company is a corporation, or an association with a representative. */
  corporation?: boolean;
  /** A fee is set for the notice of the purpose or for disclosure. */
  feeSet?: boolean;
  /** Personal data is handled in a foreign country. */
  handledAbroad?: boolean;
  /** The safety measures are described concretely, not only as following the guideline. */
  measuresConcrete?: boolean;
  /** The company is a member of an accredited personal information protection organisation. */
  accreditedMember?: boolean;
  /** A case of 21(4)(i) to (iii), which allows a purpose not to be made known. */
  noticeException?: NoticeException;
}

const rule = appi(
  '32(1)',
  '保有個人データに関する事項を、本人の知り得る状態に置きます。',
  'The matters about retained personal data are made knowable to the persons.',
);
const allKnown = appi('32(1)', '必要な事項がすべてそろっています。', 'Every matter is made known.');
const vague = ground(
  'APPI-Order',
  '10(i)',
  '「ガイドラインに沿った措置」とだけ書くのでは足りません。とった措置の内容を示します。',
  'Writing only that the guideline is followed is not enough. The measures themselves have to be stated.',
);
const authority: Record<PublishedMatter, [Source, string, string, string]> = {
  name: ['APPI', '32(1)(i)', '会社の名称', 'the company’s name'],
  address: ['APPI', '32(1)(i)', '会社の住所', 'its address'],
  representative: ['APPI', '32(1)(i)', '代表者の氏名', 'the name of its representative'],
  purposes: ['APPI', '32(1)(ii)', 'すべての保有個人データの利用目的', 'the purposes of all retained personal data'],
  'how-to-ask-purpose': ['APPI', '32(1)(iii)', '利用目的の通知の求め方', 'how to ask for the purpose'],
  'how-to-ask-disclosure': ['APPI', '32(1)(iii)', '開示の請求の仕方', 'how to ask for disclosure'],
  'how-to-ask-records': [
    'APPI',
    '32(1)(iii)',
    '第三者提供記録の開示の請求の仕方',
    'how to ask for records of provision',
  ],
  'how-to-ask-correction': ['APPI', '32(1)(iii)', '訂正などの請求の仕方', 'how to ask for correction'],
  'how-to-ask-suspension': ['APPI', '32(1)(iii)', '利用の停止などの請求の仕方', 'how to ask for suspension'],
  fee: ['APPI', '32(1)(iii)', '手数料の額', 'the amount of the fee'],
  'safety-measures': ['APPI-Order', '10(i)', '安全管理のためにとった措置', 'the safety measures taken'],
  'foreign-country': ['APPI-Order', '10(i)', '個人データを扱う外国の名前', 'the foreign country where data is handled'],
  complaints: ['APPI-Order', '10(ii)', '苦情の申出先', 'where to complain'],
  'accredited-body': [
    'APPI-Order',
    '10(iii)',
    '認定個人情報保護団体の名称と苦情の申出先',
    'the accredited organisation and where to complain to it',
  ],
};
const lacking = Object.freeze(
  Object.fromEntries(
    Object.entries(authority).map(([matter, [law, article, ja, en]]) => [
      matter,
      ground(law, article, `${ja}を、本人が知り得るようにしていません。`, `Not made known: ${en}.`),
    ]),
  ),
) as Readonly<Record<PublishedMatter, Ground>>;

type Condition = 'corporation' | 'feeSet' | 'handledAbroad' | 'accreditedMember';
/** Matters that are due only when a fact is true. */
const conditional: Partial<Record<PublishedMatter, Condition>> = {
  representative: 'corporation',
  fee: 'feeSet',
  'foreign-country': 'handledAbroad',
  'accredited-body': 'accreditedMember',
};
const asked: Record<Condition, [string, string, string]> = {
  corporation: ['32(1)(i)', '会社は法人か', 'Whether the company is a corporation'],
  feeSet: ['32(1)(iii)', '手数料を定めているか', 'Whether a fee is set'],
  handledAbroad: ['32(1)(iv)', '外国で個人データを扱うか', 'Whether data is handled abroad'],
  accreditedMember: ['32(1)(iv)', '認定個人情報保護団体の対象か', 'Whether it belongs to an accredited organisation'],
};
const makeKnown = (items: string[]): Duty =>
  duty(
    'make-known',
    ['APPI', '32(1)'],
    'at-once',
    '足りない事項を公表するか、求めに応じて遅滞なく答えられるようにする',
    'Publish what is lacking, or be ready to answer without delay when asked',
    { items },
  );

/** Is this matter due? Undefined when the fact it depends on is unknown. */
const due = (matter: PublishedMatter, facts: PublishedMattersFacts): boolean | undefined => {
  const condition = conditional[matter];
  return condition === undefined ? true : facts[condition];
};

/** 32(1), Order 10. Are all matters made known? No lists what is lacking, each under its authority. */
export function decidePublishedMatters(facts: PublishedMattersFacts, on: Day): Finding {
  const silent = outsideText(on);
  if (silent) return silent;
  const matters = inForce(publishedMatters, on);
  if (!matters) return noLawOn();
  const { published, onRequest } = facts;
  const exception = facts.noticeException?.item === '21(4)(iv)' ? undefined : facts.noticeException;
  const withheld = testNoticeException(exception, undefined);
  const absent = matters.filter((m) => !published?.includes(m) && !onRequest?.includes(m));
  const open = absent.filter((m) => due(m, facts) === true && !(m === 'purposes' && withheld.met));
  const purposesOpen = withheld.step.missing.length > 0 && open.includes('purposes');
  const sure = published && onRequest ? open.filter((m) => !(m === 'purposes' && purposesOpen)) : [];
  const grounds = sure.map((m) => lacking[m]);
  if (facts.measuresConcrete === false) grounds.push(vague);
  if (grounds.length > 0) {
    const items =
      facts.measuresConcrete === false && !sure.includes('safety-measures') ? [...sure, 'safety-measures'] : sure;
    return { answer: 'no', because: [rule, ...grounds], duties: [makeKnown([...items])] };
  }
  const missing: Missing[] = [];
  const ask = (fact: string, article: string, ja: string, en: string): void => {
    missing.push(lacks(fact, article, ja, en));
  };
  if (!published) ask('published', '32(1)', '公表している事項', 'What is published');
  if (!onRequest) ask('onRequest', '32(1)', '求めに応じて答える事項', 'What is told on request');
  for (const m of absent) {
    const condition = conditional[m];
    if (condition && facts[condition] === undefined) ask(condition, ...asked[condition]);
  }
  if (facts.measuresConcrete === undefined) {
    ask(
      'measuresConcrete',
      '32(1)(iv)',
      '措置の内容を具体的に書いているか',
      'Whether the measures are described concretely',
    );
  }
  if (purposesOpen) missing.push(...withheld.step.missing);
  if (missing.length > 0) return settle(rule, step([], [], missing));
  return yes([allKnown, ...withheld.step.because], withheld.step.duties);
}
