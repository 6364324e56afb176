import { setTimeout as sleep } from "node:timers/promises";
import type { Store, Tx } from "@wend/core";
import { inWorkspace } from "@wend/core";
import { WendError } from "@wend/plugin";

/** What the workers have not done yet. */
export interface WorkLeft {
  readonly rows: number;
  readonly timers: number;
  readonly deliveries: number;
}

const rows = "from inbox where workspace_id = $1";
const timers = "from timers where workspace_id = $1 and due_at <= to_timestamp($2 / 1000e0)";
const deliveries = "from deliveries where workspace_id = $1 and due_at is not null";

export async function countWorkLeft(store: Store, workspaceId: number): Promise<WorkLeft> {
  const sql = `select (select count(*) ${rows}) as rows, (select count(*) ${timers}) as timers,
    (select count(*) ${deliveries}) as deliveries`;
  return one<WorkLeft>(store, workspaceId, sql);
}

export async function isDone(store: Store, workspaceId: number): Promise<boolean> {
  // Counting as often as that would cost more than the work.
  const sql = `select not exists (select ${rows}) and not exists (select ${timers})
    and not exists (select ${deliveries}) as done`;
  return (await one<{ done: boolean }>(store, workspaceId, sql)).done;
}

const one = <Row extends object>(store: Store, workspaceId: number, sql: string): Promise<Row> =>
  inWorkspace(store, workspaceId, async (tx: Tx) => (await tx.rows<Row>(sql, [tx.workspaceId, tx.now]))[0]!);

const lookMs = 100;
const countMs = 5_000;
/** Longer than a lease, a stall check and a bypass in a row. */
const patienceMs = 60_000;

/** Resolves when nothing is left to do; throws when nothing has moved for long. */
export async function untilDone(store: Store, workspaceId: number): Promise<void> {
  let before = "";
  let countedAt = Number.NEGATIVE_INFINITY;
  let movedAt = performance.now();
  while (!(await found(isDone(store, workspaceId)))) {
    const now = performance.now();
    if (now - countedAt > countMs) {
      countedAt = now;
      const left = JSON.stringify(await found(countWorkLeft(store, workspaceId)));
      if (left !== before) movedAt = now;
      before = left;
      if (now - movedAt > patienceMs) throw new Error(`nothing moves any more: ${left}`);
    }
    await sleep(lookMs);
  }
}

// The workers wait out a database that is busy or restarts, and so does whoever looks on.
async function found<T>(look: Promise<T>): Promise<T | undefined> {
  try {
    return await look;
  } catch (error) {
    if (error instanceof WendError && error.retry === "backoff") return undefined;
    throw error;
  }
}
