import { WendError } from "@wend/plugin";
import type { CompiledVersion } from "../compile/types.ts";
import type { GateFacts } from "../gate/types.ts";
import type { Facts, RunState } from "./types.ts";

export interface ExitNowInput {
  readonly version: CompiledVersion;
  readonly run: RunState;
  readonly facts: Pick<Facts, "profile" | "entry" | "history">;
  readonly now: number;
}

/** What the `when` conditions of exits and goal say now, for the send gate at claim. */
export function resolveExitNow(input: ExitNowInput): GateFacts["exitNow"] {
  throw new WendError("internal.unexpected", { detail: String(input) });
}
