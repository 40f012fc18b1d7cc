// Articles 41(6) and 42(1), (2): providing pseudonymously processed information. Only a law, or a recipient that is no third party, allows it;
// consent never does. A joint use must be published. Whether a recipient abroad is possible is left to the officer.

import type { Day } from '../../base/day.ts';
import type { Finding, Ground, Missing } from '../../base/finding.ts';
import { appi, isFinding, lacks, no, outsideText, settle, step, unknown, type Step } from '../answer.ts';
import { repeated, type Contradiction } from '../contradiction.ts';
import type { ProvisionFacts } from '../facts.ts';
import { asksJudgement, judged } from '../judgement.ts';
import { exceptionGround, recordException, testException } from './18-exceptions.ts';
import { beyond, within } from './18-use.ts';
import { carried, entrustmentStep, nameOnly, notOfBusiness, sameEntity, successionStep } from './27-entrustment.ts';
import { jointUseStep, noticeContradictions } from './27-joint-use.ts';
import { mayBeAbroad, placeContradictions } from './28-foreign.ts';
import { noRecord } from './29-record.ts';
import {
  askPseudonymousType,
  beyondPublished,
  decidePseudonymousUse,
  forbidden,
  original,
  withinPublished,
} from './41-use.ts';

/** `holdingPurposes` are those published for it. As an `exception`, only `27(1)(i)` counts. */
export type PseudonymousProvisionFacts = Pick<
  ProvisionFacts,
  | 'pseudonymousType'
  | 'relation'
  | 'recipient'
  | 'items'
  | 'purpose'
  | 'holdingPurposes'
  | 'exception'
  | 'entrustment'
  | 'succession'
  | 'jointUse'
  | 'judgements'
  | 'identifies'
  | 'contacts'
  | 'obtainsDeleted'
>;

/** The article that forbids provision, by type; both where the type is not known. */
const closed = {
  personal: appi(
    '41(6)',
    '仮名加工情報は、法令に基づく場合と、委託、事業の承継、共同利用のほかは渡せません。',
    'Pseudonymously processed information may be provided only under a law or by entrustment, succession or joint use.',
  ),
  'non-personal': appi(
    '42(1)',
    '個人情報でない仮名加工情報も、法令に基づく場合と、委託、事業の承継、共同利用のほかは渡せません。',
    'Also where it is not personal information, it may be provided only under a law or by entrustment, succession or joint use.',
  ),
};
const consentIsNothing = {
  personal: appi('41(6)', '本人の同意があっても渡せません。', 'It may not be provided even with the persons’ consent.'),
  'non-personal': appi(
    '42(1)',
    '本人の同意があっても渡せません。',
    'It may not be provided even with the persons’ consent.',
  ),
};
const unpublished = {
  personal: appi(
    '41(6)',
    '仮名加工情報の共同利用は公表が要ります。本人への通知では足りません。',
    'A joint use of pseudonymously processed information has to be published; telling the persons is not enough.',
  ),
  'non-personal': appi(
    '42(2)',
    '仮名加工情報の共同利用は公表が要ります。本人への通知では足りません。',
    'A joint use of pseudonymously processed information has to be published; telling the persons is not enough.',
  ),
};
const abroadOpen = appi(
  '28(1)',
  '外国にある相手に仮名加工情報の取扱いを任せるとき、28条の確認が要るかを、法令ははっきり定めていません。',
  'The law does not clearly settle whether the check of 28 is needed for a recipient of pseudonymously processed information abroad.',
);
const abroadRefused = appi(
  '28(1)',
  '外国にある相手に渡してはならないと、個人情報保護管理者が判断しています。',
  'The privacy officer has judged that it may not go to this recipient abroad.',
);
const abroadJudged = appi(
  '28(1)',
  '外国にある相手に渡してよいと、個人情報保護管理者が判断しています。',
  'The privacy officer has judged that it may go to this recipient abroad.',
);
const askAbroad = asksJudgement(
  'pseudonymousAbroad',
  'APPI',
  '28(1)',
  '外国にある相手に仮名加工情報を渡してよいか',
  'whether pseudonymously processed information may go to this recipient abroad',
);
const askRelation = lacks(
  'relation',
  '41(6)',
  '相手は当社とどのような関係か',
  'How the recipient is related to the company',
);
const instead = [
  {
    ja: '相手の仕事としてではなく、当社の業務として委託する',
    en: 'Entrust it as the company’s own work, not the recipient’s',
  },
  {
    ja: '匿名加工情報を作り、公表と明示をして渡す',
    en: 'Make anonymously processed information, and provide it with publication and marking',
  },
  {
    ja: '元の個人情報を、本人の同意を得て渡す',
    en: 'Provide the original personal information with the persons’ consent',
  },
];

type Type = NonNullable<PseudonymousProvisionFacts['pseudonymousType']>;

const byType = (type: Type | undefined, of: Record<Type, Ground>): [Ground, ...Ground[]] =>
  type ? [of[type]] : [of.personal, of['non-personal']];

/** Replaces the grounds of 18(1), on which the steps of 27(5) rest, by those of 41(3). */
const underPublished = (g: Ground): Ground => (g === within ? withinPublished : g === beyond ? beyondPublished : g);

function jointUse(facts: PseudonymousProvisionFacts, type: Type | undefined, on: Day): Step | Finding {
  if (facts.jointUse?.published === false) {
    return no(byType(type, unpublished), { ja: '共同利用を公表してから渡す', en: 'Publish the joint use, then share' });
  }
  const shared = jointUseStep(facts, on);
  if (isFinding(shared) || facts.jointUse?.published) return shared;
  const ask = lacks('jointUse.published', '41(6)', '共同利用を公表しているか', 'Whether the joint use is published');
  return { ...shared, missing: [...shared.missing, ask] };
}

/** The succession of 27(5)(ii). 41(3) takes the place of 18(2): the purpose that was published binds. */
function succession(facts: PseudonymousProvisionFacts, type: Type | undefined): Step | Finding {
  if (facts.succession?.ofBusiness === false) return no([notOfBusiness, ...byType(type, closed)], ...instead);
  const passed = successionStep(facts);
  if (isFinding(passed)) return passed;
  return step(
    passed.because.filter((g) => g !== carried),
    [],
    passed.missing,
  );
}

/** 27(5) as 41(6) and 42(2) apply it: a step, or the refusal. */
function byRelation(facts: PseudonymousProvisionFacts, on: Day): Step | Finding {
  const { relation, pseudonymousType: type } = facts;
  if (relation === 'entrustment') {
    return facts.entrustment?.ownUse ? no([nameOnly, ...byType(type, closed)], ...instead) : entrustmentStep(facts, on);
  }
  if (relation === 'joint-use') return jointUse(facts, type, on);
  if (relation === 'succession') return succession(facts, type);
  return no([...byType(type, closed), ...byType(type, consentIsNothing)], ...instead);
}

/** 28(1). For a recipient abroad the law leaves it open, and the officer judges: a step, or the refusal. */
function abroad(facts: PseudonymousProvisionFacts, on: Day): Step | Finding {
  const country = facts.recipient?.country;
  if (!country) {
    return step([], [], [lacks('recipient.country', '28(1)', '相手がある国', 'The country the recipient is in')]);
  }
  if (country === 'JP') return step();
  const answer = judged(facts.judgements, 'pseudonymousAbroad', on);
  if (answer === undefined) return step([abroadOpen], [], [askAbroad]);
  return answer ? step([abroadOpen, abroadJudged]) : no([abroadOpen, abroadRefused], ...instead);
}

/** 41(6), 42(1), (2). May this pseudonymously processed information be provided to this recipient? */
export function decidePseudonymousProvision(facts: PseudonymousProvisionFacts, on: Day): Finding {
  const silent = outsideText(on);
  if (silent) return silent;
  const { relation, pseudonymousType: type, exception: claim } = facts;
  const lead = byType(type, closed);
  const missing: Missing[] = type ? [] : [askPseudonymousType()];
  const law = claim?.item === '27(1)(i)' ? testException(claim, mayBeAbroad(facts.recipient)) : undefined;
  if (claim && law?.met) {
    const record = type === 'personal' ? [noRecord] : [];
    return settle(exceptionGround(claim.item), step([...lead, ...record], [recordException(claim.item)], missing));
  }
  if (law?.met === undefined && law) missing.push(...law.missing);
  const open = law?.met === undefined && law ? law.missing : [];
  // What the company may not do itself, it may not have done through a recipient.
  const [ban, ...bans] = (relation !== 'same-entity' && forbidden({ ...facts, exception: null })) || [];
  if (ban) return open.length > 0 ? unknown(lead, open) : no([ban, ...bans], original);
  if (!relation) return unknown(lead, [askRelation, ...missing]);
  if (relation === 'same-entity') {
    const use = decidePseudonymousUse({ ...facts, exception: null }, on);
    if (use.answer === 'no' && open.length > 0) return unknown(lead, open);
    return { ...use, because: [sameEntity, ...use.because] };
  }
  const related = byRelation(facts, on);
  if (isFinding(related)) {
    // A law may still allow what the relation does not.
    if (related.answer === 'no' && open.length > 0) return unknown(lead, open);
    return related.answer === 'no' ? { ...related, because: replaced(related.because) } : related;
  }
  const outside = abroad(facts, on);
  if (isFinding(outside)) return open.length > 0 ? unknown(lead, open) : outside;
  const record = step(type === 'personal' ? [noRecord] : [], [], missing);
  const [first, ...more] = lead;
  const grounds = related.because.map(underPublished);
  return settle(first, step([...more, ...grounds], related.duties, related.missing), outside, record);
}

const replaced = ([first, ...more]: [Ground, ...Ground[]]): [Ground, ...Ground[]] => [
  underPublished(first),
  ...more.map(underPublished),
];

/** Facts of a provision of pseudonymously processed information that cannot all be true. */
export const pseudonymousProvisionContradictions = (facts: PseudonymousProvisionFacts): Contradiction[] => [
  ...placeContradictions(facts),
  ...repeated('items', facts.items),
  ...repeated(
    'holdingPurposes',
    facts.holdingPurposes?.map((p) => p.id),
  ),
  ...noticeContradictions(facts.jointUse),
];
