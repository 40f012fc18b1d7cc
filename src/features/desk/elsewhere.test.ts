// Somebody asks from another address than the one kept. They may have moved, or may be somebody the person fled from, with papers of theirs. The page
// tells the desk before anything goes out, without showing the address.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestDesk, registered, rightPapers, seen } from '../../../tests/desk.ts';
import type { TestOffice, Visitor } from '../../../tests/office.ts';
import { addHolding, addPerson, askedThemselves, specifyFound, valueOf } from '../../../tests/people.ts';
import type { Day } from '../../base/day.ts';
import { listEntries } from '../../log/index.ts';
import type { By, Room } from '../access/index.ts';
import type { Case } from './actions/cases.ts';
import { collect } from './actions/collect.ts';
import { amend } from './actions/amend.ts';
import { identify, receivePapers, withdraw } from './actions/receive.ts';
import type { Agent } from './actions/register.ts';
import type { Identified } from './facts/event.ts';
import { deskPages } from './pages/desk.tsx';

let house: TestOffice;
let desk: Room;
let by: By;
let holding: string;
let clerk: Visitor;
beforeAll(async () => {
  ({ house, desk, by } = await openTestDesk((office, access) => deskPages({ office, access })));
  holding = await addHolding(house);
  clerk = await house.visitor('desk');
});
afterAll(() => house.close());

const HOME = '東京都中央区例示町1-2-3';
const REFUGE = '大阪府大阪市例示区避難町4-5-6';
const today = (): Day => desk.office.clock.today();

let people = 0;
interface Asks {
  /** Where the letter came from. */
  from: string;
  /** The address that the holding keeps; null: none. */
  kept: string | null;
  as?: Omit<Identified, 'documents' | 'checked' | 'numbersCovered'>;
  agent?: Agent;
}

const parent = {
  requester: 'legal-representative',
  represents: 'minor',
  authority: ['family-register'],
} as const satisfies Asks['as'];
const lawyer = {
  requester: 'mandated-agent',
  represents: null,
  authority: ['power-of-attorney'],
} as const satisfies Asks['as'];
const agentAt = (address: string): Agent => ({ name: '代理 一郎', address, email: '', principal: '' });

/** A request whose person is found. */
async function found({ from, kept, as, agent }: Asks): Promise<Case> {
  const name = `転居 ${++people}`;
  await addPerson(house, holding, { name, email: `moved-${people}@example.jp`, ...(kept ? { address: kept } : {}) });
  const one = await registered(desk, by, 'disclosure', { sender: { name, address: from, email: '' } });
  const { id } = one.row;
  const came = { on: today(), ...rightPapers, feeYen: 1000 };
  const paid = valueOf(await receivePapers(desk, by, id, seen(one), came));
  const who = { on: today(), ...askedThemselves, ...as, ...(agent ? { agent } : {}) };
  const known = valueOf(await identify(desk, by, id, seen(paid), who));
  return valueOf(await specifyFound(desk, by, id, seen(known), [{ kind: 'name', term: name }]));
}

const looked = async ({ row }: Case) =>
  (await listEntries(house.db.app, { actions: ['desk:look'], most: 200 }))
    .map(({ entry }) => entry)
    .filter(({ request }) => request === row.id);
const pageOf = async ({ row }: Case): Promise<string> => (await clerk.get(`/desk/${row.id}`)).text();
const WARNS = '答えの宛先が、台帳の住所と違います';

test('台帳の住所と違う宛先は、そう記録して画面で知らせる。開いたのは住所だけで、この請求のためと記録に残る', async () => {
  const one = await found({ from: HOME, kept: REFUGE });
  expect(one.request.specified?.address).toBe('other');
  expect(await looked(one)).toMatchObject([
    { principal: one.row.principal_ids[0], holding, items: ['address'], decision: { answer: 'yes' } },
  ]);
  const page = await pageOf(one);
  expect([page.includes(WARNS), page.includes('避難町')]).toEqual([true, false]);
  const event = JSON.stringify(one.events.map(({ data }) => data));
  expect(event).not.toMatch(/避難町|例示町/);
  // The warning remains while the answer is made, and goes once the request is over.
  const later = valueOf(await collect(desk, by, one.row.id, seen(one)));
  expect(await pageOf(later)).toContain(WARNS);
  const over = valueOf(await withdraw(desk, by, one.row.id, seen(later), { on: today() }));
  expect(await pageOf(over)).not.toContain(WARNS);
});

test('同じところなら、書き方が違っても何も言わない。台帳に住所がなければ、比べていないと分かる', async () => {
  const same = await found({ from: '〒104-0000 中央区例示町一丁目2番3号', kept: HOME });
  expect([same.request.specified?.address, (await pageOf(same)).includes(WARNS)]).toEqual(['same', false]);
  const none = await found({ from: HOME, kept: null });
  expect([none.request.specified?.address, await looked(none)]).toEqual(['none', []]);
});

test('特定した後に宛先を変えると、もう一度比べる', async () => {
  const one = await found({ from: HOME, kept: HOME });
  expect(one.request.specified?.address).toBe('same');
  const sender = { address: REFUGE };
  const moved = valueOf(await amend(desk, by, one.row.id, seen(one), { sender }));
  expect([moved.request.specified?.address, (await pageOf(moved)).includes(WARNS)]).toEqual(['other', true]);
  const back = valueOf(await amend(desk, by, one.row.id, seen(moved), { sender: { address: HOME } }));
  expect([back.request.specified?.address, (await looked(back)).length]).toEqual(['same', 3]);
});

test('法定代理人の住所は本人の住所と比べ、別に住む親だと知らせる。委任を受けた代理人の住所は比べない', async () => {
  const apart = await found({ from: REFUGE, kept: REFUGE, as: parent, agent: { ...agentAt(HOME), principal: '転居' } });
  expect(apart.request.specified?.address).toBe('other');
  expect(await pageOf(apart)).toContain('法定代理人の住所が、台帳にある本人の住所と違います');
  const agent = { ...agentAt(HOME), principal: '転居' };
  const mandated = await found({ from: REFUGE, kept: REFUGE, as: lawyer, agent });
  expect([mandated.request.specified?.address, await looked(mandated)]).toEqual([undefined, []]);
});

test('委任を受けた代理人には、特定する前と、項目を決めるときに、本人が頼んだかを確かめるよう言う', async () => {
  const agent = { ...agentAt(HOME), principal: '転居' };
  const one = await found({ from: HOME, kept: REFUGE, as: lawyer, agent });
  const doubt = '委任状だけでは、本人が頼んだことは分かりません';
  expect(await (await clerk.get(`/desk/${one.row.id}?do=specified`)).text()).toContain(doubt);
  const asked = valueOf(await collect(desk, by, one.row.id, seen(one)));
  expect(await pageOf(asked)).toContain(doubt);
  const themselves = await found({ from: HOME, kept: HOME });
  expect(await (await clerk.get(`/desk/${themselves.row.id}?do=specified`)).text()).not.toContain(doubt);
});
