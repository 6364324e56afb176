import { appRouter, createContext } from "@wend/api";
import type { ApiServer } from "@wend/api-server";
import { serveApi } from "@wend/api-server";
import type { Clock, Runtime } from "@wend/core";
import { advanceShard, connectRuntime, deliverBatch } from "@wend/core";
import emailSmtp from "@wend/email-smtp";
import webhook from "@wend/webhook";
import type { Worker } from "@wend/worker";
import { createWorker } from "@wend/worker";
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
  readonly log: Logger;
  readonly clock?: Clock;
}

const plugins = [emailSmtp, webhook];

export async function serveAll({ data, host, port, allowPrivate, log, clock }: ServeAllOptions): Promise<Served> {
  const runtime = await connectRuntime({
    databaseUrl: data.databaseUrl,
    redisUrl: data.redisUrl,
    secretKey: data.secretKey,
    plugins,
    allowPrivate,
    log,
    ...(clock && { clock }),
  });
  let api: ApiServer | undefined;
  try {
    const { store, accept } = runtime;
    api = await serveApi({
      host: host ?? "127.0.0.1",
      port,
      store,
      accept,
      log,
      queueState: () => runtime.queues.backend,
      trpc: { router: appRouter, createContext: (request) => createContext(runtime, request) },
    });
    const worker = createWorker({
      store,
      queues: runtime.queues,
      handlers: {
        advance: (wake) => advanceShard(runtime, wake),
        deliver: (target, ids, signal) => deliverBatch(runtime, { ...target, signal }, ids),
      },
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
