import { definePlugin } from "@wend/plugin";
import { connectSendgrid } from "./connect.ts";
import { manifest } from "./manifest.ts";

/** E-mail through SendGrid. */
export default definePlugin(manifest, connectSendgrid);
