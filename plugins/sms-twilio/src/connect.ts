import type { PluginHost, PreviewAsked, WebhookRequest } from "@wend/plugin";
import { createApi } from "./api.ts";
import { check } from "./check.ts";
import type { Config, manifest } from "./manifest.ts";
import { preview } from "./preview.ts";
import { receive } from "./receive.ts";
import { createSend } from "./send.ts";

export async function connectTwilio(config: Config, host: PluginHost) {
  const api = createApi(config, host);
  return {
    actions: { send: createSend(config, host, api) },
    check: (signal: AbortSignal) => check(config, api, signal),
    preview: async ({ input }: PreviewAsked<typeof manifest.actions>) => preview(input.text),
    receive: async (request: WebhookRequest) => receive(config, host, request),
  };
}
