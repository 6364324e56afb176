import type { Store } from "../../store/connect.ts";
import type { Workspace } from "../../workspaces/workspace.ts";
import { transact } from "../group/transact.ts";
import type { HistoryItem, ImportedHistory } from "./history-item.ts";
import { storeHistory } from "./store-history.ts";

/**
 * Stores what happened before, as history only: no inbox row, so no trigger and no send. One transaction, a fixed
 * number of statements; some thousands of items a call are best. Repeating a call changes nothing.
 */
export async function importHistory(
  store: Store,
  workspace: Pick<Workspace, "id">,
  items: readonly HistoryItem[],
): Promise<ImportedHistory> {
  if (items.length === 0) return { stored: 0, known: 0 };
  return transact(store, workspace.id, (tx) => storeHistory(tx, items));
}
