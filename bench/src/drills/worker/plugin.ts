import type { ActionCall } from "@wend/plugin";
import { defineAction, defineManifest, definePlugin, findHttpError, toFetchError } from "@wend/plugin";
import { z } from "zod";
import type { SinkName } from "../sink/message.ts";
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
  config: z.object({ url: z.string() }),
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
  definePlugin(manifest, async ({ url }, host) => {
    const post = async (sink: SinkName, call: ActionCall<z.infer<typeof input>>) => {
      target.reach("intent", sink);
      const timer = setTimeout(() => target.reach("sent", sink), underWayMs);
      const response = await host
        .fetch(`${url}/${sink}`, {
          method: "POST",
          headers: { "idempotency-key": call.idempotencyKey },
          body: JSON.stringify(call.input),
          signal: call.signal,
        })
        .catch((error: unknown) => {
          throw toFetchError(error);
        })
        .finally(() => clearTimeout(timer));
      const fault = findHttpError(response, host.now());
      if (fault) throw fault;
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
        const { status } = await host.fetch(`${url}/${action}/${encodeURIComponent(key)}`, { signal });
        return { outcome: status === 200 ? "accepted" : "absent" };
      },
    };
  });
