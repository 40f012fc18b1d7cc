// Fills an empty office with fictional people and records, by the same actions and through the same checkpoint as real work: eight weeks, on a
// clock that moves from then to now. Nobody here exists.

import type { Action, Actor, Role } from './base/actor.ts';
import { roles } from './base/actor.ts';
import { addDays, dayOf, type Day } from './base/day.ts';
import { assemble, type AppOptions, type Assembly } from './app.ts';
import { dayOfDesk, openDesk, type Letters } from './demo-desk.ts';
import { must, prepareGiving, visitSites, weekOfGiving } from './demo-giving.ts';
import { fictionalPerson, type FictionalPerson } from './demo-people.ts';
import {
  addFictionalStaff,
  createSystem,
  createToken,
  listStaff,
  listSystems,
  revokeToken,
  roleNames,
  withTokens,
  type By,
} from './features/access/index.ts';
import { acquire, type AcquireAsk } from './features/acquisition/index.ts';
import { OTHER_PURPOSE, useBeyond } from './features/beyond/index.ts';
import { correct, eraseAll, find, standing, use } from './features/checkpoint/index.ts';
import { consult, judge, questionOf } from './features/consultation/index.ts';
import { registerHolding, type HoldingInput } from './features/ledger/index.ts';
import { linkPeople } from './features/people/index.ts';
import { evaluatePromises, policyInForce } from './features/policy/index.ts';
import { integrate } from './log/index.ts';
import type { Office } from './office.ts';
import { standingClock } from './platform/clock.ts';
import { StartProblem } from './platform/start-problem.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const WEEKS = 8;
const PEOPLE_PER_WEEK = 30;
/** A former customer who writes again later, by their numbers among the arrivals: kept twice until the officer notices. */
const CAME_TWICE = { first: 38, again: 176 };
/** The week from which the web sites show their notice. */
const VISITED_FROM = 4;

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

/** Returns an actor of the demo with the authority they really have. */
type Doer = (action: Action) => By;

const listed = (text: string): string[] => text.split(' ');
const CARD = 'name name_kana email phone company department job_title';

export type HoldingKey = 'customers' | 'seminar' | 'newsletter' | 'visitors' | 'inquiries' | 'calls' | 'connections';

/** A person who came into a holding. */
interface Came {
  key: HoldingKey;
  principal: string;
}

/** The office in those weeks: who works in it, what it holds, and the persons who came, in order. */
export interface Scene {
  office: Office;
  assembly: Assembly;
  clock: { now(): number; moveTo(at: string): void };
  doers: Record<Role, Doer>;
  holdings: Record<HoldingKey, string>;
  came: Came[];
  /** The day so many days after the beginning of a week. */
  on(week: number, days: number): Day;
}

const holdingInputs: Record<HoldingKey, Omit<HoldingInput, 'manager'>> = {
  customers: {
    name: { ja: 'お客様台帳', en: 'Customers' },
    department: '営業部',
    purposes: ['P1', 'P2'],
    items: listed(`${CARD} postal_code address`),
    place: '関所の保管庫',
    retention: { years: 7, from: '取引終了' },
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
    items: [
      ...listed('name email company'),
      { code: 'cookie_id', label: { ja: 'クッキーの番号', en: 'Cookie number' } },
      { code: 'interest', label: { ja: '関心の分野', en: 'Fields of interest' } },
    ],
    place: '関所の保管庫',
    retention: { until: '配信停止の申出' },
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
    retention: { years: 3, from: '対応終了' },
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

/** What a person states when they come into a holding, as that holding takes it. */
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
/** How each week's thirty arrivals are divided among the holdings. */
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
    return [role, (action) => ({ actor, authority: assembly.access.policies.decide(actor, action).policies })];
  });
  return Object.fromEntries(doers) as Record<Role, Doer>;
}

async function makeHoldings(assembly: Assembly, by: By): Promise<Scene['holdings']> {
  const { actor } = by;
  const ids: Partial<Record<HoldingKey, string>> = {};
  for (const key of KEYS) {
    const input = { ...holdingInputs[key], manager: actor.kind === 'staff' ? actor.id : '' };
    ids[key] = must(await registerHolding(assembly, by, input)).id;
  }
  return ids as Record<HoldingKey, string>;
}

async function weekOfWork(scene: Scene, week: number, letters: Letters): Promise<void> {
  const { office, doers, clock, holdings, came } = scene;
  const { handler, desk } = doers;
  const start = clock.now();
  for (let i = 0; i < PEOPLE_PER_WEEK; i++) {
    clock.moveTo(new Date(start + Math.floor(i / 6) * DAY_MS + (i % 6) * 80 * MINUTE_MS).toISOString());
    const n = week * PEOPLE_PER_WEEK + i;
    const key = shares[i % shares.length]!;
    const person = fictionalPerson(n === CAME_TWICE.again ? CAME_TWICE.first : n);
    const ask = { ...entering(key, person, n), holding: holdings[key] };
    const acquired = await acquire(office, handler('people:acquire'), ask);
    came.push({ key, principal: must(acquired).record.principal });
    if (i % 6 !== 5) continue;
    if (week >= VISITED_FROM) await visitSites(scene, Math.floor(n / 6));
    await dayOfDesk(scene, letters);
  }
  for (let i = 0; i < 12; i++) {
    clock.moveTo(new Date(start + 4 * DAY_MS + (7 * 60 + i * 10) * MINUTE_MS).toISOString());
    const one = came[(week * 37 + i * 11) % came.length]!;
    const [item] = holdingInputs[one.key].items as string[];
    // Every sixth reading is for a purpose that the information was not collected for, so the checkpoint refuses it.
    const purpose = i % 6 === 5 ? (one.key === 'visitors' ? 'P3' : 'P4') : holdingInputs[one.key].purposes[0]!;
    await use(office, desk('people:use'), {
      principal: one.principal,
      holding: holdings[one.key],
      items: [item!],
      purpose,
    });
  }
}

/** In a flood the officer looks up whom to call, a purpose people were not told of when their number was collected. */
async function flood({ office, doers, holdings, came }: Scene): Promise<void> {
  must(
    await useBeyond(office, doers.officer('people:use-beyond'), {
      principal: came.filter((one) => one.key === 'customers')[7]!.principal,
      holding: holdings.customers,
      items: ['name', 'phone'],
      purpose: OTHER_PURPOSE,
      exception: { item: '18(3)(ii)', necessary: true, consentDifficult: true },
      situation: '豪雨で当社の建物に取り残された来訪者の安否を確かめるため、電話番号を見る。メールには返事がない。',
    }),
  );
}

/** A member of staff who otherwise only registers people looks up addresses for year-end cards: far more than usual, for an officer to notice. */
async function yearEndCards({ office, doers, holdings, came }: Scene): Promise<void> {
  for (const { principal } of came.filter(({ key }) => key === 'customers').slice(-28)) {
    const items = ['name', 'postal_code', 'address'];
    const ask = { principal, holding: holdings.customers, items, purpose: 'P1' };
    await use(office, doers.handler('people:use'), ask);
  }
}

async function deskWork({ office, assembly, doers, holdings, came }: Scene, week: number): Promise<void> {
  const { desk } = doers;
  const customer = came.filter((one) => one.key === 'customers')[week * 5 + 1];
  if (customer) {
    await correct(office, desk('people:correct'), {
      principal: customer.principal,
      holding: holdings.customers,
      items: { department: '経営企画部' },
      ground: 'accuracy',
    });
  }
  if (week === 3 || week === 6) {
    const subscriber = came.filter((one) => one.key === 'newsletter')[week]!;
    await eraseAll(office, desk('people:erase'), {
      principal: subscriber.principal,
      ground: 'request-harm',
    });
  }
  if (week === 6) {
    const [principal, sameAs] = [came[CAME_TWICE.first]!.principal, came[CAME_TWICE.again]!.principal];
    must(await linkPeople(assembly, doers.officer('people:link'), { principal, sameAs, shownBy: 'details' }));
  }
  await find(office, desk('people:search'), {
    terms: [{ kind: 'kana', term: 'サトウ' }],
    holding: null,
  });
}

/** Throws StartProblem when the office has staff and none of them is the demo's: a demo prints tokens that open everything. */
function mustBeDemo(staff: readonly { email: string }[]): void {
  if (staff.some(({ email }) => demoAccounts.some((account) => account.email === email))) return;
  throw new StartProblem(
    'ここにあるのはデモの記録ではないため、デモを始めません。SEKISHO_DATA、SEKISHO_KEYS、DATABASE_URL を指定せずに実行してください。',
    'This office is not a demo, so the demo does not start. Run it without SEKISHO_DATA, SEKISHO_KEYS and DATABASE_URL.',
  );
}

/**
 * Furnishes an office that has nobody yet; does nothing in one that was furnished before. Returns true when it was furnished now. Throws StartProblem
 * when the office is a company's own.
 */
export async function furnish(office: Office, options: AppOptions): Promise<boolean> {
  const started = office.clock.now() - WEEKS * 7 * DAY_MS;
  const clock = standingClock(new Date(started).toISOString());
  const past: Office = { ...office, clock };
  const assembly = await assemble(past, options);
  try {
    const staff = await listStaff(assembly.access);
    if (staff.length > 0) {
      mustBeDemo(staff);
      return false;
    }
    const doers = await makeStaff(assembly);
    const scene: Scene = {
      office: past,
      assembly,
      clock,
      doers,
      holdings: await makeHoldings(assembly, doers.officer('ledger:write')),
      came: [],
      on: (week, days) => addDays(dayOf(started), week * 7 + days),
    };
    clock.moveTo(`${scene.on(0, 1)}T08:00:00+09:00`);
    const giving = await prepareGiving(scene);
    const letters = openDesk(scene);
    for (let week = 0; week < WEEKS; week++) {
      // During office hours, Japanese time.
      clock.moveTo(`${scene.on(week, 1)}T09:00:00+09:00`);
      await weekOfWork(scene, week, letters);
      await deskWork(scene, week);
      if (week === 5) await flood(scene);
      if (week === WEEKS - 1) {
        clock.moveTo(`${scene.on(week, 5)}T17:30:00+09:00`);
        await yearEndCards(scene);
      }
      clock.moveTo(`${scene.on(week, 6)}T09:00:00+09:00`);
      await weekOfGiving(scene, week, giving);
      await evaluatePromises(past, assembly.provers);
    }
    clock.moveTo(`${scene.on(WEEKS - 1, 6)}T11:20:00+09:00`);
    await consulting(scene);
    while ((await integrate(office.database, office.signer)) > 0);
    return true;
  } finally {
    await assembly.close();
  }
}

/** Consultations that people asked and kept, including My Numbers: a yes, a no and cannot-says, one of which waits; and what the officer judged. */
async function consulting({ assembly, office, doers, clock, holdings }: Scene): Promise<void> {
  const room = { office, access: assembly.access };
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
  const year = Number(on.slice(0, 4));
  const numbers = { designatedHandler: true, purposeTold: true };
  const paymentRecord = { ...numbers, affair: 'remuneration', withinNeed: true };
  const customerKey = { ...numbers, affair: 'none', beyondAffairFile: true, consent };
  const giving = { relation: 'third-party', recipient: partner, items, purpose: 'P3' };
  const training = {
    information: 'personal',
    from: { id: 'P1', clause: stands.purposes.get('P1')!.clause },
    newPurpose: 'お問い合わせの録音を、応対の教育に使う',
    consent: null,
  };
  const asked = [
    ['employee', 'provide', 'seminar', { ...giving, consent }],
    ['reception', 'use', 'visitors', { purpose: 'P3', consent: null }],
    ['handler', 'provide', 'seminar', giving],
    ['my-number', 'payment-record', null, { payment: 'remuneration', payee: 'individual', yearTotal: 80_000, year }],
    ['my-number', 'use-my-number', null, paymentRecord],
    ['my-number', 'use-my-number', null, customerKey],
    // It waits for the officer.
    ['employee', 'purpose-change', null, training],
  ] as const;
  for (const [role, id, key, stated] of asked) {
    const question = questionOf(id)!;
    const holding = key && stands.holdings.get(holdings[key])!;
    const statement = { question, stated, holding, items: holding ? items : [], on };
    must(await consult(room, doers[role]('checkpoint:ask'), stands, statement));
    clock.moveTo(new Date(clock.now() + 17 * MINUTE_MS).toISOString());
  }
  await judge(office, doers.officer('judgements:write'), {
    code: 'legalJustification',
    holding_id: null,
    purpose: null,
    answer: false,
    why: '令状も本人の個別の同意もない照会には応じないと、法務担当と確かめた。',
    until_day: addDays(on, 180),
  });
}

/**
 * Issues fresh API tokens, one per role, each with the actions that a system may have and the role has; roles without any get none. A token is
 * shown only once, so those of an earlier start cannot be shown again, and the fresh ones replace them.
 */
export async function demoTokens(
  office: Office,
  assembly: Pick<Assembly, 'access'>,
): Promise<Partial<Record<Role, string>>> {
  const { access } = assembly;
  const by = { actor: { kind: 'sekisho' } as Actor, authority: [] };
  const known = (await policyInForce(office, office.clock.today()))?.policy.purposes.map((purpose) => purpose.id) ?? [];
  const customer = known.filter((id) => id.startsWith('P'));
  const tokens: Partial<Record<Role, string>> = {};
  const systems = await withTokens(
    access,
    (await listSystems(access)).filter(({ endedAt }) => endedAt === null),
  );
  for (const role of roles) {
    const actor: Actor = { kind: 'staff', id: '', name: '', roles: [role] };
    const actions = access.policies.systemActions.filter((action) => access.policies.decide(actor, action).allowed);
    if (actions.length === 0) continue;
    const name = `デモ用システム（${roleNames([role], 'ja')}）`;
    const system = systems.find((one) => one.name === name);
    const systemId = system?.id ?? must(await createSystem(access, by, { name })).id;
    tokens[role] = must(
      await createToken(access, by, { systemId, purposes: customer, actions, days: 30 }, known),
    ).token;
    for (const { id, revokedAt } of system?.tokens ?? []) if (revokedAt === null) await revokeToken(access, by, id);
  }
  return tokens;
}
