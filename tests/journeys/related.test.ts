// Article 31 through the running server: every case of providing personally related information and of receiving it as personal data, with the
// grounds of each refusal and otherwise the record, item by item as the Rules list them.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { both } from '../../src/base/bilingual.ts';
import { day } from '../../src/base/day.ts';
import type { Answer, Problem, RelatedJson } from '../../src/client.ts';
import { forgetStanding } from '../../src/features/checkpoint/index.ts';
import { recordConsent } from '../../src/features/consent/actions/consents.ts';
import { startText, writeText } from '../../src/features/consent/actions/texts.ts';
import { registerHolding } from '../../src/features/ledger/index.ts';
import { assureRecipient, checkRecipient } from '../../src/features/recipients/actions/assurance.ts';
import { registerRecipient } from '../../src/features/recipients/actions/recipient.ts';
import { standingClock } from '../../src/platform/clock.ts';
import { must, newcomer, openServer, readers, tokenOf, type Session, type TestServer } from '../server.ts';

const by = { actor: { kind: 'sekisho' }, authority: [] } as const;
let server: TestServer;
let officer: Session;
let holding: string;
/** Ids of recipients and collections by their names in this test. */
const recipients: Record<string, string> = {};
const collections: Record<string, string> = {};

const adco = {
  kind: 'corporation',
  name: '例示広告株式会社',
  address: '東京都港区例示町3-3',
  representative: '例示 花子',
  country: 'JP',
  relations: ['third-party'],
};

async function send(to: string, fields: Record<string, string>): Promise<Response> {
  const body = new URLSearchParams({ csrf: officer.csrf, ...fields });
  return server.fetch(to, { method: 'POST', body, headers: { cookie: officer.cookie }, redirect: 'manual' });
}

/** Registers a collection on the page, as the officer does, and returns its id. */
async function register(name: string, more: Record<string, string>, items: [string, string][]): Promise<string> {
  const rows = items.flatMap(([code, ja], i) => [
    [`items.${i}.code`, code],
    [`items.${i}.ja`, ja],
    [`items.${i}.tells`, 'nobody'],
  ]);
  const response = await send('/related/collections/new', {
    'name.ja': name,
    source: 'site',
    place: '会員サイト',
    searchable: 'yes',
    communications: 'no',
    holding,
    rows: String(items.length),
    ...Object.fromEntries(rows),
    ...more,
  });
  expect(response.status).toBe(303);
  return /collections\/([0-9a-f-]{36})/.exec(response.headers.get('location')!)![1]!;
}

async function registerRecipients(): Promise<void> {
  const { office } = server;
  const all: Record<string, object> = {
    adco: {},
    trader: { kind: 'individual', name: '例示デザイン', address: '東京都例示区1-2' },
    ministry: { kind: 'state-organ', name: '例示省', address: '東京都例示区1-1' },
    hanoi: { name: 'Reiji Hanoi Co., Ltd.', address: '1 Reiji Street, Ha Noi', country: 'VN' },
    berlin: { name: 'Reiji GmbH', address: 'Beispielstr. 1, Berlin', country: 'DE' },
    texas: { name: 'Reiji Texas Inc.', address: '1 Reiji Road, Austin', country: 'US' },
    overdue: { name: 'Reiji Late Inc.', address: '2 Reiji Road, Austin', country: 'US' },
  };
  for (const [code, more] of Object.entries(all)) {
    recipients[code] = must(await registerRecipient(office, by, { ...adco, ...more })).id;
  }
  const system = { kind: 'equivalent-system', reference: '覚書', from: '2025-09-01', by: 'contract' };
  for (const [code, on] of Object.entries({ texas: '2026-10-01', overdue: '2025-10-01' })) {
    must(await assureRecipient(office, by, recipients[code]!, system));
    must(await checkRecipient(office, by, recipients[code]!, { on, method: '書面の報告', measures: 'kept' }));
  }
}

beforeAll(async () => {
  server = await openServer({ clock: standingClock('2026-12-01T10:00:00+09:00') });
  officer = await server.session('officer');
  const own = (code: string, ja: string) => ({ code, label: { ja } });
  const items = [
    'name',
    'name_kana',
    'email',
    own('cookie_id', 'クッキーの番号'),
    own('browsing_history', '閲覧の履歴'),
  ];
  const input = { ...readers, name: { ja: '会員台帳', en: 'Members' }, items, manager: server.staff.officer };
  holding = must(await registerHolding(server.app, by, input)).id;
  forgetStanding(server.office);
  const kept: [string, string][] = [
    ['cookie_id', 'クッキーの番号'],
    ['browsing_history', '閲覧の履歴'],
  ];
  collections.site = await register('会員サイトの閲覧履歴', {}, kept);
  collections.loose = await register('紙に写した履歴', { searchable: 'no' }, kept);
  collections.segments = await register('広告会社の関心データ', { source: 'third-party', place: '例示広告' }, kept);
  await registerRecipients();
  for (const [code, covered] of Object.entries({ all: ['cookie_id', 'browsing_history'], some: ['cookie_id'] })) {
    const text = {
      code,
      kind: 'linking' as const,
      name: both('閲覧履歴の結び付け', 'Linking browsing'),
      wording: { ja: '閲覧履歴を会員情報と結び付けることに同意します' },
      purposes: ['P3'],
      holding,
      items: covered,
      recipients: [],
      abroad: false,
      shown: {},
    };
    must(await writeText(server.office, by, text));
    must(await startText(server.office, by, { code, version: 1, from: day('2026-11-01') }));
  }
});
afterAll(() => server.close());

const because = ({ because: grounds }: { because: readonly { law: string; article: string }[] }): string[] =>
  grounds.map(({ law, article }) => `${law} ${article}`);

/** The content of a refusal: the answer with its grounds, the missing facts and the number of alternatives. */
function refusalOf(answer: Answer<unknown>): {
  answer: string;
  because: string[];
  missing?: string[];
  instead?: number;
} {
  if (answer.ok) throw new Error('expected a refusal');
  const problem: Problem = answer.problem;
  expect(problem.status).toBe(403);
  const finding = problem.finding!;
  return finding.answer === 'unknown'
    ? { answer: 'unknown', because: because(finding), missing: finding.missing.map(({ fact }) => fact) }
    : {
        answer: finding.answer,
        because: because(finding),
        ...(finding.instead ? { instead: finding.instead.length } : {}),
      };
}

type ProvisionRecord = NonNullable<RelatedJson['provision']['record']>;
type ReceiptRecord = NonNullable<RelatedJson['receipt']['record']>;

/** The items of a record, by the names in src/law. */
const itemsOf = (r: ProvisionRecord): string[] => [
  ...(r.consent_confirmed ? ['consent-confirmed'] : []),
  ...(r.foreign_information_confirmed ? ['foreign-information-confirmed'] : []),
  ...(r.provided_on ? ['provided-on'] : []),
  ...(r.first_on && r.last_on ? ['first-and-last-day'] : []),
  ...(r.recipient.name ? ['recipient-name'] : []),
  ...(r.recipient.address ? ['recipient-address'] : []),
  ...(r.recipient.representative ? ['recipient-representative'] : []),
  ...(r.items.length > 0 ? ['items'] : []),
];

const receiptItemsOf = (r: ReceiptRecord): string[] => [
  ...(r.consent_obtained ? ['consent-obtained'] : []),
  ...(r.provider.name ? ['provider-name'] : []),
  ...(r.provider.address ? ['provider-address'] : []),
  ...(r.provider.representative ? ['provider-representative'] : []),
  ...(r.principal ? ['principal'] : []),
  ...(r.items.length > 0 ? ['items'] : []),
];

const tables = ['related_provisions', 'related_provision_records', 'related_receipts', 'related_receipt_records'];
const counts = async (): Promise<number> => {
  const rows = await Promise.all(
    tables.map((table) => server.db.owner.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`, [])),
  );
  return rows.reduce((sum, [row]) => sum + row!.n, 0);
};

const declared = { on: '2026-11-30', by: 'declaration', consented: true };
const bulk = { mode: 'bulk', lastOn: '2026-12-31' };
const confirm = ['APPI 31(1)(i)', 'APPI-Rules 26(1)'];
const inform = ['APPI 31(1)(ii)', 'APPI-Rules 26(2)'];
const made = ['APPI 31(3)', 'APPI-Rules 27(2)', 'APPI-Rules 28(1)'];
const byLaw = { item: '27(1)(i)', legalBasis: '刑事訴訟法197条2項 照会書7号' };

/** The Rule's list, written down here by hand (Rules 28(1)). */
const listed = (when: string, change: { abroad?: true; person?: true } = {}): string[] => [
  'consent-confirmed',
  ...(change.abroad ? ['foreign-information-confirmed'] : []),
  when,
  'recipient-name',
  'recipient-address',
  ...(change.person ? [] : ['recipient-representative']),
  'items',
];

interface Case {
  name: string;
  to?: string;
  from?: string;
  /** Changes of `link`; null removes it. */
  link?: object | null;
  facts?: object;
  /** The content of a yes. */
  yes?: { because: string[]; record: [items: string[], keepUntil: string] | null; duties?: string[] };
  no?: { because: string[]; instead?: number };
  unknown?: { because: string[]; missing: string[] };
}

const confirmation = (change: object): object => ({ confirmation: { ...declared, ...change } });

const provisions: Case[] = [
  {
    name: 'O-12 to an advertiser who links it, by declaration, over a month',
    facts: { record: bulk },
    yes: { because: [...confirm, ...made, 'APPI-Rules 29(ii)'], record: [listed('first-and-last-day'), '2029-12-31'] },
  },
  { name: 'O-12 without the declaration', link: { confirmation: null }, no: { because: confirm, instead: 2 } },
  { name: 'O-12 consent only assumed', link: confirmation({ by: 'assumed' }), no: { because: confirm, instead: 2 } },
  {
    name: 'O-12 one member has not consented',
    link: confirmation({ consented: false }),
    no: { because: ['APPI 31(1)(i)'], instead: 2 },
  },
  {
    name: 'O-12 confirmed the day after',
    link: confirmation({ on: '2026-12-02' }),
    no: { because: ['APPI 31(1)'], instead: 2 },
  },
  {
    name: 'O-12 confirmed the same day, in another appropriate way, once',
    link: confirmation({ on: '2026-12-01', by: 'other' }),
    yes: { because: [...confirm, ...made, 'APPI-Rules 29(iii)'], record: [listed('provided-on'), '2029-12-01'] },
  },
  {
    name: 'O-12 a contract serves as the record: a year from the last',
    facts: { record: { mode: 'contract', lastOn: '2026-12-31' } },
    yes: {
      because: [...confirm, 'APPI 31(3)', 'APPI-Rules 27(3)', 'APPI-Rules 28(1)', 'APPI-Rules 29(i)'],
      record: [listed('provided-on'), '2027-12-31'],
    },
  },
  {
    name: 'O-12 to a sole trader, who has no representative',
    to: 'trader',
    yes: {
      because: [...confirm, ...made, 'APPI-Rules 29(iii)'],
      record: [listed('provided-on', { person: true }), '2029-12-01'],
    },
  },
  {
    name: 'to an organ of the state: confirmed, not recorded',
    to: 'ministry',
    yes: { because: [...confirm, 'APPI 16(2)(i)', 'APPI 31(3)'], record: null, duties: [] },
  },
  {
    name: 'to an analyst who cannot link it',
    link: { expected: false, confirmation: undefined },
    yes: { because: ['APPI 31(1)'], record: null, duties: [] },
  },
  {
    name: 'O-13 by a tag of an analyst who cannot link it: publication is a duty of its own',
    link: { expected: false, confirmation: undefined, byTag: true },
    yes: { because: ['APPI 31(1)'], record: null, duties: ['publish-transmission'] },
  },
  {
    name: 'O-13 nobody said whether a tag sends it',
    link: { expected: false, confirmation: undefined, byTag: undefined },
    unknown: { because: ['APPI 31(1)'], missing: ['link.byTag'] },
  },
  {
    name: 'by a tag of somebody who links it: both duties',
    link: { byTag: true },
    yes: {
      because: [...confirm, ...made, 'APPI-Rules 29(iii)'],
      record: [listed('provided-on'), '2029-12-01'],
      duties: ['record-provision', 'publish-transmission'],
    },
  },
  {
    name: 'from what nobody can search',
    from: 'loose',
    link: { confirmation: null },
    yes: { because: ['APPI 31(1)'], record: null, duties: [] },
  },
  {
    name: 'nobody said whether it is linked: not refused for a consent that may not be needed',
    link: { expected: undefined, confirmation: null },
    unknown: { because: ['APPI 31(1)(i)'], missing: ['link.expected'] },
  },
  {
    name: 'a law asks for it: no consent, no record of 31',
    link: { confirmation: null },
    facts: { exception: byLaw },
    yes: { because: ['APPI 27(1)(i)', 'APPI 31(1)'], record: null, duties: ['record-exception'] },
  },
  {
    name: 'a law is said to ask for it, but which?',
    link: { confirmation: null },
    facts: { exception: { item: '27(1)(i)' } },
    unknown: { because: ['APPI 31(1)(i)'], missing: ['exception.legalBasis'] },
  },
  {
    name: 'no case of the law',
    link: { confirmation: null },
    facts: { exception: { item: '27(1)(ii)', necessary: false } },
    no: { because: [...confirm, 'APPI 27(1)(ii)'], instead: 2 },
  },
  {
    name: 'no case of the law, but the consent is confirmed',
    facts: { exception: { item: '27(1)(ii)', necessary: false } },
    yes: { because: [...confirm, ...made, 'APPI-Rules 29(iii)'], record: [listed('provided-on'), '2029-12-01'] },
  },
  {
    name: 'abroad, and the paper was seen',
    to: 'hanoi',
    link: confirmation({ foreignInformationShown: true }),
    yes: {
      because: [...confirm, ...inform, ...made, 'APPI-Rules 29(iii)'],
      record: [listed('provided-on', { abroad: true }), '2029-12-01'],
    },
  },
  {
    name: 'abroad, without the paper and without a system',
    to: 'hanoi',
    link: confirmation({ foreignInformationShown: false }),
    no: { because: inform, instead: 1 },
  },
  {
    name: 'abroad, and nobody said whether the paper was seen',
    to: 'hanoi',
    unknown: {
      because: [...confirm, ...inform, ...made, 'APPI-Rules 29(iii)'],
      missing: ['link.confirmation.foreignInformationShown'],
    },
  },
  { name: 'abroad, without the consent itself', to: 'hanoi', link: { confirmation: null }, no: { because: confirm } },
  {
    name: 'at home no such paper is needed',
    link: confirmation({ foreignInformationShown: false }),
    yes: { because: [...confirm, ...made, 'APPI-Rules 29(iii)'], record: [listed('provided-on'), '2029-12-01'] },
  },
  {
    name: 'in a country recognised as equivalent: as at home',
    to: 'berlin',
    yes: {
      because: [...confirm, 'APPI 28(1)', 'APPI-Rules 15', ...made, 'APPI-Rules 29(iii)'],
      record: [listed('provided-on'), '2029-12-01'],
    },
  },
  {
    name: 'abroad by an assured system: consent all the same, checks, a stop on failure, and no answer on request',
    to: 'texas',
    yes: {
      because: [...confirm, 'APPI 28(1)', 'APPI-Rules 16', ...made, 'APPI-Rules 29(iii)', 'APPI 31(2)'],
      record: [listed('provided-on'), '2029-12-01'],
      duties: ['record-provision', 'check-foreign-measures', 'stop-on-failure'],
    },
  },
  {
    name: 'abroad by a system, without the consent',
    to: 'texas',
    link: { confirmation: null },
    no: { because: confirm, instead: 2 },
  },
  {
    name: 'abroad by a system whose check is overdue: the paper is needed again',
    to: 'overdue',
    link: confirmation({ foreignInformationShown: false }),
    no: { because: [...inform, 'APPI-Rules 18(1)'] },
  },
  {
    name: 'nothing was said at all',
    link: null,
    unknown: {
      because: [...confirm, ...made, 'APPI-Rules 29(iii)'],
      missing: ['link.confirmation', 'link.expected', 'link.byTag'],
    },
  },
];

describe('providing', () => {
  test.each(provisions)('$name', async ({ to = 'adco', from = 'site', link = {}, facts = {}, yes, no, unknown }) => {
    const before = await counts();
    const stated = link && { expected: true, byTag: false, confirmation: declared, ...link };
    const answer = await server.client.provideRelated({
      collection: collections[from]!,
      recipient: recipients[to]!,
      items: ['browsing_history', 'cookie_id'],
      facts: { ...(stated ? { link: stated } : {}), ...facts } as RelatedJson['provide']['facts'],
      documents: { consent: '申告書 1', foreignInformation: '説明書 2', contract: '契約書 3' },
    });
    if (!yes) {
      expect(refusalOf(answer)).toMatchObject(no ? { answer: 'no', ...no } : { answer: 'unknown', ...unknown! });
      expect(await counts()).toBe(before);
      return;
    }
    const { id, basis, record, items } = must(answer);
    expect(basis.because).toEqual(yes.because);
    if (yes.duties) expect(basis.duties.map((duty) => duty.do)).toEqual(yes.duties);
    expect(items).toEqual(['browsing_history', 'cookie_id']);
    expect(record && [itemsOf(record), record.keep_until]).toEqual(yes.record);
    if (record) expect(record).toMatchObject({ id, made_on: '2026-12-01', items });
    expect(JSON.stringify(record)).not.toMatch(/principal/);
    expect(must(await server.client.relatedProvision(id)).record).toEqual(record);
  });

  test('the record of a period has its first and last day', async () => {
    const [newest] = must(await server.client.relatedProvisions({ collection: collections.site! })).provisions.filter(
      ({ record }) => record?.mode === 'bulk',
    );
    expect(newest!.record).toMatchObject({ provided_on: null, first_on: '2026-12-01', last_on: '2026-12-31' });
  });

  test('what the office knows may not be stated beside it, and a fact nobody knows is named', async () => {
    const ask = { collection: collections.site!, recipient: recipients.adco!, items: ['cookie_id'] };
    for (const [facts, field] of [
      [{ link: { fromDatabase: false } }, 'facts.link.fromDatabase'],
      [{ recipient: {} }, 'facts.recipient'],
      [{ link: { confirmation: { on: '2026-02-30' } } }, 'facts.link.confirmation.on'],
    ] as const) {
      const answer = await server.client.provideRelated({ ...ask, facts: facts as RelatedJson['provide']['facts'] });
      expect(!answer.ok && [answer.problem.status, answer.problem.fields?.map((one) => one.field)]).toEqual([
        422,
        [field],
      ]);
    }
  });

  test('what is recorded of a confirmation was provided after it', async () => {
    const answer = await server.client.provideRelated({
      collection: collections.site!,
      recipient: recipients.adco!,
      items: ['cookie_id'],
      facts: {
        link: { expected: true, byTag: false, confirmation: { on: '2027-01-15', by: 'declaration', consented: true } },
        record: { mode: 'bulk', lastOn: '2026-12-31' },
      },
    });
    expect(!answer.ok && [answer.problem.status, answer.problem.fields![0]!.field]).toEqual([
      422,
      'facts.record.lastOn',
    ]);
  });
});

let people = 0;
async function person(consent?: 'all' | 'some'): Promise<string> {
  const email = `linked-${++people}@example.jp`;
  const { principal } = must(await server.client.acquire(newcomer(holding, { email })));
  if (!consent) return principal;
  const asked = {
    principal,
    text: { code: consent, version: 1 },
    language: 'ja' as const,
    given: { on: day('2026-11-10'), at: null },
    givenBy: 'principal' as const,
    representative: null,
    channel: 'web-form',
    method: 'web-form' as const,
    note: null,
    evidence: '申込記録',
    shown: null,
  };
  must(await recordConsent(server.office, by, asked));
  return principal;
}

const { relations: _, ...provider } = adco;
const checked = [
  'APPI 30(1)',
  'APPI-Rules 22(1)',
  'APPI 30(3)',
  'APPI-Rules 23(2)',
  'APPI-Rules 24(1)(iii)',
  'APPI 30(4)',
];
const refused = ['APPI 31(1)(i)', 'APPI 31(1)(i)'];
const substitute = { namesUs: true, namesItems: true, evidenceSeen: true };
/** The Rule's list, written down here by hand (Rules 24(1)(iii)): how it was acquired is not on it. */
const receiptList = [
  'consent-obtained',
  'provider-name',
  'provider-address',
  'provider-representative',
  'principal',
  'items',
];

interface ReceiptCase {
  name: string;
  consent?: 'all' | 'some';
  /** Kept apart from persons. */
  apart?: true;
  facts?: object;
  yes?: { because: string[]; record: [items: string[], keepUntil: string] | null; by: 'own' | 'substitute' | null };
  no?: { because: string[]; instead?: number };
  unknown?: { missing: string[] };
}

const receipts: ReceiptCase[] = [
  {
    name: 'on our own consent, over some months',
    consent: 'all',
    facts: { record: { mode: 'bulk', lastOn: '2027-03-31' } },
    yes: {
      because: ['APPI 31(1)', ...checked, 'APPI-Rules 25(ii)', 'APPI 21(1)'],
      record: [receiptList, '2030-03-31'],
      by: 'own',
    },
  },
  {
    name: 'on our own consent, once',
    consent: 'all',
    yes: {
      because: ['APPI 31(1)', ...checked, 'APPI-Rules 25(iii)', 'APPI 21(1)'],
      record: [receiptList, '2029-12-01'],
      by: 'own',
    },
  },
  {
    name: 'from a sole trader',
    consent: 'all',
    facts: { provider: { ...provider, kind: 'individual', representative: undefined } },
    yes: {
      because: ['APPI 31(1)', ...checked, 'APPI-Rules 25(iii)', 'APPI 21(1)'],
      record: [receiptList.filter((item) => item !== 'provider-representative'), '2029-12-01'],
      by: 'own',
    },
  },
  { name: 'before the consent', no: { because: refused, instead: 2 } },
  { name: 'on a consent that does not name the items', consent: 'some', no: { because: refused, instead: 2 } },
  {
    name: 'on consent the provider obtained for us',
    facts: { substitute },
    yes: {
      because: ['APPI 31(1)', 'Guideline 3-7', ...checked, 'APPI-Rules 25(iii)', 'APPI 21(1)'],
      record: [receiptList, '2029-12-01'],
      by: 'substitute',
    },
  },
  ...(['namesUs', 'namesItems', 'evidenceSeen'] as const).map((fact): ReceiptCase => ({
    name: `the provider’s consent fails at ${fact}`,
    facts: { substitute: { ...substitute, [fact]: false } },
    no: { because: [...refused, 'Guideline 3-7'], instead: 2 },
  })),
  {
    name: 'nothing is known of the provider’s consent',
    facts: { substitute: {} },
    unknown: {
      missing: ['receipt.substitute.namesUs', 'receipt.substitute.namesItems', 'receipt.substitute.evidenceSeen'],
    },
  },
  {
    name: 'nobody asked whether the provider obtained it',
    facts: { substitute: undefined },
    unknown: { missing: ['receipt.substitute'] },
  },
  {
    name: 'nobody said whether it is linked',
    consent: 'all',
    facts: { links: undefined },
    unknown: { missing: ['receipt.links'] },
  },
  { name: 'kept apart', apart: true, yes: { because: ['APPI 31(1)'], record: null, by: null } },
  {
    name: 'a case that the law lists',
    facts: { basis: 'exception', exception: { ...byLaw, item: '27(1)(i)', lawOfJapan: true } },
    yes: { because: ['APPI 27(1)(i)', 'APPI 31(1)', 'APPI 21(1)'], record: null, by: null },
  },
  {
    name: 'a case that the law lists, without saying which',
    facts: { basis: 'exception' },
    unknown: { missing: ['receipt.exception.item'] },
  },
  {
    name: 'from a local government: consent, no record',
    consent: 'all',
    facts: { provider: { kind: 'local-government', country: 'JP' } },
    yes: { because: ['APPI 31(1)', 'APPI 16(2)(ii)', 'APPI 30(1)', 'APPI 21(1)'], record: null, by: 'own' },
  },
  {
    name: 'unlawfully collected, even kept apart',
    apart: true,
    facts: { looksUnlawful: true },
    no: { because: ['APPI 20(1)'] },
  },
  {
    name: 'of a provider nobody knows',
    consent: 'all',
    facts: { provider: undefined },
    unknown: { missing: ['receipt.provider.kind', 'receipt.provider.name', 'receipt.provider.address'] },
  },
];

describe('receiving', () => {
  test.each(receipts)('$name', async ({ consent, apart, facts = {}, yes, no, unknown }) => {
    const principal = apart ? undefined : await person(consent);
    const before = await counts();
    const answer = await server.client.receiveRelated({
      collection: collections.segments!,
      ...(principal ? { principal } : {}),
      items: ['cookie_id', 'browsing_history'],
      facts: { provider, links: !apart, substitute: null, ...facts } as RelatedJson['receive']['facts'],
      ...(apart ? {} : { documents: { consent: '同意画面の写し' } }),
    });
    if (!yes) {
      expect(refusalOf(answer)).toMatchObject(no ? { answer: 'no', ...no } : { answer: 'unknown', ...unknown! });
      expect(await counts()).toBe(before);
      return;
    }
    const { id, basis, record, consent_by } = must(answer);
    expect(basis.because).toEqual(yes.because);
    expect(consent_by).toBe(yes.by);
    expect(record && [receiptItemsOf(record), record.keep_until]).toEqual(yes.record);
    if (record) expect(record.principal).toBe(principal);
    if (consent_by !== null) expect(basis.duties.map((duty) => duty.do)).toContain('declare-truthfully');
    expect(must(await server.client.relatedReceipt(id)).record).toEqual(record);
    if (principal) expect(must(await server.client.relatedReceipts({ principal })).receipts).toHaveLength(1);
  });
});

describe('linking', () => {
  test('a cookie is linked on its receipt, found for the purpose of the consent, and gone with the person', async () => {
    const principal = await person('all');
    const at = { collection: collections.segments!, identifier: 'cookie_id', value: 'GA1.2.1234567890.1700000000' };
    const early = await server.client.linkIdentifier({ ...at, principal });
    expect(!early.ok && early.problem.fields?.map((one) => one.field)).toEqual(['receipt']);
    const facts = { provider, links: true, substitute: null } as RelatedJson['receive']['facts'];
    const { id: receipt } = must(
      await server.client.receiveRelated({
        collection: at.collection,
        principal,
        items: ['cookie_id'],
        facts,
        documents: { consent: '同意画面の写し' },
      }),
    );
    const linked = must(await server.client.linkIdentifier({ ...at, principal, receipt }));
    expect(linked).toMatchObject({ principal, receipt, class: 'retained-personal-data' });
    expect(JSON.stringify(linked)).not.toContain('GA1');
    expect(must(await server.client.identifierLinks({ principal })).links).toEqual([linked]);
    expect(must(await server.client.principalOf({ ...at, purpose: 'P3' }))).toMatchObject({
      principal,
      link: linked.id,
    });
    const beyond = await server.client.principalOf({ ...at, purpose: 'P2' });
    expect(refusalOf(beyond)).toMatchObject({ answer: 'no' });
    const bound = server.clientWith((await tokenOf(server.app.access, ['people:use'], ['P1'])).token);
    const outside = await bound.principalOf({ ...at, purpose: 'P3' });
    expect(!outside.ok && [outside.problem.status, outside.problem.finding]).toEqual([403, undefined]);
    must(await server.client.erase(principal, { ground: 'no-longer-needed' }));
    const gone = await server.client.principalOf({ ...at, purpose: 'P3' });
    expect(!gone.ok && gone.problem.status).toBe(404);
    expect(must(await server.client.relatedReceipts({ principal })).receipts).toMatchObject([
      { record: { principal }, documents: {}, gone: true },
    ]);
  });

  test('what we collect ourselves is linked on the consent alone, and unlinked when the person wishes', async () => {
    const principal = await person('all');
    const at = { collection: collections.site!, identifier: 'cookie_id', value: 'GA1.2.222.333' };
    const stranger = await server.client.linkIdentifier({ ...at, principal: await person() });
    expect(refusalOf(stranger)).toEqual({ answer: 'no', because: ['policy 78'], instead: 1 });
    const { id } = must(await server.client.linkIdentifier({ ...at, principal }));
    expect(must(await server.client.linkIdentifier({ ...at, principal })).id).toBe(id);
    must(await server.client.unlinkIdentifier(id, { reason: 'withdrawal' }));
    const again = await server.client.unlinkIdentifier(id, { reason: 'withdrawal' });
    expect(!again.ok && again.problem.status).toBe(404);
    const found = await server.client.principalOf({ ...at, purpose: 'P3' });
    expect(!found.ok && found.problem.status).toBe(404);
  });

  test('no answer, no line of the log and no report to the operator holds an identifier or a name', async () => {
    const logged = await server.db.owner.query<{ entry: string }>('SELECT entry FROM log_entries', []);
    expect(logged.filter(({ entry }) => /GA1|例示|申告書/.test(entry))).toEqual([]);
    expect(server.reported.filter((line) => /GA1|例示/.test(line))).toEqual([]);
  });
});
