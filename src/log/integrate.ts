// The integrator: adds settled entries to the tree and signs the new head, in one transaction, one process at a time. It never signs over a tree
// that does not agree with the last checkpoint, and never continues from less than it or another process signed before.

import type { Database, Queryable } from '../platform/database/index.ts';
import { foldRoots, grow, sameHash, subtreesOf, HASH_BYTES, type Frontier, type Hash, type Subtree } from './merkle.ts';
import { openCheckpoint, readVkey, type Checkpoint } from './note.ts';
import { signCheckpoint, vkeyOf, type Signer } from './sign.ts';
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

/** Most entries per transaction; a backlog takes several. */
const MOST = 20_000;

/** Thrown when the stored tree is not what was signed. The message holds only our own words and counts. */
export class Disagreement extends Error {}

/** True when these leaves lead from the edge to a signed checkpoint. Then only the checkpoint was lost, in a failover, and may be signed again. */
function leadsTo({ size, roots }: Frontier, leaves: readonly Hash[], signed: Checkpoint): boolean {
  const edge: Frontier = { size, roots: [...roots] };
  for (const leaf of leaves.slice(0, signed.size - size)) grow(edge, leaf);
  return edge.size === signed.size && sameHash(foldRoots(edge.roots), signed.root);
}

/**
 * Remembers what another process has signed last: after a failover the database may lack it, and this process must not sign something else in its
 * place. Throws Disagreement when the log goes on from something else than what is known to have been signed.
 */
async function follow(database: Database, signer: Signer): Promise<void> {
  const head = signer.remember && (await lastCheckpoint(database));
  const known = signer.signed?.();
  // A shorter log is refused once something is to be added to it.
  if (!head || (known && (head.size < known.size || sameHash(head.root, known.root)))) return;
  const edge = known && (await frontierAt(database, known.size));
  if (known && !(edge && sameHash(foldRoots(edge.roots), known.root)))
    throw new Disagreement(`the ${known.size} entries that were signed are not in the log`);
  if (!openCheckpoint(head.note, readVkey(vkeyOf(signer))!))
    throw new Disagreement('the last checkpoint was not signed with this key');
  signer.remember?.(head.size, head.note);
}

/**
 * Adds settled entries to the tree. Returns how many were added; 0 when none waits or another process is integrating. Entries of open transactions,
 * and all later ones, wait for the next call. Throws Disagreement when the stored tree is not what was signed.
 */
export async function integrate(database: Database, signer: Signer): Promise<number> {
  let taken = 0;
  await follow(database, signer);
  if (!(await isAnyToPlace(database))) return taken;
  for (;;) {
    let made: { size: number; note: string } | undefined;
    const n = await database.transaction(async (tx) => {
      if (!(await lockIntegration(tx))) return 0;
      const head = await lastCheckpoint(tx);
      const size = head?.size ?? 0;
      const signed = signer.signed?.();
      const leaves = await placeEntries(tx, size, Math.max(MOST, (signed?.size ?? 0) - size));
      if (leaves.length === 0) return 0;
      const edge = await frontierAt(tx, size);
      if (!edge || (head && !sameHash(foldRoots(edge.roots), head.root)))
        throw new Disagreement('the stored tree does not agree with its last checkpoint');
      if (signed && signed.size > size && !leadsTo(edge, leaves, signed))
        throw new Disagreement(`${size} entries are here, and ${signed.size} were signed`);
      const tiles = await extend(tx, edge, leaves);
      await writeTiles(tx, tiles);
      const root = foldRoots(edge.roots);
      made = { size: edge.size, note: signCheckpoint(edge.size, root, signer) };
      await saveCheckpoint(tx, made.size, root, made.note);
      return leaves.length;
    });
    if (made) signer.remember?.(made.size, made.note);
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

/** Adds the leaves to the edge and returns every tile that changed, with all its hashes. */
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
