// Article 28: a third party in a foreign country. Where the entity is decides, not where its server is; consent abroad is
// worth nothing without the information given before it.

import { addYears, type Day } from '../../base/day.ts';
import type { Duty, Finding, Ground, Missing } from '../../base/finding.ts';
import { appi, ground, isFinding, lacks, no, noLawOn, rules, step, tested, type Step, type Test } from '../answer.ts';
import type { CloudFacts, EquivalentSystemFacts, ForeignInformationFacts, ProvisionFacts } from '../facts.ts';
import {
  equivalentCountries,
  equivalentSystemCheckYears,
  foreignInformationFields,
  inForce,
  onRequestItems,
} from '../parameters.ts';
import { testConsent } from './16-consent.ts';

/** How a recipient stands to Article 28. `RULE16`: it keeps an equivalent-action system; `OTHER`: only consent helps. */
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
  appi(
    '28(1)',
    '相手は、日本の定めに沿う措置を続ける体制を備えています。',
    'The recipient keeps a system of measures in line with Japanese rules.',
  ),
  rules(
    '16',
    '体制は契約、グループの規程または国際的な認証によります。',
    'It rests on a contract, group rules or a certificate.',
  ),
];
const expired = rules('16', '体制の根拠が期限を過ぎています。', 'What the system rests on has expired.');
const unchecked = rules(
  '18(1)',
  '相手の措置の定期的な確認が済んでいません。',
  'The periodic check of the measures is not done.',
);
const failing = appi(
  '28(3)',
  '相手が措置を続けられないので、提供を止めます。',
  'The recipient cannot keep the measures, so the provision stops.',
);

interface Standing {
  status: ForeignStatus;
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
  const nextCheck = checkedOn ? addYears(checkedOn, years) : undefined;
  if (checkedOn === null || (checkedOn && checkedOn > on) || (nextCheck && nextCheck < on)) return other(unchecked);
  const missing: Missing[] = [];
  const ask = (fact: keyof EquivalentSystemFacts, ja: string, en: string): void => {
    if (system[fact] === undefined) missing.push(lacks(`equivalentSystem.${fact}`, '28(1)', ja, en));
  };
  ask('by', '体制の根拠（契約、規程、認証）', 'What the system rests on');
  ask('validUntil', '体制の根拠の期限', 'Until when it is valid');
  ask('checkedOn', '最後に措置を確かめた日', 'The day the measures were last checked');
  return { status: 'RULE16', because: conforming, missing, nextCheck };
}

/** 28(1), Rules 15 and 16. How the recipient stands, by the country of the entity; undefined without law data for the day. */
export function foreignStatus(facts: ProvisionFacts, on: Day): Standing | undefined {
  const country = facts.recipient?.country;
  if (!country) {
    const lack = lacks('recipient.country', '28(1)', '相手がある国', 'The country the recipient is in');
    return { status: 'OTHER', because: [], missing: [lack] };
  }
  if (country === 'JP') return { status: 'DOMESTIC', because: [], missing: [] };
  const countries = inForce(equivalentCountries, on);
  if (!countries) return undefined;
  if (countries.has(country)) return { status: 'EQUIVALENT', because: equivalent, missing: [] };
  return facts.equivalentSystem
    ? standingOf(facts.equivalentSystem, on)
    : { status: 'OTHER', because: [], missing: [] };
}

/** 28(3), Rule 18. What a transfer on an equivalent-action system obliges to, with the day of the next check. */
export const systemDuties = (on: Day, nextCheck: Day | undefined): Duty[] => [
  {
    do: 'check-foreign-measures',
    law: 'APPI-Rules',
    article: '18(1)',
    says: {
      ja: '相手の措置と、影響しうる外国の制度を定期的に確かめる',
      en: 'Check the recipient’s measures and the foreign systems that may affect them, periodically',
    },
    when: 'later',
    ...(nextCheck && { by: nextCheck }),
  },
  {
    do: 'stop-on-failure',
    law: 'APPI-Rules',
    article: '18(1)',
    says: { ja: '措置を続けられなくなったら提供を止める', en: 'Stop providing when the measures cannot be kept' },
    when: 'later',
  },
  {
    do: 'answer-on-request',
    law: 'APPI',
    article: '28(3)',
    says: { ja: '本人に求められたら、遅滞なく情報を伝える', en: 'Tell the person without delay on request' },
    when: 'later',
    items: [...(inForce(onRequestItems, on) ?? [])],
  },
];

/** 23, Order 10(i). Handling abroad: learn the foreign system, take measures, and make the country known. */
export const abroadDuties = (items: string[]): Duty[] => [
  {
    do: 'own-safety-measures',
    law: 'APPI',
    article: '23',
    says: {
      ja: '外国の制度を把握したうえで安全管理措置をとる',
      en: 'Learn the foreign system and take safety measures in that light',
    },
    when: 'before',
  },
  {
    do: 'publish-foreign-handling',
    law: 'APPI-Order',
    article: '10(i)',
    says: {
      ja: '国の名前と、とった措置を本人が知り得るようにする',
      en: 'Make the country and the measures taken knowable to the persons',
    },
    when: 'before',
    items,
  },
];

const noProvision = [
  ground(
    'Guideline',
    'Q7-53',
    '事業者がデータを取り扱わないクラウドなので、提供に当たりません。',
    'The cloud vendor does not handle the data, so nothing is provided.',
  ),
  appi('23', '安全管理は当社の義務のままです。', 'Safety remains the company’s own duty.'),
];
const publishCountries = [
  ground('Guideline', 'Q12-3', '外国の事業者のクラウドでも同じです。', 'The same holds for a foreign vendor’s cloud.'),
  ground(
    'Guideline',
    'Q10-25',
    '事業者の国とサーバーの国の両方を知り得るようにします。',
    'Both the vendor’s country and the servers’ country are made knowable.',
  ),
];
const ownSafety: Duty = {
  do: 'own-safety-measures',
  law: 'APPI',
  article: '23',
  says: { ja: '当社の安全管理措置として管理する', en: 'Control it as part of the company’s own safety measures' },
  when: 'before',
};

/** Q7-53. Is this a cloud that does not handle the data? Contract and access control must both say so. */
export function testCloud(cloud: CloudFacts): Test {
  if (cloud.contractExcludesHandling === false || cloud.accessControlled === false) {
    const because = ground('Guideline', 'Q7-53', '事業者がデータを取り扱えます。', 'The vendor can handle the data.');
    return { met: false, because };
  }
  const missing: Missing[] = [];
  const ask = (fact: keyof CloudFacts, ja: string, en: string): void => {
    if (cloud[fact] === undefined) missing.push(lacks(`cloud.${fact}`, '27(1)', ja, en));
  };
  ask(
    'contractExcludesHandling',
    '契約で、データを取り扱わないと定めているか',
    'Whether the contract excludes handling',
  );
  ask('accessControlled', 'アクセス制御で取り扱えなくしているか', 'Whether access control prevents handling');
  return tested(missing);
}

/** The answer for a cloud that does not handle the data, as a step: own safety, and both countries when one is foreign. */
export function cloudStep(facts: ProvisionFacts): Step {
  const vendor = facts.recipient?.country;
  const server = facts.cloud?.serverCountry;
  const missing: Missing[] = [];
  if (!vendor) missing.push(lacks('recipient.country', '23', '事業者がある国', 'The country the vendor is in'));
  if (!server) missing.push(lacks('cloud.serverCountry', '23', 'サーバーがある国', 'The country the servers are in'));
  if (vendor === 'JP' && server === 'JP') return step(noProvision, [ownSafety]);
  return step(
    [...noProvision, ...publishCountries],
    abroadDuties(['vendor-country', 'server-country', 'measures']),
    missing,
  );
}

const byConsent = appi(
  '28(1)',
  '外国にある第三者への提供に、本人が前もって同意しています。',
  'The person consented beforehand to the provision to a third party abroad.',
);
const needsConsent = appi(
  '28(1)',
  '外国にある第三者には、その提供への本人の同意なしに渡せません。委託や共同利用でも同じです。',
  'A third party abroad needs the person’s consent to just that, also for entrustment and joint use.',
);
const informed = [
  appi(
    '28(2)',
    '同意の前に、必要な情報を本人に伝えています。',
    'The person was told what is required before consenting.',
  ),
  rules(
    '17(2)',
    '国の名前、その国の制度、相手の措置を伝えます。',
    'The country, its system and the recipient’s measures are told.',
  ),
];
const uninformed = [
  appi(
    '28(2)',
    '同意の前に必要な情報を伝えていません。',
    'The person was not told what is required before consenting.',
  ),
  rules(
    '17(2)',
    '国の名前、その国の制度、相手の措置がそろっていません。',
    'The country, its system and the measures are not all told.',
  ),
];
const countryUnknown = rules(
  '17(3)',
  '国を特定できないことと理由を伝えています。',
  'That the country is unknown, and why, was told.',
);
const measuresUnknown = rules(
  '17(4)',
  '措置を伝えられないことと理由を伝えています。',
  'That the measures are unknown, and why, was told.',
);
const informThenConsent = {
  ja: '国の名前、制度、相手の措置を伝えてから、あらためて同意を得る',
  en: 'Tell the country, its system and the recipient’s measures, then obtain consent anew',
};

/** 28(2), Rule 17. Was the information given, and before the consent? A step with its grounds, or the refusal. */
function informationStep(
  info: ForeignInformationFacts | null | undefined,
  facts: ProvisionFacts,
  on: Day,
): Step | Finding {
  const refusal = (): Finding => no([needsConsent, ...uninformed], informThenConsent);
  const fields = inForce(foreignInformationFields, on);
  if (!fields) return noLawOn();
  if (info === null) return refusal();
  const missing: Missing[] = [];
  const ask = (fact: string, ja: string, en: string): void => {
    missing.push(lacks(`foreignInformation${fact}`, '28(2)', ja, en));
  };
  if (info === undefined) {
    ask('', '同意の前に何を伝えたか', 'What the person was told before consenting');
    return step(informed, [], missing);
  }
  const consentOn = facts.consent?.on;
  if (info.on && (info.on > on || (consentOn && info.on > consentOn))) return refusal();
  // The foreign system may stay unknown only where the country itself is unknown (Rule 17(3)).
  const systemUnexcused = info.system === 'unknown-told' && info.country === 'told';
  if (systemUnexcused || fields.some((f) => info[f] === 'not-told')) return refusal();
  if (!info.on) ask('.on', '情報を伝えた日', 'The day it was told');
  for (const f of fields) if (info[f] === undefined) ask(`.${f}`, ...asked[f]);
  const because = [...informed];
  if (info.country === 'unknown-told') because.push(countryUnknown);
  if (info.measures === 'unknown-told') because.push(measuresUnknown);
  return step(because, [], missing);
}

const asked: Record<'country' | 'system' | 'measures', [string, string]> = {
  country: ['国の名前を伝えたか', 'Whether the country was told'],
  system: ['その国の制度を伝えたか', 'Whether its system was told'],
  measures: ['相手の措置を伝えたか', 'Whether the recipient’s measures were told'],
};

/** 28(1), (2). Consent to a provision abroad, with the information before it: a step, or the refusal. */
export function consentAbroad(facts: ProvisionFacts, on: Day): Step | Finding {
  const consent = testConsent(
    facts.consent,
    ['abroad', 'coversRecipient', 'coversItems', 'coversPurpose'],
    '28(1)',
    on,
  );
  if (consent.met === false) return no([needsConsent, consent.because], informThenConsent);
  const information = informationStep(facts.foreignInformation, facts, on);
  if (isFinding(information)) return information;
  const missing = consent.met === undefined ? [...consent.missing, ...information.missing] : information.missing;
  return step([byConsent, ...information.because], [], missing);
}
