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

/** A producer that gets no answer within this time gives up: what it had to say is in Postgres. */
const answerMs = 3_000;

export function openBullQueue<B extends IQueueBackend, C>(bull: Bull<B, C>, name: string): JobQueue {
  const open = async () => {
    const queue = new bull.classes.Queue<JobData, void>(name, {
      connection: bull.producer,
      prefix: bull.prefix,
      // Nobody reads the event stream.
      streams: { events: { maxLen: 1 } },
      defaultJobOptions: leaveNothing,
    });
    // Reported by whatever was asked of the queue.
    queue.on("error", () => {});
    await queue.waitUntilReady().catch((error) => {
      queue.close().catch(() => {});
      throw error;
    });
    return queue;
  };
  let opened: ReturnType<typeof open> | undefined;
  // A queue whose opening failed would fail for ever, so the next caller opens another.
  const ready = (): ReturnType<typeof open> => {
    opened ??= open().catch((error) => {
      opened = undefined;
      throw error;
    });
    return opened;
  };
  const ask = <T>(question: (queue: Awaited<ReturnType<typeof open>>) => Promise<T>): Promise<T> =>
    answered(ready().then(question));
  return {
    add: async (jobs) => {
      await ask<unknown>((queue) =>
        jobs.length > 1 && jobs.every((job) => job.key !== undefined)
          ? queue.addBulk(jobs.map((job) => ({ name, data: job.data, opts: optionsOf(job) })))
          : Promise.all(jobs.map((job) => queue.add(name, job.data, optionsOf(job)))),
      );
    },
    forgetKey: async (key) => {
      await ask((queue) => queue.removeDeduplicationKey(key));
    },
    counts: async () => {
      const { waiting = 0, active = 0 } = await ask((queue) => queue.getJobCounts("waiting", "active"));
      return { waiting, active };
    },
    close: async () => {
      await answered(opened?.then((queue) => queue.close()) ?? Promise.resolve()).catch(() => {});
    },
  };
}

async function answered<T>(promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("the queue did not answer in time")), answerMs);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
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
    async (job, token) => {
      const end = await setup.process(claimed(job, token ?? ""));
      // Tells the worker that the job is no longer its own.
      if (end === "given-back") throw new WaitingError();
    },
    {
      connection: bull.consumer,
      prefix: bull.prefix,
      concurrency: setup.concurrency,
      lockDuration,
      stalledInterval,
      // The queue's verdict is not the truth: a stalled job is run again, however often.
      maxStalledCount: 1_000_000,
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
    },
  };
}
