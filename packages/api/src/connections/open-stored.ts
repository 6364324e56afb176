import type { Connections } from "@wend/core";
import { createConnections, createOutbound } from "@wend/core";
import type { ApiRuntime } from "../context.ts";

/** Connections as they are stored now: what `work` opens is opened for it, and closed again. */
export async function withStored<T>(runtime: ApiRuntime, work: (connections: Connections) => Promise<T>): Promise<T> {
  const { store, plugins, secrets, allowPrivate, publicUrl, log } = runtime;
  const outbound = createOutbound(allowPrivate);
  const connections = createConnections({ store, plugins, secrets, outbound, publicUrl, log, now: Date.now });
  try {
    return await work(connections);
  } finally {
    await connections.close();
  }
}
