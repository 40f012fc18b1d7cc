// What comes in about people, what it is used for and what becomes of it, after every act of random histories through the running server: holdings
// that change, acquisitions, additions and corrections, changes of purpose, consents and their ends, objections, stops, uses beyond the purpose,
// erasures, a policy whose next version has begun or not, and an office that is started anew. A few lines that share nothing with the rules say what
// the law makes of it (16 to 18, 20 to 22, 30, 35), and each answer, value, record and log entry is compared with them.

import fs from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
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
import { consentGivers, type ConsentGiver, type ExceptionClaim, type UseItem } from '../../src/law/index.ts';
import { proofFile, verifyFile, vkeyOf, type ErasureCertificate } from '../../src/log/index.ts';
import { equip } from '../../src/office.ts';
import { standingClock } from '../../src/platform/clock.ts';
import { csvUtf8 } from '../csv.ts';
import { signAll, tablesWith } from '../house.ts';
import { addConsent, addConsentText, addStop, byOfficer, restingOn, valueOf } from '../people.ts';
import { must, openServer, readers, root, sessionIn, systemActions, type TestServer } from '../server.ts';

const clock = standingClock('2026-12-07T10:00:00+09:00');
const today = (): Day => clock.today();
/** The server that runs now: it is started anew on the way. */
let server: TestServer;

beforeAll(async () => {
  server = await openServer({ clock });
});
afterAll(async () => {
  await server.app.close();
  await server.db.drop();
  await fs.rm(path.dirname(server.office.config.dataFolder), { recursive: true });
});

const go = async (to: string, init?: RequestInit): Promise<Response> =>
  server.app.fetch(new Request(to.startsWith('http') ? to : `${server.url}${to}`, init));

// ---- what has happened, as the model keeps it

const codes = ['name', 'name_kana', 'email', 'phone', 'note', 'wheelchair'] as const;
type Code = (typeof codes)[number];
/** Special care-required (2(3)). */
const CARE = 'wheelchair';
const purposes = ['P1', 'P2', 'P3', 'P5'] as const;
type Purpose = (typeof purposes)[number];
/** Purposes that every version of the policy states; P5 comes and goes. */
const lasting = ['P1', 'P2', 'P3'] as const;

interface Holding {
  id: string;
  name: string;
  version: number;
  purposes: readonly Purpose[];
  items: readonly Code[];
  channels: readonly string[];
  retired: boolean;
  changes: { id: string; from: string; to: string }[];
}

/** What one holding keeps of a person: each value, with the purposes the person was told of for it. */
interface Kept {
  version: number;
  items: Map<Code, { value: string; for: readonly string[] }>;
}

const texts = {
  other: { for: 'use', purposes: ['P2'], items: ['name', 'email', 'phone'] },
  notes: { for: 'use', purposes: ['P1', 'P3'], items: ['name', 'email', 'note'] },
  care: { for: 'care', purposes: ['P1', 'P3'], items: [CARE] },
} as const satisfies Record<string, { for: 'use' | 'care'; purposes: readonly Purpose[]; items: readonly Code[] }>;
type TextName = keyof typeof texts;
const textNames = Object.keys(texts) as TextName[];

interface Person {
  id: string;
  /** By id of the holding; empty once the person is erased. */
  kept: Map<string, Kept>;
  erased: { items: number; holdings: string[]; entry: string } | null;
  consents: { id: string; text: TextName; on: Day; by: ConsentGiver; withdrawnOn: Day | null }[];
  /** Null: to every use. Those that were taken back are gone. */
  objections: { id: string; purpose: string | null; on: Day }[];
  stops: { of: readonly string[] | null; from: Day }[];
  /** Until when each record under 30 is kept. */
  receipts: Day[];
  /** Ids of all log entries about the person, the oldest first. */
  entries: string[];
}

interface World {
  n: number;
  /** May handle everything, or only what is for P3. */
  clients: Record<'all' | 'narrow', Sekisho>;
  until: Day;
  holdings: Holding[];
  people: Person[];
  texts: Record<TextName, { code: string; version: number }>;
  /** Every value that was ever sent: none may stand anywhere in clear. */
  values: Set<string>;
}

/** Versions of the policy by their first day; `P5`: whether it states that purpose. */
const policies: { from: Day; P5: boolean }[] = [{ from: clock.today(), P5: false }];
const isStated = (purpose: string): boolean => purpose !== 'P5' || policies.findLast(({ from }) => from <= today())!.P5;

// ---- what the law makes of it

type Answer = 'yes' | 'no' | 'unknown';
interface Law {
  answer: Answer;
  /** Grounds that the answer names. */
  on: readonly string[];
}
const worst = (...all: Law[]): Law => {
  const answer = (['no', 'unknown'] as const).find((one) => all.some((law) => law.answer === one)) ?? 'yes';
  return { answer, on: all.filter((law) => law.answer === answer).flatMap(({ on }) => on) };
};

/** An objection to everything or to a purpose stops that use. */
const reaching = ({ objections }: Person, purpose: string): Person['objections'] =>
  objections.filter((one) => one.purpose === null || one.purpose === purpose);

/** 16: consents to just this that neither a withdrawal nor an objection has ended. A child's counts only once the officer has judged it. */
function consentTo(person: Person, of: 'use' | 'care', purpose: string, items: readonly string[]): Answer {
  const alive = person.consents.filter(({ text, on, withdrawnOn }) => {
    const said: { for: string; purposes: readonly string[]; items: readonly string[] } = texts[text];
    return (
      said.for === of &&
      said.purposes.includes(purpose) &&
      items.every((item) => said.items.includes(item)) &&
      withdrawnOn === null &&
      !reaching(person, purpose).some((one) => one.on >= on)
    );
  });
  if (alive.some(({ by }) => by === 'principal' || by === 'representative')) return 'yes';
  // Of a child, what was found out last counts.
  const last = alive.toSorted((a, b) => (a.on === b.on ? 0 : a.on < b.on ? -1 : 1)).at(-1);
  return last?.by === 'uncertain-child' ? 'unknown' : 'no';
}

/** 17(2), 18(1): held for this purpose, or for one that was changed to it, by one step. */
const serves = ({ purposes: of, changes }: Holding, held: readonly string[], purpose: string): boolean =>
  (of as readonly string[]).includes(purpose) &&
  held.some((one) => one === purpose || changes.some(({ from, to }) => from === one && to === purpose));

/** Consents are to what the first holding keeps. */
const consentIn = (w: World, person: Person, h: Holding, items: readonly string[], purpose: string): Answer =>
  h === w.holdings[0] ? consentTo(person, 'use', purpose, items) : 'no';

/** Whether all of these items, or all that is held where none of them is, may be used for a purpose without the person's consent. */
function isWithin(person: Person, h: Holding, items: readonly string[], purpose: string): boolean {
  const kept = person.kept.get(h.id);
  const all = [...(kept?.items ?? [])];
  const asked = all.filter(([code]) => items.includes(code));
  const held = (asked.length > 0 ? asked : all).map(([, one]) => one.for);
  return (h.purposes as readonly string[]).includes(purpose) && held.every((told) => serves(h, told, purpose));
}

const clause: Readonly<Record<string, string>> = { P1: '11', P2: '12', P3: '13', P5: '11' };

/** 18(1), 35(2), (6): what may be used for a purpose today. */
function useLaw(w: World, person: Person, h: Holding, items: readonly string[], purpose: string): Law {
  const stopped = person.stops.some(({ of, from }) => from <= today() && (of === null || of.includes(purpose)));
  if (stopped) return { answer: 'no', on: ['APPI 35(2)'] };
  const consent = consentIn(w, person, h, items, purpose);
  if (consent === 'yes') return { answer: 'yes', on: ['APPI 18(1)'] };
  if (reaching(person, purpose).length > 0) return { answer: 'no', on: [`policy ${clause[purpose]}`] };
  if (isWithin(person, h, items, purpose)) return { answer: 'yes', on: ['APPI 18(1)'] };
  return { answer: consent, on: ['APPI 18(1)'] };
}

/** What 20(2)(ii) and 18(3)(ii) ask beside the need. */
type Difficult = boolean | null;
const necessity = (difficult: Difficult): Answer => (difficult === null ? 'unknown' : difficult ? 'yes' : 'no');

interface Acquiring {
  who: number | null;
  h: number;
  by: 'all' | 'narrow';
  channel: string;
  source: 'principal' | 'third-party' | 'public' | 'observed';
  placement: 'before-submit' | 'one-click-link' | 'none' | null;
  notice: 'clear' | 'partly' | 'urgent' | null;
  items: readonly (readonly [Code, number])[];
  purposes: readonly Purpose[];
  consent: 'given' | 'without-capacity' | 'uncertain-child' | 'less' | 'unsaid' | 'none' | 'unknown';
  exception: Difficult | 'no-claim';
  receipt: 'whole' | 'none' | 'unlawful' | 'unseen' | 'nameless';
  seen: 'right' | 'none' | 'stale';
  share: 'right' | 'none' | 'wrong';
  again: boolean;
  /** Only what the holding takes: most of what is drawn at random it would not. */
  fit: boolean;
}

type OnRecord = 'capable' | 'child' | 'unsure' | 'ended' | 'none';

/** 20(2): what is on record of a person's consent to the acquisition, for each purpose. */
const onRecord = (person: Person | null, of: readonly string[]): OnRecord[] =>
  of.map((purpose) => {
    if (!person) return 'none';
    const consent = consentTo(person, 'care', purpose, [CARE]);
    if (consent !== 'no') return consent === 'yes' ? 'capable' : 'unsure';
    const covered = (texts.care.purposes as readonly string[]).includes(purpose);
    const said = person.consents.filter(({ text }) => covered && text === 'care');
    const objections = reaching(person, purpose);
    if (said.some(({ withdrawnOn, on }) => withdrawnOn === null && objections.every((one) => one.on < on)))
      return 'child';
    return said.length > 0 || objections.length > 0 ? 'ended' : 'none';
  });

/** The day of a consent that is stated. */
const statedOn = (): Day => addDays(today(), -1);

/** Whether the person has since taken back what is stated, or asked that it stop. */
const isTakenBack = (person: Person | null, of: readonly string[]): boolean =>
  person !== null &&
  of.some(
    (purpose) =>
      onRecord(person, [purpose])[0] === 'ended' &&
      (reaching(person, purpose).some(({ on }) => on >= statedOn()) ||
        person.consents.some(
          ({ text, withdrawnOn }) => text === 'care' && withdrawnOn !== null && withdrawnOn >= statedOn(),
        )),
  );

const isStatedWithDay = (said: Acquiring['consent']): boolean => said !== 'none' && said !== 'unknown';

/** The company’s own consent: what is stated with its day or, where that is not, what is on record. */
function ownConsent(person: Person | null, of: readonly string[], said: Acquiring['consent']): Answer | 'silent' {
  if (isStatedWithDay(said)) {
    if (said === 'without-capacity' || said === 'less' || isTakenBack(person, of)) return 'no';
    return said === 'given' ? 'yes' : 'unknown';
  }
  const known = onRecord(person, of);
  if (known.includes('ended') || known.includes('child')) return 'no';
  if (known.includes('unsure')) return 'unknown';
  if (known.every((one) => one === 'capable')) return 'yes';
  return said === 'none' ? 'silent' : 'unknown';
}

/** Whoever says that there is no consent is told of one on record. */
function isContradicted(person: Person | null, { items, source, consent, purposes: of }: Acquiring): boolean {
  if (source === 'principal' || consent !== 'none' || !items.some(([code]) => code === CARE)) return false;
  return !onRecord(person, of).includes('ended') && ownConsent(person, of, 'none') !== 'silent';
}

/** What persons hand over themselves they consent to, unless they cannot judge it (guideline 2-16, 3-3-2). */
function handedOver({ consent: said }: Acquiring): Law {
  if (said === 'uncertain-child') return { answer: 'unknown', on: ['APPI 20(2)'] };
  return { answer: said === 'without-capacity' ? 'no' : 'yes', on: ['APPI 20(2)'] };
}

/** 20(2): consent, an item of the law, or the consent that the provider obtained where the company has none of its own. */
function careLaw(person: Person | null, one: Acquiring): Law {
  if (one.source === 'principal') return handedOver(one);
  const own = ownConsent(person, one.purposes, one.consent);
  if (own === 'yes') return { answer: 'yes', on: ['APPI 20(2)'] };
  const item = one.exception === 'no-claim' ? 'no' : necessity(one.exception);
  if (item === 'yes') return { answer: 'yes', on: ['APPI 20(2)(ii)'] };
  const theirs = own === 'silent' && one.source === 'third-party';
  if (theirs && one.receipt === 'whole') return { answer: 'yes', on: ['APPI 20(2)'] };
  // What comes by entrustment or joint use needs none (viii), and nobody has said on what basis it came.
  const unnamed = one.source === 'third-party' && one.receipt === 'none';
  const open = own === 'unknown' || item === 'unknown' || unnamed;
  return { answer: open ? 'unknown' : 'no', on: ['APPI 20(2)'] };
}

const written = (channel: string): boolean => ['web-form', 'paper'].includes(channel);

/** 21(1), (2), (4): what is handed over in writing is preceded by its purpose. */
function noticeLaw({ source, channel, placement, notice }: Acquiring): Law {
  if (source !== 'principal' || !written(channel)) return { answer: 'yes', on: ['APPI 21(1)'] };
  if (placement === 'before-submit' || placement === 'one-click-link') return { answer: 'yes', on: ['APPI 21(2)'] };
  if (notice === 'urgent') return { answer: 'yes', on: ['APPI 21(2) proviso'] };
  if (notice === 'clear') return { answer: 'yes', on: ['APPI 21(4)(iv)'] };
  return { answer: placement === null ? 'unknown' : 'no', on: ['APPI 21(2)'] };
}

/** 20(1), 30(1): what a third party gives is checked. */
function receiptLaw({ source, receipt }: Acquiring): Law {
  if (source !== 'third-party') return { answer: 'yes', on: [] };
  if (receipt === 'unlawful') return { answer: 'no', on: ['APPI 20(1)'] };
  if (receipt === 'unseen') return { answer: 'no', on: ['APPI 30(1)'] };
  return receipt === 'whole' ? { answer: 'yes', on: ['APPI 30(1)'] } : { answer: 'unknown', on: [] };
}

const acquireLaw = (person: Person | null, one: Acquiring): Law =>
  worst(
    receiptLaw(one),
    noticeLaw(one),
    one.items.some(([code]) => code === CARE) ? careLaw(person, one) : { answer: 'yes', on: [] },
  );

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
async function newEntries(w: World): Promise<Entry[]> {
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

const pick = <T>(all: readonly T[], n: number): T | undefined => (all.length > 0 ? all[n % all.length] : undefined);

/** The values that a world uses: names are one person's, the rest comes more than once. */
const syllables = 'カキクコサシスセソタテトナニヌネノハヒフマミムメモラリルレロ';
function valueOfItem(w: World, code: Code, n: number): string {
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
    const told = before?.value === value ? [...new Set([...before.for, ...of])] : [...of];
    kept.items.set(code as Code, { value, for: told.toSorted() });
  }
  person.kept.set(h.id, kept);
}

const newPerson = (id: string): Person => ({
  id,
  kept: new Map(),
  erased: null,
  consents: [],
  objections: [],
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

async function acquire(w: World, act: Acquiring): Promise<Person | null> {
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
    return person;
  }
  const hindered = hindrance(w, h, person, one, ask);
  if (hindered) {
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
  takeIn(taken, h, ask.items, one.purposes);
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

async function correct(w: World, one: Correcting): Promise<void> {
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
  setRight(kept, items);
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
    if (value === null) kept.items.delete(code as Code);
    else kept.items.set(code as Code, { value, for: kept.items.get(code as Code)?.for ?? common });
  }
}

async function erase(w: World, { who, by }: { who: number; by: 'all' | 'narrow' }): Promise<void> {
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
  person.kept.clear();
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

interface Using {
  who: number;
  h: number;
  items: readonly Code[];
  purpose: Purpose;
}
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
  return ['people:use'];
}

/** Most of the time only items that the holding has. */
const askable = (w: World, all: readonly Using[], n: number): Using[] =>
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
async function uses(w: World, by: 'all' | 'narrow', all: readonly Using[], together: boolean): Promise<void> {
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
async function beyond(w: World, one: Beyond): Promise<void> {
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
async function changeOf(w: World, { h: n, from, to: other, own, related, ahead }: Changing): Promise<void> {
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

async function endChange(w: World, { h: n, n: which }: { h: number; n: number }): Promise<void> {
  const h = w.holdings[n % w.holdings.length]!;
  const one = pick(h.changes, which);
  if (!one || h.retired) return;
  const [answer, entries] = await leaving(w, () =>
    endPurposeChange(server.app, byOfficer(server), { id: h.id, change: one.id }),
  );
  valueOf(answer);
  h.changes.splice(h.changes.indexOf(one), 1);
  expect(actionsOf(entries)).toEqual(['ledger:purpose-end']);
}

interface Consenting {
  who: number;
  text: TextName;
  by: ConsentGiver;
  ago: number;
  way: 'one' | 'file';
}

async function consent(w: World, { who, text, by, ago, way }: Consenting): Promise<void> {
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

async function withdraw(w: World, { who, n }: { who: number; n: number }): Promise<void> {
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

async function object(w: World, one: { who: number; purpose: Purpose | null; ago: number }): Promise<void> {
  const person = pick(w.people, one.who)!;
  if (person.erased || (one.purpose !== null && !isStated(one.purpose))) return;
  const on = addDays(today(), -one.ago);
  const of =
    one.purpose === null ? { scope: 'everything' as const } : { scope: 'purpose' as const, purpose: one.purpose };
  const [answer, entries] = await leaving(w, () => w.clients.all.object({ principal: person.id, on, ...of }));
  person.objections.push({ id: must(answer).id, purpose: one.purpose, on });
  expect(actionsOf(entries)).toEqual(['consent:object']);
}

async function retract(w: World, { who, n }: { who: number; n: number }): Promise<void> {
  const person = pick(w.people, who)!;
  const one = pick(person.objections, n);
  if (!one || person.erased) return;
  valueOf(await retractObjection(server.office, byOfficer(server), one.id, '別の人の申出だった'));
  person.objections.splice(person.objections.indexOf(one), 1);
  expect(actionsOf(await newEntries(w))).toEqual(['consent:retract-objection']);
}

async function stop(w: World, one: { who: number; purposes: readonly Purpose[] | null; ago: number }): Promise<void> {
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
async function describe(w: World, one: Describing): Promise<void> {
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

async function retire(w: World, { h: n }: { h: number }): Promise<void> {
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

async function register(w: World, one: Omit<Describing, 'h' | 'stale'>): Promise<void> {
  const name = `歩みの台帳 ${w.n}-${w.holdings.length}`;
  const { items, purposes: of, channels } = one;
  const [answer, entries] = await leaving(w, () =>
    registerHolding(server.app, byOfficer(server), inputOf({ name }, one)),
  );
  if (!of.every(isStated)) return expect([!answer.ok && answer.problem.kind, entries]).toEqual(['invalid', []]);
  const { id, version } = valueOf(answer);
  w.holdings.push({ id, name, version, purposes: of, items, channels, retired: false, changes: [] });
  expect(actionsOf(entries)).toEqual(['ledger:register']);
}

/** A version that states one purpose more or less, from today or tomorrow on. */
async function legislate(w: World, { ahead }: { ahead: number }): Promise<void> {
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

async function restart(): Promise<void> {
  await server.app.close();
  server.office = await equip(server.office.config, clock, server.db.app);
  server.app = await openApp(server.office, { root, report: (line) => server.reported.push(line) });
}

// ---- what is compared after each act

const isTold = (by: 'all' | 'narrow', h: Holding): boolean => by === 'all' || h.purposes.includes('P3');

/** What is held about a person, without values: each item with what it is held for. */
async function shows(w: World, person: Person, by: 'all' | 'narrow'): Promise<void> {
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
async function finds(w: World, by: 'all' | 'narrow', n: number): Promise<void> {
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
async function closes(w: World): Promise<void> {
  const { cookie } = await sessionIn(server.app, 'officer', go);
  await signAll(server.office.database, server.office.signer);
  await newEntries(w);
  for (const { id, entries, erased } of w.people) {
    const page = await (await go(`/people/${id}`, { headers: { cookie } })).text();
    const listed = [...page.slice(page.indexOf('id="history"')).matchAll(/\/log\/entries\/([0-9a-f-]{36})/g)].map(
      (match) => match[1]!,
    );
    expect(listed).toEqual(entries.toReversed().slice(0, 20));
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

// ---- the acts

const who = fc.nat(5);
const h = fc.constantFrom(0, 0, 0, 0, 0, 1, 2);
const by = fc.constantFrom('all', 'all', 'all', 'all', 'narrow');
const several = <T>(all: readonly T[], least = 0): fc.Arbitrary<T[]> => fc.subarray([...all], { minLength: least });
const ofLedger = fc
  .tuple(several(lasting, 1), fc.constantFrom<Purpose[]>([], [], ['P5']))
  .map(([some, more]): Purpose[] => [...some, ...more]);
const someItems = several(codes, 1).map((some): Code[] => (some.includes('name') ? some : ['name', ...some]));
const channels = several(['oral', 'web-form', 'paper', 'indirect'], 1);
const share = fc.constantFrom('right', 'right', 'none', 'wrong');
const difficult = fc.constantFrom(true, true, false, null);
/** Values come again, and from others. */
const value = fc.nat(5);

const acquiring = fc.record({
  do: fc.constant('acquire' as const),
  who: fc.option(who, { freq: 2 }),
  h,
  by,
  channel: fc.constantFrom('oral', 'oral', 'web-form', 'web-form', 'paper', 'e-mail'),
  source: fc.constantFrom('principal', 'principal', 'principal', 'third-party', 'public', 'observed'),
  placement: fc.constantFrom('before-submit', 'before-submit', 'one-click-link', 'none', null),
  notice: fc.constantFrom(null, null, 'clear', 'partly', 'urgent'),
  items: several(codes, 1).chain((some) =>
    fc.tuple(...some.map((code) => fc.tuple(fc.constant(code), value))).map((all): (readonly [Code, number])[] => all),
  ),
  purposes: fc.oneof(several(['P1', 'P3'], 1), several(purposes)),
  consent: fc.constantFrom(
    'given',
    'given',
    'without-capacity',
    'uncertain-child',
    'less',
    'unsaid',
    'none',
    'unknown',
  ),
  exception: fc.constantFrom('no-claim', 'no-claim', 'no-claim', true, false, null),
  receipt: fc.constantFrom('whole', 'whole', 'whole', 'none', 'unlawful', 'unseen', 'nameless'),
  seen: fc.constantFrom('right', 'right', 'right', 'none', 'stale'),
  share,
  again: fc.boolean(),
  fit: fc.constantFrom(true, true, true, true, true, false),
});

const acts = fc.oneof(
  { weight: 12, arbitrary: acquiring },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('correct' as const),
      who,
      h,
      by,
      items: several(codes, 1).chain((some) =>
        fc
          .tuple(...some.slice(0, 3).map((code) => fc.tuple(fc.constant(code), fc.option(value, { freq: 2 }))))
          .map((all): (readonly [Code, number | null])[] => all),
      ),
      ground: fc.constantFrom('accuracy', 'accuracy', 'accuracy', 'accuracy', 'request'),
      seen: fc.constantFrom('right', 'right', 'right', 'stale'),
      share,
      fit: fc.constantFrom(true, true, true, false),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('beyond' as const),
      who,
      h,
      items: several(codes),
      purpose: fc.constantFrom(...purposes),
      other: fc.boolean(),
      item: fc.constantFrom('18(3)(i)', '18(3)(ii)'),
      difficult,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('change' as const),
      h,
      from: fc.constantFrom(...purposes),
      to: fc.constantFrom(...purposes),
      own: fc.option(fc.nat(3), { freq: 4 }),
      related: fc.constantFrom(true, true, true, false, null),
      ahead: fc.constantFrom(0, 0, 0, 1),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('unchange' as const), h, n: fc.nat(3) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('consent' as const),
      who,
      text: fc.constantFrom(...textNames),
      by: fc.constantFrom('principal', 'principal', ...consentGivers),
      ago: fc.constantFrom(0, 0, 1, 2),
      way: fc.constantFrom('one', 'one', 'file'),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('withdraw' as const), who, n: fc.nat(5) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('object' as const),
      who,
      purpose: fc.constantFrom(...purposes, null),
      ago: fc.constantFrom(0, 0, 1),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('retract' as const), who, n: fc.nat(5) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('stop' as const),
      who,
      purposes: fc.option(several(lasting, 1), { freq: 3 }),
      ago: fc.nat(1),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('erase' as const), who, by }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('describe' as const),
      h,
      purposes: ofLedger,
      items: fc.oneof(fc.constant([...codes]), someItems),
      channels,
      stale: fc.constantFrom(false, false, false, true),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('register' as const), purposes: ofLedger, items: someItems, channels }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('retire' as const), h: fc.nat(3) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('legislate' as const), ahead: fc.constantFrom(0, 1, 1) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const) }) },
);
type Act = typeof acts extends fc.Arbitrary<infer A> ? A : never;

const deeds: { [D in Act['do']]: (w: World, one: never) => Promise<unknown> } = {
  acquire,
  correct,
  beyond,
  change: changeOf,
  unchange: endChange,
  consent,
  withdraw,
  object,
  retract,
  stop,
  erase,
  describe,
  register,
  retire,
  legislate,
  restart,
};

const perform = (w: World, one: Act): Promise<unknown> => deeds[one.do](w, one as never);

// ---- the world of a run

let worlds = 0;

/** Tokens that outlast some weeks. */
async function clients(): Promise<Pick<World, 'clients' | 'until'>> {
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

const plain: Omit<Acquiring, 'who' | 'h' | 'items' | 'purposes'> = {
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

async function open(): Promise<World> {
  const w: World = {
    n: ++worlds,
    ...(await clients()),
    holdings: [],
    people: [],
    texts: {} as World['texts'],
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

const using = fc.record({
  who,
  h,
  items: fc.oneof(
    several<Code>(['name', 'email'], 1),
    several<Code>(['name', 'email', 'note', 'phone'], 1),
    several(codes),
  ),
  purpose: fc.constantFrom(...purposes, 'P1', 'P3'),
});
const step = fc.record({
  acts: fc.tuple(acts, acts),
  wait: fc.constantFrom(0, 0, 1, 1, 2),
  uses: fc.array(using, { minLength: 4, maxLength: 4 }),
  together: fc.boolean(),
  by,
  n: fc.nat(19),
});

/** So many days on, over midnight: what was known a second before it counts no longer if the policy has changed with the day. */
async function pass(w: World, days: number, asked: readonly Using[]): Promise<void> {
  if (days === 0) return;
  clock.moveTo(`${addDays(today(), days - 1)}T23:59:59+09:00`);
  await uses(w, 'all', asked.slice(0, 1), false);
  clock.moveTo(`${addDays(today(), 1)}T00:00:01+09:00`);
}

/** Few walks, because each opens a world of its own; long ones, because much has to have happened before a rule can be broken. */
const WALKS = 2;
const STEPS = 25;

test(
  'what is taken in, opened, changed and erased is what the law makes of all that happened',
  { timeout: 300_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.noBias(fc.array(step, { minLength: STEPS, maxLength: STEPS })), async (steps) => {
        const w = await open();
        for (const { acts: both, wait, uses: asked, together, by: token, n } of steps) {
          await pass(w, wait, asked);
          if (today() > w.until) Object.assign(w, await clients());
          await newEntries(w);
          for (const act of both) await perform(w, act);
          const act = both[1];
          const first = 'who' in act && act.who !== null ? act.who : n;
          await uses(w, token, askable(w, [{ ...asked[0]!, who: first }, ...asked.slice(1)], n), together);
          await shows(w, pick(w.people, first)!, token);
          await finds(w, token, n);
        }
        await closes(w);
        expect(await tablesWith(server.db.owner, [...w.values])).toEqual([]);
      }),
      { numRuns: WALKS, seed: 1, endOnFailure: true },
    );
  },
);
