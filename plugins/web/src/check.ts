import type { CheckResult, PluginHost } from "@wend/plugin";
import { toProblem, WendError } from "@wend/plugin";
import { signReport } from "./push/report-link.ts";
import type { VapidSetup } from "./push/vapid.ts";
import { createVapid } from "./push/vapid.ts";

/**
 * What keeps a connection from doing all that it can. No push service is asked: which ones there are, the customers'
 * browsers say.
 */
export function createCheck(host: PluginHost, setup: VapidSetup | undefined): () => Promise<CheckResult> {
  return async () => {
    // Throws where the operator has no key: then there are no tokens for pages either.
    signReport(host.links, "check");
    if (setup === undefined) return { problems: [pushIsOff] };
    createVapid(setup)("https://push.example", host.now());
    return { problems: [] };
  };
}

const pushIsOff = {
  ...toProblem(new WendError("provider.unauthorized"), "/vapidPublicKey"),
  message: "The connection has no VAPID keys: inbox and slots work, and every push fails.",
  fix: "Set `vapidSubject`, `vapidPublicKey` and `vapidPrivateKey`; leave it so where nobody is to be pushed to.",
};
