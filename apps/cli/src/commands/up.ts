import { findPluginFolders, loadPlugins } from "@wend/bundle";
import type { ProcessGuard } from "@wend/core";
import { guardProcess, loadEnv } from "@wend/core";
import { WendError } from "@wend/plugin";
import pino from "pino";
import { commandTable } from "../command-table.ts";
import { openFirstWorkspace } from "../host/first-start.ts";
import type { Data } from "../host/open-data.ts";
import { openData } from "../host/open-data.ts";
import type { Served } from "../host/serve.ts";
import { serveAll } from "../host/serve.ts";
import { stopSignal, untilStopped } from "../host/until-stopped.ts";
import { parseOptions } from "../parse-options.ts";

/** `wend up`: the API and all workers in one process, until stopped. The data survives. */
export async function run(args: readonly string[]): Promise<number> {
  parseOptions(commandTable.up, args);
  const env = loadEnv();
  const { host, port, allowPrivate, publicUrl, logLevel } = env;
  const log = pino({ level: logLevel });
  const source = { names: env.plugins, folder: process.cwd() };
  const guard = guardProcess(log, findPluginFolders(source));
  const plugins = await loadPlugins(source);
  const data = await openData(env);
  try {
    const served = await serveAll({ data, host, port, allowPrivate, publicUrl, plugins, log });
    try {
      // Before the lines that tell how to stop: whoever reads them may do so at once.
      const stop = stopSignal();
      await printPlace(data, served);
      const signal = await Promise.race([untilStopped(stop), databaseLoss(data), failure(guard)]);
      console.log(`${signal}: finishing what is under way`);
    } finally {
      await served.close();
    }
  } finally {
    await data.close();
  }
  console.log("stopped; the data is kept");
  return 0;
}

// The log has told of it.
async function failure({ failed }: ProcessGuard): Promise<never> {
  await failed;
  throw new WendError("internal.unexpected", { detail: "The log says where." });
}

async function printPlace(data: Data, { runtime, api }: Served): Promise<void> {
  const { workspace, newKey } = await openFirstWorkspace(runtime.store);
  console.log(`Wend is up: ${api.url}`);
  if (isOpen(api)) console.log("  open to    every address of this machine, as WEND_HOST says");
  console.log(`  data       ${data.place}`);
  console.log(`  queues     ${runtime.queues.backend}`);
  console.log(`  workspace  ${workspace.slug}`);
  console.log(
    newKey
      ? `  key        ${newKey}   (shown this once: keep it)`
      : "  key        as printed at the first start; `wend key` makes another",
  );
  console.log("  stop       Ctrl-C");
}

const isOpen = ({ host }: Served["api"]): boolean => host === "0.0.0.0" || host === "::";

// Without it every request would be answered 503 for ever: nobody else starts an embedded database again.
async function databaseLoss({ ended, place }: Data): Promise<never> {
  await ended;
  throw new WendError("store.embedded_failed", { detail: `It ended while Wend was serving: ${place}.` });
}
