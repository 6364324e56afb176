import { WendError } from "@wend/plugin";
import { isUuid } from "../ids.ts";
import type { Tx } from "../store/transaction.ts";
import type { Connection, ConnectionRow } from "./connection.ts";
import { connectionColumns, toConnection } from "./connection.ts";

/** A connection by its id or key. */
export async function findConnection(tx: Tx, idOrKey: string): Promise<Connection | undefined> {
  const row = await findRow(tx, idOrKey, { lock: false });
  return row && toConnection(row);
}

/** All connections of the workspace, by key. */
export async function listConnections(tx: Tx): Promise<Connection[]> {
  const rows = await tx.rows<ConnectionRow>(
    `select ${connectionColumns} from connections where workspace_id = $1 order by key`,
    [tx.workspaceId],
  );
  return rows.map(toConnection);
}

/** The stored row by id or key, secrets sealed. Throws `connection.not_found`. */
export async function loadConnectionRow(tx: Tx, idOrKey: string, { lock = false } = {}): Promise<ConnectionRow> {
  const row = await findRow(tx, idOrKey, { lock });
  if (!row)
    throw new WendError("connection.not_found", {
      pointer: "/connection",
      detail: `It was asked for as ${idOrKey.slice(0, 100)}.`,
    });
  return row;
}

async function findRow(tx: Tx, idOrKey: string, { lock }: { lock: boolean }): Promise<ConnectionRow | undefined> {
  const by = isUuid(idOrKey) ? "id" : "key";
  const [row] = await tx.rows<ConnectionRow>(
    `select ${connectionColumns} from connections where workspace_id = $1 and ${by} = $2 ${lock ? "for update" : ""}`,
    [tx.workspaceId, idOrKey],
  );
  return row;
}
