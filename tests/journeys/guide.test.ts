// The guide against the running office: what it offers a role, that role may do; the buttons and fields that it names are on the pages that it links
// to; and no act of daily work is left out of it.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { roles, type Role } from '../../src/base/actor.ts';
import type { Lang } from '../../src/base/bilingual.ts';
import { demoAccounts } from '../../src/demo.ts';
import { hrefOf, neededFor, plainPath, type Step, type Task } from '../../src/features/guide/facts/guide.ts';
import { chapters } from '../../src/features/guide/facts/tasks.ts';
import { furnishedOffice, type Furnished } from '../furnished.ts';
import { linkedPages, shown } from '../links.ts';
import { tokenOf } from '../server.ts';

const langs: readonly Lang[] = ['ja', 'en'];
const tasks = chapters.flatMap((chapter) => chapter.tasks);

/** The tasks that each role comes for, written by hand. Everybody has the first line. */
const everybodys = ['morning', 'telephone', 'verify', 'may-i', 'police', 'my-number', 'leak', 'account'];
const registers = [
  'judge',
  'new-data',
  'other-purpose',
  'policy',
  'recipient',
  'joint-use',
  'web-site',
  'letter-texts',
];
const staffing = ['joins', 'leaves', 'lost-sign-in', 'system'];
const deskWork = ['desk-report', 'letter', 'papers', 'answer', 'change-of-course', 'receipt', 'correct'];
const handlers = ['use', 'provide', 'package', 'related', 'consent'];
const yearly = ['check-recipients', 'review-ledger'];
const officers = [...yearly, 'acquire', 'same-person', 'readers', 'audit', 'date', 'restored'];
const comesFor: Record<Role, readonly string[]> = {
  officer: [...deskWork, ...handlers, ...registers, ...staffing, ...officers],
  desk: [...deskWork, ...handlers],
  handler: [...handlers, 'acquire'],
  'my-number': [],
  auditor: ['desk-report', 'readers', 'audit'],
  administrator: staffing,
  reception: [],
  employee: [],
};

/** Forms of the office that no task names, with the reason. */
const unnamed: Record<string, string> = {
  '/account/company': 'only where the company has a sign-in of its own; the account says how',
  '/account/company/end': 'likewise',
  '/account/company/alone': 'likewise',
  '/search': 'on every page',
  '/acquisitions/compare': 'a look within the form',
  '/people/:id/unlink': 'takes back a mistake',
  '/ledger/:id/purpose/:change/end': 'takes back a mistake',
  '/consents/objections/:id/take-back': 'takes back a mistake',
  '/consents/:id/withdrawal-time': 'offered on the page of the consent, and asked for by the promises',
  '/related/links/:id/unlink': 'takes back a mistake',
  '/related/collections/:id/withdrawn': 'offered as a task on the page when a consent ends',
  '/desk/texts/versions/:version/restore': 'takes back a mistake',
  '/desk/:id/papers/:paper': 'opens a paper of the request at hand',
  '/desk/:id/parcel/code': 'a part of an electronic answer; the page leads through it',
  '/desk/:id/parcel/end': 'likewise',
};

let house: Furnished;
/** Addresses of the furnished office, by the path of their route. */
let addresses: Map<string, string[]>;
const cookies = new Map<Role, string>();

async function signIn(role: Role): Promise<string> {
  const { email, password } = demoAccounts.find((account) => account.role === role)!;
  const url = house.office.config.publicUrl;
  const request = new Request(`${url}/sign-in`, {
    method: 'POST',
    body: new URLSearchParams({ email, password }),
    headers: { 'sec-fetch-site': 'same-origin' },
  });
  const answer = await house.app.fetch(request);
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

const goAs =
  (role: Role, lang: Lang = 'ja') =>
  async (at: string): Promise<Response> =>
    house.app.fetch(
      new Request(new URL(at, house.office.config.publicUrl), {
        headers: { cookie: `${cookies.get(role)!}; lang=${lang}` },
      }),
    );

const fits = (path: string): RegExp => new RegExp(`^${plainPath(path).replaceAll(/:\w+/g, '[^/]+')}$`);

const paths = () =>
  house.app.routes.filter(({ kind, method }) => kind !== 'api' && method === 'get').map(({ path }) => plainPath(path));

beforeAll(async () => {
  house = await furnishedOffice(() => {});
  await tokenOf(house.app.access, ['checkpoint:ask'], []);
  for (const role of roles) cookies.set(role, await signIn(role));
  const declared = paths();
  addresses = new Map();
  // Filtered lists and other views of a page are left out. A form for a person, a holding and the like is opened with a query.
  const skip = /export|\.\w+$|^\/log\/entries|^(?!.*\/new\?).*\?/;
  for await (const { at, html } of linkedPages(goAs('officer'), { of: 16, skip })) {
    if (html === '') continue;
    const { pathname } = new URL(at, 'http://office');
    const path = declared.find((one) => one === pathname) ?? declared.find((one) => fits(one).test(pathname));
    if (path) addresses.set(path, [...(addresses.get(path) ?? []), at]);
  }
}, 240_000);
afterAll(() => house.close());

const mayDo = (role: Role, step: Step): boolean =>
  neededFor(step, house.app.routes).every((action) => house.app.access.policies.rights[action][role].says === 'yes');

const tasksFor = (role: Role): Task[] =>
  tasks.filter(({ may }) => house.app.access.policies.rights[may][role].says === 'yes');

/** The texts of the elements of a page as a role sees it, asked for once. */
function reading(role: Role, lang: Lang): (address: string) => Promise<ReadonlySet<string>> {
  const read = new Map<string, Promise<ReadonlySet<string>>>();
  const textsOf = async (address: string): Promise<ReadonlySet<string>> => {
    const answer = await goAs(role, lang)(address);
    const html = answer.status === 200 ? await answer.text() : '';
    const pieces = html.slice(html.indexOf('<main')).split(/<[^>]*>/);
    return new Set(pieces.map((text) => shown(text).trim()));
  };
  return (address) => {
    const texts = read.get(address) ?? textsOf(address);
    read.set(address, texts);
    return texts;
  };
}

/** The words of a step that are on none of its pages: the first, and all that the office has of the other. */
async function lostFrom(step: Step, lang: Lang, textsOf: ReturnType<typeof reading>): Promise<string[]> {
  const at = hrefOf(step)!;
  let lost = step.named!.map((word) => word[lang]);
  for (const address of new Set([at, ...[at, step.on ?? at].flatMap((path) => addresses.get(path) ?? [])])) {
    if (lost.length === 0) break;
    const texts = await textsOf(address);
    lost = lost.filter((word) => !texts.has(word));
  }
  return lost;
}

test('each role has the tasks it comes for, and is shown no other', async () => {
  for (const role of roles) {
    const ids = tasksFor(role).map(({ id }) => id);
    expect([role, ids.toSorted()]).toEqual([role, [...everybodys, ...comesFor[role]].toSorted()]);
    for (const lang of langs) {
      const html = await (await goAs(role, lang)('/guide')).text();
      const panels = [...html.matchAll(/<section class="panel" id="([a-z-]+)"/g)].map(([, id]) => id!);
      expect([role, panels.toSorted()]).toEqual([role, ids.toSorted()]);
    }
  }
});

describe.each(roles)('%s', (role) => {
  test('may open every page that the guide links to', async () => {
    const html = await (await goAs(role)('/guide')).text();
    const main = html.slice(html.indexOf('<main'), html.indexOf('</main>'));
    const links = [
      ...new Set(
        [...main.matchAll(/<li class="my-2">.*?<\/li>/gs)].flatMap(([line]) =>
          [...line.matchAll(/href="([^"]+)"/g)].map(([, href]) => href!),
        ),
      ),
    ];
    expect(links.length).toBeGreaterThan(5);
    const closed: string[] = [];
    for (const link of links) if ((await goAs(role)(link)).status !== 200) closed.push(link);
    expect(closed).toEqual([]);
  });

  test.each(langs)(
    'finds on these pages the buttons and fields that it names (%s)',
    { timeout: 120_000 },
    async (lang) => {
      const textsOf = reading(role, lang);
      const lost: string[] = [];
      for (const { id, steps } of tasksFor(role))
        for (const step of steps.filter((one) => one.named && mayDo(role, one)))
          for (const word of await lostFrom(step, lang, textsOf)) lost.push(`${id}: ${word}`);
      expect(lost).toEqual([]);
    },
  );
});

test('a step that is not the reader’s names the roles that may take it, by the access policies', async () => {
  const html = await (await goAs('desk')('/guide')).text();
  const refusing = html.slice(html.indexOf('求めに応じない決定'));
  expect(refusing.slice(0, refusing.indexOf('</li>'))).toContain('この手順は、個人情報保護管理者が行います。');
  const reception = await (await goAs('reception')('/guide')).text();
  const police = reception.slice(reception.indexOf('id="police"'));
  const handing = police.slice(police.indexOf('「提供する」'));
  expect(handing.slice(0, handing.indexOf('</li>'))).toContain(
    'この手順は、個人情報保護管理者、個人情報窓口、取扱担当者が行います。',
  );
  expect(handing.slice(0, handing.indexOf('</li>'))).not.toContain('href');
});

test('a page is named in Japanese as the words of its buttons are, so that no name of a page is read as part of the sentence', async () => {
  const html = await (await goAs('officer')('/guide')).text();
  expect(html).toContain('「<a href="/people">本人</a>」の画面に氏名や電話番号などを入れて');
  const steps = html.match(/<li class="my-2">.*?<\/li>/gs)!;
  const links = steps.flatMap((step) => [...step.matchAll(/(.)<a href="[^"]*">[^<]*<\/a>(.)/g)]);
  expect(links.length).toBeGreaterThan(50);
  expect(
    links.filter(([, before, after]) => !['「」', '（）'].includes(`${before}${after}`)).map(([link]) => link),
  ).toEqual([]);
});

test('every act of daily work is in the guide, or is left out for a reason', () => {
  const forms = house.app.routes
    .filter(({ kind, method, may }) => kind === 'page' && method === 'post' && may !== 'public')
    .map(({ path }) => plainPath(path));
  const named = new Set(tasks.flatMap(({ steps }) => steps.flatMap(({ does }) => does ?? [])));
  expect(forms.filter((path) => !named.has(path) && !(path in unnamed))).toEqual([]);
  // An exception is a form that there is and that no task names.
  expect(Object.keys(unnamed).filter((path) => named.has(path) || !forms.includes(path))).toEqual([]);
});

test('a sentence uses each word of its step, in both languages', () => {
  const wrong = tasks.flatMap(({ id, steps }) =>
    steps.flatMap(({ says, named = [], later = [], at }) =>
      langs.flatMap((lang) => {
        const used = [...says[lang].matchAll(/\{(\d)\}/g)].map(([, n]) => Number(n)).toSorted();
        const all = [...named, ...later].map((_, n) => n);
        const nowhere = says[lang].includes('{at}') && at === undefined;
        return used.join() === all.join() && !nowhere ? [] : [`${id}: ${says[lang]}`];
      }),
    ),
  );
  expect(wrong).toEqual([]);
});
