// Reads the recipients, their assurances and checks, and the countries, with what is due.

import { both } from '../../../base/bilingual.ts';
import { countryCodes } from '../../../base/country.ts';
import { type Day, dayOf } from '../../../base/day.ts';
import { groupsOf } from '../../../base/groups.ts';
import { isId } from '../../../base/id.ts';
import { done, notFound, type Outcome } from '../../../base/outcome.ts';
import type { Office } from '../../../office.ts';
import type { Queryable } from '../../../platform/database/index.ts';
import { policyInForce } from '../../policy/index.ts';
import {
  type Assurance,
  type AssuranceKind,
  assuranceKinds,
  type Check,
  type CommissionPage,
  type CountryReport,
  type Recipient,
  type RecipientFacts,
  type RecipientVersion,
} from '../facts/register.ts';
import {
  checkAgainBy,
  checksThere,
  factsOn,
  footingOf,
  lastCheck,
  lastReturn,
  reportOn,
  standingAssurance,
  unconfirmedOf,
} from '../facts/standing.ts';
import {
  allRecipients,
  assurancesOf,
  checksOf,
  commissionPages,
  findRecipient,
  recipientsBy,
  reportsOn,
  versionsOf,
} from '../store.ts';
import { missing, noCountry } from './record.ts';

/** Returns every recipient, by name, including stopped ones. */
export const listRecipients = (office: Office): Promise<Recipient[]> => allRecipients(office.database);

/** Returns recipients of the register by id. */
export async function recipientsOf(
  office: Office,
  ids: Iterable<string> | 'all',
): Promise<ReadonlyMap<string, Recipient>> {
  const found =
    ids === 'all' ? await listRecipients(office) : await recipientsBy(office.database, [...new Set(ids)].filter(isId));
  return new Map(found.map((one) => [one.id, one]));
}

/** Returns their names by id. */
export const recipientNames = async (
  office: Office,
  ids: Iterable<string> | 'all',
): Promise<ReadonlyMap<string, string>> =>
  new Map([...(await recipientsOf(office, ids))].map(([id, { name }]) => [id, name]));

export async function recipientOf(office: Office, id: string): Promise<Outcome<Recipient>> {
  const found = isId(id) ? await findRecipient(office.database, id) : null;
  return found ? done(found) : missing;
}

/** Returns the versions of a recipient, newest first. */
export const history = (office: Office, id: string): Promise<RecipientVersion[]> => versionsOf(office.database, [id]);

/** Everything on record about one recipient. */
export interface Dossier {
  recipient: Recipient;
  versions: RecipientVersion[];
  assurances: Assurance[];
  checks: Check[];
  /** The report on its country in force today. */
  report: CountryReport | null;
}

export async function dossierOf(office: Office, id: string): Promise<Outcome<Dossier>> {
  const found = await recipientOf(office, id);
  if (!found.ok) return found;
  const recipient = found.value;
  const [versions, assurances, checks, report] = await Promise.all([
    history(office, id),
    assurancesOf(office.database, [id]),
    checksOf(office.database, [id]),
    countryReportOn(office, recipient.country, office.clock.today()),
  ]);
  return done({ recipient, versions, assurances, checks, report });
}

/** A recipient with its versions, newest first, and everything that a provision to it may rest on. */
export interface Line {
  recipient: Recipient;
  versions: RecipientVersion[];
  assurances: Assurance[];
  checks: Check[];
}

/** Reads the whole register, by name; with `only`, what it has about these recipients. */
export async function readRegister(office: Office, only?: readonly Recipient[]): Promise<Line[]> {
  const ids = only?.map(({ id }) => id);
  const [recipients, versions, assurances, checks] = await Promise.all([
    only ?? listRecipients(office),
    versionsOf(office.database, ids),
    assurancesOf(office.database, ids),
    checksOf(office.database, ids),
  ]);
  const been = groupsOf(versions, (one) => one.recipient);
  const assured = groupsOf(assurances, (one) => one.recipient);
  const checked = groupsOf(checks, (one) => one.recipient);
  return recipients.map((recipient) => ({
    recipient,
    versions: been(recipient.id),
    assurances: assured(recipient.id),
    checks: checked(recipient.id),
  }));
}

/**
 * The day by which a recipient is checked again; null where it has nothing and is given nothing on a standing basis. On an equivalent-action system
 * (28(3)), checks from before a change of country do not count.
 */
export function nextCheckOf({ recipient, versions, assurances, checks }: Line, today: Day): Day | 'impossible' | null {
  if (lastCheck(checks, today)?.measures === 'impossible') return 'impossible';
  const system = standingAssurance(assurances, 'equivalent-system', today);
  const last = lastCheck(system ? checksThere(versions, checks) : checks, today);
  const returned = lastReturn(checks);
  if (!last || (returned && returned.on >= last.on && footingOf(recipient, assurances, today) !== 'stands'))
    return null;
  return checkAgainBy(last, system);
}

/** Something in the register that must be done by a day, or ends on it. */
export interface RegisterDue {
  recipient: Recipient;
  what: 'check' | AssuranceKind;
  on: Day;
}

/** For recipients that are not stopped: the day by which each is checked again, and the last day of each assurance in force today. */
export const registerDues = (register: readonly Line[], today: Day): RegisterDue[] =>
  register.flatMap((line) => {
    const { recipient, assurances } = line;
    if (recipient.state !== 'active') return [];
    const check = nextCheckOf(line, today);
    const ends = assuranceKinds.flatMap((what) => {
      const until = standingAssurance(assurances, what, today)?.until;
      return until ? [{ recipient, what, on: until }] : [];
    });
    return check === null || check === 'impossible'
      ? ends
      : [{ recipient, what: 'check' as const, on: check }, ...ends];
  });

/** A recipient with what waits for a member of the staff to confirm it. */
export interface Unconfirmed {
  recipient: Recipient;
  records: (Assurance | Check)[];
}

/** Returns the recipients that are not stopped and of which something waits to be confirmed. */
export const unconfirmedRecords = (register: readonly Line[], today: Day): Unconfirmed[] =>
  register
    .filter(({ recipient }) => recipient.state === 'active')
    .map((line) => ({ recipient: line.recipient, records: unconfirmedOf(line, today) }))
    .filter(({ records }) => records.length > 0);

/**
 * Returns the facts about a recipient that the law is asked with, as the register was at the end of that day; but whether it is stopped is always as
 * of now. `not-found` when it was not registered yet.
 */
export async function recipientFacts(on: Queryable, id: string, day: Day): Promise<Outcome<RecipientFacts>> {
  const recipient = isId(id) ? await findRecipient(on, id) : null;
  if (!recipient) return missing;
  const known = (await versionsOf(on, [id])).filter(({ at }) => dayOf(at.getTime()) <= day);
  const [version] = known;
  if (!version) return notFound(both('この日には、まだ登録されていません', 'It was not registered yet on that day'));
  // State, version and the count of assurances come from one row, read first, so that anything done after that reading shows.
  const { state, version: seen, assured } = recipient;
  const read = { content: version.content, state, version: seen, assured };
  const [assurances, checks] = [await assurancesOf(on, [id]), await checksOf(on, [id])];
  const facts = factsOn(read, assurances, checksThere(known, checks), day);
  const waits = unconfirmedOf({ versions: known, assurances, checks }, day).length > 0;
  if (!waits || facts.equivalentSystem?.checkedOn) return done(facts);
  const { equivalentSystem: _, ...others } = facts;
  return done(others);
}

/** Returns the report on a country in force on a day; null where there is none, or where it is older than a year. */
export const countryReportOn = async (office: Office, country: string, on: Day): Promise<CountryReport | null> =>
  reportOn(await reportsOn(office.database, country), on);

/** Returns every report on every country, newest first. */
export const allReports = (office: Office): Promise<CountryReport[]> => reportsOn(office.database);

/** Returns every report on one country, newest first. */
export async function reportsOf(office: Office, country: string): Promise<Outcome<CountryReport[]>> {
  return countryCodes.has(country) && country !== 'JP' ? done(await reportsOn(office.database, country)) : noCountry;
}

/** Returns the address of the Commission's reports on countries, as last found or as the policy states it. Null without both. */
export async function commissionPage(office: Office): Promise<CommissionPage | null> {
  const [newest] = await commissionPages(office.database);
  if (newest) return { url: newest.url, checkedOn: newest.checked_on, recorded: true };
  const policy = await policyInForce(office, office.clock.today());
  const stated = policy?.policy.operator.ppc_url;
  return stated && stated !== 'none'
    ? { url: stated.current, checkedOn: stated.checked as Day, recorded: false }
    : null;
}
