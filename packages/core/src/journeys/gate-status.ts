import type { GateFacts } from "@wend/journey";

/** A journey's status as the send gate sees it; one that is closed, or gone, sends nothing any more. */
export function gateStatus(status: string | null): GateFacts["journey"]["status"] {
  return status === "live" || status === "paused" || status === "closing" ? status : "stopped";
}
