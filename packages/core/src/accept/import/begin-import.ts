import { WendError } from "@wend/plugin";
import type { Store } from "../../store/connect.ts";
import { inWorkspace } from "../../store/transaction.ts";
import type { Workspace } from "../../workspaces/workspace.ts";
import type { Checkpoint } from "./import-batch.ts";

/** A file to import, by its content. */
export interface ImportSource {
  /** Names the import and leads its message ids. */
  readonly id: string;
  /** SHA-256 of the file, in hex. */
  readonly fileHash: string;
  /** Name and content of the mapping. */
  readonly map: string;
}

/** How far an import came. */
export interface ImportState extends Checkpoint {
  readonly id: string;
  /** Null while lines are left. */
  readonly finishedAt: number | null;
}

/**
 * Opens an import, or finds where an earlier run of it stopped. Throws `import.map_changed`: what one mapping stored
 * cannot be mapped again, since its message ids are taken.
 */
export function beginImport(
  store: Store,
  workspace: Pick<Workspace, "id">,
  source: ImportSource,
): Promise<ImportState> {
  return inWorkspace(store, workspace.id, async (tx) => {
    await tx.run(
      `insert into imports (workspace_id, id, file_hash, map, updated_at)
       values ($1, $2, $3, $4, to_timestamp($5 / 1000e0)) on conflict do nothing`,
      [tx.workspaceId, source.id, source.fileHash, source.map, tx.now],
    );
    const [row] = await tx.rows<{ map: string; line: number; rejected: number; finished_at: number | null }>(
      "select map, line, rejected, finished_at from imports where workspace_id = $1 and id = $2",
      [tx.workspaceId, source.id],
    );
    const { map, line, rejected, finished_at } = row!;
    if (map !== source.map) throw new WendError("import.map_changed", { detail: `It was ${map}, now ${source.map}.` });
    return { id: source.id, line, rejected, finishedAt: finished_at };
  });
}
