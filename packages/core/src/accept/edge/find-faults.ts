import { ingestLimits } from "../limits.ts";
import { checkText, decodeLoosely } from "./check-text.ts";
import type { Fault } from "./fault.ts";
import { isKeptExactly } from "./number.ts";
import type { Level, Report } from "./report.ts";
import { createReport } from "./report.ts";
import { closingBracket, closingQuote, numberEnd } from "./token-end.ts";

const forbiddenKeys = new Set(["__proto__", "constructor", "prototype"]);

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

function checkItemSize(levels: readonly Level[], size: number, report: Report): void {
  if (size <= ingestLimits.eventBytes || levels.length !== 2) return;
  if (levels[0]!.key !== "batch" || !levels[1]!.array) return;
  report("request.too_large", `The event has ${size} bytes; at most ${ingestLimits.eventBytes} are taken.`);
}
