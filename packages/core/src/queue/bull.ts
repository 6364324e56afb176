import type { BackendClasses, IQueueBackend, Job, JobsOptions } from "bullmq";
import { WaitingError } from "bullmq";
import type { ClaimedJob, JobData, JobQueue, JobWorker, NewJob, WorkerSetup } from "./backend.ts";

/** BullMQ bound to one server: `producer` fails at once while it is down, `consumer` waits for it. */
export interface Bull<B extends IQueueBackend, C> {
  readonly classes: BackendClasses<B, C>;
  readonly producer: C;
  readonly consumer: C;
  readonly prefix: string;
}

// A job that ends leaves no trace: its state lives in Postgres.
const leaveNothing: JobsOptions = { removeOnComplete: true, removeOnFail: true };

/** A wake swallowed by a killed holder is free again after at most lock + two checks. */
const lockDuration = 10_000;
const stalledInterval = 5_000;

export function openBullQueue<B extends IQueueBackend, C>(bull: Bull<B, C>, name: string): JobQueue {
  const queue = new bull.classes.Queue<JobData, void>(name, {
    connection: bull.producer,
    prefix: bull.prefix,
    // Nobody reads the event stream.
    streams: { events: { maxLen: 1 } },
    defaultJobOptions: leaveNothing,
  });
  // Reported by whatever was asked of the queue.
  queue.on("error", () => {});
  return {
    add: async (jobs) => {
      await (jobs.every((job) => job.key !== undefined) && jobs.length > 1
        ? queue.addBulk(jobs.map((job) => ({ name, data: job.data, opts: optionsOf(job) })))
        : Promise.all(jobs.map((job) => queue.add(name, job.data, optionsOf(job)))));
    },
    forgetKey: async (key) => {
      await queue.removeDeduplicationKey(key);
    },
    waiting: () => queue.getWaitingCount(),
    close: () => queue.close(),
  };
}

function optionsOf({ id, key }: NewJob): JobsOptions {
  return {
    ...(id !== undefined && { jobId: id }),
    ...(key !== undefined && { deduplication: { id: key, keepLastIfActive: true } }),
  };
}

export function openBullWorker<B extends IQueueBackend, C>(bull: Bull<B, C>, setup: WorkerSetup): JobWorker {
  const worker = new bull.classes.Worker<JobData, void>(
    setup.queue,
    (job, token) => setup.process(claimed(job as Job<JobData, void>, token ?? "")),
    {
      connection: bull.consumer,
      prefix: bull.prefix,
      concurrency: setup.concurrency,
      lockDuration,
      stalledInterval,
      // The queue's verdict is not the truth: a stalled job is run again, however often.
      maxStalledCount: Number.MAX_SAFE_INTEGER,
      removeOnComplete: { count: 0 },
      removeOnFail: { count: 0 },
      // Also the longest a job waits whose notification was lost.
      drainDelay: 5,
      runRetryDelay: 500,
    },
  );
  worker.on("error", setup.onError);
  return { close: () => worker.close() };
}

function claimed(job: Job<JobData, void>, token: string): ClaimedJob {
  return {
    data: job.data,
    giveBack: async () => {
      await job.moveToWait(token);
      // Tells the worker that the job is no longer its own.
      throw new WaitingError();
    },
  };
}
