import { parseTimestamp } from "@wend/core";
import type { Json } from "@wend/journey";
import type { DateFormat } from "../map.ts";
import { badRow } from "../records/read-records.ts";

const words: Record<DateFormat, string> = {
  iso: "an ISO 8601 date, or an instant with its offset",
  yyyymmdd: "a date like 19970101",
  unix: "seconds since 1970",
  "unix-ms": "milliseconds since 1970",
};

/** Milliseconds since the epoch, between 1900 and 2199. */
export function toInstant(value: Json, format: DateFormat): number {
  const instant = parseTimestamp(isoText(value, format));
  if (instant === undefined) throw badRow(`${JSON.stringify(value).slice(0, 100)} is not ${words[format]}.`);
  return instant;
}

// One parser decides which dates exist and which years can be stored.
function isoText(value: Json, format: DateFormat): string {
  const text = typeof value === "number" ? String(value) : value;
  if (typeof text !== "string") return "";
  if (format === "iso") return text;
  if (format === "yyyymmdd")
    return /^\d{8}$/.test(text) ? `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}` : "";
  const ms = /^-?\d{1,14}(?:\.\d+)?$/.test(text)
    ? Math.floor(Number(text) * (format === "unix" ? 1_000 : 1))
    : Number.NaN;
  return Math.abs(ms) <= 8.64e15 ? new Date(ms).toISOString() : "";
}
