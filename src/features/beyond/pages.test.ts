// The pages of a use beyond the purpose: who may ask, what is asked, what an error says, what is shown once, and where the use stays on record.

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openTestOffice, type TestOffice, type Visitor } from '../../../tests/office.ts';
import { addHolding, addPerson, addStop, byOfficer, openTestCheckpoint, valueOf } from '../../../tests/people.ts';
import { listEntries } from '../../log/index.ts';
import { eraseAll, forgetStanding } from '../checkpoint/index.ts';
import { peopleRoutes } from '../people/index.ts';
import { usesBeyondOf } from './actions.ts';
import { beyondRoutes } from './index.ts';

let house: TestOffice;
let close: () => Promise<void>;
let holding: string;
let officer: Visitor;
let english: Visitor;
let desk: Visitor;
beforeAll(async () => {
  house = await openTestOffice((office, access) => [
    ...beyondRoutes({ office, access }),
    ...peopleRoutes({ office, access }),
  ]);
  close = await openTestCheckpoint(house);
  holding = await addHolding(house);
  officer = await house.visitor('officer');
  english = await house.visitor('officer', 'en');
  desk = await house.visitor('desk');
});
afterAll(async () => {
  await close();
  await house.close();
});

let n = 0;
let principal: string;
let email: string;
beforeEach(async () => {
  email = `page-${++n}@example.jp`;
  principal = (await addPerson(house, holding, { name: '例示 花子', email })).principal;
});

const at = () => `/uses-beyond/new?principal=${principal}&holding=${holding}`;
const stated = () => ({
  principal,
  holding,
  items: ['email'],
  purpose: 'other',
  'exception.item': '18(3)(ii)',
  situation: '豪雨で連絡のとれない人の安否を確かめる',
});
const elements = { 'exception.necessary': 'yes', 'exception.consentDifficult': 'yes' };
const send = (fields: Record<string, string | string[]>, as = officer) => as.post('/uses-beyond/new', fields, at());

describe('asking', () => {
  test('is offered to the officer on the page of the person; to nobody else, who are told to ask the officer', async () => {
    const link = `/uses-beyond/new?principal=${principal}&amp;holding=${holding}`;
    expect(await (await officer.get(`/people/${principal}`)).text()).toContain(link);
    expect(await (await desk.get(`/people/${principal}`)).text()).not.toContain('/uses-beyond');
    expect((await desk.get(at())).status).toBe(403);
    expect((await desk.post('/uses-beyond/new', stated(), `/people/${principal}`)).status).toBe(403);
    const opening = { holding, n: '0', 'items-0': ['email'], 'purpose-0': 'P1' };
    const open = (as: Visitor) => as.post(`/people/${principal}/open`, opening, `/people/${principal}`);
    const refused = await open(desk);
    expect(refused.status).toBe(403);
    const text = await refused.text();
    expect(text).toContain('個人情報保護管理者に判断を求めてください');
    expect(text).not.toContain('/uses-beyond');
    const own = await (await open(officer)).text();
    expect(own).toContain(link);
    expect(own).not.toContain('個人情報保護管理者に判断を求めてください');
  });

  test('shows what is held about the person and the purposes it can go to, none of them of My Numbers', async () => {
    const text = await (await officer.get(at())).text();
    expect([...text.matchAll(/name="items" value="(\w+)"/g)].map(([, code]) => code)).toEqual(['name', 'email']);
    const purposes = [...text.matchAll(/<option value="([A-Z][^"]*|other)"/g)].map(([, id]) => id);
    expect(purposes).toEqual(['P1', 'P2', 'P3', 'P4', 'P-RIGHTS', 'other']);
    expect(text).toContain('法18条3項2号');
    expect(await (await english.get(at())).text()).toContain('A purpose that the policy does not state');
    const nobody = await officer.get(`/uses-beyond/new?principal=${holding}&holding=${holding}`);
    expect([nobody.status, nobody.headers.get('location')]).toEqual([303, '/people']);
  });

  test('names what was left out, at its field', async () => {
    const empty = await send({ principal, holding });
    expect(empty.status).toBe(422);
    const text = await empty.text();
    for (const field of ['items', 'purpose', 'exception-item', 'situation'])
      expect(text).toContain(`href="#f-${field}"`);
    const wordless = await send({ ...stated(), situation: ' ' });
    expect(wordless.status).toBe(422);
    expect(await wordless.text()).toMatch(
      /href="#f-situation"[^>]*>[^<]*：どのような事情で、何のために要るかを書いてください/,
    );
    const within = await send({ ...stated(), ...elements, purpose: 'P3' });
    expect(within.status).toBe(422);
    expect(await within.text()).toContain('集めたときの目的か本人の同意の範囲内です');
    const changing = await send({ ...stated(), forget: 'purpose' });
    expect(changing.status).toBe(200);
    expect(await usesBeyondOf(house.office, principal)).toEqual([]);
  });

  test('asks for what the item needs, and opens nothing before it is known', async () => {
    for (const press of ['answer', 'open']) {
      const text = await (await send({ ...stated(), do: press })).text();
      expect(text).toContain('name="exception.necessary"');
      expect(text).toContain('name="exception.consentDifficult"');
      expect(text).toContain('保留');
      expect(text).not.toContain(email);
    }
    expect(await usesBeyondOf(house.office, principal)).toEqual([]);
    const [refused] = await listEntries(house.office.database, { principal, most: 1 });
    expect(refused!.entry).toMatchObject({ action: 'refused', decision: { answer: 'unknown' } });
  });

  test('says before anything is opened that the person had the use stopped', async () => {
    const before = await (await send({ ...stated(), ...elements })).text();
    await addStop(house, principal, 'use', '35(6)');
    forgetStanding(house.office);
    const text = await (await send({ ...stated(), ...elements })).text();
    const told = 'この利用をやめるよう、本人が求めています';
    expect([before.includes(told), text.includes(told), text.includes('value="open"')]).toEqual([false, true, true]);
    expect(text).not.toContain(email);
    expect(await usesBeyondOf(house.office, principal)).toEqual([]);
  });
});

describe('what was used beyond the purpose', () => {
  const used = async (situation = stated().situation): Promise<string> => {
    const asked = await (await send({ ...stated(), ...elements, situation })).text();
    expect(asked).toContain('value="open"');
    expect(asked).not.toContain(email);
    const opened = await send({ ...stated(), ...elements, situation, do: 'open' });
    expect(opened.status).toBe(200);
    expect(await opened.text()).toContain(email);
    return (await usesBeyondOf(house.office, principal))[0]!.id;
  };

  test('is shown once, and stays on record with who approved it; after an erasure without the words', async () => {
    const id = await used();
    const page = async (as: Visitor) => (await as.get(`/uses-beyond/${id}`)).text();
    const text = await page(officer);
    for (const one of ['関口 真理', '法18条3項2号', '方針に書いていない目的', '豪雨で連絡のとれない人の安否を確かめる'])
      expect(text).toContain(one);
    expect(text).toMatch(/本人の同意を得るのが難しいですか[\s\S]{0,200}はい/);
    expect(text).not.toContain(email);
    expect(await page(english)).toContain('Approved by');
    const auditor = await house.visitor('auditor');
    expect((await auditor.get(`/uses-beyond/${id}`)).status).toBe(200);
    expect((await officer.get(`/uses-beyond/${principal}`)).status).toBe(404);
    const person = await (await officer.get(`/people/${principal}`)).text();
    expect(person).toContain(`href="/uses-beyond/${id}"`);
    expect(person).toContain('方針に書いていない目的');
    const erasing = { principal, ground: 'request-harm' } as const;
    valueOf(await eraseAll(house.office, byOfficer(house), erasing));
    const after = await page(officer);
    expect(after).toContain('本人の情報とともに消去しました');
    expect(after).not.toContain('豪雨');
    for (const one of ['関口 真理', '法18条3項2号']) expect(after).toContain(one);
    expect(await (await officer.get(`/people/${principal}`)).text()).toContain(`href="/uses-beyond/${id}"`);
  });

  test('takes what has happened in lines, and shows it in them', async () => {
    expect(await (await officer.get(at())).text()).toMatch(/<textarea[^>]*name="situation"[^>]*maxlength="1000"/);
    const lines = '豪雨で連絡のとれない人がいる。\n安否を確かめる。';
    const filled = '\n例'.padEnd(1_000 - lines.length, '例');
    const text = await (await officer.get(`/uses-beyond/${await used(lines + filled)}`)).text();
    expect(text).toContain(`<span class="whitespace-pre-line" translate="no">${lines}${filled}</span>`);
  });

  test('is told to the person in words', async () => {
    const id = await used();
    const text = await (await officer.get(`/people/${principal}/receipts/${id}`)).text();
    expect(text).toContain('法律の定める例外');
    expect(text).toContain('方針に書いていない目的');
    expect(text).not.toContain('豪雨');
  });
});
