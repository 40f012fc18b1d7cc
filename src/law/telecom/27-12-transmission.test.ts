// External transmission (外部送信): scenario O-13, the four kinds of covered service and what is none, the published entry, and the four exemptions.

import { expect, test } from 'vitest';
import { day } from '../../base/day.ts';
import { transmissionContradictions, decideTransmission, type TransmissionFacts } from '../index.ts';
import { outline, type Outline } from '../../../tests/outline.ts';
import { transmissionItems, transmissionOptOutItems } from '../parameters.ts';

const today = day('2026-11-24');
const entry = { publishedOn: today, listed: transmissionItems.value, plain: true, readable: true, reachable: true };
const analytics: TransmissionFacts = {
  sends: true,
  throughBrowserOrApp: true,
  service: 'information',
  entry,
  exemption: 'none',
};
const unlisted: TransmissionFacts = { ...analytics, entry: null };
const optOut: TransmissionFacts = {
  ...unlisted,
  exemption: 'opt-out',
  optOutListed: transmissionOptOutItems.value,
  optOutWorks: true,
};
const judged = (answer: boolean) => ({
  ownSiteOutside: { answer, by: 'u1', on: today, why: '総務省の解説に照らした', until: day('2027-11-23') },
});

const published: Outline = {
  answer: 'yes',
  because: ['TBA 27-12', 'TBA-Rules 22-2-27', 'TBA 164(3)', 'TBA-Rules 22-2-29', 'TBA-Rules 22-2-28'],
  duties: [
    {
      do: 'publish-transmission',
      under: 'TBA-Rules 22-2-29',
      when: 'before',
      items: ['information', 'recipient', 'purpose'],
    },
    { do: 'review-transmission', under: 'TBA 27-12', when: 'later' },
  ],
};
const publishedAnyway: Outline = {
  ...published,
  because: ['TBA 27-12', 'TBA-Rules 22-2-29', 'TBA-Rules 22-2-28'],
};
const note = {
  do: 'record-exception',
  under: 'TBA 27-12',
  when: 'at-once',
  items: ['item', 'facts', 'approver'],
} as const;
const exempt = (item: string, ...more: NonNullable<Outline['duties']>): Outline => ({
  answer: 'yes',
  because: ['TBA 27-12', `TBA 27-12(${item})`],
  duties: [note, ...more],
});
const outside = (article: string): Outline => ({ answer: 'yes', because: [article], duties: [] });
const no = (...because: string[]): Outline => ({ answer: 'no', because: [...because, 'TBA 27-12'] });
const asks = (...missing: string[]): Outline => ({ answer: 'unknown', because: ['TBA 27-12'], missing });

const cases: { name: string; facts: TransmissionFacts; expected: Outline }[] = [
  { name: 'O-13 解析のタグ：公表がなければ使えない', facts: unlisted, expected: no('TBA-Rules 22-2-29') },
  { name: 'O-13 解析のタグ：公表があれば使える', facts: analytics, expected: published },
  {
    name: '例外のことを誰も言っていない',
    facts: { ...unlisted, exemption: undefined },
    expected: no('TBA-Rules 22-2-29'),
  },
  {
    name: 'まだ公表していない',
    facts: { ...analytics, entry: { ...entry, publishedOn: null } },
    expected: no('TBA-Rules 22-2-29'),
  },
  {
    name: '公表は明日',
    facts: { ...analytics, entry: { ...entry, publishedOn: day('2026-11-25') } },
    expected: no('TBA-Rules 22-2-29'),
  },
  ...transmissionItems.value.map((item) => ({
    name: `公表に ${item} がない`,
    facts: { ...analytics, entry: { ...entry, listed: transmissionItems.value.filter((one) => one !== item) } },
    expected: no('TBA-Rules 22-2-29'),
  })),
  ...(['plain', 'readable', 'reachable'] as const).flatMap((form) => [
    {
      name: `公表の形：${form} でない`,
      facts: { ...analytics, entry: { ...entry, [form]: false } },
      expected: no('TBA-Rules 22-2-28'),
    },
    {
      name: `公表の形：${form} か分からない`,
      facts: { ...analytics, entry: { ...entry, [form]: undefined } },
      expected: asks(`entry.${form}`),
    },
  ]),
  { name: '公表があるか分からない', facts: { ...analytics, entry: undefined }, expected: asks('entry') },
  {
    name: '公表の中身が分からない',
    facts: { ...analytics, entry: {} },
    expected: asks('entry.plain', 'entry.readable', 'entry.reachable', 'entry.publishedOn', 'entry.listed'),
  },
  { name: '外に何も送らせない', facts: { sends: false }, expected: outside('TBA 27-12') },
  {
    name: 'ブラウザーもアプリも使わない',
    facts: { ...unlisted, throughBrowserOrApp: false },
    expected: outside('TBA-Rules 22-2-27'),
  },
  { name: '対象のサービスではない', facts: { ...unlisted, service: 'none' }, expected: outside('TBA-Rules 22-2-27') },
  ...(['mediation', 'posting', 'search', 'information'] as const).flatMap((service) => [
    { name: `${service}：対象`, facts: { ...analytics, service }, expected: published },
    { name: `${service}：公表がない`, facts: { ...unlisted, service }, expected: no('TBA-Rules 22-2-29') },
  ]),
  {
    name: '自社の紹介だけのサイト：判断がない',
    facts: { ...unlisted, service: 'own-site' },
    expected: asks('judgements.ownSiteOutside'),
  },
  {
    name: '自社の紹介だけのサイト：公表があれば判断は要らない',
    facts: { ...analytics, service: 'own-site' },
    expected: publishedAnyway,
  },
  {
    name: '自社の紹介だけのサイト：対象でないと判断された',
    facts: { ...unlisted, service: 'own-site', judgements: judged(true) },
    expected: outside('TBA-Rules 22-2-27'),
  },
  {
    name: '自社の紹介だけのサイト：対象だと判断された',
    facts: { ...unlisted, service: 'own-site', judgements: judged(false) },
    expected: no('TBA-Rules 22-2-29'),
  },
  {
    name: '対象のサービスに、その判断は働かない',
    facts: { ...unlisted, judgements: judged(true) },
    expected: no('TBA-Rules 22-2-29'),
  },
  {
    name: '何のサービスか分からなくても、公表があればよい',
    facts: { ...analytics, service: undefined },
    expected: publishedAnyway,
  },
  { name: '何のサービスか分からず、公表もない', facts: { ...unlisted, service: undefined }, expected: asks('service') },
  {
    name: 'ブラウザーのサービスか分からず、公表もない',
    facts: { ...unlisted, throughBrowserOrApp: undefined },
    expected: asks('throughBrowserOrApp'),
  },
  { name: '送らせるか分からない', facts: { ...analytics, sends: undefined }, expected: asks('sends') },
  {
    name: '送らせるか分からない：対象のサービスでもない',
    facts: { service: 'none' },
    expected: asks('sends'),
  },
  { name: '何も分からない', facts: {}, expected: asks('sends', 'throughBrowserOrApp', 'service') },
  {
    name: '1号 真に必要な情報だけ',
    facts: { ...unlisted, exemption: 'necessary', withinNeed: true },
    expected: exempt('i'),
  },
  {
    name: '1号 必要な範囲を超える',
    facts: { ...unlisted, exemption: 'necessary', withinNeed: false },
    expected: no('TBA-Rules 22-2-29', 'TBA-Rules 22-2-30'),
  },
  { name: '1号 範囲が分からない', facts: { ...unlisted, exemption: 'necessary' }, expected: asks('withinNeed') },
  {
    name: '1号 範囲が分からなくても、公表があればよい',
    facts: { ...analytics, exemption: 'necessary' },
    expected: published,
  },
  {
    name: '1号 必要な範囲を超えても、公表があればよい',
    facts: { ...analytics, exemption: 'necessary', withinNeed: false },
    expected: published,
  },
  {
    name: '2号 当社の識別符号が戻るだけ',
    facts: { ...unlisted, exemption: 'own-identifier', ownIdentifier: true },
    expected: exempt('ii'),
  },
  {
    name: '2号 ほかの者にも届く',
    facts: { ...unlisted, exemption: 'own-identifier', ownIdentifier: false },
    expected: no('TBA-Rules 22-2-29', 'TBA 27-12(ii)'),
  },
  { name: '2号 分からない', facts: { ...unlisted, exemption: 'own-identifier' }, expected: asks('ownIdentifier') },
  {
    name: '3号 利用者が前もって同意する',
    facts: { ...unlisted, exemption: 'consent', userConsented: true, consentedBy: 'principal' },
    expected: exempt('iii'),
  },
  {
    name: '3号 同意がない',
    facts: { ...unlisted, exemption: 'consent', userConsented: false },
    expected: no('TBA-Rules 22-2-29', 'TBA 27-12(iii)'),
  },
  {
    name: '3号 契約者である親など、利用者でない人が同意する',
    facts: { ...unlisted, exemption: 'consent', userConsented: true, consentedBy: 'other' },
    expected: no('TBA-Rules 22-2-29', 'TBA 27-12(iii)'),
  },
  {
    name: '3号 利用者でない人の同意は、送る前か分からなくても足りない',
    facts: { ...unlisted, exemption: 'consent', consentedBy: 'other' },
    expected: no('TBA-Rules 22-2-29', 'TBA 27-12(iii)'),
  },
  {
    name: '3号 判断できない利用者だけが同意する',
    facts: { ...unlisted, exemption: 'consent', userConsented: true, consentedBy: 'without-capacity' },
    expected: no('TBA-Rules 22-2-29', 'Guideline 2-16'),
  },
  {
    name: '3号 判断できるか分からない利用者が同意する',
    facts: { ...unlisted, exemption: 'consent', userConsented: true, consentedBy: 'uncertain-child' },
    expected: asks('judgements.consentCapacity'),
  },
  {
    name: '3号 だれが同意するか分からない',
    facts: { ...unlisted, exemption: 'consent', userConsented: true },
    expected: asks('consentedBy'),
  },
  {
    name: '3号 分からない',
    facts: { ...unlisted, exemption: 'consent' },
    expected: asks('userConsented', 'consentedBy'),
  },
  {
    name: '4号 求めに応じて止まり、7つの事項がそろう',
    facts: optOut,
    expected: exempt('iv', { do: 'stop-on-request', under: 'TBA 27-12(iv)', when: 'later' }),
  },
  ...transmissionOptOutItems.value.map((item) => ({
    name: `4号 ${item} がない`,
    facts: { ...optOut, optOutListed: transmissionOptOutItems.value.filter((one) => one !== item) },
    expected: no('TBA-Rules 22-2-29', 'TBA-Rules 22-2-31'),
  })),
  {
    name: '4号 実際には止まらない',
    facts: { ...optOut, optOutWorks: false },
    expected: no('TBA-Rules 22-2-29', 'TBA 27-12(iv)'),
  },
  {
    name: '4号 何も分からない',
    facts: { ...optOut, optOutListed: undefined, optOutWorks: undefined },
    expected: asks('optOutWorks', 'optOutListed'),
  },
  {
    name: '例外も公表も分からない',
    facts: { ...analytics, exemption: 'necessary', entry: undefined },
    expected: asks('withinNeed', 'entry'),
  },
  {
    name: '例外に当たれば、何のサービスかは要らない',
    facts: { ...unlisted, service: undefined, exemption: 'necessary', withinNeed: true },
    expected: exempt('i'),
  },
];

test.each(cases)('$name', ({ facts, expected }) => {
  expect(outline(decideTransmission(facts, today))).toEqual(expected);
});

test('断るときは、公表してから使うように示す', () => {
  const finding = decideTransmission(unlisted, today);
  expect(finding.answer === 'no' && finding.instead?.[0]?.ja).toContain('公表');
});

test('この定めのない日には答えない', () => {
  expect(decideTransmission(analytics, day('2023-06-15')).answer).toBe('unknown');
  expect(
    decideTransmission({ ...analytics, entry: { ...entry, publishedOn: day('2023-06-16') } }, day('2023-06-16')).answer,
  ).toBe('yes');
});

test.each([
  [{ exemption: 'consent', withinNeed: true }, ['withinNeed']],
  [{ exemption: 'necessary', withinNeed: true }, []],
  [{ withinNeed: true }, []],
  [{ exemption: 'none', ownIdentifier: false }, ['ownIdentifier']],
  [{ exemption: 'own-identifier', ownIdentifier: false }, []],
  [{ exemption: 'necessary', userConsented: true }, ['userConsented']],
  [{ exemption: 'consent', userConsented: true, consentedBy: 'principal' }, []],
  [{ exemption: 'opt-out', consentedBy: 'principal' }, ['consentedBy']],
  [{ exemption: 'necessary', optOutListed: [], optOutWorks: true }, ['optOutListed', 'optOutWorks']],
  [{ exemption: 'opt-out', optOutListed: [], optOutWorks: true }, []],
] as [TransmissionFacts, string[]][])('%o の矛盾は %o', (facts, fields) => {
  expect(transmissionContradictions(facts).map((c) => c.field)).toEqual(fields);
});
