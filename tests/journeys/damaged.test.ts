// A furnished office in whose database everything sealed was damaged, bypassing the program: whatever can still be read is read, and what does not
// open is named.

import { afterAll, beforeAll, expect, test } from 'vitest';
import type { App } from '../../src/app.ts';
import { demoAccounts } from '../../src/demo.ts';
import type { Office } from '../../src/office.ts';
import { furnishedOffice, type Furnished } from '../furnished.ts';
import { like, linkedPages } from '../links.ts';
import { doesNotOpen, flipped } from '../tamper.ts';

let house: Furnished;
let office: Office;
let app: App;
const reported: string[] = [];
beforeAll(async () => {
  house = await furnishedOffice((line) => void reported.push(line));
  ({ office, app } = house);
});
afterAll(() => house?.close());

/** Without these nobody can sign in, or the office does not start. */
const entering = ['staff.totp_sealed', 'vault_index_keys.wrapped_key', 'vault_keys.check'];

/** Every column that is sealed, or is a key under which something is sealed. */
const sealedColumns = async (): Promise<string[]> =>
  (
    await house.db.owner.query<{ name: string }>(
      `SELECT table_name || '.' || column_name AS name FROM information_schema.columns
       WHERE table_schema = 'public' AND data_type = 'bytea' AND column_name ~ '^(check|wrapped_key|(.*_)?sealed)$' ORDER BY 1`,
      [],
    )
  ).map(({ name }) => name);

async function damage(name: string): Promise<void> {
  const [table, column] = name.split('.') as [string, string];
  const others = table === 'staff' ? " WHERE NOT 'officer' = ANY (roles)" : '';
  await house.db.owner.transaction(async (tx) => {
    await tx.query('SET LOCAL session_replication_role = replica', []);
    await tx.query(`UPDATE ${table} SET ${flipped(column)}${others}`, []);
  });
}

test('every page opens and every list goes out as a file; what needs what does not open says so', async () => {
  const columns = await sealedColumns();
  expect(columns.length).toBeGreaterThan(20);
  expect(columns).toEqual(expect.arrayContaining(entering));
  const { email, password } = demoAccounts.find(({ role }) => role === 'officer')!;
  const ask = async (at: string, init: RequestInit = {}) =>
    app.fetch(new Request(`${office.config.publicUrl}${at}`, init));
  const signed = await ask('/sign-in', { method: 'POST', body: new URLSearchParams({ email, password }) });
  const cookie = `${signed.headers.get('set-cookie')!.split(';')[0]!}; lang=ja`;
  for (const name of columns.filter((one) => !entering.includes(one))) await damage(name);
  const failed = new Map<string, [status: number, says: boolean]>();
  const named = new Set<string>();
  const go = (at: string) => ask(at, { headers: { cookie } });
  for await (const { at, answer, html } of linkedPages(go, { of: 1, skip: /^\/log\/tile/ })) {
    if (html === '') await answer.arrayBuffer();
    if (answer.status >= 400) failed.set(like(at), [answer.status, html.includes('必要なものが鍵で開けない')]);
    if (html.includes(doesNotOpen.ja)) named.add(like(at));
  }
  // A letter made from the papers of a request is not made from half of them.
  const letters = ['labels', 'receipt'].map((name) => [`/desk/:id/letters/${name}.pdf`, [500, true]]);
  expect([...failed].toSorted()).toEqual(letters);
  expect([...named].toSorted()).toEqual(
    expect.arrayContaining(['/consents/:id', '/consents/objections/:id', '/provisions/:id']),
  );
  expect(reported.filter((line) => !/ GET \/desk\/:id\/letters\/:file SealBroken | KeyMismatch /.test(line))).toEqual(
    [],
  );
});
