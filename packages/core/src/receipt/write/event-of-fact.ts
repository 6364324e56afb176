import type { JsonObject } from "@wend/journey";
import type { Receipt } from "@wend/plugin";
import type { DeliveryRef, PlacedFact } from "../fact.ts";
import { isMachine } from "../rank.ts";

/** A fact as the event that it becomes. */
export interface FactEvent {
  readonly name: string;
  readonly kind: "receipt" | "signal";
  readonly messageId: string;
  readonly profileId: string;
  readonly occurredAt: number;
  readonly payload: JsonObject;
}

/** `connection` is the key by which journeys know it. */
export function toEvent({ fact, profileId, delivery }: PlacedFact, connection: string): FactEvent {
  const { messageId } = fact;
  if (fact.kind === "receipt") {
    const properties = { ...deliveryProperties(delivery), connection, ...receiptProperties(fact.receipt) };
    const name = receiptEventName(fact.receipt);
    return { name, kind: "receipt", messageId, profileId, occurredAt: fact.receipt.at, payload: { properties } };
  }
  const { name, at, data } = fact.signal;
  const payload = { properties: data as JsonObject, context: { connection, ...deliveryProperties(delivery) } };
  return { name, kind: "signal", messageId, profileId, occurredAt: at, payload };
}

/**
 * Names that start with `$` are Wend's own, so that nobody else can say them. What a machine opened or clicked has
 * another name: no wait for `$opened` and no count of them can be misled by a scanner.
 */
const receiptEventName = (receipt: Receipt): string => (isMachine(receipt) ? "$scanned" : `$${receipt.kind}`);

function receiptProperties(receipt: Receipt): JsonObject {
  const { about: _about, id: _id, at: _at, kind, ...said } = receipt;
  return isMachine(receipt) ? { kind, ...said } : said;
}

function deliveryProperties(delivery: DeliveryRef | undefined): JsonObject {
  if (!delivery) return {};
  const { id, run_id, journey_id, node_id, action, channel } = delivery;
  return { deliveryId: id, runId: run_id, journeyId: journey_id, nodeId: node_id, action, channel };
}
