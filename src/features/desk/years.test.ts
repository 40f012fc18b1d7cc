// A request that is read years later: a day without its year would be taken for one of the present year.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { answered, asking, openTestDesk, registered, rightPapers, seen } from '../../../tests/desk.ts';
import type { TestOffice } from '../../../tests/office.ts';
import { valueOf } from '../../../tests/people.ts';
import { day } from '../../base/day.ts';
import type { By, Room } from '../access/index.ts';
import type { Case } from './actions/cases.ts';
import { decide } from './actions/decide.ts';
import { receivePapers, sendForms, tellShort, withdraw } from './actions/receive.ts';
import { deskPages } from './pages/desk.tsx';

const TODAY = day('2026-12-07');

let on: TestOffice;
let desk: Room;
let by: By;
beforeAll(async () => {
  ({ house: on, desk, by } = await openTestDesk((office, access) => deskPages({ office, access })));
});
afterAll(() => on.close());

/** Four requests: one waits for the form, one for what is missing, one is answered, one is withdrawn. */
async function fourOf2026(): Promise<Case[]> {
  const open = await registered(desk, by, 'disclosure');
  const sent = valueOf(await sendForms(desk, by, open.row.id, seen(open), { on: TODAY }));
  const erasure = await registered(desk, by, 'erasure');
  const papers = { on: TODAY, ...rightPapers, form: 'none', method: null, feeYen: 0 } as const;
  const came = valueOf(await receivePapers(desk, by, erasure.row.id, seen(erasure), papers));
  const lacks = { on: TODAY, lacks: ['form'] } as const;
  const lacking = valueOf(await tellShort(desk, by, erasure.row.id, seen(came), lacks));
  const asked = await registered(desk, by, 'consultation');
  const decided = valueOf(
    await decide(desk, by, asked.row.id, seen(asked), { ...asking({}), reason: '', answer: 'お答えします。' }),
  );
  await answered(desk, by, decided);
  const back = await registered(desk, by, 'stop-use');
  return [sent, lacking, decided, valueOf(await withdraw(desk, by, back.row.id, seen(back), { on: TODAY }))];
}

test('no day of a request of another year stands without its year', async () => {
  const cases = await fourOf2026();
  on.clock.moveTo('2029-12-08T10:00:00+09:00');
  for (const [lang, whole, bare] of [
    ['ja', /2026年12月\d+日/, /(?<![年\d])\d{1,2}月\d{1,2}日/g],
    ['en', /December 2026/, /\d{1,2} (?:November|December|January)(?! \d{4})/g],
  ] as const) {
    const officer = await on.visitor('officer', lang);
    for (const { row } of cases) {
      const page = await (await officer.get(`/desk/${row.id}`)).text();
      const text = page.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
      expect(text).toMatch(whole);
      expect(text).toContain('2026/12/07 8:42');
      expect([...text.matchAll(bare)].map(({ index }) => text.slice(index - 20, index + 12))).toEqual([]);
    }
  }
});
