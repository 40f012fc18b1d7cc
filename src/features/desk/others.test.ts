// The same person may have several requests open: whoever works on one sees the others, and nothing that another is about is erased or corrected
// before that one is answered, unless an officer orders it and says why.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  asking,
  collected,
  disclosing,
  identified,
  openTestDesk,
  registered,
  reviewed,
  seen,
  untrue,
} from '../../../tests/desk.ts';
import type { TestOffice, Visitor } from '../../../tests/office.ts';
import { addHolding, addPerson, specifyFound, valueOf } from '../../../tests/people.ts';
import type { Outcome } from '../../base/outcome.ts';
import { listEntries } from '../../log/index.ts';
import { readAccessPolicies } from '../access/facts/policies.ts';
import type { By, Room } from '../access/index.ts';
import { held } from '../checkpoint/index.ts';
import { linkPeople } from '../people/index.ts';
import { deliver, notify } from './actions/answer.ts';
import { carryOut } from './actions/carry-out.ts';
import { caseOf, type Case } from './actions/cases.ts';
import { decide, type Plan } from './actions/decide.ts';
import { says } from './actions/others.ts';
import { withdraw } from './actions/receive.ts';
import { kinds, type Kind } from './facts/kind.ts';
import { leaves } from './facts/others.ts';
import { numberOf } from './facts/request.ts';
import { deskPages } from './pages/desk.tsx';

let house: TestOffice;
let desk: Room;
let by: By;
let clerk: By;
let officer: Visitor;
let holding: string;
beforeAll(async () => {
  ({ house, desk, by } = await openTestDesk((office, access) => deskPages({ office, access })));
  holding = await addHolding(house);
  officer = await house.visitor('officer');
  const actor = { kind: 'staff', id: house.staff.desk!, name: '佐伯 健', roles: ['desk'] } as const;
  clerk = { actor, authority: ['desk-requests'] };
});
afterAll(() => house.close());

let n = 0;
async function somebody(): Promise<{ id: string; name: string }> {
  const name = `重複 ${String.fromCodePoint(0x4e00 + ++n)}子`;
  const items = { name, email: `others-${n}@example.jp`, note: '変更前' };
  return { id: (await addPerson(house, holding, items)).principal, name };
}

const harmed = { reason: 'may-harm', found: 'all' } as const;

/** A request to erase, correct or stop, which waits only for being carried out. */
async function ready(kind: 'erasure' | 'correction' | 'stop-use', name: string): Promise<Case> {
  const one = await collected(desk, by, kind, name);
  const plan: Plan = kind === 'correction' ? { changes: [{ holding, items: { note: '変更後' } }] } : {};
  const facts = kind === 'correction' ? untrue : kind === 'erasure' ? { ...harmed, keeping: null } : harmed;
  return valueOf(await decide(desk, by, one.row.id, seen(one), asking(facts, plan)));
}

const carrying = (one: Case, who: By, ahead?: string) => carryOut(desk, who, one.row.id, seen(one), { ahead });
const isErased = async (of: string): Promise<boolean> => 'entry' in valueOf(await held(house.office, of));
const pageOf = async (one: Case): Promise<string> => (await officer.get(`/desk/${one.row.id}`)).text();
/** Waits until this many locks are waited for, or the call has answered without waiting. */
async function waiting(doing: Promise<unknown>, many: number): Promise<void> {
  const answer = doing.then(() => true);
  const waits = async (): Promise<boolean> => {
    const [row] = await house.db.owner.query<{ n: number }>(
      'SELECT count(*)::int AS n FROM pg_locks WHERE NOT granted',
      [],
    );
    return row!.n >= many;
  };
  while (!(await Promise.race([answer, waits()])));
}
const ordered = { ok: false, problem: { kind: 'invalid', fields: [{ field: 'ahead' }] } };

test('何を実施すると、ほかの請求の何が変わるか', () => {
  const changing = (change: Kind): [Kind, string][] =>
    kinds.flatMap((other) => {
      const left = leaves(change, other);
      return left ? [[other, left] as [Kind, string]] : [];
    });
  expect(changing('erasure')).toEqual([
    ['disclosure', 'nothing'],
    ['correction', 'nothing'],
    ['purpose-notice', 'nothing'],
  ]);
  expect(changing('correction')).toEqual([['disclosure', 'other']]);
  for (const kind of kinds) if (kind !== 'erasure' && kind !== 'correction') expect(changing(kind)).toEqual([]);
});

describe('同じ本人の、進行中のほかの請求', () => {
  test('番号、種類、段階とリンクが画面に出て、終われば消える', async () => {
    const { name } = await somebody();
    const [one, other] = [await ready('stop-use', name), await collected(desk, by, 'disclosure', name)];
    const page = await pageOf(one);
    expect(page).toContain('同じ本人の、進行中のほかの請求');
    expect(page).toContain(`<a href="/desk/${other.row.id}"`);
    expect(page).toContain(numberOf(other.row));
    expect(page).not.toContain('先に実施する理由');
    expect(await pageOf(other)).toContain(numberOf(one.row));
    valueOf(await withdraw(desk, by, other.row.id, seen(other), { on: house.office.clock.today() }));
    expect(await pageOf(one)).not.toContain('同じ本人の、進行中のほかの請求');
  });

  test('結び付けられた別の記録を対象とする請求も出る。ほかの人の請求や、本人が分かる前の請求は出ない', async () => {
    const [{ id, name }, twin, stranger] = [await somebody(), await somebody(), await somebody()];
    const one = await collected(desk, by, 'disclosure', name);
    const other = await collected(desk, by, 'stop-provision', twin.name);
    await collected(desk, by, 'erasure', stranger.name);
    await registered(desk, by, 'erasure');
    await identified(desk, by, 'erasure');
    expect(await pageOf(one)).not.toContain('同じ本人の、進行中のほかの請求');
    valueOf(await linkPeople(house, by, { principal: id, sameAs: twin.id, shownBy: 'document' }));
    expect(await pageOf(one)).toContain(numberOf(other.row));
  });

  test('本人を選ぶ前に、候補の人の進行中の請求が見える', async () => {
    const { name } = await somebody();
    const other = await collected(desk, by, 'erasure', name);
    const one = await identified(desk, by, 'disclosure');
    const searched = await officer.post(
      `/desk/${one.row.id}/specified`,
      { name, seen: String(one.request.last) },
      `/desk/${one.row.id}`,
    );
    expect(await searched.text()).toContain(numberOf(other.row));
  });
});

describe('消去か訂正を実施する前に', () => {
  test.each([
    ['erasure', '消去したものは、もう開示できません'],
    ['correction', '開示する内容が変わります'],
  ] as const)(
    '%s：答えていない開示があれば、個人情報保護管理者が理由を書いて決めるまで、何も変わらない',
    async (kind, tells) => {
      const { id, name } = await somebody();
      const [one, other] = [await ready(kind, name), await collected(desk, by, 'disclosure', name)];
      for (const page of [await pageOf(one), await pageOf(other)]) expect(page).toContain(tells);
      expect(await pageOf(one)).toContain('どちらを先にするかを、法律は定めていません');
      expect(await carrying(one, clerk, '急ぐため。')).toMatchObject({
        ok: false,
        problem: { kind: 'forbidden', says: says.officer },
      });
      for (const why of [undefined, ' 　']) expect(await carrying(one, by, why)).toMatchObject(ordered);
      const kept = valueOf(await caseOf(desk, one.row.id));
      expect([await isErased(id), kept.effects, kept.papers.length]).toEqual([false, [], one.papers.length]);

      const done = valueOf(await carrying(one, by, '開示より先でよいと、本人に電話で確かめました。'));
      expect(done.request.carriedOut).toMatchObject({ ahead: [other.row.id] });
      expect(await isErased(id)).toBe(kind === 'erasure');
      expect(done.papers.filter(({ kind: of, about }) => of === 'reason' && about === 'ahead')).toHaveLength(1);
      const [entry] = await listEntries(house.db.app, { actions: ['desk:carried-out'], principal: id, most: 1 });
      expect(entry!.entry).toMatchObject({ request: one.row.id, ahead_of: [other.row.id] });
      expect(JSON.stringify(entry!.entry)).not.toContain('電話');
    },
  );

  test('窓口の担当者の画面には、実施のボタンの代わりに、だれが決めるかが出る', async () => {
    const { name } = await somebody();
    const [one] = [await ready('erasure', name), await collected(desk, by, 'disclosure', name)];
    const page = await (await (await house.visitor('desk')).get(`/desk/${one.row.id}`)).text();
    expect(page).toContain(says.officer.ja);
    expect(page).not.toContain('<textarea');
    expect(await pageOf(one)).toContain('先に実施する理由');
    const pressed = await officer.post(
      `/desk/${one.row.id}/carried-out`,
      { seen: String(one.request.last), ahead: '' },
      `/desk/${one.row.id}`,
    );
    expect([pressed.status, (await pressed.text()).includes('href="#f-ahead"')]).toEqual([422, true]);
  });

  test('開示に答えて届けた後、開示が取り下げられた後、関わりのない種類の請求だけのときは、そのまま実施できる', async () => {
    const sent = await somebody();
    const [first, shown] = [await ready('erasure', sent.name), await collected(desk, by, 'disclosure', sent.name)];
    const judged = await reviewed(desk, by, shown);
    const answer = valueOf(await decide(desk, by, shown.row.id, seen(judged), asking(disclosing)));
    const on = house.office.clock.today();
    const lying = valueOf(await notify(desk, by, shown.row.id, seen(answer), { on, by: 'post' }));
    expect(await carrying(first, by)).toMatchObject(ordered);
    valueOf(await deliver(desk, by, shown.row.id, seen(lying), { on, by: 'post' }));
    valueOf(await carrying(first, clerk));

    const back = await somebody();
    const [second, taken] = [await ready('correction', back.name), await collected(desk, by, 'disclosure', back.name)];
    valueOf(await withdraw(desk, by, taken.row.id, seen(taken), { on }));
    valueOf(await carrying(second, clerk));

    const apart = await somebody();
    const third = await ready('correction', apart.name);
    for (const kind of ['stop-use', 'erasure', 'purpose-notice'] as const) await collected(desk, by, kind, apart.name);
    valueOf(await carrying(third, clerk));
  });

  test('開示する記録は消去の後も残るので、その開示を待たない', async () => {
    const { name } = await somebody();
    const [one] = [await ready('erasure', name), await collected(desk, by, 'record-disclosure', name)];
    valueOf(await carrying(one, clerk));
  });

  test('実施する間に同じ本人の開示の請求が来たら、消去しない', async () => {
    const { id, name } = await somebody();
    const [one, other] = [await ready('erasure', name), await identified(desk, by, 'disclosure')];
    let finding: Promise<unknown> | undefined;
    let erasing: Promise<Outcome<Case>> | undefined;
    await house.db.owner.transaction(async (tx) => {
      await tx.query('SELECT 1 FROM requests WHERE id = $1 FOR UPDATE', [other.row.id]);
      finding = specifyFound(desk, by, other.row.id, seen(other), [{ kind: 'name', term: name }]);
      await waiting(finding, 1);
      erasing = carrying(one, by);
      await waiting(erasing, 2);
    });
    expect(await finding).toMatchObject({ ok: true });
    expect(await erasing).toMatchObject(ordered);
    expect(await isErased(id)).toBe(false);
  });

  test('請求を読む権限がない人には、ほかの請求があることを知らせない', async () => {
    const { name } = await somebody();
    const [one, other] = [await ready('erasure', name), await collected(desk, by, 'disclosure', name)];
    const { text } = desk.access.policies;
    const forbid = '@id("desk-blind") forbid (principal in Role::"desk", action == Action::"requests:read", resource);';
    const policies = readAccessPolicies(`${text}\n${forbid}`, 'access.cedar');
    const blind: Room = { ...desk, access: { ...desk.access, policies } };
    const refused = await carryOut(blind, clerk, one.row.id, seen(one));
    expect(refused).toMatchObject({ ok: false, problem: { kind: 'forbidden', says: says.unseen } });
    expect(JSON.stringify(refused)).not.toContain(numberOf(other.row));
  });
});
