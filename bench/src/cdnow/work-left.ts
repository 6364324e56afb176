import { setTimeout as sleep } from "node:timers/promises";
import type { Store } from "@wend/core";
import { inWorkspace } from "@wend/core";

/** What the workers have not done yet. */
export interface WorkLeft {
  readonly rows: number;
  readonly timers: number;
  readonly deliveries: number;
}

export async function countWorkLeft(store: Store, workspaceId: number): Promise<WorkLeft> {
  const [left] = await inWorkspace(store, workspaceId, (tx) =>
    tx.rows<WorkLeft & { [column: string]: number }>(
      `select (select count(*) from inbox where workspace_id = $1) as rows,
         (select count(*) from timers where workspace_id = $1 and due_at <= to_timestamp($2 / 1000e0)) as timers,
         (select count(*) from deliveries where workspace_id = $1 and due_at is not null) as deliveries`,
      [tx.workspaceId, tx.now],
    ),
  );
  return left!;
}

export const isDone = ({ rows, timers, deliveries }: WorkLeft): boolean => rows + timers + deliveries === 0;

const lookMs = 50;
/** Longer than a lease, a stall check and a bypass in a row. */
const patienceMs = 60_000;

/** Resolves when nothing is left to do; throws when nothing has moved for long. */
export async function untilDone(store: Store, workspaceId: number): Promise<void> {
  let before = "";
  let movedAt = performance.now();
  for (;;) {
    const left = await countWorkLeft(store, workspaceId);
    if (isDone(left)) return;
    const now = JSON.stringify(left);
    if (now !== before) movedAt = performance.now();
    before = now;
    if (performance.now() - movedAt > patienceMs) throw new Error(`nothing moves any more: ${now}`);
    await sleep(lookMs);
  }
}
