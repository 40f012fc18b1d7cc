// Article 23 where a foreign country is involved: handling abroad, and a cloud that does not handle the data. Using such a cloud is no provision, but
// the company keeps its own duty. A server in Japan does not make a foreign vendor domestic.

import type { Duty, Missing, Source } from '../../base/finding.ts';
import { appi, asserts, duty, ground, lacks, lacksUnder, step, type Step, type Test, tested } from '../answer.ts';
import type { CloudFacts, ProvisionFacts } from '../facts.ts';

export const handledAbroad = appi(
  '23',
  '外国で取り扱うので、その国の制度を把握したうえで安全管理をします。',
  'It is handled abroad, so measures are taken in the light of the foreign system.',
);

/** 23, Order 10(i). For handling abroad: learn the foreign system, take measures, and make the country known. */
export const abroadDuties = (items: string[]): Duty[] => [
  duty(
    'own-safety-measures',
    ['APPI', '23'],
    'before',
    '外国の制度を把握したうえで安全管理措置をとる',
    'Learn the foreign system and take safety measures in that light',
  ),
  duty(
    'publish-foreign-handling',
    ['APPI-Order', '10(i)'],
    'before',
    '国の名前と、とった措置を本人が知り得るようにする',
    'Make the country and the measures taken knowable to the persons',
    { items },
  ),
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
  asserts(
    ['recipient.country', 'cloud.serverCountry'],
    ground(
      'Guideline',
      'Q10-25',
      '事業者の国とサーバーの国の両方を知り得るようにします。',
      'Both the vendor’s country and the servers’ country are made knowable.',
    ),
    '事業者かサーバーが外国にあれば、両方の国を知り得るようにする必要があります。',
    'If the vendor or the servers are abroad, both countries have to be made knowable.',
  ),
];
const ownSafety: Duty = duty(
  'own-safety-measures',
  ['APPI', '23'],
  'before',
  '当社の安全管理措置として管理する',
  'Control it as part of the company’s own safety measures',
);

/**
 * Q7-53, and Q3-12 for My Numbers. Is this a cloud that does not handle the data? Both contract and access control must ensure that. `under`: the
 * article under which a missing fact is asked.
 */
export function testCloud(cloud: CloudFacts, under: readonly [Source, string] = ['APPI', '27(1)']): Test {
  if (cloud.contractExcludesHandling === false || cloud.accessControlled === false) {
    const because = ground('Guideline', 'Q7-53', '事業者がデータを取り扱えます。', 'The vendor can handle the data.');
    return { met: false, because };
  }
  const missing: Missing[] = [];
  const ask = (fact: keyof CloudFacts, ja: string, en: string): void => {
    if (cloud[fact] === undefined) missing.push(lacksUnder(under[0], `cloud.${fact}`, under[1], ja, en));
  };
  ask(
    'contractExcludesHandling',
    '契約で、データを取り扱わないと定めているか',
    'Whether the contract says that it does not handle the data',
  );
  ask('accessControlled', 'アクセス制御で取り扱えなくしているか', 'Whether access control prevents handling');
  return tested(missing);
}

/** The step for a cloud that does not handle the data: the company's own safety measures, and both countries when one is foreign. */
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
