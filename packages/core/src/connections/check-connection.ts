import type { CheckResult } from "@wend/plugin";
import { toProblem, WendError } from "@wend/plugin";
import type { Logger } from "pino";
import type { ConnectionId, Connections } from "./connections.ts";
import { stackFrames } from "./stack-frames.ts";
import { withDeadline } from "./with-deadline.ts";

const checkTimeoutMs = 10_000;

/**
 * Tests a connection without sending. What keeps it from opening or answering is a problem found, not a fault of the
 * check; only `connection.not_found` is thrown. What `connections` holds open already is tested as it was opened: to test
 * the stored configuration, pass one of its own.
 */
export async function checkConnection(connections: Connections, id: ConnectionId, log: Logger): Promise<CheckResult> {
  try {
    const open = await connections.open(id);
    const result = await withDeadline(checkTimeoutMs, async (signal) => open.instance.check?.(signal));
    return result ?? { problems: [] };
  } catch (error) {
    if (error instanceof WendError && error.code === "connection.not_found") throw error;
    if (!(error instanceof WendError)) log.warn({ ...id, frames: stackFrames(error) }, "a plugin crashed");
    return { problems: problemsOf(error) };
  }
}

function problemsOf(error: unknown): CheckResult["problems"] {
  const known = error instanceof WendError ? error : new WendError("plugin.crashed", { cause: error });
  if (known.problems?.length) return known.problems;
  const problem = toProblem(known);
  // Here no action was called, whose timeout could be raised.
  return [known.code === "plugin.timeout" ? { ...problem, fix: unanswered } : problem];
}

const unanswered = `Check that the provider can be reached with this configuration: it did not answer within ${checkTimeoutMs / 1_000} s.`;
