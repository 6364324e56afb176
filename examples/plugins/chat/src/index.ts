import { definePlugin } from "@wend/plugin";
import { connectChat } from "./connect.ts";
import { manifest } from "./manifest.ts";

/** Posts to a team chat that speaks Slack's Web API, and hears replies and reactions by its Events API. */
export default definePlugin(manifest, connectChat);
