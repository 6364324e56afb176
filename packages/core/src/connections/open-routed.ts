import { WendError } from "@wend/plugin";
import type { Runtime } from "../runtime.ts";
import type { ConnectionRoute } from "./find-route.ts";
import type { OpenConnection } from "./open-connection.ts";
import { openCurrent } from "./open-current.ts";

/**
 * Opens a connection for somebody who has shown nothing yet. Throws `connection.not_found`, what the store throws, and
 * `connection.unavailable` for whatever else keeps it from opening: the reason is the operator's, and in the log.
 */
export async function openRouted(
  { connections, log }: Pick<Runtime, "connections" | "log">,
  { workspaceId, connectionId, version }: ConnectionRoute,
): Promise<OpenConnection> {
  try {
    return await openCurrent(connections, { workspaceId, connectionId }, version);
  } catch (error) {
    if (error instanceof WendError && isForAll(error)) throw error;
    log.error({ workspaceId, connectionId, err: error }, "connection does not open");
    throw new WendError("connection.unavailable", { retryAfterMs: 60_000 });
  }
}

const isForAll = ({ code }: WendError): boolean => code === "connection.not_found" || code === "store.unavailable";
