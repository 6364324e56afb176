import type { CheckResult } from "@wend/plugin";
import { toProblem, WendError } from "@wend/plugin";
import type { ConnectionId, Connections } from "./connections.ts";
import { withDeadline } from "./with-deadline.ts";

const checkTimeoutMs = 10_000;

/**
 * Tests a connection without sending. What keeps it from opening or answering is a problem found, not a fault of the
 * check; only `connection.not_found` is thrown. What `connections` holds open already is tested as it was opened: to test
 * the stored configuration, pass one of its own.
 */
export async function checkConnection(connections: Connections, id: ConnectionId): Promise<CheckResult> {
  try {
    const open = await connections.open(id);
    const result = await withDeadline(checkTimeoutMs, async (signal) => open.instance.check?.(signal));
    return result ?? { problems: [] };
  } catch (error) {
    if (error instanceof WendError && error.code === "connection.not_found") throw error;
    return { problems: problemsOf(error) };
  }
}

function problemsOf(error: unknown): CheckResult["problems"] {
  const known = error instanceof WendError ? error : new WendError("plugin.crashed", { cause: error });
  return known.problems?.length ? known.problems : [toProblem(known)];
}
