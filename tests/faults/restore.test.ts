// The command `restore` as the operator runs it. The other tests hand its lines over; here the command reads the file itself, while it opens the
// database.

import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exportLog } from '../../src/log/index.ts';
import { openDatabase } from '../../src/platform/database/index.ts';
import { endPrograms, root, startProgram } from '../server.ts';

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sekisho-restore-'));
  fs.chmodSync(folder, 0o711);
});
afterAll(() => {
  endPrograms(folder);
  fs.rmSync(folder, { recursive: true, force: true });
});

const restore = (
  env: Record<string, string>,
  file: string,
): Promise<{ code: number | null; out: string; err: string }> =>
  new Promise((resolve) => {
    const words = [path.join(root, 'bin', 'sekisho.mjs'), 'restore', file];
    // Without the limit, a command that never ends would leave its database behind.
    execFile(process.execPath, words, { cwd: folder, env, timeout: 60_000 }, (error, out, err) =>
      resolve({ code: error ? ((error.code as number | null | undefined) ?? null) : 0, out, err }),
    );
  });

test('the log of a lost database is brought back from the file of its export', async () => {
  const [data, keys] = [path.join(folder, 'data'), path.join(folder, 'keys')];
  const env = { SEKISHO_KEYS: keys };
  const program = await startProgram(data, env);
  await program.ready();
  const vkey = (await (await fetch(`${program.url}/log/key`)).text()).trimEnd();
  const socket = { host: path.join(data, 'run'), port: 5432, database: 'sekisho', user: 'sekisho_owner' };
  const owner = openDatabase(socket, { most: 1 });
  let text = '';
  const size = await exportLog(owner, vkey, (piece) => void (text += piece));
  await owner.close();
  program.kill('SIGTERM');
  await program.ended;
  const file = path.join(folder, 'export.jsonl');
  fs.writeFileSync(file, text);
  fs.rmSync(data, { recursive: true });

  const office = { SEKISHO_DATA: data, ...env };
  expect(await restore(office, file)).toMatchObject({
    code: 0,
    out: expect.stringContaining(`The log was restored from 0 to ${size} entries.`),
    err: '',
  });
  // What the log has already is refused in a sentence.
  expect(await restore(office, file)).toMatchObject({
    code: 1,
    out: '',
    err: expect.stringContaining('Give a newer export.'),
  });
}, 240_000);
