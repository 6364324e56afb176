#!/usr/bin/env node
import { appRouter, createContext } from "@wend/api";
import { findPluginFolders, loadPlugins } from "@wend/bundle";
import { connectRuntime, guardProcess, loadEnv, missingVariable } from "@wend/core";
import type { WendError } from "@wend/plugin";
import { pino } from "pino";
import { serveApi } from "./serve.ts";

// The API alone, for when it scales apart from the workers.
const env = loadEnv();
const log = pino({ level: env.logLevel });
const source = { names: env.plugins, folder: process.cwd() };
const guard = guardProcess(log, findPluginFolders(source));

try {
  await start();
} catch (error) {
  const { code, problems, fix } = error as Partial<WendError>;
  log.fatal({ err: error, code, problems, fix }, "the api cannot start");
  process.exitCode = 1;
}

async function start(): Promise<void> {
  const { databaseUrl, redisUrl, secretKey, previousSecretKeys, allowPrivate, host, port, publicUrl } = env;
  if (databaseUrl === undefined) {
    throw missingVariable("DATABASE_URL", "The API on its own needs it.");
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
    applicationName: "wend-api",
  });
  const { store, accept, queues } = runtime;
  const trpc = { router: appRouter, createContext: (request: Request) => createContext(runtime, request) };
  const server = await serveApi({
    store,
    accept,
    log,
    host,
    port,
    trpc,
    hooks: runtime,
    customers: runtime,
    queueState: () => queues.backend,
  });
  log.info({ host: server.host, port: server.port }, "api listening");

  const drain = (): Promise<void> => server.close().then(() => runtime.close());
  const stop = (signal: NodeJS.Signals): void => {
    log.info({ signal }, "api draining");
    void drain();
  };
  void guard.failed.then(drain);
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
}
