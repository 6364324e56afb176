import {
  defineAction,
  defineManifest,
  definePlugin,
  findHttpError,
  parseWebhookJson,
  toFetchError,
  verifyStandardWebhook,
} from "@wend/plugin";
import { z } from "zod";

const open = defineAction({
  title: "Opens a ticket.",
  input: z.object({ subject: z.string(), text: z.string() }),
  output: z.object({ number: z.number() }),
  channel: "support",
  purpose: "transactional",
  dedupe: { by: "lookup", settleMs: 1_000 },
  templates: { subject: "text", text: "text" },
});

const manifest = defineManifest({
  id: "support-desk",
  version: "1.0.0",
  contract: 1,
  config: z.object({
    url: z.url(),
    token: z.string(),
    webhookSecret: z.string().optional(),
    previousWebhookSecret: z.string().optional(),
  }),
  secrets: ["token", "webhookSecret", "previousWebhookSecret"],
  actions: { open },
  events: ["replied"],
  signals: { "Ticket Solved": { title: "A ticket was solved.", data: z.object({ number: z.number() }) } },
});

const word = z.string().min(1).max(500);
const ticketEvent = z.object({
  type: word,
  id: word,
  at: z.int().min(0),
  reference: word,
  number: z.number(),
  text: z.string().max(10_000).optional(),
});

export const supportDesk = definePlugin(manifest, async (config, host) => {
  const request = async (path: string, init: RequestInit) => {
    const headers = { authorization: `Bearer ${config.token}` };
    const response = await host.fetch(config.url + path, { ...init, headers }).catch((error) => {
      throw toFetchError(error);
    });
    const fault = response.status === 404 ? undefined : findHttpError(response, host.now());
    if (fault !== undefined) throw fault;
    return response;
  };
  return {
    actions: {
      open: async ({ input, idempotencyKey, signal }) => {
        const body = JSON.stringify({ ...input, reference: idempotencyKey });
        const response = await request("/tickets", { method: "POST", body, signal });
        return { output: z.object({ number: z.number() }).parse(await response.json()) };
      },
    },
    lookup: async (key, _action, signal) => {
      const response = await request(`/tickets/${encodeURIComponent(key)}`, { signal });
      return { outcome: response.ok ? "accepted" : "absent" };
    },
    check: async (signal) => {
      await request("/tickets/none", { signal });
      return { problems: [] };
    },
    receive: async (webhook) => {
      const proof = verifyStandardWebhook(webhook, [config.webhookSecret, config.previousWebhookSecret]);
      const { type, id, at, reference, number, text } = parseWebhookJson(webhook.body, ticketEvent);
      const about = { idempotencyKey: reference };
      if (type === "reply") return { proof, receipts: [{ kind: "replied", id, at, about, text }] };
      if (type === "solved") return { proof, signals: [{ name: "Ticket Solved", id, at, about, data: { number } }] };
      return { proof };
    },
  };
});
