// The pages of provision behind the real gate: what the registers know is shown and never asked for, a package's page tells who goes and who falls
// out, every step may be pressed twice, and a refusal shows its finding.

import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestOffice, type TestOffice, type Visitor } from '../../../tests/office.ts';
import {
  addConsent,
  addConsentText,
  addHolding,
  addPerson,
  addRecipient,
  entrusted,
  officerOf,
  openTestCheckpoint,
  valueOf,
} from '../../../tests/people.ts';
import { flipped, tampered } from '../../../tests/tamper.ts';
import { addDays, type Day } from '../../base/day.ts';
import { newId } from '../../base/id.ts';
import { parameters } from '../../law/index.ts';
import { listEntries } from '../../log/index.ts';
import { readCsv } from '../../platform/sheet.ts';
import { giverWords } from '../checkpoint/index.ts';
import { eraseAll } from '../checkpoint/index.ts';
import { withdrawConsent } from '../consent/actions/consents.ts';
import { publishNotice, registerJointUse } from '../joint-use/actions.ts';
import { changeRecipient, stopRecipient } from '../recipients/actions/recipient.ts';
import { dossierOf, listRecipients } from '../recipients/actions/read.ts';
import { contentOf } from '../recipients/facts/read.ts';
import { packageOf, packages } from './actions/packages.ts';
import { keepProviding, prepareNext } from './actions/prepare.ts';
import { packageCatalogue } from './pages/packages.tsx';
import { provisionRoutes } from './routes.ts';
import { countProvisions } from './store/counts.ts';

const items = ['name', 'company', 'email'];

let house: TestOffice;
let closeCheckpoint: () => Promise<void>;
let desk: Visitor;
let officer: Visitor;
let english: Visitor;
let today: Day;
let holding: string;
/** The recipients: a third party, an entrusted party, one that is both and has no key, one that is stopped, one for joint use only. */
let kyodo: string;
let printer: string;
let carrier: string;
let stopped: string;
let group: string;
/** Sato, Suzuki and Takahashi consented, Takahashi withdrew; Tanaka and Ito did not consent. */
let people: string[];
/** Has consented, and no test provides their information. */
let sato: string;
let tanaka: string;
let text: { code: string; version: number };

const by = () => ({ actor: officerOf(house), authority: ['officer-all-work'] });

beforeAll(async () => {
  house = await openTestOffice((office, access) => provisionRoutes({ office, access }));
  closeCheckpoint = await openTestCheckpoint(house);
  desk = await house.visitor('desk');
  officer = await house.visitor('officer');
  english = await house.visitor('officer', 'en');
  today = house.office.clock.today();
});
afterAll(async () => {
  await closeCheckpoint();
  await house.close();
});

const textOf = async (response: Response, status = 200): Promise<string> => {
  const html = await response.text();
  expect([response.status, status === response.status ? '' : html.slice(0, 2_000)]).toEqual([status, '']);
  return html;
};

/** The names of the controls that can be filled in. */
const fieldsOf = (html: string): string[] => [
  ...new Set(
    [...html.slice(html.indexOf('<main')).matchAll(/<(?:input|select|textarea)\b([^>]*)/g)].flatMap(([, of]) =>
      /type="hidden"/.test(of!) ? [] : (/name="([^"]+)"/.exec(of!)?.[1] ?? []),
    ),
  ),
];

const textIn = (html: string): string =>
  html
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

/** A page's text without markup. */
const plain = (html: string): string => textIn(html.slice(html.indexOf('<main')));

/** The value of a named field in a page's form. */
const hidden = (html: string, name: string): string => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)![1]!;

test('where nothing is registered, the first steps say what comes before', async () => {
  const none = await textOf(await officer.get('/packages'));
  expect(none).toContain('提供ファイルはまだありません');
  expect(none).toContain('href="/packages/new"');
  expect(await textOf(await officer.get('/packages/new'))).toContain('使用中の台帳がありません');
  expect((await officer.get('/provisions/new')).headers.get('location')).toBe('/people');
});

describe('with registers', () => {
  beforeAll(async () => {
    const publicKey = await identityToRecipient(await generateX25519Identity());
    holding = await addHolding(house);
    kyodo = await addRecipient(house, { publicKey });
    printer = await addRecipient(
      house,
      { name: '株式会社みなと印刷', relations: ['entrustment'], publicKey },
      entrusted,
    );
    carrier = await addRecipient(house, { name: '株式会社例示配送', relations: ['third-party', 'entrustment'] });
    stopped = await addRecipient(house, { name: '株式会社架空企画', publicKey });
    valueOf(await stopRecipient(house.office, by(), { id: stopped, version: 1, reason: '再調査が終わるまで渡さない' }));
    group = await addRecipient(house, { name: '例示ホールディングス株式会社', relations: ['joint-use'] });
    text = await addConsentText(house, { holding, recipients: [kyodo], items });
    people = [];
    for (const name of ['佐藤 𠮷子', '鈴木 一', '高橋 花', '田中 次郎', '伊藤 三郎']) {
      const email = `person-${people.length}@example.jp`;
      people.push((await addPerson(house, holding, { name, email, company: '株式会社みなと印刷' })).principal);
    }
    [sato, , , tanaka] = people as [string, string, string, string];
    for (const principal of people.slice(0, 3)) {
      const consent = await addConsent(house, principal, text, addDays(today, -10));
      if (principal === people[2]) {
        valueOf(await withdrawConsent(house.office, by(), consent, { on: addDays(today, -1), evidence: null }));
      }
    }
  });

  const giving = (principal: string, recipient = '', more = '') =>
    `/provisions/new?principal=${principal}&holding=${holding}${recipient && `&recipient=${recipient}`}${more}`;

  /** Sends the form of one person as the page has it. */
  const ask = async (visitor: Visitor, at: string, more: Record<string, string | string[]> = {}, status = 200) => {
    const html = await textOf(await visitor.get(at));
    const sent = Object.fromEntries(
      ['holding', 'principal', 'attempt', 'recipient', 'jointUse'].map((name) => [name, hidden(html, name)]),
    );
    return textOf(await visitor.post('/provisions/new', { ...sent, items, purpose: 'P3', ...more }, at), status);
  };

  describe('one person', () => {
    test('a recipient is chosen from the register; the stopped are shown with the reason and cannot be chosen', async () => {
      const html = await textOf(await desk.get(giving(sato)));
      const radio = (value: string) => new RegExp(`<input type="radio"[^>]*value="${value}"[^>]*>`).exec(html)![0];
      expect(radio(kyodo)).not.toContain('disabled');
      expect(radio('inside')).not.toContain('disabled');
      expect(radio(stopped)).toContain('disabled');
      expect(html).toContain('再調査が終わるまで渡さない');
      expect(html).not.toContain('href="/recipients/new"');
      expect(await textOf(await officer.get(giving(sato)))).toContain('href="/recipients/new"');
    });

    test.each([
      ['nobody was chosen', '', '&recipient=&step=facts', '渡す相手を選んでください'],
      ['it was stopped', () => stopped, '', 'この相手への提供は止められています'],
      ['it is not there', () => newId(0), '', 'この提供先はありません'],
      ['it only shares jointly', () => group, '', 'どの共同利用かを選んでください'],
    ])('a choice that cannot be is named at its field: %s', async (_, recipient, more, says) => {
      const of = typeof recipient === 'string' ? recipient : recipient();
      const html = await textOf(await officer.get(giving(sato, of, more)), 422);
      expect(html).toContain(`＊${says}`);
      expect(html).toContain('aria-labelledby="errsum-h"');
    });

    test('what the registers know is shown and is no field', async () => {
      const html = await textOf(await desk.get(giving(sato, kyodo)));
      // Only one relation is registered, so that is not asked either.
      expect(fieldsOf(html).filter((name) => !name.startsWith('exception') && !name.startsWith('optOut'))).toEqual(
        expect.arrayContaining(['items', 'purpose']),
      );
      const known = /^(relation|recipient|consent|foreignInformation|entrustment|equivalentSystem|cloud|jointUse)/;
      expect(fieldsOf(html).filter((name) => known.test(name))).toEqual([]);
      expect(plain(html)).toContain('株式会社共同企画 国 日本 関係 第三者');
      expect(plain(html)).toContain('項目と目的を選ぶと、ここに表示します');
    });

    test('both steps say whose information it is, so that two tabs are told apart', async () => {
      for (const person of people.slice(0, 2))
        for (const at of [giving(person), giving(person, kyodo)])
          expect(plain(await textOf(await desk.get(at)))).toContain(`本人 ${person.slice(-8)}`);
    });

    test('before items and purpose are chosen, the consent is asked of nobody', async () => {
      const html = await ask(desk, giving(sato, kyodo), { items: [], purpose: '' });
      expect(plain(html)).toContain('まだ答えられません');
      expect(html).not.toContain('同意があるか');
      expect(fieldsOf(html)).toEqual(expect.arrayContaining(['items', 'purpose']));
    });

    test('with a consent it is a yes; provided it has its record, and pressed twice it was provided once', async () => {
      const before = await countProvisions(house.office.database, parameters);
      const html = await ask(desk, giving(people[1]!, kyodo));
      expect(plain(html)).toMatch(/本人の同意 2026年11月27日 「共催者への提供」第1版/);
      expect(plain(html)).toContain('可 渡してよい');
      const sent = {
        ...Object.fromEntries(
          ['holding', 'principal', 'attempt', 'recipient', 'jointUse'].map((name) => [name, hidden(html, name)]),
        ),
        items,
        purpose: 'P3',
        do: 'provide',
      };
      const done = await textOf(await desk.post('/provisions/new', sent, giving(people[1]!, kyodo)));
      expect(plain(done)).toContain('渡しました');
      expect(plain(done)).toContain('鈴木 一');
      expect(done).toContain(`href="/people/${people[1]!}"`);
      const id = /href="\/provisions\/([0-9a-f-]{36})"/.exec(done)![1]!;
      const again = await desk.post('/provisions/new', sent, giving(people[1]!, kyodo));
      expect([again.status, again.headers.get('location')]).toEqual([303, `/provisions/${id}`]);
      const after = await countProvisions(house.office.database, parameters);
      expect([after.provisions - before.provisions, after.records - before.records]).toEqual([1, 1]);
      const other = await textOf(
        await desk.post('/provisions/new', { ...sent, items: ['name'] }, giving(people[1]!, kyodo)),
        422,
      );
      expect(plain(other)).toContain('別の内容の提供がすでに行われています');
      expect(hidden(other, 'attempt')).not.toBe(hidden(html, 'attempt'));
      expect((await countProvisions(house.office.database, parameters)).provisions).toBe(after.provisions);
      expect(plain(await textOf(await desk.get(`/provisions/${id}`)))).toContain('代表者 共同 太郎');
      expect(plain(await textOf(await desk.get('/provisions')))).toContain('株式会社共同企画');
    });

    test.each([
      ['no consent', () => tanaka, ['法27条1項', 'この提供に及ぶ同意はありません', `/consents/new?principal=`]],
      ['a consent withdrawn', () => people[2]!, ['法27条1項', '取下げ済み 2026/12/06']],
    ])('a no says why and offers nothing: %s', async (_, principal, says) => {
      const html = await ask(desk, giving(principal(), kyodo));
      expect(plain(html)).toContain('不可 渡せません');
      for (const one of says) expect(html.includes(one) || plain(html).includes(one)).toBe(true);
      expect(html).not.toContain('value="provide"');
    });

    test('a press on providing is decided anew: without consent it is refused with its finding, and nothing leaves', async () => {
      const before = await countProvisions(house.office.database, parameters);
      const html = await ask(desk, giving(tanaka, kyodo), { do: 'provide' });
      expect(plain(html)).toContain('本人の同意がありません');
      expect(await countProvisions(house.office.database, parameters)).toEqual(before);
      const [newest] = await listEntries(house.office.database, { most: 1 });
      expect(newest!.entry).toMatchObject({ action: 'refused', principal: tanaka, decision: { answer: 'no' } });
    });

    test('a recipient in several relations: those are asked and no other, and each has its own basis', async () => {
      const html = await textOf(await desk.get(giving(sato, carrier)));
      const select = /<select[^>]*name="relation"[\s\S]*?<\/select>/.exec(html)![0];
      expect([...select.matchAll(/<option value="([^"]*)"/g)].map(([, value]) => value)).toEqual([
        '',
        'third-party',
        'entrustment',
      ]);
      const entrusting = await ask(desk, giving(sato, carrier), { relation: 'entrustment' });
      expect(plain(entrusting)).toContain('有効な契約の記録がありません');
      expect(entrusting).toContain(`href="/recipients/${carrier}"`);
      const printing = await ask(desk, giving(tanaka, printer));
      expect(plain(printing)).toContain('安全管理の定めがある');
      expect(plain(printing)).toContain('可 渡してよい');
      expect(printing).not.toContain('本人の同意');
    });

    test('within the company there is no recipient, and the purpose decides', async () => {
      const html = await ask(desk, giving(tanaka, 'inside'));
      expect(plain(html)).toContain('社内の別の部署');
      expect(plain(html)).toContain('可 渡してよい');
    });

    test('of whom a holding has nothing, the form is not offered: the page of the person says why', async () => {
      const club = await addHolding(house, { name: { ja: '友の会', en: 'Club' } });
      const { principal } = await addPerson(house, club, { name: '例示 消子' });
      const at = `/provisions/new?principal=${principal}&holding=${club}`;
      expect((await desk.get(at)).status).toBe(200);
      const sent = async (to: string) => (await desk.get(to)).headers.get('location');
      expect(await sent(giving(principal))).toBe(`/people/${principal}`);
      valueOf(await eraseAll(house.office, by(), { principal, ground: 'no-longer-needed' }));
      expect(await sent(at)).toBe(`/people/${principal}`);
    });

    test('stopped while somebody was typing: the sentence is there and nothing typed is lost', async () => {
      const late = await addRecipient(house, { name: '株式会社急停止', relations: ['third-party', 'entrustment'] });
      const at = giving(sato, late);
      const html = await textOf(await desk.get(at));
      valueOf(await stopRecipient(house.office, by(), { id: late, version: 1, reason: '事故の調査' }));
      const sent = {
        ...Object.fromEntries(
          ['holding', 'principal', 'attempt', 'recipient'].map((name) => [name, hidden(html, name)]),
        ),
        items,
        purpose: 'P3',
        relation: 'third-party',
      };
      const answer = await textOf(await desk.post('/provisions/new', sent, giving(sato, kyodo)), 422);
      expect(plain(answer)).toContain('この相手への提供は止められています');
      expect(answer).toMatch(/name="items" value="company" checked/);
      expect(answer).toContain('name="purpose" value="P3"');
    });

    test('a joint use is chosen of those in force, its notice stands beside the form, and outside of its items it is a no', async () => {
      const terms = {
        name: { ja: 'グループの催しの案内', en: 'Events of the group' },
        information: 'personal',
        shares: [{ holding, items: ['name', 'company'] }],
        scope: { ja: '例示ホールディングス株式会社', en: 'Example Holdings' },
        members: [group],
        purposes: ['P3'],
        responsible: {
          kind: 'corporation',
          name: { ja: '例示情報通信株式会社', en: 'Example Communications' },
          address: { ja: '東京都例示区1-1', en: '1-1 Reiji, Tokyo' },
          representative: { ja: '例示 一郎', en: 'Ichiro Reiji' },
        },
      };
      const draft = valueOf(await registerJointUse(house.office, by(), terms as never));
      expect(await textOf(await desk.get(giving(sato)))).not.toContain('グループの催しの案内');
      valueOf(await publishNotice(house.office, by(), draft, { notice: 1, on: today }));
      const choose = await textOf(await desk.get(giving(sato)));
      expect(choose).toContain('グループの催しの案内（氏名、勤務先）');
      const at = giving(tanaka, group, `&jointUse=${draft.id}`);
      const html = await ask(desk, at, { items: ['name', 'company'] });
      expect(plain(html)).toContain('グループの催しの案内 公表した日 2026年12月7日');
      expect(plain(html)).toContain('可 渡してよい');
      expect(plain(await ask(desk, at))).toContain('不可 渡せません');
      const stray = await textOf(await desk.get(giving(sato, kyodo, `&jointUse=${draft.id}`)), 422);
      expect(plain(stray)).toContain('この相手は、その関係では登録されていません');
    });
  });

  describe('a package', () => {
    const starting = (more = '') => `/packages/new?step=facts&holding=${holding}&who=list&recipient=${kyodo}${more}`;

    /** Drafts a package through the form and returns its id. */
    const draft = async (visitor: Visitor, at = starting(), more: Record<string, string> = {}): Promise<string> => {
      const html = await textOf(await visitor.get(at));
      const names = ['holding', 'who', 'attempt', 'recipient', 'jointUse'];
      const sent = Object.fromEntries(names.map((name) => [name, hidden(html, name)]));
      const answer = await visitor.post('/packages/new', { ...sent, ...more, items, purpose: 'P3', do: 'draft' }, at);
      expect(answer.status).toBe(303);
      return /\/packages\/([0-9a-f-]{36})$/.exec(answer.headers.get('location')!)![1]!;
    };

    const press = (visitor: Visitor, id: string, step: string, fields: Record<string, string> = {}) =>
      visitor.post(`/packages/${id}/${step}`, fields, `/packages/${id}`);

    const stateOf = async (id: string) => valueOf(await packageOf(house.office, id)).state;

    const listed = async (visitor: Visitor, list: string): Promise<string> => {
      const id = await draft(visitor);
      expect((await press(visitor, id, 'people', { list })).status).toBe(303);
      return id;
    };

    const requested = async (visitor: Visitor): Promise<string> => {
      const id = await listed(visitor, people.join('\n'));
      expect((await press(visitor, id, 'request')).headers.get('location')).toBe(`/packages/${id}`);
      return id;
    };

    test('the first step names what was not chosen; a recipient without a key cannot be', async () => {
      const html = await textOf(await desk.get('/packages/new?step=facts'), 422);
      for (const says of ['台帳を選んでください', 'だれの情報かを選んでください', '渡す相手を選んでください']) {
        expect(html).toContain(`＊${says}`);
      }
      const radio = (value: string) => new RegExp(`<input type="radio"[^>]*value="${value}"[^>]*>`).exec(html)![0];
      expect(
        [radio(kyodo), radio(printer), radio(carrier), radio(stopped)].map((one) => one.includes('disabled')),
      ).toEqual([false, false, true, true]);
      expect(html).not.toContain('value="inside"');
      const change = await textOf(await desk.get(starting().replace('step=facts&', '')));
      expect(change).toMatch(new RegExp(`value="${kyodo}" checked`));
    });

    test('of very many holdings one is found and chosen before the rest, and can be changed', async () => {
      await house.db.owner.query(
        `INSERT INTO holdings SELECT (jsonb_populate_record(h, jsonb_build_object('id', gen_random_uuid(), 'code', 'L-' || (1000 + i), 'name_ja', '多い台帳' || i, 'name_en', 'Many ' || i))).*
       FROM holdings h, generate_series(1, 250) i WHERE h.id = $1`,
        [holding],
      );
      const links = (html: string): string[] =>
        [...html.matchAll(/href="(\/packages\/new\?holding=[0-9a-f-]{36}[^"]*)"/g)].map(([, at]) =>
          at!.replaceAll('&amp;', '&'),
        );
      const first = await textOf(await desk.get('/packages/new'));
      expect(links(first)).toHaveLength(100);
      const [found, ...more] = links(
        await textOf(await desk.get(`/packages/new?who=list&recipient=${kyodo}&q=L-1250`)),
      );
      expect(more).toEqual([]);
      const chosen = await textOf(await desk.get(found!));
      expect(plain(chosen)).toContain('多い台帳250 台帳を変える');
      expect(chosen).toMatch(new RegExp(`value="${kyodo}" checked`));
      expect(chosen).toContain(`href="/packages/new?who=list&amp;recipient=${kyodo}&amp;jointUse="`);
      expect((await desk.get(`${found}&step=facts`)).status).toBe(200);
      expect(await textOf(await desk.get('/packages/new?step=facts'), 422)).toContain('href="#f-holding"');
      await house.db.owner.query("DELETE FROM holdings WHERE name_ja LIKE '多い台帳%'", []);
    });

    test('the question is about those who consented; on a yes a draft is made, and sent twice it is made once', async () => {
      const html = await textOf(await desk.get(starting()));
      expect(plain(html)).toContain('一人ずつ、同意の記録から確かめます');
      const names = ['holding', 'who', 'attempt', 'recipient', 'jointUse'];
      const sent = { ...Object.fromEntries(names.map((name) => [name, hidden(html, name)])), items, purpose: 'P3' };
      const answered = await textOf(await desk.post('/packages/new', sent, starting()));
      expect(plain(answered)).toContain('同意のある人の場合');
      expect(plain(answered)).toContain('下書きを作る');
      const before = valueOf(await packages(house.office, { most: 100 })).length;
      const press = () => desk.post('/packages/new', { ...sent, do: 'draft' }, starting());
      const answers = [await press(), await press()];
      const after = valueOf(await packages(house.office, { most: 100 }));
      for (const { status, headers } of answers)
        expect([status, headers.get('location')]).toEqual([303, `/packages/${after[0]!.id}`]);
      expect(after.length).toBe(before + 1);
    });

    test('of a package of very many classes a page shows a part with the sum of all, and its newest provisions', async () => {
      const id = await requested(desk);
      await house.db.owner.query(
        `UPDATE packages SET screening = (SELECT jsonb_agg(jsonb_set(screening -> 0, '{people}', to_jsonb(1000 - i))) FROM generate_series(1, 250) i) WHERE id = $1`,
        [id],
      );
      await house.db.owner.query(
        `INSERT INTO provisions SELECT (jsonb_populate_record(NULL::provisions, to_jsonb(p) || jsonb_build_object('id', gen_random_uuid(), 'package_id', $1::uuid, 'attempt', NULL))).*
         FROM (SELECT * FROM provisions LIMIT 1) p, generate_series(1, 45)`,
        [id],
      );
      const rows = (html: string): string[] =>
        [...html.matchAll(/data-label="人数">(?:<b>)?([\d,]+)/g)].map(([, n]) => n!);
      const provisionsIn = (html: string): number => html.match(/href="\/provisions\/[0-9a-f-]{36}"/g)?.length ?? 0;
      const first = await textOf(await officer.get(`/packages/${id}`));
      expect([rows(first).length, rows(first)[0], rows(first).at(-1)]).toEqual([51, '999', '218,625']);
      const last = await textOf(await officer.get(`/packages/${id}?page=5`));
      expect([rows(last).length, rows(last).at(-2), rows(last).at(-1)]).toEqual([51, '750', '218,625']);
      const seen = [provisionsIn(first)];
      for (let html = first; seen.length < 9;) {
        const [, before] = /\?before=([0-9a-f-]{36})#made/.exec(html) ?? [];
        if (!before) break;
        html = await textOf(await officer.get(`/packages/${id}?before=${before}`));
        seen.push(provisionsIn(html));
      }
      expect(seen).toEqual([20, 20, 5]);
    });

    test('a list: lines that are no id are named and nothing typed is lost', async () => {
      const id = await draft(desk);
      const empty = await textOf(await press(desk, id, 'people', { list: '' }), 422);
      expect(empty).toContain('＊対象の本人の番号を入れてください');
      const typed = `${sato}\n佐藤\nsato`;
      const html = await textOf(await press(desk, id, 'people', { list: typed }), 422);
      expect(html).toContain('＊本人の番号でない行があります（2、3行目）');
      expect(html).toContain('佐藤\nsato</textarea>');
      expect(await textOf(await desk.get(`/packages/${id}`))).toContain('まだだれも指定されていません');
    });

    test('a file of ids is read as Excel saves it, under a head of this house; a workbook is called one', async () => {
      const id = await draft(desk);
      const send = (bytes: Uint8Array<ArrayBuffer>, list = '') => {
        const fields = { list, file: new File([bytes], 'ids.csv') };
        return desk.post(`/packages/${id}/people`, fields, `/packages/${id}`);
      };
      const ofExcel = Uint8Array.from(
        Buffer.from(`\uFEFF本人の番号\t氏名\r\n${sato}\t"佐藤\t優子"\r\n\t\r\n`, 'utf16le'),
      );
      expect((await send(ofExcel)).status).toBe(303);
      expect((await send(new TextEncoder().encode(`本人;メモ\r\n"${tanaka}";髙\r\n`))).status).toBe(303);
      expect(valueOf(await packageOf(house.office, id)).listed).toBe(2);
      const html = await textOf(await send(new TextEncoder().encode('PK\u0003\u0004'), sato), 422);
      expect(html).toContain('＊Excelのブックのままでは読めません');
      expect(html).toContain('href="#f-file"');
      expect(html).toContain(`${sato}</textarea>`);
    });

    test('the screening: who goes and who falls out, why, how many, unknown ids and repeated ones', async () => {
      const id = await listed(desk, [...people, sato, newId(1), newId(2)].join('\r\n'));
      const html = await textOf(await desk.get(`/packages/${id}`));
      const rows = [...html.matchAll(/<tr[^>]*>([\s\S]*?)<\/tr>/g)].map(([, row]) =>
        [...row!.matchAll(/<t[hd][^>]*>([\s\S]*?)<\/t[hd]>/g)].slice(0, 4).map(([, cell]) => textIn(cell!)),
      );
      expect(rows.map((row) => row.join('|'))).toEqual([
        '区分|答え|人数|割合',
        '同意した人 「共催者への提供」第1版|可|2|28.6%',
        'この提供に及ぶ同意がない|不可|2|28.6%',
        '同意を取り下げたか、停止を申し出ている 「共催者への提供」第1版|不可|1|14.3%',
        'この台帳に情報がない|外れる|2|28.6%',
        '合計|2人の情報を渡せる|7|28.6%',
      ]);
      expect(plain(html)).toContain('7人のうち2人の情報を渡せます。5人は外れます。');
      expect(plain(html)).toContain('重なっていた1件は除いています');
      expect(html).toContain('法27条1項');
      const file = `/packages/screening/export/packages-screening-utf8.csv?package=${id}`;
      expect(html).toContain(`href="${file}"`);
      const read = readCsv(new Uint8Array(await (await desk.get(file)).arrayBuffer()));
      const [head, ...classes] = 'rows' in read ? read.rows.map(({ cells }) => cells) : [];
      expect(head).toEqual(['区分', '同意の文面', '同意をした人', '答え', '人数', '割合', '根拠']);
      const partners = '「共催者への提供」第1版';
      expect(classes.map((cells) => cells.slice(0, 6))).toEqual([
        ['同意した人', partners, giverWords.principal.ja, '可', '2', '28.6%'],
        ['この提供に及ぶ同意がない', '', '', '不可', '2', '28.6%'],
        ['同意を取り下げたか、停止を申し出ている', partners, giverWords.principal.ja, '不可', '1', '14.3%'],
        ['この台帳に情報がない', '', '', '外れる', '2', '28.6%'],
      ]);
      expect(classes.map(([, , , , , , why]) => why)).toEqual([
        expect.stringContaining('法27条1項：'),
        expect.stringContaining('法27条1項：本人の同意がありません'),
        expect.stringContaining('：'),
        '',
      ]);
      const [taken] = await listEntries(house.db.app, { actions: ['list:export'], most: 1 });
      expect(taken!.entry).toMatchObject({ list: 'packages-screening', package: id, format: 'csv-utf8' });
      for (const none of [newId(1), 'x', ''])
        expect((await desk.get(`/packages/screening/export/packages-screening-utf8.csv?package=${none}`)).status).toBe(
          404,
        );
      // Screened again, it shows the present numbers.
      const id2 = await listed(desk, tanaka);
      await addConsent(house, tanaka, text, today).then((consent) =>
        withdrawConsent(house.office, by(), consent, { on: today, evidence: null }),
      );
      expect((await press(desk, id2, 'screening')).status).toBe(303);
      expect(plain(await textOf(await desk.get(`/packages/${id2}`)))).toContain('同意を取り下げたか');
    });

    test('nobody’s information may go: the request is refused with its finding, and it stays a draft', async () => {
      const id = await listed(desk, people[4]!);
      const html = await textOf(await press(desk, id, 'request'), 403);
      expect(html).toContain('class="finding finding-no"');
      expect(plain(html)).toContain('本人の同意がありません');
      expect(await stateOf(id)).toBe('draft');
    });

    test('approved by somebody else, prepared, fetched and so provided with records, and closed; each pressed twice', async () => {
      const before = await countProvisions(house.office.database, parameters);
      const id = await requested(desk);
      expect((await press(desk, id, 'request')).headers.get('location')).toBe(`/packages/${id}`);
      const waiting = await textOf(await desk.get(`/packages/${id}`));
      expect(waiting).toContain('承認できる人の承認を待っています');
      expect(waiting).not.toContain(`/packages/${id}/approve`);
      expect((await press(desk, id, 'approve')).status).toBe(403);
      for (const _ of [1, 2]) {
        expect((await press(officer, id, 'approve')).headers.get('location')).toBe(`/packages/${id}`);
      }
      const preparing = await desk.get(`/packages/${id}`);
      expect(preparing.headers.get('refresh')).toBe(`5; url=/packages/${id}`);
      const progress = await textOf(preparing);
      expect(progress).toContain('aria-valuenow="0"');
      expect(plain(progress)).toContain('2人のうち0人の用意ができました');
      expect((await countProvisions(house.office.database, parameters)).provisions).toBe(before.provisions);
      while (await prepareNext(house.office));
      const ready = await desk.get(`/packages/${id}`);
      expect(ready.headers.get('refresh')).toBeNull();
      const html = await textOf(ready);
      expect(html).toContain(`action="/packages/${id}/file"`);
      expect(html).toContain('ダウンロードするときに、渡せる人をもう一度確かめて');
      expect(html).toContain(`href="/packages/${id}/cancel"`);
      expect(html).not.toContain(`href="/packages/${id}/close"`);
      expect((await countProvisions(house.office.database, parameters)).provisions).toBe(before.provisions);
      expect((await desk.get(`/packages/${id}/file`)).headers.get('location')).toBe(`/packages/${id}`);
      expect((await countProvisions(house.office.database, parameters)).provisions).toBe(before.provisions);
      const file = await press(desk, id, 'file');
      expect(file.headers.get('content-disposition')).toBe(`attachment; filename="provision-${id}.csv.age"`);
      expect((await file.text()).slice(0, 21)).toBe('age-encryption.org/v1');
      const after = await countProvisions(house.office.database, parameters);
      expect([after.provisions - before.provisions, after.records - before.records]).toEqual([1, 1]);
      const given = await textOf(await desk.get(`/packages/${id}`));
      const fetch = (who: string) => `\\d{4}/\\d\\d/\\d\\d \\d\\d:\\d\\d 2人 ${who}`;
      expect(plain(given)).toMatch(new RegExp(`ダウンロード 1回 ${fetch('佐伯 健')}`));
      expect(plain(given)).toMatch(/できた提供 \S+ \S+ 2人/);
      // What goes out again is seen too, and who took it.
      expect((await press(officer, id, 'file')).status).toBe(200);
      const again = plain(await textOf(await desk.get(`/packages/${id}`)));
      expect(again).toMatch(new RegExp(`ダウンロード 2回 ${fetch('関口 真理')} ${fetch('佐伯 健')}`));
      expect(given).toContain(`href="/packages/${id}/close"`);
      expect(given).not.toContain(`href="/packages/${id}/cancel"`);
      const provision = /href="\/provisions\/([0-9a-f-]{36})"/.exec(given)![1]!;
      const one = await textOf(await officer.get(`/provisions/${provision}`));
      expect(one).toContain(`href="/packages/${id}"`);
      expect(plain(one)).toContain('本人 2人');
      expect(await textOf(await officer.get(`/packages/${id}`))).toContain(`href="/log/entries/${provision}"`);
      expect(plain(await textOf(await desk.get(`/packages/${id}/close`)))).toContain('提供の記録は残ります');
      for (const _ of [1, 2]) {
        expect((await press(desk, id, 'close')).headers.get('location')).toBe(`/packages/${id}`);
      }
      expect(plain(await textOf(await desk.get(`/packages/${id}`)))).toContain('渡し終えて、閉じました');
      expect(plain(await textOf(await press(desk, id, 'file'), 409))).toContain('まだ用意できていないか');
    });

    test('who would fall out of a download is told before it, and who fell out after it, in both languages', async () => {
      const persons: string[] = [];
      const consents: string[] = [];
      for (const name of ['移る 一', '残る 二']) {
        const email = `stays-${persons.length}@example.jp`;
        persons.push((await addPerson(house, holding, { name, email, company: '株式会社みなと印刷' })).principal);
        consents.push(await addConsent(house, persons.at(-1)!, text, addDays(today, -10)));
      }
      const id = await listed(desk, persons.join('\n'));
      await press(desk, id, 'request');
      await press(officer, id, 'approve');
      while (await prepareNext(house.office));
      const seen = async (who: Visitor) => plain(await textOf(await who.get(`/packages/${id}`)));
      for (const none of ['いまダウンロードすると外れる人', '承認の後に外れた人'])
        expect(await seen(desk)).not.toContain(none);
      valueOf(await withdrawConsent(house.office, by(), consents[0]!, { on: today, evidence: null }));
      const others = await addConsentText(house, { code: 'others', holding, recipients: [kyodo], items });
      await addConsent(house, persons[0]!, others, today);
      expect(await seen(desk)).toMatch(
        /いまダウンロードすると外れる人 1人。 承認の後に.*入りません。承認されていない区分に移った人の情報を渡すときは、新しい提供ファイルを作り.*承認の後に、承認されていない区分に移った 「共催者への提供」第1版 1 根拠を見る/,
      );
      expect(await seen(english)).toMatch(/Who would fall out of a download now 1\. Since the approval/);
      expect((await press(desk, id, 'file')).status).toBe(200);
      expect(await seen(desk)).not.toContain('いまダウンロードすると外れる人');
      expect(await seen(desk)).toMatch(
        /承認の後に外れた人 1人。 .*承認されていない区分に移った 「共催者への提供」第1版 1 根拠を見る/,
      );
      expect(await seen(english)).toMatch(
        /Who fell out after the approval 1\. After the approval.* Moved after the approval to a class that nobody approved/,
      );
      expect(await seen(desk)).toMatch(/ダウンロード 1回 \S+ \S+ 1人/);
      const entry = (await listEntries(house.db.app, { package: id, actions: ['package:fall-out'], most: 2 })).map(
        (one) => one.entry,
      );
      expect(entry).toMatchObject([{ people: 1, falls_out: 'unapproved', approved: `staff:${house.staff.officer}` }]);
      expect(entry[0]).not.toHaveProperty('decision');
      // The list counts those who went.
      const row = /<tr[^>]*>(?:(?!<\/tr>)[\s\S])*?PACKAGE[\s\S]*?<\/tr>/.source.replace('PACKAGE', id);
      expect(textIn(new RegExp(row).exec(await textOf(await desk.get('/packages')))![0])).toMatch(/ 1 2 /);
    });

    test('a package that nobody downloaded is not closed as delivered: it is cancelled, with the reason', async () => {
      const id = await requested(desk);
      await press(officer, id, 'approve');
      while (await prepareNext(house.office));
      const html = await textOf(await press(desk, id, 'close'), 409);
      expect(plain(html)).toContain('まだダウンロードされていないため、渡し終えたことにはできません');
      expect(plain(html)).toContain('理由を書いて取りやめてください');
      expect(await stateOf(id)).toBe('ready');
      expect(
        (await desk.post(`/packages/${id}/cancel`, { reason: '催しの中止' }, `/packages/${id}/cancel`)).status,
      ).toBe(303);
      expect(plain(await textOf(await officer.get(`/packages/${id}`)))).toMatch(
        /取りやめました。何も渡っていません 催しの中止 佐伯 健/,
      );
      // Nor does what could go then read as if it had gone.
      expect(plain(await textOf(await officer.get(`/packages/${id}`)))).toMatch(
        /承認のときは、\d+人のうち\d+人の情報を渡せる状態でした/,
      );
    });

    test('when the time to download is over, it says so, before and after, and never that it was delivered', async () => {
      const id = await requested(desk);
      await press(officer, id, 'approve');
      while (await prepareNext(house.office));
      const seen = async (who: Visitor) => plain(await textOf(await who.get(`/packages/${id}`)));
      await house.db.owner.query("UPDATE packages SET state_at = '2026-12-01T10:00:00+09:00' WHERE id = $1", [id]);
      expect(await seen(desk)).toContain(
        'ダウンロードの期限は2026/12/15 10:00です。過ぎると、関所がこの提供ファイルを閉じます。',
      );
      expect(await seen(english)).toContain('The file can be downloaded until 2026/12/15 10:00.');
      expect((await press(desk, id, 'file')).status).toBe(200);
      await house.db.owner.query("UPDATE packages SET state_at = state_at - interval '30 days' WHERE id = $1", [id]);
      const rounds = keepProviding(house.office, expect.fail);
      await expect.poll(() => stateOf(id)).toBe('closed');
      await rounds.stop();
      expect(await seen(desk)).toMatch(
        /関所が閉じました。それまでにダウンロードされた分の提供の記録は残ります 用意ができてから14日が過ぎたため 関所/,
      );
      expect(await seen(english)).toMatch(/stay 14 days have passed since it was ready Sekisho/);
      for (const who of [desk, english]) expect(await seen(who)).not.toMatch(/渡し終えて|delivered and closed/);
    });

    test('nobody is left to go: the page says so and offers no download', async () => {
      const { principal } = await addPerson(house, holding, { name: '最後 一', email: 'last@example.jp' });
      const consent = await addConsent(house, principal, text, addDays(today, -10));
      const id = await listed(desk, principal);
      await press(desk, id, 'request');
      await press(officer, id, 'approve');
      while (await prepareNext(house.office));
      const seen = async (who: Visitor) => plain(await textOf(await who.get(`/packages/${id}`)));
      const says = 'いまは渡せない 渡せる人が、いまはだれもいません。 理由と根拠は、下の表にあります。';
      const offered = async () =>
        (await textOf(await desk.get(`/packages/${id}`))).includes(`action="/packages/${id}/file"`);
      expect([(await seen(desk)).includes(says), await offered()]).toEqual([false, true]);
      valueOf(await withdrawConsent(house.office, by(), consent, { on: today, evidence: null }));
      expect([(await seen(desk)).includes(says), await offered()]).toEqual([true, false]);
      expect(await seen(english)).toContain('There is nobody at present whose information may go.');
      expect(plain(await textOf(await press(desk, id, 'file'), 409))).toContain('渡せる人が、だれもいなくなりました');
      expect(await seen(desk)).toMatch(/承認の後に外れた人 1人。.*同意を取り下げたか、停止を申し出ている/);
    });

    test('what is approved is not approved for a recipient that was stopped or has another key since: its page says so first', async () => {
      const publicKey = await identityToRecipient(await generateX25519Identity());
      const name = '株式会社承認前';
      const late = await addRecipient(house, { name, relations: ['entrustment'], publicKey }, entrusted);
      const id = await draft(desk, starting().replace(kyodo, late).replace('who=list', 'who=everybody'));
      await press(desk, id, 'request');
      const approving = `action="/packages/${id}/approve"`;
      const page = async () => textOf(await officer.get(`/packages/${id}`));
      expect(await page()).toContain(approving);
      const { recipient: now } = valueOf(await dossierOf(house.office, late));
      const another = await identityToRecipient(await generateX25519Identity());
      const rekeyed = { ...contentOf(now), publicKey: another };
      valueOf(await changeRecipient(house.office, by(), { id: late, version: now.version, input: rekeyed }));
      expect(plain(await page())).toContain('この相手の鍵が、承認を求めたときの鍵と違います。');
      expect(await page()).not.toContain(approving);
      expect(await page()).toContain(`href="/packages/${id}/decline"`);
      const of = { id: late, version: now.version + 1 };
      valueOf(await stopRecipient(house.office, by(), { ...of, reason: '事故の調査' }));
      expect(plain(await page())).toContain('この相手への提供は、いま止められています');
      expect(await page()).not.toContain(approving);
      // Whoever had the page open before is told in words, and nothing is approved.
      expect(plain(await textOf(await press(officer, id, 'approve'), 422))).toContain(
        'この相手への提供は止められています',
      );
      expect(await stateOf(id)).toBe('requested');
    });

    test('cancelled while somebody else downloads it: it says why not, and the reason that was typed stays', async () => {
      const id = await requested(desk);
      await press(officer, id, 'approve');
      while (await prepareNext(house.office));
      expect((await press(officer, id, 'file')).status).toBe(200);
      const at = `/packages/${id}/cancel`;
      const html = await textOf(await desk.post(at, { reason: '宛先の誤り' }, at), 409);
      expect(plain(html)).toContain('すでにダウンロードされているため、取りやめられません');
      expect(html).toContain('宛先の誤り</textarea>');
    });

    test.each([
      ['draft', 'decline', '承認は、まだ求められていません', []],
      ['draft', 'close', 'まだダウンロードされていないため、渡し終えたことにはできません', ['cancel']],
      ['preparing', 'decline', 'すでに次の段階に進んでいます', []],
      ['ready', 'close', 'まだダウンロードされていないため、渡し終えたことにはできません', ['cancel']],
      ['fetched', 'cancel', 'すでにダウンロードされているため、取りやめられません', ['close']],
      ['fetched', 'decline', 'すでに次の段階に進んでいます', []],
      ['cancelled', 'cancel', '取りやめました。何も渡っていません 催しの中止 佐伯 健', []],
      ['cancelled', 'decline', '取りやめました。何も渡っていません 催しの中止 佐伯 健', []],
      ['closed', 'cancel', '渡し終えて、閉じました', []],
      ['closed', 'close', '渡し終えて、閉じました', []],
    ] as const)(
      'of a %s package the page to %s says how it stands and where to go on, without a form',
      async (state, end, says, others) => {
        const id = state === 'draft' ? await listed(desk, people.join('\n')) : await requested(desk);
        if (state === 'cancelled')
          await desk.post(`/packages/${id}/cancel`, { reason: '催しの中止' }, `/packages/${id}/cancel`);
        else if (state !== 'draft') await press(officer, id, 'approve');
        if (state !== 'preparing') while (await prepareNext(house.office));
        if (state === 'fetched' || state === 'closed') expect((await press(desk, id, 'file')).status).toBe(200);
        if (state === 'closed') await press(desk, id, 'close');
        const at = `/packages/${id}/${end}`;
        const before = await packageOf(house.office, id);
        const html = await textOf(await officer.get(at));
        expect(plain(html)).toContain(says);
        expect([html.includes(`action="${at}"`), html.includes('<textarea')]).toEqual([false, false]);
        expect([...html.matchAll(new RegExp(`href="/packages/${id}/(\\w+)"`, 'g'))].map(([, way]) => way)).toEqual(
          others,
        );
        expect(html).toMatch(new RegExp(`class="btn[^"]*" href="/packages/${id}"`));
        // A press by somebody who had the form open is refused too, unless it has ended so already.
        const { status } = await officer.post(at, { reason: '理由' }, at);
        expect(status).toBe(
          (state === 'cancelled' && end === 'cancel') || (state === 'closed' && end === 'close') ? 303 : 409,
        );
        expect(await packageOf(house.office, id)).toEqual(before);
      },
    );

    test('closed without a download, no step says that it was handed over', async () => {
      const id = await requested(desk);
      await press(officer, id, 'approve');
      while (await prepareNext(house.office));
      await house.db.owner.query("UPDATE packages SET state_at = state_at - interval '15 days' WHERE id = $1", [id]);
      const rounds = keepProviding(house.office, expect.fail);
      await expect.poll(() => stateOf(id)).toBe('closed');
      await rounds.stop();
      const html = await textOf(await desk.get(`/packages/${id}`));
      const [line] = /<ol class="steps[^]*?<\/ol>/.exec(html)!;
      expect(textIn(line)).not.toContain('受け渡し');
      expect(textIn(line)).toMatch(/用意 （済み） 終了/);
      expect(plain(html)).toContain(
        'ダウンロードされないまま閉じました。何も渡っていません 用意ができてから14日が過ぎたため',
      );
    });

    test('a recipient stopped after the preparation: the file is not offered and not handed out', async () => {
      const publicKey = await identityToRecipient(await generateX25519Identity());
      const late = await addRecipient(
        house,
        { name: '株式会社後日停止', relations: ['entrustment'], publicKey },
        entrusted,
      );
      const id = await draft(desk, starting().replace(kyodo, late).replace('who=list', 'who=everybody'));
      await press(desk, id, 'request');
      await press(officer, id, 'approve');
      while (await prepareNext(house.office));
      expect(await stateOf(id)).toBe('ready');
      valueOf(await stopRecipient(house.office, by(), { id: late, version: 1, reason: '事故の調査' }));
      const html = await textOf(await desk.get(`/packages/${id}`));
      expect(html).toContain('この相手への提供は、いま止められています');
      expect(html).not.toContain(`action="/packages/${id}/file"`);
      expect(plain(await textOf(await press(desk, id, 'file'), 409))).toContain('この相手への提供は止められています');
    });

    test('a key that is not the one that was approved: shown is the approved one, and the file is not offered', async () => {
      const [key, another] = await Promise.all(
        [1, 2].map(async () => identityToRecipient(await generateX25519Identity())),
      );
      const other = await addRecipient(
        house,
        { name: '株式会社鍵交換', relations: ['entrustment'], publicKey: key! },
        entrusted,
      );
      const id = await draft(desk, starting().replace(kyodo, other).replace('who=list', 'who=everybody'));
      await press(desk, id, 'request');
      expect(await textOf(await officer.get(`/packages/${id}`))).toContain(key);
      await press(officer, id, 'approve');
      while (await prepareNext(house.office));
      /** What its page, the list and the search call it, in both languages. */
      const called = async () => {
        const chips = async (visitor: Visitor) => {
          const page = await textOf(await visitor.get(`/packages/${id}`));
          const list = await textOf(await visitor.get(`/packages?recipient=${other}`));
          return [page, list.split('<tr').at(-1)!].map((html) => /class="chip[^>]*>([^<]*)</.exec(html)?.[1]);
        };
        const [found] = await packageCatalogue(house.office).things({
          id,
          typed: '',
          actor: { kind: 'sekisho' },
          may: () => true,
        });
        return [
          ...(await chips(officer)),
          found!.says!.ja.split('　')[0],
          ...(await chips(english)),
          found!.says!.en.split(', ')[0],
        ];
      };
      expect(await called()).toEqual(['渡せる', '渡せる', '渡せる', 'Ready', 'Ready', 'Ready']);
      const ja = 'いまは渡せない';
      const en = 'Cannot be handed over now';
      const { recipient: now } = valueOf(await dossierOf(house.office, other));
      const input = { ...contentOf(now), publicKey: another! };
      valueOf(await changeRecipient(house.office, by(), { id: other, version: now.version, input }));
      const html = await textOf(await desk.get(`/packages/${id}`));
      expect(html).toContain(key);
      expect(html).not.toContain(another);
      expect(html).toContain('承認されたときの鍵と違います');
      expect(html).not.toContain(`action="/packages/${id}/file"`);
      expect(plain(await textOf(await press(desk, id, 'file'), 409))).toContain('承認されたときの鍵と違います');
      expect(await called()).toEqual([ja, ja, ja, en, en, en]);
      const approved = { ...input, publicKey: key! };
      valueOf(await changeRecipient(house.office, by(), { id: other, version: now.version + 1, input: approved }));
      expect((await called())[0]).toBe('渡せる');
      valueOf(await stopRecipient(house.office, by(), { id: other, version: now.version + 2, reason: '鍵の確認' }));
      expect(await called()).toEqual([ja, ja, ja, en, en, en]);
      // Neither the line of steps nor the panel speaks as if it could be handed over.
      for (const [visitor, word, step, download] of [
        [officer, '渡せる', '受け渡し', 'ダウンロードすると'],
        [english, 'Ready', 'Hand-over', 'download the file'],
      ] as const) {
        const page = await textOf(await visitor.get(`/packages/${id}`));
        const [line] = /<ol class="steps[^]*?<\/ol>/.exec(page)!;
        expect(line).not.toContain(word);
        expect(line).toContain(step);
        expect(page).not.toContain(download);
      }
    });

    test('a recipient stopped during the preparation: it ends without anything having left, and says why in each language', async () => {
      const publicKey = await identityToRecipient(await generateX25519Identity());
      const late = await addRecipient(
        house,
        { name: '株式会社直前停止', relations: ['entrustment'], publicKey },
        entrusted,
      );
      const before = await countProvisions(house.office.database, parameters);
      const id = await draft(desk, starting().replace(kyodo, late).replace('who=list', 'who=everybody'));
      await press(desk, id, 'request');
      await press(officer, id, 'approve');
      valueOf(await stopRecipient(house.office, by(), { id: late, version: 1, reason: '事故の調査' }));
      while (await prepareNext(house.office));
      expect(await stateOf(id)).toBe('refused');
      expect(await countProvisions(house.office.database, parameters)).toEqual(before);
      const ja = plain(await textOf(await desk.get(`/packages/${id}`)));
      const en = plain(await textOf(await english.get(`/packages/${id}`)));
      const says = ['この相手への提供は止められています', 'Provision to this recipient is stopped'];
      expect(says.map((one) => [ja.includes(one), en.includes(one)])).toEqual([
        [true, false],
        [false, true],
      ]);
    });

    test('that cannot be prepared says so, since when, whose record does not open and what helps, until it is prepared', async () => {
      const id = await requested(desk);
      await press(officer, id, 'approve');
      const person = people[1]!;
      const seen = async (by: Visitor, at = `/packages/${id}`) => plain(await textOf(await by.get(at)));
      await tampered(
        house.db,
        ['vault_records'],
        `UPDATE vault_records SET ${flipped()} WHERE principal_id = '${person}'`,
        async () => {
          await expect(prepareNext(house.office)).rejects.toThrow();
          expect(await seen(desk)).toMatch(
            /いまは用意できません 2026\/12\/07 08:42から、この提供ファイルに入る人の記録を鍵で開けません/,
          );
          expect(await seen(english)).toMatch(
            /It cannot be prepared at present Since 2026\/12\/07 08:42 the record of/,
          );
          for (const by of [desk, english]) expect(await seen(by)).toContain(person);
          expect(await seen(officer, '/packages')).toContain('用意できない');
        },
      );
      while (await prepareNext(house.office));
      expect(await seen(desk)).not.toContain('用意できません');
      expect(await seen(officer, '/packages')).not.toContain('用意できない');
    });

    test('what was stated stands on the page for whoever approves', async () => {
      const html = plain(
        await textOf(await officer.get(`/packages/${await draft(desk, starting(), { 'record.mode': 'each' })}`)),
      );
      expect(html).toContain('うかがった事実');
      expect(html).toContain('記録をどう作りますか そのつど作る');
    });

    test('whoever asked sees why they cannot approve, and is refused all the same', async () => {
      const id = await requested(officer);
      const html = await textOf(await officer.get(`/packages/${id}`));
      expect(html).toContain('自分では承認できません');
      expect(html).not.toContain(`/packages/${id}/approve`);
      expect(await textOf(await english.get(`/packages/${id}`))).toContain(
        'You cannot approve a provision that you, or a token you made',
      );
      expect(plain(await textOf(await press(officer, id, 'approve'), 403))).toContain('自分では承認できません');
      expect(await stateOf(id)).toBe('requested');
    });

    test('declined with a reason that whoever asked sees; without one it is not', async () => {
      const id = await requested(desk);
      expect((await press(desk, id, 'decline', { reason: '理由' })).status).toBe(403);
      const html = await textOf(await press(officer, id, 'decline', { reason: ' ' }), 422);
      expect(html).toContain('＊理由を書いてください');
      expect(await stateOf(id)).toBe('requested');
      for (const _ of [1, 2]) {
        const answer = await press(officer, id, 'decline', { reason: '約束した催しの案内に限る' });
        expect(answer.headers.get('location')).toBe(`/packages/${id}`);
      }
      const seen = plain(await textOf(await desk.get(`/packages/${id}`)));
      expect(seen).toContain('承認されませんでした');
      expect(seen).toContain('約束した催しの案内に限る');
      expect(seen).not.toContain('次にすること');
    });

    test('cancelled, it takes no further step; a step that comes too late says so', async () => {
      const id = await requested(desk);
      expect((await press(desk, id, 'cancel', { reason: '日程が変わった' })).status).toBe(303);
      expect(await stateOf(id)).toBe('cancelled');
      expect(plain(await textOf(await press(officer, id, 'approve'), 409))).toContain('すでに次の段階に進んでいます');
      expect(plain(await textOf(await press(officer, id, 'decline', { reason: 'x' }), 409))).toContain(
        'すでに次の段階',
      );
      expect(plain(await textOf(await desk.get('/packages')))).toMatch(/株式会社共同企画 取りやめ/);
    });

    test('a list that comes too late is told so whatever is in it, and is not lost', async () => {
      const id = await requested(desk);
      for (const list of [`${sato}\n佐藤\nsato`, sato]) {
        const html = await textOf(await press(desk, id, 'people', { list }), 409);
        expect(plain(html)).toContain('すでに次の段階に進んでいます');
        expect(html).toContain(list);
      }
    });

    test('the auditor reads the list and a package at every stage, and is offered no step', async () => {
      const auditor = await house.visitor('auditor');
      // The newest of all, so that it is on the first page of the list.
      house.clock.moveTo(new Date(house.clock.now() + 1).toISOString());
      const id = await requested(desk);
      const look = async () => {
        const html = await textOf(await auditor.get(`/packages/${id}`));
        const main = html.slice(html.indexOf('<main'));
        expect(main).not.toContain(`action="/packages/`);
        const links = [...main.matchAll(/href="(\/packages\/[^"]+)"/g)].map(([, to]) => to!);
        expect(links.filter((to) => !to.startsWith('/packages/screening/export/'))).toEqual(
          main.includes('aria-valuenow') ? [`/packages/${id}`] : [],
        );
        expect(main).not.toMatch(/佐藤|鈴木|person-\d@/);
        return plain(main);
      };
      const list = await textOf(await auditor.get('/packages'));
      expect(list).toContain(`href="/packages/${id}"`);
      expect(list).not.toContain('href="/packages/new"');
      const waiting = await look();
      expect(waiting).toContain('承認できる人の承認を待っています');
      expect(waiting).toContain('5人のうち2人の情報を渡せます');
      await press(officer, id, 'approve');
      expect(await look()).toContain('2人のうち0人の用意ができました');
      while (await prepareNext(house.office));
      expect(await look()).not.toContain('次にすること');
      expect((await press(desk, id, 'file')).status).toBe(200);
      const given = await textOf(await auditor.get(`/packages/${id}`));
      const provision = /href="\/provisions\/([0-9a-f-]{36})"/.exec(given)![1]!;
      expect(given).toContain(`href="/log/entries/${provision}"`);
      expect(await textOf(await auditor.get(`/provisions/${provision}`))).toContain(`href="/packages/${id}"`);
      for (const at of ['/cancel', '/close', '/decline']) {
        expect([at, (await auditor.get(`/packages/${id}${at}`)).status]).toEqual([at, 403]);
      }
      for (const step of ['people', 'screening', 'request', 'approve', 'file', 'decline', 'cancel', 'close']) {
        expect([step, (await press(auditor, id, step)).status]).toEqual([step, 403]);
      }
      expect((await auditor.get('/packages/new')).status).toBe(403);
      const unlisted = await draft(desk);
      const open = await textOf(await auditor.get(`/packages/${unlisted}`));
      expect(open).not.toContain('name="list"');
      expect(plain(open)).not.toContain('次にすること');
    });

    test('an address of no package shows nothing', async () => {
      const nowhere = newId(3);
      for (const at of ['', '/cancel', '/close', '/decline']) {
        expect([at, (await officer.get(`/packages/${nowhere}${at}`)).status]).toEqual([at, 404]);
      }
      expect((await officer.get('/packages/nothing')).status).toBe(404);
    });
  });

  test('the records are taken along as a file, in the reader’s language', async () => {
    const answer = await officer.get('/provisions/records.csv');
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toMatch(/filename="provision-records-\d{4}-\d\d-\d\d\.csv"/);
    const csv = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await answer.arrayBuffer());
    const [head, ...lines] = csv.trimEnd().split('\r\n');
    expect(head).toBe(
      '\uFEFF提供の番号,本人の番号,記録を作った日,記録の作り方,本人の同意,同意の番号,提供した日（オプトアウト）,提供先の名称,提供先の住所,提供先の代表者,項目,保存の期限',
    );
    const [stored] = await house.office.database.query<{ n: number }>(
      'SELECT count(*)::int AS n FROM provision_people JOIN provision_records USING (provision_id)',
      [],
    );
    expect(stored!.n).toBeGreaterThan(0);
    expect(lines).toHaveLength(stored!.n);
    // Items have their names in the ledger.
    for (const line of lines) {
      expect(line).toContain(',株式会社共同企画,');
      expect(line.split(',').at(-2)).toMatch(/^(氏名|メールアドレス|勤務先)(、(氏名|メールアドレス|勤務先))*$/);
    }
    const one = lines[0]!.split(',')[1]!;
    const his = await (await english.get(`/provisions/records.csv?principal=${one}`)).text();
    expect(his).toMatch(/Provision,Person,Record made/);
    expect(his.trimEnd().split('\r\n')).toHaveLength(1 + lines.filter((line) => line.includes(one)).length);
  });

  test('whoever checks provisions finds each person with the consent it rested on, on the page and in the file', async () => {
    const auditor = await house.visitor('auditor');
    const stored = await house.office.database.query<{ id: string; person: string; consent: string; people: number }>(
      `SELECT p.id, p.people, w.principal_id AS person, w.consent_id AS consent
       FROM provisions p JOIN provision_people w ON w.provision_id = p.id WHERE w.consent_id IS NOT NULL`,
      [],
    );
    const [many, one] = [stored.find(({ people }) => people > 1)!, stored.find(({ people }) => people === 1)!];
    const linesOf = async (html: string): Promise<string[]> => {
      const file = /href="(\/provisions\/records\.csv[^"]*)"/.exec(html)![1]!.replaceAll('&amp;', '&');
      return (await textOf(await auditor.get(file))).trimEnd().split('\r\n').slice(1);
    };
    const page = await textOf(await auditor.get(`/provisions/${many.id}`));
    const theirs = stored.filter(({ id }) => id === many.id);
    expect(theirs).toHaveLength(many.people);
    const lines = await linesOf(page);
    expect(lines).toHaveLength(many.people);
    for (const { person, consent } of theirs) {
      expect(page).toContain(`href="/people/${person}"`);
      expect(page).toContain(`href="/consents/${consent}"`);
      expect(lines.filter((line) => line.startsWith(`${many.id},${person},`) && line.includes(consent))).toHaveLength(
        1,
      );
    }
    expect(await textOf(await auditor.get(`/provisions/${one.id}`))).toContain(`href="/consents/${one.consent}"`);
    const [taken] = await listEntries(house.db.app, { actions: ['records:export'], most: 1 });
    expect(taken!.entry).toMatchObject({ record: many.id });

    // The file of the records is of what the list was asked for.
    const [day] = await house.office.database.query<{ on: string; n: number }>(
      `SELECT (p.at AT TIME ZONE 'Asia/Tokyo')::date::text AS on, count(*)::int AS n FROM provisions p
       JOIN provision_records r ON r.provision_id = p.id JOIN provision_people w ON w.provision_id = p.id
       WHERE p.recipient_id = $1 GROUP BY 1 ORDER BY 1 LIMIT 1`,
      [kyodo],
    );
    const found = async (query: string) => linesOf(await textOf(await auditor.get(`/provisions${query}`)));
    expect(await found(`?recipient=${kyodo}&from=${day!.on}&to=${day!.on}`)).toHaveLength(day!.n);
    expect(await found('?from=2020-01-01&to=2020-01-31')).toEqual([]);
    expect(await found('?relation=entrustment')).toEqual([]);
    expect((await auditor.get('/provisions/records.csv?provision=nothing')).status).toBe(404);
  });

  test('of very many persons the page of a provision shows some at a time', async () => {
    const [{ id } = { id: '' }] = await house.office.database.query<{ id: string }>(
      'SELECT p.id FROM provisions p JOIN provision_records r ON r.provision_id = p.id WHERE p.people > 1 LIMIT 1',
      [],
    );
    const { owner } = house.db;
    await owner.query(
      `INSERT INTO provision_people SELECT ('00000000-0000-7000-8000-' || lpad(i::text, 12, '0'))::uuid, $1, gen_random_uuid(), NULL
       FROM generate_series(1, 40) i`,
      [id],
    );
    const seen: string[] = [];
    let to: string | undefined = `/provisions/${id}`;
    let pages = 0;
    while (to !== undefined && pages < 9) {
      const html = await textOf(await officer.get(to));
      const table = html.slice(html.indexOf('id="persons"'));
      seen.push(...[...table.matchAll(/href="\/people\/([^"]+)"/g)].map(([, person]) => person!));
      to = /rel="next" href="([^"]+)"/.exec(table)?.[1]?.replaceAll('&amp;', '&');
      pages += 1;
    }
    const [all] = await owner.query<{ n: number }>(
      'SELECT count(*)::int AS n FROM provision_people WHERE provision_id = $1',
      [id],
    );
    expect([pages, seen.length, new Set(seen).size]).toEqual([2, all!.n, all!.n]);
    await owner.query("DELETE FROM provision_people WHERE principal_id::text LIKE '00000000-0000-7000-8000%'", []);
  });

  test('the list is filtered, and its files hold all that it is asked for: who takes along whose alone is on record', async () => {
    const { owner } = house.db;
    // More than one batch holds.
    await owner.query(
      `INSERT INTO provisions
       SELECT c.* FROM (SELECT to_jsonb(p) AS row FROM provisions p LIMIT 1) p, generate_series(1, 1100) i,
         jsonb_populate_record(NULL::provisions, p.row || jsonb_build_object('id', '0190a000-0000-7000-8000-' || lpad(i::text, 12, '0'),
           'attempt', NULL, 'relation', 'entrustment')) AS c`,
      [],
    );
    const csvOf = async (query: string): Promise<string[]> =>
      (await textOf(await officer.get(`/provisions/export/provisions-utf8.csv${query}`)))
        .trimEnd()
        .split('\r\n')
        .slice(1);
    const [stored] = await owner.query<{ all: number; entrusted: number; kyodo: number; recorded: number }>(
      `SELECT count(*)::int AS all, count(*) FILTER (WHERE relation = 'entrustment')::int AS entrusted,
              count(*) FILTER (WHERE recipient_id = $1)::int AS kyodo, count(r.provision_id)::int AS recorded
       FROM provisions p LEFT JOIN provision_records r ON r.provision_id = p.id`,
      [kyodo],
    );
    for (const [query, rows] of [
      ['', stored!.all],
      ['?relation=entrustment', stored!.entrusted],
      [`?recipient=${kyodo}`, stored!.kyodo],
      ['?recorded=yes', stored!.recorded],
      // A filter that cannot be understood leaves nothing out.
      ['?relation=nonsense&recipient=x&before=y', stored!.all],
    ] as const) {
      expect([query, (await csvOf(query)).length]).toEqual([query, rows]);
      expect([query, rows > 0]).toEqual([query, true]);
    }
    expect([stored!.entrusted >= 1100, stored!.entrusted < stored!.all]).toEqual([true, true]);
    const idsOn = async (query: string): Promise<string[]> =>
      [
        ...(await textOf(await officer.get(`/provisions${query}`))).matchAll(
          /<th scope="row"[^>]*><a class="num" href="([^"]*)"/g,
        ),
      ].map(([, to]) => to!);
    const first = await idsOn('?relation=entrustment');
    const then = await idsOn(`?relation=entrustment&before=${first.at(-1)!.slice(-36)}`);
    expect([first.length, then.length, new Set([...first, ...then]).size]).toEqual([30, 30, 60]);
    const [one] = await owner.query<{ id: string; n: number }>(
      'SELECT principal_id AS id, count(*)::int AS n FROM provision_people GROUP BY 1 ORDER BY 2 DESC LIMIT 1',
      [],
    );
    const his = await textOf(await officer.get(`/provisions?principal=${one!.id}`));
    expect(plain(his)).toContain(`本人 ${one!.id.slice(-8)}`);
    expect(his).toContain(`href="/provisions/records.csv?principal=${one!.id}"`);
    expect(await csvOf(`?principal=${one!.id}`)).toHaveLength(one!.n);
    const [taken] = await listEntries(house.db.app, { actions: ['list:export'], most: 1 });
    expect(taken!.entry).toMatchObject({ list: 'provisions', format: 'csv-utf8', principal: one!.id });
    const none = await textOf(await officer.get(`/provisions?recipient=${stopped}`));
    expect(none).toContain('この条件に合う提供はありません');
    await owner.query("DELETE FROM provisions WHERE id::text LIKE '0190a000%'", []);
  });

  test('packages are filtered by state and recipient, and the file of them is the same', async () => {
    const states = await house.office.database.query<{ state: string; n: number }>(
      'SELECT state, count(*)::int AS n FROM packages WHERE recipient_id = $1 GROUP BY 1',
      [kyodo],
    );
    expect(states.length).toBeGreaterThan(2);
    for (const { state, n } of states) {
      const query = `?state=${state}&recipient=${kyodo}`;
      const page = await textOf(await desk.get(`/packages${query}`));
      const file = await textOf(await desk.get(`/packages/export/packages-utf8.csv${query}`));
      expect([state, page.match(/<th scope="row"/g)?.length, file.trimEnd().split('\r\n').length - 1]).toEqual([
        state,
        n,
        n,
      ]);
    }
    const file = await textOf(await english.get('/packages/export/packages-utf8.csv?state=closed'));
    expect(file).toMatch(/Recipient,State,Holding,People who go,Out of,Asked by,Made\r\n/);
    expect(file).toMatch(/株式会社共同企画,Closed,[^,]*,2,5,/);
    expect(await textOf(await desk.get(`/packages?recipient=${stopped}`))).toContain(
      'この条件に合う提供ファイルはありません',
    );
  });

  test('packages are filtered by who made them, among those who made any', async () => {
    const makers = await house.office.database.query<{ made_by: string; n: number }>(
      'SELECT made_by, count(*)::int AS n FROM packages GROUP BY 1',
      [],
    );
    expect(makers.length).toBeGreaterThan(1);
    const html = await textOf(await desk.get('/packages'));
    const offered = /<select[^>]*name="by"[^>]*>([\s\S]*?)<\/select>/.exec(html)![1]!;
    expect([...offered.matchAll(/value="([^"]+)"/g)].map(([, of]) => of).toSorted()).toEqual(
      makers.map(({ made_by: by }) => by).toSorted(),
    );
    for (const { made_by: by, n } of makers) {
      const file = await textOf(await desk.get(`/packages/export/packages-utf8.csv?by=${encodeURIComponent(by)}`));
      expect(file.trimEnd().split('\r\n').length - 1).toBe(n);
    }
  });

  test('of a long register a form holds some recipients, and a search finds the others; what was chosen stays chosen', async () => {
    // Numbered from 0001; every third one is stopped, none has a key.
    await house.db.owner.query(
      `INSERT INTO recipients (id, kind, name, address, representative, country, relations, state, stopped_on, stop_reason,
         registered_at, changed_at)
       SELECT gen_random_uuid(), 'corporation', '多数例示商店 ' || to_char(i, 'FM0000'), '例示市' || i, '例示 花子', 'JP',
         '{third-party}', CASE WHEN i % 3 = 0 THEN 'stopped' ELSE 'active' END, CASE WHEN i % 3 = 0 THEN date '2026-12-01' END,
         CASE WHEN i % 3 = 0 THEN '再調査が終わるまで' END, now(), now()
       FROM generate_series(1, 500) AS i`,
      [],
    );
    const radios = (html: string): string[] =>
      [...html.matchAll(/<input type="radio" name="recipient" value="([^"]*)"/g)].map(([, id]) => id!);
    const label = (html: string, name: string): string =>
      [...html.matchAll(/<label class="radio">[\s\S]*?<\/label>/g)]
        .map(([one]) => one)
        .find((one) => one.includes(name))!;
    const all = (await listRecipients(house.office)).length;
    for (const [visitor, at, inside] of [
      [desk, giving(sato), 1],
      [desk, `/packages/new?holding=${holding}&who=list`, 0],
    ] as const) {
      const first = await textOf(await visitor.get(at));
      expect(radios(first)).toHaveLength(15 + inside);
      // Those that may be chosen come first: for a package, those with a key.
      expect(first.match(/<input type="radio" name="recipient"[^>]*disabled/g) ?? []).toHaveLength(inside ? 0 : 13);
      for (const id of inside ? [] : [kyodo, printer]) expect(radios(first).slice(0, 2)).toContain(id);
      expect(plain(first)).toContain(`${all}件のうち15件を並べています`);
      // The search accepts full-width text, and keeps the rest of the form.
      const found = await textOf(
        await visitor.get(`${at}&recipient=${kyodo}&find=&step=facts&q=${encodeURI('商店　０４９')}`),
      );
      expect(radios(found)).toHaveLength(1 + 10 + inside);
      expect(label(found, '株式会社共同企画')).toContain(`value="${kyodo}" checked`);
      expect(label(found, '商店 0498')).toContain('再調査が終わるまで');
      expect(label(found, '商店 0498')).toContain('disabled');
      expect(label(found, '商店 0499')).toContain(inside ? '例示市499　日本、第三者' : '暗号化の鍵が未登録');
      expect(plain(found)).toContain('「商店 ０４９」に合う提供先は10件です');
      expect(found).not.toContain('errsum');
      if (!inside) expect(found).toMatch(new RegExp(`value="${holding}" selected[\\s\\S]*value="list" checked`));
      const many = await textOf(await visitor.get(`${at}&find=&q=${encodeURI('多数')}`));
      expect(plain(many)).toContain('「多数」に合う500件のうち15件を並べています。ほかの提供先は、もっと絞って');
      // Representatives are people: their names would appear in the address.
      for (const typed of ['どこにもない', '共同 太郎']) {
        const nobody = plain(await textOf(await visitor.get(`${at}&find=&q=${encodeURI(typed)}`)));
        expect(nobody).toContain(`「${typed}」に合う提供先はありません`);
        expect(nobody).toContain('名称、国から探します');
      }
      const none = await textOf(await visitor.get(`${at}&find=&q=${encodeURI('どこにもない')}`));
      expect(radios(none)).toHaveLength(inside);
    }
    expect(plain(await textOf(await english.get(`${giving(sato)}&find=&q=0490`)))).toContain('1 matches “0490”');
    // There are more recipients than the lists' filters hold; a link from the page of one recipient shows that one alone.
    for (const list of ['/provisions', '/packages']) {
      expect(await textOf(await desk.get(list))).not.toContain('多数例示商店');
      const ofOne = await textOf(await desk.get(`${list}?recipient=${kyodo}`));
      expect(ofOne).toContain(`<option value="${kyodo}" selected="">株式会社共同企画</option>`);
      expect(ofOne).not.toContain('多数例示商店');
      expect(ofOne.match(/<th scope="row"/g)!.length).toBeGreaterThan(0);
    }
    await house.db.owner.query(`DELETE FROM recipients WHERE name LIKE '多数例示商店%'`, []);
  });
});
