import type { OpenConnection } from "../../connections/open-connection.ts";
import { inBusyWorkspace } from "../../store/transaction.ts";
import { perform } from "../call/perform.ts";
import type { ClaimedGroup } from "../claim/claim-group.ts";
import { claimGroup, StaleConnection } from "../claim/claim-group.ts";
import { readClock } from "../lease.ts";
import type { Outcome } from "../outcome.ts";
import { deferDeliveries } from "../record/defer-deliveries.ts";
import type { DeliverRuntime, DeliveryTarget } from "../runtime.ts";
import type { Breaker } from "./breaker.ts";
import { createBreaker } from "./breaker.ts";
import type { DeliverReport, Entry, Job } from "./job.ts";
import { createJob } from "./job.ts";
import type { Recorder } from "./recorder.ts";
import { createRecorder } from "./recorder.ts";
import type { Redispatch } from "./redispatch.ts";
import { createRedispatch } from "./redispatch.ts";

const largestGroup = 100;
/** How long a group that would be whole waits for calls under way. */
const patienceMs = 20;
/** Starting a group renders all of it; other work gets its turn in between. */
const sliceMs = 20;
/** Deliveries of a connection that does not open come back after so long at the earliest. */
const closedMs = 1_000;

/** What the breaker let through, and by which of its rounds. */
interface Admitted {
  readonly entries: readonly Entry[];
  readonly round: number;
}

interface Called {
  readonly jobs: ReadonlyMap<string, Job>;
  readonly round: number;
}

interface CallOf {
  readonly job: Job;
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
  readonly #redispatch: Redispatch;
  readonly #recorder: Recorder;
  readonly #random: () => number;
  #waiting: Entry[] = [];
  /** Ids of those that wait. */
  readonly #named = new Set<string>();
  #calling = 0;
  #shards = 1;
  #stale: string | undefined;
  #pumping = false;
  #onRoom: (() => void) | undefined;

  constructor(runtime: DeliverRuntime, target: DeliveryTarget) {
    this.#runtime = runtime;
    this.#target = target;
    this.#random = runtime.random ?? Math.random;
    this.#breaker = createBreaker(() => readClock(runtime.store.clock));
    this.#redispatch = createRedispatch(runtime, target);
    this.#recorder = createRecorder({
      runtime,
      target,
      shards: () => this.#shards,
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
    if (!connection) return this.#defer(this.#take(this.#waiting.length), closedMs);
    const free = await this.#room(connection.concurrency);
    if (this.#waiting.length === 0) return;
    const { count, waitMs, round } = this.#breaker.admit(Math.min(this.#waiting.length, free, largestGroup));
    if (count === 0) await this.#defer(this.#take(this.#waiting.length), waitMs);
    else await this.#claimAndCall(connection, { entries: this.#take(count), round });
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
  async #room(concurrency: number): Promise<number> {
    let enough = Math.min(concurrency, largestGroup);
    const timer = setTimeout(() => {
      enough = Math.ceil(enough / 2);
      this.#onRoom?.();
    }, patienceMs);
    try {
      for (;;) {
        const free = concurrency - this.#calling;
        if (free >= Math.min(this.#waiting.length, enough)) return free;
        const { promise, resolve } = Promise.withResolvers<void>();
        this.#onRoom = resolve;
        await promise;
      }
    } finally {
      clearTimeout(timer);
    }
  }

  async #claimAndCall(connection: OpenConnection, { entries, round }: Admitted): Promise<void> {
    const group = await this.#claim(connection, { entries, round });
    if (!group) return;
    this.#shards = group.shards ?? this.#shards;
    const jobs = this.#settleUncalled(entries, group);
    if (group.calls.length === 0) this.#breaker.unprobe(round);
    await this.#callAll(connection, group, { jobs, round });
  }

  async #claim(connection: OpenConnection, { entries, round }: Admitted): Promise<ClaimedGroup | undefined> {
    try {
      const ids = entries.map((entry) => entry.id);
      return await claimGroup(this.#runtime, this.#target, { connection, ids });
    } catch (error) {
      this.#breaker.unprobe(round);
      if (!(error instanceof StaleConnection)) throw failing(entries, error);
      this.#stale = connection.version;
      this.#waiting.unshift(...entries);
      for (const entry of entries) this.#named.add(entry.id);
      return undefined;
    }
  }

  // Returns the jobs of what is to be called.
  #settleUncalled(entries: readonly Entry[], group: ClaimedGroup): Map<string, Job> {
    const jobs = new Map(entries.map((entry) => [entry.id, entry.job]));
    for (const { delivery, state } of group.settled) jobs.get(delivery.id)?.settle(state);
    const touched = new Set([...group.settled, ...group.calls].map(({ delivery }) => delivery.id));
    for (const { id, job } of entries) if (!touched.has(id)) job.skip();
    if (group.toldShards.length > 0) this.#runtime.queues.wake(this.#target.workspaceId, group.toldShards);
    this.#scheduleReturns(group.settled, group.now);
    this.#redispatch.later(group.over.ids, group.over.waitMs);
    return jobs;
  }

  async #callAll(connection: OpenConnection, group: ClaimedGroup, { jobs, round }: Called): Promise<void> {
    const on = { connection, lease: group.lease, claimedAt: group.now, log: this.#runtime.log, random: this.#random };
    let sliceEnd = performance.now() + sliceMs;
    this.#calling += group.calls.length;
    for (const judged of group.calls) {
      const of = { job: jobs.get(judged.delivery.id)!, round };
      void perform(on, judged).then(
        (outcome) => this.#finish(outcome, of),
        (error) => this.#abandon(error, of),
      );
      if (performance.now() < sliceEnd) continue;
      await new Promise(setImmediate);
      sliceEnd = performance.now() + sliceMs;
    }
  }

  #finish(outcome: Outcome, { job, round }: CallOf): void {
    const { call } = outcome;
    if (call) this.#breaker.report(round, { code: call.code ?? undefined, retryAfterMs: call.retryAfterMs });
    else this.#breaker.unprobe(round);
    this.#recorder.add(outcome, job);
    this.#release();
  }

  // A fault of ours: the lease runs out, and the delivery is found ambiguous.
  #abandon(error: unknown, { job, round }: CallOf): void {
    this.#runtime.log.error({ ...this.#target, err: error }, "a delivery ended without an outcome");
    job.fail(error);
    this.#breaker.unprobe(round);
    this.#release();
  }

  #release(): void {
    this.#calling -= 1;
    if (this.#calling === 0) this.#recorder.flush();
    this.#onRoom?.();
  }

  // Puts back what was not claimed; no attempt is counted.
  async #defer(entries: readonly Entry[], ms: number): Promise<void> {
    const ids = entries.map((entry) => entry.id);
    const waitMs = Math.round(ms * (1 + this.#random() / 5));
    try {
      await inBusyWorkspace(this.#runtime.store, this.#target.workspaceId, (tx) => deferDeliveries(tx, ids, waitMs));
    } catch (error) {
      throw failing(entries, error);
    }
    this.#redispatch.later(ids, waitMs);
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
