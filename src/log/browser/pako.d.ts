// The part of pako used here; pako has no types of its own.

declare module 'pako' {
  export class Inflate {
    constructor(options: { windowBits: number });
    onData: (piece: Uint8Array) => void;
    /** Returns true when the stream ended and was valid. `last`: no more data follows. */
    push(data: Uint8Array, last: boolean): boolean;
  }
}
