import { appRouter, createContext } from "@wend/api";
import type { ApiServer } from "@wend/api-server";
import { serveApi } from "@wend/api-server";
import type { Clock, Runtime } from "@wend/core";
import { connectRuntime } from "@wend/core";
import type { Plugin } from "@wend/plugin";
import type { Worker } from "@wend/worker";
import { createWorker, runtimeHandlers } from "@wend/worker";
import type { Logger } from "pino";
import type { Data } from "./open-data.ts";

/** The API and every worker role in this process: what runs apart in production, over the same queues and tables. */
export interface Served {
  readonly runtime: Runtime;
  readonly api: ApiServer;
  readonly worker: Worker;
  /** Stops taking requests, finishes what is under way, hands back the rest. The data stays open. */
  close(): Promise<void>;
}

export interface ServeAllOptions {
  readonly data: Data;
  /** Undefined: loopback alone. Whoever starts this on a machine of their own has not opened it to a network. */
  readonly host: string | undefined;
  /** 0 takes any free one. */
  readonly port: number;
  readonly allowPrivate: readonly string[];
  /** Undefined: where this machine reaches it. */
  readonly publicUrl?: string | undefined;
  readonly plugins: readonly Plugin[];
  readonly log: Logger;
  readonly clock?: Clock;
}

export async function serveAll(options: ServeAllOptions): Promise<Served> {
  const { data, host, port, allowPrivate, publicUrl, plugins, log, clock } = options;
  let api: ApiServer | undefined;
  const runtime = await connectRuntime({
    databaseUrl: data.databaseUrl,
    redisUrl: data.redisUrl,
    secretKey: data.secretKey,
    previousSecretKeys: data.previousSecretKeys,
    plugins,
    allowPrivate,
    publicUrl: () => publicUrl ?? api?.url ?? `http://127.0.0.1:${port}`,
    log,
    ...(clock && { clock }),
  });
  try {
    const { store, accept } = runtime;
    api = await serveApi({
      host: host ?? "127.0.0.1",
      port,
      store,
      accept,
      log,
      queueState: () => runtime.queues.backend,
      hooks: runtime,
      customers: runtime,
      trpc: { router: appRouter, createContext: (request) => createContext(runtime, request) },
    });
    const worker = createWorker({
      store,
      queues: runtime.queues,
      handlers: runtimeHandlers(runtime),
      roles: ["advance", "deliver", "clock", "maintenance"],
      log,
    });
    return { runtime, api, worker, close: () => closeAll({ runtime, api: api as ApiServer, worker }) };
  } catch (error) {
    await api?.close(0);
    await runtime.close();
    throw error;
  }
}

async function closeAll({ runtime, api, worker }: Pick<Served, "runtime" | "api" | "worker">): Promise<void> {
  await api.close();
  await worker.close();
  await runtime.close();
}
