import type { PluginHost, Received, WebhookRequest } from "@wend/plugin";
import { refuseWebhook, WendError, webhookNonce } from "@wend/plugin";
import { findDeliveryId } from "./callback-url.ts";
import { readInbound } from "./inbound.ts";
import type { Config, manifest } from "./manifest.ts";
import { readStatus } from "./status.ts";
import { verify } from "./verify.ts";

export type TwilioReceived = Received<
  NonNullable<typeof manifest.events>[number],
  NonNullable<typeof manifest.signals>
>;

const sidOfMessage = /^(?:SM|MM)[0-9a-fA-F]{32}$/;

/** Reads what Twilio reports of a message of ours, or what a customer has written: both come to the same URL. */
export function receive(config: Config, host: PluginHost, request: WebhookRequest): TwilioReceived {
  const fields = verify(config, request);
  const accountSid = fields.get("AccountSid");
  if (accountSid !== undefined && accountSid !== config.accountSid) refuseWebhook("It is of another account.");
  const sid = fields.get("MessageSid") ?? "";
  if (!sidOfMessage.test(sid))
    throw new WendError("webhook.unreadable", { pointer: "/MessageSid", detail: "It names no message." });
  const status = fields.get("MessageStatus");
  // Twilio signs no time, and each of a message's states comes once.
  const nonce = webhookNonce([sid, ":", status ?? "received"]);
  const said = { sid, fields, at: host.now() };
  const facts =
    status === undefined
      ? readInbound(config, said)
      : { receipts: readStatus({ ...said, status, deliveryId: findDeliveryId(request.url) }) };
  return { proof: { by: "signature", signedAt: undefined, nonce }, ...facts };
}
