// Reads items of a person for a purpose. The law is asked first, and values come out only with their log entry.

import { both } from '../../../base/bilingual.ts';
import type { Finding } from '../../../base/finding.ts';
import { done, fieldOutcome, notFound, type Outcome } from '../../../base/outcome.ts';
import { decideUse, useContradictions, type UseFacts } from '../../../law/index.ts';
import { appending, type LogEntry } from '../../../log/index.ts';
import { onceFor, type Office } from '../../../office.ts';
import { batch } from '../../../platform/batch.ts';
import { itemsHeld, open, opening, type Asked, type Found, type Values } from '../../../vault/index.ts';
import type { By } from '../../access/index.ts';
import { informationOf, limitedUse, personUse, stoppedUse } from '../facts/limits.ts';
import { type KnownHolding, purposesFor, servedBy, type Standing } from '../facts/standing.ts';
import { receiptFinding } from '../facts/grounds.ts';
import { type UseAsk, useProblems } from '../facts/ask.ts';
import { readRecords } from '../store.ts';
import { decide, entryOf, personChanging, refuse, untilItRests, type Decision, type Scope } from './decide.ts';
import { tokenProblem } from './reach.ts';
import { registerOf, standing } from './standing.ts';

export interface Used {
  decision: string;
  /** Id of the person. */
  principal: string;
  finding: Finding;
  values: Values;
  /** Items that were asked for but are not held about this person. */
  absent: string[];
  /** Version of the record that was read; a correction based on this reading states it. */
  version: number;
}

interface Reading {
  decision: Decision;
  ask: Omit<Asked, 'key'>;
  entry: LogEntry;
}

/** Concurrent readings share one statement and one commit. Each row is found only together with its log entry. */
const laneOf = onceFor((office) =>
  batch<Reading, Found | null>(
    async (readings) => {
      const asked = readings.map(({ decision, ask }) => ({ ...ask, key: decision.id }));
      const entries = readings.map(({ decision, entry }) => ({ key: decision.id, entry }));
      const finding = opening(asked, { barrier: registerOf(office).objected });
      const rows = await readRecords(office.database, finding, appending(entries));
      const byKey = new Map(rows.map((row) => [row.key, row]));
      return readings.map(({ decision }) => byKey.get(decision.id) ?? null);
    },
    { most: 64, queue: 4096 },
  ),
);

export const notHeld = notFound(
  both('この台帳に、この本人の情報はありません', 'Nothing is held about this person in this holding'),
);

interface Using {
  stands: Standing;
  holding: KnownHolding;
  ask: UseAsk;
  scope: Scope;
}

/** The answer for a person whose record was found with this decision. */
function used(office: Office, { ask, holding, scope }: Using, decision: Decision, found: Found): Outcome<Used> {
  const items = scope.items as readonly string[];
  const asked = { principal: ask.principal, holding: holding.id, items, now: decision.at };
  const values = open(office.vault, decision.permit!, found, asked);
  const absent = items.filter((code) => values[code] === undefined);
  const { principal } = asked;
  return done({ decision: decision.id, finding: decision.finding, principal, values, absent, version: found.version });
}

/**
 * Reads where the ledger's purposes alone do not decide: the person's items are held for other purposes, or the person has consented or objected.
 * The law is asked with these facts, and the statement reads only while they still hold.
 */
async function useExactly(office: Office, by: By, using: Using): Promise<Outcome<Used> | 'changed'> {
  const { stands, holding, ask, scope } = using;
  const { principal, purpose } = ask;
  const today = office.clock.today();
  const asked = { principal, holding: holding.id, items: scope.items as readonly string[], purpose };
  const subjects = { principal, holding: holding.id, items: [...asked.items], purpose };
  const held = await itemsHeld(office.database, asked);
  const { consent, consentId, objectedOn, asRead } = await registerOf(office).standing(office.database, asked, today);
  const person = held && { held: held.purposes, consent, objectedOn };
  const finding = personUse(stands, asked, person, today);
  const decision = decide(office, stands.policy, finding, scope);
  if (!decision.permit) return refuse(office, by, decision, 'use', subjects);
  if (!held) return notHeld;
  const within = purposesFor(holding, held.purposes).some(({ id }) => id === purpose);
  const reading = { ...asked, key: decision.id, purposes: within ? servedBy(holding, purpose) : null };
  const resting = within || consentId === null ? {} : { consent: consentId };
  const entry = entryOf(by, decision, 'people:use', { ...subjects, ...resting });
  const [found] = await readRecords(
    office.database,
    asRead,
    opening([reading], { given: asRead.name }),
    appending([{ key: decision.id, entry }]),
  );
  return found ? used(office, using, decision, found) : 'changed';
}

/**
 * Reads named items of a person for a purpose. The law is asked before anything is read, with the purposes that the ledger states. The reading
 * finds only items that are held for the purpose and whose use the person has not asked to stop. Values are returned only after the log entry is
 * committed.
 */
export async function use(office: Office, by: By, ask: UseAsk): Promise<Outcome<Used>> {
  const stands = await standing(office);
  const wrong = fieldOutcome(useProblems(stands, ask)) ?? tokenProblem(by.actor, [ask.purpose]);
  if (wrong) return wrong;
  const { principal, purpose } = ask;
  const holding = stands.holdings.get(ask.holding)!;
  const items = [...new Set(ask.items)];
  const facts: UseFacts = {
    information: informationOf(holding, items),
    purpose,
    holdingPurposes: holding.purposes,
    consent: null,
    exception: null,
  };
  const impossible = fieldOutcome(useContradictions(facts));
  if (impossible) return impossible;
  const today = office.clock.today();
  const finding = limitedUse(stands, { items, purpose }) ?? decideUse(facts, today);
  const scope: Scope = { act: 'use', principals: [principal], holding: holding.id, items, purposes: [purpose] };
  const decision = decide(office, stands.policy, finding, scope);
  const subjects = { principal, holding: holding.id, items, purpose };
  const using = { stands, holding, ask, scope };
  // That somebody had a use stopped is told only where something is held of them, so that is looked up first.
  if (decision.permit && !stoppedUse(stands, principal, purpose, today)) {
    const entry = entryOf(by, decision, 'people:use', subjects);
    const asked = { ...subjects, purposes: servedBy(holding, purpose) };
    const found = await laneOf(office)({ decision, ask: asked, entry });
    if (found) return used(office, using, decision, found);
  }
  return untilItRests(() => useExactly(office, by, using), personChanging);
}

export interface AddressAsk {
  principal: string;
  /** A holding that has the person's name. */
  holding: string;
  /** Id of the log entry that the receipt is about. */
  about: string;
  /** The entry speaks of a provision or of a receipt from a third party. */
  thirdParty: boolean;
}

/** Reads a person's name, and nothing else, to address the receipt of one log entry to them. */
export async function addressee(
  office: Office,
  by: By,
  { principal, holding, about, thirdParty }: AddressAsk,
): Promise<Outcome<string>> {
  const stands = await standing(office);
  const items = ['name'];
  const scope: Scope = { act: 'receipt', principals: [principal], holding, items, purposes: [] };
  const decision = decide(office, stands.policy, receiptFinding(thirdParty), scope);
  const entry = entryOf(by, decision, 'people:receipt', { principal, holding, items, about });
  const found = await laneOf(office)({
    decision,
    ask: { principal, holding, items, purposes: null },
    entry,
  });
  if (!found) return notHeld;
  const { name } = open(office.vault, decision.permit!, found, { principal, holding, items, now: decision.at });
  return name === undefined ? notHeld : done(name);
}

/** Most readings of one request that are under way at once. */
const WINDOW = 128;

/** One question of many. */
export interface Asking {
  /** When its processing began, in process time (`performance.now()`). */
  began: number;
  answer: Promise<Outcome<Used>>;
}

/**
 * Reads for many questions. Answers come in the order of the questions, each with its own outcome; a question that could not be parsed is answered
 * by its problem. At most WINDOW readings are held in memory, however many questions there are.
 */
export function* useMany(office: Office, by: By, asks: Iterable<Outcome<UseAsk>>): Generator<Asking> {
  const underWay: Asking[] = [];
  for (const ask of asks) {
    const began = performance.now();
    const answer = ask.ok ? use(office, by, ask.value) : Promise.resolve(ask);
    // The failure is handled when its turn comes; until then it must not count as an unhandled rejection.
    answer.catch(() => undefined);
    underWay.push({ began, answer });
    if (underWay.length >= WINDOW) yield underWay.shift()!;
  }
  yield* underWay;
}
