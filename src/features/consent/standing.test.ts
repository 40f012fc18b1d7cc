// How a person stands to a handling, read in three ways from the same random histories: by the pure function on one person's rows, by the store for
// one person, and by the SQL part for everybody at once. All three must agree.

import { afterAll, beforeAll, expect, test } from 'vitest';
import fc from 'fast-check';
import { testDatabase, type TestDatabase } from '../../../tests/house.ts';
import { both } from '../../base/bilingual.ts';
import { addDays, day, startOf, type Day } from '../../base/day.ts';
import { newId } from '../../base/id.ts';
import { recordedGivers } from '../../law/index.ts';
import { runParts } from '../../platform/statement.ts';
import { consentKinds } from './facts/consent.ts';
import { type ConsentScope, type History, standingOn } from './facts/standing.ts';
import { consentStanding, standingConsents } from './index.ts';
import type { ConsentRow, ObjectionRow, RetractionRow, TextRow, WithdrawalRow } from './tables.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
  // Earlier versions recorded `uncertain`.
  await db.owner.query('DROP TRIGGER giver ON consents', []);
});
afterAll(() => db.drop());

const first = day('2026-11-01');
const DAYS = 4;
const HOUR = 3_600_000;
const at = new Date('2026-11-30T09:00:00+09:00');
const sealed = Buffer.from('sealed');
const holdings = [newId(1), newId(1)];
const recipients = [newId(2), newId(2)];
const people = [newId(3), newId(3), newId(3)];

const someDay = fc.integer({ min: 0, max: DAYS - 1 }).map((n) => addDays(first, n));
/** A day, usually with an hour. */
const moment = fc
  .tuple(someDay, fc.option(fc.integer({ min: 8, max: 11 })))
  .map(([on, hour]) => ({ on, at: hour === null ? null : new Date(startOf(on) + hour * HOUR) }));
const some = <T>(all: T[], minLength = 1) => fc.subarray(all, { minLength });

const text = fc
  .record({
    kind: fc.constantFrom(...consentKinds),
    purposes: some(['P1', 'P3']),
    holding_id: fc.constantFrom(...holdings),
    items: some(['name', 'email']),
    to: some(recipients),
    linkedTo: some(recipients, 0),
    linkedAbroad: fc.boolean(),
  })
  .map(({ kind, to, linkedTo, linkedAbroad, ...rest }): TextRow => {
    const abroad = kind === 'provision-abroad' || (kind === 'linking' && linkedAbroad);
    return {
      ...rest,
      id: newId(4),
      code: `c-${newId(4)}`,
      version: 1,
      kind,
      name: both('同意', 'Consent'),
      wording: { ja: '同意します' },
      recipients: kind === 'linking' ? linkedTo : kind === 'use' || kind === 'special-care' ? [] : to,
      abroad,
      shown: abroad
        ? {
            country: { code: 'US' },
            system: { unknown: both('不明', 'Unknown') },
            measures: { text: both('同じ', 'Same') },
          }
        : null,
      at,
      by_actor: 'sekisho',
    };
  });

const consent = fc
  .record({
    principal: fc.constantFrom(...people),
    text: fc.nat(),
    given: moment,
    by: fc.constantFrom(...recordedGivers),
  })
  .map(({ principal, text, given, by }) => ({
    text,
    row: {
      id: newId(5),
      principal_id: principal,
      text_id: '',
      language: 'ja',
      given_on: given.on,
      given_at: given.at,
      given_by: by,
      representative: by === 'representative' ? { relation: 'parent', checked: 'family-register' } : null,
      channel: 'web-form',
      method: 'paper',
      shown_on: given.on,
      shown_at: null,
      import_id: null,
      at,
      by_actor: 'sekisho',
      noted: false,
      evidenced: true,
      sealed,
    } satisfies ConsentRow as ConsentRow,
  }));

const objection = fc
  .record({
    principal: fc.constantFrom(...people),
    scope: fc.constantFrom('everything', 'provision', 'purpose', 'recipient'),
    purpose: fc.constantFrom('P1', 'P3'),
    recipient: fc.constantFrom(...recipients),
    said: moment,
  })
  .map(({ principal, scope, purpose, recipient, said }): ObjectionRow => ({
    id: newId(6),
    principal_id: principal,
    scope,
    purpose: scope === 'purpose' ? purpose : null,
    recipient_id: scope === 'recipient' ? recipient : null,
    on_day: said.on,
    said_at: said.at,
    at,
    by_actor: 'sekisho',
    request_id: null,
    evidenced: false,
    sealed: null,
  }));

/** How many days after an objection it is retracted, if at all. */
const retraction = fc.record({ objection: fc.nat(), after: fc.integer({ min: 0, max: 3 }) });

const withdrawal = fc.record({ consent: fc.nat(), after: fc.integer({ min: 0, max: 2 }) });

const anyScope = fc.record({
  for: fc.constantFrom<ConsentScope['for'][]>('use', 'special-care', 'provision', 'provision', 'provision', 'linking'),
  holding: fc.constantFrom(...holdings),
  items: some(['name', 'email']),
  purpose: fc.constantFrom('P1', 'P3'),
  recipient: fc.constantFrom(...recipients, null),
  abroad: fc.boolean(),
}) satisfies fc.Arbitrary<ConsentScope>;

const histories = fc.record({
  texts: fc.array(text, { minLength: 1, maxLength: 4 }),
  consents: fc.array(consent, { maxLength: 12 }),
  withdrawals: fc.array(withdrawal, { maxLength: 3 }),
  objections: fc.array(objection, { maxLength: 4 }),
  retractions: fc.array(retraction, { maxLength: 2 }),
  /** Pairs of ids that are linked as the same person; the first names the second. */
  links: some(
    [
      [0, 1],
      [2, 1],
    ],
    0,
  ),
  asks: fc.array(fc.tuple(anyScope, someDay, fc.option(fc.nat())), { minLength: 8, maxLength: 8 }),
});

/** A scope that a text covers, so that some of the questions match. */
const scopeOf = ({ kind, holding_id, items, purposes, recipients: [recipient], abroad }: TextRow): ConsentScope => ({
  for: kind === 'provision-abroad' ? 'provision' : kind,
  holding: holding_id,
  items: items.slice(0, 1),
  purpose: purposes[0]!,
  recipient: recipient ?? null,
  abroad,
});

type Drawn = typeof histories extends fc.Arbitrary<infer T> ? T : never;

/** The rows of a drawn history. */
function rowsOf({ texts, consents, withdrawals, objections, retractions }: Drawn): History {
  const given = consents.map(({ row, text }) => {
    const of = texts[text % texts.length]!;
    return { ...row, text_id: of.id, text: of, ...(of.abroad ? {} : { shown_on: null }) };
  });
  const ends = new Map<string, WithdrawalRow>();
  for (const { consent, after } of given.length > 0 ? withdrawals : []) {
    const of = given[consent % given.length]!;
    ends.set(of.id, {
      consent_id: of.id,
      entry_id: newId(7),
      principal_id: of.principal_id,
      on_day: addDays(of.given_on, after),
      at,
      by_actor: 'sekisho',
      evidenced: false,
      sealed: null,
    });
  }
  const back = new Map<string, RetractionRow>();
  for (const { objection: nth, after } of objections.length > 0 ? retractions : []) {
    const of = objections[nth % objections.length]!;
    back.set(of.id, {
      objection_id: of.id,
      entry_id: newId(8),
      principal_id: of.principal_id,
      on_day: addDays(of.on_day, after),
      at,
      by_actor: 'sekisho',
      sealed,
    });
  }
  return { consents: given, withdrawals: [...ends.values()], objections, retractions: [...back.values()] };
}

async function write(history: History, texts: readonly TextRow[], links: Drawn['links']): Promise<void> {
  await db.owner.query(
    'TRUNCATE person_links, same_person, consent_texts, consent_text_starts, consent_imports, consents, consent_withdrawals, consent_objections, consent_retractions',
    [],
  );
  const put = (table: string, rows: readonly object[]) =>
    db.owner.query(`INSERT INTO ${table} SELECT r.* FROM jsonb_populate_recordset(NULL::${table}, $1::jsonb) AS r`, [
      JSON.stringify(rows),
    ]);
  await put('consent_texts', texts);
  await put('consents', history.consents);
  await put('consent_withdrawals', history.withdrawals);
  await put('consent_objections', history.objections);
  await put('consent_retractions', history.retractions);
  const linked = links.map(([one, other]) => ({
    id: newId(9),
    principal_id: people[one!],
    other_id: people[other!],
    shown_by: 'document',
    at,
    actor: 'sekisho',
  }));
  await put('person_links', linked);
}

interface Everybody {
  principal_id: string;
  consent_id: string;
  text_id: string;
  given_on: Day;
  given_by: string;
  withdrawn_on: Day | null;
}

/** All ids of the person with this id. Both links name the second of three. */
function idsOf(principal: string, links: Drawn['links']): string[] {
  const linked = new Set(links.flat().map((i) => people[i]!));
  return linked.has(principal) ? [...linked] : [principal];
}

/** The history that counts for one id: its own consents and withdrawals, and the person's objections under any id. */
const only = (history: History, principal: string, ids: readonly string[]): History => ({
  consents: history.consents.filter((row) => row.principal_id === principal),
  withdrawals: history.withdrawals.filter((row) => row.principal_id === principal),
  objections: history.objections.filter((row) => ids.includes(row.principal_id)),
  retractions: history.retractions.filter((row) => ids.includes(row.principal_id)),
});

/** How often each case occurred in the histories: a test in which no consent is ever in force would prove nothing. */
const met = { covered: 0, ended: 0, narrower: 0, objected: 0, elsewhere: 0 };

test('one person and everybody are read alike', async () => {
  await fc.assert(
    fc.asyncProperty(histories, async (drawn) => {
      const history = rowsOf(drawn);
      await write(history, drawn.texts, drawn.links);
      for (const [any, on, like] of drawn.asks) {
        const scope = like === null ? any : scopeOf(drawn.texts[like % drawn.texts.length]!);
        const part = standingConsents(scope, on);
        const all = await runParts<Everybody>(db.app, 'test.standing', [part], 'SELECT * FROM standing_consents');
        const objected = await runParts<{ principal_id: string; objected_on: Day }>(
          db.app,
          'test.objected',
          [part],
          'SELECT * FROM objected_principals',
        );
        for (const principal of people) {
          const oracle = standingOn(only(history, principal, idsOf(principal, drawn.links)), scope, on);
          const own = standingOn(only(history, principal, [principal]), scope, on);
          expect(await consentStanding(db.app, { ...scope, principal }, on)).toEqual(oracle);
          const { consent, consentId, objectedOn } = oracle;
          const covers =
            consent !== null &&
            consent.coversPurpose! &&
            consent.coversItems! &&
            consent.coversRecipient! &&
            (!scope.abroad || consent.abroad!);
          const row = all.find((one) => one.principal_id === principal);
          expect(row ?? null).toEqual(
            covers
              ? {
                  principal_id: principal,
                  consent_id: consentId,
                  text_id: history.consents.find(({ id }) => id === consentId)!.text_id,
                  given_on: consent.on,
                  given_by: consent.givenBy,
                  withdrawn_on: consent.withdrawnOn ?? null,
                }
              : null,
          );
          expect(objected.find((one) => one.principal_id === principal)?.objected_on ?? null).toBe(objectedOn);
          if (covers) met[consent.withdrawnOn ? 'ended' : 'covered'] += 1;
          else if (consent) met.narrower += 1;
          if (objectedOn) met.objected += 1;
          if (objectedOn && !own.objectedOn) met.elsewhere += 1;
        }
      }
    }),
    { numRuns: 60 },
  );
  for (const count of Object.values(met)) expect(count).toBeGreaterThan(20);
});
