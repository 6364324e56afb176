import { WendError } from "@wend/plugin";
import type { Store } from "../../store/connect.ts";
import type { Tx } from "../../store/transaction.ts";
import type { Workspace } from "../../workspaces/workspace.ts";
import { transact } from "../group/transact.ts";
import type { HistoryItem, ImportedHistory } from "./history-item.ts";
import { storeHistory } from "./store-history.ts";

/** Everything up to this line is stored or rejected. */
export interface Checkpoint {
  readonly line: number;
  /** Rows rejected so far. */
  readonly rejected: number;
}

export interface ImportBatch {
  readonly importId: string;
  readonly items: readonly HistoryItem[];
  /** Where the batch before it ended. */
  readonly from: Checkpoint;
  readonly to: Checkpoint;
  /** Whether the file ends with this batch. */
  readonly last: boolean;
}

/**
 * Stores the next part of a file together with the checkpoint, in one transaction: a process that is killed leaves
 * both or neither. Throws `import.running_elsewhere` when the checkpoint is not where the batch begins.
 */
export function importBatch(
  store: Store,
  workspace: Pick<Workspace, "id">,
  batch: ImportBatch,
): Promise<ImportedHistory> {
  return transact(store, workspace.id, async (tx) => {
    await moveCheckpoint(tx, batch);
    return batch.items.length === 0 ? { stored: 0, known: 0 } : storeHistory(tx, batch.items);
  });
}

// Found at the batch's end when only the answer to an earlier commit was lost.
async function moveCheckpoint(tx: Tx, { importId, from, to, last }: ImportBatch): Promise<void> {
  const moved = await tx.run(
    `update imports
     set line = $4, rejected = $5, updated_at = to_timestamp($6 / 1000e0),
       finished_at = case when $7::boolean then to_timestamp($6 / 1000e0) end
     where workspace_id = $1 and id = $2 and line in ($3, $4)`,
    [tx.workspaceId, importId, from.line, to.line, to.rejected, tx.now, last],
  );
  if (moved === 0) throw new WendError("import.running_elsewhere", { detail: `It is past line ${from.line}.` });
}
