import { WendError } from "@wend/plugin";
import { stackFrames } from "../../connections/stack-frames.ts";
import { runGuarded } from "../../outbound/call-guard.ts";
import { inPluginScope } from "../../process/plugin-scope.ts";
import { startDeadline } from "./deadline.ts";
import type { Performance } from "./performance.ts";
import { codedOr, scopeOf } from "./performance.ts";
import { createWriteGuard } from "./write-guard.ts";

/** One call to a plugin, whatever number of deliveries it carries: its time, and the last check before its writes. */
export interface PluginCall {
  /** Rejects with what the plugin throws, or with `plugin.timeout` when it does not obey its signal. */
  run<T>(handler: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** What an error means for a delivery of the call; undefined when nothing was written, whatever the plugin makes of it. */
  faultOf(cause: unknown): WendError | undefined;
  end(): void;
}

export interface PluginCallSetup {
  readonly timeoutMs: number;
  /** Names the call in a log line. */
  readonly about: object;
}

export function startPluginCall(on: Performance, { timeoutMs, about }: PluginCallSetup): PluginCall {
  const deadline = startDeadline(on.lease, timeoutMs);
  const { signal } = deadline;
  const guard = createWriteGuard(on.lease, signal);
  return {
    run: (handler) => {
      const call = () => inPluginScope(scopeOf(on), () => Promise.try(handler, signal));
      return Promise.race([runGuarded(guard.mayWrite, call), deadline.expired]);
    },
    faultOf: (cause) => {
      if (guard.nothingWritten()) return undefined;
      const fault = pluginFault(on, { cause, signal, about });
      // One write was refused, but another of the same call went out before it.
      const half = fault.code === "delivery.lease_lost" && guard.written();
      return half ? new WendError("plugin.timeout", { cause }) : fault;
    },
    end: () => deadline.stop(),
  };
}

interface Thrown {
  readonly cause: unknown;
  readonly signal: AbortSignal;
  readonly about: object;
}

/** What a plugin throws because its time was up is a timeout, whatever it calls it. */
export function pluginFault({ log, connection }: Performance, { cause, signal, about }: Thrown): WendError {
  const fault = codedOr(cause, signal.aborted ? "plugin.timeout" : "plugin.crashed");
  if (fault.code === "plugin.crashed") {
    log.warn({ connectionId: connection.id, ...about, frames: stackFrames(cause) }, "a plugin crashed");
  }
  return fault;
}
