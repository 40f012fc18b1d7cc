// The Merkle tree of RFC 6962 section 2.1 with the proof algorithms of RFC 9162 section 2.1. Pure: it maps hashes to hashes and stores nothing.

import { sha256 } from '#crypto';
import { sameBytes } from './bytes.ts';

/** A SHA-256 value: 32 bytes. */
export type Hash = Uint8Array;

export const HASH_BYTES = 32;

/** The root of the tree without leaves: SHA-256 of the empty string. */
export const emptyRoot: Hash = sha256('');

/** The hash of a leaf: SHA-256(0x00 || data). Text is taken as UTF-8. */
export function leafHash(data: string | Uint8Array): Hash {
  if (typeof data === 'string') return sha256(`\u0000${data}`);
  const input = new Uint8Array(data.length + 1);
  input.set(data, 1);
  return sha256(input);
}

const pair = new Uint8Array(1 + 2 * HASH_BYTES);
pair[0] = 1;

/** The hash of an inner node: SHA-256(0x01 || left || right). */
export function nodeHash(left: Hash, right: Hash): Hash {
  // With a shorter value, part of the previous call's hash would stay in the buffer.
  if (left.length !== HASH_BYTES || right.length !== HASH_BYTES) throw new RangeError('merkle: not a hash');
  pair.set(left, 1);
  pair.set(right, 1 + HASH_BYTES);
  return sha256(pair);
}

const areHashes = (values: readonly Uint8Array[]): boolean => values.every((value) => value.length === HASH_BYTES);

export const sameHash: (a: Hash, b: Hash) => boolean = sameBytes;

/** A complete subtree of 2^height leaves, the index-th of its height from the left. */
export interface Subtree {
  height: number;
  index: number;
}

/** The right edge of a growing tree: the roots of its complete subtrees from the left, largest first. */
export interface Frontier {
  size: number;
  roots: Hash[];
}

/** Adds one leaf hash. `completed` is called for every subtree this completes, starting with the leaf itself. */
export function grow(edge: Frontier, leaf: Hash, completed?: (node: Subtree, hash: Hash) => void): void {
  let hash = leaf;
  let index = edge.size;
  completed?.({ height: 0, index }, hash);
  for (let height = 1; index % 2 === 1; height++) {
    hash = nodeHash(edge.roots.pop()!, hash);
    index = (index - 1) / 2;
    completed?.({ height, index }, hash);
  }
  edge.roots.push(hash);
  edge.size++;
}

/** The root of a tree, from the roots of its complete subtrees from the left. */
export function foldRoots(roots: readonly Hash[]): Hash {
  let hash = roots.at(-1);
  if (!hash) return emptyRoot;
  for (let i = roots.length - 2; i >= 0; i--) hash = nodeHash(roots[i]!, hash);
  return hash;
}

/** Leaves `from` (included) to `to` (excluded). */
export interface Span {
  from: number;
  to: number;
}

/** The largest power of two smaller than n (n > 1); arithmetic, because positions exceed 32 bits. */
function split(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

/** The complete subtrees that make up a span, from the left. The span must be a node of some tree, that is, start where such a subtree may start. */
export function subtreesOf({ from, to }: Span): Subtree[] {
  const found: Subtree[] = [];
  for (let at = from; at < to;) {
    let height = 0;
    let size = 1;
    while (at % (size * 2) === 0 && at + size * 2 <= to) {
      size *= 2;
      height++;
    }
    found.push({ height, index: at / size });
    at += size;
  }
  return found;
}

/** PATH(m, D_n) of RFC 6962 2.1.1 as spans: what to hash for the inclusion proof of a position, nearest sibling first. */
export function inclusionSpans(position: number, size: number): Span[] {
  if (!(position >= 0 && position < size)) throw new RangeError('inclusion proof: position outside the tree');
  const spans: Span[] = [];
  let from = 0;
  let to = size;
  while (to - from > 1) {
    const middle = from + split(to - from);
    if (position < middle) {
      spans.push({ from: middle, to });
      to = middle;
    } else {
      spans.push({ from, to: middle });
      from = middle;
    }
  }
  return spans.reverse();
}

/** PROOF(m, D_n) of RFC 6962 2.1.2 as spans: what to hash to show that the tree of `older` leaves is a prefix of the tree of `newer`. */
export function consistencySpans(older: number, newer: number): Span[] {
  if (!(older >= 0 && older <= newer)) throw new RangeError('consistency proof: the older tree is the larger');
  if (older === 0 || older === newer) return [];
  const spans: Span[] = [];
  let from = 0;
  let to = newer;
  let whole = true;
  while (older !== to) {
    const middle = from + split(to - from);
    if (older <= middle) {
      spans.push({ from: middle, to });
      to = middle;
    } else {
      spans.push({ from, to: middle });
      from = middle;
      whole = false;
    }
  }
  if (!whole) spans.push({ from, to });
  return spans.reverse();
}

/** RFC 9162 2.1.3.2: true when the proof shows the leaf at this position of the tree with this size and root. */
export function verifyInclusion(
  leaf: Hash,
  position: number,
  size: number,
  proof: readonly Hash[],
  root: Hash,
): boolean {
  if (!(Number.isSafeInteger(position) && Number.isSafeInteger(size) && position >= 0 && position < size)) return false;
  if (!areHashes([leaf, ...proof])) return false;
  let fn = position;
  let sn = size - 1;
  let r = leaf;
  for (const p of proof) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      r = nodeHash(p, r);
      while (fn % 2 === 0 && fn !== 0) {
        fn /= 2;
        sn = Math.floor(sn / 2);
      }
    } else {
      r = nodeHash(r, p);
    }
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  return sn === 0 && sameHash(r, root);
}

/** RFC 9162 2.1.4.2: true when the proof shows the older tree to be the beginning of the newer one. */
export function verifyConsistency(
  older: { size: number; root: Hash },
  newer: { size: number; root: Hash },
  proof: readonly Hash[],
): boolean {
  if (!Number.isSafeInteger(older.size) || !Number.isSafeInteger(newer.size)) return false;
  if (older.size < 0 || older.size > newer.size || !areHashes([older.root, newer.root, ...proof])) return false;
  if (older.size === newer.size) return proof.length === 0 && sameHash(older.root, newer.root);
  // Every tree begins with the empty one; the proof must be empty and the older root the empty root.
  if (older.size === 0) return proof.length === 0 && sameHash(older.root, emptyRoot);
  const isPowerOfTwo = split(older.size + 1) === older.size;
  const path = isPowerOfTwo ? [older.root, ...proof] : [...proof];
  if (path.length === 0) return false;
  let fn = older.size - 1;
  let sn = newer.size - 1;
  while (fn % 2 === 1) {
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  let fr = path[0]!;
  let sr = path[0]!;
  for (const c of path.slice(1)) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      fr = nodeHash(c, fr);
      sr = nodeHash(c, sr);
      while (fn % 2 === 0 && fn !== 0) {
        fn /= 2;
        sn = Math.floor(sn / 2);
      }
    } else {
      sr = nodeHash(sr, c);
    }
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  return sn === 0 && sameHash(fr, older.root) && sameHash(sr, newer.root);
}
