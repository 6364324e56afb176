import type { WebhookRequest } from "@wend/plugin";
import { verifyStandardWebhook } from "@wend/plugin";
import type { Reader } from "./bounce/read-bounce.ts";
import { readBounce } from "./bounce/read-bounce.ts";
import type { HeardByWebhook } from "./heard.ts";

/** Reads a mail that an MTA posts as it is (RFC 5322), signed by Standard Webhooks. */
export async function receive(reader: Reader, request: WebhookRequest): Promise<HeardByWebhook> {
  const { webhookSecret, previousWebhookSecret } = reader.config;
  const proof = verifyStandardWebhook(request, [webhookSecret, previousWebhookSecret]);
  return { proof, ...(await readBounce(reader, request.body)) };
}
