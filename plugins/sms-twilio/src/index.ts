import { definePlugin } from "@wend/plugin";
import { connectTwilio } from "./connect.ts";
import { manifest } from "./manifest.ts";

/** SMS through Twilio, with replies and opt-outs. */
export default definePlugin(manifest, connectTwilio);
