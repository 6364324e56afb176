import { secondsSince } from "../../report.ts";
import type { SinkCounts } from "../sink/message.ts";
import type { Recount } from "../sink/recount.ts";
import { recount } from "../sink/recount.ts";
import { customerOf, partOf, signUpEvenly, sinkNames, sinkOf } from "../stage/customers.ts";
import { explain } from "../stage/explain.ts";
import type { Place } from "../stage/place.ts";
import { settle } from "../stage/settle.ts";
import type { Stage } from "../stage/stage.ts";
import { openStage } from "../stage/stage.ts";
import { listUnknown, loadHeldRuns } from "../stage/unknown.ts";
import { watchBreakers } from "./breaker-watch.ts";
import { journey } from "./journey.ts";
import type { OtherChannel } from "./other-channel.ts";
import { openOtherChannel } from "./other-channel.ts";
import { beginTrouble, endTrouble, openAddresses } from "./outage.ts";

export interface ProviderOptions {
  /** To the provider while it is in trouble. */
  readonly deliveries: number;
  /** Trouble comes and goes so often: what else the machine does meanwhile falls on both alike. */
  readonly spells: number;
  /** Customers who sign up per second. */
  readonly perSecond: number;
  /** Messages of the other channel per second. */
  readonly othersPerSecond: number;
  readonly workers: number;
}

export interface ProviderFigures {
  /** Customers to whom no message came, by sinks that can tell a repeated call. */
  readonly lost: number;
  readonly dup: number;
  /** Deliveries of unknown outcome by those sinks, where none should be. */
  readonly unknown: number;
  readonly blind: {
    /** Customers of the sink that tells nothing to whom no message came, and who are not listed as unknown. */
    readonly lost: number;
    readonly dup: number;
    readonly unknown: number;
    /** Calls of which that sink left open whether it had acted: each has to be listed. */
    readonly leftOpen: number;
    /** Runs that went the way of an unknown outcome and are not listed. */
    readonly unlisted: number;
  };
  /** Calls that met with each fault at the sinks; one in ten went to an address that refuses connections. */
  readonly faults: SinkCounts["faults"];
  /** Calls that were repeated, and calls found by asking: proof that the trouble met calls under way. */
  readonly repeats: number;
  readonly found: number;
  /** Connections that an operator saw waiting for their provider. */
  readonly opened: number;
  /** From an event's acceptance to its message on the other channel, in ms, ascending: in and out of trouble. */
  readonly others: { readonly healthy: readonly number[]; readonly troubled: readonly number[] };
  readonly crashes: number;
  readonly left: number;
  readonly seconds: number;
}

const answerMs = 20;
/** A provider that hangs needs more room than one that answers. */
const concurrency = 200;

/** Sends through a provider that gets into trouble now and then, and through another channel beside it. */
export async function drillProvider(place: Place, options: ProviderOptions): Promise<ProviderFigures> {
  const startedAt = performance.now();
  const stage = await openStage(place, { journey, workers: options.workers, answerMs });
  let other: OtherChannel | undefined;
  try {
    for (const connection of sinkNames) await stage.client.api.connections.update.mutate({ connection, concurrency });
    other = await openOtherChannel(stage);
    const played = await play(stage, other, options);
    const counted = await count(stage, played);
    return { ...counted, ...played, crashes: stage.workers.crashes(), seconds: secondsSince(startedAt) };
  } finally {
    await other?.close();
    await stage.close();
  }
}

type Played = Pick<ProviderFigures, "opened" | "others" | "left"> & { readonly customers: number };

/** Healthy customers for each in trouble. */
const healthyShare = 0.3;

async function play(stage: Stage, other: OtherChannel, options: ProviderOptions): Promise<Played> {
  const { deliveries, spells, perSecond, othersPerSecond } = options;
  let customers = 0;
  // The same customers come and the same messages go by the other channel, whatever the provider does.
  const act = async (name: string, count: number): Promise<number[]> => {
    const from = customers;
    customers += count;
    const pace = { perSecond: othersPerSecond, seconds: count / perSecond };
    const [took] = await Promise.all([
      other.measure(name, pace),
      signUpEvenly(stage.client, { from, to: customers, perSecond }),
    ]);
    return took;
  };
  const healthy: number[] = [];
  const troubled: number[] = [];
  const opened = new Set<string>();
  let left = 0;
  await act("warm", Math.round((deliveries * healthyShare) / spells));
  for (let spell = 0; spell < spells; spell++) {
    healthy.push(...(await act(`healthy-${spell}`, Math.round((deliveries * healthyShare) / spells))));
    await settle(stage);
    await beginTrouble(stage);
    const breakers = watchBreakers(stage);
    const [from, to] = partOf(deliveries, { part: spell, parts: spells });
    troubled.push(...(await act(`troubled-${spell}`, to - from)));
    for (const key of await breakers.stop()) opened.add(key);
    await openAddresses(stage);
    left = await settle(stage);
    await endTrouble(stage);
  }
  return {
    opened: opened.size,
    others: { healthy: ascending(healthy), troubled: ascending(troubled) },
    left,
    customers,
  };
}

const ascending = (values: readonly number[]): number[] => values.toSorted((a, b) => a - b);

type Counted = Pick<ProviderFigures, "lost" | "dup" | "unknown" | "blind" | "faults" | "repeats" | "found">;

interface Counts extends Recount {
  readonly unknown: number;
}

async function count(stage: Stage, { customers }: Played): Promise<Counted> {
  const messages = await stage.sink.messages();
  const unknown = await listUnknown(stage);
  const { repeats, found, faults, leftOpen } = await stage.sink.counts();
  const numbers = Array.from({ length: customers }, (_, n) => n);
  const [keyed, lookup, blind] = sinkNames.map((sink) => ({
    ...recount(
      messages.filter((message) => message.sink === sink),
      numbers.filter((n) => sinkOf(n) === sink).map(customerOf),
    ),
    unknown: unknown.filter((one) => one.sink === sink).length,
  })) as [Counts, Counts, Counts];
  const listed = new Set(unknown.map((one) => one.customer));
  const runs = new Set(unknown.map((one) => one.runId));
  const blindLost = blind.missing.filter((customer) => !listed.has(customer));
  await explain(stage, [...keyed.missing, ...lookup.missing, ...blindLost]);
  return {
    lost: keyed.missing.length + lookup.missing.length,
    dup: keyed.dup + lookup.dup,
    unknown: keyed.unknown + lookup.unknown,
    blind: {
      lost: blindLost.length,
      dup: blind.dup,
      unknown: blind.unknown,
      leftOpen,
      unlisted: (await loadHeldRuns(stage)).filter((run) => !runs.has(run)).length,
    },
    faults,
    repeats,
    found,
  };
}
