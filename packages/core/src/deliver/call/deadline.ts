import { WendError } from "@wend/plugin";
import type { Lease } from "../lease.ts";

/** The time one call has: a signal for the plugin, and a promise that rejects when it does not obey. */
export interface Deadline {
  readonly signal: AbortSignal;
  readonly expired: Promise<never>;
  stop(): void;
}

/** A call has ended this long before its lease does, so that what it did can still be recorded. */
const marginMs = 1_000;
/** What a plugin has to close its socket and say how far it came. */
const graceMs = 100;

export function startDeadline(lease: Lease, timeoutMs: number): Deadline {
  const abort = new AbortController();
  const { promise: expired, reject } = Promise.withResolvers<never>();
  // Nobody may be listening any more when it fires.
  expired.catch(() => {});
  const ms = Math.max(1, Math.min(timeoutMs, lease.ms - lease.elapsed() - marginMs));
  let timer = setTimeout(() => {
    const error = new WendError("plugin.timeout", { detail: `It had ${ms} ms.` });
    abort.abort(error);
    timer = setTimeout(reject, graceMs, error);
  }, ms);
  return { signal: abort.signal, expired, stop: () => clearTimeout(timer) };
}
