import type { ActionCall, PluginHost } from "@wend/plugin";
import { check } from "./check.ts";
import type { Config, SendInput } from "./manifest.ts";
import { createSend } from "./send.ts";
import { createPool } from "./transport.ts";

export async function connectSmtp(config: Config, host: PluginHost) {
  const pool = createPool(config, host);
  const sendMail = createSend(config, host, pool);
  const underWay = new Set<Promise<unknown>>();
  const send = (call: ActionCall<SendInput>) => {
    const sending = sendMail(call).finally(() => underWay.delete(sending));
    underWay.add(sending);
    return sending;
  };
  return {
    actions: { send },
    check: (signal: AbortSignal) => check(config, host, signal),
    // What waits is refused, what is being sent is finished: each call ends by its own timeout at the latest.
    close: async () => {
      pool.close();
      await Promise.allSettled(underWay);
    },
  };
}
