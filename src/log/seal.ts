// The seal of a PDF: an Ed25519 signature over every byte of the file, stored inside it in place of a placeholder, so that any change to the
// content breaks it. The receipt attached to the file ties the seal to the log.

import { inflate } from '#crypto';
import { bytesOf, lettersOf, readHex, textOf } from './bytes.ts';
import { readVkey } from './note.ts';
import { verifyProofFile } from './receipt.ts';
import { refused, type Verification } from './verification.ts';

const MARK = 'sekisho-seal:';
const HEX = 128;

/** The placeholder for the seal while the file is signed. */
export const emptySeal = '0'.repeat(HEX);

/**
 * Largest size of a receipt in bytes, with ample room beyond the longest entry and proof. An attachment that decompresses to more is not a receipt.
 */
const MOST_RECEIPT = 1024 * 1024;

/** Put this into the document's keywords; it may end up in several places of the file. */
export const sealPlaceholder = MARK + emptySeal;

export const isPdf = (bytes: Uint8Array): boolean => lettersOf(bytes.subarray(0, 5)) === '%PDF-';

/** The positions of the seal in a PDF read as one character per byte, and the hexadecimal text at each. */
export function findSeals(letters: string): { at: number; hex: string }[] {
  const found: { at: number; hex: string }[] = [];
  for (let i = letters.indexOf(MARK); i >= 0; i = letters.indexOf(MARK, i + 1)) {
    const at = i + MARK.length;
    const hex = letters.slice(at, at + HEX);
    if (/^[0-9a-f]{128}$/.test(hex)) found.push({ at, hex });
  }
  return found;
}

/** A copy of the PDF with `hex` written at the positions of its seal. */
export function filled(pdf: Uint8Array, places: readonly { at: number }[], hex: string): Uint8Array {
  const copy = Uint8Array.from(pdf);
  for (const { at } of places) copy.set(bytesOf(hex), at);
  return copy;
}

/** The files embedded in a PDF, decompressed; files in other encodings are skipped. */
function embeddedFiles(pdf: Uint8Array, letters: string): Uint8Array[] {
  const files: Uint8Array[] = [];
  for (let i = letters.indexOf('/EmbeddedFile'); i >= 0; i = letters.indexOf('/EmbeddedFile', i + 1)) {
    const start = letters.lastIndexOf(' obj', i);
    const stream = letters.indexOf('stream', i);
    if (start < 0 || stream < 0) continue;
    const dictionary = letters.slice(start, stream);
    const length = Number(/\/Length (\d+)(?! \d+ R)/.exec(dictionary)?.[1] ?? NaN);
    const body = stream + 'stream'.length + (pdf[stream + 'stream'.length] === 0x0d ? 2 : 1);
    if (dictionary.includes('endobj') || !Number.isSafeInteger(length)) continue;
    const data = pdf.subarray(body, body + length);
    try {
      files.push(dictionary.includes('/FlateDecode') ? inflate(data, MOST_RECEIPT) : data);
    } catch {
      continue;
    }
  }
  return files;
}

/** Checks a sealed PDF: its attached receipt, the seal over every byte, and that both belong to the same log. */
export function verifyPdf(pdf: Uint8Array, vkey?: string): Verification {
  const letters = lettersOf(pdf);
  const seals = findSeals(letters);
  const seal = seals[0];
  if (!seal) return refused('pdf-receipt', 'この PDF には封印がありません。', 'This PDF has no seal.');
  for (const file of embeddedFiles(pdf, letters)) {
    const proof = verifyProofFile(textOf(file), vkey);
    if (!proof) continue;
    if (!proof.ok) return { ...proof, kind: 'pdf-receipt' };
    const { verifies } = readVkey(proof.vkey!)!;
    const whole =
      seals.every(({ hex }) => hex === seal.hex) && verifies(filled(pdf, seals, emptySeal), readHex(seal.hex));
    return whole
      ? { ...proof, kind: 'pdf-receipt' }
      : refused(
          'pdf-receipt',
          '封印が正しくありません。発行後に PDF が書き換えられています。',
          'The seal is broken: the PDF was changed after it was issued.',
        );
  }
  return refused('pdf-receipt', 'この PDF には記録の証明が付いていません。', 'This PDF carries no proof of an entry.');
}
