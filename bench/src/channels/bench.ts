import { randomBytes } from "node:crypto";
import { Misuse, readOptions } from "../options.ts";
import type { Demand, Line, Result } from "../report.ts";
import { median, report, round } from "../report.ts";
import { openServerCpu } from "../shared/cpu.ts";
import { createWorld } from "../world.ts";
import { caseNames, loadCase } from "./cases.ts";
import type { ChannelCase } from "./channel-case.ts";
import { perCall } from "./channel-case.ts";
import type { Round } from "./round.ts";
import { measureRound } from "./round.ts";
import type { Ground } from "./sides.ts";
import { openSides } from "./sides.ts";

const usage = "[--rounds 5] [--deliveries 2000] [--concurrency 100] [--only <text>]";

/**
 * Where one request carries many deliveries the two rows that each of them writes are what bounds it, whatever the
 * plugin does: there the plugin alone is held to the figure, and `bench webhook` holds the rest.
 */
const demandsOf = (channel: ChannelCase): readonly Demand[] => [
  { field: perCall(channel) === 1 ? "ratio_client" : "ratio_call", atLeast: 0.7 },
];

/**
 * `bench channels [--rounds 5] [--deliveries 2000] [--concurrency 100] [--only plugin]`: deliveries per second of each
 * plugin to a stand-in for its vendor, beside the vendor's own client, or the usual one, sending the same to it: the
 * same content in the same number of requests, as many at once. The sides take turns, each in a process of its own.
 *
 * A delivery is all that a worker does for one: claim it, judge it, render it, call the plugin, record the outcome, in
 * PostgreSQL. `ratio_client` is its rate divided by the client's, which keeps nothing: whoever replaces the client by
 * Wend gets that. `ratio_call` is the plugin's alone, as core opens and calls it, with nothing of a delivery around it:
 * it tells what is the plugin's and what the delivery's. The CPU time is that of the process that sends.
 */
export async function run(args: readonly string[]): Promise<void> {
  const { only, ...options } = readOptions(args, {
    rounds: 5,
    deliveries: 2_000,
    concurrency: 100,
    only: undefined,
    profile: undefined,
  });
  if (only !== undefined && !caseNames.includes(only)) {
    throw new Misuse(`--only is one of ${caseNames.join(", ")}, not ${JSON.stringify(only)}.`, usage);
  }
  const world = await createWorld();
  const postgres = await openServerCpu(world.owner);
  const ground: Ground = { ...world, postgres, secretKey: randomBytes(32) };
  try {
    for (const name of only === undefined ? caseNames : [only]) {
      const { line, demands } = await benchChannel(ground, name, options);
      report(line, demands);
    }
  } finally {
    postgres.close();
    await world.close();
  }
}

export interface Options {
  readonly rounds: number;
  /** Of one side in one round. */
  readonly deliveries: number;
  readonly concurrency: number;
  /** A folder for CPU profiles of both sides. */
  readonly profile?: string | undefined;
}

/** A batch is gone too soon for what is asked of one delivery at a time. */
const batchFactor = 10;

/** Measures one case. Throws unless each delivery has reached the stand-in, and once. */
export async function benchChannel(
  ground: Ground,
  name: string,
  { rounds, deliveries, profile, ...options }: Options,
): Promise<Result> {
  const channel = await loadCase(name);
  const concurrency = Math.min(options.concurrency, channel.mostAtOnce ?? options.concurrency);
  const sides = await openSides(ground, { name, channel, concurrency, profile });
  const count = perCall(channel) === 1 ? deliveries : batchFactor * deliveries;
  try {
    const measured: Round[] = [];
    // The first one is for the compiler.
    for (let i = 0; i <= rounds; i++) measured.push(await measureRound(sides, i, count));
    const line = lineOf(channel, measured.slice(1), { count, concurrency });
    return { line, demands: demandsOf(channel) };
  } finally {
    await sides.close();
  }
}

interface Load {
  readonly count: number;
  readonly concurrency: number;
}

function lineOf(channel: ChannelCase, rounds: readonly Round[], { count, concurrency }: Load): Line {
  const of = (digits: number, figure: (one: Round) => number) => round(median(rounds.map(figure)), digits);
  const hasPostgres = rounds.some(({ delivery }) => delivery.postgresCpuMs !== undefined);
  const perS = (name: keyof Round) => of(0, (one) => (count / one[name].ms) * 1_000);
  const cpuMs = (name: keyof Round) => of(3, (one) => one[name].cpuMs / count);
  return {
    bench: "channels",
    plugin: channel.plugin.manifest.id,
    action: channel.action,
    client: channel.client,
    per_request: perCall(channel),
    concurrency,
    deliveries_per_s: perS("delivery"),
    cpu_ms: cpuMs("delivery"),
    ...(hasPostgres && { postgres_cpu_ms: of(3, ({ delivery }) => delivery.postgresCpuMs! / count) }),
    call_per_s: perS("call"),
    call_cpu_ms: cpuMs("call"),
    client_per_s: perS("client"),
    client_cpu_ms: cpuMs("client"),
    ratio_client: of(2, ({ client, delivery }) => client.ms / delivery.ms),
    ratio_call: of(2, ({ client, call }) => client.ms / call.ms),
  };
}
