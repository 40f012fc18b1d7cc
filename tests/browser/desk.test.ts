// The desk as a clerk who has never read the Act sees it in the browser: every kind of request from the envelope on the table to the answer in the
// post, what it changes, and what goes wrong on the way.

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { day } from '../../src/base/day.ts';
import { clocksOf, dueOn } from '../../src/features/desk/facts/clocks.ts';
import type { Kind, Scope } from '../../src/features/desk/facts/kind.ts';
import type { Result } from '../../src/features/desk/facts/result.ts';
import { requestFrom } from '../../src/features/desk/facts/stage.ts';
import { receivePapers, sendForms } from '../../src/features/desk/actions/receive.ts';
import { bodyOf, eventsOf as eventsKept } from '../../src/features/desk/store/events.ts';
import { checkRecipient } from '../../src/features/recipients/actions/assurance.ts';
import { standingClock } from '../../src/platform/clock.ts';
import { collectedFor, registered, rightPapers, seen, wordsOf } from '../desk.ts';
import { addConsent, addConsentText, addHolding, addPerson, addRecipient, entrusted, officerOf } from '../people.ts';
import { must } from '../server.ts';
import { answered, choose, fill, isAt, press } from './hands.ts';
import { faultsBothWays, faultsOf, openTab, type Lang, type Tab } from './inspect.ts';
import { openBrowserOffice, type BrowserOffice } from './office.ts';

const clock = standingClock('2026-12-07T10:00:00+09:00');
const ARRIVED = { ja: '令和8年12月1日', en: '2026/12/1' };

let on: BrowserOffice;
let holding: string;
let partners: string;
let recipient: string;
let abroad: string;
const tabs: Partial<Record<Lang, Tab>> = {};

/** The tab of a clerk, who signs in once per language. */
async function clerk(lang: Lang): Promise<Page> {
  tabs[lang] ??= await on.enter('desk', lang);
  return tabs[lang].page;
}

beforeAll(async () => {
  on = await openBrowserOffice(clock, undefined, {
    operator: (yaml) => yaml.replace('visits: false', 'visits: true'),
  });
  const house = { ...on, access: on.app.access };
  holding = await addHolding(house, { name: { ja: '契約台帳', en: 'Contracts' } });
  const items = ['name', 'name_kana', 'email', 'address'];
  partners = await addHolding(house, { name: { ja: 'お取引先台帳', en: 'Partners' }, items });
  recipient = await addRecipient(house, {
    name: '株式会社例示運輸',
    address: '例示市2-2',
    representative: '運輸 太郎',
  });
  const system = { kind: 'equivalent-system', reference: '認証', by: 'certificate', scheme: 'global-cbpr' } as const;
  abroad = await addRecipient(
    house,
    { name: 'Reiji Viet Nam', address: 'Ha Noi', country: 'VN', relations: ['entrustment'] },
    { ...system, from: '2026-04-01', until: '2099-03-31' },
    entrusted,
  );
  const by = { actor: officerOf(house), authority: ['officer-all-work'] };
  const found = { method: '書面', measures: 'kept', trouble: '', remedy: '', foreignSystem: '制度' };
  must(await checkRecipient(on.office, by, abroad, { ...found, on: day('2026-11-20') }));
});
afterAll(() => on?.close());

// ---- who asks

interface Somebody {
  id: string;
  name: string;
}

let people = 0;

/** A number in kanji, digit by digit. */
const inKanji = (n: number): string => String(n).replace(/\d/g, (digit) => '〇一二三四五六七八九'[Number(digit)]!);

/** A person about whom something is held, with a name that nobody else has. */
async function somebody(scope: Scope, lang: Lang): Promise<Somebody> {
  people += 1;
  const name = lang === 'ja' ? `請求 ${inKanji(people)}子` : `Jane Example ${people}`;
  const email = `person-${people}@example.jp`;
  const items = { name, email, address: '東京都中央区例示町1-1' };
  const house = { ...on, access: on.app.access };
  const into = scope === 'my-number' ? partners : holding;
  const { principal } = await addPerson(
    house,
    into,
    scope === 'my-number' ? items : { ...items, phone: '03-0000-0001' },
  );
  return { id: principal, name };
}

const placeOf = (scope: Scope): string => (scope === 'my-number' ? partners : holding);

const use = (scope: Scope, { id }: Somebody) =>
  on.client.use({ principal: id, holding: placeOf(scope), items: ['name', 'address'], purpose: 'P3' });

const provide = (scope: Scope, { id }: Somebody) => {
  const ask = { principal: id, holding: placeOf(scope), items: ['email'], purpose: 'P3', recipient };
  return on.client.provide({ ...ask, facts: { relation: 'third-party' } });
};

/** Records the person's consent to the recipient, so that their information may be provided to it. */
async function consents(scope: Scope, { id }: Somebody): Promise<void> {
  const house = { ...on, access: on.app.access };
  const text = await addConsentText(house, { holding: placeOf(scope), recipients: [recipient], items: ['email'] });
  await addConsent(house, id, text, day('2026-10-01'));
}

// ---- the words a clerk reads

const words = {
  ja: {
    register: '受け付ける',
    sent: '送ったと記録する',
    papers: '到着を記録する',
    identified: '確認を終えて次へ',
    found: '探す',
    chosen: '選んだ人を本人として特定する',
    collect: '集める',
    rest: '残りをすべて開示する',
    ask: 'この事実で答えを出す',
    decide: 'この内容で決める',
    answer: 'この答えに決める',
    do: '実施する',
    ready: '答えの用意ができた',
    delivered: '届けたと記録する',
    returned: '返したと記録する',
    close: '終える',
    closed: 'この請求は終わりました',
    target: '社内の期限 あと8日',
  },
  en: {
    register: 'Register',
    sent: 'Record it as sent',
    papers: 'Record what came',
    identified: 'Checked: go on',
    found: 'Search',
    chosen: 'Confirm the chosen person',
    collect: 'Collect',
    rest: 'Disclose all the rest',
    ask: 'Get an answer on these facts',
    decide: 'Make this decision',
    answer: 'Decide on this answer',
    do: 'Carry it out',
    ready: 'The answer is ready',
    delivered: 'Record it as delivered',
    returned: 'Record it as returned',
    close: 'Close',
    closed: 'This request is closed',
    target: 'Our target: in 8 days',
  },
} satisfies Record<Lang, Record<string, string>>;

// ---- what the desk keeps

const requestAt = (page: Page): string => new URL(page.url()).pathname.split('/')[2]!;

interface Kept {
  events: string[];
  stage: string;
  due: string | null;
  closed: string | null;
  result: Result | null;
}

async function keptOf(id: string): Promise<Kept> {
  const [row] = await on.db.owner.query<Omit<Kept, 'events' | 'due'>>(
    `SELECT r.stage, r.closed_on::text AS closed,
       (SELECT data->>'result' FROM request_events WHERE request_id = r.id AND event = 'decided') AS result
     FROM requests r WHERE r.id = $1`,
    [id],
  );
  const events = await eventsKept(on.db.owner, id);
  return { ...row!, events: events.map(({ event }) => event), due: dueOn(clocksOf(requestFrom(events.map(bodyOf)))) };
}

/** The text of a letter that the step offers, without its spaces. */
async function letter(page: Page, name: string): Promise<string> {
  const link = page.getByRole('main').locator(`#step a[href$="/${name}.pdf"]`);
  // The server closes a connection idle for five seconds, perhaps just now: the request is retried.
  const answer = await page.request.get(on.url((await link.getAttribute('href'))!), { maxRetries: 2 });
  return wordsOf(await answer.body());
}

const flat = (text: string): string => text.replace(/\s/g, '');

// ---- the steps, as every kind has them

const formless = (kind: Kind): boolean => ['purpose-notice', 'foreign-information', 'consultation'].includes(kind);
const charged = (kind: Kind): boolean => kind === 'disclosure' || kind === 'record-disclosure';
const yenOf = (typed: string): number => Number(typed.normalize('NFKC').replace(',', ''));

interface Letter {
  kind: Kind;
  scope: Scope;
  lang: Lang;
}

/** Registers a letter; returns the id of the request, whose page is shown. */
async function register(page: Page, { kind, scope, lang }: Letter, sender: string): Promise<string> {
  await page.goto(on.url('/desk/new'));
  await choose(page, 'kind', kind);
  await choose(page, 'scope', scope);
  await choose(page, 'lang', lang);
  await fill(page, { arrivedOn: ARRIVED[lang], 'sender.name': sender, 'sender.address': '〒104-0000 例示町3-4-5' });
  await press(page, words[lang].register);
  return requestAt(page);
}

async function papersCome(page: Page, { kind, lang }: Letter, yen: string): Promise<void> {
  if (!formless(kind)) await choose(page, 'form', 'right');
  if (charged(kind)) await choose(page, 'method', 'paper');
  await fill(page, { feeYen: yen });
  await press(page, words[lang].papers);
}

async function identify(page: Page, lang: Lang): Promise<void> {
  await choose(page, 'documents', 'driving-licence');
  await choose(page, 'checked', 'name', 'address', 'valid');
  await choose(page, 'numbersCovered', 'yes');
  await press(page, words[lang].identified);
}

/** Takes a request from the letter to what is held about the person. */
async function upToCollected(page: Page, of: Letter, who: Somebody, yen: string): Promise<string> {
  const says = words[of.lang];
  const id = await register(page, of, who.name);
  if (!formless(of.kind)) {
    // The form is due in two business days.
    expect((await keptOf(id)).due).toBe('2026-12-03');
    await press(page, says.sent);
  }
  await papersCome(page, of, yen);
  await identify(page, of.lang);
  await fill(page, { name: who.name });
  await press(page, says.found);
  // Even the only match is compared before it is chosen.
  await choose(page, 'principal', who.id);
  await press(page, says.chosen);
  await press(page, says.collect);
  return id;
}

/** The same without the pages. */
async function alreadyCollected(
  { kind, scope, lang }: Letter,
  { id: principal, name }: Somebody,
  yen: string,
): Promise<string> {
  const desk = { office: on.office, access: on.app.access };
  const by = { actor: officerOf(on), authority: ['officer-all-work'] };
  const today = on.office.clock.today();
  const sender = { name, address: '〒104-0000 例示町3-4-5', email: '' };
  let one = await registered(desk, by, kind, { scope, lang, sender, arrivedOn: day('2026-12-01') });
  const { id } = one.row;
  if (!formless(kind)) one = must(await sendForms(desk, by, id, seen(one), { on: today }));
  const form = formless(kind) ? 'none' : 'right';
  const came = { ...rightPapers, form, method: charged(kind) ? 'paper' : null, feeYen: yenOf(yen) } as const;
  one = must(await receivePapers(desk, by, id, seen(one), { ...came, on: today }));
  const { request } = await collectedFor(desk, by, one, name);
  expect(request.specified?.principals).toEqual([principal]);
  return id;
}

/** Answers the question of the law and waits for what it says. */
async function askLaw(page: Page, lang: Lang, facts: Readonly<Record<string, string>>): Promise<string> {
  for (const [name, value] of Object.entries(facts)) {
    const select = page.locator(`#ask select[name="${name}"]`);
    if ((await select.count()) > 0) await select.selectOption(value);
    else await choose(page, name, value);
  }
  await press(page, words[lang].ask);
  // The focus is on the answer.
  await expect.poll(() => isAt(page, '#finding')).toBe(true);
  expect(await page.title()).not.toMatch(/^(エラー|Error)/);
  return (await page.locator('.finding .tegata').textContent())!.replace(/\s/g, '');
}

async function answerGoes(page: Page, lang: Lang): Promise<void> {
  for (const name of ['ready', 'delivered'] as const) await press(page, words[lang][name]);
}

// ---- every kind

/** What a walk through a request shows in one language. */
interface Said {
  /** The articles that the finding rests on. */
  grounds: readonly string[];
  /** What the page shows as collected. */
  held?: RegExp;
  /** Texts in the letters of the answer. */
  letters: Readonly<Partial<Record<'notice' | 'disclosed', (who: Somebody) => readonly string[]>>>;
}

interface Walk extends Letter, Said {
  /** The money that came with the papers; what exceeds the fee is returned. */
  yen?: string;
  /** The facts that were found out, by the fields of the question. */
  facts: Readonly<Record<string, string>>;
  /** Sets up what exists before: a consent, a provision. */
  before?: (who: Somebody) => Promise<void>;
  /** New values by item. */
  changes?: Readonly<Record<string, string>>;
  /** Checks what is different afterwards. */
  after?: (who: Somebody) => Promise<void>;
  /** The same in the other language. */
  other: Said;
  /** Another clerk has taken it as far as what is held. */
  begun?: boolean;
}

const granted: Readonly<Record<string, string>> = { otherLaw: 'no', methodDifficult: 'no' };
const untrue = { content: 'fact', inquiry: 'untrue', purposeNeeds: 'yes', otherProcedure: 'no' };

const usable = async (scope: Scope, who: Somebody): Promise<boolean> => (await use(scope, who)).ok;

/** The status with which a use or provision is refused. */
const refusal = (answer: Awaited<ReturnType<typeof provide>> | Awaited<ReturnType<typeof use>>) =>
  answer.ok ? 'ok' : answer.problem.status;

const walks: readonly Walk[] = [
  {
    kind: 'purpose-notice',
    scope: 'customer',
    lang: 'ja',
    // No fee is published for it, so what came is returned.
    yen: '１，０００',
    facts: { clear: 'no' },
    grounds: ['法32条2項'],
    held: /契約台帳.*氏名/,
    letters: { notice: () => ['個人情報の利用目的のお知らせ', '配信とご案内'] },
    other: {
      grounds: ['APPI Art. 32(2)'],
      held: /Contracts.*Name/,
      letters: { notice: () => ['The purposes of personal information'] },
    },
  },
  {
    kind: 'disclosure',
    scope: 'customer',
    lang: 'ja',
    yen: '1500',
    facts: granted,
    grounds: ['法33条2項'],
    letters: { disclosed: ({ name }) => [name, '03-0000-0001', '東京都中央区例示町1-1'] },
    other: {
      grounds: ['APPI Art. 33(2)'],
      letters: { disclosed: ({ name }) => [name, '03-0000-0001', '東京都中央区例示町1-1'] },
    },
  },
  {
    kind: 'record-disclosure',
    scope: 'customer',
    lang: 'en',
    yen: '1,000',
    facts: granted,
    grounds: ['APPI Art. 33(5)'],
    before: async (who) => {
      await consents('customer', who);
      must(await provide('customer', who));
    },
    held: /Records of provision\s*1/,
    letters: { disclosed: () => ['株式会社例示運輸', '運輸太郎'] },
    other: {
      grounds: ['法33条5項'],
      held: /提供の記録\s*1/,
      letters: { disclosed: () => ['株式会社例示運輸', '運輸太郎'] },
    },
  },
  {
    kind: 'correction',
    scope: 'customer',
    lang: 'en',
    facts: untrue,
    grounds: ['APPI Art. 34(2)'],
    held: /Contracts.*Address/,
    changes: { address: '大阪府例示市2-2' },
    letters: { notice: () => ['Correction of personal information', 'Address', '大阪府例示市2-2'] },
    other: {
      grounds: ['法34条2項'],
      held: /契約台帳.*住所/,
      letters: { notice: () => ['個人情報の訂正など', '住所', '大阪府例示市2-2'] },
    },
    after: async (who) => {
      expect(must(await use('customer', who)).items.address).toBe('大阪府例示市2-2');
    },
  },
  {
    kind: 'stop-use',
    scope: 'customer',
    lang: 'ja',
    facts: { reason: 'may-harm', found: 'all' },
    grounds: ['法35条6項'],
    before: async (who) => expect(await usable('customer', who)).toBe(true),
    letters: { notice: () => ['利用の停止'] },
    other: { grounds: ['APPI Art. 35(6)'], letters: { notice: () => ['Use of personal information'] } },
    after: async (who) => expect(refusal(await use('customer', who))).toBe(403),
  },
  {
    kind: 'erasure',
    scope: 'customer',
    lang: 'ja',
    facts: { reason: 'no-longer-needed', found: 'all', keeping: 'no' },
    grounds: ['法35条6項'],
    before: async (who) => expect(await usable('customer', who)).toBe(true),
    letters: { notice: () => ['消去'] },
    other: { grounds: ['APPI Art. 35(6)'], letters: { notice: () => ['Erasure of personal information'] } },
    after: async (who) => expect(refusal(await use('customer', who))).toBe(404),
  },
  {
    kind: 'stop-provision',
    scope: 'customer',
    lang: 'en',
    facts: { reason: 'unlawful-provision', found: 'all' },
    grounds: ['APPI Art. 35(4)'],
    before: async (who) => {
      await consents('customer', who);
      must(await provide('customer', who));
    },
    letters: { notice: () => ['Provision of personal information to others'] },
    other: { grounds: ['法35条4項'], letters: { notice: () => ['個人情報の第三者への提供の停止'] } },
    after: async (who) => {
      expect(refusal(await provide('customer', who))).toBe(403);
      expect(await usable('customer', who)).toBe(true);
    },
  },
  {
    kind: 'foreign-information',
    scope: 'customer',
    lang: 'en',
    facts: { impedes: 'none' },
    grounds: ['APPI Rules Art. 18(3)'],
    before: async ({ id }) => {
      const ask = { principal: id, holding, items: ['email'], purpose: 'P3', recipient: abroad };
      must(await on.client.provide({ ...ask, facts: { relation: 'entrustment' } }));
    },
    letters: { notice: () => ['Measures of a recipient abroad'] },
    other: {
      grounds: ['規則18条3項'],
      letters: {
        notice: () => [
          '相手のある国の名称：ベトナム',
          '体制を整えた方法：',
          '確認の頻度と方法：',
          '支障についてとった措置の概要：',
        ],
      },
    },
  },
  {
    kind: 'disclosure',
    scope: 'my-number',
    lang: 'en',
    yen: '1000',
    facts: granted,
    grounds: ['APPI Art. 33(2)'],
    letters: { disclosed: ({ name }) => [name, '東京都中央区例示町1-1'] },
    other: {
      grounds: ['法33条2項'],
      letters: { disclosed: ({ name }) => [name, '東京都中央区例示町1-1'] },
    },
  },
  {
    kind: 'correction',
    scope: 'my-number',
    lang: 'ja',
    facts: untrue,
    grounds: ['法34条2項', '番号法16条'],
    changes: { address: '大阪府例示市3-3' },
    letters: { notice: () => ['特定個人情報', '大阪府例示市3-3'] },
    other: {
      grounds: ['APPI Art. 34(2)', 'Numbering Act Art. 16'],
      letters: { notice: () => ['specific personal information', '大阪府例示市3-3'] },
    },
    after: async (who) => {
      expect(must(await use('my-number', who)).items.address).toBe('大阪府例示市3-3');
    },
  },
  {
    kind: 'stop-use',
    scope: 'my-number',
    lang: 'en',
    facts: { reason: 'no-longer-needed', found: 'all' },
    grounds: ['APPI Art. 35(6)'],
    letters: { notice: () => ['specific personal information'] },
    other: { grounds: ['法35条6項'], letters: { notice: () => ['特定個人情報'] } },
    after: async (who) => expect(refusal(await use('my-number', who))).toBe(403),
  },
  {
    kind: 'erasure',
    scope: 'my-number',
    lang: 'en',
    facts: { reason: 'no-longer-needed', found: 'all', keeping: 'no' },
    grounds: ['APPI Art. 35(6)'],
    letters: { notice: () => ['specific personal information'] },
    other: { grounds: ['法35条6項'], letters: { notice: () => ['特定個人情報'] } },
    after: async (who) => expect(refusal(await use('my-number', who))).toBe(404),
  },
  {
    kind: 'stop-provision',
    scope: 'my-number',
    lang: 'ja',
    facts: { reason: 'unlawful-provision', found: 'all' },
    grounds: ['番号法19条'],
    before: async (who) => {
      await consents('my-number', who);
      must(await provide('my-number', who));
    },
    letters: { notice: () => ['第三者への提供'] },
    other: {
      grounds: ['Numbering Act Art. 19'],
      letters: { notice: () => ['Provision of specific personal information'] },
    },
    after: async (who) => expect(refusal(await provide('my-number', who))).toBe(403),
  },
];

/** Kinds whose decision page looks different from the others. */
const looked: readonly Kind[] = ['record-disclosure', 'correction', 'foreign-information'];

const effects: readonly Kind[] = ['correction', 'stop-use', 'erasure', 'stop-provision'];

/** The events a walk leaves, in their order. */
function eventsOf({ kind, yen = '0' }: Walk, items: number): string[] {
  const over = yenOf(yen) > (charged(kind) ? 1000 : 0);
  return [
    'registered',
    ...(formless(kind) ? [] : ['forms-sent']),
    'papers-received',
    'identified',
    'specified',
    'collected',
    ...Array.from({ length: kind === 'disclosure' ? items : 0 }, () => 'reviewed'),
    'decided',
    ...(effects.includes(kind) ? ['carried-out'] : []),
    'notified',
    'delivered',
    ...(over ? ['refunded'] : []),
    'closed',
  ];
}

/**
 * Every kind in both languages. Up to what is held, the pages of the kinds differ only in whether there is a form and a fee, and each language has
 * kinds of both sorts. So each kind is walked from the start in one language, and in the other from where it becomes specific.
 */
const both = walks.flatMap((walk): Walk[] => [
  walk,
  { ...walk, lang: walk.lang === 'ja' ? 'en' : 'ja', held: undefined, ...walk.other, begun: true },
]);

test('each language has kinds with and without a form, with and without a fee, of both scopes, before what is held', () => {
  const traits = ({ kind, scope, lang }: Walk): string[] =>
    [formless(kind) ? 'formless' : 'form', charged(kind) ? 'fee' : 'free', scope].map((trait) => `${lang} ${trait}`);
  const seen = both.filter(({ begun }) => !begun).flatMap(traits);
  expect([...new Set(seen)].sort()).toEqual([...new Set(both.flatMap(traits))].sort());
});

describe.each(both)('$kind ($scope, $lang)', (walk) => {
  test('goes from the envelope to the post', async () => {
    const { kind, scope, lang, facts, yen = '0' } = walk;
    const says = words[lang];
    const who = await somebody(scope, lang);
    await walk.before?.(who);
    const page = await clerk(lang);
    const id = walk.begun ? await alreadyCollected(walk, who, yen) : await upToCollected(page, walk, who, yen);
    if (walk.begun) await page.goto(on.url(`/desk/${id}`));
    expect(await page.locator('#clock').textContent()).toContain(says.target);
    if (walk.held) expect(await page.locator('#held').textContent()).toMatch(walk.held);
    if (kind === 'disclosure') await press(page, says.rest);
    expect(await askLaw(page, lang, facts)).toBe('可');
    const grounds = await page.locator('.finding .grounds').allTextContents();
    for (const article of walk.grounds) expect(grounds.join(' ')).toContain(article);
    // The pages of the other kinds are like that of an erasure, which pages.test.ts checks; the page for a partner is like that for a customer.
    expect(await faultsBothWays(page, lang, scope === 'customer' && looked.includes(kind))).toEqual([]);
    for (const [item, value] of Object.entries(walk.changes ?? {}))
      await fill(page, { [`set/${placeOf(scope)}/${item}`]: value });
    await press(page, says.decide);
    if (effects.includes(kind)) await press(page, says.do);
    for (const [name, phrases] of Object.entries(walk.letters)) {
      const text = await letter(page, name);
      for (const phrase of phrases(who)) expect(text).toContain(flat(phrase));
    }
    await answerGoes(page, lang);
    const over = eventsOf(walk, 0).includes('refunded');
    if (over) await press(page, says.returned);
    await press(page, says.close);
    await page.getByText(says.closed).waitFor();
    const { events, ...kept } = await keptOf(id);
    expect(events).toEqual(eventsOf(walk, scope === 'my-number' ? 3 : 4));
    // The papers are erased six months later.
    expect(kept).toEqual({ stage: 'closed', due: '2027-06-07', closed: '2026-12-07', result: 'granted' });
    await walk.after?.(who);
    expect(tabs[lang]!.complaints).toEqual([]);
  });
});

test('who asks the law with a fact lacking lands, in a narrow window, on what is said over it', async () => {
  const { page } = await on.enter('desk', 'en', 390);
  await upToCollected(page, { kind: 'stop-use', scope: 'customer', lang: 'en' }, await somebody('customer', 'en'), '0');
  await press(page, words.en.ask);
  await expect.poll(() => isAt(page, '.answer-bar')).toBe(true);
  expect(await page.locator('.answer-bar').textContent()).toContain('On hold');
  expect(await page.title()).not.toMatch(/^Error/);
  await page.context().close();
});

// ---- a question or complaint

test.each([
  {
    lang: 'en',
    sender: 'Jane Example',
    lacks: 'The answer: Write the answer',
    answer: 'Joint use means that companies named beforehand use it together.',
  },
  {
    lang: 'ja',
    sender: '例示 たずね',
    lacks: '答えの文：回答を書いてください',
    answer: '共同利用は、前もって決めた会社がいっしょに使うことです。',
  },
] as const)('a question is answered without anybody’s information being looked at ($lang)', async (asked) => {
  const { lang, sender, lacks, answer } = asked;
  const says = words[lang];
  const page = await clerk(lang);
  const id = await register(page, { kind: 'consultation', scope: 'customer', lang }, sender);
  await press(page, says.answer);
  await page.getByRole('link', { name: lacks }).waitFor();
  await fill(page, { answer });
  await press(page, says.answer);
  expect(await letter(page, 'answer')).toContain(flat(answer));
  await answerGoes(page, lang);
  await press(page, says.close);
  const { events, result } = await keptOf(id);
  expect([events.join(' '), result]).toEqual(['registered decided notified delivered closed', 'answered']);
});

// ---- what goes wrong

/** The error at a field. */
const problemAt = async (page: Page, name: string): Promise<string> =>
  (await page
    .locator(`#f-${name.replace('.', '-')}`)
    .locator('xpath=ancestor-or-self::*[contains(@class,"field")][1]')
    .locator('.err')
    .textContent()) ?? '';

const valueOf = (page: Page, name: string): Promise<string> => page.locator(`main [name="${name}"]`).inputValue();

const chosen = (page: Page, name: string): Promise<string[]> =>
  page.locator(`main [name="${name}"]:checked`).evaluateAll((all) => all.map((one) => one.getAttribute('value') ?? ''));

test.each([
  {
    lang: 'ja',
    record: '届かなかったと記録する',
    post: '届けたと記録する',
    leak: '漏えいに当たるかもしれません',
    back: '答えが本人に届いていません：ほかの人に渡った',
    again: 'もう一度届ける',
    ask: '漏えいの報告が要るかを関所に聞く',
    hold: '保留',
    unchecked: '宛先を本人に確かめてから送り',
  },
  {
    lang: 'en',
    record: 'Record that it did not arrive',
    post: 'Record it as delivered',
    leak: 'This may be a leak',
    back: 'The answer did not reach the person: somebody else got it',
    again: 'Deliver it again',
    ask: 'Ask the checkpoint whether it must be reported',
    hold: 'On hold',
    unchecked: 'Confirm the address with them',
  },
] as const)(
  'an answer that went to somebody else opens its request again, asks about a leak and is posted again ($lang)',
  async (said) => {
    const { lang } = said;
    const says = words[lang];
    const page = await clerk(lang);
    const id = await register(page, { kind: 'consultation', scope: 'customer', lang }, `Astray ${lang}`);
    await fill(page, { answer: lang === 'ja' ? 'お答えします。' : 'This is our answer.' });
    await press(page, says.answer);
    await answerGoes(page, lang);
    await press(page, says.close);
    await page.goto(on.url(`/desk/${id}?do=undelivered`));
    await press(page, said.record);
    expect((await problemAt(page, 'why')).length).toBeGreaterThan(1);
    await choose(page, 'why', 'astray');
    await choose(page, 'envelope', 'away');
    expect(await faultsBothWays(page, lang)).toEqual([]);
    await press(page, said.record);
    const shown = (await page.locator('main').textContent())!;
    for (const text of [said.leak, said.back, said.again]) expect(shown).toContain(text);
    expect(await faultsBothWays(page, lang)).toEqual([]);
    await press(page, said.ask);
    expect(new URL(page.url()).pathname).toBe('/ask/breach');
    expect(await page.locator('main').textContent()).toContain(said.hold);
    await page.goto(on.url(`/desk/${id}`));
    await press(page, said.post);
    expect(await problemAt(page, 'addressChecked')).toContain(said.unchecked);
    await choose(page, 'addressChecked', 'yes');
    await press(page, said.post);
    // Only the officer may say whether it is a leak.
    expect(await page.getByRole('main').getByRole('button', { name: says.close, exact: true }).count()).toBe(0);
    const { events, stage } = await keptOf(id);
    expect([events.slice(-2), stage]).toEqual([['undelivered', 'delivered'], 'delivered']);
    expect(tabs[lang]!.complaints).toEqual([]);
  },
);

describe('what goes wrong says what to do, and keeps what was typed', () => {
  test('a letter without its day, and the same letter twice', async () => {
    const page = await clerk('ja');
    await page.goto(on.url('/desk/new'));
    await fill(page, { 'sender.name': '例示 はるか', arrivedOn: '令和8年12月32日', says: '見せてほしい' });
    await press(page, words.ja.register);
    expect([await problemAt(page, 'kind'), await problemAt(page, 'arrivedOn')]).toEqual([
      '＊選んでください',
      '＊2026年12月に32日はありません',
    ]);
    expect([await valueOf(page, 'sender.name'), await valueOf(page, 'says')]).toEqual(['例示 はるか', '見せてほしい']);
    await choose(page, 'kind', 'disclosure');
    await fill(page, { arrivedOn: '2026/12/9' });
    await press(page, words.ja.register);
    expect(await problemAt(page, 'sender.address')).toBe('＊返信先の住所を書いてください');
    await fill(page, { 'sender.address': '〒104-0000 例示町3-4-5' });
    await press(page, words.ja.register);
    expect(await problemAt(page, 'arrivedOn')).toBe('＊今日より後の日は書けません');
    await fill(page, { arrivedOn: ARRIVED.ja });
    // There are no records of provision of a partner's My Number.
    await choose(page, 'kind', 'record-disclosure');
    await choose(page, 'scope', 'my-number');
    await press(page, words.ja.register);
    expect(await problemAt(page, 'kind')).toContain('番号法30条2項');
    await choose(page, 'kind', 'disclosure');
    await choose(page, 'scope', 'customer');
    await press(page, words.ja.register);
    const first = requestAt(page);
    // Apart from widths and spaces, it is the same letter.
    const again = { kind: 'disclosure', scope: 'customer', lang: 'ja' } as const;
    await register(page, again, '例示はるか');
    await page.getByText('同じ手紙を、すでに受け付けているようです').waitFor();
    expect(await page.getByRole('link', { name: 'すでにある方を開く' }).getAttribute('href')).toBe(`/desk/${first}`);
    expect(await faultsOf(page, 'ja', 1280)).toEqual([]);
    await choose(page, 'another', 'yes');
    await press(page, words.ja.register);
    expect(requestAt(page)).not.toBe(first);
  });

  test('a wrong form and no fee, then a part of it, then more than is due', async () => {
    const page = await clerk('ja');
    const asks = { kind: 'disclosure', scope: 'customer', lang: 'ja' } as const;
    const id = await register(page, asks, '差出 一子');
    await press(page, words.ja.sent);
    await fill(page, { feeYen: 'なし' });
    await press(page, words.ja.papers);
    expect([await problemAt(page, 'form'), await problemAt(page, 'feeYen'), await problemAt(page, 'method')]).toEqual([
      '＊選んでください',
      '＊0円以上の整数で書いてください',
      '＊選んでください',
    ]);
    await choose(page, 'form', 'wrong');
    await choose(page, 'method', 'none');
    await choose(page, 'unreadable', 'yes');
    await fill(page, { feeYen: '0' });
    await press(page, words.ja.papers);
    // What is missing is ticked in advance, and the letter says so.
    expect(await chosen(page, 'lacks')).toEqual(['form', 'fee', 'unreadable']);
    await press(page, '記録して手紙を作る');
    expect(await page.locator('#step').textContent()).toContain('所定の用紙、手数料、読める書類');
    const lacks = await letter(page, 'lacks');
    for (const phrase of ['用紙', '手数料', '1,000円']) expect(lacks).toContain(phrase);
    await papersCome(page, asks, '400');
    expect(await chosen(page, 'lacks')).toEqual(['fee']);
    await press(page, '記録して手紙を作る');
    await papersCome(page, asks, '900');
    // The 300 yen too much are returned at once, and the request goes on.
    await page.getByRole('link', { name: '手数料を返す' }).first().click();
    expect(await page.locator('[name=yen]').inputValue()).toBe('300');
    await fill(page, { yen: '3000' });
    await press(page, words.ja.returned);
    expect([await problemAt(page, 'yen'), await valueOf(page, 'yen')]).toEqual([
      '＊1円以上で、預かっている額までの額を書いてください',
      '3000',
    ]);
    await fill(page, { yen: '300' });
    await press(page, words.ja.returned);
    const { events, stage } = await keptOf(id);
    expect([events.slice(-2), stage]).toEqual([['papers-received', 'refunded'], 'papers']);
    expect(await page.locator('.banner-warn').count()).toBe(0);
  });

  test('that an ordinary letter is difficult is learned after the form was asked for, taken back as a slip, and learned again', async () => {
    const page = await clerk('ja');
    const asks = { kind: 'disclosure', scope: 'customer', lang: 'ja' } as const;
    const id = await register(page, asks, '点訳 一子');
    await press(page, words.ja.sent);
    await choose(page, 'form', 'none');
    await choose(page, 'method', 'paper');
    await fill(page, { feeYen: '1000' });
    await press(page, words.ja.papers);
    await press(page, '記録して手紙を作る');
    const other = async (name: string): Promise<void> => {
      await page.getByText('ほかの操作', { exact: true }).click();
      await answered(page, () => page.locator('.drop-box').getByRole('link', { name, exact: true }).click());
    };
    await other('書面に代わる方法で進める');
    expect(await page.locator('#step').textContent()).toContain(
      '用紙は要らなくなったと、その方に伝わる方法で知らせてください',
    );
    expect(await faultsOf(page, 'ja', 1280)).toEqual([]);
    await press(page, '記録する');
    // Nothing is waited for, and no button asks for a form.
    expect([await chosen(page, 'documents'), (await keptOf(id)).stage]).toEqual([[], 'papers']);
    await other('不足を知らせる');
    expect(await page.locator('main [name=lacks][value=form]').count()).toBe(0);
    await other('書面に代わる方法を取り消す');
    await press(page, '取り消す');
    expect(await chosen(page, 'lacks')).toEqual(['form']);
    await other('書面に代わる方法で進める');
    await press(page, '記録する');
    await identify(page, 'ja');
    const { events, stage } = await keptOf(id);
    expect([events.slice(-4), stage]).toEqual([['eased', 'eased', 'eased', 'identified'], 'identified']);
  });

  test('an agent without a power of attorney, and an identity that cannot be checked', async () => {
    const page = await clerk('en');
    const asks = { kind: 'erasure', scope: 'customer', lang: 'en' } as const;
    const id = await register(page, asks, 'Jane Agent');
    await press(page, words.en.sent);
    await papersCome(page, asks, '0');
    await press(page, words.en.identified);
    for (const [name, says] of [
      ['documents', 'Choose at least one document that was checked'],
      ['checked', 'Not checked yet: name, address, validity'],
    ])
      expect(await problemAt(page, name!)).toBe(`＊${says}`);
    await choose(page, 'requester', 'mandated-agent');
    await identify(page, 'en');
    expect(await problemAt(page, 'authority')).toBe('＊An agent with a mandate needs a power of attorney');
    expect(await page.locator('#f-authority').isVisible()).toBe(true);
    expect([await chosen(page, 'documents'), await chosen(page, 'requester')]).toEqual([
      ['driving-licence'],
      ['mandated-agent'],
    ]);
    // The authority is missing, so the person is asked for it.
    await page.getByRole('link', { name: 'Tell them what is missing' }).first().click();
    await choose(page, 'lacks', 'authority');
    await press(page, 'Record it and make the letter');
    expect(await letter(page, 'lacks')).toContain('mandate');
    await papersCome(page, asks, '0');
    await choose(page, 'requester', 'mandated-agent');
    await page.locator('summary', { hasText: 'If an agent made the request' }).click();
    await choose(page, 'authority', 'power-of-attorney');
    // The agent wrote: the address for the answer and the person it is about are asked for.
    await identify(page, 'en');
    expect(await problemAt(page, 'agent.address')).toBe('＊Enter the agent’s address, to which the answer is sent');
    await fill(page, { 'agent.name': 'Jane Agent', 'agent.address': '104-0000 9-9 Reiji-cho' });
    await press(page, words.en.identified);
    expect(await problemAt(page, 'agent.principal')).toMatch(/enter the name of the person they act for/);
    await fill(page, { 'agent.principal': 'Hanako Reiji' });
    await press(page, words.en.identified);
    expect((await keptOf(id)).stage).toBe('identified');
  });

  test('nobody is found: it is asked about, the officer decides, and the notice says so', async () => {
    const page = await clerk('ja');
    const asks = { kind: 'disclosure', scope: 'customer', lang: 'ja' } as const;
    const id = await register(page, asks, '不在 一郎');
    await press(page, words.ja.sent);
    await papersCome(page, asks, '1000');
    await identify(page, 'ja');
    await press(page, words.ja.found);
    expect(await problemAt(page, 'name')).toBe('＊1つ以上の条件を書いてください');
    await fill(page, { name: '不在 一郎' });
    await press(page, words.ja.found);
    expect(await problemAt(page, 'nobody')).toMatch(/^＊条件に合う人がいません。ほかの書き方や条件でも/);
    expect([await valueOf(page, 'name'), (await keptOf(id)).stage]).toEqual(['不在 一郎', 'identified']);
    await choose(page, 'nobody', 'yes');
    await press(page, words.ja.found);
    // Nothing is left to establish, so the answer is shown at once.
    await page.getByText('答えは「持っていない」になります').waitFor();
    expect((await page.locator('.finding .tegata').textContent())!.replace(/\s/g, '')).toBe('不可');
    await page.getByText('この答えは、個人情報保護管理者が決めます').waitFor();
    const officer = await on.enter('officer', 'ja');
    await officer.page.goto(on.url(`/desk/${id}`));
    await press(officer.page, words.ja.decide);
    expect(await problemAt(officer.page, 'told')).toBe('＊理由を書いてください');
    await fill(officer.page, { told: 'お名前で探しましたが、当社にはありませんでした。' });
    await press(officer.page, words.ja.decide);
    expect(await letter(officer.page, 'notice')).toContain('対象となる情報はありませんでした');
    expect((await keptOf(id)).result).toBe('absent');
    await officer.context.close();
  });

  test('two persons of one name and birth date are told apart, and one item is held back', async () => {
    const house = { ...on, access: on.app.access };
    const twins = await addHolding(house, {
      name: { ja: '会員台帳', en: 'Members' },
      items: ['name', 'birth_date', 'address', 'note'],
    });
    const both = { name: '例示 ふたば', birth_date: '1990-04-01' };
    const { principal } = await addPerson(house, twins, {
      ...both,
      address: '東京都中央区例示町3-4-5',
      note: '怒っていた',
    });
    await addPerson(house, twins, { ...both, address: '大阪府例示市西町1-1' });
    const page = await clerk('ja');
    const asks = { kind: 'disclosure', scope: 'customer', lang: 'ja' } as const;
    const id = await register(page, asks, '例示 ふたば');
    await press(page, words.ja.sent);
    await papersCome(page, asks, '1000');
    await identify(page, 'ja');
    await fill(page, { name: '例示 ふたば' });
    await press(page, words.ja.found);
    await page.getByText('条件に合う人が複数います').waitFor();
    expect(await valueOf(page, 'name')).toBe('例示 ふたば');
    expect(await faultsOf(page, 'ja', 1280)).toEqual([]);
    await choose(page, 'principal', principal);
    await press(page, words.ja.chosen);
    expect(await problemAt(page, 'toldApart')).toMatch(/何で見分けたかを選んで/);
    expect(await chosen(page, 'principal')).toEqual([principal]);
    await page.locator('[name=toldApart]').selectOption('address');
    await press(page, words.ja.chosen);
    await press(page, words.ja.collect);
    // What is held back needs a ground and a reason.
    await page
      .locator('tr', { hasText: 'メモ' })
      .or(page.locator('tr', { hasText: '備考' }))
      .first()
      .locator('a')
      .last()
      .click();
    await page.locator('#item').waitFor();
    await choose(page, 'decision', 'withhold');
    await press(page, 'この判断にする');
    expect(await problemAt(page, 'reason')).toBe('＊開示しない理由を書いてください');
    await fill(page, { reason: '社内の評価で、見せると仕事の適正な実施に著しい支障があります。' });
    await press(page, 'この判断にする');
    expect(await problemAt(page, 'ground')).toBe('＊開示しない部分には、法律の理由を選んでください');
    expect([await valueOf(page, 'reason').then((text) => text.slice(0, 5)), await chosen(page, 'decision')]).toEqual([
      '社内の評価',
      ['withhold'],
    ]);
    await choose(page, 'ground', 'impedes');
    await press(page, 'この判断にする');
    await press(page, words.ja.rest);
    await askLaw(page, 'ja', granted);
    // Granting less than was asked is for the officer to decide.
    await page.getByText('この答えは、個人情報保護管理者が決めます').waitFor();
    const officer = await on.enter('officer', 'ja');
    await officer.page.goto(on.url(`/desk/${id}`));
    await askLaw(officer.page, 'ja', granted);
    await fill(officer.page, { told: '社内の評価だけは、お見せできません。' });
    await press(officer.page, words.ja.decide);
    expect((await keptOf(id)).result).toBe('partly');
    const shown = await letter(officer.page, 'disclosed');
    expect([shown.includes('東京都中央区例示町3-4-5'), shown.includes('怒っていた')]).toEqual([true, false]);
    expect(await letter(officer.page, 'notice')).toContain('業務の適正な実施に著しい支障');
    await officer.context.close();
  });

  test('one person in two ledgers under two ids: both are chosen, and both are disclosed', async () => {
    const house = { ...on, access: on.app.access };
    const guests = await addHolding(house, {
      name: { ja: '説明会の参加者', en: 'Guests of the seminar' },
      items: ['name', 'email', 'address', 'note'],
    });
    const name = '例示 ふたえ';
    const address = '東京都中央区例示町3-4-5';
    const customer = await addPerson(house, holding, { name, email: 'futae@example.jp', address });
    const guest = await addPerson(house, guests, { name, email: 'f@example.com', address, note: '質問が三つあった' });
    const again = await addPerson(house, guests, { name, email: 'again@example.com', note: '別の日の参加' });
    const page = await clerk('ja');
    const asks = { kind: 'disclosure', scope: 'customer', lang: 'ja' } as const;
    const id = await register(page, asks, name);
    await press(page, words.ja.sent);
    await papersCome(page, asks, '1000');
    await identify(page, 'ja');
    await fill(page, { name });
    await press(page, words.ja.found);
    await page.getByText('この人のものはすべて選びます').waitFor();
    expect(await faultsBothWays(page, 'ja')).toEqual([]);
    // Two records in one ledger are not taken for one.
    await choose(page, 'principal', customer.principal, guest.principal, again.principal);
    await page.locator('[name=toldApart]').selectOption('address');
    await press(page, words.ja.chosen);
    expect(await problemAt(page, 'principal')).toMatch(/同じ台帳にあります（「説明会の参加者」）/);
    expect((await chosen(page, 'principal')).toSorted()).toEqual(
      [customer.principal, guest.principal, again.principal].toSorted(),
    );
    expect(await faultsBothWays(page, 'ja')).toEqual([]);
    await page.locator(`[name=principal][value="${again.principal}"]`).uncheck();
    await press(page, words.ja.chosen);
    await press(page, words.ja.collect);
    for (const part of ['#review', '#request']) {
      const listed = await page.locator(part).textContent();
      expect(['契約台帳', '説明会の参加者'].filter((ledger) => !listed?.includes(ledger))).toEqual([]);
    }
    expect(await faultsBothWays(page, 'ja')).toEqual([]);
    await press(page, words.ja.rest);
    await askLaw(page, 'ja', granted);
    await press(page, words.ja.decide);
    expect((await keptOf(id)).result).toBe('granted');
    const shown = await letter(page, 'disclosed');
    expect(['契約台帳', 'futae@example.jp', '質問が三つあった'].filter((said) => !shown.includes(said))).toEqual([]);
    expect(shown).not.toContain('別の日の参加');
  });

  test('somebody else took it further: it is said, and what was typed is kept', async () => {
    const page = await clerk('en');
    const asks = { kind: 'correction', scope: 'customer', lang: 'en' } as const;
    const id = await register(page, asks, 'Jane Overtaken');
    await press(page, words.en.sent);
    const other = await on.enter('officer', 'en');
    await other.page.goto(on.url(`/desk/${id}`));
    await papersCome(other.page, asks, '0');
    await choose(page, 'form', 'right');
    await fill(page, { registeredMail: '000-00-12345-6' });
    await press(page, words.en.papers);
    await page.getByText(/has moved it on: Papers received/).waitFor();
    // More may come until it is known who asks, so it is kept in the form.
    expect(await page.locator('[name="registeredMail"]').inputValue()).toContain('000-00-12345-6');
    expect(await faultsOf(page, 'en', 1280)).toEqual([]);
    await other.context.close();
  });

  test('the person sees the stage with the code of the letter, and nothing of whose it is', async () => {
    const page = await clerk('ja');
    await register(page, { kind: 'stop-use', scope: 'customer', lang: 'ja' }, '公開 はるか');
    const number = (await page.locator('h1').textContent())!.split(' ').at(-1)!;
    const code = (await page.locator('#request dd').last().textContent())!.trim();
    await page
      .getByRole('main')
      .getByRole('button', { name: /差出人/ })
      .click();
    await page.getByText('〒104-0000 例示町3-4-5').waitFor();
    const outside = await openTab(on.browser, { lang: 'ja' });
    await outside.page.goto(on.url('/requests/status?lang=ja'));
    await fill(outside.page, { number, code: '00000-00000' });
    await press(outside.page, '見る');
    expect(await problemAt(outside.page, 'number')).toMatch(/手紙のとおりに入れてください/);
    await fill(outside.page, { code: code.toLowerCase() });
    await press(outside.page, '見る');
    await outside.page.getByText('お申し出を受け付けました').waitFor();
    expect(await outside.page.locator('main').textContent()).not.toContain('はるか');
    expect([...(await faultsOf(outside.page, 'ja', 1280)), ...outside.complaints]).toEqual([]);
    await outside.context.close();
  });
});

// Last, because the clock goes on by weeks.
describe('an answer that is not posted, or does not arrive', () => {
  /** A question in Japanese whose answer lies ready. */
  async function ready(page: Page, sender: string): Promise<string> {
    const id = await register(page, { kind: 'consultation', scope: 'customer', lang: 'ja' }, sender);
    await fill(page, { answer: 'お答えします。' });
    await press(page, words.ja.answer);
    await press(page, words.ja.ready);
    return id;
  }
  const main = async (page: Page): Promise<string> => (await page.locator('main').textContent())!;

  test('is handed over at the desk: the receipt is printed, and whether it was signed is recorded', async () => {
    const page = await clerk('ja');
    await ready(page, '来訪 はるか');
    await choose(page, 'by', 'visit');
    await page.getByText('窓口で手渡したとき', { exact: true }).click();
    const slip = await letter(page, 'handover');
    expect(['受領書', 'お客様個人情報窓口', 'お名前（署名）'].filter((part) => !slip.includes(part))).toEqual([]);
    expect(slip).not.toContain('はるか');
    expect(await faultsBothWays(page, 'ja')).toEqual([]);
    await press(page, words.ja.delivered);
    expect(await problemAt(page, 'signed')).toBe('＊選んでください');
    await choose(page, 'identityChecked', 'yes');
    await choose(page, 'signed', 'signed');
    await press(page, words.ja.delivered);
    expect(await main(page)).toContain('答えを手渡し（受領の署名あり）');
  });

  test('comes back, the person is asked to get in touch, it is given up, and goes out once they turn up', async () => {
    const page = await clerk('ja');
    const id = await ready(page, '不達 はるか');
    await press(page, words.ja.delivered);
    await press(page, words.ja.close);
    await page.goto(on.url(`/desk/${id}?do=undelivered`));
    await choose(page, 'why', 'unfetched');
    await choose(page, 'envelope', 'unopened');
    await press(page, '届かなかったと記録する');
    await page.goto(on.url(`/desk/${id}?do=sought`));
    await choose(page, 'how', 'letter');
    expect(await faultsBothWays(page, 'ja')).toEqual([]);
    await press(page, '連絡を記録する');
    const link = page.getByRole('link', { name: '連絡のお願い（PDF）' });
    const asked = await page.request.get(on.url((await link.getAttribute('href'))!), { maxRetries: 2 });
    const text = await wordsOf(await asked.body());
    expect([text.includes('ご連絡のお願い'), /相談|窓口|個人情報/.test(text)]).toEqual([true, false]);
    expect(await faultsBothWays(page, 'ja')).toEqual([]);

    clock.moveTo('2027-01-05T10:00:00+09:00');
    const officer = await on.enter('officer', 'ja');
    await officer.page.goto(on.url(`/desk/${id}?do=closed`));
    await press(officer.page, words.ja.close);
    expect([await main(officer.page), (await keptOf(id)).closed]).toEqual([
      expect.stringContaining('答えが届かないまま終えました'),
      '2027-01-05',
    ]);
    await officer.page.getByRole('link', { name: '本人と連絡が取れたら' }).first().click();
    await officer.page.locator('#step').waitFor();
    await press(officer.page, '連絡が取れたと記録する');
    await choose(officer.page, 'addressChecked', 'yes');
    await press(officer.page, words.ja.delivered);
    const { events, closed } = await keptOf(id);
    expect([events.slice(-4), closed]).toEqual([['sought', 'closed', 'addressed', 'delivered'], null]);
    expect(officer.complaints).toEqual([]);
    await officer.context.close();
  });
});
