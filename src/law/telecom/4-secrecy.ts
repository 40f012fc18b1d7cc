// Article 4 of the Telecommunications Business Act: may communications data be looked at or handed over? Only on a warrant, with the user's own clear
// consent, or where the officer has judged that the law justifies it. What is enough under the APPI is not enough here.

import type { Day } from '../../base/day.ts';
import type { Finding, Ground, Missing } from '../../base/finding.ts';
import { duty, ground, lacksUnder, no, outside, unknown, yes } from '../answer.ts';
import { contradiction, type Contradiction } from '../contradiction.ts';
import { asksJudgement, judged, type Judgements } from '../judgement.ts';
import { need, refuse, weigh } from '../need.ts';
import type { UserConsentGiver } from '../facts.ts';
import { telecomText } from '../parameters.ts';
import { testUser } from './4-user.ts';

/** The consent of the user whose communications they are. */
export interface SecrecyConsent {
  givenBy?: UserConsentGiver;
  /** Asked for separately from this user; consent within terms of use is not enough. */
  individual?: boolean;
  /** The user knew what would be done with which communications, and agreed clearly. */
  clear?: boolean;
  withdrawn?: boolean;
}

export interface SecrecyFacts {
  /** The content of communications that we carry, or who communicated with whom, when and where. */
  communications?: boolean;
  /** The basis on which it is requested or done. `inquiry`: a letter of inquiry from the police or another authority. */
  basis?: 'warrant' | 'consent' | 'inquiry' | 'justification' | 'none';
  /** `warrant`: its reference. */
  warrant?: string;
  /** `warrant`: only what it names is handed over. */
  withinWarrant?: boolean;
  /** `consent`: null = there is none. */
  consent?: SecrecyConsent | null;
  judgements?: Judgements;
}

const tba = (article: string, ja: string, en: string): Ground => ground('TBA', article, ja, en);

const secret = tba(
  '4(1)',
  '通信の秘密は侵してはなりません。内容だけでなく、だれが、いつ、どこで、だれと通信したかも含みます。',
  'The secrecy of communications is inviolable: their content, and also who communicated with whom, when and where.',
);
const notCovered = tba(
  '4(1)',
  '当社が取り扱う通信に関わる情報ではないので、通信の秘密には当たりません。',
  'It does not concern communications that we carry, so it is not under their secrecy.',
);
const byWarrant = tba(
  '4(1)',
  '裁判官の令状に、その範囲で応じます。',
  'A judge’s warrant is followed, within what it names.',
);
const byConsent = tba(
  '4(1)',
  '利用者本人が、個別に、はっきりと同意しています。',
  'The user has consented individually and clearly.',
);
const justified = tba(
  '4(1)',
  '緊急避難や正当な業務など、違法でないとする理由があると判断されています。',
  'It was judged that the law justifies it, such as necessity or legitimate business.',
);
const notJustified = tba(
  '4(1)',
  '違法でないとする理由がないと判断されています。',
  'It was judged that the law does not justify it.',
);
const inquiry = tba(
  '4(1)',
  '照会の文書だけでは、通信の秘密に当たる情報を渡せません。個人情報保護法の例外に当たっても同じです。',
  'A letter of inquiry alone is not enough to provide information under the secrecy of communications, even where an exception of the APPI would apply.',
);
const noConsent = tba('4(1)', '利用者本人の同意がありません。', 'The user has not consented.');
const none = tba(
  '4(1)',
  '令状も、本人の個別の同意も、違法でないとする理由もありません。',
  'There is no warrant, no individual consent and no justification.',
);
const staff = tba(
  '4(2)',
  '通信に関して知った他人の秘密は、職を退いた後も守ります。',
  'What staff learn about others’ communications stays secret, even after they leave.',
);

const askAnew = {
  ja: 'どの通信を何に使うかを示し、本人から個別に同意を得る',
  en: 'Show the user which communications are used for what, and obtain consent individually',
};
const withdrawn = need(
  ['TBA', '4(1)'],
  'consent.withdrawn',
  ['同意が取り下げられていないか', 'Whether the consent has been withdrawn'],
  ['利用者本人が同意を取り下げています。', 'The user has withdrawn the consent.'],
  askAnew,
);
const individual = need(
  ['TBA', '4(1)'],
  'consent.individual',
  ['規約などでまとめてではなく、個別に得た同意か', 'Whether the consent was asked for individually'],
  ['規約などでまとめて得た同意では足りません。', 'Consent taken in the terms of use is not enough.'],
  askAnew,
);
const clear = need(
  ['TBA', '4(1)'],
  'consent.clear',
  [
    'どの通信をどう扱うかを知ったうえでの、はっきりした同意か',
    'Whether the user agreed clearly, knowing what is done with which communications',
  ],
  ['何に同意したかがはっきりしません。', 'It is not clear what the user agreed to.'],
  askAnew,
);
const within = need(
  ['TBA', '4(1)'],
  'withinWarrant',
  ['令状の範囲だけを渡すか', 'Whether only what the warrant names is handed over'],
  ['令状の範囲を超えて渡すことはできません。', 'Nothing beyond the warrant may be handed over.'],
  { ja: '令状の範囲に絞る', en: 'Limit it to what the warrant names' },
);

const lack = (fact: string, ja: string, en: string): Missing => lacksUnder('TBA', fact, '4(1)', ja, en);
const askCommunications = lack(
  'communications',
  '当社が取り扱う通信の内容や、通信の相手、日時、場所に関わる情報か',
  'Whether it concerns communications that we carry: their content, parties, time or place',
);
const askBasis = lack('basis', '何に基づいて扱うか', 'The basis on which it is handled');
const askWarrant = lack('warrant', '令状の番号', 'The reference of the warrant');
const askConsent = lack('consent', '利用者本人の同意があるか', 'Whether the user has consented');
const askJustification = asksJudgement(
  'legalJustification',
  'TBA',
  '4(1)',
  '緊急避難や正当な業務など、違法でないとする理由があるか',
  'whether the law justifies it, such as necessity or legitimate business',
);
const askWarrantInstead = { ja: '令状を求める', en: 'Ask for a warrant' };
const insteadOfReason = [askWarrantInstead, askAnew];
const instead = [
  askWarrantInstead,
  {
    ja: '個人情報保護管理者に、違法でないとする理由があるか判断を求める',
    en: 'Have the privacy officer judge whether the law justifies it',
  },
];

const limitScope = duty(
  'limit-scope',
  ['TBA', '4(1)'],
  'before',
  '認められた範囲だけを扱う',
  'Handle only what is permitted',
);
const log = duty(
  'keep-decision-log',
  ['TBA', '4(1)'],
  'at-once',
  '根拠と文書番号、承認した人を残す。通信の内容は書かない',
  'Record the basis, the reference of the document and who approved it, without the content of communications',
  { items: ['basis', 'document', 'approver'] },
);
const keepSecret = duty(
  'keep-secret',
  ['TBA', '4(2)'],
  'later',
  '知ったことを、職を退いた後もほかに漏らさない',
  'Tell nobody what you learn, even after leaving',
);

const opened = (because: Ground, ...more: Ground[]): Finding =>
  yes([because, ...more, staff], [limitScope, log, keepSecret]);

function onWarrant({ warrant, withinWarrant }: SecrecyFacts): Finding {
  const { refused, missing } = weigh([[withinWarrant, within]]);
  if (refused) return refuse(refused, secret);
  if (!warrant) missing.unshift(askWarrant);
  return missing.length > 0 ? unknown([secret], missing) : opened(byWarrant);
}

function onConsent({ consent, judgements }: SecrecyFacts, on: Day): Finding {
  if (consent === null) return no([noConsent, secret], ...instead);
  if (consent === undefined) return unknown([secret], [askConsent]);
  const user = testUser(consent.givenBy, judgements, ['consent.givenBy', '4(1)'], on);
  if (user.met === false) return no([user.because, secret], ...user.instead);
  const { refused, missing } = weigh([
    [consent.individual, individual],
    [consent.clear, clear],
    [consent.withdrawn === undefined ? undefined : !consent.withdrawn, withdrawn],
  ]);
  if (refused) return refuse(refused, secret);
  const lacking = [...(user.met ? [] : user.missing), ...missing];
  if (lacking.length > 0) return unknown([secret], lacking);
  return opened(byConsent, ...(user.met ? user.because : []));
}

function onJustification({ judgements }: SecrecyFacts, on: Day): Finding {
  const judgement = judged(judgements, 'legalJustification', on);
  if (judgement === undefined) return unknown([secret], [askJustification]);
  return judgement ? opened(justified) : no([notJustified, secret], ...insteadOfReason);
}

/** 4. May communications data be looked at, used or handed over? */
export function decideSecrecy(facts: SecrecyFacts, on: Day): Finding {
  const silent = outside(telecomText, on);
  if (silent) return silent;
  const { communications, basis } = facts;
  if (communications === false) return yes([notCovered]);
  if (communications === undefined || basis === undefined) {
    const missing = communications === undefined ? [askCommunications] : [];
    return unknown([secret], basis === undefined ? [...missing, askBasis] : missing);
  }
  if (basis === 'warrant') return onWarrant(facts);
  if (basis === 'consent') return onConsent(facts, on);
  if (basis === 'justification') return onJustification(facts, on);
  return no([basis === 'inquiry' ? inquiry : none, secret], ...instead);
}

/** Contradiction: the reference of a warrant, where a warrant is not the basis. */
export const secrecyContradictions = ({ basis, warrant }: SecrecyFacts): Contradiction[] =>
  warrant && basis !== undefined && basis !== 'warrant'
    ? [contradiction('warrant', '令状に基づくときだけ書いてください', 'Only where a warrant is the basis')]
    : [];
