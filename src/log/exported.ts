// Reads and checks an export of the whole log, as written by `export.ts`. Must work without a database, because the person checking has none.

import { bytesOf, lettersOf, sameBytes, textOf } from './bytes.ts';
import { canonical } from './canonical.ts';
import { emptyRoot, foldRoots, grow, leafHash, sameHash, type Frontier, type Hash } from './merkle.ts';
import { openCheckpoint, readVkey, type Verifier } from './note.ts';
import { ofAnotherLog, refused, type Check, type Held, type Step, type Verification } from './verification.ts';

const altered = (position: number): Verification =>
  refused(
    'export',
    `${position + 1}件目以降の記録が、署名されたチェックポイントと一致しません。`,
    `The entries from number ${position + 1} on do not agree with the signed checkpoint.`,
    position,
  );

const cut = (position: number): Verification =>
  refused('export', '書き出しファイルが途中で切れています。', 'The export is cut short.', position);

const shorter = (size: number, held: Held): Verification =>
  refused(
    'export',
    `この書き出しは${size}件までで、お手元にある${held.size}件より前のものです。お手元のものより後に受け取った書き出しなら、記録が消されています。`,
    `This export ends at ${size} entries, before the ${held.size} that you hold. If you were given it after the file you hold, entries were removed.`,
  );

/** Both logs are signed, but a log has only one beginning. */
const rewritten = (held: Held): Verification =>
  refused(
    'export',
    `お手元にある${held.size}件までの記録の続きではありません。署名する側が、記録を書き換えています。`,
    `This does not continue the log of ${held.size} entries that you hold: the signer has rewritten the log.`,
  );

export function readHeader(line: string): { size: number; vkey: string } | null {
  try {
    const header = JSON.parse(line) as { kind?: unknown; size?: unknown; v?: unknown; vkey?: unknown };
    const { kind, size, v, vkey } = header;
    if (kind !== 'sekisho-log' || v !== 1 || !Number.isSafeInteger(size) || typeof vkey !== 'string') return null;
    return canonical({ kind, size: size as number, v, vkey }) === line ? { size: size as number, vkey } : null;
  } catch {
    return null;
  }
}

export function readNote(line: string): string | null {
  try {
    const { checkpoint } = JSON.parse(line) as { checkpoint?: unknown };
    return typeof checkpoint === 'string' && canonical({ checkpoint }) === line ? checkpoint : null;
  } catch {
    return null;
  }
}

function* linesOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length;) {
    const end = bytes.indexOf(0x0a, at);
    if (end < 0) return;
    yield bytes.subarray(at, end);
    at = end + 1;
  }
}

export const isExport = (bytes: Uint8Array): boolean =>
  lettersOf(bytes.subarray(0, 64)).startsWith('{"kind":"sekisho-log"');

/**
 * Checks an export: every entry against every checkpoint, and, with `held`, that it continues the log somebody holds. On failure, `position` is the
 * first entry after the last checkpoint that agreed.
 */
export function* verifyExport(bytes: Uint8Array, vkey?: string, held?: Held, as: Step['in'] = 'file'): Check {
  const lines = linesOf(bytes);
  const header = readHeader(textOf(lines.next().value ?? new Uint8Array()));
  const verifier = header && readVkey(header.vkey);
  if (!header || !verifier) {
    return refused('export', '書き出しファイルの見出しが読めません。', 'The head of the export cannot be read.');
  }
  if (vkey !== undefined && vkey !== header.vkey) return ofAnotherLog('export');
  if (bytes.at(-1) !== 0x0a) return cut(0);
  const whole = { in: as, of: header.size };
  const { failed, covered, edge, beginning } = yield* followLines(lines, verifier, whole, held?.size);
  const { size } = edge;
  if (failed) return failed;
  // The office signs before it exports, so an export of nothing has lost its entries, and no signature speaks for it.
  if (size === 0 || covered !== size || size !== header.size) return cut(covered);
  if (held && held.size > size) return shorter(size, held);
  if (held && !sameHash(beginning, held.root)) return rewritten(held);
  return {
    ok: true,
    kind: 'export',
    says: {
      ja: `${verifier.name} の${size}件の記録は、すべて署名されたチェックポイントと一致しています。`,
      en: `All ${size} entries of ${verifier.name} agree with the signed checkpoints.`,
    },
    origin: verifier.name,
    vkey: header.vkey,
    size,
    root: foldRoots(edge.roots),
  };
}

const noteStart = bytesOf('{"checkpoint":');

/** Entries checked per step when no checkpoint comes between; in a browser, one signature takes as long as some hundred entries. */
const STEP = 256;

interface Followed {
  failed?: Verification;
  covered: number;
  edge: Frontier;
  /** Root of the first entries, as many as the reader holds. */
  beginning: Hash;
}

/** Reads the lines to the end, or to the first disagreement. */
function* followLines(
  lines: Iterable<Uint8Array>,
  verifier: Verifier,
  whole: Omit<Step, 'checked'>,
  held = 0,
): Generator<Step, Followed> {
  const edge: Frontier = { size: 0, roots: [] };
  let covered = 0;
  let beginning = emptyRoot;
  for (const line of lines) {
    if (sameBytes(line.subarray(0, noteStart.length), noteStart)) {
      const note = readNote(textOf(line));
      const head = note === null ? null : openCheckpoint(note, verifier);
      if (!head || head.size !== edge.size || !sameHash(head.root, foldRoots(edge.roots))) {
        return { failed: altered(covered), covered, edge, beginning };
      }
      covered = edge.size;
      yield { ...whole, checked: edge.size };
    } else {
      grow(edge, leafHash(line));
      if (edge.size === held) beginning = foldRoots(edge.roots);
      if (edge.size % STEP === 0) yield { ...whole, checked: edge.size };
    }
  }
  return { covered, edge, beginning };
}
