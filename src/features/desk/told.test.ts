// A correction told to recipients that had been given what was wrong: through the checkpoint or not at all, once, with a letter that says nothing
// else.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { answered, collected, openTestDesk, seen, untrue, wordsOf } from '../../../tests/desk.ts';
import type { TestOffice } from '../../../tests/office.ts';
import { addConsent, addConsentText, addHolding, addPerson, addRecipient, valueOf } from '../../../tests/people.ts';
import { addMonths } from '../../base/day.ts';
import { listEntries } from '../../log/index.ts';
import type { By, Room } from '../access/index.ts';
import { withdrawConsent } from '../consent/actions/consents.ts';
import { listProvisions, provide, type Provided } from '../provision/index.ts';
import { carryOut } from './actions/carry-out.ts';
import type { Case } from './actions/cases.ts';
import { decide, type Plan } from './actions/decide.ts';
import { printLetter } from './actions/copies.ts';
import { correctedName } from './actions/drafts.ts';
import type { OpeningReason } from './facts/request.ts';
import { provisionsOf } from './actions/there.ts';
import { givenOf } from './actions/told.ts';
import { eraseNextPapers } from './index.ts';

let house: TestOffice;
let desk: Room;
let by: By;
let holding: string;
/** A planner and a printer, who may be given the e-mail address with consent, and a recipient in Hanoi, who is given nothing. */
let planner: string;
let printer: string;
let hanoi: string;
let text: { code: string; version: number };
beforeAll(async () => {
  ({ house, desk, by } = await openTestDesk());
  holding = await addHolding(house);
  planner = await addRecipient(house, { name: '株式会社例示企画', address: '〒530-0001 大阪府例示市1-1' });
  printer = await addRecipient(house, { name: '例示印刷株式会社', address: '例示市2-2' });
  hanoi = await addRecipient(house, { name: 'Reiji Hanoi', address: '例示市3-3' });
  text = await addConsentText(house, { holding, recipients: [planner, printer], items: ['name', 'email', 'note'] });
});
afterAll(() => house.close());

let n = 0;
const newEmail = (): string => `right-${n}@example.jp`;

interface Somebody {
  id: string;
  name: string;
  consent: string;
}

/** Somebody who consented, and what each recipient was given about them. */
async function somebody(given: readonly { to: string; items: readonly string[] }[]): Promise<Somebody> {
  n += 1;
  const name = `訂正 ${String.fromCodePoint(0x4e00 + n)}子`;
  const items = { name, email: `wrong-${n}@example.jp`, note: '秘密の控え' };
  const { principal } = await addPerson(house, holding, items);
  const consent = await addConsent(house, principal, text);
  for (const { to, items: codes } of given) {
    const ask = { principal, holding, items: codes, purpose: 'P3', recipient: to } as const;
    valueOf(await provide(house.office, by, { ...ask, facts: { relation: 'third-party' } }));
  }
  return { id: principal, name, consent };
}

const ask = (plan: Plan) => ({ facts: untrue, reason: '', plan, answer: '', mayRefuse: true });

async function decided(name: string, plan: Plan): Promise<Case> {
  const one = await collected(desk, by, 'correction', name);
  return valueOf(await decide(desk, by, one.row.id, seen(one), ask(plan)));
}

const carried = async (one: Case): Promise<Case> => valueOf(await carryOut(desk, by, one.row.id, seen(one)));

const emailTo = (value: string | null): NonNullable<Plan['changes']> => [{ holding, items: { email: value } }];

const provisionsTo = async (principal: string, recipient: string): Promise<Provided[]> =>
  listProvisions(house.office.database, { principal, recipient, most: 10 });

const words = async (made: Awaited<ReturnType<typeof printLetter>>): Promise<string | null> =>
  made.ok ? wordsOf(made.value.bytes) : null;

const letterTo = async (one: Case, recipient: string, why?: OpeningReason): Promise<string | null> =>
  words(await printLetter(desk, by, one.row.id, correctedName(recipient), why));

const logged = async (principal: string) =>
  (await listEntries(house.office.database, { actions: ['desk:tell-recipient'], principal, most: 10 })).map(
    ({ entry }) => entry,
  );

test('直した内容は、渡した相手に関門を通して渡し、記録し、その相手への手紙になる', async () => {
  const { id, name } = await somebody([
    { to: planner, items: ['name', 'email', 'note'] },
    { to: printer, items: ['note'] },
  ]);
  const one = await carried(await decided(name, { changes: emailTo(newEmail()), tell: [planner] }));
  const [first, again, ...more] = (await provisionsTo(id, planner)).toSorted((a, b) => b.items.length - a.items.length);
  expect([more, first!.items]).toEqual([[], ['name', 'email', 'note']]);
  // What was corrected, and the items by which they know whose it is; nothing else that they were once given.
  expect(again).toMatchObject({ items: ['name', 'email'], purpose: 'P3', relation: 'third-party' });
  expect(again!.record).toMatchObject({ consent_obtained: true, recipient_name: '株式会社例示企画' });
  const step = one.effects.find((effect) => effect.step === `tell:${planner}/${holding}/P3/third-party`);
  expect([step!.entry_id, one.request.carriedOut!.entries.at(-1)]).toEqual([again!.id, again!.id]);
  expect(await provisionsTo(id, printer)).toHaveLength(1);
  const letter = (await letterTo(one, planner))!;
  for (const said of [
    `株式会社例示企画御中`,
    '〒530-0001',
    '令和8年12月7日に',
    name.replace(' ', ''),
    `wrong-${n}@example.jp${newEmail()}`,
  ])
    expect(letter).toContain(said);
  // The recipient is no party to the request.
  expect(letter).not.toMatch(/秘密の控え|確認コード|届いた日|差出/);
  expect(await letterTo(one, printer)).toBeNull();
  const notice = (await words(await printLetter(desk, by, one.row.id, 'notice')))!;
  expect(notice).toContain('株式会社例示企画直した内容をお知らせしました');
  const opened = await listEntries(house.office.database, { actions: ['desk:open-paper'], most: 2 });
  expect(opened.map(({ entry }) => [entry['letter'], entry['recipient']])).toEqual([
    ['notice', undefined],
    ['corrected', planner],
  ]);
  const all = await house.db.owner.query<{ entry: string }>('SELECT entry::text AS entry FROM log_entries', []);
  expect(all.filter(({ entry }) => entry.includes(newEmail()) || entry.includes('秘密'))).toEqual([]);
});

test('求められなければ、だれにも知らせず、通知にも書かない', async () => {
  const { id, name } = await somebody([{ to: planner, items: ['email'] }]);
  const one = await carried(await decided(name, { changes: emailTo(newEmail()) }));
  expect(await provisionsTo(id, planner)).toHaveLength(1);
  expect(await words(await printLetter(desk, by, one.row.id, 'notice'))).not.toContain('提供先へのお知らせ');
});

test('もう渡せない相手には渡さず、知らせていないことを記録して本人に知らせる', async () => {
  const { id, name, consent } = await somebody([{ to: planner, items: ['email'] }]);
  const one = await decided(name, { changes: emailTo(newEmail()), tell: [planner] });
  valueOf(await withdrawConsent(house.office, by, consent, { on: house.office.clock.today(), evidence: null }));
  const done = await carried(one);
  expect(await provisionsTo(id, planner)).toHaveLength(1);
  const [entry, ...more] = await logged(id);
  expect([more, entry]).toMatchObject([[], { request: one.row.id, recipient: planner, holding, told: false }]);
  expect(done.effects.find(({ step }) => step.startsWith('tell:'))!.entry_id).toBe(entry!.id);
  const refused = await listEntries(house.office.database, { actions: ['refused'], principal: id, most: 5 });
  expect(refused.map(({ entry: why }) => why['asked'])).toEqual(['provide']);
  expect(await letterTo(done, planner)).toBeNull();
  expect(await words(await printLetter(desk, by, one.row.id, 'notice'))).toContain(
    '株式会社例示企画いまはお渡しできる根拠がないため、お知らせしていません',
  );
});

test('取り除いただけの項目は、新しく渡すものなしに知らせる', async () => {
  const { id, name } = await somebody([{ to: planner, items: ['email'] }]);
  const one = await carried(await decided(name, { changes: emailTo(null), tell: [planner] }));
  expect(await provisionsTo(id, planner)).toHaveLength(1);
  expect(await logged(id)).toMatchObject([{ recipient: planner, told: true }]);
  expect(await letterTo(one, planner)).toContain(`wrong-${n}@example.jp（削除しました）`);
});

test('取り除いただけでも、もう渡せない相手には知らせない', async () => {
  const { id, name, consent } = await somebody([{ to: planner, items: ['email'] }]);
  const one = await decided(name, { changes: emailTo(null), tell: [planner] });
  valueOf(await withdrawConsent(house.office, by, consent, { on: house.office.clock.today(), evidence: null }));
  const done = await carried(one);
  expect(await logged(id)).toMatchObject([{ recipient: planner, told: false }]);
  expect(await letterTo(done, planner)).toBeNull();
});

test('別の目的で渡した項目は、それぞれの目的で知らせ、一つでも欠ければ知らせたとは言わない', async () => {
  const { id, name } = await somebody([{ to: planner, items: ['email'] }]);
  const other = await addConsentText(house, { holding, recipients: [planner], items: ['note'], purpose: 'P1' });
  const consent = await addConsent(house, id, other);
  const note = { principal: id, holding, items: ['note'], purpose: 'P1', recipient: planner } as const;
  valueOf(await provide(house.office, by, { ...note, facts: { relation: 'third-party' } }));
  const changes = [{ holding, items: { email: newEmail(), note: '正しい控え' } }];
  const both = await decided(name, { changes, tell: [planner] });
  valueOf(await withdrawConsent(house.office, by, consent, { on: house.office.clock.today(), evidence: null }));
  const done = await carried(both);
  expect((await provisionsTo(id, planner)).map(({ purpose, items }) => [purpose, items]).toSorted()).toEqual([
    ['P1', ['note']],
    ['P3', ['email']],
    ['P3', ['email']],
  ]);
  const letter = (await letterTo(done, planner))!;
  expect([letter.includes(newEmail()), letter.includes('正しい控え')]).toEqual([true, false]);
  expect(await words(await printLetter(desk, by, done.row.id, 'notice'))).toContain(
    '株式会社例示企画一部をお知らせしました',
  );
});

test('直す項目を渡していない相手は選べない', async () => {
  const { name } = await somebody([
    { to: planner, items: ['email'] },
    { to: printer, items: ['note'] },
  ]);
  const one = await collected(desk, by, 'correction', name);
  for (const tell of [[printer], [hanoi], [planner, hanoi]]) {
    const answer = await decide(desk, by, one.row.id, seen(one), ask({ changes: emailTo(newEmail()), tell }));
    expect(answer).toMatchObject({
      ok: false,
      problem: {
        kind: 'invalid',
        fields: [{ field: 'tell', says: { ja: 'この提供先には、直す項目を渡していません' } }],
      },
    });
  }
});

test('二人が同時に実施しても一度だけ渡し、記録できなければ渡さない', async () => {
  const { id, name } = await somebody([{ to: planner, items: ['email'] }]);
  const one = await decided(name, { changes: emailTo(newEmail()), tell: [planner] });
  await house.db.owner.query('REVOKE INSERT ON request_effects FROM sekisho_app', []);
  await expect(carryOut(desk, by, one.row.id, seen(one))).rejects.toThrow();
  await house.db.owner.query('GRANT INSERT ON request_effects TO sekisho_app', []);
  expect(await provisionsTo(id, planner)).toHaveLength(1);
  const all = await Promise.all(Array.from({ length: 4 }, () => carryOut(desk, by, one.row.id, seen(one))));
  expect(all.filter(({ ok }) => ok)).toHaveLength(1);
  expect(await provisionsTo(id, planner)).toHaveLength(2);
});

test('書類を消す日が過ぎれば、手紙も渡した内容も残らない', async () => {
  const { name } = await somebody([{ to: planner, items: ['email'] }]);
  const on = house.office.clock.today();
  let one = await carried(await decided(name, { changes: emailTo(newEmail()), tell: [planner] }));
  one = await answered(desk, by, one);
  expect(await letterTo(one, planner, 'audit')).not.toBeNull();
  house.clock.moveTo(`${addMonths(on, 7)}T09:00:00+09:00`);
  while (await eraseNextPapers(house.office)) continue;
  expect(await letterTo(one, planner)).toBeNull();
  const left = await house.db.owner.query<{ n: number }>(
    "SELECT count(*)::int AS n FROM request_papers WHERE request_id = $1 AND kind = 'told' AND sealed IS NOT NULL",
    [one.row.id],
  );
  expect(left[0]!.n).toBe(0);
});

/** Copies of a provision of a person to a recipient, with its record, later than any other. */
const manyMore = (principal: string, recipient: string, times: number) =>
  house.db.owner.query(
    `WITH given AS (
       SELECT p.* FROM provisions p JOIN provision_people w ON w.provision_id = p.id WHERE w.principal_id = $1 AND p.recipient_id = $2),
     more AS (
       INSERT INTO provisions SELECT r.* FROM given n, generate_series(1, $3::int) AS i,
         jsonb_populate_record(NULL::provisions, to_jsonb(n) || jsonb_build_object('id', 'ffffffff-0000-4000-8000-' || lpad(i::text, 12, '0'))) AS r
       RETURNING id),
     records AS (
       INSERT INTO provision_records SELECT r.* FROM provision_records old JOIN given n ON n.id = old.provision_id, more m,
         jsonb_populate_record(NULL::provision_records, to_jsonb(old) || jsonb_build_object('provision_id', m.id)) AS r)
     INSERT INTO provision_people SELECT $1, id, id, NULL FROM more`,
    [principal, recipient, times],
  );

test('of more than a thousand provisions none is left out: not the oldest, and not who was given what by it', async () => {
  const given = await somebody([
    { to: planner, items: ['name', 'email'] },
    { to: printer, items: ['email'] },
  ]);
  await manyMore(given.id, printer, 1_000);
  const one = await collected(desk, by, 'correction', given.name);
  expect(await provisionsOf(house.office, given.id)).toHaveLength(1_002);
  expect((await givenOf(house.office, one.request)).map(({ recipient }) => recipient)).toEqual([printer, planner]);
});
