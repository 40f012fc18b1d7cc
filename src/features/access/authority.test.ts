// The table of authority: its page and its files agree with the answers of the policies, and a company's own file is shown as written.

import fs from 'node:fs';
import readXlsx from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestOffice, type TestOffice, type Visitor } from '../../../tests/office.ts';
import { actions, roles, type Action, type Actor, type Role } from '../../base/actor.ts';
import { listEntries } from '../../log/index.ts';
import { readCsv } from '../../platform/sheet.ts';
import { openAccess } from './actions/access.ts';
import { createGate } from './actions/gate.ts';
import { followPolicies, keepPolicies } from './actions/policies.ts';
import { type AccessPolicies, type Holder, holders, readAccessPolicies, rulesOnce } from './facts/policies.ts';
import { accessRoutes } from './routes.ts';
import { actionWords, roleWords, subjectOf, subjectWords } from './words.ts';

const file = 'policies/access.cedar';
const text = fs.readFileSync(file, 'utf8');

/** The policies of a company with rules of its own, some with names and some without. */
const own = readAccessPolicies(
  `${text}
@id("night-shift") permit (principal in Role::"reception", action == Action::"people:use", resource)
when { principal in Role::"employee" };
@id("reception-reads") @name_ja("受付が台帳を読む") permit (principal in Role::"reception", action == Action::"ledger:read", resource);
@id("not-at-desk") @name_en("Not both") forbid (principal in Role::"desk", action == Action::"ledger:read", resource)
when { principal in Role::"reception" };
@id("nobody-erases") @note_ja("消去は止めています。") forbid (principal, action == Action::"people:erase", resource);
@id("one-person") permit (principal == Staff::"somebody", action == Action::"log:read", resource);`,
  file,
);

const person = (id: string, ...having: Role[]): Actor => ({ kind: 'staff', id, name: '', roles: having });
const system: Actor = { kind: 'system', id: 's', name: '', token: 't', purposes: [], actions };
const holderAs = (holder: Holder): Actor => (holder === 'system' ? system : person('x', holder));

let house: TestOffice;
let elsewhere: TestOffice;

const routesOf = (policies?: AccessPolicies) => (_: unknown, access: TestOffice['access']) =>
  accessRoutes(
    policies ? { ...access, policies } : access,
    async () => [],
    async () => [],
  );

beforeAll(async () => {
  house = await openTestOffice(routesOf());
  elsewhere = await openTestOffice(routesOf(own));
});
afterAll(async () => {
  await house.close();
  await elsewhere.close();
});

const pageOf = async (visitor: Visitor, at = '/authority'): Promise<string> => {
  const answer = await visitor.get(at);
  expect(answer.status).toBe(200);
  return answer.text();
};

const plain = (html: string): string => html.replace(/<[^>]*>/g, '').trim();

/** The cells of the table of a page, row by row. */
const rowsIn = (html: string): string[][] =>
  [...(/<tbody>([\s\S]*?)<\/tbody>/.exec(html)?.[1] ?? '').matchAll(/<tr[^>]*>([\s\S]*?)<\/tr>/g)].map(([, row]) =>
    [...row!.matchAll(/<t[dh][^>]*>([\s\S]*?)<\/t[dh]>/g)].map(([, cell]) => plain(cell!)),
  );

/** The panel of a rule. */
const panelOf = (html: string, rule: string): string =>
  new RegExp(`<section class="panel" id="rule-${rule}"[\\s\\S]*?</section>`).exec(html)?.[0] ?? '';

const inEnglish = { yes: 'Yes', depends: 'If', no: 'No' };

describe('the table', () => {
  test('has every action and every holder, and says of each what the policies answer', () => {
    const { decide, rights, systemActions } = readAccessPolicies(text, file);
    expect(Object.keys(rights)).toEqual([...actions]);
    for (const action of actions) {
      const row = rights[action];
      expect(Object.keys(row)).toEqual([...roles, 'system']);
      for (const role of roles) {
        const { allowed, policies } = decide(person('x', role), action);
        expect([role, action, row[role]]).toEqual([role, action, { says: allowed ? 'yes' : 'no', rules: policies }]);
      }
      // For a system it depends, because the policies also look at its token.
      expect([action, row.system.says]).toEqual([action, systemActions.includes(action) ? 'depends' : 'no']);
    }
  });

  test('of rules of a company’s own says what depends on their conditions, and of the rest what the policies answer', () => {
    const { decide, rights, rules } = own;
    expect(rules.slice(-5).map(({ id }) => id)).toEqual([
      'night-shift',
      'reception-reads',
      'not-at-desk',
      'nobody-erases',
      'one-person',
    ]);
    const open = actions.flatMap((action) =>
      roles.flatMap((role) => (rights[action][role].says === 'depends' ? [`${role} ${action}`] : [])),
    );
    expect(open).toEqual(['desk ledger:read', 'reception people:use']);
    expect(rights['ledger:read'].desk.rules).toEqual(['desk-answers', 'not-at-desk']);
    expect(rights['people:use'].reception.rules).toEqual(['night-shift']);
    for (const action of actions)
      for (const holder of holders) {
        const { says } = rights[action][holder];
        const { allowed } = decide(holderAs(holder), action);
        if (says !== 'depends') expect([holder, action, says]).toEqual([holder, action, allowed ? 'yes' : 'no']);
      }
    // It does depend on something: another role changes both answers.
    expect(decide(person('x', 'desk'), 'ledger:read').allowed).toBe(true);
    expect(decide(person('x', 'desk', 'reception'), 'ledger:read').allowed).toBe(false);
    expect(decide(person('x', 'reception', 'employee'), 'people:use').allowed).toBe(true);
    expect(rights['people:erase'].officer).toEqual({ says: 'no', rules: ['nobody-erases'] });
    expect(rights['people:erase'].system).toEqual({ says: 'no', rules: ['nobody-erases'] });
    expect(rights['log:read'].employee).toEqual({ says: 'no', rules: [] });
  });

  test('the rules that come with Sekisho are said in words, in both languages', () => {
    const { rules } = readAccessPolicies(text, file);
    expect(rules.map(({ id }) => id)).toEqual([...text.matchAll(/^@id\("(.*)"\)$/gm)].map(([, id]) => id));
    for (const { id, name, note } of rules)
      for (const said of [name, note]) {
        expect([id, said?.ja]).toEqual([id, expect.stringMatching(/[\p{sc=Hiragana}\p{sc=Han}]/u)]);
        expect([id, said?.en]).toEqual([id, expect.stringMatching(/^[^\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}]+$/u)]);
      }
  });
});

describe('the page', () => {
  test('says to the officer and the auditor what the gate decides, as its files do, and nothing to others', async () => {
    const { authorise } = await createGate(house.access);
    const expected = actions
      .toSorted((a, b) => placeOf(a) - placeOf(b))
      .map((action) => [
        subjectWords[subjectOf(action)].en,
        actionWords[action].en,
        ...roles.map((role) => (authorise(person(house.staff[role] ?? role, role), action).allowed ? 'Yes' : 'No')),
        authorise(system, action).allowed ? 'If' : 'No',
      ]);
    for (const role of ['officer', 'auditor'] as const) {
      const html = await pageOf(await house.visitor(role, 'en'));
      expect(rowsIn(html)).toEqual(expected);
    }
    const officer = await house.visitor('officer', 'en');
    const file = async (ends: string) =>
      new Uint8Array(await (await officer.get(`/authority/export/authority${ends}`)).arrayBuffer());
    const heads = ['Subject', 'Action', ...roles.map((role) => roleWords[role].name.en), 'Systems'];
    const csv = readCsv(await file('-utf8.csv'));
    expect('rows' in csv && csv.rows.map(({ cells }) => cells)).toEqual([heads, ...expected]);
    const [sheet] = await readXlsx(Buffer.from(await file('.xlsx')));
    expect(sheet!.data).toEqual([heads, ...expected]);
    expect((await officer.get('/authority/export/authority-shift-jis.csv')).status).toBe(200);
    const japanese = await house.visitor('officer');
    expect((await japanese.get('/authority/export/authority-shift-jis.csv')).status).toBe(200);
    const logged = await listEntries(house.db.app, { actions: ['list:export'], most: 9 });
    expect(logged.map(({ entry }) => [entry.list, entry.authority])).toEqual(
      Array.from({ length: 4 }, () => ['authority', ['officer-all-work']]),
    );
    for (const role of ['desk', 'reception'] as const) {
      const visitor = await house.visitor(role);
      for (const at of ['/authority', '/authority/export/authority.xlsx'])
        expect((await visitor.get(at)).status).toBe(403);
    }
  });

  test('shows what one role may do, and the rules of each action to whoever asks for them', async () => {
    const officer = await house.visitor('officer', 'en');
    const rows = rowsIn(await pageOf(officer, '/authority?may=handler&col=desk&col=rules'));
    expect(rows.map(([action]) => action)).toEqual(
      actions
        .filter((action) => house.access.policies.rights[action].handler.says === 'yes')
        .toSorted((a, b) => placeOf(a) - placeOf(b))
        .map((action) => actionWords[action].en),
    );
    expect(rows.find(([action]) => action === actionWords['people:acquire'].en)).toEqual([
      'Acquire',
      'No',
      'The work of the privacy officer, The daily work of handlers, A system, within its token',
    ]);
    const reads = rowsIn(await pageOf(officer, '/authority?subject=log&may=auditor'));
    expect(reads.map(([, action]) => action)).toEqual([
      'Read the log',
      'Export the log',
      'Read the versions of the vault’s key',
    ]);
  });

  test('counts who has each role now, with the way to them', async () => {
    const html = await pageOf(await house.visitor('officer', 'en'));
    const counts = [...html.matchAll(/href="\/staff\?state=active&amp;role=([a-z-]+)">([^<]+)</g)].map(
      ([, role, n]) => [role, n],
    );
    expect(counts).toEqual(roles.map((role) => [role, house.staff[role] ? '1 person' : '0 people']));
    expect(html).toContain('href="/systems"');
  });

  test('has each rule under its own anchor: in words, with whom it lets do what, and as it is written', async () => {
    const html = await pageOf(await house.visitor('auditor', 'en'));
    const desk = panelOf(html, 'desk-answers');
    for (const shown of ['The desk answers people', 'desk-answers', 'for a stated purpose', '<dt>Desk</dt>', 'Correct'])
      expect(desk).toContain(shown);
    expect(desk).toContain('principal in Role::&quot;desk&quot;');
    expect(desk).toContain('<details class="mt-3 no-print">');
    const token = panelOf(html, 'system-within-token');
    expect(token).toContain('Conditional');
    expect(html).toContain('<a href="#rule-system-within-token">If</a>');
    expect(house.access.policies.rules.filter(({ id }) => panelOf(html, id) === '')).toEqual([]);
  });

  test('shows a file of a company’s own as it is: rules without words by their ids and their text', async () => {
    const officer = await elsewhere.visitor('officer', 'en');
    const html = await pageOf(officer);
    for (const action of actions) {
      const row = rowsIn(html).find(([, named]) => named === actionWords[action].en)!;
      expect([action, ...row.slice(2)]).toEqual([
        action,
        ...holders.map((holder) => inEnglish[own.rights[action][holder].says]),
      ]);
    }
    const night = panelOf(html, 'night-shift');
    for (const shown of ['id="rule-night-shift-h">night-shift<', 'Conditional', '<dt>Reception</dt>'])
      expect(night).toContain(shown);
    expect(night).toContain('<details class="mt-3" open="">');
    expect(night).toContain('when { principal in Role::&quot;employee&quot; }');
    expect(html).toContain('<a href="#rule-not-at-desk">If</a>');
    // A text in one language only is shown in the other, too.
    expect(panelOf(html, 'reception-reads')).toContain('受付が台帳を読む');
    expect(panelOf(await pageOf(await elsewhere.visitor('officer')), 'not-at-desk')).toContain('Not both');
    const nobody = panelOf(html, 'nobody-erases');
    for (const shown of ['Forbids', '消去は止めています。', 'Systems']) expect(nobody).toContain(shown);
    expect(panelOf(html, 'one-person')).toContain('No mark in the table comes from this rule');
    expect(html).toContain('But a rule that forbids something takes precedence');
    expect(await pageOf(await house.visitor('officer', 'en'))).not.toContain(
      'But a rule that forbids something takes precedence',
    );
  });
});

describe('the versions', () => {
  test('each has its time, what changed in words, and a page with its rules as they were, also of words that are no more', async () => {
    const { clock, access } = house;
    expect(await pageOf(await house.visitor('auditor', 'en'))).not.toContain('/authority/versions/');
    // A file from an older version of Sekisho: Cedar reads it, but one of its actions no longer exists.
    const once = text.replace('Action::"home:read"', 'Action::"home:look"');
    await keepPolicies({ ...access, policies: { ...access.policies, text: once, rules: rulesOnce(once)! } });
    clock.moveTo('2026-12-07T08:43:00+09:00');
    const here = readAccessPolicies(`${text.replace('@id("staff-ask")', '@id("all-ask")')}\n// 注釈`, file);
    await keepPolicies({ ...access, policies: here });
    clock.moveTo('2026-12-07T08:44:00+09:00');
    await keepPolicies({ ...access, policies: { ...access.policies, text: 'no Cedar', rules: [] } });
    clock.moveTo('2026-12-07T08:45:00+09:00');
    await keepPolicies(access);
    const auditor = await house.visitor('auditor', 'en');
    const html = await pageOf(auditor);
    const versions = /<caption[^>]*>Versions<\/caption>[\s\S]*?<\/table>/.exec(html)![0];
    const untold = 'A version cannot be read, so they cannot be compared';
    const at = (minute: number): string => expect.stringContaining(`08:${minute}`) as string;
    const changed = 'New: Everyone on the staff may ask. Gone: Everyone on the staff may ask';
    expect(rowsIn(versions)).toEqual([
      ['Version 4', at(45), 'In force', untold],
      ['Version 3', at(44), at(45), untold],
      ['Version 2', at(43), at(44), changed],
      ['Version 1', at(42), at(43), 'First version'],
    ]);
    const first = await pageOf(auditor, '/authority/versions/1');
    expect(panelOf(first, 'staff-ask')).toContain('Action::&quot;home:look&quot;');
    expect(panelOf(first, 'staff-ask')).toContain('<details class="mt-3 no-print" open="">');
    expect(await pageOf(auditor, '/authority/versions/3')).toContain('no Cedar');
    expect(await pageOf(auditor, '/authority/versions/4')).toContain('Until In force');
    for (const none of ['5', '0', '1e0', 'x'])
      expect((await auditor.get(`/authority/versions/${none}`)).status).toBe(404);
    expect((await (await house.visitor('desk')).get('/authority/versions/1')).status).toBe(403);
  });

  test('one that was replaced does not come back by a start: beside the one in force it allows only what both allow', async () => {
    const { access } = house;
    const may = (role: Role, action: Action) => access.policies.decide(person('x', role), action);
    const auditor = await house.visitor('auditor', 'en');
    const both = 'This server has another file than the rules in force';
    expect(await pageOf(auditor)).not.toContain(both);
    const strict = `${text}
@id("auditor-desk") permit (principal in Role::"auditor", action == Action::"requests:write", resource);
@id("no-desk") forbid (principal in Role::"desk", action == Action::"requests:read", resource);`;
    const other = await openAccess(house.office, readAccessPolicies(strict, file));
    expect(await keepPolicies(other)).toBe(true);
    expect(other.beside.inForce).toBeNull();
    expect(await keepPolicies(access)).toBe(false);
    expect(access.beside.inForce?.version).toBe(5);
    // An act is allowed by the rules in force, and refused by those that refuse it.
    expect(may('officer', 'requests:read')).toEqual(other.policies.decide(person('x', 'officer'), 'requests:read'));
    expect(may('desk', 'requests:read')).toEqual({ allowed: false, policies: ['no-desk'] });
    expect(may('auditor', 'requests:write')).toEqual({ allowed: false, policies: [] });
    const html = await pageOf(auditor);
    expect(html).toContain(both);
    expect(panelOf(html, 'no-desk')).toContain('Forbids');
    // Of rules that this program cannot read, nothing is known to be allowed.
    const [newest] = await house.db.owner.query<{ text: string }>(
      "UPDATE access_policies SET text = 'no Cedar' WHERE version = 5 RETURNING text",
      [],
    );
    await followPolicies(access);
    expect([newest!.text, may('officer', 'requests:read').allowed, access.policies.systemActions]).toEqual([
      'no Cedar',
      false,
      [],
    ]);
    // A restored database lacks the version in force, which the log names.
    await house.db.owner.query('DELETE FROM access_policies WHERE version = 5', []);
    await expect(keepPolicies(access)).rejects.toThrow('is a version that was replaced');
    expect(await keepPolicies(other)).toBe(true);
    await followPolicies(access);
    // The number of the lost version is not used again.
    expect(access.beside.inForce?.version).toBe(6);
    expect(await keepPolicies(await openAccess(house.office, readAccessPolicies(`${text}\n// 前に戻す`, file)))).toBe(
      true,
    );
    await followPolicies(access);
    expect([may('desk', 'requests:read').allowed, access.policies.systemActions.length > 0]).toEqual([true, true]);
  });
});

/** Position of an action in the table, where those of one subject are together. */
function placeOf(action: (typeof actions)[number]): number {
  return Object.keys(subjectWords).indexOf(subjectOf(action));
}
