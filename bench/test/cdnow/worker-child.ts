import { createManualClock } from "@wend/core";
import pino from "pino";
import type { Stage } from "../../src/cdnow/stage.ts";
import { connectStage, startWorkers } from "../../src/cdnow/stage.ts";

/** A worker process of a replay; its time stands still at one instant. It ends only by being killed. */
export interface WorkerSetup {
  readonly stage: Pick<Stage, "databaseUrl" | "redis">;
  readonly now: number;
}

const { stage, now } = JSON.parse(process.argv[2]!) as WorkerSetup;
const log = pino({ level: "fatal" });
const runtime = await connectStage(stage, createManualClock(now), log);
// Ready beforehand, so that a test does not wait for a process to start after every kill.
process.on("message", () => startWorkers(runtime, log));
process.on("disconnect", () => process.exit(1));
process.send?.("ready");
