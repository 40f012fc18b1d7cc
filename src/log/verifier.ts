// The verifier as a single-file program, served as /assets/verify.mjs: anyone with a file of the log can check it with Node.js alone. It gives the
// same answers as `sekisho verify`, and must never use the network or any file other than those it is called with.

import fs from 'node:fs';
import { parseArgs } from 'node:util';
import { verifyFile } from './file.ts';
import { answerOf, exitCodes, verificationLines } from './verification.ts';

const USAGE = `使い方 / Usage: node verify.mjs <file> [--key k] [--since <held>]
終了コード / exit code: 0 一致 / good, 1 不一致 / not good, 2 確かめられない / could not be checked`;

/** The command-line arguments; null when they are wrong. */
function called() {
  try {
    const options = { key: { type: 'string' }, since: { type: 'string' } } as const;
    const { positionals, values } = parseArgs({ allowPositionals: true, options });
    const [file, ...more] = positionals;
    return file === undefined || more.length > 0 || values.key === '' ? null : { file, ...values };
  } catch {
    return null;
  }
}

function read(file: string): Buffer | null {
  try {
    return fs.readFileSync(file);
  } catch {
    console.error(`ファイルを読めません（${file}）。\nThe file cannot be read (${file}).`);
    return null;
  }
}

function main(): number {
  const asked = called();
  if (!asked) {
    console.error(USAGE);
    return exitCodes.unchecked;
  }
  const bytes = read(asked.file);
  const held = asked.since === undefined ? undefined : read(asked.since);
  if (bytes === null || held === null) return exitCodes.unchecked;
  const found = verifyFile(bytes, asked.key, held);
  console.log(verificationLines(found, asked.key).join('\n'));
  return exitCodes[answerOf(found)];
}

process.exitCode = main();
