// What a granted stop reaches: each kind of stop against each way of providing information, with the grounds of every refusal.

import { expect, test } from 'vitest';
import { day } from '../../base/day.ts';
import type { ProvisionFacts } from '../facts.ts';
import { provisionStopped, useStopped, type Stop } from '../index.ts';
import { outline } from '../../../tests/outline.ts';

const today = day('2026-12-10');
const use: Stop = { stops: 'use', article: '35(2)', from: day('2026-12-01') };
const provision: Stop = { stops: 'provision', article: '35(4)', from: day('2026-12-01') };

const home = { kind: 'corporation', name: '共同株式会社', country: 'JP' } as const;
const abroad = { ...home, country: 'US' } as const;
const recognised = { ...home, country: 'DE' } as const;
const system = { by: 'contract', validUntil: day('2027-03-31'), checkedOn: day('2026-11-01') } as const;
const consent = (on: string) => ({ givenBy: 'principal', on: day(on) }) as const;
const demanded = { item: '27(1)(i)', legalBasis: '国税通則法 文書番号123' } as const;
const urgent = { item: '27(1)(ii)', consentDifficult: false } as const;

const thirdParty: ProvisionFacts = { information: 'personal', relation: 'third-party', recipient: home };
const entrusted: ProvisionFacts = { ...thirdParty, relation: 'entrustment' };
const succession: ProvisionFacts = { ...thirdParty, relation: 'succession' };
const shared: ProvisionFacts = { ...thirdParty, relation: 'joint-use' };

const none = null;
const ofUse = ['APPI 35(2)'];
const ofProvision = ['APPI 35(4)'];

test.each<{ way: string; facts: ProvisionFacts; use: string[] | null; provision: string[] | null }>([
  { way: '第三者への提供', facts: thirdParty, use: ofUse, provision: ofProvision },
  {
    way: '止める前の同意による提供',
    facts: { ...thirdParty, consent: consent('2026-11-30') },
    use: ofUse,
    provision: ofProvision,
  },
  {
    way: '止めた日の同意による提供',
    facts: { ...thirdParty, consent: consent('2026-12-01') },
    use: ofUse,
    provision: ofProvision,
  },
  {
    way: '止めた後の新しい同意による提供',
    facts: { ...thirdParty, consent: consent('2026-12-02') },
    use: ofUse,
    provision: none,
  },
  ...(['coversRecipient', 'coversItems', 'coversPurpose'] as const).map((scope) => ({
    way: `止めた後の同意は、この提供に及ばない：${scope}`,
    facts: { ...thirdParty, consent: { ...consent('2026-12-02'), [scope]: false } },
    use: ofUse,
    provision: ofProvision,
  })),
  {
    way: '外国への提供で、止めた後の同意は外国への提供についてのものでない',
    facts: { ...thirdParty, recipient: abroad, consent: { ...consent('2026-12-02'), abroad: false } },
    use: ofUse,
    provision: ofProvision,
  },
  {
    way: '国内への提供で、止めた後の同意は外国への提供についてのものでない',
    facts: { ...thirdParty, consent: { ...consent('2026-12-02'), abroad: false } },
    use: ofUse,
    provision: none,
  },
  { way: 'オプトアウトによる提供', facts: { ...thirdParty, optOut: {} }, use: ofUse, provision: ofProvision },
  {
    way: 'オプトアウトによる提供で、止めた後の同意はこの提供先に及ばない',
    facts: { ...thirdParty, optOut: {}, consent: { ...consent('2026-12-02'), coversRecipient: false } },
    use: ofUse,
    provision: ofProvision,
  },
  {
    way: 'オプトアウトの仕組みがあるが、止めた後の同意による提供',
    facts: {
      ...thirdParty,
      optOut: {},
      consent: { ...consent('2026-12-02'), coversRecipient: true, coversItems: true, coversPurpose: true },
    },
    use: ofUse,
    provision: none,
  },
  { way: '法令に基づく提供', facts: { ...thirdParty, exception: demanded }, use: none, provision: none },
  {
    way: '法令に基づくかが分かっていない提供',
    facts: { ...thirdParty, exception: { item: '27(1)(ii)' } },
    use: none,
    provision: none,
  },
  {
    way: '例外に当たらないと分かった提供',
    facts: { ...thirdParty, consent: consent('2026-11-30'), exception: urgent },
    use: ofUse,
    provision: ofProvision,
  },
  { way: '委託', facts: entrusted, use: [...ofUse, 'APPI 27(5)(i)'], provision: none },
  { way: '事業の承継', facts: succession, use: [...ofUse, 'APPI 27(5)(ii)'], provision: none },
  { way: '共同利用', facts: shared, use: [...ofUse, 'APPI 27(5)(iii)'], provision: none },
  { way: '社内', facts: { ...thirdParty, relation: 'same-entity' }, use: ofUse, provision: none },
  { way: '関係の分からない相手', facts: { information: 'personal', recipient: home }, use: ofUse, provision: none },
  {
    way: '外国にある社内',
    facts: { ...thirdParty, relation: 'same-entity', recipient: abroad },
    use: ofUse,
    provision: none,
  },
  {
    way: '関係の分からない外国の相手',
    facts: { information: 'personal', recipient: abroad },
    use: ofUse,
    provision: none,
  },
  {
    way: '外国の第三者への提供',
    facts: { ...thirdParty, recipient: abroad },
    use: ofUse,
    provision: ofProvision,
  },
  {
    way: '同意による外国への委託',
    facts: { ...entrusted, recipient: abroad, consent: consent('2026-11-30') },
    use: [...ofUse, 'APPI 27(5)(i)'],
    provision: [...ofProvision, 'APPI 28(1)'],
  },
  {
    way: '止めた後の新しい同意による外国への委託',
    facts: { ...entrusted, recipient: abroad, consent: consent('2026-12-02') },
    use: [...ofUse, 'APPI 27(5)(i)'],
    provision: none,
  },
  {
    way: '同意による外国との共同利用',
    facts: { ...shared, recipient: abroad },
    use: [...ofUse, 'APPI 27(5)(iii)'],
    provision: [...ofProvision, 'APPI 28(1)'],
  },
  {
    way: '基準に適合する体制のある外国の委託先',
    facts: { ...entrusted, recipient: abroad, equivalentSystem: system },
    use: [...ofUse, 'APPI 27(5)(i)'],
    provision: none,
  },
  {
    way: '同等の水準の国との共同利用',
    facts: { ...shared, recipient: recognised },
    use: [...ofUse, 'APPI 27(5)(iii)'],
    provision: none,
  },
  {
    way: '取り扱わないクラウド',
    facts: { ...entrusted, recipient: abroad, cloud: { contractExcludesHandling: true, accessControlled: true } },
    use: [...ofUse, 'APPI 27(5)(i)'],
    provision: none,
  },
  {
    way: '取り扱わないクラウドには、第三者であっても提供しない',
    facts: { ...thirdParty, recipient: abroad, cloud: { contractExcludesHandling: true, accessControlled: true } },
    use: ofUse,
    provision: none,
  },
  {
    way: '番号法の認める個人番号の提供',
    facts: { ...thirdParty, information: 'my-number' },
    use: ofUse,
    provision: none,
  },
])('$way', ({ facts, use: byUse, provision: byProvision }) => {
  const grounds = (stop: Stop): string[] | null => {
    const finding = provisionStopped(stop, facts, today);
    if (finding === null) return null;
    expect(outline(finding)).toMatchObject({ answer: 'no' });
    return finding.because.map(({ law, article }) => `${law} ${article}`);
  };
  expect([grounds(use), grounds(provision)]).toEqual([byUse, byProvision]);
});

test.each<[Stop, string[] | null]>([
  [use, ['35(2)']],
  [{ ...use, article: '35(6)' }, ['35(6)']],
  [provision, null],
])('社内での利用を止めるのは利用の停止だけ：%j', (stop, articles) => {
  expect(useStopped(stop)?.because.map(({ article }) => article) ?? null).toEqual(articles);
});

test('停止の理由の項が、断る理由になる', () => {
  const wider: Stop = { ...provision, article: '35(6)' };
  expect(provisionStopped(wider, thirdParty, today)?.because.map(({ article }) => article)).toEqual(['35(6)']);
});

test('止められた人のことでも、ほかの人についてはできると言う', () => {
  const refusals = [useStopped(use), ...[use, provision].map((stop) => provisionStopped(stop, thirdParty, today))];
  expect(refusals.map((found) => found?.answer === 'no' && found.instead?.map(({ ja }) => ja))).toEqual([
    ['この本人を除いて行う'],
    ['この本人を除いて行う'],
    ['この本人を除いて行う'],
  ]);
});
