import { describe, expect, test } from 'vitest';
import { day } from '../../base/day.ts';
import { decideTransmission, parameters } from '../../law/index.ts';
import {
  allowedOn,
  choosable,
  factsOf,
  offeredProblems,
  publicOf,
  readSite,
  readTag,
  toldTheSame,
  type ChoiceAsk,
  type Register,
  type SiteContent,
  type SiteInput,
  type Tag,
  type TagContent,
  type TagInput,
} from './facts.ts';

const today = day('2026-12-07');

const shop: SiteInput = {
  code: 'shop',
  name: { ja: '例示ショップ', en: 'Reiji Shop' },
  origins: ['https://shop.example.jp'],
  service: 'information',
  linkedOn: day('2026-12-01'),
};

const analytics: TagInput = {
  code: 'web-analytics',
  name: { ja: 'アクセス解析', en: 'Web analytics' },
  information: { ja: '見たページのアドレス', en: 'Addresses of the pages seen' },
  recipient: { name: { ja: '例示解析株式会社', en: 'Reiji Analytics' }, country: 'JP' },
  purpose: { ja: 'サイトの改善', en: 'Improving the site' },
  sends: true,
  thirdPartyId: true,
  plain: true,
  choice: 'opt-in',
  patterns: ['cdn.analytics.example'],
};

const siteOf = (more: Partial<SiteInput> = {}): SiteContent => {
  const { content, problems } = readSite({ ...shop, ...more });
  expect(problems).toEqual([]);
  return content;
};

const tagOf = (more: Partial<TagInput> = {}): TagContent => {
  const { content, problems } = readTag({ ...analytics, ...more });
  expect(problems).toEqual([]);
  return content;
};

const asked = (site: SiteContent, content: TagContent, on = today): Tag => {
  const tag = { ...content, publishedOn: on };
  return { ...tag, decision: { finding: decideTransmission(factsOf(site, tag, on), on), on, law: on, policy: 1 } };
};

const registerOf = (tags: Tag[], site = siteOf()): Register => ({
  id: '00000000-0000-7000-8000-000000000001',
  code: 'shop',
  version: 1,
  notice: 1,
  changedOn: today,
  act: 'register',
  at: new Date(0),
  actor: 'staff:x',
  site,
  tags,
  entryId: '00000000-0000-7000-8000-000000000002',
});

const fields = (problems: readonly { field: string }[]): string[] => problems.map(({ field }) => field);

describe('a site', () => {
  test.each<[string, Partial<SiteInput>, string[]]>([
    ['a code with a capital', { code: 'Shop' }, ['code']],
    ['a code with a space', { code: 'my shop' }, ['code']],
    ['the code that is an address', { code: 'new' }, ['code']],
    ['a code of 41 letters', { code: 's'.repeat(41) }, ['code']],
    ['no name', { name: { ja: ' ' } }, ['name.ja']],
    ['a name in English alone', { name: { ja: '', en: 'Shop' } }, ['name.ja']],
    ['an invisible letter', { name: { ja: '例示\u0007' } }, ['name.ja']],
    ['no address', { origins: ['', ' '] }, ['origins']],
    ['an address with a path', { origins: ['https://shop.example.jp/top'] }, ['origins']],
    ['an address without https', { origins: ['http://shop.example.jp'] }, ['origins']],
    ['an address with somebody in it', { origins: ['https://user@shop.example.jp'] }, ['origins']],
    ['no address at all', { origins: ['shop.example.jp'] }, ['origins']],
    ['a bound of nothing', { choicesADay: 0 }, ['choicesADay']],
    ['a bound beyond bounds', { choicesADay: 100_001 }, ['choicesADay']],
    ['half a choice', { choicesADay: 1.5 }, ['choicesADay']],
    [
      'everything wrong',
      { code: '', name: { ja: '' }, origins: [], choicesADay: -1 },
      ['code', 'name.ja', 'origins', 'choicesADay'],
    ],
  ])('%s', (_, more, expected) => {
    expect(fields(readSite({ ...shop, ...more }).problems)).toEqual(expected);
  });

  test('an address is read as browsers send it; a site on one’s own machine may do without https', () => {
    const origins = ['HTTPS://Shop.Example.JP/', 'https://shop.example.jp', 'http://shop.localhost:3000'];
    expect(siteOf({ origins }).origins).toEqual(['https://shop.example.jp', 'http://shop.localhost:3000']);
  });
});

describe('a tag', () => {
  test.each<[string, Partial<TagInput>, string[]]>([
    ['a code with an underscore', { code: 'web_analytics' }, ['code']],
    ['no name', { name: { ja: '' } }, ['name.ja']],
    ['no recipient', { recipient: { name: { ja: '' }, country: 'JP' } }, ['recipient.name.ja']],
    ['no country', { recipient: { ...analytics.recipient, country: '' } }, ['recipient.country']],
    ['a country in words', { recipient: { ...analytics.recipient, country: '日本' } }, ['recipient.country']],
    ['information of 301 letters', { information: { ja: '情'.repeat(301) } }, ['information.ja']],
    ['a purpose in English alone', { purpose: { ja: '', en: 'Ads' } }, ['purpose.ja']],
    ['nowhere to load from', { patterns: [] }, ['patterns']],
    ['everywhere', { patterns: ['*'] }, ['patterns']],
    ['a star within', { patterns: ['cdn.*.example'] }, ['patterns']],
    ['a host with a space', { patterns: ['cdn example.com'] }, ['patterns']],
    ['consent that is not waited for', { exemption: 'consent', choice: 'opt-out' }, ['choice']],
    ['an opt-out that cannot be made', { exemption: 'opt-out', choice: 'notice' }, ['choice']],
    ['a need of no exemption', { withinNeed: true }, ['withinNeed']],
    ['an identifier of another exemption', { exemption: 'necessary', ownIdentifier: true }, ['ownIdentifier']],
    ['a stop of no opt-out', { stops: false }, ['stops']],
  ])('%s', (_, more, expected) => {
    expect(fields(readTag({ ...analytics, ...more }).problems)).toEqual(expected);
  });

  test('where it is loaded from is read without the scheme, once, the host in small letters', () => {
    const patterns = ['https://CDN.Analytics.example/Tag.js', 'cdn.analytics.example/Tag.js', '*.ads.example:8443', ''];
    expect(tagOf({ patterns }).patterns).toEqual(['cdn.analytics.example/Tag.js', '*.ads.example:8443']);
  });

  test('what nobody knows stays unknown', () => {
    const { sends, thirdPartyId, plain, purpose } = tagOf({
      sends: undefined,
      thirdPartyId: null,
      plain: undefined,
      purpose: { ja: ' ' },
    });
    expect([sends, thirdPartyId, plain, purpose]).toEqual([null, null, null, null]);
  });
});

/** Site and tag → the answer, its first ground, and the facts that are missing. */
const cases: [string, Partial<SiteInput>, Partial<TagInput>, 'yes' | 'no' | 'unknown', string, string[]?][] = [
  ['published and reachable', {}, {}, 'yes', 'TBA 27-12'],
  ['nothing is sent', {}, { sends: false }, 'yes', 'TBA 27-12'],
  ['whether it sends is not known', {}, { sends: null }, 'unknown', 'TBA 27-12', ['sends']],
  ['the site leads nowhere yet', { linkedOn: null }, {}, 'no', 'TBA-Rules 22-2-28'],
  ['it will lead there tomorrow', { linkedOn: day('2026-12-08') }, {}, 'no', 'TBA-Rules 22-2-28'],
  ['what is sent is not said', {}, { information: null }, 'no', 'TBA-Rules 22-2-29'],
  ['the purpose is not said', {}, { purpose: null }, 'no', 'TBA-Rules 22-2-29'],
  ['jargon', {}, { plain: false }, 'no', 'TBA-Rules 22-2-28'],
  ['whether it is plain is not known', {}, { plain: null }, 'unknown', 'TBA 27-12', ['entry.plain']],
  ['no covered service', { service: 'none', linkedOn: null }, {}, 'yes', 'TBA-Rules 22-2-27'],
  [
    'our own site, reachable or not judged',
    { service: 'own-site', linkedOn: null },
    {},
    'unknown',
    'TBA 27-12',
    ['judgements.ownSiteOutside'],
  ],
  ['our own site, published', { service: 'own-site' }, {}, 'yes', 'TBA 27-12'],
  ['needed, within need', { linkedOn: null }, { exemption: 'necessary', withinNeed: true }, 'yes', 'TBA 27-12'],
  ['needed, beyond need', { linkedOn: null }, { exemption: 'necessary', withinNeed: false }, 'no', 'TBA-Rules 22-2-28'],
  ['needed, how far not known', { linkedOn: null }, { exemption: 'necessary' }, 'unknown', 'TBA 27-12', ['withinNeed']],
  ['our own identifier', { linkedOn: null }, { exemption: 'own-identifier', ownIdentifier: true }, 'yes', 'TBA 27-12'],
  [
    'another’s identifier',
    { linkedOn: null },
    { exemption: 'own-identifier', ownIdentifier: false },
    'no',
    'TBA-Rules 22-2-28',
  ],
  ['consent before it is sent', { linkedOn: null }, { exemption: 'consent' }, 'yes', 'TBA 27-12'],
  [
    'an opt-out that stops, told whole',
    { linkedOn: null },
    { exemption: 'opt-out', choice: 'opt-out', stops: true, limits: { ja: '限られません' } },
    'yes',
    'TBA 27-12',
  ],
  [
    'an opt-out whose limits are not told',
    { linkedOn: null },
    { exemption: 'opt-out', choice: 'opt-out', stops: true },
    'no',
    'TBA-Rules 22-2-28',
  ],
  [
    'an opt-out that nobody tried',
    { linkedOn: null },
    { exemption: 'opt-out', choice: 'opt-out', limits: { ja: '限られません' } },
    'unknown',
    'TBA 27-12',
    ['optOutWorks'],
  ],
  [
    'an opt-out that does not stop',
    { linkedOn: null },
    { exemption: 'opt-out', choice: 'opt-out', stops: false, limits: { ja: '限られません' } },
    'no',
    'TBA-Rules 22-2-28',
  ],
];

test.each(cases)('the law on a tag: %s', (_, site, tag, answer, first, missing = []) => {
  const { finding } = asked(siteOf(site), tagOf(tag)).decision;
  const lacks = 'missing' in finding ? finding.missing.map(({ fact }) => fact) : [];
  const { law, article } = finding.because[0];
  expect([finding.answer, `${law} ${article}`, lacks]).toEqual([answer, first, missing]);
});

test('a yes by publication carries the duties of the ordinance, with its items', () => {
  const { finding } = asked(siteOf(), tagOf()).decision;
  expect(finding.answer === 'yes' && finding.duties).toMatchObject([
    { do: 'publish-transmission', article: '22-2-29', items: [...parameters.transmissionItems.value] },
    { do: 'review-transmission' },
  ]);
});

describe('what the public sees', () => {
  const good = asked(siteOf(), tagOf());
  const bad = asked(siteOf(), tagOf({ code: 'ads', plain: null, patterns: ['*.ads.example'] }));
  const off = asked(siteOf(), tagOf({ code: 'old', state: 'off', patterns: ['old.example'] }));
  const told = asked(siteOf(), tagOf({ code: 'told', choice: 'notice', patterns: ['told.example'] }));

  test('is only what may run; the rest is named to be stopped, without a word about it', () => {
    const seen = publicOf(registerOf([good, bad, off, told]), today, 'https://sekisho.example.jp');
    expect(seen.tags.map(({ code }) => code)).toEqual(['web-analytics', 'told']);
    expect(seen.blocked).toEqual([
      { code: 'ads', patterns: ['*.ads.example'] },
      { code: 'old', patterns: ['old.example'] },
    ]);
    expect(seen.page).toBe('https://sekisho.example.jp/external-transmission/shop');
    expect(choosable(seen)).toEqual(['web-analytics']);
  });

  test('ends with the site, with the link to the page, and with what the law can be asked of', () => {
    expect(allowedOn(registerOf([good]), good, today)).toBe(true);
    expect(allowedOn(registerOf([], siteOf({ state: 'retired' })), good, today)).toBe(false);
    expect(allowedOn(registerOf([], siteOf({ linkedOn: null })), good, today)).toBe(false);
    expect(allowedOn(registerOf([]), good, day('2028-07-17'))).toBe(false);
    // A tag whose answer was not a yes does not become allowed by itself.
    const later = asked(siteOf({ linkedOn: null }), tagOf());
    expect(allowedOn(registerOf([]), later, today)).toBe(false);
  });

  test.each<[string, Partial<TagInput>, boolean]>([
    ['what was checked', { thirdPartyId: true, sends: true }, true],
    ['another purpose', { purpose: { ja: '広告', en: 'Advertising' } }, false],
    ['another recipient', { recipient: { name: { ja: '別会社' }, country: 'JP' } }, false],
    ['another country', { recipient: { ...analytics.recipient, country: 'US' } }, false],
    ['another way to choose', { choice: 'opt-out' }, false],
    ['no longer allowed', { plain: false }, false],
  ])('is the same or not: %s', (_, more, expected) => {
    expect(toldTheSame(registerOf([good]), registerOf([asked(siteOf(), tagOf(more))]), today)).toBe(expected);
  });
});

test.each<[string, Partial<ChoiceAsk>, string[]]>([
  ['allowed', { allowed: ['web-analytics'] }, []],
  ['refused', { refused: ['web-analytics'] }, []],
  ['neither', {}, ['refused']],
  ['both', { allowed: ['web-analytics'], refused: ['web-analytics'] }, ['refused']],
  ['what cannot be chosen', { allowed: ['web-analytics', 'told'] }, ['refused']],
  ['what is not there', { refused: ['nothing'] }, ['refused']],
  ['by the browser', { refused: ['web-analytics'], gpc: true }, []],
  ['against the browser', { allowed: ['web-analytics'], gpc: true }, ['allowed']],
])('a choice: %s', (_, more, expected) => {
  const told = asked(siteOf(), tagOf({ code: 'told', choice: 'notice', patterns: ['told.example'] }));
  const seen = publicOf(registerOf([asked(siteOf(), tagOf()), told]), today, '');
  const ask: ChoiceAsk = {
    site: 'shop',
    id: '00000000-0000-4000-8000-000000000000',
    n: 1,
    notice: 1,
    allowed: [],
    refused: [],
    language: 'ja',
    gpc: false,
    ...more,
  };
  expect(fields(offeredProblems(seen, ask))).toEqual(expected);
});
