import type { HttpAnswer } from "@wend/plugin";
import { findHttpError, WendError } from "@wend/plugin";

interface Attempted {
  readonly attempt: number;
  readonly now: number;
}

/** The error that the answer to a POST stands for; undefined for 2xx. */
export function findPostError(answer: HttpAnswer, { attempt, now }: Attempted): WendError | undefined {
  // A receiver that honours Idempotency-Key answers 409 while it still works on an earlier attempt.
  if (answer.status === 409 && attempt > 1) return new WendError("provider.unavailable", { detail: "HTTP 409." });
  return findHttpError(answer, now);
}
