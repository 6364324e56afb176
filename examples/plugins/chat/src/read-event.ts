import type { Received, WebhookProof, WebhookRequest } from "@wend/plugin";
import {
  matchHmac,
  parseWebhookHeader,
  parseWebhookJson,
  parseWebhookTime,
  refuseWebhook,
  webhookNonce,
} from "@wend/plugin";
import { z } from "zod";
import type { manifest } from "./manifest.ts";

const word = z.string().min(1).max(200);
const absent = z.undefined().optional();

// What a bot has written is no reply, our own posts least of all; nor is an edit or somebody joining.
const reply = z.object({
  type: z.literal("message"),
  channel: word,
  thread_ts: word,
  text: z.string(),
  subtype: absent,
  bot_id: absent,
});
const reaction = z.object({
  type: z.literal("reaction_added"),
  reaction: word,
  item: z.object({ channel: word, ts: word }),
});
const other = z.object({ type: word }).transform(() => ({ type: "other" }) as const);

const envelope = z.discriminatedUnion("type", [
  z.object({ type: z.literal("url_verification"), challenge: z.string().max(1_000) }),
  z.object({
    type: z.literal("event_callback"),
    event_id: word,
    event_time: z.int().min(0).max(8.64e12),
    event: z.union([reply, reaction, other]),
  }),
]);

type Told = Received<"replied", NonNullable<typeof manifest.signals>>;
type Secrets = { readonly signingSecret?: string | undefined; readonly previousSigningSecret?: string | undefined };

/** Reads what the Events API sends: the handshake, replies in a thread that we began, reactions to our posts. */
export function createEventReader(secrets: Secrets): (request: WebhookRequest) => Promise<Told> {
  return async (request) => {
    const proof = prove(request, secrets);
    const told = parseWebhookJson(request.body, envelope);
    if (told.type === "url_verification") return { proof, reply: { contentType: "text/plain", body: told.challenge } };
    const said = { id: told.event_id, at: told.event_time * 1_000 };
    const { event } = told;
    if (event.type === "message") {
      const about = { providerId: `${event.channel}:${event.thread_ts}` };
      return { proof, receipts: [{ kind: "replied", ...said, about, text: event.text }] };
    }
    if (event.type === "reaction_added") {
      const about = { providerId: `${event.item.channel}:${event.item.ts}` };
      return { proof, signals: [{ name: "Reaction Added", ...said, about, data: { reaction: event.reaction } }] };
    }
    return { proof };
  };
}

function prove({ headers, body }: WebhookRequest, { signingSecret, previousSigningSecret }: Secrets): WebhookProof {
  const timestamp = parseWebhookHeader(headers, "x-slack-request-timestamp");
  const [version, signature = ""] = parseWebhookHeader(headers, "x-slack-signature").split("=");
  const parts = [`v0:${timestamp}:`, body];
  const secrets = [signingSecret, previousSigningSecret];
  const genuine = matchHmac({ algorithm: "sha256", secrets, encoding: "hex", signature, parts });
  if (version !== "v0" || !genuine) refuseWebhook("The signature does not match.");
  return { by: "signature", signedAt: parseWebhookTime(timestamp, "seconds"), nonce: webhookNonce(parts) };
}
