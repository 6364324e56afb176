import { Misuse } from "./options.ts";
import { verdict } from "./report.ts";

type Command = (args: readonly string[]) => Promise<void>;

const commands: Readonly<Record<string, Readonly<Record<string, () => Promise<{ readonly run: Command }>>>>> = {
  bench: {
    cdnow: () => import("./cdnow/bench.ts"),
    channels: () => import("./channels/bench.ts"),
    engine: () => import("./engine/bench.ts"),
    ingest: () => import("./ingest/bench.ts"),
    latency: () => import("./latency/bench.ts"),
    timers: () => import("./timers/bench.ts"),
    webhook: () => import("./webhook/bench.ts"),
  },
  drill: {
    kill: () => import("./drills/kill/run.ts"),
    flushall: () => import("./drills/flushall/run.ts"),
    stop: () => import("./drills/stop/run.ts"),
    provider: () => import("./drills/provider/run.ts"),
    "pg-restart": () => import("./drills/pg-restart/run.ts"),
  },
};

const [kind = "", name = "", ...args] = process.argv.slice(2);
const load = commands[kind]?.[name];
if (!load) {
  const names = Object.keys(commands[kind] ?? {}).join("|") || "name";
  console.error(`usage: npx pnpm@12 ${commands[kind] ? kind : "bench|drill"} <${names}>`);
  process.exit(2);
}
try {
  await (await load()).run(args);
} catch (error) {
  if (!(error instanceof Misuse)) throw error;
  console.error(`${error.message} Usage: npx pnpm@12 ${kind} ${name} ${error.usage}`);
  process.exit(2);
}
process.exit(verdict());
