import type { Connections } from "../connections/connections.ts";
import type { DeliverReport } from "./lane/job.ts";
import { Lane } from "./lane/lane.ts";
import type { DeliverRuntime, DeliveryTarget } from "./runtime.ts";

export interface DeliverTarget extends DeliveryTarget {
  /** Aborts when the worker is to stop: what is claimed is finished, nothing more is claimed. */
  readonly signal?: AbortSignal;
}

// Lanes live as long as the open connections they call through.
const lanes = new WeakMap<Connections, Map<string, Lane>>();

/**
 * Delivers what a job names: claims, renders, calls the plugin and records the outcome. Resolves once something is
 * recorded of each id; those that are not due, settled or held by another worker are passed over. Rejects when the
 * database cannot be reached: then nothing is lost, and the clock names the ids again.
 */
export function deliverBatch(
  runtime: DeliverRuntime,
  { signal, ...target }: DeliverTarget,
  ids: readonly string[],
): Promise<DeliverReport> {
  return laneOf(runtime, target).deliver(ids, signal);
}

function laneOf(runtime: DeliverRuntime, target: DeliveryTarget): Lane {
  let known = lanes.get(runtime.connections);
  if (!known) {
    known = new Map();
    lanes.set(runtime.connections, known);
  }
  const key = `${target.workspaceId}/${target.connectionId}`;
  let lane = known.get(key);
  if (!lane) {
    lane = new Lane(runtime, target);
    known.set(key, lane);
  }
  return lane;
}
