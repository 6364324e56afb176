import type { Queues } from "../queue/queues.ts";
import type { Store } from "../store/connect.ts";
import type { DeliveriesQuery, DueConnection } from "./find-due-deliveries.ts";
import { findDueConnections, findDueDeliveries } from "./find-due-deliveries.ts";

/** With so few jobs left, a queue is fed again from Postgres. */
const lowWaterJobs = 10;
/** A delivery due since so long has no job, if its queue is idle; in a queue at work its job may be on the way. */
const idleGraceMs = 1_000;
const busyGraceMs = 5_000;
/** Jobs of one round have the same ids whichever clock makes them, so that several clocks feed once. */
const roundMs = 10_000;

/**
 * Hands due deliveries that lie without a job to their connection's queue, up to the queue's window. Returns how many.
 * One that had a job after all is harmless: whoever comes second finds it claimed.
 */
export async function feedDeliveries({ store, queues }: { store: Store; queues: Queues }): Promise<number> {
  const fixed = store.clock.fixed();
  const due = await findDueConnections(store, fixed);
  const queries = await Promise.all(due.map((connection) => queryFor(connection, { queues, fixed })));
  const found = await findDueDeliveries(
    store,
    queries.filter((query) => query !== undefined),
  );
  const round = Math.floor(Date.now() / roundMs);
  await Promise.all(found.map((target) => queues.dispatch(target, target.ids, round)));
  return found.reduce((count, { ids }) => count + ids.length, 0);
}

async function queryFor(
  connection: DueConnection,
  { queues, fixed }: { queues: Queues; fixed: number | undefined },
): Promise<DeliveriesQuery | undefined> {
  const room = await queues.room(connection);
  if (room.ids === 0 || room.waiting > lowWaterJobs) return undefined;
  const graceMs = graceFor(room.waiting + room.active === 0, fixed !== undefined);
  const dueBefore = connection.now - graceMs;
  if (connection.oldestDueAt > dueBefore) return undefined;
  const { workspaceId, connectionId, limited } = connection;
  return { workspaceId, connectionId, limited, dueBefore, limit: room.ids };
}

// Time that is moved by hand says nothing about how long a job has been on the way.
function graceFor(idle: boolean, manual: boolean): number {
  if (manual) return idle ? 0 : Number.POSITIVE_INFINITY;
  return idle ? idleGraceMs : busyGraceMs;
}
