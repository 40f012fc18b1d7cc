// Recognises a file of the log and checks it offline. Used by `sekisho verify`, the verifier, and the page `/verify`, which checks in steps.

import { textOf } from './bytes.ts';
import { isExport, verifyExport } from './exported.ts';
import { openCheckpoint, readVkey } from './note.ts';
import { verifyProofFile } from './receipt.ts';
import { isPdf, verifyPdf } from './seal.ts';
import { refused, uncheckable, type Check, type Held, type Step, type Verification } from './verification.ts';

/**
 * Checks an export of the log, a receipt, an erasure certificate, a sealed PDF, a checkpoint or a proof of consistency. With `vkey`, the log's
 * published verification key, the file must be of that log; without it, the key in the file is used and named in the answer. With `since`, an older
 * file that the reader holds, the log must continue the one covered by that file: a signer can make a different history that is consistent in
 * itself, but not one that agrees with what was handed out before. Never throws, whatever the file holds.
 */
export function verifyFile(bytes: Uint8Array, vkey?: string, since?: Uint8Array): Verification {
  const check = checkFile(bytes, vkey, since);
  for (;;) {
    const { done, value } = check.next();
    if (done) return value;
  }
}

/** The same check in steps. Only files with many entries have steps. */
export const checkFile = (bytes: Uint8Array, vkey?: string, since?: Uint8Array): Check =>
  since ? continuing(bytes, since, vkey) : recognise(bytes, vkey);

function* continuing(bytes: Uint8Array, since: Uint8Array, vkey?: string): Check {
  const older = yield* recognise(since, vkey, undefined, 'since');
  if (!older.ok)
    return { ...older, says: { ja: `お手元のファイル：${older.says.ja}`, en: `The file you hold: ${older.says.en}` } };
  const held: Held = { size: older.size!, root: older.root! };
  const found = yield* recognise(bytes, older.vkey, held);
  if (!found.ok) return found;
  if (found.kind !== 'export' && found.kind !== 'consistency')
    return uncheckable(
      found.kind,
      `続きかどうかは、記録の書き出しか、/log/consistency/${held.size} のファイルで確かめられます。`,
      `To check whether the log continues, use an export or the file at /log/consistency/${held.size}.`,
    );
  return {
    ...found,
    says: {
      ja: `${found.says.ja}お手元にある${held.size}件までの記録の続きです。`,
      en: `${found.says.en} It continues the log of ${held.size} entries that you hold.`,
    },
  };
}

function* recognise(bytes: Uint8Array, vkey?: string, held?: Held, as: Step['in'] = 'file'): Check {
  if (isPdf(bytes)) return verifyPdf(bytes, vkey);
  if (isExport(bytes)) return yield* verifyExport(bytes, vkey, held, as);
  const text = textOf(bytes);
  return (
    verifyProofFile(text, vkey, held) ??
    verifyNote(text, vkey) ??
    uncheckable(
      'unrecognised',
      '関所の記録、控え、証明書のどれでもありません。',
      'This is not a log export, a receipt or a certificate of Sekisho.',
    )
  );
}

/** Checks a published checkpoint; null when the text is not one. A checkpoint does not name its key. */
function verifyNote(text: string, vkey?: string): Verification | null {
  if (!/^[^\n]+\n\d+\n[^\n]+\n\n— /.test(text)) return null;
  if (vkey === undefined)
    return uncheckable(
      'checkpoint',
      'チェックポイントだけのファイルは、会社の公表する検証鍵（プログラムでは --key）と合わせて確かめます。',
      'A checkpoint by itself is checked by the key that the company publishes (--key for the program).',
    );
  const verifier = readVkey(vkey);
  const head = verifier && openCheckpoint(text, verifier);
  if (!head)
    return refused(
      'checkpoint',
      'チェックポイントの署名は、指定された検証鍵では正しくありません。',
      'The signature of the checkpoint is not valid under the key that was given.',
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
    vkey,
    size,
    root,
  };
}
