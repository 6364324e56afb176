import { createManualClock } from "@wend/core";
import pino from "pino";
import { openRedis } from "../shared/redis.ts";
import { createWorld } from "../world.ts";
import { replay } from "./replay.ts";
const world = await createWorld();
const redis = await openRedis();
const db = new URL(world.url).pathname.slice(1);
for (const s of process.argv.slice(3)) await world.owner.query(`alter database ${db} set ${s}`);
try {
  const t = performance.now();
  const f = await replay({ databaseUrl: world.url, workspace: world.workspace, redis, sinkFile: `/tmp/sink-${db}` }, process.argv[2]!, { clock: createManualClock("1998-09-01T00:00:00Z"), log: pino({ level: "error" }) });
  console.log(JSON.stringify(f), ((performance.now() - t) / 1000).toFixed(1));
  console.log((await world.owner.query("select count(*) from attempts")).rows);
} finally { await redis?.close(); await world.close(); }
process.exit(0);
