// Actions on recipients and countries: register, change, stop and resume a recipient, record its assurances and checks, and report on a country.
// Each act writes its row and its log entry in the same transaction. Writers about one recipient wait for each other; a change to an overtaken
// version is a conflict. A check that finds that the measures cannot be kept stops the recipient in its own transaction (APPI 28(3), Rules 18).

import { actorRef } from '../../base/actor.ts';
import { countryCodes } from '../../base/country.ts';
import { both, type Bilingual } from '../../base/bilingual.ts';
import { dayOf, type Day } from '../../base/day.ts';
import { groupsOf } from '../../base/groups.ts';
import { isId, newId } from '../../base/id.ts';
import { conflict, done, fieldOutcome, forbidden, notFound, type Outcome } from '../../base/outcome.ts';
import { append, contentHash } from '../../log/index.ts';
import type { Office } from '../../office.ts';
import type { Queryable, Tx } from '../../platform/database/index.ts';
import { entryBy, type By } from '../access/index.ts';
import { policyInForce } from '../policy/index.ts';
import {
  assuranceKinds,
  changedFields,
  checkAgainBy,
  checksThere,
  contentOf,
  factsOn,
  footingOf,
  lastCheck,
  lastReturn,
  readAssurance,
  readCheck,
  readContent,
  readPage,
  readReason,
  readReport,
  reportOn,
  standingAssurance,
  isUnconfirmed,
  unconfirmedOf,
  type Act,
  type Assurance,
  type AssuranceInput,
  type AssuranceKind,
  type Check,
  type CheckContent,
  type CheckInput,
  type CommissionPage,
  type Confirmation,
  type CountryReport,
  type Recipient,
  type RecipientFacts,
  type RecipientInput,
  type RecipientVersion,
  type ReportInput,
} from './facts.ts';
import {
  allRecipients,
  assurancesOf,
  checksOf,
  commissionPages,
  confirmRow,
  endAssurance,
  findNamesake,
  findRecipient,
  insertAssurance,
  insertCheck,
  recipientsBy,
  insertPage,
  insertRecipient,
  insertReport,
  insertVersion,
  isNameTaken,
  lockRecipient,
  reportsOn,
  updateRecipient,
  versionsOf,
} from './store.ts';
import type { ReportRow } from './tables.ts';

const says = {
  name: both('この名称と住所の提供先は、すでにあります', 'A recipient of this name and address is registered already'),
  version: both(
    'ほかの人が先に変えました。違いを確かめてから、もう一度保存してください',
    'Somebody else changed it first. Check what differs, then save again',
  ),
  stopped: both('すでに止めています', 'It is stopped already'),
  active: both('止めていません', 'It is not stopped'),
  impossible: both(
    '最後の確認では、措置を続けられないとされています。続けられることを確かめて記録してから再開してください（法28条3項、規則18条1項）',
    'The last check found that the measures cannot be kept. Check that they can be, and record it, before you resume (APPI Art. 28(3), Rules Art. 18(1))',
  ),
  assurance: both('同じものが、すでに記録されています', 'The same is on record already'),
  ended: both('すでに終わらせています', 'It was ended already'),
  confirmed: both(
    '確かめる記録ではないか、すでに確かめています',
    'There is nothing to confirm, or it was confirmed already',
  ),
  check: both('この日の確認は、すでに記録されています', 'A check of this day is on record already'),
  standing: both(
    '返却・消去は、提供を止めるか、有効な根拠を終わらせてから記録してください',
    'Stop the recipient, or end the bases in force, before you record that what was given was returned or erased',
  ),
  returns: both(
    '渡した情報が返却・消去されたことは、社内の人が確かめて記録します。システムは記録できません',
    'That what was given was returned or erased is confirmed and recorded by a member of staff, not by a system',
  ),
  vouches: both(
    '外国の提供先が日本の決まりに沿う措置をとっているかは、社内の人が確かめて記録します。システムは、基準適合体制も、措置が続いているという確認も記録できません（法28条）',
    'Whether a recipient abroad takes measures in line with Japanese rules is confirmed and recorded by a member of staff. A system can record neither an equivalent-action system nor a check that finds the measures kept (APPI Art. 28)',
  ),
  page: both('同じ確認が、すでに記録されています', 'The same check is on record already'),
} satisfies Record<string, Bilingual>;

const missing = notFound(both('この提供先はありません', 'There is no such recipient'));
const noAssurance = notFound(both('この根拠はありません', 'There is no such assurance'));
const noRecord = notFound(both('この記録はありません', 'There is no such record'));
const noCountry = notFound(both('この国はありません', 'There is no such country'));

// What the log says of each row; the promises compare the rows with it.

/** The hash of the reason given for an act; undefined where none is asked for. */
const reasonSaid = (reason: string | null | undefined) => (reason ? contentHash({ reason }) : undefined);

export const versionSaid = (of: { recipient: string } & Pick<RecipientVersion, 'version' | 'content' | 'reason'>) => ({
  recipient: of.recipient,
  version: of.version,
  country: of.content.country,
  sha256: contentHash(of.content),
  reasons: reasonSaid(of.reason),
});

export const assuranceSaid = ({
  recipient,
  reference,
  from,
  until,
  terms,
}: Pick<Assurance, 'recipient' | 'reference' | 'from' | 'until' | 'terms'>) => ({
  recipient,
  assurance: terms.kind,
  from,
  until: until ?? undefined,
  sha256: contentHash({ reference, from, until, terms }),
});

export const endSaid = ({ id, recipient, terms }: Pick<Assurance, 'id' | 'recipient' | 'terms'>, reason: string) => ({
  recipient,
  assurance: terms.kind,
  ended: id,
  reasons: reasonSaid(reason),
});

export function checkSaid(of: CheckContent & { recipient: string }) {
  const { on, method, measures, foreignSystem, trouble, remedy, proof, nextDue } = of;
  const found = { on, method, measures, foreignSystem, trouble, remedy, nextDue };
  return {
    recipient: of.recipient,
    on,
    measures,
    foreign_system: foreignSystem !== null,
    next_due: nextDue ?? undefined,
    // Earlier versions hashed a check without a proof.
    sha256: contentHash(proof === null ? found : { ...found, proof }),
  };
}

export const confirmSaid = ({ recipient, id }: { recipient: string; id: string }) => ({ recipient, confirmed: id });

export const reportSaid = ({ country, version, content }: Pick<ReportRow, 'country' | 'version' | 'content'>) => ({
  country,
  version,
  checked_on: content.checkedOn,
  sha256: contentHash(content),
});

export const pageSaid = ({ url, checkedOn }: Pick<CommissionPage, 'url' | 'checkedOn'>) => ({
  checked_on: checkedOn,
  sha256: contentHash({ url, checkedOn }),
});

/** Writes one version with its log entry. The entry has the hash of the description, so that the history can be proved too. */
async function record(
  tx: Tx,
  by: By,
  one: Recipient,
  act: Act,
  { reason = null, check }: { reason?: string | null; check?: string } = {},
): Promise<void> {
  const content = contentOf(one);
  const said = versionSaid({ recipient: one.id, version: one.version, content, reason });
  const subjects = { ...said, ...(check ? { check } : {}) };
  const entry = entryBy(by, one.changedAt.getTime(), `recipient:${act}`, subjects);
  await insertVersion(tx, one.id, {
    version: one.version,
    act,
    at: one.changedAt,
    actor: actorRef(by.actor),
    content,
    state: one.state,
    reason,
    entryId: entry.id,
  });
  await append(tx, entry);
}

// ---- reading

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

/** The day by which a recipient is checked again; null where it has nothing and is given nothing on a standing basis. On an equivalent-action system (28(3)), checks from before a change of country do not count. */
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
export async function registerDues(office: Office): Promise<RegisterDue[]> {
  const today = office.clock.today();
  return (await readRegister(office)).flatMap((line): RegisterDue[] => {
    const { recipient, assurances } = line;
    if (recipient.state !== 'active') return [];
    const check = nextCheckOf(line, today);
    const ends = assuranceKinds.flatMap((what) => {
      const until = standingAssurance(assurances, what, today)?.until;
      return until ? [{ recipient, what, on: until }] : [];
    });
    return check === null || check === 'impossible' ? ends : [{ recipient, what: 'check', on: check }, ...ends];
  });
}

/** A recipient with what waits for a member of the staff to confirm it. */
export interface Unconfirmed {
  recipient: Recipient;
  records: (Assurance | Check)[];
}

/** Returns the recipients that are not stopped and of which something waits to be confirmed. */
export async function unconfirmedRecords(office: Office): Promise<Unconfirmed[]> {
  const today = office.clock.today();
  return (await readRegister(office))
    .filter(({ recipient }) => recipient.state === 'active')
    .map((line) => ({ recipient: line.recipient, records: unconfirmedOf(line, today) }))
    .filter(({ records }) => records.length > 0);
}

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

// ---- recipients

/** Problems: `invalid` names the fields of RecipientInput; `conflict` names the name, with the id of the recipient that already has it. */
export async function registerRecipient(office: Office, by: By, input: RecipientInput): Promise<Outcome<Recipient>> {
  const { content, problems } = readContent(input);
  const wrong = fieldOutcome(problems);
  if (wrong) return wrong;
  return office.database.transaction(async (tx) => {
    const at = new Date(office.clock.now());
    const made: Recipient = {
      ...content,
      id: newId(at.getTime()),
      state: 'active',
      stoppedOn: null,
      stopReason: null,
      version: 1,
      assured: 0,
      registeredAt: at,
      changedAt: at,
    };
    if (!(await insertRecipient(tx, made)))
      return conflict('name', says.name, (await findNamesake(tx, made)) ?? undefined);
    await record(tx, by, made, 'register');
    return done(made);
  });
}

/** Locks and returns the recipient; a conflict where its version is not `version`, the one that the caller has seen. */
async function current(tx: Tx, id: string, version: number): Promise<Outcome<Recipient>> {
  const now = isId(id) ? await lockRecipient(tx, id) : null;
  if (!now) return missing;
  return now.version === version ? done(now) : conflict('version', says.version, id);
}

export interface Seen {
  id: string;
  /** The version that was seen. */
  version: number;
}

/** Writes the next version over the one that was seen. Writes nothing when nothing differs. */
export async function changeRecipient(
  office: Office,
  by: By,
  { id, version, input }: Seen & { input: RecipientInput },
): Promise<Outcome<Recipient>> {
  const { content, problems } = readContent(input);
  const wrong = fieldOutcome(problems);
  if (wrong) return wrong;
  const changing = office.database.transaction(async (tx) => {
    const found = await current(tx, id, version);
    if (!found.ok) return found;
    const before = found.value;
    if (changedFields(before, content).length === 0) return done(before);
    const next: Recipient = {
      ...before,
      ...content,
      version: version + 1,
      changedAt: new Date(office.clock.now()),
    };
    await updateRecipient(tx, next);
    await record(tx, by, next, 'change');
    return done(next);
  });
  return changing.catch(async (error: unknown) => {
    if (!isNameTaken(error)) throw error;
    return conflict('name', says.name, (await findNamesake(office.database, { ...content, id })) ?? undefined);
  });
}

interface Stop {
  reason: string;
  /** The check that stops it. */
  check?: string;
}

/** Writes the stop of a recipient that the caller has locked. */
async function stop(tx: Tx, office: Office, by: By, before: Recipient, { reason, check }: Stop): Promise<Recipient> {
  const now = office.clock.now();
  const next: Recipient = {
    ...before,
    state: 'stopped',
    stoppedOn: dayOf(now),
    stopReason: reason,
    version: before.version + 1,
    changedAt: new Date(now),
  };
  await updateRecipient(tx, next);
  await record(tx, by, next, 'stop', { reason, ...(check ? { check } : {}) });
  return next;
}

/** Stops every provision to a recipient from now on. */
export async function stopRecipient(
  office: Office,
  by: By,
  { id, version, reason: given }: Seen & { reason: string },
): Promise<Outcome<Recipient>> {
  const { reason, problems } = readReason(given);
  const wrong = fieldOutcome(problems);
  if (wrong) return wrong;
  return office.database.transaction(async (tx) => {
    const found = await current(tx, id, version);
    if (!found.ok) return found;
    if (found.value.state === 'stopped') return conflict('state', says.stopped, id);
    return done(await stop(tx, office, by, found.value, { reason }));
  });
}

/** Lifts a stop. Refused while the last check says that the measures cannot be kept. */
export async function resumeRecipient(
  office: Office,
  by: By,
  { id, version, reason: given }: Seen & { reason: string },
): Promise<Outcome<Recipient>> {
  const { reason, problems } = readReason(given);
  const wrong = fieldOutcome(problems);
  if (wrong) return wrong;
  return office.database.transaction(async (tx) => {
    const found = await current(tx, id, version);
    if (!found.ok) return found;
    const before = found.value;
    if (before.state === 'active') return conflict('state', says.active, id);
    const all = await checksOf(tx, [id]);
    const answered = before.country === 'JP' ? all : all.filter((one) => !isUnconfirmed(one));
    const check = lastCheck(answered, office.clock.today());
    if (check?.measures === 'impossible') return conflict('state', says.impossible, check.id);
    const next: Recipient = {
      ...before,
      state: 'active',
      stoppedOn: null,
      stopReason: null,
      version: version + 1,
      changedAt: new Date(office.clock.now()),
    };
    await updateRecipient(tx, next);
    await record(tx, by, next, 'resume', { reason });
    return done(next);
  });
}

// ---- assurances and checks

/**
 * Records an assurance. `conflict`: the same kind with this reference and first day exists already. `forbidden`: a system states that a recipient
 * abroad has an equivalent-action system. That takes the place of the persons' consent (28(1)), so somebody answers for it.
 */
export async function assureRecipient(
  office: Office,
  by: By,
  id: string,
  input: AssuranceInput,
): Promise<Outcome<Assurance>> {
  if (by.actor.kind === 'system' && input.kind === 'equivalent-system') return forbidden(says.vouches);
  return office.database.transaction(async (tx) => {
    const recipient = isId(id) ? await lockRecipient(tx, id) : null;
    if (!recipient) return missing;
    const { content, problems } = readAssurance(recipient, input, office.clock.today());
    const wrong = fieldOutcome(problems);
    if (wrong) return wrong;
    const entry = entryBy(by, office.clock.now(), 'recipient:assure', assuranceSaid({ ...content, recipient: id }));
    const made: Assurance = {
      ...content,
      id: entry.id,
      recipient: id,
      at: new Date(entry.at),
      actor: actorRef(by.actor),
      entryId: entry.id,
      confirmed: null,
      ended: null,
    };
    if (!(await insertAssurance(tx, made))) {
      const there = (await assurancesOf(tx, [id])).find(
        (one) => one.terms.kind === made.terms.kind && one.reference === made.reference && one.from === made.from,
      );
      return conflict('reference', says.assurance, there?.id);
    }
    await append(tx, entry);
    return done(made);
  });
}

/** Ends an assurance from today on, before its last day. */
export async function endAssuranceOf(
  office: Office,
  by: By,
  of: { recipient: string; assurance: string; reason: string },
): Promise<Outcome<Assurance>> {
  const { reason, problems } = readReason(of.reason);
  const wrong = fieldOutcome(problems);
  if (wrong) return wrong;
  return office.database.transaction(async (tx) => {
    const recipient = isId(of.recipient) ? await lockRecipient(tx, of.recipient) : null;
    if (!recipient) return missing;
    const one = (await assurancesOf(tx, [recipient.id])).find(({ id }) => id === of.assurance);
    if (!one) return noAssurance;
    const entry = entryBy(by, office.clock.now(), 'recipient:end-assurance', endSaid(one, reason));
    const ended = { on: dayOf(Date.parse(entry.at)), reason, entryId: entry.id };
    if (!(await endAssurance(tx, { id: one.id, recipient: recipient.id }, ended)))
      return conflict('state', says.ended, one.id);
    await append(tx, entry);
    return done({ ...one, ended });
  });
}

/**
 * Confirms what a system recorded about a recipient abroad, so that it counts: an assurance or a check. `forbidden`: a system confirms it.
 * `conflict`: the record needs no confirmation.
 */
export async function confirmRecord(
  office: Office,
  by: By,
  of: { recipient: string; record: string },
): Promise<Outcome<Confirmation>> {
  if (by.actor.kind === 'system') return forbidden(says.vouches);
  return office.database.transaction(async (tx) => {
    const recipient = isId(of.recipient) ? await lockRecipient(tx, of.recipient) : null;
    if (!recipient) return missing;
    const rows = [...(await assurancesOf(tx, [recipient.id])), ...(await checksOf(tx, [recipient.id]))];
    const one = rows.find(({ id }) => id === of.record);
    if (!one) return noRecord;
    if (!isUnconfirmed(one)) return conflict('state', says.confirmed, one.id);
    const ids = { recipient: recipient.id, id: one.id };
    const entry = entryBy(by, office.clock.now(), 'recipient:confirm', confirmSaid(ids));
    const made = { at: new Date(entry.at), actor: actorRef(by.actor), entryId: entry.id };
    await confirmRow(tx, 'terms' in one ? 'recipient_assurances' : 'recipient_checks', ids, made);
    await append(tx, entry);
    return done(made);
  });
}

export interface Checked {
  check: Check;
  /** The recipient as it is after the check. */
  recipient: Recipient;
}

/**
 * Records a check. If it says that the measures cannot be kept, it stops the recipient in the same transaction. `forbidden`: a system says that what
 * was given was returned, which ends the supervision of the recipient, or anything but a failure of a recipient abroad, whose equivalent-action system
 * counts only while it is checked.
 */
export async function checkRecipient(office: Office, by: By, id: string, input: CheckInput): Promise<Outcome<Checked>> {
  return office.database.transaction(async (tx) => {
    const recipient = isId(id) ? await lockRecipient(tx, id) : null;
    if (!recipient) return missing;
    if (by.actor.kind === 'system' && input.measures === 'returned') return forbidden(says.returns);
    if (by.actor.kind === 'system' && recipient.country !== 'JP' && input.measures !== 'impossible')
      return forbidden(says.vouches);
    const today = office.clock.today();
    const assurances = await assurancesOf(tx, [id]);
    const system = standingAssurance(assurances, 'equivalent-system', today);
    const { content, problems } = readCheck(recipient, input, today, system?.terms.checkMonths);
    if (content.measures === 'returned' && footingOf(recipient, assurances, today) === 'stands')
      problems.push({ field: 'measures', says: says.standing });
    const wrong = fieldOutcome(problems);
    if (wrong) return wrong;
    const entry = entryBy(by, office.clock.now(), 'recipient:check', checkSaid({ ...content, recipient: id }));
    const check: Check = {
      ...content,
      id: entry.id,
      at: new Date(entry.at),
      actor: actorRef(by.actor),
      entryId: entry.id,
      confirmed: null,
    };
    const there = await insertCheck(tx, id, check);
    if (there) return conflict('on', says.check, there);
    await append(tx, entry);
    if (content.measures !== 'impossible' || recipient.state === 'stopped') return done({ check, recipient });
    return done({
      check,
      recipient: await stop(tx, office, by, recipient, { reason: content.trouble!, check: check.id }),
    });
  });
}

// ---- countries

/** Writes the next report on a country. `version`: number of reports that existed when writing began. */
export async function reportCountry(
  office: Office,
  by: By,
  { country, version, input }: { country: string; version: number; input: ReportInput },
): Promise<Outcome<CountryReport>> {
  if (!countryCodes.has(country) || country === 'JP') return noCountry;
  const { content, problems } = readReport(input, office.clock.today());
  const wrong = fieldOutcome(problems);
  if (wrong) return wrong;
  return office.database.transaction(async (tx) => {
    const [newest] = await reportsOn(tx, country);
    if ((newest?.version ?? 0) !== version) return conflict('version', says.version);
    const entry = entryBy(
      by,
      office.clock.now(),
      'country:report',
      reportSaid({ country, version: version + 1, content }),
    );
    const made: CountryReport = {
      ...content,
      country,
      version: version + 1,
      at: new Date(entry.at),
      actor: actorRef(by.actor),
      entryId: entry.id,
    };
    if (!(await insertReport(tx, made, content))) return conflict('version', says.version);
    await append(tx, entry);
    return done(made);
  });
}

/** Records where the Commission's page was found. */
export async function checkCommissionPage(
  office: Office,
  by: By,
  input: { url: string; checkedOn: string },
): Promise<Outcome<CommissionPage>> {
  const { content, problems } = readPage(input, office.clock.today());
  const wrong = fieldOutcome(problems);
  if (wrong) return wrong;
  return office.database.transaction(async (tx) => {
    const entry = entryBy(by, office.clock.now(), 'country:page', pageSaid(content));
    const row = { ...content, id: entry.id, at: new Date(entry.at), actor: actorRef(by.actor) };
    if (!(await insertPage(tx, row))) return conflict('url', says.page);
    await append(tx, entry);
    return done({ ...content, recorded: true });
  });
}
