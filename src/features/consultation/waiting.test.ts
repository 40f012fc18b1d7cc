// A kept consultation that waits for the privacy officer's judgement: who is told by mail, against a real mail server, and until when it waits.

import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { PASSWORD_HASH } from '../../../tests/house.ts';
import { onlyMay, openTestOffice, type TestOffice } from '../../../tests/office.ts';
import { addHolding, openTestCheckpoint, valueOf } from '../../../tests/people.ts';
import { mailServer } from '../../../tests/smtp.ts';
import type { Role } from '../../base/actor.ts';
import { day } from '../../base/day.ts';
import { addFictionalStaff, type By, type Room } from '../access/index.ts';
import { standing } from '../checkpoint/index.ts';
import { consult, consultationsWaiting, judgeAndTell, judgementsOf, type JudgementContent } from './actions.ts';
import { questionOf } from './questions/index.ts';

const { received, serve, close: closeMail } = mailServer();
let house: TestOffice;
let close: () => Promise<void>;
let holding: string;
const as = (role: string): By => ({
  actor: { kind: 'staff', id: house.staff[role]!, name: role, roles: [role as Role] },
  authority: ['everyone'],
});

beforeAll(async () => {
  const env = { SEKISHO_SMTP: `smtp://localhost:${await serve()}`, SEKISHO_MAIL_FROM: 'sekisho@example.jp' };
  house = await openTestOffice(() => [], { env });
  close = await openTestCheckpoint(house);
  holding = await addHolding(house);
  house.staff.second = await addFictionalStaff(house.access, {
    name: '例示 次席',
    email: 'second@example.jp',
    roles: ['officer'],
    passwordHash: PASSWORD_HASH,
  });
});
afterAll(async () => {
  await close();
  await house.close();
  await closeMail();
});
afterEach(async () => {
  received.length = 0;
  await house.db.owner.query('DELETE FROM judgements', []);
  await house.db.owner.query('DELETE FROM consultations', []);
});

/** To whom, its subject and the page it leads to, of each letter that has come since. */
const letters = async (): Promise<string[]> => {
  while (await house.office.mail.sendNext());
  return received
    .splice(0)
    .map(({ mail, to }) => `${to.join()} ${mail.subject} ${/\/ask\S+/.exec(mail.text ?? '')?.[0]}`)
    .sort();
};

const waiting = async (): Promise<string[]> => (await consultationsWaiting(house.office)).map(({ id }) => id);

async function ask(
  by: By,
  id: string,
  stated: object,
  about: string | null = null,
  room: Room = house,
): Promise<string> {
  const stands = await standing(house.office);
  const statement = { question: questionOf(id)!, stated, items: [], on: house.office.clock.today() };
  const kept = await consult(room, by, stands, {
    ...statement,
    holding: about === null ? null : stands.holdings.get(about)!,
  } as never);
  return valueOf(kept).id;
}

/** To send recordings for training, which only the officer can say is related to what they were made for. */
const turned = {
  information: 'personal',
  from: { id: 'P1', clause: '11' },
  newPurpose: '応対の教育に使う',
  consent: null,
};

const judged = (code: string, more: Partial<JudgementContent> = {}): JudgementContent => ({
  code,
  holding_id: null,
  purpose: null,
  answer: true,
  until_day: day('2027-03-31'),
  why: '応対の質を保つことは、もとの目的に含まれる',
  ...more,
});

const numberOf = '2026/12/07 08:42';

test('officers hear of a consultation that waits for them, and its asker hears once it is judged', async () => {
  const id = await ask(as('reception'), 'purpose-change', turned);
  expect(await waiting()).toEqual([id]);
  expect(await letters()).toEqual([
    `officer@example.jp 判断を待っている相談があります（${numberOf}） /ask/consultations/${id}`,
    `second@example.jp 判断を待っている相談があります（${numberOf}） /ask/consultations/${id}`,
  ]);
  await judgeAndTell(house, as('officer'), judged('purposeRelated', { consultation_id: id }), '');
  expect(await waiting()).toEqual([]);
  expect(await letters()).toEqual([
    `reception@example.jp 相談に答えが出ました（${numberOf}） /ask/consultations/${id}`,
  ]);
  const mail = await house.db.owner.query<{ all: string }>('SELECT mail_outbox::text AS all FROM mail_outbox', []);
  expect(mail.map(({ all }) => all).join()).not.toMatch(/応対|purpose-change/);
});

test('nobody is told that a consultation waits for them once it is judged, and that one was judged is told whatever is judged later', async () => {
  const id = await ask(as('reception'), 'purpose-change', turned);
  await judgeAndTell(house, as('officer'), judged('purposeRelated', { consultation_id: id }), '');
  const [first] = (await judgementsOf(house.office)).filter(({ consultation_id }) => consultation_id === id);
  const other = judged('purposeRelated', { consultation_id: id, answer: false, why: '含まれない' });
  expect(await judgeAndTell(house, as('second'), other, first!.id)).toBeNull();
  expect(await letters()).toEqual([
    `reception@example.jp 相談に答えが出ました（${numberOf}） /ask/consultations/${id}`,
  ]);
});

test('those whom the access policies let judge hear of it, whatever their role', async () => {
  const id = await ask(as('reception'), 'purpose-change', turned, null, onlyMay(house, 'auditor', 'judgements:write'));
  expect(await letters()).toEqual([
    `auditor@example.jp 判断を待っている相談があります（${numberOf}） /ask/consultations/${id}`,
  ]);
});

test('a consultation that the law answers waits for nobody, and nobody is written to', async () => {
  await ask(as('reception'), 'use', { purpose: 'P3' }, holding);
  expect([await waiting(), await letters()]).toEqual([[], []]);
});

test('an officer who asks is not written to about their own consultation', async () => {
  const id = await ask(as('officer'), 'purpose-change', turned);
  expect(await waiting()).toEqual([id]);
  expect(await letters()).toEqual([
    `second@example.jp 判断を待っている相談があります（${numberOf}） /ask/consultations/${id}`,
  ]);
  await judgeAndTell(house, as('officer'), judged('purposeRelated', { consultation_id: id }), '');
  expect([await waiting(), await letters()]).toEqual([[], []]);
});

test('what was judged of another consultation, or of something else, leaves it waiting', async () => {
  const first = await ask(as('reception'), 'purpose-change', turned);
  const second = await ask(as('auditor'), 'purpose-change', turned);
  await letters();
  await judgeAndTell(house, as('officer'), judged('purposeRelated', { consultation_id: second }), '');
  await judgeAndTell(house, as('officer'), judged('consentCapacity'), '');
  expect(await waiting()).toEqual([first]);
  expect(await letters()).toEqual([
    `auditor@example.jp 相談に答えが出ました（${numberOf}） /ask/consultations/${second}`,
  ]);
});

test('where a judgement leaves another one lacking, the consultation waits for that one too', async () => {
  const consent = { givenBy: 'uncertain-child', on: '2026-11-20', coversPurpose: true };
  const id = await ask(as('reception'), 'purpose-change', { ...turned, consent });
  await letters();
  await judgeAndTell(house, as('officer'), judged('purposeRelated', { consultation_id: id, answer: false }), '');
  expect([await waiting(), await letters()]).toEqual([[id], []]);
  await judgeAndTell(house, as('officer'), judged('consentCapacity'), '');
  expect(await waiting()).toEqual([]);
  expect(await letters()).toEqual([
    `reception@example.jp 相談に答えが出ました（${numberOf}） /ask/consultations/${id}`,
  ]);
});

test('a consultation that was judged does not wait again once the judgement has ended', async () => {
  const id = await ask(as('reception'), 'purpose-change', turned);
  await judgeAndTell(
    house,
    as('officer'),
    judged('purposeRelated', { consultation_id: id, until_day: day('2026-12-31') }),
    '',
  );
  const now = house.clock.now();
  house.clock.moveTo('2027-01-05T09:00:00+09:00');
  expect(await waiting()).toEqual([]);
  house.clock.moveTo(new Date(now).toISOString());
});
