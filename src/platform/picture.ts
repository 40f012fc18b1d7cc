// Strips a picture file to the picture: removes place and time, notes, and the thumbnails that cameras embed, in which details covered in the
// picture may still be visible. Nothing is decoded; segments and chunks are kept or left out whole.

export const ascii = (bytes: Uint8Array, from: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(from, from + length));

export const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const START_OF_SCAN = 0xda;
const END = 0xd9;
const JFIF = 0xe0;
/** States how the colours are to be read. */
const ADOBE = 0xee;

/** True when a JPEG segment belongs to the picture. A JFIF header does if it has no thumbnail; other application segments do not. */
function isPicture(marker: number, segment: Uint8Array): boolean {
  if (marker === JFIF) return segment.length === 18 && ascii(segment, 4, 5) === 'JFIF\0';
  if (marker === ADOBE) return segment.length === 16 && ascii(segment, 4, 5) === 'Adobe';
  // Frames, tables and scans.
  return marker >= 0xc0 && marker <= 0xdf;
}

/** The first real marker at or after an offset, not part of the image data; the end if there is none. */
function nextMarker(bytes: Uint8Array, from: number): number {
  for (let at = from; at + 1 < bytes.length; at++) {
    const after = bytes[at + 1]!;
    const data = bytes[at] !== 0xff || after === 0 || after === 0xff || (after >= 0xd0 && after <= 0xd7);
    if (!data) return at;
  }
  return bytes.length;
}

function bareJpeg(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const view = viewOf(bytes);
  const kept: Uint8Array[] = [bytes.subarray(0, 2)];
  for (let at = nextMarker(bytes, 2); at + 4 <= bytes.length;) {
    const marker = bytes[at + 1]!;
    const end = at + 2 + view.getUint16(at + 2);
    if (marker === END || end < at + 4 || end > bytes.length) break;
    const next = marker === START_OF_SCAN ? nextMarker(bytes, end) : end;
    const segment = bytes.subarray(at, next);
    if (isPicture(marker, segment)) kept.push(segment);
    at = nextMarker(bytes, next);
  }
  return joined([...kept, new Uint8Array([0xff, END])]);
}

/** The chunks a PNG is drawn from. */
const CHUNKS = new Set(['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'sRGB', 'gAMA', 'cHRM', 'sBIT', 'bKGD', 'pHYs']);
const PNG_HEAD = 8;

function barePng(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const view = viewOf(bytes);
  const kept: Uint8Array[] = [bytes.subarray(0, PNG_HEAD)];
  for (let at = PNG_HEAD; at + 12 <= bytes.length;) {
    const end = at + 12 + view.getUint32(at);
    const type = ascii(bytes, at + 4, 4);
    if (end > bytes.length) break;
    if (CHUNKS.has(type)) kept.push(bytes.subarray(at, end));
    if (type === 'IEND') break;
    at = end;
  }
  return joined(kept);
}

/** Returns the picture alone. Anything after its end is removed too. */
export const barePicture = (kind: 'jpeg' | 'png', bytes: Uint8Array): Uint8Array<ArrayBuffer> =>
  kind === 'jpeg' ? bareJpeg(bytes) : barePng(bytes);
