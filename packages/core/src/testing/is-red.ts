import type { RunnerTaskBase } from "vitest";

interface Task extends Pick<RunnerTaskBase, "result"> {
  readonly tasks?: readonly Task[];
}

/** True when a test of the suite, or one of its hooks, has failed. */
export function isRed(task: Task): boolean {
  return task.result?.state === "fail" || (task.tasks ?? []).some(isRed);
}
