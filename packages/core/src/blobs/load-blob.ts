import { WendError } from "@wend/plugin";
import type { Tx } from "../store/transaction.ts";
import type { BlobDetail } from "./blob.ts";

interface BlobRow {
  readonly id: string;
  readonly name: string;
  readonly content_type: string;
  readonly size: number;
  readonly created_at: number;
}

/** What is known of an attachment, without its bytes. Throws `blob.not_found`. */
export async function loadBlob(tx: Tx, id: string): Promise<BlobDetail> {
  const [row] = await tx.rows<BlobRow>(
    `select id, name, content_type, octet_length(bytes) as size, created_at from blobs
     where workspace_id = $1 and id = $2`,
    [tx.workspaceId, id],
  );
  if (!row) throw blobNotFound();
  return { id, name: row.name, contentType: row.content_type, bytes: row.size, createdAt: row.created_at };
}

/** Removes an attachment. Throws `blob.not_found`. */
export async function deleteBlob(tx: Tx, id: string): Promise<void> {
  const removed = await tx.run("delete from blobs where workspace_id = $1 and id = $2", [tx.workspaceId, id]);
  if (removed === 0) throw blobNotFound();
}

const blobNotFound = () => new WendError("blob.not_found", { pointer: "/id" });
