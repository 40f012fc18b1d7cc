// Arrays as binary parameters of PostgreSQL (the wire format of array_send). As text they cost driver and server several times as much on the
// vault's hot path. Results stay text, because pg decodes binary results as UTF-8.

const OID = { bytea: 17, text: 25, int4: 23, uuid: 2950, timestamptz: 1184 } as const;
const HEADER = 20;
/** 2000-01-01T00:00:00Z, the epoch of PostgreSQL's timestamps, in ms since 1970. */
export const PG_EPOCH_MS = 946_684_800_000;

function encode<T>(
  values: readonly (T | null)[],
  oid: number,
  sizeOf: (value: T) => number,
  write: (value: T, into: Buffer, at: number) => void,
): Buffer {
  let size = HEADER;
  let nulls = 0;
  const sizes = new Array<number>(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    const n = value === null || value === undefined ? -1 : sizeOf(value);
    if (n === -1) nulls = 1;
    sizes[i] = n;
    size += 4 + Math.max(0, n);
  }
  const out = Buffer.allocUnsafe(size);
  out.writeInt32BE(1, 0);
  out.writeInt32BE(nulls, 4);
  out.writeInt32BE(oid, 8);
  out.writeInt32BE(values.length, 12);
  out.writeInt32BE(1, 16);
  let at = HEADER;
  for (let i = 0; i < values.length; i++) {
    const n = sizes[i]!;
    out.writeInt32BE(n, at);
    at += 4;
    if (n >= 0) {
      write(values[i] as T, out, at);
      at += n;
    }
  }
  return out;
}

export const uuidArray = (ids: readonly (string | null)[]): Buffer =>
  encode(
    ids,
    OID.uuid,
    () => 16,
    (id, out, at) => {
      out.write(id.slice(0, 8) + id.slice(9, 13) + id.slice(14, 18) + id.slice(19, 23) + id.slice(24), at, 16, 'hex');
    },
  );

export const textArray = (texts: readonly (string | null)[]): Buffer =>
  encode(
    texts,
    OID.text,
    (text) => Buffer.byteLength(text),
    (text, out, at) => {
      out.write(text, at);
    },
  );

export const byteaArray = (blobs: readonly (Uint8Array | null)[]): Buffer =>
  encode(
    blobs,
    OID.bytea,
    (blob) => blob.length,
    (blob, out, at) => {
      out.set(blob, at);
    },
  );

export const int4Array = (numbers: readonly (number | null)[]): Buffer =>
  encode(
    numbers,
    OID.int4,
    () => 4,
    (n, out, at) => {
      out.writeInt32BE(n, at);
    },
  );

/** Instants in milliseconds since the epoch. */
export const timestampArray = (instants: readonly (number | null)[]): Buffer =>
  encode(
    instants,
    OID.timestamptz,
    () => 8,
    (ms, out, at) => {
      out.writeBigInt64BE(BigInt(ms - PG_EPOCH_MS) * 1000n, at);
    },
  );
