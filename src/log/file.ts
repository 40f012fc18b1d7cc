// `sekisho verify`: recognises what was handed over and checks it, offline.

import { isExport, verifyExport } from './export.ts';
import { verifyProofFile } from './receipt.ts';
import { verifyPdf } from './seal.ts';
import { refused, type Verification } from './verification.ts';

/**
 * Checks an export of the log, a receipt, an erasure certificate or a sealed PDF. With `vkey`, the log's published verification key, it
 * must be of that log; without, the key inside is used and named in the answer. Never throws for a file, whatever it holds.
 */
export function verifyFile(bytes: Uint8Array, vkey?: string): Verification {
  const found = recognise(bytes, vkey);
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

function recognise(bytes: Uint8Array, vkey?: string): Verification {
  if (Buffer.from(bytes.subarray(0, 5)).toString('latin1') === '%PDF-') return verifyPdf(bytes, vkey);
  if (isExport(bytes)) return verifyExport(bytes, vkey);
  return (
    verifyProofFile(Buffer.from(bytes).toString(), vkey) ??
    refused(
      'unrecognised',
      '関所の記録・控え・証明書のいずれでもありません。',
      'This is not a log export, a receipt or a certificate of Sekisho.',
    )
  );
}
