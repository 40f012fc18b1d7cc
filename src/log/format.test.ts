// Reads the files of the log by docs/log.md alone, using only Node's cryptography and none of our code. A checker written by others from that page
// must give the same answers as ours.

import { createHash, createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { inflateSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { signAll, testDatabase, type TestDatabase } from '../../tests/house.ts';
import { makePdf } from '../platform/pdf.ts';
import {
  append,
  consistencyOf,
  ERASURE,
  erasureCertificate,
  exportLog,
  listEntries,
  logEntry,
  proofFile,
  receiptOf,
  restoreLog,
  sealPdf,
  sealPlaceholder,
  verifyFile,
  vkeyOf,
} from './index.ts';

// ---- docs/log.md as code

const sha256 = (...parts: (string | Buffer)[]): Buffer =>
  createHash('sha256')
    .update(Buffer.concat(parts.map((part) => Buffer.from(part as string))))
    .digest();

const canonical = (value: unknown): string =>
  value === null || typeof value !== 'object'
    ? JSON.stringify(value)
    : Array.isArray(value)
      ? `[${value.map(canonical).join(',')}]`
      : `{${Object.keys(value)
          .sort()
          .map((name) => `${JSON.stringify(name)}:${canonical((value as Record<string, unknown>)[name])}`)
          .join(',')}}`;

const leaf = (entry: string): Buffer => sha256(Buffer.of(0), entry);
const node = (left: Buffer, right: Buffer): Buffer => sha256(Buffer.of(1), left, right);
const half = (n: number): number => 2 ** (Math.ceil(Math.log2(n)) - 1);

const rootOf = (leaves: readonly Buffer[]): Buffer =>
  leaves.length === 0
    ? sha256('')
    : leaves.length === 1
      ? leaves[0]!
      : node(rootOf(leaves.slice(0, half(leaves.length))), rootOf(leaves.slice(half(leaves.length))));

/** The root that a proof leads to, from the outermost split inwards. */
const led = (hash: Buffer, position: number, size: number, proof: readonly Buffer[]): Buffer | null => {
  if (size === 1) return proof.length === 0 ? hash : null;
  const [k, sibling, rest] = [half(size), proof.at(-1), proof.slice(0, -1)];
  if (!sibling) return null;
  const inner = position < k ? led(hash, position, k, rest) : led(hash, position - k, size - k, rest);
  return inner && (position < k ? node(inner, sibling) : node(sibling, inner));
};

/** RFC 9162 2.1.4.2. */
function continued(from: number, size: number, held: Buffer, root: Buffer, given: readonly Buffer[]): boolean {
  if (from === size) return given.length === 0 && held.equals(root);
  const proof = Number.isInteger(Math.log2(from)) ? [held, ...given] : [...given];
  let [fn, sn] = [from - 1, size - 1];
  while (fn & 1) [fn, sn] = [fn >> 1, sn >> 1];
  let [fr, sr] = [proof[0]!, proof[0]!];
  for (const c of proof.slice(1)) {
    if (sn === 0) return false;
    if (fn & 1 || fn === sn) {
      [fr, sr] = [node(c, fr), node(c, sr)];
      while (!(fn & 1) && fn !== 0) [fn, sn] = [fn >> 1, sn >> 1];
    } else sr = node(sr, c);
    [fn, sn] = [fn >> 1, sn >> 1];
  }
  return fr.equals(held) && sr.equals(root) && sn === 0;
}

/** Canonical base64 only. */
function bytesIn(base64 = ''): Buffer {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.toString('base64') !== base64) throw new Error('not base64');
  return bytes;
}

function keyOf(vkey: string) {
  const [, name, hash, base64] = /^([^+]+)\+([^+]+)\+(.+)$/.exec(vkey)!;
  const bytes = bytesIn(base64);
  expect([bytes.length, bytes[0], sha256(`${name}\n`, bytes).toString('hex').slice(0, 8)]).toEqual([33, 1, hash]);
  const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), bytes.subarray(1)]);
  const key = createPublicKey({ key: spki, format: 'der', type: 'spki' });
  return { name: name!, hash: hash!, signed: (text: Buffer, signature: Buffer) => verify(null, text, key, signature) };
}

type Key = ReturnType<typeof keyOf>;

function head(note: string, key: Key): { size: number; root: Buffer } | null {
  const [name, size, root, empty, line, end, ...more] = note.split('\n');
  const [dash, signer, base64] = line?.split(' ') ?? [];
  const bytes = bytesIn(base64);
  const good =
    [empty, dash, end, more.length, name, signer].join() === ['', '—', '', 0, key.name, key.name].join() &&
    bytes.length === 68 &&
    bytes.subarray(0, 4).toString('hex') === key.hash &&
    key.signed(Buffer.from(`${name}\n${size}\n${root}\n`), bytes.subarray(4));
  return good ? { size: Number(size), root: bytesIn(root) } : null;
}

/** The JSON content of a file; `members` lists its members. */
interface Said {
  kind: string;
  v: number;
  vkey: string;
  size: number;
  position: number;
  from: number;
  checkpoint: string;
  proof: string[];
  principal: string;
  erasedAt: string;
  entry: Record<string, unknown>;
  receipt: Said;
}

const members: Record<string, string> = {
  'sekisho-log': 'kind,size,v,vkey',
  'sekisho-receipt': 'checkpoint,entry,kind,position,proof,size,v,vkey',
  'sekisho-erasure-certificate': 'erasedAt,kind,principal,receipt,v',
  'sekisho-consistency': 'checkpoint,from,kind,proof,v,vkey',
};

/** True when a file is valid under the published key. `held` is the root of the log that a continuation starts from. */
function isGood(file: Buffer, vkey: string, held?: Buffer): boolean {
  const key = keyOf(vkey);
  const text = file.toString();
  if (text.startsWith('%PDF-')) return isSealed(file, vkey, key);
  const [first, ...rest] = text.split('\n');
  const value = JSON.parse(first!) as Said;
  if (Object.keys(value).sort().join() !== members[value.kind] || value.v !== 1 || canonical(value) !== first)
    return false;
  if (value.kind === 'sekisho-log') return isWhole(value, rest, vkey, key);
  if (rest.length !== 1 || rest[0] !== '') return false;
  if (value.kind === 'sekisho-erasure-certificate') {
    const { entry } = value.receipt;
    const same =
      entry['action'] === ERASURE && entry['principal'] === value.principal && entry['at'] === value.erasedAt;
    return same && isGood(Buffer.from(`${canonical(value.receipt)}\n`), vkey);
  }
  const signed = value.vkey === vkey ? head(value.checkpoint, key) : null;
  if (!signed) return false;
  const proof = value.proof.map(bytesIn);
  if (value.kind === 'sekisho-consistency')
    return held !== undefined && continued(value.from, signed.size, held, signed.root, proof);
  return (
    value.size === signed.size &&
    led(leaf(canonical(value.entry)), value.position, value.size, proof)?.equals(signed.root) === true
  );
}

function isWhole({ size, vkey: own }: Said, lines: readonly string[], vkey: string, key: Key): boolean {
  const leaves: Buffer[] = [];
  let covered = -1;
  for (const line of lines.slice(0, -1)) {
    if (!line.startsWith('{"checkpoint":')) leaves.push(leaf(line));
    else {
      const said = JSON.parse(line) as Said;
      const signed = canonical({ checkpoint: said.checkpoint }) === line ? head(said.checkpoint, key) : null;
      if (signed?.size !== leaves.length || !signed.root.equals(rootOf(leaves))) return false;
      covered = signed.size;
    }
  }
  return lines.at(-1) === '' && own === vkey && covered === leaves.length && size === covered;
}

function isSealed(file: Buffer, vkey: string, key: Key): boolean {
  const letters = file.toString('latin1');
  const at = letters.indexOf('/Type /EmbeddedFile');
  const start = letters.indexOf('stream', at) + 'stream\n'.length;
  const object = letters.slice(letters.lastIndexOf(' obj', at), start);
  const data = file.subarray(start, start + Number(/\/Length (\d+)/.exec(object)![1]));
  const receipt = object.includes('/FlateDecode') ? inflateSync(data) : data;
  const seals = [...letters.matchAll(/sekisho-seal:([0-9a-f]{128})/g)].map(([, seal]) => seal!);
  const blank = Buffer.from(letters.replaceAll(/(sekisho-seal:)[0-9a-f]{128}/g, `$1${'0'.repeat(128)}`), 'latin1');
  return isGood(receipt, vkey) && new Set(seals).size === 1 && key.signed(blank, Buffer.from(seals[0]!, 'hex'));
}

// ---- The files that the log hands out

const signer = { name: 'sekisho.example.jp/log', privateKey: generateKeyPairSync('ed25519').privateKey };
const vkey = vkeyOf(signer);
const principal = '0190f8a0-1234-7abc-8def-0123456789ab';
const SIZE = 11;
const entries = Array.from({ length: SIZE }, (_, i) =>
  logEntry(Date.parse('2026-11-24T01:02:03.004Z') + i, { kind: 'sekisho' }, i === 4 ? ERASURE : 'people:use', {
    principal,
  }),
);

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
  for (const batch of [entries.slice(0, 3), entries.slice(3)]) {
    await db.app.transaction((tx) => append(tx, ...batch));
    await signAll(db.app, signer);
  }
});
afterAll(() => db.drop());

/** The file with one bit flipped, at `most` places spread over it, and the file truncated. */
function* altered(file: Buffer, most: number): Generator<Buffer> {
  for (let i = 0; i < most; i++) {
    const changed = Buffer.from(file);
    const at = Math.floor((file.length / most) * i);
    changed[at] = changed[at]! ^ (1 << (i % 7));
    yield changed;
  }
  yield file.subarray(0, -1);
}

const answer = (file: Buffer, held?: Buffer): boolean => {
  try {
    return isGood(file, vkey, held);
  } catch {
    return false;
  }
};

test('who follows the page finds good what is whole, and nothing that was changed', async () => {
  const receipts = await Promise.all(entries.map(async ({ id }) => (await receiptOf(db.app, vkey, id))!));
  let exported = '';
  await exportLog(db.app, vkey, (piece) => {
    exported += piece;
  });
  const template =
    '#let data = json(bytes(sys.inputs.data))\n#set document(title: "控え", keywords: (data.seal,))\n控え';
  const attached = {
    name: 'receipt.json',
    bytes: Buffer.from(proofFile(receipts[2]!)),
    mime: 'application/json',
    says: '',
  };
  const pdf = makePdf({ template, data: { seal: sealPlaceholder }, lang: 'ja', attachments: [attached] });
  const files = [
    ...receipts.map(proofFile),
    proofFile(erasureCertificate(receipts[4]!)!),
    exported,
    sealPdf(pdf, signer.privateKey),
  ].map((file) => Buffer.from(file as string));
  for (const file of files) {
    expect([answer(file), verifyFile(file, vkey).ok]).toEqual([true, true]);
    for (const changed of altered(file, 60))
      expect([answer(changed), verifyFile(changed, vkey).ok]).toEqual([false, false]);
  }
});

test('an export that nobody signed is not good, whatever key it names', () => {
  const nothing = Buffer.from(`${canonical({ kind: 'sekisho-log', size: 0, v: 1, vkey })}\n`);
  expect([answer(nothing), verifyFile(nothing, vkey).ok]).toEqual([false, false]);
  expect(verifyFile(nothing, vkey).says.en).toBe('The export is cut short.');
});

test('an entry of a restored backup is signed over the log that it follows', async () => {
  let exported = '';
  await exportLog(db.app, vkey, (piece) => {
    exported += piece;
  });
  const fresh = await testDatabase();
  try {
    await fresh.owner.transaction((tx) =>
      restoreLog(tx, signer, exported.split('\n').slice(0, -1), { now: entries.length }),
    );
    await signAll(fresh.app, signer);
    const [restored] = await listEntries(fresh.app, { actions: ['log:restored'], most: 1 });
    const { signature, ...said } = restored!.entry;
    const signed = (root: Buffer): boolean =>
      keyOf(vkey).signed(
        Buffer.from(`${signer.name}\nrestored\n${root.toString('base64')}\n${canonical(said)}\n`),
        Buffer.from(signature as string, 'hex'),
      );
    const leaves = entries.map((one) => leaf(canonical(one)));
    expect([said['here'], said['size'], said['lost']]).toEqual([0, SIZE, 0]);
    expect([signed(rootOf(leaves)), signed(rootOf(leaves.slice(1)))]).toEqual([true, false]);
  } finally {
    await fresh.drop();
  }
});

test('and that the log goes on from every size that somebody holds', async () => {
  const leaves = entries.map((entry) => leaf(canonical(entry)));
  for (let from = 1; from <= SIZE; from++) {
    const file = Buffer.from(proofFile((await consistencyOf(db.app, vkey, from))!));
    const held = rootOf(leaves.slice(0, from));
    expect([answer(file, held), answer(file, leaf('another')), answer(file)]).toEqual([true, false, false]);
    for (const changed of altered(file, 60)) expect(answer(changed, held)).toBe(false);
  }
});
