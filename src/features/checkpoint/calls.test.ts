// The key of a call, by which a caller may name it after whom it is about: it is kept as a keyed digest, under which a repetition is known again.
// What an earlier version kept in clear is keyed when the office starts.

import fs from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { filesWith, migrationsBefore, tablesWith, testDatabase } from '../../../tests/house.ts';
import { openTestOffice } from '../../../tests/office.ts';
import { officerOf } from '../../../tests/people.ts';
import { assemble } from '../../app.ts';
import { actorRef } from '../../base/actor.ts';
import { migrate } from '../../platform/database/index.ts';
import { fingerprint } from '../../vault/index.ts';
import { acquire } from '../acquisition/index.ts';
import { keyOfCall } from './index.ts';

const MIGRATION = '2026-12-14-t-keyed-calls.sql';
const KEY = 'hanako@example.jp';

test('keys of calls that an earlier version kept in clear are keyed at the start, leave every file, and are known again', async () => {
  const house = await openTestOffice(() => []);
  const earlier = await migrationsBefore(MIGRATION);
  const old = await testDatabase({ migrations: earlier });
  try {
    const office = { ...house.office, database: old.app };
    const actor = officerOf(house);
    const digest = fingerprint(office.vault, 'what was asked');
    for (const table of ['acquisition_keys', 'consent_keys']) {
      const row = [actorRef(actor), KEY, digest];
      await old.owner.query(`INSERT INTO ${table} VALUES ($1, $2, $3, gen_random_uuid(), now())`, row);
      await old.owner.query(
        `INSERT INTO ${table} SELECT 'system', 'k-' || i, $1, gen_random_uuid(), now() FROM generate_series(1, 12000) i`,
        [digest],
      );
    }
    await old.owner.query('ANALYZE', []);
    expect(await filesWith(old.owner, '%_keys%', [KEY])).toEqual(['acquisition_keys', 'consent_keys']);
    await migrate(old.owner, path.resolve('migrations'));
    expect(await tablesWith(old.owner, [KEY])).toEqual(['call_keys_waiting']);
    const opened = [1, 2].map(() => assemble(office, { root: path.resolve('.'), report: expect.fail }));
    for (const app of await Promise.all(opened)) await app.close();
    expect(await tablesWith(old.owner, [KEY])).toEqual([]);
    expect(await filesWith(old.owner, '%_keys%', [KEY])).toEqual([]);
    for (const table of ['acquisition_keys', 'consent_keys']) {
      const kept = `SELECT count(*)::int AS n, count(*) FILTER (WHERE key = $1)::int AS ours, min(octet_length(key)) AS bytes FROM ${table}`;
      expect(await old.owner.query(kept, [keyOfCall(office, KEY)])).toEqual([{ n: 12_001, ours: 1, bytes: 32 }]);
    }
    const asked = {
      holding: '',
      channel: '',
      source: 'principal',
      purposes: [],
      items: {},
      authority: [],
      idempotency: { key: KEY, text: 'something else' },
    } as const;
    expect(await acquire(office, actor, asked)).toMatchObject({
      problem: { kind: 'conflict', field: 'Idempotency-Key' },
    });
  } finally {
    await old.drop();
    await house.close();
    await fs.rm(earlier, { recursive: true });
  }
});
