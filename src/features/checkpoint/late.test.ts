// What is written down late counts against the uses before it to the minute, and uses that are alike are each judged at their own time: random
// histories of one person with two ids, and the rule for one use in plain code.

import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../tests/house.ts';
import { newId } from '../../base/id.ts';
import type { Tx } from '../../platform/database/index.ts';
import { usesTooLate } from './store.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());

const holding = newId(1);
const text = newId(2);

/** Times are in half minutes after the start of a day in Japan, so that two of them are the minute by which machines may differ. */
const MINUTE = 2;
const DAY = 24 * 60 * MINUTE;
const dayOf = (time: number): number => Math.floor(time / DAY);
const instant = (time: number): string => new Date(Date.UTC(2026, 0, 9, 15) + time * 30_000).toISOString();
const date = (of: number): string => new Date(Date.UTC(2026, 0, 10) + of * 86_400_000).toISOString().slice(0, 10);

/** Something a person said: on a day, at a time if it is known, and when it was written down. */
interface Said {
  on: number;
  said: number | null;
  at: number;
}
interface Past {
  link: { at: number; ended: number | null } | null;
  consents: (Said & { withdrawn: Said | null })[];
  objections: (Said & { under: 0 | 1; purpose: string | null; retracted: number | null })[];
  uses: { at: number; names: number | null }[];
}

const PURPOSE = 'P3';
const hours = fc.nat(31).map((n) => n * 3 * 60 * MINUTE);
const said: fc.Arbitrary<Said> = fc
  .record({ at: hours, ago: fc.constantFrom(0, 0, 1, 2), hour: hours, known: fc.boolean() })
  .map(({ at, ago, hour, known }) => {
    const on = Math.max(dayOf(at) - ago, 0);
    return { at, on, said: known ? Math.min(on * DAY + (hour % DAY), at) : null };
  });
const later = (of: number, by: number): number => of + (by % DAY) + 3 * 60 * MINUTE;
const past: fc.Arbitrary<Past> = fc.record({
  link: fc.option(
    fc
      .record({ at: hours, ended: fc.option(hours) })
      .map(({ at, ended }) => ({ at, ended: ended && later(at, ended) })),
  ),
  consents: fc.array(
    fc.record({ consent: said, withdrawal: fc.option(said) }).map(({ consent, withdrawal }) => {
      if (!withdrawal) return { ...consent, withdrawn: null };
      const at = Math.max(withdrawal.at, consent.at);
      const on = Math.max(withdrawal.on, consent.on);
      const said = withdrawal.said === null ? null : Math.min(on * DAY + (withdrawal.said % DAY), at);
      return { ...consent, withdrawn: { at, on, said } };
    }),
    { maxLength: 3 },
  ),
  objections: fc.array(
    fc
      .record({
        one: said,
        under: fc.constantFrom(0 as const, 0 as const, 1 as const),
        purpose: fc.constantFrom(null, PURPOSE, PURPOSE, 'P2'),
        retracted: fc.option(hours, { freq: 2 }),
      })
      .map(({ one, retracted, ...rest }) => ({ ...one, ...rest, retracted: retracted && later(one.at, retracted) })),
    { minLength: 1, maxLength: 2 },
  ),
  uses: fc.array(
    fc.record({
      at: fc.tuple(hours, fc.integer({ min: -3, max: 3 })).map(([hour, by]) => Math.max(hour + by, 0)),
      names: fc.option(fc.nat(2)),
    }),
    { minLength: 12, maxLength: 24 },
  ),
});

/**
 * The rule for one use, by what was in force and, of what is `known` now, by what had been withdrawn before. An objection or a withdrawal that was
 * written down on a later day without its hour may have come before or after a use of its own day.
 */
function judge(
  { link, consents, objections }: Past,
  { at, names }: Past['uses'][number],
): 'right' | 'on record' | 'late' | 'unsure' {
  const linked = (time: number): boolean => !!link && link.at < time && (link.ended === null || link.ended > time);
  const stood = ({ on, said: given, withdrawn: w }: Past['consents'][number]): boolean =>
    on <= dayOf(at) && (given === null || given <= at + MINUTE) && !(w && w.at < at - MINUTE && w.on <= dayOf(at));
  const isBefore = ({ on, said: hour }: Said): boolean =>
    on < dayOf(at) || (on === dayOf(at) && hour !== null && hour < at - MINUTE);
  const isVague = ({ on, said: hour, at: written }: Said): boolean =>
    hour === null && on === dayOf(at) && on < dayOf(written);
  const stands = (c: Past['consents'][number]): boolean => stood(c) && !(c.withdrawn && isBefore(c.withdrawn));
  const surelyStands = (c: Past['consents'][number]): boolean => stands(c) && !(c.withdrawn && isVague(c.withdrawn));
  const isAbout = (o: Past['objections'][number]): boolean =>
    (o.under === 0 || (linked(at) && (o.at <= at || linked(o.at)))) &&
    !(o.retracted !== null && (o.retracted <= at || o.at > at)) &&
    (o.purpose === null || o.purpose === PURPOSE);
  const reaches = (o: Past['objections'][number], valid: typeof stood): boolean => {
    const before = o.on < dayOf(at) || (o.on === dayOf(at) && (o.said ?? o.at) < at - MINUTE);
    const takenBack = consents.some((c) => {
      const after = c.on > o.on || (c.on === o.on && o.said !== null && c.said !== null && o.said < c.said);
      return valid(c) && after && c.at <= Math.max(at, o.at) + MINUTE;
    });
    return isAbout(o) && before && !takenBack;
  };
  if (objections.some((o) => reaches(o, stood) && o.at < at - MINUTE)) return 'on record';
  const objected = objections.some((o) => {
    const isLate = o.on < dayOf(o.at) || (o.said !== null && o.said < o.at - MINUTE);
    return isLate && at <= o.at + MINUTE && reaches(o, stands);
  });
  const withdrew = (came: (w: Said) => boolean, valid: typeof stood): boolean =>
    consents.some(({ withdrawn: w }, n) => {
      const isLate = w && (w.on < dayOf(w.at) || (w.said !== null && w.said < w.at - MINUTE));
      if (!w || !isLate || !came(w) || at > w.at + MINUTE) return false;
      const other = consents.some((c) => valid(c) && c.at <= Math.max(at, w.at) + MINUTE);
      return (names === n && !other) || objections.some((o) => reaches(o, valid));
    });
  if (objected || withdrew(isBefore, stands)) return 'late';
  const unsure = objections.some((o) => isVague(o) && at <= o.at + MINUTE && isAbout(o));
  return unsure || withdrew(isVague, surelyStands) ? 'unsure' : 'right';
}

/** Writes it as only the owner of the database could. */
async function write(tx: Tx, { link, consents, objections, uses }: Past): Promise<void> {
  const ids = [newId(3), newId(4)];
  const given = consents.map((one) => ({ ...one, id: newId(5) }));
  const time = (of: number | null): string | null => (of === null ? null : instant(of));
  if (link)
    await tx.query(
      `INSERT INTO person_links (id, principal_id, other_id, shown_by, at, actor, ended_at, ended_by, ended_entry)
         SELECT gen_random_uuid(), $1, $2, 'asked', $3, 'staff:a', w, CASE WHEN w IS NOT NULL THEN 'staff:a' END,
                CASE WHEN w IS NOT NULL THEN gen_random_uuid() END
         FROM (SELECT $4::timestamptz AS w) x`,
      [ids[0], ids[1], instant(link.at), time(link.ended)],
    );
  for (const { id, on, said: givenAt, at, withdrawn } of given) {
    await tx.query(
      `INSERT INTO consents (id, principal_id, text_id, language, given_on, given_at, given_by, channel, method, at, by_actor, noted, evidenced, sealed)
         VALUES ($1, $2, $3, 'ja', $4, $5, 'principal', 'shop', 'paper', $6, 'staff:a', false, true, '')`,
      [id, ids[0], text, date(on), time(givenAt), instant(at)],
    );
    if (withdrawn)
      await tx.query(
        `INSERT INTO consent_withdrawals (consent_id, entry_id, principal_id, on_day, at, by_actor, evidenced)
           VALUES ($1, gen_random_uuid(), $2, $3, $4, 'staff:a', false)`,
        [id, ids[0], date(withdrawn.on), instant(withdrawn.at)],
      );
    if (withdrawn && withdrawn.said !== null)
      await tx.query(
        `INSERT INTO consent_withdrawal_times (consent_id, entry_id, principal_id, said_at, at, by_actor)
           VALUES ($1, gen_random_uuid(), $2, $3, $4, 'staff:a')`,
        [id, ids[0], instant(withdrawn.said), instant(withdrawn.at)],
      );
  }
  for (const { under, purpose, on, said: saidAt, at, retracted } of objections) {
    const id = newId(6);
    await tx.query(
      `INSERT INTO consent_objections (id, principal_id, scope, purpose, on_day, said_at, at, by_actor, evidenced)
         VALUES ($1, $2, $3, $4, $5, $6, $7, 'staff:a', false)`,
      [id, ids[under], purpose === null ? 'everything' : 'purpose', purpose, date(on), time(saidAt), instant(at)],
    );
    if (retracted !== null)
      await tx.query(
        `INSERT INTO consent_retractions (objection_id, entry_id, principal_id, on_day, at, by_actor, sealed)
           VALUES ($1, gen_random_uuid(), $2, $3, $4, 'staff:a', '')`,
        [id, ids[under], date(dayOf(retracted)), instant(retracted)],
      );
  }
  await tx.query(
    `INSERT INTO log_entries (id, at, action, actor, principal_id, entry)
     SELECT gen_random_uuid(), r.at, 'people:use', 'staff:a', $1, r.entry FROM jsonb_to_recordset($2::jsonb) AS r(at timestamptz, entry text)`,
    [
      ids[0],
      JSON.stringify(
        uses.map(({ at, names }) => ({
          at: instant(at),
          entry: JSON.stringify({
            purpose: PURPOSE,
            holding,
            items: ['name'],
            consent: names === null ? undefined : given[names]?.id,
          }),
        })),
      ),
    ],
  );
}

test('what is written down late counts against each use that it reached, to the minute, however many are alike', async () => {
  await db.owner.query(
    `INSERT INTO consent_texts (id, code, version, kind, name, wording, purposes, holding_id, items, recipients, abroad, at, by_actor)
     VALUES ($1, 'use', 1, 'use', '{}', '{}', $2, $3, '{name}', '{}', false, '2026-01-01', 'staff:a')`,
    [text, [PURPOSE], holding],
  );
  const met = { right: 0, 'on record': 0, late: 0, unsure: 0 };
  await db.owner.transaction(async (tx) => {
    await tx.query("SET LOCAL session_replication_role = 'replica'", []);
    await tx.query('SAVEPOINT nothing', []);
    for (const one of fc.sample(past, { numRuns: 150, seed: 20_261_203 })) {
      await write(tx, one);
      const judged = one.uses.map((used) => judge(one, used));
      const n = (what: string): number => judged.filter((of) => of === what).length;
      expect([await usesTooLate(tx), one]).toEqual([{ late: n('late'), unsure: n('unsure') }, one]);
      for (const of of judged) met[of] += 1;
      await tx.query('ROLLBACK TO nothing', []);
    }
  });
  for (const [of, count] of Object.entries(met))
    expect(count, JSON.stringify(met)).toBeGreaterThan(of === 'unsure' ? 20 : 100);
});
