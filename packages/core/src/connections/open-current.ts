import type { ConnectionId, Connections } from "./connections.ts";
import type { OpenConnection } from "./open-connection.ts";

/** Opens a connection as it was at a version, or later: the one that this process holds open may be older. */
export async function openCurrent(
  connections: Connections,
  id: ConnectionId,
  version: string,
): Promise<OpenConnection> {
  const open = await connections.open(id);
  // Versions are instants without trailing zeros, in UTC: as text they stand in their order.
  return open.version < version ? connections.open(id, open.version) : open;
}
