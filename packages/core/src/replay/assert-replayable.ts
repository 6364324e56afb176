import { WendError } from "@wend/plugin";
import type { Runtime } from "../runtime.ts";
import type { Tx } from "../store/transaction.ts";
import { inWorkspace } from "../store/transaction.ts";

/**
 * Throws `import.replay_refused` unless time is moved by hand and every connection of the workspace belongs to a
 * plugin that only records: replayed history must reach nobody.
 */
export async function assertReplayable(
  runtime: Pick<Runtime, "store" | "plugins">,
  workspaceId: number,
): Promise<void> {
  // Before the first statement: on the database's clock not even a transaction is needed to say no.
  assertManual(runtime);
  await inWorkspace(runtime.store, workspaceId, (tx) => assertRecording(tx, runtime));
}

export function assertManual({ store }: Pick<Runtime, "store">): void {
  if (store.clock.fixed() === undefined) throw refused("This process runs on the database's clock.");
}

/** A connection whose plugin is not registered here counts as one that reaches people. */
export async function assertRecording(tx: Tx, { plugins }: Pick<Runtime, "plugins">): Promise<void> {
  const connections = await tx.rows<{ key: string; plugin: string }>(
    "select key, plugin from connections where workspace_id = $1 order by key",
    [tx.workspaceId],
  );
  const live = connections.filter(({ plugin }) => plugins.find(plugin)?.manifest.recording !== true);
  if (live.length === 0) return;
  const names = live.map(({ key, plugin }) => `${key} (${plugin})`).join(", ");
  throw refused(`These connections do not merely record: ${names}.`);
}

export const refused = (detail: string): WendError => new WendError("import.replay_refused", { detail });
