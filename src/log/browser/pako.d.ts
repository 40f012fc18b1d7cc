// What is used of pako, which has no types of its own.

declare module 'pako' {
  export class Inflate {
    constructor(options: { windowBits: number });
    onData: (piece: Uint8Array) => void;
    /** Whether the stream ended, and well. `last`: no more follows. */
    push(data: Uint8Array, last: boolean): boolean;
  }
}
