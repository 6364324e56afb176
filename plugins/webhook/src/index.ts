import { definePlugin } from "@wend/plugin";
import { connectWebhook } from "./connect.ts";
import { manifest } from "./manifest.ts";

/** Outgoing webhooks, signed by Standard Webhooks. */
export default definePlugin(manifest, connectWebhook);
