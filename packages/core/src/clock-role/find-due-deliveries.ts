import type { DeliveryTarget } from "../queue/queues.ts";
import type { Store } from "../store/connect.ts";

/** A connection with deliveries that should have been claimed: never queued, lost, to be retried, or lease expired. */
export interface DueConnection extends DeliveryTarget {
  readonly now: number;
  readonly oldestDueAt: number;
  /** It has a quota or a pace per domain, so that many of its deliveries are due at one instant. */
  readonly limited: boolean;
}

/** One index probe a connection. */
export async function findDueConnections(store: Store, fixed: number | undefined): Promise<DueConnection[]> {
  const { rows } = await store.router.query<{
    workspace_id: number;
    connection_id: string;
    now: number;
    oldest: number;
    limited: boolean;
  }>(
    `with t as materialized (select coalesce(to_timestamp($1::float8 / 1000), clock_timestamp()) as now)
     select c.workspace_id, c.id as connection_id, t.now, d.due_at as oldest,
       c.daily_quota is not null or c.warm_up is not null or c.per_domain <> '{}' as limited
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
    limited: row.limited,
  }));
}

export interface DeliveriesQuery extends DeliveryTarget, Pick<DueConnection, "limited"> {
  readonly dueBefore: number;
  readonly limit: number;
}

export interface DueDeliveries extends DeliveryTarget {
  readonly ids: readonly string[];
}

/**
 * The oldest due deliveries of each connection, as many as asked for, in one statement; in a second one those of limited
 * connections: what waited for the same instant goes in the order of planning, and what is promotional last. To sort
 * takes ten times as long as to read the index, so nobody else pays for it.
 */
export async function findDueDeliveries(store: Store, queries: readonly DeliveriesQuery[]): Promise<DueDeliveries[]> {
  const { plain = [], fair = [] } = Object.groupBy(queries, ({ limited }) => (limited ? "fair" : "plain"));
  const found = await Promise.all([
    findOldest(store, plain, "due_at"),
    findOldest(store, fair, "due_at, purpose = 'promotional', id"),
  ]);
  return found.flat();
}

async function findOldest(
  store: Store,
  queries: readonly DeliveriesQuery[],
  order: "due_at" | "due_at, purpose = 'promotional', id",
): Promise<DueDeliveries[]> {
  if (queries.length === 0) return [];
  const { rows } = await store.router.query<{ workspace_id: number; connection_id: string; ids: string[] }>(
    `select q.workspace_id, q.connection_id, d.ids
     from unnest($1::int[], $2::uuid[], $3::float8[], $4::int[]) as q (workspace_id, connection_id, due_before, most)
     cross join lateral (
       select array_agg(id::text) as ids from (
         select id from deliveries
         where workspace_id = q.workspace_id and connection_id = q.connection_id
           and due_at <= to_timestamp(q.due_before / 1000)
         order by ${order} limit q.most
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
