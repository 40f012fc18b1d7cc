// Who opened how much, through the running server: far more than usual is marked, and home tells the officers until one of them has looked into it.
// Nobody looks into themselves while another may, and readers without that right see who did.

import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor, Role } from '../../src/base/actor.ts';
import { endStaff } from '../../src/features/access/actions/staff.ts';
import { addFictionalStaff, createSystem } from '../../src/features/access/index.ts';
import { use } from '../../src/features/checkpoint/index.ts';
import { listEntries } from '../../src/log/index.ts';
import { equip } from '../../src/office.ts';
import { standingClock } from '../../src/platform/clock.ts';
import { readConfig } from '../../src/platform/config.ts';
import { markReaders, tellOfReaders } from '../../src/features/audit/actions/readers.ts';
import { PASSWORD_HASH } from '../house.ts';
import { must, newcomer, openServer, type Session, type TestServer } from '../server.ts';
import { mailServer } from '../smtp.ts';

const clock = standingClock('2026-10-02T10:00:00+09:00');
const mail = mailServer();
const sekisho = { actor: { kind: 'sekisho' }, authority: [] } as const;
let server: TestServer;
let people: string[];

const staff = (role: Role, id = server.staff[role]): Actor => ({ kind: 'staff', id, name: '', roles: [role] });

async function opens(actor: Actor, from: number, to: number): Promise<void> {
  const { office, app, holding } = server;
  for (const principal of people.slice(from, to)) {
    const { policies: authority } = app.access.policies.decide(actor, 'people:use', 'P3');
    must(await use(office, { actor, authority }, { principal, holding, items: ['name'], purpose: 'P3' }));
  }
}

beforeAll(async () => {
  const SEKISHO_SMTP = `smtp://localhost:${await mail.serve()}`;
  server = await openServer({ clock, env: { SEKISHO_SMTP, SEKISHO_MAIL_FROM: 'sekisho@example.jp' } });
  people = [];
  for (let i = 0; i < 110; i++) people.push(must(await server.client.acquire(newcomer(server.holding))).principal);
  // A usual week of the desk is four people. The handler never opens anything.
  for (let week = 0; week < 9; week++) {
    clock.moveTo(new Date(Date.parse('2026-10-06T10:00:00+09:00') + week * 7 * 86_400_000).toISOString());
    await opens(staff('desk'), 0, week === 8 ? 2 : 4);
  }
  clock.moveTo('2026-12-07T09:01:00+09:00');
});
afterAll(async () => {
  await server.close();
  await mail.close();
});

async function get(role: Role, to: string, session?: Session): Promise<string> {
  const { cookie } = session ?? (await server.session(role));
  const response = await server.fetch(to, { headers: { cookie } });
  expect(response.status).toBe(200);
  return response.text();
}

async function review(session: Session, id: string, fields: Record<string, string>): Promise<Response> {
  const { cookie, csrf } = session;
  const body = new URLSearchParams({ csrf, ...fields });
  return server.fetch(`/log/readers/${id}`, { method: 'POST', headers: { cookie, origin: server.url }, body });
}

const told = (html: string): string[] =>
  [...html.matchAll(/href="\/log\/readers\/([0-9a-f-]+)"/g)].map(([, id]) => id!);
/** The letters about readers since the last call. The office also sends some by itself, and others about promises. */
async function letters(): Promise<string[]> {
  const waiting = async () =>
    (await server.db.owner.query("SELECT FROM mail_outbox WHERE state = 'waiting'", [])).length;
  while ((await waiting()) > 0) await server.office.mail.sendNext();
  return mail.received
    .splice(0)
    .map(({ mail: { subject, text }, to }) => `${to.join()} ${subject} ${text}`)
    .filter((one) => one.includes('はるかに多くの本人'));
}

/** One round of the background work. */
async function round(): Promise<boolean> {
  await markReaders(server.office);
  return tellOfReaders(server.app);
}

const reviews = async () =>
  (await listEntries(server.office.database, { actions: ['log:reader-reviewed'], most: 10 })).map(({ entry }) => entry);

test('nobody is marked in a usual week, and home is silent', async () => {
  const html = await get('officer', '/log/readers');
  expect(html).toContain(`/log/readers/${server.staff.desk}`);
  expect(html).not.toContain('chip-warn');
  expect(told(await get('officer', '/'))).toEqual([]);
});

test('who opened far more is marked at once, and told on home within a quarter of an hour', async () => {
  const { desk } = server.staff;
  await opens(staff('desk'), 0, 24);
  const html = await get('auditor', '/log/readers');
  // 24 people against 4 in a usual week: six times as many.
  expect(html).toContain('chip-warn');
  expect(html).toContain('6倍');
  expect(html).toContain(`/log?kind=reached&amp;actor=staff%3A${desk}&amp;from=2026-12-01&amp;to=2026-12-07`);
  // Home keeps its count for a quarter of an hour.
  expect(told(await get('officer', '/'))).toEqual([]);
  clock.moveTo('2026-12-07T09:16:00+09:00');
  const home = await get('officer', '/');
  expect(told(home)).toEqual([desk]);
  expect(home).toContain('7日間に24人の情報を開いた理由を調べる（ふだんの週は4人）');
  for (const role of ['auditor', 'desk', 'administrator'] as const) expect(told(await get(role, '/'))).toEqual([]);
});

test('where mail is off nobody counts as told, so that they are once it is on', async () => {
  const { config } = server.office;
  const office = await equip(readConfig({}, { dataFolder: config.dataFolder }), clock, server.db.app);
  expect(office.mail.on).toBe(false);
  expect(await tellOfReaders({ ...server.app, office })).toBe(false);
  expect(await listEntries(server.office.database, { actions: ['log:readers-told'], most: 1 })).toEqual([]);
});

test('officers get a letter that names nobody, once', async () => {
  expect(await tellOfReaders(server.app)).toBe(true);
  const [letter, ...others] = await letters();
  expect(others).toEqual([]);
  expect(letter).toMatch(/^officer@example\.jp ふだんよりはるかに多くの本人の情報が開かれました（1件）/);
  expect(letter).toContain('/log/readers?mark=to-review');
  expect(letter).not.toMatch(/職員|24/);
  const [told] = await listEntries(server.office.database, { actions: ['log:readers-told'], most: 1 });
  expect(told!.entry).toMatchObject({ actor: 'sekisho', staff: [server.staff.desk], system: [] });
  expect([await tellOfReaders(server.app), await letters()]).toEqual([false, []]);
});

test('the rows of the log that a row leads to are theirs', async () => {
  const { desk } = server.staff;
  const html = await get('auditor', `/log?kind=reached&actor=staff%3A${desk}&from=2026-12-01&to=2026-12-07`);
  // Two on Tuesday and 24 today.
  expect(html.match(/\/log\/entries\//g)).toHaveLength(26);
});

test('whoever only reads the log sees that nobody looked into it, and cannot say so', async () => {
  const { desk } = server.staff;
  const session = await server.session('auditor');
  const html = await get('auditor', `/log/readers/${desk}`, session);
  expect(html).toContain('まだだれも調べていません。');
  expect(html).not.toContain('name="result"');
  expect((await review(session, desk, { result: 'their-work', shown: '24' })).status).toBe(403);
  expect(await reviews()).toEqual([]);
});

test('an officer says what they found of what they were shown, once', async () => {
  const { desk, officer } = server.staff;
  const session = await server.session('officer');
  const page = await get('officer', `/log/readers/${desk}`, session);
  expect(page).toMatch(/name="shown" value="24"/);
  expect((await review(session, desk, { result: '', shown: '24' })).status).toBe(422);
  expect((await review(session, desk, { result: 'nothing', shown: '24' })).status).toBe(422);
  // Answered as if they had been shown four, or nothing.
  expect((await review(session, desk, { result: 'their-work', shown: '4' })).status).toBe(409);
  expect((await review(session, desk, { result: 'their-work' })).status).toBe(409);
  expect(await reviews()).toEqual([]);
  // Two at the same instant: the second is told that it has been looked into.
  const both = await Promise.all([1, 2].map(() => review(session, desk, { result: 'their-work', shown: '24' })));
  expect(both.map(({ status }) => status).toSorted()).toEqual([303, 409]);
  expect(await both.find(({ status }) => status === 409)!.text()).toContain('だれかがすでに調べたか');
  expect(await reviews()).toHaveLength(1);
  const [entry] = await reviews();
  expect(entry).toMatchObject({
    actor: `staff:${officer}`,
    staff: desk,
    people: 24,
    on: '2026-12-07',
    result: 'their-work',
    authority: ['officer-all-work'],
  });
  // At once, not after a quarter of an hour.
  expect(told(await get('officer', '/', session))).toEqual([]);
  expect((await review(session, desk, { result: 'dealt-with', shown: '24' })).status).toBe(409);
  const seen = await get('auditor', `/log/readers/${desk}`);
  for (const said of [
    '2026/12/07 09:16',
    'その人の仕事に必要だった',
    'ふだんよりはるかに多い',
    `/log/entries/${entry!.id}`,
  ])
    expect(seen).toContain(said);
  expect(await reviews()).toHaveLength(1);
});

test('home is silent until they open far more once more', async () => {
  const { desk } = server.staff;
  clock.moveTo('2026-12-07T10:00:00+09:00');
  await opens(staff('desk'), 0, 19);
  clock.moveTo('2026-12-07T10:30:00+09:00');
  expect(told(await get('officer', '/'))).toEqual([]);
  await opens(staff('desk'), 19, 20);
  clock.moveTo('2026-12-07T11:00:00+09:00');
  expect(told(await get('officer', '/'))).toEqual([desk]);
  expect(await get('auditor', `/log/readers/${desk}`)).toContain('その後に開いたことで、また印が付いています');
  // The letter of the day was sent already.
  expect(await tellOfReaders(server.app)).toBe(false);
});

test('a system that is new is marked by the number alone', async () => {
  const { id } = must(await createSystem(server.app.access, sekisho, { name: '新しい業務システム' }));
  const system: Actor = { kind: 'system', id, name: '', token: id, purposes: ['P3'], actions: ['people:use'] };
  await opens(system, 0, 99);
  expect(await get('auditor', `/log/readers/${id}`)).not.toContain('chip-warn');
  await opens(system, 99, 100);
  const html = await get('auditor', `/log/readers/${id}`);
  expect(html).toContain('chip-warn');
  expect(html).toContain('比べる週なし');
  const session = await server.session('officer');
  expect((await review(session, id, { result: 'dealt-with', shown: '100' })).status).toBe(303);
  expect((await reviews())[0]).toMatchObject({ system: id, people: 100 });
});

test('nobody looks into what they opened themselves, but who is alone, and then it shows', async () => {
  const { officer } = server.staff;
  const { access } = server.app;
  const second = await addFictionalStaff(access, {
    name: '次席 二子',
    email: 'second@example.jp',
    roles: ['officer'],
    passwordHash: PASSWORD_HASH,
  });
  await opens(staff('officer'), 0, 20);
  clock.moveTo('2026-12-07T11:16:00+09:00');
  let session = await server.session('officer');
  expect(told(await get('officer', '/', session))).not.toContain(officer);
  clock.moveTo('2026-12-08T09:00:00+09:00');
  expect(await tellOfReaders(server.app)).toBe(true);
  // About the desk, looked into and marked again, both officers are told; about an officer, only the other.
  expect((await letters()).map((one) => one.slice(0, 60)).toSorted()).toEqual([
    expect.stringMatching(/^officer@example\.jp .*（1件）/),
    expect.stringMatching(/^second@example\.jp .*（2件）/),
  ]);
  // Whom alone a letter would be about gets none.
  await opens(staff('officer', second), 0, 100);
  clock.moveTo('2026-12-09T09:00:00+09:00');
  expect(await tellOfReaders(server.app)).toBe(true);
  expect((await letters()).map((one) => one.slice(0, 60))).toEqual([
    expect.stringMatching(/^officer@example\.jp .*（1件）/),
  ]);
  session = await server.session('officer');
  expect(await get('officer', `/log/readers/${officer}`, session)).toContain('調べられるほかの人が調べます');
  expect((await review(session, officer, { result: 'their-work', shown: '20' })).status).toBe(403);
  must(await endStaff(access, sekisho, second));
  expect(told(await get('officer', '/', session))).toContain(officer);
  expect(await get('officer', `/log/readers/${officer}`, session)).toContain('調べられる人がほかにいないため');
  expect((await review(session, officer, { result: 'their-work', shown: '20' })).status).toBe(303);
  for (const at of [`/log/readers/${officer}`, '/log/readers'])
    expect(await get('auditor', at)).toContain('自分で調べた');
});

test('the pages of staff and systems lead there for whoever reads the log', async () => {
  const { handler } = server.staff;
  const at = `/log/readers/${handler}`;
  expect(await get('officer', `/staff/${handler}`)).toContain(at);
  expect(await get('auditor', `/staff/${handler}`)).toContain(at);
  expect(await get('administrator', `/staff/${handler}`)).not.toContain('/log/readers');
  expect(await get('auditor', '/systems')).toContain('/log/readers/');
  expect(await get('auditor', at)).toContain('この9週間に、何も開いていません');
  const { cookie } = await server.session('auditor');
  for (const id of ['01890000-0000-7000-8000-000000000009', 'x', server.holding])
    expect((await server.fetch(`/log/readers/${id}`, { headers: { cookie } })).status).toBe(404);
});

test('its file has the rows of the page, and is on record', async () => {
  const { cookie } = await server.session('auditor');
  const file = await server.fetch('/log/readers/export/log-readers-utf8.csv?mark=far-more', { headers: { cookie } });
  const lines = (await file.text()).trim().split('\r\n');
  expect(lines).toHaveLength(5);
  expect(lines.find((line) => line.includes('新しい業務システム'))).toMatch(/ふだんよりはるかに多い,100,,,0,100,2026/);
  const [entry] = await listEntries(server.office.database, { actions: ['list:export'], most: 1 });
  expect(entry!.entry).toMatchObject({
    actor: `staff:${server.staff.auditor}`,
    list: 'log-readers',
    format: 'csv-utf8',
  });
});

test('what a leaver opened and nobody has looked into is on their page for the officer, until it was looked into', async () => {
  const { access } = server.app;
  const person = { name: '早退 五郎', email: 'leaver@example.jp', passwordHash: PASSWORD_HASH };
  const leaver = await addFictionalStaff(access, { ...person, roles: ['desk'] });
  await opens(staff('desk', leaver), 0, 100);
  clock.moveTo('2026-12-08T09:16:00+09:00');
  const session = await server.session('officer');
  const waits = `<a href="/log/readers/${leaver}">7日間に100人の情報（比べる週なし）</a>`;
  expect(await get('officer', `/staff/${leaver}/end`, session)).toContain(waits);
  must(await endStaff(access, sekisho, leaver));
  const page = await get('officer', `/staff/${leaver}`, session);
  expect(page).toContain('ふだんより多く開き、まだ調べていない情報（1件）');
  expect(page).toContain(waits);
  for (const role of ['auditor', 'administrator'] as const)
    expect(await get(role, `/staff/${leaver}`)).not.toContain('7日間に100人');
  expect((await review(session, leaver, { result: 'dealt-with', shown: '100' })).status).toBe(303);
  expect(await get('officer', `/staff/${leaver}`, session)).not.toContain('id="charges"');
});

test('what nobody looked into waits beyond the seven days, on home, on the page of readers and on that of the leaver', async () => {
  const { access } = server.app;
  const person = { name: '長居 六郎', email: 'late@example.jp', passwordHash: PASSWORD_HASH };
  clock.moveTo('2027-01-04T10:00:00+09:00');
  const late = await addFictionalStaff(access, { ...person, roles: ['desk'] });
  await opens(staff('desk', late), 0, 100);
  await round();
  expect(await letters()).toHaveLength(1);
  // The same people once more on the next day, and nothing after it: nobody is told twice of the same.
  for (let day = 5; day < 30; day++) {
    clock.moveTo(`2027-01-${String(day).padStart(2, '0')}T10:00:00+09:00`);
    if (day === 5) await opens(staff('desk', late), 0, 10);
    await round();
  }
  expect(await letters()).toEqual([]);
  const session = await server.session('officer');
  const home = await get('officer', '/', session);
  expect(told(home)).toContain(late);
  expect(home).toContain('長居 六郎が2027/01/04までの7日間に100人の情報を開いた理由を調べる');
  expect(told(await get('officer', '/log/readers?mark=to-review', session))).toContain(late);
  expect(told(await get('officer', '/log/readers?mark=far-more', session))).toContain(late);
  must(await endStaff(access, sekisho, late));
  expect(await get('officer', `/staff/${late}`, session)).toContain(
    `<a href="/log/readers/${late}">2027/01/04までの7日間に100人の情報</a>`,
  );
  // And when nothing of theirs is counted any more.
  clock.moveTo('2027-05-10T10:00:00+09:00');
  await round();
  expect(await letters()).toEqual([]);
  const later = await server.session('officer');
  expect(told(await get('officer', '/', later))).toContain(late);
  const page = await get('officer', `/log/readers/${late}`, later);
  expect(page).toContain('2026/12/29～2027/01/04');
  expect(page).toContain(`/log?kind=reached&amp;actor=staff%3A${late}&amp;from=2026-12-29&amp;to=2027-01-04`);
  expect((await review(later, late, { result: 'dealt-with', shown: '0' })).status).toBe(303);
  expect((await reviews())[0]).toMatchObject({ staff: late, people: 100, on: '2027-05-10', result: 'dealt-with' });
  expect(told(await get('officer', '/', later))).not.toContain(late);
  expect(await get('officer', `/staff/${late}`, later)).not.toContain('id="charges"');
  await round();
  expect(told(await get('officer', '/log/readers?mark=to-review', later))).not.toContain(late);
  // The months without a count are one entry, and nobody was marked twice for the same days.
  const [counted, before] = await listEntries(server.office.database, { actions: ['log:readers-counted'], most: 2 });
  expect([counted!.entry.on, before!.entry.on]).toEqual(['2027-05-09', '2027-01-28']);
  const marks = await listEntries(server.office.database, { actions: ['log:reader-marked'], most: 50 });
  expect(marks.filter(({ entry }) => entry.staff === late).map(({ entry }) => [entry.on, entry.people])).toEqual([
    ['2027-01-04', 100],
  ]);
});

test('what is older than the weeks that are compared is not counted: the page says so, and leads to it in the log', async () => {
  const { id } = must(await createSystem(server.app.access, sekisho, { name: '前からの業務システム' }));
  const system: Actor = { kind: 'system', id, name: '', token: id, purposes: ['P3'], actions: ['people:use'] };
  clock.moveTo('2027-01-11T10:00:00+09:00');
  await opens(system, 0, 3);
  const older = (html: string): string | undefined =>
    /<a href="(\/log\?[^"]*)">それまでの記録を見る<\/a>/.exec(html)?.[1]?.replaceAll('&amp;', '&');
  const entries = async (at: string): Promise<number> =>
    (await get('auditor', at)).match(/\/log\/entries\//g)?.length ?? 0;
  clock.moveTo('2027-03-15T10:00:00+09:00');
  const last = await get('auditor', `/log/readers/${id}`);
  expect(last).toContain('2027年1月11日までに開いたものは、ここでは数えていません。');
  expect(last).toContain('この9週間に、何も開いていません');
  expect(await entries(older(last)!)).toBe(3);
  await opens(system, 3, 4);
  const again = await get('auditor', `/log/readers/${id}`);
  expect(again).toContain('2027年1月11日までに開いたものは、ここでは数えていません。');
  expect(await entries(older(again)!)).toBe(3);
  const { cookie } = await server.session('auditor');
  const english = await server.fetch(`/log/readers/${id}`, { headers: { cookie: `${cookie}; lang=en` } });
  expect(await english.text()).toContain('What was opened up to 11 January 2027 is not counted here.');
});
