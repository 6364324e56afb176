import { createSigner, serveLinks } from "@wend/email";
import type { PluginHost, ServeRequest, WebhookRequest } from "@wend/plugin";
import { createApi } from "./api.ts";
import { check } from "./check.ts";
import type { Config } from "./config.ts";
import { receive } from "./receive/receive.ts";
import { createSend } from "./send.ts";

export async function connectSendgrid(config: Config, host: PluginHost) {
  const api = createApi(config, host);
  return {
    actions: { send: createSend({ config, host, api, sign: createSigner(host) }) },
    check: (signal: AbortSignal) => check(api, signal),
    receive: async (request: WebhookRequest) => receive(config, host, request),
    serve: (request: ServeRequest) => serveLinks(host, request),
  };
}
