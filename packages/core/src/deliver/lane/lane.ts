import type { OpenConnection } from "../../connections/open-connection.ts";
import { stackFrames } from "../../connections/stack-frames.ts";
import { perform } from "../call/perform.ts";
import { performBatch } from "../call/perform-batch.ts";
import type { Performance } from "../call/performance.ts";
import type { ClaimedGroup } from "../claim/claim-group.ts";
import { claimGroup } from "../claim/claim-group.ts";
import { batchSizeOf } from "../claim/group-calls.ts";
import type { Callable } from "../claim/judge.ts";
import { StaleConnection } from "../claim/stale-connection.ts";
import { readClock } from "../lease.ts";
import type { Outcome } from "../outcome.ts";
import type { DeliverRuntime, DeliveryTarget } from "../runtime.ts";
import { startTurns } from "../turns.ts";
import type { Breaker } from "./breaker.ts";
import { createBreaker } from "./breaker.ts";
import { endOf } from "./call-end.ts";
import type { DownMark } from "./down-mark.ts";
import { createDownMark } from "./down-mark.ts";
import type { DeliverReport, Entry, Job } from "./job.ts";
import { createJob } from "./job.ts";
import { putOff } from "./put-off.ts";
import type { Recorder } from "./recorder.ts";
import { createRecorder } from "./recorder.ts";
import type { Redispatch } from "./redispatch.ts";
import { createRedispatch } from "./redispatch.ts";
import { tellDown } from "./told-breaker.ts";

const largestGroup = 100;
/** How long a group that would be whole waits for calls under way. */
const patienceMs = 20;
/** Starting a group renders all of it; other work gets its turn in between. */
const sliceMs = 20;
/** Deliveries of a connection that does not open come back after so long at the earliest. */
const closedMs = 1_000;
/** Routes go round it for so long. */
const closedDownMs = 5_000;

/** What the breaker let through, by which of its rounds, and how many calls there is room for. */
interface Admitted {
  readonly entries: readonly Entry[];
  readonly round: number;
  readonly room: number;
}

interface Called {
  readonly jobs: ReadonlyMap<string, Job>;
  readonly round: number;
}

/**
 * One connection's way through this process. The jobs that name its deliveries share it: what they name is claimed,
 * called and recorded in groups, one claim and one record at a time, and no more calls at once than the connection
 * allows. So a hanging provider fills its own lane and no other.
 */
export class Lane {
  readonly #runtime: DeliverRuntime;
  readonly #target: DeliveryTarget;
  readonly #breaker: Breaker;
  readonly #mark: DownMark;
  readonly #redispatch: Redispatch;
  readonly #recorder: Recorder;
  readonly #random: () => number;
  #waiting: Entry[] = [];
  /** Ids of those that wait. */
  readonly #named = new Set<string>();
  /** Jobs whose worker is to stop. */
  readonly #stopped = new WeakSet<Job>();
  #calling = 0;
  #shards = 1;
  #stale: string | undefined;
  #pumping = false;
  #onRoom: (() => void) | undefined;

  constructor(runtime: DeliverRuntime, target: DeliveryTarget) {
    this.#runtime = runtime;
    this.#target = target;
    this.#random = runtime.random ?? Math.random;
    this.#mark = createDownMark(runtime, target);
    const now = () => readClock(runtime.store.clock);
    this.#breaker = tellDown(createBreaker(now), { mark: this.#mark, log: runtime.log, target, now });
    this.#redispatch = createRedispatch(runtime, target);
    this.#recorder = createRecorder({
      runtime,
      target,
      shards: () => this.#shards,
      isDown: () => this.#isDown(),
      recorded: (outcomes, now) => this.#scheduleReturns(outcomes, now),
    });
  }

  /** Resolves when something is recorded of each id. An aborted signal leaves alone what is not claimed yet. */
  async deliver(ids: readonly string[], signal: AbortSignal | undefined): Promise<DeliverReport> {
    const job = createJob(ids.length);
    for (const id of ids) {
      if (this.#named.has(id)) job.skip();
      else this.#waiting.push({ id, job });
      this.#named.add(id);
    }
    const drop = () => this.#drop(job);
    if (signal?.aborted) drop();
    signal?.addEventListener("abort", drop, { once: true });
    void this.#pump();
    try {
      return await job.report;
    } finally {
      signal?.removeEventListener("abort", drop);
    }
  }

  #drop(job: Job): void {
    this.#stopped.add(job);
    const dropped = this.#waiting.filter((entry) => entry.job === job);
    this.#waiting = this.#waiting.filter((entry) => entry.job !== job);
    for (const entry of dropped) this.#named.delete(entry.id);
    for (const entry of dropped) entry.job.skip();
  }

  // One claim at a time: what comes in meanwhile joins the next one.
  async #pump(): Promise<void> {
    if (this.#pumping) return;
    this.#pumping = true;
    while (this.#waiting.length > 0) {
      try {
        await this.#step();
      } catch (error) {
        for (const entry of this.#take(this.#waiting.length)) entry.job.fail(error);
      }
    }
    this.#pumping = false;
  }

  async #step(): Promise<void> {
    const connection = await this.#openConnection();
    if (!connection) {
      this.#mark.set(closedDownMs);
      return this.#defer(this.#take(this.#waiting.length), { ms: closedMs, isDown: true });
    }
    const { mostPerCall } = connection;
    const room = await this.#room(connection);
    if (this.#waiting.length === 0) return;
    const wanted = Math.min(this.#waiting.length, room * mostPerCall, Math.max(largestGroup, mostPerCall));
    const { count, waitMs, round } = this.#breaker.admit(wanted);
    const isDown = this.#isDown();
    if (count === 0) await this.#defer(this.#take(this.#waiting.length), { ms: waitMs, isDown });
    else await this.#claimAndCall(connection, { entries: this.#take(count), round, room });
  }

  #take(count: number): Entry[] {
    const taken = this.#waiting.splice(0, count);
    for (const entry of taken) this.#named.delete(entry.id);
    return taken;
  }

  // A connection that does not open holds its deliveries back like a provider that is down.
  async #openConnection(): Promise<OpenConnection | undefined> {
    try {
      return await this.#runtime.connections.open(this.#target, this.#stale);
    } catch (error) {
      this.#runtime.log.error({ ...this.#target, err: error }, "connection does not open");
      return undefined;
    }
  }

  // Waits for room for a whole group, because the cost of a claim is shared by all of it; but not for long: half the
  // connection's calls may hang without holding up the other half.
  async #room({ concurrency, mostPerCall }: OpenConnection): Promise<number> {
    let enough = Math.min(concurrency, largestGroup);
    const timer = setTimeout(() => {
      enough = Math.ceil(enough / 2);
      this.#onRoom?.();
    }, patienceMs);
    try {
      for (;;) {
        const free = concurrency - this.#calling;
        if (free >= Math.min(Math.ceil(this.#waiting.length / mostPerCall), enough)) return free;
        const { promise, resolve } = Promise.withResolvers<void>();
        this.#onRoom = resolve;
        await promise;
      }
    } finally {
      clearTimeout(timer);
    }
  }

  async #claimAndCall(connection: OpenConnection, admitted: Admitted): Promise<void> {
    const { entries, round } = admitted;
    const group = await this.#claim(connection, admitted);
    if (!group) return;
    this.#shards = group.shards ?? this.#shards;
    const left = new Set(group.left);
    this.#wait(entries.filter(({ id }) => left.has(id)));
    const jobs = this.#settleUncalled(left.size > 0 ? entries.filter(({ id }) => !left.has(id)) : entries, group);
    const uncalled = entries.length - group.calls.length;
    if (uncalled > 0) this.#breaker.uncalled(round, uncalled);
    await this.#callAll(connection, group, { jobs, round });
  }

  async #claim(connection: OpenConnection, { entries, round, room }: Admitted): Promise<ClaimedGroup | undefined> {
    try {
      const ids = entries.map((entry) => entry.id);
      return await claimGroup(this.#runtime, this.#target, { connection, ids, room });
    } catch (error) {
      this.#breaker.uncalled(round, entries.length);
      if (!(error instanceof StaleConnection)) throw failing(entries, error);
      this.#stale = connection.version;
      this.#wait(entries);
      return undefined;
    }
  }

  // Taken, but not claimed: they go first.
  #wait(entries: readonly Entry[]): void {
    const kept = entries.filter(({ job }) => !this.#stopped.has(job));
    this.#waiting.unshift(...kept);
    for (const entry of kept) this.#named.add(entry.id);
    for (const { job } of entries) if (this.#stopped.has(job)) job.skip();
  }

  // Returns the jobs of what is to be called.
  #settleUncalled(entries: readonly Entry[], group: ClaimedGroup): Map<string, Job> {
    const jobs = new Map(entries.map((entry) => [entry.id, entry.job]));
    for (const { delivery, state } of group.settled) jobs.get(delivery.id)?.settle(state);
    const touched = new Set([...group.settled, ...group.calls.flat()].map(({ delivery }) => delivery.id));
    for (const { id, job } of entries) if (!touched.has(id)) job.skip();
    if (group.toldShards.length > 0) this.#runtime.queues.wake(this.#target.workspaceId, group.toldShards);
    this.#scheduleReturns(group.settled, group.now);
    for (const { ids, waitMs } of group.over) this.#redispatch.later(ids, waitMs);
    return jobs;
  }

  async #callAll(connection: OpenConnection, group: ClaimedGroup, of: Called): Promise<void> {
    const { lease, now: claimedAt, calls } = group;
    const turns = startTurns(sliceMs);
    const on = { connection, lease, claimedAt, log: this.#runtime.log, turns, random: this.#random };
    this.#calling += calls.length;
    for (const call of calls) {
      void this.#call(on, call, of);
      if (turns.isOver()) await turns.next();
    }
  }

  async #call(on: Performance, call: readonly Callable[], of: Called): Promise<void> {
    const [first] = call as readonly [Callable];
    let wasMade = false;
    const finish = (outcomes: readonly Outcome[]) => {
      wasMade = this.#finish(outcomes, of) || wasMade;
    };
    try {
      if (batchSizeOf(first) === undefined) finish([await perform(on, first)]);
      else await performBatch(on, call, finish);
    } catch (error) {
      this.#abandon(error, call, of);
    }
    if (!wasMade) this.#breaker.uncalled(of.round, 1);
    this.#release();
  }

  // Returns whether the provider was called for them.
  #finish(outcomes: readonly Outcome[], { jobs, round }: Called): boolean {
    const end = endOf(outcomes);
    if (end) this.#breaker.report(round, end);
    for (const outcome of outcomes) this.#recorder.add(outcome, jobs.get(outcome.delivery.id)!);
    return end !== undefined;
  }

  // A fault of ours: the lease runs out, and the deliveries are found ambiguous.
  #abandon(error: unknown, call: readonly Callable[], { jobs }: Called): void {
    this.#runtime.log.error({ ...this.#target, frames: stackFrames(error) }, "a delivery ended without an outcome");
    for (const { delivery } of call) jobs.get(delivery.id)?.fail(error);
  }

  #release(): void {
    this.#calling -= 1;
    if (this.#calling === 0) this.#recorder.flush();
    this.#onRoom?.();
  }

  #isDown(): boolean {
    return this.#breaker.downUntil() !== undefined;
  }

  async #defer(entries: readonly Entry[], { ms, isDown }: { ms: number; isDown: boolean }): Promise<void> {
    const ids = entries.map((entry) => entry.id);
    const waitMs = Math.round(ms * (1 + this.#random() / 5));
    try {
      const waiting = await putOff(this.#runtime, this.#target, { ids, waitMs, isDown });
      this.#redispatch.later(waiting, waitMs);
    } catch (error) {
      throw failing(entries, error);
    }
    for (const entry of entries) entry.job.settle("queued");
  }

  #scheduleReturns(outcomes: readonly Outcome[], now: number): void {
    for (const { delivery, dueAt } of outcomes) if (dueAt !== null) this.#redispatch.later([delivery.id], dueAt - now);
  }
}

function failing(entries: readonly Entry[], error: unknown): unknown {
  for (const entry of entries) entry.job.fail(error);
  return error;
}
