// A receipt: one entry of the log with the proof that a signed checkpoint covers it; and the certificate of an erasure, which is such a
// receipt with the facts in front. Checked offline; every byte of the file counts.

import { canonical, type Json } from './canonical.ts';
import type { LogEntry } from './entry.ts';
import { leafHash, verifyInclusion, type Hash } from './merkle.ts';
import { openCheckpoint, readBase64, readVkey } from './note.ts';
import { refused, type FileKind, type Verification } from './verification.ts';

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

/** The action under which an erasure is logged. */
export const ERASURE = 'people:erase';

/** The certificate of an erasure from the receipt of its entry; null when the entry is not an erasure of a person. */
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

/** The file of a receipt or certificate: canonical JSON and a newline. Only this spelling verifies. */
export const proofFile = (proof: Receipt | ErasureCertificate): string => `${canonical(proof)}\n`;

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

/** Checks a receipt. With `vkey` (the published key) it must be of that log; without, the receipt's own key is used and named in the answer. */
function verifyReceipt(receipt: Receipt, vkey?: string, kind: FileKind = 'receipt'): Verification {
  if (vkey !== undefined && vkey !== receipt.vkey) {
    return refused(kind, '指定された検証鍵の記録のものではありません。', 'It is not of the log with the key you gave.');
  }
  const verifier = readVkey(receipt.vkey);
  const head = verifier && openCheckpoint(receipt.checkpoint, verifier);
  if (!head) {
    return refused(kind, 'チェックポイントの署名が正しくありません。', 'The signature of the checkpoint is not good.');
  }
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
      'The entry does not agree with its proof: something was changed.',
      receipt.position,
    );
  }
  const { origin, size } = head;
  return {
    ok: true,
    kind,
    says: {
      ja: `この記録は、${origin} の${size}件の記録のうち${receipt.position + 1}件目に、このとおり残っています。`,
      en: `This entry stands in ${origin} as number ${receipt.position + 1} of ${size}, exactly as it is here.`,
    },
    origin,
    vkey: receipt.vkey,
    size,
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

/** Checks the text of a receipt or certificate file; null when it is neither. */
export function verifyProofFile(text: string, vkey?: string): Verification | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isShape(value) || (value.kind !== 'sekisho-receipt' && value.kind !== 'sekisho-erasure-certificate'))
    return null;
  const kind: FileKind = value.kind === 'sekisho-receipt' ? 'receipt' : 'erasure-certificate';
  const known = isReceipt(value) || isCertificate(value) ? value : null;
  // One spelling only: no member twice, no space that a proof would not cover.
  if (!known || !isSpelled(known, text)) {
    return refused(
      kind,
      'ファイルの形が、発行されたものと異なります。',
      'The file is not in the form in which it was issued.',
    );
  }
  return known.kind === 'sekisho-receipt' ? verifyReceipt(known, vkey) : verifyCertificate(known, vkey);
}

function isSpelled(proof: Receipt | ErasureCertificate, text: string): boolean {
  try {
    return proofFile(proof) === text;
  } catch {
    return false;
  }
}
