// Proofs and public tiles from the stored tree. A proof reads a handful of tiles whatever the size of the log, and never scans.

import type { Queryable } from '../platform/database/index.ts';
import type { LogEntry } from './entry.ts';
import { consistencySpans, HASH_BYTES, inclusionSpans, subtreesOf, type Hash, type Span } from './merkle.ts';
import { base64 } from './bytes.ts';
import type { Consistency, Receipt } from './receipt.ts';
import { entriesAfter, findEntry, lastCheckpoint, placeOf, readTiles } from './store.ts';
import { entryBundle, hashFromTiles, tileKey, tileOf, TILE_WIDTH, type TileRef } from './tiles.ts';

async function hashesOf(on: Queryable, spans: readonly Span[]): Promise<Hash[]> {
  const wanted = spans.map(subtreesOf);
  const ids = new Map(wanted.flat().map((subtree) => [tileKey(tileOf(subtree)), tileOf(subtree)]));
  const tiles = await readTiles(on, [...ids.values()]);
  return wanted.map((subtrees) => {
    const hash = hashFromTiles(subtrees, tiles);
    if (!hash) throw new Error('log: a tile is missing');
    return hash;
  });
}

/** The inclusion proof of the entry at a position in the tree of `size` entries. Throws RangeError when position ≥ size. */
export const inclusion = (on: Queryable, position: number, size: number): Promise<Hash[]> =>
  hashesOf(on, inclusionSpans(position, size));

/** The proof that the tree of `older` entries is the beginning of the tree of `newer`. Throws RangeError when older > newer. */
export const consistency = (on: Queryable, older: number, newer: number): Promise<Hash[]> =>
  hashesOf(on, consistencySpans(older, newer));

/** The receipt of an entry: the entry with the proof that the newest checkpoint covers it. Null when the entry is unknown or not yet in the tree. */
export async function receiptOf(on: Queryable, vkey: string, entryId: string): Promise<Receipt | null> {
  const found = await findEntry(on, entryId);
  const head = found && (await lastCheckpoint(on));
  if (!found || !head) return null;
  const proof = await inclusion(on, found.position, head.size);
  return {
    kind: 'sekisho-receipt',
    v: 1,
    entry: JSON.parse(found.entry) as LogEntry,
    position: found.position,
    size: head.size,
    proof: proof.map(base64),
    checkpoint: head.note,
    vkey,
  };
}

/** The proof, for a reader who holds the log of `from` entries, that the newest checkpoint continues it. Null when the log has fewer entries. */
export async function consistencyOf(on: Queryable, vkey: string, from: number): Promise<Consistency | null> {
  const head = await lastCheckpoint(on);
  if (!head || from > head.size) return null;
  const proof = (await consistency(on, from, head.size)).map(base64);
  return { kind: 'sekisho-consistency', v: 1, from, proof, checkpoint: head.note, vkey };
}

/** The newest checkpoint as a signed note, for `/log/checkpoint`; null before the first. */
export const checkpointText = async (on: Queryable): Promise<string | null> => (await lastCheckpoint(on))?.note ?? null;

/**
 * The bytes of a hash tile, for `/log/tile/…`. Public, because hashes of entries reveal nothing. Null when the tile does not exist or is an entry
 * bundle.
 */
export async function readTile(on: Queryable, { level, n, width }: TileRef): Promise<Uint8Array | null> {
  if (level === 'entries' || n > 0x7fff_ffff) return null;
  const hashes = (await readTiles(on, [{ level, n }])).get(tileKey({ level, n }));
  return hashes && hashes.length >= width * HASH_BYTES ? hashes.subarray(0, width * HASH_BYTES) : null;
}

/** The entry bundle of a tile, for `/log/tile/entries/…`: only for readers of the log, not for the public. Null when it does not exist. */
export async function readEntries(on: Queryable, { level, n, width }: TileRef): Promise<Uint8Array | null> {
  if (level !== 'entries') return null;
  const size = (await lastCheckpoint(on))?.size ?? 0;
  const start = n * TILE_WIDTH + width <= size ? await placeOf(on, n * TILE_WIDTH - 1) : null;
  return start && entryBundle((await entriesAfter(on, start, width)).map((entry) => entry.entry));
}
