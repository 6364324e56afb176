import { appRouter, createContext } from "@wend/api";
import { serveApi } from "@wend/api-server";
import { connectRuntime } from "@wend/core";
import type { Plugin } from "@wend/plugin";
import pino from "pino";
import { recorder } from "../../shared/recorder-plugin.ts";
import { runChild } from "../../shared/run-child.ts";
import { drillPlugin } from "../worker/plugin.ts";
import { createTarget } from "../worker/strike.ts";
import type { WorkerSetup } from "../worker/worker-process.ts";

export interface ApiReady {
  readonly url: string;
}

// The API as in production: events in, and everything an operator asks.
runChild<WorkerSetup, ApiReady>(async ({ place, logLevel }) => {
  const log = pino({ level: logLevel });
  const runtime = await connectRuntime({
    databaseUrl: place.databaseUrl,
    redisUrl: place.redis?.url,
    queuePrefix: place.redis?.prefix ?? "",
    plugins: [drillPlugin(createTarget()) as unknown as Plugin, recorder as unknown as Plugin],
    allowPrivate: ["127.0.0.1"],
    poolSize: 5,
    applicationName: "wend-drill",
    log,
  });
  const { store, accept, queues } = runtime;
  const server = await serveApi({
    store,
    accept,
    log,
    port: 0,
    host: "127.0.0.1",
    queueState: () => queues.backend,
    trpc: { router: appRouter, createContext: (request) => createContext(runtime, request) },
  });
  return {
    ready: { url: `http://127.0.0.1:${server.port}` },
    stop: async () => {
      await server.close(1_000);
      await runtime.close();
    },
  };
});
