import { setTimeout as sleep } from "node:timers/promises";

/** Waits until the condition holds; the test's own timeout is the limit. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await sleep(2);
}

export interface Gate {
  readonly opened: Promise<void>;
  open(): void;
}

/** Something to wait for that the test releases. */
export function createGate(): Gate {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { opened: promise, open: resolve };
}
