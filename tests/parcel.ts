// Fetches an answer that went out electronically as the person would: with the link from the mail and the code that was told separately.

import { setTimeout as sleep } from 'node:timers/promises';
import { parcelCode } from '../src/features/desk/actions/receipt.ts';
import type { MailServer } from './smtp.ts';
import type { TestServer } from './server.ts';

const PARCEL = '/requests/parcel';

/** The settings of an office whose mail goes to a server on this machine. */
export const mailTo = (port: number): Record<string, string> => ({
  SEKISHO_SMTP: `smtp://localhost:${port}`,
  SEKISHO_MAIL_FROM: '例示情報通信 窓口 <desk@example.jp>',
});

/** Sends every letter that is due, and waits for those that a round of the office is sending. */
export async function mailed({
  database,
  mail,
  clock,
}: Pick<TestServer['office'], 'database' | 'mail' | 'clock'>): Promise<void> {
  for (;;) {
    if (await mail.sendNext()) continue;
    // A letter that is being sent is not due any more, and has not failed yet.
    const due = "SELECT 1 FROM mail_outbox WHERE state = 'waiting' AND (next_at <= $1 OR problem IS NULL)";
    if ((await database.query(due, [new Date(clock.now())])).length === 0) return;
    await sleep(20);
  }
}

/** The links in the mails about a request, in the order they came. Waits for the first, without waiting for a round of the office. */
export async function linksIn(
  { mail }: Pick<TestServer['office'], 'mail'>,
  mails: MailServer,
  number: string,
  least = 1,
): Promise<string[]> {
  for (;;) {
    const links = mails.received
      .map((one) => one.mail.text ?? '')
      .filter((text) => text.includes(number))
      .flatMap((text) => /\/requests\/parcel\/\S+/.exec(text)?.[0] ?? []);
    if (links.length >= least) return links;
    if (!(await mail.sendNext())) await sleep(20);
  }
}

/** The code of the last delivery. */
export async function codeOf({ db, office }: Pick<TestServer, 'db' | 'office'>, request: string): Promise<string> {
  const [row] = await db.owner.query<{ id: string }>(
    'SELECT id FROM request_parcels WHERE request_id = $1 ORDER BY ended_at DESC NULLS FIRST, made_at DESC LIMIT 1',
    [request],
  );
  return parcelCode(office, row!.id);
}

/** A browser of a person outside the office. It keeps cookies and follows no redirects. */
export interface Browser {
  cookies: Map<string, string>;
  get(path: string): Promise<Response>;
  post(path: string, fields?: Record<string, string>): Promise<Response>;
}

export function browser(server: Pick<TestServer, 'fetch'>, lang: 'ja' | 'en' = 'ja'): Browser {
  const cookies = new Map<string, string>([['lang', lang]]);
  const go = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await server.fetch(path, { redirect: 'manual', ...init, headers: { ...init.headers, cookie } });
    for (const set of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(set)!;
      if (value === '') cookies.delete(name!);
      else cookies.set(name!, value!);
    }
    return answer;
  };
  return {
    cookies,
    get: (path) => go(path),
    post: (path, fields = {}) =>
      go(path, { method: 'POST', body: new URLSearchParams(fields), headers: { 'sec-fetch-site': 'same-origin' } }),
  };
}

/** Follows a link as far as its form; returns the page. */
export async function arrive(person: Browser, link: string): Promise<Response> {
  const led = await person.get(link);
  return person.get(led.headers.get('location')!);
}

/** The secret in a link, which the form repeats. */
export const secretOf = (link: string): string => /parcel\/([\w-]{43})/.exec(link)![1]!;

/** Opens the delivery of a link with a code. */
export const enter = (person: Browser, link: string, code: string): Promise<Response> =>
  person.post(PARCEL, { link: secretOf(link), code });

/** The files a page offers. */
export const filesOn = (html: string): string[] =>
  [...html.matchAll(/action="\/requests\/parcel\/files\/([a-z]+)"/g)].map(([, file]) => file!);

export const save = (person: Browser, file: string): Promise<Response> => person.post(`${PARCEL}/files/${file}`);

/** Opens the delivery of a request and fetches all its files. */
export async function fetchAll(
  server: TestServer,
  mails: MailServer,
  { id, number }: { id: string; number: string },
): Promise<Map<string, Uint8Array>> {
  const person = browser(server);
  const link = (await linksIn(server.office, mails, number)).at(-1)!;
  await arrive(person, link);
  await enter(person, link, await codeOf(server, id));
  const files = new Map<string, Uint8Array>();
  for (const file of filesOn(await (await person.get(PARCEL)).text())) {
    files.set(file, new Uint8Array(await (await save(person, file)).arrayBuffer()));
  }
  return files;
}
