// A version that rewords a purpose: it takes effect only after the officer has judged each such purpose, what the law does not allow is refused, and
// what relied on the old words is counted and shown.

import fs from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { migrationsBefore, testDatabase } from '../../../tests/house.ts';
import { openTestOffice, type TestOffice, type Visitor } from '../../../tests/office.ts';
import {
  addConsent,
  addConsentText,
  addHolding,
  addPerson,
  officerOf,
  openTestCheckpoint,
  restingOn,
  valueOf,
} from '../../../tests/people.ts';
import type { Actor } from '../../base/actor.ts';
import type { Bilingual } from '../../base/bilingual.ts';
import { day, type Day } from '../../base/day.ts';
import type { Outcome } from '../../base/outcome.ts';
import { listEntries, type LogEntry } from '../../log/index.ts';
import { migrate } from '../../platform/database/index.ts';
import { use } from '../checkpoint/index.ts';
import { object, withdrawConsent } from '../consent/index.ts';
import { changePurpose } from '../ledger/actions.ts';
import { changesOutdated } from '../ledger/index.ts';
import { approve } from './actions/approval.ts';
import { policyInForce, policyVersion, policyVersions, policyYaml, propose } from './actions/versions.ts';
import type { Policy } from './facts/shape.ts';
import type { RewordingInput } from './facts/change.ts';
import { policyRoutes } from './routes.ts';

let house: TestOffice;
let close: () => Promise<void>;
let desk: Actor;
const authority = ['officer-all-work'];
const today = day('2026-12-07');
const sekisho: Actor = { kind: 'sekisho' };

beforeEach(async () => {
  house = await openTestOffice(
    (office) =>
      policyRoutes(
        office,
        {
          officers: () => Promise.resolve(1),
          nameOf: () => Promise.resolve('関口 真理'),
          resting: restingOn,
          outdatedBy: (version) => changesOutdated(office.database, version),
        },
        () => Promise.resolve(null),
      ),
    { at: '2026-12-07T09:00:00+09:00' },
  );
  close = await openTestCheckpoint(house);
  desk = officerOf(house);
});
afterEach(async () => {
  await close();
  await house.close();
});

const inForce = async (): Promise<Policy> => (await policyInForce(house.office, house.office.clock.today()))!.policy;

/** A policy with reworded purposes, and their clauses likewise; null leaves a purpose out. */
function saying(policy: Policy, said: Readonly<Record<string, string | null>>): Policy {
  const words = (of: Bilingual, id: string): Bilingual => ({ ja: `${of.ja}${said[id]}`, en: of.en });
  const purposes = policy.purposes.flatMap((one) => {
    if (said[one.id] === null) return [];
    return [said[one.id] === undefined ? one : { ...one, text: words(one.text, one.id) }];
  });
  const clauses = policy.clauses.map((clause) => {
    const stated = policy.purposes.find((one) => one.clause === clause.no && said[one.id]);
    return stated ? { ...clause, text: words(clause.text, stated.id), marks: clause.marks } : clause;
  });
  // Items may not be limited to a purpose that is left out.
  const limits = policy.operator.item_limits!.filter((one) => one.purposes.every((id) => said[id] !== null));
  return { ...policy, purposes, clauses, operator: { ...policy.operator, item_limits: limits } };
}

const proposed = async (policy: Policy, effectiveOn: Day = today): Promise<number> =>
  valueOf(await propose(house.office, { actor: sekisho, authority: [] }, { texts: policyYaml(policy), effectiveOn }))
    .version;

const judgement = (more: Partial<RewordingInput> = {}): RewordingInput => ({
  judged: 'related',
  reason: '前の文から思い描ける範囲です',
  announcedOn: '2026-12-07',
  announcedWhere: 'ウェブサイトのお知らせ',
  ...more,
});

const approving = async (version: number, judged: Record<string, RewordingInput>, effectiveOn: Day = today) => {
  const asked = { version, effectiveOn, officers: 1, judged, resting: restingOn };
  return approve(house.office, { actor: desk, authority }, asked);
};

const fieldsOf = <T>(outcome: Outcome<T>): string[] => {
  if (outcome.ok || outcome.problem.kind !== 'invalid') return expect.fail('expected problems of fields');
  for (const { says } of outcome.problem.fields) expect(says.ja && says.en).toBeTruthy();
  return outcome.problem.fields.map(({ field }) => field);
};

const wordings = (version: number) =>
  house.office.database.query<Record<string, unknown>>(
    `SELECT purpose, meaning, judged, reason, announced_on, announced_where, because, duties FROM purpose_wordings
     WHERE version = $1 ORDER BY purpose`,
    [version],
  );
const wordingOf = async (version: number, purpose: string) =>
  (await wordings(version)).find((one) => one.purpose === purpose);
const lastEntry = async (): Promise<LogEntry> => (await listEntries(house.office.database, { most: 1 }))[0]!.entry;

describe('a version that words a purpose otherwise', () => {
  test('is not approved before it is judged, each purpose by itself, with its reason', async () => {
    const before = await lastEntry();
    const version = await proposed(saying(await inForce(), { P1: 'など', P3: 'など' }));
    const fields = async (judged: Record<string, RewordingInput>, on?: Day) =>
      fieldsOf(await approving(version, judged, on));
    expect(await fields({})).toEqual(['judged.P1', 'judged.P3']);
    expect(await fields({ P1: judgement({ judged: 'typo' }), P3: judgement() })).toEqual(['judged.P1']);
    expect(
      await fields({ P1: judgement({ judged: 'editorial', reason: ' ' }), P3: judgement({ reason: '' }) }),
    ).toEqual(['reason.P1', 'reason.P3']);
    const late = judgement({ announcedOn: '2026-12-08', announcedWhere: '', reason: 'a\u0000' });
    expect(await fields({ P1: late, P3: judgement({ announcedOn: '2026-02-30' }) })).toEqual([
      'reason.P1',
      'announcedOn.P1',
      'announcedWhere.P1',
      'announcedOn.P3',
    ]);
    const long = judgement({ reason: 'あ'.repeat(501), announcedWhere: 'あ'.repeat(201) });
    expect(await fields({ P1: long, P3: judgement() })).toEqual(['reason.P1', 'announcedWhere.P1']);
    expect((await policyVersion(house.office, version))!.approval).toBeNull();
    expect(await wordings(version)).toEqual([]);
    expect([(await lastEntry()).action, before.action]).toEqual(['policy:propose', before.action]);
  });

  test('means the same where only the wording changed, and something else where the purpose did; the record says which', async () => {
    expect(await wordings(1)).toHaveLength((await inForce()).purposes.length);
    expect(new Set((await wordings(1)).map(({ meaning }) => meaning))).toEqual(new Set([1]));
    const second = await proposed(saying(await inForce(), { P1: 'など' }));
    valueOf(await approving(second, { P1: judgement({ judged: 'editorial', reason: '語尾を直した' }) }));
    expect(await wordingOf(2, 'P1')).toEqual({
      purpose: 'P1',
      meaning: 1,
      judged: 'editorial',
      reason: '語尾を直した',
      announced_on: null,
      announced_where: null,
      because: null,
      duties: null,
    });
    expect(await lastEntry()).toMatchObject({
      action: 'policy:approve',
      version: 2,
      editorial: ['P1'],
      outdates: 0,
    });
    for (const none of ['reworded', 'left_out']) expect(await lastEntry()).not.toHaveProperty(none);

    // Related, and to be announced on the day it takes effect, which is still to come.
    const third = await proposed(saying(await inForce(), { P1: 'など', P3: 'など' }), day('2026-12-10'));
    const on = day('2026-12-10');
    const judged = { P1: judgement({ announcedOn: '2026-12-10' }), P3: judgement() };
    valueOf(await approving(third, judged, on));
    expect(await wordingOf(3, 'P1')).toMatchObject({
      meaning: 3,
      judged: 'related',
      announced_on: '2026-12-10',
      announced_where: 'ウェブサイトのお知らせ',
      because: ['APPI 17(2)', 'APPI 21(3)', 'policy 11'],
      duties: [{ do: 'publish-changed-purpose', article: '21(3)' }],
    });
    expect(await wordingOf(3, 'P3')).toMatchObject({ meaning: 3, judged: 'related', duties: [] });
    expect(await wordingOf(3, 'P2')).toMatchObject({ meaning: 1, judged: null });
    const entry = await lastEntry();
    expect(entry).toMatchObject({
      reworded: ['P1', 'P3'],
      reasons: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(JSON.stringify(entry)).not.toContain('お知らせ');
  });

  test('is compared with the last approved one, in force or not; what was said once means again what it meant', async () => {
    const first = await inForce();
    const second = await proposed(saying(first, { P1: 'など' }), day('2026-12-10'));
    valueOf(await approving(second, { P1: judgement() }, day('2026-12-10')));
    const same = await proposed(
      { ...saying(first, { P1: 'など' }), measures: first.measures.slice(1) },
      day('2026-12-10'),
    );
    valueOf(await approving(same, {}, day('2026-12-10')));
    expect(await wordingOf(3, 'P1')).toMatchObject({ meaning: 2, judged: null });
    const back = await proposed(first, day('2026-12-11'));
    expect(fieldsOf(await approving(back, {}, day('2026-12-11')))).toEqual(['judged.P1']);
    valueOf(await approving(back, { P1: judgement() }, day('2026-12-11')));
    expect(await wordingOf(4, 'P1')).toMatchObject({ meaning: 1, judged: 'related' });
  });

  test('is refused under its id where the new words are not related to the old, and goes on record', async () => {
    const version = await proposed(saying(await inForce(), { P1: '、信用力の評価' }));
    const outcome = await approving(version, { P1: judgement({ judged: 'unrelated' }) });
    if (outcome.ok || outcome.problem.kind !== 'refused') return expect.fail('expected a refusal');
    const { finding, decision } = outcome.problem;
    expect(finding).toMatchObject({
      answer: 'no',
      because: [{ article: '17(2)' }, { article: '18(1)' }, { law: 'policy', article: '11' }],
      instead: [{ ja: '新しい目的について本人の同意を得る' }, { en: expect.stringContaining('under another id') }],
    });
    expect(await lastEntry()).toMatchObject({
      id: decision,
      action: 'refused',
      asked: 'purpose',
      version,
      purpose: 'P1',
      actor: `staff:${house.staff.officer}`,
      decision: { answer: 'no', because: ['APPI 17(2)', 'APPI 18(1)', 'policy 11'] },
      authority,
    });
    expect((await policyVersion(house.office, version))!.approval).toBeNull();
    // Under its own id it is another purpose, for which nothing was collected.
    const policy = await inForce();
    const [p1] = policy.purposes;
    const own = { ...p1!, id: 'P5', text: { ja: `${p1!.text.ja}、信用力の評価`, en: p1!.text.en } };
    const clauses = policy.clauses.map((one) =>
      one.no === own.clause ? { ...one, text: { ja: `${one.text.ja}。${own.text.ja}`, en: one.text.en } } : one,
    );
    valueOf(await approving(await proposed({ ...policy, purposes: [...policy.purposes, own], clauses }), {}));
    expect(await wordingOf(3, 'P5')).toMatchObject({ meaning: 3, judged: null });
  });

  test('of My Numbers is another question; their wording may be put right', async () => {
    const version = await proposed(saying(await inForce(), { N1: 'など' }));
    const outcome = await approving(version, { N1: judgement() });
    expect(outcome).toMatchObject({
      ok: false,
      problem: { kind: 'refused', finding: { answer: 'unknown', missing: [{ fact: 'numberAffair' }] } },
    });
    expect(await approving(version, { N1: judgement({ judged: 'editorial' }) })).toMatchObject({ ok: true });
  });
});

describe('what rests on the old words', () => {
  let holding: string;
  let retired: string;
  let reader: string;

  /** A holding with a change P3 → P1, a person who consented to the use for P1, and a person who objected to it. */
  const furnish = async (): Promise<void> => {
    const named = (ja: string, en: string) => ({ name: { ja, en }, purposes: ['P1', 'P3', 'P4'] });
    holding = await addHolding(house, named('読者台帳', 'Readers'));
    retired = await addHolding(house, named('旧台帳', 'Old readers'));
    reader = (await addPerson(house, holding, { name: '例示 花子' }, undefined, ['P3'])).principal;
    const other = (await addPerson(house, holding, { name: '例示 次郎' }, undefined, ['P3'])).principal;
    const ledger = house;
    const by = { actor: desk, authority };
    for (const id of [holding, retired])
      for (const to of ['P1', 'P4'])
        valueOf(
          await changePurpose(ledger, by, {
            id,
            from: 'P3',
            to,
            related: true,
            reason: '読者が思い描ける範囲です',
            announcedOn: '2026-12-01',
            announcedWhere: 'ウェブサイト',
          }),
        );
    await house.db.owner.query("UPDATE holdings SET state = 'retired' WHERE id = $1", [retired]);
    const text = await addConsentText(house, { holding, recipients: [], items: ['name'], purpose: 'P1' });
    const elsewhere = await addConsentText(house, { holding, recipients: [], items: ['name'], purpose: 'P4' });
    await addConsent(house, reader, text);
    await addConsent(house, reader, elsewhere);
    await addConsent(house, other, text);
    const withdrawn = await addConsent(house, other, text);
    valueOf(await withdrawConsent(house.office, by, withdrawn, { on: today, evidence: null }));
    const said = { on: today, at: null };
    const asked = { principal: other, purpose: 'P1', recipient: null, said, evidence: null } as const;
    valueOf(await object(house.office, by, { ...asked, scope: 'purpose' }));
  };
  beforeEach(furnish);

  const read = (purpose: string) =>
    use(house.office, { actor: desk, authority }, { principal: reader, holding, items: ['name'], purpose });

  test('is what the next use is decided on, also before the database has told of it', async () => {
    await close();
    close = () => Promise.resolve();
    expect(await read('P3')).toMatchObject({ ok: true });
    valueOf(await approving(await proposed(saying(await inForce(), { P3: null })), {}));
    expect(fieldsOf(await read('P3'))).toEqual(['purpose']);
  });

  test('is counted at the approval, and closed or left as the officer judges', async () => {
    const rests = await restingOn(house.office.database, { policy: 1, purposes: ['P1'] });
    expect(rests).toEqual({
      changes: [expect.objectContaining({ holding, name: { ja: '読者台帳', en: 'Readers' }, from: 'P3', to: 'P1' })],
      consents: [expect.objectContaining({ purposes: ['P1'], people: 1 })],
      objections: [{ purpose: 'P1', people: 1 }],
    });
    const both = await restingOn(house.office.database, { policy: 1, purposes: ['P1', 'P3'] });
    expect(both.changes.map(({ from, to }) => `${from}${to}`)).toEqual(['P3P1', 'P3P4']);

    const editorial = await proposed(saying(await inForce(), { P1: 'など' }));
    valueOf(await approving(editorial, { P1: judgement({ judged: 'editorial' }) }));
    expect(await lastEntry()).toMatchObject({ editorial: ['P1'], outdates: 0, consents: 0, objections: 0 });
    expect(await read('P4')).toMatchObject({ ok: true });
    expect(await changesOutdated(house.office.database, editorial)).toEqual([]);

    const related = await proposed(saying(await inForce(), { P1: 'など' }));
    valueOf(await approving(related, { P1: judgement() }));
    expect(await lastEntry()).toMatchObject({ reworded: ['P1'], outdates: 1, consents: 1, objections: 1 });
    expect(await changesOutdated(house.office.database, related)).toMatchObject([{ holding, from: 'P3', to: 'P1' }]);
    // A change outdated before is not counted again; information collected for the purpose itself may still be used for it.
    const again = await proposed(saying(await inForce(), { P1: 'など' }));
    valueOf(await approving(again, { P1: judgement() }));
    expect(await lastEntry()).toMatchObject({ outdates: 0 });
    expect(await read('P3')).toMatchObject({ ok: true });
  });

  test('of consents is counted by persons, as long as theirs is still one to such a purpose', async () => {
    const text = await addConsentText(house, { holding, recipients: [], items: ['name'], purposes: ['P1', 'P4'] });
    for (const on of [day('2026-11-20'), today]) await addConsent(house, reader, text, on);
    const people = async (...purposes: string[]): Promise<number> => {
      const { consents } = await restingOn(house.office.database, { policy: 1, purposes });
      return consents.find(({ code }) => code === text.code)?.people ?? 0;
    };
    const counted = async () => [await people('P1'), await people('P4'), await people('P1', 'P4')];
    expect(await counted()).toEqual([1, 1, 1]);
    const by = { actor: desk, authority };
    const asked = { principal: reader, recipient: null, said: { on: today, at: null }, evidence: null } as const;
    valueOf(await object(house.office, by, { ...asked, scope: 'purpose', purpose: 'P1' }));
    expect(await counted()).toEqual([0, 1, 1]);
    valueOf(await object(house.office, by, { ...asked, scope: 'purpose', purpose: 'P4' }));
    expect(await counted()).toEqual([0, 0, 0]);
  });

  test('of a purpose that is stated no more is closed too', async () => {
    const policy = await inForce();
    const version = await proposed(saying(policy, { P4: null }));
    valueOf(await approving(version, {}));
    expect(await lastEntry()).toMatchObject({
      left_out: ['P4'],
      outdates: 1,
      consents: 1,
      objections: 0,
    });
    expect(await changesOutdated(house.office.database, version)).toMatchObject([{ from: 'P3', to: 'P4' }]);
  });

  describe('on the pages', () => {
    let officer: Visitor;
    let english: Visitor;
    beforeEach(async () => {
      officer = await house.visitor('officer');
      english = await house.visitor('officer', 'en');
    });
    const page = async (version: number, who = officer): Promise<string> => {
      const response = await who.get(`/living-policy/versions/${version}`);
      expect(response.status).toBe(200);
      return response.text();
    };
    const judged = {
      effective_on: '2026/12/7',
      'judged.P1': 'related',
      'reason.P1': '思い描ける<範囲>',
      'announcedOn.P1': '令和8年12月7日',
      'announcedWhere.P1': '当社の"お知らせ"',
    };
    const send = (version: number, more: Partial<typeof judged> = {}, who = officer) =>
      who.post(
        `/living-policy/versions/${version}/approve`,
        { ...judged, ...more },
        `/living-policy/versions/${version}`,
      );

    test('is listed before the approval with links, and the way to judging it anew after it', async () => {
      const version = await proposed(saying(await inForce(), { P1: 'など', P4: null }));
      const html = await page(version);
      for (const text of [
        '目的の文の変更',
        'name="judged.P1"',
        `href="/ledger/${holding}#changes">読者台帳</a>：P3 → P1`,
        `href="/ledger/${holding}#changes">読者台帳</a>：P3 → P4`,
        '目的の追加',
        'P1 1人',
        'href="/consents/objections"',
      ])
        expect(html).toContain(text);
      expect(html).not.toContain(retired);
      expect(html).not.toContain('name="judged.P4"');
      const text = await page(version, english);
      for (const said of ['Purposes with new wording', 'Readers</a>: P3 → P1', 'P1 1 person', 'Former wording'])
        expect(text).toContain(said);
      const auditor = await page(version, await house.visitor('auditor'));
      expect(auditor).toContain('個人情報保護管理者の承認を待っています');
      expect(auditor).not.toContain('name="judged.P1"');

      const done = await send(version);
      expect([done.status, done.headers.get('location')]).toEqual([303, `/living-policy/versions/${version}`]);
      const after = await page(version);
      for (const said of [
        '改めて判断する利用目的の変更',
        'この版で目的の文が変わったため',
        `href="/ledger/${holding}#changes"`,
        '思い描ける&lt;範囲&gt;',
        '当社の&quot;お知らせ&quot;',
      ])
        expect(after).toContain(said);
      expect(await page(1)).not.toContain('改めて判断する');
    });

    test('is told to whoever proposes it', async () => {
      const said = { ...policyYaml(saying(await inForce(), { P1: 'など' })), effective_on: '2026/12/7', step: 'check' };
      const html = await (await officer.post('/living-policy/new', said)).text();
      expect(html).toContain('目的の文の変更：P1');
      expect(await (await english.post('/living-policy/new', said)).text()).toContain('Purposes with new wording: P1');
      const same = { ...policyYaml(await inForce()), effective_on: '2026/12/7', step: 'check' };
      expect(await (await officer.post('/living-policy/new', same)).text()).not.toContain('目的の文の変更');
    });

    test('says of a version to come from when on', async () => {
      const version = await proposed(saying(await inForce(), { P1: 'など' }), day('2026-12-10'));
      expect((await send(version, { effective_on: '2026/12/10' })).status).toBe(303);
      expect(await page(version)).toContain('施行日から、次の変更では何も使えなくなります');
      expect(await page(version, english)).toContain(
        'From the day this version is in force, nothing may be used under these changes',
      );
    });

    test('lose nothing of what was typed, and show what the law says', async () => {
      const version = await proposed(saying(await inForce(), { P1: 'など' }));
      const wrong = await send(version, { 'judged.P1': '', 'announcedOn.P1': '2026/11/31' });
      expect(wrong.status).toBe(422);
      expect(await wrong.text()).toContain('href="#f-judged-P1"');
      const day422 = await send(version, { 'announcedOn.P1': '2026/11/31', 'announcedWhere.P1': '' });
      const html = await day422.text();
      for (const text of [
        '2026年11月に31日はありません',
        'href="#f-announcedWhere-P1"',
        'value="2026/11/31"',
        '思い描ける&lt;範囲&gt;</textarea>',
      ])
        expect(html).toContain(text);
      expect(html).toMatch(/name="judged.P1" value="related" checked/);
      const no = await send(version, { 'judged.P1': 'unrelated' }, english);
      expect(no.status).toBe(403);
      const text = await no.text();
      for (const said of [
        'This version was not approved',
        'State it as a purpose of its own',
        'beyond what is related',
      ])
        expect(text).toContain(said);
      expect((await policyVersions(house.office))[0]!.approval).toBeNull();
    });
  });
});

test('of versions approved before this was asked, those mean the same that say the same', async () => {
  const earlier = await migrationsBefore('2026-11-30-h-purpose-wordings.sql');
  const db = await testDatabase({ migrations: earlier });
  try {
    const content = (said: string) => JSON.stringify({ purposes: [{ id: 'P1', text: { ja: said, en: said } }] });
    for (const [version, said, approved] of [
      [1, 'a', true],
      [2, 'b', true],
      [3, 'c', false],
      [4, 'a', true],
    ] as const)
      await db.owner.query(
        `INSERT INTO policy_versions VALUES ($1, $2::jsonb, sha256('x'), '2026-11-24', 'sekisho', now(), gen_random_uuid(),
           CASE WHEN $3 THEN 'sekisho' END, CASE WHEN $3 THEN now() END, CASE WHEN $3 THEN gen_random_uuid() END)`,
        [version, content(said), approved],
      );
    await migrate(db.owner, 'migrations');
    expect(await db.app.query('SELECT version, meaning, judged FROM purpose_wordings ORDER BY version', [])).toEqual([
      { version: 1, meaning: 1, judged: null },
      { version: 2, meaning: 2, judged: null },
      { version: 4, meaning: 1, judged: null },
    ]);
  } finally {
    await db.drop();
    await fs.rm(earlier, { recursive: true });
  }
});
