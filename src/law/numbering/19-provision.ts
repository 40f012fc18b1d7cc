// Article 19: may this My Number information be provided by this party to that party? Only under one of its items, and only between the parties the
// item names. Consent, joint use and opt-out are not among them, not even within a group of companies. The items that concern only authorities,
// J-LIS, the information network and securities institutions give us no basis; claiming one of them means claiming none.

import type { Day } from '../../base/day.ts';
import type { Duty, Finding, Ground, Missing } from '../../base/finding.ts';
import { duty, ground, isFinding, lacksUnder, no, outside, unknown, yes } from '../answer.ts';
import { contradiction, type Contradiction } from '../contradiction.ts';
import type { Consent, NumberAffair } from '../facts.ts';
import { asksJudgement, judged, type Judgements } from '../judgement.ts';
import { need, refuse, weigh, type Held } from '../need.ts';
import { inForce, numberingText, numberLogItems } from '../parameters.ts';
import { entrustment, numberEntrustmentContradictions, type NumberEntrustmentFacts } from './10-entrustment.ts';
import { act, closed, emergencyUnder, limitedProvision, limitHandlers, verify } from './grounds.ts';

/** The giver and the recipient. `company` is us; `group-company` is any company of our group, however close. */
export type NumberParty =
  | 'company'
  | 'principal'
  | 'agent'
  | 'tax-office'
  | 'other-authority'
  | 'former-employer'
  | 'new-employer'
  | 'entrusted'
  | 'successor'
  | 'commission'
  | 'court-or-investigator'
  | 'listed-body'
  | 'group-company'
  | 'other';

/**
 * The basis of the provision: an item of Article 19, disclosure to the person under 33 of the APPI, or something that people wrongly take for a
 * basis.
 */
export type NumberBasis =
  | '19(i)'
  | '19(ii)'
  | '19(iii)'
  | '19(iv)'
  | '19(vi)'
  | '19(xiii)'
  | '19(xv)'
  | '19(xvi)'
  | '19(xvii)'
  | 'disclosure'
  | 'consent'
  | 'joint-use'
  | 'opt-out'
  | 'none';

/** What people wrongly take for a basis. */
type NoBasis = 'consent' | 'joint-use' | 'opt-out' | 'none';
type ItemBasis = Exclude<NumberBasis, NoBasis>;

export interface NumberProvisionFacts {
  from?: NumberParty;
  to?: NumberParty;
  basis?: NumberBasis;
  /** 19(ii), (iii), (iv): the affair it serves; for (iv), an affair of the new employer. */
  affair?: NumberAffair;
  /** No more is handed over than the affair, the request or the order needs. */
  withinNeed?: boolean;
  /** 19(iv): an employee or officer moves, and consented to exactly this, knowing who receives it. */
  employeeAgreed?: boolean;
  /** 19(vi): how the work is entrusted; the affair is `entrustment.withinAffair`. */
  entrustment?: NumberEntrustmentFacts;
  /** 19(xiii), (xv): the reference of the document that requests it. */
  document?: string;
  /** 19(xvi): it is needed to protect life, body or property. */
  necessary?: boolean;
  /** 19(xvi): the person agrees to exactly this, or their consent is difficult to obtain. */
  consentOrDifficult?: boolean;
  /** `disclosure`: the requester was verified as the person or the agent. */
  requesterVerified?: boolean;
  /** Never looked at: consent allows nothing. */
  consent?: Consent | null;
  judgements?: Judgements;
}

const emergency = emergencyUnder('19(xvi)');
const says: Record<Exclude<ItemBasis, 'disclosure'>, Ground> = {
  '19(i)': act(
    '19(i)',
    '番号を使う役所などが、その事務のために、本人、代理人、または個人番号関係事務を行う者に出します。',
    'A body that uses the numbers provides one, for its affair, to the person, the agent or the party that has a number-related affair.',
  ),
  '19(ii)': act(
    '19(ii)',
    '個人番号関係事務実施者が、その事務のために役所に出します。',
    'The party that has the number-related affair provides the number to the authority for it.',
  ),
  '19(iii)': act(
    '19(iii)',
    '本人や代理人が、事務を行う者に番号を出します。',
    'The person or the agent provides the number to the party that has the affair.',
  ),
  '19(iv)': act(
    '19(iv)',
    '従業者が移るときに、前の勤め先から新しい勤め先に渡します。',
    'When an employee moves, the former employer hands it to the new one.',
  ),
  '19(vi)': act(
    '19(vi)',
    '事務の委託または事業の承継に伴って渡します。',
    'It is handed over with the entrustment of the affair or the succession of a business.',
  ),
  '19(xiii)': act('19(xiii)', '個人情報保護委員会の求めに応じて出します。', 'The Commission asks for it.'),
  '19(xv)': act(
    '19(xv)',
    '国会、裁判、捜査、犯則調査、会計検査などのために求められています。',
    'The Diet, a court, an investigation, a tax-offence inquiry or the Board of Audit asks for it.',
  ),
  '19(xvi)': emergency.applies,
  '19(xvii)': act('19(xvii)', '委員会の規則が認める提供です。', 'A rule of the Commission permits it.'),
};
const toPrincipal = ground(
  'APPI',
  '33(1)',
  '本人の開示の請求に応じて、本人の番号を本人に示します。',
  'On the person’s request for disclosure, the number is shown to that person.',
);
const noBasis: Record<NoBasis, Ground> = {
  consent: act(
    '19',
    '本人の同意は、番号を渡す根拠になりません。',
    'The person’s consent is not a basis for handing a number over.',
  ),
  'joint-use': act(
    '19',
    '番号の共同利用はできません。同じグループの会社の間でも変わりません。',
    'Numbers cannot be used jointly, not even within a group of companies.',
  ),
  'opt-out': act('19', '番号をオプトアウトで渡すことはできません。', 'Numbers cannot be provided by opt-out.'),
  none: act('19', '番号法の挙げるどの場合にも当たりません。', 'It is none of the cases the Numbering Act lists.'),
};
const mismatch = act(
  '19',
  '渡す人と受け取る人がこの組み合わせのとき、この根拠は使えません。',
  'This basis does not apply between this giver and this recipient.',
);
const onlyTaxOffice = ground(
  'ITA',
  '225(1)',
  '支払調書は、税務署長に提出します。ほかの役所には出しません。',
  'Payment records are filed with the tax office, and with no other authority.',
);
const noRecordOf29 = act(
  '30(2)',
  '個人情報保護法の第三者提供の記録は要りません。当社の記録には残します。',
  'No provision record under the APPI is needed. It is kept in our own log.',
);
const judgedNo = act('19', 'この場合に当たらないと判断されています。', 'It was judged that this case does not apply.');
const questions = {
  '19(xv)': asksJudgement(
    'listedPublicInterest',
    'NumberingAct',
    '19(xv)',
    '政令の挙げる公益上の必要がある場合に当たるか',
    'whether the Order lists this public interest',
  ),
  '19(xvii)': asksJudgement(
    'commissionRule',
    'NumberingAct',
    '19(xvii)',
    '委員会の規則が認める提供に当たるか',
    'whether a rule of the Commission permits it',
  ),
};

const lack = (fact: string, ja: string, en: string): Missing => lacksUnder('NumberingAct', fact, '19', ja, en);
const askFrom = lack('from', 'だれが渡すか', 'Who hands it over');
const askTo = lack('to', 'だれに渡すか', 'Who receives it');
const askBasis = lack('basis', '番号法のどの場合か', 'Which case of the Numbering Act it is');
const askDocument = lack('document', '求めた文書の番号', 'The reference of the document that asks for it');

const affairNeed = need(
  ['NumberingAct', '9(4)'],
  'affair',
  ['何の事務のためか', 'The affair it serves'],
  [
    '法令で定められた個人番号の事務に当たりません。',
    'It is not an affair for which a law provides that My Numbers are used.',
  ],
);
const within = need(
  ['NumberingAct', '19'],
  'withinNeed',
  ['必要な分だけを渡すか', 'Whether only what is needed is handed over'],
  ['必要な範囲を超えて渡すことはできません。', 'No more than what is needed may be handed over.'],
  { ja: '求められた人と項目に絞る', en: 'Limit it to the persons and items asked for' },
);
export const movedEmployee = need(
  ['NumberingAct', '19(iv)'],
  'employeeAgreed',
  [
    '移る従業者の番号で、移る先が決まった後に、その従業者が渡す先と渡すものを知って同意したか',
    'Whether it is the number of an employee who is moving and who, once the destination was settled, agreed to this knowing what is handed over and to whom',
  ],
  [
    '別の勤め先に移る従業者の番号ではありません。または、その従業者が同意していません。',
    'No employee is moving to another employer, or the employee has not agreed.',
  ],
);
const necessary = need(
  ['NumberingAct', '19(xvi)'],
  'necessary',
  ['人の生命、身体または財産を守るために必要か', 'Whether it is needed to protect life, body or property'],
  [
    '生命、身体または財産を守るために必要ではありません。',
    'It is not needed to protect anybody’s life, body or property.',
  ],
);
const agrees = need(
  ['NumberingAct', '19(xvi)'],
  'consentOrDifficult',
  ['本人の同意があるか、同意を得るのが難しいか', 'Whether the person consents or consent is difficult to obtain'],
  ['同意を得られるのに、本人の同意がありません。', 'Consent could be obtained, and the person has not consented.'],
);
const verified = need(
  ['APPI', '33(1)'],
  'requesterVerified',
  ['請求したのが本人か代理人だと確かめたか', 'Whether it was verified that the requester is the person or the agent'],
  [
    '請求したのが本人か代理人だと確かめられていません。',
    'It was not verified that the requester is the person or the agent.',
  ],
);
const toTaxOffice = { ja: '税務署に提出する', en: 'File it with the tax office' };
const withoutNumber = { ja: '番号を外して渡す', en: 'Hand it over without the number' };
const asDisclosure = {
  ja: '写しには番号を載せない。本人の開示の請求なら、その手続で答える',
  en: 'Leave the number out of a copy, or answer a request for disclosure',
};

const log = (on: Day): Duty =>
  duty(
    'keep-decision-log',
    ['NumberingAct', '12'],
    'at-once',
    'どの号で、だれに、何を、いつ渡したかを残す。番号は書かない',
    'Record the item, the recipient, what was handed over and when, without the number',
    { items: [...(inForce(numberLogItems, on)?.provision ?? [])] },
  );
const carryOver = duty(
  'carry-over-purpose',
  ['NumberingAct', '9(4)'],
  'before',
  '番号を使ってよい事務を、承継する者に引き継ぐ',
  'Hand the affair for which the numbers may be used over to the successor',
);
const protect = duty(
  'own-safety-measures',
  ['NumberingAct', '12'],
  'before',
  '暗号化や書留など、漏れない方法で渡す',
  'Hand it over in a way that nothing leaks, such as encrypted or by registered mail',
);

interface Parties {
  from: readonly NumberParty[];
  to: readonly NumberParty[] | 'anyone';
}

/** The parties between which each basis applies; several pairs where it applies both ways. */
const between: Record<ItemBasis, Parties | readonly Parties[]> = {
  '19(i)': { from: ['tax-office', 'other-authority'], to: ['principal', 'agent', 'company', 'entrusted'] },
  '19(ii)': { from: ['company', 'entrusted'], to: ['tax-office', 'other-authority'] },
  '19(iii)': { from: ['principal', 'agent'], to: ['company', 'entrusted'] },
  '19(iv)': [
    { from: ['company'], to: ['new-employer'] },
    { from: ['former-employer'], to: ['company'] },
  ],
  '19(vi)': { from: ['company', 'entrusted'], to: ['entrusted', 'successor'] },
  '19(xiii)': { from: ['company', 'entrusted'], to: ['commission'] },
  '19(xv)': { from: ['company', 'entrusted'], to: ['court-or-investigator', 'listed-body'] },
  '19(xvi)': { from: ['company', 'entrusted'], to: 'anyone' },
  '19(xvii)': { from: ['company', 'entrusted'], to: ['listed-body'] },
  disclosure: { from: ['company'], to: ['principal', 'agent'] },
};

const affairHeld = (affair: NumberAffair | undefined): Held => [
  affair === undefined ? undefined : affair !== 'none',
  affairNeed,
];

/** The elements an item requires beyond its parties. `document`: a document must request the provision. */
function elements(basis: ItemBasis, facts: NumberProvisionFacts): { held: Held[]; document: boolean } {
  const scope: Held = [facts.withinNeed, within];
  switch (basis) {
    case '19(ii)':
    case '19(iii)':
      return { held: [affairHeld(facts.affair), scope], document: false };
    case '19(iv)':
      return { held: [affairHeld(facts.affair), [facts.employeeAgreed, movedEmployee], scope], document: false };
    case '19(xvi)':
      return { held: [[facts.necessary, necessary], [facts.consentOrDifficult, agrees], scope], document: false };
    case 'disclosure':
      return { held: [[facts.requesterVerified, verified], scope], document: false };
    case '19(xiii)':
    case '19(xv)':
      return { held: [scope], document: true };
    default:
      return { held: [scope], document: false };
  }
}

interface OpenQuestion {
  answer: boolean | undefined;
  asks: Missing;
  judgedNo: Ground;
  /** What holds until it is judged. */
  until?: { because: Ground[]; duties: Duty[] };
}

/** What the officer judges: a point that the law leaves to the Order or to a rule of the Commission, or whether the case is an emergency. */
function openQuestion(basis: NumberBasis, facts: NumberProvisionFacts, on: Day): OpenQuestion | undefined {
  if (basis === '19(xvi)') {
    return {
      answer: judged(facts.judgements, 'numberEmergency', on),
      asks: emergency.asks,
      judgedNo: emergency.judgedNone,
      until: { because: [emergency.judgedFirst], duties: [emergency.callOfficer] },
    };
  }
  if (basis === '19(xvii)') {
    return { answer: judged(facts.judgements, 'commissionRule', on), asks: questions['19(xvii)'], judgedNo };
  }
  if (basis === '19(xv)' && facts.to === 'listed-body') {
    return { answer: judged(facts.judgements, 'listedPublicInterest', on), asks: questions['19(xv)'], judgedNo };
  }
  return undefined;
}

/** True when the basis may apply between these two. A stated party that the item does not name rules it out. */
function fits(basis: ItemBasis, { from, to }: NumberProvisionFacts): boolean {
  const holds = (parties: Parties): boolean =>
    (from === undefined || parties.from.includes(from)) &&
    (to === undefined || parties.to === 'anyone' || parties.to.includes(to));
  return [between[basis]].flat().some(holds);
}

/**
 * True when the recipient is the wrong authority. Payment records go to the tax office only; where another law sets the affair, that law names the
 * authority.
 */
const astray = ({ basis, affair, to }: NumberProvisionFacts): boolean =>
  basis === '19(ii)' &&
  to === 'other-authority' &&
  affair !== undefined &&
  affair !== 'none' &&
  affair !== 'other-by-law';

/** 19(vi). To an entrusted party, the rules of 10 and 11 apply. To a successor, the affair passes on. */
function entrusted(facts: NumberProvisionFacts, on: Day): Finding {
  const missing: Missing[] = [];
  if (!facts.from) missing.push(askFrom);
  if (!facts.to) return unknown([limitedProvision], [...missing, askTo]);
  if (facts.to === 'successor') {
    const { refused, missing: lacking } = weigh([affairHeld(facts.affair), [facts.withinNeed, within]]);
    if (refused) return refuse(refused, limitedProvision);
    missing.push(...lacking);
    if (missing.length > 0) return unknown([limitedProvision], missing);
    return yes([says['19(vi)'], noRecordOf29], [carryOver, protect, log(on)]);
  }
  const answer = entrustment(facts.entrustment ?? {}, on);
  if (isFinding(answer)) return answer;
  missing.push(...answer.missing.map((m) => ({ ...m, fact: `entrustment.${m.fact}` })));
  if (missing.length > 0) return unknown([limitedProvision], missing);
  return yes([says['19(vi)'], ...answer.because, noRecordOf29], [...answer.duties, protect, log(on)]);
}

/** An item of 19 with its elements, or a disclosure to the person. */
function byItem(basis: ItemBasis, facts: NumberProvisionFacts, on: Day): Finding {
  const { held, document } = elements(basis, facts);
  const { refused, missing } = weigh(held);
  if (refused) return refuse(refused, limitedProvision);
  const open = openQuestion(basis, facts, on);
  if (open?.answer === false) return no([open.judgedNo, limitedProvision]);
  if (!facts.from) missing.unshift(askFrom);
  if (!facts.to) missing.push(askTo);
  if (document && !facts.document) missing.push(askDocument);
  if (open && open.answer === undefined) {
    return unknown([limitedProvision, ...(open.until?.because ?? [])], [...missing, open.asks], open.until?.duties);
  }
  if (missing.length > 0) return unknown([limitedProvision], missing);
  const duties = [protect, log(on), limitHandlers];
  if (basis === '19(iii)') duties.push(verify);
  if (basis === '19(xvi)') duties.unshift(emergency.record);
  return yes([basis === 'disclosure' ? toPrincipal : says[basis], noRecordOf29], duties);
}

/** 19, 30(2). May it be provided, under which item, and with which duties? */
export function decideNumberProvision(facts: NumberProvisionFacts, on: Day): Finding {
  const silent = outside(numberingText, on);
  if (silent) return silent;
  const { basis, from, to } = facts;
  if (basis === 'consent' || basis === 'joint-use' || basis === 'opt-out') {
    return no([noBasis[basis], limitedProvision, closed], withoutNumber);
  }
  if (basis === 'none') return no([noBasis.none, limitedProvision], to === 'principal' ? asDisclosure : withoutNumber);
  if (basis === undefined) {
    const missing = [...(from ? [] : [askFrom]), ...(to ? [] : [askTo]), askBasis];
    return unknown([limitedProvision], missing);
  }
  if (!fits(basis, facts)) return no([mismatch, limitedProvision], withoutNumber);
  if (astray(facts)) return no([onlyTaxOffice, limitedProvision], toTaxOffice);
  return basis === '19(vi)' ? entrusted(facts, on) : byItem(basis, facts, on);
}

/** Contradictions: a giver who is also the recipient, and those of the entrustment. */
export function numberProvisionContradictions(facts: NumberProvisionFacts): Contradiction[] {
  const self = facts.from !== undefined && facts.from === facts.to && facts.from !== 'entrusted';
  const inner = facts.entrustment ? numberEntrustmentContradictions(facts.entrustment) : [];
  return [
    ...(self ? [contradiction('to', '渡す人と受け取る人が同じです', 'The giver and the recipient are the same')] : []),
    ...inner.map((c) => ({ ...c, field: `entrustment.${c.field}` })),
  ];
}
