// What may go to others, after every act of random histories through the running server: contracts, systems abroad, checks, joint uses, consents and
// what ends them, stops, receipts, and lists that are approved on one day and fetched on another. A few lines that share nothing with the rules say
// what the law makes of it (27 to 30, 33(5), 35), and each answer, record and log entry is compared with them.

import { Decrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { both } from '../../src/base/bilingual.ts';
import { addDays, addYears, type Day } from '../../src/base/day.ts';
import type { AcquisitionJson, Answer as Told, Finding, ProvisionJson, Sekisho } from '../../src/client.ts';
import { retractObjection } from '../../src/features/consent/actions/consents.ts';
import { forgetStanding } from '../../src/features/checkpoint/index.ts';
import { collect, decide, specify } from '../../src/features/desk/index.ts';
import { registerHolding } from '../../src/features/ledger/index.ts';
import { approvePackage } from '../../src/features/provision/actions/packages.ts';
import { packageFile } from '../../src/features/provision/actions/file.ts';
import { prepareNext } from '../../src/features/provision/actions/prepare.ts';
import { assureRecipient, checkRecipient } from '../../src/features/recipients/actions/assurance.ts';
import { consentGivers, type ConsentGiver } from '../../src/law/index.ts';
import { standingClock } from '../../src/platform/clock.ts';
import { asking, disclosing, identified } from '../desk.ts';
import { addConsent, addConsentText, addPerson, addStop, byOfficer, entrusted, valueOf } from '../people.ts';
import { must, openServer, readers, tokenOf, type TestServer } from '../server.ts';

const clock = standingClock('2026-10-01T10:00:00+09:00');
let server: TestServer;
let holding: string;
let identity: string;
let publicKey: string;

beforeAll(async () => {
  server = await openServer({ clock });
  const input = {
    ...readers,
    name: { ja: '催しの参加者' },
    items: ['name', 'email', 'phone'],
    channels: ['oral', 'indirect'],
    manager: server.staff.officer,
  };
  holding = must(await registerHolding(server.app, byOfficer(server), { ...input, purposes: ['P1', 'P3'] })).id;
  forgetStanding(server.office);
  identity = await generateX25519Identity();
  publicKey = await identityToRecipient(identity);
});
afterAll(() => server.close());

// ---- what has happened, as the model keeps it

const parties = ['home', 'worker', 'far'] as const;
type To = (typeof parties)[number];

/** A basis with its last day, and whether everything in it is as 25 asks; `ownUse`: the party may use it for itself. */
interface Contract {
  id: string;
  from: Day;
  until: Day | null;
  ended: boolean;
  flaw: 'ownUse' | 'monitored' | null;
}
interface Party {
  id: string;
  name: string;
  address: string;
  representative: string;
  stopped: boolean;
  contracts: Contract[];
  systems: Contract[];
  checks: { on: Day; found: string }[];
}

const texts = {
  whole: { to: ['home'], items: ['name', 'email'], purpose: 'P3', abroad: false },
  some: { to: ['home'], items: ['email'], purpose: 'P3', abroad: false },
  else: { to: ['home'], items: ['name', 'email'], purpose: 'P1', abroad: false },
  blanket: { to: ['home', 'far'], items: ['name', 'email'], purpose: 'P3', abroad: false },
  abroad: { to: ['far'], items: ['name', 'email'], purpose: 'P3', abroad: true },
  use: { to: [], items: ['name', 'email'], purpose: 'P3', abroad: false },
} as const satisfies Record<string, { to: readonly To[]; items: readonly string[]; purpose: string; abroad: boolean }>;
type TextName = keyof typeof texts;
const textNames = Object.keys(texts) as TextName[];

const scopes = ['everything', 'provision', 'purpose', 'recipient'] as const;

interface Person {
  id: string;
  name: string;
  erased: boolean;
  consents: { id: string; text: TextName; on: Day; by: ConsentGiver; withdrawnOn: Day | null }[];
  /** Those that were taken back are gone. */
  objections: { id: string; scope: (typeof scopes)[number]; to: To; on: Day }[];
  stops: { stops: 'use' | 'provision'; to: To | null; on: Day }[];
  records: ProvisionJson['records']['records'];
  /** The party of each record. */
  to: Map<string, string>;
  receipts: string[];
}

interface World {
  client: Sekisho;
  people: Person[];
  parties: Record<To, Party>;
  texts: Record<TextName, { code: string; version: number }>;
  share: { id: string; from: Day | null; endedOn: Day | null };
  /** The list that was approved last, with those it was approved for and how many consents each had, and in how many steps it is fetched. */
  pack: { id: string; shown: { one: Person; consents: number }[]; left: number } | null;
}

// ---- what the law makes of it

type Answer = 'yes' | 'no' | 'unknown';
/** `on`: what a yes rests on; a `consent` is recorded (29). */
interface Law {
  answer: Answer;
  on: 'consent' | 'abroad' | 'entrustment' | 'share' | 'law' | 'inside' | null;
  supervised?: boolean;
  measures?: boolean;
}

interface Ask {
  to: To | null;
  relation: 'third-party' | 'entrustment' | 'joint-use' | 'same-entity';
  items: readonly string[];
  purpose: string;
  item?: '27(1)(i)' | '27(1)(ii)';
}

const nameAndEmail = ['name', 'email'] as const;
const asks = {
  give: { to: 'home', relation: 'third-party', items: nameAndEmail, purpose: 'P3' },
  email: { to: 'home', relation: 'third-party', items: ['email'], purpose: 'P3' },
  else: { to: 'home', relation: 'third-party', items: nameAndEmail, purpose: 'P1' },
  phone: { to: 'home', relation: 'third-party', items: ['name', 'phone'], purpose: 'P3' },
  work: { to: 'worker', relation: 'entrustment', items: nameAndEmail, purpose: 'P3' },
  beyond: { to: 'worker', relation: 'entrustment', items: nameAndEmail, purpose: 'P1' },
  share: { to: 'home', relation: 'joint-use', items: ['name'], purpose: 'P3' },
  wide: { to: 'home', relation: 'joint-use', items: nameAndEmail, purpose: 'P3' },
  far: { to: 'far', relation: 'third-party', items: nameAndEmail, purpose: 'P3' },
  abroad: { to: 'far', relation: 'entrustment', items: ['name'], purpose: 'P3' },
  law: { to: 'home', relation: 'third-party', items: nameAndEmail, purpose: 'P1', item: '27(1)(i)' },
  life: { to: 'far', relation: 'third-party', items: ['phone'], purpose: 'P3', item: '27(1)(ii)' },
  inside: { to: null, relation: 'same-entity', items: nameAndEmail, purpose: 'P3' },
} as const satisfies Record<string, Ask>;
type AskName = keyof typeof asks;
const rest = (Object.keys(asks) as AskName[]).filter((name) => name !== 'give' && name !== 'far');

const today = (): Day => clock.today();
const no: Law = { answer: 'no', on: null };
const unknown: Law = { answer: 'unknown', on: null };

/** The newest of a kind that is in force today: through its last day, and not on the day it was ended. */
const inForce = (all: readonly Contract[]): Contract | undefined =>
  all
    .filter(({ from, until, ended }) => from <= today() && (until === null || today() <= until) && !ended)
    .toSorted((a, b) => (a.from === b.from ? (a.id < b.id ? 1 : -1) : a.from < b.from ? 1 : -1))[0];

/** Rules 16, 18: a system in force whose measures were found kept within a year. */
function conforms({ systems, checks }: Party): boolean {
  const last = checks.toSorted((a, b) => (a.on < b.on ? 1 : -1))[0];
  return (
    inForce(systems) !== undefined &&
    last !== undefined &&
    last.found !== 'impossible' &&
    today() <= addYears(last.on, 1)
  );
}

/** 16, 27(1), 28(1): the consents to just this that nothing has ended, from the day after `since` on. */
function consentsTo(person: Person, { to, items, purpose }: Ask, abroad: boolean, since: Day | null): Answer {
  const reaches = ({ scope, to: party }: Person['objections'][number]): boolean =>
    scope === 'everything' ||
    (scope === 'provision' && to !== null) ||
    (scope === 'purpose' && purpose === 'P3') ||
    (scope === 'recipient' && party === to);
  const alive = person.consents.filter(({ text, on, withdrawnOn }) => {
    const of: { to: readonly To[]; items: readonly string[]; purpose: string; abroad: boolean } = texts[text];
    return (
      (to === null ? of.to.length === 0 : of.to.includes(to)) &&
      of.purpose === purpose &&
      items.every((one) => of.items.includes(one)) &&
      (!abroad || of.abroad) &&
      (since === null || on > since) &&
      withdrawnOn === null &&
      !person.objections.some((one) => reaches(one) && one.on >= on)
    );
  });
  if (alive.some(({ by }) => by === 'principal' || by === 'representative')) return 'yes';
  return alive.some(({ by }) => by === 'uncertain-child') ? 'unknown' : 'no';
}

/** The company promises to stop a use that the person asked to stop, until they consent to it anew; what a use is entrusted with is that use. */
const unwanted = (person: Person): boolean =>
  person.objections.some(({ scope }) => scope === 'everything' || scope === 'purpose') &&
  consentsTo(person, asks.inside, false, null) !== 'yes';

/** 25, 27(5)(i), 18(1). */
function entrustment({ contracts }: Party, { purpose }: Ask): Answer {
  const contract = inForce(contracts);
  if (contract?.flaw || purpose !== 'P3') return 'no';
  return contract ? 'yes' : 'unknown';
}

const stopDay = (person: Person, to: To): Day | null =>
  person.stops
    .filter((one) => one.stops === 'provision' && (one.to === null || one.to === to))
    .map(({ on }) => on)
    .toSorted()
    .at(-1) ?? null;

const worst = (...all: Answer[]): Answer => (all.includes('no') ? 'no' : all.includes('unknown') ? 'unknown' : 'yes');

function lawOf(world: World, person: Person, ask: Ask): Law {
  const party = ask.to && world.parties[ask.to];
  if (ask.item) return { answer: 'yes', on: 'law' };
  // 35(2), (6): entrusting, sharing and providing are uses too.
  if (person.stops.some(({ stops }) => stops === 'use') && ask.purpose === 'P3') return no;
  if (!party) return unwanted(person) ? no : { answer: 'yes', on: 'inside' };
  const other = ask.to === 'far' && !conforms(party);
  if (ask.relation === 'joint-use') {
    const { from, endedOn } = world.share;
    const published = from !== null && from <= today() && (endedOn === null || today() < endedOn);
    return published && ask.items.length === 1 && !unwanted(person) ? { answer: 'yes', on: 'share' } : no;
  }
  const measures = ask.to === 'far';
  const since = stopDay(person, ask.to!);
  const told = ask.to === 'far' ? consentsTo(person, ask, true, since) : 'no';
  if (ask.relation === 'entrustment') {
    const answer = other ? worst(told, entrustment(party, ask)) : entrustment(party, ask);
    if (answer !== 'yes') return answer === 'no' ? no : unknown;
    // A consent to this very provision, which no objection since has ended, is also one to the use that it is.
    if (told === 'yes') return { answer, on: 'abroad', supervised: true };
    return unwanted(person) ? no : { answer, on: 'entrustment', supervised: true, measures };
  }
  const consent = other ? told : consentsTo(person, ask, false, since);
  if (consent !== 'yes') return consent === 'no' ? no : unknown;
  return told === 'yes' ? { answer: 'yes', on: 'abroad' } : { answer: 'yes', on: 'consent', measures };
}

// ---- the acts

/** What is wrong with a receipt: a matter of the check that nobody stated, a paper that nobody saw, or a provider who may not give it. */
const flaws = [
  'name',
  'address',
  'representative',
  'howAcquired',
  'documentSeen',
  'unseen',
  'consentObtained',
  'unconsented',
  'unlawful',
  'ownUse',
  'own',
] as const;

const ago = fc.constantFrom(0, 0, 0, 1, 3);
const acts = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('consent' as const),
      who: fc.nat(2),
      text: fc.constantFrom(...textNames, 'whole', 'abroad'),
      by: fc.constantFrom('principal', 'principal', ...consentGivers),
      ago,
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('withdraw' as const), who: fc.nat(2), n: fc.nat(9), ago }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('object' as const),
      who: fc.nat(2),
      scope: fc.constantFrom(...scopes),
      to: fc.constantFrom(...parties),
      ago,
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('retract' as const), who: fc.nat(2), n: fc.nat(9) }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('stop' as const),
      who: fc.nat(2),
      stops: fc.constantFrom('use', 'provision', 'provision'),
      to: fc.constantFrom(null, ...parties),
      ago,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('contract' as const),
      to: fc.constantFrom('worker', 'worker', 'far'),
      flaw: fc.constantFrom(null, null, null, 'ownUse', 'monitored'),
      days: fc.constantFrom(null, 0, 1, 3),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('system' as const), days: fc.constantFrom(null, 0, 2, 5) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('check' as const),
      ago: fc.constantFrom(0, 0, 1, 364, 365, 366),
      found: fc.constantFrom('kept', 'kept', 'hindered', 'impossible', 'returned'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('end' as const), to: fc.constantFrom('worker', 'far'), n: fc.nat(9) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('halt' as const), to: fc.constantFrom(...parties) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('resume' as const), to: fc.constantFrom(...parties) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('move' as const), to: fc.constantFrom(...parties) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('share' as const), days: fc.constantFrom(0, 1) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('unshare' as const), days: fc.constantFrom(0, 1) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('erase' as const), who: fc.nat(2) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('receive' as const),
      who: fc.nat(2),
      basis: fc.constantFrom('consent', 'consent', 'private-person', 'not-third-party', 'public'),
      flaw: fc.constantFrom(null, null, null, ...flaws),
      mode: fc.constantFrom('each', 'bulk', 'contract'),
      last: fc.constantFrom(null, 90),
    }),
  },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('pack' as const), left: fc.nat(3) }) },
);
type Act = typeof acts extends fc.Arbitrary<infer A> ? A : never;
type Of<D extends Act['do']> = Extract<Act, { do: D }>;

const pick = <T>(all: readonly T[], n: number): T | undefined => (all.length > 0 ? all[n % all.length] : undefined);
const before = (n: number): Day => addDays(today(), -n);
const ahead = (n: number | null): Day | null => (n === null ? null : addDays(today(), n));
/** The last of so many years from a day, which does not count itself (Civil Code 140, 143): a year after 28 February may end on the 29th. */
const yearsAfter = (of: Day, years: number): Day => addDays(addYears(addDays(of, 1), years), -1);
const later = (a: Day, b: Day): Day => (a > b ? a : b);
let references = 0;

const toPeople: {
  [D in 'consent' | 'withdraw' | 'object' | 'retract' | 'stop' | 'erase']: (w: World, one: Of<D>) => Promise<void>;
} = {
  async consent(world, { who, text, by, ago: days }) {
    const person = world.people[who]!;
    if (person.erased) return;
    const on = before(days);
    const id = await addConsent(server, person.id, world.texts[text], on, {
      givenBy: by,
      representative: by === 'representative' ? { relation: 'parent', checked: 'family-register' } : null,
      ...(texts[text].abroad ? { shown: { on, at: null } } : {}),
    });
    person.consents.push({ id, text, on, by, withdrawnOn: null });
  },
  async withdraw(world, { who, n, ago: days }) {
    const one = pick(
      world.people[who]!.consents.filter(({ withdrawnOn }) => withdrawnOn === null),
      n,
    );
    if (!one || world.people[who]!.erased) return;
    one.withdrawnOn = later(before(days), one.on);
    must(await world.client.withdrawConsent(one.id, { on: one.withdrawnOn }));
  },
  async object(world, { who, scope, to, ago: days }) {
    const person = world.people[who]!;
    if (person.erased) return;
    const of = {
      ...(scope === 'purpose' ? { purpose: 'P3' } : {}),
      ...(scope === 'recipient' ? { recipient: world.parties[to].id } : {}),
    };
    const { id } = must(await world.client.object({ principal: person.id, scope, on: before(days), ...of }));
    person.objections.push({ id, scope, to, on: before(days) });
  },
  async retract(world, { who, n }) {
    const { objections, erased } = world.people[who]!;
    const one = pick(objections, n);
    if (!one || erased) return;
    valueOf(await retractObjection(server.office, byOfficer(server), one.id, '別の人の申出だった'));
    objections.splice(objections.indexOf(one), 1);
  },
  async stop(world, { who, stops, to, ago: days }) {
    const person = world.people[who]!;
    const of = stops === 'provision' && to !== null ? { recipients: [world.parties[to].id] } : {};
    const house = { office: server.office, access: server.app.access, db: server.db, staff: server.staff };
    await addStop(house, person.id, stops, stops === 'use' ? '35(2)' : '35(4)', { ...of, on: before(days) });
    forgetStanding(server.office);
    person.stops.push({ stops, to, on: before(days) });
  },
  async erase(world, { who }) {
    const person = world.people[who]!;
    if (person.erased) return;
    must(await world.client.erase(person.id, { ground: 'no-longer-needed' }));
    person.erased = true;
  },
};

const receiptOf = ({ basis, flaw, mode, last }: Of<'receive'>): NonNullable<AcquisitionJson['ask']['receipt']> => {
  const kind = basis === 'private-person' ? basis : basis === 'public' ? 'state-organ' : 'corporation';
  const party = {
    name: '例示工業',
    address: '例示区1',
    ...(kind === 'corporation' ? { representative: '工業 太郎' } : {}),
  };
  const whole = {
    provider: { kind, ...party },
    basis: basis === 'public' ? ('consent' as const) : basis,
    howAcquired: '催しの受付で本人から',
    documentSeen: flaw !== 'unseen',
    consentObtained: flaw !== 'unconsented',
    ownUse: flaw === 'own',
    looksUnlawful: flaw === 'unlawful',
    record: { mode, ...(mode !== 'each' && last !== null ? { lastOn: ahead(last)! } : {}) },
  } as const;
  const { [flaw as 'ownUse']: _, ...stated } = whole;
  const { [flaw as 'name']: __, ...provider } = stated.provider as { name?: string };
  return { ...stated, provider };
};

/** 20(1), 30(1), (3), Rules 22: who gives it, how they acquired it, by a document that was seen, and that the person consented. */
function lawOfReceipt({ basis, flaw }: Of<'receive'>): { answer: Answer; recorded: boolean } {
  const exempt = { answer: 'yes', recorded: false } as const;
  if (flaw === 'unlawful') return { answer: 'no', recorded: false };
  if (basis === 'public') return exempt;
  if (basis === 'not-third-party')
    return flaw === 'own'
      ? { answer: 'no', recorded: false }
      : flaw === 'ownUse'
        ? { answer: 'unknown', recorded: false }
        : exempt;
  const corporate = basis === 'consent';
  if (flaw === 'unseen' || (corporate && flaw === 'unconsented')) return { answer: 'no', recorded: false };
  const checked: readonly unknown[] = [
    'name',
    'address',
    'howAcquired',
    'documentSeen',
    ...(corporate ? ['representative', 'consentObtained'] : []),
  ];
  return checked.includes(flaw) ? { answer: 'unknown', recorded: false } : { answer: 'yes', recorded: true };
}

async function receive(world: World, act: Of<'receive'>): Promise<void> {
  const person = world.people[act.who]!;
  if (person.erased) return;
  const law = lawOfReceipt(act);
  const held = must(await world.client.principal(person.id)) as { records: { version: number }[] };
  const log = await written(person);
  const answer = await world.client.acquire({
    holding,
    principal: person.id,
    seen: held.records[0]!.version,
    channel: 'oral',
    source: 'third-party',
    purposes: ['P3'],
    items: { phone: '03-0000-9999' },
    receipt: receiptOf(act),
  });
  const said = answer.ok ? 'yes' : (answer.problem.finding?.answer ?? answer.problem.fields?.map(({ field }) => field));
  // Clause 8 of the policy promises to keep who gave it, also where the law asks for no record of it.
  const nameless = act.flaw === 'name' && law.answer === 'yes';
  expect([said, (await written(person)).logged]).toEqual(
    nameless ? [['receipt.provider.name'], log.logged] : [law.answer, log.logged + 1],
  );
  const after = must(await world.client.principal(person.id)) as { records: { version: number }[] };
  expect(after.records[0]!.version).toBe(held.records[0]!.version + (answer.ok ? 1 : 0));
  if (!answer.ok) return;
  const [record] = answer.value.basis.duties.filter((one) => one.do === 'record-receipt');
  expect(record !== undefined).toBe(law.recorded);
  if (!record) return;
  expect(answer.value.basis.because).toEqual(expect.arrayContaining(['APPI 30(1)', 'APPI 30(3)', 'APPI 30(4)']));
  const last = act.mode !== 'each' && act.last !== null ? ahead(act.last)! : today();
  expect(record.keepUntil).toBe(yearsAfter(last, act.mode === 'contract' ? 1 : 3));
  person.receipts.push(answer.value.id);
}

const toParties: {
  [D in 'contract' | 'system' | 'check' | 'end' | 'halt' | 'resume' | 'move']: (w: World, one: Of<D>) => Promise<void>;
} = {
  async contract({ client, parties: all }, { to, flaw, days }) {
    const [from, until] = [before(1), ahead(days)];
    const {
      ownUse: own_use,
      assessed,
      contract,
      monitored,
    } = { ...entrusted, ownUse: flaw === 'ownUse', monitored: flaw !== 'monitored' };
    const { id } = must(
      await client.assureRecipient(all[to].id, {
        kind: 'entrustment',
        reference: `契約 ${++references}`,
        from,
        until,
        own_use,
        assessed,
        contract,
        monitored,
      }),
    );
    all[to].contracts.push({ id, from, until, ended: false, flaw });
  },
  async system({ parties: { far } }, { days }) {
    const [from, until] = [before(1), ahead(days)];
    const { id } = valueOf(
      await assureRecipient(server.office, byOfficer(server), far.id, {
        kind: 'equivalent-system',
        reference: `覚書 ${++references}`,
        from,
        until,
        by: 'contract',
        checkMonths: 12,
      }),
    );
    far.systems.push({ id, from, until, ended: false, flaw: null });
  },
  async check({ parties: { far } }, { ago: days, found }) {
    const on = before(days);
    const trouble =
      found === 'hindered' || found === 'impossible' ? { trouble: '報告が遅れた', remedy: '期限を決めた' } : {};
    const checked = await checkRecipient(server.office, byOfficer(server), far.id, {
      on,
      method: '書面の報告',
      measures: found,
      ...trouble,
      ...(found === 'returned' ? { proof: '消去の証明書 3' } : {}),
    });
    // Two of one day are one; and what a basis still stands for is not all returned.
    if (!checked.ok || found === 'returned') return;
    far.checks.push({ on, found });
    if (found === 'impossible') far.stopped = true;
  },
  async end({ client, parties: all }, { to, n }) {
    const one = pick(
      [...all[to].contracts, ...all[to].systems].filter(({ ended }) => !ended),
      n,
    );
    if (!one) return;
    must(await client.endAssurance(all[to].id, one.id, '契約を終えたため'));
    one.ended = true;
  },
  async halt({ client, parties: all }, { to }) {
    if (all[to].stopped) return;
    const { version } = must(await client.recipient(all[to].id));
    must(await client.stopRecipient(all[to].id, { version, reason: '調べているため' }));
    all[to].stopped = true;
  },
  async resume({ client, parties: all }, { to }) {
    if (!all[to].stopped) return;
    const { version } = must(await client.recipient(all[to].id));
    const failing = all[to].checks.toSorted((a, b) => (a.on < b.on ? 1 : -1))[0]?.found === 'impossible';
    const resumed = await client.resumeRecipient(all[to].id, { version, reason: '調べ終えたため' });
    expect(resumed.ok).toBe(!failing);
    all[to].stopped = failing;
  },
  async move({ client, parties: all }, { to }) {
    const party = all[to];
    const { version, contact: _, ...kept } = must(await client.recipient(party.id));
    [party.name, party.address, party.representative] = [
      `${party.name}改`,
      `例示町${++references}`,
      `代表 ${references}`,
    ];
    const { kind, country, relations, public_key } = kept;
    const { name, address, representative } = party;
    must(
      await client.changeRecipient(party.id, {
        version,
        kind,
        name,
        address,
        representative,
        country,
        relations,
        public_key,
      }),
    );
  },
};

const responsible = {
  kind: 'corporation',
  name: { ja: '例示情報通信株式会社' },
  address: { ja: '東京都千代田区例示町1-1' },
  representative: { ja: '例示 太郎' },
};

/** Drafts a joint use of names by the home party. */
async function draftShare(client: Sekisho, member: string): Promise<World['share']> {
  const { id } = must(
    await client.registerJointUse({
      name: { ja: `共同の案内 ${++references}` },
      information: 'personal',
      shares: [{ holding, items: ['name'] }],
      scope: { ja: '例示グループの各社' },
      members: [member],
      purposes: ['P3'],
      responsible,
    }),
  );
  return { id, from: null, endedOn: null };
}

const toAll: { [D in 'share' | 'unshare' | 'pack']: (w: World, one: Of<D>) => Promise<void> } = {
  async share(world, { days }) {
    const {
      client,
      parties: { home },
    } = world;
    if (home.stopped) return;
    if (world.share.from !== null) world.share = await draftShare(client, home.id);
    const { version } = must(await client.jointUse(world.share.id));
    world.share.from = ahead(days)!;
    must(await client.publishJointUse(world.share.id, { version, notice: 1, on: world.share.from }));
  },
  async unshare({ client, share }, { days }) {
    if (share.from === null || share.endedOn !== null) return;
    const { version } = must(await client.jointUse(share.id));
    const on = later(ahead(days)!, share.from);
    must(await client.endJointUse(share.id, { version, on, why: '共同の案内を終えたため' }));
    share.endedOn = on;
  },
  async pack(world, { left }) {
    if (world.parties.home.stopped) return;
    await dropPack(world);
    const { client, people } = world;
    const { id } = must(
      await client.packages.draft({
        holding,
        items: [...nameAndEmail],
        purpose: 'P3',
        recipient: world.parties.home.id,
        everybody: false,
        facts: { relation: 'third-party' },
      }),
    );
    // Who is on the list twice goes once.
    expect(
      must(
        await client.packages.list(
          id,
          [...people, people[0]!].map((one) => one.id),
        ),
      ),
    ).toEqual({ added: 3, duplicates: 1 });
    const going = people.filter((one) => !one.erased && lawOf(world, one, asks.give).answer === 'yes');
    expect(must(await client.packages.screen(id)).screening.admitted).toBe(going.length);
    const asked = await client.packages.request(id);
    expect(asked.ok).toBe(going.length > 0);
    if (!asked.ok) return void must(await client.packages.cancel(id, '渡せる人がいないため'));
    valueOf(await approvePackage(server.office, byOfficer(server), id));
    world.pack = { id, shown: going.map((one) => ({ one, consents: one.consents.length })), left };
  },
};

/** The names in a file, as its recipient reads them. */
async function namesIn(file: ReadableStream<Uint8Array>): Promise<string[]> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  const [, ...lines] = (await new Response(await decrypter.decrypt(file)).text()).trimEnd().split('\r\n');
  return lines.map((line) => line.split(',')[0]!).toSorted();
}

/** Fetches the package: what goes in it is what the law makes of this moment, of those it was approved for. */
async function fetchPack(world: World): Promise<void> {
  const { pack, people } = world;
  if (!pack) return;
  while (await prepareNext(server.office));
  await expect.poll(async () => must(await world.client.packages.one(pack.id)).state).not.toBe('preparing');
  const going = pack.shown.filter(
    ({ one }) => !world.parties.home.stopped && !one.erased && lawOf(world, one, asks.give).answer === 'yes',
  );
  // A consent of a kind that nobody had at the approval is none that was approved: whoever gave it since may fall out.
  const sure = going.filter(({ one, consents }) => one.consents.length === consents);
  const { rows } = await written(people[0]!);
  const file = await packageFile(server.office, byOfficer(server), pack.id);
  const names = file.ok ? await namesIn(file.value.body) : [];
  expect(names).toEqual([...new Set(names)]);
  expect(going.map(({ one }) => one.name)).toEqual(expect.arrayContaining(names));
  expect(names).toEqual(expect.arrayContaining(sure.map(({ one }) => one.name)));
  if (!file.ok) expect([sure, (await written(people[0]!)).rows]).toEqual([[], rows]);
  for (const { one } of going) {
    if (!names.includes(one.name)) continue;
    const { id } = (await recordsOf(world, one))[0]!;
    one.records.unshift(recordDue(world, one, id, { ...asks.give, mode: 'each', lastOn: null }));
  }
  for (const one of people) expect(await recordsOf(world, one)).toEqual(one.records);
  world.pack = null;
  if (file.ok) must(await world.client.packages.close(pack.id));
}

/** Gives up a package that nobody has fetched. */
async function dropPack(world: World): Promise<void> {
  if (world.pack) await world.client.packages.cancel(world.pack.id, '作り直すため');
  world.pack = null;
}

const perform = (world: World, one: Act): Promise<void> =>
  ({ ...toPeople, ...toParties, ...toAll, receive })[one.do](world, one as never);

// ---- what is compared after each act

interface Written {
  rows: number;
  logged: number;
  entry: Record<string, unknown>;
}

/** How much is on record of provisions, and how much is logged about a person, with the last of it. */
async function written({ id }: Pick<Person, 'id'>): Promise<Written> {
  const [row] = await server.db.owner.query<{ rows: number; logged: number; entry: string }>(
    `SELECT (SELECT count(*) FROM provisions)::int + (SELECT count(*) FROM provision_records)::int
            + (SELECT count(*) FROM provision_people)::int AS rows,
            (SELECT count(*)::int FROM log_entries WHERE principal_id = $1 AND actor <> 'sekisho') AS logged,
            (SELECT entry FROM log_entries WHERE principal_id = $1 AND actor <> 'sekisho' ORDER BY xid DESC, seq DESC LIMIT 1) AS entry`,
    [id],
  );
  return { ...row!, entry: JSON.parse(row!.entry) as Record<string, unknown> };
}

/** All records about a person, the newest first. */
async function recordsOf({ client }: World, { id: principal }: Person): Promise<Person['records']> {
  const found: Person['records'] = [];
  for (let before: string | undefined | null; before !== null;) {
    const page = must(await client.records({ principal, ...(before ? { before } : {}) }));
    found.push(...page.records);
    before = page.next;
  }
  return found;
}

interface Made {
  mode: 'each' | 'bulk' | 'contract';
  lastOn: Day | null;
}

/** The record that the law asks for of a provision today (29(1), Rules 20(1)(ii), 21). */
function recordDue(
  world: World,
  person: Person,
  id: string,
  { to, items, mode, lastOn }: Ask & Made,
): Person['records'][number] {
  const { name, address, representative } = world.parties[to!];
  return {
    id,
    principal: person.id,
    made_on: today(),
    mode,
    consent_obtained: true,
    provided_on: null,
    recipient: { name, address, representative },
    items: [...items],
    keep_until: yearsAfter(mode === 'each' ? today() : (lastOn ?? today()), mode === 'contract' ? 1 : 3),
  };
}

/** Adds a record. What covers more than one provision to a party is kept from the last of them (Rules 21(i), (ii)). */
function keep(person: Person, due: Person['records'][number], to: Party): void {
  const goesOn = (one: typeof due): boolean =>
    one.mode !== 'each' && one.mode === due.mode && person.to.get(one.id) === to.id;
  person.to.set(due.id, to.id);
  person.records = [
    due,
    ...person.records.map((one) =>
      goesOn(one) && one.keep_until < due.keep_until ? { ...one, keep_until: due.keep_until } : one,
    ),
  ];
}

const restsOn = {
  consent: ['APPI 27(1)', 'APPI 29(1)'],
  abroad: ['APPI 28(1)', 'APPI 28(2)', 'APPI 29(1)'],
  entrustment: ['APPI 27(5)(i)', 'APPI 25', 'APPI 29(1)'],
  share: ['APPI 27(5)(iii)', 'APPI 29(1)'],
  law: ['APPI 29(1)'],
  inside: ['Guideline 3-6-1'],
} as const;

function yesFits(
  basis: ProvisionJson['provided']['basis'],
  { on, supervised = false, measures = false }: Law,
  ask: Ask,
): void {
  const expected = on === 'law' ? [...restsOn.law, `APPI ${ask.item}`] : restsOn[on!];
  expect(basis.because).toEqual(expect.arrayContaining([...expected]));
  const has = (duty: string): boolean => basis.duties.some((one) => one.do === duty);
  const recorded = on === 'consent' || on === 'abroad';
  expect([has('record-provision'), has('supervise-entrusted'), has('check-foreign-measures')]).toEqual([
    recorded,
    supervised,
    measures,
  ]);
}

function refusalFits(
  { answer, because, missing }: Finding & { missing?: readonly { fact: string }[] },
  law: Law,
  ask: Ask,
): void {
  expect(answer).toBe(law.answer);
  expect(because.length).toBeGreaterThan(0);
  if (answer !== 'unknown') return;
  const about =
    ask.relation === 'entrustment' ? /^(entrustment|judgements\.consentCapacity)/ : /^judgements\.consentCapacity$/;
  expect(missing.length).toBeGreaterThan(0);
  expect(missing.every(({ fact }) => about.test(fact))).toBe(true);
}

const exceptions = {
  '27(1)(i)': { item: '27(1)(i)', legalBasis: '国税通則法 文書番号 5' },
  '27(1)(ii)': { item: '27(1)(ii)', necessary: true, consentDifficult: true },
} as const;

/** Asks, and compares what is said, recorded and logged with the law; what is refused leaves nothing. Returns what is on record then. */
async function compare(world: World, person: Person, name: AskName, made: Made, before: Written): Promise<Written> {
  const ask: Ask = asks[name];
  const law = lawOf(world, person, ask);
  // Of two provisions of one instant, neither is the newer.
  clock.moveTo(new Date(clock.now() + 1_000).toISOString());
  const answer: Told<ProvisionJson['provided']> = await world.client.provide({
    principal: person.id,
    holding,
    items: [...ask.items],
    purpose: ask.purpose,
    ...(ask.to ? { recipient: world.parties[ask.to].id } : {}),
    ...(ask.relation === 'joint-use' ? { joint_use: world.share.id } : {}),
    facts: {
      relation: ask.relation,
      ...(ask.item ? { exception: exceptions[ask.item] } : {}),
      ...(made.mode === 'each' ? {} : { record: { mode: made.mode, ...(made.lastOn ? { lastOn: made.lastOn } : {}) } }),
    },
  });
  const now = await written(person);
  if ((ask.to && world.parties[ask.to].stopped) || person.erased) {
    const field = ask.to && world.parties[ask.to].stopped ? ['recipient'] : undefined;
    expect(!answer.ok && [answer.problem.status, answer.problem.fields?.map((one) => one.field)]).toEqual([
      field ? 422 : 404,
      field,
    ]);
    expect(now).toEqual(before);
    return now;
  }
  expect(answer.ok ? 'yes' : (answer.problem.finding?.answer ?? answer.problem), name).toBe(law.answer);
  expect(now.logged).toBe(before.logged + 1);
  if (!answer.ok) {
    refusalFits(answer.problem.finding!, law, ask);
    expect(now.entry).toMatchObject({
      action: 'refused',
      asked: 'provide',
      id: answer.problem.decision,
      decision: { answer: law.answer },
    });
    expect(now.rows).toBe(before.rows);
    return now;
  }
  yesFits(answer.value.basis, law, ask);
  expect(now.entry).toMatchObject({
    action: 'people:provide',
    id: answer.value.id,
    items: ask.items,
    decision: { answer: 'yes' },
  });
  if (law.on === 'consent' || law.on === 'abroad') {
    const due = recordDue(world, person, answer.value.id, { ...ask, ...made });
    expect(answer.value.record).toEqual(due);
    expect(now.entry).toMatchObject({ record: due.id, keep_until: due.keep_until });
    keep(person, due, world.parties[ask.to!]);
  } else expect([answer.value.record, now.entry['record']]).toEqual([null, undefined]);
  return now;
}

/** 33(5): the person is shown the records of 29 and 30 about them, all of them and no others, also once what was held is erased. */
async function discloses(person: Person): Promise<void> {
  const desk = { office: server.office, access: server.app.access };
  if (person.records.length + person.receipts.length === 0) return;
  const by = byOfficer(server);
  let one = await identified(desk, by, 'record-disclosure');
  const terms = [{ kind: 'name' as const, term: person.name }];
  one = valueOf(await specify(desk, by, one.row.id, { seen: one.request.last }, { terms, principals: [person.id] }));
  one = valueOf(await collect(desk, by, one.row.id, { seen: one.request.last }));
  const { provisions, receipts } = one.request.collected!;
  expect([provisions, receipts]).toEqual([person.records.length, person.receipts.length]);
  one = valueOf(await decide(desk, by, one.row.id, { seen: one.request.last }, asking(disclosing)));
  const { provisions: shown, receipts: taken } = must(
    await server.clientWith((await tokenOf(server.app.access)).token).requests.content(one.row.id),
  );
  expect(shown.map(({ id }) => id).toSorted()).toEqual(person.records.map(({ id }) => id).toSorted());
  expect(taken.map(({ id }) => id).toSorted()).toEqual(person.receipts.toSorted());
  for (const { id, recipient, items } of person.records)
    expect(shown.find((given) => given.id === id)).toMatchObject({
      recipient: recipient.name,
      address: recipient.address,
      representative: recipient.representative,
      items,
    });
}

// ---- the world of a run

let worlds = 0;

/** What a world begins with: almost everything may go, so that what ends it shows. */
const begun: readonly Act[] = [
  ...[0, 1, 2].flatMap((who): Act[] => [
    { do: 'consent', who, text: 'whole', by: 'principal', ago: 1 },
    { do: 'consent', who, text: 'abroad', by: 'principal', ago: 1 },
  ]),
  { do: 'contract', to: 'worker', flaw: null, days: 3 },
  { do: 'contract', to: 'far', flaw: null, days: null },
  { do: 'system', days: null },
  { do: 'check', ago: 364, found: 'kept' },
  { do: 'share', days: 0 },
];

async function open(): Promise<World> {
  const client = server.clientWith((await tokenOf(server.app.access)).token);
  worlds += 1;
  const party = async (name: string, country: string, relations: string[]): Promise<Party> => {
    const of = { name: `${name} ${worlds}`, address: `例示町${worlds}`, representative: `例示 ${worlds}` };
    const { id } = must(
      await client.registerRecipient({ kind: 'corporation', ...of, country, relations, public_key: publicKey }),
    );
    return { id, ...of, stopped: false, contracts: [], systems: [], checks: [] };
  };
  const home = await party('例示共催', 'JP', ['third-party', 'joint-use']);
  const worker = await party('例示発送', 'JP', ['entrustment']);
  const far = await party('Reiji', 'US', ['third-party', 'entrustment']);
  const all = { home, worker, far };
  const written = {} as World['texts'];
  const words = both('確かめたとおり', 'As found');
  for (const name of textNames) {
    const { to, items, purpose, abroad } = texts[name];
    const shown = { country: { code: 'US' }, system: { text: words }, measures: { text: words } };
    written[name] = await addConsentText(server, {
      holding,
      recipients: to.map((one) => all[one].id),
      items: [...items],
      purpose,
      ...(abroad ? { shown } : {}),
    });
  }
  const people: Person[] = [];
  for (let n = 0; n < 3; n++) {
    const name = `履歴 ${String.fromCodePoint(0x4e00 + worlds * 3 + n)}子`;
    const items = { name, email: `given-${worlds}-${n}@example.jp`, phone: `03-0000-${1000 + worlds}` };
    const { principal: id } = await addPerson(server, holding, items, undefined, ['P3']);
    people.push({
      id,
      name,
      erased: false,
      consents: [],
      objections: [],
      stops: [],
      records: [],
      to: new Map(),
      receipts: [],
    });
  }
  const world: World = {
    client,
    people,
    parties: all,
    texts: written,
    share: await draftShare(client, home.id),
    pack: null,
  };
  for (const act of begun) await perform(world, act);
  return world;
}

const step = fc.record({
  act: acts,
  wait: fc.constantFrom(0, 1, 1, 2),
  about: fc.nat(2),
  // Always what most of the acts are about, and some of the rest.
  asked: fc.subarray(rest, { minLength: 2, maxLength: 2 }).map((some): AskName[] => ['give', 'far', ...some]),
  mode: fc.constantFrom('each', 'each', 'bulk', 'contract'),
  last: fc.constantFrom(null, 0, 90),
});

/** Few walks, because each opens a world of its own; long ones, because much has to have happened before a rule can be broken. */
const WALKS = 4;
const STEPS = 20;

test(
  'what goes, on what basis, with which record, is what the law makes of all that is registered',
  { timeout: 300_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: STEPS, maxLength: STEPS }), async (steps) => {
        const world = await open();
        for (const { act, wait, about, asked, mode, last } of steps) {
          if (wait > 0) clock.moveTo(`${addDays(today(), wait)}T10:00:00+09:00`);
          await perform(world, act);
          const person = world.people['who' in act ? act.who : about]!;
          const made = { mode, lastOn: mode === 'each' ? null : ahead(last) };
          let so = await written(person);
          for (const name of asked) so = await compare(world, person, name, made, so);
          expect(await recordsOf(world, person)).toEqual(person.records);
          if (world.pack && world.pack.left-- === 0) await fetchPack(world);
        }
        await dropPack(world);
        for (const person of world.people) await discloses(person);
      }),
      { numRuns: WALKS, seed: 20_261_202, endOnFailure: true },
    );
  },
);
