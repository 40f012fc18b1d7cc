// Answers that go out in other ways than by post or by a link: handed over in person at a desk that takes visits, and sent by the company's own e-mail
// where no mail goes out from here. Through the actions and the pages of the desk.

import * as fs from 'node:fs/promises';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  asking,
  collectedFor,
  disclosing,
  openTestDesk,
  registered,
  reviewed,
  rightPapers,
  seen,
  wordsOf,
} from '../../../tests/desk.ts';
import { beside, PASSWORD_HASH } from '../../../tests/house.ts';
import type { TestOffice, Visitor } from '../../../tests/office.ts';
import { addHolding, addPerson, valueOf } from '../../../tests/people.ts';
import type { Lang } from '../../base/bilingual.ts';
import { addDays, day, type Day } from '../../base/day.ts';
import { listEntries } from '../../log/index.ts';
import { addFictionalStaff, type By, type Room } from '../access/index.ts';
import { close, deliver, notify, says, type DeliverAsk } from './actions/answer.ts';
import { caseOf, type Case } from './actions/cases.ts';
import { printLetter } from './actions/copies.ts';
import { decide } from './actions/decide.ts';
import { lettersFor } from './actions/drafts.ts';
import { receiptCode, stageOfReceipt } from './actions/receipt.ts';
import { receivePapers, tellShort } from './actions/receive.ts';
import { readReport } from './actions/report.ts';
import { requestsLeaked, undeliver } from './actions/undelivered.ts';
import { waiveFee } from './actions/waive.ts';
import { sentOn } from './facts/clocks.ts';
import type { Method } from './facts/event.ts';
import { numberOf } from './facts/request.ts';
import { deskPages } from './pages/desk.tsx';
import { deskProvers } from './promises.ts';
import { eventWord, publicStage } from './words.ts';
import { bodyOf } from './store/events.ts';

interface Place {
  house: TestOffice;
  desk: Room;
  by: By;
  holding: string;
  clerk: Visitor;
}

const folders: string[] = [];

/** The example's policy, with a desk that takes visits. */
async function visiting(): Promise<string> {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'sekisho-visits-'));
  folders.push(folder);
  await fs.cp('policies/example', folder, { recursive: true });
  const file = path.join(folder, 'operator.yaml');
  await fs.writeFile(file, (await fs.readFile(file, 'utf8')).replace('visits: false', 'visits: true'));
  return folder;
}

async function open(settings: { policy?: string; env?: Record<string, string> } = {}): Promise<Place> {
  const opened = await openTestDesk((office, access) => deskPages({ office, access }), settings);
  return { ...opened, holding: await addHolding(opened.house), clerk: await opened.house.visitor('desk') };
}

let written: Place;
let counter: Place;
let mailing: Place;
beforeAll(async () => {
  written = await open();
  counter = await open({ policy: await visiting() });
  mailing = await open({
    policy: await visiting(),
    env: { SEKISHO_SMTP: 'smtp://localhost:2525', SEKISHO_MAIL_FROM: 'desk@example.jp' },
  });
});
afterAll(async () => {
  await Promise.all([written, counter, mailing].map(({ house }) => house.close()));
  await Promise.all(folders.map((folder) => fs.rm(folder, { recursive: true })));
});

const today = ({ desk }: Place): Day => desk.office.clock.today();

let people = 0;
/** A disclosure that was granted, asked for on paper or electronically. */
async function granted(at: Place, method: Method = 'paper', lang: Lang = 'ja'): Promise<Case> {
  const { house, desk, by, holding } = at;
  const name = `来訪 ${++people}`;
  await addPerson(house, holding, { name, address: '東京都中央区例示町9-9' });
  const one = await registered(desk, by, 'disclosure', { lang });
  const papers = { on: today(at), ...rightPapers, method, feeYen: one.request.fee.due };
  const came = valueOf(await receivePapers(desk, by, one.row.id, seen(one), papers));
  const ready = await reviewed(desk, by, await collectedFor(desk, by, came, name));
  return valueOf(await decide(desk, by, ready.row.id, seen(ready), asking({ ...disclosing, method })));
}

/** A question that came in this way, with its answer decided. */
async function question({ desk, by }: Place, channel: 'letter' | 'electronic'): Promise<Case> {
  const sender = { name: `質問 ${++people}`, address: '東京都中央区例示町8-8', email: 'q@example.jp' };
  const one = await registered(desk, by, 'consultation', { channel, sender });
  const answer = { facts: {}, reason: '', plan: {}, answer: 'お答えします', mayRefuse: true };
  return valueOf(await decide(desk, by, one.row.id, seen(one), answer));
}

const prepared = async (at: Place, one: Case, by: DeliverAsk['by']) =>
  notify(at.desk, at.by, one.row.id, seen(one), { on: today(at), by });
const given = async (at: Place, one: Case, ask: Omit<DeliverAsk, 'on'>, on = today(at)) =>
  deliver(at.desk, at.by, one.row.id, seen(one), { on, ...ask });
const handedBy = ({ house }: Place, more: object = {}): Omit<DeliverAsk, 'on'> => ({
  by: 'visit',
  handed: { by: house.staff['desk']!, identityChecked: true, signed: true, ...more },
});
const problem = (field: string) => ({ problem: { fields: [{ field }] } });
const stateOf = async ({ desk }: Place, promise: string) =>
  (await deskProvers.find((prover) => prover.promise === promise)!.prove(desk.office)).state;

describe('窓口での手渡し', () => {
  test('方針の窓口が来訪を受けていなければ、用意も手渡しも記録できず、画面にも出ない', async () => {
    const one = await granted(written);
    expect(await prepared(written, one, 'visit')).toMatchObject(problem('by'));
    const ready = valueOf(await prepared(written, one, 'post'));
    expect(await given(written, ready, handedBy(written))).toMatchObject(problem('by'));
    const page = await (await written.clerk.get(`/desk/${one.row.id}`)).text();
    expect(page).not.toContain('窓口で手渡');
    expect(valueOf(await caseOf(written.desk, one.row.id)).request.delivered).toEqual([]);
  });

  test('だれが、いつ、だれと確かめて渡し、署名をもらったかが残り、その日に答えたことになる', async () => {
    const one = await granted(counter);
    const ready = valueOf(await prepared(counter, one, 'visit'));
    const notice = await wordsOf(valueOf(await printLetter(counter.desk, counter.by, one.row.id, 'notice')).bytes);
    expect([notice.includes('窓口でお渡しします'), notice.includes('同封')]).toEqual([true, false]);
    expect(ready.request.acknowledgedOn).toBeNull();
    const unsure: [object | undefined, string][] = [
      [undefined, 'handed'],
      [{ identityChecked: false }, 'identityChecked'],
      [{ by: counter.house.staff['auditor'] }, 'handedBy'],
    ];
    for (const [more, field] of unsure) {
      const ask = more ? handedBy(counter, more) : ({ by: 'visit' } as const);
      expect(await given(counter, ready, ask)).toMatchObject(problem(field));
    }
    expect(await given(counter, ready, { ...handedBy(counter), by: 'post' })).toMatchObject(problem('handed'));
    expect(await given(counter, ready, handedBy(counter), addDays(today(counter), 1))).toMatchObject(problem('on'));
    const over = valueOf(await given(counter, ready, handedBy(counter)));
    expect(over.request.delivered).toEqual([
      {
        on: today(counter),
        by: 'visit',
        handed: { by: counter.house.staff['desk'], identityChecked: true, signed: true },
      },
    ]);
    expect([sentOn(over.request), over.request.acknowledgedOn, over.row.untold]).toEqual([
      today(counter),
      today(counter),
      false,
    ]);
    expect(eventWord(bodyOf(over.events.at(-1)!)).ja).toBe('答えを手渡し（受領の署名あり）');
    const [entry] = await listEntries(counter.house.db.app, { actions: ['desk:delivered'], most: 1 });
    expect(entry!.entry).toMatchObject({
      request: one.row.id,
      by: 'visit',
      handed_by: counter.house.staff['desk'],
      receipt_signed: true,
    });
    const asked = { number: numberOf(one.row), code: receiptCode(counter.desk.office, one.row.id), address: '' };
    const shown = valueOf(await stageOfReceipt(counter.desk, asked));
    expect(publicStage(shown.stage, shown).ja).toBe('お答えを窓口でお渡ししました');
    const states = ['requests-answered', 'disclosure-method-chosen', 'result-notified', 'every-access-logged'];
    expect(await Promise.all(states.map((promise) => stateOf(counter, promise)))).toEqual(states.map(() => 'kept'));
    const report = await readReport(counter.desk, { from: day('2026-12-01'), to: day('2026-12-31') });
    expect(report.answeredAll?.answers).toBeGreaterThan(0);
    valueOf(await close(counter.desk, counter.by, one.row.id, seen(over), { on: today(counter) }));
  });

  test('手渡しを記録する間に登録を終えられた人は、渡した人にならない', async () => {
    const one = await granted(counter);
    const ready = valueOf(await prepared(counter, one, 'visit'));
    const { db } = counter.house;
    const handing = await addFictionalStaff(counter.house.access, {
      name: '窓口 去子',
      email: 'leaving@example.jp',
      roles: ['desk'],
      passwordHash: PASSWORD_HASH,
    });
    const { begun } = await db.owner.transaction(async (tx) => {
      await tx.query('UPDATE staff SET ended_at = now() WHERE id = $1', [handing]);
      return beside(db, tx, () => given(counter, ready, handedBy(counter, { by: handing })));
    });
    expect(await begun).toMatchObject({ problem: { fields: [{ field: 'handedBy', says: says.staff }] } });
    expect(valueOf(await caseOf(counter.desk, one.row.id)).request.delivered).toEqual([]);
  });

  test('郵送するつもりで用意した答えも、来訪した人に手渡せる。フォームは、渡した人と確認と受領書を尋ねる', async () => {
    const one = await granted(counter);
    const ready = valueOf(await prepared(counter, one, 'post'));
    const at = `/desk/${one.row.id}`;
    expect(await (await counter.clerk.get(at)).text()).toContain('窓口で手渡したとき');
    const sent = { seen: String(ready.request.last), attempt: 'handed-once', on: '2026/12/07', by: 'visit' };
    const empty = await counter.clerk.post(`${at}/delivered`, sent, at);
    expect([empty.status, (await empty.text()).includes('窓口で確かめてから渡し')]).toEqual([422, true]);
    const whole = { ...sent, handedBy: counter.house.staff['desk']!, identityChecked: 'yes', signed: 'unsigned' };
    expect((await counter.clerk.post(`${at}/delivered`, whole, at)).status).toBe(303);
    const over = valueOf(await caseOf(counter.desk, one.row.id));
    expect(over.request.delivered).toMatchObject([{ by: 'visit', handed: { signed: false } }]);
    expect(await (await counter.clerk.get(at)).text()).toContain('答えを手渡し（受領の署名なし）');
  });

  test.each(['ja', 'en'] as const)(
    '受領書には、渡すもの、受付番号、場所と、書き込む欄だけがあり、だれの請求かは書かれない（%s）',
    async (lang) => {
      const { desk, by, clerk } = counter;
      const one = await granted(counter, 'paper', lang);
      const slip = () => printLetter(desk, by, one.row.id, 'handover');
      expect(await slip()).toMatchObject({ problem: { kind: 'not-found' } });
      const ready = valueOf(await prepared(counter, one, 'post'));
      const page = await (await clerk.get(`/desk/${one.row.id}`)).text();
      expect(page).toContain(`/desk/${one.row.id}/letters/handover.pdf`);
      const text = await wordsOf(valueOf(await slip()).bytes);
      const said = {
        ja: [
          '受領書',
          '例示情報通信株式会社御中',
          '個人情報の開示についてのお知らせ',
          '個人情報の開示書',
          'お客様個人情報窓口',
          '受け取った日',
        ],
        en: ['Receipt', 'Disclosureofpersonalinformation', 'CustomerPersonalInformationDesk', 'Nameandsignature'],
      };
      expect([numberOf(one.row), ...said[lang]].filter((part) => !text.includes(part))).toEqual([]);
      const code = receiptCode(desk.office, one.row.id);
      expect(['来訪', '9-9', '差出', code].filter((part) => text.includes(part))).toEqual([]);
      const [entry] = await listEntries(counter.house.db.app, { actions: ['desk:open-paper'], most: 1 });
      expect(entry!.entry).toMatchObject({ request: one.row.id, letter: 'handover' });
      valueOf(await given(counter, ready, handedBy(counter)));
      expect(await slip()).toMatchObject({ problem: { kind: 'not-found' } });
    },
  );

  test('窓口が来訪を受けていなければ、受領書もない', async () => {
    const one = valueOf(await prepared(written, await granted(written), 'post'));
    const slip = await printLetter(written.desk, written.by, one.row.id, 'handover');
    expect(slip).toMatchObject({ problem: { kind: 'not-found' } });
    expect(await (await written.clerk.get(`/desk/${one.row.id}`)).text()).not.toContain('handover');
  });

  test('電子を選んだ本人に、難しくもないのに書面で手渡すことはできない', async () => {
    const one = await granted(mailing, 'electronic');
    expect(await prepared(mailing, one, 'visit')).toMatchObject({ problem: { fields: [{ says: says.chosen }] } });
    valueOf(await prepared(mailing, await granted(mailing, 'paper'), 'visit'));
  });

  test('戻った封筒の答えは、住所を確かめなくても、窓口で本人だと確かめれば手渡せる。別の人に渡したと分かれば、漏えいとして扱う', async () => {
    const one = await granted(counter);
    const ready = valueOf(await prepared(counter, one, 'post'));
    const posted = valueOf(await given(counter, ready, { by: 'post' }));
    const what = { by: 'post', why: 'moved', envelope: 'unopened', on: today(counter) } as const;
    const back = valueOf(await undeliver(counter.desk, counter.by, one.row.id, seen(posted), what));
    const over = valueOf(await given(counter, back, handedBy(counter)));
    expect(over.request.toSendAgain).toBe(false);
    const wrong = { by: 'visit', why: 'moved', envelope: 'unopened', on: today(counter) } as const;
    expect(await undeliver(counter.desk, counter.by, one.row.id, seen(over), wrong)).toMatchObject(problem('why'));
    const astray = { by: 'visit', why: 'astray', envelope: 'away', on: today(counter) } as const;
    const lost = valueOf(await undeliver(counter.desk, counter.by, one.row.id, seen(over), astray));
    expect([lost.request.toSendAgain, (await requestsLeaked(counter.desk.office)).map(({ id }) => id)]).toEqual([
      true,
      [one.row.id],
    ]);
  });

  describe('手数料の領収書も一緒に渡すとき', () => {
    const slipOf = async (one: Case): Promise<string> =>
      wordsOf(valueOf(await printLetter(counter.desk, counter.by, one.row.id, 'handover')).bytes);
    const receiptOf = (one: Case): string => `${numberOf(one.row)}-1`;

    test.each([
      ['ja', '領収書'],
      ['en', 'Receipt'],
    ] as const)('受領書は領収書をその番号で挙げ、先に印刷してあっても変わらない（%s）', async (lang, title) => {
      const { desk, by } = counter;
      const one = await granted(counter, 'paper', lang);
      valueOf(await prepared(counter, one, 'visit'));
      expect(await slipOf(one)).toContain(title + receiptOf(one));
      const receipt = await wordsOf(valueOf(await printLetter(desk, by, one.row.id, 'receipt')).bytes);
      expect([receipt.includes(title), receipt.includes(receiptOf(one))]).toEqual([true, true]);
      expect(await slipOf(one)).toContain(title + receiptOf(one));
    });

    test('手数料のない請求や、免除した手数料には、領収書を挙げない', async () => {
      const { desk, by } = counter;
      const free = await question(counter, 'letter');
      valueOf(await prepared(counter, free, 'post'));
      expect(await slipOf(free)).not.toContain(receiptOf(free));
      const asked = await registered(desk, by, 'disclosure');
      const came = { on: today(counter), ...rightPapers, feeYen: 0 };
      const papers = valueOf(await receivePapers(desk, by, asked.row.id, seen(asked), came));
      const told = valueOf(
        await tellShort(desk, by, asked.row.id, seen(papers), { on: today(counter), lacks: ['fee'] }),
      );
      const waived = { on: today(counter), ground: 'own-mistake', reason: '' } as const;
      const paidNothing = valueOf(await waiveFee(desk, by, asked.row.id, seen(told), waived));
      const name = `来訪 ${++people}`;
      await addPerson(counter.house, counter.holding, { name, address: '東京都中央区例示町9-9' });
      const judged = await reviewed(desk, by, await collectedFor(desk, by, paidNothing, name));
      const decided = valueOf(await decide(desk, by, asked.row.id, seen(judged), asking(disclosing)));
      valueOf(await prepared(counter, decided, 'post'));
      expect(await slipOf(decided)).not.toContain(receiptOf(decided));
    });

    test('戻らなかった封筒に入れた領収書は、手渡すときには挙げず、未開封で戻った領収書は挙げる', async () => {
      const { desk, by } = counter;
      const backAs = async (envelope: 'unopened' | 'away'): Promise<Case> => {
        const one = await granted(counter);
        const ready = valueOf(await prepared(counter, one, 'post'));
        valueOf(await printLetter(desk, by, one.row.id, 'receipt'));
        const posted = valueOf(await given(counter, ready, { by: 'post' }));
        const why = envelope === 'away' ? 'lost' : 'moved';
        const what = { by: 'post', why, envelope, on: today(counter) } as const;
        return valueOf(await undeliver(desk, by, one.row.id, seen(posted), what));
      };
      const back = await backAs('unopened');
      expect(await slipOf(back)).toContain(receiptOf(back));
      const gone = await backAs('away');
      expect(await slipOf(gone)).not.toContain(receiptOf(gone));
    });
  });
});

describe('当社のメール', () => {
  test('ここからメールを送る設定がないとき、電子を選んだ本人の開示を当社のメールで送り、選ばれた方法によったと示せる', async () => {
    const one = await granted(written, 'electronic');
    const ready = valueOf(await prepared(written, one, 'own-mail'));
    const notice = await wordsOf(valueOf(await printLetter(written.desk, written.by, one.row.id, 'notice')).bytes);
    expect([notice.includes('電子メールに添えて'), notice.includes('リンク')]).toEqual([true, false]);
    expect(await given(written, ready, { by: 'electronic' })).toMatchObject(problem('by'));
    const over = valueOf(await given(written, ready, { by: 'own-mail' }));
    expect([sentOn(over.request), eventWord(bodyOf(over.events.at(-1)!)).ja]).toEqual([
      today(written),
      '答えを当社のメールで送付',
    ]);
    expect(await stateOf(written, 'disclosure-method-chosen')).toBe('kept');
  });

  test('書面を選んだ本人や、メールを送る設定があるときには選べない', async () => {
    const paper = await granted(written, 'paper');
    expect(await prepared(written, paper, 'own-mail')).toMatchObject(problem('by'));
    const posted = valueOf(await prepared(written, paper, 'post'));
    expect(await given(written, posted, { by: 'own-mail' })).toMatchObject(problem('by'));
    const electronic = await granted(mailing, 'electronic');
    expect(await prepared(mailing, electronic, 'own-mail')).toMatchObject(problem('by'));
  });

  test('メールで来た相談には当社のメールで答えられ、手紙で来た相談には選べない', async () => {
    const mailed = await question(written, 'electronic');
    valueOf(await given(written, valueOf(await prepared(written, mailed, 'own-mail')), { by: 'own-mail' }));
    expect(await prepared(written, await question(written, 'letter'), 'own-mail')).toMatchObject(problem('by'));
  });

  test('戻ったメールは、届かなかったと記録し、書面で郵送し直せる', async () => {
    const one = await granted(written, 'electronic');
    const ready = valueOf(await prepared(written, one, 'own-mail'));
    const over = valueOf(await given(written, ready, { by: 'own-mail' }));
    const at = `/desk/${one.row.id}`;
    const form = await (await written.clerk.get(`${at}?do=undelivered`)).text();
    expect([form.includes('メールが戻った'), form.includes('転居先が不明')]).toEqual([true, false]);
    const sent = { seen: String(over.request.last), attempt: 'bounced-once', on: '2026/12/07', why: 'bounced' };
    expect((await written.clerk.post(`${at}/undelivered`, sent, at)).status).toBe(303);
    const back = valueOf(await caseOf(written.desk, one.row.id));
    expect(back.request).toMatchObject({ toSendAgain: true, undelivered: [{ by: 'own-mail', envelope: 'unopened' }] });
    expect(lettersFor(back, 'delivered')).toEqual(expect.arrayContaining(['posted', 'disclosed']));
    const again = { by: 'post', addressChecked: true } as const;
    expect(valueOf(await given(written, back, again)).request.toSendAgain).toBe(false);
    expect(await stateOf(written, 'disclosure-method-chosen')).toBe('kept');
  });
});
