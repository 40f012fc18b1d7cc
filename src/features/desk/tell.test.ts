// Deadlines told by mail to those responsible for a request: what is pressing on which day, who is told, in which language and once; against a real
// mail server, with the clock moved from day to day.

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { answered, registered as arriving, rightPapers, seen } from '../../../tests/desk.ts';
import { onlyMay, openTestOffice, type TestOffice } from '../../../tests/office.ts';
import { officerOf, openTestCheckpoint, valueOf } from '../../../tests/people.ts';
import { mailServer } from '../../../tests/smtp.ts';
import { addDays, day, type Day } from '../../base/day.ts';
import { listEntries } from '../../log/index.ts';
import { equip } from '../../office.ts';
import { lostLetters } from '../../platform/mail.ts';
import { addFictionalStaff, type Room } from '../access/index.ts';
import { readsIn, signIn } from '../access/actions/sign-in.ts';
import type { Case } from './actions/cases.ts';
import { decide } from './actions/decide.ts';
import { assign, extend, receivePapers, sendForms, tellShort } from './actions/receive.ts';
import { keepTellingClocks, tellClocks } from './actions/tell.ts';
import { undeliver } from './actions/undelivered.ts';
import { clocksOf } from './facts/clocks.ts';
import type { EventBody } from './facts/event.ts';
import type { Kind } from './facts/kind.ts';
import { pressingOf, pressures, toOfficers, type Pressure } from './facts/pressing.ts';
import { requestFrom } from './facts/stage.ts';
import { clockLetters } from './words.ts';

// ---- what is pressing

const registered = (kind: Kind, arrivedOn = '2026-12-01'): EventBody => ({
  event: 'registered',
  on: day(arrivedOn),
  kind,
  scope: 'customer',
  arrivedOn: day(arrivedOn),
  channel: 'letter',
  lang: 'ja',
  feeYen: 0,
  form: kind !== 'consultation',
});
const papers = (on: string): EventBody => ({
  event: 'papers-received',
  on: day(on),
  form: 'right',
  method: null,
  feeYen: 0,
  unreadable: false,
});
const short = (on: string): EventBody => ({ event: 'papers-short', on: day(on), lacks: ['identity'] });
const extended: EventBody = { event: 'extended', on: day('2026-12-10'), until: day('2026-12-25') };
const notified: EventBody = { event: 'notified', on: day('2026-12-14'), by: 'post', documents: [] };
const delivered: EventBody = { event: 'delivered', on: day('2026-12-14'), by: 'post' };
const closed: EventBody = { event: 'closed', on: day('2026-12-14') };

const stop = [registered('stop-use')];
const acknowledged: EventBody = { event: 'acknowledged', on: day('2026-12-02'), how: 'letter' };
const checked = [...stop, acknowledged, papers('2026-12-04')];
const asked = (arrivedOn: string): EventBody[] => [registered('consultation', arrivedOn), acknowledged];

test.each<[string, readonly EventBody[], string, readonly Pressure[]]>([
  ['届いた日', stop, '2026-12-01', []],
  ['用紙の期限の前の営業日', stop, '2026-12-02', ['forms near']],
  ['用紙の期限の日', stop, '2026-12-03', ['forms near']],
  ['用紙の期限の次の日', stop, '2026-12-04', ['forms over']],
  [
    '用紙のない請求の、受付を知らせる期限の前の営業日',
    [registered('consultation')],
    '2026-12-02',
    ['acknowledgement near'],
  ],
  ['その期限の日', [registered('consultation')], '2026-12-03', ['acknowledgement near']],
  ['その期限の次の日', [registered('consultation')], '2026-12-04', ['acknowledgement over']],
  ['知らせた後', [registered('consultation'), acknowledged], '2026-12-04', []],
  ['記入した用紙で来て、知らせていない', [...stop, papers('2026-12-01')], '2026-12-04', ['acknowledgement over']],
  ['足りないものを知らせた後', [...stop, papers('2026-12-01'), short('2026-12-02')], '2026-12-04', []],
  ['書類の届いた日', checked, '2026-12-04', []],
  ['確認の期限の前の日', checked, '2026-12-10', []],
  ['確認の期限の日と10日目', checked, '2026-12-11', ['alarm reached', 'identity reached']],
  ['確認の期限を過ぎた月曜日', checked, '2026-12-14', ['lawsuit near', 'alarm reached', 'identity over']],
  ['足りない書類を待つ間', [...checked, short('2026-12-07')], '2026-12-14', ['lawsuit near', 'alarm reached']],
  ['決める期限の日', checked, '2026-12-15', ['lawsuit near', 'decision reached', 'alarm reached', 'identity over']],
  ['決める期限の次の日', checked, '2026-12-16', ['lawsuit reached', 'decision over', 'alarm reached', 'identity over']],
  ['延ばした期限の3営業日前', [...stop, extended], '2026-12-22', ['lawsuit reached', 'alarm reached', 'forms over']],
  [
    '延ばした期限の2営業日前',
    [...stop, extended],
    '2026-12-23',
    ['lawsuit reached', 'extended near', 'alarm reached', 'forms over'],
  ],
  [
    '延ばした期限の日',
    [...stop, extended],
    '2026-12-25',
    ['lawsuit reached', 'decision reached', 'extended near', 'alarm reached', 'forms over'],
  ],
  [
    '延ばした期限の次の営業日',
    [...stop, extended],
    '2026-12-28',
    ['lawsuit reached', 'decision over', 'alarm reached', 'forms over'],
  ],
  ['10日目が土曜日なら、その前の金曜日', asked('2026-12-02'), '2026-12-11', ['alarm reached']],
  ['10日目が土曜日なら、木曜日にはまだ', asked('2026-12-02'), '2026-12-10', []],
  ['相談には訴えがない', asked('2026-12-01'), '2026-12-16', ['decision over', 'alarm reached']],
  [
    '答えは用意したが、送っていない',
    [...checked, notified],
    '2026-12-16',
    ['lawsuit reached', 'decision over', 'alarm reached', 'identity over'],
  ],
  ['電子で送った後', [...stop, { ...notified, by: 'electronic' }], '2026-12-28', ['forms over']],
  ['送った後', [...stop, notified, delivered], '2026-12-28', ['forms over']],
  ['書類を消す日', [...stop, notified, closed], '2027-06-14', []],
  ['書類を消す日の次の日', [...stop, notified, closed], '2027-06-15', ['erase over']],
  ['書類を消した後', [...stop, notified, closed, { event: 'papers-erased', on: day('2027-06-14') }], '2027-06-15', []],
  ['祝日の分からない年', [registered('stop-use', '2040-01-04')], '2040-01-05', []],
])('急ぐもの：%s', (_, events, on, what) => {
  expect(pressingOf(clocksOf(requestFrom(events)), day(on)).map((one) => one.what)).toEqual(what);
});

test('どの日のことかが付き、延ばすと新しい日のことになる', () => {
  const by = (events: readonly EventBody[], on: string, what: Pressure): Day | undefined =>
    pressingOf(clocksOf(requestFrom(events)), day(on)).find((one) => one.what === what)?.by;
  expect(by(stop, '2026-12-16', 'decision over')).toBe('2026-12-15');
  expect(by(stop, '2026-12-16', 'lawsuit reached')).toBe('2026-12-16');
  expect(by([...stop, extended], '2026-12-28', 'decision over')).toBe('2026-12-25');
  expect(by([...stop, extended], '2026-12-28', 'lawsuit reached')).toBe('2026-12-16');
});

test.each<[readonly Pressure[], boolean]>([
  [['forms near'], false],
  [['forms over', 'identity reached'], false],
  [['acknowledgement over'], false],
  [['alarm reached', 'forms over'], true],
  [['identity over', 'extended near'], true],
  [['erase over'], true],
  [['lawsuit near'], true],
])('管理者も知るか：%j → %s', (what, told) => {
  expect(toOfficers(what.map((one) => ({ what: one, by: day('2026-12-01') })))).toBe(told);
});

test('どの手紙にも、二つの言葉と別々の題がある', () => {
  const letters = pressures.map((what) => clockLetters[what]);
  for (const { subject, says } of letters)
    for (const text of [subject, says]) expect([text.ja, text.en].every((one) => one.length > 5)).toBe(true);
  expect(new Set(letters.map(({ subject }) => subject.ja)).size).toBe(pressures.length);
  expect(new Set(letters.map(({ says }) => says.en)).size).toBe(pressures.length);
});

// ---- who is told

const server = mailServer();
let house: TestOffice;
let desk: Room;
const by = () => ({ actor: officerOf(house), authority: ['officer-all-work'] });

const PUBLIC = 'https://sekisho.example.jp';
let settings: Record<string, string>;
let closeCheckpoint: () => Promise<void>;

beforeAll(async () => {
  const port = await server.serve();
  settings = { SEKISHO_URL: PUBLIC, SEKISHO_SMTP: `smtp://localhost:${port}`, SEKISHO_MAIL_FROM: 'desk@example.jp' };
  house = await openTestOffice(() => [], { at: '2026-12-01T09:00:00+09:00', env: settings });
  closeCheckpoint = await openTestCheckpoint(house);
  desk = house;
  const second = { name: '二宮 環', email: 'tamaki@example.jp', roles: ['desk'] as const, password: 'kaze-no-oto-19' };
  house.staff.second = await addFictionalStaff(house.access, { ...second, roles: [...second.roles] });
  const { token } = valueOf(await signIn(house.access, second, ''));
  await readsIn(house.access, token, 'en');
});
afterAll(async () => {
  await server.close();
  await closeCheckpoint();
  await house.close();
});
afterEach(async () => {
  server.received.length = 0;
  for (const table of ['desk_told', 'desk_rounds', 'mail_outbox', 'request_papers', 'request_events', 'requests'])
    await house.db.owner.query(`DELETE FROM ${table}`, []);
});

const at = (on: string, hour = '09:00'): void => house.clock.moveTo(`${on}T${hour}:00+09:00`);

async function letterOf(kind: Kind, arrived: string): Promise<Case> {
  at(arrived);
  return arriving(desk, by(), kind, { says: '秘密の相談' });
}
const numberIn = ({ row }: Case): string => `R-${row.year}-${String(row.serial).padStart(3, '0')}`;

/** Makes the round and sends its mails: to whom, subject and lines. */
async function round(room = desk): Promise<[string, string, string[]][]> {
  await tellClocks(room);
  return sent();
}

/** Sends what waits: to whom, subject and lines. */
async function sent(): Promise<[string, string, string[]][]> {
  server.received.length = 0;
  while (await house.office.mail.sendNext());
  return server.received
    .map(({ to, mail }): [string, string, string[]] => [
      to.join(),
      mail.subject ?? '',
      (mail.text ?? '').split('\n\n-- \n')[0]!.split('\n'),
    ])
    .toSorted(([a], [b]) => a.localeCompare(b));
}

const posted = async (): Promise<number> =>
  (await house.db.owner.query<{ n: number }>('SELECT count(*)::int AS n FROM mail_outbox', []))[0]!.n;

describe('知らせる相手', () => {
  test('担当がいなければ窓口の全員に、それぞれの言葉で、番号とリンクだけを', async () => {
    const one = await letterOf('stop-use', '2026-12-01');
    const number = numberIn(one);
    at('2026-12-02');
    expect(await round()).toEqual([
      [
        'desk@example.jp',
        `用紙を送る期限が近い請求があります（${number}）`,
        ['次の営業日までに、請求の用紙を送ってください。', '', number, `${PUBLIC}/desk/${one.row.id}`],
      ],
      [
        'tamaki@example.jp',
        `A form is to be sent soon (${number})`,
        ['Send the form of this request by the next business day.', '', number, `${PUBLIC}/desk/${one.row.id}`],
      ],
    ]);
    const [{ entry }] = (await listEntries(house.office.database, { actions: ['desk:told'], most: 1 })) as [
      Awaited<ReturnType<typeof listEntries>>[number],
    ];
    expect([entry.actor, entry.letters]).toEqual(['sekisho', 2]);
  });

  test('担当がいればその人だけに、10日目からは管理者にも', async () => {
    let one = await letterOf('stop-use', '2026-12-01');
    const { id } = one.row;
    one = valueOf(await assign(desk, by(), id, seen(one), { on: day('2026-12-01'), to: house.staff.second! }));
    at('2026-12-02');
    expect((await round()).map(([to]) => to)).toEqual(['tamaki@example.jp']);
    one = valueOf(await sendForms(desk, by(), id, seen(one), { on: day('2026-12-02') }));
    at('2026-12-11');
    expect((await round()).map(([to, subject]) => [to, subject.split(/[（(]/)[0]!.trim()])).toEqual([
      ['officer@example.jp', '結果が本人にまだ届いていない請求があります'],
      ['tamaki@example.jp', 'A result has not reached the person yet'],
    ]);
  });

  test('休みの前には、まだ来ていない日を来たとは言わず、決めた後は、もう一度決めよとは言わない', async () => {
    // The tenth and the fourteenth day are Saturdays; both are told on the Friday before.
    const one = await letterOf('consultation', '2026-12-02');
    const early = await letterOf('consultation', '2026-12-05');
    const told = async ({ row }: Case): Promise<string | undefined> =>
      (await round()).find(([to, , lines]) => to === 'officer@example.jp' && lines.at(-1)!.endsWith(row.id))?.[2][0];
    at('2026-12-11');
    expect(await told(one)).toBe(
      'この請求が届いてから、まもなく10日になるか、すでに10日を過ぎていますが、結果が本人にまだ届いていません。まだ決めていなければ決めて、結果を知らせてください。',
    );
    const ask = { facts: {}, reason: '', plan: {}, answer: 'お答えします。', mayRefuse: true };
    valueOf(await decide(desk, by(), one.row.id, seen(one), ask));
    at('2026-12-15');
    await round();
    at('2026-12-17');
    expect(await told(one)).toBe(
      '決定し、結果を知らせる期限を過ぎました。まだ決めていなければすぐに決めて、結果を知らせてください。',
    );
    at('2026-12-18');
    expect(await told(early)).toBe(
      '今日が、決定し、結果を知らせる期限までの最後の営業日です。まだ決めていなければ決めて、結果を知らせてください。',
    );
  });

  test('返信先のない相談では、受け付けた知らせも結果の知らせも求めず、対応を決めることを求める', async () => {
    at('2026-12-01');
    const missing = { anonymous: true, unreachable: true, sender: { name: '', address: '', email: '' } };
    await arriving(desk, by(), 'consultation', { arrivedOn: day('2026-12-01'), ...missing });
    at('2026-12-04');
    expect(await round()).toEqual([]);
    at('2026-12-16');
    const [[, subject, [text]]] = (await round()) as [[string, string, [string]]];
    expect(subject).toContain('対応を決める期限を過ぎた相談があります');
    expect(text).toContain('返信先がないので答えは送れません');
  });

  test('担当が辞めていれば窓口に、窓口にだれもいなければ管理者に', async () => {
    let one = await letterOf('stop-use', '2026-12-01');
    one = valueOf(await assign(desk, by(), one.row.id, seen(one), { on: day('2026-12-01'), to: house.staff.second! }));
    const ends = 'UPDATE staff SET ended_at = $2 WHERE id = ANY ($1::uuid[])';
    await house.db.owner.query(ends, [[house.staff.second], new Date()]);
    at('2026-12-02');
    expect((await round()).map(([to]) => to)).toEqual(['desk@example.jp']);
    await house.db.owner.query(ends, [[house.staff.desk], new Date()]);
    at('2026-12-04');
    expect((await round()).map(([to]) => to)).toEqual(['officer@example.jp']);
    await house.db.owner.query(ends, [[house.staff.second, house.staff.desk], null]);
  });

  test('担当が請求を扱えなくなっていれば窓口に。窓口も扱えなければ、方針が扱わせる人に', async () => {
    let one = await letterOf('stop-use', '2026-12-01');
    const { reception } = house.staff;
    const lets = onlyMay(desk, 'reception', 'requests:write');
    one = valueOf(await assign(lets, by(), one.row.id, seen(one), { on: day('2026-12-01'), to: reception! }));
    at('2026-12-02');
    expect((await round()).map(([to]) => to)).toEqual(['desk@example.jp', 'tamaki@example.jp']);
    at('2026-12-04');
    expect((await round(onlyMay(desk, 'auditor', 'requests:write'))).map(([to]) => to)).toEqual(['auditor@example.jp']);
  });

  test('10日目からと漏えいのおそれは、断ることを決められる人に', async () => {
    const deciding = onlyMay(desk, 'auditor', 'requests:decide');
    const one = await letterOf('consultation', '2026-12-01');
    at('2026-12-11');
    expect((await round(deciding)).map(([to]) => to)).toEqual([
      'auditor@example.jp',
      'desk@example.jp',
      'tamaki@example.jp',
    ]);
    const ask = { facts: {}, reason: '', plan: {}, answer: 'お答えします。', mayRefuse: true };
    const over = await answered(desk, by(), valueOf(await decide(desk, by(), one.row.id, seen(one), ask)));
    const astray = { on: day('2026-12-11'), by: 'post', why: 'astray', envelope: 'away' } as const;
    valueOf(await undeliver(deciding, by(), one.row.id, seen(over), astray));
    expect((await sent()).map(([to, subject]) => [to, subject.split(/[（(]/)[0]])).toEqual([
      ['auditor@example.jp', '請求の答えが、ほかの人に渡ったかもしれません'],
    ]);
  });

  test('メールの届かないアドレスの人がいても、ほかの人には届き、届かなかったことが分かる', async () => {
    const unreachable = { name: '三田 環', email: 'mita:tamaki@example.jp', password: 'kaze-no-oto-19' };
    const id = await addFictionalStaff(house.access, { ...unreachable, roles: ['desk'] });
    const one = await letterOf('stop-use', '2026-12-01');
    at('2026-12-02');
    expect((await round()).map(([to]) => to)).toEqual(['desk@example.jp', 'tamaki@example.jp']);
    expect(await lostLetters(house.office.database, house.clock)).toMatchObject([
      { about: numberIn(one), why: 'refused' },
    ]);
    await house.db.owner.query('UPDATE staff SET ended_at = now() WHERE id = $1', [id]);
  });

  test('どの時計も、その日に一度ずつ届く', async () => {
    const heard: [string, string][] = [];
    let one = await letterOf('stop-use', '2026-12-01');
    const { id } = one.row;
    one = valueOf(await assign(desk, by(), id, seen(one), { on: day('2026-12-01'), to: house.staff.desk! }));
    const acts: Partial<Record<string, () => Promise<Case>>> = {
      '2026-12-07': async () =>
        valueOf(await receivePapers(desk, by(), id, seen(one), { on: day('2026-12-07'), ...rightPapers, feeYen: 0 })),
      '2026-12-16': async () =>
        valueOf(
          await extend(desk, by(), id, seen(one), { on: day('2026-12-16'), until: day('2026-12-25'), reason: '調査' }),
        ),
    };
    for (let on = day('2026-12-01'); on <= '2026-12-31'; on = addDays(on, 1)) {
      at(on, '10:30');
      for (const [to, subject] of await round())
        if (to === 'desk@example.jp') heard.push([on, subject.replace(/（.*/, '')]);
      one = (await acts[on]?.()) ?? one;
    }
    const subject = (what: Pressure): string => clockLetters[what].subject.ja;
    expect(heard).toEqual([
      ['2026-12-02', subject('forms near')],
      ['2026-12-04', subject('forms over')],
      // The form came filled in, and nobody has told the requester that it did.
      ['2026-12-08', subject('acknowledgement over')],
      ['2026-12-11', subject('alarm reached')],
      ['2026-12-14', subject('lawsuit near')],
      ['2026-12-15', subject('decision reached')],
      ['2026-12-16', subject('lawsuit reached')],
      ['2026-12-23', subject('extended near')],
      ['2026-12-25', subject('decision reached')],
      ['2026-12-28', subject('decision over')],
    ]);
  });

  test('書類が足りないと知らせてから届き直せば、確認の期限をまた知らせる', async () => {
    let one = await letterOf('stop-use', '2026-12-01');
    const { id } = one.row;
    one = valueOf(await assign(desk, by(), id, seen(one), { on: day('2026-12-01'), to: house.staff.desk! }));
    const came = async (on: string): Promise<void> => {
      at(on);
      one = valueOf(await receivePapers(desk, by(), id, seen(one), { on: day(on), ...rightPapers, feeYen: 0 }));
    };
    await came('2026-12-01');
    const told = async (on: string): Promise<string[]> => {
      at(on);
      return (await round()).filter(([to]) => to === 'desk@example.jp').map(([, subject]) => subject);
    };
    expect(await told('2026-12-08')).toHaveLength(1);
    one = valueOf(await tellShort(desk, by(), id, seen(one), { on: day('2026-12-08'), lacks: ['identity'] }));
    await came('2026-12-17');
    await told('2026-12-17');
    const again = await told('2026-12-24');
    expect(again).toEqual([expect.stringContaining(clockLetters['identity reached'].subject.ja)]);
  });

  test('閉じて半年を過ぎた書類が残れば、消すまで一度知らせる', async () => {
    let one = await letterOf('consultation', '2026-12-01');
    const { id } = one.row;
    const ask = { facts: {}, reason: '', plan: {}, answer: 'お答えします。', mayRefuse: true };
    one = valueOf(await decide(desk, by(), id, seen(one), ask));
    await answered(desk, by(), one);
    at('2027-06-01');
    expect(await round()).toEqual([]);
    at('2027-06-02');
    expect((await round()).map(([to]) => to)).toEqual(['desk@example.jp', 'officer@example.jp', 'tamaki@example.jp']);
    at('2027-06-03');
    expect(await round()).toEqual([]);
  });
});

describe('一日に一通', () => {
  test('いくつも重なれば、数とはじめの番号だけの一通になる', async () => {
    const cases: Case[] = [];
    for (let i = 0; i < 40; i++) cases.push(await letterOf('consultation', i < 38 ? '2026-12-01' : '2026-12-05'));
    at('2026-12-16');
    const three = cases.slice(0, 3).map(numberIn);
    const [named, numbered] = [`${three.join('、')}、ほか37件`, `${three.join(', ')} and 37 more`];
    const letters = await round();
    expect(letters.map(([to]) => to)).toEqual(['desk@example.jp', 'officer@example.jp', 'tamaki@example.jp']);
    expect(letters[0]).toEqual([
      'desk@example.jp',
      `期限に注意が必要な請求が40件あります（${named}）`,
      [
        '期限を過ぎたもの：38件',
        '期限か、注意の日が来たもの：2件',
        '下のページで開き、急ぐものから進めてください。',
        '',
        named,
        `${PUBLIC}/desk`,
      ],
    ]);
    expect(letters[2]!.slice(1)).toEqual([
      `40 requests need attention (${numbered})`,
      [
        'Overdue: 38',
        'Due or pressing now: 2',
        'Open them on the page below, the most pressing first.',
        '',
        numbered,
        `${PUBLIC}/desk`,
      ],
    ]);
    at('2026-12-17');
    expect(await round()).toEqual([]);
  });

  test('手紙にも、待つ間の表にも、本人のことは何もない', async () => {
    await letterOf('consultation', '2026-12-01');
    at('2026-12-11');
    await tellClocks(desk);
    const rows = await house.db.owner.query<{ all: string }>(
      'SELECT t::text AS all FROM desk_told t UNION ALL SELECT m::text FROM mail_outbox m',
      [],
    );
    expect(rows).toHaveLength(9);
    for (const row of rows) expect(row.all).not.toMatch(/差出|秘密|例示区|example\.jp|届いて/);
    while (await house.office.mail.sendNext());
    for (const { mail } of server.received) expect(`${mail.subject} ${mail.text}`).not.toMatch(/差出|秘密|例示区/);
    expect(server.received).toHaveLength(3);
  });

  test('窓口の開く9時から、営業日にだけ、遅れて始まればそのときに', async () => {
    await letterOf('stop-use', '2026-12-01');
    at('2026-12-04', '08:59');
    expect([await tellClocks(desk), await posted()]).toEqual([false, 0]);
    at('2026-12-05', '09:00');
    expect([await tellClocks(desk), await posted()]).toEqual([false, 0]);
    at('2026-12-07', '23:59');
    expect([await tellClocks(desk), await posted()]).toEqual([true, 2]);
    expect([await tellClocks(desk), await posted()]).toEqual([false, 2]);
    at('2026-12-31', '09:00');
    expect([await tellClocks(desk), await posted()]).toEqual([false, 2]);
  });

  test('いくつものプログラムが同時に回っても一通ずつ', async () => {
    await letterOf('stop-use', '2026-12-01');
    at('2026-12-04');
    const other = await equip(house.office.config, house.clock, house.db.app);
    const rooms = [desk, { ...desk, office: other }, desk, { ...desk, office: other }];
    const made = await Promise.all(rooms.map((room) => tellClocks(room)));
    expect([made.filter(Boolean).length, await posted()]).toEqual([1, 2]);
  });

  test('途中で倒れたら何も残らず、次に一度だけ知らせる', async () => {
    await letterOf('stop-use', '2026-12-01');
    at('2026-12-04');
    await house.db.owner.query('REVOKE INSERT ON log_entries FROM sekisho_app', []);
    await expect(tellClocks(desk)).rejects.toThrow();
    await house.db.owner.query('GRANT INSERT ON log_entries TO sekisho_app', []);
    const told = await house.db.owner.query('SELECT 1 FROM desk_told UNION ALL SELECT 1 FROM desk_rounds', []);
    expect([told, await posted()]).toEqual([[], 0]);
    expect([await tellClocks(desk), await tellClocks(desk), await posted()]).toEqual([true, false, 2]);
  });

  test('進んだ時計が早く知らせたことは、その日が来れば、もう一度だけ知らせる', async () => {
    await letterOf('stop-use', '2026-12-01');
    at('2027-01-12');
    expect(await round()).toHaveLength(3);
    at('2026-12-04');
    expect((await round()).map(([to, subject]) => [to, subject.split(/[（(]/)[0]!.trim()])).toEqual([
      ['desk@example.jp', clockLetters['forms over'].subject.ja],
      ['tamaki@example.jp', clockLetters['forms over'].subject.en],
    ]);
    at('2026-12-07');
    expect(await round()).toEqual([]);
  });

  test('メールのない間は何も書かず、使えるようになったら知らせる', async () => {
    await letterOf('stop-use', '2026-12-01');
    at('2026-12-04');
    const off = await equip({ ...house.office.config, mail: null }, house.clock, house.db.app);
    expect([await tellClocks({ ...desk, office: off }), await posted()]).toEqual([false, 0]);
    expect([await tellClocks(desk), await posted()]).toEqual([true, 2]);
  });

  test('回り続け、止めれば止まる', async () => {
    await letterOf('stop-use', '2026-12-01');
    at('2026-12-04');
    const reported: string[] = [];
    const telling = keepTellingClocks(desk, (line) => reported.push(line));
    await expect.poll(posted).toBe(2);
    await telling.stop();
    expect(reported).toEqual([]);
  });
});
