// An answer that goes out electronically, over HTTP and real mail: the link, the code, the encrypted files, the evidence that they were fetched,
// and everything that closes it. Then requests that come electronically, where the policy allows that.

import { Uint8ArrayReader, Uint8ArrayWriter, ZipReader } from '@zip.js/zip.js';
import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DeskJson, Sekisho } from '../../src/client.ts';
import { endNextParcel, eraseNextPapers } from '../../src/features/desk/index.ts';
import { standingClock } from '../../src/platform/clock.ts';
import {
  arrive,
  browser,
  codeOf,
  enter,
  fetchAll,
  filesOn,
  linksIn,
  mailed,
  mailTo,
  save,
  secretOf,
  type Browser,
} from '../parcel.ts';
import { atOnce, clockLeapt, failuresIn } from '../house.ts';
import { must, newcomer, openServer, type Session, type TestServer } from '../server.ts';
import { mailServer, type Received } from '../smtp.ts';

type Case = DeskJson['request'];
type Events = DeskJson['events'];

const START = '2026-12-07T10:00:00+09:00';
const TODAY = '2026-12-07';
const clock = standingClock(START);
const after = (minutes: number): void => clock.moveTo(new Date(Date.parse(START) + minutes * 60_000).toISOString());
const DAY = 24 * 60;
/** The end of the last day of a link sent at the start; the letter with the code names this day. */
const LAST = 7 * DAY + 14 * 60;

const mails = mailServer();
let server: TestServer;
let client: Sekisho;
let desk: Session;
beforeAll(async () => {
  const port = await mails.serve();
  server = await openServer({
    clock,
    env: mailTo(port),
    permit: '@id("requests-by-system") permit (principal is System, action == Action::"requests:decide", resource);',
  });
  ({ client } = server);
  desk = await server.session('desk');
});
afterAll(async () => {
  await server.close();
  await mails.close();
});
beforeEach(() => {
  clock.moveTo(START);
  mails.received.length = 0;
});

let n = 0;

const next = async <E extends keyof Events>(
  one: Case,
  event: E,
  body: Omit<Events[E], 'seen' | 'attempt'>,
): Promise<Case> => must(await client.requests.happen(one.id, event, { ...body, seen: one.last } as Events[E]));

interface Decided {
  one: Case;
  name: string;
  email: string;
}

/** A disclosure requested electronically, decided and not yet sent. `email`: what the desk has on record. */
async function decided({ email, lang = 'ja' }: { email?: string; lang?: 'ja' | 'en' } = {}): Promise<Decided> {
  n += 1;
  const name = `電子 ${String.fromCodePoint(0x4e00 + n)}子`;
  const to = email ?? `person-${n}@example.jp`;
  must(await client.acquire(newcomer(server.holding, { name, note: `秘密の記録 ${n} 号` })));
  let one = must(
    await client.requests.register({
      kind: 'disclosure',
      scope: 'customer',
      arrived_on: '2026-12-01',
      channel: 'letter',
      lang,
      sender: { name, address: '104-0000 東京都中央区例示町2-2', email: to },
    }),
  );
  one = await next(one, 'papers-received', { on: '2026-12-04', form: 'right', method: 'electronic', fee_yen: 1000 });
  one = await next(one, 'identified', {
    on: '2026-12-04',
    requester: 'principal',
    documents: ['driving-licence'],
    checked: ['name', 'address', 'valid'],
    numbers_covered: true,
  });
  const [who] = must(await client.search({ name })).principals;
  one = await next(one, 'specified', { terms: [{ kind: 'name', term: name }], principal: who!.id });
  one = await next(one, 'collected', {});
  for (const item of one.holdings[0]!.items) {
    one = await next(one, 'reviewed', { holding: server.holding, item, decision: 'disclose' });
  }
  one = await next(one, 'decided', { facts: { existenceHarms: false, otherLaw: false, methodDifficult: false } });
  return { one, name, email: to };
}

interface SentOut extends Decided {
  link: string;
  code: string;
}

/** The same, with its link mailed. `at`: minutes between the decision and the mail, by the clock. */
async function sentOut({
  at = 0,
  ...more
}: { email?: string; lang?: 'ja' | 'en'; at?: number } = {}): Promise<SentOut> {
  const { one, ...of } = await decided(more);
  after(at);
  const told = await next(one, 'notified', { on: TODAY, by: 'electronic' });
  const [link] = await linksIn(server.office, mails, told.number);
  return { ...of, one: told, link: link!, code: await codeOf(server, told.id) };
}

/** A browser that has followed the link and entered the code. */
async function opened(of: SentOut): Promise<Browser> {
  const person = browser(server);
  await arrive(person, of.link);
  expect((await enter(person, of.link, of.code)).status).toBe(303);
  return person;
}

/** The mails with a link; the desk is told of its clocks by mail too. */
/** Signed by the company and its desk, with an address to write to. */
const SIGNED =
  /\n-- \n例示情報通信株式会社\nお客様個人情報窓口\n〒104-0000　東京都.*\n電子メール：privacy-desk@example\.jp\n$/;

const withLinks = (): Received[] => mails.received.filter(({ mail }) => mail.text?.includes('/requests/parcel/'));

const shown = async (person: Browser): Promise<string> => (await person.get('/requests/parcel')).text();

const again = async (one: Case): Promise<Case> => must(await client.requests.one(one.id));

interface Entry {
  action: string;
  [subject: string]: unknown;
}

const logged = async (request: string): Promise<Entry[]> =>
  (
    await server.db.owner.query<{ entry: Entry }>(
      "SELECT entry::jsonb AS entry FROM log_entries WHERE entry::jsonb->>'request' = $1 ORDER BY xid, seq",
      [request],
    )
  ).map(({ entry }) => entry);

const actions = async (request: string): Promise<string[]> => (await logged(request)).map(({ action }) => action);

const parcels = (request: string): Promise<{ state: string | null; wrong: number }[]> =>
  server.db.owner.query(
    'SELECT ended_by AS state, wrong FROM request_parcels WHERE request_id = $1 ORDER BY made_at, ended_at NULLS LAST',
    [request],
  );

/** The number of files that can still be read. */
const kept = async (request: string): Promise<number> =>
  (
    await server.db.owner.query<{ n: number }>(
      "SELECT count(*)::int AS n FROM request_papers WHERE request_id = $1 AND kind = 'parcel' AND sealed IS NOT NULL",
      [request],
    )
  )[0]!.n;

/** Presses a button at the desk. */
const press = (path: string, fields: Record<string, string>, { cookie, csrf } = desk): Promise<Response> =>
  server.fetch(path, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie, 'sec-fetch-site': 'same-origin' },
    body: new URLSearchParams({ csrf, ...fields }),
  });

const casePage = async ({ id }: Case, { cookie } = desk): Promise<string> =>
  (await server.fetch(`/desk/${id}`, { headers: { cookie: `${cookie}; lang=ja` } })).text();

const fieldsOf = (answer: { ok: boolean; problem?: { status: number; fields?: { field: string }[] } }) =>
  answer.ok ? 'accepted' : [answer.problem!.status, ...(answer.problem!.fields ?? []).map(({ field }) => field)];

const readPdf = async (bytes: Uint8Array, password?: string): Promise<string> => {
  const options = { verbosity: 0, ...(password === undefined ? {} : { password }) };
  const pdf = await getDocumentProxy(new Uint8Array(bytes), options);
  return (await extractText(pdf, { mergePages: true })).text.replaceAll(/\s/g, '');
};

async function readZip(bytes: Uint8Array, password?: string): Promise<string> {
  const [entry] = await new ZipReader(new Uint8ArrayReader(bytes)).getEntries();
  if (!entry || entry.directory) throw new Error('no file in it');
  return Buffer.from(
    await entry.getData(new Uint8ArrayWriter(), password === undefined ? {} : { password }),
  ).toString();
}

describe('答えを電子で渡す', () => {
  test('リンクはメールで、コードは別に。ファイルはコードで開く暗号で、受け取ったことが証拠になる', async () => {
    const of = await sentOut();
    const { one, link, code, name, email } = of;
    expect(one).toMatchObject({
      stage: 'notified',
      notified: { by: 'electronic', documents: ['data'] },
      delivered: [],
    });
    // The mail has a number and a link, nothing about the person and never the code.
    const [{ mail, to }, ...others] = withLinks() as [Received];
    expect(others).toEqual([]);
    expect(to).toEqual([email]);
    expect(mail.subject).toBe(`お申し出へのお答えをお渡しします（${one.number}）`);
    expect(mail.text).toContain(`${server.url}/requests/parcel/`);
    expect(mail.text).toMatch(SIGNED);
    for (const secret of [name, code, code.replace('-', '')]) expect(mail.text).not.toContain(secret);
    // A scanner that follows the link opens nothing, however often.
    for (let i = 0; i < 3; i++) {
      await arrive(browser(server), link);
      expect((await server.fetch(link, { method: 'HEAD', redirect: 'manual' })).status).toBe(303);
    }
    expect(await parcels(one.id)).toEqual([{ state: null, wrong: 0 }]);
    expect(await actions(one.id)).not.toContain('desk:open-parcel');

    const person = browser(server);
    const led = await person.get(link);
    expect([led.status, led.headers.get('location')]).toEqual([303, '/requests/parcel']);
    const form = await person.get('/requests/parcel');
    expect([form.status, form.headers.get('cache-control'), form.headers.get('referrer-policy')]).toEqual([
      200,
      'no-store',
      'same-origin',
    ]);
    const asks = await form.text();
    expect(filesOn(asks)).toEqual([]);
    expect(asks).toContain('お申し出へのお答えを、電磁的記録でお渡しします');
    // Lower case, full width and no hyphen are accepted as the same code.
    const typed = code
      .replace('-', '')
      .toLowerCase()
      .replaceAll(/[0-9]/g, (d) => String.fromCharCode(d.charCodeAt(0) + 0xfee0));
    const open = await enter(person, link, typed);
    expect([open.status, open.headers.get('location')]).toEqual([303, '/requests/parcel']);
    expect(open.headers.getSetCookie()[0]).toMatch(
      /^sekisho-opening=[\w-]{43}; Max-Age=1800; Path=\/requests\/parcel; HttpOnly; SameSite=Strict$/,
    );
    expect(filesOn(await shown(person))).toEqual(['notice', 'disclosed', 'data']);

    const paper = await save(person, 'disclosed');
    expect(Object.fromEntries(paper.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="${one.number}-disclosed.pdf"`,
      'cache-control': 'no-store',
    });
    const pdf = new Uint8Array(await paper.arrayBuffer());
    expect(pdf.length).toBe(Number(paper.headers.get('content-length')));
    await expect(readPdf(pdf)).rejects.toThrow('No password given');
    expect(await readPdf(pdf, code)).toContain(`秘密の記録${n}号`);
    const zip = new Uint8Array(await (await save(person, 'data')).arrayBuffer());
    await expect(readZip(zip)).rejects.toThrow('encrypted');
    expect(JSON.parse(await readZip(zip, code))).toMatchObject({
      number: one.number,
      as_of: TODAY,
      holdings: [
        {
          holding: '読者台帳',
          items: expect.arrayContaining([
            { item: expect.any(String) as string, state: 'shown', value: `秘密の記録 ${n} 号`, ground: null },
          ]) as unknown[],
        },
      ],
      provisions: null,
    });
    const notice = new Uint8Array(await (await save(person, 'notice')).arrayBuffer());
    expect(await readPdf(notice, code)).toContain(one.number);

    // Each fetch is evidence of its own: who fetched which file.
    const now = await again(one);
    expect(now).toMatchObject({
      stage: 'delivered',
      delivered: Array.from({ length: 3 }, () => ({ on: TODAY, by: 'electronic' })),
    });
    expect(now.events.slice(-3).map(({ event, by }) => [event, by])).toEqual(
      [1, 2, 3].map(() => ['delivered', 'public']),
    );
    const entries = (await logged(one.id)).filter(({ action }) => action === 'desk:delivered');
    expect(entries.map(({ file, of: all, by }) => [file, all, by])).toEqual([
      ['disclosed', 3, 'electronic'],
      ['data', 3, 'electronic'],
      ['notice', 3, 'electronic'],
    ]);
    // Nothing personal and no secret is in the log, or in clear in the database.
    const log = JSON.stringify(await logged(one.id));
    const rows = JSON.stringify(await server.db.owner.query('SELECT * FROM request_parcels', []));
    for (const secret of [name, email, code, secretOf(link)]) {
      expect(log).not.toContain(secret);
      expect(rows).not.toContain(secret);
    }
    expect(failuresIn(server.reported)).toEqual([]);
    // After the sitting the link is used up and its files are destroyed.
    after(31);
    expect([(await person.get('/requests/parcel')).status, (await save(person, 'notice')).status]).toEqual([410, 410]);
    expect(await shown(person)).toContain('すでに受け取られています');
    expect((await enter(person, link, code)).status).toBe(410);
    expect(await kept(one.id)).toBe(3);
    while (await endNextParcel(server.office));
    expect([await parcels(one.id), await kept(one.id)]).toEqual([[{ state: 'fetched', wrong: 0 }], 0]);
    expect((await next(now, 'closed', { on: TODAY })).state).toBe('closed');
  });

  test('時計が戻されても、開いている時間は延びず、受け取られたファイルは残らない', async () => {
    const of = await sentOut();
    const person = await opened(of);
    expect((await (await save(person, 'data')).arrayBuffer()).byteLength).toBeGreaterThan(0);
    // A clock corrected by seconds does not close it while the person is using it.
    after(-1);
    expect((await save(person, 'data')).status).toBe(200);
    after(-3 * DAY);
    expect((await save(person, 'notice')).status).toBe(410);
    expect((await enter(person, of.link, of.code)).status).toBe(410);
    while (await endNextParcel(server.office));
    expect([await parcels(of.one.id), await kept(of.one.id)]).toEqual([[{ state: 'fetched', wrong: 0 }], 0]);
  });

  test('英語の請求には、英語の手紙とページで', async () => {
    const { link, one } = await sentOut({ lang: 'en' });
    const { mail } = withLinks()[0]!;
    expect(mail.subject).toBe(`Our answer to your request (${one.number})`);
    expect(mail.text).toContain('The link works until 14 December 2026.');
    expect(mail.text).toContain('If you made no such request, please do not open the link');
    const person = browser(server);
    const page = await (await arrive(person, link)).text();
    expect(page).toContain('Fetch our answer');
    expect(page).toContain('<html lang="en">');
  });

  test('コードの手紙は、郵送の宛名で印刷され、コードと期限が書いてある。リンクは書いていない', async () => {
    const { one, code, link } = await sentOut();
    const letter = await server.fetch(`/desk/${one.id}/letters/code.pdf`, { headers: { cookie: desk.cookie } });
    const text = await readPdf(new Uint8Array(await letter.arrayBuffer()));
    for (const said of [code, '令和8年12月14日', '例示町2-2', one.number]) expect(text).toContain(said);
    expect(text).not.toContain(secretOf(link));
    expect((await logged(one.id)).at(-1)).toMatchObject({ action: 'desk:open-paper', letter: 'code' });
  });

  test('コードを電話で知らせる：理由を書くと一度だけ見える', async () => {
    const { one, code } = await sentOut();
    expect((await press(`/desk/${one.id}/parcel/code`, { reason: ' ' })).status).toBe(422);
    const told = await press(`/desk/${one.id}/parcel/code`, { reason: '手紙が戻ったため、生年月日で確かめた' });
    expect([told.status, (await told.text()).includes(code)]).toEqual([200, true]);
    const twice = await press(`/desk/${one.id}/parcel/code`, { reason: 'もう一度' });
    expect([twice.status, (await twice.text()).includes(code)]).toEqual([409, false]);
    expect(await casePage(one)).not.toContain(code);
    expect(await actions(one.id)).toContain('desk:tell-code');
    const { papers } = await again(one);
    expect(papers.filter(({ kind, about }) => kind === 'reason' && about === 'code')).toHaveLength(1);
  });

  test('記録のないアドレスは、その場で書けば送れる。書かなければ送らない', async () => {
    const { one } = await decided({ email: '' });
    const ask = { on: TODAY, by: 'electronic', seen: one.last } as const;
    expect(fieldsOf(await client.requests.happen(one.id, 'notified', ask))).toEqual([422, 'email']);
    for (const email of [
      'a@example.jp, b@example.jp',
      'nobody',
      '<x@example.jp>',
      'a@example.jp\r\nBcc: b@example.jp',
    ]) {
      expect(fieldsOf(await client.requests.happen(one.id, 'notified', { ...ask, email }))).toEqual([422, 'email']);
    }
    expect(await parcels(one.id)).toEqual([]);
    must(await client.requests.happen(one.id, 'notified', { ...ask, email: 'given@example.jp' }));
    await linksIn(server.office, mails, one.number);
    expect(withLinks().map(({ to }) => to)).toEqual([['given@example.jp']]);
  });

  test('同じ押下は一度だけ：リンクもメールも1つ', async () => {
    const { one } = await decided();
    const ask = { on: TODAY, by: 'electronic', seen: one.last, attempt: 'notify-once' } as const;
    const all = await Promise.all([1, 2, 3].map(() => client.requests.happen(one.id, 'notified', ask)));
    expect(all.map(({ ok }) => ok)).toEqual([true, true, true]);
    expect(await parcels(one.id)).toHaveLength(1);
    must(await client.requests.happen(one.id, 'notified', ask));
    await linksIn(server.office, mails, one.number);
    await mailed(server.office);
    expect(await linksIn(server.office, mails, one.number)).toHaveLength(1);
  });

  test('電子で届いたことは、窓口の手では記録できない。郵送に切り替えたら記録できる', async () => {
    const { one } = await sentOut();
    const body = { on: TODAY, seen: one.last };
    expect(fieldsOf(await client.requests.happen(one.id, 'delivered', { ...body, by: 'electronic' }))).toEqual([
      422,
      'by',
    ]);
    expect((await next(one, 'delivered', { on: TODAY, by: 'post' })).delivered).toEqual([{ on: TODAY, by: 'post' }]);
  });

  test.each([
    ['ja', '電子メールでお送りするリンク', 'を同封します', 'リンク'],
    ['en', 'bythelinkwesendyou', 'isenclosed', 'link'],
  ] as const)(
    '%sの答えを郵送に切り替えると、手紙はリンクでなく、同封の書面のことを言う',
    async (lang, byLink, enclosed, link) => {
      const { one } = await sentOut({ lang });
      const at = (path: string) => server.fetch(`/desk/${one.id}${path}`, { headers: { cookie: desk.cookie } });
      const letter = async (name: string) => {
        const answer = await at(`/letters/${name}.pdf`);
        expect([name, answer.status]).toEqual([name, 200]);
        return readPdf(new Uint8Array(await answer.arrayBuffer()));
      };
      const links = async () =>
        [...(await (await at('')).text()).matchAll(/letters\/(\w+)\.pdf/g)].map(([, name]) => name);
      expect(await links()).toEqual(expect.arrayContaining(['posted', 'disclosed']));
      expect(await links()).not.toContain('notice');
      const text = await letter('posted');
      expect(text).toContain(enclosed);
      expect(text).not.toContain(link);
      // What was printed is on file and is printed again unchanged; what the person was mailed stays as it was.
      expect((await logged(one.id)).at(-1)).toMatchObject({ action: 'desk:keep-paper', letter: 'posted' });
      expect(await links()).toContain('posted');
      await next(one, 'delivered', { on: TODAY, by: 'post' });
      expect(await letter('posted')).toBe(text);
      expect(await letter('notice')).toContain(byLink);
    },
  );
});

describe('電子で渡すことを閉じるもの', () => {
  test('違うコード5回で閉じ、窓口に知らせ、正しいコードでも開かない', async () => {
    const of = await sentOut();
    const { one, link, code } = of;
    const person = browser(server);
    await arrive(person, link);
    expect((await enter(person, link, 'KURZ')).status).toBe(422);
    expect(await parcels(one.id)).toEqual([{ state: null, wrong: 0 }]);
    const wrong = code.startsWith('0') ? `1${code.slice(1)}` : `0${code.slice(1)}`;
    for (let i = 1; i <= 4; i++) {
      const answer = await enter(person, link, wrong);
      expect(answer.status).toBe(422);
      expect(await answer.text()).toContain(`あと${5 - i}回`);
      after(i);
    }
    // After several wrong codes in a row, the next try has to wait.
    after(10);
    const last = await enter(person, link, wrong);
    expect([last.status, await last.text()]).toEqual([410, expect.stringContaining('閉じました')]);
    expect((await enter(person, link, code)).status).toBe(410);
    expect([await parcels(one.id), await kept(one.id)]).toEqual([[{ state: 'wrong-codes', wrong: 5 }], 0]);
    const entries = (await logged(one.id)).filter(({ action }) => action === 'desk:wrong-code');
    expect(entries.map(({ wrong: count }) => count)).toEqual([1, 2, 3, 4, 5]);
    expect(JSON.stringify(entries)).not.toContain(wrong);
    await mailed(server.office);
    const told = mails.received.filter(({ mail }) => mail.subject?.startsWith('電子での受け渡しを閉じました'));
    expect(told.map(({ to }) => to)).toEqual([['desk@example.jp']]);
    expect(told[0]!.mail.text).toContain(`/desk/${one.id}`);
    expect(told[0]!.mail.text).not.toContain('/requests/parcel');
    expect(await casePage(one)).toContain('コードの間違いで閉じた');
  });

  test('違うコードが続くと、しばらく受け付けない', async () => {
    const { link, code, one } = await sentOut();
    const person = browser(server);
    const wrong = `${code.slice(0, -1)}${code.endsWith('0') ? '1' : '0'}`;
    for (let i = 0; i < 3; i++) await enter(person, link, wrong);
    const held = await (await enter(person, link, code)).text();
    expect(held).toContain('いまは受け付けません');
    expect(await parcels(one.id)).toEqual([{ state: null, wrong: 3 }]);
    after(1);
    expect((await enter(person, link, code)).status).toBe(303);
  });

  test('同時に間違えても、5回より多くは試せない', async () => {
    const { one, link, code } = await sentOut();
    const guesses = Array.from({ length: 12 }, (_, i) => `ZZZZZ-ZZZZ${'0123456789AB'[i]!}`);
    expect(guesses).not.toContain(code);
    for (let minute = 0; minute < 12; minute += 3) {
      after(minute);
      await Promise.all(guesses.map((guess) => enter(browser(server), link, guess)));
    }
    expect(await parcels(one.id)).toEqual([{ state: 'wrong-codes', wrong: 5 }]);
  });

  test('リンクは手紙に書いた最後の日の終わりまで開く。過ぎると開かず、ファイルは消え、送り直せる', async () => {
    const of = await sentOut();
    const { one, link, code } = of;
    after(LAST - 1);
    expect(await (await arrive(browser(server), link)).text()).toContain('コードを入れる');
    after(LAST);
    const late = await enter(browser(server), link, code);
    expect([late.status, await late.text()]).toEqual([410, expect.stringContaining('期限が過ぎました')]);
    // Not while it is over only by a clock that leapt.
    await clockLeapt(server.db, START);
    expect([await endNextParcel(server.office), await kept(one.id)]).toEqual([false, 3]);
    await clockLeapt(server.db, null);
    while (await endNextParcel(server.office));
    expect([await parcels(one.id), await kept(one.id)]).toEqual([[{ state: 'expired', wrong: 0 }], 0]);
    expect((await logged(one.id)).at(-1)).toMatchObject({ action: 'desk:end-parcel', because: 'expired' });
    const later = await server.session('desk');
    expect(await casePage(one, later)).toContain('期限が過ぎた');
    expect((await press(`/desk/${one.id}/parcel`, { attempt: 'again-1', email: '' }, later)).status).toBe(303);
    const [, second] = await linksIn(server.office, mails, one.number, 2);
    const files = await fetchAll(server, mails, one);
    expect(second).not.toBe(link);
    expect([...files.keys()]).toEqual(['notice', 'disclosed', 'data']);
    // With that sign-in, sessions that were over by then are deleted.
    clock.moveTo(START);
    desk = await server.session('desk');
  });

  test('進んでいた時計で送ったリンクは、時計を直すと長くは使えず、送り直したものだけが開く', async () => {
    const { one, link, code } = await sentOut({ at: 20 * DAY });
    expect((await arrive(browser(server), link)).status).toBe(200);
    clock.moveTo(START);
    const ahead = await enter(browser(server), link, code);
    expect([ahead.status, await ahead.text()]).toEqual([410, expect.stringContaining('期限が過ぎました')]);
    // A clock that goes forward and back destroys nothing.
    while (await endNextParcel(server.office));
    expect(await kept(one.id)).toBe(3);
    expect(await casePage(one)).toContain('期限が過ぎた');
    expect((await press(`/desk/${one.id}/parcel`, { attempt: 'again-ahead', email: '' })).status).toBe(303);
    expect(await casePage(one)).not.toContain('期限が過ぎた');
    const [, second] = await linksIn(server.office, mails, one.number, 2);
    const spoken = await codeOf(server, one.id);
    const told = await press(`/desk/${one.id}/parcel/code`, { reason: '氏名と住所を確かめた' });
    expect([told.status, (await told.text()).includes(spoken), spoken === code]).toEqual([200, true, false]);
    expect((await enter(browser(server), link, code)).status).toBe(410);
    const person = browser(server);
    await arrive(person, second!);
    expect((await enter(person, second!, spoken)).status).toBe(303);
    expect((await save(person, 'notice')).status).toBe(200);
  });

  test('開いてから期限が来ても、30分は受け取れる', async () => {
    const of = await sentOut();
    after(LAST - 5);
    const person = await opened(of);
    after(LAST + 20);
    expect((await save(person, 'notice')).status).toBe(200);
    after(LAST + 26);
    expect((await save(person, 'disclosed')).status).toBe(410);
  });

  test('送り直すと、前のリンクとコードは使えない。同じ押下では1つだけ', async () => {
    const of = await sentOut();
    const { one, link, code } = of;
    const person = await opened(of);
    const again2 = { attempt: 'again-2', email: 'moved@example.jp' };
    const pressed = await Promise.all([1, 2].map(() => press(`/desk/${one.id}/parcel`, again2)));
    expect(pressed.map(({ status }) => status)).toEqual([303, 303]);
    const [, second] = await linksIn(server.office, mails, one.number, 2);
    await mailed(server.office);
    expect(withLinks().map(({ to }) => to[0])).toEqual([of.email, 'moved@example.jp']);
    // Going back and correcting the address is a different press: the conflict is shown, and nothing is sent to the new address.
    const corrected = await press(`/desk/${one.id}/parcel`, { ...again2, email: 'right@example.jp' });
    const html = await corrected.text();
    expect([corrected.status, html.includes('別の内容ですでに送られています')]).toEqual([409, true]);
    expect(html).toContain('value="right@example.jp"');
    expect(await parcels(one.id)).toEqual([
      { state: 'replaced', wrong: 0 },
      { state: null, wrong: 0 },
    ]);
    expect((await save(person, 'notice')).status).toBe(410);
    expect(await (await enter(person, link, code)).text()).toContain('新しいリンクをお送りしています');
    // The old code does not open the new link.
    expect((await enter(person, second!, code)).status).toBe(422);
    expect((await enter(person, second!, await codeOf(server, one.id))).status).toBe(303);
  });

  test('窓口がリンクを閉じると、受け取っている途中でも、すぐに何も受け取れず、ファイルは残らない。送り直しはできる', async () => {
    const of = await sentOut();
    const { one, link, code } = of;
    expect(await casePage(one)).toContain('いますぐ閉じる');
    const person = await opened(of);
    await (await save(person, 'notice')).arrayBuffer();
    expect((await press(`/desk/${one.id}/parcel/end`, {})).status).toBe(303);
    expect(await parcels(one.id)).toEqual([{ state: 'closed', wrong: 0 }]);
    expect(await kept(one.id)).toBe(0);
    expect((await save(person, 'disclosed')).status).toBe(410);
    expect((await enter(person, link, code)).status).toBe(410);
    const [stopped] = (await logged(one.id)).filter(({ action }) => action === 'desk:end-parcel');
    expect(stopped).toMatchObject({ because: 'closed', actor: expect.stringMatching(/^staff:/) });
    // Closing it again says that it is over, and tells the person nothing else.
    const twice = await press(`/desk/${one.id}/parcel/end`, {});
    expect([twice.status, (await twice.text()).includes('この受け渡しは終わっています')]).toEqual([409, true]);
    expect(await shown(person)).toContain('この受け渡しは終わりました');
    expect(await casePage(one)).not.toContain('いますぐ閉じる');
    expect((await press(`/desk/${one.id}/parcel`, { attempt: 'safe-1', email: 'safe@example.jp' })).status).toBe(303);
  });

  test('受け取られる前に窓口がリンクを閉じると、答えは届いていない。期限は残り、待っている人にそう言い、取り下げることもできる', async () => {
    const { one, link: closed } = await sentOut();
    expect((await press(`/desk/${one.id}/parcel/end`, {})).status).toBe(303);
    const stopped = await again(one);
    expect(stopped).toMatchObject({ stage: 'notified', delivered: [], due: { decision: '2026-12-15' } });
    expect(stopped.next).toContain('withdrawn');
    expect(stopped).toMatchObject({
      to_send_again: true,
      undelivered: [{ by: 'electronic', why: 'unfetched', envelope: 'unopened', breach: null }],
    });
    // Sent again, it is the same answer, after a check of the address; it is not made anew from what is held now.
    const again1 = { attempt: 'stopped-1', email: 'safe@example.jp' };
    expect((await press(`/desk/${one.id}/parcel`, again1)).status).toBe(422);
    const page = await casePage(one);
    expect(page).toContain('答えが本人に届いていません：受け取られなかった');
    expect(page).not.toContain('漏えいに当たるかもしれません');
    const to = { on: TODAY, by: 'electronic', email: 'safe@example.jp' } as const;
    expect(fieldsOf(await client.requests.happen(one.id, 'notified', { ...to, seen: stopped.last }))).toEqual([
      422,
      'address_checked',
    ]);
    const read = (await actions(one.id)).filter((action) => action === 'desk:disclose').length;
    const sent = await next(stopped, 'notified', { ...to, address_checked: true });
    expect(sent).toMatchObject({ stage: 'notified', to_send_again: false, due: { decision: null } });
    expect((await actions(one.id)).filter((action) => action === 'desk:disclose')).toHaveLength(read);
    await mailed(server.office);
    const link = (await linksIn(server.office, mails, sent.number)).find((one) => one !== closed);
    const person = browser(server);
    await arrive(person, link!);
    expect((await enter(person, link!, await codeOf(server, sent.id))).status).toBe(303);
    expect(filesOn(await shown(person))).toEqual(['notice', 'disclosed', 'data']);
  });

  test('受け取ったのが別の人だったと分かれば、すぐに閉じ、漏えいかもしれないと窓口と管理者に言う。郵送で送り直せる', async () => {
    const of = await sentOut();
    const person = await opened(of);
    await (await save(person, 'notice')).arrayBuffer();
    const fetched = await again(of.one);
    const told = mails.received.length;
    const page = await casePage(fetched);
    expect(page).toContain('do=undelivered');
    const pressed = await press(`/desk/${fetched.id}/undelivered`, { seen: String(fetched.last), on: TODAY });
    expect(pressed.status).toBe(303);
    const known = await again(of.one);
    expect(known.undelivered).toEqual([
      {
        on: TODAY,
        by: 'electronic',
        why: 'astray',
        envelope: 'away',
        breach: { events: ['leak'], data: 'personal-data', principals: 1, knownOn: TODAY },
      },
    ]);
    expect([await parcels(of.one.id), await kept(of.one.id)]).toEqual([[{ state: 'closed', wrong: 0 }], 0]);
    expect((await save(person, 'disclosed')).status).toBe(410);
    expect(await casePage(known)).toContain('漏えいに当たるかもしれません');
    await mailed(server.office);
    const mailsNow = mails.received.slice(told).map(({ mail }) => mail);
    const alarm = mailsNow.filter(({ subject }) => subject?.includes('ほかの人に渡ったかもしれません'));
    expect(alarm.length).toBeGreaterThan(0);
    for (const { text } of alarm) {
      expect(text).toContain(known.number);
      for (const secret of [of.name, of.email, '秘密の記録']) expect(text).not.toContain(secret);
    }
    const posted = await next(known, 'delivered', { on: TODAY, by: 'post', address_checked: true });
    expect(posted).toMatchObject({ stage: 'delivered', delivered: [{ on: TODAY, by: 'post' }] });
    // The checkpoint takes the known facts as they are, and says which are missing.
    const answer = must(await client.ask('breach', { facts: known.undelivered[0]!.breach! }));
    expect(JSON.stringify(answer)).toContain('specialCare');
  });

  test('別の端末で開くと、前の端末では受け取れない。受け取った後は、もう開かない', async () => {
    const of = await sentOut();
    const [first, second] = [await opened(of), await opened(of)];
    const [before, now] = [await save(first, 'notice'), await save(second, 'notice')];
    expect([before, now].map(({ headers }) => headers.has('content-disposition'))).toEqual([false, true]);
    await now.arrayBuffer();
    expect((await enter(first, of.link, of.code)).status).toBe(410);
    // In the same sitting the other files can still be fetched, and the same one again.
    for (const file of ['disclosed', 'notice']) {
      expect((await (await save(second, file)).arrayBuffer()).byteLength).toBeGreaterThan(1000);
    }
  });

  test('2つの画面で同時に受け取っても、それぞれが記録される', async () => {
    const of = await sentOut();
    const person = await opened(of);
    const saved = await Promise.all(
      ['notice', 'disclosed', 'notice'].map(async (file) => (await save(person, file)).arrayBuffer()),
    );
    expect(saved.every(({ byteLength }) => byteLength > 1000)).toBe(true);
    expect((await again(of.one)).delivered).toHaveLength(3);
  });

  test('途中で切れた受け取りは、届いたことにならず、受け取り直せる', async () => {
    const of = await sentOut();
    const person = await opened(of);
    const answer = await save(person, 'disclosed');
    const reader = answer.body!.getReader();
    await reader.read();
    await reader.cancel();
    expect((await again(of.one)).delivered).toEqual([]);
    after(31);
    // Nothing was fetched whole, so the code still opens it.
    expect((await enter(person, of.link, of.code)).status).toBe(303);
  });

  test('記録が書けなければ、ファイルは最後まで出ていかない', async () => {
    const of = await sentOut();
    const person = await opened(of);
    const answer = await save(person, 'disclosed');
    await server.db.owner.query('REVOKE INSERT ON request_events FROM sekisho_app', []);
    try {
      await expect(answer.arrayBuffer()).rejects.toThrow();
    } finally {
      await server.db.owner.query('GRANT INSERT ON request_events TO sekisho_app', []);
    }
    expect((await again(of.one)).delivered).toEqual([]);
  });

  test('ほかの請求のリンクとコードは組にならず、ほかの請求のファイルは出ない', async () => {
    const [one, other] = [await sentOut(), await sentOut()];
    expect((await enter(browser(server), one.link, other.code)).status).toBe(422);
    const person = await opened(one);
    // Another link then shows its own form, not the files of the first.
    const page = await (await arrive(person, other.link)).text();
    expect(filesOn(page)).toEqual([]);
    const html = await (await arrive(person, one.link)).text();
    expect(html).toContain(one.one.number);
    expect(html).not.toContain(other.one.number);
  });

  test('でたらめなリンク、ファイル名、開いていない端末には、何も出ない', async () => {
    const of = await sentOut();
    const stranger = browser(server);
    expect((await stranger.get('/requests/parcel')).status).toBe(404);
    expect((await arrive(stranger, `/requests/parcel/${'A'.repeat(43)}`)).status).toBe(404);
    expect((await enter(stranger, `/requests/parcel/${'A'.repeat(43)}`, of.code)).status).toBe(404);
    expect((await save(stranger, 'notice')).status).toBe(404);
    const person = await opened(of);
    for (const file of ['sender', '..%2Fnotice', 'notice.pdf']) {
      expect((await save(person, file)).headers.get('content-disposition')).toBeNull();
    }
    const foreign = await server.fetch('/requests/parcel/files/notice', {
      method: 'POST',
      headers: { 'sec-fetch-site': 'cross-site', cookie: [...person.cookies].map((one) => one.join('=')).join('; ') },
    });
    expect(foreign.status).toBe(403);
    expect((await again(of.one)).delivered).toEqual([]);
  });

  test('終えた請求のリンクは使えず、消去した後は何も残らない。受け取っている間は終えられない', async () => {
    const of = await sentOut();
    let one = await next(of.one, 'delivered', { on: TODAY, by: 'post' });
    const person = await opened(of);
    expect(fieldsOf(await client.requests.happen(one.id, 'closed', { on: TODAY, seen: one.last }))).toEqual([
      422,
      'event',
    ]);
    after(31);
    // Somebody else closes it while it is being sent again.
    const late = await server.session('desk');
    const resend = (attempt: string) => press(`/desk/${one.id}/parcel`, { attempt, email: '' }, late);
    const [closed, overtaken] = await atOnce(
      server.db,
      'request_events',
      () => next(one, 'closed', { on: TODAY }),
      () => resend('at-once'),
    );
    one = closed;
    for (const answer of [overtaken, await resend('too-late')])
      expect([answer.status, (await answer.text()).includes('この請求は終わっています')]).toEqual([422, true]);
    expect([await parcels(one.id), await kept(one.id)]).toEqual([[{ state: 'closed', wrong: 0 }], 0]);
    expect(await (await person.get('/requests/parcel')).text()).toContain('この受け渡しは終わりました');
    clock.moveTo('2027-06-08T10:00:00+09:00');
    const left = 'SELECT count(*)::int AS n FROM request_papers WHERE request_id = $1 AND sealed IS NOT NULL';
    const [before] = await server.db.owner.query<{ n: number }>(left, [one.id]);
    await clockLeapt(server.db, START);
    expect(await eraseNextPapers(server.office)).toBe(false);
    expect([before!.n > 0, await server.db.owner.query(left, [one.id])]).toEqual([true, [before]]);
    await clockLeapt(server.db, null);
    while (await eraseNextPapers(server.office));
    expect((await enter(person, of.link, of.code)).status).toBe(410);
    expect(await server.db.owner.query(left, [one.id])).toEqual([{ n: 0 }]);
  });
});

describe('メールのない会社', () => {
  let off: TestServer;
  beforeAll(async () => {
    clock.moveTo(START);
    off = await openServer({ clock });
  });
  afterAll(() => off.close());

  test('電子では渡せないと言い、選べない。郵送はできる', async () => {
    const sender = { name: '差出 一人', address: '東京都例示区1-2-3', email: 'person@example.jp' };
    let one = must(
      await off.client.requests.register({
        kind: 'consultation',
        scope: 'customer',
        arrived_on: TODAY,
        channel: 'letter',
        sender,
      }),
    );
    one = must(await off.client.requests.happen(one.id, 'decided', { seen: one.last, answer: 'お答えします' }));
    const electronic = { seen: one.last, on: TODAY, by: 'electronic' } as const;
    expect(fieldsOf(await off.client.requests.happen(one.id, 'notified', electronic))).toEqual([422, 'by']);
    const { cookie } = await off.session('desk');
    const page = await (await off.fetch(`/desk/${one.id}`, { headers: { cookie } })).text();
    expect(page).toMatch(/value="electronic"[^>]* disabled/);
    expect(page).toContain('関所からメールを送る設定がないため選べません');
    must(await off.client.requests.happen(one.id, 'notified', { ...electronic, by: 'post' }));
  });
});

// ---- requests on the web page

/** A picture of one pixel. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const picture = (bytes: Uint8Array<ArrayBuffer> = PNG, name = 'paper.png', type = 'image/png'): File =>
  new File([bytes], name, { type });

test('方針が開いていない会社には、電子の請求の画面はない', async () => {
  const closed = browser(server);
  expect((await closed.get('/requests/new')).status).toBe(404);
  expect((await closed.post('/requests/new', { kind: 'disclosure' })).status).toBe(404);
  expect(await (await closed.get('/requests')).text()).not.toContain('/requests/new');
});

describe('請求を電子で受け付ける', () => {
  let open: TestServer;
  let clerk: Session;
  beforeAll(async () => {
    clock.moveTo(START);
    open = await openServer({
      clock,
      env: mailTo(await mails.serve()),
      operator: (yaml) => yaml.replace('electronic: false', 'electronic: true'),
    });
    clerk = await open.session('desk');
  });
  afterAll(() => open.close());

  const fields = {
    kind: 'disclosure',
    scope: 'customer',
    says: '会員の記録を見せてください',
    name: '電子 請求子',
    address: '104-0000 東京都中央区例示町3-3',
    method: 'electronic',
    covered: 'stated',
  };

  /** Sends the form as a browser would; each time with a mailbox of its own. */
  async function send(more: Record<string, string | File> = {}, lang: 'ja' | 'en' = 'ja') {
    n += 1;
    const email = `web-${n}@example.jp`;
    const body = new FormData();
    const sent = { ...fields, email, scan: picture(), attempt: `press-${String(n).padStart(6, '0')}`, ...more };
    for (const [name, value] of Object.entries(sent)) body.append(name, value);
    const headers = { cookie: `lang=${lang}`, 'sec-fetch-site': 'same-origin' };
    const answer = await open.fetch('/requests/new', { method: 'POST', headers, body });
    const html = await answer.text();
    const number = /R-\d{4}-\d{3,}/.exec(html)?.[0];
    const code = /[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}/.exec(html)?.[0];
    return { status: answer.status, html, number, code, email };
  }

  const count = async (): Promise<number> =>
    (await open.db.owner.query<{ n: number }>('SELECT count(*)::int AS n FROM requests', []))[0]!.n;

  const oneOf = async (number: string): Promise<Case> => {
    const { requests } = must(await open.client.requests.all());
    return must(await open.client.requests.one(requests.find((one) => one.number === number)!.id));
  };

  test('届いた日に登録され、番号とコードが一度だけ出て、メールには番号だけ。手数料の払い方も分かる', async () => {
    const sent = await send();
    expect(sent.status).toBe(200);
    expect(sent.html).toContain('1,000円（税込）');
    const one = await oneOf(sent.number!);
    expect(one).toMatchObject({
      kind: 'disclosure',
      scope: 'customer',
      channel: 'electronic',
      arrived_on: TODAY,
      stage: 'papers',
      method: 'electronic',
      fee: { due: 1000, received: 0, short: 1000 },
    });
    expect(one.events.map(({ event, by }) => [event, by])).toEqual([
      ['registered', 'public'],
      ['acknowledged', 'public'],
      ['papers-received', 'public'],
    ]);
    expect(one.papers.map(({ kind, about }) => [kind, about])).toEqual([
      ['sender', null],
      ['letter', null],
      ['identity', 'png'],
    ]);
    const mail = await new Promise<Received>((resolve) => {
      const look = (): void => {
        const found = mails.received.find(({ to }) => to[0] === sent.email);
        if (found) resolve(found);
        else setTimeout(look, 20);
      };
      look();
    });
    expect(mail.mail.subject).toBe(`お申し出を受け付けました（${sent.number}）`);
    for (const secret of [fields.name, fields.says, sent.code!]) expect(mail.mail.text).not.toContain(secret);
    // The mail asks for the code, so it says where that was.
    expect(mail.mail.text).toContain('確認コードは、お送りいただいた後の画面に表示したものです。');
    expect(mail.mail.text).toMatch(SIGNED);
    // With number and code the person sees the stage; a clerk who writes to them sees the same code.
    const status = await browser(open).post('/requests/status', { number: sent.number!, code: sent.code! });
    expect(await status.text()).toContain('書類が届きました');
    const log = JSON.stringify(await open.db.owner.query('SELECT entry FROM log_entries', []));
    for (const secret of [fields.name, fields.says, sent.email]) expect(log).not.toContain(secret);
    // From here the clerk continues: the fee is still missing.
    const page = await open.fetch(`/desk/${one.id}`, { headers: { cookie: clerk.cookie } });
    expect(await page.text()).toContain('不足を知らせる');
  });

  test('改行のある文は画面の字数のとおりに数えられ、書いたとおりの行で残る', async () => {
    // A browser counts a line end as one character and sends two.
    const says = `${'会員の記録を見せてください。\n'.repeat(266)}お願いします。\n`.padEnd(4_000, '例');
    const sent = await send({ says });
    expect([says.length, sent.status]).toEqual([4_000, 200]);
    const { id, papers } = await oneOf(sent.number!);
    const letter = papers.find(({ kind }) => kind === 'letter')!;
    expect(must(await open.client.requests.paper(id, letter.id)).text).toBe(says);
    expect((await send({ says: `${says}例` })).status).toBe(422);
  });

  test('同じ押下は1件だけで、コードは二度出ない。別の押下は別の請求', async () => {
    const before = await count();
    const email = 'twice@example.jp';
    const [first, second] = [
      await send({ attempt: 'the-same-press', email }),
      await send({ attempt: 'the-same-press', email }),
    ];
    expect([first.number, first.code !== undefined]).toEqual([second.number, true]);
    expect([second.status, second.code]).toEqual([200, undefined]);
    const [third, fourth] = [await send({ attempt: '' }), await send({ attempt: '' })];
    expect(new Set([first, third, fourth].map(({ number }) => number)).size).toBe(3);
    expect(await count()).toBe(before + 3);
  });

  test('戻って別の求めを送れば、それも受け付ける。同じものを送り直しても1件', async () => {
    const before = await count();
    const press = { attempt: 'went-back-once', email: 'went-back@example.jp' };
    const first = await send(press);
    const other = await send({ ...press, kind: 'erasure' });
    expect([other.status, other.code !== undefined, other.number !== first.number]).toEqual([200, true, true]);
    expect(await oneOf(other.number!)).toMatchObject({ kind: 'erasure' });
    expect((await send({ ...press, kind: 'erasure' })).number).toBe(other.number);
    expect(await count()).toBe(before + 2);
    // The same words with a different copy enclosed are not a repetition.
    const another = Buffer.from(PNG);
    another[another.indexOf('IDAT') + 6]! ^= 1;
    const enclosed = { attempt: 'enclosed-once', email: 'enclosed@example.jp' };
    const [one, two] = [await send(enclosed), await send({ ...enclosed, scan: picture(another) })];
    expect([two.status, two.number === one.number]).toEqual([200, false]);
    expect(await count()).toBe(before + 4);
  });

  test('質問には本人確認書類が要らない。英語の人には英語で', async () => {
    const sent = await send({ kind: 'consultation', scan: new File([], ''), covered: '' }, 'en');
    expect(sent.html).toContain('We have received your request');
    expect(await oneOf(sent.number!)).toMatchObject({ kind: 'consultation', lang: 'en', stage: 'registered' });
    // Nobody checks who asks a question, so the page does not announce it.
    expect(sent.html).not.toContain('we will check who you are');
    expect(sent.html).toContain('We answer without delay');
  });

  const zip = Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(60)]);
  const bomb = Buffer.from(PNG);
  bomb.writeUInt32BE(60_000, 16);
  bomb.writeUInt32BE(60_000, 20);

  const wrongs: [string, Record<string, string | File>, string][] = [
    ['何を求めるかがない', { kind: '' }, 'f-kind'],
    ['知らない種類', { kind: 'everything' }, 'f-kind'],
    ['個人番号にない種類', { kind: 'record-disclosure', scope: 'my-number' }, 'f-kind'],
    ['氏名がない', { name: '　' }, 'f-name'],
    ['住所がない', { address: '' }, 'f-address'],
    ['2つのアドレス', { email: 'a@example.jp,b@example.jp' }, 'f-email'],
    ['改行の入ったアドレス', { email: 'a@example.jp\nBcc: b@example.jp' }, 'f-email'],
    ['内容がない', { says: ' ' }, 'f-says'],
    ['長すぎる内容', { says: 'あ'.repeat(4_001) }, 'f-says'],
    ['写しがない', { scan: new File([], '') }, 'f-scan'],
    ['番号を隠したと言わない', { covered: '' }, 'f-covered'],
    ['番号を隠したことの作り話', { covered: 'yes' }, 'f-covered'],
    ['PDF', { scan: picture(Buffer.from('%PDF-1.7\n%%EOF'), 'a.pdf', 'application/pdf') }, 'f-scan'],
    ['PNGという名のSVG', { scan: picture(Buffer.from('<svg onload="x()"/>')) }, 'f-scan'],
    ['PNGという名のZIP', { scan: picture(zip) }, 'f-scan'],
    ['JPEGという名のPNG', { scan: picture(PNG, 'a.jpg', 'image/jpeg') }, 'f-scan'],
    ['広げると巨大になる画像', { scan: picture(bomb) }, 'f-scan'],
    ['10MBを超える画像', { scan: picture(Buffer.concat([PNG, Buffer.alloc(10 * 1024 * 1024)])) }, 'f-scan'],
  ];
  test.each(wrongs)('%s：登録せず、直すところを言い、書いたものを残す', async (_, more, field) => {
    const before = await count();
    const sent = await send(more);
    expect([sent.status, sent.number]).toEqual([422, undefined]);
    expect(sent.html).toContain(`href="#${field}"`);
    if (!('says' in more)) expect(sent.html).toContain(fields.says);
    expect(await count()).toBe(before);
  });

  test('50MBの本文は、読まずに断る。よその画面からの送信は受けない', async () => {
    const before = await count();
    expect((await send({ scan: picture(Buffer.alloc(50 * 1024 * 1024)) })).status).toBe(413);
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.append(name, value);
    const headers = { 'sec-fetch-site': 'cross-site' };
    expect((await open.fetch('/requests/new', { method: 'POST', headers, body })).status).toBe(403);
    expect(await count()).toBe(before);
  });

  test('1つの宛先に続けて送ると、待たされる', async () => {
    const answers: number[] = [];
    for (let i = 0; i < 5; i++) answers.push((await send({ email: 'flood@example.jp' })).status);
    expect(answers.slice(0, 2)).toEqual([200, 200]);
    expect(answers.slice(3)).toContain(422);
    expect((await send({ email: 'FLOOD@example.jp' })).status).toBe(422);
    expect((await send()).status).toBe(200);
  });

  test('送られたファイルは、数えてから読む。続けて送る人のファイルは読まない', async () => {
    const bad = { email: 'files@example.jp', scan: picture(Buffer.from('<svg onload="x()"/>')) };
    const answers: string[] = [];
    for (let i = 0; i < 4; i++) answers.push((await send(bad)).html);
    expect(answers.slice(0, 3).map((html) => html.includes('SVGは受け取れません'))).toEqual([true, true, true]);
    expect(answers[3]).toContain('続けて間違えたため');
    expect(answers[3]).not.toContain('SVGは受け取れません');
  });

  test('請求の案内は、2つの方法を示す', async () => {
    const page = await (await browser(open).get('/requests')).text();
    expect(page).toContain('請求の方法');
    expect(page).toContain('href="/requests/new"');
  });
});
