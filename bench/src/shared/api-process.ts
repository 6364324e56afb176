import { serveApi } from "@wend/api-server";
import { connectRuntime } from "@wend/core";
import pino from "pino";
import { runChild } from "./run-child.ts";
import { countStatements } from "./statements.ts";

export interface ApiSetup {
  readonly databaseUrl: string;
  readonly redis: { readonly url: string; readonly prefix: string } | undefined;
}

export interface ApiReady {
  readonly port: number;
}

// The API as it runs in production: a process of its own, no plugin called here.
runChild<ApiSetup, ApiReady>(async ({ databaseUrl, redis }) => {
  const statements = countStatements();
  const log = pino({ level: "warn" });
  const runtime = await connectRuntime({
    databaseUrl,
    redisUrl: redis?.url,
    queuePrefix: redis?.prefix ?? "",
    plugins: [],
    log,
  });
  const { store, accept } = runtime;
  const server = await serveApi({ store, accept, log, port: 0, host: "127.0.0.1" });
  return {
    ready: { port: server.port },
    answers: { statements },
    stop: async () => {
      await server.close(1_000);
      await runtime.close();
    },
  };
});
