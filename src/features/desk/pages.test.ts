// The pages of the desk through their real routes: what is due comes first, an error keeps what was typed, whoever comes second is told who was
// first, refusals are the officer's, letters are printed and logged, and the public learns a stage and nothing else.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fieldsIn } from '../../../tests/forms.ts';
import { collected, collectedFor, openTestDesk, registered, rightPapers, seen, wordsOf } from '../../../tests/desk.ts';
import type { TestOffice, Visitor } from '../../../tests/office.ts';
import { addHolding, addPerson, askedThemselves, valueOf } from '../../../tests/people.ts';
import { both } from '../../base/bilingual.ts';
import { addDays, day } from '../../base/day.ts';
import { listEntries } from '../../log/index.ts';
import type { By, Room } from '../access/index.ts';
import { use } from '../checkpoint/index.ts';
import { carryOut } from './actions/carry-out.ts';
import { close, deliver, notify } from './actions/answer.ts';
import { caseOf, type Case } from './actions/cases.ts';
import { readPaper } from './actions/papers.ts';
import { review } from './actions/collect.ts';
import { decide, type DecideAsk } from './actions/decide.ts';
import { letterNames } from './actions/drafts.ts';
import { receiptCode } from './actions/receipt.ts';
import { assign, ease, identify, receivePapers, sendForms, tellShort, withdraw } from './actions/receive.ts';
import type { RegisterAsk, Sender } from './actions/register.ts';
import { keepScan } from './actions/scans.ts';
import { clocksOf, dueOn } from './facts/clocks.ts';
import type { EventBody } from './facts/event.ts';
import { kinds, kindsOf, scopes, type Kind } from './facts/kind.ts';
import { numberOf } from './facts/request.ts';
import { requestFrom } from './facts/stage.ts';
import { deskPages } from './pages/desk.tsx';
import { readYen } from './pages/form.tsx';
import { stepsOf } from './pages/progress.tsx';

const TODAY = day('2026-12-07');

let on: TestOffice;
let desk: Room;
let by: By;
let holding: string;
let person: string;
const visitors: Partial<Record<'officer' | 'desk' | 'auditor' | 'nobody', Visitor>> = {};
const visit = async (role: 'officer' | 'desk' | 'auditor' | 'nobody'): Promise<Visitor> =>
  (visitors[role] ??= await on.visitor(role));

beforeAll(async () => {
  ({ house: on, desk } = await openTestDesk((office, access) => deskPages({ office, access })));
  by = { actor: { kind: 'staff', id: on.staff.desk!, name: '佐伯 健', roles: ['desk'] }, authority: [] };
  holding = await addHolding(on);
  person = (await addPerson(on, holding, { name: '架空 花子', email: 'hanako@example.jp', note: '覚え書き' }))
    .principal;
});
afterAll(() => on.close());

let letters = 0;

/** A letter that came this many days ago; each has its own sender. */
const register = (kind: Kind = 'disclosure', ago = 0, more: Partial<RegisterAsk> = {}): Promise<Case> =>
  registered(desk, by, kind, { arrivedOn: addDays(TODAY, -ago), says: '秘密の願い', ...more });

const papers = { on: TODAY, ...rightPapers, feeYen: 1000 };
const identified = {
  on: TODAY,
  ...askedThemselves,
} as const;

/** A picture with the chunks of a PNG and a text in it. */
function pictureOf(text: string, name: string): File {
  const chunk = (type: string, data: Buffer): Buffer => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    return Buffer.concat([length, Buffer.from(type), data, Buffer.alloc(4)]);
  };
  const size = Buffer.alloc(13);
  size.writeUInt32BE(640, 0);
  size.writeUInt32BE(480, 4);
  const chunks = [chunk('IHDR', size), chunk('IDAT', Buffer.from(text)), chunk('IEND', Buffer.alloc(0))];
  const bytes = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...chunks]);
  return new File([bytes], name, { type: 'image/png' });
}

/** A disclosure with every item decided but `note`. */
async function reviewed(): Promise<Case> {
  const { row } = await register();
  const came = valueOf(await receivePapers(desk, by, row.id, { seen: 1 }, papers));
  let now = await collectedFor(desk, by, came, '架空 花子');
  for (const item of ['name', 'email']) {
    const ask = { holding, item, decision: 'disclose', ground: null, reason: '', redacted: '' } as const;
    now = valueOf(await review(desk, by, row.id, seen(now), ask));
  }
  return now;
}

const textOf = async (answer: Response): Promise<string> =>
  (await answer.text()).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

/** The papers of a request that were opened or printed, in order. */
const openings = async (request: string): Promise<unknown[]> =>
  (await listEntries(on.db.app, { actions: ['desk:open-paper'], most: 100 }))
    .map(({ entry }) => entry)
    .filter((entry) => entry['request'] === request)
    .map((entry) => entry['letter'] ?? entry['kind'])
    .toReversed();

describe('the board', () => {
  test('shows what is overdue and due first, with who has it, and counts', async () => {
    const late = await register('disclosure', 20);
    const now = await register('erasure', 14);
    const far = await register('correction', 1);
    valueOf(await assign(desk, by, late.row.id, { seen: 1 }, { on: TODAY, to: on.staff.desk! }));
    // The forms are posted, so that the day of the decision is next.
    for (const { row } of [late, now, far]) {
      const seen = row.id === late.row.id ? 2 : 1;
      valueOf(await sendForms(desk, by, row.id, { seen }, { on: TODAY }));
    }
    const text = await textOf(await (await visit('desk')).get('/desk'));
    const places = [late, now, far].map(({ row }) => text.indexOf(numberOf(row)));
    expect(places.every((at) => at > 0)).toBe(true);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(text).toMatch(/R-2026-\d{3} 6日超過 2026\/12\/01 開示 用紙を送った 2026\/11\/17 佐伯 健/);
    expect(text).toMatch(/R-2026-\d{3} 今日 2026\/12\/07 消去/);
    expect(text).toContain('期限超過1件 今日が期限1件');
    expect(text).not.toMatch(/差出 \d|秘密の願い/);
    const mine = await textOf(await (await visit('desk')).get('/desk?who=me'));
    expect([mine.includes(numberOf(late.row)), mine.includes(numberOf(now.row))]).toEqual([true, false]);
    const erasures = await textOf(await (await visit('desk')).get('/desk?kind=erasure&who=nobody'));
    expect([erasures.includes(numberOf(late.row)), erasures.includes(numberOf(now.row))]).toEqual([false, true]);
    const month = await (await visit('desk')).get('/desk?view=calendar&month=2026-12');
    expect(await textOf(month)).toMatch(/2026年12月 .* 12月1日（火） R-2026-\d{3} 開示 1件 2 12月2日/);
  });
});

describe('registering', () => {
  const given = {
    scope: 'customer',
    channel: 'letter',
    lang: 'ja',
    arrivedOn: 'Ｒ８．１２．５',
    'sender.name': '届出 太郎',
    'sender.address': '東京都中央区例示町7-7',
    says: '短い願い',
  };

  test('an error keeps what was typed', async () => {
    const answer = await (await visit('desk')).post('/desk/new', { ...given, arrivedOn: '2026/12/8', kind: 'erasure' });
    const html = await answer.text();
    expect([answer.status, html.includes('今日より後の日は書けません')]).toEqual([422, true]);
    expect(html).toContain('value="届出 太郎"');
    expect(html).toMatch(/value="erasure" checked/);
    expect(html).toContain('短い願い</textarea>');
    const nothing = await (await visit('desk')).post('/desk/new', {});
    expect(await textOf(nothing)).toContain('手紙は何を求めていますか：選んでください');
    const never = await (await visit('desk')).post('/desk/new', { ...given, arrivedOn: '2026/2/31', kind: 'erasure' });
    expect(await textOf(never)).toContain('2026年2月に31日はありません');
  });

  test('everything that is wrong is said at once, and an e-mail that is none is refused', async () => {
    const clerk = await visit('desk');
    const wrong = await clerk.post('/desk/new', { channel: 'letter', 'sender.email': 'x' });
    const html = await wrong.text();
    const named = [...html.matchAll(/href="#f-([^"]+)"/g)].map(([, field]) => field);
    expect(named).toEqual(['kind', 'scope', 'arrivedOn', 'sender-name', 'sender-address', 'sender-email', 'lang']);
    const letter = { ...given, kind: 'erasure', 'sender.name': '電子 花子', channel: 'electronic', attempt: 'mail' };
    const answer = await clerk.post('/desk/new', { ...letter, 'sender.email': 'hanako＠example' });
    expect([answer.status, await textOf(answer)]).toEqual([
      422,
      expect.stringContaining('メールアドレスとして読めません'),
    ]);
    expect((await clerk.post('/desk/new', { ...letter, 'sender.email': 'hanako@example.jp' })).status).toBe(303);
  });

  test('a day far back is asked about, and registered once it is confirmed', async () => {
    const clerk = await visit('desk');
    const old = { ...given, kind: 'erasure', arrivedOn: '2025/12/5', 'sender.name': '昔 太郎', attempt: 'long-ago' };
    const asked = await clerk.post('/desk/new', old);
    const html = await asked.text();
    expect([asked.status, html.includes('2025年12月5日に届いた手紙で間違いなければ、印を付けてください')]).toEqual([
      422,
      true,
    ]);
    expect(html).toContain('name="longAgo"');
    const sure = await clerk.post('/desk/new', { ...old, longAgo: 'yes' });
    expect(sure.status).toBe(303);
    // Thirty days are not yet far back.
    const near = { ...old, arrivedOn: '2026/11/7', attempt: 'near' };
    expect((await clerk.post('/desk/new', near)).status).toBe(303);
  });

  test('for whom a letter is difficult it is taken in another way: no form is sent or asked for, and nobody keeps why', async () => {
    const clerk = await visit('desk');
    const letter = { ...given, kind: 'disclosure', 'sender.name': '点字 太郎', attempt: 'eased' };
    const made = await clerk.post('/desk/new', { ...letter, eased: 'yes' });
    const at = made.headers.get('location')!;
    const page = await textOf(await clerk.get(at));
    expect([made.status, page.includes('書面に代わる方法で受け付けました。用紙は求めません。')]).toEqual([303, true]);
    expect(page).not.toContain('用紙を送った日');
    const id = at.split('/').at(-1)!;
    valueOf(await receivePapers(desk, by, id, { seen: 1 }, { ...papers, form: 'none' }));
    const short = await clerk.post(`${at}/papers-short`, { seen: '2', on: '2026/12/7', lacks: 'form' }, at);
    expect([short.status, await textOf(short)]).toEqual([
      422,
      expect.stringContaining('用紙は求められません（37条4項）'),
    ]);
    const [entry] = await on.db.owner.query<{ entry: string }>(
      `SELECT entry FROM log_entries WHERE action = 'desk:registered' AND entry::jsonb->>'request' = $1`,
      [id],
    );
    expect(entry!.entry).not.toContain('eased');
  });

  test('that a letter is difficult is recorded when it is learned, and taken back when it was a slip: by whom is on record', async () => {
    const clerk = await visit('desk');
    const { row } = await register('disclosure', 1);
    const at = `/desk/${row.id}`;
    valueOf(await sendForms(desk, by, row.id, { seen: 1 }, { on: TODAY }));
    const asked = await clerk.get(`${at}?do=eased`);
    const page = await textOf(asked);
    expect(page).toMatch(
      /書面に代わる方法で進める .*用紙は求めません.*もう要|書面に代わる方法で進める .*用紙は要らなくなった/,
    );
    const send = (fields: Record<string, string>) => clerk.post(`${at}/eased`, fields, at);
    const made = await send({ seen: '2', attempt: 'eased-1', eased: 'yes' });
    const now = await textOf(await clerk.get(at));
    expect([made.status, made.headers.get('location')]).toEqual([303, at]);
    expect(now).toContain('書面に代わる方法で受け付けました。用紙は求めません。');
    expect(now).toContain('佐伯 健 書面に代わる方法に変更');
    expect(now).not.toContain('この請求の用紙');
    // The same press again does nothing, and another says that it is so already.
    expect((await send({ seen: '2', attempt: 'eased-1', eased: 'yes' })).status).toBe(303);
    const twice = await send({ seen: '3', attempt: 'eased-2', eased: 'yes' });
    expect([twice.status, await textOf(twice)]).toEqual([422, expect.stringContaining('すでに、書面に代わる方法で')]);
    expect(await textOf(await clerk.get(`${at}?do=eased`))).toContain('書面に代わる方法を取り消す');
    expect((await send({ seen: '3', attempt: 'eased-3', eased: 'no' })).status).toBe(303);
    const back = await textOf(await clerk.get(at));
    expect([back.includes('この請求の用紙'), back.includes('書面に代わる方法を取消し')]).toEqual([true, true]);
    const entries = await listEntries(on.db.app, { actions: ['desk:eased'], most: 9 });
    const own = entries.filter(({ entry }) => entry['request'] === row.id).map(({ entry }) => entry);
    expect(own.map((entry) => [entry['actor'], entry['eased'], entry['kind']])).toEqual([
      [`staff:${on.staff.desk}`, false, 'disclosure'],
      [`staff:${on.staff.desk}`, true, 'disclosure'],
    ]);
    const kept = await on.db.owner.query<{ data: object }>(
      "SELECT data FROM request_events WHERE request_id = $1 AND event = 'eased' ORDER BY no",
      [row.id],
    );
    expect(kept.map(({ data }) => data)).toEqual([
      { eased: true, form: false },
      { eased: false, form: true },
    ]);
  });

  test('who asked is not said to be checked later where nobody checks it: of a question, and of a request that ended', async () => {
    const clerk = await visit('desk');
    const asker = async ({ row }: Case, lang = 'ja'): Promise<string | undefined> =>
      /(?:請求した人|Asked by) (.+?) (?:手数料|Fee) /.exec(
        await textOf(await clerk.get(`/desk/${row.id}?lang=${lang}`)),
      )?.[1];
    const question = await register('consultation');
    const open = await register();
    const ended = valueOf(await withdraw(desk, by, open.row.id, seen(open), { on: TODAY }));
    expect([await asker(question), await asker(question, 'en')]).toEqual([
      '確かめません（相談・苦情）',
      'Not checked for a question or complaint',
    ]);
    expect([await asker(await register()), await asker(ended)]).toEqual(['確認前', '確認していません']);
  });

  test('that a letter is difficult changes nothing once the answer has gone out, which is said', async () => {
    const clerk = await visit('desk');
    let { row, request } = await register('consultation');
    const answer = { facts: {}, reason: '', plan: {}, answer: 'お答えします', mayRefuse: true };
    ({ request } = valueOf(await decide(desk, by, row.id, { seen: request.last }, answer)));
    ({ request } = valueOf(await notify(desk, by, row.id, { seen: request.last }, { on: TODAY, by: 'post' })));
    const at = `/desk/${row.id}`;
    expect(await (await clerk.get(at)).text()).toContain(`${at}?do=eased`);
    ({ request } = valueOf(await deliver(desk, by, row.id, { seen: request.last }, { on: TODAY, by: 'post' })));
    expect(await (await clerk.get(at)).text()).not.toContain(`${at}?do=eased`);
    const send = () => clerk.post(`${at}/eased`, { seen: String(request.last), eased: 'yes' }, at);
    const sent = await send();
    expect([sent.status, await textOf(sent)]).toEqual([422, expect.stringContaining('答えを送ったので')]);
    ({ request } = valueOf(await close(desk, by, row.id, { seen: request.last }, { on: TODAY })));
    const closed = await send();
    expect([closed.status, await textOf(closed)]).toEqual([422, expect.stringContaining('この請求は終わっています')]);
  });

  test('the answer to whom a letter is difficult is given so that they can read it', async () => {
    const clerk = await visit('desk');
    const pageOf = async (eased: boolean): Promise<string> => {
      const { row } = await register('consultation', 0, { eased });
      const answer = { facts: {}, reason: '', plan: {}, answer: 'お答えします', mayRefuse: true };
      valueOf(await decide(desk, by, row.id, { seen: 1 }, answer));
      return textOf(await clerk.get(`/desk/${row.id}`));
    };
    expect([await pageOf(true), await pageOf(false)].map((text) => text.includes('どの形なら読めるか'))).toEqual([
      true,
      false,
    ]);
    // Learned while the letter lies ready, it is shown before the letter goes out.
    const { row } = await register('consultation');
    const answer = { facts: {}, reason: '', plan: {}, answer: 'お答えします', mayRefuse: true };
    valueOf(await decide(desk, by, row.id, { seen: 1 }, answer));
    valueOf(await notify(desk, by, row.id, { seen: 2 }, { on: TODAY, by: 'post' }));
    valueOf(await ease(desk, by, row.id, { seen: 3 }, { eased: true }));
    expect(await textOf(await clerk.get(`/desk/${row.id}`))).toMatch(/答えを届ける.*どの形なら読めるか/);
  });

  test('a slip is put right: the clock runs anew, the letters go to the right address, and the log tells nothing of the person', async () => {
    const clerk = await visit('desk');
    const { row } = await register('disclosure', 2);
    const at = `/desk/${row.id}`;
    const page = await (await clerk.get(`${at}?do=amended`)).text();
    expect(page).toContain('受付の誤りを直す');
    expect(page).toContain('差出人が引っ越したときも、ここで住所を替えます');
    expect(page).not.toMatch(/差出 \d/);
    const step = { seen: '1', attempt: 'slip', arrivedOn: '2026/12/1', kind: 'correction', scope: 'customer' };
    const send = (fields: Record<string, string>) => clerk.post(`${at}/amended`, { ...step, ...fields }, at);
    const wrong = await send({ 'sender.email': 'y' });
    expect([wrong.status, (await wrong.text()).includes('href="#f-sender-email"')]).toEqual([422, true]);
    const far = await send({ arrivedOn: '2026/10/1' });
    expect([far.status, (await far.text()).includes('name="longAgo"')]).toEqual([422, true]);
    expect((await send({ 'sender.name': '訂正 差出', 'sender.email': 'sent@example.jp' })).status).toBe(303);
    const now = valueOf(await caseOf(desk, row.id));
    expect([now.row.kind, now.row.arrived_on, dueOn(clocksOf(now.request)), now.request.fee.due]).toEqual([
      'correction',
      '2026-12-01',
      '2026-12-03',
      0,
    ]);
    const senders = now.papers.filter(({ kind }) => kind === 'sender');
    const [before, after] = await Promise.all(
      senders.map(async ({ id }) => JSON.parse(valueOf(await readPaper(desk, by, row.id, id))) as Sender),
    );
    expect(after).toEqual({ ...before, name: '訂正 差出', email: 'sent@example.jp' });
    const [logged] = await listEntries(on.db.app, { actions: ['desk:amended'], most: 1 });
    expect(logged!.entry).toMatchObject({
      request: row.id,
      amended: ['arrived_on', 'kind', 'sender.name', 'sender.email'],
      arrived_on: '2026-12-01',
    });
    expect(JSON.stringify(logged!.entry)).not.toMatch(/訂正 差出|sent@example/);
    const [event] = await on.db.owner.query<{ data: object }>(
      "SELECT data FROM request_events WHERE request_id = $1 AND event = 'amended'",
      [row.id],
    );
    expect(JSON.stringify(event!.data)).not.toMatch(/訂正 差出|sent@example/);
    // The same sender on the corrected day of arrival is recognised by the corrected record.
    const same = { ...given, arrivedOn: '2026/12/1', kind: 'correction', 'sender.name': '訂正 差出' };
    const again = await clerk.post('/desk/new', { ...same, 'sender.address': after!.address, attempt: 'same-again' });
    expect(again.status).toBe(409);
  });

  test('going back and sending another letter loses neither: it is said, and registered when sent again', async () => {
    const clerk = await visit('desk');
    const sender = { 'sender.name': '戻った 太郎', 'sender.address': '〒104-0000 東京都中央区例示町1-1' };
    const letter = { ...given, ...sender, kind: 'erasure', attempt: 'went-back' };
    const first = (await clerk.post('/desk/new', letter)).headers.get('location');
    const other = { ...letter, kind: 'disclosure', says: '別の求めです' };
    const answer = await clerk.post('/desk/new', other);
    const html = await answer.text();
    expect([answer.status, html.includes('別の求めです')]).toEqual([409, true]);
    expect(html).toContain('別の内容ですでに送られています');
    const attempt = /name="attempt" value="([^"]+)"/.exec(html)![1]!;
    expect(attempt).not.toBe('went-back');
    const again = await clerk.post('/desk/new', { ...other, attempt });
    expect([again.status, again.headers.get('location') === first]).toEqual([303, false]);
  });

  test('the same letter twice is asked about, and registered when it is another one', async () => {
    const clerk = await visit('desk');
    const first = await clerk.post('/desk/new', { ...given, kind: 'erasure', attempt: 'first' });
    const at = first.headers.get('location')!;
    expect([first.status, at]).toEqual([303, expect.stringMatching(/^\/desk\/[0-9a-f-]{36}$/)]);
    expect(await textOf(await clerk.get(at))).toContain('2026年12月5日 令和8年12月5日');
    const again = await clerk.post('/desk/new', { ...given, kind: 'erasure', attempt: 'first' });
    expect(again.headers.get('location')).toBe(at);
    const twice = await clerk.post('/desk/new', { ...given, kind: 'erasure', attempt: 'second' });
    const html = await twice.text();
    expect([twice.status, html.includes(`href="${at}"`), html.includes('name="another"')]).toEqual([409, true, true]);
    const other = await clerk.post('/desk/new', { ...given, kind: 'erasure', attempt: 'third', another: 'yes' });
    expect(other.status).toBe(303);
    expect(other.headers.get('location')).not.toBe(at);
  });
});

describe('dismissing a request', () => {
  test('is the officer’s, with the ground; a clerk hands it over, and the list says how it ended', async () => {
    const { row } = await register('disclosure');
    const at = `/desk/${row.id}`;
    const clerk = await visit('desk');
    const told = await (await clerk.get(`${at}?do=dismissed`)).text();
    expect([told.includes('個人情報保護管理者が行います'), told.includes('name="ground"')]).toEqual([true, false]);
    const step = { seen: '1', on: '2026/12/7', ground: 'stranger', attempt: 'dismissed-1' };
    // The form is not shown to a clerk, and a clerk who sends it all the same is refused.
    const officer = await visit('officer');
    const form = await (await officer.get(`${at}?do=dismissed`)).text();
    expect(form).toMatch(/value="lacking"[^>]*disabled/);
    const lacking = await officer.post(`${at}/dismissed`, { ...step, ground: '' }, `${at}?do=dismissed`);
    expect([lacking.status, await textOf(lacking)]).toEqual([422, expect.stringContaining('却下する理由')]);
    const done = await officer.post(`${at}/dismissed`, step, `${at}?do=dismissed`);
    expect([done.status, done.headers.get('location')]).toEqual([303, at]);
    const page = await textOf(await clerk.get(at));
    expect(page).toMatch(/決定 却下/);
    expect(page).toMatch(/手数料 なし/);
    expect(page).toContain('決定の通知（PDF）');
    expect(page).not.toContain('決め直す');
    let now = valueOf(await notify(desk, by, row.id, { seen: 2 }, { on: TODAY, by: 'post' }));
    now = valueOf(await deliver(desk, by, row.id, seen(now), { on: TODAY, by: 'post' }));
    valueOf(await close(desk, by, row.id, seen(now), { on: TODAY }));
    expect(await textOf(await clerk.get('/desk?state=closed'))).toMatch(
      new RegExp(`${numberOf(row)} [0-9/]+ 開示 却下`),
    );
  });

  test('by somebody who may not decide refusals is refused', async () => {
    const { row } = await register('erasure');
    const sent = { seen: '1', on: '2026/12/7', ground: 'stranger' };
    const clerk = await visit('desk');
    const refused = await clerk.post(`/desk/${row.id}/dismissed`, sent, `/desk/${row.id}?do=withdrawn`);
    expect([refused.status, await textOf(refused)]).toEqual([
      403,
      expect.stringContaining('却下は、個人情報保護管理者が行います'),
    ]);
  });

  test('is offered once the day that the letter says is over', async () => {
    const { row } = await register('erasure');
    const sent = valueOf(await sendForms(desk, by, row.id, { seen: 1 }, { on: TODAY }));
    const lacks = ['form', 'identity'] as const;
    valueOf(await tellShort(desk, by, row.id, seen(sent), { on: TODAY, lacks }));
    const officer = await visit('officer');
    expect(await textOf(await officer.get(`/desk/${row.id}`))).toContain('1月4日まで待つと知らせています');
    expect(await textOf(await officer.get(`/desk/${row.id}?do=dismissed`))).toContain('2027年1月4日まで待つと');
  });
});

describe('a case', () => {
  const looks = async (request: string) =>
    (await listEntries(on.db.app, { actions: ['desk:look'], most: 20 }))
      .map(({ entry }) => entry)
      .filter((entry) => entry['request'] === request);

  test('what is judged is opened from the case, for the request, with its finding in the log, and closed again', async () => {
    const { row } = await reviewed();
    const clerk = await visit('desk');
    const at = `/desk/${row.id}`;
    const page = await (await clerk.get(at)).text();
    expect(page).toContain('の中身を開く');
    expect(page).not.toContain('hanako@example.jp');
    expect(page).not.toContain('href="/people/');
    const opened = await clerk.post(`${at}/look`, { holding, item: `${holding}/note` }, at);
    const html = await opened.text();
    expect([opened.status, html.includes('hanako@example.jp')]).toEqual([200, true]);
    // The field of the redacted text starts with the present value.
    const [, redacted] = /<textarea[^>]*name="redacted"[^>]*>([^<]*)</.exec(html)!;
    expect(html).toContain(`translate="no">${redacted}</span>`);
    // Sent unchanged with another decision, it does not count as a text.
    expect(fieldsIn(html)).toMatchObject({ opened: [redacted], redacted: [redacted] });
    const [entry, ...more] = await looks(row.id);
    expect(more).toEqual([]);
    expect(entry).toMatchObject({
      holding,
      purpose: 'P-RIGHTS',
      decision: { answer: 'yes', because: ['APPI 18(3)(i)'] },
    });
    expect(JSON.stringify(entry)).not.toContain('hanako');
    expect(await (await clerk.get(at)).text()).not.toContain('hanako@example.jp');
    expect((await clerk.post(`${at}/look`, { holding: on.staff.desk!, item: '' }, at)).status).toBe(422);
    expect(await looks(row.id)).toHaveLength(1);
  });

  test('everything that is wrong with what is decided about an item is said at once', async () => {
    const { row } = await reviewed();
    const clerk = await visit('desk');
    const at = `/desk/${row.id}`;
    const { request } = valueOf(await caseOf(desk, row.id));
    const item = { seen: String(request.last), holding, item: 'note' };
    const wrong = async (fields: Record<string, string>): Promise<unknown[]> => {
      const answer = await clerk.post(`${at}/reviewed`, { ...item, ...fields }, at);
      const html = await answer.text();
      return [answer.status, ...[...html.matchAll(/href="#f-([^"]+)"/g)].map(([, field]) => field)];
    };
    expect(await wrong({ decision: 'redact' })).toEqual([422, 'ground', 'reason', 'redacted']);
    expect(await wrong({ decision: 'withhold' })).toEqual([422, 'ground', 'reason']);
    expect(await wrong({ decision: 'disclose', ground: 'harms' })).toEqual([422, 'ground']);
    // Nothing that is to be held back goes out because another answer is chosen.
    expect(await wrong({ decision: 'disclose', reason: '評価のため', redacted: '■■' })).toEqual([
      422,
      'reason',
      'redacted',
    ]);
    const withheld = { decision: 'withhold', ground: 'harms', reason: '評価のため' };
    expect(await wrong({ ...withheld, redacted: '■■' })).toEqual([422, 'redacted']);
    // The text that was opened is in the field from the start.
    expect(await wrong({ ...withheld, opened: '常連のお客様', redacted: '常連の■■' })).toEqual([422, 'redacted']);
    expect(await wrong({ ...withheld, opened: '常連のお客様', redacted: '常連のお客様' })).toEqual([303]);
    // A text that nobody has covered does not go out whole: it was in the field from the start.
    const covering = { ...withheld, decision: 'redact', seen: String(request.last + 1) };
    for (const redacted of ['常連のお客様\r\n■田中様のご紹介', ' 常連のお客様 \n■田中様のご紹介\n'])
      expect(await wrong({ ...covering, opened: '常連のお客様\n■田中様のご紹介', redacted })).toEqual([
        422,
        'redacted',
      ]);
    // What is cut out without a trace, and what leaves nothing to read, is no text with a covered part.
    for (const redacted of ['常連のお客様', '（伏せました）', '■■', '■ \n ■'])
      expect(await wrong({ ...covering, opened: '常連のお客様。田中様のご紹介', redacted })).toEqual([422, 'redacted']);
    const cover = await clerk.post(`${at}/reviewed`, { ...item, decision: 'redact', ground: 'harms' }, at);
    const again = await cover.text();
    expect(again).toContain('伏せる理由を書いてください');
    // A chosen ground can be cleared, as its hint asks when everything is disclosed.
    const grounds = [...again.matchAll(/<input type="radio" name="ground" value="([^"]*)"( checked)?/g)];
    expect(grounds.map(([, value, chosen]) => [value, chosen !== undefined])).toEqual([
      ['', false],
      ['harms', true],
      ['impedes', false],
      ['violates', false],
    ]);
  });

  test('asked for an answer on too few facts, it says that it waits and for how many', async () => {
    const { row } = await collected(desk, by, 'correction', '架空 花子');
    const clerk = await visit('desk');
    const at = `/desk/${row.id}`;
    const ask = async (facts: Record<string, string>) =>
      textOf(await clerk.post(`${at}/decided`, { seen: '5', ...facts }, at));
    expect(await textOf(await clerk.get(at))).not.toContain('保留');
    const nothing = await ask({});
    expect(nothing).toContain('保留');
    const waits = /あと(\d)件/.exec(nothing);
    const part = await ask({ content: 'fact' });
    expect([part.includes('保留'), Number(/あと(\d)件/.exec(part)?.[1])]).toEqual([true, 3]);
    expect(Number(waits?.[1])).toBeGreaterThan(0);
    const whole = await ask({ content: 'fact', inquiry: 'untrue', purposeNeeds: 'yes', otherProcedure: 'no' });
    expect([whole.includes('保留'), whole.includes('決定に進む')]).toEqual([false, true]);
  });

  test('a correction is judged by what stands there too, an erasure is not', async () => {
    const to = async (kind: Kind): Promise<string> => (await collected(desk, by, kind, '架空 花子')).row.id;
    const clerk = await visit('desk');
    const [correction, erasure] = [await to('correction'), await to('erasure')];
    expect(await (await clerk.get(`/desk/${correction}`)).text()).toContain('の中身を開く');
    expect(await (await clerk.post(`/desk/${correction}/look`, { holding }, `/desk/${correction}`)).text()).toContain(
      'hanako@example.jp',
    );
    expect(await (await clerk.get(`/desk/${erasure}`)).text()).not.toContain('の中身を開く');
    expect((await clerk.post(`/desk/${erasure}/look`, { holding }, `/desk/${erasure}`)).status).toBe(422);
    expect(await looks(erasure)).toEqual([]);
  });

  test('the only one whom the terms match is looked at, where and what is kept of them, and confirmed', async () => {
    const { row } = await register();
    valueOf(await receivePapers(desk, by, row.id, { seen: 1 }, papers));
    valueOf(await identify(desk, by, row.id, { seen: 2 }, identified));
    const clerk = await visit('desk');
    const at = `/desk/${row.id}`;
    const searched = await clerk.post(
      `${at}/specified`,
      { seen: '3', attempt: 'look', email: 'hanako@example.jp' },
      at,
    );
    const html = await searched.text();
    const text = html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
    expect(text).toContain('条件に合う人が1人います');
    expect(text).toMatch(/（条件に合致）：.*メールアドレス ●●●/);
    expect(text).toContain('選んだ人を本人として特定する');
    expect(html).not.toContain('errsum');
    const compare = { seen: '3', attempt: 'compare', email: 'hanako@example.jp', do: 'compare' };
    const compared = await clerk.post(`${at}/specified`, compare, at);
    const opened = await compared.text();
    expect([compared.status, opened.includes('架空 花子'), opened.includes('開いて見比べる')]).toEqual([
      422,
      true,
      false,
    ]);
    expect([opened.includes('errsum'), (await looks(row.id)).length]).toEqual([false, 1]);
    expect(valueOf(await caseOf(desk, row.id)).request.specified).toBeNull();
    const [, who] = /name="principal" value="([^"]+)"/.exec(html)!;
    const chosen = { seen: '3', attempt: 'chosen', email: 'hanako@example.jp', principal: who! };
    expect((await clerk.post(`${at}/specified`, chosen, at)).status).toBe(303);
    expect(valueOf(await caseOf(desk, row.id)).request.specified?.principals).toEqual([who]);
    // An entry written differently in another ledger is searched for with other terms, and whoever was chosen stays chosen.
    const ledger = await addHolding(on, { name: { ja: '説明会の参加者', en: 'Guests of the seminar' } });
    const guest = await addPerson(on, ledger, { name: 'ハナコ レイジ', email: 'hana@example.jp' });
    const again = await clerk.post(`${at}/specified`, { seen: '4', attempt: 'again', email: 'hana@example.jp' }, at);
    const both = await again.text();
    expect(both).toContain('前の検索で選んだもの');
    const boxes = [...both.matchAll(/<input[^>]*name="principal"[^>]*>/g)].map(([box]) => box);
    const isTicked = (id: string) => boxes.filter((box) => box.includes(id)).map((box) => box.includes('checked'));
    expect([boxes.length, isTicked(who!), isTicked(guest.principal)]).toEqual([2, [true], [false]]);
  });

  test('whoever comes second hears who was first, and finds what they typed', async () => {
    const { row } = await register('correction');
    const officer = await visit('officer');
    valueOf(await receivePapers(desk, by, row.id, { seen: 1 }, { ...papers, feeYen: 0, form: 'wrong' }));
    const late = { seen: '1', attempt: 'late', on: '2026/12/7', form: 'right', feeYen: '0', registeredMail: '12-34' };
    const answer = await officer.post(`/desk/${row.id}/papers-received`, late, `/desk/${row.id}`);
    expect(answer.status).toBe(409);
    expect(await textOf(answer.clone())).toContain('佐伯 健さんが先に進めています：書類が到着（12月7日 8:42）');
    // More may come until it is known who asks, so it is found in the form.
    expect(await answer.text()).toContain('value="12-34"');
    const events = await on.db.owner.query('SELECT 1 FROM request_events WHERE request_id = $1', [row.id]);
    expect(events).toHaveLength(2);
  });

  test('whoever comes second with the same fee is told that it is here, so that it is not recorded twice', async () => {
    const { row } = await register('disclosure');
    const at = `/desk/${row.id}`;
    const officer = await visit('officer');
    valueOf(await receivePapers(desk, by, row.id, { seen: 1 }, { ...papers, feeYen: 400 }));
    const late = { seen: '1', attempt: 'late', on: '2026/12/7', form: 'right', feeYen: '400', method: 'paper' };
    const second = await officer.post(`${at}/papers-received`, late, at);
    expect(second.status).toBe(409);
    expect(await second.text()).toContain(
      '手数料は1,000円（税込）で、400円がすでに届いています。改めて届いた額だけを書いてください',
    );
    valueOf(await receivePapers(desk, by, row.id, { seen: 2 }, { ...papers, feeYen: 600 }));
    const page = await (await officer.get(`${at}?do=papers-received`)).text();
    expect(page).toContain('1,000円がすでに届いています');
    // What came before stays as it was, unless somebody says otherwise.
    const chosen = [...page.matchAll(/<input type="radio"[^>]*>/g)]
      .map(([box]) => box)
      .filter((box) => box.includes('checked'));
    expect(chosen.map((box) => /value="([^"]*)"/.exec(box)![1])).toEqual(['right', rightPapers.method]);
    expect(/<input[^>]*name="feeYen"[^>]*>/.exec(page)![0]).toContain('value="0"');
  });

  test('whoever comes second with something wrong hears who was first too, and finds what they typed', async () => {
    const { row } = await register('correction');
    const at = `/desk/${row.id}`;
    const officer = await visit('officer');
    valueOf(await receivePapers(desk, by, row.id, { seen: 1 }, { ...papers, feeYen: 0, form: 'wrong' }));
    const late = { seen: '1', on: '昨日', form: 'right', feeYen: '千円', registeredMail: '12-34' };
    const answer = await officer.post(`${at}/papers-received`, { ...late, attempt: 'late' }, at);
    const html = await answer.text();
    expect(answer.status).toBe(409);
    expect(html).toContain('佐伯 健さんが先に進めています：書類が到着');
    for (const typed of ['昨日', '千円', '12-34']) expect(html).toContain(typed);
    // No link leads to a missing field.
    for (const [, field] of html.matchAll(/href="#(f-[^"]+)"/g)) expect(html).toContain(`id="${field}"`);
    // Nobody is searched for a form that can have no effect.
    const logged = async () => (await listEntries(on.db.app, { most: 1 }))[0]!.position;
    const before = await logged();
    const search = { seen: '1', attempt: 'search', name: '例示 花子', email: 'hanako@example.jp' };
    const searched = await officer.post(`${at}/specified`, search, at);
    expect([searched.status, (await searched.text()).includes('hanako@example.jp')]).toEqual([409, true]);
    const compared = await officer.post(`${at}/specified`, { ...search, do: 'compare' }, at);
    expect([compared.status, (await compared.text()).includes('hanako@example.jp')]).toEqual([409, true]);
    expect(await logged()).toBe(before);
  });

  test('going back and sending a step with something else says so and keeps what was typed', async () => {
    const { row } = await register('correction');
    const clerk = await visit('desk');
    const step = {
      seen: '1',
      attempt: 'back-1',
      on: '2026/12/7',
      form: 'wrong',
      feeYen: '0',
      registeredMail: '12-3456',
    };
    const send = (fields: Record<string, string>): Promise<Response> =>
      clerk.post(`/desk/${row.id}/papers-received`, fields, `/desk/${row.id}`);
    expect([(await send(step)).status, (await send(step)).status]).toEqual([303, 303]);
    const answer = await send({ ...step, form: 'right', registeredMail: '98-7654' });
    const html = await answer.text();
    expect(answer.status).toBe(409);
    expect(html).toContain('別の内容ですでに送られています');
    expect(html).toContain('98-7654');
    const events = await on.db.owner.query('SELECT 1 FROM request_events WHERE request_id = $1', [row.id]);
    expect(events).toHaveLength(2);
  });

  test('a step that lacks something names it at its field', async () => {
    const { row } = await register('disclosure');
    const fields = { seen: '1', on: '昨日', feeYen: '千円' };
    const answer = await (await visit('desk')).post(`/desk/${row.id}/papers-received`, fields, `/desk/${row.id}`);
    const html = await answer.text();
    expect(answer.status).toBe(422);
    for (const at of ['f-on', 'f-form', 'f-feeYen', 'f-method']) expect(html).toContain(`href="#${at}"`);
    expect([html.includes('value="昨日"'), html.includes('value="千円"')]).toEqual([true, true]);
  });

  test('who only reads sees no form, and may not send one', async () => {
    const { row } = await register();
    const auditor = await visit('auditor');
    const html = await (await auditor.get(`/desk/${row.id}`)).text();
    expect([html.includes('この段階を進めるのは窓口の担当者です'), html.includes('id="step"')]).toEqual([true, false]);
    expect((await auditor.post(`/desk/${row.id}/forms-sent`, { seen: '1', on: '2026/12/7' }, '/desk')).status).toBe(
      403,
    );
    expect((await auditor.get(`/desk/${row.id}/letters/cover.pdf`)).status).toBe(403);
  });

  test('a clerk decides a grant; what is held back is for the officer', async () => {
    const known = await reviewed();
    const { id } = known.row;
    const held = { seen: String(known.request.last), holding, item: 'note', decision: 'withhold', ground: 'impedes' };
    const clerk = await visit('desk');
    const noReason = await clerk.post(`/desk/${id}/reviewed`, held, `/desk/${id}`);
    expect([noReason.status, (await noReason.text()).includes('開示しない理由を書いてください')]).toEqual([422, true]);
    const kept = await clerk.post(`/desk/${id}/reviewed`, { ...held, reason: '評価のため' }, `/desk/${id}`);
    expect(kept.status).toBe(303);
    const facts = { seen: String(known.request.last + 1), otherLaw: 'no', methodDifficult: 'no' };
    const asked = await clerk.post(`/desk/${id}/decided`, facts, `/desk/${id}`);
    const text = await textOf(asked);
    expect([asked.status, text.includes('この答えは、個人情報保護管理者が決めます')]).toEqual([200, true]);
    expect(text).toMatch(/法33条2項2号 開示すると、業務の適正な実施に著しい支障/);
    const decision = { ...facts, do: 'decide', told: '評価はお見せできません' };
    expect((await clerk.post(`/desk/${id}/decided`, decision, `/desk/${id}`)).status).toBe(403);
    const officer = await visit('officer');
    expect((await officer.post(`/desk/${id}/decided`, decision, `/desk/${id}`)).status).toBe(303);
    expect(await textOf(await clerk.get(`/desk/${id}`))).toContain('決定 一部だけ応じる');
    const { last } = valueOf(await caseOf(desk, id)).request;
    const posted = { seen: String(last), on: '2026/12/7', by: 'post', email: 'hanako@example.jp' };
    const stray = await clerk.post(`/desk/${id}/notified`, posted, `/desk/${id}`);
    expect([stray.status, (await stray.text()).includes('href="#f-email"')]).toEqual([422, true]);
  });

  test('says until when whoever wrote is to hear that it has come, leads to where that is recorded, and says no more once it is', async () => {
    const { row } = await register('consultation', 1);
    const clerk = await visit('desk');
    const page = `/desk/${row.id}`;
    expect(await textOf(await clerk.get(page))).toContain(
      '受け付けたことを、まだ知らせていません 12月8日までに知らせます。',
    );
    const step = await (await clerk.get(`${page}?do=acknowledged`)).text();
    expect([step.includes(`${page}/letters/acknowledgement.pdf`), step.includes('まだ知らせていません')]).toEqual([
      true,
      false,
    ]);
    const sent = { seen: '1', on: '2026/12/7' };
    const lacking = await clerk.post(`${page}/acknowledged`, sent, page);
    expect([lacking.status, (await lacking.text()).includes('href="#f-how"')]).toEqual([422, true]);
    expect((await clerk.post(`${page}/acknowledged`, { ...sent, how: 'letter' }, page)).status).toBe(303);
    const after = await textOf(await clerk.get(page));
    expect([after.includes('まだ知らせていません'), after.includes('受付を連絡')]).toEqual([false, true]);
    const late = await register('consultation', 6);
    expect(await textOf(await clerk.get(`/desk/${late.row.id}`))).toContain('までに知らせることになっていました');
    expect(await textOf(await (await visit('auditor')).get(`/desk/${late.row.id}`))).not.toContain('まだ知らせて');
    // When a form goes out, it says so.
    const form = await register('disclosure', 6);
    expect(await textOf(await clerk.get(`/desk/${form.row.id}`))).not.toContain('まだ知らせて');
  });

  test('letters are printed at their stage and each printing is logged; papers open by a form and are logged', async () => {
    const known = await reviewed();
    const { id } = known.row;
    const clerk = await visit('desk');
    const printed: Record<string, number> = {};
    for (const name of letterNames) printed[name] = (await clerk.get(`/desk/${id}/letters/${name}.pdf`)).status;
    expect(printed).toEqual({
      cover: 200,
      form: 200,
      lacks: 404,
      receipt: 200,
      extension: 404,
      notice: 404,
      posted: 404,
      disclosed: 404,
      acknowledgement: 200,
      refund: 404,
      answer: 404,
      code: 404,
      sought: 404,
      handover: 404,
      labels: 200,
    });
    const cover = await clerk.get(`/desk/${id}/letters/cover.pdf`);
    expect([cover.headers.get('content-type'), cover.headers.get('cache-control')]).toEqual([
      'application/pdf',
      'no-store',
    ]);
    expect(await wordsOf(new Uint8Array(await cover.arrayBuffer()))).toContain(
      `${numberOf(known.row)}確認コード${receiptCode(on.office, id)}`,
    );
    const sender = known.papers.find(({ kind }) => kind === 'sender')!.id;
    const shown = await clerk.post(`/desk/${id}/papers/${sender}`, {}, `/desk/${id}`);
    expect(await textOf(shown)).toMatch(/差出 \d+ .*例示町9-9/);
    expect((await clerk.get(`/desk/${id}/papers/${sender}`)).headers.get('location')).toBe(`/desk/${id}`);
    expect(await openings(id)).toEqual(['cover', 'form', 'acknowledgement', 'receipt', 'labels', 'cover', 'sender']);
    expect(await textOf(await clerk.get(`/desk/${id}`))).not.toMatch(/差出 \d+|秘密の願い/);
  });

  test('what is carried out is named beside the button: the ledger and its items, or what stops', async () => {
    const at = async (kind: Kind, ask: Partial<DecideAsk>): Promise<string> => {
      const name = `実施 ${String.fromCodePoint(0x4e00 + ++letters)}子`;
      await addPerson(on, holding, { name, email: `carry-${letters}@example.jp`, note: '控え' });
      const { row } = await collected(desk, by, kind, name);
      const asked = { facts: {}, reason: '理由', plan: {}, answer: '', mayRefuse: true, ...ask };
      valueOf(await decide(desk, by, row.id, { seen: 5 }, asked));
      return textOf(await (await visit('desk')).get(`/desk/${row.id}`));
    };
    const harm = { reason: 'may-harm', found: 'all' } as const;
    expect(await at('erasure', { facts: { ...harm, keeping: null } })).toMatch(
      /すべての台帳から消去します。.+メールマガジンの読者 氏名、メールアドレス、備考 実施する/,
    );
    const untrue = { content: 'fact', inquiry: 'untrue', purposeNeeds: true, otherProcedure: false } as const;
    const changes = [{ holding, items: { note: '秘密の新しい備考', email: null } }];
    const corrected = await at('correction', { facts: untrue, plan: { changes } });
    expect(corrected).toMatch(/読者 直す：備考 メールマガジンの読者 取り除く：メールアドレス 実施する/);
    expect(corrected).not.toContain('秘密の新しい備考');
    expect(await at('stop-use', { facts: harm })).toContain('すべての利用を止める台帳 メールマガジンの読者 実施する');
    const part = { facts: { ...harm, found: 'part' as const }, plan: { purposes: ['P3'] } };
    expect(await at('stop-use', part)).toMatch(/止める利用目的 \S+ 実施する/);
  });

  test('says in words what is wrong with a day, with money, with what was checked, and why it is blacked out', async () => {
    const { row } = await register('disclosure', 0);
    const clerk = await visit('desk');
    const at = `/desk/${row.id}`;
    const came = { seen: '1', on: '2026/2/31', form: 'right', feeYen: '', method: 'paper' };
    const wrong = await textOf(await clerk.post(`${at}/papers-received`, came, at));
    expect(wrong).toContain('2026年2月に31日はありません');
    expect(wrong).toContain('届いた金額を書いてください（なければ0）');
    valueOf(await receivePapers(desk, by, row.id, { seen: 1 }, papers));
    const two = { seen: '2', on: '2026/12/7', documents: 'passport', numbersCovered: 'yes', requester: 'principal' };
    const unchecked = await clerk.post(`${at}/identified`, { ...two, checked: ['name', 'address'] }, at);
    expect(await textOf(unchecked)).toContain('確かめたこと：有効期限をまだ確かめていません');
    const known = await reviewed();
    const part = { seen: String(known.request.last), holding, item: 'note', decision: 'redact', ground: 'violates' };
    const blackened = await clerk.post(`/desk/${known.row.id}/reviewed`, part, at);
    expect(await textOf(blackened)).toContain('伏せる理由を書いてください');
    // The history shows which item was decided how, and the items are in the order of the ledger.
    const page = await textOf(await clerk.get(`/desk/${known.row.id}`));
    expect(page).toContain('項目を判断：メールアドレス（開示する）');
    expect(page).toMatch(/判断 理由 操作 氏名 .+ メールアドレス .+ 備考 /);
  });

  test('a part that is held back is answered as a part', async () => {
    const known = await reviewed();
    const held = {
      holding,
      item: 'note',
      decision: 'withhold',
      ground: 'impedes',
      reason: '評価',
      redacted: '',
    } as const;
    valueOf(await review(desk, by, known.row.id, { seen: known.request.last }, held));
    const facts = { seen: String(known.request.last + 1), otherLaw: 'no', methodDifficult: 'no' };
    const asked = await (await visit('officer')).post(`/desk/${known.row.id}/decided`, facts, `/desk/${known.row.id}`);
    expect(await textOf(asked)).toContain('一部を除いて開示します');
  });

  test('who decides while a fact is lacking is told what, lands there, and keeps what was written; nothing is wrong', async () => {
    const name = `未定 ${++letters}`;
    await addPerson(on, holding, { name, email: `lacking-${letters}@example.jp`, note: '控え' });
    const { row } = await collected(desk, by, 'stop-use', name);
    const sent = { seen: '5', do: 'decide', measures: '代わりの措置の案' };
    const answer = await (await visit('officer')).post(`/desk/${row.id}/decided`, sent, `/desk/${row.id}`);
    const html = await answer.clone().text();
    expect(answer.status).toBe(200);
    expect(html).toMatch(/<title>(?!エラー)/);
    expect(html).toMatch(/class="answer-bar[^"]*"[^>]*autofocus|<[^>]*autofocus[^>]*class="answer-bar/);
    expect(html).toContain('答えに足りないこと');
    expect(html).not.toContain('errsum');
    expect(await textOf(answer)).toContain('代わりにとる措置 代わりの措置の案');
    expect(valueOf(await caseOf(desk, row.id)).request.decided).toBeNull();
  });

  test('what is written for the person is told them as it is, and not the fact that the request gives as its reason', async () => {
    const name = `理由 ${++letters}`;
    await addPerson(on, holding, { name, email: `told-${letters}@example.jp`, note: '控え' });
    const { row } = await collected(desk, by, 'stop-use', name);
    const officer = await visit('officer');
    const at = `/desk/${row.id}/decided`;
    const facts: Record<string, string> = { reason: 'may-harm', found: 'all' };
    const asked = await (await officer.post(at, { seen: '5', ...facts }, `/desk/${row.id}`)).text();
    const field = [...asked.matchAll(/<textarea[^>]* name="([^"]+)"/g)].at(-1)![1]!;
    const said = [facts[field], 'お申し出のとおり、害のおそれがあると認めました。'].filter((one) => one !== undefined);
    const done = await officer.post(at, { seen: '5', do: 'decide', ...facts, [field]: said }, `/desk/${row.id}`);
    expect(done.status).toBe(303);
    const paper = valueOf(await caseOf(desk, row.id)).papers.find(({ kind }) => kind === 'reason')!;
    expect(valueOf(await readPaper(desk, by, row.id, paper.id))).toBe(said.at(-1));
  });

  test('an address label is for those whom the post reaches', async () => {
    const sender = { name: `差出 ${++letters}`, address: '', email: 'somebody@example.jp' };
    const { row } = await register('consultation', 0, { channel: 'electronic', sender });
    const clerk = await visit('desk');
    expect(await textOf(await clerk.get(`/desk/${row.id}`))).not.toContain('宛名ラベル');
    expect((await clerk.get(`/desk/${row.id}/letters/labels.pdf`)).status).toBe(404);
    expect(await textOf(await clerk.get(`/desk/${(await register()).row.id}`))).toContain('宛名ラベル');
  });

  test('the day from which the person may sue is told as over once it is', async () => {
    const [before, after] = await Promise.all(
      [14, 16].map(async (ago) =>
        textOf(await (await visit('desk')).get(`/desk/${(await register('erasure', ago)).row.id}`)),
      ),
    );
    expect(before).toContain('を過ぎると、本人は訴えを起こせます');
    expect(after).toContain('を過ぎたので、本人は訴えを起こせます');
  });

  test('a paper of a closed request opens when one has said what for, and of nothing else', async () => {
    const { row, papers: kept } = await register('consultation');
    const { id } = row;
    valueOf(
      await decide(desk, by, id, { seen: 1 }, { facts: {}, reason: '', plan: {}, answer: '回答', mayRefuse: true }),
    );
    valueOf(await notify(desk, by, id, { seen: 2 }, { on: TODAY, by: 'post' }));
    valueOf(await deliver(desk, by, id, { seen: 3 }, { on: TODAY, by: 'post' }));
    const { papers: all } = valueOf(await close(desk, by, id, { seen: 4 }, { on: TODAY }));
    const clerk = await visit('desk');
    const at = `/desk/${id}/papers/${kept.find(({ kind }) => kind === 'letter')!.id}`;
    const copy = `/desk/${id}/papers/${all.find(({ kind }) => kind === 'copy')!.id}`;
    const before = (await openings(id)).length;
    for (const paper of [at, copy]) {
      const asked = await clerk.post(paper, {}, `/desk/${id}`);
      const text = await textOf(asked);
      expect([asked.status, text.includes('何のために開くか'), text.includes('秘密の願い')]).toEqual([
        200,
        true,
        false,
      ]);
      for (const why of ['', 'curiosity']) {
        const refused = await clerk.post(paper, { asked: 'yes', for: why }, `/desk/${id}`);
        expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining('href="#f-for"')]);
      }
    }
    // Neither way around the question opens anything.
    expect((await clerk.get(`/desk/${id}/letters/answer.pdf`)).status).toBe(422);
    expect(await openings(id)).toHaveLength(before);
    const opened = await clerk.post(at, { asked: 'yes', for: 'question' }, `/desk/${id}`);
    expect([opened.status, (await textOf(opened)).includes('秘密の願い')]).toEqual([200, true]);
    const letter = await clerk.post(copy, { asked: 'yes', for: 'dispute' }, `/desk/${id}`);
    expect([letter.status, letter.headers.get('content-type'), letter.headers.get('cache-control')]).toEqual([
      200,
      'application/pdf',
      'no-store',
    ]);
    const entries = await listEntries(on.db.app, { actions: ['desk:open-paper'], most: 2 });
    expect(entries.map(({ entry }) => [entry['request'], entry['for']])).toEqual([
      [id, 'dispute'],
      [id, 'question'],
    ]);
  });

  test('a receipt is asked for after the end too: of a closed request for a reason, and marked the second time', async () => {
    const known = await reviewed();
    const { id } = known.row;
    const at = `/desk/${id}/letters/receipt.pdf`;
    await on.db.owner.query(`UPDATE requests SET closed_on = $2 WHERE id = $1`, [id, TODAY]);
    await on.db.owner.query(
      `INSERT INTO request_events SELECT $1, $2, 'withdrawn', $3, now(), by_actor, '{}', gen_random_uuid() FROM requests WHERE id = $1`,
      [id, known.request.last + 1, TODAY],
    );
    const clerk = await visit('desk');
    expect(await textOf(await clerk.get(`/desk/${id}`))).toContain('手数料の領収書：何のために作るか');
    for (const why of ['', '?for=curiosity']) {
      const refused = await clerk.get(`${at}${why}`);
      expect([refused.status, await textOf(refused)]).toEqual([
        422,
        expect.stringContaining('何のために開くかを選んでください'),
      ]);
    }
    const words = async (): Promise<string> =>
      wordsOf(new Uint8Array(await (await clerk.get(`${at}?for=question`)).arrayBuffer()));
    expect([await words(), await words()].map((text) => text.includes('再発行'))).toEqual([false, true]);
  });

  test('a copy of an identity paper is taken by its bytes, kept sealed, and gone with the check', async () => {
    const { row } = await register();
    const { id } = row;
    valueOf(await receivePapers(desk, by, id, { seen: 1 }, papers));
    const clerk = await visit('desk');
    const at = `/desk/${id}`;
    const page = new File(['<!DOCTYPE html><p>license'], 'license.pdf', { type: 'application/pdf' });
    const refused = await clerk.post(`${at}/scans`, { scan: page }, at);
    expect([refused.status, await textOf(refused)]).toEqual([422, expect.stringContaining('HTMLは受け取れません')]);
    const nothing = await clerk.post(`${at}/identified`, { seen: '2', on: '2026/12/7' }, at);
    const html = await nothing.text();
    const asked = ['documents', 'checked', 'numbersCovered', 'requester'];
    expect(asked.filter((name) => html.includes(`href="#f-${name}"`))).toEqual(asked);
    const agent = { requester: 'principal', 'agent.name': '代理 公一', 'agent.email': 'dairi@example.jp' };
    const stray = await (await clerk.post(`${at}/identified`, { seen: '2', on: '2026/12/7', ...agent }, at)).text();
    for (const name of ['agent-name', 'agent-email']) expect(stray).toContain(`href="#f-${name}"`);
    // A black box on a PDF only hides what is still in it.
    const pdf = new File(['%PDF-1.7 %%EOF'], 'scan.pdf', { type: 'application/pdf' });
    const unseen = await clerk.post(`${at}/scans`, { scan: pdf, covered: 'stated' }, at);
    expect([unseen.status, await unseen.text()]).toEqual([
      422,
      expect.stringMatching(/写しの画像：この形式のファイルでは、番号を黒く塗れません。紙を写真に撮るか/),
    ]);
    const scan = pictureOf('運転免許証', '花子.png');
    for (const covered of ['', 'yes']) {
      const unsaid = await clerk.post(`${at}/scans`, { scan, covered }, at);
      expect([unsaid.status, await unsaid.text()]).toEqual([
        422,
        expect.stringMatching(/href="#f-covered"[^>]*>番号の黒塗り：見えている番号を黒く塗るか/),
      ]);
    }
    expect((await clerk.post(`${at}/scans`, { scan, covered: 'stated' }, at)).status).toBe(303);
    const stored = async (): Promise<{ id: string; there: boolean; plain: boolean }[]> =>
      on.db.owner.query(
        `SELECT id, sealed IS NOT NULL AS there, position('運転'::bytea IN coalesce(sealed, '')) > 0 AS plain
         FROM request_papers WHERE request_id = $1 AND kind = 'identity'`,
        [id],
      );
    const [kept] = await stored();
    expect([kept!.there, kept!.plain]).toEqual([true, false]);
    const opened = await clerk.post(`${at}/papers/${kept!.id}`, {}, at);
    expect([opened.headers.get('content-type'), opened.headers.get('cache-control')]).toEqual([
      'image/png',
      'no-store',
    ]);
    expect(Buffer.from(await opened.arrayBuffer())).toEqual(Buffer.from(await scan.arrayBuffer()));
    expect(await openings(id)).toEqual(['identity']);
    valueOf(await identify(desk, by, id, { seen: 2 }, identified));
    expect((await stored())[0]!.there).toBe(false);
    expect(await (await clerk.post(`${at}/papers/${kept!.id}`, {}, at)).text()).toContain('消去されています');
    const late = await clerk.post(`${at}/scans`, { scan, covered: 'here' }, at);
    expect([late.status, await late.text()]).toEqual([422, expect.stringContaining('写しは要りません')]);
    const logged = await listEntries(on.db.app, { actions: ['desk:keep-paper'], most: 5 });
    const scans = logged.map(({ entry }) => entry).filter((entry) => entry['request'] === id);
    expect(scans.map((entry) => [entry['kind'], entry['covered']])).toEqual([['png', 'stated']]);
    expect(JSON.stringify(logged)).not.toContain('花子');
  });

  test('a copy nobody has checked is gone when the person takes the request back', async () => {
    const { id } = (await register()).row;
    valueOf(await keepScan(desk, by, id, { file: pictureOf('運転免許証', 'scan.png'), covered: 'here' }));
    const there = (): Promise<{ kind: string; there: boolean }[]> =>
      on.db.owner.query(
        'SELECT kind, sealed IS NOT NULL AS there FROM request_papers WHERE request_id = $1 ORDER BY place',
        [id],
      );
    expect(await there()).toContainEqual({ kind: 'identity', there: true });
    valueOf(await withdraw(desk, by, id, { seen: 1 }, { on: TODAY }));
    expect(await there()).toContainEqual({ kind: 'identity', there: false });
    expect(await there()).toContainEqual({ kind: 'sender', there: true });
  });

  test('a correction reads days as people write them, names what cannot be done at its field, and is decided anew', async () => {
    const ledger = await addHolding(on, { name: both('生年の台帳', 'Dates'), items: ['name', 'email', 'birth_date'] });
    await addPerson(on, ledger, { name: '先約 花子', email: 'taken-page@example.jp' });
    const { principal } = await addPerson(on, ledger, { name: '生年 花子', email: 'born@example.jp' });
    const { row, request } = await collected(desk, by, 'correction', '生年 花子');
    const clerk = await visit('desk');
    const facts = { content: 'fact', inquiry: 'untrue', purposeNeeds: 'yes', otherProcedure: 'no' };
    const at = (item: string): string => `set/${ledger}/${item}`;
    const send = (fields: Record<string, string | string[]>, seen = request.last): Promise<Response> =>
      clerk.post(
        `/desk/${row.id}/decided`,
        { seen: String(seen), ...facts, do: 'decide', ...fields },
        `/desk/${row.id}`,
      );
    const wrong = await send({ [at('birth_date')]: '昭和の春', [at('email')]: 'taken-page@example.jp' });
    const html = await wrong.text();
    expect(wrong.status).toBe(422);
    expect(html).toContain(`href="#f-set-${ledger}-birth-date"`);
    expect(html).toContain('value="昭和の春"');
    const taken = await (await send({ [at('email')]: 'taken-page@example.jp' })).text();
    expect(taken).toContain(`href="#f-set-${ledger}-email"`);
    expect(taken).toContain('この台帳にほかにもいます');
    expect((await send({ remove: `${ledger}/name` }, 4)).status).toBe(409);
    const unheld = await send({ remove: [`${ledger}/name`, `${ledger}/birth_date`] });
    expect([unheld.status, (await unheld.text()).includes('href="#f-remove"')]).toEqual([422, true]);
    const twofold = await send({ remove: `${ledger}/birth_date`, [at('birth_date')]: '昭和55年4月2日' });
    expect([twofold.status, (await twofold.text()).includes(`href="#f-set-${ledger}-birth-date"`)]).toEqual([
      422,
      true,
    ]);
    expect((await send({ [at('birth_date')]: '昭和55年4月2日' })).status).toBe(303);
    const page = await (await clerk.get(`/desk/${row.id}`)).text();
    expect(page).toContain(`href="/desk/${row.id}?do=decided">決め直す`);
    const anew = await (await clerk.get(`/desk/${row.id}?do=decided`)).text();
    expect(anew).toContain('前の決定に代わります');
    expect((await send({ [at('birth_date')]: '昭和55年4月3日' }, request.last + 1)).status).toBe(303);
    valueOf(await carryOut(desk, by, row.id, { seen: request.last + 2 }));
    const read = { principal, holding: ledger, items: ['birth_date'], purpose: 'P3' } as const;
    expect(valueOf(await use(on.office, by, read)).values).toEqual({ birth_date: '1980-04-03' });
    expect(await (await clerk.get(`/desk/${row.id}`)).text()).not.toContain('do=decided');
  });

  test('a correction to an address that somebody else has is decided and carried out where it is said to be shared', async () => {
    const ledger = await addHolding(on, { name: both('共用の台帳', 'Shared'), items: ['name', 'email'] });
    const email = 'shared-page@example.jp';
    const { principal: husband } = await addPerson(on, ledger, { name: '共用 太郎', email });
    const { principal } = await addPerson(on, ledger, { name: '共用 花子', email: 'own-page@example.jp' });
    const { row, request } = await collected(desk, by, 'correction', '共用 花子');
    const clerk = await visit('desk');
    const facts = { content: 'fact', inquiry: 'untrue', purposeNeeds: 'yes', otherProcedure: 'no' };
    const [typed, choice] = [`set/${ledger}/email`, `sharing/${ledger}`];
    const send = (fields: Record<string, string> = {}): Promise<Response> =>
      clerk.post(
        `/desk/${row.id}/decided`,
        { seen: String(request.last), ...facts, do: 'decide', [typed]: email, ...fields },
        `/desk/${row.id}`,
      );
    const taken = await send();
    const html = await taken.text();
    expect([taken.status, html.includes(`name="${choice}" value="${husband}"/>`)]).toEqual([422, true]);
    expect(html).not.toContain('共用 太郎');
    const search = { action: 'people:search', by: ['email'], found: 1, holding: ledger };
    expect((await listEntries(on.db.app, { most: 1 }))[0]!.entry).toMatchObject(search);
    expect((await send({ [choice]: principal })).status).toBe(422);
    expect((await send({ [choice]: husband })).status).toBe(303);
    valueOf(await carryOut(desk, by, row.id, { seen: request.last + 1 }));
    for (const of of [husband, principal]) {
      const read = { principal: of, holding: ledger, items: ['email'], purpose: 'P3' } as const;
      expect(valueOf(await use(on.office, by, read)).values).toEqual({ email });
    }
    const logged = await listEntries(on.db.app, { principal, actions: ['people:correct'], most: 1 });
    expect(logged[0]!.entry).toMatchObject({ email: 'shared', ground: 'request' });
  });

  test('an unknown request is not found', async () => {
    const clerk = await visit('desk');
    for (const at of ['/desk/nothing', '/desk/01890000-0000-7000-8000-000000000001'])
      expect((await clerk.get(at)).status).toBe(404);
    expect(person).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('the steps', () => {
  const at = (kind: Kind, form: boolean): EventBody => ({
    event: 'registered',
    on: TODAY,
    kind,
    scope: 'customer',
    arrivedOn: TODAY,
    channel: 'letter',
    lang: 'ja',
    feeYen: 0,
    form,
  });

  test('are seven at most for every kind, and exactly one is due', () => {
    for (const kind of scopes.flatMap(kindsOf)) {
      for (const form of [true, false]) {
        const steps = stepsOf(requestFrom([at(kind, form)]), TODAY, 'ja');
        expect(steps.length).toBeLessThanOrEqual(7);
        expect(steps.filter(({ state }) => state === 'now')).toHaveLength(1);
        expect(steps.map(({ title }) => title).includes('用紙を送る')).toBe(form && kind !== 'consultation');
      }
    }
    expect(kinds).toHaveLength(9);
  });

  test('a withdrawn request ends where it was', () => {
    const steps = stepsOf(requestFrom([at('erasure', true), { event: 'withdrawn', on: TODAY }]), TODAY, 'en');
    expect(steps.map(({ title, state }) => [title, state])).toEqual([
      ['Letter', 'done'],
      ['Withdrawn', 'done'],
    ]);
  });
});

test.each([
  ['1,000', 1000],
  ['１，０００円', 1000],
  ['¥500', 500],
  ['0', 0],
  ['', null],
  ['-1', null],
  ['千', null],
])('reads %j as yen', (text, amount) => expect(readYen(text)).toBe(amount));

describe('the public', () => {
  test('reads how to ask from the policy, in both languages, and takes the forms home', async () => {
    const nobody = await visit('nobody');
    const text = await textOf(await nobody.get('/requests'));
    for (const fact of [
      '1,000円（税込）',
      '書留',
      '点字の書面',
      'ご来訪によるお申し出はお受けしていません',
      '104-0000',
    ]) {
      expect(text).toContain(fact);
    }
    const html = await (await nobody.get('/requests')).text();
    expect(html).toMatch(/点字の書面[\s\S]*折り返しのご連絡に必要なことだけ[\s\S]*href="mailto:[^"]+@example\.jp"/);
    const forms = [...html.matchAll(/href="(\/requests\/forms\/[^"]+)"/g)];
    expect(forms).toHaveLength(18);
    for (const [, href] of forms) {
      const pdf = await nobody.get(href!);
      const file = Buffer.from(await pdf.arrayBuffer()).toString('latin1');
      expect([pdf.status, file.slice(0, 5), file.includes('/AcroForm')]).toEqual([
        200,
        '%PDF-',
        href!.includes('-screen.pdf'),
      ]);
    }
    expect((await nobody.get('/requests/forms/customer-nothing.pdf')).status).toBe(404);
    expect(await textOf(await nobody.get('/requests?lang=en'))).toContain('¥1,000 (tax included)');
    expect(await textOf(await nobody.get('/requests?lang=en'))).toContain('what we need to get back to you');
  });

  const see = async (number: string, code: string): Promise<[number, string]> => {
    const answer = await (await visit('nobody')).post('/requests/status?lang=ja', { number, code });
    return [answer.status, await textOf(answer)];
  };

  test('learns the stage with number and code, and nothing else', async () => {
    const { row } = await register('disclosure');
    const code = receiptCode(on.office, row.id);
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/);
    const typed = code.toLowerCase().replace('-', '').replaceAll('0', 'o').replaceAll('1', 'l');
    for (const [number, given] of [
      [numberOf(row), code],
      [numberOf(row).toLowerCase().replaceAll('-', ' - '), typed],
    ] as const) {
      const [status, text] = await see(number, given);
      expect([status, text.includes('お申し出を受け付けました')]).toEqual([200, true]);
      expect(text).not.toMatch(/開示請求|差出|秘密|佐伯/);
    }
    // A requester who gets no form is not told to wait for one.
    const formless = await register('disclosure', 0, { eased: true });
    const [, waits] = await see(numberOf(formless.row), receiptCode(on.office, formless.row.id));
    expect([waits.includes('お申し出を受け付けました'), waits.includes('用紙')]).toEqual([true, false]);
    // A requester for whom an ordinary letter is difficult is not told to post anything.
    for (const [id, posts] of [
      [formless.row.id, false],
      [row.id, true],
    ] as const) {
      const short = { on: TODAY, lacks: ['fee'] } as const;
      valueOf(await receivePapers(desk, by, id, { seen: 1 }, { ...papers, feeYen: 0 }));
      valueOf(await tellShort(desk, by, id, { seen: 2 }, short));
      const { row: now } = valueOf(await caseOf(desk, id));
      const [, missing] = await see(numberOf(now), receiptCode(on.office, id));
      expect([missing.includes('足りない書類をお待ちしています'), missing.includes('郵送してください')]).toEqual([
        true,
        posts,
      ]);
    }
    const other = await register('erasure');
    const wrong = await see(numberOf(other.row), code);
    expect(wrong).toEqual([422, expect.stringContaining('受付番号と確認コードが合いません')]);
    const unknown = await see('R-2026-9999', code);
    expect(unknown[1].replace('R-2026-9999', '')).toContain('受付番号と確認コードが合いません');
    expect((await see('わからない', code))[1]).toContain('R-2026-031 のように書いてください');
    expect((await see(numberOf(row), 'ABC'))[1]).toContain('英数字10字で書いてください');
    // Both problems at once, so that nobody has to send it twice.
    for (const text of ['2か所', 'R-2026-031 のように書いてください', '英数字10字で書いてください'])
      expect((await see('', ''))[1]).toContain(text);
  });

  test('guesses are slowed down until nothing is answered, and a right code then waits too', async () => {
    const { row } = await register('disclosure');
    let last = '';
    for (let i = 0; i < 60 && !last.includes('いまは受け付けません'); i++) {
      [, last] = await see(numberOf(row), '0000000000');
    }
    expect(last).toContain('いまは受け付けません');
    expect((await see(numberOf(row), receiptCode(on.office, row.id)))[0]).toBe(422);
    on.clock.moveTo('2026-12-07T09:30:00+09:00');
    expect((await see(numberOf(row), receiptCode(on.office, row.id)))[0]).toBe(200);
  });
});
