import assert from "node:assert/strict";
import type { RetryPolicy } from "../error-table.ts";
import { WendError } from "../errors.ts";

/** Passes when the call rejects with a `WendError`, of that retry policy if one is given. */
export async function expectCoded(call: Promise<unknown>, retry?: RetryPolicy): Promise<void> {
  const error = await call.then(
    () => assert.fail("the call was expected to fail"),
    (reason: unknown) => reason,
  );
  if (!(error instanceof WendError)) throw new assert.AssertionError({ message: `not a WendError: ${String(error)}` });
  if (retry !== undefined) assert.equal(error.retry, retry, `${error.code} is ${error.retry}, expected: ${retry}`);
}

/** Waits for what a server on this machine is about to see. */
export async function until(condition: () => boolean, what: string): Promise<void> {
  const deadline = performance.now() + 5_000;
  while (!condition()) {
    assert.ok(performance.now() < deadline, `waited 5 s for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

/** Passes when the promise settles in time; what it rejects with is passed on. */
export async function settlesWithin(ms: number, promise: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new assert.AssertionError({ message: `not settled after ${ms} ms` })), ms);
  });
  try {
    await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
