// The texts with which persons are asked for consent. A version is written once and put in force from a day; superseded versions stay readable.

import { actorRef } from '../../../base/actor.ts';
import { both } from '../../../base/bilingual.ts';
import { newId } from '../../../base/id.ts';
import type { Day } from '../../../base/day.ts';
import { conflict, done, fieldOutcome, invalid, notFound, type Outcome } from '../../../base/outcome.ts';
import { appending, contentHash } from '../../../log/index.ts';
import type { Office } from '../../../office.ts';
import { entryBy, type By } from '../../access/index.ts';
import { standing } from '../../checkpoint/index.ts';
import { policyInForce, type Policy } from '../../policy/index.ts';
import { countryReportOn, recipientsOf, type CountryReport, type Recipient } from '../../recipients/index.ts';
import { isAbroad, type Surroundings, type TextInput, textProblems } from '../facts/text.ts';
import type { Shown, Text } from '../facts/consent.ts';
import { isTaken } from '../store/rows.ts';
import { findText, insertStart, insertText, listTexts, lockStarts, versionsOf } from '../store/texts.ts';
import type { TextRow } from '../tables.ts';

/** Every version of every text, ordered by code, the newest version first. */
export const texts = (office: Office): Promise<Text[]> => listTexts(office.database);

export const versions = (office: Office, code: string): Promise<Text[]> => versionsOf(office.database, code);

const noText = notFound(both('この文面はありません', 'There is no such text'));

export async function textOf(office: Office, code: string, version: number): Promise<Outcome<Text>> {
  const found = await findText(office.database, code, version);
  return found ? done(found) : noText;
}

export interface Around extends Surroundings {
  recipients: ReadonlyMap<string, Recipient>;
}

/** The purposes that can be consented to. No consent allows a use of My Numbers (Numbering Act 9, 30(2)) or of the papers of a request. */
export const consentPurposes = (policy: Policy | undefined): string[] =>
  (policy?.purposes ?? []).filter(({ scope }) => scope === 'customer').map(({ id }) => id);

/**
 * What a text is checked against: the policy, the ledger, the recipients it names, and today's reports on their countries and on the country it
 * `shows`.
 */
export async function aroundTexts(office: Office, ids: readonly string[], shows?: string): Promise<Around> {
  const today = office.clock.today();
  const [stands, recipients, inForce] = await Promise.all([
    standing(office),
    recipientsOf(office, ids),
    policyInForce(office, today),
  ]);
  const named = [...recipients.values()].map((one) => one.country);
  const countries = [...new Set([...named, ...(shows === undefined ? [] : [shows])])].filter((one) => one !== 'JP');
  const reports = await Promise.all(countries.map((country) => countryReportOn(office, country, today)));
  return {
    purposes: new Set(consentPurposes(inForce?.policy)),
    holdings: new Map([...stands.holdings].filter(([, holding]) => holding.state === 'active')),
    recipients,
    reports: new Map(
      reports.filter((one): one is CountryReport => one !== null).map(({ country, version }) => [country, version]),
    ),
  };
}

const raced = conflict(
  'version',
  both(
    'この番号の文面には、見ていない版があります。いまの版を確かめてから、もう一度送ってください',
    'There is a version under this code that you have not seen. Check the present version, then send this again',
  ),
);

/** Members of the log entry of a version. */
export const textSaid = (row: Omit<TextRow, 'id' | 'at' | 'by_actor'>) => ({
  code: row.code,
  version: row.version,
  kind: row.kind,
  holding: row.holding_id,
  purposes: row.purposes,
  items: row.items,
  recipients: row.recipients,
  // The digest of what people read before they consented.
  sha256: contentHash({ name: row.name, wording: row.wording, shown: row.shown }),
});

/**
 * Writes the next version of a text; it is used once it is put in force. `seen`: the newest version that the author has seen, 0 for none. A
 * `conflict` on `version` means that there is a newer one.
 */
export async function writeText(office: Office, by: By, input: TextInput, seen = 0): Promise<Outcome<Text>> {
  const { country } = input.shown;
  const shows = country && 'code' in country ? country.code : undefined;
  const wrong = fieldOutcome(textProblems(input, await aroundTexts(office, input.recipients, shows)));
  if (wrong) return wrong;
  const [newest] = await versionsOf(office.database, input.code);
  if ((newest?.version ?? 0) !== seen) return raced;
  const now = office.clock.now();
  const abroad = isAbroad(input);
  const row: TextRow = {
    id: newId(now),
    code: input.code,
    version: seen + 1,
    kind: input.kind,
    name: input.name,
    wording: Object.fromEntries(Object.entries(input.wording).filter(([, text]) => text.trim() !== '')),
    purposes: [...new Set(input.purposes)],
    holding_id: input.holding,
    items: [...new Set(input.items)],
    recipients: [...new Set(input.recipients)],
    abroad,
    shown: abroad ? (input.shown as Shown) : null,
    at: new Date(now),
    by_actor: actorRef(by.actor),
  };
  const entry = entryBy(by, now, 'consent:text', textSaid(row), row.id);
  try {
    await insertText(office.database, row, appending([{ key: row.id, entry }]));
  } catch (error) {
    if (isTaken(error, 'consent_texts_code_version_key')) return raced;
    throw error;
  }
  return done({ ...row, from_day: null, until_day: null });
}

const tooEarly = invalid(
  'from_day',
  both(
    'ほかの版の使い始めの日と、この文面で同意を得た最後の日の、どちらよりも後の日にしてください',
    'It must be after the first day of every other version, and after the last consent to this text',
  ),
);

/**
 * Puts a version in force from a day on, replacing the one before. A first version may begin in the past, for consents on paper; a later one only
 * after every consent given to the version before it. A version in force does not change: starting it again is a conflict.
 */
export async function startText(
  office: Office,
  by: By,
  { code, version, from }: { code: string; version: number; from: Day },
): Promise<Outcome<Text>> {
  const found = await textOf(office, code, version);
  if (!found.ok) return found;
  const text = found.value;
  const now = office.clock.now();
  const entry = entryBy(by, now, 'consent:start', {
    text: text.id,
    code,
    version,
    from,
  });
  const row = {
    text_id: text.id,
    entry_id: entry.id,
    code,
    from_day: from,
    at: new Date(now),
    by_actor: actorRef(by.actor),
  };
  const wrong = await office.database.transaction(async (tx) => {
    await lockStarts(tx, code);
    const { from_day: begun } = (await findText(tx, code, version))!;
    if (begun !== null) return alreadyStarted;
    return (await insertStart(tx, row, appending([{ key: entry.id, entry }]))) ? null : tooEarly;
  });
  return wrong ?? textOf(office, code, version);
}

const alreadyStarted = conflict(
  'version',
  both('この版は、すでに使い始めています', 'This version has been put in force already'),
);
