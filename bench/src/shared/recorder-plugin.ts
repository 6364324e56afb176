import { defineAction, defineManifest, definePlugin } from "@wend/plugin";
import { z } from "zod";

/** A call of the plugin: which event led to it, and when, by the machine's monotonic clock. */
export interface Call {
  readonly event: string;
  readonly atMs: number;
}

let calls: Call[] = [];

/** The calls since this was last asked. */
export function takeCalls(): readonly Call[] {
  const taken = calls;
  calls = [];
  return taken;
}

/** Milliseconds of a clock that all processes of this machine share. */
export const monotonicMs = (): number => Number(process.hrtime.bigint()) / 1e6;

const record = defineAction({
  title: "Notes when it was called.",
  input: z.object({ event: z.string() }),
  output: z.object({}),
  channel: "recorder",
  purpose: "transactional",
  dedupe: { by: "natural" },
  templates: { event: "text" },
});

const manifest = defineManifest({
  id: "recorder",
  version: "0.0.0",
  contract: 1,
  config: z.object({}),
  actions: { record },
});

/** A provider that answers at once: what is left is Wend's own time. */
export const recorder = definePlugin(manifest, async () => ({
  actions: {
    record: async ({ input }) => {
      calls.push({ event: input.event, atMs: monotonicMs() });
      return { output: {} };
    },
  },
}));
