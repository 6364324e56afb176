import type { CompiledVersion } from "../compile/types.ts";
import type { RunState } from "./types.ts";

/** Whether an event of that name can change the run where it stands; if not, `decide` would ignore it. */
export function isListening(version: CompiledVersion, run: Pick<RunState, "nodeId">, event: string): boolean {
  if (version.hasConditions) return true;
  if (!version.listens.has(event)) return false;
  const node = version.nodes.get(run.nodeId);
  if (node?.type === "waitForEvent" && node.branches.some((branch) => branch.event === event)) return true;
  return version.goal?.event === event || version.exits.some((exit) => exit.event === event);
}
