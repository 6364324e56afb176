import { once } from "node:events";

/** Aborts on the first SIGINT or SIGTERM, whose name is the reason. A second SIGINT ends the process at once. */
export function stopSignal(): AbortSignal {
  const stop = new AbortController();
  const onSignal = (name: NodeJS.Signals) => {
    if (stop.signal.aborted && name === "SIGINT") process.exit(130);
    stop.abort(name);
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  return stop.signal;
}

/** Resolves once the signal has aborted, with its reason. */
export async function untilStopped(stop: AbortSignal): Promise<string> {
  if (!stop.aborted) await once(stop, "abort");
  return String(stop.reason);
}
