import { setTimeout as sleep } from "node:timers/promises";
import { recount } from "../sink/recount.ts";
import { customersTo, partOf, signUpAll } from "../stage/customers.ts";
import { explain } from "../stage/explain.ts";
import type { Place } from "../stage/place.ts";
import { settle } from "../stage/settle.ts";
import type { Stage } from "../stage/stage.ts";
import { openStage } from "../stage/stage.ts";
import type { Aim } from "../worker/strike.ts";
import type { WorkerFigures } from "../worker/worker-process.ts";
import { watchDeafness } from "./deafness.ts";
import { createFreezer } from "./freezer.ts";
import { journey } from "./journey.ts";
import { countWrongSteps } from "./wrong-steps.ts";

export interface StopOptions {
  readonly runs: number;
  readonly stops: number;
  readonly workers: number;
  /** Workers that stand still at the same time. */
  readonly atOnce: number;
  /** From one stop to the next at least. */
  readonly everyMs: number;
}

export interface StopFigures {
  /** Stops and kills that hit the point they were aimed at. */
  readonly aimed: number;
  /** Holders of a shard that were killed. */
  readonly killed: number;
  readonly wrongStep: number;
  readonly lost: number;
  readonly dup: number;
  readonly unknown: number;
  readonly fenceRejected: number;
  readonly deafMs: number;
  readonly crashes: number;
  readonly left: number;
}

const answerMs = 20;

/** Who holds a shard is struck rarely enough that the shard has found another worker by the next time. */
const blows: readonly { readonly kind: "stop" | "kill"; readonly aim?: Aim }[] = [
  { kind: "stop", aim: { point: "answer", sink: "lookup" } },
  { kind: "stop", aim: { point: "intent", sink: "lookup" } },
  { kind: "stop", aim: { point: "batch" } },
  { kind: "stop", aim: { point: "sent", sink: "keyed" } },
  { kind: "stop" },
  { kind: "stop", aim: { point: "intent", sink: "keyed" } },
  { kind: "kill", aim: { point: "batch" } },
  { kind: "stop", aim: { point: "sent", sink: "lookup" } },
  { kind: "stop", aim: { point: "answer", sink: "keyed" } },
];

/** Stops workers for longer than their leases and lets them go on, then looks for what they did wrong. */
export async function drillStop(place: Place, options: StopOptions): Promise<StopFigures> {
  const stage = await openStage(place, { journey, workers: options.workers, answerMs });
  try {
    const watch = watchDeafness(stage);
    const blown = await strikeAll(stage, options);
    const left = await settle(stage);
    const deafMs = await watch.stop();
    return { ...blown, ...(await count(stage, options.runs)), deafMs, left, crashes: stage.workers.crashes() };
  } finally {
    await stage.close();
  }
}

async function strikeAll(
  { client, workers }: Stage,
  { runs, stops, atOnce, everyMs }: StopOptions,
): Promise<Pick<StopFigures, "aimed" | "killed">> {
  const freezer = await createFreezer(workers, atOnce);
  let aimed = 0;
  let killed = 0;
  for (let i = 0, stopped = 0; stopped < stops; i++) {
    const { kind, aim } = blows[i % blows.length]!;
    const pause = sleep(everyMs);
    const [from, to] = partOf(runs, { part: stopped, parts: stops });
    const work = () => signUpAll(client, from, to);
    if (kind === "stop") {
      if (await freezer.freeze(aim, work)) aimed += 1;
      stopped += 1;
    } else if (await freezer.kill(aim!)) {
      killed += 1;
    }
    await pause;
  }
  await freezer.thaw();
  return { aimed, killed };
}

type Counted = Pick<StopFigures, "wrongStep" | "lost" | "dup" | "unknown" | "fenceRejected">;

async function count(stage: Stage, runs: number): Promise<Counted> {
  const messages = await stage.sink.messages();
  const [first, second] = ["first", "second"].map((label) =>
    recount(
      messages.filter((message) => message.label === label),
      customersTo(runs),
    ),
  );
  const { items: unknown } = await stage.client.api.deliveries.list.query({ state: "unknown" });
  await explain(stage, [...first!.missing, ...second!.missing]);
  const figures = await Promise.all(stage.workers.members().map((worker) => worker.ask<WorkerFigures>("figures")));
  return {
    wrongStep: await countWrongSteps(stage, runs, messages),
    lost: first!.missing.length + second!.missing.length,
    dup: first!.dup + second!.dup,
    unknown: unknown.length,
    fenceRejected: figures.reduce((sum, { fenceRejected }) => sum + fenceRejected, 0),
  };
}
