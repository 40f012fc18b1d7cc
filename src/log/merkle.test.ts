import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  consistencySpans,
  emptyRoot,
  foldRoots,
  grow,
  inclusionSpans,
  leafHash,
  nodeHash,
  subtreesOf,
  verifyConsistency,
  verifyInclusion,
  type Frontier,
  type Hash,
  type Span,
} from './merkle.ts';

const hex = (h: Uint8Array): string => Buffer.from(h).toString('hex');
const sha = (...parts: Uint8Array[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest();

// The oracle: RFC 6962 section 2.1 as written there, recursive and slow.
const split = (n: number): number => {
  let k = 1;
  while (k << 1 < n) k <<= 1;
  return k;
};
function MTH(d: readonly Uint8Array[]): Buffer {
  if (d.length === 0) return sha();
  if (d.length === 1) return sha(Buffer.from([0]), d[0]!);
  const k = split(d.length);
  return sha(Buffer.from([1]), MTH(d.slice(0, k)), MTH(d.slice(k)));
}
function PATH(m: number, d: readonly Uint8Array[]): Buffer[] {
  if (d.length <= 1) return [];
  const k = split(d.length);
  return m < k ? [...PATH(m, d.slice(0, k)), MTH(d.slice(k))] : [...PATH(m - k, d.slice(k)), MTH(d.slice(0, k))];
}
function SUBPROOF(m: number, d: readonly Uint8Array[], b: boolean): Buffer[] {
  if (m === d.length) return b ? [] : [MTH(d)];
  const k = split(d.length);
  return m <= k
    ? [...SUBPROOF(m, d.slice(0, k), b), MTH(d.slice(k))]
    : [...SUBPROOF(m - k, d.slice(k), false), MTH(d.slice(0, k))];
}

const edgeOf = (data: readonly Uint8Array[]): Frontier => {
  const edge: Frontier = { size: 0, roots: [] };
  for (const d of data) grow(edge, leafHash(d));
  return edge;
};
const rootOf = (data: readonly Uint8Array[]): Hash => foldRoots(edgeOf(data).roots);

/** Proofs built as in production: each span from its complete subtrees. */
const hashed = (spans: Span[], data: readonly Uint8Array[]): Hash[] =>
  spans.map((span) =>
    foldRoots(
      subtreesOf(span).map(({ height, index }) => rootOf(data.slice(index * 2 ** height, (index + 1) * 2 ** height))),
    ),
  );

// Published test vectors of Certificate Transparency (google/certificate-transparency, merkle_tree_test.cc).
const inputs = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'].map(
  (text) => Buffer.from(text, 'hex'),
);
const roots = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

describe('published vectors', () => {
  test('the root of nothing', () => expect(hex(emptyRoot)).toBe(roots[0]));

  test.each(roots.map((root, size) => [size, root] as const))('the root of %i leaves', (size, root) => {
    expect(hex(rootOf(inputs.slice(0, size)))).toBe(root);
  });

  test.each([
    [
      0,
      [
        '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
        '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
        '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
      ],
    ],
    [
      5,
      [
        'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
        'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
        'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
      ],
    ],
  ])('the inclusion proof of leaf %i of 8', (position, proof) => {
    expect(hashed(inclusionSpans(position, 8), inputs).map(hex)).toEqual(proof);
  });

  test('the consistency proof from 2 to 5', () => {
    expect(hashed(consistencySpans(2, 5), inputs).map(hex)).toEqual([
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ]);
  });
});

const data = Array.from({ length: 70 }, (_, i) => Buffer.from(`entry ${i}`));

test('roots are those of the oracle for every size, and grow names each complete subtree once', () => {
  const edge: Frontier = { size: 0, roots: [] };
  const named = new Map<string, string>();
  data.forEach((d, i) => {
    grow(edge, leafHash(d), ({ height, index }, hash) => {
      expect(named.has(`${height}/${index}`)).toBe(false);
      named.set(`${height}/${index}`, hex(hash));
    });
    expect(hex(foldRoots(edge.roots))).toBe(hex(MTH(data.slice(0, i + 1))));
  });
  for (const [key, hash] of named) {
    const [height, index] = key.split('/').map(Number) as [number, number];
    expect(hash).toBe(hex(MTH(data.slice(index * 2 ** height, (index + 1) * 2 ** height))));
  }
  expect(named.size).toBe(70 + 35 + 17 + 8 + 4 + 2 + 1);
});

/** For thousands of proofs: `expect` on each would cost ten times the verification. */
function same(is: unknown, should: unknown): void {
  if (!Object.is(is, should)) expect(is).toBe(should);
}

const text = (proof: readonly Uint8Array[]): string => proof.map(hex).join();

test('inclusion proofs are those of the oracle, verify, and verify nowhere else', () => {
  for (let size = 1; size <= data.length; size++) {
    const tree = data.slice(0, size);
    const root = MTH(tree);
    for (let position = 0; position < size; position++) {
      const proof = hashed(inclusionSpans(position, size), tree);
      same(text(proof), text(PATH(position, tree)));
      const leaf = leafHash(tree[position]!);
      same(verifyInclusion(leaf, position, size, proof, root), true);
      same(verifyInclusion(leaf, (position + 1) % size, size, proof, root), size === 1);
      same(verifyInclusion(leafHash('another'), position, size, proof, root), false);
      same(verifyInclusion(leaf, position, size, [...proof, root], root), false);
      if (proof.length) same(verifyInclusion(leaf, position, size, proof.slice(1), root), false);
    }
  }
});

test('consistency proofs are those of the oracle, verify, and refuse another past or future', () => {
  const roots = data.map((_, i) => MTH(data.slice(0, i + 1)));
  for (let newer = 1; newer <= data.length; newer++) {
    for (let older = 1; older <= newer; older++) {
      const [a, b] = [roots[older - 1]!, roots[newer - 1]!];
      const proof = hashed(consistencySpans(older, newer), data);
      same(text(proof), text(SUBPROOF(older, data.slice(0, newer), true)));
      const from = { size: older, root: a };
      const to = { size: newer, root: b };
      same(verifyConsistency(from, to, proof), true);
      same(verifyConsistency({ ...from, root: emptyRoot }, to, proof), false);
      same(verifyConsistency(from, { ...to, root: emptyRoot }, proof), false);
      same(verifyConsistency(from, to, [...proof, a]), false);
      if (proof.length) same(verifyConsistency(from, to, proof.slice(0, -1)), false);
    }
  }
});

test('the empty tree is the beginning of every tree', () => {
  const to = { size: 3, root: MTH(data.slice(0, 3)) };
  expect(verifyConsistency({ size: 0, root: emptyRoot }, to, [])).toBe(true);
  expect(verifyConsistency({ size: 0, root: to.root }, to, [])).toBe(false);
  expect(verifyConsistency({ size: 4, root: to.root }, to, [])).toBe(false);
});

test('trees beyond 2^32 leaves have proofs of the right shape', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2 ** 33, max: 2 ** 45 }), fc.nat(), (size, seed) => {
      const position = (seed * 104_729) % size;
      const spans = inclusionSpans(position, size);
      expect(spans.length).toBeLessThanOrEqual(46);
      const covered = spans.reduce((sum, { from, to }) => sum + to - from, 1);
      expect(covered).toBe(size);
      for (const span of spans) {
        const total = subtreesOf(span).reduce((sum, { height }) => sum + 2 ** height, 0);
        expect(total).toBe(span.to - span.from);
      }
    }),
  );
});

test('a proof with any bit changed does not verify', () => {
  const tree = data.slice(0, 37);
  const root = MTH(tree);
  fc.assert(
    fc.property(fc.nat(36), fc.nat(), fc.nat(7), (position, place, bit) => {
      const proof = hashed(inclusionSpans(position, 37), tree).map((h) => Buffer.from(h));
      const at = place % (proof.length * 32);
      const hash = proof[Math.floor(at / 32)]!;
      hash[at % 32] = hash[at % 32]! ^ (1 << bit);
      expect(verifyInclusion(leafHash(tree[position]!), position, 37, proof, root)).toBe(false);
    }),
  );
});

test('leaves and nodes are hashed apart, so that a node cannot pose as a leaf', () => {
  const [left, right] = [leafHash('a'), leafHash('b')];
  expect(hex(leafHash(Buffer.concat([left, right])))).not.toBe(hex(nodeHash(left, right)));
  expect(hex(leafHash('𠮷'))).toBe(hex(leafHash(Buffer.from('𠮷'))));
});

test('positions outside the tree are refused', () => {
  expect(() => inclusionSpans(3, 3)).toThrow(RangeError);
  expect(() => inclusionSpans(-1, 3)).toThrow(RangeError);
  expect(() => consistencySpans(4, 3)).toThrow(RangeError);
  expect(verifyInclusion(emptyRoot, 0, 0, [], emptyRoot)).toBe(false);
});

test('the proof of one position proves nothing of a number that is none', () => {
  const tree = data.slice(0, 5);
  const root = MTH(tree);
  for (let at = 0; at < 5; at++) {
    const proof = hashed(inclusionSpans(at, 5), tree);
    const leaf = leafHash(tree[at]!);
    for (const position of [at - 5, at - 8, at + 5, at + 8, at + 0.5, -0.5, 2 ** 60 + at, NaN, Infinity])
      expect([at, position, verifyInclusion(leaf, position, 5, proof, root)]).toEqual([at, position, false]);
    for (const size of [at, 4.5, 5.5, -5, 2 ** 53 + 2, NaN, Infinity])
      expect([at, size, verifyInclusion(leaf, at, size, proof, root)]).toEqual([at, size, false]);
  }
  const one = leafHash(tree[0]!);
  expect([-1, 0, 1].map((position) => verifyInclusion(one, position, 1, [], one))).toEqual([false, true, false]);
});

test('a proof of a tree is none of a larger one that asks for more hashes, or a smaller one that asks for fewer', () => {
  for (let size = 1; size <= 16; size++) {
    const tree = data.slice(0, size);
    for (let position = 0; position < size; position++) {
      const proof = hashed(inclusionSpans(position, size), tree);
      for (let other = position + 1; other <= 40; other++) {
        if (inclusionSpans(position, other).length === proof.length) continue;
        same(verifyInclusion(leafHash(tree[position]!), position, other, proof, MTH(tree)), false);
      }
    }
  }
});

test('a consistency proof says nothing of sizes that are none, and none is made of them', () => {
  const [older, newer] = [MTH(data.slice(0, 3)), MTH(data.slice(0, 5))];
  const proof = hashed(consistencySpans(3, 5), data);
  const says = (from: number, to: number, given: readonly Hash[] = proof): boolean =>
    verifyConsistency({ size: from, root: older }, { size: to, root: newer }, given);
  expect(says(3, 5)).toBe(true);
  for (const size of [-3, 3.5, 2.5, NaN, 2 ** 53 + 3]) expect([size, says(size, 5)]).toEqual([size, false]);
  for (const size of [-5, 5.5, 4.5, 2, NaN, Infinity]) expect([size, says(3, size)]).toEqual([size, false]);
  expect([says(3, 5, []), says(-1, 5, []), says(3, 5, proof.with(0, Buffer.alloc(31)))]).toEqual([false, false, false]);
  const empty = { size: 0, root: emptyRoot };
  expect(verifyConsistency(empty, { size: 5, root: newer }, proof)).toBe(false);
  expect([consistencySpans(0, 5), consistencySpans(5, 5)]).toEqual([[], []]);
  expect(() => consistencySpans(-1, 5)).toThrow(RangeError);
});

test('a proof whose hashes are short or long is refused, whatever was hashed before', () => {
  const tree = data.slice(0, 5);
  const root = MTH(tree);
  const proof = hashed(inclusionSpans(1, 5), tree);
  const leaf = leafHash(tree[1]!);
  for (const odd of [proof[1]!.subarray(0, 31), Buffer.alloc(0), Buffer.alloc(33)]) {
    expect(verifyInclusion(leaf, 1, 5, proof, root)).toBe(true);
    expect(verifyInclusion(leaf, 1, 5, proof.with(1, odd), root)).toBe(false);
    expect(() => nodeHash(odd, leaf)).toThrow(RangeError);
    const to = { size: 5, root };
    expect(verifyConsistency({ size: 3, root: odd }, to, hashed(consistencySpans(3, 5), tree))).toBe(false);
  }
});
