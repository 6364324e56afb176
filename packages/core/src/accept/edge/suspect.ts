import { ingestLimits } from "../limits.ts";
import { isKeptExactly } from "./number.ts";

const quote = 0x22;
const backslash = 0x5c;
const letterU = 0x75;

/** A position no document has: where the scan stops when it wants a closer look. */
const suspect = 0x3fff_ffff;

const opening = 1;
const closing = 2;
const text = 3;
const number = 4;

const kinds = new Uint8Array(256);
for (const byte of new TextEncoder().encode("{[")) kinds[byte] = opening;
for (const byte of new TextEncoder().encode("}]")) kinds[byte] = closing;
for (const byte of new TextEncoder().encode("-0123456789")) kinds[byte] = number;
kinds[quote] = text;

// Where the containers under way began; {"batch":[{ is how an item opens the third level.
const opened = new Int32Array(ingestLimits.depth + 2);
const itemLevel = 3;

/**
 * Whether a document that `JSON.parse` took may hold something no store can keep: too deep, a dangerous key, NUL, a
 * lone surrogate, a number that changes, a batch item that is too large. One pass over the bytes that says at most
 * too much, never too little; `findFaults` then tells what and where. It costs a third of the parse itself, where a
 * reviver would cost seven times as much.
 */
export function isSuspect(bytes: Uint8Array): boolean {
  const { depth: maxDepth, eventBytes } = ingestLimits;
  const end = bytes.length;
  let depth = 0;
  let at = 0;
  while (at < end) {
    switch (kinds[bytes[at]!]) {
      case text:
        at = endOfString(bytes, at + 1);
        break;
      case number:
        at = endOfNumber(bytes, at + 1);
        break;
      case opening:
        opened[++depth] = at;
        at = depth > maxDepth ? suspect : at + 1;
        break;
      case closing:
        at = depth === itemLevel && at - opened[itemLevel]! >= eventBytes ? suspect : at + 1;
        depth--;
        break;
      default:
        at++;
    }
  }
  return at === suspect;
}

/** The position behind the closing quote. */
function endOfString(bytes: Uint8Array, from: number): number {
  let at = from;
  for (;;) {
    const byte = bytes[at]!;
    if (byte === quote) return mayBeForbiddenKey(bytes, from, at) ? suspect : at + 1;
    if (byte !== backslash) at++;
    else if (bytes[at + 1] !== letterU) at += 2;
    else at = endOfEscape(bytes, at);
    if (at >= bytes.length) return at;
  }
}

// \u00 and a digit below 8 is ASCII: NUL, or a letter of a key that is spelt so on purpose.
function endOfEscape(bytes: Uint8Array, at: number): number {
  const unit = hexUnit(bytes, at + 2);
  if (unit < 0x80) return suspect;
  if (unit < 0xd800 || unit > 0xdfff) return at + 6;
  if (unit > 0xdbff || bytes[at + 6] !== backslash || bytes[at + 7] !== letterU) return suspect;
  const low = hexUnit(bytes, at + 8);
  return low >= 0xdc00 && low <= 0xdfff ? at + 12 : suspect;
}

const hexUnit = (bytes: Uint8Array, at: number): number =>
  (hexDigit(bytes[at]!) << 12) |
  (hexDigit(bytes[at + 1]!) << 8) |
  (hexDigit(bytes[at + 2]!) << 4) |
  hexDigit(bytes[at + 3]!);

const hexDigit = (byte: number): number => (byte <= 0x39 ? byte - 0x30 : (byte | 0x20) - 0x57);

// "__proto__" and "prototype" have 9 letters, "constructor" 11; four of them are enough to look closer.
function mayBeForbiddenKey(bytes: Uint8Array, from: number, to: number): boolean {
  const length = to - from;
  if (length !== 9 && length !== 11) return false;
  const word = (bytes[from]! << 24) | (bytes[from + 1]! << 16) | (bytes[from + 2]! << 8) | bytes[from + 3]!;
  return length === 9 ? word === 0x5f5f7072 || word === 0x70726f74 : word === 0x636f6e73;
}

// 15 characters without an exponent are always kept exactly.
function endOfNumber(bytes: Uint8Array, from: number): number {
  let at = from;
  let exponent = false;
  for (; ; at++) {
    const byte = bytes[at]!;
    if ((byte >= 0x30 && byte <= 0x39) || byte === 0x2e || byte === 0x2b || byte === 0x2d) continue;
    if (byte !== 0x45 && byte !== 0x65) break;
    exponent = true;
  }
  if (!exponent && at - from < 15) return at;
  return isKeptExactly(bytes.subarray(from - 1, at)) ? at : suspect;
}
