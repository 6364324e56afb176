import type { Store } from "../store/connect.ts";

/** A shard with something to do, now or within the next second. */
export interface DueShard {
  readonly workspaceId: number;
  readonly shard: number;
  /** The instant by which due-ness was decided. */
  readonly now: number;
  /** Receipt of its oldest inbox row, when that is overdue. */
  readonly receivedAt: number | null;
  /** Its first timer, when that is due. */
  readonly dueAt: number | null;
  /** Its first timer that is not due yet, when it will be within the time looked ahead. */
  readonly nextAt: number | null;
}

export interface DueShardsQuery {
  /** The manual instant; undefined: the database's clock. */
  readonly fixed: number | undefined;
  /** A younger inbox row is left to its own wake. */
  readonly rowAgeMs: number;
  /** A timer is due so long after its time. */
  readonly timerGraceMs: number;
  /** How far ahead timers are looked for. */
  readonly aheadMs: number;
}

/** Two or three index probes a shard, whatever the number of rows and timers. */
export async function findDueShards(store: Store, query: DueShardsQuery): Promise<DueShard[]> {
  const { rows } = await store.router.query<{
    workspace_id: number;
    shard: number;
    now: number;
    received_at: number | null;
    due_at: number | null;
    next_at: number | null;
  }>(
    `with t as materialized (
       select now, now - $2::float8 * interval '1 ms' as row_before, now - $3::float8 * interval '1 ms' as timer_before,
         now + ($4::float8 - $3::float8) * interval '1 ms' as soon
       from (select coalesce(to_timestamp($1::float8 / 1000), clock_timestamp()) as now) clock
     )
     select s.workspace_id, s.n as shard, t.now, i.received_at,
       case when f.due_at <= t.timer_before then f.due_at end as due_at,
       case when f.due_at <= t.timer_before then n.due_at else f.due_at end as next_at
     from t cross join shards s
     left join lateral (
       select received_at from inbox where workspace_id = s.workspace_id and shard = s.n order by received_at limit 1
     ) i on i.received_at <= t.row_before
     left join lateral (
       select due_at from timers where workspace_id = s.workspace_id and shard = s.n order by due_at limit 1
     ) f on f.due_at <= t.soon
     left join lateral (
       select due_at from timers
       where f.due_at <= t.timer_before
         and workspace_id = s.workspace_id and shard = s.n and due_at > t.timer_before order by due_at limit 1
     ) n on n.due_at <= t.soon
     where i.received_at is not null or f.due_at is not null`,
    [query.fixed ?? null, query.rowAgeMs, query.timerGraceMs, query.aheadMs],
  );
  return rows.map((row) => ({
    workspaceId: row.workspace_id,
    shard: row.shard,
    now: row.now,
    receivedAt: row.received_at,
    dueAt: row.due_at,
    nextAt: row.next_at,
  }));
}
