const decoder = new TextDecoder("latin1");

/**
 * Whether a number, given as its JSON text, is one that all of its readers agree on: finite, and no integer beyond
 * ±(2^53-1). Every double from 2^53 on is an integer, however it was written, so the test needs only the magnitude.
 */
export function isKeptExactly(token: Uint8Array): boolean {
  return Math.abs(Number(decoder.decode(token))) <= Number.MAX_SAFE_INTEGER;
}
