import { defineManifest } from "@wend/plugin";
import { actions } from "./actions.ts";
import { config } from "./config.ts";
import { signals } from "./signals.ts";

/** The Zendesk plugin as data. */
export const manifest = defineManifest({
  id: "support-zendesk",
  version: "0.0.0",
  contract: 1,
  config,
  secrets: [
    "apiToken",
    "oauthToken",
    "webhookSecret",
    "previousWebhookSecret",
    "triggerSecret",
    "previousTriggerSecret",
  ],
  actions,
  signals,
});
