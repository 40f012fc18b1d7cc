// The command line. Opens the office and the port, prints what a person needs next, and closes everything in order. Only this file and
// platform/config.ts read the environment. Each command loads what it needs when it is called.

import { once } from 'node:events';
import fs from 'node:fs/promises';
import type { RequestListener, Server } from 'node:http';
import module from 'node:module';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { App, AppOptions } from './app.ts';
import type { Office } from './office.ts';
import { systemClock } from './platform/clock.ts';
import { readConfig, type Config } from './platform/config.ts';
import { checkLanguages } from './platform/languages.ts';
import { StartProblem } from './platform/start-problem.ts';

/** The project's folder, with migrations, policies and assets beside src/ and dist/. */
const root = path.resolve(import.meta.dirname, '..');

const USAGE = `使い方（sekisho は、関所のフォルダーでの node bin/sekisho.mjs） / Usage (sekisho is node bin/sekisho.mjs in Sekisho's folder)
  sekisho start                    始める / start the office
  sekisho restore <file>           バックアップから戻した記録を、書き出しから復元する / restore the log of a restored backup from an export
  sekisho restore --lost           書き出しもないとき、失われたことを記録する / if there is no export: record the loss
  sekisho rotate-keys [--copy <file>]
                                   保管庫の鍵を新しくする：鍵を作り、写しを確かめて使い始める / replace the vault key: make a new one, then use it once you show a copy
  sekisho officer-link --reason lost|away
                                   個人情報保護管理者がサインインの手段をなくした（lost）か、連絡がつかない（away）とき：新しい管理者を登録するリンクを作る
                                   make a link for a new privacy officer, when the officers have lost their means of sign-in (lost) or cannot be reached (away)
  sekisho demo [--json]            架空の人と記録で始める / start with fictional people and records
  sekisho verify <file> [--key k] [--since <held>]
                                   記録の書き出し、控え、証明書を確かめる / check a log export, a receipt or a certificate
                                   --since 前から手元にあるものの続きかどうかも / also that the log continues what you hold
  sekisho policy check <folder>    方針のデータを点検する / check the files of a policy
  sekisho ask <question> --facts <file> [--on YYYY-MM-DD] [--lang ja|en] [--json]
                                   事実のファイルで関所に聞く / ask the checkpoint, with a file of facts

終了コード / exit code: 0 済んだ / done, 1 不一致、または始められない / does not match, or cannot start, 2 確かめられない、または指定の誤り / cannot be checked, or wrong arguments
`;

/** The command was called wrongly and nothing was done. */
class CallProblem extends StartProblem {}

/**
 * Longer than proxies keep an idle connection (60 s): a request they send on a connection we are just closing would be lost, and they do not repeat
 * it.
 */
const REST_MS = 75_000;

/** Connections that may wait to be taken at once, as many as calls may wait (`Retry-After`); by default 511, beyond which the system resets them. */
const MOST_ARRIVING = 4_096;

async function listen(listener: RequestListener, config: Config): Promise<Server> {
  const { httpServer } = await import('./platform/http/index.ts');
  return new Promise((resolve, reject) => {
    const server = httpServer(listener, { keepAliveTimeout: REST_MS });
    server.listen({ port: config.port, host: config.host, backlog: MOST_ARRIVING });
    server.once('listening', () => resolve(server));
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') {
        reject(
          new StartProblem(
            `ポート ${config.port} は使われています。PORT に別の番号を指定するか、使っているプログラムを止めてください。`,
            `Port ${config.port} is taken. Set PORT to another number, or stop the program that uses it.`,
          ),
        );
      } else if (error.code === 'EACCES') {
        reject(
          new StartProblem(
            `ポート ${config.port} を開く権限がありません。1024 以上の PORT を指定してください。`,
            `Sekisho has no permission to open port ${config.port}. Set PORT to 1024 or above.`,
          ),
        );
      } else if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
        reject(
          new StartProblem(
            'HOST に指定したアドレスは、このコンピューターのものではありません。HOST を確かめてください。',
            'HOST is not an address of this machine. Check HOST.',
          ),
        );
      } else reject(error);
    });
  });
}

const closeServer = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), 5_000).unref();
  });

/** Within this time a repeated signal counts as the same: npm passes on a signal that a service manager or terminal sends to both. */
const SAME_MS = 1_000;

/** Aborts at the first SIGINT, SIGTERM or SIGHUP (sent when a terminal closes). A later signal ends the process at once. */
function stopAsked(): AbortSignal {
  const stopping = new AbortController();
  let askedAt: number | undefined;
  const ask = (): void => {
    askedAt ??= performance.now();
    if (performance.now() - askedAt > SAME_MS) process.exit(130);
    stopping.abort();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, ask);
  return stopping.signal;
}

/** Writes the compile cache now: Node would write it at exit, which a killed process never reaches. Node 20 has no such cache. */
const keepCompiled = (): void => (module as { flushCompileCache?: () => void }).flushCompileCache?.();

interface StartOptions {
  config: Config;
  /** Fills an empty office before it opens. */
  furnish?(office: Office, options: AppOptions): Promise<unknown>;
  /** Prints what a person needs next, once the office answers. */
  greet(app: App, office: Office): Promise<void>;
}

/** Opens the office and runs until told to stop, even while it is opening: service managers wait seconds and then kill. */
async function run(options: StartOptions): Promise<void> {
  const stopping = stopAsked();
  await work(options, stopping).catch((error: unknown) => {
    if (error !== stopping.reason) throw error;
  });
}

async function work({ config, furnish, greet }: StartOptions, stopping: AbortSignal): Promise<void> {
  checkLanguages();
  const [{ openApp }, { openOffice }] = await Promise.all([import('./app.ts'), import('./office.ts')]);
  keepCompiled();
  const options: AppOptions = { root, report: (line) => console.error(line) };
  const { office, ousted, close } = await openOffice(config, systemClock, root, options.report, stopping);
  try {
    stopping.throwIfAborted();
    await furnish?.(office, options);
    stopping.throwIfAborted();
    const app = await openApp(office, options);
    try {
      stopping.throwIfAborted();
      const server = await listen(app.listener(), config);
      const over = stopping.aborted ? null : Promise.race([app.outdated, ousted, once(stopping, 'abort')]);
      // The greeting asks the database, which may keep it waiting or fail.
      const problem = await Promise.race([over, greet(app, office).then(() => over)]).finally(() =>
        closeServer(server),
      );
      if (problem instanceof StartProblem) throw problem;
    } finally {
      await app.close();
    }
  } finally {
    await close();
  }
}

const start = (): Promise<void> =>
  run({
    config: readConfig(process.env, { dataFolder: path.join(process.cwd(), 'data') }),
    greet: async (app, office) => {
      console.log(`関所 / Sekisho  ${office.config.publicUrl}`);
      if (!office.mail.on)
        console.log('メールは送りません（SEKISHO_SMTP がありません） / mail is off: SEKISHO_SMTP is not set');
      const link = await app.setupLink();
      if (link === null) return;
      console.log(
        '最初の個人情報保護管理者を登録するリンク（1回限り） / one-time link to create the first privacy officer:',
      );
      console.log(link);
    },
  });

const unreadable = (file: string): CallProblem =>
  new CallProblem(`ファイルを読めません（${file}）。`, `The file cannot be read (${file}).`);

const fileAt = (file: string): Promise<Buffer> =>
  fs.readFile(file).catch(() => {
    throw unreadable(file);
  });

/**
 * The lines of a file, without line ends. It is opened at once, before any work is done for it; a folder can be opened but not read. Reading begins
 * with the first line that is asked for: `readLines` begins by itself, and loses the lines and the end that come before somebody asks.
 */
async function linesOf(file: string): Promise<AsyncIterable<string>> {
  const opened = await fs.open(file).catch(() => {
    throw unreadable(file);
  });
  if ((await opened.stat()).isDirectory()) {
    await opened.close();
    throw unreadable(file);
  }
  return { [Symbol.asyncIterator]: () => opened.readLines()[Symbol.asyncIterator]() };
}

/** Brings the log forward after a backup of the database was restored. What the log says was ended is ended again at the next start. */
async function restore(file: string | undefined, without: boolean): Promise<void> {
  if ((file === undefined) !== without)
    throw new CallProblem(
      '書き出しのファイルか --lost の、どちらか1つを指定してください。',
      'Give either the file of an export or --lost.',
    );
  const { restoreOffice } = await import('./office.ts');
  const config = readConfig(process.env, { dataFolder: path.join(process.cwd(), 'data') });
  const lines = file === undefined ? null : await linesOf(file);
  const { here, size, lost } = await restoreOffice(config, systemClock, root, lines);
  if (lines)
    console.log(
      `記録を${here}件から${size}件まで復元しました。 / The log was restored from ${here} to ${size} entries.`,
    );
  if (!lines && lost === 0)
    console.log(
      'バックアップの後に何件の記録があったかは分かりません。そのことを記録しました。 / How many entries there were after the backup is not known. This is recorded.',
    );
  if (lost > 0)
    console.log(
      `それより後の${lost}件は失われ、そのことを記録しました。 / Entries lost after these: ${lost}. This is recorded.`,
    );
  console.log(
    lines
      ? '次に始めるとき、記録にあり、戻したデータベースにない消去、取下げ、終了を、もう一度行います。 / At the next start, Sekisho repeats the erasures, withdrawals and ends that are in the log and not in the restored database.'
      : 'バックアップの後に行った消去、取下げ、終了は、行う前に戻っています。証明書、手紙、メールなどからわかるものを、やり直してください。 / What was erased, withdrawn and ended after the backup is undone. Do again what you know of from certificates, letters and mail.',
  );
}

/**
 * Creates the next key of the vault or, given a copy of it, makes the office switch to it. Works only on files, whether or not the office is open.
 */
async function rotateKeys(copy: string | undefined): Promise<void> {
  if (copy === '')
    throw new CallProblem('--copy に写しのファイルを指定してください。', 'Give the file of the copy after --copy.');
  const { admitKey, prepareKey } = await import('./vault/index.ts');
  const config = readConfig(process.env, { dataFolder: path.join(process.cwd(), 'data') });
  if (copy === undefined) {
    const { version, file } = prepareKey(config.keysFolder);
    console.log(
      `新しい鍵（第${version}版）があります: ${file}\nまだ使っていません。鍵のバックアップの置き場に写しを取り、次を実行してください: sekisho rotate-keys --copy <写し>`,
    );
    console.log(
      `There is a new key (version ${version}): ${file}\nIt is not in use yet. Copy it to where you keep backups of keys, then run: sekisho rotate-keys --copy <the copy>`,
    );
    return;
  }
  const version = admitKey(config, copy);
  console.log(
    `写しを確かめました。動いている関所は1分以内に、止まっている関所は次に始めたときに、新しい鍵（第${version}版）に移ります。進み具合は ${config.publicUrl}/keys で見られます。`,
  );
  console.log(
    `The copy is good. Sekisho changes to the new key (version ${version}) within a minute, or when it is next started. See the progress at ${config.publicUrl}/keys`,
  );
}

/** Makes a one-time link for a new privacy officer beside the existing ones, whether or not the office is open. */
async function officerLink(reason: string | undefined): Promise<void> {
  const [{ linkGrounds }, { officerLink: linkFor }, { visitOffice }] = await Promise.all([
    import('./features/access/index.ts'),
    import('./app.ts'),
    import('./office.ts'),
  ]);
  const ground = linkGrounds.find((one) => one === reason);
  if (ground === undefined)
    throw new CallProblem(
      '--reason に理由を指定してください：lost（サインインの手段をなくした）か away（連絡がつかない）。記録に残ります。',
      'Give --reason: lost (the officers lost their means of sign-in) or away (they cannot be reached). It is recorded.',
    );
  const config = readConfig(process.env, { dataFolder: path.join(process.cwd(), 'data') });
  const { office, close } = await visitOffice(config, systemClock, root);
  try {
    const link = await linkFor(office, root, ground);
    if (link === null)
      throw new StartProblem(
        'まだ個人情報保護管理者がいません。最初の人のリンクは、sekisho start が表示します。',
        'There is no privacy officer yet. sekisho start prints the link for the first one.',
      );
    const [ja, en] = office.mail.on
      ? [
          'いまの個人情報保護管理者に、メールとホームで知らせます。',
          'The present officers are told by mail and on home.',
        ]
      : [
          'メールは送りません（SEKISHO_SMTP がありません）。いまの個人情報保護管理者には、ホームで知らせます。',
          'Mail is off (SEKISHO_SMTP is not set). The present officers are told on home only.',
        ];
    console.log(`新しい個人情報保護管理者を登録するリンク（1回限り、24時間）です。作ったことは記録に残りました。${ja}`);
    console.log(
      `One-time link to register a new privacy officer, valid for 24 hours. It is recorded that the link was made. ${en}`,
    );
    console.log(link);
  } finally {
    await close();
  }
}

async function demo(json: boolean): Promise<void> {
  const { demoAccounts, demoTokens, furnish } = await import('./demo.ts');
  await run({
    config: readConfig(process.env, { dataFolder: path.join(process.cwd(), 'data-demo') }),
    furnish: async (office, options) => {
      if (!json) console.log('架空の人と記録を用意しています… / Preparing fictional people and records…');
      await furnish(office, options);
    },
    greet: async (app, office) => {
      const tokens = await demoTokens(office, app);
      const url = office.config.publicUrl;
      if (json) console.log(JSON.stringify({ url, accounts: demoAccounts, tokens }));
      else {
        console.log(`関所 / Sekisho  ${url}  （デモ：すべて架空です / demo: everything is fictional）\n`);
        for (const { role, email, password } of demoAccounts) {
          console.log(`  ${role.padEnd(14)} ${email.padEnd(28)} ${password}`);
        }
      }
    },
  });
}

/** Checks a file offline. Exit code 0 when it is good, 1 when it is not, 2 when it could not be checked. */
async function verify(file: string | undefined, key: string | undefined, since: string | undefined): Promise<void> {
  if (file === undefined) throw new CallProblem('確かめるファイルを指定してください。', 'Name the file to check.');
  if (key === '')
    throw new CallProblem('--key に検証鍵を指定してください。', 'Give the key to check against after --key.');
  if (since === '')
    throw new CallProblem('--since に手元のファイルを指定してください。', 'Give the file that you hold after --since.');
  const [bytes, held] = [await fileAt(file), since === undefined ? undefined : await fileAt(since)];
  const { answerOf, exitCodes, verificationLines, verifyFile } = await import('./log/index.ts');
  const found = verifyFile(bytes, key, held);
  console.log(verificationLines(found, key).join('\n'));
  process.exitCode = exitCodes[answerOf(found)];
}

/**
 * Checks the data of a policy: its shape, its gaps against the law, and the sentences of the letters if they are beside it. Exit code 1 when it
 * cannot be loaded.
 */
async function checkPolicy(folder: string | undefined): Promise<void> {
  if (folder === undefined)
    throw new CallProblem('方針のフォルダーを指定してください。', 'Give the folder of the policy.');
  const names = await fs.readdir(folder).catch(() => {
    throw new CallProblem(`フォルダーを読めません（${folder}）。`, `The folder cannot be read (${folder}).`);
  });
  const { lettersFile, readTexts } = await import('./features/desk/index.ts');
  const { lintPolicy, readPolicy, withLines } = await import('./features/policy/index.ts');
  const yaml = names.filter((name) => name.endsWith('.yaml'));
  const texts = await Promise.all(
    yaml.map(async (name) => [name, (await fileAt(path.join(folder, name))).toString()] as const),
  );
  const { [lettersFile]: letters, ...files } = Object.fromEntries(texts);
  const policy = readPolicy(files);
  const read = [policy, ...(letters === undefined ? [] : [readTexts(letters)])];
  const problems = read.flatMap((one) => (!one.ok && one.problem.kind === 'invalid' ? one.problem.fields : []));
  for (const { field, says } of withLines(Object.fromEntries(texts), problems))
    console.log(`${field}: ${says.ja} / ${says.en}`);
  if (!policy.ok || problems.length > 0) {
    process.exitCode = 1;
    return;
  }
  for (const gap of lintPolicy(policy.value)) {
    const [ja, en] = gap.clause === undefined ? ['', ''] : [`条項${gap.clause}：`, `Clause ${gap.clause}: `];
    console.log(
      `${gap.id}  ${ja}${gap.says.ja}\n      → ${gap.mend.ja}\n      ${en}${gap.says.en}\n      → ${gap.mend.en}`,
    );
  }
}

interface AskOptions {
  facts: string | undefined;
  on: string | undefined;
  lang: 'ja' | 'en';
  json: boolean;
}

/** Asks the law about a file of facts, without an office. Exit code 0 when a finding was reached, 2 when the input is invalid. */
async function ask(id: string | undefined, { facts, on, lang, json }: AskOptions): Promise<void> {
  const refuse = (problems: readonly { field: string; says: { ja: string; en: string } }[]): void => {
    for (const { field, says } of problems) console.error(`${field}: ${says[lang]}`);
    process.exitCode = 2;
  };
  const { decideFile, findingLines, questionOf, questions } = await import('./features/consultation/index.ts');
  const question = questionOf(id ?? '');
  if (!question) {
    const ids = questions.map((one) => one.id);
    const says = {
      ja: `問いの名を指定してください：${ids.join('、')}`,
      en: `Give the name of a question: ${ids.join(', ')}`,
    };
    return refuse([{ field: 'question', says }]);
  }
  const refuseFacts = (ja: string, en: string): void => refuse([{ field: '--facts', says: { ja, en } }]);
  if (facts === undefined) return refuseFacts('事実のファイルを指定してください', 'Give the file of the facts');
  const text = await fs.readFile(facts, 'utf8').catch(() => null);
  if (text === null) return refuseFacts('ファイルを読めません', 'The file cannot be read');
  const decided = decideFile(question, text, { on, today: systemClock.today() });
  if (!decided.ok) return refuse(decided.problem.kind === 'invalid' ? decided.problem.fields : []);
  const { finding, on: asOf } = decided.value;
  console.log(json ? JSON.stringify(finding, null, 2) : findingLines(question, finding, asOf, lang).join('\n'));
}

const options = {
  json: { type: 'boolean' },
  key: { type: 'string' },
  since: { type: 'string' },
  lost: { type: 'boolean' },
  reason: { type: 'string' },
  copy: { type: 'string' },
  facts: { type: 'string' },
  on: { type: 'string' },
  lang: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** The number of words of each command, including its own, and its options. */
const commands: Readonly<Record<string, { words: number; options: readonly string[] }>> = {
  start: { words: 1, options: [] },
  restore: { words: 2, options: ['lost'] },
  'rotate-keys': { words: 1, options: ['copy'] },
  'officer-link': { words: 1, options: ['reason'] },
  demo: { words: 1, options: ['json'] },
  verify: { words: 2, options: ['key', 'since'] },
  policy: { words: 3, options: [] },
  ask: { words: 2, options: ['facts', 'on', 'lang', 'json'] },
};

const unknownWord = (word: string): CallProblem =>
  new CallProblem(
    `「${word}」は使えません。使い方は sekisho help で見られます。`,
    `“${word}” cannot be used. See sekisho help for the usage.`,
  );

/** Reads the arguments. An option that a command does not know is refused: ignoring it would do something other than what was asked. */
function readArguments() {
  try {
    const { positionals, values, tokens } = parseArgs({ allowPositionals: true, tokens: true, options });
    const [command] = positionals;
    if (command === undefined || command === 'help' || values.help) return { positionals: ['help'], values };
    const known = commands[command];
    if (!known) throw unknownWord(command);
    const stranger = tokens.find((token) => token.kind === 'option' && !known.options.includes(token.name));
    if (stranger?.kind === 'option') throw unknownWord(stranger.rawName);
    if (positionals.length > known.words) throw unknownWord(positionals[known.words]!);
    return { positionals, values };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    // The message names the option, in English.
    if (code?.startsWith('ERR_PARSE_ARGS')) throw new CallProblem('指定に誤りがあります。', (error as Error).message);
    throw error;
  }
}

async function main(): Promise<void> {
  const { positionals, values } = readArguments();
  const [command, ...rest] = positionals;
  if (command === 'start') return start();
  if (command === 'restore') return restore(rest[0], values.lost === true);
  if (command === 'rotate-keys') return rotateKeys(values.copy);
  if (command === 'officer-link') return officerLink(values.reason);
  if (command === 'demo') return demo(values.json === true);
  if (command === 'verify') return verify(rest[0], values.key, values.since);
  if (command === 'ask') {
    const { facts, on, lang = 'ja', json = false } = values;
    if (lang !== 'ja' && lang !== 'en')
      throw new CallProblem('--lang には ja か en を指定してください。', 'Give --lang ja or en.');
    return ask(rest[0], { facts, on, lang, json });
  }
  if (command === 'policy') {
    if (rest[0] === 'check') return checkPolicy(rest[1]);
    throw unknownWord(['policy', ...rest].join(' '));
  }
  console.log(USAGE);
}

// When nobody reads the output any more, such as after a terminal or pager has closed, the office keeps running.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

main().catch((error: unknown) => {
  if (error instanceof StartProblem) console.error(`${error.says.ja}\n${error.says.en}`);
  else console.error(error);
  process.exitCode = error instanceof CallProblem ? 2 : 1;
});
