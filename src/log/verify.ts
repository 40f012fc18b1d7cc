// The verifier: recomputes the tree from the entries and compares everything stored with it: columns, leaves, tiles, roots and signatures. It
// trusts only the public key, and reports the first disagreement and its position.

import type { Bilingual } from '../base/bilingual.ts';
import type { Queryable } from '../platform/database/index.ts';
import { frontierAt } from './integrate.ts';
import { foldRoots, grow, HASH_BYTES, leafHash, sameHash, type Frontier, type Hash, type Subtree } from './merkle.ts';
import { openCheckpoint, readVkey, type Verifier } from './note.ts';
import {
  checkpointsBetween,
  entriesAfter,
  lastVerification,
  leavesBetween,
  placeOf,
  readTiles,
  sizes,
  type Place,
  type StoredCheckpoint,
  type StoredEntry,
  type StoredLeaf,
} from './store.ts';
import { tileKey, TILE_HEIGHT, TILE_WIDTH, type TileId } from './tiles.ts';

/**
 * What does not agree: an entry, its columns, a leaf, a tile, a checkpoint; entries missing at the end (`end`); an entry without a leaf (`stray`);
 * or the history before a checkpoint.
 */
export type LogPart = 'entry' | 'columns' | 'leaf' | 'tile' | 'checkpoint' | 'end' | 'stray' | 'history';

/** `position` is the first entry that does not agree, counted from 0. */
export type LogCheck = { ok: true; size: number } | { ok: false; size: number; part: LogPart; position: number };

interface Mismatch {
  part: LogPart;
  position: number;
}

/** Entries checked without a pause: about ten milliseconds, in which the server answers no other request. */
const PAGE = 2 * TILE_WIDTH;

/** Called between two pages with the milliseconds that the first took; the next page waits for it. */
export type Rest = (tookMs: number) => Promise<unknown>;

/**
 * Checks the stored log. `from` 0 checks all of it. The size of a checkpoint checks only what came after, once it has shown that the stored tree up
 * to there has the signed root. `signed`: how many entries are known to have been signed. Throws RangeError for a malformed key, and anything
 * `rest` throws.
 */
export async function verify(
  on: Queryable,
  vkey: string,
  from = 0,
  { signed = 0, rest }: { signed?: number; rest?: Rest } = {},
): Promise<LogCheck> {
  const verifier = readVkey(vkey);
  if (!verifier) throw new RangeError('log: not a verification key');
  // Read before the sizes: the log only grows, so an earlier reading can never exceed what is there now.
  const seen = await lastVerification(on);
  const { leaves, checkpointed: size } = await sizes(on);
  const found =
    checkEnds(leaves, size, Math.max(signed, seen?.ok ? seen.size : 0)) ??
    (await checkPages(on, verifier, { from: Math.min(from, size), to: size }, rest));
  return found ? { ok: false, size, ...found } : { ok: true, size };
}

function checkEnds(leaves: number, size: number, seen: number): Mismatch | null {
  if (leaves !== size) return { part: leaves > size ? 'checkpoint' : 'leaf', position: Math.min(leaves, size) };
  // A log cut back to an older checkpoint is consistent in itself; only what was seen or signed before reveals it.
  return seen > size ? { part: 'end', position: size } : null;
}

async function checkPages(
  on: Queryable,
  verifier: Verifier,
  { from, to: size }: { from: number; to: number },
  rest: Rest | undefined,
): Promise<Mismatch | null> {
  const edge = await frontierAt(on, from);
  if (from > 0) {
    const head = (await checkpointsBetween(on, from - 1, from))[0];
    const opened = head && openCheckpoint(head.note, verifier);
    if (!head || opened?.size !== from) return { part: 'checkpoint', position: from - 1 };
    if (!edge || !sameHash(opened.root, foldRoots(edge.roots))) return { part: 'tile', position: from - 1 };
  }
  const place = await placeOf(on, from - 1);
  if (!place) return { part: 'leaf', position: from - 1 };
  const walk: Walk = { edge: edge!, agreed: from, place, verifier };
  for (let at = from; at < size;) {
    const to = Math.min(at - (at % TILE_WIDTH) + PAGE, size);
    const began = performance.now();
    const found = await checkPage(on, walk, at, to);
    if (found) return found;
    at = to;
    if (at < size) await rest?.(performance.now() - began);
  }
  return walk.agreed === size ? null : { part: 'checkpoint', position: walk.agreed };
}

interface Walk {
  edge: Frontier;
  /** The size of the last checkpoint that agreed. */
  agreed: number;
  /** The place of the last entry that agreed. */
  place: Place;
  verifier: Verifier;
}

async function checkPage(on: Queryable, walk: Walk, from: number, to: number): Promise<Mismatch | null> {
  const firstTile = Math.floor(from / TILE_WIDTH);
  const bottom = Array.from({ length: Math.ceil(to / TILE_WIDTH) - firstTile }, (_, i) => ({
    level: 0,
    n: firstTile + i,
  }));
  const leaves = await leavesBetween(on, from, to);
  const entries = await entriesAfter(on, walk.place, to - from);
  const tiles = await readTiles(on, bottom);
  const checkpoints = await checkpointsBetween(on, from, to);
  const upper: { node: Subtree; hash: Hash }[] = [];
  const keepUpper = (node: Subtree, hash: Hash): void => {
    if (node.height > 0 && node.height % TILE_HEIGHT === 0) upper.push({ node, hash });
  };
  let next = 0;
  for (let position = from; position < to; position++) {
    const leaf = leaves[position - from];
    const tile = tiles.get(tileKey({ level: 0, n: Math.floor(position / TILE_WIDTH) }));
    const part = checkLeaf(leaf, entries[position - from], position, tile);
    if (part) return { part, position };
    grow(walk.edge, leaf!.hash, keepUpper);
    walk.place = leaf!;
    const checkpoint = checkpoints[next];
    if (checkpoint?.size !== position + 1) continue;
    next++;
    const found = checkCheckpoint(checkpoint, walk);
    if (found) return found;
    walk.agreed = checkpoint.size;
  }
  return checkUpper(on, upper);
}

function checkLeaf(
  leaf: StoredLeaf | undefined,
  entry: StoredEntry | undefined,
  position: number,
  tile: Uint8Array | undefined,
): LogPart | null {
  if (leaf?.position !== position) return 'leaf';
  if (!entry) return 'entry';
  const start = (position % TILE_WIDTH) * HASH_BYTES;
  const inTile = tile?.subarray(start, start + HASH_BYTES) ?? new Uint8Array(0);
  const computed = leafHash(entry.entry);
  // Of three copies, the one that the other two contradict was changed.
  if (entry.seq !== leaf.seq || entry.xid !== leaf.xid) {
    if (sameHash(computed, inTile)) return 'leaf';
    return BigInt(entry.xid) < BigInt(leaf.xid) || (entry.xid === leaf.xid && entry.seq < leaf.seq) ? 'stray' : 'entry';
  }
  if (!sameHash(computed, leaf.hash)) return sameHash(computed, inTile) ? 'leaf' : 'entry';
  if (!sameHash(computed, inTile)) return 'tile';
  return leaf.id === entry.id && columnsAgree(entry) ? null : 'columns';
}

/** The columns only help to find an entry. Its text is what counts, and the columns must say the same. */
function columnsAgree(stored: StoredEntry): boolean {
  const { id, at, action, actor, principal = null } = JSON.parse(stored.entry) as Record<string, unknown>;
  return (
    stored.id === id &&
    stored.at.toISOString() === at &&
    stored.action === action &&
    stored.actor === actor &&
    stored.principal_id === principal
  );
}

function checkCheckpoint(stored: StoredCheckpoint, walk: Walk): Mismatch | null {
  const opened = openCheckpoint(stored.note, walk.verifier);
  if (opened?.size !== stored.size || !sameHash(opened.root, stored.root)) {
    return { part: 'checkpoint', position: stored.size - 1 };
  }
  return sameHash(opened.root, foldRoots(walk.edge.roots)) ? null : { part: 'history', position: walk.agreed };
}

async function checkUpper(on: Queryable, upper: readonly { node: Subtree; hash: Hash }[]): Promise<Mismatch | null> {
  const placed = upper.map(({ node, hash }) => {
    const id: TileId = { level: node.height / TILE_HEIGHT, n: Math.floor(node.index / TILE_WIDTH) };
    return { node, hash, id };
  });
  const ids = new Map(placed.map(({ id }) => [tileKey(id), id]));
  const tiles = await readTiles(on, [...ids.values()]);
  for (const { node, hash, id } of placed) {
    const start = (node.index % TILE_WIDTH) * HASH_BYTES;
    const stored = tiles.get(tileKey(id))?.subarray(start, start + HASH_BYTES);
    if (!stored || !sameHash(stored, hash)) return { part: 'tile', position: node.index * 2 ** node.height };
  }
  return null;
}

const parts: Record<LogPart, Bilingual> = {
  entry: { ja: '記録の内容', en: 'the text of an entry' },
  columns: { ja: '記録の検索項目', en: 'the columns by which an entry is found' },
  leaf: { ja: '記録のハッシュ値', en: 'the hash of an entry' },
  tile: { ja: 'ハッシュ木', en: 'the hash tree' },
  checkpoint: { ja: '署名されたチェックポイント', en: 'a signed checkpoint' },
  end: {
    ja: '末尾の記録（以前に検証または署名した件数より減っています）',
    en: 'the end of the log: it is shorter than what was verified or signed before',
  },
  stray: { ja: '後から差し込まれた記録', en: 'an entry that was inserted afterwards' },
  history: { ja: 'チェックポイント以前の記録の列', en: 'the sequence of entries before a checkpoint' },
};

/** The words for a result, for a page or a promise. */
export function saysOf(check: LogCheck): Bilingual {
  if (check.ok)
    return { ja: `${check.size}件の記録を検証し、すべて一致しました。`, en: `All ${check.size} entries agree.` };
  const number = check.position + 1;
  const part = parts[check.part];
  return {
    ja: `${number}件目で不一致があります：${part.ja}。`,
    en: `Entry number ${number} does not agree: ${part.en}.`,
  };
}
