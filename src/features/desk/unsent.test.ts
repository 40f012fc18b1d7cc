// An answer that must not go out: the person withdraws the request while the answer lies ready, and nothing of it is left to be sent.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { asking, collected, disclosing, openTestDesk, reviewed, seen, untrue } from '../../../tests/desk.ts';
import type { TestOffice } from '../../../tests/office.ts';
import { addHolding, addPerson, valueOf } from '../../../tests/people.ts';
import { day, type Day } from '../../base/day.ts';
import type { By, Room } from '../access/index.ts';
import { deliver, notify } from './actions/answer.ts';
import { carryOut } from './actions/carry-out.ts';
import { caseOf, type Case } from './actions/cases.ts';
import { printLetter } from './actions/copies.ts';
import { decide } from './actions/decide.ts';
import { withdraw } from './actions/receive.ts';
import { readReport } from './actions/report.ts';
import { nextEvents } from './facts/next.ts';
import { says } from './facts/says.ts';
import { deskProvers } from './promises.ts';

let house: TestOffice;
let desk: Room;
let by: By;
let holding: string;
beforeAll(async () => {
  ({ house, desk, by } = await openTestDesk());
  holding = await addHolding(house);
});
afterAll(() => house.close());

const today = (): Day => desk.office.clock.today();
const takenBack = (one: Case) => withdraw(desk, by, one.row.id, seen(one), { on: today() });

let people = 0;
/** Somebody with a name nobody else has. */
async function somebody(): Promise<string> {
  const name = `取下 ${++people}`;
  await addPerson(house, holding, { name, address: '東京都中央区例示町9-9' });
  return name;
}

/** A decided disclosure. */
async function decided(): Promise<Case> {
  const name = await somebody();
  const one = await reviewed(desk, by, await collected(desk, by, 'disclosure', name));
  return valueOf(await decide(desk, by, one.row.id, seen(one), asking(disclosing)));
}
/** The same, with the answer ready to be posted. */
async function ready(): Promise<Case> {
  const one = await decided();
  return valueOf(await notify(desk, by, one.row.id, seen(one), { on: today(), by: 'post' }));
}

test.each([
  ['決定した', decided],
  ['答えの用意ができた', ready],
])('%s請求も、答えを送るまでは取り下げられる。送る手紙は残らない', async (_, made) => {
  const one = await made();
  expect(nextEvents(one.request)).toContain('withdrawn');
  const over = valueOf(await takenBack(one));
  expect([over.row.state, over.row.closed_on, nextEvents(over.request)]).toEqual([
    'withdrawn',
    today(),
    ['papers-erased'],
  ]);
  const kept = over.papers.filter(({ gone_at }) => gone_at === null).map(({ kind, about }) => [kind, about]);
  expect(kept.filter(([kind]) => kind === 'copy')).toEqual([]);
  for (const letter of ['notice', 'disclosed', 'labels'] as const)
    expect(await printLetter(desk, by, one.row.id, letter, 'audit')).toMatchObject({ ok: false });
  expect(await deliver(desk, by, one.row.id, seen(over), { on: today(), by: 'post' })).toMatchObject({ ok: false });
  const proofs = await Promise.all(deskProvers.map((prover) => prover.prove(desk.office)));
  expect(proofs.filter(({ state }) => state === 'broken')).toEqual([]);
});

test('送った後と、実施した後は取り下げられない', async () => {
  const one = await ready();
  const sent = valueOf(await deliver(desk, by, one.row.id, seen(one), { on: today(), by: 'post' }));
  expect(await takenBack(sent)).toMatchObject({ problem: { fields: [{ field: 'event', says: says.answerSent }] } });

  const asked = await collected(desk, by, 'correction', await somebody());
  const [place] = asked.request.collected!.holdings;
  const plan = { changes: [{ holding: place!.holding, items: { address: '東京都中央区例示町1-2' } }] };
  const right = valueOf(await decide(desk, by, asked.row.id, seen(asked), asking(untrue, plan)));
  expect(nextEvents(right.request)).toContain('withdrawn');
  const did = valueOf(await carryOut(desk, by, asked.row.id, seen(right), { ahead: '' }));
  expect(nextEvents(did.request)).not.toContain('withdrawn');
  expect(await takenBack(did)).toMatchObject({ problem: { fields: [{ field: 'event', says: says.carriedOut }] } });
  expect(valueOf(await caseOf(desk, asked.row.id)).row.state).toBe('open');
});

test('取り下げられた決定は、だれにも知らせていないので、月の報告の断ったものに数えない', async () => {
  const one = await reviewed(desk, by, await collected(desk, by, 'disclosure', await somebody()));
  const refused = asking({ ...disclosing, existenceHarms: true });
  const no = valueOf(await decide(desk, by, one.row.id, seen(one), refused));
  const month = { from: day('2026-12-01'), to: day('2026-12-31') };
  const refusals = async (): Promise<number> => (await readReport(desk, month)).refused.length;
  expect([no.request.decided?.result, await refusals()]).toEqual(['absent', 1]);
  valueOf(await takenBack(no));
  expect(await refusals()).toBe(0);
});
