import fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldRoots, grow, leafHash, type Frontier, type Hash } from './merkle.ts';
import { entryBundle, readTilePath, subtreeRoot, tileOf, tilePath, tileWidth, TILE_WIDTH } from './tiles.ts';

test.each([
  [{ level: 0, n: 0, width: 256 }, 'tile/0/000'],
  [{ level: 0, n: 1_234_067, width: 256 }, 'tile/0/x001/x234/067'],
  [{ level: 1, n: 67, width: 5 }, 'tile/1/067.p/5'],
  [{ level: 0, n: 1_067, width: 255 }, 'tile/0/x001/067.p/255'],
  [{ level: 'entries', n: 1_000_000, width: 256 }, 'tile/entries/x001/x000/000'],
  [{ level: 'entries', n: 0, width: 1 }, 'tile/entries/000.p/1'],
] as const)('%j is %s', (ref, path) => {
  expect(tilePath(ref)).toBe(path);
  expect(readTilePath(path)).toEqual(ref);
});

test.each([
  'tile/0/0',
  'tile/0/67',
  'tile/0/x000/067',
  'tile/0/1067',
  'tile/0/000.p/0',
  'tile/0/000.p/256',
  'tile/0/000.p/05',
  'tile/00/000',
  'tile/data/000',
  'tile/0/000/',
  'tile/0/../000',
  '/tile/0/000',
  'tile/0/x001/067.p/',
])('%s is no path', (path) => {
  expect(readTilePath(path)).toBeNull();
});

test('paths read back', () => {
  const ref = fc.record({
    level: fc.oneof(fc.nat(63), fc.constant('entries' as const)),
    n: fc.nat(999_999_999_999),
    width: fc.integer({ min: 1, max: 256 }),
  });
  fc.assert(
    fc.property(ref, (r) => {
      expect(readTilePath(tilePath(r))).toEqual(r);
    }),
  );
});

test('the example of tlog-tiles: a tree of 70,000 has 273 full tiles and one of 112, then one full and one of 17, then one of 1', () => {
  const widths = (level: number, n: number): number => tileWidth({ level, n }, 70_000);
  expect([widths(0, 272), widths(0, 273), widths(0, 274)]).toEqual([256, 112, 0]);
  expect([widths(1, 0), widths(1, 1), widths(1, 2)]).toEqual([256, 17, 0]);
  expect([widths(2, 0), widths(3, 0)]).toEqual([1, 0]);
});

test('every complete subtree is the hash of its part of one tile', () => {
  const edge: Frontier = { size: 0, roots: [] };
  const tiles = new Map<string, Hash[]>();
  const seen: { height: number; index: number; hash: Hash }[] = [];
  for (let i = 0; i < 3 * TILE_WIDTH + 77; i++) {
    grow(edge, leafHash(`entry ${i}`), ({ height, index }, hash) => {
      seen.push({ height, index, hash });
      if (height % 8 !== 0) return;
      const key = `${height / 8}/${Math.floor(index / TILE_WIDTH)}`;
      tiles.set(key, [...(tiles.get(key) ?? []), hash]);
    });
  }
  for (const { height, index, hash } of seen) {
    const { level, n } = tileOf({ height, index });
    const bytes = Buffer.concat(tiles.get(`${level}/${n}`)!);
    expect(Buffer.compare(subtreeRoot({ height, index }, bytes)!, hash)).toBe(0);
  }
  expect(subtreeRoot({ height: 7, index: 1 }, Buffer.alloc(255 * 32))).toBeNull();
  expect(foldRoots(edge.roots)).toHaveLength(32);
});

test('an entry bundle has the length of each entry before its text', () => {
  const bundle = entryBundle(['{}', '', 'あ'.repeat(300)]);
  expect([...bundle.subarray(0, 8)]).toEqual([0, 2, 0x7b, 0x7d, 0, 0, 3, 132]);
  expect(Buffer.from(bundle.subarray(8)).toString()).toBe('あ'.repeat(300));
  expect(() => entryBundle(['x'.repeat(65_536)])).toThrow(RangeError);
});
