import type { ActionCall } from "@wend/plugin";
import { defineAction, defineManifest, definePlugin, findHttpError, toFetchError, WendError } from "@wend/plugin";
import { z } from "zod";
import type { SinkName } from "../sink/message.ts";
import { mostFaults } from "../sink/trouble.ts";
import type { Target } from "./strike.ts";

const input = z.object({ customer: z.string(), label: z.string(), count: z.string() });
const common = {
  input,
  output: z.object({}),
  channel: "webhook",
  purpose: "transactional",
  templates: { customer: "text", count: "text" },
  timeoutMs: 5_000,
} as const;

/** One action for each thing that a provider can be good for when a call's outcome is not known. */
const manifest = defineManifest({
  id: "drill",
  version: "1.0.0",
  contract: 1,
  config: z.object({ urls: z.array(z.string()).min(1) }),
  actions: {
    keyed: defineAction({
      ...common,
      title: "Calls a sink that acts once per key.",
      dedupe: { by: "key", windowMs: 3_600_000 },
    }),
    lookup: defineAction({
      ...common,
      title: "Calls a sink that acts on every call and can be asked for a key.",
      dedupe: { by: "lookup", settleMs: 1_000 },
    }),
    blind: defineAction({
      ...common,
      title: "Calls a sink that acts on every call and tells nothing.",
      dedupe: { by: "none" },
    }),
  },
});

/** By then the sink has the call, and its answer is not here yet. */
const underWayMs = 4;

/** The drill's own plugin: nothing but HTTP, with the points at which its worker may be struck. */
export const drillPlugin = (target: Target) =>
  definePlugin(manifest, async ({ urls }, host) => {
    let calls = 0;
    // A provider with several addresses is called at each in turn; a message that got through to none goes to the last.
    const nextUrl = (attempt = 1) => (attempt > mostFaults ? urls.at(-1)! : urls[calls++ % urls.length]!);
    const post = async (sink: SinkName, call: ActionCall<z.infer<typeof input>>) => {
      target.reach("intent", sink);
      const timer = setTimeout(() => target.reach("sent", sink), underWayMs);
      const response = await host
        .fetch(`${nextUrl(call.attempt)}/${sink}`, {
          method: "POST",
          headers: { "idempotency-key": call.idempotencyKey, "x-attempt": String(call.attempt) },
          body: JSON.stringify(call.input),
          signal: call.signal,
        })
        .catch((error: unknown) => {
          throw toFetchError(error);
        })
        .finally(() => clearTimeout(timer));
      const fault = findHttpError(response, host.now());
      if (fault) throw fault;
      await parseAnswer(response);
      target.reach("answer", sink);
      return { output: {} };
    };
    return {
      actions: {
        keyed: (call) => post("keyed", call),
        lookup: (call) => post("lookup", call),
        blind: (call) => post("blind", call),
      },
      lookup: async (key, action, signal) => {
        const response = await host.fetch(`${nextUrl()}/${action}/${encodeURIComponent(key)}`, { signal });
        const fault = response.status === 404 ? undefined : findHttpError(response, host.now());
        if (fault) throw fault;
        await parseAnswer(response);
        return { outcome: response.status === 200 ? "accepted" : "absent" };
      },
    };
  });

// What answers in the provider's place answers with a page, as likely as not with the status 200 or 404.
async function parseAnswer(response: Response): Promise<void> {
  await response.json().catch((cause: unknown) => {
    throw new WendError("provider.unknown_outcome", { detail: "The answer is no JSON.", cause });
  });
}
