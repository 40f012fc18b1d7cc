// Tiles (C2SP tlog-tiles): the tree cut into strips of eight levels, with 256 hashes per tile. A full tile never changes. The i-th hash of tile n
// on level l is the root of the complete subtree of 256^l leaves with index 256 n + i.

import { HASH_BYTES, foldRoots, nodeHash, type Hash, type Subtree } from './merkle.ts';

export const TILE_HEIGHT = 8;
export const TILE_WIDTH = 2 ** TILE_HEIGHT;

/** The place of one tile. `level` 0 holds leaf hashes. */
export interface TileId {
  level: number;
  n: number;
}

/** The place of a tile and how many of its hashes (or entries) are meant: 256 when full. */
export interface TileRef {
  level: number | 'entries';
  n: number;
  width: number;
}

export const tileKey = (id: TileId): string => `${id.level}/${id.n}`;

/** Path below the log's address: `tile/0/x001/067`, partial `tile/0/x001/067.p/5`, entry bundles `tile/entries/…`. */
export function tilePath({ level, n, width }: TileRef): string {
  const groups = [String(n % 1000).padStart(3, '0')];
  for (let rest = Math.floor(n / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    groups.unshift(`x${String(rest % 1000).padStart(3, '0')}`);
  }
  return `tile/${level}/${groups.join('/')}${width === TILE_WIDTH ? '' : `.p/${width}`}`;
}

/** Parses a path in its only valid spelling; null for anything else. */
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

/** The tile that a complete subtree can be hashed from. */
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

/** An entry bundle: the UTF-8 text of each entry, preceded by its length as a big-endian uint16. Throws RangeError for an entry over 65,535 bytes. */
export function entryBundle(entries: readonly string[]): Uint8Array {
  return Buffer.concat(
    entries.flatMap((entry) => {
      const text = Buffer.from(entry);
      if (text.length > 0xffff) throw new RangeError('entry bundle: entry over 65,535 bytes');
      return [Buffer.from([text.length >> 8, text.length & 0xff]), text];
    }),
  );
}
