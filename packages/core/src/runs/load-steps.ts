import type { JsonObject } from "@wend/journey";
import type { Tx } from "../store/transaction.ts";
import { explainStep } from "./explain-step.ts";
import type { StepView } from "./run-view.ts";

/** Steps that one answer holds. */
const STEP_LIMIT = 500;

export interface StepPage {
  /** Oldest first. */
  readonly steps: readonly StepView[];
  /** Sequence to ask for older ones with; null when there are none. */
  readonly before: number | null;
}

export interface StepRow {
  seq: number;
  node_id: string;
  type: string;
  entered_at: number;
  left_at: number;
  outcome: string;
  detail: JsonObject | null;
}

/** The last steps of a run, or the last before a sequence. */
export async function loadSteps(tx: Tx, ask: { runId: string; before?: number | undefined }): Promise<StepPage> {
  const rows = await tx.rows<StepRow>(
    `select seq, node_id, type, entered_at, left_at, outcome, detail from steps
     where workspace_id = $1 and run_id = $2 and seq < $3 order by seq desc limit $4`,
    [tx.workspaceId, ask.runId, ask.before ?? 2 ** 31 - 1, STEP_LIMIT + 1],
  );
  const more = rows.length > STEP_LIMIT;
  const steps = rows.slice(0, STEP_LIMIT).reverse().map(toStepView);
  return { steps, before: more ? steps[0]!.seq : null };
}

export function toStepView(row: StepRow): StepView {
  const step = {
    seq: row.seq,
    nodeId: row.node_id,
    type: row.type,
    enteredAt: row.entered_at,
    leftAt: row.left_at,
    outcome: row.outcome,
    detail: row.detail,
  };
  return { ...step, says: explainStep(step) };
}
