import { isUtf8 } from "node:buffer";
import type { Fault } from "./fault.ts";

/** The string of a token, or undefined when it cannot be kept or is none. */
export function checkText(
  token: Uint8Array,
  report: (code: Fault["code"], detail: string) => void,
): string | undefined {
  if (!isUtf8(token)) {
    report("request.invalid_encoding", "The text holds bytes that are no character.");
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

/** A string as well as it can be read, to name a place by. */
export const decodeLoosely = (token: Uint8Array): string => parseString(token) ?? decoder.decode(token).slice(1, -1);
