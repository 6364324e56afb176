import type { DeliveryTarget } from "../queue/queues.ts";
import type { Store } from "../store/connect.ts";

/** A connection with deliveries that should have been claimed: never queued, lost, to be retried, or lease expired. */
export interface DueConnection extends DeliveryTarget {
  readonly now: number;
  readonly oldestDueAt: number;
}

/** One index probe a connection. */
export async function findDueConnections(store: Store, fixed: number | undefined): Promise<DueConnection[]> {
  const { rows } = await store.router.query<{
    workspace_id: number;
    connection_id: string;
    now: number;
    oldest: number;
  }>(
    `with t as materialized (select coalesce(to_timestamp($1::float8 / 1000), clock_timestamp()) as now)
     select c.workspace_id, c.id as connection_id, t.now, d.due_at as oldest
     from t cross join connections c
     cross join lateral (
       select due_at from deliveries
       where workspace_id = c.workspace_id and connection_id = c.id and due_at is not null
       order by due_at limit 1
     ) d
     where d.due_at <= t.now`,
    [fixed ?? null],
  );
  return rows.map((row) => ({
    workspaceId: row.workspace_id,
    connectionId: row.connection_id,
    now: row.now,
    oldestDueAt: row.oldest,
  }));
}

export interface DeliveriesQuery extends DeliveryTarget {
  readonly dueBefore: number;
  readonly limit: number;
}

export interface DueDeliveries extends DeliveryTarget {
  readonly ids: readonly string[];
}

/** The oldest due deliveries of each connection, as many as asked for, in one statement. */
export async function findDueDeliveries(store: Store, queries: readonly DeliveriesQuery[]): Promise<DueDeliveries[]> {
  if (queries.length === 0) return [];
  const { rows } = await store.router.query<{ workspace_id: number; connection_id: string; ids: string[] }>(
    `select q.workspace_id, q.connection_id, d.ids
     from unnest($1::int[], $2::uuid[], $3::float8[], $4::int[]) as q (workspace_id, connection_id, due_before, most)
     cross join lateral (
       select array_agg(id::text) as ids from (
         select id from deliveries
         where workspace_id = q.workspace_id and connection_id = q.connection_id
           and due_at <= to_timestamp(q.due_before / 1000)
         order by due_at limit q.most
       ) oldest
     ) d
     where d.ids is not null`,
    [
      queries.map((query) => query.workspaceId),
      queries.map((query) => query.connectionId),
      queries.map((query) => query.dueBefore),
      queries.map((query) => query.limit),
    ],
  );
  return rows.map((row) => ({ workspaceId: row.workspace_id, connectionId: row.connection_id, ids: row.ids }));
}
