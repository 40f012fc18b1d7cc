// 28(1) and (2): consent to a provision to a third party abroad. It does not count without the information given before it.

import type { Day } from '../../base/day.ts';
import type { Finding, Missing } from '../../base/finding.ts';
import { appi, asserts, isFinding, lacks, no, noLawOn, rules, step, type Step } from '../answer.ts';
import type { ForeignInformationFacts, ProvisionFacts } from '../facts.ts';
import { foreignInformationFields, inForce } from '../parameters.ts';
import { testConsent } from './16-consent.ts';
import { nameCase } from './18-exceptions.ts';

const byConsent = appi(
  '28(1)',
  '外国にある第三者への提供に、本人が前もって同意しています。',
  'The person consented beforehand to the provision to a third party abroad.',
);
const byConsentOnly = appi(
  '28(1)',
  '外国にある第三者に渡すには、そのことへの本人の同意が前もって要ります。',
  'A provision to a third party abroad needs the person’s prior consent to just that.',
);
const needsConsent = asserts(
  ['equivalentSystem'],
  appi(
    '28(1)',
    '外国にある第三者には、その提供への本人の同意なしに渡せません。委託や共同利用でも同じです。',
    'A third party abroad needs the person’s consent to just that, also for entrustment and joint use.',
  ),
  '外国にある第三者に渡すには、そのことへの本人の同意か、相手に日本の定めに沿う体制が要ります。',
  'A provision to a third party abroad needs the person’s consent to just that, or a recipient whose system is in line with Japanese rules.',
);
const informed = [
  asserts(
    ['foreignInformation', 'consent.on'],
    appi(
      '28(2)',
      '同意の前に、必要な情報を本人に伝えています。',
      'The person was told the required information before consenting.',
    ),
    '同意を得る前に、必要な情報を本人に伝える必要があります。',
    'The person has to be told the required information before consenting.',
  ),
  rules(
    '17(2)',
    '国の名前、その国の制度、相手の措置を伝えます。',
    'The required information is the country, its system and the recipient’s measures.',
  ),
];
const uninformed = [
  appi(
    '28(2)',
    '同意の前に必要な情報を伝えていません。',
    'The person was not told the required information before consenting.',
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
  ja: '国の名前、制度、相手の措置を伝えてから、改めて同意を得る',
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
  if (info.on !== undefined && info.on > on) return refusal();
  if (info.on !== undefined && consentOn !== undefined && info.on > consentOn) return refusal();
  // That the country is unknown, and why, may be told in place of its name and its system (Rule 17(3)). Nothing else excuses leaving the system out.
  const needed = info.country === 'unknown-told' ? fields.filter((f) => f !== 'system') : fields;
  const systemUnexcused = info.system === 'unknown-told' && info.country === 'told';
  const excusable = info.country === undefined ? ['system'] : [];
  if (systemUnexcused || needed.some((f) => info[f] === 'not-told' && !excusable.includes(f))) return refusal();
  if (!info.on) ask('.on', '情報を伝えた日', 'The day it was told');
  for (const f of needed) if (info[f] === undefined) ask(`.${f}`, ...asked[f]);
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
  const consent = testConsent(facts, ['abroad', 'coversRecipient', 'coversItems', 'coversPurpose'], '28(1)', on);
  if (consent.met === false) {
    const cases = nameCase(facts.exception, '27(1)');
    return no([needsConsent, consent.because], ...consent.instead, informThenConsent, ...cases);
  }
  const information = informationStep(facts.foreignInformation, facts, on);
  if (isFinding(information)) return information;
  if (consent.met === undefined) {
    return step([byConsentOnly, ...information.because], [], [...consent.missing, ...information.missing]);
  }
  return step([byConsent, ...consent.because, ...information.because], [], information.missing);
}
