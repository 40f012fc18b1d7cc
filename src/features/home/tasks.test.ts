// The tasks that home shows: decisions for those who may make them, broken promises for those who may mend them, and nothing else.

import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { answered, asking, collected, identified, registered, seen } from '../../../tests/desk.ts';
import { openTestOffice, type TestOffice } from '../../../tests/office.ts';
import {
  addHolding,
  addPerson,
  addRecipient,
  byOfficer,
  entrusted,
  officerOf,
  openTestCheckpoint,
  restingOn,
  valueOf,
} from '../../../tests/people.ts';
import { flipped } from '../../../tests/tamper.ts';
import type { Role } from '../../base/actor.ts';
import { addDays } from '../../base/day.ts';
import { newId } from '../../base/id.ts';
import { page } from '../../platform/http/index.ts';
import { dayFrom, writtenDay } from '../../platform/ui/format.ts';
import { listStaff, staffInPost, type By } from '../access/index.ts';
import { eraseAll, standing } from '../checkpoint/index.ts';
import { consult, judge, questionOf } from '../consultation/index.ts';
import { assign, carryOut, close, decide, deliver, requestNumber, specify } from '../desk/index.ts';
import { undeliver } from '../desk/actions/undelivered.ts';
import { changesOutdated, holdings } from '../ledger/index.ts';
import { approve, evaluatePromises, policyInForce, policyRoutes, policyYaml, propose } from '../policy/index.ts';
import { approvePackage, cancelPackage, draftPackage, prepareNext, requestPackage } from '../provision/index.ts';
import { confirmRecord } from '../recipients/actions/assurance.ts';
import { checkRecipient, recipientOf, stopRecipient } from '../recipients/index.ts';
import { homeRoutes } from './index.ts';

let house: TestOffice;
let stop: () => Promise<void>;
/** The pages of the packages and the request. */
const at: Record<'own' | 'other' | 'request' | 'change', string> = { own: '', other: '', request: '', change: '' };

const broken = (promise: string, fix: string, href?: string) => ({
  promise,
  prove: () =>
    Promise.resolve({
      state: 'broken' as const,
      says: { ja: `${fix}に至った理由`, en: `Why: ${fix}` },
      evidence: [{ label: { ja: '記録', en: 'Records' }, value: { ja: '1件', en: '1' }, ...(href ? { href } : {}) }],
      fix: [{ ja: fix, en: fix }],
    }),
});

/** A package of everybody in the holding, waiting for approval. */
async function asked(by: By, holding: string, recipient: string): Promise<string> {
  const ask = { holding, items: ['name'], purpose: 'P3', recipient, everybody: true };
  const { id } = valueOf(await draftPackage(house.office, by, { ...ask, facts: { relation: 'entrustment' } }));
  valueOf(await requestPackage(house.office, by, id));
  return `/packages/${id}`;
}

/** A request by a person about whom nothing was found: only the decision is left. */
async function toDecide(by: By): Promise<string> {
  const one = await identified(house, by, 'disclosure');
  const { id } = one.row;
  const terms = [{ kind: 'name', term: '例示 いない' }] as const;
  const found = valueOf(await specify(house, by, id, seen(one), { terms, nobody: true }));
  valueOf(await assign(house, by, id, seen(found), { on: house.clock.today(), to: house.staff.desk! }));
  return `/desk/${id}`;
}

beforeAll(async () => {
  const places = [
    page('get', '/desk', 'requests:read', (c) => c.text('')),
    page('post', '/desk/new', 'requests:write', (c) => c.text('')),
    page('post', '/desk/:id/papers', 'requests:read', (c) => c.text('')),
    page('get', '/log', 'log:read', (c) => c.text('')),
    page('post', '/log/verify', 'log:read', (c) => c.text('')),
  ];
  house = await openTestOffice((office) => [
    ...homeRoutes(office, { namesInPost: (of) => staffInPost(house.access, of) }),
    ...policyRoutes(
      office,
      {
        officers: () => Promise.resolve(1),
        nameOf: () => Promise.resolve(null),
        resting: restingOn,
        outdatedBy: (version) => changesOutdated(office.database, version),
      },
      () => Promise.resolve(null),
    ),
    ...places,
  ]);
  stop = await openTestCheckpoint(house);
  const officer: By = { actor: officerOf(house), authority: ['officer-all-work'] };
  const clerk = { kind: 'staff', id: house.staff.desk!, name: '佐伯 健', roles: ['desk'] } as const;
  const holding = await addHolding(house);
  await addPerson(house, holding, { name: '例示 花子', email: 'hanako@example.jp' });
  const publicKey = await identityToRecipient(await generateX25519Identity());
  const named = { name: '例示印刷株式会社', relations: ['entrustment'], publicKey };
  const recipient = await addRecipient(house, named, entrusted);
  at.own = await asked(officer, holding, recipient);
  at.other = await asked({ actor: clerk, authority: ['desk-answers'] }, holding, recipient);
  at.request = await toDecide({ actor: clerk, authority: ['desk-answers'] });
  // Judged on words that the policy in force does not have.
  await house.db.owner.query(
    `INSERT INTO purpose_changes (id, holding_id, from_purpose, to_purpose, at, actor, announced_on, announced_where, reason, because, duties,
       law_version, policy_version)
     VALUES ($1, $2, 'P1', 'P3', now(), 'sekisho', '2026-11-20', '例示', '例示', '{}', '[]', '2026-01-01', 0)`,
    [newId(house.clock.now()), holding],
  );
  at.change = `/ledger/${holding}#changes`;
  await evaluatePromises(house.office, [
    broken('forms-sent-promptly', '用紙をすぐに送ります', '/desk'),
    broken('policy-approved', '版を承認します', '/policy'),
    broken('log-verified', '記録を検証します', '/log'),
    broken('desk-address-shown', '窓口を書き直します'),
  ]);
});
afterAll(async () => {
  await stop();
  await house.close();
});

/** The list of tasks on the page. */
async function tasksFor(role: Role, path = '/'): Promise<string> {
  const html = await (await (await house.visitor(role)).get(path)).text();
  return html.slice(html.indexOf('id="tasks"')).split('</section>')[0]!;
}

test.each(['/', '/morning-sheet'])(
  '%s shows the officer what waits for their approval and their decision',
  async (path) => {
    const text = await tasksFor('officer', path);
    expect(text).toContain(at.other);
    expect(text).toContain('例示印刷株式会社への提供ファイル（1人）を承認する');
    expect(text).not.toContain(at.own);
    expect(text).toContain(at.request);
    expect(text).toContain(`href="${at.change}"`);
    expect(text).toContain('「メールマガジンの読者」の利用目的の変更（P1→P3）を改めて判断する');
    expect(text).toMatch(/R-2026-\d{3} 開示の請求について決定する/);
    expect(text).toContain('用紙をすぐに送ります');
    expect(text).toContain('版を承認します');
    expect(text).toContain('窓口を書き直します');
  },
);

test('says who is on it: whom a request is assigned to, who manages a holding, and nobody where that is not known', async () => {
  const text = await tasksFor('officer');
  const names = new Map((await listStaff(house.access)).map(({ id, name }) => [id, name]));
  const [{ manager } = { manager: '' }] = await holdings(house.office);
  const of = (href: string): string | undefined => {
    const row = text.split('<tr').find((one) => one.includes(`href="${href}"`))!;
    return /data-label="担当"[^>]*>(?:<[^>]*>)*([^<]*)/.exec(row)?.[1];
  };
  expect([at.request, at.change, at.other].map(of)).toEqual([names.get(house.staff.desk!), names.get(manager), 'なし']);
});

test('shows the desk what it mends, and neither approvals nor decisions that are the officer’s', async () => {
  const text = await tasksFor('desk');
  expect(text).toContain('用紙をすぐに送ります');
  expect(text).not.toContain('版を承認します');
  expect(text).not.toContain(at.other);
  expect(text).not.toContain(at.change);
  expect(text).not.toContain(at.request);
});

test('shows the auditor what they may do themselves, and nothing of what they may only read', async () => {
  const text = await tasksFor('auditor');
  expect(text).toContain('記録を検証します');
  expect(text).not.toContain('すぐに送ります');
});

test('shows the reception, who may mend none of it, no task', async () => {
  const text = await tasksFor('reception');
  expect(text).toContain('いま、しなければならない仕事はありません');
  expect(text).not.toContain('すぐに送ります');
});

test('shows an answer that somebody else may have to the officers, who find out whether it is a leak, until its request is ended', async () => {
  const officer: By = { actor: officerOf(house), authority: ['officer-all-work'] };
  const asked = await registered(house, officer, 'consultation');
  const { id } = asked.row;
  const on = house.clock.today();
  const ask = { facts: {}, plan: {}, reason: '', answer: 'お答えします。', mayRefuse: true };
  const known = valueOf(await decide(house, officer, id, seen(asked), ask));
  const posted = await answered(house, officer, known);
  const astray = { on, by: 'post', why: 'astray', envelope: 'away' } as const;
  const back = valueOf(await undeliver(house, officer, id, seen(posted), astray));
  const task = `href="/desk/${id}">${requestNumber(back.row)} 答えがほかの人に渡ったおそれがあるため`;
  expect([(await tasksFor('officer')).includes(task), (await tasksFor('desk')).includes(task)]).toEqual([true, false]);
  const again = { on, by: 'post', addressChecked: true } as const;
  const sent = valueOf(await deliver(house, officer, id, seen(back), again));
  expect(await tasksFor('officer')).toContain(task);
  valueOf(await close(house, officer, id, seen(sent), { on }));
  expect(await tasksFor('officer')).not.toContain(task);
});

test('shows a consultation that waits for a judgement to the officers, until it is judged', async () => {
  const { office } = house;
  const by: By = {
    actor: { kind: 'staff', id: house.staff.reception!, name: '', roles: ['reception'] },
    authority: [],
  };
  const stated = { information: 'personal', from: { id: 'P1', clause: '11' }, newPurpose: '応対の教育に使う' };
  const question = questionOf('purpose-change')!;
  const asked = { question, stated, holding: null, items: [], on: office.clock.today() };
  const { id } = valueOf(await consult(house, by, await standing(office), asked));
  const task = `href="/ask/consultations/${id}">相談「${question.title.ja}」を判断する`;
  expect([(await tasksFor('officer')).includes(task), (await tasksFor('reception')).includes(task)]).toEqual([
    true,
    false,
  ]);
  await judge(office, byOfficer(house), {
    code: 'purposeRelated',
    consultation_id: id,
    holding_id: null,
    purpose: null,
    answer: false,
    why: '応対のためとだけ伝えている',
    until_day: addDays(office.clock.today(), 30),
  });
  expect(await tasksFor('officer')).not.toContain(task);
});

test('shows whose information a law had kept, once it does no more, to whoever may erase it, until it is erased', async () => {
  const officer: By = { actor: officerOf(house), authority: ['officer-all-work'] };
  const holding = await addHolding(house, { items: ['name', 'note'], name: { ja: '請求書の控え', en: 'Invoices' } });
  const { principal } = await addPerson(house, holding, { name: '保存 花子' });
  const one = await collected(house, officer, 'erasure', '保存 花子');
  const { id } = one.row;
  const until = addDays(house.clock.today(), 3);
  const keeping = { legalBasis: '法人税法施行規則59条 請求書の控え', until, part: false };
  const facts = { reason: 'no-longer-needed', found: 'all', keeping } as const;
  const known = valueOf(await decide(house, officer, id, seen(one), asking(facts)));
  await answered(house, officer, valueOf(await carryOut(house, officer, id, seen(known))));
  const task = `href="/people/${principal}/erase">${requestNumber(one.row)} ${writtenDay(until, 'ja')}まで法令により保存`;
  const now = house.clock.now();
  house.clock.moveTo(`${until}T09:00:00+09:00`);
  expect(await tasksFor('officer')).not.toContain(task);
  house.clock.moveTo(`${addDays(until, 1)}T09:00:00+09:00`);
  expect([(await tasksFor('officer')).includes(task), (await tasksFor('reception')).includes(task)]).toEqual([
    true,
    false,
  ]);
  valueOf(await eraseAll(house.office, officer, { principal, ground: 'no-longer-needed' }));
  expect(await tasksFor('officer')).not.toContain(task);
  house.clock.moveTo(new Date(now).toISOString());
});

test('shows what a system recorded about recipients abroad to those who may confirm it, with the number, until it is confirmed', async () => {
  const { office, db } = house;
  const system = { kind: 'equivalent-system', reference: '覚書', from: '2026-04-01', by: 'contract' };
  const named = { name: 'Reiji Danang Co., Ltd.', country: 'VN', relations: ['third-party'] };
  const id = await addRecipient(house, named, system);
  const officer: By = { actor: officerOf(house), authority: ['officer-all-work'] };
  const check = { on: office.clock.today(), method: '書面', measures: 'kept' };
  const { check: made } = valueOf(await checkRecipient(office, officer, id, check));
  const task = (n: number) =>
    `href="/recipients/${id}">${named.name}についてシステムが記録した根拠や確認（${n}件）を確かめる`;
  expect(await tasksFor('officer')).not.toContain(task(2));
  const actor = `system:${id}`;
  await db.owner.query('UPDATE recipient_assurances SET actor = $2 WHERE recipient_id = $1', [id, actor]);
  await db.owner.query('UPDATE recipient_checks SET actor = $2 WHERE recipient_id = $1', [id, actor]);
  expect((await tasksFor('officer')).includes(task(2))).toBe(true);
  for (const role of ['auditor', 'reception'] as const) expect(await tasksFor(role)).not.toContain(task(2));
  valueOf(await confirmRecord(office, officer, { recipient: id, record: made.id }));
  expect(await tasksFor('officer')).toContain(task(1));
  const { version } = valueOf(await recipientOf(office, id));
  valueOf(await stopRecipient(office, officer, { id, version, reason: '例示' }));
  expect(await tasksFor('officer')).not.toContain(task(1));
});

test('shows a package that cannot be prepared to the officers and to whoever made it, until it is over', async () => {
  const id = at.other.split('/').at(-1)!;
  const officer: By = { actor: officerOf(house), authority: ['officer-all-work'] };
  const told = '例示印刷株式会社への提供ファイルを用意できない原因を確かめる';
  valueOf(await approvePackage(house.office, officer, id));
  await house.db.owner.query(`UPDATE packages SET ${flipped('wrapped_key')} WHERE id = $1`, [id]);
  await expect(prepareNext(house.office)).rejects.toThrow();
  for (const role of ['officer', 'desk'] as const) expect(await tasksFor(role)).toContain(told);
  for (const role of ['reception', 'auditor'] as const) expect(await tasksFor(role)).not.toContain(told);
  valueOf(await cancelPackage(house.office, officer, id, '作り直す'));
  for (const role of ['officer', 'desk'] as const) expect(await tasksFor(role)).not.toContain(told);
});

/** The deadlines that home shows: the text of the picture, and the rows of its table. */
async function deadlinesFor(role: Role): Promise<{ says: string; rows: string[] } | null> {
  const html = await (await (await house.visitor(role)).get('/?lang=ja')).text();
  const part = html.split('id="deadlines"')[1]?.split('</section>')[0];
  if (part === undefined) return null;
  const rows = [...part.matchAll(/<tr[^>]*>(.*?)<\/tr>/gs)].slice(1);
  return {
    says: /role="img" aria-label="([^"]*)"/.exec(part)?.[1] ?? '',
    rows: rows.map(([, row]) =>
      row!
        .replaceAll(/<[^>]+>/g, ' ')
        .replaceAll(/\s+/g, ' ')
        .trim(),
    ),
  };
}

test('draws the deadlines of four weeks for whoever may see what is due, each in the table below', async () => {
  const { office, clock } = house;
  const officer: By = { actor: officerOf(house), authority: ['officer-all-work'] };
  const today = clock.today();
  const ends = { ...entrusted, until: addDays(today, 20) };
  const soon = await addRecipient(house, { name: '例示発送株式会社', relations: ['entrustment'] }, ends);
  const check = { on: today, method: '訪問', measures: 'kept', nextDue: addDays(today, 27) };
  valueOf(await checkRecipient(office, officer, soon, check));
  const later = { ...entrusted, until: addDays(today, 28) };
  await addRecipient(house, { name: '例示倉庫株式会社', relations: ['entrustment'] }, later);
  const stopped = await addRecipient(house, { name: '例示運送株式会社', relations: ['entrustment'] }, ends);
  valueOf(await stopRecipient(office, officer, { id: stopped, version: 1, reason: '例示' }));
  const recipients = [
    `あと20日 ${dayFrom(today, addDays(today, 20), 'ja')} 例示発送株式会社 委託契約の期限`,
    `あと27日 ${dayFrom(today, addDays(today, 27), 'ja')} 例示発送株式会社 確認`,
  ];
  const seen = await deadlinesFor('officer');
  expect(seen!.rows).toHaveLength(3);
  expect(seen!.rows[0]).toMatch(/^あと\d+日 \d+月\d+日 R-2026-\d{3} 開示の請求$/);
  expect(seen!.rows.slice(1)).toEqual(recipients);
  expect(seen!.says).toBe('今日から4週間の期限は3件です');
  expect(await deadlinesFor('auditor')).toEqual(seen);
  expect(await deadlinesFor('reception')).toBeNull();
  // An overdue request is not a deadline of the coming weeks.
  await registered(house, officer, 'correction', { arrivedOn: addDays(today, -20) });
  expect((await deadlinesFor('officer'))!.says).toBe('期限を過ぎたものが1件、今日から4週間の期限が3件あります');
});

test('links the evidence of a promise for whoever may go there, and says it to everybody', async () => {
  const evidence = async (role: Role): Promise<string> => {
    const visitor = await house.visitor(role);
    const html = await (await visitor.get('/living-policy?promise=forms-sent-promptly')).text();
    return html.slice(html.indexOf('id="ev"'));
  };
  const officer = await evidence('officer');
  expect(officer).toContain('<a href="/desk">記録</a>');
  expect(officer).toContain('/log/entries/');
  const reception = await evidence('reception');
  expect(reception).toContain('記録');
  expect(reception).not.toContain('href="/desk"');
  expect(reception).not.toContain('/log/entries/');
});

test('leads a new office to its own policy, its first holding and its first colleague, until each is there', async () => {
  let alone = true;
  const fresh = await openTestOffice((office) => homeRoutes(office, { worksAlone: async () => alone }));
  try {
    const led = async (role: Role): Promise<string[]> => {
      const html = await (await (await fresh.visitor(role)).get('/?lang=ja')).text();
      return ['/living-policy/new', '/ledger/new', '/staff/new'].filter((href) => html.includes(`href="${href}"`));
    };
    expect(await led('officer')).toEqual(['/living-policy/new', '/ledger/new', '/staff/new']);
    expect(await led('reception')).toEqual([]);
    await addHolding(fresh);
    alone = false;
    expect(await led('officer')).toEqual(['/living-policy/new']);
  } finally {
    await fresh.close();
  }
});

test('tells the officer where the policy in force still names the example company, until it does nowhere', async () => {
  const fresh = await openTestOffice((office) => homeRoutes(office));
  try {
    const inForce = async (change: (yaml: string) => string): Promise<void> => {
      const { policy } = (await policyInForce(fresh.office, fresh.clock.today()))!;
      const texts = Object.fromEntries(Object.entries(policyYaml(policy)).map(([file, yaml]) => [file, change(yaml)]));
      const effectiveOn = fresh.clock.today();
      const { version } = valueOf(await propose(fresh.office, byOfficer(fresh), { texts, effectiveOn }));
      const judged = {};
      const given = { version, effectiveOn, officers: 1, judged, resting: restingOn };
      valueOf(await approve(fresh.office, byOfficer(fresh), given));
    };
    const home = async (): Promise<string> => (await (await fresh.visitor('officer')).get('/?lang=ja')).text();
    await inForce((yaml) => yaml.replaceAll('例示情報通信株式会社', '青葉商事株式会社'));
    const told = await home();
    expect(told).not.toContain('見本の会社の方針を、自社の方針に替える');
    expect(told).toContain('方針に残っている見本の会社の名前や連絡先を直す');
    const own = (yaml: string): string =>
      yaml
        .replaceAll('例示', '青葉')
        .replaceAll('Reiji', 'Aoba')
        .replaceAll('privacy-desk@example.jp', 'madoguchi@aoba.example.jp')
        .replaceAll('https://www.example.jp/group', 'https://aoba.example.jp/group');
    await inForce(own);
    expect(await home()).not.toContain('見本の会社');
  } finally {
    await fresh.close();
  }
});
