import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@wend/client";
import { createApiKey, createManualClock, createWorkspace, loadEnv } from "@wend/core";
import pino from "pino";
import { customer } from "../demo/customers.ts";
import { loadFigures } from "../demo/figures.ts";
import { openOutsideWorld } from "../demo/outside-world.ts";
import { play } from "../demo/play.ts";
import { printEnd } from "../demo/print-end.ts";
import { reckon } from "../demo/reckoning.ts";
import { writeScript } from "../demo/script.ts";
import { setUp } from "../demo/set-up.ts";
import { createTable } from "../demo/table.ts";
import { openData } from "../host/open-data.ts";
import { serveAll } from "../host/serve.ts";
import { untilStopped } from "../host/until-stopped.ts";
import { parseOptions } from "../parse-options.ts";

/** `wend demo [--profiles 1000] [--keep]`: the main job, end to end, on data of its own. Exits 0 only if all adds up. */
export async function run(args: readonly string[]): Promise<number> {
  const { values } = parseOptions(args, {
    profiles: { type: "string", default: "1000" },
    keep: { type: "boolean", default: false },
  });
  const count = Number(values.profiles);
  const folder = await mkdtemp(join(tmpdir(), "wend-demo-"));
  // Run by root, PostgreSQL is another user, who has to enter it.
  await chmod(folder, 0o755);
  const env = { ...loadEnv(), dataDir: folder };
  const log = pino({ level: "error" });
  const clock = createManualClock("2026-03-02T09:00:00Z");
  const outside = await openOutsideWorld();
  const data = await openData(env);
  try {
    console.log(`database   ${data.place}`);
    const served = await serveAll({ data, port: 0, allowPrivate: ["127.0.0.0/8"], log, clock });
    const { runtime } = served;
    // A workspace of its own each time, so that the demo can also run on a server that holds others.
    const slug = `demo-${Date.now().toString(36)}`;
    const workspace = await createWorkspace(runtime.store, { slug, name: "Demo" });
    const { key } = await createApiKey(runtime.store, workspace.id, { kind: "srv", name: "demo", scopes: ["*"] });
    const url = `http://127.0.0.1:${served.api.port}`;
    const client = createClient({ url, key });
    console.log(`api        ${url}, workers in this process, queues on ${runtime.queues.backend}`);
    console.log(`outside    SMTP on port ${outside.smtpPort}, HTTP on ${outside.httpUrl}\n`);
    const journey = await setUp(client, { outside, customers: Array.from({ length: count }, (_, n) => customer(n)) });
    const started = performance.now();
    await play({ client, runtime, workspace, clock, table: createTable() }, writeScript(count));
    const seconds = (performance.now() - started) / 1000;
    const sums = { figures: await loadFigures(runtime, workspace), ...reckon(count, outside), seconds };
    const adds = await printEnd({ client, url, key, journey, ...sums });
    if (values.keep) {
      console.log(`\nserving until Ctrl-C: curl -H "authorization: Bearer ${key}" ${url}/trpc/journeys.list`);
      await untilStopped();
    }
    await served.close();
    return adds ? 0 : 1;
  } finally {
    await data.close();
    await outside.close();
    await rm(folder, { recursive: true, force: true });
  }
}
