// What persons themselves said about a use, on a database. A consent allows a use outside the ledger's purposes, and an objection stops one within
// them, from the moment it is on record.

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openTestOffice, type TestOffice } from '../../../tests/office.ts';
import {
  addConsent,
  addConsentText,
  addHolding,
  addPerson,
  officerOf,
  openTestCheckpoint,
  valueOf,
} from '../../../tests/people.ts';
import { day } from '../../base/day.ts';
import { newId } from '../../base/id.ts';
import { listEntries } from '../../log/index.ts';
import type { By } from '../access/index.ts';
import { object, retractObjection, withdrawConsent } from '../consent/actions/consents.ts';
import type { ObjectionScope } from '../consent/facts/consent.ts';
import { use, useMany } from './index.ts';

let house: TestOffice;
let closeCheckpoint: () => Promise<void>;
let by: By;
let holding: string;
/** A consent to the use of the address for P1, a purpose that the holding does not have. */
let text: { code: string; version: number };
let principal: string;

beforeAll(async () => {
  house = await openTestOffice(() => [], { at: '2026-11-26T10:00:00+09:00' });
  closeCheckpoint = await openTestCheckpoint(house);
  by = { actor: officerOf(house), authority: ['officer-all-work'] };
  holding = await addHolding(house);
  text = await addConsentText(house, { holding, recipients: [], items: ['email'], purpose: 'P1' });
});
afterAll(async () => {
  await closeCheckpoint();
  await house.close();
});

let n = 0;
beforeEach(async () => {
  const items = { name: '例示 花子', email: `register-${++n}@example.jp` };
  principal = (await addPerson(house, holding, items)).principal;
});

const read = (purpose: string, ...items: string[]) => use(house.office, by, { principal, holding, items, purpose });

/** The answer, followed by the articles of its grounds. */
const grounds = async (purpose: string, ...items: string[]): Promise<string[]> => {
  const outcome = await read(purpose, ...items);
  const finding = outcome.ok
    ? outcome.value.finding
    : outcome.problem.kind === 'refused'
      ? outcome.problem.finding
      : expect.fail(outcome.problem.kind);
  return [finding.answer, ...finding.because.map((g) => `${g.law} ${g.article}`)];
};

const lastEntry = async () => (await listEntries(house.office.database, { principal, most: 1 }))[0]!.entry;

const objecting = (scope: ObjectionScope, purpose: string | null = null) =>
  object(house.office, by, {
    principal,
    scope,
    purpose,
    recipient: scope === 'recipient' ? newId(0) : null,
    said: { on: day('2026-11-26'), at: null },
    evidence: null,
  });

test('a consent opens exactly the items and the purpose it is to, until it is withdrawn', async () => {
  const beyond = ['no', 'APPI 18(1)', 'policy 13'];
  expect((await grounds('P1', 'email')).slice(0, 3)).toEqual(beyond);
  const consent = await addConsent(house, principal, text);
  expect(await grounds('P1', 'email')).toEqual(['yes', 'APPI 18(1)']);
  expect(await lastEntry()).toMatchObject({ action: 'people:use', purpose: 'P1', items: ['email'], consent });
  expect((await grounds('P1', 'email', 'name')).slice(0, 3)).toEqual(beyond);
  expect((await grounds('P4', 'email')).slice(0, 3)).toEqual(beyond);
  valueOf(await withdrawConsent(house.office, by, consent, { on: day('2026-11-26'), evidence: null }));
  expect((await grounds('P1', 'email')).slice(0, 3)).toEqual(beyond);
  expect(await lastEntry()).toMatchObject({ action: 'refused', asked: 'use', purpose: 'P1' });
});

test.each<[ObjectionScope, string | null, boolean]>([
  ['everything', null, true],
  ['purpose', 'P3', true],
  ['purpose', 'P1', false],
  ['provision', null, false],
])('an objection to %s (%s) stops a use for P3: %s', async (scope, purpose, stops) => {
  const made = valueOf(await objecting(scope, purpose));
  expect(await grounds('P3', 'email')).toEqual(stops ? ['no', 'policy 13'] : ['yes', 'APPI 18(1)', 'policy 13']);
  expect(await lastEntry()).toMatchObject({ action: stops ? 'refused' : 'people:use' });
  if (!stops) return;
  const asks = [{ principal, holding, items: ['email'], purpose: 'P3' }];
  for (const { answer } of useMany(
    house.office,
    by,
    asks.map((value) => ({ ok: true, value })),
  )) {
    expect(await answer).toMatchObject({ ok: false, problem: { kind: 'refused' } });
  }
  // An objection that was recorded by mistake stops nothing.
  valueOf(await retractObjection(house.office, by, made.row.id, '別の人の申出'));
  expect((await grounds('P3', 'email'))[0]).toBe('yes');
});

test('whoever consents anew after an objection may be read for that again', async () => {
  await addConsent(house, principal, text);
  valueOf(await objecting('purpose', 'P1'));
  expect(await grounds('P1', 'email')).toEqual(['no', 'policy 11']);
  house.clock.moveTo('2026-11-27T10:00:00+09:00');
  await addConsent(house, principal, text, day('2026-11-27'));
  expect(await grounds('P1', 'email')).toEqual(['yes', 'APPI 18(1)']);
});

test('an objection is read for by nothing that begins after it, however many read at once', async () => {
  let stopped = 0;
  const reading = async (): Promise<void> => {
    for (let i = 0; i < 40; i++) {
      const began = stopped;
      const outcome = await read('P3', 'email');
      if (began > 0) expect(outcome).toMatchObject({ ok: false, problem: { kind: 'refused' } });
    }
  };
  const stopping = async (): Promise<void> => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    valueOf(await objecting('purpose', 'P3'));
    stopped = 1;
  };
  await Promise.all([reading(), reading(), reading(), stopping(), reading().then(reading)]);
  expect(stopped).toBe(1);
});
