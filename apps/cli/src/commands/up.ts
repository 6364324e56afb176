import { loadEnv } from "@wend/core";
import pino from "pino";
import { openFirstWorkspace } from "../host/first-start.ts";
import { openData } from "../host/open-data.ts";
import { serveAll } from "../host/serve.ts";
import { untilStopped } from "../host/until-stopped.ts";

/** `wend up`: the API and all workers in one process, until stopped. The data survives. */
export async function run(): Promise<number> {
  const env = loadEnv();
  const log = pino({ level: env.logLevel });
  const data = await openData(env);
  try {
    const served = await serveAll({ data, port: env.port, allowPrivate: env.allowPrivate, log });
    const { workspace, newKey } = await openFirstWorkspace(served.runtime.store);
    const url = `http://localhost:${served.api.port}`;
    console.log(`Wend is up: ${url}`);
    console.log(`  data       ${data.place}`);
    console.log(`  queues     ${served.runtime.queues.backend}`);
    console.log(`  workspace  ${workspace.slug}`);
    console.log(
      newKey
        ? `  key        ${newKey}   (shown this once: keep it)`
        : "  key        as printed at the first start; `wend key` makes another",
    );
    console.log("  stop       Ctrl-C");
    const signal = await untilStopped();
    console.log(`${signal}: finishing what is under way`);
    await served.close();
  } finally {
    await data.close();
  }
  console.log("stopped; the data is kept");
  return 0;
}
