// A fee, or the rest of one, that the company does not take: who may waive it and when, how the request goes on, what the person is told, and how it
// is counted.

import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  answered,
  asking,
  collectedFor,
  disclosing,
  identified,
  later,
  openTestDesk,
  paid,
  registered,
  reviewed,
  rightPapers,
  seen,
  wordsOf,
} from '../../../tests/desk.ts';
import type { TestOffice } from '../../../tests/office.ts';
import { addHolding, addPerson, askedThemselves, specifyFound, valueOf } from '../../../tests/people.ts';
import type { Day } from '../../base/day.ts';
import { listEntries } from '../../log/index.ts';
import type { By, Room } from '../access/index.ts';
import type { Case } from './actions/cases.ts';
import { collect } from './actions/collect.ts';
import { printLetter } from './actions/copies.ts';
import { decide } from './actions/decide.ts';
import { dismiss } from './actions/dismiss.ts';
import { draftsOf, type LetterName } from './actions/drafts.ts';
import { readPaper } from './actions/papers.ts';
import { receiptCode, stageOfReceipt } from './actions/receipt.ts';
import { identify, receivePapers, refund, sendForms, tellShort } from './actions/receive.ts';
import { monthOf, readReport } from './actions/report.ts';
import { waiveFee, says as waiverSays } from './actions/waive.ts';
import { deskPages } from './pages/desk.tsx';
import { clocksOf, dueOf, openDaysAfter } from './facts/clocks.ts';
import type { WaiverGround } from './facts/event.ts';
import { nextEvents } from './facts/next.ts';
import { feeOver, numberOf } from './facts/request.ts';
import { says } from './facts/says.ts';
import { deskProvers } from './promises.ts';
import { publicStage } from './words.ts';

let house: TestOffice;
let desk: Room;
let by: By;
beforeAll(async () => {
  ({ house, desk, by } = await openTestDesk((office, access) => deskPages({ office, access })));
  const holding = await addHolding(house);
  for (const name of ['免除 花子', '免除 太郎'])
    await addPerson(house, holding, { name, email: `${name.length}-${name.codePointAt(3)}@example.jp` });
});
afterAll(() => house.close());

const today = (): Day => desk.office.clock.today();
const clerk = (): By => ({
  actor: { kind: 'staff', id: house.staff.desk!, name: '佐伯 健', roles: ['desk'] },
  authority: [],
});

const waived = (one: Case, ground: WaiverGround, reason = '', who = by) =>
  waiveFee(desk, who, one.row.id, seen(one), { on: today(), ground, reason });

/** A request whose papers came with this much of the fee of 1,000 yen, and whose sender was told that the rest is missing. */
async function asked(feeYen: number): Promise<Case> {
  const one = await paid(desk, by, 'disclosure', feeYen);
  return valueOf(await tellShort(desk, by, one.row.id, seen(one), { on: today(), lacks: ['fee'] }));
}

const printed = async (one: Case, name: LetterName): Promise<string> =>
  wordsOf(valueOf(await printLetter(desk, by, one.row.id, name)).bytes);

/** The request up to its decision. */
async function decided(one: Case, name: string): Promise<Case> {
  const judged = await reviewed(desk, by, await collectedFor(desk, by, one, name));
  return valueOf(await decide(desk, by, one.row.id, seen(judged), asking(disclosing)));
}

const fees = async () => (await readReport(desk, monthOf(today(), today()))).fees;

const proof = async () =>
  (await deskProvers.find(({ promise }) => promise === 'fee-only-for-disclosure')!.prove(desk.office)).state;

test('a few yen that never came are waived: the request goes on, and what came is kept, receipted and told', async () => {
  const one = await asked(990);
  expect([one.row.stage, nextEvents(one.request).includes('fee-waived')]).toEqual(['waiting', true]);
  const due = { number: numberOf(one.row), code: receiptCode(desk.office, one.row.id), address: '' };
  const publicly = async (): Promise<string> => {
    const at = valueOf(await stageOfReceipt(desk, due));
    return publicStage(at.stage, at).ja;
  };
  const waiting = await publicly();
  later(house, 20);
  const free = valueOf(await waived(one, 'small-shortfall'));
  expect(free.request.fee).toEqual({ due: 990, received: 990, returned: 0, waived: 10 });
  expect([free.row.stage, free.request.lacks, free.request.waitsUntil]).toEqual(['papers', [], null]);
  expect([free.row.check_from, nextEvents(free.request)[0]]).toEqual([today(), 'identified']);
  // The check of the identity had stopped for the fee. It runs again from this day.
  expect(dueOf(clocksOf(free.request)).identity).toBe(openDaysAfter(today(), 5));
  expect(await publicly()).not.toBe(waiting);
  expect(nextEvents(free.request)).not.toContain('fee-waived');
  expect(await proof()).toBe('kept');
  expect(await fees()).toEqual([{ kind: 'disclosure', received: 990, returned: 0, waived: 10 }]);

  const [entry] = await listEntries(desk.office.database, { actions: ['desk:fee-waived'], most: 1 });
  expect(entry?.entry).toMatchObject({ request: one.row.id, ground: 'small-shortfall', yen: 10 });

  const done = await decided(free, '免除 花子');
  expect(await printed(done, 'notice')).toContain('まだ届いていない手数料10円は、いただかないことにしました');
  const receipt = await printed(done, 'receipt');
  expect(receipt).toContain('990円');
  expect(receipt).not.toContain('1,000円');
  expect((await answered(desk, by, done)).row.state).toBe('closed');
  expect(await proof()).toBe('kept');
});

test('a whole fee that is waived has no receipt, and money that comes all the same goes back with the true reason', async () => {
  const free = valueOf(await waived(await asked(0), 'hardship', '収入が絶えたとの申出のため。'));
  expect(free.request.fee).toEqual({ due: 0, received: 0, returned: 0, waived: 1000 });
  const { id } = free.row;
  const [paper] = free.papers.filter(({ kind }) => kind === 'reason');
  expect(paper?.about).toBe('fee-waived');
  expect(valueOf(await readPaper(desk, by, id, paper!.id))).toBe('収入が絶えたとの申出のため。');
  const [entry] = await listEntries(desk.office.database, { actions: ['desk:fee-waived'], most: 1 });
  expect(JSON.stringify(entry?.entry)).not.toContain('収入');

  const came = valueOf(await receivePapers(desk, by, id, seen(free), { on: today(), ...rightPapers, feeYen: 1000 }));
  expect([feeOver(came.request), await proof()]).toEqual([1000, 'risk']);
  const back = valueOf(await refund(desk, by, id, seen(came), { on: today(), yen: 1000 }));
  expect(await printed(back, 'refund')).toContain('手数料をいただかないことにしたため');
  const done = await decided(back, '免除 太郎');
  expect(draftsOf(done)).not.toContain('receipt');
  const notice = await printed(done, 'notice');
  expect(notice).toContain('まだ届いていない手数料1,000円は、いただかないことにしました');
  expect(notice).not.toContain('収入');
  expect(done.request.decided?.finding?.because.some(({ article }) => article === '32(1)(iii)')).toBe(false);
  expect(await proof()).toBe('kept');
});

test('a fee that would have been asked for after the check is not mentioned to somebody who was never asked for it', async () => {
  const letter = async (isAsked: boolean): Promise<string> => {
    const one = await paid(desk, by, 'disclosure', 0);
    const { id } = one.row;
    const registration =
      "UPDATE request_events SET data = data || $2::jsonb WHERE request_id = $1 AND event = 'registered'";
    await house.db.owner.query(registration, [id, { feeAfter: true }]);
    let now = valueOf(await identify(desk, by, id, seen(one), { on: today(), ...askedThemselves }));
    if (isAsked) now = valueOf(await tellShort(desk, by, id, seen(now), { on: today(), lacks: ['fee'] }));
    expect(now.row.stage).toBe(isAsked ? 'fee-asked' : 'identified');
    now = valueOf(await waived(now, 'own-mistake'));
    expect([now.row.stage, nextEvents(now.request)[0]]).toEqual(['identified', 'specified']);
    const terms = [{ kind: 'name', term: '免除 花子' }] as const;
    now = valueOf(await specifyFound(desk, by, id, seen(now), terms));
    now = await reviewed(desk, by, valueOf(await collect(desk, by, id, seen(now))));
    return printed(valueOf(await decide(desk, by, id, seen(now), asking(disclosing))), 'notice');
  };
  expect(await letter(true)).toContain('まだ届いていない手数料1,000円は');
  expect(await letter(false)).not.toContain('手数料');
});

test('only those who may refuse waive a fee, and “other” says why', async () => {
  const one = await paid(desk, by, 'disclosure', 0);
  expect(await waived(one, 'own-mistake', '', clerk())).toMatchObject({
    ok: false,
    problem: { kind: 'forbidden', says: waiverSays.officer },
  });
  expect(await waived(one, 'other', ' ')).toMatchObject({
    ok: false,
    problem: { fields: [{ field: 'reason', says: waiverSays.reason }] },
  });
  expect(valueOf(await waived(one, 'other', '店舗の開業記念のため。')).request.fee.waived).toBe(1000);
});

test('nothing is waived before it is asked for, after it is paid, or for a kind without a fee', async () => {
  const bare = await registered(desk, by, 'disclosure');
  expect(await waived(bare, 'hardship')).toMatchObject({
    problem: { fields: [{ field: 'papers', says: says.noPapers }] },
  });
  const settled = { problem: { fields: [{ field: 'event', says: says.feeSettled }] } };
  expect(await waived(await paid(desk, by, 'disclosure', 1000), 'hardship')).toMatchObject(settled);
  expect(await waived(await identified(desk, by, 'erasure'), 'hardship')).toMatchObject(settled);
  const free = valueOf(await waived(await paid(desk, by, 'disclosure', 400), 'hardship'));
  expect(await waived(free, 'hardship')).toMatchObject(settled);
  // What was waived is not asked for again.
  expect(await tellShort(desk, by, free.row.id, seen(free), { on: today(), lacks: ['fee'] })).toMatchObject({
    problem: { fields: [{ field: 'lacks', says: says.feeSettled }] },
  });
});

test('whoever got the form may be let off before the papers come, and what else is missing is still waited for', async () => {
  const one = await registered(desk, by, 'disclosure');
  const sent = valueOf(await sendForms(desk, by, one.row.id, seen(one), { on: today() }));
  const lacks = ['form', 'fee', 'identity'] as const;
  const short = valueOf(await tellShort(desk, by, one.row.id, seen(sent), { on: today(), lacks }));
  const free = valueOf(await waived(short, 'hardship'));
  expect([free.request.lacks, free.request.waitsUntil, free.row.stage]).toEqual([
    ['form', 'identity'],
    short.request.waitsUntil,
    'waiting',
  ]);
  const came = { on: today(), ...rightPapers, feeYen: 0 };
  const here = valueOf(await receivePapers(desk, by, one.row.id, seen(free), came));
  expect(nextEvents(here.request)[0]).toBe('identified');
  valueOf(await identify(desk, by, one.row.id, seen(here), { on: today(), ...askedThemselves }));
});

test('a waiver takes back a dismissal for the missing fee, until its letter is posted', async () => {
  const one = await asked(0);
  later(house, 29);
  const over = valueOf(
    await dismiss(desk, by, one.row.id, seen(one), { on: today(), ground: 'lacking', reason: '届きません。' }),
  );
  expect(nextEvents(over.request)).toContain('fee-waived');
  const free = valueOf(await waived(over, 'hardship'));
  expect([free.request.decided, free.row.stage, nextEvents(free.request)[0]]).toEqual([null, 'papers', 'identified']);
  const kept = free.papers.filter(({ kind, gone_at }) => kind === 'reason' && gone_at === null);
  expect(kept).toEqual([]);
});

test('the page offers it beside the fee: an officer has the form, a clerk is sent to an officer', async () => {
  const one = await asked(990);
  const at = `/desk/${one.row.id}`;
  const pageFor = async (role: 'desk' | 'officer', path: string): Promise<string> =>
    (await (await house.visitor(role)).get(path)).text();
  expect(await pageFor('officer', at)).toContain(`href="${at}?do=fee-waived"`);
  const clerks = await pageFor('desk', `${at}?do=fee-waived`);
  expect(clerks).toContain(waiverSays.officer.ja);
  expect(clerks).not.toContain('name="ground"');
  const officer = await house.visitor('officer');
  const shown = await (await officer.get(`${at}?do=fee-waived`)).text();
  expect(shown).toContain('足りない10円');
  const fields = { seen: String(one.request.last), on: '2026/13/1', reason: '' };
  const wrong = await officer.post(`${at}/fee-waived`, fields, at);
  expect([wrong.status, (await wrong.text()).includes('href="#f-ground"')]).toEqual([422, true]);
  const right = { ...fields, on: today().replaceAll('-', '/'), ground: 'small-shortfall' };
  expect((await officer.post(`${at}/fee-waived`, right, at)).status).toBe(303);
  const after = (await pageFor('desk', at)).replaceAll(/<[^>]+>/g, '');
  expect(after).toContain('手数料を免除');
  expect(after).toContain('990円（受領990円、免除10円）');
});
