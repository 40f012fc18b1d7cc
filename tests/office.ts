// An office to test pages in: the example policy in force, a real directory with one fictional person per role, and routes mounted behind
// the real gate. Requests go straight to the server's code; nothing listens on a port.

import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Action, Role } from '../src/base/actor.ts';
import {
  addFictionalStaff,
  createGate,
  loadAccessPolicies,
  openAccess,
  type Access,
  type Room,
} from '../src/features/access/index.ts';
import { readAccessPolicies } from '../src/features/access/facts/policies.ts';
import { sessionCookie } from '../src/features/access/actions/gate.ts';
import { signIn } from '../src/features/access/actions/sign-in.ts';
import { loadFirstPolicy } from '../src/features/policy/index.ts';
import { equip, type Office } from '../src/office.ts';
import { standingClock } from '../src/platform/clock.ts';
import { readConfig } from '../src/platform/config.ts';
import { mountRoutes, type Frame, type Route } from '../src/platform/http/index.ts';
import { asSent, formsShown } from './forms.ts';
import { PASSWORD, PASSWORD_HASH, testDatabase, type TestDatabase } from './house.ts';

const people: Partial<Record<Role, string>> = {
  officer: '関口 真理',
  auditor: '水野 恵',
  desk: '佐伯 健',
  reception: '小林 葵',
};

/** A visitor with a browser: a session's cookie, and the language of the pages. */
export interface Visitor {
  /** `kept`: another cookie that the browser has. */
  get(path: string, kept?: string): Promise<Response>;
  /**
   * Sends a form as the page at `from` would, with its token. Repeated fields are lists, files are files. Throws when a browser with script would
   * show nothing of the answer.
   */
  post(path: string, fields: Record<string, string | string[] | File>, from?: string): Promise<Response>;
}

export interface TestOffice {
  db: TestDatabase;
  office: Office;
  access: Access;
  clock: ReturnType<typeof standingClock>;
  /** Ids of the staff. */
  staff: Record<string, string>;
  fetch(request: Request): Response | Promise<Response>;
  visitor(role: Role | 'nobody', lang?: 'ja' | 'en'): Promise<Visitor>;
  close(): Promise<void>;
}

/** The office of a company whose access policies let this role do something, and nobody else on the staff. */
export const onlyMay = ({ office, access }: Room, role: Role, action: Action): Room => {
  const own = `
@id("own-permit") permit (principal in Role::"${role}", action == Action::"${action}", resource);
@id("own-forbid") forbid (principal is Staff, action == Action::"${action}", resource) unless { principal in Role::"${role}" };
`;
  return { office, access: { ...access, policies: readAccessPolicies(access.policies.text + own, 'own.cedar') } };
};

/** Read once per worker: they hold nothing of an office. */
let accessPolicies: ReturnType<typeof loadAccessPolicies> | undefined;

const nav: Frame['nav'] = {
  groups: [
    { links: [{ href: '/', label: 'ホーム' }] },
    { title: '仕事', links: [{ href: '/ledger', label: '台帳' }] },
    { title: '体制', links: [{ href: '/log', label: '記録の検証' }] },
  ],
};

/**
 * Opens the office and mounts what `routes` gives. `at`: the time of its clock. `env`: the settings it starts with. `durable`: commits are durable
 * as in production. `policy`: the folder of its first policy.
 */
export async function openTestOffice(
  routes: (office: Office, access: Access) => Route[],
  {
    at = '2026-12-07T08:42:00+09:00',
    env = {},
    durable = false,
    policy = 'policies/example',
  }: { at?: string; env?: Record<string, string>; durable?: boolean; policy?: string } = {},
): Promise<TestOffice> {
  const db = await testDatabase({ durable });
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'sekisho-office-'));
  const clock = standingClock(at);
  const office = await equip(readConfig(env, { dataFolder: folder }), clock, db.app);
  await loadFirstPolicy(office, path.resolve(policy));
  const access = await openAccess(office, await (accessPolicies ??= loadAccessPolicies('policies/access.cedar')));
  const staff: Record<string, string> = {};
  for (const [role, name] of Object.entries(people)) {
    staff[role] = await addFictionalStaff(access, {
      name,
      email: `${role}@example.jp`,
      roles: [role as Role],
      passwordHash: PASSWORD_HASH,
    });
  }
  const app = mountRoutes(routes(office, access), {
    gate: await createGate(access),
    publicUrl: office.config.publicUrl,
    frame: async (c) => {
      const actor = c.get('actor');
      return {
        lang: c.get('lang'),
        company: '例示情報通信株式会社',
        ...(actor.kind === 'staff' ? { user: { name: actor.name, role: actor.roles[0]! } } : {}),
        nav,
        footer: [],
        csrf: c.get('csrf'),
      };
    },
    refusalPage: (c, status, says) => c.text(says[c.get('lang')], status as 403),
    report: (line) => {
      throw new Error(line);
    },
  });
  const request = (to: string, cookie: string, init: RequestInit = {}): Promise<Response> =>
    Promise.resolve(
      app.request(`${office.config.publicUrl}${to}`, {
        ...init,
        headers: { ...init.headers, ...(cookie ? { cookie } : {}) },
      }),
    );
  const visitor = async (role: Role | 'nobody', lang: 'ja' | 'en' = 'ja'): Promise<Visitor> => {
    let cookie = `lang=${lang}`;
    if (role !== 'nobody') {
      const signed = await signIn(access, { email: `${role}@example.jp`, password: PASSWORD }, '127.0.0.1');
      if (!signed.ok) throw new Error('the fictional person cannot sign in');
      cookie = `${sessionCookie(access, signed.value.token).split(';')[0]}; ${cookie}`;
    }
    const forms = formsShown();
    /** The HTML of an answer, whose forms are then known; '' for an answer that is no page. */
    const look = async (answer: Response): Promise<string> => {
      const html = answer.headers.get('content-type')?.startsWith('text/html') ? await answer.clone().text() : '';
      forms.look(html);
      return html;
    };
    return {
      get: async (to, kept) => {
        const answer = await request(to, kept === undefined ? cookie : `${cookie}; ${kept}`);
        await look(answer);
        return answer;
      },
      post: async (to, fields, from = to) => {
        const html = await look(await request(from, cookie));
        const csrf = /name="csrf" value="([^"]*)"/.exec(html)?.[1] ?? '';
        const files = Object.values(fields).some((value) => value instanceof File);
        const body = files ? new FormData() : new URLSearchParams();
        body.append('csrf', csrf);
        for (const [name, value] of Object.entries(fields))
          for (const one of [value].flat()) body.append(name, (typeof one === 'string' ? asSent(one) : one) as string);
        const answer = await request(to, cookie, { method: 'POST', body });
        forms.assertShown(answer.status, to, Object.keys(fields));
        await look(answer);
        return answer;
      },
    };
  };
  return {
    db,
    office,
    access,
    clock,
    staff,
    fetch: (r) => app.fetch(r),
    visitor,
    close: async () => {
      await db.drop();
      await fs.rm(folder, { recursive: true });
    },
  };
}
