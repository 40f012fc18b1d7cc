// Every list with the newest first can be cut to a period of days: the page, its file and the API have the rows of those days and no others.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dayOf } from '../../src/base/day.ts';
import { sekisho, type Answer, type Sekisho } from '../../src/client.ts';
import { demoAccounts } from '../../src/demo.ts';
import { sessionCookie } from '../../src/features/access/actions/gate.ts';
import { signIn } from '../../src/features/access/actions/sign-in.ts';
import { readCsv } from '../../src/platform/sheet.ts';
import { listCode } from '../../src/platform/ui/list.tsx';
import { furnishedOffice, type Furnished } from '../furnished.ts';
import { must, tokenOf } from '../server.ts';
import { tampered } from '../tamper.ts';

let house: Furnished;
let cookie: string;
let client: Sekisho;
let japanese: Sekisho;

beforeAll(async () => {
  house = await furnishedOffice((line) => expect.unreachable(line));
  const { email, password } = demoAccounts.find(({ role }) => role === 'officer')!;
  const { token: session } = must(await signIn(house.app.access, { email, password }, '127.0.0.1'));
  cookie = sessionCookie(house.app.access, session).split(';')[0]!;
  const { token } = await tokenOf(house.app.access, ['records:read', 'packages:read', 'requests:read']);
  [client, japanese] = [clientWith(token), clientWith(token, 'ja')];
});
afterAll(() => house.close());

const clientWith = (token: string, lang: 'ja' | 'en' = 'en'): Sekisho =>
  sekisho({
    url: house.office.config.publicUrl,
    token,
    lang,
    fetch: async (to, init) => house.app.fetch(new Request(to, init)),
  });

const get = (to: string): Promise<Response> =>
  Promise.resolve(house.app.fetch(new Request(new URL(to, house.office.config.publicUrl), { headers: { cookie } })));

/** The rows of a list's file, without its heading. */
async function rowsIn(list: string, params: Record<string, string> = {}): Promise<string[][]> {
  const to = `${list}/export/${listCode(list)}-utf8.csv?${new URLSearchParams({ ...params, lang: 'ja' })}`;
  const read = readCsv(new Uint8Array(await (await get(to)).arrayBuffer()));
  if (!('rows' in read)) throw new Error(`${to} is no CSV`);
  return read.rows.slice(1).map(({ cells }) => cells);
}

/** The day of a row, from the first cell that has one. */
const dayIn = (cells: readonly string[]): string =>
  cells
    .find((cell) => /^\d{4}\/\d{2}\/\d{2}/.test(cell))!
    .slice(0, 10)
    .replaceAll('/', '-');

const lists = [
  '/acquisitions',
  '/provisions',
  '/packages',
  '/consents',
  '/consents/objections',
  '/related/provisions',
  '/related/receipts',
  '/ask/consultations',
];

test.each(lists)('%s is cut to the days of a period, its file too', async (list) => {
  const all = await rowsIn(list);
  const days = all.map(dayIn).toSorted();
  const [first, middle] = [days[0]!, days[Math.floor(days.length / 2)]!];
  const of = (from: string, to: string) => all.filter((cells) => from <= dayIn(cells) && dayIn(cells) <= to);
  expect(await rowsIn(list, { from: middle, to: middle })).toEqual(of(middle, middle));
  expect(await rowsIn(list, { to: first })).toEqual(of('', first));
  expect(await rowsIn(list, { from: middle })).toEqual(of(middle, '9999'));
  const page = await (await get(`${list}?from=${middle}&to=${middle}`)).text();
  for (const [name, value] of [
    ['from', middle],
    ['to', middle],
  ])
    expect(page).toContain(`name="${name}" type="date" value="${value}"`);
  expect(page.match(/<tr/g)).toHaveLength(1 + Math.min(30, of(middle, middle).length));
  // Before there was anything.
  expect(await rowsIn(list, { to: '2001-01-01' })).toEqual([]);
});

test('the records of consents as JSON are of the same days', async () => {
  const days = (await rowsIn('/consents')).map(dayIn);
  const on = days[0]!;
  const read = await (await get(`/consents/records.json?from=${on}&to=${on}`)).json();
  expect((read as { records: unknown[] }).records).toHaveLength(days.filter((day) => day === on).length);
});

interface Asked {
  from?: string;
  to?: string;
  before?: string;
}

interface Listed {
  key: string;
  on: string;
}

type Page = Answer<{ rows: Listed[]; next: string | null }>;

const jstDay = (at: string): string => dayOf(Date.parse(at));

/** A page of a list: its rows with the day each is of. */
async function pageOf<T extends { next: string | null }>(
  answer: Promise<Answer<T>>,
  rows: (value: T) => Listed[],
): Promise<Page> {
  const page = await answer;
  return page.ok ? { ok: true, value: { rows: rows(page.value), next: page.value.next } } : page;
}

const made = ({ id, at }: { id: string; at: string }): Listed => ({ key: id, on: jstDay(at) });

type Read = (by: Sekisho, asked: Asked) => Promise<Page>;

/** The lists of the API, and the list of the office that each is. */
const apiLists: Record<string, Read> = {
  '/provisions': (by, asked) => pageOf(by.provisions(asked), ({ provisions }) => provisions.map(made)),
  '/packages': (by, asked) =>
    pageOf(by.packages.all(asked), ({ packages }) => packages.map(({ id, made_at: at }) => made({ id, at }))),
  '/consents': (by, asked) =>
    pageOf(by.consents(asked), ({ consents }) => consents.map(({ id: key, given_on: on }) => ({ key, on }))),
  '/related/provisions': (by, asked) => pageOf(by.relatedProvisions(asked), ({ provisions }) => provisions.map(made)),
  '/related/receipts': (by, asked) => pageOf(by.relatedReceipts(asked), ({ receipts }) => receipts.map(made)),
};

const requests: Read = (by, asked) =>
  pageOf(by.requests.all(asked), (page) => page.requests.map(({ id: key, arrived_on: on }) => ({ key, on })));

/** Everything on the pages of a list. */
async function everything(read: (asked: Asked) => Promise<Page>, asked: Asked = {}): Promise<Listed[]> {
  const rows: Listed[] = [];
  for (let before: string | undefined; ;) {
    const page = must(await read({ ...asked, ...(before ? { before } : {}) }));
    rows.push(...page.rows);
    if (page.next === null) return rows;
    before = page.next;
  }
}

const wrongDays = [
  [{ from: '2026-02-30' }, 'from', 'existing day', '実在する日'],
  [{ to: 'yesterday' }, 'to', 'existing day', '実在する日'],
  [{ from: '2026-12-02', to: '2026-12-01' }, 'to', 'ends before it begins', '始まりより前です'],
] as const;

/** The day on which each request arrived. */
const arrivals = async (): Promise<string[]> =>
  (await house.db.owner.query<{ on: string }>('SELECT arrived_on::text AS "on" FROM requests', [])).map(({ on }) => on);

/** Every list of the API, with the days of its rows in the office. */
const cutLists: [string, Read, () => Promise<string[]>][] = [
  ...Object.entries(apiLists).map(([list, read]): [string, Read, () => Promise<string[]>] => [
    list,
    read,
    async () => (await rowsIn(list)).map(dayIn),
  ]),
  ['/requests', requests, arrivals],
];

describe.each(cutLists)('%s by the API', (_, read, inOffice) => {
  test('is cut to the same days as in the office', async () => {
    const whole = await everything((asked) => read(client, asked));
    expect(whole.map(({ on }) => on).toSorted()).toEqual((await inOffice()).toSorted());
    const days = whole.map(({ on }) => on).toSorted();
    const [first, middle] = [days[0]!, days[Math.floor(days.length / 2)]!];
    const of = (from: string, to: string) => whole.filter(({ on }) => from <= on && on <= to);
    const cut = (asked: Asked) => everything((more) => read(client, more), asked);
    expect(await cut({ from: middle, to: middle })).toEqual(of(middle, middle));
    expect(await cut({ to: first })).toEqual(of('', first));
    expect(await cut({ from: middle })).toEqual(of(middle, '9999'));
    expect(await cut({ to: '2001-01-01' })).toEqual([]);
  });

  test.each(wrongDays)('refuses %j at the field', async (asked, field, en, ja) => {
    for (const [by, says] of [
      [client, en],
      [japanese, ja],
    ] as const)
      expect(await read(by, asked)).toMatchObject({
        ok: false,
        problem: { status: 422, fields: [{ field, says: expect.stringContaining(says) as string }] },
      });
  });
});

test('the statutory records by the API are those of the provisions of the same days', async () => {
  const on = must(await client.provisions()).provisions.find(({ record }) => record)!.at;
  const asked = { from: jstDay(on), to: jstDay(on) };
  const given = must(await client.provisions(asked)).provisions.filter(({ record }) => record);
  const { records } = must(await client.records(asked));
  expect(new Set(records.map(({ id }) => id))).toEqual(new Set(given.map(({ id }) => id)));
  expect(records).not.toHaveLength(must(await client.records()).records.length);
});

test('the consents as consent records by the API are those of the same days', async () => {
  const { given_on: on } = must(await client.consents()).consents[0]!;
  const asked = { from: on, to: on };
  const ids = must(await client.consents(asked)).consents.map(({ id }) => id);
  const { records } = must(await client.consentRecords(asked));
  expect(records.map((one) => one.record_id)).toEqual(ids);
});

describe('the provisions by the API', () => {
  test('are those of one person, one recipient or one relation', async () => {
    const { provisions } = must(await client.provisions());
    const { principal, recipient, relation } = provisions.find((one) => one.principal && one.recipient.id)!;
    const asked = { principal: principal!, recipient: recipient.id!, relation: relation as 'third-party' };
    const of = async (query: Partial<typeof asked>) =>
      must(await client.provisions(query)).provisions.map(({ id }) => id);
    const those = (keeps: (one: (typeof provisions)[number]) => boolean) =>
      provisions.filter(keeps).map(({ id }) => id);
    expect(await of({ recipient: asked.recipient })).toEqual(those((one) => one.recipient.id === recipient.id));
    expect(await of({ relation: asked.relation })).toEqual(those((one) => one.relation === relation));
    expect(await of({ principal: asked.principal })).toEqual(
      expect.arrayContaining(those((one) => one.principal === principal)),
    );
    expect((await of(asked)).length).toBeGreaterThan(0);
    expect(await client.provisions({ principal: 'x' })).toMatchObject({
      problem: { status: 422, fields: [{ field: 'principal' }] },
    });
  });

  test('are told to a token only for its purposes', async () => {
    const whole = must(await client.provisions()).provisions;
    const [purpose] = whole.map((one) => one.purpose);
    const narrow = clientWith((await tokenOf(house.app.access, ['records:read'], [purpose!])).token);
    const told = must(await narrow.provisions()).provisions;
    expect(told).toEqual(whole.filter((one) => one.purpose === purpose));
    expect(told.length).toBeLessThan(whole.length);
    const blind = clientWith((await tokenOf(house.app.access, ['people:use'])).token);
    expect(await blind.provisions()).toMatchObject({ problem: { status: 403 } });
  });
});

describe('a last page that is full', () => {
  const records: Read = (by, asked) =>
    pageOf(by.records(asked), (page) =>
      page.records.map(({ id, principal }) => ({ key: `${id}.${principal}`, on: '' })),
    );
  const consentRecords: Read = (by, asked) =>
    pageOf(by.consentRecords({ ...asked, limit: 100 }), (page) =>
      page.records.map((one) => ({ key: one.record_id, on: '' })),
    );
  /** The table of each list, and the columns in which its rows differ. */
  const tables: [list: string, table: string, own: string, read: Read][] = [
    ['provisions', 'provisions', 'id', apiLists['/provisions']!],
    ['packages', 'packages', 'id', apiLists['/packages']!],
    ['consents', 'consents', 'id', apiLists['/consents']!],
    ['consent records', 'consents', 'id', consentRecords],
    ['related provisions', 'related_provisions', 'id', apiLists['/related/provisions']!],
    ['related receipts', 'related_receipts', 'id', apiLists['/related/receipts']!],
    ['requests', 'requests', 'id', requests],
    ['records', 'provision_people', 'principal_id', records],
  ];

  /** SQL: adds `n` copies of a row of a table. */
  const copies = (table: string, own: string, n: number): string =>
    `INSERT INTO ${table} OVERRIDING SYSTEM VALUE
     SELECT copy.* FROM (SELECT t FROM ${table} t ${own === 'id' ? '' : 'JOIN provision_records USING (provision_id)'} LIMIT 1) one,
       generate_series(1, ${n}) n,
       jsonb_populate_record(one.t, jsonb_build_object('${own}', left((one.t).${own}::text, 24) || lpad(to_hex(n), 12, '0'), 'serial', 1000 + n)) copy`;

  test.each(tables)('of %s leads to no empty one', async (_, table, own, read) => {
    const rows = (await everything((asked) => read(client, asked))).length;
    const more = (n: number) => copies(table, own, n);
    await tampered(house.db, [table], more(100 - rows), async () => {
      const full = must(await read(client, {}));
      expect([full.rows.length, full.next]).toEqual([100, null]);
    });
    await tampered(house.db, [table], more(101 - rows), async () => {
      const first = must(await read(client, {}));
      expect(first.rows).toHaveLength(100);
      const second = must(await read(client, { before: first.next! }));
      expect([second.rows.length, second.next]).toEqual([1, null]);
      expect(first.rows.map(({ key }) => key)).not.toContain(second.rows[0]!.key);
    });
  });
});
