// A requester is given what the law gives, no less and no more: the records that had to be made (33(5)), the measures of recipients whose system a
// provision rested on (28(3)), and the purposes that their own information is held for (32(2)).

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asking, collected, disclosing, later, openTestDesk, seen, wordsOf } from '../../../tests/desk.ts';
import type { TestOffice } from '../../../tests/office.ts';
import {
  addConsent,
  addConsentText,
  addHolding,
  addPerson,
  addRecipient,
  entrusted,
  valueOf,
} from '../../../tests/people.ts';
import { day } from '../../base/day.ts';
import type { ReceiptFacts } from '../../law/index.ts';
import type { By, Room } from '../access/index.ts';
import { acquire } from '../acquisition/index.ts';
import { provide } from '../provision/index.ts';
import { checkRecipient } from '../recipients/actions/assurance.ts';
import { caseOf, type Case } from './actions/cases.ts';
import { printLetter } from './actions/copies.ts';
import { decide, type DecideAsk, type Plan } from './actions/decide.ts';
import { shownOf, type Shown } from './actions/shown.ts';
import type { Kind } from './facts/kind.ts';
import { deskPages } from './pages/desk.tsx';

let house: TestOffice;
let desk: Room;
let by: By;
let holding: string;
beforeAll(async () => {
  ({ house, desk, by } = await openTestDesk((office, access) => deskPages({ office, access })));
  holding = await addHolding(house, { purposes: ['P1', 'P3'] });
});
afterAll(() => house.close());

let n = 0;

/** Somebody who was told only of the third purpose of the holding. */
async function somebody(): Promise<{ id: string; name: string; email: string }> {
  const name = `求め ${String.fromCodePoint(0x4e00 + ++n)}子`;
  const email = `owed-${n}@example.jp`;
  const { principal } = await addPerson(house, holding, { name, email }, undefined, ['P3']);
  return { id: principal, name, email };
}

/** A request about somebody, decided with these facts, and what is shown for it. */
async function decided(kind: Kind, name: string, facts: DecideAsk['facts']): Promise<{ one: Case; shown: Shown }> {
  const there = await collected(desk, by, kind, name);
  const { id } = there.row;
  const one = valueOf(await decide(desk, by, id, seen(there), asking(facts)));
  return { one, shown: valueOf(await shownOf(desk, by, id)) };
}

const grounds = ({ request }: Case): string[] =>
  request.decided!.finding!.because.map((ground) => `${ground.law} ${ground.article}`);

test('33(5): a receipt of which no record had to be made is no record of 30(3)', async () => {
  const who = await somebody();
  const provider = {
    kind: 'corporation',
    name: '株式会社例示名簿',
    address: '大阪府例示市5-5',
    representative: '名簿 花子',
  } as const;
  let seen = 0;
  const take = async (receipt: ReceiptFacts, value: string): Promise<string> => {
    seen += 1;
    return valueOf(
      await acquire(house.office, by, {
        holding,
        channel: 'oral',
        source: 'third-party',
        purposes: ['P3'],
        items: { note: value },
        principal: who.id,
        seen,
        receipt,
      }),
    ).record.id;
  };
  await take({ provider, basis: 'not-third-party', ownUse: false }, '委託先から');
  const exception = { item: '27(1)(i)', legalBasis: '例示法5条 7号', lawOfJapan: true } as const;
  await take({ provider, basis: 'exception', exception }, '法令に基づいて');
  await take({ provider: { ...provider, kind: 'state-organ', name: '例示税務署' }, basis: 'exception' }, '役所から');
  const none = await decided('record-disclosure', who.name, disclosing);
  expect([none.one.request.collected?.receipts, none.one.request.decided?.result]).toEqual([0, 'absent']);
  expect(grounds(none.one)).toEqual(['APPI 33(3)', 'APPI 38(1)']);
  const consent = { basis: 'consent', howAcquired: '催しの受付で', documentSeen: true, consentObtained: true } as const;
  const recorded = await take({ provider, ...consent }, '同意を得て');
  const optOut = { basis: 'opt-out', howAcquired: '名簿から', documentSeen: true, filingPublished: true } as const;
  const published = await take({ provider, ...optOut }, 'オプトアウトで');
  const { one, shown } = await decided('record-disclosure', who.name, disclosing);
  expect([one.request.collected?.receipts, one.request.decided?.result]).toEqual([2, 'granted']);
  const bases = shown.receipts.map(({ id, consent, published: is }) => ({ id, consent, published: is }));
  expect(bases).toHaveLength(2);
  expect(bases).toContainEqual({ id: recorded, consent: true, published: false });
  expect(bases).toContainEqual({ id: published, consent: false, published: true });
  // Rules 24(1)(i) (e): that the Commission has published the filing is an item of the record.
  const paper = await wordsOf(valueOf(await printLetter(desk, by, one.row.id, 'disclosed')).bytes);
  expect(paper).toContain('個人情報保護委員会が公表した届出によるオプトアウト');
});

test('28(3): who consented to a provision abroad is not owed the measures of a recipient that has a system too', async () => {
  const system = {
    kind: 'equivalent-system',
    reference: '覚書 7',
    from: '2026-04-01',
    by: 'contract',
    measures: '日本の定めに沿う措置',
    checkMethod: '書面',
    checkMonths: 12,
  };
  const of = { name: 'Reiji Austin Inc.', country: 'US', relations: ['third-party', 'entrustment'] };
  const recipient = await addRecipient(house, of, entrusted, system);
  const germany = { name: 'Reiji GmbH', country: 'DE', relations: ['entrustment'] };
  const recognised = await addRecipient(house, germany, entrusted, system);
  const today = house.office.clock.today();
  const check = { on: today, method: '書面', measures: 'kept' };
  for (const one of [recipient, recognised]) valueOf(await checkRecipient(house.office, by, one, check));
  const who = await somebody();
  const words = { ja: '確かめたとおり', en: 'As found' };
  const shown = { country: { code: 'US' }, system: { text: words }, measures: { text: words } };
  const text = await addConsentText(house, { holding, recipients: [recipient], items: ['email'], shown });
  const told = day('2026-11-20');
  await addConsent(house, who.id, text, told, { shown: { on: told, at: null } });
  const give = async (to: string, relation: 'third-party' | 'entrustment', items = ['email']): Promise<string> => {
    const ask = { principal: who.id, holding, items, purpose: 'P3', recipient: to, facts: { relation } };
    return valueOf(await provide(house.office, by, ask)).id;
  };
  await give(recipient, 'third-party');
  await give(recognised, 'entrustment');
  const none = await decided('foreign-information', who.name, { impedes: 'none' });
  expect([grounds(none.one), none.one.request.decided?.result, none.shown.abroad]).toEqual([
    ['APPI 28(3)'],
    'refused',
    [],
  ]);
  const onSystem = await give(recipient, 'entrustment', ['name']);
  const { one, shown: answer } = await decided('foreign-information', who.name, { impedes: 'none' });
  expect([grounds(one), answer.abroad.map(({ id }) => id)]).toEqual([['APPI-Rules 18(3)'], [onSystem]]);
  // Of a recipient that came after the decision nobody has judged whether its measures may be known.
  later(house, 1);
  const late = await addRecipient(house, { ...of, name: 'Reiji Boston Inc.' }, entrusted, system);
  valueOf(await checkRecipient(house.office, by, late, check));
  await give(late, 'entrustment', ['name']);
  const again = await give(recipient, 'entrustment', ['name']);
  const { abroad } = valueOf(await shownOf(desk, by, one.row.id));
  expect(abroad.map(({ id }) => id)).toEqual([again, onSystem]);
  later(house, -1);
});

describe('28(3): the measures of which a part is kept back (Rules 18(3) proviso, 18(4))', () => {
  const part = { impedes: 'part' } as const;
  let one: Case;
  let to: string;
  beforeAll(async () => {
    const system = { kind: 'equivalent-system', reference: '覚書 8', from: '2026-04-01', by: 'contract' };
    const measures = { measures: '社外に出せない仕組み', checkMethod: '書面', checkMonths: 12 };
    const of = { name: 'Reiji Dallas Inc.', country: 'US', relations: ['entrustment'] };
    to = await addRecipient(house, of, entrusted, { ...system, ...measures });
    const on = house.office.clock.today();
    valueOf(await checkRecipient(house.office, by, to, { on, method: '書面', measures: 'kept' }));
    const who = await somebody();
    const ask = { principal: who.id, holding, items: ['email'], purpose: 'P3', recipient: to };
    valueOf(await provide(house.office, by, { ...ask, facts: { relation: 'entrustment' } }));
    one = await collected(desk, by, 'foreign-information', who.name);
  });
  const deciding = (untold?: Plan['untold']) => decide(desk, by, one.row.id, seen(one), asking(part, { untold }));

  test('is decided only with what is kept back: at least one of what there is to tell, and not all of it', async () => {
    const all = ['how-set-up', 'measures', 'check-frequency-and-method', 'country', 'foreign-systems', 'trouble'];
    for (const untold of [
      undefined,
      [],
      [{ recipient: to, items: [] }],
      [{ recipient: to, items: ['purpose'] }],
      [{ recipient: one.row.id, items: ['measures'] }],
      [{ recipient: to, items: [...all, 'remedy'] }],
    ])
      expect(await deciding(untold)).toMatchObject({ ok: false, problem: { fields: [{ field: 'untold' }] } });
  });

  test('is told of without that part, which is named', async () => {
    one = valueOf(await deciding([{ recipient: to, items: ['measures'] }]));
    expect(one.request.decided?.result).toBe('partly');
    const letter = valueOf(await printLetter(desk, by, one.row.id, 'notice'));
    const text = await wordsOf(letter.bytes);
    expect(text).not.toContain('社外に出せない仕組み');
    expect(text).toContain('ReijiDallasInc.、相手がとる措置の概要：お知らせしません');
    expect(text).toContain('アメリカ');
  });

  test('is chosen on the page from what there is to tell', async () => {
    const officer = await house.visitor('officer');
    const at = `/desk/${one.row.id}`;
    const facts = { seen: String(one.request.last), ...part };
    await officer.get(`${at}?do=decided`);
    const asked = await (await officer.post(`${at}/decided`, facts, at)).text();
    expect(asked.match(/name="untold" value="[^"]*"/g)).toHaveLength(7);
    const none = await (await officer.post(`${at}/decided`, { ...facts, impedes: 'all' }, at)).text();
    expect([none.includes('知らせません'), none.includes('開示しません')]).toEqual([true, false]);
    const decision = { ...facts, do: 'decide', told: '社外秘のため', untold: `${to}/trouble` };
    expect((await officer.post(`${at}/decided`, decision, at)).status).toBe(303);
    one = valueOf(await caseOf(desk, one.row.id));
    const text = await wordsOf(valueOf(await printLetter(desk, by, one.row.id, 'notice')).bytes);
    expect(text).toContain('社外に出せない仕組み');
    expect(text).toContain('措置に生じた支障と概要：お知らせしません');
    const plan = one.papers.find(({ kind, gone_at }) => kind === 'change' && gone_at === null)!;
    const opened = await (await officer.post(`${at}/papers/${plan.id}`, {}, at)).text();
    expect(opened).toContain('Reiji Dallas Inc.：措置に生じた支障と概要');
  });

  test('is told in no letter while the decision, of an earlier version, does not name it', async () => {
    await house.db.owner.query("DELETE FROM request_papers WHERE request_id = $1 AND kind = 'change'", [one.row.id]);
    const letter = await printLetter(desk, by, one.row.id, 'notice');
    expect(letter).toMatchObject({ ok: false, problem: { fields: [{ field: 'untold' }] } });
    const page = await (await house.visitor('officer')).get(`/desk/${one.row.id}/letters/notice.pdf`);
    expect([page.status, await page.text()]).toEqual([
      422,
      expect.stringContaining('知らせない項目が書かれていません'),
    ]);
  });
});

test('32(2): the person is told the purposes that their own information is held for, not all of the holding', async () => {
  const who = await somebody();
  const told = async () => (await decided('purpose-notice', who.name, { clear: false })).shown.purposes;
  expect(await told()).toEqual([{ holding, purposes: ['P3'] }]);
  await addPerson(house, holding, { phone: '03-0000-0000' }, who.id, ['P1']);
  expect(await told()).toEqual([{ holding, purposes: ['P1', 'P3'] }]);
});
