// The letters of a request as the desk prints them: which letter there is at which step, what a correction changed into what, and that nothing is
// told that can no longer be read.

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  answered,
  collectedFor,
  disclosing,
  openTestDesk,
  reviewed,
  rightPapers,
  seen,
  untrue,
  wordsOf,
} from '../../../tests/desk.ts';
import type { TestOffice } from '../../../tests/office.ts';
import { addHolding, addPerson, askedThemselves, valueOf } from '../../../tests/people.ts';
import type { Lang } from '../../base/bilingual.ts';
import { addDays, addMonths, day } from '../../base/day.ts';
import { listEntries } from '../../log/index.ts';
import { eraDay } from '../../platform/ui/format.ts';
import type { By, Room } from '../access/index.ts';
import { correct } from '../checkpoint/index.ts';
import { close, deliver, notify } from './actions/answer.ts';
import { carryOut } from './actions/carry-out.ts';
import { caseOf, type Case } from './actions/cases.ts';
import { readPaper } from './actions/papers.ts';
import { review, type ReviewAsk } from './actions/collect.ts';
import { decide, type DecideAsk, type Plan } from './actions/decide.ts';
import { dismiss } from './actions/dismiss.ts';
import { printLetter, readCopy } from './actions/copies.ts';
import { copiesOf, draftsOf, lettersFor, type LetterName } from './actions/drafts.ts';
import { receiptCode } from './actions/receipt.ts';
import { acknowledge, ease, extend, identify, receivePapers, refund, sendForms, tellShort } from './actions/receive.ts';
import { amend } from './actions/amend.ts';
import { type Agent, registerRequest } from './actions/register.ts';
import { currentTexts, writeTexts } from './actions/texts.ts';
import type { Kind } from './facts/kind.ts';
import { nextEvents } from './facts/next.ts';
import { numberOf } from './facts/request.ts';
import { says } from './facts/says.ts';
import { eraseNextPapers } from './index.ts';

let house: TestOffice;
let desk: Room;
let by: By;
let holding: string;
beforeAll(async () => {
  ({ house, desk, by } = await openTestDesk());
  holding = await addHolding(house);
});
afterAll(() => house.close());

let n = 0;
const on = day('2026-12-07');
/** The address of the sender. */
const SENT = '〒104-0000 東京都中央区例示町9-9';

async function registered(kind: Kind, lang: Lang = 'ja'): Promise<Case> {
  const sender = { name: `差出 ${++n}`, address: SENT, email: '' };
  const letter = { kind, scope: 'customer', arrivedOn: on, channel: 'letter', lang, sender, says: '' } as const;
  return valueOf(await registerRequest(desk, by, { ...letter, another: false })).case;
}

const papers = async (one: Case, feeYen = 0, form: 'right' | 'none' = 'right'): Promise<Case> =>
  valueOf(await receivePapers(desk, by, one.row.id, seen(one), { on, ...rightPapers, form, feeYen }));

const collected = async (kind: Kind, name: string, lang: Lang = 'ja'): Promise<Case> =>
  collectedFor(desk, by, await papers(await registered(kind, lang)), name);

async function decided(one: Case, facts: DecideAsk['facts'], plan: Plan = {}, reason = ''): Promise<Case> {
  const ask = { facts, reason, plan, answer: 'お答えします。', mayRefuse: true };
  return valueOf(await decide(desk, by, one.row.id, seen(one), ask));
}

/** The words of a letter without spaces; null when there is none. */
async function printed(one: Case, name: LetterName): Promise<string | null> {
  const made = await printLetter(desk, by, one.row.id, name);
  return made.ok ? wordsOf(made.value.bytes) : null;
}

/** The letters on file, and their days. */
const onFile = (one: Case): [string | null, string][] => copiesOf(one).map(({ about, on_day }) => [about, on_day]);

describe('a correction', () => {
  const changes = () => [
    { holding, items: { note: '髙橋へ改姓', phone: '03-0000-0002', email: null } as Record<string, string | null> },
  ];

  /** The e-mail address of the person corrected last. */
  let email = '';

  async function corrected(lang: Lang = 'ja', facts: DecideAsk['facts'] = untrue): Promise<Case> {
    const name = `訂正 ${String.fromCodePoint(0x4e00 + ++n)}子`;
    email = `correct-${n}@example.jp`;
    await addPerson(house, holding, { name, email, note: '𠮷野家の高橋' });
    const one = await decided(
      await collected('correction', name, lang),
      facts,
      { changes: changes() },
      '一部は事実のため',
    );
    expect(draftsOf(one)).not.toContain('notice');
    expect(await printed(one, 'notice')).toBeNull();
    return valueOf(await carryOut(desk, by, one.row.id, seen(one)));
  }

  const former = (one: Case): Case['papers'] => one.papers.filter(({ kind }) => kind === 'former');

  test('is told item by item: what stood before, what stands now, what there was not and what is gone', async () => {
    const one = await corrected();
    const text = (await printed(one, 'notice'))!;
    expect(text).toContain('項目前の内容いまの内容');
    expect(text).toMatch(/𠮷野家の高橋髙橋へ改姓/);
    expect(text).toMatch(/（ありませんでした）03-0000-0002/);
    expect(text.includes(`${email}（削除しました）`)).toBe(true);
    expect(text).not.toContain('変更前の内容');
    const english = (await printed(await corrected('en'), 'notice'))!;
    expect(english).toMatch(/𠮷野家の高橋髙橋へ改姓/);
    expect(english).toContain('(therewasnone)03-0000-0002');
  });

  test('keeps what stood before sealed, in the transaction of the correction and with its log entry, and nothing else of the record', async () => {
    const one = await corrected();
    const [paper, ...others] = former(one);
    expect([paper!.about, others]).toEqual([holding, []]);
    const opened = valueOf(await readPaper(desk, by, one.row.id, paper!.id));
    expect(JSON.parse(opened)).toEqual({ note: '𠮷野家の高橋', email });
    const [row] = await house.db.owner.query<{ sealed: Buffer }>('SELECT sealed FROM request_papers WHERE id = $1', [
      paper!.id,
    ]);
    expect(row!.sealed.includes(Buffer.from('高橋'))).toBe(false);
    const entries = await listEntries(house.db.app, { actions: ['desk:keep-paper'], most: 1 });
    expect(entries[0]!.entry).toMatchObject({ request: one.row.id, kind: 'former', holding });
    const all = await house.db.owner.query<{ entry: string }>('SELECT entry::text AS entry FROM log_entries', []);
    expect(all.length).toBeGreaterThan(10);
    expect(all.filter(({ entry }) => entry.includes('高橋'))).toEqual([]);
  });

  test('granted in part says both, and why the rest was not', async () => {
    const text = (await printed(await corrected('ja', { ...untrue, inquiry: 'partly-untrue' }), 'notice'))!;
    expect(text).toMatch(/𠮷野家の高橋髙橋へ改姓.*一部は事実のため/s);
  });

  test('that cannot say what stood before says nothing', async () => {
    const one = await corrected();
    await house.db.owner.query('UPDATE request_papers SET sealed = NULL, gone_at = now() WHERE id = $1', [
      former(one)[0]!.id,
    ]);
    expect(await printLetter(desk, by, one.row.id, 'notice')).toMatchObject({
      ok: false,
      problem: { kind: 'not-found', says: { ja: '書類は消去されています' } },
    });
  });

  test('is not told any more once the papers are erased on their day', async () => {
    let one = await corrected();
    one = valueOf(await notify(desk, by, one.row.id, seen(one), { on, by: 'post' }));
    expect(await printed(one, 'notice')).toContain('高橋');
    one = valueOf(await deliver(desk, by, one.row.id, seen(one), { on, by: 'post' }));
    one = valueOf(await close(desk, by, one.row.id, seen(one), { on }));
    house.clock.moveTo(`${addMonths(on, 7)}T09:00:00+09:00`);
    while (await eraseNextPapers(house.office)) continue;
    const rows = await house.db.owner.query<{ sealed: unknown }>(
      'SELECT sealed FROM request_papers WHERE request_id = $1',
      [one.row.id],
    );
    expect(rows.map(({ sealed }) => sealed)).toEqual(rows.map(() => null));
    expect(await printed(one, 'notice')).toBeNull();
    house.clock.moveTo(`${on}T09:00:00+09:00`);
  });

  test('an erasure in part keeps nothing of what it erases', async () => {
    const name = `消去 ${String.fromCodePoint(0x4e00 + ++n)}子`;
    await addPerson(house, holding, { name, email: `erase-${n}@example.jp`, note: '消すもの' });
    const part = { reason: 'may-harm', found: 'part', keeping: null } as const;
    const plan = { changes: [{ holding, items: { note: null } }] };
    let one = await decided(await collected('erasure', name), part, plan, '残りは要るため');
    one = valueOf(await carryOut(desk, by, one.row.id, seen(one)));
    expect(one.request.decided?.result).toBe('partly');
    expect(former(one)).toEqual([]);
    expect(await printed(one, 'notice')).toContain('残りは要るため');
  });
});

describe('that a letter has come', () => {
  test.each(['consultation', 'foreign-information', 'purpose-notice'] as const)(
    'is told of a %s, which needs no form, until it is told',
    async (kind) => {
      const one = await registered(kind);
      expect(draftsOf(one)).toContain('acknowledgement');
      expect(lettersFor(one, 'acknowledged')).toEqual(['acknowledgement', 'labels']);
      const text = (await printed(one, 'acknowledgement'))!;
      for (const expected of [
        '令和8年12月7日に届いたお申し出',
        numberOf(one.row),
        receiptCode(house.office, one.row.id),
        '遅くとも令和8年12月21日までに',
        `${house.office.config.publicUrl}/requests/status`,
        '〒104-0000',
      ])
        expect(text).toContain(expected);
      // A requester who must still show who they are learns with which papers.
      expect(text.includes('運転免許証')).toBe(kind !== 'consultation');
      expect(text.includes('基礎年金番号')).toBe(kind !== 'consultation');
      // The policy asks a fee for a disclosure alone.
      expect(text.includes('手数料はかかりません')).toBe(kind !== 'consultation');
    },
  );

  test('says the fee to whoever asks for a disclosure without a form, whom an ordinary letter is difficult for', async () => {
    let one = await registered('disclosure');
    one = valueOf(await ease(desk, by, one.row.id, seen(one), { eased: true }));
    const text = (await printed(one, 'acknowledgement'))!;
    expect([text.includes('手数料は1,000円'), text.includes('手数料はかかりません')]).toEqual([true, false]);
  });

  test('is told where the papers came without a form being sent, and not where one was', async () => {
    const straight = await papers(await registered('erasure', 'en'));
    expect(lettersFor(straight, 'acknowledged')).toEqual(['acknowledgement', 'labels']);
    const text = (await printed(straight, 'acknowledgement'))!;
    expect(text).toContain('by21December2026atthelatest');
    expect(text).not.toContain('Drivinglicence');
    let sent = await registered('erasure');
    expect(draftsOf(sent)).not.toContain('acknowledgement');
    sent = valueOf(await sendForms(desk, by, sent.row.id, seen(sent), { on }));
    sent = await papers(sent);
    expect(nextEvents(sent.request)).not.toContain('acknowledged');
    expect(await printed(sent, 'acknowledgement')).toBeNull();
  });

  test('goes on file with the day it is recorded as told by its letter, once; told without it, nothing does', async () => {
    const one = await registered('purpose-notice');
    const draft = (await printed(one, 'acknowledgement'))!;
    expect(onFile(valueOf(await caseOf(desk, one.row.id)))).toEqual([]);
    const told = valueOf(await acknowledge(desk, by, one.row.id, seen(one), { on, how: 'letter' }));
    expect([onFile(told), told.request.acknowledgedOn, told.row.unacknowledged]).toEqual([
      [['acknowledgement', on]],
      on,
      false,
    ]);
    expect(await printed(told, 'acknowledgement')).toBe(draft);
    expect(nextEvents(told.request)).not.toContain('acknowledged');
    expect(await acknowledge(desk, by, one.row.id, seen(told), { on, how: 'otherwise' })).toMatchObject({
      ok: false,
      problem: { fields: [{ field: 'event', says: says.acknowledged }] },
    });
    const other = await registered('consultation');
    expect(other.row.unacknowledged).toBe(true);
    const said = valueOf(await acknowledge(desk, by, other.row.id, seen(other), { on, how: 'otherwise' }));
    expect([onFile(said), draftsOf(said).includes('acknowledgement'), said.request.acknowledgedOn]).toEqual([
      [],
      false,
      on,
    ]);
    const [last] = await listEntries(house.office.database, { actions: ['desk:acknowledged'], most: 1 });
    expect(last!.entry).toMatchObject({ request: other.row.id, how: 'otherwise' });
  });

  test('is not told where the form that is still to go out says it', async () => {
    const one = await registered('disclosure');
    expect(await acknowledge(desk, by, one.row.id, seen(one), { on, how: 'otherwise' })).toMatchObject({
      ok: false,
      problem: { fields: [{ field: 'event', says: says.formFirst }] },
    });
  });

  test('asks nobody for papers who is told after it was decided that they may not ask', async () => {
    let one = await registered('purpose-notice');
    one = valueOf(await dismiss(desk, by, one.row.id, seen(one), { on, ground: 'deceased', reason: '' }));
    const text = (await printed(one, 'acknowledgement'))!;
    expect([text.includes(numberOf(one.row)), text.includes('運転免許証')]).toEqual([true, false]);
  });

  test('is done by the answer, if that goes out first', async () => {
    const one = await decided(await registered('consultation'), {});
    expect(draftsOf(one)).toContain('acknowledgement');
    const sent = await answered(desk, by, one);
    expect([sent.request.acknowledgedOn, draftsOf(sent), await printed(sent, 'acknowledgement')]).toEqual([
      on,
      [],
      null,
    ]);
  });
});

test('what a request without a form lacks is told too', async () => {
  let one = await papers(await registered('foreign-information'), 0, 'none');
  one = valueOf(await tellShort(desk, by, one.row.id, seen(one), { on, lacks: ['identity'] }));
  expect(lettersFor(one, 'papers-received')).toEqual(['lacks', 'labels']);
  expect(await printed(one, 'lacks')).toContain('本人を確認する書類');
});

describe('a fee that goes back', () => {
  test('is told before it is recorded and after, with how much and why', async () => {
    const one = await papers(await registered('erasure'), 1000);
    expect(lettersFor(one, 'refunded')).toEqual(['refund', 'labels']);
    const text = (await printed(one, 'refund'))!;
    expect(text).toContain('1,000円をお返しします');
    expect(text).toContain('このご請求に手数料はかからないためです。');
    expect(text).toContain('1,000円を、この手紙に同封しました');
    const back = valueOf(await refund(desk, by, one.row.id, seen(one), { on, yen: 1000 }));
    expect(await printed(back, 'refund')).toBe(text);
    expect(lettersFor(back, 'refunded')).toEqual(['refund', 'labels']);
  });

  test('that was too much names the fee and what came; a part of it is told as that part', async () => {
    let one = await papers(await registered('disclosure', 'en'), 1500);
    expect(await printed(one, 'refund')).toContain('Thefeeis¥1,000(taxincluded),and¥1,500reachedus.');
    one = valueOf(await refund(desk, by, one.row.id, seen(one), { on, yen: 200 }));
    expect(await printed(one, 'refund')).toContain('wereturn¥300.');
    one = valueOf(await refund(desk, by, one.row.id, seen(one), { on, yen: 300 }));
    expect(await printed(one, 'refund')).toContain('wereturn¥300.');
  });

  test('that was due is told as not kept', async () => {
    const one = await papers(await registered('disclosure'), 1000);
    expect(await printed(one, 'refund')).toBeNull();
    const back = valueOf(await refund(desk, by, one.row.id, seen(one), { on, yen: 1000 }));
    expect(await printed(back, 'refund')).toContain('手数料をいただかないことにしたためです。');
  });
});

describe('a letter on file', () => {
  const later = '2026-12-10T09:00:00+09:00';
  const bytes = async (one: Case, name: LetterName): Promise<Buffer> =>
    Buffer.from(valueOf(await printLetter(desk, by, one.row.id, name)).bytes);
  afterEach(() => {
    house.clock.moveTo(`${on}T09:00:00+09:00`);
  });

  /** Changes a sentence of every letter, and the day. */
  async function goOn(): Promise<void> {
    house.clock.moveTo(later);
    const { version, texts } = await currentTexts(house.office);
    const closing = { ja: `敬具 ${version}`, en: `Yours ${version}` };
    valueOf(
      await writeTexts(house.office, by, {
        seen: version,
        texts: { ...texts, frame: { ...texts.frame, closing } },
        note: '',
      }),
    );
  }

  test('is the one that was sent, to the byte, whatever was written since; before that it is a draft of the day', async () => {
    let one = await registered('disclosure');
    house.clock.moveTo('2026-12-08T09:00:00+09:00');
    expect(await printed(one, 'cover')).toContain('令和8年12月8日');
    expect(onFile(one)).toEqual([]);
    one = valueOf(await sendForms(desk, by, one.row.id, seen(one), { on: day('2026-12-08') }));
    const sent = await bytes(one, 'cover');
    await goOn();
    expect(await bytes(one, 'cover')).toEqual(sent);
    expect([await wordsOf(sent), draftsOf(one)]).toEqual([
      expect.stringContaining('令和8年12月8日'),
      expect.not.arrayContaining(['cover', 'form']),
    ]);
    expect(onFile(one)).toEqual([
      ['cover', '2026-12-08'],
      ['form', '2026-12-08'],
    ]);
    const { id } = copiesOf(one)[0]!;
    const kept = await house.db.owner.query<{ sealed: Buffer }>('SELECT sealed FROM request_papers WHERE id = $1', [
      id,
    ]);
    expect(kept[0]!.sealed.includes('template')).toBe(false);
    const [log] = await listEntries(house.db.app, { actions: ['desk:open-paper'], most: 1 });
    expect(log!.entry).toMatchObject({ request: one.row.id, paper: id, kind: 'copy' });
  });

  test('says of the person what was true then: what the vault holds later is not in it', async () => {
    const name = `控え ${String.fromCodePoint(0x4e00 + ++n)}子`;
    const { principal } = await addPerson(house, holding, { name, email: `file-${n}@example.jp`, note: '前の内容' });
    let one = await papers(await registered('disclosure'), 1000);
    const { id } = one.row;
    one = await reviewed(desk, by, await collectedFor(desk, by, one, name));
    one = await decided(one, { existenceHarms: false, otherLaw: false, methodDifficult: false });
    one = valueOf(await notify(desk, by, id, seen(one), { on, by: 'post' }));
    const [notice, disclosed] = [await bytes(one, 'notice'), await bytes(one, 'disclosed')];
    const ask = { principal, holding, items: { note: '後の内容' }, ground: 'request' } as const;
    valueOf(await correct(house.office, by, ask));
    await goOn();
    expect(await bytes(one, 'notice')).toEqual(notice);
    expect(await bytes(one, 'disclosed')).toEqual(disclosed);
    expect(await wordsOf(disclosed)).toMatch(/令和8年12月7日現在.*前の内容/);
    // The same paper goes into the envelope.
    expect(lettersFor(one, 'delivered')).toEqual(['notice', 'disclosed', 'receipt', 'labels']);
    one = valueOf(await deliver(desk, by, id, seen(one), { on: day('2026-12-10'), by: 'post' }));
    one = valueOf(await close(desk, by, id, seen(one), { on: day('2026-12-10') }));
    expect(onFile(one)).toEqual([
      ['notice', on],
      ['disclosed', on],
    ]);
    expect(draftsOf(one)).toEqual(['receipt']);
    house.clock.moveTo(`${addMonths(day('2026-12-10'), 6)}T09:00:00+09:00`);
    while (await eraseNextPapers(house.office)) continue;
    const rows = await house.db.owner.query<{ n: number }>(
      "SELECT count(*)::int AS n FROM request_papers WHERE request_id = $1 AND kind = 'copy' AND sealed IS NOT NULL",
      [id],
    );
    expect([rows[0]!.n, await printed(one, 'notice')]).toEqual([0, null]);
  });

  test('that lies ready goes to where the person is, once a slip in that is put right; what was posted stays as it was', async () => {
    const name = `宛先 ${String.fromCodePoint(0x4e00 + ++n)}子`;
    await addPerson(house, holding, { name, email: `to-${n}@example.jp`, note: '控え' });
    let one = await collectedFor(desk, by, await papers(await registered('disclosure'), 1000), name);
    const { id } = one.row;
    one = await decided(await reviewed(desk, by, one), disclosing);
    one = valueOf(await notify(desk, by, id, seen(one), { on, by: 'post' }));
    const ready = (await printed(one, 'notice'))!;
    expect(ready).toMatch(/^〒104-0000東京都中央区例示町9-9差出\d+様/);
    const right = { name: '正 宛子', address: '〒104-0001 東京都中央区見本町1-1' };
    house.clock.moveTo(later);
    one = valueOf(await amend(desk, by, id, seen(one), { sender: right }));
    const notice = (await printed(one, 'notice'))!;
    expect(notice).toMatch(/^〒104-0001東京都中央区見本町1-1正宛子様/);
    expect(notice).not.toMatch(/例示町9-9|差出/);
    expect(notice).toContain('令和8年12月7日');
    expect((await printed(one, 'disclosed'))!).toMatch(/^正宛子様/);
    // What lay ready before was never sent, and is gone.
    expect(onFile(one).map(([file]) => file)).toEqual(['notice', 'disclosed']);
    one = valueOf(await deliver(desk, by, id, seen(one), { on: day('2026-12-10'), by: 'post' }));
    const sent = await bytes(one, 'notice');
    one = valueOf(await amend(desk, by, id, seen(one), { sender: { address: '〒104-0002 東京都中央区後日町1' } }));
    expect(await bytes(one, 'notice')).toEqual(sent);
  });

  test('about what was missing stays when it has come, and the next one stands beside it', async () => {
    let one = await papers(await registered('disclosure'));
    one = valueOf(await tellShort(desk, by, one.row.id, seen(one), { on, lacks: ['fee', 'identity'] }));
    const first = await bytes(one, 'lacks');
    await goOn();
    one = await papers(one, 500);
    expect(await bytes(one, 'lacks')).toEqual(first);
    one = valueOf(await tellShort(desk, by, one.row.id, seen(one), { on: day('2026-12-10'), lacks: ['fee'] }));
    expect(await printed(one, 'lacks')).toContain('500円');
    expect(onFile(one)).toEqual([
      ['lacks', on],
      ['lacks', '2026-12-10'],
    ]);
  });

  test('that asked for the form is written anew without it where an ordinary letter turns out to be difficult', async () => {
    let one = await papers(await registered('disclosure'), 500, 'none');
    one = valueOf(await tellShort(desk, by, one.row.id, seen(one), { on, lacks: ['form', 'fee'] }));
    expect(await printed(one, 'lacks')).toMatch(/用紙.*500円/);
    house.clock.moveTo(later);
    one = valueOf(await ease(desk, by, one.row.id, seen(one), { eased: true }));
    expect(onFile(one)).toEqual([
      ['lacks', on],
      ['lacks', '2026-12-10'],
    ]);
    const anew = await printed(one, 'lacks');
    expect([anew!.includes('500円'), anew!.includes('所定の用紙')]).toEqual([true, false]);
    expect([draftsOf(one).includes('form'), lettersFor(one, 'papers-received')]).toEqual([false, ['lacks', 'labels']]);
    // When only the form was missing, nothing is waited for; when it was not asked for, no letter is written.
    let alone = await papers(await registered('disclosure'), 1000, 'none');
    alone = valueOf(await tellShort(desk, by, alone.row.id, seen(alone), { on: day('2026-12-10'), lacks: ['form'] }));
    alone = valueOf(await ease(desk, by, alone.row.id, seen(alone), { eased: true }));
    expect([alone.request.lacks, onFile(alone)]).toEqual([[], [['lacks', '2026-12-10']]]);
    let fee = await papers(await registered('disclosure'), 500);
    fee = valueOf(await tellShort(desk, by, fee.row.id, seen(fee), { on: day('2026-12-10'), lacks: ['fee'] }));
    fee = valueOf(await ease(desk, by, fee.row.id, seen(fee), { eased: true }));
    expect(onFile(fee)).toEqual([['lacks', '2026-12-10']]);
  });

  test('of a refund says what went back with it', async () => {
    let one = await papers(await registered('disclosure'), 1500);
    expect(draftsOf(one)).toContain('refund');
    one = valueOf(await refund(desk, by, one.row.id, seen(one), { on, yen: 200 }));
    one = valueOf(await refund(desk, by, one.row.id, seen(one), { on, yen: 300 }));
    const texts = await Promise.all(
      copiesOf(one).map(async (copy) => wordsOf(valueOf(await readCopy(desk, by, one, copy)).bytes)),
    );
    expect(texts.map((text) => /うち、(\d+円)をお返しします/.exec(text)?.[1])).toEqual(['200円', '300円']);
    expect(draftsOf(one)).not.toContain('refund');
  });

  test('and an extension is told with the day and the reason of its own', async () => {
    let one = await registered('disclosure');
    const reason = '保管場所が遠いため';
    one = valueOf(await extend(desk, by, one.row.id, seen(one), { on, until: day('2027-01-08'), reason }));
    const first = await bytes(one, 'extension');
    await goOn();
    expect(await wordsOf(await bytes(one, 'extension'))).toMatch(/令和9年1月8日.*保管場所が遠いため/);
    expect(await bytes(one, 'extension')).toEqual(first);
    // The second letter refers to the day that the first one named.
    const on2 = house.office.clock.today();
    one = valueOf(await extend(desk, by, one.row.id, seen(one), { on: on2, until: day('2027-02-05'), reason }));
    expect(await wordsOf(await bytes(one, 'extension'))).toContain(
      '令和9年1月8日までにお答えする予定でしたが、令和9年2月5日まで',
    );
  });

  test('and a fee that is not kept after what was too much went back says that, and not that too much came', async () => {
    let one = await papers(await registered('disclosure'), 1500);
    one = valueOf(await refund(desk, by, one.row.id, seen(one), { on, yen: 500 }));
    expect(await wordsOf(await bytes(one, 'refund'))).toContain('手数料は1,000円（税込）ですが、1,500円が届いたため');
    one = valueOf(await refund(desk, by, one.row.id, seen(one), { on, yen: 1000 }));
    expect(await wordsOf(await bytes(one, 'refund'))).toContain('手数料をいただかないことにしたため');
  });

  test('that is a receipt is given once; printed again it says so, of the first day and number', async () => {
    let one = await papers(await registered('disclosure'), 400);
    // There is no receipt for a fee that is not paid in full.
    expect(await printed(one, 'receipt')).toBeNull();
    one = valueOf(await tellShort(desk, by, one.row.id, seen(one), { on, lacks: ['fee'] }));
    one = await papers(one, 600);
    const both = await Promise.all([bytes(one, 'receipt'), bytes(one, 'receipt')].map(async (of) => wordsOf(await of)));
    expect(both.map((text) => text.includes('再発行')).toSorted()).toEqual([false, true]);
    await goOn();
    const again = (await printed(one, 'receipt'))!;
    const [first] = both.filter((text) => !text.includes('再発行'));
    expect(again.replace('再発行', '')).toBe(first);
    expect(again).toMatch(/番号R-2026-\d+-1令和8年12月7日/);
    expect(await readCopies(one, 'receipt')).toEqual([again]);
  });

  const readCopies = async (one: Case, name: LetterName): Promise<string[]> => {
    const now = valueOf(await caseOf(desk, one.row.id));
    const all = copiesOf(now).filter(({ about }) => about === name);
    return Promise.all(all.map(async (copy) => wordsOf(valueOf(await readCopy(desk, by, now, copy)).bytes)));
  };

  test('that letters of another system were sent instead makes none of ours', async () => {
    let one = await decided(await registered('consultation'), {});
    const sent = [{ document: 'answer', text: 'ほかのシステムの手紙' }] as const;
    one = valueOf(await notify(desk, by, one.row.id, seen(one), { on, by: 'post', sent }));
    expect(onFile(one)).toEqual([]);
  });

  test('a step that may not be taken makes none, and one that is taken twice makes one', async () => {
    let one = await registered('disclosure');
    const made = async (): Promise<number> =>
      (await listEntries(house.db.app, { actions: ['desk:open-paper'], most: 500 })).length;
    const before = await made();
    expect((await sendForms(desk, by, one.row.id, { seen: 5 }, { on })).ok).toBe(false);
    expect((await sendForms(desk, by, one.row.id, seen(one), { on: day('2026-12-01') })).ok).toBe(false);
    expect(await made()).toBe(before);
    const step = { ...seen(one), attempt: 'send-once' };
    valueOf(await sendForms(desk, by, one.row.id, step, { on }));
    one = valueOf(await sendForms(desk, by, one.row.id, step, { on }));
    expect(onFile(one).map(([name]) => name)).toEqual(['cover', 'form']);
  });
});

describe('an answer for an agent', () => {
  const agent = { name: '代理 公一', address: '〒104-0000 東京都中央区例示町3-2-1', email: '', principal: '' };
  const acting = {
    on,
    ...askedThemselves,
    requester: 'mandated-agent',
    authority: ['power-of-attorney'],
  } as const;

  test('goes to the agent and names the person, who may be who wrote or not', async () => {
    for (const [principal, person] of [
      ['', null],
      ['本人 花子', '本人 花子'],
    ] as const) {
      let one = await papers(await registered('erasure'), 1000);
      const { id } = one.row;
      const wrote = `差出 ${n}`;
      expect(await printed(one, 'refund')).toContain(`${wrote}様`.replace(' ', ''));
      one = valueOf(await identify(desk, by, id, seen(one), { ...acting, agent: { ...agent, principal } }));
      one = valueOf(await refund(desk, by, id, seen(one), { on, yen: 1000 }));
      const text = (await printed(one, 'refund'))!;
      expect(text).toMatch(/^〒104-0000東京都中央区例示町3-2-1代理公一様/);
      expect(text).toContain(`ご本人${(person ?? wrote).replace(' ', '')}様`);
    }
  });

  test('goes to where the agent is, once a slip in that is put right', async () => {
    const moved = '〒104-0001 東京都中央区見本町1-1';
    const wrote = async (): Promise<Agent> => ({ ...agent, name: `差出 ${n}`, principal: '本人 花子', address: SENT });
    for (const [of, ask, goes] of [
      // The sender is the agent: a correction of one corrects the other.
      [wrote, { sender: { address: moved } }, /^〒104-0001東京都中央区見本町1-1差出\d+様/],
      [() => Promise.resolve(agent), { sender: { address: moved } }, /^〒104-0000東京都中央区例示町3-2-1代理公一様/],
      [
        () => Promise.resolve(agent),
        { sender: {}, agent: { name: '代理 公二', address: moved } },
        /^〒104-0001東京都中央区見本町1-1代理公二様/,
      ],
    ] as const) {
      let one = await papers(await registered('erasure'), 1000);
      one = valueOf(await identify(desk, by, one.row.id, seen(one), { ...acting, agent: await of() }));
      one = valueOf(await amend(desk, by, one.row.id, seen(one), ask));
      one = valueOf(await refund(desk, by, one.row.id, seen(one), { on, yen: 1000 }));
      expect(await printed(one, 'refund')).toMatch(goes);
    }
    const none = await papers(await registered('erasure'));
    const refused = await amend(desk, by, none.row.id, seen(none), { sender: {}, agent: { address: moved } });
    expect(refused).toMatchObject({ ok: false, problem: { fields: [{ field: 'agent.name' }] } });
  });

  test('is sealed like the sender, and erased with the papers', async () => {
    let one = await papers(await registered('erasure'));
    one = valueOf(await identify(desk, by, one.row.id, seen(one), { ...acting, agent }));
    const [paper] = one.papers.filter(({ kind }) => kind === 'agent');
    expect(JSON.parse(valueOf(await readPaper(desk, by, one.row.id, paper!.id)))).toEqual(agent);
    const logged = await house.db.owner.query<{ entry: string }>('SELECT entry::text AS entry FROM log_entries', []);
    const events = await house.db.owner.query<{ data: string }>('SELECT data::text AS data FROM request_events', []);
    expect([...logged, ...events].filter((row) => JSON.stringify(row).includes('公一'))).toEqual([]);
  });

  test('is asked for: who it is, where they are, and whom they act for where they wrote themselves', async () => {
    const one = await papers(await registered('erasure'));
    const fieldsOf = async (of: typeof agent | null, requester: 'principal' | 'mandated-agent' = 'mandated-agent') => {
      const asked = requester === 'principal' ? { on, ...askedThemselves } : acting;
      const made = await identify(desk, by, one.row.id, seen(one), { ...asked, agent: of });
      return made.ok || made.problem.kind !== 'invalid' ? made : made.problem.fields.map(({ field }) => field);
    };
    expect(await fieldsOf(null)).toEqual(['agent.name', 'agent.address']);
    expect(await fieldsOf({ ...agent, address: ' ' })).toEqual(['agent.address']);
    expect(await fieldsOf({ ...agent, name: `差出　${n}` })).toEqual(['agent.principal']);
    expect(await fieldsOf(agent, 'principal')).toEqual(['agent.name']);
  });
});

describe('the notice', () => {
  const person = async (): Promise<string> => {
    const name = `通知 ${String.fromCodePoint(0x4e00 + ++n)}子`;
    await addPerson(house, holding, { name, email: `notice-${n}@example.jp`, note: '控え' });
    return name;
  };
  const grounds = { reason: 'may-harm', found: 'all' } as const;
  const noticed = async (one: Case): Promise<string> =>
    (await printed(valueOf(await carryOut(desk, by, one.row.id, seen(one))), 'notice'))!;

  test('of an erasure names the holding, its items in the order of the ledger, and the day', async () => {
    const one = await decided(await collected('erasure', await person()), { ...grounds, keeping: null });
    expect(await noticed(one)).toContain(
      '1消去したもの・「メールマガジンの読者」の氏名、メールアドレス、備考（令和8年12月7日）',
    );
  });

  test('of an erasure in part names what was taken out alone', async () => {
    const plan = { changes: [{ holding, items: { note: null } }] };
    const facts = { reason: 'may-harm', found: 'part', keeping: null } as const;
    const one = await decided(await collected('erasure', await person()), facts, plan, '残りは要るため');
    expect(await noticed(one)).toContain('1消去したもの・「メールマガジンの読者」の備考（令和8年12月7日）');
  });

  test('of a stop names the ledger and from which day, and of a stop in part the purposes', async () => {
    const all = await decided(await collected('stop-use', await person()), grounds);
    expect(await noticed(all)).toContain('1利用をやめた台帳・メールマガジンの読者（令和8年12月7日から）');
    const part = await decided(
      await collected('stop-use', await person()),
      { ...grounds, found: 'part' },
      { purposes: ['P3'] },
      '残りは要るため',
    );
    expect(await noticed(part)).toMatch(/1やめた利用目的・.+（令和8年12月7日から）2理由/);
  });

  const reviewing = async (ask: Partial<Record<string, Partial<ReviewAsk>>>): Promise<Case> => {
    const name = `項目 ${String.fromCodePoint(0x4e00 + ++n)}子`;
    await addPerson(house, holding, { name, email: `item-${n}@example.jp`, phone: '03-0000-0000', note: '控え' });
    let one = await collectedFor(desk, by, await papers(await registered('disclosure'), 1000), name);
    for (const item of ['note', 'phone', 'email', 'name']) {
      const shown = {
        holding,
        item,
        decision: 'disclose',
        ground: null,
        reason: '',
        redacted: '',
        ...ask[item],
      } as const;
      one = valueOf(await review(desk, by, one.row.id, seen(one), shown));
    }
    return one;
  };

  test('of a disclosure says a reason once, and of what is redacted that it is a part', async () => {
    const held = { decision: 'withhold', ground: 'impedes', reason: '評価の記録のため' } as const;
    const part = { decision: 'redact', ground: 'violates', reason: '法令の定めのため', redacted: '03-■■■■' } as const;
    let one = await reviewing({ note: held, email: held, phone: part });
    one = await decided(
      one,
      { existenceHarms: false, otherLaw: false, methodDifficult: false },
      {},
      '法令の定めのため',
    );
    const text = (await printed(one, 'notice'))!;
    expect(text).toMatch(/読者メールアドレス.+読者電話番号（一部）.+読者備考/);
    expect(text).toContain('2理由法令の定めのためメールアドレス、備考：評価の記録のため3');
    const sheet = (await printed(one, 'disclosed'))!;
    expect(sheet).toMatch(/氏名項目.+メールアドレス開示しません.+電話番号03-備考開示しません/);
    expect(sheet).toContain('黒く塗った部分を開示しない理由：開示するとほかの法令に違反するため');
    expect(sheet).not.toContain('ほかの方の情報');
  });

  test('and a refund of everything says so', async () => {
    const one = await papers(await registered('erasure'), 1000);
    const back = valueOf(await refund(desk, by, one.row.id, seen(one), { on, yen: 1000 }));
    expect(await printed(back, 'refund')).toContain('手数料としてお預かりした1,000円をお返しします');
  });
});

test('records that are disclosed say day and time as the house has them', async () => {
  const name = `記録 ${String.fromCodePoint(0x4e00 + ++n)}子`;
  const { principal } = await addPerson(house, holding, { name, email: `record-${n}@example.jp` });
  await house.db.owner.query(
    `WITH p AS (
       INSERT INTO provisions (id, at, by_actor, holding_id, purpose, items, relation, recipient, facts, finding, law_version,
         policy_version, people)
       VALUES (gen_random_uuid(), '2026-11-04T10:32:00+09:00', 'sekisho', $1, 'P3', '{email}', 'third-party', '{}', '{}', '{}',
         '2026-11-01', 1, 1) RETURNING id),
     w AS (INSERT INTO provision_people (principal_id, provision_id, entry_id) SELECT $2, id, id FROM p RETURNING provision_id)
     INSERT INTO provision_records (provision_id, made_on, mode, consent_obtained, provided_on, recipient_name, recipient_address,
       recipient_representative, items, keep_until)
     SELECT provision_id, '2026-11-04', 'each', true, NULL, '例示配送株式会社', '東京都', NULL, '{email}', '2029-11-04' FROM w`,
    [holding, principal],
  );
  let one = await collectedFor(desk, by, await papers(await registered('record-disclosure'), 1000), name);
  one = await decided(one, { existenceHarms: false, otherLaw: false, methodDifficult: false });
  const text = (await printed(one, 'disclosed'))!;
  expect(text).toContain('令和8年11月4日10:32例示配送株式会社');
  expect(text).toMatch(
    /第三者提供記録の開示書令和8年12月7日現在、.+が保存している、ご本人の個人情報を第三者に提供した記録/,
  );
  expect(text).not.toMatch(/記録なし|保有している/);
  expect(await printed(one, 'notice')).toContain('「第三者提供記録の開示書」を同封します');
});

describe('a letter names no day that is over', () => {
  const at = (days: number) => addDays(on, days);
  const goTo = (days: number): void => house.clock.moveTo(`${at(days)}T10:00:00+09:00`);
  afterEach(() => goTo(0));

  /** A request whose form and fee are missing, as the person was told. */
  async function lacking(): Promise<Case> {
    const one = await papers(await registered('disclosure'), 500, 'none');
    return valueOf(await tellShort(desk, by, one.row.id, seen(one), { on, lacks: ['form', 'fee'] }));
  }

  test.each([20, 40])(
    'about what is missing, written anew after %i days where an ordinary letter is difficult',
    async (days) => {
      let one = await lacking();
      expect(await printed(one, 'lacks')).toMatch(/令和8年12月21日.*令和9年1月4日/);
      goTo(days);
      if (days === 40)
        one = valueOf(await dismiss(desk, by, one.row.id, seen(one), { on: at(days), ground: 'lacking', reason: '' }));
      one = valueOf(await ease(desk, by, one.row.id, seen(one), { eased: true }));
      const text = (await printed(one, 'lacks'))!;
      for (const over of ['令和8年12月21日', '令和9年1月4日']) expect(text).not.toContain(over);
      for (const day of [14, 28]) expect(text).toContain(eraDay(at(days + day)));
      expect(one.request).toMatchObject({ decided: null, lacks: ['fee'], waitsUntil: at(days + 28), shortOn: on });
      // It cannot be dismissed for that before.
      goTo(days + 28);
      const again = { on: at(days + 28), ground: 'lacking', reason: '' } as const;
      expect(await dismiss(desk, by, one.row.id, seen(one), again)).toMatchObject({ ok: false });
    },
  );

  test('nor does one that no letter is written for wait any longer', async () => {
    let one = await papers(await registered('disclosure'), 500);
    one = valueOf(await tellShort(desk, by, one.row.id, seen(one), { on, lacks: ['fee'] }));
    goTo(20);
    one = valueOf(await ease(desk, by, one.row.id, seen(one), { eased: true }));
    expect(one.request.waitsUntil).toBe(at(28));
  });

  test('that says when the answer comes: the cover letter and the acknowledgement', async () => {
    const [form, none] = [await registered('disclosure'), await registered('purpose-notice')];
    goTo(14);
    expect([
      await printed(form, 'cover'),
      (await printed(none, 'acknowledgement'))!.includes('できるだけ早く'),
    ]).toEqual([expect.stringContaining('令和8年12月21日までに'), false]);
    const late = await registered('purpose-notice');
    goTo(15);
    for (const [one, name] of [
      [form, 'cover'],
      [late, 'acknowledgement'],
    ] as const) {
      const text = (await printed(one, name))!;
      expect([text.includes('12月21日'), text.includes('できるだけ早くお送りし、')]).toEqual([false, true]);
    }
    const sent = valueOf(await sendForms(desk, by, form.row.id, seen(form), { on: at(15) }));
    expect(await printed(sent, 'cover')).not.toContain('12月21日');
  });

  test('to which an answer is put off', async () => {
    const one = await registered('disclosure');
    goTo(20);
    const putOff = (until: number) =>
      extend(desk, by, one.row.id, seen(one), { on: at(20), until: at(until), reason: '調べているため' });
    for (const over of [18, 20])
      expect(await putOff(over)).toMatchObject({
        ok: false,
        problem: { fields: [{ field: 'until', says: says.untilOver }] },
      });
    valueOf(await putOff(21));
  });
});
