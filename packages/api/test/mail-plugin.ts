import { defineAction, definePlugin, WendError } from "@wend/plugin";
import { z } from "zod";

const cost = { amount: 0.01, currency: "EUR" };

/** A channel without a provider: its host says how its check and its previews end. */
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
        input: z.object({ subject: z.string(), retries: z.int().min(0).optional() }),
        output: z.object({}),
        channel: "email",
        purpose: "promotional",
        address: "email",
        addressOnly: true,
        dedupe: { by: "key", windowMs: 86_400_000 },
        templates: { subject: "text" },
      }),
    },
  },
  async (config, host) => ({
    ...(config.host !== "no-preview" && {
      preview: async ({ input, address }) => {
        if (config.host === "crashing") throw new Error(`cannot reach ${config.password}`);
        if (config.host === "refusing") throw new WendError("provider.rejected");
        if (config.host === "silent") await new Promise(() => {});
        const notes = [`to ${address ?? "nobody"}: ${input.subject}`];
        return { parts: config.host === "garbled" ? 0.5 : 1, bytes: input.subject.length, cost, notes };
      },
    }),
    // Asked about an attachment, it says what it was given.
    lookup: async (key, _action, signal) => {
      const { name, contentType, bytes } = await host.blobs.load(key, signal);
      return { outcome: "accepted", providerId: `${name} ${contentType} ${Buffer.from(bytes)}` };
    },
    // Its id tells what it was called with.
    actions: {
      send: async ({ input, address }) => ({ output: {}, providerId: `${address}: ${input.subject}` }),
    },
    check: async () => {
      if (config.host === "down") throw new Error(`cannot reach ${config.password}`);
      if (config.host === "refusing") throw new WendError("provider.unavailable", { detail: "ECONNREFUSED" });
      return { problems: config.host === "garbled" ? ([{ nonsense: true }] as never) : [] };
    },
  }),
);
