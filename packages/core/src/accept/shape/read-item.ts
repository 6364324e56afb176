import type { EventKind, NewEvent } from "../event.ts";
import { identifyName } from "../event.ts";
import type { Fields } from "./fields.ts";
import { isFields, readEventName, readId, readMessageId, readObject, readTimestamp } from "./fields.ts";
import type { Place } from "./place.ts";
import { addFault } from "./place.ts";

/**
 * Reads one item of Segment's wire shape. All its faults go to `place`, and undefined comes back when there are any.
 * Fields it does not know are dropped.
 */
export function readItem(raw: unknown, wanted: EventKind | undefined, place: Place): NewEvent | undefined {
  const before = place.faults.length;
  if (!isFields(raw)) {
    addFault(place, "request.invalid_field", { at: [], detail: "An item must be an object." });
    return undefined;
  }
  const kind = readKind(raw, wanted, place);
  const event = kind && readEvent(raw, kind, place);
  return place.faults.length === before ? event : undefined;
}

function readKind(item: Fields, wanted: EventKind | undefined, place: Place): EventKind | undefined {
  const type = item.type ?? wanted;
  if ((type === "track" || type === "identify") && (wanted === undefined || type === wanted)) return type;
  if (type === undefined) {
    addFault(place, "request.missing_field", { at: ["type"], detail: "An item of a batch needs its type." });
  } else {
    const detail = `type must be ${wanted ?? "track or identify"}.`;
    addFault(place, "request.invalid_field", { at: ["type"], detail });
  }
  return undefined;
}

function readEvent(item: Fields, kind: EventKind, place: Place): NewEvent {
  const before = place.faults.length;
  const userId = readId(item, "userId", place);
  const anonymousId = readId(item, "anonymousId", place);
  if (userId === null && anonymousId === null && place.faults.length === before) {
    addFault(place, "request.missing_id", { at: ["userId"], detail: "Send userId or anonymousId." });
  }
  const track = kind === "track";
  const timestamp = readTimestamp(item, "timestamp", place);
  const original = readTimestamp(item, "originalTimestamp", place);
  readTimestamp(item, "sentAt", place);
  return {
    kind,
    name: track ? readEventName(item, place) : identifyName,
    userId,
    anonymousId,
    messageId: readMessageId(item, place),
    occurredAt: timestamp ?? original,
    properties: track ? readObject(item, "properties", place) : null,
    traits: track ? null : readObject(item, "traits", place),
    context: readObject(item, "context", place),
  };
}
