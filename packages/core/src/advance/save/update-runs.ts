import { jsonArray, plainArray, textArray, timeArray } from "../../store/arrays.ts";
import type { Tx } from "../../store/transaction.ts";
import type { RunSlot } from "../run-slot.ts";
import { heldOf } from "../run-slot.ts";

/** Writes the runs that stood before and moved, ended, failed or held a signal. */
export function updateRuns(tx: Tx, slots: readonly RunSlot[]): Promise<number> {
  const runs = slots.map((slot) => slot.run);
  return tx.run(updateRunsSql, [
    tx.workspaceId,
    plainArray(runs.map((run) => run.id)),
    plainArray(runs.map((run) => run.status)),
    textArray(runs.map((run) => run.nodeId)),
    timeArray(runs.map((run) => run.since)),
    plainArray(runs.map((run) => run.seq)),
    timeArray(runs.map((run) => run.wakeAt)),
    jsonArray(runs.map((run) => run.vars)),
    timeArray(runs.map((run) => run.endedAt)),
    plainArray(runs.map((run) => run.endedBy)),
    textArray(runs.map((run) => run.outcome)),
    jsonArray(runs.map((run) => run.error)),
    jsonArray(slots.map(heldOf)),
    timeArray(slots.map((slot) => slot.goalAt)),
    jsonArray(runs.map((run) => run.visits)),
  ]);
}

const updateRunsSql = {
  name: "update-runs",
  text: /* sql */ `
update runs r set status = u.status, node_id = u.node_id, since = to_timestamp(u.since), seq = u.seq,
  wake_at = to_timestamp(u.wake_at), vars = u.vars, ended_at = to_timestamp(u.ended_at), ended_by = u.ended_by,
  outcome = u.outcome, error = u.error, held = u.held, goal_at = to_timestamp(u.goal_at),
  visits = u.visits
from unnest($2::uuid[], $3::text[], $4::text[], $5::float8[], $6::int[], $7::float8[], $8::jsonb[], $9::float8[],
  $10::text[], $11::text[], $12::jsonb[], $13::jsonb[], $14::float8[], $15::jsonb[])
as u (id, status, node_id, since, seq, wake_at, vars, ended_at, ended_by, outcome, error, held, goal_at, visits)
where r.workspace_id = $1 and r.id = u.id`,
};
