import type { Runtime } from "../runtime.ts";
import type { Tx } from "../store/transaction.ts";
import { inWorkspace } from "../store/transaction.ts";
import type { Workspace } from "../workspaces/workspace.ts";
import { assertManual, assertRecording, refused } from "./assert-replayable.ts";
import { queueEvents } from "./queue-events.ts";

/**
 * Queues the events of a finished import as if they came now, in their own order and at their own times, and wakes
 * the shards. One transaction: all of them or none, and once per import. Traits and consents are as the whole import
 * left them. Throws `import.replay_refused`.
 */
export async function replayImport(
  runtime: Pick<Runtime, "store" | "plugins" | "queues">,
  workspace: Pick<Workspace, "id" | "shards">,
  importId: string,
): Promise<{ readonly events: number }> {
  assertManual(runtime);
  const events = await inWorkspace(runtime.store, workspace.id, async (tx) => {
    await assertRecording(tx, runtime);
    await markReplayed(tx, importId);
    const { count, latest } = await queueEvents(tx, { shards: workspace.shards, messageIdPrefix: `${importId}:` });
    if (latest > tx.now) throw refused(`The clock stands before the last event, ${new Date(latest).toISOString()}.`);
    return count;
  });
  runtime.queues.wake(
    workspace.id,
    Array.from({ length: workspace.shards }, (_, shard) => shard),
  );
  return { events };
}

async function markReplayed(tx: Tx, importId: string): Promise<void> {
  const [row] = await tx.rows<{ finished_at: number | null; replayed_at: number | null }>(
    "select finished_at, replayed_at from imports where workspace_id = $1 and id = $2 for update",
    [tx.workspaceId, importId],
  );
  if (!row) throw refused(`There is no import ${importId}.`);
  if (row.finished_at === null) throw refused("The import is not finished.");
  if (row.replayed_at !== null) throw refused("The import was replayed before.");
  await tx.run("update imports set replayed_at = to_timestamp($3 / 1000e0) where workspace_id = $1 and id = $2", [
    tx.workspaceId,
    importId,
    tx.now,
  ]);
}
