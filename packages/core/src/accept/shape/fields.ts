import type { JsonObject } from "@wend/journey";
import { ingestLimits } from "../limits.ts";
import type { Place } from "./place.ts";
import { addFault } from "./place.ts";
import { parseTimestamp } from "./timestamp.ts";

/** An object of the body, its fields unchecked. */
export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A user id or anonymous id: text, or a number as some senders' databases have it. Empty is as good as absent. */
export function readId(item: Fields, field: string, place: Place): string | null {
  const value = item[field];
  if (typeof value === "string") {
    if (value.length > ingestLimits.idLength) tooLong(field, ingestLimits.idLength, place);
    return value === "" ? null : value;
  }
  if (value === undefined || value === null) return null;
  if (typeof value === "number") return String(value);
  wrongType(field, "a string or a number", place);
  return null;
}

export function readMessageId(item: Fields, place: Place): string | null {
  const value = item.messageId;
  if (value === undefined || value === null) return null;
  if (typeof value !== "string" || value === "") {
    wrongType("messageId", "a non-empty string", place);
    return null;
  }
  if (value.length > ingestLimits.messageIdLength) tooLong("messageId", ingestLimits.messageIdLength, place);
  return value;
}

export function readEventName(item: Fields, place: Place): string {
  const value = item.event;
  if (value === undefined || value === null || value === "") {
    addFault(place, "request.missing_field", { at: ["event"], detail: "A track call needs the event's name." });
  } else if (typeof value !== "string") {
    wrongType("event", "a string", place);
  } else if (value.length > ingestLimits.eventNameLength) {
    tooLong("event", ingestLimits.eventNameLength, place);
  } else if (value.startsWith("$")) {
    addFault(place, "request.invalid_field", { at: ["event"], detail: "Names that start with $ are Wend's own." });
  } else {
    return value;
  }
  return "";
}

export function readObject(item: Fields, field: string, place: Place): JsonObject | null {
  const value = item[field];
  if (value === undefined || value === null) return null;
  if (isFields(value)) return value as JsonObject;
  wrongType(field, "an object", place);
  return null;
}

export function readTimestamp(item: Fields, field: string, place: Place): number | null {
  const value = item[field];
  if (value === undefined || value === null) return null;
  const instant = typeof value === "string" ? parseTimestamp(value) : undefined;
  if (instant !== undefined) return instant;
  wrongType(field, "an ISO 8601 instant with its offset, like 2026-11-21T20:14:18.123Z, from 1900 to 2199", place);
  return null;
}

function wrongType(field: string, wanted: string, place: Place): void {
  addFault(place, "request.invalid_field", { at: [field], detail: `${field} must be ${wanted}.` });
}

function tooLong(field: string, max: number, place: Place): void {
  addFault(place, "request.invalid_field", { at: [field], detail: `${field} may have ${max} characters.` });
}
