import { connectRuntime } from "@wend/core";
import webhook from "@wend/webhook";
import { createWorker, runtimeHandlers } from "@wend/worker";
import pino from "pino";
import { recorder, takeCalls } from "./recorder-plugin.ts";
import { runChild } from "./run-child.ts";
import { countStatements } from "./statements.ts";

export interface WorkerSetup {
  readonly databaseUrl: string;
  readonly redis: { readonly url: string; readonly prefix: string } | undefined;
}

// A worker as it runs in production: a process of its own, with all roles.
runChild<WorkerSetup, undefined>(async ({ databaseUrl, redis }) => {
  const statements = countStatements();
  const log = pino({ level: "warn" });
  const runtime = await connectRuntime({
    databaseUrl,
    redisUrl: redis?.url,
    queuePrefix: redis?.prefix ?? "",
    plugins: [webhook, recorder],
    allowPrivate: ["127.0.0.0/8"],
    log,
  });
  const worker = createWorker({
    store: runtime.store,
    queues: runtime.queues,
    handlers: runtimeHandlers(runtime),
    roles: [],
    log,
  });
  return {
    ready: undefined,
    answers: { statements, takeCalls },
    stop: async () => {
      await worker.close(5_000);
      await runtime.close();
    },
  };
});
