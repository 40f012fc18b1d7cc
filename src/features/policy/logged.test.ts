// Compares versions of the policy with the log: every change, addition or removal in the database is noticed, and nothing that the office did itself.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestOffice, type TestOffice } from '../../../tests/office.ts';
import { officerOf, openTestCheckpoint, restingOn, valueOf } from '../../../tests/people.ts';
import { tampered } from '../../../tests/tamper.ts';
import type { Bilingual } from '../../base/bilingual.ts';
import { day } from '../../base/day.ts';
import { approve } from './actions/approval.ts';
import { policyInForce, policyYaml, propose } from './actions/versions.ts';
import type { Policy } from './facts/shape.ts';
import type { RewordingInput } from './facts/change.ts';
import { policyProvers } from './promises.ts';

let house: TestOffice;
let close: () => Promise<void>;

const proof = () => policyProvers.at(-1)!.prove(house.office);
const prove = async () => {
  const { state, evidence } = await proof();
  return [state, ...evidence.map(({ value }) => value.en)];
};

beforeAll(async () => {
  house = await openTestOffice(() => [], { at: '2026-12-07T09:00:00+09:00' });
  close = await openTestCheckpoint(house);
});
afterAll(async () => {
  await close();
  await house.close();
});

test('the policy that the office came with is as the log has it', async () => {
  expect(await prove()).toEqual(['kept', '1', '0']);
});

/** A policy with reworded purposes, and their clauses likewise. */
function saying(policy: Policy, said: Readonly<Record<string, string>>): Policy {
  const words = (of: Bilingual, id: string): Bilingual => ({ ja: `${of.ja}${said[id]}`, en: of.en });
  return {
    ...policy,
    purposes: policy.purposes.map((one) => (said[one.id] ? { ...one, text: words(one.text, one.id) } : one)),
    clauses: policy.clauses.map((clause) => {
      const stated = policy.purposes.find((one) => one.clause === clause.no && said[one.id]);
      return stated ? { ...clause, text: words(clause.text, stated.id), marks: clause.marks } : clause;
    }),
  };
}

test('what was proposed, judged and approved is as the log has it', async () => {
  const { office } = house;
  const authority = ['officer-all-work'];
  const effectiveOn = day('2026-12-07');
  const asked = { effectiveOn: day('2026-12-20') };
  const { policy } = (await policyInForce(office, effectiveOn))!;
  const judged: RewordingInput = {
    judged: 'related',
    reason: '前の文から思い描ける範囲です',
    announcedOn: '2026-12-07',
    announcedWhere: 'ウェブサイトのお知らせ',
  };
  const proposing = async (said: Readonly<Record<string, string>>) =>
    valueOf(
      await propose(
        office,
        { actor: { kind: 'sekisho' }, authority },
        { ...asked, texts: policyYaml(saying(policy, said)) },
      ),
    ).version;
  const approving = async (version: number, judgements: Readonly<Record<string, RewordingInput>>) =>
    valueOf(
      await approve(
        office,
        { actor: officerOf(house), authority },
        {
          version,
          effectiveOn,
          judged: judgements,
          officers: 1,
          resting: restingOn,
        },
      ),
    );
  const editorial = { judged: 'editorial', reason: '言い回しだけ', announcedOn: '', announcedWhere: '' };
  await approving(await proposing({ P1: '（一）', P3: '（三）' }), { P1: judged, P3: editorial });
  // Back to the first wording.
  await approving(await proposing({ P3: '（三）' }), { P1: judged });
  await proposing({ P2: '（二）' });
  expect(await prove()).toEqual(['kept', '4', '0']);
});

const second = 'WHERE version = 2';
const last = 'WHERE version = 4';
test.each([
  [
    'policy_versions',
    `UPDATE policy_versions SET content = jsonb_set(content, '{purposes,0,text,ja}', '"何にでも"') ${second}`,
  ],
  [
    'policy_versions',
    `UPDATE policy_versions SET content = jsonb_set(content, '{purposes,0,text,ja}', '"何にでも"') ${last}`,
  ],
  ['policy_versions', `UPDATE policy_versions SET sha256 = sha256('') ${second}`],
  ['policy_versions', `UPDATE policy_versions SET effective_on = effective_on - 30 ${second}`],
  ['policy_versions', `UPDATE policy_versions SET effective_on = effective_on - 30 ${last}`],
  ['policy_versions', `UPDATE policy_versions SET approved_by = 'staff:other' ${second}`],
  ['policy_versions', `UPDATE policy_versions SET approved_at = approved_at - interval '1 day' ${second}`],
  ['policy_versions', `UPDATE policy_versions SET proposed_by = 'staff:other' ${last}`],
  ['policy_versions', `UPDATE policy_versions SET proposed_at = proposed_at - interval '1 day' ${second}`],
  [
    'policy_versions',
    `UPDATE policy_versions SET approved_by = proposed_by, approved_at = proposed_at, approval_entry = proposal_entry ${last}`,
  ],
  [
    'policy_versions',
    `UPDATE policy_versions SET approved_by = NULL, approved_at = NULL, approval_entry = NULL WHERE version = 3`,
  ],
  ['policy_versions', `DELETE FROM policy_versions ${last}`],
  [
    'policy_versions',
    `INSERT INTO policy_versions (version, content, sha256, effective_on, proposed_by, proposed_at, proposal_entry)
     SELECT 5, content, sha256, effective_on, proposed_by, proposed_at, gen_random_uuid() FROM policy_versions ${last}`,
  ],
  ['purpose_wordings', `UPDATE purpose_wordings SET meaning = 1 ${second} AND purpose = 'P1'`],
  ['purpose_wordings', `UPDATE purpose_wordings SET meaning = 3 WHERE version = 3 AND purpose = 'P1'`],
  ['purpose_wordings', `UPDATE purpose_wordings SET reason = '別の理由' ${second} AND purpose = 'P3'`],
  ['purpose_wordings', `UPDATE purpose_wordings SET announced_on = announced_on - 30 ${second} AND purpose = 'P1'`],
  ['purpose_wordings', `UPDATE purpose_wordings SET announced_where = '別の場所' ${second} AND purpose = 'P1'`],
  [
    'purpose_wordings',
    `UPDATE purpose_wordings SET meaning = 1, judged = 'editorial', announced_on = NULL, announced_where = NULL, because = NULL,
     duties = NULL, law_version = NULL ${second} AND purpose = 'P1'`,
  ],
  ['purpose_wordings', `UPDATE purpose_wordings SET judged = NULL, reason = NULL ${second} AND purpose = 'P3'`],
  [
    'purpose_wordings',
    `UPDATE purpose_wordings SET judged = 'editorial', reason = '言い回しだけ' ${second} AND purpose = 'P2'`,
  ],
  ['purpose_wordings', `DELETE FROM purpose_wordings WHERE version = 3 AND purpose = 'P2'`],
  ['purpose_wordings', `INSERT INTO purpose_wordings (version, purpose, meaning) VALUES (4, 'P1', 1)`],
])('one of %s that is otherwise is seen: %s', async (table, change) => {
  const [state, , wrong] = await tampered(house.db, [table], change, prove);
  expect([state, wrong]).toEqual(['broken', '1']);
  expect(await prove()).toEqual(['kept', '4', '0']);
});

test('what is not so is named', async () => {
  const names = async () => (await proof()).evidence.slice(2).map(({ label, href }) => [label.en, href]);
  const moved = `UPDATE policy_versions SET effective_on = effective_on - 30 ${second}`;
  expect(await tampered(house.db, ['policy_versions'], moved, names)).toEqual([['Version 2', '/policy/versions/2']]);
});

test('what was approved before anybody judged of words is not missed, nor that a row took its time after its entry', async () => {
  const entries = `UPDATE log_entries SET entry = (entry::jsonb - '{reworded,editorial,reasons}'::text[])::text WHERE action = 'policy:approve'`;
  // Another wording then had another meaning.
  const rows = `UPDATE purpose_wordings SET judged = NULL, reason = NULL, announced_on = NULL, announced_where = NULL, because = NULL, duties = NULL,
    law_version = NULL, meaning = CASE WHEN purpose = 'P3' AND version > 1 THEN 2 ELSE meaning END`;
  const later = `UPDATE policy_versions SET approved_at = approved_at + interval '20 milliseconds'`;
  const looking = () =>
    tampered(house.db, ['purpose_wordings'], rows, () => tampered(house.db, ['policy_versions'], later, prove));
  expect(await tampered(house.db, ['log_entries'], entries, looking)).toEqual(['kept', '4', '0']);
});
