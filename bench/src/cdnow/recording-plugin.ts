import type { FileHandle } from "node:fs/promises";
import { open } from "node:fs/promises";
import { defineAction, defineManifest, definePlugin } from "@wend/plugin";
import { z } from "zod";

/** One call as it stands in the file. */
export interface Recorded {
  readonly key: string;
  readonly template: string;
  readonly address: string | undefined;
}

const input = z.object({ template: z.string() });

const send = defineAction({
  title: "Writes down whom a mail would have gone to.",
  input,
  output: z.object({}),
  channel: "email",
  purpose: "promotional",
  address: "email",
  // Whoever reads the file counts a key once.
  dedupe: { by: "key", windowMs: 365 * 86_400_000 },
});

const manifest = defineManifest({
  id: "recording-mail",
  version: "0.0.0",
  contract: 1,
  config: z.object({
    /** Several processes may append to it. */
    file: z.string(),
  }),
  actions: { send },
  recording: true,
});

/** Mail that reaches nobody: a line in a file, which outlives the process that wrote it. */
export const recordingMail = definePlugin(manifest, async ({ file }) => {
  const handle: FileHandle = await open(file, "a");
  let closed = false;
  return {
    actions: {
      send: async ({ input: { template }, idempotencyKey: key, address }) => {
        // One write of one short line: processes that append at once do not mix theirs.
        await handle.write(`${JSON.stringify({ key, template, address } satisfies Recorded)}\n`);
        return { output: {} };
      },
    },
    close: async () => {
      if (!closed) await handle.close();
      closed = true;
    },
  };
});
