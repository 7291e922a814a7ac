const mostPlaces = 1 << 17;

/** Where the program's own modules note which of their places they reach, in the fuzzer (`prepare.ts`). */
export const reached = new Uint8Array(mostPlaces);
