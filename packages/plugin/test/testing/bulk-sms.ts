import type { ActionItem } from "@wend/plugin";
import { defineAction, defineManifest, definePlugin, findHttpError, toFetchError, WendError } from "@wend/plugin";
import { z } from "zod";

const send = defineAction({
  title: "Sends a text.",
  input: z.object({ text: z.string() }),
  output: z.object({ number: z.number() }),
  channel: "sms",
  purpose: "transactional",
  dedupe: { by: "key", windowMs: 86_400_000 },
  batch: { size: 100 },
});

const manifest = defineManifest({
  id: "bulk-sms",
  version: "1.0.0",
  contract: 1,
  config: z.object({ url: z.url() }),
  actions: { send },
});

/** Sends by lists; a single text is a list of one. */
export const bulkSms = definePlugin(manifest, async ({ url }, host) => {
  const post = async (items: readonly ActionItem<{ text: string }>[], signal: AbortSignal) => {
    const body = JSON.stringify(items.map(({ input, idempotencyKey }) => ({ ...input, reference: idempotencyKey })));
    const response = await host.fetch(url, { method: "POST", body, signal }).catch((error) => {
      throw toFetchError(error);
    });
    const fault = findHttpError(response, host.now());
    if (fault !== undefined) throw fault;
    const numbers = z.array(z.number().nullable()).parse(await response.json());
    return numbers.map((number) =>
      number === null
        ? { error: new WendError("provider.rejected", { detail: "It has no number for it." }) }
        : { output: { number }, providerId: String(number) },
    );
  };
  return {
    actions: {
      send: async ({ signal, ...item }) => {
        const [result] = await post([item], signal);
        if (result === undefined || "error" in result) throw result?.error ?? new WendError("provider.unknown_outcome");
        return result;
      },
    },
    batches: { send: post },
  };
});
