import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ManualClock } from "../../src/clock.ts";
import { uuidv7 } from "../../src/ids.ts";
import { retention } from "../../src/maintenance/retention.ts";
import { runMaintenance } from "../../src/maintenance/run-maintenance.ts";
import { firstIdAt, sweepWorkspace } from "../../src/maintenance/sweep-workspace.ts";
import { inWorkspace } from "../../src/store/transaction.ts";
import type { TestStore } from "../../src/testing/index.ts";
import { createTestStore } from "../../src/testing/index.ts";
import { log } from "../queue/servers.ts";
import { until } from "../queue/until.ts";

const day = 86_400_000;

type Nonces = "webhook_nonces" | "untimed_webhook_nonces";

describe("a sweep", () => {
  let world: TestStore<ManualClock>;
  beforeAll(async () => {
    world = await createTestStore({ now: Date.now() });
  });
  afterAll(() => world.close());

  const addMessageIds = (prefix: string, count: number, ageMs: number): Promise<void> =>
    inWorkspace(world.store, world.workspace.id, async (tx) => {
      await tx.run(
        `insert into message_ids (workspace_id, id, received_at)
         select $1, $2 || n, to_timestamp($3::float8 / 1000) from generate_series(1, $4::int) n`,
        [world.workspace.id, prefix, tx.now - ageMs, count],
      );
    });
  const addAttempt = (ageMs: number): Promise<void> =>
    inWorkspace(world.store, world.workspace.id, async (tx) => {
      const at = tx.now - ageMs;
      const id = `${firstIdAt(at).slice(0, 18)}${uuidv7().slice(18)}`;
      await tx.run(
        `insert into attempts (workspace_id, delivery_id, attempt, started_at, ended_at, outcome)
         values ($1, $2, 1, to_timestamp($3::float8 / 1000), to_timestamp($3::float8 / 1000), 'accepted')`,
        [world.workspace.id, id, at],
      );
    });
  const count = (table: "message_ids" | "attempts" | Nonces): Promise<number> =>
    inWorkspace(world.store, world.workspace.id, async (tx) => {
      const [row] = await tx.rows<{ count: number }>(`select count(*) from ${table}`);
      return row!.count;
    });

  test("takes message ids past their window in several batches, and no younger ones", async () => {
    await addMessageIds("old-", 4_500, 8 * day);
    await addMessageIds("young-", 10, 6 * day);
    const report = await sweepWorkspace(world.store, world.workspace.id, { retention });
    expect(report.messageIds).toBe(4_500);
    expect(await count("message_ids")).toBe(10);
  });

  test.each([
    ["too old to be taken anyway", "webhook_nonces", 7],
    ["of no time, after 400 days", "untimed_webhook_nonces", 400],
  ] as const)("takes the marks of webhooks that are %s", async (_, table, days) => {
    for (const ageMs of [(days + 1) * day, (days - 1) * day]) {
      await inWorkspace(world.store, world.workspace.id, (tx) =>
        tx.run(
          `insert into ${table} (workspace_id, connection_id, nonce, request, at)
           values ($1, $2, '\\x00', $2, to_timestamp($3::float8 / 1000))`,
          [tx.workspaceId, uuidv7(), tx.now - ageMs],
        ),
      );
    }
    const report = await sweepWorkspace(world.store, world.workspace.id, { retention });
    expect(report.nonces).toBe(1);
    expect(await count(table)).toBe(1);
  });

  test("takes old attempts and keeps recent ones", async () => {
    await addAttempt(91 * day);
    await addAttempt(89 * day);
    const report = await sweepWorkspace(world.store, world.workspace.id, { retention });
    expect(report.attempts).toBe(1);
    expect(await count("attempts")).toBe(1);
  });

  test("by two at the same time deletes each row once", async () => {
    await addMessageIds("twice-", 3_000, 8 * day);
    const sweep = () => sweepWorkspace(world.store, world.workspace.id, { retention });
    const reports = await Promise.all([sweep(), sweep()]);
    await sweep();
    expect(reports[0]!.messageIds + reports[1]!.messageIds).toBeLessThanOrEqual(3_000);
    expect(await count("message_ids")).toBe(10);
  });

  test("is repeated by the maintenance role until it is stopped", async () => {
    const maintenance = runMaintenance(world.store, { log, everyMs: 5 });
    await addMessageIds("later-", 5, 8 * day);
    await until(async () => (await count("message_ids")) === 10);
    await maintenance.stop();
  });
});
