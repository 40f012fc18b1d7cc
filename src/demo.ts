// Fills an empty office with fictional people and records, by the same verbs and through the same checkpoint as real work: eight weeks of
// it, on a clock that walks from then to now. Nobody here exists.

import type { Action, Actor, Role } from './base/actor.ts';
import { roles } from './base/actor.ts';
import { addDays, dayOf, type Day } from './base/day.ts';
import type { Outcome } from './base/outcome.ts';
import { assemble, type AppOptions, type Assembly } from './app.tsx';
import { fictionalPerson, type FictionalPerson } from './demo-people.ts';
import {
  addFictionalStaff,
  createSystem,
  createToken,
  listStaff,
  listSystems,
  roleNames,
} from './features/access/index.ts';
import { acquire, type AcquireAsk } from './features/acquisition/index.ts';
import { correct, eraseAll, find, standing, use } from './features/checkpoint/index.ts';
import { recordConsent, startText, writeText, type TextInput } from './features/consent/index.ts';
import { consult, judge, questionOf } from './features/consultation/index.ts';
import { registerHolding, type HoldingInput } from './features/ledger/index.ts';
import { evaluatePromises, policyInForce } from './features/policy/index.ts';
import { provide, type ProvideAsk } from './features/provision/index.ts';
import {
  assureRecipient,
  checkRecipient,
  registerRecipient,
  reportCountry,
  type AssuranceInput,
  type RecipientInput,
} from './features/recipients/index.ts';
import { integrate } from './log/index.ts';
import type { Office } from './office.ts';
import { standingClock } from './platform/clock.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const WEEKS = 8;
const PEOPLE_PER_WEEK = 30;

export interface DemoAccount {
  role: Role;
  email: string;
  password: string;
}

const names: Record<Role, string> = {
  officer: '関口 真理',
  desk: '佐伯 直子',
  handler: '森田 翔',
  'my-number': '小山 恵',
  auditor: '石橋 誠',
  administrator: '北川 亮',
  reception: '西野 彩',
  employee: '大月 学',
};

/** The demo's accounts. Their passwords are printed on purpose: nothing in a demo is real. */
export const demoAccounts: readonly DemoAccount[] = roles.map((role) => ({
  role,
  email: `${role}@example.jp`,
  password: `demo-${role}-sekisho`,
}));

const must = <T>(outcome: Outcome<T>): T => {
  if (outcome.ok) return outcome.value;
  throw new Error(`demo: ${JSON.stringify(outcome.problem)}`);
};

/** Whoever does something in the demo, with the authority they really have. */
interface Doer {
  actor: Actor;
  authority(action: Action): readonly string[];
}

interface Scene {
  office: Office;
  assembly: Assembly;
  clock: { now(): number; moveTo(at: string): void };
  doers: Record<Role, Doer>;
}

const listed = (text: string): string[] => text.split(' ');
const CARD = 'name name_kana email phone company department job_title';

type HoldingKey = 'customers' | 'seminar' | 'newsletter' | 'visitors' | 'inquiries' | 'calls' | 'connections';

const holdingInputs: Record<HoldingKey, Omit<HoldingInput, 'manager'>> = {
  customers: {
    name: { ja: 'お客様台帳', en: 'Customers' },
    department: '営業部',
    purposes: ['P1', 'P2'],
    items: listed(`${CARD} postal_code address`),
    place: '関所の保管庫',
    retention: { years: 7, from: '取引の終わり' },
    channels: listed('paper web-form e-mail'),
    principals: ['customer'],
    access: '営業部と経理部の担当者',
  },
  seminar: {
    name: { ja: 'セミナー参加者名簿', en: 'Seminar participants' },
    department: '企画室',
    purposes: ['P3'],
    items: listed(CARD),
    place: '関所の保管庫',
    retention: { years: 2, from: '開催日' },
    channels: listed('web-form paper indirect'),
    principals: ['prospect'],
    access: '企画室の担当者',
  },
  newsletter: {
    name: { ja: 'メールマガジン購読者', en: 'Newsletter subscribers' },
    department: '企画室',
    purposes: ['P3'],
    items: listed('name email company'),
    place: '関所の保管庫',
    retention: { until: '配信停止の申し出' },
    channels: listed('web-form'),
    principals: ['prospect'],
    access: '企画室の担当者',
  },
  visitors: {
    name: { ja: '来訪者名簿', en: 'Visitors' },
    department: '総務部',
    purposes: ['P4'],
    items: listed('name company visit'),
    place: '関所の保管庫',
    retention: { months: 24, from: '来訪日' },
    channels: listed('paper'),
    principals: ['visitor'],
    access: '受付と総務部',
  },
  inquiries: {
    name: { ja: 'お問い合わせの記録', en: 'Inquiries' },
    department: 'サポート部',
    purposes: ['P1'],
    items: listed('name name_kana email phone inquiry'),
    place: '関所の保管庫',
    retention: { years: 3, from: '対応の終わり' },
    channels: listed('e-mail web-form'),
    principals: ['customer', 'prospect'],
    access: 'サポート部の担当者',
  },
  calls: {
    name: { ja: '通話の録音', en: 'Recorded calls' },
    department: 'サポート部',
    purposes: ['P1'],
    items: listed('phone recording'),
    place: '関所の保管庫',
    retention: { months: 6, from: '通話日' },
    channels: listed('sound-recording'),
    principals: ['customer'],
    access: 'サポート部の責任者',
  },
  connections: {
    name: { ja: 'サーバー接続の記録', en: 'Connections to our servers' },
    department: '情報システム部',
    purposes: ['P4'],
    items: listed('name access_record'),
    place: '関所の保管庫',
    retention: { months: 12, from: '接続日' },
    channels: listed('electronic'),
    principals: ['customer', 'partner'],
    access: '情報システム部の担当者',
  },
};

const pick = (person: FictionalPerson, codes: readonly string[]): Record<string, string> =>
  Object.fromEntries(Object.entries(person).filter(([code]) => codes.includes(code)));

/** What a person says when coming into a holding, in that holding's own way. */
function entering(key: HoldingKey, person: FictionalPerson, n: number): Omit<AcquireAsk, 'holding'> {
  const own = { source: 'principal' as const, purposes: holdingInputs[key].purposes };
  const shown = { purposeIndicated: { placement: 'before-submit' as const } };
  const codes = holdingInputs[key].items as string[];
  switch (key) {
    case 'visitors':
      return {
        ...own,
        ...shown,
        channel: 'paper',
        items: { ...pick(person, codes), visit: '情報システム部との打ち合わせ' },
      };
    case 'inquiries':
      return {
        ...own,
        ...shown,
        channel: 'web-form',
        items: { ...pick(person, codes), inquiry: '運用サービスの契約の更新について知りたい。' },
      };
    case 'calls':
      return {
        ...own,
        source: 'observed',
        channel: 'sound-recording',
        items: { phone: person.phone, recording: `通話録音 ${n}：注文内容の確認` },
      };
    case 'connections':
      return {
        ...own,
        ...shown,
        channel: 'electronic',
        items: { name: person.name, access_record: '検証用サーバーへの接続（作業の申請あり）' },
      };
    default:
      return { ...own, ...shown, channel: 'web-form', items: pick(person, codes) };
  }
}

const KEYS = Object.keys(holdingInputs) as HoldingKey[];
/** How the thirty of a week fall to the holdings. */
const shares: readonly HoldingKey[] = [
  ...Array<HoldingKey>(10).fill('customers'),
  ...Array<HoldingKey>(6).fill('seminar'),
  ...Array<HoldingKey>(5).fill('newsletter'),
  ...Array<HoldingKey>(4).fill('visitors'),
  ...Array<HoldingKey>(3).fill('inquiries'),
  'calls',
  'connections',
];

async function makeStaff(assembly: Assembly): Promise<Record<Role, Doer>> {
  for (const { role, email, password } of demoAccounts) {
    await addFictionalStaff(assembly.access, { name: names[role], email, roles: [role], password });
  }
  const staff = await listStaff(assembly.access);
  const doers = demoAccounts.map(({ role, email }): [Role, Doer] => {
    const one = staff.find((member) => member.email === email)!;
    const actor: Actor = { kind: 'staff', id: one.id, name: one.name, roles: [role] };
    return [role, { actor, authority: (action) => assembly.access.policies.decide(actor, action).policies }];
  });
  return Object.fromEntries(doers) as Record<Role, Doer>;
}

async function makeHoldings({ assembly, doers }: Scene): Promise<Record<HoldingKey, string>> {
  const { actor, authority } = doers.officer;
  const ids: Partial<Record<HoldingKey, string>> = {};
  for (const key of KEYS) {
    const input = { ...holdingInputs[key], manager: actor.kind === 'staff' ? actor.id : '' };
    ids[key] = must(await registerHolding(assembly.ledger, { actor, authority: authority('ledger:write') }, input)).id;
  }
  return ids as Record<HoldingKey, string>;
}

const corporation = { kind: 'corporation', country: 'JP' };

/** Whom the company hands information to, as the register has them. */
const recipientInputs = {
  seminarHost: {
    ...corporation,
    name: '株式会社共同企画',
    address: '大阪府例示市中町2-3-4',
    representative: '共同 太郎',
    relations: ['third-party'],
  },
  printer: {
    ...corporation,
    name: '株式会社みなと印刷',
    address: '東京都例示区桜台5-6-7',
    representative: '港 花子',
    relations: ['entrustment'],
  },
  germanSupport: {
    ...corporation,
    name: 'Beispiel Support GmbH',
    address: 'Musterstrasse 1, Berlin',
    representative: 'Erika Beispiel',
    country: 'DE',
    relations: ['entrustment'],
  },
  singaporeEvents: {
    ...corporation,
    name: 'Example Events Pte. Ltd.',
    address: '1 Example Road, Singapore',
    representative: 'Tan Example',
    country: 'SG',
    relations: ['entrustment'],
  },
  vietnamPartner: {
    ...corporation,
    name: 'Vi Du Cong Ty',
    address: '1 Vi Du, Ha Noi',
    representative: 'Nguyen Vi Du',
    country: 'VN',
    relations: ['third-party'],
  },
  taxOffice: {
    kind: 'state-organ',
    name: '例示税務署',
    address: '東京都例示区港町1-1',
    country: 'JP',
    relations: ['third-party'],
  },
} satisfies Record<string, RecipientInput>;

type RecipientKey = keyof typeof recipientInputs;

const entrusted = {
  kind: 'entrustment',
  reference: '業務委託契約',
  ownUse: false,
  assessed: true,
  contract: true,
  monitored: true,
};

/** What a provision to them rests on, from the first day of those weeks. */
const assurances: Partial<Record<RecipientKey, Omit<AssuranceInput, 'from'>[]>> = {
  printer: [entrusted],
  germanSupport: [entrusted],
  singaporeEvents: [
    entrusted,
    {
      kind: 'equivalent-system',
      reference: '個人データの取扱いに関する覚書',
      by: 'contract',
      measures: '日本の個人情報保護法第4章第2節の定めに沿う措置を、契約で約束している。',
      checkMethod: '年に1回、書面と訪問で確かめる。',
      checkMonths: 12,
    },
  ],
};

type TextKey = 'seminar-partner' | 'viet-nam-partner';

/** What persons are asked to consent to. */
const textInputs: Record<
  TextKey,
  Omit<TextInput, 'code' | 'holding' | 'recipients'> & { holding: HoldingKey; recipient: RecipientKey }
> = {
  'seminar-partner': {
    kind: 'provision',
    name: { ja: 'セミナー共催者への提供', en: 'Provision to the seminar partner' },
    wording: {
      ja: '氏名、会社名、メールアドレスを、共催者の株式会社共同企画に渡すことに同意します。共催者はセミナーのご案内に使います。',
      en: 'I consent to my name, company and e-mail address going to Kyodo Kikaku, who holds the seminar with you and uses them to tell me about seminars.',
    },
    purposes: ['P3'],
    items: ['name', 'company', 'email'],
    holding: 'seminar',
    recipient: 'seminarHost',
    abroad: false,
    shown: {},
  },
  'viet-nam-partner': {
    kind: 'provision-abroad',
    name: { ja: 'ベトナムの提携先への提供', en: 'Provision to the partner in Viet Nam' },
    wording: {
      ja: '外国の制度と提携先の措置を読んだうえで、氏名、会社名、メールアドレスをベトナムの提携先に渡すことに同意します。',
      en: 'Having read about the country’s system and the partner’s measures, I consent to my name, company and e-mail address going to the partner in Viet Nam.',
    },
    purposes: ['P2'],
    items: ['name', 'company', 'email'],
    holding: 'customers',
    recipient: 'vietnamPartner',
    abroad: true,
    shown: {
      country: { code: 'VN' },
      system: { report: 1 },
      measures: {
        text: {
          ja: '提携先は、OECDの8原則に沿う措置を社内規程で定めている。',
          en: 'The partner’s own rules set measures in line with the eight principles of the OECD.',
        },
      },
    },
  },
};

interface Story {
  week: number;
  key: HoldingKey;
  items: string;
  purpose: string;
  recipient: RecipientKey;
  /** The text the person has consented to before. */
  consent?: TextKey;
  /** `on(week, days)`: so many days after the beginning of a week. */
  facts: (on: (week: number, days: number) => Day) => ProvideAsk['facts'];
}

/** What is handed to others in those weeks: allowed and refused. */
const stories: readonly Story[] = [
  {
    week: 1,
    key: 'customers',
    items: 'name postal_code address',
    purpose: 'P1',
    recipient: 'printer',
    facts: () => ({ relation: 'entrustment' }),
  },
  {
    week: 2,
    key: 'seminar',
    items: 'name company email',
    purpose: 'P3',
    recipient: 'seminarHost',
    consent: 'seminar-partner',
    facts: () => ({ relation: 'third-party' }),
  },
  {
    week: 3,
    key: 'customers',
    items: 'name email',
    purpose: 'P2',
    recipient: 'seminarHost',
    facts: () => ({ relation: 'third-party' }),
  },
  {
    week: 4,
    key: 'inquiries',
    items: 'name email inquiry',
    purpose: 'P1',
    recipient: 'germanSupport',
    facts: () => ({ relation: 'entrustment' }),
  },
  {
    week: 5,
    key: 'customers',
    items: 'name company',
    purpose: 'P2',
    recipient: 'seminarHost',
    facts: (on) => ({ relation: 'third-party', optOut: { announcedOn: on(1, 0), filedOn: on(1, 0) } }),
  },
  {
    week: 5,
    key: 'seminar',
    items: 'name email',
    purpose: 'P3',
    recipient: 'singaporeEvents',
    facts: () => ({ relation: 'entrustment' }),
  },
  {
    week: 6,
    key: 'customers',
    items: 'name company email',
    purpose: 'P2',
    recipient: 'vietnamPartner',
    consent: 'viet-nam-partner',
    facts: () => ({ relation: 'third-party' }),
  },
  {
    week: 7,
    key: 'customers',
    items: 'name address',
    purpose: 'P2',
    recipient: 'taxOffice',
    facts: () => ({
      relation: 'third-party',
      exception: { item: '27(1)(i)', legalBasis: '国税通則法74条の2（文書 例示-123）' },
    }),
  },
];

interface Giving {
  recipients: Record<RecipientKey, string>;
  texts: Record<TextKey, { code: string; version: number }>;
}

/** Registers whom information may go to, what is known of their country, and what persons are asked to consent to. */
async function prepareGiving({ office, doers, clock }: Scene, holdings: Record<HoldingKey, string>): Promise<Giving> {
  const { actor, authority } = doers.officer;
  const on = dayOf(clock.now());
  const by = { actor, authority: authority('recipients:write') };
  const recipients: Partial<Record<RecipientKey, string>> = {};
  for (const key of Object.keys(recipientInputs) as RecipientKey[]) {
    const { id } = must(await registerRecipient(office, by, recipientInputs[key]));
    recipients[key] = id;
    for (const one of assurances[key] ?? []) must(await assureRecipient(office, by, id, { ...one, from: on }));
  }
  const ids = recipients as Record<RecipientKey, string>;
  const check = { on: addDays(on, -280), method: '書面と訪問', measures: 'kept' };
  must(await checkRecipient(office, by, ids.singaporeEvents, check));
  const vietnam = {
    systemExists: true,
    indicators: [],
    missingPrinciples: ['individual-participation'],
    graveSystems: '公安機関が広くデータの提供を求められる制度がある。',
    source: 'https://example.jp/countries/vn',
    checkedOn: on,
  };
  must(await reportCountry(office, by, { country: 'VN', version: 0, input: vietnam }));
  const texts: Partial<Giving['texts']> = {};
  for (const code of Object.keys(textInputs) as TextKey[]) {
    const { holding, recipient, ...text } = textInputs[code];
    const input = { ...text, code, holding: holdings[holding], recipients: [ids[recipient]] };
    const writer = { actor, authority: authority('ledger:write') };
    const { version } = must(await writeText(office, writer, input));
    must(await startText(office, writer, { code, version, from: on }));
    texts[code] = { code, version };
  }
  return { recipients: ids, texts: texts as Giving['texts'] };
}

interface Came {
  key: HoldingKey;
  principal: string;
}

async function weekOfWork(
  scene: Scene,
  week: number,
  holdings: Record<HoldingKey, string>,
  came: Came[],
): Promise<void> {
  const { office, doers, clock } = scene;
  const { handler, desk } = doers;
  const start = clock.now();
  for (let i = 0; i < PEOPLE_PER_WEEK; i++) {
    clock.moveTo(new Date(start + Math.floor(i / 6) * DAY_MS + (i % 6) * 80 * MINUTE_MS).toISOString());
    const n = week * PEOPLE_PER_WEEK + i;
    const key = shares[i % shares.length]!;
    const ask = { ...entering(key, fictionalPerson(n), n), holding: holdings[key] };
    const acquired = await acquire(office, handler.actor, { ...ask, authority: handler.authority('people:acquire') });
    came.push({ key, principal: must(acquired).record.principal });
  }
  for (let i = 0; i < 12; i++) {
    clock.moveTo(new Date(start + 4 * DAY_MS + (7 * 60 + i * 10) * MINUTE_MS).toISOString());
    const one = came[(week * 37 + i * 11) % came.length]!;
    const [item] = holdingInputs[one.key].items as string[];
    // Every sixth reading is for a purpose the information was not collected for: the checkpoint refuses it.
    const purpose = i % 6 === 5 ? (one.key === 'visitors' ? 'P3' : 'P4') : holdingInputs[one.key].purposes[0]!;
    await use(office, desk.actor, {
      principal: one.principal,
      holding: holdings[one.key],
      items: [item!],
      purpose,
      authority: desk.authority('people:use'),
    });
  }
}

async function deskWork(scene: Scene, week: number, holdings: Record<HoldingKey, string>, came: Came[]): Promise<void> {
  const { office, doers } = scene;
  const { desk } = doers;
  const customer = came.filter((one) => one.key === 'customers')[week * 5 + 1];
  if (customer) {
    await correct(office, desk.actor, {
      principal: customer.principal,
      holding: holdings.customers,
      items: { department: '経営企画部' },
      ground: 'accuracy',
      authority: desk.authority('people:correct'),
    });
  }
  if (week === 3 || week === 6) {
    const subscriber = came.filter((one) => one.key === 'newsletter')[week]!;
    await eraseAll(office, desk.actor, {
      principal: subscriber.principal,
      ground: 'request-harm',
      authority: desk.authority('people:erase'),
    });
  }
  await find(office, desk.actor, {
    terms: [{ kind: 'kana', term: 'サトウ' }],
    holding: null,
    authority: desk.authority('people:search'),
  });
}

/** Furnishes an office that has nobody yet; does nothing on one that has. True when it was furnished now. */
export async function furnish(office: Office, options: AppOptions): Promise<boolean> {
  const started = office.clock.now() - WEEKS * 7 * DAY_MS;
  const clock = standingClock(new Date(started).toISOString());
  const past: Office = { ...office, clock };
  const assembly = await assemble(past, options);
  try {
    if ((await listStaff(assembly.access)).length > 0) return false;
    const scene: Scene = { office: past, assembly, clock, doers: await makeStaff(assembly) };
    const holdings = await makeHoldings(scene);
    const giving = await prepareGiving(scene, holdings);
    const came: Came[] = [];
    const on = (week: number, days: number): Day => addDays(dayOf(started), week * 7 + days);
    for (let week = 0; week < WEEKS; week++) {
      // In office hours, Japanese time.
      clock.moveTo(`${on(week, 1)}T09:00:00+09:00`);
      await weekOfWork(scene, week, holdings, came);
      await deskWork(scene, week, holdings, came);
      clock.moveTo(`${on(week, 6)}T10:00:00+09:00`);
      await tell(scene, week, on, holdings, giving, came);
      await evaluatePromises(past, assembly.provers);
    }
    clock.moveTo(`${on(WEEKS - 1, 6)}T11:20:00+09:00`);
    await consulting(scene, holdings);
    while ((await integrate(office.database, office.signer)) > 0);
    return true;
  } finally {
    await assembly.close();
  }
}

async function tell(
  scene: Scene,
  week: number,
  on: (week: number, days: number) => Day,
  holdings: Record<HoldingKey, string>,
  { recipients, texts }: Giving,
  came: Came[],
): Promise<void> {
  const { office, doers } = scene;
  const { actor, authority } = doers.desk;
  for (const { key, items, purpose, recipient, consent, facts } of stories.filter((story) => story.week === week)) {
    const { principal } = came.find((person) => person.key === key)!;
    if (consent) {
      const given = { on: on(week, 2), at: null };
      const asked = {
        principal,
        text: texts[consent],
        language: 'ja',
        given,
        givenBy: 'principal',
        representative: null,
        channel: 'web-form',
        method: 'web-form',
        note: null,
        evidence: '申込みフォームの記録',
        shown: textInputs[consent].abroad ? given : null,
      } as const;
      must(await recordConsent(office, { actor, authority: authority('consents:write') }, asked));
    }
    await provide(office, actor, authority('people:provide'), {
      principal,
      holding: holdings[key],
      items: listed(items),
      purpose,
      recipient: recipients[recipient],
      facts: facts(on),
    });
  }
}

/** What people asked the checkpoint and kept: a yes, a no and a hold; and what the officer judged. */
async function consulting({ office, doers, clock }: Scene, holdings: Record<HoldingKey, string>): Promise<void> {
  const stands = await standing(office);
  const on = office.clock.today();
  const partner = {
    kind: 'corporation',
    name: '株式会社共同企画',
    address: '大阪府例示市中町2-3-4',
    representative: '共同 太郎',
    country: 'JP',
  };
  const consent = {
    givenBy: 'principal',
    on: addDays(on, -3),
    coversPurpose: true,
    coversRecipient: true,
    coversItems: true,
  };
  const items = ['name', 'company', 'email'];
  const giving = { relation: 'third-party', recipient: partner, items, purpose: 'P3' };
  const asked = [
    ['employee', 'provide', 'seminar', { ...giving, consent }],
    ['reception', 'use', 'visitors', { purpose: 'P3', consent: null }],
    ['handler', 'provide', 'seminar', giving],
  ] as const;
  for (const [role, id, key, stated] of asked) {
    const { actor, authority } = doers[role];
    const question = questionOf(id)!;
    const statement = { question, stated, holding: stands.holdings.get(holdings[key])!, items, on };
    must(await consult(office, actor, authority('checkpoint:ask'), stands, statement));
    clock.moveTo(new Date(clock.now() + 17 * MINUTE_MS).toISOString());
  }
  const { actor, authority } = doers.officer;
  await judge(office, actor, authority('judgements:write'), {
    code: 'legalJustification',
    holding_id: null,
    purpose: null,
    answer: false,
    why: '令状も本人の個別の同意もない照会には応じないと、法務担当と確かめた。',
    until_day: addDays(on, 180),
  });
}

/** Fresh API tokens, one per role, each allowed what a system may be and the role is. Roles that allow a system nothing have none. */
export async function demoTokens(
  office: Office,
  assembly: Pick<Assembly, 'access'>,
): Promise<Partial<Record<Role, string>>> {
  const { access } = assembly;
  const by = { actor: { kind: 'sekisho' } as Actor, authority: [] };
  const known = (await policyInForce(office, office.clock.today()))?.policy.purposes.map((purpose) => purpose.id) ?? [];
  const customer = known.filter((id) => id.startsWith('P'));
  const tokens: Partial<Record<Role, string>> = {};
  const systems = await listSystems(access);
  for (const role of roles) {
    const actor: Actor = { kind: 'staff', id: '', name: '', roles: [role] };
    const actions = access.policies.systemActions.filter((action) => access.policies.decide(actor, action).allowed);
    if (actions.length === 0) continue;
    const name = `デモ用システム（${roleNames([role], 'ja')}）`;
    const systemId =
      systems.find((system) => system.name === name)?.id ?? must(await createSystem(access, by, { name })).id;
    tokens[role] = must(
      await createToken(access, by, { systemId, purposes: customer, actions, days: 30 }, known),
    ).token;
  }
  return tokens;
}
