import type { PluginHost } from "@wend/plugin";
import type { z } from "zod";
import { createCheck } from "./check.ts";
import { createPutMessage } from "./inbox/put-message.ts";
import type { manifest } from "./manifest.ts";
import { createSendPush } from "./push/send-push.ts";
import type { VapidSetup } from "./push/vapid.ts";
import { createRoutes } from "./serve/route-table.ts";
import { createServe } from "./serve/serve.ts";
import { createPutSlot } from "./slot/put-slot.ts";

type Config = z.infer<typeof manifest.config>;

/** Whatever does not change from call to call is made here, once. */
export async function connectWeb(config: Config, host: PluginHost) {
  const vapid = vapidOf(config);
  return {
    actions: {
      inbox: createPutMessage(host),
      slot: createPutSlot(host),
      push: createSendPush(host, vapid),
    },
    check: createCheck(host, vapid),
    serve: createServe(createRoutes(host, vapid?.publicKey), config.origins),
  };
}

function vapidOf({ vapidSubject, vapidPublicKey, vapidPrivateKey }: Config): VapidSetup | undefined {
  if (vapidSubject === undefined || vapidPublicKey === undefined || vapidPrivateKey === undefined) return undefined;
  return { subject: vapidSubject, publicKey: vapidPublicKey, privateKey: vapidPrivateKey };
}
