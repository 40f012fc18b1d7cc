// The integrator: takes settled entries into the tree and signs the new head, one at a time in the whole house, in one transaction.
// It never signs over a tree that does not agree with the last checkpoint, nor goes on from less than it signed before.

import type { Database, Queryable } from '../platform/database/index.ts';
import { foldRoots, grow, sameHash, subtreesOf, HASH_BYTES, type Frontier, type Hash, type Subtree } from './merkle.ts';
import { signCheckpoint, type Signer } from './sign.ts';
import {
  isAnyToPlace,
  lastCheckpoint,
  lockIntegration,
  placeEntries,
  readTiles,
  saveCheckpoint,
  writeTiles,
} from './store.ts';
import { subtreeRoot, tileKey, tileOf, tileWidth, TILE_HEIGHT, TILE_WIDTH, type TileId } from './tiles.ts';

/** Most entries of one transaction; a backlog takes several. */
const MOST = 20_000;

/**
 * Takes what has settled into the tree. Returns how many entries were taken; 0 when none waits or another process is at it.
 * Entries of transactions still open, and all later ones, wait for the next call. Throws when the stored tree is damaged.
 */
export async function integrate(database: Database, signer: Signer): Promise<number> {
  let taken = 0;
  if (!(await isAnyToPlace(database))) return taken;
  for (;;) {
    let signed: { size: number; note: string } | undefined;
    const n = await database.transaction(async (tx) => {
      if (!(await lockIntegration(tx))) return 0;
      const head = await lastCheckpoint(tx);
      const size = head?.size ?? 0;
      const leaves = await placeEntries(tx, size, MOST);
      if (leaves.length === 0) return 0;
      if (size < (signer.signed?.() ?? 0)) throw new Error('log: the database is older than what was signed');
      const edge = await frontierAt(tx, size);
      if (!edge || (head && !sameHash(foldRoots(edge.roots), head.root))) {
        throw new Error('log: the stored tree does not agree with its last checkpoint');
      }
      const tiles = await extend(tx, edge, leaves);
      await writeTiles(tx, tiles);
      const root = foldRoots(edge.roots);
      signed = { size: edge.size, note: signCheckpoint(edge.size, root, signer) };
      await saveCheckpoint(tx, signed.size, root, signed.note);
      return leaves.length;
    });
    if (signed) signer.remember?.(signed.size, signed.note);
    taken += n;
    if (n < MOST) return taken;
  }
}

/** The right edge of the tree at a size, from stored tiles; null when one is missing or too short. */
export async function frontierAt(on: Queryable, size: number): Promise<Frontier | null> {
  const subtrees = subtreesOf({ from: 0, to: size });
  const tiles = await readTiles(on, subtrees.map(tileOf));
  const roots: Hash[] = [];
  for (const subtree of subtrees) {
    const hashes = tiles.get(tileKey(tileOf(subtree)));
    const root = hashes && subtreeRoot(subtree, hashes);
    if (!root) return null;
    roots.push(root);
  }
  return { size, roots };
}

/** Grows the edge by the leaves and returns the tiles that changed, whole. */
export async function extend(on: Queryable, edge: Frontier, leaves: readonly Hash[]) {
  const short: TileId[] = [];
  for (let level = 0; TILE_WIDTH ** level <= edge.size; level++) {
    const n = Math.floor(Math.floor(edge.size / TILE_WIDTH ** level) / TILE_WIDTH);
    if (tileWidth({ level, n }, edge.size) > 0) short.push({ level, n });
  }
  const stored = await readTiles(on, short);
  const changed = new Map<string, TileId & { hashes: Uint8Array }>();
  const put = ({ height, index }: Subtree, hash: Hash): void => {
    if (height % TILE_HEIGHT !== 0) return;
    const id = { level: height / TILE_HEIGHT, n: Math.floor(index / TILE_WIDTH) };
    const key = tileKey(id);
    let tile = changed.get(key);
    if (!tile) {
      const before = stored.get(key)?.subarray(0, (index % TILE_WIDTH) * HASH_BYTES) ?? new Uint8Array(0);
      const hashes = new Uint8Array(TILE_WIDTH * HASH_BYTES);
      hashes.set(before);
      tile = { ...id, hashes };
      changed.set(key, tile);
    }
    tile.hashes.set(hash, (index % TILE_WIDTH) * HASH_BYTES);
  };
  for (const leaf of leaves) grow(edge, leaf, put);
  return [...changed.values()].map((tile) => ({
    ...tile,
    hashes: tile.hashes.subarray(0, tileWidth(tile, edge.size) * HASH_BYTES),
  }));
}
