// `sekisho verify`: recognises what was handed over and checks it, offline.

import { isExport, verifyExport } from './exported.ts';
import { openCheckpoint, readVkey } from './note.ts';
import { verifyProofFile } from './receipt.ts';
import { verifyPdf } from './seal.ts';
import { refused, type Held, type Verification } from './verification.ts';

/**
 * Checks an export of the log, a receipt, an erasure certificate, a sealed PDF, a checkpoint or a proof that the log continues. With `vkey`,
 * the log's published verification key, it must be of that log; without, the key inside is used and named in the answer. With `since`, a file
 * somebody holds, the log must continue what that file was covered by: whoever signs can make another history that agrees with itself, but
 * none that agrees with what was given away before. Never throws for a file, whatever it holds.
 */
export function verifyFile(bytes: Uint8Array, vkey?: string, since?: Uint8Array): Verification {
  const found = since ? continuing(bytes, since, vkey) : recognise(bytes, vkey);
  if (!found.ok || vkey !== undefined) return found;
  // Anyone can make a log and a key of the same name: without the published key, only the reader can tell whose it is.
  return {
    ...found,
    says: {
      ja: `${found.says.ja}検証鍵が、公開されているものと同じかどうかを確かめてください。`,
      en: `${found.says.en} Compare the key with the one that is published.`,
    },
  };
}

function continuing(bytes: Uint8Array, since: Uint8Array, vkey?: string): Verification {
  const older = recognise(since, vkey);
  if (!older.ok)
    return { ...older, says: { ja: `お手元のファイル：${older.says.ja}`, en: `What you hold: ${older.says.en}` } };
  const held: Held = { size: older.size!, root: older.root! };
  const found = recognise(bytes, older.vkey, held);
  if (!found.ok) return found;
  if (found.kind !== 'export' && found.kind !== 'consistency')
    return refused(
      found.kind,
      `続きかどうかは、記録の書き出しか、/log/consistency/${held.size} のファイルで確かめられます。`,
      `Whether the log continues is told by an export, or by the file at /log/consistency/${held.size}.`,
    );
  return {
    ...found,
    says: {
      ja: `${found.says.ja}お手元にある${held.size}件までの記録の続きです。`,
      en: `${found.says.en} It continues the log of ${held.size} entries that you hold.`,
    },
  };
}

function recognise(bytes: Uint8Array, vkey?: string, held?: Held): Verification {
  if (Buffer.from(bytes.subarray(0, 5)).toString('latin1') === '%PDF-') return verifyPdf(bytes, vkey);
  if (isExport(bytes)) return verifyExport(bytes, vkey, held);
  const text = Buffer.from(bytes).toString();
  return (
    verifyProofFile(text, vkey, held) ??
    verifyNote(text, vkey) ??
    refused(
      'unrecognised',
      '関所の記録・控え・証明書のいずれでもありません。',
      'This is not a log export, a receipt or a certificate of Sekisho.',
    )
  );
}

/** Checks a checkpoint by itself, as it is published; null when the text is none. It names no key. */
function verifyNote(text: string, vkey?: string): Verification | null {
  if (!/^[^\n]+\n\d+\n[^\n]+\n\n— /.test(text)) return null;
  const verifier = vkey === undefined ? null : readVkey(vkey);
  const head = verifier && openCheckpoint(text, verifier);
  if (!head)
    return refused(
      'checkpoint',
      'チェックポイントの署名を確かめられません。--key に、会社の公表する検証鍵を指定してください。',
      'The signature of the checkpoint cannot be told to be good. Give --key the key that the company publishes.',
    );
  const { origin, size, root } = head;
  return {
    ok: true,
    kind: 'checkpoint',
    says: {
      ja: `${origin} の${size}件までのチェックポイントで、署名は正しいものです。`,
      en: `It is the checkpoint of ${origin} at ${size} entries, and its signature is good.`,
    },
    origin,
    vkey: vkey!,
    size,
    root,
  };
}
