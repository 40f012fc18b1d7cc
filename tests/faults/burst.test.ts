// A system calls with everything at once while the server is busy: each connection waits, and none is reset.

import { once } from 'node:events';
import net from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { endPrograms, openServer, startProgram, type Program, type TestServer } from '../server.ts';

/** More than the 511 connections that Node.js lets wait by itself. */
const MANY = 1_500;

let server: TestServer;
let program: Program;
beforeAll(async () => {
  server = await openServer({ durable: true });
  program = await startProgram(server.office.config.dataFolder, { DATABASE_URL: server.db.url });
  await program.ready();
});
afterAll(async () => {
  endPrograms();
  await server.close();
});

test('connections that arrive while the server takes none are all answered', async () => {
  program.kill('SIGSTOP');
  let connected = 0;
  const answers = Array.from({ length: MANY }, async () => {
    const socket = net.connect(Number(new URL(program.url).port), '127.0.0.1');
    await once(socket, 'connect');
    connected += 1;
    socket.end('GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
    let text = '';
    for await (const chunk of socket) text += String(chunk);
    return text.slice(0, 15);
  });
  const all = Promise.allSettled(answers);
  await expect.poll(() => connected, { timeout: 10_000 }).toBe(MANY);
  program.kill('SIGCONT');
  expect(new Set((await all).map((one) => (one.status === 'fulfilled' ? one.value : one.reason)))).toEqual(
    new Set(['HTTP/1.1 200 OK']),
  );
}, 60_000);
