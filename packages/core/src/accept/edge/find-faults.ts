import { isUtf8 } from "node:buffer";
import { ingestLimits } from "../limits.ts";
import type { Fault } from "./fault.ts";
import { isKeptExactly } from "./number.ts";
import { pointerOf } from "./pointer.ts";

const forbiddenKeys = new Set(["__proto__", "constructor", "prototype"]);

interface Level {
  readonly array: boolean;
  readonly start: number;
  /** The key or index of the value under way. */
  key: string | number;
  /** Whether the next string of an object is a key. */
  keyNext: boolean;
}

interface Walk {
  readonly bytes: Uint8Array;
  readonly levels: Level[];
  readonly report: Report;
}

/**
 * Every fault of a document with its pointer. The slow path: it runs only when the fast one suspects something, or
 * when parsing failed, so it takes any bytes whatever, never throws, and uses no recursion.
 */
export function findFaults(bytes: Uint8Array): Fault[] {
  const levels: Level[] = [];
  const walk: Walk = { bytes, levels, report: createReport(levels) };
  let at = 0;
  while (at < bytes.length) at = (readers.get(bytes[at]!) ?? skip)(walk, at);
  return walk.report.faults;
}

/** Reads what begins at a position and returns the position behind it. */
type Reader = (walk: Walk, at: number) => number;

const skip: Reader = (_, at) => at + 1;

const readText: Reader = ({ bytes, levels, report }, at) => {
  const end = closingQuote(bytes, at + 1) + 1;
  const token = bytes.subarray(at, end);
  const level = levels.at(-1);
  if (level?.keyNext) readKey(level, token, report);
  else checkText(token, report);
  return end;
};

const open: Reader = ({ bytes, levels, report }, at) => {
  if (levels.length === ingestLimits.depth) {
    report("request.too_deep", `It is nested deeper than ${ingestLimits.depth} levels.`);
    return closingBracket(bytes, at) + 1;
  }
  const array = bytes[at] === 0x5b;
  levels.push({ array, start: at, key: array ? 0 : "", keyNext: !array });
  return at + 1;
};

const close: Reader = ({ levels, report }, at) => {
  const level = levels.pop();
  if (level) checkItemSize(levels, at + 1 - level.start, report);
  return at + 1;
};

const next: Reader = ({ levels }, at) => {
  const level = levels.at(-1);
  if (typeof level?.key === "number") level.key++;
  else if (level) level.keyNext = true;
  return at + 1;
};

const readNumber: Reader = ({ bytes, report }, at) => {
  const end = numberEnd(bytes, at);
  if (!isKeptExactly(bytes.subarray(at, end))) {
    report("request.unsafe_number", "The number is an integer beyond ±(2^53-1) or not finite.");
  }
  return end;
};

const readers = new Map<number, Reader>();
for (const [characters, reader] of [
  ['"', readText],
  ["{[", open],
  ["}]", close],
  [",", next],
  ["-0123456789", readNumber],
] as const) {
  for (const byte of new TextEncoder().encode(characters)) readers.set(byte, reader);
}

interface Report {
  (code: Fault["code"], detail: string): void;
  readonly faults: Fault[];
}

// One fault an item of a batch: its answer names no more, and one bad item must not hide another. Elsewhere as many
// as one answer lists, so that a body of nothing but faults costs no more than its size.
function createReport(levels: readonly Level[]): Report {
  const faults: Fault[] = [];
  let lastItem: string | number | undefined;
  let outside = 0;
  const report = (code: Fault["code"], detail: string) => {
    if (levels.length > 1 && levels[0]!.key === "batch") {
      if (levels[1]!.key === lastItem) return;
      lastItem = levels[1]!.key;
    } else if (++outside > ingestLimits.faultsPerItem) {
      return;
    }
    faults.push({ code, pointer: pointerOf(levels.map((level) => level.key)), detail });
  };
  return Object.assign(report, { faults });
}

function readKey(level: Level, token: Uint8Array, report: Report): void {
  level.keyNext = false;
  const key = checkText(token, (code, detail) => {
    level.key = decodeLoosely(token);
    report(code, detail);
  });
  if (key === undefined) return;
  level.key = key;
  if (forbiddenKeys.has(key)) report("request.forbidden_key", `The key "${key}" is refused.`);
}

/** The string of a token, or undefined when it cannot be kept or is none. */
function checkText(token: Uint8Array, report: (code: Fault["code"], detail: string) => void): string | undefined {
  if (!isUtf8(token)) {
    report("request.bad_text", "The text is not valid UTF-8.");
    return undefined;
  }
  if (token.includes(0)) {
    report("request.bad_text", "The text holds NUL.");
    return undefined;
  }
  const text = parseString(token);
  if (text === undefined) return undefined;
  if (text.includes("\0")) report("request.bad_text", "The text holds NUL.");
  else if (!text.isWellFormed()) report("request.bad_text", "The text holds a lone surrogate.");
  else return text;
  return undefined;
}

const decoder = new TextDecoder();

function parseString(token: Uint8Array): string | undefined {
  try {
    return JSON.parse(decoder.decode(token)) as string;
  } catch {
    return undefined;
  }
}

const decodeLoosely = (token: Uint8Array): string => parseString(token) ?? decoder.decode(token).slice(1, -1);

function checkItemSize(levels: readonly Level[], size: number, report: Report): void {
  if (size <= ingestLimits.eventBytes || levels.length !== 2) return;
  if (levels[0]!.key !== "batch" || !levels[1]!.array) return;
  report("request.too_large", `The event has ${size} bytes; at most ${ingestLimits.eventBytes} are taken.`);
}

function closingQuote(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && bytes[at] !== 0x22) at += bytes[at] === 0x5c ? 2 : 1;
  return Math.min(at, bytes.length);
}

function closingBracket(bytes: Uint8Array, from: number): number {
  let open = 0;
  for (let at = from; at < bytes.length; at++) {
    const byte = bytes[at]!;
    if (byte === 0x22) at = closingQuote(bytes, at + 1);
    else if (byte === 0x7b || byte === 0x5b) open++;
    else if ((byte === 0x7d || byte === 0x5d) && --open === 0) return at;
  }
  return bytes.length;
}

function numberEnd(bytes: Uint8Array, from: number): number {
  let at = from + 1;
  while (at < bytes.length && numberBytes.has(bytes[at]!)) at++;
  return at;
}

const numberBytes = new Set([...new TextEncoder().encode("0123456789+-.eE")]);
