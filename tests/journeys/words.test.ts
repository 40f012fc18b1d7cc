// Words written about a person are shown to nobody without a log entry of who saw whose words, on every page and by every call that opens them.
// Without the log they are not shown, and where none are opened there is no entry.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { useBeyond } from '../../src/features/beyond/actions.ts';
import { addConsentText, addRecipient, boughtHistory, officerOf, valueOf } from '../people.ts';
import { must, newcomer, openServer, systemActions, tokenOf, type Session, type TestServer } from '../server.ts';
import { flipped, tampered } from '../tamper.ts';

let server: TestServer;
let officer: Session;
let principal: string;
let acquisition: string;
let text: { code: string; version: number };
let consent: string;
let withdrawal: string;
let objection: string;
let retraction: string;
let provision: string;
let file: string;
let receipt: string;
let beyond: string;

beforeAll(async () => {
  server = await openServer({ durable: true });
  officer = await server.session('officer');
  await acquired();
  await consented();
  await given();
  await usedBeyond();
});
afterAll(() => server.close());

async function acquired(): Promise<void> {
  const provider = { kind: 'private-person' as const, name: '菫 知人', address: '例示町1-1' };
  const came = { howAcquired: '本人から聞いた', documentSeen: true, looksUnlawful: false };
  const { purposeIndicated: _, ...ask } = newcomer(server.holding);
  const stated = {
    ...ask,
    source: 'third-party' as const,
    receipt: { provider, basis: 'private-person' as const, ...came },
  };
  ({ principal, id: acquisition } = must(await server.client.acquire(stated)));
}

const statedConsent = () =>
  ({
    principal,
    text,
    language: 'ja',
    given_on: '2026-11-01',
    given_by: 'principal',
    channel: 'web-form',
    method: 'paper',
  }) as const;

async function consented(): Promise<void> {
  const { client, holding, recipient } = server;
  const { code, version } = await addConsentText(server, { holding, recipients: [recipient], items: ['name'] });
  text = { code, version };
  consent = must(await client.consent({ ...statedConsent(), evidence: '菫の同意書' })).id;
  withdrawal = must(await client.withdrawConsent(consent, { evidence: '菫の取下げ書' })).entry;
  const stop = { principal, scope: 'purpose', purpose: 'P1', evidence: '菫の申出書' } as const;
  objection = must(await client.object(stop)).id;
  const body = new URLSearchParams({ csrf: officer.csrf, reason: '菫の書き誤り' });
  const headers = { cookie: officer.cookie };
  await server.fetch(`/consents/objections/${objection}/take-back`, { method: 'POST', body, headers });
  const [row] = await server.db.owner.query<{ id: string }>('SELECT entry_id AS id FROM consent_retractions', []);
  retraction = row!.id;
}

async function given(): Promise<void> {
  const { client, holding } = server;
  const publicKey = 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p';
  const recipient = await addRecipient(server, { kind: 'state-organ', name: '例示税務署', publicKey });
  const facts = {
    relation: 'third-party',
    exception: { item: '27(1)(i)', legalBasis: '菫の調査嘱託' },
  } as const;
  const giving = { holding, items: ['name'], purpose: 'P3', recipient, facts };
  provision = must(await client.provide({ ...giving, principal })).id;
  file = must(await client.packages.draft({ ...giving, everybody: false })).id;
  must(await client.packages.list(file, [principal]));
  const { collection: bought, facts: received } = boughtHistory(holding);
  const { id: collection } = must(await client.registerRelatedCollection(bought));
  const documents = { consent: '菫の同意画面の写し' };
  const ask = { collection, principal, items: ['note'], facts: received, documents };
  receipt = must(await client.receiveRelated(ask)).id;
}

async function usedBeyond(): Promise<void> {
  const by = { actor: officerOf(server), authority: ['officer-all-work'] };
  const exception = { item: '18(3)(i)' as const, legalBasis: '菫の法令' };
  const use = { principal, holding: server.holding, items: ['name'], purpose: 'P1', exception };
  beyond = valueOf(await useBeyond(server.office, by, { ...use, situation: '菫の事情' })).id;
}

/** The pages where words are shown, one of the words, and the records they belong to. */
const places = (): [place: string, word: string, records: string[]][] => [
  [`/acquisitions/${acquisition}`, '菫 知人', [acquisition]],
  [`/people/${principal}/receipts/${acquisition}`, '菫 知人', [acquisition]],
  [`/consents/${consent}`, '菫の取下げ書', [consent, withdrawal, objection]],
  [`/consents/objections/${objection}`, '菫の書き誤り', [objection, retraction]],
  [`/provisions/${provision}`, '菫の調査嘱託', [provision]],
  [`/packages/${file}`, '菫の調査嘱託', [file]],
  [`/related/receipts/${receipt}`, '菫の同意画面の写し', [receipt]],
  [`/uses-beyond/${beyond}`, '菫の事情', [beyond]],
  [`/api/v1/acquisitions/${acquisition}`, '菫 知人', [acquisition]],
  [`/api/v1/consents/${consent}`, '菫の同意書', [consent]],
  [`/api/v1/consents?principal=${principal}`, '菫の同意書', [consent]],
  [`/api/v1/related-receipts/${receipt}`, '菫の同意画面の写し', [receipt]],
  [`/api/v1/related-receipts`, '菫の同意画面の写し', [receipt]],
];

interface Seen {
  actor: string;
  principal: string;
  records: string[];
  authority: string[];
}

const entries = async (): Promise<Seen[]> => {
  const asked = "SELECT entry::jsonb AS entry FROM log_entries WHERE action = 'people:words' ORDER BY xid, seq";
  return (await server.db.owner.query<{ entry: Seen }>(asked, [])).map(({ entry }) => entry);
};

const look = (place: string, method = 'GET', token = server.token): Promise<Response> =>
  server.fetch(place, {
    method,
    headers: place.startsWith('/api/')
      ? { authorization: `Bearer ${token}` }
      : { cookie: `lang=ja; ${officer.cookie}` },
  });

/** The entries that an act adds to the log. */
async function adding(act: () => Promise<unknown>): Promise<Seen[]> {
  const before = (await entries()).length;
  await act();
  return (await entries()).slice(before);
}

test('whoever sees the words of a person is in the log, once a look, with whose they are and of which records', async () => {
  for (const [place, word, records] of places()) {
    const added = await adding(async () => {
      const answer = await look(place);
      expect([place, answer.status]).toEqual([place, 200]);
      expect(await answer.text(), place).toContain(word);
    });
    const by = place.startsWith('/api/') ? /^system:/ : `staff:${server.staff.officer}`;
    expect(added, place).toEqual([
      expect.objectContaining({
        actor: typeof by === 'string' ? by : (expect.stringMatching(by) as string),
        principal,
      }),
    ]);
    expect(added[0]!.records.toSorted(), place).toEqual(records.toSorted());
    expect(added[0]!.authority.length, place).toBeGreaterThan(0);
  }
});

test('HEAD and the page in another language count like any look', async () => {
  const place = `/acquisitions/${acquisition}`;
  expect(await adding(() => look(place, 'HEAD'))).toHaveLength(1);
  expect(await adding(() => look(`${place}?lang=en`))).toHaveLength(1);
});

test('it stands in the history of the person, in words', async () => {
  const shown = await (await look(`/people/${principal}`)).text();
  expect(shown).toContain('書き添えた言葉の閲覧');
});

test('without the log none of it is shown', async () => {
  const { owner } = server.db;
  await owner.query('REVOKE INSERT ON log_entries FROM sekisho_app', []);
  try {
    for (const [place] of places()) {
      const answer = await look(place);
      expect([place, answer.status]).toEqual([place, 500]);
      expect(await answer.text(), place).not.toMatch(/菫/);
    }
  } finally {
    const columns = 'id, at, action, actor, principal_id, entry';
    await owner.query(`GRANT INSERT (${columns}) ON log_entries TO sekisho_app`, []);
  }
  for (const [place] of places()) expect([place, (await look(place)).status]).toEqual([place, 200]);
});

describe('there is no entry', () => {
  test.each([
    '/acquisitions',
    '/consents',
    '/consents/objections',
    '/provisions',
    '/packages',
    '/related',
    '/related/receipts',
  ])('for the list %s, which opens none', async (list) => {
    const added = await adding(async () => {
      const answer = await look(list);
      expect([answer.status, await answer.text()]).toEqual([200, expect.not.stringContaining('菫')]);
    });
    expect(added).toEqual([]);
  });

  test('where nothing was written', async () => {
    const { id } = must(await server.client.object({ principal, scope: 'everything' }));
    expect(await adding(() => look(`/consents/objections/${id}`))).toEqual([]);
  });

  test('where what was written does not open', async () => {
    const damage = `UPDATE related_receipts SET ${flipped()} WHERE id = '${receipt}'`;
    await tampered(server.db, ['related_receipts'], damage, async () => {
      expect(await adding(() => look(`/related/receipts/${receipt}`))).toEqual([]);
    });
  });

  test('for a token that is not told of it', async () => {
    const { token } = await tokenOf(server.app.access, systemActions, ['P1']);
    for (const place of [`/api/v1/acquisitions/${acquisition}`, `/api/v1/consents/${consent}`]) {
      const added = await adding(async () => expect((await look(place, 'GET', token)).status).toBe(403));
      expect(added, place).toEqual([]);
    }
  });

  test('where a step answers with what was just stated', async () => {
    const stated = { ...statedConsent(), evidence: '菫の同意書' };
    const added = await adding(async () => {
      expect(must(await server.client.consent(stated)).evidence).toBe('菫の同意書');
    });
    expect(added).toEqual([]);
  });
});

test('what was provided or put into a file on a basis in words is decided anew without anybody seeing them', async () => {
  expect(await adding(async () => must(await server.client.packages.screen(file)))).toEqual([]);
});
