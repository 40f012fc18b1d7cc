// The key that signs the log, kept in the data folder. It is made once, before the first checkpoint; afterwards a missing or different
// key stops the start, because a log signed by another key is another log.

import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { Queryable } from '../platform/database/index.ts';
import { StartProblem } from '../platform/start-problem.ts';
import { openCheckpoint, readVkey } from './note.ts';
import { vkeyOf, type Signer } from './sign.ts';
import { lastCheckpoint } from './store.ts';

const FILE = 'log-signer.json';

interface SignerFile {
  name: string;
  /** PKCS #8 in PEM. */
  privateKey: string;
}

function readFile(file: string): Signer | null {
  try {
    const { name, privateKey } = JSON.parse(fs.readFileSync(file, 'utf8')) as SignerFile;
    return { name, privateKey: createPrivateKey(privateKey) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new StartProblem(
      `記録に署名する鍵を読めません（${file}）。控えから元の鍵を戻してください。`,
      `The key that signs the log cannot be read (${file}). Put the original key back from its copy.`,
    );
  }
}

function makeFile(file: string, name: string): Signer {
  const { privateKey } = generateKeyPairSync('ed25519');
  const content: SignerFile = { name, privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
  fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  fs.writeFileSync(file, `${JSON.stringify(content)}\n`, { mode: 0o600, flag: 'wx' });
  return { name, privateKey };
}

/**
 * Opens the signer in `folder`; makes one named `name` when the log has no checkpoint yet. Throws StartProblem when the key is missing
 * or is not the one that signed this log.
 */
export async function openSigner(on: Queryable, folder: string, name: string): Promise<Signer> {
  const file = path.join(folder, FILE);
  const last = await lastCheckpoint(on);
  const kept = readFile(file);
  if (!last) return kept ?? makeFile(file, name);
  const verifier = kept && readVkey(vkeyOf(kept));
  if (kept && verifier && openCheckpoint(last.note, verifier)) return kept;
  throw new StartProblem(
    `このデータベースの記録に署名した鍵が、${folder} にありません。元の鍵を戻すか、この鍵の属するデータベースを使ってください。`,
    `The key that signed the log of this database is not in ${folder}. Put the original key back, or use the database that this key belongs to.`,
  );
}
