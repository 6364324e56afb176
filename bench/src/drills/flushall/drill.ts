import { setTimeout as sleep } from "node:timers/promises";
import { secondsSince } from "../../report.ts";
import { recount } from "../sink/recount.ts";
import { customersTo, partOf, signUpAll } from "../stage/customers.ts";
import { explain } from "../stage/explain.ts";
import type { Place } from "../stage/place.ts";
import { settle } from "../stage/settle.ts";
import type { Stage } from "../stage/stage.ts";
import { openStage } from "../stage/stage.ts";
import type { Emptier } from "./empty-queues.ts";
import { openEmptier } from "./empty-queues.ts";
import { journey } from "./journey.ts";
import { measureLag } from "./lag.ts";

export interface FlushOptions {
  readonly runs: number;
  readonly flushes: number;
  readonly workers: number;
  /** Customers who sign up per second. */
  readonly perSecond: number;
}

export interface FlushFigures {
  readonly lost: number;
  readonly dup: number;
  readonly unknown: number;
  readonly usualLagMs: number;
  /** What the latest message was late beyond the usual. */
  readonly maxExtraLagMs: number;
  readonly crashes: number;
  readonly left: number;
  readonly seconds: number;
}

const answerMs = 5;

/** Empties the queues while customers go through the journey, then counts at the sink. */
export async function drillFlush(place: Place, options: FlushOptions): Promise<FlushFigures> {
  const startedAt = performance.now();
  const stage = await openStage(place, { journey, workers: options.workers, answerMs });
  const emptier = await openEmptier(place);
  try {
    const signedUpAt = await feed(stage, options, emptier);
    const left = await settle(stage);
    const counted = await count(stage, options, signedUpAt);
    return { ...counted, left, crashes: stage.workers.crashes(), seconds: secondsSince(startedAt) };
  } finally {
    await emptier.close();
    await stage.close();
  }
}

const batchSize = 20;

// Customers come at an even pace; the flushes fall anywhere within their equal parts, the first part undisturbed.
async function feed({ client }: Stage, options: FlushOptions, emptier: Emptier): Promise<number[]> {
  const { runs, flushes, perSecond } = options;
  const parts = flushes + 1;
  const flushAt = Array.from({ length: flushes }, (_, i) => Math.round((runs * (i + 1 + Math.random() * 0.8)) / parts));
  const signedUpAt: number[] = [];
  const start = performance.now();
  while (signedUpAt.length < runs) {
    const from = signedUpAt.length;
    const to = Math.min(runs, from + batchSize);
    await signUpAll(client, from, to);
    signedUpAt.length = to;
    signedUpAt.fill(Date.now(), from);
    while (flushAt[0] !== undefined && flushAt[0] <= to) {
      flushAt.shift();
      await emptier.empty();
    }
    await sleep(Math.max(0, start + (to / perSecond) * 1_000 - performance.now()));
  }
  return signedUpAt;
}

async function count(
  stage: Stage,
  { runs, flushes }: FlushOptions,
  signedUpAt: readonly number[],
): Promise<Omit<FlushFigures, "left" | "crashes" | "seconds">> {
  const messages = await stage.sink.messages();
  const [first, second] = ["first", "second"].map((label) =>
    recount(
      messages.filter((message) => message.label === label),
      customersTo(runs),
    ),
  );
  await explain(stage, [...first!.missing, ...second!.missing]);
  const [, undisturbed] = partOf(runs, { part: 0, parts: flushes + 1 });
  const { usualMs, worstMs } = measureLag({ messages, signedUpAt, undisturbed });
  const { items: unknown } = await stage.client.api.deliveries.list.query({ state: "unknown" });
  return {
    lost: first!.missing.length + second!.missing.length,
    dup: first!.dup + second!.dup,
    unknown: unknown.length,
    usualLagMs: usualMs,
    maxExtraLagMs: worstMs - usualMs,
  };
}
