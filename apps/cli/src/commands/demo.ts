import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { builtinPlugins } from "@wend/bundle";
import { createClient } from "@wend/client";
import type { Env } from "@wend/core";
import { createApiKey, createManualClock, createWorkspace, loadEnv } from "@wend/core";
import pino from "pino";
import { commandTable } from "../command-table.ts";
import { customer } from "../demo/customers.ts";
import { loadFigures } from "../demo/figures.ts";
import type { OutsideWorld } from "../demo/outside-world.ts";
import { openOutsideWorld } from "../demo/outside-world.ts";
import { play } from "../demo/play.ts";
import { printEnd } from "../demo/print-end.ts";
import { reckon } from "../demo/reckoning.ts";
import { writeScript } from "../demo/script.ts";
import { setUp } from "../demo/set-up.ts";
import { createTable } from "../demo/table.ts";
import type { Data } from "../host/open-data.ts";
import { openData } from "../host/open-data.ts";
import type { Served } from "../host/serve.ts";
import { serveAll } from "../host/serve.ts";
import { stopSignal, untilStopped } from "../host/until-stopped.ts";
import { parseOptions, usage } from "../parse-options.ts";

interface Demo {
  readonly count: number;
  readonly keep: boolean;
  readonly stop: AbortSignal;
}

/** `wend demo`: the main job, end to end, on data of its own. Exits 0 only if all adds up. */
export async function run(args: readonly string[]): Promise<number> {
  const demo = { ...readArgs(args), stop: stopSignal() };
  const folder = await mkdtemp(join(tmpdir(), "wend-demo-"));
  try {
    // Run by root, PostgreSQL is another user, who has to enter it.
    await chmod(folder, 0o755);
    return await onDataOf(folder, demo);
  } catch (error) {
    if (!demo.stop.aborted) throw error;
    console.log(`${demo.stop.reason}: stopped before the end; nothing is kept`);
    return 130;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function readArgs(args: readonly string[]): Omit<Demo, "stop"> {
  const { profiles, keep } = parseOptions(commandTable.demo, args).values;
  const count = Number(profiles);
  // Among fewer there is not one of each kind of customer.
  if (!/^\d+$/.test(profiles) || !Number.isSafeInteger(count) || count < 10)
    throw usage(`--profiles is a whole number of at least 10, not ${JSON.stringify(profiles)}.`);
  return { count, keep };
}

async function onDataOf(folder: string, demo: Demo): Promise<number> {
  const env = loadEnv();
  const data = await openData({ ...env, dataDir: folder });
  try {
    const outside = await openOutsideWorld();
    try {
      return await onServers(data, outside, { ...demo, host: env.host });
    } finally {
      await outside.close();
    }
  } finally {
    await data.close();
  }
}

async function onServers(
  data: Data,
  outside: OutsideWorld,
  { host, ...demo }: Demo & Pick<Env, "host">,
): Promise<number> {
  console.log(`database   ${data.place}`);
  const log = pino({ level: "error" });
  const clock = createManualClock("2026-03-02T09:00:00Z");
  const served = await serveAll({
    data,
    host,
    port: 0,
    allowPrivate: ["127.0.0.0/8"],
    plugins: builtinPlugins,
    log,
    clock,
  });
  try {
    return await perform({ ...demo, served, outside, clock });
  } finally {
    await served.close();
  }
}

interface Performance extends Demo {
  readonly served: Served;
  readonly outside: OutsideWorld;
  readonly clock: ReturnType<typeof createManualClock>;
}

async function perform({ count, keep, stop, served, outside, clock }: Performance): Promise<number> {
  const { runtime } = served;
  // A workspace of its own each time, so that the demo can also run on a server that holds others.
  const slug = `demo-${Date.now().toString(36)}`;
  const workspace = await createWorkspace(runtime.store, { slug, name: "Demo" });
  const { key } = await createApiKey(runtime.store, workspace.id, { kind: "srv", name: "demo", scopes: ["*"] });
  const { url } = served.api;
  const client = createClient({ url, key });
  console.log(`api        ${url}, workers in this process, queues on ${runtime.queues.backend}`);
  console.log(`outside    SMTP on port ${outside.smtpPort}, HTTP on ${outside.httpUrl}\n`);
  const customers = Array.from({ length: count }, (_, n) => customer(n));
  const journey = await setUp(client, { outside, customers });
  const started = performance.now();
  await play({ client, runtime, workspace, clock, table: createTable(), stop }, writeScript(count));
  const seconds = (performance.now() - started) / 1000;
  const sums = { figures: await loadFigures(runtime, workspace), ...reckon(count, outside), seconds };
  const adds = await printEnd({ client, url, key, journey, customers, ...sums });
  if (keep) {
    console.log(`\nserving until Ctrl-C: curl -H "authorization: Bearer ${key}" ${url}/trpc/journeys.list`);
    await untilStopped(stop);
  }
  return adds ? 0 : 1;
}
