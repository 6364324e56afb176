import { createSigner, serveLinks } from "@wend/email";
import type { MailInput } from "@wend/email/manifest";
import type { ActionCall, PluginHost, ServeRequest, WebhookRequest } from "@wend/plugin";
import { check } from "./check.ts";
import type { Config } from "./config.ts";
import { poll } from "./poll.ts";
import { receive } from "./receive.ts";
import { createSend } from "./send.ts";
import { createPool } from "./transport.ts";

export async function connectSmtp(config: Config, host: PluginHost) {
  const pool = createPool(config, host);
  const reader = { config, host, sign: createSigner(host) };
  const sendMail = createSend({ ...reader, pool });
  const underWay = new Set<Promise<unknown>>();
  const send = (call: ActionCall<MailInput>) => {
    const sending = sendMail(call).finally(() => underWay.delete(sending));
    underWay.add(sending);
    return sending;
  };
  return {
    actions: { send },
    check: (signal: AbortSignal) => check(config, host, signal),
    receive: (request: WebhookRequest) => receive(reader, request),
    poll: (cursor: string | null, signal: AbortSignal) => poll(reader, cursor, signal),
    serve: (request: ServeRequest) => serveLinks(host, request),
    // What waits is refused, what is being sent is finished: each call ends by its own timeout at the latest.
    close: async () => {
      pool.close();
      await Promise.allSettled(underWay);
    },
  };
}
