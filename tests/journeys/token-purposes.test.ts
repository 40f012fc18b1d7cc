// What a token can reach by its purposes, call by call: a token for another purpose ends nothing, objects to nothing, and is told nothing of what
// is on record about a person; a token for the purpose is.

import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Sekisho } from '../../src/client.ts';
import { listEntries } from '../../src/log/index.ts';
import { addConsentText, addRecipient, readersSite } from '../people.ts';
import { everything, must, newcomer, openServer, systemActions, tokenOf, type TestServer } from '../server.ts';

const purposesOf = { whole: ['P1', 'P3'], part: ['P3'], other: ['P1'], none: ['P2'] };
const outside = { ok: false, problem: { status: 403, type: '/problems/forbidden' } };

let server: TestServer;
let clients: Record<keyof typeof purposesOf, Sekisho>;
let principal: string;
let acquisition: string;
let text: { code: string; version: number };

beforeAll(async () => {
  server = await openServer();
  const clientOf = async (purposes: readonly string[]) =>
    server.clientWith((await tokenOf(server.app.access, systemActions, purposes)).token);
  clients = {
    whole: await clientOf(purposesOf.whole),
    part: await clientOf(purposesOf.part),
    other: await clientOf(purposesOf.other),
    none: await clientOf(purposesOf.none),
  };
  const made = must(await clients.whole.acquire(newcomer(server.holding)));
  ({ principal, id: acquisition } = made);
  text = await addConsentText(server, { holding: server.holding, recipients: [server.recipient], items: ['name'] });
});
afterAll(() => server.close());

const asked = () => ({
  principal,
  text,
  language: 'ja' as const,
  given_on: '2026-10-01',
  given_by: 'principal' as const,
  channel: 'web-form',
  method: 'web-form' as const,
  evidence: '会員システム',
});

/** The tables other than the log that a call changed. */
async function changedBy(call: () => Promise<unknown>): Promise<string[]> {
  const before = await everything(server.db);
  await call();
  const after = await everything(server.db);
  return Object.keys(after).filter((name) => after[name] !== before[name]);
}

describe('a consent', () => {
  test('is recorded and withdrawn with its purposes only, and of whom is not said', async () => {
    const nobody = { ...asked(), principal: acquisition };
    expect(await clients.other.consent(nobody)).toMatchObject(outside);
    const { id } = must(await clients.part.consent(asked()));
    expect(await changedBy(async () => expect(await clients.other.withdrawConsent(id)).toMatchObject(outside))).toEqual(
      [],
    );
    expect(must(await clients.part.withdrawConsent(id))).toMatchObject({ consent: id });
  });

  test('is told to a token of its purpose', async () => {
    const { id } = must(await clients.part.consent(asked()));
    expect(await clients.other.consentOf(id)).toMatchObject(outside);
    expect(must(await clients.part.consentOf(id)).id).toBe(id);
    expect(must(await clients.other.consents({ principal })).consents).toEqual([]);
    expect(must(await clients.part.consents({ principal })).consents).toHaveLength(2);
    expect(must(await clients.other.consentRecords({ principal })).records).toEqual([]);
    expect(must(await clients.part.consentRecords({ principal })).records).toHaveLength(2);
  });
});

describe('what a person asks to stop', () => {
  test('for a purpose takes a token of it; further it takes every purpose the person is kept for', async () => {
    const wide = [
      { principal, scope: 'everything' },
      { principal, scope: 'provision' },
      { principal, scope: 'recipient', recipient: server.recipient },
    ] as const;
    const refused = async () => {
      expect(await clients.other.object({ principal, scope: 'purpose', purpose: 'P3' })).toMatchObject(outside);
      for (const client of [clients.part, clients.other])
        for (const one of wide) expect(await client.object(one)).toMatchObject(outside);
    };
    expect(await changedBy(refused)).toEqual([]);
    must(await clients.part.object({ principal, scope: 'purpose', purpose: 'P3' }));
    for (const one of wide) must(await clients.whole.object(one));
    expect(await listEntries(server.office.database, { principal, actions: ['consent:object'], most: 9 })).toHaveLength(
      4,
    );
  });

  test('is told as far as it reaches the purposes of a token', async () => {
    const scopes = async (client: Sekisho) =>
      must(await client.objections(principal)).objections.map(({ scope }) => scope);
    expect(await scopes(clients.other)).toEqual(['recipient', 'provision', 'everything']);
    expect(await scopes(clients.part)).toEqual(['recipient', 'provision', 'everything', 'purpose']);
  });

  test('under another id of the same person counts too', async () => {
    const { principal: one } = must(await clients.whole.acquire(newcomer(server.holding)));
    const { principal: two } = must(await clients.whole.acquire(newcomer(server.holding)));
    must(await clients.whole.link(one, { same_as: two, shown_by: 'told' }));
    expect(await clients.part.object({ principal: one, scope: 'everything' })).toMatchObject(outside);
  });
});

describe('what is on record', () => {
  test('of an acquisition, a provision and a package is told to a token of its purpose', async () => {
    const { principal: given } = must(await clients.whole.acquire(newcomer(server.holding)));
    const stated = { holding: server.holding, items: ['name'], purpose: 'P3', ...(await server.consented(given)) };
    const { id } = must(await clients.part.provide({ ...stated, principal: given }));
    expect(await clients.other.acquisition(acquisition)).toMatchObject(outside);
    expect(must(await clients.part.acquisition(acquisition)).id).toBe(acquisition);
    expect(await clients.other.provision(id)).toMatchObject(outside);
    expect(must(await clients.part.provision(id)).id).toBe(id);
    const records = async (client: Sekisho) => must(await client.records()).records.map((one) => one.id);
    expect(await records(clients.other)).toEqual([]);
    expect(await records(clients.part)).toEqual([id]);
    const publicKey = await identityToRecipient(await generateX25519Identity());
    const carrier = await addRecipient(server, { name: '例示運送株式会社', publicKey });
    const ask = { ...stated, recipient: carrier, everybody: false };
    const draft = async () => expect(await clients.other.packages.draft(ask)).toMatchObject(outside);
    expect(await changedBy(draft)).toEqual([]);
    const { id: file } = must(await clients.part.packages.draft(ask));
    expect(await clients.other.packages.one(file)).toMatchObject(outside);
    expect(must(await clients.part.packages.one(file)).id).toBe(file);
    const files = async (client: Sekisho) => must(await client.packages.all()).packages.map((one) => one.id);
    expect(await files(clients.other)).toEqual([]);
    expect(await files(clients.part)).toEqual([file]);
  });

  test('of a handling is proved in a receipt to a token of its purpose, and nobody is named to another', async () => {
    const { principal: shown } = must(await clients.whole.acquire(newcomer(server.holding)));
    const { decision } = must(
      await clients.part.use({ principal: shown, holding: server.holding, items: ['name'], purpose: 'P3' }),
    );
    // An entry comes into the tree within a second.
    await expect.poll(async () => (await clients.whole.log.entry(decision)).ok).toBe(true);
    const none = { ok: false, problem: { status: 404 } };
    expect(await clients.other.receipt(shown, decision)).toMatchObject(none);
    const named = await listEntries(server.office.database, { principal: shown, actions: ['people:receipt'], most: 9 });
    expect(named).toEqual([]);
    must(await clients.part.receipt(shown, decision));
  });

  test('of what is for no purpose by itself, as a correction, is proved to a token that is told of the person', async () => {
    const { principal: shown } = must(await clients.whole.acquire(newcomer(server.holding)));
    const change = { holding: server.holding, items: { name: '例示 はな' }, ground: 'accuracy', seen: 1 } as const;
    const { decision } = must(await clients.whole.correct(shown, change));
    await expect.poll(async () => (await clients.whole.log.entry(decision)).ok).toBe(true);
    const none = { ok: false, problem: { status: 404 } };
    expect(await clients.none.principal(shown)).toMatchObject(none);
    expect(await clients.none.receipt(shown, decision)).toMatchObject(none);
    must(await clients.other.receipt(shown, decision));
  });
});

describe('an identifier', () => {
  test('is taken from a person with every purpose of the holding that keeps them, and told with one of them', async () => {
    const { holding } = server;
    const { id: collection } = must(await server.client.registerRelatedCollection(readersSite(holding)));
    const { code, version } = must(
      await server.client.writeConsentText({
        code: 'linking',
        kind: 'linking',
        name: { ja: '閲覧履歴の結び付け', en: 'Linking browsing' },
        wording: { ja: '閲覧履歴を結び付けることに同意します' },
        purposes: ['P3'],
        holding,
        items: ['note'],
        recipients: [],
      }),
    );
    must(await server.client.startConsentText(code, version, { from_day: '2026-04-01' }));
    const { principal: visitor } = must(await clients.whole.acquire(newcomer(holding)));
    must(await clients.part.consent({ ...asked(), principal: visitor, text: { code, version } }));
    const one = { collection, identifier: 'note', value: 'GA1.9.8.7', principal: visitor };
    expect(await clients.part.linkIdentifier(one)).toMatchObject(outside);
    const { id } = must(await clients.whole.linkIdentifier(one));
    const refused = async () => {
      for (const client of [clients.part, clients.other])
        expect(await client.unlinkIdentifier(id, { reason: 'mistake' })).toMatchObject(outside);
    };
    expect(await changedBy(refused)).toEqual([]);
    expect(must(await clients.other.identifierLinks({ principal: visitor })).links).toHaveLength(1);
    expect(must(await clients.whole.unlinkIdentifier(id, { reason: 'mistake' })).id).toBe(id);
  });
});
