import { setTimeout as sleep } from "node:timers/promises";
import type { DuePollsQuery } from "./find-due-polls.ts";
import { findDuePolls, findUnaskedPolls, pollingPlugins } from "./find-due-polls.ts";
import { pollConnection } from "./poll-connection.ts";
import type { DuePoll, PollRuntime } from "./runtime.ts";

/** A look for connections that were never asked goes through all of their plugins', so that most looks do without. */
const unaskedEvery = 5;

export interface PollsOptions {
  readonly channels: "all" | readonly string[];
  /** Connections asked at once. */
  readonly concurrency?: number;
  /** Between two looks. Defaults to a second, and to less where time is moved by hand. */
  readonly lookMs?: number;
}

export interface RunningPolls {
  /** Aborts the calls under way, gives their polls back and resolves. */
  stop(): Promise<void>;
}

/**
 * Polls the connections of some channels until stopped. The workers of a channel look for themselves: a poll may come a
 * second late, so that no clock has to ring for it and no job to be lost; its row says when it is due, and claiming the
 * row keeps the others away.
 */
export function runPolls(runtime: PollRuntime, options: PollsOptions): RunningPolls {
  const { store, plugins, log } = runtime;
  const { channels, concurrency = 32, lookMs = store.clock.fixed() === undefined ? 1_000 : 50 } = options;
  const stop = new AbortController();
  const running = new Map<string, Promise<void>>();

  const start = (due: DuePoll): void => {
    const { workspaceId, connectionId } = due;
    // A lease that is over although its worker is still at it: the second claim would only take its work away.
    if (running.has(connectionId)) return;
    const done = pollConnection(runtime, due, stop.signal)
      .catch((error) => log.warn({ workspaceId, connectionId, err: error }, "a poll was left to its lease"))
      .finally(() => running.delete(connectionId));
    running.set(connectionId, done);
  };
  let looksToUnasked = 0;
  const lookForUnasked = async (query: DuePollsQuery): Promise<DuePoll[]> => {
    if (looksToUnasked-- > 0) return [];
    const found = await findUnaskedPolls(store, query);
    // Those that there was no room for come next.
    looksToUnasked = found.length < query.limit ? unaskedEvery - 1 : 0;
    return found;
  };
  const look = async (): Promise<void> => {
    const limit = concurrency - running.size;
    if (limit === 0) return;
    const query = { plugins, channels, limit };
    const found = [...(await lookForUnasked(query)), ...(await findDuePolls(store, query))].slice(0, limit);
    if (!stop.signal.aborted) found.forEach(start);
  };
  const loop = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      await look().catch((error) => log.warn({ err: error }, "due polls could not be looked up"));
      await sleep(lookMs, undefined, { signal: stop.signal }).catch(() => {});
    }
  };
  const done = pollingPlugins(plugins).size > 0 ? loop() : Promise.resolve();
  return {
    stop: async () => {
      stop.abort();
      await done;
      await Promise.all(running.values());
    },
  };
}
