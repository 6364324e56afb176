import { defineManifest } from "@wend/plugin";
import { config } from "./config.ts";
import { send } from "./send-action.ts";

/** The SMTP plugin as data. */
export const manifest = defineManifest({
  id: "email-smtp",
  version: "0.0.0",
  contract: 1,
  config,
  secrets: ["pass", "dkimKey", "webhookSecret", "previousWebhookSecret", "imapPass"],
  actions: { send },
  events: ["opened", "clicked", "unsubscribed", "deferred", "bounced", "complained"],
  poll: { everyMs: 60_000 },
});
