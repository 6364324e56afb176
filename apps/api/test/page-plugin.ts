import type { Served, ServeRequest } from "@wend/plugin";
import { defineAction, definePlugin } from "@wend/plugin";
import { z } from "zod";

export type Serve = (request: ServeRequest) => Promise<Served>;

/** A channel whose connections answer as the test says; one with `mute` serves nothing. */
export function createPagePlugin() {
  const script: { serve: Serve } = { serve: async () => ({ response: new Response("hello") }) };
  const plugin = definePlugin(
    {
      id: "page",
      version: "1.0.0",
      contract: 1,
      config: z.object({ mute: z.boolean().default(false) }),
      actions: {
        show: defineAction({
          title: "Shows one.",
          input: z.object({}),
          output: z.object({}),
          channel: "web",
          purpose: "transactional",
          dedupe: { by: "natural" },
        }),
      },
    },
    async ({ mute }) => ({
      actions: { show: async () => ({ output: {} }) },
      ...(!mute && { serve: (request: ServeRequest) => script.serve(request) as never }),
    }),
  );
  return { plugin, script };
}
