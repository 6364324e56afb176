import type { CheckResult, ErrorCode, Problem } from "@wend/plugin";
import { errorTable, toProblem, WendError } from "@wend/plugin";
import type { Logger } from "pino";
import { callPlugin } from "./call-plugin.ts";
import type { ConnectionId, Connections } from "./connections.ts";

const checkTimeoutMs = 10_000;

/**
 * Tests a connection without sending. What keeps it from opening or answering is a problem found, not a fault of the
 * check; only `connection.not_found` is thrown. What `connections` holds open already is tested as it was opened: to test
 * the stored configuration, pass one of its own.
 */
export async function checkConnection(connections: Connections, id: ConnectionId, log: Logger): Promise<CheckResult> {
  try {
    const open = await connections.open(id);
    const call = { plugin: open.manifest.id, connectionId: open.id, timeoutMs: checkTimeoutMs, log };
    const result = await callPlugin(call, async (signal) => open.instance.check?.(signal));
    return { problems: (result?.problems ?? []).map(worded) };
  } catch (error) {
    if (error instanceof WendError && error.code === "connection.not_found") throw error;
    return { problems: problemsOf(error) };
  }
}

function problemsOf(error: unknown): CheckResult["problems"] {
  const known = error instanceof WendError ? error : new WendError("plugin.crashed", { cause: error });
  if (known.problems?.length) return known.problems;
  return [worded(toProblem(known))];
}

// A fix of the plugin's own says more than ours.
function worded(problem: Problem): Problem {
  const code = problem?.code as ErrorCode;
  const fix = problem?.fix === errorTable[code]?.fix ? fixes[code] : undefined;
  return fix === undefined ? problem : { ...problem, fix };
}

// The table speaks of deliveries, which are tried again. A check is not, and calls no action whose timeout could be raised.
const fixes: { readonly [code in ErrorCode]?: string } = {
  "plugin.timeout": `Check that the provider can be reached with this configuration: it did not answer within ${checkTimeoutMs / 1_000} s.`,
  "provider.unavailable": "Check host and port of the configuration and that the provider is up, then check again.",
  "provider.rate_limited": "Wait as long as the provider asks, then check again.",
  "provider.unauthorized": "Correct the connection's secrets, then check again.",
  "provider.unknown_outcome": "Check that the provider can be reached with this configuration, then check again.",
};
