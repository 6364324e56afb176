import type { World } from "../world.ts";

// Ids in the order of time, as the product makes them; the last byte, which picks the shard, is even over all.
const id = (base: number) =>
  `(lpad(to_hex(${base} + i), 12, '0') || '7000' || '8000' || lpad(to_hex(i), 12, '0'))::uuid`;

/** Customers `from` to `to`, each with one event stored and waiting in the inbox, as accept leaves them. */
export async function signUp({ owner, workspace }: World, from: number, to: number): Promise<void> {
  const { id: ws, shards } = workspace;
  const profile = id(1_700_000_000_000);
  const event = id(1_710_000_000_000);
  const at = (await owner.query<{ at: string }>("select date_trunc('milliseconds', now())::text as at")).rows[0]!.at;
  const rows = `from generate_series(${from}, ${to - 1}) as i`;
  for (const statement of [
    `insert into profiles select ${ws}, ${profile}, '{"plan":"free"}', now(), now() ${rows}`,
    `insert into events select ${ws}, ${profile}, 'Signed Up', '${at}', ${event}, 'track', '${at}', 'm-' || i,
       '{"properties":{"source":"web"}}' ${rows}`,
    `insert into inbox (workspace_id, shard, received_at, id, profile_id, kind, name)
     select ${ws}, i % ${shards}, '${at}', ${event}, ${profile}, 'event', 'Signed Up' ${rows}`,
  ]) {
    await owner.query(statement);
  }
}

/** Runs that wait with a timer, and inbox rows that nobody has advanced yet. */
export async function standing({ owner }: World): Promise<{ readonly parked: number; readonly waiting: number }> {
  const { rows } = await owner.query<{ parked: number; waiting: number }>(
    "select (select count(*)::int from timers) as parked, (select count(*)::int from inbox) as waiting",
  );
  return rows[0]!;
}

/** Makes `count` of the parked runs, spread over all shards, due at one instant; returns it, by the database's clock. */
export async function makeDue({ owner, workspace }: World, count: number, inMs: number): Promise<number> {
  const { rows } = await owner.query<{ due: number }>(
    `with due as materialized (
       select date_trunc('milliseconds', clock_timestamp()) + $2 * interval '1 millisecond' as at
     ), chosen as materialized (
       select run_id from timers where workspace_id = $1 order by run_id limit $3
     ), moved as (
       update timers t set due_at = due.at from chosen c, due where t.workspace_id = $1 and t.run_id = c.run_id
     ), told as (
       update runs r set wake_at = due.at from chosen c, due where r.workspace_id = $1 and r.id = c.run_id
     )
     select (extract(epoch from at) * 1000)::float8 as due from due`,
    [workspace.id, inMs, count],
  );
  return rows[0]!.due;
}

/** Whether a timer of that instant still stands, and the time at which that was so, by the database's clock. */
export async function looksDue({ owner, workspace }: World, due: number): Promise<{ left: boolean; now: number }> {
  const { rows } = await owner.query<{ left: boolean; now: number }>(
    `select exists (
       select from generate_series(0, $2 - 1) as s cross join lateral (
         select from timers
         where workspace_id = $1 and shard = s::smallint and due_at <= to_timestamp($3::float8 / 1000)
         order by due_at limit 1
       ) t
     ) as left, (extract(epoch from clock_timestamp()) * 1000)::float8 as now`,
    [workspace.id, workspace.shards, due],
  );
  return rows[0]!;
}

export async function expectEnded({ owner }: World, ended: number, active: number): Promise<void> {
  const { rows } = await owner.query<{ status: string; count: number }>(
    "select status, count(*)::int as count from runs group by status",
  );
  const found = Object.fromEntries(rows.map(({ status, count }) => [status, count]));
  if (found.ended !== ended || found.active !== active) {
    throw new Error(`${ended} ended and ${active} active runs expected, found ${JSON.stringify(found)}`);
  }
}
