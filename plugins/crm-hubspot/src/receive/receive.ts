import type { Received, WebhookRequest } from "@wend/plugin";
import { parseWebhookJson } from "@wend/plugin";
import { z } from "zod";
import type { HubspotConnection } from "../connection.ts";
import type { signals } from "../signals.ts";
import { toSignals } from "../to-signals.ts";
import { parseChanges } from "./parse-changes.ts";
import { verifySignature } from "./verify-signature.ts";

/** HubSpot sends up to 100 in one request. */
const events = z.array(z.unknown()).max(1_000);

/** Reads what HubSpot tells of changed records. */
export async function receive(
  connection: HubspotConnection,
  request: WebhookRequest,
): Promise<Received<never, typeof signals>> {
  const { webhookSecret, previousWebhookSecret, portalId } = connection.config;
  const proof = verifySignature(request, [webhookSecret, previousWebhookSecret]);
  const { changes, unreadable } = parseChanges(parseWebhookJson(request.body, events), portalId);
  // The others of the batch are worth more than the sender's hearing of this one.
  if (unreadable > 0) connection.host.log.warn({ unreadable }, "events of an unknown form are left out");
  return { proof, signals: await toSignals(connection, changes, request.signal) };
}
