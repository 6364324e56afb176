import type { PluginConnection, Polled } from "@wend/plugin";
import { WendError } from "@wend/plugin";
import type { PluginCall } from "../connections/call-plugin.ts";
import { callPlugin } from "../connections/call-plugin.ts";

export interface Asking {
  readonly instance: PluginConnection;
  readonly cursor: string | null;
  /** Its `stop` aborts when the worker is to stop: whatever the plugin makes of it, this rejects at once. */
  readonly call: PluginCall & { readonly stop: AbortSignal };
}

/** Makes one call of `poll`. Rejects as `callPlugin` does, and with `plugin.bad_output`. */
export function askPoll({ instance, cursor, call }: Asking): Promise<Polled> {
  const { stop } = call;
  return callPlugin(call, async (late) => {
    const { promise: stopped, reject } = Promise.withResolvers<never>();
    const leave = (): void => reject(stop.reason);
    stop.addEventListener("abort", leave, { once: true });
    try {
      stop.throwIfAborted();
      const answer = Promise.try(async () => instance.poll?.(cursor, AbortSignal.any([late, stop])));
      return asPolled(await Promise.race([answer, stopped]), cursor);
    } finally {
      stop.removeEventListener("abort", leave);
    }
  });
}

const longestCursor = 10_000;

function asPolled(polled: Polled | undefined, before: string | null): Polled {
  const { cursor, more } = polled ?? {};
  if (typeof cursor !== "string" || cursor.length > longestCursor || typeof more !== "boolean") {
    throw badOutput(
      `poll() resolves to an object with \`more\` and a \`cursor\` of at most ${longestCursor} characters.`,
    );
  }
  // It would be asked the same for ever, and at once.
  if (more && cursor === before) throw badOutput("poll() says that there is more behind the cursor it was given.");
  return polled!;
}

const badOutput = (detail: string) => new WendError("plugin.bad_output", { detail });
