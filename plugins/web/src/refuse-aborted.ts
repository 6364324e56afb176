import { WendError } from "@wend/plugin";

/** A call that is over before it began has done nothing. */
export function refuseAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new WendError("provider.unavailable", { detail: "Aborted before it began." });
}
