import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import type { Backend, ClaimedJob, JobData, JobEnd, JobQueue, JobWorker } from "./backend.ts";
import type { Consumer } from "./queues.ts";

export interface ConsumerSetup {
  readonly backend: Backend;
  readonly queue: { readonly name: string; readonly jobs: JobQueue };
  readonly concurrency: number;
  readonly log: Logger;
  /** May throw: the job ends all the same, and the clock finds what it left undone. */
  handle(data: JobData, signal: AbortSignal): Promise<unknown>;
}

export const defaultGraceMs = 10_000;

export function openConsumer(setup: ConsumerSetup): Consumer {
  const { backend, queue, concurrency, log } = setup;
  const stop = new AbortController();
  const active = new Set<ClaimedJob>();
  let progressAt = performance.now();

  const run = async (job: ClaimedJob): Promise<JobEnd> => {
    if (stop.signal.aborted) {
      await job.giveBack();
      return "given-back";
    }
    progressAt = performance.now();
    active.add(job);
    try {
      await setup.handle(job.data, stop.signal);
    } catch (error) {
      log.error({ queue: queue.name, job: job.data, err: error }, "job failed, left to the clock");
    } finally {
      active.delete(job);
      progressAt = performance.now();
    }
    return "done";
  };
  const openWorker = (): JobWorker =>
    backend.openWorker({
      queue: queue.name,
      concurrency,
      process: run,
      onError: (error) => log.debug({ queue: queue.name, err: error }, "queue worker fault"),
    });

  let worker = openWorker();
  let closing: Promise<void> | undefined;
  const close = async (graceMs: number): Promise<void> => {
    stop.abort();
    const closed = worker.close().catch((error) => log.debug({ queue: queue.name, err: error }, "close failed"));
    await Promise.race([closed, sleep(graceMs, undefined, { ref: false })]);
    await giveBackAll(active, log);
  };
  return {
    lastProgressAt: () => progressAt,
    load: () => ({ active: active.size, concurrency }),
    waiting: async () => (await queue.jobs.counts()).waiting,
    recycle: () => {
      const old = worker;
      worker = openWorker();
      progressAt = performance.now();
      old.close().catch((error) => log.debug({ queue: queue.name, err: error }, "old queue worker did not close"));
    },
    close: (graceMs = defaultGraceMs) => {
      closing ??= close(graceMs);
      return closing;
    },
  };
}

// Otherwise the queue would take them for under way until their locks run out.
async function giveBackAll(active: ReadonlySet<ClaimedJob>, log: Logger): Promise<void> {
  const given = [...active].map((job) =>
    job.giveBack().catch((error) => log.warn({ job: job.data, err: error }, "job could not be given back")),
  );
  await Promise.race([Promise.all(given), sleep(1_000, undefined, { ref: false })]);
}
