// The words of events, the number of a registered mail and the law by which a record is kept, are sealed with the papers of the request and erased
// with them. What an earlier version kept in clear is sealed when the office starts, and the events still match the log.

import fs from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { collectedFor, openTestDesk, registered, rightPapers, seen } from '../../../tests/desk.ts';
import { filesWith, migrationsBefore, tablesWith, testDatabase, type TestDatabase } from '../../../tests/house.ts';
import type { TestOffice } from '../../../tests/office.ts';
import { addHolding, addPerson, valueOf } from '../../../tests/people.ts';
import { day } from '../../base/day.ts';
import { newId } from '../../base/id.ts';
import { append, logEntry } from '../../log/index.ts';
import type { Office } from '../../office.ts';
import { migrate } from '../../platform/database/index.ts';
import { packageKey } from '../../vault/index.ts';
import type { By, Room } from '../access/index.ts';
import type { Case } from './actions/cases.ts';
import { eventDigest, foldedOf } from './actions/happen.ts';
import { readPaper } from './actions/papers.ts';
import { decide } from './actions/decide.ts';
import { sealWaitingWords, withoutLaw } from './actions/event-words.ts';
import { receivePapers } from './actions/receive.ts';
import type { EventBody } from './facts/event.ts';
import { requestFrom } from './facts/stage.ts';
import { deskProvers } from './promises.ts';
import { insertEvent } from './store/events.ts';
import type { EventRow } from './tables.ts';

let house: TestOffice;
let desk: Room;
let by: By;
let holding: string;
beforeAll(async () => {
  ({ house, desk, by } = await openTestDesk());
  holding = await addHolding(house);
});
afterAll(() => house.close());

const [mail, law] = ['777-10-4242-0', '国税通則法の帳簿（佐藤晴子の分）'];
const keeping = { legalBasis: law, until: day('2099-03-31'), part: false };

const said = async ({ row, papers }: Case, kind: 'mail' | 'keeping'): Promise<string[]> =>
  Promise.all(
    papers
      .filter((paper) => paper.kind === kind && paper.gone_at === null)
      .map(async ({ id }) => valueOf(await readPaper(desk, by, row.id, id))),
  );

test('words are told apart from the facts of a decision', () => {
  const facts = { reason: 'may-harm', keeping: { until: keeping.until, part: false } };
  expect(withoutLaw({ ...facts, keeping })).toEqual({ facts, law });
  for (const none of [{}, { keeping: null }, facts]) expect(withoutLaw(none)).toEqual({ facts: none, law: undefined });
});

test('they are papers of the request, in no table, and those of a decision are its own', async () => {
  const on = house.office.clock.today();
  await addPerson(house, holding, { name: '例示 保', email: 'words@example.jp' });
  const made = await registered(desk, by, 'erasure');
  const papers = { ...rightPapers, on, form: made.request.form ? 'right' : 'none', feeYen: 0 } as const;
  const came = valueOf(await receivePapers(desk, by, made.row.id, seen(made), { ...papers, registeredMail: mail }));
  const one = await collectedFor(desk, by, came, '例示 保');
  expect(await said(one, 'mail')).toEqual([mail]);
  const ask = { reason: '保存の義務があるため', plan: { measures: '利用を止める' }, answer: '', mayRefuse: true };
  const facts = { reason: 'may-harm', found: 'all', keeping, substitute: { difficult: true, protects: true } } as const;
  const first = valueOf(await decide(desk, by, one.row.id, seen(one), { ...ask, facts }));
  expect(await said(first, 'keeping')).toEqual([law]);
  const other = { ...facts, keeping: { ...keeping, legalBasis: '会社法の帳簿' } };
  const second = valueOf(await decide(desk, by, one.row.id, seen(first), { ...ask, facts: other }));
  expect(await said(second, 'keeping')).toEqual(['会社法の帳簿']);
  expect(second.request.decided?.facts).toMatchObject({ keeping: { until: keeping.until } });
  expect(await tablesWith(house.db.owner, [mail, law, '会社法の帳簿'])).toEqual([]);
});

describe('what an earlier version kept in clear', () => {
  let old: TestDatabase;
  let earlier: string;
  let office: Office;
  const [open, erased] = [newId(2), newId(3)];
  const on = day('2026-11-02');

  /** Writes events as that version did, with the digest in the log. */
  async function happened(id: string, bodies: readonly (EventBody & object)[], key: boolean): Promise<void> {
    const sealedBy = packageKey(office.vault, id);
    const at = new Date('2026-11-02T01:00:00Z');
    const request = {
      id,
      year: 2026,
      serial: key ? 1 : 2,
      kind: 'erasure',
      scope: 'customer',
      arrived_on: on,
      registered_at: at,
      by_actor: 'sekisho',
      attempt: null,
      asked: null,
      sender: null,
      kek_version: key ? sealedBy.kekVersion : null,
      wrapped_key: key ? sealedBy.wrapped : null,
      ...foldedOf(requestFrom(bodies), 0),
    };
    // Without the columns that came later.
    await old.owner.query('INSERT INTO requests SELECT * FROM json_populate_record(NULL::requests, $1)', [
      JSON.stringify({ ...request, wrapped_key: request.wrapped_key && `\\x${request.wrapped_key.toString('hex')}` }),
    ]);
    await old.app.transaction(async (tx) => {
      for (const [i, { event, on: on_day, ...data }] of bodies.entries()) {
        const entry = newId(at.getTime());
        const row: EventRow = {
          request_id: id,
          no: i + 1,
          event,
          on_day,
          at,
          by_actor: 'sekisho',
          data,
          entry_id: entry,
          attempt: null,
          asked: null,
        };
        await insertEvent(tx, row);
        const subjects = { request: id, kind: 'erasure', sha256: eventDigest(row) };
        await append(tx, logEntry(at.getTime(), { kind: 'sekisho' }, `desk:${event}`, subjects, entry));
      }
    });
  }

  const came = (registeredMail: string | null): EventBody & object => {
    const papers = { form: 'none', registeredMail, method: 'paper', feeYen: 0, unreadable: false } as const;
    return { event: 'papers-received', on, ...papers };
  };
  const decided = (legalBasis: string): EventBody => {
    const facts = { reason: 'may-harm', found: 'all', keeping: { ...keeping, legalBasis } };
    return { event: 'decided', on, result: 'otherwise', facts, finding: null };
  };
  const registration: EventBody = {
    event: 'registered',
    on,
    kind: 'erasure',
    scope: 'customer',
    arrivedOn: on,
    channel: 'letter',
    lang: 'ja',
    feeYen: 0,
    form: false,
  } as const;

  const words = [mail, '佐藤晴子'];
  const logged = async () =>
    (await deskProvers.find(({ promise }) => promise === 'every-access-logged')!.prove({ ...office })).state;

  beforeAll(async () => {
    earlier = await migrationsBefore('2026-12-14-l-request-words.sql');
    old = await testDatabase({ migrations: earlier });
    office = { ...house.office, database: old.app };
    const anew = decided('会社法の帳簿（佐藤晴子の分）');
    await happened(open, [registration, came(mail), came(null), decided(law), anew], true);
    await happened(
      erased,
      [registration, came('888-佐藤晴子'), decided('佐藤晴子の帳簿'), { event: 'papers-erased', on }],
      false,
    );
  });
  afterAll(async () => {
    await old.drop();
    await fs.rm(earlier, { recursive: true });
  });

  test('waits for the start of the office, is sealed then, and nothing is left of it', async () => {
    expect(await tablesWith(old.owner, words)).toEqual(['request_events']);
    await migrate(old.owner, path.resolve('migrations'));
    expect(await filesWith(old.owner, 'request%', words)).toEqual(['request_words_waiting']);
    // Two processes that start at once.
    await Promise.all([sealWaitingWords(office), sealWaitingWords(office)]);
    expect(await tablesWith(old.owner, words)).toEqual([]);
    expect(await filesWith(old.owner, 'request%', words)).toEqual([]);
    const papers = await old.owner.query(
      'SELECT request_id, place, kind, about FROM request_papers ORDER BY place',
      [],
    );
    expect(papers).toEqual([
      { request_id: open, place: 1, kind: 'mail', about: '2' },
      { request_id: open, place: 2, kind: 'keeping', about: '4' },
      { request_id: open, place: 3, kind: 'keeping', about: '5' },
    ]);
    expect(await old.owner.query('SELECT papers FROM requests ORDER BY serial', [])).toEqual([
      { papers: 3 },
      { papers: 0 },
    ]);
  });

  test('is as the log has it, and no other words are', async () => {
    expect(await logged()).toBe('kept');
    await old.owner.query(
      `UPDATE request_papers p SET sealed = o.sealed FROM request_papers o WHERE p.place = 2 AND o.place = 3`,
      [],
    );
    expect(await logged()).toBe('broken');
  });
});
