import { jsonArray, plainArray, textArray, timeArray } from "../../store/arrays.ts";
import type { Tx } from "../../store/transaction.ts";
import type { RunSlot } from "../run-slot.ts";
import { heldOf } from "../run-slot.ts";

/** Writes the runs that began in this batch, in the state in which the batch leaves them. */
export function insertRuns(tx: Tx, slots: readonly RunSlot[]): Promise<number> {
  const runs = slots.map((slot) => slot.run);
  return tx.run(insertRunsSql, [
    tx.workspaceId,
    plainArray(runs.map((run) => run.id)),
    plainArray(runs.map((run) => run.journeyId)),
    plainArray(runs.map((run) => run.version)),
    plainArray(runs.map((run) => run.profileId)),
    textArray(runs.map((run) => run.entryKey)),
    textArray(slots.map((slot) => slot.entryEvent.name)),
    timeArray(slots.map((slot) => slot.entryEvent.receivedAt)),
    plainArray(slots.map((slot) => slot.entryEvent.id)),
    plainArray(runs.map((run) => run.status)),
    textArray(runs.map((run) => run.nodeId)),
    timeArray(runs.map((run) => run.since)),
    plainArray(runs.map((run) => run.seq)),
    timeArray(runs.map((run) => run.wakeAt)),
    jsonArray(runs.map((run) => run.vars)),
    timeArray(runs.map((run) => run.startedAt)),
    timeArray(runs.map((run) => run.endedAt)),
    plainArray(runs.map((run) => run.endedBy)),
    textArray(runs.map((run) => run.outcome)),
    jsonArray(runs.map((run) => run.error)),
    jsonArray(slots.map(heldOf)),
    timeArray(slots.map((slot) => slot.goalAt)),
    jsonArray(runs.map((run) => run.visits)),
  ]);
}

const insertRunsSql = {
  name: "insert-runs",
  text: /* sql */ `
insert into runs (workspace_id, id, journey_id, version, profile_id, entry_key, entry_name, entry_at, entry_id,
  status, node_id, since, seq, wake_at, vars, started_at, ended_at, ended_by, outcome, error, held, goal_at,
  visits)
select $1, id, journey_id, version, profile_id, entry_key, entry_name, to_timestamp(entry_at), entry_id,
  status, node_id, to_timestamp(since), seq, to_timestamp(wake_at), vars, to_timestamp(started_at),
  to_timestamp(ended_at), ended_by, outcome, error, held, to_timestamp(goal_at), visits
from unnest($2::uuid[], $3::uuid[], $4::int[], $5::uuid[], $6::text[], $7::text[], $8::float8[], $9::uuid[],
  $10::text[], $11::text[], $12::float8[], $13::int[], $14::float8[], $15::jsonb[], $16::float8[],
  $17::float8[], $18::text[], $19::text[], $20::jsonb[], $21::jsonb[], $22::float8[], $23::jsonb[])
as u (id, journey_id, version, profile_id, entry_key, entry_name, entry_at, entry_id, status, node_id, since,
  seq, wake_at, vars, started_at, ended_at, ended_by, outcome, error, held, goal_at, visits)`,
};
