import type { ConnectionId } from "@wend/core";
import { checkConnection, createConnections, createOutbound } from "@wend/core";
import type { CheckResult } from "@wend/plugin";
import type { ApiRuntime } from "../context.ts";

/** Tests a connection as it is stored now: it is opened for the test and closed again. */
export async function checkStored(runtime: ApiRuntime, id: ConnectionId): Promise<CheckResult> {
  const { store, plugins, secrets, allowPrivate, log } = runtime;
  const outbound = createOutbound(allowPrivate);
  const connections = createConnections(store, { plugins, secrets, outbound, log, now: Date.now });
  try {
    return await checkConnection(connections, id, log);
  } finally {
    await connections.close();
  }
}
