import type { Outcome } from "../outcome.ts";
import { recordInsistently } from "../record/record-insistently.ts";
import type { DeliverRuntime, DeliveryTarget } from "../runtime.ts";
import type { Job } from "./job.ts";

/** Gathers outcomes and writes them in sets. */
export interface Recorder {
  add(outcome: Outcome, job: Job): void;
  /** Nothing more is under way: what was gathered is written as soon as may be. */
  flush(): void;
}

export interface RecorderSetup {
  readonly runtime: DeliverRuntime;
  readonly target: DeliveryTarget;
  shards(): number;
  /** Called once they are committed, with the instant of it. */
  recorded(outcomes: readonly Outcome[], now: number): void;
}

/** A slow call delays the record of the others by at most so long. */
const gatherMs = 25;
/** Records follow each other no closer than that, unless one is full: a record costs the same for one outcome and for ten. */
const spaceMs = 10;
const mostOutcomes = 100;

interface Held {
  readonly outcome: Outcome;
  readonly job: Job;
}

export function createRecorder(setup: RecorderSetup): Recorder {
  let held: Held[] = [];
  let writing = false;
  let timer: NodeJS.Timeout | undefined;
  let flushedAt = Number.NEGATIVE_INFINITY;

  const writeHeld = () => {
    if (writing || held.length === 0) return;
    clearTimeout(timer);
    timer = undefined;
    const batch = held;
    held = [];
    writing = true;
    flushedAt = performance.now();
    void write(setup, batch).then(() => {
      writing = false;
      // What came meanwhile has waited as long as the write took.
      writeHeld();
    });
  };
  return {
    flush: () => {
      if (writing || held.length === 0) return;
      const waitMs = flushedAt + spaceMs - performance.now();
      if (waitMs <= 0) return writeHeld();
      clearTimeout(timer);
      timer = setTimeout(writeHeld, waitMs);
    },
    add: (outcome, job) => {
      held.push({ outcome, job });
      if (held.length >= mostOutcomes) writeHeld();
      else timer ??= setTimeout(writeHeld, gatherMs);
    },
  };
}

// Never rejects. An outcome that cannot be written is ambiguous once its lease is over, like one whose worker died.
async function write({ runtime, target, shards, recorded }: RecorderSetup, batch: readonly Held[]): Promise<void> {
  const outcomes = batch.map(({ outcome }) => outcome);
  try {
    const { rejected, toldShards, now } = await recordInsistently(runtime, target, { outcomes, shards: shards() });
    if (rejected.length > 0) {
      runtime.log.warn({ ...target, deliveryIds: rejected }, "outcomes came after another claim and were not written");
    }
    if (toldShards.length > 0) runtime.queues.wake(target.workspaceId, toldShards);
    const late = new Set(rejected);
    for (const { outcome, job } of batch) {
      if (late.has(outcome.delivery.id)) job.reject();
      else job.settle(outcome.state);
    }
    recorded(outcomes, now);
  } catch (error) {
    runtime.log.error({ ...target, count: batch.length, err: error }, "outcomes could not be recorded");
    for (const { job } of batch) job.fail(error);
  }
}
