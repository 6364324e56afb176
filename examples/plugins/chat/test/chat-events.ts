import { createHmac, randomBytes } from "node:crypto";
import type { WebhookEvent, WebhookSample, WebhookTests } from "@wend/plugin/testing";

const channel = "C024BE91L";
const ts = "1790000000.000000";
const about = { providerId: `${channel}:${ts}` };

const callback = (event: object, { number, at }: WebhookEvent) =>
  JSON.stringify({
    token: "legacy",
    team_id: "T024BE7LD",
    type: "event_callback",
    event,
    event_id: `Ev${number}`,
    event_time: at / 1_000,
  });
const message = { type: "message", channel, user: "U024BE7LH", text: "Ja, gerne! 👍", ts: "1790000100.000200" };
const said = ({ number, at }: WebhookEvent) => ({ id: `Ev${number}`, at, about });

const samples: WebhookSample[] = [
  {
    name: "a reply",
    body: (event) => callback({ ...message, thread_ts: ts }, event),
    says: (event) => ({ receipts: [{ kind: "replied", ...said(event), text: "Ja, gerne! 👍" }] }),
  },
  {
    name: "a reaction",
    body: (event) => {
      const item = { type: "message", channel, ts };
      return callback({ type: "reaction_added", user: "U024BE7LH", reaction: "tada", item }, event);
    },
    says: (event) => ({ signals: [{ name: "Reaction Added", ...said(event), data: { reaction: "tada" } }] }),
  },
  {
    name: "our own post in a thread",
    body: (event) => callback({ ...message, thread_ts: ts, bot_id: "B024BE7LH" }, event),
    says: () => ({}),
  },
  { name: "a message outside of any thread", body: (event) => callback(message, event), says: () => ({}) },
  {
    name: "the handshake",
    body: ({ number }) =>
      JSON.stringify({ token: "legacy", challenge: `challenge-${number}`, type: "url_verification" }),
    says: () => ({}),
  },
];

/** The Events API: what it sends, and how it signs it. */
export const chatEvents: WebhookTests = {
  makeSecret: () => randomBytes(16).toString("hex"),
  config: (signingSecret, previousSigningSecret) => ({ signingSecret, previousSigningSecret }),
  sign: (body, { secret, at }) => {
    const mac = createHmac("sha256", secret)
      .update(`v0:${at / 1_000}:${body}`)
      .digest("hex");
    const headers = { "x-slack-request-timestamp": String(at / 1_000), "x-slack-signature": `v0=${mac}` };
    return { headers: { ...headers, "content-type": "application/json" }, body };
  },
  signature: { header: "x-slack-signature" },
  samples,
};
