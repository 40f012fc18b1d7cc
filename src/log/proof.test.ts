import { generateKeyPairSync } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { deflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../tests/house.ts';
import { day, dayOf } from '../base/day.ts';
import { newId } from '../base/id.ts';
import type { Queryable } from '../platform/database/index.ts';
import { makePdf } from '../platform/pdf.ts';
import {
  apart,
  append,
  checkpointText,
  consistency,
  consistencyOf,
  ERASURE,
  erasureCertificate,
  exportLog,
  heldAgainst,
  inclusion,
  integrate,
  listEntries,
  logEntry,
  lossesOf,
  proofFile,
  readEntries,
  readTile,
  receiptOf,
  RESTORED,
  restoredAt,
  restoreLog,
  REVIEWED,
  sealPdf,
  sealPlaceholder,
  verificationLines,
  verify,
  verifyFile,
  vkeyOf,
  type LogEntry,
  type Loss,
  type Receipt,
  type Signer,
} from './index.ts';
import { frontierAt } from './integrate.ts';
import { restoredText } from './lost.ts';
import { foldRoots, leafHash, verifyConsistency, verifyInclusion, type Hash } from './merkle.ts';
import { openCheckpoint, readVkey } from './note.ts';
import { signCheckpoint, signText } from './sign.ts';
import { checkFile } from './file.ts';
import { checkpointsBetween, lastCheckpoint } from './store.ts';
import { answerOf, type Check, type Step, type Verification } from './verification.ts';

const signer = { name: 'sekisho.example.jp/log', privateKey: generateKeyPairSync('ed25519').privateKey };
const vkey = vkeyOf(signer);
const otherSigner = { ...signer, privateKey: generateKeyPairSync('ed25519').privateKey };
const at = Date.parse('2026-11-24T01:02:03.004Z');
const principal = '0190f8a0-1234-7abc-8def-0123456789ab';
const sizes = [3, 256, 700, 1_100];
const SIZE = 1_100;

let house: TestDatabase;
const entries: LogEntry[] = [];

beforeAll(async () => {
  house = await testDatabase();
  for (const size of sizes) {
    const more = Array.from({ length: size - entries.length }, (_, i) =>
      logEntry(at + entries.length + i, { kind: 'sekisho' }, entries.length + i === 650 ? ERASURE : 'people:use', {
        principal,
        decision: { answer: 'yes', because: ['APPI 18(1)', 'policy 13'], law: '2026-11-24' as never, policy: 3 },
      }),
    );
    await house.app.transaction((tx) => append(tx, ...more));
    entries.push(...more);
    while (((await lastCheckpoint(house.app))?.size ?? 0) < size) {
      if ((await integrate(house.app, signer)) === 0) await setTimeout(20);
    }
  }
});
afterAll(() => house.drop());

const receiptAt = async (position: number): Promise<Receipt> =>
  (await receiptOf(house.app, vkey, entries[position]!.id))!;

const exported = async (on = house): Promise<Buffer> => {
  let text = '';
  await exportLog(on.app, vkey, (piece) => {
    text += piece;
  });
  return Buffer.from(text);
};

/** Flips one bit of every byte in turn, or of `most` bytes spread over the file. Each must be refused. */
function expectEveryByteToCount(bytes: Uint8Array, most = Infinity): void {
  const step = Math.max(1, bytes.length / most);
  const accepted: number[] = [];
  for (let place = 0; place < bytes.length; place += step) {
    const i = Math.floor(place);
    const changed = Buffer.from(bytes);
    changed[i] = changed[i]! ^ (1 << (i % 7));
    if (verifyFile(changed).ok) accepted.push(i);
  }
  expect(accepted).toEqual([]);
}

describe('proofs from stored tiles', () => {
  test('every entry is proved in every later checkpoint', async () => {
    for (const head of await checkpointsBetween(house.app, 0, SIZE)) {
      for (const position of [0, 1, 2, 255, 256, 511, 512, 699, 1_023, 1_024, SIZE - 1]) {
        if (position >= head.size) continue;
        const { entry } = JSON.parse(proofFile(await receiptAt(position))) as Receipt;
        const proof = await inclusion(house.app, position, head.size);
        expect(verifyInclusion(leafHash(JSON.stringify(entry)), position, head.size, proof, head.root)).toBe(true);
      }
    }
  });

  test('every checkpoint is proved to be the beginning of every later one', async () => {
    const heads = await checkpointsBetween(house.app, 0, SIZE);
    expect(heads.map((h) => h.size)).toEqual(sizes);
    for (const older of heads) {
      for (const newer of heads) {
        if (older.size > newer.size) continue;
        const proof = await consistency(house.app, older.size, newer.size);
        expect(verifyConsistency(older, newer, proof)).toBe(true);
      }
    }
  });

  test('a proof reads at most a tile or two of each level', async () => {
    const read: number[] = [];
    const counting: Queryable = {
      ...house.app,
      query: async <Row>(text: string, values: readonly unknown[], name?: string) => {
        const rows = await house.app.query<Row>(text, values, name);
        read.push(rows.length);
        return rows;
      },
    };
    await inclusion(counting, 300, SIZE);
    expect(read).toHaveLength(1);
    expect(read[0]).toBeLessThanOrEqual(4);
  });
});

describe('what the public may read', () => {
  test('the checkpoint is the signed head', async () => {
    expect(openCheckpoint((await checkpointText(house.app))!, readVkey(vkey)!)?.size).toBe(SIZE);
  });

  test('tiles hold the hashes of the entries, full and partial, and nothing beyond', async () => {
    const full = (await readTile(house.app, { level: 0, n: 1, width: 256 }))!;
    expect(Buffer.compare(full.subarray(0, 32), leafHash(JSON.stringify(sorted(entries[256]!))))).toBe(0);
    expect(await readTile(house.app, { level: 0, n: 4, width: SIZE - 1_024 })).toHaveLength((SIZE - 1_024) * 32);
    expect(await readTile(house.app, { level: 0, n: 4, width: SIZE - 1_023 })).toBeNull();
    expect(await readTile(house.app, { level: 1, n: 0, width: 4 })).toHaveLength(4 * 32);
    expect(await readTile(house.app, { level: 2, n: 0, width: 1 })).toBeNull();
    expect(await readTile(house.app, { level: 0, n: 999_999_999_999, width: 1 })).toBeNull();
    expect(await readTile(house.app, { level: 'entries', n: 0, width: 256 })).toBeNull();
  });

  test('entry bundles hold the texts that were hashed', async () => {
    const bundle = Buffer.from((await readEntries(house.app, { level: 'entries', n: 4, width: 76 }))!);
    const read: string[] = [];
    for (let at = 0; at < bundle.length;) {
      const end = at + 2 + bundle.readUInt16BE(at);
      read.push(bundle.toString('utf8', at + 2, end));
      at = end;
    }
    expect(read).toHaveLength(76);
    expect(JSON.parse(read[75]!)).toEqual(entries[SIZE - 1]);
    expect(await readEntries(house.app, { level: 'entries', n: 4, width: 77 })).toBeNull();
  });
});

/** Members in canonical order, as the entries of this test have only ASCII names. */
const sorted = (value: unknown): unknown =>
  Array.isArray(value) || typeof value !== 'object' || value === null
    ? value
    : Object.fromEntries(
        Object.entries(value)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([name, member]) => [name, sorted(member)]),
      );

describe('a receipt', () => {
  test('verifies offline, names the log, the place and the entry', async () => {
    const said = verifyFile(Buffer.from(proofFile(await receiptAt(650))));
    expect(said).toMatchObject({ ok: true, kind: 'receipt', origin: signer.name, vkey, size: SIZE, position: 650 });
    expect(said.entry).toEqual(entries[650]);
    expect(said.says.ja).toBe(`この記録は、${signer.name} の1100件の記録のうち651件目に、このとおり残っています。`);
    // Anyone can make a log and a key with the same name: without the published key, only the reader can tell whose it is.
    expect(verificationLines(said).slice(2)).toEqual([
      `検証鍵 / key: ${vkey}`,
      expect.stringContaining('Compare it with the key'),
    ]);
    expect(verificationLines(said, vkey)).toHaveLength(2);
  });

  test('with the published key, only that log is accepted', async () => {
    const file = Buffer.from(proofFile(await receiptAt(5)));
    expect(verifyFile(file, vkey).ok).toBe(true);
    expect(verifyFile(file, vkeyOf(otherSigner))).toMatchObject({ ok: false, kind: 'receipt' });
  });

  test('every byte counts', async () => {
    expectEveryByteToCount(Buffer.from(proofFile(await receiptAt(650))));
  });

  test('damaged so that it can no longer be read, it is not good as long as it says what it is', async () => {
    const file = Buffer.from(proofFile(await receiptAt(650)));
    const mark = '"kind":"sekisho-receipt"';
    const answers = Array.from(file, (_, at) => {
      const changed = Buffer.from(file);
      changed[at] = changed[at]! ^ 1;
      return changed.includes(mark) ? answerOf(verifyFile(changed)) : 'bad';
    });
    expect(new Set(answers)).toEqual(new Set(['bad']));
    expect(answerOf(verifyFile(file.subarray(0, file.indexOf(mark) + mark.length)))).toBe('bad');
    expect(answerOf(verifyFile(file.subarray(0, file.indexOf(mark))))).toBe('unchecked');
  });

  test('the place, another entry or a forged head are refused, and the position is named', async () => {
    const receipt = await receiptAt(650);
    const check = (changed: Partial<Receipt>) => verifyFile(Buffer.from(proofFile({ ...receipt, ...changed })));
    expect(check({ position: 651 })).toMatchObject({ ok: false, position: 651 });
    expect(check({ entry: entries[649]! })).toMatchObject({ ok: false, position: 650 });
    expect(check({ proof: receipt.proof.slice(1) })).toMatchObject({ ok: false, position: 650 });
    expect(check({ size: SIZE + 1 }).ok).toBe(false);
    const forged = signCheckpoint(1, leafHash(JSON.stringify(sorted(entries[0]))), otherSigner);
    expect(check({ checkpoint: forged }).ok).toBe(false);
    expect(check({ checkpoint: `${receipt.checkpoint}— anybody AAAAAAA=\n` }).ok).toBe(false);
    expect(verifyFile(Buffer.from(JSON.stringify(receipt, null, 2))).ok).toBe(false);
    expect(verifyFile(Buffer.from(proofFile({ ...receipt, note: 'more' } as never))).ok).toBe(false);
  });

  test('an entry that is unknown or not yet in the tree has none', async () => {
    expect(await receiptOf(house.app, vkey, principal)).toBeNull();
  });
});

describe('the certificate of an erasure', () => {
  test('states what the entry says, and every byte counts', async () => {
    const certificate = erasureCertificate(await receiptAt(650))!;
    const file = Buffer.from(proofFile(certificate));
    expect(verifyFile(file, vkey)).toMatchObject({ ok: true, kind: 'erasure-certificate', position: 650 });
    expectEveryByteToCount(file);
  });

  test('for another person, or of another action, it is refused', async () => {
    const certificate = erasureCertificate(await receiptAt(650))!;
    const other = { ...certificate, principal: entries[0]!.id };
    expect(verifyFile(Buffer.from(proofFile(other)))).toMatchObject({ ok: false, kind: 'erasure-certificate' });
    expect(erasureCertificate(await receiptAt(651))).toBeNull();
    const used = { ...certificate, receipt: await receiptAt(651), erasedAt: entries[651]!.at };
    expect(verifyFile(Buffer.from(proofFile(used))).ok).toBe(false);
    // An unproved member beside the proved ones would be taken as proved.
    const more = [
      { ...certificate, note: 'more' },
      { ...certificate, v: 2 },
      { ...certificate, receipt: { ...certificate.receipt, note: 'more' } },
      { ...certificate, receipt: { ...certificate.receipt, v: 2 } },
      { ...certificate, receipt: { ...certificate.receipt, kind: 'sekisho-consistency' } },
    ];
    for (const one of more)
      expect(verifyFile(Buffer.from(proofFile(one as never)))).toMatchObject({
        ok: false,
        kind: 'erasure-certificate',
      });
  });
});

describe('an export', () => {
  test('holds every entry and every checkpoint, and verifies offline', async () => {
    const file = await exported();
    expect(file.toString().split('\n')).toHaveLength(1 + SIZE + sizes.length + 1);
    expect(verifyFile(file, vkey)).toMatchObject({ ok: true, kind: 'export', size: SIZE, origin: signer.name, vkey });
    expect(verifyFile(file, vkeyOf(otherSigner)).ok).toBe(false);
  });

  test('a changed, missing, doubled or moved entry is found after the last checkpoint that agreed', async () => {
    const lines = (await exported()).toString().split('\n');
    const check = (changed: string[]) => verifyFile(Buffer.from(changed.join('\n')));
    // Line 400 holds entry 397: the header and the checkpoints at 3 and 256 come before it.
    const changed = lines.with(400, lines[400]!.replace('people:use', 'people:usd'));
    expect(check(changed)).toMatchObject({ ok: false, kind: 'export', position: 256 });
    expect(check(lines.toSpliced(400, 1))).toMatchObject({ ok: false, position: 256 });
    expect(check(lines.toSpliced(400, 0, lines[400]!))).toMatchObject({ ok: false, position: 256 });
    expect(check(lines.with(400, lines[401]!).with(401, lines[400]!))).toMatchObject({ ok: false, position: 256 });
    expect(check(lines.toSpliced(-2, 1)).ok).toBe(false);
    expect(check(lines.slice(0, -1)).ok).toBe(false);
    expect(check(lines.slice(0, 200)).ok).toBe(false);
    expect(check([...lines.slice(0, -1), lines.at(-3)!, '']).ok).toBe(false);
  });

  test('any byte changed is refused', async () => {
    expectEveryByteToCount(await exported(), 400);
  });

  test('is checked in steps that say how far it is, of what is held first, and answers the same', async () => {
    const file = await exported();
    const stepsOf = (check: Check): [Step[], Verification] => {
      const steps: Step[] = [];
      for (;;) {
        const { done, value } = check.next();
        if (done) return [steps, value];
        steps.push(value);
      }
    };
    const [steps, found] = stepsOf(checkFile(file, vkey, file));
    expect(found).toEqual(verifyFile(file, vkey, file));
    const checked = [...sizes, 256, 512, 768, 1024].sort((a, b) => a - b);
    const of = (where: Step['in']): Step[] => checked.map((n) => ({ in: where, checked: n, of: SIZE }));
    expect(steps).toEqual([...of('since'), ...of('file')]);
    const altered = Buffer.from(file.toString().replace('people:use', 'people:usd'));
    expect(stepsOf(checkFile(altered, vkey))).toEqual([[], verifyFile(altered, vkey)]);
    expect(stepsOf(checkFile(Buffer.from(proofFile(await receiptAt(650))), vkey))[0]).toEqual([]);
  });
});

describe('what continues what somebody holds', () => {
  const checkpointAt = async (size: number) =>
    (await checkpointsBetween(house.app, 0, SIZE)).find((c) => c.size === size)!;

  /** A receipt as handed out when the log had `size` entries. */
  const receiptOfDay = async (position: number, size: number): Promise<Receipt> => ({
    ...(await receiptAt(position)),
    size,
    proof: (await inclusion(house.app, position, size)).map((hash) => Buffer.from(hash).toString('base64')),
    checkpoint: (await checkpointAt(size)).note,
  });

  const file = (proof: Parameters<typeof proofFile>[0]): Buffer => Buffer.from(proofFile(proof));

  const sinceOf = async (size: number): Promise<Buffer> => file((await consistencyOf(house.app, vkey, size))!);

  /** A different history under the same key: one entry is changed and everything after it signed anew. */
  const rewrittenAt = async (position: number, use: (on: TestDatabase) => Promise<void>): Promise<void> => {
    const other = await testDatabase();
    try {
      for (const size of sizes) {
        const from = (await lastCheckpoint(other.app))?.size ?? 0;
        const more = entries
          .slice(from, size)
          .map((entry, i) => (from + i === position ? { ...entry, action: 'people:usd' } : entry));
        await other.app.transaction((tx) => append(tx, ...more));
        while (((await lastCheckpoint(other.app))?.size ?? 0) < size) {
          if ((await integrate(other.app, signer)) === 0) await setTimeout(20);
        }
      }
      await use(other);
    } finally {
      await other.drop();
    }
  };

  test('an export and the public proof continue a receipt, a certificate, a sealed PDF, an export and a checkpoint', async () => {
    const receipt = await receiptOfDay(650, 700);
    const whole = await exported();
    const older = Buffer.from(
      `{"kind":"sekisho-log","size":700,"v":1,"vkey":"${vkey}"}\n${whole
        .toString()
        .split('\n')
        .slice(1, 1 + 700 + 3)
        .join('\n')}\n`,
    );
    expect(verifyFile(older, vkey)).toMatchObject({ ok: true, size: 700 });
    const held = [
      file(receipt),
      file(erasureCertificate(receipt)!),
      Buffer.from(sealPdf(pdfWith(proofFile(receipt)), signer.privateKey)),
      older,
      Buffer.from(receipt.checkpoint),
    ];
    for (const one of held) {
      expect(verifyFile(whole, vkey, one)).toMatchObject({ ok: true, kind: 'export', size: SIZE });
      expect(verifyFile(await sinceOf(700), vkey, one)).toMatchObject({ ok: true, kind: 'consistency', size: SIZE });
    }
    expect(verifyFile(whole, vkey, held[0]).says.ja).toBe(
      `sekisho.example.jp/log の1100件の記録は、すべて署名されたチェックポイントと一致しています。お手元にある700件までの記録の続きです。`,
    );
    for (const size of sizes) {
      const now = file(await receiptOfDay(2, size));
      expect(verifyFile(whole, vkey, now).ok).toBe(true);
      expect(verifyFile(await sinceOf(size), undefined, now).ok).toBe(true);
    }
  });

  test('a history written anew with the same key agrees with itself, and with nothing that was given out before', async () => {
    const held = file(await receiptOfDay(650, 700));
    await rewrittenAt(300, async (other) => {
      const forged = await exported(other);
      expect(verifyFile(forged, vkey).ok).toBe(true);
      expect(verifyFile(forged, vkey, held)).toMatchObject({ ok: false, kind: 'export' });
      expect(verifyFile(forged, vkey, held).says.en).toContain('has rewritten the log');
      const proof = file((await consistencyOf(other.app, vkey, 700))!);
      expect(verifyFile(proof, vkey, held)).toMatchObject({ ok: false, kind: 'consistency' });
      // A file held from before the change stays valid and proves nothing about it.
      const older = file(await receiptOfDay(2, 256));
      expect(verifyFile(forged, vkey, older).ok).toBe(true);
      expect(verifyFile(file((await consistencyOf(other.app, vkey, 256))!), vkey, older).ok).toBe(true);
    });
  });

  test('a log cut back to before what is held is refused, and nothing is proved of it', async () => {
    const held = file(await receiptAt(650));
    const lines = (await exported()).toString().split('\n');
    const cut = Buffer.from(
      [lines[0]!.replace(`"size":${SIZE}`, '"size":256'), ...lines.slice(1, 1 + 256 + 2), ''].join('\n'),
    );
    expect(verifyFile(cut, vkey)).toMatchObject({ ok: true, size: 256 });
    expect(verifyFile(cut, vkey, held)).toMatchObject({ ok: false, kind: 'export' });
    expect(verifyFile(cut, vkey, held).says.en).toContain('before the 1100 that you hold');
    expect(await consistencyOf(house.app, vkey, SIZE + 1)).toBeNull();
  });

  test('every byte of the proof counts, and of what is held', async () => {
    const held = file(await receiptOfDay(650, 700));
    const since = await sinceOf(700);
    const accepted: number[] = [];
    for (let i = 0; i < since.length; i++) {
      const changed = Buffer.from(since);
      changed[i] = changed[i]! ^ (1 << (i % 7));
      if (verifyFile(changed, undefined, held).ok) accepted.push(i);
    }
    expect(accepted).toEqual([]);
    const damaged = Buffer.from(held);
    damaged[100] = damaged[100]! ^ 1;
    expect(verifyFile(since, vkey, damaged).says.en).toMatch(/^The file you hold: /);
  });

  test('a proof that is good but for one member is refused and never throws', async () => {
    const held = file(await receiptOfDay(650, 700));
    const receipt = await receiptAt(650);
    const since = (await consistencyOf(house.app, vkey, 700))!;
    const otherwise = (proof: object, since?: Buffer) => (changed: object) =>
      verifyFile(Buffer.from(`${JSON.stringify(sorted({ ...proof, ...changed }))}\n`), undefined, since);
    const [receiptWith, sinceWith] = [otherwise(receipt), otherwise(since, held)];
    expect([receiptWith({}).ok, sinceWith({}).ok]).toEqual([true, true]);
    const short = Buffer.alloc(31).toString('base64');
    const wrong = { more: 1, v: 2, proof: null, checkpoint: null, vkey: null };
    const proofs = ({ proof }: { proof: string[] }): unknown[] => [
      [...proof, 3],
      proof.with(0, short),
      proof.with(0, '?'),
      proof.with(0, `${proof[0]}\n`),
      Object.fromEntries(proof.entries()),
    ];
    for (const [member, value] of Object.entries({ ...wrong, kind: 'sekisho-receipt', from: '700' }))
      expect([member, sinceWith({ [member]: value }).ok]).toEqual([member, false]);
    for (const proof of proofs(since)) expect(sinceWith({ proof })).toMatchObject({ ok: false, kind: 'consistency' });
    const positions = { position: '650', size: String(SIZE), entry: null, kind: 'sekisho-consistency' };
    for (const [member, value] of Object.entries({ ...wrong, ...positions }))
      expect([member, receiptWith({ [member]: value }).ok]).toEqual([member, false]);
    for (const proof of proofs(receipt)) expect(receiptWith({ proof })).toMatchObject({ ok: false, kind: 'receipt' });
    for (const position of [-1, 650.5, 650 - SIZE, 650 + 2048]) expect(receiptWith({ position }).ok).toBe(false);
  });

  test('another proof, another log, or nothing to hold it against is refused with what to do', async () => {
    const held = file(await receiptOfDay(650, 700));
    const said = (bytes: Uint8Array, key?: string, since?: Uint8Array): [answer: string, says: string] => {
      const found = verifyFile(bytes, key, since);
      expect(found.ok).toBe(false);
      return [answerOf(found), found.says.en];
    };
    const saying = (part: string) => expect.stringContaining(part);
    // A file that cannot be compared with what is held is not reported as altered.
    expect(said(await sinceOf(700), vkey)).toEqual(['unchecked', saying('--since')]);
    expect(said(await sinceOf(256), vkey, held)).toEqual(['unchecked', saying('/log/consistency/700')]);
    expect(said(file(await receiptAt(650)), vkey, held)).toEqual(['unchecked', saying('/log/consistency/700')]);
    const { note } = await checkpointAt(700);
    expect(said(Buffer.from(note))).toEqual(['unchecked', saying('--key')]);
    expect(said(await exported(), vkey, Buffer.from('nothing'))).toEqual(['unchecked', saying('The file you hold: ')]);
    expect(said(Buffer.from(note), vkeyOf(otherSigner))).toEqual(['bad', saying('under the key')]);
    expect(said(await exported(), vkeyOf(otherSigner), held)).toEqual(['bad', saying('The file you hold: ')]);
    const foreign = { ...(await consistencyOf(house.app, vkey, 700))!, vkey: vkeyOf(otherSigner) };
    expect(said(file(foreign), undefined, held)).toEqual(['bad', saying('with this key')]);
    expect(said(file({ ...foreign, vkey, from: -1 }), vkey, held)).toEqual([
      'unchecked',
      saying('/log/consistency/700'),
    ]);
  });
});

describe('a restored export', () => {
  const linesOf = (file: Buffer): string[] => file.toString().split('\n').slice(0, -1);
  const restore = (
    { owner }: TestDatabase,
    lines: string[],
    known: Parameters<typeof restoreLog>[3],
    by = signer,
  ): ReturnType<typeof restoreLog> => owner.transaction((tx) => restoreLog(tx, by, lines, known));

  test('is the same log: old receipts are proved by it, and new entries continue its tree', async () => {
    const fresh = await testDatabase();
    try {
      const restored = await restore(fresh, linesOf(await exported()), { now: at });
      expect(restored).toEqual({ here: 0, size: SIZE, lost: 0 });
      const head = (await lastCheckpoint(house.app))!;
      expect((await lastCheckpoint(fresh.app))!.note).toBe(head.note);
      expect(await receiptOf(fresh.app, vkey, entries[650]!.id)).toEqual(await receiptAt(650));
      while ((await integrate(fresh.app, signer)) === 0) await setTimeout(20);
      expect(await verify(fresh.app, vkey)).toEqual({ ok: true, size: SIZE + 1 });
      const grown = (await lastCheckpoint(fresh.app))!;
      expect(verifyConsistency(head, grown, await consistency(fresh.app, SIZE, SIZE + 1))).toBe(true);
    } finally {
      await fresh.drop();
    }
  });

  test('goes on where a backup ends: what waited there stands in its own place, or comes after', async () => {
    const fresh = await testDatabase();
    const lines = linesOf(await exported());
    const upTo = lines.findIndex((line) => line.startsWith('{"checkpoint":') && line.includes('\\n700\\n'));
    const backup = [lines[0]!.replace(`"size":${SIZE}`, '"size":700'), ...lines.slice(1, upTo + 1)];
    try {
      await restore(fresh, backup, { now: at });
      const alone = logEntry(at, { kind: 'sekisho' }, 'people:use');
      // The state of a backup taken before these entries were signed.
      await fresh.app.transaction((tx) => append(tx, entries[700]!, alone, entries[701]!));
      const lossIsWhole = async (reviewed: boolean): Promise<void> => {
        const losses = [{ id: expect.any(String) as string, on: dayOf(at), from: 0, to: SIZE, reviewed }];
        expect(await lossesOf(fresh.app, vkey)).toEqual(losses);
        expect(await restoredAt(fresh.app, vkey)).toBe(at);
      };
      const restored = await restore(fresh, lines, { signed: { size: SIZE + 2, root: new Uint8Array(32) }, now: at });
      // The log was brought forward twice without a start in between: the loss counts from the same backup.
      expect(restored).toEqual({ here: 0, size: SIZE, lost: 2, signed: '00'.repeat(32) });
      await lossIsWhole(false);
      while ((await integrate(fresh.app, signer)) === 0) await setTimeout(20);
      expect(await verify(fresh.app, vkey)).toEqual({ ok: true, size: SIZE + 3 });
      const last = await listEntries(fresh.app, { most: 4 });
      expect(last.map(({ entry }) => entry.id)).toContain(alone.id);
      expect(last.map(({ entry, position }) => [entry.action, position])).toEqual([
        ['people:use', SIZE + 2],
        ['log:restored', SIZE + 1],
        ['log:restored', SIZE],
        ['people:use', SIZE - 1],
      ]);
      expect(await receiptOf(fresh.app, vkey, entries[700]!.id)).toMatchObject({ position: 700 });
      await lossIsWhole(false);
      // What the key did not sign says nothing, whatever it claims to be.
      const { signature } = last[2]!.entry;
      const claims = [
        {},
        { here: 0, size: SIZE + 3, signature },
        { here: 0, size: SIZE + 3, signature: 'ff' },
        { here: 0, size: 9_999_999, signature },
        { here: 0, size: SIZE + 3, signature: 1 },
      ];
      for (const claim of claims)
        await fresh.app.transaction((tx) => append(tx, logEntry(at + 1, { kind: 'sekisho' }, RESTORED, claim)));
      await lossIsWhole(false);
      await fresh.app.transaction((tx) => append(tx, logEntry(at + 1, { kind: 'sekisho' }, REVIEWED)));
      await lossIsWhole(true);
    } finally {
      await fresh.drop();
    }
  });

  test('excuses what was lost only where it continued the log, and only as the key signed it', async () => {
    const fresh = await testDatabase();
    try {
      await restore(fresh, linesOf(await exported()), { now: at });
      while ((await integrate(fresh.app, signer)) === 0) await setTimeout(20);
      const claim = async (to: number, by: Signer): Promise<LogEntry> => {
        const entry = logEntry(at + 1, { kind: 'sekisho' }, RESTORED, { here: 0, size: to, lost: 0 });
        const root = foldRoots((await frontierAt(fresh.app, to))!.roots);
        return { ...entry, signature: signText(restoredText(signer.name, entry, root), by) };
      };
      const excuse = async (): Promise<number[]> => (await lossesOf(fresh.app, vkey)).map(({ to }) => to);
      const write = (entry: LogEntry): Promise<unknown> => fresh.app.transaction((tx) => append(tx, entry));
      const size = SIZE + 1;
      expect(await excuse()).toEqual([SIZE]);
      // In its place, but signed with another key.
      await write(await claim(size, otherSigner));
      expect(await excuse()).toEqual([SIZE]);
      // Signed with the key over this very log, but for an earlier place.
      await write(await claim(700, signer));
      expect(await excuse()).toEqual([SIZE]);
      // Both.
      await write(await claim(size, signer));
      expect(await excuse()).toEqual([size, SIZE]);
    } finally {
      await fresh.drop();
    }
  });

  test('an entry that waits here is not the one of the same id in the export: nothing is restored over it', async () => {
    const fresh = await testDatabase();
    const other = { ...entries[5]!, action: 'people:search' };
    try {
      await fresh.app.transaction((tx) => append(tx, other));
      await expect(restore(fresh, linesOf(await exported()), { now: at })).rejects.toThrow(
        'not the beginning of the log in the export',
      );
      expect((await listEntries(fresh.app, { most: 2 })).map(({ entry }) => entry)).toEqual([other]);
    } finally {
      await fresh.drop();
    }
  });

  test('only entries between the backup and the export are lost, and only where nothing here contradicts them', async () => {
    const losses: Loss[] = [
      { id: entries[800]!.id, on: day('2026-12-02'), from: 700, to: 800, reviewed: false },
      { id: entries[300]!.id, on: day('2026-12-01'), from: 200, to: 300, reviewed: true },
    ];
    const nowhere = { id: newId(at), action: 'people:use' };
    const standing = (...positions: number[]) => positions.map((i) => ({ id: entries[i]!.id, action: 'people:use' }));
    const missing = [...standing(199, 200, 299, 300, 699, 700, 701, 799, 800), nowhere];
    expect(await apart(house.app, losses, missing, ({ id }) => id)).toEqual({
      wrong: [...standing(199, 300, 699, 800), nowhere],
      lost: [
        { on: '2026-12-01', reviewed: true, n: 2 },
        { on: '2026-12-02', reviewed: false, n: 3 },
      ],
    });
    expect(await apart(house.app, [], missing, ({ id }) => id)).toEqual({ wrong: missing, lost: [] });

    const [agreeing, changed, ended, gone] = standing(710, 720, 730, 740).map((one) => ({ ...one, version: 1 }));
    const row = { ...changed!, version: 2 };
    const said = [agreeing!, changed!, ended!, gone!];
    const stands = ({ id }: { id: string }): boolean => id === ended!.id;
    expect(await heldAgainst(house.app, losses, [agreeing!, row], said, stands)).toEqual({
      wrong: [row, changed, ended],
      lost: [{ on: '2026-12-02', reviewed: false, n: 1 }],
    });
  });

  test('an altered, cut or foreign one leaves nothing behind', async () => {
    const fresh = await testDatabase();
    const lines = linesOf(await exported());
    try {
      const attempts: [Signer, string[]][] = [
        [signer, lines.with(400, lines[400]!.replace('people:use', 'people:usd'))],
        [signer, lines.slice(0, -1)],
        [signer, lines.slice(0, 200)],
        // Behind a checkpoint, so that all of it agrees.
        [signer, lines.slice(0, lines.findIndex((line) => line.startsWith('{"checkpoint":')) + 1)],
        [signer, lines.toSpliced(400, 1)],
        [signer, lines.toSpliced(0, 1)],
        // Cut within a line, as a transfer that broke off leaves it; two in one file; one entry twice; what is JSON and no entry.
        [signer, [...lines.slice(0, 400), lines[400]!.slice(0, 40)]],
        [signer, [...lines.slice(0, -1), lines.at(-1)!.slice(0, 20)]],
        [signer, [...lines, ...lines]],
        [signer, lines.with(400, lines[399]!)],
        ...['null', '7', '{}', lines[400]!.replace(/"at":"[^"]+"/, '"at":"noon"')].map((line): [Signer, string[]] => [
          signer,
          lines.with(400, line),
        ]),
        [otherSigner, lines],
        [signer, []],
      ];
      for (const [by, changed] of attempts) {
        await expect(restore(fresh, changed, { now: at }, by)).rejects.toThrow(/export/);
      }
      expect(await fresh.app.query('SELECT 1 FROM log_entries', [])).toEqual([]);
    } finally {
      await fresh.drop();
    }
    await expect(restore(house, lines, { now: at })).rejects.toThrow('as far as this export');
  });
});

const template = `
#let data = json(bytes(sys.inputs.data))
#set document(title: data.title, keywords: (data.seal,))
#set text(lang: sys.inputs.lang, font: "BIZ UDPGothic")
= #data.title
関所が残した記録の控えです。`;

const pdfWith = (attachment: string): Uint8Array =>
  makePdf({
    template,
    data: { title: '取扱いの控え', seal: sealPlaceholder },
    lang: 'ja',
    attachments: [{ name: 'receipt.json', bytes: Buffer.from(attachment), mime: 'application/json', says: 'receipt' }],
  });

describe('a sealed PDF', () => {
  test('verifies with the receipt inside, of the same log', async () => {
    const sealed = sealPdf(pdfWith(proofFile(await receiptAt(650))), signer.privateKey);
    expect(verifyFile(sealed)).toMatchObject({ ok: true, kind: 'pdf-receipt', vkey, position: 650, size: SIZE });
    expect(verifyFile(sealed, vkey).entry).toEqual(entries[650]);
    expect(verifyFile(sealed, vkeyOf(otherSigner)).ok).toBe(false);
  });

  test('every byte counts', async () => {
    const sealed = sealPdf(pdfWith(proofFile(await receiptAt(650))), signer.privateKey);
    expectEveryByteToCount(sealed, 1_500);
    // Every byte of the seals themselves counts too.
    const text = Buffer.from(sealed).toString('latin1');
    const starts = [...text.matchAll(/sekisho-seal:/g)].map((match) => match.index);
    expect(starts.length).toBeGreaterThan(0);
    for (const start of starts) {
      for (let i = start; i < start + sealPlaceholder.length; i++) {
        for (const bit of [1, 2, 4, 8, 16, 32, 64]) {
          const changed = Buffer.from(sealed);
          changed[i] = changed[i]! ^ bit;
          expect(verifyFile(changed).ok).toBe(false);
        }
      }
    }
  });

  test('what unfolds to more than any receipt is no receipt, and is not unfolded', () => {
    const bomb = deflateSync(Buffer.alloc(256 * 1024 * 1024), { level: 9 });
    const head = `%PDF-1.7\n${sealPlaceholder}\n1 0 obj\n<</Type/EmbeddedFile/Filter/FlateDecode/Length ${bomb.length}>>\nstream\n`;
    const pdf = Buffer.concat([Buffer.from(head), bomb, Buffer.from('\nendstream\nendobj\n')]);
    const before = process.memoryUsage().rss;
    expect(verifyFile(pdf)).toMatchObject({ ok: false, kind: 'pdf-receipt' });
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
  });

  test('added bytes, another key, an unsealed file, and a file without a receipt are refused', async () => {
    const pdf = pdfWith(proofFile(await receiptAt(650)));
    const sealed = sealPdf(pdf, signer.privateKey);
    expect(verifyFile(Buffer.concat([sealed, Buffer.from('\n')])).ok).toBe(false);
    expect(verifyFile(sealPdf(pdf, otherSigner.privateKey)).ok).toBe(false);
    expect(verifyFile(pdf).ok).toBe(false);
    expect(verifyFile(sealPdf(pdfWith('{"kind":"invoice"}'), signer.privateKey)).ok).toBe(false);
    expect(verifyFile(Buffer.from('%PDF-1.7\n'))).toMatchObject({ ok: false, kind: 'pdf-receipt' });
    expect(() => sealPdf(sealed, signer.privateKey)).toThrow(RangeError);
    expect(() => sealPdf(Buffer.from('hello'), signer.privateKey)).toThrow(RangeError);
  });
});

test.each([
  ['nothing', ''],
  ['noise', '\u0000\u00ff\u00fe'],
  ['other JSON', '{"kind":"invoice"}'],
  ['a list', '[1]'],
  ['null', 'null'],
])('%s is not recognised', (_, text) => {
  expect(verifyFile(Buffer.from(text, 'latin1'))).toMatchObject({ ok: false, kind: 'unrecognised' });
});

test('a proof of the wrong shape never throws', () => {
  const hashes: Hash[] = [];
  for (const member of ['entry', 'position', 'size', 'proof', 'checkpoint', 'vkey']) {
    const receipt = {
      kind: 'sekisho-receipt',
      v: 1,
      entry: {},
      position: 0,
      size: 1,
      proof: hashes,
      checkpoint: '',
      vkey: '',
    };
    for (const value of [null, [], {}, -1, 0.5, '\ud800', 1e300]) {
      expect(verifyFile(Buffer.from(JSON.stringify({ ...receipt, [member]: value }))).ok).toBe(false);
    }
  }
  for (const member of ['from', 'proof', 'checkpoint', 'vkey']) {
    const proof = { kind: 'sekisho-consistency', v: 1, from: 1, proof: hashes, checkpoint: '', vkey: '' };
    for (const value of [null, [], {}, [0], -1, 0.5, '\ud800', 1e300])
      expect(verifyFile(Buffer.from(JSON.stringify({ ...proof, [member]: value }))).ok).toBe(false);
  }
  const deep = `{"kind":"sekisho-receipt","entry":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
  expect(verifyFile(Buffer.from(deep)).ok).toBe(false);
});
