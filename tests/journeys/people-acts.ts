// The acts of the random histories of people, through the running server. Each compares the answer, the values, the record and the log entry with what
// the law makes of them, and then keeps in the model what has happened.

import fs from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'vitest';
import { openApp } from '../../src/app.ts';
import { addDays, addYears, type Day } from '../../src/base/day.ts';
import { sekisho, type AcquisitionJson, type CheckpointJson, type Problem, type Sekisho } from '../../src/client.ts';
import { createSystem, createToken } from '../../src/features/access/index.ts';
import { OTHER_PURPOSE, useBeyond } from '../../src/features/beyond/index.ts';
import { useBeyondOf } from '../../src/features/beyond/actions.ts';
import { forgetStanding } from '../../src/features/checkpoint/index.ts';
import { retractObjection } from '../../src/features/consent/actions/consents.ts';
import { importConsents } from '../../src/features/consent/actions/imports.ts';
import { startText, writeText } from '../../src/features/consent/actions/texts.ts';
import {
  changeHolding,
  changePurpose,
  endPurposeChange,
  registerHolding,
  retireHolding,
} from '../../src/features/ledger/actions.ts';
import { approve, policyInForce, policyYaml, propose } from '../../src/features/policy/index.ts';
import { type ConsentGiver, type ExceptionClaim, type UseItem } from '../../src/law/index.ts';
import { proofFile, verifyFile, vkeyOf, type ErasureCertificate } from '../../src/log/index.ts';
import { equip } from '../../src/office.ts';
import { csvUtf8 } from '../csv.ts';
import { signAll, tablesWith } from '../house.ts';
import { addConsent, addConsentText, addStop, byOfficer, restingOn, valueOf } from '../people.ts';
import { must, openServer, readers, root, sessionIn, systemActions, type TestServer } from '../server.ts';
import {
  ADDED,
  ANOTHER,
  type Acquiring,
  CARE,
  type Code,
  type Difficult,
  type Holding,
  type Kept,
  type Law,
  type Person,
  type Purpose,
  type Situation,
  type TextName,
  type Using,
  type World,
  acquireLaw,
  clock,
  codes,
  consentIn,
  isContradicted,
  isStated,
  isStatedWithDay,
  isWithin,
  meet,
  met,
  metInAcquiring,
  metInUse,
  necessity,
  onRecord,
  policies,
  purposes,
  statedOn,
  texts,
  today,
  useLaw,
} from './people-law.ts';

/** The server that runs now: it is started anew on the way. */
let server: TestServer;

export async function openHouse(): Promise<void> {
  server = await openServer({ clock });
}

export async function closeHouse(): Promise<void> {
  await server.app.close();
  await server.db.drop();
  await fs.rm(path.dirname(server.office.config.dataFolder), { recursive: true });
}

const go = async (to: string, init?: RequestInit): Promise<Response> =>
  server.app.fetch(new Request(to.startsWith('http') ? to : `${server.url}${to}`, init));

// ---- the log and the tables

interface Entry {
  id: string;
  action: string;
  principal: string | null;
  entry: Record<string, unknown>;
  text: string;
}
let logged = 0;

/** The entries since the last call, which have nothing personal in them; those about a person are kept with the person. */
export async function newEntries(w: World): Promise<Entry[]> {
  const rows = await server.db.owner.query<{ id: string; action: string; principal: string | null; entry: string }>(
    `SELECT id, action, principal_id AS principal, entry FROM log_entries WHERE actor <> 'sekisho' ORDER BY xid, seq OFFSET $1`,
    [logged],
  );
  logged += rows.length;
  for (const { id, principal, entry } of rows) {
    for (const value of w.values) expect(entry).not.toContain(value);
    w.people.find((one) => one.id === principal)?.entries.push(id);
  }
  return rows.map(({ entry, ...row }) => ({ ...row, text: entry, entry: JSON.parse(entry) as Entry['entry'] }));
}

const actionsOf = (entries: readonly Entry[]): string[] => entries.map(({ action }) => action);

const tables = [
  'acquisitions',
  'acquisition_keys',
  'acquisition_providers',
  'vault_principals',
  'vault_records',
  'vault_erasures',
  'kept_identities',
  'holdings',
  'holding_versions',
  'purpose_changes',
  'policy_versions',
  'consents',
  'consent_withdrawals',
  'consent_objections',
  'consent_retractions',
  'uses_beyond',
];

/** A digest of everything that an act may write beside the log. */
async function state(): Promise<unknown> {
  const digest = (name: string): string =>
    `(SELECT count(*) || md5(coalesce(string_agg(t::text, '' ORDER BY t::text), '')) FROM ${name} t) AS ${name}`;
  return (await server.db.owner.query<object>(`SELECT ${tables.map(digest).join(', ')}`, []))[0];
}

/** Runs an act. What it was refused left nothing but this many entries, the last of them `refused`. */
async function leaving<T extends { ok: boolean }>(w: World, act: () => Promise<T>): Promise<[T, Entry[]]> {
  const before = await state();
  const outcome = await act();
  const entries = await newEntries(w);
  if (!outcome.ok) expect(await state()).toEqual(before);
  return [outcome, entries];
}

interface Refused {
  because: { law: string; article: string }[];
  answer: string;
  missing?: readonly unknown[];
}

/** A refusal by the law says so with its grounds, and once in the log; an unknown names what is missing. */
function refusedBy(law: Law, finding: Refused | undefined, entries: readonly Entry[], asked: string): void {
  expect(finding?.answer, JSON.stringify(finding)).toBe(law.answer);
  const because = finding!.because.map((one) => `${one.law} ${one.article}`);
  const named = law.on.filter((one) => because.includes(one));
  // Of several reasons for a no, one is enough.
  expect([law.answer === 'no' ? named.length > 0 : named.length === law.on.length, because]).toEqual([true, because]);
  expect((finding!.missing?.length ?? 0) > 0).toBe(law.answer === 'unknown');
  expect(actionsOf(entries)).toEqual(['refused']);
  expect(entries[0]!.entry).toMatchObject({ asked, decision: { answer: law.answer } });
}

const fieldsOf = ({ fields }: Problem): string[] => (fields ?? []).map(({ field }) => field).toSorted();

// ---- acquisition

export const pick = <T>(all: readonly T[], n: number): T | undefined =>
  all.length > 0 ? all[n % all.length] : undefined;

/** Of an e-mail address that only the openings give anybody before the walk. */
export const FREE = 3;

/** The values that a world uses: names are one person's, the rest comes more than once. */
const syllables = 'カキクコサシスセソタテトナニヌネノハヒフマミムメモラリルレロ';
export function valueOfItem(w: World, code: Code, n: number): string {
  const family = `ア${syllables[w.n % 30]}${syllables[Math.floor(w.n / 30)]}`;
  const all: Record<Code, () => string> = {
    name: () => `歩${String.fromCodePoint(0x4e00 + w.n)} 第${n}子`,
    name_kana: () => `${family}${n % 2 ? 'マ' : ''} ${n % 3 ? 'ハナコ' : 'タロウ'}`,
    email: () => `walk-${w.n}-${n % 4}@example.jp`,
    phone: () => `03-${String(1000 + w.n)}-100${n % 3}`,
    note: () => `備考${w.n}の${n % 3}`,
    wheelchair: () => `車いす${w.n}を利用`,
  };
  const value = all[code]();
  w.values.add(value);
  return value;
}

const living = (w: World): Person[] => w.people.filter(({ erased }) => !erased);
const withEmail = (w: World, h: Holding, email: string | undefined, but: Person | null): Person[] =>
  email === undefined
    ? []
    : living(w).filter((one) => one !== but && one.kept.get(h.id)?.items.get('email')?.value === email);

const receipts = {
  whole: {},
  none: null,
  unlawful: { looksUnlawful: true },
  unseen: { documentSeen: false },
  nameless: { provider: { kind: 'corporation' } },
} as const;

function receiptOf({ source, receipt }: Acquiring): AcquisitionJson['ask']['receipt'] {
  if (source === 'public') return { provider: receipt === 'nameless' ? {} : { name: '官報' } };
  const more = receipts[receipt];
  if (source !== 'third-party' || more === null) return undefined;
  return {
    provider: { kind: 'corporation', name: '例示工業', address: '例示区1', representative: '工業 太郎' },
    basis: 'consent',
    howAcquired: '催しの受付で本人から',
    documentSeen: true,
    consentObtained: true,
    record: { mode: 'each' },
    ...more,
  };
}

const consents = {
  given: { givenBy: 'principal', coversItems: true, coversPurpose: true },
  'without-capacity': { givenBy: 'without-capacity', coversItems: true, coversPurpose: true },
  'uncertain-child': { givenBy: 'uncertain-child', coversItems: true, coversPurpose: true },
  less: { givenBy: 'principal', coversItems: false, coversPurpose: true },
  unsaid: { givenBy: 'principal', coversItems: true },
} as const;

const claimOf = (difficult: Difficult) => ({
  necessary: true,
  ...(difficult === null ? {} : { consentDifficult: difficult }),
});

/** What is sent of an e-mail address that others have: all of them, nobody, or somebody who does not have it. */
function sharingOf(
  w: World,
  h: Holding,
  person: Person | null,
  one: Pick<Acquiring, 'share'>,
  email?: string,
): string[] {
  if (email === undefined || one.share === 'none') return [];
  const others = withEmail(w, h, email, person);
  if (one.share === 'right') return others.map(({ id }) => id);
  const stranger = living(w).find((some) => some !== person && !others.includes(some));
  return stranger ? [...others, stranger].map(({ id }) => id) : [];
}

/** An address is one person's, unless everybody who has it is named; whoever has it already keeps it. */
function isTaken(w: World, h: Holding, person: Person | null, sent: readonly string[], email?: string): boolean {
  if (email === undefined) return false;
  const others = withEmail(w, h, email, person).map(({ id }) => id);
  if (sent.length > 0) return others.toSorted().join() !== sent.toSorted().join();
  return others.length > 0 && person?.kept.get(h.id)?.items.get('email')?.value !== email;
}

const isFromOthers = ({ source }: Acquiring): boolean => source === 'third-party' || source === 'public';

/** Fields that are wrong whatever the law says: the ledger and the policy in force bound what is taken in. */
function wrongFields(h: Holding, one: Acquiring): string[] {
  const indirect = isFromOthers(one);
  const open = h.channels.includes('indirect');
  return [
    ...(h.retired ? ['holding'] : []),
    ...(h.channels.includes(one.channel) || (indirect && open) ? [] : ['channel']),
    ...(indirect && !open ? ['source'] : []),
    ...(one.purposes.length === 0 ? ['purposes'] : []),
    ...one.purposes.flatMap((id, i) => (isStated(id) && h.purposes.includes(id) ? [] : [`purposes.${i}`])),
    ...(one.items.length === 0 ? ['items'] : []),
    ...one.items.flatMap(([code]) => (h.items.includes(code) ? [] : [`items.${code}`])),
  ].toSorted();
}

const outsideToken = (by: 'all' | 'narrow', of: readonly string[]): boolean =>
  by === 'narrow' && !of.every((one) => one === 'P3');

function askOf(w: World, h: Holding, person: Person | null, one: Acquiring): AcquisitionJson['ask'] {
  const items = Object.fromEntries(one.items.map(([code, n]) => [code, valueOfItem(w, code, n)]));
  const kept = person?.kept.get(h.id);
  const seen = !kept || one.seen === 'none' ? undefined : one.seen === 'right' ? kept.version : kept.version + 1;
  const shares = sharingOf(w, h, person, one, items['email']);
  const receipt = receiptOf(one);
  const stated = one.consent === 'none' ? null : one.consent === 'unknown' ? undefined : consents[one.consent];
  return {
    holding: h.id,
    channel: one.channel,
    source: one.source,
    purposes: [...one.purposes],
    items,
    ...(one.placement ? { purposeIndicated: { placement: one.placement } } : {}),
    ...(one.notice === 'urgent' ? { urgent: true } : {}),
    ...(one.notice === 'clear' || one.notice === 'partly'
      ? { noticeException: { item: '21(4)(iv)', clearPurposes: one.notice === 'clear' ? [...one.purposes] : [] } }
      : {}),
    ...(stated === undefined ? {} : { consent: stated && { ...stated, on: statedOn() } }),
    ...(one.exception === 'no-claim' ? {} : { exception: { item: '20(2)(ii)', ...claimOf(one.exception) } }),
    ...(receipt ? { receipt } : {}),
    ...(person ? { principal: person.id } : {}),
    ...(seen === undefined ? {} : { seen }),
    ...(shares.length > 0 ? { sharesEmailWith: shares } : {}),
  };
}

/** A value that came again serves the new purposes too; another is held for the new purposes alone, because no others were told for it (18(1), 21). */
function takeIn(person: Person, h: Holding, items: Readonly<Record<string, string>>, of: readonly string[]): void {
  const kept: Kept = person.kept.get(h.id) ?? { version: 0, items: new Map() };
  kept.version += 1;
  for (const [code, value] of Object.entries(items)) {
    const before = kept.items.get(code as Code);
    if (before?.value === value) before.for = [...new Set([...before.for, ...of])].toSorted();
    else
      kept.items.set(code as Code, {
        value,
        for: of.toSorted(),
        ...(before && { not: { for: before.for, met: ANOTHER } }),
      });
  }
  person.kept.set(h.id, kept);
}

/** Keeps whose an address is. Who has another, or is gone, leaves it to the eldest of the others, so that it stays taken. */
function address(w: World, h: Holding, person: Person, before: string | undefined, passed: Situation | null): void {
  const email = person.kept.get(h.id)?.items.get('email')?.value;
  if (before === email) return;
  const left = `${h.id} ${before}`;
  if (w.addresses.get(left)?.of === person) {
    const [of] = withEmail(w, h, before, person).toSorted((a, b) => (a.id < b.id ? -1 : 1));
    w.addresses.set(left, of ? { of, passed } : null);
  }
  const now = `${h.id} ${email}`;
  if (email === undefined || w.addresses.get(now)) return;
  if (w.addresses.has(now)) met.add('an address is free once all who had it are gone');
  w.addresses.set(now, { of: person, passed: null });
}

const newPerson = (id: string): Person => ({
  id,
  kept: new Map(),
  erased: null,
  consents: [],
  objections: [],
  retracted: [],
  stops: [],
  receipts: [],
  entries: [],
});

/** Why an acquisition that the law allows is not written: the status, and what is logged of it. */
function hindrance(
  w: World,
  h: Holding,
  person: Person | null,
  one: Acquiring,
  ask: AcquisitionJson['ask'],
): { status: number; logged: string[] } | null {
  if (isFromOthers(one) && one.source === 'public' && one.receipt === 'nameless') return { status: 422, logged: [] };
  const taken = isTaken(w, h, person, ask.sharesEmailWith ?? [], ask.items['email']);
  // Whose address it is was looked up, which is a search.
  if (taken && !(person?.erased && !ask.sharesEmailWith)) return { status: 409, logged: ['people:search'] };
  if (person?.erased) return { status: 404, logged: [] };
  const kept = person?.kept.get(h.id);
  const unseen = ask.seen === undefined && Object.keys(ask.items).some((code) => kept?.items.has(code as Code));
  if (unseen || (ask.seen !== undefined && ask.seen !== kept?.version)) return { status: 409, logged: [] };
  return null;
}

/** What is drawn, within what the holding takes if it is to fit, and of somebody whose consent of that day is on record without stating it again. */
function drawn(h: Holding, person: Person | null, one: Acquiring): Acquiring {
  const onThatDay = person?.consents.some(({ text, on }) => text === 'care' && on === statedOn());
  const doubtful = onRecord(person, purposes).some((known) => known === 'child' || known === 'unsure');
  const consent = isStatedWithDay(one.consent) && (onThatDay || doubtful) ? 'unknown' : one.consent;
  if (!one.fit) return { ...one, consent };
  const own = h.purposes.filter(isStated);
  const of = one.purposes.filter((purpose) => own.includes(purpose));
  const items = one.items.filter(([code]) => h.items.includes(code));
  const indirect = isFromOthers(one) && !h.channels.includes('indirect');
  return {
    ...one,
    consent,
    purposes: of.length > 0 ? of : own.slice(0, 1),
    items: items.length > 0 ? items : [[h.items[0]!, one.items[0]?.[1] ?? 0]],
    channel: h.channels.includes(one.channel)
      ? one.channel
      : (h.channels.find((way) => way !== 'indirect') ?? one.channel),
    source: indirect ? 'principal' : one.source,
  };
}

export async function acquire(w: World, act: Acquiring): Promise<Person | null> {
  const h = w.holdings[act.h % w.holdings.length]!;
  const person = act.who === null ? null : pick(w.people, act.who)!;
  const one = drawn(h, person, act);
  const ask = askOf(w, h, person, one);
  const key = crypto.randomUUID();
  const send = () => w.clients[one.by].acquire(ask, { key });
  const [answer, entries] = await leaving(w, send);
  const refused = answer.ok ? null : answer.problem;
  const wrong = wrongFields(h, one);
  if (wrong.length > 0 || outsideToken(one.by, one.purposes) || isContradicted(person, one)) {
    const fields = wrong.length > 0 ? wrong : outsideToken(one.by, one.purposes) ? [] : ['consent'];
    expect([refused?.status, refused && fieldsOf(refused)]).toEqual([fields.length > 0 ? 422 : 403, fields]);
    expect([refused?.finding, entries]).toEqual([undefined, []]);
    return person;
  }
  const law = acquireLaw(person, one);
  if (law.answer !== 'yes') {
    expect(refused?.status, JSON.stringify([one, refused])).toBe(403);
    refusedBy(law, refused!.finding, entries, 'acquire');
    expect(entries[0]!.principal).toBe(person?.id ?? null);
    meet(metInAcquiring(person, one, law));
    return person;
  }
  const hindered = hindrance(w, h, person, one, ask);
  if (hindered) {
    const passed = w.addresses.get(`${h.id} ${ask.items['email']}`)?.passed;
    if (hindered.logged.length > 0 && !ask.sharesEmailWith && passed) meet([passed]);
    expect([refused?.status, actionsOf(entries)], JSON.stringify([one, refused])).toEqual([
      hindered.status,
      hindered.logged,
    ]);
    return person;
  }
  const record = must(answer);
  const taken = person ?? newPerson(record.principal);
  if (!person) {
    w.people.push(taken);
    taken.entries.push(record.id);
  }
  meet(metInAcquiring(person, one, law));
  const before = taken.kept.get(h.id)?.items.get('email')?.value;
  takeIn(taken, h, ask.items, one.purposes);
  address(w, h, taken, before, null);
  await acquired(w, h, one, { law, ask, record, entries });
  if (one.again) {
    expect(must(await send())).toEqual(record);
    expect(await newEntries(w)).toEqual([]);
  }
  return taken;
}

/** The record and the entry of an acquisition, and how long the record under 30(4) is kept. */
async function acquired(
  w: World,
  h: Holding,
  one: Acquiring,
  made: { law: Law; ask: AcquisitionJson['ask']; record: AcquisitionJson['record']; entries: readonly Entry[] },
): Promise<void> {
  const { law, ask, record, entries } = made;
  expect(record).toMatchObject({
    holding: h.id,
    channel: one.channel,
    source: one.source,
    purposes: one.purposes,
    items: Object.keys(ask.items),
    placement: one.placement,
    receipt: ask.receipt ?? null,
    email_shared: ask.sharesEmailWith !== undefined,
  });
  expect(record.basis.because).toEqual(expect.arrayContaining([...law.on]));
  const [due] = record.basis.duties.filter((duty) => duty.do === 'record-receipt');
  const until = one.source === 'third-party' ? yearsAfter(today(), 3) : undefined;
  expect(due?.keepUntil).toBe(until);
  const person = w.people.find(({ id }) => id === record.principal)!;
  if (until) person.receipts.push(until);
  expect(actionsOf(entries)).toEqual(['people:acquire']);
  expect(entries[0]).toMatchObject({ id: record.id, principal: person.id });
  expect(entries[0]!.entry).toMatchObject({ items: Object.keys(ask.items), purposes: one.purposes, holding: h.id });
  expect(entries[0]!.entry['keep_until']).toBe(until);
  expect(must(await w.clients.all.acquisition(record.id))).toEqual(record);
  await newEntries(w);
}

/** The last of so many years from a day, which does not count itself (Civil Code 140, 143). */
const yearsAfter = (of: Day, years: number): Day => addDays(addYears(addDays(of, 1), years), -1);

// ---- correction and erasure

interface Correcting {
  who: number;
  h: number;
  by: 'all' | 'narrow';
  /** A new value, or null: the item is taken out. */
  items: readonly (readonly [Code, number | null])[];
  ground: 'accuracy' | 'request';
  seen: 'right' | 'stale';
  share: Acquiring['share'];
  fit: boolean;
}

/** Whoever changes or ends what a holding keeps may handle everything it serves. */
const outsideHoldings = (by: 'all' | 'narrow', of: readonly Holding[]): boolean =>
  of.some((h) => outsideToken(by, h.purposes.filter(isStated)));

export async function correct(w: World, one: Correcting): Promise<void> {
  const h = w.holdings[one.h % w.holdings.length]!;
  const person = pick(w.people, one.who)!;
  const kept = person.kept.get(h.id);
  // Only what is there can be taken out.
  const sent = one.items.filter(([code, n]) =>
    n === null ? kept?.items.has(code) : !one.fit || h.items.includes(code),
  );
  const items = Object.fromEntries(sent.map(([code, n]) => [code, n === null ? null : valueOfItem(w, code, n)]));
  const email = items['email'] ?? undefined;
  const shares = sharingOf(w, h, person, one, email);
  const [answer, entries] = await leaving(w, () =>
    w.clients[one.by].correct(person.id, {
      holding: h.id,
      items,
      ground: one.ground,
      seen: (kept?.version ?? 1) + (one.seen === 'right' ? 0 : 1),
      ...(shares.length > 0 ? { sharesEmailWith: shares } : {}),
    }),
  );
  const refused = answer.ok ? null : answer.problem;
  const found = [refused?.status, actionsOf(entries), refused && fieldsOf(refused)];
  if (outsideHoldings(one.by, [h])) return expect(found).toEqual([403, [], []]);
  // What the person asked for goes through the desk (34).
  if (one.ground === 'request' && !person.erased) return expect(found).toEqual([422, [], ['request']]);
  // What the company finds out by itself of somebody's health is acquired, not corrected (20(2)).
  const wrong = sent.filter(
    ([code, n]) =>
      (!h.items.includes(code) && !kept?.items.has(code)) ||
      (code === CARE && n !== null && one.ground === 'accuracy' && !kept?.items.has(code)),
  );
  if (sent.length === 0) return expect(found).toEqual([422, [], ['items']]);
  if (wrong.length > 0) return expect(found).toEqual([422, [], wrong.map(([code]) => `items.${code}`).toSorted()]);
  const taken = isTaken(w, h, person, shares, email);
  if (taken && (kept || shares.length > 0)) return expect(found.slice(0, 2)).toEqual([409, ['people:search']]);
  if (!kept) return expect(found).toEqual([404, [], []]);
  const left = [...kept.items.keys()].filter((code) => items[code] !== null);
  const added = Object.values(items).some((value) => value !== null);
  if (left.length === 0 && !added) return expect(found).toEqual([422, [], ['items']]);
  if (one.seen === 'stale') return expect(found.slice(0, 2)).toEqual([409, []]);
  const { decision, version } = must(answer);
  const before = kept.items.get('email')?.value;
  setRight(kept, items);
  address(w, h, person, before, 'an address is still taken after the one it passed to has another');
  expect(version).toBe(kept.version);
  expect(entries).toMatchObject([{ id: decision, action: 'people:correct', principal: person.id }]);
  expect(entries[0]!.entry).toMatchObject({ items: Object.keys(items), ground: one.ground });
  expect(entries[0]!.text).toContain('APPI 22');
}

/** What is added serves only what everything that was there serves: nobody was told of more (18(1)). */
function setRight(kept: Kept, items: Readonly<Record<string, string | null>>): void {
  const all = [...kept.items.values()].map((one) => one.for);
  const common = (all[0] ?? []).filter((purpose) => all.every((told) => told.includes(purpose)));
  kept.version += 1;
  for (const [code, value] of Object.entries(items)) {
    const before = kept.items.get(code as Code);
    if (value === null) kept.items.delete(code as Code);
    else if (before) before.value = value;
    else kept.items.set(code as Code, { value, for: common, not: { for: all.flat(), met: ADDED } });
  }
}

export async function erase(w: World, { who, by }: { who: number; by: 'all' | 'narrow' }): Promise<void> {
  const person = pick(w.people, who)!;
  const kept = w.holdings.filter(({ id }) => person.kept.has(id));
  const before = person.erased;
  const [answer, entries] = await leaving(w, () => w.clients[by].erase(person.id, { ground: 'no-longer-needed' }));
  const of = before ? w.holdings.filter(({ id }) => before.holdings.includes(id)) : kept;
  if (outsideHoldings(by, of)) {
    expect([!answer.ok && answer.problem.status, entries]).toEqual([403, []]);
    return;
  }
  const gone = must(answer);
  if (before) return expect([gone.entry, gone.items, entries]).toEqual([before.entry, before.items, []]);
  const items = kept.reduce((sum, { id }) => sum + person.kept.get(id)!.items.size, 0);
  person.erased = { items, holdings: kept.map(({ id }) => id).toSorted(), entry: gone.entry };
  const addresses = kept.map((h) => [h, person.kept.get(h.id)!.items.get('email')?.value] as const);
  person.kept.clear();
  for (const [h, email] of addresses)
    address(w, h, person, email, 'an address is still taken after the first who had it is erased');
  // Whom a record under 30 names is told as long as it is kept.
  const until =
    person.receipts
      .filter((day) => day >= today())
      .toSorted()
      .at(-1) ?? null;
  expect([gone.items, gone.holdings.toSorted(), gone.identity_until]).toEqual([items, person.erased.holdings, until]);
  expect(entries).toMatchObject([{ id: gone.entry, action: 'people:erase', principal: person.id }]);
  const rows = await server.db.owner.query<{ n: number }>(
    `SELECT (SELECT count(*) FROM vault_principals WHERE id = $1)::int + (SELECT count(*) FROM vault_records WHERE principal_id = $1)::int
       AS n`,
    [person.id],
  );
  expect(rows).toEqual([{ n: 0 }]);
}

// ---- use

type Used = Awaited<ReturnType<Sekisho['use']>>;

/** Compares an answer with the law, and returns what it has logged. */
function usedFits(w: World, by: 'all' | 'narrow', using: Using, answer: Used): string[] {
  const h = w.holdings[using.h % w.holdings.length]!;
  const person = pick(w.people, using.who)!;
  const { items, purpose } = using;
  const refused = answer.ok ? null : answer.problem;
  const wrong = [
    ...items.flatMap((code) => (h.items.includes(code) ? [] : [`items.${code}`])),
    ...(items.length === 0 ? ['items'] : []),
    ...(isStated(purpose) ? [] : ['purpose']),
  ].toSorted();
  const about = JSON.stringify([using, h, refused]);
  if (wrong.length > 0 || outsideToken(by, [purpose])) {
    expect([refused?.status, refused && fieldsOf(refused)], about).toEqual([wrong.length > 0 ? 422 : 403, wrong]);
    expect(refused!.finding).toBeUndefined();
    return [];
  }
  const law = useLaw(w, person, h, items, purpose);
  const kept = person.kept.get(h.id);
  if (law.answer !== 'yes' || !kept) {
    // Of somebody who is not there nothing need be said but that.
    const status = refused?.status === 404 && !kept ? 404 : 403;
    expect(refused?.status, about).toBe(status);
    if (status === 404) return [];
    if (kept) expect(refused?.finding?.answer, about).toBe(law.answer);
    const because = refused!.finding!.because.map((one) => `${one.law} ${one.article}`);
    if (kept) expect(because, about).toEqual(expect.arrayContaining([...law.on]));
    if (kept) meet(metInUse(person, h, using, law));
    return ['refused'];
  }
  const used = must(answer);
  const held = [...kept.items].filter(([code]) => items.includes(code)).map(([code, { value }]) => [code, value]);
  expect(used.items, about).toEqual(Object.fromEntries(held));
  expect([used.absent.toSorted(), used.version]).toEqual([
    [...new Set(items)].filter((code) => !kept.items.has(code)).toSorted(),
    kept.version,
  ]);
  expect([used.principal, used.basis.because]).toEqual([person.id, expect.arrayContaining([...law.on])]);
  meet(metInUse(person, h, using, law));
  return ['people:use'];
}

/** Most of the time only items that the holding has. */
export const askable = (w: World, all: readonly Using[], n: number): Using[] =>
  all.map((one, i) => {
    const own = one.items.filter((code) => w.holdings[one.h % w.holdings.length]!.items.includes(code));
    return own.length > 0 && (n + i) % 5 > 0 ? { ...one, items: own } : one;
  });

const useAsk = (w: World, { who, h, items, purpose }: Using): CheckpointJson['ask'] => ({
  principal: pick(w.people, who)!.id,
  holding: w.holdings[h % w.holdings.length]!.id,
  items: [...items],
  purpose,
});

/** Asks one by one or in one request, which answers the same. */
export async function uses(w: World, by: 'all' | 'narrow', all: readonly Using[], together: boolean): Promise<void> {
  const before = await state();
  const answers: Used[] = [];
  const asks = all.map((one) => useAsk(w, one));
  if (together) for await (const answer of w.clients[by].useMany(asks)) answers.push(answer);
  else for (const ask of asks) answers.push(await w.clients[by].use(ask));
  expect(answers).toHaveLength(all.length);
  const due = all.flatMap((one, i) => usedFits(w, by, one, answers[i]!).map((action) => [one, action] as const));
  const entries = await newEntries(w);
  const said = entries.map(({ action, principal, entry }) =>
    JSON.stringify([action, principal, entry['items'], entry['purpose']]),
  );
  const expected = due.map(([{ who, items, purpose }, action]) =>
    JSON.stringify([action, pick(w.people, who)!.id, [...new Set(items)], purpose]),
  );
  expect(said.toSorted()).toEqual(expected.toSorted());
  expect(await state()).toEqual(before);
}

interface Beyond extends Using {
  other: boolean;
  item: '18(3)(i)' | '18(3)(ii)';
  difficult: Difficult;
}

/** 18(3): beyond the purpose under an item of the law, for which somebody of the office answers; neither objections nor stops bar it. */
export async function beyond(w: World, one: Beyond): Promise<void> {
  const h = w.holdings[one.h % w.holdings.length]!;
  const person = pick(w.people, one.who)!;
  const purpose = one.other ? OTHER_PURPOSE : one.purpose;
  const kept = person.kept.get(h.id);
  const situation = `連絡のとれない方${w.n}の安否を確かめる`;
  w.values.add(situation);
  const exception: ExceptionClaim<UseItem> =
    one.item === '18(3)(ii)'
      ? { item: one.item, ...claimOf(one.difficult) }
      : { item: one.item, ...(one.difficult ? { legalBasis: '刑事訴訟法197条2項' } : {}) };
  const items = [...one.items];
  const [answer, entries] = await leaving(w, () =>
    useBeyond(server.office, byOfficer(server), {
      principal: person.id,
      holding: h.id,
      items,
      purpose,
      exception,
      situation,
    }),
  );
  const problem = answer.ok ? null : answer.problem;
  const fields = problem?.kind === 'invalid' ? problem.fields.map(({ field }) => field).toSorted() : [];
  const wrong = [
    ...items.flatMap((code) => (h.items.includes(code) ? [] : [`items.${code}`])),
    ...(items.length === 0 ? ['items'] : []),
    ...(isStated(purpose) ? [] : ['purpose']),
  ].toSorted();
  if (wrong.length > 0) return expect([fields, entries]).toEqual([wrong, []]);
  if (!kept) return expect([problem?.kind, entries]).toEqual(['not-found', []]);
  const within = isWithin(person, h, items, purpose) || consentIn(w, person, h, items, purpose) === 'yes';
  if (within) return expect([fields, entries]).toEqual([['purpose'], []]);
  const byItem = one.item === '18(3)(ii)' ? necessity(one.difficult) : one.difficult ? 'yes' : 'unknown';
  const uncertain = byItem === 'no' && consentIn(w, person, h, items, purpose) === 'unknown';
  if (byItem !== 'yes') {
    const finding = problem?.kind === 'refused' ? problem.finding : undefined;
    return refusedBy({ answer: uncertain ? 'unknown' : byItem, on: ['APPI 18(1)'] }, finding, entries, 'use');
  }
  const used = valueOf(answer);
  const held = [...kept.items].filter(([code]) => items.includes(code));
  expect(used.values).toEqual(Object.fromEntries(held.map(([code, { value }]) => [code, value])));
  expect(entries).toMatchObject([{ id: used.id, action: 'people:use-beyond', principal: person.id }]);
  expect(entries[0]!.entry).toMatchObject({ exception: `APPI ${one.item}`, purpose, items });
  expect(valueOf(await useBeyondOf(server.office, used.id))).toMatchObject({
    principal_id: person.id,
    purpose,
    items,
    exception: one.item,
  });
}

// ---- purposes, consents, objections and stops

interface Changing {
  h: number;
  from: Purpose;
  to: Purpose;
  /** One of the purposes of the holding. */
  own: number | null;
  related: boolean | null;
  ahead: number;
}

/** 17(2), 21(3): the officer judges that the purposes are related, and the persons could learn of it before. */
export async function changeOf(w: World, { h: n, from, to: other, own, related, ahead }: Changing): Promise<void> {
  const h = w.holdings[n % w.holdings.length]!;
  const to = own === null ? other : pick(h.purposes, own)!;
  const [answer, entries] = await leaving(w, () =>
    changePurpose(server.app, byOfficer(server), {
      id: h.id,
      from,
      to,
      related: related ?? undefined,
      reason: '同じ読者への案内で、思い描ける範囲です',
      announcedOn: addDays(today(), ahead),
      announcedWhere: 'ウェブサイトのお知らせ',
    }),
  );
  const problem = answer.ok ? null : answer.problem;
  if (h.retired) return expect([problem?.kind, entries]).toEqual(['conflict', []]);
  const wrong = [
    ...(isStated(from) ? [] : ['from']),
    ...(isStated(to) && from !== to && h.purposes.includes(to) ? [] : ['to']),
    ...(ahead > 0 ? ['announcedOn'] : []),
  ].toSorted();
  const fields = problem?.kind === 'invalid' ? problem.fields.map(({ field }) => field).toSorted() : [];
  if (wrong.length > 0) return expect([fields, entries]).toEqual([wrong, []]);
  if (related !== true) {
    const finding = problem?.kind === 'refused' ? (problem.finding as Refused) : undefined;
    return refusedBy({ answer: related === null ? 'unknown' : 'no', on: ['APPI 17(2)'] }, finding, entries, 'purpose');
  }
  const stands = h.changes.some((one) => one.from === from && one.to === to);
  if (stands) return expect([problem?.kind, entries]).toEqual(['conflict', []]);
  const { id } = valueOf(answer);
  h.changes.push({ id, from, to });
  expect(actionsOf(entries)).toEqual(['ledger:purpose']);
  expect(entries[0]).toMatchObject({ id, entry: { holding: h.id, held_for: from, purpose: to } });
}

export async function endChange(w: World, { h: n, n: which }: { h: number; n: number }): Promise<void> {
  const h = w.holdings[n % w.holdings.length]!;
  const one = pick(h.changes, which);
  if (!one || h.retired) return;
  const [answer, entries] = await leaving(w, () =>
    endPurposeChange(server.app, byOfficer(server), { id: h.id, change: one.id }),
  );
  valueOf(answer);
  h.ended.push(...h.changes.splice(h.changes.indexOf(one), 1));
  expect(actionsOf(entries)).toEqual(['ledger:purpose-end']);
}

interface Consenting {
  who: number;
  text: TextName;
  by: ConsentGiver;
  ago: number;
  way: 'one' | 'file';
}

export async function consent(w: World, { who, text, by, ago, way }: Consenting): Promise<void> {
  const person = pick(w.people, who)!;
  if (person.erased) return;
  const on = addDays(today(), -ago);
  const parent = { relation: 'parent', checked: 'family-register' } as const;
  if (way === 'one') {
    const representative = by === 'representative' ? parent : null;
    const id = await addConsent(server, person.id, w.texts[text], on, { givenBy: by, representative });
    person.consents.push({ id, text, on, by, withdrawnOn: null });
    expect(actionsOf(await newEntries(w))).toEqual(['consent:record']);
    return;
  }
  const givers: Partial<Record<ConsentGiver, string>> = { principal: '本人', representative: '法定代理人' };
  const papers = by === 'representative' ? ['親権者', '戸籍'] : ['', ''];
  const head = [
    '本人の番号',
    '同意した日',
    '同意した人',
    '証拠の置き場所',
    '法定代理人の関係',
    '確かめた書類',
    '情報を示した日',
  ];
  const evidence = `書庫${w.n} 箱${person.consents.length}`;
  const bytes = csvUtf8(head, [[person.id, on, givers[by] ?? by, evidence, ...papers, '']]);
  const [answer, entries] = await leaving(w, () =>
    importConsents(server.office, byOfficer(server), { text: w.texts[text], language: 'ja', channel: 'paper', bytes }),
  );
  // What is on record already would outlive the withdrawal of the first.
  const known = person.consents.some((one) => one.text === text && one.on === on);
  // A paper that turns up after the person withdrew the like is not taken without asking them.
  const withdrew = person.consents.some(({ withdrawnOn }) => withdrawnOn !== null && withdrawnOn >= on);
  if (!answer.ok) return expect([withdrew || known, entries, answer.problem.kind]).toEqual([true, [], 'invalid']);
  expect(actionsOf(entries).toSorted()).toEqual(['consent:import', 'consent:record']);
  const { id } = entries.find(({ action }) => action === 'consent:record')!;
  person.consents.push({ id, text, on, by, withdrawnOn: null });
}

export async function withdraw(w: World, { who, n }: { who: number; n: number }): Promise<void> {
  const person = pick(w.people, who)!;
  const one = pick(
    person.consents.filter(({ withdrawnOn }) => withdrawnOn === null),
    n,
  );
  if (!one || person.erased) return;
  const [answer, entries] = await leaving(w, () => w.clients.all.withdrawConsent(one.id, { on: today() }));
  must(answer);
  one.withdrawnOn = today();
  expect(actionsOf(entries)).toEqual(['consent:withdraw']);
}

export async function object(w: World, one: { who: number; purpose: Purpose | null; ago: number }): Promise<void> {
  const person = pick(w.people, one.who)!;
  if (person.erased || (one.purpose !== null && !isStated(one.purpose))) return;
  const on = addDays(today(), -one.ago);
  const of =
    one.purpose === null ? { scope: 'everything' as const } : { scope: 'purpose' as const, purpose: one.purpose };
  const [answer, entries] = await leaving(w, () => w.clients.all.object({ principal: person.id, on, ...of }));
  person.objections.push({ id: must(answer).id, purpose: one.purpose, on });
  expect(actionsOf(entries)).toEqual(['consent:object']);
}

export async function retract(w: World, { who, n }: { who: number; n: number }): Promise<void> {
  const person = pick(w.people, who)!;
  const one = pick(person.objections, n);
  if (!one || person.erased) return;
  valueOf(await retractObjection(server.office, byOfficer(server), one.id, '別の人の申出だった'));
  person.retracted.push(...person.objections.splice(person.objections.indexOf(one), 1));
  expect(actionsOf(await newEntries(w))).toEqual(['consent:retract-objection']);
}

export async function stop(
  w: World,
  one: { who: number; purposes: readonly Purpose[] | null; ago: number },
): Promise<void> {
  const person = pick(w.people, one.who)!;
  if (person.erased) return;
  const from = addDays(today(), -one.ago);
  const { office, db, staff } = server;
  const reach = { on: from, ...(one.purposes ? { purposes: [...one.purposes] } : {}) };
  await addStop({ office, db, staff, access: server.app.access }, person.id, 'use', '35(2)', reach);
  forgetStanding(office);
  person.stops.push({ of: one.purposes, from });
  await newEntries(w);
}

// ---- the ledger, the policy and the office

interface Describing {
  h: number;
  purposes: readonly Purpose[];
  items: readonly Code[];
  channels: readonly string[];
  stale: boolean;
}

const inputOf = (h: Pick<Holding, 'name'>, { items, purposes: of, channels }: Omit<Describing, 'h' | 'stale'>) => ({
  ...readers,
  manager: server.staff.officer,
  name: { ja: h.name },
  purposes: [...of],
  items: items.map((code) => (code === CARE ? { code, label: { ja: '車いす' }, special_care: true } : code)),
  channels: [...channels],
});

/** Only purposes of the policy in force, and nothing that is held leaves the ledger. */
export async function describe(w: World, one: Describing): Promise<void> {
  const h = w.holdings[one.h % w.holdings.length]!;
  const [answer, entries] = await leaving(w, () =>
    changeHolding(server.app, byOfficer(server), {
      id: h.id,
      version: h.version - (one.stale ? 1 : 0),
      input: inputOf(h, one),
    }),
  );
  const problem = answer.ok ? null : answer.problem;
  if (!one.purposes.every(isStated)) return expect([problem?.kind, entries]).toEqual(['invalid', []]);
  const held = living(w).some(({ kept }) =>
    [...(kept.get(h.id)?.items.keys() ?? [])].some((code) => !one.items.includes(code)),
  );
  if (h.retired || one.stale || held) return expect([problem?.kind, entries]).toEqual(['conflict', []]);
  const { version } = valueOf(answer);
  const same =
    JSON.stringify([h.purposes, h.items, h.channels]) === JSON.stringify([one.purposes, one.items, one.channels]);
  Object.assign(h, { version, purposes: one.purposes, items: one.items, channels: one.channels });
  expect(entries.map(({ entry, action }) => [action, entry['holding'], entry['version']])).toEqual([
    [same ? 'ledger:confirm' : 'ledger:change', h.id, version],
  ]);
}

export async function retire(w: World, { h: n }: { h: number }): Promise<void> {
  // The first holding goes on, because most of the walk is about it.
  const h = w.holdings.length > 1 ? w.holdings[1 + (n % (w.holdings.length - 1))]! : w.holdings[0]!;
  const people = living(w).filter(({ kept }) => kept.has(h.id)).length;
  const [answer, entries] = await leaving(w, () =>
    retireHolding(server.app, byOfficer(server), { id: h.id, version: h.version, reason: '催しを終えたため' }),
  );
  expect(answer.ok).toBe(!h.retired && people === 0);
  expect(actionsOf(entries)).toEqual(answer.ok ? ['ledger:retire'] : []);
  if (answer.ok) Object.assign(h, { retired: true, version: answer.value.version });
}

export async function register(w: World, one: Omit<Describing, 'h' | 'stale'>): Promise<void> {
  const name = `歩みの台帳 ${w.n}-${w.holdings.length}`;
  const { items, purposes: of, channels } = one;
  const [answer, entries] = await leaving(w, () =>
    registerHolding(server.app, byOfficer(server), inputOf({ name }, one)),
  );
  if (!of.every(isStated)) return expect([!answer.ok && answer.problem.kind, entries]).toEqual(['invalid', []]);
  const { id, version } = valueOf(answer);
  w.holdings.push({ id, name, version, purposes: of, items, channels, retired: false, changes: [], ended: [] });
  expect(actionsOf(entries)).toEqual(['ledger:register']);
}

/** A version that states one purpose more or less, from today or tomorrow on. */
export async function legislate(w: World, { ahead }: { ahead: number }): Promise<void> {
  const last = policies.at(-1)!;
  if (last.from > today()) return;
  const from = addDays(today(), ahead);
  const P5 = !last.P5;
  const { policy } = (await policyInForce(server.office, today()))!;
  const text = { ja: '請求書などの書類や商品の送付', en: 'sending invoices, other papers and goods' };
  const more = { id: 'P5', clause: 11, scope: 'customer' as const, label: { ja: '送付', en: 'Sending' }, text };
  const others = policy.purposes.filter(({ id }) => id !== 'P5');
  const next = { ...policy, purposes: P5 ? [...others, more] : others };
  const by = byOfficer(server);
  const { version } = valueOf(await propose(server.office, by, { texts: policyYaml(next), effectiveOn: from }));
  valueOf(
    await approve(server.office, by, { version, effectiveOn: from, officers: 1, judged: {}, resting: restingOn }),
  );
  policies.push({ from, P5 });
  expect(actionsOf(await newEntries(w))).toEqual(['policy:propose', 'policy:approve']);
}

export async function restart(): Promise<void> {
  await server.app.close();
  server.office = await equip(server.office.config, clock, server.db.app);
  server.app = await openApp(server.office, { root, report: (line) => server.reported.push(line) });
}

// ---- what is compared after each act

const isTold = (by: 'all' | 'narrow', h: Holding): boolean => by === 'all' || h.purposes.includes('P3');

/** What is held about a person, without values: each item with what it is held for. */
export async function shows(w: World, person: Person, by: 'all' | 'narrow'): Promise<void> {
  const answer = await w.clients[by].principal(person.id);
  const told = w.holdings.filter((h) => isTold(by, h));
  const held = told.flatMap(({ id: holding }) => {
    const kept = person.kept.get(holding);
    if (!kept) return [];
    const of = [...kept.items].toSorted(([a], [b]) => (a < b ? -1 : 1));
    return [{ holding, version: kept.version, purposes: of.map(([code, one]) => [code, one.for]) }];
  });
  const of = person.erased ? w.holdings.filter(({ id }) => person.erased!.holdings.includes(id)) : [];
  if (person.erased ? outsideHoldings(by, of) : held.length === 0) {
    expect(!answer.ok && answer.problem.status).toBe(404);
    return;
  }
  const { records, erased_at } = must(answer);
  expect(erased_at !== null).toBe(person.erased !== null);
  const said = records.map(({ holding, version, items, purposes: heldFor }) => {
    expect(items.toSorted()).toEqual(Object.keys(heldFor).toSorted());
    const each = Object.entries(heldFor).map(([code, some]) => [code, some.toSorted()]);
    return { holding, version, purposes: each.toSorted(([a], [b]) => (a! < b! ? -1 : 1)) };
  });
  const byHolding = (a: { holding: string }, b: { holding: string }): number => (a.holding < b.holding ? -1 : 1);
  expect(said.toSorted(byHolding)).toEqual(held.toSorted(byHolding));
}

const wide = (text: string): string => text.replace(/[!-~]/g, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0));
const hiragana = (text: string): string =>
  text.replace(/[ァ-ヴ]/g, (one) => String.fromCharCode(one.charCodeAt(0) - 0x60));

/** The search finds exactly the living who have it, however it is typed. */
export async function finds(w: World, by: 'all' | 'narrow', n: number): Promise<void> {
  const email = valueOfItem(w, 'email', n);
  const phone = valueOfItem(w, 'phone', n);
  const kana = valueOfItem(w, 'name_kana', n);
  const [family] = kana.split(' ') as [string];
  const typed = n % 2 === 0;
  const asked: [object, Code, (value: string) => boolean][] = [
    [{ email: typed ? wide(email.toUpperCase()) : email }, 'email', (value) => value === email],
    [{ phone: typed ? wide(phone.replaceAll('-', '')) : phone }, 'phone', (value) => value === phone],
    [{ kana: typed ? hiragana(kana) : kana.replace(' ', '') }, 'name_kana', (value) => value === kana],
    [{ kana: typed ? hiragana(family) : family }, 'name_kana', (value) => value.startsWith(`${family} `)],
  ];
  const [terms, code, fits] = asked[n % asked.length]!;
  const found = must(await w.clients[by].search(terms as CheckpointJson['search']));
  const due = living(w).flatMap(({ id, kept }) => {
    const holdings = w.holdings.filter((h) => isTold(by, h) && fits(kept.get(h.id)?.items.get(code)?.value ?? ''));
    return holdings.length > 0 ? [{ id, holdings: holdings.map((h) => h.id).toSorted() }] : [];
  });
  const said = found.principals.map(({ id, holdings }) => ({ id, holdings: holdings.toSorted() }));
  expect(said).toEqual(due.toSorted((a, b) => (a.id < b.id ? -1 : 1)));
  const entries = await newEntries(w);
  expect(actionsOf(entries)).toEqual(['people:search']);
  expect(entries[0]!.entry).toMatchObject({ found: due.length, by: [code === 'name_kana' ? 'kana' : code] });
}

/** The person's page has every entry about them, and whoever is erased has a certificate that is true. */
export async function closes(w: World): Promise<void> {
  const { cookie } = await sessionIn(server.app, 'officer', go);
  await signAll(server.office.database, server.office.signer);
  await newEntries(w);
  // A page takes long to make, so only of those of whom there is most to see.
  for (const { id, entries } of w.people.toSorted((a, b) => b.entries.length - a.entries.length).slice(0, 6)) {
    const page = await (await go(`/people/${id}`, { headers: { cookie } })).text();
    const listed = [...page.slice(page.indexOf('id="history"')).matchAll(/\/log\/entries\/([0-9a-f-]{36})/g)].map(
      (match) => match[1]!,
    );
    expect(listed).toEqual(entries.toReversed().slice(0, 20));
  }
  for (const { id, erased } of w.people) {
    const erasure = await w.clients.all.erasure(id);
    if (!erased) {
      expect(!erasure.ok && erasure.problem.status).toBe(404);
      continue;
    }
    const { certificate, entry, items } = must(erasure);
    expect([entry, items]).toEqual([erased.entry, erased.items]);
    const checked = verifyFile(Buffer.from(proofFile(certificate as ErasureCertificate)), vkeyOf(server.office.signer));
    expect(checked).toMatchObject({
      ok: true,
      kind: 'erasure-certificate',
      entry: { id: entry, action: 'people:erase', principal: id, items: erased.items },
    });
  }
  await newEntries(w);
}

/** So many days on, over midnight: what was known a second before it counts no longer if the policy has changed with the day. */
export async function pass(w: World, days: number, asked: Using): Promise<void> {
  if (days === 0) return;
  clock.moveTo(`${addDays(today(), days - 1)}T23:59:59+09:00`);
  await uses(w, 'all', [asked], false);
  const before = isStated(asked.purpose);
  clock.moveTo(`${addDays(today(), 1)}T00:00:01+09:00`);
  if (before === isStated(asked.purpose)) return;
  await uses(w, 'all', [asked], false);
  meet([before ? 'a purpose ends at midnight' : 'a purpose begins at midnight']);
}

/** No value that was ever sent stands anywhere in clear. */
export async function findsNoValue(w: World): Promise<void> {
  expect(await tablesWith(server.db.owner, [...w.values])).toEqual([]);
}

// ---- the world of a walk

let worlds = 0;

/** Tokens that outlast some weeks. */
export async function clients(): Promise<Pick<World, 'clients' | 'until'>> {
  const nobody = { actor: { kind: 'sekisho' }, authority: [] } as const;
  const clientFor = async (of: readonly string[]): Promise<Sekisho> => {
    const { access } = server.app;
    const { id: systemId } = must(await createSystem(access, nobody, { name: `歩む業務 ${crypto.randomUUID()}` }));
    const form = { systemId, actions: systemActions, purposes: of, days: 30 };
    const { token } = must(await createToken(access, nobody, form, purposes));
    return sekisho({ url: server.url, token, lang: 'en', fetch: (to, init) => go(String(to), init) });
  };
  return { clients: { all: await clientFor(purposes), narrow: await clientFor(['P3']) }, until: addDays(today(), 25) };
}

async function careText(w: Pick<World, 'n'>, holding: string): Promise<{ code: string; version: number }> {
  const code = `care-${w.n}`;
  const text = {
    code,
    kind: 'special-care' as const,
    name: { ja: '配慮の情報', en: 'Needs' },
    wording: {
      ja: '勤め先から配慮の情報を受け取ることに同意します。',
      en: 'You may receive my needs from my employer.',
    },
    purposes: [...texts.care.purposes],
    holding,
    items: [...texts.care.items],
    recipients: [],
    abroad: false,
    shown: {},
  };
  const { version } = valueOf(await writeText(server.office, byOfficer(server), text));
  valueOf(await startText(server.office, byOfficer(server), { code, version, from: addDays(today(), -30) }));
  return { code, version };
}

export const plain: Omit<Acquiring, 'who' | 'h' | 'items' | 'purposes'> = {
  by: 'all',
  channel: 'oral',
  source: 'principal',
  placement: null,
  notice: null,
  consent: 'unknown',
  exception: 'no-claim',
  receipt: 'whole',
  seen: 'right',
  share: 'right',
  again: false,
  fit: true,
};

export async function open(): Promise<World> {
  const w: World = {
    n: ++worlds,
    ...(await clients()),
    holdings: [],
    people: [],
    texts: {} as World['texts'],
    addresses: new Map(),
    values: new Set(),
  };
  await newEntries(w);
  const all = { items: codes, channels: ['oral', 'web-form', 'indirect'] };
  await register(w, { ...all, purposes: ['P1', 'P3'] });
  await register(w, {
    items: ['name', 'name_kana', 'email', 'phone'],
    channels: ['oral', 'paper'],
    purposes: ['P2', 'P3'],
  });
  const holding = w.holdings[0]!.id;
  for (const name of ['other', 'notes'] as const) {
    const { purposes: of, items } = texts[name];
    w.texts[name] = await addConsentText(server, { holding, recipients: [], items: [...items], purposes: [...of] });
  }
  w.texts.care = await careText(w, holding);
  await newEntries(w);
  const some = (n: number) =>
    (['name', 'name_kana', 'email', 'phone', 'note'] as const).map((code) => [code, n] as const);
  const told: Purpose[][] = [['P3'], ['P1'], ['P1', 'P3']];
  for (const [n, of] of told.entries()) await acquire(w, { ...plain, who: null, h: 0, items: some(n), purposes: of });
  await consent(w, { who: 0, text: 'notes', by: 'principal', ago: 0, way: 'one' });
  await consent(w, { who: 1, text: 'other', by: 'principal', ago: 0, way: 'one' });
  await consent(w, { who: 2, text: 'care', by: 'representative', ago: 0, way: 'file' });
  return w;
}
