// What is kept and does not open: it was damaged or moved from its place, or its key was. Whoever asks for it is told that, and not of a failure of
// the program.

export class Damaged extends Error {}
