// A package from its draft to the file, on a real database: who is let in and who falls out, approval by a second person, that the persons in the
// file and on record are always the same, and that nothing leaves on any failure.

import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Decrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { atOnce, beside, clockLeapt } from '../../../tests/house.ts';
import { openTestOffice, type TestOffice } from '../../../tests/office.ts';
import { flipped, tampered } from '../../../tests/tamper.ts';
import {
  addConsent,
  addConsentText,
  addHolding,
  addPerson,
  addRecipient,
  addStop,
  entrusted,
  openTestCheckpoint,
  valueOf,
} from '../../../tests/people.ts';
import type { Actor } from '../../base/actor.ts';
import { day } from '../../base/day.ts';
import { newId } from '../../base/id.ts';
import { listEntries } from '../../log/index.ts';
import { Damaged } from '../../platform/damaged.ts';
import { migrate, type Tx } from '../../platform/database/index.ts';
import { createSystem, createToken, revokeToken, type By } from '../access/index.ts';
import { correct, eraseAll } from '../checkpoint/index.ts';
import { object, withdrawConsent } from '../consent/actions/consents.ts';
import { linkPeople } from '../people/index.ts';
import { changeRecipient, stopRecipient } from '../recipients/actions/recipient.ts';
import { dossierOf } from '../recipients/actions/read.ts';
import { contentOf } from '../recipients/facts/read.ts';
import { packageFile } from './actions/file.ts';
import {
  approvePackage,
  cancelPackage,
  closePackage,
  declinePackage,
  draftPackage,
  listPeople,
  packageOf,
  packagesStuck,
  requestPackage,
  screenPackage,
  type PackageAsk,
} from './actions/packages.ts';
import {
  eraseExpired,
  goingOn,
  keepProviding,
  ifFetched,
  packageWaits,
  prepareNext,
  sealNext,
} from './actions/prepare.ts';
import { admitted, whyOut } from './facts.ts';
import { provisionProvers } from './promises.ts';
import { lockPackage } from './store/packages.ts';
import { listProvisions } from './store/provisions.ts';
import { listRecords } from './store/records.ts';

let house: TestOffice;
let closeCheckpoint: () => Promise<void>;
let holding: string;
let recipient: string;
let text: { code: string; version: number };
let identity: string;
let handler: By;
let officer: By;
/** Everybody in the holding, by what the registers say of them. */
const people: Record<string, string[]> = {};
const emails = new Map<string, string>();

const items = ['name', 'email'];

beforeAll(async () => {
  house = await openTestOffice(() => [], { at: '2026-11-26T10:00:00+09:00' });
  closeCheckpoint = await openTestCheckpoint(house);
  const staff = (role: 'handler' | 'officer', id: string): Actor => ({ kind: 'staff', id, name: role, roles: [role] });
  handler = { actor: staff('handler', house.staff.desk!), authority: ['handler-daily-work'] };
  officer = { actor: staff('officer', house.staff.officer!), authority: ['officer-all-work'] };
  identity = await generateX25519Identity();
  holding = await addHolding(house);
  recipient = await addRecipient(house, { publicKey: await identityToRecipient(identity) });
  text = await addConsentText(house, { holding, recipients: [recipient], items });
  let n = 0;
  const add = async (kind: string, consented: boolean): Promise<string> => {
    const email = `person-${++n}@example.jp`;
    const { principal } = await addPerson(house, holding, { name: `例示 "${n}", 髙𠮷`, email });
    (people[kind] ??= []).push(principal);
    emails.set(principal, email);
    return consented ? addConsent(house, principal, text) : '';
  };
  for (let i = 0; i < 7; i++) await add('consented', true);
  for (let i = 0; i < 3; i++) await add('silent', false);
  for (let i = 0; i < 2; i++) {
    const consent = await add('withdrew', true);
    valueOf(await withdrawConsent(house.office, officer, consent, { on: day('2026-11-25'), evidence: null }));
  }
  await add('objected', true);
  valueOf(
    await object(house.office, officer, {
      principal: people.objected![0]!,
      scope: 'recipient',
      purpose: null,
      recipient,
      said: { on: day('2026-11-25'), at: null },
      evidence: null,
    }),
  );
});
afterAll(async () => {
  await closeCheckpoint();
  await house.close();
});

const asking = (more: Partial<PackageAsk> = {}): PackageAsk => ({
  holding,
  items,
  purpose: 'P3',
  recipient,
  everybody: true,
  facts: { relation: 'third-party' },
  ...more,
});

const draft = async (more: Partial<PackageAsk> = {}): Promise<string> =>
  valueOf(await draftPackage(house.office, handler, asking(more))).id;

const prepareAll = async (): Promise<number> => {
  let steps = 0;
  while (await prepareNext(house.office)) steps += 1;
  return steps;
};

const approved = async (more: Partial<PackageAsk> = {}, ids?: string[]): Promise<string> => {
  const id = await draft(more);
  if (ids) valueOf(await listPeople(house.office, handler, id, ids.join('\n')));
  valueOf(await requestPackage(house.office, handler, id));
  valueOf(await approvePackage(house.office, officer, id));
  return id;
};

const stateOf = async (id: string): Promise<string> => valueOf(await packageOf(house.office, id)).state;

const stuckOf = async (id: string) => valueOf(await packageOf(house.office, id)).stuck;

/** The file as the recipient reads it: a heading and lines. */
async function opened(id: string): Promise<string[]> {
  const file = valueOf(await packageFile(house.office, officer, id));
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  const bytes = Buffer.from(await new Response(await decrypter.decrypt(file.body)).arrayBuffer());
  const clear = bytes.toString('utf8');
  expect(clear.startsWith('\uFEFFname,email\r\n')).toBe(true);
  return clear.slice(1).trimEnd().split('\r\n').slice(1);
}

/** The persons that the provisions of a package name. */
const onRecord = async (id: string): Promise<string[]> =>
  (
    await house.office.database.query<{ principal_id: string }>(
      'SELECT w.principal_id FROM provision_people w JOIN provisions p ON p.id = w.provision_id WHERE p.package_id = $1',
      [id],
    )
  ).map((row) => row.principal_id);

const emailsIn = (lines: readonly string[]): string[] => lines.map((line) => line.split(',').at(-1)!).sort();
const emailsOf = (principals: readonly string[]): string[] => principals.map((one) => emails.get(one)!).sort();

const reasons = async (id: string): Promise<Record<string, number>> => {
  const { screening } = valueOf(await packageOf(house.office, id));
  const out: Record<string, number> = {};
  for (const one of screening!) {
    const why = one.finding?.answer === 'yes' ? 'in' : whyOut(one);
    out[why] = (out[why] ?? 0) + one.people;
  }
  return out;
};

describe('the screening', () => {
  test('says before anything happens who goes and who falls out, and why', async () => {
    const id = await draft();
    expect(await reasons(id)).toEqual({ in: 7, none: 3, withdrawn: 3 });
    const { screening } = valueOf(await packageOf(house.office, id));
    for (const one of screening!.filter(({ finding }) => finding!.answer !== 'yes')) {
      expect(one.finding!.because.map((g) => `${g.law} ${g.article}`)).toContain('APPI 27(1)');
    }
    expect(admitted(screening!)).toBe(7);
  });

  test('lets nobody in to a recipient that moved to a country they were not told of before they consented (28(2))', async () => {
    const of = { name: 'Reiji Moving Co., Ltd.', country: 'TH', publicKey: await identityToRecipient(identity) };
    const moving = await addRecipient(house, of);
    const words = { ja: '確かめたとおり', en: 'As found' };
    const shown = { country: { code: 'TH' }, system: { text: words }, measures: { text: words } };
    const abroad = await addConsentText(house, { holding, recipients: [moving], items, shown });
    const told = day('2026-11-20');
    await addConsent(house, people.consented![0]!, abroad, told, { shown: { on: told, at: null } });
    const answers = async () =>
      valueOf(await packageOf(house.office, await draft({ recipient: moving }))).screening!.map(
        ({ people: n, finding }) => [n, finding!.answer, finding!.because.map((g) => `${g.law} ${g.article}`)[1]],
      );
    expect(await answers()).toContainEqual([1, 'yes', 'APPI 28(2)']);
    const input = { ...contentOf(valueOf(await dossierOf(house.office, moving)).recipient), country: 'US' };
    valueOf(await changeRecipient(house.office, officer, { id: moving, version: 1, input }));
    expect(await answers()).toContainEqual([1, 'no', 'APPI 28(2)']);
  });

  test('asked for again is on record: by whom, and how many go as it then stands', async () => {
    const id = await draft();
    valueOf(await screenPackage(house.office, officer, id));
    valueOf(await requestPackage(house.office, handler, id));
    const entries = (await listEntries(house.office.database, { package: id, most: 10 })).map(({ entry }) => entry);
    expect(entries.map(({ action, actor, people: go }) => [action, actor, go])).toEqual([
      ['package:request', `staff:${house.staff.desk}`, 7],
      ['package:screen', `staff:${house.staff.officer}`, 7],
      ['package:draft', `staff:${house.staff.desk}`, undefined],
    ]);
    valueOf(await cancelPackage(house.office, handler, id, '試験'));
  });

  test('of a list counts who is nobody’s and what repeats, and takes a long list in pieces', async () => {
    const id = await draft({ everybody: false });
    const unknown = [newId(0), newId(1)];
    const first = [...people.consented!.slice(0, 4), ...unknown, people.consented![0]!];
    expect(valueOf(await listPeople(house.office, handler, id, `principal\r\n${first.join('\r\n')}\r\n`))).toEqual({
      added: 6,
      duplicates: 1,
    });
    expect(
      valueOf(await listPeople(house.office, handler, id, [people.consented![0]!, people.silent![0]!].join('\n'))),
    ).toEqual({ added: 1, duplicates: 1 });
    valueOf(await screenPackage(house.office, handler, id));
    expect(await reasons(id)).toEqual({ in: 4, none: 1, unknown: 2 });
    expect(valueOf(await packageOf(house.office, id))).toMatchObject({ listed: 7, duplicates: 2 });
  });

  test('refuses a list with a line that is no id, naming the line and adding nothing', async () => {
    const id = await draft({ everybody: false });
    const outcome = await listPeople(house.office, handler, id, `${people.consented![0]}\n例示 花子\n`);
    expect(outcome).toMatchObject({
      ok: false,
      problem: { kind: 'invalid', fields: [{ field: 'list', says: { ja: expect.stringContaining('2行目') } }] },
    });
    expect(JSON.stringify(outcome)).not.toContain('例示 花子');
    expect(valueOf(await packageOf(house.office, id)).listed).toBe(0);
  });
});

describe('what the persons were told it is for', () => {
  let both: string;
  let printer: string;
  const told: Record<string, string> = {};
  const entrusting = () =>
    ({ holding: both, purpose: 'P1', recipient: printer, facts: { relation: 'entrustment' } }) as const;

  beforeAll(async () => {
    both = await addHolding(house, { name: { ja: '両方の目的', en: 'Both purposes' }, purposes: ['P1', 'P3'] });
    printer = await addRecipient(
      house,
      { name: '株式会社例示発送', relations: ['entrustment'], publicKey: await identityToRecipient(identity) },
      entrusted,
    );
    for (const [who, purposes] of Object.entries({ one: ['P1'], other: ['P3'], all: ['P1', 'P3'] })) {
      const items = { name: `例示 ${who}`, email: `told-${who}@example.jp` };
      told[who] = (await addPerson(house, both, items, undefined, purposes)).principal;
      emails.set(told[who], items.email);
    }
  });

  test('keeps those out of a package whose information is held for something else, with the clause it is held for', async () => {
    const id = await draft(entrusting());
    expect(await reasons(id)).toEqual({ in: 2, purpose: 1 });
    const { screening } = valueOf(await packageOf(house.office, id));
    const out = screening!.find(({ finding }) => finding!.answer !== 'yes')!;
    expect(out.finding!.because.map((g) => `${g.law} ${g.article}`)).toEqual([
      'APPI 27(5)(i)',
      'APPI 18(1)',
      'policy 13',
    ]);
  });

  test('a consent to the provision lets them in all the same', async () => {
    const consented = await addConsentText(house, { holding: both, recipients: [recipient], items, purpose: 'P1' });
    await addConsent(house, told.other!, consented);
    const id = await approved({ holding: both, purpose: 'P1' });
    await prepareAll();
    expect(emailsIn(await opened(id))).toEqual(emailsOf([told.other!]));
  });

  test('whoever comes to be told of less before the file is fetched is taken out of it', async () => {
    const id = await approved(entrusting());
    await prepareAll();
    // The address was given anew, for the newsletter only.
    valueOf(
      await correct(house.office, officer, {
        principal: told.all!,
        holding: both,
        items: { email: null },
        ground: 'request',
      }),
    );
    await addPerson(house, both, { email: 'told-anew@example.jp' }, told.all, ['P3']);
    expect(emailsIn(await opened(id))).toEqual(emailsOf([told.one!]));
    expect(await onRecord(id)).toEqual([told.one]);
  });
});

describe('the draft', () => {
  const refusedField = async (more: Partial<PackageAsk>): Promise<string> => {
    const outcome = await draftPackage(house.office, handler, asking(more));
    if (outcome.ok || outcome.problem.kind !== 'invalid') throw new Error('expected the name of a field');
    return outcome.problem.fields[0].field;
  };

  test('names what is wrong with it', async () => {
    expect(await refusedField({ recipient: newId(0) })).toBe('recipient');
    expect(await refusedField({ recipient: await addRecipient(house, { name: '鍵のない会社' }) })).toBe('recipient');
    expect(await refusedField({ facts: { relation: 'entrustment' } })).toBe('facts.relation');
    expect(await refusedField({ facts: {} })).toBe('facts.relation');
    expect(await refusedField({ items: [] })).toBe('items');
    expect(await refusedField({ items: ['shoe_size'] })).toBe('items.shoe_size');
    expect(await refusedField({ purpose: 'P9' })).toBe('purpose');
    expect(await refusedField({ holding: newId(0) })).toBe('holding');
    expect(await refusedField({ jointUse: newId(0) })).toBe('jointUse');
  });

  test('is made once for a call that is repeated, and for another of its own', async () => {
    const attempt = 'draft-of-the-night';
    const asked = asking({ everybody: false, attempt });
    const outcomes = await Promise.all([1, 2, 3].map(() => draftPackage(house.office, handler, asked)));
    const [first] = outcomes.flatMap((outcome) => (outcome.ok ? [outcome.value] : []));
    for (const outcome of outcomes)
      if (!outcome.ok)
        expect(outcome.problem).toMatchObject({ kind: 'conflict', field: 'attempt', existing: first!.id });
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    const drafts = await listEntries(house.office.database, { actions: ['package:draft'], most: 100 });
    expect(drafts.filter(({ entry }) => entry.package === first!.id)).toHaveLength(1);
    const other = await draftPackage(house.office, handler, { ...asked, items: ['email'] });
    expect(other).toMatchObject({ ok: false, problem: { kind: 'conflict', field: 'attempt' } });
    expect(other).not.toHaveProperty('problem.existing');
    const theirs = valueOf(await draftPackage(house.office, officer, asked));
    expect(theirs.id).not.toBe(first!.id);
  });

  test('of nobody whom the law lets in is refused with the law’s answer, and logged', async () => {
    const id = await draft({ everybody: false });
    valueOf(await listPeople(house.office, handler, id, people.silent!.join('\n')));
    const outcome = await requestPackage(house.office, handler, id);
    expect(outcome).toMatchObject({ ok: false, problem: { kind: 'refused', finding: { answer: 'no' } } });
    expect((await listEntries(house.office.database, { most: 1 }))[0]!.entry).toMatchObject({
      action: 'refused',
      asked: 'provide',
      package: id,
      decision: { answer: 'no' },
    });
    expect(await stateOf(id)).toBe('draft');
  });

  test('a second time changes nothing', async () => {
    const id = await draft({ everybody: true });
    valueOf(await requestPackage(house.office, handler, id));
    const before = valueOf(await packageOf(house.office, id));
    house.clock.moveTo('2026-11-26T10:01:00+09:00');
    expect(await requestPackage(house.office, handler, id)).toMatchObject({
      ok: false,
      problem: { kind: 'conflict', field: 'state' },
    });
    house.clock.moveTo('2026-11-26T10:00:00+09:00');
    expect(valueOf(await packageOf(house.office, id))).toEqual(before);
  });

  test('of nobody at all asks for the list', async () => {
    const id = await draft({ everybody: false });
    expect(await requestPackage(house.office, handler, id)).toMatchObject({
      ok: false,
      problem: { kind: 'invalid', fields: [{ field: 'list' }] },
    });
  });
});

describe('an approval', () => {
  test('of nobody whom the law lets in any more is refused with the law’s answer, and logged', async () => {
    const { principal } = await addPerson(house, holding, { name: '翻意 花子', email: 'hon-i@example.jp' });
    const consent = await addConsent(house, principal, text);
    const id = await draft({ everybody: false });
    valueOf(await listPeople(house.office, handler, id, principal));
    valueOf(await requestPackage(house.office, handler, id));
    valueOf(await withdrawConsent(house.office, officer, consent, { on: day('2026-11-26'), evidence: null }));
    expect(await approvePackage(house.office, officer, id)).toMatchObject({
      ok: false,
      problem: { kind: 'refused', finding: { answer: 'no' } },
    });
    expect((await listEntries(house.office.database, { most: 1 }))[0]!.entry).toMatchObject({
      action: 'refused',
      asked: 'provide',
      package: id,
      actor: `staff:${house.staff.officer!}`,
      decision: { answer: 'no' },
    });
    expect(await stateOf(id)).toBe('requested');
  });
});

describe('a token', () => {
  test('takes a package one step on only if it is bound to its purpose', async () => {
    const token = (purposes: string[]): By => ({
      actor: { kind: 'system', id: newId(0), name: '会員基盤', token: newId(1), purposes, actions: ['people:provide'] },
      authority: [],
    });
    const [bound, other] = [token(['P3']), token(['P1'])];
    const forbidden = { ok: false, problem: { kind: 'forbidden' } };
    const { office } = house;
    const id = await draft({ everybody: false });
    const before = valueOf(await packageOf(office, id));
    const list = people.consented!.slice(1).join('\n');
    expect(await listPeople(office, other, id, list)).toMatchObject(forbidden);
    expect(await screenPackage(office, other, id)).toMatchObject(forbidden);
    expect(await requestPackage(office, other, id)).toMatchObject(forbidden);
    expect(await cancelPackage(office, other, id, '取りやめ')).toMatchObject(forbidden);
    expect(valueOf(await packageOf(office, id))).toEqual(before);
    valueOf(await listPeople(office, bound, id, list));
    valueOf(await screenPackage(office, bound, id));
    valueOf(await requestPackage(office, bound, id));
    valueOf(await approvePackage(office, officer, id));
    await prepareAll();
    expect(await packageFile(office, other, id)).toMatchObject(forbidden);
    expect(await closePackage(office, other, id)).toMatchObject(forbidden);
    await valueOf(await packageFile(office, bound, id)).body.cancel();
    valueOf(await closePackage(office, bound, id));
  });
});

describe('four eyes', () => {
  test('nobody approves what they asked for, not even an officer', async () => {
    const own = valueOf(await draftPackage(house.office, officer, asking())).id;
    valueOf(await requestPackage(house.office, officer, own));
    expect(await approvePackage(house.office, officer, own)).toMatchObject({
      ok: false,
      problem: { kind: 'forbidden' },
    });
    expect(await stateOf(own)).toBe('requested');
    await expect(
      house.office.database.query('UPDATE packages SET approved_by = made_by WHERE id = $1', [own]),
    ).rejects.toMatchObject({ code: '23514' });
  });

  test('nobody approves what they put persons into or asked for, though somebody else made the draft', async () => {
    const forbidden = { ok: false, problem: { kind: 'forbidden' } };
    const listed = await draft({ everybody: false });
    valueOf(await listPeople(house.office, officer, listed, people.consented!.join('\n')));
    valueOf(await requestPackage(house.office, handler, listed));
    const requested = await draft();
    valueOf(await requestPackage(house.office, officer, requested));
    for (const id of [listed, requested]) {
      expect(await approvePackage(house.office, officer, id)).toMatchObject(forbidden);
      expect(await stateOf(id)).toBe('requested');
      await expect(
        house.office.database.query('UPDATE packages SET approved_by = $2 WHERE id = $1', [
          id,
          `staff:${house.staff.officer}`,
        ]),
      ).rejects.toMatchObject({ code: '23514' });
      valueOf(await declinePackage(house.office, officer, id, '試験'));
    }
  });

  test('nobody approves what a system asked for whose token they made, and somebody else does', async () => {
    const { access } = house;
    const system = valueOf(await createSystem(access, officer, { name: '会員基盤' })).id;
    const form = { systemId: system, actions: ['people:provide'], purposes: ['P3'], days: 30 } as const;
    const { id: token } = valueOf(await createToken(access, officer, form, ['P3']));
    const asSystem: By = {
      actor: { kind: 'system', id: system, name: '会員基盤', token, purposes: ['P3'], actions: ['people:provide'] },
      authority: [],
    };
    const id = valueOf(await draftPackage(house.office, asSystem, asking())).id;
    valueOf(await requestPackage(house.office, asSystem, id));
    expect(await approvePackage(house.office, officer, id)).toMatchObject({
      ok: false,
      problem: { kind: 'forbidden' },
    });
    expect(await stateOf(id)).toBe('requested');
    const other: By = { ...officer, actor: { ...officer.actor, id: house.staff.auditor! } as Actor };
    valueOf(await approvePackage(house.office, other, id));
    valueOf(await cancelPackage(house.office, officer, id, '試験'));

    // A token that was revoked or over before the draft, or may not provide, could not have asked for anything.
    valueOf(await revokeToken(access, officer, token));
    const { id: over } = valueOf(await createToken(access, officer, form, ['P3']));
    await house.db.owner.query(
      "UPDATE api_tokens SET created_at = created_at - interval '31 days', expires_at = expires_at - interval '31 days' WHERE id = $1",
      [over],
    );
    valueOf(await createToken(access, officer, { ...form, actions: ['log:read'], purposes: [] }, ['P3']));
    house.clock.moveTo('2026-11-26T10:00:01+09:00');
    const later = valueOf(await draftPackage(house.office, asSystem, asking())).id;
    valueOf(await requestPackage(house.office, asSystem, later));
    valueOf(await approvePackage(house.office, officer, later));
    valueOf(await cancelPackage(house.office, officer, later, '試験'));
    house.clock.moveTo('2026-11-26T10:00:00+09:00');
  });

  test('nobody approves more persons than they were shown: they are shown them first', async () => {
    const id = await draft({ items: ['name'] });
    valueOf(await requestPackage(house.office, handler, id));
    const shown = admitted(valueOf(await packageOf(house.office, id)).screening!);
    const { principal } = await addPerson(house, holding, { name: '例示 増', email: 'more@example.jp' });
    const consent = await addConsent(house, principal, text);
    expect(await approvePackage(house.office, officer, id)).toMatchObject({
      ok: false,
      problem: { kind: 'conflict', field: 'screening' },
    });
    expect(valueOf(await packageOf(house.office, id))).toMatchObject({ state: 'requested', approved_by: null });
    expect(admitted(valueOf(await packageOf(house.office, id)).screening!)).toBe(shown + 1);
    valueOf(await approvePackage(house.office, officer, id));
    valueOf(await cancelPackage(house.office, officer, id, '試験'));
    valueOf(await withdrawConsent(house.office, officer, consent, { on: day('2026-11-26'), evidence: null }));
    valueOf(await eraseAll(house.office, officer, { principal, ground: 'request-unlawful' }));
  });

  test('a step is taken once, from the state it belongs to', async () => {
    const id = await draft();
    expect(await approvePackage(house.office, officer, id)).toMatchObject({ ok: false, problem: { kind: 'conflict' } });
    valueOf(await requestPackage(house.office, handler, id));
    const both = await Promise.all([
      approvePackage(house.office, officer, id),
      approvePackage(house.office, officer, id),
      declinePackage(house.office, officer, id, '目的が違います'),
    ]);
    expect(both.filter((one) => one.ok)).toHaveLength(1);
    for (const one of both) if (!one.ok) expect(one.problem).toMatchObject({ kind: 'conflict', field: 'state' });
    await cancelPackage(house.office, officer, id, '試験');
    expect(await prepareNext(house.office)).toBe(false);
  });

  test('only what was downloaded is closed as delivered; what was not is cancelled, with the reason', async () => {
    const id = await approved({ everybody: false }, people.consented!.slice(1));
    await prepareAll();
    const close = () => closePackage(house.office, officer, id);
    const before = valueOf(await packageOf(house.office, id));
    expect(await close()).toMatchObject({
      ok: false,
      problem: { kind: 'conflict', field: 'state', says: { en: expect.stringContaining('cancel it with a reason') } },
    });
    expect(valueOf(await packageOf(house.office, id))).toEqual(before);
    expect(await listEntries(house.office.database, { package: id, actions: ['package:close'], most: 1 })).toEqual([]);
    await opened(id);
    expect(valueOf(await close())).toMatchObject({ state: 'closed', reason: null });
  });

  test('declining and cancelling ask for the reason', async () => {
    const id = await draft();
    expect(await cancelPackage(house.office, handler, id, ' ')).toMatchObject({
      ok: false,
      problem: { kind: 'invalid', fields: [{ field: 'reason' }] },
    });
    valueOf(await cancelPackage(house.office, handler, id, '取りやめ'));
    expect(valueOf(await packageOf(house.office, id))).toMatchObject({ state: 'cancelled', reason: '取りやめ' });
  });
});

describe('the file', () => {
  test('holds exactly those who are on record, each with consent and log entry', async () => {
    const id = await approved();
    expect(await onRecord(id)).toEqual([]);
    await prepareAll();
    expect(await stateOf(id)).toBe('ready');
    expect(await onRecord(id)).toEqual([]);
    const lines = await opened(id);
    const recorded = await onRecord(id);
    expect(recorded.toSorted()).toEqual(people.consented!.toSorted());
    expect(emailsIn(lines)).toEqual(emailsOf(recorded));
    expect(lines[0]).toMatch(/^"例示 ""\d+"", 髙𠮷",/);

    const [provision] = (await listProvisions(house.office.database, { recipient, most: 10 })).filter(
      (row) => row.package_id === id,
    );
    expect(provision).toMatchObject({
      people: 7,
      principal: null,
      relation: 'third-party',
      by_actor: `staff:${house.staff.officer}`,
    });
    const [record] = await listRecords(house.office.database, { principal: people.consented![0]!, most: 1 });
    expect(record).toEqual({
      provision_id: provision!.id,
      principal_id: people.consented![0],
      consent_id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      made_on: '2026-11-26',
      mode: 'each',
      consent_obtained: true,
      provided_on: null,
      recipient_name: '株式会社共同企画',
      recipient_address: '大阪府例示市中町2-3-4',
      recipient_representative: '共同 太郎',
      items,
      keep_until: '2029-11-26',
    });
    const consents = await house.office.database.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM provision_people w JOIN consents c ON c.id = w.consent_id AND c.principal_id = w.principal_id
       WHERE w.provision_id = $1`,
      [provision!.id],
    );
    expect(consents[0]!.n).toBe(7);
    for (const principal of people.consented!) {
      const [last] = await listEntries(house.office.database, { principal, most: 1 });
      expect(last!.entry).toMatchObject({
        action: 'people:package',
        package: id,
        recipient,
        items,
        approved: `staff:${house.staff.officer}`,
        decision: { answer: 'yes' },
      });
      expect(JSON.stringify(last!.entry)).not.toMatch(/例示|example\.jp/);
    }
    const given = (await listEntries(house.office.database, { most: 50 })).find(
      ({ entry }) => entry.action === 'package:provide' && entry.package === id,
    );
    expect(given!.entry).toMatchObject({ id: provision!.id, people: 7, keep_until: '2029-11-26' });
    for (const promise of ['provision-recorded', 'consent-before-provision', 'no-opt-out']) {
      const prover = provisionProvers.find((one) => one.promise === promise)!;
      expect(await prover.prove(house.office)).toMatchObject({ state: 'kept' });
    }
  });

  test('holds nothing that a spreadsheet would run, and telephone numbers as they are', async () => {
    const names: Record<string, string> = {
      '=HYPERLINK("https://example.jp","x")': `"'=HYPERLINK(""https://example.jp"",""x"")"`,
      '@SUM(1)': "'@SUM(1)",
      "-2+3+cmd|' /C calc'!A0": "'-2+3+cmd|' /C calc'!A0",
      '＝A1': "'＝A1",
      '+81 (0)3-0000-0000': '+81 (0)3-0000-0000',
      '－': '－',
    };
    const listed: string[] = [];
    for (const [i, name] of Object.keys(names).entries()) {
      const { principal } = await addPerson(house, holding, { name, email: `cell-${i}@example.jp` });
      await addConsent(house, principal, text);
      listed.push(principal);
    }
    const id = await approved({ everybody: false }, listed);
    await prepareAll();
    const expected = Object.values(names).map((cell, i) => `${cell},cell-${i}@example.jp`);
    expect((await opened(id)).toSorted()).toEqual(expected.toSorted());
    for (const principal of listed) {
      valueOf(await eraseAll(house.office, officer, { principal, ground: 'no-longer-needed' }));
    }
  });

  test('is sealed in the house and encrypted outside of it', async () => {
    const id = await approved();
    await prepareAll();
    const [part] = await house.office.database.query<{ sealed: Buffer }>(
      'SELECT sealed FROM package_parts WHERE package_id = $1',
      [id],
    );
    expect(part!.sealed.includes(Buffer.from('person-1@example.jp'))).toBe(false);
    const file = valueOf(await packageFile(house.office, officer, id));
    const bytes = Buffer.from(await new Response(file.body).arrayBuffer());
    expect(bytes.subarray(0, 21).toString()).toBe('age-encryption.org/v1');
    expect(bytes.includes(Buffer.from('person-1@example.jp'))).toBe(false);
    const stranger = new Decrypter();
    stranger.addIdentity(await generateX25519Identity());
    await expect(stranger.decrypt(bytes)).rejects.toThrow();
    expect(file.name).toBe(`provision-${id}.csv.age`);
    expect(valueOf(await packageOf(house.office, id)).fetched).toBe(1);
    expect((await listEntries(house.office.database, { most: 1 }))[0]!.entry).toMatchObject({
      action: 'package:fetch',
      package: id,
    });

    valueOf(await closePackage(house.office, officer, id));
    expect(await packageFile(house.office, officer, id)).toMatchObject({ ok: false, problem: { kind: 'conflict' } });
    expect(await house.office.database.query('SELECT 1 FROM package_parts WHERE package_id = $1', [id])).toEqual([]);
    expect((await onRecord(id)).length).toBe(7);
  });

  test('holds everybody where what was sealed of them does not open any more: it is sealed anew first', async () => {
    const id = await approved();
    await prepareAll();
    const damage = () => house.db.owner.query(`UPDATE package_parts SET ${flipped()} WHERE package_id = $1`, [id]);
    for (const fetched of [1, 2]) {
      await damage();
      const came = emailsIn(await opened(id));
      expect(came).toEqual(emailsOf(await onRecord(id)));
      expect(came.length).toBe(7);
      expect(valueOf(await packageOf(house.office, id)).fetched).toBe(fetched);
    }

    // A wrong key is reported before anything is provided.
    const locked = await approved();
    await prepareAll();
    await house.db.owner.query(`UPDATE packages SET ${flipped('wrapped_key')} WHERE id = $1`, [locked]);
    await expect(packageFile(house.office, officer, locked)).rejects.toThrow(Damaged);
    expect(await onRecord(locked)).toEqual([]);
  });

  test('leaves out whom the law does not let in any more: withdrawn, objected or erased while it was prepared', async () => {
    const extra: string[] = [];
    const consents: string[] = [];
    for (let i = 0; i < 4; i++) {
      const email = `later-${i}@example.jp`;
      const { principal } = await addPerson(house, holding, { name: '後 花子', email });
      emails.set(principal, email);
      extra.push(principal);
      consents.push(await addConsent(house, principal, text));
    }
    const id = await approved({ everybody: false }, extra);
    expect(await prepareNext(house.office)).toBe(true);
    expect(valueOf(await packageOf(house.office, id)).progress).toEqual({ people: 4, sealed: 4 });
    valueOf(await withdrawConsent(house.office, officer, consents[0]!, { on: day('2026-11-26'), evidence: null }));
    valueOf(
      await object(house.office, officer, {
        principal: extra[1]!,
        scope: 'everything',
        purpose: null,
        recipient: null,
        said: { on: day('2026-11-26'), at: null },
        evidence: null,
      }),
    );
    valueOf(await eraseAll(house.office, officer, { principal: extra[2]!, ground: 'no-longer-needed' }));
    await prepareAll();
    expect(await stateOf(id)).toBe('ready');
    expect(emailsIn(await opened(id))).toEqual(['later-3@example.jp']);
    expect(await onRecord(id)).toEqual([extra[3]]);
  });

  test('does not leave when the recipient is stopped, before or after it is ready', async () => {
    const key = await identityToRecipient(await generateX25519Identity());
    const other = await addRecipient(house, { name: '株式会社例示停止', publicKey: key });
    const to = await addConsentText(house, { holding, recipients: [other], items });
    for (const principal of people.consented!.slice(0, 2)) await addConsent(house, principal, to);
    const ready = await approved({ recipient: other });
    await prepareAll();
    expect(await stateOf(ready)).toBe('ready');
    const waiting = await approved({ recipient: other });
    const { version } = (
      await house.office.database.query<{ version: number }>('SELECT version FROM recipients WHERE id = $1', [other])
    )[0]!;
    valueOf(await stopRecipient(house.office, officer, { id: other, version, reason: '漏えいのおそれ' }));
    await prepareAll();
    expect(await stateOf(waiting)).toBe('refused');
    expect(await onRecord(waiting)).toEqual([]);
    expect(await house.office.database.query('SELECT 1 FROM package_parts WHERE package_id = $1', [waiting])).toEqual(
      [],
    );
    expect(await packageFile(house.office, officer, ready)).toMatchObject({
      ok: false,
      problem: { kind: 'conflict', field: 'recipient' },
    });
  });

  test('leaves to no other key than the one that was approved: not before it is fetched, nor after', async () => {
    const own = await addRecipient(house, { name: '鍵の替わる相手', publicKey: await identityToRecipient(identity) });
    const at = await addConsentText(house, { code: 'key-changes', holding, recipients: [own], items });
    await addConsent(house, people.consented![0]!, at);
    const rekey = async (publicKey: string | null) => {
      const { recipient: now } = valueOf(await dossierOf(house.office, own));
      const input = { ...contentOf(now), publicKey };
      return valueOf(await changeRecipient(house.office, officer, { id: own, version: now.version, input }));
    };
    const id = await approved({ recipient: own });
    await prepareAll();
    const stranger = await identityToRecipient(await generateX25519Identity());
    await rekey(stranger);
    const refused = { ok: false, problem: { kind: 'conflict', field: 'recipient' } };
    expect(await packageFile(house.office, officer, id)).toMatchObject(refused);
    expect(await onRecord(id)).toEqual([]);
    await rekey(await identityToRecipient(identity));
    expect(await opened(id)).toHaveLength(1);
    await rekey(stranger);
    expect(await packageFile(house.office, officer, id)).toMatchObject(refused);
    valueOf(await closePackage(house.office, officer, id));

    // Nor is it approved for a key other than the one approval was requested with, which its page shows, or when it was requested with none.
    const asked = await draft({ recipient: own });
    valueOf(await requestPackage(house.office, handler, asked));
    await rekey(await identityToRecipient(identity));
    expect(await approvePackage(house.office, officer, asked)).toMatchObject(refused);
    valueOf(await declinePackage(house.office, officer, asked, '試験'));
    const keyless = await draft({ recipient: own });
    await rekey(null);
    expect(await requestPackage(house.office, handler, keyless)).toMatchObject(refused);
    valueOf(await cancelPackage(house.office, handler, keyless, '試験'));
  });

  test('does not leave when the recipient is being stopped at that moment', async () => {
    const key = await identityToRecipient(await generateX25519Identity());
    const other = await addRecipient(house, { name: '株式会社例示撤退', publicKey: key });
    const to = await addConsentText(house, { holding, recipients: [other], items });
    for (const principal of people.consented!.slice(0, 2)) await addConsent(house, principal, to);
    const ready = await approved({ recipient: other });
    await prepareAll();
    const [stopped, late] = await atOnce(
      house.db,
      'recipient_versions',
      () => stopRecipient(house.office, officer, { id: other, version: 1, reason: '契約の終了' }),
      () => packageFile(house.office, officer, ready),
    );
    expect(stopped.ok).toBe(true);
    expect(late).toMatchObject({ ok: false, problem: { kind: 'conflict', field: 'recipient' } });
    expect(await onRecord(ready)).toEqual([]);
  });

  test('is not made when the log cannot be written: nothing is read, sealed or recorded', async () => {
    const id = await approved();
    const columns = '(id, at, action, actor, principal_id, entry)';
    await house.db.owner.query(`REVOKE INSERT ${columns} ON log_entries FROM sekisho_app`, []);
    try {
      await expect(prepareNext(house.office)).rejects.toMatchObject({ code: '42501' });
    } finally {
      await house.db.owner.query(`GRANT INSERT ${columns} ON log_entries TO sekisho_app`, []);
    }
    expect(valueOf(await packageOf(house.office, id))).toMatchObject({ state: 'preparing', progress: { sealed: 0 } });
    expect(await stuckOf(id)).toMatchObject({ why: 'other', person: null });
    await prepareAll();
    expect(await stateOf(id)).toBe('ready');
  });

  test('is made though one that was approved before cannot be: a record in that does not open, and it says whose', async () => {
    const [first, second] = people.consented!;
    const stuck = await approved({ everybody: false }, [first!]);
    house.clock.moveTo('2026-11-26T10:01:00+09:00');
    const id = await approved({ everybody: false }, [second!]);
    const lines: string[] = [];
    const damage = `UPDATE vault_records SET ${flipped()} WHERE principal_id = '${first}'`;
    await tampered(house.db, ['vault_records'], damage, async () => {
      const rounds = keepProviding(house.office, (line) => lines.push(line));
      // The round goes on past the first package, and reports it at the end.
      await expect.poll(async () => [await stateOf(id), lines]).toEqual(['ready', ['packages: SealBroken']]);
      await rounds.stop();
      const since = { why: 'record', person: first, since: '2026-11-26T01:01:00.000Z' };
      expect(await stuckOf(stuck)).toEqual(since);
      const listed = async (by?: By) => (await packagesStuck(house.office, by?.actor)).map((one) => one.id);
      expect([await listed(), await listed(handler), await listed(officer)]).toEqual([[stuck], [stuck], []]);
      house.clock.moveTo('2026-11-26T10:02:00+09:00');
      await expect(prepareNext(house.office)).rejects.toThrow();
      expect(await stuckOf(stuck)).toEqual(since);
    });
    house.clock.moveTo('2026-11-26T10:00:00+09:00');
    expect([await stateOf(stuck), lines]).toEqual(['preparing', ['packages: SealBroken']]);
    await prepareAll();
    expect([await stateOf(stuck), await stuckOf(stuck)]).toEqual(['ready', null]);
  });

  test('that cannot be prepared for its key is cancelled, and says so no more', async () => {
    const id = await approved();
    await house.db.owner.query(`UPDATE packages SET ${flipped('wrapped_key')} WHERE id = $1`, [id]);
    await expect(prepareNext(house.office)).rejects.toThrow();
    expect(await stuckOf(id)).toMatchObject({ why: 'key', person: null });
    valueOf(await cancelPackage(house.office, officer, id, '作り直す'));
    expect([await stateOf(id), await stuckOf(id)]).toEqual(['cancelled', null]);
  });

  test('by entrustment needs no consent and makes no record, but everybody is written down; only who asked that everything stop is left out', async () => {
    const printer = await addRecipient(
      house,
      { name: '株式会社みなと印刷', relations: ['entrustment'], publicKey: await identityToRecipient(identity) },
      entrusted,
    );
    const id = await approved({ recipient: printer, facts: { relation: 'entrustment' } });
    await prepareAll();
    const all = await house.office.database.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM vault_records WHERE holding_id = $1
         AND principal_id NOT IN (SELECT principal_id FROM consent_objections WHERE scope = 'everything')`,
      [holding],
    );
    expect((await opened(id)).length).toBe(all[0]!.n);
    expect((await onRecord(id)).length).toBe(all[0]!.n);
    const rows = await listProvisions(house.office.database, { recipient: printer, most: 10 });
    expect(rows.every((row) => row.record === null)).toBe(true);
    expect(rows.reduce((sum, row) => sum + row.people, 0)).toBe(all[0]!.n);
  });
});

describe('between ready and the fetching', () => {
  interface Ready {
    id: string;
    persons: string[];
    consents: string[];
  }

  interface Making {
    /** Each person in a part of their own. */
    apart?: boolean;
    steps?: number;
    note?: string;
    more?: Partial<PackageAsk>;
  }

  /** A package of new persons who consented, ready to be fetched or as far as `steps` take it. */
  async function ready(
    name: string,
    count: number,
    { apart = false, steps = Infinity, note, more }: Making = {},
  ): Promise<Ready> {
    const persons: string[] = [];
    const consents: string[] = [];
    for (let i = 0; i < count; i++) {
      const email = `${name}-${i}@example.jp`;
      const kept = { name: '間 花子', email, ...(note === undefined ? {} : { note }) };
      const { principal } = await addPerson(house, holding, kept);
      emails.set(principal, email);
      persons.push(principal);
      consents.push(await addConsent(house, principal, text));
    }
    const id = await approved({ everybody: false, ...more }, persons);
    if (apart) {
      await house.db.owner.query(
        `UPDATE package_people p SET part = n.n - 1 FROM (
           SELECT principal_id, row_number() OVER (ORDER BY principal_id) AS n FROM package_people WHERE package_id = $1) AS n
         WHERE p.package_id = $1 AND p.principal_id = n.principal_id`,
        [id],
      );
    }
    for (let step = 0; step < steps && (await prepareNext(house.office)); step++);
    return { id, persons, consents };
  }

  const erase = async (principal: string) =>
    valueOf(await eraseAll(house.office, officer, { principal, ground: 'request-unlawful' }));
  const withdraw = async (consent: string) =>
    valueOf(await withdrawConsent(house.office, officer, consent, { on: house.office.clock.today(), evidence: null }));
  const correctEmail = async (principal: string, email: string) => {
    valueOf(
      await correct(house.office, officer, {
        principal,
        holding,
        items: { email },
        ground: 'accuracy',
      }),
    );
    emails.set(principal, email);
  };
  const sealedOf = async (principal: string): Promise<number> =>
    (
      await house.office.database.query<{ n: number }>(
        'SELECT count(*)::int AS n FROM package_parts WHERE $1 = ANY(principals)',
        [principal],
      )
    )[0]!.n;
  const entriesOf = async (id: string, action: string) =>
    (await listEntries(house.office.database, { most: 60 }))
      .map(({ entry }) => entry)
      .filter((entry) => entry.package === id && entry.action === action);

  afterEach(() => house.clock.moveTo('2026-11-26T10:00:00+09:00'));

  test('holds who consented anew meanwhile, to the same words or to others, on record with the consent that stands', async () => {
    const readers = await addHolding(house, { name: { ja: '会報の読者', en: 'Readers of the bulletin' } });
    const of = { holding: readers, recipients: [recipient], items };
    const [words, others] = [await addConsentText(house, of), await addConsentText(house, of)];
    const before = day('2026-11-20');
    const persons: Record<'as-before' | 'anew' | 'otherwise' | 'others', { principal: string; consent: string }> = {
      'as-before': await consenting('as-before', words),
      anew: await consenting('anew', words),
      otherwise: await consenting('otherwise', words),
      others: await consenting('others', others),
    };
    async function consenting(who: string, to: typeof words) {
      const { principal } = await addPerson(house, readers, { name: `例示 ${who}`, email: `${who}@example.jp` });
      return { principal, consent: await addConsent(house, principal, to, before) };
    }
    const id = await approved({ holding: readers });
    await prepareAll();
    const today = house.office.clock.today();
    for (const [who, to] of [
      ['anew', words],
      ['otherwise', others],
    ] as const) {
      const { principal, consent } = persons[who];
      valueOf(await withdrawConsent(house.office, officer, consent, { on: before, evidence: null }));
      persons[who].consent = await addConsent(house, principal, to, today);
    }
    expect(emailsIn(await opened(id))).toEqual(
      ['anew', 'as-before', 'others', 'otherwise'].map((who) => `${who}@example.jp`),
    );
    const written = await house.office.database.query<{ principal: string; consent: string }>(
      `SELECT w.principal_id AS principal, w.consent_id AS consent FROM provision_people w JOIN provisions p ON p.id = w.provision_id
       WHERE p.package_id = $1`,
      [id],
    );
    const byId = (all: readonly { principal: string }[]) =>
      all.toSorted((a, b) => a.principal.localeCompare(b.principal));
    expect(byId(written)).toEqual(byId(Object.values(persons)));
  });

  test('who was erased, withdrew or objected does not leave, and the record says who really did, and when', async () => {
    const { id, persons, consents } = await ready('since', 5);
    expect([await stateOf(id), await onRecord(id)]).toEqual(['ready', []]);
    await erase(persons[0]!);
    await withdraw(consents[1]!);
    valueOf(
      await object(house.office, officer, {
        principal: persons[2]!,
        scope: 'provision',
        purpose: null,
        recipient: null,
        said: { on: day('2026-11-26'), at: null },
        evidence: null,
      }),
    );
    house.clock.moveTo('2026-12-05T10:00:00+09:00');
    expect(emailsIn(await opened(id))).toEqual(emailsOf(persons.slice(3)));
    expect((await onRecord(id)).toSorted()).toEqual(persons.slice(3).toSorted());
    const [provision, ...more] = await listProvisions(house.office.database, { package: id, most: 10 });
    expect(more).toEqual([]);
    expect(provision).toMatchObject({
      people: 2,
      by_actor: `staff:${house.staff.officer}`,
      at: new Date('2026-12-05T10:00:00+09:00'),
      record: { made_on: '2026-12-05', keep_until: '2029-12-05' },
    });
    const [given] = await entriesOf(id, 'package:provide');
    expect(given).toMatchObject({ id: provision!.id, people: 2, authority: officer.authority });
    expect((await entriesOf(id, 'package:fetch')).map((entry) => entry.people)).toEqual([2]);
    const recorded = provisionProvers.find((one) => one.promise === 'provision-recorded')!;
    expect(await recorded.prove(house.office)).toMatchObject({ state: 'kept' });
  });

  const objecting = (principal: string) =>
    object(house.office, officer, {
      principal,
      scope: 'everything',
      purpose: null,
      recipient: null,
      said: { on: house.office.clock.today(), at: null },
      evidence: null,
    });
  let meanwhile = 0;
  test.each([
    ['who withdraws', ({ consents }: Ready) => withdraw(consents[0]!)],
    ['who objects', async ({ persons }: Ready) => valueOf(await objecting(persons[0]!))],
    [
      'who objects under another id of theirs',
      async ({ persons }: Ready) => {
        const { principal } = await addPerson(house, holding, { name: '間 花子', email: 'other-id@example.jp' });
        valueOf(await linkPeople(house, officer, { principal: persons[0]!, sameAs: principal, shownBy: 'document' }));
        return valueOf(await objecting(principal));
      },
    ],
    [
      'for whom the desk stops it',
      ({ persons }: Ready) => addStop(house, persons[0]!, 'provision', '35(4)', { on: house.office.clock.today() }),
    ],
  ])('%s while it is handed over hears so once it has gone: what went is on record by then', async (_, end) => {
    const made = await ready(`meanwhile-${++meanwhile}`, 2);
    let seen: string[] = [];
    const [file] = await atOnce(
      house.db,
      'provisions',
      () => packageFile(house.office, officer, made.id),
      async () => {
        await end(made);
        seen = await onRecord(made.id);
      },
    );
    await valueOf(file).body.cancel();
    expect(seen.toSorted()).toEqual(made.persons.toSorted());
    expect(emailsIn(await opened(made.id))).toEqual(emailsOf(made.persons.slice(1)));
  });

  test('an erasure destroys what is sealed of the person at once, also while it is prepared, or not at all', async () => {
    const { id, persons } = await ready('sealed', 3, { apart: true });
    const begun = await ready('half', 2, { steps: 1 });
    for (const { persons: listed } of [{ persons }, begun]) {
      expect(await sealedOf(listed[0]!)).toBe(1);
      await expect(
        eraseAll(house.office, officer, {
          principal: listed[0]!,
          ground: 'request-unlawful',
          record: () => Promise.reject(new Error('the desk could not write')),
        }),
      ).rejects.toThrow('the desk could not write');
      expect(await sealedOf(listed[0]!)).toBe(1);
      await erase(listed[0]!);
      expect(await sealedOf(listed[0]!)).toBe(0);
    }
    expect(await sealedOf(persons[1]!)).toBe(1);
    await prepareAll();
    expect(emailsIn(await opened(id))).toEqual(emailsOf(persons.slice(1)));
    expect(emailsIn(await opened(begun.id))).toEqual(emailsOf(begun.persons.slice(1)));
  });

  /** Seals the next part of a package in an open transaction, which keeps the package locked. */
  const sealOne = async (tx: Tx, id: string): Promise<void> => {
    const going = await goingOn(house.office, tx, (await lockPackage(tx, id))!);
    if (!('basis' in going)) throw new Error('the package goes on');
    expect(await sealNext(house.office, tx, (await lockPackage(tx, id))!, going)).toBe(true);
  };
  test('who is erased while their part is being sealed is not in it afterwards', async () => {
    const { id, persons } = await ready('moment', 2, { steps: 0 });
    const { begun } = await house.db.owner.transaction(async (tx) => {
      await sealOne(tx, id);
      return beside(house.db, tx, () => erase(persons[0]!));
    });
    await begun;
    expect(await sealedOf(persons[0]!)).toBe(0);
    await prepareAll();
    expect(emailsIn(await opened(id))).toEqual(emailsOf(persons.slice(1)));
  });

  test('who is erased while another package is approved with them is sealed in neither afterwards', async () => {
    const { id, persons } = await ready('between', 2);
    const other = await draft({ everybody: false });
    valueOf(await listPeople(house.office, handler, other, persons.join('\n')));
    valueOf(await requestPackage(house.office, handler, other));
    const { begun } = await house.db.owner.transaction(async (sealing) => {
      const erasing = await house.db.owner.transaction(async (first) => {
        await lockPackage(first, id);
        const waiting = await beside(house.db, first, () => erase(persons[0]!));
        valueOf(await approvePackage(house.office, officer, other));
        await sealOne(sealing, other);
        return waiting;
      });
      await erasing.rests(sealing);
      return erasing;
    });
    await begun;
    expect(await sealedOf(persons[0]!)).toBe(0);
    await prepareAll();
    for (const one of [id, other]) expect(emailsIn(await opened(one))).toEqual(emailsOf(persons.slice(1)));
  });

  /** What is written down of who fell out, and what the log says of it: how many, why, on which grounds. */
  const fallenOf = async (id: string) => {
    const { fallen } = valueOf(await packageOf(house.office, id));
    return fallen.map((one) => [one.people, whyOut(one), one.provided ?? false]).toSorted();
  };
  const loggedFallen = async (id: string) =>
    (await entriesOf(id, 'package:fall-out'))
      .map((entry) => [entry.people, entry.falls_out, entry.decision?.because[0], entry.actor])
      .toSorted();

  test('who moves to a class that nobody approved does not leave: how many, and why, is told before, written down and logged', async () => {
    const members = await addHolding(house, { name: { ja: '会報の会員', en: 'Members of the bulletin' } });
    const of = { holding: members, recipients: [recipient], items };
    const [words, others] = [await addConsentText(house, of), await addConsentText(house, of)];
    const persons: string[] = [];
    const consents: string[] = [];
    for (let i = 0; i < 6; i++) {
      const { principal } = await addPerson(house, members, { name: '例示 移', email: `moves-${i}@example.jp` });
      persons.push(principal);
      consents.push(await addConsent(house, principal, words, day('2026-11-20')));
    }
    const id = await approved({ holding: members });
    await prepareAll();
    const leaving = async () =>
      (await ifFetched(house.office, valueOf(await packageOf(house.office, id)))).leaving.map((one) => [
        one.people,
        whyOut(one),
        one.finding?.answer,
        one.provided ?? false,
      ]);
    expect([await leaving(), await fallenOf(id)]).toEqual([[], []]);
    await withdraw(consents[0]!);
    await addConsent(house, persons[0]!, others, house.office.clock.today());
    await erase(persons[1]!);
    await withdraw(consents[2]!);
    await addStop(house, persons[5]!, 'provision', '35(4)', { on: house.office.clock.today() });
    expect((await leaving()).toSorted()).toEqual([
      [1, 'stopped', 'no', false],
      [1, 'unapproved', 'yes', false],
      [1, 'unknown', undefined, false],
      [1, 'withdrawn', 'no', false],
    ]);
    expect([await fallenOf(id), await loggedFallen(id)]).toEqual([[], []]);

    expect(emailsIn(await opened(id))).toEqual(['moves-3@example.jp', 'moves-4@example.jp']);
    const written = [
      [1, 'stopped', false],
      [1, 'unapproved', false],
      [1, 'unknown', false],
      [1, 'withdrawn', false],
    ];
    const by = `staff:${house.staff.officer}`;
    const logged = [
      [1, 'stopped', 'APPI 35(4)', by],
      [1, 'unapproved', undefined, by],
      [1, 'unknown', undefined, by],
      [1, 'withdrawn', 'APPI 27(1)', by],
    ];
    expect([await leaving(), await fallenOf(id), await loggedFallen(id)]).toEqual([[], written, logged]);
    for (const person of persons)
      expect(JSON.stringify([await entriesOf(id, 'package:fall-out'), written])).not.toContain(person);

    // Fetched as it was, nobody more falls out; who does later had been provided.
    await opened(id);
    expect([await fallenOf(id), await loggedFallen(id)]).toEqual([written, logged]);
    await withdraw(consents[3]!);
    expect(await leaving()).toEqual([[1, 'withdrawn', 'no', true]]);
    expect(emailsIn(await opened(id))).toEqual(['moves-4@example.jp']);
    expect(await fallenOf(id)).toEqual([...written, [1, 'withdrawn', true]]);
    expect(await loggedFallen(id)).toEqual([...logged, [1, 'withdrawn', 'APPI 27(1)', by]]);
  });

  test('who falls out while it is prepared is told of too: nothing held any more, or none of the items', async () => {
    const printer = await addRecipient(
      house,
      { name: '株式会社例示製本', relations: ['entrustment'], publicKey: await identityToRecipient(identity) },
      entrusted,
    );
    const more: Partial<PackageAsk> = { recipient: printer, items: ['note'], facts: { relation: 'entrustment' } };
    const { id, persons } = await ready('prepared', 4, { apart: true, steps: 0, note: '覚え', more });
    await erase(persons[0]!);
    const without = { principal: persons[1]!, holding, items: { note: null } };
    valueOf(await correct(house.office, officer, { ...without, ground: 'accuracy' }));
    await prepareAll();
    const written = [
      [1, 'items', false],
      [1, 'unknown', false],
    ];
    const logged = [
      [1, 'items', undefined, 'sekisho'],
      [1, 'unknown', undefined, 'sekisho'],
    ];
    expect([await fallenOf(id), await loggedFallen(id)]).toEqual([written, logged]);
    await valueOf(await packageFile(house.office, officer, id)).body.cancel();
    expect([await fallenOf(id), await loggedFallen(id)]).toEqual([written, logged]);
    expect(await onRecord(id)).toHaveLength(2);
  });

  test('what was corrected or taken out since is in the file as it stands now', async () => {
    const { id, persons } = await ready('corrected', 3);
    const begun = await ready('early', 2, { steps: 1 });
    await correctEmail(persons[0]!, 'present@example.jp');
    await correctEmail(begun.persons[0]!, 'present-too@example.jp');
    expect([await sealedOf(persons[0]!), await sealedOf(begun.persons[0]!)]).toEqual([0, 0]);
    await prepareAll();
    expect(emailsIn(await opened(id))).toEqual(emailsOf(persons));
    expect(emailsIn(await opened(begun.id))).toEqual(emailsOf(begun.persons));
    // What another holding keeps about them does not concern this package.
    const other = await addHolding(house, { name: { ja: '別の台帳', en: 'Another' } });
    await addPerson(house, other, { name: '間 花子' }, persons[1]);
    const amended = { principal: persons[1]!, holding: other, items: { name: '間 花' } };
    valueOf(await correct(house.office, officer, { ...amended, ground: 'accuracy' }));
    expect(await sealedOf(persons[1]!)).toBe(1);
  });

  test('fetched again, it leaves out who has fallen out since; it was provided once', async () => {
    const { id, persons, consents } = await ready('again', 3);
    const both = await Promise.all([opened(id), opened(id)]);
    for (const lines of both) expect(emailsIn(lines)).toEqual(emailsOf(persons));
    await withdraw(consents[0]!);
    await erase(persons[1]!);
    expect(emailsIn(await opened(id))).toEqual(emailsOf(persons.slice(2)));
    expect((await onRecord(id)).toSorted()).toEqual(persons.toSorted());
    expect((await entriesOf(id, 'package:provide')).map((entry) => entry.people)).toEqual([3]);
    expect((await entriesOf(id, 'package:fetch')).map((entry) => entry.people)).toEqual([1, 3, 3]);
    await withdraw(consents[2]!);
    expect(await packageFile(house.office, officer, id)).toMatchObject({ ok: false, problem: { kind: 'conflict' } });
    expect([await stateOf(id), (await onRecord(id)).length]).toEqual(['closed', 3]);
    expect(valueOf(await packageOf(house.office, id)).reason).toContain('渡せる人が、だれもいなくなりました');
  });

  test('fetched before the time of that was kept, it is of the last time on record', async () => {
    const [{ id }, unfetched] = [await ready('formerly', 1), await ready('never', 1)];
    await opened(id);
    house.clock.moveTo('2026-11-27T10:00:00+09:00');
    await opened(id);
    const { owner } = house.db;
    const name = '2026-12-27-b-package-fetched-at.sql';
    await owner.query('ALTER TABLE packages DROP COLUMN fetched_at', []);
    await owner.query('DELETE FROM migrations WHERE name = $1', [name]);
    expect(await migrate(owner, path.resolve('migrations'))).toEqual([name]);
    const times = 'SELECT fetched_at FROM packages WHERE id = ANY ($1::uuid[]) ORDER BY fetched';
    expect(await owner.query(times, [[id, unfetched.id]])).toEqual([
      { fetched_at: null },
      { fetched_at: new Date('2026-11-27T10:00:00+09:00') },
    ]);
  });

  test('where nobody is left, it ends without anything having left', async () => {
    const { id, persons, consents } = await ready('nobody', 2);
    await withdraw(consents[0]!);
    await erase(persons[1]!);
    expect(await packageFile(house.office, officer, id)).toMatchObject({
      ok: false,
      problem: { kind: 'conflict', field: 'state', says: { en: 'Nobody is left whose information may go' } },
    });
    expect(await stateOf(id)).toBe('refused');
    expect([await onRecord(id), await entriesOf(id, 'package:fetch')]).toEqual([[], []]);
    expect(await house.office.database.query('SELECT 1 FROM package_parts WHERE package_id = $1', [id])).toEqual([]);
  });

  test('it may be given up as long as it was not fetched', async () => {
    const [one, other] = [await ready('given-up', 1), await ready('fetched', 1)];
    valueOf(await cancelPackage(house.office, handler, one.id, '宛先の誤り'));
    expect([await stateOf(one.id), await onRecord(one.id)]).toEqual(['cancelled', []]);
    await opened(other.id);
    expect(await cancelPackage(house.office, handler, other.id, '宛先の誤り')).toMatchObject({
      problem: { kind: 'conflict', field: 'state' },
    });
    expect(await stateOf(other.id)).toBe('ready');
  });

  test('many parts are sealed anew for one fetching', async () => {
    const { id, persons } = await ready('many', 60, { apart: true });
    for (const principal of persons.slice(0, 55)) await correctEmail(principal, `new-${emails.get(principal)}`);
    expect(emailsIn(await opened(id))).toEqual(emailsOf(persons));
    expect((await onRecord(id)).toSorted()).toEqual(persons.toSorted());
  });

  let streams = 0;

  test.each<[string, (of: Ready) => Promise<unknown>]>([
    ['was closed', ({ id }) => closePackage(house.office, officer, id)],
    ['lost somebody who was erased', ({ persons }) => erase(persons.toSorted().at(-1)!)],
    [
      'lost somebody and was sealed anew',
      async ({ id, persons }) => {
        await erase(persons.toSorted().at(-1)!);
        await valueOf(await packageFile(house.office, officer, id)).body.cancel();
      },
    ],
  ])('the stream of a package that %s meanwhile ends in an error, never short', async (_, happens) => {
    const printer = await addRecipient(
      house,
      { name: `例示印刷${streams}`, relations: ['entrustment'], publicKey: await identityToRecipient(identity) },
      entrusted,
    );
    // More than the server reads ahead of a slow reader.
    const more: Partial<PackageAsk> = { recipient: printer, items: ['note'], facts: { relation: 'entrustment' } };
    const made = await ready(`stream-${streams++}`, 12, { apart: true, note: '間'.repeat(10_000), more });
    const { body } = valueOf(await packageFile(house.office, officer, made.id));
    await happens(made);
    await expect(new Response(body).arrayBuffer()).rejects.toThrow('package: a part is not there any more');
  });
});

describe('a package that an earlier version screened', () => {
  const MIGRATION = '2026-12-09-u-screened-before.sql';
  let both: string;
  /** Persons whose items are held for P3; the last two did not consent. */
  const came = ['first', 'second', 'third', 'fourth'].map((who) => `before-${who}@example.jp`);

  beforeAll(async () => {
    both = await addHolding(house, { name: { ja: '前の台帳', en: 'Before' }, purposes: ['P1', 'P3'] });
    const asked = { holding: both, recipients: [recipient], items };
    const [one, other] = [await addConsentText(house, asked), await addConsentText(house, { ...asked, purpose: 'P1' })];
    for (const [i, email] of came.entries()) {
      const { principal } = await addPerson(house, both, { name: '例示 前', email }, undefined, ['P3']);
      if (i < 2) await addConsent(house, principal, one);
      if (i === 0) await addConsent(house, principal, other);
    }
  });

  /** Puts a package back to how it was before items were checked against the purposes they are held for, then migrates it as a start does. */
  async function earlier(id: string): Promise<void> {
    const { owner } = house.db;
    await owner.query(
      `UPDATE packages SET screening = (SELECT jsonb_agg(one - 'heldFor' - 'objected') FROM jsonb_array_elements(screening) AS one)
       WHERE id = $1`,
      [id],
    );
    // The held records were rewritten on the way here, which destroyed the sealed parts.
    await owner.query('DELETE FROM package_parts WHERE package_id = $1', [id]);
    await owner.query('DELETE FROM migrations WHERE name = $1', [MIGRATION]);
    expect(await migrate(owner, path.resolve('migrations'))).toEqual([MIGRATION]);
  }

  test('says why persons fell out, and holds who may go', async () => {
    const id = await approved({ holding: both });
    await prepareAll();
    await earlier(id);
    expect(await reasons(id)).toEqual({ in: 2, none: 2 });
    expect(emailsIn(await opened(id))).toEqual(came.slice(0, 2).toSorted());
  });

  test('holds who consented to it, though what is held of them is for something else', async () => {
    const id = await approved({ holding: both, purpose: 'P1' });
    await earlier(id);
    await prepareAll();
    expect(emailsIn(await opened(id))).toEqual(came.slice(0, 1));
  });

  test('of an entrustment goes on being prepared', async () => {
    const sender = await addRecipient(
      house,
      { name: '株式会社例示配送', relations: ['entrustment'], publicKey: await identityToRecipient(identity) },
      entrusted,
    );
    const id = await approved({ holding: both, recipient: sender, facts: { relation: 'entrustment' } });
    await earlier(id);
    await prepareAll();
    expect(emailsIn(await opened(id))).toEqual(came.toSorted());
  });
});

describe('the end of records', () => {
  let provision: string;
  beforeEach(async () => {
    provision = (await listProvisions(house.office.database, { recipient, recorded: true, most: 1 }))[0]!.id;
  });
  const keepUntil = (on: string) =>
    house.db.owner.query('UPDATE provision_records SET keep_until = $2 WHERE provision_id = $1', [provision, on]);

  test('comes when its time is over, with its persons and an entry', async () => {
    await keepUntil('2026-11-25');
    // An abort does not wait until everything is erased.
    expect(await eraseExpired(house.office, AbortSignal.abort())).toBe(0);
    expect(await eraseExpired(house.office)).toBe(1);
    expect(await house.office.database.query('SELECT 1 FROM provisions WHERE id = $1', [provision])).toEqual([]);
    expect(
      await house.office.database.query('SELECT 1 FROM provision_people WHERE provision_id = $1', [provision]),
    ).toEqual([]);
    expect((await listEntries(house.office.database, { most: 1 }))[0]!.entry).toMatchObject({
      action: 'records:expire',
      provisions: [provision],
    });
  });

  test('does not come by the date of a clock that leapt', async () => {
    await keepUntil('2026-11-25');
    await clockLeapt(house.db, '2026-11-20T00:00:00Z');
    expect(await eraseExpired(house.office)).toBe(0);
    await clockLeapt(house.db, null);
    expect(await eraseExpired(house.office)).toBe(1);
  });

  test('comes to hundreds that end on one day, in pieces with an entry each', async () => {
    const copies = 450;
    const ended = await house.db.owner.query<{ id: string }>(
      `WITH copied AS (
         INSERT INTO provisions SELECT (jsonb_populate_record(p, jsonb_build_object('id', gen_random_uuid()))).*
         FROM provisions p, generate_series(1, ${copies}) WHERE p.id = $1 RETURNING id)
       INSERT INTO provision_records
       SELECT (jsonb_populate_record(r, jsonb_build_object('provision_id', c.id, 'keep_until', '2026-11-01'))).*
       FROM provision_records r, copied c WHERE r.provision_id = $1 RETURNING provision_id AS id`,
      [provision],
    );
    expect(await eraseExpired(house.office)).toBe(copies);
    const gone = ended.map(({ id }) => id).toSorted();
    expect(await house.office.database.query('SELECT 1 FROM provisions WHERE id = ANY($1::uuid[])', [gone])).toEqual(
      [],
    );
    const entries = (await listEntries(house.office.database, { most: 3 })).map(({ entry }) => entry);
    expect(entries.map(({ action }) => action)).toEqual(['records:expire', 'records:expire', 'records:expire']);
    const told = entries.map((entry) => entry.provisions as string[]);
    expect(told.map((ids) => ids.length).toReversed()).toEqual([200, 200, 50]);
    expect(told.flat().toSorted()).toEqual(gone);
  });

  test('never comes before, whatever the clock of the application says', async () => {
    await keepUntil('2026-11-26');
    expect(await eraseExpired(house.office)).toBe(0);
    const wrong = await house.office.database.query('SELECT expire_provision_records($1)', ['2099-01-01']);
    const late = await house.office.database.query<{ n: number }>(
      "SELECT count(*)::int AS n FROM provision_records WHERE keep_until >= (now() AT TIME ZONE 'Asia/Tokyo')::date",
      [],
    );
    expect(late[0]!.n).toBeGreaterThan(0);
    expect(wrong.length).toBeLessThanOrEqual(1);
    await expect(house.office.database.query('DELETE FROM provision_records', [])).rejects.toMatchObject({
      code: '42501',
    });
  });
});

describe('the rounds', () => {
  test('leave a file that nobody fetched, where its time is over only by a clock that leapt', async () => {
    const unfetched = await approved();
    await prepareAll();
    await house.db.owner.query("UPDATE packages SET state_at = '2026-11-01' WHERE id = $1", [unfetched]);
    await clockLeapt(house.db, '2026-11-10T00:00:00Z');
    const waiting = await approved();
    const rounds = keepProviding(house.office, expect.fail);
    await expect.poll(() => stateOf(waiting)).toBe('ready');
    await rounds.stop();
    expect(await stateOf(unfetched)).toBe('ready');
    await clockLeapt(house.db, null);
  });

  test('prepare packages though tidying fails, say so, and tidy again an hour later or once the clock is put back', async () => {
    const lines: string[] = [];
    const expiring = 'EXECUTE ON FUNCTION expire_provision_records';
    const closing = await approved();
    await prepareAll();
    await house.db.owner.query("UPDATE packages SET state_at = '2026-11-01' WHERE id = $1", [closing]);
    const waiting = await approved();
    await house.db.owner.query(`REVOKE ${expiring} FROM sekisho_app`, []);
    const rounds = keepProviding(house.office, (line) => lines.push(line));
    try {
      const states = async () => [await stateOf(waiting), await stateOf(closing), lines];
      await expect.poll(states).toEqual(['ready', 'closed', ['packages, tidying: error']]);
      await house.db.owner.query(`GRANT ${expiring} TO sekisho_app`, []);
      for (const at of ['2026-11-26T11:30:00+09:00', '2026-11-26T08:00:00+09:00']) {
        const [{ id: over }] = (await house.db.owner.query<{ id: string }>(
          `UPDATE provision_records SET keep_until = '2026-11-01' WHERE provision_id =
             (SELECT provision_id FROM provision_records LIMIT 1) RETURNING provision_id AS id`,
          [],
        )) as [{ id: string }];
        const left = () => house.office.database.query('SELECT 1 FROM provisions WHERE id = $1', [over]);
        house.clock.moveTo(at);
        await expect.poll(left).toEqual([]);
      }
      expect(lines).toEqual(['packages, tidying: error']);
    } finally {
      await house.db.owner.query(`GRANT ${expiring} TO sekisho_app`, []);
      await rounds.stop();
      house.clock.moveTo('2026-11-26T10:00:00+09:00');
    }
  });
});

test('many packages at once are screened, looked at and fetched as each alone is, more than there are connections to the database', async () => {
  const many = await addRecipient(house, {
    name: '多数提供先株式会社',
    publicKey: await identityToRecipient(identity),
  });
  const consenting = await addConsentText(house, { holding, recipients: [many], items });
  const { principal } = await addPerson(house, holding, { name: '大勢 一子', email: 'many@example.jp' });
  await addConsent(house, principal, consenting);
  const ids: string[] = [];
  for (let n = 0; n < 13; n++) {
    const id = await draft({ recipient: many, everybody: false });
    valueOf(await listPeople(house.office, handler, id, principal));
    ids.push(id);
  }
  const screened = await Promise.all(ids.map((id) => screenPackage(house.office, handler, id)));
  expect(screened.map((one) => admitted(valueOf(one).screening!))).toEqual(ids.map(() => 1));
  for (const id of ids) {
    valueOf(await requestPackage(house.office, handler, id));
    valueOf(await approvePackage(house.office, officer, id));
  }
  await prepareAll();
  const rows = await Promise.all(ids.map(async (id) => valueOf(await packageOf(house.office, id))));
  expect(await Promise.all(rows.map((row) => packageWaits(house.office, row)))).toEqual(ids.map(() => null));
  const files = await Promise.all(ids.map(opened));
  expect(files.map(emailsIn)).toEqual(ids.map(() => ['many@example.jp']));
});
