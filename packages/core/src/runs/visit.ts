import type { Node } from "@wend/journey";
import type { RunSummary } from "./run-view.ts";

/** What keeps a run where it is. */
export type Waiting =
  /** A delay, until the instant. */
  | { readonly kind: "time"; readonly until: number }
  /** The first of these events, until the timeout. */
  | { readonly kind: "event"; readonly events: readonly string[]; readonly until: number | null }
  /** What becomes of the delivery of this visit. */
  | { readonly kind: "outcome" }
  /** Somebody to retry it: an error parked it here. */
  | { readonly kind: "retry" };

/** The visit under way of a run that has not ended. */
export interface Visit {
  readonly seq: number;
  readonly nodeId: string;
  readonly type: string;
  readonly enteredAt: number;
  readonly waitsFor: Waiting;
}

/** What a run stands at; null once it has ended. `node` is undefined only when the version does not have it. */
export function resolveVisit(run: RunSummary, node: Node | undefined): Visit | null {
  if (run.status === "ended") return null;
  return {
    seq: run.seq,
    nodeId: run.nodeId,
    type: node?.type ?? "unknown",
    enteredAt: run.since,
    waitsFor: run.status === "failed" ? { kind: "retry" } : resolveWaiting(run, node),
  };
}

function resolveWaiting(run: RunSummary, node: Node | undefined): Waiting {
  if (node?.type === "waitForEvent") {
    const events = [...new Set(node.branches.map((branch) => branch.event))];
    return { kind: "event", events, until: run.wakeAt };
  }
  return run.wakeAt === null ? { kind: "outcome" } : { kind: "time", until: run.wakeAt };
}
