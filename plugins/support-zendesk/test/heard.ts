import { createHmac, randomBytes } from "node:crypto";
import type { WebhookTests } from "@wend/plugin/testing";
import { credentials } from "./open.ts";
import { eventOf } from "./webhook.ts";

const keyOf = (number: number) => `0190a5d0-7c1e-7000-8000-000000000001:${number}`;
const isoOf = (at: number) => new Date(at).toISOString();

/** What Zendesk tells, signed as it signs: its time header, then the body. */
export const heard: WebhookTests = {
  makeSecret: () => randomBytes(32).toString("base64url"),
  config: (secret, previous) => ({
    url: "https://example.zendesk.com",
    ...credentials,
    webhookSecret: secret,
    ...(previous !== undefined && { previousWebhookSecret: previous }),
  }),
  sign: (body, { secret, at }) => {
    const time = isoOf(at);
    const signature = createHmac("sha256", secret).update(time).update(body).digest("base64");
    return {
      headers: { "x-zendesk-webhook-signature": signature, "x-zendesk-webhook-signature-timestamp": time },
      body,
    };
  },
  signature: { header: "x-zendesk-webhook-signature" },
  samples: [
    {
      name: "a ticket of ours was solved",
      body: ({ number, at }) =>
        JSON.stringify({
          ...eventOf(
            "status_changed",
            { current: "SOLVED", previous: "OPEN" },
            { external_id: keyOf(number), requester_id: null },
          ),
          id: `event-${number}`,
          time: isoOf(at),
        }),
      says: ({ number, at }) => ({
        signals: [
          {
            name: "Ticket Solved",
            about: { idempotencyKey: keyOf(number) },
            id: `event-${number}`,
            at,
            data: { ticket: "5158", status: "solved", previousStatus: "open", priority: "high", tags: ["vip"] },
          },
        ],
      }),
    },
    {
      name: "a rating that a trigger tells of",
      body: ({ number, at }) =>
        JSON.stringify({
          type: "wend.satisfaction_rated",
          ticket: String(number),
          score: "good",
          rated_at: isoOf(at),
          requester_external_id: `u-${number}`,
        }),
      says: ({ number, at }) => ({
        signals: [
          {
            name: "Satisfaction Rated",
            about: { userId: `u-${number}` },
            id: `rating:${number}:good:${isoOf(at)}`,
            at,
            data: { ticket: String(number), score: "good", comment: null },
          },
        ],
      }),
    },
  ],
};
