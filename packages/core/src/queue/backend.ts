/** What every job carries: ids. */
export type JobData = { readonly w: number; readonly s: number } | { readonly ids: readonly string[] };

export interface NewJob {
  readonly data: JobData;
  /** A job whose id is still in the queue is not added again. */
  readonly id?: string;
  /** At most one job of this key waits; one that comes while another is active runs after it. */
  readonly key?: string;
}

export interface JobCounts {
  readonly waiting: number;
  readonly active: number;
}

export interface JobQueue {
  add(jobs: readonly NewJob[]): Promise<void>;
  /** Lets the next job of that key in, whatever became of the last one. */
  forgetKey(key: string): Promise<void>;
  counts(): Promise<JobCounts>;
  close(): Promise<void>;
}

export interface ClaimedJob {
  readonly data: JobData;
  /** Returns it to the queue at once, for another worker. */
  giveBack(): Promise<void>;
}

export type JobEnd = "done" | "given-back";

export interface JobWorker {
  /** Claims nothing more; resolves when its jobs are done. */
  close(): Promise<void>;
}

export interface WorkerSetup {
  readonly queue: string;
  readonly concurrency: number;
  process(job: ClaimedJob): Promise<JobEnd>;
  /** Faults of the connection; the worker goes on by itself. */
  onError(error: Error): void;
}

/** The one port between Wend and a queue server. */
export interface Backend {
  readonly name: "postgres" | "redis";
  /** False while the server is known to be unreachable. */
  isUp(): boolean;
  openQueue(name: string): JobQueue;
  openWorker(setup: WorkerSetup): JobWorker;
  close(): Promise<void>;
}
