// The command line. Opens the office, opens the port, prints what a person needs next, and closes everything in order.
// Only this file and platform/config.ts read the environment.

import type { Server } from 'node:http';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { serve } from '@hono/node-server';
import { openApp } from './app.tsx';
import { openOffice } from './office.ts';
import { systemClock } from './platform/clock.ts';
import { readConfig, type Config } from './platform/config.ts';
import { StartProblem } from './platform/start-problem.ts';

/** The project's folder: migrations, policies and assets lie beside src/ and dist/. */
const root = path.resolve(import.meta.dirname, '..');

const USAGE = `使い方 / Usage
  sekisho start                 始める / start the office
  sekisho demo [--json]         架空の人と記録で始める / start with fictional people and records
`;

function listen(fetch: (request: Request) => Response | Promise<Response>, config: Config): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch, hostname: config.host, port: config.port }) as Server;
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
            `There is no permission to open port ${config.port}. Set PORT to 1024 or above.`,
          ),
        );
      } else if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
        reject(
          new StartProblem(
            'HOST の宛先がこの機械にありません。HOST を確かめてください。',
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

/** Resolves at the first SIGINT or SIGTERM. A second one ends the process at once. */
const stopAsked = (): Promise<void> =>
  new Promise((resolve) => {
    let asked = false;
    const ask = (): void => {
      if (asked) process.exit(130);
      asked = true;
      resolve();
    };
    process.on('SIGINT', ask);
    process.on('SIGTERM', ask);
  });

async function start(): Promise<void> {
  const config = readConfig(process.env, { dataFolder: path.join(process.cwd(), 'data') });
  const stop = stopAsked();
  const { office, close } = await openOffice(config, systemClock, root);
  try {
    const app = await openApp(office, { root, report: (line) => console.error(line) });
    try {
      const server = await listen(app.fetch, config);
      console.log(`関所 / Sekisho  ${config.publicUrl}`);
      const link = await app.setupLink();
      if (link !== null) {
        console.log(
          '最初の個人情報保護管理者を登録するリンク（1回限り） / one-time link to create the first privacy officer:',
        );
        console.log(link);
      }
      await stop;
      await closeServer(server);
    } finally {
      await app.close();
    }
  } finally {
    await close();
  }
}

async function main(): Promise<void> {
  const { positionals } = parseArgs({ allowPositionals: true, strict: false });
  switch (positionals[0]) {
    case 'start':
      return start();
    default:
      console.log(USAGE);
      process.exitCode = positionals[0] === undefined || positionals[0] === 'help' ? 0 : 2;
  }
}

main().catch((error: unknown) => {
  if (error instanceof StartProblem) console.error(`${error.says.ja}\n${error.says.en}`);
  else console.error(error);
  process.exitCode = 1;
});
