// Prepares a log entry for display, and its proof for checking by hand. Pure; it adds nothing to what was logged.

import { createHash } from 'node:crypto';
import type { Source } from '../../../base/finding.ts';
import { decisionIn, type Json, type LogEntry } from '../../../log/index.ts';

/** A ground as the log keeps it: `APPI 18(1)`, `policy 13`. */
export function readGround(text: string): { law: Source; article: string } {
  const gap = text.indexOf(' ');
  return { law: text.slice(0, gap) as Source, article: text.slice(gap + 1) };
}

const ownMembers = new Set(['v', 'id', 'at', 'action', 'actor', 'principal', 'decision', 'authority']);

/**
 * What an entry says besides actor, action, time and grounds: ids, codes and counts by name. `between` separates the values of a list. `word` puts
 * one value into words. An empty list gives an empty text.
 */
export function subjectsOf(
  entry: LogEntry,
  between: string,
  word: (name: string, code: string) => string,
): [name: string, value: string][] {
  const decided = decisionIn(entry) !== undefined;
  return Object.entries(entry)
    .filter(([name, value]) => value !== undefined && (!ownMembers.has(name) || (name === 'decision' && !decided)))
    .map(([name, value]) => [name, valueText(value, between, (code) => word(name, code))]);
}

function valueText(value: Json | undefined, between: string, word: (code: string) => string): string {
  if (Array.isArray(value)) return value.map((item) => valueText(item as Json, between, word)).join(between);
  if (value === null) return '';
  if (typeof value === 'object') return JSON.stringify(value);
  return word(String(value));
}

/** One step of an inclusion proof (RFC 9162 2.1.3.2): the current hash is combined with `hash`, which is on `side`. */
export interface ProofStep {
  side: 'left' | 'right';
  /** Base64. */
  hash: string;
}

/** The steps from the entry at `position` up to the root of the tree of `size` entries. */
export function proofSteps(position: number, size: number, proof: readonly string[]): ProofStep[] {
  let at = position;
  let last = size - 1;
  return proof.map((hash) => {
    const side = at % 2 === 1 || at === last ? 'left' : 'right';
    if (side === 'left') {
      while (at % 2 === 0 && at !== 0) {
        at /= 2;
        last = Math.floor(last / 2);
      }
    }
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
    return { side, hash };
  });
}

/** The leaf of an entry: SHA-256(0x00 || text), in base64. */
export const leafOf = (text: string): string => createHash('sha256').update(`\u0000${text}`).digest('base64');

/** Reads the head of a checkpoint's note: origin, size, root in base64. */
export function readHead(note: string): { origin: string; size: number; root: string } {
  const [origin = '', size = '0', root = ''] = note.split('\n');
  return { origin, size: Number(size), root };
}
