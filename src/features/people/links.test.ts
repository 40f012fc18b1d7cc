// Two ids that are one person: what is stopped under one id is stopped for both, no consent under one id reaches the other, nothing is opened, and
// a link made by mistake is undone with nothing lost.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestOffice, type TestOffice, type Visitor } from '../../../tests/office.ts';
import {
  addConsent,
  addConsentText,
  addHolding,
  addPerson,
  addRecipient,
  officerOf,
  openTestCheckpoint,
  valueOf,
} from '../../../tests/people.ts';
import type { Actor } from '../../base/actor.ts';
import { newId } from '../../base/id.ts';
import { listEntries } from '../../log/index.ts';
import type { By, Room } from '../access/index.ts';
import { eraseAll, forgetStanding, held, use } from '../checkpoint/index.ts';
import { object } from '../consent/index.ts';
import { provide } from '../provision/index.ts';
import { linkPeople, linksOf, unlinkPeople } from './actions/link.ts';
import { peopleRoutes } from './index.ts';

let house: TestOffice;
let room: Room;
let by: By;
let officer: Visitor;
let news: string;
let recipient: string;
let text: { code: string; version: number };
let forget: () => Promise<void>;
beforeAll(async () => {
  house = await openTestOffice((office, access) => peopleRoutes({ office, access }));
  forget = await openTestCheckpoint(house);
  room = house;
  by = { actor: officerOf(house), authority: ['officer-all-work'] };
  news = await addHolding(house);
  recipient = await addRecipient(house);
  text = await addConsentText(house, { holding: news, recipients: [recipient], items: ['name', 'email'] });
});
afterAll(async () => {
  await forget();
  await house.close();
});

let n = 0;
const someone = async (): Promise<string> =>
  (await addPerson(house, news, { name: `同 一${++n}`, email: `one-${n}@example.jp` })).principal;

/** Two ids in one ledger, linked. */
async function linked(): Promise<[string, string]> {
  const ids: [string, string] = [await someone(), await someone()];
  valueOf(await link(...ids));
  return ids;
}

const link = (principal: string, sameAs: string, of = by) =>
  linkPeople(room, of, { principal, sameAs, shownBy: 'document' });

const unlink = (principal: string, sameAs: string) => unlinkPeople(room, by, { principal, sameAs });

const entriesAbout = async (principal: string, action: string) =>
  (await listEntries(house.office.database, { actions: [action], principal, most: 50 })).map(({ entry }) => entry);

const otherIds = async (principal: string): Promise<string[]> =>
  (
    await house.db.app.query<{ other_id: string }>('SELECT other_id FROM same_person WHERE principal_id = $1', [
      principal,
    ])
  ).map((row) => row.other_id);

const using = (principal: string, purpose = 'P3') =>
  use(house.office, by, { principal, holding: news, items: ['email'], purpose });

const giving = (principal: string) =>
  provide(house.office, by, {
    principal,
    holding: news,
    items: ['name', 'email'],
    purpose: 'P3',
    recipient,
    facts: { relation: 'third-party' },
  });

const objecting = (principal: string, scope: 'everything' | 'provision') =>
  object(house.office, by, {
    principal,
    scope,
    purpose: null,
    recipient: null,
    said: { on: house.office.clock.today(), at: null },
    evidence: '電話の記録 12',
  });

describe('linking', () => {
  test('根拠と確かめ方を付けて両方の履歴に残り、何も開かない', async () => {
    const [one, other] = [await someone(), await someone()];
    const made = valueOf(await link(one, other));
    expect(made).toMatchObject({ principal_id: one, other_id: other, shown_by: 'document' });
    for (const [principal, another] of [
      [one, other],
      [other, one],
    ] as const) {
      expect(await entriesAbout(principal, 'people:link')).toMatchObject([
        {
          principal,
          other: another,
          link: made.id,
          shown_by: 'document',
          authority: ['officer-all-work'],
          decision: { answer: 'yes', because: ['APPI 22', 'Guideline 3-4-1', 'APPI 18(1)'] },
        },
      ]);
      expect(await entriesAbout(principal, 'people:use')).toEqual([]);
      expect(await otherIds(principal)).toEqual([another]);
      expect(valueOf(await held(house.office, principal))).toMatchObject({ records: [{ version: 1 }] });
    }
    expect((await entriesAbout(one, 'people:link'))[0]?.id).toBe(made.id);
  });

  test('自分自身、だれでもない番号、消去した本人、すでに結び付けた番号とは結び付けない', async () => {
    const [one, other, gone] = [await someone(), await someone(), await someone()];
    valueOf(await eraseAll(house.office, by, { principal: gone, ground: 'no-longer-needed' }));
    const nobody = newId(house.office.clock.now());
    for (const bad of [one, nobody, gone, 'x'])
      expect(await link(one, bad)).toMatchObject({ ok: false, problem: { fields: [{ field: 'same_as' }] } });
    for (const bad of [nobody, gone, 'x'])
      expect(await link(bad, one)).toMatchObject({ problem: { kind: 'not-found' } });
    valueOf(await link(one, other));
    for (const pair of [
      [one, other],
      [other, one],
    ] as const)
      expect(await link(...pair)).toMatchObject({ ok: false, problem: { kind: 'conflict', field: 'same_as' } });
    expect(await entriesAbout(other, 'people:link')).toHaveLength(1);
  });

  test('三つ以上の番号も一人になり、間の結び付けを取り消すと分かれる', async () => {
    const [a, b, c, d] = [await someone(), await someone(), await someone(), await someone()];
    valueOf(await link(a, b));
    valueOf(await link(d, c));
    valueOf(await link(c, b));
    expect((await otherIds(a)).toSorted()).toEqual([b, c, d].toSorted());
    expect(valueOf(await linksOf(room, by.actor, a))).toHaveLength(3);
    valueOf(await unlink(b, c));
    expect([await otherIds(a), await otherIds(b), await otherIds(c), await otherIds(d)]).toEqual([[b], [a], [d], [c]]);
    expect(await unlink(a, c)).toMatchObject({ problem: { kind: 'not-found' } });
  });

  test('一人とする番号は20個まで。それより多くは、結び付けても何も残らない', async () => {
    const ids = await Promise.all(Array.from({ length: 21 }, () => someone()));
    const chained = ids.slice(1, 20);
    for (const [i, id] of chained.entries()) valueOf(await link(ids[i]!, id));
    expect(await otherIds(ids[0]!)).toHaveLength(19);
    expect(await link(ids[7]!, ids[20]!)).toMatchObject({ problem: { kind: 'conflict', field: 'same_as' } });
    expect(await otherIds(ids[20]!)).toEqual([]);
    expect(await entriesAbout(ids[20]!, 'people:link')).toEqual([]);
  });

  test('同時に結び付けても、全員が一人になる', async () => {
    const ids = await Promise.all([1, 2, 3, 4, 5].map(() => someone()));
    const made = await Promise.all(ids.slice(1).map((id, i) => link(ids[i]!, id)));
    expect(made.every(({ ok }) => ok)).toBe(true);
    for (const id of ids) expect((await otherIds(id)).length).toBe(4);
  });

  test('トークンは、両方の台帳のすべての目的に届くときだけ結び付けられ、届かない番号は知らされない', async () => {
    const club = await addHolding(house, { name: { ja: '会員', en: 'Members' }, purposes: ['P1'] });
    const [one, member] = [await someone(), (await addPerson(house, club, { name: '会 員' })).principal];
    const token = (purposes: string[]): Actor => ({
      kind: 'system',
      id: newId(house.office.clock.now()),
      name: '統合システム',
      token: newId(house.office.clock.now()),
      purposes,
      actions: ['people:link', 'people:search'],
    });
    const of = (purposes: string[]) => ({ actor: token(purposes), authority: ['system-within-token'] });
    for (const pair of [
      [one, member],
      [member, one],
    ] as const)
      expect(await link(...pair, of(['P3']))).toMatchObject({ problem: { kind: 'forbidden' } });
    valueOf(await link(one, member, of(['P1', 'P3'])));
    expect(valueOf(await linksOf(room, token(['P3']), one))).toEqual([]);
    expect(valueOf(await linksOf(room, token(['P1', 'P3']), one))).toHaveLength(1);
    expect(await linksOf(room, token(['P3']), member)).toMatchObject({ problem: { kind: 'not-found' } });
    valueOf(await unlink(one, member));
    valueOf(await link(member, one, of(['P1', 'P3'])));
    expect(valueOf(await linksOf(room, token(['P3']), one))).toEqual([]);
  });
});

describe('what either asked to stop', () => {
  test('片方の申出は、もう片方の利用も止める。結び付けを取り消すと、元のとおりになる', async () => {
    const [one, other] = await linked();
    valueOf(await objecting(one, 'everything'));
    for (const id of [one, other])
      expect(await using(id)).toMatchObject({ problem: { kind: 'refused', finding: { answer: 'no' } } });
    valueOf(await unlink(other, one));
    expect(await using(one)).toMatchObject({ problem: { kind: 'refused' } });
    expect(valueOf(await using(other)).values.email).toMatch(/^one-/);
    for (const id of [one, other])
      expect(await entriesAbout(id, 'people:unlink')).toMatchObject([{ decision: { because: ['APPI 22'] } }]);
  });

  test('片方に認めた利用の停止は、結び付けたとたんにもう片方も止め、取り消したとたんに止めなくなる', async () => {
    const [one, other] = [await someone(), await someone()];
    const request = newId(house.office.clock.now());
    await house.db.owner.transaction(async (tx) => {
      // Inserts the stop alone, without the request it comes from.
      await tx.query('SET LOCAL session_replication_role = replica', []);
      await tx.query(
        `INSERT INTO suspensions (request_id, principal_id, stops, purposes, recipients, article, from_day, entry_id, at)
         VALUES ($1, $2, 'use', NULL, NULL, '35(2)', '2026-11-01', $1, now())`,
        [request, one],
      );
    });
    forgetStanding(house.office);
    expect(await using(one)).toMatchObject({ problem: { kind: 'refused', finding: { answer: 'no' } } });
    valueOf(await using(other));
    valueOf(await link(one, other));
    expect(await using(other)).toMatchObject({ problem: { kind: 'refused', finding: { answer: 'no' } } });
    valueOf(await unlink(one, other));
    valueOf(await using(other));
  });

  test('片方を消去した後でも、結び付けが誤りだったことは記録できる', async () => {
    const [one, other] = await linked();
    valueOf(await eraseAll(house.office, by, { principal: one, ground: 'no-longer-needed' }));
    valueOf(await unlink(one, other));
    expect(await entriesAbout(other, 'people:unlink')).toMatchObject([{ other: one }]);
    expect(await otherIds(other)).toEqual([]);
  });

  test('片方の申出は、もう片方の同意による提供も止める。同意は、もう片方に及ばない', async () => {
    const [one, other] = await linked();
    await addConsent(house, one, text);
    valueOf(await giving(one));
    expect(await giving(other)).toMatchObject({ problem: { kind: 'refused' } });
    valueOf(await objecting(other, 'provision'));
    expect(await giving(one)).toMatchObject({ problem: { kind: 'refused' } });
  });

  test('申出の後に本人があらためてした同意は、その番号について有効', async () => {
    const [one, other] = [await someone(), await someone()];
    valueOf(await objecting(other, 'provision'));
    valueOf(await link(one, other));
    house.clock.moveTo('2026-12-08T10:00:00+09:00');
    await addConsent(house, one, text, house.office.clock.today());
    valueOf(await giving(one));
    expect(await giving(other)).toMatchObject({ problem: { kind: 'refused' } });
  });
});

describe('the pages', () => {
  beforeAll(async () => {
    officer = await house.visitor('officer');
  });

  test('管理者が結び付け、両方の画面に出て、取り消せる。ほかの人には操作がない', async () => {
    const [one, other] = [await someone(), await someone()];
    const at = `/people/${one}/link`;
    expect(await (await officer.get(`/people/${one}`)).text()).toContain(at);
    const ask = (same_as: string, way = '') => officer.get(`${at}?${new URLSearchParams({ same_as, shown_by: way })}`);
    const unseen = await ask(other);
    expect([unseen.status, await unseen.text()]).toEqual([422, expect.stringContaining('確かめ方を選んでください')]);
    for (const [another, status, says] of [
      [newId(1), 422, 'この番号の本人はいません'],
      [one, 422, '同じ番号です'],
    ] as const) {
      const wrong = await ask(another, 'number');
      expect([wrong.status, await wrong.text()]).toEqual([status, expect.stringContaining(says)]);
    }
    // Both are shown beside each other, closed, and nothing is linked yet.
    const beside = await ask(` ${other.toUpperCase()} `, 'number');
    const shown = await beside.text();
    expect(beside.status).toBe(200);
    for (const said of [
      `/people/${one}"`,
      `/people/${other}"`,
      'メールマガジンの読者',
      'メールアドレス',
      '会員番号',
      `value="${other}"`,
    ])
      expect(shown).toContain(said);
    expect(shown.match(/>閉じています<\/span>/g)).toHaveLength(4);
    expect(shown).not.toMatch(/同 一|one-\d+@/);
    expect(await otherIds(one)).toEqual([]);
    expect(await entriesAbout(other, 'people:link')).toEqual([]);
    const unsaid = await officer.post(at, { same_as: other });
    expect([unsaid.status, await unsaid.text()]).toEqual([422, expect.stringContaining('確かめ方を選んでください')]);
    const strange = await officer.post(at, { same_as: newId(1), shown_by: 'told' });
    expect([strange.status, await strange.text()]).toEqual([422, expect.stringContaining('この番号の本人はいません')]);
    const made = await officer.post(at, { same_as: ` ${other} `, shown_by: 'number' });
    expect([made.status, made.headers.get('location')]).toEqual([303, `/people/${one}?done=linked`]);
    const again = await ask(other, 'number');
    expect([again.status, await again.text()]).toEqual([409, expect.stringContaining('すでに結び付けてあります')]);
    const desk = await house.visitor('desk');
    for (const [id, another] of [
      [one, other],
      [other, one],
    ] as const) {
      const page = await (await officer.get(`/people/${id}`)).text();
      for (const said of ['同じ本人の記録', `/people/${another}"`, '会員番号', `/people/${id}/unlink`])
        expect(page).toContain(said);
      const seen = await (await desk.get(`/people/${id}`)).text();
      expect(seen).toContain(`/people/${another}"`);
      expect(seen).not.toContain('/unlink');
    }
    expect((await desk.get(at)).status).toBe(403);
    // An unknown id was never linked, so the page does not say that a link was undone.
    const unlinked = await officer.post(`/people/${other}/unlink`, { one: other, other: 'x' }, `/people/${other}`);
    expect(unlinked.headers.get('location')).toBe(`/people/${other}`);
    const undone = await officer.post(`/people/${other}/unlink`, { one, other }, `/people/${other}`);
    expect(undone.headers.get('location')).toBe(`/people/${other}?done=unlinked`);
    expect(await otherIds(one)).toEqual([]);
    expect(await (await officer.get(`/people/${one}`)).text()).not.toContain(`/people/${other}"`);
  });

  test('検索では一人として出て、条件に合わない方の記録も並ぶ', async () => {
    const [one, other] = await linked();
    await someone();
    const name = `同 一${n - 2}`;
    const page = await (await officer.post('/people/search', { name }, '/people')).text();
    for (const id of [one, other]) expect(page).toContain(`/people/${id}"`);
    expect(page).toContain('1人');
    const both = await (await officer.post('/people/search', { kana: 'ドウイツ' }, '/people')).text();
    expect(both).not.toContain(`/people/${one}"`);
  });

  test('消去の画面と、消去した後の画面は、ほかの番号に情報が残ることを知らせる', async () => {
    const [one, other] = await linked();
    const before = await (await officer.get(`/people/${one}/erase`)).text();
    for (const said of ['同じ本人の、ほかの番号の情報は残ります', `/people/${other}"`]) expect(before).toContain(said);
    await officer.post(`/people/${one}/erase`, { ground: 'no-longer-needed' });
    const after = await (await officer.get(`/people/${one}`)).text();
    for (const said of ['同じ本人の記録', `/people/${other}"`]) expect(after).toContain(said);
    const alone = await (await officer.get(`/people/${other}/erase`)).text();
    expect(alone).not.toContain('ほかの番号の情報は残ります');
  });
});
