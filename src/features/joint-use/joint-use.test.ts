// Joint uses on a real database with the example policy, a real ledger, real recipients and the real log: what is refused, how two clerks' changes
// interact, what is in force on which day, and the law's answer to sharing under a joint use.

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openTestOffice, type TestOffice } from '../../../tests/office.ts';
import { outline, type Outline } from '../../../tests/outline.ts';
import { addHolding, officerOf, valueOf } from '../../../tests/people.ts';
import type { Actor } from '../../base/actor.ts';
import { day, type Day } from '../../base/day.ts';
import { newId } from '../../base/id.ts';
import type { Outcome } from '../../base/outcome.ts';
import { decideProvision, decidePseudonymousProvision } from '../../law/index.ts';
import { listEntries, type LogEntry } from '../../log/index.ts';
import type { By } from '../access/index.ts';
import { changeHolding, holding as holdingOf } from '../ledger/index.ts';
import { registerRecipient } from '../recipients/actions/recipient.ts';
import {
  changeDraft,
  changeJointUse,
  endJointUse,
  jointUse,
  jointUseFacts,
  listJointUses,
  publishNotice,
  registerJointUse,
} from './actions.ts';
import { actualOn, comingOn, duesOn, noticeOn, spansOf, standingOn } from './facts/standing.ts';
import type { ChangeInput, JointUseInput } from './facts/read.ts';
import type { JointUse } from './facts/joint-use.ts';

let house: TestOffice;
let by: By;
let readers: string;
let events: string;
let member: string;
let stranger: string;

const START = '2026-12-07T08:42:00+09:00';

const recipient = async (name: string, relations = ['joint-use']): Promise<string> =>
  valueOf(
    await registerRecipient(house.office, by, {
      kind: 'corporation',
      name,
      address: '東京都中央区例示町2-2',
      representative: '例示 次郎',
      country: 'JP',
      relations,
    }),
  ).id;

beforeAll(async () => {
  house = await openTestOffice(() => [], { at: START });
  by = { actor: officerOf(house), authority: ['officer-all-work'] };
  readers = await addHolding(house, { purposes: ['P1', 'P3'] });
  events = await addHolding(house, {
    name: { ja: '催しの参加者', en: 'Event guests' },
    purposes: ['P1', 'P2', 'P3'],
    items: ['name', 'email', 'company'],
  });
  member = await recipient('株式会社例示配送');
  stranger = await recipient('例示広告株式会社');
});
afterAll(() => house.close());
beforeEach(async () => {
  house.clock.moveTo(START);
  await house.db.owner.query('TRUNCATE joint_use_publications, joint_use_notices, joint_uses', []);
});

const input = (more: Partial<JointUseInput> = {}): JointUseInput => ({
  name: { ja: '催しの共同案内', en: 'Joint invitations' },
  information: 'personal',
  shares: [{ holding: readers, items: ['name', 'email'] }],
  scope: { ja: '当社と株式会社例示配送', en: 'We and Reiji Haiso' },
  members: [member],
  purposes: ['P1'],
  responsible: {
    kind: 'corporation',
    name: { ja: '例示情報通信株式会社' },
    address: { ja: '東京都千代田区例示町1-1' },
    representative: { ja: '例示 太郎' },
  },
  ...more,
});

const fieldsOf = (outcome: Outcome<unknown>): string[] => {
  if (outcome.ok || outcome.problem.kind !== 'invalid') throw new Error(`not invalid: ${JSON.stringify(outcome)}`);
  for (const { says } of outcome.problem.fields) expect(says.ja && says.en).toBeTruthy();
  return outcome.problem.fields.map(({ field }) => field);
};

const refusalOf = (outcome: Outcome<unknown>): Outline => {
  if (outcome.ok || outcome.problem.kind !== 'refused') throw new Error(`not refused: ${JSON.stringify(outcome)}`);
  return outline(outcome.problem.finding);
};

const conflictOf = (outcome: Outcome<unknown>): string => {
  if (outcome.ok || outcome.problem.kind !== 'conflict') throw new Error(`no conflict: ${JSON.stringify(outcome)}`);
  return outcome.problem.field;
};

const entriesOf = async (id: string): Promise<LogEntry[]> =>
  (await listEntries(house.db.app, { most: 100 })).map(({ entry }) => entry).filter((entry) => entry.jointUse === id);

const register = async (more: Partial<JointUseInput> = {}): Promise<JointUse> =>
  valueOf(await registerJointUse(house.office, by, input(more)));

const published = async (more: Partial<JointUseInput> = {}, on = '2026-12-07'): Promise<JointUse> => {
  const { id, version } = await register(more);
  return valueOf(await publishNotice(house.office, by, { id, version }, { notice: 1, on: day(on) }));
};

const change = (use: JointUse, asked: ChangeInput): Promise<Outcome<JointUse>> =>
  changeJointUse(house.office, by, { id: use.id, version: use.version }, asked);

const widened = (more: Partial<ChangeInput> = {}): ChangeInput => ({
  change: 'purposes',
  effectiveOn: day('2027-02-01'),
  noticeOn: day('2026-12-10'),
  purposes: ['P1', 'P3'],
  related: true,
  why: 'どちらも催しのご案内です',
  ...more,
});

const moved = (more: Partial<ChangeInput> = {}): ChangeInput => ({
  change: 'responsible-address',
  effectiveOn: day('2026-12-07'),
  noticeOn: null,
  responsible: { address: { ja: '東京都港区例示町3-3' } },
  ...more,
});

describe('registering', () => {
  test('is kept as a draft with its log entry, which holds ids and codes only', async () => {
    const use = await register();
    expect(use).toMatchObject({ notices: [], version: 1, replaces: null, endedOn: null });
    expect(use.draft).toMatchObject({ members: [member], purposes: ['P1'] });
    expect(use.draft!.responsible.name).toEqual({ ja: '例示情報通信株式会社', en: '例示情報通信株式会社' });
    expect(await listJointUses(house.office)).toEqual([use]);
    expect(standingOn(use, day('2026-12-07'))).toBe('draft');
    const [entry] = await entriesOf(use.id);
    expect(entry).toMatchObject({
      action: 'joint-use:register',
      information: 'personal',
      holdings: [readers],
      items: ['name', 'email'],
      purposes: ['P1'],
      recipients: [member],
      authority: ['officer-all-work'],
    });
    expect(JSON.stringify(entry)).not.toMatch(/例示|催し/);
  });

  test('takes a thousand members, all of them in the draft, their number and the first of them in the log', async () => {
    const copied = await house.db.owner.query<{ id: string }>(
      `INSERT INTO recipients SELECT (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid(), 'name', r.name || n))).*
       FROM recipients r, generate_series(1, 999) AS n WHERE r.id = $1 RETURNING id`,
      [member],
    );
    const members = [member, ...copied.map(({ id }) => id)];
    const use = await register({ name: { ja: '千社の共同利用' }, members });
    expect(use.draft!.members).toEqual(members);
    const [entry] = await entriesOf(use.id);
    expect(entry).toMatchObject({ action: 'joint-use:register', members: 1_000, recipients: members.slice(0, 50) });
    await house.db.owner.query('DELETE FROM recipients WHERE id = ANY($1::uuid[])', [members.slice(1)]);
  });

  test.each<[string, () => Partial<JointUseInput>, string[]]>([
    ['no name', () => ({ name: { ja: ' ' } }), ['name.ja']],
    ['a kind that is none', () => ({ information: 'anonymous' }), ['information']],
    ['nothing shared', () => ({ shares: [] }), ['shares']],
    ['a holding that is none', () => ({ shares: [{ holding: member, items: ['name'] }] }), ['shares.0.holding']],
    ['no item', () => ({ shares: [{ holding: readers, items: [] }] }), ['shares.0.items']],
    ['an item it has not', () => ({ shares: [{ holding: events, items: ['phone'] }] }), ['shares.0.items']],
    [
      'a holding twice',
      () => ({
        shares: [
          { holding: readers, items: ['name'] },
          { holding: readers, items: ['email'] },
        ],
      }),
      ['shares.1.holding'],
    ],
    ['no scope', () => ({ scope: { ja: '' } }), ['scope.ja']],
    ['nobody in it', () => ({ members: [] }), ['members']],
    ['somebody unknown', () => ({ members: [readers] }), ['members']],
    ['no purpose', () => ({ purposes: [] }), ['purposes']],
    ['a purpose the policy does not state', () => ({ purposes: ['P9'] }), ['purposes']],
    ['a purpose beyond the holding', () => ({ purposes: ['P1', 'P2'] }), ['purposes']],
    [
      'a corporation without a representative',
      () => ({ responsible: { ...input().responsible, representative: null } }),
      ['responsible.representative.ja'],
    ],
    [
      'a corporation with a blank representative',
      () => ({ responsible: { ...input().responsible, representative: { ja: '　', en: 'X' } } }),
      ['responsible.representative.ja'],
    ],
    [
      'a sole trader with a representative',
      () => ({ responsible: { ...input().responsible, kind: 'individual' } }),
      ['responsible.representative.ja'],
    ],
    [
      'a private person',
      () => ({ responsible: { ...input().responsible, kind: 'private-person' } }),
      ['responsible.kind'],
    ],
    [
      'no address',
      () => ({ responsible: { ...input().responsible, address: { ja: '' } } }),
      ['responsible.address.ja'],
    ],
    ['two lines for a name', () => ({ name: { ja: '催し\n案内' } }), ['name.ja']],
  ])('%s is refused by field', async (_, more, fields) => {
    expect(fieldsOf(await registerJointUse(house.office, by, input(more())))).toEqual(fields);
    expect(await listJointUses(house.office)).toEqual([]);
  });

  test('a recipient that does not take part in joint use is no member', async () => {
    const other = await recipient('例示印刷株式会社', ['entrustment']);
    expect(fieldsOf(await registerJointUse(house.office, by, input({ members: [other] })))).toEqual(['members']);
  });

  test('My Numbers are refused by the Numbering Act, whatever else is written, and the refusal is logged', async () => {
    const outcome = await registerJointUse(house.office, by, input({ information: 'my-number', purposes: [] }));
    expect(refusalOf(outcome)).toMatchObject({ answer: 'no', because: ['NumberingAct 19', 'NumberingAct 30(2)'] });
    const { entry } = (await listEntries(house.db.app, { most: 1 }))[0]!;
    expect(entry).toMatchObject({ action: 'refused', asked: 'joint-use' });
    expect(await listJointUses(house.office)).toEqual([]);
  });

  test('of eight clerks who register the same at once one gets it, the others are told which', async () => {
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => registerJointUse(house.office, by, input())));
    const [one, ...others] = await listJointUses(house.office);
    expect(others).toEqual([]);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    for (const outcome of outcomes.filter(({ ok }) => !ok)) {
      expect(outcome).toMatchObject({ problem: { kind: 'conflict', field: 'name.ja', existing: one!.id } });
    }
  });

  test('what replaces another may have its name, once', async () => {
    const old = await published();
    const wider = input({ shares: [{ holding: readers, items: ['name', 'email', 'phone'] }] });
    const next = valueOf(await registerJointUse(house.office, by, wider, old.id));
    expect(next.replaces).toBe(old.id);
    expect(conflictOf(await registerJointUse(house.office, by, wider, old.id))).toBe('name.ja');
    expect(fieldsOf(await registerJointUse(house.office, by, wider, readers))).toEqual(['replaces']);
  });
});

describe('the draft', () => {
  test('is corrected over the version that was seen; the second clerk is told', async () => {
    const use = await register();
    const at = { id: use.id, version: use.version };
    const [a, b] = await Promise.all([
      changeDraft(house.office, by, at, input({ purposes: ['P3'] })),
      changeDraft(house.office, by, at, input({ purposes: ['P1', 'P3'] })),
    ]);
    expect([a.ok, b.ok].filter(Boolean)).toHaveLength(1);
    expect(conflictOf(a.ok ? b : a)).toBe('version');
    expect(valueOf(await jointUse(house.office, use.id))).toEqual(valueOf(a.ok ? a : b));
    expect((await entriesOf(use.id)).map(({ action }) => action)).toEqual(['joint-use:draft', 'joint-use:register']);
  });

  test('gives no notice: sharing under it is refused by the law', async () => {
    const use = await register();
    expect(await sharing(use, {}, '2026-12-07')).toMatchObject({ answer: 'no', because: ['APPI 27(5)(iii)'] });
  });

  test('cannot be changed as if it were public', async () => {
    const use = await register();
    expect(conflictOf(await change(use, moved()))).toBe('state');
  });

  test('is checked again when it is published: what the ledger no longer allows is not made known', async () => {
    const use = await register({ shares: [{ holding: events, items: ['name'] }], purposes: ['P2'] });
    const before = (await holdingOf(house.office, events))!;
    const ledger = house;
    const narrowed = { ...before, items: before.items.map(({ code }) => code), purposes: ['P1'] };
    const { version } = valueOf(
      await changeHolding(ledger, by, { id: events, version: before.version, input: narrowed }),
    );
    const at = { id: use.id, version: use.version };
    expect(fieldsOf(await publishNotice(house.office, by, at, { notice: 1, on: day('2026-12-07') }))).toEqual([
      'purposes',
    ]);
    expect(valueOf(await jointUse(house.office, use.id)).notices).toEqual([]);
    await changeHolding(ledger, by, { id: events, version, input: { ...narrowed, purposes: before.purposes } });
  });
});

interface Shared {
  items: string[];
  purpose: string;
  recipient: string;
  holding: string;
}

/** The law's answer to sharing under a joint use on a day, with only the facts that the office knows. */
async function sharing(use: JointUse, more: Partial<Shared>, on: string): Promise<Outline> {
  const asked = { items: ['name'], purpose: 'P1', recipient: member, holding: readers, ...more };
  const facts = valueOf(
    await jointUseFacts(
      house.office.database,
      { jointUse: use.id, recipient: asked.recipient, holding: asked.holding },
      day(on),
    ),
  );
  const { information, ...joint } = facts;
  const stated = {
    relation: 'joint-use' as const,
    jointUse: joint,
    items: asked.items,
    purpose: asked.purpose,
    holdingPurposes: ['P1', 'P3'].map((id) => ({ id, clause: '1' })),
    recipient: { kind: 'corporation' as const, country: 'JP' },
    exception: null,
  };
  return outline(
    information === 'pseudonymous'
      ? decidePseudonymousProvision({ ...stated, pseudonymousType: 'personal' }, day(on))
      : decideProvision({ ...stated, information }, day(on)),
  );
}

describe('sharing under the notice', () => {
  test.each<[string, () => Partial<Shared>, string, Outline['answer']]>([
    ['within it', () => ({}), '2026-12-07', 'yes'],
    ['all items', () => ({ items: ['name', 'email'] }), '2026-12-08', 'yes'],
    ['the day before', () => ({}), '2026-12-06', 'no'],
    ['an item not named', () => ({ items: ['name', 'phone'] }), '2026-12-08', 'no'],
    ['an item of another holding', () => ({ holding: events }), '2026-12-08', 'no'],
    ['a recipient outside', () => ({ recipient: stranger }), '2026-12-08', 'no'],
    ['a purpose not named', () => ({ purpose: 'P3' }), '2026-12-08', 'no'],
  ])('%s', async (_, more, on, answer) => {
    const use = await published();
    const found = await sharing(use, more(), on);
    expect(found.answer).toBe(answer);
    expect(found.because).toContain('APPI 27(5)(iii)');
  });

  test.each([
    ['2026-12-09', 'no'],
    ['2026-12-10', 'yes'],
  ])('of a notice planned for 10 December, on %s', async (on, answer) => {
    const use = await published({}, '2026-12-10');
    expect(standingOn(use, day('2026-12-09'))).toBe('planned');
    expect((await sharing(use, {}, on)).answer).toBe(answer);
  });

  test('pseudonymous information is shared once it is published', async () => {
    const drawn = await register({ information: 'pseudonymous' });
    expect((await sharing(drawn, {}, '2026-12-07')).answer).toBe('no');
    const at = { id: drawn.id, version: drawn.version };
    const use = valueOf(await publishNotice(house.office, by, at, { notice: 1, on: day('2026-12-07') }));
    expect(await sharing(use, {}, '2026-12-07')).toMatchObject({ answer: 'yes' });
    expect((await sharing(use, { recipient: stranger }, '2026-12-07')).answer).toBe('no');
  });

  test('ends on the day it ends', async () => {
    const use = await published();
    const at = { id: use.id, version: use.version };
    expect(fieldsOf(await endJointUse(house.office, by, at, { on: day('2026-12-06'), why: '終了' }))).toEqual(['on']);
    expect(fieldsOf(await endJointUse(house.office, by, at, { on: day('2026-12-31'), why: ' ' }))).toEqual(['why']);
    const ended = valueOf(await endJointUse(house.office, by, at, { on: day('2026-12-31'), why: '契約の終了' }));
    expect((await sharing(ended, {}, '2026-12-30')).answer).toBe('yes');
    expect((await sharing(ended, {}, '2026-12-31')).answer).toBe('no');
    expect(conflictOf(await change(ended, moved()))).toBe('state');
    expect(spansOf(ended, day('2027-01-05')).map(({ from, until }) => [from, until])).toEqual([
      ['2026-12-07', '2026-12-30'],
    ]);
    // Its name can be used again.
    await register();
  });

  test('an id that is none is answered so', async () => {
    const ask = { recipient: member, holding: readers };
    for (const id of ['x', readers]) {
      expect(await jointUseFacts(house.office.database, { ...ask, jointUse: id }, day('2026-12-07'))).toMatchObject({
        problem: { kind: 'not-found' },
      });
    }
  });
});

describe('publishing', () => {
  test('a notice stays as it was published, word for word', async () => {
    const use = await published();
    expect(noticeOn(use, day('2026-12-07'))).toMatchObject({
      items: [
        { holding: readers, code: 'name', label: { ja: '氏名', en: 'Name' } },
        { holding: readers, code: 'email' },
      ],
      scope: { ja: '当社と株式会社例示配送' },
      purposes: [{ id: 'P1' }],
    });
    expect(use.draft).toBeNull();
    const at = { id: use.id, version: use.version };
    expect(conflictOf(await changeDraft(house.office, by, at, input({ purposes: ['P3'] })))).toBe('state');
    expect(conflictOf(await publishNotice(house.office, by, at, { notice: 1, on: day('2026-12-08') }))).toBe('notice');
    expect(fieldsOf(await publishNotice(house.office, by, at, { notice: 2, on: day('2026-12-08') }))).toEqual([
      'notice',
    ]);
    for (const sql of [
      "UPDATE joint_use_notices SET states = '{}'",
      'DELETE FROM joint_use_notices',
      "UPDATE joint_use_publications SET public_on = '2020-01-01'",
      'DELETE FROM joint_uses',
    ]) {
      await expect(house.db.app.query(sql, [])).rejects.toThrow(/permission denied/);
    }
  });

  test('never begins in the past, and happens once', async () => {
    const { id, version } = await register();
    const press = (on: string) => publishNotice(house.office, by, { id, version }, { notice: 1, on: day(on) });
    expect(fieldsOf(await press('2026-12-06'))).toEqual(['on']);
    const pressed = await Promise.all(Array.from({ length: 5 }, () => press('2026-12-07')));
    expect(pressed.filter(({ ok }) => ok)).toHaveLength(1);
    expect(pressed.filter(({ ok }) => !ok).map(conflictOf)).toEqual(Array(4).fill('version'));
    expect((await entriesOf(id)).map(({ action }) => action)).toEqual([
      'joint-use:publish',
      'joint-use:change',
      'joint-use:register',
    ]);
  });

  test('without its log entry nothing is published', async () => {
    const { id, version } = await register();
    const columns = '(id, at, action, actor, principal_id, entry)';
    await house.db.owner.query(`REVOKE INSERT ON log_entries FROM sekisho_app`, []);
    await house.db.owner.query(`REVOKE INSERT ${columns} ON log_entries FROM sekisho_app`, []);
    try {
      const at = { id, version };
      await expect(publishNotice(house.office, by, at, { notice: 1, on: day('2026-12-07') })).rejects.toThrow();
    } finally {
      await house.db.owner.query(`GRANT INSERT ${columns} ON log_entries TO sekisho_app`, []);
    }
    const after = valueOf(await jointUse(house.office, id));
    expect([after.version, after.notices, after.draft !== null]).toEqual([version, [], true]);
  });
});

describe('changes (27(6))', () => {
  const today = day('2026-12-07');

  test.each<[string, ChangeInput, Partial<Outline>]>([
    [
      'purposes without a notice before',
      widened({ noticeOn: null }),
      { answer: 'no', because: ['APPI 27(6)', 'APPI 27(6)'] },
    ],
    [
      'purposes told on the day they change',
      widened({ effectiveOn: day('2026-12-10') }),
      { answer: 'no', because: ['APPI 27(6)', 'APPI 27(6)'] },
    ],
    ['purposes that are not related', widened({ related: false }), { answer: 'no', because: ['APPI 17(2)'] }],
    [
      'purposes nobody has judged',
      widened({ related: undefined }),
      { answer: 'unknown', missing: ['judgements.purposeRelated'] },
    ],
    ['no day', moved({ effectiveOn: undefined }), { answer: 'unknown', missing: ['effectiveOn'] }],
    [
      'another responsible person told after',
      {
        change: 'responsible-person',
        effectiveOn: today,
        noticeOn: today,
        responsible: { ...input().responsible, name: { ja: '例示物流株式会社' } },
      },
      { answer: 'no', because: ['APPI 27(6)', 'APPI 27(6)'] },
    ],
    ['items', { change: 'items' }, { answer: 'no', because: ['APPI 27(6)', 'Guideline 3-6-3'] }],
    ['users', { change: 'users' }, { answer: 'no', because: ['APPI 27(6)', 'Guideline 3-6-3'] }],
  ])('%s: the law says so, and the refusal is logged', async (_, asked, expected) => {
    const use = await published();
    expect(refusalOf(await change(use, asked))).toMatchObject(expected);
    expect(valueOf(await jointUse(house.office, use.id))).toEqual(use);
    const [entry] = await entriesOf(use.id);
    expect(entry).toMatchObject({ action: 'refused', asked: 'joint-use-change', change: asked.change });
  });

  test('the purposes of pseudonymous information may be others, and nobody judges whether they are related (41(9))', async () => {
    const use = await published({ information: 'pseudonymous' });
    const asked = widened();
    expect(fieldsOf(await change(use, asked))).toEqual(['related']);
    const after = valueOf(await change(use, { ...asked, related: undefined }));
    expect(after.notices.at(-1)).toMatchObject({
      states: { purposes: [{ id: 'P1' }, { id: 'P3' }] },
      publicOn: '2026-12-10',
    });
    const decided = (await entriesOf(use.id)).find(({ decision }) => decision !== undefined);
    expect(decided).toMatchObject({ decision: { because: ['APPI 41(6)', 'APPI 42(2)', 'APPI 41(9)'] } });
  });

  test.each<[string, () => Actor]>([
    ['a clerk', () => ({ kind: 'staff', id: house.staff.desk!, name: '窓口 花', roles: ['desk'] })],
    [
      'a system, even by a token of the officer',
      () => {
        const id = newId(house.clock.now());
        return { kind: 'system', id, name: '構成管理', token: id, actions: ['joint-uses:write'], purposes: [] };
      },
    ],
  ])('purposes that %s says are related wait for the officer', async (_, actor) => {
    const use = await published();
    const told = { id: use.id, version: use.version };
    const answer = await changeJointUse(house.office, { ...by, actor: actor() }, told, widened());
    expect(refusalOf(answer)).toMatchObject({ answer: 'unknown', missing: ['judgements.purposeRelated'] });
    expect(valueOf(await jointUse(house.office, use.id))).toEqual(use);
  });

  test.each<[string, ChangeInput, string[]]>([
    ['the same purposes', widened({ purposes: ['P1'] }), ['purposes']],
    ['no purposes', widened({ purposes: [] }), ['purposes']],
    ['purposes beyond the holding', widened({ purposes: ['P1', 'P2'] }), ['purposes']],
    ['no reason', widened({ why: ' ' }), ['why']],
    ['told yesterday', widened({ noticeOn: day('2026-12-06') }), ['notice_on']],
    ['the same address', moved({ responsible: { address: { ja: '東京都千代田区例示町1-1' } } }), ['responsible']],
    ['no address', moved({ responsible: {} }), ['responsible.address.ja']],
    ['a representative left out', moved({ change: 'responsible-representative' }), ['responsible.representative.ja']],
    ['told before it changes', moved({ effectiveOn: day('2026-12-20'), noticeOn: day('2026-12-10') }), ['notice_on']],
    ['put off', moved({ noticeOn: day('2026-12-22') }), ['notice_on']],
    ['before it began', moved({ effectiveOn: day('2026-12-01') }), ['effective_on']],
    ['an address with a judgement', moved({ related: true }), ['related']],
  ])('%s is refused by field', async (_, asked, fields) => {
    const use = await published();
    expect(fieldsOf(await change(use, asked))).toEqual(fields);
    expect(valueOf(await jointUse(house.office, use.id))).toEqual(use);
  });

  test('purposes told before take effect by themselves on their day, and then carry the sharing', async () => {
    const use = valueOf(await change(await published(), widened()));
    expect(use.notices[1]).toMatchObject({
      notice: 2,
      change: 'purposes',
      effectiveOn: '2027-02-01',
      publicOn: '2026-12-10',
      why: 'どちらも催しのご案内です',
    });
    const purposesOn = (on: string) => noticeOn(use, day(on))!.purposes.map(({ id }) => id);
    expect([purposesOn('2027-01-31'), purposesOn('2027-02-01')]).toEqual([['P1'], ['P1', 'P3']]);
    expect(comingOn(use, day('2026-12-09'))).toEqual([]);
    expect(comingOn(use, day('2026-12-10'))).toEqual([use.notices[1]]);
    expect(comingOn(use, day('2027-02-01'))).toEqual([]);
    expect((await sharing(use, { purpose: 'P3' }, '2027-01-31')).answer).toBe('no');
    expect((await sharing(use, { purpose: 'P3' }, '2027-02-01')).answer).toBe('yes');
    expect((await entriesOf(use.id)).slice(0, 2)).toMatchObject([
      { action: 'joint-use:publish', notice: 2, published: '2026-12-10' },
      {
        action: 'joint-use:change',
        notice: 2,
        change: 'purposes',
        effective: '2027-02-01',
        decision: { answer: 'yes', because: ['APPI 27(6)', 'APPI 17(2)'] },
      },
    ]);
  });

  test('an address that changed is a duty until it is published, and the notice keeps the old one so long', async () => {
    const use = valueOf(await change(await published(), moved()));
    const address = (on: Day) => noticeOn(use, on)!.responsible.address.ja;
    expect(duesOn(use, today)).toEqual([use.notices[1]]);
    expect(address(today)).toBe('東京都千代田区例示町1-1');
    expect(actualOn(use, today)!.responsible.address.ja).toBe('東京都港区例示町3-3');
    const stored = await house.db.owner.query<{ duties: { do: string }[] }>(
      "SELECT finding->'duties' AS duties FROM joint_use_notices WHERE notice = 2",
      [],
    );
    expect(stored[0]!.duties).toMatchObject([{ do: 'publish-joint-use', article: '27(6)', when: 'at-once' }]);
    house.clock.moveTo('2026-12-09T09:00:00+09:00');
    const at = { id: use.id, version: use.version };
    const told = valueOf(await publishNotice(house.office, by, at, { notice: 2, on: day('2026-12-09') }));
    expect(duesOn(told, day('2026-12-09'))).toEqual([]);
    expect(noticeOn(told, day('2026-12-08'))!.responsible.address.ja).toBe('東京都千代田区例示町1-1');
    expect(noticeOn(told, day('2026-12-09'))!.responsible.address.ja).toBe('東京都港区例示町3-3');
    // The responsible person's name is unchanged.
    expect(noticeOn(told, day('2026-12-09'))!.responsible.name.ja).toBe('例示情報通信株式会社');
  });

  test('a change told on its day needs nothing more', async () => {
    const use = valueOf(await change(await published(), moved({ noticeOn: today })));
    expect(duesOn(use, today)).toEqual([]);
    expect(noticeOn(use, today)!.responsible.address.ja).toBe('東京都港区例示町3-3');
  });

  test('a planned change of the responsible person is not undone by an older address that is published later', async () => {
    const start = await published();
    const person = valueOf(
      await change(start, {
        change: 'responsible-person',
        effectiveOn: day('2026-12-20'),
        noticeOn: day('2026-12-08'),
        responsible: { ...input().responsible, name: { ja: '例示物流株式会社' }, address: { ja: '大阪市例示町4' } },
      }),
    );
    const both = valueOf(await change(person, moved({ effectiveOn: day('2026-12-15') })));
    house.clock.moveTo('2026-12-21T09:00:00+09:00');
    const at = { id: both.id, version: both.version };
    const told = valueOf(await publishNotice(house.office, by, at, { notice: 3, on: day('2026-12-21') }));
    const said = (on: string) => {
      const { name, address } = noticeOn(told, day(on))!.responsible;
      return [name.ja, address.ja];
    };
    expect(said('2026-12-19')).toEqual(['例示情報通信株式会社', '東京都千代田区例示町1-1']);
    expect(said('2026-12-20')).toEqual(['例示物流株式会社', '大阪市例示町4']);
    expect(said('2026-12-21')).toEqual(['例示物流株式会社', '大阪市例示町4']);
    expect(spansOf(told, day('2026-12-21')).map(({ from, until }) => [from, until])).toEqual([
      ['2026-12-07', '2026-12-19'],
      ['2026-12-20', '2026-12-20'],
      ['2026-12-21', null],
    ]);
  });

  test('of two clerks who change it at once, the second is told', async () => {
    const use = await published();
    const [a, b] = await Promise.all([change(use, moved()), change(use, widened())]);
    expect([a.ok, b.ok].filter(Boolean)).toHaveLength(1);
    expect(conflictOf(a.ok ? b : a)).toBe('version');
    expect(valueOf(await jointUse(house.office, use.id)).notices).toHaveLength(2);
  });
});
