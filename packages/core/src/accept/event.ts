import type { JsonObject } from "@wend/journey";
import { uuidv7 } from "../ids.ts";

export type EventKind = "track" | "identify";

/** The name under which a change of traits is stored. Names that start with `$` are Wend's own. */
export const identifyName = "$identify";

/** An event to accept, checked field by field. */
export interface NewEvent {
  readonly kind: EventKind;
  /** `$identify` for `identify`. */
  readonly name: string;
  /** At least one of `userId` and `anonymousId`. */
  readonly userId?: string | null;
  readonly anonymousId?: string | null;
  /** Made when absent. An event whose message id is known already is accepted and not stored again. */
  readonly messageId?: string | null;
  /** When it happened; when it is received, if absent. */
  readonly occurredAt?: number | null;
  readonly properties?: JsonObject | null;
  readonly traits?: JsonObject | null;
  readonly context?: JsonObject | null;
}

/** An event that waits for its transaction: everything costly is done. */
export interface PendingEvent {
  readonly kind: EventKind;
  readonly name: string;
  readonly messageId: string;
  readonly userId: string | null;
  readonly anonymousId: string | null;
  readonly occurredAt: number | null;
  /** JSON text of what `events.payload` keeps. */
  readonly payload: string;
}

export function toPending(event: NewEvent): PendingEvent {
  return {
    kind: event.kind,
    name: event.name,
    messageId: event.messageId ?? uuidv7(),
    userId: event.userId ?? null,
    anonymousId: event.anonymousId ?? null,
    occurredAt: event.occurredAt ?? null,
    payload: payloadText(event),
  };
}

// Serialised here, outside the transaction, and never again.
export function payloadText({ properties, traits, context }: NewEvent): string {
  let fields = "";
  if (properties) fields = `"properties":${JSON.stringify(properties)}`;
  if (traits) fields += `${fields && ","}"traits":${JSON.stringify(traits)}`;
  if (context) fields += `${fields && ","}"context":${JSON.stringify(context)}`;
  return `{${fields}}`;
}
