// Articles 27 to 29 through the running server: every case of providing personal data that the registers leave open, with the grounds, duties and
// missing facts from the law's own tables, and with the record of each provision, item by item as the Rules list them. Then a list of thousands,
// from its draft to the file that only its recipient can open.

import { Decrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { both } from '../../src/base/bilingual.ts';
import { day } from '../../src/base/day.ts';
import { newId } from '../../src/base/id.ts';
import type { Answer, ConsentJson, JointUseJson, Problem, ProvisionJson } from '../../src/client.ts';
import { forgetStanding } from '../../src/features/checkpoint/index.ts';
import {
  object,
  withdrawConsent,
  type ObjectAsk,
  type RecordAsk,
} from '../../src/features/consent/actions/consents.ts';
import { importConsents } from '../../src/features/consent/actions/imports.ts';
import { judge } from '../../src/features/consultation/index.ts';
import { changeJointUse, endJointUse, publishNotice, registerJointUse } from '../../src/features/joint-use/actions.ts';
import type { ChangeInput, JointUseInput } from '../../src/features/joint-use/facts/read.ts';
import { changeHolding, registerHolding, type HoldingInput } from '../../src/features/ledger/index.ts';
import { approvePackage } from '../../src/features/provision/actions/packages.ts';
import { provisionOf } from '../../src/features/provision/actions/read.ts';
import { wholeFacts } from '../../src/features/provision/actions/references.ts';
import { checkRecipient } from '../../src/features/recipients/actions/assurance.ts';
import { stopRecipient } from '../../src/features/recipients/actions/recipient.ts';
import type { AssuranceInput, CheckInput, RecipientInput } from '../../src/features/recipients/facts/register.ts';
import { listEntries } from '../../src/log/index.ts';
import { standingClock } from '../../src/platform/clock.ts';
import { outline, type Outline } from '../outline.ts';
import { addConsent, addConsentText, addRecipient, byOfficer, entrusted, officerOf } from '../people.ts';
import { must, newcomer, openServer, readers, tokenOf, type Session, type TestServer } from '../server.ts';

const TODAY = '2026-11-24';
const clock = standingClock(`${TODAY}T10:00:00+09:00`);
const by = { actor: { kind: 'sekisho' }, authority: [] } as const;

let server: TestServer;
let officer: Session;
/** Ids by their names in this test. */
const holdings: Record<string, string> = {};
const recipients: Record<string, string> = {};
const jointUses: Record<string, string> = {};
const texts: Record<string, { code: string; version: number }> = {};

// ---- what stands in the registers

const kept = [
  'name',
  'name_kana',
  'email',
  'company',
  'address',
  { code: 'purchases', label: { ja: '購買の履歴' } },
  { code: 'health', label: { ja: '健康診断の結果' }, special_care: true },
];

interface Party extends Partial<RecipientInput> {
  assured?: AssuranceInput[];
  checked?: Partial<CheckInput> & { on: string };
}

const vietnam = { name: 'Reiji Partner Co., Ltd.', address: '1 Reiji Street, Ha Noi', country: 'VN' };
const germany = { name: 'Reiji GmbH', address: 'Beispielstr. 1, Berlin', country: 'DE' };
const usa = { address: '1 Reiji Road, Austin', country: 'US' };
const contractor = { relations: ['entrustment'] };
const system = { kind: 'equivalent-system', reference: '覚書 7', from: '2025-09-01', by: 'contract' };
const cloud = {
  kind: 'cloud',
  reference: '利用契約 3',
  from: '2026-04-01',
  contractExcludesHandling: true,
  accessControlled: true,
  serverCountry: 'JP',
};

/** An entrusted party in the United States with an equivalent-action system, checked on a day. */
const texan = (name: string, checked?: Party['checked'], more: Partial<AssuranceInput> = {}): Party => ({
  ...usa,
  ...contractor,
  name,
  assured: [entrusted, { ...system, until: '2027-03-31', ...more }],
  ...(checked ? { checked } : {}),
});

const parties: Record<string, Party> = {
  kyodo: { name: '共同株式会社', address: '大阪市北区例示町2-2', representative: '共同 花子' },
  trader: { kind: 'individual', name: '例示デザイン', representative: null },
  city: { kind: 'local-government', name: '例示市', representative: null },
  taxOffice: { kind: 'state-organ', name: '例示税務署', representative: null },
  broker: { name: '例示名簿株式会社' },
  stopped: { name: '例示停止株式会社' },
  printer: { ...contractor, name: '例示発送株式会社', assured: [entrusted] },
  unassessed: { ...contractor, name: '例示印刷株式会社', assured: [{ ...entrusted, assessed: false }] },
  uncontracted: { ...contractor, name: '例示製本株式会社', assured: [{ ...entrusted, contract: false }] },
  unmonitored: { ...contractor, name: '例示封入株式会社', assured: [{ ...entrusted, monitored: false }] },
  bare: { ...contractor, name: '例示新規株式会社' },
  lapsed: { ...contractor, name: '例示満了株式会社', assured: [{ ...entrusted, until: '2026-11-23' }] },
  coming: { ...contractor, name: '例示明日株式会社', assured: [{ ...entrusted, from: '2026-11-25' }] },
  mixer: { ...contractor, name: '例示名寄せ株式会社', assured: [{ ...entrusted, ownUse: true }] },
  successor: { name: '例示承継株式会社', relations: ['succession'] },
  groupA: { name: '例示グループA株式会社', relations: ['joint-use'] },
  outsider: { name: '例示部外株式会社', relations: ['joint-use'] },
  hanoi: { ...vietnam, relations: ['third-party', 'entrustment', 'joint-use'], assured: [entrusted] },
  hanoiMixer: {
    ...vietnam,
    ...contractor,
    name: 'Reiji Mixing Co., Ltd.',
    assured: [{ ...entrusted, ownUse: true }],
  },
  berlin: { ...germany, relations: ['third-party', 'entrustment', 'joint-use'], assured: [entrusted] },
  dallas: { ...usa, ...contractor, name: 'Reiji Dallas Inc.', assured: [entrusted] },
  texas: { ...texan('Reiji Inc.', { on: '2026-05-01' }), relations: ['third-party', 'entrustment'] },
  hindered: texan('Reiji Hindered Inc.', {
    on: '2026-05-01',
    measures: 'hindered',
    trouble: '報告が遅れました',
    remedy: '報告の期限を決めました',
  }),
  late: texan('Reiji Late Inc.', { on: '2025-11-23' }),
  just: texan('Reiji Just Inc.', { on: '2025-11-24' }),
  unchecked: texan('Reiji Unchecked Inc.'),
  failing: texan('Reiji Failing Inc.', {
    on: '2026-11-01',
    measures: 'impossible',
    trouble: '国の求めに応じます',
    remedy: 'ありません',
  }),
  lastDay: texan('Reiji Last Inc.', { on: '2026-05-01' }, { until: TODAY }),
  expired: texan(
    'Reiji Expired Inc.',
    { on: '2026-05-01' },
    { by: 'certificate', scheme: 'global-cbpr', until: '2026-11-23' },
  ),
  usCloud: { ...usa, ...contractor, name: 'Reiji Cloud Inc.', assured: [cloud] },
  looseCloud: { ...usa, ...contractor, name: 'Reiji Open Inc.', assured: [{ ...cloud, accessControlled: false }] },
  cloudAbroad: { ...contractor, name: '例示雲海株式会社', assured: [{ ...cloud, serverCountry: 'US' }] },
  cloudHere: { ...contractor, name: '例示雲上株式会社', assured: [cloud] },
  handling: {
    ...contractor,
    name: '例示処理株式会社',
    assured: [entrusted, { ...cloud, contractExcludesHandling: false }],
  },
};

async function registerRecipients(): Promise<void> {
  for (const [code, { assured = [], checked, ...party }] of Object.entries(parties)) {
    const id = await addRecipient(server, party, ...assured);
    recipients[code] = id;
    if (checked)
      must(await checkRecipient(server.office, by, id, { method: '書面の報告', measures: 'kept', ...checked }));
  }
  must(await stopRecipient(server.office, by, { id: recipients.stopped!, version: 1, reason: '漏えいのおそれ' }));
}

const responsible = {
  kind: 'corporation',
  name: { ja: '例示情報通信株式会社' },
  address: { ja: '東京都千代田区例示町1-1' },
  representative: { ja: '例示 太郎' },
};

const jointUse = (name: string, more: Partial<JointUseInput> = {}): JointUseInput => ({
  name: { ja: name },
  information: 'personal',
  shares: [{ holding: holdings.invoices!, items: ['name', 'address'] }],
  scope: { ja: '当社と例示グループの各社' },
  members: [recipients.groupA!, recipients.hanoi!, recipients.berlin!],
  purposes: ['P1'],
  responsible,
  ...more,
});

/** Registers a joint use and publishes its notice with effect from a day. */
async function share(code: string, more: Partial<JointUseInput> = {}, on = TODAY): Promise<void> {
  const made = must(await registerJointUse(server.office, by, jointUse(`共同利用 ${code}`, more)));
  must(await publishNotice(server.office, by, made, { notice: 1, on: day(on) }));
  jointUses[code] = made.id;
}

async function registerJointUses(): Promise<void> {
  jointUses.draft = must(await registerJointUse(server.office, by, jointUse('共同利用の案'))).id;
  await share('group');
  await share('tomorrow', {}, '2026-11-25');
  await share('sole', { responsible: { ...responsible, kind: 'individual', representative: null } });
  await share('ended');
  const ending = must(await server.client.jointUse(jointUses.ended!));
  must(await endJointUse(server.office, by, ending, { on: day(TODAY), why: '契約の終了' }));
  const wide = { shares: [{ holding: holdings.narrowed!, items: ['name'] }], purposes: ['P1', 'P3'] };
  await share('narrowed', wide);
  // The notice still names a purpose that the holding no longer has.
  const narrow: HoldingInput = { ...ledgerEntry('narrowed', ['P1']), manager: server.staff.officer };
  must(await changeHolding(server.app, by, { id: holdings.narrowed!, version: 1, input: narrow }));
}

const ledgerEntry = (name: string, purposes: string[]) => ({
  ...readers,
  name: { ja: `台帳 ${name}` },
  items: kept,
  purposes,
});

const words = both('確かめたとおり', 'As found');
const reasoned = both('相手が決まっていないため', 'As the party is not chosen yet');
const shown = (code: string) => ({ country: { code }, system: { text: words }, measures: { text: words } });
const unknownMatter = { unknown: reasoned };

async function writeTexts(): Promise<void> {
  const items = ['name', 'company', 'email'];
  const seminar = { holding: holdings.attendees!, items };
  const work = { holding: holdings.invoices!, items: ['name', 'address'], purpose: 'P1' };
  const { kyodo, trader, city, hanoi, hanoiMixer, berlin, texas } = recipients;
  const all: Record<string, Parameters<typeof addConsentText>[1]> = {
    cohost: { ...seminar, recipients: [kyodo!, trader!, city!] },
    nameOnly: { ...seminar, recipients: [kyodo!], items: ['name'] },
    another: { ...seminar, recipients: [trader!] },
    forBilling: { ...seminar, recipients: [kyodo!], purpose: 'P1' },
    blanket: { ...seminar, recipients: [hanoi!, berlin!, texas!] },
    blanketWork: { ...work, recipients: [texas!] },
    vietnam: { ...seminar, recipients: [hanoi!], shown: shown('VN') },
    systemUntold: { ...seminar, recipients: [hanoi!], shown: { ...shown('VN'), system: unknownMatter } },
    measuresUntold: { ...seminar, recipients: [hanoi!], shown: { ...shown('VN'), measures: unknownMatter } },
    nothingKnown: {
      ...seminar,
      recipients: [hanoi!],
      shown: { country: unknownMatter, system: unknownMatter, measures: unknownMatter },
    },
    vietnamWork: { ...work, recipients: [hanoi!, hanoiMixer!], shown: shown('VN') },
    texas: { ...seminar, recipients: [texas!], shown: shown('US') },
  };
  for (const [code, of] of Object.entries(all)) texts[code] = await addConsentText(server, of);
}

beforeAll(async () => {
  server = await openServer({ clock });
  officer = await server.session('officer');
  const purposesOf = { attendees: ['P3'], invoices: ['P1'], shared: ['P1', 'P3'], narrowed: ['P1', 'P3'] };
  for (const [name, purposes] of Object.entries(purposesOf)) {
    const input: HoldingInput = { ...ledgerEntry(name, purposes), manager: server.staff.officer };
    holdings[name] = must(await registerHolding(server.app, by, input)).id;
  }
  forgetStanding(server.office);
  await registerRecipients();
  await registerJointUses();
  await writeTexts();
  forgetStanding(server.office);
});
afterAll(() => server.close());

// ---- what a person is on record with

type Setup = (principal: string) => Promise<unknown>;

const consents =
  (text: string, on = '2026-11-20', more: Partial<RecordAsk> = {}): Setup =>
  (principal) =>
    addConsent(server, principal, texts[text]!, day(on), more);

/** Consents to a text for abroad whose information was shown on that day, or on an earlier one. */
const consentsAbroad = (text: string, on = '2026-11-20', shownOn = on): Setup =>
  consents(text, on, { shown: { on: day(shownOn), at: null } });

const consentsAndWithdraws =
  (text: string, withdrawnOn: string): Setup =>
  async (principal) => {
    const id = await addConsent(server, principal, texts[text]!, day('2026-11-01'));
    must(await withdrawConsent(server.office, by, id, { on: day(withdrawnOn), evidence: null }));
  };

const objects =
  (
    scope: ObjectAsk['scope'],
    on: string,
    { recipient, purpose }: { recipient?: string; purpose?: string } = {},
  ): Setup =>
  async (principal) =>
    must(
      await object(server.office, by, {
        principal,
        scope,
        purpose: purpose ?? null,
        recipient: recipient ? recipients[recipient]! : null,
        said: { on: day(on), at: null },
        evidence: null,
      }),
    );

const inTurn =
  (...setups: Setup[]): Setup =>
  async (principal) => {
    for (const setup of setups) await setup(principal);
  };

let people = 0;

/** A fictional person in a holding, with what is held. */
async function person(holding: string): Promise<{ principal: string; values: Record<string, string> }> {
  const email = `given-${++people}@example.jp`;
  const more = { email, company: '例示商事株式会社', address: '東京都例示区1-2-3' };
  const told: Record<string, string[]> = { attendees: ['P3'], shared: ['P1', 'P3'] };
  const ask = { ...newcomer(holdings[holding]!, more), purposes: told[holding] ?? ['P1'] };
  return { principal: must(await server.client.acquire(ask)).principal, values: ask.items };
}

// ---- what is asked, and what is answered

interface Ask {
  /** Null within the company. */
  to?: string | null;
  from?: string;
  items?: string[];
  purpose?: string;
  within?: string;
  facts?: object;
}

const seminar: Required<Pick<Ask, 'to' | 'from' | 'items' | 'purpose' | 'facts'>> = {
  to: 'kyodo',
  from: 'attendees',
  items: ['name', 'company', 'email'],
  purpose: 'P3',
  facts: { relation: 'third-party' },
};
const work: Ask = { from: 'invoices', items: ['name', 'address'], purpose: 'P1', facts: { relation: 'entrustment' } };
const sharing: Ask = { ...work, to: 'groupA', within: 'group', facts: { relation: 'joint-use' } };

const provide = (client: TestServer['client'], principal: string, ask: Ask) => {
  const { to, from, items, purpose, within, facts } = { ...seminar, ...ask } as typeof seminar & Ask;
  return client.provide({
    principal,
    holding: holdings[from]!,
    items,
    purpose,
    ...(to === null ? {} : { recipient: recipients[to]! }),
    ...(within ? { joint_use: jointUses[within]! } : {}),
    facts,
  });
};

const problemOf = (answer: Answer<unknown>): Problem => {
  if (answer.ok) throw new Error(`expected a problem, got ${JSON.stringify(answer.value)}`);
  return answer.problem;
};

/** The status and fields of an answer about an impossible request. */
const fieldsOf = (answer: Answer<unknown>): [number, string[] | undefined] => {
  const { status, fields } = problemOf(answer);
  return [status, fields?.map(({ field }) => field)];
};

type Rec = ProvisionJson['records']['records'][number];

/** The items of a record, by the names in src/law. */
const itemsOf = (r: Rec): string[] => [
  ...(r.consent_obtained ? ['consent-obtained'] : []),
  ...(r.provided_on ? ['provided-on'] : []),
  ...(r.recipient.name ? ['recipient-name'] : []),
  ...(r.recipient.address ? ['recipient-address'] : []),
  ...(r.recipient.representative ? ['recipient-representative'] : []),
  ...(r.principal ? ['principal'] : []),
  ...(r.items.length > 0 ? ['items'] : []),
];

/** The Rule's list for a consent, written down here by hand (Rules 20(1)(ii)): the day of the provision is not on it. */
const recorded = [
  'consent-obtained',
  'recipient-name',
  'recipient-address',
  'recipient-representative',
  'principal',
  'items',
];

const counts = async (): Promise<number> => {
  const [row] = await server.db.owner.query<{ n: number }>(
    `SELECT ((SELECT count(*) FROM provisions) + (SELECT count(*) FROM provision_records)
      + (SELECT count(*) FROM provision_people))::int AS n`,
    [],
  );
  return row!.n;
};

const findingOf = async (table: string, where: string, values: unknown[]): Promise<Outline> => {
  const sql = `SELECT finding FROM ${table} WHERE ${where}`;
  const [row] = await server.db.owner.query<{ finding: Parameters<typeof outline>[0] }>(sql, values);
  return outline(row!.finding);
};

const entryOf = async (principal: string, id: string) =>
  (await listEntries(server.office.database, { principal, most: 20 })).find(({ entry }) => entry.id === id)?.entry;

// ---- the law's answers, as its own tables state them

const grounds = {
  making: ['APPI 29(1)', 'APPI-Rules 19(2)', 'APPI-Rules 20(1)(ii)', 'APPI 29(2)'],
  contract: ['APPI 29(1)', 'APPI-Rules 19(3)', 'APPI-Rules 20(1)(ii)', 'APPI 29(2)', 'APPI-Rules 21(i)'],
};
const each = [...grounds.making, 'APPI-Rules 21(iii)'];
const byConsent = ['APPI 27(1)', ...each];
const none = ['APPI 27(1)', 'APPI 27(5)'];
const entrustment = ['APPI 27(5)(i)', 'APPI 18(1)', 'policy 11', 'APPI 25', 'APPI 29(1)'];
const jointly = ['APPI 27(5)(iii)', 'APPI 18(1)', 'policy 11', 'APPI 29(1)'];
const told = ['APPI 28(1)', 'APPI 28(2)', 'APPI-Rules 17(2)'];
const notAbroad = ['APPI 28(1)', 'APPI 28(1)'];
const equivalent = ['APPI 28(1)', 'APPI-Rules 15'];
const conforming = ['APPI 28(1)', 'APPI-Rules 16'];
const cloudGrounds = ['Guideline Q7-53', 'APPI 23', 'Guideline Q12-3', 'Guideline Q10-25'];

type Duties = NonNullable<Outline['duties']>;
type DutyOutline = Duties[number];

const record = (keepUntil = '2029-11-24', items = recorded): DutyOutline => ({
  do: 'record-provision',
  under: 'APPI 29(1)',
  when: 'at-once',
  items,
  keepUntil: day(keepUntil),
});
const supervise: DutyOutline = {
  do: 'supervise-entrusted',
  under: 'APPI 25',
  when: 'later',
  items: ['selection', 'contract', 'handling-status', 're-entrustment'],
};
const safety: DutyOutline = { do: 'own-safety-measures', under: 'APPI 23', when: 'before' };
const publish = (...items: string[]): DutyOutline => ({
  do: 'publish-foreign-handling',
  under: 'APPI-Order 10(i)',
  when: 'before',
  items,
});
const measures = (by: string): DutyOutline[] => [
  { do: 'check-foreign-measures', under: 'APPI-Rules 18(1)(i)', when: 'later', by: day(by) },
  { do: 'stop-on-failure', under: 'APPI-Rules 18(1)(ii)', when: 'later' },
  {
    do: 'answer-on-request',
    under: 'APPI 28(3)',
    when: 'later',
    items: ['how-set-up', 'measures', 'check-frequency-and-method', 'country', 'foreign-systems', 'trouble', 'remedy'],
  },
];
const ofItem = (item: string): DutyOutline[] => [
  { do: 'keep-decision-log', under: `APPI ${item}`, when: 'at-once', items: ['basis', 'document', 'approver'] },
  { do: 'limit-scope', under: `APPI ${item}`, when: 'before' },
];

const yes = (because: string[], ...duties: DutyOutline[]): Outline => ({ answer: 'yes', because, duties });
const no = (...because: string[]): Outline => ({ answer: 'no', because });
const unknown = (because: string[], ...missing: string[]): Outline => ({ answer: 'unknown', because, missing });

interface Case {
  name: string;
  /** What is on record about the person. */
  person?: Setup;
  ask?: Ask;
  expected: Outline;
  /** The number of alternatives in a refusal. */
  instead?: number;
  /** The first ground of a refusal. */
  says?: string;
  /** The record that is made; null: none is due, and none is made. */
  record?: { mode: 'each' | 'bulk' | 'contract'; keepUntil: string } | null;
}

const once = { mode: 'each', keepUntil: '2029-11-24' } as const;
/** A yes whose record is made at once. */
const onRecord = (because: string[], ...duties: DutyOutline[]): Pick<Case, 'expected' | 'record'> => ({
  expected: yes(because, record(), ...duties),
  record: once,
});

/** Asks about a new person, and compares the answer, the record and the log with what is expected. */
async function ask({
  person: setup,
  ask: asked = {},
  expected,
  instead,
  says,
  record: due = null,
}: Case): Promise<void> {
  const { to, from, items } = { ...seminar, ...asked };
  const { principal, values } = await person(from);
  await setup?.(principal);
  const before = await counts();
  const answer = await provide(server.client, principal, asked);
  if (expected.answer !== 'yes') {
    const { status, finding, decision } = problemOf(answer);
    expect(status).toBe(403);
    expect(outline(finding!)).toEqual(expected);
    if (instead !== undefined) expect(finding!.answer === 'no' && finding!.instead?.length).toBe(instead);
    if (says !== undefined) expect(finding!.because[0].says.en).toBe(says);
    expect(await counts()).toBe(before);
    expect(await entryOf(principal, decision!)).toMatchObject({
      action: 'refused',
      asked: 'provide',
      principal,
      decision: { answer: expected.answer, because: expected.because },
    });
    return;
  }
  const given = must(answer);
  expect(await findingOf('provisions', 'id = $1', [given.id])).toEqual(expected);
  const basis = {
    because: expected.because,
    duties: expected.duties!.map(({ do: what, under, by: until, keepUntil }) => ({
      do: what,
      article: under.slice(under.indexOf(' ') + 1),
      ...(until ? { by: until } : {}),
      ...(keepUntil ? { keepUntil } : {}),
    })),
  };
  expect(given.basis).toEqual(basis);
  expect([given.items, given.absent]).toEqual([Object.fromEntries(items.map((code) => [code, values[code]])), []]);
  expect(await entryOf(principal, given.id)).toMatchObject({
    action: 'people:provide',
    principal,
    items,
    decision: { answer: 'yes', because: expected.because },
  });

  const stored = must(await server.client.provision(given.id));
  expect(stored).toMatchObject({ principal, people: 1, package: null, items, basis });
  const { records } = must(await server.client.records({ principal }));
  if (due === null) {
    expect([given.record, stored.record, records]).toEqual([null, null, []]);
    return;
  }
  const { name, address, representative, kind } = {
    kind: 'corporation',
    address: '大阪府例示市中町2-3-4',
    representative: '共同 太郎',
    ...parties[to!],
  };
  const common = {
    id: given.id,
    made_on: TODAY,
    mode: due.mode,
    consent_obtained: true,
    provided_on: null,
    recipient: { name, address, representative },
    items,
    keep_until: due.keepUntil,
  };
  expect(given.record).toEqual({ ...common, principal });
  expect(itemsOf(given.record!)).toEqual(
    kind === 'corporation' ? recorded : recorded.filter((item) => item !== 'recipient-representative'),
  );
  expect(stored.record).toEqual(common);
  expect(records).toEqual([given.record]);
}

const optOut = {
  announcedOn: '2026-10-01',
  listed: [
    'provider',
    'provision-is-purpose',
    'items',
    'how-acquired',
    'method',
    'stops-on-request',
    'how-to-request',
    'update-and-start',
  ],
  filedOn: '2026-10-01',
  stopsOnRequest: true,
  acquiredUnlawfully: false,
  receivedByOptOut: false,
  coversItems: true,
  objected: false,
};
const toBroker = (change: object = {}, items = ['purchases']): Ask => ({
  to: 'broker',
  items,
  facts: { relation: 'third-party', optOut: { ...optOut, ...change } },
});
const stated = (facts: object, more: Ask = {}): Ask => ({ ...more, facts: { relation: 'third-party', ...facts } });
const consented = consents('cohost');

const atHome: Case[] = [
  {
    name: 'O-01 by consent, once: no day on the record, but the address and the representative',
    person: consented,
    ...onRecord(byConsent),
  },
  {
    name: 'O-01 on a consent of the same day',
    person: consents('cohost', TODAY),
    ...onRecord(byConsent),
  },
  {
    name: 'O-01 to a sole trader, who has no representative',
    person: consented,
    ask: { to: 'trader' },
    expected: yes(
      byConsent,
      record(
        '2029-11-24',
        recorded.filter((item) => item !== 'recipient-representative'),
      ),
    ),
    record: once,
  },
  {
    name: 'O-01 again and again: three years from the last',
    person: consented,
    ask: stated({ record: { mode: 'bulk', lastOn: '2027-02-28' } }),
    expected: yes(['APPI 27(1)', ...grounds.making, 'APPI-Rules 21(ii)'], record('2030-02-28')),
    record: { mode: 'bulk', keepUntil: '2030-02-28' },
  },
  {
    name: 'O-01 a contract serves as the record: a year from the last',
    person: consented,
    ask: stated({ record: { mode: 'contract' } }),
    expected: yes(['APPI 27(1)', ...grounds.contract], record('2027-11-24')),
    record: { mode: 'contract', keepUntil: '2027-11-24' },
  },
  {
    name: 'O-01 a contract under which it goes on',
    person: consented,
    ask: stated({ record: { mode: 'contract', lastOn: '2027-02-28' } }),
    expected: yes(['APPI 27(1)', ...grounds.contract], record('2028-02-29')),
    record: { mode: 'contract', keepUntil: '2028-02-29' },
  },
  {
    name: 'O-01 the consent was withdrawn today',
    person: consentsAndWithdraws('cohost', TODAY),
    expected: no(...none),
    says: 'The person has withdrawn the consent.',
  },
  {
    name: 'O-01 withdrawn, and given anew on the same day',
    person: inTurn(consentsAndWithdraws('cohost', '2026-11-20'), consented),
    ...onRecord(byConsent),
  },
  ...(
    [
      ['everything', {}],
      ['provision', {}],
      ['purpose', { purpose: 'P3' }],
      ['recipient', { recipient: 'kyodo' }],
    ] as const
  ).map(([scope, of]): Case => ({
    name: `O-01 the person asked to stop: ${scope}`,
    person: inTurn(consented, objects(scope, '2026-11-22', of)),
    expected: no(...none),
    instead: 2,
    says: 'The person has withdrawn the consent.',
  })),
  ...(
    [
      ['purpose', { purpose: 'P1' }],
      ['recipient', { recipient: 'trader' }],
    ] as const
  ).map(([scope, of]): Case => ({
    name: `O-01 the person asked to stop something else: ${scope}`,
    person: inTurn(consented, objects(scope, '2026-11-22', of)),
    ...onRecord(byConsent),
  })),
  {
    name: 'O-01 the person asked to stop, and consented anew',
    person: inTurn(objects('everything', '2026-11-10'), consented),
    ...onRecord(byConsent),
  },
  {
    name: 'O-01 the consent does not reach the items',
    person: consents('nameOnly'),
    expected: no(...none),
    instead: 2,
    says: 'The consent does not cover these items.',
  },
  {
    name: 'O-01 the consent does not reach the items, but those that are asked for',
    person: consents('nameOnly'),
    ask: { items: ['name'] },
    ...onRecord(byConsent),
  },
  {
    name: 'O-01 the consent does not reach the recipient',
    person: consents('another'),
    expected: no(...none),
    says: 'The consent does not cover this recipient.',
  },
  {
    name: 'O-01 the consent does not reach the purpose',
    person: consents('forBilling'),
    expected: no(...none),
    says: 'The consent does not cover this purpose.',
  },
  {
    name: 'O-01 the parent consented for a child',
    person: consents('cohost', '2026-11-20', {
      givenBy: 'representative',
      representative: { relation: 'parent', checked: 'family-register' },
    }),
    ...onRecord(['APPI 27(1)', 'Guideline 2-16', ...each]),
  },
  {
    name: 'O-01 somebody consented who cannot judge it',
    person: consents('cohost', '2026-11-20', { givenBy: 'without-capacity' }),
    expected: no('Guideline 2-16', 'APPI 27(5)'),
    instead: 3,
  },
  {
    name: 'O-01 nobody can tell whether the person could judge it',
    person: consents('cohost', '2026-11-20', { givenBy: 'uncertain-child' }),
    expected: unknown(none, 'judgements.consentCapacity'),
  },
  {
    name: 'to a local government by consent: no record',
    person: consented,
    ask: { to: 'city' },
    expected: yes(['APPI 27(1)', 'APPI 16(2)(ii)', 'APPI 29(1)']),
  },
  { name: 'O-02 no basis: for the partner’s own sales', expected: no(...none), instead: 2 },
  {
    name: 'O-02 that it helps the customers is no case of the law',
    ask: stated({ exception: { item: '27(1)(ii)', necessary: false, consentDifficult: false } }),
    expected: no('APPI 27(1)', 'APPI 27(1)(ii)', 'APPI 27(5)'),
  },
  {
    name: 'O-02 no case of the law, but the person consented',
    person: consented,
    ask: stated({ exception: { item: '27(1)(ii)', necessary: false, consentDifficult: false } }),
    ...onRecord(byConsent),
  },
  {
    name: 'O-03 opt-out: everything is filed, and the policy has closed it',
    ask: toBroker(),
    expected: no('APPI 27(2)', 'policy 19'),
    instead: 1,
    says: 'In law an opt-out is possible where its conditions are met.',
  },
  {
    name: 'O-03 opt-out in bulk is closed just as well',
    ask: { ...toBroker(), facts: { ...toBroker().facts, record: { mode: 'bulk', lastOn: '2028-01-01' } } },
    expected: no('APPI 27(2)', 'policy 19'),
  },
  {
    name: 'O-03 opt-out of which nothing is stated',
    ask: stated({ optOut: {} }, { to: 'broker', items: ['purchases'] }),
    expected: no('APPI 27(2)', 'policy 19'),
  },
  {
    name: 'O-03 special care-required data',
    ask: toBroker({}, ['purchases', 'health']),
    expected: no('APPI 27(2)', 'policy 19'),
    says: 'Special care-required data may not be provided by opt-out.',
  },
  {
    name: 'O-03 received by opt-out',
    ask: toBroker({ receivedByOptOut: true }),
    expected: no('APPI 27(2)', 'policy 19'),
    says: 'Data received by opt-out may not be provided by opt-out again.',
  },
  {
    name: 'O-03 acquired unlawfully',
    ask: toBroker({ acquiredUnlawfully: true }),
    expected: no('APPI 27(2)', 'policy 19'),
    says: 'Unlawfully acquired data may not be provided.',
  },
  {
    name: 'O-03 the person has asked to stop, whatever is stated of it',
    person: objects('recipient', '2026-11-22', { recipient: 'broker' }),
    ask: toBroker({ objected: false }),
    expected: no('APPI 27(2)', 'policy 19'),
    says: 'The person has asked to stop the provision.',
  },
  {
    name: 'O-03 an opt-out is claimed, and the person consented',
    person: consented,
    ask: stated({ optOut }),
    ...onRecord(byConsent),
  },
  {
    name: 'O-04 entrustment at home: neither consent nor record',
    ask: { ...work, to: 'printer' },
    expected: yes(entrustment, supervise),
  },
  { name: 'O-04 the party was not assessed', ask: { ...work, to: 'unassessed' }, expected: no('APPI 25'), instead: 1 },
  { name: 'O-04 no safety terms', ask: { ...work, to: 'uncontracted' }, expected: no('APPI 25'), instead: 1 },
  { name: 'O-04 no grasp of the handling', ask: { ...work, to: 'unmonitored' }, expected: no('APPI 25'), instead: 1 },
  {
    name: 'O-04 beyond the purpose',
    ask: { ...work, to: 'printer', purpose: 'P3' },
    expected: no('APPI 27(5)(i)', 'APPI 18(1)', 'policy 11'),
  },
  ...(['bare', 'lapsed', 'coming'] as const).map((to): Case => ({
    name: `O-04 no contract holds: ${to}`,
    ask: { ...work, to },
    expected: unknown(
      entrustment,
      'entrustment.ownUse',
      'entrustment.assessed',
      'entrustment.contract',
      'entrustment.monitored',
    ),
  })),
  {
    name: 'O-05 entrustment in name only: they build a list of their own',
    ask: { ...work, to: 'mixer' },
    expected: no('APPI 27(5)(i)', 'APPI 27(1)', 'APPI 25'),
    instead: 2,
  },
  { name: 'O-06 joint use, published before', ask: sharing, expected: yes(jointly) },
  {
    name: 'O-06 not published',
    ask: { ...sharing, within: 'draft' },
    expected: no('APPI 27(5)(iii)'),
    instead: 1,
    says: 'The joint use has not been made known yet.',
  },
  {
    name: 'O-06 published from tomorrow on',
    ask: { ...sharing, within: 'tomorrow' },
    expected: no('APPI 27(5)(iii)'),
    instead: 1,
    says: 'The joint use has not been made known yet.',
  },
  {
    name: 'O-06 ended today',
    ask: { ...sharing, within: 'ended' },
    expected: no('APPI 27(5)(iii)'),
    says: 'The joint use has not been made known yet.',
  },
  {
    name: 'O-06 an item outside of the notice',
    ask: { ...sharing, items: ['name', 'email'] },
    expected: no('APPI 27(5)(iii)'),
    says: 'Some items are not named in the notice.',
  },
  {
    name: 'O-06 a holding outside of the notice',
    ask: { ...sharing, from: 'attendees' },
    expected: no('APPI 27(5)(iii)'),
    says: 'Some items are not named in the notice.',
  },
  {
    name: 'O-06 somebody outside of the scope',
    ask: { ...sharing, to: 'outsider' },
    expected: no('APPI 27(5)(iii)'),
    says: 'The recipient is outside the notified scope of users.',
  },
  {
    name: 'O-06 a purpose outside of the notice',
    ask: { ...sharing, purpose: 'P3' },
    expected: no('APPI 27(5)(iii)'),
    says: 'The purpose is not named in the notice.',
  },
  {
    name: 'a purpose of the notice that the information was not collected for',
    ask: { ...sharing, from: 'narrowed', within: 'narrowed', items: ['name'], purpose: 'P3' },
    expected: no('APPI 27(5)(iii)', 'APPI 18(1)', 'policy 11'),
  },
  {
    name: 'an individual is responsible and has no representative',
    ask: { ...sharing, within: 'sole' },
    expected: yes(jointly),
  },
  {
    name: 'O-11 a law has the tax office ask for it',
    ask: {
      to: 'taxOffice',
      items: ['name', 'address'],
      facts: { relation: 'third-party', exception: { item: '27(1)(i)', legalBasis: '国税通則法74条の2 文書番号 123' } },
    },
    expected: yes(['APPI 27(1)(i)', 'APPI 29(1)', 'APPI 16(2)(i)'], ...ofItem('27(1)(i)')),
  },
  {
    name: 'O-11 a law is said to ask for it, but which?',
    ask: stated({ exception: { item: '27(1)(i)' } }, { to: 'taxOffice', items: ['name', 'address'] }),
    expected: unknown(['APPI 27(1)'], 'exception.legalBasis'),
  },
  {
    name: 'with a business: the purposes go with it',
    ask: {
      ...work,
      to: 'successor',
      facts: { relation: 'succession', succession: { ofBusiness: true, stage: 'agreed' } },
    },
    expected: yes(['APPI 27(5)(ii)', 'APPI 18(2)', 'APPI 29(1)'], {
      do: 'carry-over-purpose',
      under: 'APPI 18(2)',
      when: 'before',
    }),
  },
  {
    name: 'with a business: is it only the data of that business, and is it agreed?',
    ask: { ...work, to: 'successor', facts: { relation: 'succession' } },
    expected: unknown(['APPI 27(5)(ii)', 'APPI 18(2)', 'APPI 29(1)'], 'succession.ofBusiness', 'succession.stage'),
  },
  {
    name: 'to another department, within the purpose',
    ask: { ...work, to: null, facts: { relation: 'same-entity' } },
    expected: yes(['Guideline 3-6-1', 'APPI 18(1)', 'policy 11']),
  },
  {
    name: 'to another department, beyond the purpose',
    ask: { ...work, to: null, purpose: 'P3', facts: { relation: 'same-entity' } },
    expected: no('Guideline 3-6-1', 'APPI 18(1)', 'policy 11'),
  },
  {
    name: 'it may further unjust acts: not even by consent',
    person: consented,
    ask: stated({ improper: true }),
    expected: no('APPI 19'),
  },
  {
    name: 'nothing is stated',
    ask: { to: null, facts: {} },
    expected: unknown(['APPI 27(1)'], 'relation', 'recipient.country'),
  },
  {
    name: 'nothing is stated but the recipient, and the person consented',
    person: consented,
    ask: { facts: {} },
    expected: unknown(['APPI 27(1)'], 'relation'),
  },
  {
    name: 'a cloud whose contract lets it handle the data is entrusted with it',
    ask: { ...work, to: 'handling' },
    expected: yes(entrustment, supervise),
  },
];

const toVietnam: Ask = { to: 'hanoi' };
const abroad: Case[] = [
  {
    name: 'O-08 V1 a consent that only speaks of companies abroad',
    person: consents('blanket'),
    ask: toVietnam,
    expected: no(...notAbroad),
    instead: 2,
    says: 'A third party abroad needs the person’s consent to just that, also for entrustment and joint use.',
  },
  { name: 'O-08 no consent at all', ask: toVietnam, expected: no(...notAbroad), instead: 2 },
  {
    name: 'O-08 V2 country, system and measures were shown first: the record, and no check of 28(3)',
    person: consentsAbroad('vietnam', TODAY),
    ask: toVietnam,
    ...onRecord([...told, ...each]),
  },
  {
    name: 'O-08 shown days before',
    person: consentsAbroad('vietnam', '2026-11-20', '2026-11-10'),
    ask: toVietnam,
    ...onRecord([...told, ...each]),
  },
  {
    name: 'O-08 the country was told, its system was not',
    person: consentsAbroad('systemUntold'),
    ask: toVietnam,
    expected: no(...told),
  },
  {
    name: 'O-08 neither country nor measures are known, and that and why was told',
    person: consentsAbroad('nothingKnown'),
    ask: toVietnam,
    ...onRecord([...told, 'APPI-Rules 17(3)', 'APPI-Rules 17(4)', ...each]),
  },
  {
    name: 'O-08 the measures are not known, and that and why was told',
    person: consentsAbroad('measuresUntold'),
    ask: toVietnam,
    ...onRecord([...told, 'APPI-Rules 17(4)', ...each]),
  },
  {
    name: 'O-08 the person asked to stop',
    person: inTurn(consentsAbroad('vietnam'), objects('recipient', '2026-11-22', { recipient: 'hanoi' })),
    ask: toVietnam,
    expected: no(...notAbroad),
  },
  {
    name: 'O-08 the guardian consented',
    person: consents('vietnam', '2026-11-20', {
      givenBy: 'representative',
      representative: { relation: 'guardian-of-adult', checked: 'guardianship-record' },
      shown: { on: day('2026-11-20'), at: null },
    }),
    ask: toVietnam,
    ...onRecord(['APPI 28(1)', 'Guideline 2-16', 'APPI 28(2)', 'APPI-Rules 17(2)', ...each]),
  },
  {
    name: 'O-08 a law asks for it: abroad as at home',
    ask: stated(
      { exception: { item: '27(1)(i)', legalBasis: '国際捜査共助法 文書番号 9', lawOfJapan: true } },
      { ...toVietnam, items: ['name'] },
    ),
    expected: yes(['APPI 27(1)(i)', 'APPI 29(1)'], ...ofItem('27(1)(i)')),
  },
  {
    name: 'O-08 a law asks for it abroad, and nobody says that it is one of Japan',
    ask: stated(
      { exception: { item: '27(1)(i)', legalBasis: 'Luật An ninh mạng 2018, 9' } },
      { ...toVietnam, items: ['name'] },
    ),
    expected: unknown(['APPI 27(1)'], 'exception.lawOfJapan'),
  },
  {
    name: 'entrustment abroad by consent: recorded and supervised',
    person: consentsAbroad('vietnamWork'),
    ask: { ...work, to: 'hanoi' },
    ...onRecord([...told, ...each, 'APPI 25'], supervise, safety, publish('country', 'measures')),
  },
  { name: 'entrustment abroad is not enough', ask: { ...work, to: 'dallas' }, expected: no(...notAbroad) },
  {
    name: 'entrustment abroad by consent to somebody who uses it for itself',
    person: consentsAbroad('vietnamWork'),
    ask: { ...work, to: 'hanoiMixer' },
    expected: no('APPI 27(5)(i)', 'APPI 27(1)', 'APPI 25'),
  },
  { name: 'joint use abroad is not enough', ask: { ...sharing, to: 'hanoi' }, expected: no(...notAbroad) },
  {
    name: 'joint use abroad by consent: recorded',
    person: consentsAbroad('vietnamWork'),
    ask: { ...sharing, to: 'hanoi' },
    ...onRecord([...told, ...each]),
  },
  {
    name: 'joint use in a country recognised as equivalent',
    ask: { ...sharing, to: 'berlin' },
    expected: yes([...equivalent, ...jointly]),
  },
  {
    name: 'O-09 entrustment in Germany: as at home, and the country is published',
    ask: { ...work, to: 'berlin' },
    expected: yes([...equivalent, ...entrustment], supervise, safety, publish('country', 'measures')),
  },
  { name: 'O-09 a third party in Germany, without a basis', ask: { to: 'berlin' }, expected: no(...none) },
  {
    name: 'a third party in Germany by consent: nothing of 28 is added',
    person: consents('blanket'),
    ask: { to: 'berlin' },
    ...onRecord([...equivalent, ...byConsent]),
  },
  {
    name: 'O-10 a cloud abroad that does not handle the data: both countries are published, though the server is in Tokyo',
    ask: { ...work, to: 'usCloud' },
    expected: yes(cloudGrounds, safety, publish('vendor-country', 'server-country', 'measures')),
  },
  {
    name: 'O-10 a cloud of a company in Japan with servers abroad',
    ask: { ...work, to: 'cloudAbroad' },
    expected: yes(cloudGrounds, safety, publish('vendor-country', 'server-country', 'measures')),
  },
  {
    name: 'O-10 a cloud of a company in Japan with servers in Japan',
    ask: { ...work, to: 'cloudHere' },
    expected: yes(['Guideline Q7-53', 'APPI 23'], safety),
  },
  {
    name: 'O-10 the contract excludes handling, access control does not',
    ask: { ...work, to: 'looseCloud' },
    expected: no(...notAbroad),
  },
  ...(
    [
      ['an equivalent-action system carries entrustment, with its three duties', 'texas', '2027-05-01'],
      ['there was trouble with the measures and it was mended', 'hindered', '2027-05-01'],
      ['checked exactly a year ago', 'just', '2026-11-24'],
      ['the last day of the contract it rests on', 'lastDay', '2027-05-01'],
    ] as const
  ).map(([name, to, due]): Case => ({
    name,
    ask: { ...work, to },
    expected: yes([...conforming, ...entrustment], supervise, ...measures(due), safety, publish('country', 'measures')),
  })),
  {
    name: 'the check is a day late',
    ask: { ...work, to: 'late' },
    expected: no(...notAbroad, 'APPI-Rules 18(1)'),
  },
  { name: 'never checked', ask: { ...work, to: 'unchecked' }, expected: no(...notAbroad, 'APPI-Rules 18(1)') },
  { name: 'the certificate has expired', ask: { ...work, to: 'expired' }, expected: no(...notAbroad) },
  {
    name: 'a system carries it though the consent was not one to a provision abroad',
    person: consents('blanketWork'),
    ask: { ...work, to: 'texas' },
    expected: yes(
      [...conforming, ...entrustment],
      supervise,
      ...measures('2027-05-01'),
      safety,
      publish('country', 'measures'),
    ),
  },
  {
    name: 'a system, but the basis is the consent abroad: nothing of 28(3)',
    person: consentsAbroad('texas'),
    ask: { to: 'texas' },
    ...onRecord([...told, ...each]),
  },
  {
    name: 'a system in the place of the consent abroad: that of 27 all the same, with the duties of the system',
    person: consents('blanket'),
    ask: { to: 'texas' },
    ...onRecord([...conforming, ...byConsent], ...measures('2027-05-01')),
  },
  { name: 'a system is no basis of its own', ask: { to: 'texas' }, expected: no(...none) },
];

describe('providing at home (27)', () => {
  test.each(atHome)('$name', ask);
});

describe('providing abroad (28)', () => {
  test.each(abroad)('$name', ask);
});

const academic = { academicInstitution: true, necessary: true, undueInfringement: false };
const publicItems: [item: string, elements: Record<string, string | boolean>][] = [
  ['27(1)(i)', { legalBasis: '刑事訴訟法197条2項 照会書7号' }],
  ['27(1)(ii)', { necessary: true, consentDifficult: true }],
  ['27(1)(iii)', { necessary: true, consentDifficult: true }],
  ['27(1)(iv)', { publicAffairs: true, necessary: true, consentImpedes: true }],
  ['27(1)(v)', academic],
  ['27(1)(vi)', { ...academic, jointResearch: true }],
  ['27(1)(vii)', academic],
];

describe('the cases that the law lists (27(1))', () => {
  test.each(publicItems)('%s: with all its elements and no record; not with one fewer', async (item, elements) => {
    const claim = (change: object): Case['ask'] =>
      stated({ exception: { item, ...elements, ...change } }, { to: 'broker' });
    await ask({ name: item, ask: claim({}), expected: yes([`APPI ${item}`, 'APPI 29(1)'], ...ofItem(item)) });
    for (const [element, value] of Object.entries(elements)) {
      await ask({
        name: element,
        ask: claim({ [element]: undefined }),
        expected: unknown(['APPI 27(1)'], `exception.${element}`),
      });
      if (typeof value === 'boolean') {
        const failed = no('APPI 27(1)', `APPI ${item}`, 'APPI 27(5)');
        await ask({ name: element, ask: claim({ [element]: !value }), expected: failed });
      }
    }
  });

  test('O-11 the document is kept with the facts, sealed for the person, and nothing but what was asked for leaves', async () => {
    const { principal, values } = await person('attendees');
    const exception = { item: '27(1)(i)', legalBasis: '国税通則法74条の2 文書番号 456' };
    const { id, items } = must(
      await provide(server.client, principal, stated({ exception }, { to: 'taxOffice', items: ['address'] })),
    );
    expect(items).toEqual({ address: values.address });
    const found = await provisionOf(server.office, id);
    if (!found.ok) return expect.fail(found.problem.kind);
    expect(found.value.facts.exception).toEqual({ item: '27(1)(i)' });
    expect((await wholeFacts(server.office, found.value)).exception).toEqual(exception);
    expect(JSON.stringify(await entryOf(principal, id))).not.toContain('国税通則法');
  });
});

describe('what the officer judges', () => {
  test('whether somebody could consent is asked of the officer, once for a holding and anew for a purpose', async () => {
    const uncertain = consents('cohost', '2026-11-20', { givenBy: 'uncertain-child' });
    const content = {
      code: 'consentCapacity',
      holding_id: holdings.attendees!,
      purpose: null,
      answer: true,
      until_day: day('2026-12-31'),
      why: '申込みの説明を、中学生にも読めるように書いた。',
    };
    let minute = 0;
    const judged = async (change: object) => {
      // Neither of two judgements of one instant is the newer.
      clock.moveTo(`${TODAY}T10:0${++minute}:00+09:00`);
      await judge(server.office, byOfficer(server), { ...content, ...change });
    };
    await judged({});
    const capable = yes(['APPI 27(1)', 'Guideline Q1-62', ...each], record());
    await ask({ name: 'capable', person: uncertain, expected: capable, record: once });
    await judged({ purpose: 'P3', answer: false });
    await ask({ name: 'incapable', person: uncertain, expected: no('Guideline Q1-62', 'APPI 27(5)'), instead: 3 });
    await judged({ purpose: 'P3', until_day: day('2026-11-24') });
    await ask({ name: 'on its last day', person: uncertain, expected: capable, record: once });
  });
});

// ---- what the registers do not let anybody say

describe('what nobody states by the way', () => {
  test.each([
    ['recipient', { name: '共同株式会社' }],
    ['consent', { on: '2026-11-01' }],
    ['foreignInformation', { on: '2026-11-01' }],
    ['entrustment', { ownUse: false }],
    ['equivalentSystem', null],
    ['cloud', { contractExcludesHandling: true }],
    ['jointUse', { noticeOn: '2026-11-01' }],
    ['exemption', { kind: 'for-principal', approvedBy: 'officer-1' }],
    ['link', { expected: false }],
  ])('%s', async (fact, value) => {
    const { principal } = await person('attendees');
    await consented(principal);
    const before = await counts();
    expect(fieldsOf(await provide(server.client, principal, stated({ [fact]: value })))).toEqual([
      422,
      [`facts.${fact}`],
    ]);
    expect(await counts()).toBe(before);
  });

  test.each<[string, Ask, string]>([
    ['a recipient that is stopped', { to: 'stopped' }, 'recipient'],
    ['a recipient that cannot keep the measures', { ...work, to: 'failing' }, 'recipient'],
    ['no recipient', { to: null }, 'recipient'],
    ['a recipient within the company', stated({ relation: 'same-entity' }), 'recipient'],
    ['a relation it is not registered for', stated({ relation: 'entrustment' }), 'facts.relation'],
    ['joint use without the joint use', { ...work, to: 'groupA', facts: { relation: 'joint-use' } }, 'joint_use'],
    ['a joint use beside another relation', { within: 'group' }, 'joint_use'],
    ['an item that is not kept', { items: ['shoe_size'] }, 'items.shoe_size'],
    ['no item', { items: [] }, 'items'],
    ['a purpose that is none', { purpose: 'P9' }, 'purpose'],
    [
      'an opt-out with a line twice',
      stated({ optOut: { ...optOut, listed: ['items', 'items'] } }),
      'facts.optOut.listed',
    ],
  ])('%s is named', async (_, asked, field) => {
    const { principal } = await person({ ...seminar, ...asked }.from);
    const before = await counts();
    expect(fieldsOf(await provide(server.client, principal, asked))).toEqual([422, [field]]);
    expect(await counts()).toBe(before);
  });

  test('an id that is nobody’s, and a person of another holding, are not held here', async () => {
    const { principal } = await person('attendees');
    const before = await counts();
    for (const one of [newId(0), principal]) {
      expect(problemOf(await provide(server.client, one, { ...work, to: 'printer' })).status).toBe(404);
    }
    expect(await counts()).toBe(before);
  });

  test('a system provides within its purposes only', async () => {
    const { principal } = await person('attendees');
    await consented(principal);
    const bound = server.clientWith((await tokenOf(server.app.access, ['people:provide'], ['P1'])).token);
    const before = await counts();
    const problem = problemOf(await provide(bound, principal, {}));
    expect([problem.status, problem.finding]).toEqual([403, undefined]);
    expect(await counts()).toBe(before);
  });
});

const given: Omit<ConsentJson['input'], 'principal' | 'text'> = {
  language: 'ja',
  given_on: '2026-11-20',
  given_by: 'principal',
  channel: 'web-form',
  method: 'paper',
  evidence: '同意書つづり 2026-3',
};
const company = { kind: 'corporation', address: '東京都例示区9-9', country: 'JP', relations: ['third-party'] };

/** Acts that would make the law refuse a later provision. */
const unrecorded: [string, (principal: string) => Promise<Answer<unknown>>, string][] = [
  [
    'a consent of tomorrow',
    (principal) => server.client.consent({ ...given, principal, text: texts.cohost!, given_on: '2026-11-25' }),
    'given_on',
  ],
  [
    'a consent abroad before the information was shown',
    (principal) => server.client.consent({ ...given, principal, text: texts.vietnam!, shown_on: '2026-11-21' }),
    'shown_on',
  ],
  [
    'a consent abroad without the information',
    (principal) => server.client.consent({ ...given, principal, text: texts.vietnam! }),
    'shown_on',
  ],
  [
    'a representative whose papers nobody saw',
    (principal) => server.client.consent({ ...given, principal, text: texts.cohost!, given_by: 'representative' }),
    'representative',
  ],
  [
    'an objection of tomorrow',
    (principal) => server.client.object({ principal, scope: 'everything', on: '2026-11-25' }),
    'on',
  ],
  [
    'a withdrawal before the consent',
    async (principal) => {
      const { id } = must(await server.client.consent({ ...given, principal, text: texts.cohost! }));
      return server.client.withdrawConsent(id, { on: '2026-11-19' });
    },
    'on',
  ],
  [
    'a text abroad that is silent on the measures',
    () =>
      server.client.writeConsentText({
        code: 'silent',
        kind: 'provision-abroad',
        name: both('提供', 'Provision'),
        wording: { ja: '外国への提供に同意します。' },
        purposes: ['P3'],
        holding: holdings.attendees!,
        items: ['name'],
        recipients: [recipients.hanoi!],
        shown: { country: { code: 'VN' }, system: { text: words } },
      }),
    'shown.measures',
  ],
  [
    'a corporation without a representative',
    () => server.client.registerRecipient({ ...company, name: '例示無名株式会社' }),
    'representative',
  ],
  [
    'a corporation without an address',
    () =>
      server.client.registerRecipient({
        ...company,
        name: '例示無名株式会社',
        address: '',
        representative: '例示 次郎',
      }),
    'address',
  ],
  [
    'a private person as a recipient',
    () => server.client.registerRecipient({ ...company, kind: 'private-person', name: '例示' }),
    'kind',
  ],
  [
    'a check of tomorrow',
    () => server.client.checkRecipient(recipients.printer!, { on: '2026-11-25', method: '報告', measures: 'kept' }),
    'on',
  ],
  [
    'O-06 a joint use without the representative',
    () =>
      server.client.registerJointUse({
        ...jointUse('代表者なし'),
        responsible: { ...responsible, representative: null },
      } as JointUseJson['input']),
    'responsible.representative.ja',
  ],
  [
    'O-06 a joint use without the address',
    () =>
      server.client.registerJointUse({
        ...jointUse('住所なし'),
        responsible: { ...responsible, address: { ja: '' } },
      } as JointUseJson['input']),
    'responsible.address.ja',
  ],
  [
    'O-06 a notice of yesterday',
    async () => {
      const { id, version } = must(await server.client.jointUse(jointUses.draft!));
      return server.client.publishJointUse(id, { version, notice: 1, on: day('2026-11-23') });
    },
    'on',
  ],
];

describe('what is refused when it is recorded', () => {
  test.each(unrecorded)('%s', async (_, act, field) => {
    const { principal } = await person('attendees');
    expect(fieldsOf(await act(principal))).toEqual([422, [field]]);
  });

  test('28(1) a system of measures abroad, and that it is kept, for which people vouch', async () => {
    const { texas } = recipients;
    const check = { on: '2026-11-24', method: '報告', measures: 'kept' };
    for (const answer of [
      await server.client.assureRecipient(texas!, { ...system, reference: '覚書 8' }),
      await server.client.checkRecipient(texas!, check),
    ])
      expect(problemOf(answer).status).toBe(403);
  });

  test('a joint use of My Numbers, by the Numbering Act', async () => {
    const asked = { ...jointUse('番号'), information: 'my-number' } as JointUseJson['input'];
    const { status, finding } = problemOf(await server.client.registerJointUse(asked));
    expect([status, outline(finding!)]).toEqual([403, no('NumberingAct 19', 'NumberingAct 30(2)')]);
  });
});

// ---- O-07

const moved = {
  change: 'responsible-address',
  effective_on: '2026-12-01',
  notice_on: null,
  responsible: { address: { ja: '東京都港区例示町3-3' } },
};
const widened = {
  change: 'purposes',
  effective_on: '2027-02-01',
  notice_on: '2027-01-15',
  purposes: ['P1', 'P3'],
  why: 'どちらも催しのご案内です',
};
const replaced = {
  change: 'responsible-person',
  effective_on: '2027-03-01',
  notice_on: TODAY,
  responsible: { ...responsible, name: { ja: '例示グループA株式会社' } },
};
const told27 = 'APPI 27(6)';
const after: DutyOutline = { do: 'publish-joint-use', under: told27, when: 'at-once' };

/** `related`: the officer's judgement, with which the officer makes the change; without it, a system does. */
const changes: { name: string; change: object; related?: boolean; expected: Outline; instead?: number }[] = [
  { name: '(a) the address changes: told without delay after it', change: moved, expected: yes([told27], after) },
  {
    name: '(a) the representative changes, and nobody says when it is told',
    change: {
      change: 'responsible-representative',
      effective_on: '2026-12-01',
      responsible: { representative: { ja: '例示 次郎' } },
    },
    expected: yes([told27], after),
  },
  {
    name: '(a) changed and told today',
    change: { ...moved, effective_on: TODAY, notice_on: TODAY },
    expected: yes([told27]),
  },
  {
    name: '(a) to be told after it',
    change: { ...moved, notice_on: '2026-12-02' },
    expected: yes([told27], after),
  },
  {
    name: '(b) the purposes are widened, and told beforehand',
    change: widened,
    related: true,
    expected: yes([told27, 'APPI 17(2)'], { ...after, when: 'before', by: day('2027-01-15') }),
  },
  {
    name: '(b) not told',
    change: { ...widened, notice_on: null },
    related: true,
    expected: no(told27, told27),
    instead: 1,
  },
  {
    name: '(b) told on the day',
    change: { ...widened, notice_on: '2027-02-01' },
    related: true,
    expected: no(told27, told27),
  },
  { name: '(b) beyond what is related', change: widened, related: false, expected: no('APPI 17(2)') },
  {
    name: '(b) nobody has judged whether it is related',
    change: widened,
    expected: unknown([told27, 'APPI 17(2)'], 'judgements.purposeRelated'),
  },
  { name: '(c) another responsible person, told already', change: replaced, expected: yes([told27]) },
  { name: '(c) told after it', change: { ...replaced, notice_on: '2027-03-05' }, expected: no(told27, told27) },
  {
    name: '(c) neither day is known',
    change: { ...replaced, effective_on: undefined, notice_on: undefined },
    expected: unknown([told27], 'effectiveOn', 'noticeOn'),
  },
  {
    name: 'more items are a new joint use',
    change: { change: 'items' },
    expected: no(told27, 'Guideline 3-6-3'),
    instead: 2,
  },
  {
    name: 'more users are a new joint use',
    change: { change: 'users' },
    expected: no(told27, 'Guideline 3-6-3'),
    instead: 2,
  },
];

/** A change of a joint use that the officer makes, with their judgement of whether the new purposes are related. */
const judgedChange = async ({ id, version }: JointUseJson['jointUse'], what: object, related: boolean) => {
  const { effective_on, notice_on, ...asked } = what as JointUseJson['change'];
  const told = notice_on ? day(notice_on) : null;
  const input = { ...asked, effectiveOn: day(effective_on!), noticeOn: told, related } as ChangeInput;
  return changeJointUse(server.office, byOfficer(server), { id, version }, input);
};

describe('O-07 changes of a joint use (27(6))', () => {
  let n = 0;
  const started = async () => {
    const code = `change ${++n}`;
    await share(code, { shares: [{ holding: holdings.shared!, items: ['name', 'address'] }] });
    return must(await server.client.jointUse(jointUses[code]!));
  };
  const change = async (use: JointUseJson['jointUse'], what: object) =>
    server.client.changeJointUse(use.id, { version: use.version, ...what } as JointUseJson['change']);

  test.each(changes)('$name', async ({ change: what, related, expected, instead }) => {
    const use = await started();
    const said = related === undefined ? await change(use, what) : await judgedChange(use, what, related);
    const after = must(await server.client.jointUse(use.id));
    if (expected.answer !== 'yes') {
      if (said.ok || !('finding' in said.problem)) return expect.fail('not refused by the law');
      const finding = said.problem.finding!;
      expect(outline(finding)).toEqual(expected);
      if (instead !== undefined) expect(finding.answer === 'no' && finding.instead?.length).toBe(instead);
      expect(after).toEqual(use);
      return;
    }
    expect(said.ok).toBe(true);
    const { notices } = after;
    expect(await findingOf('joint_use_notices', 'joint_use_id = $1 AND notice = 2', [use.id])).toEqual(expected);
    const { change: of, effective_on, notice_on } = what as Partial<JointUseJson['change']>;
    expect(notices[1]).toMatchObject({ notice: 2, change: of, effective_on, public_on: notice_on ?? null });
  });

  test.each([
    ['(a) told before it changes', { ...moved, notice_on: '2026-11-30' }, 'notice_on'],
    ['a judgement, which no system makes', { ...widened, related: true }, 'related'],
  ])('%s is named', async (_, what, field) => {
    const use = await started();
    expect(fieldsOf(await change(use, what))).toEqual([422, [field]]);
    expect(must(await server.client.jointUse(use.id))).toEqual(use);
  });
});

// ---- many at once

/** Does work for many, some at a time, as a system does. */
async function forAll<T, R>(all: readonly T[], work: (one: T, i: number) => Promise<R>): Promise<R[]> {
  const done: R[] = [];
  for (let at = 0; at < all.length; at += 100) {
    done.push(...(await Promise.all(all.slice(at, at + 100).map((one, i) => work(one, at + i)))));
  }
  return done;
}

/** All records, page by page. */
async function allRecords(principal?: string): Promise<Rec[]> {
  const found: Rec[] = [];
  let before: string | undefined;
  do {
    const page = must(
      await server.client.records({
        ...(principal === undefined ? {} : { principal }),
        ...(before === undefined ? {} : { before }),
      }),
    );
    found.push(...page.records);
    before = page.next ?? undefined;
  } while (before !== undefined);
  return found;
}

describe('a list of three thousand', () => {
  const items = ['name', 'company', 'email'];
  const partner = { name: '例示連携株式会社', address: '東京都例示区5-5', representative: '連携 一郎' };
  /** The persons by what the registers say of them. Those let in form two classes, by who gave the consent. */
  const list = { consented: 1_900, represented: 100, objected: 900, silent: 60, withdrew: 40 };
  type Kind = keyof typeof list;
  const members: Record<Kind, string[]> = { consented: [], represented: [], objected: [], silent: [], withdrew: [] };
  const strangers = Array.from({ length: 7 }, (_, i) => newId(i));
  /** The expected line of the file for each person. */
  const lines = new Map<string, string>();
  let holding: string;
  let recipient: string;
  let identity: string;

  beforeAll(async () => {
    const { client, office, staff } = server;
    holding = must(
      await registerHolding(server.app, by, { ...ledgerEntry('many', ['P3']), manager: staff.officer }),
    ).id;
    forgetStanding(office);
    identity = await generateX25519Identity();
    recipient = await addRecipient(server, { ...partner, publicKey: await identityToRecipient(identity) });
    const text = await addConsentText(server, { holding, recipients: [recipient], items });
    const kinds = Object.entries(list).flatMap(([kind, n]) => Array<Kind>(n).fill(kind as Kind));
    await forAll(kinds, async (kind, i) => {
      const email = `many-${i}@example.jp`;
      const more = { name: `例示 "${i}", 髙𠮷`, email, ...(i % 2 === 0 ? { company: `例示${i}株式会社` } : {}) };
      const { principal } = must(await client.acquire(newcomer(holding, more)));
      members[kind].push(principal);
      lines.set(principal, `"例示 ""${i}"", 髙𠮷",${more.company ?? ''},${email}`);
    });
    const paper = [
      'principal,given_on,given_by,evidence,relation,checked',
      ...[...members.consented, ...members.objected].map((one) => `${one},2026-11-10,principal,つづり 1,,`),
      ...members.represented.map((one) => `${one},2026-11-10,representative,つづり 2,parent,family-register`),
    ];
    const bytes = Buffer.from(paper.join('\r\n'));
    must(await importConsents(office, by, { text, language: 'ja', channel: 'web-form', bytes }));
    const scopes = [
      { scope: 'everything' },
      { scope: 'provision' },
      { scope: 'purpose', purpose: 'P3' },
      { scope: 'recipient', recipient },
    ] as const;
    await forAll(members.objected, async (principal, i) =>
      must(await client.object({ principal, ...scopes[i % scopes.length]!, on: '2026-11-20' })),
    );
    await forAll(members.withdrew, async (principal) => {
      const { id } = must(await client.consent({ ...given, principal, text }));
      must(await client.withdrawConsent(id, { on: TODAY }));
    });
  });

  const draft = async (): Promise<string> => {
    const { packages } = server.client;
    const drafted = must(
      await packages.draft({
        holding,
        items,
        purpose: 'P3',
        recipient,
        everybody: false,
        facts: { relation: 'third-party' },
      }),
    );
    expect(drafted).toMatchObject({ state: 'draft', listed: 0, screening: { admitted: 0, falling_out: [] } });
    return drafted.id;
  };

  /** Puts everybody on the list in two calls: seven ids belong to nobody, and twelve are repeated. */
  const listed = async (id: string): Promise<void> => {
    const { packages } = server.client;
    const all = Object.values(members).flat();
    const first = [...all.slice(0, 1_500), ...strangers, ...all.slice(0, 5)];
    const second = [...all.slice(1_500), ...all.slice(1_000, 1_007)];
    expect(must(await packages.list(id, first))).toEqual({ added: 1_507, duplicates: 5 });
    expect(must(await packages.list(id, second))).toEqual({ added: 1_500, duplicates: 7 });
  };

  /** How many persons fall out for each reason, with the grounds. */
  function fallingOut({ screening }: ProvisionJson['package']): Record<string, [people: number, because: string[]]> {
    const out: Record<string, [number, string[]]> = {};
    for (const { why, people: n, because } of screening.falling_out) out[why] = [(out[why]?.[0] ?? 0) + n, because];
    return out;
  }

  const approve = (id: string) =>
    approvePackage(server.office, { actor: officerOf(server), authority: ['officer-all-work'] }, id);

  const file = (id: string): Promise<Response> =>
    server.fetch(`/packages/${id}/file`, {
      method: 'POST',
      headers: { cookie: officer.cookie },
      body: new URLSearchParams({ csrf: officer.csrf }),
    });

  /** True when the file of a package can be downloaded. */
  const isFile = async (id: string): Promise<boolean> =>
    (await file(id)).headers.get('content-type') === 'application/octet-stream';

  const left = async (id: string): Promise<Record<string, number>> => {
    const [row] = await server.db.owner.query<Record<string, number>>(
      `SELECT (SELECT count(*)::int FROM provisions WHERE package_id = $1) AS provisions,
              (SELECT count(*)::int FROM package_parts WHERE package_id = $1) AS parts,
              (SELECT count(*)::int FROM package_people WHERE package_id = $1) AS people,
              (SELECT count(*)::int FROM package_list WHERE package_id = $1) AS listed,
              (SELECT count(wrapped_key)::int FROM packages WHERE id = $1) AS keys`,
      [id],
    );
    return row!;
  };
  const nothingLeft = { provisions: 0, parts: 0, people: 0, listed: 0, keys: 0 };

  let cancelled: string;

  test('names what is wrong with the draft and with the list, and puts nobody on it', async () => {
    const { packages } = server.client;
    const facts = { relation: 'third-party' } as const;
    const stray = { holding, items, purpose: 'P3', recipient, joint_use: jointUses.group!, everybody: true, facts };
    expect(fieldsOf(await packages.draft(stray))).toEqual([422, ['joint_use']]);
    const id = await draft();
    const answer = await packages.list(id, [members.consented[0]!, '例示 花子']);
    expect(fieldsOf(answer)).toEqual([422, ['principals.1']]);
    expect(JSON.stringify(answer)).not.toContain('花子');
    expect(must(await packages.one(id)).listed).toBe(0);
    expect(fieldsOf(await packages.request(id))).toEqual([422, ['principals']]);
  });

  test('cancelled before it is ready: nothing is recorded, and there is nothing to fetch', async () => {
    const { packages } = server.client;
    const id = await draft();
    await listed(id);
    must(await packages.request(id));
    expect(must(await approve(id)).state).toBe('preparing');
    expect(must(await packages.cancel(id, '宛先の確認に時間がかかるため'))).toMatchObject({
      state: 'cancelled',
      reason: '宛先の確認に時間がかかるため',
      progress: { people: 0, sealed: 0 },
    });
    expect(await left(id)).toEqual(nothingLeft);
    expect(await isFile(id)).toBe(false);
    expect(await allRecords(members.consented[0])).toEqual([]);
    const again = [await packages.cancel(id, 'もう一度'), await packages.request(id), await packages.close(id)];
    for (const one of again) expect(fieldsOf(one)).toEqual([409, ['state']]);
    cancelled = id;
  });

  test('carried through: counted by reason, and exactly those in the file are on record', async () => {
    const { packages } = server.client;
    const id = await draft();
    await listed(id);
    const screened = must(await packages.screen(id));
    expect(screened).toMatchObject({ listed: 3_007, duplicates: 12, screening: { admitted: 2_000 } });
    expect(fallingOut(screened)).toEqual({ withdrawn: [940, none], none: [60, none], unknown: [7, []] });
    expect(must(await packages.request(id)).state).toBe('requested');
    // Three persons change their minds before the approval.
    const changed = [...members.consented.slice(0, 2), members.represented[0]!];
    for (const principal of changed) must(await server.client.object({ principal, scope: 'everything' }));
    must(await approve(id));
    await expect.poll(async () => must(await packages.one(id)).state).toBe('ready');
    const ready = must(await packages.one(id));
    expect(ready).toMatchObject({
      screening: { admitted: 1_997 },
      progress: { people: 1_997, sealed: 1_997 },
      fetched: 0,
    });
    expect(fallingOut(ready)).toEqual({ withdrawn: [943, none], none: [60, none], unknown: [7, []] });

    const admitted = [...members.consented, ...members.represented].filter((one) => !changed.includes(one));
    const response = await file(id);
    const sealed = Buffer.from(await response.arrayBuffer());
    expect([response.status, sealed.includes('@example.jp')]).toEqual([200, false]);
    const decrypter = new Decrypter();
    decrypter.addIdentity(identity);
    const clear = Buffer.from(await decrypter.decrypt(sealed)).toString('utf8');
    const [head, ...rows] = clear.trimEnd().split('\r\n');
    expect(head).toBe('\uFEFFname,company,email');
    expect(rows.toSorted()).toEqual(admitted.map((one) => lines.get(one)!).toSorted());

    const mine = new Set(admitted);
    const records = (await allRecords()).filter(({ recipient: of }) => of.name === partner.name);
    expect(records.map(({ principal }) => lines.get(principal)!).toSorted()).toEqual(rows.toSorted());
    expect(records.every(({ principal }) => mine.has(principal))).toBe(true);
    const provisions = [...new Set(records.map((one) => one.id))];
    const told = await forAll(provisions, async (one) => must(await server.client.provision(one)));
    expect(told.map(({ people: n }) => n).toSorted((a, b) => a - b)).toEqual([99, 1_898]);
    for (const one of told) {
      const common = {
        id: one.id,
        made_on: TODAY,
        mode: 'each',
        consent_obtained: true,
        provided_on: null,
        recipient: partner,
        items,
        keep_until: '2029-11-24',
      };
      expect(one).toMatchObject({ principal: null, package: id, items, relation: 'third-party', record: common });
      expect(one.basis.because).toEqual(one.people === 99 ? ['APPI 27(1)', 'Guideline 2-16', ...each] : byConsent);
      expect(records.filter((r) => r.id === one.id)).toEqual(
        expect.arrayContaining([{ ...common, principal: expect.any(String) }]),
      );
      for (const { principal: _, ...shared } of records.filter((r) => r.id === one.id)) expect(shared).toEqual(common);
    }
    for (const principal of [...changed, members.objected[0]!, members.silent[0]!, members.withdrew[0]!]) {
      expect(await allRecords(principal)).toEqual([]);
    }

    expect(must(await packages.one(id))).toMatchObject({ fetched: 1, fell_out: [] });
    must(await server.client.object({ principal: admitted[0]!, scope: 'everything' }));
    await (await file(id)).arrayBuffer();
    expect(must(await packages.one(id))).toMatchObject({
      fetched: 2,
      fell_out: [{ why: 'withdrawn', people: 1, because: none, provided: true }],
    });
    expect(must(await packages.close(id)).state).toBe('closed');
    expect(await isFile(id)).toBe(false);
    expect(await left(id)).toEqual({ ...nothingLeft, provisions: 2 });
    expect((await allRecords()).filter(({ recipient: of }) => of.name === partner.name)).toEqual(records);
    expect([must(await packages.one(cancelled)).state, await left(cancelled)]).toEqual(['cancelled', nothingLeft]);
  });
});

describe('what a person may be shown (33(5))', () => {
  test('is their records, all of them and nobody else’s, also once what was held about them is erased', async () => {
    const { client } = server;
    const [first, second] = [await person('attendees'), await person('attendees')];
    for (const { principal } of [first, second]) {
      for (const setup of [consented, consentsAbroad('vietnam')]) await setup(principal);
    }
    const give = async ({ principal }: { principal: string }, asked: Ask) =>
      must(await provide(client, principal, asked)).record;
    const theirs = [
      await give(first, {}),
      await give(second, {}),
      await give(first, { to: 'hanoi', items: ['name'] }),
      await give(first, { to: 'trader', items: ['email'] }),
      await give(first, { to: 'city' }),
      await give(second, { to: 'trader' }),
    ];
    expect(theirs[4]).toBeNull();
    const of = ({ principal }: { principal: string }): Rec[] =>
      theirs.filter((one): one is Rec => one?.principal === principal).toSorted((a, b) => (a.id < b.id ? 1 : -1));
    expect([of(first).length, of(second).length]).toEqual([3, 2]);
    expect(await allRecords(first.principal)).toEqual(of(first));
    expect(await allRecords(second.principal)).toEqual(of(second));
    must(await client.erase(first.principal, { ground: 'no-longer-needed' }));
    expect(await allRecords(first.principal)).toEqual(of(first));
  });

  test('no line of the log and no report to the operator holds a name or an address', async () => {
    const logged = await server.db.owner.query<{ entry: string }>('SELECT entry FROM log_entries', []);
    expect(logged.length).toBeGreaterThan(3_000);
    expect(logged.filter(({ entry }) => /例示|Reiji|example\.jp|照会書|文書番号/.test(entry))).toEqual([]);
    expect(server.reported.filter((line) => /例示|Reiji|@/.test(line))).toEqual([]);
  });
});

// At the end, because the clock is moved on here.
describe('O-07 in time', () => {
  test('(b) purposes told beforehand carry the sharing from their day on, and not a day earlier', async () => {
    await share('widening', { shares: [{ holding: holdings.shared!, items: ['name', 'address'] }] });
    const use = must(await server.client.jointUse(jointUses.widening!));
    expect(await judgedChange(use, widened, true)).toMatchObject({ ok: true });
    const { principal } = await person('shared');
    const asked: Ask = { ...sharing, from: 'shared', within: 'widening', purpose: 'P3' };
    const answered = async (on: string): Promise<string[]> => {
      clock.moveTo(`${on}T10:00:00+09:00`);
      const client = server.clientWith((await tokenOf(server.app.access)).token);
      const answer = await provide(client, principal, asked);
      return answer.ok ? answer.value.basis.because : outline(answer.problem.finding!).because;
    };
    expect(await answered('2027-01-31')).toEqual(['APPI 27(5)(iii)']);
    expect(await answered('2027-02-01')).toEqual(['APPI 27(5)(iii)', 'APPI 18(1)', 'policy 13', 'APPI 29(1)']);
  });
});
