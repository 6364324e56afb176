import { WendError } from "@wend/plugin";
import { sendOn } from "../move/send-on.ts";
import type { Outcome } from "../outcome.ts";
import type { RecordedSet } from "../record/record-insistently.ts";
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
  /** The provider is taken to be down. */
  isDown(): boolean;
  /** Called once they are committed, with the instant of it; not about those that another connection has now. */
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

type Written = Pick<RecordedSet, "moved" | "now">;

// Never rejects. An outcome that cannot be written is ambiguous once its lease is over, like one whose worker died.
async function write(setup: RecorderSetup, batch: readonly Held[]): Promise<void> {
  const { runtime, target } = setup;
  const outcomes = batch.map(({ outcome }) => outcome);
  try {
    const set = { outcomes, shards: setup.shards(), isDown: setup.isDown() };
    const { rejected, toldShards, ...written } = await recordInsistently(runtime, target, set);
    if (rejected.length > 0) {
      runtime.log.warn({ ...target, deliveryIds: rejected }, "outcomes came after another claim and were not written");
    }
    if (toldShards.length > 0) runtime.queues.wake(target.workspaceId, toldShards);
    const late = new Set(rejected);
    for (const { outcome, job } of batch) {
      if (late.has(outcome.delivery.id)) job.reject();
      else job.settle(outcome.state);
    }
    passOn(setup, outcomes, written);
  } catch (error) {
    if (batch.length > 1 && isRefused(error)) return writeHalves(setup, batch);
    runtime.log.error({ ...target, count: outcomes.length, err: error }, "outcomes could not be recorded");
    for (const { job } of batch) job.fail(error);
  }
}

// What another connection has now does not come back to this one.
function passOn({ runtime, target, recorded }: RecorderSetup, outcomes: readonly Outcome[], written: Written): void {
  const { moved, now } = written;
  sendOn(runtime, target.workspaceId, moved);
  const gone = new Set(moved.map(({ id }) => id));
  recorded(gone.size > 0 ? outcomes.filter(({ delivery }) => !gone.has(delivery.id)) : outcomes, now);
}

// What the database refuses is one outcome's fault: the others are not to be called again for it.
async function writeHalves(setup: RecorderSetup, batch: readonly Held[]): Promise<void> {
  const half = Math.ceil(batch.length / 2);
  await write(setup, batch.slice(0, half));
  await write(setup, batch.slice(half));
}

// A passing fault has been waited out, and would fail the halves as well.
const isRefused = (error: unknown): boolean => !(error instanceof WendError) || error.retry !== "backoff";
