import { definePlugin } from "@wend/plugin";
import { connectZendesk } from "./connect.ts";
import { manifest } from "./manifest.ts";

/** Tickets in Zendesk Support. */
export default definePlugin(manifest, connectZendesk);
