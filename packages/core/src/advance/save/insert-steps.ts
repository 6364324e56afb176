import type { StepRecord } from "@wend/journey";
import { jsonArray, plainArray, textArray, timeArray } from "../../store/arrays.ts";
import type { Tx } from "../../store/transaction.ts";

export interface StepRow {
  readonly runId: string;
  readonly step: StepRecord;
}

/** Appends completed visits. */
export function insertSteps(tx: Tx, rows: readonly StepRow[]): Promise<number> {
  return tx.run(insertStepsSql, [
    tx.workspaceId,
    plainArray(rows.map((row) => row.runId)),
    plainArray(rows.map((row) => row.step.seq)),
    textArray(rows.map((row) => row.step.nodeId)),
    textArray(rows.map((row) => row.step.type)),
    timeArray(rows.map((row) => row.step.enteredAt)),
    timeArray(rows.map((row) => row.step.leftAt)),
    textArray(rows.map((row) => row.step.outcome)),
    jsonArray(rows.map((row) => row.step.detail)),
  ]);
}

const insertStepsSql = {
  name: "insert-steps",
  text: /* sql */ `
insert into steps (workspace_id, run_id, seq, node_id, type, entered_at, left_at, outcome, detail)
select $1, run_id, seq, node_id, type, to_timestamp(entered_at), to_timestamp(left_at), outcome, detail
from unnest($2::uuid[], $3::int[], $4::text[], $5::text[], $6::float8[], $7::float8[], $8::text[], $9::jsonb[])
as u (run_id, seq, node_id, type, entered_at, left_at, outcome, detail)`,
};
