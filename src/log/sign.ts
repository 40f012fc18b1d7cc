// Signing: notes, checkpoints and papers with the key of the log. Only the server does this; checking (`note.ts`, `seal.ts`) needs nothing from
// here.

import { createPublicKey, sign, type KeyObject } from 'node:crypto';
import { base64, hexOf, lettersOf } from './bytes.ts';
import type { Hash } from './merkle.ts';
import { ED25519, isName, keyHashOf, PUBLIC_KEY_BYTES, type Checkpoint } from './note.ts';
import { emptySeal, filled, findSeals, isPdf } from './seal.ts';

/** A private key and the name it signs under, which is the origin of the log. */
export interface Signer {
  name: string;
  privateKey: KeyObject;
  /** The checkpoint of the largest log this key is known to have signed. */
  signed?: () => Checkpoint | null;
  /** Stores a checkpoint of this key that has been published, by whichever process, because people may hold it. */
  remember?: (size: number, note: string) => void;
  /** Tells when checkpoints can no longer be stored, with the error code, and with null once they can again. */
  watch?: (told: (why: string | null) => void) => void;
}

/** SubjectPublicKeyInfo of an Ed25519 key (RFC 8410) ends in the key itself. */
const rawPublicKey = (key: KeyObject): Uint8Array =>
  createPublicKey(key).export({ type: 'spki', format: 'der' }).subarray(-PUBLIC_KEY_BYTES);

/** The verification keys of the signers that were asked for theirs: a page asks several times, and deriving a key takes half a millisecond. */
const vkeys = new WeakMap<Signer, string>();

/** The verification key of a signer, for publication. Throws RangeError for a name with spaces or plus signs, or a key that is not Ed25519. */
export function vkeyOf(signer: Signer): string {
  const known = vkeys.get(signer);
  if (known !== undefined) return known;
  if (!isName(signer.name)) throw new RangeError('note: a key name has no spaces and no plus sign');
  if (signer.privateKey.asymmetricKeyType !== 'ed25519') throw new RangeError('note: the key is not Ed25519');
  const raw = rawPublicKey(signer.privateKey);
  const vkey = `${signer.name}+${hexOf(keyHashOf(signer.name, raw))}+${base64(Buffer.concat([Buffer.from([ED25519]), raw]))}`;
  vkeys.set(signer, vkey);
  return vkey;
}

/** The signature over a text, in hexadecimal. Such a text begins with the name of the log and its kind, so that it cannot pass for anything else. */
export const signText = (text: string, { privateKey }: Signer): string =>
  hexOf(sign(null, Buffer.from(text), privateKey));

/** Appends the signature line to a text. The text must end in a newline (RangeError). */
export function signNote(text: string, signer: Signer): string {
  if (!text.endsWith('\n')) throw new RangeError('note: the text ends in a newline');
  const signature = sign(null, Buffer.from(text), signer.privateKey);
  const keyHash = keyHashOf(signer.name, rawPublicKey(signer.privateKey));
  return `${text}\n— ${signer.name} ${base64(Buffer.concat([keyHash, signature]))}\n`;
}

/** A signed checkpoint: origin, size and root, one per line. */
export const signCheckpoint = (size: number, root: Hash, signer: Signer): string =>
  signNote(`${signer.name}\n${size}\n${base64(root)}\n`, signer);

/** Seals a PDF that contains the placeholder uncompressed. Throws RangeError when it is not a PDF or contains none. */
export function sealPdf(bytes: Uint8Array, privateKey: KeyObject): Uint8Array {
  const places = findSeals(lettersOf(bytes));
  // The PDF header keeps this signature distinct from signed notes, which begin with a key name.
  if (!isPdf(bytes)) throw new RangeError('seal: not a PDF');
  if (places.length === 0 || places.some(({ hex }) => hex !== emptySeal)) {
    throw new RangeError('seal: no empty placeholder in the PDF');
  }
  return filled(bytes, places, hexOf(sign(null, bytes, privateKey)));
}
