import { defineAction, defineManifest } from "@wend/plugin";
import { z } from "zod";

const DAY_MS = 86_400_000;

const send = defineAction({
  title: "Sends one text.",
  input: z.object({ text: z.string().min(1).max(1_600) }),
  output: z.object({}),
  channel: "sms",
  purpose: "promotional",
  address: "phone",
  addressOnly: true,
  dedupe: { by: "key", windowMs: DAY_MS },
  templates: { text: "text" },
});

/** The plugin as data. */
export const manifest = defineManifest({
  id: "sample",
  version: "0.1.0",
  contract: 1,
  config: z.object({
    url: z.url({ protocol: /^https?$/ }),
    token: z.string().min(1),
    webhookSecret: z.string().optional(),
    previousWebhookSecret: z.string().optional(),
  }),
  secrets: ["token", "webhookSecret", "previousWebhookSecret"],
  actions: { send },
  events: ["delivered", "failed"],
});
