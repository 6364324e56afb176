import type { CompiledVersion } from "../compile/types.ts";
import type { RunState } from "./types.ts";

/** Whether an event of that name can change the run where it stands; if not, `decide` would ignore it. */
export function isListening(version: CompiledVersion, run: Pick<RunState, "nodeId">, event: string): boolean {
  if (version.hasConditions) return true;
  return version.listens.has(event) && run.nodeId !== "";
}
