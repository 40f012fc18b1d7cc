// A picture's file without what is not the picture: where and when it was taken, notes, and the small pictures that cameras put inside, on which
// may still be seen what was covered on the large one. Nothing is decoded; segments and chunks are kept or left out whole.

const ascii = (bytes: Uint8Array, from: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(from, from + length));

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

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
/** Says how the colours are to be read. */
const ADOBE = 0xee;

/** Whether a JPEG segment belongs to the picture. A JFIF header does while it holds no small picture, and nothing else that a program may add. */
function isPicture(marker: number, segment: Uint8Array): boolean {
  if (marker === JFIF) return segment.length === 18 && ascii(segment, 4, 5) === 'JFIF\0';
  if (marker === ADOBE) return segment.length === 16 && ascii(segment, 4, 5) === 'Adobe';
  // Frames, tables and scans.
  return marker >= 0xc0 && marker <= 0xdf;
}

/** The first marker at or after a place that is none of the picture's data itself; the end where there is none. */
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

/** What a PNG is drawn from. */
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

/** The picture alone. What lies behind its end is gone too. */
export const barePicture = (kind: 'jpeg' | 'png', bytes: Uint8Array): Uint8Array<ArrayBuffer> =>
  kind === 'jpeg' ? bareJpeg(bytes) : barePng(bytes);
