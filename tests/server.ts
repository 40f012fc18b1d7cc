// The whole office as seen from outside, for journeys and faults: the assembled app on a fresh database in this process, with sessions and tokens
// for everybody; and the real program as a process of its own, for what only a process can suffer.

import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fs from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { once } from 'node:events';
import type pg from 'pg';
import { openApp, type App } from '../src/app.ts';
import { actions, roles, type Action, type Role } from '../src/base/actor.ts';
import { sekisho, type Sekisho } from '../src/client.ts';
import { addFictionalStaff, createSystem, createToken, type Access } from '../src/features/access/index.ts';
import { sessionCookie } from '../src/features/access/actions/gate.ts';
import { signIn } from '../src/features/access/actions/sign-in.ts';
import { registerHolding, type HoldingInput } from '../src/features/ledger/index.ts';
import { putTag, registerSite, type Register } from '../src/features/transmission/index.ts';
import { equip, type Office } from '../src/office.ts';
import { systemClock, type Clock } from '../src/platform/clock.ts';
import { readConfig } from '../src/platform/config.ts';
import { day } from '../src/base/day.ts';
import { PASSWORD, PASSWORD_HASH, testDatabase, type TestDatabase } from './house.ts';
import { addConsent, addConsentText, addRecipient } from './people.ts';

export const root = path.resolve(import.meta.dirname, '..');
const PURPOSES = ['P1', 'P2', 'P3', 'P4'];

/** The actions that the access policies may give to a system. */
export const systemActions = actions.filter(
  (action) =>
    !/^(home|staff|systems|judgements|policy:propose|policy:approve|people:use-beyond|provisions:approve|requests:decide|log:review|date|keys)/.test(
      action,
    ),
);

const by = { actor: { kind: 'sekisho' }, authority: [] } as const;

export function must<T>(outcome: { ok: true; value: T } | { ok: false; problem: unknown }): T {
  if (outcome.ok) return outcome.value;
  throw new Error(`expected a value, got ${JSON.stringify(outcome.problem)}`);
}

const itemCodes = ['name', 'name_kana', 'email', 'phone', 'address', 'note'];

/** A holding that keeps the usual items, for P1 and P3, from web forms and from third parties. */
export const readers: Omit<HoldingInput, 'manager'> = {
  name: { ja: '読者台帳', en: 'Readers' },
  department: '営業部',
  purposes: ['P1', 'P3'],
  items: itemCodes,
  place: '関所の保管庫',
  retention: { years: 3, from: '' },
  channels: ['web-form', 'indirect'],
  principals: ['customer'],
  access: '営業部',
};

let systems = 0;

/** A token of a new system. */
export async function tokenOf(
  access: Access,
  acts: readonly Action[] = systemActions,
  purposes: readonly string[] = PURPOSES,
): Promise<{ id: string; token: string }> {
  const { id } = must(await createSystem(access, by, { name: `業務システム ${++systems}` }));
  return must(await createToken(access, by, { systemId: id, actions: acts, purposes, days: 30 }, PURPOSES));
}

/** Adds one member of staff per role, and the holding `readers`. Returns their ids. */
export async function settle(app: App): Promise<{ staff: Record<Role, string>; holding: string }> {
  const staff = {} as Record<Role, string>;
  for (const role of roles) {
    const person = { name: '職員 一人', email: `${role}@example.jp`, roles: [role], passwordHash: PASSWORD_HASH };
    staff[role] = await addFictionalStaff(app.access, person);
  }
  const holding = must(await registerHolding(app, by, { ...readers, manager: staff.officer }));
  return { staff, holding: holding.id };
}

export interface Session {
  cookie: string;
  csrf: string;
}

/** Signs a member of staff in again; `go` sends requests to the server they then use. */
export async function sessionIn(
  { access }: Pick<App, 'access'>,
  role: Role,
  go: (to: string, init?: RequestInit) => Promise<Response>,
): Promise<Session> {
  const signed = must(await signIn(access, { email: `${role}@example.jp`, password: PASSWORD }, '127.0.0.1'));
  const cookie = sessionCookie(access, signed.token).split(';')[0]!;
  const account = await (await go('/account', { headers: { cookie } })).text();
  return { cookie, csrf: /name="csrf" value="([^"]+)"/.exec(account)![1]! };
}

export interface TestServer {
  db: TestDatabase;
  office: Office;
  app: App;
  url: string;
  /** Every line the server reported to its operator. */
  reported: string[];
  staff: Record<Role, string>;
  holding: string;
  /** A registered third party. */
  recipient: string;
  /** Records that a person consents to a provision of anything in `readers` to the recipient for P3; returns what a provision then states. */
  consented(principal: string): Promise<{ recipient: string; facts: { relation: 'third-party' } }>;
  fetch(to: string, init?: RequestInit): Promise<Response>;
  /** Signs in anew. */
  session(role: Role): Promise<Session>;
  /** A token with every action a system may have. */
  token: string;
  client: Sekisho;
  clientWith(token: string, lang?: 'ja' | 'en'): Sekisho;
  close(): Promise<void>;
}

/** A copy of the project's folder with other policies: its access policies with `permit` added, and operator.yaml changed by `operator`. */
export async function rootWith(policies: Policies, folder: string): Promise<string> {
  const { permit = '', operator = (yaml: string) => yaml } = policies;
  const example = path.join(root, 'policies', 'example');
  await fs.mkdir(path.join(folder, 'policies', 'example'), { recursive: true });
  for (const file of await fs.readdir(example)) {
    const text = await fs.readFile(path.join(example, file), 'utf8');
    await fs.writeFile(
      path.join(folder, 'policies', 'example', file),
      file === 'operator.yaml' ? operator(text) : text,
    );
  }
  await fs.symlink(path.join(root, 'dist'), path.join(folder, 'dist'));
  const cedar = await fs.readFile(path.join(root, 'policies', 'access.cedar'), 'utf8');
  await fs.writeFile(path.join(folder, 'policies', 'access.cedar'), `${cedar}\n${permit}`);
  return folder;
}

export interface Policies {
  /** Cedar policies that the company adds to its access policies. */
  permit?: string;
  /** The company's change of operator.yaml. */
  operator?: (yaml: string) => string;
}

/**
 * Opens the office. `env`: the settings it starts with. `durable`: commits are durable as in production. `through`: the way by which the office
 * connects.
 */
export async function openServer({
  clock = systemClock,
  env = {},
  durable = false,
  through,
  ...policies
}: {
  clock?: Clock;
  env?: Record<string, string>;
  durable?: boolean;
  through?: (to: pg.PoolConfig) => Promise<pg.PoolConfig>;
} & Policies = {}): Promise<TestServer> {
  const db = await testDatabase({ durable, ...(through ? { through } : {}) });
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'sekisho-server-'));
  const office = await equip(readConfig(env, { dataFolder: path.join(folder, 'data') }), clock, db.app);
  const reported: string[] = [];
  const project = Object.keys(policies).length === 0 ? root : await rootWith(policies, path.join(folder, 'project'));
  const app = await openApp(office, { root: project, report: (line) => reported.push(line) });
  const { staff, holding } = await settle(app);
  const url = office.config.publicUrl;
  const go = async (to: string, init?: RequestInit): Promise<Response> =>
    app.fetch(new Request(to.startsWith('http') ? to : `${url}${to}`, init));
  const clientWith = (token: string, lang: 'ja' | 'en' = 'en'): Sekisho =>
    sekisho({ url, token, lang, fetch: (to, init) => go(String(to), init) });
  const { token } = await tokenOf(app.access);
  const house = { office, staff };
  const recipient = await addRecipient(house, {
    name: '株式会社例示運輸',
    address: '東京都中央区例示町2-2',
    representative: '運輸 太郎',
  });
  let text: ReturnType<typeof addConsentText> | undefined;
  return {
    db,
    office,
    app,
    url,
    reported,
    staff,
    holding,
    recipient,
    consented: async (principal) => {
      text ??= addConsentText(house, { holding, recipients: [recipient], items: itemCodes });
      await addConsent(house, principal, await text, day('2026-10-01'));
      return { recipient, facts: { relation: 'third-party' } };
    },
    fetch: go,
    session: (role) => sessionIn(app, role, go),
    token,
    client: clientWith(token),
    clientWith,
    close: async () => {
      await app.close();
      await db.drop();
      await fs.rm(folder, { recursive: true });
    },
  };
}

/** A web site with a tag that may go live. */
export async function aWebSite({ office }: Pick<TestServer, 'office'>): Promise<Register> {
  const today = office.clock.today();
  const site = must(
    await registerSite(office, by, {
      code: 'shop',
      name: { ja: '例示ショップ', en: 'Reiji Shop' },
      origins: ['https://shop.example.jp'],
      service: 'information',
      linkedOn: today,
    }),
  );
  const tag = must(
    await putTag(office, by, {
      id: site.id,
      version: site.version,
      input: {
        code: 'analytics',
        name: { ja: 'アクセス解析', en: 'Web analytics' },
        information: { ja: '見たページのアドレス', en: 'Addresses of the pages seen' },
        recipient: { name: { ja: '例示解析株式会社', en: 'Reiji Analytics' }, country: 'JP' },
        purpose: { ja: 'サイトの改善', en: 'Improving the site' },
        sends: true,
        thirdPartyId: true,
        plain: true,
        choice: 'opt-in',
        patterns: ['cdn.analytics.example'],
      },
    }),
  );
  return tag.register;
}

let people = 0;

/** An acquisition of a new fictional person through the web form. */
export const newcomer = (holding: string, items: Record<string, string> = {}) => ({
  holding,
  channel: 'web-form',
  source: 'principal' as const,
  purposes: ['P3'],
  purposeIndicated: { placement: 'before-submit' as const },
  items: { name: '例示 花子', name_kana: 'レイジ ハナコ', email: `reader-${++people}@example.jp`, ...items },
});

/** The log without the entries that promises write by the clock, one minute after the start and every minute after that. */
export const ENTRIES = "(SELECT * FROM log_entries WHERE action <> 'policy:promise')";

/** A digest of every table, except what the clock writes: what the log and the promises keep about themselves, and the time reached. */
export async function everything({ owner }: TestDatabase): Promise<Record<string, string>> {
  const tables = await owner.query<{ name: string }>(
    "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename !~ '^(log_(leaves|tiles|checkpoints|verifications)|promise_|time_reached)'",
    [],
  );
  const state: Record<string, string> = {};
  for (const { name } of tables) {
    const rows = await owner.query<{ of: string }>(
      `SELECT count(*) || ' ' || md5(coalesce(string_agg(t::text, '' ORDER BY t::text), '')) AS of FROM ${name === 'log_entries' ? ENTRIES : name} t`,
      [],
    );
    state[name] = rows[0]!.of;
  }
  return state;
}

// ---- the real program

export interface Program {
  pid: number;
  url: string;
  /** Its output so far. */
  out(): string;
  err(): string;
  /** Resolves when it answers /healthz; throws when it has ended before. */
  ready(): Promise<void>;
  kill(signal: NodeJS.Signals): void;
  /** Closes its output, as a pager does that ends. */
  close(): void;
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

export async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  server.close();
  return port;
}

const running = new Set<ChildProcess>();

/** Kills what a failed test left behind: programs, and databases left running in or under this folder. */
export function endPrograms(folder?: string): void {
  for (const child of running) child.kill('SIGKILL');
  if (folder === undefined) return;
  for (const at of ['.', ...readdirSync(folder)]) {
    const file = path.join(folder, at, 'postgres', 'postmaster.pid');
    if (existsSync(file)) process.kill(Number(readFileSync(file, 'utf8').split('\n')[0]), 'SIGQUIT');
  }
}

/**
 * V8 options for a process that lives for seconds. What the second compiler of WebAssembly gains within minutes costs half a start, and collecting
 * young objects while everything loads costs a tenth.
 */
export const SHORT_LIVED = ['--liftoff-only', '--min-semi-space-size=64', '--max-semi-space-size=64'];

export interface Said {
  /** Null where a signal ended it. */
  code: number | null;
  out: string;
  err: string;
}

/** Runs a program to its end, with this environment alone. Without the limit, a command that never ends would leave its database behind. */
export const runToEnd = (
  program: string,
  words: readonly string[],
  env: Record<string, string>,
  cwd = root,
): Promise<Said> =>
  new Promise((resolve) => {
    execFile(program, words, { cwd, env, timeout: 60_000 }, (error, out, err) =>
      resolve({ code: error ? ((error.code as number | null | undefined) ?? null) : 0, out, err }),
    );
  });

/** Runs a command of Sekisho to its end, with this environment alone. */
export const runSekisho = (words: readonly string[], env: Record<string, string>, cwd = root): Promise<Said> =>
  runToEnd(process.execPath, [...SHORT_LIVED, path.join(root, 'bin', 'sekisho.mjs'), ...words], env, cwd);

/** Starts `sekisho start`, or another command that keeps running, on a data folder, with this environment and none of the caller's settings. */
export async function startProgram(
  dataFolder: string,
  env: Record<string, string> = {},
  words: readonly string[] = ['start'],
): Promise<Program> {
  const port = env.PORT ?? String(await freePort());
  const child = spawn(process.execPath, [...SHORT_LIVED, path.join(root, 'bin', 'sekisho.mjs'), ...words], {
    cwd: root,
    env: { PATH: process.env.PATH, SEKISHO_DATA: dataFolder, PORT: port, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.on('close', (code, signal) => {
      running.delete(child);
      resolve({ code, signal });
    });
  });
  const url = `http://127.0.0.1:${port}`;
  const ready = async (): Promise<void> => {
    while (child.exitCode === null && child.signalCode === null) {
      const answer = await fetch(`${url}/healthz`).catch(() => null);
      if (answer?.ok) return;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    await ended;
    throw new Error(`the program ended before it was ready: ${err}`);
  };
  return {
    pid: child.pid!,
    url,
    out: () => out,
    err: () => err,
    ready,
    kill: (s) => void child.kill(s),
    close: () => [child.stdout, child.stderr].forEach((one) => one.destroy()),
    ended,
  };
}
