// Articles 10 and 11: may work with My Numbers be entrusted to this party? It is re-entrusted only with the permission of the first entruster, again
// at every further step, and always supervised. A party without that permission never handles a number.

import type { Day } from '../../base/day.ts';
import type { Duty, Finding, Ground, Missing } from '../../base/finding.ts';
import { duty, ground, isFinding, lacksUnder, no, outside, step, type Step, unknown, yes } from '../answer.ts';
import { abroadDuties, handledAbroad, testCloud } from '../appi/23-abroad.ts';
import { contradiction, type Contradiction } from '../contradiction.ts';
import type { CloudFacts, Consent } from '../facts.ts';
import { need, refuse, weigh, type Held } from '../need.ts';
import { inForce, numberingText, supervisionItems } from '../parameters.ts';
import { act, affairsClosed, limitHandlers } from './grounds.ts';

/** The permission for the newest step of a re-entrustment. */
export interface EntrustmentPermission {
  by?: 'first-entruster' | 'other';
  on?: Day;
  /** Given beforehand for any re-entrustment, not for this one as it came up. */
  advance?: boolean;
  /** `advance`: the party was named, documents showed that it is able, and it was agreed that each re-entrustment is reported. */
  partyNamed?: boolean;
  abilityProved?: boolean;
  reportingAgreed?: boolean;
}

export interface NumberEntrustmentFacts {
  /** `entrustment`: we entrust our own contractor. `re-entrustment`: the contractor entrusts another party. `further`: a further step. */
  level?: 'entrustment' | 're-entrustment' | 'further';
  /** The work is an affair for which we may use My Numbers, and no more than it needs is handed over. */
  withinAffair?: boolean;
  /** null = there is no permission. */
  permission?: EntrustmentPermission | null;
  /** `further`: the first entruster permitted every earlier step. */
  earlierPermitted?: boolean;
  /** The party may use it for itself or mix it with other data. */
  ownUse?: boolean;
  /** It was assessed as able to take the measures the Numbering Act asks of us. */
  assessed?: boolean;
  contract?: boolean;
  monitored?: boolean;
  /** For a re-entrustment: there is a way to know how the entrusting party supervises the next one. */
  indirectlySupervised?: boolean;
  /** ISO 3166-1 alpha-2 code of the place of the party. */
  country?: string;
  /** A cloud that is claimed not to handle the numbers. */
  cloud?: CloudFacts | null;
  /** Never looked at: consent allows nothing. */
  consent?: Consent | null;
  /** The clause that closes the list of affairs, when the work is outside it. */
  policy?: { affairsClosedBy?: string };
}

const allowed = act(
  '19(vi)',
  '事務の委託に伴って、委託先に渡せます。',
  'It may be handed to the party to which the affair is entrusted.',
);
const rulePermission = act(
  '10(1)',
  '再委託には、最初に委託した者の許諾が前もって要ります。',
  'A re-entrustment needs the prior permission of the first entruster.',
);
const ruleSupervision = act(
  '11',
  '委託先を選び、契約し、取扱いの状況を把握して、必要かつ適切に監督します。',
  'The party is chosen, bound by contract, monitored, and so supervised as is necessary and appropriate.',
);
const permitted = act(
  '10(1)',
  '最初に委託した者が、この再委託を許諾しています。',
  'The first entruster has permitted this re-entrustment.',
);
const permittedFurther = act(
  '10(2)',
  '再委託先も委託を受けた者とみなされ、どの段階にも最初に委託した者の許諾があります。',
  'A re-entrusted party also counts as an entrusted party, and the first entruster has permitted every step.',
);
const noPermission = act(
  '10(1)',
  '最初に委託した者の許諾がないので、再委託できません。',
  'Without the permission of the first entruster, it may not be re-entrusted.',
);
const breach = act(
  '19',
  '許諾のない再委託で番号を渡すと、渡した者も受けた者も法律に反します。',
  'Without permission both the giver and the receiver of the numbers break the law.',
);
const later = act(
  '10(1)',
  '許諾の日がこの日より後です。前もって許諾を得る必要があります。',
  'The permission is later than this day; it must come first.',
);
const notHandled = ground(
  'NumberingAct-Guideline',
  'Q3-12',
  '事業者が個人番号を取り扱わないクラウドなので、委託に当たりません。',
  'The cloud vendor does not handle the numbers, so nothing is entrusted.',
);
const ownSafety = act('12', '安全管理は当社の義務のままです。', 'Safety remains the company’s own duty.');
const askPermission = {
  ja: '始める前に、最初に委託した者の許諾を書面で得る',
  en: 'Obtain the first entruster’s permission in writing before it starts',
};

const affairNeed = need(
  ['NumberingAct', '9(4)'],
  'withinAffair',
  [
    '番号を使ってよい事務の委託で、必要な分だけを渡すか',
    'Whether it is an affair for My Numbers and no more than needed',
  ],
  ['番号を使ってよい事務の範囲を超えます。', 'It goes beyond the affairs for which we may use My Numbers.'],
  { ja: '番号を外して委託する', en: 'Entrust it without the numbers' },
);
const ownUseNeed = need(
  ['NumberingAct', '19(vi)'],
  'ownUse',
  ['相手が自社のために使えるか', 'Whether the party may use it for itself'],
  [
    '相手が自社のために使ったり、ほかの会社のデータと混ぜたりできるので、委託に当たりません。',
    'The party may use it for itself or mix it with other companies’ data, so this is not entrustment.',
  ],
  {
    ja: '契約を改め、委託した事務のためだけに使うと定める',
    en: 'Amend the contract so that it serves the affair only',
  },
);
const assessed = need(
  ['NumberingAct', '11'],
  'assessed',
  [
    '番号法の求める安全管理ができる相手か評価したか',
    'Whether the party was assessed as able to take the safety measures that the Numbering Act requires',
  ],
  ['委託先の選定の評価が済んでいません。', 'The party has not been assessed.'],
  { ja: '委託先を評価して記録する', en: 'Assess the party and record it' },
);
const contract = need(
  ['NumberingAct', '11'],
  'contract',
  ['契約に安全管理と再委託の条件があるか', 'Whether the contract sets safety and the terms of re-entrustment'],
  ['契約に安全管理の定めがありません。', 'The contract has no safety terms.'],
  { ja: '安全管理と再委託の条件を入れて契約する', en: 'Conclude a contract with safety and re-entrustment terms' },
);
const monitored = need(
  ['NumberingAct', '11'],
  'monitored',
  ['取扱いの状況を把握する方法があるか', 'Whether there is a way to know how it is handled'],
  ['取扱いの状況を把握する方法がありません。', 'There is no way to know how it is handled.'],
  { ja: '点検や報告の方法を決める', en: 'Agree on inspections or reports' },
);
const indirect = need(
  ['NumberingAct', '11'],
  'indirectlySupervised',
  [
    '再委託先への監督の状況を把握する方法があるか',
    'Whether there is a way to know how the re-entrusted party is supervised',
  ],
  ['再委託先への監督を把握する方法がありません。', 'There is no way to know how the re-entrusted party is supervised.'],
  { ja: '再委託先の監督の状況を報告させる', en: 'Have the supervision of the re-entrusted party reported' },
);
const earlier = need(
  ['NumberingAct', '10(2)'],
  'earlierPermitted',
  ['前の段階の再委託にも、最初に委託した者の許諾があるか', 'Whether the earlier steps were permitted too'],
  [
    '前の段階の再委託に、最初に委託した者の許諾がありません。',
    'An earlier step lacks the first entruster’s permission.',
  ],
  askPermission,
);
const advanceNeed = (
  fact: 'partyNamed' | 'abilityProved' | 'reportingAgreed',
  asks: [string, string],
  unmet: [string, string],
) => need(['NumberingAct-Guideline', 'Q3-9'], `permission.${fact}`, asks, unmet, askPermission);
const partyNamed = advanceNeed(
  'partyNamed',
  ['前もって許諾したとき、再委託先が具体的に決まっていたか', 'Whether the advance permission named the party'],
  [
    '前もって許諾したとき、再委託先が具体的に決まっていませんでした。',
    'The advance permission does not name the party.',
  ],
);
const abilityProved = advanceNeed(
  'abilityProved',
  ['再委託先の能力を資料で確かめたか', 'Whether the party’s ability was checked from documents'],
  [
    '前もって許諾したとき、再委託先の能力を資料で確かめていませんでした。',
    'The advance permission was given without checking the party’s ability from documents.',
  ],
);
const reportingAgreed = advanceNeed(
  'reportingAgreed',
  ['再委託したときの報告を決めていたか', 'Whether it was agreed that each re-entrustment is reported'],
  [
    '前もって許諾したとき、再委託を報告することを決めていませんでした。',
    'The advance permission was given without agreeing that each re-entrustment is reported.',
  ],
);
const lack = (fact: string, ja: string, en: string): Missing => lacksUnder('NumberingAct', fact, '10(1)', ja, en);
const askLevel = lack('level', '委託か、再委託か', 'Whether it is entrusted or re-entrusted');
const askPermit = lack('permission', '最初に委託した者の許諾があるか', 'Whether the first entruster has permitted it');
const askBy = lack('permission.by', 'だれが許諾したか', 'Who permitted it');
const askOn = lack('permission.on', '許諾の日', 'The day of the permission');
const askAdvance = lacksUnder(
  'NumberingAct-Guideline',
  'permission.advance',
  'Q3-9',
  'この再委託のための許諾か、前もっての包括的な許諾か',
  'Whether it was given for this re-entrustment or in advance',
);
const askCountry = lacksUnder('APPI', 'country', '23', '相手がある国', 'The country the party is in');

const recordPermission = duty(
  'record-permission',
  ['NumberingAct', '10(1)'],
  'before',
  '許諾した者、日、再委託先を、最初の委託者まで順に残す',
  'Record who permitted which party and when, up to the first entruster',
  { items: ['permitted-by', 'permitted-on', 'party', 'chain'] },
);
const supervise = (on: Day): Duty =>
  duty(
    'supervise-entrusted',
    ['NumberingAct', '11'],
    'later',
    '選定、契約、取扱い状況の把握によって監督し、再委託先にも及ぼす',
    'Supervise by selection, contract and monitoring of the handling, and extend this to re-entrusted parties',
    { items: [...(inForce(supervisionItems, on) ?? [])] },
  );
const keepSafe = duty(
  'own-safety-measures',
  ['NumberingAct', '12'],
  'before',
  '暗号化やアクセス制御で、当社の安全管理として守る',
  'Protect it by encryption and access control as part of our own safety measures',
);

/** 10(1), (2). The step of the answer for the permission of a re-entrustment, or the refusal. */
function permissionStep(facts: NumberEntrustmentFacts, on: Day): Step | Finding {
  const { level, permission: one } = facts;
  if (level === undefined || level === 'entrustment') return step();
  if (one === null) return no([noPermission, breach], askPermission);
  if (one?.by === 'other') return no([noPermission, breach], askPermission);
  if (one?.on !== undefined && one.on > on) return no([later, breach], askPermission);
  const held: Held[] = level === 'further' ? [[facts.earlierPermitted, earlier]] : [];
  if (one?.advance) {
    held.push([one.partyNamed, partyNamed], [one.abilityProved, abilityProved], [one.reportingAgreed, reportingAgreed]);
  }
  const { refused, missing } = weigh(held);
  if (refused) return refuse(refused, breach);
  if (!one) missing.unshift(askPermit);
  else {
    if (!one.by) missing.push(askBy);
    if (!one.on) missing.push(askOn);
    if (one.advance === undefined) missing.push(askAdvance);
  }
  return step([level === 'further' ? permittedFurther : permitted], [recordPermission], missing);
}

/** 10, 11, 19(vi). The answer for an entrustment, as a step that the question about a provision uses too. */
export function entrustment(facts: NumberEntrustmentFacts, on: Day): Step | Finding {
  if (facts.withinAffair === false) {
    const clause = facts.policy?.affairsClosedBy;
    return clause === undefined ? refuse(affairNeed) : refuse(affairNeed, affairsClosed(clause));
  }
  const affair: Held = [facts.withinAffair, affairNeed];
  const stored = facts.cloud ? testCloud(facts.cloud, ['NumberingAct-Guideline', 'Q3-12']) : undefined;
  if (stored && stored.met !== false) {
    const missing = weigh([affair]).missing;
    if (!stored.met) missing.push(...stored.missing);
    if (!facts.country) missing.push(askCountry);
    const away = facts.country !== 'JP';
    return step(
      [notHandled, ownSafety, ...(away ? [handledAbroad] : [])],
      away ? [keepSafe, ...abroadDuties(['country', 'measures'])] : [keepSafe],
      missing,
    );
  }
  if (facts.ownUse) return refuse(ownUseNeed);
  const permission = permissionStep(facts, on);
  if (isFinding(permission)) return permission;
  const held: Held[] = [affair, [facts.ownUse === undefined ? undefined : true, ownUseNeed]];
  held.push([facts.assessed, assessed], [facts.contract, contract], [facts.monitored, monitored]);
  if (facts.level !== undefined && facts.level !== 'entrustment') held.push([facts.indirectlySupervised, indirect]);
  const { refused, missing } = weigh(held);
  if (refused) return refuse(refused);
  if (!facts.level) missing.push(askLevel);
  missing.push(...permission.missing);
  if (!facts.country) missing.push(askCountry);
  const away = facts.country !== 'JP';
  return step(
    [allowed, ...permission.because, ruleSupervision, ...(away ? [handledAbroad] : [])],
    [...permission.duties, supervise(on), limitHandlers, ...(away ? abroadDuties(['country', 'measures']) : [])],
    missing,
  );
}

/** What the law asks of every entrustment. */
const entrustmentRules: [Ground, Ground] = [rulePermission, ruleSupervision];

/** 10, 11. May this work with My Numbers be entrusted to this party? */
export function decideNumberEntrustment(facts: NumberEntrustmentFacts, on: Day): Finding {
  const silent = outside(numberingText, on);
  if (silent) return silent;
  const answer = entrustment(facts, on);
  if (isFinding(answer)) return answer;
  if (answer.missing.length > 0) return unknown(entrustmentRules, answer.missing);
  const [first = allowed, ...more] = answer.because;
  return yes([first, ...more], answer.duties);
}

/** A party entrusted directly needs no permission of a first entruster. */
export const numberEntrustmentContradictions = (facts: NumberEntrustmentFacts): Contradiction[] =>
  facts.level === 'entrustment' && facts.permission
    ? [contradiction('permission', '再委託でなければ、許諾は要りません', 'Only a re-entrustment needs a permission')]
    : [];
