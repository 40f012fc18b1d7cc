// Article 33: the person receives the data, or the records of its provision and receipt, in the way they chose. Only what would do one of three harms
// is withheld, part by part, and the person is told. The measures of a transfer abroad (28(3)) are told on request too.

import type { Day } from '../../base/day.ts';
import type { Duty, Finding, Ground, Grounds, Missing } from '../../base/finding.ts';
import { appi, askInformation, duty, ground, lacks, outsideText, rules, settle, step, type Step } from '../answer.ts';
import { contradiction, type Contradiction } from '../contradiction.ts';
import type { InformationKind } from '../facts.ts';
import { asksJudgement, judged, type Judgements } from '../judgement.ts';
import { inForce, onRequestItems } from '../parameters.ts';
import { notRetained } from './16-retained.ts';
import { noticesOf, settled } from './36-outcome.ts';
import { feeContradictions, feeStep, type FeeFacts } from './38-fee.ts';

/** How much of what is requested must be withheld on a ground. */
export type Extent = 'none' | 'part' | 'all';

/** The way the person chose: an electronic record, paper, or another way the company has set (33(1), Rule 30). */
export type DisclosureMethod = 'electronic' | 'paper' | 'set-by-company';

/** 33, 28(3): must this be disclosed to the person? */
export interface DisclosureFacts {
  /** What is requested: the retained data, the records of its provision and receipt (33(5)), or the measures of a transfer abroad (28(3)). */
  what?: 'data' | 'records' | 'foreign-measures';
  information?: InformationKind;
  /** The company has it. */
  exists?: boolean;
  /** Merely revealing that it exists would do a harm of Order 5 (data) or Order 11 (records). */
  existenceHarms?: boolean;
  /**
   * Records: the article they were made under. Only those of 29(1) and 30(3) can be requested, not those of 31(3) or those that no article required.
   */
  recordUnder?: '29(1)' | '30(3)' | '31(3)' | 'none';
  /** Another law already provides for the disclosure in an equivalent way. */
  otherLaw?: boolean;
  /** 33(2)(i): it may harm the life, body, property or other rights of the person or of somebody else. */
  harms?: Extent;
  /** 33(2)(ii), Rule 18(3): it would seriously impede the business. A great amount of work alone does not. */
  impedes?: Extent;
  /** 33(2)(iii): it would violate another law. */
  violates?: Extent;
  method?: DisclosureMethod;
  /** The chosen way costs a large amount or is otherwise difficult. */
  methodDifficult?: boolean;
  fee?: FeeFacts | null;
  judgements?: Judgements;
}

const rule = appi(
  '33(2)',
  '本人の請求を受けたら、本人の選んだ方法で遅滞なく開示します。',
  'On request it is disclosed without delay, in the way the person chose.',
);
const recordRule = appi(
  '33(5)',
  '第三者提供記録も、保有個人データと同じように開示します。',
  'Records of provision and receipt are disclosed like the data itself.',
);
const foreignRule = rules(
  '18(3)',
  '外国の提供先の措置について求められたら、遅滞なく情報を伝えます。',
  'On request the person is told without delay about the measures of the recipient abroad.',
);
const disclose = appi('33(2)', '本人の選んだ方法で開示します。', 'It is disclosed in the way the person chose.');
const exceptPart = appi('33(2)', '開示しない部分を除いて開示します。', 'It is disclosed except for the part withheld.');
const onPaper = appi(
  '33(2)',
  '本人の選んだ方法では難しいので、書面で開示します。',
  'The way the person chose is difficult, so it is disclosed on paper.',
);
const absent = appi(
  '33(3)',
  '開示するものがありません。ないことを知らせます。',
  'There is nothing to disclose, and the person is told so.',
);
const elsewhere = appi(
  '33(4)',
  'ほかの法令が、本人の選んだ方法に相当する方法での開示を定めているので、その手続によります。',
  'Another law provides for disclosure in a way equivalent to the one the person chose, so its procedure applies.',
);
const noSuchRecord = appi(
  '33(5)',
  '開示の請求が及ぶのは、29条1項と30条3項の記録だけです。',
  'Only records under 29(1) and 30(3) can be asked for.',
);
const noRecordOfNumbers = ground(
  'NumberingAct',
  '30(2)',
  '特定個人情報には第三者提供の記録の定めが働かないので、記録がありません。',
  'The rules on provision records do not apply to specific personal information, so there are none.',
);
const unknowable = {
  data: ground(
    'APPI-Order',
    '5',
    'あるかないかが分かるだけで害が生じるデータは、保有個人データに含まれません。',
    'Data that does harm if its mere existence is known is not retained personal data.',
  ),
  records: ground(
    'APPI-Order',
    '11',
    'あるかないかが分かるだけで害が生じる記録は、開示の対象になりません。',
    'A record that does harm if its mere existence is known is not subject to disclosure.',
  ),
};
const withholding = { harms: '33(2)(i)', impedes: '33(2)(ii)', violates: '33(2)(iii)' } as const;
type Withholding = keyof typeof withholding;
const heldBack: Record<Withholding, Ground> = {
  harms: appi(
    '33(2)(i)',
    '開示すると、本人や第三者の生命、身体、財産などの権利利益を害するおそれがあります。',
    'Disclosure may harm life, body, property or other rights of the person or of somebody else.',
  ),
  impedes: appi(
    '33(2)(ii)',
    '開示すると、業務の適正な実施に著しい支障が出るおそれがあります。',
    'Disclosure may seriously impede the proper conduct of the business.',
  ),
  violates: appi('33(2)(iii)', '開示すると、ほかの法令に違反します。', 'Disclosure would violate another law.'),
};
const foreignHeldBack = rules(
  '18(3)',
  '伝えると、業務の適正な実施に著しい支障が出るおそれがあります。',
  'Telling it may seriously impede the proper conduct of the business.',
);
/** 28(3) is about personal data that goes to a third party abroad. These kinds give no claim to be told about the measures. */
const untellable: ReadonlyMap<InformationKind | undefined, Ground> = new Map<InformationKind, Ground>([
  [
    'my-number',
    ground(
      'NumberingAct',
      '30(2)',
      '特定個人情報には外国にある第三者への提供の定めが働かないので、求めに応じて伝える措置がありません。',
      'The rules on provision abroad do not apply to specific personal information, so there are no measures to tell.',
    ),
  ],
  [
    'personally-related',
    appi(
      '31(2)',
      '個人関連情報では、相手の措置を確かめますが、本人の求めに応じて伝える義務はありません。',
      'For personally related information the recipient’s measures are checked, but need not be told on request.',
    ),
  ],
  [
    'anonymous',
    appi(
      '2(6)',
      '匿名加工情報は個人情報ではないので、相手の措置を本人に伝える義務はありません。',
      'Anonymously processed information is not personal information, so the measures need not be told to anybody.',
    ),
  ],
]);
const pseudonymousOpen = appi(
  '41(6)',
  '仮名加工情報の提供には28条1項が働きません。相手の措置を本人に伝える義務があるかは、条文から分かりません。',
  'Article 28(1) does not apply to pseudonymously processed information. The Act does not say whether the measures have to be told.',
);
const askPseudonymous = asksJudgement(
  'pseudonymousMeasures',
  'APPI',
  '28(3)',
  '仮名加工情報を渡した外国の相手の措置を、本人に伝えるか',
  'whether the measures of a recipient abroad are told where the information is pseudonymously processed',
);
const noTransfer = appi(
  '28(3)',
  '相手の体制を根拠にした外国への提供がないので、伝える措置がありません。',
  'Nothing was provided abroad on the recipient’s system, so there are no measures to tell.',
);
const asked: Record<Withholding, [string, string]> = {
  harms: ['開示すると、だれかの権利利益を害するおそれがあるか', 'Whether disclosure may harm anybody’s rights'],
  impedes: ['開示すると、業務に著しい支障が出るおそれがあるか', 'Whether it may seriously impede the business'],
  violates: ['開示すると、ほかの法令に違反するか', 'Whether it would violate another law'],
};
const reasons = ['harms', 'impedes', 'violates'] as const;
const disclosure = (method: DisclosureMethod): Duty =>
  duty('disclose', ['APPI', '33(2)'], 'at-once', '遅滞なく本人に開示する', 'Disclose it to the person without delay', {
    items: [method],
  });
const tellMeasures = (on: Day): Duty =>
  duty(
    'answer-on-request',
    ['APPI-Rules', '18(3)'],
    'at-once',
    '提供先の措置について、遅滞なく情報を伝える',
    'Tell the person about the measures without delay',
    { items: [...(inForce(onRequestItems, on) ?? [])] },
  );

/** The kind of request in the table of outcomes. */
const requestOf = (what: DisclosureFacts['what']): 'disclosure' | 'record-disclosure' =>
  what === 'records' ? 'record-disclosure' : 'disclosure';

const grounds = (head: Ground[], rest: Ground[], otherwise: Ground): Grounds => {
  const [first = otherwise, ...more] = [...head, ...rest];
  return [first, ...more];
};

/** 28(3), Rule 18(3) to (5). The answer about the measures of a recipient abroad. */
function tellForeign(facts: DisclosureFacts, fee: Step, on: Day): Finding {
  const { exists, impedes, information } = facts;
  const never = untellable.get(information);
  if (never) return settled('no', [never], [], [], fee);
  if (exists === false) return settled('no', [noTransfer], [], [], fee);
  if (impedes === 'all') {
    return settled('no', [foreignHeldBack], [], noticesOf('foreign-information', 'refused'), fee);
  }
  const pseudonymous = information === 'pseudonymous';
  const judgement = pseudonymous ? judged(facts.judgements, 'pseudonymousMeasures', on) : true;
  if (judgement === false) return settled('no', [pseudonymousOpen], [], [], fee);
  const missing: Missing[] = [...askInformation(facts, '28(3)'), ...(judgement === undefined ? [askPseudonymous] : [])];
  if (exists === undefined)
    missing.push(lacks('exists', '28(3)', '外国への提供があるか', 'Whether there is a transfer abroad'));
  if (impedes === undefined) missing.push(lacks('impedes', '28(3)', ...asked.impedes));
  const lead = pseudonymous ? [pseudonymousOpen] : [];
  if (missing.length > 0) return settle(pseudonymous ? pseudonymousOpen : foreignRule, step([], [], missing));
  const part = impedes === 'part';
  const notices = noticesOf('foreign-information', part ? 'partly' : 'granted');
  return settled(
    'yes',
    grounds(lead, part ? [foreignRule, foreignHeldBack] : [foreignRule], foreignRule),
    [tellMeasures(on)],
    notices,
    fee,
  );
}

/** The refusal on the known facts; undefined when there is none. */
function refusal(facts: DisclosureFacts, fee: Step): Finding | undefined {
  const request = requestOf(facts.what);
  const records = facts.what === 'records';
  const nothing = (because: Grounds): Finding => settled('no', because, [], noticesOf(request, 'absent'), fee);
  const { recordUnder } = facts;
  if (records && facts.information === 'my-number') return nothing([noRecordOfNumbers]);
  if (records && (recordUnder === '31(3)' || recordUnder === 'none')) {
    return settled('no', [noSuchRecord], [], noticesOf(request, 'refused'), fee);
  }
  if (facts.existenceHarms) return nothing([unknowable[records ? 'records' : 'data'], absent]);
  if (facts.exists === false) return nothing([absent]);
  if (facts.otherLaw) return { answer: 'no', because: [elsewhere, ...fee.because], duties: fee.duties };
  const whole = reasons.filter((r) => facts[r] === 'all').map((r) => heldBack[r]);
  const [first, ...more] = whole;
  return first && settled('no', [first, ...more], [], noticesOf(request, 'refused'), fee);
}

function lacksOf(facts: DisclosureFacts): Missing[] {
  const article = facts.what === 'records' ? '33(5)' : '33(1)';
  const missing = askInformation(facts, article);
  const ask = (fact: keyof DisclosureFacts, where: string, ja: string, en: string): void => {
    if (facts[fact] === undefined) missing.push(lacks(fact, where, ja, en));
  };
  if (facts.what === 'records') {
    ask('recordUnder', article, '何条に基づいて作った記録か', 'Under which article the record was made');
  }
  ask('exists', article, '開示するものがあるか', 'Whether there is anything to disclose');
  ask(
    'otherLaw',
    '33(4)',
    'ほかの法令に、本人の選んだ方法に相当する方法での開示の定めがあるか',
    'Whether another law provides for disclosure in a way equivalent to the one the person chose',
  );
  for (const r of reasons) ask(r, withholding[r], ...asked[r]);
  ask('method', article, '本人の選んだ方法', 'The way the person chose');
  if (facts.method !== 'paper') {
    ask('methodDifficult', '33(2)', 'その方法では多額の費用がかかるなど難しいか', 'Whether that way is difficult');
  }
  return missing;
}

/** 28(3), 33. Must this be disclosed to the person? The person is told what is withheld, and of any other way, with the reasons. */
export function decideDisclosure(facts: DisclosureFacts, on: Day): Finding {
  const silent = outsideText(on);
  if (silent) return silent;
  const { what } = facts;
  if (what === undefined) {
    const says = ['何の開示を求められたか', 'What the person asks to see'] as const;
    return settle(rule, step([], [], [lacks('what', '33(1)', ...says)]));
  }
  if (what === 'foreign-measures') return tellForeign(facts, feeStep('foreign-information', facts.fee), on);
  const outside = notRetained(facts);
  if (outside) return outside;
  const request = requestOf(what);
  const fee = feeStep(request, facts.fee);
  const refused = refusal(facts, fee);
  if (refused) return refused;
  const head = what === 'records' ? [recordRule] : [];
  const missing = [...lacksOf(facts), ...fee.missing];
  const { method } = facts;
  if (missing.length > 0 || method === undefined) {
    return settle(what === 'records' ? recordRule : rule, step([], [], missing));
  }
  const part = reasons.filter((r) => facts[r] === 'part').map((r) => heldBack[r]);
  const other = facts.methodDifficult === true;
  const because = [...(part.length > 0 ? [exceptPart, ...part] : []), ...(other ? [onPaper] : [])];
  const held = part.length > 0;
  const result = held ? (other ? 'partly-otherwise' : 'partly') : other ? 'otherwise' : 'granted';
  return settled(
    'yes',
    grounds(head, because.length > 0 ? because : [disclose], disclose),
    [disclosure(other ? 'paper' : method)],
    noticesOf(request, result),
    fee,
  );
}

/** Facts of a disclosure that cannot all be true. */
export function disclosureContradictions(facts: DisclosureFacts): Contradiction[] {
  const found = feeContradictions(facts.fee);
  if (facts.exists === false) {
    for (const r of reasons) {
      if (facts[r] === 'part' || facts[r] === 'all') {
        found.push(contradiction(r, 'ないものを開示しない理由は書けません', 'What does not exist cannot be withheld'));
      }
    }
  }
  if (facts.method === 'paper' && facts.methodDifficult) {
    found.push(
      contradiction('methodDifficult', '書面は難しい方法に当たりません', 'Paper does not count as a difficult way'),
    );
  }
  return found;
}
