// Every form that the pages of a furnished office show, by the links that lead from its home page.

import { afterAll, beforeAll, expect, test } from 'vitest';
import type { App } from '../../src/app.ts';
import { roles, type Role } from '../../src/base/actor.ts';
import { demoAccounts } from '../../src/demo.ts';
import { fictionalPerson } from '../../src/demo-people.ts';
import type { Office } from '../../src/office.ts';
import { asSent } from '../forms.ts';
import { furnishedOffice, type Furnished } from '../furnished.ts';
import { like, linkedPages, shown } from '../links.ts';
import { everything } from '../server.ts';

let house: Furnished;
let office: Office;
let app: App;
beforeAll(async () => {
  house = await furnishedOffice((line) => expect.unreachable(line));
  ({ office, app } = house);
});
afterAll(() => house?.close());

const attribute = (tag: string, name: string): string | undefined => {
  const found = new RegExp(` ${name}="([^"]*)"`).exec(tag);
  return found ? shown(found[1]!) : undefined;
};

interface Control {
  name: string;
  value: string;
  /** What is typed into it: several lines (true) or one (false); null where nothing is typed. */
  lines: boolean | null;
}

interface SeenForm {
  at: string;
  action: string;
  files: boolean;
  controls: Control[];
}

/** The fields of an untouched form that a browser would send, in order. */
const controlsOf = (within: string): Control[] =>
  [
    ...within.matchAll(
      /<(input)\b([^>]*)>|<(textarea)\b([^>]*)>(.*?)<\/textarea>|<(select)\b([^>]*)>(.*?)<\/select>/gs,
    ),
  ].flatMap(([, input, tag, area, areaTag, text, , selectTag, options]): Control[] => {
    const own = ` ${tag ?? areaTag ?? selectTag} `;
    const name = attribute(own, 'name');
    if (name === undefined || / disabled/.test(own)) return [];
    if (area) return [{ name, value: shown(text!), lines: true }];
    if (!input) {
      const all = [...options!.matchAll(/<option\b([^>]*)>/g)].map(([, option]) => ` ${option} `);
      const chosen = all.find((option) => / selected/.test(option)) ?? all[0];
      return chosen ? [{ name, value: attribute(chosen, 'value') ?? '', lines: null }] : [];
    }
    const type = attribute(own, 'type') ?? 'text';
    const value = attribute(own, 'value') ?? '';
    if (['checkbox', 'radio'].includes(type)) return / checked/.test(own) ? [{ name, value, lines: null }] : [];
    if (['file', 'submit', 'password'].includes(type)) return [];
    return [{ name, value, lines: type === 'hidden' ? null : false }];
  });

const formsIn = (at: string, html: string): SeenForm[] =>
  [...html.matchAll(/(<form\b[^>]*method="post"[^>]*>)(.*?)<\/form>/gs)].map(([, tag, within]) => ({
    at,
    action: attribute(tag!, 'action')!,
    files: attribute(tag!, 'enctype') !== undefined,
    controls: controlsOf(within!),
  }));

const url = (to: string): string => `${office.config.publicUrl}${to}`;

async function enter(role: Role): Promise<string> {
  const { email, password } = demoAccounts.find((account) => account.role === role)!;
  const body = new URLSearchParams({ email, password });
  const answer = await app.fetch(new Request(url('/sign-in'), { method: 'POST', body }));
  return answer.headers.get('set-cookie')!.split(';')[0]!;
}

const notPages = /\.(pdf|json|csv|xlsx)|\/log\/entries|^\/log\/tile/;

/** The pages of the office, two of each kind. */
async function* pages(cookie: string, lang: 'ja' | 'en'): AsyncGenerator<{ at: string; html: string }> {
  const go = async (at: string) => app.fetch(new Request(url(at), { headers: { cookie: `${cookie}; lang=${lang}` } }));
  for await (const page of linkedPages(go, { of: 2, skip: notPages })) if (page.html !== '') yield page;
}

async function send(cookie: string, lang: string, { action, files, at }: SeenForm, fields: [string, string][]) {
  const body = files ? new FormData() : new URLSearchParams();
  for (const [name, value] of fields) body.append(name, asSent(value));
  return app.fetch(
    new Request(url(action), {
      method: 'POST',
      body,
      headers: { cookie: `${cookie}; lang=${lang}`, 'sec-fetch-site': 'same-origin', referer: url(at) },
    }),
  );
}

/** Texts that are taken exactly as typed: those about a person, and those read by a program of its own. */
const exactly = [
  '/people/search',
  '/acquisitions items.',
  '/people/:id/correct items.',
  '/desk/:id/specified',
  '/packages/:id/people list',
  '/living-policy/new ',
];

const isExact = (key: string): boolean =>
  exactly.some((begin) => key.startsWith(begin)) && !key.endsWith(' effective_on');

/** The key of a text field of a form. The sentences of the letters count as one field per language. */
const keyOf = ({ action }: SeenForm, name: string): string =>
  `${like(action)} ${like(name)}`.replace(/^(\/desk\/texts\/)\S+ .*\.(ja|en)$/, '$1:group $2');

const saysIn = {
  ja: (lines: boolean) => `${lines ? '' : '改行などの'}見えない文字を除いてください`,
  en: (lines: boolean) => `Remove ${lines ? '' : 'line breaks and other '}invisible characters`,
};
const notCharacter = { ja: '文字として読めない符号が含まれています', en: 'It contains a code that is not a character' };

/** Everything that was done. Excludes looking at pages, also at those that open words about a person, and sessions being used. */
async function whatWasDone(): Promise<object> {
  const { log_entries: _, staff_sessions: __, ...tables } = await everything(house.db);
  // The office's own rounds write entries at any time.
  const asked = "SELECT count(*)::int AS n FROM log_entries WHERE actor <> 'sekisho' AND action <> 'people:words'";
  return { ...tables, entries: await house.db.owner.query(asked, []) };
}

test('no form takes what nobody sees: it names the field, loses nothing that was typed, and does nothing', async () => {
  const met = new Set<string>();
  // The officer can reach every form that anybody can.
  const cookie = await enter('officer');
  const before = await whatWasDone();
  for await (const { at, html } of pages(cookie, 'ja')) {
    // A browser would remember what is typed about other people, and suggest it to the next user.
    for (const [field] of html.matchAll(/<input\b(?![^>]* type="(?:hidden|checkbox|radio|file|password|date)")[^>]*>/g))
      expect([at, field]).toEqual([
        at,
        expect.stringMatching(/ autocomplete="(off|name|email|username|one-time-code)"/),
      ]);
    for (const form of formsIn(at, html))
      for (const [i, { name, lines }] of form.controls.entries()) {
        const key = keyOf(form, name);
        if (lines === null || met.has(key)) continue;
        met.add(key);
        const exact = isExact(key);
        const typed = form.controls.map((one, j) => (one.lines === null ? one.value : `値${j}です`));
        const sent = typed.with(i, exact ? 'あ\0い' : 'あ\u0007い');
        for (const lang of ['ja', 'en'] as const) {
          const answer = await send(
            cookie,
            lang,
            form,
            sent.map((value, j) => [form.controls[j]!.name, value]),
          );
          const page = await answer.text();
          const [, called, says] =
            /<a href="#f-[^"]*" data-turbo="false">([^<]*)(?:：|: )([^<]*)<\/a>/.exec(page) ?? [];
          expect([key, answer.status, says]).toEqual([key, 422, exact ? notCharacter[lang] : saysIn[lang](lines)]);
          expect([key, called]).toEqual([key, expect.not.stringMatching(`^(${name}|\\?)$`)]);
          expect([key, /[ぁ-ん]/.test(called!) && lang === 'en']).toEqual([key, false]);
          // A link to the other language would lose what was typed.
          expect([key, page.includes('hreflang=')]).toEqual([key, false]);
          const again = formsIn(at, page).find(({ action }) => action === form.action);
          const kept = again?.controls.map(({ name: of, value }) => [of, value]);
          expect([key, kept?.filter(([of]) => of !== 'csrf')]).toEqual([
            key,
            form.controls.map((one, j) => [one.name, j === i ? 'あい' : typed[j]]).filter(([of]) => of !== 'csrf'),
          ]);
        }
      }
  }
  expect(met.size).toBeGreaterThan(200);
  expect(await whatWasDone()).toEqual(before);
});

const names = Array.from({ length: 240 }, (_, i) => fictionalPerson(i).name);

/** True when an acquired person can be seen: by an e-mail address or telephone number that only they have, or by their name. */
const showsAnybody = (html: string): boolean =>
  /\.\d+@example\.jp|090-0\d{3}-\d{4}/.test(html) || names.some((name) => html.includes(name));

/** A page after a button was pressed that opens a person; only the press is logged. */
async function opened(cookie: string, csrf: string): Promise<string> {
  const [held] = await house.db.owner.query<{ principal: string; holding: string; purpose: string }>(
    `SELECT principal_id AS principal, holding_id AS holding, purposes[1] AS purpose FROM acquisitions
     WHERE 'name' = ANY (items) AND principal_id IN (SELECT id FROM vault_principals) ORDER BY at LIMIT 1`,
    [],
  );
  const { principal, holding, purpose } = held!;
  const body = new URLSearchParams({ csrf, holding, n: '0', 'items-0': 'name', 'purpose-0': purpose });
  const headers = { cookie, 'sec-fetch-site': 'same-origin' };
  return (await app.fetch(new Request(url(`/people/${principal}/open`), { method: 'POST', body, headers }))).text();
}

/** The pages and files of the app, each with what its address looks like. */
const addresses = (): { route: App['routes'][number]; looks: RegExp }[] =>
  app.routes
    .filter(({ kind }) => kind !== 'api')
    .map((route) => {
      const parts = route.path.replaceAll(/:\w+(?:\{(.*?)\}(?=\/|$))?/g, (_, of?: string) => of ?? '[^/]+');
      return { route, looks: new RegExp(`^${parts}$`) };
    });

/** Whether a role may open the page or file at an address, or send a form there, according to the routes. */
function mayAt(all: ReturnType<typeof addresses>, role: Role, method: 'get' | 'post', address: string): boolean {
  const { pathname } = new URL(address, office.config.publicUrl);
  const found = all.find(({ route, looks }) => route.method === method && looks.test(pathname));
  if (!found) return false;
  const { may } = found.route;
  const actor = { kind: 'staff', id: role, name: '', roles: [role] } as const;
  return may === 'public' || may === 'signed-in' || app.access.policies.decide(actor, may).allowed;
}

test('no page leads or offers to whoever sees it what they may not do, and none shows anything of anybody: that takes a button, whose press is on record', async () => {
  const closed: string[] = [];
  const unasked: string[] = [];
  const all = addresses();
  for (const role of roles.filter((one) => one !== 'officer')) {
    const cookie = await enter(role);
    const go = async (at: string) => app.fetch(new Request(url(at), { headers: { cookie } }));
    let met = 0;
    for await (const { at, answer, html } of linkedPages(go, { of: 1, skip: notPages })) {
      met += 1;
      if (answer.status >= 400) closed.push(`${role} ${answer.status} ${like(at)}`);
      for (const [, href] of html.matchAll(/<a\b[^>]* href="(\/[^"#]*)/g))
        if (!mayAt(all, role, 'get', shown(href!))) closed.push(`${role} ${like(at)} leads to ${like(shown(href!))}`);
      for (const [form] of html.matchAll(/<(?:form|button)\b[^>]* (?:form)?action="[^>]*>/g)) {
        const to = attribute(form, 'action') ?? attribute(form, 'formaction')!;
        const method = form.includes('method="get"') ? 'get' : 'post';
        if (!mayAt(all, role, method, to)) closed.push(`${role} ${like(at)} offers ${method} ${like(to)}`);
      }
      if (showsAnybody(html)) unasked.push(`${role} ${like(at)}`);
    }
    expect(met).toBeGreaterThan(20);
  }
  expect(closed).toEqual([]);
  expect(unasked).toEqual([]);
  const cookie = await enter('desk');
  const count = async () =>
    (await house.db.owner.query("SELECT 1 FROM log_entries WHERE action = 'people:use'", [])).length;
  const before = await count();
  const html = await (await app.fetch(new Request(url('/people'), { headers: { cookie } }))).text();
  const shownNow = await opened(cookie, /name="csrf" value="([^"]*)"/.exec(html)![1]!);
  expect([showsAnybody(shownNow), await count()]).toEqual([true, before + 1]);
});
