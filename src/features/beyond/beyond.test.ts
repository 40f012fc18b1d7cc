// A use beyond the purpose under an item of 18(3): what it needs, what it cannot reach, what is kept of it, and how that ends with the person.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tablesWith } from '../../../tests/house.ts';
import { openTestOffice, type TestOffice } from '../../../tests/office.ts';
import { doesNotOpen, flipped, tampered } from '../../../tests/tamper.ts';
import {
  addConsent,
  addConsentText,
  addHolding,
  addPerson,
  addStop,
  officerOf,
  openTestCheckpoint,
  valueOf,
} from '../../../tests/people.ts';
import { day } from '../../base/day.ts';
import type { Finding } from '../../base/finding.ts';
import { newId } from '../../base/id.ts';
import type { Outcome } from '../../base/outcome.ts';
import { listEntries } from '../../log/index.ts';
import type { By } from '../access/index.ts';
import { eraseAll, forgetStanding } from '../checkpoint/index.ts';
import { checkpointProvers } from '../checkpoint/promises.ts';
import { object, withdrawConsent } from '../consent/actions/consents.ts';
import { judge } from '../consultation/index.ts';
import { useBeyond, useBeyondOf, usesBeyondOf, wordsOf, type BeyondAsk } from './actions.ts';
import { OTHER_PURPOSE } from './facts.ts';
import { beyondRoutes } from './index.ts';

let house: TestOffice;
let close: () => Promise<void>;
let by: By;
/** Holding kept for P3. */
let holding: string;
/** Holding whose recordings are kept to P1. */
let calls: string;

beforeAll(async () => {
  house = await openTestOffice((office, access) => beyondRoutes({ office, access }), {
    at: '2026-12-07T10:00:00+09:00',
  });
  close = await openTestCheckpoint(house, { itemLimits: [{ item: 'recording', purposes: ['P1'], clause: '9' }] });
  by = { actor: officerOf(house), authority: ['officer-all-work'] };
  holding = await addHolding(house);
  const name = { ja: '通話', en: 'Calls' };
  calls = await addHolding(house, { name, purposes: ['P1'], items: ['name', 'recording'] });
});
afterAll(async () => {
  await close();
  await house.close();
});

let n = 0;
const person = async (): Promise<string> =>
  (await addPerson(house, holding, { name: '例示 花子', email: `beyond-${++n}@example.jp` })).principal;

const situation = '豪雨で連絡のとれない佐藤晴子さんの安否を確かめる';
const legalBasis = '刑事訴訟法197条2項 照会書12号（佐藤晴子）';
const byLaw = { item: '18(3)(i)', legalBasis } as const;
const forLife = { item: '18(3)(ii)', necessary: true, consentDifficult: true } as const;

const ask = (principal: string, more: Partial<BeyondAsk> = {}) =>
  useBeyond(house.office, by, {
    principal,
    holding,
    items: ['email'],
    purpose: OTHER_PURPOSE,
    exception: forLife,
    situation,
    ...more,
  });

const grounds = (finding: Finding): string[] => finding.because.map((g) => `${g.law} ${g.article}`);
const refusal = (outcome: Outcome<unknown>): Finding =>
  !outcome.ok && outcome.problem.kind === 'refused' ? outcome.problem.finding : expect.fail(JSON.stringify(outcome));
const missing = (outcome: Outcome<unknown>): string[] => {
  const finding = refusal(outcome);
  return 'missing' in finding ? finding.missing.map(({ fact }) => fact) : expect.fail(finding.answer);
};
const fields = (outcome: Outcome<unknown>): string[] =>
  !outcome.ok && outcome.problem.kind === 'invalid'
    ? outcome.problem.fields.map(({ field }) => field)
    : expect.fail(JSON.stringify(outcome));
const lastEntry = async (principal: string) =>
  (await listEntries(house.office.database, { principal, most: 1 }))[0]!.entry;

describe('a use beyond the purpose', () => {
  test('hands the values over once it is on record: who, when, the item, the facts, the finding and what was read', async () => {
    const principal = await person();
    const used = valueOf(await ask(principal, { items: ['email', 'phone', 'email'] }));
    expect(used.values).toEqual({ email: `beyond-${n}@example.jp` });
    expect(used.absent).toEqual(['phone']);
    expect(grounds(used.finding)).toEqual(['APPI 18(3)(ii)']);
    expect(used.finding.duties?.map((duty) => duty.do)).toEqual(['record-exception']);
    const row = valueOf(await useBeyondOf(house.office, used.id));
    expect(row).toMatchObject({
      id: used.id,
      at: new Date('2026-12-07T01:00:00Z'),
      by_actor: `staff:${house.staff.officer}`,
      principal_id: principal,
      holding_id: holding,
      purpose: 'other',
      items: ['email', 'phone'],
      read: ['email'],
      exception: '18(3)(ii)',
      worded: ['situation'],
      finding: used.finding,
      policy_version: 1,
    });
    expect(row.facts).toMatchObject({ purpose: 'other', exception: forLife, consent: null });
    expect(await lastEntry(principal)).toEqual({
      v: 1,
      id: used.id,
      at: '2026-12-07T01:00:00.000Z',
      action: 'people:use-beyond',
      actor: `staff:${house.staff.officer}`,
      principal,
      holding,
      items: ['email', 'phone'],
      purpose: 'other',
      exception: 'APPI 18(3)(ii)',
      decision: expect.objectContaining({ answer: 'yes', because: ['APPI 18(3)(ii)'], policy: 1 }) as unknown,
      authority: ['officer-all-work'],
    });
    expect((await usesBeyondOf(house.office, principal)).map(({ id }) => id)).toEqual([used.id]);
    expect(await usesBeyondOf(house.office, await person())).toEqual([]);
  });

  test.each([
    ['log_entries', 'id, at, action, actor, principal_id, entry'],
    ['uses_beyond', null],
  ])('hands nothing over, and leaves nothing behind, where %s cannot be written', async (table, columns) => {
    const principal = await person();
    const right = columns === null ? 'INSERT' : `INSERT (${columns})`;
    await house.db.owner.query(`REVOKE ${right} ON ${table} FROM sekisho_app`, []);
    await expect(ask(principal)).rejects.toThrow(/denied/);
    await house.db.owner.query(`GRANT ${right} ON ${table} TO sekisho_app`, []);
    expect(await usesBeyondOf(house.office, principal)).toEqual([]);
    expect((await listEntries(house.office.database, { principal, most: 9 })).map(({ entry }) => entry.action)).toEqual(
      ['people:acquire'],
    );
  });

  test.each([
    ['a law', byLaw, 'APPI 18(3)(i)'],
    ['public health', { ...forLife, item: '18(3)(iii)' }, 'APPI 18(3)(iii)'],
    [
      'public affairs',
      { item: '18(3)(iv)', publicAffairs: true, necessary: true, consentImpedes: true },
      'APPI 18(3)(iv)',
    ],
    [
      'research of others',
      { item: '18(3)(vi)', necessary: true, academicInstitution: true, undueInfringement: false },
      'APPI 18(3)(vi)',
    ],
  ] as const)(
    'is let by %s with all that its item asks for, also for a purpose of the policy',
    async (_, exception, ground) => {
      const used = valueOf(await ask(await person(), { exception, purpose: 'P1' }));
      expect(grounds(used.finding)).toEqual([ground]);
      expect(valueOf(await useBeyondOf(house.office, used.id)).purpose).toBe('P1');
    },
  );

  test('waits for what is not known, and says what that is; nothing is read, and that it was asked is logged', async () => {
    const principal = await person();
    expect(missing(await ask(principal, { exception: { item: '18(3)(ii)' } }))).toEqual([
      'exception.necessary',
      'exception.consentDifficult',
    ]);
    expect(missing(await ask(principal, { exception: { item: '18(3)(i)' } }))).toEqual(['exception.legalBasis']);
    expect(await lastEntry(principal)).toMatchObject({
      action: 'refused',
      asked: 'use',
      exception: 'APPI 18(3)(i)',
      purpose: 'other',
      decision: { answer: 'unknown' },
    });
    expect(await usesBeyondOf(house.office, principal)).toEqual([]);
  });

  test('is refused where an element is not so: that consent would be inconvenient is not one', async () => {
    const finding = refusal(await ask(await person(), { exception: { ...forLife, consentDifficult: false } }));
    expect(finding.answer).toBe('no');
    expect(grounds(finding)).toEqual(['APPI 18(1)', 'policy 13', 'APPI 18(3)(ii)']);
    expect(grounds(refusal(await ask(await person(), { improper: true })))).toEqual(['APPI 19']);
  });

  test('names the fields of what was left out or is not there', async () => {
    const principal = await person();
    expect(fields(await ask(principal, { situation: '  ' }))).toEqual(['situation']);
    expect(fields(await ask(principal, { situation: '例'.repeat(1_001) }))).toEqual(['situation']);
    expect(fields(await ask(principal, { items: [], purpose: 'P9' }))).toEqual(['items', 'purpose']);
    expect(await ask(newId(0))).toMatchObject({ ok: false, problem: { kind: 'not-found' } });
    expect(await ask((await addPerson(house, calls, { name: '例示 次郎' })).principal)).toMatchObject({
      ok: false,
      problem: { kind: 'not-found' },
    });
  });

  test('within the purpose, or with the consent of the person, is none', async () => {
    const principal = await person();
    expect(fields(await ask(principal, { purpose: 'P3' }))).toEqual(['purpose']);
    const text = await addConsentText(house, { holding, recipients: [], items: ['email'], purpose: 'P1' });
    const consent = await addConsent(house, principal, text);
    expect(fields(await ask(principal, { purpose: 'P1' }))).toEqual(['purpose']);
    valueOf(await withdrawConsent(house.office, by, consent, { on: day('2026-12-07'), evidence: null }));
    expect((await ask(principal, { purpose: 'P1' })).ok).toBe(true);
  });

  test('is for a person of the office to ask, never for a system', async () => {
    const principal = await person();
    const asked = { principal, holding, items: ['email'], purpose: OTHER_PURPOSE, exception: forLife, situation };
    const actor = { kind: 'system', id: newId(0), name: '', token: '', purposes: [], actions: [] } as const;
    const outcome = await useBeyond(house.office, { actor, authority: ['system-within-token'] }, asked);
    expect(outcome).toMatchObject({ ok: false, problem: { kind: 'forbidden' } });
    expect(await usesBeyondOf(house.office, principal)).toEqual([]);
  });

  test('of communications waits for the judgement of the officer, and is let by it', async () => {
    const secrecy = { basis: 'justification' } as const;
    const principal = await person();
    expect(missing(await ask(principal, { secrecy }))).toEqual(['judgements.legalJustification']);
    await judge(house.office, by, {
      code: 'legalJustification',
      holding_id: holding,
      purpose: null,
      answer: true,
      why: '法務担当と確かめた。',
      until_day: day('2026-12-31'),
    });
    const used = valueOf(await ask(principal, { secrecy }));
    expect(grounds(used.finding)).toContain('APPI 18(3)(ii)');
  });
});

describe('what an item of the law allows', () => {
  test('no stop of use reaches (35), as none reaches a provision under 27(1), nor an objection', async () => {
    const stopped = await person();
    await addStop(house, stopped, 'use', '35(6)');
    forgetStanding(house.office);
    const objecting = await person();
    const said = { on: day('2026-12-07'), at: null };
    const all = { scope: 'everything', purpose: null, recipient: null, said, evidence: null } as const;
    valueOf(await object(house.office, by, { ...all, principal: objecting }));
    for (const principal of [stopped, objecting]) {
      expect(grounds(valueOf(await ask(principal)).finding)).toContain('APPI 18(3)(ii)');
      expect(refusal(await ask(principal, { exception: { ...forLife, necessary: false } })).answer).toBe('no');
    }
  });

  test('is asked for under another purpose where the ordinary one is stopped, objected to or kept from the item', async () => {
    const why = (outcome: Outcome<unknown>): string =>
      !outcome.ok && outcome.problem.kind === 'invalid' ? outcome.problem.fields[0].says.en : 'no problem';
    const free = await person();
    expect(why(await ask(free, { purpose: 'P3' }))).toContain('On the person’s page');
    const stopped = await person();
    await addStop(house, stopped, 'use', '35(6)');
    forgetStanding(house.office);
    expect(why(await ask(stopped, { purpose: 'P3' }))).toContain('a purpose that the policy does not state');
    expect((await ask(stopped)).ok).toBe(true);
  });

  test('no promise of the policy to keep an item to its purposes reaches, as clause 18 reserves; none is broken by it', async () => {
    const { principal } = await addPerson(house, calls, { name: '通話 太郎', recording: '録音 1' });
    const used = valueOf(await ask(principal, { holding: calls, items: ['name', 'recording'] }));
    expect(used.values).toEqual({ name: '通話 太郎', recording: '録音 1' });
    const kept = checkpointProvers.find(({ promise }) => promise === 'call-recording-limited')!;
    expect((await kept.prove(house.office)).state).toBe('kept');
  });

  test('is not for an affair of My Numbers, nor for a purpose that nobody states', async () => {
    const principal = await person();
    for (const purpose of ['N1', 'P9', '']) expect(fields(await ask(principal, { purpose }))).toEqual(['purpose']);
    expect(await usesBeyondOf(house.office, principal)).toEqual([]);
  });

  /** Asks, and runs `act` between the decision and the statement that reads. */
  const askWhile = async (principal: string, act: () => Promise<unknown>) => {
    const { database } = house.office;
    let acted = false;
    const meanwhile: typeof house.office = {
      ...house.office,
      database: {
        ...database,
        query: async (sql, values, ...more) => {
          if (!acted && sql.includes('INSERT INTO uses_beyond')) {
            acted = true;
            await act();
          }
          return database.query(sql, values, ...more);
        },
      },
    };
    const asked = { principal, holding, items: ['email'], purpose: OTHER_PURPOSE, exception: forLife, situation };
    const closeMeanwhile = await openTestCheckpoint({ office: meanwhile });
    const outcome = await useBeyond(meanwhile, by, asked);
    await closeMeanwhile();
    expect(acted).toBe(true);
    expect(await usesBeyondOf(house.office, principal)).toEqual([]);
    return outcome;
  };

  test('is looked at again in the statement that reads: an erasure in between is not read past', async () => {
    const leaving = await person();
    const erasing = { principal: leaving, ground: 'request-harm' } as const;
    const erased = await askWhile(leaving, () => eraseAll(house.office, by, erasing));
    expect(erased).toMatchObject({ ok: false, problem: { kind: 'not-found' } });
  });
});

describe('what was written in words', () => {
  test('is in no table and no entry, is read while the person is held, and goes with them; the item and the actor stay', async () => {
    const principal = await person();
    const { id } = valueOf(await ask(principal, { exception: byLaw }));
    expect(await tablesWith(house.db.owner, ['佐藤晴子', '照会書12号', '豪雨'])).toEqual([]);
    const row = async () => valueOf(await useBeyondOf(house.office, id));
    expect(await wordsOf(house.office, by, await row())).toEqual({ situation, legalBasis });
    expect((await row()).facts.exception).toEqual({ item: '18(3)(i)' });
    valueOf(await eraseAll(house.office, by, { principal, ground: 'request-harm' }));
    expect(await wordsOf(house.office, by, await row())).toBe('gone');
    expect(await row()).toMatchObject({
      exception: '18(3)(i)',
      by_actor: `staff:${house.staff.officer}`,
      worded: ['situation', 'legalBasis'],
    });
    expect((await usesBeyondOf(house.office, principal)).length).toBe(1);
    expect(await ask(principal)).toMatchObject({ ok: false, problem: { kind: 'not-found' } });
  });

  test('that does not open is named on the page, and is not said to be gone', async () => {
    const { id } = valueOf(await ask(await person(), { exception: byLaw }));
    const officer = await house.visitor('officer');
    await tampered(house.db, ['uses_beyond'], `UPDATE uses_beyond SET ${flipped()} WHERE id = '${id}'`, async () => {
      const page = await officer.get(`/uses-beyond/${id}`);
      expect([page.status, (await page.text()).split(doesNotOpen.ja).length]).toEqual([200, 3]);
    });
  });

  test('opens in no other record, and is never kept in clear', async () => {
    const one = valueOf(await useBeyondOf(house.office, valueOf(await ask(await person())).id));
    const other = valueOf(await useBeyondOf(house.office, valueOf(await ask(await person())).id));
    expect(await wordsOf(house.office, by, { ...one, sealed: other.sealed })).toBe('unreadable');
    expect(await wordsOf(house.office, by, { ...one, id: other.id })).toBe('unreadable');
    const copy = (change: object) =>
      house.db.owner.query(
        `INSERT INTO uses_beyond SELECT (jsonb_populate_record(u, $1::jsonb || jsonb_build_object('id', gen_random_uuid()))).*
         FROM uses_beyond u WHERE id = $2`,
        [JSON.stringify(change), one.id],
      );
    const exception = { ...forLife, legalBasis: 'x' };
    await expect(copy({ facts: { exception } })).rejects.toThrow(/uses_beyond/);
    await expect(copy({ facts: { exception: forLife, situation: 'x' } })).rejects.toThrow(/uses_beyond/);
    await expect(copy({ by_actor: 'system:x' })).rejects.toThrow(/uses_beyond/);
    await expect(house.office.database.query('UPDATE uses_beyond SET at = now()', [])).rejects.toThrow(/denied/);
    await expect(house.office.database.query('DELETE FROM uses_beyond', [])).rejects.toThrow(/denied/);
  });
});

test('the promises over the log are right about such uses', async () => {
  const states = await Promise.all(
    [
      'purpose-before-use',
      'use-within-purpose',
      'access-authorised',
      'call-recording-limited',
      'every-access-logged',
    ].map(async (promise) => {
      const proof = await checkpointProvers.find((one) => one.promise === promise)!.prove(house.office);
      return [promise, proof.state, Number(proof.evidence[0]!.value.en) > 0 || promise === 'every-access-logged'];
    }),
  );
  expect(states).toEqual([
    ['purpose-before-use', 'kept', true],
    ['use-within-purpose', 'kept', true],
    ['access-authorised', 'kept', true],
    ['call-recording-limited', 'kept', true],
    ['every-access-logged', 'kept', true],
  ]);
});
