// The key that signs the log, kept in the data folder. It is created once, before the first checkpoint. After that, a missing or different key
// stops the start, because a log signed by another key is another log. The newest checkpoint known here is stored beside it: a database without
// that checkpoint is older than what people hold of the log, and must not be continued as if nothing were missing.

import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { Database, Queryable } from '../platform/database/index.ts';
import { createKey, inKeys } from '../platform/key-file.ts';
import { StartProblem } from '../platform/start-problem.ts';
import { Disagreement, frontierAt, integrate } from './integrate.ts';
import { isGivenUp } from './lost.ts';
import { foldRoots, sameHash } from './merkle.ts';
import { openCheckpoint, readVkey, type Checkpoint } from './note.ts';
import { vkeyOf, type Signer } from './sign.ts';
import { lastCheckpoint } from './store.ts';

const FILE = 'log-signer.json';
const SIGNED = 'log-signed.txt';

interface SignerFile {
  name: string;
  /** PKCS #8, PEM. */
  privateKey: string;
}

function readFile(file: string): Signer | null {
  try {
    const { name, privateKey } = JSON.parse(fs.readFileSync(file, 'utf8')) as SignerFile;
    return { name, privateKey: createPrivateKey(privateKey) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new StartProblem(
      `記録に署名する鍵を読めません（${file}）。バックアップから元の鍵を戻してください。`,
      `The key that signs the log cannot be read (${file}). Restore the original key from your backup.`,
    );
  }
}

/** Makes the key, unless a process that starts at the same moment has made it. */
function makeFile(folder: string, name: string): Signer {
  const { privateKey } = generateKeyPairSync('ed25519');
  const content: SignerFile = { name, privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
  createKey(folder, FILE, `${JSON.stringify(content)}\n`);
  return readFile(path.join(folder, FILE))!;
}

/**
 * Opens the signer in `folder`; makes one named `name` when the log has no checkpoint yet. Throws StartProblem when the key is missing
 * or is not the one that signed this log.
 */
export async function openSigner(on: Queryable, folder: string, name: string): Promise<Signer> {
  const file = path.join(folder, FILE);
  const last = await lastCheckpoint(on);
  const kept = readFile(file);
  if (!last) return remembering(kept ?? makeFile(folder, name), folder);
  const verifier = kept && readVkey(vkeyOf(kept));
  if (kept && verifier && openCheckpoint(last.note, verifier)) {
    const signed = lastSigned(kept, folder);
    // A restore was killed before it could delete the file, or was run on another machine.
    if (signed && (await isGivenUp(on, vkeyOf(kept), signed))) forgetSigned(folder);
    return remembering(kept, folder);
  }
  throw new StartProblem(
    `このデータベースの記録に署名した鍵が、${folder} にありません。元の鍵を戻すか、この鍵の属するデータベースを使ってください。`,
    `The key that signed the log of this database is not in ${folder}. Put the original key back, or use the database that this key belongs to.`,
  );
}

/** The newest checkpoint that this key is known to have signed, from the folder; null when there is none or it cannot be read. */
function lastSigned(signer: Signer, folder: string): Checkpoint | null {
  const verifier = readVkey(vkeyOf(signer));
  try {
    return verifier && openCheckpoint(fs.readFileSync(path.join(folder, SIGNED), 'utf8'), verifier);
  } catch {
    return null;
  }
}

/** Whether the folder has a checkpoint that this key is known to have signed. */
export const isAnySigned = (signer: Signer, folder: string): boolean => lastSigned(signer, folder) !== null;

/** A signer that records in the folder what was signed with its key. */
function remembering(signer: Signer, folder: string): Signer {
  const verifier = readVkey(vkeyOf(signer))!;
  let signed = lastSigned(signer, folder);
  const [file, aside] = [path.join(folder, SIGNED), path.join(folder, `${SIGNED}.${process.pid}`)];
  let tell: (why: string | null) => void = () => undefined;
  let failing: string | null = null;
  return {
    ...signer,
    signed: () => signed,
    remember: (size, note) => {
      if (size <= (signed?.size ?? 0)) return;
      signed = openCheckpoint(note, verifier);
      let why: string | null = null;
      try {
        fs.writeFileSync(aside, note, { mode: 0o600 });
        fs.renameSync(aside, file);
      } catch (error) {
        // The former checkpoint stays in the file: it says nothing false, but an older database would pass for the newest.
        why = (error as NodeJS.ErrnoException).code ?? 'unknown';
      }
      if (why !== failing) tell(why);
      failing = why;
    },
    watch: (told) => {
      tell = told;
    },
  };
}

async function holds(on: Queryable, { size, root }: Checkpoint): Promise<boolean> {
  const edge = await frontierAt(on, size);
  return edge !== null && sameHash(foldRoots(edge.roots), root);
}

/**
 * The newest checkpoint signed in this folder if the log in the database does not contain it, because an older database was restored. Null when the
 * database is up to date. If only the checkpoint itself was lost, it is signed again.
 */
export async function signedBeyond(database: Database, signer: Signer, folder: string): Promise<Checkpoint | null> {
  const signed = lastSigned(signer, folder);
  if (!signed || (await holds(database, signed))) return null;
  if (((await lastCheckpoint(database))?.size ?? 0) > signed.size) return signed;
  await integrate(database, signer).catch((error: unknown) => {
    if (!(error instanceof Disagreement)) throw error;
  });
  return (await holds(database, signed)) ? null : signed;
}

/** Throws StartProblem when the database is older than what was signed. */
export async function checkSigned(database: Database, signer: Signer, folder: string): Promise<void> {
  const signed = await signedBeyond(database, signer, folder);
  if (!signed) return;
  const size = (await lastCheckpoint(database))?.size ?? 0;
  throw new StartProblem(
    `データベースが古いため、始めません。記録は${size}件ですが、この鍵は${signed.size}件まで署名しています。バックアップから戻したか、遅れていた待機系に切り替えたのなら、始める前に、それより新しい記録の書き出しで「sekisho restore <file>」を実行します。書き出しがどこにもないときは「sekisho restore --lost」で、失われたことを記録に残します。詳しくは docs/ja/backup.md にあります。`,
    `The database is old, so Sekisho does not start: its log has ${size} entries, but this key has signed ${signed.size}. If a backup was restored, or a lagging standby took over, first run “sekisho restore <file>” with a newer export of the log. If there is no such export, “sekisho restore --lost” puts the loss on record. For details, see docs/backup.md.`,
  );
}

/** Deletes the stored checkpoint, once the loss is on record. */
export const forgetSigned = (folder: string): void =>
  inKeys(folder, () => fs.rmSync(path.join(folder, SIGNED), { force: true }));
