// Identifiers: UUIDv7 (RFC 9562), made in the application so that a row knows its id before it is written.

const hex = Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, '0'));
const pool = new Uint8Array(16 * 256);
let used = pool.length;

/** A new UUIDv7 for the given instant in milliseconds since the epoch. Random bits come from the system's generator. */
export function newId(epochMs: number): string {
  if (used === pool.length) {
    crypto.getRandomValues(pool);
    used = 0;
  }
  const b = pool.subarray(used, used + 16);
  used += 16;
  b[0] = epochMs / 2 ** 40;
  b[1] = epochMs / 2 ** 32;
  b[2] = epochMs / 2 ** 24;
  b[3] = epochMs / 2 ** 16;
  b[4] = epochMs / 2 ** 8;
  b[5] = epochMs;
  b[6] = (b[6]! & 0x0f) | 0x70;
  b[8] = (b[8]! & 0x3f) | 0x80;
  const h = (i: number): string => hex[b[i]!]!;
  return (
    h(0) +
    h(1) +
    h(2) +
    h(3) +
    '-' +
    h(4) +
    h(5) +
    '-' +
    h(6) +
    h(7) +
    '-' +
    h(8) +
    h(9) +
    '-' +
    h(10) +
    h(11) +
    h(12) +
    h(13) +
    h(14) +
    h(15)
  );
}

/** The lowest id of an instant in milliseconds since the epoch. Ids made before the instant sort before it; ids made at or after it do not. */
export function firstId(epochMs: number): string {
  const time = Math.max(0, epochMs).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000000`;
}

const pattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** True for the lower-case text form of a UUID. */
export const isId = (text: string): boolean => pattern.test(text);
