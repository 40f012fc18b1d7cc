// Articles 9 and 30(2): may this My Number be used for this? Only for the affair it was given for, and only as far as the affair needs it. Beyond
// that, only in an emergency that the officer has judged. The person's consent alone never allows it.

import type { Day } from '../../base/day.ts';
import type { Finding, Ground, Grounds, Missing } from '../../base/finding.ts';
import { duty, lacksUnder, no, outside, unknown, yes } from '../answer.ts';
import { contradiction, type Contradiction } from '../contradiction.ts';
import type { Consent, NumberAffair } from '../facts.ts';
import { judged, type Judgements } from '../judgement.ts';
import { need, refuse, weigh, type Held } from '../need.ts';
import { numberingText } from '../parameters.ts';
import {
  act,
  affairsClosed,
  askLaw,
  destroyInTime,
  emergencyUnder,
  limitedUse,
  limitHandlers,
  noAffair,
} from './grounds.ts';

/** 18(3) of the APPI as 30(2) reads it: (i) is for financial institutions in a grave disaster, (ii) for life, body or property. */
export interface NumberEmergency {
  item: '18(3)(i)' | '18(3)(ii)';
  /** It is needed to protect a person’s life, body or property. */
  necessary?: boolean;
  /** The person consents to exactly this, or their consent is difficult to obtain. */
  consentOrDifficult?: boolean;
}

export interface NumberUseFacts {
  affair?: NumberAffair;
  /** `other-by-law`: the law that requires the number to be written down. */
  legalBasis?: string;
  /** This use is within the purpose told when the number was received, or published since then within the related scope. */
  purposeTold?: boolean;
  /** No more is used than the affair needs. */
  withinNeed?: boolean;
  /** The person who uses it is a designated handler. */
  designatedHandler?: boolean;
  /** The number becomes the key of a list, such as a customer master or sales statistics, which 29 forbids. */
  beyondAffairFile?: boolean;
  emergency?: NumberEmergency | null;
  /** Never looked at: consent allows nothing. */
  consent?: Consent | null;
  /** The clause that closes the list of affairs. */
  policy?: { affairsClosedBy?: string };
  judgements?: Judgements;
}

const forAffair = act('9(4)', '法令で定められた事務のために使います。', 'It is used for an affair set by law.');
const ownFile = act(
  '29',
  '事務に必要な範囲を超えて、個人番号を付けた名簿やデータベースを作れません。',
  'No list or database that carries My Numbers may be made beyond what the affair needs.',
);
const emergency = emergencyUnder('30(2)');
const consentAlone = act(
  '30(2)',
  '本人の同意だけを根拠に、個人番号を使うことはできません。',
  'The person’s consent alone never allows the use of a My Number.',
);
const notForUs = act(
  '30(2)',
  'この例外は、激甚災害のときの金融機関などのためのもので、当社には当てはまりません。',
  'This exception is for financial institutions in a grave disaster, not for us.',
);
const askAffair = lacksUnder('NumberingAct', 'affair', '9(4)', '何の事務に使うか', 'The affair it is used for');
const told = need(
  ['APPI', '18(1)'],
  'purposeTold',
  ['受け取ったときに、この目的を本人に示したか', 'Whether this purpose was told when the number was received'],
  [
    '受け取ったときに示した目的に、この使い方が入っていません。',
    'The purpose told on receipt does not include this use.',
  ],
  {
    ja: '関連する範囲で目的を変え、本人に通知するか公表してから使う',
    en: 'Change the purpose within the related scope, notify or publish it, and then use it',
  },
);
const within = need(
  ['NumberingAct', '9(4)'],
  'withinNeed',
  ['事務に必要な分だけを使うか', 'Whether only what the affair needs is used'],
  ['事務に必要な範囲を超えます。', 'It goes beyond what the affair needs.'],
  { ja: '番号を外すか、必要な人の分だけにする', en: 'Leave the number out, or use only the ones needed' },
);
const handler = need(
  ['NumberingAct', '12'],
  'designatedHandler',
  ['使うのは事務取扱担当者か', 'Whether a designated handler uses it'],
  ['事務取扱担当者でない人は、個人番号を扱えません。', 'Only a designated handler may handle a My Number.'],
  { ja: '事務取扱担当者に頼む', en: 'Ask a designated handler' },
);
const necessary = need(
  ['NumberingAct', '30(2)'],
  'emergency.necessary',
  ['人の生命、身体または財産を守るために必要か', 'Whether it is needed to protect life, body or property'],
  [
    '生命、身体または財産を守るために必要ではありません。',
    'It is not needed to protect anybody’s life, body or property.',
  ],
);
const agrees = need(
  ['NumberingAct', '30(2)'],
  'emergency.consentOrDifficult',
  ['本人の同意があるか、同意を得るのが難しいか', 'Whether the person consents or consent is difficult to obtain'],
  ['同意を得られるのに、本人の同意がありません。', 'Consent could be obtained, and the person has not consented.'],
);

const record = duty(
  'record-number-use',
  ['NumberingAct', '12'],
  'at-once',
  'だれが、いつ、何の事務のために使ったかを記録する。番号は書かない',
  'Record who used it, when and for which affair, without the number',
  { items: ['who', 'when', 'affair'] },
);
/** 30(2) with 18(3)(ii): the elements of the emergency that are missing, or the ground that rules it out. */
function emergencyOf(claim: NumberEmergency): { refused: Ground | undefined; missing: Missing[] } {
  if (claim.item === '18(3)(i)') return { refused: notForUs, missing: [] };
  const { refused, missing } = weigh([
    [claim.necessary, necessary],
    [claim.consentOrDifficult, agrees],
  ]);
  return { refused: refused?.unmet, missing };
}

/** The grounds on which the affair rules the use out, whatever else is known. */
function closedAffair({ affair, policy }: NumberUseFacts): Grounds | undefined {
  if (affair === 'none') return [noAffair, limitedUse];
  const clause = affair === 'other-by-law' ? policy?.affairsClosedBy : undefined;
  return clause === undefined ? undefined : [affairsClosed(clause)];
}

/** 9(4), 12, 29, 30(2). May the number be used for this? */
export function decideNumberUse(facts: NumberUseFacts, on: Day): Finding {
  const silent = outside(numberingText, on);
  if (silent) return silent;
  if (facts.beyondAffairFile) return no([ownFile]);
  if (facts.designatedHandler === false) return refuse(handler);
  const claim = facts.emergency;
  const urgent = claim && emergencyOf(claim);
  if (!urgent || urgent.refused) return forItsAffair(facts, urgent?.refused);
  const judgement = judged(facts.judgements, 'numberEmergency', on);
  if (judgement === false) return forItsAffair(facts, emergency.judgedNone);
  const missing = [...urgent.missing, ...weigh(handlingOf(facts)).missing];
  if (judgement && missing.length === 0) return yes([emergency.applies], [emergency.record, record, limitHandlers]);
  // A use for the affair is allowed on its own, whatever the emergency comes to.
  const ordinary = forItsAffair(facts);
  if (ordinary.answer === 'yes') return ordinary;
  return judgement
    ? unknown([limitedUse], missing)
    : unknown([limitedUse, emergency.judgedFirst, consentAlone], [...missing, emergency.asks], [emergency.callOfficer]);
}

const handlingOf = (facts: NumberUseFacts): Held[] => [[facts.designatedHandler, handler]];

/** 9(4). Use for the affair the number was received for. `failed`: the ground that rules out the emergency claimed. */
function forItsAffair(facts: NumberUseFacts, failed?: Ground): Finding {
  const closing = failed ? [failed] : [];
  const shut = closedAffair(facts);
  if (shut) return no([...shut, ...closing]);
  const { refused, missing } = weigh([[facts.purposeTold, told], [facts.withinNeed, within], ...handlingOf(facts)]);
  if (refused) return refuse(refused, ...closing);
  if (!facts.affair) missing.unshift(askAffair);
  if (facts.affair === 'other-by-law' && !facts.legalBasis) missing.unshift(askLaw);
  if (missing.length > 0) return unknown([limitedUse], missing);
  return yes([forAffair], [record, limitHandlers, destroyInTime]);
}

/** An affair set by a law, and no affair at all, cannot both be stated. */
export const numberUseContradictions = ({ affair, legalBasis }: NumberUseFacts): Contradiction[] =>
  affair === 'none' && legalBasis
    ? [
        contradiction(
          'legalBasis',
          '法令があるなら、事務は「なし」ではありません',
          'If a law sets it, the affair is not “none”',
        ),
      ]
    : [];
