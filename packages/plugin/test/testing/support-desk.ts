import { defineAction, defineManifest, definePlugin, findHttpError, toFetchError } from "@wend/plugin";
import { z } from "zod";

const open = defineAction({
  title: "Opens a ticket.",
  input: z.object({ subject: z.string(), text: z.string() }),
  output: z.object({ number: z.number() }),
  channel: "support",
  purpose: "transactional",
  dedupe: { by: "lookup", settleMs: 1_000 },
  templates: { subject: "text", text: "text" },
});

const manifest = defineManifest({
  id: "support-desk",
  version: "1.0.0",
  contract: 1,
  config: z.object({ url: z.url(), token: z.string() }),
  secrets: ["token"],
  actions: { open },
});

export const supportDesk = definePlugin(manifest, async (config, host) => {
  const request = async (path: string, init: RequestInit) => {
    const headers = { authorization: `Bearer ${config.token}` };
    const response = await host.fetch(config.url + path, { ...init, headers }).catch((error) => {
      throw toFetchError(error);
    });
    const fault = response.status === 404 ? undefined : findHttpError(response, host.now());
    if (fault !== undefined) throw fault;
    return response;
  };
  return {
    actions: {
      open: async ({ input, idempotencyKey, signal }) => {
        const body = JSON.stringify({ ...input, reference: idempotencyKey });
        const response = await request("/tickets", { method: "POST", body, signal });
        return { output: z.object({ number: z.number() }).parse(await response.json()) };
      },
    },
    lookup: async (key, _action, signal) => {
      const response = await request(`/tickets/${encodeURIComponent(key)}`, { signal });
      return { outcome: response.ok ? "accepted" : "absent" };
    },
  };
});
