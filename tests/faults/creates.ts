// A system brings people in. Every acknowledged person is there with exactly one log entry; nothing has an effect without an entry, and no entry
// names an effect that is missing.

import { expect } from 'vitest';
import type { Sekisho } from '../../src/client.ts';
import { newcomer } from '../server.ts';
import { between, each, type House, type Life, type Work } from './work.ts';

const AT_ONCE = 12;
/** At least this many are acknowledged between the kills. */
const CREATES = 1_000;

interface Asked {
  key: string;
  ask: ReturnType<typeof newcomer>;
}

const refused = (error: unknown): boolean =>
  ((error as Error).cause as NodeJS.ErrnoException | undefined)?.code === 'ECONNREFUSED';

export function creates(holding: string): Work {
  const acknowledged: { key: string; id: string; principal: string }[] = [];
  /** Requests that the last kill left without an answer; they are sent again with their keys. */
  let unanswered: Asked[] = [];
  /** How often the program was gone in the middle of an answer, not just before a request. */
  let cutOff = 0;
  let rounds = 0;
  let keys = 0;
  const fresh = (): Asked => ({ key: `create-${++keys}`, ask: newcomer(holding) });

  /** False when nobody answered. */
  const ask = async (client: Sekisho, one: Asked): Promise<boolean> => {
    const answer = await client.acquire(one.ask, { key: one.key }).catch((error: unknown) => {
      cutOff += refused(error) ? 0 : 1;
      return null;
    });
    if (answer === null) {
      unanswered.push(one);
      return false;
    }
    if (!answer.ok) throw new Error(JSON.stringify(answer.problem));
    acknowledged.push({ key: one.key, id: answer.value.id, principal: answer.value.principal });
    return true;
  };

  const during = async ({ client }: Life, step: () => void): Promise<void> => {
    const toAsk = unanswered;
    unanswered = [];
    rounds += 1;
    const worker = async (): Promise<void> => {
      while (await ask(client, toAsk.shift() ?? fresh())) step();
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    unanswered.push(...toAsk);
  };

  const check = async ({ office, client }: House): Promise<void> => {
    const left = unanswered;
    unanswered = [];
    await each(left, AT_ONCE, async (one) => void (await ask(client, one)));
    expect(unanswered).toEqual([]);
    expect(new Set(acknowledged.map(({ key }) => key)).size).toBe(acknowledged.length);

    const ids = async (sql: string): Promise<string[]> =>
      (
        await office.database.query<{ id: string }>(`SELECT id::text FROM (${sql}) AS of(id) ORDER BY id`, [holding])
      ).map((row) => row.id);
    const records = await ids('SELECT id FROM acquisitions WHERE holding_id = $1');
    // One entry for each acquisition and one acquisition for each entry.
    const entries = "SELECT id FROM log_entries WHERE action = 'people:acquire' AND entry::jsonb->>'holding' = $1";
    expect(await ids(entries)).toEqual(records);
    expect(new Set(records).size).toBe(records.length);
    // One person for each acquisition, with a key, a record and an entry in the index.
    const persons = await ids('SELECT principal_id FROM acquisitions WHERE holding_id = $1');
    expect(new Set(persons).size).toBe(persons.length);
    const inVault = 'SELECT principal_id FROM vault_records WHERE holding_id = $1';
    expect(await ids(inVault)).toEqual(persons);
    expect(await ids(`${inVault} AND email IS NOT NULL`)).toEqual(persons);
    expect(await ids(`SELECT id FROM vault_principals WHERE id IN (${inVault})`)).toEqual(persons);
    const keyed = 'SELECT k.acquisition_id FROM acquisition_keys k JOIN acquisitions a ON a.id = k.acquisition_id';
    expect(await ids(`${keyed} WHERE a.holding_id = $1`)).toEqual(records);
    // Everybody acknowledged is there; and because every unanswered request was sent again, nobody else is.
    expect(acknowledged.map(({ id }) => id).sort()).toEqual(records);
    expect(acknowledged.map(({ principal }) => principal).sort()).toEqual(persons);
    // No key belongs to a person without a record.
    const strangers = 'SELECT id FROM vault_principals WHERE id NOT IN (SELECT principal_id FROM vault_records)';
    expect(await office.database.query(strangers, [])).toEqual([]);
  };

  return {
    killAfter: () => between(100, 600),
    during,
    met: async () => {
      expect(cutOff).toBeGreaterThanOrEqual(rounds);
      expect(acknowledged.length).toBeGreaterThanOrEqual(CREATES);
    },
    check,
  };
}
