import { definePlugin } from "@wend/plugin";
import { connectWeb } from "./connect.ts";
import { manifest } from "./manifest.ts";

/** The web channel: in-app inbox, personalised slots, web push. */
export default definePlugin(manifest, connectWeb);
