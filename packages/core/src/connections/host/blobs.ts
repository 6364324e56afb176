import type { Blob, PluginBlobs } from "@wend/plugin";
import { WendError } from "@wend/plugin";
import type { Store } from "../../store/connect.ts";
import { inWorkspace } from "../../store/transaction.ts";

/** The workspace's attachments, to be read. */
export function createBlobs(store: Store, workspaceId: number): PluginBlobs {
  return {
    load: async (id, signal) => {
      signal.throwIfAborted();
      const [row] = await inWorkspace(store, workspaceId, (tx) =>
        tx.rows<{ name: string; content_type: string; bytes: Buffer }>(
          "select name, content_type, bytes from blobs where workspace_id = $1 and id = $2",
          [tx.workspaceId, id],
        ),
      );
      if (!row) throw new WendError("blob.not_found", { detail: `It was asked for as ${id.slice(0, 100)}.` });
      return { name: row.name, contentType: row.content_type, bytes: row.bytes } satisfies Blob;
    },
  };
}
