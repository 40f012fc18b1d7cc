// What holds of a recipient on a day: the facts that the law is asked with, what is due, and what a person is told on request. Pure.

import type { Bilingual } from '../../../base/bilingual.ts';
import { addMonths, addYears, type Day, dayOf as dayAt, daysBetween, earlier } from '../../../base/day.ts';
import { type CloudFacts, type EntrustmentFacts, inForce, parameters } from '../../../law/index.ts';
import type {
  Assurance,
  AssuranceKind,
  Check,
  CountryReport,
  Recipient,
  RecipientFacts,
  RecipientVersion,
  ReportContent,
  Terms,
} from './register.ts';

/** Years after which a country is examined again. This is the company's own rule, with the same interval as for recipients. */
const RECHECK_YEARS = 1;

/** Days before an end or due date from which it is shown as a warning. */
const SOON_DAYS = 30;

/** True when the country is recognised as equivalent on a day (Rules 15); false where the list is not known to be in force. */
export const isEquivalent = (country: string, on: Day): boolean =>
  inForce(parameters.equivalentCountries, on)?.has(country) ?? false;

/**
 * True when nobody on the staff answers for a record that must be answered for: a system recorded it, and it lets a provision abroad go without the
 * persons' consent (28(1)). `one` is of a recipient abroad.
 */
export const isUnconfirmed = (one: Assurance | Check): boolean =>
  one.actor.startsWith('system:') &&
  one.confirmed === null &&
  ('terms' in one ? one.terms.kind === 'equivalent-system' : one.measures !== 'impossible');

/** True when a day is within the days of an assurance: it has begun, has not expired and was not ended. */
const isWithin = ({ from, until, ended }: Assurance, on: Day): boolean =>
  from <= on && (until === null || on <= until) && (ended === null || on < ended.on);

/** True when an assurance is in force on a day. */
export const holdsOn = (one: Assurance, on: Day): boolean => isWithin(one, on) && !isUnconfirmed(one);

/** The states of an assurance. Only one that `holds` counts. */
export const assuranceStates = ['holds', 'unconfirmed', 'not-yet', 'expired', 'ended'] as const;

export type AssuranceState = (typeof assuranceStates)[number];

/** The state of an assurance on a day. */
export function assuranceState(one: Assurance, on: Day): AssuranceState {
  if (one.ended !== null) return 'ended';
  if (isWithin(one, on)) return isUnconfirmed(one) ? 'unconfirmed' : 'holds';
  return one.from > on ? 'not-yet' : 'expired';
}

/** The assurance of a kind that counts on a day: of those in force, the one that began last. */
export const standingAssurance = <K extends AssuranceKind>(
  assurances: readonly Assurance[],
  kind: K,
  on: Day,
): (Assurance & { terms: Extract<Terms, { kind: K }> }) | undefined =>
  assurances
    .filter((one): one is Assurance & { terms: Extract<Terms, { kind: K }> } => one.terms.kind === kind)
    .filter((one) => holdsOn(one, on))
    .sort((a, b) => (a.from === b.from ? (a.id < b.id ? 1 : -1) : a.from < b.from ? 1 : -1))[0];

/** What an assurance is to a provision: its state or, where a later one of its kind counts instead, `behind`. */
export type AssuranceStanding = AssuranceState | 'behind';

export const assuranceStandings: readonly AssuranceStanding[] = [...assuranceStates, 'behind'];

/** Says it of one of a recipient's assurances on a day. */
export function assuranceStanding(one: Assurance, all: readonly Assurance[], on: Day): AssuranceStanding {
  const state = assuranceState(one, on);
  return state === 'holds' && standingAssurance(all, one.terms.kind, on)?.id !== one.id ? 'behind' : state;
}

/**
 * What a provision to a recipient rests on. `stands`: an assurance in force; `none`: nothing, for a recipient that is only an entrusted party (25,
 * 27(5)(i)); `each`: what is checked at each provision, such as the person's consent.
 */
export type Footing = 'stands' | 'each' | 'none' | 'stopped';

export function footingOf(
  { state, relations: to }: Pick<Recipient, 'state' | 'relations'>,
  assurances: readonly Assurance[],
  on: Day,
): Footing {
  if (state === 'stopped') return 'stopped';
  if (assurances.some((one) => holdsOn(one, on))) return 'stands';
  return to.every((one) => one === 'entrustment') ? 'none' : 'each';
}

/** Returns a name without differences in width, case and spaces. */
const plainName = (name: string): string => name.normalize('NFKC').toLowerCase().replaceAll(/\s/g, '');

/** Returns the recipients of the same name at any address: often it is the same recipient registered twice. */
export const namesakesOf = <R extends Pick<Recipient, 'name'>>(name: string, all: readonly R[]): R[] =>
  all.filter((one) => plainName(one.name) === plainName(name));

/** Returns the last check of the measures made by a day. */
export const lastCheck = (checks: readonly Check[], on: Day): Check | undefined =>
  checks.filter((check) => check.on <= on && check.measures !== 'returned').sort((a, b) => (a.on < b.on ? 1 : -1))[0];

/** Returns the newest check that found that what was given was returned or erased. */
export const lastReturn = (checks: readonly Check[]): Check | undefined =>
  checks.filter(({ measures }) => measures === 'returned').sort((a, b) => (a.on < b.on ? 1 : -1))[0];

/** The ids of recipients to whom something was provided, each with the last time of that. */
export type Given = ReadonlyMap<string, Date>;

/** True when nothing was given on a standing basis any more by the end of a day: the recipient was stopped, or every basis was over. */
const isOverBy = ({ recipient: { stoppedOn }, assurances }: Handed, on: Day): boolean =>
  (stoppedOn !== null && stoppedOn <= on) ||
  assurances.every(
    ({ from, until, ended }) => from > on || (until !== null && until < on) || (ended !== null && ended.on <= on),
  );

interface Handed extends Rows {
  recipient: Pick<Recipient, 'id' | 'stoppedOn'>;
}

/**
 * True when the recipient was given something, and is not known to have returned or erased it since. On the very day on which it was last given
 * something, a check counts that was written down after that, if nothing more could follow: on any other day, more may have been given after the
 * return.
 */
export function stillHas(of: Handed, given: Given): boolean {
  const last = given.get(of.recipient.id);
  if (last === undefined) return false;
  const lastDay = dayAt(last.getTime());
  return !of.checks.some(
    ({ measures, on, at }) =>
      measures === 'returned' && (on > lastDay || (on === lastDay && at >= last && isOverBy(of, on))),
  );
}

/** Why nothing is put on a cloud any more, with the last day on which something may have been put there. */
export interface CloudLeft {
  how: 'stopped' | 'ended' | 'expired';
  on: Day;
}

/** The servers of a cloud on which personal information is, or may still be. */
export interface CloudPlace {
  country: string;
  /** Null while the cloud is in use. */
  left: CloudLeft | null;
}

/** Why and since when a cloud is not in use on a day; null while it is. */
function cloudLeft({ stoppedOn }: Pick<Recipient, 'stoppedOn'>, one: Assurance, on: Day): CloudLeft | null {
  const over: CloudLeft[] = [];
  if (stoppedOn !== null) over.push({ how: 'stopped', on: stoppedOn });
  if (one.ended !== null) over.push({ how: 'ended', on: one.ended.on });
  if (one.until !== null && one.until < on) over.push({ how: 'expired', on: one.until });
  return over.sort((a, b) => (a.on < b.on ? -1 : 1))[0] ?? null;
}

interface Cloud extends Rows {
  recipient: Pick<Recipient, 'stoppedOn'>;
  /** Newest first. */
  versions: readonly Pick<RecipientVersion, 'act' | 'at'>[];
}

/**
 * True when a check found that what was on a cloud was returned or erased. On the very day it was stopped or ended, a check counts that was written down
 * after that: none can be while something is in force. An assurance that ran out was in force for the whole of its last day.
 */
function isCleared(
  { how, on: last }: CloudLeft,
  one: Assurance,
  { versions, checks }: Pick<Cloud, 'versions' | 'checks'>,
): boolean {
  const over = how === 'stopped' ? versions.find(({ act }) => act === 'stop')!.at : one.at;
  return checks.some(
    ({ measures, on, at }) =>
      measures === 'returned' && (on > last || (on === last && how !== 'expired' && at.getTime() >= over.getTime())),
  );
}

/**
 * Returns where the servers of a recipient's clouds are, each country once. What a company puts on a cloud is not on record, as it is no provision
 * (guideline Q7-53), so a cloud that was ever in use may have something until a later check finds it returned or erased.
 */
export function cloudPlaces({ recipient, versions, assurances, checks }: Cloud, on: Day): CloudPlace[] {
  const places = new Map<string, CloudPlace>();
  for (const one of assurances) {
    const { terms, from } = one;
    const left = cloudLeft(recipient, one, on);
    if (terms.kind !== 'cloud' || from > on || (left && (left.on < from || isCleared(left, one, { versions, checks }))))
      continue;
    const before = places.get(terms.serverCountry);
    if (!before || (before.left && (!left || left.on > before.left.on)))
      places.set(terms.serverCountry, { country: terms.serverCountry, left });
  }
  return [...places.values()];
}

/** The checks made since the recipient has been in its present country; earlier ones looked at the system of another country (Rules 18(1)). */
function checksSince(versions: readonly RecipientVersion[], checks: readonly Check[]): readonly Check[] {
  const before = versions.findIndex(({ content }) => content.country !== versions[0]?.content.country);
  if (before === -1) return checks;
  const since = dayAt(versions[before - 1]!.at.getTime());
  return checks.filter(({ on }) => on >= since);
}

/** Returns the checks that an equivalent-action system counts by: made in its present country, and answered for. `versions`: newest first. */
export const checksThere = (versions: readonly RecipientVersion[], checks: readonly Check[]): readonly Check[] =>
  checksSince(versions, checks).filter((check) => !isUnconfirmed(check));

/**
 * Returns what waits, on a day, for a member of the staff to confirm it: an equivalent-action system without which none is in force, and the newest
 * check of one. `versions`: newest first.
 */
export function unconfirmedOf(
  { versions, assurances, checks }: { versions: readonly RecipientVersion[] } & Rows,
  on: Day,
): (Assurance | Check)[] {
  if (versions[0]?.content.country === 'JP') return [];
  const systems = assurances.filter((one) => one.terms.kind === 'equivalent-system' && isWithin(one, on));
  const standing = systems.some((one) => !isUnconfirmed(one));
  const last = systems.length > 0 ? lastCheck(checksSince(versions, checks), on) : undefined;
  return [...(standing ? [] : systems), ...(last && isUnconfirmed(last) ? [last] : [])];
}

interface Rows {
  assurances: readonly Assurance[];
  checks: readonly Check[];
}

/** The day by which to check again: as recorded, or earlier if the system in force now requires it. Null where the measures cannot be kept. */
export const checkAgainBy = (
  { on, nextDue }: Check,
  system: { terms: Extract<Terms, { kind: 'equivalent-system' }> } | undefined,
): Day | null => nextDue && (system ? earlier(nextDue, addMonths(on, system.terms.checkMonths)) : nextDue);

export const recheckBy = (report: Pick<ReportContent, 'checkedOn'>): Day => addYears(report.checkedOn, RECHECK_YEARS);

/** Returns the report in force on a day; null where there is none, or where it was not renewed in time. */
export function reportOn(versions: readonly CountryReport[], on: Day): CountryReport | null {
  const known = versions.filter(({ checkedOn }) => checkedOn <= on).sort((a, b) => b.version - a.version)[0];
  return known && on <= recheckBy(known) ? known : null;
}

/** The state of something with a last day: `kept`, `risk` from 30 days before it, `broken` after it. */
export const dueState = (due: Day, today: Day): 'kept' | 'risk' | 'broken' => {
  const left = daysBetween(today, due);
  return left < 0 ? 'broken' : left <= SOON_DAYS ? 'risk' : 'kept';
};

/** Returns the facts about a recipient on a day, from the rows of the register. */
export function factsOn(
  {
    content,
    state,
    version,
    assured,
  }: Pick<RecipientVersion, 'content' | 'state' | 'version'> & Pick<Recipient, 'assured'>,
  assurances: readonly Assurance[],
  checks: readonly Check[],
  on: Day,
): RecipientFacts {
  const { kind, name, address, representative, country } = content;
  const entrustment = standingAssurance(assurances, 'entrustment', on)?.terms;
  const system = standingAssurance(assurances, 'equivalent-system', on);
  const cloud = standingAssurance(assurances, 'cloud', on)?.terms;
  const check = lastCheck(checks, on);
  const equivalentSystem = system
    ? {
        by: system.terms.by,
        validUntil: system.until,
        checkedOn: check?.on ?? null,
        failing: check?.measures === 'impossible',
      }
    : null;
  return {
    recipient: { kind, name, address, country, ...(representative === null ? {} : { representative }) },
    relations: content.relations,
    ...(entrustment ? { entrustment: entrustmentFacts(entrustment) } : {}),
    ...(country === 'JP' ? {} : { equivalentSystem }),
    ...(cloud ? { cloud: cloudFacts(cloud) } : {}),
    publicKey: content.publicKey,
    stopped: state === 'stopped',
    version,
    assured,
  };
}

const entrustmentFacts = ({ ownUse, assessed, contract, monitored }: Required<EntrustmentFacts>): EntrustmentFacts => ({
  ownUse,
  assessed,
  contract,
  monitored,
});

const cloudFacts = ({
  contractExcludesHandling,
  accessControlled,
  serverCountry,
}: Required<CloudFacts>): CloudFacts => ({
  contractExcludesHandling,
  accessControlled,
  serverCountry,
});

/** One of the seven items of Rules 18(3): what is told, or what is lacking. */
export interface MeasuresItem {
  item: string;
  /** Null when the register does not know it; `lacks` then says what to record, and where. */
  says: Bilingual | null;
  lacks: Bilingual | null;
}

export interface MeasuresAnswer {
  recipient: { id: string; name: string; country: string };
  on: Day;
  /** An equivalent-action system (Rules 16) is on record, in force or not: there is a duty to tell the persons whose provision rested on it (28(3)). */
  owed: boolean;
  items: MeasuresItem[];
}
