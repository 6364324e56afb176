import type { EventFact, JsonObject } from "@wend/journey";
import type { Claimed } from "./claimed.ts";

const nothing: JsonObject = {};

/** The event that made the run enter, as far as it is still stored. */
export function entryEventOf(delivery: Claimed): EventFact {
  return {
    id: delivery.entry_id,
    name: delivery.entry_name,
    receivedAt: delivery.entry_at,
    occurredAt: delivery.occurred_at ?? delivery.entry_at,
    properties: delivery.properties === null ? nothing : JSON.parse(delivery.properties),
  };
}

export const traitsOf = ({ traits }: Claimed): JsonObject => (traits === null ? nothing : JSON.parse(traits));

export const varsOf = ({ vars }: Claimed): JsonObject => (vars === null ? nothing : JSON.parse(vars));
