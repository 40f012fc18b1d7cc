// Bytes to text and back with what Node and browsers have in common, so that both read a file of the log in the same way.

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const single = new TextDecoder('latin1');

export const bytesOf = (text: string): Uint8Array<ArrayBuffer> => encoder.encode(text);

/** Decodes UTF-8. Invalid sequences become U+FFFD; nothing is dropped. */
export const textOf = (bytes: Uint8Array): string => decoder.decode(bytes);

/** One character per byte, at the same index; ASCII is unchanged. */
export const lettersOf = (bytes: Uint8Array): string => single.decode(bytes);

export const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Decodes hexadecimal, two digits per byte. */
export const readHex = (hex: string): Uint8Array =>
  Uint8Array.from(hex.match(/../g) ?? [], (digits) => parseInt(digits, 16));

export const base64 = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));

/** Reads base64 in its one canonical spelling (RFC 4648 section 3.5); null otherwise. */
export function readBase64(text: string): Uint8Array | null {
  try {
    const letters = atob(text);
    return btoa(letters) === text ? Uint8Array.from(letters, (letter) => letter.charCodeAt(0)) : null;
  } catch {
    return null;
  }
}

export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, i) => byte === b[i]);
