import { WendError } from "@wend/plugin";
import type { Logger } from "pino";
import { inPluginScope } from "../process/plugin-scope.ts";
import { readPluginError } from "./plugin-error.ts";
import { stackFrames } from "./stack-frames.ts";
import { withDeadline } from "./with-deadline.ts";

/** A call of a plugin's own code. */
export interface PluginCall {
  readonly plugin: string;
  readonly connectionId: string;
  readonly timeoutMs: number;
  readonly log: Logger;
  /** Aborts when nobody waits any more: whatever is thrown then is nobody's fault. */
  readonly stop?: AbortSignal;
}

/**
 * Runs a plugin's own code. Throws the plugin's WendError without its cause, `plugin.timeout`, `plugin.crashed` for
 * whatever has no code, and as `stop` says. Nothing else that a plugin throws reaches the caller or the log: it may hold
 * a secret or an address, and whoever logs an error logs its cause.
 */
export async function callPlugin<T>(call: PluginCall, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  let late: AbortSignal | undefined;
  try {
    return await withDeadline(call.timeoutMs, (signal) => {
      late = signal;
      return inPluginScope({ plugin: call.plugin, connectionId: call.connectionId }, () => work(signal));
    });
  } catch (thrown) {
    if (call.stop?.aborted) throw call.stop.reason;
    throw readPluginError(thrown) ?? lateness(late) ?? crash(thrown, call);
  }
}

// What a plugin throws because its time was up is a timeout, whatever it calls it.
const lateness = (late: AbortSignal | undefined): WendError | undefined =>
  late?.aborted ? readPluginError(late.reason) : undefined;

function crash(thrown: unknown, { log, plugin, connectionId }: PluginCall): WendError {
  log.warn({ plugin, connectionId, frames: stackFrames(thrown) }, "a plugin crashed");
  return new WendError("plugin.crashed");
}
