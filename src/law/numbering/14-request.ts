// Articles 14, 15 and 20: may we ask for this My Number? Only for an affair set by law. Only from the person, the agent or, for an employee who comes
// from another company, that company. Not where it is certain that no record will be filed. A number is never asked for just in case.

import type { Day } from '../../base/day.ts';
import type { Duty, Finding, Ground, Missing } from '../../base/finding.ts';
import { appi, duty, isFinding, lacks, lacksUnder, no, outside, step, type Step, unknown, yes } from '../answer.ts';
import { noticeOfPurpose, testNoticeException } from '../appi/21-notice.ts';
import { contradiction, type Contradiction } from '../contradiction.ts';
import type { Consent, NoticeException, Payee, PaymentKind } from '../facts.ts';
import type { Judgements } from '../judgement.ts';
import { need, refuse } from '../need.ts';
import { numberingText } from '../parameters.ts';
import { movedEmployee } from './19-provision.ts';
import { askYear, filing, passes, paymentContradictions, recordOf } from './225-payment-record.ts';
import {
  act,
  affairsClosed,
  askLaw,
  destroyInTime,
  limitedCollection,
  limitHandlers,
  noAffair,
  noteRefusal,
  verify,
} from './grounds.ts';

/** 14, 15, 20: may a My Number be asked for? The number itself is not a fact of any question. */
export interface NumberRequestFacts {
  /** What the number is for: the payment that a record reports, another affair set by a law, or none. */
  affair?: PaymentKind | 'other-by-law' | 'none';
  /** `other-by-law`: the law that requires the number to be written down. */
  legalBasis?: string;
  payee?: Payee;
  askedOf?: 'principal' | 'agent' | 'former-employer' | 'other';
  /** `former-employer`: an employee or officer comes from there, and consented to exactly this, knowing who receives it. */
  employeeAgreed?: boolean;
  /** There is a contract or an order, or one is seriously expected. */
  expected?: boolean;
  /** Yen payable to the payee in the year, as far as it is settled; null = no amount is settled yet. */
  yearTotal?: number | null;
  /** It is certain that nothing more will be paid this year. */
  certain?: boolean;
  /** The calendar year of the payments. */
  year?: number;
  /** The request itself says what the number is for. */
  purposeIndicated?: boolean;
  /** `former-employer`: what the number is for is published. */
  purposePublished?: boolean;
  noticeException?: NoticeException;
  /** Never looked at: consent allows nothing. */
  consent?: Consent | null;
  judgements?: Judgements;
  /** The clause that closes the list of affairs, and the clause that promises to state the purpose each time. */
  policy?: { affairsClosedBy?: string; indicationPromisedBy?: string };
}

const needed = act(
  '14(1)',
  '個人番号は、事務に必要なときに、本人か代理人に求めます。',
  'The person or the agent may be asked for a My Number when the affair needs it.',
);
const ofEmployer = act(
  '14(1)',
  '個人番号は、事務に必要なときに、その人が移ってくる前の会社にも求められます。',
  'The company that the person comes from may also be asked for a My Number when the affair needs it.',
);
const fromEmployer = act(
  '19(iv)',
  '移る前の会社から、本人の同意を得て、当社の事務に要る番号を受け取れます。',
  'With the person’s consent, the number that our affair needs may be received from the company they come from.',
);
const corporate = act(
  '14(1)',
  '法人に個人番号はありません。調書には公表されている法人番号を書きます。',
  'A corporation has no My Number. The record carries its public corporate number.',
);
const others = act(
  '15',
  '他人の個人番号を、本人、代理人、移ってくる前の会社のほかに求めることはできません。',
  'Nobody but the person, the agent or the company they come from may be asked for the person’s My Number.',
);
const notAsked = act(
  '15',
  '個人番号を求めてよい場合に当たりません。',
  'This is not a case in which a My Number may be asked for.',
);
const noRecord = act(
  '14(1)',
  '支払調書を出さないことが明らかなので、番号を求める必要がありません。',
  'It is certain that no record will be filed, so the number is not needed.',
);
const notYet = act(
  '14(1)',
  '額が決まっていないか増えうるので、見込みの段階で求めることができます。',
  'The amount is not settled or may still grow, so the number may be asked for while a record is expected.',
);
const affairByLaw = act(
  '9(4)',
  '法令で定められた個人番号の事務です。',
  'It is an affair for which a law provides that My Numbers are used.',
);
const incoming = act(
  '19(iii)',
  '本人や代理人から、事務のために番号を受け取れます。',
  'The number may be received from the person or the agent for the affair.',
);
const mustVerify = act(
  '16',
  '受け取るときは、番号と身元の両方を確かめます。',
  'On receipt both the number and the identity are verified.',
);
const indicated = appi('21(2)', '求めるときに利用目的を示します。', 'The purpose is indicated in the request.');
const notIndicated = appi(
  '21(2)',
  '求めるときに利用目的を示していません。方針の公表だけでは足りません。',
  'The purpose is not indicated in the request. Publishing it is not enough.',
);
const promised = (clause: string): Ground => ({
  law: 'policy',
  article: clause,
  says: {
    ja: '番号を受け取るたびに目的を示すと約束しています。',
    en: 'The policy promises to indicate the purpose each time.',
  },
});

const expectedNeed = need(
  ['NumberingAct', '14(1)'],
  'expected',
  [
    '契約（雇用を含む）や発注があるか、見込まれるか',
    'Whether a contract (including one of employment) or an order exists or is expected',
  ],
  [
    '契約や発注の予定がないので、まだ番号を求められません。',
    'No contract or order is expected, so the number may not be asked for yet.',
  ],
  { ja: '契約や発注が決まってから求める', en: 'Ask once there is a contract or an order' },
);
const askAffair = lacksUnder('NumberingAct', 'affair', '14(1)', '何のための番号か', 'What the number is for');
const askPayee = lacksUnder(
  'NumberingAct',
  'payee',
  '14(1)',
  '相手は個人か法人か',
  'Whether it is an individual or a corporation',
);
const askWhom = lacksUnder('NumberingAct', 'askedOf', '15', 'だれに求めるか', 'Who is asked');
const askCertain = lacksUnder(
  'NumberingAct',
  'certain',
  '14(1)',
  'この年の支払いがこれだけか',
  'Whether that is all that will be paid this year',
);
const askIndicated = lacks(
  'purposeIndicated',
  '21(2)',
  '求めるときに目的を示すか',
  'Whether the request indicates the purpose',
);

const indicate = duty(
  'indicate-purpose',
  ['APPI', '21(2)'],
  'before',
  '求めるたびに、書面や画面で利用目的を示す',
  'Indicate the purpose with every request',
);
const useCorporateNumber = { ja: '国税庁が公表する法人番号を調べて書く', en: 'Look up the public corporate number' };
const askDirectly = { ja: '本人か代理人に求める', en: 'Ask the person or the agent' };
const askLater = {
  ja: '額が基準を超える見込みになってから求める',
  en: 'Ask once the amount is expected to pass the limit',
};
const showPurpose = { ja: '依頼状や入力画面に利用目的を書く', en: 'Write the purpose into the letter or the form' };

/** The payment behind the request: refused when it is certain that no record will be filed, open while that is not known. */
function amountOf(payment: PaymentKind, facts: NumberRequestFacts, on: Day): Step | Finding {
  const { yearTotal: total, certain, judgements } = facts;
  const amount = passes(payment, total, judgements, on);
  const horse = payment === 'horse-race-prize';
  if (amount.over) return step([amount.because]);
  if (amount.over === false) {
    if (certain || horse) return no([amount.because, noRecord, limitedCollection], askLater);
    return certain === undefined ? step([], [], [askCertain]) : step([notYet]);
  }
  // An amount that is not settled yet does not rule the request out, except for horse races, where the single prize counts.
  return total === null && !horse ? step([notYet]) : step([], [], [amount.missing]);
}

/** 21(2), (4): the request states the purpose, or a case of 21(4) is confirmed. */
function indication(facts: NumberRequestFacts): Step | Finding {
  if (facts.purposeIndicated) return step([indicated], [indicate]);
  const exception = testNoticeException(facts.noticeException, undefined);
  if (exception.met || exception.step.missing.length > 0) return exception.step;
  if (facts.purposeIndicated === undefined) return step([], [], [askIndicated]);
  const clause = facts.policy?.indicationPromisedBy;
  return no(clause === undefined ? [notIndicated] : [notIndicated, promised(clause)], showPurpose);
}

/** The refusal of a request that is ruled out whatever else is known. */
function ruledOut(facts: NumberRequestFacts): Finding | undefined {
  const { affair, policy } = facts;
  if (facts.payee === 'domestic-corporation' || facts.payee === 'foreign-corporation') {
    return no([corporate], useCorporateNumber);
  }
  if (affair === 'none') return no([noAffair, notAsked, limitedCollection]);
  if (affair === 'other-by-law' && policy?.affairsClosedBy !== undefined)
    return no([affairsClosed(policy.affairsClosedBy)]);
  // The payee of such a payment is not an employee, so there is no former employer to ask.
  const ofPayee = affair !== undefined && affair !== 'other-by-law';
  if (facts.askedOf === 'other' || (facts.askedOf === 'former-employer' && ofPayee)) return no([others], askDirectly);
  return facts.expected === false ? refuse(expectedNeed) : undefined;
}

/** 14(1), 19(iv), and 21(1) because the number does not come from the person: whether an employee's former employer may be asked. */
function ofFormerEmployer(facts: NumberRequestFacts, missing: Missing[]): Finding {
  const { employeeAgreed, purposePublished, noticeException } = facts;
  if (employeeAgreed === false) return refuse(movedEmployee, limitedCollection);
  if (employeeAgreed === undefined) missing.push(movedEmployee.asks);
  const told = noticeOfPurpose({ source: 'third-party', purposePublished, noticeException }, []);
  if (isFinding(told)) return told;
  missing.push(...told.missing);
  if (missing.length > 0) return unknown([ofEmployer, limitedCollection], missing);
  const duties = [...told.duties, limitHandlers, noteRefusal, destroyInTime];
  return yes([ofEmployer, affairByLaw, fromEmployer, ...told.because], duties);
}

/** The duties that follow. A record must be filed when the request is for a payment of a stated year. */
const duties = (payment: PaymentKind | undefined, year: number | undefined, on: Day): Duty[] => [
  verify,
  limitHandlers,
  ...(payment && year !== undefined ? [filing(payment, year, on)] : []),
  noteRefusal,
  destroyInTime,
];

/** 14(1), 15, 19(iii), 20. May this payee be asked for a My Number, for which affair, and with which duties? */
export function decideNumberRequest(facts: NumberRequestFacts, on: Day): Finding {
  const silent = outside(numberingText, on);
  if (silent) return silent;
  const out = ruledOut(facts);
  if (out) return out;
  const { affair } = facts;
  const missing: Missing[] = [];
  if (!affair) missing.push(askAffair);
  if (affair === 'other-by-law' && !facts.legalBasis) missing.push(askLaw);
  if (!facts.payee) missing.push(askPayee);
  if (!facts.askedOf) missing.push(askWhom);
  if (facts.expected === undefined) missing.push(expectedNeed.asks);
  if (facts.askedOf === 'former-employer') return ofFormerEmployer(facts, missing);
  const payment = affair === 'other-by-law' || affair === 'none' ? undefined : affair;
  const amount = payment ? amountOf(payment, facts, on) : step([affairByLaw]);
  if (isFinding(amount)) return amount;
  const told = indication(facts);
  // A former employer is shown no purpose, so as long as it is not known who is asked, the purpose refuses nothing.
  if (isFinding(told)) return facts.askedOf ? told : unknown([needed, limitedCollection], missing);
  missing.push(...amount.missing);
  if (payment && facts.year === undefined) missing.push(askYear);
  missing.push(...told.missing);
  if (missing.length > 0) return unknown([needed, limitedCollection], missing);
  const because = payment ? [recordOf(payment).record, ...amount.because] : amount.because;
  return yes(
    [needed, ...because, incoming, ...told.because, mustVerify],
    [...told.duties, ...duties(payment, facts.year, on)],
  );
}

/** Contradictions of the payment behind the request. An employee's agreement may be stated only when the former employer is asked. */
export function numberRequestContradictions(facts: NumberRequestFacts): Contradiction[] {
  const found = paymentContradictions(facts);
  const { askedOf, employeeAgreed } = facts;
  return employeeAgreed !== undefined && askedOf !== undefined && askedOf !== 'former-employer'
    ? [
        ...found,
        contradiction(
          'employeeAgreed',
          '移ってくる前の会社に求めるときだけ書いてください',
          'Only where the company they come from is asked',
        ),
      ]
    : found;
}
