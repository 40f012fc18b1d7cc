// The items that take the place of consent: 18(3) for use, 20(2) for acquiring special care-required information, 27(1) for provision. An item
// applies only with all its further elements. That consent would be inconvenient is not one of them.

import type { Bilingual } from '../../base/bilingual.ts';
import type { Duty, Ground, Missing } from '../../base/finding.ts';
import { appi, duty, lacks, type Test, tested } from '../answer.ts';
import type { AcquisitionItem, ExceptionClaim, ProvisionItem, UseItem } from '../facts.ts';

type Item = UseItem | AcquisitionItem | ProvisionItem;
type Element = Exclude<keyof ExceptionClaim<Item>, 'item'>;

const byLaw: readonly Element[] = ['legalBasis', 'lawOfJapan'];
const life: readonly Element[] = ['necessary', 'consentDifficult'];
const affairs: readonly Element[] = ['publicAffairs', 'necessary', 'consentImpedes', 'lawOfJapan'];
const academic: readonly Element[] = ['academicInstitution', 'necessary', 'undueInfringement'];
const jointAcademic: readonly Element[] = [...academic, 'jointResearch'];

const elements: Record<Item, readonly Element[]> = {
  '18(3)(i)': byLaw,
  '18(3)(ii)': life,
  '18(3)(iii)': life,
  '18(3)(iv)': affairs,
  '18(3)(v)': academic,
  '18(3)(vi)': academic,
  '20(2)(i)': byLaw,
  '20(2)(ii)': life,
  '20(2)(iii)': life,
  '20(2)(iv)': affairs,
  '20(2)(v)': academic,
  '20(2)(vi)': jointAcademic,
  '20(2)(vii)': ['publishedByListed'],
  '20(2)(viii)': ['outwardlyEvident'],
  '27(1)(i)': byLaw,
  '27(1)(ii)': life,
  '27(1)(iii)': life,
  '27(1)(iv)': affairs,
  '27(1)(v)': academic,
  '27(1)(vi)': jointAcademic,
  '27(1)(vii)': academic,
};

const law: [string, string] = ['法令に基づく場合です。', 'A law or regulation is the basis.'];
const lifeSays: [string, string] = [
  '人の生命、身体または財産を守るために必要で、同意を得るのが難しい場合です。',
  'It is needed to protect life, body or property, and consent is difficult to obtain.',
];
const healthSays: [string, string] = [
  '公衆衛生または子どもの健全な育成に特に必要で、同意を得るのが難しい場合です。',
  'It is particularly needed for public health or the sound growth of children, and consent is difficult to obtain.',
];
const affairsSays: [string, string] = [
  '国や自治体の法令の事務に協力する必要があり、同意を求めると支障が出るおそれがある場合です。',
  'Public bodies need it for affairs set by law, and asking for consent is likely to impede them.',
];
const ownResearch: [string, string] = [
  '当社が学術研究機関等で、研究のために必要な場合です。個人の権利利益を不当に害しません。',
  'The company is an academic institution and needs it for research, without undue harm to anyone.',
];
const theirResearch: [string, string] = [
  '相手が学術研究機関等で、研究のために必要な場合です。個人の権利利益を不当に害しません。',
  'The other party is an academic institution and needs it for research, without undue harm to anyone.',
];
const jointSays: [string, string] = [
  '学術研究機関等との共同研究のための場合です。個人の権利利益を不当に害しません。',
  'It is for joint research with an academic institution, without undue harm to anyone.',
];

const givenForJoint: [string, string] = [
  '当社が学術研究機関等で、相手と共同で行う研究のために渡す必要がある場合です。個人の権利利益を不当に害しません。',
  'The company is an academic institution and provides it for research done jointly with the other party, without undue harm to anyone.',
];

const grounds: Record<Item, Ground> = {
  '18(3)(i)': appi('18(3)(i)', ...law),
  '18(3)(ii)': appi('18(3)(ii)', ...lifeSays),
  '18(3)(iii)': appi('18(3)(iii)', ...healthSays),
  '18(3)(iv)': appi('18(3)(iv)', ...affairsSays),
  '18(3)(v)': appi('18(3)(v)', ...ownResearch),
  '18(3)(vi)': appi('18(3)(vi)', ...theirResearch),
  '20(2)(i)': appi('20(2)(i)', ...law),
  '20(2)(ii)': appi('20(2)(ii)', ...lifeSays),
  '20(2)(iii)': appi('20(2)(iii)', ...healthSays),
  '20(2)(iv)': appi('20(2)(iv)', ...affairsSays),
  '20(2)(v)': appi('20(2)(v)', ...ownResearch),
  '20(2)(vi)': appi('20(2)(vi)', ...jointSays),
  '20(2)(vii)': appi(
    '20(2)(vii)',
    '本人、国や自治体、報道機関などがすでに公開している情報です。',
    'The person, a public body, the press or another listed body has already made it public.',
  ),
  '20(2)(viii)': appi(
    '20(2)(viii)',
    '見たり撮ったりすれば外から明らかに分かる情報です。',
    'It is outwardly evident to anyone who sees or photographs the person.',
  ),
  '27(1)(i)': appi('27(1)(i)', ...law),
  '27(1)(ii)': appi('27(1)(ii)', ...lifeSays),
  '27(1)(iii)': appi('27(1)(iii)', ...healthSays),
  '27(1)(iv)': appi('27(1)(iv)', ...affairsSays),
  '27(1)(v)': appi(
    '27(1)(v)',
    '当社が学術研究機関等で、研究成果の公表や教授のためにやむを得ない場合です。',
    'The company is an academic institution and cannot publish or teach its results otherwise.',
  ),
  '27(1)(vi)': appi('27(1)(vi)', ...givenForJoint),
  '27(1)(vii)': appi('27(1)(vii)', ...theirResearch),
};

/** The same for a receipt, where the other party is the one that provides. */
const receivedUnder: Partial<Record<Item, Ground>> = {
  '27(1)(v)': appi(
    '27(1)(v)',
    '相手が学術研究機関等で、研究成果の公表や教授のためにやむを得ない場合です。',
    'The other party is an academic institution and cannot publish or teach its results otherwise.',
  ),
  '27(1)(vi)': appi(
    '27(1)(vi)',
    '相手が学術研究機関等で、当社と共同で行う研究のために渡す必要がある場合です。個人の権利利益を不当に害しません。',
    'The other party is an academic institution and provides it for research done jointly with the company, without undue harm to anyone.',
  ),
  '27(1)(vii)': appi('27(1)(vii)', ...ownResearch),
};

/**
 * The items in which the company is the academic institution. In the other academic items it is the other party. For a receipt it is the reverse: the
 * items are those of the provider.
 */
const ofCompany: ReadonlySet<Item> = new Set<Item>(['18(3)(v)', '20(2)(v)', '27(1)(v)', '27(1)(vi)']);
const institution = (item: Item, received: boolean): { asked: [string, string]; unmet: [string, string] } =>
  ofCompany.has(item) !== received
    ? {
        asked: ['当社が学術研究機関等に当たるか', 'Whether the company is an academic research institution'],
        unmet: ['当社が学術研究機関等に当たらない', 'The company is not an academic research institution'],
      }
    : {
        asked: ['相手が学術研究機関等に当たるか', 'Whether the other party is an academic research institution'],
        unmet: ['相手が学術研究機関等に当たらない', 'The other party is not an academic research institution'],
      };

/** How much the item asks for: in most a need, in (iii) a particular one, in 27(1)(v) that there is no other way. */
function need(item: Item): { asked: [string, string]; unmet: [string, string] } {
  if (item.endsWith('(iii)')) {
    return {
      asked: ['その必要が特にあるか', 'Whether it is particularly needed'],
      unmet: ['その必要が特にあるとは言えない', 'It is not particularly needed'],
    };
  }
  return item === '27(1)(v)'
    ? {
        asked: [
          'そうしなければ、成果を公表も教授もできないか',
          'Whether the results cannot be published or taught otherwise',
        ],
        unmet: ['そうしなくても、成果の公表や教授ができる', 'The results can be published or taught otherwise'],
      }
    : {
        asked: ['その必要が実際にあるか', 'Whether the need really exists'],
        unmet: ['その必要が実際にはない', 'The need does not really exist'],
      };
}

type Words = Record<Exclude<Element, 'academicInstitution' | 'necessary'>, [string, string]>;

const asked: Words = {
  legalBasis: [
    '根拠の日本の法令（条例を含み、外国の法令は含まない）と文書番号',
    'The law of Japan relied on (including an ordinance, but not a foreign law) and the reference of the document',
  ],
  lawOfJapan: [
    '日本の法令か（条例を含み、外国の法令は含まない）',
    'Whether it is a law of Japan (including an ordinance, but not a foreign law)',
  ],
  publicAffairs: [
    '国の機関、自治体、またはその委託を受けた者の、法令で定められた事務か',
    'Whether a law prescribes the affairs, for a state organ, a local government or somebody entrusted by one',
  ],
  consentDifficult: ['同意を得るのが難しいか', 'Whether consent is difficult to obtain'],
  consentImpedes: ['同意を求めると事務に支障が出るか', 'Whether asking for consent would impede the affairs'],
  jointResearch: ['共同研究があるか', 'Whether there is joint research'],
  undueInfringement: [
    '個人の権利利益を不当に害するおそれがないか',
    'Whether there is no risk that anybody’s rights are unduly infringed',
  ],
  publishedByListed: ['法の定める者が公開した情報か', 'Whether a listed body made it public'],
  outwardlyEvident: ['外から明らかに分かるか', 'Whether it is outwardly evident'],
};

const fails = (claim: ExceptionClaim<Item>, e: Element): boolean =>
  e === 'undueInfringement' ? claim.undueInfringement === true : claim[e] === false || claim[e] === '';

/** The words for an element that is known not to hold. */
const unmet: Words = {
  legalBasis: ['根拠の法令と文書番号がない', 'No law and no document is named'],
  lawOfJapan: ['日本の法令ではない', 'It is not a law of Japan'],
  publicAffairs: [
    '国の機関、自治体、またはその委託を受けた者の、法令で定められた事務ではない',
    'The affairs are not ones that a law prescribes for a state organ, a local government or somebody entrusted by one',
  ],
  consentDifficult: ['同意を得るのが難しくない', 'Consent is not difficult to obtain'],
  consentImpedes: ['同意を求めても事務に支障が出ない', 'Asking for consent would not impede the affairs'],
  jointResearch: ['共同研究がない', 'There is no joint research'],
  undueInfringement: ['個人の権利利益を不当に害するおそれがある', 'Somebody’s rights may be unduly infringed'],
  publishedByListed: ['法の定める者が公開した情報ではない', 'No listed body made it public'],
  outwardlyEvident: ['外から明らかには分からない', 'It is not outwardly evident'],
};

const wordsFor = (item: Item, e: Element, received: boolean): { asked: [string, string]; unmet: [string, string] } => {
  if (e === 'academicInstitution') return institution(item, received);
  return e === 'necessary' ? need(item) : { asked: asked[e], unmet: unmet[e] };
};

/** The ground for an item that applies: to what the company does, or to what another party does when the company has `received` from it. */
export const exceptionGround = (item: Item, received = false): Ground =>
  (received ? receivedUnder[item] : undefined) ?? grounds[item];

/**
 * Tests a claimed item with its further elements. A foreign law is no basis (guideline on third parties abroad, 2), so when the recipient may be
 * `abroad`, whether the law is one of Japan is a further element. `received`: the other party provides, and the company receives.
 */
export function testException(claim: ExceptionClaim<Item>, abroad = false, received = false): Test {
  const needed = elements[claim.item];
  for (const e of needed) {
    if (fails(claim, e)) {
      const [ja, en] = wordsFor(claim.item, e, received).unmet;
      const because = appi(
        claim.item,
        `${ja}ので、この例外には当たりません。`,
        `${en}, so this exception does not apply.`,
      );
      return { met: false, because };
    }
  }
  const missing: Missing[] = [];
  for (const e of needed) {
    if (claim[e] !== undefined || (e === 'lawOfJapan' && !abroad)) continue;
    missing.push(lacks(`exception.${e}`, claim.item, ...wordsFor(claim.item, e, received).asked));
  }
  return tested(missing);
}

/**
 * For each item, the claim that has all its further elements but the free text. A claim of the item that lacks one of these, or knows it to be
 * otherwise, does not prove that the item applies. Whether the law is one of Japan is among them (see `testException`).
 */
export const provingClaims = <I extends Item>(items: readonly I[]): Omit<ExceptionClaim<I>, 'legalBasis'>[] =>
  items.map((item) => {
    const needed = elements[item].filter((e) => e !== 'legalBasis');
    return { item, ...Object.fromEntries(needed.map((e) => [e, e !== 'undueInfringement'])) };
  });

/** What a refusal for want of consent adds when nobody has said whether an exception applies: the police or an ambulance may be waiting. */
export const nameCase = (claim: ExceptionClaim<Item> | null | undefined, article: string): Bilingual[] => {
  if (claim !== undefined) return [];
  const ja = `${article.replace('(', '条').replace(')', '項')}各号`;
  return [
    {
      ja: `同意の要らない場合（法令に基づく照会、人の命や財産の保護など、${ja}）に当たるなら、それを加えて聞き直す`,
      en: `If a case that needs no consent applies (an inquiry under a law, the protection of life or property, or another item of ${article}), add it and ask again`,
    },
  ];
};

/** The duty to record the exception that takes the place of consent. */
export const recordException = (article: string): Duty =>
  duty(
    'record-exception',
    ['APPI', article],
    'at-once',
    '当てはまる号、その事実、承認した人を記録する',
    'Record the item, the facts behind it and who approved it',
    { items: ['item', 'facts', 'approver'] },
  );
