const C1 = 0xcc9e2d51;
const C2 = 0x1b873593;

/** MurmurHash3, 32 bits, over UTF-16 code units taken two at a time. Part of the language: it must never change. */
export function hash32(text: string, seed = 0): number {
  let hash = seed | 0;
  const pairs = text.length >> 1;
  for (let i = 0; i < pairs; i++) {
    hash ^= scramble(text.charCodeAt(2 * i) | (text.charCodeAt(2 * i + 1) << 16));
    hash = Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64;
  }
  if (text.length & 1) hash ^= scramble(text.charCodeAt(text.length - 1));
  return avalanche(hash ^ (text.length * 2));
}

function scramble(block: number): number {
  const mixed = Math.imul(block, C1);
  return Math.imul((mixed << 15) | (mixed >>> 17), C2);
}

/** Spreads a 32-bit integer over all 32 bits, one to one. */
export function avalanche(value: number): number {
  let hash = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
