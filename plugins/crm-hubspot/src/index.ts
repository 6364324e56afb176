import { definePlugin } from "@wend/plugin";
import { connectHubspot } from "./connect.ts";
import { manifest } from "./manifest.ts";

/** CRM records, tasks and notes in HubSpot, and what changes there. */
export default definePlugin(manifest, connectHubspot);
