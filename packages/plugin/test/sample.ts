import { defineAction, defineManifest } from "@wend/plugin";
import { z } from "zod";

/** A manifest with one action of each kind that the types tell apart. */
export const open = defineAction({
  title: "Opens a ticket.",
  input: z.object({ subject: z.string(), fields: z.record(z.string(), z.json()).optional() }),
  output: z.object({ number: z.number() }),
  channel: "support",
  purpose: "transactional",
  address: "support",
  dedupe: { by: "lookup", settleMs: 1_000 },
  templates: { subject: "text", fields: "json" },
});

export const close = defineAction({
  title: "Closes a ticket.",
  input: z.object({ number: z.number() }),
  output: z.object({}),
  channel: "support",
  purpose: "transactional",
  dedupe: { by: "natural" },
});

export const manifest = defineManifest({
  id: "support-sample",
  version: "1.0.0",
  contract: 1,
  config: z.object({ url: z.string(), token: z.string().optional(), windowMs: z.number().default(5) }),
  secrets: ["token"],
  actions: { open, close },
});

/** One that batches, is told of deliveries and brings in facts. */
export const told = defineManifest({
  ...manifest,
  id: "support-told",
  actions: { close: defineAction({ ...close, batch: { size: 10 } }) },
  events: ["delivered", "opened"],
  signals: {
    "Ticket Solved": { title: "A ticket was solved.", data: z.object({ number: z.number() }) },
    "Score Given": { title: "A customer gave a score.", data: z.object({ score: z.number() }) },
  },
  poll: { everyMs: 60_000 },
});
