// The whole office behind a port, with one person of each role on its staff, and a browser.

import fs from 'node:fs/promises';
import type { Server } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { serve } from '@hono/node-server';
import type { Browser } from 'playwright-core';
import { openApp, type App } from '../../src/app.ts';
import type { Role } from '../../src/base/actor.ts';
import { sekisho, type Sekisho } from '../../src/client.ts';
import { equip, type Office } from '../../src/office.ts';
import type { Clock } from '../../src/platform/clock.ts';
import { readConfig } from '../../src/platform/config.ts';
import { PASSWORD, testDatabase, type TestDatabase } from '../house.ts';
import { freePort, root, rootWith, settle, tokenOf, type Policies } from '../server.ts';
import { launchBrowser } from './chromium.ts';
import { openTab, type Lang, type Tab } from './inspect.ts';

export interface BrowserOffice {
  db: TestDatabase;
  office: Office;
  app: App;
  staff: Record<Role, string>;
  browser: Browser;
  /** A client of a system that may do everything a system may. */
  client: Sekisho;
  /** Every line the server reported to its operator. */
  reported: string[];
  url(to: string): string;
  /** A separate window, signed in with this role. */
  enter(role: Role, lang: Lang, width?: number): Promise<Tab>;
  /** Signs in again, in the same window. */
  signIn(tab: Tab, role: Role, lang: Lang): Promise<void>;
  close(): Promise<void>;
}

/** Opens the office. `watch` sees every request as it arrives; `env`: the settings it starts with. */
export async function openBrowserOffice(
  clock: Clock,
  watch: (request: Request) => Promise<void> = async () => undefined,
  { env = {}, ...policies }: { env?: Record<string, string> } & Policies = {},
): Promise<BrowserOffice> {
  const db = await testDatabase();
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'sekisho-browser-'));
  const config = readConfig({ PORT: String(await freePort()), ...env }, { dataFolder: folder });
  const office = await equip(config, clock, db.app);
  const reported: string[] = [];
  const project = Object.keys(policies).length === 0 ? root : await rootWith(policies, path.join(folder, 'project'));
  const app = await openApp(office, { root: project, report: (line) => reported.push(line) });
  const { staff } = await settle(app);
  const seen = async (request: Request, ...from: unknown[]): Promise<Response> => {
    await watch(request.clone());
    return Reflect.apply(app.fetch, app, [request, ...from]) as Response;
  };
  const server = serve({ fetch: seen, hostname: '127.0.0.1', port: office.config.port }) as Server;
  const browser = await launchBrowser({ japanese: true });
  const url = (to: string): string => `${office.config.publicUrl}${to}`;
  const { token } = await tokenOf(app.access);
  const signIn = async ({ page }: Tab, role: Role, lang: Lang): Promise<void> => {
    await page.goto(url(`/sign-in?lang=${lang}`));
    await page.fill('[name=email]', `${role}@example.jp`);
    await page.fill('[name=password]', PASSWORD);
    await page.click('main form button');
    await page.waitForURL(url('/'));
  };
  return {
    db,
    office,
    app,
    staff,
    browser,
    client: sekisho({ url: url(''), token, lang: 'en', fetch: async (...to) => app.fetch(new Request(...to)) }),
    reported,
    url,
    signIn,
    enter: async (role, lang, width) => {
      const tab = await openTab(browser, { lang, ...(width ? { width } : {}) });
      await signIn(tab, role, lang);
      return tab;
    },
    close: async () => {
      await browser.close();
      server.closeAllConnections();
      server.close();
      await app.close();
      await db.drop();
      await fs.rm(folder, { recursive: true, force: true });
    },
  };
}
