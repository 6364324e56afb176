import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createManualClock } from "@wend/core";
import { createTestStore } from "@wend/core/testing";
import { pino } from "pino";
import { describe, expect, inject, it, onTestFinished } from "vitest";
import { countFigures } from "../../src/cdnow/figures.ts";
import { readRecorded } from "../../src/cdnow/recorded.ts";
import { recount } from "../../src/cdnow/recount.ts";
import { replay } from "../../src/cdnow/replay.ts";
import type { Stage } from "../../src/cdnow/stage.ts";
import { connectStage, importPurchases, setUpStage } from "../../src/cdnow/stage.ts";
import { countWorkLeft, isDone } from "../../src/cdnow/work-left.ts";
import { hasPurchases, purchasesFile } from "./purchases.ts";
import type { WorkerSetup } from "./worker-child.ts";

const END = Date.UTC(1998, 8, 1);
/** The whole file is replayed. */
const timeout = 240_000;
const log = pino({ level: "fatal" });

const backends = inject("wend").redisUrl === undefined ? ["postgres"] : ["postgres", "redis"];
if (backends.length === 1) console.log("skipped: the replay on Redis, because REDIS_URL is not set");

async function openStage(backend: string): Promise<Stage> {
  const db = await createTestStore();
  const folder = await mkdtemp(join(tmpdir(), "wend-cdnow-"));
  onTestFinished(async () => {
    await db.close();
    await rm(folder, { recursive: true, force: true });
  });
  const redis = backend === "redis" ? { url: db.redisUrl!, prefix: db.redisPrefix } : undefined;
  return { databaseUrl: db.url, workspace: db.workspace, redis, sinkFile: join(folder, "recorded") };
}

/**
 * The figures once more, by a way of their own: each customer's orders as lines of one text, which regular expressions
 * and comparisons take apart. It shares nothing with the import, the journey or the engine.
 */
async function recountByHand(waitMs = 1_440 * 3_600_000) {
  const figures = { profiles: 0, events: 0, runs: 0, reordered: 0, winback: 0, secondOrder: 0 };
  const text = await readFile(purchasesFile, "latin1");
  const orders = text.matchAll(/^ (?<customer>\d{5}) (?<year>\d{4})(?<month>\d\d)(?<day>\d\d) /gm);
  const times = new Map<string, number[]>();
  for (const { groups } of orders) {
    const { customer, year, month, day } = groups as Record<string, string>;
    const known = times.get(customer!) ?? [];
    let time = Date.parse(`${year}-${month}-${day}T00:00:01Z`);
    // The n-th line of a day is its n-th second.
    while (known.includes(time)) time += 1_000;
    times.set(customer!, [...known, time]);
  }
  for (const known of times.values()) {
    figures.profiles += 1;
    const sorted = known.toSorted((a, b) => a - b);
    sorted.forEach((time, index) => {
      figures.events += 1;
      figures.runs += 1;
      const next = sorted[index + 1];
      if (next !== undefined && next <= time + waitMs) figures.reordered += 1;
      else if (index >= 1) figures.winback += 1;
      else figures.secondOrder += 1;
    });
  }
  return figures;
}

describe.runIf(hasPurchases)("eighteen months of purchases", () => {
  it("recount to the same figures by two ways, for all customers", async () => {
    const all = await recount(purchasesFile);
    expect(all).toEqual(await recountByHand());
    expect(all.profiles).toBe(23_570);
  });

  it.each(backends)(
    "replay to the figures that follow from the file, with the queues in %s",
    { timeout },
    async (backend) => {
      const stage = await openStage(backend);
      const figures = await replay(stage, purchasesFile, { clock: createManualClock(END), log });
      expect(figures).toEqual(await recountByHand());
      // Some orders come in the very last instant that counts: the figures tell whether it is part of the wait.
      expect(figures).not.toEqual(await recountByHand(1_440 * 3_600_000 - 1));
      expect((await readRecorded(stage.sinkFile)).repeated).toBe(0);
    },
  );

  it.each(backends)(
    "replay to the same figures while workers are killed, with the queues in %s",
    { timeout },
    async (backend) => {
      const stage = await openStage(backend);
      const runtime = await connectStage(stage, createManualClock(END), log);
      onTestFinished(() => runtime.close());
      await setUpStage(runtime, stage);
      await importPurchases(runtime, stage, purchasesFile);
      const rowsLeft = async () => (await countWorkLeft(runtime.store, stage.workspace.id)).rows;
      const done = () => isDone(runtime.store, stage.workspace.id);
      const total = await rowsLeft();
      const recorded = async () => (await stat(stage.sinkFile).catch(() => undefined))?.size ?? 0;

      let next = prepareWorker({ stage, now: END });
      for (let kills = 0; kills <= KILLS; kills++) {
        const worker = await next;
        // A minute later each time: what a killed worker had claimed is claimed again once its lease is over.
        next = prepareWorker({ stage, now: END + (kills + 1) * 60_000 });
        const before = { rows: await rowsLeft(), recorded: await recorded() };
        worker.send("go");
        // In the middle of advancing, once in the middle of sending; the worker after that may finish.
        const reached = async (): Promise<boolean> => {
          if (kills < KILLS - 1) return before.rows - (await rowsLeft()) >= total / KILLS;
          if (kills < KILLS) return (await recorded()) - before.recorded >= SENT_BYTES;
          return done();
        };
        await expect.poll(reached, { interval: 5, timeout: 120_000 }).toBe(true);
        worker.kill("SIGKILL");
        await once(worker, "exit");
        if (kills < KILLS) expect(await done()).toBe(false);
      }
      await next;
      expect(await countFigures(runtime.store, stage.workspace.id, stage.sinkFile)).toEqual(await recountByHand());
    },
  );
});

/** A kill amid sending costs ten seconds, since all jobs of the connection were in that worker's hands. */
const KILLS = 4;
/** Some fifty sends of forty thousand, as the recording plugin writes them. */
const SENT_BYTES = 5_000;

async function prepareWorker(setup: WorkerSetup) {
  const child = fork(new URL("./worker-child.ts", import.meta.url), [JSON.stringify(setup)], {
    execArgv: ["--conditions=@wend/source"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const ended = once(child, "exit").then(([code]) => Promise.reject(new Error(`a worker ended with ${code}`)));
  ended.catch(() => {});
  await Promise.race([once(child, "message"), ended]);
  return child;
}
