import { definePlugin } from "@wend/plugin";
import { connectSmtp } from "./connect.ts";
import { manifest } from "./manifest.ts";

/** E-mail over SMTP. */
export default definePlugin(manifest, connectSmtp);
