import { isUtf8 } from "node:buffer";
import { WendError } from "@wend/plugin";
import { ingestLimits } from "../limits.ts";
import type { Fault } from "./fault.ts";
import { toProblem } from "./fault.ts";
import { findFaults } from "./find-faults.ts";
import { isSuspect } from "./suspect.ts";

/** A parsed document and what is wrong inside it. */
export interface CheckedJson {
  readonly value: unknown;
  /** Bytes it was sent as. */
  readonly size: number;
  /** Things no store can keep; empty for all but bad input. Of a batch they may concern single items. */
  readonly faults: readonly Fault[];
}

const decoder = new TextDecoder("utf-8", { fatal: true });
const noFaults: readonly Fault[] = [];

/** Parses a body and finds everything in it that could not be stored as it is; throws when it is no JSON at all. */
export function parseJson(bytes: Uint8Array, most: number = ingestLimits.bodyBytes): CheckedJson {
  if (bytes.length > most) throw bodyTooLarge(most);
  let value: unknown;
  try {
    value = JSON.parse(decoder.decode(bytes));
  } catch (cause) {
    throw notJson(bytes, cause);
  }
  return { value, size: bytes.length, faults: isSuspect(bytes) ? findFaults(bytes) : noFaults };
}

/** The same for a body that is one thing: any fault refuses it. */
export function parseWholeJson(bytes: Uint8Array, most?: number): unknown {
  const { value, faults } = parseJson(bytes, most);
  if (faults.length > 0) throw refusal(faults);
  return value;
}

/** One error out of all faults of one thing: the first names it, the rest are listed. */
export function refusal(faults: readonly Fault[]): WendError {
  const { code, pointer, detail } = faults[0]!;
  return new WendError(code, { pointer, detail, problems: faults.slice(0, ingestLimits.faultsPerItem).map(toProblem) });
}

export function bodyTooLarge(most: number = ingestLimits.bodyBytes): WendError {
  return new WendError("request.too_large", {
    pointer: "",
    detail: `A request may have ${most} bytes.`,
  });
}

// Raw NUL and bytes that are no UTF-8 make the document unparsable; the field that holds them helps more than that.
function notJson(bytes: Uint8Array, cause: unknown): WendError {
  const code = isUtf8(bytes) ? "request.bad_text" : "request.invalid_encoding";
  const badText = findFaults(bytes).filter((fault) => fault.code === code);
  if (badText.length > 0) return refusal(badText);
  if (code === "request.invalid_encoding") return new WendError(code, { pointer: "" });
  const position = cause instanceof SyntaxError && /position \d+/.exec(cause.message);
  const detail = position ? `It breaks off or goes wrong at ${position[0]}.` : "It is not one complete document.";
  return new WendError("request.invalid_json", { pointer: "", detail });
}
