// Article 37: how a request is taken up. Who may ask, how that is verified, what the company may lay down and charge, and what it may not. A request
// is never turned away for want of a form, and nobody is burdened more than necessary. A request for the measures of a recipient abroad (28(3)) is not
// among those that 37 is about; what 28(3) leaves open of it, the privacy officer judges.

import type { Day } from '../../base/day.ts';
import type { Duty, Finding, Ground, Missing } from '../../base/finding.ts';
import { appi, duty, ground, lacks, outsideText, settle, step, type Step } from '../answer.ts';
import { contradiction, uncountable, type Contradiction } from '../contradiction.ts';
import { asksJudgement, judged, type Judgements } from '../judgement.ts';
import type { RightsRequest } from './36-outcome.ts';
import { feeContradictions, feeStep, refundFee, type FeeFacts } from './38-fee.ts';

/** What the company's policy lays down for requests, with the clauses that say so. */
export interface RequestPolicy {
  /** The clause that requires writing. */
  writtenOnlyBy?: string;
  /** The clause that excludes visits. */
  noVisitsBy?: string;
  /** The clause that sets the fee, and its amount in yen, tax included. */
  feeBy?: string;
  feeYen?: number;
  /** The clause that limits the use of what comes with a request to that request. */
  onlyForRequestBy?: string;
}

/** 37, 38, 28(3): may this request be taken up as it stands? */
export interface RequestFacts {
  kind?: RightsRequest;
  requester?: 'principal' | 'legal-representative' | 'mandated-agent' | 'other';
  /** The person whom a legal representative represents is a minor or an adult ward. */
  represents?: 'minor' | 'adult-ward' | 'neither';
  /** An agent has shown the authority to ask. */
  authorityShown?: boolean;
  /** The identity of the requester has been checked. */
  identityChecked?: boolean;
  manner?: 'written' | 'electronic' | 'oral' | 'visit';
  /** An ordinary letter is difficult for the person, who is then offered another way (37(4)). */
  writingDifficult?: boolean;
  /** It came to the place the company has fixed. */
  atDesk?: boolean;
  /** It specifies well enough which data it is about. */
  specified?: boolean;
  /** The company requires more than it has published, or more than the request needs. */
  excessive?: boolean;
  /** A My Number visible on an identity document would be kept. */
  keepsNumber?: boolean;
  fee?: FeeFacts | null;
  /** The fee was paid in the manner laid down. */
  feePaid?: boolean;
  policy?: RequestPolicy;
  judgements?: Judgements;
}

const rule = appi(
  '37(1)',
  '請求は、定めて公表した方法で受け付けます。定めがなければ、どの方法でも受け付けます。',
  'A request is taken up in the manner laid down and published, or in any manner where none is.',
);
const accepted = appi('37(1)', '請求を受け付けます。', 'The request is taken up.');
const stranger = appi(
  '37(3)',
  '請求できるのは本人と、法定代理人または本人が委任した代理人です。',
  'Only the person, a legal representative or an agent the person has mandated may ask.',
);
const agents = {
  'legal-representative': ground(
    'APPI-Order',
    '13(i)',
    '未成年者または成年被後見人の法定代理人による請求です。',
    'The legal representative of a minor or an adult ward asks.',
  ),
  'mandated-agent': ground(
    'APPI-Order',
    '13(ii)',
    '本人が委任した代理人による請求です。',
    'An agent whom the person mandated asks.',
  ),
};
const noWard = ground(
  'APPI-Order',
  '13(i)',
  '法定代理人として請求できるのは、未成年者と成年被後見人についてだけです。',
  'A legal representative may ask only for a minor or an adult ward.',
);
const authorityOpen = ground(
  'APPI-Order',
  '13',
  '代理の権限をまだ確かめていません。',
  'The authority of the agent has not been shown yet.',
);
const identityOpen = ground(
  'APPI-Order',
  '12(iii)',
  '本人または代理人であることをまだ確かめていません。',
  'It has not been checked yet that this is the person or the agent.',
);
const fixedManner = ground(
  'APPI-Order',
  '12(ii)',
  '請求の方法を定めているときは、その方法で請求してもらいます。様式を送り、届いた日を記録します。',
  'Where a manner of making requests is laid down, the person is asked to follow it. The forms are sent, and the day of arrival is recorded.',
);
const forwarded = ground(
  'APPI-Order',
  '12(i)',
  '定めた窓口でないところに届いても、窓口に回します。',
  'A request that arrives elsewhere is passed on to the desk.',
);
const unpaid = ground(
  'APPI-Order',
  '12(iv)',
  '手数料が、定めて公表した方法で納められていません。本人は、定めた方法に従って請求します。',
  'The fee has not been paid in the manner laid down and published, which the person has to follow.',
);
const unspecified = appi(
  '37(2)',
  '対象のデータを特定できません。特定に役立つ情報を本人に伝えて助けます。',
  'The data cannot be specified. The person is helped with information that is useful for specifying it.',
);
const anotherWay = appi(
  '37(4)',
  '書面が難しい人の請求なので、同じ内容をほかの方法で受け付けます。',
  'A letter is difficult for the person, so the same content is accepted in another way.',
);
const burden = appi(
  '37(4)',
  '公表した以上のことや、必要のないことを求めて、本人に過重な負担をかけることはできません。',
  'Nobody may be burdened with more than is published or needed.',
);
const numberKept = ground(
  'NumberingAct',
  '20',
  '本人確認の書類に見えた個人番号を、残すことはできません。',
  'A My Number seen on an identity document may not be kept.',
);
const measures = appi(
  '28(3)',
  '外国にある提供先の措置は、本人の求めに応じて伝えます。',
  'The measures of a recipient abroad are told at the request of the person.',
);
const measuresStranger = appi(
  '28(3)',
  '外国にある提供先の措置を伝えるのは、本人が求めたときです。本人の求めではありません。',
  'The measures of a recipient abroad are told when the person asks. This is not the person’s request.',
);
const measuresOpen = appi(
  '28(3)',
  '外国にある提供先の措置を伝えるのは、本人が求めたときです。本人の求めかどうかを、まだ確かめていません。',
  'The measures of a recipient abroad are told when the person asks. Whether they do has not been checked yet.',
);
const measuresLikewise = appi(
  '28(3)',
  '外国にある提供先の措置の求めに、請求の手続の定めを当てはめると、個人情報保護管理者が判断しています。求めはその手続を満たしていません。',
  'The privacy officer has judged that the procedure for applications is followed for the measures of a recipient abroad too. The request does not.',
);
const askMeasuresAgent = asksJudgement(
  'measuresAgent',
  'APPI',
  '28(3)',
  '外国にある提供先の措置を、本人の代理人の求めにも応じて伝えるか',
  'whether the measures of a recipient abroad are told at the request of the person’s agent too',
);
const askMeasuresProcedure = asksJudgement(
  'measuresProcedure',
  'APPI',
  '28(3)',
  '外国にある提供先の措置の求めにも、請求の手続の定めを当てはめるか',
  'whether the procedure for applications is followed for the measures of a recipient abroad too',
);
const checkAsker: Duty = duty(
  'check-requester',
  ['APPI', '28(3)'],
  'before',
  '本人の求めかどうかを確かめる',
  'Check whether the person asks',
);
const clause = (article: string, ja: string, en: string): Ground => ({ law: 'policy', article, says: { ja, en } });

const recordArrival: Duty = duty(
  'record-arrival',
  ['APPI', '39(1)'],
  'at-once',
  '届いた日を記録する',
  'Record the day it arrived',
  { items: ['arrived-on', 'asked-for', 'requester', 'identity', 'data-asked-for'] },
);
const sendForms: Duty = duty(
  'send-forms',
  ['APPI-Order', '12(ii)'],
  'at-once',
  '請求の方法を伝え、様式を速やかに送る',
  'Say how to ask, and send the forms promptly',
);
const forward: Duty = duty(
  'forward-to-desk',
  ['APPI-Order', '12(i)'],
  'at-once',
  '個人情報窓口に回す',
  'Pass it on to the desk',
);
const helpSpecify: Duty = duty(
  'help-specify',
  ['APPI', '37(2)'],
  'at-once',
  '対象を特定するのに役立つ情報を本人に伝える',
  'Give the person information that helps to specify the data',
);
const checkRequester: Duty = duty(
  'check-requester',
  ['APPI-Order', '12(iii)'],
  'before',
  '本人または代理人であることを確かめる',
  'Check that this is the person or the agent',
);
const tellFee: Duty = duty(
  'tell-fee',
  ['APPI-Order', '12(iv)'],
  'at-once',
  '手数料の額と納め方を伝える',
  'Say how much the fee is and how it is paid',
);
const maskNumbers: Duty = duty(
  'mask-numbers',
  ['NumberingAct', '20'],
  'at-once',
  '確認書類に見えた個人番号などは、隠してから扱い、残さない',
  'Cover My Numbers and the like seen on documents before handling them, and keep none',
);
const onlyForRequest = (article: string): Duty =>
  duty(
    'use-only-for-purpose',
    ['policy', article],
    'later',
    '請求とともに届いた情報は、この請求のためだけに使う',
    'Use what came with the request for the request only',
  );

/** A part of the request that is not in order, with its grounds and duties. */
interface Part {
  because: Ground[];
  duties: Duty[];
}

/** What is wrong with the requester, on the known facts; empty when nothing is. */
function wrongRequester(facts: RequestFacts): Part[] {
  const { requester } = facts;
  if (requester === 'other') return [{ because: [stranger], duties: [] }];
  if (requester === 'legal-representative' && facts.represents === 'neither')
    return [{ because: [noWard], duties: [] }];
  const open: Ground[] = [];
  if (facts.authorityShown === false) open.push(authorityOpen);
  if (facts.identityChecked === false) open.push(identityOpen);
  return open.length > 0 ? [{ because: open, duties: [recordArrival, checkRequester] }] : [];
}

/**
 * Where the way the request came does not follow the policy: what the policy requires. A person for whom a letter is difficult is not sent forms
 * (37(4)).
 */
function wrongManner({ manner, writingDifficult, policy }: RequestFacts): Part[] {
  const { noVisitsBy: visits, writtenOnlyBy: written } = policy ?? {};
  const clauses: Ground[] = [];
  if (manner === 'visit' && visits !== undefined) {
    clauses.push(clause(visits, '来訪での受付はしないと定めています。', 'The policy says that visits are not taken.'));
  }
  if (manner !== undefined && manner !== 'written' && written !== undefined && !writingDifficult) {
    clauses.push(
      clause(written, 'まず書面で窓口に連絡すると定めています。', 'The policy asks for a letter to the desk first.'),
    );
  }
  if (clauses.length === 0) return [];
  return writingDifficult
    ? [{ because: [fixedManner, ...clauses, anotherWay], duties: [recordArrival] }]
    : [{ because: [fixedManner, ...clauses], duties: [recordArrival, sendForms] }];
}

/** The fee that is asked: allowed by 38, and no more than the policy says. */
function feeAsked({ kind, fee, policy }: RequestFacts): Step & { wrong: Part[] } {
  if (!fee || !kind) return { ...step(), wrong: [] };
  const { feeBy, feeYen } = policy ?? {};
  const test = feeStep(kind, fee);
  if (test.duties.length > 0) return { ...step(), wrong: [test] };
  if (feeBy === undefined || feeYen === undefined) return { ...test, wrong: [] };
  if (fee.yen === undefined) {
    const yen = lacks('fee.yen', '38(1)', '手数料の額', 'The amount of the fee');
    return { ...test, missing: [...test.missing, yen], wrong: [] };
  }
  if (fee.yen <= feeYen) return { ...test, wrong: [] };
  const high = clause(feeBy, '公表した手数料の額を超えています。', 'The fee is higher than the one published.');
  return { ...step(), wrong: [{ because: [high], duties: [refundFee] }] };
}

/** The fee that is asked, and whether it was paid. Nobody is turned away over a fee that may not be asked, or is not known to be allowed. */
function feePart(facts: RequestFacts): Step & { wrong: Part[] } {
  const asked = feeAsked(facts);
  const isOwed = asked.because.length > 0 && asked.missing.length === 0;
  return isOwed && facts.feePaid === false
    ? { ...step(), wrong: [{ because: [unpaid, ...asked.because], duties: [recordArrival, tellFee] }] }
    : asked;
}

function lacksOf(facts: RequestFacts): Missing[] {
  const missing: Missing[] = [];
  const ask = (fact: keyof RequestFacts, article: string, ja: string, en: string): void => {
    if (facts[fact] === undefined) missing.push(lacks(fact, article, ja, en));
  };
  const { requester, policy } = facts;
  ask('kind', '37(1)', '何の請求か', 'What is asked for');
  ask('requester', '37(3)', 'だれが請求しているか', 'Who asks');
  if (requester === 'legal-representative') ask('represents', '37(3)', 'だれの法定代理人か', 'Whom they represent');
  if (requester === 'legal-representative' || requester === 'mandated-agent') {
    ask('authorityShown', '37(3)', '代理の権限を示しているか', 'Whether the authority to ask has been shown');
  }
  ask(
    'identityChecked',
    '37(1)',
    '本人または代理人だと確かめたか',
    'Whether it has been checked that this is the person or the agent',
  );
  if (policy?.writtenOnlyBy !== undefined || policy?.noVisitsBy !== undefined) {
    ask('manner', '37(1)', 'どの方法で届いたか', 'How it came');
  }
  ask('atDesk', '37(1)', '定めた窓口に届いたか', 'Whether it came to the desk');
  ask('specified', '37(2)', '対象のデータを特定できるか', 'Whether the data can be specified');
  return missing;
}

/** Whether an agent asks for the measures of a recipient abroad; nobody without the power to act for the person does. */
const isAgent = ({ requester, represents }: RequestFacts): boolean =>
  requester === 'mandated-agent' || (requester === 'legal-representative' && represents !== 'neither');

/** What turns away a request for the measures of a recipient abroad, on the known facts. */
function wrongMeasures(facts: RequestFacts, on: Day): Part[] {
  const { requester, judgements } = facts;
  const fee = feeStep('foreign-information', facts.fee);
  const wrong: Part[] = [];
  if (facts.keepsNumber) wrong.push({ because: [numberKept], duties: [maskNumbers] });
  if (
    requester === 'other' ||
    (requester === 'legal-representative' && !isAgent(facts)) ||
    (isAgent(facts) && judged(judgements, 'measuresAgent', on) === false)
  ) {
    wrong.push({ because: [measuresStranger], duties: [] });
  } else if (facts.authorityShown === false || facts.identityChecked === false) {
    wrong.push({ because: [measuresOpen], duties: [checkAsker] });
  }
  if (departs(facts) && judged(judgements, 'measuresProcedure', on) === true)
    wrong.push({ because: [measuresLikewise], duties: [] });
  if (fee.duties.length > 0) wrong.push(fee);
  return wrong;
}

/** Whether a request is not as 37 lets a company ask for applications: not specified, or not in the manner laid down. */
const departs = (facts: RequestFacts): boolean => facts.specified === false || wrongManner(facts).length > 0;

/** 28(3). May a request for the measures of a recipient abroad be taken up? */
function decideMeasures(facts: RequestFacts, on: Day): Finding {
  const wrong = wrongMeasures(facts, on);
  const [first, ...more] = wrong.flatMap(({ because }) => because);
  if (first) return { answer: 'no', because: [first, ...more], duties: wrong.flatMap(({ duties }) => duties) };
  const { judgements } = facts;
  const missing = lacksOf(facts)
    .filter(({ fact }) => fact !== 'atDesk')
    .map((one): Missing => ({ ...one, article: '28(3)' }));
  if (isAgent(facts) && judged(judgements, 'measuresAgent', on) === undefined) missing.push(askMeasuresAgent);
  if (departs(facts) && judged(judgements, 'measuresProcedure', on) === undefined) missing.push(askMeasuresProcedure);
  return settle(measures, step([], [maskNumbers], missing));
}

/** 37, 38, 28(3). May this request be taken up as it stands? No says what must be done so that it can be, or what the company may not require. */
export function decideRequest(facts: RequestFacts, on: Day): Finding {
  const silent = outsideText(on);
  if (silent) return silent;
  if (facts.kind === 'foreign-information') return decideMeasures(facts, on);
  const fee = feePart(facts);
  const wrong: Part[] = [];
  if (facts.excessive) wrong.push({ because: [burden], duties: [] });
  if (facts.keepsNumber) wrong.push({ because: [numberKept], duties: [maskNumbers] });
  wrong.push(...wrongRequester(facts), ...wrongManner(facts));
  if (facts.specified === false) wrong.push({ because: [unspecified], duties: [recordArrival, helpSpecify] });
  wrong.push(...fee.wrong);
  const [first, ...more] = wrong.flatMap((w) => w.because);
  if (first) return { answer: 'no', because: [first, ...more], duties: [...new Set(wrong.flatMap((w) => w.duties))] };
  const missing = [...lacksOf(facts), ...fee.missing];
  if (missing.length > 0) return settle(rule, step([], [], missing));
  const { requester, policy } = facts;
  const agent = requester === 'legal-representative' || requester === 'mandated-agent' ? [agents[requester]] : [];
  const eased = facts.writingDifficult ? [anotherWay] : [];
  const elsewhere = facts.atDesk === false;
  const duties = [recordArrival, ...(elsewhere ? [forward] : []), maskNumbers];
  if (policy?.onlyForRequestBy !== undefined) duties.push(onlyForRequest(policy.onlyForRequestBy));
  return settle(accepted, step([...agent, ...eased, ...(elsewhere ? [forwarded] : []), ...fee.because], duties));
}

/** Facts of a request that cannot all be true. */
export function requestContradictions(facts: RequestFacts): Contradiction[] {
  const found = [...feeContradictions(facts.fee), ...uncountable('policy.feeYen', facts.policy?.feeYen, 0)];
  const says = ['本人の請求に代理の事実は書けません', 'The person needs no authority to ask'] as const;
  if (facts.requester === 'principal') {
    if (facts.represents !== undefined) found.push(contradiction('represents', ...says));
    if (facts.authorityShown !== undefined) found.push(contradiction('authorityShown', ...says));
  }
  return found;
}
