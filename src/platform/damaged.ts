// Something stored that does not open, because it or its key was damaged or moved. The user is told so, instead of a failure of the program.

export class Damaged extends Error {}
