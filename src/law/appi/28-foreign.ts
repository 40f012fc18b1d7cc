// Article 28: the status of a recipient in a foreign country. The place of the entity decides, not that of its server. An equivalent-action system
// counts only while it is valid, checked and kept.

import { addYears, type Day } from '../../base/day.ts';
import type { Duty, Ground, Missing } from '../../base/finding.ts';
import { appi, asserts, duty, lacks, rules } from '../answer.ts';
import { contradiction, type Contradiction } from '../contradiction.ts';
import type { EquivalentSystemFacts, Party, ProvisionFacts } from '../facts.ts';
import { testCloud } from './23-abroad.ts';
import {
  equivalentCountries,
  equivalentSystemCheckYears,
  inForce,
  onRequestItems,
  publicBodies,
} from '../parameters.ts';

/** The recipient's status under Article 28. `RULE16`: it has an equivalent-action system. `OTHER`: only consent allows the provision. */
export type ForeignStatus = 'DOMESTIC' | 'CLOUD_NO_HANDLING' | 'EQUIVALENT' | 'RULE16' | 'OTHER';

const equivalent = [
  appi(
    '28(1)',
    '相手は、日本と同等の水準と認められた国にあります。国内の相手と同じに扱います。',
    'The recipient is in a country recognised as equivalent and is treated as a domestic one.',
  ),
  rules('15', '個人情報保護委員会が定める国です。', 'The Commission has designated this country.'),
];
const conforming = [
  asserts(
    ['equivalentSystem'],
    appi(
      '28(1)',
      '相手は、日本の定めに沿う措置を続ける体制を備えています。',
      'The recipient maintains a system of measures in line with Japanese rules.',
    ),
    '日本の定めに沿う措置を続ける体制が相手にあれば、国内の相手と同じに扱います。',
    'A recipient that maintains a system of measures in line with Japanese rules is treated as a domestic one.',
  ),
  rules(
    '16',
    '体制は契約、グループの規程または国際的な認証によります。',
    'It rests on a contract, group rules or an international certificate.',
  ),
];
const expired = rules('16', '体制の根拠が期限を過ぎています。', 'The basis of the system has expired.');
const endless = rules(
  '16',
  '国際的な認証には期限があります。期限のない認証は、有効と言えません。',
  'An international certificate has a last day. Without one, it cannot be said to be valid.',
);
const unchecked = rules(
  '18(1)',
  '相手の措置の定期的な確認が済んでいません。',
  'The periodic check of the measures has not been done.',
);
const failing = appi(
  '28(3)',
  '相手が措置を続けられないので、提供を止めます。',
  'The recipient cannot maintain the measures, so the provision stops.',
);

export interface Standing {
  /** Undefined while a fact in `missing` could still change it. */
  status: ForeignStatus | undefined;
  because: Ground[];
  missing: Missing[];
  /** RULE16: the day by which the next check is due. */
  nextCheck?: Day;
}

function standingOf(system: EquivalentSystemFacts, on: Day): Standing | undefined {
  const years = inForce(equivalentSystemCheckYears, on);
  if (years === undefined) return undefined;
  const other = (because: Ground): Standing => ({ status: 'OTHER', because: [because], missing: [] });
  const { checkedOn, validUntil } = system;
  if (system.failing) return other(failing);
  if (validUntil && validUntil < on) return other(expired);
  if (system.by === 'certificate' && validUntil === null) return other(endless);
  const nextCheck = checkedOn ? addYears(checkedOn, years) : undefined;
  if (checkedOn === null || (checkedOn !== undefined && checkedOn > on)) return other(unchecked);
  if (nextCheck !== undefined && nextCheck < on) return other(unchecked);
  const missing: Missing[] = [];
  const ask = (fact: keyof EquivalentSystemFacts, ja: string, en: string): void => {
    if (system[fact] === undefined) missing.push(lacks(`equivalentSystem.${fact}`, '28(1)', ja, en));
  };
  ask('by', '体制の根拠（契約、規程、認証）', 'What the system rests on');
  ask('validUntil', '体制の根拠の期限', 'Until when it is valid');
  ask('checkedOn', '最後に措置を確かめた日', 'The day the measures were last checked');
  return { status: 'RULE16', because: conforming, missing, nextCheck };
}

/**
 * 28(1), Rules 15 and 16. The status of the recipient: a cloud that does not handle the data, or else by the country of the entity. Undefined without
 * law data for the day.
 */
export function foreignStatus(facts: ProvisionFacts, on: Day): Standing | undefined {
  const cloud = facts.cloud ? testCloud(facts.cloud) : undefined;
  if (cloud?.met) return { status: 'CLOUD_NO_HANDLING', because: [], missing: [] };
  if (cloud?.met === undefined && cloud) return { status: undefined, because: [], missing: cloud.missing };
  const country = facts.recipient?.country;
  if (!country) {
    const lack = lacks('recipient.country', '28(1)', '相手がある国', 'The country the recipient is in');
    return { status: undefined, because: [], missing: [lack] };
  }
  if (country === 'JP') return { status: 'DOMESTIC', because: [], missing: [] };
  const countries = inForce(equivalentCountries, on);
  if (!countries) return undefined;
  if (countries.has(country)) return { status: 'EQUIVALENT', because: equivalent, missing: [] };
  return facts.equivalentSystem
    ? standingOf(facts.equivalentSystem, on)
    : { status: 'OTHER', because: [], missing: [] };
}

/** 28(3), Rule 18. The duties of a transfer that relies on an equivalent-action system, with the day of the next check. */
export const systemDuties = (on: Day, nextCheck: Day | undefined): Duty[] => [
  duty(
    'check-foreign-measures',
    ['APPI-Rules', '18(1)(i)'],
    'later',
    '相手の措置と、影響しうる外国の制度を定期的に確かめる',
    'Check the recipient’s measures and the foreign systems that may affect them, periodically',
    { by: nextCheck },
  ),
  duty(
    'stop-on-failure',
    ['APPI-Rules', '18(1)(ii)'],
    'later',
    '相手の措置に支障が生じたら必要な措置をとり、続けられなくなったら提供を止める',
    'Take the measures needed when trouble arises with the recipient’s measures, and stop providing when they cannot be maintained',
  ),
  duty(
    'answer-on-request',
    ['APPI', '28(3)'],
    'later',
    '本人に求められたら、遅滞なく情報を伝える',
    'Tell the person without delay on request',
    { items: [...(inForce(onRequestItems, on) ?? [])] },
  ),
];

/** True for a public body, which is always one of Japan. */
const isPublicBody = ({ kind }: Party): boolean => kind !== undefined && kind in publicBodies.value;

/** True unless the recipient is known to be in Japan. */
export const mayBeAbroad = (recipient: Party = {}): boolean => recipient.country !== 'JP' && !isPublicBody(recipient);

/**
 * Contradictions about the place of the recipient: a public body of Japan is in Japan, and what is asked about a third party abroad does not apply
 * within the company.
 */
export function placeContradictions(
  facts: Pick<ProvisionFacts, 'recipient' | 'relation' | 'consent' | 'equivalentSystem'>,
): Contradiction[] {
  const { recipient = {}, relation, consent, equivalentSystem } = facts;
  const found: Contradiction[] = [];
  const within = relation === 'same-entity';
  const abroad = recipient.country !== undefined && recipient.country !== 'JP';
  if (abroad && isPublicBody(recipient)) {
    found.push(contradiction('recipient.country', '日本の公的機関です', 'It is a public body of Japan'));
  }
  if (within && consent?.abroad) {
    found.push(contradiction('consent.abroad', '当社の中で渡します', 'It stays within the company'));
  }
  if (equivalentSystem && within) {
    found.push(contradiction('equivalentSystem', '当社の中で渡します', 'It stays within the company'));
  } else if (equivalentSystem && recipient.country === 'JP') {
    found.push(contradiction('equivalentSystem', '相手は国内にあります', 'The recipient is in Japan'));
  }
  return found;
}
