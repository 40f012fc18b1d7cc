// Signed notes (C2SP signed-note) and checkpoints (C2SP tlog-checkpoint) with Ed25519. What is signed is exactly the text that is shown;
// base64 is read strictly, so that one note has one spelling.

import { createPublicKey, hash, sign as ed25519Sign, verify as ed25519Verify, type KeyObject } from 'node:crypto';
import { HASH_BYTES, type Hash } from './merkle.ts';

/** A key that signs under a name; the name is the origin of the log. */
export interface Signer {
  name: string;
  privateKey: KeyObject;
}

/** A verification key as C2SP writes it (`name+hash+base64`), read. */
export interface Verifier {
  name: string;
  keyHash: Uint8Array;
  publicKey: KeyObject;
}

/** The head of the log at one moment: `size` entries, and their root. */
export interface Checkpoint {
  origin: string;
  size: number;
  root: Hash;
}

const ED25519 = 1;
const PUBLIC_KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;
/** SubjectPublicKeyInfo of an Ed25519 key (RFC 8410) up to the key itself. */
const spkiPrefix = Buffer.from('302a300506032b6570032100', 'hex');

/** Reads base64 in its one canonical spelling (RFC 4648 section 3.5); null otherwise. */
export function readBase64(text: string): Uint8Array | null {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : null;
}

export const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

const isName = (name: string): boolean => /^[^\s+\p{C}]+$/u.test(name);

const rawPublicKey = (key: KeyObject): Uint8Array =>
  new Uint8Array(createPublicKey(key).export({ type: 'spki', format: 'der' }).subarray(spkiPrefix.length));

const keyHashOf = (name: string, raw: Uint8Array): Uint8Array =>
  hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), Buffer.from([ED25519]), raw]), 'buffer').subarray(0, 4);

/** The verification key of a signer, to publish. Throws RangeError for a name with spaces or plus signs, or a key that is not Ed25519. */
export function vkeyOf(signer: Signer): string {
  if (!isName(signer.name)) throw new RangeError('note: a key name has no spaces and no plus sign');
  if (signer.privateKey.asymmetricKeyType !== 'ed25519') throw new RangeError('note: the key is not Ed25519');
  const raw = rawPublicKey(signer.privateKey);
  const keyHash = Buffer.from(keyHashOf(signer.name, raw)).toString('hex');
  return `${signer.name}+${keyHash}+${base64(Buffer.concat([Buffer.from([ED25519]), raw]))}`;
}

/** Reads a verification key; null when it is not a well-formed Ed25519 key whose hash agrees. */
export function readVkey(vkey: string): Verifier | null {
  const [, name, hex, key] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(vkey) ?? [];
  const bytes = key === undefined ? null : readBase64(key);
  if (!name || !isName(name) || !hex || !bytes) return null;
  if (bytes.length !== 1 + PUBLIC_KEY_BYTES || bytes[0] !== ED25519) return null;
  const raw = bytes.subarray(1);
  const keyHash = keyHashOf(name, raw);
  if (Buffer.from(keyHash).toString('hex') !== hex) return null;
  return {
    name,
    keyHash,
    publicKey: createPublicKey({ key: Buffer.concat([spkiPrefix, raw]), format: 'der', type: 'spki' }),
  };
}

/** A text (ending in a newline) with its signature line. */
export function signNote(text: string, signer: Signer): string {
  if (!text.endsWith('\n')) throw new RangeError('note: the text ends in a newline');
  const signature = ed25519Sign(null, Buffer.from(text), signer.privateKey);
  const keyHash = keyHashOf(signer.name, rawPublicKey(signer.privateKey));
  return `${text}\n— ${signer.name} ${base64(Buffer.concat([keyHash, signature]))}\n`;
}

/** The text of a note when this verifier's signature is on it and good; null otherwise. Other keys' signatures are passed over. */
export function openNote(note: string, verifier: Verifier): string | null {
  const gap = note.lastIndexOf('\n\n');
  if (gap < 0 || !note.endsWith('\n')) return null;
  const text = note.slice(0, gap + 1);
  const lines = note.slice(gap + 2, -1).split('\n');
  let signed = false;
  for (const line of lines) {
    const [, name, encoded] = /^— (\S+) (\S+)$/.exec(line) ?? [];
    const bytes = encoded === undefined ? null : readBase64(encoded);
    if (!name || !bytes || bytes.length < 5) return null;
    if (name !== verifier.name || Buffer.compare(bytes.subarray(0, 4), verifier.keyHash) !== 0) continue;
    const signature = bytes.subarray(4);
    if (signature.length !== SIGNATURE_BYTES) return null;
    if (!ed25519Verify(null, Buffer.from(text), verifier.publicKey, signature)) return null;
    signed = true;
  }
  return signed ? text : null;
}

/** A checkpoint, signed: origin, size and root, a line each. */
export const signCheckpoint = (size: number, root: Hash, signer: Signer): string =>
  signNote(`${signer.name}\n${size}\n${base64(root)}\n`, signer);

/** A checkpoint whose signature is good and whose origin is the key's name; null otherwise. Extension lines are not known here and refused. */
export function openCheckpoint(note: string, verifier: Verifier): Checkpoint | null {
  const [, origin, size, root] = /^([^\n]+)\n(0|[1-9]\d{0,15})\n([^\n]+)\n$/.exec(openNote(note, verifier) ?? '') ?? [];
  const hashed = root === undefined ? null : readBase64(root);
  if (origin !== verifier.name || !hashed || hashed.length !== HASH_BYTES) return null;
  return Number.isSafeInteger(Number(size)) ? { origin, size: Number(size), root: hashed } : null;
}
