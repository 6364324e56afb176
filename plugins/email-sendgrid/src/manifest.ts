import { defineManifest } from "@wend/plugin";
import { z } from "zod";
import { config } from "./config.ts";
import { send } from "./send-action.ts";

/** The SendGrid plugin as data. */
export const manifest = defineManifest({
  id: "email-sendgrid",
  version: "0.0.0",
  contract: 1,
  config,
  secrets: ["apiKey"],
  actions: { send },
  events: ["accepted", "deferred", "delivered", "opened", "clicked", "bounced", "complained", "unsubscribed", "failed"],
  signals: {
    "Email Resubscribed": {
      title: "A customer wants mail of an unsubscribe group of SendGrid again.",
      data: z.object({ group: z.number() }),
    },
  },
});

/** What its receipts can say, and its signals. */
export type Kinds = NonNullable<typeof manifest.events>[number];
export type Signals = NonNullable<typeof manifest.signals>;
