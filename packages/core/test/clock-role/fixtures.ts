import type { ManualClock } from "../../src/clock.ts";
import { uuidv7 } from "../../src/ids.ts";
import { inWorkspace } from "../../src/store/transaction.ts";
import type { TestStore } from "../../src/testing/index.ts";

type AnyStore = Pick<TestStore<ManualClock | undefined>, "store" | "workspace">;

/** An inbox row received so long ago. */
export function addInboxRow({ store, workspace }: AnyStore, shard: number, ageMs: number): Promise<void> {
  return inWorkspace(store, workspace.id, async (tx) => {
    await tx.run(
      `insert into inbox (workspace_id, shard, received_at, id, profile_id, kind)
       values ($1, $2, to_timestamp($3::float8 / 1000), $4, $5, 'profile')`,
      [workspace.id, shard, tx.now - ageMs, uuidv7(), uuidv7()],
    );
  });
}

/** A timer due in so many milliseconds; a negative number is past. */
export function addTimer({ store, workspace }: AnyStore, shard: number, inMs: number): Promise<number> {
  return inWorkspace(store, workspace.id, async (tx) => {
    await tx.run(
      `insert into timers (workspace_id, shard, due_at, run_id, profile_id, seq)
       values ($1, $2, to_timestamp($3::float8 / 1000), $4, $5, 1)`,
      [workspace.id, shard, tx.now + inMs, uuidv7(), uuidv7()],
    );
    return tx.now + inMs;
  });
}

/** Leaves nothing due in the workspace. */
export function clearAll({ store, workspace }: AnyStore): Promise<void> {
  return inWorkspace(store, workspace.id, async (tx) => {
    for (const table of ["inbox", "timers", "deliveries", "connections"]) await tx.run(`delete from ${table}`);
  });
}

/** Takes the inbox rows of a shard, as advancing it would. */
export function clearShard({ store, workspace }: AnyStore, shard: number): Promise<number> {
  return inWorkspace(store, workspace.id, (tx) =>
    tx.run("delete from inbox where workspace_id = $1 and shard = $2", [workspace.id, shard]),
  );
}

/** Takes the timers of a shard whose commit grace is over, and says how late each was by the database's clock. */
export function fireTimers({ store, workspace }: AnyStore, shard: number): Promise<number[]> {
  return inWorkspace(store, workspace.id, async (tx) => {
    const rows = await tx.rows<{ late: number }>(
      `delete from timers
       where workspace_id = $1 and shard = $2 and due_at <= to_timestamp($3::float8 / 1000) - interval '250 ms'
       returning $3::float8 - extract(epoch from due_at)::float8 * 1000 as late`,
      [workspace.id, shard, tx.now],
    );
    return rows.map((row) => row.late);
  });
}

export function addConnection({ store, workspace }: AnyStore, channel = "email"): Promise<string> {
  return inWorkspace(store, workspace.id, async (tx) => {
    const id = uuidv7();
    await tx.run(
      `insert into connections (workspace_id, id, key, plugin, channel, config, created_at, updated_at)
       values ($1, $2, $3, 'test', $4, '{}', now(), now())`,
      [workspace.id, id, `key-${id}`, channel],
    );
    return id;
  });
}

export interface NewDelivery {
  readonly connectionId: string;
  readonly inMs: number;
  readonly state?: "queued" | "sending";
}

export function addDeliveries(
  { store, workspace }: AnyStore,
  { connectionId, inMs, state = "queued" }: NewDelivery,
  count = 1,
): Promise<string[]> {
  return inWorkspace(store, workspace.id, async (tx) => {
    const ids = Array.from({ length: count }, () => uuidv7());
    await tx.run(
      `insert into deliveries (workspace_id, id, run_id, seq, journey_id, version, node_id, profile_id, connection_id,
         action, channel, purpose, input, state, checks, awaited, due_at, planned_at)
       select $1, id, gen_random_uuid(), 1, gen_random_uuid(), 1, 'n', gen_random_uuid(), $3,
         'send', 'email', 'promotional', '{}', $4, '[]', false, to_timestamp($5::float8 / 1000), now()
       from unnest($2::uuid[]) as id`,
      [workspace.id, ids, connectionId, state, tx.now + inMs],
    );
    return ids;
  });
}
