import { setTimeout as sleep } from "node:timers/promises";
import { secondsSince } from "../../report.ts";
import { createStrikes } from "../process/strikes.ts";
import { recount } from "../sink/recount.ts";
import { customersTo, partOf, signUpAll } from "../stage/customers.ts";
import { explain } from "../stage/explain.ts";
import type { Place } from "../stage/place.ts";
import { settle } from "../stage/settle.ts";
import type { Stage } from "../stage/stage.ts";
import { openStage } from "../stage/stage.ts";
import { listUnknown, loadHeldRuns } from "../stage/unknown.ts";
import type { Aim } from "../worker/strike.ts";
import { journey } from "./journey.ts";

export interface KillOptions {
  readonly runs: number;
  readonly kills: number;
  readonly workers: number;
}

/** What the sinks say, and what the API lists. */
export interface KillFigures {
  /** Kills that hit the point they were aimed at. */
  readonly aimed: number;
  /** Through the sink that honours keys and the one that can be asked. */
  readonly lost: number;
  readonly dupKeySink: number;
  readonly dupPlainSink: number;
  readonly unknownHeld: number;
  /** Through the sink that is good for neither. */
  readonly blind: {
    /** Neither at the sink nor listed as unknown. */
    readonly lost: number;
    readonly dup: number;
    /** As listed by the API. */
    readonly unknownHeld: number;
    /** Runs that went the way of an unknown outcome and are not listed. */
    readonly unlisted: number;
  };
  /** Calls that were repeated, and calls found by asking: proof that the kills met calls under way. */
  readonly repeats: number;
  readonly found: number;
  readonly crashes: number;
  readonly left: number;
  readonly seconds: number;
}

const answerMs = 20;
/** A worker that does not come to the point within this time is killed where it is. */
const patienceMs = 10_000;

// Mostly between call and record, at each sink; the rest anywhere. The first ones cannot but meet a call under way.
const aims: readonly (Aim | undefined)[] = [
  { point: "answer", sink: "keyed" },
  { point: "answer", sink: "lookup" },
  { point: "sent", sink: "blind" },
  { point: "batch" },
  undefined,
  { point: "sent", sink: "keyed" },
  { point: "sent", sink: "lookup" },
  { point: "answer", sink: "blind" },
  { point: "intent" },
];

/** Kills workers while customers go through the journey, then counts at the sinks. */
export async function drillKill(place: Place, options: KillOptions): Promise<KillFigures> {
  const startedAt = performance.now();
  const stage = await openStage(place, { journey, workers: options.workers, answerMs });
  try {
    const aimed = await killAll(stage, options);
    const left = await settle(stage);
    const counted = await count(stage, options.runs);
    return { ...counted, aimed, left, crashes: stage.workers.crashes(), seconds: secondsSince(startedAt) };
  } finally {
    await stage.close();
  }
}

// Every kill has customers of its own, so that there is always work under way.
async function killAll(stage: Stage, { runs, kills }: KillOptions): Promise<number> {
  const { client, workers } = stage;
  const strikes = await createStrikes();
  let aimed = 0;
  for (let i = 0; i < kills; i++) {
    await workers.atLeast(2);
    const up = workers.members();
    const aim = aims[i % aims.length];
    const armed = aim && (await strikes.arm(up, { ...aim, signal: "SIGKILL" }));
    const [from, to] = partOf(runs, { part: i, parts: kills });
    await signUpAll(client, from, to);
    const struck = armed ? await armed.struck(patienceMs) : await sleep(Math.random() * 200, undefined);
    if (struck) aimed += 1;
    const worker = struck ?? up[i % up.length]!;
    worker.signal("SIGKILL");
    await worker.gone;
  }
  await strikes.close();
  return aimed;
}

type Counted = Omit<KillFigures, "aimed" | "left" | "crashes" | "seconds">;

async function count(stage: Stage, runs: number): Promise<Counted> {
  const customers = customersTo(runs);
  const messages = await stage.sink.messages();
  const unknown = await listUnknown(stage);
  const { repeats, found } = await stage.sink.counts();
  const at = (sink: string) => ({
    ...recount(
      messages.filter((message) => message.sink === sink),
      customers,
    ),
    unknown: unknown.filter((one) => one.sink === sink),
  });
  const [keyed, lookup, blind] = [at("keyed"), at("lookup"), at("blind")];
  const listed = {
    customers: new Set(unknown.map((one) => one.customer)),
    runs: new Set(unknown.map((one) => one.runId)),
  };
  const isListed = (customer: string): boolean => listed.customers.has(customer);
  const blindLost = blind.missing.filter((customer) => !isListed(customer));
  await explain(stage, [...keyed.missing, ...lookup.missing, ...blindLost]);
  return {
    lost: keyed.missing.length + lookup.missing.length,
    dupKeySink: keyed.dup,
    dupPlainSink: lookup.dup,
    unknownHeld: keyed.unknown.length + lookup.unknown.length,
    blind: {
      lost: blindLost.length,
      dup: blind.dup,
      unknownHeld: blind.unknown.length,
      unlisted: (await loadHeldRuns(stage)).filter((run) => !listed.runs.has(run)).length,
    },
    repeats,
    found,
  };
}
