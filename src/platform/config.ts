// Settings from the environment. Only this file and main.ts read process.env. A wrong setting stops the start with one sentence.

import path from 'node:path';
import { StartProblem } from './start-problem.ts';

export interface Config {
  /** Absolute path of the data folder, which holds the database. */
  dataFolder: string;
  /** Absolute path of the folder of keys: inside the data folder unless set apart from it. Data and keys together give access to everything. */
  keysFolder: string;
  /** Set when an external PostgreSQL is used instead of the embedded one. */
  databaseUrl: string | undefined;
  host: string;
  port: number;
  /** The URL at which people reach Sekisho, without a trailing slash. */
  publicUrl: string;
  /** Null: mail is off. */
  mail: MailSettings | null;
  /** Null: staff sign in with Sekisho only. */
  companySignIn: CompanySignIn | null;
}

/** The SMTP server that takes our letters. */
export interface MailSettings {
  host: string;
  port: number;
  /** True: TLS from the start; false: STARTTLS. */
  secure: boolean;
  login: { user: string; password: string } | null;
  /** Sender; the name may be empty. */
  from: { name: string; address: string };
}

/** The OpenID Connect provider with which the company's staff sign in to everything. */
export interface CompanySignIn {
  /** As the provider writes it in its tokens (`iss`). */
  issuer: string;
  client: string;
  secret: string;
  /** Name shown on its button. */
  name: string;
  /** A token must name one of these (`acr`). Empty: the provider decides how people prove who they are. */
  acr: readonly string[];
}

type Environment = Readonly<Record<string, string | undefined>>;

function readPort(text: string | undefined): number {
  if (text === undefined || text === '') return 8080;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new StartProblem(
    'PORT には 0 から 65535 までの整数を指定してください。',
    'PORT must be a whole number from 0 to 65535.',
  );
}

function readDatabaseUrl(text: string | undefined): string | undefined {
  if (text === undefined || text === '') return undefined;
  // The URL of a socket has no host before the database, with or without a user.
  const withHost = text.replace(/^(postgres(?:ql)?:\/\/(?:[^@/?#]*@)?)\//, '$1localhost/');
  if (/^postgres(ql)?:\/\//.test(text) && URL.canParse(withHost)) return text;
  throw new StartProblem(
    'DATABASE_URL は postgres://利用者:パスワード@ホスト/データベース の形で指定してください。パスワードに記号があるときは、パーセントエンコードしてください（例：# は %23）。',
    'DATABASE_URL must look like postgres://user:password@host/database. Escape special characters in the password, for example # as %23.',
  );
}

/** The address as a URL; null for none, and for the address that stands for every address of a machine: nobody reaches anything under it. */
function readAddress(text: string): URL | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  return url && !['0.0.0.0', '[::]', '[::ffff:0:0]'].includes(url.hostname) ? url : null;
}

function readPublicUrl(text: string | undefined, host: string, port: number): string {
  if (text === undefined || text === '') {
    const url = readAddress(`http://${host.includes(':') ? `[${host}]` : host}:${port}`);
    if (url) return url.origin;
    throw new StartProblem(
      `HOST を ${host} にするときは、関所を開くアドレスを SEKISHO_URL に指定してください（例：https://sekisho.example.jp）。リンクと、記録の名前に使います。`,
      `With HOST at ${host}, set SEKISHO_URL to the address under which people reach Sekisho, such as https://sekisho.example.jp: links and the name of the log are made of it.`,
    );
  }
  const url = /^https?:\/\//i.test(text) ? readAddress(text) : null;
  // A path or anything else after the origin would be missing from the links of pages.
  if (url && /^\/*$/.test(url.href.slice(url.origin.length))) return url.origin;
  throw new StartProblem(
    'SEKISHO_URL は https://sekisho.example.jp の形で、パスなしで指定してください。',
    'SEKISHO_URL must look like https://sekisho.example.jp, without a path.',
  );
}

const MAIL_PORTS: Record<string, number> = { 'smtp:': 587, 'smtps:': 465 };

/** Null without a login; undefined when it is not escaped as a URL requires. */
function readLogin(url: URL): MailSettings['login'] | undefined {
  try {
    const [user, password] = [decodeURIComponent(url.username), decodeURIComponent(url.password)];
    return user === '' ? null : { user, password };
  } catch {
    return undefined;
  }
}

/**
 * `desk@example.jp`, or a name and `<desk@example.jp>`. The name is kept apart, since what a company is called may have a comma or a colon in it,
 * which in a header would make two senders or a group.
 */
function readSender(from: string): MailSettings['from'] | null {
  const [, named, inside, bare] = /^(?:([^<>\r\n]+)<([^<>]+)>|([^<>]+))$/.exec(from.trim()) ?? [];
  const address = inside ?? bare ?? '';
  const name = (named ?? '').trim().replace(/^"(.*)"$/, '$1');
  return /^[^\s@,;:<>"()[\]\\]+@[^\s@,;:<>"()[\]\\]+$/.test(address) ? { name, address } : null;
}

function readMail(smtp: string | undefined, from: string | undefined): MailSettings | null {
  if (smtp === undefined || smtp === '') return null;
  const url = URL.canParse(smtp) ? new URL(smtp) : null;
  const usual = url && MAIL_PORTS[url.protocol];
  const login = url && readLogin(url);
  // What follows a # in a password that is not escaped would be left out, and the password would go to another host.
  if (
    !usual ||
    login === undefined ||
    url.hostname === '' ||
    !/^\/?$/.test(`${url.pathname}${url.search}${url.hash}`)
  ) {
    throw new StartProblem(
      'SEKISHO_SMTP は smtps://利用者:パスワード@ホスト または smtp://ホスト の形で指定してください。パスワードに記号があるときは、パーセントエンコードしてください（例：# は %23）。',
      'SEKISHO_SMTP must look like smtps://user:password@host or smtp://host. Escape special characters in the password, for example # as %23.',
    );
  }
  const sender = readSender(from ?? '');
  if (!sender) {
    throw new StartProblem(
      'SEKISHO_MAIL_FROM には差出人を desk@example.jp の形で指定してください。',
      'SEKISHO_MAIL_FROM must be the sender, such as desk@example.jp.',
    );
  }
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? usual : Number(url.port),
    secure: url.protocol === 'smtps:',
    login,
    from: sender,
  };
}

/** True when a URL leads only to the machine it is opened on. */
export const isOfThisMachine = (address: string): boolean =>
  /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(new URL(address).hostname);

/** True when nobody in between can read or change the traffic. */
const isPrivate = (address: string): boolean =>
  /^https:/i.test(address) || (/^http:/i.test(address) && isOfThisMachine(address));

function readIssuer(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url && isPrivate(text) && url.username + url.search + url.hash === '') return text;
  throw new StartProblem(
    'SEKISHO_OIDC_ISSUER は、会社のサインインの発行者（issuer）を https://login.example.jp の形で指定してください。',
    'SEKISHO_OIDC_ISSUER must be the issuer of the company’s sign-in, such as https://login.example.jp.',
  );
}

function readCompanySignIn(env: Environment, publicUrl: string): CompanySignIn | null {
  const { SEKISHO_OIDC_ISSUER: issuer, SEKISHO_OIDC_CLIENT: client, SEKISHO_OIDC_SECRET: secret } = env;
  if (!issuer && !client && !secret) return null;
  if (!issuer || !client || !secret) {
    throw new StartProblem(
      '会社のサインインには、SEKISHO_OIDC_ISSUER、SEKISHO_OIDC_CLIENT、SEKISHO_OIDC_SECRET の3つをすべて指定してください。',
      'The company sign-in needs all three of SEKISHO_OIDC_ISSUER, SEKISHO_OIDC_CLIENT and SEKISHO_OIDC_SECRET.',
    );
  }
  if (!isPrivate(publicUrl)) {
    throw new StartProblem(
      '会社のサインインには https が必要です。SEKISHO_URL に https で始まるアドレスを指定してください。',
      'The company sign-in needs https. Set SEKISHO_URL to an address that begins with https.',
    );
  }
  return {
    issuer: readIssuer(issuer),
    client,
    secret,
    name: env.SEKISHO_OIDC_NAME || new URL(issuer).hostname,
    acr: (env.SEKISHO_OIDC_ACR ?? '').split(' ').filter(Boolean),
  };
}

export function readConfig(env: Environment, defaults: { dataFolder: string }): Config {
  const host = env.HOST || '127.0.0.1';
  const port = readPort(env.PORT);
  const dataFolder = path.resolve(env.SEKISHO_DATA || defaults.dataFolder);
  const publicUrl = readPublicUrl(env.SEKISHO_URL, host, port);
  return {
    dataFolder,
    keysFolder: env.SEKISHO_KEYS ? path.resolve(env.SEKISHO_KEYS) : path.join(dataFolder, 'keys'),
    databaseUrl: readDatabaseUrl(env.DATABASE_URL),
    host,
    port,
    publicUrl,
    mail: readMail(env.SEKISHO_SMTP, env.SEKISHO_MAIL_FROM),
    companySignIn: readCompanySignIn(env, publicUrl),
  };
}
