// The count in the side path of every page: the open requests of the desk, for readers who may see them, and whether one is overdue.

import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Role } from '../../src/base/actor.ts';
import { addDays, type Day } from '../../src/base/day.ts';
import { registered } from '../desk.ts';
import { officerOf } from '../people.ts';
import { openServer, type TestServer } from '../server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await openServer();
});
afterAll(() => server.close());

/** The text beside the desk in the side path; null where the desk is not in it, '' for no text. */
async function besideDesk(role: Role, at: string, lang = 'ja'): Promise<string | null> {
  const { cookie } = await server.session(role);
  const page = await (await server.fetch(`${at}?lang=${lang}`, { headers: { cookie } })).text();
  const side = page.slice(page.indexOf('<nav class="side"')).split('</nav>')[0]!;
  const link = /<a href="\/desk"[^>]*>(?:窓口|Desk)(.*?)<\/a>/s.exec(side);
  return (
    link &&
    link[1]!
      .replace(/<span class="count n(?: (count-bad))?">/, '$1 ')
      .replaceAll(/<[^>]*>/g, '')
      .trim()
  );
}

async function arrived(on: Day): Promise<void> {
  const { office, app } = server;
  await registered({ office, access: app.access }, { actor: officerOf(server), authority: [] }, 'correction', {
    arrivedOn: on,
  });
}

test('says how many requests are open, and in red that one is overdue, to whoever may see them', async () => {
  const today = server.office.clock.today();
  expect(await besideDesk('desk', '/')).toBe('');
  await arrived(today);
  await arrived(today);
  expect(await besideDesk('desk', '/living-policy')).toBe('2件');
  expect(await besideDesk('auditor', '/ledger', 'en')).toBe('2 open');
  expect(await besideDesk('reception', '/')).toBeNull();
  await arrived(addDays(today, -20));
  expect(await besideDesk('officer', '/account')).toBe('count-bad 3件、期限を過ぎたものがあります');
  expect(await besideDesk('officer', '/', 'en')).toBe('count-bad 3 open, some overdue');
});
