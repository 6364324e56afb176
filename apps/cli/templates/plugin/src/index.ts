import { definePlugin } from "@wend/plugin";
import { connectSample } from "./connect.ts";
import { manifest } from "./manifest.ts";

export default definePlugin(manifest, connectSample);
