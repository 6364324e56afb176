import type { Store } from "@wend/core";
import { assertSchema } from "@wend/core";
import { toWendError } from "../http/problem.ts";

export interface Readiness {
  readonly ready: boolean;
  readonly postgres: string;
  /** Reported, never decisive: the clock covers for a queue that is down. */
  readonly queue: string;
  readonly draining: boolean;
}

export interface ReadinessOptions {
  readonly store: Store;
  readonly isDraining: () => boolean;
  /** What to say of the queue. */
  readonly queueState?: () => Promise<string> | string;
  readonly timeoutMs?: number;
}

/** Whether this process should get requests: Postgres answers with the right schema, and it is not on its way out. */
export async function checkReadiness(options: ReadinessOptions): Promise<Readiness> {
  const { store, isDraining, queueState = () => "unknown", timeoutMs = 2_000 } = options;
  const [postgres, queue] = await Promise.all([
    within(timeoutMs, assertSchema(store)).then(() => "ok", codeOf),
    within(timeoutMs, Promise.resolve().then(queueState)).catch(codeOf),
  ]);
  const draining = isDraining();
  return { ready: postgres === "ok" && !draining, postgres, queue, draining };
}

const codeOf = (error: unknown): string => toWendError(error).code;

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const timeout = Promise.withResolvers<never>();
  const timer = setTimeout(() => timeout.reject(new Error("no answer in time")), ms);
  try {
    return await Promise.race([work, timeout.promise]);
  } finally {
    clearTimeout(timer);
  }
}
