// What only the office can do: sign notes, checkpoints and papers with the key of its log. Whoever checks them (`note.ts`, `seal.ts`) needs
// nothing of this.

import { createPublicKey, sign, type KeyObject } from 'node:crypto';
import { base64, hexOf, lettersOf } from './bytes.ts';
import type { Hash } from './merkle.ts';
import { ED25519, isName, keyHashOf, PUBLIC_KEY_BYTES, type Checkpoint } from './note.ts';
import { emptySeal, filled, findSeals, isPdf } from './seal.ts';

/** A key that signs under a name; the name is the origin of the log. */
export interface Signer {
  name: string;
  privateKey: KeyObject;
  /** The checkpoint of the largest log that it signed, as far as it remembers. */
  signed?: () => Checkpoint | null;
  /** Remembers a checkpoint that is out: people may hold it. */
  remember?: (size: number, note: string) => void;
}

/** SubjectPublicKeyInfo of an Ed25519 key (RFC 8410) ends in the key itself. */
const rawPublicKey = (key: KeyObject): Uint8Array =>
  createPublicKey(key).export({ type: 'spki', format: 'der' }).subarray(-PUBLIC_KEY_BYTES);

/** The verification key of a signer, to publish. Throws RangeError for a name with spaces or plus signs, or a key that is not Ed25519. */
export function vkeyOf(signer: Signer): string {
  if (!isName(signer.name)) throw new RangeError('note: a key name has no spaces and no plus sign');
  if (signer.privateKey.asymmetricKeyType !== 'ed25519') throw new RangeError('note: the key is not Ed25519');
  const raw = rawPublicKey(signer.privateKey);
  return `${signer.name}+${hexOf(keyHashOf(signer.name, raw))}+${base64(Buffer.concat([Buffer.from([ED25519]), raw]))}`;
}

/** The signature over a text, in hexadecimal. What is signed so begins with the name of the log and what it is, so that it reads as nothing else. */
export const signText = (text: string, { privateKey }: Signer): string =>
  hexOf(sign(null, Buffer.from(text), privateKey));

/** A text (ending in a newline) with its signature line. */
export function signNote(text: string, signer: Signer): string {
  if (!text.endsWith('\n')) throw new RangeError('note: the text ends in a newline');
  const signature = sign(null, Buffer.from(text), signer.privateKey);
  const keyHash = keyHashOf(signer.name, rawPublicKey(signer.privateKey));
  return `${text}\n— ${signer.name} ${base64(Buffer.concat([keyHash, signature]))}\n`;
}

/** A checkpoint, signed: origin, size and root, a line each. */
export const signCheckpoint = (size: number, root: Hash, signer: Signer): string =>
  signNote(`${signer.name}\n${size}\n${base64(root)}\n`, signer);

/** Seals a PDF that holds the placeholder, uncompressed. Throws RangeError when it is no PDF or holds none. */
export function sealPdf(bytes: Uint8Array, privateKey: KeyObject): Uint8Array {
  const places = findSeals(lettersOf(bytes));
  // The header keeps what is signed here apart from signed notes, which begin with a key name.
  if (!isPdf(bytes)) throw new RangeError('seal: not a PDF');
  if (places.length === 0 || places.some(({ hex }) => hex !== emptySeal)) {
    throw new RangeError('seal: no empty placeholder in the PDF');
  }
  return filled(bytes, places, hexOf(sign(null, bytes, privateKey)));
}
