import { WendError } from "@wend/plugin";
import type { DecideInput, Decision } from "./types.ts";

/** What the signal does to the run: through all immediate nodes, up to the next wait. Pure; never throws. */
export function decide(input: DecideInput): Decision {
  throw new WendError("internal.unexpected", { detail: String(input) });
}
