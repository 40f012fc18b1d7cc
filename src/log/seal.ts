// The seal of a PDF: an Ed25519 signature over every byte of the file, kept inside it where a placeholder stood, so that what is printed
// cannot be changed without breaking it. The receipt attached to the file ties the seal to the log.

import { sign, verify, type KeyObject } from 'node:crypto';
import { inflateSync } from 'node:zlib';
import { readVkey } from './note.ts';
import { verifyProofFile } from './receipt.ts';
import { refused, type Verification } from './verification.ts';

const MARK = 'sekisho-seal:';
const HEX = 128;

/** Bytes of a receipt, with far more than the longest entry and proof. What a file unfolds to beyond that is no receipt. */
const MOST_RECEIPT = 1024 * 1024;

/** Put this into the document's keywords; it may end up in several places of the file. */
export const sealPlaceholder = MARK + '0'.repeat(HEX);

/** Where the seal stands, and what it says in each place. */
function findSeals(pdf: Buffer): { at: number; hex: string }[] {
  const found: { at: number; hex: string }[] = [];
  for (let i = pdf.indexOf(MARK); i >= 0; i = pdf.indexOf(MARK, i + 1)) {
    const at = i + MARK.length;
    const hex = pdf.toString('latin1', at, at + HEX);
    if (/^[0-9a-f]{128}$/.test(hex)) found.push({ at, hex });
  }
  return found;
}

function filled(pdf: Buffer, places: { at: number }[], hex: string): Buffer {
  const copy = Buffer.from(pdf);
  for (const { at } of places) copy.write(hex, at, 'latin1');
  return copy;
}

/** Seals a PDF that holds the placeholder, uncompressed. Throws RangeError when it is no PDF or holds none. */
export function sealPdf(bytes: Uint8Array, privateKey: KeyObject): Uint8Array {
  const pdf = Buffer.from(bytes);
  const places = findSeals(pdf);
  // The header keeps what is signed here apart from signed notes, which begin with a key name.
  if (pdf.toString('latin1', 0, 5) !== '%PDF-') throw new RangeError('seal: not a PDF');
  if (places.length === 0 || places.some(({ hex }) => hex !== '0'.repeat(HEX))) {
    throw new RangeError('seal: no empty placeholder in the PDF');
  }
  return filled(pdf, places, sign(null, pdf, privateKey).toString('hex'));
}

/** The files embedded in a PDF, decompressed; those in other encodings are passed over. */
function embeddedFiles(pdf: Buffer): Buffer[] {
  const files: Buffer[] = [];
  for (let i = pdf.indexOf('/EmbeddedFile'); i >= 0; i = pdf.indexOf('/EmbeddedFile', i + 1)) {
    const start = pdf.lastIndexOf(' obj', i);
    const stream = pdf.indexOf('stream', i);
    if (start < 0 || stream < 0) continue;
    const dictionary = pdf.toString('latin1', start, stream);
    const length = Number(/\/Length (\d+)(?! \d+ R)/.exec(dictionary)?.[1] ?? NaN);
    const body = stream + 'stream'.length + (pdf[stream + 'stream'.length] === 0x0d ? 2 : 1);
    if (dictionary.includes('endobj') || !Number.isSafeInteger(length)) continue;
    const data = pdf.subarray(body, body + length);
    try {
      files.push(dictionary.includes('/FlateDecode') ? inflateSync(data, { maxOutputLength: MOST_RECEIPT }) : data);
    } catch {
      continue;
    }
  }
  return files;
}

/** Checks a sealed PDF: the receipt attached to it, the seal over every byte, and that both are of the same log. */
export function verifyPdf(bytes: Uint8Array, vkey?: string): Verification {
  const pdf = Buffer.from(bytes);
  const seals = findSeals(pdf);
  const seal = seals[0];
  if (!seal) return refused('pdf-receipt', 'この PDF には封印がありません。', 'This PDF has no seal.');
  for (const file of embeddedFiles(pdf)) {
    const proof = verifyProofFile(file.toString(), vkey);
    if (!proof) continue;
    if (!proof.ok) return { ...proof, kind: 'pdf-receipt' };
    const key = readVkey(proof.vkey!)!.publicKey;
    const blank = filled(pdf, seals, '0'.repeat(HEX));
    const whole = seals.every(({ hex }) => hex === seal.hex) && verify(null, blank, key, Buffer.from(seal.hex, 'hex'));
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
