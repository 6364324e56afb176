import { WendError } from "@wend/plugin";
import type { GateFacts, GateVerdict } from "./types.ts";

/** Whether a delivery may go out: every check in the fixed order, up to the first that fails. Fails closed. */
export function gate(facts: GateFacts): GateVerdict {
  throw new WendError("internal.unexpected", { detail: String(facts) });
}
