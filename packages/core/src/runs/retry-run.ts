import { WendError } from "@wend/plugin";
import { uuidv7 } from "../ids.ts";
import type { Tx } from "../store/transaction.ts";

/**
 * Lets a parked run visit its node again, then decide the signals it kept, in their order. It goes through the inbox
 * like every input of a run. Throws `run.not_found`, `run.wrong_state`.
 */
export async function retryRun(tx: Tx, { runId, shards }: { runId: string; shards: number }): Promise<{ id: string }> {
  const [run] = await tx.rows<{ id: string; status: string; paused: boolean }>(
    `select r.id, r.status, j.status = 'paused' as paused
     from runs r join journeys j on j.workspace_id = $1 and j.id = r.journey_id
     where r.workspace_id = $1 and r.id = $2`,
    [tx.workspaceId, runId],
  );
  if (!run) throw new WendError("run.not_found", { pointer: "/id", detail: `Asked for ${runId}.` });
  if (run.status !== "failed") {
    const detail = `It is ${run.status}; only a failed run is retried.`;
    throw new WendError("run.wrong_state", { pointer: "/id", detail });
  }
  if (run.paused) {
    const detail = "Its journey is paused; resume that before the run is retried.";
    throw new WendError("run.wrong_state", { pointer: "/id", detail });
  }
  await tx.run(
    `insert into inbox (workspace_id, shard, received_at, id, profile_id, kind, run_id)
     select $1, get_byte(uuid_send(profile_id), 15) & ($2 - 1), to_timestamp($3 / 1000e0), $4, profile_id, 'retry', id
     from runs where workspace_id = $1 and id = $5`,
    [tx.workspaceId, shards, tx.now, uuidv7(tx.now), runId],
  );
  return { id: run.id };
}
