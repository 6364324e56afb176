import { defineAction, definePlugin } from "@wend/plugin";
import { z } from "zod";

const send = defineAction({
  title: "Sends one message.",
  input: z.object({ text: z.string() }),
  output: z.object({}),
  channel: "sms",
  purpose: "promotional",
  address: "phone",
  dedupe: { by: "none" },
  templates: { text: "text" },
});

/** A plugin with a secret that counts what is opened and closed, and refuses to open the host `down`. */
export function createProbePlugin() {
  const seen = { opened: [] as Record<string, unknown>[], closed: 0 };
  const plugin = definePlugin(
    {
      id: "probe",
      version: "1.0.0",
      contract: 1,
      config: z.object({
        host: z.string().min(1),
        port: z.number().int().default(25),
        token: z.string().min(8),
        pin: z.string().optional(),
      }),
      secrets: ["token", "pin"],
      actions: { send },
    },
    async (config) => {
      seen.opened.push(config);
      if (config.host === "down") throw new Error("cannot");
      return {
        actions: { send: async () => ({ output: {} }) },
        check: (signal) =>
          config.host === "hang"
            ? new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason)))
            : Promise.resolve({ problems: [] }),
        close: async () => {
          seen.closed += 1;
        },
      };
    },
  );
  return { plugin, seen };
}
