// Tiles (C2SP tlog-tiles): the tree cut into strips of eight levels, 256 hashes each. A full tile never changes; the hash at place i of
// tile n on level l is the root of the complete subtree of 256^l leaves with index 256 n + i.

import { HASH_BYTES, foldRoots, nodeHash, type Hash, type Subtree } from './merkle.ts';

export const TILE_HEIGHT = 8;
export const TILE_WIDTH = 2 ** TILE_HEIGHT;

/** One tile's place. `level` 0 holds leaf hashes. */
export interface TileId {
  level: number;
  n: number;
}

/** A tile's place and how many hashes (or entries) of it are meant: 256 when full. */
export interface TileRef {
  level: number | 'entries';
  n: number;
  width: number;
}

export const tileKey = (id: TileId): string => `${id.level}/${id.n}`;

/** The path below the log's address: `tile/0/x001/067`, partial `tile/0/x001/067.p/5`, entry bundles `tile/entries/…`. */
export function tilePath({ level, n, width }: TileRef): string {
  const groups = [String(n % 1000).padStart(3, '0')];
  for (let rest = Math.floor(n / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    groups.unshift(`x${String(rest % 1000).padStart(3, '0')}`);
  }
  return `tile/${level}/${groups.join('/')}${width === TILE_WIDTH ? '' : `.p/${width}`}`;
}

/** Reads a path in its one spelling; null for anything else. */
export function readTilePath(path: string): TileRef | null {
  const [, level, index, width] =
    /^tile\/(entries|[0-9]{1,2})\/((?:x[0-9]{3}\/){0,4}[0-9]{3})(?:\.p\/([1-9][0-9]{0,2}))?$/.exec(path) ?? [];
  if (level === undefined || index === undefined) return null;
  const ref: TileRef = {
    level: level === 'entries' ? level : Number(level),
    n: Number(index.replaceAll(/[x/]/g, '')),
    width: width === undefined ? TILE_WIDTH : Number(width),
  };
  return tilePath(ref) === path ? ref : null;
}

/** How many hashes of a tile exist in a tree of this size: 0 to 256. */
export function tileWidth({ level, n }: TileId, size: number): number {
  const onLevel = Math.floor(size / TILE_WIDTH ** level);
  return Math.max(0, Math.min(TILE_WIDTH, onLevel - n * TILE_WIDTH));
}

/** The tile from which a complete subtree can be hashed. */
export function tileOf({ height, index }: Subtree): TileId {
  const level = Math.floor(height / TILE_HEIGHT);
  return { level, n: Math.floor((index * 2 ** (height % TILE_HEIGHT)) / TILE_WIDTH) };
}

/** The root of a complete subtree from its tile's hashes; null when the tile is too short. */
export function subtreeRoot({ height, index }: Subtree, hashes: Uint8Array): Hash | null {
  const count = 2 ** (height % TILE_HEIGHT);
  const start = (index * count) % TILE_WIDTH;
  if (hashes.length < (start + count) * HASH_BYTES) return null;
  let row = Array.from({ length: count }, (_, i) =>
    hashes.subarray((start + i) * HASH_BYTES, (start + i + 1) * HASH_BYTES),
  );
  while (row.length > 1) {
    row = Array.from({ length: row.length / 2 }, (_, i) => nodeHash(row[2 * i]!, row[2 * i + 1]!));
  }
  return row[0]!;
}

/** The hash of a span given as its subtrees, from stored tiles keyed by `tileKey`; null when one is missing. */
export function hashFromTiles(subtrees: readonly Subtree[], tiles: ReadonlyMap<string, Uint8Array>): Hash | null {
  const roots: Hash[] = [];
  for (const subtree of subtrees) {
    const hashes = tiles.get(tileKey(tileOf(subtree)));
    const root = hashes && subtreeRoot(subtree, hashes);
    if (!root) return null;
    roots.push(root);
  }
  return foldRoots(roots);
}

/** An entry bundle: each entry's UTF-8 text after its length as a big-endian uint16. Throws RangeError for an entry over 65,535 bytes. */
export function entryBundle(entries: readonly string[]): Uint8Array {
  return Buffer.concat(
    entries.flatMap((entry) => {
      const text = Buffer.from(entry);
      if (text.length > 0xffff) throw new RangeError('entry bundle: entry over 65,535 bytes');
      return [Buffer.from([text.length >> 8, text.length & 0xff]), text];
    }),
  );
}
