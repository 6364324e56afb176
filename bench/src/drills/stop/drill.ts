import { setTimeout as sleep } from "node:timers/promises";
import { secondsSince } from "../../report.ts";
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
import { isRetaken } from "./retaken.ts";
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
  readonly seconds: number;
}

const answerMs = 20;

type Blow = { readonly kind: "stop"; readonly aim?: Aim } | { readonly kind: "kill"; readonly aim: Aim };

// Who holds a shard is struck rarely enough that the shard has found another worker by the next time.
const cycle: readonly Blow[] = [
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

/** The cycle over and over, until so many stops are in it and at least one kill. */
function blowsFor(stops: number): Blow[] {
  const blows: Blow[] = [];
  for (let i = 0, stopped = 0; stopped < stops; i++) {
    const blow = cycle[i % cycle.length]!;
    blows.push(blow);
    if (blow.kind === "stop") stopped += 1;
  }
  return blows.some((blow) => blow.kind === "kill") ? blows : [...blows, cycle.find((blow) => blow.kind === "kill")!];
}

/** Stops workers for longer than their leases and lets them go on, then looks for what they did wrong. */
export async function drillStop(place: Place, options: StopOptions): Promise<StopFigures> {
  const startedAt = performance.now();
  const stage = await openStage(place, { journey, workers: options.workers, answerMs });
  try {
    const watch = watchDeafness(stage);
    const blown = await strikeAll(stage, options);
    const left = await settle(stage);
    const deafMs = await watch.stop();
    const counted = await count(stage, options.runs);
    const crashes = stage.workers.crashes();
    return { ...blown, ...counted, deafMs, left, crashes, seconds: secondsSince(startedAt) };
  } finally {
    await stage.close();
  }
}

const warmUpMs = 500;

// Every blow has customers of its own, so that there is always work under way. The first customers come before any: a
// worker with open sockets writes to them at once when it goes on, one without is too slow to do harm.
async function strikeAll(
  stage: Stage,
  { runs, stops, atOnce, everyMs }: StopOptions,
): Promise<Pick<StopFigures, "aimed" | "killed">> {
  const { client, workers } = stage;
  const freezer = await createFreezer(workers, { atOnce, isRetaken: () => isRetaken(stage) });
  const blows = blowsFor(stops);
  const parts = blows.length + 1;
  let aimed = 0;
  let killed = 0;
  await signUpAll(client, ...partOf(runs, { part: 0, parts }));
  await sleep(warmUpMs);
  for (const [i, { kind, aim }] of blows.entries()) {
    const pause = sleep(everyMs);
    const [from, to] = partOf(runs, { part: i + 1, parts });
    const work = () => signUpAll(client, from, to);
    const isHit = kind === "stop" ? await freezer.freeze(aim, work) : await freezer.kill(aim, work);
    if (isHit) aimed += 1;
    if (isHit && kind === "kill") killed += 1;
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
