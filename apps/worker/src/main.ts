#!/usr/bin/env node
import { findPluginFolders, loadPlugins } from "@wend/bundle";
import { connectRuntime, guardProcess, loadEnv, missingVariable } from "@wend/core";
import type { WendError } from "@wend/plugin";
import { pino } from "pino";
import { parseRoles } from "./roles.ts";
import { runtimeHandlers } from "./runtime-handlers.ts";
import { stopper } from "./stopper.ts";
import { createWorker } from "./worker.ts";

// Workers alone: `main.ts advance`, `main.ts deliver email`, `main.ts clock maintenance`, any of them, or all.
const env = loadEnv();
const log = pino({ level: env.logLevel });
const source = { names: env.plugins, folder: process.cwd() };
const guard = guardProcess(log, findPluginFolders(source));

try {
  await start(process.argv.slice(2));
} catch (error) {
  const { code, problems, fix } = error as Partial<WendError>;
  log.fatal({ err: error, code, problems, fix }, "the worker cannot start");
  process.exitCode = 1;
}

async function start(roles: readonly string[]): Promise<void> {
  parseRoles(roles);
  const { databaseUrl, redisUrl, secretKey, previousSecretKeys, allowPrivate, port, publicUrl } = env;
  if (databaseUrl === undefined) {
    throw missingVariable("DATABASE_URL", "A worker on its own needs it.");
  }
  const runtime = await connectRuntime({
    databaseUrl,
    redisUrl,
    secretKey,
    previousSecretKeys,
    allowPrivate,
    publicUrl: () => publicUrl ?? `http://127.0.0.1:${port}`,
    log,
    plugins: await loadPlugins(source),
    applicationName: "wend-worker",
  });
  const worker = createWorker({
    store: runtime.store,
    queues: runtime.queues,
    handlers: runtimeHandlers(runtime),
    roles,
    log,
    // A supervisor starts another one, which hears.
    onDeaf: () => process.exit(1),
  });
  const stop = stopper(log, async () => {
    await worker.close();
    await runtime.close();
  });
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
  void guard.failed.then(() => stop("failure"));
}
