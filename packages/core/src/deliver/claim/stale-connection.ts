import type { OpenConnection } from "../../connections/open-connection.ts";

/** The stored connection is of another version than the open one: nothing was claimed. */
export class StaleConnection extends Error {}

/** Throws `StaleConnection` unless the open connection is the stored one. */
export function assertVersion(connection: OpenConnection, stored: string | null): void {
  if (stored !== connection.version) throw new StaleConnection();
}
