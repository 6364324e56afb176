import { WendError } from "@wend/plugin";
import type { Fault } from "../edge/fault.ts";
import type { CheckedJson } from "../edge/parse-json.ts";
import { refusal } from "../edge/parse-json.ts";
import type { EventKind, NewEvent, PendingEvent } from "../event.ts";
import { toPending } from "../event.ts";
import { ingestLimits } from "../limits.ts";
import type { Fields } from "./fields.ts";
import { isFields, readTimestamp } from "./fields.ts";
import type { Place } from "./place.ts";
import { readItem } from "./read-item.ts";

export type CallKind = EventKind | "batch";

/** What the key that sends it makes of an event; faults go to the place, and undefined comes back. */
export type KeyRule = (event: NewEvent, place: Place) => NewEvent | undefined;

/** An item of a batch that was not taken. */
export interface Rejection {
  readonly index: number;
  readonly code: string;
  readonly pointer: string;
  readonly detail: string;
}

export interface ReadCall {
  readonly events: readonly PendingEvent[];
  readonly rejected: readonly Rejection[];
}

/** Reads the body of one call. Throws when nothing of it can be taken, except a batch whose items are all bad. */
export function readCall(kind: CallKind, body: CheckedJson, rule: KeyRule): ReadCall {
  return kind === "batch" ? readBatch(body, rule) : { events: [readSingle(kind, body, rule)], rejected: [] };
}

function readSingle(kind: EventKind, body: CheckedJson, rule: KeyRule): PendingEvent {
  const place: Place = { index: undefined, faults: [] };
  if (body.size > ingestLimits.eventBytes) place.faults.push(tooLarge(body.size));
  place.faults.push(...body.faults);
  const item = readItem(body.value, kind, place);
  const event = item && rule(item, place);
  if (event === undefined || place.faults.length > 0) throw refusal(place.faults);
  return toPending(event);
}

const tooLarge = (size: number): Fault => ({
  code: "request.too_large",
  pointer: "",
  detail: `The event has ${size} bytes; at most ${ingestLimits.eventBytes} are taken.`,
});

function readBatch(body: CheckedJson, rule: KeyRule): ReadCall {
  const items = batchItems(body.value);
  const bad = faultsByItem(body.faults);
  const events: PendingEvent[] = [];
  const rejected: Rejection[] = [];
  for (let index = 0; index < items.length; index++) {
    const place: Place = { index, faults: bad?.get(index) ?? [] };
    const item = place.faults.length === 0 ? readItem(items[index], undefined, place) : undefined;
    const event = item && rule(item, place);
    if (event) events.push(toPending(event));
    else rejected.push({ index, ...place.faults[0]! });
  }
  return { events, rejected };
}

function batchItems(body: unknown): readonly unknown[] {
  if (!isFields(body)) throw invalid("", "The body must be an object.");
  const items = body.batch;
  if (items === undefined) {
    throw new WendError("request.missing_field", { pointer: "/batch", detail: "Send the items as `batch`." });
  }
  if (!Array.isArray(items) || items.length === 0)
    throw invalid("/batch", "batch must be a list of at least one item.");
  if (items.length > ingestLimits.batchItems) {
    const detail = `A batch may have ${ingestLimits.batchItems} items.`;
    throw new WendError("request.too_large", { pointer: "/batch", detail });
  }
  checkSentAt(body);
  return items;
}

function checkSentAt(body: Fields): void {
  const place: Place = { index: undefined, faults: [] };
  readTimestamp(body, "sentAt", place);
  if (place.faults.length > 0) throw refusal(place.faults);
}

const invalid = (pointer: string, detail: string) => new WendError("request.invalid_field", { pointer, detail });

const itemPointer = /^\/batch\/(\d+)(?:\/|$)/;

// A fault inside an item concerns that item alone; anywhere else it refuses the request.
function faultsByItem(faults: readonly Fault[]): Map<number, Fault[]> | undefined {
  if (faults.length === 0) return undefined;
  const byItem = new Map<number, Fault[]>();
  for (const fault of faults) {
    const index = itemPointer.exec(fault.pointer)?.[1];
    if (index === undefined) throw refusal(faults.filter(({ pointer }) => !itemPointer.test(pointer)));
    const list = byItem.get(Number(index));
    if (list) list.push(fault);
    else byItem.set(Number(index), [fault]);
  }
  return byItem;
}
