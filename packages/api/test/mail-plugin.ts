import { defineAction, definePlugin, WendError } from "@wend/plugin";
import { z } from "zod";

/** A channel without a provider: its host says how its check ends. */
export const mailPlugin = definePlugin(
  {
    id: "mail",
    version: "1.0.0",
    contract: 1,
    config: z.object({ host: z.string().min(1), password: z.string().min(8).optional() }),
    secrets: ["password"],
    actions: {
      send: defineAction({
        title: "Sends one message.",
        input: z.object({ subject: z.string() }),
        output: z.object({}),
        channel: "email",
        purpose: "promotional",
        address: "email",
        dedupe: { by: "key", windowMs: 86_400_000 },
        templates: { subject: "text" },
      }),
    },
  },
  async (config) => ({
    actions: { send: async () => ({ output: {} }) },
    check: async () => {
      if (config.host === "down") throw new Error(`cannot reach ${config.password}`);
      if (config.host === "refusing") throw new WendError("provider.unavailable", { detail: "ECONNREFUSED" });
      return { problems: config.host === "garbled" ? ([{ nonsense: true }] as never) : [] };
    },
  }),
);
