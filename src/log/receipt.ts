// Receipts: one entry of the log with the proof that a signed checkpoint covers it. Also the certificate of an erasure, which is such a receipt
// with the facts in front, and the proof that a log continues an older one. All are checked offline, and every byte of the file counts.

import { readBase64 } from './bytes.ts';
import { canonical, type Json } from './canonical.ts';
import type { LogEntry } from './entry.ts';
import { leafHash, verifyConsistency, verifyInclusion, type Hash } from './merkle.ts';
import { openCheckpoint, readVkey, type Checkpoint } from './note.ts';
import { ofAnotherLog, refused, uncheckable, type FileKind, type Held, type Verification } from './verification.ts';

export type Receipt = {
  kind: 'sekisho-receipt';
  v: 1;
  entry: LogEntry;
  position: number;
  size: number;
  /** Hashes in base64, nearest sibling first. */
  proof: string[];
  /** A signed note (C2SP tlog-checkpoint). */
  checkpoint: string;
  /** The log's verification key (C2SP signed-note). */
  vkey: string;
};

export type ErasureCertificate = {
  kind: 'sekisho-erasure-certificate';
  v: 1;
  principal: string;
  erasedAt: string;
  receipt: Receipt;
};

/** Proof that the newest checkpoint continues the log of the first `from` entries. It proves something only to a reader who holds that log's root. */
export type Consistency = {
  kind: 'sekisho-consistency';
  v: 1;
  /** Number of entries of the older log. */
  from: number;
  /** Hashes in base64 (RFC 9162 2.1.4). */
  proof: string[];
  checkpoint: string;
  vkey: string;
};

/** Action of an entry that records an erasure. */
export const ERASURE = 'people:erase';

/** The erasure certificate for a receipt; null when its entry is not the erasure of a person. */
export const erasureCertificate = (receipt: Receipt): ErasureCertificate | null =>
  receipt.entry.action === ERASURE && receipt.entry.principal !== undefined
    ? {
        kind: 'sekisho-erasure-certificate',
        v: 1,
        principal: receipt.entry.principal,
        erasedAt: receipt.entry.at,
        receipt,
      }
    : null;

type Proof = Receipt | ErasureCertificate | Consistency;

/** The file of a proof: canonical JSON and a newline. Only this spelling verifies. */
export const proofFile = (proof: Proof): string => `${canonical(proof)}\n`;

type Shape = { [member: string]: Json | undefined };

const isShape = (value: unknown): value is Shape =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const hasExactly = (value: Shape, members: string): boolean => Object.keys(value).sort().join(' ') === members;

function isReceipt(value: Shape): value is Receipt {
  return (
    hasExactly(value, 'checkpoint entry kind position proof size v vkey') &&
    value.kind === 'sekisho-receipt' &&
    value.v === 1 &&
    isShape(value.entry) &&
    typeof value.position === 'number' &&
    typeof value.size === 'number' &&
    Array.isArray(value.proof) &&
    value.proof.every((hash) => typeof hash === 'string') &&
    typeof value.checkpoint === 'string' &&
    typeof value.vkey === 'string'
  );
}

const isCertificate = (value: Shape): value is ErasureCertificate =>
  hasExactly(value, 'erasedAt kind principal receipt v') &&
  value.kind === 'sekisho-erasure-certificate' &&
  value.v === 1 &&
  isShape(value.receipt) &&
  isReceipt(value.receipt);

const isConsistency = (value: Shape): value is Consistency =>
  hasExactly(value, 'checkpoint from kind proof v vkey') &&
  value.kind === 'sekisho-consistency' &&
  value.v === 1 &&
  typeof value.from === 'number' &&
  Array.isArray(value.proof) &&
  value.proof.every((hash) => typeof hash === 'string') &&
  typeof value.checkpoint === 'string' &&
  typeof value.vkey === 'string';

/** The signed head that a proof refers to, or the reason for refusing it. */
function headOf(proof: Receipt | Consistency, kind: FileKind, vkey?: string): Checkpoint | Verification {
  if (vkey !== undefined && vkey !== proof.vkey) return ofAnotherLog(kind);
  const verifier = readVkey(proof.vkey);
  return (
    (verifier && openCheckpoint(proof.checkpoint, verifier)) ??
    refused(kind, 'チェックポイントの署名が正しくありません。', 'The signature of the checkpoint is not valid.')
  );
}

/** Checks a receipt. With `vkey` (the published key) it must be of that log; without it, the receipt's own key is used and named in the answer. */
function verifyReceipt(receipt: Receipt, vkey?: string, kind: FileKind = 'receipt'): Verification {
  const head = headOf(receipt, kind, vkey);
  if ('ok' in head) return head;
  const proof = receipt.proof.map(readBase64);
  const leaf = leafHash(canonical(receipt.entry));
  const proved =
    head.size === receipt.size &&
    !proof.includes(null) &&
    verifyInclusion(leaf, receipt.position, head.size, proof as Hash[], head.root);
  if (!proved) {
    return refused(
      kind,
      '記録の内容が証明と一致しません。書き換えられている可能性があります。',
      'The entry does not agree with its proof. It may have been rewritten.',
      receipt.position,
    );
  }
  const { origin, size, root } = head;
  return {
    ok: true,
    kind,
    says: {
      ja: `この記録は、${origin} の${size}件の記録のうち${receipt.position + 1}件目に、このとおり残っています。`,
      en: `This entry is number ${receipt.position + 1} of ${size} in ${origin}, exactly as it is here.`,
    },
    origin,
    vkey: receipt.vkey,
    size,
    root,
    position: receipt.position,
    entry: receipt.entry,
  };
}

function verifyCertificate(certificate: ErasureCertificate, vkey?: string): Verification {
  const { receipt } = certificate;
  const stated = erasureCertificate(receipt);
  if (!stated || stated.principal !== certificate.principal || stated.erasedAt !== certificate.erasedAt) {
    return refused(
      'erasure-certificate',
      '証明書の内容が、消去の記録と一致しません。',
      'What the certificate states is not what the entry of the erasure says.',
      receipt.position,
    );
  }
  return verifyReceipt(receipt, vkey, 'erasure-certificate');
}

/** Checks that the newest checkpoint continues the log somebody holds. */
function verifyContinued(proof: Consistency, vkey?: string, held?: Held): Verification {
  const kind = 'consistency';
  const head = headOf(proof, kind, vkey);
  if ('ok' in head) return head;
  if (!held) {
    return uncheckable(
      kind,
      '続きの証明は、前に受け取ったファイル（プログラムでは --since）と合わせて確かめます。',
      'A proof that the log continues is checked together with a file you were given before (--since in the program).',
    );
  }
  if (held.size !== proof.from) {
    return uncheckable(
      kind,
      `${proof.from}件からの続きの証明です。お手元のものは${held.size}件までなので、/log/consistency/${held.size} を使ってください。`,
      `This proves that the log continues from ${proof.from} entries. What you hold ends at ${held.size}: use /log/consistency/${held.size}.`,
    );
  }
  const hashes = proof.proof.map(readBase64);
  if (hashes.includes(null) || !verifyConsistency(held, head, hashes as Hash[])) {
    return refused(
      kind,
      `お手元にある${held.size}件までの記録の続きであることを示していません。もう一度受け取っても同じなら、署名する側が記録を書き換えています。`,
      `This does not show that the log of ${held.size} entries that you hold is continued. If the result is the same when you fetch it again, the signer has rewritten the log.`,
    );
  }
  const { origin, size, root } = head;
  return {
    ok: true,
    kind,
    says: {
      ja: `${origin} の${size}件の記録は、署名されたチェックポイントのとおりです。`,
      en: `The ${size} entries of ${origin} are as its signed checkpoint says.`,
    },
    origin,
    vkey: proof.vkey,
    size,
    root,
  };
}

const kinds: Readonly<Record<Proof['kind'], FileKind>> = {
  'sekisho-receipt': 'receipt',
  'sekisho-erasure-certificate': 'erasure-certificate',
  'sekisho-consistency': 'consistency',
};

const isKind = (kind: unknown): kind is Proof['kind'] => typeof kind === 'string' && Object.hasOwn(kinds, kind);

function readShape(text: string): Shape | null {
  try {
    const value: unknown = JSON.parse(text);
    return isShape(value) ? value : null;
  } catch {
    return null;
  }
}

/** Checks the text of a proof; null when it is not one. `held` is the log that a proof of consistency is checked against. */
export function verifyProofFile(text: string, vkey?: string, held?: Held): Verification | null {
  const value = readShape(text);
  // A file that cannot be parsed but still states its kind was damaged.
  const stated = value ? value.kind : /"kind":"(sekisho-[a-z-]+)"/.exec(text)?.[1];
  if (!isKind(stated)) return null;
  const kind = kinds[stated];
  const known = value && (isReceipt(value) || isCertificate(value) || isConsistency(value)) ? value : null;
  // Only one spelling is accepted: no member twice, no space that the proof would not cover.
  if (!known || !isSpelled(known, text)) {
    return refused(
      kind,
      'ファイルの形が、発行されたものと異なります。',
      'The file is not in the form in which it was issued.',
    );
  }
  if (known.kind === 'sekisho-consistency') return verifyContinued(known, vkey, held);
  return known.kind === 'sekisho-receipt' ? verifyReceipt(known, vkey) : verifyCertificate(known, vkey);
}

function isSpelled(proof: Proof, text: string): boolean {
  try {
    return proofFile(proof) === text;
  } catch {
    return false;
  }
}
