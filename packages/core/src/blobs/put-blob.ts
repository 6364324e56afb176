import { createHash } from "node:crypto";
import { WendError } from "@wend/plugin";
import type { Tx } from "../store/transaction.ts";
import { blobLimits } from "./blob.ts";

export interface NewBlob {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

/** Stores a file once, whatever it is called: its bytes are its id. Throws `blob.too_large`. */
export async function putBlob(tx: Tx, { name, contentType, bytes }: NewBlob): Promise<{ id: string; bytes: number }> {
  if (bytes.length > blobLimits.bytes) throw blobTooLarge(bytes.length);
  const id = createHash("sha256").update(bytes).digest("hex");
  await tx.run(statement, [tx.workspaceId, id, name, contentType, bytes, tx.now]);
  return { id, bytes: bytes.length };
}

export function blobTooLarge(size: number): WendError {
  const detail = `The file has ${size} bytes; at most ${blobLimits.bytes} are taken.`;
  return new WendError("blob.too_large", { pointer: "/base64", detail });
}

const statement = /* sql */ `
insert into blobs (workspace_id, id, name, content_type, bytes, created_at)
values ($1, $2, $3, $4, $5, to_timestamp($6 / 1000e0))
on conflict (workspace_id, id) do update set name = excluded.name, content_type = excluded.content_type`;
