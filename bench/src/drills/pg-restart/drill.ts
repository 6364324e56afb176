import { setTimeout as sleep } from "node:timers/promises";
import { inWorkspace } from "@wend/core";
import { secondsSince } from "../../report.ts";
import { journey } from "../flushall/journey.ts";
import { recount } from "../sink/recount.ts";
import { customersTo } from "../stage/customers.ts";
import type { Place } from "../stage/place.ts";
import { settle } from "../stage/settle.ts";
import type { Stage } from "../stage/stage.ts";
import { openStage } from "../stage/stage.ts";
import { feed } from "./feed.ts";
import type { RestartableServer } from "./server.ts";

export interface RestartOptions {
  readonly runs: number;
  readonly restarts: number;
  readonly workers: number;
  readonly perSecond: number;
}

export interface RestartFigures {
  /** Processes that ended, API and workers. */
  readonly crashes: number;
  readonly acked: number;
  /** Acknowledged events that are stored. */
  readonly found: number;
  readonly lost: number;
  readonly dup: number;
  readonly unknown: number;
  /** Calls that were answered with an error while the database was away. */
  readonly refused: number;
  readonly left: number;
  readonly seconds: number;
}

const answerMs = 5;
/** Between two restarts everything comes back to work. */
const betweenMs = 1_500;

/** Restarts Postgres under load, then counts the events in it and the messages at the sink. */
export async function drillRestarts(
  server: RestartableServer,
  redis: Place["redis"],
  options: RestartOptions,
): Promise<RestartFigures> {
  const startedAt = performance.now();
  const stage = await openStage({ ...server.place, redis }, { journey, workers: options.workers, answerMs });
  try {
    let acked = 0;
    const feeding = feed(stage, {
      ...options,
      onAcked: (count) => {
        acked = count;
      },
    });
    for (let i = 0; i < options.restarts; i++) {
      await sleep(betweenMs);
      await server.restart(i % 2 === 0 ? "fast" : "immediate");
    }
    const refused = await feeding;
    const left = await settle(stage);
    const crashes = stage.workers.crashes() + (stage.api.isUp() ? 0 : 1);
    const counted = await count(stage, options.runs);
    return { ...counted, acked, refused, left, crashes, seconds: secondsSince(startedAt) };
  } finally {
    await stage.close();
  }
}

async function count(
  { sink, client, store, place }: Stage,
  runs: number,
): Promise<Pick<RestartFigures, "found" | "lost" | "dup" | "unknown">> {
  const messages = await sink.messages();
  const [first, second] = ["first", "second"].map((label) =>
    recount(
      messages.filter((message) => message.label === label),
      customersTo(runs),
    ),
  );
  const [events] = await inWorkspace(store, place.workspace.id, (tx) =>
    tx.rows<{ found: number }>(
      "select count(distinct message_id) as found from events where workspace_id = $1 and name = 'Signed Up'",
      [place.workspace.id],
    ),
  );
  const { items: unknown } = await client.api.deliveries.list.query({ state: "unknown" });
  return {
    found: events!.found,
    lost: first!.missing.length + second!.missing.length,
    dup: first!.dup + second!.dup,
    unknown: unknown.length,
  };
}
